//! `relata rename`: another code for the respondent of one session, because two laptops gave one code to two people. Asks for confirmation;
//! the audit keeps the former code.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, StudyArg, input, plural, remark};
use crate::interview::is_new_code;
use crate::study::interviews::CODE;

const EXAMPLES: &str = "Examples:
  relata rename 3f09a1c2 R018
  relata rename 3f09a1c2 R018 --why \"the laptop in Utrecht used R017 as well\" --yes

The session counts as one of the new respondent everywhere: in lists, reports, exports, coders'
tables, erasing and merging, on every laptop that the study is merged with. `relata audit` shows the
code of before. Reports and exports that were written before are files of their own.";

/// Arguments of `rename`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RenameArgs {
    /// The session, by its id or the end of it
    session: String,

    /// The new code of its respondent, never a name
    code: String,

    /// Why, for the audit
    #[arg(long, value_name = "TEXT", default_value = "")]
    why: String,

    /// Do it; without this, what would change is said and nothing is done
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(study: &StudyArg, args: RenameArgs) -> Result<ExitCode, Failure> {
    let mut study = study.existing()?;
    let header = study.session(&args.session)?;
    let (short, old, new) = (header.id.short(), &header.respondent, &args.code);
    if !is_new_code(new) {
        return Err(Failure::refused(format!("`{new}` is not a code")).help(CODE));
    }
    if new == old {
        return Err(Failure::refused(format!("the respondent of session {short} is called {new} already")));
    }
    let others = study.ids_of(new)?.len();
    let known = match others {
        0 if study.respondent_codes()?.contains(new) => {
            format!("; {new} was the code of somebody else before, as the audit shows")
        }
        0 if study.may_be_erased(new)? => format!(
            "; {new} may have been the code of somebody who was erased, and lists of codes outside relata may still say whose it was: \
             is it the same person?"
        ),
        0 => String::new(),
        _ => format!(
            "; the study has {} of {new} already, and all would be of the same person",
            plural(others, "session")
        ),
    };
    if !args.yes {
        let what =
            format!("the respondent of session {short}, {old}, would be called {new} from now on{known}");
        return Err(
            Failure::refused(what).help("add --yes if you mean it; the audit keeps the code of before")
        );
    }
    study.rename(&header.id, new, input::now(), &args.why)?;
    remark(&format!("the respondent of session {short} is called {new} from now on, no longer {old}{known}"));
    Ok(ExitCode::SUCCESS)
}
