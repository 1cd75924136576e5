//! What is said about wrong expressions, word for word.

use super::*;

/// A table holds expressions, each followed by its indented faults: code, place, message, and the help behind an arrow.
/// Reading the expressions must give the same table.
fn says(table: &str) {
    let expressions = table.lines().filter(|line| !line.is_empty() && !line.starts_with(' '));
    let mut said = String::from("\n");
    for text in expressions {
        said.push_str(text);
        said.push('\n');
        let faults = Expression::parse(text, &NoAnswer).map_or_else(|faults| faults, |_| Vec::new());
        for fault in faults {
            let ExpressionFault { code, span, message, help } = fault;
            let help = help.unwrap_or_default();
            said.push_str(&format!("  {code} {span:?} {message} -> {help}\n"));
        }
    }
    assert_eq!(said, table);
}

#[test]
fn nothing_is_no_expression() {
    for text in ["", " ", "\n\t\u{a0}"] {
        let faults = Expression::parse(text, &Known).unwrap_err();
        let [fault] = faults.as_slice() else {
            panic!("{faults:?}");
        };
        assert_eq!((fault.code, &fault.span), ("expr.empty", &(0..text.len())));
    }
}

#[test]
fn names_that_nobody_gave() {
    says(
        r#"
npss <= 6
  expr.unknown-name 0..4 Nothing here is named `npss`. -> did you mean `nps`?
Nps > 3
  expr.unknown-name 0..3 Nothing here is named `Nps`. -> did you mean `nps`?
. > 3
  expr.unknown-name 0..1 `.` is the answer just given; there is none here. -> use `.` in a `constraint` only, and names elsewhere
matrix > 3
  expr.unknown-name 0..6 Nothing here is named `matrix`. -> it has parts: name one of them, such as `matrix.other`
zzz > 3
  expr.unknown-name 0..3 Nothing here is named `zzz`. -> texts and options stand in single quotes
reason = price
  expr.unknown-name 9..14 Nothing here is named `price`. -> options stand in quotes: write `'price'`
price = reason
  expr.unknown-name 0..5 Nothing here is named `price`. -> options stand in quotes: write `'price'`
reason in [price, speed]
  expr.unknown-name 11..16 Nothing here is named `price`. -> options stand in quotes: write `'price'`
  expr.unknown-name 18..23 Nothing here is named `speed`. -> options stand in quotes: write `'speed'`
is_answered(npx)
  expr.unknown-name 12..15 Nothing here is named `npx`. -> did you mean `nps`?
count worries
  expr.unknown-name 0..5 Nothing here is named `count`. -> `count` is a function: write `count(...)`
  expr.misplaced 6..13 An operator is missing before `worries`. -> join two conditions with `and` or `or`; write texts in single quotes
only if
  expr.unknown-name 0..4 Nothing here is named `only`. -> texts and options stand in single quotes
  expr.misplaced 5..7 An operator is missing before `if`. -> join two conditions with `and` or `or`; write texts in single quotes
  expr.unknown-name 5..7 Nothing here is named `if`. -> texts and options stand in single quotes
"#,
    );
}

#[test]
fn options_that_do_not_exist() {
    says(
        r#"
reason = 'prise'
  expr.unknown-option 9..16 `reason` has no option 'prise'. -> did you mean `'price'`?
'speeed' = reason
  expr.unknown-option 0..8 `reason` has no option 'speeed'. -> did you mean `'speed'`?
reason = 'zebra'
  expr.unknown-option 9..16 `reason` has no option 'zebra'. -> its options are 'price', 'service', 'speed'
reason in ['price', 'spede']
  expr.unknown-option 20..27 `reason` has no option 'spede'. -> did you mean `'speed'`?
reason = own.dominant
  expr.unknown-option 0..21 `reason` and `own.dominant` have no option in common. -> `reason` has 'price', 'service', 'speed'; `own.dominant` has 'CS', 'AR', 'EM', 'MP'
selected(worries, 'prise')
  expr.unknown-option 18..25 `worries` has no option 'prise'. -> did you mean `'price'`?
selected(worries, price)
  expr.unknown-name 18..23 Nothing here is named `price`. -> options stand in quotes: write `'price'`
"#,
    );
}

#[test]
fn like_is_compared_with_like() {
    says(
        r#"
nps = '6'
  expr.type-mismatch 0..9 `nps` is a number and `'6'` is a text; they can't be compared. -> write the number without quotes: `6`
nps = 'six'
  expr.type-mismatch 0..11 `nps` is a number and `'six'` is a text; they can't be compared. -> compare numbers with numbers and texts with texts
nps = remark
  expr.type-mismatch 0..12 `nps` is a number and `remark` is a text; they can't be compared. -> compare numbers with numbers and texts with texts
reason = 1
  expr.type-mismatch 0..10 `reason` is a choice of one option and `1` is a number; they can't be compared. -> `reason` is one of 'price', 'service', 'speed'
consent = 'yes'
  expr.type-mismatch 0..15 `consent` is true or false and `'yes'` is a text; they can't be compared. -> write `consent` or `not consent`
1 = consent
  expr.type-mismatch 0..11 `1` is a number and `consent` is true or false; they can't be compared. -> write `consent` or `not consent`
visit = remark
  expr.type-mismatch 0..14 `visit` is a date and `remark` is a text; they can't be compared. -> write dates in quotes, as in `'2026-01-31'`
visit > 2026-01-31
  expr.type-mismatch 0..18 `visit` is a date and `2026-01-31` is a number; they can't be compared. -> write dates in quotes, as in `'2026-01-31'`
visit > '2026-02-30'
  expr.date 8..20 `'2026-02-30'` is no date. -> write an existing day as `'2026-01-31'`
'2025-02-29' < visit
  expr.date 0..12 `'2025-02-29'` is no date. -> write an existing day as `'2026-01-31'`
visit > '1-1-2026'
  expr.date 8..18 `'1-1-2026'` is no date. -> write an existing day as `'2026-01-31'`
(1 < nps) < 5
  expr.type-mismatch 0..13 `(1 < nps)` is true or false and `5` is a number; they can't be compared. -> compare numbers with numbers and texts with texts
reason < 'price'
  expr.no-order 0..6 `<` needs numbers or dates, and `reason` is a choice of one option. -> use `=`, `!=` or `in [...]`
remark > 'a'
  expr.no-order 0..6 `>` needs numbers or dates, and `remark` is a text. -> use `=`, `!=` or `in [...]`
consent < true
  expr.no-order 0..7 `<` needs numbers or dates, and `consent` is true or false. -> use `=`, `!=` or `in [...]`
worries = 'price'
  expr.set 0..7 `worries` is a set of options and can't be compared. -> write `selected(worries, 'x')` with one of 'price', 'delay', 'people', or `count(worries)`
worries in ['price', 'delay']
  expr.set 0..7 `worries` is a set of options and can't be compared. -> write `selected(worries, 'x')` with one of 'price', 'delay', 'people', or `count(worries)`
images = 3
  expr.set 0..6 `images` is a set of words and can't be compared. -> write `count(images)` for how many there are
"#,
    );
}

#[test]
fn operators_need_their_types() {
    says(
        r#"
worries + 1
  expr.not-a-number 0..7 `+` needs numbers, and `worries` is a set of options. -> count them: `count(worries)`
remark * 2
  expr.not-a-number 0..6 `*` needs numbers, and `remark` is a text. -> only numbers can be computed with
-visit > 1
  expr.not-a-number 1..6 `-` needs numbers, and `visit` is a date. -> only numbers can be computed with
not nps
  expr.not-a-condition 4..7 `not` needs conditions, and `nps` is a number. -> compare it, as in `nps > 0`
nps and consent
  expr.not-a-condition 0..3 `and` needs conditions, and `nps` is a number. -> compare it, as in `nps > 0`
reason = 'price' or 'speed'
  expr.not-a-condition 20..27 `or` needs conditions, and `'speed'` is a text. -> repeat the comparison: `reason = 'speed'`
consent and worries
  expr.not-a-condition 12..19 `and` needs conditions, and `worries` is a set of options. -> ask for one of 'price', 'delay', 'people', as in `selected(worries, 'x')`
images or visit
  expr.not-a-condition 0..6 `or` needs conditions, and `images` is a set of words. -> count them, as in `count(images) > 0`
  expr.not-a-condition 10..15 `or` needs conditions, and `visit` is a date. -> compare it, as in `visit >= '2026-01-31'`
consent and reason
  expr.not-a-condition 12..18 `and` needs conditions, and `reason` is a choice of one option. -> compare it, as in `reason = 'price'`
remark or consent
  expr.not-a-condition 0..6 `or` needs conditions, and `remark` is a text. -> compare it with `=` or `!=`
"#,
    );
}

#[test]
fn functions_need_their_arguments() {
    says(
        r#"
selected(worries, remark)
  expr.argument 18..24 `selected` needs an option in quotes, not `remark`. -> the options are 'price', 'delay', 'people'
selected(reason, 'price')
  expr.argument 9..15 `selected` needs a set of options; `reason` is a choice of one option. -> write `reason = 'price'`
selected(worries)
  expr.arity 0..17 `selected` takes two arguments, not 1. -> write `selected(x, 'option')`
selected(images, 'x')
  expr.argument 9..15 `selected` needs a set of options; `images` is a set of words. -> only items that take several options can be asked this
count(nps)
  expr.argument 6..9 `count` needs several things, and `nps` is a number. -> only items that take several options or words can be counted
count()
  expr.arity 0..7 `count` takes one argument, not 0. -> write `count(x)`
count(worries, images)
  expr.arity 0..22 `count` takes one argument, not 2. -> write `count(x)`
is_answered(1 + 1)
  expr.argument 12..17 `is_answered` needs a name, not `1 + 1`. -> write `is_answered(x)`
cuont(worries)
  expr.unknown-function 0..5 There is no function `cuont`. -> did you mean `count(x)`?
answered(nps)
  expr.unknown-function 0..8 There is no function `answered`. -> did you mean `is_answered(x)`?
today() > visit
if(nps > 3, 1, 2) > 1
if(nps, 1, 2) > 1
  expr.argument 3..6 `if` needs a condition, and `nps` is a number. -> see what it takes in the manual of the format
if(consent, nps, remark) = 1
  expr.argument 17..23 `nps` is a number and `remark` is a text; one of the two could come out. -> give both the same type; `number(x)` and `concat(x)` turn one into the other
round(remark) > 1
  expr.argument 6..12 `round` needs numbers, and `remark` is a text. -> see what it takes in the manual of the format
choice_name(nps) = 'a'
  expr.argument 12..15 `choice_name` needs the name of a choice, and `nps` is a number. -> write `choice_name(x)`
regex(remark, remark)
  expr.argument 14..20 `regex` needs a pattern in quotes. -> write `regex(x, '[a-z]+')`
format_date(visit, '%H') = '1'
  expr.argument 19..23 `format_date` writes a day by a pattern in quotes. -> it knows `%Y %y %m %n %d %e`, as in `'%Y-%m'`
visit + visit > 1
  expr.not-a-number 8..13 `+` needs numbers, and `visit` is a date. -> only numbers can be computed with
string-length(remark) > 1
  expr.foreign-function 0..13 `string-length` is called `string_length` here. -> write `string_length(x)`
switch(nps)
  expr.unknown-function 0..6 There is no function `switch`. -> the functions are `count`, `selected`, `is_answered`, `today`, `choice_name`, `regex`, `if`, `coalesce`, `number`, `round`, `int`, `abs`, `min`, `max`, `pow`, `mod`, `string_length`, `normalize_space`, `concat`, `contains`, `starts_with`, `ends_with`, `substr`, `format_date`
"#,
    );
}

#[test]
fn brackets_and_quotes_come_in_pairs() {
    says(
        r#"
nps = 'a
  expr.unclosed-text 6..8 This text is never closed. -> close it with the quote that opens it; a text with `'` in it stands in `"`
nps = "a and (b
  expr.unclosed-text 6..15 This text is never closed. -> close it with the quote that opens it; a text with `'` in it stands in `"`
(nps = 1
  expr.unclosed 0..1 This parenthesis is never closed. -> add the missing `)`
(nps = 1 and (consent)
  expr.unclosed 0..1 This parenthesis is never closed. -> add the missing `)`
count(worries
  expr.unclosed 5..6 This parenthesis is never closed. -> add the missing `)`
nps in [1, 2
  expr.unclosed 7..8 This list is never closed. -> add the missing `]`
nps = 1)
  expr.unopened 7..8 This `)` closes nothing. -> take it out, or open it earlier
nps = 1]
  expr.unopened 7..8 This `]` closes nothing. -> take it out, or open it earlier
reason = 'it's'
  expr.unknown-option 9..13 `reason` has no option 'it'. -> its options are 'price', 'service', 'speed'
  expr.unknown-name 13..14 Nothing here is named `s`. -> texts and options stand in single quotes
  expr.unclosed-text 14..15 This text is never closed. -> close it with the quote that opens it; a text with `'` in it stands in `"`
reason = ‘price’
  expr.quotes 9..20 These are typographic quotes. -> write straight quotes, as in `'text'`
"#,
    );
}

#[test]
fn habits_of_other_languages() {
    says(
        r#"
nps > 1 && consent || !consent
  expr.foreign-operator 8..10 `&&` is written `and` here. -> write `and`
  expr.foreign-operator 19..21 `||` is written `or` here. -> write `or`
  expr.foreign-operator 22..23 `!` is written `not` here. -> write `not`
nps <> 6
  expr.foreign-operator 4..6 `<>` is written `!=` here. -> write `!=`
nps =< 6
  expr.foreign-operator 4..6 `=<` is written `<=` here. -> write `<=`
nps ≥ 6
  expr.foreign-operator 4..7 `≥` is written `>=` here. -> write `>=`
nps := 6
  expr.assignment 4..6 `:=` would set a value; expressions only compare. -> write `=` to compare
nps += 6
  expr.assignment 4..6 `+=` would set a value; expressions only compare. -> write `=` to compare
${nps} > 6
  expr.braced-name 0..6 `${nps}` has braces; names in expressions stand bare. -> write `nps`
{nps} > 6
  expr.braced-name 0..5 `{nps}` has braces; names in expressions stand bare. -> write `nps`
${nps > 6
  expr.unknown-symbol 0..2 `${` has no meaning in an expression. -> names stand bare, as in `nps <= 6`
nps not in [1]
  expr.not-in 4..10 `not` stands before a condition. -> write `not (x in [...])`
nps in 1
  expr.list 4..6 `in` needs a list in square brackets. -> write `x in ['a', 'b']`
nps in (1, 2)
  expr.list 7..8 A list stands in square brackets. -> write `x in ['a', 'b']`
consent AND True
  expr.keyword-case 8..11 `AND` must be written in small letters. -> write `and`
  expr.keyword-case 12..16 `True` must be written in small letters. -> write `true`
count-selected(worries) > 1
  expr.foreign-function 0..14 `count-selected` is called `count` here. -> write `count(x)`
true()
  expr.foreign-function 0..6 `true` is a value here, not a function. -> write `true`
nps div 2 > 1
  expr.foreign-operator 4..7 `div` is written `/` here. -> write `/`
"#,
    );
}

#[test]
fn chains_and_lists() {
    says(
        r#"
1 < nps < 5
  expr.chained-comparison 8..9 Comparisons can't be chained. -> write `1 < nps and nps < 5`
1 < nps <= 5 < 6
  expr.chained-comparison 8..10 Comparisons can't be chained. -> write `1 < nps and nps <= 5`
nps = 1 in [2]
  expr.chained-comparison 8..10 Comparisons can't be chained. -> join two comparisons with `and`
nps > 3 = not consent
  expr.chained-comparison 8..9 Comparisons can't be chained. -> join two comparisons with `and`
  expr.bare-not 10..13 `not` needs parentheses behind a comparison. -> write `(not ...)`
nps in []
  expr.list 7..9 This list is empty, so nothing is in it. -> write `x in ['a', 'b']`
[1]
  expr.list 0..1 A list stands only behind `in`. -> write `x in ['a', 'b']`
"#,
    );
}

#[test]
fn numbers_as_relata_writes_them() {
    says(
        r#"
nps > 1,5
  expr.decimal-comma 6..9 A decimal is written with a point. -> write `1.5`
nps > 1.
  expr.number 6..8 `1.` is not a number as relata reads them. -> write `1`
nps > .5
  expr.number 6..8 `.5` is not a number as relata reads them. -> write `0.5`
nps > 1e5
  expr.number 6..9 `1e5` is not a number as relata reads them. -> write numbers as `12` or `0.5`
nps > 5stars
  expr.number 6..12 `5stars` is not a number as relata reads them. -> write numbers as `12` or `0.5`
"#,
    );
}

#[test]
fn something_is_missing_or_too_much() {
    says(
        r#"
nps >
  expr.missing-value 4..5 A value is missing after `>`. -> a value is a name, a number, a text in quotes, `true` or `false`
> 3
  expr.missing-value 0..1 A value is missing before `>`. -> a value is a name, a number, a text in quotes, `true` or `false`
consent and
  expr.missing-value 8..11 A value is missing after `and`. -> a value is a name, a number, a text in quotes, `true` or `false`
and consent
  expr.missing-value 0..3 A value is missing before `and`. -> a value is a name, a number, a text in quotes, `true` or `false`
consent and and detractor
  expr.missing-value 12..15 A value is missing before `and`. -> a value is a name, a number, a text in quotes, `true` or `false`
nps > > 3
  expr.missing-value 6..7 A value is missing before `>`. -> a value is a name, a number, a text in quotes, `true` or `false`
consent consent
  expr.misplaced 8..15 An operator is missing before `consent`. -> join two conditions with `and` or `or`; write texts in single quotes
nps, visits
  expr.misplaced 3..4 `,` has no place here. -> commas stand in lists and between the arguments of a function only
count(nps consent)
  expr.misplaced 10..17 An operator is missing before `consent`. -> join two conditions with `and` or `or`; write texts in single quotes
nps % 2 = 0
  expr.unknown-symbol 4..5 `%` has no meaning in an expression. -> expressions know `and or not in`, `= != < <= > >=`, `+ - * /`, numbers, names, and texts in single quotes
é = 😀
  expr.unknown-name 0..2 Nothing here is named `é`. -> texts and options stand in single quotes
  expr.unknown-symbol 5..9 `😀` has no meaning in an expression. -> expressions know `and or not in`, `= != < <= > >=`, `+ - * /`, numbers, names, and texts in single quotes
nps > 3;
  expr.unknown-symbol 7..8 `;` has no meaning in an expression. -> expressions know `and or not in`, `= != < <= > >=`, `+ - * /`, numbers, names, and texts in single quotes
"#,
    );
}

#[test]
fn several_faults_at_once() {
    says(
        r#"
npss > 3 and resaon = 'x' and consent + 1 > (vsit
  expr.unknown-name 0..4 Nothing here is named `npss`. -> did you mean `nps`?
  expr.unknown-name 13..19 Nothing here is named `resaon`. -> did you mean `reason`?
  expr.not-a-number 30..37 `+` needs numbers, and `consent` is true or false. -> only numbers can be computed with
  expr.unclosed 44..45 This parenthesis is never closed. -> add the missing `)`
  expr.unknown-name 45..49 Nothing here is named `vsit`. -> did you mean `visit`?
"#,
    );
}
