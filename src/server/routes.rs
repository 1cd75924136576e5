//! The routes. A POST is answered once its event is in the file, with a redirect, so that a reload fetches the page and never sends
//! the form again.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::forms::{cleaned, one};
use super::guard;
use super::keys::same;
use super::pages::join::{Welcome, code as code_page};
use super::pages::{SCRIPT, STYLE, message};
use super::room::{Entrant, Room, Shut, TicketState, WordRefused};
use super::seat::Seat;
use crate::instrument::Language;
use crate::interview::is_fit;
use crate::report::html;
use crate::study::SessionId;
use crate::text;

mod answers;
mod shown;

use answers::{answer, draft, question, stop, stopped};
use shown::{own, room_page, wait, wall, wall_act, wall_wait};

/// The favicon.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"7\" fill=\"#0d5b63\"/></svg>";

type Shared = State<Arc<Room>>;

pub(super) fn app(room: Arc<Room>) -> Router {
    Router::new()
        .route("/", get(front).post(by_code))
        .route("/{code}", get(welcome).post(join))
        .route("/l/{link}", get(welcome_by_link).post(join_by_link))
        .route("/word", get(to_front).post(word))
        .route("/q", get(question).post(answer))
        .route("/stop", get(stop).post(stopped))
        .route("/next", get(to_front).post(next))
        .route("/wait", get(wait))
        .route("/own", get(own))
        .route("/room", get(room_page))
        .route("/draft", get(to_front).post(draft))
        .route("/p/{secret}", get(wall).post(wall_act))
        .route("/p/{secret}/wait", get(wall_wait))
        .route("/room.css", get(style))
        .route("/room.js", get(async || ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)))
        .route("/icon.svg", get(async || ([(header::CONTENT_TYPE, "image/svg+xml")], ICON)))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .fallback(nowhere)
        .layer(from_fn_with_state(room.clone(), guard::watch))
        .with_state(room)
}

async fn style() -> Response {
    let sheet = format!("{}\n{STYLE}", html::STYLE);
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], sheet).into_response()
}

fn page(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

fn to(place: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

async fn to_front() -> Response {
    to("/")
}

/// The name of the cookie. It contains the port, because cookies ignore ports and rooms at one address differ only by port.
fn cookie_name(room: &Room) -> String {
    format!("relata_{}", room.keys.code())
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).next()
}

/// The session of a device's cookie, even if its seat is gone.
fn session_of(room: &Room, headers: &HeaderMap) -> Option<SessionId> {
    room.keys.session(&cookie(headers, &cookie_name(room))?)
}

fn seat_of(room: &Room, headers: &HeaderMap) -> Option<Arc<Seat>> {
    room.seat(&session_of(room, headers)?)
}

/// The answer for a device without a seat: the front page, or a notice of what became of its seat.
async fn placeless(room: &Room, headers: &HeaderMap) -> Response {
    match session_of(room, headers) {
        Some(session) => gone(room, &session, &language(room, None, headers)).await,
        None => to("/"),
    }
}

/// A notice that a link was opened once more, that a seat was removed, or that the study in use does not have it.
async fn gone(room: &Room, session: &SessionId, language: &Language) -> Response {
    let (heading, sentence) = room.seatless(session, language).await;
    match room.is_replaced(session) {
        // Read again after a reload, so that the device keeps its cookie.
        true => page(StatusCode::GONE, message(language, &heading, &sentence, None)),
        false => left(room, StatusCode::GONE, (language, &heading, &sentence)),
    }
}

/// The last page of a device that has no seat any more; on a shared one it leads on to the next person.
fn left(room: &Room, status: StatusCode, (language, heading, sentence): (&Language, &str, &str)) -> Response {
    let door = format!("/{}", room.keys.code());
    let next = room.settings.kiosk.then(|| (door.as_str(), text!(language, "server-end-next-person")));
    let mut answer = page(status, message(language, heading, sentence, next));
    forget_seat(room, &mut answer);
    answer
}

fn forget_seat(room: &Room, answer: &mut Response) {
    let cookie = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", cookie_name(room));
    if let Ok(cookie) = cookie.parse() {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

/// Gives the device the cookie of a seat and redirects to it.
fn seated(room: &Room, seat: &Seat) -> Response {
    let secure = if is_encrypted(room) { "; Secure" } else { "" };
    let cookie = format!(
        "{}={}; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict{secure}",
        cookie_name(room),
        room.keys.token(&seat.id)
    );
    (StatusCode::SEE_OTHER, [(header::LOCATION, "/q".to_owned()), (header::SET_COOKIE, cookie)])
        .into_response()
}

fn unseated(room: &Room, place: &str) -> Response {
    let mut answer = to(place);
    forget_seat(room, &mut answer);
    answer
}

fn is_encrypted(room: &Room) -> bool {
    room.settings.public.as_ref().is_some_and(|public| public.starts_with("https://"))
}

/// The language of a page outside an interview: the chosen one, else the browser's first one that the questionnaire has.
fn language(room: &Room, chosen: Option<&str>, headers: &HeaderMap) -> Language {
    let instrument = &room.settings.instrument;
    let has = |tag: &str| instrument.languages.iter().find(|language| language.as_str() == tag).cloned();
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut browsers = wanted.split(',').filter_map(|tag| has(&tag.trim().get(..2)?.to_lowercase()));
    chosen.and_then(has).or_else(|| browsers.next()).unwrap_or_else(|| room.settings.language.clone())
}

/// The value of a query parameter.
fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

async fn nowhere(State(room): Shared, headers: HeaderMap) -> Response {
    let language = language(&room, None, &headers);
    let (heading, sentence) = (text!(&language, "server-nowhere"), text!(&language, "server-nowhere-what"));
    let back = Some(("/", text!(&language, "server-join-go-on")));
    page(StatusCode::NOT_FOUND, message(&language, &heading, &sentence, back))
}

/// The page for a link of somebody who cannot join in this run.
fn not_now(room: &Room, headers: &HeaderMap) -> Response {
    let language = language(room, None, headers);
    let (heading, sentence) =
        (text!(&language, "server-link-not-now"), text!(&language, "server-link-not-now-what"));
    page(StatusCode::FORBIDDEN, message(&language, &heading, &sentence, None))
}

/// Whether this device has the seat that a link gave: a used link only continues on the device that used it.
fn came_by(room: &Room, number: usize, headers: &HeaderMap) -> bool {
    seat_of(room, headers).zip(room.by_link(number)).is_some_and(|(seat, used)| seat.id == used.id)
}

// ── Coming in ────────────────────────────────────────────────────────────────────────────────────────────────────

async fn front(State(room): Shared, headers: HeaderMap) -> Response {
    room.reached();
    if seat_of(&room, &headers).is_some() {
        return to("/q");
    }
    let language = language(&room, None, &headers);
    if room.settings.links > 0 {
        let (heading, sentence) =
            (text!(&language, "server-link-wanted"), text!(&language, "server-link-wanted-what"));
        return page(StatusCode::OK, message(&language, &heading, &sentence, None));
    }
    page(StatusCode::OK, code_page(&language, is_encrypted(&room), None))
}

async fn by_code(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let typed: String = one(&fields, "code").unwrap_or_default().split_whitespace().collect();
    if same(&typed.to_uppercase(), &room.keys.code()) {
        return to(&format!("/{}", room.keys.code()));
    }
    let language = language(&room, None, &headers);
    let trouble = text!(&language, "server-code-wrong");
    page(StatusCode::UNPROCESSABLE_ENTITY, code_page(&language, is_encrypted(&room), Some(trouble)))
}

fn is_code(room: &Room, code: &str) -> bool {
    same(&code.to_uppercase(), &room.keys.code())
}

fn welcome_page(room: &Room, language: &Language, to: &str, trouble: Option<String>) -> String {
    let welcome = Welcome {
        instrument: &room.settings.instrument,
        language,
        to,
        once: &room.once(),
        shut: room.is_open().err(),
        words: !to.starts_with("/l/"),
        trouble,
        encrypted: is_encrypted(room),
        kiosk: room.settings.kiosk,
        rehearsal: room.settings.test,
        person: room.asks_person(),
    };
    welcome.write()
}

async fn welcome(State(room): Shared, Path(code): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    room.reached();
    if !is_code(&room, &code) || room.settings.links > 0 {
        return nowhere(State(room), headers).await;
    }
    if seat_of(&room, &headers).is_some() {
        return to("/q");
    }
    let language = language(&room, query(&uri, "lang"), &headers);
    page(StatusCode::OK, welcome_page(&room, &language, &format!("/{}", room.keys.code()), None))
}

async fn welcome_by_link(
    State(room): Shared,
    Path(link): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    room.reached();
    let number = match room.link(&link) {
        Some(TicketState::Here(number)) => number,
        Some(TicketState::Elsewhere) => return not_now(&room, &headers),
        None => return nowhere(State(room), headers).await,
    };
    if came_by(&room, number, &headers) {
        return to("/q");
    }
    let (language, place) = (language(&room, query(&uri, "lang"), &headers), format!("/l/{link}"));
    match room.lets_in(number).await {
        Ok(true) => {
            let again = room.is_used(number) && room.is_open().is_ok();
            let trouble = again.then(|| text!(&language, "server-link-again"));
            page(StatusCode::OK, welcome_page(&room, &language, &place, trouble))
        }
        Ok(false) if session_of(&room, &headers).is_some_and(|session| room.is_replaced(&session)) => {
            placeless(&room, &headers).await
        }
        Ok(false) => used_up(&language),
        Err(shut) => stays_out(&room, &language, &place, &shut),
    }
}

/// The page for a link by which somebody has answered.
fn used_up(language: &Language) -> Response {
    let (heading, sentence) = (text!(language, "server-link-used"), text!(language, "server-link-used-what"));
    page(StatusCode::GONE, message(language, &heading, &sentence, None))
}

/// The first page once more, with why it did not lead in.
fn stays_out(room: &Room, language: &Language, place: &str, shut: &Shut) -> Response {
    if let Shut::Failed(why) = shut {
        room.went_wrong(why);
    }
    let status = match shut {
        Shut::Full => StatusCode::TOO_MANY_REQUESTS,
        Shut::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
        Shut::Locked | Shut::Ended | Shut::NoLink => StatusCode::FORBIDDEN,
    };
    let trouble = Some(shut.in_words(language)).filter(|_| room.is_open().is_ok());
    page(status, welcome_page(room, language, place, trouble))
}

async fn join(
    State(room): Shared,
    Path(code): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if !is_code(&room, &code) {
        return nowhere(State(room), headers).await;
    }
    let place = format!("/{}", room.keys.code());
    come_in(room, place, None, headers, request).await
}

async fn join_by_link(
    State(room): Shared,
    Path(link): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    match room.link(&link) {
        Some(TicketState::Here(_)) => {}
        Some(TicketState::Elsewhere) => return not_now(&room, &headers),
        None => return nowhere(State(room), headers).await,
    }
    let place = format!("/l/{link}");
    come_in(room, place, Some(link), headers, request).await
}

async fn come_in(
    room: Arc<Room>,
    place: String,
    link: Option<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let from = guard::client(&request);
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    if let Some(tag) = one(&fields, "do").and_then(|what| what.strip_prefix("lang:")) {
        let language = language(&room, Some(tag), &headers);
        return to(&format!("{place}?lang={language}"));
    }
    if one(&fields, "do") != Some("join") {
        let language = language(&room, one(&fields, "lang"), &headers);
        return page(StatusCode::UNPROCESSABLE_ENTITY, welcome_page(&room, &language, &place, None));
    }
    // An unused link starts a new session, even if somebody answered on this device before: a second assessment is not a change to
    // the first.
    let here = match link.as_deref().and_then(|link| room.link(link)) {
        Some(TicketState::Here(number)) => came_by(&room, number, &headers),
        _ => seat_of(&room, &headers).is_some(),
    };
    if here {
        return to("/q");
    }
    let once = one(&fields, "once").unwrap_or_default().to_owned();
    let language = language(&room, one(&fields, "lang"), &headers);
    let tag = language.as_str().to_owned();
    let asked = room.clone();
    let person = room.asks_person().and_then(|field| Some((field, one(&fields, &field.name)?)));
    let person = person.map(|(field, typed)| (field, cleaned(typed, false).trim().to_owned()));
    if person.as_ref().is_some_and(|(field, code)| !is_fit(code, field, &room.settings.instrument)) {
        let trouble = Some(text!(&language, "server-join-person-no-code"));
        return page(StatusCode::UNPROCESSABLE_ENTITY, welcome_page(&room, &language, &place, trouble));
    }
    let person = person.map(|(_, code)| code);
    let by_link = link.is_some();
    // In its own task, so that a phone that disconnects now does not leave half a session behind.
    let joined = tokio::spawn(async move {
        let (language, link) = (Some(tag.as_str()), link.as_deref());
        asked.join(Entrant { language, link, person, from, once: &once }).await
    });
    match joined.await {
        Ok(Ok(seat)) => seated(&room, &seat),
        Ok(Err(Shut::NoLink)) if by_link => used_up(&language),
        Ok(Err(shut)) => stays_out(&room, &language, &place, &shut),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn word(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let from = guard::client(&request);
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let found = match room.settings.kiosk || room.settings.links > 0 {
        true => Err(WordRefused::Unknown),
        false => room.by_word(one(&fields, "word").unwrap_or_default(), from),
    };
    let language = language(&room, None, &headers);
    let (status, trouble) = match found {
        Ok(seat) => return seated(&room, &seat),
        Err(WordRefused::Unknown) => (StatusCode::FORBIDDEN, text!(&language, "server-word-wrong")),
        Err(WordRefused::TooMany) => {
            (StatusCode::TOO_MANY_REQUESTS, text!(&language, "server-word-too-many"))
        }
    };
    let place = format!("/{}", room.keys.code());
    page(status, welcome_page(&room, &language, &place, Some(trouble)))
}

async fn next(State(room): Shared, _: HeaderMap, request: Request) -> Response {
    if let Err(refused) = guard::form(request).await {
        return refused;
    }
    let place = format!("/{}", room.keys.code());
    unseated(&room, if room.settings.links > 0 { "/" } else { &place })
}
