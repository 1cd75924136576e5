//! SPSS: a system file (`.sav`), compressed the simple way, in UTF-8.
//!
//! Reasons for missing numbers are user-missing values with labels (a range below every number of the table); a text
//! that is missing somewhere gets a column of reasons beside it. Written after the description of the format in the manual of
//! GNU PSPP, and read back in tests by programs that share nothing with it.

use std::io::{self, Write};

use super::folder::put;
use super::names::{self, cut_bytes, fitting};
use super::reasons::{self, DAYS_TO_1970, SECONDS_A_DAY};
use super::{DataCell, DataTable, Export, Exporter, Folder, NotWritten, ValueType, Variable, Why};
use crate::instrument::kinds::Level;

mod compress;
mod layout;

use compress::Compressed;
use layout::{SavLayout, VariableRecord};

pub(super) struct Sav;

/// Longest label of a variable, in bytes.
const LONGEST_LABEL: usize = 255;
/// Longest label of a value, in bytes.
const LONGEST_VALUE_LABEL: usize = 120;
/// Longest text, in bytes.
const LONGEST_TEXT: usize = 32_767;
/// UTF-8, as a code page.
const CODE_PAGE: i32 = 65_001;
/// What small whole numbers are shifted by to fit into a byte.
pub(super) const BIAS: f64 = 100.0;

impl Exporter for Sav {
    fn id(&self) -> &'static str {
        "sav"
    }

    fn about(&self) -> &'static str {
        "SPSS (also PSPP, R, Stata, JASP, jamovi): labels, measurement levels, user-missing values"
    }

    fn names(&self, table: &DataTable) -> Vec<String> {
        fitting(table.variables.iter().map(|variable| variable.name.as_str()), names::SPSS)
    }

    fn missing(&self, table: &DataTable, why: Why) -> String {
        let numbers = reasons::codes(table);
        format!("{}", numbers[why.index()])
    }

    fn needs_reasons_beside_texts(&self) -> bool {
        true
    }

    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
        for table in &export.tables {
            let names = self.names(table);
            let layout = SavLayout::of(table);
            for (at, variable) in table.variables.iter().enumerate() {
                if layout.longest(at) > LONGEST_TEXT {
                    folder.remark(format!(
                        "{}: SPSS holds {LONGEST_TEXT} bytes of a text; longer ones of `{}` were cut",
                        table.name, variable.name
                    ));
                }
            }
            let file = SavFile { table, names: &names, layout, codes: reasons::codes(table), export };
            folder.file(&format!("{}.sav", table.name), |out| file.write(out))?;
        }
        Ok(())
    }
}

struct SavFile<'a> {
    table: &'a DataTable,
    names: &'a [String],
    layout: SavLayout,
    /// The numbers of the reasons.
    codes: [f64; Why::ALL.len()],
    export: &'a Export,
}

impl SavFile<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.header(out)?;
        for (variable, places) in self.table.variables.iter().zip(&self.layout.places) {
            for (segment, place) in places.iter().enumerate() {
                self.variable(out, variable, place, segment == 0)?;
            }
        }
        for (at, (variable, places)) in self.table.variables.iter().zip(&self.layout.places).enumerate() {
            self.value_labels(out, at, variable, places)?;
        }
        self.documents(out)?;
        self.machine(out)?;
        self.display(out)?;
        self.names(out)?;
        self.encoding(out)?;
        int(out, 999)?;
        int(out, 0)?;
        self.data(out)
    }

    fn header(&self, out: &mut impl Write) -> io::Result<()> {
        put(out, b"$FL2")?;
        let product = concat!("@(#) SPSS DATA FILE relata ", env!("CARGO_PKG_VERSION"));
        put(out, &padded(product, 60))?;
        int(out, 2)?;
        int(out, self.layout.elements)?;
        int(out, 1)?;
        int(out, 0)?;
        int(out, self.cases())?;
        double(out, BIAS)?;
        let made = jiff::Timestamp::from_millisecond(self.export.made).unwrap_or_default();
        put(out, &padded(&made.strftime("%d %b %y").to_string(), 9))?;
        put(out, &padded(&made.strftime("%H:%M:%S").to_string(), 8))?;
        put(out, &padded(&cut_bytes(&self.table.label, 64), 64))?;
        put(out, &[0; 3])
    }

    fn cases(&self) -> i32 {
        i32::try_from(self.table.rows.len()).unwrap_or(-1)
    }

    fn variable(
        &self,
        out: &mut impl Write,
        variable: &Variable,
        place: &VariableRecord,
        first: bool,
    ) -> io::Result<()> {
        let labelled = first && !variable.label.is_empty();
        let ranged = first && place.width == 0 && self.has_reasons(place);
        for number in [2, place.width as i32, i32::from(labelled), if ranged { -2 } else { 0 }] {
            int(out, number)?;
        }
        int(out, place.format)?;
        int(out, place.format)?;
        put(out, &padded(&place.short, 8))?;
        if labelled {
            let label = cut_bytes(&one_line(&variable.label), LONGEST_LABEL);
            int(out, label.len() as i32)?;
            put(out, &padded(&label, label.len().next_multiple_of(4)))?;
        }
        if ranged {
            double(out, self.codes[0])?;
            double(out, self.codes[5])?;
        }
        for _ in 1..place.width.div_ceil(8) {
            for number in [2, -1, 0, 0, 0, 0] {
                int(out, number)?;
            }
            put(out, &[b' '; 8])?;
        }
        Ok(())
    }

    fn has_reasons(&self, place: &VariableRecord) -> bool {
        !place.reasons.is_empty()
    }

    fn value_labels(
        &self,
        out: &mut impl Write,
        at: usize,
        variable: &Variable,
        places: &[VariableRecord],
    ) -> io::Result<()> {
        let Some(place) = places.first().filter(|place| place.width == 0) else { return Ok(()) };
        let own = variable.values.iter().map(|value| (value.code, value.label.clone()));
        let reasons =
            place.reasons.iter().map(|why| (self.codes[why.index()], why.label(&self.export.language)));
        let labels: Vec<(f64, String)> = own.chain(reasons).collect();
        if labels.is_empty() {
            return Ok(());
        }
        int(out, 3)?;
        int(out, labels.len() as i32)?;
        for (code, label) in labels {
            double(out, code)?;
            let label = cut_bytes(&one_line(&label), LONGEST_VALUE_LABEL);
            put(out, &[label.len() as u8])?;
            put(out, &padded(&label, (label.len() + 1).next_multiple_of(8) - 1))?;
        }
        int(out, 4)?;
        int(out, 1)?;
        int(out, self.layout.index_of(at))
    }

    /// What must be known to read the file, as its documents.
    fn documents(&self, out: &mut impl Write) -> io::Result<()> {
        let lines: Vec<String> =
            self.export.about.iter().flat_map(|sentence| wrapped(sentence, 80)).collect();
        if lines.is_empty() {
            return Ok(());
        }
        int(out, 6)?;
        int(out, lines.len() as i32)?;
        lines.iter().try_for_each(|line| put(out, &padded(line, 80)))
    }

    fn machine(&self, out: &mut impl Write) -> io::Result<()> {
        extension(out, 3, 4, 8)?;
        // Version, machine, IEEE 754, compressed, little-endian, encoding.
        for number in [1, 0, 0, -1, 1, 1, 2, CODE_PAGE] {
            int(out, number)?;
        }
        extension(out, 4, 8, 3)?;
        double(out, -f64::MAX)?;
        double(out, f64::MAX)?;
        double(out, (-f64::MAX).next_up())
    }

    fn display(&self, out: &mut impl Write) -> io::Result<()> {
        let places = self.layout.places.iter().map(Vec::len).sum::<usize>();
        extension(out, 11, 4, places * 3)?;
        for (variable, places) in self.table.variables.iter().zip(&self.layout.places) {
            for place in places {
                let level = match variable.level {
                    Level::Nominal | Level::Text => 1,
                    Level::Ordinal => 2,
                    Level::Scale | Level::Date => 3,
                };
                let width = if place.width == 0 { 10 } else { place.width.clamp(8, 40) };
                int(out, level)?;
                int(out, width as i32)?;
                int(out, i32::from(place.width == 0))?;
            }
        }
        Ok(())
    }

    /// Long names, and the widths of texts that take more than one place.
    fn names(&self, out: &mut impl Write) -> io::Result<()> {
        let firsts = || self.layout.places.iter().filter_map(|places| Some((places.first()?, places.len())));
        let pairs: Vec<String> =
            firsts().zip(self.names).map(|((place, _), name)| format!("{}={name}", place.short)).collect();
        text_extension(out, 13, pairs.join("\t").as_bytes())?;
        let long: String = firsts()
            .enumerate()
            .filter(|(_, (_, segments))| *segments > 1)
            .map(|(at, (place, _))| format!("{}={:05}\0\t", place.short, self.layout.width(at)))
            .collect();
        if long.is_empty() { Ok(()) } else { text_extension(out, 14, long.as_bytes()) }
    }

    fn encoding(&self, out: &mut impl Write) -> io::Result<()> {
        extension(out, 16, 8, 2)?;
        put(out, &1_i64.to_le_bytes())?;
        put(out, &(self.table.rows.len() as i64).to_le_bytes())?;
        text_extension(out, 20, b"UTF-8")
    }

    fn data(&self, out: &mut impl Write) -> io::Result<()> {
        let mut data = Compressed::new(out);
        for row in &self.table.rows {
            for (at, places) in self.layout.places.iter().enumerate() {
                let cell = row.get(at).unwrap_or(&DataCell::Missing(Why::NotAsked));
                match self.table.variables[at].kind {
                    ValueType::Text => {
                        let text = match cell {
                            DataCell::Text(text) => layout::cut(text),
                            _ => "",
                        };
                        // Every place but the last takes 255 bytes of the text, although it adds 252 to the width.
                        let mut rest = text.as_bytes();
                        for place in places {
                            let (now, later) = rest.split_at(rest.len().min(place.width));
                            data.text(now, place.width)?;
                            rest = later;
                        }
                    }
                    _ => data.number(self.number(cell))?,
                }
            }
        }
        data.end()
    }

    fn number(&self, cell: &DataCell) -> f64 {
        match cell {
            DataCell::Number(number) => *number,
            DataCell::Day(day) => (f64::from(*day) + DAYS_TO_1970) * SECONDS_A_DAY,
            DataCell::Instant(at) => *at as f64 / 1_000.0 + DAYS_TO_1970 * SECONDS_A_DAY,
            DataCell::Missing(why) => self.codes[why.index()],
            DataCell::Text(_) => -f64::MAX,
        }
    }
}

fn int(out: &mut impl Write, number: i32) -> io::Result<()> {
    put(out, &number.to_le_bytes())
}

fn double(out: &mut impl Write, number: f64) -> io::Result<()> {
    put(out, &number.to_le_bytes())
}

fn extension(out: &mut impl Write, what: i32, size: i32, count: usize) -> io::Result<()> {
    [7, what, size, i32::try_from(count).unwrap_or(i32::MAX)]
        .into_iter()
        .try_for_each(|number| int(out, number))
}

fn text_extension(out: &mut impl Write, what: i32, text: &[u8]) -> io::Result<()> {
    extension(out, what, 1, text.len())?;
    put(out, text)
}

/// The bytes of `text`, with spaces up to `width`.
fn padded(text: &str, width: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(width, b' ');
    bytes
}

/// A label stands on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` in lines of at most `width` bytes, broken between words; a word that is longer is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let word = cut_bytes(word, width);
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = word,
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
