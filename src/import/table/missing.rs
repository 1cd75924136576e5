//! Which cells are missing: empty ones, and texts and numbers that `--missing` names. Owns which of them were found.

use super::{TableError, all_texts};
use crate::instrument::numeral::{Numeral, looks_missing, numeral};
use crate::texts::remarks::list;

/// Texts that mean "missing", besides the empty cell.
#[derive(Debug)]
pub struct MissingTexts {
    texts: Vec<String>,
    /// Those that are numbers: programs write -9 as -9.0.
    values: Vec<f64>,
    found: Vec<bool>,
}

impl MissingTexts {
    /// From the values of `--missing`.
    ///
    /// # Errors
    /// Quotes that do not close.
    pub fn new(typed: &[String]) -> Result<Self, TableError> {
        let texts = all_texts(typed)?;
        let sure = |text: &String| match numeral(text) {
            Some(read @ Numeral::Sure { value, .. }) if read.keeps(text) => Some(value),
            _ => None,
        };
        let values = texts.iter().filter_map(sure).collect();
        Ok(Self { values, found: vec![false; texts.len()], texts })
    }

    /// Whether a cell, without the spaces around it, is missing: empty, named, or a named number written otherwise.
    pub fn is(&mut self, cell: &str) -> bool {
        cell.is_empty() || self.names(cell)
    }

    /// A cell with the name of a group or a code, `None` if missing. A text that programs write for a missing value is only
    /// accepted as a name if it is one of `known`.
    ///
    /// # Errors
    /// A text that may mean a missing value.
    pub fn name<'cell>(&mut self, cell: &'cell str, known: &[String]) -> Result<Option<&'cell str>, String> {
        if self.is(cell) {
            return Ok(None);
        }
        match looks_missing(cell) && !known.iter().any(|name| name == cell) {
            true => Err(format!("`{cell}` is what programs write for a missing value")),
            false => Ok(Some(cell)),
        }
    }

    /// Whether it was named, the empty cell, too.
    pub fn names(&mut self, cell: &str) -> bool {
        if self.is_text(cell) {
            return true;
        }
        if self.values.is_empty() {
            return false;
        }
        match numeral(cell) {
            Some(Numeral::Sure { value, .. }) => self.is_value(value),
            _ => false,
        }
    }

    /// Whether it was named, without counting it as found.
    pub(super) fn means(&self, cell: &str) -> bool {
        let value = match numeral(cell) {
            Some(Numeral::Sure { value, .. }) => Some(value),
            _ => None,
        };
        self.texts.iter().any(|text| text == cell) || value.is_some_and(|value| self.holds(value))
    }

    pub(super) fn is_text(&mut self, cell: &str) -> bool {
        let named = self.texts.iter().position(|text| text == cell);
        named.and_then(|at| self.found.get_mut(at)).into_iter().for_each(|found| *found = true);
        named.is_some()
    }

    /// As [`MissingTexts::is`], where that would change nothing; none where it would.
    pub(super) fn knows(&self, cell: &str) -> Option<bool> {
        match self.texts.iter().position(|text| text == cell) {
            Some(at) => self.found.get(at).copied().filter(|found| *found),
            None => Some(cell.is_empty()),
        }
    }

    /// Whether a number was named, without counting it as found.
    pub(super) fn holds(&self, value: f64) -> bool {
        self.values.contains(&value)
    }

    pub(super) fn is_value(&mut self, value: f64) -> bool {
        let named = self.holds(value);
        if named {
            let same = |text: &String| matches!(numeral(text), Some(Numeral::Sure { value: own, .. }) if own == value);
            let pairs = self.texts.iter().zip(&mut self.found);
            pairs.filter(|(text, _)| same(text)).for_each(|(_, found)| *found = true);
        }
        named
    }

    /// Named texts that no cell contains: a typing error would leave the intended cells in as numbers or names.
    pub fn idle(&self) -> Option<String> {
        let idle = self.texts.iter().zip(&self.found).filter(|(text, found)| !**found && !text.is_empty());
        let idle: Vec<String> = idle.map(|(text, _)| text.clone()).collect();
        (!idle.is_empty()).then(|| format!("no cell that was read holds {} of --missing", list(&idle)))
    }
}
