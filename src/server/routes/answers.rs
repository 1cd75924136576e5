//! Answering: a participant's current page, and the forms sent from it. Each form carries the number of its page and is handled
//! once.

use axum::extract::{Request, State};
use axum::http::header::HeaderMap;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::{Shared, gone, left, page, placeless, query, seat_of, to};
use crate::instrument::prompt::{Input, Invalid, Reply};
use crate::instrument::{Audience, Feedback, Language};
use crate::interview::{Asked, Empty, Event, NotDone, Refusal, Stage};
use crate::server::forms::{self, one};
use crate::server::guard::{self, Fields};
use crate::server::pages::ask::{Frame, filled};
use crate::server::pages::end::After;
use crate::server::pages::message;
use crate::server::room::Room;
use crate::server::seat::{Sat, Seat};
use crate::text;

fn frame<'a>(
    room: &'a Room,
    seat: &'a Seat,
    sat: &Sat,
    title: &'a str,
    trouble: Option<String>,
) -> Frame<'a> {
    let instrument = &room.settings.instrument;
    Frame {
        title,
        languages: &instrument.languages,
        address: instrument.address,
        kept: sat.kept,
        word: &seat.word,
        trouble,
        kiosk: room.settings.kiosk || room.settings.links > 0,
    }
}

/// The current page of a participant. `entered` is what they entered, if it was not accepted.
fn stage_page(
    room: &Room,
    seat: &Seat,
    sat: &Sat,
    trouble: Option<String>,
    entered: Option<&Fields>,
) -> String {
    let view = sat.interview.view();
    let title = room.settings.instrument.label.raw(&view.language);
    let frame = frame(room, seat, sat, &title, trouble);
    let refused = sat.interview.is_refused();
    match &view.stage {
        Stage::Ask(asked) => match entered {
            Some(entered) => frame.ask(&view, asked, entered),
            None => {
                let begun = sat.begun.get(&(asked.item.clone(), asked.step));
                frame.ask(&view, asked, &filled(asked, begun))
            }
        },
        Stage::Review(lines) => frame.review(&view, lines, refused),
        Stage::HandOver { to, .. } => frame.card(&view, Some(*to)),
        Stage::Paused => frame.card(&view, None),
        Stage::Finished => {
            let seen = *room.changes().borrow();
            frame.finished(&view, refused, after(room, refused), seen)
        }
        Stage::Withdrawn => message(
            &view.language,
            &text!(&view.language, "server-stop-title"),
            &text!(&view.language, "server-stopped-kept"),
            None,
        ),
    }
}

/// What a participant can see at the end. In a room that shows results together, no device gets a result earlier.
pub(super) fn after(room: &Room, refused: bool) -> After {
    let settings = &room.settings;
    let own = !refused && settings.instrument.feedback != Feedback::None;
    if settings.kiosk {
        return After::Next;
    }
    match (settings.together, room.is_shown()) {
        (true, true) => After::Room { own },
        (true, false) if room.is_ended() => After::Thanks,
        (true, false) => After::Waits,
        (false, _) if own => After::Own,
        (false, _) => After::Thanks,
    }
}

pub(super) async fn question(State(room): Shared, headers: HeaderMap, uri: Uri) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return placeless(&room, &headers).await };
    room.reached();
    let old = query(&uri, "old").is_some();
    let shown = tokio::spawn(async move {
        let mut sat = seat.take().await;
        if !room.is_still_seated(&seat).await {
            return placeless(&room, &headers).await;
        }
        let trouble = match seat.back(&room, &mut sat).await {
            Ok(()) => old.then(|| text!(sat.interview.language(), "server-old-page")),
            Err(why) => Some(in_words(&why, sat.interview.language())),
        };
        page(StatusCode::OK, stage_page(&room, &seat, &sat, trouble, None))
    });
    shown.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn in_words(why: &NotDone, language: &Language) -> String {
    match why {
        NotDone::Refused(refusal) => refusal.in_words(language),
        NotDone::NotKept(why) => format!("{} {}", text!(language, "server-not-kept"), why.in_words(language)),
    }
}

pub(super) async fn answer(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(seat) = seat_of(&room, &headers) else { return placeless(&room, &headers).await };
    // In its own task, so that work given to the writer is finished even if the client disconnects.
    let done = tokio::spawn(async move { act(&room, &seat, &fields).await });
    done.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn act(room: &Room, seat: &Seat, fields: &Fields) -> Response {
    let mut sat = seat.take().await;
    let number = one(fields, "kept").and_then(|number| number.parse::<usize>().ok());
    if number != Some(sat.kept) {
        // The same page sent twice is one answer, also across a restart; an older page does not answer anything.
        let twice = number.is_some() && number == sat.taken;
        return to(if twice || is_kept(&sat, fields) { "/q" } else { "/q?old=1" });
    }
    if room.is_ended() {
        let language = sat.interview.language();
        let sentence = text!(language, "server-shut-ended");
        return page(
            StatusCode::FORBIDDEN,
            message(language, &sentence, &text!(language, "server-ended-what"), None),
        );
    }
    let language = sat.interview.language().clone();
    let event = match event(&sat, fields, &language) {
        Ok(Some(event)) => event,
        Ok(None) => return to("/q"),
        Err(trouble) => {
            let html = stage_page(room, seat, &sat, Some(trouble), Some(fields));
            return page(StatusCode::UNPROCESSABLE_ENTITY, html);
        }
    };
    let done = match seat.back(room, &mut sat).await {
        Ok(()) => seat.apply(room, &mut sat, event).await,
        failed => failed,
    };
    match done {
        Ok(()) => {
            sat.taken = number;
            to("/q")
        }
        // Somebody came in by the same link, or it was erased, in the same moment.
        Err(_) if room.seat(&seat.id).is_none() => gone(room, &seat.id, &language).await,
        Err(why) => {
            let status = match &why {
                NotDone::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
                NotDone::NotKept(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            page(status, stage_page(room, seat, &sat, Some(in_words(&why, &language)), Some(fields)))
        }
    }
}

/// The event that a form asks for by the button that sent it; `None` if it changes nothing. The error is a sentence.
fn event(sat: &Sat, fields: &Fields, language: &Language) -> Result<Option<Event>, String> {
    let what = one(fields, "do").unwrap_or_default();
    if let Some(tag) = what.strip_prefix("lang:") {
        return Ok(Some(Event::Language { language: Language::new(tag) }));
    }
    if let Some(item) = what.strip_prefix("open:") {
        return Ok(Some(Event::Opened { item: item.to_owned() }));
    }
    let stage = sat.interview.stage();
    let asked = match (&stage, what) {
        (_, "back") => return Ok(Some(Event::Back)),
        (_, "finish") => return Ok(Some(Event::Finished)),
        (_, "resume") => return Ok(Some(Event::Resumed)),
        (Stage::HandOver { to, .. }, "hand_over") => return Ok(Some(Event::HandedOver { to: *to })),
        (_, "hand_over") => return Ok(Some(Event::HandedOver { to: Audience::Respondent })),
        (Stage::Ask(asked), "answer" | "declined" | "empty") => asked,
        (Stage::Ask(asked), "dont_know") if asked.takes_dont_know => asked,
        (
            Stage::HandOver { .. } | Stage::Paused | Stage::Review(_) | Stage::Finished | Stage::Withdrawn,
            "answer" | "declined" | "dont_know" | "empty",
        ) => return Ok(None),
        _ => return Err(text!(language, "server-ask-no-button")),
    };
    let (item, step) = (asked.item.clone(), asked.step);
    let is_asked = one(fields, "item") == Some(&item) && one(fields, "step") == Some(&step.to_string());
    if !is_asked {
        return Err(Refusal::NotAsked(item).in_words(language));
    }
    if what == "empty" {
        let event = asked.empty.event(asked);
        return event.map(Some).ok_or_else(|| Refusal::NeedsReply.in_words(language));
    }
    let reply = reply(asked, fields, language).map_err(|why| why.in_words(language))?;
    // An unchanged answer is not sent again, so that it keeps its times.
    let unchanged = asked.reply.as_ref().is_some_and(|before| before.says_the_same(&reply));
    Ok(Some(if unchanged { Event::Forward } else { Event::Answered { item, step, reply } }))
}

/// The reply that a form gives to its prompt.
fn reply(asked: &Asked, fields: &Fields, language: &Language) -> Result<Reply, Invalid> {
    match one(fields, "do") {
        Some("declined") => Ok(Reply::Declined),
        Some("dont_know") => Ok(Reply::DontKnow),
        _ => forms::reply(&asked.prompt.ask, fields, language),
    }
}

/// Whether what a form of an earlier page says is kept already, as when the answer to it was lost on its way.
fn is_kept(sat: &Sat, fields: &Fields) -> bool {
    let step = one(fields, "step").and_then(|step| step.parse().ok());
    let (Some(item), Some(step)) = (one(fields, "item"), step) else { return false };
    let Some(asked) = sat.interview.asked_at(item, step) else { return false };
    match (one(fields, "do").unwrap_or_default(), &asked.reply) {
        ("answer" | "declined" | "dont_know", Some(before)) => {
            reply(&asked, fields, sat.interview.language()).is_ok_and(|reply| before.says_the_same(&reply))
        }
        ("empty", Some(Reply::Given(Input::Text(typed)))) => typed.text.is_empty(),
        ("empty", Some(Reply::Given(Input::NotTimed))) => true,
        ("empty", None) => asked.empty == Empty::Pass,
        _ => false,
    }
}

/// Saves an entry while it is typed; only the script sends this.
pub(super) async fn draft(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(seat) = seat_of(&room, &headers) else { return StatusCode::FORBIDDEN.into_response() };
    let mut sat = seat.take().await;
    if !room.is_still_seated(&seat).await {
        return StatusCode::FORBIDDEN.into_response();
    }
    let number = one(&fields, "kept").and_then(|number| number.parse::<usize>().ok());
    let Stage::Ask(asked) = sat.interview.stage() else { return StatusCode::CONFLICT.into_response() };
    let is_asked =
        one(&fields, "item") == Some(&asked.item) && one(&fields, "step") == Some(&asked.step.to_string());
    let Some(begun) =
        forms::draft(&asked.prompt.ask, &fields).filter(|_| is_asked && number == Some(sat.kept))
    else {
        return StatusCode::CONFLICT.into_response();
    };
    let (session, at, item, step, kept) =
        (seat.id, room.world.now(), asked.item.clone(), asked.step, begun.clone());
    let done = room.work(move |ledger| ledger.keep_begun(&session, at, &item, step, &kept)).await;
    match done {
        Some(Ok(())) => {
            sat.begun.insert((asked.item.clone(), asked.step), begun);
            StatusCode::NO_CONTENT.into_response()
        }
        Some(Err(_)) | None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

pub(super) async fn stop(State(room): Shared, headers: HeaderMap) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return placeless(&room, &headers).await };
    let sat = seat.take().await;
    let view = sat.interview.view();
    if matches!(view.stage, Stage::Withdrawn) {
        return to("/q");
    }
    let title = room.settings.instrument.label.raw(&view.language);
    page(StatusCode::OK, frame(&room, &seat, &sat, &title, None).stop(&view))
}

pub(super) async fn stopped(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(seat) = seat_of(&room, &headers) else { return placeless(&room, &headers).await };
    let erase = match one(&fields, "do") {
        Some("erase") => true,
        Some("keep") => false,
        _ => return to("/q"),
    };
    let asked = room.clone();
    let done = tokio::spawn(async move {
        let mut sat = seat.take().await;
        let language = sat.interview.language().clone();
        let over = sat.interview.is_finished() || sat.interview.is_withdrawn();
        let mut done = Ok(());
        if !over {
            done =
                seat.apply(&asked, &mut sat, Event::Withdrawn).await.map_err(|why| in_words(&why, &language));
        }
        if erase && done.is_ok() {
            done = asked.erase(seat.id).await.map_err(|why| asked.failed(&why, &language));
        }
        (language, done)
    });
    match done.await {
        Ok((language, Ok(()))) => {
            let sentence = match erase {
                true => text!(&language, "server-stopped-erased"),
                false => text!(&language, "server-stopped-kept"),
            };
            let heading = text!(&language, "server-stop-title");
            left(&room, StatusCode::OK, (&language, &heading, &sentence))
        }
        Ok((language, Err(why))) => {
            let html = message(
                &language,
                &text!(&language, "server-stop-title"),
                &why,
                Some(("/q", text!(&language, "server-ask-back"))),
            );
            page(StatusCode::SERVICE_UNAVAILABLE, html)
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
