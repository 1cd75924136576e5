//! `relata code export`: what coders read and marked, as a project of REFI-QDA.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::shown;
use crate::cli::{Failure, StudyArg, files, input, plural, remark};
use crate::coding::project::Project;
use crate::export::refi;
use crate::instrument::Language;
use crate::study::{coding, projects};

/// Arguments of `code export`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CodeExportArgs {
    /// What it is written as
    #[arg(long, value_enum, default_value_t = As::Qdpx)]
    format: As,

    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// The codes of this coder alone: whoever shall code without seeing what others said gets a project with their own codes, or with none
    #[arg(long, value_name = "CODE")]
    coder: Option<String>,

    /// Language of the codebook
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
}

/// Projects of other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// A project of REFI-QDA 1.5, for programs of qualitative analysis
    Qdpx,
}

pub(super) fn run(study: &StudyArg, args: &CodeExportArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let coder = args.coder.as_deref().map(coding::coder).transpose()?;
    let wanted = args.lang.clone().or_else(input::language);
    let language = Language::or_fallback(wanted.as_deref());
    let headers = input::sessions(&study)?;
    let made = projects::project(&mut input::loader(&study), &headers, coder.as_deref(), &language)?;
    let project = &made.project;
    if project.sources.is_empty() {
        return Err(Failure::refused("coders of this study are shown nothing that could be written").help(
            "they see what was told in words alone; `relata study coding --blind whole` shows them every answer",
        ));
    }
    let As::Qdpx = args.format;
    let bytes = refi::write(project, concat!("relata ", env!("CARGO_PKG_VERSION")))?;
    files::write_new(&args.out, &bytes, files::OTHER_OUT)?;
    made.remarks.iter().for_each(|said| remark(said));
    remark(&format!(
        "{} written to {}: {}",
        plural(project.sources.len(), "text"),
        shown(&args.out),
        counts(project)
    ));
    remark(
        "it holds what people said, in their words: keep it as you keep the study; `relata erase` does not reach it",
    );
    Ok(ExitCode::SUCCESS)
}

fn counts(project: &Project) -> String {
    let places = project.sources.iter().map(|source| source.selections.len()).sum();
    format!("{}, {}", plural(project.users.len(), "coder"), plural(places, "coded place"))
}
