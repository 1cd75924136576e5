//! What somebody told in words: open answers, associations and notes, and nothing that holds a model in numbers.
//!
//! Owns what of an interview gives a rating away. An answer of another kind is left out, and so is every text that pipes one in
//! (`…` stands there instead). A question that was only asked because of such an answer would tell it by being there: what was
//! answered to it is told, under a heading that says no more than that it followed from an earlier answer. That something was
//! answered at all (`is_answered`) says nothing of the answer.

use std::collections::BTreeSet;

use super::{Interview, ReviewLine, phrases};
use crate::instrument::{Item, Text};

impl Interview {
    /// What was told in words, in the order of the interview: what a coder reads who may see no rating.
    pub fn narrative(&self) -> Vec<ReviewLine> {
        let lines = self.answers().into_iter();
        lines
            .filter_map(|line| {
                let index = self.instrument.item_index(&line.item)?;
                let item = &self.instrument.items[index];
                let words = self.words_of(index);
                // A rating beside which something was noted is the place of the note, and shown as no more.
                if words.is_none() && line.note.is_none() {
                    return None;
                }
                let group = &self.instrument.groups[item.group];
                let conditions = [&group.relevant, &item.relevant];
                let [section_tells, question_tells] = conditions.map(|condition| {
                    condition.as_ref().is_some_and(|condition| {
                        condition.asks_of().into_iter().any(|(name, value)| self.gives_away(name, value))
                    })
                });
                let further = || phrases::further_question(&self.language);
                let (withheld, answer) = (words.is_none(), words.unwrap_or_default());
                Some(ReviewLine {
                    section: if section_tells { further() } else { self.say_told(&group.label) },
                    question: if section_tells || question_tells {
                        further()
                    } else {
                        self.say_told(&item.label)
                    },
                    answer,
                    missing: line.missing.filter(|_| !withheld),
                    withheld,
                    ..line
                })
            })
            .collect()
    }

    /// Whether anything was told in words.
    pub fn tells_anything(&self) -> bool {
        self.narrative().iter().any(|line| !line.answer.trim().is_empty() || line.note.is_some())
    }

    /// The words of an answer, of which passages are taken; none where it is not one in words.
    pub(super) fn words_of(&self, index: usize) -> Option<String> {
        self.instrument.items[index].question.told(&self.replies[index])
    }

    /// A text in which nothing is piped that was not told in words.
    fn say_told(&self, text: &Text) -> String {
        let template = text.in_language(&self.language);
        let told = |name: &str| if self.gives_away(name, true) { None } else { self.piped(name) };
        template.map(|template| template.fill(&told)).unwrap_or_default()
    }

    /// Whether a name stands for an answer that was not given in words, or for what was made of one; of an answer of which only its
    /// being there is asked (`value` is false), nothing is given away.
    fn gives_away(&self, name: &str, value: bool) -> bool {
        let mut asked: BTreeSet<(&str, bool)> = BTreeSet::from([(name, value)]);
        let mut waiting = vec![(name, value)];
        while let Some((name, value)) = waiting.pop() {
            let calculation = self.instrument.calculations.iter().find(|(known, _)| known == name);
            if let Some((_, calculation)) = calculation {
                waiting.extend(calculation.asks_of().into_iter().filter(|one| asked.insert(*one)));
                continue;
            }
            let (stem, part) = name.split_once('.').map_or((name, ""), |(stem, part)| (stem, part));
            let in_words = |item: &Item| part.is_empty() && item.question.told(&[]).is_some();
            if value && self.instrument.item(stem).is_some_and(|item| !in_words(item)) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::instrument::prompt::{Input, Reply, ScaleReply, Typed};
    use crate::instrument::{Instrument, Language};
    use crate::interview::{Event, Start};

    const ASKED: &str = r#"
format = 1
name = "told"
version = "1"
languages = ["en", "nl"]
label = { en = "Told", nl = "Verteld" }
minutes = 5

[calculations]
low = "nps <= 6"
both = "low and nps >= 0"

[choices.yes_no]
labels = { en = ["Yes", "No"], nl = ["Ja", "Nee"] }

[fields.organisation]
label = { en = "About whom?", nl = "Over wie?" }

[[groups]]
name = "start"
label = { en = "Start", nl = "Begin" }

[[groups.items]]
name = "words"
kind = "association"
words = 2
label = { en = "What comes to mind of {organisation}?", nl = "Waar denkt u aan bij {organisation}?" }

[[groups.items]]
name = "nps"
kind = "nps"
label = { en = "How likely are you to recommend?", nl = "Hoe waarschijnlijk beveelt u aan?" }

[[groups.items]]
name = "since"
kind = "integer"
label = { en = "Since when?", nl = "Sinds wanneer?" }

[[groups.items]]
name = "why"
kind = "text"
label = { en = "You gave {nps} after {words}. Why?", nl = "U gaf {nps} na {words}. Waarom?" }

[[groups.items]]
name = "better"
kind = "text"
relevant = "both"
label = { en = "What went so badly?", nl = "Wat ging er zo slecht?" }

[[groups.items]]
name = "miss"
kind = "text"
relevant = "is_answered(nps) and why != ''"
label = { en = "What would you miss?", nl = "Wat zou u missen?" }

[[groups]]
name = "angry"
relevant = "nps <= 3"
label = { en = "For the angry", nl = "Voor wie boos is" }

[[groups.items]]
name = "shout"
kind = "text"
label = { en = "Shout it out", nl = "Schreeuw het uit" }
"#;

    fn words(text: &str) -> Reply {
        Reply::Given(Input::Text(Typed { text: text.into(), ..Typed::default() }))
    }

    fn rated(points: &[i64]) -> Reply {
        Reply::Given(Input::Rated(points.iter().map(|point| ScaleReply::Point(*point)).collect()))
    }

    fn interview(nps: i64, language: &str) -> Interview {
        let reading = Instrument::read_stored(ASKED);
        let instrument = Arc::new(reading.instrument.unwrap_or_else(|| panic!("{:?}", reading.findings)));
        let fields = [("organisation".to_owned(), "Acme".to_owned())].into();
        let start = Start { seed: 1, language: Language::new(language), fields, at: 0, offset: None };
        let mut interview = Interview::new(instrument, start);
        let replies = [
            ("words", 0, words("cheap")),
            ("words", 1, words("fast")),
            ("words", 2, rated(&[2, -3])),
            ("nps", 0, rated(&[nps])),
            ("since", 0, Reply::Given(Input::Number(1_987.0))),
            ("why", 0, words("the price\nand nothing else")),
            ("better", 0, words("nobody answered")),
            ("miss", 0, Reply::Declined),
            ("shout", 0, words("ARGH")),
        ];
        for (item, step, reply) in replies {
            let answered = Event::Answered { item: item.into(), step, reply };
            // What is not asked of somebody who is content is left out.
            let _ = interview.apply(1, answered);
        }
        interview
    }

    #[test]
    fn what_was_told_in_words_and_nothing_that_tells_a_rating() {
        let mut told = interview(2, "en");
        told.apply(2, Event::Noted { item: "since".into(), text: "a long time".into() }).unwrap();
        let lines = told.narrative();
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.item.as_str(), line.question.as_str(), line.answer.as_str()))
            .collect();
        let further = "A further question, which followed from an earlier answer";
        assert_eq!(
            said,
            [
                ("words", "What comes to mind of Acme?", "cheap, fast"),
                ("since", "Since when?", ""),
                ("why", "You gave … after cheap, fast. Why?", "the price\nand nothing else"),
                ("better", further, "nobody answered"),
                ("miss", "What would you miss?", ""),
                ("shout", further, "ARGH"),
            ]
        );
        assert_eq!((lines[1].withheld, lines[1].note.as_deref()), (true, Some("a long time")));
        assert_eq!((lines[4].missing.clone(), lines[4].withheld), (Some(Reply::Declined), false));
        let sections: Vec<&str> = lines.iter().map(|line| line.section.as_str()).collect();
        assert_eq!(sections, ["Start", "Start", "Start", "Start", "Start", further]);
        // No number, no point of a scale and no words of a hidden question are anywhere in it, in any language.
        for language in ["en", "nl"] {
            told.speak(&Language::new(language));
            let written = serde_json::to_string(&told.narrative()).unwrap();
            for telling in
                ["1987", "(+2)", "−3", "so badly", "zo slecht", "angry", "boos", "Shout", "gave 2", "gaf 2"]
            {
                assert!(!written.contains(telling), "{telling}: {written}");
            }
        }
        // Whoever sees everything sees them.
        assert!(serde_json::to_string(&told.answers()).unwrap().contains("1987"));
    }

    #[test]
    fn two_who_said_the_same_read_the_same_whatever_they_ticked() {
        let (one, other) = (interview(7, "en"), interview(10, "en"));
        assert_eq!(
            serde_json::to_string(&one.narrative()).unwrap(),
            serde_json::to_string(&other.narrative()).unwrap()
        );
        assert_ne!(one.answers(), other.answers());
        assert!(one.tells_anything());
    }

    #[test]
    fn an_interview_in_which_nothing_was_said_tells_nothing() {
        let mut told = interview(7, "en");
        let reading = Instrument::read_stored(ASKED);
        told = Interview::new(Arc::new(reading.instrument.unwrap()), told.start().clone());
        assert!(!told.tells_anything());
    }
}
