//! Keyword in context, line by line. Owns how occurrences are written and which one a coder goes to; marking happens elsewhere.

use std::io::{BufRead, Write};

use super::{Plain, PlainError};
use crate::coding::keyword::in_context;
use crate::interview::ReviewLine;
use crate::text;

/// Characters on each side of a word, so that a terminal line holds all three parts.
const AROUND: usize = 28;

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// Writes every occurrence of `word` and returns the answer or turn to go to: the next one after `at` that has it, else the
    /// first.
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
