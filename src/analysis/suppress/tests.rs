//! What is held back cannot be worked out: checked against every table that agrees with what is shown.

use proptest::prelude::*;

use super::*;

/// A table with its row sums, its column sums and its total, all of them shown as cells of their own.
fn whole(counts: &[[usize; 3]; 3]) -> Vec<FlowEdge> {
    let mut pipes = Vec::new();
    for (row, line) in counts.iter().enumerate() {
        pipes.push(FlowEdge::new(0, 1 + row, line.iter().sum(), false));
        for (column, count) in line.iter().enumerate() {
            pipes.push(FlowEdge::new(1 + row, 4 + column, *count, false));
        }
    }
    for column in 0..3 {
        pipes.push(FlowEdge::new(4 + column, 7, counts.iter().map(|line| line[column]).sum(), false));
    }
    pipes
}

fn counts(pipes: &[FlowEdge], most: usize) -> Vec<Vec<usize>> {
    // What each cell could be by its sign alone.
    let could = |pipe: &FlowEdge| match pipe.cell {
        ShownCount::Count(count) => vec![count],
        ShownCount::Few => FEW.collect(),
        ShownCount::Hidden => (0..=most).collect(),
    };
    pipes.iter().map(could).collect()
}

/// Shows every table of inner cells, row by row, that agrees with everything shown, the smallest first cells first or the largest, until `go_on`
/// says no: a slow and different way of finding out.
fn each_consistent(
    pipes: &[FlowEdge],
    total: usize,
    is_largest_first: bool,
    go_on: &mut dyn FnMut(&[usize; 9]) -> bool,
) {
    let mut options = counts(pipes, total);
    if is_largest_first {
        options.iter_mut().for_each(|options| options.reverse());
    }
    let of = |from: usize, to: usize| {
        &options[pipes.iter().position(|pipe| (pipe.from, pipe.to) == (from, to)).unwrap()]
    };
    let cells: Vec<&Vec<usize>> = (0..9).map(|at| of(1 + at / 3, 4 + at % 3)).collect();
    let sums = Sums {
        rows: [0, 1, 2].map(|row| of(0, 1 + row)),
        columns: [0, 1, 2].map(|column| of(4 + column, 7)),
        total,
    };
    extend(&cells, &sums, &mut [0; 9], 0, go_on);
}

/// What sums may be.
struct Sums<'a> {
    rows: [&'a Vec<usize>; 3],
    columns: [&'a Vec<usize>; 3],
    total: usize,
}

impl Sums<'_> {
    /// Whether a table may still become one that agrees, when its first cells are known and the others are zero.
    fn may_agree(&self, table: &[usize; 9], known: usize) -> bool {
        let row = |row: usize| table[3 * row..3 * row + 3].iter().sum::<usize>();
        let column = |column: usize| table.iter().skip(column).step_by(3).sum::<usize>();
        let most = |options: &[usize]| options.iter().copied().max().unwrap_or(0);
        let sum = table.iter().sum::<usize>();
        let are_rows = (0..3).all(|at| match known >= 3 * at + 3 {
            true => self.rows[at].contains(&row(at)),
            false => row(at) <= most(self.rows[at]),
        });
        let are_columns = (0..3).all(|at| match known > 6 + at {
            true => self.columns[at].contains(&column(at)),
            false => column(at) <= most(self.columns[at]),
        });
        are_rows && are_columns && if known == 9 { sum == self.total } else { sum <= self.total }
    }
}

fn extend(
    cells: &[&Vec<usize>],
    sums: &Sums,
    table: &mut [usize; 9],
    known: usize,
    go_on: &mut dyn FnMut(&[usize; 9]) -> bool,
) -> bool {
    if known == cells.len() {
        return go_on(table);
    }
    for option in cells[known] {
        table[known] = *option;
        if sums.may_agree(table, known + 1) && !extend(cells, sums, table, known + 1, go_on) {
            return false;
        }
    }
    table[known] = 0;
    true
}

#[test]
fn a_single_small_cell_takes_a_second_one_with_it() {
    assert_eq!(
        row(&[1, 40, 9, 200], &[]),
        [ShownCount::Hidden, ShownCount::Count(40), ShownCount::Hidden, ShownCount::Count(200)]
    );
    assert_eq!(
        row(&[0, 40, 235], &[]),
        [ShownCount::Count(0), ShownCount::Count(40), ShownCount::Count(235)]
    );
}

#[test]
fn two_small_cells_whose_sum_gives_both_away_take_a_third() {
    // 1 + 1 = 2 can be nothing else; 1 + 2 = 3 can be 2 + 1.
    assert_eq!(
        row(&[1, 1, 30, 50], &[]),
        [ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden, ShownCount::Count(50)]
    );
    assert_eq!(
        row(&[1, 2, 30, 50], &[]),
        [ShownCount::Few, ShownCount::Few, ShownCount::Count(30), ShownCount::Count(50)]
    );
    assert_eq!(
        row(&[2, 2, 30, 50], &[]),
        [ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden, ShownCount::Count(50)]
    );
}

#[test]
fn a_cell_held_back_for_another_looks_like_it() {
    // Of "<3" and one that is not, 4 in all would be 1 and 3.
    assert_eq!(row(&[1, 3, 10], &[]), [ShownCount::Hidden, ShownCount::Hidden, ShownCount::Count(10)]);
}

#[test]
fn what_cannot_be_protected_is_hidden_altogether() {
    assert_eq!(row(&[1], &[]), [ShownCount::Hidden]);
    let alone = row(&[2, 0, 0], &[]);
    assert!(alone.iter().filter(|cell| **cell == ShownCount::Count(0)).count() < 2, "{alone:?}");
}

#[test]
fn small_groups_go_with_enough_others() {
    assert_eq!(groups(&[40, 12, 7, 200], &[], 10), [true, false, false, true]);
    assert_eq!(groups(&[40, 12, 7, 3], &[], 10), [true, true, false, false]);
    assert_eq!(groups(&[40, 12, 4, 3], &[], 10), [true, false, false, false]);
    assert_eq!(groups(&[40, 12, 0, 30], &[], 10), [true; 4]);
    assert_eq!(groups(&[9], &[], 10), [false]);
    assert_eq!(groups(&[40, 12, 30, 200], &[false, true, false, false], 10), [true, false, false, true]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_cell_that_is_held_back_can_be_worked_out_from_the_sums(
        table in prop::array::uniform3(prop::array::uniform3(0..5_usize)),
    ) {
        let total: usize = table.iter().flatten().sum();
        let mut pipes = whole(&table);
        protect(&mut pipes);
        prop_assume!(pipes.iter().any(|pipe| pipe.cell.count().is_some()));
        let held_back: Vec<&FlowEdge> = pipes.iter().filter(|pipe| pipe.cell.count().is_none()).collect();
        let value = |table: &[usize; 9], pipe: &FlowEdge| -> usize {
            match (pipe.from, pipe.to) {
                (0, row) => table[3 * (row - 1)..3 * row].iter().sum(),
                (column, 7) => table.iter().skip(column - 4).step_by(3).sum(),
                (row, column) => table[3 * (row - 1) + column - 4],
            }
        };
        let mut first: Option<[usize; 9]> = None;
        let mut told: Vec<&&FlowEdge> = held_back.iter().collect();
        // The last cells are the first to differ from the first table, and from the other end the first ones are.
        for (is_largest_first, mut most) in [(false, 10_000_usize), (true, usize::MAX)] {
            each_consistent(&pipes, total, is_largest_first, &mut |table| {
                let first = first.get_or_insert(*table);
                told.retain(|pipe| value(table, pipe) == value(first, pipe));
                most -= 1;
                !told.is_empty() && most > 0
            });
        }
        prop_assert!(first.is_some());
        prop_assert!(told.is_empty(), "{told:?} in {pipes:?}");
    }

    #[test]
    fn no_count_of_a_row_can_be_worked_out_from_the_total(counts in prop::collection::vec(0..40_usize, 2..7)) {
        let cells = row(&counts, &[]);
        for (at, cell) in cells.iter().enumerate() {
            prop_assert!(!FEW.contains(&counts[at]) || cell.count().is_none());
            let others: Vec<usize> = (0..counts.len()).filter(|o| *o != at && cells[*o].count().is_none()).collect();
            if *cell != ShownCount::Count(counts[at]) {
                let bounds = |at: usize| match cells[at] {
                    ShownCount::Few => (1, 2),
                    _ => (0, usize::MAX),
                };
                let held: usize = counts[at] + others.iter().map(|o| counts[*o]).sum::<usize>();
                let least: usize = others.iter().map(|o| bounds(*o).0).sum();
                let most = others.iter().fold(0_usize, |sum, o| sum.saturating_add(bounds(*o).1));
                let high = bounds(at).1.min(held - least);
                let low = bounds(at).0.max(held.saturating_sub(most));
                prop_assert!(low < high || cells.iter().all(|cell| *cell == ShownCount::Hidden), "{cells:?}");
            }
        }
    }
}

#[test]
fn a_confusion_matrix_holds_small_cells_back_and_keeps_what_stands_beside_it() {
    let counts = [[30, 2, 1, 7], [1, 25, 3, 1], [2, 2, 20, 6], [5, 1, 4, 20]];
    let (cells, sums) = confusion(&counts, Smallest::NONE).unwrap();
    assert_eq!(sums, [40, 30, 30, 30]);
    for (row, line) in counts.iter().enumerate() {
        assert_eq!(
            cells[row][row],
            ShownCount::Count(line[row]),
            "the diagonal is the accuracy in another form"
        );
        for (column, count) in line.iter().enumerate().filter(|(_, count)| FEW.contains(*count)) {
            assert_eq!(cells[row][column].count(), None, "{row} {column} {count}");
        }
    }
    let few_right = [[30, 2, 1, 7], [1, 2, 3, 24], [2, 2, 20, 6], [5, 1, 4, 20]];
    assert_eq!(
        confusion(&few_right, Smallest::NONE),
        None,
        "the accuracy less the other three would give it away"
    );
    let rarely_called = [[40, 0, 0, 0], [30, 0, 0, 0], [29, 1, 0, 0], [20, 0, 0, 10]];
    assert_eq!(confusion(&rarely_called, Smallest::NONE), None);
}
