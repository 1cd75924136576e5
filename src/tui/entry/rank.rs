//! Ranking: putting options in order, one place after the other.

use ratatui::text::Span;

use super::{Did, digit, given, moved};
use crate::instrument::prompt::{Choice, Input, Reply};
use crate::text;
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page};
use crate::tui::screen::{Look, UserAction};

pub(super) const COMMANDS: &[Command] =
    &[Command::Digits, Command::Up, Command::Down, Command::TakeBack, Command::Go];

pub(crate) struct Rank {
    order: Vec<String>,
    at: Option<usize>,
}

impl Rank {
    pub fn new(places: usize, reply: Option<&Reply>) -> Self {
        let order = match reply {
            Some(Reply::Given(Input::Ranked(names))) => names.iter().take(places).cloned().collect(),
            _ => Vec::new(),
        };
        Self { order, at: None }
    }

    pub fn begun(&self) -> Vec<String> {
        self.order.clone()
    }

    pub fn on(&mut self, act: &UserAction, options: &[Choice], places: usize) -> Did {
        if let Some(digit) = digit(act) {
            let at = (digit as usize).checked_sub(1).filter(|at| *at < options.len());
            return at.map_or(Did::Nothing, |at| self.place(at, options, places));
        }
        match act {
            UserAction::Command(Command::Up) => self.at = moved(self.at, false, options.len()),
            UserAction::Command(Command::Down) => self.at = moved(self.at, true, options.len()),
            UserAction::Command(Command::TakeBack) => {
                self.order.pop();
            }
            UserAction::Command(Command::Go) => {
                let here = self.at.filter(|_| self.order.len() < places);
                return match here {
                    Some(at) if !self.is_placed(at, options) => self.place(at, options, places),
                    _ => given(Input::Ranked(self.order.clone())),
                };
            }
            UserAction::Hit(Hit::Entry(at)) if *at < options.len() => {
                return self.place(*at, options, places);
            }
            _ => return Did::Nothing,
        }
        Did::Changed
    }

    fn is_placed(&self, at: usize, options: &[Choice]) -> bool {
        options.get(at).is_some_and(|option| self.order.contains(&option.name))
    }

    /// Gives an option the next place, or takes back the place it has.
    fn place(&mut self, at: usize, options: &[Choice], places: usize) -> Did {
        let Some(option) = options.get(at) else { return Did::Nothing };
        self.at = Some(at);
        if self.order.contains(&option.name) {
            self.order.retain(|name| *name != option.name);
        } else if self.order.len() < places {
            self.order.push(option.name.clone());
        }
        Did::Changed
    }

    pub fn page(&self, options: &[Choice], places: usize, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        for (at, option) in options.iter().enumerate() {
            let here = self.at == Some(at);
            let place = self.order.iter().position(|name| *name == option.name);
            let style = if place.is_some() { look.styles.chosen } else { look.styles.text };
            let box_ = place.map_or("[  ] ".to_owned(), |place| format!("[{:>2}] ", place + 1));
            let mark = vec![
                Span::styled(if here { "▸ " } else { "  " }, look.styles.accent),
                Span::styled(format!("{:>2}  ", at + 1), look.styles.dim),
                Span::styled(box_, style),
            ];
            let start = page.rows.len();
            page.hanging(mark, &option.label, width, style);
            page.hit_from(start, Hit::Entry(at));
            if here {
                page.focus_from(start);
            }
        }
        let left = places.saturating_sub(self.order.len());
        let hint = if left == 0 {
            look.words.rank_full.to_owned()
        } else if places == options.len() {
            text!(&look.language, "tui-rank-all", places, left)
        } else {
            text!(&look.language, "tui-rank-places", places, left)
        };
        page.next(&hint, width, look.styles.dim);
        page
    }
}
