//! What an interview leaves behind for scoring: the data of its columns and what feeds each scale.

use super::Interview;
use crate::instrument::kinds::{Datum, Key, WhyMissing};
use crate::instrument::prompt::Sorted;

/// One datum on its way into a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Fed {
    /// Index of the item that it comes from.
    pub item: usize,
    /// Index of the item's column.
    pub column: usize,
    /// What was recorded.
    pub datum: Datum,
    /// How it counts.
    pub key: Key,
    /// The timed block behind it, where that is what counts.
    pub sorted: Option<Sorted>,
}

impl Fed {
    /// The number in the scale's direction, if there is one.
    pub fn keyed(&self) -> Option<f64> {
        self.datum.number().map(|number| self.key.keyed(number))
    }
}

impl Interview {
    /// The data of an item, one for each of its columns; "not asked" where it is not relevant.
    pub fn data(&self, index: usize) -> Vec<Datum> {
        let Some(item) = self.instrument.items.get(index) else { return Vec::new() };
        match self.replies(index) {
            Some(replies) => item.question.record(replies),
            None => vec![Datum::Missing(WhyMissing::NotAsked); item.question.columns().len()],
        }
    }

    /// Everything that feeds the scale at this index, in the order of the file.
    pub fn fed(&self, scale: usize) -> Vec<Fed> {
        let mut fed = Vec::new();
        for (index, item) in self.instrument.items.iter().enumerate() {
            let feeds: Vec<_> =
                item.question.feeds().into_iter().filter(|feed| feed.scale == scale).collect();
            if feeds.is_empty() {
                continue;
            }
            let data = self.data(index);
            fed.extend(feeds.into_iter().filter_map(|feed| {
                let datum = data.get(feed.column)?.clone();
                let sorted = match feed.key {
                    Key::Sorted(pairing) => {
                        self.replies(index).and_then(|given| item.question.sorted(pairing, given)).cloned()
                    }
                    _ => None,
                };
                Some(Fed { item: index, column: feed.column, datum, key: feed.key, sorted })
            }));
        }
        fed
    }

    /// What feeds each scale, by the scale's index: [`Interview::fed`] of all scales in one pass over the items.
    pub fn fed_by_scale(&self) -> Vec<Vec<Fed>> {
        let mut by_scale = vec![Vec::new(); self.instrument.scales.len()];
        for (index, item) in self.instrument.items.iter().enumerate() {
            let feeds = item.question.feeds();
            if feeds.is_empty() {
                continue;
            }
            let data = self.data(index);
            for feed in feeds {
                let (Some(datum), Some(fed)) = (data.get(feed.column), by_scale.get_mut(feed.scale)) else {
                    continue;
                };
                let sorted = match feed.key {
                    Key::Sorted(pairing) => {
                        self.replies(index).and_then(|given| item.question.sorted(pairing, given)).cloned()
                    }
                    _ => None,
                };
                let (column, key) = (feed.column, feed.key);
                fed.push(Fed { item: index, column, datum: datum.clone(), key, sorted });
            }
        }
        by_scale
    }
}
