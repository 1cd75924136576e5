//! `relata validity`: what a study can say for its own measures.

use std::process::ExitCode;

use clap::Args;

use super::input;
use super::page::{PageArgs, PageFormat};
use super::study::{FilterArgs, look, unknown};
use super::table::pretty_json;
use super::{Failure, StudyArg, remark};
use crate::analysis::StudyReport;
use crate::analysis::validity::Validity;
use crate::instrument::Language;
use crate::report::document::to_markdown;
use crate::report::html::to_html;
use crate::report::validity;

const EXAMPLES: &str = "Examples:
  relata validity --study demo.relata
  relata validity --study demo.relata --lang nl --format html --out validity.html
  relata validity --study demo.relata --instrument customer-interview --format json

The structure of the norms by confirmatory factor analysis, whether two languages measure alike, whether people who came twice answered
alike, what is left of relations without a general factor, and whether missing answers change the figures. What there are too few
answers for says how many it takes.";

/// Arguments of `validity`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ValidityArgs {
    #[command(flatten)]
    filter: FilterArgs,

    /// Equal seeds impute equal answers
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Language of the page
    #[arg(long)]
    lang: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

pub(super) fn run(study: &StudyArg, args: &ValidityArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let language = Language::or_fallback(args.lang.clone().or_else(input::language).as_deref());
    let filter = args.filter.filter();
    let measured = look(&study)?;
    unknown(&StudyReport::build(&measured, &filter, &language), &filter)?;
    let found = Validity::of(&measured, &filter, &language, Some(args.seed));
    if found.instrument.is_none() {
        return Err(
            Failure::refused("the study has no sessions yet").help("begin one with `relata interview`")
        );
    }
    let text = match args.page.format {
        PageFormat::Md => to_markdown(&validity::document(&found)),
        PageFormat::Html => to_html(&validity::document(&found)),
        PageFormat::Json => pretty_json(&found)?,
    };
    if let Some(place) = args.page.deliver(&text)? {
        remark(&format!("the page is in {place}"));
    }
    Ok(ExitCode::SUCCESS)
}
