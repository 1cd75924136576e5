//! Keeping what is entered, and what happens where it cannot be kept. Owns the way out, another file; refuses to take a line of a
//! pipe for the name of one.

use std::io::{BufRead, Write};

use super::command::Command;
use super::{Plain, PlainError};
use crate::instrument::Language;
use crate::instrument::prompt::Ask;
use crate::interview::{Asked, Begun, Live, NotKept};
use crate::wording::say;

/// What came of reading a text that may go on over several lines.
pub(super) enum Lines {
    /// The whole text, or a command.
    Whole(String),
    /// The input ended, perhaps within the text; what there is of it is kept.
    Ended,
}

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// The file in which the interview was saved when its own one was lost.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// Reads a text behind what was begun of it before, and keeps it after every line that is not the last one.
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
            let sentence = say(
                language,
                "begun before; go on behind it, Enter alone ends it, :clear drops it",
                "eerder begonnen; ga erachter verder, alleen Enter sluit af, :leeg gooit het weg",
            );
            writeln!(self.out, "  [{sentence}]\n{begun}")?;
        }
        write!(self.out, "> ")?;
        self.out.flush()?;
        let mut first = !begun.is_empty();
        let mut text = begun;
        loop {
            let Some(part) = self.part()? else { return Ok(Lines::Ended) };
            // Only the first line may be a command; within a text every line is text.
            if std::mem::take(&mut first) && Command::read(&part).is_some() {
                self.show_echo(&part)?;
                return Ok(Lines::Whole(part));
            }
            match part.strip_suffix('\\') {
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

    /// Keeps what has been entered at a prompt so far.
    pub(super) fn begin(
        &mut self,
        live: &mut Live,
        asked: &Asked,
        begun: &Begun,
        language: &Language,
    ) -> Result<(), PlainError> {
        while let Err(why) = live.keep_begun((self.clock)(), &asked.item, asked.step, begun.clone()) {
            self.another_place(live, why, language)?;
        }
        Ok(())
    }

    /// Whether everything lies where it was kept, or does so now; to be asked before somebody is told so.
    pub(super) fn make_sure(&mut self, live: &mut Live, language: &Language) -> Result<(), PlainError> {
        while let Err(why) = live.check() {
            self.another_place(live, why, language)?;
        }
        Ok(())
    }

    /// Says why something could not be kept, and asks for another file. Returns when it is worth trying again.
    pub(super) fn another_place(
        &mut self,
        live: &mut Live,
        why: NotKept,
        language: &Language,
    ) -> Result<(), PlainError> {
        let suggested = live.suggested_place();
        if self.echo {
            // The lines of a pipe are answers. A lost file is replaced all the same, so that no answer is.
            if !why.place_is_gone {
                return Err(PlainError::NotKept(why.sentence));
            }
            self.tell(&why.sentence)?;
            let saved = live.save_elsewhere(&suggested);
            return self.saved(saved.map_err(|_| PlainError::NotKept(why.sentence))?, language);
        }
        self.tell(&why.sentence)?;
        loop {
            let sentence = say(
                language,
                "Nothing is lost: the whole interview is still here. Enter tries again; the name of another file saves all of it there; :quit stops.",
                "Er is niets verloren: het hele interview is er nog. Enter probeert het opnieuw; de naam van een ander bestand bewaart alles daarin; :stop houdt op.",
            );
            writeln!(self.out, "{sentence}")?;
            write!(self.out, "({}: {suggested}) ", say(language, "such as", "bijvoorbeeld"))?;
            self.out.flush()?;
            let line = self.line()?;
            match line.as_deref().map(str::trim) {
                Some("") if !why.place_is_gone => return Ok(()),
                // In the old place there is nothing to be tried, unless somebody put the file back.
                Some("") if live.check().is_ok() => return Ok(()),
                Some("") => {}
                Some(name) if Command::read(name) != Some(Command::Quit) => match live.save_elsewhere(name) {
                    Ok(place) => return self.saved(place, language),
                    Err(sentence) => {
                        self.tell(&sentence)?;
                    }
                },
                // Nobody goes with empty hands.
                _ if why.place_is_gone => {
                    let saved = live.save_elsewhere(&suggested);
                    self.saved(saved.map_err(|_| PlainError::NotKept(why.sentence.clone()))?, language)?;
                    return Err(PlainError::Stopped);
                }
                _ => return Err(PlainError::NotKept(why.sentence)),
            }
        }
    }

    fn saved(&mut self, place: String, language: &Language) -> Result<(), PlainError> {
        let sentence = say(
            language,
            &format!("Everything is saved in {place}, and the interview goes on there."),
            &format!("Alles is bewaard in {place}, en het interview gaat daar verder."),
        );
        self.place = Some(place);
        self.tell(&sentence)?;
        Ok(())
    }
}
