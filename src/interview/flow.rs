//! What comes next: the order drawn from the seed, which items are relevant, and the ways of moving between them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::lookup::Pass;
use super::offered::offers_something;
use super::{Cursor, Interview, Refusal};
use crate::instrument::expression::{Lookup, Value};
use crate::instrument::{Audience, Instrument};
use crate::rng::Rng;

/// Item indices in the order asked in a session with this seed.
pub(super) fn order(instrument: &Instrument, seed: u64) -> Vec<usize> {
    let mut order = Vec::with_capacity(instrument.items.len());
    for group in &instrument.groups {
        if group.randomize {
            let drawn = Rng::for_purpose(seed, &group.name).order(group.items.len());
            order.extend(drawn.into_iter().map(|at| group.items.start + at));
        } else {
            order.extend(group.items.clone());
        }
    }
    order
}

impl Interview {
    /// Recomputes what follows from the replies: which items are relevant and the values of the calculations.
    ///
    /// One pass in the order of the file is enough, because expressions only refer to earlier items; another pass follows for each
    /// answer that is no longer offered.
    pub(super) fn settle(&mut self) {
        self.work_out();
        while let Some(index) = self.first_not_offered() {
            self.replies[index].clear();
            self.work_out();
        }
        self.leave_irrelevant_item();
    }

    fn work_out(&mut self) {
        let instrument = self.instrument.clone();
        let mut relevant = vec![false; instrument.items.len()];
        let mut calculated = BTreeMap::new();
        let is_true = |condition: Option<&_>, pass: &Pass| {
            condition.is_none_or(|c: &crate::instrument::expression::Expression| {
                c.evaluate(pass) == Value::Bool(true)
            })
        };
        for group in &instrument.groups {
            let cache = RefCell::new(std::mem::take(&mut calculated));
            let shown = is_true(
                group.relevant.as_ref(),
                &Pass { interview: self, relevant: &relevant, cache: &cache },
            );
            for index in group.items.clone() {
                let pass = Pass { interview: self, relevant: &relevant, cache: &cache };
                let item = &instrument.items[index];
                relevant[index] =
                    shown && is_true(item.relevant.as_ref(), &pass) && offers_something(item, &pass);
            }
            calculated = cache.into_inner();
        }
        let ends =
            |index: usize| relevant[index] && instrument.items[index].question.ends(&self.replies[index]);
        if let Some(end) = self.order.iter().position(|index| ends(*index)) {
            for index in &self.order[end + 1..] {
                relevant[*index] = false;
            }
        }
        let cache = RefCell::new(BTreeMap::new());
        let pass = Pass { interview: self, relevant: &relevant, cache: &cache };
        for (name, _) in &instrument.calculations {
            pass.value(name);
        }
        self.calculated = cache.into_inner();
        self.relevant = relevant;
    }

    /// If the current item is no longer relevant, moves to the next one.
    fn leave_irrelevant_item(&mut self) {
        if let Cursor::At { place, .. } = self.cursor
            && !self.counts(place)
        {
            self.cursor =
                self.place_after(place).map_or(Cursor::Review, |place| Cursor::At { place, step: 0 });
        }
    }

    fn counts(&self, place: usize) -> bool {
        self.relevant[self.order[place]]
    }

    pub(super) fn first_place(&self) -> Option<usize> {
        (0..self.order.len()).find(|place| self.counts(*place))
    }

    fn place_after(&self, place: usize) -> Option<usize> {
        (place + 1..self.order.len()).find(|place| self.counts(*place))
    }

    fn before(&self, place: usize) -> Option<usize> {
        (0..place).rev().find(|place| self.counts(*place))
    }

    /// Whether every prompt of the item at `place` has a reply.
    pub(super) fn is_complete(&self, place: usize) -> bool {
        let index = self.order[place];
        !self.replies[index].is_empty() && self.ask(index, &self.replies[index]).is_none()
    }

    /// Whether the item at `place` is complete, or optional and passed over.
    pub(super) fn is_done(&self, place: usize) -> bool {
        self.is_complete(place) || self.passed[self.order[place]]
    }

    pub(super) fn may_be_passed(&self, place: usize) -> bool {
        let optional = !self.item_at(place).required && self.replies[self.order[place]].is_empty();
        // In imported sessions any question may have been passed over.
        optional || self.origin.is_some()
    }

    /// Whether a later item is already done, as after a jump. Then the question may be left open on the way forward, because the
    /// review lists it.
    fn has_been_passed(&self, place: usize) -> bool {
        (place + 1..self.order.len()).any(|later| self.counts(later) && self.is_done(later))
    }

    /// The first item that still needs a reply.
    pub(super) fn first_open(&self) -> Option<usize> {
        let open =
            |place: &usize| self.counts(*place) && !self.is_complete(*place) && !self.may_be_passed(*place);
        (0..self.order.len()).find(open)
    }

    /// After a reply: the next prompt of the item, else the next item, else the review.
    pub(super) fn move_on(&mut self, place: usize, step: usize) {
        let index = self.order[place];
        let given = &self.replies[index][..=step];
        if self.ask(index, given).is_some() {
            self.cursor = Cursor::At { place, step: step + 1 };
            return;
        }
        let next = if self.from_review { self.first_open() } else { self.place_after(place) };
        self.cursor = next.map_or(Cursor::Review, |place| Cursor::At { place, step: 0 });
        if next.is_none() {
            self.from_review = false;
        }
    }

    pub(super) fn back(&mut self) -> Result<(), Refusal> {
        match self.cursor {
            Cursor::At { place, step: 0 } => {
                let place = self.before(place).ok_or(Refusal::AtStart)?;
                self.cursor = Cursor::At { place, step: self.last_step(place) };
            }
            Cursor::At { place, step } => self.cursor = Cursor::At { place, step: step - 1 },
            Cursor::Review => {
                let place = self.before(self.order.len()).ok_or(Refusal::AtStart)?;
                self.cursor = Cursor::At { place, step: self.last_step(place) };
            }
            Cursor::Finished | Cursor::Withdrawn => return Err(Refusal::Over),
        }
        self.from_review = false;
        Ok(())
    }

    /// The last step of an item that is visited on the way forward.
    fn last_step(&self, place: usize) -> usize {
        let index = self.order[place];
        let given = self.replies[index].len();
        if self.is_complete(place) { given - 1 } else { given }
    }

    pub(super) fn forward(&mut self) -> Result<(), Refusal> {
        let Cursor::At { place, step } = self.cursor else { return Err(Refusal::AtEnd) };
        let index = self.order[place];
        if self.replies[index].len() > step {
            self.move_on(place, step);
            return Ok(());
        }
        let optional = self.may_be_passed(place);
        if !optional && !self.has_been_passed(place) {
            return Err(Refusal::NeedsReply);
        }
        if self.hand_over().is_some() && !self.passed[index] {
            return Err(Refusal::HandOverFirst);
        }
        self.passed[index] = optional;
        let next = if self.from_review { self.first_open() } else { self.place_after(place) };
        self.cursor = next.map_or(Cursor::Review, |place| Cursor::At { place, step: 0 });
        Ok(())
    }

    pub(super) fn jump(&mut self, group: &str) -> Result<(), Refusal> {
        if self.locked() {
            return Err(Refusal::NotYours);
        }
        let unknown = || Refusal::Unknown(group.to_owned());
        let index = self.instrument.groups.iter().position(|g| g.name == group).ok_or_else(unknown)?;
        let of_group = |place: &usize| self.counts(*place) && self.item_at(*place).group == index;
        let place = (0..self.order.len()).find(of_group).ok_or_else(unknown)?;
        self.cursor = Cursor::At { place, step: 0 };
        self.from_review = false;
        Ok(())
    }

    pub(super) fn open(&mut self, item: &str) -> Result<(), Refusal> {
        if self.cursor != Cursor::Review {
            return Err(Refusal::Unknown(item.to_owned()));
        }
        if self.hand_over().is_some() {
            return Err(Refusal::HandOverFirst);
        }
        let wanted = |place: &usize| self.counts(*place) && self.item_at(*place).name == item;
        let place = (0..self.order.len()).find(wanted).ok_or_else(|| Refusal::Unknown(item.to_owned()))?;
        self.cursor = Cursor::At { place, step: 0 };
        self.from_review = true;
        Ok(())
    }

    /// Who the current card is for.
    pub(super) fn wanted_holder(&self) -> Audience {
        match self.cursor {
            Cursor::At { place, .. } => self.instrument.groups[self.item_at(place).group].audience,
            // The review shows everything, so it belongs to the interviewer if there is one.
            _ if self.instrument.has_interviewer() => Audience::Interviewer,
            _ => Audience::Respondent,
        }
    }

    /// Who must get the keyboard before anything else, if anyone.
    pub(super) fn hand_over(&self) -> Option<Audience> {
        let over = matches!(self.cursor, Cursor::Finished | Cursor::Withdrawn);
        let wanted = self.wanted_holder();
        (!over && wanted != self.holder).then_some(wanted)
    }
}
