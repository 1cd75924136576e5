//! A simulated respondent: the latent state, and how it becomes answers.
//!
//! Owns the response model shared by the reference sample and the `simulate` of every item kind, so that a simulated session
//! and the classifier's training sample differ only in the questions. Refuses to know an instrument's items, to draw a persona
//! (the generator in `classify` does) and to seed itself.
//!
//! Categories are counted from 0 upwards in the order of the printed scale. Every number here is a named constant; none
//! comes from data on customers, for no such data are public.

use serde::{Deserialize, Serialize};

use crate::instrument::construct::{Perspective, RelationalModel};
use crate::instrument::prompt::Pairing;
use crate::rng::Rng;

/// Half of the width, in latent SD, that the categories of a rating scale cover. At 2.1 the outermost cuts of a 7-point
/// scale stand at ±1.5, so that each end draws some 5–10 %, as agree scales in surveys do. (assumed)
const SPAN: f64 = 2.1;
/// Agree scales lean towards agreement: all cuts stand this much lower. (assumed)
const AGREE_SHIFT: f64 = -0.3;
/// Most customers say that they are satisfied: the cuts of sentiment ratings stand this much lower. (assumed)
const SENTIMENT_SHIFT: f64 = -0.5;
/// How strongly one rating reflects said sentiment: the middle of the range for norm items. (assumed)
const SENTIMENT_LOADING: f64 = 0.7;
/// How strongly one association reflects indirect sentiment. Lower than a rating: a single word says little. (assumed)
const ASSOCIATION_LOADING: f64 = 0.6;
/// The SD of true scores of timed sorting, in units of its D. (assumed, after the spread of published single-category IATs)
const SORTING_D: f64 = 0.35;
/// How often a key is the wrong one, whatever the pairing. (assumed)
const SORTING_ERRORS: f64 = 0.06;
/// Associations are placed on −3…+3.
const VALENCES: usize = 7;
/// How sharply norms turn into shares of points: at 1 the first of four parts draws a little under half. (assumed)
const ALLOCATION_SHARPNESS: f64 = 1.0;
/// People hand out points in steps of a twentieth of the total, fives of a hundred, where the total allows. (assumed)
const ALLOCATION_STEPS: u32 = 20;
/// Any fixed number serves: it makes the loadings of an item a property of its name.
const LOADING_SEED: u64 = 0x6c6f_6164;

/// How strongly answers reflect the latent state. A value so that a misspecified world can be simulated beside ours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseModel {
    /// Lowest and highest loading of an item on its norm.
    pub norm_loading: (f64, f64),
    /// Lowest and highest loading of an item on closeness, the general factor.
    pub closeness_loading: (f64, f64),
    /// Loading of a single choice or share on the norm behind it.
    pub choice_loading: f64,
}

impl ResponseModel {
    /// The world of the reference sample: loadings .6–.8 on the norm and .3–.5 on closeness (assumed, after the size of
    /// the loadings of questionnaires of this kind); a choice reflects a norm as the middle item does. (assumed)
    pub const REFERENCE: Self =
        Self { norm_loading: (0.6, 0.8), closeness_loading: (0.3, 0.5), choice_loading: 0.7 };
    /// A world in which our assumptions fail: weaker items and choices, and no general factor. (assumed)
    pub const MISSPECIFIED: Self =
        Self { norm_loading: (0.4, 0.6), closeness_loading: (0.0, 0.0), choice_loading: 0.5 };

    /// The loadings of an item of which nothing is known: the middle of what there is.
    pub fn typical(&self) -> Loadings {
        let middle = |(low, high): (f64, f64)| f64::midpoint(low, high);
        Loadings { norm: middle(self.norm_loading), closeness: middle(self.closeness_loading) }
    }

    /// The loadings of the item called `item`: the same for every respondent and in every run.
    pub fn loadings(&self, item: &str) -> Loadings {
        let mut rng = Rng::for_purpose(LOADING_SEED, item);
        let mut within = |(low, high): (f64, f64)| low + (high - low) * rng.uniform();
        Loadings { norm: within(self.norm_loading), closeness: within(self.closeness_loading) }
    }
}

/// The loadings of one item; their squares must sum to at most one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loadings {
    /// On the norm that the item asks about.
    pub norm: f64,
    /// On closeness.
    pub closeness: f64,
}

impl Loadings {
    /// SD of the unique part of a response.
    pub fn unique(self) -> f64 {
        (1.0 - self.norm.powi(2) - self.closeness.powi(2)).max(0.0).sqrt()
    }
}

/// How a rating is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Number of categories.
    pub points: usize,
    /// Whether a high category means little of the construct.
    pub reverse: bool,
}

/// The latent state of a simulated respondent. Latents are in SD units.
#[derive(Debug, Clone, PartialEq)]
pub struct Persona {
    /// The simulated truth: the model that the respondent uses.
    pub model: RelationalModel,
    /// The simulated truth about the other side, as the respondent sees it.
    pub other_model: RelationalModel,
    /// Strength of the four norms: CS, AR, EM, MP.
    pub norms: [f64; 4],
    /// The respondent's estimate of the other side's four norms.
    pub other_norms: [f64; 4],
    /// How much easier to agree with the items of each model, CS, AR, EM, MP, are than assumed, in SD of a response.
    pub ease: [f64; 4],
    /// How close the relation is: lifts all norm items.
    pub closeness: f64,
    /// Yes-saying: lifts every agree item, whichever way it is keyed.
    pub acquiescence: f64,
    /// Answers without reading: uniform over the possible answers.
    pub careless: bool,
    /// Said sentiment.
    pub explicit: f64,
    /// Associated sentiment.
    pub association: f64,
}

impl Persona {
    /// The norms that a scale of this perspective records.
    pub fn norms_of(&self, perspective: Perspective) -> &[f64; 4] {
        match perspective {
            Perspective::Own => &self.norms,
            Perspective::Other => &self.other_norms,
        }
    }

    /// An agree item about a norm: the category chosen (graded response, normal ogive).
    pub fn agree(
        &self,
        rng: &mut Rng,
        (perspective, model): (Perspective, RelationalModel),
        loadings: Loadings,
        rating: Rating,
    ) -> usize {
        if self.careless {
            return rng.below(rating.points);
        }
        let steady = self.steady((perspective, model), loadings, rating);
        let response = steady + loadings.unique() * rng.normal();
        category(response, rating.points, AGREE_SHIFT)
    }

    /// The part of the response to an agree item that would be the same if it were asked again.
    pub fn steady(
        &self,
        (perspective, model): (Perspective, RelationalModel),
        loadings: Loadings,
        rating: Rating,
    ) -> f64 {
        let norm = self.norms_of(perspective)[model.index()];
        let ease = self.ease[model.index()];
        let content = loadings.norm * norm + loadings.closeness * self.closeness + ease;
        let keyed = if rating.reverse { -content } else { content };
        keyed + self.acquiescence
    }

    /// One of several reactions, each tagged with the model that it stands for: the place of the one chosen (Thurstone:
    /// every reaction appeals by its norm and by chance, the most appealing wins). 0 when there is none.
    pub fn choose(
        &self,
        rng: &mut Rng,
        perspective: Perspective,
        tags: &[Option<RelationalModel>],
        loading: f64,
    ) -> usize {
        if self.careless {
            return rng.below(tags.len());
        }
        let appeals = self.appeals(rng, perspective, tags, loading);
        let best = appeals.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        best.map_or(0, |(place, _)| place)
    }

    /// Several statements, each tagged with the model that it stands for, in the order in which they appeal: the first is the
    /// one most like it and the last the one least like it. Both come from one draw, as in [`Self::choose`] (the maxdiff model
    /// of Marley and Louviere 2005 with normal noise).
    pub fn by_appeal(
        &self,
        rng: &mut Rng,
        perspective: Perspective,
        tags: &[Option<RelationalModel>],
        loading: f64,
    ) -> Vec<usize> {
        let mut order = rng.order(tags.len());
        if !self.careless {
            let appeals = self.appeals(rng, perspective, tags, loading);
            order.sort_by(|a, b| appeals[*b].total_cmp(&appeals[*a]));
        }
        order
    }

    /// `total` points over tagged parts; the shares sum to `total` exactly. Empty when there are no parts.
    pub fn allocate(
        &self,
        rng: &mut Rng,
        perspective: Perspective,
        tags: &[Option<RelationalModel>],
        total: u32,
        loading: f64,
    ) -> Vec<u32> {
        let weights: Vec<f64> = if self.careless {
            // Exponential weights make every division equally likely.
            tags.iter().map(|_| -(1.0 - rng.uniform()).ln()).collect()
        } else {
            let appeals = self.appeals(rng, perspective, tags, loading);
            appeals.iter().map(|appeal| (ALLOCATION_SHARPNESS * appeal).exp()).collect()
        };
        let step = if total.is_multiple_of(ALLOCATION_STEPS) { (total / ALLOCATION_STEPS).max(1) } else { 1 };
        let mut shares = apportion(&weights, total / step);
        shares.iter_mut().for_each(|share| *share *= step);
        shares
    }

    /// A rating of said sentiment (satisfaction, an emotion, recommendation). `reverse` for negative ones.
    pub fn rate_sentiment(&self, rng: &mut Rng, rating: Rating) -> usize {
        if self.careless {
            return rng.below(rating.points);
        }
        // A negative emotion is rare where a positive one is common, so the scale is mirrored as a whole; yes-saying
        // is not, and therefore enters against the key.
        let lean = if rating.reverse { -self.acquiescence } else { self.acquiescence };
        let unique = (1.0 - SENTIMENT_LOADING.powi(2)).sqrt();
        let response = SENTIMENT_LOADING * self.explicit + lean + unique * rng.normal();
        let felt = category(response, rating.points, SENTIMENT_SHIFT);
        if rating.reverse { rating.points.saturating_sub(1) - felt } else { felt }
    }

    /// Where the respondent places one of their own associations: −3…+3.
    pub fn place_association(&self, rng: &mut Rng) -> i8 {
        let place = if self.careless {
            rng.below(VALENCES)
        } else {
            let unique = (1.0 - ASSOCIATION_LOADING.powi(2)).sqrt();
            let response = ASSOCIATION_LOADING * self.association + unique * rng.normal();
            category(response, VALENCES, 0.0)
        };
        // At most 6, so that it fits.
        place as i8 - 3
    }

    /// The expected D of timed sorting over infinitely many trials, ignoring the few per thousand beyond the time window.
    pub fn sorting_d(&self) -> f64 {
        if self.careless {
            // Random key presses sort nothing.
            return 0.0;
        }
        // D can't exceed 2, however slow the harder pairing is.
        (SORTING_D * self.association).clamp(-1.9, 1.9)
    }

    /// One trial of timed sorting while the organisation shares a key with `pairing`: milliseconds, and whether the key was the
    /// right one.
    pub fn sort(&self, rng: &mut Rng, pairing: Pairing) -> (f64, bool) {
        if self.careless {
            return (Latency::SORTING.draw(rng), rng.chance(0.5));
        }
        // D = δ/√(σ² + δ²/4): the SD is over both blocks, whose means are δ apart.
        let d = self.sorting_d();
        let delta = d * Latency::SORTING.sd() / (1.0 - d * d / 4.0).sqrt();
        let slower = match pairing {
            Pairing::Good => -delta / 2.0,
            Pairing::Bad => delta / 2.0,
        };
        let latency = Latency { mu: Latency::SORTING.mu + slower, ..Latency::SORTING };
        (latency.draw(rng), !rng.chance(SORTING_ERRORS))
    }

    fn appeals(
        &self,
        rng: &mut Rng,
        perspective: Perspective,
        tags: &[Option<RelationalModel>],
        loading: f64,
    ) -> Vec<f64> {
        let norms = self.norms_of(perspective);
        let unique = (1.0 - loading * loading).max(0.0).sqrt();
        tags.iter()
            .map(|tag| {
                let norm = tag.map_or(0.0, |model| norms[model.index()]);
                loading * norm + unique * rng.normal()
            })
            .collect()
    }
}

/// The shape of a latency, in milliseconds: a normal part and an exponential tail (Luce 1986).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latency {
    /// Mean of the normal part.
    pub mu: f64,
    /// SD of the normal part.
    pub sigma: f64,
    /// Mean of the tail.
    pub tau: f64,
}

impl Latency {
    /// Sorting a word by two keys: about 700 ms on average with an SD near 165. (assumed)
    pub const SORTING: Self = Self { mu: 550.0, sigma: 70.0, tau: 150.0 };
    /// From the question to the first keystroke of an association. (assumed)
    pub const FIRST_WORD: Self = Self { mu: 1_400.0, sigma: 300.0, tau: 1_200.0 };
    /// Reading and answering one closed question. (assumed)
    pub const CLOSED_QUESTION: Self = Self { mu: 2_500.0, sigma: 500.0, tau: 2_000.0 };
    /// Milliseconds; nobody responds on purpose within this time, so faster draws are lifted to it.
    const FASTEST: f64 = 150.0;

    /// The SD of latencies of this shape, in milliseconds.
    pub fn sd(&self) -> f64 {
        self.sigma.hypot(self.tau)
    }

    /// One latency, in milliseconds.
    pub fn draw(&self, rng: &mut Rng) -> f64 {
        let tail = -(1.0 - rng.uniform()).ln() * self.tau;
        (self.mu + self.sigma * rng.normal() + tail).max(Self::FASTEST)
    }
}

/// The cuts between the categories of an agree item, in SD of a response, ascending.
pub fn agree_cuts(points: usize) -> Vec<f64> {
    (1..points).map(|place| AGREE_SHIFT - SPAN + 2.0 * SPAN * place as f64 / points as f64).collect()
}

/// The category of a response between cuts that stand evenly over ±[`SPAN`], all moved by `shift`.
fn category(response: f64, points: usize, shift: f64) -> usize {
    if points < 2 {
        return 0;
    }
    let width = 2.0 * SPAN / points as f64;
    let place = ((response - shift + SPAN) / width).floor();
    place.clamp(0.0, (points - 1) as f64) as usize
}

/// Whole numbers proportional to `weights` that sum to `total` (largest remainder; ties to the earlier part).
fn apportion(weights: &[f64], total: u32) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    if weights.is_empty() || sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|weight| weight / sum * f64::from(total)).collect();
    let mut shares: Vec<u32> = exact.iter().map(|share| share.floor() as u32).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let left = total.saturating_sub(shares.iter().sum());
    for &part in order.iter().cycle().take(left as usize) {
        shares[part] += 1;
    }
    shares
}

#[cfg(test)]
mod tests;
