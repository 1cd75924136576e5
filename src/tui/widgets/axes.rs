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

/// The two axes with room for what stands on them.
struct Plane {
    grid: Grid,
    /// Columns of −1 and +1.
    across: (usize, usize),
    /// Lines of +1 and −1.
    down: (usize, usize),
}

impl Plane {
    /// Axes with their ends, in `lines` rows of `width` columns.
    fn new(width: usize, lines: usize, look: &Look) -> Self {
        let (width, lines) = (width.max(21), lines.max(9));
        let styles = &look.styles;
        let mut grid = Grid::new(width, lines);
        // The first and last line hold what the axes mean.
        let (top, bottom) = (1, lines - 3);
        let (left, right) = (3, width - 2);
        let (mid_x, mid_y) = ((left + right) / 2, (top + bottom) / 2);
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
        Self { grid, across: (left, right), down: (top, bottom) }
    }

    fn middle(&self) -> (usize, usize) {
        ((self.across.0 + self.across.1) / 2, (self.down.0 + self.down.1) / 2)
    }

    fn column(&self, said: f64) -> usize {
        scaled(said, self.across.0, self.across.1)
    }

    fn line(&self, associated: f64) -> usize {
        self.down.1 + self.down.0 - scaled(associated, self.down.0, self.down.1)
    }

    /// Names of the quadrants in their corners, in the order says cold and associates warm, both warm, both cold, says warm
    /// and associates cold. A line that is broken by a word can still be followed; a word that is broken by a line cannot be read.
    /// A word that `point` would break is left out: it would hide the cross around the point.
    fn names(&mut self, names: [&str; 4], point: Option<(usize, usize)>, look: &Look) {
        let ((left, right), (top, bottom)) = (self.across, self.down);
        let room = self.middle().0.saturating_sub(left + 1);
        let corners = [(false, true), (true, true), (false, false), (true, false)];
        for (name, (is_right, is_upper)) in names.into_iter().zip(corners) {
            let parts = wrap(name, room);
            let y = if is_upper { top } else { bottom + 1 - parts.len().min(bottom) };
            let placed: Vec<(usize, usize, &String)> = parts
                .iter()
                .zip(y..)
                .map(|(part, y)| {
                    let x = if is_right { right + 1 - part.chars().count().min(right) } else { left };
                    (x, y, part)
                })
                .collect();
            let broken = point.is_some_and(|(across, down)| {
                placed
                    .iter()
                    .any(|(x, y, part)| *y == down && (*x..x + part.chars().count()).contains(&across))
            });
            for (x, y, part) in placed.into_iter().filter(|_| !broken) {
                self.grid.write(x, y, part, look.styles.dim);
            }
        }
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
    let mut plane = Plane::new(width, lines, look);
    let (x, y) = cross(&mut plane, said, associated, look);
    let words = look.words;
    let names = [
        words.quadrant_latent,
        words.quadrant_aligned_positive,
        words.quadrant_aligned_negative,
        words.quadrant_masked,
    ];
    // One value alone is an interval on its axis, not a point in the plane.
    let point = (said.is_some() && associated.is_some()).then_some((x, y));
    plane.names(names, point, look);
    if let Some((x, y)) = point {
        plane.grid.put(x, y, '◆', look.styles.chosen);
    }
    plane.grid.rows()
}

/// A session on the chart of many.
pub(crate) struct Dot {
    /// Said, −1…+1.
    pub said: f64,
    /// Associated, −1…+1.
    pub associated: f64,
    /// Whether it must be seen whatever lies around it.
    pub stands_out: bool,
    /// How many sessions it stands for.
    pub weight: usize,
}

/// The chart of many sessions: how many fall into a cell is how dark it is. The names of the quadrants say how many lie in them.
pub(crate) fn cloud(dots: &[Dot], names: [&str; 4], width: usize, lines: usize, look: &Look) -> Vec<Row> {
    let mut plane = Plane::new(width, lines, look);
    plane.names(names, None, look);
    let mut cells = std::collections::BTreeMap::new();
    for dot in dots {
        let cell: &mut (usize, bool) =
            cells.entry((plane.column(dot.said), plane.line(dot.associated))).or_default();
        cell.0 += dot.weight;
        cell.1 |= dot.stands_out;
    }
    for ((x, y), (many, stands_out)) in cells {
        let (symbol, style) = match many {
            _ if stands_out => ('◆', look.styles.warn),
            0..=1 => ('·', look.styles.text),
            2..=3 => ('░', look.styles.text),
            4..=9 => ('▒', look.styles.text),
            _ => ('▓', look.styles.text),
        };
        plane.grid.put(x, y, symbol, style);
    }
    plane.grid.rows()
}

/// Draws the intervals and says where they cross.
fn cross(
    plane: &mut Plane,
    said: Option<Estimate>,
    associated: Option<Estimate>,
    look: &Look,
) -> (usize, usize) {
    let style = look.styles.chosen;
    let (mid_x, mid_y) = plane.middle();
    let x = said.map_or(mid_x, |said| plane.column(said.value));
    let y = associated.map_or(mid_y, |associated| plane.line(associated.value));
    if let Some(said) = said {
        let (low, high) = said.interval();
        for x in plane.column(low)..=plane.column(high) {
            plane.grid.put(x, y, '─', style);
        }
    }
    if let Some(associated) = associated {
        let (low, high) = associated.interval();
        for y in plane.line(high)..=plane.line(low) {
            plane.grid.put(x, y, '│', style);
        }
    }
    (x, y)
}

/// The cell for a value on −1…+1 between two cells.
fn scaled(value: f64, from: usize, to: usize) -> usize {
    let value = if value.is_finite() { value.clamp(-1.0, 1.0) } else { 0.0 };
    from + ((value + 1.0) / 2.0 * (to - from) as f64).round() as usize
}
