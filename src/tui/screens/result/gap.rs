//! The gap: the verdict, the chart of said against associated, the numbers, and what was measured.

use crate::gap::{Estimate, IndirectMeasure};
use crate::report::Report;
use crate::tui::page::Page;
use crate::tui::screen::Look;
use crate::tui::widgets::axes;
use crate::tui::words::{capitalised, fill};
use crate::wording;

/// Widest chart.
const CHART: usize = 51;
/// Lines of the chart: fewest, most, and what stands above and below it. Even, so that zero has a line of its own.
const LINES: (usize, usize, usize) = (12, 20, 4);

pub(super) fn page(report: &Report, (width, height): (usize, usize), look: &Look) -> Page {
    let words = look.words;
    let mut page = Page::default();
    page.text(words.gap_title, width, look.styles.strong);
    page.blank();
    // A chart is read together with its verdict, so they stand side by side.
    let chart_width = (width / 2).min(CHART);
    let beside = width.saturating_sub(chart_width + 3);
    let mut text = Page::default();
    let (title, sentence) = &report.gap_words;
    text.text(&capitalised(title), beside, look.styles.accent);
    text.text(sentence, beside, look.styles.text);
    for sentence in &report.gap_measures {
        text.text(sentence, beside, look.styles.dim);
    }
    text.blank();
    estimate(words.gap_said, report.gap.explicit, beside, look, &mut text);
    estimate(words.gap_associated, report.gap.indirect, beside, look, &mut text);
    let lines = (height.saturating_sub(LINES.2 + 4).clamp(LINES.0, LINES.1) / 2) * 2;
    let chart = axes::rows(report.gap.explicit, report.gap.indirect, chart_width, lines, look);
    page.columns(chart, text.rows, chart_width);
    page.blank();
    page.text(words.gap_cross, width, look.styles.dim);
    page.blank();
    page.text(small(report, look), width, look.styles.dim);
    page
}

/// What the leading measure is.
pub(super) fn small(report: &Report, look: &Look) -> &'static str {
    match report.gap.indirect_measure {
        Some(IndirectMeasure::ScIat) => look.words.gap_small_timed,
        Some(IndirectMeasure::Association) | None => look.words.gap_small,
    }
}

fn estimate(name: &str, estimate: Option<Estimate>, width: usize, look: &Look, page: &mut Page) {
    match estimate {
        Some(estimate) => {
            let (low, high) = estimate.interval();
            let signed = |value| wording::signed(value, 2, &look.language);
            page.text(&format!("{name}  {}", signed(estimate.value)), width, look.styles.strong);
            let interval = fill(look.words.gap_interval, &[&signed(low), &signed(high)]);
            page.text(&interval, width, look.styles.dim);
        }
        None => page.text(&format!("{name}  – {}", look.words.gap_missing), width, look.styles.dim),
    }
}
