//! Selecting a passage: word by word through an answer or the note beside it, and a letter for the model that it is evidence for.
//!
//! Owns which words are selected and how they look. Saves nothing itself: a passage goes into the draft like every mark.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use crate::coding::{Passage, PassageSource};
use crate::instrument::RelationalModel;
use crate::interview::ReviewLine;
use crate::tui::page::{Page, PageRow};
use crate::tui::screen::Look;

/// Columns before the words, the same as for every answer.
const INDENT: usize = 4;
/// Words that an up or down key moves.
const LINE: isize = 8;

/// The words of an answer that are being selected.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    part: PassageSource,
    /// The index of the word that moves with the keys.
    at: usize,
    /// Where the selection began, if it spans several words.
    from: Option<usize>,
}

/// The text that passages of a part are taken from.
fn text_of(answer: &ReviewLine, part: PassageSource) -> &str {
    match part {
        PassageSource::Answer => answer.words.as_deref(),
        PassageSource::Note => answer.note.as_deref(),
    }
    .unwrap_or_default()
}

/// The words of a text: where each begins and ends, in characters.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    for (at, letter) in text.chars().enumerate() {
        match (letter.is_whitespace(), found.last_mut()) {
            (true, _) => inside = false,
            (false, Some(word)) if inside => word.end = at + 1,
            (false, _) => {
                found.push(at..at + 1);
                inside = true;
            }
        }
    }
    found
}

impl Chosen {
    /// The first word of an answer, or of the note where there is no answer in words; none where there is neither.
    pub fn of(answer: &ReviewLine) -> Option<Self> {
        let part = [PassageSource::Answer, PassageSource::Note]
            .into_iter()
            .find(|part| !words(text_of(answer, *part)).is_empty());
        part.map(|part| Self { part, at: 0, from: None })
    }

    /// The words of an answer at these characters; `None` if there is no answer in words.
    pub fn around(answer: &ReviewLine, letters: Range<usize>) -> Option<Self> {
        let all = words(answer.words.as_deref()?);
        let stands = |word: &Range<usize>| word.start < letters.end && letters.start < word.end;
        let first = all.iter().position(stands)?;
        let at = all.iter().rposition(stands)?;
        Some(Self { part: PassageSource::Answer, at, from: (first < at).then_some(first) })
    }

    /// Whether both the answer and the note have words.
    pub fn has_other(answer: &ReviewLine) -> bool {
        [PassageSource::Answer, PassageSource::Note]
            .into_iter()
            .all(|part| !words(text_of(answer, part)).is_empty())
    }

    /// Switches between answer and note.
    pub fn turn(&mut self) {
        let part =
            if self.part == PassageSource::Answer { PassageSource::Note } else { PassageSource::Answer };
        *self = Self { part, at: 0, from: None };
    }

    /// Moves by `by` words; `growing` extends the selection.
    pub fn step(&mut self, answer: &ReviewLine, by: isize, growing: bool) {
        let last = words(text_of(answer, self.part)).len().saturating_sub(1);
        if growing && self.from.is_none() {
            self.from = Some(self.at);
        }
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// By so many lines.
    pub fn line(&mut self, answer: &ReviewLine, by: isize) {
        self.step(answer, by * LINE, false);
    }

    /// Extends the selection from here on, or shrinks it to this word.
    pub fn grow(&mut self) {
        self.from = if self.from.is_some() { None } else { Some(self.at) };
    }

    fn ends(&self) -> (usize, usize) {
        let from = self.from.unwrap_or(self.at);
        (from.min(self.at), from.max(self.at))
    }

    /// The selected passage for a model; the selection shrinks to one word afterwards.
    pub fn take(&mut self, answer: &ReviewLine, model: RelationalModel) -> Option<Passage> {
        let text = text_of(answer, self.part);
        let all = words(text);
        let (first, last) = self.ends();
        let range = (all.get(first)?.start, all.get(last)?.end);
        self.from = None;
        Passage::of(&answer.item, self.part, text, range, model)
    }

    /// The latest passage that contains the current word.
    pub fn under<'a>(&self, answer: &ReviewLine, passages: &[&'a Passage]) -> Option<&'a Passage> {
        let word = words(text_of(answer, self.part)).get(self.at)?.clone();
        let here = |passage: &&&Passage| {
            passage.part == self.part && passage.start < word.end && word.start < passage.end
        };
        passages.iter().rev().find(here).copied()
    }

    /// Whether it is of the answer.
    pub fn is_of(&self, part: PassageSource) -> bool {
        self.part == part
    }

    /// Adds the text with the selection between `‹` and `›` and marked passages underlined; the focus is the line of the current
    /// word.
    pub fn draw(
        &self,
        answer: &ReviewLine,
        passages: &[&Passage],
        width: usize,
        look: &Look,
        page: &mut Page,
    ) {
        let text = text_of(answer, self.part);
        let letters: Vec<char> = text.chars().collect();
        let (first, last) = self.ends();
        let (indent, width) = (" ".repeat(INDENT), width.saturating_sub(INDENT));
        let mut row: Vec<Span<'static>> = vec![Span::raw(indent.clone())];
        let (mut column, mut end, mut focus) = (0, 0, page.rows.len());
        for (index, word) in words(text).into_iter().enumerate() {
            let written: String = letters[word.clone()].iter().collect();
            let open = if index == first { "‹" } else { "" };
            let close = if index == last { "›" } else { "" };
            let written = format!("{open}{written}{close}");
            let broken = letters[end..word.start].contains(&'\n');
            if column > 0 && (broken || column + 1 + written.width() > width) {
                page.push(PageRow::of(std::mem::replace(&mut row, vec![Span::raw(indent.clone())])));
                column = 0;
            }
            let chosen = (first..=last).contains(&index);
            let marked = passages.iter().any(|passage| {
                passage.part == self.part && passage.start < word.end && word.start < passage.end
            });
            let style = if chosen { look.styles.accent } else { look.styles.text };
            let style = if marked { underlined(style) } else { style };
            if column > 0 {
                row.push(Span::raw(" "));
                column += 1;
            }
            column += written.width();
            row.push(Span::styled(written, style));
            if index == self.at {
                focus = page.rows.len();
            }
            end = word.end;
        }
        page.push(PageRow::of(row));
        page.focus = Some(focus..focus + 1);
    }
}

fn underlined(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_where_letters_are() {
        assert_eq!(words("één  prijs,\nklant "), [0..3, 5..11, 12..17]);
        assert!(words(" \n").is_empty());
    }
}
