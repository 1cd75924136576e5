//! One relation: a customer organisation with everything that was answered about it, on both sides and over time.
//!
//! Owns what is compared with what. Between sides: one side's view of the other against that side's own answers, and how the relation is
//! meant against how it is used. Over time: two measurements of one side, and a line through them from three on. Computed on demand and
//! stored nowhere. Gives no advice.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::lens::{Lens, LensScore};
use crate::classify::model::Answers;
use crate::classify::session::{Against, Evidence};
use crate::classify::strength::Strengths;
use crate::gap::{Gap, Verdict};
use crate::instrument::{Family, Language, Party, Perspective, RelationalModel};
use crate::text;

use compared::compared;
pub use compared::{Compared, Contrast, Difference, DifferenceReading, IfSame, Together};
pub use declined::{Declined, Relates};
pub use due::{Approach, Due};
pub use measure_columns::MeasureColumns;
pub use named::{
    CLIENT, CUSTOMER, NamedCustomer, OneCustomer, answered_by, before, by_customer, comparable,
    field_of_customer, is_akin_name, is_same_name, is_spelt_alike,
};
pub use over_time::{Changed, Followed, OverTime, Parted};
pub use since::{Rests, Since};
pub use staying::Stays;

mod compared;
mod declined;
mod due;
mod measure_columns;
mod named;
mod over_time;
pub mod recovery;
mod since;
mod staying;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// After correction for several comparisons a difference with a p of at most this is one.
const SIGNIFICANT: f64 = 0.05;

/// A session of a relation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Visit {
    /// The session's id.
    pub session: String,
    /// When it began, in milliseconds since 1970.
    pub begun: i64,
    /// Who answered.
    pub party: Party,
    /// The code of the very person who answered, where there is one.
    pub person: Option<String>,
    /// The name of the questionnaire.
    pub instrument: String,
    /// Its title.
    pub title: String,
    /// Whether an interviewer asked: answers given to one in confidence are not for an account manager.
    pub led: bool,
    /// The pool of its mode; only sessions of one pool are compared over time.
    pub pool: &'static str,
    /// Whether it is a rehearsal; these are here only on request.
    pub test: bool,
    /// The respondent's own norms.
    pub own: Side,
    /// What the respondent thinks of the other side's.
    pub other: Side,
    /// The relation through other frameworks than the four models.
    pub lenses: Vec<Lens>,
    /// The mark for satisfaction, 1 to 10.
    pub satisfaction: Option<LensScore>,
    /// The wish to stay, or to go on with the customer.
    pub staying: Option<LensScore>,
    /// Said against associated.
    #[serde(skip)]
    pub gap: Option<Gap>,
    /// Whether its respondent would rather not answer, so that it says nothing.
    pub declined: bool,
    /// What this version of the questionnaire asked for each measure.
    #[serde(skip)]
    pub asked: Arc<MeasureColumns>,
}

/// The norms of a side as one respondent tells them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Side {
    /// How strongly each is held; none without ratings.
    pub strengths: Option<Strengths>,
    /// Which is the strongest, by the answers alone; none without a profile.
    pub answers: Option<Answers>,
    /// What speaks against the model that these put in front.
    #[serde(skip)]
    pub against: Option<Against>,
    /// Whether the ratings contradict each other as random ones do: then nothing else of them is told.
    pub random: bool,
}

impl Side {
    /// The norms of a side of a session, with what its profile says where it has one.
    pub fn of(evidence: Option<&Evidence>, answers: Option<Answers>) -> Self {
        if evidence.is_some_and(|evidence| evidence.random == Some(true)) {
            return Self { random: true, ..Self::default() };
        }
        Self {
            strengths: evidence.and_then(|evidence| evidence.strengths),
            answers,
            against: evidence.zip(answers).and_then(|(evidence, answers)| evidence.against(answers.dominant)),
            random: false,
        }
    }

    /// What its answers come to, for a list and a page alike; none without a profile.
    pub fn says(&self) -> Option<Says> {
        if self.random {
            return Some(Says::Random);
        }
        let answers = self.answers?;
        Some(match self.against.filter(|_| answers.tell_apart()) {
            _ if self.strengths.is_some_and(|strengths| strengths.are_low()) => Says::Low,
            Some(against) => Says::Parted(answers.dominant, against),
            None if answers.tell_apart() => Says::Model(answers.dominant),
            None => Says::Level,
        })
    }

    /// The model that the answers tell from the next, where they do and none of them speak against it.
    pub fn leads(&self) -> Option<RelationalModel> {
        match self.says()? {
            Says::Model(model) => Some(model),
            Says::Low | Says::Parted(..) | Says::Level | Says::Random => None,
        }
    }
}

/// What the answers on a side come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Says {
    /// They tell this model from the others.
    Model(RelationalModel),
    /// They do not tell the models apart.
    Level,
    /// Together they speak for one, and some of them put another one clearly above it.
    Parted(RelationalModel, Against),
    /// No norm reaches the middle of the scale, so that which is strongest matters little.
    Low,
    /// They contradict each other as random ones do.
    Random,
}

impl Says {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Model(model) => model.name(),
            Self::Level => "not told apart",
            Self::Parted(..) => "point apart",
            Self::Low => "hardly a relation",
            Self::Random => "as random",
        }
    }

    /// In words, for people.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::Model(model) => model.plainly(language),
            Self::Level => text!(language, "relation-level"),
            Self::Parted(..) => text!(language, "relation-parted"),
            Self::Low => text!(language, "relation-low"),
            Self::Random => text!(language, "relation-random"),
        }
    }
}

impl Visit {
    /// Whether it was answered as at random, as far as ratings of norms tell.
    pub fn is_random(&self) -> bool {
        self.own.random
    }

    /// What is left of one that was answered as at random: that somebody answered, and when.
    fn without_answers(self) -> Self {
        let random = Side { random: true, ..Side::default() };
        let (lenses, satisfaction, staying, gap) = (Vec::new(), None, None, None);
        Self { own: random, other: random, lenses, satisfaction, staying, gap, ..self }
    }

    /// Whether it has the strength of any norm.
    pub fn has_norms(&self) -> bool {
        let told = |side: &Side| side.strengths.is_some() || side.answers.is_some();
        told(&self.own) || told(&self.other)
    }

    /// Whether anybody of its side may have answered: at a customer several people may, and on our side no code means the owner of the file.
    pub fn is_codeless(&self) -> bool {
        self.party == Party::Customer && self.person.is_none()
    }

    /// Whether one and the same person is known to have answered both, on one side.
    fn is_by_the_person_of(&self, other: &Self) -> bool {
        self.person == other.person && (!self.is_codeless() || self.session == other.session)
    }

    /// Whether this later answer stands for what was said in that one: the same person answered the same questionnaire.
    pub fn replaces(&self, earlier: &Self) -> bool {
        (self.party, &self.instrument) == (earlier.party, &earlier.instrument)
            && self.is_by_the_person_of(earlier)
    }

    /// Whether the two are comparable over time: one side, one questionnaire, one pool, and one person.
    pub fn is_comparable(&self, other: &Self) -> bool {
        self.is_alike(other) && self.is_by_the_person_of(other)
    }

    /// Whether both began on one day, in UTC, as days are written on the page: what differs between them is no change over time.
    pub fn is_of_one_day_with(&self, other: &Self) -> bool {
        let day = |visit: &Self| visit.begun.div_euclid(DAY);
        day(self) == day(other)
    }

    /// Why the two, of one side and questionnaire, cannot be held against each other.
    fn parted_from(&self, other: &Self) -> Parted {
        match self.is_codeless() || other.is_codeless() {
            _ if self.pool != other.pool => Parted::ByMeans,
            true => Parted::ByWhomIsUnknown,
            false => Parted::ByOthers,
        }
    }

    /// Whether one side answered one questionnaire by one means.
    fn is_alike(&self, other: &Self) -> bool {
        let of = |visit: &Self| (visit.party, visit.instrument.clone(), visit.pool);
        of(self) == of(other)
    }

    fn side(&self, perspective: Perspective) -> &Side {
        match perspective {
            Perspective::Own => &self.own,
            Perspective::Other => &self.other,
        }
    }
}

/// A relation with its sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    /// The code under which all of its sessions stand.
    pub code: String,
    /// What the organisation's side calls the customer, where it was filled in; the newest name.
    pub name: Option<String>,
    /// What the same customer was called before, the latest name first.
    pub formerly: Vec<String>,
    /// Names, earlier ones or the present one, that several customers under this code are said to have had before.
    pub disputed: Vec<String>,
    /// Whether programs gave the answers.
    pub simulated: bool,
    /// Its sessions, the earliest first.
    pub visits: Vec<Visit>,
    /// When somebody would rather not answer, the earliest first: those of its sessions that say nothing, and those without consent.
    pub declined: Vec<Declined>,
}

impl Relation {
    /// A relation with its sessions in the order of time. Nothing that was answered as at random gets into it, so that whoever looks for
    /// the latest answers finds the ones before.
    pub fn new(code: String, name: Option<String>, simulated: bool, visits: Vec<Visit>) -> Self {
        let told = |visit: Visit| if visit.is_random() { visit.without_answers() } else { visit };
        let mut visits: Vec<Visit> = visits.into_iter().map(told).collect();
        visits.sort_by(|a, b| (a.begun, &a.session).cmp(&(b.begun, &b.session)));
        let declined = visits.iter().filter(|visit| visit.declined).map(Declined::of).collect();
        let (formerly, disputed) = (Vec::new(), Vec::new());
        Self { code, name, formerly, disputed, simulated, visits, declined }
    }

    /// The relation of a customer to whom all of these sessions belong.
    pub fn of(code: String, customer: OneCustomer<Visit>, simulated: bool) -> Self {
        let OneCustomer { name, formerly, disputed, sessions, refusals, .. } = customer;
        let mut relation = Self { formerly, disputed, ..Self::new(code, name, simulated, sessions) };
        relation.declined.extend(refusals.iter().map(Declined::of));
        relation.declined.sort_by_key(|one| one.begun);
        relation
    }

    /// Whether this is, or was, a name of the customer.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.iter().chain(&self.formerly).any(|known| is_same_name(known, name))
    }

    /// Whether this may be the long or the short form of such a name.
    pub fn may_be_called(&self, name: &str) -> bool {
        self.name.iter().chain(&self.formerly).any(|known| is_akin_name(known, name))
    }

    /// The sessions that may be compared and advised on, the earliest first: all but those that say nothing, or were answered as at random.
    pub fn usable(&self) -> impl DoubleEndedIterator<Item = &Visit> + Clone {
        self.visits.iter().filter(|visit| !visit.is_random() && !visit.declined)
    }

    /// The latest session of a side with usable norms; else the latest one with inconsistent norms.
    pub fn latest(&self, party: Party) -> Option<&Visit> {
        let of = |is: fn(&Visit) -> bool| self.visits.iter().rfind(|visit| visit.party == party && is(visit));
        of(Visit::has_norms).or_else(|| of(Visit::is_random))
    }

    /// A session of a side after the latest that tells of its norms, which contradicts itself.
    pub fn random_since(&self, party: Party) -> Option<&Visit> {
        let told = |visit: &&Visit| visit.party == party && (visit.has_norms() || visit.is_random());
        let last = self.visits.iter().rfind(told)?;
        (last.is_random() && self.latest(party)?.session != last.session).then_some(last)
    }

    fn answered(&self, party: Party) -> impl Iterator<Item = &Visit> {
        self.visits.iter().filter(move |visit| visit.party == party && !visit.declined)
    }

    /// How many people answered on a side, as far as that is known: whoever has a code, and on our side whoever keeps the file, who needs none.
    pub fn people(&self, party: Party) -> usize {
        let persons = self.answered(party).map(|visit| visit.person.as_ref());
        let counts = |person: &Option<&String>| person.is_some() || party == Party::Organisation;
        persons.filter(counts).collect::<BTreeSet<_>>().len()
    }

    /// Sessions of a side that anybody may have answered, those who have a code or somebody else.
    pub fn codeless(&self, party: Party) -> usize {
        self.answered(party).filter(|visit| visit.is_codeless()).count()
    }

    /// Whether it has to be said of an answer of a side whose it is: each that has no code may be of another person.
    pub fn may_be_several(&self, party: Party) -> bool {
        self.people(party) + self.codeless(party) > 1
    }

    /// When it was last answered about.
    pub fn last_seen(&self) -> Option<i64> {
        self.visits.last().map(|visit| visit.begun)
    }

    /// Whether a session lies no longer before the last one than a relation waits to be looked at again.
    pub fn is_of_late(&self, visit: &Visit) -> bool {
        self.last_seen().is_some_and(|last| last - visit.begun <= i64::from(Due::DAYS) * DAY)
    }

    /// The latest sessions of both sides held against each other; nothing where one side has not answered.
    pub fn both_sides(&self) -> Vec<Compared> {
        both_sides(self.latest(Party::Organisation), self.latest(Party::Customer))
    }

    /// The latest session of a side that looked through a framework, with what it saw.
    pub fn through(&self, party: Party, family: Family) -> Option<(&Visit, &Lens)> {
        self.visits.iter().rev().filter(|visit| visit.party == party).find_map(|visit| {
            let lens = visit.lenses.iter().find(|lens| lens.family == family)?;
            Some((visit, lens))
        })
    }

    /// The verdict on the gap of the customer's latest session that has one, or else of our side's, with whose it is.
    pub fn gap(&self) -> Option<(Party, Verdict)> {
        let sides = [Party::Customer, Party::Organisation].into_iter();
        sides.filter_map(|party| Some((party, self.gap_of(party)?))).next()
    }

    /// The verdict on the gap of the latest session of one side that has one.
    pub fn gap_of(&self, party: Party) -> Option<Verdict> {
        self.visits.iter().rev().filter(|visit| visit.party == party).find_map(told_gap)
    }
}

fn both_sides(ours: Option<&Visit>, theirs: Option<&Visit>) -> Vec<Compared> {
    let Some((ours, theirs)) = ours.zip(theirs) else { return Vec::new() };
    [
        (Contrast::OurPicture, ours.other, theirs.own),
        (Contrast::TheirPicture, theirs.other, ours.own),
        (Contrast::MeantAndUsed, ours.own, theirs.own),
    ]
    .into_iter()
    .filter_map(|(pairing, left, right)| compared(pairing, left, right))
    .collect()
}

fn told_gap(visit: &Visit) -> Option<Verdict> {
    visit.gap.as_ref().map(|gap| gap.verdict).filter(|verdict| *verdict != Verdict::NoVerdict)
}

#[cfg(test)]
mod tests;
