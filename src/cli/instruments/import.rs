//! `relata instruments import`: an XLSForm becomes a questionnaire of ours, with a report of what could not come over whole.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::super::table::{Format, Listing};
use super::super::{Failure, files, plural, print, print_for_people, remark};
use crate::import::xlsform::{self, ImportedForm, ScaleWish, XlsFormOptions};
use crate::instrument::Language;

const EXAMPLES: &str = "Examples:
  relata instruments import form.xlsx
  relata instruments import form.xlsx --out survey.toml --scales scales.toml
  relata instruments import form.xls --language nl --format json

A file of scales names the questions that feed each scale, and which of them are keyed the other way round:

  [scales.trust]
  construct = \"dimension.trust\"
  method    = \"mean\"
  items     = [\"q1\", \"q2\", \"q3\"]
  reverse   = [\"q3\"]";

/// Arguments of `instruments import`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in super::super) struct InstrumentImportArgs {
    /// The workbook: .xlsx or .xls
    #[arg(value_name = "FORM")]
    form: PathBuf,

    /// The file to write; default: the form's own name in this folder
    #[arg(long, value_name = "NAME.toml")]
    out: Option<PathBuf>,

    /// The language of columns that name none, where the form does not say
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// Scales to add, with the questions that feed them
    #[arg(long, value_name = "FILE")]
    scales: Option<PathBuf>,

    /// How what was lost is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// The most that a workbook may have: ten times what a long form with its pictures has.
const WORKBOOK: u64 = 32 << 20;

pub(super) fn run(args: &InstrumentImportArgs) -> Result<(), Failure> {
    let shown = args.form.display();
    let refused = |why: String| Failure::refused(format!("{shown} could not be taken over: {why}"));
    let bytes = files::whole(&args.form, WORKBOOK).map_err(refused)?;
    let stem = args.form.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let source = args.form.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let wishes = XlsFormOptions {
        name: stem,
        language: args.language.as_deref().map(language).transpose()?,
        scales: args.scales.as_deref().map(scales).transpose()?.unwrap_or_default(),
    };
    let imported = xlsform::import(&bytes, &source, &wishes).map_err(refused)?;
    let place = args.out.clone().unwrap_or_else(|| format!("{}.toml", imported.name).into());
    let names = (!imported.renamed.is_empty()).then(|| place.with_extension("names.csv"));
    // Both or none.
    if let Some(names) = names.as_ref().filter(|names| names.exists()) {
        let there =
            format!("{} is there already, and the names that had to change go there", names.display());
        return Err(Failure::refused(there).help(files::OTHER_OUT));
    }
    files::write_new(&place, imported.text.as_bytes(), files::OTHER_OUT)?;
    if let Some(names) = &names {
        files::write_new(names, names_as_csv(&imported)?.as_bytes(), files::OTHER_OUT)?;
    }
    report(&imported, args.format, (&place, names.as_deref()))
}

fn language(tag: &str) -> Result<Language, Failure> {
    let good = (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if good {
        Ok(Language::new(tag))
    } else {
        Err(Failure::Usage(format!("`{tag}` is not a language tag such as `en`")))
    }
}

fn names_as_csv(imported: &ImportedForm) -> Result<String, Failure> {
    let mut table = Listing::new(&["what", "name_in_form", "name_here"]);
    for renamed in &imported.renamed {
        table.push(vec![renamed.what.clone().into(), renamed.from.clone().into(), renamed.to.clone().into()]);
    }
    table.to_text(Format::Csv)
}

fn report(
    imported: &ImportedForm,
    format: Format,
    (place, names): (&Path, Option<&Path>),
) -> Result<(), Failure> {
    let losses = &imported.losses;
    match format {
        Format::Table => {
            for loss in losses {
                let name = if loss.name.is_empty() { String::new() } else { format!(" `{}`", loss.name) };
                print_for_people(&format!(
                    "{} row {}{name}: {}; instead: {}\n",
                    loss.sheet, loss.row, loss.reason, loss.instead
                ))?;
            }
        }
        Format::Csv => {
            let mut table = Listing::new(&["sheet", "row", "name", "reason", "instead"]);
            for loss in losses {
                table.push(vec![
                    loss.sheet.into(),
                    loss.row.into(),
                    loss.name.clone().into(),
                    loss.reason.clone().into(),
                    loss.instead.clone().into(),
                ]);
            }
            print(&table.to_text(Format::Csv)?)?;
        }
        Format::Json => {
            let (conditions, carried) = imported.conditions;
            let whole = json!({
                "rows": imported.rows,
                "whole": imported.whole,
                "conditions": conditions,
                "conditions_whole": carried,
                "losses": losses,
                "renamed": imported.renamed,
                "remarks": imported.remarks,
                "out": place.display().to_string(),
                "names": names.map(|names| names.display().to_string()),
            });
            print(&format!("{whole:#}\n"))?;
        }
    }
    for said in &imported.remarks {
        remark(said);
    }
    let (conditions, carried) = imported.conditions;
    remark(&format!(
        "{} of {} came over whole, and {carried} of {conditions} conditions and constraints; {} named above",
        imported.whole,
        plural(imported.rows, "question row"),
        if losses.len() == 1 { "one loss is".to_owned() } else { format!("{} losses are", losses.len()) },
    ));
    if let Some(names) = names {
        remark(&format!("names that had to change stand in {}", names.display()));
    }
    remark(&format!("written to {0}; look at it with `relata interview {0} --plain`", place.display()));
    Ok(())
}

/// The scales of a file, and what feeds them.
fn scales(path: &Path) -> Result<Vec<ScaleWish>, Failure> {
    let refused = |why: String| {
        Failure::refused(format!("{} could not be read: {why}", path.display()))
            .help("see the example in `relata instruments import --help`")
    };
    let bytes = files::whole(path, files::QUESTIONNAIRE).map_err(refused)?;
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text".into()))?;
    let root: toml::Table = text.parse().map_err(|why: toml::de::Error| refused(why.message().to_owned()))?;
    if let Some(key) = root.keys().find(|key| *key != "scales") {
        return Err(refused(format!("it holds scales and nothing else, and there is `{key}`")));
    }
    let scales = root.get("scales").and_then(toml::Value::as_table);
    let scales = scales
        .filter(|scales| !scales.is_empty())
        .ok_or_else(|| refused("it holds no `[scales.…]`".into()))?;
    let mut wishes = Vec::new();
    for (name, scale) in scales {
        let mut keys = scale.as_table().cloned().ok_or_else(|| refused(format!("`{name}` is no table")))?;
        let mut names = |key: &str| -> Result<Vec<String>, Failure> {
            let Some(value) = keys.remove(key) else { return Ok(Vec::new()) };
            let list = value
                .as_array()
                .map(|list| list.iter().map(|name| name.as_str().map(str::to_owned)).collect());
            list.flatten()
                .ok_or_else(|| refused(format!("`{key}` of scale `{name}` is a list of names in quotes")))
        };
        let (items, reversed) = (names("items")?, names("reverse")?);
        if let Some(stranger) = reversed.iter().find(|item| !items.contains(item)) {
            return Err(refused(format!(
                "`{stranger}` is reversed in scale `{name}` and not among its items"
            )));
        }
        let keys = toml::to_string(&keys).map_err(|why| refused(why.to_string()))?;
        wishes.push(ScaleWish { name: name.clone(), keys, items, reversed });
    }
    Ok(wishes)
}
