//! `relata gaps`: said against associated, one line for each session.

use crate::interview::SessionState;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::rehearsals::RehearsalsArg;
use super::table::{Format, Listing};
use super::{Failure, StudyArg, print};

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

const COLUMNS: &[&str] = &[
    "respondent",
    "session",
    "explicit",
    "explicit_se",
    "indirect",
    "indirect_se",
    "indirect_measure",
    "sign_conflict",
    "p",
    "z_gap",
    "reliable",
    "rare",
    "relative_gap",
    "verdict",
    "reason",
];

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
    let mut table = Listing::new(COLUMNS);
    if args.rehearsals.with_tests {
        table = table.and("test");
    }
    for at in 0..sessions.members.len() {
        let gap = sessions.gap(at);
        let (header, digest) = &sessions.members[at];
        let reason = if digest.refused { Value::from("consent was refused") } else { gap.reason.into() };
        let id = args.format.session(&header.id);
        let mut row: Vec<Value> = vec![
            header.respondent.clone().into(),
            id.into(),
            gap.explicit.map(|estimate| estimate.value).into(),
            gap.explicit.map(|estimate| estimate.se).into(),
            gap.indirect.map(|estimate| estimate.value).into(),
            gap.indirect.map(|estimate| estimate.se).into(),
            gap.indirect_measure.map(|measure| args.format.measure(measure)).into(),
            gap.sign_conflict.into(),
            gap.p.into(),
            gap.z_gap.into(),
            gap.reliable.into(),
            gap.rare.into(),
            gap.relative_gap.map(|gap| gap.name()).into(),
            args.format.verdict(gap.verdict).into(),
            reason,
        ];
        row.extend(args.rehearsals.with_tests.then(|| header.test.into()));
        table.push(row);
    }
    let shown = if args.format == Format::Table { table.only(SHORT) } else { table };
    print(&shown.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}
