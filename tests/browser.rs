//! HTML reports in a real browser: the findings of an automated accessibility check in light and in dark, the pages' network
//! requests, and the printed pages.
//!
//! Needs Chromium (`RELATA_TEST_CHROMIUM`, or `chromium` on the path) and axe-core (`RELATA_TEST_AXE`, or where `.ci/run` puts
//! it under `target/`). Without them these tests report that they did not run.

use crate::journeys::support::Place;
use std::path::{Path, PathBuf};

mod devtools;
mod rooms;

use devtools::{Chromium, Device};

/// Words of headings and tables that go on in another line. Hyphenation is off, because not every browser has its dictionaries.
const BROKEN: &str = "(() => {
    document.styleSheets[0].insertRule('* { hyphens: manual !important }');
    const broken = [], heads = [...document.querySelectorAll('h1, h2, h3, th, td')];
    for (const head of heads.filter((one) => one.getBoundingClientRect().width > 2)) {
      const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(text, word.index);
          range.setEnd(text, word.index + word[0].length);
          const lines = new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top)));
          if (lines.size > 1) broken.push(word[0]);
        }
      }
    }
    return broken;
  })()";

/// Chromium and axe-core's script.
struct Browser {
    program: PathBuf,
    axe: String,
    /// Profiles and copies of pages.
    folder: tempfile::TempDir,
}

impl Browser {
    #[expect(clippy::print_stderr, reason = "a check that was left out has to say so")]
    fn find() -> Option<Self> {
        let named = std::env::var_os("RELATA_TEST_CHROMIUM").map(PathBuf::from);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path).flat_map(|folder| {
            ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
        });
        let program = named.into_iter().chain(on_path).find(|program| program.exists());
        let axe = std::env::var_os("RELATA_TEST_AXE").map(PathBuf::from).unwrap_or_else(|| {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser-tests/package/axe.min.js")
        });
        let (Some(program), Ok(axe)) = (program, std::fs::read_to_string(axe)) else {
            eprintln!(
                "SKIPPED: no Chromium or no axe-core here; .ci/run fetches them. No report was opened in a browser."
            );
            return None;
        };
        Some(Self { program, axe, folder: tempfile::TempDir::new().unwrap() })
    }

    fn start(&self, profile: &str) -> Chromium {
        Chromium::start(&self.program, &self.folder.path().join(profile))
    }

    /// A page's address.
    fn keep(&self, html: &str) -> String {
        let file = self.folder.path().join("page.html");
        std::fs::write(&file, html).unwrap();
        format!("file://{}", file.display())
    }

    fn holds_no_finding(&self, chromium: &mut Chromium, name: &str, html: &str) {
        let light = Device { size: (1000, 1200), ..Device::WALL };
        let dark = Device { dark: true, ..light };
        for device in [light, dark, Device { size: (390, 1200), ..dark }] {
            let mut page = chromium.page(device);
            page.go(&self.keep(html));
            let found = page.check(&self.axe);
            page.close();
            assert!(found.violations.is_empty(), "{name}, {device:?}: {:#?}", found.violations);
            assert!(found.contrasts > 20, "{name}, {device:?}: only {} contrasts measured", found.contrasts);
            // On a phone, columns outside the scrolled view are hidden from the checker; the wide page has covered them.
            let undecided = if device.size.0 == 390 { Vec::new() } else { found.undecided };
            assert!(undecided.is_empty(), "{name}, {device:?}: {undecided:?}");
        }
    }

    fn print(&self, chromium: &mut Chromium, html: &str) -> Paper {
        let mut page = chromium.page(Device::WALL);
        page.go(&self.keep(html));
        let text = page.print();
        page.close();
        let pages = text
            .match_indices("/Type /Page")
            .filter(|(at, found)| !text[at + found.len()..].starts_with('s'));
        let sizes = text.match_indices("/MediaBox [").filter_map(|(at, found)| {
            let (inside, _) = text[at + found.len()..].split_once(']')?;
            let numbers: Vec<f64> = inside.split_whitespace().filter_map(|n| n.parse().ok()).collect();
            Some((*numbers.get(2)?, *numbers.get(3)?))
        });
        Paper { pages: pages.count(), sizes: sizes.collect() }
    }
}

struct Paper {
    pages: usize,
    /// Width and height in points.
    sizes: Vec<(f64, f64)>,
}

impl Paper {
    fn is_a4(&self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 1.0;
        !self.sizes.is_empty() && self.sizes.iter().all(|(w, h)| near(*w, 595.3) && near(*h, 841.9))
    }
}

/// Nothing in the page makes a browser send a request, and nothing in it is executable.
fn asks_nobody(name: &str, html: &str) {
    for trace in
        ["<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "href=\"http", "javascript:"]
    {
        assert!(!html.contains(trace), "{name}: {trace}");
    }
    let policy = "\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"";
    assert!(html.contains(policy), "{name}");
}

#[test]
fn the_check_finds_what_is_wrong_with_a_bad_page() {
    let Some(browser) = Browser::find() else { return };
    let bad = "<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1>\
               <p style=\"color:#bbb;background:#fff\">pale</p><svg role=\"img\"></svg></main></body></html>";
    let mut chromium = browser.start("bad");
    let mut page = chromium.page(Device::WALL);
    page.go(&browser.keep(bad));
    let found = page.check(&browser.axe).violations;
    for (rule, impact) in
        [("html-has-lang", "serious"), ("color-contrast", "serious"), ("svg-img-alt", "serious")]
    {
        let there = found.iter().any(|found| found["id"] == rule && found["impact"] == impact);
        assert!(there, "{rule}: {found:#?}");
    }
}

#[test]
fn the_report_of_a_session_has_no_finding_and_fits_two_sheets() {
    let browser = Browser::find();
    let mut chromium = browser.as_ref().map(|browser| browser.start("pages"));
    for (instrument, lang, reader) in [
        ("account-self-assessment", "en", "interviewer"),
        ("account-self-assessment", "nl", "respondent"),
        ("customer-interview", "nl", "interviewer"),
        ("workshop-pulse", "en", "respondent"),
    ] {
        let place = Place::new();
        place.run(&["simulate", instrument, "--n", "3", "--seed", "5"]).ok();
        for number in 1..=3 {
            let code = format!("S5-00{number}");
            let args =
                ["report", "--respondent", &code, "--format", "html", "--lang", lang, "--reader", reader];
            let ran = place.run(&args);
            if ran.err.contains("no result") {
                // This questionnaire gives respondents no feedback.
                continue;
            }
            let html = ran.ok();
            let name = format!("{instrument} {code} in {lang} for the {reader}");
            asks_nobody(&name, &html);
            assert!(html.contains(if lang == "nl" { "Gesimuleerd" } else { "Simulated" }), "{name}");
            let (Some(browser), Some(chromium)) = (&browser, &mut chromium) else { continue };
            if number == 1 {
                browser.holds_no_finding(chromium, &name, &html);
            }
            let paper = browser.print(chromium, &html);
            assert!(paper.is_a4(), "{name}: {:?}", paper.sizes);
            assert!((1..=2).contains(&paper.pages), "{name}: {} pages", paper.pages);
        }
    }
}

#[test]
fn a_phone_breaks_no_word_of_a_table_and_scrolls_no_page_sideways() {
    let Some(browser) = Browser::find() else { return };
    let mut chromium = browser.start("words");
    let place = Place::new();
    for (instrument, n, seed) in [("building-blocks", "1", "6"), ("success-factors", "1", "7")] {
        place.run(&["simulate", instrument, "--n", n, "--seed", seed]).ok();
    }
    let study = Place::new();
    study.run(&["simulate", "customer-interview", "--n", "40", "--seed", "5"]).ok();
    for language in ["en", "nl"] {
        let page = |place: &Place, what: &[&str]| {
            place.run(&[what, &["--format", "html", "--lang", language]].concat()).ok()
        };
        for (name, html) in [
            ("a study", page(&study, &["report"])),
            ("a session", page(&study, &["report", "--respondent", "S5-001"])),
            ("a relation by blocks", page(&place, &["relation", "S6-001"])),
            ("a relation by factors", page(&place, &["relation", "S7-001"])),
        ] {
            let mut phone = chromium.page(Device { language, ..Device::PHONE });
            phone.go(&browser.keep(&html));
            assert!(
                phone.js("document.querySelectorAll('td').length").as_u64() > Some(3),
                "{name}, {language}"
            );
            assert_eq!(phone.js(BROKEN), serde_json::json!([]), "{name}, {language}");
            let wide = phone.js("document.documentElement.scrollWidth - innerWidth");
            assert!(wide.as_f64().unwrap() <= 0.0, "{name}, {language}: wider than its window by {wide}");
            phone.close();
        }
    }
}

#[test]
fn the_report_of_a_study_has_no_finding() {
    let browser = Browser::find();
    let mut chromium = browser.as_ref().map(|browser| browser.start("pages"));
    let place = Place::new();
    place.run(&["simulate", "customer-interview", "--n", "40", "--seed", "5"]).ok();
    for lang in ["en", "nl"] {
        let html = place.run(&["report", "--format", "html", "--lang", lang]).ok();
        asks_nobody(lang, &html);
        let (Some(browser), Some(chromium)) = (&browser, &mut chromium) else { continue };
        browser.holds_no_finding(chromium, &format!("the study in {lang}"), &html);
        let paper = browser.print(chromium, &html);
        assert!(paper.is_a4() && paper.pages > 5, "{:?}, {} pages", paper.sizes, paper.pages);
    }
}
