//! What a front-end shows of an interview right now, with everything resolved.

use serde::Serialize;

use super::{Cursor, Event, Interview};
use crate::instrument::kinds::Voice;
use crate::instrument::prompt::{Ask, Input, Prompt, Reply, Typed};
use crate::instrument::{Audience, Language};

/// The current state as a front-end draws it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// What is on the card.
    pub stage: Stage,
    /// The current language.
    pub language: Language,
    /// Overall progress.
    pub progress: Progress,
    /// The sections shown in this session.
    pub sections: Vec<SectionProgress>,
    /// Whether only the respondent's part may be seen: no notes, no probes, no jumping.
    pub locked: bool,
    /// Whether there is something to go back to.
    pub can_go_back: bool,
}

/// What is on the card.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A prompt.
    Ask(Box<Asked>),
    /// The keyboard changes hands.
    HandOver {
        /// Who gets it.
        to: Audience,
        /// Title of the section that follows.
        section: String,
    },
    /// The clock is stopped.
    Paused,
    /// All answers, for a review.
    Review(Vec<ReviewLine>),
    /// The end.
    Finished,
    /// The respondent withdrew.
    Withdrawn,
}

/// What an interview is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// A reply to a prompt.
    Reply {
        /// Index of the item.
        item: usize,
        /// Which of its prompts, from 0.
        step: usize,
    },
    /// That the keyboard changes hands.
    HandOver(Audience),
    /// Confirmation that the interview is finished.
    Finish,
    /// Nothing, because it is over.
    Nothing,
}

/// A prompt with what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    /// The item's name.
    pub item: String,
    /// Which of its prompts, from 0.
    pub step: usize,
    /// What to ask.
    pub prompt: Prompt,
    /// The reply entered here earlier.
    pub reply: Option<Reply>,
    /// The preset value while nothing has been entered; it is not an answer until the respondent confirms it.
    pub default: Option<Input>,
    /// Replies to earlier prompts of the same item, such as words already given.
    pub earlier: Vec<Reply>,
    /// Replies to later prompts of the same item, after going back.
    pub later: Vec<Reply>,
    /// Whether "don't know" answers it.
    pub takes_dont_know: bool,
    /// Whether it must have a reply before the interview can end.
    pub required: bool,
    /// What moving on without an entry means.
    pub empty: Empty,
    /// Title of the section.
    pub section: String,
    /// For the interviewer: guidance of the section and of the item.
    pub guidance: Vec<String>,
    /// For the interviewer: follow-up questions.
    pub probes: Vec<String>,
    /// For the interviewer: the note written here.
    pub note: Option<String>,
}

impl Asked {
    /// The neighbours of this word, if words are asked for one by one: those before and those after it.
    pub fn other_words<'a>(&'a self) -> (Vec<&'a str>, Vec<&'a str>) {
        let one_by_one = matches!(&self.prompt.ask, Ask::Text(ask) if ask.word.is_some());
        let word = |reply: &'a Reply| match reply.input()? {
            Input::Text(typed) if one_by_one => Some(typed.text.trim()).filter(|word| !word.is_empty()),
            _ => None,
        };
        (self.earlier.iter().filter_map(word).collect(), self.later.iter().filter_map(word).collect())
    }

    /// The position in the list of an equal word, ignoring case.
    pub fn word_again(&self, text: &str) -> Option<usize> {
        let wanted = text.trim().to_lowercase();
        let (before, after) = self.other_words();
        let place = |words: &[&str], from: usize| {
            words.iter().position(|word| word.to_lowercase() == wanted).map(|at| at + from)
        };
        place(&before, 1).or_else(|| place(&after, self.step + 2))
    }
}

/// What moving on without an entry means at a prompt. Front-ends follow this instead of rules of their own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Empty {
    /// It is a reply by itself: a note was read, there are no more words, or this front-end cannot time a block.
    Reply(Reply),
    /// The earlier answer stays.
    Keep,
    /// The question is passed over.
    Pass,
    /// An entry is needed first.
    Needed,
}

impl Empty {
    /// The event that moving on at a prompt amounts to; `None` if an entry is needed.
    pub fn event(&self, asked: &Asked) -> Option<Event> {
        match self {
            Self::Reply(reply) => {
                Some(Event::Answered { item: asked.item.clone(), step: asked.step, reply: reply.clone() })
            }
            Self::Keep | Self::Pass => Some(Event::Forward),
            Self::Needed => None,
        }
    }
}

/// Completed items and total items. Notes count, because they take time too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Items that are done.
    pub done: usize,
    /// Items that count, as far as known now.
    pub total: usize,
}

impl Progress {
    /// Between 0 and 1.
    pub fn share(self) -> f64 {
        if self.total == 0 { 1.0 } else { self.done as f64 / self.total as f64 }
    }
}

/// A section as shown in the header.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionProgress {
    /// The group's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// Who answers it.
    pub audience: Audience,
    /// Its progress.
    pub progress: Progress,
    /// Whether the current prompt is in it.
    pub current: bool,
}

/// A line of the review.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewLine {
    /// The item's name.
    pub item: String,
    /// Title of its section.
    pub section: String,
    /// The question.
    pub question: String,
    /// The answer in words; empty if there is none.
    pub answer: String,
    /// Whether it was declined or not known; then `answer` is empty.
    pub missing: Option<Reply>,
    /// Whether it must have a reply before the interview can end.
    pub open: bool,
    /// The note written here.
    pub note: Option<String>,
    /// The verbatim text of an open answer, in which a coder marks passages; `None` in a list of answers.
    pub words: Option<String>,
    /// Whether there is an answer that this reader may not see.
    pub withheld: bool,
}

impl Interview {
    /// The current view.
    pub fn view(&self) -> View {
        View {
            stage: self.stage(),
            language: self.language.clone(),
            progress: self.progress(|_| true),
            sections: self.sections(),
            locked: self.locked(),
            can_go_back: self.can_go_back(),
        }
    }

    fn can_go_back(&self) -> bool {
        match self.cursor {
            Cursor::At { place, step } => step > 0 || self.first_place().is_some_and(|first| first < place),
            Cursor::Review => self.first_place().is_some(),
            Cursor::Finished | Cursor::Withdrawn => false,
        }
    }

    /// The stage alone, which is the part of the view that an answer depends on.
    pub fn stage(&self) -> Stage {
        match self.cursor {
            Cursor::Finished => return Stage::Finished,
            Cursor::Withdrawn => return Stage::Withdrawn,
            _ if self.paused => return Stage::Paused,
            _ => {}
        }
        if let Some(to) = self.hand_over() {
            let section = match self.cursor {
                Cursor::At { place, .. } => self.section_of(place),
                _ => String::new(),
            };
            return Stage::HandOver { to, section };
        }
        match self.cursor {
            Cursor::At { place, step } => match self.asked(place, step) {
                Some(asked) => Stage::Ask(Box::new(asked)),
                // A step beyond the item's last prompt is never entered; the review is a safe fallback.
                None => Stage::Review(self.review()),
            },
            _ => Stage::Review(self.review()),
        }
    }

    /// What an interview is waiting for, without its texts; for callers that answer from a list.
    pub fn waits_for(&self) -> Waits {
        match (self.hand_over(), self.cursor) {
            (_, Cursor::Finished | Cursor::Withdrawn) => Waits::Nothing,
            (Some(to), _) => Waits::HandOver(to),
            (None, Cursor::At { place, step }) => Waits::Reply { item: self.order[place], step },
            (None, Cursor::Review) => Waits::Finish,
        }
    }

    fn section_of(&self, place: usize) -> String {
        let index = self.order[place];
        self.voice_of(index).say(&self.instrument.groups[self.instrument.items[index].group].label)
    }

    /// A prompt that is asked in this interview, whether its turn has come or is over; `None` for one that is not.
    pub fn asked_at(&self, item: &str, step: usize) -> Option<Asked> {
        let index = self.instrument.item_index(item).filter(|index| self.relevant[*index])?;
        self.asked(self.order.iter().position(|at| *at == index)?, step)
    }

    fn asked(&self, place: usize, step: usize) -> Option<Asked> {
        let index = self.order[place];
        let item = &self.instrument.items[index];
        let voice = self.voice_of(index);
        let replies = &self.replies[index];
        let earlier = replies.get(..step)?.to_vec();
        let hint = item.hint.as_ref().map(|hint| voice.say(hint));
        let mut prompt = item.question.ask(&earlier, &voice)?.into_prompt(voice.say(&item.label), hint);
        prompt.ask = self.only_offered(index, prompt.ask);
        if item.question.consent().is_some() {
            prompt.text = self.notice.before(&prompt.text, &self.language);
        }
        // A default that is not offered now does not apply.
        let default =
            item.default.as_ref().filter(|input| step == 0 && prompt.ask.check(input).is_ok()).cloned();
        let empty = match (&prompt.ask, replies.get(step)) {
            (Ask::Note, _) => Empty::Reply(super::seen()),
            (_, Some(_)) => Empty::Keep,
            (Ask::Sort(_), None) => Empty::Reply(Reply::Given(Input::NotTimed)),
            (_, None) if default.is_some() => {
                default.clone().map_or(Empty::Pass, |input| Empty::Reply(Reply::Given(input)))
            }
            (Ask::Text(text), None) if text.may_be_empty => {
                Empty::Reply(Reply::Given(Input::Text(Typed::default())))
            }
            (_, None) if self.may_be_passed(place) => Empty::Pass,
            (_, None) => Empty::Needed,
        };
        let group = &self.instrument.groups[item.group];
        // A respondent sees only the question. Without an interviewer there is nobody to hide the guidance from.
        let hide = group.audience == Audience::Respondent && self.instrument.has_interviewer();
        let guidance = [&group.guidance, &item.guidance];
        let guidance = guidance.into_iter().flatten().filter(|_| !hide).map(|text| voice.say(text));
        Some(Asked {
            item: item.name.clone(),
            step,
            prompt,
            reply: replies.get(step).cloned(),
            default,
            earlier,
            later: replies.get(step + 1..).unwrap_or_default().to_vec(),
            takes_dont_know: item.question.takes_dont_know(),
            required: item.required,
            empty,
            section: voice.say(&group.label),
            guidance: guidance.collect(),
            probes: item.probes.iter().filter(|_| !hide).map(|text| voice.say(text)).collect(),
            note: self.notes.get(&index).filter(|_| !hide).cloned(),
        })
    }

    fn progress(&self, of: impl Fn(usize) -> bool) -> Progress {
        let counted = (0..self.order.len()).filter(|place| {
            let index = self.order[*place];
            self.relevant[index] && of(index)
        });
        let mut progress = Progress { done: 0, total: 0 };
        for place in counted {
            progress.total += 1;
            progress.done += usize::from(self.is_done(place));
        }
        progress
    }

    fn sections(&self) -> Vec<SectionProgress> {
        let here = match self.cursor {
            Cursor::At { place, .. } => Some(self.item_at(place).group),
            _ => None,
        };
        let groups = self.instrument.groups.iter().enumerate();
        groups
            .map(|(at, group)| SectionProgress {
                name: group.name.clone(),
                label: self.voice().say(&group.label),
                audience: group.audience,
                progress: self.progress(|index| group.items.contains(&index)),
                current: here == Some(at),
            })
            .filter(|section| section.progress.total > 0)
            // The interviewer's section titles are not meant for the respondent.
            .filter(|section| !self.locked() || section.audience == Audience::Respondent)
            .collect()
    }

    /// All answers with their notes in the order of the interview, also after its end: what a coder reads. There are no scores; a
    /// timed block is only listed as done, and consent is left out because it says nothing about a relation.
    pub fn answers(&self) -> Vec<ReviewLine> {
        let is_consent = |line: &ReviewLine| {
            let item = self.instrument.item_index(&line.item);
            item.is_some_and(|index| self.instrument.items[index].kind == "consent")
        };
        let mut lines: Vec<ReviewLine> = self.review().into_iter().filter(|line| !is_consent(line)).collect();
        // A list shows an answer on one line, but a close reader needs its paragraphs.
        for line in &mut lines {
            let index = self.instrument.item_index(&line.item);
            line.words =
                index.and_then(|index| self.words_of(index)).filter(|words| !words.trim().is_empty());
            let first = index.and_then(|index| self.replies[index].first()).and_then(Reply::input);
            if let Some(Input::Text(typed)) = first
                && typed.text.replace('\n', " ") == line.answer
            {
                line.answer.clone_from(&typed.text);
            }
        }
        lines
    }

    /// Every note with the text of its item, in the order asked, including notes at items that ask nothing or are no longer asked.
    pub fn notes(&self) -> Vec<(String, String)> {
        let noted = self.order.iter().filter_map(|index| Some((*index, self.notes.get(index)?)));
        noted
            .map(|(index, note)| {
                (self.voice_of(index).say(&self.instrument.items[index].label), note.clone())
            })
            .collect()
    }

    /// The answers given in sentences, each with its question.
    pub fn sentences(&self) -> Vec<(String, String)> {
        let lines = self.answers().into_iter().filter(|line| {
            let index = self.instrument.item_index(&line.item);
            index.is_some_and(|index| {
                let replies = &self.replies[index];
                replies.len() == 1 && matches!(replies[0].input(), Some(Input::Text(typed)) if typed.text.contains(char::is_whitespace))
            })
        });
        lines.map(|line| (line.question, line.answer)).collect()
    }

    fn review(&self) -> Vec<ReviewLine> {
        let places = (0..self.order.len()).filter(|place| self.relevant[self.order[*place]]);
        places
            .filter(|place| !self.item_at(*place).question.columns().is_empty())
            .map(|place| {
                let index = self.order[place];
                let item = &self.instrument.items[index];
                let voice = self.voice_of(index);
                let first = self.replies[index].first();
                ReviewLine {
                    item: item.name.clone(),
                    section: self.section_of(place),
                    question: voice.say(&item.label),
                    answer: item.question.summary(&self.replies[index], &voice),
                    missing: first.filter(|reply| reply.input().is_none()).cloned(),
                    open: item.required && !self.is_complete(place),
                    note: self.notes.get(&index).cloned(),
                    words: None,
                    withheld: false,
                }
            })
            .collect()
    }
}
