//! How well the data were made: how long it took, who answered without reading, and what became of the timed tasks.

use std::collections::BTreeMap;

use super::estimate::cell;
use super::measured::Member;
use super::sample::counts;
use super::{Answers, Quality, TimedQuality, WordLine};
use crate::gap::Reason;
use crate::instrument::{Instrument, Language, Perspective};
use crate::measures::Timed;
use crate::psychometrics::descriptive::quantile;

pub(super) fn quality(main: Option<&Instrument>, complete: &[&Member], language: &Language) -> Quality {
    // A table that does not say how long it took says nothing, and not that it took no time.
    let known = complete.iter().filter(|m| m.digest.minutes > 0.0);
    let minutes: Vec<f64> = known.map(|member| member.digest.minutes).collect();
    let at = |p| quantile(&minutes, p).ok();
    let five = [at(0.0), at(0.25), at(0.5), at(0.75), at(1.0)];
    let minutes = match five {
        [Some(a), Some(b), Some(c), Some(d), Some(e)] => Some([a, b, c, d, e]),
        _ => None,
    };
    let straight: Vec<bool> = complete.iter().filter_map(|member| member.digest.straight).collect();
    let fast: Vec<bool> = complete.iter().filter_map(|member| member.digest.fast).collect();
    let random: Vec<bool> =
        complete.iter().filter_map(|member| member.digest.evidence_for(Perspective::Own)?.random).collect();
    let mut answers = Answers::default();
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
    let outcomes: Vec<Timed> = complete.iter().filter_map(|member| member.digest.timed()).collect();
    let is = |wanted: fn(&Timed) -> bool| cell(outcomes.iter().filter(|timed| wanted(timed)).count());
    let mut excluded = BTreeMap::new();
    for timed in &outcomes {
        if let Timed::Excluded(why) = timed {
            *excluded.entry(in_common(Reason::Excluded(*why), language)).or_insert(0) += 1;
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

/// A reason without the counts of the session that has it: they would make every session a reason of its own, and tell who it is.
pub(super) fn in_common(reason: Reason, language: &Language) -> String {
    let sentence = reason.in_words(language);
    sentence.split(':').next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// Words that came to mind, the most frequent first; equals by how early they came.
pub(super) fn words(complete: &[&Member]) -> Vec<WordLine> {
    struct Found {
        shown: String,
        respondents: usize,
        last: usize,
        ranks: Vec<f64>,
        valences: Vec<f64>,
    }
    let mut by_word: BTreeMap<String, Found> = BTreeMap::new();
    for (at, member) in complete.iter().enumerate() {
        for word in &member.digest.words {
            let found = by_word.entry(word.text.to_lowercase()).or_insert_with(|| Found {
                shown: word.text.clone(),
                respondents: 0,
                last: usize::MAX,
                ranks: Vec::new(),
                valences: Vec::new(),
            });
            // Who names a word twice is still one respondent.
            found.respondents += usize::from(found.last != at);
            found.last = at;
            found.ranks.push(word.rank as f64);
            found.valences.extend(word.valence);
        }
    }
    let average = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let line = |found: Found| {
        let valence = (!found.valences.is_empty()).then(|| average(&found.valences));
        WordLine { word: found.shown, n: cell(found.respondents), valence, rank: average(&found.ranks) }
    };
    let mut lines: Vec<WordLine> = by_word.into_values().map(line).collect();
    lines.sort_by(|a, b| b.n.count().cmp(&a.n.count()).then_with(|| a.rank.total_cmp(&b.rank)));
    lines
}
