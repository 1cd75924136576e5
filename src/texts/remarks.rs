//! Counts and lists in remarks of commands, which are English alone.

/// "1 session", "2 sessions".
pub fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Most of many things that a sentence names.
pub const NAMED: usize = 12;

/// Names in a sentence, shortened.
pub fn list(names: &[String]) -> String {
    some(names.iter().map(|name| format!("`{name}`")), NAMED)
}

/// The first `most` things in a sentence, and how many more there are: "1, 2 and 3 more".
pub fn some<T: ToString>(all: impl ExactSizeIterator<Item = T>, most: usize) -> String {
    let more = all.len().saturating_sub(most);
    let shown = all.take(most).map(|one| one.to_string()).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
