//! The header of an interview: its subject, the current section, and the progress.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::bars;
use crate::interview::{Progress, SectionProgress};
use crate::text;
use crate::tui::page::{Canvas, cut};
use crate::tui::screen::Look;

/// What stands above a card.
pub(crate) struct Header<'a> {
    /// A warning shown before the title, such as for a rehearsal.
    pub mark: Option<&'a str>,
    /// Title of the instrument, and who the interview is about.
    pub title: &'a str,
    /// All sections.
    pub sections: &'a [SectionProgress],
    /// Whether only the current section is named.
    pub alone: bool,
    /// How far it has come.
    pub progress: Progress,
    /// Minutes spent and planned, if they are shown.
    pub minutes: Option<(i64, u32)>,
}

/// Lines that the header takes, including the empty one below it.
pub(crate) const HEIGHT: u16 = 4;

impl Header<'_> {
    /// Draws the header in the upper lines of `area`, as wide as the card below it.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look, widest: u16) {
        let width = area.width.min(widest).saturating_sub(2);
        let x = area.x + (area.width - width) / 2;
        let styles = &look.styles;
        let mark = self.mark.map(|mark| Span::styled(format!("{mark} · "), styles.warn));
        let room = usize::from(width).saturating_sub(mark.as_ref().map_or(0, Span::width));
        let title = Span::styled(cut(self.title, room), styles.dim);
        canvas.line(x, area.y, width, &mark.into_iter().chain([title]).collect::<Vec<_>>().into());
        self.trail(canvas, x, area.y + 1, width, look);
        self.bar(canvas, x, area.y + 2, width, look);
    }

    fn ends(&self, canvas: &mut Canvas, x: u16, y: u16, width: u16, left: Line, right: Span<'static>) {
        canvas.line(x, y, width, &left);
        let right_width = right.width() as u16;
        if right_width < width {
            canvas.line(x + width - right_width, y, right_width, &Line::from(right));
        }
    }

    /// The section names: the previous one, the current one, and as many of the following as fit.
    fn trail(&self, canvas: &mut Canvas, x: u16, y: u16, width: u16, look: &Look) {
        let mut labels: Vec<(&str, bool)> = Vec::new();
        // Groups that share a title look like one section.
        for section in self.sections {
            match labels.last_mut() {
                Some(last) if last.0 == section.label => last.1 |= section.current,
                _ => labels.push((&section.label, section.current)),
            }
        }
        let Some(here) = labels.iter().position(|(_, current)| *current) else { return };
        let styles = &look.styles;
        let count = text!(&look.language, "tui-section-of", here = (here + 1), of = labels.len());
        let room = usize::from(width).saturating_sub(count.width() + 3);
        let mut spans = Vec::new();
        if here > 0 && !self.alone {
            spans.push(Span::styled("… › ", styles.dim));
        }
        let used: usize = spans.iter().map(Span::width).sum();
        spans.push(Span::styled(cut(labels[here].0, room.saturating_sub(used)), styles.accent));
        let following = if self.alone { &[] } else { &labels[here + 1..] };
        for (label, _) in following {
            let used: usize = spans.iter().map(Span::width).sum();
            if used + 3 + label.width() + 4 > room {
                spans.push(Span::styled(" › …", styles.dim));
                break;
            }
            spans.push(Span::styled(format!(" › {label}"), styles.dim));
        }
        self.ends(canvas, x, y, width, Line::from(spans), Span::styled(count, styles.dim));
    }

    fn bar(&self, canvas: &mut Canvas, x: u16, y: u16, width: u16, look: &Look) {
        let styles = &look.styles;
        let mut numbers =
            text!(&look.language, "tui-home-of", done = self.progress.done, of = self.progress.total);
        if let Some((spent, planned)) = self.minutes {
            let minutes = text!(&look.language, "tui-minutes-of", spent, planned);
            numbers = format!("{numbers}  ·  {minutes}");
        }
        let length = usize::from(width).saturating_sub(numbers.width() + 2);
        let mut spans = bars::thin(self.progress.share(), length, styles);
        spans.push(Span::styled(format!("  {numbers}"), styles.dim));
        canvas.line(x, y, width, &Line::from(spans));
    }
}
