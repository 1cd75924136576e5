//! The page around a report: head, header, main part and footer, with the mark of simulated reports on every page.

use super::markup::Markup;
use crate::instrument::Language;
use crate::text;

/// How pages look, on screens and on paper.
pub const STYLE: &str = include_str!("style.css");

/// Marks every printed page of a simulated report. Not every browser draws margin boxes, so that there is a mark at the edge of the page as
/// well.
const SIMULATED: (&str, &str) = ("@page{@top-left{content:\"", "\"}}\n");

/// What a page is called and says of itself.
pub(super) struct HtmlPage<'a> {
    /// The language of its texts.
    pub language: &'a Language,
    /// The title of the window, and of the file where it is kept.
    pub title: &'a str,
    /// Whether a program gave the answers.
    pub simulated: bool,
}

impl HtmlPage<'_> {
    /// The whole file: `header` writes the heading and its surroundings, `main` the report.
    pub fn write(&self, header: impl FnOnce(&mut Markup), main: impl FnOnce(&mut Markup)) -> String {
        let mut page = Markup::new();
        page.doctype();
        page.element("html", &[("lang", self.language.as_str())], |html| {
            html.element("head", &[], |head| self.head(head));
            html.element("body", &[], |body| {
                if self.simulated {
                    let label = text!(self.language, "report-page-about-report");
                    body.element("aside", &[("class", "simulated"), ("aria-label", &label)], |mark| {
                        mark.leaf("strong", &[], &text!(self.language, "report-page-simulated"));
                        mark.text(" · ");
                        mark.text(&text!(self.language, "report-page-nobody-gave-these-answers"));
                    });
                    let edge = [("class", "edge"), ("aria-hidden", "true")];
                    body.leaf("div", &edge, &text!(self.language, "report-page-simulated"));
                }
                body.element("header", &[], header);
                body.element("main", &[], main);
                body.element("footer", &[], |footer| {
                    let version = format!("relata {}", env!("CARGO_PKG_VERSION"));
                    footer.leaf(
                        "p",
                        &[],
                        &format!(
                            "{version} · {}",
                            text!(self.language, "report-page-no-decision-about-person")
                        ),
                    );
                });
            });
        });
        page.finish()
    }

    fn head(&self, head: &mut Markup) {
        head.empty("meta", &[("charset", "utf-8")]);
        head.empty(
            "meta",
            &[
                ("http-equiv", "Content-Security-Policy"),
                ("content", "default-src 'none'; style-src 'unsafe-inline'"),
            ],
        );
        head.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        head.empty("meta", &[("name", "color-scheme"), ("content", "light dark")]);
        head.empty(
            "meta",
            &[("name", "generator"), ("content", concat!("relata ", env!("CARGO_PKG_VERSION")))],
        );
        head.leaf("title", &[], self.title);
        head.style(STYLE);
        if self.simulated {
            head.style_saying(SIMULATED, &text!(self.language, "report-page-simulated-program-gave-these"));
        }
    }
}

/// A section with its heading, which also names it to a reader who listens.
pub(super) fn section(out: &mut Markup, id: &'static str, heading: &str, inside: impl FnOnce(&mut Markup)) {
    let name = format!("{id}-heading");
    out.element("section", &[("id", id), ("aria-labelledby", &name)], |section| {
        section.leaf("h2", &[("id", &name)], heading);
        inside(section);
    });
}

/// A table that may be wider than a phone: it scrolls in a frame that the keyboard can reach. The frame is no landmark, because a report
/// has dozens, too many to jump between.
pub(super) fn scrolling(out: &mut Markup, label: &str, inside: impl FnOnce(&mut Markup)) {
    let frame = [("class", "scroll"), ("role", "group"), ("tabindex", "0"), ("aria-label", label)];
    out.element("div", &frame, inside);
}
