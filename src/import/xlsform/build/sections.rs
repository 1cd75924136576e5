//! Groups of the form as sections: one after the other, each with its title, the conditions of all groups around it, and a loss
//! for what a section can't express.

use super::super::draft::{DraftGroup, LocalText};
use super::super::names::fitting;
use super::super::types::QuestionType;
use super::{Builder, LONGEST, logic};
use crate::instrument::Language;

/// A group of the form.
pub(super) struct Nested {
    pub entry: usize,
    pub above: Option<usize>,
    /// Its condition joined to those above it, carried over.
    pub relevant: Vec<String>,
    pub repeats: bool,
    /// Whether its condition can never hold.
    pub never: bool,
}

impl Builder<'_> {
    /// Which group each row lies in.
    pub(super) fn nest(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for (at, entry) in self.form.entries.iter().enumerate() {
            match entry.kind {
                QuestionType::BeginGroup | QuestionType::BeginRepeat => {
                    let repeats = entry.kind == QuestionType::BeginRepeat;
                    let above = open.last().copied();
                    open.push(self.nested.len());
                    self.nested.push(Nested {
                        entry: at,
                        above,
                        relevant: Vec::new(),
                        repeats,
                        never: false,
                    });
                }
                QuestionType::EndGroup | QuestionType::EndRepeat if open.pop().is_none() => {
                    self.out.lose(entry, "it ends a group that was not begun", "it is left out");
                }
                _ => {}
            }
            self.within.push(open.last().copied());
        }
        for nested in open {
            let entry = &self.form.entries[self.nested[nested].entry];
            self.out.lose(entry, "nothing ends this group", "it ends with the form");
        }
        for nested in 0..self.nested.len() {
            if self.nested[nested].repeats {
                let entry = &self.form.entries[self.nested[nested].entry];
                let inside = self.within.iter().zip(&self.form.entries);
                let asked = inside
                    .filter(|(within, entry)| entry.kind.asks() && self.lies_in(**within, nested))
                    .count();
                let reason =
                    "a repeat asks its questions again and again, and relata asks every question once";
                let instead = match asked {
                    1 => "its question is asked once".to_owned(),
                    many => format!("its {many} questions are asked once"),
                };
                self.out.lose(entry, reason, &instead);
            }
        }
    }

    fn lies_in(&self, mut within: Option<usize>, wanted: usize) -> bool {
        while let Some(at) = within {
            if at == wanted {
                return true;
            }
            within = self.nested[at].above;
        }
        false
    }

    /// Texts of a group besides its label.
    pub(super) fn words_of_groups(&mut self) {
        for nested in &self.nested {
            let entry = &self.form.entries[nested.entry];
            if !entry.hint.is_empty() {
                self.out.lose(entry, "a section has a title and no hint", "its hint is left out");
            }
            if !entry.guidance.is_empty() {
                self.out.lose(
                    entry,
                    "a section that is taken over has no guidance",
                    "its guidance is left out",
                );
            }
            if entry.media {
                self.out.lose(entry, "a terminal shows no picture and plays no sound", "its words alone");
            }
        }
    }

    /// Converts the conditions of groups, each with those around it.
    pub(super) fn condition_groups(&mut self) {
        for at in 0..self.nested.len() {
            let entry = self.entry_of(self.nested[at].entry);
            let (mut relevant, mut never) = match self.nested[at].above {
                Some(above) => (self.nested[above].relevant.clone(), self.nested[above].never),
                None => (Vec::new(), false),
            };
            match self.condition(entry, "the questions in it are asked always") {
                logic::Condition::Always => {}
                logic::Condition::Never => never = true,
                logic::Condition::When(text) => relevant.push(text),
            }
            self.nested[at].relevant = relevant;
            self.nested[at].never = never;
        }
    }

    /// The section for a row in a group of the form: the last one, if nothing came between.
    pub(super) fn group_for(
        &mut self,
        within: Option<usize>,
        last: &mut Option<Option<usize>>,
        interviewer: bool,
    ) {
        if *last == Some(within) {
            return;
        }
        *last = Some(within);
        let title =
            if self.form.title.is_empty() { self.wishes.name.clone() } else { self.form.title.clone() };
        let mut titles: Vec<LocalText> = Vec::new();
        let mut wanted = "form".to_owned();
        let mut row = 0;
        let mut at = within;
        while let Some(nested) = at {
            let entry = self.entry_of(self.nested[nested].entry);
            if row == 0 {
                row = entry.row;
                wanted = if entry.name.is_empty() { "group".into() } else { entry.name.clone() };
            }
            // The title of a group without questions of its own would otherwise be lost.
            if !entry.label.is_empty() && (titles.is_empty() || !self.titled.contains(&nested)) {
                titles.push(self.words(entry, &entry.label));
            }
            at = self.nested[nested].above;
        }
        self.titled.extend(within);
        titles.reverse();
        let taken = |name: &str| self.taken_groups.contains(&name.to_ascii_lowercase());
        let name = fitting(&wanted, LONGEST, &taken);
        self.taken_groups.insert(name.to_ascii_lowercase());
        let label = match titles.as_slice() {
            [] => self.everywhere(if title.is_empty() { &wanted } else { &title }),
            [only] => only.clone(),
            several => self.path(several),
        };
        let parts = within.map(|at| self.nested[at].relevant.clone()).unwrap_or_default();
        let relevant = logic::all_of(&parts);
        self.out.draft.groups.push(DraftGroup { row, name, label, interviewer, relevant, items: Vec::new() });
    }

    /// Several titles as one, from the outermost on, in every language.
    fn path(&self, titles: &[LocalText]) -> LocalText {
        let said = |title: &LocalText, language: &Language| {
            let own = title.iter().find(|(known, _)| known == language);
            own.or(title.first()).map(|(_, said)| said.clone()).unwrap_or_default()
        };
        let languages = self.form.languages.iter();
        let path = |language: &Language| {
            let mut parts: Vec<String> = titles.iter().map(|title| said(title, language)).collect();
            parts.dedup();
            parts.join(" › ")
        };
        languages.map(|language| (language.clone(), path(language))).collect()
    }
}
