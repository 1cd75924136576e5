//! `relata code import`: codes from a project of qualitative analysis, or from a CSV file. All faults of a CSV file are listed at once, and
//! one fault keeps everything out.
//!
//! Importing a file again adds nothing. A row with a code that its coder has changed since adds nothing either, with a remark: an old file
//! must not undo a later code.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{project, shown};
use crate::cli::columns::{self, CellArgs};
use crate::cli::{Failure, StudyArg, input, plural, remark};
use crate::import::codes::CodeRows;
use crate::store::Study;
use crate::study::codes::rows::{self, CheckedRows};
use crate::study::codes::{FileCode, TakenOver, take_over};

/// Arguments of `code import`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CodeImportArgs {
    /// CSV file with the columns session, coder, dominant and, where there are any, second, confidence (1 to 5), consensus
    /// (yes or no), note, evidence (`item=MP:2`, several with spaces between), passages (`item@4-9=MP`: characters from 0, the last not
    /// counted; `item!note@4-9=MP` of a note), seen (narrative or whole), blind (yes or no) and at (when a code was given, so that a
    /// coder may have several of one session, as in `code list --all --format csv`), `-` reads standard input; or a project of
    /// REFI-QDA (.qdpx)
    pub(super) file: PathBuf,

    /// Every row settles its session for all coders
    #[arg(long)]
    pub(super) consensus: bool,

    /// Take rows over again that the coder has replaced since
    #[arg(long)]
    pub(super) again: bool,

    #[command(flatten)]
    cells: CellArgs,

    #[command(flatten)]
    pub(super) project: project::ProjectArgs,
}

pub(super) fn run(study: &StudyArg, args: CodeImportArgs) -> Result<ExitCode, Failure> {
    if let Some(bytes) = project::container(&args.file)? {
        return project::run(study, &args, &bytes);
    }
    if args.project != project::ProjectArgs::default() {
        return Err(Failure::Usage(format!(
            "--code, --user, --add-transcripts and --dry-run are for projects (.qdpx), and {} is none",
            shown(&args.file)
        )));
    }
    let mut study = study.existing()?;
    let given = read(&study, &args)?;
    keep(&mut study, given, "row", args.again)?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps the new codes of a file, remarks on the counts and returns how many were new; `one` is the word for a code of this file.
pub(super) fn keep(
    study: &mut Study,
    given: Vec<FileCode>,
    one: &str,
    again: bool,
) -> Result<usize, Failure> {
    let taken = given.len();
    let TakenOver { fresh, settled, same, replaced } =
        take_over(study, given, again, input::now(), input::random::<10>)?;
    let settled = if settled > 0 { format!(" ({settled} as consensus)") } else { String::new() };
    remark(&match (fresh, same) {
        (0, same) if same == taken && taken > 0 => {
            format!("nothing changed: {} there already", plural(same, "code"))
        }
        (fresh, same) => {
            let (fresh, of) = (plural(fresh, "code"), plural(taken, one));
            format!("{fresh} of {of} taken over{settled}; {same} there already")
        }
    });
    if replaced > 0 {
        remark(&format!(
            "left alone: {} that the coder gave before and has changed since (--again takes them over)",
            plural(replaced, one)
        ));
    }
    Ok(fresh)
}

/// The codes of the file, or every fault in it.
fn read(study: &Study, args: &CodeImportArgs) -> Result<Vec<FileCode>, Failure> {
    let source = columns::open(&args.file)?;
    let mut table = CodeRows::read(source, &args.cells.missing, args.cells.decimal)?;
    let rows = std::mem::take(&mut table.rows);
    let CheckedRows { codes, left_out, faults } = rows::check(input::loader(study), rows, args.consensus)?;
    if faults.is_empty() {
        table.remark_on_whole()?;
        for what in left_out {
            remark(&format!("{what} is in no transcript of the session (removed?), and is left out"));
        }
        return Ok(codes);
    }
    let count = plural(faults.len(), "fault");
    Err(Failure::refused(format!(
        "{} has {count}, and nothing was taken over\n  {}",
        shown(&args.file),
        faults.join("\n  ")
    ))
    .help("models are CS, AR, EM, MP or their full names; `relata sessions --format csv` lists sessions"))
}
