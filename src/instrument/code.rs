//! Personal codes, which identify a respondent, an interviewer or a coder. Owns which texts are valid; refuses spaces, so that
//! no name is taken for a code.

/// The longest code, in characters.
pub const LONGEST_CODE: usize = 40;

/// Whether `text` can be the code of a person.
pub fn is_code(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

/// Whether `text` may become a new code: a leading hyphen would read as a flag, and dots as a folder. Older files may hold such
/// codes, and stay readable.
pub fn is_new_code(text: &str) -> bool {
    is_code(text) && text.starts_with(char::is_alphanumeric)
}

/// Prefix of a generated code, for a respondent whose table has none.
const MADE: &str = "I-";

/// A generated code for a respondent whose table has none, from a hash of their row's name.
pub fn made_code(hash: &str) -> String {
    format!("{MADE}{}", hash.get(..8).unwrap_or_default())
}

/// Whether a code is one of [`made_code`].
pub fn is_made_code(code: &str) -> bool {
    code.strip_prefix(MADE).is_some_and(|rest| rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}
