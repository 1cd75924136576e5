//! `relata calibrate`: what this terminal adds to a reaction time, as far as it can be measured from inside.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use super::table::{Format, Listing};
use super::{Failure, print, remark};
use crate::instrument::prompt::Connection;
use crate::tui;

/// Arguments of `calibrate`.
#[derive(Debug, Args)]
pub(super) struct CalibrateArgs {
    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A reader that is woken later than this in one of a hundred cases waits for other programs.
const BUSY: Duration = Duration::from_millis(1);

const COLUMNS: &[&str] = &["what", "median_ms", "p99_ms", "meaning"];

pub(super) fn run(args: CalibrateArgs) -> Result<ExitCode, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::Usage("a terminal can only be measured from inside one".into()));
    }
    let measured =
        tui::measure().map_err(|why| Failure::refused(format!("this terminal cannot be measured: {why}")))?;
    let milliseconds = |time: Duration| Value::from(time.as_secs_f64() * 1e3);
    let mut table = Listing::new(COLUMNS);
    let mut row = |what: &str, median: Value, p99: Value, meaning: &str| {
        table.push(vec![what.into(), median, p99, meaning.into()]);
    };
    row("clock", milliseconds(measured.clock), Value::Null, "smallest step of the clock that stamps both");
    row(
        "flush",
        milliseconds(measured.flush.0),
        milliseconds(measured.flush.1),
        "drawing a full frame; a stimulus begins when it is out",
    );
    row(
        "read",
        milliseconds(measured.wake.0),
        milliseconds(measured.wake.1),
        "how late a waiting reader wakes: no key is timed finer",
    );
    let reply = match measured.reply {
        Some(reply) => (milliseconds(reply), "the terminal's answer to a question, both ways"),
        None => (Value::Null, "none within two seconds, so not to be measured"),
    };
    row("reply", reply.0, Value::Null, reply.1);
    print(&table.to_text(args.format)?)?;
    remark(match measured.connection {
        Connection::Local | Connection::Browser => {
            "The keyboard is on this machine. What it, the window and the screen add (often\n10 to 50 ms) cannot be measured from here; what of it stays the same cancels in a\ndifference."
        }
        Connection::Multiplexed => {
            "timing: multiplexed. The terminal runs inside another program (tmux, screen),\nwhich adds milliseconds that vary; timed blocks are marked. Start relata outside\nof it for a timed task."
        }
        Connection::Remote => {
            "timing: remote. Keys come over a network, which adds milliseconds that vary;\ntimed blocks are marked. Run relata on the machine with the keyboard for a timed\ntask."
        }
    });
    if measured.wake.1 > BUSY {
        remark(
            "This machine is busy: other programs keep the reader of keys waiting. Close them\nbefore a timed task.",
        );
    }
    Ok(ExitCode::SUCCESS)
}
