//! `relata classify`: one line for each session and perspective.

use std::process::ExitCode;

use clap::Args;

use super::input::Loaded;
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
    #[arg(long)]
    open: bool,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
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
    let study = study.look()?;
    let mut loaded = Loaded::read(&study, |header| args.open || header.state == State::Finished)?;
    let mut table = Table::new(COLUMNS);
    let mut without = 0;
    for at in 0..loaded.sessions.len() {
        let interview = loaded.sessions[at].1.clone();
        let profiles = loaded.yardstick(at).profiles(&interview);
        without += usize::from(profiles.is_empty());
        let header = &loaded.sessions[at].0;
        for (perspective, profile) in profiles {
            let [cs, ar, em, mp] = profile.probabilities;
            let id = if args.format == Format::Table { header.id.short() } else { header.id.to_string() };
            table.push(vec![
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
            ]);
        }
    }
    print(&table.to_text(args.format)?)?;
    if without > 0 {
        remark(&format!("too few answers for a profile: {}", plural(without, "session")));
    }
    Ok(ExitCode::SUCCESS)
}
