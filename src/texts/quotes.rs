//! Quotations within quotations: an answer may hold quotation marks and is itself quoted. The inner marks become single and the outer ones
//! stay double, in every language.

use std::borrow::Cow;

/// Markers around a variable's value: noncharacters, which no text contains.
const FROM: char = '\u{fdd0}';
const TO: char = '\u{fdd1}';

/// Marks that open or close a quotation, but for the single ones, which may be apostrophes.
const DOUBLE: [char; 6] = ['“', '”', '„', '‟', '"', '＂'];

/// `text` between quotation marks.
pub fn quoted(text: &str) -> String {
    format!("“{}”", inner(text))
}

/// A variable's value, marked where it holds a quotation, until [`nested`] knows its surroundings.
pub(crate) fn marked(text: &str) -> Option<String> {
    (text.contains(DOUBLE) || text.contains('‘')).then(|| format!("{FROM}{text}{TO}"))
}

/// A finished text, with single marks inside outer quotations.
pub(crate) fn nested(text: Cow<'_, str>) -> String {
    if !text.contains(FROM) {
        return text.into_owned();
    }
    let mut done = String::new();
    let mut rest = &*text;
    while let Some((before, (held, after))) =
        rest.split_once(FROM).and_then(|(before, behind)| Some((before, behind.split_once(TO)?)))
    {
        done.push_str(before);
        let around = done.chars().next_back().zip(after.chars().next());
        match around {
            Some(('“' | '"', '”' | '"')) => {
                done.push_str(&inner(held));
                rest = after;
            }
            // A language whose outer marks are single gives them up here: two single ones in a row close nothing.
            Some(('‘', '’')) => {
                done.pop();
                done.push_str(&quoted(held));
                rest = after.strip_prefix('’').unwrap_or(after);
            }
            _ => {
                done.push_str(held);
                rest = after;
            }
        }
    }
    done.push_str(rest);
    done.retain(|c| c != FROM && c != TO);
    done
}

/// The inside of a quotation, its own marks single.
fn inner(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    for c in text.chars() {
        let opens = done
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || "([{-–—/‘".contains(before));
        done.push(match c {
            '“' | '„' | '‟' => '‘',
            '”' => '’',
            '"' | '＂' if opens => '‘',
            '"' | '＂' => '’',
            other => other,
        });
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use crate::texts::Language;

    #[test]
    fn marks_within_marks_are_single_in_every_language() {
        assert_eq!(quoted("He said \"no\" (\"never\"), and “why”."), "“He said ‘no’ (‘never’), and ‘why’.”");
        assert_eq!(quoted("it’s 5 o'clock"), "“it’s 5 o'clock”");
        for language in ["en", "nl"] {
            let said = |text: &str| text!(&Language::new(language), "report-indirect-text", text);
            assert_eq!(said("zo \"lief\" en „fel”"), "“zo ‘lief’ en ‘fel’”");
            assert_eq!(said("minder ‘als een van ons’"), "“minder ‘als een van ons’”");
            let plain = said("kalm");
            assert!(plain.contains("kalm") && plain.chars().count() == 6, "{plain}");
            // Where nothing stands around it, it stays what was said.
            let shown =
                text!(&Language::new(language), "report-relation-note", question = "Q", note = "\"no\"");
            assert!(shown.ends_with(": \"no\""), "{shown}");
        }
        // A third level stays single.
        let twice = quoted(&quoted("a \"b\""));
        assert_eq!(twice, "“‘a ‘b’’”");
    }
}
