//! Drives Chromium with its own protocol over a pipe, one message after the other.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a page may take to reach the awaited state, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running Chromium.
pub struct Chromium {
    child: Child,
    say: ChildStdin,
    hear: BufReader<ChildStdout>,
    number: u64,
}

/// The device and settings with which a page is viewed.
#[derive(Debug, Clone, Copy)]
pub struct Device {
    pub size: (u32, u32),
    pub touch: bool,
    pub dark: bool,
    pub script: bool,
    pub language: &'static str,
}

impl Device {
    pub const PHONE: Self = Self { size: (360, 740), touch: true, dark: false, script: true, language: "en" };
    pub const WALL: Self =
        Self { size: (1920, 1080), touch: false, dark: false, script: true, language: "en" };
}

impl Chromium {
    /// The protocol uses descriptors 3 and 4, which the shell connects to its own input and output.
    pub fn start(program: &Path, profile: &Path) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 >/dev/null 2>&1"])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"])
            .args(["--remote-debugging-pipe", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, hear) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, say, hear: BufReader::new(hear), number: 0 }
    }

    fn call(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Value {
        self.tried(session, method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn tried(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Result<Value, Value> {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.say.write_all(message.to_string().as_bytes()).unwrap();
        self.say.write_all(b"\0").unwrap();
        loop {
            let mut bytes = Vec::new();
            self.hear.read_until(0, &mut bytes).unwrap();
            let text = bytes.strip_suffix(b"\0").expect("the browser is gone");
            let mut answer: Value = serde_json::from_slice(text).unwrap();
            if answer["id"] == self.number {
                return match answer.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(answer["result"].take()),
                };
            }
        }
    }

    /// A page with its own cookies.
    pub fn page(&mut self, device: Device) -> Page<'_> {
        let (width, height) = device.size;
        let context = self.call(None, "Target.createBrowserContext", json!({}))["browserContextId"].take();
        let made =
            json!({ "url": "about:blank", "browserContextId": context, "width": width, "height": height });
        let target = self.call(None, "Target.createTarget", made)["targetId"].take();
        let attached = json!({ "targetId": target, "flatten": true });
        let session = self.call(None, "Target.attachToTarget", attached)["sessionId"].take();
        let mut page = Page { session: session.as_str().unwrap().to_owned(), browser: self };
        page.call("Page.enable", json!({}));
        page.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": device.touch }),
        );
        page.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": device.touch }));
        let scheme = if device.dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        page.call("Emulation.setEmulatedMedia", json!({ "features": features }));
        let agent = json!({ "userAgent": "a test", "acceptLanguage": device.language });
        page.call("Emulation.setUserAgentOverride", agent);
        page.call("Emulation.setScriptExecutionDisabled", json!({ "value": !device.script }));
        page
    }

    /// Goes back to a page that was left for another one.
    pub fn back_to(&mut self, session: String) -> Page<'_> {
        Page { session, browser: self }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page that is open.
pub struct Page<'a> {
    pub session: String,
    browser: &'a mut Chromium,
}

impl Page<'_> {
    fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.browser.call(Some(&self.session), method, parameters)
    }

    pub fn go(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": url }));
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    pub fn reload(&mut self) {
        self.js("window.before = true");
        self.call("Page.reload", json!({}));
        self.until("!window.before && document.readyState === 'complete'");
    }

    /// The value of an expression, even where the page itself may not run scripts.
    pub fn js(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.call("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    pub fn text(&mut self, expression: &str) -> String {
        self.js(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true. A page that is being left does not answer, and is asked again.
    pub fn until(&mut self, expression: &str) {
        let begun = Instant::now();
        loop {
            let tried =
                format!("(() => {{ try {{ return Boolean({expression}) }} catch {{ return false }} }})()");
            let asked = json!({ "expression": tried, "returnByValue": true });
            let answer = self.browser.tried(Some(&self.session), "Runtime.evaluate", asked);
            if answer.is_ok_and(|answer| answer["result"]["value"] == true) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "waited in vain for {expression}:\n{}",
                self.text("document.body.innerText")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Touches or clicks the element of a selector; returns whether there is one.
    pub fn press(&mut self, selector: &str) -> bool {
        let place = self.js(&format!(
            "(() => {{ const found = document.querySelector({selector:?}); if (!found) return null;
               const seen = found.closest('label') || document.querySelector(`label[for=\"${{found.id}}\"]`) || found;
               seen.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               const box = seen.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        let (Some(x), Some(y)) = (place[0].as_f64(), place[1].as_f64()) else { return false };
        for kind in ["mousePressed", "mouseReleased"] {
            let mouse = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", mouse);
        }
        true
    }

    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// A key, with the text that it types.
    pub fn key(&mut self, key: &str, text: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            " " => 32,
            other => other.to_uppercase().bytes().next().map_or(0, u32::from),
        };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for kind in [down, "keyUp"] {
            let mut event = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" {
                event["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// The findings of axe-core on the current page.
    pub fn check(&mut self, axe: &str) -> Checked {
        self.js(&format!("{axe};0"));
        let mut found = self.js(CHECK);
        let mut list = |name: &str| found[name].as_array_mut().map(std::mem::take).unwrap_or_default();
        let (violations, undecided) = (list("violations"), list("undecided"));
        Checked { violations, undecided, contrasts: found["contrasts"].as_u64().unwrap_or_default() }
    }

    /// The page on paper: a PDF, whose bytes are characters here.
    pub fn print(&mut self) -> String {
        let sheet = json!({ "printBackground": true, "preferCSSPageSize": true });
        let pdf = self.call("Page.printToPDF", sheet)["data"].take();
        self.text(&format!("atob({pdf})"))
    }

    pub fn close(mut self) {
        self.call("Page.close", json!({}));
    }
}

/// What was found on a page, with how many nodes had their contrast measured.
#[derive(Debug)]
pub struct Checked {
    pub violations: Vec<Value>,
    /// Nodes whose contrast could not be determined. No checker can compute the background of words in a drawing, so the
    /// palette has a test of its own.
    pub undecided: Vec<Value>,
    pub contrasts: u64,
}

const CHECK: &str = "
  axe.run(document, { resultTypes: ['violations', 'passes', 'incomplete'] }).then((found) => {
    const html = (node) => node.html.slice(0, 200);
    const contrast = (rules) => rules.filter((rule) => rule.id === 'color-contrast').flatMap((rule) => rule.nodes);
    return {
      contrasts: contrast(found.passes).length,
      undecided: contrast(found.incomplete).map(html).filter((html) => !html.startsWith('<text')),
      violations: found.violations.map((rule) => ({
        id: rule.id, impact: rule.impact, help: rule.help, nodes: rule.nodes.slice(0, 3).map(html),
      })),
    };
  })";
