//! The interval of how far apart something lies: of a length, which has an end at zero and is made larger by errors alone.
//!
//! The percentile interval of such a statistic does not hold what is true: two profiles that are the same never look the same, and draws
//! about what was observed add the error once more. This one inverts a test. Among all lengths it keeps those under which the one that was
//! observed would not be out of the ordinary, as Wilson's interval does for a share.

use super::descriptive::quantile;
use super::{Interval, LEVEL};
use crate::rng::Rng;

/// Steps a standard error.
const STEPS: f64 = 3.0;
/// Steps that are tried below what was observed: six standard errors.
const BELOW: usize = 18;
/// And above.
const ABOVE: usize = 15;
/// Of a standard error: what is so near to no length at all is none.
const NEXT_TO_NOTHING: f64 = 0.05;
/// Half of the distance over which a slope is taken.
const NEARBY: f64 = 1e-4;

/// Means with independent normal errors, and the ends between which they lie.
#[derive(Debug, Clone, Copy)]
pub struct Measured<const K: usize> {
    /// The means.
    pub values: [f64; K],
    /// The standard error of each.
    pub errors: [f64; K],
    /// Lowest and highest value that a mean can have.
    pub ends: (f64, f64),
}

/// Errors in units of their SD. Each stands beside its contrary, so that they have no direction.
pub fn noise<const K: usize>(draws: usize, rng: &mut Rng) -> Vec<[f64; K]> {
    let half: Vec<[f64; K]> = (0..draws.div_ceil(2)).map(|_| std::array::from_fn(|_| rng.normal())).collect();
    half.iter().map(|drawn| drawn.map(|error| -error)).chain(half.iter().copied()).collect()
}

/// A point on the way through profiles of every length.
#[derive(Clone, Copy)]
struct Point<const K: usize> {
    at: [f64; K],
    length: f64,
}

impl<const K: usize> Measured<K> {
    /// The 95 % interval of a length that these means have; none where it cannot be computed or nothing moves it.
    ///
    /// From what was observed a way leads through profiles of smaller and greater length, in the direction in which the length changes with the
    /// least change of the means in units of their errors (the least favourable family of Stein 1956). At each point of it the errors are
    /// put on again (`noise`). What is observed there tells, by the medians along the way, how long the profile would be without them,
    /// and how far that is off in 95 of 100 draws. The interval holds every length from which the one that is told for the real answers is no further
    /// off. It holds that one, is never empty, and next to zero, where nothing can be told to be too short, it errs on one side alone.
    pub fn interval(
        &self,
        noise: &[[f64; K]],
        length: impl Fn(&[f64; K]) -> Option<f64>,
    ) -> Option<Interval> {
        let observed = length(&self.values)?;
        let start = self.start(observed, &length)?;
        let step = self.slope(&start.at, &length)?.1 / STEPS;
        let mut way = self.walk(start, -step, BELOW, &length);
        way.reverse();
        way.push(start);
        way.extend(self.walk(start, step, ABOVE, &length));
        let starts_at_nothing = way.first()?.length < step * 0.3;
        if starts_at_nothing {
            way.first_mut()?.length = 0.0;
        }
        let drawn: Vec<Vec<f64>> = way
            .iter()
            .map(|point| noise.iter().filter_map(|error| length(&self.moved(&point.at, error))).collect())
            .collect();
        let family = Family::of(&way, &drawn, starts_at_nothing)?;
        let told = family.told(observed);
        let room: Option<Vec<f64>> = way
            .iter()
            .zip(&drawn)
            .map(|(point, drawn)| {
                let off: Vec<f64> =
                    drawn.iter().map(|drawn| (family.told(*drawn) - point.length).abs()).collect();
                Some(quantile(&off, LEVEL).ok()? - (told - point.length).abs())
            })
            .collect();
        let room = room?;
        let first = room.iter().position(|room| *room >= 0.0)?;
        let last = room.iter().rposition(|room| *room >= 0.0)?;
        // Between a point that is kept and one that is not the end lies where nothing is left of the room.
        let between = |kept: usize, not: usize| {
            let part = room[kept] / (room[kept] - room[not]);
            way[kept].length + part * (way[not].length - way[kept].length)
        };
        let low = if first == 0 { way[0].length } else { between(first, first - 1) };
        let high = if last + 1 == way.len() { way[last].length } else { between(last, last + 1) };
        Interval::between(low, high)
    }

    /// What was observed, or next to it: where a length is zero or as great as it can be, no direction leads away from it.
    fn start(&self, observed: f64, length: &impl Fn(&[f64; K]) -> Option<f64>) -> Option<Point<K>> {
        let is_plain = self
            .slope(&self.values, length)
            .is_some_and(|(_, error)| error > 0.0 && observed > NEXT_TO_NOTHING * error);
        // Any direction serves, as long as it is that of nothing in particular.
        let aside = std::array::from_fn(|k| NEXT_TO_NOTHING * (1.0 + (k * k) as f64).sin());
        let at = if is_plain { self.values } else { self.moved(&self.values, &aside) };
        Some(Point { at, length: length(&at)? })
    }

    /// The direction in which a length grows with the least change in units of errors, scaled so that it grows by 1, and the standard error
    /// that this gives it; none where it does not change.
    fn slope(&self, at: &[f64; K], length: &impl Fn(&[f64; K]) -> Option<f64>) -> Option<([f64; K], f64)> {
        let mut slope = [0.0; K];
        for (k, slope) in slope.iter_mut().enumerate() {
            let beside = |by: f64| {
                let mut near = *at;
                near[k] += by;
                length(&near)
            };
            *slope = (beside(NEARBY)? - beside(-NEARBY)?) / (2.0 * NEARBY);
        }
        let variance: f64 =
            slope.iter().zip(&self.errors).map(|(slope, error)| (slope * error).powi(2)).sum();
        let along = |k: usize| slope[k] * self.errors[k].powi(2) / variance;
        (variance > 1e-16).then(|| (std::array::from_fn(along), variance.sqrt()))
    }

    /// Points from `from` on, not with it, in steps of so much length, until the length is zero or grows no more.
    fn walk(
        &self,
        from: Point<K>,
        step: f64,
        most: usize,
        length: &impl Fn(&[f64; K]) -> Option<f64>,
    ) -> Vec<Point<K>> {
        let (mut here, mut way) = (from, Vec::with_capacity(most));
        let little = NEXT_TO_NOTHING * step.abs();
        while way.len() < most && (step > 0.0 || here.length > little) {
            let Some((along, _)) = self.slope(&here.at, length) else { break };
            let by = step.max(-here.length);
            let at = self.within(std::array::from_fn(|k| here.at[k] + by * along[k]));
            let Some(reached) = length(&at) else { break };
            if (reached - here.length) * step.signum() < little {
                if reached < little {
                    way.push(Point { at, length: reached });
                }
                break;
            }
            here = Point { at, length: reached };
            way.push(here);
        }
        way
    }

    /// These means with errors, in units of their SD.
    fn moved(&self, at: &[f64; K], errors: &[f64; K]) -> [f64; K] {
        self.within(std::array::from_fn(|k| at[k] + errors[k] * self.errors[k]))
    }

    fn within(&self, at: [f64; K]) -> [f64; K] {
        at.map(|value| value.clamp(self.ends.0, self.ends.1))
    }
}

/// What is observed at each length of a way, in the middle.
struct Family {
    lengths: Vec<f64>,
    medians: Vec<f64>,
    starts_at_nothing: bool,
}

impl Family {
    fn of<const K: usize>(way: &[Point<K>], drawn: &[Vec<f64>], starts_at_nothing: bool) -> Option<Self> {
        let mut medians = Vec::with_capacity(way.len());
        let mut highest = f64::NEG_INFINITY;
        for drawn in drawn {
            // By chance alone a greater length may look smaller: two that look the same have a place each.
            highest = quantile(drawn, 0.5).ok()?.max(highest + 1e-9);
            medians.push(highest);
        }
        Some(Self { lengths: way.iter().map(|point| point.length).collect(), medians, starts_at_nothing })
    }

    /// The length of which this is the median; beyond the way it goes on as steeply as what is observed.
    fn told(&self, observed: f64) -> f64 {
        let (last, at) = (self.lengths.len() - 1, self.medians.partition_point(|median| *median < observed));
        if at == 0 {
            let below = self.lengths[0] - (self.medians[0] - observed);
            return if self.starts_at_nothing { self.lengths[0] } else { below.max(0.0) };
        }
        if at > last {
            return self.lengths[last] + observed - self.medians[last];
        }
        let part = (observed - self.medians[at - 1]) / (self.medians[at] - self.medians[at - 1]);
        self.lengths[at - 1] + part * (self.lengths[at] - self.lengths[at - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size<const K: usize>(values: &[f64; K]) -> Option<f64> {
        Some(values.iter().map(|value| value * value).sum::<f64>().sqrt())
    }

    fn measured<const K: usize>(values: [f64; K]) -> Measured<K> {
        Measured { values, errors: [1.0; K], ends: (-100.0, 100.0) }
    }

    #[test]
    fn far_from_zero_it_is_the_normal_interval() {
        let noise = noise(4_000, &mut Rng::new(1));
        let found = measured([6.0]).interval(&noise, size).unwrap();
        assert!((found.low - 4.04).abs() < 0.08 && (found.high - 7.96).abs() < 0.08, "{found:?}");
    }

    #[test]
    fn next_to_zero_it_reaches_zero_and_is_no_point() {
        let nothing = measured([0.0]).interval(&noise(4_000, &mut Rng::new(1)), size).unwrap();
        // Of |N(θ, 1)|, 0 is told as 0, and no greater θ than 1.96 is told as little in 5 of 100.
        assert!(nothing.low == 0.0 && (1.6..2.1).contains(&nothing.high), "{nothing:?}");
        // Four errors of 1 have a length of about 2 by themselves.
        let four = measured([1.0; 4]).interval(&noise(4_000, &mut Rng::new(1)), size).unwrap();
        assert!(four.low == 0.0 && (2.5..4.5).contains(&four.high), "{four:?}");
    }

    #[test]
    fn it_holds_what_is_true_at_any_length_and_a_percentile_interval_does_not() {
        let mut rng = Rng::new(7);
        for truth in [0.0, 1.0, 2.0, 4.0] {
            let errors = noise::<4>(600, &mut rng);
            let (mut held, mut percentile) = (0, 0);
            for _ in 0..300 {
                let values = std::array::from_fn(|k| if k == 0 { truth } else { 0.0 } + rng.normal());
                let found = measured(values).interval(&errors, size).unwrap();
                held += usize::from(found.low <= truth && truth <= found.high);
                let about: Vec<f64> = errors
                    .iter()
                    .filter_map(|error| size(&std::array::from_fn::<f64, 4, _>(|k| values[k] + error[k])))
                    .collect();
                let end = |share| quantile(&about, share).unwrap();
                percentile += usize::from(end(0.025) <= truth && truth <= end(0.975));
            }
            // Of 300 intervals 285 are to hold it; three standard errors are 11.
            assert!((274..=297).contains(&held), "{truth}: {held}");
            assert!(truth > 1.0 || percentile < 200, "{truth}: {percentile}");
        }
    }

    #[test]
    fn what_does_not_change_has_no_interval() {
        let noise = noise(100, &mut Rng::new(1));
        assert_eq!(measured([1.0, 2.0]).interval(&noise, |_| Some(3.0)), None);
        assert_eq!(measured([1.0, 2.0]).interval(&noise, |_| None), None);
    }
}
