//! What may be published by model: the tables of a study's models, of what is meant and used, of outcomes, and the recommendation mark.

use super::{count, row_of};
use crate::analysis::estimate::share;
use crate::analysis::suppress::{self, FlowEdge, Smallest};
use crate::analysis::{
    ExperienceLine, IntervalEstimate, ModelLine, Paradox, PartLine, ShownCount, StudyReport,
};
use crate::instrument::RelationalModel;
use crate::psychometrics::proportion::nps;

impl StudyReport {
    /// The tables by model count the same sessions several times, so that what one of them holds back no other may show.
    /// `of_all` is the smallest group among the profiles of every instrument, on which both sides of the relation may rest.
    pub(super) fn hide_models(&mut self, smallest: Smallest, of_all: Smallest) {
        // Both count by what the answers speak for.
        let sizes: Vec<usize> = self.models.lines.iter().map(|line| count(line.answers)).collect();
        let same_people =
            |paradox: &Paradox| paradox.used.iter().map(|part| count(part.n)).eq(sizes.iter().copied());
        // Those for whom a model leads without being clear are a group as well.
        let small = |line: &ModelLine| smallest.is_few(count(line.uncertain));
        let mut held: Vec<bool> = self.models.lines.iter().map(small).collect();
        self.paradoxes.retain(|paradox| paradox.n_meant.min(paradox.n_used) >= of_all.group);
        let original = self.paradoxes.clone();
        let everybody = Everybody {
            told: sizes.clone(),
            in_front: self.models.lines.iter().map(|line| count(line.uncertain)).collect(),
            nothing: self.models.nothing.map_or(0, count),
        };
        loop {
            let before = held.clone();
            for (held, cell) in held.iter_mut().zip(everybody.shown(&before, smallest).told) {
                *held |= cell.count().is_none();
            }
            self.paradoxes = original.clone();
            for paradox in &mut self.paradoxes {
                let linked = same_people(paradox);
                hide_paradox(paradox, if linked { &held } else { &[] }, of_all);
                for (at, part) in paradox.used.iter().enumerate().filter(|_| linked) {
                    held[at] |= part.n.count().is_none();
                }
            }
            if held == before {
                break;
            }
        }
        let PublishedCounts { told: answers, in_front: uncertain, untold, nothing } =
            everybody.shown(&held, smallest);
        let sizes: Vec<usize> = self.models.lines.iter().map(|line| count(line.count)).collect();
        let leads = smallest.row(&sizes, &held);
        // A share of those whose answers tell something says how many that are, and so how many do not.
        let all = self.models.n;
        let of_everybody = self.models.nothing.is_some() && nothing.count().is_none();
        // How many strengths there are would say how many were left out.
        let some_left_out = self.models.unrated.is_some_and(|n| smallest.is_few(count(n)));
        for (at, line) in self.models.lines.iter_mut().enumerate() {
            (line.answers, line.uncertain, line.count) = (answers[at], uncertain[at], leads[at]);
            match answers[at].count() {
                None => line.answers_share = None,
                // A plain interval would take whoever comes twice for two.
                Some(n) if of_everybody && line.answers_share.is_some() => {
                    line.answers_share = share(n, all).filter(|_| smallest.are_people());
                }
                Some(_) => {}
            }
            if leads[at].count().is_none() {
                line.share = None;
            }
            if count(line.rated) < smallest.group {
                (line.strength, line.rated) = (None, ShownCount::Hidden);
            } else if some_left_out {
                line.rated = ShownCount::Hidden;
            }
        }
        self.hide_probabilities();
        // These are sums of probabilities, not counts, and still describe groups.
        self.models.nothing = self.models.nothing.and(Some(nothing));
        self.models.uncertain = self.models.uncertain.and(Some(untold));
        self.models.by_rate = self.models.by_rate.map(|n| smallest.alone(n));
        self.models.parted = self.models.parted.map(|n| smallest.alone(n));
        self.models.low_engagement = self.models.low_engagement.map(|n| smallest.alone(n));
        self.models.unrated = self.models.unrated.map(|n| smallest.alone(n));
        row_of(&mut self.models.basis, smallest);
        self.hide_outcomes(self.least.unwrap_or(0));
        hide_nps(&mut self.experience.all, smallest);
        self.experience.all.satisfaction.take_if(|mark| mark.n < smallest.group);
        if let Some(mark) = &mut self.experience.all.satisfaction
            && let Some(satisfied) = mark.satisfied
        {
            let people = (satisfied.value * mark.n as f64).round() as usize;
            let cells = smallest.row(&[people, mark.n.saturating_sub(people)], &[]);
            if cells[0].count().is_none() {
                mark.satisfied = None;
            }
        }
    }

    /// Scales of too few people, and of the norms whose means count people of a model that is held back.
    pub(super) fn hide_scales(&mut self, smallest: Smallest) {
        let Self { scales, models, .. } = self;
        for scale in scales {
            let counted = scale.counts.and_then(|model| models.lines.get_mut(model.index()));
            let told = counted.filter(|line| is_held(line));
            if scale.n >= smallest.group && told.is_none() {
                continue;
            }
            scale.hide();
            if let Some(line) = told {
                (line.strength, line.rated) = (None, ShownCount::Hidden);
            }
        }
    }

    /// With clear answers, a mean of probabilities is nearly a share of people: hidden where the count is, together with a second one,
    /// because they add up to 1. The others are shown in whole percents, because further digits would reveal the composition of the rest.
    fn hide_probabilities(&mut self) {
        let held = self.models.lines.iter().filter(|line| is_held(line)).count();
        let shown = |line: &&mut ModelLine| line.weighted.is_some_and(|_| !is_held(line));
        let weight = |line: &ModelLine| line.weighted.map_or(0.0, |found| found.value);
        if held == 1
            && let Some(least) =
                self.models.lines.iter_mut().filter(shown).min_by(|a, b| weight(a).total_cmp(&weight(b)))
        {
            least.weighted = None;
        }
        for line in &mut self.models.lines {
            line.weighted = line.weighted.filter(|_| !is_held(line)).map(|share| share.rounded(2));
        }
    }

    /// A model that is held back in one outcome, for too few people or because others would reveal its mean, is held back in all of them:
    /// the estimates add up to the total.
    fn hide_outcomes(&mut self, least: usize) {
        // What an estimate is worth would say how many people are behind it.
        let hidden = |model: RelationalModel| {
            self.models.lines.get(model.index()).is_some_and(|line| line.answers.count().is_none())
        };
        let mut held: Vec<bool> = RelationalModel::ALL.into_iter().map(hidden).collect();
        for line in &self.experience.outcomes {
            let sizes: Vec<usize> = line.by_model.iter().map(|found| found.worth.round() as usize).collect();
            // A worth is of people, whatever sessions they have.
            let shown = suppress::groups(&sizes, &[], least);
            held.iter_mut().zip(shown).for_each(|(held, shown)| *held |= !shown);
        }
        let is_held = |model: RelationalModel| held.get(model.index()).copied().unwrap_or(true);
        let either = is_held(RelationalModel::CommunalSharing) || is_held(RelationalModel::MarketPricing);
        for line in &mut self.experience.outcomes {
            let all = line.by_model.iter_mut().zip(&held).filter(|(_, held)| **held);
            all.for_each(|(found, _)| *found = found.held());
            if either {
                line.personal_minus_business = line.personal_minus_business.held();
                line.by_likelihood = None;
            }
        }
    }
}

/// Whether a number of people of a model is held back.
fn is_held(line: &ModelLine) -> bool {
    line.answers.count().is_none() || line.count.count().is_none()
}

/// All respondents with a profile, once each: clear models, leading models that are not clear, and uninformative answers.
struct Everybody {
    told: Vec<usize>,
    in_front: Vec<usize>,
    nothing: usize,
}

/// The publishable form of [`Everybody`], with the number whose leading model is not clear.
struct PublishedCounts {
    told: Vec<ShownCount>,
    in_front: Vec<ShownCount>,
    untold: ShownCount,
    nothing: ShownCount,
}

impl Everybody {
    /// Hides at least the models of `held`. The total is public, and the number whose leading model is not clear may be.
    fn shown(&self, held: &[bool], smallest: Smallest) -> PublishedCounts {
        let [all, untold, end] = [0, 1, 2];
        let is_held = |at: usize| held.get(at).copied().unwrap_or(false);
        let of = |from: usize, counts: &[usize]| -> Vec<FlowEdge> {
            let pipe = |(at, n): (usize, &usize)| {
                smallest.edge(from, end, *n, is_held(at) && (from == all || *n > 0))
            };
            counts.iter().enumerate().map(pipe).collect()
        };
        let sum = self.in_front.iter().sum();
        let mut pipes = of(all, &self.told);
        pipes.extend(of(untold, &self.in_front));
        pipes.extend([smallest.edge(all, untold, sum, false), smallest.edge(all, end, self.nothing, false)]);
        suppress::protect(&mut pipes);
        let mut cells = pipes.into_iter().map(|pipe| pipe.cell);
        let told = cells.by_ref().take(self.told.len()).collect();
        let in_front = cells.by_ref().take(self.in_front.len()).collect();
        let mut next = || cells.next().unwrap_or(ShownCount::Hidden);
        PublishedCounts { told, in_front, untold: next(), nothing: next() }
    }
}

/// Hides the three kinds of answer, whose sum is public. An exact score would reveal all three counts: where one is hidden all are, the
/// score is rounded to whole points, and hidden as well where even these would reveal a count.
fn hide_nps(line: &mut ExperienceLine, smallest: Smallest) {
    let Some(nps) = &mut line.nps else { return };
    let sizes = [count(nps.promoters), count(nps.passives), count(nps.detractors)];
    if sizes.iter().sum::<usize>() < smallest.group {
        line.nps = None;
        return;
    }
    let cells = smallest.row(&sizes, &[]);
    if cells.iter().any(|cell| cell.count().is_none()) {
        match whole_points(sizes) {
            // The interval of whole points is that of people who came once.
            Some(score) if smallest.are_people() && !gives_away(sizes, score, smallest) => {
                (nps.promoters, nps.passives, nps.detractors) =
                    (ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden);
                nps.score = score;
            }
            _ => line.nps = None,
        }
    }
}

/// A score with its interval in whole points, from the numbers of promoters, passives and detractors.
fn whole_points(sizes: [usize; 3]) -> Option<IntervalEstimate> {
    let marks = [10_u8, 8, 0];
    let answers: Vec<u8> =
        marks.iter().zip(sizes).flat_map(|(mark, size)| std::iter::repeat_n(*mark, size)).collect();
    let found = nps(&answers).ok()?;
    Some(IntervalEstimate::of(found.score, found.interval).rounded(0))
}

/// Whether a cell of one or two people follows from the score in whole points: whether no other numbers with the same sum and another value in
/// that cell give this score.
fn gives_away(sizes: [usize; 3], score: IntervalEstimate, smallest: Smallest) -> bool {
    let total: usize = sizes.iter().sum();
    let near = |size: usize| size.saturating_sub(3)..=size + 3;
    let others = near(sizes[0])
        .flat_map(|promoters| near(sizes[2]).map(move |detractors| (promoters, detractors)))
        .filter_map(|(promoters, detractors)| {
            let passives = total.checked_sub(promoters + detractors)?;
            Some([promoters, passives, detractors])
        });
    let same: Vec<[usize; 3]> = others.filter(|others| whole_points(*others) == Some(score)).collect();
    (0..3).any(|at| smallest.is_few(sizes[at]) && same.iter().all(|others| others[at] == sizes[at]))
}

fn hide_paradox(paradox: &mut Paradox, held: &[bool], smallest: Smallest) {
    paradox.untold = smallest.alone(paradox.untold);
    let is_held = |at: usize| held.get(at).copied().unwrap_or(false);
    let (rows, columns) = (paradox.meant.len(), paradox.used.len());
    // Node 0 is where all come from, then rows, then columns, and the last is where all go.
    let end = rows + columns + 1;
    match &mut paradox.table {
        None => {
            let part = |lines: &[PartLine]| lines.iter().map(|line| count(line.n)).collect::<Vec<_>>();
            let (meant, used) =
                (smallest.row(&part(&paradox.meant), &[]), smallest.row(&part(&paradox.used), held));
            show_parts(&mut paradox.meant, &meant);
            show_parts(&mut paradox.used, &used);
            // Without the table, sessions with the same model on both sides are a group beside the others.
            if let Some(same) = paradox.same.map(count) {
                let cells = smallest.row(&[same, paradox.n_used.saturating_sub(same)], &[]);
                if cells[0].count().is_none() {
                    hide_same(paradox);
                }
            }
        }
        Some(table) => {
            let mut pipes = Vec::new();
            for (row, line) in paradox.meant.iter().enumerate() {
                pipes.push(smallest.edge(0, 1 + row, count(line.n), false));
            }
            for (column, line) in paradox.used.iter().enumerate() {
                pipes.push(smallest.edge(1 + rows + column, end, count(line.n), is_held(column)));
            }
            for (row, line) in table.iter().enumerate() {
                for (column, cell) in line.iter().enumerate() {
                    pipes.push(smallest.edge(1 + row, 1 + rows + column, count(*cell), false));
                }
            }
            suppress::protect(&mut pipes);
            let cells: Vec<ShownCount> = pipes.into_iter().map(|pipe| pipe.cell).collect();
            show_parts(&mut paradox.meant, &cells[..rows]);
            show_parts(&mut paradox.used, &cells[rows..rows + columns]);
            let inner = &cells[rows + columns..];
            for (row, line) in table.iter_mut().enumerate() {
                line.copy_from_slice(&inner[row * columns..(row + 1) * columns]);
            }
            // The diagonal's sum is one more sum that is known; it stays only while the diagonal is open.
            if (0..rows.min(columns)).any(|at| table[at][at].count().is_none()) {
                hide_same(paradox);
            }
        }
    }
    // What the rates alone give is a sum over the numbers of both sides.
    if paradox.meant.iter().chain(&paradox.used).any(|line| line.n.count().is_none()) {
        paradox.agreement = None;
    }
}

/// Hides the number of sessions with the same model on both sides, in every form.
fn hide_same(paradox: &mut Paradox) {
    (paradox.same, paradox.same_share, paradox.agreement) = (Some(ShownCount::Hidden), None, None);
}

fn show_parts(lines: &mut [PartLine], cells: &[ShownCount]) {
    for (line, cell) in lines.iter_mut().zip(cells) {
        if cell.count().is_none() {
            line.share = None;
        }
        line.n = *cell;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_one_or_two_do_not_follow_from_how_many_are_told_nothing() {
        let hidden = |cells: &[ShownCount]| cells.iter().filter(|cell| cell.count().is_none()).count();
        for (told, in_front, nothing) in [
            ([11, 1, 1, 17], [9, 0, 3, 3], 0),
            ([6, 0, 1, 10], [3, 1, 1, 0], 0),
            ([8, 3, 4, 12], [2, 2, 0, 2], 5),
        ] {
            let everybody = Everybody { told: told.to_vec(), in_front: in_front.to_vec(), nothing };
            let shown = everybody.shown(&[], Smallest::NONE);
            // With all sums known the cells that are held back have to leave room for one more and one less.
            let rest = [shown.untold, shown.nothing];
            let few = |counts: [usize; 4]| counts.iter().filter(|n| matches!(n, 1 | 2)).count();
            assert!(few(told) == 0 || hidden(&shown.told) + hidden(&rest) > few(told), "{told:?}");
            assert!(
                few(in_front) == 0 || hidden(&shown.in_front) + hidden(&rest[..1]) > few(in_front),
                "{in_front:?}"
            );
        }
    }
}
