//! `consent`: yes or no to being interviewed, with the version of the text that was agreed to. A no ends the interview
//! unless the instrument says otherwise.

use super::{DataColumn, Datum, ItemDraft, Kind, Level, Question, Simulated, Step, Voice, datum};
use crate::instrument::expression::{Type, Value};
use crate::instrument::phrases;
use crate::instrument::prompt::{Ask, Choice, Input, Reply};
use crate::instrument::text::Text;

pub(super) const KIND: Kind =
    Kind { id: "consent", about: "yes or no to taking part; a no ends the interview", read };

#[derive(Debug)]
struct Consent {
    name: String,
    version: String,
    stop_if_no: bool,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let version = draft.table.require_string("version", draft.out).map(|(version, _)| version.to_owned());
    let stop_if_no = draft.table.bool("stop_if_no", true, draft.out);
    Some(Box::new(Consent { name: draft.name.clone(), version: version?, stop_if_no }))
}

impl Consent {
    fn answer(given: &[Reply]) -> Option<bool> {
        match given.first()?.input()? {
            Input::Picked(names) => names.first().map(|name| name == "yes"),
            _ => None,
        }
    }
}

impl Question for Consent {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let option = |name: &str, label: &Text| Choice { name: name.into(), label: voice.say(label) };
        let options = vec![option("yes", &phrases::yes()), option("no", &phrases::no())];
        given.is_empty().then(|| Ask::Pick { options, min: 1, max: 1 }.into())
    }

    fn columns(&self) -> Vec<DataColumn> {
        let values = vec![(Datum::Number(0.0), phrases::no()), (Datum::Number(1.0), phrases::yes())];
        vec![
            DataColumn { name: self.name.clone(), label: None, level: Level::Nominal, values },
            DataColumn {
                name: format!("{}_version", self.name),
                label: None,
                level: Level::Text,
                values: vec![],
            },
        ]
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        let answer = datum(given, |_| Self::answer(given).map(|yes| Datum::Number(f64::from(u8::from(yes)))));
        let version = match answer {
            Datum::Missing(why) => Datum::Missing(why),
            _ => Datum::Text(self.version.clone()),
        };
        vec![answer, version]
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Bool)
    }

    fn value(&self, given: &[Reply]) -> Value {
        Self::answer(given).map_or(Value::Missing, Value::Bool)
    }

    fn domain(&self, _: Option<&str>) -> Option<Vec<Value>> {
        Some(vec![Value::Bool(false), Value::Bool(true)])
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        match Self::answer(given) {
            Some(true) => voice.say(&phrases::yes()),
            Some(false) => voice.say(&phrases::no()),
            None => String::new(),
        }
    }

    fn ends(&self, given: &[Reply]) -> bool {
        // Declining counts as not consenting, like a "no".
        self.stop_if_no && !given.is_empty() && Self::answer(given) != Some(true)
    }

    fn takes_dont_know(&self) -> bool {
        false
    }

    fn consent(&self) -> Option<&str> {
        Some(&self.version)
    }

    fn simulate(&self, _: &Ask, _: &[Reply], _: &mut Simulated) -> Reply {
        // People who refuse consent are not in a study.
        Reply::Given(Input::Picked(vec!["yes".into()]))
    }
}
