//! A code of the project on a text of the study: who gave it, what it means here, and on which words it lies.

use super::ProjectReading;
use crate::coding::project::{Applied, Meaning, Selection};
use crate::coding::{self, Mark, Passage};
use crate::instrument::{Language, RelationalModel};
use crate::study::projects::SessionText;
use crate::study::projects::gathered::Gathered;
use crate::study::projects::places::{Alignment, Touched, is_shifted};
use crate::text;

impl ProjectReading<'_> {
    /// Who gave a code; the loss is said.
    fn coder(&mut self, user: Option<&String>, place: &str) -> Option<String> {
        let users = &self.project.users;
        let found = match (user, users.as_slice()) {
            (Some(guid), _) => users.iter().find(|known| known.guid == *guid),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let Some(found) = found else {
            self.lose(place.to_owned(), "nobody is named who coded it".into());
            return None;
        };
        let name = found.name.trim();
        let said = self.wishes.coders.iter().find(|(known, _)| known.trim() == name);
        let coder = match coding::coder(said.map_or(name, |(_, coder)| coder)) {
            Ok(coder) => coder,
            Err(why) => {
                self.lose(
                    format!("user `{name}`"),
                    format!("{why}; --user '{name}=CODE' says whose codes these are"),
                );
                return None;
            }
        };
        // Names of people are no codes, and most codes have a number.
        let as_it_stands = said.is_none() && !coder.chars().any(|sign| sign.is_ascii_digit());
        if as_it_stands && !self.spellings.knows(&coder) {
            let why = format!(
                "no coder of this study has this code, and it may be a name; --user '{name}=CODE' says whose codes these are"
            );
            self.lose(format!("user `{name}`"), why);
            return None;
        }
        if let Err(known) = self.spellings.take(&coder) {
            let language = Language::fallback();
            let why = text!(&language, "study-coding-other-case", coder = coder.as_str(), known);
            self.lose(format!("user `{name}`"), why);
            return None;
        }
        Some(coder)
    }

    /// What a code means; the loss is said, once for each code.
    fn meaning(&mut self, coding: &Applied, place: &str) -> Option<Meaning> {
        match self.meanings.get(&coding.code) {
            Ok(meaning) => Some(meaning),
            Err(name) if name.is_empty() => {
                self.lose(place.to_owned(), "its code is not in the codebook".into());
                None
            }
            Err(name) => {
                let why = format!(
                    "code `{name}` is none of the four models; --code '{name}=MP' says what it means"
                );
                self.lose(place.to_owned(), why);
                None
            }
        }
    }

    pub(super) fn selection(
        &mut self,
        selection: &Selection,
        source: &str,
        text: &str,
        known: &SessionText,
        found: &Alignment,
    ) {
        let (start, end) = selection.range;
        let place = format!("{source}, {start}-{end}");
        if is_shifted(text, selection.range, &selection.name) {
            let why = format!(
                "it is called “{}”, and other words stand there: its positions are not counted in characters of Unicode",
                selection.name
            );
            return self.lose(place, why);
        }
        let touched =
            if start < end && end <= text.chars().count() { found.touched((start, end)) } else { Vec::new() };
        if touched.is_empty() && !selection.codings.is_empty() {
            return self.lose(place, "no words that a respondent or an interviewer said stand there".into());
        }
        let mut placed = false;
        for coding in &selection.codings {
            let user = coding.user.as_ref().or(selection.user.as_ref());
            let Some(meaning) = self.meaning(coding, &place) else { continue };
            let Some(coder) = self.coder(user, &place) else { continue };
            match meaning {
                Meaning::Passage(model) => {
                    placed |= self.passages(model, &touched, &place, (known, &coder), found)
                }
                Meaning::Mark(model, strength) => {
                    placed |= self.marks(model, strength, &touched, &place, (known, &coder))
                }
                _ => self.of_all(coding, user, &place, known),
            }
            if !coding.note.is_empty() && matches!(meaning, Meaning::Passage(_) | Meaning::Mark(..)) {
                self.lose(
                    place.clone(),
                    "the note on it: evidence has none here, a code of a session has one".into(),
                );
            }
        }
        self.parted += usize::from(placed && touched.len() > 1);
    }

    fn passages(
        &mut self,
        model: RelationalModel,
        touched: &[Touched],
        place: &str,
        (known, coder): (&SessionText, &str),
        found: &Alignment,
    ) -> bool {
        let mut placed = false;
        for one in touched {
            if !one.words {
                let why = format!(
                    "`{}` is no answer in words: a code with a strength marks it, such as `{model}:2`",
                    one.item
                );
                self.lose(place.to_owned(), why);
                continue;
            }
            let (start, end) = one.range;
            let quote = found.said(one);
            let passage = Passage { item: one.item.to_owned(), part: one.part, start, end, model, quote };
            let passages = &mut self.gathered(known, coder, false).passages;
            if !passages.contains(&passage) {
                passages.push(passage);
            }
            self.taken.placed += 1;
            placed = true;
        }
        placed
    }

    fn marks(
        &mut self,
        model: RelationalModel,
        strength: u8,
        touched: &[Touched],
        place: &str,
        (known, coder): (&SessionText, &str),
    ) -> bool {
        for one in touched {
            let mark = Mark { item: one.item.to_owned(), model, strength };
            let evidence = &mut self.gathered(known, coder, false).evidence;
            match evidence.iter().find(|other| other.item == mark.item && other.model == model) {
                Some(other) if *other == mark => {}
                Some(other) => {
                    let why =
                        format!("`{}` is marked for {model} with {} already", mark.item, other.strength);
                    self.lose(place.to_owned(), why);
                    continue;
                }
                None => evidence.push(mark),
            }
            self.taken.placed += 1;
        }
        true
    }

    fn gathered(&mut self, known: &SessionText, coder: &str, consensus: bool) -> &mut Gathered {
        self.gathered.entry((known.header.id, coder.to_owned(), consensus)).or_default()
    }

    /// A code of all of a text says something of its session.
    pub(super) fn of_all(
        &mut self,
        coding: &Applied,
        user: Option<&String>,
        place: &str,
        known: &SessionText,
    ) {
        let Some(meaning) = self.meaning(coding, place) else { return };
        let Some(coder) = self.coder(user, place) else { return };
        let consensus = matches!(meaning, Meaning::Settled(_) | Meaning::SettledSecond(_));
        let who = (known.header.id, coder.clone(), consensus);
        let gathered = self.gathered(known, &coder, consensus);
        let differs = match meaning {
            Meaning::Dominant(model) | Meaning::Settled(model) => {
                (gathered.dominant.replace(model).is_some_and(|before| before != model))
                    .then_some("dominant model")
            }
            Meaning::Second(model) | Meaning::SettledSecond(model) => {
                (gathered.second.replace(model).is_some_and(|before| before != model))
                    .then_some("second model")
            }
            Meaning::Confidence(sure) => {
                (gathered.confidence.replace(sure).is_some_and(|before| before != sure))
                    .then_some("confidence")
            }
            Meaning::Passage(_) | Meaning::Mark(..) => {
                let why = format!(
                    "`{meaning}` of a whole text is no evidence: it marks words, and “dominant” is a code of its own"
                );
                return self.lose(place.to_owned(), why);
            }
        };
        if !coding.note.trim().is_empty() && !gathered.note.contains(coding.note.trim()) {
            let parted = if gathered.note.is_empty() { "" } else { "\n" };
            gathered.note += &format!("{parted}{}", coding.note.trim());
        }
        self.taken.placed += 1;
        self.conflicts.extend(differs.map(|what| (who, what)));
    }
}
