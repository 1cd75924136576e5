//! `relata study`: what is in the study.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, StudyArg, retention, study_info};

/// Subcommands of `study`.
#[derive(Debug, Subcommand)]
pub(super) enum StudyCommand {
    /// What is in the file: sessions by state and instrument, consent, codes, tombstones, size
    Info(study_info::InfoArgs),
    /// How long the study may be kept
    Retention(retention::RetentionArgs),
}

pub(super) fn run(study: &StudyArg, command: StudyCommand) -> Result<ExitCode, Failure> {
    match command {
        StudyCommand::Info(args) => study_info::run(study, args),
        StudyCommand::Retention(args) => retention::run(study, args),
    }
}
