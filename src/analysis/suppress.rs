//! Cell suppression: the routine that every published table goes through. Knows nothing of what tables are about.
//!
//! A cell of one or two is shown as "<3". Where its value would follow from the others and the sums, another cell is hidden as well
//! (secondary suppression). The test is exact, because a table with its margins is a flow network: cells are edges, public sums are nodes
//! that conserve flow. A cell can have another value exactly when a cycle of edges through it can be raised and lowered in turn, each
//! within its bounds.

use super::ShownCount;

/// From one to two a cell is held back.
const FEW: std::ops::RangeInclusive<usize> = 1..=2;

/// The smallest group that is shown, in sessions. See [`super::Respondents::smallest`]: without anybody who comes twice, sessions are people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Smallest {
    /// Fewest sessions of a group that has figures of its own.
    pub group: usize,
    /// Most sessions of a cell that could be one person or two.
    pub few: usize,
}

impl Smallest {
    /// Nothing is too small, and cells are people.
    pub const NONE: Self = Self { group: 0, few: *FEW.end() };

    /// Whether so many sessions could be those of one person or two.
    pub fn is_few(self, sessions: usize) -> bool {
        (1..=self.few).contains(&sessions)
    }

    /// Whether a session is a person: nobody comes twice.
    pub fn are_people(self) -> bool {
        self.few == Self::NONE.few
    }

    /// A count that stands alone: nothing is known that it could be worked out from.
    pub fn alone(self, cell: ShownCount) -> ShownCount {
        match cell {
            ShownCount::Count(n) if self.is_few(n) => FlowEdge::new(0, 1, n, self.conceals(n)).cell,
            other => other,
        }
    }

    /// An edge of a table of sessions; see [`FlowEdge::new`].
    pub fn edge(self, from: usize, to: usize, count: usize, held: bool) -> FlowEdge {
        FlowEdge::new(from, to, count, held || self.conceals(count))
    }

    /// Counts of sessions with a known total; see [`row`].
    pub fn row(self, counts: &[usize], held: &[bool]) -> Vec<ShownCount> {
        let is_held =
            |(at, count): (usize, &usize)| held.get(at).copied().unwrap_or(false) || self.conceals(*count);
        row(counts, &counts.iter().enumerate().map(is_held).collect::<Vec<bool>>())
    }

    /// Whether "<3" would not be true of a cell that is held back.
    fn conceals(self, count: usize) -> bool {
        self.is_few(count) && !FEW.contains(&count)
    }
}

/// A count between two public sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FlowEdge {
    /// Node that it comes from.
    pub from: usize,
    /// Node that it goes to.
    pub to: usize,
    /// How many.
    pub count: usize,
    /// How it is shown.
    pub cell: ShownCount,
}

impl FlowEdge {
    /// A pipe that is shown unless it holds one or two, or is held back for a reason of its own.
    pub fn new(from: usize, to: usize, count: usize, held: bool) -> Self {
        let cell = match count {
            _ if held => ShownCount::Hidden,
            count if FEW.contains(&count) => ShownCount::Few,
            count => ShownCount::Count(count),
        };
        Self { from, to, count, cell }
    }

    /// Whether it could be one more (`up`) or one less without leaving what its sign says of it.
    fn room(&self, up: bool) -> bool {
        match (self.cell, up) {
            (ShownCount::Count(_), _) => false,
            (ShownCount::Few, true) => self.count < *FEW.end(),
            (ShownCount::Few, false) => self.count > *FEW.start(),
            (ShownCount::Hidden, true) => true,
            (ShownCount::Hidden, false) => self.count > 0,
        }
    }
}

/// Hides further edges until no hidden one can be computed from the others; all of them where a network is too small for that.
pub(super) fn protect(pipes: &mut [FlowEdge]) {
    while let Some(open) = given_away(pipes) {
        let (from, to) = (pipes[open].from, pipes[open].to);
        let near = |pipe: &FlowEdge| [pipe.from, pipe.to].iter().any(|node| *node == from || *node == to);
        // The smallest one that shares a sum with what is given away, so that as little as possible is lost; zeros last,
        // because they are often known anyhow.
        let cost = |pipe: &FlowEdge| (!near(pipe), pipe.count == 0, pipe.count);
        let shown = pipes.iter_mut().filter(|pipe| pipe.cell.count().is_some());
        let Some(next) = shown.min_by_key(|pipe| cost(pipe)) else { break };
        next.cell = ShownCount::Hidden;
    }
    if given_away(pipes).is_some() {
        pipes.iter_mut().for_each(|pipe| pipe.cell = ShownCount::Hidden);
    }
    // Beside "<3", a cell without a number is known to be 0 or at least 3, which can give both away.
    if pipes.iter().any(|pipe| pipe.cell == ShownCount::Hidden) {
        let few = pipes.iter_mut().filter(|pipe| pipe.cell == ShownCount::Few);
        few.for_each(|pipe| pipe.cell = ShownCount::Hidden);
    }
}

/// Counts with a known total as they may be shown; those at the places of `held` are held back in any case.
fn row(counts: &[usize], held: &[bool]) -> Vec<ShownCount> {
    let is_held = |at: usize| held.get(at).copied().unwrap_or(false);
    let mut pipes: Vec<FlowEdge> =
        counts.iter().enumerate().map(|(at, count)| FlowEdge::new(0, 1, *count, is_held(at))).collect();
    protect(&mut pipes);
    pipes.into_iter().map(|pipe| pipe.cell).collect()
}

/// The publishable part of a confusion matrix with the sums of its rows: as many cells as possible, at least its diagonal and sums. None
/// where some of these would have to be hidden, because accuracy, balanced accuracy and F1 reveal them.
pub(crate) fn confusion(
    counts: &[[usize; 4]; 4],
    smallest: Smallest,
) -> Option<([[ShownCount; 4]; 4], [usize; 4])> {
    let sums = counts.map(|line| line.iter().sum());
    [false, true].into_iter().find_map(|held| Some((matrix(counts, held, smallest)?, sums)))
}

/// The cells, with those off the diagonal held back in any case or not; none where the diagonal or a sum does not stay open.
fn matrix(counts: &[[usize; 4]; 4], held: bool, smallest: Smallest) -> Option<[[ShownCount; 4]; 4]> {
    const END: usize = 9;
    let mut pipes: Vec<FlowEdge> = Vec::new();
    for (place, line) in counts.iter().enumerate() {
        pipes.push(smallest.edge(0, 1 + place, line.iter().sum(), false));
        let column = counts.iter().map(|line| line[place]).sum();
        pipes.push(smallest.edge(5 + place, END, column, false));
    }
    for (row, line) in counts.iter().enumerate() {
        for (column, count) in line.iter().enumerate() {
            pipes.push(smallest.edge(1 + row, 5 + column, *count, held && row != column));
        }
    }
    protect(&mut pipes);
    let (sums, inner) = pipes.split_at(2 * counts.len());
    let mut cells = [[ShownCount::Hidden; 4]; 4];
    for (line, pipes) in cells.iter_mut().zip(inner.chunks(4)) {
        for (cell, pipe) in line.iter_mut().zip(pipes) {
            *cell = pipe.cell;
        }
    }
    let open = |cell: ShownCount| cell.count().is_some();
    let stays = sums.iter().all(|pipe| open(pipe.cell)) && (0..4).all(|at| open(cells[at][at]));
    stays.then_some(cells)
}

/// The first hidden edge whose value follows from the others.
fn given_away(pipes: &[FlowEdge]) -> Option<usize> {
    let held = |at: &usize| pipes[*at].cell.count().is_none();
    (0..pipes.len()).filter(held).find(|at| !can_move(pipes, *at, true) && !can_move(pipes, *at, false))
}

/// Whether this edge could hold one more (`up`) or one less with all public values unchanged: whether the surplus at one of its ends can
/// flow round to the other.
fn can_move(pipes: &[FlowEdge], at: usize, up: bool) -> bool {
    let moved = pipes[at];
    if !moved.room(up) {
        return false;
    }
    let (start, end) = if up { (moved.to, moved.from) } else { (moved.from, moved.to) };
    let mut reached = vec![start];
    let mut next = 0;
    while let Some(node) = reached.get(next).copied() {
        if node == end {
            return true;
        }
        next += 1;
        for (_, pipe) in pipes.iter().enumerate().filter(|(other, _)| *other != at) {
            for (from, to, direction) in [(pipe.from, pipe.to, true), (pipe.to, pipe.from, false)] {
                if from == node && !reached.contains(&to) && pipe.room(direction) {
                    reached.push(to);
                }
            }
        }
    }
    false
}

/// Which of several groups may be shown with figures of their own: those of at least `least`. Where the rest is a single group, or smaller
/// than `least` together, the next larger groups are held back as well, because the total less the shown groups is the figure of the rest.
/// Empty groups need no protection.
pub(crate) fn groups(sizes: &[usize], held: &[bool], least: usize) -> Vec<bool> {
    let is_held = |at: usize| held.get(at).copied().unwrap_or(false);
    let may = |(at, size): (usize, &usize)| *size == 0 || (*size >= least && !is_held(at));
    let mut shown: Vec<bool> = sizes.iter().enumerate().map(may).collect();
    loop {
        let held: Vec<usize> =
            sizes.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|(size, _)| *size).collect();
        if held.is_empty() || (held.len() > 1 && held.iter().sum::<usize>() >= least) {
            return shown;
        }
        let more = sizes.iter().enumerate().filter(|(at, size)| shown[*at] && **size > 0);
        match more.min_by_key(|(_, size)| **size).map(|(at, _)| at) {
            Some(at) => shown[at] = false,
            None => return shown,
        }
    }
}

#[cfg(test)]
mod tests;
