//! Said against associated: every session on the chart, and the conflicts beside what chance would give.

use ratatui::text::Span;

use super::Sheet;
use crate::analysis::words::number;
use crate::analysis::{Cell, Conflicts, Gaps};
use crate::gap::Verdict;
use crate::tui::page::{Page, Row};
use crate::tui::screen::Look;
use crate::tui::widgets::axes::{self, Dot};
use crate::tui::words::fill;
use crate::wording;
use crate::wording::decimal;

/// Widest chart.
const CHART: usize = 57;
/// Lines of the chart, fewest and most. Even, so that zero has a line of its own.
const LINES: (usize, usize) = (12, 26);

pub(super) fn page(sheet: &Sheet) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let gaps = &sheet.report.gaps;
    let mut page = Page::default();
    page.text(words.gap_title, width, look.styles.strong);
    if gaps.n == 0 {
        page.blank();
        page.text(words.gap_none, width, look.styles.text);
    } else {
        let chart_width = (width * 11 / 20).min(CHART);
        let lines = (sheet.height.saturating_sub(4).clamp(LINES.0, LINES.1) / 2) * 2;
        let beside = width.saturating_sub(chart_width + 3);
        let text = numbers(gaps, beside, sheet);
        page.columns(chart(gaps, chart_width, lines, look), text, chart_width);
        page.text(words.gap_density, width, look.styles.dim);
        page.text(words.gap_caution, width, look.styles.dim);
    }
    if !gaps.no_verdict.is_empty() {
        page.blank();
        page.text(words.gap_missing, width, look.styles.strong);
        for reason in &gaps.no_verdict {
            let mark = vec![Span::styled(format!("{:>5}  ", reason.n), look.styles.text)];
            page.hanging(mark, &reason.name, width, look.styles.dim);
        }
    }
    page
}

fn chart(gaps: &Gaps, width: usize, lines: usize, look: &Look) -> Vec<Row> {
    let conflict = |verdict| matches!(verdict, Some(Verdict::Masked | Verdict::Latent));
    let dots: Vec<Dot> = gaps
        .points
        .iter()
        .map(|point| Dot {
            said: point.said,
            associated: point.associated,
            stands_out: conflict(point.verdict),
            weight: point.weight,
        })
        .collect();
    let four = gaps.quadrants;
    let name = |cell: Cell, name: &str| format!("{cell} {name}");
    let words = look.words;
    let names = [
        name(four.associates_warm, words.quadrant_latent),
        name(four.both_warm, words.quadrant_aligned_positive),
        name(four.both_cold, words.quadrant_aligned_negative),
        name(four.says_warm, words.quadrant_masked),
    ];
    axes::cloud(&dots, names.each_ref().map(String::as_str), width, lines, look)
}

fn numbers(gaps: &Gaps, width: usize, sheet: &Sheet) -> Vec<Row> {
    let (words, look) = (sheet.words, sheet.look);
    let language = &look.language;
    let mut page = Page::default();
    page.text(&fill(words.gap_n, &[&gaps.n.to_string()]), width, look.styles.dim);
    let measures: Vec<String> = gaps
        .measures
        .iter()
        .map(|(measure, n)| format!("{} {n}", wording::indirect_measure(*measure, language)))
        .collect();
    page.text(&fill(words.gap_measures, &[&measures.join(", ")]), width, look.styles.dim);
    page.blank();
    page.text(words.gap_conflicts, width, look.styles.strong);
    for (name, conflicts) in
        [(look.words.quadrant_masked, gaps.masked), (look.words.quadrant_latent, gaps.latent)]
    {
        direction(name, &conflicts, width, sheet, &mut page);
    }
    let open = gaps.verdicts.iter().find(|line| line.verdict == Verdict::Indeterminate);
    if let Some(open) = open {
        let mark = vec![Span::styled(format!("{:>4}  ", open.n), look.styles.text)];
        page.hanging(mark, words.gap_open, width, look.styles.dim);
    }
    if let Some(r) = gaps.correlation {
        page.blank();
        page.text(&fill(words.gap_correlation, &[&number(r, 2, language)]), width, look.styles.text);
        let published = decimal(gaps.published_correlation, 2, language);
        page.text(&fill(words.gap_published, &[&published]), width, look.styles.dim);
    }
    page.rows
}

fn direction(name: &str, conflicts: &Conflicts, width: usize, sheet: &Sheet, page: &mut Page) {
    let (words, look) = (sheet.words, sheet.look);
    let mark = vec![Span::styled(format!("{:>4}  ", conflicts.found), look.styles.accent)];
    page.hanging(mark, name, width, look.styles.text);
    let one = |value: f64| decimal(value, 1, &look.language);
    let mut notes = vec![fill(words.gap_discoveries, &[&conflicts.discoveries.to_string()])];
    notes.extend(conflicts.by_error.map(|value| fill(words.gap_error, &[&one(value)])));
    notes.extend(conflicts.if_unrelated.map(|value| fill(words.gap_unrelated, &[&one(value)])));
    for note in notes {
        page.hanging(vec![Span::raw("      ")], &note, width, look.styles.dim);
    }
}
