//! Reading lines: continuation lines, and lines that a terminal cut short. Owns the continuation sign, and never takes a line that
//! the terminal cut for a complete one.

use std::io::{BufRead, Write};

use super::{Next, Plain, PlainError};
use crate::text;

/// Marks at the end of a line that it continues in the next one.
const GOES_ON: char = '\\';

/// Length in bytes, without the line end, from which on a terminal may have dropped the rest without notice: the size of the
/// system's input queue. On Linux that is 4,096 including the line end and one byte kept free; elsewhere 1,024 is the shortest in
/// use. A complete line of that length costs one more Enter.
const FULL: usize = match (cfg!(windows), cfg!(any(target_os = "linux", target_os = "android"))) {
    (true, _) => usize::MAX,
    (_, true) => 4_094,
    _ => 1_022,
};

/// Most letters of a cut line that are shown, to find where it was cut.
const SHOWN: usize = 60;

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// A line with its continuation lines; `None` at the end of the input.
    pub(super) fn line(&mut self) -> Result<Option<String>, PlainError> {
        Ok(match self.part()? {
            Some(part) => Some(self.with_rest(part)?),
            None => None,
        })
    }

    /// Reads the continuation lines of a line.
    pub(super) fn with_rest(&mut self, first: String) -> Result<String, PlainError> {
        let mut line = String::new();
        let mut part = first;
        while let Some(open) = goes_on(&part) {
            line.push_str(open);
            line.push('\n');
            part = match self.part()? {
                Some(part) => part,
                None => return Ok(line),
            };
        }
        line.push_str(&part);
        self.show_echo(&line)?;
        Ok(line)
    }

    /// A line as typed, including its continuation sign. A line that a terminal cut gets that sign, too.
    pub(super) fn part(&mut self) -> Result<Option<String>, PlainError> {
        loop {
            let mut part = Vec::new();
            // Read bytes instead of text: a stray Latin-1 character must not end an interview.
            if self.input.read_until(b'\n', &mut part)? == 0 {
                return Ok(None);
            }
            self.lines += 1;
            let cut = !self.echo && is_full(&part);
            if cut {
                drop_half_a_character(&mut part);
            }
            let Ok(mut part) = String::from_utf8(part) else {
                let sentence = text!(&self.language, "plain-line-not-utf-8");
                match self.complain(&sentence)? {
                    Next::Go => continue,
                    Next::End(_) => return Ok(None),
                }
            };
            // Editors may put a byte order mark before the first line.
            if self.lines == 1 && part.starts_with('\u{feff}') {
                part.remove(0);
            }
            // Escape sequences could manipulate the terminal of people who read the answers later.
            part.retain(|c| !c.is_control() || c == '\t');
            if cut {
                let sentence = text!(&self.language, "plain-line-full", limit = FULL, end = end_of(&part));
                self.tell(&sentence)?;
                write!(self.out, "> ")?;
                self.out.flush()?;
                if goes_on(&part).is_none() {
                    part.push(GOES_ON);
                }
            }
            return Ok(Some(part));
        }
    }
}

/// The text before the continuation sign; `None` if the line has none.
pub(super) fn goes_on(part: &str) -> Option<&str> {
    part.strip_suffix(GOES_ON)
}

/// Whether a line has the maximum length of a terminal line.
fn is_full(part: &[u8]) -> bool {
    part.strip_suffix(b"\n").unwrap_or(part).len() >= FULL
}

/// Removes the line end and an incomplete character at the cut.
fn drop_half_a_character(part: &mut Vec<u8>) {
    if part.last() == Some(&b'\n') {
        part.pop();
    }
    // A character has at most four bytes; an error before them has nothing to do with the cut.
    if let Err(wrong) = std::str::from_utf8(part)
        && wrong.valid_up_to() + 4 > part.len()
    {
        part.truncate(wrong.valid_up_to());
    }
}

/// The last words of a line.
fn end_of(part: &str) -> String {
    let letters = part.trim_end_matches(GOES_ON).chars().rev().take(SHOWN);
    let end: String = letters.collect::<Vec<_>>().into_iter().rev().collect();
    match end.split_once(' ') {
        Some((_, words)) if !words.trim().is_empty() => words.to_owned(),
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first line of an input and the output it causes, from a terminal or a file.
    fn line(input: &[u8], file: bool) -> (Option<String>, String) {
        let (mut out, clock) = (Vec::new(), || 0);
        let line = Plain::new(input, &mut out, &clock, file).line().unwrap();
        (line, String::from_utf8(out).unwrap())
    }

    #[test]
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn a_line_that_fills_the_queue_of_a_terminal_is_no_whole_line() {
        let long = "word ".repeat(1_000);
        for length in [4_094, 4_095] {
            let cut = &long[..length];
            let (line, said) = line(format!("{cut}\nand the rest\n").as_bytes(), false);
            assert_eq!(line.unwrap(), format!("{cut}\nand the rest"));
            assert!(
                said.starts_with("! A terminal hands over at most 4094 bytes") && said.contains("word"),
                "{said}"
            );
        }
        // A shorter line is complete, and a file may have lines of any length.
        for (length, file) in [(4_093, false), (5_000, true)] {
            let (line, said) = line(format!("{}\nnext\n", &long[..length]).as_bytes(), file);
            assert_eq!((line.unwrap().len(), said.contains("terminal hands")), (length, false), "{length}");
        }
        // A terminal that goes away delivers the rest without a line end.
        let (line, _) = self::line(&long.as_bytes()[..4_095], false);
        assert_eq!(line.unwrap(), format!("{}\n", &long[..4_095]));
        // A command can be continued, too, and a sign typed at exactly that place is not doubled.
        let (line, _) = self::line(format!(":note {}\\\nend\n", &long[..4_088]).as_bytes(), false);
        assert_eq!(line.unwrap(), format!(":note {}\nend", &long[..4_088]));
    }

    #[test]
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn a_character_that_was_cut_is_left_out_and_nothing_before_it() {
        for (letter, size) in [("é", 2), ("€", 3), ("🙂", 4)] {
            let whole = letter.repeat(3_000);
            let mut input = whole.as_bytes()[..4_095].to_vec();
            input.extend_from_slice(b"\nrest\n");
            let (line, said) = line(&input, false);
            assert_eq!(line.unwrap(), format!("{}\nrest", letter.repeat(4_095 / size)), "{letter}");
            assert!(said.contains(letter) && !said.contains("UTF-8"), "{said}");
        }
        // An invalid byte in the middle has nothing to do with the cut.
        let mut input = vec![b'a'; 4_095];
        input[5] = 0xff;
        input.extend_from_slice(b"\nnext\n");
        let (line, said) = line(&input, false);
        assert!(line.as_deref() == Some("next") && said.contains("not UTF-8"), "{said}");
    }
}
