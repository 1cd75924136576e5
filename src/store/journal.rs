//! The journal: a session's events, appended and read back, and beside it the entries that were begun and not answered. Owns
//! their order and that an acknowledged event stays; refuses to append for a writer who does not know all events that are
//! there.

mod tables;

use std::path::Path;

use rusqlite::{Connection, params};

use tables::{append, expect, expect_any, insert, put_begun, root};
pub(super) use tables::{drop_settled, is_begun, is_there};

use super::error::{Problem, StoreError};
use super::heard::Heard;
use super::open::Access;
use super::raw::Raw;
use super::session::{self, NewSession, SessionId};
use super::truth::{self, Truth};
use super::{Study, Witness, branch, chain, rename, rows, seal, tip};
use crate::instrument::Instrument;
use crate::interview::{Beginnings, Begun, Event, Instant, Journal, NotKept, SavedElsewhere, Stamped};

/// A complete session, to be kept in one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Its header.
    pub session: NewSession,
    /// Its events, in order.
    pub events: Vec<Stamped>,
    /// The true state of the respondent, where the session is simulated.
    pub truth: Option<Truth>,
}

impl Study {
    /// Appends an event to a session; durable on return. `kept` is the number of events that the writer knows, and the event is
    /// refused where the file has another number.
    pub fn append(
        &mut self,
        id: &SessionId,
        kept: usize,
        at: Instant,
        event: &Event,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            let last = expect(transaction, id, kept)?;
            append(transaction, id, kept, &last.link, at, event)
        })?;
        Ok(())
    }

    /// Keeps many complete sessions of one instrument, all or none. Durable on return.
    pub fn append_all(
        &mut self,
        instrument: &Instrument,
        batch: impl IntoIterator<Item = Whole>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            session::keep_instrument(transaction, instrument)?;
            batch.into_iter().try_for_each(|whole| put_whole(transaction, instrument, &whole))
        })
    }

    /// The events of a session, in order.
    pub fn events(&self, id: &SessionId) -> Result<Vec<Stamped>, StoreError> {
        self.read(|connection| {
            let session = id.to_string();
            let events = branch::journal(connection, &session)?.events(&session)?;
            if events.is_empty() && !is_there(connection, id)? {
                return Err(session::absent(connection, id));
            }
            Ok(events)
        })
    }

    /// What was entered in a session and not answered. Unreadable entries are left out, because they were no answers yet.
    pub fn begun(&self, id: &SessionId) -> Result<Beginnings, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT item, step, draft FROM answer_drafts WHERE session = ?1")?;
            let mut rows = statement.query([id.to_string()])?;
            let mut found = Beginnings::new();
            while let Some(row) = rows.next()? {
                if let Ok(begun) = serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or_default()) {
                    // A negative step is not a step.
                    let Ok(step) = usize::try_from(row.get::<_, i64>(1)?) else { continue };
                    found.insert((rows::text(row, 0)?, step), begun);
                }
            }
            Ok(found)
        })
    }

    /// The journal of a session, to continue after its first `kept` events, which the caller has replayed. It has its own
    /// connection, so that the study stays free for everything else.
    pub fn journal(&self, id: SessionId, kept: usize) -> Result<SessionJournal, StoreError> {
        // Fails early where the path leads to another file by now.
        self.still_there()?;
        self.read(|connection| expect(connection, &id, kept))?;
        let book = self.book(id, kept)?;
        let study = Self::connect(&self.path, Access::Again)?;
        let mut journal = SessionJournal { study, book };
        journal.study.witness = journal.book.witness();
        Ok(journal)
    }

    /// The state needed to continue a session after its first `kept` events, or to save one that is over.
    pub(super) fn book(&self, id: SessionId, kept: usize) -> Result<Book, StoreError> {
        let (last, whole) = self.read(|connection| {
            let last = expect_any(connection, &id, kept)?;
            let whole = Raw::read(connection, &id.to_string())?;
            Ok((last, whole.ok_or_else(|| session::absent(connection, &id))?))
        })?;
        let begun = self.begun(&id)?.into_iter().map(|(place, begun)| (place, (last.at, begun)));
        Ok(Book { id, kept, begun: begun.collect(), last, whole })
    }
}

/// Keeps a complete session whose instrument is already in the study.
pub(super) fn put_whole(
    connection: &Connection,
    instrument: &Instrument,
    whole: &Whole,
) -> Result<(), Problem> {
    session::insert(connection, instrument, &whole.session)?;
    let id = &whole.session.id;
    let mut link = root(connection, id)?;
    for (seq, stamped) in whole.events.iter().enumerate() {
        link = insert(connection, id, seq, &link, stamped.at, &stamped.event)?.link;
    }
    tip::set(connection, &id.into(), whole.events.len(), &link)?;
    whole.truth.as_ref().map_or(Ok(()), |truth| truth::insert(connection, id, truth))
}

/// Keeps the events of one running session.
#[derive(Debug)]
pub struct SessionJournal {
    study: Study,
    book: Book,
}

/// What is known of a running session.
#[derive(Debug)]
pub(super) struct Book {
    pub id: SessionId,
    kept: usize,
    /// The last of these events. The number of events would not reveal that a merge replaced this journal by another of the
    /// same length.
    last: Last,
    /// The whole session, so that it can be written to another file when this one is lost.
    whole: Raw,
    begun: Entered,
}

/// Unanswered entries by item and step.
type Entered = std::collections::BTreeMap<(String, usize), (Instant, Begun)>;

/// The last event, as it is in the file; before the first one, the root of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Last {
    at: Instant,
    text: String,
    link: String,
}

/// An event that is in the file once its transaction commits.
pub(super) struct KeptEvent {
    last: Last,
    settled: Vec<(String, usize)>,
    renames: Vec<super::rows::HeaderRow>,
}

impl Book {
    /// The last event, as proof that the file is still complete.
    pub fn witness(&self) -> Option<Witness> {
        let (session, link) = (self.id.to_string(), self.last.link.clone());
        self.kept.checked_sub(1).map(|seq| Witness { session, seq, link })
    }

    /// Fails unless the journal in the file is the one known here. A session that was removed as untouched is put back first;
    /// an erased one is not.
    fn expect(&self, connection: &Connection) -> Result<(), Problem> {
        let there = match expect(connection, &self.id, self.kept) {
            Err(Problem::NoSession(_)) => {
                self.put_whole(connection)?;
                expect(connection, &self.id, self.kept)?
            }
            there => there?,
        };
        if there != self.last {
            return Err(Problem::Overtaken { session: self.id, kept: self.kept, expected: self.kept });
        }
        Ok(())
    }

    /// Writes an event within the given transaction.
    pub fn write(&self, connection: &Connection, at: Instant, event: &Event) -> Result<KeptEvent, Problem> {
        self.expect(connection)?;
        let settled: Vec<(String, usize)> =
            self.begun.keys().filter(|(item, step)| event.settles(item, *step)).cloned().collect();
        for (item, step) in &settled {
            connection
                .prepare_cached("DELETE FROM answer_drafts WHERE session = ?1 AND item = ?2 AND step = ?3")?
                .execute(params![self.id.to_string(), item, *step as i64])?;
        }
        let last = append(connection, &self.id, self.kept, &self.last.link, at, event)?;
        // Another process may have renamed the respondent meanwhile.
        Ok(KeptEvent { last, settled, renames: rename::of(connection, &self.id.to_string())? })
    }

    /// Called once the event is committed.
    pub fn accept(&mut self, kept: KeptEvent) {
        self.whole.hear(kept.renames);
        if let Some(main) = self.whole.logs.first_mut() {
            main.push(kept.last.at, kept.last.text.clone());
        }
        self.begun.retain(|place, _| !kept.settled.contains(place));
        self.last = kept.last;
        self.kept += 1;
    }

    /// Keeps the whole session in another study. Where that has the session already, its journal must not have continued
    /// differently.
    pub fn move_to(&mut self, lost: &Study, study: &mut Study) -> Result<(), StoreError> {
        lost.not_erased(&self.id)?;
        let Heard { renames, codes } = lost.heard(&self.id);
        self.whole.hear(renames);
        self.last = study.write(|connection| {
            self.put_whole(connection)?;
            seal::put_all(connection, "codes", &codes)?;
            match expect(connection, &self.id, self.kept) {
                // A finished session is saved as well, and takes no further event.
                Err(Problem::Over { .. }) => Ok(self.last.clone()),
                there => there,
            }
        })?;
        Ok(())
    }

    fn put_whole(&self, connection: &Connection) -> Result<(), Problem> {
        self.whole.put(connection)?;
        for ((item, step), (at, begun)) in &self.begun {
            put_begun(connection, &self.id, item, *step, *at, begun)?;
        }
        Ok(())
    }
}

impl SessionJournal {
    /// Accepts that another process resumed the session and answered nothing: the first to answer keeps it.
    fn hear_resumed(&mut self) -> Result<(), StoreError> {
        let (id, kept) = (self.book.id.to_string(), self.book.kept as i64);
        let more = self.study.read(|connection| {
            let select = "SELECT at, event, link FROM events WHERE session = ?1 AND seq >= ?2 ORDER BY seq";
            let mut statement = connection.prepare_cached(select)?;
            let rows = statement.query_map(params![id, kept], |row| {
                Ok(Last { at: row.get(0)?, text: row.get(1)?, link: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let mut before = &self.book.last.link;
        for next in &more {
            let resumed =
                serde_json::from_str::<Event>(&next.text).is_ok_and(|event| event == Event::Resumed);
            if !resumed || chain::link(before, next.at, &next.text) != next.link {
                return Ok(());
            }
            before = &next.link;
        }
        for next in more {
            if let Some(main) = self.book.whole.logs.first_mut() {
                main.push(next.at, next.text.clone());
            }
            self.book.kept += 1;
            self.book.last = next;
        }
        self.study.witness = self.book.witness();
        Ok(())
    }
}

impl Journal for SessionJournal {
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), NotKept> {
        self.study.still_there().map_err(|error| self.study.erased_or(&self.book.id, error))?;
        self.hear_resumed()?;
        let Self { study, book } = self;
        let kept = study.write(|connection| book.write(connection, at, event));
        let kept = kept.map_err(|error| study.erased_or(&book.id, error))?;
        book.accept(kept);
        study.witness = book.witness();
        Ok(())
    }

    fn keep_begun(&mut self, at: Instant, item: &str, step: usize, begun: &Begun) -> Result<(), NotKept> {
        let Self { study, book } = self;
        Ok(study.keep_begun(book, at, item, step, begun)?)
    }

    fn check(&mut self) -> Result<(), NotKept> {
        self.study.still_there().map_err(|error| self.study.erased_or(&self.book.id, error))?;
        self.book.whole.hear(self.study.heard(&self.book.id).renames);
        self.study.not_erased(&self.book.id)?;
        match self.study.is_sound(&self.book.id) {
            Err(why) if why.problem.place_is_gone() => Err(why.into()),
            // Data that can't be read at this moment is still there.
            _ => Ok(()),
        }
    }

    fn suggested_place(&self) -> String {
        self.study.free_place(&self.book.id.short()).display().to_string()
    }

    fn save_elsewhere(&mut self, place: &str) -> Result<SavedElsewhere, NotKept> {
        Ok(self.moved(Path::new(place))?)
    }
}

impl SessionJournal {
    fn moved(&mut self, place: &Path) -> Result<SavedElsewhere, StoreError> {
        self.study.not_erased(&self.book.id)?;
        let (mut study, whole) = self.study.elsewhere(place)?;
        self.book.move_to(&self.study, &mut study)?;
        study.witness = self.book.witness();
        let lost = std::mem::replace(&mut self.study, study);
        Ok(self.study.saved_for(&lost, 1, whole))
    }
}

impl Study {
    /// Keeps what has been entered so far at a prompt of a running session.
    pub(super) fn keep_begun(
        &mut self,
        book: &mut Book,
        at: Instant,
        item: &str,
        step: usize,
        begun: &Begun,
    ) -> Result<(), StoreError> {
        let renames = self.write(|connection| {
            book.expect(connection)?;
            put_begun(connection, &book.id, item, step, at, begun)?;
            rename::of(connection, &book.id.to_string())
        });
        let renames = renames.map_err(|error| self.erased_or(&book.id, error))?;
        book.whole.hear(renames);
        book.begun.insert((item.to_owned(), step), (at, begun.clone()));
        Ok(())
    }

    /// The study at `place`, created where there is none, to continue in when this one is lost; and whether all of this one is in
    /// it.
    pub(super) fn elsewhere(&self, place: &Path) -> Result<(Self, bool), StoreError> {
        let place = &crate::files::from_home(place);
        // The rest of the lost file's log must not be applied to a new file of the same name.
        let lost = [&self.path, &self.file].map(|path| path.as_path());
        if std::path::absolute(place).is_ok_and(|place| lost.contains(&place.as_path())) {
            return Err(self.error(Problem::SamePlace));
        }
        self.open_for_this(place)
    }

    /// What became of the sessions of `lost`, of which `own` are written here by themselves; `whole`: all of it was copied.
    pub(super) fn saved_for(&self, lost: &Self, own: usize, whole: bool) -> SavedElsewhere {
        let others = |study: &Self| study.known.get().saturating_sub(own);
        let (taken, left) = if whole { (others(self), 0) } else { (0, others(lost)) };
        SavedElsewhere { place: self.path().display().to_string(), taken, left }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::instrument::{Language, shipped};
    use crate::interview::Start;
    use crate::store::Mode;

    /// Simulates a full disk by limiting the pages that this connection may use.
    fn fill(study: &Study) {
        let pages: i64 = study.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        study.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    }

    #[test]
    fn a_full_disk_loses_nothing_and_is_over_when_there_is_room_again() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut study = Study::open(&folder.path().join("study.relata")).unwrap();
        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        let start = Start {
            seed: 1,
            language: Language::new("en"),
            fields: BTreeMap::new(),
            at: 1_760_000_000_000,
            offset: None,
        };
        let session = NewSession {
            id: SessionId::new(start.at, [1; 10]),
            start,
            respondent: "R1".into(),
            interviewer: None,
            mode: Mode::Plain,
            test: false,
        };
        let id = study.begin(&instrument, &session).unwrap();
        let mut journal = study.journal(id, 0).unwrap();
        fill(&journal.study);
        let note = Event::Noted { item: "remark".into(), text: "long ".repeat(300) };
        let mut kept = 0;
        let sentence = loop {
            match journal.keep(kept, &note) {
                Ok(()) => kept += 1,
                Err(why) => break why.to_string(),
            }
        };
        assert!(sentence.contains("because the disk is full"), "{sentence}");
        assert!(sentence.starts_with(&format!("`{}` ", study.path().display())), "{sentence}");
        assert_eq!(study.events(&id).unwrap().len(), kept as usize);

        let room = "max_page_count";
        journal.study.connection.pragma_update_and_check(None, room, 1_000_000, |_| Ok(())).unwrap();
        journal.keep(kept, &note).unwrap();
        assert_eq!(study.events(&id).unwrap().len(), kept as usize + 1);

        fill(&study);
        let other = NewSession { id: SessionId::new(0, [2; 10]), ..session };
        let events = vec![Stamped { at: 1, event: note }; 50];
        let whole = Whole { session: other, events, truth: None };
        assert_eq!(study.append_all(&instrument, [whole]).unwrap_err().problem, Problem::Full);
        assert_eq!(study.sessions().unwrap().len(), 1);
    }
}
