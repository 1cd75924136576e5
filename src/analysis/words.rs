//! The findings in sentences that somebody who knows no statistics can read out: one finding, one sentence, with its number
//! of people and how far it can be trusted. Refuses to say what a report holds back.

use super::privacy::SMALL;
use super::{
    Adjusted, Cell, Estimate, ModelLine, Outcome, OutcomeLine, Paradox, ParadoxBasis, StudyReport, Untold,
};
use crate::instrument::{Language, RelationalModel};
use crate::wording::{self, decimal, say};

/// "66 % (60–71 %)".
pub fn percent(share: Estimate) -> String {
    let whole = |value: f64| format!("{:.0}", value * 100.0);
    format!("{}\u{a0}% ({}–{}\u{a0}%)", whole(share.value), whole(share.low), whole(share.high))
}

/// A number with its interval: "7.4 (7.2–7.6)", or with "to" where a sign would be mistaken for a dash.
pub fn number(found: Estimate, decimals: usize, language: &Language) -> String {
    let one = |value: f64| decimal(value, decimals, language);
    if found.low < 0.0 || found.high < 0.0 {
        let to = say(language, "to", "tot");
        return format!("{} ({} {to} {})", one(found.value), one(found.low), one(found.high));
    }
    format!("{} ({}–{})", one(found.value), one(found.low), one(found.high))
}

impl StudyReport {
    /// The findings in plain words, the most important first.
    pub fn summary(&self, language: &Language) -> Vec<String> {
        let mut lines = Vec::new();
        if self.sample.complete == 0 {
            lines.push(say(
                language,
                "There are no complete interviews here yet, so there is nothing to report.",
                "Er zijn hier nog geen afgeronde interviews, dus er valt nog niets te melden.",
            ));
            return lines;
        }
        if self.sample.complete < SMALL {
            let n = match self.sample.complete {
                1 => say(language, "1 complete interview", "1 afgerond interview"),
                n => say(language, &format!("{n} complete interviews"), &format!("{n} afgeronde interviews")),
            };
            lines.push(say(
                language,
                &format!("With {n} there are too few to say anything about people in general. The other pages show what is there."),
                &format!("Met {n} zijn het er te weinig om iets over mensen in het algemeen te zeggen. De andere pagina's tonen wat er is."),
            ));
            return lines;
        }
        lines.extend(self.of_models(language));
        lines.extend(self.of_experience(language));
        lines.extend(self.of_feelings(language));
        lines.extend(self.of_gaps(language));
        lines.extend(self.paradoxes.iter().filter_map(|paradox| of_paradox(paradox, language)));
        lines.extend(self.of_leaving(language));
        lines
    }

    fn of_models(&self, language: &Language) -> Option<String> {
        let n = self.models.n;
        let line = |model: RelationalModel| {
            let line = self.models.lines.get(model.index())?;
            if self.models.holds { line.estimated } else { line.answers_share }
        };
        let business = line(RelationalModel::MarketPricing)?;
        let personal = line(RelationalModel::CommunalSharing)?;
        if !self.models.holds {
            let (business, personal) = (percent(business), percent(personal));
            let open = self.models.uncertain.and_then(Cell::count).filter(|open| *open > 0);
            let apart = open.map_or_else(String::new, |open| {
                say(
                    language,
                    &format!("; in {open} the first two are not told apart"),
                    &format!("; bij {open} zijn de eerste twee niet uit elkaar te houden"),
                )
            });
            return Some(say(
                language,
                &format!(
                    "Taken one by one, the answers of {business} of {n} respondents speak most for “business-like” and those of {personal} for “as one of us”, if people agree with the statements of all models equally easily{apart}."
                ),
                &format!(
                    "Een voor een bekeken pleiten de antwoorden van {business} van {n} respondenten het meest voor ‘zakelijk’ en die van {personal} voor ‘als een van ons’, als men het met de uitspraken van alle modellen even makkelijk eens is{apart}."
                ),
            ));
        }
        let (business, personal) = (percent(business), percent(personal));
        Some(say(
            language,
            &format!(
                "Of {n} respondents, {business} relate to the organisation “business-like” and {personal} “as one of us”. The published study found nearly 70\u{a0}% and about 16\u{a0}%."
            ),
            &format!(
                "Van {n} respondenten gaat {business} ‘zakelijk’ met de organisatie om en {personal} ‘als een van ons’. Het gepubliceerde onderzoek vond bijna 70\u{a0}% en ongeveer 16\u{a0}%."
            ),
        ))
    }

    /// How strongly each norm is held on average, where that is known.
    pub fn strengths(&self, language: &Language) -> Option<String> {
        let (low, high) = self.models.range?;
        let line = |line: &ModelLine| {
            let name = wording::model_plainly(line.model, language);
            Some(format!("{name} {}", number(line.strength?, 1, language)))
        };
        let held: Vec<String> = self.models.lines.iter().filter_map(line).collect();
        (!held.is_empty()).then(|| {
            let held = held.join(" · ");
            say(
                language,
                &format!("How strongly each norm is held on average, {low} to {high}: {held}."),
                &format!("Hoe sterk elke norm gemiddeld leeft, van {low} tot {high}: {held}."),
            )
        })
    }

    fn of_feelings(&self, language: &Language) -> Option<String> {
        let strongest: Vec<String> = self
            .emotions
            .iter()
            .filter(|e| e.mean.is_some())
            .take(3)
            .map(|e| e.label.to_lowercase())
            .collect();
        let [first, second, third] = strongest.as_slice() else { return None };
        Some(say(
            language,
            &format!(
                "The strongest feelings are {first}, {second} and {third}. In the published study they were satisfied, peaceful and optimistic."
            ),
            &format!(
                "De sterkste gevoelens zijn {first}, {second} en {third}. In het gepubliceerde onderzoek waren dat tevreden, rustig en optimistisch."
            ),
        ))
    }

    fn of_experience(&self, language: &Language) -> Option<String> {
        let line = self.experience.outcomes.iter().find(|line| line.outcome == Outcome::Satisfaction)?;
        let of = |model: RelationalModel| line.by_model.get(model.index())?.estimate;
        let (personal, business) = (of(RelationalModel::CommunalSharing), of(RelationalModel::MarketPricing));
        let (Some(personal), Some(business), Some(difference)) =
            (personal, business, line.personal_minus_business.estimate)
        else {
            return (line.personal_minus_business.untold != Some(Untold::Held)).then(|| {
                say(
                    language,
                    "Whether those who relate “as one of us” are more satisfied than those who relate “business-like” cannot be told from these interviews.",
                    "Of wie ‘als een van ons’ omgaat tevredener is dan wie ‘zakelijk’ omgaat, is uit deze interviews niet te zeggen.",
                )
            });
        };
        // An interval without a width is none, and says nothing of chance.
        let apart = difference.high > difference.low && (difference.low > 0.0 || difference.high < 0.0);
        let size = number(difference, 1, language);
        let (personal, business) = (number(personal, 1, language), number(business, 1, language));
        let end = match apart {
            true => say(
                language,
                &format!("The difference of {size} is more than chance gives."),
                &format!("Het verschil van {size} is meer dan toeval geeft."),
            ),
            false => say(
                language,
                &format!("The difference of {size} may be chance."),
                &format!("Het verschil van {size} kan toeval zijn."),
            ),
        };
        Some(say(
            language,
            &format!(
                "Estimated with the classifier's errors taken out, satisfaction is {personal} among those who relate “as one of us” and {business} among those who relate “business-like”. {end}"
            ),
            &format!(
                "Geschat, met de fouten van de classificatie eruit, is de tevredenheid {personal} bij wie ‘als een van ons’ omgaat en {business} bij wie ‘zakelijk’ omgaat. {end}"
            ),
        ))
    }

    fn of_gaps(&self, language: &Language) -> Option<String> {
        let (masked, latent) = (self.gaps.masked, self.gaps.latent);
        let (found, other) = (masked.found.count()?, latent.found.count()?);
        if self.gaps.n == 0 {
            return None;
        }
        let error = decimal(masked.by_error.unwrap_or(0.0) + latent.by_error.unwrap_or(0.0), 0, language);
        let n = self.gaps.n;
        Some(say(
            language,
            &format!(
                "Of {n} respondents with both measures, {found} clearly say warm and associate cold, and {other} the other way round; measurement error alone would give at most {error} in all."
            ),
            &format!(
                "Van {n} respondenten met beide maten zeggen er {found} duidelijk warm en associëren koud, en {other} andersom; meetfout alleen zou er samen hoogstens {error} geven."
            ),
        ))
    }

    fn of_leaving(&self, language: &Language) -> Option<String> {
        let leaving = self.leaving.as_ref()?;
        let share = percent(leaving.share?);
        let count = leaving.satisfied_leaving;
        Some(say(
            language,
            &format!(
                "Satisfied but leaving: {count} of those who give an 8 or more would rather go, {share} of the satisfied."
            ),
            &format!(
                "Tevreden maar weg: {count} van wie een 8 of meer geeft, zou liever vertrekken, {share} van de tevredenen."
            ),
        ))
    }
}

fn of_paradox(paradox: &Paradox, language: &Language) -> Option<String> {
    // What customers say of the other side is counted; everything else comes from profiles, whose leading models are no finding.
    let said = paradox.basis == ParadoxBasis::Customers;
    let meant = paradox.meant.get(RelationalModel::CommunalSharing.index())?;
    let meant = percent(if said { meant.share } else { meant.estimated }?);
    let used = percent(paradox.used.get(RelationalModel::MarketPricing.index())?.estimated?);
    Some(match paradox.basis {
        ParadoxBasis::Customers => say(
            language,
            &format!(
                "The paradox: {meant} of the customers think that the organisation sees them as someone to care about, while {used} relate to it “business-like”."
            ),
            &format!(
                "De paradox: {meant} van de klanten denkt dat de organisatie om ze geeft, terwijl {used} er zelf ‘zakelijk’ mee omgaat."
            ),
        ),
        ParadoxBasis::Managers | ParadoxBasis::BothSides => say(
            language,
            &format!(
                "The paradox: {meant} of those who speak for the organisation mean the relation to be “as one of us”, while {used} of the clients {}.",
                if paradox.basis == ParadoxBasis::Managers {
                    "use it “business-like” in their estimate"
                } else {
                    "use it “business-like”"
                }
            ),
            &format!(
                "De paradox: {meant} van wie namens de organisatie spreekt, bedoelt de relatie ‘als een van ons’, terwijl {used} van de klanten haar {}.",
                if paradox.basis == ParadoxBasis::Managers {
                    "naar hun schatting ‘zakelijk’ gebruikt"
                } else {
                    "‘zakelijk’ gebruikt"
                }
            ),
        ),
    })
}

/// How the two of a paradox go together, against what their rates alone give; none where that is not known.
pub fn agreement(paradox: &Paradox, language: &Language) -> Option<String> {
    let found = paradox.agreement?;
    let (same, rates) = (percent(found.same), format!("{:.0}\u{a0}%", 100.0 * found.by_rates));
    let end = match found.is_more() {
        true => say(language, "So the two go together.", "De twee gaan dus samen."),
        false => say(
            language,
            "That is no more than the rates give: nothing shows that the two go together.",
            "Dat is niet meer dan de aandelen geven: niets laat zien dat de twee samengaan.",
        ),
    };
    Some(say(
        language,
        &format!(
            "Going by the model that leads in each session, the two are the same in {same}; how often each model occurs on the two sides would alone give {rates}. {end}"
        ),
        &format!(
            "Afgaand op het model dat in elke sessie voorstaat, zijn de twee gelijk in {same}; hoe vaak elk model aan beide kanten voorkomt, zou alleen al {rates} geven. {end}"
        ),
    ))
}

/// What is told apart by model.
pub fn outcome(line: &OutcomeLine, language: &Language) -> String {
    match line.outcome {
        Outcome::Nps => "NPS".to_owned(),
        Outcome::Satisfaction => say(language, "Satisfaction, 1–10", "Tevredenheid, 1–10"),
        Outcome::Satisfied => say(language, "Satisfied (8, 9 or 10)", "Tevreden (8, 9 of 10)"),
        Outcome::Leaving => say(language, "Leans toward leaving", "Neigt naar vertrekken"),
        Outcome::Staying | Outcome::Feeling => {
            let (low, high) = line.range;
            format!("{}, {low}–{high}", wording::capital(&line.label))
        }
    }
}

/// Why an estimate by model cannot be told.
pub fn untold(found: Adjusted, language: &Language) -> Option<String> {
    Some(match found.untold? {
        Untold::NoProfiles => say(language, "no profiles", "geen profielen"),
        Untold::NotSeparated => say(
            language,
            "the answers do not tell the models apart",
            "de antwoorden houden de modellen niet uit elkaar",
        ),
        Untold::TooFew => {
            let worth = decimal(found.worth, 1, language);
            say(
                language,
                &format!("too few: worth {worth} people"),
                &format!("te weinig: {worth} mensen waard"),
            )
        }
        Untold::Held => say(language, "held back", "niet getoond"),
    })
}

/// How outcomes by model were estimated.
pub fn adjusted(language: &Language) -> String {
    say(
        language,
        "By model: estimated, not counted. Nobody's model is certain, so each session counts for and against the four models as its probabilities and the classifier's own errors say; these errors were measured with simulated people whose model is known. The n of a model is what it is worth: how many people of a known model would tell as much. It assumes that among people of one model what they answer here has nothing to do with how they are misclassified. Who answers without reading breaks that: in simulated studies differences between models came out up to a quarter too small.",
        "Per model: geschat, niet geteld. Niemands model staat vast, dus elke sessie telt voor en tegen de vier modellen zoals haar kansen en de eigen fouten van de classificatie dat zeggen; die fouten zijn gemeten bij gesimuleerde mensen van wie het model bekend is. De n van een model is wat het waard is: hoeveel mensen van wie het model bekend is, evenveel zouden zeggen. De aanname: bij mensen van één model heeft wat zij hier antwoorden niets te maken met hoe zij verkeerd worden ingedeeld. Wie zonder lezen antwoordt, doorbreekt dat: in gesimuleerde onderzoeken kwamen verschillen tussen modellen tot een kwart te klein uit.",
    )
}

/// That the tables by model are no echo.
pub fn blind(language: &Language) -> String {
    say(
        language,
        "The classifier behind these tables was never told what anybody feels: it saw norms, situations and reasons only. A difference in feeling between models is therefore a finding.",
        "De classificatie achter deze tabellen heeft nooit geweten wat iemand voelt: ze zag alleen normen, situaties en redenen. Een verschil in gevoel tussen de modellen is dus een bevinding.",
    )
}

/// What a paradox rests on.
pub fn paradox_basis(basis: ParadoxBasis, language: &Language) -> String {
    match basis {
        ParadoxBasis::Customers => say(
            language,
            "Customers: how, they think, the organisation sees them, against how they relate to it themselves",
            "Klanten: hoe de organisatie hen volgens henzelf ziet, tegenover hoe zij er zelf mee omgaan",
        ),
        ParadoxBasis::Managers => say(
            language,
            "Account managers: how they mean the relation, against how they think their client uses it",
            "Accountmanagers: hoe zij de relatie bedoelen, tegenover hoe hun klant haar volgens hen gebruikt",
        ),
        ParadoxBasis::BothSides => say(
            language,
            "Both sides: how account managers mean the relation, against how customers themselves use it",
            "Beide kanten: hoe accountmanagers de relatie bedoelen, tegenover hoe klanten haar zelf gebruiken",
        ),
    }
}

/// A model with both of its names, for a legend.
pub fn model(model: RelationalModel, language: &Language) -> String {
    format!("{} ({})", wording::model_plainly(model, language), wording::model(model, language))
}

/// A count for a reader; what is held back is said in a word.
pub fn cell(cell: Cell, language: &Language) -> String {
    match cell {
        Cell::Hidden => say(language, "held back", "niet getoond"),
        shown => shown.to_string(),
    }
}
