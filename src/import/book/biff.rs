//! The size of an old workbook, determined before it is read: its reader allocates every cell of the rectangle that a sheet's
//! cells span, and two cells in opposite corners make that the whole sheet. Owns the few fields of the container and of the
//! records that this needs; other faults are left to the reader.

use super::CELLS;

/// Sector numbers from here on are markers, such as the end of a chain.
const END: u32 = 0xffff_fffa;

/// Refuses a workbook whose sheets span more cells than are read.
pub(super) fn spans(bytes: &[u8]) -> Result<(), String> {
    let Some(stream) = workbook(bytes) else { return Ok(()) };
    let mut spanned = 0_usize;
    let mut sheet = Rectangle::default();
    let mut at = 0;
    while let Some(head) = stream.get(at..at + 4) {
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        let body = stream.get(at + 4..at + 4 + usize::from(length)).unwrap_or_default();
        match kind {
            // The beginning of a sheet, and its end.
            0x0809 | 0x000a => {
                spanned = spanned.saturating_add(sheet.cells());
                sheet = Rectangle::default();
            }
            // Cells of all kinds: blank, number, label, bool, formula, shared text, packed number.
            0x0001..=0x0006 | 0x0201..=0x0206 | 0x0406 | 0x00fd | 0x00d6 | 0x027e | 0x007e => {
                if let Some([a, b, c, d]) = body.get(..4) {
                    sheet.hold(u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
                }
            }
            // Several cells of a row: first column ahead, last one behind.
            0x00bd | 0x00be => {
                if let (Some([a, b, c, d]), Some([e, f])) =
                    (body.get(..4), body.len().checked_sub(2).and_then(|end| body.get(end..)))
                {
                    sheet.hold(u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
                    sheet.hold(u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*e, *f]));
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    if spanned.saturating_add(sheet.cells()) > CELLS * 4 {
        return Err(format!("its sheets span more than {} cells, which is the most that is read", CELLS * 4));
    }
    Ok(())
}

#[derive(Default)]
struct Rectangle {
    corners: Option<(u16, u16, u16, u16)>,
}

impl Rectangle {
    fn hold(&mut self, row: u16, column: u16) {
        let (top, bottom, left, right) = self.corners.unwrap_or((row, row, column, column));
        self.corners = Some((top.min(row), bottom.max(row), left.min(column), right.max(column)));
    }

    fn cells(&self) -> usize {
        self.corners.map_or(0, |(top, bottom, left, right)| {
            (usize::from(bottom - top) + 1) * (usize::from(right - left) + 1)
        })
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The stream of records in the container.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = u16::from_le_bytes([*bytes.get(30)?, *bytes.get(31)?]);
    let size = 1_usize << (shift.clamp(7, 15));
    let sector = |number: u32| {
        let from = (number as usize).checked_add(1)?.checked_mul(size)?;
        bytes.get(from..(from + size).min(bytes.len()))
    };
    let most = bytes.len() / size + 1;
    // The table of sectors: the first 109 of its own sectors stand in the head, the others in a chain.
    let mut table_sectors: Vec<u32> = (0..109).filter_map(|at| word(bytes, 76 + at * 4)).collect();
    let mut further = word(bytes, 68)?;
    for _ in 0..most {
        let Some(part) = (further < END).then(|| sector(further)).flatten() else { break };
        let entries = size / 4 - 1;
        table_sectors.extend((0..entries).filter_map(|at| word(part, at * 4)));
        further = word(part, entries * 4).unwrap_or(u32::MAX);
    }
    let table: Vec<u32> = table_sectors
        .into_iter()
        .filter(|number| *number < END)
        .take(most)
        .filter_map(sector)
        .flat_map(|part| (0..size / 4).map(|at| word(part, at * 4).unwrap_or(u32::MAX)))
        .collect();
    let chain = |from: u32| {
        let mut whole = Vec::new();
        let mut next = from;
        for _ in 0..most {
            let Some(part) = (next < END).then(|| sector(next)).flatten() else { break };
            whole.extend_from_slice(part);
            next = table.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        whole
    };
    let entries = chain(word(bytes, 48)?);
    let entry = entries.chunks_exact(128).find(|entry| {
        let units = entry[..64].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        let name: String =
            char::decode_utf16(units.take_while(|unit| *unit != 0)).filter_map(Result::ok).collect();
        name.eq_ignore_ascii_case("workbook") || name.eq_ignore_ascii_case("book")
    })?;
    let start = word(entry, 116)?;
    if word(entry, 120)? >= word(bytes, 56)? {
        return Some(chain(start));
    }
    // A short stream lies in pieces of 64 bytes in the stream of the root, with a table of its own.
    let (short, table) = (chain(word(entries.get(..128)?, 116)?), chain(word(bytes, 60)?));
    let mut whole = Vec::new();
    let mut next = start;
    for _ in 0..short.len() / 64 + 1 {
        let from = (next as usize).checked_mul(64)?;
        let Some(part) = short.get(from..(from + 64).min(short.len())).filter(|_| next < END) else { break };
        whole.extend_from_slice(part);
        next = word(&table, (next as usize).checked_mul(4)?).unwrap_or(u32::MAX);
    }
    Some(whole)
}
