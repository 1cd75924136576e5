//! The one place of the command line that writes to standard output and standard error. Defuses every text on its way out, so that no
//! input, stored text or file name can send the terminal a control sequence.

use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::Mutex;

use super::Failure;
use super::table::markdown_table;
use crate::texts::{broken, unbroken};
use crate::{defuse, tui};

/// Standard output for writers that do not print all at once: a conversation, the rows of a large table.
pub(super) fn stdout() -> Defused<Stdout> {
    Defused::new(io::stdout())
}

/// Standard output for text that people read while it is written: on a terminal, lines break between words.
pub(super) fn wrapped() -> Wrapped<Defused<Stdout>> {
    Wrapped::new(stdout(), columns)
}

/// The width in which text for people has to fit, if standard output is a terminal.
pub(super) fn columns() -> Option<usize> {
    if io::stdout().is_terminal() { tui::columns() } else { None }
}

/// Prints a result.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints text that is read, and lists that are: on a terminal, lines break between words and tables fit.
pub(super) fn print_for_people(text: &str) -> Result<(), Failure> {
    let mut out = wrapped();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints a drawing with colours. The caller has defused every text in it.
pub(super) fn print_drawn(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// What a line begins with that is a command to be copied.
const COMMAND: &str = "  relata ";

/// Remarks that wait until the screens are gone; none while nothing is drawn.
static WAITING: Mutex<Option<Vec<String>>> = Mutex::new(None);

/// Lets remarks wait, because screens are about to be drawn.
pub(super) fn hold_remarks() {
    if let Ok(mut waiting) = WAITING.lock() {
        waiting.get_or_insert_default();
    }
}

/// Makes the remarks that waited.
pub(super) fn make_remarks() {
    let waiting = WAITING.lock().ok().and_then(|mut waiting| waiting.take());
    waiting.into_iter().flatten().for_each(|text| remark(&text));
}

/// Says something beside the result.
pub(super) fn remark(text: &str) {
    if let Ok(mut waiting) = WAITING.lock()
        && let Some(waiting) = waiting.as_mut()
    {
        waiting.push(text.to_owned());
        return;
    }
    let columns = || if io::stderr().is_terminal() { tui::columns() } else { None };
    let mut out = Wrapped::new(io::stderr().lock(), columns);
    // A remark that cannot be made is no reason to fail.
    let _ = writeln!(out, "{}", defuse::text(text)).and_then(|()| out.flush());
}

/// Shows which share of something long is done, on a terminal alone; the next one is written over it.
pub(super) fn progress(share: f64) {
    if !dumb() && io::stderr().is_terminal() {
        let _ = write!(io::stderr().lock(), "\r{:>3.0} %", (100.0 * share).floor());
    }
}

/// Takes [`progress`] away.
pub(super) fn progress_over() {
    if !dumb() && io::stderr().is_terminal() {
        let _ = write!(io::stderr().lock(), "\r     \r");
    }
}

/// Whether to use colour: on a terminal, unless `NO_COLOR` is set.
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

/// Passes text on with visible signs in place of control characters. Buffers a character that arrives in two pieces.
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

/// Wraps lines at words to the width that `columns` gives at that moment, if any, and lays out tables of Markdown in it. An unfinished line,
/// such as a prompt, is written on flush. Fenced blocks of Markdown are not wrapped, nor is a command on a line of its own, which has to be
/// copied without breaks.
pub(super) struct Wrapped<W: Write> {
    inner: W,
    columns: fn() -> Option<usize>,
    line: Vec<u8>,
    /// The lines of a table that may go on.
    table: String,
    fenced: bool,
}

impl<W: Write> Wrapped<W> {
    pub fn new(inner: W, columns: fn() -> Option<usize>) -> Self {
        Self { inner, columns, line: Vec::new(), table: String::new(), fenced: false }
    }

    /// Writes the buffered part of a line.
    fn pass(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let fence = line.starts_with(b"```");
        self.fenced ^= fence;
        let kept = line.starts_with(COMMAND.as_bytes());
        let width = (self.columns)().filter(|_| !self.fenced && !fence && !kept);
        let (Some(width), Ok(text)) = (width, std::str::from_utf8(&line)) else {
            self.end_table()?;
            return self.inner.write_all(&line);
        };
        if text.starts_with('|') {
            self.table += text;
            return Ok(());
        }
        self.end_table()?;
        let (text, open) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
        let words = text.trim_start();
        let indent = &text[..text.len() - words.len()];
        // Hanging indent: the marker of a list item or choice stands out.
        let marker = words.split_inclusive(' ').next().filter(|word| {
            let sign = word.trim_end();
            word.len() > sign.len() && sign.chars().all(|c| c.is_ascii_digit() || "-*>!".contains(c))
        });
        let hanging = format!("{indent}{}", " ".repeat(marker.map_or(0, str::len)));
        let room = width.max(20);
        let options = textwrap::Options::new(room)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .initial_indent(indent)
            .subsequent_indent(&hanging);
        // A prompt ends with a blank, and the answer is typed behind it.
        let end = &words[words.trim_end().len()..];
        let wrapped = broken(&textwrap::fill(&unbroken(words.trim_end()), options));
        write!(self.inner, "{wrapped}{end}{open}")
    }

    fn end_table(&mut self) -> io::Result<()> {
        let table = std::mem::take(&mut self.table);
        if table.is_empty() {
            return Ok(());
        }
        self.inner.write_all(markdown_table(&table, (self.columns)()).as_bytes())
    }
}

impl<W: Write> Write for Wrapped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.pass()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass()?;
        self.end_table()?;
        self.inner.flush()
    }
}

impl<W: Write> Drop for Wrapped<W> {
    fn drop(&mut self) {
        // Whoever did not flush does not want to know.
        let _ = self.pass().and_then(|()| self.end_table());
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

    fn wrap(text: &str) -> String {
        let mut written = Vec::new();
        {
            let mut out = Wrapped::new(&mut written, || Some(30));
            for piece in text.as_bytes().chunks(7) {
                out.write_all(piece).unwrap();
            }
            out.flush().unwrap();
        }
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn lines_break_between_words_and_hang_under_them() {
        assert_eq!(
            wrap("If Acme is in trouble, we help first.\n  3 Somewhat, and only where it is asked for\n> "),
            "If Acme is in trouble, we help\nfirst.\n  3 Somewhat, and only where\n    it is asked for\n> "
        );
        let kept = "```text\na bar that is wider than thirty columns\n| and more of it\n```\n\n";
        assert_eq!(wrap(kept), kept);
        let command = "Go on with:\n  relata resume 0123456 --study 'a study with a long name.relata'\n";
        assert_eq!(wrap(command), command, "a command is copied whole");
        assert_eq!(
            wrap(
                "**Scales**\n\n| scale of ratings | n |\n|---|---:|\n| Trust in the \\| of others | 12 |\n| – | 3 |\n\nAfter it.\n"
            ),
            "**Scales**\n\nscale of ratings            n\nTrust in the \\| of others  12\n–                           3\n\nAfter it.\n"
        );
        let unnamed = "| | n |\n|---|---:|\n| classes |  |\n| rows | 3 |\n";
        assert_eq!(wrap(unnamed), "         n\nclasses\nrows     3\n");
        let long = "Kwaliteitsmanagementsysteemverantwoordelijkheid\n";
        assert_eq!(wrap(long), long, "a word is never broken by us");
    }

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
