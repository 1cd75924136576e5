//! Calculations that are true or false: a form has texts in their place, and an empty text where a truth has no value.

use std::io::{Cursor, Read};

use relata::export::xlsform::form;
use relata::import::xlsform::{XlsFormOptions, import};
use relata::instrument::Instrument;
use zip::ZipArchive;

use super::{key, survey};

const SCORE: &str = r#"format = 1
name = "score"
version = "1"
languages = ["en"]
label = "Score"
minutes = 1

[calculations]
low = "score <= 6"
both = "low and agreed"
same = "low"

[[groups]]
name = "g"
label = "G"

[[groups.items]]
name = "agreed"
kind = "consent"
version = "1"
label = "Do you take part?"

[[groups.items]]
name = "score"
kind = "integer"
min = 0
max = 10
label = "Score?"

[[groups.items]]
name = "why"
kind = "text"
label = "Why so low?"
relevant = "low"

[[groups.items]]
name = "why_not"
kind = "text"
label = "Why not lower?"
relevant = "not low"

[[groups.items]]
name = "rest"
kind = "text"
label = "And what else?"
relevant = "both"
"#;

/// The cells of the survey, in the order of the sheet.
fn cells(workbook: &[u8]) -> Vec<String> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    let plain = |text: &str| {
        text.replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    let texts = sheet.split("<t xml:space=\"preserve\">").skip(1);
    texts.map(|text| plain(text.split("</t>").next().unwrap())).collect()
}

#[test]
fn a_condition_that_is_a_name_asks_for_its_truth_and_stands_before_the_calculation() {
    let reading = Instrument::read("score", SCORE, &|_| Err(String::new()));
    let there = form(&reading.instrument.unwrap()).unwrap();
    let cells = cells(&there.workbook);
    for cell in [
        "if(${score} <= 6, 'true', if(${score} > 6, 'false', ''))",
        "if(${low} = 'true', 'true', if(${low} = 'false', 'false', ''))",
        "if((${low} = 'true') and (${agreed} = 'yes'), 'true', if((${low} = 'false') or (${agreed} = 'no'), 'false', ''))",
    ] {
        assert!(cells.iter().any(|found| found == cell), "{cell}: {cells:#?}");
    }
    let before = |name: &str, cell: &str| {
        let at = cells.iter().position(|found| found == name).unwrap();
        cells[at..].iter().take(3).any(|found| found == cell)
    };
    assert!(before("why", "${low} = 'true'"), "{cells:#?}");
    assert!(before("why_not", "${low} = 'false'"), "{cells:#?}");
    assert!(before("rest", "${both} = 'true'"), "{cells:#?}");
    let spoken_of = ["low", "both", "same", "why", "why_not", "rest"];
    let lost = there.lost.iter().find(|lost| spoken_of.contains(&lost.name.as_str()));
    assert!(lost.is_none(), "{lost:?}");

    let back = import(&there.workbook, "score.xlsx", &XlsFormOptions::default()).unwrap();
    assert!(back.text.contains("\nlow = \"score <= 6\"\n"), "{}", back.text);
    assert_eq!(key(&back.text, "why", "relevant"), Some("\"low\""));
    assert_eq!(key(&back.text, "why_not", "relevant"), Some("\"not low\""));
    assert!(back.losses.is_empty(), "{:?}", back.losses);
}

#[test]
fn a_text_that_is_true_or_false_is_a_truth_where_nobody_reads_the_text() {
    let form = survey(&[
        &["integer", "n", "N?"],
        &["calculate", "many", "", "", "", "if(${n} > 3, 'true', 'false')"],
        &["calculate", "told", "", "", "", "if(${n} > 5, 'true', 'false')"],
        &["text", "a", "A?", "${many} = 'true'"],
        &["text", "b", "B?", "${many} != 'true'"],
        &["text", "c", "C?", "not(${many} = 'false')"],
        &["text", "d", "It is {told}: ${told}", "${told} = 'true'"],
    ]);
    assert!(form.losses.is_empty(), "{:?}", form.losses);
    // A missing answer makes the text `false` in XPath.
    assert!(form.text.contains("many = \"coalesce(n > 3, false)\"\n"), "{}", form.text);
    assert!(form.text.contains("told = \"if(n > 5, 'true', 'false')\"\n"), "{}", form.text);
    assert_eq!(key(&form.text, "a", "relevant"), Some("\"many\""));
    assert_eq!(key(&form.text, "b", "relevant"), Some("\"coalesce(not many, true)\""));
    assert_eq!(key(&form.text, "c", "relevant"), Some("\"not coalesce(not many, false)\""));
    assert_eq!(key(&form.text, "d", "relevant"), Some("\"told = 'true'\""));
}

#[test]
fn a_value_is_worked_out_where_its_group_is_asked_and_a_missing_answer_counts_as_it_does_there() {
    let form = survey(&[
        &["select_one yn", "a", "A?"],
        &["begin_group", "g", "G", "${a} = 1"],
        &["integer", "n", "N?"],
        &["calculate", "many", "", "", "", "if(${n} > 2, 'many', 'few')"],
        &["calculate", "fixed", "", "${n} > 1", "", "2"],
        &["end_group", "", ""],
        &["integer", "m", "M?"],
        &["text", "t", "T?"],
        &["text", "few", "Few?", "${many} = 'few'"],
        &["text", "open", "Open?", "coalesce(${a}, 0) < 2"],
        &["text", "most", "Most?", "max(${n}, ${m}) > 4"],
        &["text", "bare", "Bare?", "not(regex(${t}, '[a-z]*'))"],
        &["text", "named", "Named?", "jr:choice-name(${a}, '${a}') = 'Yes'"],
    ]);
    assert!(form.losses.is_empty(), "{:?}", form.losses);
    let text = form.text.replace('"', "");
    assert!(text.contains("many = if(a = '1', if(n > 2, 'many', 'few'))"), "{text}");
    assert!(text.contains("fixed = if((n > 1) and (a = '1'), 2)"), "{text}");
    for (item, relevant) in [
        ("few", "many = 'few'"),
        ("open", "number(if(is_answered(a), concat(a), '0')) < 2"),
        ("most", "coalesce(coalesce(max(n, m), n), m) > 4"),
        ("bare", "not regex(concat(t), '[a-z]*')"),
        ("named", "choice_name(a) = 'Yes'"),
    ] {
        assert_eq!(key(&form.text, item, "relevant"), Some(format!("\"{relevant}\"").as_str()), "{item}");
    }
    let read = Instrument::read("form", &form.text, &|_| Err(String::new()));
    assert!(read.instrument.is_some(), "{:?}", read.findings);
}

#[test]
fn a_calculation_that_is_true_or_false_is_a_text_beside_a_text() {
    let ask = |relevant: &str| {
        let form = survey(&[
            &["select_one yn", "a", "A?"],
            &["integer", "n", "N?"],
            &["calculate", "k", "", "", "", "selected(${a}, '1')"],
            &["calculate", "m", "", "", "", "if(${a} = 1, ${n} > 1, '')"],
            &["calculate", "g", "", "${n} > 1", "", "${a} = 1"],
            &["note", "x", "X", relevant],
        ]);
        // It is never empty in XPath, whatever is open.
        assert!(form.text.contains("k = \"coalesce(a = '1', false)\"\n"), "{}", form.text);
        assert!(form.text.contains("g = \"if(n > 1, coalesce(a = '1', false))\"\n"), "{}", form.text);
        assert!(form.text.contains("m = \"if(a = '1', coalesce(n > 1, false))\"\n"), "{}", form.text);
        let read = Instrument::read("form", &form.text, &|_| Err(String::new()));
        assert!(read.instrument.is_some(), "{:?}", read.findings);
        let asked = key(&form.text, "x", "relevant").map(|text| text.trim_matches('"').to_owned());
        (asked, form.losses.len())
    };
    for (there, here) in [
        ("${k}", "k"),
        ("not(${k})", "not k"),
        ("${k} = 'true'", "k"),
        ("'true' = ${k}", "k"),
        ("${k} != 'true'", "not k"),
        ("${k} = true()", "k"),
        ("${k} = false()", "not k"),
        ("${k} != true()", "not k"),
        ("string(${k}) = 'false'", "not k"),
        // One that is worked out under a condition is an empty text elsewhere.
        ("${g}", "g"),
        ("not(${g})", "not coalesce(g, false)"),
        ("${g} != 'true'", "coalesce(not g, true)"),
        ("${g} = false()", "not coalesce(g, false)"),
        ("string(${g}) != 'false'", "coalesce(g, true)"),
        ("string(${n} > 1) = 'false'", "not coalesce(n > 1, false)"),
        // What has no name is a truth, and makes one of the text.
        ("(${n} > 1) = 'false'", "n > 1"),
        ("(${n} > 1) = ''", "not coalesce(n > 1, false)"),
    ] {
        assert_eq!(ask(there), (Some(here.to_owned()), 0), "{there}");
    }
    for (there, here) in [
        ("${k} = 'false'", Some("not k")),
        ("'false' = ${k}", Some("not k")),
        ("${k} != 'false'", Some("k")),
        ("not(${k} = 'false')", Some("k")),
        ("${g} != 'false'", Some("coalesce(g, true)")),
        ("not(${g} = 'false')", Some("not coalesce(not g, false)")),
        ("${k} = 'x' or ${n} > 1", Some("n > 1")),
        ("'1' = ${k} or ${n} > 1", Some("n > 1")),
        ("${k} = 'True' or ${n} > 1", Some("n > 1")),
        ("${k} != 'x'", None),
        ("${k} = '' or ${n} > 1", Some("n > 1")),
        ("${k} != ''", None),
        ("${g} = ''", Some("not is_answered(g)")),
        ("'' != ${g}", Some("is_answered(g)")),
        ("${k} = 1", Some("k")),
        ("0 = ${k}", Some("not k")),
        ("selected(${k}, 'false')", None),
        ("${k} = ${n}", None),
    ] {
        assert_eq!(ask(there), (here.map(str::to_owned), 1), "{there}");
    }
}

#[test]
fn beside_true_and_false_everything_is_a_truth() {
    let ask = |relevant: &str| {
        let form = survey(&[
            &["select_one yn", "a", "A?"],
            &["select_multiple town", "b", "B?"],
            &["integer", "n", "N?"],
            &["text", "t", "T?"],
            &["date", "d", "D?"],
            &["calculate", "c", "", "", "", "concat(${t}, 'x')"],
            &["note", "x", "X", relevant],
        ]);
        assert!(form.losses.is_empty(), "{relevant}: {:?}", form.losses);
        key(&form.text, "x", "relevant").map(|text| text.trim_matches('"').to_owned())
    };
    for (there, here) in [
        ("${t} = true()", "is_answered(t)"),
        ("true() = ${t}", "is_answered(t)"),
        ("${t} != true()", "not is_answered(t)"),
        ("${t} = false()", "not is_answered(t)"),
        ("false() != ${t}", "is_answered(t)"),
        ("not(${t} = true())", "not is_answered(t)"),
        ("${a} = true()", "is_answered(a)"),
        ("${a} = false()", "not is_answered(a)"),
        ("${b} = true()", "is_answered(b)"),
        ("${d} = true()", "is_answered(d)"),
        ("${n} = true()", "n != 0"),
        ("${n} = false()", "not coalesce(n != 0, false)"),
        ("${c} = true()", "coalesce(c, '') != ''"),
        ("count-selected(${b}) = true()", "coalesce(count(b), 0) != 0"),
        ("${t} = (${n} > 1)", "is_answered(t) = coalesce(n > 1, false)"),
    ] {
        assert_eq!(ask(there).as_deref(), Some(here), "{there}");
    }
}

#[test]
fn a_division_by_what_may_be_nought_is_remarked() {
    let form = survey(&[
        &["integer", "n", "N?"],
        &["calculate", "half", "", "", "", "${n} div 2"],
        &["calculate", "rest", "", "", "", "10 div ${n}"],
        &["note", "x", "X", "1 div (${n} - 1) > 5"],
    ]);
    assert!(form.losses.is_empty(), "{:?}", form.losses);
    let said = |row: usize| {
        let row = format!("row {row} ");
        form.remarks.iter().filter(|remark| remark.contains(&row) && remark.contains("nought")).count()
    };
    assert_eq!([said(3), said(4), said(5)], [0, 1, 1], "{:?}", form.remarks);
}
