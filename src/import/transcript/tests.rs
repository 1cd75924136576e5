//! Every form with a file of its own, and what is refused.

use std::io::Write;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/transcripts/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Who says what, when; and what was remarked.
fn said(bytes: &[u8], named: &[&str]) -> (&'static str, Vec<String>, Vec<String>) {
    let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
    let taken = read(bytes, &named, "f".repeat(64)).unwrap();
    let transcript = &taken.transcript;
    let turns = transcript.turns.iter().map(|turn| {
        let who = transcript.speaker(turn).map(ToString::to_string).unwrap_or_default();
        let at = [turn.start, turn.end].map(|time| time.map(|time| time.to_string()).unwrap_or_default());
        format!("{who}|{}-{}|{}", at[0], at[1], turn.text)
    });
    (taken.kind, turns.collect(), taken.remarks.clone())
}

/// A Word document with these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn cues_of_webvtt_become_turns_and_nothing_is_lost_in_silence() {
    let (kind, turns, remarks) = said(&fixture("interview.vtt"), &[]);
    assert_eq!(kind, "WebVTT");
    assert_eq!(
        turns,
        [
            "Anna|1000-4000|Welcome. How is it going & who decides?",
            "Klant 1|4500-9250|We help each other, we do not count 3 < 4.",
            "Anna|-|And the price?",
            "|-|(door)",
            "Anna|90000-91500|Both.",
            "Klant 1|90000-91500|Yes.",
        ]
    );
    assert_eq!(
        remarks,
        [
            "line 23: `00:00:12.000 --> 00:00:11.000` ends before it begins; the words were kept without a time",
            "line 26: `nine --> ten` is not two times; the words were kept without a time",
            "2 blocks (NOTE, STYLE, REGION) left out: no words of the interview",
            "1 cue begins before the one before has ended; the order of the file was kept",
            "1 without words left out (line 20)",
        ]
    );
}

#[test]
fn cues_of_subrip_with_names_before_colons() {
    let (kind, turns, remarks) = said(&fixture("interview.srt"), &[]);
    assert_eq!((kind, remarks), ("SubRip", vec!["1 without words left out (line 15)".to_owned()]));
    assert_eq!(turns, ["I|1000-2500|How is it going?", "R|3000-6000|Fine, we help each other."]);
}

#[test]
fn lines_of_text_in_an_old_code_page() {
    let (kind, turns, remarks) = said(&fixture("interview.txt"), &[]);
    let expected = [
        "|-|Interview with the baker",
        "Jan de Vries|5000-|Hoe gaat het met het café?\nEn met de zaak?",
        "R|12000-|Goed. Het gaat om één ding:\nde prijs: die telt. € 5.\nThe point: we count.",
        "Jan de Vries|-|En dan?",
        "R|-|Om 10:30 zei hij: nee.",
    ];
    assert_eq!((kind, turns.as_slice()), ("text", &expected.map(str::to_owned)[..]));
    assert_eq!(remarks.len(), 2, "{remarks:?}");
    assert!(remarks[0].starts_with("line 3 is not UTF-8"), "{remarks:?}");
    assert!(
        remarks[1].contains("`The point` (line 8)") && remarks[1].contains("`de prijs` (line 7)"),
        "{remarks:?}"
    );
    // Who is named by a person speaks, once or not.
    let (_, turns, _) = said(&fixture("interview.txt"), &["The point"]);
    assert_eq!(turns[3], "The point|-|we count.");
}

#[test]
fn a_word_document_reads_as_it_does_when_all_changes_are_accepted() {
    let document = fixture("document.xml");
    let bytes = packed(&[("word/document.xml", &document), ("word/header1.xml", b"<w:hdr/>")]);
    let (kind, turns, remarks) = said(&bytes, &[]);
    assert_eq!(kind, "Word");
    assert_eq!(
        turns,
        [
            "I|-|How is it really going?",
            "R|-|We help & share € 5.",
            "I|-|And then?",
            "R|65000-|Nobody counts.\nNever did.\n(end)\nIn a box.",
        ]
    );
    assert_eq!(
        remarks,
        [
            "1 deletion of a tracked change: left out",
            "1 insertion of a tracked change: taken as text",
            "1 comment: left out",
            "1 picture or drawing: left out",
            "1 table: read row by row",
            "left out: the text of headers",
        ]
    );
}

#[test]
fn rows_have_their_time_first_or_last_and_further_columns_are_said() {
    let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let rows: [&[&str]; 4] = [
        &["00:00:01 - 00:00:03", "I", "How?"],
        &["R", "So.", "[00:00:04]"],
        &["I", "Why?"],
        &["R", "Because.", "MP high"],
    ];
    let table: String = rows.iter().map(|cells| row(cells)).collect();
    let document = packed(&[("word/document.xml", format!("<w:tbl>{table}</w:tbl>").as_bytes())]);
    let (_, turns, remarks) = said(&document, &[]);
    assert_eq!(turns, ["I|1000-3000|How?", "R|4000-|So.", "I|-|Why?", "R|-|Because. MP high"]);
    assert!(remarks[1].starts_with("1 row with more than a time, a name and words"), "{remarks:?}");
}

#[test]
fn lines_without_speakers_are_turns_of_their_own() {
    let (_, turns, remarks) = said("One.\n\nTwo.\n".as_bytes(), &[]);
    assert_eq!(turns, ["|-|One.", "|-|Two."]);
    assert!(remarks.len() == 1 && remarks[0].starts_with("NOBODY IS NAMED"), "{remarks:?}");
    // A name behind which nothing comes is said, wherever it stands.
    let (_, turns, remarks) = said(b"I:\nR:\nyes\nI: and?\nR:\n", &[]);
    assert_eq!(turns, ["R|-|yes", "I|-|and?"]);
    assert_eq!(remarks, ["2 without words left out (line 1, line 5)"]);
    // As Windows writes a text of two bytes a letter.
    let wide: Vec<u8> = "\u{feff}I: één\r\nR: twee".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(said(&wide, &[]).1, ["I|-|één", "R|-|twee"]);
    // Whoever speaks for an hour is read in parts, each to the end of a sentence.
    let cue = |n: usize| {
        format!("{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nR: {}.\n\n", "word ".repeat(40).trim())
    };
    let long: String = (1..10).map(cue).collect();
    let (_, turns, _) = said(long.as_bytes(), &[]);
    assert!(
        (2..9).contains(&turns.len())
            && turns.iter().all(|turn| turn.starts_with("R|") && turn.ends_with('.'))
    );
}

#[test]
fn every_line_of_a_cue_may_name_somebody_and_a_dash_names_nobody() {
    let cue = |words: &str| format!("1\n00:00:01,000 --> 00:00:02,000\n{words}\n\n");
    let (_, turns, remarks) = said(cue("R: Good,\nreally.\nI: Really?\nR: Yes!").as_bytes(), &[]);
    assert_eq!(turns, ["R|1000-2000|Good, really.", "I|1000-2000|Really?", "R|1000-2000|Yes!"]);
    assert_eq!(remarks, Vec::<String>::new());
    let (_, turns, _) = said(cue("{\\an8}R: Good {of \\ all} {\\i1}things{\\i0}.").as_bytes(), &[]);
    assert_eq!(turns, ["R|1000-2000|Good {of \\ all} things."]);
    let two = format!("{}{}", cue("R: Good."), cue("- Good.\n- Yes?"));
    let (_, turns, remarks) = said(two.as_bytes(), &[]);
    assert_eq!(turns, ["R|1000-2000|Good.", "|1000-2000|Good.", "|1000-2000|Yes?"]);
    assert!(remarks.iter().any(|said| said.starts_with("2 turns behind a dash")), "{remarks:?}");
}

#[test]
fn what_looks_like_a_name_and_is_none_is_said_and_a_person_may_say_that_it_is_one() {
    let text = "I: How?\nVries, Jan de: So.\nI: Why?\nVries, Jan de: Because.\n";
    let (_, turns, remarks) = said(text.as_bytes(), &[]);
    assert_eq!(turns, ["I|-|How?\nVries, Jan de: So.", "I|-|Why?\nVries, Jan de: Because."]);
    assert!(remarks[0].contains("`Vries, Jan de` (2 times, first line 2)"), "{remarks:?}");
    let (_, turns, remarks) = said(text.as_bytes(), &["Vries, Jan de"]);
    assert_eq!(turns, ["I|-|How?", "Vries, Jan de|-|So.", "I|-|Why?", "Vries, Jan de|-|Because."]);
    assert_eq!(remarks, Vec::<String>::new());
    let (_, turns, _) =
        said(b"[SPEAKER_00]: one\n[SPEAKER_01]: two\n[SPEAKER_00]: three\n[SPEAKER_01]: four\n", &[]);
    assert_eq!(turns, ["SPEAKER_00|-|one", "SPEAKER_01|-|two", "SPEAKER_00|-|three", "SPEAKER_01|-|four"]);
}

#[test]
fn names_beside_times_and_on_lines_of_their_own() {
    let (_, turns, _) =
        said(b"Jan Boer  0:00\nHow?\n\nR. Smit  0:04\nSo.\n\nJan Boer  0:09\nWhy?\nR. Smit 0:12\nNo.\n", &[]);
    assert_eq!(turns, ["Jan Boer|0-|How?", "R. Smit|4000-|So.", "Jan Boer|9000-|Why?", "R. Smit|12000-|No."]);
    let alone = b"INTERVIEWER\nHow?\nRESPONDENT\nSo.\nINTERVIEWER\nWhy?\nRESPONDENT\nNo.\n";
    let (_, turns, remarks) = said(alone, &[]);
    assert_eq!(turns.len(), 8);
    assert!(remarks[0].starts_with("NOBODY IS NAMED"), "{remarks:?}");
    assert!(remarks[1].contains("`INTERVIEWER` (2 times, first line 1), `RESPONDENT`"), "{remarks:?}");
    let (_, turns, remarks) = said(alone, &["INTERVIEWER", "RESPONDENT"]);
    assert_eq!(turns, ["INTERVIEWER|-|How?", "RESPONDENT|-|So.", "INTERVIEWER|-|Why?", "RESPONDENT|-|No."]);
    assert_eq!(remarks, Vec::<String>::new());
    let (_, turns, _) = said(b"Leader\tHow?\nGuest\tSo.\n", &["Leader", "Guest"]);
    assert_eq!(turns, ["Leader|-|How?", "Guest|-|So."]);
    // A line of two times is of what stands below it.
    let paragraphs = ["0:0:0.0 --&gt; 0:0:4.20", "Jan Boer", "How?", "00:00:05 Guest", "So."];
    let paragraphs: String =
        paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
    let document = packed(&[("word/document.xml", paragraphs.as_bytes())]);
    let (_, turns, _) = said(&document, &["Jan Boer", "Guest"]);
    assert_eq!(turns, ["Jan Boer|0-|How?", "Guest|5000-|So."]);
}

#[test]
fn what_is_no_transcript_is_refused_with_the_reason() {
    let document = |xml: &str| packed(&[("word/document.xml", xml.as_bytes())]);
    let deep = format!("{}{}", "<w:p>".repeat(400), "</w:p>".repeat(400));
    let bomb = packed(&[("word/document.xml", &vec![b' '; 65 << 20])]);
    assert!(bomb.len() < 1 << 20);
    let cases: [(Vec<u8>, &str); 14] = [
        (b"%PDF-1.7".to_vec(), "it is a PDF"),
        (b"{\\rtf1".to_vec(), "rich text"),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1], "an old Word (.doc), or one with a password"),
        (b"RIFF....WAVE".to_vec(), "a recording"),
        (b"some\0thing".to_vec(), "byte 5 is a zero"),
        (b"  \r\n\r\n".to_vec(), "nothing is said in it"),
        (b"WEBVTT\n\n".to_vec(), "nothing is said in it"),
        (b"PK\x03\x04nonsense".to_vec(), "the document is damaged"),
        (packed(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "LibreOffice"),
        (packed(&[("xl/workbook.xml", b"<w/>")]), "no Word document"),
        (document("<!DOCTYPE a [<!ENTITY b 'c'>]><w:p><w:r><w:t>&b;</w:t></w:r></w:p>"), "a document type"),
        (document("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"), "an entity"),
        (document(&deep), "too deep"),
        (bomb, "larger than 64 MB"),
    ];
    for (bytes, why) in cases {
        let said = read(&bytes, &[], String::new()).unwrap_err();
        assert!(said.contains(why), "{why}: {said}");
    }
    assert!(read(&document("<w:p><w:r><w:t>cut"), &[], String::new()).is_err());
}

#[test]
fn whatever_is_read_holds_together() {
    // Every fixture cut off at every byte: read or refused, and never a panic.
    for name in ["interview.vtt", "interview.srt", "interview.txt"] {
        let whole = fixture(name);
        for end in 0..whole.len() {
            if let Ok(taken) = read(&whole[..end], &[], String::new()) {
                assert!(taken.transcript.is_sound(), "{name} up to {end}");
            }
        }
    }
    let whole = fixture("document.xml");
    for end in (0..whole.len()).step_by(7) {
        let _ = read(&packed(&[("word/document.xml", &whole[..end])]), &[], String::new());
    }
}
