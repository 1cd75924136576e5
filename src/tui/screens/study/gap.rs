//! Stated against associated: every session on the chart, and the number of conflicts compared with chance.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::words::number;
use crate::analysis::{Conflicts, Gaps, ShownCount};
use crate::gap::Verdict;
use crate::report::document::Plane;
use crate::report::said;
use crate::text;
use crate::texts::decimal;
use crate::tui::document::plane_rows;
use crate::tui::page::{Page, PageRow};
use crate::tui::screen::Look;

/// Widest chart.
const CHART: usize = 57;
/// Lines of the chart, fewest and most. Even, so that zero has a line of its own.
const LINES: (usize, usize) = (12, 26);

pub(super) fn page(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let gaps = &sheet.report.gaps;
    let mut page = Page::default();
    page.text(&said::gap_title(&look.language), width, look.styles.strong);
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

fn chart(gaps: &Gaps, width: usize, lines: usize, look: &Look) -> Vec<PageRow> {
    let [latent, both_warm, both_cold, masked] = said::corners(&look.language);
    let four = gaps.quadrants;
    let named = |cell: ShownCount, name: String| format!("{cell} {name}");
    let plane = Plane {
        title: String::new(),
        description: String::new(),
        corners: [
            named(four.associates_warm, latent),
            named(four.both_warm, both_warm),
            named(four.both_cold, both_cold),
            named(four.says_warm, masked),
        ],
        points: gaps.points.clone(),
        cross: None,
        beside: Vec::new(),
    };
    plane_rows(&plane, width, lines, look)
}

fn numbers(gaps: &Gaps, width: usize, sheet: &StudyRenderer) -> Vec<PageRow> {
    let (words, look) = (sheet.words, sheet.look);
    let language = &look.language;
    let mut page = Page::default();
    page.text(&text!(&look.language, "tui-study-gap-n", n = gaps.n), width, look.styles.dim);
    let measures: Vec<String> =
        gaps.measures.iter().map(|(measure, n)| format!("{} {n}", measure.in_words(language))).collect();
    page.text(
        &text!(&look.language, "tui-study-gap-measures", measures = measures.join(", ")),
        width,
        look.styles.dim,
    );
    page.blank();
    page.text(words.gap_conflicts, width, look.styles.strong);
    let [latent, .., masked] = said::corners(language);
    for (name, conflicts) in [(masked, gaps.masked), (latent, gaps.latent)] {
        direction(&name, &conflicts, width, sheet, &mut page);
    }
    let open = gaps.verdicts.iter().find(|line| line.verdict == Verdict::Indeterminate);
    if let Some(open) = open {
        let mark = vec![Span::styled(format!("{:>4}  ", open.n), look.styles.text)];
        page.hanging(mark, words.gap_open, width, look.styles.dim);
    }
    if let Some(r) = gaps.correlation {
        page.blank();
        page.text(
            &text!(&look.language, "tui-study-gap-correlation", r = number(r, 2, language)),
            width,
            look.styles.text,
        );
        let published = decimal(gaps.published_correlation, 2, language);
        page.text(&text!(&look.language, "tui-study-gap-published", r = published), width, look.styles.dim);
    }
    if let Some(why) = gaps.uncorrelated {
        page.blank();
        page.text(&said::uncorrelated(why, language), width, look.styles.text);
    }
    page.rows
}

fn direction(name: &str, conflicts: &Conflicts, width: usize, sheet: &StudyRenderer, page: &mut Page) {
    let look = sheet.look;
    let mark = vec![Span::styled(format!("{:>4}  ", conflicts.found), look.styles.accent)];
    page.hanging(mark, name, width, look.styles.text);
    let one = |value: f64| decimal(value, 1, &look.language);
    let mut notes = vec![text!(&look.language, "tui-study-gap-discoveries", n = conflicts.discoveries)];
    notes
        .extend(conflicts.by_error.map(|value| text!(&look.language, "tui-study-gap-error", n = one(value))));
    notes.extend(
        conflicts.if_unrelated.map(|value| text!(&look.language, "tui-study-gap-unrelated", n = one(value))),
    );
    for note in notes {
        page.hanging(vec![Span::raw("      ")], &note, width, look.styles.dim);
    }
}
