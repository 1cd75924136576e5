//! The chart of said against associated: two axes, four named quadrants, a point and the cross of its intervals.
//! Readable without colour: every part is a character of its own.

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_width::UnicodeWidthChar;

use crate::gap::Estimate;
use crate::tui::page::{Row, wrap};
use crate::tui::screen::Look;

/// A grid of characters with their styles.
struct Grid {
    width: usize,
    cells: Vec<(char, Style)>,
}

impl Grid {
    fn new(width: usize, height: usize) -> Self {
        Self { width, cells: vec![(' ', Style::default()); width * height] }
    }

    fn put(&mut self, x: usize, y: usize, symbol: char, style: Style) {
        if x < self.width
            && let Some(cell) = self.cells.get_mut(y * self.width + x)
        {
            *cell = (symbol, style);
        }
    }

    fn write(&mut self, x: usize, y: usize, text: &str, style: Style) {
        // Phrases of the program are narrow; anything else would shift the columns.
        for (offset, symbol) in text.chars().filter(|symbol| symbol.width() == Some(1)).enumerate() {
            self.put(x + offset, y, symbol, style);
        }
    }

    fn rows(self) -> Vec<Row> {
        let row = |cells: &[(char, Style)]| {
            Row::of(cells.iter().map(|(symbol, style)| Span::styled(symbol.to_string(), *style)).collect())
        };
        self.cells.chunks(self.width.max(1)).map(row).collect()
    }
}

/// The chart in `lines` rows of `width` columns. Both estimates lie on −1…+1; one that is missing leaves its direction
/// out of the cross.
pub(crate) fn rows(
    said: Option<Estimate>,
    associated: Option<Estimate>,
    width: usize,
    lines: usize,
    look: &Look,
) -> Vec<Row> {
    let (width, lines) = (width.max(21), lines.max(9));
    let styles = &look.styles;
    let mut grid = Grid::new(width, lines);
    // The first and last line hold what the axes mean.
    let (top, bottom) = (1, lines - 3);
    let (left, right) = (3, width - 2);
    let (mid_x, mid_y) = ((left + right) / 2, (top + bottom) / 2);
    let column = |value: f64| scaled(value, left, right);
    let line = |value: f64| bottom + top - scaled(value, top, bottom);
    for x in left..=right {
        grid.put(x, mid_y, '┄', styles.frame);
    }
    for y in top..=bottom {
        grid.put(mid_x, y, '┆', styles.frame);
    }
    grid.put(mid_x, mid_y, '┼', styles.frame);
    grid.write(0, top, "+1", styles.dim);
    grid.write(1, mid_y, "0", styles.dim);
    grid.write(0, bottom, "−1", styles.dim);
    grid.write(left, bottom + 1, "−1", styles.dim);
    grid.write(mid_x, bottom + 1, "0", styles.dim);
    grid.write(right - 1, bottom + 1, "+1", styles.dim);
    let words = look.words;
    grid.write(0, 0, words.gap_associated_axis, styles.dim);
    let axis = words.gap_said_axis;
    grid.write(right + 1 - axis.chars().count().min(right), lines - 1, axis, styles.dim);
    let (x, y) = cross(&mut grid, said, associated, (mid_x, mid_y), (&column, &line), look);
    // A line that is broken by a word can still be followed; a word that is broken by a line cannot be read.
    let room = mid_x.saturating_sub(left + 1);
    for (name, is_right, is_upper) in [
        (words.quadrant_latent, false, true),
        (words.quadrant_aligned_positive, true, true),
        (words.quadrant_aligned_negative, false, false),
        (words.quadrant_masked, true, false),
    ] {
        let parts = wrap(name, room);
        let y = if is_upper { top } else { bottom + 1 - parts.len().min(bottom) };
        for (offset, part) in parts.iter().enumerate() {
            let x = if is_right { right + 1 - part.chars().count().min(right) } else { left };
            grid.write(x, y + offset, part, styles.dim);
        }
    }
    // One value alone is an interval on its axis, not a point in the plane.
    if said.is_some() && associated.is_some() {
        grid.put(x, y, '◆', styles.chosen);
    }
    grid.rows()
}

/// Draws the intervals and says where they cross.
fn cross(
    grid: &mut Grid,
    said: Option<Estimate>,
    associated: Option<Estimate>,
    (mid_x, mid_y): (usize, usize),
    (column, line): (&dyn Fn(f64) -> usize, &dyn Fn(f64) -> usize),
    look: &Look,
) -> (usize, usize) {
    let style = look.styles.chosen;
    let x = said.map_or(mid_x, |said| column(said.value));
    let y = associated.map_or(mid_y, |associated| line(associated.value));
    if let Some(said) = said {
        let (low, high) = said.interval();
        for x in column(low)..=column(high) {
            grid.put(x, y, '─', style);
        }
    }
    if let Some(associated) = associated {
        let (low, high) = associated.interval();
        for y in line(high)..=line(low) {
            grid.put(x, y, '│', style);
        }
    }
    (x, y)
}

/// The cell for a value on −1…+1 between two cells.
fn scaled(value: f64, from: usize, to: usize) -> usize {
    let value = if value.is_finite() { value.clamp(-1.0, 1.0) } else { 0.0 };
    from + ((value + 1.0) / 2.0 * (to - from) as f64).round() as usize
}
