//! The texts of relata itself: one file a language in `texts/`, in the format of Project Fluent. Owns the languages with their signs for
//! numbers. The texts of instruments are in their own files.
//!
//! Rooms name a message and its variables with [`text!`](crate::text). `tests/texts.rs` reads every such call and checks that each language
//! has the message, with the same variables and all its plural forms, and that no message is left over.

mod numbers;
mod quotes;
pub mod remarks;

pub use numbers::{
    decimal, decimal_sign, decimals_of_ends, ends, number, on_scale, p_value, point_from, signed, whole,
};
pub use quotes::quoted;
pub(crate) use quotes::{marked, nested};

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

/// The languages, the fallback first. To add one, write its file and name it here.
static LANGUAGES: [Catalogue; 2] =
    [Catalogue::new("en", include_str!("texts/en.ftl")), Catalogue::new("nl", include_str!("texts/nl.ftl"))];

/// A language tag such as `en` or `nl`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// The tag, lower-cased.
    pub fn new(tag: &str) -> Self {
        Self(tag.to_lowercase())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every language that relata speaks.
    pub fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(|catalogue| Self(catalogue.tag.to_owned()))
    }

    /// The default language.
    pub fn fallback() -> Self {
        Self(LANGUAGES[0].tag.to_owned())
    }

    /// The language with this tag, or else the fallback.
    pub fn or_fallback(tag: Option<&str>) -> Self {
        tag.map_or_else(Self::fallback, Self::new)
    }

    /// Whether relata speaks it: an instrument may speak others.
    pub fn is_spoken(&self) -> bool {
        LANGUAGES.iter().any(|catalogue| catalogue.tag == self.0)
    }

    /// The language after this one, to change from one to the next by a key.
    pub fn next(&self) -> Self {
        let at = LANGUAGES.iter().position(|catalogue| catalogue.tag == self.0);
        // One that relata does not speak is shown in the first.
        let next = (at.unwrap_or(0) + 1) % LANGUAGES.len();
        Self(LANGUAGES[next].tag.to_owned())
    }

    /// The language's own name for itself, or its tag where relata does not speak it.
    pub fn own_name(&self) -> String {
        match self.is_spoken() {
            true => crate::text!(self, "language-own-name"),
            false => self.0.clone(),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The messages of one language, parsed when something is first said in it.
struct Catalogue {
    tag: &'static str,
    file: &'static str,
    parsed: OnceLock<FluentBundle<FluentResource>>,
}

impl Catalogue {
    const fn new(tag: &'static str, file: &'static str) -> Self {
        Self { tag, file, parsed: OnceLock::new() }
    }

    /// The messages of `language`, or English ones.
    fn of(language: &Language) -> &'static Self {
        LANGUAGES.iter().find(|catalogue| catalogue.tag == language.0).unwrap_or(&LANGUAGES[0])
    }

    fn messages(&self) -> &FluentBundle<FluentResource> {
        self.parsed.get_or_init(|| {
            let mut messages = FluentBundle::new_concurrent(self.tag.parse().into_iter().collect());
            // Direction marks around variables would take up cells of a terminal.
            messages.set_use_isolating(false);
            messages.set_formatter(Some(|value, _| match value {
                FluentValue::String(text) => marked(text),
                _ => None,
            }));
            // Reads what it can of a file with errors; a test checks that there are none.
            let file = FluentResource::try_new(self.file.to_owned()).unwrap_or_else(|(rest, _)| rest);
            messages.add_resource_overriding(file);
            messages
        })
    }

    fn write(&self, key: &str, values: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.messages().get_message(key)?.value()?;
        let mut missing = Vec::new();
        let mut text = String::new();
        // Not `format_pattern`, which would mark a text without variables as filled in.
        self.messages().write_pattern(&mut text, pattern, Some(values), &mut missing).ok()?;
        debug_assert!(missing.is_empty(), "`{key}`: {missing:?}");
        Some(nested(text.into()))
    }
}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq)]
pub enum ArgumentValue<'a> {
    /// A whole number, which may choose among plural forms.
    Number(f64),
    /// Anything else, as it is.
    Text(Cow<'a, str>),
}

/// What can be the value of a variable. Numbers with decimals cannot: their sign is the language's, see [`decimal`].
pub trait Argument {
    /// The value.
    fn said(&self) -> ArgumentValue<'_>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn said(&self) -> ArgumentValue<'_> {
        (**self).said()
    }
}

macro_rules! said {
    ($($text:ty),*; $($number:ty),*) => {
        $(impl Argument for $text {
            fn said(&self) -> ArgumentValue<'_> {
                ArgumentValue::Text(Cow::Borrowed(self))
            }
        })*
        $(impl Argument for $number {
            fn said(&self) -> ArgumentValue<'_> {
                ArgumentValue::Number(*self as f64)
            }
        })*
    };
}

/// A day of ISO 8601, as it is typed.
impl Argument for jiff::civil::Date {
    fn said(&self) -> ArgumentValue<'_> {
        ArgumentValue::Text(self.to_string().into())
    }
}

said!(str, String, Cow<'_, str>; u8, u16, u32, u64, usize, i32, i64);

/// The message called `key` in `language`; English where the language has none, and the key where there is none at all.
/// Called through [`text!`](crate::text), so that the test of all messages sees it.
pub fn say(language: &Language, key: &str, values: &[(&'static str, ArgumentValue<'_>)]) -> String {
    let arguments: FluentArgs<'_> = values
        .iter()
        .map(|(name, value)| match value {
            ArgumentValue::Number(number) => (*name, FluentValue::from(*number)),
            ArgumentValue::Text(text) => (*name, FluentValue::from(text.as_ref())),
        })
        .collect();
    let said = |catalogue: &Catalogue| catalogue.write(key, &arguments);
    said(Catalogue::of(language)).or_else(|| said(&LANGUAGES[0])).unwrap_or_else(|| key.to_owned())
}

/// A message of the catalogue: `text!(language, "key")`, or with variables: `text!(language, "key", n, name = who)`.
/// A number chooses plural forms; texts that address the reader take `address`.
#[macro_export]
macro_rules! text {
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
    ($language:expr, $key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::texts::say(
            $language,
            $key,
            &[$((stringify!($name), $crate::texts::Argument::said(&$crate::text!(@ $name $($value)?)))),*],
        )
    };
}

/// UTC, to the second.
pub fn timestamp(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// Keeps a per cent sign on the line of its number, and codes and days whole, which have a hyphen beside a digit; [`broken`] undoes it
/// after wrapping.
pub fn unbroken(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        let is_inside = before.is_alphanumeric() && after.is_alphanumeric();
        match letter {
            ' ' if after == '%' => whole.push(UNBROKEN_SPACE),
            '-' if is_inside && (before.is_ascii_digit() || after.is_ascii_digit()) => {
                whole.extend([JOINER, '-', JOINER]);
            }
            letter => whole.push(letter),
        }
        before = letter;
    }
    whole
}

/// See [`unbroken`].
pub fn broken(text: &str) -> String {
    text.replace(&format!("{UNBROKEN_SPACE}%"), " %").replace(JOINER, "")
}

const UNBROKEN_SPACE: char = '\u{a0}';
/// Has no width, and no line breaks beside it.
const JOINER: char = '\u{2060}';

/// With a capital at the beginning.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// With a small letter at the beginning.
pub fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// “a, b and c”.
pub fn listed<T: AsRef<str>>(names: &[T], language: &Language) -> String {
    listed_by(names, &crate::text!(language, "report-said-and"))
}

/// “a, b or c”, with this word before the last.
pub fn listed_by<T: AsRef<str>>(names: &[T], word: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} {word} {last}", before.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_has_a_word_before_it() {
        let [english, dutch] = ["en", "nl"].map(Language::new);
        assert_eq!(listed::<&str>(&[], &english), "");
        assert_eq!(listed(&["a"], &english), "a");
        assert_eq!(listed(&["a", "b", "c"], &english), "a, b and c");
        assert_eq!(listed(&["a", "b"], &dutch), "a en b");
        assert_eq!((uncapital("Te veel"), uncapital("")), ("te veel".to_owned(), String::new()));
    }

    #[test]
    fn a_language_that_relata_does_not_speak_is_told_in_english() {
        let welsh = Language::new("cy");
        assert_eq!((decimal(-1.25, 1, &welsh), welsh.own_name()), ("−1.2".to_owned(), "cy".to_owned()));
        assert_eq!(say(&welsh, "language-own-name", &[]), "English");
        // What is seen is the first, so that the next is another.
        assert_eq!(welsh.next(), Language::fallback().next());
    }

    #[test]
    fn changing_the_language_comes_past_every_one() {
        let mut language = Language::fallback();
        for expected in Language::all() {
            assert_eq!(language, expected);
            language = language.next();
        }
        assert_eq!(language, Language::fallback());
    }
}
