//! Where texts meet the terminal: the one place of the command line that writes to standard output and standard error.
//! Owns that nothing that somebody typed, stored or named a file after reaches a terminal as a command to it.

use std::io::{self, IsTerminal, Stdout, Write};

use super::Failure;
use crate::defuse;

/// Standard output for whatever writes as it goes: a conversation, rows of a large table.
pub(super) fn stdout() -> Defused<Stdout> {
    Defused::new(io::stdout())
}

/// Prints a result.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints what was drawn with colours by somebody who has defused every text in it.
pub(super) fn print_drawn(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Says something beside the result.
pub(super) fn remark(text: &str) {
    // A remark that cannot be made is no reason to fail.
    let _ = writeln!(io::stderr().lock(), "{}", defuse::text(text));
}

/// Whether colour is welcome: only on a terminal, and only where nobody asked for none.
pub(super) fn colour_wanted() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && !dumb() && io::stdout().is_terminal()
}

/// Whether the terminal can do no more than print.
fn dumb() -> bool {
    std::env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// Whether screens can be drawn.
pub(super) fn screens_possible() -> bool {
    !dumb() && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Passes bytes on with signs in place of characters that act. A character that comes in two pieces is waited for.
pub(super) struct Defused<W: Write> {
    inner: W,
    /// The beginning of a character, or a carriage return that may turn out to end a line.
    waiting: Vec<u8>,
}

impl<W: Write> Defused<W> {
    pub fn new(inner: W) -> Self {
        Self { inner, waiting: Vec::new() }
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        self.inner.write_all(defuse::text(&text).as_bytes())
    }
}

impl<W: Write> Write for Defused<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
        // Nearly everything is this, and large tables pass here.
        if self.waiting.is_empty() && bytes.iter().all(plain) {
            self.inner.write_all(bytes)?;
            return Ok(bytes.len());
        }
        self.waiting.extend_from_slice(bytes);
        let mut all = std::mem::take(&mut self.waiting);
        self.waiting = all.split_off(whole(&all));
        self.pass(&all)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting == b"\r" {
            self.waiting.clear();
            self.pass(b"\r")?;
        }
        self.inner.flush()
    }
}

impl<W: Write> Drop for Defused<W> {
    fn drop(&mut self) {
        let rest = std::mem::take(&mut self.waiting);
        // Whoever did not flush does not want to know.
        let _ = self.pass(&rest);
    }
}

/// How many of the bytes can be judged without knowing the next one.
fn whole(bytes: &[u8]) -> usize {
    if bytes.last() == Some(&b'\r') {
        return bytes.len() - 1;
    }
    let last_start = bytes.iter().rposition(|byte| byte & 0b1100_0000 != 0b1000_0000).unwrap_or(0);
    let wanted = match bytes.get(last_start) {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => 1,
    };
    if bytes.len() - last_start < wanted { last_start } else { bytes.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_come_out_as_the_whole_would(
            text in "[a-zé€👩\r\n\t\u{1b}\u{7f}\u{9b}\u{202e}\u{2028}]{0,30}",
            cuts in prop::collection::vec(0_usize..80, 0..6),
        ) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.sort_unstable();
            cuts.push(bytes.len());
            let mut written = Vec::new();
            {
                let mut out = Defused::new(&mut written);
                let mut from = 0;
                for cut in cuts {
                    out.write_all(&bytes[from..cut]).unwrap();
                    from = cut;
                }
            }
            prop_assert_eq!(String::from_utf8(written).unwrap(), defuse::text(&text).into_owned());
        }

        #[test]
        fn no_bytes_whatever_reach_a_terminal_as_commands(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut written = Vec::new();
            {
                let mut out = Defused::new(&mut written);
                out.write_all(&bytes).unwrap();
                out.flush().unwrap();
            }
            prop_assert_eq!(defuse::first(&String::from_utf8(written).unwrap()), None);
        }
    }
}
