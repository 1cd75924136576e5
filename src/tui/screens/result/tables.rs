//! The scales with their scores, and what the result rests on.

use ratatui::text::Span;

use crate::instrument::{Construct, Perspective};
use crate::report::{Report, ScaleLine};
use crate::tui::page::{Page, Row, fit, right, wrap};
use crate::tui::screen::Look;
use crate::tui::words::{capitalised, fill};
use crate::wording;

/// Columns of the numbers, one each for score, error, answers and range.
const NUMBERS: [usize; 4] = [9, 9, 11, 11];

pub(super) fn scales(report: &Report, indirect: bool, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    let words = look.words;
    let label = width.saturating_sub(NUMBERS.iter().sum());
    let heads = [words.scale_score, words.scale_error, words.scale_answers, words.scale_range];
    let mut spans = vec![Span::styled(fit(words.scale_head, label), look.styles.strong)];
    spans.extend(
        heads
            .iter()
            .zip(NUMBERS)
            .map(|(head, columns)| Span::styled(right(head, columns), look.styles.strong)),
    );
    page.push(Row::of(spans));
    let shown = |scale: &&ScaleLine| indirect || scale.construct != Construct::IndirectSentiment;
    for perspective in Perspective::ALL {
        let lines: Vec<_> =
            report.scales.iter().filter(shown).filter(|scale| scale.perspective == perspective).collect();
        if lines.is_empty() {
            continue;
        }
        page.blank();
        if report.scales.iter().any(|scale| scale.perspective == Perspective::Other) {
            let name = wording::perspective(perspective, &look.language);
            page.text(&capitalised(&name), width, look.styles.dim);
        }
        for scale in lines {
            line(scale, label, width, look, &mut page);
        }
    }
    page
}

fn line(scale: &ScaleLine, label: usize, width: usize, look: &Look, page: &mut Page) {
    let lines = wrap(&scale.label, label.saturating_sub(1));
    for (index, text) in lines.iter().enumerate() {
        let mut spans = vec![Span::styled(fit(text, label), look.styles.text)];
        if index == 0 {
            let numbers = [
                scale.value.map_or("–".to_owned(), |value| {
                    wording::on_scale(value, 2, scale.range.0, &look.language)
                }),
                scale.se.map_or(String::new(), |se| format!("± {}", wording::decimal(se, 2, &look.language))),
                scale.n.to_string(),
                wording::ends(scale.range, &look.language).replace(" … ", "…"),
            ];
            let styles = [look.styles.strong, look.styles.dim, look.styles.dim, look.styles.dim];
            let cells = numbers.iter().zip(NUMBERS).zip(styles);
            spans.extend(cells.map(|((text, columns), style)| Span::styled(right(text, columns), style)));
        }
        page.push(Row::of(spans));
    }
    if let Some(reason) = &scale.reason {
        page.hanging(vec![Span::raw("  – ")], reason, width, look.styles.dim);
    }
}

pub(super) fn about(report: &Report, indirect: bool, width: usize, look: &Look) -> Page {
    let words = look.words;
    let mut page = Page::default();
    let width = width.min(76);
    let of_indirect = report.indirect_print.iter().filter(|_| indirect);
    for sentence in report.small_print.iter().chain(of_indirect) {
        page.hanging(vec![Span::styled("– ", look.styles.dim)], sentence, width, look.styles.text);
    }
    page.blank();
    let mut minutes = match format!("{:.0}", report.minutes).as_str() {
        "1" => words.about_took_one.to_owned(),
        minutes => fill(words.about_took, &[minutes]),
    };
    if !report.complete {
        minutes = format!("{minutes}, {}", words.about_partial);
    }
    let hash: String = report.instrument.hash.chars().take(12).collect();
    let instrument = format!("{} {} ({hash})", report.instrument.name, report.instrument.version);
    let mut lines = vec![
        (words.about_instrument, instrument),
        (words.about_respondent, report.respondent.clone()),
        (words.about_session, report.session.clone()),
        (words.about_begun, format!("{}, {minutes}", report.begun)),
    ];
    lines.extend(report.fields.iter().map(|(label, value)| (label.as_str(), value.clone())));
    for (name, value) in lines {
        let mark = vec![Span::styled(fit(name, 28), look.styles.dim), Span::raw("  ")];
        page.hanging(mark, &value, width, look.styles.text);
    }
    page
}
