//! Charts in characters, for terminals and text files: readable without colour, because every part is a character of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Drawing, Plane};
use crate::gap::{Sentiment, Verdict};
use crate::instrument::Language;
use crate::text;

/// What a character is, for those who have colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Axes and tracks.
    Frame,
    /// Words beside the axes.
    Word,
    /// What is shown.
    Mark,
    /// Some of many that are shown.
    Many,
    /// What must be seen whatever lies around it.
    Alert,
}

/// A character and what it is.
pub type Glyph = (char, Ink);

/// A value with its interval on a track, as `├──●──┤`.
pub fn interval(drawing: &Drawing, width: usize) -> Vec<Glyph> {
    let cell = |share: f64| (share.clamp(0.0, 1.0) * width.saturating_sub(1) as f64).round() as usize;
    let (low, high) = drawing.interval.unwrap_or((drawing.value, drawing.value));
    let (from, at, to) = (cell(low), cell(drawing.value), cell(high));
    let glyph = |place: usize| match place {
        place if place == at => ('●', Ink::Mark),
        place if place == from => ('├', Ink::Mark),
        place if place == to => ('┤', Ink::Mark),
        place if (from..to).contains(&place) => ('─', Ink::Mark),
        _ => ('·', Ink::Frame),
    };
    (0..width).map(glyph).collect()
}

/// The plane of explicit and associated sentiment in `lines` rows of `width` columns. One session is drawn with the cross of its intervals;
/// of many, a cell is the darker the more fall into it.
pub fn plane(plane: &Plane, width: usize, lines: usize, language: &Language) -> Vec<Vec<Glyph>> {
    let mut grid = Grid::new(width.max(21), lines.max(9), language);
    match plane.cross {
        Some((said, associated)) => {
            let at = grid.cross(said, associated);
            grid.corners(&plane.corners, &BTreeSet::from([at]));
            grid.put(at.0, at.1, '◆', Ink::Mark);
        }
        None => {
            let taken = plane.points.iter().map(|point| grid.place(point.said, point.associated)).collect();
            grid.corners(&plane.corners, &taken);
            grid.cloud(plane);
        }
    }
    grid.cells
}

/// The two axes with room for what stands on them.
struct Grid {
    cells: Vec<Vec<Glyph>>,
    /// Columns of −1 and +1.
    across: (usize, usize),
    /// Lines of +1 and −1.
    down: (usize, usize),
}

impl Grid {
    /// Axes with their ends.
    fn new(width: usize, lines: usize, language: &Language) -> Self {
        // The first and last line hold what the axes mean.
        let (across, down) = ((3, width - 2), (1, lines - 3));
        let mut grid = Self { cells: vec![vec![(' ', Ink::Frame); width]; lines], across, down };
        let (mid_x, mid_y) = grid.middle();
        for x in across.0..=across.1 {
            grid.put(x, mid_y, '┄', Ink::Frame);
        }
        for y in down.0..=down.1 {
            grid.put(mid_x, y, '┆', Ink::Frame);
        }
        grid.put(mid_x, mid_y, '┼', Ink::Frame);
        grid.write(0, down.0, "+1");
        grid.write(1, mid_y, "0");
        grid.write(0, down.1, "−1");
        grid.write(across.0, down.1 + 1, "−1");
        grid.write(mid_x, down.1 + 1, "0");
        grid.write(across.1 - 1, down.1 + 1, "+1");
        grid.write(0, 0, &format!("{} ↑", text!(language, "report-associated")));
        let said = format!("{} →", text!(language, "report-said"));
        grid.write((across.1 + 1).saturating_sub(said.chars().count()), lines - 1, &said);
        grid
    }

    fn put(&mut self, x: usize, y: usize, symbol: char, ink: Ink) {
        if let Some(cell) = self.cells.get_mut(y).and_then(|row| row.get_mut(x)) {
            *cell = (symbol, ink);
        }
    }

    fn write(&mut self, x: usize, y: usize, text: &str) {
        for (x, symbol) in (x..).zip(text.chars()) {
            self.put(x, y, symbol, Ink::Word);
        }
    }

    fn middle(&self) -> (usize, usize) {
        ((self.across.0 + self.across.1) / 2, (self.down.0 + self.down.1) / 2)
    }

    fn column(&self, said: f64) -> usize {
        scaled(said, self.across)
    }

    fn line(&self, associated: f64) -> usize {
        self.down.1 + self.down.0 - scaled(associated, self.down)
    }

    fn place(&self, said: f64, associated: f64) -> (usize, usize) {
        (self.column(said), self.line(associated))
    }

    /// Names in the corners, over the axes: a line broken by a word can be followed, a word broken by a line cannot be read. A name that
    /// would cover a place of `taken` moves towards the middle, and is left out where its quarter has no room.
    fn corners(&mut self, names: &[String; 4], taken: &BTreeSet<(usize, usize)>) {
        let ((left, right), (top, bottom)) = (self.across, self.down);
        let room = self.middle().0.saturating_sub(left + 1);
        let places = [(false, true), (true, true), (false, false), (true, false)];
        for (name, (is_right, is_upper)) in names.iter().zip(places) {
            let parts = wrapped(name, room);
            let (mid, n) = (self.middle().1, parts.len());
            let lines: Vec<usize> = match is_upper {
                true => (top..(mid + 1).saturating_sub(n)).collect(),
                false => (mid + 1..(bottom + 2).saturating_sub(n)).rev().collect(),
            };
            let start =
                |part: &str| if is_right { (right + 1).saturating_sub(part.chars().count()) } else { left };
            let is_free = |y: &usize| {
                parts.iter().zip(*y..).all(|(part, y)| {
                    (start(part)..start(part) + part.chars().count()).all(|x| !taken.contains(&(x, y)))
                })
            };
            let Some(y) = lines.into_iter().find(is_free) else { continue };
            for (part, y) in parts.iter().zip(y..) {
                self.write(start(part), y, part);
            }
        }
    }

    /// Draws the intervals and says where they cross.
    fn cross(&mut self, said: Sentiment, associated: Sentiment) -> (usize, usize) {
        let (x, y) = self.place(said.value, associated.value);
        let (low, high) = said.interval();
        for x in self.column(low)..=self.column(high) {
            self.put(x, y, '─', Ink::Mark);
        }
        let (low, high) = associated.interval();
        for y in self.line(high)..=self.line(low) {
            self.put(x, y, '│', Ink::Mark);
        }
        (x, y)
    }

    fn cloud(&mut self, plane: &Plane) {
        let mut cells: BTreeMap<(usize, usize), (usize, bool)> = BTreeMap::new();
        for point in &plane.points {
            let cell = cells.entry(self.place(point.said, point.associated)).or_default();
            cell.0 += point.weight;
            cell.1 |= matches!(point.verdict, Some(Verdict::Masked | Verdict::Latent));
        }
        for ((x, y), (many, stands_out)) in cells {
            let (symbol, ink) = match many {
                _ if stands_out => ('◆', Ink::Alert),
                0..=1 => ('·', Ink::Many),
                2..=3 => ('░', Ink::Many),
                4..=9 => ('▒', Ink::Many),
                _ => ('▓', Ink::Many),
            };
            self.put(x, y, symbol, ink);
        }
    }
}

/// The cell for a value on −1…+1 between two cells.
fn scaled(value: f64, (from, to): (usize, usize)) -> usize {
    let value = if value.is_finite() { value.clamp(-1.0, 1.0) } else { 0.0 };
    from + ((value + 1.0) / 2.0 * (to - from) as f64).round() as usize
}

/// A name in lines of at most `room` characters; a longer word keeps its line.
fn wrapped(name: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(glyphs: &[Glyph]) -> String {
        glyphs.iter().map(|(symbol, _)| symbol).collect()
    }

    fn drawn(said: Sentiment, associated: Sentiment) -> Vec<String> {
        let corners =
            ["says cold", "warm on both sides", "cold on both sides", "says warm"].map(String::from);
        let shown = Plane {
            title: String::new(),
            description: String::new(),
            corners,
            points: Vec::new(),
            cross: Some((said, associated)),
            beside: Vec::new(),
        };
        plane(&shown, 41, 14, &Language::new("en")).iter().map(|row| text(row)).collect()
    }

    #[test]
    fn the_value_stands_in_its_quadrant_with_its_cross() {
        let lines = drawn(Sentiment { value: 0.5, se: 0.1 }, Sentiment { value: -0.6, se: 0.2 });
        let row = lines.iter().position(|line| line.contains('◆')).unwrap();
        assert!(row > 6, "associated cold is below the middle");
        let column = lines[row].chars().position(|c| c == '◆').unwrap();
        assert!(column > 21, "said warm is right of the middle");
        assert!(lines[row].contains("───◆"));
        assert_eq!(lines[row - 1].chars().nth(column), Some('│'));
    }

    #[test]
    fn no_dot_stands_in_a_name() {
        let names = ["says cold", "warm on both", "cold on both", "says warm"];
        let shown = |places: &[(f64, f64)]| {
            let point = |&(said, associated): &(f64, f64)| crate::analysis::GapPoint {
                session: String::new(),
                respondent: String::new(),
                said,
                associated,
                verdict: None,
                model: None,
                weight: 1,
            };
            let shown = Plane {
                title: String::new(),
                description: String::new(),
                corners: names.map(String::from),
                points: places.iter().map(point).collect(),
                cross: None,
                beside: Vec::new(),
            };
            plane(&shown, 41, 14, &Language::new("en")).iter().map(|row| text(row)).collect::<Vec<_>>()
        };
        let line = |lines: &[String], name: &str| lines.iter().position(|line| line.contains(name));
        let (free, corners) = (shown(&[]), shown(&[(0.8, -1.0), (-0.8, -1.0), (-0.8, -0.8), (0.9, 1.0)]));
        assert!(names.iter().all(|name| line(&corners, name).is_some()), "{corners:#?}");
        assert_eq!(corners.concat().matches('·').count(), 4);
        assert_eq!(line(&free, "says cold"), line(&corners, "says cold"));
        assert!(line(&corners, "says warm") < line(&free, "says warm"));
        assert!(line(&corners, "warm on both") > line(&free, "warm on both"));
        let full: Vec<(f64, f64)> = (0..=40).map(|at| (0.9, f64::from(at) / 20.0 - 1.0)).collect();
        assert_eq!(line(&shown(&full), "says warm"), None);
    }

    #[test]
    fn errors_beyond_the_plane_stay_in_it() {
        let lines = drawn(Sentiment { value: 1.0, se: 3.0 }, Sentiment { value: f64::NAN, se: 3.0 });
        assert!(lines.iter().all(|line| line.chars().count() == 41));
        assert!(lines.iter().any(|line| line.contains('◆')));
    }

    #[test]
    fn a_value_stands_in_its_interval() {
        let bar = |value, interval, width| {
            text(&super::interval(&Drawing { value, interval: Some(interval), mark: None }, width))
        };
        assert_eq!(bar(0.5, (0.2, 0.7), 11), "··├──●─┤···");
        assert_eq!(bar(1.0, (0.8, 1.0), 11), "········├─●");
        assert_eq!(bar(0.0, (0.0, 0.0), 0), "");
    }
}
