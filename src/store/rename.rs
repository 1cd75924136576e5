//! Another code for the respondent of a session, because two laptops gave one code to two people. Owns which code counts, for
//! every list, look-up and merge; refuses to change a header or a journal.
//!
//! The chain over a session's events begins with its header, so the header can't change. An event would not do either: renaming
//! on one laptop while the session continues on another would split the journal, and nothing may follow the end of a finished
//! one. So a renaming is a row of its own, like a coder's code: appended, never edited, with a hash of its content as its id.
//! The latest one counts, and since a merge is the union, it is the same on every laptop.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::error::{Problem, StoreError};
use super::session::{self, SessionId};
use super::{Study, chain, journal, roll, rows};
use crate::interview::{Instant, is_code};

/// The id of the latest renaming of the session `s`.
pub(super) const LATEST: &str =
    "(SELECT id FROM renames WHERE session = s.id ORDER BY at DESC, id DESC LIMIT 1)";

/// The code of the respondent of the session `s`.
pub(super) const RESPONDENT: &str = "coalesce((SELECT code FROM renames WHERE session = s.id ORDER BY at DESC, id DESC LIMIT 1), s.respondent)";

/// All columns, in the order of [`PUT`].
pub(super) const ALL: &str = "SELECT id, session, at, code, why FROM renames";

pub(super) const PUT: &str = "INSERT OR IGNORE INTO renames (id, session, at, code, why)
     SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?2)";

/// Keeps a row, once, and adds it to the roll.
pub(super) fn put(connection: &Connection, row: &[Value]) -> Result<(), Problem> {
    let kept = connection.prepare_cached(PUT)?.execute(params_from_iter(row))?;
    match row.first().filter(|_| kept > 0) {
        Some(id) => roll::add(connection, "renames", &rows::shown(id)),
        None => Ok(()),
    }
}

/// Every raw renaming row of a session.
pub(super) fn of(connection: &Connection, session: &str) -> Result<Vec<Vec<Value>>, Problem> {
    rows::all(connection, &format!("{ALL} WHERE session = ?1"), [session])
}

/// A respondent's code that was replaced by another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The session.
    pub session: SessionId,
    /// When.
    pub at: Instant,
    /// The code before.
    pub old: String,
    /// The code from then on.
    pub new: String,
    /// The reason, as the person who renamed put it; may be empty.
    pub why: String,
}

impl Study {
    /// Gives the respondent of a session another code, from `at` on. The former code can be looked up only here.
    pub fn rename(&mut self, id: &SessionId, code: &str, at: Instant, why: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            if !journal::is_there(transaction, id)? {
                return Err(session::absent(transaction, id));
            }
            let session = id.to_string();
            // A clock that was set back must not leave an earlier renaming in force.
            let latest: Option<Instant> = transaction
                .prepare_cached("SELECT max(at) FROM renames WHERE session = ?1")?
                .query_row([&session], |row| row.get(0))?;
            let at = latest.map_or(at, |latest| at.max(latest.saturating_add(1)));
            let seal = seal(&session, at, code, why);
            let text = |text: &str| Value::Text(text.to_owned());
            put(transaction, &[text(&seal), text(&session), Value::Integer(at), text(code), text(why)])
        })
    }

    /// Every valid renaming of readable sessions, by session and in order of time.
    pub fn renames(&self) -> Result<Vec<Rename>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT r.session, r.at, r.code, r.why, s.respondent, r.id FROM renames r JOIN sessions s ON s.id = r.session
                 ORDER BY r.session, r.at, r.id",
            )?;
            let mut rows = statement.query([])?;
            let mut found: Vec<Rename> = Vec::new();
            while let Some(row) = rows.next()? {
                let lies = [5, 0, 1, 2, 3].map(|column| rows::value(row, column));
                let lies = lies.into_iter().collect::<Result<Vec<_>, _>>()?;
                let Ok(session) = row.get_ref(0)?.as_str().unwrap_or_default().parse() else { continue };
                if !is_sound(&lies) {
                    continue;
                }
                let before = found.last().filter(|rename| rename.session == session);
                let old = match before {
                    Some(before) => before.new.clone(),
                    None => row.get(4)?,
                };
                found.push(Rename { session, at: row.get(1)?, old, new: row.get(2)?, why: row.get(3)? });
            }
            Ok(found)
        })
    }

    /// Every code that a respondent has or ever had in any session; none of these is free.
    pub fn respondent_codes(&self) -> Result<Vec<String>, StoreError> {
        self.read(codes)
    }
}

/// See [`Study::respondent_codes`].
pub(super) fn codes(connection: &Connection) -> Result<Vec<String>, Problem> {
    let every = "SELECT respondent FROM sessions UNION SELECT code FROM renames ORDER BY 1";
    let mut statement = connection.prepare_cached(every)?;
    let codes = statement.query_map([], |row| rows::text(row, 0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}

/// The respondent's current code, from a row of sessions; see `select` there.
pub(super) fn respondent(row: &Row, session: &str) -> Result<String, Problem> {
    let Some(id) = row.get::<_, Option<String>>(20)? else { return Ok(row.get(4)?) };
    let (at, code, why): (Instant, String, String) = (row.get(21)?, row.get(22)?, row.get(23)?);
    if id == seal(session, at, &code, &why) {
        Ok(code)
    } else {
        let what = "the new code of its respondent was changed outside relata";
        Err(Problem::Damaged(format!("{what}, in session {session}")))
    }
}

/// Whether a raw row is an unchanged renaming.
pub(super) fn is_sound(row: &[Value]) -> bool {
    let [Value::Text(id), Value::Text(session), Value::Integer(at), Value::Text(code), Value::Text(why)] =
        row
    else {
        return false;
    };
    is_code(code) && *id == seal(session, *at, code, why)
}

fn seal(session: &str, at: Instant, code: &str, why: &str) -> String {
    // A code holds no space, so two different renamings are never written alike.
    chain::link(session, at, &format!("{code} {why}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::instrument::{Language, shipped};
    use crate::interview::{Event, Start};
    use crate::store::{Mode, NewSession, RawId, merge};

    fn begun(study: &mut Study, n: u8) -> SessionId {
        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        let at = 1_760_000_000_000 + i64::from(n);
        let start =
            Start { seed: 1, language: Language::new("en"), fields: BTreeMap::new(), at, offset: Some(60) };
        let session = NewSession {
            id: SessionId::new(at, [n; 10]),
            start,
            respondent: "R1".into(),
            interviewer: None,
            mode: Mode::Plain,
            test: false,
        };
        study.begin(&instrument, &session).unwrap()
    }

    #[test]
    fn the_latest_code_counts_everywhere_and_the_old_one_stays_findable() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut study = Study::open(&path("a.relata")).unwrap();
        let id = begun(&mut study, 1);
        let untouched = begun(&mut study, 2);
        // Nobody was in either yet.
        assert!(study.sessions().unwrap().iter().all(|header| !header.touched));
        assert_eq!(study.session(&untouched.to_string()).unwrap().start.offset, Some(60));
        let note = Event::Noted { item: "words".into(), text: "hm".into() };
        study.append(&id, 0, 5, &note).unwrap();
        study.append(&id, 1, 6, &Event::Withdrawn).unwrap();
        study.rename(&id, "R2", 10, "two laptops").unwrap();
        // The clock was put back in between.
        study.rename(&id, "R3", 9, "").unwrap();
        let mut headers = study.sessions().unwrap();
        headers.retain(|header| header.touched);
        assert_eq!(headers.iter().map(|header| header.respondent.as_str()).collect::<Vec<_>>(), ["R3"]);
        assert!(study.by_respondent("R2").unwrap().is_empty());
        assert_eq!(study.ids_of("R3").unwrap(), [RawId::from(id)]);
        assert_eq!(study.ids_of("R1").unwrap(), [RawId::from(untouched)]);
        assert_eq!(study.respondent_codes().unwrap(), ["R1", "R2", "R3"]);
        assert!(study.changed().unwrap().is_empty());
        let olds: Vec<String> = study.renames().unwrap().into_iter().map(|rename| rename.old).collect();
        assert_eq!(olds, ["R1", "R2"]);
        drop(study);
        drop(Study::open(&path("b.relata")).unwrap());
        let files = [path("b.relata"), path("a.relata")];
        merge(&files, &path("c.relata"), None).unwrap();
        let mut merged = Study::open(&path("c.relata")).unwrap();
        assert_eq!(merged.sessions().unwrap()[0].respondent, "R3");
        assert_eq!(merged.erase_respondent("R3", 20).unwrap(), 1);
        assert!(merged.renames().unwrap().is_empty());
    }

    #[test]
    fn a_changed_code_is_noticed() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut study = Study::open(&folder.path().join("a.relata")).unwrap();
        let id = begun(&mut study, 1);
        study.append(&id, 0, 5, &Event::Withdrawn).unwrap();
        study.rename(&id, "R2", 10, "").unwrap();
        let edit = "DROP TRIGGER renames_stay; UPDATE renames SET code = 'R9'";
        study.connection.execute_batch(edit).unwrap();
        let (sound, unreadable) = study.all_sessions().unwrap();
        assert_eq!((sound.len(), unreadable.len()), (0, 1));
    }

    #[test]
    fn a_changed_code_is_noticed_when_it_is_no_longer_the_latest() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut study = Study::open(&folder.path().join("a.relata")).unwrap();
        let id = begun(&mut study, 1);
        study.append(&id, 0, 5, &Event::Withdrawn).unwrap();
        for (at, code) in [(10, "R2"), (20, "R3")] {
            study.rename(&id, code, at, "").unwrap();
        }
        assert_eq!((study.unsound().unwrap(), study.renames().unwrap().len()), (Vec::new(), 2));
        for edit in ["code = 'R9'", "code = 'R2', why = 'forged'", "why = '', at = 11"] {
            let edit =
                format!("DROP TRIGGER IF EXISTS renames_stay; UPDATE renames SET {edit} WHERE at < 20");
            study.connection.execute_batch(&edit).unwrap();
            let unsound = study.unsound().unwrap();
            let named = unsound.iter().map(|row| (row.what, row.name.as_str())).collect::<Vec<_>>();
            assert_eq!(named, [("a renaming of session", id.to_string().as_str())], "{edit}");
            // Nobody is told that it ever was called that.
            let told: Vec<String> = study.renames().unwrap().into_iter().map(|rename| rename.new).collect();
            assert_eq!(told, ["R3"], "{edit}");
            assert_eq!(study.sessions().unwrap()[0].respondent, "R3");
        }
    }
}
