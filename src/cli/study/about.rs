//! `relata study about`: what a study says of itself, shown and set.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::analysis::Metadata;
use crate::analysis::metadata::Field;
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, StudyArg, input, plural, print, remark};
use crate::instrument::Language;

const EXAMPLES: &str = "Examples:
  relata study about
  relata study about --set title='How customers relate to Acme' --set authors='Carberry, Josiah (0000-0002-1825-0097); Acme Research'
  relata study about --set universe='All customers of a year and more' --set ethics='BMS 2027-014'
  relata study about --unset funding

Fields: title, authors, sampling, universe, ethics, funding; and what respondents are told before they agree: controller, contact,
purpose, retention, publication. They stand in reports of the study, in the DDI codebook, and in CITATION.cff beside an export.
Authors are written `Family, Given` (with an ORCID in brackets) or as an organisation, with semicolons between.";

/// Arguments of `study about`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct AboutArgs {
    /// Set a field; can be given several times
    #[arg(long, value_name = "FIELD=TEXT", value_parser = field)]
    set: Vec<(Field, String)>,

    /// Take a field away; can be given several times
    #[arg(long, value_name = "FIELD", value_parser = names())]
    unset: Vec<String>,

    /// How the fields are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(Field::ALL.map(Field::name))
}

fn field(text: &str) -> Result<(Field, String), String> {
    let (name, value) = text.split_once('=').ok_or("write FIELD=TEXT, such as title='Customers of Acme'")?;
    let field = Field::named(name.trim()).ok_or_else(|| {
        let names = Field::ALL.map(Field::name).join(", ");
        format!("there is no field `{}`; the fields are: {names}", name.trim())
    })?;
    Ok((field, field.checked(value)?))
}

pub(super) fn run(study: &StudyArg, args: AboutArgs) -> Result<ExitCode, Failure> {
    let mut changes: BTreeMap<Field, Option<String>> = BTreeMap::new();
    let unset = args.unset.iter().filter_map(|name| Field::named(name)).map(|field| (field, None));
    for (field, value) in args.set.into_iter().map(|(field, text)| (field, Some(text))).chain(unset) {
        if changes.insert(field, value).is_some() {
            return Err(Failure::Usage(format!("`{}` is changed twice", field.name())));
        }
    }
    if changes.is_empty() {
        let found = study.look()?.metadata()?;
        print(&table(&found).to_text(args.format)?)?;
        if found.is_empty() {
            remark("nothing is said of the study yet; see `relata study about --help`");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut study = study.open()?;
    let before = study.metadata()?;
    changes.retain(|field, text| before.get(*field) != text.as_deref());
    study.describe(&changes, input::now())?;
    remark(&match changes.len() {
        0 => "that is how it was already; nothing was changed".to_owned(),
        changed => format!("{} changed", plural(changed, "field")),
    });
    Ok(ExitCode::SUCCESS)
}

fn table(metadata: &Metadata) -> Listing {
    let mut table = Listing::new(&["field", "is", "text"]);
    for (field, text) in metadata.iter() {
        table.push(vec![field.name().into(), field.label(&Language::fallback()).into(), text.into()]);
    }
    table
}
