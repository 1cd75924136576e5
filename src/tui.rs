//! The screens: a stack of them over one terminal, connected to the rest of the program through [`Backend`].
//!
//! Owns drawing, keys and the state of the terminal. Makes no decision about an interview: it draws the [`crate::interview::View`]
//! and sends events, and the core decides what comes next, what is valid and who has the keyboard.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::relation::{Due, is_same_name};
use crate::analysis::{Filter, StudyReport};
use crate::coding::{Coding, Draft, Seen};
use crate::instrument::{Audience, Instrument, Language};
use crate::interview::{Instant, Interview, Live, NotKept, SavedElsewhere, SessionState};
use crate::report::Report;
use crate::report::document::Shown;
use crate::study::coding::{CodeComparison, CodingMaterial};

mod app;
mod calibration;
mod document;
mod entry;
mod hidden;
mod keys;
mod lines;
mod page;
mod reader;
mod room;
mod screen;
mod screens;
mod terminal;
mod theme;
mod widgets;
mod words;

#[cfg(test)]
mod tests;

pub use app::run;
pub use calibration::{Calibration, measure};
pub use hidden::Hidden;
pub use lines::{StandardLines, standard_lines};
pub use room::{RoomBackend, RoomMoment, run_room};
pub use theme::Theme;

/// What the screens need from outside. Every error is a complete sentence to show to the user.
pub trait Backend {
    /// Milliseconds since 1970 in UTC.
    fn now(&self) -> Instant;

    /// The language of the screens outside an interview.
    fn language(&self) -> Language;

    /// The study that is open.
    fn study(&self) -> StudyLine;

    /// The instruments offered first; the one suggested for a first try leads the list.
    fn instruments(&self) -> Vec<Arc<Instrument>>;

    /// The other instruments that ship with relata.
    fn further_instruments(&self) -> Vec<Arc<Instrument>>;

    /// The sessions of the study, the newest first.
    fn sessions(&mut self) -> Result<Vec<SessionLine>, String>;

    /// The relations among the sessions listed last; the one viewed most recently comes first.
    fn relations(&mut self) -> Vec<RelationLine>;

    /// The page of a relation, with its texts in `language`.
    fn relation(&mut self, relation: &RelationLine, language: &Language) -> Result<Shown, String>;

    /// The path suggested for saving a relation's page: beside the study, with an unused file name.
    fn relation_place(&self, relation: &RelationLine) -> String;

    /// Saves the page of a relation and returns where it was saved.
    fn save_relation(
        &mut self,
        relation: &RelationLine,
        language: &Language,
        place: &str,
    ) -> Result<String, String>;

    /// What the next assessment of a relation starts from: the questionnaires for our side, the proposed one first, and the entries
    /// of the latest start form.
    fn next_assessment(
        &mut self,
        relation: &RelationLine,
    ) -> Result<(Vec<Arc<Instrument>>, FormEntries), String>;

    /// The initial entries of the start form: a fresh respondent code and any values set from outside.
    fn prefilled(&mut self, instrument: &Instrument) -> FormEntries;

    /// The code under which our side answered about this customer before.
    fn code_of(&mut self, instrument: &Instrument, customer: &str) -> Option<String>;

    /// Begins a session and returns its id.
    fn begin(&mut self, instrument: &Arc<Instrument>, form: &FormEntries) -> Result<(String, Live), String>;

    /// Resumes a session. [`crate::interview::Event::Resumed`] has been sent, so the time away does not count.
    fn resume(&mut self, session: &str) -> Result<(String, Live), String>;

    /// Called when all questions are answered, so that the result can be computed while the respondent reviews the answers.
    fn review(&self, interview: &Interview) {
        let _ = interview;
    }

    /// Switches to another study file, where the running interview was saved because its own file was lost.
    fn follow(&mut self, saved: &SavedElsewhere) -> Result<(), String>;

    /// The report of a session, with its texts in `language`.
    fn report(&mut self, session: &str, language: &Language) -> Result<Report, String>;

    /// Records what advice a result gave to `reader`; `None` is the person who keeps the study.
    fn was_shown(&mut self, report: &Report, reader: Option<Audience>);

    /// Deletes a session in which nothing was ever answered.
    fn forget(&mut self, session: &str) -> Result<(), String>;

    /// The path suggested for saving a result as a page: beside the study, with an unused file name.
    fn page_place(&self, session: &str) -> String;

    /// Saves the result of a session as a page for `reader` and returns where it was saved.
    fn save_page(
        &mut self,
        session: &str,
        language: &Language,
        reader: Audience,
        place: &str,
    ) -> Result<String, String>;

    /// The command line that prints the full report of a session.
    fn report_command(&self, session: &str) -> String;

    /// Whether a session is a rehearsal, which every screen must show.
    fn is_rehearsal(&self, session: &str) -> bool;

    /// The findings of the study under a filter, with labels in `language`. `anew` reads the file again, because sessions may have
    /// been added since.
    fn findings(&mut self, filter: &Filter, language: &Language, anew: bool) -> Result<StudyReport, String>;

    /// Deletes everything of a session for good.
    fn erase(&mut self, session: &str) -> Result<(), String>;

    /// The code of the coder who last worked here; empty if there is none.
    fn coder(&self) -> String;

    /// What coders of this study are shown.
    fn shown_to_coders(&self) -> Seen;

    /// What a coder reads of a finished session, with texts in `language`. `whose` is the coder's code and whether this is the code
    /// that settles the session.
    fn reading(
        &mut self,
        session: &str,
        whose: (&str, bool),
        language: &Language,
    ) -> Result<CodingMaterial, String>;

    /// Saves a coder's unfinished code.
    fn keep_draft(&mut self, session: &str, whose: (&str, bool), draft: &Draft) -> Result<(), NotKept>;

    /// The path suggested for rescuing a code when the study file is gone: beside the study, with an unused file name.
    fn rescue_place(&self, session: &str) -> String;

    /// Switches to another study file because the current one is gone: saves the coded interview and its codes there, and returns
    /// where that is.
    fn rescue(&mut self, session: &str, place: &str) -> Result<String, String>;

    /// Keeps a code for good.
    fn keep_code(&mut self, session: &str, whose: (&str, bool), code: &Coding) -> Result<(), NotKept>;

    /// All codes of a session; refused to a coder whose own code is not saved.
    fn compared(&mut self, session: &str, coder: &str, language: &Language)
    -> Result<CodeComparison, String>;
}

/// The study as the home screen names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StudyLine {
    /// Its name.
    pub name: String,
    /// Where the file lies.
    pub place: String,
    /// A reminder to show before anything else.
    pub reminder: Option<String>,
}

/// A session as the home screen lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionLine {
    /// Its id.
    pub id: String,
    /// The respondent's code.
    pub respondent: String,
    /// Whom it is about: the first field of the start form.
    pub about: String,
    /// The customer whose relation it belongs to; empty if unknown.
    pub customer: String,
    /// Title of the instrument.
    pub instrument: String,
    /// When it began, formatted for display.
    pub begun: String,
    /// Where it stands.
    pub state: SessionState,
    /// Whether consent is refused; final only if the session is finished.
    pub refused: bool,
    /// Completed items and total items.
    pub progress: (usize, usize),
    /// The interviewer's code; empty if the session had no interviewer.
    pub interviewer: String,
    /// Whether the respondent is simulated.
    pub simulated: bool,
    /// Whether it is a rehearsal.
    pub test: bool,
    /// Whether the respondent answered without an interviewer, so that the screen shows only what the respondent was shown.
    pub alone: bool,
}

/// A relation as the home screen lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationLine {
    /// The code shared by its sessions.
    pub code: String,
    /// The customer's name; empty if nobody entered one.
    pub name: String,
    /// Earlier names of the same customer, latest first.
    pub formerly: Vec<String>,
    /// The day of the latest answer.
    pub last: String,
    /// Finished sessions of our side and of theirs.
    pub sessions: (usize, usize),
    /// What it waits for.
    pub due: Option<Due>,
    /// Whether the answers are simulated.
    pub simulated: bool,
}

impl RelationLine {
    /// Whether this is a current or former name of the customer.
    pub fn is_called(&self, name: &str) -> bool {
        [&self.name].into_iter().chain(&self.formerly).any(|known| is_same_name(known, name))
    }
}

/// What the start form holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormEntries {
    /// A code, never a name.
    pub respondent: String,
    /// A code; empty if there is no interviewer.
    pub interviewer: String,
    /// The language to begin in; `None` for the instrument's own.
    pub language: Option<Language>,
    /// The instrument's fields by name.
    pub fields: BTreeMap<String, String>,
    /// Whether it is a rehearsal.
    pub test: bool,
    /// An unused code, for when the code above may be replaced by that of the named customer.
    pub free: Option<String>,
    /// The name of the customer under the code above when their relation is assessed again; a different name renames the same
    /// customer.
    pub customer: Option<String>,
}

/// Which screen to open first.
#[derive(Debug, Clone)]
pub enum Open {
    /// At the home screen.
    Home,
    /// At the start form of an instrument.
    New {
        /// What will be asked.
        instrument: Arc<Instrument>,
        /// What the form shows at first.
        form: FormEntries,
    },
    /// At the card for the next person, on a shared machine.
    Kiosk {
        /// What will be asked.
        instrument: Arc<Instrument>,
        /// The code that ends it.
        code: String,
        /// Whether every session is a rehearsal.
        test: bool,
    },
    /// At the prompt where a session was left.
    Resume {
        /// Its id.
        session: String,
    },
    /// At the coding of a session.
    Code {
        /// Its id.
        session: String,
        /// The coder; `None` asks for the code.
        coder: Option<String>,
    },
    /// At the findings of the study.
    Study,
    /// At the result of a session.
    Result {
        /// Its id.
        session: String,
    },
}

/// The width of the terminal in columns, if there is a terminal.
pub fn columns() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}

/// How the screens ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScreensEnd {
    /// The screens were closed while no interview was running.
    Closed,
    /// The last interview came to its end.
    Finished {
        /// Its session.
        session: String,
    },
    /// The interview was left before anything was answered, and its session was deleted.
    Untouched,
    /// An interview can be continued.
    LeftOpen {
        /// Its session.
        session: String,
        /// Why the unfinished entry could not be saved, if it could not.
        unkept: Option<String>,
    },
    /// The interview was erased from elsewhere while it was running.
    Erased {
        /// The message for the user, a complete sentence.
        sentence: String,
    },
    /// The respondent withdrew.
    Withdrawn {
        /// Its session.
        session: String,
        /// Whether everything of it was deleted.
        erased: bool,
    },
}

/// Why the screens could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal could not be read or written.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] std::io::Error),
    /// The requested screen cannot be opened; a complete sentence.
    #[error("{0}")]
    Cannot(String),
}
