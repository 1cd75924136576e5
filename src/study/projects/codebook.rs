//! Our codebook in words, and the mapping of foreign codes to ours. No two codes have one name.

use std::collections::BTreeMap;

use crate::coding::STRONGEST;
use crate::coding::project::{Meaning, ProjectCode, guid};
use crate::instrument::{Language, RelationalModel};
use crate::text;

/// Models with their strengths below them, then codes for a whole session.
pub(super) fn entries(language: &Language) -> Vec<ProjectCode> {
    let entry = |meaning: Meaning, below: Vec<ProjectCode>| ProjectCode {
        guid: meaning.guid(),
        name: name(meaning, language),
        about: about(meaning, language),
        codable: true,
        below,
    };
    let group = |key: &str, name: String, below: Vec<ProjectCode>| ProjectCode {
        guid: guid(&["codes", key]),
        name,
        about: String::new(),
        codable: false,
        below,
    };
    let each = |meaning: fn(RelationalModel) -> Meaning| {
        RelationalModel::ALL.map(|model| entry(meaning(model), Vec::new())).to_vec()
    };
    let passages = RelationalModel::ALL.map(|model| {
        let marks = (0..=STRONGEST).map(|strength| entry(Meaning::Mark(model, strength), Vec::new()));
        entry(Meaning::Passage(model), marks.collect())
    });
    let sure = Meaning::all().into_iter().filter(|meaning| matches!(meaning, Meaning::Confidence(_)));
    let sure = sure.map(|meaning| entry(meaning, Vec::new())).collect();
    let settled = [each(Meaning::Settled), each(Meaning::SettledSecond)].concat();
    vec![
        group("models", text!(language, "study-projects-models"), passages.to_vec()),
        group("dominant", text!(language, "study-projects-dominants"), each(Meaning::Dominant)),
        group("second", text!(language, "study-projects-seconds"), each(Meaning::Second)),
        group("confidence", text!(language, "study-projects-confidences"), sure),
        group("settled", text!(language, "study-projects-settled-models"), settled),
    ]
}

/// What a code is called. Some programs have one list of names, so that each is there once.
fn name(meaning: Meaning, language: &Language) -> String {
    let said = |model: RelationalModel| model.in_words(language);
    match meaning {
        Meaning::Passage(model) => said(model),
        Meaning::Mark(model, strength) => {
            text!(
                language,
                "study-projects-mark",
                model = model.to_string(),
                strength = usize::from(strength)
            )
        }
        Meaning::Dominant(model) => text!(language, "study-projects-dominant", model = said(model)),
        Meaning::Second(model) => text!(language, "study-projects-second", model = said(model)),
        Meaning::Confidence(sure) => text!(language, "study-projects-confidence", sure = usize::from(sure)),
        Meaning::Settled(model) => text!(language, "study-projects-settled", model = said(model)),
        Meaning::SettledSecond(model) => {
            text!(language, "study-projects-settled-second", model = said(model))
        }
    }
}

fn about(meaning: Meaning, language: &Language) -> String {
    match meaning {
        Meaning::Passage(model) => model.evidence(language),
        Meaning::Mark(..) => text!(language, "study-projects-about-mark"),
        Meaning::Dominant(_) | Meaning::Second(_) => text!(language, "study-projects-about-whole"),
        Meaning::Confidence(_) => text!(language, "study-projects-about-confidence"),
        Meaning::Settled(_) | Meaning::SettledSecond(_) => text!(language, "study-projects-about-settled"),
    }
}

/// What the codes of a project mean, by their GUIDs; and the names of those that mean nothing here.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    known: BTreeMap<String, Meaning>,
    names: BTreeMap<String, String>,
}

impl Meanings {
    /// Reads codes by the GUIDs of ours, else by the user's mapping, else by our names in any language and by names of models.
    pub fn of(codebook: &[ProjectCode], said: &[(String, Meaning)]) -> Self {
        let mut named: BTreeMap<String, Meaning> = BTreeMap::new();
        for meaning in Meaning::all() {
            named.insert(meaning.to_string().to_lowercase(), meaning);
            for language in Language::all() {
                named.insert(name(meaning, &language).to_lowercase(), meaning);
            }
        }
        for model in RelationalModel::ALL {
            named.insert(model.name().to_owned(), Meaning::Passage(model));
        }
        let own: BTreeMap<String, Meaning> =
            Meaning::all().into_iter().map(|meaning| (meaning.guid(), meaning)).collect();
        let mut found = Self::default();
        let mut waiting: Vec<&ProjectCode> = codebook.iter().collect();
        while let Some(entry) = waiting.pop() {
            let name = entry.name.trim();
            let by_person = said.iter().find(|(known, _)| known.trim() == name).map(|(_, meaning)| *meaning);
            let meaning = by_person
                .or_else(|| own.get(&entry.guid).copied())
                .or_else(|| named.get(&name.to_lowercase()).copied());
            found.known.extend(meaning.map(|meaning| (entry.guid.clone(), meaning)));
            found.names.insert(entry.guid.clone(), name.to_owned());
            waiting.extend(&entry.below);
        }
        found
    }

    /// What a code means.
    ///
    /// # Errors
    /// Its name, where it means nothing here.
    pub fn get(&self, guid: &str) -> Result<Meaning, String> {
        self.known.get(guid).copied().ok_or_else(|| self.names.get(guid).cloned().unwrap_or_default())
    }

    /// Whether a code of this name is in the codebook.
    pub fn has(&self, name: &str) -> bool {
        self.names.values().any(|known| known == name.trim())
    }
}
