//! Functions of XPath and of XLSForm, by their names there.

use super::super::names::NameKind;
use super::super::xpath::{XPathNode, shortened};
use super::compare::is_day;
use super::{
    Ambiguity, Among, Carried, Constant, Ours, Precedence, compare, negated, numeric, quoted, settled,
};
use crate::instrument::expression::single_spaced;

impl Among<'_> {
    pub(super) fn called(&self, name: &str, arguments: &[XPathNode]) -> Carried {
        match (name, arguments) {
            ("true", []) => Ok(Ours::truth(true)),
            ("false", []) => Ok(Ours::truth(false)),
            ("not" | "boolean", [_]) => {
                self.truth(&XPathNode::Call(name.to_owned(), arguments.to_vec()), false)
            }
            ("if", [condition, yes, no]) => self.branched(condition, yes, no),
            ("coalesce", [first, second]) => self.first_of(first, second),
            ("once", [inner]) => {
                if !inner.names().is_empty() {
                    self.doubts.borrow_mut().insert(Ambiguity::KeepsFirst);
                }
                self.value(inner)
            }
            ("string", [inner]) => {
                let inner = self.kept(inner)?;
                Ok(match (&inner.kind, &inner.constant) {
                    (NameKind::Bool, Some(truth)) => Ours::constant(Constant::Text(truth.text())),
                    (NameKind::Bool, None) => Ours { kind: NameKind::Truth, ..inner },
                    _ => inner,
                })
            }
            ("number", [inner]) => Ok(numeric(self.value(inner)?)?.computed()),
            ("selected", [set, option]) => self.selected(set, option),
            ("selected-at", [set, place]) => match (self.value(set)?, self.value(place)?.constant) {
                (one, Some(Constant::Number(0.0)))
                    if matches!(one.kind, NameKind::One(_) | NameKind::Points(_)) =>
                {
                    Ok(one)
                }
                _ => Err("it asks for the place of an option among several".into()),
            },
            ("count-selected", [set]) => {
                let set = self.value(set)?;
                match &set.kind {
                    NameKind::Many(_) => {
                        let count = format!("count({})", set.text);
                        let text = if set.misses { format!("coalesce({count}, 0)") } else { count };
                        Ok(Ours::call(text, NameKind::Number, false))
                    }
                    _ if set.is_empty_text() => Ok(Ours::constant(Constant::Number(0.0))),
                    NameKind::Text => Err("it counts options that are typed as a text here".into()),
                    _ => numeric(compare::is_something(&set, true)),
                }
            }
            ("jr:choice-name", [chosen, _]) => {
                let chosen = self.value(chosen)?;
                match (&chosen.kind, &chosen.name) {
                    (NameKind::One(_) | NameKind::Many(_), Some(known)) if known.name != "." => {
                        Ok(Ours::call(format!("choice_name({})", known.name), NameKind::Text, true))
                    }
                    _ if chosen.is_empty_text() => Ok(chosen),
                    _ => Err("it asks for the label of something that is no choice".into()),
                }
            }
            ("string-length", [text]) => {
                let text = written(self.value(text)?)?;
                let inner = if text.misses { format!("concat({})", text.text) } else { text.text };
                Ok(Ours::call(format!("string_length({inner})"), NameKind::Number, false))
            }
            ("normalize-space", [text]) => {
                let text = self.value(text)?;
                Ok(match (&text.kind, &text.constant) {
                    (_, Some(Constant::Text(text))) => Ours::constant(Constant::Text(single_spaced(text))),
                    (NameKind::Text, _) => {
                        Ours::call(format!("normalize_space({})", text.text), NameKind::Text, text.misses)
                    }
                    // Names of options, numbers and days hold no spaces.
                    _ => text,
                })
            }
            ("concat", [_, ..]) => self.one_text(arguments),
            ("join", [separator, rest @ ..]) if !rest.is_empty() => {
                let separated: Vec<XPathNode> = rest
                    .iter()
                    .enumerate()
                    .flat_map(|(at, part)| {
                        (at > 0).then(|| separator.clone()).into_iter().chain([part.clone()])
                    })
                    .collect();
                self.one_text(&separated)
            }
            ("regex", [text, pattern]) => {
                let (text, pattern) = (self.value(text)?, self.value(pattern)?);
                let Some(Constant::Text(pattern)) = pattern.constant else {
                    return Err("the pattern of its `regex` is not written out".into());
                };
                if pattern.contains("[:") {
                    return Err("the pattern of its `regex` names a class of letters as `[:…:]`".into());
                }
                if pattern.contains('\'') && pattern.contains('"') {
                    return Err("the pattern of its `regex` holds both kinds of quotes".into());
                }
                let text = written(text)?;
                // An unanswered question is an empty text in XPath, which such a pattern may match.
                let may_take_nothing = pattern.is_empty() || pattern.contains(['*', '?', '|', '{', '$']);
                let (inner, misses) = match may_take_nothing && text.misses {
                    true => (format!("concat({})", text.text), false),
                    false => (text.text, text.misses),
                };
                Ok(Ours::call(format!("regex({inner}, {})", quoted(&pattern)), NameKind::Bool, misses))
            }
            ("contains", [text, part]) => self.of_texts("contains", text, part),
            ("starts-with", [text, part]) => self.of_texts("starts_with", text, part),
            ("ends-with", [text, part]) => self.of_texts("ends_with", text, part),
            ("substr", [text, places @ ..]) if (1..=2).contains(&places.len()) => {
                let text = written(self.value(text)?)?;
                let places: Vec<String> = places
                    .iter()
                    .map(|place| Ok(numeric(self.value(place)?)?.text))
                    .collect::<Result<_, String>>()?;
                Ok(Ours::call(format!("substr({}, {})", text.text, places.join(", ")), NameKind::Text, true))
            }
            ("max" | "min", [one, other]) => self.larger(name, one, other),
            ("max" | "min", [_, _, _, ..]) if self.any_misses(arguments) => {
                Err(format!("it takes the {name} of several answers, of which some may be missing"))
            }
            ("round" | "int" | "abs" | "pow" | "max" | "min", [_, ..]) => {
                let numbers: Vec<String> = arguments
                    .iter()
                    .map(|number| Ok(numeric(self.value(number)?)?.text))
                    .collect::<Result<_, String>>()?;
                Ok(Ours::call(format!("{name}({})", numbers.join(", ")), NameKind::Number, true).computed())
            }
            ("today" | "now", []) => Ok(Ours::call("today()".into(), NameKind::Date, false)),
            ("date" | "date-time", [day]) => self.day(day),
            ("format-date" | "format-date-time", [day, pattern]) => {
                let (day, pattern) = (self.day(day)?, self.value(pattern)?);
                let Some(Constant::Text(pattern)) = pattern.constant else {
                    return Err("the pattern of its `format-date` is not written out".into());
                };
                let known = |part: &str| part.starts_with(['Y', 'y', 'm', 'n', 'd', 'e', '%']);
                if !pattern.split('%').skip(1).all(known) {
                    return Err(format!("it writes a day as `{}`", shortened(&pattern)));
                }
                Ok(Ours::call(
                    format!("format_date({}, {})", day.text, quoted(&pattern)),
                    NameKind::Text,
                    day.misses,
                ))
            }
            ("position" | "index", [] | [XPathNode::Bare(_)]) if self.rounds => {
                Ok(Ours::constant(Constant::Number(1.0)))
            }
            ("indexed-repeat", [value, _, round]) if self.rounds => {
                match self.value(round)?.constant.and_then(|round| round.number()) {
                    Some(1.0) => self.value(value),
                    _ => Err("it reads another round of a repeat than the first".into()),
                }
            }
            ("position" | "index" | "indexed-repeat" | "sum" | "count" | "count-non-empty", _) => {
                Err(format!("it reads the rounds of a repeat by `{name}`"))
            }
            ("pulldata" | "instance" | "lookup", _) => Err(format!("it reads another file by `{name}`")),
            _ => Err(format!("it needs `{}`, which there is no counterpart for", shortened(name))),
        }
    }

    /// The larger or smaller of two. One that is missing does not count there.
    fn larger(&self, name: &str, one: &XPathNode, other: &XPathNode) -> Carried {
        let (one, other) = (numeric(self.value(one)?)?, numeric(self.value(other)?)?);
        let mut text = format!("{name}({}, {})", one.text, other.text);
        if one.misses || other.misses {
            text = format!("coalesce(coalesce({text}, {}), {})", one.text, other.text);
        }
        Ok(Ours::call(text, NameKind::Number, true).computed())
    }

    fn any_misses(&self, arguments: &[XPathNode]) -> bool {
        arguments.iter().any(|argument| self.value(argument).is_ok_and(|value| value.misses))
    }

    fn day(&self, day: &XPathNode) -> Carried {
        let day = self.value(day)?;
        match (&day.kind, &day.constant) {
            (NameKind::Date, _) => Ok(day),
            (_, Some(Constant::Text(text))) if is_day(text) => {
                Ok(Ours { kind: NameKind::Date, constant: None, ..day })
            }
            _ => Err("it makes a day of something that is none".into()),
        }
    }

    fn selected(&self, set: &XPathNode, option: &XPathNode) -> Carried {
        let (set, option) = (self.value(set)?, self.value(option)?);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if let (Some(list), NameKind::One(options)) = (&set.constant, &option.kind) {
            let wanted = words(&list.text());
            let kept: Vec<String> =
                options.iter().filter(|(from, _)| wanted.contains(from)).map(|(_, to)| quoted(to)).collect();
            if kept.is_empty() {
                return Ok(Ours::truth(false));
            }
            let text = format!("{} in [{}]", option.text, kept.join(", "));
            return Ok(Ours::made(text, Precedence::Comparison, NameKind::Bool, option.misses));
        }
        let Some(wanted) = &option.constant else {
            return match (&set.kind, &option.kind) {
                (NameKind::Many(options), NameKind::One(others)) if options.len() <= 40 => {
                    let both = options.iter().filter(|option| others.contains(option));
                    let each: Vec<String> = both
                        .map(|(_, to)| {
                            format!(
                                "selected({}, {to}) and {} = {to}",
                                set.text,
                                option.text,
                                to = quoted(to)
                            )
                        })
                        .collect();
                    if each.is_empty() {
                        return Ok(Ours::truth(false));
                    }
                    Ok(Ours::made(each.join(" or "), Precedence::Or, NameKind::Bool, true))
                }
                _ => Err("it asks whether an option was chosen that is not written out".into()),
            };
        };
        let wanted = wanted.text();
        if let Some(list) = &set.constant {
            return Ok(Ours::truth(words(&list.text()).contains(&wanted)));
        }
        let found = match &set.kind {
            NameKind::Many(options) => {
                let found = options.iter().find(|(from, _)| *from == wanted);
                found.map(|(_, to)| (format!("selected({}, {})", set.text, quoted(to)), Precedence::Primary))
            }
            NameKind::One(options) => {
                let found = options.iter().find(|(from, _)| *from == wanted);
                found.map(|(_, to)| (format!("{} = {}", set.text, quoted(to)), Precedence::Comparison))
            }
            NameKind::Points(points) => match points.iter().find(|(from, _)| *from == wanted) {
                Some((_, Some(point))) => Some((format!("{} = {point}", set.text), Precedence::Comparison)),
                Some((_, None)) => return Err(compare::no_point(&wanted)),
                None => None,
            },
            _ => return Err("it asks for an option of something that is no choice".into()),
        };
        let asked = |(text, level)| Ours::made(text, level, NameKind::Bool, set.misses);
        Ok(found.map_or_else(|| Ours::truth(false), asked))
    }

    fn of_texts(&self, ours: &str, text: &XPathNode, part: &XPathNode) -> Carried {
        let (text, part) = (written(self.value(text)?)?, written(self.value(part)?)?);
        Ok(Ours::call(
            format!("{ours}({}, {})", text.text, part.text),
            NameKind::Bool,
            text.misses || part.misses,
        ))
    }

    fn one_text(&self, parts: &[XPathNode]) -> Carried {
        let parts: Vec<Ours> =
            parts.iter().map(|part| written(self.value(part)?)).collect::<Result<_, String>>()?;
        if let Some(constants) = parts.iter().map(|part| part.constant.clone()).collect::<Option<Vec<_>>>() {
            return Ok(Ours::constant(Constant::Text(constants.iter().map(Constant::text).collect())));
        }
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        Ok(Ours::call(format!("concat({})", texts.join(", ")), NameKind::Text, false))
    }

    fn branched(&self, condition: &XPathNode, yes: &XPathNode, no: &XPathNode) -> Carried {
        let condition = self.truth(condition, false)?;
        if let Some(constant) = &condition.constant {
            return self.kept(if constant.truth() { yes } else { no });
        }
        let (yes, no) = (self.kept(yes)?, self.kept(no)?);
        // An empty text is missing here too, except where texts are wanted.
        let is_text = |ours: &Ours| matches!(ours.kind, NameKind::Text);
        if no.is_empty_text() && !is_text(&yes) {
            return Ok(Ours::call(format!("if({}, {})", condition.text, yes.text), yes.kind, true));
        }
        if yes.is_empty_text() && !is_text(&no) {
            let turned = negated(settled(condition, false));
            return Ok(Ours::call(format!("if({}, {})", turned.text, no.text), no.kind, true));
        }
        let misses = yes.misses || no.misses;
        let (yes, no, kind) = alike(yes, no)?;
        Ok(Ours::call(format!("if({}, {}, {})", condition.text, yes.text, no.text), kind, misses))
    }

    fn first_of(&self, first: &XPathNode, second: &XPathNode) -> Carried {
        let (first, second) = (self.kept(first)?, self.kept(second)?);
        if first.is_empty_text() || second.is_empty_text() {
            return Ok(if first.is_empty_text() { second } else { first });
        }
        let misses = first.misses && second.misses;
        let answered = compare::is_something(&first, true);
        let may_miss = first.misses;
        let (first, second, kind) = alike(first, second)?;
        // What was converted to a text has a value, an empty one, where the first has none.
        let text = match may_miss && !first.misses {
            true => format!("if({}, {}, {})", answered.text, first.text, second.text),
            false => format!("coalesce({}, {})", first.text, second.text),
        };
        Ok(Ours::call(text, kind, misses))
    }
}

/// Something to write with: several options and truths are no text here.
fn written(ours: Ours) -> Carried {
    match ours.kind {
        NameKind::Many(_) => Err("it makes one text of several options".into()),
        NameKind::Bool | NameKind::Truth => Err("it makes a text of a condition".into()),
        NameKind::Points(_) => Err("it makes a text of options that are recorded as points".into()),
        _ => Ok(ours),
    }
}

/// Two values as two of one kind.
fn alike(one: Ours, other: Ours) -> Result<(Ours, Ours, NameKind), String> {
    let kind = match (&one.kind, &other.kind) {
        (one, other) if one == other => one.clone(),
        (NameKind::One(ours), NameKind::One(theirs)) => {
            let more = theirs.iter().filter(|option| !ours.contains(option));
            NameKind::One(ours.iter().chain(more).cloned().collect())
        }
        (NameKind::One(_), NameKind::Text) | (NameKind::Text, NameKind::One(_)) => NameKind::Text,
        (NameKind::Number, NameKind::Text)
        | (NameKind::Text, NameKind::Number)
        | (NameKind::Number, NameKind::One(_))
        | (NameKind::One(_), NameKind::Number) => {
            let as_text = |ours: Ours| match (&ours.kind, &ours.constant) {
                (_, Some(constant)) => Ours::constant(Constant::Text(constant.text())),
                (NameKind::Number | NameKind::One(_), None) => {
                    Ours::call(format!("concat({})", ours.text), NameKind::Text, false)
                }
                _ => ours,
            };
            let number = |ours: &Ours| ours.constant.as_ref().and_then(Constant::number);
            // A number in quotes beside a number is one.
            return match (number(&one), number(&other)) {
                (Some(number), None) if other.kind == NameKind::Number => {
                    Ok((Ours::constant(Constant::Number(number)), other, NameKind::Number))
                }
                (None, Some(number)) if one.kind == NameKind::Number => {
                    Ok((one, Ours::constant(Constant::Number(number)), NameKind::Number))
                }
                _ => Ok((as_text(one), as_text(other), NameKind::Text)),
            };
        }
        _ => return Err("either of two values of different kinds could come out of it".into()),
    };
    Ok((one, other, kind))
}
