//! A key word in context, line by line. Owns how places are written and to which one a coder goes; refuses to mark anything.

use std::io::{BufRead, Write};

use super::{Plain, PlainError};
use crate::coding::keyword::in_context;
use crate::interview::ReviewLine;
use crate::text;

/// Characters on each side of a word: a line of a terminal holds both and the word.
const AROUND: usize = 28;

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// Writes every place of `word` and gives the answer or the turn to go to: the next one after `at` that holds it, else the first.
    pub(super) fn places(
        &mut self,
        lines: &[ReviewLine],
        word: &str,
        at: usize,
    ) -> Result<usize, PlainError> {
        let texts = lines.iter().map(|line| line.words.as_deref().unwrap_or(&line.answer));
        let hits = in_context(texts, word, AROUND);
        let places = hits.len();
        writeln!(self.out, "{}", text!(&self.language, "plain-coding-find", places, word))?;
        let mut before = None;
        for hit in &hits {
            if before != Some(hit.text) {
                let who = lines.get(hit.text).map_or("", |line| line.question.as_str());
                writeln!(self.out, "  {}", who.replace('\n', " "))?;
                before = Some(hit.text);
            }
            writeln!(self.out, "    {}[{}]{}", hit.before, hit.word, hit.after)?;
        }
        let next = hits.iter().find(|hit| hit.text > at).or(hits.first());
        Ok(next.map_or(at, |hit| hit.text))
    }
}
