//! Markup as it is written: the only way from a text into a page.
//!
//! Owns escaping and nesting. Names of elements and attributes are literals of this program; every other text passes `escape`, and no
//! function writes a string as it is. An element is always closed, because its content is a closure.

use crate::defuse;

/// Elements that have neither content nor an end tag.
const VOID: &[&str] = &["meta", "br", "hr", "input", "link"];

/// Names and values of the attributes of an element; values are escaped.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A page, or a part of one, while it is written.
#[derive(Debug, Default)]
pub struct Markup {
    out: String,
}

/// A part of a page that this module wrote, and so the only text that needs no escaping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl Markup {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// An element and what `inside` writes into it.
    pub fn element(&mut self, name: &'static str, attributes: Attributes, inside: impl FnOnce(&mut Self)) {
        self.begin(name, attributes);
        if VOID.contains(&name) {
            return;
        }
        inside(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        if BLOCKS.contains(&name) {
            self.out.push('\n');
        }
    }

    /// An element with a text.
    pub fn leaf(&mut self, name: &'static str, attributes: Attributes, text: &str) {
        self.element(name, attributes, |inside| inside.text(text));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &'static str, attributes: Attributes) {
        self.element(name, attributes, |_| {});
    }

    /// The style sheet: a literal of this program, which must hold no `<`.
    pub fn style(&mut self, sheet: &'static str) {
        self.begin("style", &[]);
        self.out.push_str(sheet);
        self.out.push_str("</style>\n");
    }

    /// Writes a CSS rule with a text between two literals of this program; the text can end neither its quotes nor the element.
    pub fn style_saying(&mut self, (before, after): (&'static str, &'static str), text: &str) {
        self.begin("style", &[]);
        self.out.push_str(before);
        for c in text.chars() {
            match c {
                '"' | '\\' | '<' | '>' | '&' | '\n' => self.out.push_str(&format!("\\{:x} ", u32::from(c))),
                c => self.out.push(c),
            }
        }
        self.out.push_str(after);
        self.out.push_str("</style>\n");
    }

    /// What another page of ours wrote already, which has passed here before.
    pub fn written(&mut self, markup: &SafeHtml) {
        self.out.push_str(&markup.0);
    }

    /// What was written, as a part for other pages.
    pub fn part(self) -> SafeHtml {
        SafeHtml(self.out)
    }

    /// The declaration that a page begins with.
    pub fn doctype(&mut self) {
        self.out.push_str("<!DOCTYPE html>\n");
    }

    fn begin(&mut self, name: &'static str, attributes: Attributes) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }
}

/// Elements after which a new line makes the source readable and changes nothing of what is shown.
const BLOCKS: &[&str] = &[
    "html", "head", "title", "body", "header", "main", "footer", "section", "article", "div", "p", "h1",
    "h2", "h3", "ul", "ol", "li", "dl", "dd", "table", "thead", "tbody", "tr", "caption", "figure", "svg",
    "details",
];

/// Escapes `text` for content and quoted attributes alike. Characters that HTML forbids, such as most controls, become U+FFFD.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if defuse::acts(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_close_what_they_open() {
        let mut page = Markup::new();
        page.element("p", &[("class", "a \"b\"")], |p| {
            p.text("5 < 6 & 'so'");
            p.empty("br", &[]);
            p.leaf("b", &[], "</b>");
        });
        let written = page.finish();
        assert_eq!(
            written,
            "<p class=\"a &quot;b&quot;\">5 &lt; 6 &amp; &#39;so&#39;<br><b>&lt;/b&gt;</b></p>\n"
        );
    }

    /// What a browser would show of an escaped text.
    fn shown(escaped: &str) -> String {
        let plain = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        plain.replace("&#39;", "'").replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn no_text_breaks_out_and_none_is_lost(text in "\\PC*|[<>&\"'/=a-z ;!-]{0,40}") {
            let mut page = Markup::new();
            page.leaf("p", &[("title", &text)], &text);
            let written = page.finish();
            prop_assert_eq!(written.matches('<').count(), 2);
            prop_assert_eq!(written.matches('>').count(), 2);
            prop_assert_eq!(written.matches('"').count(), 2);
            prop_assert_eq!(written.matches('\'').count(), 0);
            let mut escaped = String::new();
            escape(&text, &mut escaped);
            let acts = text.chars().any(defuse::acts);
            prop_assert!(acts || shown(&escaped) == text);
        }
    }
}
