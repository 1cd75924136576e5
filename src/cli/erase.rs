//! `relata erase`: a respondent leaves the study for good.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, StudyArg, input, plural, remark};

/// Arguments of `erase`.
#[derive(Debug, Args)]
pub(super) struct EraseArgs {
    /// Code of the respondent
    #[arg(long, value_name = "CODE")]
    respondent: String,

    /// Erase without asking
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(study: &StudyArg, args: EraseArgs) -> Result<ExitCode, Failure> {
    // A study is never begun by erasing from it.
    let mut study = study.existing()?;
    let code = &args.respondent;
    let sessions = study.by_respondent(code)?.len();
    if sessions == 0 {
        return Err(Failure::refused(format!("the study has no respondent `{code}`"))
            .help("`relata sessions` lists the codes"));
    }
    if !args.yes {
        return Err(Failure::refused(format!(
            "{} of {code} would be erased for good",
            plural(sessions, "session")
        ))
        .help("add --yes if you mean it; nothing brings them back"));
    }
    let erased = study.erase_respondent(code, input::now())?;
    remark(&format!("{} of {code} erased; only ids and the date remain", plural(erased, "session")));
    Ok(ExitCode::SUCCESS)
}
