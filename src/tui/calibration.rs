//! How precisely this terminal can time key presses.
//!
//! Owns the measuring; latencies are not corrected by it. The delays of keyboard, window system and screen cannot be measured from
//! here, and the constant part of them cancels in a difference between two blocks.

use std::io::{self, Read, Write};
use std::thread;
use std::time::{Duration, Instant as Clock};

use ratatui::text::Line;

use super::terminal::Guard;
use crate::instrument::prompt::{Connection, Timing};

/// Wake-ups measured before a block: some forty milliseconds in all.
const WAKES: usize = 30;
/// Frames that a full calibration draws.
const FRAMES: usize = 60;

/// The timing measurements of a terminal.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Smallest step of the clock, seen from one reading to the next.
    pub clock: Duration,
    /// Time to draw a full frame and hand it to the terminal: median and 99th percentile.
    pub flush: (Duration, Duration),
    /// How late a waiting thread is woken: median and 99th percentile.
    pub wake: (Duration, Duration),
    /// How long the terminal takes to answer a device attributes request; `None` if it did not answer.
    pub reply: Option<Duration>,
    /// The connection between the program and the keyboard.
    pub connection: Connection,
}

/// The connection between the program and the keyboard, judged by the environment; `set` says whether a variable is set.
pub fn connection(set: impl Fn(&str) -> bool) -> Connection {
    if ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "MOSH_CONNECTION"].into_iter().any(&set) {
        Connection::Remote
    } else if ["TMUX", "STY", "ZELLIJ"].into_iter().any(&set) {
        Connection::Multiplexed
    } else {
        Connection::Local
    }
}

fn here() -> Connection {
    connection(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The measurements made before a block, short enough not to be noticed. Frames are timed during the block itself, and the terminal
/// was probed while the card was read.
pub(crate) fn quick(answer: Option<TerminalAnswer>) -> Timing {
    let wakes = wakes(WAKES);
    let wake_us = percentile(&wakes, 0.99).map(|wake| wake.as_secs_f64() * 1e6);
    let reply_us = answer.map(|answer| answer.took.as_secs_f64() * 1e6);
    Timing { flush_us: None, wake_us, reply_us, connection: here(), clock: None }
}

/// Measures this terminal. Takes it over for a second or two and gives it back.
///
/// # Errors
/// A terminal that cannot be read or written.
pub fn measure() -> io::Result<Calibration> {
    let mut terminal = Guard::enter()?;
    let mut flushes = Vec::with_capacity(FRAMES);
    for number in 0..FRAMES {
        let begun = Clock::now();
        terminal.draw(|frame| {
            let area = frame.area();
            // Every cell changes each time, so that the whole frame is written.
            let line = |y: u16| "0123456789".chars().cycle().skip(number + usize::from(y));
            for y in area.y..area.bottom() {
                let text: String = line(y).take(usize::from(area.width)).collect();
                frame.buffer_mut().set_line(area.x, y, &Line::raw(text), area.width);
            }
        })?;
        flushes.push(begun.elapsed());
    }
    let reply = ask().map(|answer| answer.took);
    drop(terminal);
    let wakes = wakes(10 * WAKES);
    let both = |times: &[Duration]| {
        let at = |share| percentile(times, share).unwrap_or_default();
        (at(0.5), at(0.99))
    };
    Ok(Calibration {
        clock: clock_step(),
        flush: both(&flushes),
        wake: both(&wakes),
        reply,
        connection: here(),
    })
}

/// A terminal's answer to a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TerminalAnswer {
    /// Round-trip time.
    pub took: Duration,
    /// Whether it can say that a key repeats itself.
    pub reports_repeats: bool,
}

/// Probes the terminal. Only the thread that reads keys may call this, because the answer arrives among the keys. A terminal that
/// does not answer within two seconds is given up on, and keys pressed meanwhile are read afterwards.
pub(crate) fn ask() -> Option<TerminalAnswer> {
    if cfg!(not(unix)) {
        // On this platform crossterm knows the answer without asking.
        return None;
    }
    let begun = Clock::now();
    let reports_repeats = crossterm::terminal::supports_keyboard_enhancement().ok()?;
    Some(TerminalAnswer { took: begun.elapsed(), reports_repeats })
}

/// Repeatedly wakes a thread that is blocked in a read, as the one that reads keys is, and measures the delay from the write until
/// that thread looks at the clock. Both threads sleep between writes, because a thread that is already awake would look too fast.
fn wakes(count: usize) -> Vec<Duration> {
    let Ok((mut reader, mut writer)) = io::pipe() else { return Vec::new() };
    let zero = Clock::now();
    let waiter = thread::Builder::new().name("calibration".into()).spawn(move || {
        let mut times = Vec::with_capacity(count);
        let mut written = [0; 8];
        while reader.read_exact(&mut written).is_ok() {
            times.push(zero.elapsed().saturating_sub(Duration::from_nanos(u64::from_le_bytes(written))));
        }
        times
    });
    for _ in 0..count {
        thread::sleep(Duration::from_millis(1));
        let now = u64::try_from(zero.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if writer.write_all(&now.to_le_bytes()).is_err() {
            break;
        }
    }
    drop(writer);
    waiter.ok().and_then(|waiter| waiter.join().ok()).unwrap_or_default()
}

fn clock_step() -> Duration {
    let step = || {
        let begun = Clock::now();
        loop {
            let passed = begun.elapsed();
            if !passed.is_zero() {
                return passed;
            }
        }
    };
    (0..100).map(|_| step()).min().unwrap_or_default()
}

/// The median; `None` for an empty slice.
pub(crate) fn median(times: &[Duration]) -> Option<Duration> {
    percentile(times, 0.5)
}

fn percentile(times: &[Duration], share: f64) -> Option<Duration> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let last = times.len().checked_sub(1)?;
    times.get((last as f64 * share).round() as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_told_from_a_program_in_between() {
        assert_eq!(connection(|_| false), Connection::Local);
        assert_eq!(connection(|name| name == "TMUX"), Connection::Multiplexed);
        assert_eq!(connection(|name| name == "STY"), Connection::Multiplexed);
        // tmux on a remote machine still counts as remote.
        assert_eq!(connection(|name| ["TMUX", "SSH_CONNECTION"].contains(&name)), Connection::Remote);
    }

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let times: Vec<Duration> = (0..100).rev().map(Duration::from_micros).collect();
        assert_eq!(median(&times), Some(Duration::from_micros(50)));
        assert_eq!(percentile(&times, 0.99), Some(Duration::from_micros(98)));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn a_quick_calibration_measures_what_it_says() {
        let timing = quick(None);
        assert!(timing.wake_us.is_some_and(|us| us > 0.0 && us < 1e6), "{timing:?}");
        assert_eq!(timing.reply_us, None);
        let answer = TerminalAnswer { took: Duration::from_millis(3), reports_repeats: false };
        assert_eq!(quick(Some(answer)).reply_us, Some(3_000.0));
    }
}
