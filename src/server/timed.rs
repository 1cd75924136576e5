//! A timed block as sent by a browser. The page's script only shows stimuli, listens and records times; scoring happens here by the
//! same rules as for keys in a terminal ([`Run`]), so that no script decides what an answer is.

use serde::Deserialize;

use crate::instrument::prompt::{
    Clock, Connection, Device, Invalid, Run, SortBlock, SortDisplay, SortKey, Sorted, Timing,
};

/// The data sent by the script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Handed {
    /// What happened, in order: when a stimulus, feedback or "faster" became visible, and when a key or touch came.
    events: Vec<Stamp>,
    /// Smallest step of the browser's clock, milliseconds.
    step: f64,
    /// Median and 95th percentile of the time between two frames, milliseconds.
    frame: f64,
    frame_p95: f64,
    /// Frames that were dropped in the block.
    dropped: u32,
    /// Median time from an event's own time stamp until it was handled, milliseconds.
    delay: f64,
    /// The input device.
    device: Device,
    /// How often the block was interrupted and restarted before this.
    again: u32,
}

/// Something that happened.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stamp {
    /// The display that was due became visible.
    Shown(f64),
    /// The left side, and whether the key was repeating.
    Left(f64, bool),
    /// The right side.
    Right(f64, bool),
}

/// Most events accepted for a block; no real block comes close.
const MOST: usize = 20_000;

/// The result of the block.
pub(super) fn sorted(block: &SortBlock, text: &str) -> Result<Sorted, Invalid> {
    let handed: Handed = serde_json::from_str(text).map_err(|_| Invalid::OtherBlock)?;
    let figures = [handed.step, handed.frame, handed.frame_p95, handed.delay];
    if handed.events.len() > MOST || figures.iter().any(|figure| !(0.0..=60_000.0).contains(figure)) {
        return Err(Invalid::OtherBlock);
    }
    let mut run = Run::new(block.clone());
    let mut before = 0.0;
    for stamp in &handed.events {
        let (at, key) = match stamp {
            Stamp::Shown(at) => (*at, None),
            Stamp::Left(at, repeat) => (*at, Some((SortKey::Left, *repeat))),
            Stamp::Right(at, repeat) => (*at, Some((SortKey::Right, *repeat))),
        };
        if !at.is_finite() || at < 0.0 {
            return Err(Invalid::OtherBlock);
        }
        match key {
            // A key is stamped when pressed and handled later, so its time may be before the last display's; that does not turn the
            // block's clock back.
            Some((side, repeat)) => {
                let _ = run.key(side, at, repeat);
            }
            None if at < before => return Err(Invalid::OtherBlock),
            None => {
                before = at;
                // The previous display ends here.
                run.pass(at);
                run.shown(at);
            }
        }
    }
    let end = run.until().unwrap_or(before);
    run.pass(end);
    if run.moment() != SortDisplay::Over {
        return Err(Invalid::OtherBlock);
    }
    let microseconds = |milliseconds: f64| Some(1_000.0 * milliseconds);
    let timing = Timing {
        connection: Connection::Browser,
        clock: Some(Clock {
            step_us: microseconds(handed.step),
            frame_us: microseconds(handed.frame),
            frame_p95_us: microseconds(handed.frame_p95),
            dropped: handed.dropped,
            delay_us: microseconds(handed.delay),
            device: handed.device,
            again: handed.again,
        }),
        ..Timing::default()
    };
    run.sorted(timing).ok_or(Invalid::OtherBlock)
}
