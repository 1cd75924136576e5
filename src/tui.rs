//! The screens: a stack of them over one terminal. Everything that this room needs from outside comes through [`Backend`].
//!
//! Owns drawing, keys and the state of the terminal. Refuses every decision about an interview: it draws the
//! [`crate::interview::View`] and sends events, and the core says what comes next, what is valid and who has the keyboard.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::relation::{Due, is_same_name};
use crate::analysis::{Filter, StudyReport};
use crate::coding::{Coding, Draft, Seen};
use crate::instrument::{Audience, Instrument, Language};
use crate::interview::{Instant, Interview, Live, NotKept, SessionState};
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

/// What the screens need from outside. Every error is a whole sentence for the person at the keyboard.
pub trait Backend {
    /// Milliseconds since 1970 in UTC.
    fn now(&self) -> Instant;

    /// The language of the screens while no interview decides it.
    fn language(&self) -> Language;

    /// The study that is open.
    fn study(&self) -> StudyLine;

    /// The instruments to choose from, the one for a first try first.
    fn instruments(&self) -> Vec<Arc<Instrument>>;

    /// All others that come with relata.
    fn further_instruments(&self) -> Vec<Arc<Instrument>>;

    /// The sessions of the study, the newest first.
    fn sessions(&mut self) -> Result<Vec<SessionLine>, String>;

    /// The relations among the sessions that were listed last, the one that was looked at last first.
    fn relations(&mut self) -> Vec<RelationLine>;

    /// The page of a relation, with its texts in `language`.
    fn relation(&mut self, relation: &RelationLine, language: &Language) -> Result<Shown, String>;

    /// Where the page of a relation would be kept: beside the study, under a name that is free.
    fn relation_place(&self, relation: &RelationLine) -> String;

    /// Keeps the page of a relation, and says where it is.
    fn save_relation(
        &mut self,
        relation: &RelationLine,
        language: &Language,
        place: &str,
    ) -> Result<String, String>;

    /// What the next assessment of a relation begins with: the questionnaires for our side, the one that is proposed first, and what the
    /// latest start form said.
    fn next_assessment(
        &mut self,
        relation: &RelationLine,
    ) -> Result<(Vec<Arc<Instrument>>, FormEntries), String>;

    /// What the start form shows at first: a fresh respondent code, and whatever was set from outside.
    fn prefilled(&mut self, instrument: &Instrument) -> FormEntries;

    /// The code under which our side answered about this customer before.
    fn code_of(&mut self, instrument: &Instrument, customer: &str) -> Option<String>;

    /// Begins a session and says its id.
    fn begin(&mut self, instrument: &Arc<Instrument>, form: &FormEntries) -> Result<(String, Live), String>;

    /// Picks up a session where it was left, with [`crate::interview::Event::Resumed`] sent: the time away does not count.
    fn resume(&mut self, session: &str) -> Result<(String, Live), String>;

    /// Is told when all questions are behind somebody, so that their result can be worked out while they look back.
    fn review(&self, interview: &Interview) {
        let _ = interview;
    }

    /// Goes on in another study file, in which the interview that is going on was saved because its own one was lost.
    fn follow(&mut self, place: &str) -> Result<(), String>;

    /// The report of a session, with its texts in `language`.
    fn report(&mut self, session: &str, language: &Language) -> Result<Report, String>;

    /// Remembers what a result advised to `reader`; to whoever keeps the study, where it is none.
    fn was_shown(&mut self, report: &Report, reader: Option<Audience>);

    /// Takes a session away again in which nothing was ever answered.
    fn forget(&mut self, session: &str) -> Result<(), String>;

    /// Where the result of a session would be kept as a page: beside the study, under a name that is free.
    fn page_place(&self, session: &str) -> String;

    /// Keeps the result of a session as a page for `reader`, and says where it is.
    fn save_page(
        &mut self,
        session: &str,
        language: &Language,
        reader: Audience,
        place: &str,
    ) -> Result<String, String>;

    /// The command that shows everything that a session has to say.
    fn report_command(&self, session: &str) -> String;

    /// Whether a session is a rehearsal, which must be seen all along.
    fn is_rehearsal(&self, session: &str) -> bool;

    /// The findings of the study under a filter, with labels in `language`; read from the file anew where that is asked
    /// for, because sessions may have been added since.
    fn findings(&mut self, filter: &Filter, language: &Language, anew: bool) -> Result<StudyReport, String>;

    /// Deletes everything of a session for good.
    fn erase(&mut self, session: &str) -> Result<(), String>;

    /// The code of whoever coded last here; empty if nobody did.
    fn coder(&self) -> String;

    /// What coders of this study are shown.
    fn shown_to_coders(&self) -> Seen;

    /// What a coder reads of a finished session, with texts in `language`; `whose`: a coder, and whether it is about the code that settles
    /// the session.
    fn reading(
        &mut self,
        session: &str,
        whose: (&str, bool),
        language: &Language,
    ) -> Result<CodingMaterial, String>;

    /// Keeps what a coder has entered so far.
    fn keep_draft(&mut self, session: &str, whose: (&str, bool), draft: &Draft) -> Result<(), NotKept>;

    /// Where what is coded could be saved when the study is gone: beside it, under a name that is free.
    fn rescue_place(&self, session: &str) -> String;

    /// Goes on in another study file, with the interview that is being coded and its codes saved in it, because the study is gone;
    /// says where that is.
    fn rescue(&mut self, session: &str, place: &str) -> Result<String, String>;

    /// Keeps a code for good.
    fn keep_code(&mut self, session: &str, whose: (&str, bool), code: &Coding) -> Result<(), NotKept>;

    /// What everybody said of a session; refused to a coder whose own code is not saved.
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
    /// What should be said about it before anything else.
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
    /// The customer whose relation it is of; empty where that is not known.
    pub customer: String,
    /// Title of the instrument.
    pub instrument: String,
    /// When it began, as it should be read.
    pub begun: String,
    /// Where it stands.
    pub state: SessionState,
    /// Whether consent is refused: so far, or for good where it is finished.
    pub refused: bool,
    /// Items that are done, and items in all.
    pub progress: (usize, usize),
    /// The interviewer's code; empty where nobody led it.
    pub interviewer: String,
    /// Whether the respondent is simulated.
    pub simulated: bool,
    /// Whether it is a rehearsal.
    pub test: bool,
    /// Whether a respondent answered it alone, so that it shows what that respondent was shown.
    pub alone: bool,
}

/// A relation as the home screen lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationLine {
    /// The code under which its sessions stand.
    pub code: String,
    /// What the customer is called; empty where nobody said it.
    pub name: String,
    /// What the same customer was called before, the latest name first.
    pub formerly: Vec<String>,
    /// The day on which somebody last answered.
    pub last: String,
    /// Finished sessions of our side and of theirs.
    pub sessions: (usize, usize),
    /// What it waits for.
    pub due: Option<Due>,
    /// Whether programs answered.
    pub simulated: bool,
}

impl RelationLine {
    /// Whether this is, or was, a name of the customer.
    pub fn is_called(&self, name: &str) -> bool {
        [&self.name].into_iter().chain(&self.formerly).any(|known| is_same_name(known, name))
    }
}

/// What the start form holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormEntries {
    /// A code, never a name.
    pub respondent: String,
    /// A code; empty where nobody leads the interview.
    pub interviewer: String,
    /// The language to begin in; none for the instrument's own.
    pub language: Option<Language>,
    /// The instrument's fields by name.
    pub fields: BTreeMap<String, String>,
    /// Whether it is a rehearsal.
    pub test: bool,
    /// A code that is free, where the one above gives way to that of the customer who is named.
    pub free: Option<String>,
    /// What the customer is called under the code above, whose relation is assessed again: another name is a new one of the same customer.
    pub customer: Option<String>,
}

/// Where to begin.
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
    /// At the card for the next person, on a machine that goes from hand to hand.
    Kiosk {
        /// What will be asked.
        instrument: Arc<Instrument>,
        /// What ends it.
        code: String,
        /// Whether everything is a rehearsal.
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
        /// Who codes; asked for where it is not known.
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

/// How many columns the terminal has, if it is one.
pub fn columns() -> Option<usize> {
    crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScreensEnd {
    /// The screens were left with no interview going on.
    Closed,
    /// The last interview came to its end.
    Finished {
        /// Its session.
        session: String,
    },
    /// An interview was left before anything was answered, and is no longer there.
    Untouched,
    /// An interview can be continued.
    LeftOpen {
        /// Its session.
        session: String,
        /// Why what was being entered when it was left is not kept, where it is not.
        unkept: Option<String>,
    },
    /// Somebody else erased the interview while it went on; a whole sentence.
    Erased {
        /// What was said of it.
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
    /// What was to be opened cannot be; a whole sentence.
    #[error("{0}")]
    Cannot(String),
}
