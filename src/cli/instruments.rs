//! `relata instruments`: the questionnaires that come with relata, and those that come from elsewhere.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::table::{Format, Listing};
use super::{Failure, StudyArg, files, input, print, remark};
use crate::instrument::shipped;

mod export;
mod import;
mod print;

/// Arguments of `instruments`.
#[derive(Debug, Args)]
pub(super) struct InstrumentsArgs {
    #[command(subcommand)]
    what: Option<InstrumentsCommand>,

    /// How the list is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum InstrumentsCommand {
    /// What there is
    List {
        /// How the list is printed
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Print the whole text of one, includes resolved
    Show {
        /// Its name, or a file
        name: String,
    },
    /// Write one to a file of your own, to change it
    Copy {
        /// Its name, or a file
        name: String,
        /// The file to write; default: NAME.toml in this folder
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Take over an XLSForm, and say what could not come over whole
    Import(import::InstrumentImportArgs),
    /// Write one as an XLSForm, and say what has no counterpart there
    Export(export::InstrumentExportArgs),
    /// Write one as sheets of paper: HTML for A4, to be filled in by hand and entered twice
    Print(print::PrintArgs),
}

pub(super) fn run(study: &StudyArg, args: InstrumentsArgs) -> Result<ExitCode, Failure> {
    match args.what.unwrap_or(InstrumentsCommand::List { format: None }) {
        // It may stand before the subcommand as well.
        InstrumentsCommand::List { format } => list(format.unwrap_or(args.format))?,
        InstrumentsCommand::Show { name } => print(&input::instrument(&name)?.text)?,
        InstrumentsCommand::Copy { name, to } => copy(&name, to)?,
        InstrumentsCommand::Import(args) => import::run(&args)?,
        InstrumentsCommand::Export(args) => export::run(&args)?,
        InstrumentsCommand::Print(args) => print::run(study, &args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(format: Format) -> Result<(), Failure> {
    let wanted = input::language();
    let mut table = Listing::new(&["name", "version", "minutes", "languages", "items", "title"]);
    for name in shipped::NAMES {
        let instrument = input::instrument(name)?;
        let language = instrument.language(wanted.as_deref());
        let languages: Vec<&str> = instrument.languages.iter().map(|language| language.as_str()).collect();
        table.push(vec![
            instrument.name.clone().into(),
            instrument.version.clone().into(),
            instrument.minutes.into(),
            languages.join(" ").into(),
            instrument.items.len().into(),
            instrument.label.raw(&language).into(),
        ]);
    }
    print(&table.to_text(format)?)
}

fn copy(name: &str, to: Option<PathBuf>) -> Result<(), Failure> {
    let instrument = input::instrument(name)?;
    let path = to.unwrap_or_else(|| format!("{}.toml", instrument.name).into());
    // Never over an existing file, which may have been edited.
    files::write_new(&path, instrument.text.as_bytes(), "choose another name with --to FILE")?;
    remark(&format!("written to {0}; check your changes with `relata check {0}`", path.display()));
    Ok(())
}
