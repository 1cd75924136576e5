//! Plain text: a line is a turn, or continues the previous one where the file names its speakers. Owns times before lines;
//! refuses to join lines that the file does not join.

use super::{Piece, Pieces, cues, time};

pub(super) fn read(text: &str) -> Pieces {
    let pieces = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let pieces = pieces.map(|(number, line)| piece(format!("line {}", number + 1), line));
    Pieces { pieces: pieces.collect(), ..Pieces::default() }
}

/// A line or paragraph with the time before it; a pair of times alone belongs to the text below it.
pub(super) fn piece(place: String, line: &str) -> Piece {
    if let Some((start, end)) = cues::times(line.trim()).filter(|_| line.split_whitespace().count() == 3) {
        return Piece { place, start: Some(start), end: Some(end), ..Piece::default() };
    }
    let (start, words) = time::before(line);
    Piece { place, start, text: words.to_owned(), ..Piece::default() }
}
