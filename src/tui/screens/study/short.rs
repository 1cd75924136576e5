//! A summary of the study for reading aloud, and the sample.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::words::blind;
use crate::analysis::{GroupCount, ShownCount};
use crate::text;
use crate::texts;
use crate::tui::page::{Page, PageRow, cut, fit, right};
use crate::tui::widgets::bars;

/// Interviews from which on there is something to report, and from which on no warning about small numbers is needed.
const SMALL: usize = 10;
const ENOUGH: usize = 30;
/// Columns for counts.
const NUMBER: usize = 10;
/// Columns for the mark of a small group.
const MARK: usize = 20;

/// Shown if there are no interviews yet.
pub(super) fn empty(sheet: &StudyRenderer) -> Page {
    let mut page = Page::default();
    let words = sheet.words;
    let sentence = if sheet.report.filter.is_narrow() { words.empty_filter } else { words.empty };
    page.text(sentence, sheet.width, sheet.look.styles.text);
    if sheet.report.sample.open > 0 {
        page.blank();
        let open = text!(&sheet.look.language, "tui-study-empty-open", open = sheet.report.sample.open);
        page.text(&open, sheet.width, sheet.look.styles.dim);
    }
    page
}

pub(super) fn page(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let mut page = Page::default();
    page.text(words.short_title, width, look.styles.strong);
    let (complete, people) = (sheet.report.sample.complete, sheet.report.respondents.people());
    if people >= SMALL && complete < ENOUGH {
        page.blank();
        let sentence = text!(&look.language, "tui-study-few", n = complete);
        page.warning(&sentence, width, &look.styles);
    }
    for sentence in sheet.report.summary(&look.language) {
        page.blank();
        page.hanging(vec![Span::styled("▸ ", look.styles.accent)], &sentence, width, look.styles.text);
    }
    page.blank();
    page.text(&blind(&look.language), width, look.styles.dim);
    page.blank();
    page.text(words.researcher_only, width, look.styles.dim);
    page
}

pub(super) fn who(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let sample = &sheet.report.sample;
    let mut page = Page::default();
    page.text(words.who_title, width, look.styles.strong);
    let other = if sheet.report.simulated { words.who_real } else { words.who_simulated };
    let counts = [
        (sample.complete, words.who_complete),
        (sample.open, words.who_open),
        (sample.earlier, words.who_earlier),
        (sample.withdrawn, words.who_withdrawn),
        (sample.refused, words.who_refused),
        (sample.tests, words.who_tests),
        (sample.other_source, other),
        (sample.other_instruments, words.who_others),
        (sample.filtered_out, words.who_filtered),
    ];
    let shown = counts.iter().enumerate().filter(|(at, (count, _))| *at < 2 || *count > 0);
    let parts: Vec<String> = shown.map(|(_, (count, what))| format!("{count} {what}")).collect();
    page.text(&parts.join(" · "), width, look.styles.text);
    if let Some((from, to)) = &sample.days {
        page.text(
            &text!(&look.language, "tui-study-who-days", first = from, last = to),
            width,
            look.styles.dim,
        );
    }
    let grouped = sample.grouped_by.clone().unwrap_or_default();
    groups(&grouped, &sample.organisations, sheet, &mut page);
    if sample.interviewers.iter().any(|group| !group.name.is_empty()) {
        groups(words.who_interviewers, &sample.interviewers, sheet, &mut page);
    }
    groups(words.who_versions, &sample.versions, sheet, &mut page);
    page
}

fn groups(title: &str, groups: &[GroupCount], sheet: &StudyRenderer, page: &mut Page) {
    if groups.is_empty() {
        return;
    }
    let (words, styles) = (sheet.words, &sheet.look.styles);
    let most = groups.iter().filter_map(|group| group.complete.count()).max().unwrap_or(0).max(1);
    let name = (sheet.width / 3).clamp(16, 30);
    let bar = sheet.width.saturating_sub(name + 2 * NUMBER + MARK + 2);
    page.blank();
    page.text(&texts::capital(title), sheet.width, styles.strong);
    page.push(PageRow::of(vec![
        Span::raw(" ".repeat(name + bar + 2)),
        Span::styled(right(words.who_complete, NUMBER), styles.dim),
        Span::styled(right(words.who_open, NUMBER), styles.dim),
    ]));
    for group in groups {
        let shown = if group.name.is_empty() { words.who_nobody } else { &group.name };
        let count = group.complete.count().unwrap_or(0);
        let mut spans = vec![Span::styled(format!("{}  ", fit(shown, name)), styles.text)];
        spans.extend(bars::thick(count as f64 / most as f64, bar, styles, false));
        spans.push(Span::styled(right(&group.complete.to_string(), NUMBER), styles.strong));
        let open = if group.open == ShownCount::Count(0) { "–".to_owned() } else { group.open.to_string() };
        spans.push(Span::styled(right(&open, NUMBER), styles.dim));
        if group.small {
            spans.push(Span::styled(format!("  {}", cut(words.small, MARK - 2)), styles.warn));
        }
        page.push(PageRow::of(spans));
    }
}
