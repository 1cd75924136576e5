//! Writes prompts as lines. No colour and no drawing, because screen readers read this aloud.

use std::io::{self, Write};

use super::command::commands;
use crate::instrument::prompt::{Ask, Choice, Input, Missing, Reply, ScaleAsk, ScaleReply, TextForm};
use crate::instrument::{Audience, Language};
use crate::interview::phrases;
use crate::interview::{Asked, ReviewLine, SectionProgress};
use crate::text;
use crate::texts;

pub(super) fn prompt(out: &mut impl Write, asked: &Asked, language: &Language) -> io::Result<()> {
    writeln!(out)?;
    for guidance in &asked.guidance {
        writeln!(out, "({guidance})")?;
    }
    writeln!(out, "{}", asked.prompt.text)?;
    if let Some(hint) = &asked.prompt.hint {
        writeln!(out, "({hint})")?;
    }
    for probe in &asked.probes {
        writeln!(out, "  - {probe}")?;
    }
    if let Some(note) = &asked.note {
        writeln!(out, "  [{}: {note}]", text!(language, "shared-note"))?;
    }
    let words: Vec<&str> = asked.earlier.iter().filter_map(word).collect();
    if matches!(asked.prompt.ask, Ask::Text(_)) && !words.is_empty() {
        writeln!(out, "  [{}: {}]", text!(language, "plain-show-so-far"), words.join(", "))?;
    }
    ask(out, asked, language)?;
    if let Some(reply) = &asked.reply {
        let before = text!(language, "plain-show-answered-before-enter-keeps");
        if let Some(answer) = reply_line(reply, &asked.prompt.ask, language) {
            writeln!(out, "  [{before}: {answer}]")?;
        }
    } else if let Some(default) = &asked.default {
        let takes = text!(language, "plain-show-enter-takes");
        if let Some(answer) = reply_line(&Reply::Given(default.clone()), &asked.prompt.ask, language) {
            writeln!(out, "  [{takes}: {answer}]")?;
        }
    } else if !asked.required && !matches!(asked.prompt.ask, Ask::Note | Ask::Sort(_)) {
        writeln!(out, "  [{}]", text!(language, "plain-show-may-left-empty"))?;
    }
    Ok(())
}

fn word(reply: &Reply) -> Option<&str> {
    match reply.input()? {
        Input::Text(typed) => Some(&typed.text),
        _ => None,
    }
}

fn ask(out: &mut impl Write, asked: &Asked, language: &Language) -> io::Result<()> {
    match &asked.prompt.ask {
        Ask::Note => writeln!(out, "  [{}]", text!(language, "plain-show-enter-goes")),
        Ask::Pick { options, min, max } => {
            list(out, options)?;
            if *max > 1 {
                let last = options.len().min(3);
                let sentence = match *min {
                    0 => text!(language, "plain-show-choose-none-or-up-to", max, last),
                    min => text!(language, "plain-show-choose-min-max-such", min, max, last),
                };
                writeln!(out, "  [{sentence}]")?;
            }
            Ok(())
        }
        Ask::Scale(scale) => points(out, scale, language),
        Ask::Number { min, max, unit, .. } => {
            let shown = |bound: &Option<f64>| bound.map(|bound| texts::number(bound, language));
            let range = match (shown(min), shown(max)) {
                (Some(min), Some(max)) => format!("{min} … {max}"),
                (Some(min), None) => format!("{min} …"),
                (None, Some(max)) => format!("… {max}"),
                (None, None) => String::new(),
            };
            let hint = [range, unit.clone().unwrap_or_default()].join(" ");
            if hint.trim().is_empty() { Ok(()) } else { writeln!(out, "  [{}]", hint.trim()) }
        }
        Ask::Text(text) => match text.form {
            TextForm::Date { .. } => writeln!(out, "  [{}]", text!(language, "plain-show-yyyy-mm-dd")),
            TextForm::Paragraph => {
                writeln!(out, "  [{}]", text!(language, "plain-show-end-line-goes-next"))
            }
            TextForm::Timed => {
                let which = text.word.map(|word| phrases::which_word(word, language));
                let none = text.may_be_empty.then(|| text!(language, "plain-show-empty-line-no-more"));
                let hints: Vec<String> = which.into_iter().chain(none).collect();
                if hints.is_empty() { Ok(()) } else { writeln!(out, "  [{}]", hints.join(" · ")) }
            }
            TextForm::Line => Ok(()),
        },
        Ask::Rank { options, places } => {
            list(out, options)?;
            let sentence = text!(language, "plain-show-places-numbers-most-important", places);
            writeln!(out, "  [{sentence}]")
        }
        Ask::Allocate { total, .. } => {
            let sentence = text!(language, "plain-show-total-points-all", total);
            writeln!(out, "  [{sentence}]")
        }
        Ask::Sort(_) => {
            let sentence = text!(language, "plain-show-line-line-nothing-can");
            writeln!(out, "  [{sentence}]")
        }
    }
}

/// The points with their labels. A typed number is taken literally here; on a screen, keys can stand for positions.
fn points(out: &mut impl Write, scale: &ScaleAsk, language: &Language) -> io::Result<()> {
    let [from, to] = [scale.from, scale.to].map(|point| scale.written(point));
    if scale.points.is_empty() {
        writeln!(out, "  {from}{} … {to}{}", end(&scale.low), end(&scale.high))?;
    }
    for (point, label) in scale.values().zip(&scale.points) {
        let point = scale.written(point);
        writeln!(out, "  {point} {label}")?;
    }
    if scale.from < 0 {
        let sentence = match scale.to {
            1.. => text!(language, "plain-show-number-without-sign-above", from, to),
            _ => text!(language, "plain-show-number-sign", from, to),
        };
        writeln!(out, "  [{sentence}]")?;
    }
    Ok(())
}

/// Confirms the stored value if it has a sign or a row name that was not typed with it.
pub(super) fn kept(out: &mut impl Write, cell: ScaleReply, scale: &ScaleAsk) -> io::Result<()> {
    let ScaleReply::Point(point) = cell else { return Ok(()) };
    let named = scale.rows.len() > 1 && !scale.points.is_empty();
    if scale.from >= 0 && !named {
        return Ok(());
    }
    let label = scale.values().zip(&scale.points).find(|(value, _)| *value == point);
    let label = label.map_or(String::new(), |(_, label)| format!(" {label}"));
    writeln!(out, "  = {}{label}", scale.written(point))
}

fn end(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!(" ({label})") }
}

fn list(out: &mut impl Write, options: &[Choice]) -> io::Result<()> {
    for (number, option) in (1..).zip(options) {
        writeln!(out, "  {number} {}", option.label)?;
    }
    Ok(())
}

pub(super) fn row(
    out: &mut impl Write,
    label: &str,
    default: Option<ScaleReply>,
    scale: &ScaleAsk,
    language: &Language,
) -> io::Result<()> {
    let default = match default {
        None => String::new(),
        Some(ScaleReply::Point(point)) => format!(" [{}]", scale.written(point)),
        Some(ScaleReply::Missing(Missing::Declined)) => {
            format!(" [{}]", Reply::Declined.why_missing(language))
        }
        Some(ScaleReply::Missing(Missing::DontKnow)) => {
            format!(" [{}]", Reply::DontKnow.why_missing(language))
        }
        Some(ScaleReply::Missing(Missing::NotAnswered | Missing::Illegible | Missing::TwoTicked)) => {
            String::new()
        }
    };
    write!(out, "  {label}{default} > ")?;
    out.flush()
}

pub(super) fn part(
    out: &mut impl Write,
    label: &str,
    left: i64,
    default: Option<i64>,
    language: &Language,
) -> io::Result<()> {
    let default = default.map(|points| format!(" [{points}]")).unwrap_or_default();
    let left = match left {
        0.. => text!(language, "plain-show-left-left", left),
        _ => text!(language, "plain-show-left-too-many", left = -left),
    };
    write!(out, "  {label} ({left}){default} > ")?;
    out.flush()
}

/// A reply as it would be typed again, with labels if they help.
fn reply_line(reply: &Reply, ask: &Ask, language: &Language) -> Option<String> {
    let label = |name: &String| match ask {
        Ask::Pick { options, .. } | Ask::Rank { options, .. } => options
            .iter()
            .find(|option| option.name == *name)
            .map_or(name.clone(), |option| option.label.clone()),
        _ => name.clone(),
    };
    Some(match reply {
        Reply::Declined | Reply::DontKnow | Reply::Unread(_) => reply.why_missing(language),
        Reply::Given(Input::Seen) => return None,
        Reply::Given(Input::Picked(names) | Input::Ranked(names)) => {
            names.iter().map(label).collect::<Vec<_>>().join(", ")
        }
        Reply::Given(Input::Rated(cells)) => match cells.as_slice() {
            [ScaleReply::Point(point)] => match ask {
                Ask::Scale(scale) => scale.written(*point),
                _ => point.to_string(),
            },
            // Each row shows its own reply.
            _ => return None,
        },
        Reply::Given(Input::Number(number)) => texts::number(*number, language),
        Reply::Given(Input::Text(typed)) => typed.text.clone(),
        Reply::Given(Input::Allocated(_)) => return None,
        Reply::Given(Input::Sorted(_) | Input::NotTimed) => return None,
    })
}

pub(super) fn hand_over(
    out: &mut impl Write,
    to: Audience,
    section: &str,
    language: &Language,
) -> io::Result<()> {
    let sentence = match to {
        Audience::Respondent => text!(language, "plain-show-hand-keyboard-respondent-enter"),
        Audience::Interviewer => text!(language, "plain-show-hand-keyboard-back-interviewer"),
    };
    writeln!(out, "\n---- {section}\n{sentence}")?;
    write!(out, "> ")?;
    out.flush()
}

/// Writes the review: `refused` says whether consent was refused, `end` is the text for ending it.
pub(super) fn review(
    out: &mut impl Write,
    lines: &[ReviewLine],
    (refused, end): (bool, &str),
    language: &Language,
) -> io::Result<()> {
    writeln!(out, "\n== {}", text!(language, "plain-show-review-all-answers"))?;
    let mut section = "";
    for (number, line) in (1..).zip(lines) {
        if line.section != section {
            writeln!(out, "-- {}", line.section)?;
            section = &line.section;
        }
        let answer = match &line.missing {
            Some(reply) => format!("[{}]", reply.why_missing(language)),
            None if line.open => format!("[{}]", text!(language, "plain-show-open")),
            None if line.answer.is_empty() => "—".into(),
            None => line.answer.clone(),
        };
        writeln!(out, "  {number} {}: {answer}", line.question)?;
        if let Some(note) = &line.note {
            writeln!(out, "      [{}: {note}]", text!(language, "shared-note"))?;
        }
    }
    let sentence = if lines.iter().any(|line| line.open) {
        text!(language, "plain-show-enter-goes-first-open")
    } else if refused {
        phrases::refused_review(language)
    } else {
        text!(language, "plain-show-enter-end-number-opens", end)
    };
    writeln!(out, "{sentence}")?;
    write!(out, "> ")?;
    out.flush()
}

pub(super) fn sections(out: &mut impl Write, sections: &[SectionProgress]) -> io::Result<()> {
    for section in sections {
        let here = if section.current { "*" } else { " " };
        let (done, total) = (section.progress.done, section.progress.total);
        writeln!(out, " {here} {} — {} ({done}/{total})", section.name, section.label)?;
    }
    Ok(())
}

pub(super) fn help(out: &mut impl Write, language: &Language) -> io::Result<()> {
    // Each with its names in every language, because all of them are understood.
    let all: Vec<_> = Language::all().map(|language| commands(&language)).collect();
    for (at, (.., does)) in commands(language).iter().enumerate() {
        let mut words: Vec<String> = Vec::new();
        for (_, name, _) in all.iter().filter_map(|commands| commands.get(at)) {
            let word = format!(":{name}");
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let words = words.join("  ");
        writeln!(out, "  {words:<28} {does}")?;
    }
    Ok(())
}
