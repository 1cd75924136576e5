//! Features of a form that an instrument lacks are reported, and everything reported as complete works the same.

use relata::import::xlsform::{ImportedForm, ScaleWish, XlsFormOptions, import};

use super::{key, survey, taken, workbook};

const YES_NO: &[&[&str]] = &[&["list_name", "name", "label"], &["yn", "1", "Yes"], &["yn", "0", "No"]];

/// The rows of the survey that lost something, with why.
fn lost(form: &ImportedForm) -> Vec<(usize, &str)> {
    let losses = form.losses.iter().filter(|loss| loss.sheet == "survey");
    losses.map(|loss| (loss.row, loss.reason.as_str())).collect()
}

fn remarks_about(form: &ImportedForm, row: usize) -> Vec<&str> {
    let row = format!("row {row} ");
    form.remarks.iter().map(String::as_str).filter(|remark| remark.contains(&row)).collect()
}

#[test]
fn options_of_another_file_are_no_options_of_this_one() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label", "appearance", "relevant"],
        &["select_one town", "t", "Town?", "minimal search('towns')"],
        &["select_multiple town", "u", "Towns?", "Search ('towns', 'matches', 'a', ${t})"],
        &["note", "n", "N", "", "${t} = '3'"],
    ];
    let choices: &[&[&str]] = &[&["list_name", "name", "label"], &["town", "id_column", "name_column"]];
    let form = taken(&[("survey", rows), ("choices", choices)]);
    let elsewhere = "its choices lie in another file";
    assert_eq!(lost(&form), [(2, elsewhere), (3, elsewhere)]);
    assert_eq!((form.rows, form.whole), (3, 1));
    assert!(!form.text.contains("name_column"), "{}", form.text);
    assert_eq!(key(&form.text, "t", "kind"), Some("\"text\""));
    assert_eq!(key(&form.text, "n", "relevant"), Some("\"t = '3'\""));
}

#[test]
fn the_head_of_a_table_takes_no_answer_and_is_no_question() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label", "appearance", "required"],
        &["select_one yn", "head", "Which of these?", "label", "yes"],
        &["select_one yn", "a", "A?", "list-nolabel", "yes"],
        &["select_multiple yn", "bare", "", "w1 label"],
        &["text", "t", "T?", "label"],
    ];
    let form = taken(&[("survey", rows), ("choices", YES_NO)]);
    assert_eq!((lost(&form), form.rows, form.whole), (vec![], 2, 2));
    assert_eq!(key(&form.text, "head", "kind"), Some("\"note\""));
    assert_eq!(key(&form.text, "head", "label"), Some("\"Which of these?\""));
    assert_eq!(key(&form.text, "a", "kind"), Some("\"select_one\""));
    assert!(!form.text.contains("\"bare\""), "{}", form.text);
    for (row, end) in [(2, "its words stand in a note"), (4, "it is left out")] {
        let said = remarks_about(&form, row);
        assert!(said.len() == 1 && said[0].ends_with(end), "{said:?}");
    }
}

#[test]
fn words_that_nobody_will_read_are_named() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label", "hint", "required", "required_message", "constraint_message"],
        &["begin group", "outer", "Outer"],
        &["begin group", "inner", "Inner", "Read slowly."],
        &["text", "a", "A?", "", "yes", "We need it."],
        &["end group"],
        &["begin group", "next", "Next"],
        &["integer", "b", "B?", "", "", "", "Too many."],
        &["end group"],
        &["text", "c", "C?", "", "no", "We need it."],
        &["begin group", "last", "Last"],
        &["note", "stop", "Stop here.", "", "yes"],
        &["end group"],
        &["end group"],
    ];
    let form = taken(&[("survey", rows)]);
    let expected = [
        (3, "a section has a title and no hint"),
        (4, "it has words of its own for an answer that is missing"),
        (11, "a note that must be answered stops the form there"),
    ];
    assert_eq!(lost(&form), expected);
    for row in [7, 9] {
        assert_eq!(remarks_about(&form, row).len(), 1, "{:?}", form.remarks);
    }
    assert_eq!((form.rows, form.whole), (4, 2));
    // The title of a group without a section is put before those of the sections in it.
    for title in ["Outer › Inner", "Outer › Next", "Outer", "Last"] {
        assert!(form.text.contains(&format!("label = \"{title}\"\n")), "{title}: {}", form.text);
    }
}

#[test]
fn what_changes_on_the_way_is_named_and_what_is_for_reading_is_read() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label", "parameters", "calculation", "default", "read_only", "relevant"],
        &["range", "down", "Down?", "start=10 end=0 step=-1"],
        &["calculate", "c", "", "", "now()"],
        &["text", "fixed", "As fixed:", "", "", "by both", "yes"],
        &["text", "plain", "For your information.", "", "", "", "yes"],
        &["select_one yn", "s", "S", "", "", "", "yes"],
        &["text", "dyn", "D", "", "", "${fixed}", "yes"],
        &["note", "n", "N", "", "", "", "", "${fixed} = 'by both'"],
        &["select_multiple yn or_other", "f", "F?"],
        &["note", "sum", "Twice:", "", "${down} * 2"],
        &["rank yn", "r", "R?", "", "", "1 0"],
    ];
    let form = taken(&[("survey", rows), ("choices", YES_NO)]);
    let expected = [
        (2, "its range runs downwards"),
        (3, "it reads the time of day by `now()`"),
        (6, "nobody may answer it, it is for reading only"),
        (7, "it shows `${fixed}`, which nobody may change"),
        (11, "its options stand in an order at first"),
    ];
    assert_eq!(lost(&form), expected);
    assert_eq!((form.rows, form.whole), (9, 5));
    assert_eq!(key(&form.text, "sum_shown", "label"), Some("\"Twice: {sum}\""));
    assert!(form.text.contains("fixed = \"'by both'\"\n"), "{}", form.text);
    assert_eq!(key(&form.text, "fixed_shown", "label"), Some("\"As fixed: {fixed}\""));
    assert_eq!(key(&form.text, "plain", "kind"), Some("\"note\""));
    assert_eq!(key(&form.text, "n", "relevant"), Some("\"fixed = 'by both'\""));
    let renamed = form.renamed.iter().find(|renamed| renamed.from == "f_other");
    assert_eq!(renamed.map(|renamed| renamed.to.as_str()), Some("f_other_2"), "{:?}", form.renamed);
}

#[test]
fn a_question_that_is_never_asked_is_whole_unless_something_lost_is_to_blame() {
    let form = survey(&[
        &["select_one yn", "a", "A?"],
        &["text", "never", "Never?", "${a} = 'maybe'"],
        &["geopoint", "place", "Where?"],
        &["text", "there", "There?", "${place} = 'x'"],
        &["select_multiple town", "m", "M?"],
        &["text", "both", "Both?", "${m} = 'a b'"],
    ]);
    let reasons: Vec<usize> = lost(&form).into_iter().map(|(row, _)| row).collect();
    assert_eq!(reasons, [4, 5, 7]);
    assert_eq!((form.rows, form.whole), (6, 3));
    assert_eq!(remarks_about(&form, 3).len(), 1, "{:?}", form.remarks);
    assert!(!form.text.contains("\"never\""), "{}", form.text);
}

#[test]
fn a_repeat_that_is_asked_once_has_the_conditions_of_its_first_round() {
    let form = survey(&[
        &["integer", "n", "N?"],
        &["begin repeat", "kids", "Kids"],
        &["integer", "one", "One?", "index() = 1 and ${n} > 1"],
        &["integer", "two", "Two?", "not(position(..) = 2)"],
        &["integer", "age", "Age?", "", "if(index() = 1, . >= 18, . >= 3)"],
        &["integer", "later", "Later?", "index() > 1"],
        &["end repeat"],
    ]);
    let rows: Vec<usize> = lost(&form).into_iter().map(|(row, _)| row).collect();
    assert_eq!(rows, [3, 7]);
    assert_eq!((form.rows, form.whole, form.conditions), (5, 4, (4, 3)));
    assert_eq!(key(&form.text, "one", "relevant"), Some("\"n > 1\""));
    assert_eq!(key(&form.text, "two", "relevant"), None);
    assert_eq!(key(&form.text, "age", "constraint"), Some("\". >= 18\""));
    // A superfluous question is better than one that is never asked.
    assert_eq!(key(&form.text, "later", "relevant"), None);
}

#[test]
fn what_stands_for_no_answer_is_no_point_of_a_scale() {
    let rows: &[&[&str]] = &[
        &["type", "name", "label", "relevant"],
        &["select_one agree", "q1", "One?"],
        &["select_one often", "q2", "Two?"],
        &["note", "low", "Low", "${q1} <= 2"],
        &["note", "dk", "Pity", "${q1} = 99"],
        &["note", "glad", "Glad", "${q2} != 'no'"],
    ];
    let choices: &[&[&str]] = &[
        &["list_name", "name", "label::English (en)", "label::Dutch (nl)"],
        &["agree", "1", "Not at all", "Helemaal niet"],
        &["agree", "2", "Somewhat", "Enigszins"],
        &["agree", "3", "Very much", "Heel erg"],
        &["agree", "99", "Don't know", "Weet niet"],
        &["agree", "7", "Something else", "Iets anders"],
        &["often", "yes", "Yes", "Ja"],
        &["often", "na", "Does it matter?", "N.v.t."],
        &["often", "maybe", "Maybe", "Misschien"],
        &["often", "no", "No", "Nee"],
    ];
    let wish = ScaleWish {
        name: "trust".into(),
        keys: "construct = \"dimension.trust\"\nmethod = \"mean\"\n".into(),
        items: vec!["q1".into(), "q2".into()],
        reversed: Vec::new(),
    };
    let options = XlsFormOptions { name: "form".into(), scales: vec![wish], ..XlsFormOptions::default() };
    let form = import(&workbook(&[("survey", rows), ("choices", choices)]), "form.xlsx", &options).unwrap();
    let points = "labels = { en = [\"Not at all\", \"Somewhat\", \"Very much\"], nl = [\"Helemaal niet\", \"Enigszins\", \"Heel erg\"] }\nfrom   = 1\n";
    assert!(form.text.contains(points), "{}", form.text);
    assert!(form.text.contains("labels = { en = [\"Yes\", \"Maybe\", \"No\"]"), "{}", form.text);
    let of_choices: Vec<(usize, &str)> = form
        .losses
        .iter()
        .filter(|loss| loss.sheet == "choices")
        .map(|loss| (loss.row, loss.name.as_str()))
        .collect();
    assert_eq!(of_choices, [(5, "99"), (6, "7"), (8, "na")]);
    let renamed: Vec<(&str, &str)> =
        form.renamed.iter().map(|renamed| (renamed.from.as_str(), renamed.to.as_str())).collect();
    for (from, to) in [("99", ""), ("7", ""), ("na", ""), ("yes", "1"), ("no", "3")] {
        assert!(renamed.contains(&(from, to)), "{from}: {renamed:?}");
    }
    assert!(!renamed.iter().any(|(from, _)| *from == "3"), "{renamed:?}");
    // Nothing can be asked about an option that is recorded as no answer; conditions on others stay.
    let rows: Vec<usize> = lost(&form).into_iter().map(|(row, _)| row).collect();
    assert_eq!(rows, [5]);
    assert_eq!(key(&form.text, "low", "relevant"), Some("\"q1 != 3\""));
    assert_eq!(key(&form.text, "glad", "relevant"), Some("\"coalesce(q2 != 3, true)\""));
}

#[test]
fn nothing_satisfies_a_constraint_of_which_a_part_is_missing() {
    let form = survey(&[
        &["integer", "a", "At most?"],
        &["integer", "b", "How many?", "", ". <= ${a}"],
        &["text", "c", "A number?", "", "number(.) > 3 or . = 'x'"],
        &["range", "d", "Down?", "", "", "start=10 end=0 step=3"],
    ]);
    assert_eq!(key(&form.text, "b", "constraint"), Some("\"coalesce(. <= a, false)\""));
    let c = key(&form.text, "c", "constraint").unwrap();
    assert!(c.contains("coalesce(number(.) > 3, false) or . = 'x'"), "{c}");
}
