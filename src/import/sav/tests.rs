//! A file made by hand from the description of the format, read whole, cut and changed anywhere.

use super::*;

/// A file in the simple form, made by hand from the description of the format: a number with labels and a missing value, a day, and a text.
struct Written(Vec<u8>);

impl Written {
    fn ints(&mut self, numbers: &[i32]) -> &mut Self {
        numbers.iter().for_each(|number| self.0.extend(number.to_be_bytes()));
        self
    }

    fn double(&mut self, number: f64) -> &mut Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    fn text(&mut self, text: &[u8], width: usize) -> &mut Self {
        self.0.extend(text);
        self.0.extend(vec![b' '; width - text.len()]);
        self
    }
}

fn by_hand(cases: i32) -> Vec<u8> {
    let mut file = Written(b"$FL2".to_vec());
    file.text(b"by hand", 60).ints(&[2, 4, 0, 0, cases]).double(100.0).text(b"", 9 + 8 + 64 + 3);
    // A number: one value is declared missing.
    file.ints(&[2, 0, 1, 1, 5 << 16, 5 << 16]).text(b"WARM", 8).ints(&[9]).text(b"How warm?", 12).double(9.0);
    file.ints(&[2, 0, 0, 0, 20 << 16, 20 << 16]).text(b"DAY", 8);
    file.ints(&[2, 10, 0, 0, 1 << 16, 1 << 16]).text(b"WORDS", 8).ints(&[2, -1, 0, 0, 0, 0]).text(b"", 8);
    file.ints(&[3, 1]).double(1.0).text(b"\x04cold", 8).ints(&[4, 1, 1]);
    file.ints(&[7, 3, 4, 8, 0, 0, 0, 0, 0, 0, 0, 1252]);
    let names = b"WARM=warmth_now\tWORDS=words";
    file.ints(&[7, 13, 1, names.len() as i32]).text(names, names.len());
    file.ints(&[999, 0]);
    // 4 March 2026.
    let day = (DAYS_TO_1970 + 20_516) as f64 * 86_400.0;
    file.double(1.0).double(day).text(b"caf\xe9 \x80", 16);
    file.double(9.0).double(-f64::MAX).text(b"", 16);
    file.double(2.5).double(day).text(b"0123456789", 16);
    file.0
}

#[test]
fn labels_days_missing_values_and_accents_come_over() {
    let table = read(&by_hand(3)).unwrap();
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["warmth_now", "DAY", "words"]);
    assert_eq!(table.columns[0].label, "How warm?");
    assert_eq!(table.columns[0].values, BTreeMap::from([("1".to_owned(), "cold".to_owned())]));
    assert_eq!(table.columns[0].declared_missing, BTreeMap::from([("9".to_owned(), 1)]));
    let expected = [["1", "2026-03-04", "café €"], ["", "", ""], ["2.5", "2026-03-04", "0123456789"]];
    assert_eq!(table.rows, expected);
    // Where the number of cases is not known, they end with the file.
    assert_eq!(read(&by_hand(-1)).unwrap().rows.len(), 3);
}

#[test]
fn a_file_that_is_none_or_was_cut_is_refused_and_never_half_read() {
    let whole = by_hand(3);
    for end in 0..whole.len() {
        let why = read(&whole[..end]).unwrap_err();
        assert!(why.contains("ends in the middle") || why.contains("of the 3 cases"), "{end}: {why}");
    }
    assert!(read(&by_hand(4)).unwrap_err().contains("3 of the 4 cases"));
    let mut other = whole.clone();
    other[64..68].copy_from_slice(&7_i32.to_be_bytes());
    assert!(read(&other).is_err() && !is_sav(b"PK\x03\x04"));
    // Whatever stands at any place, nothing panics.
    for at in 0..whole.len() {
        for byte in [0x00, 0x7f, 0xff] {
            let mut other = whole.clone();
            other[at] = byte;
            let _ = read(&other);
        }
    }
}
