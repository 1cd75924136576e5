//! What the fuzz targets share: a beginning, and a walk through a whole instrument.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::instrument::persona::Persona;
use relata::instrument::{Instrument, Language, RelationalModel};
use relata::interview::{self, Interview, Start};

/// A beginning that every target shares.
pub fn start(seed: u64, language: &str) -> Start {
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    Start { seed, language: Language::new(language), fields, at: 1_000, offset: None }
}

/// Lets a simulated respondent answer the whole of `instrument`, and checks that the journal replays to the same end.
pub fn walk(instrument: &Arc<Instrument>, seed: u64) {
    let persona = Persona {
        model: RelationalModel::EqualityMatching,
        other_model: RelationalModel::MarketPricing,
        norms: [0.2, -0.1, 0.9, 0.0],
        other_norms: [0.0, 0.1, 0.0, 0.8],
        closeness: 0.4,
        acquiescence: 0.1,
        careless: seed % 2 == 1,
        explicit: 0.3,
        association: -0.3,
    };
    let start = start(seed, "nl");
    let walk = match interview::simulate::walk(instrument.clone(), start.clone(), &persona) {
        Ok(walk) => walk,
        Err(refusal) => panic!("a simulated answer was refused: {refusal}"),
    };
    assert!(walk.interview.is_finished());
    let replayed = Interview::replay(instrument.clone(), start, walk.events).expect("a journal replays");
    assert_eq!(replayed.view(), walk.interview.view());
    for index in 0..instrument.items.len() {
        let item = &instrument.items[index];
        assert_eq!(item.question.columns().len(), replayed.data(index).len(), "{}", item.name);
    }
}
