//! `relata classify`: one line for each session and perspective of a study, or for each row of a table under a trained model.

mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::codes::standings;
use super::features::{ColumnArgs, list};
use super::model::read_model;
use super::rehearsals::RehearsalsArg;
use super::table::{Format, Table};
use super::{Failure, StudyArg, plural, print, remark};
use crate::classify::model::{Engagement, Model, Profile};
use crate::classify::reference::BASE_RATES;
use crate::classify::session::evidence;
use crate::instrument::Perspective;
use crate::interview::Interview;
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

    /// A model as `relata train` wrote it, for the rows of --input or for the sessions of the study (own perspective)
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,

    /// Leave coders' codes aside: the simulated reference model alone
    #[arg(long, conflicts_with_all = ["input", "model"])]
    reference: bool,

    /// With --input: the N features that speak most for the first against the second model
    #[arg(long, value_name = "N", default_value_t = 0, requires = "input")]
    contributions: usize,

    #[command(flatten)]
    columns: ColumnArgs,

    /// What is assumed before any answer: the published base rates (without --model the default), all four alike, or four shares for
    /// CS, AR, EM, MP; a --model keeps its own unless this is given
    #[arg(long, value_name = "study|even|CS,AR,EM,MP", value_parser = prior, conflicts_with = "input")]
    prior: Option<Prior>,

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
    let trained = args.model.as_deref().map(read_model).transpose()?;
    let trained = match (trained, args.prior) {
        (Some(model), Some(Prior(shares))) => Some(
            model
                .with_prior(shares.unwrap_or(BASE_RATES))
                .map_err(|why| Failure::refused(why.to_string()))?,
        ),
        (trained, _) => trained,
    };
    if let Some(model) = &trained {
        let shares: Vec<String> = model
            .classes
            .iter()
            .zip(&model.prior)
            .map(|(class, share)| format!("{class} {share:.3}"))
            .collect();
        let whose = if args.prior.is_some() { "as asked" } else { "the model's own" };
        remark(&format!("prior, {whose}: {}", shares.join(", ")));
    }
    let study = study.look()?;
    let coded = if trained.is_some() { standings(&study)? } else { BTreeMap::new() };
    let mut loaded = args.rehearsals.load(&study, |header| args.open || header.state == State::Finished)?;
    loaded.prior = args.prior.and_then(|Prior(shares)| shares);
    if args.reference {
        loaded.without_codes();
    }
    let mut table = Table::new(COLUMNS);
    if args.rehearsals.with_tests {
        table = table.and("test");
    }
    let (mut without, mut taught) = (0, 0);
    let mut found = BTreeSet::new();
    for at in 0..loaded.sessions.len() {
        let interview = loaded.sessions[at].1.clone();
        let profiles = match &trained {
            Some(model) => of_model(model, &interview, &mut found),
            None => loaded.yardstick(at).profiles(&interview),
        };
        taught += usize::from(coded.contains_key(&loaded.sessions[at].0.id));
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
    if let Some(model) = trained.as_ref().filter(|_| !loaded.sessions.is_empty()) {
        let strange = |name: &&String| !found.contains(*name);
        let strange: Vec<String> = model.feature_names.iter().filter(strange).cloned().collect();
        if !strange.is_empty() {
            return Err(Failure::refused(format!(
                "no session has features that the model needs: {}",
                list(&strange)
            ))
            .help("it was trained on another kind of table; `relata model card` says on which"));
        }
    }
    print(&table.to_text(args.format)?)?;
    if without > 0 {
        remark(&format!("too few answers for a profile: {}", plural(without, "session")));
    }
    if taught > 0 {
        remark(&format!(
            "coded in this study: {}; where the model was trained on them, its call is no test of it (`relata evaluate` is)",
            plural(taught, "session")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What a trained model says of a session. Codes are about the respondent's own side, and so is a model that learnt from them.
/// The features of the session are added to those `found`: a model that knows what a missing value means would say the same of every
/// session that has nothing of what it was trained on.
fn of_model(
    model: &Model,
    interview: &Interview,
    found: &mut BTreeSet<String>,
) -> Vec<(Perspective, Profile)> {
    let own = Perspective::Own;
    let Some(evidence) = evidence(interview, own) else { return Vec::new() };
    found.extend(evidence.features.names());
    let profile = model.predict(&evidence.features).ok();
    profile.map(|profile| (own, profile)).into_iter().collect()
}
