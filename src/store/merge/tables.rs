//! Two tables of one survey that came in by themselves: an earlier and a later download, one with times and one without, one on a coarser
//! clock. Owns which of their rows may be one response, by what they say and when; asks nobody whether the survey is one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::origin::{Imported, copied_session, tells_seconds, told_respondent};
use super::super::session::SessionId;
use super::responses::{CLOCK_STEP, FARTHEST_CLOCKS, Responses};
use crate::interview::Instant;

/// A table that another file has at least in part.
pub(super) struct KnownTable<'a> {
    pub rows: Vec<&'a Imported>,
    /// The place of the other file.
    pub file: usize,
    /// The clocks of the table and of that file.
    pub clocks: Clocks,
}

/// The coarsest step of a clock, in milliseconds.
pub(super) const DAY: Instant = 86_400_000;
const HOUR: Instant = 3_600_000;
const SECOND: Instant = 1_000;
/// Rows of either table that are tried for a clock that is off, of those that say the same.
const TRIED: usize = 20;

/// Rows that say the same, of either table.
type AlikeRows<'a> = [Vec<&'a Imported>; 2];

/// Which times of two clocks may be one instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clocks {
    /// What is added to times of either, in milliseconds.
    shifts: [Instant; 2],
    /// Where the shift is known, what the coarser clock counts, which leaves the rest of a time out; else how near two times are. In milliseconds.
    within: Instant,
    /// Whether the shift is known; a time and none are no instant in common then.
    is_known: bool,
}

impl Clocks {
    /// Of any zones; the coarser one counts `step`.
    pub fn any(step: Instant) -> Self {
        Self { shifts: [0; 2], within: FARTHEST_CLOCKS + step, is_known: false }
    }

    /// The same with the second clock first.
    fn turned(self) -> Self {
        let [one, other] = self.shifts;
        Self { shifts: [other, one], ..self }
    }

    /// Whether a session on the first clock and one on the second may have begun at one instant.
    pub fn may_be_one(self, one: SessionId, other: SessionId) -> bool {
        match (dated(one), dated(other)) {
            (Some(one), Some(other)) if self.is_known => {
                let step = |at: Instant, shift: Instant| (at + shift).div_euclid(self.within);
                step(one, self.shifts[0]) == step(other, self.shifts[1])
            }
            (Some(one), Some(other)) => (one - other).abs() < self.within,
            (None, None) => true,
            _ => !self.is_known,
        }
    }
}

impl<'a> Responses<'a> {
    /// Joins rows of two downloads of one survey, of which one at least has no ids: one for one those that say the same at times that may be one
    /// instant. The shift of clocks is tried that most of these rows speak for, then an hour beside it, for summer time, and no time. Days of two
    /// clocks none of whose rows agree may be the same in other zones. Returns the tables that were known.
    pub(super) fn of_one_survey(&mut self) -> Vec<KnownTable<'a>> {
        let mut tables: BTreeMap<(&str, usize, &str), Vec<&Imported>> = BTreeMap::new();
        for (file, one) in &self.all {
            // A copy is the session that it was made of, where that is known.
            if copied_session(&one.origin).is_none() || self.response(one.session) == one.session {
                tables.entry((&one.instrument, *file, &one.origin.hash)).or_default().push(one);
            }
        }
        let tables: Vec<_> = tables.into_iter().collect();
        let is_named = |table: &[&Imported]| table.iter().any(|one| one.origin.id.is_some());
        let mut known = Vec::new();
        for (place, ((instrument, file, _), one)) in tables.iter().enumerate() {
            for ((its_instrument, its_file, _), other) in &tables[place + 1..] {
                if instrument != its_instrument || file == its_file || is_named(one) && is_named(other) {
                    continue;
                }
                let Some(clocks) = self.match_up([one, other]) else { continue };
                known.push(KnownTable { rows: one.clone(), file: *its_file, clocks });
                known.push(KnownTable { rows: other.clone(), file: *file, clocks: clocks.turned() });
            }
        }
        known
    }

    /// Joins the rows of two tables; by which clocks, where any are one.
    fn match_up(&mut self, tables: [&[&'a Imported]; 2]) -> Option<Clocks> {
        let groups = by_answers(tables);
        let steps = tables.map(clock_step);
        let (step, are_days) = (steps[0].max(steps[1]), steps == [DAY; 2]);
        // A time of the finer clock lies in a step of the coarser.
        let ahead = |shift: Instant| {
            let shifts = if steps[0] <= steps[1] { [shift, 0] } else { [0, shift] };
            Clocks { shifts, within: step, is_known: true }
        };
        let zones: Vec<Instant> = match are_days {
            true => vec![-DAY, 0, DAY],
            false => (-FARTHEST_CLOCKS / CLOCK_STEP..=FARTHEST_CLOCKS / CLOCK_STEP)
                .map(|quarters| quarters * CLOCK_STEP)
                .collect(),
        };
        let speak_for = |shift: &Instant| (said_then(&groups, ahead(*shift)), Reverse(shift.abs()));
        let shift = zones.into_iter().max_by_key(speak_for).unwrap_or(0);
        let (usual, any) = (ahead(shift), Clocks::any(step));
        let in_summer = [-HOUR, HOUR].map(|hour| ahead(shift + hour));
        let mut taken: BTreeSet<SessionId> = BTreeSet::new();
        let mut is_usual = false;
        for how in [Known, Usual, Any] {
            for [ones, others] in &groups {
                let is_alone = ones.len() == 1 && others.len() == 1;
                for one in ones.iter().map(|row| row.session) {
                    let may_be = |other: SessionId| match how {
                        Known => self.response(one) == self.response(other),
                        Usual => usual.may_be_one(one, other),
                        // At another time of one clock somebody else says the same, unless it was put forward in between.
                        Any if dated(one).is_some() && dated(other).is_some() => match are_days {
                            true => !is_usual && any.may_be_one(one, other),
                            false => {
                                let is_told = is_alone || step <= SECOND;
                                is_told && in_summer.iter().any(|clocks| clocks.may_be_one(one, other))
                            }
                        },
                        Any => any.may_be_one(one, other),
                    };
                    let is_free = |other: &SessionId| {
                        !taken.contains(other)
                            && may_be(*other)
                            && (matches!(how, Known) || self.are_apart(one, *other))
                    };
                    let found = others.iter().map(|row| row.session).find(is_free);
                    if let Some(other) = found.filter(|_| !taken.contains(&one)) {
                        is_usual |= usual.may_be_one(one, other);
                        taken.extend([one, other]);
                        self.infer(one, other);
                    }
                }
            }
        }
        (!taken.is_empty()).then_some(if is_usual { usual } else { any })
    }
}

/// By what two rows are one.
enum Match {
    /// They are known to be.
    Known,
    /// Their times, by the usual shift of the clocks.
    Usual,
    /// Times that may be one instant by some shift, or none.
    Any,
}
use Match::{Any, Known, Usual};

fn dated(session: SessionId) -> Option<Instant> {
    Some(session.at()).filter(|at| *at > 0)
}

/// Whether two times are one on clocks of two zones; the coarser counts `step`.
fn are_zones_apart(one: SessionId, other: SessionId, step: Instant) -> bool {
    let apart = (one.at() - other.at()).abs();
    let beside = apart % CLOCK_STEP;
    apart < FARTHEST_CLOCKS + step && beside.min(CLOCK_STEP - beside) < step
}

/// Rows by what they say, and of whom where both tables name their respondents, in the order of their times; those without one last.
fn by_answers<'a>(tables: [&[&'a Imported]; 2]) -> Vec<AlikeRows<'a>> {
    let are_told = tables.map(|rows| rows.iter().any(|row| told_respondent(row).is_some())) == [true; 2];
    let mut groups: BTreeMap<(&str, Option<&str>), AlikeRows> = BTreeMap::new();
    for (place, rows) in tables.into_iter().enumerate() {
        for row in rows {
            let respondent = told_respondent(row).filter(|_| are_told);
            groups.entry((&row.origin.content, respondent)).or_default()[place].push(row);
        }
    }
    let in_order = |mut rows: AlikeRows<'a>| {
        for list in &mut rows {
            list.sort_by_key(|row| (dated(row.session).is_none(), row.session));
        }
        rows
    };
    groups.into_values().filter(|rows| rows.iter().all(|list| !list.is_empty())).map(in_order).collect()
}

/// Whether two times may be one instant, on clocks that count each what it seems to.
pub(super) fn may_be_one_instant(one: SessionId, other: SessionId) -> bool {
    let step_of = |session: SessionId| match session.at() {
        at if at % CLOCK_STEP == 0 => DAY,
        at if !tells_seconds(at) => 60 * SECOND,
        _ => SECOND,
    };
    let step = step_of(one).max(step_of(other));
    match step {
        _ if dated(one).is_none() || dated(other).is_none() => true,
        DAY => Clocks::any(DAY).may_be_one(one, other),
        _ => are_zones_apart(one, other, step),
    }
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

/// How many rows that say the same may do so at one instant, by these clocks.
fn said_then(groups: &[AlikeRows], clocks: Clocks) -> usize {
    let tried = |rows: &[&Imported]| -> Vec<SessionId> {
        rows.iter().take(TRIED).map(|row| row.session).filter(|session| dated(*session).is_some()).collect()
    };
    let pairs = |[one, other]: &AlikeRows| {
        let others = tried(other);
        let with = |one: SessionId| others.iter().filter(|other| clocks.may_be_one(one, **other)).count();
        tried(one).into_iter().map(with).sum::<usize>()
    };
    groups.iter().map(pairs).sum()
}
