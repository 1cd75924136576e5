//! The projector page: how to join, everybody's progress, and finally the room's results. Readable at ten metres and controlled by
//! keyboard.

use super::{Shell, button, form, hidden};
use crate::instrument::{Instrument, Language};
use crate::qr::QrCode;
use crate::report::html::markup::Markup;
use crate::server::room::RoomCounts;
use crate::server::show::Revealed;
use crate::text;

/// The data of the projector page.
pub(in crate::server) struct Wall<'a> {
    pub instrument: &'a Instrument,
    pub language: &'a Language,
    /// The organisation it is about, if that is the same for everybody.
    pub organisation: Option<&'a str>,
    pub counts: &'a RoomCounts,
    pub revealed: Option<&'a Revealed>,
    /// The URL for phones.
    pub url: &'a str,
    pub code: &'a str,
    /// The URL of this page.
    pub here: &'a str,
    pub seen: u64,
    /// How many must have finished before results can be shown.
    pub least: usize,
    pub trouble: Option<String>,
    pub rehearsal: bool,
}

impl Wall<'_> {
    pub fn write(&self) -> String {
        let language = self.language;
        let title = self.instrument.label.raw(language);
        let wait = format!("{}/wait", self.here);
        let shell = Shell {
            language,
            title: &title,
            class: if self.revealed.is_some() { "wall shown" } else { "wall" },
            wait: Some((&wait, self.seen)),
            again: Some("10"),
        };
        shell.write(|body| {
            body.element("header", &[("class", "bar")], |bar| {
                bar.leaf("h1", &[], &title);
                self.status(bar);
            });
            if self.rehearsal {
                body.leaf("p", &[("class", "rehearsal")], &text!(language, "tui-form-rehearsal"));
            }
            super::alert(body, self.trouble.as_deref());
            body.element("main", &[("data-stage", &self.counts.stage())], |main| {
                match (self.revealed, self.counts.ended) {
                    (Some(revealed), _) => {
                        if let Some(part) = revealed.part(language) {
                            main.written(part);
                        }
                    }
                    (None, true) => {
                        main.leaf("p", &[("class", "large")], &text!(language, "server-shut-ended"))
                    }
                    (None, false) => self.invite(main),
                }
            });
            if !self.counts.ended {
                body.element("footer", &[], |footer| self.controls(footer));
            }
        })
    }

    /// How many people are here; the script updates the numbers.
    fn status(&self, out: &mut Markup) {
        let language = self.language;
        out.element("p", &[("class", "status"), ("role", "status")], |p| {
            for (id, label, n) in [
                ("joined", text!(language, "server-wall-joined"), self.counts.joined),
                ("waiting", text!(language, "server-wall-waiting"), self.counts.waiting()),
                ("answering", text!(language, "server-wall-answering"), self.counts.answering),
                ("finished", text!(language, "server-wall-finished"), self.counts.finished),
            ] {
                p.element("span", &[], |span| {
                    span.leaf("strong", &[("id", id)], &n.to_string());
                    span.text(" ");
                    span.text(&label);
                });
            }
        });
    }

    fn invite(&self, out: &mut Markup) {
        let language = self.language;
        out.element("div", &[("class", "invite")], |invite| {
            if let Some(code) = QrCode::of(self.url).filter(|_| !self.counts.locked) {
                draw(&code, &text!(language, "server-wall-qr", url = self.url), invite);
            }
            invite.element("div", &[], |words| {
                if let Some(organisation) = self.organisation {
                    words.leaf("p", &[("class", "large")], organisation);
                }
                if self.counts.locked {
                    words.leaf("p", &[("class", "large")], &text!(language, "server-shut-locked"));
                } else {
                    words.leaf("p", &[("class", "large")], &text!(language, "server-wall-scan"));
                    words.element("p", &[("class", "url")], |p| {
                        let bare = self.url.trim_start_matches("http://").trim_start_matches("https://");
                        p.text(bare.strip_suffix(self.code).unwrap_or(bare));
                        p.leaf("strong", &[], self.code);
                    });
                }
                let share = (100.0 * self.counts.progress).round();
                let said = text!(language, "server-wall-progress", share = format!("{share:.0}"));
                words.leaf("label", &[("for", "progress"), ("class", "soft")], &said);
                let value = format!("{share:.0}");
                words.leaf("progress", &[("id", "progress"), ("max", "100"), ("value", &value)], &said);
                words.leaf(
                    "p",
                    &[("class", "soft")],
                    &match self.counts.lost {
                        true => text!(language, "server-wall-lost", least = self.least),
                        false => text!(language, "server-wall-hidden", least = self.least),
                    },
                );
            });
        });
    }

    fn controls(&self, out: &mut Markup) {
        let language = self.language;
        form(out, self.here, |form| {
            hidden(form, "lang", language.as_str());
            form.element("p", &[("class", "controls")], |p| {
                let show = match (self.counts.working, self.revealed.is_some()) {
                    (true, _) => text!(language, "server-wall-working"),
                    (false, true) => text!(language, "server-wall-show-again"),
                    (false, false) => text!(language, "server-wall-show"),
                };
                button(p, "", "reveal", &show);
                let (what, label) = match self.counts.locked {
                    true => ("unlock", text!(language, "server-wall-unlock")),
                    false => ("lock", text!(language, "server-wall-lock")),
                };
                button(p, "", what, &label);
                for other in self.instrument.languages.iter().filter(|other| *other != language) {
                    let value = format!("lang:{other}");
                    let attributes =
                        [("type", "submit"), ("name", "do"), ("value", &*value), ("lang", other.as_str())];
                    p.leaf("button", &attributes, &other.own_name());
                }
                p.leaf("span", &[("class", "small soft")], &text!(language, "server-wall-keys"));
            });
        });
    }
}

/// A QR code with its quiet zone of four modules, black on white in every theme.
pub(in crate::server) fn draw(code: &QrCode, label: &str, out: &mut Markup) {
    let side = code.rows.len() + 8;
    let frame = format!("-4 -4 {side} {side}");
    let attributes = [
        ("class", "qr"),
        ("viewBox", &*frame),
        ("role", "img"),
        ("aria-label", label),
        ("shape-rendering", "crispEdges"),
    ];
    out.element("svg", &attributes, |svg| {
        let side = side.to_string();
        svg.empty("rect", &[("x", "-4"), ("y", "-4"), ("width", &side), ("height", &side), ("fill", "#fff")]);
        svg.empty("path", &[("d", &code.path()), ("fill", "#000")]);
    });
}

/// The room's results on a participant's own device.
pub(in crate::server) fn on_phone(
    instrument: &Instrument,
    language: &Language,
    revealed: &Revealed,
) -> String {
    let title = instrument.label.raw(language);
    let shell = Shell { language, title: &title, class: "phone room", wait: None, again: None };
    shell.write(|body| {
        body.element("main", &[], |main| {
            main.leaf("h1", &[], &title);
            if let Some(part) = revealed.part(language) {
                main.written(part);
            }
            main.element("p", &[], |p| {
                p.leaf("a", &[("class", "button"), ("href", "/q")], &text!(language, "server-ask-back"));
            });
        });
    })
}
