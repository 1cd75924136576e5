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

/// Every table of inner cells that agrees with everything shown: a slow and different way of finding out.
fn consistent(pipes: &[FlowEdge], total: usize) -> Vec<Vec<usize>> {
    let options = counts(pipes, total);
    let inner: Vec<usize> =
        (0..pipes.len()).filter(|at| pipes[*at].from != 0 && pipes[*at].to != 7).collect();
    let mut found = vec![vec![]];
    for at in &inner {
        let mut longer = Vec::new();
        for known in &found {
            let so_far: usize = known.iter().sum();
            for option in options[*at].iter().filter(|option| so_far + **option <= total) {
                let mut next = known.clone();
                next.push(*option);
                longer.push(next);
            }
        }
        found = longer;
    }
    let fits = |table: &Vec<usize>| {
        let value = |from: usize, to: usize| {
            let place = inner.iter().position(|at| (pipes[*at].from, pipes[*at].to) == (from, to)).unwrap();
            table[place]
        };
        let mut sums = pipes.iter().enumerate().filter(|(at, _)| !inner.contains(at));
        let agree = sums.all(|(at, pipe)| {
            let sum: usize = match pipe.from {
                0 => (4..7).map(|column| value(pipe.to, column)).sum(),
                column => (1..4).map(|row| value(row, column)).sum(),
            };
            options[at].contains(&sum)
        });
        agree && table.iter().sum::<usize>() == total
    };
    found.retain(fits);
    found
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
        let tables = consistent(&pipes, total);
        prop_assert!(!tables.is_empty());
        let inner: Vec<&FlowEdge> = pipes.iter().filter(|pipe| pipe.from != 0 && pipe.to != 7).collect();
        for (place, pipe) in inner.iter().enumerate() {
            if pipe.cell.count().is_none() {
                let first = tables[0][place];
                prop_assert!(tables.iter().any(|table| table[place] != first), "{pipe:?} in {pipes:?}");
            }
        }
        for pipe in pipes.iter().filter(|pipe| pipe.cell.count().is_none()) {
            let sum = |table: &Vec<usize>| -> usize {
                inner.iter().zip(table).filter(|(cell, _)| {
                    (cell.from, cell.to) == (pipe.from, pipe.to) || cell.from == pipe.to || cell.to == pipe.from
                }).map(|(_, count)| *count).sum()
            };
            let first = sum(&tables[0]);
            prop_assert!(tables.iter().any(|table| sum(table) != first), "{pipe:?}");
        }
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
    let (cells, sums) = confusion(&counts).unwrap();
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
    assert_eq!(confusion(&few_right), None, "the accuracy less the other three would give it away");
    let rarely_called = [[40, 0, 0, 0], [30, 0, 0, 0], [29, 1, 0, 0], [20, 0, 0, 10]];
    assert_eq!(confusion(&rarely_called), None);
}
