//! Waiting for results and showing them, to participants and on the projector.

use std::time::Duration;

use axum::extract::{Path, Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::answers::after;
use super::{Shared, language, nowhere, page, placeless, query, seat_of, session_of, to};
use crate::instrument::Language;
use crate::report::document::Reader;
use crate::server::forms::one;
use crate::server::guard;
use crate::server::keys::same;
use crate::server::pages::end::After;
use crate::server::pages::message;
use crate::server::pages::projector::{Wall, on_phone};
use crate::server::room::Room;
use crate::server::show::Showing;
use crate::study::{Study, advised, measuring};
use crate::text;

/// How long a request waits for a change before it is told that there was none.
const POLL: Duration = Duration::from_secs(25);

/// Waits until the room has changed since `seen`, or until a time limit.
async fn until_changed(room: &Room, uri: &Uri, matters: impl Fn() -> bool) -> u64 {
    let seen = query(uri, "seen").and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    let mut changes = room.changes();
    let changed = changes.wait_for(|number| *number != seen && matters());
    let _ = tokio::time::timeout(POLL, changed).await;
    *room.changes().borrow()
}

/// For participants at the end: whether there is anything new to see.
pub(super) async fn wait(State(room): Shared, headers: HeaderMap, uri: Uri) -> Response {
    let Some(seat) = seat_of(&room, &headers) else {
        return match session_of(&room, &headers) {
            Some(_) => json("{\"reload\":true}".to_owned()),
            None => StatusCode::FORBIDDEN.into_response(),
        };
    };
    room.reached();
    let ready = || room.is_shown() || room.is_ended() || room.seat(&seat.id).is_none();
    let seen = until_changed(&room, &uri, ready).await;
    json(format!("{{\"seen\":{seen},\"reload\":{}}}", ready()))
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

pub(super) async fn room_page(State(room): Shared, headers: HeaderMap) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return placeless(&room, &headers).await };
    // A shared device shows nothing.
    if room.settings.kiosk {
        return to("/q");
    }
    let revealed = room.state().revealed.clone();
    let language = seat.take().await.interview.language().clone();
    match revealed.filter(|_| room.settings.together) {
        Some(revealed) => page(StatusCode::OK, on_phone(&room.settings.instrument, &language, &revealed)),
        None => to("/q"),
    }
}

/// A participant's own result as a self-contained page to keep.
pub(super) async fn own(State(room): Shared, headers: HeaderMap) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return placeless(&room, &headers).await };
    let mut sat = seat.take().await;
    let refused = sat.interview.is_refused();
    let allowed = matches!(after(&room, refused), After::Own | After::Room { own: true });
    if !sat.interview.is_finished() || !allowed {
        return to("/q");
    }
    let language = sat.interview.language().clone();
    if sat.result.is_none() {
        let (asked, session, world, tag) = (room.clone(), seat.id, room.world.clone(), language.clone());
        // Fitting a model takes seconds the first time, so it runs where nobody else waits for it.
        let made = tokio::task::spawn_blocking(move || {
            let study = Study::open_again(&asked.place()?).map_err(|why| why.to_string())?;
            let header = study.session(&session.to_string()).map_err(|why| why.to_string())?;
            let hear = |notice: &crate::study::UnusablePart| world.hear(&notice.to_string());
            let report = measuring::report(&study, &hear, &header, Some(tag.as_str()));
            let report = report.map_err(|why| why.to_string())?;
            let shown = advised::of_result(&header, &report, Reader::Respondent, world.now());
            let unkept = study.keep_advice(shown).err();
            Ok::<_, String>((report.to_html(Reader::Respondent), unkept))
        });
        match made.await {
            Ok(Ok((html, unkept))) => {
                sat.result = Some(html.into());
                // The facilitator is told once, because if one piece of advice cannot be stored the others cannot either.
                if let Some(why) = unkept
                    && !std::mem::replace(&mut room.state().unkept, true)
                {
                    let language = &room.settings.language;
                    room.world.hear(&text!(language, "cli-advice-not-kept", why = why.to_string()));
                }
            }
            Ok(Err(why)) => {
                let heading = text!(&language, "server-end-title");
                let back = Some(("/q", text!(&language, "server-ask-back")));
                let why = room.failed(&why, &language);
                return page(StatusCode::SERVICE_UNAVAILABLE, message(&language, &heading, &why, back));
            }
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
    let html = sat.result.as_deref().unwrap_or_default().to_owned();
    let mut answer = page(StatusCode::OK, html);
    // The page contains its own style, so that it can be saved.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, axum::http::HeaderValue::from_static(policy));
    answer
}

fn is_wall(room: &Room, secret: &str) -> bool {
    same(secret, &room.keys.projector())
}

fn wall_page(room: &Room, language: &Language, trouble: Option<String>) -> String {
    let seen = *room.changes().borrow();
    let (counts, revealed) = (room.counts(), room.state().revealed.clone());
    let wall = Wall {
        instrument: &room.settings.instrument,
        language,
        organisation: room.settings.fields.get("organisation").map(String::as_str),
        counts: &counts,
        revealed: revealed.as_deref(),
        url: &room.seen_url(),
        code: &room.keys.code(),
        here: &format!("/p/{}", room.keys.projector()),
        seen,
        least: room.settings.privacy.least(),
        trouble,
        rehearsal: room.settings.test,
    };
    wall.write()
}

pub(super) async fn wall(
    State(room): Shared,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if !is_wall(&room, &secret) {
        return nowhere(State(room), headers).await;
    }
    let language = match query(&uri, "lang") {
        Some(tag) => language(&room, Some(tag), &headers),
        None => room.settings.language.clone(),
    };
    let number = |name| query(&uri, name).and_then(|number| number.parse::<usize>().ok());
    let showing = number("wanting").map(|people| match people {
        0 => Showing::Already,
        people => room.wanting(people),
    });
    let finished = room.counts().finished;
    let since = finished.saturating_sub(number("finished").unwrap_or(finished));
    let trouble = showing.and_then(|showing| showing.after(since)?.in_words(&language));
    page(StatusCode::OK, wall_page(&room, &language, trouble))
}

pub(super) async fn wall_wait(State(room): Shared, Path(secret): Path<String>, uri: Uri) -> Response {
    if !is_wall(&room, &secret) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let seen = until_changed(&room, &uri, || true).await;
    let counts = room.counts();
    json(format!(
        "{{\"seen\":{seen},\"joined\":{},\"waiting\":{},\"answering\":{},\"finished\":{},\"progress\":{:.0},\"stage\":{}}}",
        counts.joined,
        counts.waiting(),
        counts.answering,
        counts.finished,
        100.0 * counts.progress,
        serde_json::to_string(&counts.stage()).unwrap_or_default()
    ))
}

pub(super) async fn wall_act(
    State(room): Shared,
    Path(secret): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if !is_wall(&room, &secret) {
        return nowhere(State(room), headers).await;
    }
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let mut tag = one(&fields, "lang").unwrap_or(room.settings.language.as_str()).to_owned();
    let what = one(&fields, "do").unwrap_or_default().to_owned();
    let acting = room.clone();
    // Counted first, so that a session that finishes meanwhile counts as wanting and never the other way round.
    let finished = room.counts().finished;
    let done = tokio::task::spawn_blocking(move || match what.as_str() {
        "reveal" => acting.reveal(),
        "lock" => acting.lock(true).map(|()| Showing::Shown),
        "unlock" => acting.lock(false).map(|()| Showing::Shown),
        _ => Ok(Showing::Shown),
    });
    if let Some(other) = one(&fields, "do").and_then(|what| what.strip_prefix("lang:")) {
        other.clone_into(&mut tag);
    }
    let language = language(&room, Some(&tag), &headers);
    let here = format!("/p/{}?lang={language}", room.keys.projector());
    match done.await {
        Ok(Ok(Showing::Shown)) => to(&here),
        Ok(Ok(Showing::Already)) => to(&format!("{here}&wanting=0&finished={finished}")),
        Ok(Ok(Showing::Wanting { people, .. })) => {
            to(&format!("{here}&wanting={people}&finished={finished}"))
        }
        Ok(Err(why)) => {
            let why = room.failed(&why, &language);
            page(StatusCode::SERVICE_UNAVAILABLE, wall_page(&room, &language, Some(why)))
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
