//! The second page: the models, the confidence and the reason. Owns its keys and when a code is saved; drafts are saved elsewhere.

use crossterm::event::KeyEvent;

use super::compare::Compare;
use super::marking::{digit_of, model_of};
use super::{CodingScreen, DOMINANT, SECOND, SURE, Tab};
use crate::coding::{CodeFault, Draft, SUREST};
use crate::text;
use crate::tui::Backend;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::screen::{Next, UserAction};
use crate::tui::words::Words;

impl CodingScreen {
    /// Handles a letter or digit on the second page.
    pub(super) fn fill_in(&mut self, event: KeyEvent, backend: &mut dyn Backend) {
        let mut draft = self.draft.clone();
        match (self.field, model_of(event), digit_of(event)) {
            (DOMINANT, Some(model), _) => {
                draft.dominant = Some(model);
                // The second model cannot equal the first, so choosing it as the first clears it.
                draft.second = draft.second.filter(|second| *second != model);
            }
            (SECOND, Some(model), _) if draft.dominant == Some(model) => {
                self.trouble = Some(self.sentence(&CodeFault::Twice(model)));
                return;
            }
            (SECOND, Some(model), _) => draft.second = Some(model),
            (SURE, _, Some(sure)) if (1..=SUREST).contains(&sure) => draft.confidence = Some(sure),
            _ => return,
        }
        self.keep(draft, backend);
    }

    pub(super) fn clear(&mut self, backend: &mut dyn Backend) {
        let mut draft = self.draft.clone();
        match self.field {
            DOMINANT => draft.dominant = None,
            SECOND => draft.second = None,
            SURE => draft.confidence = None,
            _ => {}
        }
        self.keep(draft, backend);
    }

    pub(super) fn save(&mut self, backend: &mut dyn Backend) -> Next {
        let coding = match self.draft.finish() {
            Ok(coding) => coding,
            Err(fault) => {
                self.tab = Tab::Code;
                if fault == CodeFault::NoDominant {
                    self.field = DOMINANT;
                }
                self.trouble = Some(self.sentence(&fault));
                return Next::Stay;
            }
        };
        match backend.keep_code(&self.reading.session, (&self.coder, self.consensus), &coding) {
            Ok(()) => Next::Replace(Box::new(Compare::new(
                self.reading.session.clone(),
                self.coder.clone(),
                self.language.clone(),
            ))),
            Err(why) => {
                self.cannot_keep(why);
                Next::Stay
            }
        }
    }

    fn sentence(&self, fault: &CodeFault) -> String {
        let words = Words::of(&self.language);
        match fault {
            CodeFault::NoDominant => words.coding_no_dominant.to_owned(),
            CodeFault::Twice(model) => {
                text!(&self.language, "tui-coding-twice", model = model.abbreviation())
            }
            other => other.to_string(),
        }
    }

    /// Handles an act while the note is being written.
    pub(super) fn write(&mut self, act: UserAction, mut editor: Editor, backend: &mut dyn Backend) -> Next {
        match act {
            UserAction::Command(Command::Close) => return Next::Stay,
            UserAction::Command(Command::SaveCode) => return self.save(backend),
            UserAction::Command(Command::Elsewhere) => {
                self.editor = Some(editor);
                return self.elsewhere(backend);
            }
            act => editor.on(act),
        }
        let draft = Draft { note: editor.text(), ..self.draft.clone() };
        self.editor = Some(editor);
        self.keep(draft, backend);
        Next::Stay
    }
}
