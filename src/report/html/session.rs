//! The report of one session as a page: two sheets of A4 that a respondent or an account manager would keep.
//!
//! Owns what comes first and how much of the evidence fits; the whole of it stands in the other forms. A respondent sees
//! what the instrument's feedback allows, exactly as in Markdown.

use super::charts::{self, with_interval};
use super::markup::Markup;
use super::page::{Page, moment, section};
use crate::instrument::{Audience, Construct, Feedback, Language, Perspective, RelationalModel};
use crate::report::{AdviceLine, ProfileLine, Report, ScaleLine};
use crate::wording::{self, say};

/// Reasons shown for one profile, and for each of two. Further ones weigh less and would cost a third sheet.
const REASONS: usize = 6;
const REASONS_OF_TWO: usize = 3;
/// Answers shown beside one reason.
const ANSWERS: usize = 2;

impl Report {
    /// The report as one HTML file, in `language`. A respondent sees what the instrument's feedback allows and no advice
    /// that is meant for the interviewer.
    pub fn to_html(&self, language: &Language, reader: Audience) -> String {
        let title = format!("{} · {}", self.instrument.label, self.respondent);
        let page = Page { language, title: &title, simulated: self.simulated };
        let sheet = Sheet { report: self, language, respondent: reader == Audience::Respondent };
        page.write(|header| sheet.header(header), |main| sheet.main(main))
    }
}

struct Sheet<'a> {
    report: &'a Report,
    language: &'a Language,
    /// Whether a respondent reads it.
    respondent: bool,
}

impl Sheet<'_> {
    fn say(&self, en: &str, nl: &str) -> String {
        say(self.language, en, nl)
    }

    fn indirect(&self) -> bool {
        !self.respondent || self.report.feedback == Feedback::Full
    }

    fn header(&self, out: &mut Markup) {
        let report = self.report;
        out.leaf("p", &[("class", "kicker")], &self.say("Report of one session", "Rapport van één sessie"));
        out.leaf("h1", &[], &report.instrument.label);
        let fact = |list: &mut Markup, name: &str, value: &str| {
            list.element("div", &[], |pair| {
                pair.leaf("dt", &[], name);
                pair.leaf("dd", &[], value);
            });
        };
        out.element("dl", &[("class", "facts")], |list| {
            fact(list, &self.say("Respondent", "Respondent"), &report.respondent);
            for (label, value) in &report.fields {
                fact(list, label.trim_end_matches('?'), value);
            }
            fact(list, &self.say("Begun", "Begonnen"), &moment(&report.begun, self.language));
            let state = if report.complete {
                self.say("finished", "afgerond")
            } else {
                self.say("not finished", "niet afgerond")
            };
            let taken = format!("{:.0} min · {state}", report.minutes);
            fact(list, &self.say("Took", "Duurde"), &taken);
        });
    }

    fn main(&self, out: &mut Markup) {
        if self.report.refused {
            out.leaf("p", &[], &wording::refused(self.language));
            return;
        }
        self.in_short(out);
        self.profiles(out);
        if self.indirect() {
            self.gap(out);
        }
        self.advice(out);
        self.scales(out);
        self.small_print(out);
    }

    fn in_short(&self, out: &mut Markup) {
        let report = self.report;
        let heading = self.say("In short", "In het kort");
        out.element("section", &[("class", "lead"), ("aria-labelledby", "short")], |lead| {
            lead.leaf("h2", &[("class", "hidden"), ("id", "short")], &heading);
            for profile in &report.profiles {
                lead.element("p", &[], |p| {
                    p.text(&format!("{}: ", profile.title));
                    p.leaf("strong", &[], &profile.headline);
                    for more in
                        profile.rates.iter().chain(&profile.hardly_engaged).chain(&profile.ratings_left_out)
                    {
                        p.text(&format!(" {more}"));
                    }
                });
            }
            if let Some(reason) = &report.no_profile {
                lead.leaf("p", &[], reason);
            }
            if self.indirect() {
                lead.element("p", &[], |p| {
                    p.leaf("strong", &[], &capital(&report.gap_words.0));
                    p.text(&format!(". {}", report.gap_words.1));
                });
            }
        });
    }

    fn profiles(&self, out: &mut Markup) {
        let profiles = &self.report.profiles;
        let Some(first) = profiles.first() else { return };
        let both = profiles.len() > 1;
        let heading = if both {
            self.say("Two ways of relating, side by side", "Twee manieren van omgaan, naast elkaar")
        } else {
            first.title.clone()
        };
        section(out, "models", &heading, |out| {
            self.bars(out);
            let parts = |out: &mut Markup| {
                for profile in profiles {
                    out.element("div", &[], |part| self.why(part, profile, both));
                }
            };
            if both {
                out.element("div", &[("class", "two")], parts);
            } else {
                parts(out);
            }
            let basis = wording::basis(&first.basis, self.language);
            let sentence = format!("{}: {basis}.", self.say("Basis", "Basis"));
            out.leaf("p", &[("class", "small soft")], &sentence);
        });
    }

    /// One row a model, one pair of columns a profile: how strongly the norm is held, with its interval.
    fn bars(&self, out: &mut Markup) {
        let profiles = &self.report.profiles;
        if profiles.iter().any(|profile| profile.strengths.is_some()) {
            let range =
                profiles.iter().find_map(|profile| profile.strengths).map_or((0.0, 1.0), |found| found.range);
            let caption = self.say(
                &format!(
                    "How strongly each norm is held, {} to {}, with its 95 % interval",
                    range.0, range.1
                ),
                &format!("Hoe sterk elke norm leeft, van {} tot {}, met het 95 %-interval", range.0, range.1),
            );
            self.table(out, &caption, |row, profile, model| {
                let other = profile.perspective == Perspective::Other;
                let found =
                    profile.strengths.map(|strengths| (strengths.norms[model.index()], strengths.range));
                row.element("td", &[("class", "drawn"), ("aria-hidden", "true")], |cell| {
                    if let Some((strength, range)) = found {
                        charts::value(cell, range, strength.value, (strength.low, strength.high), other);
                    }
                });
                row.element("td", &[("class", "n")], |cell| {
                    if let Some((strength, _)) = found {
                        let shown = |value| wording::decimal(value, 1, self.language);
                        cell.text(&shown(strength.value));
                        let ends = format!(" ({}–{})", shown(strength.low), shown(strength.high));
                        cell.leaf("span", &[("class", "soft")], &ends);
                    }
                });
            });
        }
        let caption = self.say(
            "How sure it is which norm is the strongest: from the answers alone, and with the published rates",
            "Hoe zeker het is welke norm de sterkste is: uit de antwoorden alleen, en met de gepubliceerde cijfers",
        );
        self.table(out, &caption, |row, profile, model| {
            let both = [
                (profile.answers.probabilities, profile.answers.dominant, self.say("answers", "antwoorden")),
                (profile.probabilities, profile.dominant, self.say("with rates", "met cijfers")),
            ];
            for (probabilities, leader, what) in both {
                row.element("td", &[("class", "n")], |cell| {
                    let name = if model == leader { "strong" } else { "span" };
                    cell.leaf(name, &[], &format!("{:.0} %", 100.0 * probabilities[model.index()]));
                    cell.leaf("span", &[("class", "soft")], &format!(" {what}"));
                });
            }
        });
    }

    /// A table with a row for each model and two cells for each profile.
    fn table(
        &self,
        out: &mut Markup,
        caption: &str,
        cells: impl Fn(&mut Markup, &ProfileLine, RelationalModel),
    ) {
        let theory = self.indirect();
        out.element("table", &[("class", "bars")], |table| {
            table.leaf("caption", &[], caption);
            table.element("thead", &[], |head| {
                head.element("tr", &[], |row| {
                    row.leaf("th", &[("scope", "col")], &self.say("way of relating", "manier van omgaan"));
                    for profile in &self.report.profiles {
                        row.leaf("th", &[("scope", "col"), ("colspan", "2")], &profile.title);
                    }
                });
            });
            table.element("tbody", &[], |body| {
                for model in RelationalModel::ALL {
                    body.element("tr", &[], |row| {
                        row.element("th", &[("scope", "row")], |name| {
                            name.text(&capital(&wording::model_plainly(model, self.language)));
                            // The names of the theory are for those who study it, not for customers.
                            if theory {
                                name.text(" ");
                                let of_theory = wording::model(model, self.language);
                                name.leaf("span", &[("class", "name-of-theory")], &of_theory);
                            }
                        });
                        self.report.profiles.iter().for_each(|profile| cells(row, profile, model));
                    });
                }
            });
        });
    }

    /// What speaks for the first model and what for the second, with the respondent's own answers.
    fn why(&self, out: &mut Markup, profile: &ProfileLine, both: bool) {
        if profile.evidence.is_empty() {
            return;
        }
        let [first, second] = [profile.answers.dominant, profile.answers.second]
            .map(|model| wording::model_plainly(model, self.language));
        let question = self.say(
            &format!("why “{first}” and not “{second}”?"),
            &format!("waarom ‘{first}’ en niet ‘{second}’?"),
        );
        let heading = if both { format!("{}: {question}", profile.title) } else { capital(&question) };
        out.leaf("h3", &[], &heading);
        let most = if both { REASONS_OF_TWO } else { REASONS };
        out.element("ul", &[("class", "reasons")], |list| {
            for line in profile.evidence.iter().take(most) {
                list.element("li", &[], |item| {
                    item.element("span", &[("class", "side")], |side| {
                        let word = if line.weight >= 0.0 {
                            self.say("for", "voor")
                        } else {
                            self.say("against", "tegen")
                        };
                        side.leaf("b", &[], &word);
                        side.text(" ");
                        side.leaf("span", &[], &wording::signed(line.weight, 2, self.language));
                    });
                    item.element("div", &[], |item| {
                        item.text(&capital(&line.words));
                        if !line.answers.is_empty() {
                            item.element("ul", &[("class", "answers")], |answers| {
                                for (question, answer) in line.answers.iter().take(ANSWERS) {
                                    answers.element("li", &[], |answer_line| {
                                        answer_line.text(&format!("{question} — "));
                                        answer_line.leaf("em", &[], answer);
                                    });
                                }
                            });
                        }
                    });
                });
            }
        });
        let left = profile.evidence.len().saturating_sub(most);
        if left > 0 {
            let sentence = self.say(
                &format!("{left} more, of less weight. Weights are log odds."),
                &format!("Nog {left}, met minder gewicht. Gewichten zijn log-odds."),
            );
            out.leaf("p", &[("class", "small soft")], &sentence);
        }
    }

    fn gap(&self, out: &mut Markup) {
        let (report, gap) = (self.report, &self.report.gap);
        let heading = self.say(
            "The gap between conscious and unconscious sentiment",
            "De kloof tussen bewust en onbewust gevoel",
        );
        section(out, "gap", &heading, |out| {
            out.element("div", &[("class", "beside")], |beside| {
                if let (Some(said), Some(associated)) = (gap.explicit, gap.indirect) {
                    let title = self.say("Said against associated", "Gezegd tegenover geassocieerd");
                    let description = self.say(
                        &format!(
                            "A plane with two axes from −1 to +1. Said: {}. Associated: {}. {}.",
                            with_interval(said, self.language),
                            with_interval(associated, self.language),
                            capital(&report.gap_words.0)
                        ),
                        &format!(
                            "Een vlak met twee assen van −1 tot +1. Gezegd: {}. Geassocieerd: {}. {}.",
                            with_interval(said, self.language),
                            with_interval(associated, self.language),
                            capital(&report.gap_words.0)
                        ),
                    );
                    beside.element("figure", &[], |figure| {
                        charts::plane(figure, "plane", &title, &description, self.language, |svg| {
                            charts::cross(svg, said, associated);
                        });
                    });
                }
                beside.element("div", &[], |words| {
                    words.element("p", &[], |p| {
                        p.leaf("strong", &[], &format!("{}.", capital(&report.gap_words.0)));
                        p.text(&format!(" {}", report.gap_words.1));
                    });
                    words.element("dl", &[("class", "pairs")], |list| {
                        let rows = [
                            (self.say("said", "gezegd"), gap.explicit),
                            (self.say("associated", "geassocieerd"), gap.indirect),
                        ];
                        for (name, estimate) in rows {
                            list.leaf("dt", &[], &name);
                            let shown = estimate.map(|estimate| with_interval(estimate, self.language));
                            list.leaf("dd", &[], &shown.unwrap_or_else(|| "—".into()));
                        }
                    });
                    for sentence in &report.gap_measures {
                        words.leaf("p", &[], sentence);
                    }
                    self.comparison(words);
                });
            });
        });
    }

    /// The gap beside other people's: what the verdict does not rest on.
    fn comparison(&self, out: &mut Markup) {
        let gap = &self.report.gap;
        if let Some(p) = gap.p.map(|p| wording::p_value(p, self.language)) {
            let sentence = self.say(
                &format!("p of a conflict (the larger of two one-sided p): {p}."),
                &format!("p van een conflict (de grootste van twee eenzijdige p): {p}."),
            );
            out.leaf("p", &[("class", "small soft")], &sentence);
        }
        let Some(z) = gap.z_gap else { return };
        let z = wording::signed(z, 2, self.language);
        let yes_no = |yes: bool| if yes { self.say("yes", "ja") } else { self.say("no", "nee") };
        let (error, rare) = (yes_no(gap.reliable), yes_no(gap.rare));
        let sentence = self.say(
            &format!("Gap in z, against others: {z}. More than measurement error: {error}; rare: {rare}."),
            &format!("Kloof in z, tegenover anderen: {z}. Meer dan meetfout: {error}; zeldzaam: {rare}."),
        );
        out.leaf("p", &[("class", "small soft")], &sentence);
    }

    fn advice(&self, out: &mut Markup) {
        let meant_for =
            |advice: &&AdviceLine| !self.respondent || advice.audience != Some(Audience::Interviewer);
        let advice: Vec<&AdviceLine> = self.report.advice.iter().filter(meant_for).collect();
        if advice.is_empty() {
            return;
        }
        section(out, "advice", &self.say("What to do with it", "Wat hiermee te doen is"), |out| {
            out.element("div", &[("class", "advice")], |list| {
                for advice in advice {
                    list.element("article", &[], |one| {
                        one.element("h3", &[], |heading| {
                            heading.text(&advice.title);
                            if advice.audience == Some(Audience::Interviewer) {
                                let only = self.say(" (for the interviewer)", " (voor de interviewer)");
                                heading.leaf("span", &[("class", "tag")], &only);
                            }
                        });
                        one.leaf("p", &[], &advice.text);
                    });
                }
            });
        });
    }

    fn scales(&self, out: &mut Markup) {
        let shown = |scale: &&ScaleLine| self.indirect() || scale.construct != Construct::IndirectSentiment;
        let shown: Vec<&ScaleLine> = self.report.scales.iter().filter(shown).collect();
        if shown.is_empty() {
            return;
        }
        section(out, "scales", &self.say("All scores", "Alle scores"), |out| {
            out.element("div", &[("class", "columns")], |columns| {
                for (title, wanted) in self.kinds_of_scales() {
                    let these: Vec<&ScaleLine> =
                        shown.iter().copied().filter(|scale| wanted(scale)).collect();
                    if !these.is_empty() {
                        self.score_table(columns, &title, &these);
                    }
                }
            });
        });
    }

    /// Every scale is in exactly one of these.
    fn kinds_of_scales(&self) -> [(String, Belongs); 4] {
        [
            (self.say("Ways of relating", "Manieren van omgaan"), |scale| {
                of_a_model(scale) && scale.perspective == Perspective::Own
            }),
            (self.say("Estimate of the client", "Inschatting van de klant"), |scale| {
                of_a_model(scale) && scale.perspective == Perspective::Other
            }),
            (self.say("Emotions", "Emoties"), of_emotion),
            (self.say("Sentiment and other", "Gevoel en overig"), |scale| {
                !of_a_model(scale) && !of_emotion(scale)
            }),
        ]
    }

    fn score_table(&self, out: &mut Markup, title: &str, scales: &[&ScaleLine]) {
        out.element("table", &[], |table| {
            table.leaf("caption", &[], title);
            table.element("thead", &[], |head| {
                head.element("tr", &[], |row| {
                    row.leaf("th", &[("scope", "col")], &self.say("scale", "schaal"));
                    row.leaf("th", &[("scope", "col"), ("class", "n")], &self.say("score", "score"));
                    row.leaf("th", &[("scope", "col"), ("class", "n")], "± SE");
                    row.leaf("th", &[("scope", "col"), ("class", "n")], "n");
                    row.leaf("th", &[("scope", "col"), ("class", "n")], &self.say("range", "bereik"));
                });
            });
            table.element("tbody", &[], |body| {
                for scale in scales {
                    body.element("tr", &[], |row| {
                        row.leaf("th", &[("scope", "row")], &scale.label);
                        match scale.value {
                            Some(value) => {
                                let two = |number| wording::decimal(number, 2, self.language);
                                row.leaf("td", &[("class", "n")], &two(value));
                                let se = scale.se.map(two).unwrap_or_default();
                                row.leaf("td", &[("class", "n")], &se);
                            }
                            None => {
                                let reason = scale.reason.as_deref().unwrap_or("—");
                                row.leaf("td", &[("colspan", "2")], reason);
                            }
                        }
                        row.leaf("td", &[("class", "n")], &scale.n.to_string());
                        let (low, high) = scale.range;
                        row.leaf("td", &[("class", "n")], &minus(&format!("{low} … {high}")));
                    });
                }
            });
        });
    }

    fn small_print(&self, out: &mut Markup) {
        section(out, "basis", &self.say("What this rests on", "Waar dit op berust"), |out| {
            out.element("ul", &[("class", "small fine")], |list| {
                let of_indirect = self.report.indirect_print.iter().filter(|_| self.indirect());
                for line in self.report.small_print.iter().chain(of_indirect) {
                    list.leaf("li", &[], line);
                }
            });
            let instrument = &self.report.instrument;
            let line = format!(
                "{} {} · sha256 {} · {} {}",
                instrument.name,
                instrument.version,
                instrument.hash.get(..12).unwrap_or(&instrument.hash),
                self.say("session", "sessie"),
                self.report.session
            );
            out.leaf("p", &[("class", "small soft")], &line);
        });
    }
}

/// Whether a scale belongs in a table.
type Belongs = fn(&ScaleLine) -> bool;

fn of_a_model(scale: &ScaleLine) -> bool {
    matches!(scale.construct, Construct::Model(_) | Construct::Models)
}

fn of_emotion(scale: &ScaleLine) -> bool {
    matches!(scale.construct, Construct::Family(crate::instrument::Family::Emotion, _))
}

/// A real minus, as wide as the plus.
fn minus(number: &str) -> String {
    number.replace('-', "−")
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
