//! What the columns of profiles and gaps are worked out from, each in one sentence; those of scales name their items and stand in
//! `results`.

use super::builder::Builder;
use crate::export::{Origin, Section};
use crate::instrument::{Language, Perspective, RelationalModel};
use crate::wording::say;

/// What follows `profile_own_` or `profile_other_`; `*` is a model.
const PROFILE: [(&str, &str, &str); 12] = [
    (
        "*",
        "the classifier fitted on exactly the blocks that the session has, from its answers of this perspective and the shares of the four models that are assumed",
        "de classificator, gefit op precies de blokken die de sessie heeft, uit de antwoorden van dit perspectief en de veronderstelde aandelen van de vier modellen",
    ),
    (
        "dominant",
        "the model with the highest of the four probabilities",
        "het model met de hoogste van de vier kansen",
    ),
    (
        "second",
        "the model with the second highest of the four probabilities",
        "het model met de op een na hoogste van de vier kansen",
    ),
    (
        "margin",
        "the highest of the four probabilities less the second highest",
        "de hoogste van de vier kansen min de op een na hoogste",
    ),
    (
        "uncertain",
        "yes where the highest probability or its lead over the second is below the threshold that the appendix names",
        "ja waar de hoogste kans of de voorsprong op de tweede onder de drempel ligt die de bijlage noemt",
    ),
    (
        "even_*",
        "the same classifier fitted with even shares of the four models: what the answers say by themselves",
        "dezelfde classificator, gefit met gelijke aandelen van de vier modellen: wat de antwoorden op zichzelf zeggen",
    ),
    (
        "dominant_answers",
        "the model with the highest of the four probabilities under even shares",
        "het model met de hoogste van de vier kansen bij gelijke aandelen",
    ),
    (
        "ratio",
        "the highest probability under even shares divided by the next, at most a million",
        "de hoogste kans bij gelijke aandelen gedeeld door de volgende, hoogstens een miljoen",
    ),
    (
        "strength_*",
        "the strength of the norm that is expected given the answers of this perspective, under the reference model",
        "de sterkte van de norm die te verwachten is gegeven de antwoorden van dit perspectief, onder het referentiemodel",
    ),
    (
        "strength_*_se",
        "the standard deviation of that strength given the same answers",
        "de standaarddeviatie van die sterkte gegeven dezelfde antwoorden",
    ),
    (
        "engagement",
        "low or normal by the highest of the four scale means of this perspective",
        "laag of gewoon naar het hoogste van de vier schaalgemiddelden van dit perspectief",
    ),
    (
        "closeness",
        "mean of the four scale means of this perspective, each brought to −1…+1",
        "gemiddelde van de vier schaalgemiddelden van dit perspectief, elk op −1…+1 gebracht",
    ),
];

/// What follows `gap_`.
const GAP: [(&str, &str, &str); 13] = [
    (
        "explicit",
        "the scales of explicit sentiment, brought to −1…+1",
        "de schalen van expliciet sentiment, op −1…+1 gebracht",
    ),
    ("explicit_se", "the standard error of `gap_explicit`", "de standaardfout van `gap_explicit`"),
    (
        "indirect",
        "the indirect measure that leads (`gap_measure`), brought to −1…+1",
        "de indirecte maat die leidt (`gap_measure`), op −1…+1 gebracht",
    ),
    ("indirect_se", "the standard error of `gap_indirect`", "de standaardfout van `gap_indirect`"),
    (
        "p",
        "the larger of the two one-sided p values, of `gap_explicit` and `gap_indirect` against zero with their standard errors",
        "de grootste van de twee eenzijdige p-waarden, van `gap_explicit` en `gap_indirect` tegen nul met hun standaardfouten",
    ),
    (
        "z",
        "the z score of `gap_explicit` less that of `gap_indirect`, within the study or the reference sample",
        "de z-score van `gap_explicit` min die van `gap_indirect`, binnen het onderzoek of de referentiegroep",
    ),
    (
        "measure",
        "the timed measure where it is valid, else free association",
        "de maat op tijd waar die geldig is, anders vrije associatie",
    ),
    (
        "sign_conflict",
        "yes where the 95 % intervals of `gap_explicit` and `gap_indirect` lie wholly on opposite sides of zero",
        "ja waar de 95%-intervallen van `gap_explicit` en `gap_indirect` geheel aan weerszijden van nul liggen",
    ),
    (
        "reliable",
        "whether `gap_z` is more than the measurement error of both measures",
        "of `gap_z` meer is dan de meetfout van beide maten",
    ),
    (
        "rare",
        "whether so large a `gap_z` is rare among those that it is compared with",
        "of zo'n grote `gap_z` zeldzaam is onder degenen met wie vergeleken wordt",
    ),
    (
        "relative",
        "the direction of `gap_z` where it is reliable and rare and there is no conflict of signs",
        "de richting van `gap_z` waar die betrouwbaar en zeldzaam is en de tekens niet tegengesteld zijn",
    ),
    (
        "verdict",
        "the signs of `gap_explicit` and `gap_indirect`, each open where its 95 % interval holds zero",
        "de tekens van `gap_explicit` en `gap_indirect`, elk open waar het 95%-interval nul bevat",
    ),
    (
        "reason",
        "which of the two measures is missing, or which interval holds zero",
        "welke van de twee maten ontbreekt, of welk interval nul bevat",
    ),
];

/// Tells what profiles and the gap are worked out from.
pub(super) fn tell(builder: &mut Builder, language: &Language) {
    let mut tell = |name: String, en: &str, nl: &str| {
        let origin = Origin { derivation: say(language, en, nl), ..Origin::default() };
        builder.tell(Section::Scores, name, origin);
    };
    for perspective in Perspective::ALL.map(Perspective::name) {
        for (what, en, nl) in PROFILE {
            let models = RelationalModel::ALL.map(|model| model.abbreviation().to_lowercase());
            let each = if what.contains('*') { models.as_slice() } else { &models[..1] };
            for model in each {
                tell(format!("profile_{perspective}_{}", what.replace('*', model)), en, nl);
            }
        }
    }
    for (what, en, nl) in GAP {
        tell(format!("gap_{what}"), en, nl);
    }
}
