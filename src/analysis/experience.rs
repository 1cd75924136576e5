//! What customers say: emotions, recommendation, satisfaction, and who is satisfied but leaving.

use std::cmp::Ordering;

use serde::Serialize;

use super::clusters::{robust, robust_mean, robust_share};
use super::estimate::{cell, mean, share};
use super::measured::{Measured, Member};
use super::outcomes::{AskedOutcome, DistalOutcome};
use super::privacy::SMALL;
use super::respondents::people;
use super::{IntervalEstimate, OutcomeLine, ShownCount};
use crate::instrument::kinds::Key;
use crate::instrument::{Construct, Family, Instrument, Language, Method, Perspective, Reads, Scale};
use crate::psychometrics::proportion;
use crate::text;

/// An emotion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmotionLine {
    /// The scale's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// Whether it is a pleasant one.
    pub positive: bool,
    /// Respondents with an answer.
    pub n: ShownCount,
    /// Mean in the points of the scale.
    pub mean: Option<IntervalEstimate>,
    /// Lowest and highest point.
    pub range: (f64, f64),
    /// Among the three strongest of the published study: satisfied, peaceful, optimistic.
    pub published_top: bool,
}

/// Recommendation and satisfaction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Experience {
    /// All respondents.
    pub all: ExperienceLine,
    /// By model, adjusted for misclassification: also staying and feelings.
    pub outcomes: Vec<OutcomeLine>,
}

/// Recommendation and satisfaction of all respondents.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ExperienceLine {
    /// Fewer than a group should have to be spoken about.
    pub small: bool,
    /// Recommendation; none where it was not asked or may not be shown.
    pub nps: Option<NpsLine>,
    /// Satisfaction; none where it was not asked or may not be shown.
    pub satisfaction: Option<SatisfactionLine>,
}

/// A Net Promoter Score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NpsLine {
    /// Answers.
    pub n: usize,
    /// −100…+100.
    pub score: IntervalEstimate,
    /// Answers of 9 or 10.
    pub promoters: ShownCount,
    /// Answers of 7 or 8.
    pub passives: ShownCount,
    /// Answers of 0 to 6.
    pub detractors: ShownCount,
}

/// Satisfaction on 1–10.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SatisfactionLine {
    /// Answers.
    pub n: usize,
    /// The mean; none of a single answer.
    pub mean: Option<IntervalEstimate>,
    /// Share of 8, 9 and 10, with Wilson's interval.
    pub satisfied: Option<IntervalEstimate>,
}

/// Satisfied but leaving: satisfaction by intention to stay.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leaving {
    /// Sessions with both.
    pub n: usize,
    /// Rows: satisfied (8–10), in between (6–7), dissatisfied (1–5). Columns: staying (above the midpoint of the scale),
    /// undecided (at it), leaving (below it).
    pub table: Vec<Vec<ShownCount>>,
    /// Satisfied, with both answers: the n of the share.
    pub satisfied: ShownCount,
    /// Satisfied and leaving.
    pub satisfied_leaving: ShownCount,
    /// Their share of these satisfied, with Wilson's interval.
    pub share: Option<IntervalEstimate>,
    /// The title of the scale of staying.
    pub staying: String,
}

/// The three emotions that the published study found strongest: satisfied, peaceful, optimistic.
const PUBLISHED_TOP: [&str; 3] = ["contentment", "peacefulness", "optimism"];
/// Where marks end.
const MARKS: (f64, f64) = (1.0, 10.0);
/// Satisfied is 8, 9 or 10; dissatisfied is 5 or less, which in Dutch schools is a fail.
const SATISFIED: f64 = 8.0;
const DISSATISFIED: f64 = 5.0;

/// A scale of this study's instrument, found again in every version of it by its name.
pub(super) struct StudyScale<'a> {
    measured: &'a Measured,
    name: String,
    /// Lowest and highest point of its items.
    pub range: (f64, f64),
    /// Its title.
    pub label: String,
    needed: usize,
}

impl<'a> StudyScale<'a> {
    pub fn of(measured: &'a Measured, main: &Instrument, index: usize, language: &Language) -> Option<Self> {
        let scale = main.scales.get(index)?;
        let label = title(main, scale, language);
        let (_, range) = points(main, index)?;
        Some(Self { measured, name: scale.name.clone(), range, label, needed: scale.min_valid })
    }

    /// The mean of the points of a session; none with too few.
    pub fn score(&self, member: &Member) -> Option<f64> {
        let instrument = self.measured.instruments.get(&member.facts.hash)?;
        let index = instrument.scales.iter().position(|scale| scale.name == self.name)?;
        let valid: Vec<f64> = member.digest.parts.of_scale(index).iter().copied().flatten().collect();
        (valid.len() >= self.needed).then(|| valid.iter().sum::<f64>() / valid.len() as f64)
    }
}

/// The label of a scale, or its name.
fn label(scale: &Scale, language: &Language) -> String {
    scale.label.as_ref().map_or_else(|| scale.name.clone(), |label| label.raw(language))
}

/// The label of a scale among all others. A feeling that is called as the mark of satisfaction is, as contentment is in Dutch, is told from it.
pub(super) fn title(main: &Instrument, scale: &Scale, language: &Language) -> String {
    let label = label(scale, language);
    let mark = text!(language, "report-feelings-satisfaction");
    let is_feeling = matches!(scale.construct, Construct::Family(Family::Emotion, _));
    match is_feeling && label.to_lowercase() == mark.to_lowercase() && satisfaction(main).is_some() {
        true => text!(language, "analysis-experience-as-feeling", label),
        false => label,
    }
}

/// How many items feed a scale of points, and their lowest and highest point.
pub fn points(instrument: &Instrument, scale: usize) -> Option<(usize, (f64, f64))> {
    let feeds = instrument.items.iter().flat_map(|item| item.question.feeds());
    let mut range = None;
    let mut items = 0;
    for feed in feeds.filter(|feed| feed.scale == scale) {
        if let Key::Points { min, max, .. } = feed.key {
            items += 1;
            range.get_or_insert((min, max));
        }
    }
    range.map(|range| (items, range))
}

fn position(instrument: &Instrument, wanted: impl Fn(usize, &Scale) -> bool) -> Option<usize> {
    let own = |scale: &Scale| scale.perspective == Perspective::Own;
    instrument.scales.iter().enumerate().position(|(index, scale)| own(scale) && wanted(index, scale))
}

/// The scale of satisfaction: a single explicit mark from 1 to 10.
pub fn satisfaction(instrument: &Instrument) -> Option<usize> {
    position(instrument, |index, scale| {
        scale.construct == Construct::ExplicitSentiment
            && scale.method == Method::Mean
            && points(instrument, index) == Some((1, MARKS))
    })
}

/// The scale of the wish to stay.
pub fn intention(instrument: &Instrument) -> Option<usize> {
    position(instrument, |_, scale| scale.construct == Construct::Intention && scale.method != Method::Share)
}

/// What a mark means: satisfied, in between, or dissatisfied.
pub fn contentment(mark: f64) -> Ordering {
    match mark {
        mark if mark >= SATISFIED => Ordering::Greater,
        mark if mark > DISSATISFIED => Ordering::Equal,
        _ => Ordering::Less,
    }
}

/// What a wish to stay means on a scale with these ends: rather yes, undecided, or rather not.
pub fn stays(wish: f64, range: (f64, f64)) -> Ordering {
    // Means of whole points are exact enough to tell the midpoint from its neighbours.
    match wish - f64::midpoint(range.0, range.1) {
        above if above > 1e-9 => Ordering::Greater,
        below if below < -1e-9 => Ordering::Less,
        _ => Ordering::Equal,
    }
}

/// The row or the column of the table of satisfaction by staying.
fn place(found: Ordering) -> usize {
    match found {
        Ordering::Greater => 0,
        Ordering::Equal => 1,
        Ordering::Less => 2,
    }
}

pub(super) fn emotions(
    measured: &Measured,
    main: &Instrument,
    complete: &[&Member],
    language: &Language,
) -> Vec<EmotionLine> {
    let mut lines = Vec::new();
    for (index, scale) in main.scales.iter().enumerate() {
        let Construct::Family(Family::Emotion, emotion) = &scale.construct else { continue };
        let Some(found) = StudyScale::of(measured, main, index, language) else { continue };
        let answers: Vec<(&Member, f64)> =
            complete.iter().filter_map(|member| Some((*member, found.score(member)?))).collect();
        let values: Vec<f64> = answers.iter().map(|(_, value)| *value).collect();
        lines.push(EmotionLine {
            name: scale.name.clone(),
            // Among feelings alone it needs no word to tell it by.
            label: label(scale, language),
            positive: scale.positive,
            n: cell(values.len()),
            mean: robust_mean(mean(&values, found.range), &answers, found.range),
            range: found.range,
            published_top: PUBLISHED_TOP.contains(&emotion.as_str()),
        });
    }
    let height = |line: &EmotionLine| line.mean.map_or(f64::NEG_INFINITY, |mean| mean.value);
    lines.sort_by(|a, b| height(b).total_cmp(&height(a)));
    lines
}

pub(super) fn experience(
    measured: &Measured,
    main: &Instrument,
    complete: &[&Member],
    language: &Language,
) -> Experience {
    let nps = position(main, |_, scale| scale.method.reads() == Reads::Recommendation);
    let nps = nps.and_then(|index| StudyScale::of(measured, main, index, language));
    let mark = satisfaction(main).and_then(|index| StudyScale::of(measured, main, index, language));
    let scores = |found: &Option<StudyScale>| -> Option<Vec<(&Member, f64)>> {
        let found = found.as_ref()?;
        Some(complete.iter().filter_map(|member| Some((*member, found.score(member)?))).collect())
    };
    let (nps, mark) = (scores(&nps), scores(&mark));
    let all = ExperienceLine {
        small: people(complete.iter().copied()) < SMALL,
        nps: nps.as_deref().and_then(nps_line),
        satisfaction: mark.filter(|marks| !marks.is_empty()).map(|answers| {
            let marks: Vec<f64> = answers.iter().map(|(_, mark)| *mark).collect();
            let satisfied = share(marks.iter().filter(|mark| **mark >= SATISFIED).count(), marks.len());
            SatisfactionLine {
                n: marks.len(),
                mean: robust_mean(mean(&marks, MARKS), &answers, MARKS),
                satisfied: robust_share(satisfied, answers.iter().map(|(m, mark)| (*m, *mark >= SATISFIED))),
            }
        }),
    };
    let by_model = main.asks_norms(Perspective::Own);
    let outcomes = by_model.then(|| outcomes(measured, main, complete, language));
    Experience { all, outcomes: outcomes.unwrap_or_default() }
}

/// Everything that is told apart by model: of every scale a mean, and of some a share or a score.
fn outcomes(
    measured: &Measured,
    main: &Instrument,
    complete: &[&Member],
    language: &Language,
) -> Vec<OutcomeLine> {
    let found =
        |index: Option<usize>| index.and_then(|index| StudyScale::of(measured, main, index, language));
    let mut lines = Vec::new();
    let mut ask = |outcome, scale: &StudyScale, range, value: &dyn Fn(f64) -> f64| {
        let answers: Vec<(&Member, f64)> =
            complete.iter().filter_map(|member| Some((*member, value(scale.score(member)?)))).collect();
        if !answers.is_empty() {
            let (name, label) = (scale.name.clone(), scale.label.clone());
            lines.push(AskedOutcome { outcome, name, label, range, answers }.line());
        }
    };
    let share = |is: bool| f64::from(u8::from(is));
    if let Some(nps) = found(position(main, |_, scale| scale.method == Method::Nps)) {
        ask(DistalOutcome::Nps, &nps, (-100.0, 100.0), &|answer| 100.0 * side(answer));
    }
    if let Some(mark) = found(satisfaction(main)) {
        ask(DistalOutcome::Satisfaction, &mark, MARKS, &|mark| mark);
        ask(DistalOutcome::Satisfied, &mark, (0.0, 1.0), &|mark| share(mark >= SATISFIED));
    }
    if let Some(staying) = found(intention(main)) {
        ask(DistalOutcome::Staying, &staying, staying.range, &|wish| wish);
        ask(DistalOutcome::Leaving, &staying, (0.0, 1.0), &|wish| share(stays(wish, staying.range).is_lt()));
    }
    for (index, scale) in main.scales.iter().enumerate() {
        if matches!(scale.construct, Construct::Family(Family::Emotion, _))
            && let Some(feeling) = found(Some(index))
        {
            ask(DistalOutcome::Feeling, &feeling, feeling.range, &|strength| strength);
        }
    }
    lines
}

/// Recommendation, satisfaction and staying of each session, with what they are called.
pub(super) fn scores<'a>(
    measured: &Measured,
    main: &Instrument,
    complete: &[&'a Member],
    language: &Language,
) -> Vec<(String, Vec<(&'a Member, f64)>)> {
    let nps = position(main, |_, scale| scale.method.reads() == Reads::Recommendation);
    let asked = [nps, satisfaction(main), intention(main)].into_iter().flatten();
    let of = |index| {
        let found = StudyScale::of(measured, main, index, language)?;
        let scores = complete.iter().filter_map(|member| Some((*member, found.score(member)?))).collect();
        Some((found.label.clone(), scores))
    };
    asked.filter_map(of).collect()
}

/// What an answer from 0 to 10 counts in a Net Promoter Score.
pub(super) fn side(answer: f64) -> f64 {
    match answer {
        answer if answer >= 8.5 => 1.0,
        answer if answer <= 6.5 => -1.0,
        _ => 0.0,
    }
}

fn nps_line(cases: &[(&Member, f64)]) -> Option<NpsLine> {
    let answers: Vec<u8> = cases.iter().map(|(_, answer)| answer.round().clamp(0.0, 10.0) as u8).collect();
    let nps = proportion::nps(&answers).ok()?;
    let score = super::IntervalEstimate::of(nps.score, nps.interval);
    let counted = cases.iter().map(|(member, answer)| (*member, 100.0 * side(*answer), 1.0));
    Some(NpsLine {
        n: answers.len(),
        score: robust(score, counted, (-100.0, 100.0)),
        promoters: cell(nps.promoters),
        passives: cell(nps.passives),
        detractors: cell(nps.detractors),
    })
}

pub(super) fn leaving(
    measured: &Measured,
    main: &Instrument,
    complete: &[&Member],
    language: &Language,
) -> Option<Leaving> {
    let mark = StudyScale::of(measured, main, satisfaction(main)?, language)?;
    let staying = StudyScale::of(measured, main, intention(main)?, language)?;
    let mut table = [[0; 3]; 3];
    let mut content = Vec::new();
    for member in complete {
        let (Some(mark), Some(stays)) = (mark.score(member), staying.score(member)) else { continue };
        let (row, column) = (place(contentment(mark)), place(self::stays(stays, staying.range)));
        table[row][column] += 1;
        if row == 0 {
            content.push((*member, column == 2));
        }
    }
    let (satisfied, leaving) = (table[0].iter().sum(), table[0][2]);
    Some(Leaving {
        n: table.iter().flatten().sum(),
        table: table.iter().map(|row| row.iter().copied().map(cell).collect()).collect(),
        satisfied: cell(satisfied),
        satisfied_leaving: cell(leaving),
        share: robust_share(share(leaving, satisfied), content.into_iter()),
        staying: staying.label,
    })
}
