//! DDI-Codebook 2.5: the codebook as archives and catalogues read it.
//!
//! Every export has one beside its data; as a format of its own it is the codebook alone, without an answer of anybody.

use std::collections::BTreeMap;

use super::codebook::CellCounts;
use super::folder::put;
use super::xml::XmlDocument;
use super::{
    DataTable, Export, Exporter, Folder, NotWritten, ValueType, Variable, VariableGroup, VariableOrigin, Why,
};
use crate::analysis::metadata::Field;
use crate::instrument::kinds::Level;
use crate::text;

pub(super) struct Ddi;

impl Exporter for Ddi {
    fn id(&self) -> &'static str {
        "ddi"
    }

    fn about(&self) -> &'static str {
        "DDI-Codebook 2.5 (archives, catalogues): the codebook alone, no answers"
    }

    fn extension(&self) -> &'static str {
        ""
    }

    fn missing(&self, _: &DataTable, why: Why) -> String {
        format!("`{}`", why.name())
    }

    fn write(&self, _: &Export, _: &mut Folder) -> Result<(), NotWritten> {
        // The codebook is written beside every format; there is nothing more to write.
        Ok(())
    }
}

const NAMESPACE: &str = "ddi:codebook:2_5";
const SCHEMA: &str =
    "ddi:codebook:2_5 http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd";

pub(super) fn codebook(
    exporter: &dyn Exporter,
    export: &Export,
    folder: &mut Folder,
) -> Result<(), NotWritten> {
    let text = document(exporter, export);
    folder.file(&format!("codebook-{}.xml", exporter.id()), |out| put(out, text.as_bytes()))
}

fn document(exporter: &dyn Exporter, export: &Export) -> String {
    let tables = &export.tables;
    let mut xml = XmlDocument::new();
    xml.open(
        "codeBook",
        &[
            ("xmlns", NAMESPACE),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", SCHEMA),
            ("version", "2.5"),
            ("xml:lang", export.language.as_str()),
        ],
    );
    let day = super::csv::iso_instant(export.made).chars().take(10).collect::<String>();
    xml.open("docDscr", &[]);
    xml.open("citation", &[]);
    title(&mut xml, &export.title);
    xml.open("prodStmt", &[]);
    xml.leaf("prodDate", &[("date", &day)], &day);
    xml.leaf("software", &[("version", env!("CARGO_PKG_VERSION"))], "relata");
    xml.close();
    xml.close();
    xml.close();
    study(&mut xml, export);
    for (at, table) in tables.iter().enumerate() {
        file(&mut xml, exporter, table, at + 1);
    }
    xml.open("dataDscr", &[]);
    for (at, table) in tables.iter().enumerate() {
        groups(&mut xml, export, table, at + 1);
        scales(&mut xml, export, table, at + 1);
    }
    for (at, table) in tables.iter().enumerate() {
        let names = exporter.names(table);
        for (place, (variable, name)) in table.variables.iter().zip(&names).enumerate() {
            let counts = CellCounts::of(table, place);
            one(&mut xml, export, variable, name, &counts, (at + 1, place + 1));
        }
    }
    xml.finish()
}

/// What the study says of itself, each field where catalogues look for it. The order of elements is that of the schema.
fn study(xml: &mut XmlDocument, export: &Export) {
    let metadata = &export.metadata;
    let leaf = |xml: &mut XmlDocument, field: Field, path: &[&'static str], attributes: &[(&str, &str)]| {
        let (Some(text), Some((leaf, around))) = (metadata.get(field), path.split_last()) else { return };
        around.iter().for_each(|name| xml.open(name, &[]));
        xml.leaf(leaf, attributes, text);
        around.iter().for_each(|_| xml.close());
    };
    let has = |fields: &[Field]| fields.iter().any(|field| metadata.get(*field).is_some());
    xml.open("stdyDscr", &[]);
    xml.open("citation", &[]);
    title(xml, &export.title);
    let authors = metadata.authors();
    if !authors.is_empty() {
        xml.open("rspStmt", &[]);
        authors.iter().for_each(|author| xml.leaf("AuthEnty", &[], &author.in_full()));
        xml.close();
    }
    if has(&[Field::Controller, Field::Funding]) {
        xml.open("prodStmt", &[]);
        leaf(xml, Field::Controller, &["producer"], &[("role", "controller")]);
        leaf(xml, Field::Funding, &["fundAg"], &[]);
        xml.close();
    }
    leaf(xml, Field::Contact, &["distStmt", "contact"], &[]);
    xml.close();
    leaf(xml, Field::Ethics, &["studyAuthorization", "authorizationStatement"], &[]);
    xml.open("stdyInfo", &[]);
    leaf(xml, Field::Purpose, &["abstract"], &[("contentType", "purpose")]);
    for sentence in &export.about {
        xml.leaf("abstract", &[], sentence);
    }
    leaf(xml, Field::Universe, &["sumDscr", "universe"], &[]);
    xml.close();
    leaf(xml, Field::Sampling, &["method", "dataColl", "sampProc"], &[]);
    let terms = [Field::Retention, Field::Publication];
    if has(&terms) {
        xml.open("dataAccs", &[]);
        xml.open("useStmt", &[]);
        terms.into_iter().for_each(|field| leaf(xml, field, &["conditions"], &[]));
        xml.close();
        xml.close();
    }
    xml.close();
}

fn title(xml: &mut XmlDocument, title: &str) {
    xml.open("titlStmt", &[]);
    xml.leaf("titl", &[], title);
    xml.close();
}

fn file(xml: &mut XmlDocument, exporter: &dyn Exporter, table: &DataTable, number: usize) {
    let name = match exporter.extension() {
        "" => table.name.clone(),
        extension => format!("{}.{extension}", table.name),
    };
    xml.open("fileDscr", &[("ID", &format!("F{number}"))]);
    xml.open("fileTxt", &[]);
    xml.leaf("fileName", &[], &name);
    xml.leaf("fileCont", &[], &table.label);
    xml.open("dimensns", &[]);
    xml.leaf("caseQnty", &[], &table.rows.len().to_string());
    xml.leaf("varQnty", &[], &table.variables.len().to_string());
    xml.close();
    xml.leaf("fileType", &[("charset", "UTF-8")], exporter.about());
    xml.close();
    xml.close();
}

/// The sections of a table as groups of its variables.
fn groups(xml: &mut XmlDocument, export: &Export, table: &DataTable, number: usize) {
    for section in [
        VariableGroup::Identity,
        VariableGroup::Answers,
        VariableGroup::Scores,
        VariableGroup::Codes,
        VariableGroup::Paradata,
    ] {
        let of_it: Vec<String> = table
            .variables
            .iter()
            .enumerate()
            .filter(|(_, variable)| variable.section == section)
            .map(|(at, _)| id(number, at + 1))
            .collect();
        if of_it.is_empty() {
            continue;
        }
        let group = format!("F{number}.G{}", section as usize + 1);
        xml.open("varGrp", &[("ID", &group), ("type", "subject"), ("var", &of_it.join(" "))]);
        xml.leaf("labl", &[], &section.title(&export.language));
        xml.close();
    }
}

/// The variables that count for a scale, as groups of another sort.
fn scales(xml: &mut XmlDocument, export: &Export, table: &DataTable, number: usize) {
    let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, variable) in table.variables.iter().enumerate() {
        for (scale, _) in &variable.origin.scales {
            let of_it = members.entry(scale).or_default();
            let id = id(number, at + 1);
            if !of_it.contains(&id) {
                of_it.push(id);
            }
        }
    }
    for (at, (scale, of_it)) in members.into_iter().enumerate() {
        let group = format!("F{number}.S{}", at + 1);
        xml.open(
            "varGrp",
            &[("ID", &group), ("type", "analysis"), ("name", scale), ("var", &of_it.join(" "))],
        );
        xml.leaf("labl", &[], &format!("{} {scale}", text!(&export.language, "shared-scale")));
        xml.close();
    }
}

fn id(table: usize, variable: usize) -> String {
    format!("F{table}.V{variable}")
}

fn one(
    xml: &mut XmlDocument,
    export: &Export,
    variable: &Variable,
    name: &str,
    counts: &CellCounts,
    (table, place): (usize, usize),
) {
    let nature = match variable.level {
        Level::Nominal | Level::Text => "nominal",
        Level::Ordinal => "ordinal",
        Level::Scale | Level::Date => "interval",
    };
    let continuous = variable.values.is_empty() && variable.kind != ValueType::Text;
    let interval = if continuous { "contin" } else { "discrete" };
    let file = format!("F{table}");
    xml.open(
        "var",
        &[
            ("ID", &id(table, place)),
            ("name", name),
            ("files", &file),
            ("intrvl", interval),
            ("nature", nature),
        ],
    );
    xml.leaf("labl", &[("level", "variable")], &variable.label);
    let origin = &variable.origin;
    // The order of elements is that of the schema.
    if !origin.audience.is_empty() {
        xml.leaf("respUnit", &[], &origin.audience);
    }
    if !origin.question.is_empty() {
        xml.open("qstn", &[]);
        xml.leaf("qstnLit", &[], &origin.question);
        for (name, text) in [("postQTxt", &origin.hint), ("ivuInstr", &origin.instruction)] {
            if !text.is_empty() {
                xml.leaf(name, &[], text);
            }
        }
        xml.close();
    }
    if !origin.universe.is_empty() {
        xml.leaf("universe", &[("clusion", "I")], &origin.universe);
    }
    xml.leaf("sumStat", &[("type", "vald")], &counts.valid.to_string());
    xml.leaf("sumStat", &[("type", "invd")], &counts.missing.iter().sum::<usize>().to_string());
    if !origin.allowed.is_empty() {
        xml.leaf("txt", &[], &origin.allowed);
    }
    for value in &variable.values {
        xml.open("catgry", &[]);
        xml.leaf("catValu", &[], &value.code.to_string());
        xml.leaf("labl", &[("level", "category")], &value.label);
        if let Some(name) = &value.name {
            xml.leaf("txt", &[], name);
        }
        xml.close();
    }
    for why in Why::ALL.into_iter().filter(|why| counts.missing[why.index()] > 0) {
        xml.open("catgry", &[("missing", "Y")]);
        xml.leaf("catValu", &[], why.name());
        xml.leaf("labl", &[("level", "category")], &why.label(&export.language));
        xml.leaf("catStat", &[("type", "freq")], &counts.missing[why.index()].to_string());
        xml.close();
    }
    for (_, scale) in &origin.scales {
        xml.leaf("codInstr", &[], &format!("{}: {scale}", text!(&export.language, "export-counts-for")));
    }
    if !origin.derivation.is_empty() {
        xml.open("derivation", &[]);
        xml.leaf("drvdesc", &[], &origin.derivation);
        xml.close();
    }
    let (kind, category) = match variable.kind {
        ValueType::Text => ("character", "other"),
        ValueType::Number => ("numeric", "other"),
        ValueType::Day => ("character", "date"),
        ValueType::Instant => ("character", "time"),
    };
    xml.leaf("varFormat", &[("type", kind), ("category", category)], "");
    // Where the format had to change a name, the questionnaire's own stands here.
    if name != variable.name {
        xml.leaf("notes", &[], &format!("in the questionnaire: {}", variable.name));
    }
    if origin.differs {
        xml.leaf("notes", &[], &VariableOrigin::other_versions(&export.language));
    }
    xml.close();
}
