//! Where the lines of a coder are kept: in the study, and in another file where that went away.

use std::path::{Path, PathBuf};

use crate::cli::{Failure, input};
use crate::coding::{Coding, Draft};
use crate::interview::NotKept;
use crate::plain::Drafts;
use crate::store::{Held, SessionId, Study};
use crate::study::coding;

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
        let who = (self.coder, false);
        coding::keep_draft(&mut self.study, &self.session, who, draft, input::now())?;
        self.hold_anew();
        Ok(())
    }

    fn save(&mut self, coding: &Coding) -> Result<(), NotKept> {
        let moment = input::code_moment().map_err(|failure| failure.sentence())?;
        let who = (self.coder, false);
        coding::keep_code(&mut self.study, &self.session, who, coding.clone(), moment)?;
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
