//! `association`: free words in the order in which they come, each with its times, and then placed on −3…+3. Spontaneous
//! rather than implicit: nothing here asks for speed.

use super::respond::respond_valence;
use super::{
    DataColumn, Datum, Feed, ItemDraft, Key, Kind, Level, Question, Simulated, Step, Voice, WhyMissing,
};
use crate::instrument::expression::{Type, Value};
use crate::instrument::phrases;
use crate::instrument::prompt::{Ask, Choice, Input, Reply, ScaleAsk, ScaleReply, TextAsk, TextForm, Typed};
use crate::instrument::text::Text;
use crate::texts;
use crate::texts::quoted;

pub(super) const KIND: Kind =
    Kind { id: "association", about: "free words, each then placed from unpleasant to pleasant", read };

/// Room for a word or a short phrase.
const LONGEST_WORD: usize = 60;
/// Valence runs from minus to plus this.
const VALENCE: i64 = 3;

#[derive(Debug)]
struct Association {
    name: String,
    words: usize,
    placing: Option<Text>,
    low: Option<Text>,
    high: Option<Text>,
    scale: Option<usize>,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let words = draft.table.integer("words", draft.out).unwrap_or(5);
    if !(1..=10).contains(&words) {
        draft.out.error(
            "value.range",
            draft.table.place("words"),
            format!("`words` should lie between 1 and 10, and it is {words}"),
        );
    }
    let placing = draft.table.text("placing", draft.out);
    let low = draft.table.text("low", draft.out);
    let high = draft.table.text("high", draft.out);
    let scale = draft.scale();
    let words = words.clamp(1, 10) as usize;
    Some(Box::new(Association { name: draft.name.clone(), words, placing, low, high, scale }))
}

/// How far the replies have come.
enum Stage<'a> {
    /// Words so far, and more may follow.
    Naming,
    /// All words are there; they wait to be placed.
    Placing(Vec<&'a Typed>),
    /// Nothing more to ask.
    Complete,
}

impl Association {
    /// The words given, in order. An empty entry, a refusal or "don't know" ends them.
    fn words(given: &[Reply]) -> Vec<&Typed> {
        given
            .iter()
            .map_while(|reply| match reply {
                Reply::Given(Input::Text(typed)) if !typed.text.trim().is_empty() => Some(typed),
                _ => None,
            })
            .collect()
    }

    /// How many of the replies belong to the naming: the words and, if they ended early, the entry that ended them.
    fn naming_steps(&self, given: &[Reply]) -> Option<usize> {
        let words = Self::words(given).len();
        if words >= self.words {
            return Some(self.words);
        }
        (given.len() > words).then_some(words + 1)
    }

    fn stage<'a>(&self, given: &'a [Reply]) -> Stage<'a> {
        match self.naming_steps(given) {
            None => Stage::Naming,
            Some(steps) => {
                let words = Self::words(&given[..steps]);
                if words.is_empty() || given.len() > steps { Stage::Complete } else { Stage::Placing(words) }
            }
        }
    }

    fn placing(&self, given: &[Reply]) -> Option<Reply> {
        given.get(self.naming_steps(given)?).cloned()
    }

    /// Why there is no word or valence: the first reply that was none, else that nothing was entered.
    fn why(given: &[Reply]) -> WhyMissing {
        match given.iter().find(|reply| reply.input().is_none()) {
            Some(Reply::Declined) => WhyMissing::Declined,
            Some(Reply::DontKnow) => WhyMissing::DontKnow,
            Some(Reply::Unread(unread)) => (*unread).into(),
            _ => WhyMissing::NotAnswered,
        }
    }
}

impl Question for Association {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        match self.stage(given) {
            Stage::Complete => None,
            Stage::Naming => {
                // The first word is wanted; after it, an empty entry says that no more come.
                let may_be_empty = !given.is_empty();
                let word = Some((given.len() + 1, self.words));
                let ask = TextAsk { form: TextForm::Timed, max_length: LONGEST_WORD, may_be_empty, word };
                Some(Ask::Text(ask).into())
            }
            Stage::Placing(words) => {
                let row = |(index, typed): (usize, &&Typed)| Choice {
                    name: format!("word{}", index + 1),
                    label: typed.text.trim().to_owned(),
                };
                let end = |text: &Option<Text>, usual: Text| voice.say(text.as_ref().unwrap_or(&usual));
                let ask = Ask::Scale(ScaleAsk {
                    rows: words.iter().enumerate().map(row).collect(),
                    order: vec![],
                    from: -VALENCE,
                    to: VALENCE,
                    step: 1,
                    points: vec![],
                    low: end(&self.low, phrases::unpleasant()),
                    high: end(&self.high, phrases::pleasant()),
                });
                let text = voice.say(&self.placing.clone().unwrap_or_else(phrases::placing));
                // A single row has no label of its own on a card.
                let text = match words.as_slice() {
                    [only] => format!("{text} {}", quoted(only.text.trim())),
                    _ => text,
                };
                Some(Step { text: Some(text), hint: None, ask })
            }
        }
    }

    fn columns(&self) -> Vec<DataColumn> {
        let column = |what: &str, level| {
            let name = self.name.clone();
            let what = what.to_owned();
            (1..=self.words).map(move |rank| DataColumn {
                name: format!("{name}_{what}{rank}"),
                label: None,
                level,
                values: vec![],
            })
        };
        column("w", Level::Text)
            .chain(column("v", Level::Ordinal))
            .chain(column("key", Level::Scale))
            .chain(column("ms", Level::Scale))
            .collect()
    }

    fn question_of(&self, column: usize) -> Option<Text> {
        let placed = (self.words..2 * self.words).contains(&column);
        placed.then(|| self.placing.clone().unwrap_or_else(phrases::placing))
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        let words = Self::words(given);
        let placing = self.placing(given);
        let missing = Datum::Missing(Self::why(given));
        let each = |of: &dyn Fn(usize) -> Option<Datum>| -> Vec<Datum> {
            (0..self.words).map(|rank| of(rank).unwrap_or_else(|| missing.clone())).collect()
        };
        let milliseconds = |ms: Option<u64>| ms.map(|ms| Datum::Number(ms as f64));
        let mut record = each(&|rank| words.get(rank).map(|typed| Datum::Text(typed.text.clone())));
        record.extend(each(&|rank| match placing.as_ref()?.input()? {
            Input::Rated(cells) => cells.get(rank).copied().map(Datum::from),
            _ => None,
        }));
        record.extend(each(&|rank| milliseconds(words.get(rank)?.first_key_ms)));
        record.extend(each(&|rank| milliseconds(words.get(rank)?.enter_ms)));
        record
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Words)
    }

    fn value(&self, given: &[Reply]) -> Value {
        // Declining at once is no answer; "no more" after some words is one.
        if given.first().is_none_or(|reply| reply.input().is_none()) {
            return Value::Missing;
        }
        Value::Set(Self::words(given).into_iter().map(|typed| typed.text.clone()).collect())
    }

    fn feeds(&self) -> Vec<Feed> {
        let Some(scale) = self.scale else { return Vec::new() };
        let feed = |rank| Feed { scale, column: self.words + rank - 1, key: Key::Valence(rank) };
        (1..=self.words).map(feed).collect()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let record = self.record(given);
        let word =
            |(rank, typed): (usize, &Typed)| match record.get(self.words + rank).and_then(Datum::number) {
                Some(valence) => format!("{} ({})", typed.text, texts::signed(valence, 0, voice.language())),
                None => typed.text.clone(),
            };
        Self::words(given).into_iter().enumerate().map(word).collect::<Vec<_>>().join(", ")
    }

    fn lists(&self) -> &'static [&'static str] {
        &["pleasant", "unpleasant"]
    }

    fn listed(&self, list: &str, given: &[Reply], _: &dyn Voice) -> Vec<String> {
        let sign = if list == "pleasant" { 1.0 } else { -1.0 };
        let record = self.record(given);
        let valence = |rank: usize| record.get(self.words + rank).and_then(Datum::number).unwrap_or(0.0);
        let felt = Self::words(given).into_iter().enumerate().filter(|(rank, _)| valence(*rank) * sign > 0.0);
        felt.map(|(_, typed)| typed.text.trim().to_owned()).collect()
    }

    fn mentioned(&self, given: &[Reply], _: &dyn Voice) -> String {
        self.told(given).unwrap_or_default()
    }

    fn told(&self, given: &[Reply]) -> Option<String> {
        Some(Self::words(given).iter().map(|typed| typed.text.trim()).collect::<Vec<_>>().join(", "))
    }

    fn simulate(&self, ask: &Ask, given: &[Reply], sim: &mut Simulated) -> Reply {
        match ask {
            Ask::Scale(scale) => {
                let cells = scale.rows.iter().map(|_| ScaleReply::Point(respond_valence(sim)));
                Reply::Given(Input::Rated(cells.collect()))
            }
            _ => {
                // Most people find all the words asked for, some run out after two or three.
                let out_of_words = given.len() >= 2 && sim.rng.chance(0.12);
                let text = if out_of_words { String::new() } else { format!("(word {})", given.len() + 1) };
                let first_key = super::respond::thinking_time(sim);
                let enter = first_key + 180 * text.chars().count() as u64;
                Reply::Given(Input::Text(Typed {
                    text,
                    first_key_ms: Some(first_key),
                    enter_ms: Some(enter),
                }))
            }
        }
    }
}
