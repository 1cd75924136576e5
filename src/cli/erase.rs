//! `relata erase`: a respondent leaves the study for good, and the file is searched for what might be left of them.

use std::process::ExitCode;

use clap::Args;

use super::workshop::pages;
use super::{Failure, StudyArg, input, remark};
use crate::study::erasing::Erasing;

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
    let study = study.existing()?;
    let erasing = match (&args.respondent, &args.session) {
        (Some(code), _) => Erasing::of_respondent(&study, code)?,
        (None, wanted) => Erasing::of_session(&study, wanted.as_deref().unwrap_or_default())?,
    };
    let what = erasing.in_words();
    if !args.yes {
        return Err(Failure::refused(format!("{what} would be erased for good"))
            .help("add --yes if you mean it; nothing brings them back"));
    }
    let (place, in_rooms) = (study.path().to_owned(), erasing.in_rooms_since(&study)?);
    let done = || remark(&format!("{what} erased; only ids and the date remain"));
    let erased = erasing.erase(study, input::now(), done)?;
    remark(
        "reports, pages and exports that were written before still hold or rest on what was erased: delete them, and write them anew \
         with the commands that wrote them",
    );
    let pages = in_rooms.map(|at| pages::since(&place, at)).unwrap_or_default();
    if !pages.is_empty() {
        let named: Vec<String> = pages.iter().map(|page| page.display().to_string()).collect();
        remark(&format!(
            "these pages of a room may rest on it, too: {}; the room is over, and `relata report --format html` writes what the study \
             says without them",
            named.join(" and ")
        ));
    }
    let (said, outcome) = erased.proof();
    said.iter().for_each(|said| remark(said));
    outcome?;
    Ok(ExitCode::SUCCESS)
}
