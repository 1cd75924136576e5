//! Bars of characters: progress, probabilities, points. Readable without colour, because the filled part and the rest
//! are different characters.

use ratatui::text::Span;

use crate::tui::theme::Styles;

/// A thin progress bar, with the filled `share` of `width` heavy and the rest light.
pub(crate) fn thin(share: f64, width: usize, styles: &Styles) -> Vec<Span<'static>> {
    let full = filled(share, width);
    vec![
        Span::styled("━".repeat(full), styles.accent),
        Span::styled("─".repeat(width.saturating_sub(full)), styles.frame),
    ]
}

/// A thick bar for an amount, accurate to an eighth of a column.
pub(crate) fn thick(share: f64, width: usize, styles: &Styles, leads: bool) -> Vec<Span<'static>> {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (share * width as f64 * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(EIGHTHS[eighths % 8]);
    // An amount above zero must be visible.
    if bar.is_empty() && share > 0.0 && width > 0 {
        bar.push('▏');
    }
    let rest = width.saturating_sub(bar.chars().count());
    let style = if leads { styles.accent } else { styles.dim };
    vec![Span::styled(bar, style), Span::styled("·".repeat(rest), styles.frame)]
}

/// The line under a bar: an interval of shares as `├──┤` and a published value as `▲`, which takes precedence where both coincide.
pub(crate) fn interval(
    low: f64,
    high: f64,
    published: Option<f64>,
    width: usize,
    styles: &Styles,
) -> Vec<Span<'static>> {
    let cell = |share: f64| filled(share, width).min(width.saturating_sub(1));
    let (from, to) = (cell(low), cell(high));
    let mark = published.map(cell);
    let symbol = |at: usize| match at {
        at if Some(at) == mark => ("▲", styles.good),
        at if at == from && at == to => ("│", styles.text),
        at if at == from => ("├", styles.text),
        at if at == to => ("┤", styles.text),
        at if (from..to).contains(&at) => ("─", styles.text),
        _ => (" ", styles.text),
    };
    (0..width).map(symbol).map(|(symbol, style)| Span::styled(symbol, style)).collect()
}

fn filled(share: f64, width: usize) -> usize {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let full = (share * width as f64).round() as usize;
    // The bar is empty only at 0 and full only at 1.
    if share > 0.0 && share < 1.0 && width > 1 { full.clamp(1, width - 1) } else { full }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;

    fn text(spans: &[Span]) -> String {
        spans.iter().map(|span| span.content.as_ref()).collect()
    }

    #[test]
    fn a_bar_is_as_long_as_asked_whatever_the_share() {
        let styles = Theme::NoColour.styles();
        for share in [-1.0, 0.0, 0.001, 0.5, 0.999, 1.0, 7.0, f64::NAN] {
            for width in [0, 1, 2, 13] {
                assert_eq!(text(&thin(share, width, &styles)).chars().count(), width, "{share}");
                assert_eq!(text(&thick(share, width, &styles, true)).chars().count(), width, "{share}");
            }
        }
    }

    #[test]
    fn an_interval_shows_its_ends_and_what_was_published() {
        let styles = Theme::NoColour.styles();
        assert_eq!(text(&interval(0.2, 0.5, Some(0.7), 10, &styles)), "  ├──┤ ▲  ");
        assert_eq!(text(&interval(0.2, 0.5, Some(0.5), 10, &styles)), "  ├──▲    ");
        assert_eq!(text(&interval(0.98, 1.0, None, 10, &styles)), "         │");
        assert_eq!(text(&interval(0.0, 1.0, None, 0, &styles)), "");
    }

    #[test]
    fn progress_looks_complete_only_when_it_is() {
        let styles = Theme::NoColour.styles();
        assert!(text(&thin(0.999, 10, &styles)).ends_with('─'));
        assert!(text(&thin(0.001, 10, &styles)).starts_with('━'));
        assert_eq!(text(&thin(1.0, 3, &styles)), "━━━");
    }
}
