//! `relata export`: a study as files for other programs.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::choice::{Choices, one_of};
use super::{Failure, StudyArg, input, plural, print, remark};
use crate::analysis::Source;
use crate::export::{self, EXPORTERS, Exporter, Folder, NotWritten};
use crate::study::tables::{self, Scope, Sources};

const EXAMPLES: &str = "Examples:
  relata export --format xlsx --out results
  relata export --study demo.relata --format sav,r --out results --lang nl
  relata export --format csv --out shared --without-text

One table for each questionnaire (a row a session: answers, scores, profile, gap, codes, how it went), and tables of trials,
events and codes. Each format comes with a codebook (Markdown and DDI-Codebook 2.5).";

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExportArgs {
    /// One or more formats, with commas between them
    #[arg(long, value_delimiter = ',', required = true, value_parser = formats(), value_name = "FORMAT", long_help = long_help())]
    format: Vec<String>,

    /// The folder for the files; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Language of all labels; default: yours, if the questionnaires have it
    #[arg(long)]
    lang: Option<String>,

    /// Real or simulated sessions, or all in one table; else real ones, if there are any
    #[arg(long, value_parser = one_of(SOURCES))]
    source: Option<Sources>,

    /// Sessions that are not finished, too; a column says which
    #[arg(long)]
    open: bool,

    /// Sessions that the respondent stopped and whose answers may be kept, too, and a row without answers for each in which
    /// consent was refused; the column `state` says which
    #[arg(long)]
    stopped: bool,

    /// Rehearsals, too; a column says which
    #[arg(long)]
    with_tests: bool,

    /// Leave out everything that was typed freely: it may hold personal data
    #[arg(long)]
    without_text: bool,

    /// Only the tables of sessions: no trials, events and codes
    #[arg(long)]
    sessions_only: bool,

    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

const SOURCES: Choices<Sources> = &[
    ("real", "People", Sources::Only(Source::Real)),
    ("simulated", "Programs", Sources::Only(Source::Simulated)),
    ("all", "Both; the column `simulated` says which", Sources::All),
];

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(EXPORTERS.iter().map(|exporter| exporter.id()))
}

fn long_help() -> String {
    let each = EXPORTERS.iter().map(|exporter| format!("  {:<6} {}", exporter.id(), exporter.about()));
    std::iter::once("One or more formats, with commas between them:".to_owned())
        .chain(each)
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn run(study: &StudyArg, args: ExportArgs) -> Result<ExitCode, Failure> {
    let mut exporters: Vec<&dyn Exporter> = Vec::new();
    for format in &args.format {
        // A format that is named twice is written once.
        let known = exporters.iter().any(|known| known.id() == format);
        exporters.extend(export::exporter(format).filter(|_| !known));
    }
    let study = study.look()?;
    let scope = Scope {
        sources: args.source.unwrap_or_default(),
        open: args.open,
        stopped: args.stopped,
        with_tests: args.with_tests,
        without_text: args.without_text,
        sessions_only: args.sessions_only,
    };
    let languages = (args.lang.as_deref(), input::language());
    let made =
        tables::export(&study, &input::hear, scope, (languages.0, languages.1.as_deref()), input::now())?;
    let folder = Folder::open(&args.out, args.force).map_err(refused)?;
    let written = export::write(&exporters, &made.export, folder).map_err(refused)?;
    for file in &written.files {
        print(&format!("{}\n", args.out.join(file).display()))?;
    }
    // The codebook has these as well, but is rarely opened at once.
    for sentence in made.warnings.iter().chain(&written.remarks) {
        remark(sentence);
    }
    remark(&format!("{} exported", plural(made.sessions, "session")));
    Ok(ExitCode::SUCCESS)
}

fn refused(why: NotWritten) -> Failure {
    let exists = matches!(why, NotWritten::Exists(_));
    let failure = Failure::refused(why.to_string());
    if exists {
        failure.help("name another folder with --out, or replace its files with --force")
    } else {
        failure
    }
}
