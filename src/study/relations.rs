//! The relations of a study: sessions of both sides under one code.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::advised;
use super::digests::Unanswered;
use super::loading::{Loader, facts};
use super::measuring::Sessions;
use super::{Hear, StudyError};
use crate::analysis::lens::{Lens, LensScore};
use crate::analysis::relation::{
    Approach, CUSTOMER, Due, MeasureColumns, NamedCustomer, OneCustomer, Relation, Side, Stays, Visit,
    answered_by, by_customer, comparable, is_spelt_alike,
};
use crate::analysis::{Digest, intention, satisfaction};
use crate::classify::session::Evidence;
use crate::instrument::{Construct, Instrument, Language, PERSON, Party, Perspective, Priority};
use crate::interview::{Interview, SessionState};
use crate::measures::Norms;
use crate::report::relation::{self, Counsel, Known, Told};
use crate::report::{AdviceLine, Guess, Report, titled};
use crate::store::{SessionHeader, Study};

/// Sessions of a side whose sentences stand on the page.
const SESSIONS_TOLD: usize = 2;

/// What stands under a code, simulated or not, each with the customer that it names.
type ByCode<C, T> = BTreeMap<(C, bool), Vec<(NamedCustomer, T)>>;

/// A customer with its code, and whether its sessions are simulated.
type CodedCustomer<C, T> = (C, OneCustomer<T>, bool);

/// The sessions under each code by the customer that they are about, where anybody answered. Real and simulated ones are never in one relation.
fn by_code<C: Ord + Clone, T>(found: ByCode<C, T>) -> impl Iterator<Item = CodedCustomer<C, T>> {
    found.into_iter().flat_map(|((code, simulated), visits)| {
        let answered = by_customer(visits).into_iter().filter(|customer| !customer.sessions.is_empty());
        answered.map(move |customer| (code.clone(), customer, simulated))
    })
}

/// Whether a session counts for a relation: a finished one, and a refused consent as such from when it is given.
fn counts(header: &SessionHeader, is_refused: bool) -> bool {
    match header.state {
        SessionState::Finished => header.touched,
        SessionState::Open => header.touched && is_refused,
        SessionState::Withdrawn => false,
    }
}

/// What of a session is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// What a list says: which model leads on the respondent's own side. What is thought of the other side is told by its norms alone.
    List,
    /// Everything.
    Page,
}

impl Depth {
    /// Whether it takes the model that these answers speak for. Where nothing was rated, it alone says that anything was answered.
    fn takes_model(self, evidence: &Evidence) -> bool {
        self == Self::Page || evidence.perspective == Perspective::Own || evidence.strengths.is_none()
    }
}

/// The relations of a study by their codes (see [`OneCustomer::is_relation`]), with names of scales in `language`, and the sessions that had
/// to be read anew. Finished sessions that are `wanted` count, refusals as such alone; real and simulated ones are never in one relation.
///
/// # Errors
/// A study that cannot be read at all.
pub fn portfolio(
    study: &Study,
    hear: Hear,
    language: &Language,
    wanted: impl Fn(&SessionHeader) -> bool,
) -> Result<(Vec<Relation>, Sessions), StudyError> {
    let (customers, sessions) = relations(study, hear, None, language, wanted, Depth::List)?;
    let listed = customers.into_iter().filter(|(_, customer, _)| customer.is_relation);
    Ok((
        listed.map(|(code, customer, simulated)| Relation::of(code, customer, simulated)).collect(),
        sessions,
    ))
}

/// Whatever stands under each code, or under this one alone, by customer.
fn relations(
    study: &Study,
    hear: Hear,
    code: Option<&str>,
    language: &Language,
    wanted: impl Fn(&SessionHeader) -> bool,
    depth: Depth,
) -> Result<(Vec<CodedCustomer<String, Visit>>, Sessions), StudyError> {
    let is_meant = |header: &SessionHeader| code.is_none_or(|code| header.respondent == code);
    // Only its answers tell whether consent stands refused in a session that is open.
    let is_open = |header: &SessionHeader| header.state == SessionState::Open;
    let mut sessions = Sessions::read(study, hear, |header| {
        is_meant(header) && (is_open(header) || (counts(header, false) && wanted(header)))
    })?;
    let is_refused =
        |(header, digest): &(SessionHeader, Digest)| counts(header, digest.refused) && wanted(header);
    sessions.members.retain(|member| !is_open(&member.0) || is_refused(member));
    let takes_model = |evidence: &Evidence| depth.takes_model(evidence);
    sessions.prepare_answers(takes_model);
    let mut found: ByCode<String, Visit> = BTreeMap::new();
    let mut asked: BTreeMap<String, Arc<MeasureColumns>> = BTreeMap::new();
    for at in 0..sessions.members.len() {
        let instrument = sessions.instrument(at).clone();
        let party = instrument.respondents;
        let (header, digest) = &sessions.members[at];
        let (is_refused, key) = (digest.refused, (header.respondent.clone(), header.simulated()));
        let named = NamedCustomer { is_refused, ..NamedCustomer::in_form(&instrument, &digest.fields) };
        let unanswered = Visit {
            session: header.id.to_string(),
            begun: header.start.at,
            party,
            person: answered_by(party, header.interviewer.as_deref(), &digest.fields),
            instrument: header.instrument.name.clone(),
            title: instrument.label.raw(&instrument.language(Some(language.as_str()))),
            // On our side the interviewer is the respondent; only a customer's interviewer is a second person.
            led: instrument.has_interviewer() || (party == Party::Customer && header.interviewer.is_some()),
            pool: header.mode.pool(),
            test: header.test,
            own: Side::default(),
            other: Side::default(),
            lenses: Vec::new(),
            satisfaction: None,
            staying: None,
            gap: None,
            declined: digest.is_declined(&instrument),
            asked: asked
                .entry(instrument.hash.clone())
                .or_insert_with(|| Arc::new(MeasureColumns::of(&instrument)))
                .clone(),
        };
        if is_refused {
            found.entry(key).or_default().push((named, unanswered));
            continue;
        }
        let answers = sessions.answers(at, takes_model);
        let gap = sessions.gap(at);
        let (mark, wish) = (satisfaction(&instrument), intention(&instrument));
        // Most questionnaires have no scale of another framework, and a list of relations is long.
        let scales = instrument.scales.iter().any(|scale| matches!(scale.construct, Construct::Family(..)));
        let norms = match scales || wish.is_some() {
            true => sessions.standards(at).norms().clone(),
            false => Norms::none(),
        };
        let digest = &sessions.members[at].1;
        let known = |side| answers.iter().find(|(known, _)| *known == side).map(|(_, answers)| *answers);
        let side = |perspective| Side::of(digest.evidence_for(perspective), known(perspective));
        let score =
            |index: Option<usize>| LensScore::of_parts(&instrument, index?, &digest.parts, &norms, language);
        let visit = Visit {
            own: side(Perspective::Own),
            other: side(Perspective::Other),
            lenses: Lens::of_parts(&instrument, &digest.parts, &norms, language),
            satisfaction: score(mark),
            staying: score(wish),
            gap: Some(gap),
            ..unanswered
        };
        found.entry(key).or_default().push((named, visit));
    }
    Ok((by_code(found).collect(), sessions))
}

/// One relation with what its latest sessions advise; none where no finished session stands under the code. Where several customers stand under
/// it, the one called `customer` counts, or the one that was looked at last. Real answers come before simulated ones.
///
/// # Errors
/// A study that cannot be read at all, or a session of the relation that cannot.
pub fn known(
    study: &Study,
    hear: Hear,
    (code, customer): (&str, Option<&str>),
    language: &Language,
    wanted: impl Fn(&SessionHeader) -> bool,
) -> Result<(Option<Known>, Sessions), StudyError> {
    let (found, mut sessions) = relations(study, hear, Some(code), language, wanted, Depth::Page)?;
    let found: Vec<Relation> = found
        .into_iter()
        .map(|(code, customer, simulated)| Relation::of(code, customer, simulated))
        .collect();
    let is_called = |relation: &&Relation| customer.is_none_or(|name| relation.is_called(name));
    let mut meant: Vec<&Relation> = found.iter().filter(is_called).collect();
    if meant.is_empty() {
        // The long or the short form of one alone.
        meant = found.iter().filter(|one| customer.is_some_and(|name| one.may_be_called(name))).collect();
        meant.truncate(if meant.len() > 1 { 0 } else { 1 });
    }
    let is_spelt_so = |relation: &Relation| {
        customer.zip(relation.name.as_deref()).is_some_and(|(name, known)| is_spelt_alike(known, name))
    };
    let first = |relation: &Relation| {
        (relation.simulated, !is_spelt_so(relation), std::cmp::Reverse(relation.last_seen()))
    };
    let Some(relation) = meant.into_iter().min_by_key(|one| first(one)).cloned() else {
        return Ok((None, sessions));
    };
    let others = found.iter().filter(|other| other.simulated == relation.simulated);
    let others =
        others.filter_map(|other| other.name.clone().filter(|name| Some(name) != relation.name.as_ref()));
    let others: Vec<String> = others.collect();
    let mut loader = Loader::new(study, hear);
    let mut read: BTreeMap<String, Option<Interview>> = BTreeMap::new();
    let word = |session: &str, name: &str| {
        relation::picture(name, language).or_else(|| {
            let interview = read.entry(session.to_owned()).or_insert_with(|| {
                let (header, _) =
                    sessions.members.iter().find(|(header, _)| header.id.to_string() == session)?;
                loader.spoken(header, language).ok()
            });
            titled(interview.as_ref()?, name)
        })
    };
    let (before, nothing_kept) = advised::before(study, &relation, language, word)?;
    let mut counsel = Vec::new();
    for (visit, scope) in advising(&relation) {
        let at = place_of(visit, &sessions)?;
        let header = sessions.members[at].0.clone();
        let interview = loader.spoken(&header, language)?;
        let report = Report::build(&interview, &facts(&header), sessions.standards(at));
        let known_better = |guess: &Guess| {
            relation.visits.iter().any(|other| {
                let says = match guess {
                    Guess::Norms => other.has_norms(),
                    Guess::Lens(family) => other.lenses.iter().any(|lens| lens.family == *family),
                };
                other.party != visit.party && says
            })
        };
        let told = |one: &Counsel| {
            scope.admits(visit, &one.advice) && !relation.rests_on_a_past_wish(visit, &one.advice.follows)
        };
        counsel.extend(counsel_of(visit, report, known_better).into_iter().filter(told));
    }
    let mut told: Vec<Told> = Vec::new();
    for visit in relation.visits.iter().rev() {
        let of_kind = |known: &&Told| (known.party, known.led) == (visit.party, visit.led);
        if told.iter().filter(of_kind).count() < SESSIONS_TOLD {
            let header = sessions.members[place_of(visit, &sessions)?].0.clone();
            let interview = loader.spoken(&header, language)?;
            let (answers, notes) = (interview.sentences(), interview.notes());
            if !answers.is_empty() || !notes.is_empty() {
                told.push(Told { party: visit.party, begun: visit.begun, led: visit.led, answers, notes });
            }
        }
    }
    Ok((Some(Known { relation, counsel, before, nothing_kept, others, told }), sessions))
}

/// Where a session of a relation stands among those that were read.
fn place_of(visit: &Visit, sessions: &Sessions) -> Result<usize, StudyError> {
    let at = sessions.members.iter().position(|(header, _)| header.id.to_string() == visit.session);
    at.ok_or_else(|| StudyError::new(format!("session {} is gone", visit.session)))
}

/// A relation in a list, from the headers of its sessions alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The code under which its sessions stand.
    pub code: String,
    /// What the customer is called.
    pub name: Option<String>,
    /// What the same customer was called before, the latest name first.
    pub formerly: Vec<String>,
    /// When somebody last answered.
    pub last: i64,
    /// Finished sessions of our side and of theirs.
    pub sessions: (usize, usize),
    /// What it waits for.
    pub due: Option<Due>,
    /// Whether programs answered.
    pub simulated: bool,
}

/// The relations among sessions, without rehearsals, by their latest session, newest first: those of [`portfolio`].
pub fn listed(
    loader: &mut Loader,
    headers: &[SessionHeader],
    unanswered: &Unanswered,
    now: i64,
    days: u32,
) -> Vec<Listed> {
    let mut found: ByCode<&str, Approach> = BTreeMap::new();
    let is_refused = |header: &SessionHeader| unanswered.refused.contains(&header.id);
    for header in headers.iter().filter(|header| !header.test && counts(header, is_refused(header))) {
        let Some(instrument) = loader.sound_instrument(header) else { continue };
        let is_refused = is_refused(header);
        let fields = &header.start.fields;
        let named = NamedCustomer { is_refused, ..NamedCustomer::in_form(&instrument, fields) };
        let session = Approach {
            party: instrument.respondents,
            person: fields.get(PERSON).and_then(|code| comparable(code)),
            begun: header.start.at,
            declined: unanswered.declined.contains(&header.id),
        };
        let key = (header.respondent.as_str(), header.simulated());
        found.entry(key).or_default().push((named, session));
    }
    let relations = by_code(found).filter(|(_, customer, _)| customer.is_relation);
    let listed = relations.filter_map(|(code, customer, simulated)| {
        let OneCustomer { name, formerly, sessions: visits, refusals, .. } = customer;
        let count = |wanted| visits.iter().filter(|one| one.party == wanted).count();
        Some(Listed {
            code: code.to_owned(),
            name,
            formerly,
            last: visits.iter().map(|one| one.begun).max()?,
            sessions: (count(Party::Organisation), count(Party::Customer)),
            due: Due::of(&[visits, refusals].concat(), now, days),
            simulated,
        })
    });
    let mut listed: Vec<Listed> = listed.collect();
    listed.sort_by_key(|one| std::cmp::Reverse(one.last));
    listed
}

/// The customer that a session is about: as its start form says, which asks for it, or else by the only relation under its code.
pub fn customer_of(header: &SessionHeader, instrument: &Instrument, listed: &[Listed]) -> Option<String> {
    let named = NamedCustomer::in_form(instrument, &header.start.fields);
    named.name.or_else(|| {
        let mut of_code = listed.iter().filter(|one| named.is_asked && one.code == header.respondent);
        of_code.next().filter(|_| of_code.next().is_none())?.name.clone()
    })
}

/// The session that the next assessment of a relation follows, with its questionnaire: of the customer with these names the latest of our side about this customer in which
/// it says how it relates, else the latest through a lens, or else of theirs.
///
/// # Errors
/// A study that cannot be read at all.
pub fn before(
    loader: &mut Loader,
    study: &Study,
    code: &str,
    is_called: impl Fn(&str) -> bool,
) -> Result<Option<(SessionHeader, Arc<Instrument>)>, StudyError> {
    let mut found: Option<((bool, bool), SessionHeader, Arc<Instrument>)> = None;
    for header in study.all_sessions()?.0 {
        if header.respondent != code || header.state != SessionState::Finished || header.test {
            continue;
        }
        let Some(instrument) = loader.sound_instrument(&header) else { continue };
        let ours = instrument.respondents == Party::Organisation;
        let same = header.start.fields.get(CUSTOMER).is_none_or(|name| is_called(name));
        // A questionnaire on single frameworks in between is not the assessment that is repeated next.
        let whole = instrument.scales.iter().any(|scale| matches!(scale.construct, Construct::Model(_)));
        let rank = (ours, whole);
        // Of each the latest, as they come in the order of time.
        if (!ours || same) && found.as_ref().is_none_or(|(known, ..)| rank >= *known) {
            found = Some((rank, header, instrument));
        }
    }
    Ok(found.map(|(_, header, instrument)| (header, instrument)))
}

/// The latest session of each side with each questionnaire; the customer's come first, and those with models before others.
fn latest_by_questionnaire(relation: &Relation) -> Vec<&Visit> {
    let mut latest: Vec<&Visit> = Vec::new();
    for visit in relation.usable().rev() {
        if !latest.iter().any(|one| one.party == visit.party && one.instrument == visit.instrument) {
            latest.push(visit);
        }
    }
    latest.sort_by_key(|one| (one.party == Party::Organisation, !one.has_norms()));
    latest
}

/// What of a session's advice is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// All of it.
    Everything,
    /// What cannot wait, and what rests on a wish to leave.
    Urgent,
    /// What rests on a wish to leave.
    Wish,
}

impl Scope {
    fn admits(self, visit: &Visit, advice: &AdviceLine) -> bool {
        let leaves = visit.stays() == Some(Stays::Leaving) && visit.rests_on_wish(&advice.follows);
        match self {
            Self::Everything => true,
            Self::Urgent => leaves || advice.priority == Priority::Urgent,
            Self::Wish => leaves,
        }
    }
}

/// The sessions that advise: the latest with each questionnaire, and those after which somebody else answered, or may have. Of these a wish to
/// leave counts however long ago it was; anything else that could not wait is over once the relation would be looked at again anyhow.
fn advising(relation: &Relation) -> Vec<(&Visit, Scope)> {
    let latest = latest_by_questionnaire(relation);
    let mut all: Vec<(&Visit, Scope)> = latest.into_iter().map(|visit| (visit, Scope::Everything)).collect();
    for visit in relation.usable().rev().filter(|visit| relation.is_of_late(visit)) {
        if !all.iter().any(|(known, _)| known.session == visit.session || known.replaces(visit)) {
            all.push((visit, Scope::Urgent));
        }
    }
    let wishes = [Party::Customer, Party::Organisation].into_iter().flat_map(|party| relation.wishes(party));
    for visit in wishes.filter(|visit| visit.stays() == Some(Stays::Leaving)) {
        if all.iter().all(|(known, _)| known.session != visit.session) {
            all.push((visit, Scope::Wish));
        }
    }
    all
}

/// `known_better`: whether the other side has answered what this one guesses, which makes the guess no ground for advice.
fn counsel_of(visit: &Visit, report: Report, known_better: impl Fn(&Guess) -> bool) -> Vec<Counsel> {
    let questionnaire = report.instrument.label;
    let mine = report.advice.into_iter().filter(|line| line.for_account);
    let mine = mine.filter(|line| !line.guesses.iter().any(&known_better));
    // A page for two minutes has things to do, and no words on the answers themselves.
    let mine = mine.filter(|line| line.priority != Priority::Note);
    mine.map(|advice| Counsel {
        advice,
        questionnaire: questionnaire.clone(),
        party: visit.party,
        begun: visit.begun,
        session: visit.session.clone(),
        led: visit.led,
    })
    .collect()
}

#[cfg(test)]
mod tests;
