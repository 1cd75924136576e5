//! The journal: a session's events, appended and read back. Owns their order and the promise that what was acknowledged
//! stays; refuses to append for a writer who does not know all events that are there.

use rusqlite::{Connection, OptionalExtension, params};

use super::Study;
use super::error::{Problem, StoreError};
use super::open::Access;
use super::session::{self, NewSession, SessionId, State};
use super::truth::{self, Truth};
use crate::instrument::Instrument;
use crate::interview::{Event, Instant, Journal, Stamped};

/// A session with all its events, to be kept at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Its header.
    pub session: NewSession,
    /// Its events, in order.
    pub events: Vec<Stamped>,
    /// What is true of it, where it was simulated.
    pub truth: Option<Truth>,
}

impl Study {
    /// Appends an event to a session. `kept` is the number of events that the writer knows to be there; if there are
    /// others, the event is refused. Durable on return.
    pub fn append(
        &mut self,
        id: &SessionId,
        kept: usize,
        at: Instant,
        event: &Event,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            expect(transaction, id, kept)?;
            insert(transaction, id, kept, at, event)
        })?;
        Ok(())
    }

    /// Keeps many whole sessions of one instrument, all or none. Durable on return.
    pub fn append_all(
        &mut self,
        instrument: &Instrument,
        batch: impl IntoIterator<Item = Whole>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            session::keep_instrument(transaction, instrument)?;
            for whole in batch {
                session::insert(transaction, instrument, &whole.session)?;
                let id = &whole.session.id;
                for (seq, stamped) in whole.events.iter().enumerate() {
                    insert(transaction, id, seq, stamped.at, &stamped.event)?;
                }
                if let Some(truth) = &whole.truth {
                    truth::insert(transaction, id, truth)?;
                }
            }
            Ok(())
        })
    }

    /// The events of a session, in order.
    pub fn events(&self, id: &SessionId) -> Result<Vec<Stamped>, StoreError> {
        self.read(|connection| {
            let damaged = |seq| Problem::Damaged(format!("event {seq} of session {id} cannot be read"));
            let mut statement = connection
                .prepare_cached("SELECT seq, at, event FROM events WHERE session = ?1 ORDER BY seq")?;
            let mut rows = statement.query([id.to_string()])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                let seq = row.get::<_, u32>(0)? as usize;
                if seq != events.len() {
                    return Err(damaged(events.len()));
                }
                let text = row.get_ref(2)?.as_str().map_err(|_| damaged(seq))?;
                let event = serde_json::from_str(text).map_err(|_| damaged(seq))?;
                events.push(Stamped { at: row.get(1)?, event });
            }
            if events.is_empty() && !is_there(connection, id)? {
                return Err(session::absent(connection, id));
            }
            Ok(events)
        })
    }

    /// The journal of a session, to continue after its first `kept` events, which the caller has replayed. It has a
    /// connection of its own, so that the study stays free for everything else.
    pub fn journal(&self, id: SessionId, kept: usize) -> Result<SessionJournal, StoreError> {
        let last = self.read(|connection| expect(connection, &id, kept))?;
        Ok(SessionJournal { study: Self::connect(&self.path, Access::Again)?, id, kept, last })
    }
}

/// Keeps the events of one running session.
#[derive(Debug)]
pub struct SessionJournal {
    study: Study,
    id: SessionId,
    kept: usize,
    /// The last of these events. The number alone would not tell when a merge put a journal of the same length in place
    /// of this one.
    last: Option<Last>,
}

/// Instant and text of an event, as the file has them.
type Last = (Instant, String);

impl Journal for SessionJournal {
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), String> {
        let Self { study, id, kept, last } = self;
        let text = study.write(|transaction| {
            if expect(transaction, id, *kept)? != *last {
                return Err(Problem::Overtaken { session: *id, kept: *kept, expected: *kept });
            }
            insert(transaction, id, *kept, at, event)
        });
        *last = Some((at, text.map_err(|error| error.to_string())?));
        *kept += 1;
        Ok(())
    }
}

/// Whether the study has a session of that id.
pub(super) fn is_there(connection: &Connection, id: &SessionId) -> Result<bool, Problem> {
    Ok(connection.prepare_cached("SELECT 1 FROM sessions WHERE id = ?1")?.exists([id.to_string()])?)
}

/// Fails unless the session is there, has `kept` events and takes more. Returns the last of them.
fn expect(connection: &Connection, id: &SessionId, kept: usize) -> Result<Option<Last>, Problem> {
    let last: Option<(u32, Instant, String)> = connection
        .prepare_cached("SELECT seq, at, event FROM events WHERE session = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let there = match &last {
        None if !is_there(connection, id)? => return Err(session::absent(connection, id)),
        None => 0,
        Some((seq, _, text)) => {
            let event = serde_json::from_str(text)
                .map_err(|_| Problem::Damaged(format!("event {seq} of session {id} cannot be read")))?;
            match State::after(&event) {
                State::Open => *seq as usize + 1,
                state => return Err(Problem::Over { session: *id, state }),
            }
        }
    };
    if there != kept {
        return Err(Problem::Overtaken { session: *id, kept: there, expected: kept });
    }
    Ok(last.map(|(_, at, text)| (at, text)))
}

/// Returns the event as the file has it.
fn insert(
    connection: &Connection,
    id: &SessionId,
    seq: usize,
    at: Instant,
    event: &Event,
) -> Result<String, Problem> {
    let text = serde_json::to_string(event).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    // JSON has no word for infinity: better refused now than missed later.
    if serde_json::from_str::<Event>(&text).ok().as_ref() != Some(event) {
        return Err(Problem::Unkeepable("a number in it is not finite".into()));
    }
    connection
        .prepare_cached("INSERT INTO events (session, seq, at, event) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id.to_string(), seq as i64, at, &text])?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::instrument::{Language, shipped};
    use crate::interview::Start;
    use crate::store::Mode;

    /// A disk that has no room for more than the study has already: the limit is this connection's own.
    fn fill(study: &Study) {
        let pages: i64 = study.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        study.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    }

    #[test]
    fn a_full_disk_loses_nothing_and_is_over_when_there_is_room_again() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut study = Study::open(&folder.path().join("study.relata")).unwrap();
        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        let start =
            Start { seed: 1, language: Language::new("en"), fields: BTreeMap::new(), at: 1_760_000_000_000 };
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
                Err(sentence) => break sentence,
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
