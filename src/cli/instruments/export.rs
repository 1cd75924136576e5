//! `relata instruments export`: a questionnaire as a form of other programs, with a report of what has no counterpart there.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::table::{Format, Listing};
use super::super::{Failure, files, input, plural, print, print_for_people, remark};
use crate::export::xlsform;

/// Arguments of `instruments export`.
#[derive(Debug, Args)]
pub(in super::super) struct InstrumentExportArgs {
    /// Its name, or a file
    name: String,

    /// What it is written as
    #[arg(long, value_enum, default_value_t = As::Xlsform)]
    format: As,

    /// The file to write; default: NAME.xlsx in this folder
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// How what was lost is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    report: Format,
}

/// Forms of other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// A workbook for ODK, Kobo, SurveyCTO and their like
    Xlsform,
}

pub(super) fn run(args: &InstrumentExportArgs) -> Result<(), Failure> {
    let instrument = input::instrument(&args.name)?;
    let As::Xlsform = args.format;
    let form = xlsform::form(&instrument)?;
    let place = args.out.clone().unwrap_or_else(|| format!("{}.xlsx", instrument.name).into());
    files::write_new(&place, &form.workbook, files::OTHER_OUT)?;
    match args.report {
        Format::Table => {
            for lost in &form.lost {
                let row = lost.row.map(|row| format!(" row {row}")).unwrap_or_default();
                print_for_people(&format!(
                    "{}{row} `{}`: {}; instead: {}\n",
                    lost.sheet, lost.name, lost.reason, lost.instead
                ))?;
            }
        }
        Format::Csv => {
            let mut table = Listing::new(&["sheet", "row", "name", "reason", "instead"]);
            for lost in &form.lost {
                table.push(vec![
                    lost.sheet.into(),
                    lost.row.into(),
                    lost.name.clone().into(),
                    lost.reason.clone().into(),
                    lost.instead.clone().into(),
                ]);
            }
            print(&table.to_text(Format::Csv)?)?;
        }
        Format::Json => {
            let whole = json!({ "rows": form.rows, "losses": form.lost, "out": place.display().to_string() });
            print(&format!("{whole:#}\n"))?;
        }
    }
    remark(&format!(
        "{} written to {}; {} named above",
        plural(form.rows, "question row"),
        place.display(),
        match form.lost.len() {
            1 => "one loss is".to_owned(),
            many => format!("{many} losses are"),
        }
    ));
    Ok(())
}
