//! REFI-QDA: project files (`.qdpx`) of programs for qualitative analysis. Owns how much of an untrusted container is unpacked,
//! and that a text is read unchanged, because positions are counted in it. Refuses texts outside of the container, and to know
//! what a code means.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;

use super::xml::{self, Element};
use crate::coding::project::{self, Applied, Case, Project, ProjectCode, ProjectSource, Selection, User};

/// The most that a file may have, in bytes.
pub const FILE: u64 = 256 << 20;
/// The most that the parts which are read may have when they are unpacked, in bytes.
const UNPACKED: u64 = 128 << 20;
/// The most parts that a project may have.
const PARTS: usize = 20_000;
/// The namespace of a project; that of a codebook alone is another one.
const NAMESPACE: &str = "urn:QDA-XML:project:1.0";
/// Prefix of a path into the container.
const INTERNAL: &str = "internal://";
/// Parts of a project that are not imported, with their everyday names.
const BEYOND: [(&str, &str); 3] = [("Sets", "set"), ("Graphs", "graph"), ("Links", "link")];
/// Sources that are not text.
const OTHERS: [&str; 4] = ["PictureSource", "PDFSource", "AudioSource", "VideoSource"];

/// Whether a file is a container, and so no table.
pub fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads a project.
///
/// # Errors
/// It is no project, it is damaged, or larger than what is read.
pub fn read(bytes: &[u8]) -> Result<Project, String> {
    let mut parts = Parts::open(bytes)?;
    let name = parts.description()?;
    let document = parts.text(&name)?;
    let root = xml::read(&document).map_err(|why| format!("{name} cannot be read: {why}"))?;
    if root.name != "Project" || !root.says(NAMESPACE) {
        return Err(format!("{name} is no project of REFI-QDA (`Project` in {NAMESPACE})"));
    }
    let notes = notes(&root, &mut parts);
    let entries = root.one("CodeBook").and_then(|book| book.one("Codes"));
    let mut project = Project {
        name: root.attribute("name").unwrap_or_default().to_owned(),
        users: below(&root, "Users", "User").map(user).collect(),
        codebook: entries.into_iter().flat_map(|codes| codes.each("Code")).map(entry).collect(),
        cases: below(&root, "Cases", "Case").map(case).collect(),
        sources: Vec::new(),
        beyond: Vec::new(),
    };
    for (element, what) in BEYOND {
        let count = root.one(element).map_or(0, |element| element.inside.len());
        project.beyond.extend((count > 0).then(|| (what.to_owned(), count)));
    }
    let variables = below(&root, "Variables", "Variable");
    let ours = |variable: &Element| {
        let name = variable.attribute("name").unwrap_or_default();
        guid(variable.attribute("guid")) == project::guid(&["variable", name])
    };
    let variables = variables.filter(|variable| !ours(variable)).count();
    let mut used = BTreeSet::new();
    noted(&root, &mut used);
    let unused = below(&root, "Notes", "Note").filter(|note| !used.contains(&guid(note.attribute("guid"))));
    for (what, count) in [("variable", variables), ("note that is at no coding", unused.count())] {
        project.beyond.extend((count > 0).then(|| (what.to_owned(), count)));
    }
    for element in root.one("Sources").into_iter().flat_map(|sources| &sources.inside) {
        match element.name.as_str() {
            "TextSource" => project.sources.push(source(element, &notes, &mut parts)),
            other if OTHERS.contains(&other) => project.sources.push(no_text(element)),
            _ => {}
        }
    }
    match parts.left {
        0 => Err(too_large()),
        _ => Ok(project),
    }
}

/// The parts of a container, with how much of them may still be unpacked.
struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Actual names by lower-case name, because programs write both `sources` and `Sources`.
    names: BTreeMap<String, String>,
    left: u64,
}

impl<'a> Parts<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|why| format!("the file is damaged: {why}"))?;
        if archive.len() > PARTS {
            return Err(format!("it has more than {PARTS} parts, which is the most that is read"));
        }
        let mut names = BTreeMap::new();
        for name in archive.file_names() {
            let name = name.map_err(|why| format!("the file is damaged: {why}"))?.into_owned();
            let outside = name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..");
            if outside || name.contains(':') {
                return Err(format!("a part of it is called `{name}`, which lies outside of it"));
            }
            if names.insert(name.to_lowercase(), name.clone()).is_some() {
                return Err(format!("two parts of it are called `{name}`"));
            }
        }
        Ok(Self { archive, names, left: UNPACKED })
    }

    /// The name of the description: `project.qde`, or the only file of that kind.
    fn description(&self) -> Result<String, String> {
        let found: Vec<&String> = self
            .names
            .iter()
            .filter(|(small, _)| small.ends_with(".qde") && !small.contains('/'))
            .map(|(_, name)| name)
            .collect();
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err("it is a packed file, and no project of REFI-QDA (`project.qde`) is in it".into()),
            _ => Err("there is more than one `.qde` in it".into()),
        }
    }

    /// The text of a part, unchanged except for a byte order mark.
    fn text(&mut self, name: &str) -> Result<String, String> {
        let known = self.names.get(&name.to_lowercase());
        let known = known.ok_or_else(|| format!("`{name}` is not in the file"))?;
        let damaged = |why: &dyn std::fmt::Display| format!("`{name}` is damaged: {why}");
        let part = self.archive.by_name(known).map_err(|why| damaged(&why))?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|why| damaged(&why))?;
        let size = bytes.len() as u64;
        self.left = self.left.saturating_sub(size);
        if self.left == 0 {
            return Err(too_large());
        }
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        let (text, broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        match broken {
            true => Err(format!("`{name}` is not {}", encoding.name())),
            false => Ok(text.into_owned()),
        }
    }

    /// The text to which a path leads.
    fn internal(&mut self, path: &str) -> Result<String, String> {
        let Some(file) = path.strip_prefix(INTERNAL) else {
            return Err("its text lies outside of the file".into());
        };
        self.text(&format!("sources/{}", file.trim_start_matches('/')))
    }

    /// The text of a source or a note.
    fn plain(&mut self, element: &Element) -> Result<String, String> {
        match (element.one("PlainTextContent"), element.attribute("plainTextPath")) {
            (Some(content), _) => Ok(content.text.clone()),
            (None, Some(path)) => self.internal(path),
            (None, None) => Err("it has no plain text".into()),
        }
    }
}

fn too_large() -> String {
    format!("unpacked it is larger than {} MB, which is the most that is read", UNPACKED >> 20)
}

/// The notes to which codings refer.
fn noted(element: &Element, used: &mut BTreeSet<String>) {
    if element.name == "Coding" {
        used.extend(element.each("NoteRef").map(|note| guid(note.attribute("targetGUID"))));
    }
    element.inside.iter().for_each(|inside| noted(inside, used));
}

/// The elements of a name in one of the parts of a project.
fn below<'a>(root: &'a Element, part: &'a str, name: &'a str) -> impl Iterator<Item = &'a Element> {
    root.one(part).into_iter().flat_map(move |part| part.each(name))
}

/// GUIDs are written with and without braces, in small and in capital letters.
fn guid(text: Option<&str>) -> String {
    text.unwrap_or_default().trim_matches(['{', '}']).to_lowercase()
}

fn notes(root: &Element, parts: &mut Parts) -> BTreeMap<String, String> {
    let notes = below(root, "Notes", "Note");
    notes.filter_map(|note| Some((guid(note.attribute("guid")), parts.plain(note).ok()?))).collect()
}

fn user(element: &Element) -> User {
    let name = element.attribute("name").or_else(|| element.attribute("id"));
    User { guid: guid(element.attribute("guid")), name: name.unwrap_or_default().to_owned() }
}

fn entry(element: &Element) -> ProjectCode {
    ProjectCode {
        guid: guid(element.attribute("guid")),
        name: element.attribute("name").unwrap_or_default().to_owned(),
        about: element.one("Description").map(|about| about.text.clone()).unwrap_or_default(),
        codable: element.attribute("isCodable") != Some("false"),
        below: element.each("Code").map(entry).collect(),
    }
}

fn case(element: &Element) -> Case {
    Case {
        guid: guid(element.attribute("guid")),
        name: element.attribute("name").unwrap_or_default().to_owned(),
        values: Vec::new(),
        sources: element.each("SourceRef").map(|source| guid(source.attribute("targetGUID"))).collect(),
    }
}

fn source(element: &Element, notes: &BTreeMap<String, String>, parts: &mut Parts) -> ProjectSource {
    // An unreadable position becomes 0, so that the selection is normally empty and gets reported.
    let position =
        |selection: &Element, name: &str| -> Option<usize> { selection.attribute(name)?.parse().ok() };
    let selections = element.each("PlainTextSelection").map(|selection| Selection {
        guid: guid(selection.attribute("guid")),
        name: selection.attribute("name").unwrap_or_default().to_owned(),
        // Without both positions it lies on no words, and is named as a loss.
        range: position(selection, "startPosition")
            .zip(position(selection, "endPosition"))
            .unwrap_or_default(),
        user: selection.attribute("creatingUser").map(|user| guid(Some(user))),
        codings: codings(selection, notes),
    });
    let selections = selections.collect();
    ProjectSource { selections, codings: codings(element, notes), ..named(element, parts.plain(element)) }
}

/// A picture, a PDF or a recording; what was coded in it is counted.
fn no_text(element: &Element) -> ProjectSource {
    let (what, coded) = (element.name.trim_end_matches("Source"), codings_in(element));
    let why = format!("it is no text ({what}), with {coded} coded in it");
    named(element, Err(why))
}

fn codings_in(element: &Element) -> usize {
    element.inside.iter().map(|inside| usize::from(inside.name == "Coding") + codings_in(inside)).sum()
}

fn named(element: &Element, text: Result<String, String>) -> ProjectSource {
    ProjectSource {
        guid: guid(element.attribute("guid")),
        name: element.attribute("name").unwrap_or_default().to_owned(),
        about: String::new(),
        text,
        selections: Vec::new(),
        codings: Vec::new(),
    }
}

fn codings(element: &Element, notes: &BTreeMap<String, String>) -> Vec<Applied> {
    let noted = |coding: &Element| {
        let texts = coding.each("NoteRef").filter_map(|note| notes.get(&guid(note.attribute("targetGUID"))));
        texts.map(String::as_str).collect::<Vec<_>>().join("\n")
    };
    element
        .each("Coding")
        .map(|coding| Applied {
            guid: guid(coding.attribute("guid")),
            code: guid(coding.one("CodeRef").and_then(|code| code.attribute("targetGUID"))),
            user: coding.attribute("creatingUser").map(|user| guid(Some(user))),
            at: coding.attribute("creationDateTime").unwrap_or_default().to_owned(),
            note: noted(coding),
        })
        .collect()
}
