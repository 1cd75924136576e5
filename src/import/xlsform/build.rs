//! From rows to an instrument: groups are flattened, names given, expressions converted, and every row that can't be imported
//! completely gets its loss. Owns what replaces what; the parts are one file each: names here, `sections` for groups, `items`
//! with `demands`, `lists` with `no_answer`, `logic`, and `report` for what was lost.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::XlsFormOptions;
use super::draft::{DraftField, InstrumentDraft, LocalText};
use super::form::{Form, SurveyRow};
use super::names::{FormNames, KnownName, NameKind, fitting};
use super::numbers;
use super::translate::Ambiguity;
use super::types::QuestionType;
use crate::import::{Loss, Renamed};
use crate::instrument::{Language, is_reserved};

mod demands;
mod items;
mod lists;
mod logic;
mod no_answer;
mod report;
mod sections;

/// A form while it is converted.
#[derive(Debug)]
pub(super) struct Built {
    pub draft: InstrumentDraft,
    losses: Vec<Loss>,
    renamed: Vec<Renamed>,
    remarks: Vec<String>,
    /// Rows that ask or show something.
    asking: BTreeSet<usize>,
    /// Conditions and constraints on imported rows, by row and column; and those of them that were lost.
    conditions: BTreeSet<(usize, &'static str)>,
    lost_conditions: BTreeSet<(usize, &'static str)>,
    /// Rows whose value could not be calculated, and that are asked instead.
    asked_instead: BTreeSet<usize>,
}

/// The longest name of an item or a group, and of a list.
const LONGEST: usize = 32;

struct Builder<'a> {
    form: &'a Form,
    wishes: &'a XlsFormOptions,
    out: Built,
    names: FormNames,
    /// Names in use, in lower case.
    taken: BTreeSet<String>,
    taken_lists: BTreeSet<String>,
    taken_groups: BTreeSet<String>,
    nested: Vec<sections::Nested>,
    /// The innermost group of each entry.
    within: Vec<Option<usize>>,
    lists: lists::Lists,
    /// Names that questions refer to, and those that calculations refer to.
    asked_about: BTreeSet<String>,
    worked_with: BTreeSet<String>,
    /// Calculations whose texts `true` and `false` are only used as truths.
    truths: BTreeSet<String>,
    /// Groups that have a section of their own, with their own label.
    titled: BTreeSet<usize>,
    /// What has to be said about the expression that was read last.
    doubts: RefCell<BTreeSet<Ambiguity>>,
}

/// The instrument of a form.
pub(super) fn build(form: &Form, source: &str, wishes: &XlsFormOptions) -> Result<Built, String> {
    let mut builder = Builder::new(form, wishes);
    builder.what_says_nothing();
    builder.nest();
    builder.words_of_groups();
    builder.name_all();
    builder.calculate();
    builder.condition_groups();
    builder.items();
    builder.head(source)?;
    Ok(builder.out)
}

impl<'a> Builder<'a> {
    fn new(form: &'a Form, wishes: &'a XlsFormOptions) -> Self {
        let asking = form.entries.iter().filter(|entry| entry.kind.asks()).map(|entry| entry.row).collect();
        let out = Built {
            draft: InstrumentDraft { languages: form.languages.clone(), ..InstrumentDraft::default() },
            losses: Vec::new(),
            renamed: Vec::new(),
            remarks: Vec::new(),
            asking,
            conditions: BTreeSet::new(),
            lost_conditions: BTreeSet::new(),
            asked_instead: BTreeSet::new(),
        };
        let mut asked_about = BTreeSet::new();
        let mut worked_with = BTreeSet::new();
        for entry in &form.entries {
            let said = [&entry.label, &entry.hint].into_iter().flatten().map(|(_, text)| text);
            for text in said.chain([&entry.relevant, &entry.constraint, &entry.filter]) {
                asked_about.extend(spoken_of(text));
            }
            worked_with.extend(spoken_of(&entry.calculation));
        }
        Self {
            asked_about,
            worked_with,
            truths: logic::truths(form),
            titled: BTreeSet::new(),
            doubts: RefCell::default(),
            form,
            wishes,
            out,
            names: FormNames::new(),
            taken: BTreeSet::new(),
            taken_lists: BTreeSet::new(),
            taken_groups: BTreeSet::new(),
            nested: Vec::new(),
            within: Vec::new(),
            lists: lists::Lists::default(),
        }
    }

    /// Reports rows that are neither a question nor a choice, and ambiguous numbers in expressions.
    fn what_says_nothing(&mut self) {
        for (sheet, row, called, lacks) in &self.form.nothing {
            self.out.lose_at(sheet, *row, called, &format!("it has no {lacks}"), "it is left out");
        }
        for entry in &self.form.entries {
            let columns = [
                ("relevant", &entry.relevant),
                ("constraint", &entry.constraint),
                ("calculation", &entry.calculation),
                ("choice filter", &entry.filter),
            ];
            for (column, expression) in columns {
                for (why, taken) in numbers::doubtful(expression) {
                    let reason = format!("in its {column} {why}");
                    self.out.lose(entry, &reason, &format!("it is {taken}, as expressions of forms have it"));
                }
            }
        }
    }

    fn entry_of(&self, at: usize) -> &'a SurveyRow {
        &self.form.entries[at]
    }

    /// Gives every row a name and a kind. Of two rows with the same name, the first keeps it.
    fn name_all(&mut self) {
        // Items that record several variables come first, because no other name may equal one of those.
        let many = |entry: &&SurveyRow| {
            matches!(entry.kind, QuestionType::Select { many: true, .. } | QuestionType::Rank { .. })
        };
        let (first, then): (Vec<&SurveyRow>, Vec<&SurveyRow>) = self.form.entries.iter().partition(many);
        for entry in first.into_iter().chain(then) {
            let names_something = !matches!(
                entry.kind,
                QuestionType::EndGroup
                    | QuestionType::EndRepeat
                    | QuestionType::BeginGroup
                    | QuestionType::BeginRepeat
            );
            if !names_something || entry.name.is_empty() || self.names.contains_key(&entry.name) {
                continue;
            }
            let kind = self.kind_of(entry);
            let name = self.free_name(&entry.name);
            if name != entry.name {
                self.out.rename("question", &entry.name, &name);
            }
            if let QuestionType::Select { list, many: true, .. } | QuestionType::Rank { list } = &entry.kind {
                let columns = self.options(list).unwrap_or_default().into_iter();
                let columns = columns.map(|(_, option)| format!("{name}_{}", option.replace('-', "_")));
                self.taken.extend(columns.map(|column| column.to_ascii_lowercase()));
                if matches!(entry.kind, QuestionType::Select { other: true, .. }) {
                    self.taken.insert(format!("{name}_other").to_ascii_lowercase());
                }
            }
            let calculated = matches!(
                entry.kind,
                QuestionType::Calculate | QuestionType::Hidden | QuestionType::Metadata(_)
            ) || !entry.calculation.is_empty()
                || self.shows_a_result(entry);
            self.names.insert(entry.name.clone(), KnownName { name, kind, calculated, settled: false });
            if let QuestionType::Select { other: true, .. } = entry.kind {
                let from = format!("{}_other", entry.name);
                if !self.form.entries.iter().any(|other| other.name == from) {
                    let name = self.free_name(&from);
                    if name != from {
                        self.out.rename("question", &from, &name);
                    }
                    self.names.insert(
                        from,
                        KnownName { name, kind: NameKind::Text, calculated: false, settled: false },
                    );
                }
            }
        }
    }

    fn free_name(&mut self, wanted: &str) -> String {
        let taken = |name: &str| self.taken.contains(&name.to_ascii_lowercase()) || is_reserved(name);
        let name = fitting(wanted, LONGEST, &taken);
        self.taken.insert(name.to_ascii_lowercase());
        name
    }

    fn head(&mut self, source: &str) -> Result<(), String> {
        let form = self.form;
        let slug = |text: &str| -> String {
            let plain = text.to_lowercase();
            let kept: String =
                plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
            let parts: Vec<&str> = kept.split('-').filter(|part| !part.is_empty()).collect();
            parts.join("-").chars().take(60).collect::<String>().trim_matches('-').to_owned()
        };
        let candidates = [&form.id, &form.title, &self.wishes.name];
        let name = candidates
            .into_iter()
            .map(|text| slug(text))
            .find(|name| !name.is_empty())
            .unwrap_or("form".into());
        let title = if form.title.is_empty() { name.clone() } else { form.title.clone() };
        self.out.draft.name = name;
        self.out.draft.version = if form.version.is_empty() { "1".to_owned() } else { form.version.clone() };
        self.out.draft.label = self.everywhere(&title);
        let asked = self.out.asking.len();
        // A quarter of a minute per question, an estimate until it is measured.
        self.out.draft.minutes = (asked / 4).clamp(1, 600);
        self.out.draft.comments = vec![
            format!("Taken over from {source}, an XLSForm."),
            "`minutes` is an estimate: a quarter of a minute for each question.".into(),
        ];
        let scales = self.wishes.scales.iter();
        self.out.draft.scales = scales.map(|scale| (scale.name.clone(), scale.keys.clone())).collect();
        for scale in &self.wishes.scales {
            for wanted in &scale.items {
                let fed = self.out.draft.groups.iter().flat_map(|group| &group.items);
                if !fed.into_iter().any(|item| item.origin == *wanted && item.scale.is_some()) {
                    return Err(format!(
                        "scale `{}` is fed by `{wanted}`, and no question of that name came over that could feed it",
                        scale.name
                    ));
                }
            }
        }
        Ok(())
    }

    /// One text for every language.
    fn everywhere(&self, text: &str) -> LocalText {
        self.form
            .languages
            .iter()
            .map(|language| (language.clone(), text.replace('{', "{{").replace('}', "}}")))
            .collect()
    }

    /// A text of a row with its pipes, and names that have no value here.
    fn piped(&self, text: &str) -> (String, Vec<String>) {
        let mut out = String::with_capacity(text.len());
        let mut silent = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, tail) = rest.split_at(at);
            let name = before.strip_suffix('$').zip(tail.strip_prefix('{')).and_then(|(before, inside)| {
                let (name, after) = inside.split_once('}')?;
                Some((before, name.trim(), after))
            });
            let Some((before, name, after)) = name else {
                out.push_str(before);
                out.push_str(if tail.starts_with('{') { "{{" } else { "}}" });
                rest = &tail[1..];
                continue;
            };
            out.push_str(before);
            match self.names.get(name) {
                Some(known)
                    if !matches!(known.kind, NameKind::Nothing | NameKind::Bool | NameKind::Truth) =>
                {
                    out.push_str(&format!("{{{}}}", known.name));
                }
                _ => {
                    silent.push(name.to_owned());
                    out.push('…');
                }
            }
            rest = after;
        }
        out.push_str(rest);
        (out, silent)
    }

    /// The words of a row in our form.
    fn words(&mut self, entry: &SurveyRow, words: &[(Language, String)]) -> LocalText {
        let mut silent: BTreeSet<String> = BTreeSet::new();
        let mut text = LocalText::new();
        for (language, said) in words {
            let (said, unknown) = self.piped(said);
            silent.extend(unknown);
            text.push((language.clone(), said));
        }
        for name in silent {
            let reason =
                format!("its text shows `{}`, which has no value here", super::xpath::shortened(&name));
            self.out.lose(entry, &reason, "an ellipsis stands in its text");
        }
        text
    }

    /// A field of the start form, for a value that another program would have known.
    fn field(&mut self, entry: &SurveyRow, name: &str) {
        let label = if entry.label.is_empty() {
            self.everywhere(&entry.name)
        } else {
            self.words(entry, &entry.label)
        };
        self.out.draft.fields.push(DraftField { row: entry.row, name: name.to_owned(), label });
    }

    /// Whether anything in the form refers to this name.
    fn is_spoken_of(&self, name: &str) -> bool {
        self.is_asked_about(name) || self.worked_with.contains(name)
    }

    /// Whether a question refers to it: in its text, its condition, its choices or its constraint.
    fn is_asked_about(&self, name: &str) -> bool {
        self.asked_about.contains(name)
    }
}

/// Every name that a text holds as `${name}`.
fn spoken_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.match_indices("${").filter_map(|(at, _)| {
        let inside = &text[at + 2..];
        inside.split_once('}').map(|(name, _)| name.trim().to_owned())
    })
}
