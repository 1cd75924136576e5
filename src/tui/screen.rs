//! The interface between a screen and the stack: a screen draws itself, lists the commands that work now and handles acts.

use std::time::{Duration, Instant as Clock};

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::calibration::TerminalAnswer;
use super::keys::Command;
use super::page::{Canvas, Drawn, Hit};
use super::theme::Styles;
use super::words::Words;
use super::{Backend, ScreensEnd};
use crate::instrument::{Address, Language};
use crate::interview::Instant;

/// What drawing needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// Colours.
    pub styles: Styles,
    /// Phrases in `language`.
    pub words: &'static Words,
    /// The language of the screen.
    pub language: Language,
    /// The time.
    pub now: Instant,
    /// Lines of the window.
    pub height: u16,
}

impl Look {
    /// Height of a box for longer texts: `fewest` lines plus what a taller window has to spare.
    pub fn box_height(&self, fewest: usize) -> usize {
        (fewest + usize::from(self.height.saturating_sub(LOWEST))).min(MOST_LINES)
    }
}

/// The window height that the minimum box heights are designed for.
const LOWEST: u16 = 24;
/// Tallest box: longer texts are hard to keep an eye on.
const MOST_LINES: usize = 30;

/// An act of the user.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UserAction {
    /// A bound key, or a click on the footer.
    Command(Command),
    /// Any other key.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// A click.
    Hit(Hit),
}

impl UserAction {
    /// The first row to show, if the act scrolls what is drawn.
    pub fn scrolls(&self, drawn: &Drawn) -> Option<usize> {
        let rows = match self {
            Self::Command(Command::LineUp) => -1,
            Self::Command(Command::LineDown) => 1,
            Self::Command(Command::PageUp) => -drawn.leap(),
            Self::Command(Command::PageDown) => drawn.leap(),
            _ => return None,
        };
        Some(drawn.scrolled(rows))
    }
}

/// What a screen has access to while it handles an act.
pub(crate) struct With<'a> {
    /// Everything outside the screens.
    pub backend: &'a mut dyn Backend,
    /// When the key was read.
    pub at: Clock,
    /// What the last drawing found out.
    pub drawn: &'a Drawn,
}

/// What happens to the stack after an act.
pub(crate) enum Next {
    /// Nothing changes; draw again.
    Stay,
    /// Nothing visible changed.
    Same,
    /// Puts a screen on top.
    Push(Box<dyn Screen>),
    /// Replaces this screen.
    Replace(Box<dyn Screen>),
    /// Closes this screen, with its outcome.
    Pop(Option<ScreensEnd>),
    /// Ends everything.
    End(ScreensEnd),
}

/// One screen.
pub(crate) trait Screen {
    /// The language it is drawn in.
    fn language(&self) -> Language;

    /// The form of address towards its reader.
    fn address(&self) -> Address {
        Address::default()
    }

    /// The commands that work now, most important first.
    fn commands(&self) -> Vec<Command>;

    /// Whether letters are typed as text rather than read as keys.
    fn typing(&self) -> bool {
        false
    }

    /// Whether the time is shown, so that it has to be redrawn as time passes.
    fn has_clock(&self) -> bool {
        false
    }

    /// Whether it always stays at the bottom of the stack, because its users may see nothing else of the machine.
    fn is_kiosk(&self) -> bool {
        false
    }

    /// Whether the mouse wheel moves line by line; otherwise it scrolls, and it never answers.
    fn wheel_moves_lines(&self) -> bool {
        false
    }

    /// Whether it opens help itself.
    fn handles_help(&self) -> bool {
        false
    }

    /// The outcome if the program were ended from outside now.
    fn if_ended(&self) -> Option<ScreensEnd> {
        None
    }

    /// Whether the user must be told that something was not saved before a key may end everything.
    fn has_to_tell(&mut self, _backend: &mut dyn Backend) -> bool {
        false
    }

    /// The program is ending from outside; returns the outcome.
    fn leave(&mut self, _backend: &mut dyn Backend) -> Option<ScreensEnd> {
        self.if_ended()
    }

    /// Draws it.
    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look);

    /// Handles an act.
    fn on(&mut self, act: UserAction, with: &mut With) -> Next;

    /// The screen was drawn and visible at this instant; drawing took `_took`.
    fn shown(&mut self, _at: Clock, _took: Duration) {}

    /// Whether it needs the whole window, without the keys at the bottom.
    fn is_bare(&self) -> bool {
        false
    }

    /// Whether the terminal must be probed for its abilities and speed; checked after each drawing, and true once.
    fn asks(&mut self) -> bool {
        false
    }

    /// Handles the terminal's answer, `None` if it gave none; returns whether anything changed.
    fn answered(&mut self, _answer: Option<TerminalAnswer>) -> bool {
        false
    }

    /// When it changes on its own.
    fn deadline(&self) -> Option<Clock> {
        None
    }

    /// Handles the passing of time.
    fn pass(&mut self, _now: Clock, _backend: &mut dyn Backend) -> Next {
        Next::Same
    }

    /// Slow work, run after the screen that announces it was drawn.
    fn work(&mut self, _backend: &mut dyn Backend) -> Option<Next> {
        None
    }

    /// The program was suspended in the meantime.
    fn interrupted(&mut self) {}

    /// The program may end now: saves what was typed and is not saved yet.
    fn put_down(&mut self, _backend: &mut dyn Backend) {}

    /// The screen above it was closed.
    fn uncovered(&mut self, _backend: &mut dyn Backend) {}
}
