//! Hidden input: passphrases, read from the terminal even if standard input is redirected. Keeps them nowhere but in the returned
//! value, and discards what is typed while the echo is off but not read.

use std::io;

use zeroize::Zeroizing;

/// The longest line that a terminal hands over; nobody types more.
const LONGEST: usize = 4_096;

/// A terminal with the echo off. Dropping it turns the echo on and discards unread input, which may be the passphrase typed again
/// and would be shown by the next reader.
#[cfg(unix)]
#[derive(Debug)]
pub struct Hidden {
    terminal: std::fs::File,
    before: rustix::termios::Termios,
}

#[cfg(unix)]
const CTRL_C: u8 = 3;

#[cfg(unix)]
impl Hidden {
    /// Turns the echo off.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

        let terminal = std::fs::File::open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut hidden = before.clone();
        // Ctrl+C is read as a character: as a signal it would end the program with the echo still off.
        hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
        hidden.local_modes.insert(LocalModes::ICANON | LocalModes::ECHONL);
        hidden.special_codes[SpecialCodeIndex::VEOL] = CTRL_C;
        let begun = Self { terminal, before };
        tcsetattr(&begun.terminal, OptionalActions::Now, &hidden)?;
        Ok(begun)
    }

    /// The next line; `None` if the user pressed Ctrl+C or Ctrl+D.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub fn line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        use std::io::Read;

        // In line mode, one read returns at most one line.
        let mut line = Zeroizing::new(vec![0; LONGEST]);
        let length = (&self.terminal).read(&mut line)?;
        let typed = line.get(..length).unwrap_or_default();
        match typed.last() {
            None | Some(&CTRL_C) => Ok(None),
            Some(_) => {
                let typed = typed.strip_suffix(b"\n").unwrap_or(typed);
                let text =
                    std::str::from_utf8(typed).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
                Ok(Some(Zeroizing::new(text.to_owned())))
            }
        }
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // If this fails too, nothing more can be done.
        let _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}

/// A terminal with the echo off until this is dropped.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Hidden;

#[cfg(not(unix))]
impl Hidden {
    /// Turns the echo off.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn begin() -> io::Result<Self> {
        crossterm::terminal::enable_raw_mode()?;
        Ok(Self)
    }

    /// The next line; `None` if the user pressed Ctrl+C.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub fn line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        use crossterm::event::{Event, KeyCode, KeyModifiers, read};

        let mut line = Zeroizing::new(String::with_capacity(LONGEST));
        loop {
            let key = match read()? {
                Event::Key(key) if key.is_press() => key,
                _ => continue,
            };
            match key.code {
                KeyCode::Enter => return Ok(Some(line)),
                KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(None),
                KeyCode::Char(c) if line.len() + c.len_utf8() <= LONGEST => line.push(c),
                KeyCode::Backspace => {
                    line.pop();
                }
                _ => {}
            }
        }
    }
}

#[cfg(not(unix))]
impl Drop for Hidden {
    fn drop(&mut self) {
        use crossterm::event::{poll, read};
        // Discard what was typed and not read.
        while poll(std::time::Duration::ZERO).unwrap_or(false) && read().is_ok() {}
        // If this fails too, nothing more can be done.
        let _ = crossterm::terminal::disable_raw_mode();
    }
}
