//! The reading pages: answers and transcript turns. Owns their keys, which are the same on both; drawing is elsewhere.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::find::WordMatch;
use super::passage::Chosen;
use super::{CodingScreen, FIELDS, Tab};
use crate::coding::STRONGEST;
use crate::instrument::RelationalModel;
use crate::interview::ReviewLine;
use crate::tui::Backend;
use crate::tui::keys::Command;
use crate::tui::screen::{Next, UserAction, With};
use crate::tui::words::Words;

impl CodingScreen {
    /// The lines of the open page.
    pub(super) fn lines(&self) -> &[ReviewLine] {
        match self.tab {
            Tab::Interview => &self.reading.answers,
            Tab::Transcript => &self.reading.turns,
            Tab::Code => &[],
        }
    }

    /// The place on that page.
    pub(super) fn place(&self) -> usize {
        if self.tab == Tab::Transcript { self.turn } else { self.at }
    }

    /// The answer or the turn that is marked.
    pub(super) fn here(&self) -> Option<&ReviewLine> {
        self.lines().get(self.place())
    }

    /// Goes to an answer or a turn of the page that is open.
    pub(super) fn go_to(&mut self, place: usize) {
        let place = place.min(self.lines().len().saturating_sub(1));
        (self.armed, self.top, self.trouble) = (None, None, None);
        match self.tab {
            Tab::Interview => self.at = place,
            Tab::Transcript => self.turn = place,
            Tab::Code => {}
        }
    }

    /// Handles a letter or digit on a page of answers or turns.
    pub(super) fn mark(&mut self, event: KeyEvent, backend: &mut dyn Backend) {
        let Some(item) = self.here().map(|answer| answer.item.clone()) else { return };
        let mut draft = self.draft.clone();
        if let Some(model) = model_of(event) {
            let marked = draft.marks(&item).into_iter().find(|mark| mark.model == model).map(|m| m.strength);
            // The letter alone marks weakly; pressing it again raises the strength.
            let strength = match marked {
                None => 1,
                Some(strength) if self.armed == Some(model) => strength.saturating_add(1).min(STRONGEST),
                Some(strength) => strength,
            };
            draft.mark(&item, model, Some(strength));
            self.armed = Some(model);
        } else if let (Some(strength), Some(model)) = (digit_of(event), self.armed) {
            if strength > STRONGEST {
                return;
            }
            draft.mark(&item, model, Some(strength));
        } else if digit_of(event).is_some() {
            self.trouble = Some(Words::of(&self.language).coding_which.to_owned());
            return;
        }
        self.keep(draft, backend);
    }

    pub(super) fn unmark(&mut self, backend: &mut dyn Backend) {
        let Some(item) = self.here().map(|answer| answer.item.clone()) else { return };
        let mut draft = self.draft.clone();
        let last = draft.evidence.iter().rev().find(|mark| mark.item == item).map(|mark| mark.model);
        let armed = self.armed.filter(|armed| draft.marks(&item).iter().any(|mark| mark.model == *armed));
        let shown = self.here().is_some_and(|answer| answer.words.is_some() || answer.note.is_some());
        match armed.or(last) {
            Some(model) => draft.mark(&item, model, None),
            // If the words are no longer shown, a passage cannot be selected to take it back.
            None if !shown => {
                let latest = draft.passages.iter().rposition(|passage| passage.item == item);
                latest.map(|at| draft.passages.remove(at));
            }
            None => {}
        }
        self.armed = None;
        self.keep(draft, backend);
    }

    /// Starts selecting words of the marked answer.
    pub(super) fn choose(&mut self) {
        self.armed = None;
        self.top = None;
        self.chosen = self.here().and_then(Chosen::of);
        if self.chosen.is_none() {
            self.trouble = Some(Words::of(&self.language).coding_no_words.to_owned());
        }
    }

    /// Handles an act while words are being selected.
    pub(super) fn choosing(
        &mut self,
        act: UserAction,
        mut chosen: Chosen,
        backend: &mut dyn Backend,
    ) -> Next {
        let Some(answer) = self.here().cloned() else { return Next::Stay };
        let answer = &answer;
        let mut draft = self.draft.clone();
        match act {
            UserAction::Command(Command::Close | Command::Passage) => return Next::Stay,
            UserAction::Command(Command::SaveCode) => return self.save(backend),
            UserAction::Command(Command::Search) => {
                self.finding = Some(WordMatch::new());
                return Next::Stay;
            }
            UserAction::Command(Command::Elsewhere) => {
                self.chosen = Some(chosen);
                return self.elsewhere(backend);
            }
            UserAction::Command(Command::NextWord) => chosen.step(answer, 1, false),
            UserAction::Command(Command::PreviousWord) => chosen.step(answer, -1, false),
            UserAction::Command(Command::Up) => chosen.line(answer, -1),
            UserAction::Command(Command::Down) => chosen.line(answer, 1),
            UserAction::Command(Command::Grow) => chosen.grow(),
            UserAction::Command(Command::OtherWords) => chosen.turn(),
            UserAction::Command(Command::TakeBack) => {
                if let Some(passage) = chosen.under(answer, &draft.passages_of(&answer.item)).cloned() {
                    draft.turn_passage(passage);
                }
            }
            UserAction::Key(event) => match (event.code, model_of(event)) {
                (KeyCode::Right, _) => chosen.step(answer, 1, true),
                (KeyCode::Left, _) => chosen.step(answer, -1, true),
                (_, Some(model)) => {
                    if let Some(passage) = chosen.take(answer, model) {
                        draft.turn_passage(passage);
                    }
                }
                _ => {}
            },
            _ => {}
        }
        self.chosen = Some(chosen);
        self.keep(draft, backend);
        Next::Stay
    }

    /// Scrolls by `rows` within an answer that is not fully visible, else moves by `answers`.
    pub(super) fn read_on(&mut self, rows: isize, answers: isize, with: &With) {
        match with.drawn.within_focus(rows).filter(|_| self.tab != Tab::Code) {
            Some(top) => self.top = Some(top),
            None => self.step(answers),
        }
    }

    /// Moves in the list of answers or among the fields.
    pub(super) fn step(&mut self, by: isize) {
        self.armed = None;
        self.trouble = None;
        self.top = None;
        let (at, last) = match self.tab {
            Tab::Interview => (&mut self.at, self.reading.answers.len().saturating_sub(1)),
            Tab::Transcript => (&mut self.turn, self.reading.turns.len().saturating_sub(1)),
            Tab::Code => (&mut self.field, FIELDS - 1),
        };
        *at = at.saturating_add_signed(by).min(last);
    }
}

/// The model with this letter as the first of its abbreviation.
pub(super) fn model_of(event: KeyEvent) -> Option<RelationalModel> {
    if event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    match event.code {
        KeyCode::Char('c' | 'C') => Some(RelationalModel::CommunalSharing),
        KeyCode::Char('a' | 'A') => Some(RelationalModel::AuthorityRanking),
        KeyCode::Char('e' | 'E') => Some(RelationalModel::EqualityMatching),
        KeyCode::Char('m' | 'M') => Some(RelationalModel::MarketPricing),
        _ => None,
    }
}

pub(super) fn digit_of(event: KeyEvent) -> Option<u8> {
    match event.code {
        KeyCode::Char(digit) => digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()),
        _ => None,
    }
}
