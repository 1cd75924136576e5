//! `relata erase`: a respondent leaves the study for good, and the file is searched for what might be left of them.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, StudyArg, input, plural, remark};
use crate::store::SessionId;

const EXAMPLES: &str = "Examples:
  relata erase --respondent R017 --yes
  relata erase --session 3f09a1c2 --yes

Afterwards the bytes of the study file, and of what lies beside it, are searched for every text of the erased sessions; if
one is found, the command fails. Reports and exports that were written before are files of their own, and so are copies and
backups: erase there too. A merge with a copy that still holds the sessions does not bring them back.";

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

    /// Erase without asking
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(study: &StudyArg, args: EraseArgs) -> Result<ExitCode, Failure> {
    // A study is never begun by erasing from it.
    let mut study = study.existing()?;
    let (sessions, whose): (Vec<SessionId>, String) = match (&args.respondent, &args.session) {
        (Some(code), _) => {
            let found = study.by_respondent(code)?;
            if found.is_empty() {
                return Err(Failure::refused(format!("the study has no respondent `{code}`"))
                    .help("`relata sessions` lists the codes"));
            }
            (found.into_iter().map(|header| header.id).collect(), code.clone())
        }
        (None, wanted) => {
            let header = study.session(wanted.as_deref().unwrap_or_default())?;
            (vec![header.id], header.respondent)
        }
    };
    let what = format!("{} of {whose}", plural(sessions.len(), "session"));
    if !args.yes {
        return Err(Failure::refused(format!("{what} would be erased for good"))
            .help("add --yes if you mean it; nothing brings them back"));
    }
    let traces = study.traces_of(&sessions)?;
    let at = input::now();
    if let Some(code) = &args.respondent {
        study.erase_respondent(code, at)?;
    } else {
        for session in &sessions {
            study.erase_session(session, at)?;
        }
    }
    remark(&format!("{what} erased; only ids and the date remain"));
    let path = study.path().to_owned();
    let searched = study.search(traces)?;
    if searched.found > 0 {
        return Err(Failure::refused(format!(
            "{} of {} of the erased sessions can still be read in {}",
            searched.found,
            plural(searched.texts, "text"),
            path.display()
        ))
        .help("close every program that has the study open and run any command on it, which cleans it; then look again"));
    }
    remark(&format!(
        "{} of {}: none found in the file",
        plural(searched.texts, "text"),
        plural(sessions.len(), "session")
    ));
    Ok(ExitCode::SUCCESS)
}
