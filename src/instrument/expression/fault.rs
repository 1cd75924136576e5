//! What is wrong with an expression, and the helpers that word it. It decides no fault itself.

use std::ops::Range;

/// One thing that is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionFault {
    /// A stable identifier in kebab case, starting with `expr.`.
    pub code: &'static str,
    /// Where, in bytes within the text of the expression, on character boundaries.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
}

impl ExpressionFault {
    pub(super) fn new(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The longest piece of an expression that a message repeats, in characters.
const EXCERPT: usize = 40;

/// The text at `span` for use in a message: shortened, and without control characters, which would otherwise reach a
/// terminal through the message.
pub(super) fn excerpt(text: &str, span: &Range<usize>) -> String {
    let mut rest = text.get(span.clone()).unwrap_or_default().chars();
    let mut shown: String =
        rest.by_ref().take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if rest.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Whether [`excerpt`] shows the text at `span` as it is, so that a help may quote it as something to write.
pub(super) fn is_short(text: &str, span: &Range<usize>) -> bool {
    let mut rest = text.get(span.clone()).unwrap_or_default().chars();
    rest.by_ref().take(EXCERPT).all(|c| !c.is_control()) && rest.next().is_none()
}

/// The known word most like `word`, if one is near enough to be meant: at most one slip in every three characters.
///
/// Words that differ in case only are always near. Among equally near words the first in the alphabet is taken, so
/// that the message does not depend on the order in which names are known.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Beyond this no name is meant, and the cost of a comparison grows with the length.
    const LONGEST: usize = 80;
    let length = word.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    known
        .into_iter()
        .filter_map(|candidate| {
            let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
            let shorter = length.min(candidate.chars().count());
            let near = distance == 0 || distance <= (shorter / 3).max(1) && distance < shorter;
            near.then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Options as they are written, the first eight of them: `'price', 'speed'`.
pub(super) fn quoted(options: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut list: Vec<String> = options.iter().take(SHOWN).map(|option| format!("'{option}'")).collect();
    if options.len() > SHOWN {
        list.push("…".to_owned());
    }
    list.join(", ")
}
