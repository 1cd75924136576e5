//! The state of the terminal: taken over when the screens begin and restored when they end, however they end.

use std::cell::RefCell;
use std::io::{self, Write, stdout};
use std::panic;
use std::rc::Rc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal};

use crate::defuse;

/// Whether the terminal is currently taken over, so that restoring it twice does no harm.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal was told to report repeated keys.
static REPORTING: AtomicBool = AtomicBool::new(false);

/// The request that makes a terminal distinguish key presses from repeats.
const REPORTS: KeyboardEnhancementFlags =
    KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES.union(KeyboardEnhancementFlags::REPORT_EVENT_TYPES);

/// A terminal that has been taken over; dropping it gives it back.
pub(super) struct Guard {
    terminal: Terminal<CrosstermBackend<Frames>>,
    frames: Frames,
}

/// A frame being written. It is buffered and leaves in one piece: standard output would split it into chunks of about a thousand
/// bytes, and another program could get the processor between two of them before the frame is complete.
#[derive(Clone, Default)]
struct Frames(Rc<RefCell<Vec<u8>>>);

impl Frames {
    fn hand_over(&self) -> io::Result<()> {
        let bytes = self.0.take();
        let mut out = stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Guard {
    /// Takes the terminal over.
    pub fn enter() -> io::Result<Self> {
        give_back_on_panic();
        take()?;
        let frames = Frames::default();
        match Terminal::new(CrosstermBackend::new(frames.clone())) {
            Ok(terminal) => Ok(Self { terminal, frames }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Draws; returns once everything has been handed to the terminal.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        // A caught panic does not end the program, but its hook has restored the terminal.
        if !TAKEN.load(Ordering::SeqCst) {
            self.renew()?;
        }
        // Terminals that support synchronized updates show the frame at once; others ignore both sequences.
        queue!(self.frames, BeginSynchronizedUpdate)?;
        let defused = |frame: &mut Frame| {
            draw(frame);
            defuse_cells(frame.buffer_mut());
        };
        let drawn = self.terminal.draw(defused).map(|_| ());
        queue!(self.frames, EndSynchronizedUpdate)?;
        self.frames.hand_over()?;
        drawn
    }

    /// Turns the reporting of repeated keys on or off. Only for terminals that support it.
    pub fn report_repeats(&self, on: bool) -> io::Result<()> {
        if REPORTING.swap(on, Ordering::SeqCst) == on {
            return Ok(());
        }
        if on {
            execute!(stdout(), PushKeyboardEnhancementFlags(REPORTS))
        } else {
            execute!(stdout(), PopKeyboardEnhancementFlags)
        }
    }

    /// Restores the terminal, stops the program as Ctrl+Z does elsewhere, and takes the terminal over again when it continues.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        stop()?;
        self.renew()
    }

    /// Takes the terminal over again and redraws everything.
    pub fn renew(&mut self) -> io::Result<()> {
        // After a stop from outside, crossterm still believes in raw mode although the shell has ended it.
        disable_raw_mode()?;
        take()?;
        // Clearing asks the terminal where its cursor is, and the answer goes to the thread that reads keys; resizing
        // clears without asking.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Keys typed at a screen that is gone must not reach the shell as a command.
        pass_over_what_waits();
        give_back();
    }
}

/// Errors are ignored, because this is only a courtesy.
#[cfg(unix)]
fn pass_over_what_waits() {
    let _ = rustix::termios::tcflush(std::io::stdin(), rustix::termios::QueueSelector::IFlush);
}

#[cfg(not(unix))]
fn pass_over_what_waits() {}

fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    // A relata that was killed left its screen behind, along with whatever was typed over it since.
    execute!(
        stdout(),
        EnterAlternateScreen,
        Clear(ClearType::All),
        EnableMouseCapture,
        EnableBracketedPaste,
        cursor::Hide
    )
}

/// Errors are ignored: there is nowhere left to report them.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        if REPORTING.swap(false, Ordering::SeqCst) {
            let _ = execute!(stdout(), PopKeyboardEnhancementFlags);
        }
        let _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            DisableBracketedPaste,
            DisableMouseCapture,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// Removes control characters from every cell. Some widgets append zero-width characters to the cell before, where a mark that
/// changes the writing direction would affect the rest of the line.
fn defuse_cells(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| defuse::first(cell.symbol()).is_some()) {
        let safe: String = cell.symbol().chars().filter(|&c| !defuse::acts(c)).collect();
        cell.set_symbol(if safe.is_empty() { " " } else { &safe });
    }
}

/// Restores the terminal before a panic message is printed, so that it can be read.
fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
    });
}

/// Stops the whole process group, as the terminal would: the shell script or program that started relata waits in the same group.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
    Ok(())
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::*;

    /// Runs on the terminal created by the test below, in its own process.
    #[test]
    #[ignore = "it takes the terminal over; another test runs it on a terminal made for it"]
    fn draws_before_and_after_a_panic_that_is_caught() {
        let mut guard = Guard::enter().unwrap();
        guard.draw(|frame| frame.render_widget("before", frame.area())).unwrap();
        let caught = panic::catch_unwind(|| panic!("caught"));
        assert!(caught.is_err());
        guard.draw(|frame| frame.render_widget("after", frame.area())).unwrap();
    }

    #[test]
    fn the_screens_go_on_after_a_panic_that_was_caught() {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        let name = "tui::terminal::tests::draws_before_and_after_a_panic_that_is_caught";
        command.args(["--ignored", "--exact", "--nocapture", name]);
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let mut bytes = Vec::new();
        // Some systems report the other side's end as an error.
        let _ = output.read_to_end(&mut bytes);
        let written = String::from_utf8_lossy(&bytes);
        assert!(child.wait().unwrap().success(), "{written}");
        let second = written.split("\u{1b}[?1049h").nth(2).unwrap_or_default();
        let (on_screen, _) = second.split_once("\u{1b}[?1049l").unwrap_or_default();
        assert!(on_screen.contains("after"), "{written:?}");
    }
}
