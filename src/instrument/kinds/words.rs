//! `text`: words, in one line or several.

use super::{Bounds, DataColumn, Datum, ItemDraft, Kind, Level, Question, Simulated, Step, Voice, datum};
use crate::instrument::expression::{Type, Value};
use crate::instrument::prompt::{Ask, Input, Reply, TextAsk, TextForm, Typed};

pub(super) const KIND: Kind = Kind { id: "text", about: "words, in one line or several", read };

/// Long enough for a story told over several minutes; a bound at all, so that a stuck key cannot fill the disk.
const LONGEST: usize = 20_000;

#[derive(Debug)]
struct Words {
    name: String,
    ask: TextAsk,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let multiline = draft.table.bool("multiline", false, draft.out);
    let max_length = draft.table.integer("max_length", draft.out).unwrap_or(LONGEST as i64);
    if !(1..=LONGEST as i64).contains(&max_length) {
        let message = format!("`max_length` should lie between 1 and {LONGEST}");
        draft.out.error("value.range", draft.table.place("max_length"), message);
    }
    let form = if multiline { TextForm::Paragraph } else { TextForm::Line };
    let ask = TextAsk { form, max_length: max_length.max(1) as usize, may_be_empty: false, word: None };
    Some(Box::new(Words { name: draft.name.clone(), ask }))
}

impl Words {
    fn answer(given: &[Reply]) -> Option<&str> {
        match given.first()?.input()? {
            Input::Text(typed) => Some(&typed.text),
            _ => None,
        }
    }
}

impl Question for Words {
    fn ask(&self, given: &[Reply], _: &dyn Voice) -> Option<Step> {
        given.is_empty().then(|| Ask::Text(self.ask.clone()).into())
    }

    fn columns(&self) -> Vec<DataColumn> {
        vec![DataColumn { name: self.name.clone(), label: None, level: Level::Text, values: vec![] }]
    }

    fn bounds(&self) -> Option<Bounds> {
        let longest = Some(self.ask.max_length).filter(|longest| *longest != LONGEST);
        longest.map(|_| Bounds { longest, ..Bounds::default() })
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        vec![datum(given, |_| Self::answer(given).map(|text| Datum::Text(text.into())))]
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Text)
    }

    fn value(&self, given: &[Reply]) -> Value {
        Self::answer(given).map_or(Value::Missing, |text| Value::Text(text.into()))
    }

    fn summary(&self, given: &[Reply], _: &dyn Voice) -> String {
        Self::answer(given).unwrap_or_default().replace('\n', " ")
    }

    fn told(&self, given: &[Reply]) -> Option<String> {
        Some(Self::answer(given).unwrap_or_default().to_owned())
    }

    fn simulate(&self, _: &Ask, _: &[Reply], _: &mut Simulated) -> Reply {
        // Labelled as simulated, so that it is not taken for a respondent's words, and short enough for any bound.
        let text: String = "(simulated)".chars().take(self.ask.max_length).collect();
        Reply::Given(Input::Text(Typed { text, ..Typed::default() }))
    }
}
