//! The start form: codes, language and the fields of the instrument, with problems shown beside them.

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::message::MessageScreen;
use super::session::SessionScreen;
use crate::analysis::relation::{CUSTOMER, is_same_name};
use crate::instrument::{Address, FORMERLY, Instrument, Language, Party};
use crate::interview::is_fit;
use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit, Page, PageRow, cut};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::words::Words;
use crate::tui::{FormEntries, ScreensEnd};

/// Longest entry in characters.
const LONGEST: usize = 200;

/// The start form of an instrument.
pub(crate) struct FormScreen {
    instrument: Arc<Instrument>,
    /// The instruments to choose from, including the current one; empty if the instrument is fixed.
    among: Vec<Arc<Instrument>>,
    /// Known field values, including fields that this instrument does not have.
    known: FormEntries,
    language: Language,
    lines: Vec<FormLine>,
    at: usize,
    /// Whether it is a rehearsal.
    test: bool,
    /// An unused code, if the current one may be replaced by that of the named customer.
    free: Option<String>,
    /// The customer whose code was looked up last, and the code entered as a result.
    looked_up: (String, String),
    /// The initial code.
    code: String,
    /// Whether the named customer has an earlier code.
    again: bool,
    /// Whether the user tried to begin, which shows what is missing.
    tried: bool,
}

/// What a line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FormField {
    /// Which instrument, where there is a choice.
    Instrument,
    /// A field of the instrument, by its place.
    Field(usize),
    Respondent,
    Interviewer,
    Language,
    Begin,
}

struct FormLine {
    what: FormField,
    editor: Editor,
}

impl FormScreen {
    /// The form with its initial values, in the language of `form`, else `language`, else the instrument's.
    pub fn new(instrument: Arc<Instrument>, form: FormEntries, language: &Language) -> Self {
        let language = instrument.language(Some(form.language.as_ref().unwrap_or(language).as_str()));
        let lines = lines_of(&instrument, &form, false);
        let mut form = Self {
            instrument,
            among: Vec::new(),
            language,
            lines,
            at: 0,
            test: form.test,
            free: form.free.clone(),
            looked_up: (String::new(), form.respondent.clone()),
            code: form.respondent.clone(),
            known: form,
            again: false,
            tried: false,
        };
        form.go_to_missing();
        form
    }

    /// The same with a choice of instruments, the first of which is proposed; `None` if there are none.
    pub fn among(among: Vec<Arc<Instrument>>, form: FormEntries, language: &Language) -> Option<Self> {
        let mut screen = Self::new(among.first()?.clone(), form, language);
        if among.len() > 1 {
            screen.lines = lines_of(&screen.instrument, &screen.known, true);
            screen.among = among;
            screen.go_to_missing();
        }
        Some(screen)
    }

    /// Goes to the first line that must be filled in; if there is none, Enter begins.
    fn go_to_missing(&mut self) {
        self.at = self.first_fault().unwrap_or(self.lines.len().saturating_sub(1));
    }

    /// Switches the instrument. Typed values are kept, also in fields that the other instrument does not have.
    fn next_instrument(&mut self, forward: bool) {
        let n = self.among.len();
        let Some(here) = self.among.iter().position(|one| one.name == self.instrument.name) else { return };
        let step = if forward { 1 } else { n - 1 };
        let Some(next) = self.among.get((here + step) % n).cloned() else { return };
        let mut typed = self.form();
        typed.fields.remove(FORMERLY);
        self.known.respondent = typed.respondent;
        self.known.fields.extend(typed.fields);
        if self.lines.iter().any(|line| matches!(line.what, FormField::Interviewer)) {
            self.known.interviewer = typed.interviewer;
        }
        self.lines = lines_of(&next, &self.known, true);
        self.language = next.language(Some(self.language.as_str()));
        (self.instrument, self.tried) = (next, false);
    }

    fn value(&self, at: usize) -> String {
        self.lines.get(at).map(|line| line.editor.text().trim().to_owned()).unwrap_or_default()
    }

    /// What is wrong with a line.
    fn fault(&self, at: usize) -> Option<&'static str> {
        let words = Words::of(&self.language);
        let value = self.value(at);
        let is_code = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        match &self.lines.get(at)?.what {
            FormField::Field(field) => {
                let field = self.instrument.fields.get(*field)?;
                if field.required && value.is_empty() {
                    return Some(words.form_needed);
                }
                (!is_fit(&value, field, &self.instrument)).then_some(words.form_code_only)
            }
            FormField::Respondent if value.is_empty() => Some(words.form_needed),
            FormField::Respondent | FormField::Interviewer => {
                let begins = value.is_empty() || value.starts_with(char::is_alphanumeric);
                (!begins || !value.chars().all(is_code)).then_some(words.form_code_only)
            }
            FormField::Instrument | FormField::Language | FormField::Begin => None,
        }
    }

    fn first_fault(&self) -> Option<usize> {
        (0..self.lines.len()).find(|at| self.fault(*at).is_some())
    }

    fn what(&self) -> &FormField {
        self.lines.get(self.at).map_or(&FormField::Begin, |line| &line.what)
    }

    fn form(&self) -> FormEntries {
        let mut form =
            FormEntries { language: Some(self.language.clone()), test: self.test, ..FormEntries::default() };
        for (at, line) in self.lines.iter().enumerate() {
            let value = self.value(at);
            match line.what {
                FormField::Field(field) => {
                    let name = self.instrument.fields.get(field).map(|field| field.name.clone());
                    form.fields.extend(name.map(|name| (name, value)));
                }
                FormField::Respondent => form.respondent = value,
                FormField::Interviewer => form.interviewer = value,
                FormField::Instrument | FormField::Language | FormField::Begin => {}
            }
        }
        form.fields.extend(self.formerly().map(|name| (FORMERLY.to_owned(), name.to_owned())));
        form
    }

    /// The line that names the customer.
    fn line_of_customer(&self) -> Option<usize> {
        self.lines.iter().position(|line| match line.what {
            FormField::Field(field) => {
                self.instrument.fields.get(field).is_some_and(|field| field.name == CUSTOMER)
            }
            _ => false,
        })
    }

    /// The customer's former name, if another name was typed for the customer with this code.
    fn formerly(&self) -> Option<&str> {
        let (before, now) = (self.known.customer.as_deref()?, self.value(self.line_of_customer()?));
        let code = self.lines.iter().position(|line| line.what == FormField::Respondent)?;
        let is_new = !now.is_empty() && !is_same_name(before, &now);
        (is_new && self.value(code) == self.code).then_some(before)
    }

    /// Fills in the existing code of the named customer, unless the user typed another one.
    fn look_up(&mut self, with: &mut With) {
        let customer = self.line_of_customer().map(|at| self.value(at)).unwrap_or_default();
        let code = self.lines.iter().position(|line| line.what == FormField::Respondent);
        let (Some(free), Some(at)) = (self.free.clone(), code) else { return };
        if customer == self.looked_up.0 || self.value(at) != self.looked_up.1 {
            return;
        }
        let before = with.backend.code_of(&self.instrument, &customer);
        self.again = before.is_some();
        let code = before.unwrap_or(free);
        if let Some(line) = self.lines.get_mut(at) {
            line.editor = Editor::new(&code, false);
        }
        self.looked_up = (customer, code);
    }

    fn begin(&mut self, with: &mut With) -> Next {
        self.tried = true;
        if let Some(fault) = self.first_fault() {
            self.at = fault;
            return Next::Stay;
        }
        let form = self.form();
        match with.backend.begin(&self.instrument, &form) {
            Ok((id, live)) => Next::Replace(Box::new(SessionScreen::new(id, live).rehearsal(self.test))),
            Err(sentence) => Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language))),
        }
    }

    fn next_language(&mut self) {
        let languages = &self.instrument.languages;
        let here = languages.iter().position(|language| *language == self.language).unwrap_or(0);
        if let Some(next) = languages.get((here + 1) % languages.len().max(1)) {
            self.language = next.clone();
        }
    }

    fn step(&mut self, down: bool) {
        let last = self.lines.len().saturating_sub(1);
        self.at = if down { (self.at + 1).min(last) } else { self.at.saturating_sub(1) };
    }
}

impl Screen for FormScreen {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn address(&self) -> Address {
        self.instrument.address
    }

    fn typing(&self) -> bool {
        matches!(self.what(), FormField::Field(_) | FormField::Respondent | FormField::Interviewer)
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        let mut commands = vec![Go, NextField, PreviousField];
        if *self.what() == FormField::Instrument {
            commands.extend([NextChoice, PreviousChoice]);
        }
        if self.instrument.languages.len() > 1 {
            commands.push(Language);
        }
        commands.extend([Rehearsal, Close, Quit, Help]);
        commands
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let mut page = Page::default();
        if self.test {
            page.text(look.words.form_rehearsal, width, look.styles.warn);
            page.blank();
        }
        for (at, line) in self.lines.iter().enumerate() {
            let start = page.rows.len();
            self.line(at, line, width, look, &mut page);
            page.hit_from(start, Hit::Entry(at));
            if at == self.at {
                page.focus_from(start);
            }
            if line.what != FormField::Begin {
                page.blank();
            }
        }
        let title = self.instrument.label.raw(&self.language);
        let card = Card { title: &title, page: &page, top: None, tall: false, widest: WIDEST };
        card.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        let last = self.at + 1 >= self.lines.len();
        let typing = self.typing();
        // Leaving a line completes the customer's name.
        if matches!(
            act,
            UserAction::Command(Command::Go | Command::NextField | Command::PreviousField)
                | UserAction::Hit(_)
        ) {
            self.look_up(with);
        }
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(None),
            UserAction::Command(Command::Quit) => return Next::End(ScreensEnd::Closed),
            UserAction::Command(Command::Go) if last => return self.begin(with),
            UserAction::Command(Command::Go | Command::NextField) => self.step(true),
            UserAction::Command(Command::PreviousField) => self.step(false),
            UserAction::Command(Command::Language) => self.next_language(),
            UserAction::Command(Command::NextChoice) => self.next_instrument(true),
            UserAction::Command(Command::PreviousChoice) => self.next_instrument(false),
            UserAction::Command(Command::Rehearsal) => self.test = !self.test,
            UserAction::Hit(Hit::Entry(at)) => {
                self.at = at.min(self.lines.len().saturating_sub(1));
                match self.what() {
                    FormField::Begin => return self.begin(with),
                    FormField::Language => self.next_language(),
                    FormField::Instrument => self.next_instrument(true),
                    _ => {}
                }
            }
            UserAction::Key(event) if typing => {
                if let Some(line) = self.lines.get_mut(self.at) {
                    let fits = line.editor.text().chars().count() < LONGEST;
                    if fits || !matches!(event.code, crossterm::event::KeyCode::Char(_)) {
                        line.editor.key(event);
                    }
                }
            }
            UserAction::Key(event) if *self.what() == FormField::Language => {
                use crossterm::event::KeyCode::{Char, Left, Right};
                if matches!(event.code, Char(' ') | Left | Right) {
                    self.next_language();
                }
            }
            UserAction::Paste(text) if typing => {
                if let Some(line) = self.lines.get_mut(self.at) {
                    let text: String = text.trim().chars().take(LONGEST).collect();
                    line.editor.paste(&text);
                }
            }
            _ => {}
        }
        Next::Stay
    }
}

impl FormScreen {
    fn line(&self, at: usize, line: &FormLine, width: usize, look: &Look, page: &mut Page) {
        let here = at == self.at;
        let words = look.words;
        let alone = !self.instrument.has_interviewer();
        let (label, hint) = match &line.what {
            FormField::Field(field) => match self.instrument.fields.get(*field) {
                Some(field) => {
                    let hint = field.hint.as_ref().map(|hint| hint.raw(&self.language)).unwrap_or_default();
                    let label = field.label.raw(&self.language);
                    let label =
                        if field.required { label } else { format!("{label} ({})", words.form_optional) };
                    (label, hint)
                }
                None => return,
            },
            FormField::Respondent if alone => {
                let again = self
                    .free
                    .as_ref()
                    .filter(|_| self.again && self.value(at) == self.looked_up.1)
                    .map(|free| text!(&look.language, "tui-form-respondent-again", code = free));
                let (label, own) = match self.instrument.respondents {
                    Party::Organisation => (words.form_respondent_client, words.form_respondent_account),
                    Party::Customer => (words.form_respondent_own, words.form_respondent_hint),
                };
                (label.to_owned(), again.unwrap_or_else(|| own.to_owned()))
            }
            FormField::Respondent => {
                (words.form_respondent.to_owned(), words.form_respondent_hint.to_owned())
            }
            FormField::Interviewer if !self.instrument.has_interviewer() => {
                (words.form_assessor.to_owned(), words.form_assessor_hint.to_owned())
            }
            FormField::Interviewer => {
                (words.form_interviewer.to_owned(), words.form_interviewer_hint.to_owned())
            }
            FormField::Instrument => {
                (words.form_instrument.to_owned(), words.form_instrument_hint.to_owned())
            }
            FormField::Language => (words.form_language.to_owned(), words.form_language_hint.to_owned()),
            FormField::Begin => {
                let style = if here { look.styles.accent } else { look.styles.text };
                let mark = if here { "▸ " } else { "  " };
                let text = format!("[ {} ]", words.form_begin);
                page.push(PageRow::of(vec![
                    Span::styled(mark, look.styles.accent),
                    Span::styled(text, style),
                ]));
                return;
            }
        };
        page.text(&label, width, if here { look.styles.strong } else { look.styles.text });
        match line.what {
            FormField::Instrument => self.instruments(here, width, look, page),
            FormField::Language => self.languages(here, look, page),
            _ => page.rows.extend(line.editor.rows(width.min(50), 1, here, &look.styles)),
        }
        match self.fault(at).filter(|_| self.tried) {
            Some(fault) => {
                page.warning(fault, width, &look.styles);
            }
            None if self.formerly().is_some() && self.line_of_customer() == Some(at) => {
                let before = self.formerly().unwrap_or_default();
                page.text(&text!(&look.language, "tui-form-renamed", before), width, look.styles.dim);
            }
            // An existing code must be noticed without going to its line.
            None if !hint.is_empty() && (here || (line.what == FormField::Respondent && self.again)) => {
                page.text(&hint, width, look.styles.dim);
            }
            None => {}
        }
    }

    fn instruments(&self, here: bool, width: usize, look: &Look, page: &mut Page) {
        let bar = if here { look.styles.accent } else { look.styles.frame };
        let place = self.among.iter().position(|one| one.name == self.instrument.name).unwrap_or(0) + 1;
        let place = format!("  {place}/{}", self.among.len());
        let label = format!("‹ {} ›", self.instrument.label.raw(&self.language));
        page.push(PageRow::of(vec![
            Span::styled("▎ ", bar),
            Span::styled(cut(&label, width.saturating_sub(place.len() + 2)), look.styles.chosen),
            Span::styled(place, look.styles.dim),
        ]));
    }

    fn languages(&self, here: bool, look: &Look, page: &mut Page) {
        let bar = if here { look.styles.accent } else { look.styles.frame };
        let mut spans = vec![Span::styled("▎ ", bar)];
        for language in &self.instrument.languages {
            let chosen = *language == self.language;
            let name = language.own_name();
            let style = if chosen { look.styles.chosen } else { look.styles.dim };
            spans.push(Span::styled(format!("{} {name}   ", if chosen { "●" } else { "○" }), style));
        }
        page.push(PageRow::of(spans));
    }
}

/// The lines of a form, with what is known.
fn lines_of(instrument: &Instrument, form: &FormEntries, choice: bool) -> Vec<FormLine> {
    let line = |what, text: &str| FormLine { what, editor: Editor::new(text, false) };
    let mut lines = Vec::new();
    if choice {
        lines.push(line(FormField::Instrument, ""));
    }
    lines.extend(instrument.fields.iter().enumerate().map(|(at, field)| {
        let value = form.fields.get(&field.name).or(field.default.as_ref());
        line(FormField::Field(at), value.map_or("", String::as_str))
    }));
    lines.push(line(FormField::Respondent, &form.respondent));
    // Someone who assessed a client under a code of their own is compared with their earlier answers by it.
    if instrument.has_interviewer() || !form.interviewer.is_empty() {
        lines.push(line(FormField::Interviewer, &form.interviewer));
    }
    if instrument.languages.len() > 1 {
        lines.push(line(FormField::Language, ""));
    }
    lines.push(line(FormField::Begin, ""));
    lines
}
