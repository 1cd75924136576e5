//! Rules beyond the format itself: scales must be scorable, questions reachable, texts suited to their reader. To add one: a
//! function and a line in [`LINTS`].

mod address;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::expression::{Expression, Lookup, Value};
use super::finding::Fault;
use super::kinds::{Feed, Key};
use super::table::Findings;
use super::{Audience, Construct, Feedback, Instrument, Item, Reads, RelationalModel, Scale};

mod dates;
mod never;
mod promises;

/// A rule.
pub struct Lint {
    /// The code of its findings.
    pub code: &'static str,
    /// What it checks, in one sentence.
    pub about: &'static str,
    /// Whether it needs a completely read instrument, because missing parts would cause false findings.
    whole: bool,
    check: fn(&Instrument, &mut Vec<Fault>),
}

impl fmt::Debug for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lint({})", self.code)
    }
}

const fn lint(code: &'static str, about: &'static str, check: fn(&Instrument, &mut Vec<Fault>)) -> Lint {
    Lint { code, about, whole: false, check }
}

const fn of_the_whole(
    code: &'static str,
    about: &'static str,
    check: fn(&Instrument, &mut Vec<Fault>),
) -> Lint {
    Lint { code, about, whole: true, check }
}

/// Every rule.
pub static LINTS: &[Lint] = &[
    lint("scale.feeds", "an item feeds a scale whose method cannot use it", feeds),
    of_the_whole("scale.few-items", "a scale has too few items to be scored", few_items),
    lint("scale.mixed-points", "the items of a scale run over different points", mixed_points),
    of_the_whole("name.column-twice", "two items would record the same column", columns),
    lint("scale.label-twice", "two scales read alike in a report", same_labels),
    lint("flow.unreachable", "a condition that no answer can make true", unreachable),
    lint(
        "date.never",
        "a date takes no day in the future, and its constraint or its `min` no other",
        dates::only_future,
    ),
    lint("constraint.never", "a constraint that no answer meets", never::never),
    of_the_whole("consent.late", "something is asked of the respondent before consent", late_consent),
    lint("audience.hidden", "probes or guidance that nobody will see", hidden),
    lint("advice.reveals", "an advice tells a respondent what their feedback keeps from them", reveals),
    lint(
        "text.address",
        "a Dutch text addresses people otherwise than the instrument says",
        address::address,
    ),
    of_the_whole(
        "profile.never",
        "scales of relational models that never make a profile",
        promises::profiles,
    ),
    of_the_whole("gap.never", "too little is said for a verdict on the gap", promises::verdicts),
    of_the_whole(
        "advice.never",
        "an advice reads a result that never comes, or no answer gives it",
        promises::advice,
    ),
    lint("text.model-name", "a respondent would read the name of a model", model_name),
];

/// Fewer associations than this say too little for a score.
const FEWEST_WORDS: usize = 3;

/// Computes what depends on the whole instrument, and runs all rules.
pub(super) fn run(instrument: &mut Instrument, out: &mut Findings) {
    // For a mean, every row of a matrix is an item; for shares, the whole item is one answer.
    let answers = |at: usize| {
        let items = items_of(instrument, at);
        match instrument.scales[at].method.reads() {
            Reads::Points => items.iter().map(|(_, feeds)| feeds.len()).sum(),
            _ => items.len(),
        }
    };
    let counts: Vec<usize> = (0..instrument.scales.len()).map(answers).collect();
    for (scale, count) in instrument.scales.iter_mut().zip(counts) {
        if scale.min_valid == 0 {
            scale.min_valid = match scale.method.reads() {
                // Science: fewer than three associations say too little.
                Reads::Words => FEWEST_WORDS,
                _ => count.div_ceil(2).max(1),
            };
        }
    }
    let whole = out.is_whole();
    for lint in LINTS.iter().filter(|lint| whole || !lint.whole) {
        (lint.check)(instrument, &mut out.faults);
    }
}

/// The items that feed a scale, each with its feeds into it.
fn items_of(instrument: &Instrument, scale: usize) -> Vec<(&Item, Vec<Feed>)> {
    let feeds = |item: &'_ Item| -> Vec<Feed> {
        item.question.feeds().into_iter().filter(|feed| feed.scale == scale).collect()
    };
    let items = instrument.items.iter().map(|item| (item, feeds(item)));
    items.filter(|(_, feeds)| !feeds.is_empty()).collect()
}

fn each_scale(instrument: &Instrument) -> impl Iterator<Item = (&Scale, Vec<(&Item, Vec<Feed>)>)> {
    instrument.scales.iter().enumerate().map(|(at, scale)| (scale, items_of(instrument, at)))
}

fn same_labels(instrument: &Instrument, out: &mut Vec<Fault>) {
    for (at, scale) in instrument.scales.iter().enumerate() {
        let before = &instrument.scales[..at];
        let same = instrument.languages.iter().find_map(|language| {
            let label = scale.label.as_ref()?.raw(language);
            let alike = |other: &&Scale| {
                other.perspective == scale.perspective
                    && other
                        .label
                        .as_ref()
                        .is_some_and(|text| text.raw(language).eq_ignore_ascii_case(&label))
            };
            before.iter().find(alike).map(|other| (other.name.clone(), label.clone()))
        });
        if let Some((other, label)) = same {
            let message = format!("the scales `{other}` and `{}` are both called “{label}”", scale.name);
            let help = "nobody could tell them apart in a report; give one of them another label".to_owned();
            out.push(Fault::warning("scale.label-twice", scale.span.clone(), message).help(help));
        }
    }
}

fn feeds(instrument: &Instrument, out: &mut Vec<Fault>) {
    for (scale, items) in each_scale(instrument) {
        for (item, feeds) in &items {
            let fits = feeds.iter().all(|feed| scale.method.reads().takes(item.kind, &feed.key));
            if !fits {
                let message = format!(
                    "item `{}` of kind `{}` feeds the scale `{}`, whose method `{}` cannot use it",
                    item.name,
                    item.kind,
                    scale.name,
                    scale.method.name()
                );
                out.push(Fault::error("scale.feeds", item.span.clone(), message));
            }
            one_of_each(item, feeds, out);
            let untagged = feeds.iter().all(|feed| match &feed.key {
                Key::Reaction(tags) => tags.iter().all(|(_, model)| model.is_none()),
                _ => false,
            });
            if scale.method.reads() == Reads::Choices && untagged {
                let message =
                    format!("none of the reactions of `{}` says which `model` it stands for", item.name);
                out.push(Fault::error("scale.feeds", item.span.clone(), message));
            }
        }
        let kinds: Vec<&str> = items.iter().map(|(item, _)| item.kind).collect();
        if scale.method.reads() == Reads::Choices
            && kinds.contains(&"vignette")
            && kinds.contains(&"allocate")
        {
            let message =
                format!("scale `{}` mixes vignettes and allocations; give each a scale", scale.name);
            out.push(Fault::error("scale.feeds", scale.span.clone(), message));
        }
    }
}

/// A scored set must hold each model exactly once: a missing one could not be chosen, and a repeated one would be chosen more
/// often for that reason alone.
fn one_of_each(item: &Item, feeds: &[Feed], out: &mut Vec<Fault>) {
    let Some(Key::Best(tags)) = feeds.iter().map(|feed| &feed.key).find(|key| matches!(key, Key::Best(_)))
    else {
        return;
    };
    for model in RelationalModel::ALL {
        let times = match tags.iter().filter(|(_, tag)| *tag == Some(model)).count() {
            0 => "no statement".to_owned(),
            1 => continue,
            times => format!("{times} statements"),
        };
        let message =
            format!("`{}` feeds a scale and has {times} with `model = \"{}\"`", item.name, model.name());
        let help =
            "a set that is scored has one statement for each of the four models; further ones go without";
        out.push(Fault::error("scale.feeds", item.span.clone(), message).help(help.to_owned()));
    }
}

fn few_items(instrument: &Instrument, out: &mut Vec<Fault>) {
    for (scale, items) in each_scale(instrument) {
        let count: usize = match scale.method.reads() {
            Reads::Points => items.iter().map(|(_, feeds)| feeds.len()).sum(),
            _ => items.len(),
        };
        if count == 0 {
            let message = format!("no item feeds the scale `{}`", scale.name);
            out.push(Fault::error("scale.few-items", scale.span.clone(), message));
        } else if scale.method.reads().one_item() && count > 1 {
            let message = format!("scale `{}` takes one item, and {count} feed it", scale.name);
            out.push(Fault::error("scale.few-items", scale.span.clone(), message));
        } else if count == 1 && matches!(scale.construct, Construct::Model(_)) {
            // An emotion is one word and satisfaction one mark, but a norm needs more than one sentence.
            let message =
                format!("scale `{}` has one item, which is too little for a relational model", scale.name);
            out.push(Fault::error("scale.few-items", scale.span.clone(), message));
        }
        if scale.method.reads() == Reads::Words && (1..FEWEST_WORDS).contains(&scale.min_valid) {
            let message =
                format!("scale `{}` would be scored from fewer than {FEWEST_WORDS} words", scale.name);
            out.push(Fault::error("scale.few-items", scale.span.clone(), message));
        }
        let most = match scale.method.reads() {
            Reads::Words => items.iter().map(|(_, feeds)| feeds.len()).sum(),
            _ => count,
        };
        if count > 0 && scale.min_valid > most {
            let message =
                format!("scale `{}` wants {} valid answers and can get {most}", scale.name, scale.min_valid);
            out.push(Fault::error("scale.few-items", scale.span.clone(), message));
        }
    }
}

fn mixed_points(instrument: &Instrument, out: &mut Vec<Fault>) {
    for (scale, items) in each_scale(instrument) {
        let mut ranges: Vec<(f64, f64)> = Vec::new();
        for (item, feeds) in &items {
            for feed in feeds {
                let Key::Points { min, max, .. } = feed.key else { continue };
                if !ranges.is_empty() && !ranges.contains(&(min, max)) {
                    let (low, high) = ranges[0];
                    let message = format!(
                        "item `{}` runs from {min} to {max}, and the scale `{}` from {low} to {high}",
                        item.name, scale.name
                    );
                    out.push(Fault::error("scale.mixed-points", item.span.clone(), message));
                }
                ranges.push((min, max));
            }
        }
        let Some(neutral) = scale.neutral else { continue };
        if let Some((min, max)) = ranges.iter().find(|(min, max)| neutral <= *min || neutral >= *max) {
            let message = format!(
                "the neutral point of scale `{}` is {neutral}, and should lie between {min} and {max}",
                scale.name
            );
            out.push(Fault::error("scale.neutral", scale.span.clone(), message));
        }
    }
}

fn columns(instrument: &Instrument, out: &mut Vec<Fault>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for item in &instrument.items {
        for column in item.question.columns() {
            if let Some(other) = seen.insert(column.name.to_ascii_lowercase(), &item.name) {
                let message = format!(
                    "items `{other}` and `{}` would both record a column `{}`",
                    item.name, column.name
                );
                out.push(Fault::error("name.column-twice", item.span.clone(), message));
            }
        }
    }
}

/// Tries every combination of answers, where there are few enough.
fn unreachable(instrument: &Instrument, out: &mut Vec<Fault>) {
    let groups = instrument.groups.iter().map(|group| (&group.relevant, &group.span, "group", &group.name));
    let items = instrument.items.iter().map(|item| (&item.relevant, &item.span, "item", &item.name));
    for (relevant, span, what, name) in groups.chain(items) {
        let Some(relevant) = relevant else { continue };
        if can_be_true(instrument, relevant) == Some(false) {
            let message = format!("{what} `{name}` can never be shown: no answer makes its `relevant` true");
            out.push(Fault::error("flow.unreachable", span.clone(), message));
        }
    }
}

/// The most combinations that are tried; beyond them the rule stays silent.
const COMBINATIONS: usize = 20_000;

struct Trial<'a> {
    instrument: &'a Instrument,
    values: BTreeMap<String, Value>,
    /// Calculations computed so far: otherwise, ones that use another twice would double the work at every level.
    calculated: RefCell<BTreeMap<String, Value>>,
    /// Whether the condition depends on something unknown here, such as the day; it is then never reported as unreachable.
    open: &'a Cell<bool>,
}

impl Lookup for Trial<'_> {
    fn value(&self, name: &str) -> Value {
        if let Some((_, calculation)) = self.instrument.calculations.iter().find(|(known, _)| known == name) {
            let known = self.calculated.borrow().get(name).cloned();
            return known.unwrap_or_else(|| {
                let value = calculation.evaluate(self);
                self.calculated.borrow_mut().insert(name.to_owned(), value.clone());
                value
            });
        }
        self.values.get(name).cloned().unwrap_or(Value::Missing)
    }

    fn is_answered(&self, name: &str) -> bool {
        self.value(name) != Value::Missing
    }

    fn choice_name(&self, _: &str) -> Value {
        self.open.set(true);
        Value::Missing
    }

    fn today(&self) -> Value {
        self.open.set(true);
        Value::Missing
    }
}

/// Whether any answers make `condition` true; `None` if there are too many to try.
fn can_be_true(instrument: &Instrument, condition: &Expression) -> Option<bool> {
    let mut names: Vec<String> = Vec::new();
    let mut waiting: Vec<String> = condition.references().into_iter().map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        match instrument.calculations.iter().find(|(known, _)| *known == name) {
            Some((_, calculation)) => waiting.extend(calculation.references().into_iter().map(str::to_owned)),
            None => names.push(name),
        }
    }
    let mut domains = Vec::new();
    let mut combinations = 1_usize;
    for name in names {
        let (stem, part) =
            name.split_once('.').map_or((name.as_str(), None), |(stem, part)| (stem, Some(part)));
        let mut domain = instrument.item(stem)?.question.domain(part)?;
        domain.push(Value::Missing);
        combinations = combinations.checked_mul(domain.len()).filter(|count| *count <= COMBINATIONS)?;
        domains.push((name, domain));
    }
    let open = Cell::new(false);
    let any = (0..combinations).any(|mut code| {
        let mut values = BTreeMap::new();
        for (name, domain) in &domains {
            values.insert(name.clone(), domain[code % domain.len()].clone());
            code /= domain.len();
        }
        let trial = Trial { instrument, values, calculated: RefCell::default(), open: &open };
        condition.evaluate(&trial) == Value::Bool(true)
    });
    if any || !open.get() { Some(any) } else { None }
}

fn late_consent(instrument: &Instrument, out: &mut Vec<Fault>) {
    let asked =
        |item: &&Item| instrument.group_of(item).audience == Audience::Respondent && item.kind != "note";
    let mut respondent = instrument.items.iter().filter(asked);
    let first_is_consent = respondent.next().is_some_and(|item| item.kind == "consent");
    if let (false, Some(late)) = (first_is_consent, respondent.find(|item| item.kind == "consent")) {
        let message = format!("`{}` asks for consent after other questions have been asked", late.name);
        out.push(Fault::warning("consent.late", late.span.clone(), message));
    }
}

fn hidden(instrument: &Instrument, out: &mut Vec<Fault>) {
    // Without an interviewer, there is nobody to read them.
    for item in &instrument.items {
        let respondent = instrument.group_of(item).audience == Audience::Respondent;
        if respondent && (item.guidance.is_some() || !item.probes.is_empty()) {
            let message = format!(
                "`{}` has probes or guidance, which a group for the respondent never shows",
                item.name
            );
            out.push(Fault::warning("audience.hidden", item.span.clone(), message));
        }
    }
}

fn reveals(instrument: &Instrument, out: &mut Vec<Fault>) {
    if instrument.feedback == Feedback::Full {
        return;
    }
    for advice in &instrument.advice {
        let of_gap = advice.when.references().iter().any(|name| name.starts_with("gap."));
        if of_gap && advice.audience != Some(Audience::Interviewer) {
            let message =
                format!("advice `{}` depends on the gap, which this respondent may not see", advice.name);
            let help = "add `audience = \"interviewer\"`, or set `feedback = \"full\"` at the top".to_owned();
            out.push(Fault::error("advice.reveals", advice.span.clone(), message).help(help));
        }
    }
}

/// The models by the names of the literature, in the languages of relata's screens.
const MODEL_NAMES: &[&str] = &[
    "communal sharing",
    "authority ranking",
    "equality matching",
    "market pricing",
    "relational model",
    "relationeel model",
    "relatiemodel",
];

fn model_name(instrument: &Instrument, out: &mut Vec<Fault>) {
    for item in &instrument.items {
        if instrument.group_of(item).audience != Audience::Respondent {
            continue;
        }
        for language in &instrument.languages {
            let text = item.label.raw(language).to_lowercase();
            if let Some(name) = MODEL_NAMES.iter().find(|name| text.contains(**name)) {
                let message = format!("`{}` shows a respondent the name \"{name}\"", item.name);
                out.push(Fault::warning("text.model-name", item.span.clone(), message));
            }
        }
    }
}
