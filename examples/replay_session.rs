//! Goes through the interviews of a study again, event by event, and says how much had been answered by when.
//!
//! ```sh
//! relata simulate workshop-pulse --n 2 --study replay.relata
//! cargo run --example replay_session -- replay.relata
//! ```
//!
//! Looking changes nothing, whatever the age of the file.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use relata::interview::Interview;
use relata::store::Study;
use relata::study::{Loader, UnusablePart};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: replay_session STUDY")?;
    let study = Study::look(Path::new(&path))?;
    // What is wrong with one session is said, and the others can still be read.
    let hear = |notice: &UnusablePart| _ = writeln!(std::io::stderr(), "{notice}");
    let mut loader = Loader::new(&study, &hear);
    let mut out = std::io::stdout().lock();
    for header in relata::study::sessions(&study, &hear)? {
        let instrument = loader.instrument(&header)?;
        writeln!(out, "session {} of {}, {}", header.id.short(), header.respondent, instrument.name)?;
        let mut interview = Interview::new(instrument.clone(), header.start.clone());
        for stamped in study.events(&header.id)? {
            interview.apply(stamped.at, stamped.event)?;
            let items = 0..instrument.items.len();
            let answered = items.filter(|item| interview.replies(*item).is_some_and(|all| !all.is_empty()));
            let seconds = (stamped.at - header.start.at) / 1000;
            writeln!(out, "  {seconds:>5} s  {} items begun or answered", answered.count())?;
        }
    }
    Ok(())
}
