//! The few styles that the screens use. Owns every colour; none of them carries a meaning that a symbol or a word does not carry as
//! well.
//!
//! The automatic theme has no way of knowing whether the terminal is light or dark, so it uses colours from the middle
//! of the 256-colour palette, which keep a contrast of about four to one on white and on black alike.

use ratatui::style::{Color, Modifier, Style};

/// Which colours to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Colours that can be read on light and on dark.
    #[default]
    Auto,
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// Bold, dim and reversed only.
    NoColour,
}

/// The styles of a theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Styles {
    /// Ordinary text.
    pub text: Style,
    /// Secondary text.
    pub dim: Style,
    /// Headings and other text to read first.
    pub strong: Style,
    /// Where the reader should look: the marker, the current section, a key.
    pub accent: Style,
    /// What has been chosen.
    pub chosen: Style,
    /// A warning; always beside a `!`.
    pub warn: Style,
    /// Something done or in order; always beside a word or a tick.
    pub good: Style,
    /// Frames and rules.
    pub frame: Style,
}

impl Theme {
    pub(crate) fn styles(self) -> Styles {
        // Set explicitly, so that text inside a coloured frame does not take the frame's colour.
        let plain = Style::default().fg(Color::Reset);
        let bold = plain.add_modifier(Modifier::BOLD);
        let [accent, warn, good, dim] = match self {
            Self::Auto => [31, 166, 29, 244],
            Self::Light => [25, 130, 22, 241],
            Self::Dark => [80, 215, 114, 247],
            Self::NoColour => {
                let faint = plain.add_modifier(Modifier::DIM);
                return Styles {
                    text: plain,
                    dim: faint,
                    strong: bold,
                    accent: bold,
                    chosen: bold,
                    warn: bold,
                    good: plain,
                    frame: faint,
                };
            }
        }
        .map(|index| plain.fg(Color::Indexed(index)));
        Styles {
            text: plain,
            dim,
            strong: bold,
            accent: accent.add_modifier(Modifier::BOLD),
            chosen: accent.add_modifier(Modifier::BOLD),
            warn,
            good,
            frame: dim,
        }
    }
}
