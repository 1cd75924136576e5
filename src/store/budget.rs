//! A limit on the work that the database may do for one request. Every statement is relata's own, so only a maliciously built
//! file (pages that lead in circles) can make one run for ever; the limit turns that into an error.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;

use super::error::Problem;

/// Steps of the database between two checks of the limit.
const STEPS: i32 = 1_000_000;
/// Steps (in millions) allowed for any file: some seconds.
const BASE: u64 = 2_000;
/// Additional steps (in millions) per megabyte: a hundred times what the longest request takes.
const PER_MEGABYTE: u64 = 200;

/// The steps left for the current request.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    left: Arc<AtomicU64>,
    whole: u64,
}

impl Budget {
    /// Limits the requests on a connection to a file of `bytes` bytes.
    pub fn of(connection: &mut Connection, bytes: u64) -> Result<Self, Problem> {
        let whole = BASE + PER_MEGABYTE * (bytes >> 20);
        let left = Arc::new(AtomicU64::new(whole));
        let counted = left.clone();
        let used_up = move || {
            let before =
                counted.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            before.is_err()
        };
        connection.progress_handler(STEPS, Some(used_up))?;
        Ok(Self { left, whole })
    }

    /// Starts counting anew, for another request.
    pub fn renew(&self) {
        self.left.store(self.whole, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_without_an_end_is_ended_and_the_next_one_is_answered() {
        let mut connection = Connection::open_in_memory().unwrap();
        let budget = Budget::of(&mut connection, 0).unwrap();
        budget.left.store(3, Ordering::Relaxed);
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
        let asked = connection.query_row(endless, [], |row| row.get::<_, i64>(0));
        assert_eq!(asked.map_err(Problem::from), Err(Problem::Endless));
        budget.renew();
        assert_eq!(connection.query_row("SELECT 1", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }
}
