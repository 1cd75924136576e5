//! How the data were collected, and the reliability of every scale.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::ReliabilityLine;
use crate::instrument::Perspective;
use crate::texts::decimal;
use crate::tui::page::{Page, PageRow, fit, right};

/// Columns of items, n, mean, SD, α and ω.
const NUMBERS: [usize; 6] = [7, 7, 8, 8, 7, 7];

pub(super) fn page(sheet: &StudyRenderer) -> Page {
    let mut page = sheet.told("quality");
    page.blank();
    scales(sheet, &mut page);
    page
}

fn scales(sheet: &StudyRenderer, page: &mut Page) {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let label = width.saturating_sub(NUMBERS.iter().sum());
    page.text(words.scales_title, width, look.styles.strong);
    let heads = [words.scales_items, "n", words.mean, "SD", words.scales_alpha, words.scales_omega];
    let mut head = vec![Span::raw(" ".repeat(label))];
    head.extend(
        heads.iter().zip(NUMBERS).map(|(head, columns)| Span::styled(right(head, columns), look.styles.dim)),
    );
    page.push(PageRow::of(head));
    for perspective in Perspective::ALL {
        let lines: Vec<&ReliabilityLine> =
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

fn scale(line: &ReliabilityLine, label: usize, sheet: &StudyRenderer, page: &mut Page) {
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
    page.push(PageRow::of(spans));
}
