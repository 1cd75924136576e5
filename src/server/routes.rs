//! Which address does what. Whoever posts is answered when it is in the file, and sent on with a redirect, so that a reload asks and
//! never sends again.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::forms::{self, one};
use super::guard::{self, Fields};
use super::pages::ask::{Frame, filled};
use super::pages::end::After;
use super::pages::join::{Welcome, code as code_page};
use super::pages::projector::{Wall, on_phone};
use super::pages::{SCRIPT, STYLE, message};
use super::room::Room;
use super::seat::{Sat, Seat};
use crate::instrument::{Audience, Feedback, Language};
use crate::interview::{Event, NotDone, Refusal, Stage};
use crate::report::document::Reader;
use crate::report::html;
use crate::store::Study;
use crate::study::measuring;
use crate::text;

/// How long somebody waits for a change before they are told that there was none.
const POLL: Duration = Duration::from_secs(25);
/// A little picture for the tab.
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

/// The name of the cookie: rooms at one address differ by their port, and cookies do not know ports.
fn cookie_name(room: &Room) -> String {
    format!("relata_{}", room.keys.code())
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).next()
}

fn seat_of(room: &Room, headers: &HeaderMap) -> Option<Arc<Seat>> {
    room.seat(&room.keys.session(&cookie(headers, &cookie_name(room))?)?)
}

/// Gives somebody their place on this device, and sends them there.
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

fn unseated(room: &Room, place: String) -> Response {
    let cookie = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", cookie_name(room));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::SET_COOKIE, cookie)]).into_response()
}

fn is_encrypted(room: &Room) -> bool {
    room.settings.public.as_ref().is_some_and(|public| public.starts_with("https://"))
}

/// The language of a page outside an interview: the one that was chosen, else the first of the browser's that the questionnaire has.
fn language(room: &Room, chosen: Option<&str>, headers: &HeaderMap) -> Language {
    let instrument = &room.settings.instrument;
    let has = |tag: &str| instrument.languages.iter().find(|language| language.as_str() == tag).cloned();
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut browsers = wanted.split(',').filter_map(|tag| has(&tag.trim().get(..2)?.to_lowercase()));
    chosen.and_then(has).or_else(|| browsers.next()).unwrap_or_else(|| room.settings.language.clone())
}

/// The value of a name in an address.
fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

async fn nowhere(State(room): Shared, headers: HeaderMap) -> Response {
    let language = language(&room, None, &headers);
    let (heading, sentence) = (text!(&language, "server-nowhere"), text!(&language, "server-nowhere-what"));
    let back = Some(("/", text!(&language, "server-join-go-on")));
    page(StatusCode::NOT_FOUND, message(&language, &heading, &sentence, back))
}

// ── Coming in ────────────────────────────────────────────────────────────────────────────────────────────────────

async fn front(State(room): Shared, headers: HeaderMap) -> Response {
    room.reached();
    if seat_of(&room, &headers).is_some() {
        return to("/q");
    }
    let language = language(&room, None, &headers);
    page(StatusCode::OK, code_page(&language, is_encrypted(&room), None))
}

async fn by_code(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let typed: String = one(&fields, "code").unwrap_or_default().split_whitespace().collect();
    if super::keys::same(&typed.to_uppercase(), &room.keys.code()) {
        return to(&format!("/{}", room.keys.code()));
    }
    let language = language(&room, None, &headers);
    let trouble = text!(&language, "server-code-wrong");
    page(StatusCode::UNPROCESSABLE_ENTITY, code_page(&language, is_encrypted(&room), Some(trouble)))
}

fn is_code(room: &Room, code: &str) -> bool {
    super::keys::same(&code.to_uppercase(), &room.keys.code())
}

fn welcome_page(room: &Room, language: &Language, to: &str, trouble: Option<String>) -> String {
    let welcome = Welcome {
        instrument: &room.settings.instrument,
        language,
        to,
        shut: room.is_open().err(),
        words: !to.starts_with("/l/"),
        trouble,
        encrypted: is_encrypted(room),
        kiosk: room.settings.kiosk,
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
    if room.keys.number_of(&link).is_none() {
        return nowhere(State(room), headers).await;
    }
    // Whoever was let in by it may go on by it on the device that has the cookie, and nowhere else.
    if let (Some(seat), Some(used)) = (seat_of(&room, &headers), room.by_link(&link))
        && seat.id == used.id
    {
        return to("/q");
    }
    let language = language(&room, query(&uri, "lang"), &headers);
    if room.by_link(&link).is_some() {
        let (heading, sentence) =
            (text!(&language, "server-link-used"), text!(&language, "server-link-used-what"));
        return page(StatusCode::GONE, message(&language, &heading, &sentence, None));
    }
    page(StatusCode::OK, welcome_page(&room, &language, &format!("/l/{link}"), None))
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
    if room.keys.number_of(&link).is_none() {
        return nowhere(State(room), headers).await;
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
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    if let Some(tag) = one(&fields, "do").and_then(|what| what.strip_prefix("lang:")) {
        let language = language(&room, Some(tag), &headers);
        return to(&format!("{place}?lang={language}"));
    }
    if seat_of(&room, &headers).is_some() {
        return to("/q");
    }
    let language = language(&room, one(&fields, "lang"), &headers);
    let tag = language.as_str().to_owned();
    let asked = room.clone();
    // In a task of its own: a phone that hangs up now must not leave half a session behind.
    let joined = tokio::spawn(async move { asked.join(Some(&tag), link.as_deref()).await }).await;
    match joined {
        Ok(Ok(seat)) => seated(&room, &seat),
        Ok(Err(shut)) => {
            let status = match shut {
                super::room::Shut::Full => StatusCode::TOO_MANY_REQUESTS,
                super::room::Shut::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::FORBIDDEN,
            };
            let trouble = Some(shut.in_words(&language)).filter(|_| room.is_open().is_ok());
            page(status, welcome_page(&room, &language, &place, trouble))
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn word(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let found = match room.settings.kiosk || room.settings.links > 0 {
        true => None,
        false => room.by_word(one(&fields, "word").unwrap_or_default()),
    };
    match found {
        Some(seat) => seated(&room, &seat),
        None => {
            let language = language(&room, None, &headers);
            let trouble = text!(&language, "server-word-wrong");
            let place = format!("/{}", room.keys.code());
            page(StatusCode::FORBIDDEN, welcome_page(&room, &language, &place, Some(trouble)))
        }
    }
}

async fn next(State(room): Shared, _: HeaderMap, request: Request) -> Response {
    if let Err(refused) = guard::form(request).await {
        return refused;
    }
    let place = format!("/{}", room.keys.code());
    unseated(&room, if room.settings.links > 0 { "/".to_owned() } else { place })
}

// ── Questions ────────────────────────────────────────────────────────────────────────────────────────────────────

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

/// The page of where somebody is. `entered` is what they entered, where it was not taken.
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

/// What somebody who is at the end may see. Before the room is shown to itself nobody's device holds a result.
fn after(room: &Room, refused: bool) -> After {
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

async fn question(State(room): Shared, headers: HeaderMap, uri: Uri) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return to("/") };
    let old = query(&uri, "old").is_some();
    let shown = tokio::spawn(async move {
        let mut sat = seat.take().await;
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

async fn answer(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(seat) = seat_of(&room, &headers) else { return to("/") };
    // In a task of its own: what the writer has been asked for happens, whoever hangs up meanwhile.
    let done = tokio::spawn(async move { act(&room, &seat, &fields).await });
    done.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn act(room: &Room, seat: &Seat, fields: &Fields) -> Response {
    let mut sat = seat.take().await;
    let number = one(fields, "kept").and_then(|number| number.parse::<usize>().ok());
    if number != Some(sat.kept) {
        // The same page twice is one answer; an older page answers nothing.
        let twice = number.is_some() && number == sat.taken;
        return to(if twice { "/q" } else { "/q?old=1" });
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
        Err(why) => {
            let status = match &why {
                NotDone::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
                NotDone::NotKept(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            page(status, stage_page(room, seat, &sat, Some(in_words(&why, &language)), Some(fields)))
        }
    }
}

/// What a form asks for; none where it changes nothing. The error is a sentence.
fn event(sat: &Sat, fields: &Fields, language: &Language) -> Result<Option<Event>, String> {
    let what = one(fields, "do").unwrap_or("answer");
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
        (Stage::Ask(asked), _) => asked,
        (
            Stage::HandOver { .. } | Stage::Paused | Stage::Review(_) | Stage::Finished | Stage::Withdrawn,
            _,
        ) => return Ok(None),
    };
    let (item, step) = (asked.item.clone(), asked.step);
    let is_asked = one(fields, "item") == Some(&item) && one(fields, "step") == Some(&step.to_string());
    if !is_asked {
        return Err(Refusal::NotAsked(item).in_words(language));
    }
    let answered = |reply| Ok(Some(Event::Answered { item: item.clone(), step, reply }));
    match what {
        "declined" => answered(crate::instrument::prompt::Reply::Declined),
        "dont_know" if asked.takes_dont_know => answered(crate::instrument::prompt::Reply::DontKnow),
        "empty" => match asked.empty.event(asked) {
            Some(event) => Ok(Some(event)),
            None => Err(Refusal::NeedsReply.in_words(language)),
        },
        _ => {
            let reply =
                forms::reply(&asked.prompt.ask, fields, language).map_err(|why| why.in_words(language))?;
            // What stood here already is not answered again, so that its times stay what they were.
            match &asked.reply {
                Some(before) if forms::says_the_same(before, &reply) => Ok(Some(Event::Forward)),
                _ => answered(reply),
            }
        }
    }
}

/// What is being typed, kept while it is typed: sent by the script alone.
async fn draft(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(seat) = seat_of(&room, &headers) else { return StatusCode::FORBIDDEN.into_response() };
    let mut sat = seat.take().await;
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

async fn stop(State(room): Shared, headers: HeaderMap) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return to("/") };
    let sat = seat.take().await;
    let view = sat.interview.view();
    if matches!(view.stage, Stage::Withdrawn) {
        return to("/q");
    }
    let title = room.settings.instrument.label.raw(&view.language);
    page(StatusCode::OK, frame(&room, &seat, &sat, &title, None).stop(&view))
}

async fn stopped(State(room): Shared, headers: HeaderMap, request: Request) -> Response {
    let fields = match guard::form(request).await {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some(seat) = seat_of(&room, &headers) else { return to("/") };
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
            done = asked.erase(seat.id).await;
        }
        (language, done)
    });
    match done.await {
        Ok((language, Ok(()))) => {
            let sentence = match erase {
                true => text!(&language, "server-stopped-erased"),
                false => text!(&language, "server-stopped-kept"),
            };
            let html = message(&language, &text!(&language, "server-stop-title"), &sentence, None);
            let cookie = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", cookie_name(&room));
            let mut answer = page(StatusCode::OK, html);
            if let Ok(cookie) = cookie.parse() {
                answer.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            answer
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

// ── Waiting, and what there is to see ────────────────────────────────────────────────────────────────────────────

/// Waits until the room has changed since `seen`, or for a while.
async fn until_changed(room: &Room, uri: &Uri, matters: impl Fn() -> bool) -> u64 {
    let seen = query(uri, "seen").and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    let mut changes = room.changes();
    let changed = changes.wait_for(|number| *number != seen && matters());
    let _ = tokio::time::timeout(POLL, changed).await;
    *room.changes().borrow()
}

/// For somebody at the end: whether there is something to see now.
async fn wait(State(room): Shared, headers: HeaderMap, uri: Uri) -> Response {
    if seat_of(&room, &headers).is_none() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let ready = || room.is_shown() || room.is_ended();
    let seen = until_changed(&room, &uri, ready).await;
    json(format!("{{\"seen\":{seen},\"reload\":{}}}", ready()))
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn room_page(State(room): Shared, headers: HeaderMap) -> Response {
    let Some(seat) = seat_of(&room, &headers).filter(|_| !room.settings.kiosk) else { return to("/") };
    let revealed = room.state().revealed.clone();
    let language = seat.take().await.interview.language().clone();
    match revealed.filter(|_| room.settings.together) {
        Some(revealed) => page(StatusCode::OK, on_phone(&room.settings.instrument, &language, &revealed)),
        None => to("/q"),
    }
}

/// Somebody's own result, to keep: a page that needs nothing beside it.
async fn own(State(room): Shared, headers: HeaderMap) -> Response {
    let Some(seat) = seat_of(&room, &headers) else { return to("/") };
    let mut sat = seat.take().await;
    let refused = sat.interview.is_refused();
    let allowed = matches!(after(&room, refused), After::Own | After::Room { own: true });
    if !sat.interview.is_finished() || !allowed {
        return to("/q");
    }
    let language = sat.interview.language().clone();
    if sat.result.is_none() {
        let (place, session, world, tag) = (room.place(), seat.id, room.world.clone(), language.clone());
        // Fitting a model takes seconds the first time: nobody else waits for it.
        let made = tokio::task::spawn_blocking(move || {
            let study = Study::open_again(&place).map_err(|why| why.to_string())?;
            let header = study.session(&session.to_string()).map_err(|why| why.to_string())?;
            let hear = |notice: &crate::study::Notice| world.hear(&notice.to_string());
            let report = measuring::report(&study, &hear, &header, Some(tag.as_str()));
            Ok::<_, String>(report.map_err(|why| why.to_string())?.to_html(Reader::Respondent))
        });
        match made.await {
            Ok(Ok(html)) => sat.result = Some(html.into()),
            Ok(Err(why)) => {
                let heading = text!(&language, "server-end-title");
                let back = Some(("/q", text!(&language, "server-ask-back")));
                return page(StatusCode::SERVICE_UNAVAILABLE, message(&language, &heading, &why, back));
            }
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
    let html = sat.result.as_deref().unwrap_or_default().to_owned();
    let mut answer = page(StatusCode::OK, html);
    // It carries its style in itself, so that it can be kept.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, axum::http::HeaderValue::from_static(policy));
    answer
}

// ── The wall ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn is_wall(room: &Room, secret: &str) -> bool {
    super::keys::same(secret, &room.keys.projector())
}

fn wall_page(room: &Room, language: &Language, trouble: Option<String>) -> String {
    let seen = *room.changes().borrow();
    let (counts, revealed) = (room.counts(), room.state().revealed.clone());
    let wall = Wall {
        instrument: &room.settings.instrument,
        language,
        counts: &counts,
        revealed: revealed.as_deref(),
        url: &room.seen_url(),
        code: &room.keys.code(),
        here: &format!("/p/{}", room.keys.projector()),
        seen,
        trouble,
    };
    wall.write()
}

async fn wall(State(room): Shared, Path(secret): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    if !is_wall(&room, &secret) {
        return nowhere(State(room), headers).await;
    }
    let language = match query(&uri, "lang") {
        Some(tag) => language(&room, Some(tag), &headers),
        None => room.settings.language.clone(),
    };
    let wanting = query(&uri, "wanting").and_then(|number| number.parse::<usize>().ok());
    let trouble = wanting.map(|wanting| text!(&language, "server-wall-wanting", wanting));
    page(StatusCode::OK, wall_page(&room, &language, trouble))
}

async fn wall_wait(State(room): Shared, Path(secret): Path<String>, uri: Uri) -> Response {
    if !is_wall(&room, &secret) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let seen = until_changed(&room, &uri, || true).await;
    let counts = room.counts();
    json(format!(
        "{{\"seen\":{seen},\"joined\":{},\"answering\":{},\"finished\":{},\"progress\":{:.0},\"stage\":{}}}",
        counts.joined,
        counts.answering,
        counts.finished,
        100.0 * counts.progress,
        serde_json::to_string(&counts.stage()).unwrap_or_default()
    ))
}

async fn wall_act(
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
    let done = tokio::task::spawn_blocking(move || match what.as_str() {
        "reveal" => acting.reveal(),
        "lock" => acting.lock(true).map(|()| 0),
        "unlock" => acting.lock(false).map(|()| 0),
        _ => Ok(0),
    });
    if let Some(other) = one(&fields, "do").and_then(|what| what.strip_prefix("lang:")) {
        other.clone_into(&mut tag);
    }
    let language = language(&room, Some(&tag), &headers);
    let here = format!("/p/{}?lang={language}", room.keys.projector());
    match done.await {
        Ok(Ok(0)) => to(&here),
        Ok(Ok(wanting)) => to(&format!("{here}&wanting={wanting}")),
        Ok(Err(why)) => page(StatusCode::SERVICE_UNAVAILABLE, wall_page(&room, &language, Some(why))),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
