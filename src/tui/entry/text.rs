//! Text entry: a line, a paragraph, a date, or a line whose times are recorded.

use std::time::Instant as Clock;

use crossterm::event::KeyCode;
use ratatui::text::Span;

use super::editor::Editor;
use super::{Did, given};
use crate::instrument::prompt::{Input, Reply, TextAsk, TextForm, Typed};
use crate::interview::Asked;
use crate::interview::phrases;
use crate::text;
use crate::texts;
use crate::tui::keys::Command;
use crate::tui::page::Page;
use crate::tui::screen::{Look, UserAction};

/// Fewest lines of the box for a paragraph.
const PARAGRAPH: usize = 6;

pub(crate) struct TextEntry {
    editor: Editor,
    form: TextForm,
    times: Times,
    /// The number of this word and of all words, if words are asked for one by one.
    word: Option<(usize, usize)>,
}

/// The times of a line that records them.
#[derive(Debug, Default)]
struct Times {
    onset: Option<Clock>,
    first_key: Option<Clock>,
    interrupted: bool,
}

impl TextEntry {
    pub fn new(ask: &TextAsk, reply: Option<&Reply>) -> Self {
        let text = match reply {
            Some(Reply::Given(Input::Text(typed))) => typed.text.as_str(),
            _ => "",
        };
        let editor = Editor::new(text, ask.form == TextForm::Paragraph);
        // A word changed afterwards is no longer a first association, so it has no times.
        let times = Times { interrupted: reply.is_some(), ..Times::default() };
        Self { editor, form: ask.form, times, word: ask.word }
    }

    /// A text continued after an interruption; its times are lost.
    pub fn resumed(ask: &TextAsk, text: &str) -> Self {
        let editor = Editor::new(text, ask.form == TextForm::Paragraph);
        let times = Times { interrupted: true, ..Times::default() };
        Self { editor, form: ask.form, times, word: ask.word }
    }

    pub fn begun(&self) -> String {
        self.editor.text()
    }

    pub fn is_timed(&self) -> bool {
        self.form == TextForm::Timed
    }

    pub fn shown(&mut self, at: Clock) {
        self.times.onset.get_or_insert(at);
    }

    pub fn interrupted(&mut self) {
        self.times.interrupted = true;
    }

    pub fn commands(&self) -> Vec<Command> {
        let mut commands = vec![if self.form == TextForm::Paragraph { Command::Done } else { Command::Go }];
        if self.word.is_some_and(|(number, _)| number > 1) {
            commands.push(Command::EarlierWord);
        }
        commands
    }

    pub fn on(&mut self, act: &UserAction, at: Clock) -> Did {
        if self.is_timed() && self.times.onset.is_none_or(|onset| at < onset) {
            // Input that arrives before the prompt is on the screen is no answer to it. A respondent who types word after word runs
            // ahead of the screen, though, and loses no letter.
            let runs_ahead = self.word.is_some_and(|(number, _)| number > 1);
            let says = match act {
                UserAction::Key(_) | UserAction::Paste(_) => true,
                _ => !self.editor.text().trim().is_empty(),
            };
            if !runs_ahead || !says {
                return Did::Early;
            }
            self.times.interrupted = true;
        }
        let answers = match act {
            UserAction::Command(Command::Go | Command::Done) => return given(Input::Text(self.typed(at))),
            UserAction::Key(event) => {
                let types = matches!(event.code, KeyCode::Char(_));
                self.editor.key(*event).then_some(types)
            }
            UserAction::Paste(text) => {
                self.editor.paste(text);
                Some(true)
            }
            _ => None,
        };
        let Some(types) = answers else { return Did::Nothing };
        if types {
            self.times.first_key.get_or_insert(at);
        }
        Did::Changed
    }

    /// The text, with its times if they are recorded and nothing interrupted it.
    fn typed(&self, enter: Clock) -> Typed {
        let since = |at: Clock| {
            let onset = self.times.onset.filter(|_| self.is_timed() && !self.times.interrupted)?;
            u64::try_from(at.saturating_duration_since(onset).as_millis()).ok()
        };
        Typed {
            text: self.editor.text(),
            first_key_ms: self.times.first_key.and_then(since),
            enter_ms: since(enter),
        }
    }

    pub fn page(&self, asked: &Asked, ask: &TextAsk, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        let (before, after) = asked.other_words();
        let list = |words: &[&str], from: usize, page: &mut Page| {
            for (index, word) in words.iter().enumerate() {
                let number = Span::styled(format!("{} ", index + from), look.styles.dim);
                page.hanging(vec![number], word, width, look.styles.text);
            }
        };
        list(&before, 1, &mut page);
        if !page.rows.is_empty() {
            page.blank();
        }
        let height =
            if ask.form == TextForm::Paragraph { PARAGRAPH.midpoint(look.box_height(PARAGRAPH)) } else { 1 };
        let start = page.rows.len();
        let width_of_field = match ask.form {
            TextForm::Date { .. } => 16,
            _ => width,
        };
        for row in self.editor.rows(width_of_field, height, true, &look.styles) {
            page.push(row);
        }
        page.focus_from(start);
        if !after.is_empty() {
            page.blank();
            list(&after, before.len() + 2, &mut page);
        }
        self.hints(ask, width, look, &mut page);
        page
    }

    fn hints(&self, ask: &TextAsk, width: usize, look: &Look, page: &mut Page) {
        let mut hints = Vec::new();
        if let TextForm::Date { min, max, .. } = ask.form {
            hints.push(look.words.date_form.to_owned());
            hints.extend(min.map(|day| text!(&look.language, "tui-date-from", day = day.to_string())));
            hints.extend(max.map(|day| text!(&look.language, "tui-date-to", day = day.to_string())));
        }
        hints.extend(ask.word.map(|word| texts::capital(&phrases::which_word(word, &look.language)) + "."));
        if ask.may_be_empty && ask.form == TextForm::Timed {
            hints.push(look.words.no_more.to_owned());
        }
        let length = self.editor.text().chars().count();
        // The count matters only near the limit; before that it is noise.
        if length * 5 > ask.max_length * 4 && !matches!(ask.form, TextForm::Date { .. }) {
            hints.push(format!("{length}/{}", ask.max_length));
        }
        if !hints.is_empty() {
            page.next(&hints.join(" · "), width, look.styles.dim);
        }
    }
}
