//! The pages for joining: the first page of a phone, and the return with a word.

use super::{Markup, Shell, alert, button, form, hidden, languages, plainly};
use crate::instrument::code::LONGEST_CODE;
use crate::instrument::{Instrument, Language, StartField};
use crate::server::room::Shut;
use crate::text;

/// What the page needs to know.
pub(in crate::server) struct Welcome<'a> {
    pub instrument: &'a Instrument,
    pub language: &'a Language,
    /// Where the form is sent.
    pub to: &'a str,
    /// What tells this form from every other: sent twice, it lets one person in.
    pub once: &'a str,
    /// Why the room cannot be joined.
    pub shut: Option<Shut>,
    /// Whether a participant can resume with a word.
    pub words: bool,
    /// What went wrong.
    pub trouble: Option<String>,
    pub encrypted: bool,
    pub kiosk: bool,
    pub rehearsal: bool,
    /// Asks which person at the customer answers, where the start form does not settle it.
    pub person: Option<&'a StartField>,
}

impl Welcome<'_> {
    pub fn write(&self) -> String {
        let (language, address) = (self.language, self.instrument.address);
        let title = self.instrument.label.raw(language);
        let shell = Shell { language, title: &title, class: "phone", wait: None, again: None };
        shell.write(|body| {
            body.element("main", &[], |main| {
                main.leaf("h1", &[], &title);
                if let Some(about) = &self.instrument.about {
                    main.leaf("p", &[("class", "about")], &about.raw(language));
                }
                if self.rehearsal {
                    main.leaf("p", &[("class", "rehearsal")], &text!(language, "tui-form-rehearsal"));
                }
                alert(main, self.trouble.as_deref());
                match &self.shut {
                    None => {
                        let minutes = self.instrument.minutes;
                        main.leaf("p", &[], &text!(language, "server-join-how-long", minutes, address));
                        form(main, self.to, |form| {
                            hidden(form, "lang", language.as_str());
                            hidden(form, "once", self.once);
                            if let Some(person) = self.person {
                                self.ask(person, form);
                            }
                            form.element("p", &[("class", "actions")], |p| {
                                button(p, "primary", "join", &text!(language, "server-join-begin"));
                            });
                        });
                    }
                    Some(why) => main.leaf("p", &[("class", "alert")], &why.in_words(language)),
                }
                if self.words && !self.kiosk {
                    main.element("details", &[], |more| {
                        more.leaf("summary", &[], &text!(language, "server-join-was-here"));
                        form(more, "/word", |form| {
                            form.leaf(
                                "label",
                                &[("for", "word")],
                                &text!(language, "server-join-word", address),
                            );
                            let attributes = [
                                ("id", "word"),
                                ("name", "word"),
                                ("type", "text"),
                                ("maxlength", "8"),
                                ("autocapitalize", "characters"),
                                ("spellcheck", "false"),
                                ("required", ""),
                            ];
                            form.empty("input", &attributes);
                            form.element("p", &[("class", "actions")], |p| {
                                button(p, "", "word", &text!(language, "server-join-go-on"));
                            });
                        });
                    });
                }
            });
            body.element("footer", &[], |footer| {
                languages(footer, self.to, &self.instrument.languages, language, &Vec::new());
                plainly(footer, self.encrypted, language);
            });
        })
    }
}

impl Welcome<'_> {
    fn ask(&self, person: &StartField, form: &mut Markup) {
        // The questionnaire's own label and hint address the interviewer, but this page is read by the customer.
        let label = text!(self.language, "server-join-person", address = self.instrument.address);
        let free = text!(self.language, "tui-form-optional");
        form.leaf("label", &[("for", &person.name)], &format!("{label} ({free})"));
        let longest = LONGEST_CODE.to_string();
        let attributes = [
            ("id", person.name.as_str()),
            ("name", &person.name),
            ("type", "text"),
            ("maxlength", &longest),
            ("autocapitalize", "characters"),
            ("spellcheck", "false"),
            ("aria-describedby", "person-hint"),
        ];
        form.empty("input", &attributes);
        let why = text!(self.language, "server-join-person-what");
        form.leaf("p", &[("class", "hint"), ("id", "person-hint")], &why);
    }
}

impl Shut {
    /// Why a participant cannot join.
    pub fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Locked => text!(language, "server-shut-locked"),
            Self::Ended => text!(language, "server-shut-ended"),
            Self::Full => text!(language, "server-shut-full"),
            Self::NoLink => text!(language, "server-shut-no-link"),
            Self::Failed(_) => text!(language, "server-shut-failed"),
        }
    }
}

/// The page on which a participant types the code of the room by hand.
pub(in crate::server) fn code(language: &Language, encrypted: bool, trouble: Option<String>) -> String {
    let title = text!(language, "server-code-title");
    let shell = Shell { language, title: &title, class: "phone", wait: None, again: None };
    shell.write(|body| {
        body.element("main", &[], |main| {
            main.leaf("h1", &[], &title);
            alert(main, trouble.as_deref());
            form(main, "/", |form| {
                form.leaf("label", &[("for", "code")], &text!(language, "server-code-label"));
                let attributes = [
                    ("id", "code"),
                    ("name", "code"),
                    ("type", "text"),
                    ("maxlength", "8"),
                    ("autocapitalize", "characters"),
                    ("spellcheck", "false"),
                    ("required", ""),
                ];
                form.empty("input", &attributes);
                form.element("p", &[("class", "actions")], |p| {
                    button(p, "primary", "code", &text!(language, "server-join-go-on"));
                });
            });
        });
        body.element("footer", &[], |footer| plainly(footer, encrypted, language));
    })
}
