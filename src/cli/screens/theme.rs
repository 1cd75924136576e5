//! Which colours the screens have, from what the terminal's owner set.

use crate::cli::Failure;
use crate::tui::Theme;

/// `NO_COLOR` (any value but an empty one) takes colour away; `RELATA_THEME` chooses, for terminals whose background cannot be guessed.
pub(in crate::cli) fn theme() -> Result<Theme, Failure> {
    if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Ok(Theme::NoColour);
    }
    match std::env::var("RELATA_THEME").as_deref() {
        Ok("light") => Ok(Theme::Light),
        Ok("dark") => Ok(Theme::Dark),
        Ok("none") => Ok(Theme::NoColour),
        Err(_) | Ok("" | "auto") => Ok(Theme::Auto),
        Ok(other) => Err(Failure::refused(format!("RELATA_THEME is `{other}`, and there is no such theme"))
            .help("set it to light, dark, none or auto")),
    }
}
