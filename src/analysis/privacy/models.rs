//! What may be published by model: the tables of a study's models, of what is meant and used, of outcomes, and the recommendation mark.

use super::{count, few, row_of};
use crate::analysis::suppress::{self, Pipe};
use crate::analysis::{Cell, Estimate, ExperienceLine, ModelLine, Paradox, PartLine, StudyReport};
use crate::instrument::RelationalModel;
use crate::psychometrics::proportion::nps;

impl StudyReport {
    /// The tables by model belong together: whoever sees them all sees the same sessions counted several times, so what one
    /// of them holds back no other may show.
    pub(super) fn hide_models(&mut self, least: usize) {
        // Both count by what the answers speak for.
        let sizes: Vec<usize> = self.models.lines.iter().map(|line| count(line.answers)).collect();
        let same_people =
            |paradox: &Paradox| paradox.used.iter().map(|part| count(part.n)).eq(sizes.iter().copied());
        // Those in whom it is only in front are a group too.
        let small = |line: &ModelLine| matches!(count(line.uncertain), 1 | 2);
        let mut held: Vec<bool> = self.models.lines.iter().map(small).collect();
        self.paradoxes.retain(|paradox| paradox.n_meant >= least && paradox.n_used >= least);
        let original = self.paradoxes.clone();
        // Those whose answers tell nothing are what is left of everybody: one cell of the same row.
        let nothing = self.models.nothing.map_or(0, count);
        let everybody: Vec<usize> = sizes.iter().copied().chain([nothing]).collect();
        loop {
            let before = held.clone();
            for (held, cell) in held.iter_mut().zip(suppress::row(&everybody, &before)) {
                *held |= cell.count().is_none();
            }
            self.paradoxes = original.clone();
            for paradox in &mut self.paradoxes {
                let linked = same_people(paradox);
                hide_paradox(paradox, if linked { &held } else { &[] });
                for (at, part) in paradox.used.iter().enumerate().filter(|_| linked) {
                    held[at] |= part.n.count().is_none();
                }
            }
            if held == before {
                break;
            }
        }
        let of = |known: fn(&ModelLine) -> Cell, beside: Option<usize>| {
            let sizes = self.models.lines.iter().map(|line| count(known(line))).chain(beside);
            let sizes: Vec<usize> = sizes.collect();
            let open = suppress::row(&sizes, &[]);
            let shown = suppress::row(&sizes, &held).into_iter().zip(open);
            let shown = shown.map(|(cell, open)| if open == Cell::Few { Cell::Few } else { cell });
            shown.collect::<Vec<_>>()
        };
        let answers = of(|line| line.answers, Some(nothing));
        let (uncertain, leads) = (of(|line| line.uncertain, None), of(|line| line.count, None));
        // How many strengths there are would say how many were left out.
        let some_left_out = self.models.unrated.map(few) == Some(Cell::Few);
        for (at, line) in self.models.lines.iter_mut().enumerate() {
            (line.answers, line.uncertain, line.count) = (answers[at], uncertain[at], leads[at]);
            if answers[at].count().is_none() {
                line.answers_share = None;
            }
            if leads[at].count().is_none() {
                line.share = None;
            }
            if count(line.rated) < least {
                (line.strength, line.rated) = (None, Cell::Hidden);
            } else if some_left_out {
                line.rated = Cell::Hidden;
            }
        }
        // Sums of probabilities, so that nobody is counted in them; they are groups all the same.
        self.models.nothing = self.models.nothing.and(answers.last().copied());
        self.models.uncertain = self.models.uncertain.map(few);
        self.models.by_rate = self.models.by_rate.map(few);
        self.models.parted = self.models.parted.map(few);
        self.models.low_engagement = self.models.low_engagement.map(few);
        self.models.unrated = self.models.unrated.map(few);
        row_of(&mut self.models.basis);
        self.hide_outcomes(least);
        hide_nps(&mut self.experience.all);
        if let Some(mark) = &mut self.experience.all.satisfaction
            && let Some(satisfied) = mark.satisfied
        {
            let people = (satisfied.value * mark.n as f64).round() as usize;
            let cells = suppress::row(&[people, mark.n.saturating_sub(people)], &[]);
            if cells[0].count().is_none() {
                mark.satisfied = None;
            }
        }
    }

    /// A model behind which there are too few people in one outcome, or whose mean others would give away, is held back in all of
    /// them: estimates of the same people add up to what everybody says.
    fn hide_outcomes(&mut self, least: usize) {
        let mut held = vec![false; RelationalModel::ALL.len()];
        for line in &self.experience.outcomes {
            let sizes: Vec<usize> = line.by_model.iter().map(|found| found.worth.round() as usize).collect();
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

/// The three kinds of answer, with their known sum. Of people, a score to the last digit gives all three away: where one of
/// them is held back all are, the score is in whole points, and in a study so small that even these tell, there is none.
fn hide_nps(line: &mut ExperienceLine) {
    let Some(nps) = &mut line.nps else { return };
    let sizes = [count(nps.promoters), count(nps.passives), count(nps.detractors)];
    let cells = suppress::row(&sizes, &[]);
    if cells.iter().any(|cell| cell.count().is_none()) {
        match whole_points(sizes) {
            Some(score) if !gives_away(sizes, score) => {
                (nps.promoters, nps.passives, nps.detractors) = (Cell::Hidden, Cell::Hidden, Cell::Hidden);
                nps.score = score;
            }
            _ => line.nps = None,
        }
    }
}

/// A score with its interval in whole points, from the numbers of promoters, passives and detractors.
fn whole_points(sizes: [usize; 3]) -> Option<Estimate> {
    let marks = [10_u8, 8, 0];
    let answers: Vec<u8> =
        marks.iter().zip(sizes).flat_map(|(mark, size)| std::iter::repeat_n(*mark, size)).collect();
    let found = nps(&answers).ok()?;
    let whole = |value: f64| value.round() + 0.0;
    Some(Estimate {
        value: whole(found.score),
        low: whole(found.interval.low),
        high: whole(found.interval.high),
    })
}

/// Whether a cell of one or two follows from the score in whole points: whether no other numbers of the same sum that have
/// another one there come to the same score.
fn gives_away(sizes: [usize; 3], score: Estimate) -> bool {
    let total: usize = sizes.iter().sum();
    let near = |size: usize| size.saturating_sub(3)..=size + 3;
    let others = near(sizes[0])
        .flat_map(|promoters| near(sizes[2]).map(move |detractors| (promoters, detractors)))
        .filter_map(|(promoters, detractors)| {
            let passives = total.checked_sub(promoters + detractors)?;
            Some([promoters, passives, detractors])
        });
    let same: Vec<[usize; 3]> = others.filter(|others| whole_points(*others) == Some(score)).collect();
    (0..3).any(|at| matches!(sizes[at], 1 | 2) && same.iter().all(|others| others[at] == sizes[at]))
}

fn hide_paradox(paradox: &mut Paradox, held: &[bool]) {
    paradox.untold = few(paradox.untold);
    let is_held = |at: usize| held.get(at).copied().unwrap_or(false);
    let (rows, columns) = (paradox.meant.len(), paradox.used.len());
    // Node 0 is where all come from, then rows, then columns, and the last is where all go.
    let end = rows + columns + 1;
    match &mut paradox.table {
        None => {
            let part = |lines: &[PartLine]| lines.iter().map(|line| count(line.n)).collect::<Vec<_>>();
            let (meant, used) =
                (suppress::row(&part(&paradox.meant), &[]), suppress::row(&part(&paradox.used), held));
            show_parts(&mut paradox.meant, &meant);
            show_parts(&mut paradox.used, &used);
            // Without the table, those in whom the two are the same are a group beside those in whom they differ.
            if let Some(same) = paradox.same.map(count) {
                let cells = suppress::row(&[same, paradox.n_used.saturating_sub(same)], &[]);
                if cells[0].count().is_none() {
                    hide_same(paradox);
                }
            }
        }
        Some(table) => {
            let mut pipes = Vec::new();
            for (row, line) in paradox.meant.iter().enumerate() {
                pipes.push(Pipe::new(0, 1 + row, count(line.n), false));
            }
            for (column, line) in paradox.used.iter().enumerate() {
                pipes.push(Pipe::new(1 + rows + column, end, count(line.n), is_held(column)));
            }
            for (row, line) in table.iter().enumerate() {
                for (column, cell) in line.iter().enumerate() {
                    pipes.push(Pipe::new(1 + row, 1 + rows + column, count(*cell), false));
                }
            }
            suppress::protect(&mut pipes);
            let cells: Vec<Cell> = pipes.into_iter().map(|pipe| pipe.cell).collect();
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

/// How many there are in whom the two are the same, in every form.
fn hide_same(paradox: &mut Paradox) {
    (paradox.same, paradox.same_share, paradox.agreement) = (Some(Cell::Hidden), None, None);
}

fn show_parts(lines: &mut [PartLine], cells: &[Cell]) {
    for (line, cell) in lines.iter_mut().zip(cells) {
        if cell.count().is_none() {
            line.share = None;
        }
        line.n = *cell;
    }
}
