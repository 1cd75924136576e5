//! `relata study freeze`: what was decided before the data were looked at, kept for good.

use std::process::ExitCode;

use clap::Args;

use super::FilterArgs;
use crate::analysis::metadata::page;
use crate::analysis::plan::Frozen;
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, StudyArg, input, plural, print, remark};
use crate::study::freezing;
use crate::texts::timestamp;

const EXAMPLES: &str = "Examples:
  relata study freeze --instrument customer-interview --sessions 275 --measure csat \\
      --hypothesis 'Customers who relate as one of us are more satisfied than those who relate business-like' \\
      --exclude 'customers of less than a year'
  relata study freeze                          what is frozen
  relata study freeze --format json

A plan holds the hash of the questionnaire's text, the version of relata, hypotheses and exclusions in words, scales, the number of
sessions, the selection (--where, --interviewer, --from, --to, --way), and when. It is never changed or taken away: another plan
comes after it, and the report of the study shows all of them and what kept to the last one.";

/// Arguments of `study freeze`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct FreezeArgs {
    /// What is expected, in words; can be given several times
    #[arg(long = "hypothesis", value_name = "TEXT", value_parser = page)]
    hypotheses: Vec<String>,

    /// A scale that this rests on, by its name in the questionnaire; can be given several times
    #[arg(long = "measure", value_name = "SCALE")]
    measures: Vec<String>,

    /// Who will be left out, in words; can be given several times
    #[arg(long = "exclude", value_name = "TEXT", value_parser = page)]
    exclusions: Vec<String>,

    /// How many finished sessions there will be
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sessions: Option<u32>,

    #[command(flatten)]
    selection: FilterArgs,

    /// Show what would be frozen, and freeze nothing
    #[arg(long)]
    dry_run: bool,

    /// How plans are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, args: FreezeArgs) -> Result<ExitCode, Failure> {
    let selection = args.selection.filter();
    let nothing = args.hypotheses.is_empty() && args.measures.is_empty();
    let said = !nothing || args.sessions.is_some() || !args.exclusions.is_empty() || selection.is_narrow();
    if !said && selection.instrument.is_none() && !args.dry_run {
        let plans = study.look()?.plans()?;
        print(&table(&plans).to_text(args.format)?)?;
        if plans.is_empty() {
            remark("nothing is frozen yet; see `relata study freeze --help`");
        }
        return Ok(ExitCode::SUCCESS);
    }
    if selection.source.is_some() {
        return Err(Failure::refused("a plan holds for real sessions as for simulated ones")
            .help("leave --source out; it is for `relata study` and `relata report`"));
    }
    let Some(name) = selection.instrument.clone() else {
        return Err(Failure::refused("a plan is for one questionnaire").help("name it with --instrument"));
    };
    if nothing {
        return Err(Failure::refused("a plan without a hypothesis and without a scale plans nothing")
            .help("say what you expect with --hypothesis, and what it rests on with --measure"));
    }
    let instrument = input::instrument(&name)?;
    let (said, sessions) = ((args.hypotheses, args.exclusions), args.sessions.map(|n| n as usize));
    let plan = freezing::plan(&instrument, said, args.measures, sessions, selection)?;
    let at = input::now();
    if args.dry_run {
        print(&table(&[Frozen { id: "none yet".into(), at, plan }]).to_text(args.format)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut study = study.open()?;
    let begun = freezing::begun(&study, &input::hear, &plan)?;
    let frozen = study.freeze(&plan, at)?;
    print(&table(&[frozen]).to_text(args.format)?)?;
    remark("frozen for good; every report of the study says what kept to it");
    if begun > 0 {
        remark(&format!(
            "{} of {}{} had begun before; the report counts those of them that were finished",
            plural(begun, "session"),
            plan.instrument,
            if plan.selection.is_narrow() { " in this selection" } else { "" }
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// One line for each part of each plan.
fn table(plans: &[Frozen]) -> Listing {
    let mut table = Listing::new(&["plan", "frozen", "part", "text"]);
    for frozen in plans {
        let plan = &frozen.plan;
        let short: String = frozen.id.chars().take(8).collect();
        let mut line = |part: &str, text: String| {
            table.push(vec![
                short.clone().into(),
                timestamp(frozen.at).into(),
                part.to_owned().into(),
                text.into(),
            ]);
        };
        line("questionnaire", format!("{} {}", plan.instrument, plan.version));
        line("hash", plan.hash.clone());
        line("relata", plan.relata.clone());
        plan.hypotheses.iter().for_each(|text| line("hypothesis", text.clone()));
        plan.measures.iter().for_each(|text| line("scale", text.clone()));
        plan.exclusions.iter().for_each(|text| line("left out", text.clone()));
        plan.sessions.iter().for_each(|n| line("sessions", n.to_string()));
        let selection = &plan.selection;
        selection.fields.iter().for_each(|(name, value)| line("only", format!("{name}={value}")));
        selection.interviewer.iter().for_each(|code| line("only interviewer", code.clone()));
        selection.from.iter().for_each(|day| line("from", day.clone()));
        selection.to.iter().for_each(|day| line("to", day.clone()));
        selection.ways.iter().for_each(|way| line("only answered in", way.clone()));
    }
    table
}
