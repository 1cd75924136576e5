//! Which options of an item are offered: those without a condition and those whose condition holds. An option that is not offered
//! is neither shown nor accepted, and an answer with an option that is no longer offered is asked again; the journal keeps the old
//! answer.

use super::Interview;
use crate::instrument::Item;
use crate::instrument::expression::{Lookup, Value};
use crate::instrument::kinds::{Datum, WhyMissing};
use crate::instrument::prompt::{Ask, Choice, Input, Reply};

/// Whether an option of `item` is offered.
fn is_offered(item: &Item, option: &str, lookup: &dyn Lookup) -> bool {
    let condition = item.offered.iter().find(|(name, _)| name == option);
    condition.is_none_or(|(_, condition)| condition.evaluate(lookup) == Value::Bool(true))
}

/// Whether an item offers any option, given the options' conditions.
pub(super) fn offers_something(item: &Item, lookup: &dyn Lookup) -> bool {
    item.offered.is_empty()
        || item.question.options().iter().any(|option| is_offered(item, &option.name, lookup))
}

impl Interview {
    /// The data of an item that has a column for each option, "not asked" for options that were not offered.
    pub(super) fn only_asked(&self, item: &Item, mut data: Vec<Datum>) -> Vec<Datum> {
        if item.offered.is_empty() {
            return data;
        }
        let columns = item.question.columns();
        for option in item.question.options().iter().filter(|option| !is_offered(item, &option.name, self)) {
            let own = option.column_of(&item.name);
            let cells = columns.iter().zip(&mut data).filter(|(column, _)| column.name == own);
            cells.for_each(|(_, datum)| *datum = Datum::Missing(WhyMissing::NotAsked));
        }
        data
    }

    /// The prompt, limited to the options offered.
    pub(super) fn only_offered(&self, index: usize, ask: Ask) -> Ask {
        let item = &self.instrument.items[index];
        if item.offered.is_empty() {
            return ask;
        }
        let keep = |options: Vec<Choice>| -> Vec<Choice> {
            options.into_iter().filter(|option| is_offered(item, &option.name, self)).collect()
        };
        match ask {
            Ask::Pick { options, min, max } => {
                let options = keep(options);
                let most = options.len();
                Ask::Pick { options, min: min.min(most), max: max.min(most) }
            }
            Ask::Rank { options, places } => {
                let options = keep(options);
                let most = options.len();
                Ask::Rank { options, places: places.min(most) }
            }
            other => other,
        }
    }

    /// The first relevant item whose answer has an option that is no longer offered.
    pub(super) fn first_not_offered(&self) -> Option<usize> {
        let gone = |index: &usize| {
            let item = &self.instrument.items[*index];
            if item.offered.is_empty() || !self.relevant[*index] {
                return false;
            }
            match self.replies[*index].first().and_then(Reply::input) {
                Some(Input::Picked(names) | Input::Ranked(names)) => {
                    names.iter().any(|name| !is_offered(item, name, self))
                }
                _ => false,
            }
        };
        (0..self.instrument.items.len()).find(gone)
    }
}
