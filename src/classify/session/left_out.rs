//! Answers that are not used in a profile, and why: each block needs as many as its scale demands.
//!
//! Owns the explanation of that rule, for screens and reports. Such answers are not used in another way: a scale's least number
//! of answers is the author's statement of what still measures something, the reference models are fitted on complete
//! best–worst sets, and centring the ratings needs all four norms.

use std::collections::BTreeSet;

use super::{is_answered, model_scale};
use crate::instrument::kinds::{Datum, Key, WhyMissing};
use crate::instrument::{Instrument, Method, Perspective, RelationalModel, Scale};
use crate::interview::Fed;
use crate::measures::{self, Norms, Outcome};

/// Answers that count for nothing in a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UncountedAnswers {
    /// All ratings, because there are too few for these norms.
    Statements(Vec<(RelationalModel, TooFew)>),
    /// The choices of a scale.
    Situations(TooFew),
    /// The points of a scale.
    Points(TooFew),
    /// The sets of a scale, and how many of them have only their most or their least.
    Sets(TooFew, usize),
    /// So many sets, of which most or least is not known.
    HalfSets(usize),
}

/// How many answers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// Answers that count.
    pub valid: usize,
    /// Those that were asked for.
    pub of: usize,
    /// Those that the scale needs.
    pub needed: usize,
}

impl UncountedAnswers {
    /// Answers that were given all the same.
    pub fn given(&self) -> usize {
        match self {
            Self::Statements(models) => models.iter().map(|(_, few)| few.valid).sum(),
            Self::Situations(few) | Self::Points(few) => few.valid,
            Self::Sets(few, half) => few.valid + half,
            Self::HalfSets(sets) => *sets,
        }
    }
}

/// What is left out of the profile of a perspective, from what feeds each scale.
pub fn left_out(
    instrument: &Instrument,
    fed: &[Vec<Fed>],
    perspective: Perspective,
) -> Vec<UncountedAnswers> {
    let mut found = Vec::new();
    let unrated: Vec<(RelationalModel, TooFew)> = RelationalModel::ALL
        .into_iter()
        .filter_map(|model| {
            let (scale, fed) = model_scale(instrument, fed, perspective, model)?;
            Some((model, too_few(scale, fed, fed.iter().filter(|fed| was_asked(fed)).count())?))
        })
        .collect();
    if !unrated.is_empty() {
        found.push(UncountedAnswers::Statements(unrated));
    }
    for (scale, fed) in
        instrument.scales.iter().zip(fed).filter(|(scale, _)| scale.perspective == perspective)
    {
        let items: BTreeSet<usize> = fed.iter().filter(|fed| was_asked(fed)).map(|fed| fed.item).collect();
        let few = too_few(scale, fed, items.len());
        match scale.method {
            Method::Share => found.extend(few.map(|few| {
                let choices = fed.iter().any(|fed| matches!(fed.key, Key::Reaction(_)));
                if choices { UncountedAnswers::Situations(few) } else { UncountedAnswers::Points(few) }
            })),
            Method::BestWorst => {
                let half = items.into_iter().filter(|item| is_half(fed, *item)).count();
                found.extend(match few {
                    Some(few) => Some(UncountedAnswers::Sets(few, half)),
                    None => (half > 0).then_some(UncountedAnswers::HalfSets(half)),
                });
            }
            _ => {}
        }
    }
    found
}

/// How many answers a scale has, where it needs more; `None` where nothing was asked.
fn too_few(scale: &Scale, fed: &[Fed], of: usize) -> Option<TooFew> {
    match measures::score_fed(scale, fed, &Norms::none()).first()?.outcome {
        Outcome::TooFew { valid, needed } if of > 0 => Some(TooFew { valid, of, needed }),
        _ => None,
    }
}

fn was_asked(fed: &Fed) -> bool {
    fed.datum != Datum::Missing(WhyMissing::NotAsked)
}

/// Whether a set says only what is most, or only what is least.
fn is_half(fed: &[Fed], item: usize) -> bool {
    let known =
        |of: fn(&Key) -> bool| fed.iter().any(|fed| fed.item == item && of(&fed.key) && is_answered(fed));
    known(|key| matches!(key, Key::Best(_))) != known(|key| matches!(key, Key::Worst(_)))
}
