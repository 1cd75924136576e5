//! Standard input for the line-by-line mode. A signal that asks the program to end acts as the end of input, so that the program
//! leaves in the same way: everything is saved and the command to resume is printed.
//!
//! Does not interpret lines. A line that is still being typed is held by the terminal, and no program sees it.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

enum Piece {
    Bytes(Vec<u8>),
    /// The input is at its end.
    End,
    /// A signal asked the program to end.
    Signal,
    Failed(io::Error),
}

/// Lines of standard input, up to its end or to a signal.
#[derive(Debug)]
pub struct StandardLines {
    pieces: Receiver<Piece>,
    piece: Vec<u8>,
    at: usize,
    /// The last byte that was consumed.
    last: Option<u8>,
    over: bool,
}

/// Begins to read standard input; `terminal` says whether it is a terminal.
///
/// # Errors
/// No thread or signal handler can be started.
pub fn standard_lines(terminal: bool) -> io::Result<StandardLines> {
    let (sender, pieces) = sync_channel(1);
    signals(terminal, sender.clone())?;
    let read = move || {
        loop {
            let mut piece = vec![0; 8_192];
            let read = match io::stdin().lock().read(&mut piece) {
                Ok(0) => Piece::End,
                Ok(length) => {
                    piece.truncate(length);
                    Piece::Bytes(piece)
                }
                Err(why) if why.kind() == io::ErrorKind::Interrupted => continue,
                Err(why) => Piece::Failed(why),
            };
            let more = matches!(read, Piece::Bytes(_));
            if sender.send(read).is_err() || !more {
                return;
            }
        }
    };
    thread::Builder::new().name("lines".into()).spawn(read)?;
    Ok(StandardLines::of(pieces))
}

impl StandardLines {
    fn of(pieces: Receiver<Piece>) -> Self {
        Self { pieces, piece: Vec::new(), at: 0, last: None, over: false }
    }
}

impl BufRead for StandardLines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.piece.len() && !self.over {
            self.at = 0;
            self.piece.clear();
            match self.pieces.recv() {
                Ok(Piece::Bytes(piece)) => self.piece = piece,
                Ok(Piece::Failed(why)) => return Err(why),
                // A line cut off by the signal is not complete, so a backslash marks it as continued.
                Ok(Piece::Signal) if self.last.is_some_and(|last| !matches!(last, b'\n' | b'\\')) => {
                    self.piece.push(b'\\');
                    self.over = true;
                }
                Ok(Piece::Signal | Piece::End) | Err(_) => self.over = true,
            }
        }
        Ok(self.piece.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        if let Some(last) = count.checked_sub(1).and_then(|last| self.piece.get(self.at + last)) {
            self.last = Some(*last);
        }
        self.at += count;
    }
}

impl Read for StandardLines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(into.len());
        if let (Some(into), Some(there)) = (into.get_mut(..count), there.get(..count)) {
            into.copy_from_slice(there);
        }
        self.consume(count);
        Ok(count)
    }
}

#[cfg(unix)]
fn signals(terminal: bool, sender: SyncSender<Piece>) -> io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;

    let mut all = vec![SIGINT, SIGTERM];
    // A program that is meant to outlive its terminal, as with nohup, is started with another input.
    if terminal {
        all.push(SIGHUP);
    }
    let asked = Arc::new(AtomicBool::new(false));
    for signal in &all {
        // A second signal ends the program at once, whatever it is waiting for.
        flag::register_conditional_shutdown(*signal, 1, asked.clone())?;
        flag::register(*signal, asked.clone())?;
    }
    let mut signals = signal_hook::iterator::Signals::new(&all)?;
    let listen = move || {
        if signals.forever().next().is_some() {
            // The receiver is gone once the conversation is over.
            let _ = sender.send(Piece::Signal);
        }
    };
    thread::Builder::new().name("signals".into()).spawn(listen)?;
    Ok(())
}

#[cfg(not(unix))]
fn signals(_: bool, _: SyncSender<Piece>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: Vec<Piece>) -> Vec<String> {
        let (sender, receiver) = sync_channel(pieces.len());
        pieces.into_iter().for_each(|piece| sender.send(piece).unwrap());
        // The signal ends the input, whatever follows it.
        StandardLines::of(receiver).lines().map(Result::unwrap).collect()
    }

    fn bytes(text: &str) -> Piece {
        Piece::Bytes(text.as_bytes().to_vec())
    }

    #[test]
    fn a_signal_is_the_end_of_the_input_and_makes_no_whole_line_of_half_a_one() {
        assert_eq!(
            read(vec![bytes("one\ntwo"), bytes(" and\nthree"), Piece::End]),
            ["one", "two and", "three"]
        );
        assert_eq!(read(vec![bytes("one\n"), Piece::Signal, bytes("two\n")]), ["one"]);
        assert_eq!(read(vec![bytes("one\nhalf"), Piece::Signal]), ["one", "half\\"]);
        assert_eq!(read(vec![bytes("goes on\\"), Piece::Signal]), ["goes on\\"]);
        assert!(read(vec![Piece::Signal]).is_empty());
    }
}
