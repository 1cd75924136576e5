//! How coding looks: a line that names coder and session, the tabs, and a card with the open page.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{CodingScreen, DOMINANT, NOTE, SECOND, SURE, Tab};
use crate::coding::{Mark, Passage, PassageSource, SUREST, Seen};
use crate::instrument::RelationalModel;
use crate::interview::ReviewLine;
use crate::text;
use crate::texts::quoted;
use crate::tui::page::{Canvas, Hit, Page, PageRow, cut, fit, wrap};
use crate::tui::screen::Look;
use crate::tui::widgets::card::{Card, WIDEST, inner_width};

/// Columns for the names of the fields of the code.
const LABELS: usize = 20;
/// Turns drawn on each side of the marked one, more than ever fit.
const NEAR: usize = 60;
/// Fewest lines of the note that are shown while it is written.
const NOTE_LINES: usize = 4;

pub(super) fn screen(coding: &CodingScreen, canvas: &mut Canvas, area: Rect, look: &Look) {
    let width = area.width.min(WIDEST).saturating_sub(2);
    let x = area.x + (area.width - width) / 2;
    let title = Line::styled(cut(&title(coding, look), usize::from(width)), look.styles.dim);
    canvas.line(x, area.y, width, &title);
    let tabs = Line::from(tabs(coding, look));
    canvas.line(x, area.y + 1, width, &tabs);
    let tally = tally(coding, look);
    let columns = u16::try_from(tally.width()).unwrap_or(width).min(width);
    canvas.line(x + width - columns, area.y + 1, columns, &Line::styled(tally, look.styles.dim));
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let inner = inner_width(body, WIDEST);
    let page = match (&coding.finding, coding.tab) {
        (Some(finding), _) => coding.found(finding, inner, look),
        (None, Tab::Interview) => interview(coding, inner, look),
        (None, Tab::Transcript) => transcript(coding, inner, look),
        (None, Tab::Code) => code(coding, inner, look),
    };
    let heading = match (coding.tab, coding.consensus) {
        _ if coding.finding.is_some() => look.words.coding_search_title,
        (Tab::Interview, _) => look.words.coding_interview,
        (Tab::Transcript, _) => look.words.coding_transcript,
        (Tab::Code, false) => look.words.coding_code,
        (Tab::Code, true) => look.words.coding_consensus,
    };
    Card { title: heading, page: &page, top: coding.top, tall: true, widest: WIDEST }
        .draw(canvas, body, look);
}

fn title(coding: &CodingScreen, look: &Look) -> String {
    let reading = &coding.reading;
    let coder = text!(&look.language, "tui-coding-coder", coder = coding.coder);
    let simulated = if reading.simulated { look.words.home_simulated } else { "" };
    let alone = if reading.seen == Seen::Narrative { look.words.coding_words_alone } else { "" };
    let parts = [coder.as_str(), &reading.respondent, &reading.about, simulated, alone];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn tabs(coding: &CodingScreen, look: &Look) -> Vec<Span<'static>> {
    let tab = |tab: Tab, number: usize, label: &str| {
        let here = coding.tab == tab;
        let style = if here { look.styles.accent } else { look.styles.dim };
        Span::styled(format!("{}{number} {label}  ", if here { "▸" } else { " " }), style)
    };
    let label = |tab: &Tab| match tab {
        Tab::Interview => look.words.coding_interview,
        Tab::Transcript => look.words.coding_transcript,
        Tab::Code if coding.consensus => look.words.coding_consensus,
        Tab::Code => look.words.coding_code,
    };
    (1..).zip(coding.tabs()).map(|(number, which)| tab(which, number, label(&which))).collect()
}

/// The sum of the coder's own marks.
fn tally(coding: &CodingScreen, look: &Look) -> String {
    let sums = coding.draft.tally();
    let parts: Vec<String> =
        RelationalModel::ALL.iter().zip(sums).map(|(model, sum)| format!("{model} {sum}")).collect();
    format!("{} {}", look.words.coding_marked, parts.join(" · "))
}

fn trouble(coding: &CodingScreen, width: usize, look: &Look, page: &mut Page) {
    if let Some(sentence) = &coding.trouble {
        page.warning(sentence, width, &look.styles);
    }
}

fn interview(coding: &CodingScreen, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    let mut section = "";
    for (at, answer) in coding.reading.answers.iter().enumerate() {
        if answer.section != section {
            section = &answer.section;
            if at > 0 {
                page.blank();
            }
            page.text(section, width, look.styles.strong);
        }
        let start = page.rows.len();
        let marks = coding.draft.marks(&answer.item);
        let passages = coding.draft.passages_of(&answer.item);
        if at == coding.at {
            here(coding, answer, &marks, &passages, width, look, &mut page);
            if coding.chosen.is_none() {
                page.focus_from(start);
            }
        } else {
            elsewhere(answer, &marks, passages.len(), width, look, &mut page);
        }
        page.hit_from(start, Hit::Entry(at));
    }
    if page.rows.is_empty() {
        page.text(look.words.coding_empty, width, look.styles.text);
    }
    page
}

/// The turns around the marked one, in full, because a transcript has to be read closely.
fn transcript(coding: &CodingScreen, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    if coding.reading.held_back > 0 {
        let sentence = text!(&look.language, "tui-coding-held-back", transcripts = coding.reading.held_back);
        page.text(&sentence, width, look.styles.dim);
        page.blank();
    }
    let turns = &coding.reading.turns;
    let near = coding.turn.saturating_sub(NEAR)..(coding.turn + NEAR).min(turns.len());
    let more = |page: &mut Page, turns: usize| {
        if turns > 0 {
            page.text(&text!(&look.language, "tui-coding-more-turns", turns), width, look.styles.dim);
        }
    };
    more(&mut page, near.start);
    let mut section = "";
    for at in near.clone() {
        let turn = &turns[at];
        if turn.section != section && turns[0].section != turns[turns.len() - 1].section {
            page.text(&turn.section, width, look.styles.strong);
        }
        section = &turn.section;
        let start = page.rows.len();
        let marks = coding.draft.marks(&turn.item);
        let passages = coding.draft.passages_of(&turn.item);
        if at == coding.turn {
            here(coding, turn, &marks, &passages, width, look, &mut page);
            if coding.chosen.is_none() {
                page.focus_from(start);
            }
        } else {
            let marked = marked(&marks, passages.len());
            page.push(PageRow::of(vec![
                Span::styled(format!("  {}", cut(&turn.question, width.saturating_sub(2))), look.styles.dim),
                Span::styled(marked, look.styles.strong),
            ]));
            page.hanging(vec![Span::raw("    ")], &turn.answer, width, look.styles.text);
        }
        page.hit_from(start, Hit::Entry(at));
    }
    more(&mut page, turns.len() - near.end);
    page
}

/// The answer that is marked, in full.
fn here(
    coding: &CodingScreen,
    answer: &ReviewLine,
    marks: &[&Mark],
    passages: &[&Passage],
    width: usize,
    look: &Look,
    page: &mut Page,
) {
    page.hanging(vec![Span::styled("▸ ", look.styles.accent)], &answer.question, width, look.styles.accent);
    let chosen = |part: PassageSource| coding.chosen.as_ref().filter(|chosen| chosen.is_of(part));
    match chosen(PassageSource::Answer) {
        Some(chosen) => chosen.draw(answer, passages, width, look, page),
        None => {
            let (text, style) = said(answer, look);
            page.hanging(vec![Span::raw("    ")], &text, width, style);
        }
    }
    if let Some(note) = &answer.note {
        let mark = Span::styled(format!("{}: ", look.words.your_note), look.styles.dim);
        match chosen(PassageSource::Note) {
            Some(chosen) => {
                page.push(PageRow::of(vec![Span::raw("    "), mark]));
                chosen.draw(answer, passages, width, look, page);
            }
            None => page.hanging(vec![Span::raw("    "), mark], note, width, look.styles.text),
        }
    }
    for passage in passages {
        let mark = Span::styled(format!("{} ", passage.model), look.styles.strong);
        let quote = quoted(&passage.quote.replace('\n', " "));
        page.hanging(vec![Span::raw("    "), mark], &quote, width, look.styles.text);
    }
    let mut spans = vec![Span::raw("    ")];
    if marks.is_empty() {
        spans.push(Span::styled(look.words.coding_no_mark, look.styles.dim));
    }
    for mark in marks {
        let armed = coding.armed == Some(mark.model);
        let style = if armed { look.styles.accent } else { look.styles.strong };
        let text = format!("{}{} {}   ", if armed { "▸" } else { "" }, mark.model, dots(mark.strength));
        spans.push(Span::styled(text, style));
    }
    page.push(PageRow::of(spans));
    trouble(coding, width, look, page);
}

/// Any other answer, in two lines.
fn elsewhere(
    answer: &ReviewLine,
    marks: &[&Mark],
    passages: usize,
    width: usize,
    look: &Look,
    page: &mut Page,
) {
    let question = wrap(&answer.question, 10_000).join(" ");
    page.push(PageRow::of(vec![
        Span::raw("  "),
        Span::styled(cut(&question, width.saturating_sub(2)), look.styles.text),
    ]));
    let marked = marked(marks, passages);
    let (text, style) = said(answer, look);
    let note = if answer.note.is_some() { " ✎" } else { "" };
    let room = width.saturating_sub(4 + marked.width() + note.width());
    page.push(PageRow::of(vec![
        Span::raw("    "),
        Span::styled(cut(&text.replace('\n', " "), room), style),
        Span::styled(note, look.styles.dim),
        Span::styled(marked, look.styles.strong),
    ]));
}

/// What is marked, in brackets.
fn marked(marks: &[&Mark], passages: usize) -> String {
    let marked = marks.iter().map(|mark| format!("{} {}", mark.model, mark.strength));
    let marked: Vec<String> = marked.chain((passages > 0).then(|| format!("“” {passages}"))).collect();
    if marked.is_empty() { String::new() } else { format!("  [{}]", marked.join(", ")) }
}

/// The answer in words, or why there is none.
fn said(answer: &ReviewLine, look: &Look) -> (String, Style) {
    match &answer.missing {
        Some(reply) => (format!("– {}", reply.why_missing(&look.language)), look.styles.dim),
        None if answer.withheld => (format!("– {}", look.words.coding_withheld), look.styles.dim),
        None if answer.answer.is_empty() => (format!("– {}", look.words.review_passed), look.styles.dim),
        None => (answer.answer.clone(), look.styles.text),
    }
}

/// A strength as dots and a digit.
pub(super) fn dots(strength: u8) -> String {
    let full = usize::from(strength.min(crate::coding::STRONGEST));
    format!("{strength} {}{}", "●".repeat(full), "○".repeat(usize::from(crate::coding::STRONGEST) - full))
}

fn code(coding: &CodingScreen, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    let lead = if coding.consensus { look.words.coding_settle_lead } else { look.words.coding_lead };
    page.text(lead, width, look.styles.dim);
    for line in &coding.beside {
        page.text(line, width, look.styles.text);
    }
    page.blank();
    let draft = &coding.draft;
    let named = |model: Option<RelationalModel>| match model {
        Some(model) => format!("{model}  {}", model.in_words(&look.language)),
        None => "–".to_owned(),
    };
    let sure = match draft.confidence {
        Some(sure) => text!(&look.language, "tui-coding-sure-of", sure, of = SUREST),
        None => "–".to_owned(),
    };
    let rows = [
        (DOMINANT, look.words.coding_dominant, named(draft.dominant)),
        (SECOND, look.words.coding_second, named(draft.second)),
        (SURE, look.words.coding_sure, sure),
    ];
    for (field, label, value) in rows {
        let start = page.rows.len();
        page.push(PageRow::of(label_spans(coding, field, label, look, &value)));
        page.hit_from(start, Hit::Entry(field));
    }
    note(coding, width, look, &mut page);
    trouble(coding, width, look, &mut page);
    page.blank();
    for (letter, model) in ["c", "a", "e", "m"].iter().zip(RelationalModel::ALL) {
        let mark = vec![
            Span::styled(format!("{letter}  "), look.styles.accent),
            Span::styled(format!("{model}  "), look.styles.strong),
        ];
        page.hanging(mark, &model.evidence(&look.language), width, look.styles.dim);
    }
    page
}

fn label_spans(
    coding: &CodingScreen,
    field: usize,
    label: &str,
    look: &Look,
    value: &str,
) -> Vec<Span<'static>> {
    let here = coding.field == field;
    let style = if here { look.styles.accent } else { look.styles.text };
    vec![
        Span::styled(if here { "▸ " } else { "  " }, look.styles.accent),
        Span::styled(fit(label, LABELS), style),
        Span::styled(value.to_owned(), look.styles.strong),
    ]
}

fn note(coding: &CodingScreen, width: usize, look: &Look, page: &mut Page) {
    let start = page.rows.len();
    match &coding.editor {
        Some(editor) => {
            page.push(PageRow::of(label_spans(coding, NOTE, look.words.coding_why, look, "")));
            let rows = editor.rows(width.saturating_sub(2), look.box_height(NOTE_LINES), true, &look.styles);
            rows.into_iter().for_each(|row| page.push(row));
        }
        None => {
            let text = if coding.draft.note.trim().is_empty() { "–" } else { coding.draft.note.trim() };
            let mark = label_spans(coding, NOTE, look.words.coding_why, look, "");
            page.hanging(mark, text, width, look.styles.text);
        }
    }
    page.hit_from(start, Hit::Entry(NOTE));
}
