//! The course of a timed block: which stimulus is shown, until when it waits, what a key means. A front-end shows the display,
//! reports when it was visible, and passes keys with their timestamps; everything else is decided here, the same for every
//! front-end.
//!
//! Refuses clocks: all times are milliseconds on one clock of the front-end's.

use super::sort::{FASTER_MS, FEEDBACK_MS, SortBlock, SortKey, SortTrial, Sorted, Timing, WINDOW_MS};

/// A key that comes within this many milliseconds of the same key is the keyboard repeating itself: keyboards repeat every 30
/// to 90 ms, and nobody presses, lifts and presses again for a reason in so little time. (assumed)
const REPEAT_MS: f64 = 100.0;
/// A keyboard waits at most this long before its first repeat, in milliseconds: the longest that systems offer. (assumed)
const LONGEST_DELAY_MS: f64 = 2_000.0;

/// What is on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SortDisplay<'a> {
    /// A stimulus.
    Stimulus(&'a SortTrial),
    /// Whether the key was right.
    Feedback(bool),
    /// That it should go faster.
    Faster,
    /// Nothing more: the block is done.
    Over,
}

/// The state of a block. The time is the one from which the display was visible, once it was.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Stimulus(Option<f64>),
    Feedback(bool, Option<f64>),
    Faster(Option<f64>),
    Over,
}

/// A block that is being sorted.
#[derive(Debug, Clone)]
pub struct Run {
    block: SortBlock,
    phase: Phase,
    pressed: Vec<Option<(SortKey, f64)>>,
    early: u32,
    repeats: u32,
    /// The last key, repeated or not, and when it came.
    last: Option<(SortKey, f64)>,
    /// The trial whose answer turns out to be a repeat of a held key, should another repeat follow at once.
    doubtful: Option<usize>,
    /// Whether the terminal ever reported a repeat; then nothing has to be guessed.
    says_repeats: bool,
}

impl Run {
    /// The beginning of a block.
    pub fn new(block: SortBlock) -> Self {
        let phase = if block.trials.is_empty() { Phase::Over } else { Phase::Stimulus(None) };
        Self {
            block,
            phase,
            pressed: Vec::new(),
            early: 0,
            repeats: 0,
            last: None,
            doubtful: None,
            says_repeats: false,
        }
    }

    /// The block.
    pub fn block(&self) -> &SortBlock {
        &self.block
    }

    /// What is to be seen now.
    pub fn moment(&self) -> SortDisplay<'_> {
        match self.phase {
            Phase::Stimulus(_) => match self.block.trials.get(self.pressed.len()) {
                Some(trial) => SortDisplay::Stimulus(trial),
                None => SortDisplay::Over,
            },
            Phase::Feedback(right, _) => SortDisplay::Feedback(right),
            Phase::Faster(_) => SortDisplay::Faster,
            Phase::Over => SortDisplay::Over,
        }
    }

    /// Reports that the display is visible from `at` on. A second report, as after a change of the window, changes nothing.
    pub fn shown(&mut self, at: f64) {
        match &mut self.phase {
            Phase::Stimulus(since) | Phase::Feedback(_, since) | Phase::Faster(since) => {
                since.get_or_insert(at);
            }
            Phase::Over => {}
        }
    }

    /// When the display changes by itself; `None` while it has not been seen.
    pub fn until(&self) -> Option<f64> {
        match self.phase {
            Phase::Stimulus(since) => since.map(|since| since + WINDOW_MS),
            Phase::Feedback(_, since) => since.map(|since| since + FEEDBACK_MS),
            Phase::Faster(since) => since.map(|since| since + FASTER_MS),
            Phase::Over => None,
        }
    }

    /// Advances the time; returns whether the display changed.
    pub fn pass(&mut self, now: f64) -> bool {
        if self.until().is_none_or(|until| now < until) {
            return false;
        }
        match self.phase {
            Phase::Stimulus(_) => {
                self.pressed.push(None);
                self.phase = Phase::Faster(None);
            }
            Phase::Feedback(..) | Phase::Faster(_) => self.next(),
            Phase::Over => {}
        }
        true
    }

    /// Handles a key read at `at`; `repeat` where the terminal reports that it is held. Returns whether the display changed.
    ///
    /// Most terminals do not report repeats, and the first repeat of a held key comes so late that it looks like a press. The
    /// second one reveals it: the same key, then an answer by it, then the same key again at once. That answer is taken back,
    /// and its trial has none. A key that is lifted between its first repeat and its second can't be told from a press.
    pub fn key(&mut self, side: SortKey, at: f64, repeat: bool) -> bool {
        let gap = self.last.filter(|(key, _)| *key == side).map(|(_, before)| at - before);
        self.last = Some((side, at));
        let doubtful = self.doubtful.take();
        if repeat {
            self.says_repeats = true;
            self.repeats += 1;
            return false;
        }
        if !self.says_repeats && gap.is_some_and(|gap| gap < REPEAT_MS) {
            self.repeats += 1;
            if let Some(answer) = doubtful.and_then(|trial| self.pressed.get_mut(trial)) {
                *answer = None;
                self.repeats += 1;
            }
            return false;
        }
        if let Phase::Stimulus(Some(since)) = self.phase
            && at > since
            && at <= since + WINDOW_MS
            && let Some(trial) = self.block.trials.get(self.pressed.len())
        {
            self.doubtful = gap.filter(|gap| *gap <= LONGEST_DELAY_MS).map(|_| self.pressed.len());
            self.phase = Phase::Feedback(trial.key == side, None);
            self.pressed.push(Some((side, at - since)));
            return true;
        }
        self.early += 1;
        false
    }

    fn next(&mut self) {
        let more = self.pressed.len() < self.block.trials.len();
        self.phase = if more { Phase::Stimulus(None) } else { Phase::Over };
    }

    /// The whole block, once it is over.
    pub fn sorted(&self, timing: Timing) -> Option<Sorted> {
        let done = self.block.sorted(self.pressed.iter().copied());
        (self.phase == Phase::Over).then_some(Sorted {
            early: self.early,
            repeats: self.repeats,
            timing,
            ..done
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sort::tests::block;
    use super::*;

    /// Shows every moment 1 ms after it was due, and presses what `keys` has: times and keys.
    fn sorted(trials: usize, keys: &[(f64, SortKey)]) -> Sorted {
        let mut run = Run::new(block(trials));
        let mut keys = keys.iter().peekable();
        let mut now = 0.0;
        while run.moment() != SortDisplay::Over {
            run.shown(now + 1.0);
            let until = run.until().unwrap();
            match keys.peek() {
                Some((at, side)) if *at < until => {
                    keys.next();
                    if run.key(*side, *at, false) {
                        now = *at;
                    }
                }
                _ => {
                    assert!(run.pass(until));
                    now = until;
                }
            }
        }
        run.sorted(Timing::default()).unwrap()
    }

    #[test]
    fn latencies_run_from_what_could_be_seen_to_the_key() {
        let done = sorted(2, &[(501.0, SortKey::Left), (1_252.0, SortKey::Left)]);
        assert_eq!(done.trials[0].ms, Some(500.0));
        assert!(done.trials[0].correct());
        // Feedback from 502 to 652, the stimulus from 653 on.
        assert_eq!(done.trials[1].ms, Some(599.0));
        assert!(!done.trials[1].correct());
        assert_eq!(block(2).check(&done), Ok(()));
    }

    #[test]
    fn no_key_within_the_window_is_no_answer_and_asks_for_more_speed() {
        let mut run = Run::new(block(1));
        assert_eq!(run.until(), None, "nothing runs out before it could be seen");
        run.shown(10.0);
        assert!(!run.pass(1_509.9));
        // A key that was pressed after the window, and before anybody noticed that it had passed, is too late.
        assert!(!run.clone().key(SortKey::Left, 1_510.1, false));
        assert!(run.pass(1_510.0));
        assert_eq!(run.moment(), SortDisplay::Faster);
        run.shown(1_511.0);
        assert!(!run.pass(2_010.9) && run.pass(2_011.0));
        assert_eq!(run.moment(), SortDisplay::Over);
        assert_eq!(run.sorted(Timing::default()).unwrap().trials[0].key, None);
    }

    #[test]
    fn keys_before_the_stimulus_could_be_seen_are_counted_and_dropped() {
        let mut run = Run::new(block(1));
        assert!(!run.key(SortKey::Left, 5.0, false));
        run.shown(200.0);
        // Stamped before the frame was out, read afterwards.
        assert!(!run.key(SortKey::Left, 199.9, false));
        assert!(run.key(SortKey::Left, 600.0, false));
        assert!(!run.key(SortKey::Right, 650.0, false), "during feedback");
        run.shown(601.0);
        run.pass(751.0);
        let done = run.sorted(Timing::default()).unwrap();
        assert_eq!((done.early, done.repeats, done.trials[0].ms), (3, 0, Some(400.0)));
    }

    #[test]
    fn a_key_held_down_answers_once() {
        // Pressed at 500 ms; the keyboard waits and then repeats for ever, as slowly and as fast as keyboards do.
        for delay in [200.0, 250.0, 450.0, 660.0, 1_000.0, 2_000.0] {
            for interval in [15.0, 33.0, 90.0] {
                let mut keys = vec![(500.0, SortKey::Left)];
                keys.extend((0..2_000).map(|n| (500.0 + delay + interval * f64::from(n), SortKey::Left)));
                let done = sorted(10, &keys);
                let answered: Vec<usize> =
                    (0..10).filter(|&trial| done.trials[trial].key.is_some()).collect();
                assert_eq!(answered, [0], "{delay} {interval}");
                assert_eq!(block(10).check(&done), Ok(()));
                assert!(done.repeats > 100, "{}", done.repeats);
            }
        }
    }

    #[test]
    fn a_key_held_down_since_before_its_stimulus_answers_nothing() {
        // Pressed during the feedback of another key's answer.
        let mut keys = vec![(400.0, SortKey::Right), (450.0, SortKey::Left)];
        keys.extend((0..500).map(|n| (450.0 + 500.0 + 33.0 * f64::from(n), SortKey::Left)));
        let done = sorted(5, &keys);
        assert_eq!(done.trials.iter().filter(|trial| trial.key.is_some()).count(), 1);
        assert_eq!(done.early, 1);
    }

    #[test]
    fn an_answer_that_is_held_a_little_stays_an_answer() {
        // The same key for both stimuli; the second time it is held until it repeats, which counts for nothing.
        let mut keys = vec![(400.0, SortKey::Left), (1_000.0, SortKey::Left)];
        keys.extend((0..10).map(|n| (1_500.0 + 33.0 * f64::from(n), SortKey::Left)));
        let done = sorted(3, &keys);
        assert!(done.trials[0].key.is_some() && done.trials[1].key.is_some());
        assert_eq!(done.trials[2].key, None, "the first repeat stood for an answer");
        // The other key in between: then the second press of a key that chatters is a press.
        let keys = [
            (400.0, SortKey::Left),
            (700.0, SortKey::Right),
            (1_000.0, SortKey::Left),
            (1_030.0, SortKey::Left),
        ];
        let done = sorted(3, &keys);
        assert!(done.trials.iter().all(|trial| trial.key.is_some()));
    }

    #[test]
    fn a_terminal_that_says_that_a_key_is_held_is_believed() {
        // A press that repeats later, and says so, is no repeat itself.
        let mut run = Run::new(block(2));
        run.shown(0.0);
        assert!(run.key(SortKey::Left, 300.0, false));
        run.shown(301.0);
        assert!(run.pass(451.0));
        run.shown(452.0);
        assert!(run.key(SortKey::Left, 700.0, false) && !run.key(SortKey::Left, 1_200.0, true));
        assert!(run.pressed.iter().all(Option::is_some));
        // Lifted, and pressed again at once: what such a terminal calls a press is one.
        let mut run = Run::new(block(1));
        run.shown(0.0);
        assert!(!run.key(SortKey::Left, 400.0, true) && run.key(SortKey::Left, 450.0, false));
        let mut run = Run::new(block(1));
        run.shown(0.0);
        assert!(!run.key(SortKey::Left, 900.0, true));
    }

    #[test]
    fn the_same_key_pressed_again_for_the_next_stimulus_is_an_answer() {
        let done = sorted(2, &[(300.0, SortKey::Left), (300.0 + 152.0 + 120.0, SortKey::Left)]);
        assert_eq!((done.repeats, done.trials[1].ms), (0, Some(120.0)));
    }

    #[test]
    fn an_empty_block_is_over_at_once() {
        assert!(Run::new(block(0)).sorted(Timing::default()).unwrap().trials.is_empty());
    }
}
