//! Points on a scale, for one row or several. Owns the keys; drawing is in [`look`].
//!
//! No point is marked before the respondent chooses one, because a marker in the middle would pull answers there.

use super::{Did, clears, digit, given, moved};
use crate::instrument::prompt::{Input, Missing, Reply, ScaleAsk, ScaleReply};
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page};
use crate::tui::screen::{Look, UserAction};

mod look;

/// Most points that are listed one below the other.
const LONGEST_LIST: usize = 9;

/// Cells by row and the marker, both in the order of the file, whichever order is shown.
pub(crate) struct ScaleEntry {
    cells: Vec<Option<ScaleReply>>,
    row: usize,
    /// The digits typed so far of a number that takes several keys.
    typed: String,
}

/// The commands that answer a scale.
pub(super) fn commands(ask: &ScaleAsk) -> Vec<Command> {
    let mut commands = vec![Command::Digits, Command::Go, Command::Up, Command::Down];
    if ask.from < 0 {
        // Listed before the sliding keys, because + and − are signs here.
        commands.extend([Command::Negative, Command::Positive]);
    }
    // On a ruler, left and right move along it; in a list they go to other questions, as everywhere else.
    commands.extend(if is_list(ask) {
        [Command::Higher, Command::Lower]
    } else {
        [Command::SlideUp, Command::SlideDown]
    });
    if !ask.takes_digit() {
        commands.push(Command::TakeBack);
    }
    if ask.rows.len() > 1 {
        commands.extend([Command::AllDeclined, Command::AllDontKnow]);
    }
    commands
}

/// Whether the points stand below each other with their labels.
fn is_list(ask: &ScaleAsk) -> bool {
    ask.rows.len() == 1 && ask.len() <= LONGEST_LIST && ask.points.len() == ask.len()
}

impl ScaleEntry {
    pub fn new(ask: &ScaleAsk, reply: Option<&Reply>) -> Self {
        let before = |row: usize| match reply {
            Some(Reply::Given(Input::Rated(cells))) => cells.get(row).copied(),
            _ => None,
        };
        let row = ask.shown().first().copied().unwrap_or(0);
        Self { cells: (0..ask.rows.len()).map(before).collect(), row, typed: String::new() }
    }

    pub fn resumed(ask: &ScaleAsk, cells: &[Option<ScaleReply>]) -> Self {
        let cells: Vec<_> = (0..ask.rows.len()).map(|row| cells.get(row).copied().flatten()).collect();
        let shown = ask.shown();
        let open = shown.iter().find(|row| cells.get(**row).is_none_or(Option::is_none));
        let row = open.or(shown.first()).copied().unwrap_or(0);
        Self { cells, row, typed: String::new() }
    }

    pub fn begun(&self) -> Vec<Option<ScaleReply>> {
        self.cells.clone()
    }

    pub fn on(&mut self, act: &UserAction, ask: &ScaleAsk, look: &Look) -> Did {
        if let Some(digit) = digit(act) {
            return if ask.takes_digit() {
                self.digit(digit, ask, look)
            } else {
                self.typed_digit(digit, ask)
            };
        }
        let several = self.cells.len() > 1;
        let typed = std::mem::take(&mut self.typed);
        match act {
            UserAction::Command(Command::Up | Command::Down) => {
                let down = matches!(act, UserAction::Command(Command::Down));
                if several {
                    let shown = ask.shown();
                    let place = shown.iter().position(|row| *row == self.row);
                    let next = moved(place, down, shown.len()).and_then(|place| shown.get(place));
                    self.row = next.copied().unwrap_or(self.row);
                    return Did::Changed;
                }
                // In a list the low end is on top; on a ruler, up means higher.
                self.shift(down == is_list(ask), ask)
            }
            UserAction::Command(Command::Higher | Command::SlideUp) => self.shift(true, ask),
            UserAction::Command(Command::Lower | Command::SlideDown) => self.shift(false, ask),
            UserAction::Key(event) if clears(event) => self.set(None),
            UserAction::Command(Command::TakeBack) => {
                self.typed = typed;
                self.typed.pop();
                let point = self.typed.parse().ok().filter(|point| ask.check(*point).is_ok());
                self.set(point.map(ScaleReply::Point))
            }
            UserAction::Command(Command::Negative) => {
                self.typed = "-".to_owned();
                Did::Changed
            }
            UserAction::Command(Command::Positive) => Did::Changed,
            UserAction::Command(Command::Declined) if several => {
                self.row_done(ScaleReply::Missing(Missing::Declined), ask)
            }
            UserAction::Command(Command::DontKnow) if several => {
                self.row_done(ScaleReply::Missing(Missing::DontKnow), ask)
            }
            UserAction::Command(Command::Declined | Command::AllDeclined) => Did::Done(Reply::Declined),
            UserAction::Command(Command::DontKnow | Command::AllDontKnow) => Did::Done(Reply::DontKnow),
            UserAction::Command(Command::Go) => self.take(ask, look),
            UserAction::Hit(Hit::Point(row, at)) => {
                let Some(point) = ask.values().nth(*at) else { return Did::Nothing };
                self.row = (*row).min(self.cells.len().saturating_sub(1));
                self.answered(ScaleReply::Point(point), ask)
            }
            UserAction::Hit(Hit::Entry(row)) if *row < self.cells.len() => {
                self.row = *row;
                Did::Changed
            }
            _ => Did::Nothing,
        }
    }

    fn digit(&mut self, digit: u32, ask: &ScaleAsk, look: &Look) -> Did {
        let below = std::mem::take(&mut self.typed) == "-";
        let point = if below { -i64::from(digit) } else { i64::from(digit) };
        match ask.check(point) {
            Ok(()) => self.answered(ScaleReply::Point(point), ask),
            Err(why) => Did::Stuck(why.in_words(&look.language)),
        }
    }

    fn typed_digit(&mut self, digit: u32, ask: &ScaleAsk) -> Did {
        let sign = if self.typed.starts_with('-') { "-" } else { "" };
        if self.typed.trim_start_matches('-') == "0" {
            self.typed = sign.to_owned();
        }
        self.typed.push_str(&digit.to_string());
        let number = |text: &str| {
            // A number that is still being typed lies between 0 and the final one, so the accepted range includes 0.
            text.parse::<i64>().ok().filter(|number| (ask.from.min(0)..=ask.to.max(0)).contains(number))
        };
        let number = number(&self.typed).or_else(|| {
            self.typed = format!("{sign}{digit}");
            number(&self.typed)
        });
        // A partially typed number need not be a point itself.
        self.set(number.filter(|point| ask.check(*point).is_ok()).map(ScaleReply::Point))
    }

    fn set(&mut self, cell: Option<ScaleReply>) -> Did {
        match self.cells.get_mut(self.row) {
            Some(here) => {
                *here = cell;
                Did::Changed
            }
            None => Did::Nothing,
        }
    }

    /// A point was chosen with one key; if there is only one row, that answers the prompt.
    fn answered(&mut self, cell: ScaleReply, ask: &ScaleAsk) -> Did {
        if ask.rows.len() == 1 {
            return given(Input::Rated(vec![cell]));
        }
        self.row_done(cell, ask)
    }

    /// A row was answered with one key. Filling the last open row completes the answer; if all rows had answers already, the
    /// respondent is reviewing them and confirms with Enter.
    fn row_done(&mut self, cell: ScaleReply, ask: &ScaleAsk) -> Did {
        let open = self.cells.iter().filter(|cell| cell.is_none()).count();
        let completes = open == 1 && self.cells.get(self.row).is_some_and(Option::is_none);
        let did = self.next_row(cell, ask);
        if completes { given(Input::Rated(self.cells.iter().copied().flatten().collect())) } else { did }
    }

    fn next_row(&mut self, cell: ScaleReply, ask: &ScaleAsk) -> Did {
        let did = self.set(Some(cell));
        self.row = self.next_open(ask).unwrap_or(self.row);
        did
    }

    /// The next row without an answer in the order shown, from the marker on and then from the top.
    fn next_open(&self, ask: &ScaleAsk) -> Option<usize> {
        let mut shown = ask.shown();
        let here = shown.iter().position(|row| *row == self.row).unwrap_or(0);
        shown.rotate_left(here);
        shown.into_iter().find(|row| self.cells.get(*row).is_some_and(Option::is_none))
    }

    /// Moves one point up or down; without a point, goes to the middle.
    fn shift(&mut self, higher: bool, ask: &ScaleAsk) -> Did {
        let here = self.cells.get(self.row).copied().flatten().and_then(ScaleReply::point);
        let place = here.and_then(|point| ask.values().position(|value| value == point));
        let to = match place {
            None if is_list(ask) => moved(None, higher, ask.len()),
            None => Some(ask.len() / 2),
            Some(place) => moved(Some(place), higher, ask.len()),
        };
        self.set(to.and_then(|place| ask.values().nth(place)).map(ScaleReply::Point))
    }

    fn take(&mut self, ask: &ScaleAsk, look: &Look) -> Did {
        let cells: Vec<ScaleReply> = self.cells.iter().copied().flatten().collect();
        if cells.len() == self.cells.len() {
            return given(Input::Rated(cells));
        }
        let here_is_open = self.cells.get(self.row).is_none_or(Option::is_none);
        self.row = self.next_open(ask).unwrap_or(self.row);
        match (here_is_open, self.cells.len()) {
            (true, 1) => Did::Stuck(look.words.choose_one.to_owned()),
            (true, _) => Did::Stuck(look.words.row_left.to_owned()),
            (false, _) => Did::Changed,
        }
    }

    pub fn page(&self, ask: &ScaleAsk, width: usize, look: &Look) -> Page {
        look::page(self, ask, width, look)
    }
}
