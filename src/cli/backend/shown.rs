//! What screens show of a study: a session and a relation as a line, a start form.

use crate::cli::Failure;
use crate::instrument::Language;
use crate::interview::{Instant, SessionState};
use crate::store::SessionHeader;
use crate::study::interviews::StartForm;
use crate::study::{Loader, relations};
use crate::texts::timestamp;
use crate::tui::{self, RelationLine, SessionLine};

pub(super) fn session_line(
    loader: &mut Loader,
    header: &SessionHeader,
    refused: bool,
    listed: &[relations::Listed],
) -> Result<Option<SessionLine>, Failure> {
    let Some(instrument) = loader.sound_instrument(header) else { return Ok(None) };
    let language = instrument.language(Some(header.start.language.as_str()));
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
        about: header.start.about(&instrument).unwrap_or_default().to_owned(),
        customer: relations::customer_of(header, &instrument, listed).unwrap_or_default(),
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
        formerly: one.formerly,
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
        customer: None,
    }
}
