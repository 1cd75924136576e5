//! Items as rows: each is asked for its prompts, and what it asks decides what it becomes.

use super::{Builder, DraftRow, Spoken, row, yes};
use crate::instrument::prompt::{Ask, Choice, Input, ScaleAsk, ScaleReply, TextForm};
use crate::instrument::{Item, Text};

impl Builder<'_> {
    pub(super) fn item(&mut self, item: &Item) {
        let asks: Vec<Ask> = self
            .instrument
            .languages
            .iter()
            .filter_map(|language| {
                item.question.ask(&[], &Spoken { language, known: &self.known }).map(|step| step.ask)
            })
            .collect();
        let Some(first) = asks.first().cloned() else { return };
        let mut base = self.base(item);
        self.asked += 1;
        match first {
            Ask::Note => self.finish(item, base, "note"),
            Ask::Pick { ref options, min, max } => {
                if item.question.columns().len() != 1 && max == 1 {
                    self.lose(
                        &item.name,
                        "it asks for several things one after the other",
                        "its first question",
                    );
                }
                let list = self.list(item, options, &asks);
                let kind = if max > 1 { "select_multiple" } else { "select_one" };
                if max > 1 && (min > 0 || max < options.len()) {
                    let own = format!("count-selected(.) >= {min} and count-selected(.) <= {max}");
                    and(&mut base, &own);
                }
                if item.kind == "consent" {
                    let says = |word| format!("${{{}}} = '{word}'", item.name);
                    self.truths.insert(item.name.clone(), [says("yes"), says("no")]);
                    self.lose(&item.name, "a refused consent ends the interview", "the form goes on");
                }
                if item.question.drawn().is_some() {
                    base.plain.insert("parameters", "randomize=true".into());
                }
                base.filter = self.filter(item);
                self.finish(item, base, &format!("{kind} {list}"));
            }
            Ask::Scale(ref scale) if scale.rows.len() == 1 => {
                let kind = self.scale(&item.name, scale, &asks, &mut base);
                self.finish(item, base, &kind);
            }
            Ask::Scale(scale) => self.matrix(item, base, &scale, &asks),
            Ask::Number { min, max, whole, unit } => {
                if let Some(min) = min {
                    and(&mut base, &format!(". >= {min}"));
                }
                if let Some(max) = max {
                    and(&mut base, &format!(". <= {max}"));
                }
                if unit.is_some() {
                    self.lose(&item.name, "a number has no unit there", "the number alone");
                }
                self.finish(item, base, if whole { "integer" } else { "decimal" });
            }
            Ask::Text(text) => {
                let kind = match text.form {
                    TextForm::Date { min, max, future } => {
                        if let Some(min) = min {
                            and(&mut base, &format!(". >= date('{min}')"));
                        }
                        match max {
                            Some(max) => and(&mut base, &format!(". <= date('{max}')")),
                            None if !future => and(&mut base, ". <= today()"),
                            None => {}
                        }
                        "date"
                    }
                    TextForm::Paragraph => {
                        base.plain.insert("appearance", "multiline".into());
                        "text"
                    }
                    TextForm::Timed => {
                        self.lose(
                            &item.name,
                            "words are asked for one by one and then placed",
                            "one line of text",
                        );
                        "text"
                    }
                    TextForm::Line => "text",
                };
                if item.question.bounds().and_then(|bounds| bounds.longest).is_some() {
                    and(&mut base, &format!("string-length(.) <= {}", text.max_length));
                }
                self.finish(item, base, kind);
            }
            Ask::Rank { ref options, places } => {
                if places < options.len() {
                    let reason = format!("{places} of its options are placed, and a form places all");
                    self.lose(&item.name, &reason, "all of them are placed");
                }
                let list = self.list(item, options, &asks);
                base.plain.insert("parameters", "randomize=true".into());
                self.finish(item, base, &format!("rank {list}"));
            }
            Ask::Allocate { ref parts, total } => self.allocation(item, base, parts, (&asks, total)),
            Ask::Sort(_) => {
                self.asked -= 1;
                self.lose(&item.name, "a form times nobody", "it is left out");
            }
        }
    }

    /// What rows of all kinds have.
    fn base(&mut self, item: &Item) -> DraftRow {
        let mut base = row("", &item.name, &[("required", yes(item.required && item.kind != "note"))]);
        self.lose_pipes(&item.name, [Some(&item.label), item.hint.as_ref()]);
        base.spoken.insert("label", self.say(&item.label));
        if let Some(hint) = &item.hint {
            base.spoken.insert("hint", self.say(hint));
        }
        let guidance: Vec<&Text> = item.guidance.iter().chain(&item.probes).collect();
        if !guidance.is_empty() {
            let mut lines = vec![String::new(); self.instrument.languages.len()];
            for text in guidance {
                for (line, said) in lines.iter_mut().zip(self.say(text)) {
                    if !line.is_empty() {
                        line.push('\n');
                    }
                    line.push_str(&said);
                }
            }
            base.spoken.insert("guidance_hint", lines);
        }
        if let Some(relevant) = &item.relevant {
            let relevant = self.condition(&item.name, "`relevant`", relevant, "it is asked always");
            base.plain.insert("relevant", relevant);
        }
        if let Some(constraint) = &item.constraint {
            let constraint = self.condition(&item.name, "`constraint`", constraint, "any answer is taken");
            base.plain.insert("constraint", constraint);
        }
        if let Some(message) = &item.constraint_message {
            base.spoken.insert("constraint_message", self.say(message));
        }
        if let Some(default) = &item.default {
            base.plain.insert("default", written(default));
        }
        base
    }

    /// Names in texts that are asked nowhere there.
    fn lose_pipes(&mut self, item: &str, texts: [Option<&Text>; 2]) {
        let templates = texts.into_iter().flatten().flat_map(Text::templates);
        let names = templates.flat_map(|template| template.pipes()).map(|(name, _)| name);
        let unknown: std::collections::BTreeSet<&str> =
            names.filter(|name| !self.known.contains(&name.replace('.', "_"))).collect();
        for name in unknown {
            let reason = format!("its text shows `{name}`, which is not asked there");
            self.lose(item, &reason, "an ellipsis stands in its text");
        }
    }

    fn finish(&mut self, item: &Item, mut base: DraftRow, kind: &str) {
        // Its second prompt, if it has one, has no counterpart; that was said where it was met.
        base.plain.insert("type", kind.to_owned());
        if item.kind != "note" {
            self.known.insert(item.name.clone());
        }
        self.put(base);
    }

    /// A list of choices, written once for all items that have the very same.
    fn list(&mut self, item: &Item, options: &[Choice], asks: &[Ask]) -> String {
        let labels = |at: usize| -> Vec<String> {
            let label = |ask: &Ask| match ask {
                Ask::Pick { options, .. } | Ask::Rank { options, .. } => {
                    options.get(at).map(|o| o.label.clone())
                }
                _ => None,
            };
            asks.iter().map(|ask| label(ask).unwrap_or_default()).collect()
        };
        let conditions = self.conditions(item);
        let rows = options.iter().enumerate().map(|(at, option)| {
            let offered = item.offered.iter().find(|(name, _)| *name == option.name);
            let key = offered.and_then(|(_, condition)| {
                conditions.iter().position(|known| known == condition.source()).map(|at| (at + 1).to_string())
            });
            (option.name.clone(), key.unwrap_or_default(), labels(at))
        });
        let rows: Vec<_> = rows.collect();
        self.list_of(&item.name, rows)
    }

    fn list_of(&mut self, name: &str, rows: Vec<(String, String, Vec<String>)>) -> String {
        let key = format!("{rows:?}");
        if let Some(known) = self.lists.get(&key) {
            return known.clone();
        }
        let name = format!("{name}_list");
        for (option, offered, labels) in rows {
            self.choices.push([name.clone(), option, offered].into_iter().chain(labels).collect());
        }
        self.lists.insert(key, name.clone());
        name
    }

    /// The conditions of an item's options, each once.
    fn conditions(&self, item: &Item) -> Vec<String> {
        let mut conditions: Vec<String> = Vec::new();
        for (_, condition) in &item.offered {
            if !conditions.iter().any(|known| known == condition.source()) {
                conditions.push(condition.source().to_owned());
            }
        }
        conditions
    }

    fn filter(&mut self, item: &Item) -> String {
        let conditions = self.conditions(item);
        if conditions.is_empty() {
            return String::new();
        }
        let mut parts = vec!["offered = ''".to_owned()];
        for (at, source) in conditions.iter().enumerate() {
            let found = item.offered.iter().find(|(_, condition)| condition.source() == source);
            let Some((_, condition)) = found else { continue };
            let xpath = self.condition(&item.name, "option’s `relevant`", condition, "it is never offered");
            if !xpath.is_empty() {
                parts.push(format!("(offered = '{}' and ({xpath}))", at + 1));
            }
        }
        parts.join(" or ")
    }

    /// One scale: labelled points become options, a line a range.
    fn scale(&mut self, name: &str, scale: &ScaleAsk, asks: &[Ask], base: &mut DraftRow) -> String {
        if scale.points.is_empty() {
            let ends: Vec<String> = asks
                .iter()
                .map(|ask| match ask {
                    Ask::Scale(scale) if !(scale.low.is_empty() && scale.high.is_empty()) => {
                        format!("{} = {} … {} = {}", scale.from, scale.low, scale.to, scale.high)
                    }
                    _ => String::new(),
                })
                .collect();
            if ends.iter().any(|ends| !ends.is_empty()) {
                self.lose(name, "the ends of a range have no words there", "they stand in its hint");
                let hints = base.spoken.entry("hint").or_insert_with(|| vec![String::new(); ends.len()]);
                for (hint, ends) in hints.iter_mut().zip(ends) {
                    *hint = [hint.clone(), ends]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join("\n");
                }
            }
            let parameters = format!("start={} end={} step={}", scale.from, scale.to, scale.step);
            base.plain.insert("parameters", parameters);
            return "range".into();
        }
        let list = self.points(name, scale, asks);
        base.plain.insert("appearance", "likert".into());
        format!("select_one {list}")
    }

    fn points(&mut self, name: &str, scale: &ScaleAsk, asks: &[Ask]) -> String {
        let rows: Vec<_> = scale
            .values()
            .enumerate()
            .map(|(at, point)| {
                let label = |ask: &Ask| match ask {
                    Ask::Scale(scale) => scale.points.get(at).cloned().unwrap_or_default(),
                    _ => String::new(),
                };
                (point.to_string(), String::new(), asks.iter().map(label).collect())
            })
            .collect();
        self.list_of(name, rows)
    }

    /// Several rows on one card become as many questions in a group of their own.
    fn matrix(&mut self, item: &Item, base: DraftRow, scale: &ScaleAsk, asks: &[Ask]) {
        self.lose(
            &item.name,
            "several rows on one card are questions of their own there",
            "a group with one question for each row",
        );
        if item.question.drawn().is_some() {
            self.lose(&item.name, "its rows come in an order drawn by chance", "the order of the file");
        }
        let list = (!scale.points.is_empty()).then(|| self.points(&item.name, scale, asks));
        let mut begin = base.clone();
        begin.plain.insert("type", "begin_group".into());
        begin.plain.insert("name", format!("{}_rows", item.name));
        for column in ["required", "constraint", "default"] {
            begin.plain.remove(column);
        }
        self.put(begin);
        for (at, part) in scale.rows.iter().enumerate() {
            let name = format!("{}_{}", item.name, part.name);
            let mut one = row("", &name, &[("required", yes(item.required))]);
            let label = |ask: &Ask| match ask {
                Ask::Scale(scale) => scale.rows.get(at).map(|row| row.label.clone()).unwrap_or_default(),
                _ => String::new(),
            };
            one.spoken.insert("label", asks.iter().map(label).collect());
            match &list {
                Some(list) => {
                    one.plain.insert("type", format!("select_one {list}"));
                    one.plain.insert("appearance", "likert".into());
                }
                None => {
                    one.plain.insert("type", "range".into());
                    let parameters = format!("start={} end={} step={}", scale.from, scale.to, scale.step);
                    one.plain.insert("parameters", parameters);
                }
            }
            self.known.insert(name);
            self.put(one);
        }
        self.put(row("end_group", "", &[]));
    }

    /// Points over parts become numbers, of which the last makes the sum.
    fn allocation(&mut self, item: &Item, base: DraftRow, parts: &[Choice], (asks, total): (&[Ask], i64)) {
        self.lose(
            &item.name,
            "points that must add up are numbers of their own there",
            "a group with one number for each part",
        );
        let mut begin = base;
        begin.plain.insert("type", "begin_group".into());
        begin.plain.insert("name", format!("{}_parts", item.name));
        for column in ["required", "constraint", "default"] {
            begin.plain.remove(column);
        }
        self.put(begin);
        let mut before: Vec<String> = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let name = format!("{}_{}", item.name, part.name);
            let mut one = row("integer", &name, &[("required", yes(item.required))]);
            let label = |ask: &Ask| match ask {
                Ask::Allocate { parts, .. } => {
                    parts.get(at).map(|part| part.label.clone()).unwrap_or_default()
                }
                _ => String::new(),
            };
            one.spoken.insert("label", asks.iter().map(label).collect());
            let sum: String = before.iter().map(|name| format!(" + ${{{name}}}")).collect();
            let constraint = match at + 1 == parts.len() {
                true => format!(". >= 0 and .{sum} = {total}"),
                false => format!(". >= 0 and .{sum} <= {total}"),
            };
            one.plain.insert("constraint", constraint);
            before.push(name.clone());
            self.known.insert(name);
            self.put(one);
        }
        self.put(row("end_group", "", &[]));
    }
}

/// One more constraint beside those that are there.
fn and(row: &mut DraftRow, constraint: &str) {
    let cell = row.plain.entry("constraint").or_default();
    *cell = if cell.is_empty() { constraint.to_owned() } else { format!("({cell}) and ({constraint})") };
}

/// An answer as a form writes it.
fn written(input: &Input) -> String {
    match input {
        Input::Picked(names) | Input::Ranked(names) => names.join(" "),
        Input::Number(number) => number.to_string(),
        Input::Text(typed) => typed.text.clone(),
        Input::Rated(cells) => match cells.first() {
            Some(ScaleReply::Point(point)) => point.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
