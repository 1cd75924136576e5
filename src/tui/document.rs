//! Renders the parts of a document as rows of characters, as a browser renders them on a page.
//!
//! Owns column widths and folding. Does not decide what is said or who may see it: a document that comes here was opened for its
//! reader.

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::page::{Page, PageRow, fit, right, wrap};
use super::screen::Look;
use super::theme::Styles;
use crate::report::document::drawn::{self, Glyph, Ink};
use crate::report::document::{
    Advice, Bar, Bars, Block, Cell, ColumnContent, Conclusion, Fact, Part, Plane, Reason, Reasons, Section,
    Table, UNKNOWN,
};
use crate::texts::quoted;

/// Columns for the names of rows, and for a number.
const NAMES: usize = 20;
const NUMBER: usize = 9;
/// Columns for the number beside a bar, the mark of the leader before the bar included.
const BESIDE_BAR: usize = 7;
/// Widest column of a profile: longer lines are no easier to read.
const SIDE: usize = 48;
/// Widest text on its own: the eye loses its place at the start of longer lines.
const TEXT: usize = 76;
/// Reasons, and answers for each, shown while folded.
const REASONS: usize = 3;
const ANSWERS: usize = 2;
/// Columns for the sign and word before a reason.
const SIGN: usize = 12;
/// Width of a plane, and its lines: fewest, most, and those taken by what is above and below it. Even, so that zero has a line of
/// its own.
const PLANE: usize = 51;
const LINES: (usize, usize, usize) = (12, 20, 8);

#[derive(Clone, Copy)]
pub(crate) struct DocumentRenderer<'a> {
    /// Columns.
    pub width: usize,
    /// Rows that can be seen at once.
    pub height: usize,
    /// Whether to show parts that are otherwise folded.
    pub unfolded: bool,
    /// Styles and words.
    pub look: &'a Look,
}

impl DocumentRenderer<'_> {
    /// A section. Its heading is omitted if it opens with a summary sentence.
    pub fn section(&self, section: &Section) -> Page {
        let mut page = Page::default();
        let begins = section.blocks.first().map(|part| &part.it);
        if !matches!(begins, Some(Block::Conclusion(_))) {
            page.text(&section.title, self.width, self.look.styles.strong);
        }
        self.blocks(&section.blocks, &mut page);
        page
    }

    /// The content of a section, without its heading.
    pub fn body(&self, section: &Section) -> Page {
        let mut page = Page::default();
        self.blocks(&section.blocks, &mut page);
        page
    }

    /// Names and values, one per row.
    pub fn facts<'b>(&self, facts: impl Iterator<Item = &'b Fact> + Clone, page: &mut Page) {
        let names = facts.clone().map(|(name, _)| name.width()).max().unwrap_or(0).min(self.width / 2);
        for (name, value) in facts {
            let room = self.width.saturating_sub(names + 2);
            // An interval that does not fit beside its value goes below it in one piece.
            let apart = value.find(" (").filter(|_| value.width() > room);
            let (value, below) = value.split_at_checked(apart.unwrap_or(value.len())).unwrap_or((value, ""));
            let mark = vec![Span::styled(fit(name, names), self.look.styles.dim), Span::raw("  ")];
            page.hanging(mark, value, self.width, self.look.styles.text);
            if !below.is_empty() {
                let indent = vec![Span::raw(" ".repeat(names + 2))];
                page.hanging(indent, below.trim_start(), self.width, self.look.styles.text);
            }
        }
    }

    fn blocks(&self, blocks: &[Part<Block>], page: &mut Page) {
        let mut above: Option<&Block> = None;
        // Consecutive tables share the width of the name column, so that their numbers line up.
        let names = blocks.iter().filter_map(|part| match &part.it {
            Block::Table(table) => Some(self.names(table)),
            _ => None,
        });
        let names = names.max().unwrap_or(NAMES);
        for part in blocks {
            let block = &part.it;
            let together = above.is_some_and(|above| together(above, block));
            if !page.rows.is_empty() && !together {
                page.blank();
            }
            self.block(block, above, names, page);
            above = Some(block);
        }
    }

    fn block(&self, block: &Block, above: Option<&Block>, names: usize, page: &mut Page) {
        let (width, styles) = (self.width, &self.look.styles);
        match block {
            Block::Heading(text) => page.text(text, width, styles.strong),
            Block::Paragraph(text) => page.text(text, width, styles.text),
            Block::Remark(text) => page.text(text, width, styles.dim),
            Block::List(lines) | Block::Print(lines) => {
                for line in lines {
                    page.hanging(vec![Span::styled("– ", styles.dim)], line, width.min(TEXT), styles.text);
                }
            }
            Block::Cloud(cloud) => {
                let words: Vec<String> =
                    cloud.words.iter().map(|word| format!("{} ({})", word.word, word.n)).collect();
                page.text(&cloud.caption, width, styles.dim);
                page.text(&words.join(" · "), width.min(TEXT), styles.text);
            }
            // The table next to the curves shows the same values.
            Block::Curves(_) => {}
            Block::Conclusion(verdict) => self.verdict(verdict, page),
            Block::Bars(bars) => self.bars(bars, page),
            Block::Table(table) => self.table(table, above, names, page),
            Block::Plane(plane) => self.plane(plane, page),
            Block::Reasons(reasons) => self.reasons(reasons, page),
            Block::Facts(facts) => self.facts(facts.iter(), page),
            Block::Advice(advice) => self.advice(advice, page),
        }
    }

    fn verdict(&self, verdict: &Conclusion, page: &mut Page) {
        let (width, styles) = (self.width, &self.look.styles);
        let title = verdict.title.as_ref().map_or_else(String::new, |title| format!("{title}  "));
        let mark = if verdict.open { Span::styled("? ", styles.warn) } else { Span::raw("  ") };
        page.hanging(vec![mark, Span::styled(title, styles.strong)], &verdict.sentence, width, styles.text);
        for more in &verdict.more {
            page.hanging(vec![Span::raw("  ")], more, width, styles.dim);
        }
        for warning in &verdict.warnings {
            page.hanging(vec![Span::styled("! ", styles.warn)], warning, width, styles.text);
        }
    }

    fn advice(&self, advice: &Advice, page: &mut Page) {
        let (width, styles) = (self.width.min(TEXT), &self.look.styles);
        let only = advice.only.as_ref().map_or_else(String::new, |only| format!(" ({only})"));
        let title = format!("{}{only}", advice.title);
        page.hanging(vec![Span::styled("▸ ", styles.accent)], &title, width, styles.strong);
        page.hanging(vec![Span::raw("  ")], &advice.text, width, styles.text);
    }

    /// Columns of one side of bars, or of a table with groups.
    fn side(&self, sides: usize) -> usize {
        (self.width.saturating_sub(NAMES) / sides.max(1)).min(SIDE)
    }

    fn heads<'b>(&self, heads: impl Iterator<Item = &'b String>, side: usize, page: &mut Page) {
        let heads: Vec<Vec<String>> = heads.map(|head| wrap(head, side.saturating_sub(3))).collect();
        for line in 0..heads.iter().map(Vec::len).max().unwrap_or(0) {
            let mut row = vec![Span::raw(" ".repeat(NAMES))];
            for lines in &heads {
                let text = format!("  {}", lines.get(line).map_or("", String::as_str));
                row.push(Span::styled(fit(&text, side), self.look.styles.strong));
            }
            page.push(PageRow::of(row));
        }
    }

    fn bars(&self, bars: &Bars, page: &mut Page) {
        let styles = &self.look.styles;
        page.text(&bars.caption, self.width, styles.dim);
        let sides = bars.rows.iter().map(|row| row.bars.len()).max().unwrap_or(0);
        let side = self.side(sides);
        self.heads(bars.columns.iter(), side, page);
        for row in &bars.rows {
            let mut spans = vec![Span::styled(fit(&row.name, NAMES), styles.text)];
            for bar in &row.bars {
                match bar {
                    Some(bar) => self.bar(bar, side, &mut spans),
                    None => spans.push(Span::styled(fit(&format!("  {UNKNOWN}"), side), styles.dim)),
                }
            }
            page.push(PageRow::of(spans));
        }
    }

    fn bar(&self, bar: &Bar, side: usize, spans: &mut Vec<Span<'static>>) {
        let styles = &self.look.styles;
        let width = side.saturating_sub(BESIDE_BAR);
        let (mark, of_bar, of_number) =
            if bar.leads { ("▸ ", styles.accent, styles.strong) } else { ("  ", styles.text, styles.text) };
        spans.push(Span::styled(mark, styles.accent));
        spans.extend(glyphs(&drawn::interval(&bar.drawing, width), of_bar, styles));
        let number = right(&bar.shown, BESIDE_BAR - 3);
        spans.push(Span::styled(fit(&number, side.saturating_sub(width + 2)), of_number));
    }

    fn names(&self, table: &Table) -> usize {
        let longest = table.rows.iter().filter_map(|row| row.it.first()).map(|cell| text(cell).width());
        let numbers: usize = columns(table).iter().skip(1).sum();
        (longest.max().unwrap_or(0) + 1).max(NAMES).min(self.width.saturating_sub(numbers))
    }

    fn table(&self, table: &Table, above: Option<&Block>, names: usize, page: &mut Page) {
        let styles = &self.look.styles;
        if !table.quiet {
            page.text(&table.caption, self.width, styles.dim);
        }
        let start = page.rows.len();
        let groups = table.groups.iter().map(|(name, _)| name);
        let sides = table.groups.len().max(1);
        // The numbers of a table below bars line up with the bars.
        let under_bars = matches!(above, Some(Block::Bars(_)));
        let (names, columns) = if under_bars || !table.groups.is_empty() {
            let side = self.side(sides);
            if !under_bars {
                self.heads(groups, side, page);
            }
            (NAMES, vec![side * sides / table.columns.len().saturating_sub(1).max(1); table.columns.len()])
        } else {
            (names, columns(table))
        };
        let heads_above = matches!(above, Some(Block::Table(above)) if above.columns == table.columns);
        if !heads_above {
            let mut head = vec![Span::raw(" ".repeat(names))];
            for (column, width) in table.columns.iter().zip(&columns).skip(1) {
                let text = match column.holds {
                    ColumnContent::Words => fit(&format!("  {}", column.name), *width),
                    ColumnContent::Numbers | ColumnContent::Drawings => right(&column.name, *width),
                };
                head.push(Span::styled(text, styles.dim));
            }
            page.push(PageRow::of(head));
        }
        let end = page.rows.len();
        for row in &table.rows {
            self.row(&row.it, table, names, &columns, page);
        }
        match heads_above {
            true => page.same_head(),
            false => page.head(start..end),
        }
    }

    fn row(&self, cells: &[Cell], table: &Table, names: usize, columns: &[usize], page: &mut Page) {
        let styles = &self.look.styles;
        let lines = wrap(&cells.first().map(text).unwrap_or_default(), names.saturating_sub(1));
        let mut spans = Vec::new();
        let mut instead = None;
        for (at, cell) in cells.iter().enumerate().skip(1) {
            let width = columns.get(at).copied().unwrap_or(NUMBER);
            let holds = table.columns.get(at).map(|column| column.holds);
            match cell {
                Cell::Leader(text) => {
                    spans.push(Span::styled(right(&format!("▸ {text}"), width), styles.strong))
                }
                Cell::Drawing(drawing) => {
                    spans.extend(glyphs(&drawn::interval(drawing, width), styles.text, styles))
                }
                Cell::Instead(why) => {
                    instead = Some(why);
                    let next = columns.get(at + 1).copied().unwrap_or(0);
                    spans
                        .push(Span::styled(format!("{}{}", right("–", width), " ".repeat(next)), styles.dim));
                }
                cell if holds == Some(ColumnContent::Words) => {
                    spans.push(Span::styled(fit(&format!("  {}", text(cell)), width), styles.text));
                }
                cell => {
                    let style = if at == 1 { styles.strong } else { styles.dim };
                    spans.push(Span::styled(right(&text(cell), width), style));
                }
            }
        }
        for (at, line) in lines.iter().enumerate() {
            let name = Span::styled(fit(line, names), styles.text);
            let rest = if at == 0 { std::mem::take(&mut spans) } else { Vec::new() };
            page.push(PageRow::of(std::iter::once(name).chain(rest).collect()));
        }
        if let Some(why) = instead {
            page.hanging(vec![Span::raw("  – ")], why, self.width, styles.dim);
        }
    }

    /// The plane beside its explanation, because they are read together.
    fn plane(&self, plane: &Plane, page: &mut Page) {
        let chart = (self.width / 2).min(PLANE);
        let lines = (self.height.saturating_sub(LINES.2).clamp(LINES.0, LINES.1) / 2) * 2;
        let beside = DocumentRenderer { width: self.width.saturating_sub(chart + 3), ..*self };
        let mut words = Page::default();
        beside.blocks(&plane.beside, &mut words);
        page.columns(plane_rows(plane, chart, lines, self.look), words.rows, chart);
        page.text(self.look.words.gap_cross, self.width, self.look.styles.dim);
    }

    fn reasons(&self, reasons: &Reasons, page: &mut Page) {
        page.text(&reasons.title, self.width, self.look.styles.strong);
        let (most, answers) = if self.unfolded { (usize::MAX, usize::MAX) } else { (REASONS, ANSWERS) };
        for line in reasons.lines.iter().take(most) {
            self.reason(line, answers, page);
        }
        let hidden =
            reasons.lines.len() > most || reasons.lines.iter().any(|line| line.answers.len() > answers);
        if hidden {
            page.text(self.look.words.evidence_more, self.width, self.look.styles.dim);
        }
    }

    fn reason(&self, line: &Reason, answers: usize, page: &mut Page) {
        let styles = &self.look.styles;
        let (sign, style) = if line.favours { ('+', styles.good) } else { ('−', styles.warn) };
        let mark = fit(&format!("{sign} {}  ", line.side), SIGN);
        page.hanging(vec![Span::styled(mark, style)], &line.words, self.width, styles.text);
        for (question, answer) in line.answers.iter().take(answers) {
            let text = format!("{} — {answer}", quoted(question));
            page.hanging(vec![Span::raw(" ".repeat(SIGN))], &text, self.width, styles.dim);
        }
    }
}

/// The width of each column: that of its heading or of its widest cell.
fn columns(table: &Table) -> Vec<usize> {
    let of_column = |at: usize, head: &str| {
        let cells = table.rows.iter().filter_map(|row| row.it.get(at)).map(|cell| match cell {
            Cell::Leader(text) => text.width() + 2,
            Cell::Text(text) => text.width(),
            Cell::Name(_) | Cell::Instead(_) | Cell::Drawing(_) => 0,
        });
        (cells.max().unwrap_or(0).max(head.width()) + 2).max(NUMBER)
    };
    table.columns.iter().enumerate().map(|(at, column)| of_column(at, &column.name)).collect()
}

pub(crate) fn plane_rows(plane: &Plane, width: usize, lines: usize, look: &Look) -> Vec<PageRow> {
    let rows = drawn::plane(plane, width, lines, &look.language);
    rows.iter().map(|row| PageRow::of(glyphs(row, look.styles.chosen, &look.styles))).collect()
}

/// Characters styled by what they represent; `mark` is the style of the marks.
fn glyphs(glyphs: &[Glyph], mark: Style, styles: &Styles) -> Vec<Span<'static>> {
    let style = |ink: Ink| match ink {
        Ink::Frame => styles.frame,
        Ink::Word => styles.dim,
        Ink::Mark => mark,
        Ink::Many => styles.text,
        Ink::Alert => styles.warn,
    };
    let run = |run: &[Glyph]| {
        let text: String = run.iter().map(|(symbol, _)| symbol).collect();
        Span::styled(text, run.first().map(|(_, ink)| style(*ink)).unwrap_or_default())
    };
    glyphs.chunk_by(|(_, a), (_, b)| a == b).map(run).collect()
}

/// Whether a block follows the one above it without an empty row.
fn together(above: &Block, block: &Block) -> bool {
    matches!(
        (above, block),
        (Block::Conclusion(_), Block::Conclusion(_))
            | (Block::Heading(_), _)
            | (Block::Paragraph(_) | Block::Remark(_), Block::Paragraph(_) | Block::Remark(_))
    )
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Leader(text) | Cell::Instead(text) => text.clone(),
        Cell::Name(name) => name.clone(),
        Cell::Drawing(_) => String::new(),
    }
}
