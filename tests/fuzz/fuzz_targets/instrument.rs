//! Any text as an instrument: reading must not panic, every finding must point into its file, and what reads must walk.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use relata::instrument::{Instrument, Severity};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // The second part, if there is one, is what every `include` fetches.
    let (main, part) = text.split_once("\u{1}\n").unwrap_or((text, "[choices.extra]\nlabels = [\"a\", \"b\"]\n"));
    let reading = Instrument::read("fuzz.toml", main, &|_| Ok(part.to_owned()));
    for finding in &reading.findings {
        let file = reading.files.iter().find(|file| file.name == finding.file).expect("a file of the reading");
        assert!(file.text.get(finding.span.clone()).is_some(), "{finding:?} is outside of its file");
        assert!(!finding.message.is_empty());
    }
    let sound = reading.findings.iter().all(|finding| finding.severity != Severity::Error);
    assert_eq!(sound, reading.instrument.is_some());
    if let Some(instrument) = reading.instrument {
        let again = Instrument::read_stored(&instrument.text);
        let again = again.instrument.unwrap_or_else(|| panic!("the stored text does not read: {:?}", again.findings));
        assert_eq!(again.hash, instrument.hash);
        let instrument = Arc::new(instrument);
        relata_fuzz::walk(&instrument, 1);
        relata_fuzz::walk(&instrument, 2);
    }
});
