//! Every figure of a report over many simulated studies: coverage of its interval, and its width by the number of interviews.
//!
//! Owns which figures there are and their true values: shares of models are counted with known models, figures by model are those of
//! [`super::outcomes`], and all others are the values of very large studies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Extent, Groups, PART, people};
use crate::analysis::measured::Measured;
use crate::analysis::{DistalOutcome, Filter, IntervalEstimate, OutcomeLine, Standards, StudyReport, words};
use crate::classify::reference::Generator;
use crate::gap::Verdict;
use crate::instrument::{Instrument, Language, RelationalModel};
use crate::interview::Refusal;
use crate::psychometrics::agreement::{Spacing, Units, Weights, cohen_kappa};
use crate::psychometrics::{LEVEL, descriptive, parallel};
use crate::rng::Rng;
use crate::text;

/// A number that a report prints with an interval.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// The estimated share of a model.
    Share(RelationalModel),
    /// The mean probability of a model under the published rates.
    Probability(RelationalModel),
    /// How strongly a norm is held.
    Strength(RelationalModel),
    /// The Net Promoter Score.
    Nps,
    /// The mean mark.
    Satisfaction,
    /// The share of 8, 9 and 10.
    Satisfied,
    /// The share of the satisfied who lean toward leaving.
    Leaving,
    /// The mean strength of a feeling.
    Feeling(String),
    /// Something of those who use a model.
    Of(ComparedOutcome, RelationalModel),
    /// The difference of personal and businesslike customers.
    Difference(ComparedOutcome),
    /// The share that says warm and associates cold.
    Masked,
    /// The share that says cold and associates warm.
    Latent,
    /// The share with another verdict on the gap.
    Verdict(Verdict),
    /// The correlation of explicit with associated sentiment.
    Correlation,
    /// The share of customers with one model on both sides: how they relate, and how they think the organisation does.
    Same,
    /// Cronbach's α of a scale.
    Alpha(String),
    /// Cohen's κ of two coders who err as simulated ones do.
    Kappa,
}

/// An outcome that is estimated by model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ComparedOutcome {
    /// What it is.
    pub outcome: DistalOutcome,
    /// What it is called.
    pub name: String,
}

/// What sort of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureKind {
    /// Of 0 to 1.
    Share,
    /// On its scale.
    Mean,
    /// Between personal and businesslike customers.
    Difference,
    /// Of coders.
    Agreement,
    /// Of said and associated.
    Gap,
    /// Of scales.
    Reliability,
}

impl Figure {
    /// Its sort.
    pub fn kind(&self) -> FigureKind {
        match self {
            Self::Share(_) | Self::Probability(_) | Self::Satisfied | Self::Leaving | Self::Same => {
                FigureKind::Share
            }
            Self::Strength(_) | Self::Nps | Self::Satisfaction | Self::Feeling(_) | Self::Of(..) => {
                FigureKind::Mean
            }
            Self::Difference(_) => FigureKind::Difference,
            Self::Masked | Self::Latent | Self::Verdict(_) | Self::Correlation => FigureKind::Gap,
            Self::Alpha(_) => FigureKind::Reliability,
            Self::Kappa => FigureKind::Agreement,
        }
    }

    /// Whether a plan shows it by default.
    pub fn is_main(&self) -> bool {
        match self {
            Self::Share(model) => {
                matches!(model, RelationalModel::CommunalSharing | RelationalModel::MarketPricing)
            }
            Self::Nps
            | Self::Satisfaction
            | Self::Satisfied
            | Self::Masked
            | Self::Correlation
            | Self::Kappa => true,
            Self::Difference(what) => {
                matches!(what.outcome, DistalOutcome::Nps | DistalOutcome::Satisfaction)
            }
            _ => false,
        }
    }

    /// What it is called.
    pub fn name(&self, language: &Language) -> String {
        let model = |model: &RelationalModel| model.plainly(language);
        match self {
            Self::Share(of) => text!(language, "analysis-figure-share", model = model(of)),
            Self::Probability(of) => text!(language, "analysis-figure-probability", model = model(of)),
            Self::Strength(of) => text!(language, "analysis-figure-strength", model = model(of)),
            Self::Nps => "NPS".to_owned(),
            Self::Satisfaction => text!(language, "analysis-words-outcome-satisfaction"),
            Self::Satisfied => text!(language, "analysis-words-outcome-satisfied"),
            Self::Leaving => text!(language, "analysis-figure-satisfied-leaving"),
            Self::Feeling(name) => text!(language, "analysis-figure-feeling", name),
            Self::Of(what, of) => {
                text!(language, "analysis-figure-of", what = what.name.as_str(), model = model(of))
            }
            Self::Difference(what) => {
                text!(language, "analysis-figure-difference", what = what.name.as_str())
            }
            Self::Masked => text!(language, "shared-says-warm-associates-cold"),
            Self::Latent => text!(language, "shared-says-cold-associates-warm"),
            Self::Verdict(verdict) => verdict.in_words(None, language).0,
            Self::Correlation => text!(language, "analysis-figure-correlation"),
            Self::Same => text!(language, "analysis-figure-same"),
            Self::Alpha(scale) => text!(language, "analysis-figure-alpha", scale),
            Self::Kappa => text!(language, "analysis-figure-kappa"),
        }
    }
}

/// The figures of one study; without an estimate where it cannot be told.
pub(super) type Figures = BTreeMap<Figure, Option<IntervalEstimate>>;

/// What became of a figure over all studies.
#[derive(Debug, Clone, PartialEq)]
pub struct FigurePerformance {
    /// The figure.
    pub figure: Figure,
    /// What it is in the population.
    pub truth: f64,
    /// Mean of the estimates.
    pub estimated: Option<f64>,
    /// Share of intervals that hold the truth.
    pub coverage: Option<f64>,
    /// Their mean width.
    pub width: Option<f64>,
    /// Studies with an interval.
    pub told: usize,
}

/// Figures with their widths, from the smallest size on.
pub type Widths = BTreeMap<Figure, Vec<Width>>;

/// How wide the interval of a figure is in studies of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Width {
    /// Interviews.
    pub n: usize,
    /// The median width over studies.
    pub median: Option<f64>,
    /// What nine of ten studies are narrower than.
    pub ninth: Option<f64>,
    /// The share of studies that cannot tell.
    pub untold: f64,
}

/// Whether the intervals of every figure hold what was simulated.
///
/// # Errors
/// A simulated respondent who got stuck.
pub fn coverage(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    extent: Extent,
    language: &Language,
) -> Result<Vec<FigurePerformance>, Refusal> {
    let truth = truth(instrument, generator, extent, language)?;
    let studies = parallel::map((0..extent.studies).collect(), |study| {
        let mut rng = Rng::for_purpose(extent.seed, &format!("study {study}"));
        one(instrument, generator, (extent.sessions, extent.groups), &mut rng, language)
            .map(|study| study.figures)
    });
    let studies: Vec<Figures> = studies.into_iter().collect::<Result<_, Refusal>>()?;
    let line = |(figure, truth): (Figure, f64)| {
        let found: Vec<IntervalEstimate> =
            studies.iter().filter_map(|study| study.get(&figure).copied().flatten()).collect();
        let mean = |of: &dyn Fn(&IntervalEstimate) -> f64| {
            (!found.is_empty()).then(|| found.iter().map(of).sum::<f64>() / found.len() as f64)
        };
        FigurePerformance {
            truth,
            estimated: mean(&|found| found.value),
            coverage: mean(&|found| f64::from(u8::from((found.low..=found.high).contains(&truth)))),
            width: mean(&|found| found.high - found.low),
            told: found.len(),
            figure,
        }
    };
    Ok(truth.into_iter().map(line).collect())
}

/// How wide the intervals of every figure are in studies of these sizes, of people who stand alone or come in groups. `hear` is told
/// which share of all people has answered so far, 0 to 1, from several threads.
///
/// # Errors
/// A simulated respondent who got stuck.
pub fn widths(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    sizes: &[usize],
    (studies, seed, groups): (usize, u64, Option<Groups>),
    language: &Language,
    hear: &(dyn Fn(f64) + Sync),
) -> Result<Widths, Refusal> {
    let mut order: Vec<(usize, usize)> =
        sizes.iter().flat_map(|n| (0..studies).map(move |study| (*n, study))).collect();
    // The largest studies take longest, and start first.
    order.sort_by_key(|(n, study)| (std::cmp::Reverse(*n), *study));
    let (all, done) = (order.iter().map(|(n, _)| n).sum::<usize>(), AtomicUsize::new(0));
    let found = parallel::map(order.clone(), |(n, study)| {
        let mut rng = Rng::for_purpose(seed, &format!("plan {n} {study}"));
        let found = one(instrument, generator, (n, groups), &mut rng, language).map(|study| study.figures);
        hear((done.fetch_add(n, Ordering::Relaxed) + n) as f64 / all as f64);
        found
    });
    let found: Vec<Figures> = found.into_iter().collect::<Result<_, Refusal>>()?;
    let mut found_by_size: BTreeMap<Figure, BTreeMap<usize, Vec<f64>>> = BTreeMap::new();
    for ((n, _), figures) in order.into_iter().zip(found) {
        for (figure, estimate) in figures {
            let widths = found_by_size.entry(figure).or_default().entry(n).or_default();
            widths.extend(estimate.map(|found| found.high - found.low));
        }
    }
    let width = |(n, widths): (usize, Vec<f64>)| {
        // A figure that most studies cannot tell has no width to plan with.
        let enough = 2 * widths.len() >= studies;
        let at = |p| descriptive::quantile(&widths, p).ok().filter(|_| enough);
        Width {
            n,
            median: at(0.5),
            ninth: at(0.9),
            untold: 1.0 - widths.len() as f64 / studies.max(1) as f64,
        }
    };
    Ok(found_by_size
        .into_iter()
        .map(|(figure, by_size)| (figure, by_size.into_iter().map(width).collect()))
        .collect())
}

/// How many interviews give a median width of `wanted`, interpolated on log–log scale between the simulated sizes; none where even the
/// largest is too small.
pub fn needed(widths: &[(usize, f64)], wanted: f64) -> Option<usize> {
    // By chance a smaller size may be narrow enough where a larger one is not.
    let Some(at) = widths.iter().rposition(|width| width.1 > wanted) else {
        return widths.first().map(|width| width.0);
    };
    let ((n, wide), (more, narrow)) = (widths[at], *widths.get(at + 1)?);
    let part = (wide / wanted).ln() / (wide / narrow).ln();
    Some((((n as f64).ln() + part * (more as f64 / n as f64).ln()).exp() - 1e-6).ceil() as usize)
}

/// What one study comes to.
struct Study {
    figures: Figures,
    /// How many of its people use CS, AR, EM, MP.
    used: [usize; 4],
    outcomes: Vec<ComparedOutcome>,
}

fn one(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    (n, groups): (usize, Option<Groups>),
    rng: &mut Rng,
    language: &Language,
) -> Result<Study, Refusal> {
    let people = people(instrument, generator, n, groups, rng)?;
    let mut coders = Rng::for_purpose(rng.bits(), "coders");
    let (mut used, mut codes) = ([0; 4], Vec::new());
    let mut sessions = Vec::new();
    for person in people {
        used[person.persona.model.index()] += 1;
        let second = generator.coded(&person.persona, &mut coders);
        codes.push(vec![Some(person.code), Some(second)]);
        sessions.push((person.facts, person.digest));
    }
    let instruments = BTreeMap::from([(instrument.hash.clone(), instrument.clone())]);
    let mut make = |of: &Arc<Instrument>, _, parts: &[&_]| Standards::of_parts(of, parts);
    let measured = Measured::of(sessions, instruments, &mut make);
    let report = StudyReport::build(&measured, &Filter::default(), language);
    let mut figures = figures(&report, language);
    if report.models.asked {
        let kappa = Units::nominal(&codes, &RelationalModel::ALL)
            .and_then(|units| cohen_kappa(&units, Weights::Equal, Spacing::Places, LEVEL));
        let kappa = kappa.ok().and_then(|found| Some(IntervalEstimate::of(found.value, found.interval?)));
        figures.insert(Figure::Kappa, kappa);
    }
    let outcomes = report.experience.outcomes.iter().map(|line| told(line, language)).collect();
    Ok(Study { figures, used, outcomes })
}

/// Every figure of a report.
fn figures(report: &StudyReport, language: &Language) -> Figures {
    let mut found = Figures::new();
    for line in &report.models.lines {
        found.insert(Figure::Share(line.model), line.estimated);
        found.insert(Figure::Probability(line.model), line.weighted);
        found.insert(Figure::Strength(line.model), line.strength);
    }
    let experience = &report.experience;
    if let Some(nps) = &experience.all.nps {
        found.insert(Figure::Nps, Some(nps.score));
    }
    if let Some(marks) = &experience.all.satisfaction {
        found.insert(Figure::Satisfaction, marks.mean);
        found.insert(Figure::Satisfied, marks.satisfied);
    }
    if let Some(leaving) = &report.leaving {
        found.insert(Figure::Leaving, leaving.share);
    }
    if let Some(paradox) = report.paradoxes.first() {
        found.insert(Figure::Same, paradox.same_share);
    }
    for line in &report.emotions {
        found.insert(Figure::Feeling(line.label.clone()), line.mean);
    }
    for line in &experience.outcomes {
        let what = told(line, language);
        for (model, adjusted) in RelationalModel::ALL.into_iter().zip(&line.by_model) {
            found.insert(Figure::Of(what.clone(), model), adjusted.estimate);
        }
        found.insert(Figure::Difference(what), line.personal_minus_business.estimate);
    }
    if report.gaps.n > 0 {
        found.insert(Figure::Masked, report.gaps.masked.share);
        found.insert(Figure::Latent, report.gaps.latent.share);
        found.insert(Figure::Correlation, report.gaps.correlation);
        for line in &report.gaps.verdicts {
            if !matches!(line.verdict, Verdict::Masked | Verdict::Latent) {
                found.insert(Figure::Verdict(line.verdict), line.share);
            }
        }
    }
    for line in report.scales.iter().filter(|line| line.items > 1) {
        let alpha = line.alpha.zip(line.alpha_interval);
        let alpha = alpha.map(|(value, (low, high))| IntervalEstimate { value, low, high });
        found.insert(Figure::Alpha(line.label.clone()), alpha);
    }
    found
}

fn told(line: &OutcomeLine, language: &Language) -> ComparedOutcome {
    let name = match line.outcome {
        DistalOutcome::Staying => line.label.clone(),
        _ => words::outcome(line, language),
    };
    ComparedOutcome { outcome: line.outcome, name }
}

/// The true value of each figure: its mean over studies of a thousand; for shares of models and figures by model, with known models.
fn truth(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    extent: Extent,
    language: &Language,
) -> Result<BTreeMap<Figure, f64>, Refusal> {
    let many = extent.people.div_ceil(PART);
    // People who share nothing differ as much as people who share something.
    let groups = extent.groups.map(|groups| Groups { organisations: PART, ..groups });
    let parts = parallel::map((0..many).collect(), |part| {
        let mut rng = Rng::for_purpose(extent.seed, &format!("truth of figures {part}"));
        one(instrument, generator, (PART, groups), &mut rng, language)
    });
    let parts: Vec<Study> = parts.into_iter().collect::<Result<_, Refusal>>()?;
    let mut sums: BTreeMap<Figure, (f64, usize)> = BTreeMap::new();
    for (figure, estimate) in parts.iter().flat_map(|study| &study.figures) {
        if let Some(estimate) = estimate {
            let sum = sums.entry(figure.clone()).or_default();
            *sum = (sum.0 + estimate.value, sum.1 + 1);
        }
    }
    let mut truth: BTreeMap<Figure, f64> =
        sums.into_iter().map(|(figure, (sum, n))| (figure, sum / n as f64)).collect();
    let all = (many * PART).max(1) as f64;
    for model in RelationalModel::ALL {
        let used: usize = parts.iter().map(|study| study.used[model.index()]).sum();
        truth.entry(Figure::Share(model)).and_modify(|share| *share = used as f64 / all);
    }
    // Figures by model: with known models.
    let outcomes: &[ComparedOutcome] =
        parts.first().map(|study| study.outcomes.as_slice()).unwrap_or_default();
    for ((place, _, of), value) in super::truth(instrument, generator, Extent { groups, ..extent })? {
        let Some(what) = outcomes.get(place) else { continue };
        let model = RelationalModel::ALL.into_iter().find(|model| model.abbreviation() == of);
        let figure = match model {
            Some(model) => Figure::Of(what.clone(), model),
            None => Figure::Difference(what.clone()),
        };
        truth.insert(figure, value);
    }
    Ok(truth)
}

#[cfg(test)]
mod tests;
