//! `relata measures`: what every score is, how it is computed, and what to be careful about.

use std::process::ExitCode;

use clap::Args;

use super::table::{Format, Listing};
use super::{Failure, print, print_for_people};
use crate::measures::{MEASURES, composite, timed};

/// Arguments of `measures`.
#[derive(Debug, Args)]
pub(super) struct MeasuresArgs {
    /// How the list is printed; without it, as Markdown to read
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) fn run(args: MeasuresArgs) -> Result<ExitCode, Failure> {
    let scales = MEASURES.iter().map(|measure| (measure.id(), measure.about()));
    // One of the timed measures scores interviews as well, and stands among those.
    let for_files = timed::abouts().into_iter().filter(|(id, _)| MEASURES.iter().all(|m| m.id() != *id));
    let all = scales.chain([("composite", composite::ABOUT)]).chain(for_files);
    match args.format {
        Some(format) => {
            let columns = &["id", "name", "measures", "formula", "cautions", "reference"];
            let mut table = Listing::new(columns);
            for (id, about) in all {
                let cells = [id, about.name, about.measures, about.formula, about.cautions, about.reference];
                table.push(cells.map(Into::into).into());
            }
            print(&table.to_text(format)?)?;
        }
        None => {
            for (id, about) in all {
                print_for_people(&format!(
                    "## {} (`{id}`)\n\n*What it measures.* {}.\n\n*Formula.* {}.\n\n*Cautions.* {}.\n\n*Reference.* {}.\n\n",
                    about.name, about.measures, about.formula, about.cautions, about.reference
                ))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
