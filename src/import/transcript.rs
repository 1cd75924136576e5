//! Transcripts of other programs: plain text, WebVTT, SubRip and Word. Owns which parts of an untrusted file are words, who
//! says them and when, and that every part not imported unchanged gets a remark with its place. Refuses to guess a speaker whom
//! the file does not name, and to judge what was said.

use encoding_rs::{Encoding, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

use crate::coding::Transcript;

mod cues;
mod docx;
mod labels;
mod speakers;
mod text;
mod time;

/// The most that a file may have, in bytes.
pub const FILE: u64 = 32 << 20;
/// The most text that is read of one, in bytes: a day of speech.
const TEXT: usize = 4 << 20;

/// A transcript as it was read, with remarks on what was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadTranscript {
    /// What it is, in a word: `text`, `WebVTT`, `SubRip`, `Word`.
    pub kind: &'static str,
    /// What was said.
    pub transcript: Transcript,
    /// What was left out or changed, with places.
    pub remarks: Vec<String>,
}

/// An utterance whose speaker is not yet known.
#[derive(Debug, Clone, Default, PartialEq)]
struct Piece {
    /// Its place in the file: `line 3`, `paragraph 3`.
    place: String,
    /// The speaker, where the format has a field for that.
    speaker: Option<String>,
    start: Option<u64>,
    end: Option<u64>,
    text: String,
    /// Whether a dash marks a change of speaker.
    changes: bool,
}

/// The result of reading one format.
#[derive(Debug, Default)]
struct Pieces {
    pieces: Vec<Piece>,
    /// Whether pieces are cues of a recording, which split sentences.
    cues: bool,
    remarks: Vec<String>,
}

/// Reads a transcript; `named` are labels that the user declares to be speakers, `source` is the hash of the file.
///
/// # Errors
/// The file is of another kind or too large, or contains no words.
pub fn read(bytes: &[u8], named: &[String], source: String) -> Result<ReadTranscript, String> {
    if bytes.starts_with(b"PK") {
        return taken("Word", docx::read(bytes)?, named, source);
    }
    let (text, remark) = decoded(bytes)?;
    let (kind, mut pieces) = match cues::kind(&text) {
        Some(kind) => (kind, cues::read(&text)),
        None => ("text", text::read(&text)),
    };
    pieces.remarks.splice(0..0, remark);
    taken(kind, pieces, named, source)
}

fn taken(
    kind: &'static str,
    pieces: Pieces,
    named: &[String],
    source: String,
) -> Result<ReadTranscript, String> {
    let mut pieces = pieces;
    for piece in &mut pieces.pieces {
        piece.text = composed(&piece.text);
        piece.speaker = piece.speaker.as_deref().map(composed);
    }
    let named: Vec<String> = named.iter().map(|label| composed(label)).collect();
    let length: usize = pieces.pieces.iter().map(|piece| piece.text.len()).sum();
    if length > TEXT {
        return Err(format!("it holds more than {} MB of words, which is the most that is read", TEXT >> 20));
    }
    let mut remarks = pieces.remarks;
    let (speakers, turns) = speakers::turns(pieces.pieces, pieces.cues, &named, &mut remarks);
    let transcript = Transcript { source, no_ratings: false, speakers, turns };
    match transcript.is_sound() {
        true => Ok(ReadTranscript { kind, transcript, remarks }),
        false => Err("nothing is said in it".into()),
    }
}

/// Magic numbers of files that are not transcripts, with their kinds.
const OTHERS: [(&[u8], &str); 8] = [
    (b"%PDF", "it is a PDF: save the transcript as .docx or .txt"),
    (b"{\\rtf", "it is rich text (.rtf): save it as .docx or .txt"),
    (
        &[0xd0, 0xcf, 0x11, 0xe0],
        "it is a file of an old Word (.doc), or one with a password: save it as .docx without one",
    ),
    (b"RIFF", "it is a recording, and no transcript of one"),
    (b"ID3", "it is a recording, and no transcript of one"),
    (b"OggS", "it is a recording, and no transcript of one"),
    (b"fLaC", "it is a recording, and no transcript of one"),
    (b"\x1f\x8b", "it is compressed: unpack it first"),
];

/// The text of a file, and a remark where its encoding had to be guessed.
fn decoded(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    if let Some((_, what)) = OTHERS.iter().find(|(begins, _)| bytes.starts_with(begins)) {
        return Err((*what).to_owned());
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        let remark = broken.then(|| {
            format!("it says that it is {}, and some of it is not: � stands there", encoding.name())
        });
        return whole(text.into_owned()).map(|text| (text, remark));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => whole(text.to_owned()).map(|text| (text, None)),
        Err(why) => {
            let line = bytes[..why.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            let (text, _, _) = WINDOWS_1252.decode(bytes);
            let remark = format!(
                "line {line} is not UTF-8; the file was read as Windows-1252 (save it as UTF-8 if letters are wrong)"
            );
            whole(text.into_owned()).map(|text| (text, Some(remark)))
        }
    }
}

/// Composes accents with their letters (NFC), so that names can be compared.
fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Normalises line ends; an error where it is not text.
fn whole(text: String) -> Result<String, String> {
    match text.find('\0') {
        Some(at) => Err(format!("it is no text: byte {} is a zero", at + 1)),
        None => Ok(text.replace("\r\n", "\n").replace('\r', "\n")),
    }
}

#[cfg(test)]
mod tests;
