//! What a second publication tells beside an earlier one. Owns that their difference says no more of the people who are in only one of them
//! than a publication of their own would; covers what a room is shown.

use super::{Privacy, WORD_FROM, count, empty_gaps, square_of, tally};
use crate::analysis::suppress::Smallest;
use crate::analysis::{
    Conflicts, EmotionLine, Gaps, Models, Paradox, PartLine, Quadrants, ReliabilityLine, ShownCount,
    StudyReport,
};

impl StudyReport {
    /// Hides in a published report what would, subtracted from an earlier one, show small cells of the people between the two. `apart` is the
    /// report of those people with nothing hidden. It is too small where their answers are gone: then no count is shown at all.
    pub fn hide_beside(&mut self, apart: &Self, privacy: Privacy) {
        let [own, theirs] = [&self.respondents, &apart.respondents].map(|people| people.smallest(privacy));
        let alone = apart.publishable(privacy);
        if alone.too_few().is_some() {
            self.words.clear();
            self.words_valence = None;
            self.paradoxes.clear();
            hide_counts(&mut self.models);
            self.hide_scales(own);
            self.gaps = unsaid(&self.gaps);
            return;
        }
        self.hide_words_beside(apart, privacy.least());
        self.paradoxes.retain(|paradox| {
            let of = |all: &[Paradox]| all.iter().find(|other| other.basis == paradox.basis).cloned();
            of(&apart.paradoxes).is_none_or(|raw| raw.n_meant + raw.n_used == 0)
                || of(&alone.paradoxes).is_some_and(|shown| is_open(&shown))
        });
        self.hide_models_beside(apart, &alone);
        self.hide_scales(own);
        for line in &mut self.emotions {
            let of = |all: &[EmotionLine]| {
                all.iter().find(|other| other.name == line.name).map_or(0, |other| count(other.n))
            };
            if of(&alone.emotions) < of(&apart.emotions) {
                (line.n, line.mean) = (ShownCount::Hidden, None);
            }
        }
        match apart.gaps.people {
            0 => {}
            people if people < privacy.least() => self.gaps = unsaid(&self.gaps),
            _ => hide_gaps_beside(&mut self.gaps, (&apart.gaps, &alone.gaps), theirs),
        }
    }

    /// A word that one or two of them said would be theirs with its valence.
    fn hide_words_beside(&mut self, apart: &Self, least: usize) {
        let few = |n: usize| (1..WORD_FROM).contains(&n);
        let said =
            |word: &str| apart.words.iter().find(|line| line.word.to_lowercase() == word.to_lowercase());
        self.words.retain(|line| !said(&line.word).is_some_and(|theirs| few(count(theirs.n))));
        for line in &mut self.words {
            let placed = said(&line.word).map_or(0, |theirs| theirs.rated);
            line.valence = line.valence.filter(|_| !few(placed));
        }
        let placed = apart.words_valence.map_or(0, |words| count(words.n));
        self.words_valence = self.words_valence.filter(|_| placed == 0 || placed >= least);
    }

    fn hide_models_beside(&mut self, apart: &Self, alone: &Self) {
        let lines = &alone.models.lines;
        let cells = lines.iter().flat_map(|line| [line.answers, line.uncertain, line.count]);
        if apart.models.n > 0 && !are_shown(cells.chain(alone.models.nothing)) {
            hide_counts(&mut self.models);
        }
        for (line, (raw, shown)) in self.models.lines.iter_mut().zip(apart.models.lines.iter().zip(lines)) {
            if shown.strength.is_none() && count(raw.rated) > 0 {
                (line.strength, line.rated) = (None, ShownCount::Hidden);
            }
        }
        for scale in &mut self.scales {
            let of = |all: &[ReliabilityLine]| {
                all.iter().find(|other| other.name == scale.name).map_or(0, |other| other.n)
            };
            if of(&alone.scales) < of(&apart.scales) {
                scale.hide();
            }
        }
    }
}

fn hide_counts(models: &mut Models) {
    for line in &mut models.lines {
        (line.answers, line.uncertain, line.count) =
            (ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden);
        (line.answers_share, line.share, line.weighted) = (None, None, None);
    }
    for cell in [
        &mut models.nothing,
        &mut models.uncertain,
        &mut models.by_rate,
        &mut models.parted,
        &mut models.low_engagement,
        &mut models.unrated,
    ] {
        *cell = cell.and(Some(ShownCount::Hidden));
    }
}

/// Nothing of both sides.
fn unsaid(gaps: &Gaps) -> Gaps {
    Gaps { too_few: gaps.too_few, ..empty_gaps(gaps.published_correlation) }
}

fn hide_gaps_beside(gaps: &mut Gaps, (apart, alone): (&Gaps, &Gaps), smallest: Smallest) {
    let theirs = tally(&apart.points);
    gaps.points.retain(|point| !theirs.get(&square_of(point)).is_some_and(|n| smallest.is_few(*n)));
    let four = &alone.quadrants;
    let quadrants = [four.both_warm, four.says_warm, four.associates_warm, four.both_cold];
    if !are_shown(quadrants.into_iter().chain(alone.verdicts.iter().map(|line| line.n))) {
        let none = ShownCount::Hidden;
        gaps.quadrants =
            Quadrants { both_warm: none, says_warm: none, associates_warm: none, both_cold: none };
        gaps.verdicts.iter_mut().for_each(|line| (line.n, line.share) = (none, None));
        for conflicts in [&mut gaps.masked, &mut gaps.latent] {
            *conflicts =
                Conflicts { found: none, share: None, discoveries: none, by_error: None, if_unrelated: None };
        }
    }
    if !are_shown(alone.no_verdict.iter().map(|line| line.n)) {
        gaps.no_verdict.iter_mut().for_each(|line| line.n = ShownCount::Hidden);
    }
    if !are_shown(alone.measures.iter().map(|line| line.1)) {
        gaps.measures.iter_mut().for_each(|line| line.1 = ShownCount::Hidden);
    }
}

fn is_open(paradox: &Paradox) -> bool {
    let parts = |lines: &[PartLine]| are_shown(lines.iter().map(|line| line.n));
    let table = paradox.table.iter().flatten().flatten();
    parts(&paradox.meant) && parts(&paradox.used) && are_shown(table.chain(&paradox.same).copied())
}

fn are_shown(cells: impl IntoIterator<Item = ShownCount>) -> bool {
    cells.into_iter().all(|cell| cell.count().is_some())
}
