//! `relata erase`: a respondent leaves the study for good, and the file is searched for what might be left of them.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, StudyArg, input, plural, remark};
use crate::store::{Problem, RawId, StoreError};

const EXAMPLES: &str = "Examples:
  relata erase --respondent R017 --yes
  relata erase --session 3f09a1c2 --yes

Afterwards the bytes of the study file, and of what lies beside it, are searched for every
text of the erased sessions; if one is found, the command fails. Reports and exports that
were written before are files of their own, and so are copies and backups: erase there too.
A merge with a copy that still holds the sessions does not bring them back.";

/// Arguments of `erase`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct EraseArgs {
    /// Code of the respondent: all their sessions
    #[arg(long, value_name = "CODE", required_unless_present = "session")]
    respondent: Option<String>,

    /// A single session, by its id or the end of it
    #[arg(long, value_name = "ID", conflicts_with = "respondent")]
    session: Option<String>,

    /// Do it; without this, what would be erased is said and nothing is done
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(study: &StudyArg, args: EraseArgs) -> Result<ExitCode, Failure> {
    // A study is never begun by erasing from it.
    let mut study = study.existing()?;
    // By the ids as they lie in the file: what cannot be read can go all the same.
    let (sessions, whose): (Vec<RawId>, String) = match (&args.respondent, &args.session) {
        (Some(code), _) => {
            let found = study.ids_of(code)?;
            if found.is_empty() {
                return Err(Failure::refused(format!("the study has no respondent `{code}`"))
                    .help("`relata sessions` lists the codes"));
            }
            (found, code.clone())
        }
        (None, wanted) => {
            let (id, respondent) = study.find(wanted.as_deref().unwrap_or_default())?;
            (vec![id], if respondent.is_empty() { "nobody that the study knows".into() } else { respondent })
        }
    };
    let what = format!("{} of {whose}", plural(sessions.len(), "session"));
    if !args.yes {
        return Err(Failure::refused(format!("{what} would be erased for good"))
            .help("add --yes if you mean it; nothing brings them back"));
    }
    let traces = study.traces_of(&sessions)?;
    let at = input::now();
    let erased = match &args.respondent {
        Some(code) => study.erase_respondent(code, at),
        None => sessions.iter().try_fold(0, |sum, session| Ok(sum + study.erase_session(session, at)?)),
    };
    // They are gone from the study even where their traces could not be cleaned away; what is left of those, the search tells.
    let unclean = match erased {
        Ok(_) => None,
        Err(error @ StoreError { problem: Problem::NotYetClean(_), .. }) => Some(error.to_string()),
        Err(error) => return Err(Failure::from(error).help("nothing was erased")),
    };
    remark(&format!("{what} erased; only ids and the date remain"));
    let nobodys = study.orphans()?;
    let searched = study.search(traces)?;
    if searched.found > 0 {
        let files: Vec<String> = searched.files.iter().map(|file| file.display().to_string()).collect();
        let texts = plural(searched.texts, "text");
        if let Some(unclean) = unclean {
            remark(&unclean);
        }
        let message =
            format!("{} of {texts} of them can still be read in {}", searched.found, files.join(" and "));
        return Err(Failure::refused(message).help(
            "close every program that has the study open and run any command on it, which cleans it; a hidden file beside \
             it was left behind by a merge that was cut short, and one ending in -wal-lost by a file that was replaced: delete it",
        ));
    }
    if !searched.unread.is_empty() {
        let files: Vec<String> = searched.unread.iter().map(|file| file.display().to_string()).collect();
        let message = format!("what is in {} cannot be searched, because it is locked", files.join(" and "));
        return Err(Failure::refused(message).help(
            "close every program that has the study open and run any command on it; where the file stays, it was left behind by a \
             program that died: delete it when nothing in it is needed",
        ));
    }
    remark(&format!(
        "{} of {}: none found in the file",
        plural(searched.texts, "text"),
        plural(sessions.len(), "session")
    ));
    // What has no header says whose it is to nobody, and may be of whoever was erased.
    if let Some((id, rows)) = nobodys.first() {
        let left = format!(
            "but the file holds {} of session {id}, which has no header any more, so that nobody can say whose it is",
            plural(*rows, "row")
        );
        return Err(Failure::refused(left).help(format!(
            "erase it too, with `relata erase --session {id}`, or take its header from a backup"
        )));
    }
    match unclean {
        // Nothing was found, and yet it was not cleaned as it should be.
        Some(sentence) => Err(Failure::refused(sentence)),
        None => Ok(ExitCode::SUCCESS),
    }
}
