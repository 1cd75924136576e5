//! Texts for people: one template for each language, with `{name}` pipes. Owns their syntax; refuses to know what a name refers
//! to, because the caller that shows a text looks the names up.

use std::ops::Range;

use crate::texts;
pub use crate::texts::Language;

/// A text with pipes, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// A name and its place in the text.
    Pipe(String, Range<usize>),
}

/// What is wrong with a template, and where in it (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Place in the text.
    pub span: Range<usize>,
    /// One sentence.
    pub message: String,
}

impl Template {
    /// Reads `text`; `{{` and `}}` stand for the braces themselves.
    pub fn parse(text: &str) -> Result<Self, TemplateFault> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let offset = text.len() - rest.len() + at;
            literal.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            let tail = &rest[at + 1..];
            if let Some(doubled) = tail.strip_prefix(brace) {
                literal.push_str(brace);
                rest = doubled;
                continue;
            }
            let end = tail.find(['{', '}']).filter(|end| tail[*end..].starts_with('}'));
            let close = if brace == "{" { end } else { None };
            let Some(close) = close else {
                let message = if brace == "{" {
                    "this `{` is never closed; write `{{` for a brace itself"
                } else {
                    "this `}` closes nothing; write `}}` for a brace itself"
                };
                return Err(TemplateFault { span: offset..offset + 1, message: message.into() });
            };
            let name = tail[..close].trim();
            let span = offset..offset + close + 2;
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c)) {
                return Err(TemplateFault {
                    span,
                    message: format!("`{{{name}}}` is not a name; write `{{{{` for a brace itself"),
                });
            }
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Pipe(name.to_owned(), span));
            rest = &tail[close + 1..];
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Self { pieces })
    }

    /// The names that the text pipes in, with their places in it.
    pub fn pipes(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(_) => None,
            Piece::Pipe(name, span) => Some((name.as_str(), span.clone())),
        })
    }

    /// The text without the parts that pipe in a `missing` name: a bracketed clause is dropped by itself, anything else with
    /// its whole sentence. Only the text's own punctuation counts, never that of an answer.
    pub fn without(&self, missing: &dyn Fn(&str) -> bool) -> Self {
        let lacks =
            |part: &[Piece]| part.iter().any(|piece| matches!(piece, Piece::Pipe(name, _) if missing(name)));
        let in_brackets =
            |part: &[Piece]| matches!(part.first(), Some(Piece::Literal(text)) if text.starts_with(" ("));
        let mut kept = self.parted(ends_of_brackets);
        kept.retain(|part| !(in_brackets(part) && lacks(part)));
        let mut kept = Self { pieces: kept.concat() }.joined().parted(ends_of_sentences);
        kept.retain(|part| !lacks(part));
        let mut left = Self { pieces: kept.concat() }.joined();
        if let Some(Piece::Literal(text)) = left.pieces.last_mut() {
            text.truncate(text.trim_end().len());
        }
        left
    }

    /// The pieces in parts, cut behind each place that `ends` finds in a literal.
    fn parted(&self, ends: fn(&str) -> Vec<usize>) -> Vec<Vec<Piece>> {
        let mut parts = vec![Vec::new()];
        for piece in &self.pieces {
            let Piece::Literal(text) = piece else {
                parts.last_mut().into_iter().for_each(|part| part.push(piece.clone()));
                continue;
            };
            let mut from = 0;
            for end in ends(text) {
                parts
                    .last_mut()
                    .into_iter()
                    .for_each(|part| part.push(Piece::Literal(text[from..end].to_owned())));
                parts.push(Vec::new());
                from = end;
            }
            parts.last_mut().into_iter().for_each(|part| part.push(Piece::Literal(text[from..].to_owned())));
        }
        parts.iter_mut().for_each(|part| part.retain(|piece| *piece != Piece::Literal(String::new())));
        parts
    }

    /// Merges adjacent literals.
    fn joined(self) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        for piece in self.pieces {
            match (pieces.last_mut(), piece) {
                (Some(Piece::Literal(before)), Piece::Literal(text)) => before.push_str(&text),
                (_, piece) => pieces.push(piece),
            }
        }
        Self { pieces }
    }

    /// The text with every name replaced by what `lookup` gives; a name without a value becomes an ellipsis.
    pub fn fill(&self, lookup: &dyn Fn(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        let mut piped = false;
        for piece in &self.pieces {
            match piece {
                // An abbreviation that was piped in ends with a full stop, so a sentence ending there needs no second one.
                Piece::Literal(text) if piped && filled.ends_with('.') && !text.starts_with("..") => {
                    filled.push_str(text.strip_prefix('.').unwrap_or(text));
                }
                Piece::Literal(text) => filled.push_str(text),
                Piece::Pipe(name, _) => {
                    let said = lookup(name).unwrap_or_else(|| "…".into());
                    filled.push_str(&texts::marked(&said).unwrap_or(said));
                }
            }
            piped = matches!(piece, Piece::Pipe(..));
        }
        texts::nested(filled.into())
    }
}

/// Where a clause in brackets begins, and where one ends.
fn ends_of_brackets(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = text.match_indices(" (").map(|(at, _)| at).collect();
    ends.extend(text.match_indices(')').map(|(at, _)| at + 1));
    ends.sort_unstable();
    ends
}

/// Where the next sentence begins: after its mark, a closing quotation and spaces. A lower-case letter means that the mark
/// ended an abbreviation.
fn ends_of_sentences(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let behind = text[at + mark.len()..].trim_start_matches(['”', '’', '"', ')']);
        let next = behind.trim_start();
        if next.len() < behind.len() && next.chars().next().is_none_or(|first| !first.is_lowercase()) {
            ends.push(text.len() - next.len());
        }
    }
    ends
}

/// A text in all languages of its instrument.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// In the order of the file; a text without a language stands under every language.
    by_language: Vec<(Option<Language>, Template)>,
}

impl Text {
    /// A text that is the same in every language.
    pub fn plain(template: Template) -> Self {
        Self { by_language: vec![(None, template)] }
    }

    /// A text with one template a language.
    pub fn by_language(templates: Vec<(Language, Template)>) -> Self {
        Self { by_language: templates.into_iter().map(|(l, t)| (Some(l), t)).collect() }
    }

    /// A text of relata's own, in every language that it supports; it holds no pipes.
    pub fn said(say: impl Fn(&Language) -> String) -> Self {
        let template = |language: &Language| Template::parse(&say(language)).unwrap_or_default();
        Self::by_language(Language::all().map(|language| (language.clone(), template(&language))).collect())
    }

    /// The names that it pipes in, in any language.
    pub fn piped(&self) -> impl Iterator<Item = &str> {
        self.by_language.iter().flat_map(|(_, template)| template.pipes().map(|(name, _)| name))
    }

    /// The template for `language`, else the first one there is.
    pub fn in_language(&self, language: &Language) -> Option<&Template> {
        self.by_language
            .iter()
            .find(|(tag, _)| tag.as_ref().is_none_or(|tag| tag == language))
            .or(self.by_language.first())
            .map(|(_, template)| template)
    }

    /// Every template.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        self.by_language.iter().map(|(_, template)| template)
    }

    /// The text in `language` with its pipes shown as they are written.
    pub fn raw(&self, language: &Language) -> String {
        self.in_language(language).map(|t| t.fill(&|name| Some(format!("{{{name}}}")))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_are_filled_and_doubled_braces_stay() {
        let template = Template::parse("{{x}} {organisation} and {nps}").unwrap();
        let names: Vec<&str> = template.pipes().map(|(name, _)| name).collect();
        assert_eq!(names, ["organisation", "nps"]);
        let filled = template.fill(&|name| (name == "nps").then(|| "9".into()));
        assert_eq!(filled, "{x} … and 9");
    }

    #[test]
    fn what_was_not_answered_takes_its_sentence_along() {
        let left = |text: &str| {
            let answered = |name: &str| (name != "no").then(|| "Yes. No (1)".to_owned());
            Template::parse(text).unwrap().without(&|name| name == "no").fill(&answered)
        };
        assert_eq!(left("Call.\n\nRests on: one {yes}, two {no}; three {yes}."), "Call.");
        assert_eq!(
            left("Anger {no}, of 4. Call “now!” Then {yes}. End"),
            "Call “now!” Then Yes. No (1). End"
        );
        assert_eq!(
            left("It is good ({no} of 7), yet low (see {yes}). Ask."),
            "It is good, yet low (see Yes. No (1)). Ask."
        );
        assert_eq!(
            left("All e.g. {yes} (x). Then, e.g. here, {no}. Last."),
            "All e.g. Yes. No (1) (x). Last."
        );
        assert_eq!(left("Only {no}."), "");
        let whole = "A {yes} (b). C? “D.”\n\nE {{f}}.";
        assert_eq!(left(whole), Template::parse(whole).unwrap().fill(&|_| Some("Yes. No (1)".into())));
    }

    #[test]
    fn an_abbreviation_at_the_end_of_a_sentence_has_one_full_stop() {
        let said = |text: &str, name: &str| Template::parse(text).unwrap().fill(&|_| Some(name.into()));
        assert_eq!(said("This is about {x}. Is it?", "Acme B.V."), "This is about Acme B.V. Is it?");
        assert_eq!(said("{x}", "Acme B.V."), "Acme B.V.");
        assert_eq!(said("Is it {x}? {x}, then.", "Acme B.V."), "Is it Acme B.V.? Acme B.V., then.");
        assert_eq!(said("{x}.", "Acme"), "Acme.");
        assert_eq!(said("{x}...", "Acme B.V."), "Acme B.V....");
    }

    #[test]
    fn faults_name_their_place() {
        assert_eq!(Template::parse("één {naam").unwrap_err().span, 6..7);
        assert_eq!(Template::parse("a } b").unwrap_err().span, 2..3);
        assert_eq!(Template::parse("a {b c} d").unwrap_err().span, 2..7);
    }

    #[test]
    fn an_unknown_language_falls_back_to_the_first() {
        let text = Text::by_language(vec![
            (Language::new("en"), Template::parse("yes").unwrap()),
            (Language::new("nl"), Template::parse("ja").unwrap()),
        ]);
        assert_eq!(text.raw(&Language::new("NL")), "ja");
        assert_eq!(text.raw(&Language::new("fr")), "yes");
    }
}
