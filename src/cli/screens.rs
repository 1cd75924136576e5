//! Opens the screens of a study, and prints the closing remark when they are gone.

mod theme;

pub(super) use theme::theme;

use std::process::ExitCode;
use std::sync::Arc;

use super::backend::StudyBackend;
use super::input;
use super::interview::{FormArgs, go_on, left, untouched, withdrawn, without_loss};
use super::{Failure, StudyArg, output, remark, result};
use crate::instrument::Instrument;
use crate::interview::phrases;
use crate::store::{SessionId, Study};
use crate::text;
use crate::tui::{self, Backend, Open, ScreensEnd, TuiError};

/// Shows the screens, then prints how it ended.
pub(super) fn show(study: Study, args: &FormArgs, arg: &StudyArg, open: Wanted) -> Result<ExitCode, Failure> {
    let mut backend = StudyBackend::new(study, args, arg);
    let open = match open {
        Wanted::Home => Open::Home,
        Wanted::New(instrument) => {
            let form = backend.prefilled(&instrument);
            Open::New { instrument, form }
        }
        Wanted::Kiosk(instrument) => Open::Kiosk { instrument, code: kiosk_code()?, test: args.test },
        Wanted::Resume(id) => Open::Resume { session: id.to_string() },
        Wanted::Code { session, coder } => Open::Code { session: session.to_string(), coder },
        Wanted::Study => Open::Study,
    };
    let language = backend.language();
    let coding = match &open {
        Open::Code { session, .. } => Some(session.clone()),
        _ => None,
    };
    output::hold_remarks();
    let shown = theme().and_then(|theme| Ok(tui::run(&mut backend, open, theme)?));
    output::make_remarks();
    match shown? {
        ScreensEnd::Closed => {
            backend.say_what_is_unsaved(coding.as_deref(), &backend.whereabouts())?;
        }
        ScreensEnd::Finished { session } => {
            let header = backend.study.session(&session)?;
            let interview = input::loader(&backend.study).interview(&header)?.0;
            let said = match interview.is_refused() {
                true => Some(phrases::refused(interview.language())),
                false => result::closing(
                    &header,
                    interview.instrument(),
                    &backend.whereabouts(),
                    interview.language(),
                ),
            };
            said.into_iter().for_each(|sentence| remark(&sentence));
        }
        ScreensEnd::Untouched => remark(&untouched(&language)),
        ScreensEnd::LeftOpen { session, unkept } => {
            let header = backend.study.session(&session)?;
            let language = &header.start.language;
            let place = backend.whereabouts();
            if let Some(why) = unkept {
                let lost = text!(language, "shared-unkept", why);
                return Err(Failure::refused(lost).help(go_on(&header.id, &place, language)));
            }
            remark(&left(&header.id, &place, language));
        }
        ScreensEnd::Erased { sentence } => return Err(Failure::refused(sentence)),
        ScreensEnd::Withdrawn { erased, .. } => remark(&withdrawn(erased, &language)),
    }
    without_loss(backend.moved.as_ref(), &language)?;
    Ok(ExitCode::SUCCESS)
}

/// Where the screens begin.
pub(super) enum Wanted {
    Home,
    New(Arc<Instrument>),
    Kiosk(Arc<Instrument>),
    Resume(SessionId),
    Code { session: SessionId, coder: Option<String> },
    Study,
}

/// Six digits that end a machine which goes from hand to hand.
fn kiosk_code() -> Result<String, Failure> {
    Ok(format!("{:06}", u64::from_be_bytes(input::random()?) % 1_000_000))
}

impl From<TuiError> for Failure {
    fn from(error: TuiError) -> Self {
        Self::refused(error.to_string())
    }
}
