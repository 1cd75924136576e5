//! What customers feel, and whether they would recommend and stay.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::words::{adjusted, blind, number, percent};
use crate::analysis::{DistalOutcome, EmotionLine, ExperienceLine, IntervalEstimate, SMALL, Untold};
use crate::instrument::{Language, RelationalModel};
use crate::texts::decimal;
use crate::tui::page::{Page, PageRow, fit, right};
use crate::tui::widgets::bars;

/// Columns for names.
const NAMES: usize = 20;
/// Columns for a mean with its interval, and for n.
const MEAN: usize = 17;
const N: usize = 5;

pub(super) fn page(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let mut page = Page::default();
    if sheet.report.emotions.is_empty() {
        page.text(words.feelings_none, width, look.styles.text);
        return page;
    }
    page.text(words.feelings_title, width, look.styles.strong);
    page.text(words.feelings_legend, width, look.styles.dim);
    let bar = width.saturating_sub(2 + NAMES + MEAN + N);
    let head = format!("{} ({})", words.mean, words.interval);
    page.push(PageRow::of(vec![Span::styled(
        format!("{}{}{}", " ".repeat(2 + NAMES + bar), right(&head, MEAN), right("n", N)),
        look.styles.dim,
    )]));
    for line in &sheet.report.emotions {
        emotion(line, bar, sheet, &mut page);
    }
    page
}

fn emotion(line: &EmotionLine, bar: usize, sheet: &StudyRenderer, page: &mut Page) {
    let styles = &sheet.look.styles;
    let (low, high) = line.range;
    let span = (high - low).max(f64::MIN_POSITIVE);
    let (sign, style) = if line.positive { ("+ ", styles.good) } else { ("− ", styles.warn) };
    let star = if line.published_top { " *" } else { "" };
    let mut spans = vec![
        Span::styled(sign, style),
        Span::styled(fit(&format!("{}{star}", line.label), NAMES), styles.text),
    ];
    let share = line.mean.map_or(0.0, |mean| (mean.value - low) / span);
    spans.extend(bars::thick(share, bar, styles, line.positive));
    let mean = line.mean.map_or("–".to_owned(), |mean| number(mean, 1, &sheet.look.language));
    spans.push(Span::styled(right(&mean, MEAN), styles.strong));
    spans.push(Span::styled(right(&line.n.to_string(), N), styles.dim));
    page.push(PageRow::of(spans));
}

pub(super) fn loyalty(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let mut page = Page::default();
    let experience = &sheet.report.experience;
    let outcomes = &experience.outcomes;
    let asked = experience.all.nps.is_some()
        || experience.all.satisfaction.is_some()
        || outcomes.iter().any(|line| COLUMNS.contains(&line.outcome));
    if asked {
        page.text(words.loyalty_title, width, look.styles.strong);
        let column = width.saturating_sub(NAMES + N) / 3;
        let heads = [words.loyalty_nps, words.loyalty_mark, words.loyalty_satisfied];
        let mut head = vec![Span::raw(" ".repeat(NAMES)), Span::styled(right("n", N), look.styles.dim)];
        head.extend(heads.map(|head| Span::styled(right(head, column), look.styles.dim)));
        page.push(PageRow::of(head));
        everybody(&experience.all, column, sheet, &mut page);
        for model in RelationalModel::ALL {
            group(model, column, sheet, &mut page);
        }
        page.text(words.loyalty_how, width, look.styles.dim);
    } else {
        page.text(words.loyalty_none, width, look.styles.text);
    }
    let leaving = sheet.told("leaving");
    if !leaving.rows.is_empty() {
        page.blank();
        page.append(leaving);
    }
    if asked {
        page.blank();
        page.text(&adjusted(&look.language), width, look.styles.dim);
        page.blank();
        page.text(&blind(&look.language), width, look.styles.dim);
    }
    page
}

fn everybody(line: &ExperienceLine, column: usize, sheet: &StudyRenderer, page: &mut Page) {
    let language = &sheet.look.language;
    let n = line.nps.as_ref().map(|nps| nps.n).or(line.satisfaction.as_ref().map(|mark| mark.n)).unwrap_or(0);
    let dash = || "–".to_owned();
    let mark = line.satisfaction.as_ref().and_then(|mark| mark.mean);
    let satisfied = line.satisfaction.as_ref().and_then(|mark| mark.satisfied);
    let cells = [
        line.nps.as_ref().map_or_else(dash, |nps| score(nps.score, language)),
        mark.map_or_else(dash, |mark| number(mark, 1, language)),
        satisfied.map_or_else(dash, percent),
    ];
    row(sheet.words.loyalty_all, (line.small && n > 0, &n.to_string()), cells, (column, sheet), page);
}

/// The outcomes shown by model, if they were asked.
const COLUMNS: [DistalOutcome; 3] =
    [DistalOutcome::Nps, DistalOutcome::Satisfaction, DistalOutcome::Satisfied];

fn group(model: RelationalModel, column: usize, sheet: &StudyRenderer, page: &mut Page) {
    let language = &sheet.look.language;
    let of = |outcome: DistalOutcome| {
        let line = sheet.report.experience.outcomes.iter().find(|line| line.outcome == outcome)?;
        line.by_model.get(model.index()).copied()
    };
    let found = COLUMNS.map(of);
    let [nps, mark, satisfied] = found.map(|found| found.and_then(|found| found.estimate));
    let told = [
        nps.map(|nps| score(nps, language)),
        mark.map(|mark| number(mark, 1, language)),
        satisfied.map(percent),
    ];
    let known = found.iter().flatten().next();
    let held = known.is_none_or(|found| found.untold == Some(Untold::Held));
    let worth =
        known.filter(|_| !held).map_or_else(|| "–".to_owned(), |found| decimal(found.worth, 0, language));
    let small = known.is_some_and(|found| found.worth < SMALL as f64) && !held;
    let cells = told.map(|cell| {
        cell.unwrap_or_else(|| {
            if known.is_some() && !held { sheet.words.untold.to_owned() } else { "–".to_owned() }
        })
    });
    let name = model.plainly(language);
    row(&name, (small, &worth), cells, (column, sheet), page);
}

fn score(found: IntervalEstimate, language: &Language) -> String {
    let signed = |value: f64| decimal(value, 0, language);
    // If all answers are alike the interval has zero width and would look like certainty. No spaces, because −100 at both ends has
    // to fit on a narrow screen.
    match found {
        IntervalEstimate { value, low, high } if low >= high => signed(value),
        IntervalEstimate { value, low, high } => {
            format!("{} ({}…{})", signed(value), signed(low), signed(high))
        }
    }
}

fn row(
    name: &str,
    (small, n): (bool, &str),
    cells: [String; 3],
    (column, sheet): (usize, &StudyRenderer),
    page: &mut Page,
) {
    let styles = &sheet.look.styles;
    let style = if name == sheet.words.loyalty_all { styles.strong } else { styles.text };
    let mut spans = vec![
        Span::styled(fit(name, NAMES - 2), style),
        Span::styled(if small { "! " } else { "  " }, styles.warn),
        Span::styled(right(n, N), styles.dim),
    ];
    // Cells that fill their columns would read as one.
    spans.extend(
        cells.map(|cell| Span::styled(format!(" {}", right(&cell, column.saturating_sub(1))), style)),
    );
    page.push(PageRow::of(spans));
}
