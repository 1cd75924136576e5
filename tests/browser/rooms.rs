//! A room in a real browser: phones and the wall, with a script and without, by finger and by key, in both languages, light and dark.

use relata::instrument::prompt::{Input, Reply};
use relata::interview::Event;
use relata::store::Study;

use super::devtools::{Device, Page};
use super::{BROKEN, Browser};
use crate::journeys::rooms::support::Room;
use crate::journeys::support::Place;

/// Answers the current page by pressing, and waits for the next; false at the end.
fn answer(page: &mut Page, number: usize) -> bool {
    let kept = page.text("document.querySelector('[name=kept]')?.value");
    if kept.is_empty() {
        return false;
    }
    if page.js("Boolean(document.querySelector('[name=t]'))") == true {
        page.press("[name=t]");
        page.type_text(["honest", "dear", "slow"][number % 3]);
    }
    let names = page.js(
        "[...new Set([...document.querySelectorAll('main form input[type=radio]')].map((one) => one.name))]",
    );
    for name in names.as_array().unwrap() {
        assert!(page.press(&format!("main form input[name={name}]")));
    }
    let done = page.press("button[value=finish]")
        || page.press("main form button[value=answer]")
        || page.press("main form button[value=empty]");
    assert!(done, "no way on: {}", page.text("document.body.innerText"));
    next(page, &kept);
    true
}

/// Waits for the page after the one that carried this number.
fn next(page: &mut Page, kept: &str) {
    page.until(&format!(
        "document.readyState === 'complete' && document.querySelector('main') && document.querySelector('[name=kept]')?.value !== '{kept}'"
    ));
}

fn join(page: &mut Page, room: &Room) {
    page.go(&format!("http://127.0.0.1:{}/{}", room.port, room.code));
    assert!(page.press("button[value=join]"));
    page.until("location.pathname === '/q' && document.readyState === 'complete'");
}

/// Texts on the wall that are shown in letters of less than this many pixels, drawings included: nobody reads those at ten metres.
fn too_small(pixels: u32) -> String {
    format!(
        "(() => {{
           const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [];
           for (let text = walker.nextNode(); text; text = walker.nextNode()) {{
             const one = text.parentElement, range = document.createRange();
             range.selectNodeContents(text);
             if (!text.data.trim() || range.getBoundingClientRect().width < 2 || one.closest('.hidden')) continue;
             const drawn = one.closest('svg');
             const scale = drawn ? drawn.getBoundingClientRect().width / drawn.viewBox.baseVal.width : 1;
             const size = scale * parseFloat(getComputedStyle(one).fontSize);
             if (size < {pixels}) small.push(`${{size}}: ${{text.data.slice(0, 60)}}`);
           }}
           return small;
         }})()"
    )
}

/// Tables that go on beyond the edge of their frame.
const CUT: &str =
    "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.getAttribute('aria-label'))";

/// Pages of the wall that are higher than its window, and sizes of letters beside the one that all pages have.
const UNEVEN: &str = "
  (() => {
    const pages = [...document.querySelectorAll('.leaf')];
    const high = pages.filter((page) => page.getBoundingClientRect().height > innerHeight + 1);
    const letters = document.querySelectorAll('.leaf :is(td, li:not(.cloud li), p:not(.small))');
    const sizes = [...new Set([...letters].map((one) => getComputedStyle(one).fontSize))];
    return pages.length < 2 ? ['no pages'] : [...high.map((page) => page.innerText.slice(0, 60)), ...sizes.slice(1)];
  })()";

#[test]
fn phones_answer_and_the_wall_shows_it_without_a_finding() {
    let Some(browser) = Browser::find() else { return };
    let mut chromium = browser.start("room");
    for (language, dark) in [("en", false), ("nl", true)] {
        let place = Place::new();
        let mut room = Room::open(&place, &[]);
        let wall_url = format!("http://127.0.0.1:{}{}", room.port, room.wall);
        let look = |page: &mut Page, what: &str| {
            let found = page.check(&browser.axe).violations;
            assert!(found.is_empty(), "{what}, {language}, dark {dark}: {found:#?}");
            let wide = page.js("document.documentElement.scrollWidth - innerWidth");
            assert!(wide.as_f64().unwrap() <= 0.0, "{what}, {language}: wider than its window by {wide}");
        };
        let mut wall = chromium.page(Device { language, dark, ..Device::WALL });
        wall.go(&wall_url);
        look(&mut wall, "the wall before anybody came");
        assert_eq!(wall.js(&too_small(24)), serde_json::json!([]), "{language}");
        let wall = wall.session;
        for _ in 0..4 {
            room.phone().walk();
        }
        let mut phone = chromium.page(Device { language, dark, ..Device::PHONE });
        phone.go(&format!("http://127.0.0.1:{}/{}", room.port, room.code));
        assert_eq!(phone.text("document.documentElement.lang"), language);
        look(&mut phone, "the way in");
        phone.press("button[value=join]");
        phone.until("location.pathname === '/q' && document.readyState === 'complete'");
        for number in 0..100_usize {
            look(&mut phone, &format!("page {number}"));
            if number % 6 == 5 {
                let before = phone.text("document.querySelector('[name=kept]')?.value");
                phone.reload();
                assert_eq!(phone.text("document.querySelector('[name=kept]')?.value"), before);
            }
            if !answer(&mut phone, number.saturating_sub(1)) {
                break;
            }
        }
        look(&mut phone, "the end");
        assert!(phone.js("document.querySelector('a[href=\"/room\"]')").is_null());
        let phone = phone.session;
        assert_eq!(room.ask("status"), "joined 5 answering 0 finished 5 locked false shown no");
        let mut wall = chromium.back_to(wall);
        assert!(wall.js("document.getElementById('models')").is_null(), "shown before it was time");
        wall.key("r", "r");
        wall.until("document.getElementById('models') && document.querySelector('.leaf')");
        look(&mut wall, "the wall");
        assert_eq!(wall.js(&too_small(24)), serde_json::json!([]), "{language}");
        assert_eq!(wall.js(UNEVEN), serde_json::json!([]), "{language}");
        let top = "Math.round(scrollY)";
        let before = wall.js(top);
        wall.key("ArrowRight", "");
        wall.until(&format!("{top} > {before}"));
        // The phone was notified without a reload.
        let mut phone = chromium.back_to(phone);
        phone.until("document.querySelector('a[href=\"/room\"]')");
        phone.press("a[href=\"/room\"]");
        phone.until("document.getElementById('models')");
        look(&mut phone, "the room on a phone");
        assert_eq!(phone.js(BROKEN), serde_json::json!([]), "{language}");
        assert_eq!(phone.js(CUT), serde_json::json!([]), "{language}");
        let mut small = chromium.page(Device { language, dark, size: (1280, 720), ..Device::WALL });
        small.go(&wall_url);
        assert_eq!(small.js(&too_small(18)), serde_json::json!([]), "{language}");
        assert_eq!(small.js(UNEVEN), serde_json::json!([]), "{language}");
        // That nobody has finished since is said until somebody has.
        small.key("s", "s");
        small.until("document.readyState === 'complete' && document.querySelector('.alert')");
        room.phone().walk();
        small.until(
            "document.getElementById('finished').textContent === '6' && !document.querySelector('.alert')",
        );
        drop(room);
        let study = Study::open(&place.study()).unwrap();
        assert_eq!(study.sessions().unwrap().len(), 6);
    }
}

#[test]
fn a_phone_that_runs_no_script_answers_everything() {
    let Some(browser) = Browser::find() else { return };
    let mut chromium = browser.start("plain");
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let mut phone = chromium.page(Device { script: false, language: "nl", ..Device::PHONE });
    join(&mut phone, &room);
    assert!((0..100).any(|number| !answer(&mut phone, number)), "no end");
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 1 locked false shown no");
}

#[test]
fn a_keyboard_is_enough() {
    let Some(browser) = Browser::find() else { return };
    let mut chromium = browser.start("keys");
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let mut page = chromium.page(Device { size: (1280, 800), ..Device::WALL });
    page.go(&format!("http://127.0.0.1:{}/{}", room.port, room.code));
    let focus = |page: &mut Page| {
        let at = page.js("(() => { const at = document.activeElement; return [at.type || '', at.name || '', at.value || ''] })()");
        [0, 1, 2].map(|part| at[part].as_str().unwrap_or_default().to_owned())
    };
    let mut number = 0;
    loop {
        let kept = page.text("document.querySelector('[name=kept]')?.value");
        if kept.is_empty() && number > 0 {
            break;
        }
        let mut rated = Vec::new();
        let pressed = (0..80).any(|_| {
            let [kind, name, value] = focus(&mut page);
            let ends = ["join", "answer", "finish"].contains(&&*value)
                || value == "empty"
                    && page.js("document.querySelector('main form button[value=answer]')").is_null();
            if kind == "submit" && ends {
                page.key("Enter", "\r");
                return true;
            }
            if kind == "radio" && !rated.contains(&name) {
                page.key(" ", " ");
                rated.push(name);
            } else if kind == "text" && value.is_empty() {
                page.type_text(["honest", "dear", "slow"][number % 3]);
            }
            page.key("Tab", "");
            false
        });
        assert!(pressed, "no button to be reached: {}", page.text("document.body.innerText"));
        if number == 0 {
            page.until("location.pathname === '/q' && document.querySelector('[name=kept]')");
        } else {
            next(&mut page, &kept);
        }
        number += 1;
    }
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 1 locked false shown no");
}

#[test]
fn a_half_typed_word_goes_on_at_its_end_after_a_reload() {
    let Some(browser) = Browser::find() else { return };
    let mut chromium = browser.start("caret");
    let place = Place::new();
    let room = Room::open(&place, &[]);
    let mut page = chromium.page(Device::PHONE);
    join(&mut page, &room);
    while page.js("document.querySelector('[data-timed]')").is_null() {
        assert!(answer(&mut page, 0), "no association was asked for");
    }
    page.press("[name=t]");
    page.type_text("half a w");
    // It is kept when nothing has been typed for a while.
    page.js("(() => { window.typed = performance.now() })()");
    page.until("performance.now() - window.typed > 2500");
    page.reload();
    let typed = "document.querySelector('[name=t]').value";
    assert_eq!(page.text(typed), "half a w");
    page.js("(() => document.querySelector('[name=t]').focus())()");
    page.type_text("ord");
    assert_eq!(page.text(typed), "half a word");
}

/// A questionnaire with only a sorting task.
const SORTING: &str = r#"
format    = 1
name      = "sorting-room"
version   = "1.0.0"
languages = ["en"]
label     = "Sorting"
minutes   = 2

[fields.organisation]
label = "Which organisation?"

[scales.sorted]
label     = "Timed sorting (D)"
construct = "indirect_sentiment"
method    = "sc_iat"

[[groups]]
name  = "words"
label = "Words"

[[groups.items]]
name          = "sorting"
kind          = "sc_iat"
scale         = "sorted"
form          = "short"
label         = "Sort."
organisation  = ["{organisation}", "at {organisation}"]
good          = ["joy", "sun", "pal"]
bad           = ["war", "ill"]
good_category = "Nice"
"#;

/// Sorts a block with keys that come this many milliseconds after the first frame that can show a word; the result is in
/// `waited`. It uses only the events' clock, not the page's.
const FINGERS: &str = "
  window.waited = [];
  (async () => {
    const trials = JSON.parse(document.getElementById('sort').dataset.block).trials;
    const wants = [170, 245, 210, 330, 190, 290];
    let due = null;
    const seen = new MutationObserver(() => {
      const word = document.querySelector('#trial .word-shown')?.textContent;
      const trial = trials[window.waited.length];
      if (!trial || word !== trial.stimulus || due === trial) return;
      due = trial;
      requestAnimationFrame((since) => {
        const press = () => {
          const event = new KeyboardEvent('keydown', { key: trial.key === 'left' ? 'e' : 'i', bubbles: true });
          window.waited.push(event.timeStamp - since);
          window.dispatchEvent(event);
        };
        const wait = () => (performance.now() - since >= wants[window.waited.length % wants.length] ? press() : setTimeout(wait, 0));
        setTimeout(wait, 130);
      });
    });
    seen.observe(document.body, { childList: true, characterData: true, subtree: true });
    document.getElementById('begin').click();
  })();0";

#[test]
fn what_is_timed_in_a_browser_is_what_fingers_did() {
    let Some(browser) = Browser::find() else { return };
    let mut chromium = browser.start("timed");
    let place = Place::new();
    let file = place.write("sorting-room.toml", SORTING);
    let room = Room::open(&place, &[file.to_str().unwrap()]);
    let mut page = chromium.page(Device { size: (1280, 800), ..Device::WALL });
    join(&mut page, &room);
    let mut waited: Vec<f64> = Vec::new();
    // A block of practice and one that counts tell; the others are like them.
    let mut blocks = 0;
    while blocks < 2 {
        let kept = page.text("document.querySelector('[name=kept]')?.value");
        if page.js("Boolean(document.getElementById('sort'))") == true {
            page.js(FINGERS);
            next(&mut page, &kept);
            let block = page.js("window.waited");
            waited.extend(block.as_array().unwrap().iter().map(|one| one.as_f64().unwrap()));
            blocks += 1;
        } else {
            assert!(page.press("main form button[value=empty]"));
            next(&mut page, &kept);
        }
    }
    drop(room);
    let study = Study::open(&place.study()).unwrap();
    let [session] = &study.sessions().unwrap()[..] else { panic!("one session") };
    let events = study.events(&session.id).unwrap();
    let kept: Vec<f64> = events
        .iter()
        .filter_map(|stamped| match &stamped.event {
            Event::Answered { reply: Reply::Given(Input::Sorted(sorted)), .. } => Some(sorted),
            _ => None,
        })
        .flat_map(|sorted| sorted.trials.iter().map(|trial| trial.ms.unwrap_or(f64::NAN)))
        .collect();
    assert_eq!(kept.len(), waited.len());
    let mut errors: Vec<f64> = kept.iter().zip(&waited).map(|(kept, waited)| (kept - waited).abs()).collect();
    errors.sort_by(f64::total_cmp);
    let median = errors[errors.len() / 2];
    assert!(median < 1000.0 / 60.0, "off by {median} ms in the median: {errors:?}");
}
