//! Forms of other programs, imported: the program reads workbooks that are made here cell by cell and, where available, real
//! ones.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use relata::import::xlsform::{ImportedForm, XlsFormOptions, import};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::journeys::support::Place;

mod said;
mod truths;

/// A workbook with these sheets; cells are texts.
pub fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let numbered = || (1..).zip(sheets);
    let parts: String = numbered()
        .map(|(number, _)| format!("<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))
        .collect();
    put(
        "[Content_Types].xml",
        &format!(
            "{head}<Types xmlns=\"{packages}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{parts}</Types>"
        ),
    );
    put(
        "_rels/.rels",
        &format!(
            "{head}<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let names: String = numbered()
        .map(|(number, (name, _))| {
            format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")
        })
        .collect();
    put(
        "xl/workbook.xml",
        &format!("{head}<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{names}</sheets></workbook>"),
    );
    let targets: String = numbered()
        .map(|(number, _)| format!("<Relationship Id=\"rId{number}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"))
        .collect();
    put(
        "xl/_rels/workbook.xml.rels",
        &format!("{head}<Relationships xmlns=\"{packages}/relationships\">{targets}</Relationships>"),
    );
    for (number, (_, rows)) in numbered() {
        let mut data = String::new();
        for (at, row) in (1..).zip(rows.iter()) {
            data += &format!("<row r=\"{at}\">");
            for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let cell = cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                let letter = char::from(b'A' + u8::try_from(column).unwrap());
                data += &format!(
                    "<c r=\"{letter}{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell}</t></is></c>"
                );
            }
            data += "</row>";
        }
        put(
            &format!("xl/worksheets/sheet{number}.xml"),
            &format!("{head}<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        );
    }
    zip.finish().unwrap().into_inner()
}

fn taken(sheets: &[(&str, &[&[&str]])]) -> ImportedForm {
    import(
        &workbook(sheets),
        "form.xlsx",
        &XlsFormOptions { name: "form".into(), ..XlsFormOptions::default() },
    )
    .unwrap()
}

const HEAD: &[&str] = &[
    "type",
    "name",
    "label",
    "relevant",
    "constraint",
    "calculation",
    "default",
    "choice_filter",
    "required",
    "hint",
    "parameters",
];

/// A survey with these rows, and a list of yes and no.
fn survey(rows: &[&[&str]]) -> ImportedForm {
    let all: Vec<&[&str]> = std::iter::once(HEAD).chain(rows.iter().copied()).collect();
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label", "region"],
        &["yn", "1", "Yes", ""],
        &["yn", "0", "No", ""],
        &["region", "n", "North", ""],
        &["region", "s", "South", ""],
        &["town", "a", "Alpha", "n"],
        &["town", "b", "Beta", "n"],
        &["town", "c", "Gamma", "s"],
        &["mark", "1", "Low", ""],
        &["mark", "2", "Middle", ""],
        &["mark", "3", "High", ""],
    ];
    taken(&[("survey", &all), ("choices", choices)])
}

/// The value of a key in the first item of that name.
fn key<'a>(text: &'a str, item: &str, key: &str) -> Option<&'a str> {
    let from = text.find(&format!("[[groups.items]]\nname  = \"{item}\""))?;
    let rest = &text[from + 10..];
    let item = &rest[..rest.find("\n[").unwrap_or(rest.len())];
    item.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix("= "))
}

#[test]
fn conditions_keep_the_meaning_that_they_have_there() {
    let ask = |relevant: &str| {
        let form = survey(&[
            &["select_one yn", "a", "A?"],
            &["select_multiple town", "b", "B?"],
            &["integer", "n", "N?"],
            &["text", "t", "T?"],
            &["date", "d", "D?"],
            &["select_one yn", "a2", "A?"],
            &["note", "x", "X", relevant],
        ]);
        assert!(form.losses.is_empty(), "{relevant}: {:?}", form.losses);
        key(&form.text, "x", "relevant").map(|text| text.replace("\\\"", "'").trim_matches('"').to_owned())
    };
    for (there, here) in [
        ("${a} = '1'", "a = '1'"),
        ("${a} = 1", "a = '1'"),
        ("1 = ${a}", "a = '1'"),
        ("${a} != '1'", "coalesce(a != '1', true)"),
        ("${a} > 0", "a = '1'"),
        ("${a} >= 0", "is_answered(a)"),
        ("${a} = ''", "not is_answered(a)"),
        ("${a} != ''", "is_answered(a)"),
        ("not(${a} = '1')", "not coalesce(a = '1', false)"),
        ("${a} = ‘1’", "a = '1'"),
        ("selected(${b}, 'a')", "selected(b, 'a')"),
        ("not(selected(${b}, 'a'))", "not coalesce(selected(b, 'a'), false)"),
        ("selected(${a}, '1')", "a = '1'"),
        ("count-selected(${b}) >= 2", "coalesce(count(b), 0) >= 2"),
        ("${b} = 'a'", "selected(b, 'a') and count(b) = 1"),
        ("${n} > 3 and ${n} &lt;= 7", "n > 3 and n <= 7"),
        ("${n} mod 2 = 1", "mod(n, 2) = 1"),
        ("${n} div 2 &gt; 1.5", "n / 2 > 1.5"),
        ("(${n} + 1) * 2 = 4 or ${t} = 'x'", "(n + 1) * 2 = 4 or t = 'x'"),
        ("string-length(${t}) > 2", "string_length(concat(t)) > 2"),
        ("string-length(normalize-space(${t})) = 3", "string_length(concat(normalize_space(t))) = 3"),
        ("normalize-space(${t}) = 'a b'", "normalize_space(t) = 'a b'"),
        ("normalize-space(${t}) != ''", "coalesce(normalize_space(t), '') != ''"),
        ("normalize-space(${a}) = normalize-space(' 1 ')", "a = '1'"),
        ("regex(${t}, '[0-9]+')", "regex(t, '[0-9]+')"),
        ("${d} > today()", "d > today()"),
        ("today() - ${d} > 30", "today() - d > 30"),
        ("${d} = date('2026-01-31')", "d = '2026-01-31'"),
        ("${a} = ${a2}", "coalesce(a = a2, is_answered(a) = is_answered(a2))"),
        ("if(${a} = 1, ${n} > 1, false())", "a = '1' and n > 1"),
        ("if(${a} = 1, ${n} > 1, ${n} < 0)", "if(a = '1', n > 1, n < 0)"),
        ("int(format-date(${d}, '%Y')) > 2000", "int(number(format_date(d, '%Y'))) > 2000"),
        ("coalesce(${n}, 0) = 0", "coalesce(n, 0) = 0"),
        ("boolean(${t})", "is_answered(t)"),
        ("not(number(${n}) = number(${n}))", "not coalesce(n = n, false)"),
        ("number(${t}) != number(${t})", "coalesce(number(t) != number(t), true)"),
        ("coalesce(${n}, ${n}) = ''", "concat(coalesce(n, n)) = ''"),
        // A telephone compares and subtracts days, whatever their hours.
        ("${d} < now()", "d < today()"),
        ("now() - ${d} > 30", "today() - d > 30"),
    ] {
        assert_eq!(ask(there).as_deref(), Some(here), "{there}");
    }
    for always in ["true()", "1 = 1", "not(false())", "TRUE", "number(${n}) != ''", "not(${n} + 1 = '')"] {
        assert_eq!(ask(always), None, "{always}");
    }
}

#[test]
fn what_cannot_come_over_is_named_with_its_row_and_what_stands_there() {
    let form = survey(&[
        &["text", "name", "Name?"],
        &["geopoint", "place", "Where?"],
        &["begin repeat", "kids", "Kids"],
        &["integer", "age", "Age?", "position(..) > 1"],
        &["end repeat"],
        &["text", "t", "${place} ${name}?", "${nobody} = 1"],
        &["calculate", "c", "", "", "", "pulldata('f', 'a', 'b', ${name})"],
        &["note", "n", "Hello ${c}"],
        &["select_one nowhere", "s", "S?"],
        &["dateTime", "when", "When?"],
    ]);
    let named: Vec<(usize, &str, &str)> =
        form.losses.iter().map(|loss| (loss.row, loss.name.as_str(), loss.instead.as_str())).collect();
    let expected = [
        (3, "place", "it is left out"),
        (4, "kids", "its question is asked once"),
        (5, "age", "it is asked always"),
        (7, "t", "it is asked always"),
        (7, "t", "an ellipsis stands in its text"),
        (8, "c", "it can be filled in on the start form"),
        (10, "s", "the answer is typed as a text"),
        (11, "when", "its day is asked"),
    ];
    assert_eq!(named, expected);
    assert_eq!((form.rows, form.whole, form.conditions), (7, 2, (2, 0)));
    assert!(form.losses.iter().all(|loss| loss.sheet == "survey" && !loss.reason.is_empty()));
    assert!(form.text.contains("[fields.c]"), "{}", form.text);
}

#[test]
fn a_filter_becomes_the_condition_of_each_choice() {
    let form = survey(&[
        &["select_one region", "r", "Region?"],
        &["select_one town", "t", "Town?", "", "", "", "", "region = ${r}"],
        &["select_one town", "u", "Northern town?", "", "", "", "", "region = 'n'"],
    ]);
    assert!(form.losses.is_empty(), "{:?}", form.losses);
    assert_eq!(form.text.matches("relevant = \"r = 'n'\"").count(), 2);
    assert_eq!(form.text.matches("relevant = \"r = 's'\"").count(), 1);
    let northern = key(&form.text, "u", "choices").unwrap().trim_matches('"');
    assert_eq!(form.text.matches(&format!("[[choices.{northern}]]")).count(), 2);
}

#[test]
fn an_option_that_is_no_longer_offered_is_asked_anew() {
    let place = Place::new();
    let form = workbook(&[
        (
            "survey",
            &[
                HEAD,
                &["select_one r", "r", "Region?", "", "", "", "", "", "yes"],
                &["select_one t", "t", "Town?", "", "", "", "", "region = ${r}", "yes"],
            ],
        ),
        (
            "choices",
            &[
                &["list_name", "name", "label", "region"],
                &["r", "n", "North"],
                &["r", "s", "South"],
                &["t", "a", "Alpha", "n"],
                &["t", "c", "Gamma", "s"],
                &["t", "e", "Everywhere", "n"],
            ],
        ),
    ]);
    std::fs::write(place.path("form.xlsx"), form).unwrap();
    assert_eq!(place.run(&["instruments", "import", "form.xlsx", "--out", "f.toml"]).code, 0);
    let ran = place.feed(&["interview", "f.toml", "--plain", "--respondent", "R1"], "1\n2\n1\n2\n1\n\n");
    assert!(ran.out.contains("1 Alpha\n  2 Everywhere"), "{}", ran.out);
    assert!(ran.out.contains("Town?\n  1 Gamma\n"), "{}{}", ran.out, ran.err);
    assert!(!ran.out.contains("Gamma\n  2"), "{}", ran.out);
}

#[test]
fn languages_stand_in_columns_and_missing_words_are_filled_in() {
    let form = taken(&[
        (
            "survey",
            &[
                &["type", "name", "label::English (en)", "label::Dutch (nl)", "hint::Dutch (nl)"],
                &["text", "a", "Name?", "Naam?", "voluit"],
                &["text", "b", "Age {in years}?"],
            ],
        ),
        (
            "settings",
            &[
                &["form_title", "form_id", "default_language", "version"],
                &["My form", "my_form", "Dutch (nl)", "7"],
            ],
        ),
    ]);
    assert!(form.text.contains("languages = [\"nl\", \"en\"]"), "{}", form.text);
    assert!(form.text.contains("label = { nl = \"Naam?\", en = \"Name?\" }"), "{}", form.text);
    assert!(form.text.contains("hint = \"voluit\""));
    assert!(form.text.contains("label = \"Age {{in years}}?\""));
    assert!(form.text.contains("name      = \"my-form\"\nversion   = \"7\""));
    assert_eq!(form.whole, 2);
}

#[test]
fn names_are_kept_or_change_with_a_map_beside_the_file() {
    let place = Place::new();
    let form = workbook(&[
        (
            "survey",
            &[
                &["type", "name", "label", "relevant"],
                &["integer", "HH07", "Age?"],
                &["select_multiple opts", "a_name_that_is_longer_than_thirty_two", "Which?"],
                &[
                    "note",
                    "all",
                    "All",
                    "selected(${a_name_that_is_longer_than_thirty_two}, 'very long') or ${HH07} > 3",
                ],
            ],
        ),
        (
            "choices",
            &[&["list name", "name", "label"], &["opts", "very long", "V"], &["opts", "-666", "Other"]],
        ),
    ]);
    std::fs::write(place.path("form.xlsx"), form).unwrap();
    let ran = place.run(&["instruments", "import", "form.xlsx", "--out", "f.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = std::fs::read_to_string(place.path("f.toml")).unwrap();
    assert!(text.contains("name  = \"HH07\""));
    assert!(text.contains("name     = \"-666\""));
    let map = std::fs::read_to_string(place.path("f.names.csv")).unwrap();
    assert!(
        map.contains("question,a_name_that_is_longer_than_thirty_two,a_name_that_is_longer_than_thirt"),
        "{map}"
    );
    assert!(map.contains("choice of opts,very long,very_long"), "{map}");
    assert!(map.contains("question,all,all_2"), "{map}");
    assert!(text.contains("selected(a_name_that_is_longer_than_thirt, 'very_long') or HH07 > 3"), "{text}");
    assert_eq!(place.run(&["check", "f.toml"]).code, 0);
    // Existing files are not overwritten.
    assert_eq!(place.run(&["instruments", "import", "form.xlsx", "--out", "f.toml"]).code, 1);
}

#[test]
fn defaults_ranges_and_what_is_not_listed_come_along() {
    let form = survey(&[
        &["text", "country", "Country?", "", "", "", "Ghana"],
        &["select_multiple town", "towns", "Towns?", "", "", "", "a c"],
        &["select_one yn or_other", "why", "Why?"],
        &["range", "mood", "Mood?", "", "", "", "5", "", "", "", "start=0 end=10 step=5"],
        &["range", "dose", "Dose?", "", "", "", "", "", "", "", "start=1.5;end=5.5;step=0.5"],
        &["acknowledge", "ok", "Fine?"],
        &["note", "bye", "Bye", "${ok} = 'OK' and ${why} = 'other' and ${why_other} != ''"],
        &["integer", "sum", "Sum", "", "", "${mood} + 1"],
        &["calculate", "twice", "", "${mood} > 1", "", "${sum} * 2"],
    ]);
    assert!(form.losses.is_empty(), "{:?}", form.losses);
    let text = &form.text;
    assert_eq!(key(text, "country", "default"), Some("\"Ghana\""));
    assert_eq!(key(text, "towns", "default"), Some("[\"a\", \"c\"]"));
    assert_eq!(key(text, "mood", "kind"), Some("\"slider\""));
    assert_eq!(key(text, "mood", "default"), Some("5"));
    assert_eq!(key(text, "dose", "kind"), Some("\"decimal\""));
    assert_eq!(key(text, "dose", "constraint"), Some("\"(. - 1.5) / 0.5 = round((. - 1.5) / 0.5)\""));
    assert_eq!(key(text, "why_other", "relevant"), Some("\"why = 'other'\""));
    assert_eq!(
        key(text, "bye", "relevant"),
        Some("\"is_answered(ok) and why = 'other' and is_answered(why_other)\"")
    );
    assert!(text.contains("sum = \"mood + 1\"\ntwice = \"if(mood > 1, sum * 2)\""), "{text}");
    assert_eq!(key(text, "sum_shown", "label"), Some("\"Sum {sum}\""));
}

#[test]
fn a_number_that_could_be_two_is_named_and_one_with_a_comma_is_read() {
    let form = survey(&[
        &["range", "a", "A", "", "", "", "", "", "", "", "start=0,5 end=2,5 step=1"],
        &["range", "b", "B", "", "", "", "", "", "", "", "start=0;end=10;step=0,5"],
        &["range", "c", "C", "", "", "", "", "", "", "", "start=0 end=1.000 step=100"],
        &["decimal", "d", "D", "", "", "", "1,5"],
        &["integer", "e", "E", "", "", "", "1.000"],
        &["integer", "f", "F", "", ". <= 1.000"],
        &["integer", "g", "G", "", ". <= 1000"],
    ]);
    let found = |item: &str, of: &str| key(&form.text, item, of).map(str::to_owned);
    assert_eq!((found("a", "min").as_deref(), found("a", "max").as_deref()), (Some("0.5"), Some("2.5")));
    assert!(found("b", "constraint").unwrap().contains("/ 0.5"), "{}", form.text);
    // Its upper limit is unknown, so nothing is refused.
    assert_eq!((found("c", "max"), found("c", "kind").as_deref()), (None, Some("\"decimal\"")));
    assert_eq!((found("d", "default").as_deref(), found("e", "default")), (Some("1.5"), None));
    assert_eq!(found("f", "constraint").as_deref(), Some("\". <= 1\""));
    let named: Vec<(usize, bool)> = form
        .losses
        .iter()
        .map(|loss| (loss.row, loss.reason.contains("`1.000` could be 1 or 1000")))
        .collect();
    assert_eq!(named, [(4, true), (6, true), (7, true)], "{:?}", form.losses);
}

#[test]
fn no_row_vanishes_without_a_line() {
    let survey: &[&[&str]] = &[
        HEAD,
        &["begin group", "open", "Open"],
        &["", "untyped", "No type"],
        &["", "", "Words alone"],
        &["integer", "", "No name"],
        &["integer", "bare", ""],
        &["note", "", "A note needs no name"],
        &["select_one l", "q", "Q"],
        &["", "", ""],
    ];
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label"],
        &["l", "a", "A"],
        &["l", "", "No name"],
        &["", "d", "No list"],
        &["l", "c", ""],
        &["l", "9007199254740992", "Rounded"],
        &["l", "9007199254740993", "A text"],
    ];
    let form = taken(&[("survey", survey), ("choices", choices)]);
    let said: Vec<(&str, usize, &str)> =
        form.losses.iter().map(|loss| (loss.sheet, loss.row, loss.reason.as_str())).collect();
    for (sheet, row, reason) in [
        ("survey", 2, "nothing ends this group"),
        ("survey", 3, "it has no type"),
        ("survey", 4, "it has no type"),
        ("survey", 5, "it has no name"),
        ("choices", 3, "it has no name"),
        ("choices", 4, "it has no list"),
        ("choices", 5, "it has no label"),
    ] {
        assert!(said.contains(&(sheet, row, reason)), "{sheet} {row} {reason}: {said:?}");
    }
    assert!(said.iter().any(|(_, row, reason)| *row == 6 && reason.contains("15 digits")), "{said:?}");
    assert_eq!(said.len(), 8, "{said:?}");
    // Where the form has no text, nothing of it is lost; the text shown instead is still reported.
    let shown = |remark: &String| remark.starts_with("row 6 of `survey` has no label");
    assert!(form.remarks.iter().any(shown), "{:?}", form.remarks);
    let ended = taken(&[("survey", &[HEAD, &["integer", "n", "N"], &["end group"]])]);
    assert_eq!(ended.losses[0].reason, "it ends a group that was not begun");
}

#[test]
fn scales_are_added_by_a_small_file() {
    let place = Place::new();
    let form = workbook(&[
        (
            "survey",
            &[
                &["type", "name", "label", "relevant"],
                &["select_one agree", "q1", "One?"],
                &["select_one agree", "q2", "Two?"],
                &["note", "n", "Glad", "${q1} = 'yes' or ${q2} != 'no'"],
            ],
        ),
        (
            "choices",
            &[
                &["list_name", "name", "label"],
                &["agree", "no", "No"],
                &["agree", "maybe", "Maybe"],
                &["agree", "yes", "Yes"],
            ],
        ),
    ]);
    std::fs::write(place.path("form.xlsx"), form).unwrap();
    place.write("scales.toml", "[scales.trust]\nconstruct = \"dimension.trust\"\nmethod = \"mean\"\nitems = [\"q1\", \"q2\"]\nreverse = [\"q2\"]\n");
    let ran =
        place.run(&["instruments", "import", "form.xlsx", "--out", "f.toml", "--scales", "scales.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = std::fs::read_to_string(place.path("f.toml")).unwrap();
    assert_eq!(key(&text, "q1", "kind"), Some("\"likert\""));
    assert_eq!(key(&text, "q2", "reverse"), Some("true"));
    assert_eq!(key(&text, "n", "relevant"), Some("\"q1 = 3 or coalesce(q2 != 1, true)\""));
    assert_eq!(place.run(&["check", "f.toml"]).code, 0);
    place.write(
        "wrong.toml",
        "[scales.trust]\nconstruct = \"dimension.trust\"\nmethod = \"mean\"\nitems = [\"q9\"]\n",
    );
    let ran = place.run(&["instruments", "import", "form.xlsx", "--out", "g.toml", "--scales", "wrong.toml"]);
    assert!(ran.code == 1 && ran.err.contains("`q9`"), "{}", ran.err);
}

#[test]
fn what_is_no_form_is_refused_with_a_sentence() {
    let place = Place::new();
    std::fs::write(place.path("other.xlsx"), workbook(&[("HFC", &[&["variableName"], &["x"]])])).unwrap();
    std::fs::write(place.path("empty.xlsx"), workbook(&[("survey", &[HEAD, &["geopoint", "g", "G"]])]))
        .unwrap();
    std::fs::write(place.path("cut.xlsx"), &workbook(&[("survey", &[HEAD])])[..200]).unwrap();
    place.write("text.xlsx", "type,name\n");
    for (file, why) in [
        ("other.xlsx", "no sheet `survey`"),
        ("empty.xlsx", "nothing remains"),
        ("cut.xlsx", "damaged"),
        ("text.xlsx", "neither .xlsx nor .xls"),
        ("nowhere.xlsx", "no such file"),
    ] {
        let ran = place.run(&["instruments", "import", file, "--out", "f.toml"]);
        assert!(ran.code == 1 && ran.err.contains(why), "{file}: {} {}", ran.code, ran.err);
        assert!(!place.path("f.toml").exists());
    }
}

#[test]
fn cells_that_act_are_defused_and_a_bomb_is_not_unpacked() {
    let form = taken(&[("survey", &[&["type", "name", "label"], &["text", "a", "Na\u{202e}me?"]])]);
    assert!(form.text.contains("label = \"Name?\""), "{}", form.text);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let nought = vec![b' '; 1 << 20];
    zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
    (0..200).for_each(|_| zip.write_all(&nought).unwrap());
    let bomb = zip.finish().unwrap().into_inner();
    let why = import(&bomb, "bomb.xlsx", &XlsFormOptions::default()).unwrap_err();
    assert!(why.contains("larger than"), "{why}");
    let far = [&["type"; 1][..]; 1];
    assert!(import(&workbook(&[("survey", &far)]), "far.xlsx", &XlsFormOptions::default()).is_err());
}

#[test]
fn our_own_questionnaires_go_out_and_come_back_and_lose_only_what_is_named() {
    let place = Place::new();
    for name in ["account-self-assessment", "customer-interview", "workshop-pulse"] {
        let (book, back) = (format!("{name}.xlsx"), format!("{name}.back.toml"));
        let ran = place.run(&[
            "instruments",
            "export",
            name,
            "--format",
            "xlsform",
            "--out",
            &book,
            "--report",
            "json",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let said: Value = serde_json::from_str(&ran.out).unwrap();
        let named = |said: &Value| -> Vec<String> {
            let losses = said["losses"].as_array().unwrap().iter();
            losses.map(|loss| loss["name"].as_str().unwrap().to_owned()).collect()
        };
        let mut lost = named(&said);
        let ran = place.run(&["instruments", "import", &book, "--out", &back, "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let imported: Value = serde_json::from_str(&ran.out).unwrap();
        lost.extend(named(&imported));
        assert_eq!(place.run(&["check", &back]).code, 0);
        let text = std::fs::read_to_string(place.path(&back)).unwrap();
        let back = relata::instrument::Instrument::read_stored(&text).instrument.unwrap();
        let there = relata::instrument::shipped::read(name).unwrap().instrument.unwrap();
        for item in there.items.iter().filter(|item| !lost.contains(&item.name)) {
            let came = back.item(&item.name).unwrap_or_else(|| panic!("{name}: {} is gone", item.name));
            for language in &there.languages {
                let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(
                    one_line(came.label.raw(language)),
                    one_line(item.label.raw(language)),
                    "{}",
                    item.name
                );
            }
            assert_eq!(came.relevant.is_some(), item.relevant.is_some(), "{}", item.name);
            assert_eq!(came.required, item.required, "{}", item.name);
        }
        let kept = back.items.iter().filter(|item| there.item(&item.name).is_some()).count();
        assert!(kept > 5, "{name}: {kept} of {}", there.items.len());
    }
}

/// Any change of a cell gives a form or an error message, never a panic, and the result is valid.
#[test]
fn mutated_forms_are_taken_over_or_refused() {
    let rows: [&[&str]; 7] = [
        HEAD,
        &["select_one yn", "a", "A ${b}?", "", ". != ''", "", "1", "", "yes"],
        &["begin group", "g", "G", "${a} = 1"],
        &["integer", "n", "N?", "selected(${a}, '1')", ". > 3 and . < ${a}"],
        &["select_one town", "t", "T?", "", "", "", "", "region = ${a} or name = 'a'"],
        &["end group"],
        &["calculate", "c", "", "", "", "if(${n} > 1, concat(${a}, 'x'), '')"],
    ];
    let odd = [
        "",
        "'",
        "${",
        "}",
        "{x}",
        "not(",
        "((((((((((",
        "${a}",
        "${c}",
        "select_one",
        "begin repeat",
        "end group",
        "calculate",
        "rank yn",
        "select_multiple town or_other",
        "1e400",
        "-",
        "\u{1b}[2J",
        "🙂",
        "if(1,2,3)",
        "${n} div 0",
        "a b c",
        "range",
        "note",
        "regex(., '(')",
        "jr:choice-name(${a}, '${a}')",
        "count-selected(.) > 1",
        "today()",
        "all",
        "NaN",
        "position(..)",
        "true() = 'x'",
        "${n} + ${t}",
    ];
    for at in 0..rows.len() {
        for column in 0..HEAD.len() {
            for cell in odd {
                let mut changed: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
                changed[at].resize(HEAD.len(), "");
                changed[at][column] = cell;
                let changed: Vec<&[&str]> = changed.iter().map(Vec::as_slice).collect();
                let choices: &[&[&str]] = &[
                    &["list_name", "name", "label", "region"],
                    &["yn", "1", "Y", ""],
                    &["yn", "0", "N", ""],
                    &["town", "a", "A", "1"],
                    &["town", "b", "B", "0"],
                ];
                let book = workbook(&[("survey", &changed), ("choices", choices)]);
                if let Ok(form) = import(&book, "m.xlsx", &XlsFormOptions::default()) {
                    let reading =
                        relata::instrument::Instrument::read("m", &form.text, &|_| Err(String::new()));
                    assert!(reading.instrument.is_some(), "{at} {column} {cell}");
                    assert!(form.whole <= form.rows);
                }
            }
        }
    }
}

/// The folder with real forms, or a message that this was not tested.
fn real_forms() -> Option<PathBuf> {
    let folder = std::env::var_os("RELATA_REAL_DATA").map(|folder| Path::new(&folder).join("xlsforms"));
    let found = folder.filter(|folder| folder.is_dir());
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "not run: RELATA_REAL_DATA names no folder with real forms");
    }
    found
}

#[test]
fn real_forms_come_over() {
    let Some(folder) = real_forms() else { return };
    let place = Place::new();
    let (mut rows, mut whole, mut conditions, mut carried) = (0, 0, 0, 0);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        file.extension().is_some_and(|extension| extension.to_string_lossy().starts_with("xls"))
    });
    files.sort();
    assert!(!files.is_empty());
    for (number, file) in files.iter().enumerate() {
        let out = format!("f{number}.toml");
        let ran =
            place.run(&["instruments", "import", file.to_str().unwrap(), "--out", &out, "--format", "json"]);
        assert!(ran.code == 0 || ran.code == 1 && !ran.err.is_empty(), "{}: {}", file.display(), ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        if ran.code != 0 {
            continue;
        }
        let said: Value = serde_json::from_str(&ran.out).unwrap();
        let count = |key: &str| said[key].as_u64().unwrap();
        rows += count("rows");
        whole += count("whole");
        conditions += count("conditions");
        carried += count("conditions_whole");
        assert_eq!(place.run(&["check", &out]).code, 0, "{}", file.display());
        let simulated = place.run(&[
            "simulate",
            &out,
            "--n",
            "3",
            "--seed",
            "1",
            "--study",
            &format!("s{number}.relata"),
        ]);
        assert_eq!(simulated.code, 0, "{}: {}", file.display(), simulated.err);
    }
    assert!(whole * 10 >= rows * 9, "{whole} of {rows}");
    assert!(carried * 20 >= conditions * 19, "{carried} of {conditions}");
}
