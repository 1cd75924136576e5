//! Types of rows, in all spellings that are about.

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum QuestionType {
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
    Text,
    Integer,
    Decimal,
    Date,
    Time,
    DateTime,
    Note,
    Acknowledge,
    Range,
    Calculate,
    Hidden,
    Barcode,
    /// A choice of one or several options of a list; `other` adds one with a line to write on.
    Select {
        list: String,
        many: bool,
        other: bool,
    },
    Rank {
        list: String,
    },
    /// The options lie in another file.
    SelectFromFile,
    /// The head of a table: the labels of the options that the rows below it are answered with. It takes no answer.
    TableHead,
    /// A place, a picture, a sound: what a terminal cannot take in.
    Captured(&'static str),
    /// What the program notes by itself.
    Metadata(String),
    Unknown(String),
}

/// Beginnings of the types with a list; longer ones stand before their own beginnings.
const LISTS: &[(&str, &str)] = &[
    ("select one from file ", "file"),
    ("select multiple from file ", "file"),
    ("select one external ", "file"),
    ("add select one prompt using ", "one"),
    ("add select multiple prompt using ", "many"),
    ("select all that apply from ", "many"),
    ("select all that apply ", "many"),
    ("select multiple from ", "many"),
    ("select multiple ", "many"),
    ("select one from ", "one"),
    ("select one ", "one"),
    ("select1 ", "one"),
    ("rank ", "rank"),
];

/// The type that a cell names.
pub(super) fn read(cell: &str) -> QuestionType {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let whole = words.join(" ");
    // The list keeps its letters; only the words before it are read in small ones.
    let lower = whole.to_lowercase();
    let spaced: String = lower.chars().map(|c| if c == '_' || c == '-' { ' ' } else { c }).collect();
    for (begins, group, repeat) in [
        ("begin", QuestionType::BeginGroup, QuestionType::BeginRepeat),
        ("end", QuestionType::EndGroup, QuestionType::EndRepeat),
    ] {
        if let Some(what) = spaced.strip_prefix(begins).and_then(|rest| rest.strip_prefix(' ')) {
            match what.split(' ').next() {
                Some("group") => return group,
                Some("repeat" | "loop" | "lgroup" | "looped") => return repeat,
                _ => {}
            }
        }
    }
    for (beginning, what) in LISTS {
        // Places in both texts are the same where nothing but ASCII was made small.
        if spaced.starts_with(beginning)
            && whole.is_char_boundary(beginning.len())
            && lower.len() == whole.len()
        {
            let rest = whole[beginning.len()..].trim();
            let mut parts = rest.split(' ').filter(|part| !part.is_empty());
            let list = parts.next().unwrap_or_default().to_owned();
            let tail = parts.collect::<Vec<_>>().join(" ").to_lowercase().replace('_', " ");
            let other = matches!(tail.as_str(), "or other" | "or specify other");
            return match *what {
                "file" => QuestionType::SelectFromFile,
                "rank" => QuestionType::Rank { list },
                what => QuestionType::Select { list, many: what == "many", other },
            };
        }
    }
    match spaced.as_str() {
        "text" | "string" | "add text prompt" | "q string" | "email address" => QuestionType::Text,
        "integer" | "int" | "add integer prompt" | "q int" | "q integer" => QuestionType::Integer,
        "decimal" | "add decimal prompt" | "q decimal" | "percentage" => QuestionType::Decimal,
        "date" | "add date prompt" | "q date" => QuestionType::Date,
        "time" | "add time prompt" | "q time" => QuestionType::Time,
        "datetime" | "date time" | "add date time prompt" | "q date time" => QuestionType::DateTime,
        "note" | "add note prompt" | "q note" => QuestionType::Note,
        "acknowledge" | "trigger" | "add acknowledge prompt" | "q acknowledge" => QuestionType::Acknowledge,
        "range" => QuestionType::Range,
        "calculate" | "calculation" | "add calculate prompt" | "q calculate" | "calculate here" => {
            QuestionType::Calculate
        }
        "hidden" => QuestionType::Hidden,
        "barcode" | "qrcode" | "q barcode" | "add barcode prompt" => QuestionType::Barcode,
        "geopoint" | "gps" | "location" | "q location" | "q geopoint" | "add location prompt" => {
            QuestionType::Captured("a place")
        }
        "geotrace" | "geoshape" | "q geotrace" | "q geoshape" | "osm" => QuestionType::Captured("places"),
        "image" | "photo" | "picture" | "q image" | "q picture" | "add image prompt" | "add photo prompt" => {
            QuestionType::Captured("a picture")
        }
        "signature" | "draw" | "annotate" => QuestionType::Captured("a drawing"),
        "audio" | "q audio" | "add audio prompt" => QuestionType::Captured("a sound"),
        "video" | "q video" | "add video prompt" => QuestionType::Captured("a film"),
        "file" | "add file prompt" | "xml external" | "csv external" => QuestionType::Captured("a file"),
        "start"
        | "end"
        | "today"
        | "deviceid"
        | "imei"
        | "subscriberid"
        | "simserial"
        | "phonenumber"
        | "phone number"
        | "username"
        | "email"
        | "caseid"
        | "audit"
        | "text audit"
        | "audio audit"
        | "speed violations count"
        | "speed violations list"
        | "speed violations audit"
        | "comments"
        | "start geopoint"
        | "background geopoint"
        | "background audio"
        | "device id"
        | "start time"
        | "end time"
        | "uri:deviceid"
        | "uri:username"
        | "uri:phonenumber"
        | "uri:email"
        | "get today"
        | "get start time"
        | "get end time"
        | "get device id"
        | "get phone number"
        | "bearing"
        | "odk audit" => {
            QuestionType::Metadata(spaced.rsplit(':').next().unwrap_or_default().replace("get ", ""))
        }
        _ => QuestionType::Unknown(whole),
    }
}

impl QuestionType {
    /// What a choice is once its appearance is read: that says whether its options lie in another file, and whether it takes
    /// an answer at all.
    pub fn appearing(self, appearance: &str) -> Self {
        let says = |word: &str| appearance.split_whitespace().any(|part| part == word);
        match self {
            Self::Select { .. } if searches(appearance) => Self::SelectFromFile,
            Self::Select { .. } if says("label") => Self::TableHead,
            other => other,
        }
    }

    /// Whether the row becomes something that is seen.
    pub fn is_seen(&self) -> bool {
        self.asks() || *self == Self::TableHead
    }

    /// Whether the row asks or shows something by itself.
    pub fn asks(&self) -> bool {
        !matches!(
            self,
            Self::TableHead
                | Self::BeginGroup
                | Self::EndGroup
                | Self::BeginRepeat
                | Self::EndRepeat
                | Self::Calculate
                | Self::Hidden
                | Self::Metadata(_)
        )
    }
}

/// Whether an appearance reads options from another file: `search('towns.csv')`, with anything before and after it.
fn searches(appearance: &str) -> bool {
    let mut found = appearance.match_indices("search");
    found.any(|(at, word)| {
        let begins = !appearance[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        begins && appearance[at + word.len()..].trim_start().starts_with('(')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_in_all_their_spellings() {
        let select = |list: &str, many, other| QuestionType::Select { list: list.into(), many, other };
        assert_eq!(read("select_one yes_no"), select("yes_no", false, false));
        assert_eq!(read(" Select one  from YesNo or_other"), select("YesNo", false, true));
        assert_eq!(read("select all that apply from list"), select("list", true, false));
        assert_eq!(read("select_multiple a or specify other"), select("a", true, true));
        assert_eq!(read("select1 sex"), select("sex", false, false));
        assert_eq!(read("rank fruits"), QuestionType::Rank { list: "fruits".into() });
        assert_eq!(read("select_one_from_file towns.csv"), QuestionType::SelectFromFile);
        assert_eq!(read("begin_group"), QuestionType::BeginGroup);
        assert_eq!(read("begin repeat"), QuestionType::BeginRepeat);
        assert_eq!(read("end  Group"), QuestionType::EndGroup);
        assert_eq!(read("dateTime"), QuestionType::DateTime);
        assert_eq!(read("start-geopoint"), QuestionType::Metadata("start geopoint".into()));
        assert_eq!(read("country"), QuestionType::Unknown("country".into()));
        let appearing = |appearance: &str| read("select_multiple l").appearing(appearance);
        assert_eq!(appearing("minimal search ('towns', 'matches', 'a', ${a})"), QuestionType::SelectFromFile);
        assert_eq!(appearing("label"), QuestionType::TableHead);
        for plain in ["list-nolabel", "minimal", "autocomplete", "research(x)", "search"] {
            assert_eq!(appearing(plain), select("l", true, false), "{plain}");
        }
        assert_eq!(read("text").appearing("label"), QuestionType::Text);
        for text in ["select_one", "select", "İ select_one x", "begin", "", "end"] {
            read(text);
        }
    }
}
