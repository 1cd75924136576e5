//! Keeping what is entered, and the fallback to another file if that fails. An answer in a pipe is never taken as a file name.

use std::io::{BufRead, Write};
use std::path::{Path, is_separator};

use super::command::LineCommand;
use super::lines::goes_on;
use super::{Drafts, Plain, PlainError};
use crate::coding::{Coding, Draft};
use crate::instrument::Language;
use crate::instrument::prompt::Ask;
use crate::interview::{Asked, Begun, Live, NotKept, SavedElsewhere};
use crate::text;

/// The outcome of reading a text that may span several lines.
pub(super) enum Lines {
    /// The whole text, or a command.
    Whole(String),
    /// The input ended, perhaps within the text; what was read is kept.
    Ended,
}

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// Where the interview was saved after its own file was lost.
    pub fn saved_elsewhere(&self) -> Option<&SavedElsewhere> {
        self.saved.as_ref()
    }

    /// Reads a text that continues what was begun earlier, and keeps it after every line but the last.
    pub(super) fn text(
        &mut self,
        live: &mut Live,
        asked: &Asked,
        language: &Language,
    ) -> Result<Lines, PlainError> {
        let begun = match (&asked.prompt.ask, live.begun(&asked.item, asked.step)) {
            (Ask::Text(_), Some(Begun::Typed(text))) => text.clone(),
            _ => String::new(),
        };
        if !begun.is_empty() {
            let sentence = text!(language, "plain-keep-begun-before-go-behind");
            writeln!(self.out, "  [{sentence}]\n{begun}")?;
        }
        write!(self.out, "> ")?;
        self.out.flush()?;
        let mut text = begun;
        let mut first = true;
        loop {
            let Some(part) = self.part()? else { return Ok(Lines::Ended) };
            // Only the first line can be a command, together with its continuation; after that every line is text.
            if std::mem::take(&mut first) && LineCommand::read(&part).is_some() {
                return Ok(Lines::Whole(self.with_rest(part)?));
            }
            match goes_on(&part) {
                Some(open) => {
                    text.push_str(open);
                    text.push('\n');
                    self.begin(live, asked, &Begun::Typed(text.clone()), language)?;
                }
                None => {
                    text.push_str(&part);
                    self.show_echo(&text)?;
                    return Ok(Lines::Whole(text));
                }
            }
        }
    }

    /// Keeps the unfinished entry of a prompt.
    pub(super) fn begin(
        &mut self,
        live: &mut Live,
        asked: &Asked,
        begun: &Begun,
        language: &Language,
    ) -> Result<(), PlainError> {
        while let Err(why) = live.keep_begun((self.clock)(), &asked.item, asked.step, begun.clone()) {
            if let Err(ended) = self.another_place(live, why, language) {
                let again = || live.keep_begun((self.clock)(), &asked.item, asked.step, begun.clone());
                return Err(self.ended(ended, again, language));
            }
        }
        Ok(())
    }

    /// The outcome if the user stops after something could not be kept. Tries once more, because everything may be in another file
    /// by now or a file held by another program may be free, and reports what is lost if that fails.
    pub(super) fn ended(
        &self,
        ended: PlainError,
        again: impl FnOnce() -> Result<(), NotKept>,
        language: &Language,
    ) -> PlainError {
        // For a pipe, the line that was not kept is named, and it is asked again.
        if self.echo || !matches!(ended, PlainError::Stopped | PlainError::NotKept(_)) {
            return ended;
        }
        match again() {
            Ok(()) => PlainError::Stopped,
            Err(why) => PlainError::NotKept(text!(language, "shared-unkept", why = why.in_words(language))),
        }
    }

    /// Whether everything is still in its file, or could be saved again; to be checked before the user is told so.
    pub(super) fn make_sure(&mut self, live: &mut Live, language: &Language) -> Result<(), PlainError> {
        while let Err(why) = live.check() {
            self.another_place(live, why, language)?;
        }
        Ok(())
    }

    /// Reports why something could not be kept, and asks for another file. Returns when a retry makes sense.
    pub(super) fn another_place(
        &mut self,
        refuge: &mut dyn Refuge,
        why: NotKept,
        language: &Language,
    ) -> Result<(), PlainError> {
        if why.erased {
            return Err(PlainError::Erased(why.in_words(language).to_owned()));
        }
        let suggested = refuge.suggested();
        self.tell(why.in_words(language))?;
        if self.echo {
            // The lines of a pipe are answers, so none is read as a file name; a lost file is still replaced, so that no answer is
            // lost.
            if !why.place_is_gone {
                let again = text!(language, "plain-line-asked-again");
                self.tell(&format!("{} {again}", self.line_not_kept()))?;
                return Err(PlainError::NotKept(why.in_words(language).to_owned()));
            }
            return self.save_in(refuge, &suggested, language);
        }
        loop {
            let what = match refuge.is_code() {
                true => text!(language, "plain-keep-everything-you-entered"),
                false => text!(language, "plain-keep-whole-interview"),
            };
            let sentence = match why.place_is_gone {
                true => text!(language, "plain-keep-nothing-lost-enter-saves", what, place = &suggested),
                false => text!(language, "plain-keep-nothing-lost-what-still", what, place = &suggested),
            };
            writeln!(self.out, "{sentence}")?;
            write!(self.out, "> ")?;
            self.out.flush()?;
            let line = self.line()?;
            match line.as_deref().map(str::trim) {
                // A retry in a lost place is pointless, unless the file has been put back.
                Some("") if !why.place_is_gone || refuge.is_back() => return Ok(()),
                Some("") => match refuge.save_in(&suggested) {
                    Ok(saved) => return self.saved(refuge, saved, language),
                    Err(why) => self.tell(why.in_words(language))?,
                },
                Some(name) if LineCommand::read(name) == Some(LineCommand::Quit) => {
                    return self.leave(refuge, &why, &suggested, language);
                }
                Some(name) if names_a_file(name) => match refuge.save_in(name) {
                    Ok(saved) => return self.saved(refuge, saved, language),
                    Err(why) => self.tell(why.in_words(language))?,
                },
                // A fast typist may have typed the next answer already.
                Some(line) => self.tell(&text!(language, "plain-keep-no-file-name", line))?,
                None => {
                    // The prompt's line has not been ended yet.
                    writeln!(self.out)?;
                    return self.leave(refuge, &why, &suggested, language);
                }
            }
        }
    }

    /// Before leaving, saves what could not be kept in its file in another one beside it.
    fn leave(
        &mut self,
        refuge: &mut dyn Refuge,
        why: &NotKept,
        suggested: &str,
        language: &Language,
    ) -> Result<(), PlainError> {
        match self.save_in(refuge, suggested, language) {
            Ok(()) => Err(PlainError::Stopped),
            // The original error is more useful than the one that the other place failed, too.
            Err(PlainError::NotKept(_)) if !why.place_is_gone => {
                Err(PlainError::NotKept(why.in_words(language).to_owned()))
            }
            Err(other) => Err(other),
        }
    }

    fn save_in(
        &mut self,
        refuge: &mut dyn Refuge,
        place: &str,
        language: &Language,
    ) -> Result<(), PlainError> {
        let saved = refuge.save_in(place);
        let saved = saved.map_err(|why| PlainError::NotKept(why.in_words(language).to_owned()))?;
        self.saved(refuge, saved, language)
    }

    fn saved(
        &mut self,
        refuge: &dyn Refuge,
        saved: SavedElsewhere,
        language: &Language,
    ) -> Result<(), PlainError> {
        let sentence = match refuge.is_code() {
            true => text!(language, "plain-keep-everything-you-entered-saved", place = &saved.place),
            false => saved.in_words(language),
        };
        self.saved = Some(saved.after(self.saved.as_ref()));
        self.tell(&sentence)?;
        Ok(())
    }

    /// Keeps a coder's draft.
    pub(super) fn draft(
        &mut self,
        drafts: &mut dyn Drafts,
        draft: &Draft,
        language: &Language,
    ) -> Result<(), PlainError> {
        while let Err(why) = drafts.keep(draft) {
            self.after_draft(drafts, draft, why, language)?;
        }
        Ok(())
    }

    /// Saves a complete code.
    pub(super) fn code_saved(
        &mut self,
        drafts: &mut dyn Drafts,
        coding: &Coding,
        language: &Language,
    ) -> Result<(), PlainError> {
        while let Err(why) = drafts.save(coding) {
            self.after_draft(drafts, &Draft::from(coding.clone()), why, language)?;
        }
        Ok(())
    }

    /// Asks for another file for a code; a coder who stops there leaves with the entries saved in it.
    fn after_draft(
        &mut self,
        drafts: &mut dyn Drafts,
        draft: &Draft,
        why: NotKept,
        language: &Language,
    ) -> Result<(), PlainError> {
        let moved = self.another_place(&mut CodeRefuge(drafts), why, language);
        moved.map_err(|ended| self.ended(ended, || drafts.keep(draft), language))
    }
}

/// Whether a line can only be meant as a file name, and not as an answer.
fn names_a_file(line: &str) -> bool {
    let begins = |start: &str| line.strip_prefix(start).is_some_and(|rest| rest.starts_with(is_separator));
    line.ends_with(".relata") || Path::new(line).is_absolute() || [".", "..", "~"].into_iter().any(begins)
}

/// Entries that cannot be kept in their own place, and the other places for them.
pub(super) trait Refuge {
    fn is_code(&self) -> bool;
    fn suggested(&self) -> String;
    fn save_in(&mut self, place: &str) -> Result<SavedElsewhere, NotKept>;
    fn is_back(&mut self) -> bool;
}

impl Refuge for Live {
    fn is_code(&self) -> bool {
        false
    }

    fn suggested(&self) -> String {
        self.suggested_place()
    }

    fn save_in(&mut self, place: &str) -> Result<SavedElsewhere, NotKept> {
        self.save_elsewhere(place)
    }

    fn is_back(&mut self) -> bool {
        self.check().is_ok()
    }
}

struct CodeRefuge<'a>(&'a mut dyn Drafts);

impl Refuge for CodeRefuge<'_> {
    fn is_code(&self) -> bool {
        true
    }

    fn suggested(&self) -> String {
        self.0.suggested_place()
    }

    fn save_in(&mut self, place: &str) -> Result<SavedElsewhere, NotKept> {
        let place = self.0.save_elsewhere(place)?;
        Ok(SavedElsewhere { place, ..SavedElsewhere::default() })
    }

    fn is_back(&mut self) -> bool {
        self.0.check().is_ok()
    }
}
