//! Rehearsals in results: left out with a remark on their number, or included and marked on request, never silently.

use std::cell::Cell;

use clap::Args;

use super::input;
use super::{Failure, plural, remark};
use crate::store::{SessionHeader, Study};
use crate::study::Sessions;

/// Whether rehearsals count.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct RehearsalsArg {
    /// Take rehearsals in as well (sessions begun with --test); a list of sessions marks them in a column `test`
    #[arg(long)]
    pub with_tests: bool,
}

impl RehearsalsArg {
    /// The sessions that `wanted` picks, without rehearsals unless they were asked for; says which it was.
    pub fn load(self, study: &Study, wanted: impl Fn(&SessionHeader) -> bool) -> Result<Sessions, Failure> {
        let seen = Cell::new(0);
        let admitted = self.admitted(&seen);
        let sessions = Sessions::read(study, &input::hear, |header| wanted(header) && admitted(header))?;
        self.say(seen.get());
        Ok(sessions)
    }

    /// Lets rehearsals in where they were asked for, and counts them in `seen`.
    pub fn admitted(self, seen: &Cell<usize>) -> impl Fn(&SessionHeader) -> bool {
        move |header: &SessionHeader| {
            seen.set(seen.get() + usize::from(header.test));
            self.with_tests || !header.test
        }
    }

    /// Says what became of `count` rehearsals.
    pub fn say(self, count: usize) {
        match (count, self.with_tests) {
            (0, _) => {}
            (_, true) => remark(&format!("{} counted here", plural(count, "rehearsal"))),
            (_, false) => {
                remark(&format!("{} left out; --with-tests takes them in", plural(count, "rehearsal")));
            }
        }
    }
}
