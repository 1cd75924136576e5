//! How customers relate, and how the relation is meant: the tables over the four models.

use super::{Teller, count, percent};
use crate::analysis::{Estimate, Paradox, ParadoxBasis, PartLine, words};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::wording::{self, capital};

impl Teller<'_> {
    pub(super) fn model_name(&self, model: RelationalModel) -> String {
        let plainly = capital(&wording::model_plainly(model, self.language));
        format!("{plainly} ({})", wording::model(model, self.language))
    }

    pub(super) fn models(&self) -> Section {
        let models = &self.report.models;
        let mut section = Section::public("models", self.say("Ways of relating", "Manieren van omgaan"));
        section.say(self.say(
            &format!(
                "The leading way of relating of {} sessions; {} had too few answers for one.",
                models.n, models.without
            ),
            &format!(
                "De voorste manier van omgaan van {} sessies; {} hadden er te weinig antwoorden voor.",
                models.n, models.without
            ),
        ));
        let mut table = Table::new(
            self.say("Shares of the four ways of relating", "Aandelen van de vier manieren van omgaan"),
            vec![
                Column::words(self.say("way of relating", "manier van omgaan")),
                Column::numbers(self.say("estimated share", "geschat aandeel")),
                Column::numbers("95 %"),
                Column::drawings("0–100 %"),
                Column::numbers("2012"),
                Column::numbers(self.say("mean probability", "gemiddelde kans")),
                Column::numbers(
                    self.say("answers speak most for it (n)", "antwoorden pleiten er het meest voor (n)"),
                ),
                Column::numbers(self.say("of these not told apart", "daarvan niet uit elkaar te houden")),
            ],
        );
        let shown = |share: Option<f64>| Cell::Text(share.map_or_else(|| "—".into(), percent));
        for line in &models.lines {
            table.row(vec![
                Cell::text(self.model_name(line.model)),
                shown(line.estimated.map(|share| share.value)),
                self.ends(line.estimated, 0, 100.0),
                share_drawn(line.estimated, line.published),
                Cell::Text(line.published.map(percent).unwrap_or_default()),
                shown(line.weighted.map(|share| share.value)),
                count(line.answers),
                count(line.uncertain),
            ]);
        }
        section.table(table);
        section.remark(self.say(
            "Estimated share: the shares under which the answers of all sessions together are likeliest. No shares are assumed, and how easy each model’s statements are to agree with is learnt from the same answers, because choices between the models (situations, best–worst sets) do not hang on it; it takes thirty sessions. The dashed mark is what the study of 2012 found among some 275 customers of six Dutch service providers. Mean probability is that of single sessions with the published rates; the counts go by what the answers of a session alone speak most for.",
            "Geschat aandeel: de aandelen waarbij de antwoorden van alle sessies samen het waarschijnlijkst zijn. Er worden geen aandelen aangenomen, en hoe makkelijk men het met de uitspraken van elk model eens is, is uit dezelfde antwoorden geleerd, want keuzes tussen de modellen (situaties, best-slechtst-sets) hangen daar niet van af; het vraagt dertig sessies. Het streepje is wat het onderzoek van 2012 vond onder ruim 275 klanten van zes Nederlandse dienstverleners. Gemiddelde kans is die van losse sessies met de gepubliceerde cijfers; de tellingen gaan af op waar de antwoorden van een sessie alleen het meest voor pleiten.",
        ));
        if let Some(moves) = models.moves.filter(|_| !models.holds) {
            let points = format!("{:.0}", 100.0 * moves);
            section.say(self.say(
                &format!("The estimate does not hold: it moves by up to {points} points of a hundred when one model’s statements are taken to be half a point easier than they seem. Go by the counts, and by their assumption that people agree with the statements of all four models equally easily."),
                &format!("De schatting houdt geen stand: ze schuift tot {points} procentpunten als de uitspraken van één model een half punt makkelijker zijn dan ze lijken. Ga af op de tellingen, en op de aanname daarachter dat men het met de uitspraken van alle vier de modellen even makkelijk eens is."),
            ));
        }
        if let Some(held) = self.report.strengths(self.language) {
            section.say(held);
        }
        if let (Some(uncertain), Some(low)) = (models.uncertain, models.low_engagement) {
            section.say(self.say(
                &format!("The answers of {uncertain} sessions do not tell their first two models apart (less than 3 to 1). In {low} no norm reaches the middle of the scale: “just a supplier”."),
                &format!("De antwoorden van {uncertain} sessies houden hun eerste twee modellen niet uit elkaar (minder dan 3 tegen 1). In {low} haalt geen norm het midden van de schaal: ‘gewoon een leverancier’."),
            ));
        }
        if let Some(by_rate) = models.by_rate {
            section.say(self.say(
                &format!("In {by_rate} sessions the way that leads under the published rates is no more than these rates: the answers alone speak for another or do not tell the first two apart."),
                &format!("In {by_rate} sessies is de manier die onder de gepubliceerde cijfers voorstaat niet meer dan die cijfers: de antwoorden alleen pleiten voor een andere of houden de eerste twee niet uit elkaar."),
            ));
        }
        let basis: Vec<String> = models
            .basis
            .iter()
            .map(|found| format!("{} ({})", wording::basis(&found.name, self.language), found.n))
            .collect();
        if !basis.is_empty() {
            section.remark(format!("{}: {}.", self.say("Basis", "Basis"), basis.join(", ")));
        }
        section
    }

    pub(super) fn paradoxes(&self) -> Option<Section> {
        let mut section = Section::public(
            "paradox",
            self.say(
                "How the relation is meant, and how it is used",
                "Hoe de relatie bedoeld is, en hoe ze gebruikt wordt",
            ),
        );
        for paradox in &self.report.paradoxes {
            section.say(self.where_from(paradox));
            section.table(self.meant_and_used(paradox));
            let from_profiles = is_estimated(&paradox.used) || is_estimated(&paradox.meant);
            if from_profiles {
                section.remark(self.say(
                    "Compare the shares. An estimated share is the one of the first table; the sessions in which a way leads are counted with the published rates.",
                    "Vergelijk de aandelen. Een geschat aandeel is dat uit de eerste tabel; de sessies waarin een manier voorstaat zijn geteld met de gepubliceerde cijfers.",
                ));
            }
            if let Some(told) = words::agreement(paradox, self.language) {
                section.say(told);
            }
            if let Some(cells) = &paradox.table {
                section.table(self.crossed(paradox, cells));
            }
        }
        (!section.blocks.is_empty()).then_some(section)
    }

    fn where_from(&self, paradox: &Paradox) -> String {
        match paradox.basis {
            ParadoxBasis::Customers => self.say(
                "How customers relate, against how they think the organisation sees them.",
                "Hoe klanten omgaan met de organisatie, tegenover hoe zij denken dat de organisatie hen ziet.",
            ),
            ParadoxBasis::Managers => self.say(
                "How account managers relate, against how they think their client does.",
                "Hoe accountmanagers omgaan met hun klant, tegenover hoe zij denken dat de klant dat doet.",
            ),
            ParadoxBasis::BothSides => self.say(
                "How account managers relate, against how customers do: two different groups.",
                "Hoe accountmanagers omgaan met klanten, tegenover hoe klanten dat doen: twee verschillende groepen.",
            ),
        }
    }

    fn meant_and_used(&self, paradox: &Paradox) -> Table {
        // Counts of leading ways and estimated shares do not divide into each other, so that their names must differ.
        let side = |side: String, n: usize, lines: &[PartLine]| {
            let [count, share] = if is_estimated(lines) {
                [self.say("leads in", "staat voor in"), self.say("estimated share", "geschat aandeel")]
            } else {
                [self.say("said by", "gezegd door"), self.say("share", "aandeel")]
            };
            [
                Column::numbers(format!("{side}: {count} (n = {n})")),
                Column::numbers(format!("{side}: {share}")),
                Column::drawings("0–100 %"),
            ]
        };
        let mut columns = vec![Column::words(self.say("way of relating", "manier van omgaan"))];
        columns.extend(side(self.say("meant", "bedoeld"), paradox.n_meant, &paradox.meant));
        columns.extend(side(self.say("used", "gebruikt"), paradox.n_used, &paradox.used));
        let mut table = Table::new(self.say("Meant and used", "Bedoeld en gebruikt"), columns);
        // Where a side comes from profiles, the share without what the classifier assumes is the one to compare.
        let best = |line: &PartLine| line.estimated.or(line.share);
        let share =
            |line: &PartLine| Cell::Text(best(line).map_or_else(|| "—".into(), |share| percent(share.value)));
        for (meant, used) in paradox.meant.iter().zip(&paradox.used) {
            table.row(vec![
                Cell::Text(capital(&wording::model_plainly(meant.model, self.language))),
                count(meant.n),
                share(meant),
                share_drawn(best(meant), None),
                count(used.n),
                share(used),
                share_drawn(best(used), None),
            ]);
        }
        table
    }

    fn crossed(&self, paradox: &Paradox, cells: &[Vec<crate::analysis::Cell>]) -> Table {
        let plainly = |line: &PartLine| wording::model_plainly(line.model, self.language);
        let mut columns = vec![Column::words(self.say("meant ↓ used →", "bedoeld ↓ gebruikt →"))];
        columns.extend(paradox.used.iter().map(|line| Column::numbers(plainly(line))));
        let mut table = Table::new(self.say("Session by session", "Sessie voor sessie"), columns);
        for (line, row) in paradox.meant.iter().zip(cells) {
            let cells = std::iter::once(Cell::Text(capital(&plainly(line))))
                .chain(row.iter().map(|cell| count(*cell)));
            table.row(cells.collect());
        }
        table
    }
}

/// Whether a side comes from profiles, whose shares are estimated.
fn is_estimated(lines: &[PartLine]) -> bool {
    lines.iter().any(|line| line.estimated.is_some())
}

fn share_drawn(share: Option<Estimate>, mark: Option<f64>) -> Cell {
    share.map_or_else(
        || Cell::text(""),
        |share| Cell::Drawing(Drawing::on((0.0, 1.0), share.value, Some((share.low, share.high)), mark)),
    )
}
