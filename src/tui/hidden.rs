//! A line that nobody sees: a passphrase, typed at the terminal whatever standard input is. Refuses to keep it anywhere else than in
//! what it gives back.

use std::io;

use zeroize::Zeroizing;

/// More than anybody types, and as much as a terminal takes for a line.
const LONGEST: usize = 4_096;

/// The next line of the terminal, which is not shown, from before `ask` asks for it; none where somebody gave up with Ctrl+C or Ctrl+D.
///
/// # Errors
/// There is no terminal, or it cannot be read.
#[cfg(unix)]
pub fn hidden_line(ask: impl FnOnce()) -> io::Result<Option<Zeroizing<String>>> {
    use std::fs::File;
    use std::io::Read;

    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    const CTRL_C: u8 = 3;
    struct Shown<'a>(&'a File, Termios);
    impl Drop for Shown<'_> {
        fn drop(&mut self) {
            // Nothing is left to be done where even this fails.
            let _ = tcsetattr(self.0, OptionalActions::Now, &self.1);
        }
    }

    let terminal = File::open("/dev/tty")?;
    let before = tcgetattr(&terminal)?;
    let mut hidden = before.clone();
    // Ctrl+C ends the line as a sign of its own: a signal would leave the terminal as it is now.
    hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
    hidden.local_modes.insert(LocalModes::ICANON | LocalModes::ECHONL);
    hidden.special_codes[SpecialCodeIndex::VEOL] = CTRL_C;
    let shown = Shown(&terminal, before);
    tcsetattr(&terminal, OptionalActions::Now, &hidden)?;
    ask();
    // A terminal hands over one line and no more, so that what was typed ahead stays for whoever reads next.
    let mut line = Zeroizing::new(vec![0; LONGEST]);
    let length = (&terminal).read(&mut line)?;
    drop(shown);
    let typed = line.get(..length).unwrap_or_default();
    match typed.last() {
        None | Some(&CTRL_C) => Ok(None),
        Some(_) => {
            let typed = typed.strip_suffix(b"\n").unwrap_or(typed);
            let text = std::str::from_utf8(typed).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
            Ok(Some(Zeroizing::new(text.to_owned())))
        }
    }
}

/// The next line of the terminal, which is not shown, from before `ask` asks for it; none where somebody gave up with Ctrl+C.
///
/// # Errors
/// There is no terminal, or it cannot be read.
#[cfg(not(unix))]
pub fn hidden_line(ask: impl FnOnce()) -> io::Result<Option<Zeroizing<String>>> {
    use crossterm::event::{Event, KeyCode, KeyModifiers, read};
    use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

    let mut line = Zeroizing::new(String::with_capacity(LONGEST));
    ask();
    enable_raw_mode()?;
    let typed = loop {
        let key = match read() {
            Ok(Event::Key(key)) if key.is_press() => key,
            Ok(_) => continue,
            Err(why) => break Err(why),
        };
        match key.code {
            KeyCode::Enter => break Ok(Some(())),
            KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => break Ok(None),
            KeyCode::Char(c) if line.len() + c.len_utf8() <= LONGEST => line.push(c),
            KeyCode::Backspace => {
                line.pop();
            }
            _ => {}
        }
    };
    disable_raw_mode()?;
    Ok(typed?.map(|()| line))
}
