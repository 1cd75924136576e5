//! Whether a file is one that came in earlier, read on another clock or under other ids.

use std::collections::{BTreeMap, BTreeSet};

use super::origin_of;
use crate::interview::Instant;
use crate::store::{Imported, Whole};

/// Earlier files of which half the rows are among `fresh` at the same minute or by a constant shift, or nearly all of them on a coarser clock: the
/// same download read otherwise, or a later one.
pub(super) fn reread(known: &[&Imported], fresh: &[Whole]) -> Vec<(String, usize)> {
    let mut files: BTreeMap<&str, Vec<SaidAt>> = BTreeMap::new();
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for row in known {
        files.entry(&row.origin.hash).or_default().push((&row.origin.content, row.session.at()));
        names.insert(&row.origin.hash, &row.origin.file);
    }
    let now: Vec<SaidAt> = fresh
        .iter()
        .filter_map(|whole| Some((origin_of(whole)?.content.as_str(), whole.session.id.at())))
        .collect();
    let found = files.into_iter().filter_map(|(hash, rows)| {
        let shift = usual_shift(&rows, &now);
        let minute = |at: Instant| (at > 0).then(|| at.div_euclid(MINUTE));
        let shifted = |at: Instant| (at > 0).then(|| (at + shift).div_euclid(MINUTE));
        let day = |at: Instant| (at > 0).then(|| at.div_euclid(DAY));
        // One of them may have been edited since, or deleted.
        let nearly_all = (9 * rows.len()).div_ceil(10).min(rows.len().saturating_sub(1).max(4));
        let half = rows.len().div_ceil(2);
        // The less a clock tells, the more rows have to agree; without one, the answers have to differ from row to row.
        let counts = [
            (again(&rows, minute, &now, minute), 1, half),
            (again(&rows, shifted, &now, minute), 2, half),
            (again(&rows, day, &now, day), 4, nearly_all),
            (
                again(&rows, |_| Some(0), &now, |_| Some(0)),
                if differ(&rows) { 2 } else { usize::MAX },
                nearly_all,
            ),
        ];
        let is_same = |(count, least, most): &(usize, usize, usize)| count >= least && count >= most;
        let (count, ..) = counts.into_iter().find(is_same)?;
        Some((names[hash].to_owned(), count))
    });
    found.collect()
}

/// What a row says, and when.
type SaidAt<'a> = (&'a str, Instant);

pub(super) const MINUTE: Instant = 60_000;
pub(super) const HOUR: Instant = 3_600_000;
const DAY: Instant = 86_400_000;
/// Rows of an earlier file that are tried for a clock that is off.
const TRIED: usize = 50;

/// By how much the clock of `now` is off where the same is said, in the most cases.
fn usual_shift(rows: &[SaidAt], now: &[SaidAt]) -> Instant {
    let mut shifts: BTreeMap<Instant, usize> = BTreeMap::new();
    for (content, at) in rows.iter().take(TRIED).filter(|(_, at)| *at > 0) {
        for (_, other) in now.iter().filter(|(said, other)| said == content && *other > 0).take(TRIED) {
            *shifts.entry((other - at).div_euclid(MINUTE) * MINUTE).or_default() += 1;
        }
    }
    shifts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(shift, _)| shift)
}

/// How many of these rows are there again, each by what it says and what its clock tells.
fn again(
    rows: &[SaidAt],
    then: impl Fn(Instant) -> Option<Instant>,
    now: &[SaidAt],
    clock: impl Fn(Instant) -> Option<Instant>,
) -> usize {
    let mut left: BTreeMap<(&str, Instant), usize> = BTreeMap::new();
    for (content, at) in now {
        if let Some(at) = clock(*at) {
            *left.entry((*content, at)).or_default() += 1;
        }
    }
    let found = rows.iter().filter(|(content, at)| {
        let row = then(*at).and_then(|at| left.get_mut(&(*content, at)));
        row.filter(|left| **left > 0).map(|left| *left -= 1).is_some()
    });
    found.count()
}

/// Whether most rows say something else than the others.
fn differ(rows: &[SaidAt]) -> bool {
    let different: BTreeSet<&str> = rows.iter().map(|(content, _)| *content).collect();
    2 * different.len() > rows.len()
}
