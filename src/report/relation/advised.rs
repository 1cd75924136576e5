//! Earlier advice as it was shown, and how the scores behind it changed. Nothing is computed anew; texts are in the language of the page
//! where they exist in it.

use serde::Serialize;

use super::{Known, Teller};
use crate::analysis::relation::{Parted, Since};
use crate::instrument::{Language, Party};
use crate::report::dates::day_of;
use crate::report::document::{Block, Reader, Section};
use crate::text;

/// How many a page for two minutes has.
const SHOWN: usize = 3;

/// An advice that was shown on earlier answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Earlier {
    /// What it is called, in every language.
    pub name: String,
    /// Its heading in the language of the page, else as it was shown.
    pub title: String,
    /// When it was shown for the first time.
    pub at: i64,
    /// Who read it.
    pub reader: String,
    /// Whose answers it rests on; of both sides the one whose picture was wrong.
    pub party: Party,
    /// Whether it quotes answers given to an interviewer.
    #[serde(skip)]
    pub quotes_led: bool,
    /// What became of what it rested on.
    pub since: Since,
    /// Whether it stands among the things to do today.
    pub again: bool,
}

impl Known {
    /// What was advised before, the latest first, for a page.
    pub fn advised_before(&self, language: &Language) -> Vec<Earlier> {
        let now = self.things(language);
        let mut before: Vec<Earlier> = Vec::new();
        for one in &self.before {
            // The account manager sees advice that was shown to any reader, each once.
            let same = |known: &&mut Earlier| (&known.name, known.party) == (&one.name, one.party);
            match before.iter_mut().find(same) {
                Some(known) if known.at <= one.at => {}
                Some(known) => *known = one.clone(),
                None => before.push(one.clone()),
            }
        }
        before.sort_by_key(|one| (std::cmp::Reverse(one.at), one.reader != Reader::Account.name()));
        before.truncate(SHOWN);
        for one in &mut before {
            one.again = now.iter().any(|thing| (&thing.name, thing.party) == (&one.name, one.party));
        }
        before
    }
}

impl Teller<'_> {
    /// Says what was advised before, or that nothing is kept of it.
    pub(super) fn advised_before(&self, known: &Known, section: &mut Section) {
        if known.nothing_kept {
            section.remark(text!(self.language, "report-relation-advised-nothing"));
        }
        let lines: Vec<String> =
            known.advised_before(self.language).iter().map(|one| self.earlier(one)).collect();
        if !lines.is_empty() {
            section.say(text!(self.language, "report-relation-advised-before"));
            section.push(Block::List(lines));
        }
    }

    fn earlier(&self, one: &Earlier) -> String {
        let (at, title, side) = (day_of(one.at, self.language), &one.title, self.party(one.party));
        let shown =
            text!(self.language, "report-relation-advised", at, reader = one.reader.as_str(), title, side);
        let again = one.again.then(|| text!(self.language, "report-relation-advised-again"));
        [Some(shown), Some(self.became(&one.since)), again]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn became(&self, since: &Since) -> String {
        let language = self.language;
        match since {
            Since::NotAsked => text!(language, "report-relation-since-not-asked"),
            Since::Parted(Parted::ByWhomIsUnknown) => text!(language, "report-relation-since-unknown"),
            Since::Parted(Parted::ByOthers) => text!(language, "report-relation-since-others"),
            Since::Parted(Parted::OnOneDay) => text!(language, "report-relation-since-one-day"),
            Since::Parted(Parted::ByMeans) => text!(language, "report-relation-since-means"),
            Since::AskedDifferently => text!(language, "report-relation-since-differently"),
            Since::NotFollowed => text!(language, "report-relation-since-not-followed"),
            Since::Measured { again, changed } => {
                let at = again.iter().map(|(_, at)| *at).max().map(|at| day_of(at, language));
                let at = at.unwrap_or_default();
                let side = match again.as_slice() {
                    [(party, _)] => self.party(*party),
                    _ => text!(language, "report-relation-either-side"),
                };
                if changed.is_empty() {
                    return text!(language, "report-relation-since-same", side, at);
                }
                let moved = changed.iter().map(|(party, changed)| self.moved(changed, *party));
                let what = self.joined(&moved.collect::<Vec<_>>());
                text!(language, "report-relation-since-changed", side, at, what)
            }
        }
    }
}
