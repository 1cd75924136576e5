//! Resolves names in a running interview, for expressions and for pipes in texts.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Interview;
use crate::instrument::Text;
use crate::instrument::expression::{Lookup, Value};
use crate::instrument::kinds::Voice;
use crate::instrument::prompt::Reply;
use crate::rng::Rng;

/// Name lookup while relevance is being computed: only items already settled count.
pub(super) struct Pass<'a> {
    pub interview: &'a Interview,
    pub relevant: &'a [bool],
    pub cache: &'a RefCell<BTreeMap<String, Value>>,
}

impl Lookup for Pass<'_> {
    fn value(&self, name: &str) -> Value {
        let instrument = &self.interview.instrument;
        if let Some((_, calculation)) = instrument.calculations.iter().find(|(known, _)| known == name) {
            // Without the cache, calculations that use one another twice would double the work at every level.
            let known = self.cache.borrow().get(name).cloned();
            return known.unwrap_or_else(|| {
                let value = calculation.evaluate(self);
                self.cache.borrow_mut().insert(name.to_owned(), value.clone());
                value
            });
        }
        self.interview.answer_value(name, self.relevant)
    }

    fn is_answered(&self, name: &str) -> bool {
        self.interview.answered(name, self.relevant) || self.value(name) != Value::Missing
    }

    fn choice_name(&self, name: &str) -> Value {
        self.interview.choice_name_of(name, self.relevant)
    }

    fn today(&self) -> Value {
        self.interview.first_day()
    }
}

/// Name lookup in a settled interview, with `.` for an answer that is being checked.
pub(super) struct WithAnswer<'a> {
    interview: &'a Interview,
    answer: Value,
}

impl Lookup for WithAnswer<'_> {
    fn value(&self, name: &str) -> Value {
        if name == "." { self.answer.clone() } else { self.interview.value(name) }
    }

    fn is_answered(&self, name: &str) -> bool {
        if name == "." { self.answer != Value::Missing } else { self.interview.is_answered(name) }
    }

    fn choice_name(&self, name: &str) -> Value {
        Lookup::choice_name(self.interview, name)
    }

    fn today(&self) -> Value {
        self.interview.first_day()
    }
}

impl Lookup for Interview {
    fn value(&self, name: &str) -> Value {
        match self.calculated.get(name) {
            Some(value) => value.clone(),
            None => self.answer_value(name, &self.relevant),
        }
    }

    fn is_answered(&self, name: &str) -> bool {
        self.answered(name, &self.relevant) || self.value(name) != Value::Missing
    }

    fn choice_name(&self, name: &str) -> Value {
        self.choice_name_of(name, &self.relevant)
    }

    fn today(&self) -> Value {
        self.first_day()
    }
}

impl Interview {
    pub(super) fn with_answer(&self, answer: Value) -> WithAnswer<'_> {
        WithAnswer { interview: self, answer }
    }

    /// The value of a field, an item or a part of one.
    fn answer_value(&self, name: &str, relevant: &[bool]) -> Value {
        if let Some(field) = self.fields.get(name) {
            return if field.is_empty() { Value::Missing } else { Value::Text(field.clone()) };
        }
        let (stem, part) = name.split_once('.').map_or((name, None), |(stem, part)| (stem, Some(part)));
        let Some(index) = self.instrument.item_index(stem).filter(|index| relevant[*index]) else {
            return Value::Missing;
        };
        let question = &self.instrument.items[index].question;
        match part {
            None => question.value(&self.replies[index]),
            Some(part) => question.part(part, &self.replies[index]),
        }
    }

    /// The labels of an item's chosen options in the current language.
    fn choice_name_of(&self, name: &str, relevant: &[bool]) -> Value {
        let Some(index) = self.instrument.item_index(name).filter(|index| relevant[*index]) else {
            return Value::Missing;
        };
        let question = &self.instrument.items[index].question;
        if question.value(&self.replies[index]) == Value::Missing {
            return Value::Missing;
        }
        // Depth 1, so that a label that pipes in a value made of itself ends there.
        let voice = InterviewVoice { depth: 1, ..self.voice_of(index) };
        Value::Text(question.mentioned(&self.replies[index], &voice))
    }

    /// Whether an item has an answer; declined and don't know are none.
    fn answered(&self, name: &str, relevant: &[bool]) -> bool {
        let index = self.instrument.item_index(name).filter(|index| relevant[*index]);
        index.is_some_and(|index| matches!(self.replies[index].first(), Some(Reply::Given(_))))
    }

    /// The voice for the texts of an item.
    pub(super) fn voice_of(&self, index: usize) -> InterviewVoice<'_> {
        InterviewVoice { interview: self, item: Some(index), depth: 0 }
    }

    /// The voice for texts that belong to no item.
    pub fn voice(&self) -> InterviewVoice<'_> {
        InterviewVoice { interview: self, item: None, depth: 0 }
    }

    /// The text for `{name}`; `None` without an answer.
    pub fn piped(&self, name: &str) -> Option<String> {
        self.piped_inside(name, 0)
    }

    /// The same within `depth` answers whose labels contain pipes themselves. A label that pipes in its own item would recurse
    /// forever, so this stops after the second.
    fn piped_inside(&self, name: &str, depth: usize) -> Option<String> {
        if let Some(listed) = self.listed(name, depth) {
            return Some(listed);
        }
        match self.value(name) {
            Value::Number(number) => Some(number.to_string()),
            Value::Text(_) | Value::Bool(_) | Value::Set(_) if self.instrument.item_index(name).is_some() => {
                // The label of a choice reads better than its name.
                let index = self.instrument.item_index(name)?;
                let question = &self.instrument.items[index].question;
                let voice = InterviewVoice { depth: depth + 1, ..self.voice_of(index) };
                (depth < 2).then(|| question.mentioned(&self.replies[index], &voice))
            }
            Value::Text(text) => Some(text),
            Value::Bool(_) | Value::Set(_) | Value::Missing => None,
        }
    }

    /// The text for `{item.list}`; `None` for an empty list.
    fn listed(&self, name: &str, depth: usize) -> Option<String> {
        let (item, list) = name.split_once('.')?;
        let index = self.instrument.item_index(item)?;
        let question = &self.instrument.items[index].question;
        if depth >= 2 || !question.lists().contains(&list) || question.parts().iter().any(|part| part == list)
        {
            return None;
        }
        let given = if self.relevant[index] { self.replies[index].as_slice() } else { &[] };
        let listed =
            question.listed(list, given, &InterviewVoice { depth: depth + 1, ..self.voice_of(index) });
        (!listed.is_empty()).then(|| listed.join(", "))
    }
}

/// Fills the pipes of texts in the current language.
#[derive(Debug, Clone, Copy)]
pub struct InterviewVoice<'a> {
    interview: &'a Interview,
    item: Option<usize>,
    /// How many answers this text is nested in.
    depth: usize,
}

impl InterviewVoice<'_> {
    /// `text` with its pipes filled.
    pub fn text(&self, text: &Text) -> String {
        let template = text.in_language(&self.interview.language);
        template
            .map(|template| template.fill(&|name| self.interview.piped_inside(name, self.depth)))
            .unwrap_or_default()
    }

    /// `text` without the sentences and bracketed clauses that quote a missing answer.
    pub fn grounded(&self, text: &Text) -> String {
        let interview = self.interview;
        self.without(text, &|name| interview.piped_inside(name, self.depth).is_none())
    }

    /// `text` without the sentences and bracketed clauses that quote any answer.
    pub fn unquoted(&self, text: &Text) -> String {
        self.without(text, &|_| true)
    }

    /// `text` without the sentences and bracketed clauses that quote one of these answers. A field of the start form does not count
    /// as an answer.
    fn without(&self, text: &Text, answers: &dyn Fn(&str) -> bool) -> String {
        let interview = self.interview;
        let is_field = |name: &str| interview.instrument.fields.iter().any(|field| field.name == name);
        let template = text.in_language(&interview.language);
        let said = |name: &str| interview.piped_inside(name, self.depth);
        template
            .map(|template| template.without(&|name| !is_field(name) && answers(name)).fill(&said))
            .unwrap_or_default()
    }
}

impl Voice for InterviewVoice<'_> {
    fn say(&self, text: &Text) -> String {
        self.text(text)
    }

    fn language(&self) -> &crate::instrument::Language {
        &self.interview.language
    }

    fn rng(&self) -> Rng {
        match self.item {
            Some(index) => self.interview.rng(&self.interview.instrument.items[index]),
            None => Rng::new(self.interview.start.seed),
        }
    }

    fn order(&self, n: usize) -> Vec<usize> {
        match self.interview.sheet {
            Some(_) => (0..n).collect(),
            None => self.rng().order(n),
        }
    }
}
