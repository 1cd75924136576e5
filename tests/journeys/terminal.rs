//! Drives a program through a real pseudo-terminal: keys in, a screen out, and the times of both. Shared with the benchmarks.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long to wait for a screen. No test's result depends on it: on a busy machine no number of seconds is enough, so this
/// only ends a test that would otherwise never end.
pub const PATIENCE: Duration = Duration::from_secs(900);

/// The query by which a program identifies its terminal, and an answer.
const QUESTION: &[u8] = b"\x1b[c";
const ANSWER: &str = "\x1b[?62;22c";
/// What a terminal sends first if it can report repeated keys.
const CAN_REPORT: &str = "\x1b[?0u";
/// The sequences that turn these reports on and off.
const REPORT: (&[u8], &[u8]) = (b"\x1b[>3u", b"\x1b[<1u");

/// The properties of a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Kind<'a> {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Delay of its answer to the identity query; `None` if it never answers.
    pub answers: Option<Duration>,
    /// Whether it can report key repeats.
    pub reports: bool,
    /// Variables of the environment besides the usual ones.
    pub variables: &'a [(&'a str, &'a str)],
}

impl Kind<'_> {
    /// A terminal of this size that answers at once.
    pub fn of(size: (u16, u16)) -> Self {
        Self { size, answers: Some(Duration::ZERO), reports: false, variables: &[] }
    }
}

/// The window of a terminal, to be made larger and smaller from any thread.
#[derive(Clone)]
pub struct Sizes {
    master: Arc<Mutex<Box<dyn MasterPty + Send>>>,
    behind: Arc<AtomicUsize>,
}

impl Sizes {
    /// Changes the size of the window; the program must redraw the screen.
    pub fn set(&self, cols: u16, rows: u16) {
        self.master.lock().unwrap().resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Frames that the program wrote and the screen does not show yet. A program that draws faster than they can be shown makes
    /// the screen fall further and further behind.
    pub fn behind(&self) -> usize {
        self.behind.load(Ordering::SeqCst)
    }
}

/// Bytes read from the program.
struct Read {
    at: Instant,
    late: Duration,
    bytes: Vec<u8>,
}

/// How long this thread has been ready to run but waiting for a processor. Only Linux counts this; elsewhere it is zero.
fn waited() -> Duration {
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let waited = counts.split_whitespace().nth(1).and_then(|nanoseconds| nanoseconds.parse().ok());
    Duration::from_nanos(waited.unwrap_or_default())
}

/// A terminal with a program in it.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    sizes: Sizes,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    bytes: Receiver<Read>,
    parser: vt100::Parser,
    /// When the last bytes that the screen shows could be read.
    latest: Instant,
    /// How long the reading thread had waited for a processor before.
    late: Duration,
    reports_repeats: bool,
    /// The screen when the program sent its identity query.
    asked_on: Option<String>,
}

impl Terminal {
    /// Starts the program with `args` in `folder`, its study there too.
    pub fn start(program: &str, args: &[&str], folder: &Path, size: (u16, u16)) -> Self {
        Self::start_as(program, args, folder, Kind::of(size))
    }

    /// The same in a terminal of another kind.
    pub fn start_as(program: &str, args: &[&str], folder: &Path, kind: Kind) -> Self {
        let (cols, rows) = kind.size;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(folder);
        command.env_clear();
        command.env("HOME", folder);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_GB.UTF-8");
        command.env("RELATA_STUDY", folder.join("study.relata"));
        for (name, value) in kind.variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        let behind = Arc::new(AtomicUsize::new(0));
        let (writer, unseen) = (keys.clone(), behind.clone());
        let answer = format!("{}{ANSWER}", if kind.reports { CAN_REPORT } else { "" });
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            let mut before = waited();
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let at = Instant::now();
                let now = waited();
                let late = now - std::mem::replace(&mut before, now);
                let read = &buffer[..count];
                if let (Some(after), true) = (kind.answers, holds(read, QUESTION).is_some()) {
                    std::thread::sleep(after);
                    // The program that asked may have ended.
                    let _ = writer.lock().unwrap().write_all(answer.as_bytes());
                }
                unseen.fetch_add(1, Ordering::SeqCst);
                if sender.send(Read { at, late, bytes: read.to_vec() }).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(cells(rows), cells(cols), 0);
        let sizes = Sizes { master: Arc::new(Mutex::new(pair.master)), behind };
        Self {
            child,
            sizes,
            keys,
            bytes,
            parser,
            latest: Instant::now(),
            late: Duration::ZERO,
            reports_repeats: false,
            asked_on: None,
        }
    }

    /// Types these bytes.
    pub fn type_keys(&mut self, keys: &str) {
        let mut writer = self.keys.lock().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.sizes.set(columns, rows);
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
    }

    /// Its window.
    pub fn sizes(&self) -> Sizes {
        self.sizes.clone()
    }

    /// The text on the screen.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Whether the program has taken over the whole screen.
    pub fn is_alternate(&self) -> bool {
        self.parser.screen().alternate_screen()
    }

    /// Waits until the screen shows `words`; returns when the bytes for it could be read.
    pub fn wait_for(&mut self, words: &str) -> Instant {
        self.wait_until(words, |screen| screen.contains(words))
    }

    /// Waits until `shown` holds for the screen, and returns when the bytes for it could be read; a timeout reports `what`.
    pub fn wait_until(&mut self, what: &str, shown: impl Fn(&str) -> bool) -> Instant {
        let until = Instant::now() + PATIENCE;
        loop {
            if shown(&self.screen()) {
                return self.latest;
            }
            match self.bytes.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(bytes),
                Err(RecvTimeoutError::Timeout) => panic!("waited for {what} in vain:\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) => panic!("{what} never came:\n{}", self.screen()),
            }
        }
    }

    /// How long the terminal's side waited for a processor before it read the last bytes of the screen.
    pub fn late(&self) -> Duration {
        self.late
    }

    fn take(&mut self, Read { at, late, bytes }: Read) {
        self.sizes.behind.fetch_sub(1, Ordering::SeqCst);
        let asked = holds(&bytes, QUESTION).unwrap_or(0);
        self.parser.process(&bytes[..asked]);
        if asked > 0 || bytes.starts_with(QUESTION) {
            self.asked_on = Some(self.screen());
        }
        self.parser.process(&bytes[asked..]);
        self.latest = at;
        self.late = late;
        match (holds(&bytes, REPORT.0), holds(&bytes, REPORT.1)) {
            (None, None) => {}
            (on, off) => self.reports_repeats = on > off,
        }
    }

    /// Whether the program has turned on reports of key repeats.
    pub fn reports_repeats(&self) -> bool {
        self.reports_repeats
    }

    /// The screen when the program last sent its identity query.
    pub fn asked_on(&self) -> Option<&str> {
        self.asked_on.as_deref()
    }

    /// Waits for the program to end; returns its exit code.
    pub fn wait_for_end(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Ok(bytes) = self.bytes.try_recv() {
                self.take(bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                // The other end is closed, so its output ends too.
                while let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) {
                    self.take(bytes);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < until, "the program does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills the program without warning.
    pub fn kill(&mut self) {
        // The library's own `kill` would send a hangup first, on which a program can still tidy up.
        #[cfg(unix)]
        if let Some(process) =
            self.child.process_id().and_then(|id| rustix::process::Pid::from_raw(id as i32))
        {
            rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
        }
        #[cfg(not(unix))]
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The process id.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }
}

/// The last position of `words` in `bytes`.
fn holds(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).rposition(|some| some == words)
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}
