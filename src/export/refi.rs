//! REFI-QDA: a project file (`.qdpx`) for programs of qualitative analysis, as the standard 1.5 has it: a container with `project.qde` and a
//! file of plain text for each source. Owns the order of elements that its schema wants; refuses to know what is in a project.
//!
//! The same project makes the same bytes: no clock and no chance goes into it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::xml::XmlDocument;
use crate::coding::project::{Applied, Project, ProjectCode, ProjectSource, guid};

/// The namespace of a project.
const NAMESPACE: &str = "urn:QDA-XML:project:1.0";
const SCHEMA: &str =
    "urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd";
/// Colours of the codes of the first level and of those below them; programs show codes in colours, and would make up their own.
const COLOURS: [&str; 4] = ["#2F7F73", "#8A5A1E", "#4A6FA5", "#7A4A8A"];

/// The bytes of a project file; `writer` is the program that writes it.
///
/// # Errors
/// When the container cannot be made, which memory alone can bring about.
pub fn write(project: &Project, writer: &str) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| -> io::Result<()> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(io::Error::from)?;
        zip.write_all(text.as_bytes())
    };
    put("project.qde", &description(project, writer))?;
    for source in &project.sources {
        if let Ok(text) = &source.text {
            put(&format!("sources/{}.txt", source.guid), text)?;
        }
    }
    Ok(zip.finish().map_err(io::Error::from)?.into_inner())
}

fn description(project: &Project, writer: &str) -> String {
    let mut xml = XmlDocument::new();
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    let root = [
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", xsi),
        ("xsi:schemaLocation", SCHEMA),
        ("name", &project.name),
        ("origin", writer),
    ];
    xml.open("Project", &root);
    if !project.users.is_empty() {
        xml.open("Users", &[]);
        for user in &project.users {
            xml.leaf("User", &[("guid", &user.guid), ("name", &user.name)], "");
        }
        xml.close();
    }
    if !project.codebook.is_empty() {
        xml.open("CodeBook", &[]);
        xml.open("Codes", &[]);
        project.codebook.iter().for_each(|code| entry(&mut xml, code, None));
        xml.close();
        xml.close();
    }
    let variables: BTreeSet<&str> =
        project.cases.iter().flat_map(|case| &case.values).map(|(name, _)| name.as_str()).collect();
    if !variables.is_empty() {
        xml.open("Variables", &[]);
        for name in variables {
            xml.leaf(
                "Variable",
                &[("guid", &variable(name)), ("name", name), ("typeOfVariable", "Text")],
                "",
            );
        }
        xml.close();
    }
    if !project.cases.is_empty() {
        xml.open("Cases", &[]);
        for case in &project.cases {
            xml.open("Case", &[("guid", &case.guid), ("name", &case.name)]);
            for (name, value) in &case.values {
                xml.open("VariableValue", &[]);
                xml.leaf("VariableRef", &[("targetGUID", &variable(name))], "");
                xml.leaf("TextValue", &[], value);
                xml.close();
            }
            case.sources.iter().for_each(|source| xml.leaf("SourceRef", &[("targetGUID", source)], ""));
            xml.close();
        }
        xml.close();
    }
    let mut notes = Notes::default();
    if !project.sources.is_empty() {
        xml.open("Sources", &[]);
        project.sources.iter().for_each(|text| source(&mut xml, text, &mut notes));
        xml.close();
    }
    if !notes.0.is_empty() {
        xml.open("Notes", &[]);
        for (guid, (text, user)) in &notes.0 {
            xml.open("Note", &with_user(&[("guid", guid)], user.as_deref()));
            xml.leaf("PlainTextContent", &[], text);
            xml.close();
        }
        xml.close();
    }
    xml.finish()
}

/// Notes by their GUID, with who wrote them: they stand behind everything that refers to them.
#[derive(Default)]
struct Notes(BTreeMap<String, (String, Option<String>)>);

fn variable(name: &str) -> String {
    guid(&["variable", name])
}

fn with_user<'a>(attributes: &[(&'a str, &'a str)], user: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    let user = user.map(|user| ("creatingUser", user));
    attributes.iter().copied().chain(user).collect()
}

fn entry(xml: &mut XmlDocument, code: &ProjectCode, colour: Option<&str>) {
    let codable = if code.codable { "true" } else { "false" };
    let mut attributes = vec![("guid", code.guid.as_str()), ("name", &code.name), ("isCodable", codable)];
    attributes.extend(colour.map(|colour| ("color", colour)));
    if code.about.is_empty() && code.below.is_empty() {
        return xml.leaf("Code", &attributes, "");
    }
    xml.open("Code", &attributes);
    if !code.about.is_empty() {
        xml.leaf("Description", &[], &code.about);
    }
    for (below, own) in code.below.iter().zip(COLOURS.iter().cycle()) {
        entry(xml, below, Some(colour.unwrap_or(own)));
    }
    xml.close();
}

fn source(xml: &mut XmlDocument, source: &ProjectSource, notes: &mut Notes) {
    let path = format!("internal://{}.txt", source.guid);
    xml.open("TextSource", &[("guid", &source.guid), ("name", &source.name), ("plainTextPath", &path)]);
    if !source.about.is_empty() {
        xml.leaf("Description", &[], &source.about);
    }
    for selection in &source.selections {
        let (start, end) = (selection.range.0.to_string(), selection.range.1.to_string());
        let attributes = [
            ("guid", selection.guid.as_str()),
            ("name", &selection.name),
            ("startPosition", &start),
            ("endPosition", &end),
        ];
        xml.open("PlainTextSelection", &with_user(&attributes, selection.user.as_deref()));
        selection.codings.iter().for_each(|coding| applied(xml, coding, notes));
        xml.close();
    }
    source.codings.iter().for_each(|coding| applied(xml, coding, notes));
    xml.close();
}

fn applied(xml: &mut XmlDocument, coding: &Applied, notes: &mut Notes) {
    let mut attributes = with_user(&[("guid", &coding.guid)], coding.user.as_deref());
    if !coding.at.is_empty() {
        attributes.push(("creationDateTime", &coding.at));
    }
    xml.open("Coding", &attributes);
    xml.leaf("CodeRef", &[("targetGUID", &coding.code)], "");
    if !coding.note.is_empty() {
        let note = guid(&["note", &coding.guid]);
        xml.leaf("NoteRef", &[("targetGUID", &note)], "");
        notes.0.insert(note, (coding.note.clone(), coding.user.clone()));
    }
    xml.close();
}
