//! Reads the terminal on a thread of its own, so that a key is stamped when it arrives and not when drawing or disk writes are
//! done.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant as Clock};

use crossterm::event::{self, Event, KeyCode, KeyEventKind, MouseEventKind};

use super::calibration::{self, TerminalAnswer};

/// How long to wait after an Esc for the rest of a terminal answer that arrived in two pieces.
const REST: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(super) enum TerminalInput {
    /// An event of the terminal.
    Event {
        /// When it was read.
        at: Clock,
        /// What happened.
        event: Event,
    },
    /// The terminal's answer to a probe, `None` if it gave none.
    Answered(Option<TerminalAnswer>),
    /// The program was stopped from outside and continues.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no such signals"))]
    Continued,
    /// The program is asked to end.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no such signals"))]
    Terminated,
    /// The terminal can no longer be read.
    Failed(io::Error),
}

impl TerminalInput {
    /// Whether it only reports a new window size.
    pub fn is_resize(&self) -> bool {
        matches!(self, Self::Event { event: Event::Resize(..), .. })
    }
}

/// The reading threads. They live until the program ends, because a blocked read cannot be interrupted.
pub(super) struct KeyReader {
    /// What was read, in order.
    pub inputs: Receiver<TerminalInput>,
    /// Whether the terminal must be probed.
    ask: Arc<AtomicBool>,
}

impl KeyReader {
    /// Begins to read.
    pub fn start() -> io::Result<Self> {
        let (sender, inputs) = channel();
        signals(sender.clone())?;
        let ask = Arc::new(AtomicBool::new(false));
        let asked = ask.clone();
        thread::Builder::new().name("keys".into()).spawn(move || read(&sender, &asked))?;
        Ok(Self { inputs, ask })
    }

    /// The first waiting input that is not a resize. One drawing at the current size covers all waiting resizes; drawing for each
    /// would make a key wait behind all that arrive while a slow terminal is drawing.
    pub fn after_resizes(&self) -> Option<TerminalInput> {
        self.inputs.try_iter().find(|input| !input.is_resize())
    }

    /// Has the reading thread probe the terminal; the result arrives as [`TerminalInput::Answered`]. That thread is blocked waiting
    /// for a key, so a fake resize signal wakes it.
    pub fn ask(&self) -> bool {
        self.ask.store(true, Ordering::SeqCst);
        wake()
    }
}

#[cfg(unix)]
fn wake() -> bool {
    rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::WINCH).is_ok()
}

#[cfg(not(unix))]
fn wake() -> bool {
    false
}

fn read(sender: &Sender<TerminalInput>, ask: &AtomicBool) {
    // A terminal that did not answer once is not probed again, so that the user does not wait for it twice.
    let mut silent = false;
    let mut asked = false;
    let mut rest: Option<(Clock, Event)> = None;
    loop {
        let read = match rest.take() {
            Some(read) => Ok(read),
            None => event::read().map(|event| (Clock::now(), event)),
        };
        // Probe before handing the event on: a timed block that starts because of it must not find this thread probing.
        if ask.swap(false, Ordering::SeqCst) {
            asked = true;
            let answer = if silent { None } else { calibration::ask() };
            silent = answer.is_none();
            if sender.send(TerminalInput::Answered(answer)).is_err() {
                return;
            }
        }
        let (at, event) = match read {
            Ok((_, event)) if is_noise(&event) => continue,
            Ok(read) => read,
            Err(error) => {
                // The receiver may be gone.
                let _ = sender.send(TerminalInput::Failed(error));
                return;
            }
        };
        if asked && is_key(&event, KeyCode::Esc) {
            let (whole, next) = unless_answer(event, || {
                let more = event::poll(REST).is_ok_and(|more| more);
                more.then(event::read).and_then(Result::ok)
            });
            rest = next.map(|event| (Clock::now(), event));
            if let Some(event) = whole
                && sender.send(TerminalInput::Event { at, event }).is_err()
            {
                return;
            }
        } else if sender.send(TerminalInput::Event { at, event }).is_err() {
            return;
        }
    }
}

/// The Esc, unless it is the start of a terminal answer that the line split in two (`ESC`, later `[?62;22c`), which nobody pressed.
/// Also returns an event that follows and is not part of the answer.
fn unless_answer(esc: Event, mut next: impl FnMut() -> Option<Event>) -> (Option<Event>, Option<Event>) {
    match next() {
        Some(event) if is_key(&event, KeyCode::Char('[')) => {}
        other => return (Some(esc), other),
    }
    loop {
        match next() {
            Some(Event::Key(key)) => match key.code {
                KeyCode::Char('?' | ';' | '0'..='9') => {}
                // The final letter of an answer.
                KeyCode::Char('c' | 'u') => return (None, None),
                _ => return (None, Some(Event::Key(key))),
            },
            other => return (None, other),
        }
    }
}

fn is_key(event: &Event, code: KeyCode) -> bool {
    matches!(event, Event::Key(key) if key.code == code && key.modifiers.is_empty())
}

/// Key releases and mouse movement have no meaning here and are frequent.
fn is_noise(event: &Event) -> bool {
    match event {
        Event::Key(key) => key.kind == KeyEventKind::Release,
        Event::Mouse(mouse) => {
            matches!(mouse.kind, MouseEventKind::Moved | MouseEventKind::Drag(_) | MouseEventKind::Up(_))
        }
        _ => false,
    }
}

#[cfg(unix)]
fn signals(sender: Sender<TerminalInput>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGCONT, SIGHUP, SIGINT, SIGTERM])?;
    let listen = move || {
        for signal in signals.forever() {
            let input = if signal == SIGCONT { TerminalInput::Continued } else { TerminalInput::Terminated };
            if sender.send(input).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(listen)?;
    Ok(())
}

#[cfg(not(unix))]
fn signals(_: Sender<TerminalInput>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Event> {
        let code = |letter| if letter == '\u{1b}' { KeyCode::Esc } else { KeyCode::Char(letter) };
        text.chars().map(|letter| Event::Key(code(letter).into())).collect()
    }

    fn of(text: &str) -> (Option<Event>, Option<Event>, usize) {
        let mut events = keys(text).into_iter();
        let esc = events.next().unwrap();
        let (whole, next) = unless_answer(esc, || events.next());
        (whole, next, events.count())
    }

    #[test]
    fn a_key_waits_behind_one_change_of_the_window_and_none_is_lost() {
        let (sender, inputs) = channel();
        let reader = KeyReader { inputs, ask: Arc::default() };
        let mut expected = Vec::new();
        for (resizes, key) in [(2_000, 'a'), (0, 'b'), (1, 'c'), (3, 'd')] {
            for width in 0..resizes {
                sender
                    .send(TerminalInput::Event { at: Clock::now(), event: Event::Resize(width, 24) })
                    .unwrap();
            }
            sender
                .send(TerminalInput::Event { at: Clock::now(), event: Event::Key(KeyCode::Char(key).into()) })
                .unwrap();
            expected.push(key);
        }
        // Like the main loop, which ends every turn with a drawing.
        let (mut turns, mut keys, mut held) = (0, Vec::new(), None);
        while let Some(input) = held.take().or_else(|| reader.inputs.try_recv().ok()) {
            turns += 1;
            if input.is_resize() {
                held = reader.after_resizes();
            }
            if let TerminalInput::Event { event: Event::Key(key), .. } = input {
                keys.extend(key.code.as_char());
            }
        }
        assert_eq!((keys, turns), (expected, 7));
    }

    #[test]
    fn an_answer_in_two_pieces_is_no_key() {
        assert_eq!(of("\u{1b}[?62;22cx"), (None, None, 1));
        assert_eq!(of("\u{1b}[?0u\u{1b}"), (None, None, 1));
        // The rest of the answer never comes; what follows is an ordinary key.
        assert_eq!(of("\u{1b}[?6e"), (None, keys("e").pop(), 0));
        assert_eq!(of("\u{1b}[?6"), (None, None, 0));
    }

    #[test]
    fn a_key_that_was_pressed_stays_one() {
        let esc = || keys("\u{1b}").pop();
        assert_eq!(of("\u{1b}"), (esc(), None, 0));
        assert_eq!(of("\u{1b}ex"), (esc(), keys("e").pop(), 1));
        assert_eq!(of("\u{1b}\u{1b}"), (esc(), esc(), 0));
    }
}
