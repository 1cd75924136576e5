//! Converts form fields to replies and replies to form fields, in one place, so that a page that is shown again with an error
//! contains what was entered.
//!
//! Does not validate: the prompt decides whether a reply answers it.

use std::collections::BTreeMap;

use super::guard::Fields;
use super::timed;
use crate::instrument::Language;
use crate::instrument::prompt::{
    Ask, Input, Invalid, Missing, Reply, ScaleAsk, ScaleReply, TextForm, Typed, editable, number,
};
use crate::interview::Begun;

/// The value of a field.
pub(super) fn one<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Whether a field has this value.
pub(super) fn has(fields: &Fields, name: &str, value: &str) -> bool {
    fields.iter().any(|(known, given)| known == name && given == value)
}

/// The field name of a row, a part or a place.
pub(super) fn numbered(letter: char, at: usize) -> String {
    format!("{letter}{at}")
}

const DECLINED: &str = "declined";
const DONT_KNOW: &str = "dont_know";

/// The field values for a row without a point.
pub(super) const MISSING: [(&str, Missing); 2] =
    [(DECLINED, Missing::Declined), (DONT_KNOW, Missing::DontKnow)];

/// The reply in a form.
pub(super) fn reply(ask: &Ask, fields: &Fields, language: &Language) -> Result<Reply, Invalid> {
    let input = match ask {
        Ask::Note => Input::Seen,
        Ask::Pick { .. } => Input::Picked(all(fields, "v")),
        Ask::Scale(scale) => Input::Rated(cells(scale, fields)?),
        Ask::Number { .. } => match one(fields, "n").map(str::trim) {
            None | Some("") => return Err(Invalid::Empty),
            Some(text) => Input::Number(number(text, ask, language)?),
        },
        Ask::Text(text) => {
            let milliseconds = |name| one(fields, name).and_then(|value| value.parse().ok());
            let timed = text.form == TextForm::Timed;
            Input::Text(Typed {
                text: cleaned(one(fields, "t").unwrap_or_default(), text.form == TextForm::Paragraph),
                first_key_ms: milliseconds("first").filter(|_| timed),
                enter_ms: milliseconds("enter").filter(|_| timed),
            })
        }
        Ask::Rank { places, .. } => {
            let placed = (0..*places).filter_map(|at| one(fields, &numbered('k', at)));
            Input::Ranked(placed.filter(|name| !name.is_empty()).map(str::to_owned).collect())
        }
        Ask::Allocate { parts, total } => {
            let outside = Invalid::OutOfRange { min: Some(0.0), max: Some(*total as f64) };
            let mut points = BTreeMap::new();
            for (at, part) in parts.iter().enumerate() {
                let given = match one(fields, &numbered('p', at)).map(str::trim) {
                    None | Some("") => 0,
                    Some(text) => text.parse().map_err(|_| outside.clone())?,
                };
                points.insert(part.name.clone(), given);
            }
            Input::Allocated(points)
        }
        Ask::Sort(block) => Input::Sorted(timed::sorted(block, one(fields, "sorted").unwrap_or_default())?),
    };
    ask.check(&input)?;
    Ok(Reply::Given(input))
}

fn all(fields: &Fields, name: &str) -> Vec<String> {
    fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

/// One cell per row. An open row among several is an error and not taken as declined.
fn cells(scale: &ScaleAsk, fields: &Fields) -> Result<Vec<ScaleReply>, Invalid> {
    let given: Vec<Option<&str>> = (0..scale.rows.len()).map(|at| one(fields, &numbered('r', at))).collect();
    if given.contains(&None) {
        return Err(scale.unrated(scale.shown().into_iter().filter(|at| given[*at].is_none())));
    }
    let cell = |value: &str| match MISSING.iter().find(|(name, _)| *name == value) {
        Some((_, why)) if scale.rows.len() > 1 => Ok(ScaleReply::Missing(*why)),
        _ => value.parse().map(ScaleReply::Point).map_err(|_| Invalid::OffScale),
    };
    given.into_iter().flatten().map(cell).collect()
}

/// Normalizes a text: uniform line ends, and no characters that cannot be typed.
pub(super) fn cleaned(text: &str, several_lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| !c.is_control() || *c == '\t' || *c == '\n' && several_lines;
    let text: String = text.chars().filter(kept).collect();
    if several_lines { text } else { text.trim().to_owned() }
}

/// The fields that represent a reply.
pub(super) fn fields(ask: &Ask, reply: &Reply) -> Fields {
    let Reply::Given(input) = reply else { return Fields::new() };
    let field = |letter, at, value: String| (numbered(letter, at), value);
    match input {
        Input::Seen | Input::NotTimed | Input::Sorted(_) => Fields::new(),
        Input::Picked(names) => names.iter().map(|name| ("v".to_owned(), name.clone())).collect(),
        Input::Rated(cells) => {
            cells.iter().enumerate().map(|(at, cell)| field('r', at, value(*cell))).collect()
        }
        Input::Number(number) => vec![("n".to_owned(), editable(*number))],
        Input::Text(typed) => vec![("t".to_owned(), typed.text.clone())],
        Input::Ranked(names) => {
            names.iter().enumerate().map(|(at, name)| field('k', at, name.clone())).collect()
        }
        Input::Allocated(points) => match ask {
            Ask::Allocate { parts, .. } => parts
                .iter()
                .enumerate()
                .filter_map(|(at, part)| Some(field('p', at, points.get(&part.name)?.to_string())))
                .collect(),
            Ask::Note
            | Ask::Pick { .. }
            | Ask::Scale(_)
            | Ask::Number { .. }
            | Ask::Text(_)
            | Ask::Rank { .. }
            | Ask::Sort(_) => Fields::new(),
        },
    }
}

fn value(cell: ScaleReply) -> String {
    match cell {
        ScaleReply::Point(point) => point.to_string(),
        ScaleReply::Missing(Missing::Declined) => DECLINED.to_owned(),
        ScaleReply::Missing(Missing::DontKnow) => DONT_KNOW.to_owned(),
        ScaleReply::Missing(Missing::NotAnswered | Missing::Illegible | Missing::TwoTicked) => String::new(),
    }
}

/// The fields that represent an unfinished entry.
pub(super) fn begun(ask: &Ask, begun: &Begun) -> Fields {
    match begun {
        Begun::Typed(text) if matches!(ask, Ask::Number { .. }) => vec![("n".to_owned(), text.clone())],
        Begun::Typed(text) => vec![("t".to_owned(), text.clone())],
        Begun::Chosen(names) if matches!(ask, Ask::Rank { .. }) => {
            fields(ask, &Reply::Given(Input::Ranked(names.clone())))
        }
        Begun::Chosen(names) => fields(ask, &Reply::Given(Input::Picked(names.clone()))),
        Begun::Rated(cells) => {
            let known = cells.iter().enumerate().filter_map(|(at, cell)| Some((at, (*cell)?)));
            known.map(|(at, cell)| (numbered('r', at), value(cell))).collect()
        }
        Begun::Allocated(points) => fields(ask, &Reply::Given(Input::Allocated(points.clone()))),
    }
}

/// The unfinished entry in a form, if its kind is typed text.
pub(super) fn draft(ask: &Ask, fields: &Fields) -> Option<Begun> {
    match ask {
        Ask::Text(text) => {
            let typed = one(fields, "t")?;
            let shortened: String = typed.chars().take(text.max_length).collect();
            Some(Begun::Typed(cleaned(&shortened, text.form == TextForm::Paragraph)))
        }
        Ask::Note
        | Ask::Pick { .. }
        | Ask::Scale(_)
        | Ask::Number { .. }
        | Ask::Rank { .. }
        | Ask::Allocate { .. }
        | Ask::Sort(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::instrument::Instrument;
    use crate::interview::{Event, Interview, Stage, Start, simulate};
    use crate::rng::Rng;

    /// Every simulated reply to every kind of question survives the way into a form and back.
    #[test]
    fn what_stands_in_a_form_is_what_was_answered() {
        let text = include_str!("../../tests/instruments/valid/every-kind.toml");
        let instrument = Arc::new(Instrument::read_stored(text).instrument.unwrap());
        let (mut seen, mut people) = (0, Rng::for_purpose(1, "people"));
        for seed in 0..20 {
            let (persona, _) = crate::classify::reference::Generator::default().persona(&mut people);
            let language = Language::new(if seed % 2 == 0 { "en" } else { "nl" });
            let start =
                Start { seed, language: language.clone(), fields: BTreeMap::new(), at: 0, offset: None };
            let walk = simulate::walk(instrument.clone(), start.clone(), &persona).unwrap();
            let mut interview = Interview::new(instrument.clone(), start);
            for stamped in walk.events {
                if let (Stage::Ask(asked), Event::Answered { reply, .. }) =
                    (interview.view().stage, &stamped.event)
                    && !matches!(asked.prompt.ask, Ask::Sort(_))
                    && reply.input().is_some()
                {
                    let form = fields(&asked.prompt.ask, reply);
                    let back = super::reply(&asked.prompt.ask, &form, &language);
                    assert!(back.as_ref().is_ok_and(|back| back.says_the_same(reply)), "{reply:?} {back:?}");
                    seen += 1;
                }
                interview.apply(stamped.at, stamped.event).unwrap();
            }
        }
        assert!(seen > 200, "{seen}");
    }

    #[test]
    fn a_text_has_no_controls_and_one_kind_of_line() {
        assert_eq!(cleaned("a\r\nb\u{1b}[31m\u{0}\tc", true), "a\nb[31m\tc");
        assert_eq!(cleaned(" a\r\nb ", false), "ab");
    }

    #[test]
    fn a_row_that_was_left_open_is_no_refusal() {
        let row = |name: &str| crate::instrument::prompt::Choice { name: name.into(), label: name.into() };
        let ends = (String::new(), String::new());
        let scale = ScaleAsk {
            rows: vec![row("a"), row("b")],
            order: vec![],
            from: 1,
            to: 7,
            step: 1,
            points: vec![],
            low: ends.0,
            high: ends.1,
        };
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let ask = Ask::Scale(scale);
        let of = |fields: &[(String, String)]| reply(&ask, &fields.to_vec(), &Language::new("en"));
        assert_eq!(of(&[field("r0", "3")]), Err(Invalid::Unrated(vec!["b".into()])));
        assert!(of(&[field("r0", "3"), field("r1", "9")]).is_err());
        let rated = vec![ScaleReply::Point(3), ScaleReply::Missing(Missing::Declined)];
        assert_eq!(of(&[field("r0", "3"), field("r1", "declined")]), Ok(Reply::Given(Input::Rated(rated))));
    }
}
