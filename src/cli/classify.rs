//! `relata classify`: one line for each session and perspective of a study, or for each row of a table under a trained model.

mod rows;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::features::ColumnArgs;
use super::rehearsals::RehearsalsArg;
use super::table::{Format, Table};
use super::{Failure, StudyArg, plural, print, remark};
use crate::classify::model::Engagement;
use crate::store::State;

const EXAMPLES: &str = "Examples:
  relata classify --study demo.relata
  relata classify --format csv > profiles.csv";

/// Arguments of `classify`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ClassifyArgs {
    /// Sessions that are not finished, too
    #[arg(long, conflicts_with = "input")]
    open: bool,

    /// Classify the rows of a CSV file instead of the study; `-` reads standard input
    #[arg(long, value_name = "FILE", requires = "model")]
    input: Option<PathBuf>,

    /// The model for --input, as `relata train` wrote it
    #[arg(long, value_name = "FILE", requires = "input")]
    model: Option<PathBuf>,

    /// With --input: the N features that speak most for the first against the second model
    #[arg(long, value_name = "N", default_value_t = 0, requires = "input")]
    contributions: usize,

    #[command(flatten)]
    columns: ColumnArgs,

    /// What is assumed before any answer: the published base rates, all four alike, or four shares for CS, AR, EM, MP
    #[arg(long, value_name = "study|even|CS,AR,EM,MP", default_value = "study", value_parser = prior, conflicts_with = "input")]
    prior: Prior,

    #[command(flatten)]
    rehearsals: RehearsalsArg,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A prior as somebody asked for it; none for the published base rates.
#[derive(Debug, Clone, Copy)]
struct Prior(Option<[f64; 4]>);

fn prior(text: &str) -> Result<Prior, String> {
    match text {
        "study" => return Ok(Prior(None)),
        "even" => return Ok(Prior(Some([0.25; 4]))),
        _ => {}
    }
    let shares: Vec<f64> = text.split(',').filter_map(|share| share.trim().parse().ok()).collect();
    let four: Option<[f64; 4]> = shares.try_into().ok();
    let positive = |shares: &[f64; 4]| shares.iter().all(|share| share.is_finite() && *share > 0.0);
    four.filter(positive).map(|shares| Prior(Some(shares))).ok_or_else(|| {
        "write `study`, `even`, or four positive shares such as 0.2,0.1,0.1,0.6 (CS, AR, EM, MP)".to_owned()
    })
}

const COLUMNS: &[&str] = &[
    "respondent",
    "session",
    "perspective",
    "p_cs",
    "p_ar",
    "p_em",
    "p_mp",
    "dominant",
    "second",
    "margin",
    "uncertain",
    "engagement",
    "basis",
];

pub(super) fn run(study: &StudyArg, args: ClassifyArgs) -> Result<ExitCode, Failure> {
    if let (Some(input), Some(model)) = (&args.input, &args.model) {
        return rows::run(input, model, &args.columns, args.contributions, args.format);
    }
    let study = study.look()?;
    let mut loaded = args.rehearsals.load(&study, |header| args.open || header.state == State::Finished)?;
    loaded.prior = args.prior.0;
    let mut table = Table::new(COLUMNS);
    if args.rehearsals.with_tests {
        table = table.and("test");
    }
    let mut without = 0;
    for at in 0..loaded.sessions.len() {
        let interview = loaded.sessions[at].1.clone();
        let profiles = loaded.yardstick(at).profiles(&interview);
        without += usize::from(profiles.is_empty());
        let header = &loaded.sessions[at].0;
        for (perspective, profile) in profiles {
            let [cs, ar, em, mp] = profile.probabilities;
            let id = if args.format == Format::Table { header.id.short() } else { header.id.to_string() };
            let mut row: Vec<Value> = vec![
                header.respondent.clone().into(),
                id.into(),
                perspective.name().into(),
                cs.into(),
                ar.into(),
                em.into(),
                mp.into(),
                profile.dominant.abbreviation().into(),
                profile.second.abbreviation().into(),
                profile.margin.into(),
                profile.uncertain.into(),
                profile.engagement.map(Engagement::name).into(),
                profile.basis.into(),
            ];
            row.extend(args.rehearsals.with_tests.then(|| header.test.into()));
            table.push(row);
        }
    }
    print(&table.to_text(args.format)?)?;
    if without > 0 {
        remark(&format!("too few answers for a profile: {}", plural(without, "session")));
    }
    Ok(ExitCode::SUCCESS)
}
