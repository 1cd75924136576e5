//! XML, as little as two formats need: elements with attributes, and texts that cannot break out of them.

/// `text` with the five characters that mean something to XML replaced, and without those that XML 1.0 cannot hold.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            // A bare carriage return would be read back as a line feed.
            '\r' => safe.push_str("&#13;"),
            c if allowed(c) => safe.push(c),
            _ => safe.push('\u{fffd}'),
        }
    }
    safe
}

/// Whether XML 1.0 can hold a character.
pub(super) fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A document that is being written, indented by its depth.
#[derive(Debug, Default)]
pub(super) struct XmlDocument {
    text: String,
    open: Vec<&'static str>,
}

impl XmlDocument {
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".into(), open: Vec::new() }
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.indent();
        self.tag(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text += &format!("</{name}>\n");
        }
    }

    /// An element that holds a text.
    pub fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.indent();
        self.tag(name, attributes);
        if text.is_empty() {
            self.text.push_str("/>\n");
        } else {
            self.text += &format!(">{}</{name}>\n", escaped(text));
        }
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text += &format!(" {name}=\"{}\"", escaped(value));
        }
    }

    /// The document; every element that is still open ends.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_out() {
        let mut document = XmlDocument::new();
        document.open("a", &[("b", "\"><c")]);
        document.leaf("d", &[], "</d>&\u{0}\u{b}");
        document.leaf("e", &[], "");
        let text = document.finish();
        assert!(text.contains("<a b=\"&quot;&gt;&lt;c\">"), "{text}");
        assert!(text.contains("<d>&lt;/d&gt;&amp;\u{fffd}\u{fffd}</d>"), "{text}");
        assert!(text.ends_with("  <e/>\n</a>\n"), "{text}");
    }
}
