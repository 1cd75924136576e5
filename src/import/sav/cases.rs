//! The cases of a file, one after the other, in each of the three ways in which they can be compressed.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::bytes::{Bytes, Order};

/// Cases that are not read yet.
pub(super) struct Cases {
    left: Vec<u8>,
    at: usize,
    /// What small whole numbers are shifted by; none where nothing is compressed.
    bias: Option<f64>,
    /// Codes that stand before eight elements, and how many of them were used.
    codes: [u8; 8],
    used: usize,
    elements: usize,
    /// Cases that the file says it has.
    announced: Option<usize>,
    read: usize,
    pub order: Order,
}

/// Bytes of a whole file that is compressed, at most.
const LARGEST: usize = 1 << 30;

impl Cases {
    pub fn of(
        file: &[u8],
        mut bytes: Bytes,
        compression: i32,
        bias: f64,
        (elements, announced): (usize, Option<usize>),
    ) -> Result<Self, String> {
        let left = match compression {
            0 | 1 => bytes.rest().to_vec(),
            2 => inflated(file, &mut bytes)?,
            other => return Err(format!("is compressed in a way that is not known ({other})")),
        };
        let bias = (compression != 0).then_some(bias);
        let order = bytes.order();
        Ok(Self { left, at: 0, bias, codes: [0; 8], used: 8, elements, announced, read: 0, order })
    }

    /// The next case, eight bytes an element; none at the end.
    pub fn next_case(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.elements == 0 || self.announced.is_some_and(|all| self.read >= all) {
            return Ok(None);
        }
        let mut case = Vec::with_capacity(8 * self.elements.min(1 << 16));
        while case.len() < 8 * self.elements {
            let Some(element) = self.element()? else {
                return match (case.is_empty(), self.announced) {
                    (true, None) => Ok(None),
                    (true, Some(all)) => {
                        Err(format!("has {} of the {all} cases that it announces", self.read))
                    }
                    (false, _) => Err("ends in the middle of a case".into()),
                };
            };
            case.extend(element);
        }
        self.read += 1;
        Ok(Some(case))
    }

    fn raw(&mut self) -> Option<[u8; 8]> {
        let found = self.left.get(self.at..self.at + 8)?.try_into().ok();
        self.at += 8;
        found
    }

    fn element(&mut self) -> Result<Option<[u8; 8]>, String> {
        let Some(bias) = self.bias else { return Ok(self.raw()) };
        loop {
            if self.used == self.codes.len() {
                let Some(codes) = self.raw() else { return Ok(None) };
                (self.codes, self.used) = (codes, 0);
            }
            let code = self.codes[self.used];
            self.used += 1;
            let number = |value: f64| match self.order {
                Order::Little => value.to_le_bytes(),
                Order::Big => value.to_be_bytes(),
            };
            return Ok(Some(match code {
                0 => continue,
                252 => return Ok(None),
                253 => self.raw().ok_or("ends in the middle of a case")?,
                254 => *b"        ",
                // Read as a number it is none; a text of it would be none either.
                255 => number(f64::NAN),
                code => number(f64::from(code) - bias),
            }));
        }
    }
}

/// All blocks of a file that is compressed as a whole.
fn inflated(file: &[u8], bytes: &mut Bytes) -> Result<Vec<u8>, String> {
    let place = |at: i64| usize::try_from(at).map_err(|_| "points before its beginning".to_owned());
    let order = bytes.order();
    bytes.long()?;
    let (from, length) = (place(bytes.long()?)?, place(bytes.long()?)?);
    let trailer = from.checked_add(length).and_then(|to| file.get(from..to));
    let mut trailer = Bytes::in_order(trailer.ok_or("ends in the middle: it was cut off")?, order);
    trailer.long()?;
    trailer.long()?;
    trailer.int()?;
    let mut all = Vec::new();
    for _ in 0..trailer.count()? {
        trailer.long()?;
        let from = place(trailer.long()?)?;
        let (whole, length) = (trailer.count()?, trailer.count()?);
        if all.len().saturating_add(whole) > LARGEST {
            return Err("is larger than any study once it is unpacked".into());
        }
        let block = from.checked_add(length).and_then(|to| file.get(from..to));
        let block = block.ok_or("ends in the middle: it was cut off")?;
        let before = all.len();
        let read = ZlibDecoder::new(block).take(whole as u64).read_to_end(&mut all);
        read.map_err(|why| format!("cannot be unpacked: {why}"))?;
        if all.len() - before != whole {
            return Err("is shorter than it says once it is unpacked".into());
        }
    }
    Ok(all)
}
