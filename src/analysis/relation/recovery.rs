//! Coverage of the intervals of a relation, and false alarms of differences and changes. Recovery, not validity: the answers come from
//! relata's own assumptions.

use std::sync::Arc;

use super::{Changed, Contrast, Relation, Side, Visit};
use crate::analysis::lens::LensScore;
use crate::analysis::standards::reference_norms;
use crate::analysis::{intention, pairs};
use crate::classify::reference::Generator;
use crate::classify::session::evidence;
use crate::instrument::persona::Persona;
use crate::instrument::{Instrument, Party, Perspective, RelationalModel};
use crate::interview::{Refusal, Start, simulate};
use crate::measures::Parts;
use crate::rng::Rng;

/// Walks behind a true score of a norm.
const WALKS: usize = 20;
/// Days between two waves.
const APART: i64 = 180 * 86_400_000;
/// By how many SD a norm rises between waves that differ.
const RISE: f64 = 1.5;
/// Draws of pairs with identical norms.
const DRAWS: usize = 400;
/// Pairs in a simulated study of both sides.
const STUDY: usize = 40;

/// How one thing that is said of relations came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What was simulated.
    pub world: &'static str,
    /// The statement that is checked.
    pub what: &'static str,
    /// Intervals, or relations or studies in which it may be said.
    pub n: usize,
    /// Share of 95 % intervals that hold what was simulated.
    pub coverage: Option<f64>,
    /// Share of relations in which something is called real that is not, after correction (Holm).
    pub false_alarms: Option<f64>,
    /// Share in which what is real is found.
    pub found: Option<f64>,
}

impl Line {
    fn new(world: &'static str, what: &'static str, n: usize) -> Self {
        Self { world, what, n, coverage: None, false_alarms: None, found: None }
    }
}

/// The table, from so many relations in each world. `ours`: the questionnaire of the organisation's side; `theirs`: the customer's.
///
/// # Errors
/// A simulated respondent who gets stuck.
pub fn recovery(
    (ours, theirs): (&Arc<Instrument>, &Arc<Instrument>),
    relations: usize,
    seed: u64,
) -> Result<Vec<Line>, Refusal> {
    let mut world = World { rng: Rng::for_purpose(seed, "relations"), generator: Generator::default() };
    let mut lines = world.waves(theirs, relations, None)?;
    lines.extend(world.waves(theirs, relations, Some(RISE))?);
    lines.extend(world.sides(ours, theirs, relations)?);
    lines.extend(studies(&mut world.rng, relations));
    Ok(lines)
}

struct World {
    rng: Rng,
    generator: Generator,
}

impl World {
    fn persona(&mut self) -> Persona {
        self.generator.persona(&mut self.rng).0
    }

    fn visit(&mut self, of: &Arc<Instrument>, persona: &Persona, begun: i64) -> Result<Visit, Refusal> {
        let start = Start {
            seed: self.rng.bits(),
            language: of.language(None),
            fields: of.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect(),
            at: begun,
            offset: None,
        };
        let walk = simulate::walk(of.clone(), start, persona)?;
        let side = |perspective| Side::of(evidence(&walk.interview, perspective).as_ref(), None);
        let (parts, norms) = (Parts::of(&walk.interview), reference_norms(of));
        let staying = intention(of)
            .and_then(|scale| LensScore::of_parts(of, scale, &parts, &norms, walk.interview.language()));
        Ok(Visit {
            session: begun.to_string(),
            begun,
            party: of.respondents,
            person: Some("1".to_owned()),
            instrument: of.name.clone(),
            title: String::new(),
            led: false,
            pool: "simulated",
            test: false,
            own: side(Perspective::Own),
            other: side(Perspective::Other),
            lenses: Vec::new(),
            satisfaction: None,
            staying,
            gap: None,
            declined: false,
            asked: std::sync::Arc::default(),
        })
    }

    /// Two waves of the same customer; in between one norm rises, or none.
    fn waves(
        &mut self,
        theirs: &Arc<Instrument>,
        relations: usize,
        rise: Option<f64>,
    ) -> Result<Vec<Line>, Refusal> {
        let world = if rise.is_some() { "two waves, one norm rises" } else { "two waves, nothing changes" };
        let risen = RelationalModel::EqualityMatching;
        let (mut held, mut intervals, mut alarms, mut found) = (0, 0, 0, 0);
        for _ in 0..relations {
            let before = self.persona();
            let mut now = before.clone();
            if let Some(rise) = rise {
                now.norms[risen.index()] += rise;
            }
            let truth = match rise {
                Some(_) => self.true_score(theirs, &now, risen)? - self.true_score(theirs, &before, risen)?,
                None => 0.0,
            };
            let visits = vec![self.visit(theirs, &before, 0)?, self.visit(theirs, &now, APART)?];
            let relation = Relation::new("R".into(), None, true, visits);
            let Some(time) = relation.over_time(Party::Customer).pop() else { continue };
            let is_risen =
                |changed: &&Changed| changed.what == super::Followed::Norm(Perspective::Own, risen);
            for changed in &time.changes {
                let truth = if is_risen(&changed) { truth } else { 0.0 };
                intervals += 1;
                held += usize::from(changed.interval.low <= truth && truth <= changed.interval.high);
            }
            let real = |changed: &&Changed| rise.is_some() && is_risen(changed);
            let mut reliable = time.changes.iter().filter(|changed| changed.is_reliable());
            alarms += usize::from(reliable.clone().any(|changed| !real(&changed)));
            found += usize::from(reliable.any(|changed| real(&changed)));
        }
        let share = |count: usize| Some(count as f64 / relations as f64);
        Ok(vec![
            Line {
                coverage: Some(held as f64 / intervals.max(1) as f64),
                ..Line::new(world, "intervals of change", intervals)
            },
            Line {
                false_alarms: share(alarms),
                found: share(found).filter(|_| rise.is_some()),
                ..Line::new(world, "a norm is called changed", relations)
            },
        ])
    }

    /// The expected score of a respondent.
    fn true_score(
        &mut self,
        of: &Arc<Instrument>,
        persona: &Persona,
        model: RelationalModel,
    ) -> Result<f64, Refusal> {
        let mut all = Vec::with_capacity(WALKS);
        for _ in 0..WALKS {
            let visit = self.visit(of, persona, 0)?;
            all.extend(
                visit.own.strengths.and_then(|strengths| strengths.norm(model)).map(|norm| norm.value),
            );
        }
        Ok(all.iter().sum::<f64>() / all.len().max(1) as f64)
    }

    /// Our side's picture of a customer is what the customer holds.
    fn sides(
        &mut self,
        ours: &Arc<Instrument>,
        theirs: &Arc<Instrument>,
        relations: usize,
    ) -> Result<Vec<Line>, Refusal> {
        const WORLD: &str = "both sides, our picture is right";
        let (mut held, mut intervals, mut alarms) = (0, 0, 0);
        let (mut icc, mut apart, mut with_distance) = (0, 0, 0);
        for _ in 0..relations {
            let customer = self.persona();
            let manager = Persona { other_norms: customer.norms, ..customer.clone() };
            let visits = vec![self.visit(ours, &manager, 0)?, self.visit(theirs, &customer, 1)?];
            let both = Relation::new("R".into(), None, true, visits).both_sides();
            let Some(compared) = both.iter().find(|one| one.pairing == Contrast::OurPicture) else {
                continue;
            };
            for norm in compared.norms.iter().flatten() {
                intervals += 1;
                held += usize::from(norm.interval.low <= 0.0 && 0.0 <= norm.interval.high);
            }
            alarms += usize::from(compared.norms.iter().flatten().any(|norm| norm.p <= super::SIGNIFICANT));
            if let (Some(together), Some(same)) = (compared.together, compared.if_same(DRAWS)) {
                icc += usize::from(same.icc.low <= together.icc && together.icc <= same.icc.high);
                with_distance += 1;
                apart += usize::from(same.p_distance.is_some_and(|p| p <= super::SIGNIFICANT));
            }
        }
        let of = |count: usize, n: usize| Some(count as f64 / n.max(1) as f64);
        Ok(vec![
            Line { coverage: of(held, intervals), ..Line::new(WORLD, "intervals of differences", intervals) },
            Line {
                false_alarms: of(alarms, relations),
                ..Line::new(WORLD, "a norm is called misjudged", relations)
            },
            Line {
                coverage: of(icc, with_distance),
                ..Line::new(WORLD, "where the intraclass correlation lies if the same", with_distance)
            },
            Line {
                false_alarms: of(apart, with_distance),
                ..Line::new(WORLD, "shares are called apart", with_distance)
            },
        ])
    }
}

/// Studies of both sides, on scores: judgements follow the truth by .6 and the judge's own position by .3, or nothing but the average customer.
fn studies(rng: &mut Rng, studies: usize) -> Vec<Line> {
    const KNOWN: &str = "studies of 40 pairs, truth .6, own .3";
    const UNKNOWN: &str = "studies of 40 pairs, customers known in general alone";
    const TRUTH: f64 = 0.6;
    const OWN: f64 = 0.3;
    let (mut truth, mut own, mut regressions, mut percentile, mut distinctive) = (0, 0, 0, 0, 0);
    let holds =
        |found: crate::analysis::IntervalEstimate, value: f64| found.low <= value && value <= found.high;
    for _ in 0..studies {
        let known = pairs::simulated(STUDY, TRUTH, OWN, rng);
        for judged in &known.judged {
            regressions += 1;
            truth += usize::from(holds(judged.truth, TRUTH));
            own += usize::from(holds(judged.own, OWN));
        }
        if let Some(baseline) = pairs::simulated(STUDY, 0.0, OWN, rng).baseline {
            percentile += usize::from(holds(baseline.percentile, 0.5));
            distinctive += usize::from(baseline.distinctive.is_some_and(|found| holds(found, 0.0)));
        }
    }
    let of = |count: usize, n: usize| Some(count as f64 / n.max(1) as f64);
    vec![
        Line {
            coverage: of(truth, regressions),
            ..Line::new(KNOWN, "how far the truth is followed", regressions)
        },
        Line {
            coverage: of(own, regressions),
            ..Line::new(KNOWN, "how far the own position is followed", regressions)
        },
        Line {
            coverage: of(percentile, studies),
            ..Line::new(UNKNOWN, "place among pairs at random", studies)
        },
        Line { coverage: of(distinctive, studies), ..Line::new(UNKNOWN, "distinctive agreement", studies) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::shipped;

    #[test]
    fn intervals_hold_what_was_simulated_and_false_alarms_are_few() {
        let of = |name: &str| Arc::new(shipped::read(name).unwrap().instrument.unwrap());
        let lines = recovery((&of("account-self-assessment"), &of("client-view")), 60, 1).unwrap();
        assert_eq!(lines.len(), 12);
        for line in &lines {
            // Of so few relations a share is known to some six in a hundred.
            assert!(line.coverage.is_none_or(|share| share >= 0.85), "{line:?}");
            assert!(line.false_alarms.is_none_or(|share| share <= 0.15), "{line:?}");
        }
        let found = lines.iter().find_map(|line| line.found).unwrap();
        assert!(found > 0.2, "{lines:?}");
    }
}
