//! The catalogue of texts against the sources: every key that `text!` and `words!` use exists in every language, with the same
//! variables and all plural forms, and there are no unused keys.
//!
//! Reads both as text, so that a new language or message needs no line here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser;
use relata::texts::Language;

/// The variable for the form of address; languages with one form leave it out.
const ADDRESS: &str = "address";

/// One message in one language.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Message {
    /// Variables whose values stand in it, in some form.
    pub shown: BTreeSet<String>,
    /// Variables that choose a form, each with the forms that are told apart.
    pub chosen_by: Vec<(String, BTreeSet<String>)>,
    /// Its texts, each with its form of address, if it depends on one.
    pub said: Vec<(Option<String>, String)>,
}

/// A file of the catalogue, or what is wrong with it.
pub fn catalogue(text: &str) -> Result<BTreeMap<String, Message>, String> {
    let file = parser::parse(text).map_err(|(_, faults)| format!("does not parse: {faults:?}"))?;
    let mut messages = BTreeMap::new();
    for entry in file.body {
        let Entry::Message(found) = entry else { continue };
        let Some(value) = &found.value else { return Err(format!("`{}` has no text", found.id.name)) };
        let mut message = Message::default();
        read(value, None, &mut message)?;
        if messages.insert(found.id.name.to_owned(), message).is_some() {
            return Err(format!("`{}` is there twice", found.id.name));
        }
    }
    Ok(messages)
}

fn read(pattern: &Pattern<&str>, way: Option<&str>, message: &mut Message) -> Result<(), String> {
    for element in &pattern.elements {
        let expression = match element {
            PatternElement::TextElement { value } => {
                message.said.push((way.map(str::to_owned), (*value).to_owned()));
                continue;
            }
            PatternElement::Placeable { expression } => expression,
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                message.shown.insert(id.name.to_owned());
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(other) => return Err(format!("{other:?} is more than a variable")),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    return Err(format!("{selector:?} chooses, and is no variable"));
                };
                let forms = variants.iter().map(form).collect();
                message.chosen_by.push((id.name.to_owned(), forms));
                for variant in variants {
                    let form = form(variant);
                    let way = if id.name == ADDRESS { Some(form.as_str()) } else { way };
                    read(&variant.value, way, message)?;
                }
            }
        }
    }
    Ok(())
}

fn form(variant: &Variant<&str>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } => (*name).to_owned(),
        VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}

/// The plural forms that whole numbers take in a language.
fn plural_forms(tag: &str) -> BTreeSet<String> {
    let forms = ["zero", "one", "two", "few", "many"].map(|form| format!("    [{form}] {form}\n")).concat();
    let text = format!("form = {{ $n ->\n{forms}   *[other] other\n}}\n");
    let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
    bundle.add_resource(FluentResource::try_new(text).unwrap()).unwrap();
    let pattern = bundle.get_message("form").unwrap().value().unwrap();
    let of = |n: i32| {
        let arguments: FluentArgs<'_> = [("n", FluentValue::from(n))].into_iter().collect();
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    };
    (0..=200).map(of).collect()
}

/// One place in the sources that asks for a message.
#[derive(Debug, PartialEq)]
pub struct Call {
    place: String,
    /// The message.
    pub key: String,
    variables: BTreeSet<String>,
}

/// The messages that one source uses, unit tests left out.
pub fn calls(place: &str, source: &str) -> Vec<Call> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
    let mut found = Vec::new();
    for (at, begin) in source.match_indices("text!(") {
        let line = source[..at].rsplit('\n').next().unwrap_or_default();
        if line.contains("//") {
            continue;
        }
        let arguments = arguments(&source[at + begin.len()..]);
        let Some(key) = arguments.get(1).and_then(|key| key.strip_prefix('"')?.strip_suffix('"')) else {
            continue;
        };
        let name = |argument: &String| {
            let end = argument.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(argument.len());
            argument[..end].to_owned()
        };
        found.push(Call {
            place: format!("{place}, {key}"),
            key: key.to_owned(),
            variables: arguments[2..].iter().map(name).collect(),
        });
    }
    // Named phrases: their only possible variable is the form of address.
    for (at, begin) in source.match_indices("words! {") {
        let list = source[at + begin.len()..].split('}').next().unwrap_or_default();
        let Some((room, names)) = list.split_once(':') else { continue };
        let room = room.trim().trim_matches('"');
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let key = format!("{room}-{}", name.replace('_', "-"));
            found.push(Call { place: format!("{place}, {key}"), key, variables: [ADDRESS.into()].into() });
        }
    }
    found
}

/// The arguments in the brackets that have just been opened.
fn arguments(text: &str) -> Vec<String> {
    let (mut level, mut quoted, mut escaped) = (0_usize, false, false);
    let mut parts = vec![String::new()];
    for c in text.chars() {
        match c {
            _ if quoted => {
                quoted = escaped || c != '"';
                escaped = !escaped && c == '\\';
            }
            '"' => quoted = true,
            '(' | '[' | '{' => level += 1,
            ')' | ']' | '}' if level == 0 => break,
            ')' | ']' | '}' => level -= 1,
            ',' if level == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The differences between what sources use and what the languages have.
fn faults(calls: &[Call], languages: &BTreeMap<String, BTreeMap<String, Message>>) -> Vec<String> {
    let mut faults = Vec::new();
    for (tag, messages) in languages {
        let forms = plural_forms(tag);
        for (key, message) in messages {
            if !calls.iter().any(|call| call.key == *key) {
                faults.push(format!("{tag}: nothing asks for `{key}`"));
            }
            for (name, told_apart) in &message.chosen_by {
                let needed: BTreeSet<String> = match name.as_str() {
                    ADDRESS => ["formal", "informal"].map(str::to_owned).into(),
                    _ if told_apart.iter().any(|form| form != "other" && forms.contains(form)) => {
                        forms.clone()
                    }
                    _ => BTreeSet::new(),
                };
                let lacking: Vec<_> = needed.difference(told_apart).collect();
                if !lacking.is_empty() {
                    faults.push(format!("{tag}: `{key}` lacks the forms {lacking:?} of `${name}`"));
                }
            }
        }
    }
    for Call { place, key, variables } in calls {
        let mut wanted = BTreeSet::new();
        let mut shown: Option<&BTreeSet<String>> = None;
        for (tag, messages) in languages {
            let Some(message) = messages.get(key) else {
                faults.push(format!("{place}: {tag} has no such message"));
                continue;
            };
            if **shown.get_or_insert(&message.shown) != message.shown {
                faults.push(format!("{place}: {tag} shows {:?}, others {shown:?}", message.shown));
            }
            wanted.extend(message.shown.iter().cloned());
            wanted.extend(message.chosen_by.iter().map(|(name, _)| name.clone()));
        }
        let mut given = variables.clone();
        if !wanted.contains(ADDRESS) {
            given.remove(ADDRESS);
        }
        if wanted != given {
            faults.push(format!("{place}: is given {given:?}, and takes {wanted:?}"));
        }
    }
    faults
}

/// Where relata itself addresses those who lead, code or read a study; everywhere else the instrument decides the form of
/// address.
const RELATA_SPEAKS: &[&str] = &[
    "cli-code-",
    "cli-demo-",
    "plain-coding-",
    "plain-keep-everything-you-entered",
    "report-quality-",
    "tui-coding-",
    "tui-help-save-code",
    "tui-help-sure",
    "tui-home-",
    "tui-study-",
];

/// "Waar voor je geld" is a saying, whatever the form of address.
const SAYINGS: &[&str] = &["instrument-words-market-pricing-price-value"];

/// Messages that address people in one way where the instrument may say the other, or mix both ways.
fn wrongly_addressed(messages: &BTreeMap<String, Message>) -> Vec<String> {
    let own = |key: &str| {
        let said = messages.get(key).map(|message| message.said.as_slice()).unwrap_or_default();
        said.iter().flat_map(|(_, text)| text.split(' ').map(str::to_owned)).collect::<BTreeSet<_>>()
    };
    let ways = ["formal", "informal"].map(|way| (way, own(&format!("language-{way}"))));
    let mut found = Vec::new();
    let looked_at = |key: &str| !key.starts_with("language-") && !SAYINGS.contains(&key);
    for (key, message) in messages.iter().filter(|(key, _)| looked_at(key)) {
        for (said_to, text) in &message.said {
            let words: BTreeSet<String> =
                text.split(|c: char| !c.is_alphanumeric() && c != '+').map(str::to_lowercase).collect();
            for (way, own) in ways.iter().filter(|(_, own)| !own.is_disjoint(&words)) {
                let right = match said_to {
                    Some(said_to) => said_to == way,
                    None => *way == "formal" && RELATA_SPEAKS.iter().any(|room| key.starts_with(room)),
                };
                if !right {
                    let words: Vec<_> = own.intersection(&words).collect();
                    found.push(format!("`{key}` says {words:?} whoever it is said to"));
                }
            }
        }
    }
    found
}

fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn every_language_says_everything_that_is_asked_for_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts");
    let mut languages = BTreeMap::new();
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "ftl")) {
        let tag = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        languages.insert(tag, catalogue(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display())));
    }
    let spoken: BTreeSet<String> = Language::all().map(|language| language.to_string()).collect();
    assert_eq!(languages.keys().cloned().collect::<BTreeSet<_>>(), spoken, "files and languages");
    let calls: Vec<Call> = sources()
        .iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "tests"))
        .flat_map(|path| calls(&path.display().to_string(), &fs::read_to_string(path).unwrap()))
        .collect();
    let found = faults(&calls, &languages);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    let found: Vec<String> = languages.values().flat_map(wrongly_addressed).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_text_that_addresses_people_in_one_way_is_seen() {
    let text = "language-formal = u uw\nlanguage-informal = je\nplain-a = Dank u wel\nplain-coding-b = Uw code\n\
                plain-coding-c = Je code\nplain-d = Ctrl+U wist; Januari\n\
                plain-e = { $address ->\n [informal] u\n *[formal] Uw\n }\n\
                plain-f = { $address ->\n [informal] Je\n *[formal] Uw\n }\n";
    let found = wrongly_addressed(&catalogue(text).unwrap()).join("\n");
    let keys: Vec<&str> = found.split('`').skip(1).step_by(2).collect();
    assert_eq!(keys, ["plain-a", "plain-coding-c", "plain-e"], "{found}");
}

#[test]
fn faults_of_the_catalogue_are_seen() {
    let english = "a = One { $x }\nb = { $n ->\n [one] a day\n *[other] { $n } days\n }\nc = Left over\n";
    let dutch =
        "a = Een { $y }\nb = { $n ->\n *[other] { $n } dagen\n }\nd = { $address ->\n *[formal] u\n }\n";
    let languages =
        [("en", english), ("nl", dutch)].map(|(tag, text)| (tag.to_owned(), catalogue(text).unwrap()));
    let source = "text!(language, \"a\", x = f(1, \", \"))\ntext!(l, \"b\",\n n)\nwords! { \"d\": e, }\n\
                  text!(&look.language, \"f\")\n#[cfg(test)]\nmod tests { text!(l, \"g\") }";
    let calls = calls("here", source);
    assert_eq!(calls.iter().map(|call| call.key.as_str()).collect::<Vec<_>>(), ["a", "b", "f", "d-e"]);
    assert_eq!(calls[0].variables, ["x".to_owned()].into());
    assert_eq!(calls[1].variables, ["n".to_owned()].into());
    let found = faults(&calls, &languages.into()).join("\n");
    for fault in [
        "en: nothing asks for `c`",
        "nl: nothing asks for `d`",
        "nl: `d` lacks the forms [\"informal\"] of `$address`",
        "here, a: nl shows {\"y\"}, others Some({\"x\"})",
        "here, a: is given {\"x\"}, and takes {\"x\", \"y\"}",
        "here, f: en has no such message",
        "here, d-e: nl has no such message",
    ] {
        assert!(found.contains(fault), "{fault} goes unseen in\n{found}");
    }
    assert!(!found.contains("`b`"), "a language may need no plural: {found}");
    let bad = "b = { $n ->\n [one] a day\n *[many] days\n }\n";
    let languages = [("en".to_owned(), catalogue(bad).unwrap())].into();
    assert!(faults(&calls, &languages).join("\n").contains("`b` lacks the forms [\"other\"] of `$n`"));
    assert!(catalogue("a = 1\na = 2\n").unwrap_err().contains("twice"));
    assert!(catalogue("a 1\n").is_err());
    assert!(catalogue("a = { NUMBER($n) }\n").is_err());
}

#[test]
fn plural_forms_are_those_of_the_language() {
    let of = |tag| plural_forms(tag).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(of("nl"), "one other");
    assert_eq!(of("pl"), "few many one");
    assert_eq!(of("ja"), "other");
}
