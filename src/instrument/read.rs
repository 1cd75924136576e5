//! From text to a checked instrument. Reads everything before it gives up, so that all faults of a file are reported at once;
//! only a TOML syntax error hides what follows.

use std::ops::Range;

use toml::de::DeTable;

use super::finding::{Fault, Severity, did_you_mean};
use super::source::{Assembled, AssembledText, Fetch};
use super::table::{Findings, TomlTable, as_string};
use super::text::Language;
use super::{Address, Feedback, Instrument, Party, Perspective, Reading, StartField, content_hash, lint};

mod characters;
mod default;
mod definitions;
mod groups;
mod logic;
pub(crate) mod syntax;

pub(crate) use definitions::Definitions;

/// The longest name; SPSS takes 64 bytes, and a matrix adds the row's name.
pub(crate) const LONGEST_NAME: usize = 32;

/// See [`Instrument::read`]. A stored text passed the checks once, and must stay readable.
pub(super) fn read(name: &str, text: &str, fetch: Fetch, stored: bool) -> Reading {
    let Assembled { source, mut findings, incomplete } = AssembledText::assemble(name, text, fetch);
    let mut out = Findings { incomplete, ..Findings::default() };
    let (root, broken) = DeTable::parse_recoverable(&source.text);
    out.faults = syntax::faults(&source.text, &broken);
    let instrument = if broken.is_empty() {
        let root = root.get_ref();
        if !stored {
            out.faults.extend(characters::faults(&source.text, root));
        }
        assemble(&source.text, TomlTable::root(&source.text, root), &mut out)
    } else {
        None
    };
    findings.extend(out.faults.into_iter().map(|fault| source.locate(fault)));
    findings.sort_by(|a, b| (a.severity, &a.file, a.span.start).cmp(&(b.severity, &b.file, b.span.start)));
    findings.dedup();
    let sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    let instrument = instrument.filter(|_| sound);
    Reading { instrument, findings, files: source.files }
}

fn assemble(text: &str, root: TomlTable, out: &mut Findings) -> Option<Instrument> {
    if let Some((_, span)) = root.get("format").map(|value| (value, value.span())) {
        if root.integer("format", out).is_some_and(|format| format != 1) {
            let message = "this version of relata reads format 1";
            out.push(Fault::error("head.format", span, message).help("write `format = 1`".to_owned()));
        }
    } else {
        let help = "write `format = 1` in the first line".to_owned();
        out.push(Fault::error("key.missing", root.span(), "the instrument has no `format`").help(help));
    }
    out.languages = languages(&root, out);
    let name = root.require_string("name", out);
    if let Some((name, span)) = &name {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.len() > 64 || !name.chars().all(good) {
            let message = "an instrument's name has lower-case letters, digits and hyphens, 64 at most";
            out.error("head.name", span.clone(), message);
        }
    }
    let version = root.require_string("version", out);
    if let Some((version, span)) = &version
        && version.trim().is_empty()
    {
        out.error("head.version", span.clone(), "the version is empty; write something like \"1.0.0\"");
    }
    let label = root.require_text("label", out);
    let about = root.text("about", out);
    let minutes = match root.integer("minutes", out) {
        Some(minutes @ 1..=600) => minutes as u32,
        Some(minutes) => {
            let message = format!("`minutes` should lie between 1 and 600, not {minutes}");
            out.error("value.range", root.place("minutes"), message);
            1
        }
        None => {
            if root.get("minutes").is_none() {
                let fault = Fault::error("key.missing", root.span(), "the instrument has no `minutes`");
                out.push(fault.help("add the planned duration, such as `minutes = 8`".to_owned()));
            }
            1
        }
    };
    let address = word(&root, "address", ADDRESS, out).unwrap_or_default();
    let feedback = word(&root, "feedback", FEEDBACK, out).unwrap_or(Feedback::None);
    let respondents = word(&root, "respondents", PARTIES, out);
    let fields = fields(&root, out);
    let definitions = Definitions::read(&root, out);
    let (groups, items) = groups::read(&root, &definitions, out);
    let mut instrument = Instrument {
        name: name.map(|(name, _)| name.to_owned()).unwrap_or_default(),
        version: version.map(|(version, _)| version.to_owned()).unwrap_or_default(),
        hash: content_hash(text),
        text: text.to_owned(),
        languages: out.languages.clone(),
        label,
        about,
        minutes,
        address,
        feedback,
        respondents: Party::Customer,
        fields,
        scales: Vec::new(),
        calculations: Vec::new(),
        groups: Vec::new(),
        items: Vec::new(),
        advice: Vec::new(),
        discussion: Vec::new(),
        by_name: Default::default(),
    };
    instrument.by_name = items.iter().enumerate().map(|(at, item)| (item.name.clone(), at)).collect();
    instrument.groups = groups;
    instrument.items = items;
    let unused = definitions.unused();
    instrument.scales = definitions.into_scales();
    // Before questionnaires declared their respondents, those about both sides were for account managers.
    let both_sides = instrument.scales.iter().any(|scale| scale.perspective == Perspective::Other);
    instrument.respondents =
        respondents.unwrap_or(if both_sides { Party::Organisation } else { Party::Customer });
    logic::read(&root, &mut instrument, out);
    // An entry that a failed include left behind has been reported already.
    root.get("include");
    root.finish(out);
    // Where something could not be read, it is unknown what it would have used.
    if out.is_whole() {
        out.faults.extend(unused);
    }
    lint::run(&mut instrument, out);
    Some(instrument)
}

const ADDRESS: &[(&str, Address)] = &[("formal", Address::Formal), ("informal", Address::Informal)];

const PARTIES: &[(&str, Party)] = &[("organisation", Party::Organisation), ("customer", Party::Customer)];

const FEEDBACK: &[(&str, Feedback)] =
    &[("none", Feedback::None), ("said", Feedback::Said), ("full", Feedback::Full)];

fn languages(root: &TomlTable, out: &mut Findings) -> Vec<Language> {
    let mut languages = Vec::new();
    let values = root.list("languages");
    if values.is_empty() {
        // Without a known language, texts can't be checked for missing ones.
        let fault = Fault::error("key.missing", root.place("languages"), "the instrument has no `languages`");
        out.push(fault.help("write `languages = [\"en\", \"nl\"]`".to_owned()));
        return languages;
    }
    for value in values {
        let Some((tag, span)) = as_string(value, "a language", out) else { continue };
        let language = Language::new(tag);
        if !(2..=12).contains(&tag.len()) || !tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            out.error("head.language", span, format!("`{tag}` is not a language tag such as `en` or `nl`"));
        } else if languages.contains(&language) {
            out.error("name.twice", span, format!("the language `{tag}` stands twice"));
        } else {
            languages.push(language);
        }
    }
    languages
}

fn fields(root: &TomlTable, out: &mut Findings) -> Vec<StartField> {
    let Some(value) = root.get("fields") else { return Vec::new() };
    let Some(table) = TomlTable::of(root.source(), value, "`fields`", out) else { return Vec::new() };
    let mut fields = Vec::new();
    for (name, span, value) in table.named() {
        check_variable_name(name, span, out);
        let Some(table) = TomlTable::of(root.source(), value, &format!("field `{name}`"), out) else {
            out.broken.insert(name.to_owned());
            continue;
        };
        let field = StartField {
            name: name.to_owned(),
            label: table.require_text("label", out),
            hint: table.text("hint", out),
            required: table.bool("required", true, out),
            default: table.string("default", out).map(|(text, _)| text.to_owned()),
        };
        table.finish(out);
        fields.push(field);
    }
    fields
}

/// One of a few words under `key`.
fn word<T: Copy>(table: &TomlTable, key: &'static str, words: &[(&str, T)], out: &mut Findings) -> Option<T> {
    let (text, span) = table.string(key, out)?;
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let help = did_you_mean(text, known.iter().copied())
            .unwrap_or_else(|| format!("one of {}", known.join(", ")));
        out.push(Fault::error("value.unknown", span, format!("`{key}` cannot be `{text}`")).help(help));
    }
    found
}

/// Names become variables in statistics packages: letters, digits and underscores, short, and not an SPSS keyword. Upper case
/// is kept, but names must differ in more than case, because SPSS ignores it.
pub(crate) fn check_name(name: &str, span: Range<usize>, out: &mut Findings) {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(good) || name.ends_with('_') {
        let suggestion: String = name
            .trim()
            .chars()
            .map(|c| if good(c) { c } else { '_' })
            .collect::<String>()
            .trim_matches('_')
            .to_owned();
        let message = format!("`{name}` is not a name that statistics packages take");
        let help = if suggestion.starts_with(|c: char| c.is_ascii_alphabetic()) {
            format!("letters, digits and underscores, such as `{suggestion}`")
        } else {
            "start with a letter; then letters, digits and underscores".to_owned()
        };
        out.push(Fault::error("name.form", span, message).help(help));
    } else {
        check_length(name, span, out);
    }
}

/// An option's name is a value and part of a variable's name, but not a variable by itself: it may be a number.
pub(crate) fn check_option_name(name: &str, span: Range<usize>, out: &mut Findings) {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.is_empty() || !name.chars().all(good) {
        let message = format!("`{name}` is not a name that an option may have");
        let help = "letters, digits, `_` and `-`, without spaces".to_owned();
        out.push(Fault::error("name.form", span, message).help(help));
    } else {
        check_length(name, span, out);
    }
}

fn check_length(name: &str, span: Range<usize>, out: &mut Findings) {
    if name.len() > LONGEST_NAME {
        let message = format!("`{name}` has {} characters; {LONGEST_NAME} are the most", name.len());
        out.error("name.long", span, message);
    }
}

/// The name of a variable must also not be a keyword of SPSS or of the expressions.
fn check_variable_name(name: &str, span: Range<usize>, out: &mut Findings) {
    check_name(name, span.clone(), out);
    if is_reserved(name) {
        let message = format!("`{name}` is a word that SPSS or an expression keeps for itself");
        out.push(Fault::error("name.reserved", span, message).help(format!("write `{name}_1`, say")));
    }
}

/// Whether a name is a word of SPSS or of the expressions.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name))
}

const RESERVED: &[&str] = &[
    "all",
    "and",
    "by",
    "eq",
    "ge",
    "gt",
    "in",
    "le",
    "lt",
    "ne",
    "not",
    "or",
    "to",
    "with",
    "true",
    "false",
    "count",
    "selected",
    "is_answered",
    "own",
    "other",
    "gap",
    "scale",
];

/// Reports a name that is defined twice, and where the other definition is.
fn check_unique<'a>(names: impl Iterator<Item = (&'a str, Range<usize>)>, what: &str, out: &mut Findings) {
    let mut seen = std::collections::BTreeSet::new();
    for (name, span) in names {
        if !seen.insert(name.to_ascii_lowercase()) {
            out.error("name.twice", span, format!("there are two {what} called `{name}`"));
        }
    }
}
