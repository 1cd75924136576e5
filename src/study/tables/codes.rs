//! The codes of coders as columns and as a table of their own, and what is true of somebody who was simulated.

use super::answers::models;
use super::builder::{Builder, number, text};
use super::results::{model_cell, option};
use super::words::{options, yes_no};
use crate::coding::labels::{Verdict, verdict};
use crate::export::{Cell, Kind, Section, Variable, Why};
use crate::instrument::kinds::Level;
use crate::instrument::{Language, RelationalModel};
use crate::store::{Code, Truth};
use crate::wording::say;

/// Fills in what the coders of a session say together, by the rule that training uses.
pub(super) fn together(builder: &mut Builder, codes: &[Code], language: &Language) {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let own: Vec<&Code> = codes.iter().filter(|code| !code.consensus).collect();
    let settled = codes.iter().rfind(|code| code.consensus);
    let votes: Vec<RelationalModel> = own.iter().map(|code| code.coding.dominant).collect();
    let verdict = verdict(&votes, settled.map(|code| code.coding.dominant));
    let (word, none) = match verdict {
        Verdict::Consensus(_) => (Some("consensus"), Why::NotScored),
        Verdict::Majority { .. } => (Some("majority"), Why::NotScored),
        Verdict::Disputed => (Some("disputed"), Why::NotScored),
        Verdict::Uncoded => (None, Why::NotAsked),
    };
    let cell = |model: Option<RelationalModel>| model.map_or(Cell::Missing(none), model_cell);
    let label = say("model that the coders give", "model dat de codeurs geven");
    builder.put(option("code".into(), label, models(language), Section::Codes), cell(verdict.label()));
    // Only one code has a second model that is beyond dispute: the settled one, or that of a single coder.
    let alone = settled.or(if let [only] = own.as_slice() { Some(*only) } else { None });
    let label = say("second model of that code", "tweede model van die code");
    let second = option("code_second".into(), label, models(language), Section::Codes);
    builder.put(second, cell(alone.and_then(|code| code.coding.second)));
    let basis = option(
        "code_basis".into(),
        say("what that code rests on", "waar die code op berust"),
        options(&[
            ("consensus", say("settled by the coders together", "door de codeurs samen vastgesteld")),
            ("majority", say("more than half of the coders", "meer dan de helft van de codeurs")),
            ("disputed", say("no code: the coders differ", "geen code: de codeurs verschillen")),
        ]),
        Section::Codes,
    );
    let code = word.and_then(|word| basis.code_of(word));
    builder.put(basis, Cell::number(code, none));
    let label = say("number of coders", "aantal codeurs");
    builder.put(number("code_coders", label, Section::Codes), Cell::Number(own.len() as f64));
}

/// Adds a row for every code of a session to the table of codes.
pub(super) fn each(
    builder: &mut Builder,
    identity: &dyn Fn(&mut Builder),
    codes: &[Code],
    language: &Language,
    without_text: bool,
) {
    let say = |en: &str, nl: &str| say(language, en, nl);
    for code in codes {
        builder.begin();
        identity(builder);
        let coder = text("coder", say("code of the coder", "code van de codeur"), Section::Codes);
        builder.put(coder, Cell::text(&code.coder));
        let at = Variable::new(
            "at",
            say("when it was saved (UTC)", "wanneer bewaard (UTC)"),
            Kind::Instant,
            Section::Codes,
        );
        builder.put(at, Cell::Instant(code.at));
        let label = say("whether it settles the session for all", "of het de sessie voor allen vaststelt");
        let consensus = option("consensus".into(), label, yes_no(language), Section::Codes);
        builder.put(consensus, super::answers::yes_no(code.consensus));
        let label =
            say("the model that the respondent uses most", "het model dat de respondent het meest gebruikt");
        let dominant = option("dominant".into(), label, models(language), Section::Codes);
        builder.put(dominant, model_cell(code.coding.dominant));
        let second = option(
            "second".into(),
            say("the second model", "het tweede model"),
            models(language),
            Section::Codes,
        );
        builder.put(second, code.coding.second.map_or(Cell::Missing(Why::NotAnswered), model_cell));
        let label = say("confidence, 1 (a guess) to 5 (certain)", "zekerheid, 1 (een gok) tot 5 (zeker)");
        let confidence = Variable { level: Level::Ordinal, ..number("confidence", label, Section::Codes) };
        builder.put(confidence, Cell::number(code.coding.confidence.map(f64::from), Why::NotAnswered));
        let label = say("marks of evidence: item, model, strength", "bewijs: vraag, model, sterkte");
        let marks =
            code.coding.evidence.iter().map(|mark| format!("{}={}:{}", mark.item, mark.model, mark.strength));
        let marks = marks.collect::<Vec<_>>().join(" ");
        let cell = if marks.is_empty() { Cell::Missing(Why::NotAnswered) } else { Cell::text(&marks) };
        builder.put(text("evidence", label, Section::Codes), cell);
        if !without_text {
            let label = say("note of the coder", "notitie van de codeur");
            let note = Variable { free: true, ..text("note", label, Section::Codes) };
            let said = code.coding.note.as_str();
            builder
                .put(note, if said.is_empty() { Cell::Missing(Why::NotAnswered) } else { Cell::text(said) });
        }
    }
}

/// Fills in what is true of a simulated session.
pub(super) fn truth(builder: &mut Builder, truth: &Truth, language: &Language) {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let of = [
        (
            "simulated_model",
            say("simulated: the model of the respondent", "gesimuleerd: het model van de respondent"),
            truth.model,
        ),
        (
            "simulated_other_model",
            say("simulated: the model of the other side", "gesimuleerd: het model van de andere kant"),
            truth.other_model,
        ),
        (
            "simulated_code",
            say(
                "simulated: what a fallible coder would say",
                "gesimuleerd: wat een feilbare codeur zou zeggen",
            ),
            truth.code,
        ),
    ];
    for (name, label, model) in of {
        builder.put(option(name.into(), label, models(language), Section::Codes), model_cell(model));
    }
}
