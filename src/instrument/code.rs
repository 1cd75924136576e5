//! The code of a person: what stands for a respondent, an interviewer or a coder. Owns which texts can be one; refuses spaces, so that a
//! name is not taken for a code.

/// The longest code, in characters.
pub const LONGEST_CODE: usize = 40;

/// Whether `text` can be the code of a person.
pub fn is_code(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

/// Whether `text` may become a new code: one that begins with a hyphen reads as a flag, and one of dots as a folder. Older files may hold
/// such codes, and stay readable.
pub fn is_new_code(text: &str) -> bool {
    is_code(text) && text.starts_with(char::is_alphanumeric)
}
