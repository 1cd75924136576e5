//! What the columns of a form mean: their names in all spellings in use, and their languages.

use crate::instrument::Language;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetColumn {
    pub field: ColumnField,
    /// The language as the heading names it.
    pub language: Option<String>,
    /// The heading as it is written.
    pub heading: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnField {
    QuestionType,
    Name,
    List,
    Label,
    Hint,
    Guidance,
    Required,
    RequiredMessage,
    Relevant,
    Constraint,
    ConstraintMessage,
    Calculation,
    Default,
    ChoiceFilter,
    Appearance,
    Parameters,
    RepeatCount,
    ReadOnly,
    Disabled,
    /// A picture, a sound or a film beside the words.
    Media,
    Trigger,
    /// Anything else: an author's note, or a column of choices to filter by.
    Other,
}

/// Reads one heading.
pub(super) fn column(heading: &str) -> SheetColumn {
    let parts: Vec<&str> =
        if heading.contains("::") { heading.split("::").collect() } else { heading.split(':').collect() };
    let mut parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let simple = |part: &str| part.to_lowercase().replace([' ', '-'], "_");
    let media = parts.first().is_some_and(|part| simple(part) == "media");
    while parts.len() > 1 && matches!(simple(parts[0]).as_str(), "bind" | "control" | "body" | "media" | "jr")
    {
        parts.remove(0);
    }
    let language = parts.get(1).map(|part| (*part).to_owned());
    let first = parts.first().map(|part| simple(part)).unwrap_or_default();
    // `bind::jr:constraintMsg` has one colon after two.
    let first = first.strip_prefix("jr:").unwrap_or(&first);
    let field = match first {
        "type" | "command" => ColumnField::QuestionType,
        "name" | "tag" | "value" => ColumnField::Name,
        "list_name" | "list" => ColumnField::List,
        "label" | "caption" => ColumnField::Label,
        "hint" => ColumnField::Hint,
        "guidance_hint" | "guidance" => ColumnField::Guidance,
        "required" => ColumnField::Required,
        "required_message" | "requiredmsg" => ColumnField::RequiredMessage,
        "relevant" | "relevance" => ColumnField::Relevant,
        "constraint" => ColumnField::Constraint,
        "constraint_message" | "constraining_message" | "constraintmsg" => ColumnField::ConstraintMessage,
        "calculation" | "calculate" => ColumnField::Calculation,
        "default" => ColumnField::Default,
        "choice_filter" => ColumnField::ChoiceFilter,
        "appearance" => ColumnField::Appearance,
        "parameters" => ColumnField::Parameters,
        "repeat_count" | "count" => ColumnField::RepeatCount,
        "read_only" | "readonly" => ColumnField::ReadOnly,
        "disabled" => ColumnField::Disabled,
        "image" | "audio" | "video" | "big_image" => ColumnField::Media,
        "trigger" => ColumnField::Trigger,
        _ if media => ColumnField::Media,
        _ => ColumnField::Other,
    };
    SheetColumn { field, language, heading: heading.trim().to_owned() }
}

/// The tag of a language that a heading or a setting names: `English (en)`, `en`, `english`.
pub(super) fn tag(name: &str) -> Language {
    let inside =
        name.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(code, _)| code.trim());
    let fits = |code: &str| {
        (2..=12).contains(&code.len()) && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if let Some(code) = inside.map(|code| code.replace('_', "-")).filter(|code| fits(code)) {
        return Language::new(&code.to_lowercase());
    }
    let word = name.split('(').next().unwrap_or_default().trim().to_lowercase();
    if let Some((_, code)) = LANGUAGES.iter().find(|(names, _)| names.split(' ').any(|known| known == word)) {
        return Language::new(code);
    }
    let plain: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(12).collect();
    if fits(&plain) { Language::new(&plain) } else { Language::new("und") }
}

/// Names of languages in English and by themselves.
const LANGUAGES: &[(&str, &str)] = &[
    ("english eng", "en"),
    ("dutch nederlands nld", "nl"),
    ("french français francais fra fre", "fr"),
    ("german deutsch deu ger", "de"),
    ("spanish español espanol spa", "es"),
    ("portuguese português portugues por", "pt"),
    ("italian italiano ita", "it"),
    ("arabic العربية عربي ara", "ar"),
    ("chinese 中文 zho", "zh"),
    ("russian русский rus", "ru"),
    ("hindi हिन्दी hin", "hi"),
    ("bengali bangla বাংলা ben", "bn"),
    ("urdu اردو urd", "ur"),
    ("nepali नेपाली nep", "ne"),
    ("swahili kiswahili swa", "sw"),
    ("amharic አማርኛ amh", "am"),
    ("somali soomaali som", "so"),
    ("hausa hau", "ha"),
    ("yoruba yor", "yo"),
    ("turkish türkçe turkce tur", "tr"),
    ("ukrainian українська ukr", "uk"),
    ("polish polski pol", "pl"),
    ("indonesian bahasa ind", "id"),
    ("vietnamese vie", "vi"),
    ("thai tha", "th"),
    ("burmese myanmar mya", "my"),
    ("khmer khm", "km"),
    ("persian farsi dari فارسی fas", "fa"),
    ("pashto pus", "ps"),
    ("japanese 日本語 jpn", "ja"),
    ("korean 한국어 kor", "ko"),
    ("danish dansk dan", "da"),
    ("swedish svenska swe", "sv"),
    ("norwegian norsk nor", "no"),
    ("finnish suomi fin", "fi"),
    ("greek ελληνικά ell", "el"),
    ("romanian română romana ron", "ro"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_read_in_all_their_spellings() {
        let read = |heading: &str| {
            let SheetColumn { field, language, .. } = column(heading);
            (field, language)
        };
        assert_eq!(read("label::English (en)"), (ColumnField::Label, Some("English (en)".into())));
        assert_eq!(read("Label:Spanish"), (ColumnField::Label, Some("Spanish".into())));
        assert_eq!(read("bind:jr:constraintMsg"), (ColumnField::ConstraintMessage, None));
        assert_eq!(read("bind::jr:constraintMsg::fr"), (ColumnField::ConstraintMessage, Some("fr".into())));
        assert_eq!(read("constraint message"), (ColumnField::ConstraintMessage, None));
        assert_eq!(read("media::image::French"), (ColumnField::Media, Some("French".into())));
        assert_eq!(read("bind::relevant"), (ColumnField::Relevant, None));
        assert_eq!(read("list name"), (ColumnField::List, None));
        assert_eq!(read("region"), (ColumnField::Other, None));
        assert_eq!(read("body::accuracyThreshold").0, ColumnField::Other);
    }

    #[test]
    fn languages_are_known_by_their_code_or_their_name() {
        for (name, code) in [
            ("English (en)", "en"),
            ("Deutsch (de)", "de"),
            ("english", "en"),
            ("pt-BR", "pt-br"),
            ("Klingon", "klingon"),
            ("???", "und"),
        ] {
            assert_eq!(tag(name).as_str(), code, "{name}");
        }
    }
}
