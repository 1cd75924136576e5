//! What the room is shown of its own results, and when. Owns that nothing is on any page before it is shown, and that it is updated
//! only when enough people have finished that the difference reveals nothing about any of them.

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
use crate::text;

/// Results that were shown.
#[derive(Debug)]
pub(super) struct Revealed {
    /// How many people they are based on.
    pub people: usize,
    /// Title, subject and findings, by language.
    pages: BTreeMap<Language, (SafeHtml, String)>,
}

impl Revealed {
    /// The results of these sessions; `None` if one of them is gone.
    pub fn of(
        study: &mut Study,
        hear: Hear,
        settings: &Settings,
        whom: &OpenedFor,
        frozen: &RoomSnapshot,
    ) -> Result<Option<Self>, String> {
        let told = rooms::told(study, hear, &settings.instrument, whom, frozen);
        let Some(told) = told.map_err(|why| why.to_string())? else { return Ok(None) };
        let (people, pages) = (told.people, told.pages.into_iter());
        let pages = pages.map(|(language, shown)| (language, (part(&shown), to_html(&shown))));
        Ok(Some(Self { people, pages: pages.collect() }))
    }

    /// The findings in a language, to be embedded in a page.
    pub fn part(&self, language: &Language) -> Option<&SafeHtml> {
        self.pages.get(language).or_else(|| self.pages.values().next()).map(|(part, _)| part)
    }

    /// The findings as self-contained pages.
    pub fn files(&self) -> Vec<(Language, String)> {
        self.pages.iter().map(|(language, (_, file))| (language.clone(), file.clone())).collect()
    }
}

/// What came of showing the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// It is shown as it is now, or will be when what is being worked out is done.
    Shown,
    /// It was shown before, and nobody has finished since.
    Already,
    /// It cannot be shown yet.
    Wanting {
        /// How many more people have to finish.
        people: usize,
        /// The smallest group, where nothing was shown before: fewer people are none. Else they are too few to stand between two pages.
        group: Option<usize>,
    },
}

impl Showing {
    /// What is still so, now that `since` more people have finished than when it was found; `None` where none of it is.
    pub fn after(self, since: usize) -> Option<Self> {
        match self {
            Self::Wanting { people, group } => {
                let people = people.checked_sub(since).filter(|people| *people > 0)?;
                Some(Self::Wanting { people, group })
            }
            Self::Already if since > 0 => None,
            Self::Already | Self::Shown => Some(self),
        }
    }

    /// What to tell the room; `None` where it sees for itself.
    pub fn in_words(self, language: &Language) -> Option<String> {
        match self {
            Self::Shown => None,
            Self::Already => Some(text!(language, "server-wall-already")),
            Self::Wanting { people: wanting, group: None } => {
                Some(text!(language, "server-wall-wanting", wanting))
            }
            Self::Wanting { people: wanting, group: Some(least) } => {
                Some(text!(language, "server-wall-wanting-first", wanting, least))
            }
        }
    }
}

impl Room {
    /// Shows the room its results.
    pub fn reveal(&self) -> Result<Showing, String> {
        if std::mem::replace(&mut self.state().working, true) {
            return Ok(Showing::Shown);
        }
        self.moved();
        let done = self.show();
        self.state().working = false;
        self.moved();
        done
    }

    /// That so many more people have to finish.
    pub fn wanting(&self, people: usize) -> Showing {
        let is_first = self.record().shown.is_none_or(|shown| shown.all().is_empty());
        Showing::Wanting { people, group: is_first.then(|| self.settings.privacy.least()) }
    }

    fn show(&self) -> Result<Showing, String> {
        let sentence = |why: &dyn std::fmt::Display| why.to_string();
        let hear = |notice: &crate::study::UnusablePart| self.world.hear(&notice.to_string());
        // On its own connection, so that participants do not have to wait for the computation.
        let mut study = Study::open_again(&self.place()?).map_err(|why| sentence(&why))?;
        let record = self.record();
        let whose = rooms::finished(&study, &hear, &record, &self.whom).map_err(|why| sentence(&why))?;
        let now: BTreeSet<String> = whose.keys().cloned().collect();
        // Of a session that is gone nobody knows any more whose it was: all of them may have been one person's.
        let person = |session: &String| whose.get(session);
        let (before, privacy) = (record.shown.as_ref(), self.settings.privacy);
        let shown = before.map(RoomSnapshot::all).unwrap_or_default();
        let wanting = shown.iter().map(|before| privacy.wanting(before, &now, person)).max();
        let wanting = wanting.unwrap_or_else(|| privacy.wanting(&BTreeSet::new(), &now, person));
        let known = self.state().revealed.is_some();
        if wanting == 0 && known && before.is_some_and(|before| before.sessions == now) {
            return Ok(Showing::Already);
        }
        if wanting > 0 {
            return Ok(self.wanting(wanting));
        }
        let frozen = RoomSnapshot::after(before, now, self.world.now(), privacy);
        let revealed = Revealed::of(&mut study, &hear, &self.settings, &self.whom, &frozen)?;
        drop(study);
        let revealed = revealed.ok_or("somebody was erased in this moment; show the room once more")?;
        // Store first what is shown, because it must still be known after a restart.
        self.change(move |record| record.shown = Some(frozen))?;
        self.state().revealed = Some(Arc::new(revealed));
        Ok(Showing::Shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_showing_holds_until_enough_others_have_finished() {
        let wanting = |people| Showing::Wanting { people, group: Some(5) };
        assert_eq!(
            [0, 1, 2].map(|since| Showing::Already.after(since)),
            [Some(Showing::Already), None, None]
        );
        let left = [0, 1, 2, 3, 4].map(|since| wanting(3).after(since));
        assert_eq!(left, [Some(wanting(3)), Some(wanting(2)), Some(wanting(1)), None, None]);
    }
}
