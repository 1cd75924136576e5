//! The words of a session, to check the evidence in a table of codes. A code may only point at what coders of the study are shown, unless
//! it declares that it was made from every answer. Marks in a removed transcript are kept, and no new ones are accepted.

use crate::coding::passage::{Passage, PassageRef, PassageSource};
use crate::coding::transcript::turn_named;
use crate::coding::{Mark, Seen};
use crate::instrument::Language;
use crate::interview::ReviewLine;
use crate::store::{Code, SessionId};
use crate::study::blind::Blinding;
use crate::study::{Loader, transcripts};

/// The lines of a session, and its existing codes.
#[derive(Debug, Default)]
pub struct SessionWords {
    lines: Vec<ReviewLine>,
    /// The items that coders are shown; none where they are shown everything, or nothing is settled yet.
    shown: Option<Vec<String>>,
    codes: Vec<Code>,
}

impl SessionWords {
    /// The words of a session; empty where it cannot be read, which the lookup of the session reports.
    pub fn of(loader: &mut Loader, blinding: &Blinding, session: SessionId) -> Self {
        let study = loader.study();
        let header = study.session(&session.to_string()).ok();
        let Some((interview, _)) = header.and_then(|header| loader.interview(&header).ok()) else {
            return Self::default();
        };
        let attached = study.transcripts(&session).unwrap_or_default();
        let mut lines = interview.answers();
        lines.extend(transcripts::lines(transcripts::in_order(&attached), &Language::fallback()));
        let words_alone = blinding.settled && blinding.seen == Seen::Narrative;
        let shown = words_alone.then(|| {
            let material = blinding.material(study, &session, &interview).unwrap_or_default();
            material.answers.into_iter().chain(material.turns).map(|line| line.item).collect()
        });
        let codes = study.all_codes().unwrap_or_default();
        let codes = codes.into_iter().filter(|code| code.session == session).collect();
        Self { lines, shown, codes }
    }

    /// Marks on answers: `item=MP:2 other=CS:1`; those on turns that are gone go into `gone`, unless they stand in a code.
    ///
    /// # Errors
    /// What is no mark, and what coders are not shown.
    pub fn marks(&self, cell: &str, everything: bool, gone: &mut Vec<String>) -> Result<Vec<Mark>, String> {
        let mut marks = Vec::new();
        for text in cell.split_whitespace() {
            let mark: Mark = text.parse().map_err(|()| {
                format!("`{text}` is not written `item=MODEL:STRENGTH`, such as `story_high=MP:2`")
            })?;
            let known = self.codes.iter().any(|code| code.coding.evidence.contains(&mark));
            match self.line(&mark.item, everything || known)? {
                None if !known => gone.push(format!("`{text}`")),
                _ => marks.push(mark),
            }
        }
        Ok(marks)
    }

    /// Passages of answers: `item@4-9=MP`; likewise.
    ///
    /// # Errors
    /// What is no passage, where no words stand, and what coders are not shown.
    pub fn passages(
        &self,
        cell: &str,
        everything: bool,
        gone: &mut Vec<String>,
    ) -> Result<Vec<Passage>, String> {
        let mut passages = Vec::new();
        for text in cell.split_whitespace() {
            let place = PassageRef::read(text).ok_or_else(|| {
                format!("`{text}` is not written `item@FROM-TO=MODEL`, such as `story_high@0-12=MP`")
            })?;
            let mut known = self.codes.iter().flat_map(|code| &code.coding.passages);
            let known = known.find(|passage| passage.to_string() == text);
            let Some(line) = self.line(&place.item, everything || known.is_some())? else {
                match known {
                    Some(known) => passages.push(known.clone()),
                    None => gone.push(format!("`{text}`")),
                }
                continue;
            };
            let (words, what) = match place.part {
                PassageSource::Answer => (line.words.as_deref(), "answer in words"),
                PassageSource::Note => (line.note.as_deref(), "note"),
            };
            let words = words.ok_or_else(|| format!("`{}` has no {what} in this session", place.item))?;
            let passage = Passage::of(&place.item, place.part, words, place.range, place.model);
            passages.push(passage.ok_or_else(|| {
                let letters = words.chars().count();
                format!("`{text}`: the {what} has {letters} characters, and no words stand there")
            })?);
        }
        Ok(passages)
    }

    /// The line of an item; none for a turn of a transcript that the session does not have.
    fn line(&self, item: &str, everything: bool) -> Result<Option<&ReviewLine>, String> {
        let Some(line) = self.lines.iter().find(|line| line.item == item) else {
            return match turn_named(item) {
                Some((transcript, _)) if self.has(transcript) => {
                    Err(format!("`{item}` is no turn: the transcript has fewer"))
                }
                Some(_) => Ok(None),
                None => Err(format!("`{item}` was not asked in this session")),
            };
        };
        let shown = self.shown.as_ref().is_none_or(|shown| shown.iter().any(|known| known == item));
        match everything || shown {
            true => Ok(Some(line)),
            false => Err(format!(
                "`{item}` is not shown to coders of this study, who see what was told in words alone; a code that was made from every answer says `whole` in the column `seen`"
            )),
        }
    }

    fn has(&self, transcript: &str) -> bool {
        self.lines.iter().any(|line| turn_named(&line.item).is_some_and(|(of, _)| of == transcript))
    }
}
