//! A relation put into words: one customer on one page, for an account manager with two minutes before a meeting.
//!
//! Owns the sentences on both sides and on change over time. Numbers that only researchers need have a section of their own. Computes
//! nothing.

use serde::Serialize;

use super::AdviceLine;
use super::dates::day_of;
use super::document::{Block, Conclusion, Document, Fact, Part, Reader, Readers, Section, Shown};
use crate::analysis::relation::{Compared, OverTime, Parted, Relation, before};
use crate::instrument::{Language, Party, RelationalModel};
use crate::text;
use crate::texts::capital;

mod advised;
mod appendix;
mod choice;
mod compares;
mod lenses;
mod says;
mod standing;
mod time;
mod to_do;

pub use advised::Earlier;
pub(super) use compares::pairing_title;
pub use to_do::{Thing, picture};

/// A relation with what its questionnaires advise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Known {
    /// The relation.
    pub relation: Relation,
    /// Advice to the account manager from the latest session with each questionnaire, in reading order.
    pub counsel: Vec<Counsel>,
    /// Advice, as it was shown, on answers that were given again since.
    pub before: Vec<Earlier>,
    /// Whether answers were given again, and nothing is kept of what was advised on the earlier ones.
    pub nothing_kept: bool,
    /// Names of other customers under the same code.
    pub others: Vec<String>,
    /// Answers in sentences and notes of the last two sessions of each side that have any, the latest first.
    pub told: Vec<Told>,
}

/// An answer or a note in somebody's own words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Whose session it was.
    pub party: Party,
    /// When it began.
    pub begun: i64,
    /// Whether there was an interviewer: what is told in confidence to one is not for an account manager.
    pub led: bool,
    /// Question and answer.
    pub answers: Vec<(String, String)>,
    /// Question and note.
    pub notes: Vec<(String, String)>,
}

/// An advice with the session that it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counsel {
    /// The advice.
    pub advice: AdviceLine,
    /// The title of the questionnaire.
    pub questionnaire: String,
    /// Whose answers it rests on.
    pub party: Party,
    /// When that session began.
    pub begun: i64,
    /// Its id.
    pub session: String,
    /// Whether there was an interviewer.
    pub led: bool,
}

impl Counsel {
    /// Whether some of it is a guess, which the other side has not put right yet.
    fn is_guess(&self) -> bool {
        !self.advice.guesses.is_empty()
    }
}

impl Known {
    /// The relation as this reader may see it. An account manager sees the results of a led interview, never single answers.
    pub fn told_to(mut self, reader: Reader) -> Self {
        if reader == Reader::Researcher {
            return self;
        }
        // Advice is a result and stays, without the answers that it quotes; one whose heading quotes goes as a whole.
        self.counsel.retain(|counsel| !counsel.led || counsel.advice.unquoted.is_some());
        for counsel in self.counsel.iter_mut().filter(|counsel| counsel.led) {
            counsel.advice.rests.clear();
            counsel.advice.text = counsel.advice.unquoted.clone().unwrap_or_default();
            counsel.advice.quotes = false;
        }
        self.before.retain(|one| !one.quotes_led);
        // The mark for satisfaction is a single answer, the wish to stay a scale.
        for visit in self.relation.visits.iter_mut().filter(|visit| visit.led) {
            visit.satisfaction = None;
        }
        self.told.retain(|told| !told.led);
        self
    }
}

/// The relation as this reader may see it.
pub fn shown(known: Known, reader: Reader, language: &Language) -> Shown {
    document(&known.told_to(reader), language).shown_to(reader)
}

fn document(known: &Known, language: &Language) -> Document {
    let teller = Teller { relation: &known.relation, language };
    // Only researchers and account managers read both sides.
    let readers = Readers::default().and(Reader::Researcher).and(Reader::Account);
    let title = known.relation.name.clone().unwrap_or_else(|| known.relation.code.clone());
    let code = known.relation.name.is_some().then(|| known.relation.code.clone());
    let about = code.into_iter().chain(before(&known.relation.formerly, language));
    Document {
        language: language.to_string(),
        kicker: text!(language, "report-relation-kicker"),
        title,
        about: about.map(|told| Part::to(readers, told)).collect(),
        simulated: known.relation.simulated,
        facts: teller.facts().into_iter().map(|fact| Part::to(readers, fact)).collect(),
        lead: Vec::new(),
        sections: teller.sections(known, readers),
    }
}

/// A short sentence without a heading.
fn sentence(sentence: String) -> Block {
    Block::Conclusion(Conclusion { sentence, ..Conclusion::default() })
}

struct Teller<'a> {
    relation: &'a Relation,
    language: &'a Language,
}

impl Teller<'_> {
    fn facts(&self) -> Vec<Fact> {
        let count = |party| self.relation.visits.iter().filter(|visit| visit.party == party).count();
        let (ours, theirs) = (count(Party::Organisation), count(Party::Customer));
        let mut facts = vec![(
            text!(self.language, "report-relation-answered"),
            text!(self.language, "report-relation-sessions", ours, theirs),
        )];
        if let Some(at) = self.relation.last_seen() {
            facts.push((text!(self.language, "report-relation-last"), day_of(at, self.language)));
        }
        if !self.relation.formerly.is_empty() {
            let names = self.relation.formerly.join(", ");
            facts.push((text!(self.language, "report-relation-names-before"), names));
        }
        facts
    }

    fn sections(&self, known: &Known, readers: Readers) -> Vec<Section> {
        let both = self.relation.both_sides();
        let times: Vec<OverTime> = [Party::Organisation, Party::Customer]
            .into_iter()
            .flat_map(|party| self.relation.over_time(party))
            .collect();
        let mut glance = self.glance(&both, &times);
        // Who would rather leave is read before how anybody relates: a screen holds a few sentences.
        let n = self.relation.visits.iter().filter(|visit| visit.test).count();
        let rehearsals = (n > 0).then(|| sentence(text!(self.language, "report-relation-rehearsals", n)));
        let parties = [Party::Customer, Party::Organisation].into_iter();
        let standings = parties.flat_map(|party| self.standings(party)).map(Block::Conclusion);
        let first = rehearsals.into_iter().chain(standings).map(Part::new);
        glance.blocks.splice(0..0, first.collect::<Vec<_>>());
        if self.relation.name.is_none() {
            let code = &self.relation.code;
            glance.push(sentence(text!(self.language, "report-relation-nameless", code)));
        }
        if !known.others.is_empty() {
            let (code, names) = (&self.relation.code, known.others.join(", "));
            glance.push(sentence(text!(self.language, "report-relation-others", code, names)));
        }
        if self.relation.disputed.is_empty() {
            let others =
                (!known.others.is_empty()).then(|| text!(self.language, "report-relation-others-renamed"));
            glance.blocks.extend(others.map(|told| Part::new(sentence(told))));
        } else {
            let (code, names) = (&self.relation.code, &self.relation.disputed);
            let told = names.iter().map(|name| text!(self.language, "report-relation-disputed", code, name));
            let mend = text!(self.language, "report-relation-disputed-mend");
            glance.push(sentence(told.chain([mend]).collect::<Vec<_>>().join(" ")));
        }
        let mut sections = vec![glance];
        sections.extend(self.to_do(known, &both));
        sections.extend(self.lenses());
        sections.extend(self.sides());
        sections.push(self.told(known, false));
        // An account manager reads two pages before a meeting; the numbers behind the sentences are for researchers.
        let mut behind = self.over_time(&times);
        behind.push(self.basis());
        behind.push(self.told(known, true));
        behind.extend(self.numbers(&both));
        let open = |mut section: Section, readers: Readers| {
            section.readers = readers;
            section.blocks.iter_mut().for_each(|part| part.readers = readers);
            section
        };
        let researchers = Readers::default().and(Reader::Researcher);
        let sections = sections.into_iter().map(|section| open(section, readers));
        let behind = behind.into_iter().map(|section| open(section, researchers));
        sections.chain(behind).filter(|section| !section.blocks.is_empty()).collect()
    }

    /// Answers in sentences and notes, from sessions with an interviewer (`led`) or from those without.
    fn told(&self, known: &Known, led: bool) -> Section {
        let (id, title) = match led {
            true => ("told-to-interviewers", text!(self.language, "report-relation-told-led")),
            false => ("told", text!(self.language, "report-relation-told")),
        };
        let mut section = Section::new(id, title);
        for told in known.told.iter().filter(|told| told.led == led) {
            let answer = |(question, answer): &(String, String)| {
                text!(self.language, "report-relation-answer", question, answer)
            };
            let note = |(question, note): &(String, String)| {
                text!(self.language, "report-relation-note", question, note)
            };
            let lines = told.answers.iter().map(answer).chain(told.notes.iter().map(note));
            section.say(text!(
                self.language,
                "report-relation-told-by",
                side = self.party(told.party),
                at = day_of(told.begun, self.language)
            ));
            section.push(Block::List(lines.collect()));
        }
        section
    }

    fn glance(&self, both: &[Compared], times: &[OverTime]) -> Section {
        let mut section = Section::new("glance", text!(self.language, "report-relation-glance"));
        for (party, title) in [
            (Party::Organisation, text!(self.language, "report-relation-we-relate")),
            (Party::Customer, text!(self.language, "report-relation-they-relate")),
        ] {
            let Some(visit) = self.relation.latest(party) else { continue };
            section
                .blocks
                .extend(self.says(title, &visit.own).map(|told| Part::new(Block::Conclusion(told))));
            if self.relation.may_be_several(party) {
                let (n, codeless) = (self.relation.people(party), self.relation.codeless(party));
                let (side, at) = (self.party(party), day_of(visit.begun, self.language));
                let who = self.who(visit.person.as_deref());
                section.push(sentence(match (n, codeless) {
                    (_, 0) => text!(self.language, "report-relation-several", side, n, who, at),
                    (0, _) => text!(self.language, "report-relation-codeless", side, codeless, at),
                    _ => text!(self.language, "report-relation-several-codeless", side, n, codeless, who, at),
                }));
            }
            if let Some(later) = self.relation.random_since(party) {
                let (side, at) = (self.party(party), day_of(later.begun, self.language));
                section.push(sentence(text!(self.language, "report-relation-random-since", side, at)));
            }
        }
        for compared in both {
            section.push(Block::Conclusion(self.compared(compared)));
        }
        let declined = self.relation.has_declined(Party::Customer);
        if let Some(one) = declined {
            let (who, at) = (self.who(one.person.as_deref()), day_of(one.begun, self.language));
            section.push(sentence(match self.relation.may_ask_customer() {
                true => text!(self.language, "report-relation-declined-colleague", who, at),
                false => text!(self.language, "report-relation-declined", who, at),
            }));
        }
        match self.relation.latest(Party::Customer) {
            None if declined.is_some() => {}
            None if self.relation.latest(Party::Organisation).is_some() => {
                section.push(sentence(text!(
                    self.language,
                    "report-relation-only-ours",
                    code = &self.relation.code
                )));
            }
            Some(_) if self.relation.latest(Party::Organisation).is_none() => {
                section.push(sentence(text!(
                    self.language,
                    "report-relation-only-theirs",
                    code = &self.relation.code
                )));
            }
            _ => {}
        }
        section
            .blocks
            .extend(self.weakest().into_iter().map(|verdict| Part::new(Block::Conclusion(verdict))));
        for (party, title) in [
            (Party::Organisation, text!(self.language, "report-relation-gap-ours")),
            (Party::Customer, text!(self.language, "report-relation-gap-theirs")),
        ] {
            // What the answers leave open is not for two minutes.
            let told =
                self.relation.gap_of(party).filter(|verdict| *verdict != crate::gap::Verdict::Indeterminate);
            if let Some(verdict) = told {
                let (headline, sentence) = verdict.in_words(None, self.language);
                section.push(Block::Conclusion(Conclusion {
                    title: Some(title),
                    sentence: format!("{}.", capital(&headline)),
                    more: vec![sentence],
                    ..Conclusion::default()
                }));
            }
        }
        for party in [Party::Organisation, Party::Customer] {
            section.blocks.extend(self.trend(party, times).map(|told| Part::new(sentence(told))));
            let side = self.party(party);
            let parted = self.relation.parted_in_time(party).map(|parted| match parted {
                Parted::ByWhomIsUnknown if times.iter().any(|time| time.party == party) => {
                    text!(self.language, "report-relation-by-whom-some", side)
                }
                Parted::ByWhomIsUnknown => text!(self.language, "report-relation-by-whom", side),
                Parted::ByOthers => text!(self.language, "report-relation-by-others", side),
                Parted::OnOneDay => text!(self.language, "report-relation-on-one-day", side),
                Parted::ByMeans => {
                    text!(self.language, "report-relation-by-means", side, means = self.means_of(party))
                }
            });
            section.blocks.extend(parted.map(|parted| Part::new(sentence(parted))));
        }
        section
    }

    fn listed(&self, models: &[RelationalModel]) -> String {
        let names: Vec<String> = models
            .iter()
            .map(|model| text!(self.language, "report-relation-quoted", name = model.plainly(self.language)))
            .collect();
        self.joined(&names)
    }

    fn joined(&self, names: &[String]) -> String {
        crate::texts::listed(names, self.language)
    }

    /// The code of whoever answered.
    fn who(&self, person: Option<&str>) -> String {
        match person {
            Some(person) => person.to_uppercase(),
            None => text!(self.language, "report-relation-without-code"),
        }
    }

    fn party(&self, party: Party) -> String {
        match party {
            Party::Organisation => text!(self.language, "report-relation-our-side"),
            Party::Customer => text!(self.language, "report-relation-their-side"),
        }
    }
}
