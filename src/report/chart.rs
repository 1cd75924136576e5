//! The said × associated chart in characters, for reports that are text: readable without colour and by any pager.

use crate::gap::Estimate;

/// Columns of the plane; odd, so that zero has one of its own.
const WIDTH: usize = 41;
/// Rows of the plane; odd for the same reason.
const HEIGHT: usize = 11;

/// The plane with the value as `◆` and its error cross: rows from +1 associated down to −1, columns from −1 said to +1.
pub(super) fn plane(said: Estimate, associated: Estimate) -> String {
    let mut cells = vec![vec![' '; WIDTH]; HEIGHT];
    let (middle_row, middle_column) = (HEIGHT / 2, WIDTH / 2);
    for row in &mut cells {
        row[middle_column] = '┆';
    }
    cells[middle_row] = vec!['┄'; WIDTH];
    cells[middle_row][middle_column] = '┼';
    let (row, column) = (HEIGHT - 1 - place(associated.value, HEIGHT), place(said.value, WIDTH));
    let (low, high) = said.interval();
    for cell in &mut cells[row][place(low, WIDTH)..=place(high, WIDTH)] {
        *cell = '─';
    }
    let (low, high) = associated.interval();
    for row in &mut cells[HEIGHT - 1 - place(high, HEIGHT)..=HEIGHT - 1 - place(low, HEIGHT)] {
        row[column] = '│';
    }
    cells[row][column] = '◆';
    let edge = |row: usize| match row {
        0 => "+1 ",
        r if r == middle_row => " 0 ",
        r if r == HEIGHT - 1 => "−1 ",
        _ => "   ",
    };
    let lines = cells.into_iter().enumerate().map(|(at, row)| {
        let drawn: String = row.into_iter().collect();
        format!("{}{}\n", edge(at), drawn.trim_end())
    });
    lines.collect()
}

/// The cell of a value on −1…+1 among `cells`; beyond the ends it stays at the end.
fn place(value: f64, cells: usize) -> usize {
    let share = (value.clamp(-1.0, 1.0) + 1.0) / 2.0;
    (share * (cells - 1) as f64).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_stands_in_its_quadrant_with_its_cross() {
        let drawn = plane(Estimate { value: 0.5, se: 0.1 }, Estimate { value: -0.6, se: 0.2 });
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines.len(), HEIGHT);
        let row = lines.iter().position(|line| line.contains('◆')).unwrap();
        assert!(row > HEIGHT / 2, "associated cold is below the middle");
        let column = lines[row].chars().position(|c| c == '◆').unwrap();
        assert!(column > 3 + WIDTH / 2, "said warm is right of the middle");
        assert!(lines[row].contains("───◆"));
        assert_eq!(lines[row - 1].chars().nth(column), Some('│'));
    }

    #[test]
    fn errors_beyond_the_plane_stay_in_it() {
        let drawn = plane(Estimate { value: 1.0, se: 3.0 }, Estimate { value: -1.0, se: 3.0 });
        assert!(drawn.lines().all(|line| line.chars().count() <= WIDTH + 3));
    }
}
