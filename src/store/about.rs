//! What a study says about itself, its settings, and plans that were frozen in advance. Owns that a frozen plan never changes,
//! and that merging gives the same fields in any order; refuses to judge either.
//!
//! A field is overwritten: the latest text counts; of two with the same instant, the greater one. A removed field keeps its
//! instant with an empty text, so that a merge with an older file doesn't bring it back. A plan is an appended row, with a hash
//! of its content as its id; a merge is the union, and the roll reveals a plan that was taken out.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::{Problem, StoreError};
use super::seal::Unsound;
use super::{Study, chain, roll, rows};
use crate::analysis::Metadata;
use crate::analysis::metadata::Field;
use crate::analysis::plan::{Frozen, Plan};
use crate::interview::Instant;

/// The columns of a field, its seal last.
const FIELDS: &str = "SELECT field, at, value, seal FROM fields";
/// The columns of a plan, the hash of the others first.
const PLANS: &str = "SELECT id, at, plan FROM plans";

impl Study {
    /// The study's description of itself.
    pub fn metadata(&self) -> Result<Metadata, StoreError> {
        self.read(|connection| {
            let rows = rows::all(connection, FIELDS, [])?;
            let sound = rows.iter().filter(|row| is_field(row)).filter_map(|row| match row.as_slice() {
                [Value::Text(field), _, Value::Text(value), _] if !value.is_empty() => {
                    Some((Field::named(field)?, value.clone()))
                }
                _ => None,
            });
            Ok(sound.collect())
        })
    }

    /// Sets fields, or removes them.
    pub fn describe(
        &mut self,
        changes: &BTreeMap<Field, Option<String>>,
        at: Instant,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            let changes = changes.iter().map(|(field, value)| (field.name(), value));
            changes
                .into_iter()
                .try_for_each(|(field, value)| change(transaction, field, value.as_deref(), at))
        })
    }

    /// Settings whose names begin with `prefix`, by the rest of the name.
    pub fn settled(&self, prefix: &str) -> Result<BTreeMap<String, String>, StoreError> {
        self.read(|connection| {
            let rows = rows::all(connection, FIELDS, [])?;
            let sound = rows.iter().filter(|row| is_field(row)).filter_map(|row| match row.as_slice() {
                [Value::Text(field), _, Value::Text(value), _] if !value.is_empty() => {
                    Some((field.strip_prefix(prefix)?.to_owned(), value.clone()))
                }
                _ => None,
            });
            Ok(sound.collect())
        })
    }

    /// Sets a setting, replacing an earlier value; `None` clears it, but its row stays.
    pub fn settle(&mut self, name: &str, value: Option<&str>, at: Instant) -> Result<(), StoreError> {
        self.write(|transaction| change(transaction, name, value, at))
    }

    /// Frozen plans, in order of time.
    pub fn plans(&self) -> Result<Vec<Frozen>, StoreError> {
        self.read(|connection| {
            let rows = rows::all(connection, &format!("{PLANS} ORDER BY at, id"), [])?;
            Ok(rows.iter().filter_map(|row| plan(row)).collect())
        })
    }

    /// Keeps a plan for good.
    pub fn freeze(&mut self, plan: &Plan, at: Instant) -> Result<Frozen, StoreError> {
        let written = serde_json::to_string(plan);
        self.write(|transaction| {
            let written = written.map_err(|why| Problem::Unkeepable(why.to_string()))?;
            let row = [Value::Integer(at), Value::Text(written)];
            let id = chain::sealed("plans", &row);
            append(transaction, [vec![Value::Text(id.clone())], row.to_vec()].concat())?;
            Ok(Frozen { id, at, plan: plan.clone() })
        })
    }
}

/// Takes over another study's fields and plans.
pub(super) fn join(out: &Connection, fields: &[Vec<Value>], plans: &[Vec<Value>]) -> Result<(), Problem> {
    for row in fields.iter().filter(|row| is_field(row)) {
        let [Value::Text(field), Value::Integer(at), Value::Text(value), _] = row.as_slice() else {
            continue;
        };
        let own = kept(out, field)?.filter(|own| is_field(own));
        let own = own.as_deref().and_then(|own| match own {
            [_, Value::Integer(at), Value::Text(value), _] => Some((*at, value.clone())),
            _ => None,
        });
        if own.is_none_or(|own| (*at, value) > (own.0, &own.1)) {
            put(out, field, *at, value)?;
        }
    }
    plans.iter().filter(|row| plan(row).is_some()).try_for_each(|row| append(out, row.clone()))
}

/// Every raw row of the fields and of the plans.
pub(super) fn all(connection: &Connection) -> Result<[Vec<Vec<Value>>; 2], Problem> {
    Ok([rows::all(connection, FIELDS, [])?, rows::all(connection, PLANS, [])?])
}

/// Rows that were changed outside relata.
pub(super) fn unsound(connection: &Connection) -> Result<Vec<Unsound>, Problem> {
    let [fields, plans] = all(connection)?;
    let name = |row: &Vec<Value>| row.first().map(rows::shown).unwrap_or_default();
    let found = |what, row| Unsound { what, name: name(row), counts: false };
    let fields = fields.iter().filter(|row| !is_field(row)).map(|row| found("the field", row));
    let plans = plans.iter().filter(|row| plan(row).is_none()).map(|row| found("the frozen plan", row));
    Ok(fields.chain(plans).collect())
}

fn kept(connection: &Connection, field: &str) -> Result<Option<Vec<Value>>, Problem> {
    let rows = rows::all(connection, &format!("{FIELDS} WHERE field = ?1"), [field])?;
    Ok(rows.into_iter().next())
}

/// Sets or removes a field. The instant is raised past the latest one, so that a clock that was set back can't leave an earlier
/// text in force.
fn change(connection: &Connection, field: &str, value: Option<&str>, at: Instant) -> Result<(), Problem> {
    let before = kept(connection, field)?;
    let before = before.as_deref().filter(|row| is_field(row)).and_then(|row| row.get(1));
    let at = match before {
        Some(Value::Integer(before)) => at.max(before.saturating_add(1)),
        _ => at,
    };
    put(connection, field, at, value.unwrap_or_default())
}

fn put(connection: &Connection, field: &str, at: Instant, value: &str) -> Result<(), Problem> {
    let mut row = vec![Value::Text(field.to_owned()), Value::Integer(at), Value::Text(value.to_owned())];
    row.push(Value::Text(chain::sealed("fields", &row)));
    let put = "INSERT OR REPLACE INTO fields (field, at, value, seal) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(put)?.execute(params_from_iter(row))?;
    Ok(())
}

fn append(connection: &Connection, row: Vec<Value>) -> Result<(), Problem> {
    let id = row.first().map(rows::shown).unwrap_or_default();
    let put = "INSERT OR IGNORE INTO plans (id, at, plan) VALUES (?1, ?2, ?3)";
    match connection.prepare_cached(put)?.execute(params_from_iter(row))? {
        0 => Ok(()),
        _ => roll::add(connection, "plans", &id),
    }
}

/// Whether a row of the fields fits its seal.
fn is_field(row: &[Value]) -> bool {
    let [Value::Text(_), Value::Integer(_), Value::Text(_), Value::Text(seal)] = row else { return false };
    *seal == chain::sealed("fields", &row[..3])
}

/// The plan in a row, if the row is unchanged.
fn plan(row: &[Value]) -> Option<Frozen> {
    let [Value::Text(id), Value::Integer(at), Value::Text(written)] = row else { return None };
    let sound = *id == chain::sealed("plans", &row[1..]);
    let plan = serde_json::from_str(written).ok().filter(|_| sound)?;
    Some(Frozen { id: id.clone(), at: *at, plan })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::store::{LostRows, merge};

    fn said(study: &Study) -> Vec<(Field, String)> {
        study.metadata().unwrap().iter().map(|(field, text)| (field, text.to_owned())).collect()
    }

    fn set(study: &mut Study, field: Field, value: Option<&str>, at: Instant) {
        study.describe(&BTreeMap::from([(field, value.map(str::to_owned))]), at).unwrap();
    }

    fn planned(hypothesis: &str) -> Plan {
        Plan {
            hypotheses: vec![hypothesis.into()],
            instrument: "customer-interview".into(),
            ..Plan::default()
        }
    }

    #[test]
    fn the_latest_text_counts_wherever_it_was_written_and_what_was_taken_away_stays_away() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        let (mut a, mut b) = (Study::open(&path("a")).unwrap(), Study::open(&path("b")).unwrap());
        set(&mut a, Field::Title, Some("first"), 10);
        set(&mut b, Field::Title, Some("second"), 20);
        // The clock was set back; the last text written still counts.
        set(&mut a, Field::Universe, Some("all customers"), 30);
        set(&mut a, Field::Universe, Some("customers of a year"), 5);
        set(&mut a, Field::Funding, Some("nobody"), 10);
        set(&mut b, Field::Funding, Some("somebody"), 5);
        set(&mut a, Field::Funding, None, 40);
        // Two laptops, the same instant.
        set(&mut a, Field::Ethics, Some("E1"), 7);
        set(&mut b, Field::Ethics, Some("E2"), 7);
        drop((a, b));
        let expected = [
            (Field::Title, "second".to_owned()),
            (Field::Universe, "customers of a year".to_owned()),
            (Field::Ethics, "E2".to_owned()),
        ];
        let orders: [&[&str]; 4] = [&["a", "b"], &["b", "a"], &["ab0", "b"], &["ba1", "ab0"]];
        for (number, order) in orders.into_iter().enumerate() {
            let inputs: Vec<PathBuf> = order.iter().map(|name| path(name)).collect();
            let out = path(&format!("{}{number}", ["ab", "ba", "c", "d"][number]));
            merge(&inputs, &out, None).unwrap();
            assert_eq!(said(&Study::look(&out).unwrap()), expected, "{order:?}");
        }
    }

    #[test]
    fn a_plan_stays_and_is_missed_when_it_is_gone() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut study = Study::open(&path("a")).unwrap();
        let first = study.freeze(&planned("more satisfied"), 10).unwrap();
        let second = study.freeze(&planned("more loyal"), 20).unwrap();
        // Freezing the same plan again changes nothing.
        study.freeze(&planned("more loyal"), 20).unwrap();
        assert_eq!(study.plans().unwrap(), [first.clone(), second]);
        for change in ["UPDATE plans SET at = 5", "DELETE FROM plans"] {
            assert!(study.connection.execute_batch(change).is_err(), "{change}");
        }
        drop(study);
        drop(Study::open(&path("b")).unwrap());
        merge(&[path("b"), path("a")], &path("c"), None).unwrap();
        let merged = Study::look(&path("c")).unwrap();
        assert_eq!((merged.plans().unwrap().len(), merged.lost().unwrap()), (2, Vec::new()));
        drop(merged);
        let outside = Connection::open(path("a")).unwrap();
        outside.execute_batch("DROP TRIGGER plans_remain; DELETE FROM plans WHERE at = 10").unwrap();
        drop(outside);
        let bare = Connection::open(path("a")).unwrap();
        assert_eq!(roll::lost(&bare).unwrap(), [LostRows { table: "plans", rows: 1, damaged: false }]);
        drop(bare);
        // A row from a good copy restores it.
        let outside = Connection::open(path("a")).unwrap();
        let guard = "CREATE TRIGGER plans_remain BEFORE DELETE ON plans
BEGIN SELECT raise(ABORT, 'a plan is never taken away'); END;";
        outside.execute_batch(guard).unwrap();
        drop(outside);
        merge(&[path("a"), path("c")], &path("d"), None).unwrap();
        assert_eq!(Study::look(&path("d")).unwrap().plans().unwrap()[0], first);
    }

    #[test]
    fn what_was_changed_outside_counts_nowhere_and_is_named() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut study = Study::open(&path("a")).unwrap();
        set(&mut study, Field::Title, Some("ours"), 10);
        study.freeze(&planned("more satisfied"), 10).unwrap();
        drop(study);
        let good = path("good");
        std::fs::copy(path("a"), &good).unwrap();
        let mut study = Study::open(&path("a")).unwrap();
        let change =
            "DROP TRIGGER plans_stay; UPDATE plans SET at = 5; UPDATE fields SET value = 'theirs', at = 99;
             CREATE TRIGGER plans_stay BEFORE UPDATE ON plans
BEGIN SELECT raise(ABORT, 'a plan is never edited'); END;";
        study.connection.execute_batch(change).unwrap();
        assert!(said(&study).is_empty() && study.plans().unwrap().is_empty());
        let named: Vec<&str> = study.unsound().unwrap().iter().map(|row| row.what).collect();
        assert_eq!(named, ["the field", "the frozen plan"]);
        // A text that is written again counts again.
        set(&mut study, Field::Title, Some("ours again"), 20);
        assert_eq!(said(&study), [(Field::Title, "ours again".to_owned())]);
        drop(study);
        let merged = merge(&[path("a"), good], &path("c"), None).unwrap();
        assert_eq!(merged.unsound.len(), 1);
        let study = Study::look(&path("c")).unwrap();
        assert_eq!(said(&study), [(Field::Title, "ours again".to_owned())]);
        assert_eq!(study.plans().unwrap().len(), 1);
    }
}
