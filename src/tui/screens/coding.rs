//! Coding: a coder reads one interview, marks evidence on single answers, and says which model the respondent uses.
//!
//! Owns the two pages (the interview, the code) and their keys. Refuses everything that could lead a coder: no score, no
//! classifier, nobody else's code is on these pages; the desk hands them out once the coder's own code is saved. Everything that
//! is entered is kept at once as a draft, so that leaving and being killed lose nothing.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

use super::message::Message;
use crate::coding::{CodeFault, Draft, STRONGEST, SUREST};
use crate::instrument::{Language, RelationalModel};
use crate::interview::NotKept;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit};
use crate::tui::screen::{Act, Look, Next, Screen, With};
use crate::tui::words::Words;
use crate::tui::{Desk, Reading};

pub(crate) mod compare;
mod draw;
mod elsewhere;
mod passage;
pub(crate) mod who;

use crate::text;
use compare::Compare;
use passage::Chosen;

/// The two pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Interview,
    Code,
}

/// The fields of the second page, from top to bottom.
const FIELDS: usize = 4;
const DOMINANT: usize = 0;
const SECOND: usize = 1;
const SURE: usize = 2;
const NOTE: usize = 3;

/// A session being coded.
pub(crate) struct Coding {
    reading: Reading,
    coder: String,
    language: Language,
    /// Whether this settles the session for all coders.
    consensus: bool,
    /// What the coders said, one line each, where it settles.
    beside: Vec<String>,
    tab: Tab,
    /// The answer that is marked.
    at: usize,
    /// First row of the page, where somebody reads on in an answer that is longer than the window.
    top: Option<usize>,
    /// The model that a strength would go to.
    armed: Option<RelationalModel>,
    /// The field of the second page that is marked.
    field: usize,
    /// The note while it is written.
    editor: Option<Editor>,
    /// The words that are being chosen as a passage.
    chosen: Option<Chosen>,
    draft: Draft,
    trouble: Option<String>,
    /// Why the draft as it stands could not be kept.
    unkept: Option<NotKept>,
    /// Whether somebody has been told that leaving now would lose it.
    warned: bool,
}

/// The screen on which a coder begins: the code of a coder who has said nothing yet, else what the coders said.
pub(crate) fn begin(
    desk: &mut dyn Desk,
    session: &str,
    coder: &str,
    language: &Language,
) -> Result<Box<dyn Screen>, String> {
    let reading = desk.reading(session, coder, false, language)?;
    if reading.saved && reading.draft.is_none() {
        return Ok(Box::new(Compare::new(session.to_owned(), coder.to_owned(), language.clone())));
    }
    Ok(Box::new(Coding::new(reading, coder.to_owned(), language.clone())))
}

impl Coding {
    /// A coder's own code.
    pub fn new(reading: Reading, coder: String, language: Language) -> Self {
        let draft = reading.draft.clone().unwrap_or_default().shown(reading.seen);
        Self {
            reading,
            coder,
            language,
            consensus: false,
            beside: Vec::new(),
            tab: Tab::Interview,
            at: 0,
            top: None,
            armed: None,
            field: DOMINANT,
            editor: None,
            chosen: None,
            draft,
            trouble: None,
            unkept: None,
            warned: false,
        }
    }

    /// The same screen for a code that settles the session; `beside` is what the coders said.
    pub fn settling(reading: Reading, coder: String, language: Language, beside: Vec<String>) -> Self {
        Self { consensus: true, beside, tab: Tab::Code, ..Self::new(reading, coder, language) }
    }

    /// Begins with an earlier code instead of nothing.
    pub fn starting_from(mut self, draft: Draft) -> Self {
        if self.draft.is_empty() {
            self.draft = draft.shown(self.reading.seen);
        }
        self
    }

    /// Keeps what was changed. What could not be kept stays on the screen, is said, and is tried again with whatever comes next.
    fn keep(&mut self, draft: Draft, desk: &mut dyn Desk) {
        if draft == self.draft && self.unkept.is_none() {
            return;
        }
        self.draft = draft;
        self.keep_now(desk);
    }

    /// Keeps the draft as it stands; whether that could be done.
    fn keep_now(&mut self, desk: &mut dyn Desk) -> bool {
        let kept = desk.keep_draft(&self.reading.session, &self.coder, self.consensus, &self.draft);
        self.warned = false;
        match kept {
            Ok(()) => (self.unkept, self.trouble) = (None, None),
            Err(why) => self.cannot_keep(why),
        }
        self.unkept.is_none()
    }

    /// Says why something could not be kept, and where else it can go if it may.
    fn cannot_keep(&mut self, why: NotKept) {
        let sentence = why.in_words(&self.language).to_owned();
        self.trouble = Some(match why.erased {
            true => sentence,
            false => text!(&self.language, "tui-coding-elsewhere-hint", why = sentence),
        });
        self.unkept = Some(why);
    }

    /// Whether what is unkept may be kept at all.
    fn may_keep(&self) -> bool {
        self.unkept.as_ref().is_some_and(|why| !why.erased)
    }

    /// Leaves, once everything is kept or somebody has been told what is not.
    fn close(&mut self, desk: &mut dyn Desk) -> Next {
        if !self.may_keep() || self.warned || self.keep_now(desk) {
            return Next::Pop(None);
        }
        let why = self.why_unkept();
        self.trouble = Some(text!(&self.language, "tui-coding-leave-anyway", why));
        self.warned = true;
        Next::Stay
    }

    fn why_unkept(&self) -> String {
        self.unkept.as_ref().map(|why| why.in_words(&self.language).to_owned()).unwrap_or_default()
    }

    fn elsewhere(&self, desk: &dyn Desk) -> Next {
        let why = self.why_unkept();
        Next::Push(Box::new(elsewhere::Elsewhere::new(&self.reading.session, &self.language, why, desk)))
    }

    /// A letter or a digit on the first page.
    fn mark(&mut self, event: KeyEvent, desk: &mut dyn Desk) {
        let Some(item) = self.reading.answers.get(self.at).map(|answer| answer.item.clone()) else { return };
        let mut draft = self.draft.clone();
        if let Some(model) = model_of(event) {
            let marked = draft.marks(&item).into_iter().find(|mark| mark.model == model).map(|m| m.strength);
            // The letter alone marks weakly; pressed again it says it louder.
            let strength = match marked {
                None => 1,
                Some(strength) if self.armed == Some(model) => strength.saturating_add(1).min(STRONGEST),
                Some(strength) => strength,
            };
            draft.mark(&item, model, Some(strength));
            self.armed = Some(model);
        } else if let (Some(strength), Some(model)) = (digit_of(event), self.armed) {
            if strength > STRONGEST {
                return;
            }
            draft.mark(&item, model, Some(strength));
        } else if digit_of(event).is_some() {
            self.trouble = Some(Words::of(&self.language).coding_which.to_owned());
            return;
        }
        self.keep(draft, desk);
    }

    fn unmark(&mut self, desk: &mut dyn Desk) {
        let Some(item) = self.reading.answers.get(self.at).map(|answer| answer.item.clone()) else { return };
        let mut draft = self.draft.clone();
        let last = draft.evidence.iter().rev().find(|mark| mark.item == item).map(|mark| mark.model);
        let armed = self.armed.filter(|armed| draft.marks(&item).iter().any(|mark| mark.model == *armed));
        if let Some(model) = armed.or(last) {
            draft.mark(&item, model, None);
        }
        self.armed = None;
        self.keep(draft, desk);
    }

    /// Chooses words of the answer that is marked.
    fn choose(&mut self) {
        self.armed = None;
        self.top = None;
        self.chosen = self.reading.answers.get(self.at).and_then(Chosen::of);
        if self.chosen.is_none() {
            self.trouble = Some(Words::of(&self.language).coding_no_words.to_owned());
        }
    }

    /// While words are being chosen.
    fn choosing(&mut self, act: Act, mut chosen: Chosen, desk: &mut dyn Desk) -> Next {
        let Some(answer) = self.reading.answers.get(self.at) else { return Next::Stay };
        let mut draft = self.draft.clone();
        match act {
            Act::Command(Command::Close | Command::Passage) => return Next::Stay,
            Act::Command(Command::SaveCode) => return self.save(desk),
            Act::Command(Command::Elsewhere) => {
                self.chosen = Some(chosen);
                return self.elsewhere(desk);
            }
            Act::Command(Command::NextWord) => chosen.step(answer, 1, false),
            Act::Command(Command::PreviousWord) => chosen.step(answer, -1, false),
            Act::Command(Command::Up) => chosen.line(answer, -1),
            Act::Command(Command::Down) => chosen.line(answer, 1),
            Act::Command(Command::Grow) => chosen.grow(),
            Act::Command(Command::OtherWords) => chosen.turn(),
            Act::Command(Command::TakeBack) => {
                if let Some(passage) = chosen.under(answer, &draft.passages_of(&answer.item)).cloned() {
                    draft.turn_passage(passage);
                }
            }
            Act::Key(event) => match (event.code, model_of(event)) {
                (KeyCode::Right, _) => chosen.step(answer, 1, true),
                (KeyCode::Left, _) => chosen.step(answer, -1, true),
                (_, Some(model)) => {
                    if let Some(passage) = chosen.take(answer, model) {
                        draft.turn_passage(passage);
                    }
                }
                _ => {}
            },
            _ => {}
        }
        self.chosen = Some(chosen);
        self.keep(draft, desk);
        Next::Stay
    }

    /// A letter or a digit on the second page.
    fn fill_in(&mut self, event: KeyEvent, desk: &mut dyn Desk) {
        let mut draft = self.draft.clone();
        match (self.field, model_of(event), digit_of(event)) {
            (DOMINANT, Some(model), _) => {
                draft.dominant = Some(model);
                // The second cannot be the first; it was meant for the place that is taken now.
                draft.second = draft.second.filter(|second| *second != model);
            }
            (SECOND, Some(model), _) if draft.dominant == Some(model) => {
                self.trouble = Some(self.sentence(&CodeFault::Twice(model)));
                return;
            }
            (SECOND, Some(model), _) => draft.second = Some(model),
            (SURE, _, Some(sure)) if (1..=SUREST).contains(&sure) => draft.confidence = Some(sure),
            _ => return,
        }
        self.keep(draft, desk);
    }

    fn clear(&mut self, desk: &mut dyn Desk) {
        let mut draft = self.draft.clone();
        match self.field {
            DOMINANT => draft.dominant = None,
            SECOND => draft.second = None,
            SURE => draft.confidence = None,
            _ => {}
        }
        self.keep(draft, desk);
    }

    fn save(&mut self, desk: &mut dyn Desk) -> Next {
        let coding = match self.draft.finish() {
            Ok(coding) => coding,
            Err(fault) => {
                self.tab = Tab::Code;
                if fault == CodeFault::NoDominant {
                    self.field = DOMINANT;
                }
                self.trouble = Some(self.sentence(&fault));
                return Next::Stay;
            }
        };
        match desk.keep_code(&self.reading.session, &self.coder, self.consensus, &coding) {
            Ok(()) => Next::Replace(Box::new(Compare::new(
                self.reading.session.clone(),
                self.coder.clone(),
                self.language.clone(),
            ))),
            Err(why) => {
                self.cannot_keep(why);
                Next::Stay
            }
        }
    }

    fn sentence(&self, fault: &CodeFault) -> String {
        let words = Words::of(&self.language);
        match fault {
            CodeFault::NoDominant => words.coding_no_dominant.to_owned(),
            CodeFault::Twice(model) => {
                text!(&self.language, "tui-coding-twice", model = model.abbreviation())
            }
            other => other.to_string(),
        }
    }

    fn turn(&mut self) {
        self.tab = if self.tab == Tab::Interview { Tab::Code } else { Tab::Interview };
        self.top = None;
        self.armed = None;
        self.trouble = None;
    }

    /// On in an answer of which not all can be seen, by so many rows; else by so many answers.
    fn read_on(&mut self, rows: isize, answers: isize, with: &With) {
        match with.drawn.within_focus(rows).filter(|_| self.tab == Tab::Interview) {
            Some(top) => self.top = Some(top),
            None => self.step(answers),
        }
    }

    /// Moves in the list of answers or among the fields.
    fn step(&mut self, by: isize) {
        self.armed = None;
        self.trouble = None;
        self.top = None;
        let (at, last) = match self.tab {
            Tab::Interview => (&mut self.at, self.reading.answers.len().saturating_sub(1)),
            Tab::Code => (&mut self.field, FIELDS - 1),
        };
        *at = at.saturating_add_signed(by).min(last);
    }

    /// The note is being written.
    fn write(&mut self, act: Act, mut editor: Editor, desk: &mut dyn Desk) -> Next {
        match act {
            Act::Command(Command::Close) => return Next::Stay,
            Act::Command(Command::SaveCode) => return self.save(desk),
            Act::Command(Command::Elsewhere) => {
                self.editor = Some(editor);
                return self.elsewhere(desk);
            }
            Act::Key(event) => {
                editor.key(event);
            }
            Act::Paste(text) => editor.paste(&text),
            _ => {}
        }
        let draft = Draft { note: editor.text(), ..self.draft.clone() };
        self.editor = Some(editor);
        self.keep(draft, desk);
        Next::Stay
    }

    /// What works on the page that is open.
    fn commands_here(&self) -> Vec<Command> {
        use Command::*;
        if self.editor.is_some() {
            return vec![SaveCode, Close, Help];
        }
        if self.chosen.is_some() {
            let mut commands =
                vec![NextWord, PreviousWord, Grow, Models, TakeBack, Up, Down, SaveCode, Close, Help];
            if self.reading.answers.get(self.at).is_some_and(Chosen::has_other) {
                commands.insert(4, OtherWords);
            }
            return commands;
        }
        match self.tab {
            Tab::Interview => vec![
                Models,
                Strength,
                Passage,
                TakeBack,
                Up,
                Down,
                NextTab,
                PreviousTab,
                SaveCode,
                Close,
                PageDown,
                PageUp,
                Language,
                Help,
            ],
            Tab::Code if self.field == NOTE => {
                vec![Open, Up, Down, NextTab, PreviousTab, SaveCode, Close, Language, Help]
            }
            Tab::Code if self.field == SURE => {
                vec![Sure, TakeBack, Up, Down, NextTab, PreviousTab, SaveCode, Close, Language, Help]
            }
            Tab::Code => {
                vec![Models, TakeBack, Up, Down, NextTab, PreviousTab, SaveCode, Close, Language, Help]
            }
        }
    }
}

/// The model that a letter stands for: the first of its abbreviation.
fn model_of(event: KeyEvent) -> Option<RelationalModel> {
    if event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    match event.code {
        KeyCode::Char('c' | 'C') => Some(RelationalModel::CommunalSharing),
        KeyCode::Char('a' | 'A') => Some(RelationalModel::AuthorityRanking),
        KeyCode::Char('e' | 'E') => Some(RelationalModel::EqualityMatching),
        KeyCode::Char('m' | 'M') => Some(RelationalModel::MarketPricing),
        _ => None,
    }
}

fn digit_of(event: KeyEvent) -> Option<u8> {
    match event.code {
        KeyCode::Char(digit) => digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()),
        _ => None,
    }
}

impl Screen for Coding {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        let mut commands = self.commands_here();
        if self.may_keep() {
            commands.insert(0, Elsewhere);
        }
        commands
    }

    fn typing(&self) -> bool {
        self.editor.is_some()
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        draw::screen(self, canvas, area, look);
    }

    fn uncovered(&mut self, desk: &mut dyn Desk) {
        if self.unkept.is_some() && self.keep_now(desk) {
            let place = desk.study().place;
            self.trouble = Some(text!(&self.language, "tui-coding-saved-in", place));
        }
    }

    fn put_down(&mut self, desk: &mut dyn Desk) {
        // Nobody is left to be asked where to.
        if self.unkept.is_some() && !self.keep_now(desk) {
            let place = desk.rescue_place(&self.reading.session);
            if desk.rescue(&self.reading.session, &place).is_ok() {
                self.keep_now(desk);
            }
        }
    }

    fn on(&mut self, act: Act, with: &mut With) -> Next {
        if let Some(editor) = self.editor.take() {
            return self.write(act, editor, with.desk);
        }
        if let Some(chosen) = self.chosen.take() {
            return self.choosing(act, chosen, with.desk);
        }
        match act {
            Act::Command(Command::Close) => return self.close(with.desk),
            Act::Command(Command::Elsewhere) => return self.elsewhere(with.desk),
            Act::Command(Command::SaveCode) => return self.save(with.desk),
            Act::Command(Command::NextTab | Command::PreviousTab) => self.turn(),
            Act::Command(Command::Passage) => self.choose(),
            Act::Command(Command::Up) => self.read_on(-1, -1, with),
            Act::Command(Command::Down) => self.read_on(1, 1, with),
            Act::Command(Command::PageUp) => self.read_on(-with.drawn.leap(), -1, with),
            Act::Command(Command::PageDown) => self.read_on(with.drawn.leap(), 1, with),
            Act::Command(Command::TakeBack) => match self.tab {
                Tab::Interview => self.unmark(with.desk),
                Tab::Code => self.clear(with.desk),
            },
            Act::Command(Command::Open) if self.tab == Tab::Code && self.field == NOTE => {
                self.editor = Some(Editor::new(&self.draft.note, true));
            }
            Act::Command(Command::Language) => {
                let other = self.language.next();
                let (session, coder) = (self.reading.session.clone(), self.coder.clone());
                match with.desk.reading(&session, &coder, self.consensus, &other) {
                    Ok(reading) => {
                        (self.reading, self.language) = (reading, other);
                        self.top = None;
                    }
                    Err(sentence) => return Next::Push(Box::new(Message::trouble(sentence, &self.language))),
                }
            }
            Act::Hit(Hit::Entry(place)) => match self.tab {
                Tab::Interview => {
                    self.armed = None;
                    self.top = None;
                    self.at = place.min(self.reading.answers.len().saturating_sub(1));
                }
                Tab::Code => self.field = place.min(FIELDS - 1),
            },
            Act::Key(event) => match self.tab {
                Tab::Interview => self.mark(event, with.desk),
                Tab::Code => self.fill_in(event, with.desk),
            },
            _ => {}
        }
        Next::Stay
    }
}
