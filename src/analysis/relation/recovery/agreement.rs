//! How often the intervals of the four norms together hold what they would be without errors, at several levels of agreement.

use std::sync::Arc;

use super::{DRAWS, Line, World};
use crate::analysis::relation::compared::apart;
use crate::analysis::relation::{Contrast, Relation};
use crate::classify::strength::expected;
use crate::instrument::kinds::Key;
use crate::instrument::persona::{Persona, Rating, ResponseModel, agree_cuts};
use crate::instrument::{Construct, Instrument, Method, Perspective, RelationalModel};
use crate::interview::Refusal;
use crate::psychometrics::Interval;
use crate::psychometrics::pair::nearness;

/// How far our side's picture of a customer goes with what the customer holds.
const LEVELS: [(&str, f64); 3] = [
    ("both sides, our picture goes with theirs by 1", 1.0),
    ("both sides, our picture goes with theirs by .6", 0.6),
    ("both sides, our picture goes with theirs by 0", 0.0),
];
const WHAT: [&str; 6] = [
    "interval of D²",
    "interval of its elevation",
    "interval of its scatter",
    "interval of its shape",
    "interval of the intraclass correlation",
    "interval of the distance of shares",
];

impl World {
    pub(super) fn agreement(
        &mut self,
        ours: &Arc<Instrument>,
        theirs: &Arc<Instrument>,
        relations: usize,
    ) -> Result<Vec<Line>, Refusal> {
        let mut lines = Vec::new();
        for (world, level) in LEVELS {
            let mut counted = [(0, 0); WHAT.len()];
            for _ in 0..relations {
                let (customer, stranger) = (self.persona(), self.persona());
                let means = self.generator.means;
                let about = |k: usize| {
                    let of = |persona: &Persona| persona.norms[k] - means[k];
                    means[k] + level * of(&customer) + (1.0 - level * level).sqrt() * of(&stranger)
                };
                let manager = Persona { other_norms: std::array::from_fn(about), ..customer.clone() };
                let visits = vec![self.visit(ours, &manager, 0)?, self.visit(theirs, &customer, 1)?];
                let both = Relation::new("R".into(), None, true, visits).both_sides();
                let found = both.iter().find(|one| one.pairing == Contrast::OurPicture);
                let Some(found) = found.and_then(|one| one.intervals(DRAWS)) else { continue };
                let sides =
                    [scores(ours, &manager, Perspective::Other), scores(theirs, &customer, Perspective::Own)];
                let intervals =
                    [found.squared, found.elevation, found.scatter, found.shape, found.icc, found.distance];
                let Some(truths) = truths(&sides) else { continue };
                for ((held, n), (interval, truth)) in counted.iter_mut().zip(intervals.iter().zip(truths)) {
                    let Some(Interval { low, high }) = interval else { continue };
                    *n += 1;
                    *held += usize::from(*low <= truth && truth <= *high);
                }
            }
            lines.extend(WHAT.into_iter().zip(counted).map(|(what, (held, n))| Line {
                coverage: Some(held as f64 / n.max(1) as f64),
                ..Line::new(world, what, n)
            }));
        }
        Ok(lines)
    }
}

fn truths([ours, theirs]: &[([f64; 4], f64); 2]) -> Option<[f64; 6]> {
    let found = nearness(&ours.0, &theirs.0).ok()?;
    let distance = apart(&ours.0, &theirs.0, ours.1)?;
    Some([found.squared, found.elevation, found.scatter, found.shape, found.icc, distance])
}

/// The score that a respondent would have in each norm if every statement were asked again and again, and the lowest answer.
fn scores(of: &Instrument, persona: &Persona, perspective: Perspective) -> ([f64; 4], f64) {
    let mut floor = 0.0;
    let scores = RelationalModel::ALL.map(|model| {
        let (mut sum, mut n) = (0.0, 0.0);
        for item in &of.items {
            for feed in item.question.feeds() {
                let Key::Points { min, max, reverse } = feed.key else { continue };
                let is_of_model = of.scales.get(feed.scale).is_some_and(|scale| {
                    scale.construct == Construct::Model(model)
                        && scale.perspective == perspective
                        && scale.method == Method::Mean
                });
                if !is_of_model {
                    continue;
                }
                let rating = Rating { points: (max - min) as usize + 1, reverse };
                let loadings = ResponseModel::REFERENCE.loadings(&item.name);
                let steady = persona.steady((perspective, model), loadings, rating);
                let (value, _) = expected(&agree_cuts(rating.points), steady, loadings.unique());
                let value = match (persona.careless, reverse) {
                    (true, _) => 0.0,
                    (false, true) => -value,
                    (false, false) => value,
                };
                sum += min + (value + 1.0) / 2.0 * (max - min);
                n += 1.0;
                floor = min;
            }
        }
        sum / n
    });
    (scores, floor)
}
