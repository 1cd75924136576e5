//! Coding: a coder reads one interview, marks evidence in single answers, and says which model the respondent uses.
//!
//! Owns the pages (the interview, its transcript, the code), which one is open, and what is saved. Shows nothing that could
//! influence a coder: no score, no classifier and no other coder's code, which the backend releases once the coder's own code is
//! saved. Every entry is saved at once as a draft, so that leaving or a crash loses nothing.

use ratatui::layout::Rect;

use super::message::MessageScreen;
use crate::coding::Draft;
use crate::instrument::{Language, RelationalModel};
use crate::interview::NotKept;
use crate::study::coding::CodingMaterial;
use crate::tui::Backend;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};

pub(crate) mod compare;
mod draw;
mod elsewhere;
mod find;
mod marking;
mod passage;
mod verdict;
pub(crate) mod who;

use crate::text;
use compare::Compare;
use find::WordMatch;
use passage::Chosen;

/// The pages; the transcript only if the session has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Interview,
    Transcript,
    Code,
}

/// The fields of the second page, from top to bottom.
const FIELDS: usize = 4;
const DOMINANT: usize = 0;
const SECOND: usize = 1;
const SURE: usize = 2;
const NOTE: usize = 3;

/// A session being coded.
pub(crate) struct CodingScreen {
    reading: CodingMaterial,
    coder: String,
    language: Language,
    /// Whether this settles the session for all coders.
    consensus: bool,
    /// One line for each coder's code, when settling.
    beside: Vec<String>,
    tab: Tab,
    /// The answer that is marked.
    at: usize,
    /// The turn of the transcript that is marked.
    turn: usize,
    /// First row to show, if the reader scrolled within an answer that is longer than the window.
    top: Option<usize>,
    /// The model that the next strength applies to.
    armed: Option<RelationalModel>,
    /// The field of the second page that is marked.
    field: usize,
    /// The note while it is written.
    editor: Option<Editor>,
    /// The words being selected as a passage.
    chosen: Option<Chosen>,
    /// The open keyword search.
    finding: Option<WordMatch>,
    /// The last keyword.
    word: String,
    draft: Draft,
    trouble: Option<String>,
    /// Why the current draft could not be saved.
    unkept: Option<NotKept>,
    /// Whether the coder was warned that leaving now loses it.
    warned: bool,
}

/// The first screen for a coder: an empty code, or the comparison if the coder's code is saved.
pub(crate) fn begin(
    backend: &mut dyn Backend,
    session: &str,
    coder: &str,
    language: &Language,
) -> Result<Box<dyn Screen>, String> {
    let reading = backend.reading(session, (coder, false), language)?;
    if reading.saved.is_some() && reading.draft.is_none() {
        return Ok(Box::new(Compare::new(session.to_owned(), coder.to_owned(), language.clone())));
    }
    Ok(Box::new(CodingScreen::new(reading, coder.to_owned(), language.clone())))
}

impl CodingScreen {
    /// A coder's own code.
    pub fn new(reading: CodingMaterial, coder: String, language: Language) -> Self {
        let draft = reading.draft.clone().unwrap_or_default().shown(reading.seen);
        Self {
            reading,
            coder,
            language,
            consensus: false,
            beside: Vec::new(),
            tab: Tab::Interview,
            at: 0,
            turn: 0,
            top: None,
            armed: None,
            field: DOMINANT,
            editor: None,
            chosen: None,
            finding: None,
            word: String::new(),
            draft,
            trouble: None,
            unkept: None,
            warned: false,
        }
    }

    /// The same screen for a code that settles the session; `beside` holds one line per coder.
    pub fn settling(reading: CodingMaterial, coder: String, language: Language, beside: Vec<String>) -> Self {
        Self { consensus: true, beside, tab: Tab::Code, ..Self::new(reading, coder, language) }
    }

    /// Starts from an earlier code.
    pub fn starting_from(mut self, draft: Draft) -> Self {
        if self.draft.is_empty() {
            self.draft = draft.shown(self.reading.seen);
        }
        self
    }

    /// Saves a changed draft. After a failure the draft stays on the screen with a message, and the next change tries again.
    fn keep(&mut self, draft: Draft, backend: &mut dyn Backend) {
        if draft == self.draft && self.unkept.is_none() {
            return;
        }
        self.draft = draft;
        self.keep_now(backend);
    }

    /// Saves the current draft; returns whether that worked.
    fn keep_now(&mut self, backend: &mut dyn Backend) -> bool {
        let kept = backend.keep_draft(&self.reading.session, (&self.coder, self.consensus), &self.draft);
        self.warned = false;
        match kept {
            Ok(()) => (self.unkept, self.trouble) = (None, None),
            Err(why) => self.cannot_keep(why),
        }
        self.unkept.is_none()
    }

    /// Reports why something could not be saved, and asks for another file if that is allowed.
    fn cannot_keep(&mut self, why: NotKept) {
        let sentence = why.in_words(&self.language).to_owned();
        self.trouble = Some(match why.erased {
            true => sentence,
            false => text!(&self.language, "tui-coding-elsewhere-hint", why = sentence),
        });
        self.unkept = Some(why);
    }

    /// Whether the unsaved draft may be saved at all.
    fn may_keep(&self) -> bool {
        self.unkept.as_ref().is_some_and(|why| !why.erased)
    }

    /// Leaves if everything is saved, or if the coder was warned about what is not.
    fn close(&mut self, backend: &mut dyn Backend) -> Next {
        if !self.may_keep() || self.warned || self.keep_now(backend) {
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

    fn elsewhere(&self, backend: &dyn Backend) -> Next {
        let why = self.why_unkept();
        Next::Push(Box::new(elsewhere::Elsewhere::new(&self.reading.session, &self.language, why, backend)))
    }

    /// The pages that there are.
    fn tabs(&self) -> Vec<Tab> {
        let transcript = !self.reading.turns.is_empty() || self.reading.held_back > 0;
        let all = [Tab::Interview, Tab::Transcript, Tab::Code];
        all.into_iter().filter(|tab| transcript || *tab != Tab::Transcript).collect()
    }

    /// Turns `by` pages.
    fn leaf(&mut self, by: usize) {
        let tabs = self.tabs();
        let here = tabs.iter().position(|tab| *tab == self.tab).unwrap_or(0);
        self.tab = tabs[(here + by) % tabs.len()];
        self.top = None;
        self.armed = None;
        self.trouble = None;
    }

    /// What works on the page that is open.
    fn commands_here(&self) -> Vec<Command> {
        use Command::*;
        if self.editor.is_some() {
            return vec![SaveCode, Close, Help];
        }
        if self.finding.is_some() {
            return vec![Go, NextHit, PreviousHit, Close, Help];
        }
        if self.chosen.is_some() {
            let mut commands =
                vec![NextWord, PreviousWord, Grow, Models, TakeBack, Up, Down, SaveCode, Close, Search, Help];
            if self.here().is_some_and(Chosen::has_other) {
                commands.insert(4, OtherWords);
            }
            return commands;
        }
        match self.tab {
            Tab::Interview | Tab::Transcript => vec![
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
                Search,
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

impl Screen for CodingScreen {
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
        self.editor.is_some() || self.finding.is_some()
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        draw::screen(self, canvas, area, look);
    }

    fn uncovered(&mut self, backend: &mut dyn Backend) {
        if self.unkept.is_some() && self.keep_now(backend) {
            let place = backend.study().place;
            self.trouble = Some(text!(&self.language, "tui-coding-saved-in", place));
        }
    }

    fn put_down(&mut self, backend: &mut dyn Backend) {
        // Nobody can be asked for a path any more.
        if self.unkept.is_some() && !self.keep_now(backend) {
            let place = backend.rescue_place(&self.reading.session);
            if backend.rescue(&self.reading.session, &place).is_ok() {
                self.keep_now(backend);
            }
        }
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        if let Some(editor) = self.editor.take() {
            return self.write(act, editor, with.backend);
        }
        if let Some(finding) = self.finding.take() {
            return self.find(act, finding);
        }
        if let Some(chosen) = self.chosen.take() {
            return self.choosing(act, chosen, with.backend);
        }
        match act {
            UserAction::Command(Command::Close) => return self.close(with.backend),
            UserAction::Command(Command::Elsewhere) => return self.elsewhere(with.backend),
            UserAction::Command(Command::SaveCode) => return self.save(with.backend),
            UserAction::Command(Command::NextTab) => self.leaf(1),
            UserAction::Command(Command::PreviousTab) => self.leaf(self.tabs().len() - 1),
            UserAction::Command(Command::Search) => self.finding = Some(WordMatch::new()),
            UserAction::Command(Command::Passage) => self.choose(),
            UserAction::Command(Command::Up) => self.read_on(-1, -1, with),
            UserAction::Command(Command::Down) => self.read_on(1, 1, with),
            UserAction::Command(Command::PageUp) => self.read_on(-with.drawn.leap(), -1, with),
            UserAction::Command(Command::PageDown) => self.read_on(with.drawn.leap(), 1, with),
            UserAction::Command(Command::TakeBack) => match self.tab {
                Tab::Interview | Tab::Transcript => self.unmark(with.backend),
                Tab::Code => self.clear(with.backend),
            },
            UserAction::Command(Command::Open) if self.tab == Tab::Code && self.field == NOTE => {
                self.editor = Some(Editor::new(&self.draft.note, true));
            }
            UserAction::Command(Command::Language) => {
                let other = self.language.next();
                let (session, coder) = (self.reading.session.clone(), self.coder.clone());
                match with.backend.reading(&session, (&coder, self.consensus), &other) {
                    Ok(reading) => {
                        (self.reading, self.language) = (reading, other);
                        self.top = None;
                    }
                    Err(sentence) => {
                        return Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language)));
                    }
                }
            }
            UserAction::Hit(Hit::Entry(place)) => match self.tab {
                Tab::Interview | Tab::Transcript => self.go_to(place),
                Tab::Code => self.field = place.min(FIELDS - 1),
            },
            UserAction::Key(event) => match self.tab {
                Tab::Interview | Tab::Transcript => self.mark(event, with.backend),
                Tab::Code => self.fill_in(event, with.backend),
            },
            _ => {}
        }
        Next::Stay
    }
}
