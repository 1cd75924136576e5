//! The end of an interview: reviewing the answers, thanks, waiting for the room, and stopping.

use super::ask::Frame;
use super::{Shell, alert, button, form, hidden, languages};
use crate::instrument::Audience;
use crate::interview::{ReviewLine, View, phrases};
use crate::text;

/// What a participant can see at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum After {
    /// Nothing but thanks.
    Thanks,
    /// Results come later, with those of the whole room.
    Waits,
    /// The room's results, and whether their own result is available, too.
    Room {
        /// Their own result.
        own: bool,
    },
    /// Their own result.
    Own,
    /// On a shared device: asks for the next person.
    Next,
}

impl Frame<'_> {
    /// All answers, for a review.
    pub fn review(&self, view: &View, lines: &[ReviewLine], refused: bool) -> String {
        let language = &view.language;
        let heading = text!(language, "server-review-title");
        let shell = Shell { language, title: &heading, class: "phone", wait: None, again: None };
        shell.write(|body| {
            self.header(body, view, &heading);
            body.element("main", &[], |main| {
                main.leaf("h1", &[], &heading);
                let open = lines.iter().any(|line| line.open);
                let sentence = match (refused, open) {
                    (true, _) => phrases::refused_review(language),
                    (false, true) => text!(language, "server-review-open"),
                    (false, false) => text!(language, "server-review-look", address = self.address),
                };
                main.leaf("p", &[], &sentence);
                alert(main, self.trouble.as_deref());
                form(main, "/q", |form| {
                    hidden(form, "kept", &self.kept.to_string());
                    if !open {
                        form.element("div", &[("class", "actions")], |row| {
                            button(row, "primary", "finish", &text!(language, "server-review-finish"));
                        });
                    }
                    form.element("ul", &[("class", "review")], |list| {
                        for line in lines {
                            let answer = match &line.missing {
                                Some(reply) => reply.why_missing(language),
                                None if line.open => text!(language, "server-review-missing"),
                                None if line.answer.is_empty() => "—".to_owned(),
                                None => line.answer.clone(),
                            };
                            list.element("li", &[], |item| {
                                item.leaf("p", &[("class", "asked")], &line.question);
                                item.element("p", &[("class", "answered")], |p| {
                                    p.leaf("span", &[], &answer);
                                    let what = format!("open:{}", line.item);
                                    let label =
                                        text!(language, "server-review-change", question = &line.question);
                                    let attributes = [
                                        ("type", "submit"),
                                        ("class", "quiet"),
                                        ("name", "do"),
                                        ("value", &*what),
                                        ("aria-label", &*label),
                                    ];
                                    p.leaf(
                                        "button",
                                        &attributes,
                                        &text!(language, "server-review-change-short"),
                                    );
                                });
                            });
                        }
                    });
                    form.element("div", &[("class", "actions")], |row| {
                        button(row, "quiet", "back", &text!(language, "server-ask-back"));
                    });
                });
            });
            body.element("footer", &[], |footer| {
                let carried = vec![("kept".to_owned(), self.kept.to_string())];
                languages(footer, "/q", self.languages, language, &carried);
                self.way_out(footer, language);
            });
        })
    }

    /// A hand-over or a pause, with a single button to continue.
    pub fn card(&self, view: &View, to: Option<Audience>) -> String {
        let language = &view.language;
        let (heading, what) = match to {
            Some(_) => (text!(language, "server-card-hand-over"), "hand_over"),
            None => (text!(language, "server-card-paused"), "resume"),
        };
        let shell = Shell { language, title: &heading, class: "phone", wait: None, again: None };
        shell.write(|body| {
            body.element("main", &[], |main| {
                main.leaf("h1", &[], &heading);
                alert(main, self.trouble.as_deref());
                form(main, "/q", |form| {
                    hidden(form, "kept", &self.kept.to_string());
                    form.element("div", &[("class", "actions")], |row| {
                        button(row, "primary", what, &text!(language, "server-ask-go-on"));
                    });
                });
            });
        })
    }

    /// Thanks, and links to the results. `seen` is the number of the room's last change.
    pub fn finished(&self, view: &View, refused: bool, after: After, seen: u64) -> String {
        let language = &view.language;
        let heading = text!(language, "server-end-title");
        let waits = matches!(after, After::Waits);
        let shell = Shell {
            language,
            title: &heading,
            class: "phone",
            wait: waits.then_some(("/wait", seen)),
            again: waits.then_some("15"),
        };
        shell.write(|body| {
            body.element("main", &[], |main| {
                main.leaf("h1", &[], &heading);
                let thanks = match refused {
                    true => phrases::refused(language),
                    false => phrases::thanks(language, self.address),
                };
                main.leaf("p", &[], &thanks);
                let link = |main: &mut crate::report::html::markup::Markup, to: &str, label: &str| {
                    main.element("p", &[], |p| p.leaf("a", &[("class", "button"), ("href", to)], label));
                };
                match after {
                    After::Thanks => {}
                    After::Waits => {
                        main.leaf("p", &[("role", "status")], &text!(language, "server-end-waits"));
                        link(main, "/q", &text!(language, "server-end-look-again"));
                    }
                    After::Room { own } => {
                        link(main, "/room", &text!(language, "server-end-room"));
                        if own {
                            link(main, "/own", &text!(language, "server-end-own", address = self.address));
                        }
                    }
                    After::Own => {
                        link(main, "/own", &text!(language, "server-end-own", address = self.address))
                    }
                    After::Next => {
                        main.leaf("p", &[], &text!(language, "server-end-next", address = self.address));
                        form(main, "/next", |form| {
                            form.element("div", &[("class", "actions")], |row| {
                                button(row, "primary", "next", &text!(language, "server-end-next-person"));
                            });
                        });
                    }
                }
            });
        })
    }

    /// Asks whether to stop, and what happens to the answers.
    pub fn stop(&self, view: &View) -> String {
        let language = &view.language;
        let heading = text!(language, "server-stop-title");
        let shell = Shell { language, title: &heading, class: "phone", wait: None, again: None };
        shell.write(|body| {
            body.element("main", &[], |main| {
                main.leaf("h1", &[], &heading);
                main.leaf("p", &[], &text!(language, "server-stop-what", address = self.address));
                form(main, "/stop", |form| {
                    hidden(form, "kept", &self.kept.to_string());
                    form.element("div", &[("class", "actions column")], |row| {
                        row.leaf(
                            "a",
                            &[("class", "button primary"), ("href", "/q")],
                            &text!(language, "server-stop-no"),
                        );
                        button(row, "", "keep", &text!(language, "server-stop-keep"));
                        button(row, "danger", "erase", &text!(language, "server-stop-erase"));
                    });
                });
            });
        })
    }
}
