//! What may be published. Owns the small-group rules: no figures of a group below ten, cells of one or two
//! as "<3" with enough others hidden, no single session on a chart, no word that only one or two people used, no code
//! of a person.
//!
//! What it cannot do: reports of the same study under two filters can be subtracted from one another. Publish one.

use std::collections::{BTreeMap, BTreeSet};

use super::suppress::{self, Smallest};
use super::{
    Conflicts, Count, ExperienceLine, GapPoint, Gaps, GroupCount, Leaving, Models, Quadrants, Respondents,
    ShownCount, StudyReport, WordsValence,
};
use crate::gap::Verdict;

mod difference;
mod models;

/// Below this many people a group is small; the researcher's own screen marks it.
pub const SMALL: usize = 10;
/// No setting can go below this.
pub const FLOOR: usize = 5;
/// The width of a square in which sessions are shown together on a published chart.
const SQUARE: f64 = 0.25;
/// Fewest people who name a word, or place it.
const WORD_FROM: usize = 3;

/// How small a group may be to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Privacy {
    least: usize,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { least: SMALL }
    }
}

impl Privacy {
    /// Groups of at least `people`, but never fewer than five.
    pub fn at_least(people: usize) -> Self {
        Self { least: people.max(FLOOR) }
    }

    /// The smallest group that is shown.
    pub fn least(self) -> usize {
        self.least
    }

    /// How many more people have to come before the sessions of `now` may be shown after those of `before` were; `person` tells whose a
    /// session is. A viewer of both could subtract one from the other, so that both those who came and those who left must be large enough
    /// groups. A `now` that is too small shows nothing.
    pub fn wanting<T: Ord, P: Ord>(
        self,
        before: &BTreeSet<T>,
        now: &BTreeSet<T>,
        person: impl Fn(&T) -> P,
    ) -> usize {
        let of = |from: &BTreeSet<T>, without: &BTreeSet<T>| {
            Respondents::of(from.difference(without).map(&person)).people()
        };
        let there = of(now, &BTreeSet::new());
        if there < self.least {
            return self.least - there;
        }
        if before == now {
            return 0;
        }
        let (came, went) = (of(now, before), of(before, now));
        // Who went hides among enough who came; alone they hide only as a group.
        if came >= self.least || came == 0 && went >= self.least { 0 } else { self.least - came }
    }
}

impl StudyReport {
    /// The findings as a room or a reader may see them. A study that is itself too small keeps its counts of sessions and
    /// nothing else.
    pub fn publishable(&self, privacy: Privacy) -> Self {
        let least = privacy.least;
        let mut report = self.clone();
        report.least = Some(least);
        let smallest = self.respondents.smallest(privacy);
        report.hide_groups(smallest, report.sample.unfinished.smallest(privacy));
        if report.too_few().is_some() {
            report.withhold();
            return report;
        }
        report.hide_models(smallest, self.profiled.smallest(privacy));
        for emotion in &mut report.emotions {
            if emotion.n.count().unwrap_or(0) < smallest.group {
                (emotion.n, emotion.mean) = (ShownCount::Hidden, None);
            }
        }
        hide_gaps(&mut report.gaps, smallest, least);
        if let Some(leaving) = &mut report.leaving {
            hide_leaving(leaving, smallest);
        }
        super::lenses::publishable(&mut report.lenses, smallest, least);
        report.pairs.retain(|pairs| pairs.people >= least);
        report.clusters.alike.retain(|line| line.n >= smallest.group);
        report.hide_scales(smallest);
        let quality = &mut report.quality;
        let timed = &mut quality.timed;
        for cell in [&mut quality.straight, &mut quality.random, &mut quality.fast, &mut timed.remote] {
            *cell = smallest.alone(*cell);
        }
        // How many were scored stands behind every figure that rests on the task, and so does the sum of all others.
        let mut sizes = vec![count(timed.not_done), count(timed.not_timed)];
        sizes.extend(timed.excluded.iter().map(|found| count(found.n)));
        let cells = smallest.row(&sizes, &[]);
        (timed.scored, timed.not_done, timed.not_timed) = (smallest.alone(timed.scored), cells[0], cells[1]);
        for (found, cell) in timed.excluded.iter_mut().zip(&cells[2..]) {
            found.n = *cell;
        }
        report.missing.iter_mut().for_each(|line| line.hide(smallest));
        // A mean is a sum to whoever knows how many: less the words that are shown it is that of a single word.
        report.words_valence = report
            .words_valence
            .filter(|words| words.n.count().is_some_and(|n| n >= least))
            .map(|words| WordsValence { n: ShownCount::Hidden, mean: None, ..words });
        report.words.retain(|word| word.n.count().is_some_and(|n| n >= WORD_FROM));
        // Of three who name a word one may have placed it.
        report
            .words
            .iter_mut()
            .for_each(|word| word.valence = word.valence.filter(|_| word.rated >= WORD_FROM));
        report
    }

    /// Groups of sessions by organisation, interviewer and so on; `open` is the rule for those that are not finished.
    fn hide_groups(&mut self, smallest: Smallest, open: Smallest) {
        let sample = &mut self.sample;
        for groups in [&mut sample.organisations, &mut sample.interviewers, &mut sample.versions] {
            hide_by_name(groups, smallest, open);
        }
        row_of(&mut sample.languages, smallest);
        row_of(&mut sample.modes, smallest);
        row_of(&mut sample.imported, smallest);
        // The choices of a filter are for the researcher who sets it, not for readers.
        self.choices =
            super::FilterChoices { finished: self.choices.finished, ..super::FilterChoices::default() };
    }

    /// Everything but who was asked.
    fn withhold(&mut self) {
        self.models = Models {
            asked: self.models.asked,
            n: 0,
            without: 0,
            lines: Vec::new(),
            moves: None,
            untold: false,
            learnt: false,
            holds: false,
            partial: false,
            nothing: None,
            uncertain: None,
            by_rate: None,
            parted: None,
            low_engagement: None,
            unrated: None,
            unrated_norms: Vec::new(),
            managers: self.models.managers,
            basis: Vec::new(),
            range: None,
        };
        self.emotions.clear();
        self.experience.all = ExperienceLine { small: true, ..ExperienceLine::default() };
        self.experience.outcomes.clear();
        self.gaps = empty_gaps(self.gaps.published_correlation);
        self.paradoxes.clear();
        self.leaving = None;
        self.lenses.clear();
        self.pairs.clear();
        self.scales.clear();
        self.words.clear();
        self.words_valence = None;
        self.missing.clear();
        self.clusters = super::clusters::Clusters::default();
        let quality = &mut self.quality;
        (quality.minutes, quality.answers) = (None, super::AnswerCounts::default());
        (quality.straight, quality.random, quality.fast) =
            (ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden);
        let timed = &mut quality.timed;
        (timed.scored, timed.not_done, timed.not_timed, timed.remote) =
            (ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden);
        timed.excluded.clear();
    }
}

fn hide_gaps(gaps: &mut Gaps, smallest: Smallest, least: usize) {
    if gaps.people < least {
        *gaps =
            Gaps { too_few: gaps.n + gaps.no_verdict.len() > 0, ..empty_gaps(gaps.published_correlation) };
        return;
    }
    gaps.points = squares(&gaps.points, smallest);
    let four = &mut gaps.quadrants;
    // What error alone would give tells how many speak warmly and how many coldly: two sums that are known.
    let (warm, cold) =
        ([four.both_warm, four.says_warm].map(count), [four.associates_warm, four.both_cold].map(count));
    if [warm, cold].iter().any(|pair| smallest.is_few(pair.iter().sum())) {
        (gaps.masked.by_error, gaps.latent.by_error) = (None, None);
    }
    let (warm, cold) = (smallest.row(&warm, &[]), smallest.row(&cold, &[]));
    *four =
        Quadrants { both_warm: warm[0], says_warm: warm[1], associates_warm: cold[0], both_cold: cold[1] };
    // Squares of a quadrant that is held back would say how many it holds at least.
    let is_shown = |point: &GapPoint| match (point.said > 0.0, point.associated > 0.0) {
        (true, true) => warm[0],
        (true, false) => warm[1],
        (false, true) => cold[0],
        (false, false) => cold[1],
    };
    gaps.points.retain(|point| is_shown(point).count().is_some());
    let sizes: Vec<usize> = gaps.verdicts.iter().map(|line| count(line.n)).collect();
    // So would the verdicts that lie in it.
    let held: Vec<bool> = gaps.verdicts.iter().map(|line| is_held(line.verdict, &gaps.quadrants)).collect();
    for (line, cell) in gaps.verdicts.iter_mut().zip(smallest.row(&sizes, &held)) {
        if cell.count().is_none() {
            line.share = None;
        }
        line.n = cell;
    }
    for (verdict, conflicts) in [(Verdict::Masked, &mut gaps.masked), (Verdict::Latent, &mut gaps.latent)] {
        let shown = gaps.verdicts.iter().find(|line| line.verdict == verdict).map(|line| line.n);
        if let Some(cell) = shown.filter(|cell| cell.count().is_none()) {
            (conflicts.found, conflicts.share, conflicts.if_unrelated) = (cell, None, None);
        }
        conflicts.discoveries = smallest.alone(conflicts.discoveries);
    }
    row_of(&mut gaps.no_verdict, smallest);
    let sizes: Vec<usize> = gaps.measures.iter().map(|(_, n)| count(*n)).collect();
    for (line, cell) in gaps.measures.iter_mut().zip(smallest.row(&sizes, &[])) {
        line.1 = cell;
    }
}

/// Whether a verdict lies in a quadrant of which nothing is shown.
fn is_held(verdict: Verdict, four: &Quadrants) -> bool {
    let quadrant = match verdict {
        Verdict::Masked | Verdict::LeaningMasked => four.says_warm,
        Verdict::Latent | Verdict::LeaningLatent => four.associates_warm,
        Verdict::AlignedPositive => four.both_warm,
        Verdict::AlignedNegative => four.both_cold,
        Verdict::Indeterminate | Verdict::NoVerdict => return false,
    };
    quadrant.count().is_none()
}

/// Sessions by the square of the chart that they fall into, without codes; squares of one or two people are left out.
fn squares(points: &[GapPoint], smallest: Smallest) -> Vec<GapPoint> {
    let middle = |place: i64| (place as f64 + 0.5) * SQUARE;
    let square = |((said, associated), weight): ((i64, i64), usize)| GapPoint {
        session: String::new(),
        respondent: String::new(),
        said: middle(said),
        associated: middle(associated),
        verdict: None,
        model: None,
        weight,
    };
    tally(points).into_iter().filter(|(_, weight)| !smallest.is_few(*weight)).map(square).collect()
}

/// The square of the chart that a session falls into.
fn square_of(point: &GapPoint) -> (i64, i64) {
    let place = |value: f64| ((value / SQUARE).floor() as i64).clamp(-4, 3);
    (place(point.said), place(point.associated))
}

/// Sessions by square.
fn tally(points: &[GapPoint]) -> BTreeMap<(i64, i64), usize> {
    let mut squares = BTreeMap::new();
    for point in points {
        *squares.entry(square_of(point)).or_default() += point.weight;
    }
    squares
}

fn hide_leaving(leaving: &mut Leaving, smallest: Smallest) {
    let width = leaving.table.first().map_or(0, Vec::len);
    let sizes: Vec<usize> = leaving.table.iter().flatten().map(|cell| count(*cell)).collect();
    let held = vec![leaving.n < smallest.group; sizes.len()];
    // The share of satisfied people is published with its n, so that the sum of the first row is known, and that of the
    // others together.
    let (first, others) = sizes.split_at(width.min(sizes.len()));
    let mut cells = smallest.row(first, &held);
    cells.extend(smallest.row(others, &held));
    for (row, line) in leaving.table.iter_mut().enumerate() {
        line.copy_from_slice(&cells[row * width..(row + 1) * width]);
    }
    leaving.satisfied_leaving =
        leaving.table.first().and_then(|row| row.last()).copied().unwrap_or(ShownCount::Hidden);
    // The share would give the sum of its row away.
    if leaving.table.first().is_some_and(|row| row.iter().any(|cell| cell.count().is_none())) {
        (leaving.satisfied, leaving.share) = (ShownCount::Hidden, None);
    }
}

fn hide_by_name(groups: &mut [GroupCount], smallest: Smallest, rule: Smallest) {
    let sizes: Vec<usize> = groups.iter().map(|group| count(group.complete)).collect();
    let open: Vec<usize> = groups.iter().map(|group| count(group.open)).collect();
    let shown = suppress::groups(&sizes, &[], smallest.group);
    let held: Vec<bool> = shown.iter().map(|shown| !shown).collect();
    let open = rule.row(&open, &held);
    for (at, group) in groups.iter_mut().enumerate() {
        if held[at] {
            group.complete = ShownCount::Hidden;
        }
        group.open = open[at];
    }
}

fn row_of(counts: &mut [Count], smallest: Smallest) {
    let sizes: Vec<usize> = counts.iter().map(|found| count(found.n)).collect();
    for (found, cell) in counts.iter_mut().zip(smallest.row(&sizes, &[])) {
        found.n = cell;
    }
}

fn count(cell: ShownCount) -> usize {
    cell.count().unwrap_or(0)
}

fn empty_gaps(published_correlation: f64) -> Gaps {
    let none = ShownCount::Hidden;
    let conflicts =
        Conflicts { found: none, share: None, discoveries: none, by_error: None, if_unrelated: None };
    Gaps {
        n: 0,
        people: 0,
        too_few: false,
        points: Vec::new(),
        quadrants: Quadrants { both_warm: none, says_warm: none, associates_warm: none, both_cold: none },
        verdicts: Vec::new(),
        no_verdict: Vec::new(),
        measures: Vec::new(),
        masked: conflicts,
        latent: conflicts,
        correlation: None,
        uncorrelated: None,
        published_correlation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_between_two_moments_is_a_group_by_itself() {
        let people = |from: usize, to: usize| (from..to).collect::<BTreeSet<usize>>();
        let wanting = |before: &BTreeSet<usize>, now: &BTreeSet<usize>| {
            Privacy::at_least(5).wanting(before, now, |session| *session)
        };
        assert_eq!(wanting(&people(0, 6), &people(0, 6)), 0);
        for (now, more) in [(7, 4), (10, 1), (11, 0), (20, 0)] {
            assert_eq!(wanting(&people(0, 6), &people(0, now)), more, "{now}");
        }
        // Somebody had everything erased: without them the rest would tell of them.
        assert_eq!(wanting(&people(0, 12), &people(1, 12)), 5);
        assert_eq!(wanting(&people(0, 12), &people(1, 13)), 4);
        assert_eq!(wanting(&people(0, 12), &people(1, 17)), 0);
        assert_eq!(wanting(&people(0, 12), &people(5, 12)), 0);
        // Whoever comes twice is one of those who came.
        let twice = |session: &usize| *session / 2;
        assert_eq!(Privacy::at_least(5).wanting(&people(0, 0), &people(0, 8), twice), 1);
        assert_eq!(Privacy::at_least(5).wanting(&people(0, 10), &people(0, 16), twice), 2);
        assert_eq!((Privacy::at_least(1).least(), Privacy::default().least()), (5, SMALL));
    }
}
