//! SPSS system files (`.sav`, `.zsav`) as tables of texts: a column for each variable, dates as dates, numbers with a decimal
//! point. Owns what a file declares about its values: labels, and which mean no answer. Refuses to guess an encoding or a
//! length that the file does not state. Follows the description of the format in the manual of GNU PSPP.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

mod bytes;
mod cases;

use bytes::Bytes;
use cases::Cases;

/// A completely read file.
#[derive(Debug, Default, PartialEq)]
pub struct SpssFile {
    /// The variables.
    pub columns: Vec<SpssColumn>,
    /// The cases, one cell per variable; empty where nothing was answered.
    pub rows: Vec<Vec<String>>,
}

/// A variable.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SpssColumn {
    /// Its name.
    pub name: String,
    /// What was asked.
    pub label: String,
    /// Whether it holds instants, as the clock showed them.
    pub is_instant: bool,
    /// Labels by value.
    pub values: BTreeMap<String, String>,
    /// Cells with a value that the file declares missing, by value.
    pub declared_missing: BTreeMap<String, usize>,
}

/// The magic numbers; the second is for files that are compressed as a whole.
const MARKS: [&[u8; 4]; 2] = [b"$FL2", b"$FL3"];
/// Bytes of one segment of a long text.
const PLACE: usize = 255;
/// Bytes of text that count per segment.
const COUNTED: usize = 252;
/// Days from the first of the calendar that these files count from to 1970.
const DAYS_TO_1970: i64 = 141_428;
/// How days and instants are shown, by the numbers of their formats.
const DAYS: [u8; 5] = [20, 23, 24, 38, 39];
const INSTANTS: [u8; 2] = [22, 41];
/// More values than any survey has.
const MOST_VALUES: usize = 50_000_000;

/// Whether these are the bytes of such a file.
pub fn is_sav(bytes: &[u8]) -> bool {
    MARKS.iter().any(|mark| bytes.starts_with(*mark))
}

/// A variable as the dictionary describes it.
#[derive(Debug, Default)]
struct Variable {
    short: String,
    /// Bytes of a text; 0 for a number.
    width: usize,
    /// The first of its elements of eight bytes in a case, and how many there are.
    at: usize,
    elements: usize,
    format: u8,
    label: Vec<u8>,
    missing: MissingValues,
    values: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Values that stand for no answer.
#[derive(Debug, Default)]
struct MissingValues {
    range: Option<(f64, f64)>,
    numbers: Vec<f64>,
    texts: Vec<Vec<u8>>,
}

/// What stands before the cases.
struct Dictionary {
    variables: Vec<Variable>,
    /// Elements of eight bytes in a case.
    elements: usize,
    long_names: Vec<u8>,
    long_texts: Vec<u8>,
    encoding: &'static Encoding,
    not_known: f64,
}

/// Reads a file.
///
/// # Errors
/// What is wrong with it, as the rest of a sentence about it.
pub fn read(file: &[u8]) -> Result<SpssFile, String> {
    let mut bytes = Bytes::of(file);
    if !is_sav(bytes.take(4)?) {
        return Err("is no system file of SPSS".into());
    }
    bytes.take(60)?;
    bytes.order_by(2, 3)?;
    bytes.int()?;
    let compression = bytes.int()?;
    bytes.int()?;
    let cases = usize::try_from(bytes.int()?).ok();
    let bias = bytes.double()?;
    bytes.take(9 + 8 + 64 + 3)?;
    let dictionary = Dictionary::read(&mut bytes)?;
    let cases = Cases::of(file, bytes, compression, bias, (dictionary.elements, cases))?;
    dictionary.table(cases)
}

impl Dictionary {
    fn read(bytes: &mut Bytes) -> Result<Self, String> {
        let mut found = Self {
            variables: Vec::new(),
            elements: 0,
            long_names: Vec::new(),
            long_texts: Vec::new(),
            encoding: WINDOWS_1252,
            not_known: -f64::MAX,
        };
        let mut named = None;
        loop {
            match bytes.int()? {
                2 => found.variable(bytes)?,
                3 => found.value_labels(bytes)?,
                6 => {
                    let lines = bytes.count()?;
                    bytes.take(lines.saturating_mul(80))?;
                }
                7 => {
                    let (what, size, count) = (bytes.int()?, bytes.count()?, bytes.count()?);
                    let mut part = bytes.part(size.saturating_mul(count))?;
                    match what {
                        3 if count >= 8 => {
                            part.take(7 * 4)?;
                            found.encoding = code_page(part.int()?)?;
                        }
                        4 if size == 8 && count >= 1 => found.not_known = part.double()?,
                        13 => found.long_names = part.rest().to_vec(),
                        14 => found.long_texts = part.rest().to_vec(),
                        20 => named = Some(part.rest().to_vec()),
                        21 => found.labels_of_long_texts(&mut part)?,
                        22 => found.missing_of_long_texts(&mut part)?,
                        _ => {}
                    }
                }
                999 => {
                    bytes.int()?;
                    break;
                }
                other => return Err(format!("holds a record of a kind that is not known ({other})")),
            }
        }
        if let Some(name) = named {
            let known = Encoding::for_label(&name);
            found.encoding = known.ok_or_else(|| {
                format!("is written in `{}`, which is not known here", String::from_utf8_lossy(&name))
            })?;
        }
        Ok(found)
    }

    fn variable(&mut self, bytes: &mut Bytes) -> Result<(), String> {
        let (width, labelled, missing) = (bytes.int()?, bytes.int()?, bytes.int()?);
        let format = bytes.int()?;
        bytes.int()?;
        let short = String::from_utf8_lossy(bytes.take(8)?).trim_end().to_owned();
        let label = if labelled == 1 {
            let length = bytes.count()?;
            bytes.take(length.next_multiple_of(4))?[..length].to_vec()
        } else {
            Vec::new()
        };
        let at = self.elements;
        self.elements += 1;
        // A text of more than eight bytes continues in the following records.
        let Ok(width) = usize::try_from(width) else {
            if let Some(last) = self.variables.last_mut() {
                last.elements += 1;
            }
            return Ok(());
        };
        if width > PLACE || missing.unsigned_abs() > 3 {
            return Err(format!("describes `{short}` in a way that no such file does"));
        }
        let mut found = MissingValues::default();
        let mut left = missing.unsigned_abs();
        if missing < 0 {
            found.range = Some((bytes.double()?, bytes.double()?));
            left -= 2;
        }
        for _ in 0..left {
            match width {
                0 => found.numbers.push(bytes.double()?),
                _ => found.texts.push(bytes.take(8)?.trim_ascii_end().to_vec()),
            }
        }
        let format = (format >> 16) as u8;
        self.variables.push(Variable {
            short,
            width,
            at,
            elements: 1,
            format,
            label,
            missing: found,
            values: Vec::new(),
        });
        Ok(())
    }

    fn value_labels(&mut self, bytes: &mut Bytes) -> Result<(), String> {
        let mut labels = Vec::new();
        for _ in 0..bytes.count()? {
            let value = bytes.take(8)?.to_vec();
            let length = usize::from(bytes.take(1)?[0]);
            let label = bytes.take((length + 1).next_multiple_of(8) - 1)?[..length].to_vec();
            labels.push((value, label));
        }
        if bytes.int()? != 4 {
            return Err("has labels of values without the variables that they belong to".into());
        }
        for _ in 0..bytes.count()? {
            let at = bytes.count()?;
            let variable = self.variables.iter_mut().find(|variable| variable.at + 1 == at);
            variable.ok_or("has labels for a variable that it does not have")?.values.extend(labels.clone());
        }
        Ok(())
    }

    fn labels_of_long_texts(&mut self, bytes: &mut Bytes) -> Result<(), String> {
        while !bytes.is_empty() {
            let name = bytes.counted()?.to_vec();
            bytes.int()?;
            let mut labels = Vec::new();
            for _ in 0..bytes.count()? {
                labels.push((bytes.counted()?.to_vec(), bytes.counted()?.to_vec()));
            }
            if let Some(variable) = self.called(&name) {
                variable.values.extend(labels);
            }
        }
        Ok(())
    }

    fn missing_of_long_texts(&mut self, bytes: &mut Bytes) -> Result<(), String> {
        while !bytes.is_empty() {
            let name = bytes.counted()?.to_vec();
            let count = bytes.take(1)?[0];
            let length = bytes.count()?;
            let texts: Result<Vec<Vec<u8>>, String> =
                (0..count).map(|_| Ok(bytes.take(length)?.trim_ascii_end().to_vec())).collect();
            let texts = texts?;
            if let Some(variable) = self.called(&name) {
                variable.missing.texts.extend(texts);
            }
        }
        Ok(())
    }

    /// The variable with this name, or this long name.
    fn called(&mut self, name: &[u8]) -> Option<&mut Variable> {
        let long = pairs(&self.long_names).into_iter().find(|(_, long)| *long == name);
        let short = long.map_or(name, |(short, _)| short).to_vec();
        self.variables.iter_mut().find(|variable| variable.short.as_bytes() == short)
    }

    fn table(self, mut cases: Cases) -> Result<SpssFile, String> {
        let text = |bytes: &[u8]| self.encoding.decode_without_bom_handling(bytes).0.trim_end().to_owned();
        let long_names: BTreeMap<&[u8], &[u8]> = pairs(&self.long_names).into_iter().collect();
        let long_texts: BTreeMap<String, usize> = pairs(&self.long_texts)
            .into_iter()
            .filter_map(|(name, width)| {
                let width = String::from_utf8_lossy(width).trim_matches(['\0', ' ']).parse().ok()?;
                Some((String::from_utf8_lossy(name).trim().to_owned(), width))
            })
            .collect();
        let mut parts: Vec<(&Variable, Vec<&Variable>, usize)> = Vec::new();
        let mut left = self.variables.iter();
        while let Some(first) = left.next() {
            let width = long_texts.get(&first.short).copied().unwrap_or(first.width);
            let more = width.div_ceil(COUNTED).max(1) - 1;
            let more: Vec<&Variable> =
                if width > PLACE { left.by_ref().take(more).collect() } else { Vec::new() };
            parts.push((first, more, width));
        }
        let mut columns: Vec<SpssColumn> = parts
            .iter()
            .map(|(first, ..)| SpssColumn {
                name: text(long_names.get(first.short.as_bytes()).copied().unwrap_or(first.short.as_bytes())),
                label: text(&first.label),
                is_instant: INSTANTS.contains(&first.format) && first.width == 0,
                values: first
                    .values
                    .iter()
                    .map(|(value, label)| {
                        let value = match first.width {
                            0 => cases.order.double(value).map(|value| shown(value, first.format)),
                            _ => Some(text(value)),
                        };
                        (value.unwrap_or_default(), text(label))
                    })
                    .collect(),
                declared_missing: BTreeMap::new(),
            })
            .collect();
        let twice: BTreeSet<&String> = columns.iter().map(|column| &column.name).collect();
        if twice.len() < columns.len() {
            return Err("has two variables of one name".into());
        }
        let mut rows = Vec::new();
        while let Some(case) = cases.next_case()? {
            if (rows.len() + 1).saturating_mul(parts.len()) > MOST_VALUES {
                return Err(format!("holds more than {MOST_VALUES} values"));
            }
            let mut row = Vec::with_capacity(parts.len());
            for ((first, more, width), column) in parts.iter().zip(&mut columns) {
                let (cell, missing) = match width {
                    0 => {
                        let value = cases.order.double(&case[8 * first.at..8 * first.at + 8]);
                        let value = value.filter(|value| *value != self.not_known && value.is_finite());
                        let cell = value.map(|value| shown(value, first.format)).unwrap_or_default();
                        (cell, value.is_some_and(|value| first.missing.has(value)))
                    }
                    width => {
                        let mut whole = Vec::with_capacity(*width);
                        for place in std::iter::once(*first).chain(more.iter().copied()) {
                            let used = place.elements * 8;
                            let used = if *width > PLACE { used.min(PLACE) } else { used };
                            whole.extend(&case[8 * place.at..8 * place.at + used]);
                        }
                        whole.truncate(*width);
                        let missing = first.missing.texts.iter().any(|text| text == whole.trim_ascii_end());
                        (text(&whole), missing)
                    }
                };
                if missing {
                    *column.declared_missing.entry(cell).or_default() += 1;
                    row.push(String::new());
                } else {
                    row.push(cell);
                }
            }
            rows.push(row);
        }
        Ok(SpssFile { columns, rows })
    }
}

impl MissingValues {
    fn has(&self, value: f64) -> bool {
        self.numbers.contains(&value) || self.range.is_some_and(|(from, to)| (from..=to).contains(&value))
    }
}

/// `NAME=value`, with tabs between.
fn pairs(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    let pair = |part: &'_ [u8]| part.iter().position(|c| *c == b'=');
    text.split(|c| *c == b'\t')
        .filter_map(|part| pair(part).map(|at| (&part[..at], &part[at + 1..])))
        .collect()
}

/// A number as it is written, a day as YYYY-MM-DD, an instant with its hour.
fn shown(value: f64, format: u8) -> String {
    let seconds = |value: f64| {
        let milliseconds = (value * 1000.0).round() - DAYS_TO_1970 as f64 * 86_400_000.0;
        let instant = jiff::Timestamp::from_millisecond(milliseconds as i64).ok()?;
        Some(instant.to_zoned(jiff::tz::TimeZone::UTC).datetime())
    };
    let dated = match format {
        format if DAYS.contains(&format) => seconds(value).map(|at| at.date().to_string()),
        format if INSTANTS.contains(&format) => {
            seconds(value).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
        }
        _ => None,
    };
    dated.unwrap_or_else(|| format!("{value}"))
}

/// The encoding with this Windows code page number.
fn code_page(page: i32) -> Result<&'static Encoding, String> {
    let label = match page {
        65_001 => return Ok(UTF_8),
        // Old versions used these numbers for plain text.
        0..=4 => return Ok(WINDOWS_1252),
        28_591..=28_605 => format!("iso-8859-{}", page - 28_590),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
        .ok_or_else(|| format!("is written in code page {page}, which is not known here"))
}

#[cfg(test)]
mod tests;
