//! Choosing options: a single one at once, or several that are marked and then confirmed.

use ratatui::text::Span;

use super::{Did, digit, given, moved};
use crate::instrument::prompt::{Choice, Input, Invalid, Reply};
use crate::text;
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page};
use crate::tui::screen::{Look, UserAction};

/// Chosen options, and where the marker is.
pub(crate) struct Pick {
    chosen: Vec<String>,
    at: Option<usize>,
    several: bool,
    /// Digits typed so far, if one digit does not cover all options.
    typed: String,
    /// Whether it was just asked if none of the options is meant.
    is_none_asked: bool,
}

/// There is no option with this number.
fn none(digit: usize, look: &Look) -> Did {
    Did::Stuck(Invalid::NoSuchOption(digit.to_string()).in_words(&look.language))
}

impl Pick {
    pub fn new(options: &[Choice], max: usize, reply: Option<&Reply>) -> Self {
        let chosen = match reply {
            Some(Reply::Given(Input::Picked(names))) => names.clone(),
            _ => Vec::new(),
        };
        // No initial marker: an option that is marked first is chosen more often.
        let at = options.iter().position(|option| chosen.first() == Some(&option.name));
        Self { chosen, at, several: max > 1, typed: String::new(), is_none_asked: false }
    }

    pub fn begun(&self, options: &[Choice]) -> Vec<String> {
        if self.several {
            return self.chosen.clone();
        }
        let marked = self.at.and_then(|at| options.get(at));
        marked.map(|option| option.name.clone()).into_iter().collect()
    }

    pub fn commands(&self, options: &[Choice]) -> Vec<Command> {
        let mut commands = vec![Command::Up, Command::Down];
        if self.several {
            commands.push(Command::Toggle);
        }
        if options.len() <= 9 || !self.several {
            commands.insert(0, Command::Digits);
        }
        commands.push(Command::Go);
        commands
    }

    pub fn on(
        &mut self,
        act: &UserAction,
        options: &[Choice],
        (min, max): (usize, usize),
        look: &Look,
    ) -> Did {
        // Where none may be meant, it is asked once, so that a key too many after the question before is no answer.
        let is_to_ask = min == 0 && !std::mem::take(&mut self.is_none_asked);
        if let Some(digit) = digit(act) {
            return self.digit(digit as usize, options, max, look);
        }
        self.typed.clear();
        match act {
            UserAction::Command(Command::Up) => self.go(moved(self.at, false, options.len())),
            UserAction::Command(Command::Down) => self.go(moved(self.at, true, options.len())),
            UserAction::Command(Command::Toggle) => self.toggle(self.at, options, max),
            UserAction::Command(Command::Go) => self.take(options, is_to_ask, look),
            UserAction::Hit(Hit::Entry(at)) if *at < options.len() => {
                self.at = Some(*at);
                if self.several {
                    self.toggle(Some(*at), options, max)
                } else {
                    self.take(options, is_to_ask, look)
                }
            }
            _ => Did::Nothing,
        }
    }

    fn digit(&mut self, digit: usize, options: &[Choice], max: usize, look: &Look) -> Did {
        if options.len() <= 9 {
            let Some(option) = digit.checked_sub(1).and_then(|at| options.get(at)) else {
                return none(digit, look);
            };
            self.at = Some(digit - 1);
            if self.several {
                return self.toggle(self.at, options, max);
            }
            return given(Input::Picked(vec![option.name.clone()]));
        }
        // Two digits move the marker; Enter confirms.
        self.typed.push_str(&digit.to_string());
        let number = |text: &str| text.parse::<usize>().ok().filter(|n| (1..=options.len()).contains(n));
        let found = number(&self.typed).or_else(|| {
            self.typed = digit.to_string();
            number(&self.typed)
        });
        match found {
            Some(found) => self.go(Some(found - 1)),
            None => none(digit, look),
        }
    }

    fn go(&mut self, to: Option<usize>) -> Did {
        self.at = to;
        Did::Changed
    }

    fn toggle(&mut self, at: Option<usize>, options: &[Choice], max: usize) -> Did {
        let Some(option) = at.and_then(|at| options.get(at)) else { return Did::Nothing };
        if max <= 1 {
            self.chosen = vec![option.name.clone()];
        } else if self.chosen.contains(&option.name) {
            self.chosen.retain(|name| *name != option.name);
        } else {
            self.chosen.push(option.name.clone());
        }
        Did::Changed
    }

    fn take(&mut self, options: &[Choice], is_to_ask: bool, look: &Look) -> Did {
        if self.several {
            if self.chosen.is_empty() && is_to_ask {
                self.is_none_asked = true;
                return Did::Stuck(look.words.choose_none.to_owned());
            }
            return given(Input::Picked(self.chosen.clone()));
        }
        match self.at.and_then(|at| options.get(at)) {
            Some(option) => given(Input::Picked(vec![option.name.clone()])),
            None => Did::Stuck(look.words.choose_one.to_owned()),
        }
    }

    pub fn page(&self, options: &[Choice], bounds: (usize, usize), width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        let digits = options.len().to_string().len();
        for (at, option) in options.iter().enumerate() {
            let here = self.at == Some(at);
            let chosen = if self.several { self.chosen.contains(&option.name) } else { here };
            let box_ = match (self.several, chosen) {
                (true, true) => "[x] ",
                (true, false) => "[ ] ",
                (false, true) => "● ",
                (false, false) => "○ ",
            };
            let style = if chosen { look.styles.chosen } else { look.styles.text };
            let mark = vec![
                Span::styled(if here { "▸ " } else { "  " }, look.styles.accent),
                Span::styled(format!("{:>digits$}  ", at + 1), look.styles.dim),
                Span::styled(box_, style),
            ];
            let start = page.rows.len();
            page.hanging(mark, &option.label, width, style);
            page.hit_from(start, Hit::Entry(at));
            if here {
                page.focus_from(start);
            }
        }
        if self.several {
            page.next(&how_many(bounds, options.len(), look), width, look.styles.dim);
        }
        page
    }
}

fn how_many((min, max): (usize, usize), of: usize, look: &Look) -> String {
    match (min, max) {
        (0 | 1, max) if max >= of => look.words.pick_any.to_owned(),
        (min, max) if min == max => text!(&look.language, "tui-pick-exactly", count = min),
        (0 | 1, _) => text!(&look.language, "tui-pick-at-most", most = max),
        _ => text!(&look.language, "tui-pick-between", least = min, most = max),
    }
}
