//! A block of timed sorting: what is shown in which order, what is right, and what a front-end hands back.
//!
//! Owns the trial list's form, the times of a trial, and whether a block that was handed back is this block. Refuses to choose
//! stimuli (the kind does) and to measure anything (the front-end does).

use serde::{Deserialize, Serialize};

use super::Invalid;

/// How long a stimulus waits for a key, in milliseconds (Karpinski and Steinman 2006).
pub const WINDOW_MS: f64 = 1_500.0;
/// How long "faster" is shown after a stimulus that got no key, in milliseconds.
pub const FASTER_MS: f64 = 500.0;
/// How long right or wrong is shown, in milliseconds.
pub const FEEDBACK_MS: f64 = 150.0;

/// One of the two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl SortKey {
    /// The other key.
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// The word in data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// What a stimulus belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The organisation.
    Organisation,
    /// Pleasant words.
    Good,
    /// Unpleasant words.
    Bad,
}

/// What shares a key with the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairing {
    /// Pleasant words.
    Good,
    /// Unpleasant words.
    Bad,
}

impl Pairing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Good, Self::Bad];

    /// The word in data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Good => Self::Bad,
            Self::Bad => Self::Good,
        }
    }
}

/// A block to be sorted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SortBlock {
    /// Which of the blocks of its task, from 1.
    pub number: usize,
    /// How many blocks the task has.
    pub of: usize,
    /// Whether it counts; practice does not.
    pub test: bool,
    /// What shares a key with the organisation.
    pub pairing: Pairing,
    /// The organisation's key.
    pub organisation: SortKey,
    /// Names of the categories on the left key, the organisation first.
    pub left: Vec<String>,
    /// Names of the categories on the right key, the organisation first.
    pub right: Vec<String>,
    /// In the order in which they are shown.
    pub trials: Vec<SortTrial>,
}

/// One stimulus with its right answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SortTrial {
    /// What is shown.
    pub stimulus: String,
    /// What it belongs to.
    pub category: Category,
    /// The right key.
    pub key: SortKey,
}

/// A block as it was sorted. It says everything about itself, so that a journal can be read without the program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sorted {
    /// Which of the blocks of its task, from 1.
    pub number: usize,
    /// Whether it counts; practice does not.
    pub test: bool,
    /// What shared a key with the organisation.
    pub pairing: Pairing,
    /// The organisation's key.
    pub organisation: SortKey,
    /// In the order in which they were shown.
    pub trials: Vec<Sorting>,
    /// Keys that came before their stimulus could be seen; they counted for nothing.
    pub early: u32,
    /// Keys that a keyboard repeated by itself; they counted for nothing.
    pub repeats: u32,
    /// How exactly it was timed.
    pub timing: Timing,
}

/// One trial as it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sorting {
    /// What was shown.
    pub stimulus: String,
    /// What it belongs to.
    pub category: Category,
    /// The right key.
    pub right: SortKey,
    /// The first key; none within the window is none.
    pub key: Option<SortKey>,
    /// Milliseconds from the stimulus to the first key.
    pub ms: Option<f64>,
}

impl Sorting {
    /// Whether the first key was the right one.
    pub fn correct(&self) -> bool {
        self.key == Some(self.right)
    }
}

/// How exactly a block was timed. What the front-end could not measure is absent.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Timing {
    /// Median time in which a frame was drawn and handed to the terminal, microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flush_us: Option<f64>,
    /// How late a waiting thread is woken, 99th percentile, microseconds: as finely as keys can be stamped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wake_us: Option<f64>,
    /// How long the terminal took to answer a question, both ways, microseconds; asked while the card before the block was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_us: Option<f64>,
    /// What lies between the program and the keyboard.
    pub connection: Connection,
    /// The clock of a browser; none elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
}

/// How exactly a browser timed a block. Times in it run from the frame in which a stimulus could be seen to the event's own stamp.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// Smallest step of the clock, microseconds.
    pub step_us: Option<f64>,
    /// Median time between two frames, microseconds.
    pub frame_us: Option<f64>,
    /// The 95th percentile of it.
    pub frame_p95_us: Option<f64>,
    /// Frames that were dropped while a stimulus was due.
    pub dropped: u32,
    /// Median time from an event's own stamp until it was handled, microseconds.
    pub delay_us: Option<f64>,
    /// How it was answered.
    pub device: Device,
    /// How often the block had been interrupted before, and began again.
    pub again: u32,
}

/// What somebody sorted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// A keyboard.
    Keys,
    /// Fingers on a screen.
    Touch,
    /// A mouse or a pen.
    Pointer,
    /// Several of them in one block.
    Mixed,
}

/// How far a browser's times can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockVerdict {
    /// As good as a browser can be.
    Good,
    /// The clock has large steps, which some browsers use against fingerprinting.
    Coarse,
    /// Frames were dropped: stimuli may have been seen later than was stamped.
    Dropped,
}

impl Clock {
    /// A clock with larger steps than a frame of 60 a second is coarse, microseconds.
    const COARSE_US: f64 = 16_700.0;
    /// More dropped frames than this make a block doubtful.
    const DROPS: u32 = 2;

    /// How far these times can be trusted.
    pub fn verdict(&self) -> ClockVerdict {
        if self.dropped > Self::DROPS {
            ClockVerdict::Dropped
        } else if self.step_us.is_none_or(|step| step > Self::COARSE_US) {
            ClockVerdict::Coarse
        } else {
            ClockVerdict::Good
        }
    }
}

/// What lies between the program and the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// A terminal on this machine.
    #[default]
    Local,
    /// A terminal inside another program, such as tmux or screen.
    Multiplexed,
    /// A network.
    Remote,
    /// A browser, with a clock of its own.
    Browser,
}

impl Connection {
    /// The word in data files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Multiplexed => "multiplexed",
            Self::Remote => "remote",
            Self::Browser => "browser",
        }
    }
}

impl SortBlock {
    /// Whether `sorted` is this block, complete, with plausible times.
    pub fn check(&self, sorted: &Sorted) -> Result<(), Invalid> {
        let head = sorted.number == self.number
            && sorted.test == self.test
            && sorted.pairing == self.pairing
            && sorted.organisation == self.organisation;
        let same = |(asked, done): (&SortTrial, &Sorting)| {
            let answered = match (done.key, done.ms) {
                (Some(_), Some(ms)) => (0.0..=WINDOW_MS).contains(&ms),
                (None, None) => true,
                _ => false,
            };
            answered
                && asked.stimulus == done.stimulus
                && asked.category == done.category
                && asked.key == done.right
        };
        let whole = self.trials.len() == sorted.trials.len();
        let sane = |figure: Option<f64>| figure.is_none_or(|us| us.is_finite() && us >= 0.0);
        let Timing { flush_us, wake_us, reply_us, connection: _, clock } = sorted.timing;
        let of_clock = |clock: Clock| {
            [clock.step_us, clock.frame_us, clock.frame_p95_us, clock.delay_us].into_iter().all(sane)
        };
        let timing = [flush_us, wake_us, reply_us].into_iter().all(sane) && clock.is_none_or(of_clock);
        let fits = head && whole && timing && self.trials.iter().zip(&sorted.trials).all(same);
        if fits { Ok(()) } else { Err(Invalid::OtherBlock) }
    }

    /// The block as it was sorted, from what was pressed at each trial.
    pub fn sorted(&self, pressed: impl IntoIterator<Item = Option<(SortKey, f64)>>) -> Sorted {
        let trial = |(asked, pressed): (&SortTrial, Option<(SortKey, f64)>)| Sorting {
            stimulus: asked.stimulus.clone(),
            category: asked.category,
            right: asked.key,
            key: pressed.map(|(key, _)| key),
            ms: pressed.map(|(_, ms)| ms),
        };
        Sorted {
            number: self.number,
            test: self.test,
            pairing: self.pairing,
            organisation: self.organisation,
            trials: self.trials.iter().zip(pressed).map(trial).collect(),
            early: 0,
            repeats: 0,
            timing: Timing::default(),
        }
    }

    /// The names of the categories on a key.
    pub fn names(&self, side: SortKey) -> &[String] {
        match side {
            SortKey::Left => &self.left,
            SortKey::Right => &self.right,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn block(trials: usize) -> SortBlock {
        let trial = |at: usize| SortTrial {
            stimulus: format!("word {at}"),
            category: if at.is_multiple_of(2) { Category::Good } else { Category::Bad },
            key: if at.is_multiple_of(2) { SortKey::Left } else { SortKey::Right },
        };
        SortBlock {
            number: 2,
            of: 4,
            test: true,
            pairing: Pairing::Good,
            organisation: SortKey::Left,
            left: vec!["Acme".into(), "Good".into()],
            right: vec!["Bad".into()],
            trials: (0..trials).map(trial).collect(),
        }
    }

    #[test]
    fn only_the_block_itself_answers_the_block() {
        let block = block(3);
        let done = block.sorted([Some((SortKey::Left, 512.5)), None, Some((SortKey::Left, 0.0))]);
        assert_eq!(block.check(&done), Ok(()));
        let broken: [fn(&mut Sorted); 13] = [
            |sorted| sorted.number = 4,
            |sorted| sorted.test = false,
            |sorted| sorted.pairing = Pairing::Bad,
            |sorted| sorted.organisation = SortKey::Right,
            |sorted| sorted.trials.truncate(2),
            |sorted| sorted.trials[0].stimulus = "other".into(),
            |sorted| sorted.trials[0].right = SortKey::Right,
            |sorted| sorted.trials[0].ms = Some(1_500.1),
            |sorted| sorted.trials[0].ms = Some(f64::NAN),
            |sorted| sorted.trials[0].ms = None,
            |sorted| sorted.trials[1].ms = Some(3.0),
            |sorted| sorted.timing.flush_us = Some(-1.0),
            |sorted| sorted.timing.reply_us = Some(f64::INFINITY),
        ];
        for (index, spoil) in broken.into_iter().enumerate() {
            let mut spoilt = done.clone();
            spoil(&mut spoilt);
            assert_eq!(block.check(&spoilt), Err(Invalid::OtherBlock), "{index}");
        }
    }

    #[test]
    fn a_sorted_block_reads_back_to_the_last_digit() {
        let done = block(2).sorted([Some((SortKey::Right, 1.0 / 3.0)), None]);
        let text = serde_json::to_string(&done).unwrap();
        assert_eq!(serde_json::from_str::<Sorted>(&text).unwrap(), done);
    }

    #[test]
    fn timing_of_older_journals_reads_without_what_was_not_measured_then() {
        let old = r#"{"flush_us":120.5,"wake_us":80.0,"connection":"remote"}"#;
        let timing: Timing = serde_json::from_str(old).unwrap();
        assert_eq!(
            (timing.flush_us, timing.reply_us, timing.connection),
            (Some(120.5), None, Connection::Remote)
        );
        assert_eq!(serde_json::to_string(&timing).unwrap(), old);
    }
}
