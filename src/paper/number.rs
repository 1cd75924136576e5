//! Sheet numbers such as `NL-7KQ4-012-M`: the language printed, a batch drawn at random when printing, the number within it, and a
//! check character that detects every typing slip, and 30 of 31 sheets of another text.

use std::fmt;

use crate::instrument::{Instrument, Language};

/// Letters and digits that are not mistaken for one another. Their number is prime, so that every wrong and every swapped character
/// is detected.
pub const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// Characters in a batch name.
const BATCH: usize = 4;

/// A sheet number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetNumber {
    /// The language of the print.
    pub language: Language,
    /// The batch, shared by all sheets of one print run.
    pub batch: String,
    /// The number within the batch, from 1.
    pub place: u32,
    check: char,
}

/// Why a text is not a sheet number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistyped {
    /// It does not have the form of one.
    Form,
    /// Its check character does not match: a typing error, or a sheet of another text.
    Check,
    /// The code beside it shows that another text was printed; holds the beginning of that text's hash.
    OtherText(String),
    /// Only the end of a number, with no sheet before it to supply the beginning.
    NothingBefore,
}

impl SheetNumber {
    /// The number of one sheet in a batch.
    pub fn new(instrument: &Instrument, language: &Language, batch: &str, place: u32) -> Self {
        let check = check(instrument, language, batch, place);
        Self { language: language.clone(), batch: batch.to_owned(), place, check }
    }

    /// Derives a batch name from random bits.
    pub fn batch(bits: &[u8]) -> String {
        let drawn = bits.iter().take(BATCH).map(|bits| ALPHABET[usize::from(*bits) % ALPHABET.len()]);
        drawn.map(char::from).collect()
    }

    /// Whether a text has the form of a batch name.
    pub fn is_batch(text: &str) -> bool {
        text.len() == BATCH && text.bytes().all(|c| ALPHABET.contains(&c))
    }

    /// Parses a number that was typed, or scanned from the sheet's QR code. A short form such as `12M` is a sheet of the same batch
    /// as `before`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn read(text: &str, instrument: &Instrument, before: Option<&Self>) -> Result<Self, Mistyped> {
        let text = text.trim().to_uppercase();
        if let Some((number, hash)) = text.strip_prefix("RELATA/").and_then(|rest| rest.split_once('/')) {
            if !instrument.hash.eq_ignore_ascii_case(hash) {
                return Err(Mistyped::OtherText(hash.to_lowercase().chars().take(16).collect()));
            }
            return Self::read(number, instrument, before);
        }
        let plain: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let Some(check) = plain.chars().next_back() else { return Err(Mistyped::Form) };
        let rest = plain.strip_suffix(check).unwrap_or_default();
        let place = |digits: &str| digits.parse::<u32>().ok().filter(|place| *place > 0);
        if rest.bytes().all(|c| c.is_ascii_digit()) && !rest.is_empty() {
            let before = before.ok_or(Mistyped::NothingBefore)?;
            let place = place(rest).ok_or(Mistyped::Form)?;
            let number = Self::new(instrument, &before.language, &before.batch, place);
            return if number.check == check { Ok(number) } else { Err(Mistyped::Check) };
        }
        let mut known = instrument.languages.iter().filter_map(|language| {
            let tag = letters(language);
            let rest = rest.strip_prefix(tag.as_str())?;
            let (batch, digits) = rest.split_at_checked(BATCH)?;
            let place = place(digits).filter(|_| Self::is_batch(batch))?;
            Some(Self::new(instrument, language, batch, place))
        });
        // One language tag may be a prefix of another; the check character tells which was printed.
        let Some(first) = known.next() else { return Err(Mistyped::Form) };
        let fits = |number: &Self| number.check == check;
        if fits(&first) { Ok(first) } else { known.find(fits).ok_or(Mistyped::Check) }
    }

    /// The content of a sheet's QR code, in capitals, which need fewer modules.
    pub fn in_code(&self, instrument: &Instrument) -> String {
        format!("RELATA/{self}/{}", instrument.hash).to_uppercase()
    }

    /// The respondent's code if the sheet has no other.
    pub fn respondent(&self) -> String {
        format!("{}-{:03}", self.batch, self.place)
    }
}

/// A language tag in the form used in a number.
fn letters(language: &Language) -> String {
    language.as_str().chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

fn check(instrument: &Instrument, language: &Language, batch: &str, place: u32) -> char {
    let of_alphabet = |c: u8| ALPHABET.iter().position(|known| *known == c).unwrap_or(0);
    let language = letters(language).into_bytes().into_iter().map(|c| usize::from(c.saturating_sub(b'A')));
    let batch = batch.bytes().map(of_alphabet);
    let place = format!("{place:06}").into_bytes().into_iter().map(|c| usize::from(c - b'0'));
    // The text itself is included, so that a sheet is not entered into another version.
    let text = instrument.hash.get(..6).and_then(|hash| usize::from_str_radix(hash, 16).ok()).unwrap_or(0);
    let sum =
        language.chain(batch).chain(place).zip(1..).map(|(value, weight): (usize, usize)| value * weight);
    let sum: usize = sum.sum::<usize>() + text;
    char::from(ALPHABET[sum % ALPHABET.len()])
}

impl fmt::Display for SheetNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:03}-{}", letters(&self.language), self.batch, self.place, self.check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::shipped;

    #[test]
    fn a_number_is_read_as_fingers_and_scanners_type_it() {
        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        let number = SheetNumber::new(&instrument, &Language::new("nl"), "7KQ4", 12);
        let shown = number.to_string();
        assert!(shown.starts_with("NL-7KQ4-012-"), "{shown}");
        let check = shown.chars().last().unwrap();
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            shown.replace('-', " "),
            format!("nl7kq412{check}"),
            number.in_code(&instrument),
        ] {
            assert_eq!(SheetNumber::read(&typed, &instrument, None), Ok(number.clone()), "{typed}");
        }
        let first = SheetNumber::new(&instrument, &Language::new("nl"), "7KQ4", 1);
        assert_eq!(SheetNumber::read(&format!("12{check}"), &instrument, Some(&first)), Ok(number.clone()));
        assert_eq!(SheetNumber::read(&format!("12{check}"), &instrument, None), Err(Mistyped::NothingBefore));
        for wrong in ["", "hello", "nl", "7KQ4-012-M", "NL-7KQ4-000-M", "FR-7KQ4-012-M"] {
            assert!(SheetNumber::read(wrong, &instrument, Some(&first)).is_err(), "{wrong}");
        }
        // A different text with the same name.
        let other = shipped::read("client-view").unwrap().instrument.unwrap();
        let code = number.in_code(&instrument);
        assert!(matches!(SheetNumber::read(&code, &other, None), Err(Mistyped::OtherText(_))));
    }

    #[test]
    fn every_wrong_and_every_swapped_character_is_found() {
        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        for place in [1, 12, 345] {
            let number = SheetNumber::new(&instrument, &Language::new("en"), "A2XZ", place);
            let typed: Vec<char> = number.to_string().replace('-', "").chars().collect();
            let read = |typed: &[char]| {
                SheetNumber::read(&typed.iter().collect::<String>(), &instrument, None).is_ok()
            };
            assert!(read(&typed));
            for at in 2..typed.len() {
                for c in ('0'..='9').chain('A'..='Z').filter(|c| *c != typed[at]) {
                    let mut wrong = typed.clone();
                    wrong[at] = c;
                    assert!(!read(&wrong), "{wrong:?}");
                }
                if at + 1 < typed.len() && typed[at] != typed[at + 1] {
                    let mut swapped = typed.clone();
                    swapped.swap(at, at + 1);
                    assert!(!read(&swapped), "{swapped:?}");
                }
            }
        }
    }

    #[test]
    fn a_batch_is_drawn_from_letters_that_nobody_confuses() {
        let batch = SheetNumber::batch(&[0, 30, 31, 255]);
        assert!(SheetNumber::is_batch(&batch) && batch.starts_with("2Z2"), "{batch}");
        assert!(!SheetNumber::is_batch("10OI") && !SheetNumber::is_batch("ABC"));
    }
}
