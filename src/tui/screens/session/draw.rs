//! How an interview looks: the header, the card for each stage, and the interviewer's side of it.

use ratatui::layout::Rect;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::{SessionScreen, review};
use crate::instrument::Audience;
use crate::interview::phrases;
use crate::interview::{Asked, Stage};
use crate::text;
use crate::tui::entry::PromptEntry;
use crate::tui::page::{Canvas, Page, PageRow};
use crate::tui::screen::Look;
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::widgets::header::{self, Header};

/// From this width on, the interviewer's notes are beside the card instead of below it.
const SIDE_FROM: u16 = WIDEST + 2 + SIDE;
/// Width of the card beside.
const SIDE: u16 = 36;

pub(super) fn draw(session: &SessionScreen, canvas: &mut Canvas, area: Rect, look: &Look) {
    if let Some(block) = session.sorting() {
        block.draw(canvas, area, look);
        return;
    }
    let beside = side(session, area, look);
    let widest = if beside.is_some() { WIDEST + 2 + SIDE } else { WIDEST };
    let width = area.width.min(widest);
    let middle = Rect { x: area.x + (area.width - width) / 2, width, ..area };
    let (head, body) = split(middle);
    if !matches!(session.view.stage, Stage::Paused) {
        header(session, canvas, head, look, widest);
    } else if session.rehearsal {
        // A pause hides who the interview is about, but not that it is a rehearsal.
        let mark = Span::styled(look.words.rehearsal_mark, look.styles.warn);
        canvas.line(head.x + 1, head.y, head.width.saturating_sub(2), &mark.into());
    }
    let main = Rect { width: body.width.min(WIDEST), ..body };
    let is_beside = beside.is_some();
    // The question is drawn last, because scrolling and the keys refer to the last card drawn.
    if let Some(page) = beside {
        let place = Rect { x: main.right() + 2, width: SIDE.min(middle.right() - main.right() - 2), ..body };
        let title = look.words.for_interviewer;
        let card = Card { title, page: &page, top: None, tall: false, widest: SIDE };
        card.draw(canvas, place, look);
    }
    card(session, canvas, main, look, is_beside);
}

fn split(area: Rect) -> (Rect, Rect) {
    let head = Rect { height: header::HEIGHT.min(area.height), ..area };
    let body = Rect { y: head.bottom(), height: area.height - head.height, ..area };
    (head, body)
}

fn header(session: &SessionScreen, canvas: &mut Canvas, area: Rect, look: &Look, widest: u16) {
    let interview = session.live.interview();
    let instrument = interview.instrument();
    let mut title = instrument.label.raw(&look.language);
    let about = instrument.fields.first().and_then(|field| interview.fields().get(&field.name));
    if let Some(about) = about.filter(|about| !about.trim().is_empty()) {
        title = format!("{title} · {about}");
    }
    let minutes = session.leads().then(|| (interview.elapsed(look.now) / 60_000, instrument.minutes));
    let header = Header {
        mark: session.rehearsal.then_some(look.words.rehearsal_mark),
        title: &title,
        sections: &session.view.sections,
        alone: session.view.locked,
        progress: session.view.progress,
        minutes,
    };
    header.draw(canvas, area, look, widest);
}

fn card(session: &SessionScreen, canvas: &mut Canvas, area: Rect, look: &Look, beside: bool) {
    let width = inner_width(area, WIDEST);
    let words = look.words;
    let (title, mut page) = match (&session.pane, &session.view.stage) {
        (Some(pane), _) => pane.page(session, width, look),
        (None, Stage::Ask(asked)) => ("", question(session, asked, width, look, beside)),
        (None, Stage::HandOver { to, section }) => hand_over(*to, section, width, look),
        (None, Stage::Paused) => {
            let mut page = Page::default();
            page.text(words.paused_words, width, look.styles.text);
            page.next(words.paused_key, width, look.styles.accent);
            (words.paused_title, page)
        }
        (None, Stage::Review(lines)) => {
            let interview = session.live.interview();
            let end = phrases::at_the_end(interview.will_show_result() && !session.kiosk, &look.language);
            let how = (!session.view.locked, interview.is_refused(), end.as_str());
            (words.review_title, review::page(lines, session.line, how, width, look))
        }
        (None, Stage::Finished) => (words.thanks_title, said(words.thanks_words, width, look)),
        (None, Stage::Withdrawn) => (words.withdrawn_title, said(words.withdrawn_words, width, look)),
    };
    let is_question = session.pane.is_none() && matches!(session.view.stage, Stage::Ask(_));
    // The pane that asks for another file shows the reason itself.
    let is_said = matches!(session.pane, Some(super::panes::Pane::Elsewhere { .. }));
    if let Some(trouble) = session.trouble.as_ref().filter(|_| !is_question && !is_said) {
        let at = page.rows.len().min(2);
        let mut above = Page::default();
        above.warning(trouble, width, &look.styles);
        above.blank();
        let list = matches!(session.view.stage, Stage::Review(_)) && session.pane.is_none();
        if list && at > 0 {
            above.append(page);
            page = above;
        } else {
            page.blank();
            above.rows.pop();
            page.append(above);
        }
    }
    let tall = session.pane.is_none() && matches!(session.view.stage, Stage::Review(_));
    let top = if is_question { session.first_row() } else { session.top };
    let card = Card { title, page: &page, top, tall, widest: WIDEST };
    card.draw(canvas, area, look);
}

fn said(text: &str, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    page.text(text, width, look.styles.text);
    page
}

/// Rows below a list that may stay in place while it scrolls.
const MOST_STAYING: usize = 6;

/// The question, its entry, the current problem, and what only the interviewer sees.
fn question(session: &SessionScreen, asked: &Asked, width: usize, look: &Look, beside: bool) -> Page {
    let mut page = Page::default();
    page.text(&asked.prompt.text, width, look.styles.strong);
    if let Some(hint) = &asked.prompt.hint {
        page.text(hint, width, look.styles.dim);
    }
    page.blank();
    if let Some(entry) = &session.entry {
        page.append(entry.page(asked, width, look));
    }
    if let Some(reply) = asked.reply.as_ref().filter(|reply| reply.input().is_none() && !session.changed) {
        page.blank();
        let text = format!("– {}", reply.why_missing(&look.language));
        page.text(&text, width, look.styles.chosen);
    }
    // A text to read cannot be left open.
    if !asked.required && !matches!(session.entry, Some(PromptEntry::Note)) {
        page.blank();
        page.text(look.words.optional, width, look.styles.dim);
    }
    if let Some(trouble) = &session.trouble {
        page.blank();
        let start = page.rows.len();
        page.warning(trouble, width, &look.styles);
        // If the keys work on a list, it stays in place, with the problem below it.
        if !page.stays_to_its_end(MOST_STAYING) {
            page.focus_from(start);
        }
    }
    if !beside {
        let mut own = interviewer(asked, width, look);
        if !own.rows.is_empty() {
            page.blank();
            let heading = format!("── {} ", look.words.for_interviewer);
            let rule = "─".repeat(width.saturating_sub(heading.width()));
            page.push(PageRow::of(vec![Span::styled(heading + &rule, look.styles.frame)]));
            own.focus = None;
            page.append(own);
        }
    }
    page
}

/// Guidance, probes and the note.
fn interviewer(asked: &Asked, width: usize, look: &Look) -> Page {
    let mut page = Page::default();
    if !asked.probes.is_empty() {
        page.text(look.words.ask_on, width, look.styles.accent);
        for probe in &asked.probes {
            page.hanging(vec![Span::styled("– ", look.styles.dim)], probe, width, look.styles.text);
        }
    }
    for guidance in &asked.guidance {
        if !page.rows.is_empty() {
            page.blank();
        }
        page.text(guidance, width, look.styles.dim);
    }
    if let Some(note) = &asked.note {
        if !page.rows.is_empty() {
            page.blank();
        }
        let mark = Span::styled(format!("{}: ", look.words.your_note), look.styles.accent);
        page.hanging(vec![mark], note, width, look.styles.text);
    }
    page
}

fn side(session: &SessionScreen, area: Rect, look: &Look) -> Option<Page> {
    let asked = session.asked().filter(|_| session.pane.is_none() && area.width >= SIDE_FROM)?;
    let page = interviewer(asked, usize::from(SIDE - 6), look);
    (!page.rows.is_empty()).then_some(page)
}

fn hand_over(to: Audience, section: &str, width: usize, look: &Look) -> (&'static str, Page) {
    let words = look.words;
    let mut page = Page::default();
    match to {
        Audience::Respondent => {
            if section.is_empty() {
                page.text(words.over_words_plain, width, look.styles.strong);
            } else {
                page.text(&text!(&look.language, "tui-over-words", section), width, look.styles.strong);
            }
            page.blank();
            page.text(words.over_more, width, look.styles.text);
            page.next(words.over_key, width, look.styles.accent);
            (words.over_title, page)
        }
        Audience::Interviewer => {
            page.text(words.back_words, width, look.styles.strong);
            page.next(words.back_key, width, look.styles.accent);
            (words.back_title, page)
        }
    }
}
