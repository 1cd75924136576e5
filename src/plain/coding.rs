//! Coding line by line: every answer is printed, evidence is a few letters, and the code comes at the end.
//!
//! Owns how a line becomes a mark; storage is behind [`Drafts`], which gets the draft after every line.

use std::io::{BufRead, Write};

use super::{Next, Plain, PlainError};
use crate::coding::passage::{self, Passage, PassageSource};
use crate::coding::transcript::turn_named;
use crate::coding::{Coding, Draft, STRONGEST, SUREST};
use crate::instrument::{Language, RelationalModel};
use crate::interview::{NotKept, ReviewLine};
use crate::text;
use crate::texts::quoted;

/// How coding ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coded {
    /// A complete code was saved.
    Saved(Coding),
    /// The user left or the input ended; the draft is kept.
    Left,
}

/// Storage for a code while it is entered, with a fallback if its place is lost.
pub trait Drafts {
    /// Keeps what was entered so far.
    fn keep(&mut self, draft: &Draft) -> Result<(), NotKept>;

    /// Saves a whole code.
    fn save(&mut self, coding: &Coding) -> Result<(), NotKept>;

    /// Whether everything kept is still in its place.
    fn check(&mut self) -> Result<(), NotKept>;

    /// A suggested place to save to if the original cannot be used any more.
    fn suggested_place(&self) -> String;

    /// Saves the interview and its codes in another place and continues there; returns that place.
    fn save_elsewhere(&mut self, place: &str) -> Result<String, NotKept>;
}

enum Heard {
    Text(String),
    Left,
}

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// Prints an interview and asks for a code, which is kept in `drafts` while it is entered and saved there at the end; `draft`
    /// is what was kept earlier.
    ///
    /// # Errors
    /// The input or output failed, or nothing could be kept.
    pub fn code(
        &mut self,
        answers: &[ReviewLine],
        language: &Language,
        mut draft: Draft,
        drafts: &mut dyn Drafts,
    ) -> Result<Coded, PlainError> {
        self.language.clone_from(language);
        writeln!(self.out, "{}", text!(language, "plain-coding-after-each-answer-model"))?;
        for model in RelationalModel::ALL {
            writeln!(self.out, "  {model}  {}", model.evidence(language))?;
        }
        let mut at = 0;
        let (mut section, mut told) = ("", false);
        while let Some(answer) = answers.get(at) {
            if answer.section != section {
                section = &answer.section;
                writeln!(self.out, "\n== {section}")?;
            }
            if turn_named(&answer.item).is_some() && !std::mem::replace(&mut told, true) {
                writeln!(self.out, "{}", text!(language, "plain-coding-transcript"))?;
            }
            self.question = Some(answer.item.clone());
            self.read_out(answer, language)?;
            let marks: Vec<String> =
                draft.marks(&answer.item).iter().map(|m| format!("{} {}", m.model, m.strength)).collect();
            if !marks.is_empty() {
                writeln!(self.out, "  [{}]", marks.join(", "))?;
            }
            for passage in draft.passages_of(&answer.item) {
                writeln!(self.out, "  [{} {}]", passage.model, quoted(&passage.quote))?;
            }
            match self.hear("  > ")? {
                Heard::Left => return Ok(Coded::Left),
                Heard::Text(text) => match text.as_str() {
                    "" => at += 1,
                    ":back" | ":terug" => at = at.saturating_sub(1),
                    ":code" => break,
                    line if line.starts_with('/') => at = self.places(answers, &line[1..], at)?,
                    line => match (marks_of(line), Wanted::of(line)) {
                        (None, Some(wanted)) => match wanted
                            .marked(&draft, answer)
                            .map_or_else(|| wanted.passage(answer), Ok)
                        {
                            Ok(passage) => {
                                draft.turn_passage(passage);
                                self.draft(drafts, &draft, language)?;
                            }
                            Err(times) => {
                                let quote = wanted.quote;
                                self.misheard(&text!(language, "plain-coding-passage-times", times, quote))?;
                            }
                        },
                        (Some(marks), _) => {
                            for (model, strength) in marks {
                                draft.mark(&answer.item, model, strength);
                            }
                            self.draft(drafts, &draft, language)?;
                            at += 1;
                        }
                        (None, None) => {
                            self.misheard(&text!(language, "plain-coding-write-model-strength-such"))?;
                        }
                    },
                },
            }
        }
        self.verdict(language, draft, drafts)
    }

    fn read_out(&mut self, answer: &ReviewLine, language: &Language) -> Result<(), PlainError> {
        writeln!(self.out, "\n{}", answer.question)?;
        let said = match &answer.missing {
            Some(reply) => reply.why_missing(language),
            None if answer.withheld => text!(language, "plain-coding-withheld"),
            None if answer.answer.is_empty() => text!(language, "plain-coding-no-answer"),
            None => answer.answer.clone(),
        };
        writeln!(self.out, "  {said}")?;
        if let Some(note) = &answer.note {
            writeln!(self.out, "  {}: {note}", text!(language, "plain-coding-note"))?;
        }
        Ok(())
    }

    /// Dominant and second model, confidence and a note.
    fn verdict(
        &mut self,
        language: &Language,
        mut draft: Draft,
        drafts: &mut dyn Drafts,
    ) -> Result<Coded, PlainError> {
        self.question = None;
        writeln!(self.out, "\n== {}", text!(language, "plain-coding-the-code"))?;
        loop {
            let first = text!(language, "plain-coding-dominant-model-cs-ar");
            let Some(dominant) = self.model(&first, draft.dominant, false, language)? else {
                return Ok(Coded::Left);
            };
            draft.dominant = dominant;
            self.draft(drafts, &draft, language)?;
            let label = text!(language, "plain-coding-second-model-none");
            let Some(second) = self.model(&label, draft.second, true, language)? else {
                return Ok(Coded::Left);
            };
            draft.second = second;
            self.draft(drafts, &draft, language)?;
            if second.is_none() || second != dominant {
                break;
            }
            let sentence = text!(language, "plain-coding-second-model-another-one");
            self.misheard(&sentence)?;
        }
        let label = text!(language, "plain-coding-how-sure-you-1");
        draft.confidence = loop {
            let default = draft.confidence.map(|sure| sure.to_string());
            let Heard::Text(text) = self.hear_or(&label, default.as_deref())? else { return Ok(Coded::Left) };
            match text.parse::<u8>() {
                _ if text.is_empty() || text == "-" => break None,
                Ok(sure) if (1..=SUREST).contains(&sure) => break Some(sure),
                _ => self.misheard(&format!("1–{SUREST}"))?,
            }
        };
        self.draft(drafts, &draft, language)?;
        let label = text!(language, "plain-coding-why-your-words-may");
        let before = draft.note.clone();
        let Heard::Text(note) = self.hear_or(&label, Some(&before))? else { return Ok(Coded::Left) };
        draft.note = note;
        self.draft(drafts, &draft, language)?;
        // The loop above checks everything else, so only a faulty draft from a file can fail here.
        let Ok(coding) = draft.finish() else { return Ok(Coded::Left) };
        self.code_saved(drafts, &coding, language)?;
        Ok(Coded::Saved(coding))
    }

    /// A model; the outer `None` means leaving, the inner one no model.
    fn model(
        &mut self,
        label: &str,
        before: Option<RelationalModel>,
        may_be_none: bool,
        language: &Language,
    ) -> Result<Option<Option<RelationalModel>>, PlainError> {
        loop {
            let default = before.map(RelationalModel::abbreviation);
            let Heard::Text(text) = self.hear_or(label, default)? else { return Ok(None) };
            match text.parse() {
                Ok(model) => return Ok(Some(Some(model))),
                Err(()) if may_be_none && (text.is_empty() || text == "-") => return Ok(Some(None)),
                Err(()) => {
                    let sentence = text!(language, "plain-coding-write-cs-ar-em");
                    self.misheard(&sentence)?;
                }
            }
        }
    }

    /// Reports a line that was not understood; a file is read no further.
    pub(super) fn misheard(&mut self, sentence: &str) -> Result<(), PlainError> {
        match self.complain(sentence)? {
            Next::Go => Ok(()),
            Next::End(_) => Err(PlainError::OutOfStep),
        }
    }

    fn hear(&mut self, label: &str) -> Result<Heard, PlainError> {
        self.hear_or(label.trim_end(), None)
    }

    fn hear_or(&mut self, label: &str, default: Option<&str>) -> Result<Heard, PlainError> {
        Ok(match self.ask_line(label, default)? {
            None => Heard::Left,
            Some(text) if matches!(text.as_str(), ":quit" | ":q" | ":stop") => Heard::Left,
            Some(text) => Heard::Text(text),
        })
    }
}

/// Marks in a line such as `MP 3 CS 1`, `MP3` or `MP -`; `None` for any other line.
fn marks_of(line: &str) -> Option<Vec<(RelationalModel, Option<u8>)>> {
    let spread: String = line.chars().map(|c| if matches!(c, ',' | ';' | '=') { ' ' } else { c }).collect();
    let mut words = Vec::new();
    for word in spread.split_whitespace() {
        // Accept `MP3` without a space as well.
        match word.char_indices().nth(2).filter(|_| word.len() == 3) {
            Some((cut, _)) => words.extend([&word[..cut], &word[cut..]]),
            None => words.push(word),
        }
    }
    let mut marks = Vec::new();
    for pair in words.chunks(2) {
        let &[model, strength] = pair else { return None };
        let model = model.parse().ok()?;
        let strength = match strength {
            "-" | "−" => None,
            number => Some(number.parse().ok().filter(|strength| *strength <= STRONGEST)?),
        };
        marks.push((model, strength));
    }
    (!marks.is_empty()).then_some(marks)
}

/// A passage requested by a line such as `MP "compared prices" 2`.
#[derive(Debug, PartialEq, Eq)]
struct Wanted<'a> {
    model: RelationalModel,
    quote: &'a str,
    /// Which of several occurrences, from 1.
    nth: Option<usize>,
}

impl<'a> Wanted<'a> {
    /// `None` for any other line.
    fn of(line: &'a str) -> Option<Self> {
        let marks = ['"', '“', '”', '„', '«', '»'];
        let (model, rest) = line.split_once(marks)?;
        let (quote, nth) = rest.rsplit_once(marks)?;
        let nth = match nth.trim() {
            "" => None,
            number => Some(number.parse().ok()?),
        };
        Some(Self { model: model.trim().parse().ok()?, quote: quote.trim(), nth })
    }

    /// The passage in words that are no longer shown, which can only be taken back.
    fn marked(&self, draft: &Draft, answer: &ReviewLine) -> Option<Passage> {
        let known = draft.passages_of(&answer.item).into_iter();
        let mut same = known.filter(|passage| passage.model == self.model && passage.quote == self.quote);
        same.next().filter(|_| answer.words.is_none() && answer.note.is_none()).cloned()
    }

    /// The passage, in the answer or else in the note; if the words do not occur exactly once, how often they do.
    fn passage(&self, answer: &ReviewLine) -> Result<Passage, usize> {
        let parts =
            [(PassageSource::Answer, answer.words.as_deref()), (PassageSource::Note, answer.note.as_deref())];
        let mut times = 0;
        for (part, words) in parts.into_iter().filter_map(|(part, words)| Some((part, words?))) {
            match passage::find(words, self.quote, self.nth) {
                Ok(range) => return Passage::of(&answer.item, part, words, range, self.model).ok_or(0),
                Err(found) => times = times.max(found),
            }
        }
        Err(times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::{CommunalSharing as CS, MarketPricing as MP};

    fn line(item: &str, answer: &str) -> ReviewLine {
        ReviewLine {
            item: item.into(),
            section: "One".into(),
            question: format!("What about {item}?"),
            answer: answer.into(),
            missing: None,
            open: false,
            note: (item == "price").then(|| "sighed".to_owned()),
            words: Some(answer.into()),
            withheld: false,
        }
    }

    fn coded(input: &str, draft: Draft, language: &str) -> (Coded, Vec<Draft>, String) {
        let (coded, kept, out) = coded_from(input, draft, language, false);
        (coded.unwrap(), kept, out)
    }

    fn coded_from(
        input: &str,
        draft: Draft,
        language: &str,
        file: bool,
    ) -> (Result<Coded, PlainError>, Vec<Draft>, String) {
        let mut out = Vec::new();
        let clock = || 0;
        let mut plain = Plain::new(input.as_bytes(), &mut out, &clock, file);
        let mut keeper = Keeper { gone_at: usize::MAX, ..Keeper::default() };
        let answers = [line("price", "6"), line("care", "2")];
        let coded = plain.code(&answers, &Language::new(language), draft, &mut keeper);
        (coded, keeper.kept, String::from_utf8(out).unwrap())
    }

    /// Keeps drafts until its place is lost.
    #[derive(Default)]
    struct Keeper {
        kept: Vec<Draft>,
        saved: Option<Coding>,
        /// The number of drafts after which the place is lost.
        gone_at: usize,
        place: Option<String>,
    }

    impl Drafts for Keeper {
        fn keep(&mut self, draft: &Draft) -> Result<(), NotKept> {
            self.check()?;
            self.kept.push(draft.clone());
            Ok(())
        }

        fn save(&mut self, coding: &Coding) -> Result<(), NotKept> {
            self.check()?;
            self.saved = Some(coding.clone());
            Ok(())
        }

        fn check(&mut self) -> Result<(), NotKept> {
            let gone = self.kept.len() >= self.gone_at && self.place.is_none();
            let why = NotKept::new(true, |_| "The file is gone.".into());
            if gone { Err(why) } else { Ok(()) }
        }

        fn suggested_place(&self) -> String {
            "beside.relata".into()
        }

        fn save_elsewhere(&mut self, place: &str) -> Result<String, NotKept> {
            if place == "full.relata" {
                return Err("That disk is full.".to_owned().into());
            }
            self.place = Some(place.to_owned());
            Ok(place.to_owned())
        }
    }

    #[test]
    fn a_coder_whose_file_goes_away_is_asked_where_to() {
        let said = |input: &str, gone_at: usize, file: bool| {
            let (mut out, clock) = (Vec::new(), || 0);
            let mut plain = Plain::new(input.as_bytes(), &mut out, &clock, file);
            let mut keeper = Keeper { gone_at, ..Keeper::default() };
            let answers = [line("price", "6"), line("care", "2")];
            let coded = plain.code(&answers, &Language::new("en"), Draft::default(), &mut keeper);
            (coded, keeper, String::from_utf8(out).unwrap())
        };
        // The file is gone before the second mark: the next mark is not a file name, and a useless name is asked for again.
        let lines = "MP 3\nCS 1\nMP 2\nfull.relata\nelse.relata\nMP\nCS\n4\nprice\n";
        let (_, _, out) = said(lines, 1, false);
        assert!(out.contains("everything you entered is still here. Enter saves all of it in beside.relata"));
        assert!(out.contains("! “MP 2” is neither an answer here nor the name of a file"), "{out}");
        // Enter accepts the suggested place.
        let (coded, keeper, out) = said("MP 3\nCS 1\n\nMP\nCS\n4\nprice\n", 1, false);
        assert!(
            matches!(coded, Ok(Coded::Saved(_))) && keeper.place.as_deref() == Some("beside.relata"),
            "{out}"
        );
        let (coded, keeper, out) = said(lines, 1, false);
        assert!(matches!(coded, Ok(Coded::Saved(_))), "{out}");
        assert!(out.contains("! That disk is full.") && out.contains("is saved in else.relata"), "{out}");
        let code = keeper.saved.unwrap();
        assert_eq!((code.evidence.len(), code.note.as_str()), (2, "price"));
        // It is gone when the complete code is saved, after six drafts.
        let (coded, keeper, out) = said("MP 3\nCS 1\nMP\nCS\n4\nprice\nelse.relata\n", 6, false);
        assert!(matches!(coded, Ok(Coded::Saved(_))) && keeper.saved.is_some(), "{out}");
        // A coder who stops leaves with everything saved in the other file.
        let (coded, keeper, out) = said("MP 3\nCS 1\n:quit\n", 1, false);
        assert!(matches!(coded, Err(PlainError::Stopped)), "{out}");
        assert_eq!((keeper.place.as_deref(), keeper.kept[1].evidence.len()), (Some("beside.relata"), 2));
        // The lines of a pipe are answers: nothing is asked, and the new place is printed.
        let (coded, keeper, out) = said("MP 3\nCS 1\nMP\nCS\n4\nprice\n", 1, true);
        assert!(matches!(coded, Ok(Coded::Saved(_))) && keeper.saved.is_some(), "{out}");
        assert!(out.contains("! The file is gone.") && out.contains("is saved in beside.relata"), "{out}");
    }

    #[test]
    fn marks_as_fingers_type_them() {
        assert_eq!(marks_of("MP 3, cs 1"), Some(vec![(MP, Some(3)), (CS, Some(1))]));
        assert_eq!(marks_of("MP3"), Some(vec![(MP, Some(3))]));
        assert_eq!(marks_of("MP -"), Some(vec![(MP, None)]));
        for bad in ["", "MP", "MP 4", "XX 1", "3 MP", "MP 1 CS", "é1x"] {
            assert_eq!(marks_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_passage_is_copied_from_what_was_said() {
        let said = |input: &str| {
            let (mut out, clock) = (Vec::new(), || 0);
            let mut plain = Plain::new(input.as_bytes(), &mut out, &clock, false);
            let mut keeper = Keeper { gone_at: usize::MAX, ..Keeper::default() };
            let answers = [line("price", "één prijs en nog één prijs, altijd")];
            plain.code(&answers, &Language::new("en"), Draft::default(), &mut keeper).unwrap();
            (keeper.kept.pop().unwrap_or_default().passages, String::from_utf8(out).unwrap())
        };
        let (found, out) = said("MP \"altijd\"\nCS “sighed”\n:quit\n");
        let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["price@28-34=MP", "price!note@0-6=CS"], "{out}");
        assert!(out.contains("[MP “altijd”]"), "{out}");
        // Repeating the line takes the passage away; with several occurrences one has to be named.
        assert!(said("MP \"altijd\"\nMP \"altijd\"\n:quit\n").0.is_empty());
        let (found, out) = said("MP \"één prijs\"\nMP \"één prijs\" 2\nMP \"nooit\"\n:quit\n");
        assert!(out.contains("stand there 2 times") && out.contains("not in the answer"), "{out}");
        assert_eq!(found[0].to_string(), "price@17-26=MP");
        assert_eq!(Wanted::of("what \"is\" it"), None);
    }

    #[test]
    fn a_whole_code_in_lines() {
        let (found, kept, out) =
            coded("MP 3\nwhat\nCS1\nMP\nMP\nMP\nCS\n4\nprice decides\n", Draft::default(), "en");
        let Coded::Saved(coding) = found else { panic!("{out}") };
        assert_eq!((coding.dominant, coding.second, coding.confidence), (MP, Some(CS), Some(4)));
        assert_eq!(coding.note, "price decides");
        assert_eq!(coding.evidence.len(), 2);
        assert!(out.contains("Note: sighed") && out.contains("such as `MP 3`"), "{out}");
        assert_eq!(kept.first().map(|draft| draft.evidence.len()), Some(1));
    }

    #[test]
    fn a_file_is_read_no_further_than_its_first_line_that_means_nothing() {
        for (input, line) in [
            ("MP 3\nwhat\nCS 1\n", 2),
            ("MP 3\nCS 1\nXX\nMP\n", 3),
            ("\n\nMP\nMP\nCS\n", 4),
            ("\n\nMP\nCS\n9\n4\n", 5),
        ] {
            let (found, _, out) = coded_from(input, Draft::default(), "en", true);
            assert!(matches!(found, Err(PlainError::OutOfStep)), "{out}");
            assert!(out.contains(&format!("! Line {line} of the input")), "{out}");
        }
    }

    #[test]
    fn leaving_keeps_what_was_entered() {
        for end in [":quit\n", "", ":stop\n"] {
            let (found, kept, _) = coded(&format!("MP 2\n:code\nMP\n{end}"), Draft::default(), "nl");
            assert_eq!(found, Coded::Left);
            let last = kept.last().unwrap();
            assert_eq!((last.dominant, last.evidence.len()), (Some(MP), 1));
        }
    }

    #[test]
    fn a_draft_is_the_default_of_every_line() {
        let draft = Draft { dominant: Some(MP), second: Some(CS), confidence: Some(2), ..Draft::default() };
        let (found, _, out) = coded(":code\n\n\n\n\n", draft, "nl");
        let Coded::Saved(coding) = found else { panic!("{out}") };
        assert_eq!((coding.dominant, coding.second, coding.confidence), (MP, Some(CS), Some(2)));
    }
}
