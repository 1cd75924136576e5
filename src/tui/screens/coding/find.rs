//! Keyword in context: every occurrence of a word in the answers and the transcript, one line each, and the way to it. Owns which
//! occurrence is selected; marking happens elsewhere.

use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::passage::Chosen;
use super::{CodingScreen, Tab};
use crate::coding::keyword::{KeywordHit, in_context};
use crate::interview::ReviewLine;
use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Page, PageRow, cut, fit};
use crate::tui::screen::{Look, Next, UserAction};

/// Characters of context considered on each side of a word; a window shows fewer.
const AROUND: usize = 60;
/// Columns that say who speaks.
const WHO: usize = 22;
/// Occurrences drawn on each side of the selected one, more than ever fit.
const NEAR: usize = 100;

pub(super) struct WordMatch {
    editor: Editor,
    /// The place that is chosen.
    at: usize,
}

impl WordMatch {
    /// Starts with an empty search, so that a word can be typed at once.
    pub fn new() -> Self {
        Self { editor: Editor::new("", false), at: 0 }
    }
}

/// The text of a line that is searched: the verbatim answer, else what is shown of it.
fn words(line: &ReviewLine) -> &str {
    line.words.as_deref().unwrap_or(&line.answer)
}

impl CodingScreen {
    /// Answers and turns, in the order of the pages.
    fn all_lines(&self) -> impl Iterator<Item = &ReviewLine> {
        self.reading.answers.iter().chain(&self.reading.turns)
    }

    fn hits(&self, finding: &WordMatch) -> Vec<KeywordHit> {
        in_context(self.all_lines().map(words), &finding.editor.text(), AROUND)
    }

    /// Handles an act during a keyword search.
    pub(super) fn find(&mut self, act: UserAction, mut finding: WordMatch) -> Next {
        let last = self.hits(&finding).len().saturating_sub(1);
        match act {
            UserAction::Command(Command::Close) => return Next::Stay,
            // Enter without a word repeats the last search.
            UserAction::Command(Command::Go) if finding.editor.text().trim().is_empty() => {
                finding.editor = Editor::new(&self.word, false);
            }
            UserAction::Command(Command::Go) => {
                match self.hits(&finding).get(finding.at) {
                    Some(hit) => {
                        self.word = finding.editor.text();
                        self.go_to_hit(hit);
                    }
                    None => self.finding = Some(finding),
                }
                return Next::Stay;
            }
            UserAction::Command(Command::NextHit) => finding.at = (finding.at + 1).min(last),
            UserAction::Command(Command::PreviousHit) => finding.at = finding.at.saturating_sub(1),
            UserAction::Key(event) => {
                let changed = finding.editor.key(event);
                finding.at = if changed { 0 } else { finding.at };
            }
            UserAction::Paste(text) => {
                finding.editor.paste(&text);
                finding.at = 0;
            }
            _ => {}
        }
        self.finding = Some(finding);
        Next::Stay
    }

    /// Opens the page of an occurrence with the word selected, so that it can be marked.
    fn go_to_hit(&mut self, hit: &KeywordHit) {
        let answers = self.reading.answers.len();
        let (tab, place) = match hit.text.checked_sub(answers) {
            Some(turn) => (Tab::Transcript, turn),
            None => (Tab::Interview, hit.text),
        };
        self.tab = tab;
        self.go_to(place);
        let (first, length) = (hit.at, hit.word.chars().count());
        self.chosen = self.here().and_then(|line| Chosen::around(line, first..first + length));
    }

    /// The page of a key word.
    pub(super) fn found(&self, finding: &WordMatch, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        page.text(look.words.coding_search, width, look.styles.text);
        page.rows.extend(finding.editor.rows(width.min(44), 1, true, &look.styles));
        let hits = self.hits(finding);
        let sentence = match finding.editor.text().trim().is_empty() {
            true => String::new(),
            false => text!(&look.language, "tui-coding-places", places = hits.len()),
        };
        page.text(&sentence, width, look.styles.dim);
        let lines: Vec<&ReviewLine> = self.all_lines().collect();
        let side = width.saturating_sub(WHO + 4) / 2;
        let near = finding.at.saturating_sub(NEAR)..(finding.at + NEAR).min(hits.len());
        let first = near.start;
        for (at, hit) in (first..).zip(&hits[near]) {
            let here = at == finding.at;
            let start = page.rows.len();
            let who = lines.get(hit.text).map_or("", |line| line.question.as_str());
            let who = fit(&cut(&who.replace('\n', " "), WHO - 1), WHO);
            // Of the text before the word, the end is the relevant part.
            let space = side.saturating_sub(hit.word.width());
            let mut before = hit.before.as_str();
            while before.width() > space {
                before = before.chars().next().map_or("", |first| &before[first.len_utf8()..]);
            }
            let room = space - before.width();
            page.push(PageRow::of(vec![
                Span::styled(if here { "▸ " } else { "  " }, look.styles.accent),
                Span::styled(who, look.styles.dim),
                Span::styled(" ".repeat(room), look.styles.text),
                Span::styled(before.to_owned(), look.styles.text),
                Span::styled(hit.word.clone(), if here { look.styles.accent } else { look.styles.strong }),
                Span::styled(cut(&hit.after, side), look.styles.text),
            ]));
            if here {
                page.focus_from(start);
            }
        }
        page
    }
}
