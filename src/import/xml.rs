//! XML from untrusted files, as elements. Owns how deep and how large a document may be; refuses document types and custom
//! entities, so that nothing is ever fetched or expanded.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How deep elements may lie in each other.
const DEPTH: usize = 256;
/// The most elements that a document may have.
const ELEMENTS: usize = 2_000_000;

/// An element, without the prefix of its namespace.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The elements in it.
    pub inside: Vec<Element>,
    /// The text in it, without that of elements in it.
    pub text: String,
}

impl Element {
    /// An attribute; `None` where it is missing or empty.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether any attribute has this value, because namespace prefixes vary.
    pub fn says(&self, value: &str) -> bool {
        self.attributes.iter().any(|(_, known)| known == value)
    }

    /// The elements of a name in it.
    pub fn each<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.inside.iter().filter(move |element| element.name == name)
    }

    /// The first of a name in it.
    pub fn one<'a>(&'a self, name: &'a str) -> Option<&'a Self> {
        self.each(name).next()
    }
}

/// The outermost element of a document.
pub(super) fn read(document: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let mut elements = 0;
    loop {
        let at = reader.buffer_position();
        let wrong = |what: &str| format!("byte {at}: {what}");
        let event = reader.read_event().map_err(|why| wrong(&why.to_string()))?;
        let ended = match event {
            Event::Start(tag) => {
                open.push(begun(&tag).map_err(|why| wrong(&why))?);
                None
            }
            Event::Empty(tag) => Some(begun(&tag).map_err(|why| wrong(&why))?),
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                say(&mut open, &text.xml10_content());
                None
            }
            Event::CData(text) => {
                say(&mut open, &text.xml10_content());
                None
            }
            Event::GeneralRef(reference) => {
                let letter = letter(&reference).map_err(|why| wrong(&why))?;
                say(&mut open, letter.encode_utf8(&mut [0; 4]));
                None
            }
            Event::DocType(_) => return Err(wrong("a document type, which no such file has")),
            Event::Eof => break,
            _ => None,
        };
        if let Some(element) = ended {
            match open.last_mut() {
                Some(around) => around.inside.push(element),
                None if root.is_none() => root = Some(element),
                None => return Err(wrong("a second outermost element")),
            }
            elements += 1;
        }
        if open.len() > DEPTH || elements > ELEMENTS {
            return Err(wrong("elements lie too deep in each other, or there are too many"));
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        _ => Err("it breaks off".into()),
    }
}

fn begun(tag: &BytesStart) -> Result<Element, String> {
    let mut element = Element { name: tag.local_name().into_inner().to_owned(), ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|why| why.to_string())?;
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|why| why.to_string())?.into_owned();
        element.attributes.push((attribute.key.local_name().into_inner().to_owned(), value));
    }
    Ok(element)
}

fn say(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The character of a reference: one of the five of XML itself, or a number.
pub(super) fn letter(reference: &BytesRef) -> Result<char, String> {
    let found = match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().map_err(|why| why.to_string())?,
    };
    found.ok_or_else(|| "an entity that XML itself does not have".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_hold_attributes_text_and_each_other() {
        let root =
            read("<a xmlns:q='u'><q:b c='1 &lt; 2'>x &amp; <![CDATA[<y>]]>&#128512;</q:b><b/></a>").unwrap();
        let first = root.one("b").unwrap();
        assert_eq!((first.attribute("c"), first.text.as_str()), (Some("1 < 2"), "x & <y>\u{1f600}"));
        assert_eq!((root.each("b").count(), root.attribute("c")), (2, None));
    }

    #[test]
    fn what_is_no_document_or_would_reach_out_of_it_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>";
        assert!(read(bomb).unwrap_err().contains("a document type"));
        for (document, why) in [
            ("<a>&b;</a>", "an entity"),
            ("<a b='&c;'/>", "c"),
            ("<a><b></a>", "byte"),
            ("<a>", "it breaks off"),
            ("", "it breaks off"),
            ("<a/><b/>", "a second"),
            (&"<a>".repeat(300), "too deep"),
        ] {
            let said = read(document).unwrap_err();
            assert!(said.contains(why), "{document}: {said}");
        }
    }
}
