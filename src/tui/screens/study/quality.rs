//! How the data were made, and how reliable every scale is.

use ratatui::text::Span;

use super::Sheet;
use crate::analysis::ScaleLine;
use crate::instrument::Perspective;
use crate::tui::page::{Page, Row, fit, right};
use crate::tui::words::fill;
use crate::wording::decimal;

/// Columns of items, n, mean, SD, α and ω.
const NUMBERS: [usize; 6] = [7, 7, 8, 8, 7, 7];

pub(super) fn page(sheet: &Sheet) -> Page {
    let mut page = Page::default();
    made(sheet, &mut page);
    page.blank();
    scales(sheet, &mut page);
    page
}

fn made(sheet: &Sheet, page: &mut Page) {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let language = &look.language;
    let quality = &sheet.report.quality;
    page.text(words.quality_title, width, look.styles.strong);
    let mut lines = Vec::new();
    if let Some(minutes) = quality.minutes {
        let [least, lower, median, upper, most] = minutes.map(|minutes| decimal(minutes, 0, language));
        let mut line = fill(words.quality_minutes, &[&median, &lower, &upper, &least, &most]);
        if let Some(planned) = quality.planned {
            line = format!("{line} · {}", fill(words.quality_planned, &[&planned.to_string()]));
        }
        lines.push(line);
    }
    if quality.straight_of > 0 {
        let counts = [quality.straight.to_string(), quality.straight_of.to_string()];
        lines.push(fill(words.quality_straight, &[&counts[0], &counts[1]]));
    }
    if quality.fast_of > 0 {
        let counts = [quality.fast.to_string(), quality.fast_of.to_string()];
        lines.push(fill(words.quality_fast, &[&counts[0], &counts[1]]));
    }
    let answers = quality.answers;
    if answers.asked > 0 {
        let share =
            |count: usize| format!("{} %", decimal(100.0 * count as f64 / answers.asked as f64, 1, language));
        lines.push(fill(words.quality_answers, &[&share(answers.declined), &share(answers.dont_know)]));
    }
    let timed = &quality.timed;
    if timed.of > 0 {
        lines.push(fill(words.quality_timed, &[&timed.scored.to_string(), &timed.of.to_string()]));
        for reason in &timed.excluded {
            lines.push(fill(words.quality_excluded, &[&reason.n.to_string(), &reason.name]));
        }
        for (cell, phrase) in [
            (timed.not_done, words.quality_not_done),
            (timed.not_timed, words.quality_not_timed),
            (timed.remote, words.quality_remote),
        ] {
            if cell.count() != Some(0) {
                lines.push(fill(phrase, &[&cell.to_string()]));
            }
        }
    }
    for line in lines {
        page.hanging(vec![Span::styled("– ", look.styles.dim)], &line, width, look.styles.text);
    }
}

fn scales(sheet: &Sheet, page: &mut Page) {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let label = width.saturating_sub(NUMBERS.iter().sum());
    page.text(words.scales_title, width, look.styles.strong);
    let heads = [words.scales_items, "n", words.mean, "SD", words.scales_alpha, words.scales_omega];
    let mut head = vec![Span::raw(" ".repeat(label))];
    head.extend(
        heads.iter().zip(NUMBERS).map(|(head, columns)| Span::styled(right(head, columns), look.styles.dim)),
    );
    page.push(Row::of(head));
    for perspective in Perspective::ALL {
        let lines: Vec<&ScaleLine> =
            sheet.report.scales.iter().filter(|line| line.perspective == perspective).collect();
        if perspective == Perspective::Other && !lines.is_empty() {
            page.blank();
            page.text(words.scales_other, width, look.styles.dim);
        }
        for line in lines {
            scale(line, label, sheet, page);
        }
    }
    page.blank();
    page.text(words.scales_indirect, width, look.styles.dim);
}

fn scale(line: &ScaleLine, label: usize, sheet: &Sheet, page: &mut Page) {
    let look = sheet.look;
    let number =
        |value: Option<f64>| value.map_or("–".to_owned(), |value| decimal(value, 2, &look.language));
    let items = if line.items > 0 { line.items.to_string() } else { "–".to_owned() };
    let cells = [
        items,
        line.n.to_string(),
        number(line.mean),
        number(line.sd),
        number(line.alpha.or(line.indirect)),
        number(line.omega),
    ];
    let mut spans = vec![Span::styled(fit(&line.label, label), look.styles.text)];
    for (at, (cell, columns)) in cells.iter().zip(NUMBERS).enumerate() {
        let style = if at == 4 { look.styles.strong } else { look.styles.dim };
        spans.push(Span::styled(right(cell, columns), style));
    }
    page.push(Row::of(spans));
}
