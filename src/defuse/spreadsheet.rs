//! Texts that a spreadsheet would run as formulas. Owns the apostrophe in front of them, and taking it away again.

use std::borrow::Cow;

/// Characters that make a spreadsheet take what follows for a formula, also in the wide forms of East Asian keyboards.
pub const RUNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text with an apostrophe in front if a spreadsheet would run it. A text that begins with apostrophes and then such a
/// character gets one as well, so that [`unguarded`] always gives the text back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if runs(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text without the apostrophe that [`guarded`] put in front of it.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(text)
}

fn runs(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(RUNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_is_guarded_and_can_be_read_back() {
        for text in ["=1+1", "+31 6", "-5", "@SUM", "\tx", "\rx", "'=1", "''-", "＝1", "\n=1"] {
            let safe = guarded(text);
            assert!(safe.starts_with('\''), "{text}");
            assert_eq!(unguarded(&safe), text);
        }
        for text in ["", "a=1", "'tis", "5 - 3", " =1"] {
            assert_eq!((&*guarded(text), unguarded(text)), (text, text));
        }
    }
}
