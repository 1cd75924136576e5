//! Times of a recording as transcripts write them. Owns their forms; refuses anything else.

/// `1:02:03.456`, `02:03,4`, `62:03` in milliseconds; none for anything else.
pub(super) fn read(text: &str) -> Option<u64> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let digits =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
        return None;
    }
    let mut seconds = 0_u64;
    for (place, part) in parts.iter().enumerate() {
        let number: u64 = part.parse().ok()?;
        if place > 0 && number > 59 {
            return None;
        }
        seconds = seconds * 60 + number;
    }
    let thousandths = match fraction {
        None => 0,
        Some(fraction)
            if !fraction.is_empty()
                && fraction.len() <= 9
                && fraction.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("{fraction:0<3}").get(..3)?.parse().ok()?
        }
        Some(_) => return None,
    };
    Some(seconds * 1_000 + thousandths)
}

/// A time that stands before words, in brackets of some kind or with hours, minutes and seconds; and the words.
pub(super) fn before(text: &str) -> (Option<u64>, &str) {
    let text = text.trim();
    for (open, close) in [('[', ']'), ('(', ')'), ('<', '>')] {
        if let Some((inside, rest)) = text.strip_prefix(open).and_then(|rest| rest.split_once(close))
            && let Some(time) = read(inside.trim())
        {
            return (Some(time), rest.trim_start());
        }
    }
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let full = word.matches(':').count() == 2;
    match read(word).filter(|_| full) {
        Some(time) => (Some(time), rest.trim_start_matches(['-', '–']).trim_start()),
        None => (None, text),
    }
}

/// A time in brackets that stands behind a name; and the name.
pub(super) fn behind(text: &str) -> (Option<u64>, &str) {
    let text = text.trim();
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some((name, inside)) = text.strip_suffix(close).and_then(|rest| rest.rsplit_once(open))
            && let Some(time) = read(inside.trim())
        {
            return (Some(time), name.trim_end());
        }
    }
    (None, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_what_is_none() {
        let times =
            [("1:02:03.456", 3_723_456), ("02:03,4", 123_400), ("62:03", 3_723_000), ("0:0:3", 3_000)];
        for (text, milliseconds) in times {
            assert_eq!(read(text), Some(milliseconds), "{text}");
        }
        for other in ["", "12", "1:60", "1:2:3:4", "a:b", "-1:00", "1:00.", "99999:00", "1:00.x"] {
            assert_eq!(read(other), None, "{other}");
        }
        assert_eq!(before("[00:12] I: yes"), (Some(12_000), "I: yes"));
        assert_eq!(before("00:00:12 – yes"), (Some(12_000), "yes"));
        // The time of day is not a time of a recording.
        assert_eq!(before("12:30 we left"), (None, "12:30 we left"));
        assert_eq!(behind("Jan (0:12)"), (Some(12_000), "Jan"));
        assert_eq!(behind("Jan (sales)"), (None, "Jan (sales)"));
    }
}
