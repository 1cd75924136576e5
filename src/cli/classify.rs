//! `relata classify`: one line for each session and perspective of a study, or for each row of a table under a trained model.

mod rows;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::columns::ColumnArgs;
use super::filled::Filled;
use super::labelled;
use super::model::read_model;
use super::rehearsals::RehearsalsArg;
use super::table::{Format, Listing};
use super::{Failure, StudyArg, list, plural, print, remark};
use crate::classify::model::{Engagement, Model};
use crate::classify::reference::{BASE_RATES, EVEN};
use crate::classify::strength::Strength;
use crate::instrument::{Language, Perspective, RelationalModel};
use crate::interview::SessionState;
use crate::study::codes::standings;

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

    /// Also print what simulated sessions were made of: the model in use, in the column `truth`
    #[arg(long, conflicts_with = "input")]
    truth: bool,

    /// What is assumed before any answer: the published base rates (`study`, the default but for a --model, which has a prior of its own), all
    /// four alike, or four shares for CS, AR, EM, MP
    #[arg(long, value_name = "study|even|CS,AR,EM,MP", allow_hyphen_values = true, value_parser = prior, conflicts_with = "input")]
    prior: Option<Prior>,

    #[command(flatten)]
    rehearsals: RehearsalsArg,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A prior as it was given on the command line.
#[derive(Debug, Clone, Copy)]
struct Prior {
    shares: [f64; 4],
    /// Whether what was typed had another sum than one.
    brought_to_one: bool,
}

fn prior(text: &str) -> Result<Prior, String> {
    match text {
        "study" => return Ok(Prior { shares: BASE_RATES, brought_to_one: false }),
        "even" => return Ok(Prior { shares: EVEN, brought_to_one: false }),
        _ => {}
    }
    match labelled::shares(text) {
        Some(Ok(shares)) if shares.iter().all(|share| *share > 0.0) => {
            Ok(Prior { shares, brought_to_one: labelled::were_brought_to_one(text) })
        }
        Some(Err(why)) => Err(why),
        _ => Err("write `study`, `even`, or four positive shares such as 0.2,0.1,0.1,0.6 (CS, AR, EM, MP)"
            .to_owned()),
    }
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
    "p_even_cs",
    "p_even_ar",
    "p_even_em",
    "p_even_mp",
    "dominant_answers",
    "second_answers",
    "ratio",
    "told_apart",
    "parted",
    "random",
    "strength_cs",
    "strength_ar",
    "strength_em",
    "strength_mp",
    "strength_cs_se",
    "strength_ar_se",
    "strength_em_se",
    "strength_mp_se",
    "engagement",
    "prior",
    "basis",
];

/// What fits on a screen; all of it is in CSV and JSON.
const SHORT: &[&str] = &[
    "respondent",
    "session",
    "perspective",
    "dominant_answers",
    "ratio",
    "told_apart",
    "parted",
    "dominant",
    "margin",
    "engagement",
    "basis",
    "test",
    rows::IMPUTED,
    "truth",
];

pub(super) fn run(study: &StudyArg, args: ClassifyArgs) -> Result<ExitCode, Failure> {
    if let (Some(input), Some(model)) = (&args.input, &args.model) {
        return rows::run(input, model, &args.columns, args.contributions, args.format);
    }
    let trained = args.model.as_deref().map(read_model).transpose()?;
    let prior = args.prior.map(|prior| prior.shares);
    let trained = match (trained, prior) {
        (Some(model), Some(shares)) => {
            Some(model.with_prior(shares).map_err(|why| Failure::refused(why.to_string()))?)
        }
        (trained, _) => trained,
    };
    let study = study.look()?;
    let coded = if trained.is_some() { standings(&study)? } else { BTreeMap::new() };
    let mut sessions =
        args.rehearsals.load(&study, |header| args.open || header.state == SessionState::Finished)?;
    sessions.prior = prior;
    if args.reference {
        sessions.without_codes();
    }
    let mut table = Listing::new(COLUMNS);
    if args.rehearsals.with_tests {
        table = table.and("test");
    }
    if trained.is_some() {
        table = table.and(rows::IMPUTED);
    }
    let truths = args.truth.then(|| study.truths()).transpose()?;
    if truths.is_some() {
        table = table.and("truth");
    }
    let assumed = match &trained {
        Some(model) => by_class(model),
        None => RelationalModel::ALL.into_iter().zip(prior.unwrap_or(BASE_RATES)).collect(),
    };
    let whose = match (prior, &trained) {
        (Some(_), _) if args.prior.is_some_and(|prior| prior.brought_to_one) => {
            "as asked, brought to a sum of one"
        }
        (Some(_), _) => "as asked",
        (None, Some(_)) => OWN,
        (None, None) => "the published rates",
    };
    let assumed = say_prior(whose, &assumed).join(" ");
    let name = |model: RelationalModel| match args.format {
        Format::Table => args.format.model(model),
        Format::Csv | Format::Json => model.abbreviation().to_owned(),
    };
    let (mut without, mut refused, mut taught) = (0, 0, 0);
    let mut filled = Filled::default();
    for at in 0..sessions.members.len() {
        let profiles = match &trained {
            Some(model) => sessions.profiles_by(model, at),
            None => sessions.profiles(at),
        };
        let header = &sessions.members[at].0;
        taught += usize::from(coded.contains_key(&header.id));
        let said_no = sessions.members[at].1.refused;
        refused += usize::from(said_no);
        without += usize::from(profiles.is_empty() && !said_no);
        for (evidence, profile) in profiles {
            let perspective = evidence.perspective;
            let id = args.format.session(&header.id);
            let mut row: Vec<Value> =
                vec![header.respondent.clone().into(), id.into(), perspective.name().into()];
            row.extend(profile.probabilities.map(Value::from));
            row.extend([
                name(profile.dominant).into(),
                name(profile.second).into(),
                profile.margin.into(),
                profile.uncertain.into(),
            ]);
            row.extend(profile.answers.probabilities.map(Value::from));
            row.extend([
                name(profile.answers.dominant).into(),
                name(profile.answers.second).into(),
                match args.format {
                    // People read what every page says of it.
                    Format::Table if profile.answers.ratio > 100.0 => ">100".into(),
                    _ => profile.answers.ratio.into(),
                },
                profile.answers.tell_apart().into(),
                evidence.is_parted(&profile).into(),
                evidence.random.into(),
            ]);
            let strength = |pick: fn(&Strength) -> f64| {
                RelationalModel::ALL
                    .map(|model| evidence.strengths.and_then(|found| Some(pick(&found.norm(model)?))).into())
            };
            row.extend::<[Value; 4]>(strength(|strength| strength.value));
            row.extend::<[Value; 4]>(strength(|strength| strength.se));
            row.extend([
                profile.engagement.map(Engagement::name).into(),
                assumed.clone().into(),
                profile.basis.into(),
            ]);
            row.extend(args.rehearsals.with_tests.then(|| header.test.into()));
            row.extend(trained.as_ref().map(|model| {
                let value = |name: &String| evidence.features.get(name).unwrap_or(f64::NAN);
                let values: Vec<f64> = model.feature_names.iter().map(value).collect();
                filled.see(&values).into()
            }));
            if let Some(truths) = &truths {
                let truth = truths.get(&header.id).map(|truth| match perspective {
                    Perspective::Own => truth.model,
                    Perspective::Other => truth.other_model,
                });
                row.push(truth.map(name).into());
            }
            table.push(row);
        }
    }
    if let Some(model) = trained.as_ref().filter(|_| !sessions.members.is_empty()) {
        let lacking = sessions.lacking(model);
        if !lacking.is_empty() {
            return Err(Failure::refused(format!(
                "no session has features that the model needs: {}",
                list(&lacking)
            ))
            .help("it was trained on another kind of table; `relata model card` says on which"));
        }
    }
    match args.format {
        Format::Table => print(&table.only(SHORT).to_text(args.format)?)?,
        _ => print(&table.to_text(args.format)?)?,
    }
    if let Some(model) = &trained {
        filled.say("session", &model.feature_names);
    }
    if without > 0 {
        remark(&format!("too few answers for a profile: {}", plural(without, "session")));
    }
    if refused > 0 {
        remark(&format!("consent was refused, so that there is no profile: {}", plural(refused, "session")));
    }
    if let Some(why) = sessions.unused_codes().and_then(|worth| worth.why_not(&Language::fallback())) {
        remark(&why);
    }
    if taught > 0 {
        remark(&format!(
            "coded in this study: {}; where the model was trained on them, its call is no test of it (`relata evaluate` is)",
            plural(taught, "session")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the prior comes from, unless another one was given.
const OWN: &str = "the model's own";

/// Says which prior probabilities rest on; the shares as they are written.
fn say_prior(whose: &str, prior: &[(RelationalModel, f64)]) -> Vec<String> {
    let shares: Vec<String> = prior.iter().map(|(model, share)| format!("{model} {share:.3}")).collect();
    remark(&format!("prior, {whose}: {}", shares.join(", ")));
    shares
}

/// The shares that a model assumes.
fn by_class(model: &Model) -> Vec<(RelationalModel, f64)> {
    model.classes.iter().copied().zip(model.prior.iter().copied()).collect()
}
