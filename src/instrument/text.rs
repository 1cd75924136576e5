//! Texts that a person reads: one template for each language, with `{name}` pipes. Owns their syntax; refuses to know
//! what a name stands for: whoever shows a text looks the names up.

use std::ops::Range;

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

    /// The text with every name replaced by what `lookup` gives; a name without a value becomes an ellipsis.
    pub fn fill(&self, lookup: &dyn Fn(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        let mut piped = false;
        for piece in &self.pieces {
            match piece {
                // What was piped in brings the full stop of an abbreviation along, and a sentence ends with one.
                Piece::Literal(text) if piped && filled.ends_with('.') && !text.starts_with("..") => {
                    filled.push_str(text.strip_prefix('.').unwrap_or(text));
                }
                Piece::Literal(text) => filled.push_str(text),
                Piece::Pipe(name, _) => filled.push_str(&lookup(name).unwrap_or_else(|| "…".into())),
            }
            piped = matches!(piece, Piece::Pipe(..));
        }
        filled
    }
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

    /// What relata says of itself, in every language that it speaks; it holds no pipes.
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
