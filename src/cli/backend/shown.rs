//! What screens show of a study: a session and a relation as a line, what a coder reads and compares, a start form.

use crate::classify::model::Profile;
use crate::classify::session::Evidence;
use crate::cli::{Failure, code, input};
use crate::coding::Draft;
use crate::instrument::{Language, Perspective};
use crate::interview::{Instant, Interview, SessionState};
use crate::store::{Code, SessionHeader, Study};
use crate::study::blind::Blinding;
use crate::study::codes::standings;
use crate::study::interviews::StartForm;
use crate::study::transcripts::marked_before;
use crate::study::{Loader, Sessions, relations};
use crate::texts::timestamp;
use crate::tui::{self, RelationLine, SessionLine};

/// What a coder reads of a session.
pub(super) fn reading(
    study: &Study,
    session: &str,
    coder: &str,
    consensus: bool,
    language: &Language,
) -> Result<tui::CodingMaterial, Failure> {
    code::one_spelling(study, coder, language)?;
    let mut loader = input::loader(study);
    let header = code::to_code(&mut loader, session)?;
    let (mut interview, _) = loader.interview(&header)?;
    interview.speak(&interview.instrument().language(Some(language.as_str())));
    let blinding = Blinding::of(study)?;
    let material = code::to_read(&blinding, study, &header.id, &interview, language)?;
    let draft = study.draft(&header.id, coder, consensus)?;
    let latest = code::latest(study, &header.id, coder)?;
    let marked = draft.clone().or_else(|| latest.clone().map(Draft::from)).unwrap_or_default();
    let mut turns = material.turns;
    turns.extend(marked_before(&marked, &turns, language));
    Ok(tui::CodingMaterial {
        session: header.id.to_string(),
        respondent: header.respondent.clone(),
        about: about(&interview, &header),
        simulated: header.simulated(),
        answers: material.answers,
        turns,
        held_back: material.held_back,
        seen: blinding.seen,
        draft,
        saved: latest.is_some(),
    })
}

/// What everybody said of a session; nobody sees it before their own code is saved.
pub(super) fn compared(
    study: &Study,
    session: &str,
    coder: &str,
    language: &Language,
) -> Result<tui::CodeComparison, Failure> {
    let header = study.session(session)?;
    let standing = standings(study)?.remove(&header.id).unwrap_or_default();
    if standing.coders.iter().all(|code| code.coder != coder) {
        return Err(Failure::refused(format!("{coder} has not saved a code of this session yet")));
    }
    let (mut interview, _) = input::loader(study).interview(&header)?;
    interview.speak(&interview.instrument().language(Some(language.as_str())));
    let own = |(evidence, profile): (Evidence, Profile)| {
        (evidence.perspective == Perspective::Own).then_some(profile)
    };
    let blinding = Blinding::of(study)?;
    let headers = input::sessions(study)?;
    let progress = blinding.progress(&mut input::loader(study), &headers, coder, &header)?;
    let profile = match progress.is_done() {
        true => Sessions::one(study, &input::hear, &header)?.profiles(0).into_iter().find_map(own),
        false => None,
    };
    let material = blinding.material(study, &header.id, &interview)?;
    let given = |code: Code| tui::GivenCode { coder: code.coder, coding: code.coding };
    Ok(tui::CodeComparison {
        respondent: header.respondent.clone(),
        about: about(&interview, &header),
        simulated: header.simulated(),
        codes: standing.coders.into_iter().map(given).collect(),
        consensus: standing.consensus.map(given),
        call: match progress.is_done() {
            true => tui::ShownCall::Made(profile.map(Box::new)),
            false => tui::ShownCall::Waits { coded: progress.coded, of: progress.of },
        },
        questions: [material.answers, material.turns]
            .concat()
            .into_iter()
            .map(|line| (line.item, line.question))
            .collect(),
    })
}

/// Whom a session is about: the first field of the start form.
fn about(interview: &Interview, header: &SessionHeader) -> String {
    let first = interview.instrument().fields.first();
    first.and_then(|field| header.start.fields.get(&field.name)).cloned().unwrap_or_default()
}

pub(super) fn session_line(
    loader: &mut Loader,
    header: &SessionHeader,
    refused: bool,
) -> Result<Option<SessionLine>, Failure> {
    let Some(instrument) = loader.sound_instrument(header) else { return Ok(None) };
    let language = instrument.language(Some(header.start.language.as_str()));
    let first_field = instrument.fields.first().and_then(|field| header.start.fields.get(&field.name));
    let progress = match header.state {
        SessionState::Finished => (1, 1),
        SessionState::Withdrawn => (0, 1),
        // Only what is still open has to be replayed, and of that there is little at any time.
        SessionState::Open => {
            let Some((interview, _)) = loader.sound(header)? else { return Ok(None) };
            let progress = interview.view().progress;
            (progress.done, progress.total)
        }
    };
    Ok(Some(SessionLine {
        id: header.id.to_string(),
        respondent: header.respondent.clone(),
        about: first_field.cloned().unwrap_or_default(),
        instrument: instrument.label.raw(&language),
        begun: local_minute(header.start.at),
        state: header.state,
        refused,
        progress,
        interviewer: header.interviewer.clone().unwrap_or_default(),
        simulated: header.simulated(),
        test: header.test,
        alone: !instrument.has_interviewer() && !header.simulated() && !header.test,
    }))
}

pub(super) fn relation_line(one: relations::Listed) -> RelationLine {
    RelationLine {
        code: one.code,
        name: one.name.unwrap_or_default(),
        last: local_minute(one.last).chars().take(10).collect(),
        sessions: one.sessions,
        due: one.due,
        simulated: one.simulated,
    }
}

/// Date and time as the clock on the wall shows them.
fn local_minute(at: Instant) -> String {
    match jiff::Timestamp::from_millisecond(at) {
        Ok(instant) => instant.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => timestamp(at),
    }
}

pub(super) fn screen_form(form: StartForm) -> tui::FormEntries {
    tui::FormEntries {
        respondent: form.respondent,
        interviewer: form.interviewer.unwrap_or_default(),
        language: form.language.as_deref().map(Language::new),
        fields: form.fields,
        test: form.test,
        free: None,
    }
}
