//! `relata recovery`: the recovery table of the reference model.

use std::process::ExitCode;

use clap::Args;

use super::choice::{Choices, one_of};
use super::table::{Format, Listing};
use super::{Failure, input, print, remark};
use crate::analysis::recovery::{self as findings, timed};
use crate::analysis::relation::recovery as relations;
use crate::classify::recovery::{
    DRAWN, RecoveryError, RecoveryExtent, STUDY, formats, recovery, shares, strengths,
};
use crate::classify::reference::{FeaturePlan, World};
use crate::classify::session;
use crate::instrument::{Language, Perspective};
use crate::interview::Refusal;

const EXAMPLES: &str = "Examples:
  relata recovery
  relata recovery account-self-assessment --perspective other
  relata recovery --shares --studies 40
  relata recovery --findings --studies 200 --n 60
  relata recovery --report --studies 200 --n 60
  relata recovery --report --organisations 8 --alike 0.1
  relata recovery --relations --sessions 400
  relata recovery --formats --format csv";

/// The questionnaires of both sides of a relation.
const OURS: &str = "account-self-assessment";
const THEIRS: &str = "client-view";

mod tables;

/// Arguments of `recovery`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RecoveryArgs {
    /// The questionnaire whose scales, situations, sets and reasons are recovered from
    #[arg(default_value = "customer-interview")]
    instrument: String,

    /// Whose norms: the respondent's own, or the estimate of the other side
    #[arg(long, default_value = "own", value_parser = one_of(SIDES))]
    perspective: Perspective,

    #[command(flatten)]
    what: RecoveryTarget,

    /// Fresh simulated sessions in each world
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    sessions: u32,

    /// With --shares, --findings or --report: simulated studies in each world
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    studies: u32,

    /// With --findings or --report: sessions in each study
    #[arg(long, default_value_t = STUDY as u32, value_parser = clap::value_parser!(u32).range(10..=10_000))]
    n: u32,

    /// With --findings or --report: the world that makes the answers, such as "reference" or "even shares"
    #[arg(long, default_value = "reference", value_parser = world)]
    world: World,

    #[command(flatten)]
    groups: GroupArgs,

    /// People that the ceiling is worked out from; 0 leaves it out
    #[arg(long, default_value_t = DRAWN as u32, value_parser = clap::value_parser!(u32).range(0..=200_000))]
    people: u32,

    /// Equal seeds give equal tables
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Bootstrap samples behind the intervals
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How simulated people of a report come in groups.
#[derive(Debug, Args)]
pub(super) struct GroupArgs {
    /// In simulated reports: organisations in each study, whose customers are more alike than others; else everybody stands alone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000))]
    organisations: Option<u32>,

    /// With --organisations: the share of the differences in what is said and associated that lies between them
    #[arg(long, value_name = "SHARE", default_value_t = 0.05, requires = "organisations", value_parser = alike)]
    alike: f64,
}

impl GroupArgs {
    pub(super) fn groups(&self) -> Option<findings::Groups> {
        let organisations = self.organisations? as usize;
        Some(findings::Groups { organisations, alike: self.alike })
    }

    pub(super) fn in_words(&self) -> String {
        match self.organisations {
            Some(organisations) => format!("{organisations} organisations, alike by {}", self.alike),
            None => "people who stand alone".to_owned(),
        }
    }
}

/// Instead of models: what else is recovered.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct RecoveryTarget {
    /// Instead: the shares of the four models in studies of 275 sessions that nobody has coded
    #[arg(long)]
    shares: bool,

    /// Instead: how often the intervals of what a report tells apart by model (satisfaction, NPS, feelings, staying) hold what was simulated
    #[arg(long)]
    findings: bool,

    /// Instead: how often every interval that the report of a study prints holds what was simulated
    #[arg(long)]
    report: bool,

    /// Instead: how often the intervals of strengths hold what was simulated
    #[arg(long)]
    strengths: bool,

    /// Instead: what ratings, situations, points and best–worst sets buy for the time that they take
    #[arg(long)]
    formats: bool,

    /// Instead: how often the intervals of relations hold what was simulated, for both sides and over time, and how often a difference or a change is
    /// called one that is none
    #[arg(long)]
    relations: bool,

    /// Instead: how well timed sorting recovers a simulated association, and how often its intervals hold it
    #[arg(long)]
    timed: bool,
}

const SIDES: Choices<Perspective> = &[("own", "", Perspective::Own), ("other", "", Perspective::Other)];

pub(super) fn run(args: RecoveryArgs) -> Result<ExitCode, Failure> {
    remark("simulating: this takes minutes …");
    let (said, table) = recovered(&args)?;
    remark(&format!("Recovery, not validity: {said}"));
    print(&table.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Remarks on the simulation and its outcome.
fn recovered(args: &RecoveryArgs) -> Result<(String, Listing), Failure> {
    let what = &args.what;
    let (seed, sessions, studies) = (args.seed, args.sessions as usize, args.studies as usize);
    let stuck = |refusal: Refusal| Failure::refused(format!("a simulated respondent got stuck: {refusal}"));
    let failed = |why: RecoveryError| Failure::refused(format!("no recovery table could be made: {why}"));
    let of = || plan(&args.instrument, args.perspective);
    if what.timed {
        let instrument = input::instrument(&args.instrument)?;
        let found = timed::timed(&instrument, seed).map_err(stuck)?;
        let found =
            found.ok_or_else(|| Failure::refused(format!("{} has no timed sorting", instrument.name)))?;
        let said = format!(
            "{} simulated respondents, seed {seed}; their latencies come from relata's own assumptions.",
            timed::SESSIONS
        );
        return Ok((said, tables::timed(&instrument, &found)));
    }
    if what.relations {
        let (ours, theirs) = (input::instrument(OURS)?, input::instrument(THEIRS)?);
        let lines = relations::recovery((&ours, &theirs), sessions, seed).map_err(stuck)?;
        let said = format!(
            "{sessions} simulated relations or studies a world, seed {seed}; {OURS} and {THEIRS},\n\
             answered on relata's own assumptions. Nothing is tuned to this table."
        );
        return Ok((said, tables::relations(&lines)));
    }
    if what.report || what.findings {
        let instrument = input::instrument(&args.instrument)?;
        let groups = args.groups.groups().filter(|_| what.report);
        let n = args.n as usize;
        let extent = findings::Extent { studies, sessions: n, people: findings::PEOPLE, seed, groups };
        let world = args.world.name();
        let said = format!("{studies} simulated studies of {n} sessions, seed {seed}, world {world}");
        if what.findings {
            let lines = findings::outcomes(&instrument, &args.world.generator(), extent).map_err(stuck)?;
            let said = format!(
                "{said}; everything is scored\n\
                 on answers that relata's own assumptions made. Nothing is tuned to this table."
            );
            return Ok((said, tables::study(&lines)));
        }
        let english = Language::fallback();
        let lines = findings::study::coverage(&instrument, &args.world.generator(), extent, &english);
        let grouped = args.groups.in_words();
        let said = format!(
            "{said}; {grouped}; everything is\n\
             scored on answers that relata's own assumptions made. Nothing is tuned to this table."
        );
        return Ok((said, tables::figures(&lines.map_err(stuck)?, &english)));
    }
    let table = if what.formats {
        tables::formats(&formats::formats(sessions, seed).map_err(failed)?)
    } else if what.strengths {
        tables::strengths(&strengths::strengths(&of()?, sessions, seed).map_err(failed)?)
    } else if what.shares {
        tables::shares(&shares::shares(&of()?, studies, seed).map_err(failed)?)
    } else {
        let extent = RecoveryExtent {
            worlds: &World::ALL,
            sessions,
            drawn: args.people as usize,
            resamples: args.resamples as usize,
        };
        tables::models(&recovery(&of()?, extent, seed).map_err(failed)?)
    };
    let size = match what.shares {
        true => format!("{studies} simulated studies of {STUDY} sessions a world"),
        false => format!("{sessions} fresh simulated sessions a world"),
    };
    let said = format!(
        "{size}, seed {seed}; everything is scored on answers\n\
         that relata's own assumptions made. Nothing is tuned to this table."
    );
    Ok((said, table))
}

fn alike(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "write a share such as 0.05".to_owned())?;
    (0.0..=0.9).contains(&share).then_some(share).ok_or_else(|| "a share from 0 to 0.9".to_owned())
}

pub(super) fn world(name: &str) -> Result<World, String> {
    World::ALL.into_iter().find(|world| world.name() == name).ok_or_else(|| {
        let names: Vec<&str> = World::ALL.iter().map(|world| world.name()).collect();
        format!("one of: {}", names.join(", "))
    })
}

/// The features that a questionnaire yields when all of it is answered.
fn plan(name: &str, perspective: Perspective) -> Result<FeaturePlan, Failure> {
    let plans = session::plans(&input::instrument(name)?);
    plans.into_iter().find(|plan| plan.perspective == perspective).ok_or_else(|| match perspective {
        Perspective::Own => Failure::refused(format!("{name} asks nothing about relational models")),
        Perspective::Other => Failure::refused(format!("{name} asks for no estimate of the other side")),
    })
}

/// These features of the respondent's own perspective.
pub(super) fn own_plan(name: &str) -> Result<FeaturePlan, Failure> {
    plan(name, Perspective::Own)
}
