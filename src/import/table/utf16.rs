//! Tables in UTF-16, as Qualtrics writes its TSV: read as UTF-8, piece by piece. Owns that the mark of byte order alone says so; refuses what
//! is not what its mark says.

use std::io::{Cursor, Error, ErrorKind, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// The bytes of a file as UTF-8, where its mark says that they are UTF-16; else as they are.
pub(super) fn as_utf_8(mut input: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>, Error> {
    let mut first = Vec::new();
    input.by_ref().take(3).read_to_end(&mut first)?;
    let encoding = Encoding::for_bom(&first).map(|(encoding, _)| encoding).filter(|known| *known != UTF_8);
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(first).chain(input));
    Ok(match encoding {
        None => whole,
        Some(encoding) => Box::new(Utf16Text {
            input: whole,
            decoder: encoding.new_decoder_with_bom_removal(),
            name: encoding.name(),
            text: Cursor::default(),
            is_over: false,
        }),
    })
}

struct Utf16Text {
    input: Box<dyn Read + Send>,
    decoder: Decoder,
    name: &'static str,
    /// What was decoded and not yet read.
    text: Cursor<String>,
    is_over: bool,
}

impl Read for Utf16Text {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Error> {
        loop {
            let count = self.text.read(into)?;
            if count > 0 || into.is_empty() || self.is_over {
                return Ok(count);
            }
            let mut bytes = [0; 1 << 14];
            let count = self.input.read(&mut bytes)?;
            self.is_over = count == 0;
            let most = self.decoder.max_utf8_buffer_length(count).unwrap_or(4 * bytes.len());
            let mut text = String::with_capacity(most);
            let (result, _, broken) = self.decoder.decode_to_string(&bytes[..count], &mut text, self.is_over);
            if broken || result == CoderResult::OutputFull {
                let what = format!("it says that it is {}, and some of it is not", self.name);
                return Err(Error::new(ErrorKind::InvalidData, what));
            }
            self.text = Cursor::new(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: Vec<u8>) -> Result<String, Error> {
        let mut text = String::new();
        as_utf_8(Box::new(Cursor::new(bytes)))?.read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn utf_16_is_read_by_its_mark() {
        let text = format!("who\tstory\nR1\t{}", "Zoë 😀 ".repeat(9000));
        let little: Vec<u8> = "\u{feff}"
            .chars()
            .chain(text.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = little.chunks(2).flat_map(|unit| [unit[1], unit[0]]).collect();
        assert_eq!(read(little.clone()).unwrap(), text);
        assert_eq!(read(big).unwrap(), text);
        assert_eq!(read(b"a,b".to_vec()).unwrap(), "a,b");
        assert_eq!(read("\u{feff}a".into()).unwrap(), "\u{feff}a");
        let cut = read(little[..little.len() - 1].to_vec()).unwrap_err().to_string();
        assert_eq!(cut, "it says that it is UTF-16LE, and some of it is not");
        assert!(read(vec![0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00]).is_err());
    }
}
