//! The layout of a table's file: the delimiter, whether the first line declares it, where the header begins. Decided once, from
//! the first bytes, for every command; refuses text that is not UTF-8.

use std::io::Read;
use std::path::Path;

use super::{END, TableError};

/// Bytes that are enough to detect the layout.
const HEAD: u64 = 1 << 18;
/// Rows that have to agree on the delimiter.
const ROWS: usize = 50;
/// The possible delimiters, the more likely first where two fit equally well: a comma may be part of a number or a sentence, a
/// tab hardly ever is.
const SIGNS: [u8; 3] = [b'\t', b';', b','];

/// What the first bytes of a file tell.
#[derive(Debug)]
pub struct FileLayout {
    /// What stands between cells.
    pub delimiter: u8,
    /// Whether a first line such as `sep=;` named it.
    pub named: bool,
    /// The first bytes, from the header on.
    pub head: Vec<u8>,
    /// Whether they are the whole file.
    pub whole: bool,
}

impl FileLayout {
    /// Reads the beginning of a file.
    ///
    /// # Errors
    /// An unreadable file, or text in UTF-16 without its mark, which looks full of zero bytes.
    pub fn read(path: &Path, file: &mut impl Read) -> Result<Self, TableError> {
        let mut head = Vec::new();
        file.take(HEAD)
            .read_to_end(&mut head)
            .map_err(|why| TableError::new(format!("{} could not be read: {why}", path.display())))?;
        if head.starts_with(b"PK\x03\x04") {
            return Err(TableError::new(format!(
                "{} is a workbook or an archive, and no table of text",
                path.display()
            ))
            .help("save its sheet as CSV in the program that wrote it"));
        }
        if is_utf_16(&head) {
            return Err(TableError::new(format!("{} is UTF-16 text without its mark", path.display()))
                .help("save the file as UTF-8 in the program that wrote it"));
        }
        let whole = (head.len() as u64) < HEAD;
        // Spreadsheets often put a byte order mark before the first name.
        if head.starts_with("\u{feff}".as_bytes()) {
            head.drain(..3);
        }
        if let Some((delimiter, end)) = named(&head) {
            head.drain(..end);
            return Ok(Self { delimiter, named: true, head, whole });
        }
        Ok(Self { delimiter: delimiter(&head, whole), named: false, head, whole })
    }

    /// Reads the rows of the head below the header, as far as they are whole.
    pub fn reader(&self) -> csv::Reader<impl Read + '_> {
        reader(&self.head, self.delimiter, self.whole)
    }

    /// What is put after the end of the file, so that its last row ends as the others do.
    pub fn end(&self) -> &'static [u8] {
        end(&self.head)
    }
}

/// Whether text is UTF-16: every other byte at the start is zero, which doesn't occur in UTF-8.
fn is_utf_16(head: &[u8]) -> bool {
    let zeros =
        |from: usize| head.len() > 3 && head.iter().skip(from).step_by(2).take(16).all(|byte| *byte == 0);
    zeros(0) || zeros(1)
}

/// The sign that a first line `sep=;` names, as Excel writes and reads it, and where that line ends.
fn named(head: &[u8]) -> Option<(u8, usize)> {
    let end = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    let line = head[..end].trim_ascii_end_of_line();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (key, rest) = line.split_at_checked(4)?;
    let (&sign, rest) = rest.split_first()?;
    // A program that did not know the line may have quoted it and padded it with empty cells.
    let filled = rest.iter().all(|byte| *byte == sign || matches!(byte, b'"' | b',' | b';' | b'\t'));
    let separates = sign == b'\t' || sign.is_ascii_punctuation() && sign != b'"';
    (key.eq_ignore_ascii_case(b"sep=") && separates && filled).then_some((sign, end))
}

trait EndOfLine {
    fn trim_ascii_end_of_line(&self) -> &[u8];
}

impl EndOfLine for [u8] {
    fn trim_ascii_end_of_line(&self) -> &[u8] {
        let line = self.strip_suffix(b"\n").unwrap_or(self);
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}

/// The delimiter: the one with which all rows have as many cells as the header, and the most cells; otherwise the most frequent
/// one in the header; a comma in doubt.
fn delimiter(head: &[u8], whole: bool) -> u8 {
    let agreed = |sign: u8| {
        let mut reader = reader(head, sign, whole);
        let cells = reader.byte_headers().map_or(0, csv::ByteRecord::len);
        (cells > 1 && reader.byte_records().take(ROWS).all(|row| row.is_ok())).then_some((cells, sign))
    };
    let most = |found: &[(usize, u8)]| {
        let most = found.iter().map(|(cells, _)| *cells).max()?;
        found.iter().find(|(cells, _)| *cells == most).map(|(_, sign)| *sign)
    };
    let agreed: Vec<(usize, u8)> = SIGNS.into_iter().filter_map(agreed).collect();
    most(&agreed).unwrap_or_else(|| {
        let header: Vec<(usize, u8)> = SIGNS
            .into_iter()
            .rev()
            .map(|sign| (reader(head, sign, whole).byte_headers().map_or(0, csv::ByteRecord::len), sign))
            .collect();
        most(&header).unwrap_or(b',')
    })
}

/// The head as a table, without an incomplete last line.
fn reader(head: &[u8], delimiter: u8, whole: bool) -> csv::Reader<impl Read + '_> {
    let last = if whole { head.len() } else { head.iter().rposition(|byte| *byte == b'\n').unwrap_or(0) };
    csv::ReaderBuilder::new().delimiter(delimiter).from_reader(head[..last].chain(end(head)))
}

fn end(head: &[u8]) -> &'static [u8] {
    if head.windows(2).any(|pair| pair == b"\r\n") { b"\r\n\n\n" } else { END }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (char, bool, String) {
        let found = FileLayout::read(Path::new("t.csv"), &mut text.as_bytes()).unwrap();
        (char::from(found.delimiter), found.named, String::from_utf8(found.head).unwrap())
    }

    #[test]
    fn rows_decide_what_separates_cells() {
        for (text, sign) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2\n", ';'),
            ("a\tb\n1,5\t2\n", '\t'),
            // Commas in a name, and as many of them as there are semicolons.
            ("How happy, all in all?;b\n1;2\n", ';'),
            ("How, are, you, really?;b\n1;2\n", ';'),
            ("x,y;z\n1,5;2\n", ';'),
            ("note,b\none; two,2\n", ','),
            ("\"a;b;c\",d\n1,2\n", ','),
            ("nps\n10\n", ','),
            // Where rows disagree, the header decides.
            ("a;b;c\n1;2\n", ';'),
            ("", ','),
        ] {
            assert_eq!(of(text).0, sign, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_may_tell() {
        for text in ["sep=;\r\na;b\r\n", "\u{feff}SEP=;\na;b\r\n", "\"sep=;\"\na;b\r\n", "sep=;;;\na;b\r\n"] {
            assert_eq!(of(text), (';', true, "a;b\r\n".to_owned()), "{text:?}");
        }
        assert_eq!(of("sep=|\na|b\n").0, '|');
        assert_eq!(of("sep=\t\na,b\tc\n").0, '\t');
        for text in ["sep=x\n1\n", "separate,b\n1,2\n", "sep=,mean,\n1,2,3\n"] {
            assert!(!of(text).1, "{text:?}");
        }
    }

    #[test]
    fn utf_16_without_its_mark_is_refused() {
        for bytes in [&b"a\0,\0b\0\n\0"[..], b"\0a\0,\0b\0\n"] {
            let refused = FileLayout::read(Path::new("t.csv"), &mut &bytes[..]).unwrap_err();
            assert!(refused.to_string().contains("is UTF-16 text"));
        }
        assert!(FileLayout::read(Path::new("t.csv"), &mut &b"a,b\n1,2\n"[..]).is_ok());
    }
}
