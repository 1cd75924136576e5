//! Reading the terminal on a thread of its own, so that the time of a key is the time at which it came and not the time
//! at which drawing or the disk was done with what came before.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant as Clock;

use crossterm::event::{self, Event, KeyEventKind, MouseEventKind};

/// Something that the loop has to know.
#[derive(Debug)]
pub(super) enum Input {
    /// An event of the terminal.
    Event {
        /// When it was read.
        at: Clock,
        /// What happened.
        event: Event,
    },
    /// The program goes on after it was stopped from outside.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no such signals"))]
    Continued,
    /// The program is asked to end.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no such signals"))]
    Terminated,
    /// The terminal cannot be read any more.
    Failed(io::Error),
}

/// The reading threads. They end with the program: a thread that waits in a read cannot be called back.
pub(super) struct Reader {
    /// What was read, in order.
    pub inputs: Receiver<Input>,
}

impl Reader {
    /// Begins to read.
    pub fn start() -> io::Result<Self> {
        let (sender, inputs) = channel();
        signals(sender.clone())?;
        thread::Builder::new().name("keys".into()).spawn(move || read(&sender))?;
        Ok(Self { inputs })
    }
}

fn read(sender: &Sender<Input>) {
    loop {
        let input = match event::read() {
            Ok(event) if is_noise(&event) => continue,
            Ok(event) => Input::Event { at: Clock::now(), event },
            Err(error) => Input::Failed(error),
        };
        let failed = matches!(input, Input::Failed(_));
        if sender.send(input).is_err() || failed {
            return;
        }
    }
}

/// Keys that go up again and a mouse that moves mean nothing here, and come often.
fn is_noise(event: &Event) -> bool {
    match event {
        Event::Key(key) => key.kind == KeyEventKind::Release,
        Event::Mouse(mouse) => {
            matches!(mouse.kind, MouseEventKind::Moved | MouseEventKind::Drag(_) | MouseEventKind::Up(_))
        }
        _ => false,
    }
}

#[cfg(unix)]
fn signals(sender: Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGCONT, SIGHUP, SIGINT, SIGTERM])?;
    let listen = move || {
        for signal in signals.forever() {
            let input = if signal == SIGCONT { Input::Continued } else { Input::Terminated };
            if sender.send(input).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(listen)?;
    Ok(())
}

#[cfg(not(unix))]
fn signals(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}
