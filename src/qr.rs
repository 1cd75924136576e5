//! Codes that a camera reads: an address for a phone, the number of a sheet of paper for a scanner. Owns which squares are dark;
//! refuses to know who draws them.

use qrcodegen::QrCodeEcc;

/// A code as dark and light squares, with the margin that cameras need around it left to whoever draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    /// Rows of squares; true is dark.
    pub rows: Vec<Vec<bool>>,
}

impl QrCode {
    /// The code of a text, an address say; none where it is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = qrcodegen::QrCode::encode_text(&shortest(text), QrCodeEcc::Medium).ok()?;
        let side = 0..code.size();
        Some(Self {
            rows: side.clone().map(|y| side.clone().map(|x| code.get_module(x, y)).collect()).collect(),
        })
    }

    /// The squares as one path of a drawing whose unit is a square.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.rows.iter().enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        path
    }
}

/// In capitals an address takes fewer squares. Scheme and host are the same in both; a path is not, unless it is in capitals already.
fn shortest(url: &str) -> String {
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    if path.chars().any(|c| c.is_ascii_lowercase()) { url.to_owned() } else { url.to_uppercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_code_in_capitals_is_a_small_picture() {
        assert_eq!(shortest("http://192.168.178.23:7878/K7Q2"), "HTTP://192.168.178.23:7878/K7Q2");
        assert_eq!(shortest("https://x.org/p/ab"), "https://x.org/p/ab");
        let code = QrCode::of("http://192.168.178.23:7878/K7Q2").unwrap();
        assert_eq!((code.rows.len(), code.rows[0].len()), (25, 25));
        assert!(code.path().starts_with("M0 0h1v1h-1z"), "the corner is dark");
    }
}
