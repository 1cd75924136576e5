//! The methods appendix of a study, written from the data itself: what was asked, of whom, how it was scored, and with what.
//!
//! Owns the sections of the appendix as parts of a document. Refuses to claim what the data do not show: where nothing is
//! known of a thing, it says so. Counts come from the [`StudyReport`] as it may be shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::{Cell, Column, Section, Table};
use super::html::day;
use crate::analysis::{Count, Group, StudyReport};
use crate::classify::recovery::Row;
use crate::instrument::kinds::Drawn;
use crate::instrument::{Instrument, Language};
use crate::measures::Basis;
use crate::wording::say;

mod coded;
mod intervals;
mod questions;
mod scoring;

pub use coded::{Coded, CoderStatistic, Taught};

/// What the appendix needs beside the findings.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// The instrument that the findings are about, in the version of most sessions.
    pub instrument: Arc<Instrument>,
    /// Versions of relata that began the sessions, with how many each.
    pub relata: Vec<(String, usize)>,
    /// How many different seeds the sessions have.
    pub seeds: usize,
    /// Sessions behind those seeds.
    pub sessions: usize,
    /// Where measurement errors come from.
    pub norms: Basis,
    /// Shares of CS, AR, EM, MP that all profiles assumed.
    pub assumed: [f64; 4],
    /// How well the reference model recovers simulated codes from this instrument; empty where that is not known.
    pub recovery: Vec<Row>,
    /// Seed behind that.
    pub recovery_seed: u64,
    /// What human coders said, once they have.
    pub coded: Option<Coded>,
}

/// The sections of the appendix.
pub fn sections(report: &StudyReport, provenance: &Provenance) -> Vec<Section> {
    let language = Language::new(&report.language);
    let writer = Writer { report, provenance, language: &language };
    vec![
        writer.sample(),
        writer.procedure(),
        writer.scoring(),
        writer.classifier(),
        writer.missing(),
        writer.software(),
        writer.questions(),
    ]
}

struct Writer<'a> {
    report: &'a StudyReport,
    provenance: &'a Provenance,
    language: &'a Language,
}

impl Writer<'_> {
    fn say(&self, en: &str, nl: &str) -> String {
        say(self.language, en, nl)
    }

    fn decimal(&self, value: f64, decimals: usize) -> String {
        crate::wording::decimal(value, decimals, self.language)
    }

    /// "Methods: …", so that a table of contents shows where the appendix begins.
    fn section(&self, id: &'static str, en: &str, nl: &str) -> Section {
        Section::new(id, format!("{}: {}", self.say("Methods", "Verantwoording"), self.say(en, nl)))
    }

    fn sample(&self) -> Section {
        let sample = &self.report.sample;
        let mut section = self.section("methods-sample", "sample", "steekproef");
        if let Some((first, last)) = &sample.days {
            let [first, last] = [first, last].map(|at| day(at, self.language));
            section.say(self.say(
                &format!("The first complete session began on {first}, the last on {last} (UTC)."),
                &format!("De eerste complete sessie begon op {first}, de laatste op {last} (UTC)."),
            ));
        }
        let mut table = Table::new(
            self.say("Sessions, and what became of them", "Sessies, en wat ervan werd"),
            vec![
                Column::words(self.say("sessions", "sessies")),
                Column::numbers("n"),
                Column::words(self.say("in the tables", "in de tabellen")),
            ],
        );
        let (yes, no) = (self.say("yes", "ja"), self.say("no", "nee"));
        let other = if self.report.simulated {
            self.say("of real respondents", "van echte respondenten")
        } else {
            self.say("of simulated respondents", "van gesimuleerde respondenten")
        };
        let complete = if self.report.simulated {
            self.say("complete (simulated)", "compleet (gesimuleerd)")
        } else {
            self.say("complete", "compleet")
        };
        let rows = [
            (complete, sample.complete, &yes),
            (self.say("still open", "nog open"), sample.open, &no),
            (
                self.say("withdrawn by the respondent", "ingetrokken door de respondent"),
                sample.withdrawn,
                &no,
            ),
            (self.say("consent refused", "geen toestemming gegeven"), sample.refused, &no),
            (self.say("rehearsals (test flag)", "proefsessies (testvlag)"), sample.tests, &no),
            (other, sample.other_source, &no),
            (self.say("of other questionnaires", "van andere vragenlijsten"), sample.other_instruments, &no),
            (self.say("left out by the selection", "buiten de selectie"), sample.filtered_out, &no),
        ];
        for (name, n, shown) in rows {
            table.rows.push(vec![Cell::Text(name), Cell::Text(n.to_string()), Cell::text(shown)]);
        }
        section.table(table);
        let grouped = sample.grouped_by.clone().unwrap_or_else(|| self.say("Group", "Groep"));
        self.groups(&mut section, grouped.trim_end_matches('?'), &sample.organisations);
        self.groups(&mut section, &self.say("Interviewer", "Interviewer"), &sample.interviewers);
        self.groups(
            &mut section,
            &self.say("Version of the questionnaire", "Versie van de vragenlijst"),
            &sample.versions,
        );
        if let Some(least) = self.report.least {
            section.remark(self.say(
                &format!("No figures of groups below {least}; “<3” is one or two; “·” is held back so that nothing can be worked out by subtraction."),
                &format!("Geen cijfers van groepen onder {least}; ‘<3’ is een of twee; ‘·’ is weggelaten, zodat er niets door aftrekken te achterhalen is."),
            ));
        }
        section
    }

    fn groups(&self, section: &mut Section, name: &str, groups: &[Group]) {
        // A group of one says nothing that the total does not say.
        if groups.len() < 2 {
            return;
        }
        let mut table = Table::new(
            name,
            vec![
                Column::words(self.say("group", "groep")),
                Column::numbers(self.say("complete", "compleet")),
                Column::numbers(self.say("open", "open")),
            ],
        );
        for group in groups {
            let name = if group.name.is_empty() { "—" } else { &group.name };
            table.rows.push(vec![
                Cell::text(name),
                Cell::Text(group.complete.to_string()),
                Cell::Text(group.open.to_string()),
            ]);
        }
        section.table(table);
    }

    fn procedure(&self) -> Section {
        let sample = &self.report.sample;
        let instrument = &self.provenance.instrument;
        let mut section = self.section("methods-procedure", "procedure", "afname");
        let counts = |found: &[Count]| {
            let each: Vec<String> = found.iter().map(|one| format!("{} ({})", one.name, one.n)).collect();
            each.join(", ")
        };
        section.say(self.say(
            &format!("Mode: {}. Languages: {}.", counts(&sample.modes), counts(&sample.languages)),
            &format!("Wijze van afname: {}. Talen: {}.", counts(&sample.modes), counts(&sample.languages)),
        ));
        let random: Vec<String> = instrument
            .groups
            .iter()
            .filter(|group| group.randomize)
            .map(|group| format!("“{}”", group.label.raw(self.language)))
            .collect();
        let fixed = self.say(
            "Sections come in the order of the questionnaire below.",
            "De onderdelen komen in de volgorde van de vragenlijst hieronder.",
        );
        let order = if random.is_empty() {
            self.say(
                "So do their questions; nothing is drawn at random.",
                "Hun vragen ook; er wordt niets geloot.",
            )
        } else {
            let random = random.join(", ");
            self.say(
                &format!("The order of the questions is drawn anew for every session, from its seed, in {random}; elsewhere it is fixed."),
                &format!("In {random} wordt de volgorde van de vragen per sessie geloot, uit de seed van die sessie; elders ligt ze vast."),
            )
        };
        section.say(format!("{fixed} {order}"));
        section.say(self.drawn());
        section.say(self.say(
            "Every question could be declined or answered with “don’t know”; both are kept as such. Respondents have codes, no names.",
            "Op elke vraag kon men ‘liever niet’ of ‘weet niet’ antwoorden; beide zijn als zodanig bewaard. Respondenten hebben codes, geen namen.",
        ));
        section
    }

    /// What within a question comes in a drawn order: each sort of it that the questionnaire has, with its questions.
    fn drawn(&self) -> String {
        let mut found: BTreeMap<Drawn, Vec<&str>> = BTreeMap::new();
        for item in &self.provenance.instrument.items {
            if let Some(drawn) = item.question.drawn() {
                found.entry(drawn).or_default().push(&item.name);
            }
        }
        if found.is_empty() {
            return self.say(
                "Within a question everything stands in a fixed order.",
                "Binnen een vraag staat alles in een vaste volgorde.",
            );
        }
        let each = found.into_iter().map(|(drawn, names)| {
            let what = match drawn {
                Drawn::Ranks => self.say("options to be ranked", "te rangschikken opties"),
                Drawn::Parts => self.say("parts that get points", "onderdelen die punten krijgen"),
                Drawn::Reactions => self.say("reactions to situations", "reacties op situaties"),
                Drawn::Statements => self.say(
                    "statements of which one is most and one least like it",
                    "uitspraken waarvan er een het meest en een het minst past",
                ),
                Drawn::Sorting => self.say(
                    "the two stages of timed sorting, the sides of its keys and its words",
                    "de twee delen van het sorteren op tijd, de kant van de toetsen en de woorden",
                ),
            };
            format!("{what} ({})", names.join(", "))
        });
        let each = each.collect::<Vec<_>>().join("; ");
        self.say(
            &format!("Within a question these orders come from the same seed: {each}. Exports hold the order that each session saw. All other options come in the order of the questionnaire below."),
            &format!("Binnen een vraag komen deze volgordes uit dezelfde seed: {each}. Exports bevatten de volgorde die elke sessie zag. Alle andere opties staan in de volgorde van de vragenlijst hieronder."),
        )
    }

    fn missing(&self) -> Section {
        let mut section = self.section("methods-missing", "missing data", "ontbrekende gegevens");
        if self.report.missing.is_empty() {
            section.say(self.say(
                "No complete session lacks an answer.",
                "In geen complete sessie ontbreekt een antwoord.",
            ));
            return section;
        }
        let mut table = Table::new(
            self.say(
                "Complete sessions by what became of the question",
                "Complete sessies naar wat er van de vraag werd",
            ),
            vec![
                Column::words(self.say("item", "vraag")),
                Column::numbers(self.say("answered", "beantwoord")),
                Column::numbers(self.say("declined", "liever niet")),
                Column::numbers(self.say("don’t know", "weet niet")),
                Column::numbers(self.say("passed over", "overgeslagen")),
                Column::numbers(self.say("did not apply", "niet van toepassing")),
            ],
        );
        for line in &self.report.missing {
            let counts = [line.answered, line.declined, line.dont_know, line.passed, line.not_asked];
            let counts = counts.into_iter().map(|cell| Cell::Text(cell.to_string()));
            table.rows.push(std::iter::once(Cell::text(&line.item)).chain(counts).collect());
        }
        section.table(table);
        section.remark(self.say(
            "Items that everybody answered are left out. Sessions of other versions of the questionnaire are not counted here.",
            "Vragen die iedereen beantwoordde, staan er niet bij. Sessies met een andere versie van de vragenlijst tellen hier niet mee.",
        ));
        section
    }

    fn software(&self) -> Section {
        let provenance = self.provenance;
        let mut section = self.section("methods-software", "software and seeds", "programma en seeds");
        let versions: Vec<String> =
            provenance.relata.iter().map(|(version, n)| format!("{version} ({n})")).collect();
        let versions = versions.join(", ");
        let this = env!("CARGO_PKG_VERSION");
        section.say(self.say(
            &format!("Sessions were held with relata {versions}; this report was written by relata {this}."),
            &format!("De sessies zijn gehouden met relata {versions}; dit rapport is geschreven door relata {this}."),
        ));
        let (seeds, sessions) = (provenance.seeds, provenance.sessions);
        section.say(self.say(
            &format!("Every session has a seed of its own ({seeds} different ones in {sessions} sessions), from which all its random orders follow; the study file and the exports hold it. The reference sample and the reference norms have the fixed seed 2012."),
            &format!("Elke sessie heeft een eigen seed ({seeds} verschillende in {sessions} sessies), waaruit al haar toevallige volgordes volgen; het onderzoeksbestand en de exports bewaren hem. De referentiesteekproef en de referentienormen hebben de vaste seed 2012."),
        ));
        section
    }
}
