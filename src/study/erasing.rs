//! Erasing: who is meant, what is removed, and the check that no trace can still be read. Asking for confirmation is the caller's business.

use std::path::PathBuf;

use super::{Study, StudyError};
use crate::interview::Instant;
use crate::store::{Mode, Problem, RawId, Searched, StoreError};
use crate::texts::remarks::plural;

/// Sessions to erase, by their raw ids, so that unreadable ones can be erased as well.
pub struct Erasing {
    sessions: Vec<RawId>,
    /// The code, where all sessions of a respondent go.
    respondent: Option<String>,
    whose: String,
}

/// Sessions that were erased, and the outcome of the search for traces.
pub struct Erased {
    sessions: usize,
    searched: Searched,
    /// Why their traces could not be cleaned; the search finds what is left.
    unclean: Option<String>,
    /// A session without a header, with its number of rows: it may belong to the erased respondent.
    headless: Option<(RawId, usize)>,
}

impl Erasing {
    /// All sessions of a respondent.
    ///
    /// # Errors
    /// There is no such respondent.
    pub fn of_respondent(study: &Study, code: &str) -> Result<Self, StudyError> {
        let sessions = study.ids_of(code)?;
        if sessions.is_empty() {
            return Err(StudyError::new(format!("the study has no respondent `{code}`"))
                .help("`relata sessions` lists the codes"));
        }
        Ok(Self { sessions, respondent: Some(code.to_owned()), whose: code.to_owned() })
    }

    /// One session, by its id or the end of it.
    ///
    /// # Errors
    /// There is none, or there are several.
    pub fn of_session(study: &Study, wanted: &str) -> Result<Self, StudyError> {
        let (id, respondent) = study.find(wanted)?;
        let whose = if respondent.is_empty() { "nobody that the study knows".into() } else { respondent };
        Ok(Self { sessions: vec![id], respondent: None, whose })
    }

    /// "2 sessions of R017".
    pub fn in_words(&self) -> String {
        format!("{} of {}", plural(self.sessions.len(), "session"), self.whose)
    }

    /// When the first of them began that was answered in a browser, or of which nobody can tell: it may be in what a room was shown.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn in_rooms_since(&self, study: &Study) -> Result<Option<Instant>, StudyError> {
        let headers = study.sessions()?;
        let begun = self.sessions.iter().filter_map(|id| {
            let id = id.session();
            match headers.iter().find(|header| Some(header.id) == id) {
                Some(header) => (header.mode == Mode::Browser).then_some(header.start.at),
                None => Some(id.map_or(0, |id| id.at())),
            }
        });
        Ok(begun.min())
    }

    /// Erases them and searches for what is left; `done` hears as soon as they are gone from the study.
    ///
    /// # Errors
    /// They are not erased, or could not be searched for.
    pub fn erase(self, mut study: Study, at: Instant, done: impl FnOnce()) -> Result<Erased, StudyError> {
        let traces = study.traces_of(&self.sessions)?;
        let erased = match &self.respondent {
            Some(code) => study.erase_respondent(code, at),
            None => self.sessions.iter().try_fold(0, |sum, id| Ok(sum + study.erase_session(id, at)?)),
        };
        super::digests::forget_fitted();
        let unclean = match erased {
            Ok(_) => None,
            Err(error @ StoreError { problem: Problem::NotYetClean(_), .. }) => Some(error.to_string()),
            Err(error) => return Err(StudyError::from(error).help("nothing was erased")),
        };
        done();
        let headless = study.orphans()?.into_iter().next();
        let searched = study.search(traces)?;
        Ok(Erased { sessions: self.sessions.len(), searched, unclean, headless })
    }
}

impl Erased {
    /// The outcome of the search: remarks, and a failure where a trace is left or may be.
    pub fn proof(self) -> (Vec<String>, Result<(), StudyError>) {
        let named = |files: &[PathBuf]| {
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            files.join(" and ")
        };
        let texts = plural(self.searched.texts, "text");
        if self.searched.found > 0 {
            let files = named(&self.searched.files);
            let left = format!("{} of {texts} of them can still be read in {files}", self.searched.found);
            let left = StudyError::new(left).help(
                "close every program that has the study open and run any command on it, which cleans it; a hidden file beside \
                 it was left behind by a merge that was cut short, and one ending in -wal-lost by a file that was replaced: delete it",
            );
            return (self.unclean.into_iter().collect(), Err(left));
        }
        if !self.searched.unread.is_empty() {
            let files = named(&self.searched.unread);
            let unread = format!("what is in {files} cannot be searched, because it is locked");
            let unread = StudyError::new(unread).help(
                "close every program that has the study open and run any command on it; where the file stays, it was left behind by a \
                 program that died: delete it when nothing in it is needed",
            );
            return (Vec::new(), Err(unread));
        }
        let none = format!("{texts} of {}: none found in the file", plural(self.sessions, "session"));
        let outcome = match (self.headless, self.unclean) {
            (Some((id, rows)), _) => Err(StudyError::new(format!(
                "but the file holds {} of session {id}, which has no header any more, so that nobody can say whose it is",
                plural(rows, "row")
            ))
            .help(format!("erase it too, with `relata erase --session {id}`, or take its header from a backup"))),
            // No trace was found, but cleaning failed.
            (None, Some(unclean)) => Err(StudyError::new(unclean)),
            (None, None) => Ok(()),
        };
        (vec![none], outcome)
    }
}
