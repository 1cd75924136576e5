//! Lists of choices: each question gets its list, reduced by its filter. Filters are evaluated choice by choice: what depends
//! on answers becomes the condition under which that choice is offered.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::super::draft::{DraftChoice, List, LocalText};
use super::super::form::SurveyRow;
use super::super::names::{fitting, fitting_option};
use super::super::translate::{Among, Constant};
use super::super::xpath::{self, shortened};
use super::{Builder, LONGEST, no_answer};

/// The names of choices by list: in the form and here.
#[derive(Debug, Default)]
pub(super) struct Lists {
    options: BTreeMap<String, Vec<(String, String)>>,
    /// Lists already written: list, filter, use, and whether another row refers to its question; with the name here.
    written: BTreeMap<(String, String, ListUse, bool), String>,
}

/// How a list is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ListUse {
    Options,
    /// With one more option, for what is not listed.
    WithOther,
    /// As points of a scale.
    Points,
}

/// The longest list that is practical in a terminal.
pub(super) const MOST: usize = 2_000;

/// The condition of an option that is never offered.
const NEVER: &str = "false";

/// The option that `or_other` adds.
const OTHER: &str = "other";

impl Builder<'_> {
    /// The names of a list's options, in the form and here; `None` where there is no such list.
    pub(super) fn options(&mut self, list: &str) -> Option<Vec<(String, String)>> {
        if let Some(known) = self.lists.options.get(list) {
            return Some(known.clone());
        }
        let choices = self.form.choices.get(list).filter(|choices| choices.len() <= MOST)?;
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut options: Vec<(String, String)> = Vec::new();
        for choice in choices {
            if options.iter().any(|(known, _)| *known == choice.name) {
                let reason = format!("the list `{list}` has a choice of this name already");
                self.out.lose_at(
                    "choices",
                    choice.row,
                    &choice.name,
                    &reason,
                    "the first one stands for both",
                );
                continue;
            }
            let name = fitting_option(&choice.name, &|name| taken.contains(&key_of(name)));
            taken.insert(key_of(&name));
            if is_beyond_exact(&choice.name) {
                let reason = "a spreadsheet keeps some 15 digits of a number, so that the last ones may not be those that were meant";
                self.out.lose_at(
                    "choices",
                    choice.row,
                    &choice.name,
                    reason,
                    "it is called so; such codes are written as texts",
                );
            }
            if name != choice.name {
                self.out.rename(&format!("choice of {list}"), &choice.name, &name);
            }
            if choice.media {
                let reason = "a terminal shows no picture and plays no sound";
                self.out.lose_at("choices", choice.row, &choice.name, reason, "its words alone");
            }
            options.push((choice.name.clone(), name));
        }
        self.lists.options.insert(list.to_owned(), options.clone());
        Some(options)
    }

    /// The points of a list's options: their names where these are consecutive whole numbers, else their places. An option that
    /// means "no answer" is not a point, and neither is a number apart from the others: a code such as 99 would be the best
    /// mark of all.
    pub(super) fn points(&mut self, list: &str) -> Option<Vec<(String, Option<i64>)>> {
        let options = self.options(list)?;
        let choices = self.form.choices.get(list)?;
        let said = |from: &str| choices.iter().find(|choice| choice.name == from);
        let answers: Vec<&str> = options
            .iter()
            .map(|(from, _)| from.as_str())
            .filter(|from| !said(from).is_some_and(no_answer::is_said))
            .collect();
        let numbers: Option<Vec<i64>> = answers.iter().map(|from| from.trim().parse().ok()).collect();
        let row = numbers.and_then(|numbers| no_answer::row(&numbers));
        let by_place = |from: &str| {
            let place = answers.iter().position(|answer| *answer == from)?;
            i64::try_from(place + 1).ok()
        };
        let by_code = |from: &str, row: &RangeInclusive<i64>| {
            from.trim().parse().ok().filter(|code| row.contains(code))
        };
        let points: Vec<(String, Option<i64>)> = options
            .iter()
            .map(|(from, _)| from)
            .map(|from| {
                let point = answers.contains(&from.as_str()).then(|| match &row {
                    Some(row) => by_code(from, row),
                    None => by_place(from),
                });
                (from.clone(), point.flatten())
            })
            .collect();
        for (from, point) in &points {
            let point_there = point.map(|point| point.to_string());
            match point_there {
                Some(point) if point == from.trim() => {}
                Some(point) => self.out.rename(&format!("choice of {list}"), from, &point),
                None => {
                    let reason = match answers.contains(&from.as_str()) {
                        true => {
                            format!("it feeds a scale, and `{from}` is not in a row with its other numbers")
                        }
                        false => {
                            "it feeds a scale, and what stands for no answer is no point of one".to_owned()
                        }
                    };
                    let instead = "it is no option; every question takes “don’t know” and no answer at all";
                    let row =
                        choices.iter().find(|choice| choice.name == *from).map_or(0, |choice| choice.row);
                    self.out.lose_at("choices", row, from, &reason, instead);
                    self.out.rename(&format!("choice of {list}"), from, "");
                }
            }
        }
        let ends = [answers.first(), answers.last()].into_iter().flatten();
        for end in ends.filter(|from| said(from).is_some_and(no_answer::may_be_said)) {
            self.out.remark(format!(
                "`{end}` stands at an end of the choices of `{list}`, which feed a scale, and is a point of it there; where it means that somebody \
                 has no answer, take it out of the form: every question takes “don’t know” anyway"
            ));
        }
        if row.is_none() {
            let places = answers.len();
            self.out.remark(format!("the choices of `{list}` feed a scale by their places, 1 to {places}"));
        }
        Some(points)
    }

    /// The list for a question, written if it is not there yet; `None` if nothing is left to choose from.
    pub(super) fn list_for(&mut self, entry: &SurveyRow, list: &str, form: ListUse) -> Option<String> {
        let spoken_of = !entry.filter.is_empty() && self.is_spoken_of(&entry.name);
        let key = (list.to_owned(), entry.filter.clone(), form, spoken_of);
        if let Some(known) = self.lists.written.get(&key) {
            return Some(known.clone());
        }
        let names = self.options(list)?;
        let choices = self.form.choices.get(list)?;
        let node = match entry.filter.is_empty() {
            true => None,
            false => match xpath::parse(&entry.filter) {
                Ok(node) => {
                    if node.asks_the_time() {
                        self.note_time(entry);
                    }
                    Some(node)
                }
                Err(why) => {
                    self.lose_filter(entry, &why);
                    None
                }
            },
        };
        let mut options: Vec<DraftChoice> = Vec::new();
        let mut trouble: Option<String> = None;
        for (from, to) in &names {
            let Some(choice) = choices.iter().find(|choice| choice.name == *from) else { continue };
            let mut relevant = None;
            if let (Some(node), None) = (&node, &trouble) {
                let among = Among {
                    names: &self.names,
                    own: &entry.name,
                    answer: None,
                    rounds: false,
                    columns: Some(&choice.columns),
                    doubts: &self.doubts,
                };
                match among.condition(node) {
                    Ok(ours) => match &ours.constant {
                        // A choice that others refer to keeps its name, but is never offered.
                        Some(Constant::Bool(false)) if spoken_of => relevant = Some(NEVER.to_owned()),
                        Some(Constant::Bool(false)) => continue,
                        Some(_) => {}
                        None => relevant = Some(ours.text().to_owned()),
                    },
                    Err(why) => trouble = Some(why),
                }
            }
            let label = self.choice_label(choice.row, from, &choice.label);
            options.push(DraftChoice { name: to.clone(), label, relevant });
        }
        if let Some(why) = trouble {
            self.doubts.take();
            self.lose_filter(entry, &why);
            return self.list_for(&SurveyRow { filter: String::new(), ..entry.clone() }, list, form);
        }
        self.name_doubts(entry, "choice filter");
        if form == ListUse::WithOther && !names.iter().any(|(from, _)| from == OTHER) {
            options.push(DraftChoice { name: OTHER.into(), label: self.said(OTHERS), relevant: None });
        }
        let from = match form {
            ListUse::Points => {
                let points = self.points(list)?;
                let point = |name: &String| {
                    let (from, _) = names.iter().find(|(_, to)| to == name)?;
                    points.iter().find(|(known, _)| known == from).and_then(|(_, point)| *point)
                };
                options.retain(|option| point(&option.name).is_some());
                options.sort_by_key(|option| point(&option.name));
                let all = points.iter().filter_map(|(_, point)| *point);
                // A missing point would shift those after it.
                if options.len() != all.clone().count()
                    || options.iter().any(|option| option.relevant.is_some())
                {
                    return None;
                }
                all.min()
            }
            _ => None,
        };
        if options.iter().all(|option| option.relevant.as_deref() == Some(NEVER)) {
            return None;
        }
        let taken = |name: &str| self.taken_lists.contains(name);
        let name = fitting(list, LONGEST, &taken);
        self.taken_lists.insert(name.clone());
        if name != list && entry.filter.is_empty() && form == ListUse::Options {
            self.out.rename("list", list, &name);
        }
        self.out.draft.lists.push(List { name: name.clone(), options, from });
        self.lists.written.insert(key, name.clone());
        Some(name)
    }

    /// The single option of something to be acknowledged.
    pub(super) fn acknowledgement(&mut self) -> String {
        let key = (String::new(), String::new(), ListUse::Options, false);
        if let Some(known) = self.lists.written.get(&key) {
            return known.clone();
        }
        let taken = |name: &str| self.taken_lists.contains(name) || self.form.choices.contains_key(name);
        let name = fitting("acknowledged", LONGEST, &taken);
        self.taken_lists.insert(name.clone());
        let option = DraftChoice { name: "OK".into(), label: self.everywhere("OK"), relevant: None };
        self.out.draft.lists.push(List { name: name.clone(), options: vec![option], from: None });
        self.lists.written.insert(key, name.clone());
        name
    }

    fn lose_filter(&mut self, entry: &SurveyRow, why: &str) {
        let reason = format!("its choice filter could not be carried over: {why}");
        self.out.lose(entry, &reason, "every choice of the list is offered");
    }

    fn choice_label(
        &mut self,
        row: usize,
        name: &str,
        label: &[(crate::instrument::Language, String)],
    ) -> LocalText {
        if label.is_empty() {
            let instead = format!("`{}` is shown", shortened(name));
            self.out.lose_at("choices", row, name, "it has no label", &instead);
            return self.everywhere(name);
        }
        let mut text = LocalText::new();
        for (language, said) in label {
            let (said, silent) = self.piped(said);
            text.push((language.clone(), said));
            for unknown in silent {
                let reason = format!("its label shows `{}`, which has no value here", shortened(&unknown));
                self.out.lose_at("choices", row, name, &reason, "an ellipsis stands in it");
            }
        }
        text
    }

    /// Words of our own, in the languages of the form that we have them in.
    pub(super) fn said(&self, words: &[(&str, &str)]) -> LocalText {
        let of =
            |tag: &str| words.iter().find(|(known, _)| *known == tag).map_or(words[0].1, |(_, said)| said);
        let short = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let languages = self.form.languages.iter();
        languages.map(|language| (language.clone(), of(&short(language.as_str())).to_owned())).collect()
    }
}

/// Whether a code may be a number that a spreadsheet rounded: beyond 2^53 neighbouring whole numbers are equal.
fn is_beyond_exact(name: &str) -> bool {
    const FIRST_LOST: f64 = (1_u64 << 53) as f64;
    let digits = name.strip_prefix('-').unwrap_or(name);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole && name.parse::<f64>().is_ok_and(|number| number.abs() >= FIRST_LOST && number.to_string() == name)
}

/// Two options whose names differ only in a sign or in case would record the same variable.
fn key_of(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}

const OTHERS: &[(&str, &str)] =
    &[("en", "Other"), ("nl", "Anders"), ("fr", "Autre"), ("de", "Anderes"), ("es", "Otro"), ("pt", "Outro")];

/// What stands above the line for what is not listed.
pub(super) const WHICH_OTHER: &[(&str, &str)] = &[
    ("en", "Specify other."),
    ("nl", "Wat dan?"),
    ("fr", "Précisez."),
    ("de", "Bitte angeben."),
    ("es", "Especifique."),
    ("pt", "Especifique."),
];
