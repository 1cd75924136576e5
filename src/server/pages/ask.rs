//! The page of a question: its prompt as a form that works without a script.

use super::{Shell, alert, button, form, hidden, languages};
use crate::instrument::prompt::{Ask, Choice, Input, Missing, ScaleAsk, SortBlock, TextAsk, TextForm};
use crate::instrument::{Address, Language};
use crate::interview::{Asked, Empty, View, phrases};
use crate::report::html::markup::Markup;
use crate::server::forms::{self, MISSING, has, numbered, one};
use crate::server::guard::Fields;
use crate::text;
use crate::texts;

/// Length in characters from which a question is set as a paragraph.
const LONG: usize = 160;

/// The surroundings of a question.
pub(in crate::server) struct Frame<'a> {
    pub title: &'a str,
    pub languages: &'a [Language],
    pub address: Address,
    /// The number of the page: the events in the journal.
    pub kept: usize,
    /// The participant's word.
    pub word: &'a str,
    /// An error message.
    pub trouble: Option<String>,
    pub kiosk: bool,
}

impl Frame<'_> {
    /// The page of a question, filled with what was entered.
    pub fn ask(&self, view: &View, asked: &Asked, filled: &Fields) -> String {
        let language = &view.language;
        let title = format!("{} · {}", asked.section, self.title);
        let shell = Shell { language, title: &title, class: "phone", wait: None, again: None };
        shell.write(|body| {
            self.header(body, view, &asked.section);
            body.element("main", &[], |main| {
                form(main, "/q", |form| {
                    self.carried(asked).iter().for_each(|(name, value)| hidden(form, name, value));
                    alert(form, self.trouble.as_deref());
                    self.question(form, asked, filled, language);
                    self.actions(form, view, asked, language);
                });
                self.more(main, asked, language);
            });
            body.element("footer", &[], |footer| {
                languages(footer, "/q", self.languages, language, &self.carried(asked));
                self.way_out(footer, language);
            });
        })
    }

    fn carried(&self, asked: &Asked) -> Fields {
        let field = |name: &str, value: String| (name.to_owned(), value);
        vec![
            field("kept", self.kept.to_string()),
            field("item", asked.item.clone()),
            field("step", asked.step.to_string()),
        ]
    }

    /// The position in the interview.
    pub fn header(&self, out: &mut Markup, view: &View, section: &str) {
        let language = &view.language;
        out.element("header", &[("class", "bar")], |bar| {
            bar.leaf("p", &[("class", "kicker")], section);
            let (done, total) = (view.progress.done.to_string(), view.progress.total.max(1).to_string());
            let said = text!(language, "server-ask-progress", done = &done, total = &total);
            let attributes = [("max", &*total), ("value", &*done), ("aria-label", &*said)];
            bar.leaf("progress", &attributes, &said);
        });
    }

    /// The links to another device and to stopping.
    pub fn way_out(&self, out: &mut Markup, language: &Language) {
        out.element("p", &[("class", "small soft")], |p| {
            if !self.kiosk {
                p.text(&text!(language, "server-ask-word", address = self.address));
                p.text(" ");
                p.leaf("strong", &[("class", "word")], self.word);
                p.text(". ");
            }
            p.leaf("a", &[("href", "/stop")], &text!(language, "server-ask-stop"));
        });
    }

    fn question(&self, out: &mut Markup, asked: &Asked, filled: &Fields, language: &Language) {
        let several = match &asked.prompt.ask {
            Ask::Pick { .. } | Ask::Scale(_) | Ask::Rank { .. } | Ask::Allocate { .. } => true,
            Ask::Note | Ask::Number { .. } | Ask::Text(_) | Ask::Sort(_) => false,
        };
        let hint = asked.prompt.hint.as_deref();
        // A long question is easier to read as a paragraph.
        let size = if asked.prompt.text.chars().count() > LONG { "long" } else { "short" };
        let inside = |out: &mut Markup| {
            if let Some(hint) = hint {
                out.leaf("p", &[("class", "hint"), ("id", "hint")], hint);
            }
            self.field(out, asked, filled, language);
        };
        let described = if hint.is_some() { "hint" } else { "" };
        if several {
            let attributes = [("aria-describedby", described)];
            out.element("fieldset", if hint.is_some() { &attributes } else { &[] }, |set| {
                set.element("legend", &[], |legend| {
                    legend.leaf("h1", &[("class", size)], &asked.prompt.text)
                });
                inside(set);
            });
        } else {
            out.leaf("h1", &[("id", "question"), ("class", size)], &asked.prompt.text);
            inside(out);
        }
    }

    fn field(&self, out: &mut Markup, asked: &Asked, filled: &Fields, language: &Language) {
        match &asked.prompt.ask {
            Ask::Note => {}
            Ask::Pick { options, min, max } => pick(out, options, (*min, *max), filled, language),
            Ask::Scale(scale) => scale_rows(out, scale, asked, filled, language),
            Ask::Number { min, max, whole, unit } => {
                number(out, (*min, *max), *whole, unit.as_deref(), filled, language);
            }
            Ask::Text(text) => words(out, text, asked, filled, language),
            Ask::Rank { options, places } => rank(out, options, *places, filled, language),
            Ask::Allocate { parts, total } => allocate(out, parts, *total, filled, language),
            Ask::Sort(block) => self.sort(out, block, asked, language),
        }
    }

    fn actions(&self, out: &mut Markup, view: &View, asked: &Asked, language: &Language) {
        out.element("div", &[("class", "actions stick")], |row| {
            match (&asked.prompt.ask, &asked.empty) {
                (Ask::Note, _) => button(row, "primary", "empty", &text!(language, "server-ask-go-on")),
                // The script submits the block itself.
                (Ask::Sort(_), Empty::Keep) => {
                    button(row, "primary", "empty", &text!(language, "server-ask-go-on"));
                }
                (Ask::Sort(_), _) => {}
                (
                    Ask::Pick { .. }
                    | Ask::Scale(_)
                    | Ask::Number { .. }
                    | Ask::Text(_)
                    | Ask::Rank { .. }
                    | Ask::Allocate { .. },
                    empty,
                ) => {
                    button(row, "primary", "answer", &text!(language, "server-ask-next"));
                    match empty {
                        Empty::Reply(_) => {
                            button(row, "", "empty", &text!(language, "server-ask-no-more"));
                        }
                        Empty::Pass => button(row, "", "empty", &text!(language, "server-ask-skip")),
                        Empty::Keep | Empty::Needed => {}
                    }
                }
            }
            if view.can_go_back {
                button(row, "quiet", "back", &text!(language, "server-ask-back"));
            }
        });
    }

    /// Buttons that do not answer, set apart from the answers.
    fn more(&self, out: &mut Markup, asked: &Asked, language: &Language) {
        if matches!(asked.prompt.ask, Ask::Note) {
            return;
        }
        form(out, "/q", |form| {
            self.carried(asked).iter().for_each(|(name, value)| hidden(form, name, value));
            form.element("p", &[("class", "instead")], |p| {
                button(p, "quiet", "declined", &text!(language, "server-ask-rather-not"));
                if asked.takes_dont_know {
                    button(p, "quiet", "dont_know", &text!(language, "server-ask-dont-know"));
                }
            });
            if let Some(reply) = asked.reply.as_ref().filter(|reply| reply.input().is_none()) {
                let said = text!(language, "server-ask-said-before", what = reply.why_missing(language));
                form.leaf("p", &[("class", "small soft")], &said);
            }
        });
    }

    fn sort(&self, out: &mut Markup, block: &SortBlock, asked: &Asked, language: &Language) {
        let address = self.address;
        if matches!(asked.reply.as_ref().and_then(|reply| reply.input()), Some(Input::Sorted(_))) {
            out.leaf("p", &[], &text!(language, "server-sort-done"));
            return;
        }
        let json = serde_json::to_string(block).unwrap_or_default();
        let (number, of) = (block.number, block.of);
        let attributes = [
            ("id", "sort"),
            ("class", "sort"),
            ("data-block", &*json),
            ("data-faster", &*text!(language, "server-sort-faster")),
            ("data-again", &*text!(language, "server-sort-again")),
            ("data-sending", &*text!(language, "server-sort-sending")),
        ];
        out.element("div", &attributes, |sort| {
            sort.leaf("p", &[("class", "kicker")], &text!(language, "server-sort-block", number, of));
            sort.leaf("p", &[], &text!(language, "server-sort-what-to-do", address));
            sort.element("div", &[("class", "sides")], |sides| {
                for (class, names, key) in [("left", &block.left, "E"), ("right", &block.right, "I")] {
                    sides.element("div", &[("class", class)], |side| {
                        for name in names {
                            side.leaf("p", &[], name);
                        }
                        side.leaf("kbd", &[], key);
                    });
                }
            });
            sort.leaf("noscript", &[], &text!(language, "server-sort-no-script"));
            sort.element("p", &[("class", "actions")], |p| {
                let begin = [("type", "button"), ("class", "primary needs-script"), ("id", "begin")];
                p.leaf("button", &begin, &text!(language, "server-sort-begin"));
                button(p, "quiet", "empty", &text!(language, "server-sort-without"));
            });
        });
    }
}

/// An option as a card large enough for a thumb.
fn card(out: &mut Markup, kind: &str, (name, value): (&str, &str), label: &str, chosen: bool, id: &str) {
    out.element("label", &[("class", "card")], |card| {
        let base = [("type", kind), ("name", name), ("value", value), ("id", id)];
        let checked = [("type", kind), ("name", name), ("value", value), ("id", id), ("checked", "")];
        card.empty("input", if chosen { &checked } else { &base });
        card.leaf("span", &[], label);
    });
}

fn pick(
    out: &mut Markup,
    options: &[Choice],
    (min, max): (usize, usize),
    filled: &Fields,
    language: &Language,
) {
    let kind = if max == 1 { "radio" } else { "checkbox" };
    if max > 1 {
        out.leaf("p", &[("class", "hint")], &text!(language, "server-pick-between", min, max));
    }
    out.element("div", &[("class", "cards")], |cards| {
        for (at, option) in options.iter().enumerate() {
            let chosen = has(filled, "v", &option.name);
            card(cards, kind, ("v", &option.name), &option.label, chosen, &format!("v-{at}"));
        }
    });
}

/// A scale with labelled points is a list of cards, one with numbers a row of them. Several rows are one below the other.
fn scale_rows(out: &mut Markup, scale: &ScaleAsk, asked: &Asked, filled: &Fields, language: &Language) {
    let several = scale.rows.len() > 1;
    for (at, row) in scale.shown().into_iter().filter_map(|at| Some((at, scale.rows.get(at)?))) {
        let name = numbered('r', at);
        let inside = |out: &mut Markup| {
            if !several && !scale.points.is_empty() {
                out.element("div", &[("class", "cards")], |cards| {
                    for (point, label) in scale.values().zip(&scale.points) {
                        let value = point.to_string();
                        let chosen = has(filled, &name, &value);
                        card(cards, "radio", (&name, &value), label, chosen, &format!("{name}-{value}"));
                    }
                });
            } else {
                points(out, scale, &name, filled);
            }
            if several {
                out.element("p", &[("class", "instead")], |p| {
                    for (value, why) in MISSING {
                        let label = match why {
                            Missing::Declined => text!(language, "server-ask-rather-not"),
                            Missing::DontKnow if asked.takes_dont_know => {
                                text!(language, "server-ask-dont-know")
                            }
                            Missing::DontKnow
                            | Missing::NotAnswered
                            | Missing::Illegible
                            | Missing::TwoTicked => continue,
                        };
                        let chosen = has(filled, &name, value);
                        card(p, "radio", (&name, value), &label, chosen, &format!("{name}-{value}"));
                    }
                });
            }
        };
        if several {
            out.element("fieldset", &[("class", "row")], |set| {
                set.leaf("legend", &[], &row.label);
                inside(set);
            });
        } else {
            inside(out);
        }
    }
}

/// The points of a scale side by side, with the meaning of its ends below.
fn points(out: &mut Markup, scale: &ScaleAsk, name: &str, filled: &Fields) {
    let class = match scale.len() {
        0..=5 => "points five",
        6..=7 => "points seven",
        8..=9 => "points nine",
        10..=12 => "points eleven",
        _ => "points many",
    };
    out.element("div", &[("class", class)], |row| {
        for (at, point) in scale.values().enumerate() {
            let value = point.to_string();
            row.element("label", &[("class", "point")], |label| {
                let id = format!("{name}-{value}");
                let chosen = has(filled, name, &value);
                let base = [("type", "radio"), ("name", name), ("value", &*value), ("id", &*id)];
                let checked =
                    [("type", "radio"), ("name", name), ("value", &*value), ("id", &*id), ("checked", "")];
                label.empty("input", if chosen { &checked } else { &base });
                label.element("span", &[], |shown| {
                    shown.text(&scale.written(point));
                    if let Some(said) = scale.points.get(at) {
                        shown.leaf("span", &[("class", "hidden")], &format!(" {said}"));
                    }
                });
            });
        }
    });
    let ends = match (scale.points.first(), scale.points.last()) {
        (Some(low), Some(high)) => (low.as_str(), high.as_str()),
        _ => (scale.low.as_str(), scale.high.as_str()),
    };
    if !ends.0.is_empty() || !ends.1.is_empty() {
        out.element("p", &[("class", "ends")], |p| {
            p.leaf("span", &[], ends.0);
            p.leaf("span", &[], ends.1);
        });
    }
}

fn number(
    out: &mut Markup,
    (min, max): (Option<f64>, Option<f64>),
    whole: bool,
    unit: Option<&str>,
    filled: &Fields,
    language: &Language,
) {
    let shown = |bound: Option<f64>| bound.map(|bound| texts::number(bound, language)).unwrap_or_default();
    let range = match (min, max) {
        (None, None) => String::new(),
        _ => format!("{} … {}", shown(min), shown(max)).trim().to_owned(),
    };
    let said = [range, unit.unwrap_or_default().to_owned()].join(" ");
    let said = said.trim();
    let mode = if whole { "numeric" } else { "decimal" };
    let attributes = [
        ("type", "text"),
        ("inputmode", if min.is_none_or(|min| min < 0.0) { "text" } else { mode }),
        ("name", "n"),
        ("value", one(filled, "n").unwrap_or_default()),
        ("aria-labelledby", "question"),
        ("aria-describedby", "range"),
        ("maxlength", "40"),
    ];
    out.empty("input", &attributes);
    out.leaf("p", &[("class", "hint"), ("id", "range")], said);
}

fn words(out: &mut Markup, ask: &TextAsk, asked: &Asked, filled: &Fields, language: &Language) {
    let (before, _) = asked.other_words();
    if let Some(place) = ask.word {
        out.leaf("p", &[("class", "hint")], &phrases::which_word(place, language));
    }
    if !before.is_empty() {
        let said = before.join(", ");
        out.leaf("p", &[("class", "hint")], &text!(language, "server-ask-so-far", words = said));
    }
    let most = ask.max_length.to_string();
    let value = one(filled, "t").unwrap_or_default();
    match ask.form {
        TextForm::Paragraph => {
            let attributes = [
                ("name", "t"),
                ("rows", "6"),
                ("maxlength", &*most),
                ("aria-labelledby", "question"),
                ("data-draft", ""),
            ];
            out.leaf("textarea", &attributes, value);
        }
        TextForm::Line | TextForm::Timed => {
            // A word changed afterwards is no longer a first association, so it has no times.
            let timed = ask.form == TextForm::Timed && value.is_empty();
            let mut attributes = vec![
                ("type", "text"),
                ("name", "t"),
                ("value", value),
                ("maxlength", &*most),
                ("aria-labelledby", "question"),
                ("enterkeyhint", "next"),
                ("data-draft", ""),
            ];
            attributes.extend((ask.form == TextForm::Timed).then_some(("data-word", "")));
            attributes.extend(timed.then_some(("data-timed", "")));
            out.empty("input", &attributes);
            if timed {
                hidden(out, "first", "");
                hidden(out, "enter", "");
            }
        }
        TextForm::Date { min, max, .. } => {
            let [min, max] = [min, max].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
            let attributes = [
                ("type", "date"),
                ("name", "t"),
                ("value", value),
                ("min", &*min),
                ("max", &*max),
                ("aria-labelledby", "question"),
            ];
            out.empty("input", &attributes);
        }
    }
}

fn rank(out: &mut Markup, options: &[Choice], places: usize, filled: &Fields, language: &Language) {
    for at in 0..places {
        let name = numbered('k', at);
        let place = at + 1;
        out.element("p", &[("class", "place")], |p| {
            p.leaf("label", &[("for", &name)], &text!(language, "server-rank-place", place));
            p.element("select", &[("name", &name), ("id", &name)], |select| {
                select.leaf("option", &[("value", "")], "—");
                for option in options {
                    let chosen = has(filled, &name, &option.name);
                    let base = [("value", option.name.as_str())];
                    let selected = [("value", option.name.as_str()), ("selected", "")];
                    select.leaf("option", if chosen { &selected } else { &base }, &option.label);
                }
            });
        });
    }
}

fn allocate(out: &mut Markup, parts: &[Choice], total: i64, filled: &Fields, language: &Language) {
    out.leaf("p", &[("class", "hint")], &text!(language, "server-allocate-total", total));
    out.element("div", &[("class", "parts"), ("data-total", &total.to_string())], |list| {
        for (at, part) in parts.iter().enumerate() {
            let name = numbered('p', at);
            list.element("p", &[("class", "part")], |p| {
                p.leaf("label", &[("for", &name)], &part.label);
                let most = total.to_string();
                let attributes = [
                    ("type", "number"),
                    ("inputmode", "numeric"),
                    ("name", &*name),
                    ("id", &*name),
                    ("min", "0"),
                    ("max", &*most),
                    ("step", "1"),
                    ("value", one(filled, &name).unwrap_or_default()),
                ];
                p.empty("input", &attributes);
            });
        }
        let left = text!(language, "server-allocate-left");
        list.leaf("p", &[("class", "hint left"), ("data-left", &left), ("aria-live", "polite")], "");
    });
}

/// The form's initial values: the unfinished entry, else the earlier answer.
pub(in crate::server) fn filled(asked: &Asked, begun: Option<&crate::interview::Begun>) -> Fields {
    match (begun, &asked.reply) {
        (Some(begun), _) => forms::begun(&asked.prompt.ask, begun),
        (None, Some(reply)) => forms::fields(&asked.prompt.ask, reply),
        (None, None) => Fields::new(),
    }
}
