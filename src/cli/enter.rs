//! `relata enter`: sheets of paper become sessions, each entered twice.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Args;

use super::table::{Format, Listing};
use super::{Failure, StudyArg, input, interview, output, plural, print, remark, shell};
use crate::instrument::Language;
use crate::plain::{Entering, Plain, PlainError, Sitting};
use crate::study::interviews;
use crate::study::paper::{self, EntryMoment};
use crate::text;
use crate::tui;

const EXAMPLES: &str = "Examples:
  relata enter account-self-assessment --by M1 --study team.relata
  relata enter account-self-assessment --by M2 --study team.relata < second-pass.txt
  relata enter account-self-assessment --list

Type the number of a sheet, then what stands at each place: the number of the box that is ticked, a figure, words.
  -  blank     ?  don’t know     ~  illegible     +  two ticked     B3=5  another place     :back  :note …  :help  :quit
A sheet that was entered once is a draft, and nothing counts it. The second time nobody sees what was entered first; what
differs is shown when both are whole, and decided by typing a or b, or what stands there. Then it is a session, with
mode = paper. Every line is kept when it is entered, so that entering goes on where it stopped. See docs/paper.md.";

/// Arguments of `enter`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct EnterArgs {
    /// The questionnaire that was printed: one that comes with relata, or the file
    #[arg(value_name = "INSTRUMENT")]
    instrument: String,

    /// The code of whoever enters, so that it can be told who read what
    #[arg(long, value_name = "CODE")]
    by: Option<String>,

    /// What was printed on every sheet, as with `instruments print`, such as organisation="Acme Ltd"
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = interview::field)]
    fields: Vec<(String, String)>,

    /// Lists the sheets that are no sessions yet
    #[arg(long, conflicts_with = "discard")]
    list: bool,

    /// Takes away everything that was entered of a sheet which is no session yet
    #[arg(long, value_name = "SHEET")]
    discard: Option<String>,

    /// Do it; without this, what would be discarded is said and nothing is done
    #[arg(long, requires = "discard")]
    yes: bool,

    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, args: &EnterArgs) -> Result<ExitCode, Failure> {
    let instrument = input::instrument(&args.instrument)?;
    interview::check_fields(&args.fields, &instrument)?;
    if let Some(by) = args.by.as_deref().filter(|by| !crate::interview::is_new_code(by)) {
        return Err(Failure::refused(format!("`{by}` is not a code")).help(interviews::CODE));
    }
    if args.list {
        let study = study.look()?;
        let mut table = Listing::new(&["sheet", "whole", "begun", "by", "differ"]);
        for standing in paper::standings(&study, &instrument)? {
            table.push(vec![
                standing.sheet.into(),
                standing.whole.into(),
                standing.begun.into(),
                standing.by.join(" ").into(),
                standing.differ.into(),
            ]);
        }
        print(&table.to_text(args.format)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(sheet) = &args.discard {
        let number = paper::number(sheet, &instrument, None, &Language::fallback())?;
        if !args.yes {
            return Err(Failure::refused(format!(
                "everything that was entered of sheet {number} would be gone"
            ))
            .help("add --yes if you mean it; nothing brings it back"));
        }
        let mut study = study.existing()?;
        return match paper::discard(&mut study, &instrument, &number)? {
            0 => Err(Failure::refused(format!("nothing of sheet {number} is waiting")).help(
                "`relata enter INSTRUMENT --list` lists the sheets; a session is erased with `relata erase`",
            )),
            gone => {
                remark(&format!("{} of sheet {number} discarded", plural(gone, "entry")));
                Ok(ExitCode::SUCCESS)
            }
        };
    }
    let mut opened = study.open()?;
    let clock = input::now;
    let echo = !std::io::stdin().is_terminal();
    let mut lines = Plain::new(tui::standard_lines(!echo)?, output::wrapped(), &clock, echo);
    // Prompts, remarks and outcome are all in the language of the person who enters.
    let language = Language::or_fallback(input::language().as_deref());
    lines.speak(&language);
    let given: BTreeMap<String, String> = args.fields.iter().cloned().collect();
    let moment = || -> Result<EntryMoment, String> {
        let at = input::now();
        let bits = input::random().map_err(|failure| failure.sentence())?;
        Ok(EntryMoment { at, offset: input::offset(at), bits })
    };
    let mut entering = Entering {
        study: &mut opened,
        instrument: &instrument,
        given: &given,
        by: args.by.as_deref().unwrap_or_default(),
        moment: &moment,
    };
    let sitting = match lines.enter(&mut entering) {
        Ok(sitting) => sitting,
        Err(PlainError::OutOfStep) => {
            remark(&text!(&language, "cli-enter-kept"));
            return Ok(ExitCode::FAILURE);
        }
        Err(why) => return Err(why.into()),
    };
    let waiting = paper::standings(&opened, &instrument)?;
    let Sitting { sessions, once } = sitting;
    let told = [
        (sessions > 0).then(|| text!(&language, "cli-enter-sessions", sheets = sessions)),
        (once > 0).then(|| text!(&language, "cli-enter-once", sheets = once)),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if !told.is_empty() {
        remark(&told.join(", "));
    }
    if !waiting.is_empty() {
        let name = shell::quoted(&args.instrument);
        let command = format!("relata enter {name} --list{}", shell::study_flag(study));
        remark(&text!(&language, "cli-enter-waiting", sheets = waiting.len(), command));
    }
    Ok(ExitCode::SUCCESS)
}
