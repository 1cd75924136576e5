//! HTML reports in a real browser: what an automated accessibility check finds in light and in dark, what the pages ask of
//! the network, and what comes out of the printer.
//!
//! Needs Chromium (`RELATA_TEST_CHROMIUM`, or `chromium` on the path) and axe-core (`RELATA_TEST_AXE`, or where `.ci/run` puts it
//! under `target/`). Without them these tests say that they did not run.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::journeys::support::Place;

#[cfg(unix)]
mod devtools;
#[cfg(unix)]
mod rooms;

/// Chromium and axe-core's script.
struct Browser {
    program: PathBuf,
    axe: String,
    /// Profiles and copies of pages.
    folder: tempfile::TempDir,
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
enum Scheme {
    Light,
    Dark,
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

    fn run(&self, args: &[&str], page: &Path) -> String {
        let profile = format!("--user-data-dir={}", self.folder.path().join("profile").display());
        let ran = Command::new(&self.program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", &profile])
            .args(args)
            .arg(format!("file://{}", page.display()))
            .output()
            .unwrap();
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    /// What axe-core finds on a page: violations by impact, and how many nodes had their contrast measured.
    fn check(&self, html: &str, scheme: Scheme, width: &str) -> Checked {
        let (query, plain) = match scheme {
            Scheme::Light => ("not all", "light"),
            Scheme::Dark => ("all", "dark"),
        };
        // The copy may run a script, which the page itself forbids.
        let copy = html
            .replace("Content-Security-Policy", "no-policy")
            .replace("(prefers-color-scheme: dark)", query)
            .replace("color-scheme: light dark", &format!("color-scheme: {plain}"))
            .replace("</body>", &format!("<script>{}</script><script>{RUNNER}</script></body>", self.axe));
        let file = self.folder.path().join("page.html");
        std::fs::write(&file, copy).unwrap();
        let window = format!("--window-size={width},1200");
        let dom = self.run(&["--virtual-time-budget=20000", &window, "--dump-dom"], &file);
        let result = dom.rsplit_once("axe-result\">").and_then(|(_, rest)| rest.split_once("</pre>"));
        let (result, _) = result.unwrap_or_else(|| panic!("the check did not run:\n{}", tail(&dom)));
        let text = result.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let result: Value = serde_json::from_str(&text).unwrap();
        Checked {
            contrasts: result["contrasts"].as_u64().unwrap(),
            undecided: result["undecided"].as_array().unwrap().iter().map(Value::to_string).collect(),
            violations: result["violations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|found| (found["impact"].as_str().unwrap_or("").to_owned(), found.to_string()))
                .collect(),
        }
    }

    /// The page on paper.
    fn print(&self, html: &str) -> Paper {
        let (file, pdf) = (self.folder.path().join("print.html"), self.folder.path().join("print.pdf"));
        std::fs::write(&file, html).unwrap();
        let out = format!("--print-to-pdf={}", pdf.display());
        self.run(&["--no-pdf-header-footer", &out], &file);
        let bytes = std::fs::read(&pdf).unwrap();
        let text = String::from_utf8_lossy(&bytes);
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

/// Runs axe-core and leaves what it found in the page.
const RUNNER: &str = r#"
axe.run(document, { resultTypes: ['violations', 'passes', 'incomplete'] }).then(function (found) {
  var contrast = found.passes.filter(function (rule) { return rule.id === 'color-contrast'; })[0];
  var pre = document.createElement('pre');
  pre.id = 'axe-result';
  pre.textContent = JSON.stringify({
    contrasts: contrast ? contrast.nodes.length : 0,
    // What stands behind words in a drawing no checker works out: the palette has a test of its own.
    undecided: found.incomplete.filter(function (rule) { return rule.id === 'color-contrast'; })
      .flatMap(function (rule) { return rule.nodes.map(function (node) { return node.html.slice(0, 200); }); })
      .filter(function (html) { return html.indexOf('<text') !== 0; }),
    violations: found.violations.map(function (rule) {
      return { id: rule.id, impact: rule.impact, help: rule.help,
        nodes: rule.nodes.slice(0, 3).map(function (node) { return node.html.slice(0, 200); }) };
    }),
  });
  document.body.appendChild(pre);
});
"#;

struct Checked {
    violations: Vec<(String, String)>,
    contrasts: u64,
    undecided: Vec<String>,
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

fn tail(text: &str) -> &str {
    let at = text.len().saturating_sub(2_000);
    text.get(at..).unwrap_or(text)
}

fn holds_no_finding(browser: &Browser, name: &str, html: &str) {
    for (scheme, width) in [(Scheme::Light, "1000"), (Scheme::Dark, "1000"), (Scheme::Dark, "390")] {
        let checked = browser.check(html, scheme, width);
        assert!(checked.violations.is_empty(), "{name}, {scheme:?}, {width}: {:#?}", checked.violations);
        assert!(checked.contrasts > 20, "{name}, {scheme:?}: only {} contrasts measured", checked.contrasts);
        // On a phone, columns that have to be scrolled to are hidden from a checker; it has seen them on the wide page.
        let undecided = if width == "390" { Vec::new() } else { checked.undecided };
        assert!(undecided.is_empty(), "{name}, {scheme:?}: {undecided:?}");
    }
}

/// Nothing in the page makes a browser ask for anything, and nothing in it could run.
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
    let found = browser.check(bad, Scheme::Light, "1000").violations;
    for (rule, impact) in
        [("html-has-lang", "serious"), ("color-contrast", "serious"), ("svg-img-alt", "serious")]
    {
        let there = found.iter().any(|(how, what)| how == impact && what.contains(rule));
        assert!(there, "{rule}: {found:#?}");
    }
}

#[test]
fn the_report_of_a_session_has_no_finding_and_fits_two_sheets() {
    let browser = Browser::find();
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
                // The questionnaire gives respondents nothing back.
                continue;
            }
            let html = ran.ok();
            let name = format!("{instrument} {code} in {lang} for the {reader}");
            asks_nobody(&name, &html);
            assert!(html.contains(if lang == "nl" { "Gesimuleerd" } else { "Simulated" }), "{name}");
            let Some(browser) = &browser else { continue };
            if number == 1 {
                holds_no_finding(browser, &name, &html);
            }
            let paper = browser.print(&html);
            assert!(paper.is_a4(), "{name}: {:?}", paper.sizes);
            assert!((1..=2).contains(&paper.pages), "{name}: {} pages", paper.pages);
        }
    }
}

#[test]
fn the_report_of_a_study_has_no_finding() {
    let browser = Browser::find();
    let place = Place::new();
    place.run(&["simulate", "customer-interview", "--n", "40", "--seed", "5"]).ok();
    for lang in ["en", "nl"] {
        let html = place.run(&["report", "--format", "html", "--lang", lang]).ok();
        asks_nobody(lang, &html);
        let Some(browser) = &browser else { continue };
        holds_no_finding(browser, &format!("the study in {lang}"), &html);
        let paper = browser.print(&html);
        assert!(paper.is_a4() && paper.pages > 5, "{:?}, {} pages", paper.sizes, paper.pages);
    }
}
