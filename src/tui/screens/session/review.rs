//! The review: all answers by section, with open ones marked and a way back to each.

use ratatui::text::Span;

use super::SessionScreen;
use crate::instrument::prompt::Reply;
use crate::interview::phrases;
use crate::interview::{Event, ReviewLine};
use crate::text;
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page, PageRow, cut, wrap};
use crate::tui::screen::{Look, With};

/// The index of the line that ends the review, among the clickable ones.
const END: usize = usize::MAX;
/// Lines of a question that are shown.
const QUESTION: usize = 3;

impl SessionScreen {
    /// Marks the first open question, or the end of the review if there is none.
    pub(super) fn mark_in_review(&mut self) {
        self.line = self.review_lines().iter().position(|line| line.open);
    }

    pub(super) fn review_command(&mut self, command: Command, with: &mut With) {
        let last = self.review_lines().len().checked_sub(1);
        match command {
            Command::Up => self.line = self.line.and_then(|line| line.checked_sub(1)),
            Command::Down => self.line = self.line.map_or(Some(0), |line| Some(line + 1)).min(last),
            Command::Open => self.line.into_iter().for_each(|line| self.open_line(line, with)),
            Command::Finish | Command::Go => {
                self.send(&*with.backend, Event::Finished);
            }
            _ => return,
        }
        self.top = None;
    }

    pub(super) fn review_hit(&mut self, hit: Hit, with: &mut With) {
        match hit {
            Hit::Entry(END) => {
                self.send(&*with.backend, Event::Finished);
            }
            Hit::Entry(line) if self.line == Some(line) => self.open_line(line, with),
            Hit::Entry(line) => self.line = Some(line),
            _ => {}
        }
    }

    fn open_line(&mut self, line: usize, with: &mut With) {
        let item = self.review_lines().get(line).map(|line| line.item.clone());
        if let Some(item) = item {
            self.send(&*with.backend, Event::Opened { item });
        }
    }
}

/// `end` is what ends it.
pub(super) fn page(
    lines: &[ReviewLine],
    at: Option<usize>,
    (notes, refused, end): (bool, bool, &str),
    width: usize,
    look: &Look,
) -> Page {
    let mut page = Page::default();
    let open = lines.iter().filter(|line| line.open).count();
    match open {
        0 if refused => page.hanging(
            vec![Span::styled("× ", look.styles.dim)],
            &phrases::refused_review(&look.language),
            width,
            look.styles.text,
        ),
        0 => page.hanging(
            vec![Span::styled("✓ ", look.styles.good)],
            look.words.review_ready,
            width,
            look.styles.text,
        ),
        _ => left(&text!(&look.language, "tui-review-left", open), width, look, &mut page),
    }
    page.blank();
    let start = page.rows.len();
    let (mark, style) = if at.is_none() { ("▸ ", look.styles.accent) } else { ("  ", look.styles.text) };
    page.push(PageRow::of(vec![
        Span::styled(mark, look.styles.accent),
        Span::styled(format!("[ {end} ]"), style),
    ]));
    page.hit_from(start, Hit::Entry(END));
    if at.is_none() {
        page.focus_from(start);
    }
    let mut section = "";
    for (index, line) in lines.iter().enumerate() {
        if line.section != section {
            section = &line.section;
            page.blank();
            page.text(section, width, look.styles.strong);
        }
        let start = page.rows.len();
        entry(line, Some(index) == at, notes, width, look, &mut page);
        page.hit_from(start, Hit::Entry(index));
        if Some(index) == at {
            page.focus_from(start);
        }
    }
    page
}

fn left(text: &str, width: usize, look: &Look, page: &mut Page) {
    page.warning(text, width, &look.styles);
}

fn entry(line: &ReviewLine, here: bool, notes: bool, width: usize, look: &Look, page: &mut Page) {
    let mark = Span::styled(if here { "▸ " } else { "  " }, look.styles.accent);
    let style = if here { look.styles.accent } else { look.styles.text };
    // The marked line shows its question in full, the others on one line.
    if here {
        let mut lines = wrap(&line.question, width.saturating_sub(2));
        if lines.len() > QUESTION {
            lines.truncate(QUESTION);
            lines.push("…".to_owned());
        }
        page.hanging(vec![mark], &lines.join("\n"), width, style);
    } else {
        let question = wrap(&line.question, 10_000).join(" ");
        page.push(PageRow::of(vec![mark, Span::styled(cut(&question, width.saturating_sub(2)), style)]));
    }
    let indent = Span::raw("    ");
    match (&line.missing, line.open) {
        (_, true) => {
            let text = format!("! {}", look.words.review_open);
            page.push(PageRow::of(vec![indent.clone(), Span::styled(text, look.styles.warn)]));
        }
        (Some(reply), _) => {
            let text = format!("– {}", missing(reply, look));
            page.push(PageRow::of(vec![indent.clone(), Span::styled(text, look.styles.dim)]));
        }
        (None, _) if line.answer.is_empty() => {
            let text = format!("– {}", look.words.review_passed);
            page.push(PageRow::of(vec![indent.clone(), Span::styled(text, look.styles.dim)]));
        }
        (None, _) if here => page.hanging(vec![indent.clone()], &line.answer, width, look.styles.dim),
        (None, _) => {
            let answer = line.answer.replace('\n', " ");
            let text = cut(&answer, width.saturating_sub(4));
            page.push(PageRow::of(vec![indent.clone(), Span::styled(text, look.styles.dim)]));
        }
    }
    if let Some(note) = line.note.as_ref().filter(|_| here && notes) {
        let mark = Span::styled(format!("{}: ", look.words.your_note), look.styles.dim);
        page.hanging(vec![indent, mark], note, width, look.styles.dim);
    }
}

fn missing(reply: &Reply, look: &Look) -> String {
    reply.why_missing(&look.language)
}
