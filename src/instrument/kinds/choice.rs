//! `select_one` and `select_multiple`: named options.

use super::{DataColumn, Datum, ItemDraft, Kind, Level, Named, Question, Simulated, Step, Voice, datum};
use crate::instrument::expression::{Type, Value};
use crate::instrument::prompt::{Ask, Input, Reply};
use crate::instrument::text::Text;

pub(super) const SELECT_ONE: Kind =
    Kind { id: "select_one", about: "one of the options", read: |draft| read(draft, false) };
pub(super) const SELECT_MULTIPLE: Kind =
    Kind { id: "select_multiple", about: "any of the options", read: |draft| read(draft, true) };

#[derive(Debug)]
struct Select {
    name: String,
    options: Vec<Named>,
    min: usize,
    max: usize,
    multiple: bool,
}

fn read(draft: &mut ItemDraft, multiple: bool) -> Option<Box<dyn Question>> {
    let options = draft.options();
    let (mut min, mut max) = (1, 1);
    if multiple {
        let most = options.as_ref().map_or(1, Vec::len) as i64;
        let least = draft.table.integer("min_choices", draft.out).unwrap_or(0);
        let many = draft.table.integer("max_choices", draft.out).unwrap_or(most);
        if options.is_some() && !(0 <= least && least <= many && 1 <= many && many <= most) {
            let message = format!("between {least} and {many} choices out of {most} options cannot be made");
            draft.out.error("value.range", draft.table.place("max_choices"), message);
        }
        (min, max) = (least.max(0) as usize, many.max(1) as usize);
    }
    Some(Box::new(Select { name: draft.name.clone(), options: options?, min, max, multiple }))
}

impl Select {
    fn answer(given: &[Reply]) -> Option<&[String]> {
        match given.first()?.input()? {
            Input::Picked(names) => Some(names),
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        self.options.iter().map(|option| option.name.clone()).collect()
    }
}

impl Question for Select {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let options = self.options.iter().map(|option| option.shown(voice)).collect();
        given.is_empty().then(|| Ask::Pick { options, min: self.min, max: self.max }.into())
    }

    fn columns(&self) -> Vec<DataColumn> {
        let column = |name: String, label: Option<Text>, values| DataColumn {
            name,
            label,
            level: Level::Nominal,
            values,
        };
        if self.multiple {
            return self
                .options
                .iter()
                .map(|option| column(option.column_of(&self.name), Some(option.label.clone()), vec![]))
                .collect();
        }
        let values =
            self.options.iter().map(|option| (Datum::Text(option.name.clone()), option.label.clone()));
        vec![column(self.name.clone(), None, values.collect())]
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        if !self.multiple {
            return vec![datum(given, |_| Some(Datum::Text(Self::answer(given)?.first()?.clone())))];
        }
        let chosen = |option: &Named| {
            datum(given, |_| {
                let chosen = Self::answer(given)?.contains(&option.name);
                Some(Datum::Number(f64::from(u8::from(chosen))))
            })
        };
        self.options.iter().map(chosen).collect()
    }

    fn value_type(&self) -> Option<Type> {
        Some(if self.multiple { Type::Options(self.names()) } else { Type::Option(self.names()) })
    }

    fn value(&self, given: &[Reply]) -> Value {
        match Self::answer(given) {
            None => Value::Missing,
            Some(names) if self.multiple => Value::Set(names.to_vec()),
            Some(names) => names.first().map_or(Value::Missing, |name| Value::Text(name.clone())),
        }
    }

    fn domain(&self, _: Option<&str>) -> Option<Vec<Value>> {
        if self.multiple {
            return None;
        }
        Some(self.names().into_iter().map(Value::Text).collect())
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let chosen = Self::answer(given).unwrap_or_default();
        let labels = self.options.iter().filter(|option| chosen.contains(&option.name));
        labels.map(|option| voice.say(&option.label)).collect::<Vec<_>>().join("; ")
    }

    fn options(&self) -> &[Named] {
        &self.options
    }

    fn simulate(&self, ask: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        // Of what is offered, which may be less than there is.
        let Ask::Pick { options, min, max } = ask else { return Reply::DontKnow };
        let count = min + sim.rng.below(max - min + 1);
        let mut order = sim.rng.order(options.len());
        order.truncate(count);
        Reply::Given(Input::Picked(order.into_iter().map(|at| options[at].name.clone()).collect()))
    }
}
