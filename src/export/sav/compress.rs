//! The data of a system file, eight bytes at a time: small whole numbers and blanks become one byte. Owns the order of
//! those bytes and of what did not fit into one; refuses to know variables.

use std::io::{self, Write};

use super::BIAS;

const END: u8 = 252;
const WRITTEN_OUT: u8 = 253;
const BLANK: u8 = 254;
const SYSTEM_MISSING: u8 = 255;

/// Eight bytes that say what stands for eight values, then those values that are written out.
pub(super) struct Compressed<'a, W: Write> {
    out: &'a mut W,
    marks: [u8; 8],
    marked: usize,
    values: Vec<u8>,
}

impl<'a, W: Write> Compressed<'a, W> {
    pub fn new(out: &'a mut W) -> Self {
        Self { out, marks: [0; 8], marked: 0, values: Vec::with_capacity(64) }
    }

    pub fn number(&mut self, number: f64) -> io::Result<()> {
        let shifted = number + BIAS;
        if number == -f64::MAX {
            self.mark(SYSTEM_MISSING)
        } else if number.fract() == 0.0 && (1.0..f64::from(END)).contains(&shifted) {
            self.mark(shifted as u8)
        } else {
            self.values.extend(number.to_le_bytes());
            self.mark(WRITTEN_OUT)
        }
    }

    /// A text in a place of `width` bytes.
    pub fn text(&mut self, text: &[u8], width: usize) -> io::Result<()> {
        for at in (0..width).step_by(8) {
            let piece = text.get(at..text.len().min(at + 8)).unwrap_or_default();
            if piece.iter().all(|byte| *byte == b' ') {
                self.mark(BLANK)?;
            } else {
                let mut eight = [b' '; 8];
                eight[..piece.len()].copy_from_slice(piece);
                self.values.extend(eight);
                self.mark(WRITTEN_OUT)?;
            }
        }
        Ok(())
    }

    fn mark(&mut self, mark: u8) -> io::Result<()> {
        self.marks[self.marked] = mark;
        self.marked += 1;
        if self.marked == 8 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.marks[self.marked..].fill(0);
        self.out.write_all(&self.marks)?;
        self.out.write_all(&self.values)?;
        self.values.clear();
        self.marked = 0;
        Ok(())
    }

    pub fn end(mut self) -> io::Result<()> {
        self.mark(END)?;
        if self.marked > 0 { self.flush() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_marks_and_then_what_is_written_out() {
        let mut out = Vec::new();
        let mut data = Compressed::new(&mut out);
        data.number(-99.0).unwrap();
        data.number(151.0).unwrap();
        data.number(152.0).unwrap();
        data.number(0.5).unwrap();
        data.number(-f64::MAX).unwrap();
        data.text(b"abcdefghi", 17).unwrap();
        data.end().unwrap();
        assert_eq!(out[..8], [1, 251, 253, 253, 255, 253, 253, 254]);
        assert_eq!(out[8..16], 152_f64.to_le_bytes());
        assert_eq!(out[16..24], 0.5_f64.to_le_bytes());
        assert_eq!(&out[24..40], b"abcdefghi       ");
        assert_eq!(out[40..], [252, 0, 0, 0, 0, 0, 0, 0]);
    }
}
