//! What the room is shown of itself, and when. Owns that nothing of it is on any page before it is shown, and that it stays what it was
//! until enough people have come for the difference to tell nothing of any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Settings;
use super::room::Room;
use crate::instrument::Language;
use crate::report::html::markup::SafeHtml;
use crate::report::html::{part, to_html};
use crate::study::Hear;
use crate::study::Study;
use crate::study::rooms::{self, OpenedFor, RoomSnapshot};

/// What was shown.
#[derive(Debug)]
pub(super) struct Revealed {
    /// Of how many people.
    pub people: usize,
    /// Title, what it is about, and the findings, by language.
    pages: BTreeMap<Language, (SafeHtml, String)>,
}

impl Revealed {
    /// What is shown of these sessions; none where one of them is gone.
    pub fn of(
        study: &mut Study,
        hear: Hear,
        settings: &Settings,
        whom: &OpenedFor,
        frozen: &RoomSnapshot,
    ) -> Result<Option<Self>, String> {
        let told = rooms::told(study, hear, &settings.instrument, whom, frozen, settings.privacy);
        let Some(told) = told.map_err(|why| why.to_string())? else { return Ok(None) };
        let pages = told.into_iter().map(|(language, shown)| (language, (part(&shown), to_html(&shown))));
        Ok(Some(Self { people: frozen.sessions.len(), pages: pages.collect() }))
    }

    /// The findings in a language, as a part of a page.
    pub fn part(&self, language: &Language) -> Option<&SafeHtml> {
        self.pages.get(language).or_else(|| self.pages.values().next()).map(|(part, _)| part)
    }

    /// The findings as pages that need nothing beside them.
    pub fn files(&self) -> Vec<(Language, String)> {
        self.pages.iter().map(|(language, (_, file))| (language.clone(), file.clone())).collect()
    }
}

impl Room {
    /// Shows the room to itself. Returns how many more people have to finish before it can be shown again, where that is so.
    pub fn reveal(&self) -> Result<usize, String> {
        if std::mem::replace(&mut self.state().working, true) {
            return Ok(0);
        }
        self.moved();
        let done = self.show();
        self.state().working = false;
        self.moved();
        done
    }

    fn show(&self) -> Result<usize, String> {
        let sentence = |why: &dyn std::fmt::Display| why.to_string();
        let hear = |notice: &crate::study::UnusablePart| self.world.hear(&notice.to_string());
        // A connection of its own, so that nobody who answers waits while this is worked out.
        let mut study = Study::open_again(&self.place()).map_err(|why| sentence(&why))?;
        let mut record = self.state().record.clone();
        let now = rooms::finished(&study, &hear, &record, &self.whom).map_err(|why| sentence(&why))?;
        let before = record.shown.as_ref().map_or_else(BTreeSet::new, |shown| shown.sessions.clone());
        let wanting = self.settings.privacy.wanting(&before, &now);
        let known = self.state().revealed.is_some();
        if wanting > 0 || known && before == now {
            return Ok(wanting);
        }
        let frozen = RoomSnapshot { sessions: now, at: self.world.now() };
        let revealed = Revealed::of(&mut study, &hear, &self.settings, &self.whom, &frozen)?;
        drop(study);
        let Some(revealed) = revealed else { return Ok(0) };
        // What was shown is kept first: after a restart it must be known that it was.
        record = {
            let mut state = self.state();
            state.record.shown = Some(frozen);
            state.record.clone()
        };
        self.keep(record)?;
        self.state().revealed = Some(Arc::new(revealed));
        Ok(0)
    }
}
