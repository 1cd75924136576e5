//! Items from rows: which of our kinds a type becomes, with its keys, its default and the scales that it feeds.

use super::super::draft::DraftItem;
use super::super::form::SurveyRow;
use super::super::names::{KnownName, NameKind};
use super::super::numbers::{number, parameter};
use super::super::types::QuestionType;
use super::super::xpath::shortened;
use super::lists::{ListUse as ListForm, MOST, WHICH_OTHER};
use super::logic::Condition;
use super::{Builder, LONGEST};

/// What a row becomes.
struct ItemKeys {
    kind: &'static str,
    list: Option<String>,
    keys: Vec<(&'static str, String)>,
    /// A constraint that its type brings along.
    constraint: Option<String>,
}

impl ItemKeys {
    fn plain(kind: &'static str) -> Self {
        Self { kind, list: None, keys: Vec::new(), constraint: None }
    }

    fn with(kind: &'static str, list: String) -> Self {
        Self { list: Some(list), ..Self::plain(kind) }
    }
}

impl Builder<'_> {
    /// What a row means in other rows' expressions. A calculated value is not known yet.
    pub(super) fn kind_of(&mut self, entry: &SurveyRow) -> NameKind {
        if matches!(entry.kind, QuestionType::Calculate | QuestionType::Hidden | QuestionType::Metadata(_))
            || self.shows_a_result(entry)
        {
            return NameKind::Bool;
        }
        self.kind_asked(entry)
    }

    pub(super) fn kind_asked(&mut self, entry: &SurveyRow) -> NameKind {
        if is_for_reading(entry) {
            return NameKind::Nothing;
        }
        match &entry.kind {
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Range => NameKind::Number,
            QuestionType::Date | QuestionType::DateTime => NameKind::Date,
            QuestionType::Text
            | QuestionType::Time
            | QuestionType::Barcode
            | QuestionType::SelectFromFile
            | QuestionType::Unknown(_) => NameKind::Text,
            QuestionType::Acknowledge => NameKind::One(vec![("OK".into(), "OK".into())]),
            QuestionType::Select { list, many, other } => {
                if self.scale_of(entry).is_some() && !many {
                    return self.points(list).map_or(NameKind::Text, NameKind::Points);
                }
                let Some(mut options) = self.options(list) else { return NameKind::Text };
                if *other && !options.iter().any(|(from, _)| from == "other") {
                    options.push(("other".into(), "other".into()));
                }
                if *many { NameKind::Many(options) } else { NameKind::One(options) }
            }
            _ => NameKind::Nothing,
        }
    }

    fn scale_of(&self, entry: &SurveyRow) -> Option<(String, bool)> {
        let feeds = |wish: &&super::super::ScaleWish| wish.items.contains(&entry.name);
        let wish = self.wishes.scales.iter().find(feeds)?;
        Some((wish.name.clone(), wish.reversed.contains(&entry.name)))
    }

    /// Rows that are never asked have no value in other rows' expressions.
    fn forget_what_is_never_asked(&mut self) {
        for (at, entry) in self.form.entries.iter().enumerate() {
            let never = self.within[at].is_some_and(|group| self.nested[group].never);
            let asks = entry.kind.asks() && !self.shows_a_result(entry);
            if asks
                && (never || matches!(self.condition(entry, ASKED_ALWAYS), Condition::Never))
                && let Some(known) = self.names.get_mut(&entry.name)
            {
                known.kind = NameKind::Nothing;
            }
        }
    }

    pub(super) fn items(&mut self) {
        self.forget_what_is_never_asked();
        let interviewer =
            self.form.entries.iter().any(|entry| entry.kind.is_seen() && !entry.guidance.is_empty());
        let mut last = None;
        let mut named: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
        for (at, entry) in self.form.entries.iter().enumerate() {
            if !entry.kind.is_seen() {
                continue;
            }
            let within = self.within[at];
            let relevant = match self.condition(entry, ASKED_ALWAYS) {
                _ if within.is_some_and(|group| self.nested[group].never) => {
                    self.out.lose(entry, "the condition of its group can never hold", "it is left out");
                    continue;
                }
                Condition::Never if self.never_holds_there(entry) => {
                    self.out.remark(format!(
                        "row {} of `survey` is left out: its condition can never hold, so that the form never asks it either",
                        entry.row
                    ));
                    continue;
                }
                Condition::Never => {
                    self.out.lose(entry, "its condition can never hold", "it is left out");
                    continue;
                }
                Condition::Always => None,
                Condition::When(text) => Some(text),
            };
            let known = match self.names.get(&entry.name) {
                Some(known) if !entry.name.is_empty() && named.insert(&entry.name) => known.clone(),
                _ => {
                    let wanted = if entry.name.is_empty() { "row" } else { &entry.name };
                    let name = self.free_name(wanted);
                    match entry.name.is_empty() {
                        false => self.out.rename("question", &entry.name, &name),
                        // A note records nothing, so a changed name doesn't matter.
                        true if entry.kind == QuestionType::Note => {}
                        true => self.out.lose(entry, "it has no name", &format!("it is called `{name}`")),
                    }
                    KnownName { name, kind: self.kind_asked(entry), calculated: false, settled: false }
                }
            };
            self.common_losses(entry);
            if entry.kind == QuestionType::TableHead {
                let silent = entry.label.is_empty() && entry.hint.is_empty();
                let instead = if silent { "it is left out" } else { "its words stand in a note" };
                self.out.remark(format!(
                    "row {} of `survey` is the head of a table and takes no answer, so that it is no question; {instead}",
                    entry.row
                ));
            }
            let item = match self.shows_a_result(entry) && !self.out.asked_instead(entry.row) {
                true => self.result(entry, &known, relevant),
                false => self.item(entry, &known, relevant),
            };
            if let Some(item) = item {
                self.group_for(within, &mut last, interviewer);
                let other = self.other_line(entry, &item);
                if let Some(group) = self.out.draft.groups.last_mut() {
                    group.items.push(item);
                    group.items.extend(other);
                }
            }
        }
    }

    fn common_losses(&mut self, entry: &SurveyRow) {
        self.messages(entry);
        if entry.media {
            let reason = "a terminal shows no picture and plays no sound";
            self.out.lose(entry, reason, "its words alone");
        }
        if !entry.trigger.is_empty() {
            let reason = "it is worked out when another answer changes";
            self.out.lose(entry, reason, "it is worked out whenever it is needed");
        }
        let shuffles = entry.parameters.to_lowercase().replace(' ', "").contains("randomize=true");
        if shuffles && matches!(entry.kind, QuestionType::Select { .. }) {
            self.out.lose(
                entry,
                "its choices are shown in an order drawn by chance",
                "they keep the order of the form",
            );
        }
    }

    fn item(&mut self, entry: &SurveyRow, known: &KnownName, relevant: Option<String>) -> Option<DraftItem> {
        let made = self.made(entry)?;
        let label = match (entry.label.is_empty(), entry.hint.is_empty()) {
            (false, _) => self.words(entry, &entry.label),
            (true, false) => self.words(entry, &entry.hint),
            (true, true) if entry.kind == QuestionType::TableHead => return None,
            (true, true) if made.kind == "note" => {
                self.out.lose(entry, "a note without a text says nothing here", "it is left out");
                return None;
            }
            (true, true) => {
                let shown = if entry.name.is_empty() { "…" } else { &entry.name };
                // The form has no text there that could be lost, so this is only a remark.
                self.out.remark(format!(
                    "row {} of `survey` has no label and no hint; `{}` is shown",
                    entry.row,
                    shortened(shown)
                ));
                self.everywhere(shown)
            }
        };
        let mut hint = if entry.label.is_empty() { Vec::new() } else { self.words(entry, &entry.hint) };
        if hint.is_empty() && entry.kind == QuestionType::Time {
            hint = self.everywhere("HH:MM");
        }
        let own = self.kind_asked(entry);
        let answer = if made.kind == "note" { NameKind::Nothing } else { own };
        let constraint = match (self.constraint(entry, &answer), made.constraint) {
            (Some(own), Some(brought)) => Some(format!("({own}) and ({brought})")),
            (own, brought) => own.or(brought),
        };
        let default = self.default(entry, &answer);
        let scale = self.scale_of(entry);
        Some(DraftItem {
            row: entry.row,
            name: known.name.clone(),
            origin: entry.name.clone(),
            kind: made.kind,
            label,
            hint,
            guidance: self.words(entry, &entry.guidance),
            required: made.kind != "note" && self.required(entry),
            relevant,
            message: self.words(entry, &entry.message),
            constraint,
            default,
            list: made.list,
            scale,
            keys: made.keys,
        })
    }

    /// A calculated value that is shown.
    fn result(
        &mut self,
        entry: &SurveyRow,
        known: &KnownName,
        relevant: Option<String>,
    ) -> Option<DraftItem> {
        let (words, hint) = match entry.label.is_empty() {
            true => (&entry.hint, None),
            false => (&entry.label, Some(&entry.hint)),
        };
        if words.is_empty() || known.kind == NameKind::Nothing {
            return None;
        }
        let name =
            self.free_name(&format!("{}_shown", known.name.chars().take(LONGEST - 6).collect::<String>()));
        let mut label = self.words(entry, words);
        match known.kind {
            NameKind::Bool | NameKind::Truth => {
                self.out.lose(entry, "a text does not show whether something is true", "its words alone");
            }
            _ => label.iter_mut().for_each(|(_, said)| *said = format!("{said} {{{}}}", known.name)),
        }
        let hint = hint.map(|hint| self.words(entry, hint)).unwrap_or_default();
        Some(DraftItem {
            row: entry.row,
            name,
            origin: entry.name.clone(),
            kind: "note",
            label,
            hint,
            guidance: self.words(entry, &entry.guidance),
            relevant,
            ..DraftItem::default()
        })
    }

    /// The kind and its keys; a loss, and possibly `None`, where there is no counterpart.
    fn made(&mut self, entry: &SurveyRow) -> Option<ItemKeys> {
        if is_for_reading(entry) {
            self.for_reading(entry);
            return Some(ItemKeys::plain("note"));
        }
        Some(match &entry.kind {
            QuestionType::Text => {
                let mut made = ItemKeys::plain("text");
                if entry.appearance.contains("multiline") {
                    made.keys.push(("multiline", "true".into()));
                }
                made
            }
            QuestionType::Integer => ItemKeys::plain("integer"),
            QuestionType::Decimal => ItemKeys::plain("decimal"),
            QuestionType::Date => {
                ItemKeys { keys: vec![("future", "true".into())], ..ItemKeys::plain("date") }
            }
            QuestionType::DateTime => {
                self.out.lose(entry, "relata asks for days, not for times of day", "its day is asked");
                ItemKeys { keys: vec![("future", "true".into())], ..ItemKeys::plain("date") }
            }
            QuestionType::Time => {
                // Whatever a form can require of a time gets a loss of its own.
                self.out.remark(format!(
                    "row {} of `survey` asks for a time of day: it is typed as HH:MM and kept as a text",
                    entry.row
                ));
                let pattern = "regex(., '([01]?[0-9]|2[0-3]):[0-5][0-9]')".to_owned();
                ItemKeys { constraint: Some(pattern), ..ItemKeys::plain("text") }
            }
            QuestionType::Note => {
                self.for_reading(entry);
                ItemKeys::plain("note")
            }
            QuestionType::TableHead => ItemKeys::plain("note"),
            QuestionType::Acknowledge => ItemKeys::with("select_one", self.acknowledgement()),
            QuestionType::Range => self.range(entry),
            QuestionType::Select { list, many, other } => return self.select(entry, list, *many, *other),
            QuestionType::Rank { list } if self.options(list).is_none() => return self.no_list(entry, list),
            QuestionType::Rank { list } => match self.list_for(entry, list, ListForm::Options) {
                Some(list) => ItemKeys::with("rank", list),
                None => return self.no_list(entry, list),
            },
            QuestionType::Barcode => {
                self.out.lose(entry, "a terminal scans no codes", "it is typed");
                ItemKeys::plain("text")
            }
            QuestionType::SelectFromFile => {
                self.out.lose(entry, "its choices lie in another file", "the answer is typed");
                ItemKeys::plain("text")
            }
            QuestionType::Captured(what) => {
                self.out.lose(entry, &format!("a terminal takes in no such thing: {what}"), "it is left out");
                return None;
            }
            QuestionType::Unknown(word) => {
                let reason = format!("there is no type `{}` in XLSForm", shortened(word));
                self.out.lose(entry, &reason, "the answer is typed as a text");
                ItemKeys::plain("text")
            }
            _ => return None,
        })
    }

    /// A read-only line becomes a note; its other contents are lost.
    fn for_reading(&mut self, entry: &SurveyRow) {
        let line = matches!(
            entry.kind,
            QuestionType::Note
                | QuestionType::Text
                | QuestionType::Integer
                | QuestionType::Decimal
                | QuestionType::Date
        );
        if !line {
            self.out.lose(entry, "nobody may answer it, it is for reading only", "a note");
        }
        if !entry.default.is_empty() {
            let reason = format!("it shows `{}`, which nobody may change", shortened(&entry.default));
            self.out.lose(entry, &reason, "a note with its words alone");
        }
    }

    fn select(&mut self, entry: &SurveyRow, list: &str, many: bool, other: bool) -> Option<ItemKeys> {
        if self.options(list).is_none() {
            return self.no_list(entry, list);
        }
        if self.scale_of(entry).is_some() && !many {
            return match self.list_for(entry, list, ListForm::Points) {
                Some(list) => Some(ItemKeys::with("likert", list)),
                None => {
                    self.out.lose(entry, "a filter leaves only some of its points", "it is left out");
                    None
                }
            };
        }
        let form = if other { ListForm::WithOther } else { ListForm::Options };
        match self.list_for(entry, list, form) {
            Some(list) => Some(ItemKeys::with(if many { "select_multiple" } else { "select_one" }, list)),
            None => {
                self.out.lose(entry, "its choice filter leaves no choice", "it is left out");
                None
            }
        }
    }

    fn no_list(&mut self, entry: &SurveyRow, list: &str) -> Option<ItemKeys> {
        let reason = match (list.is_empty(), self.form.choices.contains_key(list)) {
            (true, _) => "it names no list of choices".to_owned(),
            (false, true) => format!("its list has more than {MOST} choices"),
            (false, false) => format!("there is no list of choices `{}`", shortened(list)),
        };
        self.out.lose(entry, &reason, "the answer is typed as a text");
        Some(ItemKeys::plain("text"))
    }

    /// A line from one number to another.
    fn range(&mut self, entry: &SurveyRow) -> ItemKeys {
        let read = |name: &str, otherwise: f64| match parameter(&entry.parameters, name) {
            Some(said) => {
                number(said).map_err(|why| format!("the {name} of its range cannot be told: {why}"))
            }
            None => Ok(otherwise),
        };
        let (start, end, step) = match (read("start", 1.0), read("end", 10.0), read("step", 1.0)) {
            (Ok(start), Ok(end), Ok(step)) => (start, end, step.abs()),
            (Err(why), ..) | (_, Err(why), _) | (.., Err(why)) => {
                self.out.lose(entry, &why, "any number is taken");
                return ItemKeys::plain("decimal");
            }
        };
        // It is counted from where it begins, also where the last step does not reach the end.
        let reached = start - ((start - end) / step + 1e-9).floor() * step;
        let (min, max) = if start > end && step > 0.0 { (reached, start) } else { (start, end) };
        if start > end {
            self.out.lose(entry, "its range runs downwards", &format!("from {min} to {max}"));
        }
        let whole = [min, max, step].iter().all(|number| number.fract() == 0.0 && number.abs() < 1e9);
        let steps = (max - min) / step;
        if whole && step >= 1.0 && (1.0..=1000.0).contains(&steps) && steps.fract() == 0.0 {
            let keys = [("min", min), ("max", max), ("step", step)];
            return ItemKeys {
                keys: keys.map(|(key, value)| (key, value.to_string())).into(),
                ..ItemKeys::plain("slider")
            };
        }
        let mut made = ItemKeys::plain(if whole { "integer" } else { "decimal" });
        let written =
            |number: f64| if number.fract() == 0.0 { format!("{number:.1}") } else { number.to_string() };
        made.keys = vec![("min", written(min)), ("max", written(max))];
        if step > 0.0 && min < max {
            let from = if min < 0.0 { format!("(. + {})", -min) } else { format!("(. - {min})") };
            made.constraint = Some(format!("{from} / {step} = round({from} / {step})"));
        }
        made
    }

    /// The line on which `or_other` asks what the other thing is.
    fn other_line(&mut self, entry: &SurveyRow, item: &DraftItem) -> Option<DraftItem> {
        let QuestionType::Select { other: true, many, .. } = entry.kind else { return None };
        let from = format!("{}_other", entry.name);
        if self.form.entries.iter().any(|other| other.name == from) {
            return None;
        }
        let name = self.names.get(&from).map(|known| known.name.clone())?;
        let when = match many {
            true => format!("selected({}, 'other')", item.name),
            false => format!("{} = 'other'", item.name),
        };
        Some(DraftItem {
            row: entry.row,
            name,
            origin: from,
            kind: "text",
            label: self.said(WHICH_OTHER),
            relevant: Some(when),
            ..DraftItem::default()
        })
    }
}

/// Whether a row is only shown and never answered.
pub(super) fn is_for_reading(entry: &SurveyRow) -> bool {
    let reads = matches!(entry.kind, QuestionType::Note | QuestionType::TableHead);
    entry.read_only && entry.calculation.is_empty() && !reads
}

/// The replacement for a condition that could not be converted.
const ASKED_ALWAYS: &str = "it is asked always";
