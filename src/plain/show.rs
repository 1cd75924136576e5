//! Writes prompts out as lines. No colour, no drawing: a screen reader reads this aloud.

use std::io::{self, Write};

use super::command::WORDS;
use crate::instrument::prompt::{Ask, Cell, Choice, Input, Missing, Reply, ScaleAsk, TextForm};
use crate::instrument::{Audience, Language};
use crate::interview::{Asked, ReviewLine, Section};
use crate::wording::{self, say};

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
        writeln!(out, "  [{}: {note}]", say(language, "note", "notitie"))?;
    }
    let words: Vec<&str> = asked.earlier.iter().filter_map(word).collect();
    if matches!(asked.prompt.ask, Ask::Text(_)) && !words.is_empty() {
        writeln!(out, "  [{}: {}]", say(language, "so far", "tot nu toe"), words.join(", "))?;
    }
    ask(out, asked, language)?;
    if let Some(reply) = &asked.reply {
        let before =
            say(language, "answered before, Enter keeps it", "eerder geantwoord, Enter houdt het zo");
        if let Some(answer) = reply_line(reply, &asked.prompt.ask, language) {
            writeln!(out, "  [{before}: {answer}]")?;
        }
    } else if !asked.required && !matches!(asked.prompt.ask, Ask::Note | Ask::Sort(_)) {
        writeln!(out, "  [{}]", say(language, "may be left empty", "mag leeg blijven"))?;
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
    let say = |en: &str, nl: &str| say(language, en, nl);
    match &asked.prompt.ask {
        Ask::Note => writeln!(out, "  [{}]", say("Enter goes on", "Enter gaat verder")),
        Ask::Pick { options, min, max } => {
            list(out, options)?;
            if *max > 1 {
                let sentence = say(
                    &format!("choose {min} to {max}, such as: 1 3"),
                    &format!("kies er {min} tot {max}, bijvoorbeeld: 1 3"),
                );
                writeln!(out, "  [{sentence}]")?;
            }
            Ok(())
        }
        Ask::Scale(scale) => points(out, scale, language),
        Ask::Number { min, max, unit, .. } => {
            let shown = |bound: &Option<f64>| bound.map(|bound| wording::number(bound, language));
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
            TextForm::Date { .. } => writeln!(out, "  [{}]", say("YYYY-MM-DD", "JJJJ-MM-DD")),
            TextForm::Paragraph => {
                writeln!(
                    out,
                    "  [{}]",
                    say(
                        "a \\ at the end of a line goes on in the next",
                        "een \\ aan het eind van een regel gaat op de volgende verder"
                    )
                )
            }
            TextForm::Timed => {
                let which = text.word.map(|word| wording::which_word(word, language));
                let none = text
                    .may_be_empty
                    .then(|| say("an empty line: no more words", "een lege regel: geen woorden meer"));
                let hints: Vec<String> = which.into_iter().chain(none).collect();
                if hints.is_empty() { Ok(()) } else { writeln!(out, "  [{}]", hints.join(" · ")) }
            }
            TextForm::Line => Ok(()),
        },
        Ask::Rank { options, places } => {
            list(out, options)?;
            let sentence = say(
                &format!("{places} numbers, the most important first, such as: 2 1 3"),
                &format!("{places} nummers, het belangrijkste eerst, bijvoorbeeld: 2 1 3"),
            );
            writeln!(out, "  [{sentence}]")
        }
        Ask::Allocate { total, .. } => {
            let sentence = say(&format!("{total} points in all"), &format!("{total} punten in totaal"));
            writeln!(out, "  [{sentence}]")
        }
        Ask::Sort(_) => {
            let sentence = say(
                "line by line nothing can be timed, so this task is left out; Enter goes on",
                "regel voor regel valt er geen tijd te meten, dus deze taak vervalt; Enter gaat verder",
            );
            writeln!(out, "  [{sentence}]")
        }
    }
}

/// The points with their labels. Here a number is typed, and is taken as it stands: keys that stand for places are a screen's.
fn points(out: &mut impl Write, scale: &ScaleAsk, language: &Language) -> io::Result<()> {
    let [from, to] = [scale.from, scale.to].map(|point| wording::point(point, scale));
    if scale.points.is_empty() {
        writeln!(out, "  {from}{} … {to}{}", end(&scale.low), end(&scale.high))?;
    }
    for (point, label) in scale.values().zip(&scale.points) {
        let point = wording::point(point, scale);
        writeln!(out, "  {point} {label}")?;
    }
    if scale.from < 0 {
        let sentence = match scale.to {
            1.. => say(
                language,
                &format!("a number from {from} to {to}; without a sign it is above zero"),
                &format!("een getal van {from} tot en met {to}; zonder teken ligt het boven nul"),
            ),
            _ => say(
                language,
                &format!("a number from {from} to {to}, with its sign"),
                &format!("een getal van {from} tot en met {to}, met het teken"),
            ),
        };
        writeln!(out, "  [{sentence}]")?;
    }
    Ok(())
}

/// What was kept, where a point has a sign, or a row's point a name, that was not typed with it.
pub(super) fn kept(out: &mut impl Write, cell: Cell, scale: &ScaleAsk) -> io::Result<()> {
    let Cell::Point(point) = cell else { return Ok(()) };
    let named = scale.rows.len() > 1 && !scale.points.is_empty();
    if scale.from >= 0 && !named {
        return Ok(());
    }
    let label = scale.values().zip(&scale.points).find(|(value, _)| *value == point);
    let label = label.map_or(String::new(), |(_, label)| format!(" {label}"));
    writeln!(out, "  = {}{label}", wording::point(point, scale))
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
    default: Option<Cell>,
    scale: &ScaleAsk,
    language: &Language,
) -> io::Result<()> {
    let default = match default {
        None => String::new(),
        Some(Cell::Point(point)) => format!(" [{}]", wording::point(point, scale)),
        Some(Cell::Missing(Missing::Declined)) => {
            format!(" [{}]", wording::missing(&Reply::Declined, language))
        }
        Some(Cell::Missing(Missing::DontKnow)) => {
            format!(" [{}]", wording::missing(&Reply::DontKnow, language))
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
        0.. => say(language, &format!("{left} left"), &format!("nog {left}")),
        _ => say(language, &format!("{} too many", -left), &format!("{} te veel", -left)),
    };
    write!(out, "  {label} ({left}){default} > ")?;
    out.flush()
}

/// A reply in the form in which it would be typed again, with labels where that helps.
fn reply_line(reply: &Reply, ask: &Ask, language: &Language) -> Option<String> {
    let label = |name: &String| match ask {
        Ask::Pick { options, .. } | Ask::Rank { options, .. } => options
            .iter()
            .find(|option| option.name == *name)
            .map_or(name.clone(), |option| option.label.clone()),
        _ => name.clone(),
    };
    Some(match reply {
        Reply::Declined | Reply::DontKnow => wording::missing(reply, language),
        Reply::Given(Input::Seen) => return None,
        Reply::Given(Input::Picked(names) | Input::Ranked(names)) => {
            names.iter().map(label).collect::<Vec<_>>().join(", ")
        }
        Reply::Given(Input::Rated(cells)) => match cells.as_slice() {
            [Cell::Point(point)] => match ask {
                Ask::Scale(scale) => wording::point(*point, scale),
                _ => point.to_string(),
            },
            // Each row shows its own.
            _ => return None,
        },
        Reply::Given(Input::Number(number)) => wording::number(*number, language),
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
        Audience::Respondent => say(
            language,
            "Hand the keyboard to the respondent. Enter when it is there.",
            "Geef het toetsenbord aan de respondent. Enter als het zover is.",
        ),
        Audience::Interviewer => say(
            language,
            "Hand the keyboard back to the interviewer, who types: interviewer",
            "Geef het toetsenbord terug aan de interviewer, die typt: interviewer",
        ),
    };
    writeln!(out, "\n---- {section}\n{sentence}")?;
    write!(out, "> ")?;
    out.flush()
}

/// Whether consent was refused, and what ends it.
pub(super) fn review(
    out: &mut impl Write,
    lines: &[ReviewLine],
    (refused, end): (bool, &str),
    language: &Language,
) -> io::Result<()> {
    writeln!(out, "\n== {}", say(language, "Review of all answers", "Overzicht van alle antwoorden"))?;
    let mut section = "";
    for (number, line) in (1..).zip(lines) {
        if line.section != section {
            writeln!(out, "-- {}", line.section)?;
            section = &line.section;
        }
        let answer = match &line.missing {
            Some(reply) => format!("[{}]", wording::missing(reply, language)),
            None if line.open => format!("[{}]", say(language, "OPEN", "OPEN")),
            None if line.answer.is_empty() => "—".into(),
            None => line.answer.clone(),
        };
        writeln!(out, "  {number} {}: {answer}", line.question)?;
        if let Some(note) = &line.note {
            writeln!(out, "      [{}: {note}]", say(language, "note", "notitie"))?;
        }
    }
    let sentence = if lines.iter().any(|line| line.open) {
        say(
            language,
            "Enter goes to the first open question; a number opens that one.",
            "Enter gaat naar de eerste open vraag; een nummer opent die vraag.",
        )
    } else if refused {
        wording::refused_review(language)
    } else {
        say(
            language,
            &format!("Enter: {end}; a number opens that question."),
            &format!("Enter: {end}; een nummer opent die vraag."),
        )
    };
    writeln!(out, "{sentence}")?;
    write!(out, "> ")?;
    out.flush()
}

pub(super) fn sections(out: &mut impl Write, sections: &[Section]) -> io::Result<()> {
    for section in sections {
        let here = if section.current { "*" } else { " " };
        let (done, total) = (section.progress.done, section.progress.total);
        writeln!(out, " {here} {} — {} ({done}/{total})", section.name, section.label)?;
    }
    Ok(())
}

pub(super) fn help(out: &mut impl Write, language: &Language) -> io::Result<()> {
    for (words, en, nl) in WORDS {
        let words = words.iter().map(|word| format!(":{word}")).collect::<Vec<_>>().join("  ");
        writeln!(out, "  {words:<28} {}", say(language, en, nl))?;
    }
    Ok(())
}
