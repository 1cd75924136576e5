//! Where the lines of a coder are kept: in the study, and in another file where that went away.

use std::path::{Path, PathBuf};

use super::code_of;
use crate::cli::{Failure, input};
use crate::coding::{Coding, Draft};
use crate::interview::NotKept;
use crate::plain::Drafts;
use crate::store::{Held, SessionId, Study};
use crate::study::codes::as_given;

/// A study with the session that is coded in memory, so that it can be written elsewhere.
pub(super) struct DraftKeeper<'a> {
    study: Study,
    session: SessionId,
    coder: &'a str,
    held: Held,
    moved: Option<PathBuf>,
}

impl<'a> DraftKeeper<'a> {
    pub fn new(study: Study, session: SessionId, coder: &'a str) -> Result<Self, Failure> {
        let held = study.hold(&session)?;
        Ok(Self { study, session, coder, held, moved: None })
    }

    /// What another process wrote meanwhile is saved with the rest.
    fn hold_anew(&mut self) {
        if let Ok(held) = self.study.hold(&self.session) {
            self.held = held;
        }
    }

    /// The file in which everything was saved when its own one was lost.
    pub fn moved(&self) -> Option<&Path> {
        self.moved.as_deref()
    }
}

impl Drafts for DraftKeeper<'_> {
    fn keep(&mut self, draft: &Draft) -> Result<(), NotKept> {
        let kept = self.study.keep_draft(&self.session, self.coder, false, input::now(), draft);
        kept.map_err(|error| self.study.erased_or(&self.session, error))?;
        self.hold_anew();
        Ok(())
    }

    fn save(&mut self, coding: &Coding) -> Result<(), NotKept> {
        let given = as_given(&self.study, &self.session, self.coder, false, coding.clone());
        let given = given.map_err(|error| error.to_string())?;
        let code = code_of(self.session, self.coder, false, given);
        let kept = self.study.add_code(&code.map_err(|failure| failure.sentence())?);
        kept.map_err(|error| self.study.erased_or(&self.session, error))?;
        self.hold_anew();
        Ok(())
    }

    fn check(&mut self) -> Result<(), NotKept> {
        self.study.still_there().map_err(|error| self.study.erased_or(&self.session, error))?;
        Ok(self.study.not_erased(&self.session)?)
    }

    fn suggested_place(&self) -> String {
        self.study.free_place(&self.session.short()).display().to_string()
    }

    fn save_elsewhere(&mut self, place: &str) -> Result<String, NotKept> {
        self.study = self.study.save_elsewhere(Path::new(place), &self.held)?;
        let place = self.study.path().to_owned();
        let shown = place.display().to_string();
        self.moved = Some(place);
        Ok(shown)
    }
}
