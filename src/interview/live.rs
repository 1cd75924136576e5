//! A running interview with its journal: an event counts only once it is stored.

use std::collections::BTreeMap;
use std::fmt;

use super::{Begun, Event, Instant, Interview, Refusal};
use crate::text;
use crate::texts::Language;

/// Stores events durably. The implementer knows the session that they belong to and the thread that writes.
pub trait Journal {
    /// Returns only once the event would survive a power cut. Deletes the unfinished entry of a prompt that this event answers, and
    /// all unfinished entries at the end of the interview.
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), NotKept>;

    /// Stores the unfinished entry of a prompt in place of the previous one. As durable as an event, but not an event.
    fn keep_begun(&mut self, at: Instant, item: &str, step: usize, begun: &Begun) -> Result<(), NotKept>;

    /// Whether the stored data are still in place.
    fn check(&mut self) -> Result<(), NotKept>;

    /// A suggested place to save the session to if its own can no longer be used.
    fn suggested_place(&self) -> String;

    /// Saves the whole session in another place and continues there.
    fn save_elsewhere(&mut self, place: &str) -> Result<SavedElsewhere, NotKept>;
}

/// Where a session continues because its own place was lost, and what became of the other sessions that were kept there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedElsewhere {
    /// The new place.
    pub place: String,
    /// How many others went along.
    pub taken: usize,
    /// How many others could not be read any more, or not be written there.
    pub left: usize,
}

impl SavedElsewhere {
    /// What to tell whoever leads the interview.
    pub fn in_words(&self, language: &Language) -> String {
        let done = text!(language, "interview-saved-elsewhere", place = &self.place);
        [done, self.others_in_words(language)].join(" ").trim_end().to_owned()
    }

    /// The same where the place before was already one that an earlier place was lost for: what was left then is not in it either.
    pub fn after(self, before: Option<&Self>) -> Self {
        Self { left: self.left + before.map_or(0, |before| before.left), ..self }
    }

    /// A sentence on the other sessions; empty where there are none.
    pub fn others_in_words(&self, language: &Language) -> String {
        match (self.taken, self.left) {
            (0, 0) => String::new(),
            (taken, 0) => text!(language, "interview-saved-others", taken),
            (_, left) => text!(language, "interview-saved-without", left),
        }
    }
}

/// Why something could not be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotKept {
    /// A complete sentence for the user, in every language that relata speaks.
    sentences: Vec<(Language, String)>,
    /// Whether the place itself is gone or unreliable, so that retrying there is pointless.
    pub place_is_gone: bool,
    /// Whether the session was erased from elsewhere, so that nothing of it may be stored anywhere.
    pub erased: bool,
}

impl NotKept {
    /// Builds the error from its sentence in each language.
    pub fn new(place_is_gone: bool, say: impl Fn(&Language) -> String) -> Self {
        // Another sentence may follow it.
        let whole = |said: String| if said.ends_with(['.', '!', '?']) { said } else { said + "." };
        let sentences = Language::all().map(|language| (language.clone(), whole(say(&language)))).collect();
        Self { sentences, place_is_gone, erased: false }
    }

    /// The sentence in a language, or in the fallback language.
    pub fn in_words(&self, language: &Language) -> &str {
        let said = self.sentences.iter().find(|(spoken, _)| spoken == language);
        said.or(self.sentences.first()).map_or("", |(_, sentence)| sentence)
    }
}

impl fmt::Display for NotKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_words(&Language::fallback()))
    }
}

impl From<String> for NotKept {
    fn from(sentence: String) -> Self {
        Self::new(false, |_| sentence.clone())
    }
}

/// Why an event was not applied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotDone {
    /// The interview refused it.
    #[error("{0}")]
    Refused(Refusal),
    /// It could not be kept.
    #[error("{0}")]
    NotKept(NotKept),
}

/// Unfinished entries, by item and step.
pub type Beginnings = BTreeMap<(String, usize), Begun>;

/// An interview whose every step is stored.
pub struct Live {
    interview: Interview,
    journal: Box<dyn Journal>,
    begun: Beginnings,
    adrift: bool,
    erased: Option<NotKept>,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("interview", &self.interview).finish_non_exhaustive()
    }
}

impl Live {
    /// Combines an interview with the journal that holds exactly its events.
    pub fn new(interview: Interview, journal: Box<dyn Journal>) -> Self {
        Self { interview, journal, begun: Beginnings::new(), adrift: false, erased: None }
    }

    /// The same with the unfinished entries from before it was left.
    pub fn with_begun(self, begun: Beginnings) -> Self {
        Self { begun, ..self }
    }

    /// The interview as it stands.
    pub fn interview(&self) -> &Interview {
        &self.interview
    }

    /// The unfinished entry of a prompt.
    pub fn begun(&self, item: &str, step: usize) -> Option<&Begun> {
        self.begun.get(&(item.to_owned(), step))
    }

    /// The error if the interview was erased from elsewhere, so that nothing of it can be stored any more.
    pub fn erased(&self) -> Option<&NotKept> {
        self.erased.as_ref()
    }

    /// Applies the event to a copy, stores it, and only then replaces the interview, so that screen and journal agree even if the
    /// disk is full.
    pub fn apply(&mut self, at: Instant, event: Event) -> Result<(), NotDone> {
        let next = self.interview.after(at, &event).map_err(NotDone::Refused)?;
        let kept = self.journal.keep(at, &event);
        self.note(kept).map_err(NotDone::NotKept)?;
        self.begun.retain(|(item, step), _| !event.settles(item, *step));
        self.interview = next;
        Ok(())
    }

    /// Stores the unfinished entry of a prompt. It is not an answer and does not change the interview.
    pub fn keep_begun(&mut self, at: Instant, item: &str, step: usize, begun: Begun) -> Result<(), NotKept> {
        if self.begun(item, step) == Some(&begun) {
            return Ok(());
        }
        let kept = self.journal.keep_begun(at, item, step, &begun);
        self.note(kept)?;
        self.begun.insert((item.to_owned(), step), begun);
        Ok(())
    }

    /// Whether the stored data are still in place; to be checked before the user is told so.
    pub fn check(&mut self) -> Result<(), NotKept> {
        let kept = self.journal.check();
        self.note(kept)
    }

    /// A suggested place to save the session to if its own can no longer be used.
    pub fn suggested_place(&self) -> String {
        self.journal.suggested_place()
    }

    /// Saves the whole session in another place and continues there.
    pub fn save_elsewhere(&mut self, place: &str) -> Result<SavedElsewhere, NotKept> {
        let saved = self.journal.save_elsewhere(place)?;
        self.adrift = false;
        Ok(saved)
    }

    fn note(&mut self, kept: Result<(), NotKept>) -> Result<(), NotKept> {
        self.adrift = kept.as_ref().is_err_and(|why| why.place_is_gone);
        if let Err(why) = &kept
            && why.erased
        {
            self.erased = Some(why.clone());
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::instrument::shipped;
    use crate::interview::Start;

    struct FullDisk;

    impl Journal for FullDisk {
        fn keep(&mut self, _: Instant, _: &Event) -> Result<(), NotKept> {
            Err("the disk is full".to_owned().into())
        }

        fn keep_begun(&mut self, _: Instant, _: &str, _: usize, _: &Begun) -> Result<(), NotKept> {
            Err("the disk is full".to_owned().into())
        }

        fn check(&mut self) -> Result<(), NotKept> {
            Ok(())
        }

        fn suggested_place(&self) -> String {
            String::new()
        }

        fn save_elsewhere(&mut self, _: &str) -> Result<SavedElsewhere, NotKept> {
            Err("there is no other place".to_owned().into())
        }
    }

    #[test]
    fn what_cannot_be_kept_does_not_happen() {
        let instrument = Arc::new(shipped::read("workshop-pulse").unwrap().instrument.unwrap());
        let start =
            Start { seed: 1, language: Language::new("en"), fields: BTreeMap::new(), at: 0, offset: None };
        let interview = Interview::new(instrument, start);
        let before = interview.view();
        let mut live = Live::new(interview, Box::new(FullDisk));
        let change = Event::Language { language: Language::new("nl") };
        assert_eq!(live.apply(1, change), Err(NotDone::NotKept("the disk is full".to_owned().into())));
        assert_eq!(live.interview().view(), before);
        assert!(live.keep_begun(1, "models", 0, Begun::Typed("half a".into())).is_err());
        assert_eq!(live.begun("models", 0), None);
    }
}
