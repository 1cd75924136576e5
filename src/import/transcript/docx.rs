//! Word: the paragraphs of a document with all changes accepted. Owns how much of an untrusted file is unpacked, and that
//! everything that is not a paragraph is counted. Refuses to follow links, to expand entities, and to read parts beside the
//! document.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::{Piece, Pieces, text, time};
use crate::import::xml;
use crate::texts::remarks::plural;

/// The most parts that a document may have, and the most that its text may have when it is unpacked, in bytes.
const PARTS: usize = 4_000;
const UNPACKED: u64 = 64 << 20;
/// How deep elements may lie in each other.
const DEPTH: usize = 256;
const DOCUMENT: &str = "word/document.xml";

pub(super) fn read(bytes: &[u8]) -> Result<Pieces, String> {
    let damaged = |why: &dyn std::fmt::Display| format!("the document is damaged: {why}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    if archive.len() > PARTS {
        return Err(format!("it has more than {PARTS} parts, which is the most that is read"));
    }
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let Ok(part) = archive.by_name(DOCUMENT) else {
        return Err(match names.iter().any(|name| name == "mimetype") {
            true => "it is a file of LibreOffice: save it as .docx or .txt".into(),
            false => "it is a packed file, and no Word document (.docx) is in it".into(),
        });
    };
    let mut xml = Vec::new();
    part.take(UNPACKED + 1).read_to_end(&mut xml).map_err(|why| damaged(&why))?;
    if xml.len() as u64 > UNPACKED {
        return Err(format!(
            "unpacked it is larger than {} MB, which is the most that is read",
            UNPACKED >> 20
        ));
    }
    let xml = String::from_utf8(xml).map_err(|_| damaged(&format!("{DOCUMENT} is not UTF-8")))?;
    let mut pieces = DocxReader::default().through(&xml).map_err(|why| damaged(&why))?;
    for (part, what) in [
        ("word/header", "the text of headers"),
        ("word/footer", "the text of footers"),
        ("word/footnotes", "footnotes"),
        ("word/endnotes", "endnotes"),
        ("word/comments", "comments"),
    ] {
        // Word puts empty notes into every document, so notes are counted below, by their references.
        let counts = part.starts_with("word/header") || part.starts_with("word/footer");
        if counts && names.iter().any(|name| name.starts_with(part) && name.ends_with(".xml")) {
            pieces.remarks.push(format!("left out: {what}"));
        }
    }
    Ok(pieces)
}

/// Elements that are counted because they are not imported unchanged: the element, its name, and what became of it.
const COUNTED: [(&str, &str, &str); 8] = [
    ("del", "deletion of a tracked change", "left out"),
    ("moveFrom", "former place of moved text", "left out"),
    ("ins", "insertion of a tracked change", "taken as text"),
    ("footnoteReference", "footnote", "left out"),
    ("endnoteReference", "endnote", "left out"),
    ("commentReference", "comment", "left out"),
    ("drawing", "picture or drawing", "left out"),
    ("tbl", "table", "read row by row"),
];

/// Elements whose content is not part of the current text, or a duplicate.
const SKIPPED: [&str; 4] = ["del", "moveFrom", "Fallback", "pict"];

/// A cell, or the document itself, that is being read.
#[derive(Debug, Default)]
struct TableRow {
    cells: Vec<Vec<String>>,
}

#[derive(Debug, Default)]
struct DocxReader {
    open: Vec<String>,
    skipped: usize,
    /// The text of the paragraph, where one is open; paragraphs lie in each other in text boxes.
    paragraphs: Vec<String>,
    rows: Vec<TableRow>,
    number: usize,
    seen: BTreeMap<&'static str, usize>,
    pieces: Vec<Piece>,
    /// Rows with more cells than a time, a name and words.
    wide: Vec<String>,
}

impl DocxReader {
    fn through(mut self, xml: &str) -> Result<Pieces, String> {
        let mut reader = Reader::from_str(xml);
        loop {
            let at = reader.buffer_position();
            let wrong = |what: &str| format!("byte {at} of {DOCUMENT}: {what}");
            match reader.read_event().map_err(|why| wrong(&why.to_string()))? {
                Event::Start(tag) => {
                    let name = tag.local_name().into_inner().to_owned();
                    self.begins(&name);
                    self.open.push(name);
                    if self.open.len() > DEPTH {
                        return Err(wrong("elements lie too deep in each other"));
                    }
                }
                Event::Empty(tag) => {
                    let name = tag.local_name().into_inner().to_owned();
                    self.begins(&name);
                    self.ends(&name);
                }
                Event::End(_) => {
                    let name = self.open.pop().unwrap_or_default();
                    self.ends(&name);
                }
                Event::Text(text) => self.say(&text.xml10_content()),
                Event::CData(text) => self.say(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let letter = xml::letter(&reference).map_err(|why| wrong(&why))?;
                    self.say(letter.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => return Err(wrong("a document type, which no Word writes")),
                Event::Eof => break,
                _ => {}
            }
        }
        if !self.open.is_empty() {
            return Err(format!("{DOCUMENT} breaks off"));
        }
        let remarks = COUNTED.iter().filter_map(|(name, what, became)| {
            let count = self.seen.get(name)?;
            let what = match *what {
                "deletion of a tracked change" if *count > 1 => {
                    format!("{count} deletions of tracked changes")
                }
                "insertion of a tracked change" if *count > 1 => {
                    format!("{count} insertions of tracked changes")
                }
                "picture or drawing" if *count > 1 => format!("{count} pictures or drawings"),
                "former place of moved text" if *count > 1 => format!("{count} former places of moved text"),
                what => plural(*count, what),
            };
            Some(format!("{what}: {became}"))
        });
        let mut remarks: Vec<String> = remarks.collect();
        if let Some(first) = self.wide.first() {
            remarks.push(format!(
                "{} with more than a time, a name and words: all further cells were taken as words (first {first}); take columns of your own out",
                plural(self.wide.len(), "row")
            ));
        }
        Ok(Pieces { remarks, pieces: self.pieces, cues: false })
    }

    fn begins(&mut self, name: &str) {
        if let Some((name, ..)) = COUNTED.iter().find(|(known, ..)| *known == name && self.skipped == 0) {
            *self.seen.entry(name).or_default() += 1;
        }
        if SKIPPED.contains(&name) {
            self.skipped += 1;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "p" => self.paragraphs.push(String::new()),
            "tr" => self.rows.push(TableRow::default()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Vec::new());
                }
            }
            "br" | "cr" => self.add("\n"),
            "tab" if self.open.last().is_some_and(|parent| parent == "r") => self.add("\t"),
            "noBreakHyphen" => self.add("-"),
            _ => {}
        }
    }

    fn ends(&mut self, name: &str) {
        if SKIPPED.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "p" => {
                self.number += 1;
                let text = self.paragraphs.pop().unwrap_or_default();
                match self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    Some(cell) => cell.push(text),
                    None => self.paragraph(&text),
                }
            }
            "tr" => {
                let row = self.rows.pop().unwrap_or_default();
                let cells = row.cells.into_iter().map(|lines| lines.join("\n").trim().to_owned());
                let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
                match self.rows.last_mut().and_then(|outer| outer.cells.last_mut()) {
                    Some(cell) => cell.push(cells.join(" ")),
                    None => self.row(&cells),
                }
            }
            _ => {}
        }
    }

    /// Text counts where Word shows it, so not inside field codes or between elements.
    fn say(&mut self, text: &str) {
        if self.skipped == 0 && self.open.last().is_some_and(|name| name == "t") {
            self.add(text);
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }

    fn paragraph(&mut self, text: &str) {
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            self.pieces.push(text::piece(format!("paragraph {}", self.number), line));
        }
    }

    /// A row of a table: a time where one stands first or last, then the speaker where a further cell holds the words.
    fn row(&mut self, cells: &[String]) {
        let place = format!("paragraph {}", self.number);
        let (times, cells) = match cells {
            [first, rest @ ..] if !rest.is_empty() && times(first).is_some() => (times(first), rest),
            [rest @ .., last] if rest.len() > 1 => match times(last) {
                Some(found) => (Some(found), rest),
                None => (None, cells),
            },
            _ => (None, cells),
        };
        let text = match cells {
            [] => return,
            [who, words @ ..] if !words.is_empty() && !who.contains('\n') => {
                if words.len() > 1 {
                    self.wide.push(place.clone());
                }
                format!("{}: {}", who.trim_end_matches(':'), words.join(" "))
            }
            other => other.join(" "),
        };
        let piece = text::piece(place, &text);
        let (start, end) = times.unwrap_or_default();
        self.pieces.push(Piece { start: start.or(piece.start), end: end.or(piece.end), ..piece });
    }
}

/// The time of a cell, or the two of a range.
fn times(cell: &str) -> Option<(Option<u64>, Option<u64>)> {
    let cell = cell.trim_matches(['[', ']', '(', ')']);
    if let Some(time) = time::read(cell) {
        return Some((Some(time), None));
    }
    let (start, end) = cell.split_once("-->").or_else(|| cell.split_once(['-', '–', '—']))?;
    Some((Some(time::read(start.trim())?), Some(time::read(end.trim())?)))
}
