//! The audit of a session: what was changed after it was first entered, when, and who had the keyboard.
//!
//! Owns deriving changes from the events. A reason is given only if the journal has one: how the user returned to the question, and
//! any note written there in between.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Event, Instant, Interview, Origin, Refusal, Stamped, Start};
use crate::instrument::prompt::Reply;
use crate::instrument::{Audience, Instrument, Language};

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The answers come from a file of another program.
    Imported,
    /// The answers come from a sheet of paper.
    Sheet,
    /// What the study told before consent was asked for.
    Told,
    /// An answer was given for the first time.
    First,
    /// An answer replaced an earlier one.
    Answer,
    /// A later part of the same item was removed, because what it asked about had changed.
    Dropped,
    /// An answer no longer counts, because another answer made its question irrelevant.
    LeftOut,
    /// It counts again.
    BackIn,
    /// A note.
    Note,
    /// A field of the start form.
    Field,
    /// The language.
    Language,
    /// The clock was stopped.
    Paused,
    /// It went on.
    Resumed,
    /// The session was picked up again after it had been left.
    PickedUp,
    /// The keyboard changed hands.
    HandOver,
    /// The respondent withdrew.
    Withdrawn,
    /// The interview came to its end.
    Finished,
}

impl ChangeKind {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Sheet => "entered from paper",
            Self::Told => "told before consent",
            Self::First => "first answer",
            Self::Answer => "answer changed",
            Self::Dropped => "answer dropped",
            Self::LeftOut => "answer left out",
            Self::BackIn => "answer back in",
            Self::Note => "note",
            Self::Field => "field corrected",
            Self::Language => "language",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::PickedUp => "picked up again",
            Self::HandOver => "keyboard",
            Self::Withdrawn => "withdrawn",
            Self::Finished => "finished",
        }
    }
}

/// One line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedChange {
    /// Index of its event in the journal, from 0; the last one if several events form one change.
    pub event: usize,
    /// When it happened.
    pub at: Instant,
    /// Who had the keyboard.
    pub by: Audience,
    /// The kind of the change.
    pub what: ChangeKind,
    /// The item or field.
    pub of: String,
    /// The old value in words.
    pub before: String,
    /// The new value in words.
    pub after: String,
    /// The reason, as far as the journal has one.
    pub why: String,
}

/// How the user returned to a question answered before.
#[derive(Debug, Clone)]
enum Way {
    Back,
    Jumped(String),
    Review,
}

/// All changes in order, with values in `language`. Stops at a refused event.
pub fn audit(
    instrument: &Arc<Instrument>,
    start: &Start,
    events: &[Stamped],
    language: &Language,
) -> Result<Vec<AuditedChange>, Refusal> {
    let mut reader = ChangeReader {
        interview: Interview::new(instrument.clone(), start.clone()),
        language: language.clone(),
        given: BTreeSet::new(),
        noted: BTreeSet::new(),
        way: None,
        changes: Vec::new(),
        last: None,
    };
    for (seq, stamped) in events.iter().enumerate() {
        reader.take(seq, stamped)?;
    }
    Ok(reader.changes)
}

struct ChangeReader {
    interview: Interview,
    language: Language,
    /// Prompts that have had a reply, by item and step.
    given: BTreeSet<(usize, usize)>,
    /// Items with a note written since their last answer.
    noted: BTreeSet<usize>,
    way: Option<Way>,
    changes: Vec<AuditedChange>,
    /// The item of the previous event, if that was a note.
    last: Option<String>,
}

impl ChangeReader {
    fn take(&mut self, seq: usize, Stamped { at, event }: &Stamped) -> Result<(), Refusal> {
        let mut before = self.interview.clone();
        self.interview.apply(*at, event.clone())?;
        // Old and new values are written in one language, whatever language the interview was in.
        before.speak(&self.language);
        self.interview.speak(&self.language);
        let by = if before.instrument.has_interviewer() { before.holder } else { Audience::Respondent };
        let line = |what, of: &str, old: String, new: String| AuditedChange {
            event: seq,
            at: *at,
            by,
            what,
            of: of.to_owned(),
            before: old,
            after: new,
            why: String::new(),
        };
        let plain = |what| line(what, "", String::new(), String::new());
        let last_note = self.last.take();
        match event {
            Event::Imported(origin) => {
                let Origin { file, row, platform, .. } = origin;
                let from = format!("{file}, row {row} ({platform})");
                self.changes.push(line(ChangeKind::Imported, "", String::new(), from));
            }
            Event::Sheet(sheet) => {
                let who: Vec<&str> =
                    sheet.entered_by.iter().map(String::as_str).filter(|who| !who.is_empty()).collect();
                let told = [who.join(" and "), sheet.decided.join(" ")];
                let said = ["entered by", "differed and decided:"].into_iter().zip(told);
                let said = said.filter(|(_, told)| !told.is_empty());
                let why: Vec<String> = said.map(|(what, told)| format!("{what} {told}")).collect();
                let from = format!("sheet {}", sheet.number);
                let line = line(ChangeKind::Sheet, "", String::new(), from);
                self.changes.push(AuditedChange { why: why.join("; "), ..line });
            }
            Event::Told(notice) => {
                let words: Vec<String> =
                    notice.iter().map(|(promise, said)| format!("{}: {said}", promise.name())).collect();
                self.changes.push(line(ChangeKind::Told, "", String::new(), words.join("; ")));
            }
            Event::Answered { item, step, reply } => {
                let answered = self.answered(item, *step, reply, &before, &line);
                self.changes.extend(answered);
            }
            Event::Noted { item, text } => {
                let old = before.note_of(item).unwrap_or_default().to_owned();
                // A note is saved repeatedly while it is typed; that counts as one change.
                match self.changes.last_mut().filter(|_| last_note.as_ref() == Some(item)) {
                    Some(same) => {
                        (same.event, same.at) = (seq, *at);
                        same.after.clone_from(text);
                    }
                    None => self.changes.push(line(ChangeKind::Note, item, old, text.clone())),
                }
                self.noted.extend(before.instrument.item_index(item));
                self.last = Some(item.clone());
            }
            Event::Field { name, value } => {
                let old = before.fields.get(name).cloned().unwrap_or_default();
                self.changes.push(line(ChangeKind::Field, name, old, value.clone()));
            }
            Event::Language { language } => {
                // The interview itself is set to the language of the audit.
                let old = self.changes.iter().rev().find(|change| change.what == ChangeKind::Language);
                let old = old.map_or(before.start.language.to_string(), |change| change.after.clone());
                self.changes.push(line(ChangeKind::Language, "", old, language.to_string()));
            }
            Event::Paused => self.changes.push(plain(ChangeKind::Paused)),
            Event::Resumed => {
                self.changes.push(plain(if before.paused {
                    ChangeKind::Resumed
                } else {
                    ChangeKind::PickedUp
                }));
            }
            Event::HandedOver { to } => {
                let name = |audience: Audience| audience.in_words(&self.language);
                self.changes.push(line(ChangeKind::HandOver, "", name(by), name(*to)));
            }
            Event::Withdrawn => self.changes.push(plain(ChangeKind::Withdrawn)),
            Event::Finished => self.changes.push(plain(ChangeKind::Finished)),
            Event::Back => self.way = Some(Way::Back),
            Event::Jumped { group } => self.way = Some(Way::Jumped(group.clone())),
            Event::Opened { .. } => self.way = Some(Way::Review),
            Event::Forward => {}
        }
        for (index, item) in before.instrument.items.iter().enumerate() {
            let what = match (before.relevant[index], self.interview.relevant[index]) {
                (true, false) => ChangeKind::LeftOut,
                (false, true) => ChangeKind::BackIn,
                _ => continue,
            };
            let words = in_words(&before, index);
            if !words.is_empty() {
                let (old, new) =
                    if what == ChangeKind::LeftOut { (words, String::new()) } else { (String::new(), words) };
                let why = match event {
                    Event::Answered { item, .. } => format!("follows from `{item}`"),
                    Event::Field { name, .. } => format!("follows from `{name}`"),
                    _ => String::new(),
                };
                self.changes.push(AuditedChange { why, ..line(what, &item.name, old, new) });
            }
        }
        Ok(())
    }

    fn answered(
        &mut self,
        name: &str,
        step: usize,
        reply: &Reply,
        before: &Interview,
        line: &dyn Fn(ChangeKind, &str, String, String) -> AuditedChange,
    ) -> Vec<AuditedChange> {
        let Some(index) = before.instrument.item_index(name) else { return Vec::new() };
        let (old, new) = (&before.replies[index], &self.interview.replies[index]);
        let first = self.given.insert((index, step));
        let same = old.get(step).is_some_and(|old| old.says_the_same(reply));
        let mut changes = Vec::new();
        if first {
            // The way back ends with a new answer; it does not explain changes of older ones.
            self.way = None;
            changes.push(line(ChangeKind::First, name, String::new(), in_words(&self.interview, index)));
        } else if !same {
            let why = self.why(index, before);
            changes.push(AuditedChange {
                why,
                ..line(ChangeKind::Answer, name, in_words(before, index), in_words(&self.interview, index))
            });
        }
        if new.len() < old.len() {
            let why = "the question before it has another answer now".to_owned();
            let old = in_words(before, index);
            changes.push(AuditedChange {
                why,
                ..line(ChangeKind::Dropped, name, old, in_words(&self.interview, index))
            });
        }
        self.noted.remove(&index);
        changes
    }

    fn why(&self, index: usize, before: &Interview) -> String {
        let way = self.way.as_ref().map(|way| match way {
            Way::Back => "went back".to_owned(),
            Way::Jumped(group) => format!("jumped to `{group}`"),
            Way::Review => "opened from the review".to_owned(),
        });
        let note = before.notes.get(&index).filter(|_| self.noted.contains(&index));
        way.into_iter().chain(note.map(|note| format!("note: {note}"))).collect::<Vec<_>>().join("; ")
    }
}

/// The answer of an item as one line; empty if there is none.
fn in_words(interview: &Interview, index: usize) -> String {
    let replies = &interview.replies[index];
    let summary = interview.instrument.items[index].question.summary(replies, &interview.voice_of(index));
    match replies.first() {
        Some(first) if summary.is_empty() => first.why_missing(&interview.language),
        _ => summary,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::instrument::prompt::{Input, ScaleReply, Typed};

    fn read(groups: &str) -> Arc<Instrument> {
        let text = format!(
            "format = 1\nname = \"t\"\nversion = \"1\"\nlanguages = [\"en\", \"nl\"]\nlabel = \"T\"\nminutes = 1\n\
             [fields.organisation]\nlabel = \"Which?\"\n{groups}"
        );
        // Every label in both languages.
        let both = |line: &str| match line.strip_prefix("label = ") {
            Some(label) => format!("label = {{ en = {label}, nl = {label} }}\n"),
            None => format!("{line}\n"),
        };
        let text: String = text.lines().map(both).collect();
        let reading = Instrument::read("t.toml", &text, &|_| Err("none".into()));
        let found: Vec<_> = reading.findings.iter().map(|finding| finding.message.clone()).collect();
        Arc::new(reading.instrument.unwrap_or_else(|| panic!("{found:?}")))
    }

    /// A questionnaire with a filter, an interviewer's part and a field.
    fn instrument() -> Arc<Instrument> {
        read(
            "[[groups]]\nname = \"own\"\nlabel = \"Own\"\naudience = \"interviewer\"\n\
             [[groups.items]]\nname = \"years\"\nkind = \"integer\"\nlabel = \"Years?\"\n\
             [[groups.items]]\nname = \"more\"\nkind = \"integer\"\nlabel = \"More?\"\nrelevant = \"years > 3\"\n\
             [[groups]]\nname = \"theirs\"\nlabel = \"Theirs\"\n\
             [[groups.items]]\nname = \"last\"\nkind = \"integer\"\nlabel = \"Last?\"\n",
        )
    }

    fn number(item: &str, value: f64) -> Event {
        Event::Answered { item: item.into(), step: 0, reply: Reply::Given(Input::Number(value)) }
    }

    fn noted(item: &str, text: &str) -> Event {
        Event::Noted { item: item.into(), text: text.into() }
    }

    fn changes(events: &[Event]) -> Vec<String> {
        changes_in(&instrument(), events)
    }

    fn changes_in(instrument: &Arc<Instrument>, events: &[Event]) -> Vec<String> {
        let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
        let start = Start { seed: 1, language: Language::new("en"), fields, at: 0, offset: None };
        let stamped: Vec<Stamped> =
            (1..).zip(events).map(|(at, event)| Stamped { at, event: event.clone() }).collect();
        let changes = audit(instrument, &start, &stamped, &Language::new("en")).unwrap();
        let by = |change: &AuditedChange| if change.by == Audience::Interviewer { "i" } else { "r" };
        changes
            .iter()
            .map(|change| {
                let AuditedChange { event, what, of, before, after, why, .. } = change;
                format!("{event} {} {}|{of}|{before}|{after}|{why}", by(change), what.name())
            })
            .collect()
    }

    #[test]
    fn every_change_is_there_with_its_reason() {
        let events = [
            number("years", 5.0),
            number("more", 7.0),
            Event::Back,
            noted("more", "She corr"),
            noted("more", "She corrected herself."),
            number("more", 8.0),
            Event::Jumped { group: "own".into() },
            number("years", 2.0),
            Event::Field { name: "organisation".into(), value: "Acme BV".into() },
            Event::Language { language: Language::new("nl") },
            Event::Paused,
            Event::Resumed,
            Event::Resumed,
            Event::HandedOver { to: Audience::Respondent },
            number("last", 1.0),
            Event::HandedOver { to: Audience::Interviewer },
            Event::Opened { item: "years".into() },
            Event::Answered { item: "years".into(), step: 0, reply: Reply::DontKnow },
            Event::Withdrawn,
        ];
        assert_eq!(
            changes(&events),
            [
                "0 i first answer|years||5|",
                "1 i first answer|more||7|",
                "4 i note|more||She corrected herself.|",
                "5 i answer changed|more|7|8|went back; note: She corrected herself.",
                "7 i answer changed|years|5|2|jumped to `own`",
                "7 i answer left out|more|8||follows from `years`",
                "8 i field corrected|organisation|Acme|Acme BV|",
                "9 i language||en|nl|",
                "10 i paused||||",
                "11 i resumed||||",
                "12 i picked up again||||",
                "13 i keyboard||interviewer|respondent|",
                "14 r first answer|last||1|",
                "15 r keyboard||respondent|interviewer|",
                "17 i answer changed|years|2|don't know|opened from the review",
                "18 i withdrawn||||",
            ]
        );
    }

    #[test]
    fn saying_the_same_again_is_no_change() {
        let again = changes(&[number("years", 5.0), Event::Back, number("years", 5.0)]);
        assert_eq!(again, ["0 i first answer|years||5|"]);
    }

    #[test]
    fn what_hung_on_a_word_that_was_replaced_is_dropped() {
        let word = |text: &str| Event::Answered {
            item: "words".into(),
            step: 0,
            reply: Reply::Given(Input::Text(Typed { text: text.into(), ..Typed::default() })),
        };
        let placed = |at| Event::Answered {
            item: "words".into(),
            step: 1,
            reply: Reply::Given(Input::Rated(vec![ScaleReply::Point(at)])),
        };
        let items = "[[groups]]\nname = \"g\"\nlabel = \"G\"\n[[groups.items]]\nname = \"words\"\n\
             kind = \"association\"\nwords = 1\nlabel = \"A word?\"\n\
             [[groups.items]]\nname = \"n\"\nkind = \"integer\"\nlabel = \"N?\"\n";
        let events = [word("cold"), placed(-2), Event::Back, Event::Back, word("warm"), placed(3)];
        let lines = changes_in(&read(items), &events);
        assert_eq!(lines.len(), 5, "{lines:?}");
        assert!(lines[2].starts_with("4 r answer changed|words|cold"), "{lines:?}");
        assert!(
            lines[3].starts_with("4 r answer dropped|words|cold") && lines[3].contains("|warm|the question"),
            "{lines:?}"
        );
        assert!(lines[4].starts_with("5 r answer changed|words|warm|warm"), "{lines:?}");
    }
}
