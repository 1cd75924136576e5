//! The interview's output for scoring: the data of its columns and the input of each scale.

use super::Interview;
use crate::instrument::kinds::{Datum, Key, WhyMissing};
use crate::instrument::prompt::{Ask, Sorted};

/// One datum that enters a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Fed {
    /// Index of its item.
    pub item: usize,
    /// Index of the item's column.
    pub column: usize,
    /// The recorded datum.
    pub datum: Datum,
    /// How it counts.
    pub key: Key,
    /// The timed block it comes from, if the block is what counts.
    pub sorted: Option<Sorted>,
}

impl Fed {
    /// The value in the scale's direction, if there is one.
    pub fn keyed(&self) -> Option<f64> {
        self.datum.number().map(|number| self.key.keyed(number))
    }
}

impl Interview {
    /// The data of an item, one per column; "not asked" if it is not relevant.
    pub fn data(&self, index: usize) -> Vec<Datum> {
        let Some(item) = self.instrument.items.get(index) else { return Vec::new() };
        match self.replies(index) {
            Some(replies) => self.only_asked(item, item.question.record(replies)),
            None => vec![Datum::Missing(WhyMissing::NotAsked); item.question.columns().len()],
        }
    }

    /// The names of an item's options in the order shown in this session, if that order is random. For timed sorting the trials
    /// record it themselves.
    pub fn order_shown(&self, index: usize) -> Option<Vec<String>> {
        self.instrument.items.get(index)?.question.drawn()?;
        let options = match self.ask(index, &[])? {
            Ask::Pick { options, .. } | Ask::Rank { options, .. } => options,
            Ask::Allocate { parts, .. } => parts,
            Ask::Scale(scale) => {
                let row = |at: usize| scale.rows.get(at).cloned();
                scale.shown().into_iter().filter_map(row).collect()
            }
            Ask::Note | Ask::Number { .. } | Ask::Text(_) | Ask::Sort(_) => return None,
        };
        Some(options.into_iter().map(|option| option.name).collect())
    }

    /// Everything that enters the scale at this index, in the order of the file.
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

    /// The input of each scale by its index: [`Interview::fed`] for all scales in one pass over the items.
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    use crate::instrument::kinds::{Datum, DrawnOrder, WhyMissing};
    use crate::instrument::prompt::{Ask, Input, Reply};
    use crate::instrument::{Instrument, Language};
    use crate::interview::{Event, Interview, Start};

    #[test]
    fn an_option_that_was_not_offered_was_not_asked() {
        let text = r#"
            format = 1
            name = "offers"
            version = "1"
            languages = ["en"]
            label = "Offers"
            minutes = 1
            [[choices.ways]]
            name = "mail"
            label = "Mail"
            [[choices.ways]]
            name = "visit"
            label = "Visit"
            relevant = "near = 'yes'"
            [[choices.near]]
            name = "yes"
            label = "Yes"
            [[choices.near]]
            name = "no"
            label = "No"
            [[groups]]
            name = "all"
            label = "All"
            [[groups.items]]
            name = "near"
            kind = "select_one"
            choices = "near"
            label = "Is it near?"
            [[groups.items]]
            name = "ways"
            kind = "select_multiple"
            choices = "ways"
            label = "Which ways?"
            [[groups.items]]
            name = "order"
            kind = "rank"
            choices = "ways"
            label = "Which first?"
        "#;
        let instrument = Arc::new(Instrument::read_stored(text).instrument.unwrap());
        let data = |near: &str| {
            let start = Start {
                seed: 1,
                language: Language::new("en"),
                fields: BTreeMap::new(),
                at: 0,
                offset: None,
            };
            let mut interview = Interview::new(instrument.clone(), start);
            for (item, names) in [("near", [near.to_owned()]), ("ways", ["mail".to_owned()])] {
                let reply = Reply::Given(Input::Picked(names.to_vec()));
                interview.apply(0, Event::Answered { item: item.into(), step: 0, reply }).unwrap();
            }
            let reply = Reply::Given(Input::Ranked(vec!["mail".to_owned()]));
            if near == "no" {
                interview.apply(0, Event::Answered { item: "order".into(), step: 0, reply }).unwrap();
            }
            (interview.data(1), interview.data(2), interview.ask(2, &[]))
        };
        let offered = |ask| match ask {
            Some(Ask::Rank { options, .. }) => options.len(),
            other => panic!("{other:?}"),
        };
        let (ways, _, order) = data("yes");
        assert_eq!((ways, offered(order)), (vec![Datum::Number(1.0), Datum::Number(0.0)], 2));
        let (ways, places, order) = data("no");
        let not_asked = vec![Datum::Number(1.0), Datum::Missing(WhyMissing::NotAsked)];
        assert_eq!((ways, places, offered(order)), (not_asked.clone(), not_asked, 1));
    }

    #[test]
    fn what_changes_with_the_seed_is_what_an_item_says_is_drawn() {
        let text = include_str!("../../tests/instruments/valid/every-kind.toml");
        let instrument = Arc::new(Instrument::read_stored(text).instrument.unwrap());
        let mut shown: Vec<BTreeSet<String>> = vec![BTreeSet::new(); instrument.items.len()];
        for seed in 0..40 {
            let start =
                Start { seed, language: Language::new("en"), fields: BTreeMap::new(), at: 0, offset: None };
            let interview = Interview::new(instrument.clone(), start);
            for (index, item) in instrument.items.iter().enumerate() {
                shown[index].insert(format!("{:?}", interview.ask(index, &[])));
                let drawn = item.question.drawn();
                let told = drawn.is_some_and(|drawn| drawn != DrawnOrder::Sorting);
                assert_eq!(interview.order_shown(index).is_some(), told, "{}", item.name);
            }
        }
        for (item, shown) in instrument.items.iter().zip(&shown) {
            assert_eq!(shown.len() > 1, item.question.drawn().is_some(), "{}", item.name);
        }
    }
}
