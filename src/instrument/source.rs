//! Puts an instrument's files together into one self-contained text and remembers where each stretch of it came from.
//!
//! Including works on the text, not on the parsed tables: comments and layout survive, the assembled text is the one
//! that is hashed and stored with every session, and a fault in an included file still shows its own line.

use std::ops::Range;

use super::finding::{Fault, Finding};
use super::table::Placed;

mod part;

/// Fetches the text of an included file by the path that the instrument wrote.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// A file that an instrument was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name as given or as written in `include`.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// The assembled text with its origin.
#[derive(Debug, Clone)]
pub(crate) struct AssembledText {
    pub text: String,
    pub files: Vec<SourceFile>,
    /// Where the lines of each file break: a file may have as many faults as lines.
    breaks: Vec<Vec<usize>>,
    /// How many characters stand before every [`STEP`]th byte of each file: a line may have as many faults as words.
    counts: Vec<Vec<usize>>,
    /// (start in the assembled text, file, start in the file), ascending.
    stretches: Vec<(usize, usize, usize)>,
}

/// An `include` found in the main file: the bytes that it occupies there, and what it names.
struct Include {
    cut: Range<usize>,
    path: String,
    path_span: Range<usize>,
    /// Group includes are spliced where they stand, the others at the end.
    in_place: bool,
}

/// What came of assembling.
pub(crate) struct Assembled {
    pub source: AssembledText,
    /// Faults of the including itself, already in their places.
    pub findings: Vec<Finding>,
    /// Whether some part could not be read, so that names may be missing that are no fault of the rest.
    pub incomplete: bool,
}

impl AssembledText {
    /// Assembles `text` and what it includes.
    pub fn assemble(name: &str, text: &str, fetch: Fetch) -> Assembled {
        let text = without_mark(text);
        let mut source = Self {
            text: String::with_capacity(text.len()),
            files: Vec::new(),
            breaks: Vec::new(),
            counts: Vec::new(),
            stretches: Vec::new(),
        };
        source.add(name.into(), text.into());
        let (includes, faults) = includes(text);
        let mut findings: Vec<Finding> = faults.into_iter().map(|fault| source.place(0, fault)).collect();
        let mut incomplete = !findings.is_empty();
        let mut at = 0;
        let mut at_the_end = Vec::new();
        for include in includes {
            source.push(0, at..include.cut.start);
            at = include.cut.end;
            if source.files.iter().skip(1).any(|file| file.name == include.path) {
                let message = format!("`{}` is included a second time", include.path);
                let fault = Fault::error("include.twice", include.path_span, message)
                    .help("take one of the two out".to_owned());
                findings.push(source.place(0, fault));
                continue;
            }
            match fetch(&include.path) {
                Ok(part) => {
                    let part = without_mark(&part).to_owned();
                    let (usable, faults) = part::check(&part);
                    let file = source.add(include.path, part);
                    findings.extend(faults.into_iter().map(|fault| source.place(file, fault)));
                    match usable {
                        None => incomplete = true,
                        Some(usable) if include.in_place => {
                            source.push(file, usable);
                            source.break_line();
                        }
                        Some(usable) => at_the_end.push((file, usable)),
                    }
                }
                Err(why) => {
                    incomplete = true;
                    let message = format!("`{}` could not be read: {why}", include.path);
                    let fault = Fault::error("include.unreadable", include.path_span, message)
                        .help("paths are relative to the including file".to_owned());
                    findings.push(source.place(0, fault));
                }
            }
        }
        source.push(0, at..text.len());
        for (file, usable) in at_the_end {
            source.break_line();
            source.push(file, usable);
        }
        Assembled { source, findings, incomplete }
    }

    /// Takes a file in and gives its index.
    fn add(&mut self, name: String, text: String) -> usize {
        self.breaks.push(text.match_indices('\n').map(|(at, _)| at).collect());
        self.counts.push(counts(&text));
        self.files.push(SourceFile { name, text });
        self.files.len() - 1
    }

    fn push(&mut self, file: usize, range: Range<usize>) {
        self.stretches.push((self.text.len(), file, range.start));
        let text = self.files[file].text[range].to_owned();
        self.text.push_str(&text);
    }

    fn break_line(&mut self) {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The finding for a fault in the assembled text, with its place in the file that it came from.
    pub fn locate(&self, fault: Fault) -> Finding {
        let start = fault.span.start.min(self.text.len());
        let stretch = self.stretches.partition_point(|(from, _, _)| *from <= start).saturating_sub(1);
        let (from, index, offset) = self.stretches.get(stretch).copied().unwrap_or_default();
        let begin = offset + (start - from);
        let span = begin..begin + fault.span.len();
        self.place(index, Fault { span, ..fault })
    }

    /// How many characters stand before a byte of the file at this index.
    fn chars_before(&self, index: usize, at: usize) -> usize {
        let bytes = self.files[index].text.as_bytes();
        self.counts[index][at / STEP] + starts(&bytes[at - at % STEP..at])
    }

    /// The finding for a fault whose place is known in the file at this index.
    fn place(&self, index: usize, fault: Fault) -> Finding {
        let file = &self.files[index];
        let begin = floor_boundary(&file.text, fault.span.start);
        let end = floor_boundary(&file.text, fault.span.end).max(begin);
        let breaks = &self.breaks[index];
        let lines_before = breaks.partition_point(|at| *at < begin);
        let line_start = lines_before.checked_sub(1).map_or(0, |last| breaks[last] + 1);
        Finding {
            code: fault.code,
            severity: fault.severity,
            file: file.name.clone(),
            line: lines_before + 1,
            column: self.chars_before(index, begin) - self.chars_before(index, line_start) + 1,
            span: begin..end,
            message: fault.message,
            help: fault.help,
        }
    }
}

/// Bytes between two counts of characters.
const STEP: usize = 1_024;

fn counts(text: &str) -> Vec<usize> {
    let mut before = 0;
    let mut counts = vec![0];
    for step in text.as_bytes().chunks(STEP) {
        before += starts(step);
        counts.push(before);
    }
    counts
}

/// How many characters begin in these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// The text without the byte order mark that some editors put before it: in the middle of an assembled text it would
/// be a fault that nobody can see.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Finds the includes of a main file, in the order of their places. A file with broken TOML may have none found: its
/// syntax faults are reported first anyway.
fn includes(text: &str) -> (Vec<Include>, Vec<Fault>) {
    let (root, _) = toml::de::DeTable::parse_recoverable(text);
    let root = root.into_inner();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    if let Some((key, value)) = root.get_key_value("include") {
        let cut = key.span().start..line_end(text, value.span().end);
        let paths: Vec<Placed> =
            value.get_ref().as_array().map_or_else(|| vec![value], |paths| paths.iter().collect());
        let mut first = true;
        for path in paths {
            let Some(name) = path.get_ref().as_str() else {
                faults.push(wrong_include(path));
                continue;
            };
            // Only the first one cuts the statement away; the others cut nothing.
            let cut = if std::mem::take(&mut first) { cut.clone() } else { cut.end..cut.end };
            found.push(Include { cut, path: name.into(), path_span: path.span(), in_place: false });
        }
    }
    for group in root.get("groups").and_then(|v| v.get_ref().as_array()).into_iter().flat_map(|a| a.iter()) {
        let Some(table) = group.get_ref().as_table() else { continue };
        let Some((_, value)) = table.get_key_value("include") else { continue };
        // A group with other keys besides is reported when groups are read.
        if table.len() != 1 {
            continue;
        }
        let header = group.span();
        if !text[header.clone()].starts_with("[[") {
            let message = "a group that includes a file is written as a `[[groups]]` of its own";
            faults.push(Fault::error("include.form", header, message));
            continue;
        }
        let Some(path) = value.get_ref().as_str() else {
            faults.push(wrong_include(value));
            continue;
        };
        found.push(Include {
            cut: header.start..line_end(text, value.span().end),
            path: path.into(),
            path_span: value.span(),
            in_place: true,
        });
    }
    found.sort_by_key(|include| (include.cut.start, include.cut.end));
    (found, faults)
}

fn wrong_include(value: Placed) -> Fault {
    let message = "`include` should be the path of a file in quotes";
    let fault = Fault::error("include.form", value.span(), message);
    fault.help("write `include = [\"shared/agree.toml\"]`".to_owned())
}

/// The start of the line after the one that holds `at`.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetch(path: &str) -> Result<String, String> {
        match path {
            "a.toml" => Ok("[choices.a]\nx = 1".into()),
            "g.toml" => Ok("[[groups]]\nname = \"g\"\nbad = true\n".into()),
            _ => Err("there is no such file".into()),
        }
    }

    #[test]
    fn parts_are_spliced_and_faults_find_their_own_file() {
        let text = "include = [\"a.toml\"]\nname = \"n\"\n[[groups]]\ninclude = \"g.toml\"\n\n[[groups]]\nname = \"h\"\n";
        let Assembled { source, findings, incomplete } = AssembledText::assemble("main.toml", text, &fetch);
        assert!(findings.is_empty() && !incomplete);
        assert_eq!(
            source.text,
            "name = \"n\"\n[[groups]]\nname = \"g\"\nbad = true\n\n[[groups]]\nname = \"h\"\n[choices.a]\nx = 1"
        );
        let at = source.text.find("bad").unwrap();
        let finding = source.locate(Fault::error("x", at..at + 3, "m"));
        assert_eq!((finding.file.as_str(), finding.line, finding.column), ("g.toml", 3, 1));
        let at = source.text.find("\"h\"").unwrap();
        let finding = source.locate(Fault::error("x", at..at + 3, "m"));
        assert_eq!((finding.file.as_str(), finding.line, finding.column), ("main.toml", 7, 8));
    }

    #[test]
    fn a_missing_part_is_underlined_where_it_is_named() {
        let text = "x = 1\n[[groups]]\ninclude = \"nowhere.toml\"\n";
        let assembled = AssembledText::assemble("main.toml", text, &fetch);
        assert_eq!((assembled.findings[0].line, assembled.findings[0].column), (3, 11));
        assert!(assembled.incomplete);
    }
}
