//! An instrument before it is written as text. Owns its layout, and the origin of each line.

use std::fmt::Write;

use crate::instrument::Language;

/// A text: the same in every language, or one for each.
pub(super) type LocalText = Vec<(Language, String)>;

/// Everything that is written.
#[derive(Debug, Default)]
pub(super) struct InstrumentDraft {
    /// Lines that stand before everything else.
    pub comments: Vec<String>,
    pub name: String,
    pub version: String,
    pub languages: Vec<Language>,
    pub label: LocalText,
    pub minutes: usize,
    pub fields: Vec<DraftField>,
    pub lists: Vec<List>,
    /// Names with their keys, as TOML.
    pub scales: Vec<(String, String)>,
    pub calculations: Vec<Calculation>,
    pub groups: Vec<DraftGroup>,
}

#[derive(Debug)]
pub(super) struct DraftField {
    pub row: usize,
    pub name: String,
    pub label: LocalText,
}

#[derive(Debug)]
pub(super) struct List {
    pub name: String,
    pub options: Vec<DraftChoice>,
    /// The lowest point, where the options are points.
    pub from: Option<i64>,
}

#[derive(Debug, Clone)]
pub(super) struct DraftChoice {
    pub name: String,
    pub label: LocalText,
    pub relevant: Option<String>,
}

#[derive(Debug)]
pub(super) struct Calculation {
    pub row: usize,
    pub name: String,
    pub text: String,
}

#[derive(Debug)]
pub(super) struct DraftGroup {
    pub row: usize,
    pub name: String,
    pub label: LocalText,
    pub interviewer: bool,
    pub relevant: Option<String>,
    pub items: Vec<DraftItem>,
}

#[derive(Debug, Default)]
pub(super) struct DraftItem {
    pub row: usize,
    pub name: String,
    /// Its name in the form.
    pub origin: String,
    pub kind: &'static str,
    pub label: LocalText,
    pub hint: LocalText,
    pub guidance: LocalText,
    pub required: bool,
    pub relevant: Option<String>,
    pub constraint: Option<String>,
    pub message: LocalText,
    /// As TOML.
    pub default: Option<String>,
    /// The list of its options.
    pub list: Option<String>,
    pub scale: Option<(String, bool)>,
    /// Further keys, as TOML.
    pub keys: Vec<(&'static str, String)>,
}

/// What a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineOrigin {
    Head,
    Field(usize),
    /// A list, and one of its options.
    List(usize, Option<usize>),
    Calculation(usize),
    Group(usize),
    GroupRelevant(usize),
    Item(usize, usize, ItemPart),
}

/// Which part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemPart {
    Whole,
    Relevant,
    Constraint,
    Default,
    Scale,
}

/// A text with the origin of each of its lines.
#[derive(Default)]
struct Lines {
    text: String,
    origins: Vec<LineOrigin>,
}

impl Lines {
    fn put(&mut self, origin: LineOrigin, line: &str) {
        for line in line.split('\n') {
            self.text.push_str(line);
            self.text.push('\n');
            self.origins.push(origin);
        }
    }
}

impl InstrumentDraft {
    /// The text, and the origin of each line.
    pub fn written(&self) -> (String, Vec<LineOrigin>) {
        let mut lines = Lines::default();
        let text = |text: &LocalText| self.text(text);
        for comment in &self.comments {
            lines.put(LineOrigin::Head, &format!("# {}", comment.replace(['\n', '\r'], " ")));
        }
        let languages: Vec<String> =
            self.languages.iter().map(|language| quoted(language.as_str())).collect();
        lines.put(
            LineOrigin::Head,
            &format!(
                "\nformat    = 1\nname      = {}\nversion   = {}\nlanguages = [{}]\nlabel     = {}\nminutes   = {}",
                quoted(&self.name),
                quoted(&self.version),
                languages.join(", "),
                text(&self.label),
                self.minutes
            ),
        );
        for (at, field) in self.fields.iter().enumerate() {
            let label = text(&field.label);
            lines.put(
                LineOrigin::Field(at),
                &format!("\n[fields.{}]\nlabel    = {label}\nrequired = false", field.name),
            );
        }
        for (at, list) in self.lists.iter().enumerate() {
            self.list(at, list, &mut lines);
        }
        for (name, keys) in &self.scales {
            lines.put(LineOrigin::Head, &format!("\n[scales.{name}]\n{}", keys.trim_end()));
        }
        if !self.calculations.is_empty() {
            lines.put(LineOrigin::Head, "\n[calculations]");
        }
        for (at, calculation) in self.calculations.iter().enumerate() {
            let line = format!("{} = {}", calculation.name, quoted(&calculation.text));
            lines.put(LineOrigin::Calculation(at), &line);
        }
        for (at, group) in self.groups.iter().enumerate() {
            self.group(at, group, &mut lines);
        }
        (lines.text, lines.origins)
    }

    fn list(&self, at: usize, list: &List, lines: &mut Lines) {
        if let Some(from) = list.from {
            let labels = |language: &Language| {
                let labels: Vec<String> =
                    list.options.iter().map(|option| quoted(self.said(&option.label, language))).collect();
                format!("{} = [{}]", language.as_str(), labels.join(", "))
            };
            let all: Vec<String> = self.languages.iter().map(labels).collect();
            let head =
                format!("\n[choices.{}]\nlabels = {{ {} }}\nfrom   = {from}", list.name, all.join(", "));
            lines.put(LineOrigin::List(at, None), &head);
            return;
        }
        for (option_at, option) in list.options.iter().enumerate() {
            let origin = LineOrigin::List(at, Some(option_at));
            let label = self.text(&option.label);
            lines.put(
                origin,
                &format!(
                    "\n[[choices.{}]]\nname     = {}\nlabel    = {label}",
                    list.name,
                    quoted(&option.name)
                ),
            );
            if let Some(relevant) = &option.relevant {
                lines.put(origin, &format!("relevant = {}", quoted(relevant)));
            }
        }
    }

    fn group(&self, at: usize, group: &DraftGroup, lines: &mut Lines) {
        let label = self.text(&group.label);
        lines.put(
            LineOrigin::Group(at),
            &format!("\n[[groups]]\nname  = {}\nlabel = {label}", quoted(&group.name)),
        );
        if group.interviewer {
            lines.put(LineOrigin::Group(at), "audience = \"interviewer\"");
        }
        if let Some(relevant) = &group.relevant {
            lines.put(LineOrigin::GroupRelevant(at), &format!("relevant = {}", quoted(relevant)));
        }
        for (item_at, item) in group.items.iter().enumerate() {
            let whole = LineOrigin::Item(at, item_at, ItemPart::Whole);
            let mut head =
                format!("\n[[groups.items]]\nname  = {}\nkind  = {}", quoted(&item.name), quoted(item.kind));
            for (key, words) in
                [("label", &item.label), ("hint", &item.hint), ("guidance_hint", &item.guidance)]
            {
                if !words.is_empty() {
                    let _ = write!(head, "\n{key} = {}", self.text(words));
                }
            }
            if let Some(list) = &item.list {
                let _ = write!(head, "\nchoices = {}", quoted(list));
            }
            for (key, value) in &item.keys {
                let _ = write!(head, "\n{key} = {value}");
            }
            if item.kind != "note" && !item.required {
                head.push_str("\nrequired = false");
            }
            lines.put(whole, &head);
            let mut part =
                |part: ItemPart, line: String| lines.put(LineOrigin::Item(at, item_at, part), &line);
            if let Some(relevant) = &item.relevant {
                part(ItemPart::Relevant, format!("relevant = {}", quoted(relevant)));
            }
            if let Some(constraint) = &item.constraint {
                part(ItemPart::Constraint, format!("constraint = {}", quoted(constraint)));
                if !item.message.is_empty() {
                    part(ItemPart::Constraint, format!("constraint_message = {}", self.text(&item.message)));
                }
            }
            if let Some(default) = &item.default {
                part(ItemPart::Default, format!("default = {default}"));
            }
            if let Some((scale, reversed)) = &item.scale {
                part(ItemPart::Scale, format!("scale = {}", quoted(scale)));
                if *reversed {
                    part(ItemPart::Scale, "reverse = true".into());
                }
            }
        }
    }

    /// The text in a language, or in another one where it has none.
    fn said<'a>(&self, text: &'a LocalText, language: &Language) -> &'a str {
        let of =
            |wanted: &Language| text.iter().find(|(known, _)| known == wanted).map(|(_, said)| said.as_str());
        of(language)
            .or_else(|| self.languages.iter().find_map(of))
            .or_else(|| text.first().map(|(_, said)| said.as_str()))
            .unwrap_or("…")
    }

    fn text(&self, text: &LocalText) -> String {
        let said: Vec<&str> = self.languages.iter().map(|language| self.said(text, language)).collect();
        match said.first() {
            Some(first) if said.iter().all(|other| other == first) => quoted(first),
            None => quoted("…"),
            _ => {
                let each = self.languages.iter().zip(said);
                let each: Vec<String> = each
                    .map(|(language, said)| format!("{} = {}", language.as_str(), quoted(said)))
                    .collect();
                format!("{{ {} }}", each.join(", "))
            }
        }
    }
}

/// A text in quotes, as TOML wants it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if crate::defuse::acts(c) => {}
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
