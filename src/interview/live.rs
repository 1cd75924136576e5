//! A running interview and the journal that keeps it: nothing counts as happened before it is kept.

use super::{Event, Instant, Interview, Refusal};

/// Keeps events for good. The session that they belong to is the implementer's business.
pub trait Journal {
    /// Returns only once the event would survive a power cut. The error is a whole sentence for the person at the keyboard.
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), String>;
}

/// Why an event did not happen.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotDone {
    /// The interview refused it.
    #[error("{0}")]
    Refused(Refusal),
    /// It could not be kept; the sentence says why.
    #[error("{0}")]
    NotKept(String),
}

/// An interview whose every step is kept.
pub struct Live {
    interview: Interview,
    journal: Box<dyn Journal>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("interview", &self.interview).finish_non_exhaustive()
    }
}

impl Live {
    /// Joins an interview with the journal that holds exactly its events.
    pub fn new(interview: Interview, journal: Box<dyn Journal>) -> Self {
        Self { interview, journal }
    }

    /// The interview as it stands.
    pub fn interview(&self) -> &Interview {
        &self.interview
    }

    /// Tries the event on a copy, keeps it, and only then lets it happen: a full disk leaves screen and journal agreed.
    pub fn apply(&mut self, at: Instant, event: Event) -> Result<(), NotDone> {
        let mut next = self.interview.clone();
        next.apply(at, event.clone()).map_err(NotDone::Refused)?;
        self.journal.keep(at, &event).map_err(NotDone::NotKept)?;
        self.interview = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::instrument::{Language, shipped};
    use crate::interview::Start;

    struct FullDisk;

    impl Journal for FullDisk {
        fn keep(&mut self, _: Instant, _: &Event) -> Result<(), String> {
            Err("the disk is full".into())
        }
    }

    #[test]
    fn what_cannot_be_kept_does_not_happen() {
        let instrument = Arc::new(shipped::read("workshop-pulse").unwrap().instrument.unwrap());
        let start = Start { seed: 1, language: Language::new("en"), fields: BTreeMap::new(), at: 0 };
        let interview = Interview::new(instrument, start);
        let before = interview.view();
        let mut live = Live::new(interview, Box::new(FullDisk));
        let change = Event::Language { language: Language::new("nl") };
        assert_eq!(live.apply(1, change), Err(NotDone::NotKept("the disk is full".into())));
        assert_eq!(live.interview().view(), before);
    }
}
