//! A relation seen through another framework than the four models: the scales of one framework side by side.
//!
//! Owns which scales belong together, which is the strongest and the weakest and whether it differs significantly from the others, and
//! whether the building blocks are in balance. One of five scales is always the lowest, but it is a weakest link only beyond measurement
//! error. Gives no advice.

use serde::Serialize;

use crate::instrument::{Construct, Family, Instrument, Language};
use crate::measures::{Norms, Parts};
use crate::psychometrics::LEVEL;
use crate::psychometrics::distribution::chi_squared_above;
use crate::psychometrics::normal;

use super::experience::points;

/// What the sides of contact begin with in the framework of three dimensions.
const CONTACT: &str = "relational";
/// Scales that lie within this part of the answer scale are even: one point on a scale of seven. (assumed)
const EVEN: f64 = 1.0 / 6.0;
/// A difference with a p of at most this is one.
const SIGNIFICANT: f64 = 0.05;

/// A scale of one session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LensScore {
    /// The scale's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// What of its framework it measures.
    pub member: String,
    /// The score in the scale's own points.
    pub value: f64,
    /// Its standard error, where one is known.
    pub se: Option<f64>,
    /// Lowest and highest possible score.
    pub range: (f64, f64),
}

impl LensScore {
    /// A scale of a session, from what is kept of it; none with too few answers, or where it reads no points.
    pub fn of_parts(
        instrument: &Instrument,
        index: usize,
        parts: &Parts,
        norms: &Norms,
        language: &Language,
    ) -> Option<Self> {
        let scale = instrument.scales.get(index)?;
        let (_, range) = points(instrument, index)?;
        let valid: Vec<f64> = parts.of_scale(index).iter().copied().flatten().collect();
        let member = match &scale.construct {
            Construct::Family(_, member) => member.clone(),
            _ => String::new(),
        };
        let label = scale.label.as_ref().map(|label| label.raw(language));
        scale.is_scored_by(valid.len()).then(|| Self {
            name: scale.name.clone(),
            label: label.unwrap_or_else(|| scale.name.clone()),
            member,
            value: valid.iter().sum::<f64>() / valid.len() as f64,
            se: norms.scale_se(&scale.name),
            range,
        })
    }

    /// Where a score lies between the lowest (0) and the highest one (1).
    fn place(&self, value: f64) -> f64 {
        (value - self.range.0) / self.width()
    }

    /// Where it lies on the range that all scales have in common, 0…1.
    pub fn on_common_range(&self) -> f64 {
        self.place(self.value).clamp(0.0, 1.0)
    }

    /// Its standard error on that range.
    fn common_se(&self) -> Option<f64> {
        self.se.map(|se| se / self.width())
    }

    /// The 95 % interval in the scale's own points, no wider than the scale.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let reach = normal::critical(LEVEL) * self.se?;
        Some(((self.value - reach).max(self.range.0), (self.value + reach).min(self.range.1)))
    }

    /// Whether it lies below the middle of its scale by more than its error; none where that is not known.
    pub fn is_low(&self) -> Option<bool> {
        Some(self.interval()?.1 < self.middle())
    }

    /// Whether it lies above it so.
    pub fn is_high(&self) -> Option<bool> {
        Some(self.interval()?.0 > self.middle())
    }

    fn middle(&self) -> f64 {
        f64::midpoint(self.range.0, self.range.1)
    }

    fn width(&self) -> f64 {
        self.range.1 - self.range.0
    }

    /// Whether it is lower than another by more than the errors of both.
    fn is_below(&self, other: &Self) -> bool {
        let errors = self.common_se().zip(other.common_se());
        errors.is_some_and(|(one, two)| {
            other.on_common_range() - self.on_common_range() > normal::critical(LEVEL) * one.hypot(two)
        })
    }
}

/// The scales of one framework.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lens {
    /// Which.
    pub family: Family,
    /// The scales that have a score, in the order of the instrument.
    pub readings: Vec<LensScore>,
}

/// The one that lies lowest, or highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extreme<'a> {
    /// Which.
    pub reading: &'a LensScore,
    /// Whether it lies apart from every other by more than measurement error.
    pub clear: bool,
}

/// Whether the four building blocks lie level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance<'a> {
    /// The one that lies highest.
    pub highest: &'a LensScore,
    /// The one that lies lowest.
    pub lowest: &'a LensScore,
    /// How far apart these two are, as `Lens::apart` says.
    pub apart: f64,
    /// How far apart they may be and still be even, in the same points.
    pub within: f64,
    /// What it comes to.
    pub verdict: Evenness,
    /// Whether time lies above intensity by more than error, so that more of it may lower intensity still.
    pub worn: bool,
}

/// What a comparison of several scales comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evenness {
    /// Within a sixth of the answer scale, and no further apart than error makes them.
    Even,
    /// Further apart than error makes them.
    Uneven,
    /// The answers do not tell.
    Open,
}

/// The directions in which a relation can be developed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Work on the attraction.
    Emotional,
    /// Get more out of the existing relation.
    Instrumental,
    /// Work on the contact.
    Relational,
}

impl Lens {
    /// The frameworks among these scales; those of which there is one scale alone are none.
    pub fn all<'a>(scales: impl Iterator<Item = (&'a Construct, LensScore)>) -> Vec<Self> {
        let mut lenses: Vec<Self> = Vec::new();
        for (construct, reading) in scales {
            let Construct::Family(family, _) = construct else { continue };
            if *family == Family::Emotion {
                continue;
            }
            match lenses.iter_mut().find(|lens| lens.family == *family) {
                Some(lens) => lens.readings.push(reading),
                None => lenses.push(Self { family: *family, readings: vec![reading] }),
            }
        }
        // One scale borrowed from a framework is a score, and no look through it.
        lenses.retain(|lens| lens.readings.len() > 1);
        lenses
    }

    /// The frameworks that a session was asked through, from what is kept of it.
    pub fn of_parts(instrument: &Instrument, parts: &Parts, norms: &Norms, language: &Language) -> Vec<Self> {
        let scales = instrument.scales.iter().enumerate();
        Self::all(scales.filter(|(_, scale)| matches!(scale.construct, Construct::Family(..))).filter_map(
            |(index, scale)| {
                Some((&scale.construct, LensScore::of_parts(instrument, index, parts, norms, language)?))
            },
        ))
    }

    /// The scales that are held against each other.
    pub fn compared(&self) -> impl Iterator<Item = &LensScore> + Clone {
        self.readings.iter().filter(|reading| self.family.compares(&reading.member))
    }

    /// The scale that is significantly below all others, or the two that share that place, in the order of the instrument; empty where none
    /// stands out, none where a standard error is unknown.
    pub fn lowest(&self) -> Option<Vec<&LensScore>> {
        let mut order: Vec<&LensScore> = self.compared().collect();
        if order.len() < 2 || order.iter().any(|reading| reading.se.is_none()) {
            return None;
        }
        order.sort_by(|a, b| a.on_common_range().total_cmp(&b.on_common_range()));
        let below = |count: &usize| {
            let (low, others) = order.split_at(*count);
            !others.is_empty() && low.iter().all(|low| others.iter().all(|other| low.is_below(other)))
        };
        let count = [1, 2].into_iter().find(below).unwrap_or(0);
        let lowest = &order[..count];
        Some(self.compared().filter(|one| lowest.iter().any(|low| low.name == one.name)).collect())
    }

    /// The three sides of contact by themselves; none without them.
    pub fn of_contact(&self) -> Option<Self> {
        let sides = self.readings.iter().filter(|reading| reading.member.starts_with(CONTACT));
        let contact = Self { family: self.family, readings: sides.cloned().collect() };
        (self.family == Family::Dimension && contact.readings.len() > 1).then_some(contact)
    }

    /// Whether the scales that are held against each other lie level; none where an error is not known.
    pub fn level(&self) -> Option<Evenness> {
        let within = self.within()?;
        Some(match self.p_level()? {
            p if p <= SIGNIFICANT => Evenness::Uneven,
            _ if self.apart()? <= within => Evenness::Even,
            _ => Evenness::Open,
        })
    }

    /// How far the lowest lies below the highest, in points of the highest's scale; to the tenth that is shown, because a verdict that went by
    /// more would contradict the number beside it.
    fn apart(&self) -> Option<f64> {
        let (highest, lowest) = (self.strongest()?.reading, self.weakest()?.reading);
        Some(to_tenth((highest.on_common_range() - lowest.on_common_range()) * highest.width()))
    }

    /// How far apart scales that are even may lie, in the same points and to the same tenth.
    fn within(&self) -> Option<f64> {
        Some(to_tenth(EVEN * self.strongest()?.reading.width()))
    }

    /// Whether all scales with a score that are held against each other lie below the middle by more than their errors; none where an error
    /// is not known.
    pub fn is_low(&self) -> Option<bool> {
        self.all_lie(LensScore::is_low)
    }

    /// Whether all of them lie above it so.
    pub fn is_high(&self) -> Option<bool> {
        self.all_lie(LensScore::is_high)
    }

    fn all_lie(&self, beyond: fn(&LensScore) -> Option<bool>) -> Option<bool> {
        let all: Option<Vec<bool>> = self.compared().map(beyond).collect();
        all.map(|all| all.len() > 1 && !all.contains(&false))
    }

    /// The weakest link; none of fewer than two scales.
    pub fn weakest(&self) -> Option<Extreme<'_>> {
        self.extreme(|reading| -reading.on_common_range(), |reading, other| reading.is_below(other))
    }

    /// The strongest; none of fewer than two scales.
    pub fn strongest(&self) -> Option<Extreme<'_>> {
        self.extreme(LensScore::on_common_range, |reading, other| other.is_below(reading))
    }

    fn extreme(
        &self,
        height: impl Fn(&LensScore) -> f64,
        beyond: impl Fn(&LensScore, &LensScore) -> bool,
    ) -> Option<Extreme<'_>> {
        let reading = self.compared().max_by(|a, b| height(a).total_cmp(&height(b)))?;
        let mut others = self.compared().filter(|other| other.name != reading.name).peekable();
        others.peek()?;
        Some(Extreme { reading, clear: others.all(|other| beyond(reading, other)) })
    }

    /// The mean of the scales that are held against each other, on the common range; none without a scale.
    pub fn mean(&self) -> Option<f64> {
        let values: Vec<f64> = self.compared().map(LensScore::on_common_range).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// The balance of the four building blocks; none of another framework, or where one of the four has no score.
    pub fn balance(&self) -> Option<Balance<'_>> {
        if self.family != Family::BuildingBlock {
            return None;
        }
        let of = |member: &str| self.readings.iter().find(|reading| reading.member == member);
        let four = ["trust", "reciprocity", "intensity", "time"].map(of);
        let [Some(_), Some(_), Some(intensity), Some(time)] = four else { return None };
        let (highest, lowest) = (self.strongest()?.reading, self.weakest()?.reading);
        let (apart, within, verdict) = (self.apart()?, self.within()?, self.level()?);
        Some(Balance { highest, lowest, apart, within, verdict, worn: intensity.is_below(time) })
    }

    /// p of all being equally high: the weighted squares about their weighted mean, by χ².
    fn p_level(&self) -> Option<f64> {
        let known: Option<Vec<(f64, f64)>> =
            self.compared().map(|one| Some((one.on_common_range(), one.common_se()?))).collect();
        let known = known.filter(|known| known.iter().all(|(_, se)| *se > 0.0))?;
        let weights: f64 = known.iter().map(|(_, se)| se.powi(-2)).sum();
        let mean = known.iter().map(|(value, se)| value * se.powi(-2)).sum::<f64>() / weights;
        let squares: f64 = known.iter().map(|(value, se)| ((value - mean) / se).powi(2)).sum();
        chi_squared_above(squares, known.len().checked_sub(1)? as f64)
    }

    /// The direction in which the relation lags, and whether the answers tell it from the others; none unless all three are known.
    pub fn direction(&self) -> Option<(Direction, bool)> {
        self.direction_among(3)
    }

    /// The direction where the dimension of use may be missing, because there is nothing to use.
    pub fn direction_of_known(&self) -> Option<(Direction, bool)> {
        self.direction_among(2)
    }

    fn direction_among(&self, least: usize) -> Option<(Direction, bool)> {
        if self.family != Family::Dimension {
            return None;
        }
        let of = |wanted: fn(&str) -> bool| {
            let found: Vec<&LensScore> = self.readings.iter().filter(|one| wanted(&one.member)).collect();
            let n = found.len() as f64;
            let value = found.iter().map(|one| one.on_common_range()).sum::<f64>() / n;
            let squares: Option<f64> = found.iter().map(|one| Some(one.common_se()?.powi(2))).sum();
            (n > 0.0).then(|| LensScore {
                name: String::new(),
                label: String::new(),
                member: String::new(),
                value,
                se: squares.map(|squares| squares.sqrt() / n),
                range: (0.0, 1.0),
            })
        };
        let found = [
            (Direction::Emotional, of(|member| member == "emotional")),
            (Direction::Instrumental, of(|member| member == "instrumental")),
            (Direction::Relational, of(|member| member.starts_with(CONTACT))),
        ];
        let known: Vec<(Direction, LensScore)> =
            found.into_iter().filter_map(|(direction, found)| Some((direction, found?))).collect();
        if known.len() < least {
            return None;
        }
        let lowest = known.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
        let mut others = known.iter().filter(|other| other.0 != lowest.0);
        Some((lowest.0, others.all(|other| lowest.1.is_below(&other.1))))
    }
}

fn to_tenth(points: f64) -> f64 {
    (10.0 * points).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lens(family: Family, scales: &[(&str, f64, f64)]) -> Lens {
        let reading = |(member, value, se): &(&str, f64, f64)| LensScore {
            name: (*member).to_owned(),
            label: (*member).to_owned(),
            member: (*member).to_owned(),
            value: *value,
            se: Some(*se),
            range: (1.0, 7.0),
        };
        Lens { family, readings: scales.iter().map(reading).collect() }
    }

    #[test]
    fn a_weakest_link_is_told_only_where_it_lies_apart_from_every_other() {
        let apart =
            lens(Family::SuccessFactor, &[("respect", 5.8, 0.4), ("conflict", 2.0, 0.4), ("x", 5.0, 0.4)]);
        let weakest = apart.weakest().unwrap();
        assert_eq!((weakest.reading.member.as_str(), weakest.clear), ("conflict", true));
        let strongest = apart.strongest().unwrap();
        assert_eq!((strongest.reading.member.as_str(), strongest.clear), ("respect", false));
        let near =
            lens(Family::SuccessFactor, &[("respect", 2.6, 0.4), ("conflict", 2.0, 0.4), ("x", 5.0, 0.4)]);
        assert!(!near.weakest().unwrap().clear);
        // Without an error nothing is told, however far apart.
        let mut unknown = apart.clone();
        unknown.readings[1].se = None;
        assert!(!unknown.weakest().unwrap().clear);
        assert_eq!(lens(Family::SuccessFactor, &[("respect", 5.8, 0.4)]).weakest(), None);
    }

    #[test]
    fn two_scales_may_share_the_lowest_place() {
        let of = |values: [f64; 4], se: f64| {
            let names = ["trust", "reciprocity", "intensity", "time"];
            let scales: Vec<(&str, f64, f64)> =
                names.into_iter().zip(values).map(|(name, value)| (name, value, se)).collect();
            let lens = lens(Family::BuildingBlock, &scales);
            lens.lowest()
                .map(|found| found.iter().map(|one| one.member.clone()).collect::<Vec<_>>().join("+"))
        };
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(of([5.0, 2.0, 5.2, 5.4], 0.4), is("reciprocity"));
        // 2.0 and 2.6 are not told apart: 1.96 · .4√2 = 1.11.
        assert_eq!(of([5.0, 2.6, 5.2, 2.0], 0.4), is("reciprocity+time"));
        // Half a point and more below the others, and less than error: none stands out.
        assert_eq!(of([5.0, 4.3, 5.2, 5.4], 0.4), is(""));
        assert_eq!(of([2.0, 2.1, 2.2, 5.4], 0.4), is(""));
        let mut unknown = lens(Family::SuccessFactor, &[("respect", 5.0, 0.4), ("conflict", 2.0, 0.4)]);
        unknown.readings[0].se = None;
        assert_eq!(unknown.lowest(), None);
    }

    #[test]
    fn all_are_low_only_where_no_interval_holds_the_middle() {
        let of = |high: f64, se: f64| {
            lens(Family::SuccessFactor, &[("respect", 2.0, se), ("conflict", high, se), ("x", 2.2, se)])
                .is_low()
        };
        // 3.0 + 1.96 · .5 = 3.98, and the middle is 4.
        assert_eq!((of(3.0, 0.5), of(3.0, 0.52), of(5.0, 0.5)), (Some(true), Some(false), Some(false)));
        let mut unknown = lens(Family::SuccessFactor, &[("respect", 1.0, 0.4), ("conflict", 1.0, 0.4)]);
        let high = lens(Family::SuccessFactor, &[("respect", 6.0, 0.5), ("conflict", 5.0, 0.5)]);
        assert_eq!((high.is_high(), high.is_low()), (Some(true), Some(false)));
        assert_eq!(
            lens(Family::SuccessFactor, &[("respect", 6.0, 0.5), ("conflict", 4.9, 0.5)]).is_high(),
            Some(false)
        );
        unknown.readings[0].se = None;
        assert_eq!((unknown.is_low(), unknown.is_high()), (None, None));
    }

    #[test]
    fn what_customers_are_to_each_other_is_no_link_of_the_four() {
        let four =
            [("trust", 5.0, 0.3), ("reciprocity", 5.2, 0.3), ("intensity", 5.1, 0.3), ("time", 5.4, 0.3)];
        let with_peers = [four.as_slice(), &[("trust_between_customers", 1.0, 0.3)]].concat();
        let lens = lens(Family::BuildingBlock, &with_peers);
        assert_eq!(lens.weakest().unwrap().reading.member, "trust");
        assert!((lens.mean().unwrap() - (5.175 - 1.0) / 6.0).abs() < 1e-12);
        assert_eq!(lens.balance().unwrap().verdict, Evenness::Even);
    }

    #[test]
    fn balance_is_held_against_the_errors_of_all_four() {
        let of = |intensity: f64, se: f64| {
            let four = [
                ("trust", 5.0, se),
                ("reciprocity", 5.2, se),
                ("intensity", intensity, se),
                ("time", 5.4, se),
            ];
            let lens = lens(Family::BuildingBlock, &four);
            let balance = lens.balance().unwrap();
            (balance.verdict, balance.worn, balance.lowest.member.clone())
        };
        assert_eq!(of(2.0, 0.3), (Evenness::Uneven, true, "intensity".to_owned()));
        assert_eq!(of(3.4, 1.2), (Evenness::Open, false, "intensity".to_owned()));
        // Equal errors: the plain squares about the plain mean.
        let four =
            [("trust", 5.0, 0.75), ("reciprocity", 5.2, 0.75), ("intensity", 3.0, 0.75), ("time", 5.4, 0.75)];
        let squares =
            [5.0_f64, 5.2, 3.0, 5.4].map(|value| ((value - 4.65) / 0.75).powi(2)).iter().sum::<f64>();
        let p = lens(Family::BuildingBlock, &four).p_level().unwrap();
        assert!((p - chi_squared_above(squares, 3.0).unwrap()).abs() < 1e-12);
        let three = [("trust", 5.0, 0.3), ("reciprocity", 5.2, 0.3), ("time", 5.4, 0.3)];
        assert_eq!(lens(Family::BuildingBlock, &three).balance(), None);
        assert_eq!(lens(Family::Relevance, &four).balance(), None);
    }

    #[test]
    fn the_spread_that_is_shown_decides_whether_all_are_level() {
        let of = |high: f64, low: f64| {
            let four = [
                ("trust", high, 0.8),
                ("reciprocity", low, 0.8),
                ("intensity", low, 0.8),
                ("time", high, 0.8),
            ];
            let lens = lens(Family::BuildingBlock, &four);
            let balance = lens.balance().unwrap();
            (balance.apart, balance.verdict)
        };
        // On the common range these lie a little more than a sixth apart, in binary.
        assert_eq!((of(5.2, 4.2), of(6.0, 5.0)), ((1.0, Evenness::Even), (1.0, Evenness::Even)));
        assert_eq!(of(5.29, 4.25), (1.0, Evenness::Even));
        assert_eq!(of(5.3, 4.2), (1.1, Evenness::Open));
    }

    #[test]
    fn the_border_of_balance_is_told_in_the_points_of_the_scale() {
        let of = |low: f64, high: f64, range: (f64, f64)| {
            let names = ["trust", "reciprocity", "intensity", "time"];
            let values = [high, low, low, high];
            let scales: Vec<(&str, f64, f64)> =
                names.into_iter().zip(values).map(|(name, value)| (name, value, 1.2)).collect();
            let mut lens = lens(Family::BuildingBlock, &scales);
            lens.readings.iter_mut().for_each(|reading| reading.range = range);
            let balance = lens.balance().unwrap();
            (balance.apart, balance.within, balance.verdict)
        };
        assert_eq!(of(5.0, 6.6, (0.0, 10.0)), (1.6, 1.7, Evenness::Even));
        assert_eq!(of(5.0, 6.7, (0.0, 10.0)), (1.7, 1.7, Evenness::Even));
        assert_eq!(of(5.0, 6.8, (0.0, 10.0)), (1.8, 1.7, Evenness::Open));
        assert_eq!(of(4.0, 5.0, (1.0, 7.0)).1, 1.0);
    }

    #[test]
    fn contact_counts_once_among_three_directions() {
        let of = |contact: [f64; 3]| {
            let [relevant, effortless, proactive] = contact;
            lens(
                Family::Dimension,
                &[
                    ("emotional", 5.0, 0.3),
                    ("instrumental", 5.5, 0.3),
                    ("relational_relevant", relevant, 0.3),
                    ("relational_effortless", effortless, 0.3),
                    ("relational_proactive", proactive, 0.3),
                ],
            )
            .direction()
        };
        assert_eq!(of([3.0, 4.0, 3.5]), Some((Direction::Relational, true)));
        // One low side of contact is not a low contact.
        assert_eq!(of([2.0, 7.0, 7.0]), Some((Direction::Emotional, false)));
        assert_eq!(lens(Family::Dimension, &[("emotional", 5.0, 0.3)]).direction(), None);
    }
}
