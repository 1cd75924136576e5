//! Data quality: durations, careless responding, and exclusions of timed tasks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::clusters::robust_mean;
use super::estimate::{cell, mean};
use super::measured::Member;
use super::sample::counts;
use super::{Count, IntervalEstimate, ShownCount};

use crate::gap::GapReason;
use crate::instrument::{Instrument, Language, Perspective};
use crate::measures::Timed;
use crate::measures::association::VALENCE;
use crate::psychometrics::descriptive::quantile;
use crate::texts::uncapital;

/// How well the data were made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Complete sessions.
    pub n: usize,
    /// Minutes without pauses: lower quartile, median, upper quartile. The shortest and the longest session are those of single people.
    pub minutes: Option<[f64; 3]>,
    /// Minutes that the instrument plans.
    pub planned: Option<u32>,
    /// Sessions in which a page of six or more ratings got one and the same answer throughout.
    pub straight: ShownCount,
    /// Sessions that had such a page at all.
    pub straight_of: usize,
    /// Sessions whose ratings of a norm's statements are as inconsistent as random ones: they are left out of findings by model.
    pub random: ShownCount,
    /// Sessions with ratings enough to tell.
    pub random_of: usize,
    /// Sessions in which more than half of the ratings came within [`Quality::TOO_FAST_MS`].
    pub fast: ShownCount,
    /// Sessions with ratings that were timed.
    pub fast_of: usize,
    /// Answers that were declined, don't know, and all that were asked.
    pub answers: AnswerCounts,
    /// Timed tasks.
    pub timed: TimedQuality,
}

impl Quality {
    /// Milliseconds too short to read a statement and answer it (Huang and others 2012: two seconds an item).
    pub const TOO_FAST_MS: i64 = 2_000;
    /// Ratings on one page from which on identical answers count as unread. Assumed.
    pub const STRAIGHT_FROM: usize = 6;
}

/// What became of the questions that were asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCounts {
    /// All that were asked, over all complete sessions.
    pub asked: usize,
    /// Declined.
    pub declined: usize,
    /// Don't know.
    pub dont_know: usize,
    /// Passed over.
    pub passed: usize,
}

/// How the timed tasks went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimedQuality {
    /// Complete sessions whose instrument has a timed task; not imported ones, which another program asked without it.
    pub of: usize,
    /// Scored.
    pub scored: ShownCount,
    /// Excluded by a rule of scoring, with the reason.
    pub excluded: Vec<Count>,
    /// Not done, or not to its end.
    pub not_done: ShownCount,
    /// Could not be timed, as line by line.
    pub not_timed: ShownCount,
    /// Sessions with a block that was timed over a connection that adds delays of its own.
    pub remote: ShownCount,
    /// Blocks of which a calibration is on record, and all blocks.
    pub calibrated: (usize, usize),
}

/// A word that came to mind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordLine {
    /// The word as it was written first; lower and upper case are the same.
    pub word: String,
    /// Respondents who named it.
    pub n: ShownCount,
    /// Its mean valence, −3…+3; none where it was never placed.
    pub valence: Option<f64>,
    /// Respondents who placed it.
    #[serde(skip)]
    pub(super) rated: usize,
    /// Its mean rank: 1 is what came first.
    pub rank: f64,
}

/// How pleasant the words of all are, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WordsValence {
    /// Respondents who placed a word.
    pub n: ShownCount,
    /// The mean over respondents of the mean valence of their words, −3…+3; none of fewer than two, and none in a published report.
    pub mean: Option<IntervalEstimate>,
    /// Which side of zero the whole interval lies on; none where it holds zero.
    pub side: Option<ValenceSide>,
}

/// A side of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValenceSide {
    /// Above.
    Pleasant,
    /// Below.
    Unpleasant,
}

pub(super) fn quality(main: Option<&Instrument>, complete: &[&Member], language: &Language) -> Quality {
    // A table that does not say how long it took says nothing, and not that it took no time.
    let known = complete.iter().filter(|m| m.digest.minutes > 0.0);
    let minutes: Vec<f64> = known.map(|member| member.digest.minutes).collect();
    let at = |p| quantile(&minutes, p).ok();
    let minutes = at(0.25).zip(at(0.5)).zip(at(0.75)).map(|((lower, median), upper)| [lower, median, upper]);
    let straight: Vec<bool> = complete.iter().filter_map(|member| member.digest.straight).collect();
    let fast: Vec<bool> = complete.iter().filter_map(|member| member.digest.fast).collect();
    let random: Vec<bool> =
        complete.iter().filter_map(|member| member.digest.evidence_for(Perspective::Own)?.random).collect();
    let mut answers = AnswerCounts::default();
    for found in complete.iter().map(|member| member.digest.answers) {
        answers.asked += found.asked;
        answers.declined += found.declined;
        answers.dont_know += found.dont_know;
        answers.passed += found.passed;
    }
    Quality {
        n: complete.len(),
        minutes,
        planned: main.map(|main| main.minutes).filter(|planned| *planned > 0),
        straight: cell(straight.iter().filter(|found| **found).count()),
        straight_of: straight.len(),
        random: cell(random.iter().filter(|found| **found).count()),
        random_of: random.len(),
        fast: cell(fast.iter().filter(|found| **found).count()),
        fast_of: fast.len(),
        answers,
        timed: timed(complete, language),
    }
}

fn timed(complete: &[&Member], language: &Language) -> TimedQuality {
    let asked_here = complete.iter().filter(|member| member.facts.imported_from.is_none());
    let outcomes: Vec<Timed> = asked_here.filter_map(|member| member.digest.timed()).collect();
    let is = |wanted: fn(&Timed) -> bool| cell(outcomes.iter().filter(|timed| wanted(timed)).count());
    let mut excluded = BTreeMap::new();
    for timed in &outcomes {
        if let Timed::Excluded(why) = timed {
            // It stands in lists, where no sentence begins.
            let why = in_common(GapReason::Excluded(*why), language);
            *excluded.entry(uncapital(&why)).or_insert(0) += 1;
        }
    }
    let blocks = complete.iter().map(|member| member.digest.blocks);
    let (all, calibrated) =
        blocks.fold((0, 0), |sums, found| (sums.0 + found.all, sums.1 + found.calibrated));
    TimedQuality {
        of: outcomes.len(),
        scored: is(|timed| matches!(timed, Timed::Scored(..))),
        excluded: counts(excluded),
        not_done: is(|timed| matches!(timed, Timed::TooFew(..))),
        not_timed: is(|timed| matches!(timed, Timed::NotTimed)),
        remote: cell(complete.iter().filter(|member| member.digest.blocks.remote > 0).count()),
        calibrated: (calibrated, all),
    }
}

/// A reason without the session's own counts, which would split the sessions and reveal single ones.
pub(super) fn in_common(reason: GapReason, language: &Language) -> String {
    let sentence = reason.in_words(language);
    sentence.split(':').next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// How pleasant the words are; whoever names many, or comes twice, counts once.
pub(super) fn words_valence(complete: &[&Member]) -> Option<WordsValence> {
    let mut cases: Vec<(&Member, Vec<f64>)> = Vec::new();
    let mut place: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for member in complete {
        let placed: Vec<f64> = member.digest.words.iter().filter_map(|word| word.valence).collect();
        if placed.is_empty() {
            continue;
        }
        let at = *place.entry(member.person()).or_insert(cases.len());
        match cases.get_mut(at) {
            Some((_, known)) => known.extend(placed),
            None => cases.push((*member, placed)),
        }
    }
    let cases: Vec<(&Member, f64)> =
        cases.into_iter().map(|(member, placed)| (member, average(&placed))).collect();
    let values: Vec<f64> = cases.iter().map(|(_, value)| *value).collect();
    let ends = (-VALENCE, VALENCE);
    let found = robust_mean(mean(&values, ends), &cases, ends);
    let side = found.and_then(|mean| match mean {
        mean if mean.low > 0.0 => Some(ValenceSide::Pleasant),
        mean if mean.high < 0.0 => Some(ValenceSide::Unpleasant),
        _ => None,
    });
    (!values.is_empty()).then_some(WordsValence { n: cell(values.len()), mean: found, side })
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Words that came to mind, the most frequent first; equals by how early they came.
pub(super) fn words(complete: &[&Member]) -> Vec<WordLine> {
    struct Found<'a> {
        shown: String,
        named: BTreeSet<(&'a str, bool)>,
        placed: BTreeSet<(&'a str, bool)>,
        ranks: Vec<f64>,
        valences: Vec<f64>,
    }
    let mut by_word: BTreeMap<String, Found> = BTreeMap::new();
    for member in complete {
        for word in &member.digest.words {
            let found = by_word.entry(word.text.to_lowercase()).or_insert_with(|| Found {
                shown: word.text.clone(),
                named: BTreeSet::new(),
                placed: BTreeSet::new(),
                ranks: Vec::new(),
                valences: Vec::new(),
            });
            // Who names a word twice, or comes twice, is still one respondent.
            found.named.insert(member.person());
            found.ranks.push(word.rank as f64);
            if let Some(valence) = word.valence {
                found.placed.insert(member.person());
                found.valences.push(valence);
            }
        }
    }
    let line = |found: Found| {
        let valence = (!found.valences.is_empty()).then(|| average(&found.valences));
        let (n, rank) = (cell(found.named.len()), average(&found.ranks));
        WordLine { word: found.shown, n, valence, rated: found.placed.len(), rank }
    };
    let mut lines: Vec<WordLine> = by_word.into_values().map(line).collect();
    lines.sort_by(|a, b| b.n.count().cmp(&a.n.count()).then_with(|| a.rank.total_cmp(&b.rank)));
    lines
}
