//! Checks on every request, and headers on every answer.
//!
//! Owns the protection against requests from other sites' pages and against DNS rebinding, and the limits on the size and time of a
//! body.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Form, extract::FromRequest};

use super::connection::ClientAddress;
use super::room::Room;

/// Time limit for the body of a request.
const BODY: Duration = Duration::from_secs(10);
/// Largest body in bytes: about ten times the largest timed block, and five times the longest text that a questionnaire can ask
/// for.
pub(super) const LARGEST: usize = 128 * 1024;

/// The fields of a form, in order.
pub(super) type Fields = Vec<(String, String)>;

/// The content security policy: everything comes from this server, nothing from elsewhere, and there are no inline scripts.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // With `no-referrer`, a browser would send `Origin: null` with this server's own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

pub(super) async fn watch(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let refused = refused(&room, &request);
    let mut answer = match refused {
        Some(refused) => refused.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in ALWAYS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}

fn refused(room: &Room, request: &Request) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    let host = text(headers, &header::HOST).unwrap_or_default();
    if !is_ours(host, room.settings.public.as_deref()) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "this is not a name of this room"));
    }
    if *request.method() == Method::POST && !from_here(headers, host) {
        return Some((StatusCode::FORBIDDEN, "this came from another site"));
    }
    let length = text(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    length
        .is_some_and(|length| length > LARGEST)
        .then_some((StatusCode::PAYLOAD_TOO_LARGE, "this is too much"))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the request's host is an IP address, this machine, or the room's public name. Any other name points here only through
/// DNS rebinding, which would let that name's pages act as this server's own.
fn is_ours(host: &str, public: Option<&str>) -> bool {
    let public = public.and_then(public_host);
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name == "localhost"
        || name.parse::<IpAddr>().is_ok()
        || public.is_some_and(|public| public == host.to_lowercase())
}

/// The host of a public address as browsers send it: in lower case, with the port where it is not the scheme's own. `None` where the address
/// has more than that or less, so that no request would fit it.
pub fn public_host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.strip_suffix('/').unwrap_or(rest).to_lowercase();
    let own = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = host.strip_suffix(own).unwrap_or(&host);
    let fits = |c: char| c.is_alphanumeric() || "-.:[]".contains(c);
    let port = host.rsplit_once(']').map_or(host, |(_, rest)| rest).split_once(':').map(|(_, port)| port);
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return None;
    }
    (host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && host.chars().all(fits))
        .then(|| host.to_owned())
}

/// Whether a form was sent by one of this server's pages. Current browsers say so in `Sec-Fetch-Site`; older ones send the form's
/// origin.
fn from_here(headers: &HeaderMap, host: &str) -> bool {
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    match text(headers, &header::ORIGIN) {
        Some(origin) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
        None => site.is_some(),
    }
}

/// The client's address.
pub(super) fn client(request: &Request) -> IpAddr {
    let from = request.extensions().get::<ClientAddress>();
    from.map_or(Ipv4Addr::UNSPECIFIED.into(), |from| from.0.to_canonical())
}

/// The fields of a form, or the answer that rejects it.
pub(super) async fn form(request: Request) -> Result<Fields, Response> {
    let (head, body) = request.into_parts();
    let body = match tokio::time::timeout(BODY, to_bytes(body, LARGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Err((StatusCode::PAYLOAD_TOO_LARGE, "this is too much").into_response()),
        Err(_) => {
            let close = [(header::CONNECTION, "close")];
            return Err((StatusCode::REQUEST_TIMEOUT, close, "this took too long").into_response());
        }
    };
    let request = Request::from_parts(head, Body::from(body));
    let Form(fields) =
        Form::<Fields>::from_request(request, &()).await.map_err(IntoResponse::into_response)?;
    // Decoding replaced invalid UTF-8 by this character.
    if fields.iter().any(|(name, value)| name.contains('\u{FFFD}') || value.contains('\u{FFFD}')) {
        return Err((StatusCode::BAD_REQUEST, "this is no text").into_response());
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ours_and_names_are_not() {
        for host in ["192.168.1.7:7878", "127.0.0.1", "localhost:80", "[::1]:7878", "room.example.org"] {
            assert!(is_ours(host, Some("https://room.example.org/")), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "192.168.1.7.evil.example:7878",
            "room.example.org.evil.example",
            "localhost.evil.example",
        ] {
            assert!(!is_ours(host, Some("https://room.example.org")), "{host}");
        }
    }

    #[test]
    fn a_public_address_is_compared_as_browsers_write_it() {
        for (url, host) in [
            ("https://Ask.Example.org", "ask.example.org"),
            ("https://ask.example.org:443/", "ask.example.org"),
            ("http://ask.example.org:8080", "ask.example.org:8080"),
        ] {
            assert_eq!(public_host(url).as_deref(), Some(host), "{url}");
            assert!(is_ours(host, Some(url)), "{url}");
        }
        for url in [
            "https://",
            "ask.example.org",
            "https://a.org/sub",
            "https://me@a.org",
            "ftp://a.org",
            "https://a.org?x",
            "https://a.org:",
            "https://a.org:99999",
        ] {
            assert_eq!(public_host(url), None, "{url}");
        }
    }

    #[test]
    fn a_form_comes_from_a_page_of_ours() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            from_here(&pairs.collect(), "10.0.0.1:7878")
        };
        assert!(of(&[("sec-fetch-site", "same-origin")]));
        assert!(of(&[("origin", "http://10.0.0.1:7878")]));
        assert!(of(&[("sec-fetch-site", "same-origin"), ("origin", "http://10.0.0.1:7878")]));
        assert!(!of(&[]));
        assert!(!of(&[("origin", "null")]));
        assert!(!of(&[("origin", "http://evil.example")]));
        assert!(!of(&[("origin", "http://10.0.0.1:7878.evil.example")]));
        assert!(!of(&[("sec-fetch-site", "cross-site"), ("origin", "http://10.0.0.1:7878")]));
        assert!(!of(&[("sec-fetch-site", "none")]));
    }
}
