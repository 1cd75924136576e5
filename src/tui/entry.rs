//! Entries: what has been entered at a prompt so far, with one kind for each [`Ask`]. An entry hands over a complete reply or none.
//!
//! Owns the keys that answer and how an unfinished answer looks. Validation is left to the interview.

use std::time::{Duration, Instant as Clock};

use crossterm::event::{KeyCode, KeyModifiers};

use super::calibration::TerminalAnswer;
use super::keys::Command;
use super::page::Page;
use super::screen::{Look, UserAction};
use crate::instrument::prompt::{Ask, Input, Reply};
use crate::interview::{Asked, Begun};

mod allocate;
pub(super) mod editor;
mod number;
mod pick;
mod rank;
mod scale;
pub(super) mod sort;
mod text;

/// The outcome of an act.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Did {
    /// The act has no meaning here.
    Nothing,
    /// The act was meant for the previous prompt and is ignored.
    Early,
    /// The entry changed.
    Changed,
    /// The entry is complete.
    Done(Reply),
    /// The answer is not acceptable yet; the sentence says why.
    Stuck(String),
}

fn given(input: Input) -> Did {
    Did::Done(Reply::Given(input))
}

pub(super) enum PromptEntry {
    /// Nothing to enter.
    Note,
    /// Chosen options.
    Pick(pick::Pick),
    /// Points by row.
    Scale(scale::ScaleEntry),
    /// A number being typed.
    Number(number::NumberEntry),
    /// Words being typed.
    Text(text::TextEntry),
    /// Options in order.
    Rank(rank::Rank),
    /// Points by part.
    Allocate(allocate::Allocate),
    /// A timed block.
    Sort(sort::Sort),
}

impl PromptEntry {
    /// The entry for `ask`, with what was answered before.
    pub fn new(ask: &Ask, reply: Option<&Reply>) -> Self {
        match ask {
            Ask::Note => Self::Note,
            Ask::Pick { options, max, .. } => Self::Pick(pick::Pick::new(options, *max, reply)),
            Ask::Scale(scale) => Self::Scale(scale::ScaleEntry::new(scale, reply)),
            Ask::Number { .. } => Self::Number(number::NumberEntry::new(reply)),
            Ask::Text(text) => Self::Text(text::TextEntry::new(text, reply)),
            Ask::Rank { places, .. } => Self::Rank(rank::Rank::new(*places, reply)),
            Ask::Allocate { parts, .. } => Self::Allocate(allocate::Allocate::new(parts, reply)),
            Ask::Sort(_) => Self::Sort(sort::Sort::new(reply)),
        }
    }

    /// The same, restored from what was entered before the program ended.
    pub fn resumed(ask: &Ask, reply: Option<&Reply>, begun: &Begun) -> Self {
        let as_reply = |input| Some(Reply::Given(input));
        match (ask, begun) {
            (Ask::Pick { .. }, Begun::Chosen(names)) => {
                Self::new(ask, as_reply(Input::Picked(names.clone())).as_ref())
            }
            (Ask::Rank { .. }, Begun::Chosen(names)) => {
                Self::new(ask, as_reply(Input::Ranked(names.clone())).as_ref())
            }
            (Ask::Allocate { .. }, Begun::Allocated(points)) => {
                Self::new(ask, as_reply(Input::Allocated(points.clone())).as_ref())
            }
            (Ask::Scale(scale), Begun::Rated(cells)) => Self::Scale(scale::ScaleEntry::resumed(scale, cells)),
            (Ask::Number { .. }, Begun::Typed(text)) => Self::Number(number::NumberEntry::resumed(text)),
            (Ask::Text(ask), Begun::Typed(text)) => Self::Text(text::TextEntry::resumed(ask, text)),
            // The saved entry belongs to another prompt.
            _ => Self::new(ask, reply),
        }
    }

    /// Whether nothing has been entered; a timed entry never counts as blank.
    pub fn is_blank(&self, ask: &Ask) -> bool {
        match self.begun(ask) {
            Some(Begun::Typed(text)) => {
                text.trim().is_empty() && !matches!(self, Self::Text(words) if words.is_timed())
            }
            Some(Begun::Chosen(names)) => names.is_empty(),
            Some(Begun::Rated(cells)) => cells.iter().all(Option::is_none),
            Some(Begun::Allocated(_)) | None => false,
        }
    }

    /// The unfinished entry to save; `None` for notes and timed blocks.
    pub fn begun(&self, ask: &Ask) -> Option<Begun> {
        match (self, ask) {
            (Self::Pick(pick), Ask::Pick { options, .. }) => Some(Begun::Chosen(pick.begun(options))),
            (Self::Scale(scale), _) => Some(Begun::Rated(scale.begun())),
            (Self::Number(number), _) => Some(Begun::Typed(number.begun())),
            (Self::Text(words), _) => Some(Begun::Typed(words.begun())),
            (Self::Rank(rank), _) => Some(Begun::Chosen(rank.begun())),
            (Self::Allocate(entry), Ask::Allocate { parts, .. }) => {
                Some(Begun::Allocated(entry.begun(parts)))
            }
            _ => None,
        }
    }

    /// Whether letters are typed as text rather than read as keys.
    pub fn typing(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Number(_))
    }

    /// The commands that answer, most important first.
    pub fn commands(&self, ask: &Ask) -> Vec<Command> {
        match (self, ask) {
            (Self::Pick(pick), Ask::Pick { options, .. }) => pick.commands(options),
            (Self::Scale(_), Ask::Scale(scale)) => scale::commands(scale),
            (Self::Text(words), Ask::Text(_)) => words.commands(),
            (Self::Rank(_), Ask::Rank { .. }) => rank::COMMANDS.to_vec(),
            (Self::Allocate(_), Ask::Allocate { .. }) => allocate::COMMANDS.to_vec(),
            _ => vec![Command::Go],
        }
    }

    /// Handles an act that was read at `at`.
    pub fn on(&mut self, act: &UserAction, at: Clock, ask: &Ask, look: &Look) -> Did {
        match (self, ask) {
            (Self::Note, Ask::Note) => match act {
                UserAction::Command(Command::Go) => given(Input::Seen),
                _ => Did::Nothing,
            },
            (Self::Pick(pick), Ask::Pick { options, min, max }) => pick.on(act, options, (*min, *max), look),
            (Self::Scale(entry), Ask::Scale(scale)) => entry.on(act, scale, look),
            (Self::Number(number), Ask::Number { .. }) => number.on(act, ask, look),
            (Self::Text(words), Ask::Text(_)) => words.on(act, at),
            (Self::Rank(rank), Ask::Rank { options, places }) => rank.on(act, options, *places),
            (Self::Allocate(entry), Ask::Allocate { parts, total }) => entry.on(act, parts, *total),
            (Self::Sort(sort), Ask::Sort(block)) => sort.on(act, at, block),
            _ => Did::Nothing,
        }
    }

    /// The current entry, `width` columns wide.
    pub fn page(&self, asked: &Asked, width: usize, look: &Look) -> Page {
        match (self, &asked.prompt.ask) {
            (Self::Note, Ask::Note) => {
                let mut page = Page::default();
                page.text(look.words.note_item, width, look.styles.dim);
                page.staying_from(0);
                page
            }
            (Self::Pick(pick), Ask::Pick { options, min, max }) => {
                pick.page(options, (*min, *max), width, look)
            }
            (Self::Scale(entry), Ask::Scale(scale)) => entry.page(scale, width, look),
            (Self::Number(number), Ask::Number { min, max, whole, unit }) => {
                number.page((*min, *max), *whole, unit.as_deref(), width, look)
            }
            (Self::Text(words), Ask::Text(text)) => words.page(asked, text, width, look),
            (Self::Rank(rank), Ask::Rank { options, places }) => rank.page(options, *places, width, look),
            (Self::Allocate(entry), Ask::Allocate { parts, total }) => entry.page(parts, *total, width, look),
            (Self::Sort(sort), Ask::Sort(block)) => sort.page(block, width, look),
            _ => Page::default(),
        }
    }

    /// Whether it can be set aside and continued later; a timed block has to start again.
    pub fn can_wait(&self) -> bool {
        !matches!(self, Self::Sort(_))
    }

    /// The entry was visible from `at` on; drawing it took `took`.
    pub fn shown(&mut self, at: Clock, took: Duration) {
        match self {
            Self::Text(words) => words.shown(at),
            Self::Sort(sort) => sort.shown(at, took),
            _ => {}
        }
    }

    /// Something interrupted the entry, so its times would be wrong.
    pub fn interrupted(&mut self) {
        match self {
            Self::Text(words) => words.interrupted(),
            Self::Sort(sort) => sort.interrupted(),
            _ => {}
        }
    }

    /// The timed block, if one is running.
    pub fn running(&self) -> Option<&sort::Sort> {
        match self {
            Self::Sort(sort) => Some(sort).filter(|sort| sort.is_running()),
            _ => None,
        }
    }

    /// Whether the terminal must be probed for the coming timed block; true once.
    pub fn asks(&mut self) -> bool {
        match self {
            Self::Sort(sort) => sort.asks(),
            _ => false,
        }
    }

    /// Handles the terminal's answer, `None` if it gave none; returns whether anything changed.
    pub fn answered(&mut self, answer: Option<TerminalAnswer>, ask: &Ask) -> bool {
        match (self, ask) {
            (Self::Sort(sort), Ask::Sort(block)) => sort.answered(answer, block),
            _ => false,
        }
    }

    /// When the entry changes on its own.
    pub fn deadline(&self) -> Option<Clock> {
        self.running().and_then(sort::Sort::deadline)
    }

    /// Handles the passing of time.
    pub fn pass(&mut self, now: Clock) -> Did {
        match self {
            Self::Sort(sort) => sort.pass(now),
            _ => Did::Nothing,
        }
    }
}

/// The index after moving one step from `from` in a list of `len`, stopping at the ends; without a start, the first or last.
fn moved(from: Option<usize>, down: bool, len: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    Some(match (from, down) {
        (None, true) => 0,
        (None, false) => last,
        (Some(at), true) => (at + 1).min(last),
        (Some(at), false) => at.saturating_sub(1),
    })
}

/// Whether a key clears what was typed, as in a text field.
fn clears(event: &crossterm::event::KeyEvent) -> bool {
    event.code == KeyCode::Char('u') && event.modifiers == KeyModifiers::CONTROL
}

/// The digit of a key.
fn digit(act: &UserAction) -> Option<u32> {
    match act {
        // Some keyboards need Shift for a digit, and some terminals say so.
        UserAction::Key(event) if (event.modifiers - KeyModifiers::SHIFT).is_empty() => match event.code {
            KeyCode::Char(letter) => letter.to_digit(10),
            _ => None,
        },
        _ => None,
    }
}
