//! How the relation is intended compared with how it is used.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::Paradox;
use crate::analysis::words::{agreement, left_out, paradox_basis, percent};
use crate::instrument::RelationalModel;
use crate::tui::page::{Page, PageRow, fit, right};
use crate::tui::widgets::bars;

/// Columns for the names of the models.
const NAMES: usize = 20;
/// Columns for the name of a side, and for its share.
const SIDE: usize = 10;
const SHARE: usize = 18;

pub(super) fn page(sheet: &StudyRenderer) -> Page {
    let (words, look, width) = (sheet.words, sheet.look, sheet.width);
    let mut page = Page::default();
    page.text(words.paradox_title, width, look.styles.strong);
    if sheet.report.paradoxes.is_empty() {
        page.blank();
        page.text(words.paradox_none, width, look.styles.text);
    }
    for (at, paradox) in sheet.report.paradoxes.iter().enumerate() {
        if at > 0 {
            page.blank();
        }
        one(paradox, sheet, &mut page);
    }
    page
}

fn one(paradox: &Paradox, sheet: &StudyRenderer, page: &mut Page) {
    let (words, look) = (sheet.words, sheet.look);
    let styles = &look.styles;
    let n = match paradox.n_meant == paradox.n_used {
        true => format!("n {}", paradox.n_used),
        false => format!("n {} / {}", paradox.n_meant, paradox.n_used),
    };
    let basis = format!("{} ({n})", paradox_basis(paradox.basis, &look.language));
    page.text(&basis, sheet.width, styles.dim);
    let bar = sheet.width.saturating_sub(NAMES + SIDE + SHARE);
    for (meant, used) in paradox.meant.iter().zip(&paradox.used) {
        let name = meant.model.plainly(&look.language);
        for (at, (side, line)) in
            [(words.paradox_meant, meant), (words.paradox_used, used)].iter().enumerate()
        {
            let name = if at == 0 { name.as_str() } else { "" };
            let mut spans = vec![
                Span::styled(fit(name, NAMES), styles.strong),
                Span::styled(fit(side, SIDE), styles.dim),
            ];
            let share = line.estimated.or(line.share);
            spans.extend(bars::thick(share.map_or(0.0, |share| share.value), bar, styles, at == 1));
            let shown = share.map_or("–".to_owned(), percent);
            spans.push(Span::styled(right(&shown, SHARE), styles.text));
            page.push(PageRow::of(spans));
        }
    }
    if let Some(table) = &paradox.table {
        page.blank();
        cross(paradox, table, sheet, page);
    }
    if let Some(untold) = left_out(paradox, &look.language) {
        page.text(&untold, sheet.width, styles.dim);
    }
    if let Some(told) = agreement(paradox, &look.language) {
        page.text(&told, sheet.width, styles.text);
    }
}

fn cross(
    paradox: &Paradox,
    table: &[Vec<crate::analysis::ShownCount>],
    sheet: &StudyRenderer,
    page: &mut Page,
) {
    let (words, look) = (sheet.words, sheet.look);
    let styles = &look.styles;
    let column = (sheet.width.saturating_sub(NAMES + 6) / 5).min(16);
    let name = |model: RelationalModel| format!("{} ({model})", model.plainly(&look.language));
    let mut head = vec![Span::raw(" ".repeat(NAMES + 4))];
    let heads = paradox.used.iter().map(|line| line.model.abbreviation());
    let heads = heads.chain([words.paradox_sum]);
    head.extend(heads.map(|text| Span::styled(right(text, column), styles.dim)));
    page.push(PageRow::of(head));
    for (row, (line, meant)) in table.iter().zip(&paradox.meant).enumerate() {
        let mut spans = vec![Span::styled(fit(&name(meant.model), NAMES + 4), styles.text)];
        spans.extend(line.iter().enumerate().map(|(at, cell)| {
            // Cells on the diagonal, where both are the same, are marked by a sign as well.
            let text = if at == row { format!("={cell}") } else { cell.to_string() };
            Span::styled(right(&text, column), if at == row { styles.strong } else { styles.text })
        }));
        spans.push(Span::styled(right(&meant.n.to_string(), column), styles.dim));
        page.push(PageRow::of(spans));
    }
    let mut sums = vec![Span::styled(fit(words.paradox_sum, NAMES + 4), styles.dim)];
    sums.extend(paradox.used.iter().map(|line| Span::styled(right(&line.n.to_string(), column), styles.dim)));
    sums.push(Span::styled(right(&paradox.n_used.to_string(), column), styles.dim));
    page.push(PageRow::of(sums));
    let estimated = paradox.used.iter().any(|line| line.estimated.is_some());
    page.text(if estimated { words.paradox_rows } else { words.paradox_leading }, sheet.width, styles.dim);
}
