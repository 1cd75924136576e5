//! Page layout in the reader's language. Every text goes through the markup builder, which escapes it, and every page works without
//! a script.

use super::guard::Fields;
use crate::instrument::Language;
use crate::report::html::markup::Markup;
use crate::text;

pub(super) mod ask;
pub(super) mod end;
pub(super) mod join;
pub(super) mod projector;

/// The style sheet.
pub(super) const STYLE: &str = include_str!("pages/room.css");
/// The script: long polling, drafts and timed blocks.
pub(super) const SCRIPT: &str = include_str!("pages/room.js");

/// The frame of every page.
pub(super) struct Shell<'a> {
    /// The language of its texts.
    pub language: &'a Language,
    /// The window title.
    pub title: &'a str,
    /// The CSS class of the page.
    pub class: &'static str,
    /// The URL at which the script waits for a change, and the number of the last change; `None` for static pages.
    pub wait: Option<(&'a str, u64)>,
    /// Seconds after which a page without a script reloads.
    pub again: Option<&'static str>,
}

impl Shell<'_> {
    pub fn write(&self, body: impl FnOnce(&mut Markup)) -> String {
        let mut page = Markup::new();
        page.doctype();
        page.element("html", &[("lang", self.language.as_str())], |html| {
            html.element("head", &[], |head| {
                head.empty("meta", &[("charset", "utf-8")]);
                head.empty(
                    "meta",
                    &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")],
                );
                head.empty("meta", &[("name", "color-scheme"), ("content", "light dark")]);
                head.empty("meta", &[("name", "robots"), ("content", "noindex")]);
                head.empty("link", &[("rel", "stylesheet"), ("href", "/room.css")]);
                head.empty("link", &[("rel", "icon"), ("href", "/icon.svg")]);
                if let Some(seconds) = self.again {
                    head.element("noscript", &[], |head| {
                        head.empty("meta", &[("http-equiv", "refresh"), ("content", seconds)]);
                    });
                }
                head.leaf("title", &[], self.title);
                head.element("script", &[("type", "module"), ("src", "/room.js")], |_| {});
            });
            let number = self.wait.map(|(_, number)| number.to_string()).unwrap_or_default();
            let wait = self.wait.map(|(wait, _)| wait).unwrap_or_default();
            let lost = text!(self.language, "server-no-connection");
            let attributes =
                [("class", self.class), ("data-wait", wait), ("data-seen", &*number), ("data-lost", &*lost)];
            html.element("body", &attributes, body);
        });
        page.finish()
    }
}

/// A form that posts to `to`.
pub(super) fn form(out: &mut Markup, to: &str, inside: impl FnOnce(&mut Markup)) {
    out.element("form", &[("method", "post"), ("action", to), ("autocomplete", "off")], inside);
}

/// A hidden form field.
pub(super) fn hidden(out: &mut Markup, name: &str, value: &str) {
    out.empty("input", &[("type", "hidden"), ("name", name), ("value", value)]);
}

/// A submit button for the action `what`.
pub(super) fn button(out: &mut Markup, class: &str, what: &str, label: &str) {
    out.leaf("button", &[("type", "submit"), ("class", class), ("name", "do"), ("value", what)], label);
}

/// An error message at the top.
pub(super) fn alert(out: &mut Markup, sentence: Option<&str>) {
    if let Some(sentence) = sentence {
        out.leaf("p", &[("class", "alert"), ("role", "alert"), ("id", "trouble")], sentence);
    }
}

/// A page with nothing but a heading and a sentence.
pub(super) fn message(
    language: &Language,
    heading: &str,
    sentence: &str,
    back: Option<(&str, String)>,
) -> String {
    let shell = Shell { language, title: heading, class: "phone", wait: None, again: None };
    shell.write(|body| {
        body.element("main", &[], |main| {
            main.leaf("h1", &[], heading);
            main.leaf("p", &[], sentence);
            if let Some((to, label)) = &back {
                main.element("p", &[], |p| p.leaf("a", &[("class", "button"), ("href", to)], label));
            }
        });
    })
}

/// Buttons for the other languages of the questionnaire.
pub(super) fn languages(out: &mut Markup, to: &str, all: &[Language], now: &Language, carried: &Fields) {
    if all.len() < 2 {
        return;
    }
    form(out, to, |form| {
        carried.iter().for_each(|(name, value)| hidden(form, name, value));
        form.element("p", &[("class", "languages")], |p| {
            for language in all.iter().filter(|language| *language != now) {
                let value = format!("lang:{language}");
                let attributes = [
                    ("type", "submit"),
                    ("class", "quiet"),
                    ("name", "do"),
                    ("value", &*value),
                    ("lang", language.as_str()),
                ];
                p.leaf("button", &attributes, &language.own_name());
            }
        });
    });
}

/// A notice that the network of the room is not encrypted, if that is so.
pub(super) fn plainly(out: &mut Markup, encrypted: bool, language: &Language) {
    if !encrypted {
        out.leaf("p", &[("class", "small soft")], &text!(language, "server-plain-http"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_no_syntax_that_costs_older_phones_all_of_it() {
        // `?.` and `??` came in 2020; a browser that cannot read one sign of a script runs none of it.
        let code = SCRIPT.lines().filter(|line| !line.trim_start().starts_with("//"));
        for newer in ["||=", "&&=", "??=", "(?<", "static {", "this.#", "import("] {
            assert_eq!(code.clone().find(|line| line.contains(newer)), None, "{newer}");
        }
    }
}
