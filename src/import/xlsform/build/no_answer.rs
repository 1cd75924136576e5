//! Options that are not points of a scale. Owns which words mean "no answer", and which numbers are consecutive: any other
//! option is a point, unless its number is apart from the others.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::super::form::ListChoice;

/// Words for no answer, as they stand alone, without signs and in small letters. Words that may be the middle of a scale, such
/// as *no opinion* and *not sure*, are not among them.
const NO_ANSWER: &[&str] = &[
    // English
    "dont know",
    "do not know",
    "doesnt know",
    "does not know",
    "i dont know",
    "i do not know",
    "dk",
    "not applicable",
    "does not apply",
    "doesnt apply",
    "na",
    "n a",
    "no answer",
    "no response",
    "refused",
    "refused to answer",
    "refuse to answer",
    "refusal",
    "prefer not to answer",
    "prefer not to say",
    "i prefer not to say",
    "i prefer not to answer",
    "prefer not to respond",
    "cant say",
    "cannot say",
    "not applicable to me",
    "would rather not say",
    "missing",
    // Dutch
    "weet niet",
    "weet ik niet",
    "ik weet het niet",
    "weet het niet",
    "niet van toepassing",
    "nvt",
    "n v t",
    "geen antwoord",
    "weigert",
    "weigering",
    "geweigerd",
    "wil niet antwoorden",
    "wil niet zeggen",
    "wil ik niet zeggen",
    "zeg ik liever niet",
    "liever niet zeggen",
    // German, French, Spanish, Portuguese
    "weiß nicht",
    "weiss nicht",
    "trifft nicht zu",
    "keine angabe",
    "k a",
    "ne sait pas",
    "je ne sais pas",
    "non applicable",
    "sans objet",
    "pas de réponse",
    "no sabe",
    "no sé",
    "no aplica",
    "no contesta",
    "não sabe",
    "não sei",
    "não se aplica",
    "não responde",
];

/// The middle of one scale, but not a point of another.
const UNSURE: &[&str] = &[
    "no opinion",
    "not sure",
    "im not sure",
    "unsure",
    "undecided",
    "cannot say",
    "cant say",
    "hard to say",
    "geen mening",
    "geen oordeel",
    "niet zeker",
    "weet het niet zeker",
    "kan ik niet zeggen",
];

/// Whether an option means "no answer": by its label in some language, or by its name where it has no label.
pub(super) fn is_said(choice: &ListChoice) -> bool {
    any_label(choice, |text| says(text, NO_ANSWER))
}

/// Whether an option may mean it, at the end of a scale.
pub(super) fn may_be_said(choice: &ListChoice) -> bool {
    any_label(choice, |text| says(text, UNSURE))
}

fn any_label(choice: &ListChoice, holds: impl Fn(&str) -> bool) -> bool {
    let mut labels = choice.label.iter().map(|(_, said)| said.as_str());
    if choice.label.is_empty() { holds(&choice.name.replace('_', " ")) } else { labels.any(holds) }
}

fn says(text: &str, words: &[&str]) -> bool {
    // "Don't know / refused" and "Not applicable (no children)" begin with it.
    let parts = text.split(['/', '(', ',', ';', '|', ':']);
    let known = |part: &str| words.contains(&plain(part).as_str());
    known(text) || parts.into_iter().find(|part| !plain(part).is_empty()).is_some_and(known)
}

/// Words alone: no signs, no numbers, small letters.
fn plain(text: &str) -> String {
    let letters = text.to_lowercase().replace(['\'', '’', '‘', '`'], "");
    let letters: String = letters.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The consecutive numbers, where they are all or most of them: a few apart from them are codes.
pub(super) fn row(numbers: &[i64]) -> Option<RangeInclusive<i64>> {
    let apart: BTreeSet<i64> = numbers.iter().copied().collect();
    if apart.len() != numbers.len() {
        return None;
    }
    let mut longest: Option<RangeInclusive<i64>> = None;
    let mut run: Option<RangeInclusive<i64>> = None;
    let length = |run: &RangeInclusive<i64>| run.end().abs_diff(*run.start()).saturating_add(1);
    for number in apart {
        let begins = match &run {
            Some(run) if run.end().checked_add(1) == Some(number) => *run.start(),
            _ => number,
        };
        let now = begins..=number;
        if longest.as_ref().is_none_or(|longest| length(&now) > length(longest)) {
            longest = Some(now.clone());
        }
        run = Some(now);
    }
    let count = numbers.len() as u64;
    longest.filter(|longest| length(longest) == count || length(longest) >= 3 && 2 * length(longest) > count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_no_answer_are_known_and_points_are_not_taken_for_them() {
        for text in [
            "Don't know",
            "Don’t know / not sure",
            "99. Do not know",
            "N/A",
            "DK",
            "Not applicable (no children)",
            "Refused",
            "Prefer not to say",
            "Weet niet",
            "Weet ik niet",
            "N.v.t.",
            "Niet van toepassing",
            "Geen antwoord",
            "Wil ik niet zeggen",
        ] {
            assert!(says(text, NO_ANSWER), "{text}");
        }
        for text in [
            "Neither agree nor disagree",
            "Not at all applicable",
            "Not sure",
            "No opinion",
            "Helemaal niet van toepassing",
            "Geen mening",
            "No",
            "5",
            "",
            "I know",
        ] {
            assert!(!says(text, NO_ANSWER), "{text}");
        }
        assert_eq!(["Not sure", "Geen mening", "No"].map(|text| says(text, UNSURE)), [true, true, false]);
    }

    #[test]
    fn numbers_stand_in_a_row_and_codes_apart_from_it() {
        assert_eq!(row(&[3, 1, 2]), Some(1..=3));
        assert_eq!(row(&[1, 0]), Some(0..=1));
        assert_eq!(row(&[1, 2, 3, 4, 5, 99]), Some(1..=5));
        assert_eq!(row(&[-9, 0, 1, 2, 3, 88, 99]), Some(0..=3));
        for none in [&[10, 20, 30][..], &[1, 2, 4, 5], &[1, 2, 2], &[1, 2, 9], &[], &[i64::MIN, i64::MAX]] {
            assert_eq!(row(none), None, "{none:?}");
        }
    }
}
