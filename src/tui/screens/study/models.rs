//! The distribution over the four models, each with its interval and what the published study found.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::words::{blind, percent, whole_percent};
use crate::analysis::{IntervalEstimate, ModelLine, Models};
use crate::classify::pooling;
use crate::instrument::RelationalModel;
use crate::text;
use crate::tui::page::{Page, PageRow, fit, right};
use crate::tui::widgets::bars;

/// Columns for the names of the models.
const NAMES: usize = 20;
/// Columns for the numbers behind a bar.
const NUMBERS: usize = 18;
/// Columns for what is counted in other ways.
const COUNTED: usize = 22;
/// From this many lines on, the models are separated by empty rows.
const ROOMY: usize = 24;

pub(super) fn page(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let models = &sheet.report.models;
    let mut page = Page::default();
    page.text(words.models_title, width, look.styles.strong);
    page.text(words.models_legend, width, look.styles.dim);
    let height = |line: &&ModelLine| drawn(line, models).0.unwrap_or_default();
    let shown = models.lines.iter().filter(|line| drawn(line, models).0.is_some());
    let most = shown.max_by(|a, b| height(a).total_cmp(&height(b))).map(|line| line.model);
    for line in &models.lines {
        if sheet.height >= ROOMY {
            page.blank();
        }
        model(line, most, sheet, &mut page);
    }
    page.blank();
    if let Some(untold) = sheet.report.untold(&look.language) {
        page.hanging(vec![Span::styled("! ", look.styles.warn)], &untold, width, look.styles.text);
        page.blank();
    }
    if models.untold {
        // Shares cannot be reported.
    } else if models.holds {
        page.text(words.models_how, width, look.styles.text);
        others(sheet, &mut page);
        page.blank();
    } else if models.n > 0 {
        let more = match models.moves {
            Some(moves) => {
                let points = format!("{:.0}", 100.0 * moves);
                let shaky = text!(&look.language, "tui-study-models-shaky", points);
                format!("{} {shaky}", sheet.report.ease(&look.language))
            }
            None => sheet.report.no_estimate(&look.language).unwrap_or_default(),
        };
        let text = format!("{} {more}", words.models_bars);
        page.hanging(vec![Span::styled("! ", look.styles.warn)], &text, width, look.styles.text);
        page.blank();
    }
    if let Some(held) = sheet.report.strengths(&look.language) {
        page.text(&held, width, look.styles.text);
    }
    if let Some(uncertain) = models.uncertain.and_then(|cell| cell.count()).filter(|count| *count > 0) {
        let text = text!(&look.language, "tui-study-models-uncertain", uncertain, of = models.n);
        page.hanging(vec![Span::styled("? ", look.styles.warn)], &text, width, look.styles.text);
    }
    if let Some(low) = models.low_engagement.and_then(|cell| cell.count()).filter(|count| *count > 0) {
        page.text(&text!(&look.language, "tui-study-models-low", low), width, look.styles.text);
    }
    if let Some(parted) = sheet.report.parted(&look.language) {
        page.text(&parted, width, look.styles.text);
    }
    if let Some(unrated) = sheet.report.unrated(&look.language) {
        page.text(&unrated, width, look.styles.text);
    }
    if models.without > 0 {
        page.text(
            &text!(&look.language, "tui-study-models-without", n = models.without),
            width,
            look.styles.text,
        );
    }
    page.blank();
    let basis: Vec<String> = models
        .basis
        .iter()
        .map(|count| pooling::TrainingBasis::in_words(&count.name, &look.language))
        .collect();
    if !basis.is_empty() {
        page.text(
            &text!(&look.language, "tui-study-models-basis", basis = basis.join("; ")),
            width,
            look.styles.dim,
        );
    }
    page.text(&blind(&look.language), width, look.styles.dim);
    page
}

fn model(line: &ModelLine, most: Option<RelationalModel>, sheet: &StudyRenderer, page: &mut Page) {
    let look = sheet.look;
    let styles = &look.styles;
    let bar = sheet.width.saturating_sub(NAMES + NUMBERS + 2);
    let most = most == Some(line.model);
    let (share, interval) = drawn(line, &sheet.report.models);
    let mut first = vec![
        Span::styled(fit(&line.model.plainly(&look.language), NAMES), styles.strong),
        Span::styled(if most { "▸ " } else { "  " }, styles.accent),
    ];
    first.extend(bars::thick(share.unwrap_or_default(), bar, styles, most));
    let shown = interval.map(percent).or(share.map(whole_percent)).unwrap_or("–".to_owned());
    first.push(Span::styled(right(&shown, NUMBERS), if most { styles.strong } else { styles.text }));
    page.push(PageRow::of(first));
    let mut second = vec![Span::raw(" ".repeat(NAMES + 2))];
    match interval {
        Some(share) => second.extend(bars::interval(share.low, share.high, line.published, bar, styles)),
        None => second.push(Span::raw(" ".repeat(bar))),
    }
    let whole = |share: f64| format!("{:.0} %", share * 100.0);
    let beside = match line.published {
        Some(published) => text!(&look.language, "tui-study-models-published", share = whole(published)),
        None => String::new(),
    };
    second.push(Span::styled(right(&beside, NUMBERS), styles.dim));
    page.push(PageRow::of(second));
}

/// The share that is drawn, and its interval: the estimate, if it holds up when shifted by half a point, else the sessions counted.
fn drawn(line: &ModelLine, models: &Models) -> (Option<f64>, Option<IntervalEstimate>) {
    let interval = line.estimated.filter(|_| models.holds).or(line.answers_share);
    (interval.map(|share| share.value).or(models.answers_part(line)), interval)
}

/// The two alternative ways of counting, for comparison.
fn others(sheet: &StudyRenderer, page: &mut Page) {
    let (words, look) = (sheet.words, sheet.look);
    let column = |text: &str| Span::styled(right(text, COUNTED), look.styles.dim);
    let head = fit("", NAMES);
    page.push(PageRow::of(vec![Span::raw(head), column(words.models_weighted), column(words.models_leads)]));
    for line in &sheet.report.models.lines {
        let weighted =
            line.weighted.map_or("–".to_owned(), |share| format!("{:.0} %", share.value * 100.0));
        let name = fit(&line.model.plainly(&look.language), NAMES);
        let leads = column(&line.answers.to_string());
        page.push(PageRow::of(vec![Span::styled(name, look.styles.text), column(&weighted), leads]));
    }
}
