//! Draws a scale as a list of labelled points, a ruler, or several rows on one ruler, depending on the width.

use std::ops::Range;

use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::{ScaleEntry, is_list};
use crate::instrument::prompt::{Missing, Reply, ScaleAsk, ScaleReply};
use crate::text;
use crate::tui::page::{Hit, Page, PageRow, cut, fit, right, wrap};
use crate::tui::screen::Look;

/// Most columns for a point on a ruler with rows.
const WIDEST_CELL: usize = 6;
/// Widest text of the answer behind a row.
const ANSWER: usize = 18;

pub(super) fn page(entry: &ScaleEntry, ask: &ScaleAsk, width: usize, look: &Look) -> Page {
    let mut page = if is_list(ask) {
        list(entry, ask, width, look)
    } else if ask.rows.len() > 1 {
        rows(entry, ask, width, look)
    } else {
        ruler(entry, ask, width, look)
    };
    if !ask.takes_digit() || ask.from < 0 {
        typed(entry, ask, width, look, &mut page);
    }
    page
}

fn list(entry: &ScaleEntry, ask: &ScaleAsk, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    let chosen = entry.cells.first().copied().flatten().and_then(ScaleReply::point);
    let widest = ask.values().map(|point| ask.written(point).width()).max().unwrap_or(1);
    for (at, (point, label)) in ask.values().zip(&ask.points).enumerate() {
        let here = chosen == Some(point);
        let style = if here { look.styles.chosen } else { look.styles.text };
        let mark = vec![
            Span::styled(if here { "▸ " } else { "  " }, look.styles.accent),
            Span::styled(format!("{}  ", right(&ask.written(point), widest)), look.styles.dim),
            Span::styled(if here { "● " } else { "○ " }, style),
        ];
        let start = page.rows.len();
        page.hanging(mark, label, width, style);
        page.hit_from(start, Hit::Point(0, at));
        if here {
            page.focus_from(start);
        }
    }
    page
}

/// A single row: the points on a line, the numbers below, the ends in words.
fn ruler(entry: &ScaleEntry, ask: &ScaleAsk, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    let cell = (width / ask.len().max(1)).min(7);
    let chosen = entry.cells.first().copied().flatten().and_then(ScaleReply::point);
    let length = if cell >= 3 {
        points(ask, cell, 0, chosen, look, &mut page);
        cell * ask.len()
    } else {
        continuous(ask, width, chosen, look, &mut page);
        width
    };
    ends(ask, length, look, &mut page);
    page
}

fn points(ask: &ScaleAsk, cell: usize, row: usize, chosen: Option<i64>, look: &Look, page: &mut Page) {
    let last = ask.len().saturating_sub(1);
    let (mut line, mut hits) = (Vec::new(), Vec::new());
    for (at, point) in ask.values().enumerate() {
        let here = chosen == Some(point);
        let before = (cell - 1) / 2;
        let after = cell - 1 - before;
        let rule = |present: bool, length: usize| if present { "─" } else { " " }.repeat(length);
        let style = if here { look.styles.chosen } else { look.styles.text };
        line.push(Span::styled(rule(at > 0, before), look.styles.frame));
        line.push(Span::styled(if here { "●" } else { "○" }, style));
        line.push(Span::styled(rule(at < last, after), look.styles.frame));
        hits.push((columns(at * cell, cell), Hit::Point(row, at)));
    }
    page.push(PageRow { line: line.into(), hits: hits.clone() });
    let number = |point: i64| {
        let style = if chosen == Some(point) { look.styles.chosen } else { look.styles.text };
        Span::styled(centred(&ask.written(point), cell), style)
    };
    page.push(PageRow { line: ask.values().map(number).collect::<Vec<_>>().into(), hits });
}

/// Draws a line with a marker, for scales with too many points to draw each.
fn continuous(ask: &ScaleAsk, width: usize, chosen: Option<i64>, look: &Look, page: &mut Page) {
    let span = (ask.to - ask.from).max(1) as f64;
    let place = chosen.map(|point| ((point - ask.from) as f64 / span * (width - 1) as f64).round() as usize);
    let mut line = Vec::new();
    match place {
        Some(place) => {
            line.push(Span::styled("━".repeat(place), look.styles.accent));
            line.push(Span::styled("●", look.styles.chosen));
            line.push(Span::styled("─".repeat(width.saturating_sub(place + 1)), look.styles.frame));
        }
        None => line.push(Span::styled("─".repeat(width), look.styles.frame)),
    }
    let hits = (0..width)
        .map(|x| {
            let at = (x as f64 / (width.max(2) - 1) as f64 * ask.len().saturating_sub(1) as f64).round();
            (columns(x, 1), Hit::Point(0, at as usize))
        })
        .collect();
    page.push(PageRow { line: line.into(), hits });
    let (low, high) = (ask.written(ask.from), ask.written(ask.to));
    let gap = width.saturating_sub(low.width() + high.width());
    page.push(PageRow::of(vec![Span::raw(low), Span::raw(" ".repeat(gap)), Span::raw(high)]));
}

/// What the ends mean, below or above a ruler of that length.
fn ends(ask: &ScaleAsk, length: usize, look: &Look, page: &mut Page) {
    let half = length.saturating_sub(4) / 2;
    let low = if ask.low.is_empty() { ask.points.first() } else { Some(&ask.low) };
    let high = if ask.high.is_empty() { ask.points.last() } else { Some(&ask.high) };
    let (low, high) = (low.map_or("", String::as_str), high.map_or("", String::as_str));
    if low.is_empty() && high.is_empty() {
        return;
    }
    let (lows, highs) = (wrap(low, half), wrap(high, half));
    for index in 0..lows.len().max(highs.len()) {
        let low = lows.get(index).map_or("", String::as_str);
        let high = highs.get(index).map_or("", String::as_str);
        let text = format!("{}{}", fit(low, half), right(high, length - half));
        page.push(PageRow::of(vec![Span::styled(text, look.styles.dim)]));
    }
}

fn rows(entry: &ScaleEntry, ask: &ScaleAsk, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    let missing = [Reply::Declined, Reply::DontKnow].map(|reply| reply.why_missing(&look.language));
    let longest = ask.points.iter().chain(&missing).map(|text| text.width()).max().unwrap_or(0);
    let answer = longest.min(ANSWER);
    let wanted = ask.rows.iter().map(|row| row.label.width()).max().unwrap_or(0);
    let room = width.saturating_sub(2 + 1 + 1 + answer);
    // Labels are narrowed to half the room before the ruler is; a ruler too narrow for its points is not drawn.
    let label = wanted.min(room / 2).max(1);
    let cell = ((room - label.min(room)) / ask.len().max(1)).min(WIDEST_CELL);
    let drawn = cell >= 3 && ask.len() <= 11;
    let (cell, label) =
        if drawn { (cell, wanted.min(room - cell * ask.len())) } else { (0, wanted.min(room)) };
    let label = label.max(1);
    let left = 2 + label + 1;
    if drawn {
        head(ask, cell, left, look, &mut page);
    }
    for (at, row) in ask.shown().into_iter().filter_map(|at| Some((at, ask.rows.get(at)?))) {
        let here = entry.row == at;
        let chosen = entry.cells.get(at).copied().flatten();
        let start = page.rows.len();
        for (index, line) in wrap(&row.label, label).iter().enumerate() {
            let style = if here { look.styles.strong } else { look.styles.text };
            let mut spans = vec![
                Span::styled(if here && index == 0 { "▸ " } else { "  " }, look.styles.accent),
                Span::styled(fit(line, label), style),
                Span::raw(" "),
            ];
            let mut hits = Vec::new();
            if index == 0 {
                if drawn {
                    cells(ask, cell, left, at, chosen, look, &mut spans, &mut hits);
                }
                spans.push(Span::raw(" "));
                spans.push(Span::styled(cut(&answer_words(chosen, ask, look), answer), look.styles.chosen));
            }
            page.push(PageRow { line: spans.into(), hits });
        }
        for row in page.rows.iter_mut().skip(start) {
            row.hits.insert(0, (0..left as u16, Hit::Entry(at)));
        }
        if here {
            page.focus_from(start);
        }
    }
    legend(ask, width, look, &mut page);
    page
}

/// Numbers above the columns, and the ends in words where points have no labels of their own.
fn head(ask: &ScaleAsk, cell: usize, left: usize, look: &Look, page: &mut Page) {
    if ask.points.is_empty() && !(ask.low.is_empty() && ask.high.is_empty()) {
        let mut ends_page = Page::default();
        ends(ask, cell * ask.len(), look, &mut ends_page);
        for mut row in ends_page.rows {
            row.line.spans.insert(0, Span::raw(" ".repeat(left)));
            page.push(row);
        }
    }
    let numbers: String = ask.values().map(|point| centred(&ask.written(point), cell)).collect();
    page.push(PageRow::of(vec![Span::raw(" ".repeat(left)), Span::styled(numbers, look.styles.text)]));
}

#[expect(clippy::too_many_arguments, reason = "one row of a table, drawn in one place only")]
fn cells(
    ask: &ScaleAsk,
    cell: usize,
    left: usize,
    row: usize,
    chosen: Option<ScaleReply>,
    look: &Look,
    spans: &mut Vec<Span<'static>>,
    hits: &mut Vec<(Range<u16>, Hit)>,
) {
    for (at, point) in ask.values().enumerate() {
        let here = chosen == Some(ScaleReply::Point(point));
        let style = if here { look.styles.chosen } else { look.styles.dim };
        spans.push(Span::styled(centred(if here { "●" } else { "○" }, cell), style));
        hits.push((columns(left + at * cell, cell), Hit::Point(row, at)));
    }
}

/// What the numbers mean, where every point has a label.
fn legend(ask: &ScaleAsk, width: usize, look: &Look, page: &mut Page) {
    if ask.points.is_empty() {
        return;
    }
    // Lines break only between entries, so that a label stays with its number.
    let entries =
        ask.values().zip(&ask.points).map(|(point, label)| format!("{} {label}", ask.written(point)));
    page.blank();
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && line.width() + 3 + entry.width() > width {
            page.text(&std::mem::take(&mut line), width, look.styles.dim);
        }
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(&entry);
    }
    page.text(&line, width, look.styles.dim);
}

/// The line that shows what has been typed, on scales that take several digits.
fn typed(entry: &ScaleEntry, ask: &ScaleAsk, width: usize, look: &Look, page: &mut Page) {
    let chosen = entry.cells.get(entry.row).copied().flatten();
    page.blank();
    let value = match (entry.typed.is_empty(), chosen) {
        (false, _) => entry.typed.clone(),
        (true, Some(ScaleReply::Point(point))) => ask.written(point),
        _ => String::new(),
    };
    let range =
        text!(&look.language, "tui-between-points", from = ask.written(ask.from), to = ask.written(ask.to));
    let spans = vec![
        Span::styled(format!("{}  ", look.words.your_answer), look.styles.dim),
        Span::styled("▎ ", look.styles.accent),
        Span::styled(format!("{value:<4}"), look.styles.chosen),
        Span::styled(cut(&range, width.saturating_sub(24)), look.styles.dim),
    ];
    let start = page.rows.len();
    page.push(PageRow::of(spans));
    page.staying_from(start);
}

fn answer_words(cell: Option<ScaleReply>, ask: &ScaleAsk, look: &Look) -> String {
    match cell {
        None | Some(ScaleReply::Missing(Missing::NotAnswered | Missing::Illegible | Missing::TwoTicked)) => {
            String::new()
        }
        Some(ScaleReply::Point(point)) => {
            let place = ask.values().position(|value| value == point);
            let label = place.and_then(|place| ask.points.get(place));
            label.cloned().unwrap_or_else(|| ask.written(point))
        }
        Some(ScaleReply::Missing(Missing::Declined)) => Reply::Declined.why_missing(&look.language),
        Some(ScaleReply::Missing(Missing::DontKnow)) => Reply::DontKnow.why_missing(&look.language),
    }
}

fn centred(text: &str, width: usize) -> String {
    let free = width.saturating_sub(text.width());
    let mut before = (width - 1) / 2;
    before = before.saturating_sub(text.width() / 2).min(free);
    format!("{}{text}{}", " ".repeat(before), " ".repeat(free - before))
}

fn columns(from: usize, width: usize) -> Range<u16> {
    from as u16..(from + width) as u16
}
