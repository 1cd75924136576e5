//! Which program a table comes from, and what its columns about a whole response mean. Owns which of them are personal and are
//! never read.

use super::map::Map;

/// A program that collects answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Three header rows: names, texts, and internal ids.
    Qualtrics,
    /// `Q1[SQ001]`.
    LimeSurvey,
    /// `group/question/option`; also ODK Central.
    Kobo,
    /// A column for each question, called by its text.
    GoogleForms,
    /// An export of relata's own.
    Relata,
    /// Any other table.
    Plain,
}

impl Platform {
    /// All, with the word in files.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Qualtrics, "qualtrics"),
        (Self::LimeSurvey, "limesurvey"),
        (Self::Kobo, "kobo"),
        (Self::GoogleForms, "google-forms"),
        (Self::Relata, "relata"),
        (Self::Plain, "plain"),
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(platform, _)| *platform == self).map_or("", |(_, name)| name)
    }

    /// The platform of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(platform, _)| *platform)
    }

    /// Detects the platform from the header and the two rows below it.
    pub fn of(headers: &[String], second: Option<&[String]>) -> Self {
        let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
        let inside = |row: &[String]| row.iter().any(|cell| cell.trim_start().starts_with("{\"ImportId\""));
        let of_qualtrics = has("DistributionChannel") || has("Status") && has("Finished");
        if second.is_some_and(inside) || has("ResponseId") && of_qualtrics {
            Self::Qualtrics
        } else if has("instrument_hash") && has("session") {
            Self::Relata
        } else if has("lastpage")
            || has("startlanguage")
            || has("id") && has("submitdate")
            || has("Response ID") && (has("Last page") || has("Date submitted"))
        {
            Self::LimeSurvey
        } else if ["_uuid", "_submission_time", "formhub/uuid", "__version__"].into_iter().any(has)
            || has("KEY") && has("SubmissionDate")
        {
            Self::Kobo
        } else if headers.first().is_some_and(|first| TIMESTAMPS.contains(&folded(first).as_str())) {
            Self::GoogleForms
        } else {
            Self::Plain
        }
    }
}

const TIMESTAMPS: [&str; 4] = ["timestamp", "tijdstempel", "zeitstempel", "horodateur"];

/// The meaning of a column about a whole response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnRole {
    /// The program's id of the response.
    Id,
    /// The respondent's code.
    Respondent,
    /// When it began.
    Begun,
    /// When it ended.
    Ended,
    /// Whether it was completed.
    Finished,
    /// The language it was answered in.
    Language,
    /// Whether it counts there: not a preview, a test, spam or rejected.
    Status,
}

impl ColumnRole {
    /// All, with the key in a map.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Id, "id"),
        (Self::Respondent, "respondent"),
        (Self::Begun, "begun"),
        (Self::Ended, "ended"),
        (Self::Finished, "finished"),
        (Self::Language, "language"),
        (Self::Status, "status"),
    ];

    /// The key in a map.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, key)| key)
    }

    /// The column that a map gives for it.
    pub fn of(self, map: &Map) -> Option<&str> {
        match self {
            Self::Id => map.row.id.as_deref(),
            Self::Respondent => map.row.respondent.as_deref(),
            Self::Begun => map.row.begun.as_deref(),
            Self::Ended => map.row.ended.as_deref(),
            Self::Finished => map.row.finished.as_deref(),
            Self::Language => map.row.language.as_deref(),
            Self::Status => map.row.status.as_deref(),
        }
    }
}

/// A name without case and separators, which vary between programs.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The meaning of a column with this name, in files of this platform.
pub(super) fn role(platform: Platform, header: &str) -> Option<ColumnRole> {
    use Platform::{GoogleForms, Kobo, LimeSurvey, Plain, Qualtrics, Relata};
    let last = header.rsplit('/').next().unwrap_or(header);
    let name = folded(if platform == Kobo { last } else { header });
    Some(match (platform, name.as_str()) {
        (Qualtrics, "responseid") | (Kobo, "uuid" | "key" | "instanceid") | (Relata, "session") => {
            ColumnRole::Id
        }
        (LimeSurvey | Plain, "id" | "responseid" | "antwoordid") => ColumnRole::Id,
        (LimeSurvey, "token" | "accesscode" | "toegangscode") => ColumnRole::Respondent,
        (Relata | Plain, "respondent") => ColumnRole::Respondent,
        (Qualtrics | LimeSurvey, "startdate" | "datestarted") | (Kobo, "start") => ColumnRole::Begun,
        (Relata, "begun") => ColumnRole::Begun,
        (Qualtrics, "enddate") | (LimeSurvey, "submitdate" | "datesubmitted") => ColumnRole::Ended,
        (Kobo, "end" | "submissiontime" | "submissiondate") | (Relata, "lastevent") => ColumnRole::Ended,
        (GoogleForms, name) if TIMESTAMPS.contains(&name) => ColumnRole::Ended,
        (Qualtrics, "finished") | (Relata, "state") => ColumnRole::Finished,
        (Qualtrics, "userlanguage") | (LimeSurvey, "startlanguage") | (Relata, "language") => {
            ColumnRole::Language
        }
        (Qualtrics, "status" | "responsetype") | (Kobo, "validationstatus" | "reviewstate") => {
            ColumnRole::Status
        }
        _ => return None,
    })
}

/// Whether a column of Kobo or ODK is the time of sending, which may be days after the end.
pub(super) fn says_when_sent(header: &str) -> bool {
    folded(header).starts_with("submission")
}

/// Names, normalised by [`folded`], of columns that identify a person or their location.
const PERSONAL: [&str; 25] = [
    "ipaddress",
    "ipaddr",
    "ip",
    "locationlatitude",
    "locationlongitude",
    "geolocation",
    "recipientlastname",
    "recipientfirstname",
    "recipientemail",
    "externaldatareference",
    "externalreference",
    "email",
    "emailaddress",
    "emailadres",
    "username",
    "firstname",
    "lastname",
    "refurl",
    "referrerurl",
    "submittedby",
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "submitterid",
];

/// Whether a column identifies a person. A map can't use it as an answer either.
pub(super) fn is_personal(header: &str) -> bool {
    let last = header.rsplit('/').next().unwrap_or(header);
    PERSONAL.contains(&folded(last).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &[&str], second: &[&str]) -> Platform {
        let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        Platform::of(&owned(headers), Some(&owned(second)))
    }

    #[test]
    fn platforms_are_told_by_their_headers() {
        assert_eq!(
            of(&["StartDate", "Q1"], &["{\"ImportId\":\"startDate\"}", "{\"ImportId\":\"QID1\"}"]),
            Platform::Qualtrics
        );
        assert_eq!(of(&["id", "submitdate", "lastpage", "startlanguage", "Q1"], &[]), Platform::LimeSurvey);
        assert_eq!(of(&["id", "submitdate", "startdate", "Q1"], &[]), Platform::LimeSurvey);
        assert_eq!(of(&["g/q1", "_id", "_uuid"], &[]), Platform::Kobo);
        assert_eq!(of(&["SubmissionDate", "g-q1", "KEY"], &[]), Platform::Kobo);
        assert_eq!(of(&["Timestamp", "How old are you?"], &[]), Platform::GoogleForms);
        assert_eq!(of(&["session", "q1", "instrument_hash"], &[]), Platform::Relata);
        assert_eq!(of(&["q1", "q2"], &["1", "2"]), Platform::Plain);
    }

    #[test]
    fn roles_and_what_is_personal() {
        for (platform, header, expected) in [
            (Platform::Qualtrics, "ResponseId", Some(ColumnRole::Id)),
            (Platform::LimeSurvey, "Date submitted", Some(ColumnRole::Ended)),
            (Platform::Kobo, "meta/instanceID", Some(ColumnRole::Id)),
            (Platform::Kobo, "_submission_time", Some(ColumnRole::Ended)),
            (Platform::Plain, "start", None),
        ] {
            assert_eq!(role(platform, header), expected, "{header}");
        }
        for header in
            ["IPAddress", "IP address", "LocationLatitude", "RecipientEmail", "_geolocation", "Email Address"]
        {
            assert!(is_personal(header), "{header}");
        }
        assert!(!is_personal("satisfaction"));
    }
}
