//! A workbook as rows of texts. Owns how much of an untrusted file is unpacked and kept, and that nothing in it can act on a
//! later reader; refuses to know what the cells mean.

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::panic;
use std::sync::Once;

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};
use zip::ZipArchive;

use crate::defuse;

mod biff;

/// The most that all parts of a workbook may have when they are unpacked, in bytes.
const UNPACKED: u64 = 128 << 20;
/// The most parts that a workbook may have.
const PARTS: usize = 4_000;
/// The most cells that are read of a workbook, and that an old workbook may span.
const CELLS: usize = 1_000_000;
/// The most rows and columns of a sheet.
const ROWS: usize = 50_000;
const COLUMNS: usize = 2_000;
/// The most text of all cells together, in bytes.
const TEXT: usize = 16 << 20;

/// A sheet with the rows that hold anything.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BookSheet {
    pub name: String,
    pub rows: Vec<BookRow>,
}

/// A row: its number, as the spreadsheet counts, and its cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BookRow {
    pub number: usize,
    pub cells: Vec<String>,
}

impl BookRow {
    /// The cell of a column; empty where there is none.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The sheets of a workbook whose names `wanted` takes.
pub(super) fn read(bytes: &[u8], wanted: &dyn Fn(&str) -> bool) -> Result<Vec<BookSheet>, String> {
    if bytes.starts_with(b"PK") {
        unpacks(bytes)?;
        return guarded(|| xlsx(bytes, wanted));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        biff::spans(bytes)?;
        return guarded(|| xls(bytes, wanted));
    }
    Err("it is no workbook: neither .xlsx nor .xls".into())
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The reader library panics on input that its authors did not expect; that becomes an error about the file, without the place
/// in the library.
fn guarded(read: impl FnOnce() -> Result<Vec<BookSheet>, String>) -> Result<Vec<BookSheet>, String> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if !QUIET.get() {
                before(what);
            }
        }));
    });
    QUIET.set(true);
    let read = panic::catch_unwind(panic::AssertUnwindSafe(read));
    QUIET.set(false);
    read.unwrap_or_else(|_| Err("the workbook is damaged".into()))
}

/// Unpacks every part once and discards it, because the size that a part declares may be false.
fn unpacks(bytes: &[u8]) -> Result<(), String> {
    let damaged = |why: &dyn std::fmt::Display| format!("the workbook is damaged: {why}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    if archive.len() > PARTS {
        return Err(format!("it has more than {PARTS} parts, which is the most that is read"));
    }
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|why| damaged(&why))?;
        let size =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|why| damaged(&why))?;
        left = left.checked_sub(size).ok_or_else(|| {
            format!("unpacked it is larger than {} MB, which is the most that is read", UNPACKED >> 20)
        })?;
    }
    Ok(())
}

fn xlsx(bytes: &[u8], wanted: &dyn Fn(&str) -> bool) -> Result<Vec<BookSheet>, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|why| unreadable(&why))?;
    let names: Vec<String> = book.sheet_names().into_iter().filter(|name| wanted(name)).collect();
    let mut sheets = Vec::new();
    let mut room = Room::default();
    for name in names {
        let mut cells = book.worksheet_cells_reader(&name).map_err(|why| unreadable(&why))?;
        let mut sheet = Filling::new(name);
        while let Some(cell) = cells.next_cell().map_err(|why| unreadable(&why))? {
            let text = match cell.get_value() {
                DataRef::Empty | DataRef::Error(_) => continue,
                DataRef::Int(whole) => whole.to_string(),
                DataRef::Float(number) => written(*number),
                DataRef::Bool(truth) => truth.to_string().to_uppercase(),
                DataRef::String(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::DateTime(instant) => day(instant),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            };
            let (row, column) = cell.get_position();
            sheet.put((row as usize, column as usize), &text, &mut room)?;
        }
        sheets.push(sheet.done());
    }
    Ok(sheets)
}

fn xls(bytes: &[u8], wanted: &dyn Fn(&str) -> bool) -> Result<Vec<BookSheet>, String> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|why| unreadable(&why))?;
    let names: Vec<String> = book.sheet_names().into_iter().filter(|name| wanted(name)).collect();
    let mut sheets = Vec::new();
    let mut room = Room::default();
    for name in names {
        let range = book.worksheet_range(&name).map_err(|why| unreadable(&why))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = Filling::new(name);
        for (row, column, cell) in range.used_cells() {
            let text = match cell {
                Data::Empty | Data::Error(_) => continue,
                Data::Int(whole) => whole.to_string(),
                Data::Float(number) => written(*number),
                Data::Bool(truth) => truth.to_string().to_uppercase(),
                Data::String(text) => text.clone(),
                Data::DateTime(instant) => day(instant),
                Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            };
            sheet.put((top as usize + row, left as usize + column), &text, &mut room)?;
        }
        sheets.push(sheet.done());
    }
    Ok(sheets)
}

fn unreadable(why: &dyn std::fmt::Display) -> String {
    defuse::line(&format!("the workbook could not be read: {why}")).into_owned()
}

/// A number as the user typed it, because spreadsheets store no integers.
fn written(number: f64) -> String {
    number.to_string()
}

/// A day, and its time where it has one.
fn day(instant: &ExcelDateTime) -> String {
    // Before 1900 and after 9999 a spreadsheet shows no date, and this arithmetic is not valid.
    if !(0.0..2_958_466.0).contains(&instant.as_f64()) {
        return written(instant.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    match (instant.is_duration() || instant.as_f64() < 1.0, hour, minute, second) {
        (true, ..) => format!("{hour:02}:{minute:02}:{second:02}"),
        (false, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// How much may still be read.
struct Room {
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { cells: CELLS, text: TEXT }
    }
}

/// A sheet while it is read.
struct Filling {
    sheet: BookSheet,
}

impl Filling {
    fn new(name: String) -> Self {
        Self { sheet: BookSheet { name: defuse::line(&name).into_owned(), rows: Vec::new() } }
    }

    fn put(&mut self, (row, column): (usize, usize), text: &str, room: &mut Room) -> Result<(), String> {
        let text = tidy(text);
        if text.is_empty() {
            return Ok(());
        }
        if row >= ROWS || column >= COLUMNS {
            return Err(format!(
                "sheet `{}` goes beyond {ROWS} rows or {COLUMNS} columns, which is the most that is read",
                self.sheet.name
            ));
        }
        let left = room.cells.checked_sub(1).zip(room.text.checked_sub(text.len()));
        let (cells, bytes) = left.ok_or_else(|| {
            format!(
                "its cells hold more than {CELLS} entries or {} MB, which is the most that is read",
                TEXT >> 20
            )
        })?;
        *room = Room { cells, text: bytes };
        let number = row + 1;
        // Cells normally come row by row; a file in another order is read too.
        let at = match self.sheet.rows.binary_search_by_key(&number, |row| row.number) {
            Ok(at) => at,
            Err(at) => {
                self.sheet.rows.insert(at, BookRow { number, cells: Vec::new() });
                at
            }
        };
        let cells = &mut self.sheet.rows[at].cells;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        Ok(())
    }

    fn done(self) -> BookSheet {
        self.sheet
    }
}

/// A cell without control characters, with ordinary spaces, and trimmed.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace("_x000D_", "");
    let text: String = text
        .chars()
        .map(|c| match c {
            '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
            other => other,
        })
        .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}') && !defuse::acts(*c))
        .collect();
    text.trim().to_owned()
}
