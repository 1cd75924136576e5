//! `rank`: options put in order.

use super::{
    DataColumn, Datum, DrawnOrder, ItemDraft, Kind, Level, Named, Question, Simulated, Step, Voice,
    WhyMissing, datum,
};
use crate::instrument::construct::RelationalModel;
use crate::instrument::expression::Value;
use crate::instrument::prompt::{Ask, Input, Reply};

pub(super) const KIND: Kind = Kind { id: "rank", about: "options put in order", read };

/// How far a simulated respondent's judgement of an option strays from the norm behind it, in SDs of the norm. [assumed]
const JUDGEMENT_SD: f64 = 0.5;

#[derive(Debug)]
struct Rank {
    name: String,
    options: Vec<Named>,
    places: usize,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let options = draft.options();
    let most = options.as_ref().map_or(1, Vec::len) as i64;
    let places = draft.table.integer("top", draft.out).unwrap_or(most);
    if options.is_some() && !(1..=most).contains(&places) {
        draft.out.error(
            "value.range",
            draft.table.place("top"),
            format!("`top` should lie between 1 and {most}"),
        );
    }
    Some(Box::new(Rank { name: draft.name.clone(), options: options?, places: places.max(1) as usize }))
}

impl Rank {
    fn place(given: &[Reply], name: &str) -> Option<f64> {
        match given.first()?.input()? {
            Input::Ranked(names) => names.iter().position(|ranked| ranked == name).map(|at| (at + 1) as f64),
            _ => None,
        }
    }
}

impl Question for Rank {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        // The order shown must not suggest the order wanted.
        let order = voice.order(self.options.len());
        let options = order.into_iter().map(|at| self.options[at].shown(voice)).collect();
        given.is_empty().then(|| Ask::Rank { options, places: self.places }.into())
    }

    fn drawn(&self) -> Option<DrawnOrder> {
        Some(DrawnOrder::Ranks)
    }

    fn columns(&self) -> Vec<DataColumn> {
        let column = |option: &Named| DataColumn {
            name: option.column_of(&self.name),
            label: Some(option.label.clone()),
            level: Level::Ordinal,
            values: vec![],
        };
        self.options.iter().map(column).collect()
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        let place = |option: &Named| {
            datum(given, |_| {
                // Below the places asked for: asked, and not placed.
                let place = Self::place(given, &option.name).map(Datum::Number);
                Some(place.unwrap_or(Datum::Missing(WhyMissing::NotAnswered)))
            })
        };
        self.options.iter().map(place).collect()
    }

    fn options(&self) -> &[Named] {
        &self.options
    }

    fn parts(&self) -> Vec<String> {
        self.options.iter().map(|option| option.name.clone()).collect()
    }

    fn part(&self, part: &str, given: &[Reply]) -> Value {
        Self::place(given, part).map_or(Value::Missing, Value::Number)
    }

    fn leading_model(&self, given: &[Reply]) -> Option<RelationalModel> {
        let first = self.options.iter().find(|option| Self::place(given, &option.name) == Some(1.0))?;
        first.model
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let mut placed: Vec<_> = self
            .options
            .iter()
            .filter_map(|option| Some((Self::place(given, &option.name)?, option)))
            .collect();
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        let shown =
            placed.into_iter().map(|(place, option)| format!("{place}. {}", voice.say(&option.label)));
        shown.collect::<Vec<_>>().join("  ")
    }

    fn simulate(&self, _: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let mut order = sim.rng.order(self.options.len());
        if !sim.persona.careless && self.options.iter().all(|option| option.model.is_some()) {
            // Options that represent models are ranked by how strong the other side's norms are, with noise. The noise comes
            // from the order that was drawn anyway, so that later answers stay the same as before options could represent
            // models.
            let middle = (order.len() as f64 - 1.0) / 2.0;
            let spread = ((order.len() * order.len() - 1) as f64 / 12.0).sqrt().max(f64::MIN_POSITIVE);
            let mut strengths = vec![0.0; order.len()];
            for (place, option) in order.iter().enumerate() {
                let norm =
                    self.options[*option].model.map_or(0.0, |model| sim.persona.other_norms[model.index()]);
                strengths[*option] = norm + JUDGEMENT_SD * (place as f64 - middle) / spread;
            }
            order.sort_by(|a, b| strengths[*b].total_cmp(&strengths[*a]));
        }
        order.truncate(self.places);
        Reply::Given(Input::Ranked(order.into_iter().map(|at| self.options[at].name.clone()).collect()))
    }
}
