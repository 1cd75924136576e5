//! `vignette`: a situation and the reaction chosen among several, each of which may stand for a relational model.

use super::respond::respond_reaction;
use super::{
    DataColumn, Datum, DrawnOrder, Feed, ItemDraft, Key, Kind, Level, Named, Question, Simulated, Step,
    Voice, datum, model_tag,
};
use crate::instrument::RelationalModel;
use crate::instrument::expression::{Type, Value};
use crate::instrument::prompt::{Ask, Input, Reply};

pub(super) const KIND: Kind = Kind { id: "vignette", about: "a situation; one reaction is chosen", read };

#[derive(Debug)]
struct Vignette {
    name: String,
    reactions: Vec<(Named, Option<RelationalModel>)>,
    scale: Option<usize>,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let reactions = draft.named_list("reactions", 2, model_tag);
    let scale = draft.scale();
    Some(Box::new(Vignette { name: draft.name.clone(), reactions: reactions?, scale }))
}

impl Vignette {
    fn answer(given: &[Reply]) -> Option<&String> {
        match given.first()?.input()? {
            Input::Picked(names) => names.first(),
            _ => None,
        }
    }
}

impl Question for Vignette {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let order = voice.order(self.reactions.len());
        let options = order.into_iter().map(|at| self.reactions[at].0.shown(voice)).collect();
        given.is_empty().then(|| Ask::Pick { options, min: 1, max: 1 }.into())
    }

    fn drawn(&self) -> Option<DrawnOrder> {
        Some(DrawnOrder::Reactions)
    }

    fn columns(&self) -> Vec<DataColumn> {
        let values = self.reactions.iter().map(|(r, _)| (Datum::Text(r.name.clone()), r.label.clone()));
        let values = values.collect();
        vec![DataColumn { name: self.name.clone(), label: None, level: Level::Nominal, values }]
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        vec![datum(given, |_| Self::answer(given).map(|name| Datum::Text(name.clone())))]
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Option(self.reactions.iter().map(|(reaction, _)| reaction.name.clone()).collect()))
    }

    fn value(&self, given: &[Reply]) -> Value {
        Self::answer(given).map_or(Value::Missing, |name| Value::Text(name.clone()))
    }

    fn domain(&self, _: Option<&str>) -> Option<Vec<Value>> {
        Some(self.reactions.iter().map(|(reaction, _)| Value::Text(reaction.name.clone())).collect())
    }

    fn feeds(&self) -> Vec<Feed> {
        let tags = self.reactions.iter().map(|(reaction, model)| (reaction.name.clone(), *model)).collect();
        let feed = |scale| Feed { scale, column: 0, key: Key::Reaction(tags) };
        self.scale.map(feed).into_iter().collect()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let chosen = self.reactions.iter().find(|(reaction, _)| Self::answer(given) == Some(&reaction.name));
        chosen.map(|(reaction, _)| voice.say(&reaction.label)).unwrap_or_default()
    }

    fn simulate(&self, _: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let tags: Vec<_> = self.reactions.iter().map(|(_, model)| *model).collect();
        let chosen = respond_reaction(&tags, self.scale, sim);
        let name = self.reactions.get(chosen).map(|(reaction, _)| reaction.name.clone());
        Reply::Given(Input::Picked(name.into_iter().collect()))
    }
}
