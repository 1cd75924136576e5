//! Patterns of texts, as XLSForm's `regex` has them: a text fits when all of it is the pattern. Owns which patterns are
//! taken; matching takes time that grows with the text alone, whatever the pattern.

use std::fmt;

use regex_lite::{Regex, RegexBuilder};

/// A pattern that was read.
#[derive(Clone)]
pub(super) struct Pattern {
    source: String,
    whole: Regex,
}

/// A pattern is built into at most so many bytes.
const LARGEST: usize = 1 << 18;
/// The longest pattern, in bytes.
const LONGEST: usize = 1_000;

impl Pattern {
    /// Reads a pattern, or says in a few words why it cannot be read.
    pub(super) fn read(source: &str) -> Result<Self, String> {
        if source.len() > LONGEST {
            return Err(format!("a pattern has at most {LONGEST} characters"));
        }
        // By itself first, so that a bracket of ours never closes one of the pattern's.
        let build = |text: &str| {
            let built = RegexBuilder::new(text).size_limit(LARGEST).nest_limit(50).build();
            built.map_err(|why| why.to_string().replace('\n', " "))
        };
        build(source)?;
        let whole = build(&format!("^(?:{source})$"))?;
        Ok(Self { source: source.to_owned(), whole })
    }

    /// As it was written.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Whether `text` is all of it.
    pub(super) fn fits(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}
