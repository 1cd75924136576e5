//! The charts of a report: inline SVG in the colours of the page. No chart is the only place of a figure: bars have their numbers beside
//! them, and the plane has its points in words.

use super::markup::Markup;
use crate::analysis::GapPoint;
use crate::gap::Sentiment;
use crate::instrument::Language;
use crate::report::document::Plane;
use crate::text;

/// A coordinate: two decimals are finer than any screen.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A drawing of a class under an id, with what it shows in words.
pub(super) fn picture(
    out: &mut Markup,
    (class, id): (&str, &str),
    (width, height): (f64, f64),
    (title, description): (&str, &str),
    inside: impl FnOnce(&mut Markup),
) {
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-description"));
    let frame = [
        ("class", class),
        ("viewBox", &*format!("0 0 {} {}", number(width), number(height))),
        ("role", "img"),
        ("aria-labelledby", &*title_id),
        ("aria-describedby", &*description_id),
    ];
    out.element("svg", &frame, |svg| {
        svg.leaf("title", &[("id", &title_id)], title);
        svg.leaf("desc", &[("id", &description_id)], description);
        inside(svg);
    });
}

/// Half the side of the plane, in units of the drawing, and the margin around it for words.
const HALF: f64 = 130.0;
const MARGIN: f64 = 30.0;

/// Where a value on −1…+1 lies to the right, and upward.
fn right(value: f64) -> f64 {
    MARGIN + HALF * (1.0 + value.clamp(-1.0, 1.0))
}

fn up(value: f64) -> f64 {
    MARGIN + HALF * (1.0 - value.clamp(-1.0, 1.0))
}

/// The said × associated plane: axes, corners in words, and what it shows. `id` tells planes of one page apart.
pub(super) fn plane(out: &mut Markup, id: &str, plane: &Plane, language: &Language) {
    let side = 2.0 * (HALF + MARGIN);
    picture(out, ("plane", id), (side, side), (&plane.title, &plane.description), |svg| {
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
        let places = [(-1.0, 1.0, "start"), (1.0, 1.0, "end"), (-1.0, -1.0, "start"), (1.0, -1.0, "end")];
        for (name, (x, y, anchor)) in plane.corners.iter().zip(places) {
            let inward = if x < 0.0 { 6.0 } else { -6.0 };
            let top = if y > 0.0 { up(1.0) + 14.0 } else { up(-1.0) - 19.0 };
            let (first, second) = halves(name);
            words(svg, "corner", (right(x) + inward, top), anchor, first);
            words(svg, "corner", (right(x) + inward, top + 12.0), anchor, second);
        }
        for (value, sign) in [(-1.0, "−1"), (0.0, "0"), (1.0, "+1")] {
            words(svg, "tick", (right(value), up(-1.0) + 13.0), "middle", sign);
            words(svg, "tick", (right(-1.0) - 5.0, up(value) + 4.0), "end", sign);
        }
        words(svg, "name", (right(0.0), up(-1.0) + 27.0), "middle", &text!(language, "report-charts-said"));
        let turned = format!("rotate(-90 10 {})", number(up(0.0)));
        let at = [
            ("class", "name"),
            ("x", "10"),
            ("y", &*number(up(0.0))),
            ("text-anchor", "middle"),
            ("transform", &*turned),
        ];
        svg.leaf("text", &at, &text!(language, "report-charts-associated"));
        match plane.cross {
            Some((said, associated)) => cross(svg, said, associated),
            None => cloud(svg, &plane.points),
        }
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

/// A name in two lines, broken where they are most alike.
fn halves(name: &str) -> (&str, &str) {
    let spaces = name.match_indices(' ').filter_map(|(at, _)| name.split_at_checked(at));
    let longer = |(first, second): &(&str, &str)| first.len().max(second.len());
    let (first, second) = spaces.min_by_key(longer).unwrap_or((name, ""));
    (first, second.trim_start())
}

/// Sessions on the plane. Area is proportional to their number, because the eye overrates radius.
fn cloud(svg: &mut Markup, points: &[GapPoint]) {
    let most = points.iter().map(|point| point.weight).max().unwrap_or(1).max(1);
    for point in points {
        let share = point.weight as f64 / most as f64;
        let radius = number(if most == 1 { 2.0 } else { (1.5_f64).max(14.0 * share.sqrt()) });
        let (x, y) = (number(right(point.said)), number(up(point.associated)));
        svg.empty("circle", &[("class", "session"), ("cx", &x), ("cy", &y), ("r", &radius)]);
    }
}

/// One session on the plane, with its error cross; beyond the ends it stays at the edge.
fn cross(svg: &mut Markup, said: Sentiment, associated: Sentiment) {
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
