//! Parses marks as typed from a sheet (ranks beside options, points beside parts), and writes a mark in words to compare it with
//! another.

use crate::instrument::Language;
use crate::instrument::prompt::{Ask, Choice, Input, Invalid, Reply};
use crate::texts::number;

fn figures(line: &str) -> Vec<&str> {
    line.split([' ', ',', ';']).filter(|figure| !figure.is_empty()).collect()
}

/// The order given by the ranks written in the options' boxes, from the top: `3 1 2`. `-` is an empty box.
///
/// # Errors
/// A rank is invalid, occurs twice, or is missing.
pub fn ranked(line: &str, options: &[Choice], places: usize) -> Result<Input, Invalid> {
    let figures = figures(line);
    if figures.len() > options.len() {
        return Err(Invalid::TooMany(options.len()));
    }
    let mut names: Vec<Option<&Choice>> = vec![None; places];
    for (figure, option) in figures.into_iter().zip(options) {
        if figure == "-" || figure == "0" {
            continue;
        }
        let range = || Invalid::OutOfRange { min: Some(1.0), max: Some(places as f64) };
        let place: usize = figure.parse().map_err(|_| range())?;
        match place.checked_sub(1).and_then(|place| names.get_mut(place)) {
            Some(free @ None) => *free = Some(option),
            Some(Some(other)) => return Err(Invalid::Twice(other.label.clone())),
            None => return Err(range()),
        }
    }
    let found: Option<Vec<String>> =
        names.into_iter().map(|option| option.map(|option| option.name.clone())).collect();
    found.map(Input::Ranked).ok_or(Invalid::PlacesLeft(places))
}

/// The points written in the boxes of the parts, from the top: `40 30 20 10`. An empty box counts as nothing.
///
/// # Errors
/// Points are invalid, or there are too many.
pub fn shared(line: &str, parts: &[Choice], total: i64) -> Result<Input, Invalid> {
    let figures = figures(line);
    if figures.len() > parts.len() {
        return Err(Invalid::TooMany(parts.len()));
    }
    let range = || Invalid::OutOfRange { min: Some(0.0), max: Some(total as f64) };
    let points = parts.iter().enumerate().map(|(at, part)| {
        let points = match figures.get(at) {
            None | Some(&"-") => 0,
            Some(figure) => figure.parse().map_err(|_| range())?,
        };
        Ok((part.name.clone(), points))
    });
    Ok(Input::Allocated(points.collect::<Result<_, Invalid>>()?))
}

/// A mark in a few words.
pub fn in_words(mark: &Reply, ask: &Ask, language: &Language) -> String {
    let Some(input) = mark.input() else { return mark.why_missing(language) };
    let choices: &[Choice] = match ask {
        Ask::Pick { options, .. } | Ask::Rank { options, .. } => options,
        Ask::Allocate { parts, .. } => parts,
        _ => &[],
    };
    let label = |name: &String| {
        let at = choices.iter().position(|choice| choice.name == *name);
        at.map_or_else(|| name.clone(), |at| format!("{} {}", at + 1, choices[at].label))
    };
    match input {
        Input::Picked(names) if names.is_empty() => "0".to_owned(),
        Input::Picked(names) | Input::Ranked(names) => names.iter().map(label).collect::<Vec<_>>().join(", "),
        Input::Rated(cells) => {
            let points = cells.iter().map(|cell| cell.point().map(|point| number(point as f64, language)));
            points.map(Option::unwrap_or_default).collect::<Vec<_>>().join(" ")
        }
        Input::Number(value) => number(*value, language),
        Input::Text(typed) => typed.text.clone(),
        Input::Allocated(points) => {
            let points = choices.iter().map(|part| points.get(&part.name).copied().unwrap_or(0).to_string());
            points.collect::<Vec<_>>().join(" ")
        }
        Input::Seen | Input::Sorted(_) | Input::NotTimed => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> Vec<Choice> {
        ["a", "b", "c"].map(|name| Choice { name: name.into(), label: name.to_uppercase() }).into()
    }

    #[test]
    fn places_and_points_are_typed_as_they_stand_in_the_boxes() {
        let ranked = |line: &str, places| ranked(line, &choices(), places);
        let order = |names: &[&str]| Ok(Input::Ranked(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(ranked("3 1 2", 3), order(&["b", "c", "a"]));
        assert_eq!(ranked("- 1 2", 2), order(&["b", "c"]));
        assert_eq!(ranked("2,-,1", 2), order(&["c", "a"]));
        assert_eq!(ranked("1 1 2", 3), Err(Invalid::Twice("A".into())));
        assert_eq!(ranked("1 - 3", 3), Err(Invalid::PlacesLeft(3)));
        assert!(matches!(ranked("1 2 4", 3), Err(Invalid::OutOfRange { .. })));
        assert!(matches!(ranked("1 2 3 4", 3), Err(Invalid::TooMany(3))));
        let points = |line: &str| match shared(line, &choices(), 100) {
            Ok(Input::Allocated(points)) => Ok(points.into_values().collect::<Vec<_>>()),
            Ok(other) => panic!("{other:?}"),
            Err(why) => Err(why),
        };
        assert_eq!(points("50 - 50"), Ok(vec![50, 0, 50]));
        assert_eq!(points("100"), Ok(vec![100, 0, 0]));
        assert!(points("a").is_err() && points("1 2 3 4").is_err());
    }
}
