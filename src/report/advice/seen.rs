//! The names of advice rules for frameworks other than the models and for satisfaction and staying. They hold the verdicts of the result
//! itself.

use std::cmp::Ordering;

use crate::analysis::lens::{Direction, Evenness, Lens, LensScore};
use crate::analysis::{contentment, stays};
use crate::instrument::expression::Value;
use crate::instrument::kinds::{Datum, WhyMissing};
use crate::instrument::{Construct, Family, STANDINGS};
use crate::interview::{Fed, Interview};
use crate::report::Loyalty;

/// What a session saw beside the models.
#[derive(Clone, Copy)]
pub(in crate::report) struct AdviceInputs<'a> {
    /// Its frameworks.
    pub lenses: &'a [Lens],
    /// Those of which it left a scale open; see [`left_open`].
    pub open: &'a [Family],
    /// Satisfaction beside the wish to stay.
    pub standing: Option<&'a Loyalty>,
    /// The mark of satisfaction.
    pub mark: Option<f64>,
}

/// What a name after `own.` asks for.
enum AdviceName<'a> {
    Lowest(Family),
    Highest(Family),
    Level(Family),
    /// All scales, or the one of this member.
    Low(Family, Option<&'a str>),
    High(Family, Option<&'a str>),
    Worn,
    Direction,
    Contact,
    Satisfied,
    Standing,
}

impl<'a> AdviceName<'a> {
    fn parse(what: &'a str) -> Option<Self> {
        let of = |prefix: &str| Family::of_prefix(what.strip_prefix(prefix)?);
        let of_member = |prefix: &str| Family::of_name(what.strip_prefix(prefix)?);
        match what {
            "worn" => Some(Self::Worn),
            "direction" => Some(Self::Direction),
            "lowest_contact" => Some(Self::Contact),
            "satisfied" => Some(Self::Satisfied),
            "standing" => Some(Self::Standing),
            _ => of("lowest_")
                .map(Self::Lowest)
                .or_else(|| of("highest_").map(Self::Highest))
                .or_else(|| of("level_").map(Self::Level))
                .or_else(|| of_member("low_").map(|(family, member)| Self::Low(family, member)))
                .or_else(|| of_member("high_").map(|(family, member)| Self::High(family, member))),
        }
    }
}

/// The framework that a name after `own.` is about.
pub(in crate::report) fn family(what: &str) -> Option<Family> {
    match AdviceName::parse(what)? {
        AdviceName::Lowest(family)
        | AdviceName::Highest(family)
        | AdviceName::Level(family)
        | AdviceName::Low(family, _)
        | AdviceName::High(family, _) => Some(family),
        AdviceName::Worn => Some(Family::BuildingBlock),
        AdviceName::Direction | AdviceName::Contact => Some(Family::Dimension),
        AdviceName::Satisfied | AdviceName::Standing => None,
    }
}

/// The frameworks of which a scale that is held against the others was asked and has too few answers for a score. A scale that was not asked,
/// because there is nothing to ask about, leaves nothing open.
pub(in crate::report) fn left_open(interview: &Interview) -> Vec<Family> {
    let fed = interview.fed_by_scale();
    let scales = interview.instrument().scales.iter().zip(&fed);
    let open = scales.filter_map(|(scale, fed)| {
        let Construct::Family(family, member) = &scale.construct else { return None };
        let asked = fed.iter().any(|fed| fed.datum != Datum::Missing(WhyMissing::NotAsked));
        let scored = scale.is_scored_by(fed.iter().filter_map(Fed::keyed).count());
        (family.compares(member) && asked && !scored).then_some(*family)
    });
    open.collect()
}

impl<'a> AdviceInputs<'a> {
    fn lens(&self, family: Family) -> Option<&'a Lens> {
        self.lenses.iter().find(|lens| lens.family == family)
    }

    /// The framework where nothing of it was left open, so that something can be said of all its scales.
    fn whole(&self, family: Family) -> Option<&'a Lens> {
        self.lens(family).filter(|_| !self.open.contains(&family))
    }

    fn reading(&self, family: Family, member: &str) -> Option<&'a LensScore> {
        self.lens(family)?.readings.iter().find(|reading| reading.member == member)
    }

    /// The value of a name after `own.`; none where it is no name of these.
    pub fn value(&self, what: &str) -> Option<Value> {
        Some(self.found(&AdviceName::parse(what)?).unwrap_or(Value::Missing))
    }

    fn found(&self, asked: &AdviceName<'_>) -> Option<Value> {
        let text = |word: &str| Value::Text(word.to_owned());
        let or_none = |members: Vec<&str>| match members.as_slice() {
            [] => text("none"),
            members => Value::Text(members.join("+")),
        };
        let members = |lens: &Lens| {
            Some(or_none(lens.lowest()?.into_iter().map(|reading| reading.member.as_str()).collect()))
        };
        Some(match asked {
            AdviceName::Lowest(family) => members(self.lens(*family)?)?,
            AdviceName::Contact => {
                let contact = self.lens(Family::Dimension)?.of_contact()?;
                // Two that share the place are no side to begin with.
                match members(&contact)? {
                    Value::Text(both) if both.contains('+') => text("none"),
                    one => one,
                }
            }
            AdviceName::Highest(family) => {
                let lens = self.lens(*family)?;
                let strongest = lens.lowest().and_then(|_| lens.strongest())?;
                text(if strongest.clear { &strongest.reading.member } else { "none" })
            }
            AdviceName::Level(family) => text(match self.whole(*family)?.level()? {
                Evenness::Even => "even",
                Evenness::Uneven => "uneven",
                Evenness::Open => "open",
            }),
            AdviceName::Low(family, None) => Value::Bool(self.whole(*family)?.is_low()?),
            AdviceName::High(family, None) => Value::Bool(self.whole(*family)?.is_high()?),
            AdviceName::Low(family, Some(member)) => Value::Bool(self.reading(*family, member)?.is_low()?),
            AdviceName::High(family, Some(member)) => Value::Bool(self.reading(*family, member)?.is_high()?),
            AdviceName::Worn => Value::Bool(self.lens(Family::BuildingBlock)?.balance()?.worn),
            AdviceName::Direction => text(match self.lens(Family::Dimension)?.direction_of_known()? {
                (_, false) => "none",
                (Direction::Emotional, true) => "emotional",
                (Direction::Instrumental, true) => "instrumental",
                (Direction::Relational, true) => "relational",
            }),
            AdviceName::Satisfied => Value::Bool(contentment(self.mark?) == Ordering::Greater),
            AdviceName::Standing => {
                let standing = self.standing?;
                let wish = stays(standing.staying.value, standing.staying.range);
                let [leaving, staying, together] = STANDINGS;
                text(match (contentment(standing.satisfaction.value), wish) {
                    (Ordering::Greater, Ordering::Less) => leaving,
                    (Ordering::Less, Ordering::Greater) => staying,
                    _ => together,
                })
            }
        })
    }

    /// The scales that a name after `own.` comes from, each with whether it is said to be low or to be high; none where it is no name of these.
    pub fn scales(&self, what: &str) -> Option<Vec<(&'a str, Option<bool>)>> {
        let asked = AdviceName::parse(what)?;
        let of = |wanted: &dyn Fn(&str) -> bool, family: Family, low: bool| {
            let readings = self.lens(family).into_iter().flat_map(|lens| &lens.readings);
            let wanted = readings.filter(|one| wanted(&one.member));
            wanted.map(|one| (one.name.as_str(), Some(low))).collect::<Vec<_>>()
        };
        let among = |members: &str, member: &str| members.split('+').any(|one| one == member);
        Some(match (&asked, self.found(&asked)) {
            (AdviceName::Lowest(family), Some(Value::Text(members))) => {
                of(&|member| among(&members, member), *family, true)
            }
            (AdviceName::Highest(family), Some(Value::Text(members))) => {
                of(&|member| among(&members, member), *family, false)
            }
            (AdviceName::Low(family, None), Some(Value::Bool(true))) => {
                of(&|member| family.compares(member), *family, true)
            }
            (AdviceName::High(family, None), Some(Value::Bool(true))) => {
                of(&|member| family.compares(member), *family, false)
            }
            (AdviceName::Low(family, Some(one)), Some(Value::Bool(true))) => {
                of(&|member| member == *one, *family, true)
            }
            (AdviceName::High(family, Some(one)), Some(Value::Bool(true))) => {
                of(&|member| member == *one, *family, false)
            }
            (AdviceName::Contact, Some(Value::Text(found))) => {
                of(&|member| member == found, Family::Dimension, true)
            }
            (AdviceName::Direction, Some(Value::Text(found))) => {
                of(&|member| member.split('_').next() == Some(found.as_str()), Family::Dimension, true)
            }
            (AdviceName::Worn, Some(Value::Bool(true))) => [("time", false), ("intensity", true)]
                .map(|(name, low)| of(&|member| member == name, Family::BuildingBlock, low))
                .concat(),
            (AdviceName::Standing, Some(Value::Text(found))) => {
                let [leaving, staying, _] = STANDINGS;
                let low = |word: &str, other: &str| match found.as_str() {
                    known if known == word => Some(true),
                    known if known == other => Some(false),
                    _ => None,
                };
                let both = self.standing.map(|both| {
                    let (mark, wish) = (&both.satisfaction.name, &both.staying.name);
                    [(mark.as_str(), low(staying, leaving)), (wish.as_str(), low(leaving, staying))]
                });
                both.into_iter().flatten().collect()
            }
            (AdviceName::Satisfied, Some(Value::Bool(satisfied))) => {
                let mark = self.standing.map(|found| (found.satisfaction.name.as_str(), Some(!satisfied)));
                mark.into_iter().collect()
            }
            _ => Vec::new(),
        })
    }
}
