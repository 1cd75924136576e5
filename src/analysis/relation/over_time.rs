//! Change on one side of a relation: comparable sessions, and reliable change between them.

use serde::Serialize;

use super::{Relation, SIGNIFICANT, Stays, Visit};
use crate::instrument::{Family, Party, Perspective, RelationalModel};
use crate::psychometrics::change::{self, Measurement, change};
use crate::psychometrics::multiple::holm;
use crate::psychometrics::{Interval, LEVEL, normal};

/// Share of a year that measurements have to span for a yearly slope, which would be an extrapolation otherwise. (assumed)
const SPAN: f64 = 0.95;
/// Milliseconds of a year.
const YEAR: f64 = 365.25 * 24.0 * 3_600_000.0;

/// Something that is followed over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// How strongly a norm is held.
    Norm(Perspective, RelationalModel),
    /// Explicit sentiment, −1…+1.
    Said,
    /// What is associated, −1…+1.
    Associated,
    /// The wish to stay, or to go on with the customer.
    Staying {
        /// The scale's name.
        name: String,
    },
    /// A scale of another framework.
    Scale {
        /// Of which.
        family: Family,
        /// The scale's name.
        name: String,
        /// What of its framework it measures.
        member: String,
        /// Its title.
        label: String,
    },
}

/// What became of it between two measurements, or on a line through all of them where there are three or more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// What.
    pub what: Followed,
    /// The value before.
    pub from: f64,
    /// The value now.
    pub to: f64,
    /// The 95 % interval of the difference.
    pub interval: Interval,
    /// The least difference that is more than measurement error.
    pub detectable: f64,
    /// Two-sided p, corrected for everything that is followed (Holm).
    pub p: f64,
    /// Of a wish to stay: what it came to before, and what it comes to now.
    pub stays: Option<[Stays; 2]>,
    /// Slope a year with its 95 % interval, from three measurements on that span a year; no steeper than the scale is long.
    pub slope: Option<(f64, Interval)>,
}

impl Changed {
    /// Whether it is more than error.
    pub fn is_reliable(&self) -> bool {
        self.p <= SIGNIFICANT
    }
}

/// Why sessions of a side are not held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parted {
    /// Unknown whether the same person answered.
    ByWhomIsUnknown,
    /// Other people answered.
    ByOthers,
    /// It was answered by another means.
    ByMeans,
    /// All of them are answers of one day: what differs between them is no change over time.
    OnOneDay,
}

/// One side over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverTime {
    /// Which side.
    pub party: Party,
    /// The name of the questionnaire.
    pub instrument: String,
    /// Its title.
    pub title: String,
    /// The code of the person who answered, where there is one.
    pub person: Option<String>,
    /// When the two measurements began that are compared.
    pub between: (i64, i64),
    /// How many there are in all.
    pub measurements: usize,
    /// Everything that was measured both times.
    pub changes: Vec<Changed>,
    /// What an earlier version of the questionnaire asked otherwise, so that it is held against nothing of that time.
    pub asked_otherwise: Vec<Followed>,
}

impl Relation {
    /// A side over time, questionnaire by questionnaire, the latest first; nothing of one that was answered once.
    pub fn over_time(&self, party: Party) -> Vec<OverTime> {
        let mut seen: Vec<&Visit> = Vec::new();
        let mut found = Vec::new();
        for last in self.usable().rev().filter(|visit| visit.party == party) {
            if !seen.iter().any(|known| known.is_comparable(last)) {
                seen.push(last);
                found.extend(self.followed_to(last));
            }
        }
        found
    }

    /// Why sessions of a side with one questionnaire are not compared; none where all of them are.
    pub fn parted_in_time(&self, party: Party) -> Option<Parted> {
        let of_side: Vec<&Visit> = self.usable().filter(|visit| visit.party == party).collect();
        let pairs = of_side.iter().flat_map(|one| of_side.iter().map(move |other| (*one, *other)));
        let parted =
            pairs.filter(|(one, other)| one.instrument == other.instrument).filter_map(|(one, other)| {
                match one.is_comparable(other) {
                    false => Some(one.parted_from(other)),
                    true => {
                        (one.session != other.session && !self.spans_days(one)).then_some(Parted::OnOneDay)
                    }
                }
            });
        parted.max_by_key(|parted| (*parted == Parted::ByWhomIsUnknown, *parted != Parted::OnOneDay))
    }

    /// Whether the sessions that are comparable with this one are of more than one day.
    fn spans_days(&self, visit: &Visit) -> bool {
        self.usable().any(|other| other.is_comparable(visit) && !other.is_of_one_day_with(visit))
    }

    /// What became of everything that `last` measures since the comparable sessions before it.
    fn followed_to(&self, last: &Visit) -> Option<OverTime> {
        let visits: Vec<&Visit> = self.usable().filter(|visit| visit.is_comparable(last)).collect();
        let first = visits.first().filter(|_| self.spans_days(last))?;
        let (mut found, mut asked_otherwise) = (Vec::new(), Vec::new());
        for what in Followed::all(last).into_iter().filter(|what| what.of(last).is_some()) {
            let otherwise =
                |visit: &&Visit| !visit.asked.is_alike(&last.asked, &what) && what.of(visit).is_some();
            if visits.iter().any(otherwise) {
                asked_otherwise.push(what.clone());
            }
            found.extend(along(what, &visits));
        }
        corrected(found.iter_mut());
        (!found.is_empty() || !asked_otherwise.is_empty()).then_some(OverTime {
            party: last.party,
            instrument: last.instrument.clone(),
            title: last.title.clone(),
            person: last.person.clone(),
            between: (first.begun, last.begun),
            measurements: visits.len(),
            changes: found,
            asked_otherwise,
        })
    }
}

/// What became of it from one session to a later one.
pub(super) fn difference(what: Followed, before: &Visit, now: &Visit) -> Option<Changed> {
    along(what, &[before, now])
}

/// What became of it over these sessions, as far as they asked what the last one did: along a straight line from three measurements on.
fn along(what: Followed, visits: &[&Visit]) -> Option<Changed> {
    let last = visits.last()?;
    what.of(last)?;
    let alike = visits.iter().filter(|visit| visit.asked.is_alike(&last.asked, &what));
    // Years since the first: since 1970, seconds would drown in the last digits.
    let first = visits.first()?.begun;
    let all: Vec<Measurement> = alike
        .filter_map(|visit| Some(Measurement { at: (visit.begun - first) as f64 / YEAR, ..what.of(visit)? }))
        .collect();
    let line = change::line(&all);
    let [.., before, now] = all.as_slice() else { return None };
    let (from, to) = line.map_or((before.value, now.value), |line| line.ends);
    let changed = line.map_or_else(|| change(*before, *now), |line| Some(line.change))?;
    // A straight line knows of no highest answer, and ends where the scale does.
    let (low, high) = what.range(last)?;
    let (from, to) = (from.clamp(low, high), to.clamp(low, high));
    let interval = Interval {
        low: changed.interval.low.max(low - high).min(to - from),
        high: changed.interval.high.min(high - low).max(to - from),
    };
    let span = all.last()?.at - all.first()?.at;
    let slope = line.filter(|_| span >= SPAN).map(|line| {
        let ((slope, se), longest) = (line.slope, high - low);
        let within = |value: f64| value.clamp(-longest, longest);
        let reach = normal::critical(LEVEL) * se;
        (within(slope), Interval { low: within(slope - reach), high: within(slope + reach) })
    });
    let (detectable, p) = (changed.detectable, changed.p);
    let is_wish = matches!(what, Followed::Staying { .. });
    let stays = is_wish.then(|| [from, to].map(|wish| Stays::of(wish, (low, high))));
    Some(Changed { what, from, to, interval, detectable, p, stays, slope })
}

/// Corrects what was found for how much was looked at.
pub(super) fn corrected<'a>(found: impl Iterator<Item = &'a mut Changed>) {
    let found: Vec<&mut Changed> = found.collect();
    let adjusted = holm(&found.iter().map(|changed| changed.p).collect::<Vec<_>>());
    found.into_iter().zip(adjusted).for_each(|(changed, p)| changed.p = p);
}

impl Followed {
    /// Everything of a session that can be followed.
    pub(super) fn all(visit: &Visit) -> Vec<Self> {
        let norms = [Perspective::Own, Perspective::Other]
            .into_iter()
            .flat_map(|side| RelationalModel::ALL.into_iter().map(move |model| Self::Norm(side, model)));
        let scales = visit.lenses.iter().flat_map(|lens| {
            lens.readings.iter().map(|reading| Self::Scale {
                family: lens.family,
                name: reading.name.clone(),
                member: reading.member.clone(),
                label: reading.label.clone(),
            })
        });
        let wish = visit.staying.iter().map(|wish| Self::Staying { name: wish.name.clone() });
        norms.chain([Self::Said, Self::Associated]).chain(wish).chain(scales).collect()
    }

    /// Between which values it lies.
    pub(super) fn range(&self, visit: &Visit) -> Option<(f64, f64)> {
        match self {
            Self::Norm(side, _) => Some(visit.side(*side).strengths?.range),
            Self::Said | Self::Associated => Some((-1.0, 1.0)),
            Self::Staying { .. } => visit.staying.as_ref().map(|wish| wish.range),
            Self::Scale { name, .. } => {
                let mut readings = visit.lenses.iter().flat_map(|lens| &lens.readings);
                readings.find(|reading| reading.name == *name).map(|reading| reading.range)
            }
        }
    }

    pub(super) fn of(&self, visit: &Visit) -> Option<Measurement> {
        let (value, se) = match self {
            Self::Norm(side, model) => {
                let found = visit.side(*side).strengths?.norm(*model)?;
                (found.value, found.se)
            }
            Self::Said => visit.gap.as_ref()?.explicit.map(|found| (found.value, found.se))?,
            Self::Associated => visit.gap.as_ref()?.indirect.map(|found| (found.value, found.se))?,
            Self::Staying { .. } => {
                let found = visit.staying.as_ref()?;
                (found.value, found.se?)
            }
            Self::Scale { name, .. } => {
                let mut readings = visit.lenses.iter().flat_map(|lens| &lens.readings);
                let found = readings.find(|reading| reading.name == *name)?;
                (found.value, found.se?)
            }
        };
        Some(Measurement { at: visit.begun as f64 / YEAR, value, se })
    }
}
