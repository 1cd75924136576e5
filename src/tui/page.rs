//! Pages: styled rows of text with clickable areas. Everything that relata shows is a page, so that scrolling, clicking and keeping
//! the focus visible are written once.
//!
//! Owns wrapping by display width. Knows nothing of what the text is about.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::keys::Command;
use super::theme::Styles;
use crate::texts::{broken, unbroken};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hit {
    /// A key in the footer.
    Command(Command),
    /// The list entry with this index.
    Entry(usize),
    /// A point of a scale: the index of its row and of the point.
    Point(usize, usize),
}

/// One row of a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageRow {
    /// What it says.
    pub line: Line<'static>,
    /// Clickable columns, counted from the left edge of the page.
    pub hits: Vec<(Range<u16>, Hit)>,
}

impl PageRow {
    /// A row of these spans.
    pub fn of(spans: Vec<Span<'static>>) -> Self {
        Self { line: Line::from(spans), hits: Vec::new() }
    }
}

/// Rows from top to bottom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// The rows.
    pub rows: Vec<PageRow>,
    /// The rows that must be visible.
    pub focus: Option<Range<usize>>,
    /// The rows that say what to do next. If not everything fits they are kept at the bottom and do not scroll.
    pub staying: Option<Range<usize>>,
    /// Table heads: their rows, and the row where the table ends. A head stays visible while its table scrolls.
    heads: Vec<(Range<usize>, usize)>,
}

/// Tallest table head that is kept visible, in rows.
const MOST_HEAD: usize = 3;

impl Page {
    /// Adds a row.
    pub fn push(&mut self, row: PageRow) {
        self.rows.push(row);
    }

    /// Adds an empty row.
    pub fn blank(&mut self) {
        self.rows.push(PageRow::default());
    }

    /// Adds a text, wrapped.
    pub fn text(&mut self, text: &str, width: usize, style: Style) {
        self.hanging(vec![], text, width, style);
    }

    /// Adds a text behind a mark; the following lines are indented as far as the mark is wide.
    pub fn hanging(&mut self, mark: Vec<Span<'static>>, text: &str, width: usize, style: Style) {
        let indent: usize = mark.iter().map(Span::width).sum();
        let mut mark = Some(mark);
        for line in wrap(text, width.saturating_sub(indent)) {
            let mut spans = mark.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(line, style));
            self.push(PageRow::of(spans));
        }
    }

    /// Adds a warning behind a sign.
    pub fn warning(&mut self, text: &str, width: usize, styles: &Styles) {
        self.hanging(vec![Span::styled("! ", styles.warn)], text, width, styles.warn);
    }

    /// Adds two columns of rows side by side, the right one starting at column `width` + 3.
    pub fn columns(&mut self, left: Vec<PageRow>, right: Vec<PageRow>, width: usize) {
        let (mut left, mut right) = (left.into_iter(), right.into_iter());
        loop {
            let (one, other) = (left.next(), right.next());
            if one.is_none() && other.is_none() {
                return;
            }
            let mut row = one.unwrap_or_default();
            let missing = width.saturating_sub(row.line.width());
            row.line.push_span(Span::raw(" ".repeat(missing + 3)));
            for span in other.unwrap_or_default().line.spans {
                row.line.push_span(span);
            }
            self.push(row);
        }
    }

    /// Adds another page below.
    pub fn append(&mut self, other: Page) {
        let offset = self.rows.len();
        if let Some(focus) = other.focus {
            self.focus = Some(focus.start + offset..focus.end + offset);
        }
        if let Some(staying) = other.staying {
            self.staying = Some(staying.start + offset..staying.end + offset);
        }
        let moved =
            |(head, end): (Range<usize>, usize)| (head.start + offset..head.end + offset, end + offset);
        self.heads.extend(other.heads.into_iter().map(moved));
        self.rows.extend(other.rows);
    }

    /// Makes these rows the head of what follows up to here.
    pub fn head(&mut self, rows: Range<usize>) {
        self.heads.push((rows, self.rows.len()));
    }

    /// Extends the last head to here: a table with the same columns as the one above has no head of its own.
    pub fn same_head(&mut self) {
        let end = self.rows.len();
        if let Some((_, last)) = self.heads.last_mut() {
            *last = end;
        }
    }

    /// The head to keep visible in a view of `height` rows that starts at `top`.
    fn head_at(&self, top: usize, height: usize) -> &[PageRow] {
        let stays = |(head, end): &&(Range<usize>, usize)| {
            head.start < top && top < *end && head.len() <= MOST_HEAD && height > 3 * MOST_HEAD
        };
        let head = self.heads.iter().find(stays).and_then(|(head, _)| self.rows.get(head.clone()));
        head.unwrap_or_default()
    }

    /// Makes the rows from `start` on the ones that must be visible.
    pub fn focus_from(&mut self, start: usize) {
        self.focus = Some(start..self.rows.len().max(start + 1));
    }

    /// Adds an empty row and the text that says what to do next.
    pub fn next(&mut self, text: &str, width: usize, style: Style) {
        self.blank();
        let start = self.rows.len();
        self.text(text, width, style);
        self.staying_from(start);
    }

    /// Keeps the rows from `start` on from being scrolled away.
    pub fn staying_from(&mut self, start: usize) {
        self.staying = Some(start..self.rows.len().max(start + 1));
    }

    /// Keeps everything below the staying rows with them if that is at most `most` rows; returns whether it did.
    pub fn stays_to_its_end(&mut self, most: usize) -> bool {
        let start = self.staying.as_ref().map(|staying| staying.start);
        let start = start.filter(|start| self.focus.is_some() && self.rows.len() - start <= most);
        start.into_iter().for_each(|start| self.staying_from(start));
        start.is_some()
    }

    /// Splits off the staying rows if the page does not fit in `height` rows and they take at most half of them.
    fn parted(&self, height: usize) -> Option<(Page, &[PageRow])> {
        let staying = self.staying.clone().filter(|_| self.rows.len() > height)?;
        let rows = self.rows.get(staying.clone()).filter(|rows| (rows.len() + 1) * 2 <= height)?;
        // The empty row above the staying rows goes with them.
        let is_empty = |row: &PageRow| row.line.width() == 0;
        let above = staying.start.checked_sub(1).filter(|at| self.rows.get(*at).is_some_and(is_empty));
        let taken = above.unwrap_or(staying.start)..staying.end;
        let place = |at: usize| if at < taken.end { at.min(taken.start) } else { at - taken.len() };
        let mut rest = Page::default();
        rest.rows.extend_from_slice(self.rows.get(..taken.start)?);
        rest.rows.extend_from_slice(self.rows.get(taken.end..)?);
        let moved = |(head, end): &(Range<usize>, usize)| (place(head.start)..place(head.end), place(*end));
        rest.heads = self.heads.iter().map(moved).collect();
        rest.focus = self.focus.as_ref().map(|focus| place(focus.start)..place(focus.end));
        Some((rest, rows))
    }

    /// Makes the rows from `start` on clickable.
    pub fn hit_from(&mut self, start: usize, hit: Hit) {
        for row in self.rows.iter_mut().skip(start) {
            row.hits.push((0..u16::MAX, hit));
        }
    }
}

/// `text` in lines of at most `width` columns; at least one line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = unbroken(text.trim_end());
    let lines = textwrap::wrap(&text, textwrap::Options::new(width.max(4)));
    let lines: Vec<String> = lines.into_iter().map(|line| broken(&line)).collect();
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// `text` cut to `width` columns, with an ellipsis if it was longer.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
        if kept.width() + grapheme.width() + 1 > width {
            break;
        }
        kept.push_str(grapheme);
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

/// `text` cut or padded with spaces to exactly `width` columns.
pub(crate) fn fit(text: &str, width: usize) -> String {
    let kept = cut(text, width);
    let missing = width.saturating_sub(kept.width());
    kept + &" ".repeat(missing)
}

/// `text` padded on the left to `width` columns.
pub(crate) fn right(text: &str, width: usize) -> String {
    let kept = cut(text, width);
    " ".repeat(width.saturating_sub(kept.width())) + &kept
}

/// The buffer that pages are painted on, and what painting found out.
pub(crate) struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// What was learnt while drawing.
    pub drawn: Drawn,
}

/// What drawing found out, needed to resolve clicks and to stop scrolling at the end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawn {
    /// Clickable areas; later ones are on top.
    pub hits: Vec<(Rect, Hit)>,
    /// The first row shown of the last page that was painted.
    pub top: usize,
    /// The last row that can be scrolled to the top.
    pub last_top: usize,
    /// How many rows fit.
    pub height: usize,
    /// The rows that had to be visible.
    pub focus: Option<Range<usize>>,
    /// The area of the last card.
    pub card: Option<Rect>,
}

impl Drawn {
    /// What a click at this cell means.
    pub fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let inside = |area: &Rect| area.contains((column, row).into());
        self.hits.iter().rev().find(|(area, _)| inside(area)).map(|(_, hit)| *hit)
    }

    /// The first row to show after scrolling by `rows`.
    pub fn scrolled(&self, rows: isize) -> usize {
        self.top.saturating_add_signed(rows).min(self.last_top)
    }

    /// The first row to show so that up to `rows` more rows of the focus become visible, down or up; `None` if all of it on that
    /// side is visible.
    pub fn within_focus(&self, rows: isize) -> Option<usize> {
        let focus = self.focus.as_ref()?;
        let hidden = if rows < 0 {
            self.top.saturating_sub(focus.start)
        } else {
            focus.end.saturating_sub(self.top + self.height)
        };
        let most = hidden.min(self.height.saturating_sub(1).max(1));
        let by = isize::try_from(most).unwrap_or(0).min(rows.abs()) * rows.signum();
        (by != 0).then(|| self.top.saturating_add_signed(by))
    }

    /// Rows scrolled by a page key.
    pub fn leap(&self) -> isize {
        self.height.saturating_sub(2).max(1) as isize
    }
}

impl Canvas<'_> {
    /// One line of spans.
    pub fn line(&mut self, x: u16, y: u16, width: u16, line: &Line) {
        if self.buffer.area.contains((x, y).into()) {
            self.buffer.set_line(x, y, line, width);
        }
    }

    /// A page from row `top` on; `None` scrolls to the focus.
    pub fn page(&mut self, area: Rect, page: &Page, top: Option<usize>, style: Style) {
        if let Some((rest, staying)) = page.parted(usize::from(area.height)) {
            let lines = u16::try_from(staying.len()).unwrap_or(0);
            let below = Rect { y: area.bottom() - lines, height: lines, ..area };
            self.rows(below, staying);
            return self.page(Rect { height: area.height - lines - 1, ..area }, &rest, top, style);
        }
        let height = usize::from(area.height);
        let last_top = page.rows.len().saturating_sub(height);
        // Keep the rows covered by a table head reachable.
        let last_top = last_top + page.head_at(last_top, height).len();
        let following = page.focus.as_ref().map_or(0, |focus| {
            // If the focus is taller than the view, show its beginning.
            focus.end.saturating_sub(height).min(focus.start)
        });
        let top = top.unwrap_or(following).min(last_top);
        self.drawn.top = top;
        self.drawn.last_top = last_top;
        let head = page.head_at(top, height);
        self.drawn.height = height - head.len();
        self.drawn.focus.clone_from(&page.focus);
        self.rows(area, head);
        let lines = u16::try_from(head.len()).unwrap_or(0);
        let below = Rect { y: area.y + lines, height: area.height - lines, ..area };
        self.rows(below, page.rows.get(top..).unwrap_or_default());
        // Triangles in the margin show that there is more; the caller leaves one column for them on the right.
        let margin = area.right() + 1;
        if top > 0 {
            self.line(margin, area.y, 1, &Line::styled("▴", style));
        }
        if top < last_top {
            self.line(margin, area.bottom().saturating_sub(1), 1, &Line::styled("▾", style));
        }
    }

    /// Paints as many rows as fit.
    fn rows(&mut self, area: Rect, rows: &[PageRow]) {
        for (y, row) in (area.y..area.bottom()).zip(rows) {
            self.line(area.x, y, area.width, &row.line);
            for (columns, hit) in &row.hits {
                let from = columns.start.min(area.width);
                let to = columns.end.min(area.width);
                self.drawn.hits.push((Rect::new(area.x + from, y, to - from, 1), *hit));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_a_day_and_a_share_stay_on_one_line() {
        let text = "the answers of S6X-001, given on 2026-01-05, reach 12 % of all";
        for width in 11..40 {
            let lines = wrap(text, width);
            for whole in ["S6X-001,", "2026-01-05,", "12 %"] {
                assert!(lines.iter().any(|line| line.contains(whole)), "{width}: {lines:?}");
            }
            assert_eq!(lines.join(" "), text, "nothing is left of what kept them together");
        }
        assert_eq!(wrap("a well-known one", 8)[0], "a well-", "other words break at their hyphen");
        assert_eq!(wrap("ABCDEFGH-12345678", 8).concat(), "ABCDEFGH-12345678", "longer than a line");
    }

    #[test]
    fn cutting_and_fitting_count_columns_and_not_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(fit("日本", 5), "日本 ");
        assert_eq!(right("7", 3), "  7");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn the_head_of_a_table_stays_above_it_and_every_row_comes_into_sight() {
        let mut page = Page::default();
        let row = |text: String| PageRow::of(vec![Span::raw(text)]);
        (0..6).for_each(|n| page.push(row(format!("before {n}"))));
        page.push(row("head".into()));
        (0..40).for_each(|n| page.push(row(format!("row {n}"))));
        page.head(6..7);
        (0..3).for_each(|n| page.push(row(format!("after {n}"))));
        let area = Rect::new(0, 0, 20, 12);
        let shown = |top: usize| {
            let mut buffer = Buffer::empty(area);
            let mut canvas = Canvas { buffer: &mut buffer, drawn: Drawn::default() };
            canvas.page(area, &page, Some(top), Style::default());
            let (last, leap) = (canvas.drawn.last_top, canvas.drawn.leap());
            let line = |y| (0..20).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
            let lines: Vec<String> = (0..12).map(|y| line(y).trim_end().to_owned()).collect();
            (lines, last, leap as usize)
        };
        let (lines, last, _) = shown(0);
        assert_eq!((lines[0].as_str(), lines[6].as_str()), ("before 0", "head"));
        let (mut seen, mut top) = (Vec::new(), 0);
        loop {
            let (lines, _, leap) = shown(top);
            let has_rows = lines.iter().any(|line| line.starts_with("row"));
            assert!(
                !has_rows || lines.iter().any(|line| line == "head") || lines[0].starts_with("row 39"),
                "{lines:?}"
            );
            seen.extend(lines);
            if top == last {
                break;
            }
            top = (top + leap).min(last);
        }
        for n in 0..40 {
            assert!(seen.contains(&format!("row {n}")), "{n}");
        }
        assert!(seen.contains(&"after 2".to_owned()));
    }

    #[test]
    fn what_comes_next_is_not_scrolled_away() {
        let numbered = |rows: usize| {
            let mut page = Page::default();
            (0..rows).for_each(|number| page.push(PageRow::of(vec![Span::raw(number.to_string())])));
            page.next("next", 4, Style::default());
            page.push(PageRow::of(vec![Span::raw("last")]));
            page
        };
        let drawn = |page: &Page, top: Option<usize>| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 7));
            let mut canvas = Canvas { buffer: &mut buffer, drawn: Drawn::default() };
            canvas.page(Rect::new(0, 0, 4, 7), page, top, Style::default());
            let drawn = canvas.drawn;
            let line = |y| (0..4).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim().to_owned();
            ((0..7).map(line).collect::<Vec<_>>().join("|"), drawn.top, drawn.last_top, drawn.height)
        };
        // Nothing is rearranged if everything fits.
        assert_eq!(drawn(&numbered(4), None), ("0|1|2|3||next|last".into(), 0, 0, 7));
        assert_eq!(drawn(&numbered(9), None), ("0|1|2|3|4||next".into(), 0, 5, 5));
        assert_eq!(drawn(&numbered(9), Some(99)), ("5|6|7|8|last||next".into(), 5, 5, 5));
        // The focus is still found after the split, even among the staying rows.
        let mut page = numbered(9);
        page.focus = Some(11..12);
        assert_eq!(drawn(&page, None).0, "5|6|7|8|last||next");
        page.focus = Some(10..11);
        assert_eq!(drawn(&page, None).0, "4|5|6|7|8||next");
        // Staying rows that take more than half of the view scroll with the rest.
        let mut page = numbered(3);
        page.staying = Some(0..5);
        page.rows.extend(numbered(4).rows);
        assert_eq!(drawn(&page, None).2, page.rows.len() - 7);
    }

    #[test]
    fn the_focus_stays_in_sight_and_scrolling_stops_at_the_end() {
        let mut page = Page::default();
        for number in 0..20 {
            page.push(PageRow::of(vec![Span::raw(number.to_string())]));
        }
        page.focus = Some(15..16);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 5));
        let mut canvas = Canvas { buffer: &mut buffer, drawn: Drawn::default() };
        canvas.page(Rect::new(0, 0, 4, 5), &page, None, Style::default());
        assert_eq!((canvas.drawn.top, canvas.drawn.last_top), (11, 15));
        assert_eq!(canvas.drawn.scrolled(100), 15);
        assert_eq!(canvas.drawn.scrolled(-100), 0);
    }
}
