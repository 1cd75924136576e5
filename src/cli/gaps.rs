//! `relata gaps`: said against associated, one line for each session.

use std::process::ExitCode;

use clap::Args;

use super::rehearsals::RehearsalsArg;
use super::table::{Format, Listing};
use super::{Failure, StudyArg, print};
use crate::gap::Gap;
use crate::interview::SessionState;

const EXAMPLES: &str = "Examples:
  relata gaps --study demo.relata
  relata gaps --format json";

/// Arguments of `gaps`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct GapsArgs {
    /// Sessions that are not finished, too
    #[arg(long)]
    open: bool,

    #[command(flatten)]
    rehearsals: RehearsalsArg,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// What people read of it: the rest is for programs, in the other two forms.
const SHORT: &[&str] = &[
    "respondent",
    "session",
    "explicit",
    "explicit_se",
    "indirect",
    "indirect_se",
    "indirect_measure",
    "verdict",
    "reason",
    "test",
];

pub(super) fn run(study: &StudyArg, args: GapsArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let mut sessions =
        args.rehearsals.load(&study, |header| args.open || header.state == SessionState::Finished)?;
    let gaps: Vec<(usize, Gap)> = (0..sessions.members.len()).map(|at| (at, sessions.gap(at))).collect();
    let member = |at: &usize| &sessions.members[*at];
    let table = Listing::of(
        &gaps,
        &[
            ("respondent", &|(at, _)| member(at).0.respondent.clone().into()),
            ("session", &|(at, _)| args.format.session(&member(at).0.id).into()),
            ("explicit", &|(_, gap)| gap.explicit.map(|estimate| estimate.value).into()),
            ("explicit_se", &|(_, gap)| gap.explicit.map(|estimate| estimate.se).into()),
            ("indirect", &|(_, gap)| gap.indirect.map(|estimate| estimate.value).into()),
            ("indirect_se", &|(_, gap)| gap.indirect.map(|estimate| estimate.se).into()),
            ("indirect_measure", &|(_, gap)| {
                gap.indirect_measure.map(|measure| args.format.measure(measure)).into()
            }),
            ("sign_conflict", &|(_, gap)| gap.sign_conflict.into()),
            ("p", &|(_, gap)| gap.p.into()),
            ("z_gap", &|(_, gap)| gap.z_gap.into()),
            ("reliable", &|(_, gap)| gap.reliable.into()),
            ("rare", &|(_, gap)| gap.rare.into()),
            ("relative_gap", &|(_, gap)| gap.relative_gap.map(|gap| gap.name()).into()),
            ("verdict", &|(_, gap)| args.format.verdict(gap.verdict).into()),
            ("reason", &|(at, gap)| match member(at).1.refused {
                true => "consent was refused".into(),
                false => gap.reason.clone().into(),
            }),
            ("test", &|(at, _)| member(at).0.test.into()),
        ],
    );
    let table = if args.rehearsals.with_tests { table } else { table.without("test") };
    let shown = if args.format == Format::Table { table.only(SHORT) } else { table };
    print(&shown.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}
