//! The verbal part of an interview: open answers, associations and notes, without any numeric rating.
//!
//! Owns what would reveal a rating. Other answers are left out, and so are the pipes that quote them (`…` stands there instead). A
//! question that was asked only because of such an answer would reveal it by its presence, so its answer appears under a heading
//! that only says that it followed from an earlier answer. Whether something was answered at all (`is_answered`) reveals nothing.

use std::collections::BTreeSet;

use super::{Interview, ReviewLine, phrases};
use crate::instrument::{Item, Text};

impl Interview {
    /// The verbal answers in the order of the interview, for a coder who may not see ratings.
    pub fn narrative(&self) -> Vec<ReviewLine> {
        let lines = self.answers().into_iter();
        lines
            .filter_map(|line| {
                let index = self.instrument.item_index(&line.item)?;
                let item = &self.instrument.items[index];
                let words = self.words_of(index);
                // A rating with a note is shown only as the place of the note.
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

    /// Whether there is any verbal answer.
    pub fn tells_anything(&self) -> bool {
        self.narrative().iter().any(|line| !line.answer.trim().is_empty() || line.note.is_some())
    }

    /// The text of an open answer, from which passages are taken; `None` for other answers.
    pub(super) fn words_of(&self, index: usize) -> Option<String> {
        self.instrument.items[index].question.told(&self.replies[index])
    }

    /// A text without pipes that quote non-verbal answers.
    fn say_told(&self, text: &Text) -> String {
        let template = text.in_language(&self.language);
        let told = |name: &str| if self.gives_away(name, true) { None } else { self.piped(name) };
        template.map(|template| template.fill(&told)).unwrap_or_default()
    }

    /// Whether a name reveals a non-verbal answer or something computed from one. If only the presence of the answer matters
    /// (`value` is false), nothing is revealed.
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
            // Skip a question that a satisfied customer is not asked.
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
        // No number, no scale point and no text of a hidden question appears in it, in any language.
        for language in ["en", "nl"] {
            told.speak(&Language::new(language));
            let written = serde_json::to_string(&told.narrative()).unwrap();
            for telling in
                ["1987", "(+2)", "−3", "so badly", "zo slecht", "angry", "boos", "Shout", "gave 2", "gaf 2"]
            {
                assert!(!written.contains(telling), "{telling}: {written}");
            }
        }
        // A reader who may see everything sees them.
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
