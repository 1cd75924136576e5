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
            let (at, lines) = grid.cross(said, associated);
            grid.corners(&plane.corners, &[beside(&lines), beside(&BTreeSet::from([at]))]);
            grid.put(at.0, at.1, '◆', Ink::Mark);
        }
        None => {
            let taken = plane.points.iter().map(|point| grid.place(point.said, point.associated)).collect();
            grid.corners(&plane.corners, &[taken]);
            grid.cloud(plane);
        }
    }
    grid.cells
}

/// A column and a line.
type Place = (usize, usize);

/// These places and those left and right of them.
fn beside(places: &BTreeSet<Place>) -> BTreeSet<Place> {
    places.iter().flat_map(|&(x, y)| [(x.saturating_sub(1), y), (x, y), (x + 1, y)]).collect()
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

    fn place(&self, said: f64, associated: f64) -> Place {
        (self.column(said), self.line(associated))
    }

    /// Names in the corners, over the axes: a line broken by a word can be followed, a word broken by a line cannot be read. A name that
    /// would cover a place of the first of `taken` moves towards the middle or becomes narrower; where its quarter has no such room, the next
    /// of `taken` counts, and after the last it is left out.
    fn corners(&mut self, names: &[String; 4], taken: &[BTreeSet<Place>]) {
        let ((left, right), (top, bottom)) = (self.across, self.down);
        let room = self.middle().0.saturating_sub(left + 1);
        let places = [(false, true), (true, true), (false, false), (true, false)];
        for (name, (is_right, is_upper)) in names.iter().zip(places) {
            let mid = self.middle().1;
            let columns = |part: &str| {
                let long = part.chars().count();
                let start = if is_right { (right + 1).saturating_sub(long) } else { left };
                start..start + long
            };
            let first_free = |taken: &BTreeSet<Place>, parts: &[String]| {
                let n = parts.len();
                let mut lines: Vec<usize> = match is_upper {
                    true => (top..(mid + 1).saturating_sub(n)).collect(),
                    false => (mid + 1..(bottom + 2).saturating_sub(n)).rev().collect(),
                };
                lines.retain(|y| {
                    let mut each = parts.iter().zip(*y..);
                    each.all(|(part, y)| columns(part).all(|x| !taken.contains(&(x, y))))
                });
                lines.first().copied()
            };
            let foldings = foldings(name, room);
            let place = taken
                .iter()
                .find_map(|taken| foldings.iter().find_map(|parts| Some((parts, first_free(taken, parts)?))));
            let Some((parts, y)) = place else { continue };
            for (part, y) in parts.iter().zip(y..) {
                self.name(columns(part), y, part);
            }
        }
    }

    /// A name, with a space before and after it where a line of intervals would touch it.
    fn name(&mut self, columns: std::ops::Range<usize>, y: usize, name: &str) {
        self.write(columns.start, y, name);
        for x in [columns.start.saturating_sub(1), columns.end] {
            let is_line = |cell: &Glyph| cell.1 == Ink::Mark;
            if self.cells.get(y).and_then(|row| row.get(x)).is_some_and(is_line) {
                self.put(x, y, ' ', Ink::Frame);
            }
        }
    }

    /// Draws the intervals, and says where they cross and where they are.
    fn cross(&mut self, said: Sentiment, associated: Sentiment) -> (Place, BTreeSet<Place>) {
        let at = self.place(said.value, associated.value);
        let mut lines = BTreeSet::from([at]);
        let (low, high) = said.interval();
        for x in self.column(low)..=self.column(high) {
            self.put(x, at.1, '─', Ink::Mark);
            lines.insert((x, at.1));
        }
        let (low, high) = associated.interval();
        for y in self.line(high)..=self.line(low) {
            self.put(at.0, y, '│', Ink::Mark);
            lines.insert((at.0, y));
        }
        (at, lines)
    }

    fn cloud(&mut self, plane: &Plane) {
        let mut cells: BTreeMap<Place, (usize, bool)> = BTreeMap::new();
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

/// A name in its lines, the widest first, from `room` characters down to its longest word.
fn foldings(name: &str, room: usize) -> Vec<Vec<String>> {
    let longest = name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let mut all: Vec<Vec<String>> =
        (longest.min(room)..=room).rev().map(|room| wrapped(name, room)).collect();
    all.dedup();
    all
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
    fn no_line_runs_into_a_name() {
        let at = |value: f64| Sentiment { value, se: 0.2 };
        for said in (-10..=10).map(|tenth| f64::from(tenth) / 10.0) {
            for associated in (-10..=10).map(|tenth| f64::from(tenth) / 10.0) {
                let lines = drawn(at(said), at(associated));
                let whole = lines.join("\n");
                for word in ["says", "warm", "both", "cold"] {
                    assert!(whole.contains(word), "{word}\n{whole}");
                }
                for row in &lines {
                    let row: Vec<char> = row.chars().collect();
                    let touches = |pair: &[char]| {
                        let [a, b] = [pair[0], pair[1]];
                        (a.is_alphabetic() && "─│◆".contains(b)) || ("─│◆".contains(a) && b.is_alphabetic())
                    };
                    assert!(!row.windows(2).any(touches), "{said} {associated}\n{whole}");
                }
            }
        }
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
