//! Puts an instrument's files together into one self-contained text and remembers where each stretch of it came from.
//!
//! Including works on the text, not on the parsed tables: comments and layout survive, the assembled text is the one
//! that is hashed and stored with every session, and a fault in an included file still shows its own line.

use std::ops::Range;

use super::finding::{Fault, Finding};

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
pub(crate) struct Source {
    pub text: String,
    pub files: Vec<SourceFile>,
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

impl Source {
    /// Assembles `text` and what it includes. Faults are those of the including itself.
    pub fn assemble(name: &str, text: &str, fetch: Fetch) -> (Self, Vec<Fault>) {
        let mut source = Self {
            text: String::with_capacity(text.len()),
            files: vec![SourceFile { name: name.into(), text: text.into() }],
            stretches: Vec::new(),
        };
        let mut faults = Vec::new();
        let mut at = 0;
        let mut at_the_end = Vec::new();
        for include in includes(text) {
            source.push(0, at..include.cut.start);
            at = include.cut.end;
            match fetch(&include.path) {
                Ok(part) => {
                    let file = source.files.len();
                    let whole = 0..part.len();
                    source.files.push(SourceFile { name: include.path, text: part });
                    if include.in_place {
                        source.push(file, whole);
                        source.break_line();
                    } else {
                        at_the_end.push((file, whole));
                    }
                }
                Err(why) => {
                    // The line stays in the text, so that the fault has something to underline.
                    let place = source.text.len() + include.path_span.start - include.cut.start;
                    let span = place..place + include.path_span.len();
                    source.push(0, include.cut);
                    faults.push(
                        Fault::error(
                            "include.unreadable",
                            span,
                            format!("`{}` could not be read: {why}", include.path),
                        )
                        .help("paths are relative to the including file".to_owned()),
                    );
                }
            }
        }
        source.push(0, at..text.len());
        for (file, whole) in at_the_end {
            source.break_line();
            source.push(file, whole);
        }
        (source, faults)
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

    /// The finding for a fault, with its place in the file that it came from.
    pub fn locate(&self, fault: Fault) -> Finding {
        let start = fault.span.start.min(self.text.len());
        let stretch = self.stretches.partition_point(|(from, _, _)| *from <= start).saturating_sub(1);
        let (from, index, offset) = self.stretches.get(stretch).copied().unwrap_or_default();
        let file = &self.files[index];
        let begin = floor_boundary(&file.text, offset + (start - from));
        let end = floor_boundary(&file.text, begin + fault.span.len()).max(begin);
        let before = &file.text[..begin];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Finding {
            code: fault.code,
            severity: fault.severity,
            file: file.name.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            span: begin..end,
            message: fault.message,
            help: fault.help,
        }
    }
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
fn includes(text: &str) -> Vec<Include> {
    let (root, _) = toml::de::DeTable::parse_recoverable(text);
    let root = root.into_inner();
    let mut found = Vec::new();
    if let Some((key, value)) = root.get_key_value("include")
        && let Some(paths) = value.get_ref().as_array()
    {
        let cut = key.span().start..line_end(text, value.span().end);
        for (index, path) in paths.iter().enumerate() {
            if let Some(name) = path.get_ref().as_str() {
                // Only the first one cuts the statement away; the others cut nothing.
                let cut = if index == 0 { cut.clone() } else { cut.end..cut.end };
                found.push(Include {
                    path_span: if index == 0 { path.span() } else { cut.clone() },
                    cut,
                    path: name.into(),
                    in_place: false,
                });
            }
        }
    }
    for group in root.get("groups").and_then(|v| v.get_ref().as_array()).into_iter().flat_map(|a| a.iter()) {
        let Some(table) = group.get_ref().as_table() else { continue };
        if table.len() != 1 {
            continue;
        }
        let Some((key, value)) = table.get_key_value("include") else { continue };
        let Some(path) = value.get_ref().as_str() else { continue };
        let Some(header) = text[..key.span().start].rfind("[[groups]]") else { continue };
        found.push(Include {
            cut: header..line_end(text, value.span().end),
            path: path.into(),
            path_span: value.span(),
            in_place: true,
        });
    }
    found.sort_by_key(|include| (include.cut.start, include.cut.end));
    found
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
        let (source, faults) = Source::assemble("main.toml", text, &fetch);
        assert!(faults.is_empty());
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
        let (source, mut faults) = Source::assemble("main.toml", text, &fetch);
        let finding = source.locate(faults.remove(0));
        assert_eq!((finding.line, finding.column), (3, 11));
    }
}
