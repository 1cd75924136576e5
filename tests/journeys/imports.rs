//! Answers of other programs: a file of each, made here, is imported, and the export contains what was in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use relata::instrument::{Instrument, Language};
use relata::interview::simulate::walk;
use relata::interview::{Event, Interview, Start};
use relata::store::{Mode, NewSession, SessionId, Study, Whole};

use super::support::{Place, somebody};

/// A questionnaire with what survey tools ask.
const VISIT: &str = r#"
format    = 1
name      = "visit"
version   = "1"
languages = ["en", "nl"]
label     = "A visit"
minutes   = 3

[fields.organisation]
label = { en = "Which organisation?", nl = "Welke organisatie?" }

[choices.agree5]
labels = { en = ["Not at all", "A little", "Partly", "Mostly", "Wholly"], nl = ["Helemaal niet", "Een beetje", "Deels", "Grotendeels", "Helemaal"] }

[[choices.reason]]
name  = "price"
label = { en = "Price", nl = "Prijs" }
[[choices.reason]]
name  = "speed"
label = { en = "Speed, as promised", nl = "Snelheid, zoals beloofd" }
[[choices.reason]]
name  = "people"
label = { en = "The people at {organisation}", nl = "De mensen bij {organisation}" }

[scales.satisfaction]
construct = "explicit_sentiment"
method    = "mean"
min_valid = 1

[[groups]]
name  = "all"
label = "All"

[[groups.items]]
name    = "agrees"
kind    = "consent"
version = "1"
label   = { en = "Do you take part?", nl = "Doet u mee?" }

[[groups.items]]
name    = "helped"
kind    = "likert"
choices = "agree5"
scale   = "satisfaction"
label   = { en = "{organisation} helped me.", nl = "{organisation} hielp mij." }

[[groups.items]]
name  = "glow"
kind  = "slider"
min   = -3
max   = 3
label = { en = "How warm was it?", nl = "Hoe warm was het?" }

[[groups.items]]
name    = "why"
kind    = "select_one"
choices = "reason"
label   = { en = "Why them?", nl = "Waarom zij?" }

[[groups.items]]
name     = "worries"
kind     = "select_multiple"
choices  = "reason"
required = false
label    = { en = "What worries you?", nl = "Waarover maakt u zich zorgen?" }

[[groups.items]]
name    = "feels"
kind    = "matrix"
choices = "agree5"
rows    = [
  { name = "joy", label = { en = "Joy", nl = "Blijdschap" } },
  { name = "anger", label = { en = "Anger", nl = "Boosheid" } },
]
label   = { en = "How do you feel?", nl = "Hoe voelt u zich?" }

[[groups.items]]
name    = "order"
kind    = "rank"
choices = "reason"
top     = 2
label   = { en = "What comes first?", nl = "Wat komt eerst?" }

[[groups.items]]
name  = "years"
kind  = "integer"
min   = 0
max   = 60
label = { en = "For how long?", nl = "Hoe lang al?" }

[[groups.items]]
name     = "since"
kind     = "date"
required = false
label    = { en = "Since when?", nl = "Sinds wanneer?" }

[[groups.items]]
name     = "story"
kind     = "text"
relevant = "glow < 0"
label    = { en = "What went wrong?", nl = "Wat ging er mis?" }
"#;

pub fn place() -> Place {
    let place = Place::new();
    place.write("visit.toml", VISIT);
    place
}

const IMPORT: [&str; 4] = ["import", "answers.csv", "--instrument", "visit.toml"];

pub fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&IMPORT[..], more].concat()
}

/// What an export of the study holds, row by row.
pub fn exported(place: &Place, study: &str, table: &str) -> Vec<BTreeMap<String, String>> {
    let folder = format!("out-{study}-{table}");
    place.run(&["--study", study, "export", "--format", "csv", "--out", &folder]).ok();
    let text = std::fs::read_to_string(place.path(&folder).join(format!("{table}.csv"))).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().unwrap().clone();
    let row =
        |row: csv::StringRecord| names.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn visits(place: &Place) -> Vec<BTreeMap<String, String>> {
    exported(place, "study.relata", "sessions-visit")
}

/// These cells of a row, one after the other.
fn cells(row: &BTreeMap<String, String>, names: &[&str]) -> String {
    names.iter().map(|name| row.get(*name).map_or("?", String::as_str)).collect::<Vec<_>>().join(" ")
}

const ALL: [&str; 13] = [
    "agrees",
    "helped",
    "glow",
    "why",
    "worries_price",
    "worries_speed",
    "worries_people",
    "feels_joy",
    "feels_anger",
    "order_price",
    "order_speed",
    "order_people",
    "years",
];

#[test]
fn qualtrics() {
    let place = place();
    place.write(
        "answers.csv",
        "StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,RecipientEmail,LocationLatitude,\
         UserLanguage,Q1,Q2,Q3,Q4,Q5,Q6_1,Q6_2,Q7_1,Q7_2,Q7_3,Q8\n\
         Start Date,End Date,Response Type,IP Address,Progress,Finished,Recorded Date,Response ID,Recipient Email,Location Latitude,\
         User Language,Do you take part?,<b>Acme</b> helped me.,How warm was it?,Why them?,What worries you?,How do you feel? - Joy,\
         How do you feel? - Anger,What comes first? - Price,\"What comes first? - Speed, as promised\",\
         What comes first? - The people at Acme,For how long?\n\
         \"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"Europe/Amsterdam\"\"}\",{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n\
         2026-03-14 10:21:33,2026-03-14 10:26:33,0,192.0.2.7,100,1,2026-03-14 10:26:40,R_2abcdefgh,a@example.org,52.1,EN,1,4,7,Price,\
         \"Price,Speed, as promised\",5,1,2,1,,12\n\
         2026-03-14 11:00:00,2026-03-14 11:04:00,0,192.0.2.8,100,1,2026-03-14 11:04:10,R_3abcdefgh,b@example.org,52.2,NL,1,-99,4,Prijs,\
         -99,-99,2,,1,2,-99\n\
         2026-03-14 09:00:00,2026-03-14 09:04:00,1,192.0.2.9,100,1,2026-03-14 09:04:10,R_1abcdefgh,b@example.org,52.2,NL,1,2,5,Prijs,\
         ,2,2,,1,2,3\n",
    );
    // A column of three header rows is recognised by its third.
    let said = place.run(&args(&["--set", "organisation=Acme", "--dry-run"]));
    assert!(said.code == 1 && said.err.contains("qualtrics"), "{}", said.err);
    assert!(said.err.contains("never read, because they tell who somebody is or was: `IPAddress`, `RecipientEmail`, `LocationLatitude`"), "{}", said.err);
    // 1 … 7 is not -3 … 3, and -99 was not declared as a missing value.
    assert!(
        said.err.contains("`glow`: 2 values in 2 rows without a counterpart")
            && said.err.contains("found 4 … 7, expected -3 … 3"),
        "{}",
        said.err
    );
    // It is unknown whether its 1 is a yes; a preview is known not to be a respondent's answer.
    assert!(said.err.contains("`agrees`: 1 value in 2 rows without a counterpart"), "{}", said.err);
    assert!(said.err.contains("1 row of previews, tests, spam"), "{}", said.err);
    assert!(!place.study().exists());
    assert!(said.err.contains("no column answers `since`, `story`"), "{}", said.err);

    place.write(
        "map.toml",
        "left_out = [\"since\", \"story\"]\n[missing]\nnot_answered = [-99]\n[offset]\nglow = -4\n[values.agrees]\n1 = \"yes\"\n[row]\nutc_offset = 60\n",
    );
    place.run(&args(&["--set", "organisation=Acme", "--map", "map.toml"])).ok();
    let rows = visits(&place);
    assert_eq!(cells(&rows[0], &ALL), "1 4 3 price 1 1 0 5 1 2 1  12");
    assert_eq!(cells(&rows[1], &ALL), "1  0 price     2  1 2 ");
    assert_eq!(
        cells(
            &rows[0],
            &["respondent", "mode", "language", "imported_from", "imported_row", "minutes", "state"]
        ),
        "R_2abcdefgh imported en answers.csv 4 5 finished"
    );
    assert_eq!(rows[0]["begun"], "2026-03-14T09:21:33Z");
    assert_eq!(cells(&rows[1], &["language", "helped_seconds"]), "nl ");
    // Nothing personal is in the file.
    let bytes = std::fs::read(place.study()).unwrap();
    for personal in ["192.0.2.7", "example.org", "52.1"] {
        assert!(!bytes.windows(personal.len()).any(|part| part == personal.as_bytes()), "{personal}");
    }
}

#[test]
fn limesurvey() {
    let place = place();
    place.write(
        "answers.csv",
        "\"id\",\"submitdate\",\"lastpage\",\"startlanguage\",\"seed\",\"token\",\"startdate\",\"datestamp\",\"ipaddr\",\"agrees\",\"helped\",\
         \"glow\",\"why\",\"worries[price]\",\"worries[speed]\",\"worries[people]\",\"feels[joy]\",\"feels[anger]\",\"order[1]\",\"order[2]\",\
         \"years\",\"since\",\"story\"\n\
         \"1\",\"2026-03-14 10:26:33\",\"3\",\"nl\",\"1\",\"tok-1\",\"2026-03-14 10:21:33\",\"2026-03-14 10:26:33\",\"192.0.2.7\",\"Ja\",\
         \"Grotendeels\",\"-2\",\"speed\",\"Y\",\"\",\"Y\",\"Helemaal\",\"Helemaal niet\",\"speed\",\"price\",\"4.0000000000\",\
         \"2020-05-01 00:00:00\",\"Te laat.\"\n\
         \"2\",\"\",\"1\",\"nl\",\"1\",\"tok-2\",\"2026-03-14 11:00:00\",\"2026-03-14 11:01:00\",\"192.0.2.8\",\"Ja\",\"Deels\",\"\",\"\",\"\",\
         \"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n",
    );
    place.write("map.toml", "[constants]\norganisation = \"Acme\"\n");
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(said.err.contains("limesurvey") && said.err.contains("1 row not finished there"), "{}", said.err);
    assert_eq!(said.code, 0, "{}", said.err);
    let sessions = place.run(&["sessions", "--format", "csv"]).ok();
    assert!(
        sessions.contains("tok-2,,Acme,visit,2026-03-14T11:00:00Z,open,") && sessions.contains(",imported,"),
        "{sessions}"
    );
    let rows = visits(&place);
    assert_eq!(rows.len(), 1);
    assert_eq!(cells(&rows[0], &ALL), "1 4 -2 speed 1 0 1 5 1 2 1  4");
    assert_eq!(cells(&rows[0], &["since", "story", "respondent"]), "2020-05-01 Te laat. tok-1");
    // Responses begun in another program can't be continued here.
    let open = place.run(&["resume", "--plain"]).refused();
    assert!(open.contains("no session of this study is open"), "{open}");
    let code = sessions.lines().find(|line| line.contains("tok-2")).unwrap().split(',').next().unwrap();
    assert!(place.run(&["resume", code, "--plain"]).refused().contains("answered in another program"));
    // Submitted since, with the same answers.
    let table = place.read("answers.csv");
    place.write("answers.csv", &table.replace("\"2\",\"\",\"1\"", "\"2\",\"2026-03-14 11:01:00\",\"1\""));
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(said.err.contains("1 row in the study as not finished: finished there since"), "{}", said.err);
    let sessions = place.run(&["sessions", "--format", "csv"]).ok();
    assert!(sessions.contains("tok-2,,Acme,visit,2026-03-14T11:00:00Z,finished,"), "{sessions}");
    let again = place.run(&args(&["--map", "map.toml"]));
    assert!(again.err.contains("2 rows in the study already"), "{}", again.err);
    // With more answers than before, which is how most are finished.
    let begun = "\"3\",\"\",\"1\",\"nl\",\"1\",\"tok-3\",\"2026-03-15 11:00:00\",\"2026-03-15 11:01:00\",\"192.0.2.9\",\"Ja\",\"Deels\",\"\"";
    let rest = ",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n";
    place.write("answers.csv", &format!("{table}{begun}{rest}"));
    assert_eq!(place.run(&args(&["--map", "map.toml"])).code, 0);
    let finished = begun
        .replace("\"3\",\"\",\"1\"", "\"3\",\"2026-03-15 12:00:00\",\"3\"")
        .replace("\"Deels\",\"\"", "\"Deels\",\"1\"");
    place.write("answers.csv", &format!("{table}{finished}{rest}"));
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(
        said.err.contains("was not finished when it came in") && said.err.contains("1 session taken"),
        "{}",
        said.err
    );
    let again = place.run(&args(&["--map", "map.toml"]));
    assert!(again.code == 0 && again.err.contains("nothing is new"), "{}", again.err);
    // Erased with everything of theirs, they stay away.
    place.run(&["erase", "--respondent", "tok-3", "--yes"]).ok();
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(said.err.contains("1 row of sessions that were erased"), "{}", said.err);
}

#[test]
fn kobo() {
    let place = place();
    place.write(
        "answers.csv",
        "\u{feff}start;end;grp/organisation;grp/agrees;grp/helped;grp/sub/glow;grp/why;grp/worries;grp/worries/price;grp/worries/speed;\
         grp/worries/people;grp/feels/joy;grp/feels/anger;grp/order;grp/years;grp/since;grp/story;_id;_uuid;_submission_time\n\
         2026-03-14T10:21:33.000+01:00;2026-03-14T10:26:33.000+01:00;Acme;yes;4;-1;people;price people;1;0;1;Mostly;A little;speed price;7;\
         2021-01-31;Cold coffee;11;2a7c0f0e-0000-4000-8000-000000000001;2026-03-14T09:26:40\n\
         2026-03-15T10:21:33.000+01:00;2026-03-15T10:26:33.000+01:00;Acme;yes;2;1;The people at Acme;;FALSE;FALSE;FALSE;1;2;people price;0;;;12;\
         2a7c0f0e-0000-4000-8000-000000000002;2026-03-15T09:26:40\n",
    );
    let said = place.run(&args(&["--dry-run", "--format", "json"]));
    let lines: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let helped = lines.as_array().unwrap().iter().find(|line| line["question"] == "helped").unwrap();
    assert_eq!((helped["column"].as_str(), helped["found_by"].as_str()), (Some("grp/helped"), Some("path")));
    assert_eq!((said.code, helped["answers"].as_u64()), (0, Some(2)), "{}", said.err);
    let table = place.read("answers.csv");
    place.write("answers.csv", &table.replace("price people;1;0;1", "price people;1;1;1"));
    let refused = place.run(&args(&[])).refused();
    assert!(refused.contains("the column of `speed` contradict one another"), "{refused}");
    place.write("answers.csv", &table.replace("price people;1;0;1", ";1;0;1"));
    let refused = place.run(&args(&[])).refused();
    assert!(refused.contains("the column of `price` contradict one another"), "{refused}");
    // ODK Central parts groups with a hyphen, in the start form as well.
    place.write("answers.csv", &table.replace("grp/organisation", "grp-organisation"));
    assert_eq!(place.run(&args(&["--dry-run"])).code, 0);
    place.write("answers.csv", &table);
    place.run(&args(&[])).ok();
    let rows = visits(&place);
    assert_eq!(cells(&rows[0], &ALL), "1 4 -1 people 1 0 1 4 2 2 1  7");
    // A question with nothing selected is answered.
    assert_eq!(cells(&rows[1], &ALL), "1 2 1 people 0 0 0 1 2 2  1 0");
    assert_eq!(rows[0]["begun"], "2026-03-14T09:21:33Z");
    assert_eq!(rows[0]["story"], "Cold coffee");
    // An answer that is edited on the server gets another id, and stays the one that it was.
    let edited = |answer: &str| {
        table.replace("-000000000001", "-000000000009").replace("Acme;yes;4;", &format!("Acme;yes;{answer};"))
    };
    for (answer, told) in
        [("5", "row 2 is in the study with other answers"), ("4", "2 rows in the study already")]
    {
        place.write("answers.csv", &edited(answer));
        let again = place.run(&args(&[]));
        assert!(again.code == 0 && again.err.contains(told), "{}", again.err);
    }
    assert_eq!(place.run(&["sessions", "--format", "json"]).json().as_array().unwrap().len(), 2);
}

#[test]
fn google_forms() {
    let place = place();
    place.write(
        "answers.csv",
        "\"Timestamp\",\"Email Address\",\"Which organisation?\",\"Do you take part?\",\"Acme helped me.\",\"How warm was it?\",\"Why them?\",\
         \"What worries you?\",\"How do you feel? [Joy]\",\"How do you feel? [Anger]\",\"What comes first?\",\"For how long?\"\n\
         \"3/14/2026 10:21:33\",\"a@example.org\",\"Acme\",\"Yes\",\"Mostly\",\"2\",\"Speed, as promised\",\"Price, Speed, as promised\",\"Wholly\",\
         \"Not at all\",\"Speed, as promised;Price\",\"3\"\n\
         \"4/2/2026 9:00:00\",\"b@example.org\",\"Acme\",\"No\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n",
    );
    place.write("map.toml", "left_out = [\"since\", \"story\"]\n");
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(
        said.err.contains("google-forms") && said.err.contains("1 row that did not consent"),
        "{}",
        said.err
    );
    assert_eq!(said.code, 0, "{}", said.err);
    let rows = visits(&place);
    assert_eq!(cells(&rows[0], &ALL), "1 4 2 speed 1 1 0 5 1 2 1  3");
    assert_eq!(cells(&rows[0], &["begun"]), "2026-03-14T10:21:33Z");
    // A refusal is kept as in an interview: the answer alone; no export contains it.
    assert_eq!(rows.len(), 1);
    let sessions = place.run(&["sessions", "--format", "csv"]).ok();
    assert!(sessions.contains("2026-04-02T09:00:00Z,consent refused,3,imported"), "{sessions}");
    assert!(rows[0]["respondent"].starts_with("I-"), "{:?}", rows[0]["respondent"]);
    // The sheet has grown and was sorted differently: a row with the same instant and answers is recognised.
    let table = place.read("answers.csv");
    let [head, one, two] = table.lines().collect::<Vec<_>>()[..] else { panic!("{table}") };
    let more = one.replace("3/14/2026", "5/20/2026");
    place.write("answers.csv", &[head, two, &more, one, ""].join("\n"));
    let again = place.run(&args(&["--map", "map.toml"]));
    assert!(again.code == 0 && again.err.contains("2 rows in the study already"), "{}", again.err);
    assert_eq!(place.run(&["sessions", "--format", "json"]).json().as_array().unwrap().len(), 3);
    // An answer that was changed in the sheet does not create a second respondent.
    place.write("answers.csv", &[head, &one.replace("\"Mostly\"", "\"Partly\""), ""].join("\n"));
    let changed = place.run(&args(&["--map", "map.toml"]));
    assert!(changed.err.contains("row 2 is in the study with other answers"), "{}", changed.err);
    // A constant yes is not accepted beside a column that may contain a no.
    place.write("map.toml", "left_out = [\"since\", \"story\"]\n[constants]\nagrees = \"yes\"\n");
    let refused = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(refused.contains("answers `agrees`, for which [constants]"), "{refused}");
}

/// Two good rows under the names of the items.
pub const PLAIN: &str = "who,organisation,agrees,helped,glow,why,worries,feels_joy,feels_anger,order,years,since,story\n\
    R1,Acme,yes,4,-3,price,price people,5,1,speed price,12,2020-01-31,Late again\n\
    R2,Acme,yes,2,3,speed,,1,2,price people,0,,Never mind\n";
const PLAIN_MAP: &str = "[row]\nrespondent = \"who\"\n";

#[test]
fn in_any_table_an_id_tells_who_came_before_and_rows_left_out_are_named() {
    let place = place();
    let rows = |ids: [&str; 3]| {
        let row = |id: &str| match id {
            "b9" => "b9,R9,Acme,,,,,,,,,,,\n".to_owned(),
            id => format!(
                "{id},{},Acme,yes,4,-3,price,,5,1,speed price,12,2020-01-31,Late\n",
                id.to_uppercase()
            ),
        };
        format!("id,{}\n{}", PLAIN.lines().next().unwrap(), ids.map(row).concat())
    };
    place.write("map.toml", PLAIN_MAP);
    place.write("answers.csv", &rows(["a1", "b9", "a2"]));
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(said.err.contains("1 row without any answer: left out (3)"), "{}", said.err);
    assert_eq!(said.code, 0, "{}", said.err);
    // Others in between, in another order, in another file.
    place.write("answers.csv", &rows(["a2", "a3", "a1"]));
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(said.err.contains("2 rows in the study already"), "{}", said.err);
    assert_eq!(visits(&place).len(), 3);
}

#[test]
fn importing_twice_changes_nothing_and_a_changed_row_is_named() {
    let place = place();
    place.write("map.toml", PLAIN_MAP);
    place.write("answers.csv", PLAIN);
    let said = place.run(&args(&["--map", "map.toml"]));
    assert_eq!(said.code, 0, "{}", said.err);
    // What routing would have skipped is named.
    assert!(said.err.contains("`story`: lost in 1 row"), "{}", said.err);
    let before = std::fs::read(place.study()).unwrap();
    let again = place.run(&args(&["--map", "map.toml"]));
    assert!(again.code == 0 && again.err.contains("2 rows in the study already"), "{}", again.err);
    assert!(again.err.contains("nothing is new"), "{}", again.err);
    assert_eq!(std::fs::read(place.study()).unwrap(), before);

    // Another file with the same answers is not taken for other respondents; with ids there is no doubt.
    place.write("answers.csv", &format!("{PLAIN}R3,Acme,yes,3,0,price,,3,3,price speed,1,,\n"));
    let alike = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(alike.contains("2 rows say what rows of `answers.csv` said"), "{alike}");
    assert_eq!(std::fs::read(place.study()).unwrap(), before);
    // An id that is added later does not split one respondent into two.
    place.write("late.toml", "[row]\nid = \"who\"\nrespondent = \"who\"\n");
    let late = place.run(&args(&["--map", "late.toml"])).refused();
    assert!(late.contains("2 rows say what rows") && late.contains("without an id"), "{late}");
    // Neither do another order of the rows, or a duplicate row.
    let [head, one, two] = PLAIN.lines().collect::<Vec<_>>()[..] else { panic!("{PLAIN}") };
    place.write("answers.csv", &[head, two, one, ""].join("\n"));
    let turned = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(turned.contains("2 rows say what rows of"), "{turned}");
    place.write("answers.csv", &[head, &one.replace("R1", "R7"), &one.replace("R1", "R7"), ""].join("\n"));
    let twice = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(twice.contains("row 3 repeats row 2"), "{twice}");
    assert_eq!(std::fs::read(place.study()).unwrap(), before);

    let place = super::imports::place();
    place.write("map.toml", "[row]\nid = \"who\"\n");
    place.write("answers.csv", PLAIN);
    place.run(&args(&["--map", "map.toml"])).ok();
    place.write(
        "answers.csv",
        &PLAIN
            .replace("yes,2,3", "yes,5,3")
            .replace("\nR1", "\nR9,Acme,yes,1,0,price,,1,1,price speed,1,,\nR1"),
    );
    let changed = place.run(&args(&["--map", "map.toml"]));
    assert_eq!(changed.code, 0, "{}", changed.err);
    assert!(changed.err.contains("row 4 is in the study with other answers"), "{}", changed.err);
    assert!(
        changed.err.contains("1 row in the study already") && changed.err.contains("1 session taken over"),
        "{}",
        changed.err
    );
    let helped: BTreeSet<String> = visits(&place).iter().map(|row| cells(row, &["helped", "glow"])).collect();
    assert_eq!(helped, BTreeSet::from(["4 -3".to_owned(), "2 3".to_owned(), "1 0".to_owned()]));
}

#[test]
fn who_was_erased_does_not_come_back() {
    let place = place();
    place.write("map.toml", "[row]\nid = \"who\"\nrespondent = \"who\"\n");
    place.write("answers.csv", PLAIN);
    place.run(&args(&["--map", "map.toml"])).ok();
    place.run(&["erase", "--respondent", "R1", "--yes"]).ok();
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(
        said.err.contains("1 row of sessions that were erased from the study: left out for good"),
        "{}",
        said.err
    );
    assert_eq!(visits(&place).len(), 1);
}

#[test]
fn who_was_erased_does_not_come_back_in_a_later_download_without_ids() {
    let place = place();
    place.write("map.toml", "[row]\nrespondent = \"who\"\nbegun = \"begun\"\n");
    let [head, one, two] = PLAIN.lines().collect::<Vec<_>>()[..] else { panic!("{PLAIN}") };
    let sheet = |rows: &[(&str, &str)]| {
        let rows = rows.iter().map(|(begun, row)| format!("{begun},{row}\n"));
        place.write("answers.csv", &format!("begun,{head}\n{}", rows.collect::<String>()));
        place.run(&args(&["--map", "map.toml"]))
    };
    let (first, second) = (("2026-03-14 10:21:33", one), ("2026-03-15 11:00:00", two));
    let three = one.replace("R1", "R3");
    assert_eq!(sheet(&[first, second]).code, 0);
    place.run(&["erase", "--respondent", "R1", "--yes"]).ok();
    // Seconds tell that it is the same row, also where the erased one was corrected in the sheet.
    let corrected = one.replace("price people", "price");
    let said = sheet(&[second, (first.0, &corrected), ("2026-03-16 12:00:10", &three)]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("1 row of sessions that were erased") && said.err.contains("1 session taken"));
    let people = |place: &Place| -> Vec<String> {
        let sessions = place.run(&["sessions", "--format", "json"]).json();
        let code = |session: &serde_json::Value| session["respondent"].as_str().unwrap().to_owned();
        sessions.as_array().unwrap().iter().map(code).collect()
    };
    assert_eq!(people(&place), ["R2", "R3"]);

    // A day does not tell: the rows are named, and somebody says whose they are.
    let place = super::imports::place();
    place.write("map.toml", "[row]\nrespondent = \"who\"\nbegun = \"begun\"\n");
    let sheet = |rows: &[(&str, &str)], more: &[&str]| {
        let rows = rows.iter().map(|(begun, row)| format!("{begun},{row}\n"));
        place.write("answers.csv", &format!("begun,{head}\n{}", rows.collect::<String>()));
        place.run(&args(&[&["--map", "map.toml"], more].concat()))
    };
    assert_eq!(sheet(&[("2026-03-14", one), ("2026-03-15", two)], &[]).code, 0);
    place.run(&["erase", "--respondent", "R1", "--yes"]).ok();
    let grown = [("2026-03-14", one), ("2026-03-15", two), ("2026-03-14", three.as_str())];
    let refused = sheet(&grown, &[]).refused();
    assert!(refused.contains("2 rows began when a session began that was erased"), "{refused}");
    assert!(refused.contains("(2, 4)"), "{refused}");
    assert_eq!(people(&place), ["R2"]);
    assert_eq!(sheet(&grown[1..], &["--again"]).code, 0);
    assert_eq!(people(&place), ["R3", "R2"]);
}

#[test]
fn an_erased_response_stays_away_whatever_its_time_is_taken_for() {
    let place = place();
    let [head, one, two] = PLAIN.lines().collect::<Vec<_>>()[..] else { panic!("{PLAIN}") };
    let three = one.replace("R1", "R3").replace("Late again", "Early");
    let sheet = |ids: bool, rows: [(&str, &str, &str); 3], more: &[&str]| {
        let id = |text: &str| if ids { format!("{text},") } else { String::new() };
        let rows = rows.map(|(name, begun, row)| format!("{}{begun},{row}\n", id(name)));
        place.write("answers.csv", &format!("{}begun,{head}\n{}", id("id"), rows.concat()));
        place.run(&args(&[&["--map", "map.toml"], more].concat()))
    };
    let map = "[row]\nrespondent = \"who\"\nbegun = \"begun\"\n";
    place.write("map.toml", &format!("{map}id = \"id\"\n"));
    let rows = [
        ("a1", "2026-03-14 10:21:33", one),
        ("a2", "2026-03-15 11:00:00", two),
        ("a3", "2026-03-16 12:00:00", &three),
    ];
    assert_eq!(sheet(true, rows, &[]).code, 0);
    place.run(&["erase", "--respondent", "R1", "--yes"]).ok();
    // Another time zone.
    place.write("map.toml", &format!("{map}id = \"id\"\nutc_offset = 120\n"));
    let said = sheet(true, rows, &[]);
    assert!(
        said.err.contains("1 row of sessions that were erased") && said.err.contains("2 rows in the study"),
        "{}",
        said.err
    );
    // Without ids the second tells.
    place.write("map.toml", map);
    let said = sheet(false, rows, &[]);
    assert!(
        said.err.contains("1 row of sessions that were erased") && said.err.contains("nothing is new"),
        "{}",
        said.err
    );
    // Under the ids of another survey, and on another clock, it is the same download.
    place.write("map.toml", &format!("survey = \"spring\"\n{map}id = \"id\"\nutc_offset = 60\n"));
    let refused = sheet(true, rows, &[]).refused();
    assert!(refused.contains("2 rows say what rows of `answers.csv` said"), "{refused}");
    // An id that comes later tells nothing of a row that had none.
    let place = super::imports::place();
    place.write("map.toml", map);
    place.write("answers.csv", &format!("begun,{head}\n2026-03-14 10:21,{one}\n2026-03-15 11:00,{two}\n"));
    place.run(&args(&["--map", "map.toml"])).ok();
    place.run(&["erase", "--respondent", "R1", "--yes"]).ok();
    place.write("map.toml", &format!("{map}id = \"id\"\n"));
    place.write(
        "answers.csv",
        &format!("id,begun,{head}\na1,2026-03-14 10:21,{one}\na2,2026-03-15 11:00,{two}\n"),
    );
    let refused = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(refused.contains("1 row began when a session began that was erased"), "{refused}");
}

#[test]
fn an_export_brings_nobody_into_the_very_study_twice_or_back() {
    let place = place();
    place.write("map.toml", PLAIN_MAP);
    place.write("answers.csv", &PLAIN.replace("yes,2,3", "yes,5,3").replace("Late again", "=1+1"));
    place.run(&args(&["--map", "map.toml"])).ok();
    place.run(&["export", "--format", "csv", "--out", "out"]).ok();
    let own = std::fs::read_dir(place.path("out")).unwrap().map(|file| file.unwrap().path());
    let own = own.filter(|file| file.file_name().unwrap().to_str().unwrap().starts_with("sessions-"));
    let own = own.min_by_key(|file| file.to_str().unwrap().len()).unwrap().display().to_string();
    let import = |study: &str| place.run(&["import", &own, "--instrument", "visit.toml", "--study", study]);
    let study = place.study().display().to_string();
    assert!(import(&study).err.contains("2 rows of sessions that this study has"), "{}", import(&study).err);
    place.run(&["erase", "--respondent", "R1", "--yes"]).ok();
    let said = import(&study);
    assert!(
        said.err.contains("1 row of sessions that were erased")
            && said.err.contains("1 row of sessions that this"),
        "{}",
        said.err
    );
    // A text that a spreadsheet would run comes back as it was written.
    assert_eq!(import("other.relata").code, 0);
    let copies = exported(&place, "other.relata", "sessions-visit");
    assert!(copies.iter().any(|row| row["story"] == "'=1+1"));
    // Neither does the export of a study that had them from an export.
    let back = place.path("out-other.relata-sessions-visit/sessions-visit.csv").display().to_string();
    let said = place.run(&["import", &back, "--instrument", "visit.toml"]);
    assert!(
        said.err.contains("1 row of sessions that were erased")
            && said.err.contains("1 row of sessions that this"),
        "{}",
        said.err
    );
    // Nor a merge with that study.
    let merged = place.run(&["merge", "other.relata", "study.relata", "--out", "team.relata"]);
    assert!(
        merged.err.contains("1 session in team.relata")
            && merged.err.contains("1 session that one file still held, another had erased")
            && merged.err.contains("it is the response of session"),
        "{}",
        merged.err
    );
    assert_eq!(merged.code, 0);
    // A copy that was there first may have been coded, and stays.
    let merged = place.run(&["merge", "other.relata", "study.relata", "--out", "other.relata"]);
    assert!(merged.code == 0 && merged.err.contains("1 session in other.relata"), "{}", merged.err);
    assert!(merged.err.contains("it is the response of session"), "{}", merged.err);
}

#[test]
fn a_half_matching_file_leaves_the_study_as_it_was() {
    let place = place();
    place.write("map.toml", PLAIN_MAP);
    place.write("answers.csv", PLAIN);
    place.run(&args(&["--map", "map.toml"])).ok();
    let before = std::fs::read(place.study()).unwrap();
    let good = "R4,Acme,yes,4,-3,price,price people,5,1,speed price,12,2020-01-31,x\n";
    let head = PLAIN.lines().next().unwrap();
    for (bad, why) in [
        (
            "R5,Acme,yes,6,1,price,,1,1,price speed,1,,",
            "`helped`: 1 value in 1 row without a counterpart, the first is `6` in line 3 (found 4 … 6, expected 1 … 5)",
        ),
        (
            "R5,Acme,yes,4,1,cost,,1,1,price speed,1,,",
            "`why`: 1 value in 1 row without a counterpart, the first is `cost`",
        ),
        ("R5,Acme,yes,4,1,price,price cost,1,1,price speed,1,,", "the first is `price cost`"),
        ("R5,Acme,yes,4,1,price,,1,1,price speed,61,,", "`years`: 1 value"),
        ("R5,Acme,yes,4,1,price,,1,1,price speed,many,,", "`many` is not a finite number"),
        ("R5,Acme,yes,4,1,price,,1,1,price speed,1,31-01-2020,", "`since`: 1 value"),
        ("R5,Acme,yes,4,1,price,,1,1,price,1,,", "line 3, column `order`"),
        ("Anna B,Acme,yes,4,1,price,,1,1,price speed,1,,", "`Anna B` is no code"),
        ("R5,,yes,4,1,price,,1,1,price speed,1,,", "column `organisation`: is empty"),
        ("R5,Acme,yes,4,1,price,,1,1,price speed,1,2999-01-01,", "line 3, column `since`"),
        ("R5,Acme,yes,4,1,price", "line 3: 6 cells"),
    ] {
        place.write("answers.csv", &format!("{head}\n{good}{bad}\n"));
        let refused = place.run(&args(&["--map", "map.toml"])).refused();
        assert!(refused.contains(why), "{bad}: {refused}");
        assert_eq!(std::fs::read(place.study()).unwrap(), before, "{bad}");
        let dry = place.run(&args(&["--map", "map.toml", "--dry-run"]));
        assert_eq!((dry.code, std::fs::read(place.study()).unwrap() == before), (1, true), "{bad}");
    }
    // The map defines what a value means, and which ones are missing.
    place.write("answers.csv", &format!("{head}\n{good}R5,Acme,yes,6,1,cost,,1,1,price speed,10+,,\n"));
    place.write("map.toml", &format!("{PLAIN_MAP}[values.helped]\n6 = \"\"\n[values.why]\ncost = \"price\"\n[values.years]\n\"10+\" = 10\n"));
    place.run(&args(&["--map", "map.toml"])).ok();
    let rows = visits(&place);
    assert!(rows.iter().any(|row| cells(row, &["respondent", "helped", "why", "years"]) == "R5  price 10"));
}

#[test]
fn a_map_is_written_edited_and_read() {
    let place = place();
    place.write(
        "answers.csv",
        &PLAIN.replace("why,", "reason,").replace(",-3,", ",1,").replace(",3,speed", ",7,speed"),
    );
    let said = place.run(&args(&["--write-map", "map.toml"]));
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!place.study().exists());
    let map = std::fs::read_to_string(place.path("map.toml")).unwrap();
    assert!(map.contains("helped = \"helped\"") && map.contains("# why = \"\""), "{map}");
    assert!(map.contains("# glow = 0   # found 1 … 7, expected -3 … 3"), "{map}");
    // Unchanged, it says what was found and no more.
    let still = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(still.contains("no column answers `why`"), "{still}");
    assert!(place.run(&args(&["--write-map", "map.toml"])).refused().contains("could not be written"));
    let edited = map
        .replace("# why = \"\"", "why = \"reason\"")
        .replace("# glow = 0", "glow = -4")
        .replace("# respondent = \"\"", "respondent = \"who\"");
    place.write("map.toml", &edited);
    place.run(&args(&["--map", "map.toml"])).ok();
    let rows = visits(&place);
    let glow: BTreeSet<String> = rows.iter().map(|row| cells(row, &["respondent", "glow"])).collect();
    assert_eq!(glow, BTreeSet::from(["R1 -3".to_owned(), "R2 3".to_owned()]));
    // A reversed scale is only turned where the map says so.
    place.write("map.toml", &format!("{}\n", edited.replace("reversed = []", "reversed = [\"helped\"]")));
    place.run(&args(&["--map", "map.toml", "--study", "turned.relata"])).ok();
    let turned = exported(&place, "turned.relata", "sessions-visit");
    assert!(turned.iter().any(|row| cells(row, &["respondent", "helped"]) == "R1 2"));
}

#[test]
fn a_scale_that_may_have_been_counted_from_one_is_named() {
    let place = place();
    place.write("map.toml", PLAIN_MAP);
    place.write("answers.csv", &PLAIN.replace(",-3,", ",2,"));
    let said = place.run(&args(&["--map", "map.toml", "--dry-run"]));
    assert!(said.err.contains("`glow`: the table has 2 … 3 and the scale is -3 … 3"), "{}", said.err);
    place.write("answers.csv", PLAIN);
    let said = place.run(&args(&["--map", "map.toml", "--dry-run"]));
    assert!(said.code == 0 && !said.err.contains("counted from 1"), "{}", said.err);
}

#[test]
fn words_that_may_be_no_answer_and_words_without_a_rating_are_named() {
    let place = Place::new();
    let words = "[[groups.items]]\nname = \"first\"\nkind = \"association\"\nwords = 2\nlabel = { en = \"What comes to mind?\", nl = \"Wat komt er op?\" }\n";
    place.write("visit.toml", &format!("{VISIT}\n{words}"));
    place.write("map.toml", PLAIN_MAP);
    let columns = |head: &str, first: &str, second: &str| {
        let mut lines = PLAIN.lines();
        let rows = [head, first, second].map(|more| format!("{},{more}\n", lines.next().unwrap()));
        rows.concat()
    };
    let said = |head: &str, first: &str, second: &str, more: &[&str]| {
        place.write("answers.csv", &columns(head, first, second));
        let said = place.run(&args(&[&["--map", "map.toml", "--dry-run"], more].concat()));
        assert_eq!(said.code, 0, "{}", said.err);
        said.err.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let unrated = said("first_w1,first_w2,first_v1", "NA,late,2", "kind,n/a,3", &[]);
    assert!(unrated.contains("`first_w1`: “NA” (1) taken over as somebody’s words"), "{unrated}");
    assert!(unrated.contains("`first_w2`: “n/a” (1)"), "{unrated}");
    assert!(unrated.contains("count in no score: `first_v2`; name them under [columns]"), "{unrated}");
    let told = said("first_w1,first_v1", "NA,", "kind,3", &["--missing", "NA"]);
    assert!(!told.contains("taken over as somebody") && !told.contains("no score"), "{told}");
}

#[test]
fn without_consent_nothing_comes_in() {
    let place = place();
    place.write("map.toml", PLAIN_MAP);
    place.write("answers.csv", &PLAIN.replace("R2,Acme,yes", "R2,Acme,"));
    let said = place.run(&args(&["--map", "map.toml"]));
    assert!(
        said.err.contains("1 row without the consent that is asked for: nothing of them is taken over"),
        "{}",
        said.err
    );
    assert_eq!(visits(&place).len(), 1);
    // Without a consent column, the user has to declare it.
    place.write("answers.csv", &PLAIN.replace(",agrees", ",consented"));
    let refused = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(refused.contains("no column says who consented (`agrees`)"), "{refused}");
    place.write("map.toml", &format!("{PLAIN_MAP}[constants]\nagrees = \"yes\"\n"));
    place.run(&args(&["--map", "map.toml", "--study", "other.relata"])).ok();
}

#[test]
fn findings_say_what_was_imported_and_can_leave_it_out() {
    let place = place();
    place.write("map.toml", "left_out = [\"since\", \"story\"]\n");
    let rows: String =
        (0..30).map(|n| format!("Acme,yes,{},0,price,,1,2,price speed,1\n", n % 5 + 1)).collect();
    place.write(
        "answers.csv",
        &format!("organisation,agrees,helped,glow,why,worries,feels_joy,feels_anger,order,years\n{rows}"),
    );
    place.run(&args(&["--map", "map.toml"])).ok();
    let study = place.run(&["study", "--format", "csv"]).ok();
    assert!(study.contains("answers.csv,imported,30"), "{study}");
    let report = place.run(&["report", "--format", "md"]).ok();
    assert!(report.contains("imported from files of other programs: answers.csv (30)"), "{report}");
    // How another program asked is not known, and relata held none of these sessions.
    assert!(report.contains("All sessions were asked by another program"), "{report}");
    for here in ["from its seed", "could be declined or answered", "Sessions were held", "seed of its own"] {
        assert!(!report.contains(here), "{here}: {report}");
    }
    assert!(report.contains("This report was written by relata"), "{report}");
    let without = place.run(&["study", "--way", "terminal", "--way", "browser", "--format", "csv"]).ok();
    assert!(
        without.contains("filtered out,sessions,30") && without.contains("complete,sessions,0"),
        "{without}"
    );
    let one = place.run(&["sessions", "--format", "csv"]).ok();
    let id = one.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let single = place.run(&["report", "--session", &id, "--format", "md"]).ok();
    assert!(single.contains("answers.csv, row "), "{single}");
    let audit = place.run(&["audit", "--session", &id, "--all"]).ok();
    assert!(audit.contains("imported") && audit.contains("answers.csv, row"), "{audit}");
}

#[test]
fn what_relata_exports_comes_in_again_with_the_same_scores() {
    let place = Place::new();
    let text = include_str!("../instruments/valid/every-kind.toml");
    place.write("kit.toml", text);
    let instrument = Arc::new(Instrument::read_stored(text).instrument.unwrap());
    let persona = somebody();
    let mut study = Study::open(&place.path("first.relata")).unwrap();
    for n in 0..40_u8 {
        let start = Start {
            seed: u64::from(n),
            language: Language::new(if n % 2 == 0 { "en" } else { "nl" }),
            fields: BTreeMap::from([("organisation".to_owned(), format!("Acme {}", n % 3))]),
            at: 1_760_000_000_000 + i64::from(n) * 3_600_000,
            offset: None,
        };
        let events = walk(instrument.clone(), start.clone(), &persona).unwrap().events;
        let session = NewSession {
            id: SessionId::new(start.at, [n; 10]),
            start,
            respondent: format!("R{n}"),
            interviewer: None,
            mode: Mode::Plain,
            test: false,
        };
        study.append_all(&instrument, [Whole { session, events, truth: None }]).unwrap();
    }
    drop(study);
    let first = exported(&place, "first.relata", "sessions-every-kind");
    place.run(&["--study", "first.relata", "export", "--format", "sav", "--out", "spss"]).ok();
    for (file, study) in [
        ("out-first.relata-sessions-every-kind/sessions-every-kind.csv", "second.relata"),
        ("spss/sessions-every-kind.sav", "third.relata"),
    ] {
        let said = place.run(&["import", file, "--instrument", "kit.toml", "--study", study]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.err.contains("left out, because it has to be timed here: `sorting`"), "{}", said.err);
        let second = exported(&place, study, "sessions-every-kind");
        assert_eq!(first.len(), second.len());
        let mut columns = BTreeSet::new();
        for (before, after) in first.iter().zip(&second) {
            for (name, value) in before {
                let answers = instrument.items.iter().filter(|item| item.name != "sorting");
                let answers: Vec<String> =
                    answers.flat_map(|item| item.question.columns()).map(|column| column.name).collect();
                let is_time = name.starts_with("words_key") || name.starts_with("words_ms");
                let score = name.starts_with("scale_") && !name.ends_with("_se") && name != "scale_sorted";
                if !is_time && (score || answers.contains(name) || name == "respondent" || name == "begun") {
                    assert_eq!(after.get(name), Some(value), "{file}: {name} of {}", before["respondent"]);
                    columns.insert(name.clone());
                }
            }
        }
        assert!(columns.len() > 40, "{columns:?}");
    }

    let events = exported(&place, "second.relata", "events");
    assert_eq!(events.iter().filter(|event| event["event"] == "imported" && event["seq"] == "0").count(), 40);

    // Every session passes the same checks as others, and replays to the kept state.
    let study = Study::look(&place.path("second.relata")).unwrap();
    assert!(study.changed().unwrap().is_empty());
    for header in study.sessions().unwrap() {
        assert_eq!(header.mode, Mode::Imported);
        let events = study.events(&header.id).unwrap();
        assert!(matches!(&events[0].event, Event::Imported(origin) if origin.platform == "relata"));
        Interview::replay(instrument.clone(), header.start, events).unwrap();
    }
}

#[test]
fn what_a_program_made_up_is_not_imported_as_said_by_people() {
    let place = Place::new();
    place.run(&["simulate", "workshop-pulse", "--n", "3", "--seed", "1"]).ok();
    place.run(&["export", "--format", "csv", "--out", "x"]).ok();
    let file = "x/sessions-workshop-pulse.csv";
    let refused =
        place.run(&["import", file, "--instrument", "workshop-pulse", "--study", "b.relata"]).refused();
    assert!(refused.contains("a program gave these answers"), "{refused}");
    assert!(!place.path("b.relata").exists());
}

#[test]
fn a_second_survey_that_counts_from_one_is_told_how_to_come_in() {
    let place = place();
    let rows = |day: &str, glow: &str| {
        format!(
            "id,begun,{}\n1,{day} 10:21:33,,Acme,yes,4,{glow},price,,5,1,speed price,12,2020-01-31,Late\n",
            PLAIN.lines().next().unwrap()
        )
    };
    let map = "[row]\nid = \"id\"\nbegun = \"begun\"\n";
    place.write("map.toml", map);
    place.write("answers.csv", &rows("2026-03-14", "-3"));
    place.run(&args(&["--map", "map.toml"])).ok();
    // One that was edited began when it began, and is not called another survey's.
    place.write("answers.csv", &rows("2026-03-14", "-2"));
    let edited = place.run(&args(&["--map", "map.toml"]));
    assert!(edited.err.contains("row 2 is in the study with other answers"), "{}", edited.err);
    assert!(!edited.err.contains("survey ="), "{}", edited.err);
    place.write("answers.csv", &rows("2026-05-20", "-1"));
    let second = place.run(&args(&["--map", "map.toml"]));
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(
        second.err.contains("row 2 is in the study with other answers")
            && second.err.contains("1 row has the id of a row of an earlier table (2)")
            && second.err.contains("survey = \"spring\""),
        "{}",
        second.err
    );
    place.write("map.toml", &format!("survey = \"spring\"\n{map}"));
    let named = place.run(&args(&["--map", "map.toml"]));
    assert!(named.code == 0 && named.err.contains("1 session taken over"), "{}", named.err);
}

#[test]
fn a_table_whose_export_is_there_already_brings_nobody_twice() {
    let place = place();
    let map = "[row]\nid = \"id\"\n";
    let rows: String = PLAIN.lines().zip(["id", "1", "2"]).map(|(row, id)| format!("{id},{row}\n")).collect();
    // The columns of an export do not tell in what order something was chosen.
    let rows = rows.replace("price people,5", "people price,5");
    place.write("map.toml", map);
    place.write("answers.csv", &rows);
    place.run(&args(&["--map", "map.toml"])).ok();
    exported(&place, "study.relata", "sessions-visit");
    let export = place.path("out-study.relata-sessions-visit/sessions-visit.csv").display().to_string();
    place.run(&["import", &export, "--instrument", "visit.toml", "--study", "copy.relata"]).ok();
    let sessions = || place.run(&["sessions", "--study", "copy.relata", "--format", "json"]).json();
    let again = || place.run(&args(&["--map", "map.toml", "--study", "copy.relata"]));
    let said = again();
    assert!(said.code == 0 && said.err.contains("2 rows in the study already, as copies"), "{}", said.err);
    assert_eq!(sessions().as_array().unwrap().len(), 2);
    // Who was erased as a copy does not come back under the id of the table.
    let gone = sessions()[0]["session"].as_str().unwrap().to_owned();
    place.run(&["erase", "--session", &gone, "--yes", "--study", "copy.relata"]).ok();
    let said = again();
    assert!(said.err.contains("1 row of sessions that were erased"), "{}", said.err);
    assert_eq!(sessions().as_array().unwrap().len(), 1);
}

#[test]
fn another_survey_with_the_ids_of_a_copied_one_is_not_taken_for_it() {
    let place = place();
    let map = "[row]\nid = \"id\"\n";
    let rows: String = PLAIN.lines().zip(["id", "1", "2"]).map(|(row, id)| format!("{id},{row}\n")).collect();
    place.write("map.toml", map);
    place.write("answers.csv", &rows);
    place.run(&args(&["--map", "map.toml"])).ok();
    exported(&place, "study.relata", "sessions-visit");
    let export = place.path("out-study.relata-sessions-visit/sessions-visit.csv").display().to_string();
    place.run(&["import", &export, "--instrument", "visit.toml", "--study", "team.relata"]).ok();
    let import = || place.run(&args(&["--map", "map.toml", "--study", "team.relata"]));
    // Other people, of whom one said what somebody of the first survey said under the other number.
    let others: String = rows
        .lines()
        .map(|row| match row.split_once(',').unwrap() {
            ("1", rest) => format!("2,{rest}\n"),
            ("2", rest) => format!("1,{}\n", rest.replace("yes,2", "yes,5")),
            _ => format!("{row}\n"),
        })
        .collect();
    place.write("answers.csv", &others.replace("R1", "R8").replace("R2", "R9"));
    let said = import();
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.err.contains("as copies"), "{}", said.err);
    assert!(
        said.err.contains("2 rows have the ids of rows of an earlier table")
            && said.err.contains("survey = \"spring\""),
        "{}",
        said.err
    );
    place.write("map.toml", &format!("survey = \"spring\"\n{map}"));
    let said = import();
    assert!(said.code == 0 && said.err.contains("2 sessions taken over"), "{}", said.err);
}

/// The example in the documentation comes in as it is printed there.
#[test]
fn the_example_of_the_documentation_runs() {
    let place = Place::new();
    let docs = include_str!("../../docs/import.md").split("## An example that runs").nth(1).unwrap();
    let block = |kind: &str| {
        let begun = docs.split(&format!("```{kind}\n")).nth(1).unwrap();
        begun.split("```").next().unwrap()
    };
    place.write("panel.csv", block("csv"));
    place.write("panel.toml", block("toml"));
    let command = ["import", "panel.csv", "--instrument", "workshop-pulse", "--map", "panel.toml"];
    let ran = place.run(&[&command[..], &["--dry-run"]].concat());
    assert!(ran.code == 0 && ran.err.contains("3 sessions would come in"), "{}", ran.err);
    assert!(!place.study().exists());
    place.run(&command).ok();
    let listed = place.run(&["sessions", "--format", "csv"]).ok();
    assert!(["P-01", "P-02", "P-03"].iter().all(|code| listed.contains(code)), "{listed}");
}
