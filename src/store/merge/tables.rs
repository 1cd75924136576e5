//! Two tables of one survey that came in by themselves: an earlier and a later download, one with times and one without, one on a coarser
//! clock. Owns whether their rows tell that; refuses where different people may as well have said the same.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::origin::{Imported, tells_seconds, told_respondent};
use super::super::session::SessionId;
use super::responses::{CLOCK_STEP, FARTHEST_CLOCKS};
use crate::interview::Instant;

/// Rows of two tables that are one response each, and the clocks by which they are.
pub(super) struct CommonRows {
    pub clocks: Clocks,
    pub pairs: Vec<(SessionId, SessionId)>,
}

/// What two tables have in common: nothing, unless nine rows in ten of the shorter one are in the other, at times that may be one instant, and
/// different people would hardly have said so. Times and answers together are asked first, then answers alone. `response` is what a session is
/// known to be already.
pub(super) fn in_common(
    tables: [&[&Imported]; 2],
    response: impl Fn(SessionId) -> SessionId,
) -> Option<CommonRows> {
    let shorter = tables.map(<[_]>::len).into_iter().min().unwrap_or_default();
    let are_enough = |again: usize| again >= 2 && 10 * again >= 9 * shorter;
    let groups = by_answers(tables);
    if !are_enough(groups.iter().map(|[one, other]| one.len().min(other.len())).sum()) {
        return None;
    }
    let step = tables.map(clock_step).into_iter().max().unwrap_or(1);
    let shift = usual_shift(&groups, step);
    let together = Clocks { shift, within: step, are_both_needed: true };
    [together, Clocks::any(step)].into_iter().find_map(|clocks| {
        let chance = [0, 1].map(|place| said_again(&groups, place, clocks)).into_iter().fold(0.0, f64::max);
        let pairs: Vec<_> = groups.iter().flat_map(|rows| paired(rows, clocks, &response)).collect();
        let is_no_chance = at_least(pairs.len(), shorter, chance) <= CHANCE;
        (are_enough(pairs.len()) && is_no_chance).then_some(CommonRows { clocks, pairs })
    })
}

/// How likely different people may be to say as much of the same, for two tables to be one survey.
const CHANCE: f64 = 0.02;
/// The coarsest step of a clock, in milliseconds.
pub(super) const DAY: Instant = 86_400_000;
const SECOND: Instant = 1_000;
/// Rows of either table that are tried for a clock that is off, of those that say the same.
const TRIED: usize = 20;

/// Rows that say the same, of either table.
type AlikeRows<'a> = [Vec<&'a Imported>; 2];

/// Which times of two clocks may be one instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clocks {
    /// By how much the second is ahead, in milliseconds.
    shift: Instant,
    /// How near two times are then, in milliseconds.
    within: Instant,
    /// Whether a time and none are no instant in common.
    are_both_needed: bool,
}

impl Clocks {
    /// Of any zones; the coarser one counts `step`.
    pub fn any(step: Instant) -> Self {
        Self { shift: 0, within: FARTHEST_CLOCKS + step, are_both_needed: false }
    }

    /// The same with the second clock first.
    pub fn turned(self) -> Self {
        Self { shift: -self.shift, ..self }
    }

    /// Whether a session on the first clock and one on the second may have begun at one instant.
    pub fn may_be_one(self, one: SessionId, other: SessionId) -> bool {
        match (dated(one), dated(other)) {
            (Some(one), Some(other)) => (one + self.shift - other).abs() < self.within,
            (None, None) => true,
            _ => !self.are_both_needed,
        }
    }
}

fn dated(session: SessionId) -> Option<Instant> {
    Some(session.at()).filter(|at| *at > 0)
}

/// Rows by what they say, and of whom where both tables name their respondents.
fn by_answers<'a>(tables: [&[&'a Imported]; 2]) -> Vec<AlikeRows<'a>> {
    let are_told = tables.map(|rows| rows.iter().any(|row| told_respondent(row).is_some())) == [true; 2];
    let mut groups: BTreeMap<(&str, Option<&str>), AlikeRows> = BTreeMap::new();
    for (place, rows) in tables.into_iter().enumerate() {
        for row in rows {
            let respondent = told_respondent(row).filter(|_| are_told);
            groups.entry((&row.origin.content, respondent)).or_default()[place].push(row);
        }
    }
    groups.into_values().collect()
}

/// What a clock counts, in milliseconds.
pub(super) fn clock_step(rows: &[&Imported]) -> Instant {
    let all = |step: Instant| rows.iter().all(|row| row.session.at() % step == 0);
    match () {
        () if all(CLOCK_STEP) => DAY,
        () if rows.iter().all(|row| !tells_seconds(row.session.at())) => 60 * SECOND,
        () if all(SECOND) => SECOND,
        () => 1,
    }
}

/// By how much the second clock is ahead, in milliseconds, for most rows that say the same.
fn usual_shift(groups: &[AlikeRows], step: Instant) -> Instant {
    let mut shifts: BTreeMap<Instant, usize> = BTreeMap::new();
    for [one, other] in groups {
        let tried = |rows: &[&Imported]| -> Vec<(SessionId, Instant)> {
            rows.iter().take(TRIED).filter_map(|row| Some((row.session, dated(row.session)?))).collect()
        };
        let others = tried(other);
        for (one, at) in tried(one) {
            for (other, its) in &others {
                if Clocks::any(step).may_be_one(one, *other) {
                    *shifts.entry(its.div_euclid(step) - at.div_euclid(step)).or_default() += 1;
                }
            }
        }
    }
    let usual = shifts.into_iter().max_by_key(|(shift, count)| (*count, Reverse(shift.abs())));
    usual.map_or(0, |(shift, _)| shift * step)
}

/// Rows that say the same, one for one: those that are known to be one response, then the others in the order of their times.
fn paired(
    [one, other]: &AlikeRows,
    clocks: Clocks,
    response: impl Fn(SessionId) -> SessionId,
) -> Vec<(SessionId, SessionId)> {
    let mut pairs = Vec::new();
    let mut twins: BTreeMap<SessionId, Vec<&Imported>> = BTreeMap::new();
    other.iter().for_each(|row| twins.entry(response(row.session)).or_default().push(row));
    let mut left = one.clone();
    left.retain(|row| {
        let twin = twins.get_mut(&response(row.session)).and_then(Vec::pop);
        pairs.extend(twin.map(|twin| (row.session, twin.session)));
        twin.is_none()
    });
    let mut free: Vec<&Imported> = twins.into_values().flatten().collect();
    // What has no time is left for those that find none at theirs.
    for rows in [&mut left, &mut free] {
        rows.sort_by_key(|row| (dated(row.session).is_none(), row.session));
    }
    for row in left {
        if let Some(at) = free.iter().position(|other| clocks.may_be_one(row.session, other.session)) {
            pairs.push((row.session, free.remove(at).session));
        }
    }
    pairs
}

/// How likely somebody else says, then, what one of a table says: the share of its rows that are not the only ones to say so (as Good and Turing
/// have it), with one more row like that, because that a few people differ does not tell that all do.
fn said_again(groups: &[AlikeRows], place: usize, clocks: Clocks) -> f64 {
    let clocks = Clocks { shift: 0, ..clocks };
    let is_alone = |row: &Imported, rows: &[&Imported]| {
        rows.iter()
            .all(|other| row.session == other.session || !clocks.may_be_one(row.session, other.session))
    };
    let of = |rows: &AlikeRows| rows[place].iter().filter(|row| !is_alone(row, &rows[place])).count();
    let repeated: usize = groups.iter().map(of).sum();
    let rows: usize = groups.iter().map(|rows| rows[place].len()).sum();
    (repeated + 1) as f64 / (rows + 1) as f64
}

/// The most that the probability of at least `again` of `all` can be where each has this chance (Chernoff's bound; exact where it is all).
fn at_least(again: usize, all: usize, chance: f64) -> f64 {
    let share = again as f64 / all as f64;
    if share <= chance {
        return 1.0;
    }
    let part = |share: f64, chance: f64| if share > 0.0 { share * (share / chance).ln() } else { 0.0 };
    (-(all as f64) * (part(share, chance) + part(1.0 - share, 1.0 - chance))).exp()
}
