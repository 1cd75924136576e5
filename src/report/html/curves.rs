//! The curves of a plan as inline SVG. Every point is in the table below as well.

use super::charts::{line, number, picture};
use super::markup::Markup;
use crate::report::document::{Curve, Curves};

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 38.0;
/// Ways to draw a line, so that colour alone tells nothing.
const DASHES: [&str; Curves::MOST] = ["none", "6 3", "2 3", "8 3 2 3", "12 4"];

/// The curves, with a line of words for each.
pub(super) fn curves(out: &mut Markup, id: &str, curves: &Curves) {
    let all = || curves.lines.iter().flat_map(|line| &line.points);
    let ends = |of: fn(&(f64, f64)) -> f64| {
        all().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
    };
    let ((fewest, most), (_, widest)) = (ends(|point| point.0), ends(|point| point.1));
    let step = step(widest);
    let top = step * (widest / step).ceil();
    // A logarithmic axis: doubling the interviews is the same distance everywhere.
    let right = |n: f64| {
        let place = if most > fewest { (n / fewest).ln() / (most / fewest).ln() } else { 0.5 };
        LEFT + place * (WIDTH - LEFT - RIGHT)
    };
    let up = |width: f64| HEIGHT - BOTTOM - width / top * (HEIGHT - TOP - BOTTOM);
    picture(out, ("curves", id), (WIDTH, HEIGHT), (&curves.title, &curves.description), |svg| {
        line(svg, "axis", (LEFT, up(0.0)), (WIDTH - RIGHT, up(0.0)));
        let mut at = 0.0;
        while at <= top + step / 2.0 {
            line(svg, "grid", (LEFT, up(at)), (WIDTH - RIGHT, up(at)));
            words(svg, (LEFT - 6.0, up(at) + 4.0), "end", &number(at));
            at += step;
        }
        let mut sizes: Vec<f64> = all().map(|point| point.0).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.dedup();
        for size in sizes {
            words(svg, (right(size), HEIGHT - BOTTOM + 15.0), "middle", &number(size));
        }
        words(svg, ((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6.0), "middle", &curves.across);
        words(svg, (LEFT - 40.0, 11.0), "start", &curves.up);
        for (Curve { points, .. }, dash) in curves.lines.iter().zip(&DASHES) {
            let points: Vec<String> = points
                .iter()
                .map(|(n, width)| format!("{},{}", number(right(*n)), number(up(*width))))
                .collect();
            svg.empty(
                "polyline",
                &[("class", "curve"), ("points", &points.join(" ")), ("stroke-dasharray", dash)],
            );
        }
    });
    out.element("ul", &[("class", "legend")], |list| {
        for (curve, dash) in curves.lines.iter().zip(&DASHES) {
            list.element("li", &[], |item| {
                item.element("svg", &[("viewBox", "0 0 40 8"), ("aria-hidden", "true")], |svg| {
                    let ends = [("x1", "0"), ("y1", "4"), ("x2", "40"), ("y2", "4")];
                    let look = [("class", "curve"), ("stroke-dasharray", *dash)];
                    svg.empty("line", &[&look[..], &ends[..]].concat());
                });
                item.text(&curve.name);
            });
        }
    });
}

/// A round distance between lines of the grid, for four to eight of them.
fn step(widest: f64) -> f64 {
    let rough = widest.max(1e-6) / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= rough);
    times.unwrap_or(10.0) * power
}

fn words(svg: &mut Markup, at: (f64, f64), anchor: &str, words: &str) {
    let (x, y) = (number(at.0), number(at.1));
    svg.leaf("text", &[("x", &x), ("y", &y), ("text-anchor", anchor)], words);
}
