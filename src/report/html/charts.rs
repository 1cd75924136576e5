//! The charts of a report: inline SVG that draws with the colours of the page. Owns geometry; refuses to be the only place
//! where a figure stands: a bar stands beside its number, and the plane has its points in words.

use super::markup::Markup;
use crate::gap::Estimate;
use crate::instrument::Language;
use crate::wording::{self, say};

/// A value on a scale between two ends, with its interval, in the cell that it stands in. Only drawn: the numbers stand beside it.
///
/// `hatched`: so that two rows differ without colour.
pub(super) fn value(
    out: &mut Markup,
    (low, high): (f64, f64),
    value: f64,
    (from, to): (f64, f64),
    hatched: bool,
) {
    let frame = [
        ("class", "bar"),
        ("viewBox", "0 0 100 10"),
        ("preserveAspectRatio", "none"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    let at = |value: f64| 100.0 * ((value - low) / (high - low)).clamp(0.0, 1.0);
    out.element("svg", &frame, |svg| {
        svg.empty("rect", &[("class", "track"), ("width", "100"), ("height", "10")]);
        let class = if hatched { "fill other" } else { "fill" };
        let (x, width) = (number(at(from)), number((at(to) - at(from)).max(0.6)));
        svg.empty("rect", &[("class", class), ("x", &x), ("y", "3"), ("width", &width), ("height", "4")]);
        let x = number((at(value) - 0.8).max(0.0));
        svg.empty("rect", &[("class", class), ("x", &x), ("width", "1.6"), ("height", "10")]);
    });
}

/// A coordinate: two decimals are finer than any screen.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Half the side of the plane, in units of the drawing, and the margin around it for words.
const HALF: f64 = 130.0;
const MARGIN: f64 = 30.0;

/// Where a value on −1…+1 lies to the right, and upward.
pub(super) fn right(value: f64) -> f64 {
    MARGIN + HALF * (1.0 + value.clamp(-1.0, 1.0))
}

pub(super) fn up(value: f64) -> f64 {
    MARGIN + HALF * (1.0 - value.clamp(-1.0, 1.0))
}

/// The said × associated plane: axes, quadrants in words, and what `inside` draws. `id` tells planes of one page apart;
/// `title` and `description` are for who cannot see it.
pub(super) fn plane(
    out: &mut Markup,
    id: &str,
    title: &str,
    description: &str,
    language: &Language,
    inside: impl FnOnce(&mut Markup),
) {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-description"));
    let side = number(2.0 * (HALF + MARGIN));
    let frame = [
        ("class", "plane"),
        ("viewBox", &*format!("0 0 {side} {side}")),
        ("role", "img"),
        ("aria-labelledby", &*title_id),
        ("aria-describedby", &*description_id),
    ];
    out.element("svg", &frame, |svg| {
        svg.leaf("title", &[("id", &title_id)], title);
        svg.leaf("desc", &[("id", &description_id)], description);
        let (from, extent) = (number(MARGIN), number(2.0 * HALF));
        svg.empty(
            "rect",
            &[("class", "ground"), ("x", &from), ("y", &from), ("width", &extent), ("height", &extent)],
        );
        // What the verdict looks for lies in two of the four corners: they are shaded, and named in words.
        for (x, y) in [(MARGIN + HALF, MARGIN + HALF), (MARGIN, MARGIN)] {
            let (x, y, half) = (number(x), number(y), number(HALF));
            svg.empty(
                "rect",
                &[("class", "part"), ("x", &x), ("y", &y), ("width", &half), ("height", &half)],
            );
        }
        line(svg, "axis", (right(-1.0), up(0.0)), (right(1.0), up(0.0)));
        line(svg, "axis", (right(0.0), up(-1.0)), (right(0.0), up(1.0)));
        let corners = [
            (-1.0, 1.0, "start", say("says cold,", "zegt koud,"), say("associates warm", "associeert warm")),
            (1.0, 1.0, "end", say("warm on", "warm aan"), say("both sides", "beide kanten")),
            (-1.0, -1.0, "start", say("cold on", "koud aan"), say("both sides", "beide kanten")),
            (1.0, -1.0, "end", say("says warm,", "zegt warm,"), say("associates cold", "associeert koud")),
        ];
        for (x, y, anchor, first, second) in corners {
            let inward = if x < 0.0 { 6.0 } else { -6.0 };
            let top = if y > 0.0 { up(1.0) + 14.0 } else { up(-1.0) - 19.0 };
            words(svg, "corner", (right(x) + inward, top), anchor, &first);
            words(svg, "corner", (right(x) + inward, top + 12.0), anchor, &second);
        }
        for (value, sign) in [(-1.0, "−1"), (0.0, "0"), (1.0, "+1")] {
            words(svg, "tick", (right(value), up(-1.0) + 13.0), "middle", sign);
            words(svg, "tick", (right(-1.0) - 5.0, up(value) + 4.0), "end", sign);
        }
        words(svg, "name", (right(0.0), up(-1.0) + 27.0), "middle", &say("said →", "gezegd →"));
        let turned = format!("rotate(-90 10 {})", number(up(0.0)));
        let at = [
            ("class", "name"),
            ("x", "10"),
            ("y", &*number(up(0.0))),
            ("text-anchor", "middle"),
            ("transform", &*turned),
        ];
        svg.leaf("text", &at, &say("associated →", "geassocieerd →"));
        inside(svg);
    });
}

pub(super) fn line(svg: &mut Markup, class: &str, from: (f64, f64), to: (f64, f64)) {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
    svg.empty("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

fn words(svg: &mut Markup, class: &str, at: (f64, f64), anchor: &str, words: &str) {
    let (x, y) = (number(at.0), number(at.1));
    svg.leaf("text", &[("class", class), ("x", &x), ("y", &y), ("text-anchor", anchor)], words);
}

/// One session on the plane, with its error cross; beyond the ends it stays at the edge.
pub(super) fn cross(svg: &mut Markup, said: Estimate, associated: Estimate) {
    const CAP: f64 = 4.0;
    let (x, y) = (right(said.value), up(associated.value));
    let (low, high) = said.interval();
    line(svg, "error", (right(low), y), (right(high), y));
    for end in [low, high] {
        line(svg, "error", (right(end), y - CAP), (right(end), y + CAP));
    }
    let (low, high) = associated.interval();
    line(svg, "error", (x, up(low)), (x, up(high)));
    for end in [low, high] {
        line(svg, "error", (x - CAP, up(end)), (x + CAP, up(end)));
    }
    let points = format!(
        "{},{} {},{} {},{} {},{}",
        number(x - 6.0),
        number(y),
        number(x),
        number(y - 6.0),
        number(x + 6.0),
        number(y),
        number(x),
        number(y + 6.0)
    );
    svg.empty("polygon", &[("class", "point"), ("points", &points)]);
}

/// "+0.47 (95 %: +0.27 … +0.67)".
pub(super) fn with_interval(estimate: Estimate, language: &Language) -> String {
    let (low, high) = estimate.interval();
    let [value, low, high] = [estimate.value, low, high].map(|v| wording::signed(v, 2, language));
    format!("{value} (95 %: {low} … {high})")
}
