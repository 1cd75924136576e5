//! Reads one TOML table key by key and reports faults with their places. Owns types, missing keys and unknown keys; refuses to
//! know what a key means.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::{Fault, Severity, did_you_mean};
use super::text::{Language, Template, Text};

/// A value with its place in the assembled text.
pub(crate) type Placed<'a> = &'a Spanned<DeValue<'a>>;

/// Collected while reading: faults, and what texts are checked against.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub faults: Vec<Fault>,
    /// Languages that every text needs.
    pub languages: Vec<Language>,
    /// Every `{name}` met so far: checked once all names are known.
    pub pipes: Vec<Pipe>,
    /// Items before this one may be piped into the current text, because they are asked earlier.
    pub asked_before: Option<usize>,
    /// Names whose definition exists but could not be read; using them is not reported as a second fault.
    pub broken: BTreeSet<String>,
    /// Whether an included file is missing: then any name may be defined there.
    pub incomplete: bool,
}

/// A `{name}` in a text.
#[derive(Debug)]
pub(crate) struct Pipe {
    pub name: String,
    pub span: Range<usize>,
    /// See [`Findings::asked_before`].
    pub asked_before: Option<usize>,
}

impl Findings {
    pub fn error(&mut self, code: &'static str, span: Range<usize>, message: impl Into<String>) {
        self.faults.push(Fault::error(code, span, message));
    }

    pub fn push(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Whether everything could be read so far.
    pub fn is_whole(&self) -> bool {
        !self.incomplete && self.faults.iter().all(|fault| fault.severity != Severity::Error)
    }

    /// Whether `name` (or, of `item.part`, the item) may be defined in a part that could not be read.
    pub fn excuses(&self, name: &str) -> bool {
        let stem = name.strip_prefix("scale.").unwrap_or(name).split('.').next().unwrap_or_default();
        self.incomplete || self.broken.contains(stem)
    }
}

/// A table whose keys are asked for by name; [`TomlTable::finish`] reports the others.
pub(crate) struct TomlTable<'a> {
    source: &'a str,
    entries: &'a DeTable<'a>,
    /// What the table is, for messages: "item `nps`".
    what: String,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> TomlTable<'a> {
    pub fn root(source: &'a str, entries: &'a DeTable<'a>) -> Self {
        // A key missing at the top level is reported at the first entry.
        let first = entries.iter().map(|(key, _)| key.span()).min_by_key(|span| span.start).unwrap_or(0..0);
        Self { source, entries, what: "the instrument".into(), span: first, asked: RefCell::default() }
    }

    /// The table in `value`, or a fault.
    pub fn of(source: &'a str, value: Placed<'a>, what: &str, out: &mut Findings) -> Option<Self> {
        let Some(entries) = value.get_ref().as_table() else {
            wrong_type(value, what, "a table", out);
            return None;
        };
        Some(Self { source, entries, what: what.into(), span: value.span(), asked: RefCell::default() })
    }

    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The place of the value under `key`, or of the table where there is none.
    pub fn place(&self, key: &str) -> Range<usize> {
        self.entries.get(key).map_or_else(|| self.span(), Spanned::span)
    }

    pub fn name_it(&mut self, what: String) {
        self.what = what;
    }

    /// The value under `key`, which from then on counts as known.
    pub fn get(&self, key: &'static str) -> Option<Placed<'a>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key)
    }

    fn require(&self, key: &'static str, out: &mut Findings) -> Option<Placed<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let message = format!("{} has no `{key}`", self.what);
            out.push(
                Fault::error("key.missing", self.span(), message).help(format!("add a line `{key} = …`")),
            );
        }
        value
    }

    pub fn string(&self, key: &'static str, out: &mut Findings) -> Option<(&'a str, Range<usize>)> {
        as_string(self.get(key)?, &format!("`{key}`"), out)
    }

    pub fn require_string(&self, key: &'static str, out: &mut Findings) -> Option<(&'a str, Range<usize>)> {
        as_string(self.require(key, out)?, &format!("`{key}`"), out)
    }

    pub fn bool(&self, key: &'static str, default: bool, out: &mut Findings) -> bool {
        let Some(value) = self.get(key) else { return default };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_type(value, &format!("`{key}`"), "true or false", out);
            default
        })
    }

    pub fn integer(&self, key: &'static str, out: &mut Findings) -> Option<i64> {
        let value = self.get(key)?;
        let number = as_number(value).filter(|n| n.fract() == 0.0 && n.abs() < 9e15);
        if number.is_none() {
            wrong_type(value, &format!("`{key}`"), "a whole number", out);
        }
        number.map(|n| n as i64)
    }

    pub fn number(&self, key: &'static str, out: &mut Findings) -> Option<f64> {
        let value = self.get(key)?;
        let number = as_number(value);
        if number.is_none() {
            wrong_type(value, &format!("`{key}`"), "a number", out);
        }
        number
    }

    pub fn text(&self, key: &'static str, out: &mut Findings) -> Option<Text> {
        let value = self.get(key)?;
        read_text(self.source, value, &format!("`{key}`"), out)
    }

    pub fn require_text(&self, key: &'static str, out: &mut Findings) -> Text {
        self.require(key, out)
            .and_then(|value| read_text(self.source, value, &format!("`{key}`"), out))
            .unwrap_or_default()
    }

    /// A list under `key`; one value alone counts as a list of one.
    pub fn list(&self, key: &'static str) -> Vec<Placed<'a>> {
        match self.get(key) {
            None => Vec::new(),
            Some(value) => match value.get_ref().as_array() {
                Some(array) => array.iter().collect(),
                None => vec![value],
            },
        }
    }

    /// The tables of an array of tables.
    pub fn tables(&self, key: &'static str, what: &str, out: &mut Findings) -> Vec<TomlTable<'a>> {
        self.list(key).into_iter().filter_map(|value| TomlTable::of(self.source, value, what, out)).collect()
    }

    /// All entries in the order of the file, for tables whose keys are names.
    pub fn named(&self) -> Vec<(&'a str, Range<usize>, Placed<'a>)> {
        let mut all: Vec<_> =
            self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
        all.sort_by_key(|(_, span, _)| span.start);
        all
    }

    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Reports every key that was not asked for.
    pub fn finish(self, out: &mut Findings) {
        let asked = self.asked.into_inner();
        for (key, _) in self.entries {
            if !asked.contains(&key.get_ref().as_ref()) {
                let message = format!("{} has no key `{}`", self.what, key.get_ref());
                let mut known: Vec<&str> = asked.clone();
                known.sort_unstable();
                known.dedup();
                let help = did_you_mean(key.get_ref(), known.iter().copied())
                    .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
                out.push(Fault::error("key.unknown", key.span(), message).help(help));
            }
        }
    }
}

pub(crate) fn wrong_type(value: Placed, what: &str, wanted: &str, out: &mut Findings) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    out.error("value.type", value.span(), format!("{what} should be {wanted}, and this is {found}"));
}

pub(crate) fn as_string<'a>(
    value: Placed<'a>,
    what: &str,
    out: &mut Findings,
) -> Option<(&'a str, Range<usize>)> {
    let text = value.get_ref().as_str();
    if text.is_none() {
        wrong_type(value, what, "a text in quotes", out);
    }
    text.map(|text| (text, value.span()))
}

fn as_number(value: Placed) -> Option<f64> {
    if let Some(integer) = value.get_ref().as_integer() {
        return i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64);
    }
    let number: f64 = value.get_ref().as_float()?.as_str().parse().ok()?;
    number.is_finite().then_some(number)
}

/// Where the characters of a quoted text start, if they stand in the file just as they read; otherwise a fault inside
/// the text can only point at the whole of it.
pub(crate) fn content_start(source: &str, value: &str, span: &Range<usize>) -> Option<usize> {
    let quoted = source.get(span.clone())?;
    let at = quoted.find(value)?;
    // Three quotation marks and a line break are the most that stand before it; an empty text has no characters to show.
    (at <= 5 && !value.is_empty()).then_some(span.start + at)
}

/// A text in one language.
pub(crate) fn read_template(source: &str, text: &str, span: Range<usize>, out: &mut Findings) -> Template {
    // Once for the whole text: finding it costs as much as it is long, and it may have as many pipes as words.
    let start = content_start(source, text, &span);
    let place = |inner: Range<usize>| match start {
        Some(start) => start + inner.start..start + inner.end,
        None => span.clone(),
    };
    match Template::parse(text) {
        Ok(template) => {
            let asked_before = out.asked_before;
            let pipe =
                |(name, inner): (&str, _)| Pipe { name: name.to_owned(), span: place(inner), asked_before };
            out.pipes.extend(template.pipes().map(pipe));
            template
        }
        Err(fault) => {
            out.error("text.pipe", place(fault.span), fault.message);
            Template::default()
        }
    }
}

/// A text: one string, or a table by language that has every language of the instrument.
pub(crate) fn read_text(source: &str, value: Placed, what: &str, out: &mut Findings) -> Option<Text> {
    if let Some(text) = value.get_ref().as_str() {
        if out.languages.len() > 1 && text.chars().any(char::is_alphabetic) {
            let tags: Vec<_> = out.languages.iter().map(|l| format!("{l} = \"…\"")).collect();
            let fault = Fault::warning(
                "text.untranslated",
                value.span(),
                format!("{what} has one text for all {} languages", out.languages.len()),
            );
            out.push(fault.help(format!("write {{ {} }}", tags.join(", "))));
        }
        if text.trim().is_empty() {
            out.error("text.empty", value.span(), format!("{what} is an empty text"));
        }
        return Some(Text::plain(read_template(source, text, value.span(), out)));
    }
    let Some(table) = value.get_ref().as_table() else {
        wrong_type(value, what, "a text, or a table of texts by language", out);
        return None;
    };
    let mut templates = Vec::new();
    let mut unread = false;
    for (key, value) in table {
        let language = Language::new(key.get_ref());
        if !out.languages.is_empty() && !out.languages.contains(&language) {
            let known = out.languages.clone();
            let fault = Fault::error(
                "text.unknown-language",
                key.span(),
                format!("`{}` is not among the languages of this instrument", key.get_ref()),
            );
            let help = did_you_mean(language.as_str(), known.iter().map(Language::as_str))
                .unwrap_or_else(|| "add it to `languages` at the top, or take it out here".into());
            out.push(fault.help(help));
            // A misspelt tag leaves the intended language without a text, which is not reported as well.
            unread = true;
            continue;
        }
        let Some((text, span)) = as_string(value, what, out) else {
            unread = true;
            continue;
        };
        if text.trim().is_empty() {
            out.error("text.empty", span.clone(), format!("{what} has an empty text in `{language}`"));
        }
        templates.push((language, read_template(source, text, span, out)));
    }
    let missing: Vec<String> = out
        .languages
        .iter()
        .filter(|language| !templates.iter().any(|(tag, _)| tag == *language))
        .map(|language| format!("`{language}`"))
        .collect();
    if !missing.is_empty() && !unread {
        out.error(
            "text.missing-language",
            value.span(),
            format!("{what} has no text in {}", missing.join(", ")),
        );
    }
    // In the order of the instrument, so that the default language comes first.
    templates.sort_by_key(|(tag, _)| out.languages.iter().position(|known| known == tag));
    Some(Text::by_language(templates))
}
