//! Data entry from paper sheets: one line per place in the order of the sheet, for typing without looking at the screen. `B3=5`
//! goes to another place by its code. Order and validation are in [`crate::study::paper`].

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Arc;

use super::command::LineCommand;
use super::{Plain, PlainError};
use crate::instrument::Instrument;
use crate::instrument::prompt::Invalid;
use crate::interview::Refusal;
use crate::interview::phrases::yes_or_no;
use crate::paper::{SheetNext, SheetNumber, Slot, in_words, shortened};
use crate::study::paper::{self, Closed, EntryMoment, NotSet, Opened, SheetEntering};
use crate::study::{Study, StudyError};
use crate::text;
use line::{EntryLine, is_row, takes};

mod line;

/// Characters of a question shown before its place.
const LINE: usize = 100;

/// The context of a sitting: the study, the printed questionnaire and the person who enters.
pub struct Entering<'a> {
    /// The study that keeps everything.
    pub study: &'a mut Study,
    /// What is printed on the sheets.
    pub instrument: &'a Arc<Instrument>,
    /// Values that are printed in the head of the sheets.
    pub given: &'a BTreeMap<String, String>,
    /// The code of the person who enters, if given.
    pub by: &'a str,
    /// Instant, clock and random bits for a new entry.
    pub moment: &'a dyn Fn() -> Result<EntryMoment, String>,
}

impl std::fmt::Debug for Entering<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entering").finish_non_exhaustive()
    }
}

/// The result of one sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sitting {
    /// Sheets entered once, which need a second entry.
    pub once: usize,
    /// Sheets that became sessions.
    pub sessions: usize,
}

enum After {
    Another(Option<Closed>),
    Quit,
}

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// Enters sheets until the input ends or the user leaves.
    ///
    /// # Errors
    /// The input or output failed, a line of a file means nothing at its place, or nothing could be kept.
    pub fn enter(&mut self, of: &mut Entering) -> Result<Sitting, PlainError> {
        let mut sitting = Sitting::default();
        let mut before: Option<SheetNumber> = None;
        let language = self.language.clone();
        writeln!(self.out, "{}", text!(&language, "plain-entering-begin"))?;
        loop {
            self.question = None;
            let label = text!(&language, "plain-entering-sheet");
            let Some(line) = self.ask_line(&label, None)? else { break };
            match LineCommand::read(&line) {
                _ if line.is_empty() => break,
                None => {}
                Some(LineCommand::Quit) => break,
                Some(_) => {
                    self.help()?;
                    continue;
                }
            }
            let opened = paper::number(&line, of.instrument, before.as_ref(), &language).and_then(|number| {
                let moment = (of.moment)().map_err(StudyError::new)?;
                let opened = paper::open(of.study, of.instrument, &number, of.given, of.by, moment)?;
                before = Some(number);
                Ok(opened)
            });
            let mut entering = match opened {
                Ok(Opened::Entering(entering)) => entering,
                Ok(Opened::Done(session)) => {
                    let session = session.short();
                    self.misheard(&text!(&language, "plain-entering-done-before", session))?;
                    continue;
                }
                Ok(Opened::Erased(day)) => {
                    self.misheard(&text!(&language, "plain-entering-erased", day))?;
                    continue;
                }
                Err(why) => {
                    let help = why.help.map(|help| format!("; {help}")).unwrap_or_default();
                    self.misheard(&format!("{}{help}", why.message))?;
                    continue;
                }
            };
            match self.sheet(of, &mut entering)? {
                After::Another(closed) => match closed {
                    Some(Closed::Once) => sitting.once += 1,
                    Some(Closed::Session { .. }) => sitting.sessions += 1,
                    Some(Closed::Differ(_)) | None => {}
                },
                After::Quit => break,
            }
        }
        writeln!(self.out)?;
        Ok(sitting)
    }

    fn sheet(&mut self, of: &mut Entering, entering: &mut SheetEntering) -> Result<After, PlainError> {
        let language = self.language.clone();
        let sheet = entering.number().to_string();
        let begun = match (entering.decides(), entering.is_begun()) {
            (true, _) => text!(&language, "plain-entering-differs", sheet),
            (_, true) => text!(&language, "plain-entering-go-on", sheet, pass = entering.pass()),
            (_, false) => text!(&language, "plain-entering-pass", sheet, pass = entering.pass()),
        };
        writeln!(self.out, "\n== {begun}")?;
        // Places visited, for going back.
        let mut way: Vec<usize> = Vec::new();
        let mut again: Option<usize> = None;
        loop {
            let now = (self.clock)();
            let next = match again.take() {
                Some(at) => SheetNext::Slot(at),
                None => entering.next(now),
            };
            let at = match next {
                SheetNext::End => match self.closing(of, entering)? {
                    Some(after) => return Ok(after),
                    None => {
                        again = way.pop();
                        continue;
                    }
                },
                SheetNext::Refused(at, refusal) => {
                    self.tell(&refusal.in_words(&language))?;
                    at
                }
                SheetNext::Slot(at) => at,
            };
            let Some(slot) = entering.slots().get(at).cloned() else { return Ok(After::Another(None)) };
            self.question = Some(slot.code.clone());
            self.show_slot(entering, &slot)?;
            let Some(line) = self.line()? else { return Ok(After::Quit) };
            match self.heard(&line, entering, &slot) {
                EntryLine::Quit => return Ok(After::Quit),
                EntryLine::Next => return Ok(After::Another(None)),
                EntryLine::Back => {
                    way.retain(|other| *other != at);
                    again = Some(way.pop().unwrap_or(at));
                }
                EntryLine::Help => {
                    self.help()?;
                    again = Some(at);
                }
                EntryLine::Shown => {
                    self.show_all(entering)?;
                    again = Some(at);
                }
                EntryLine::Invalid(why) => {
                    self.misheard(&why)?;
                    again = Some(at);
                }
                EntryLine::Note(note) => {
                    let kept = entering.note(of.study, &slot.code, &note, now);
                    self.not_set(kept)?;
                    again = Some(at);
                }
                EntryLine::Rows(marks) => {
                    let below = entering.slots().iter().skip(at);
                    let rows = below.take_while(|row| row.table == slot.table && is_row(&row.ask));
                    let codes: Vec<String> = rows.map(|row| row.code.clone()).collect();
                    if marks.len() > codes.len() {
                        self.misheard(&Invalid::TooMany(codes.len()).in_words(&language))?;
                        again = Some(at);
                        continue;
                    }
                    for (code, mark) in codes.iter().zip(marks) {
                        let kept = entering.set(of.study, code, mark, now);
                        if !self.not_set(kept)? {
                            break;
                        }
                    }
                    way.push(at);
                }
                EntryLine::Mark(code, mark) => {
                    let elsewhere = code.is_some();
                    let code = code.unwrap_or_else(|| slot.code.clone());
                    let kept = entering.set(of.study, &code, mark, now);
                    let taken = self.not_set(kept)?;
                    match (taken, elsewhere) {
                        (true, false) => way.push(at),
                        (true, true) => {}
                        (false, _) => again = Some(at),
                    }
                }
            }
        }
    }

    /// The message at the end of a sheet; `None` if the user wants to change something.
    fn closing(
        &mut self,
        of: &mut Entering,
        entering: &mut SheetEntering,
    ) -> Result<Option<After>, PlainError> {
        let language = self.language.clone();
        self.question = None;
        // If the two entries were being compared, their last decision settles the sheet without this prompt.
        while !entering.decides() {
            let [blank, unknown, illegible, twice] = entering.without_answer();
            let end = text!(&language, "plain-entering-end", blank, unknown, illegible, twice);
            write!(self.out, "{end} > ")?;
            self.out.flush()?;
            let Some(line) = self.line()? else { return Ok(Some(After::Quit)) };
            if line.trim().is_empty() {
                break;
            }
            let first = entering.slots().first().cloned();
            let Some(first) = first else { break };
            match self.heard(&line, entering, &first) {
                EntryLine::Quit => return Ok(Some(After::Quit)),
                EntryLine::Next => return Ok(Some(After::Another(None))),
                EntryLine::Back => return Ok(None),
                EntryLine::Help => self.help()?,
                EntryLine::Shown => self.show_all(entering)?,
                EntryLine::Mark(Some(code), mark) => {
                    let kept = entering.set(of.study, &code, mark, (self.clock)());
                    self.not_set(kept)?;
                    if entering.next((self.clock)()) != SheetNext::End {
                        return Ok(None);
                    }
                }
                EntryLine::Mark(None, _) | EntryLine::Rows(_) | EntryLine::Note(_) => {
                    self.misheard(&text!(&language, "plain-entering-end-takes"))?;
                }
                EntryLine::Invalid(why) => self.misheard(&why)?,
            }
        }
        let closed =
            entering.close(of.study, (self.clock)()).map_err(|why| PlainError::NotKept(why.message))?;
        let sheet = entering.number().to_string();
        let said = match &closed {
            Closed::Once => text!(&language, "plain-entering-once", sheet),
            Closed::Differ(places) => text!(&language, "plain-entering-places", places = *places),
            Closed::Session { respondent, refused: true, .. } => {
                text!(&language, "plain-entering-refused", respondent)
            }
            Closed::Session { id, respondent, not_asked, .. } => {
                let session = id.short();
                let said = text!(&language, "plain-entering-session", session, respondent);
                match not_asked.is_empty() {
                    true => said,
                    false => {
                        let places = not_asked.join(" ");
                        format!("{said} {}", text!(&language, "plain-entering-not-asked", places))
                    }
                }
            }
        };
        writeln!(self.out, "{said}")?;
        if let Closed::Differ(_) = closed {
            // Both entries are complete, so they no longer have to be hidden from each other.
            return self.sheet(of, entering).map(Some);
        }
        Ok(Some(After::Another(Some(closed))))
    }

    /// Reports why something was not kept; returns whether it was.
    fn not_set(&mut self, kept: Result<(), NotSet>) -> Result<bool, PlainError> {
        let language = self.language.clone();
        let said = match kept {
            Ok(()) => return Ok(true),
            Err(NotSet::Refused(Refusal::Unknown(code))) => {
                text!(&language, "plain-entering-no-such-code", code)
            }
            Err(NotSet::Refused(refusal)) => {
                format!("{} {}", refusal.in_words(&language), text!(&language, "plain-entering-or-illegible"))
            }
            Err(NotSet::Needed) => text!(&language, "plain-entering-needed"),
            Err(NotSet::NoCode) => text!(&language, "plain-entering-no-code"),
            Err(NotSet::YesOrNo) => yes_or_no(&language),
            // In a terminal the next line tries again; a file cannot wait.
            Err(NotSet::NotKept(why)) if self.echo => return Err(PlainError::NotKept(why.message)),
            Err(NotSet::NotKept(why)) => why.message,
        };
        self.misheard(&said)?;
        Ok(false)
    }

    fn show_slot(&mut self, entering: &SheetEntering, slot: &Slot) -> Result<(), PlainError> {
        let language = self.language.clone();
        let takes = if slot.head.is_some() { String::new() } else { takes(&slot.ask, &language) };
        let takes = if takes.is_empty() { takes } else { format!(" ({takes})") };
        writeln!(self.out, "{} {}{takes}", slot.code, shortened(&slot.label, LINE))?;
        if entering.decides() {
            for (at, (by, mark)) in entering.beside(&slot.code).into_iter().enumerate() {
                let said = match mark {
                    Some(mark) => in_words(mark, &slot.ask, &entering.number().language),
                    None => text!(&language, "plain-entering-not-reached"),
                };
                let letter = char::from(b'a' + (at % 26) as u8);
                let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
                writeln!(self.out, "  {letter}{by}: {said}")?;
            }
        } else if let Some(mark) = entering.mark(&slot.code) {
            writeln!(self.out, "  [{}]", in_words(mark, &slot.ask, &entering.number().language))?;
        }
        write!(self.out, "  > ")?;
        Ok(self.out.flush()?)
    }

    fn show_all(&mut self, entering: &SheetEntering) -> Result<(), PlainError> {
        for slot in entering.slots() {
            if let Some(mark) = entering.mark(&slot.code) {
                writeln!(
                    self.out,
                    "  {}: {}",
                    slot.code,
                    in_words(mark, &slot.ask, &entering.number().language)
                )?;
            }
        }
        Ok(())
    }

    fn help(&mut self) -> Result<(), PlainError> {
        let language = self.language.clone();
        Ok(writeln!(self.out, "{}", text!(&language, "plain-entering-help"))?)
    }
}
