//! Lines that nobody sees: passphrases, typed at the terminal whatever standard input is. Refuses to keep them anywhere else than in
//! what it gives back, and to hand on what is typed while nobody can see it.

use std::io;

use zeroize::Zeroizing;

/// More than anybody types, and as much as a terminal takes for a line.
const LONGEST: usize = 4_096;

/// A terminal that shows nothing of what is typed. Once this is dropped it does again, without what was typed and not read: that may
/// be a passphrase once more, and whoever reads next would show it.
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
    /// From now on nothing is shown.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

        let terminal = std::fs::File::open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut hidden = before.clone();
        // Ctrl+C ends the line as a sign of its own: a signal would leave the terminal as it is now.
        hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
        hidden.local_modes.insert(LocalModes::ICANON | LocalModes::ECHONL);
        hidden.special_codes[SpecialCodeIndex::VEOL] = CTRL_C;
        let begun = Self { terminal, before };
        tcsetattr(&begun.terminal, OptionalActions::Now, &hidden)?;
        Ok(begun)
    }

    /// The next line; none where somebody gave up with Ctrl+C or Ctrl+D.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub fn line(&mut self) -> io::Result<Option<Zeroizing<String>>> {
        use std::io::Read;

        // A terminal hands over one line and no more.
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
        // Nothing is left to be done where even this fails.
        let _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}

/// A terminal that shows nothing of what is typed, until this is dropped.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Hidden;

#[cfg(not(unix))]
impl Hidden {
    /// From now on nothing is shown.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn begin() -> io::Result<Self> {
        crossterm::terminal::enable_raw_mode()?;
        Ok(Self)
    }

    /// The next line; none where somebody gave up with Ctrl+C.
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
        // What was typed and not read is let go.
        while poll(std::time::Duration::ZERO).unwrap_or(false) && read().is_ok() {}
        // Nothing is left to be done where even this fails.
        let _ = crossterm::terminal::disable_raw_mode();
    }
}
