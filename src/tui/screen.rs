//! What a screen is to the stack: something that draws itself, names the commands that work now, and answers to acts.

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
    /// Phrases in the language of the screen.
    pub words: &'static Words,
    /// That language.
    pub language: Language,
    /// The time.
    pub now: Instant,
    /// Lines of the window.
    pub height: u16,
}

impl Look {
    /// Lines for a box in which somebody writes at length: `fewest`, and what a larger window has to spare.
    pub fn box_height(&self, fewest: usize) -> usize {
        (fewest + usize::from(self.height.saturating_sub(LOWEST))).min(MOST_LINES)
    }
}

/// The window for which the least heights were chosen.
const LOWEST: u16 = 24;
/// Most lines of a box: more cannot be overlooked.
const MOST_LINES: usize = 30;

/// Something done by whoever is at the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UserAction {
    /// A key of the table, or a click on the footer.
    Command(Command),
    /// Any other key.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// A click.
    Hit(Hit),
}

impl UserAction {
    /// The first row to show, where it asks for other rows of what is drawn.
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

/// What a screen may use while it answers.
pub(crate) struct With<'a> {
    /// The world outside.
    pub backend: &'a mut dyn Backend,
    /// When the key was read.
    pub at: Clock,
    /// What the last drawing found out.
    pub drawn: &'a Drawn,
}

/// What becomes of the stack.
pub(crate) enum Next {
    /// Nothing; draw again.
    Stay,
    /// Nothing that could be seen.
    Same,
    /// A screen on top.
    Push(Box<dyn Screen>),
    /// Another screen in this place.
    Replace(Box<dyn Screen>),
    /// This screen goes, with what it came to.
    Pop(Option<ScreensEnd>),
    /// Everything ends.
    End(ScreensEnd),
}

/// One screen.
pub(crate) trait Screen {
    /// In which language it is drawn.
    fn language(&self) -> Language;

    /// How it addresses whoever reads it.
    fn address(&self) -> Address {
        Address::default()
    }

    /// What works now, the most important first.
    fn commands(&self) -> Vec<Command>;

    /// Whether letters are text.
    fn typing(&self) -> bool {
        false
    }

    /// Whether the time is shown, so that it must be drawn again as time goes by.
    fn has_clock(&self) -> bool {
        false
    }

    /// Whether it stays at the bottom of the stack whatever ends above it, because whoever sits there may see nothing else.
    fn is_kiosk(&self) -> bool {
        false
    }

    /// Whether the wheel of a mouse moves line by line; elsewhere it scrolls, and never answers.
    fn wheel_moves_lines(&self) -> bool {
        false
    }

    /// Whether it opens the help itself.
    fn handles_help(&self) -> bool {
        false
    }

    /// What it comes to if everything ends here from outside.
    fn if_ended(&self) -> Option<ScreensEnd> {
        None
    }

    /// Whether something that could not be kept has to be told before a key that ends everything does so.
    fn has_to_tell(&mut self, _backend: &mut dyn Backend) -> bool {
        false
    }

    /// Everything ends here from outside: what it comes to.
    fn leave(&mut self, _backend: &mut dyn Backend) -> Option<ScreensEnd> {
        self.if_ended()
    }

    /// Draws it.
    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look);

    /// Answers.
    fn on(&mut self, act: UserAction, with: &mut With) -> Next;

    /// It has been drawn, and everything on it could be seen at this instant; drawing took so long.
    fn shown(&mut self, _at: Clock, _took: Duration) {}

    /// Whether it wants the window for itself, without the keys at the bottom.
    fn is_bare(&self) -> bool {
        false
    }

    /// Whether it wants to know what the terminal can do and how fast it answers; asked after each drawing, and true once.
    fn asks(&mut self) -> bool {
        false
    }

    /// The terminal answered, or did not; whether that changed anything.
    fn answered(&mut self, _answer: Option<TerminalAnswer>) -> bool {
        false
    }

    /// When it changes by itself.
    fn deadline(&self) -> Option<Clock> {
        None
    }

    /// Time has gone by.
    fn pass(&mut self, _now: Clock, _backend: &mut dyn Backend) -> Next {
        Next::Same
    }

    /// Something that takes a while, done after it has been drawn that it is being done.
    fn work(&mut self, _backend: &mut dyn Backend) -> Option<Next> {
        None
    }

    /// The program was put aside in between.
    fn interrupted(&mut self) {}

    /// The program may end here: what has been typed and not kept is kept now.
    fn put_down(&mut self, _backend: &mut dyn Backend) {}

    /// The screen above it went away.
    fn uncovered(&mut self, _backend: &mut dyn Backend) {}
}
