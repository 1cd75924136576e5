//! The help screen: every key from the key table, those that work now first.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::instrument::Language;
use crate::tui::keys::{Binding, Command, TABLE};
use crate::tui::page::{Canvas, Page, fit};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};

/// Columns for the keys.
const KEYS: usize = 22;

/// The list of keys.
pub(crate) struct Help {
    /// The commands that worked when help was opened.
    pub now: Vec<Command>,
    /// Whether letters were typed as text there.
    pub typing: bool,
    /// Whether it was opened in an interview, which hides the keys for coding and studies.
    pub interview: bool,
    /// Whether it was opened on a shared machine, where suspending the program is not possible.
    pub kiosk: bool,
    /// In which language.
    pub language: Language,
    /// First row to show.
    pub top: usize,
}

impl Help {
    /// Help for a place where these commands work.
    pub fn new(now: Vec<Command>, typing: bool, language: Language) -> Self {
        Self { now, typing, interview: false, kiosk: false, language, top: 0 }
    }

    /// Help in an interview.
    pub fn in_interview(now: Vec<Command>, typing: bool, language: Language) -> Self {
        Self { interview: true, ..Self::new(now, typing, language) }
    }

    /// The same on a shared machine, if `kiosk` is set.
    pub fn on_a_kiosk(self, kiosk: bool) -> Self {
        Self { kiosk, ..self }
    }
}

impl Screen for Help {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        vec![Command::Close, Command::LineUp, Command::LineDown, Command::PageDown, Command::PageUp]
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let mut page = Page::default();
        let (now, elsewhere): (Vec<_>, Vec<_>) =
            TABLE.iter().partition(|binding| self.now.contains(&binding.command));
        let elsewhere: Vec<_> =
            elsewhere.into_iter().filter(|binding| !self.interview || binding.is_of_interviews()).collect();
        page.text(look.words.help_now, width, look.styles.strong);
        list(&mut page, &now, (self.typing, &self.now), width, look);
        if cfg!(unix) && !self.kiosk {
            entry(&mut page, "Ctrl+Z", look.words.help_suspend, width, look);
        }
        page.blank();
        page.text(look.words.help_words, width, look.styles.dim);
        if !self.kiosk {
            page.blank();
            page.text(look.words.help_elsewhere, width, look.styles.strong);
            list(&mut page, &elsewhere, (false, &[]), width, look);
        }
        let card = Card {
            title: look.words.help_title,
            page: &page,
            top: Some(self.top),
            tall: true,
            widest: WIDEST,
        };
        card.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        let Some(top) = act.scrolls(with.drawn) else { return Next::Pop(None) };
        self.top = top;
        Next::Stay
    }
}

fn list(
    page: &mut Page,
    bindings: &[&Binding],
    (typing, available): (bool, &[Command]),
    width: usize,
    look: &Look,
) {
    for binding in bindings {
        let about = (binding.about)(look.words);
        if about.is_empty() {
            continue;
        }
        entry(page, &binding.names(typing, available, look.words).join(", "), about, width, look);
    }
}

fn entry(page: &mut Page, keys: &str, about: &str, width: usize, look: &Look) {
    let mark = vec![Span::styled(fit(keys, KEYS), look.styles.accent), Span::raw("  ")];
    page.hanging(mark, about, width, look.styles.text);
}
