//! A study as tables for other programs: a row for each session by questionnaire, and tables of trials, events and codes.
//!
//! Owns the columns and their cells; the room `export` writes them and knows neither sessions nor studies.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blind::Blinding;
use super::{Hear, Loader, Sessions, StudyError, sessions};
use crate::analysis::Source;
use crate::analysis::metadata::Field;
use crate::coding::Seen;
use crate::export::{DataTable, Export};
use crate::instrument::{Instrument, Language};
use crate::interview::{Instant, SessionState};
use crate::store::{Code, SessionHeader, SessionId, Study};

mod about;
mod answers;
mod builder;
mod codes;
mod derived;
mod journal;
mod paradata;
mod results;
mod words;

use crate::text;
use crate::texts::capital;
use builder::Builder;
use paradata::Ids;

/// Whose sessions are exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sources {
    /// Those of people, where there are any; else those of programs.
    #[default]
    PeopleFirst,
    /// Those of one source.
    Only(Source),
    /// Both, in one table.
    All,
}

/// What of a study is exported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whose sessions.
    pub sources: Sources,
    /// Sessions that are not finished, too.
    pub open: bool,
    /// Sessions that the respondent stopped and let stay, too, and those without consent; of the latter no answer.
    pub stopped: bool,
    /// Rehearsals, too.
    pub with_tests: bool,
    /// Nothing that was typed freely.
    pub without_text: bool,
    /// Only the tables of sessions: no trials, events and codes.
    pub sessions_only: bool,
}

impl Scope {
    /// Whether a session that stands there is wanted.
    fn takes(self, state: SessionState) -> bool {
        match state {
            SessionState::Finished => true,
            SessionState::Open => self.open,
            SessionState::Withdrawn => self.stopped,
        }
    }
}

/// A study ready to be written.
#[derive(Debug)]
pub struct PreparedExport {
    /// Its tables, with what must be known to read them.
    pub export: Export,
    /// Sessions in it.
    pub sessions: usize,
    /// What a reader must not overlook, in English.
    pub warnings: Vec<String>,
}

/// The language of the labels: the requested one, which every instrument must have; else the user's, where all have it; else the first
/// instrument's own.
fn language(
    listed: &[(SessionHeader, Arc<Instrument>)],
    wanted: Option<&str>,
    own: Option<&str>,
) -> Result<Language, StudyError> {
    let instruments = || listed.iter().map(|(_, instrument)| instrument);
    if let Some(wanted) = wanted {
        instruments().try_for_each(|instrument| super::check_language(instrument, Some(wanted)))?;
        return Ok(Language::new(wanted));
    }
    let own = own.map(Language::new);
    let own = own.filter(|own| instruments().all(|instrument| instrument.languages.contains(own)));
    let first = || instruments().next().map(|instrument| instrument.language(None));
    Ok(own.or_else(first).unwrap_or_else(Language::fallback))
}

/// Builds the tables of a study at the instant `made`, with labels in the `wanted` language, else in the person's `own`.
///
/// # Errors
/// A study that cannot be read, that has no such session, or a language that a questionnaire does not speak.
pub fn export(
    study: &Study,
    hear: Hear,
    scope: Scope,
    (wanted, own): (Option<&str>, Option<&str>),
    made: Instant,
) -> Result<PreparedExport, StudyError> {
    let headers = sessions(study, hear)?;
    let mut left_out = about::ExcludedSessions::of(&headers, scope);
    let mut picked = Sessions::among(study, headers, hear, |header| {
        // Who refused consent may have left before the last Enter, and only the answers tell.
        let perhaps_refused = scope.stopped && header.state == SessionState::Open;
        (scope.takes(header.state) || perhaps_refused) && (scope.with_tests || !header.test)
    })?;
    if scope.stopped && !scope.open {
        let open = |header: &SessionHeader| header.state == SessionState::Open;
        picked.members.retain(|(header, digest)| !open(header) || digest.refused);
        let refused = picked.members.iter().filter(|(header, _)| open(header)).count();
        left_out.open = left_out.open.saturating_sub(refused);
    } else if !scope.stopped {
        left_out.refused = picked.members.extract_if(.., |(_, digest)| digest.refused).count();
    }
    let only = match scope.sources {
        Sources::All => None,
        Sources::Only(source) => Some(source),
        Sources::PeopleFirst => {
            let is_real = picked.members.iter().any(|(header, _)| !header.simulated());
            Some(if is_real { Source::Real } else { Source::Simulated })
        }
    };
    if let Some(only) = only {
        let strange = |header: &SessionHeader| header.simulated() != (only == Source::Simulated);
        let others = picked.members.extract_if(.., |(header, _)| strange(header)).count();
        left_out.others = Some((only, others));
    }
    let listed: Vec<_> = (0..picked.members.len())
        .map(|at| (picked.members[at].0.clone(), picked.instrument(at).clone()))
        .collect();
    if listed.is_empty() {
        let refused = StudyError::new("the study has no session to export");
        return Err(match left_out.sentence(&Language::new("en")) {
            Some(sentence) => refused.help(sentence + "; see --open, --stopped, --with-tests and --source"),
            None => refused.help("begin one with `relata interview`"),
        });
    }
    let language = language(&listed, wanted, own)?;
    let (tables, without_consent) = tables(study, hear, &mut picked, scope, &language)?;
    let facts = about::ExportFacts {
        study: study.study_id(),
        sessions: &listed,
        left_out: &left_out,
        without_consent,
        without_text: scope.without_text,
        made,
    };
    let warnings = facts.warnings(&Language::new("en"));
    let (coded, seen) = (!study.codes()?.is_empty(), Blinding::of(study)?.seen);
    let metadata = study.metadata()?;
    let own = metadata.get(Field::Title).map(str::to_owned);
    let title = own.unwrap_or_else(|| facts.title(&language));
    let told = metadata.iter().filter(|(field, _)| *field != Field::Title);
    let told = told.map(|(field, text)| format!("{}: {text}", capital(&field.label(&language))));
    let coded = coded.then(|| match seen {
        Seen::Narrative => text!(&language, "study-about-coded-narrative"),
        Seen::Whole => text!(&language, "study-about-coded-whole"),
    });
    let about = facts.sentences(&language).into_iter().chain(coded).chain(told).collect();
    let export = Export { title, metadata, about, language, made, tables };
    Ok(PreparedExport { export, sessions: listed.len(), warnings })
}

/// The tables, and the number of sessions of which nothing is shown for want of consent.
fn tables(
    study: &Study,
    hear: Hear,
    picked: &mut Sessions,
    scope: Scope,
    language: &Language,
) -> Result<(Vec<DataTable>, usize), StudyError> {
    let mut bare = 0;
    let (all_codes, truths) = (study.codes()?, study.truths()?);
    let mut every_code: BTreeMap<SessionId, Vec<Code>> = BTreeMap::new();
    for code in study.all_codes()? {
        every_code.entry(code.session).or_default().push(code);
    }
    // One table an instrument, by its name: a corrected version of it belongs to the same study.
    let mut sessions: BTreeMap<String, Builder> = BTreeMap::new();
    let mut columns: BTreeMap<String, answers::AnswerColumns> = BTreeMap::new();
    // The newest version comes first, so that its labels and its order are the ones that are kept.
    for at in (0..picked.members.len()).rev() {
        let (header, instrument) = (&picked.members[at].0, picked.instrument(at));
        if !columns.contains_key(&header.instrument.hash) {
            let builder = sessions.entry(instrument.name.clone()).or_default();
            paradata::declare(builder, scope.with_tests, language);
            let found = answers::columns(builder, instrument, language, scope.without_text);
            results::tell(builder, instrument, language);
            derived::tell(builder, language);
            columns.insert(header.instrument.hash.clone(), found);
        }
    }
    let (mut trials, mut events, mut codes) = (Builder::default(), Builder::default(), Builder::default());
    let coded = !all_codes.is_empty();
    let mut loader = Loader::new(study, hear);
    for at in 0..picked.members.len() {
        let (profiles, gap, norms) =
            (picked.profiles(at), picked.gap(at), picked.standards(at).norms().clone());
        let header = picked.members[at].0.clone();
        let (interview, journal) = loader.interview_and_events(&header)?;
        let withheld = interview.is_refused() || interview.lacks_consent();
        let ids = Ids::of(&header, scope.with_tests);
        let identity = |builder: &mut Builder| paradata::identity(builder, &ids, language);
        let own_codes = all_codes.get(&header.id).map(Vec::as_slice).unwrap_or_default();
        if let Some(builder) = sessions.get_mut(&interview.instrument().name) {
            builder.begin();
            identity(builder);
            paradata::circumstances(builder, &header, &interview, language);
            let columns = columns.get(&header.instrument.hash);
            // Without consent there is a row that says so, and nothing of what was answered before.
            if withheld {
                bare += 1;
                columns.iter().for_each(|columns| answers::withhold(builder, &interview, &journal, columns));
                continue;
            }
            columns.iter().for_each(|columns| answers::fill(builder, &interview, columns));
            results::scores(builder, &interview, &norms, language);
            results::profiles(builder, &interview, &profiles, language);
            results::gap(builder, &gap, language);
            if coded {
                codes::together(builder, own_codes, language);
            }
            if let Some(truth) = truths.get(&header.id) {
                codes::truth(builder, truth, language);
            }
            paradata::items(builder, &interview, &journal, language, scope.without_text);
        }
        if !scope.sessions_only && !withheld {
            journal::trials(&mut trials, &identity, &interview, language);
            journal::events(&mut events, &identity, &journal, language, scope.without_text);
            codes::each(
                &mut codes,
                &identity,
                every_code.get(&header.id).map_or(&[], Vec::as_slice),
                language,
                scope.without_text,
            );
        }
    }
    let row = text!(language, "study-tables-one-row-session");
    let mut tables: Vec<DataTable> = sessions
        .into_iter()
        .map(|(name, builder)| builder.finish(&format!("sessions-{name}"), &format!("{name}, {row}")))
        .collect();
    tables.push(trials.finish("trials", &text!(language, "study-tables-one-row-timed-trial")));
    tables.push(events.finish("events", &text!(language, "study-tables-one-row-event")));
    tables.push(codes.finish("codes", &text!(language, "study-tables-one-row-code-coder")));
    // A table without rows has no variables either.
    tables.retain(|table| !table.rows.is_empty());
    Ok((tables, bare))
}
