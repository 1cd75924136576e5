//! Which features belong together. Owns the grouping by name; refuses a feature in two groups.
//!
//! Nearly equivalent features hide each other's importance: if one is permuted, the other still carries the information. So
//! features that were measured together are permuted together.

use std::collections::BTreeSet;

use super::ExplainError;
use crate::classify::features::{self, CLOSENESS};

/// Features that are permuted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureGroup {
    /// What the group is called.
    pub name: String,
    /// Its features.
    pub columns: Vec<String>,
}

/// How the features are grouped that the user did not group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// relata's own features in their blocks (scales, closeness, vignettes, allocation), every other alone.
    Blocks,
    /// By the part of the name before its first `_`, `.` or `-`.
    Prefix,
}

/// Every feature in exactly one group: the groups named, then the rest, in the order of the features.
///
/// # Errors
/// A column that is no feature, or one in two groups.
pub fn together(
    features: &[String],
    named: &[(String, Vec<String>)],
    rest: Rest,
) -> Result<Vec<FeatureGroup>, ExplainError> {
    let mut taken = BTreeSet::new();
    for column in named.iter().flat_map(|(_, columns)| columns) {
        if !features.contains(column) {
            return Err(ExplainError::NoFeature(column.clone()));
        }
        if !taken.insert(column.clone()) {
            return Err(ExplainError::Twice(column.clone()));
        }
    }
    let mut groups: Vec<FeatureGroup> = named
        .iter()
        .map(|(name, columns)| FeatureGroup { name: name.clone(), columns: columns.clone() })
        .collect();
    let first_of_rest = groups.len();
    for feature in features.iter().filter(|feature| !taken.contains(*feature)) {
        let name = match rest {
            Rest::Blocks => block(feature).unwrap_or(feature),
            Rest::Prefix => {
                feature.split(['_', '.', '-']).next().filter(|p| !p.is_empty()).unwrap_or(feature)
            }
        };
        match groups[first_of_rest..].iter_mut().find(|group| group.name == name) {
            Some(group) => group.columns.push(feature.clone()),
            None => groups.push(FeatureGroup { name: name.to_owned(), columns: vec![feature.clone()] }),
        }
    }
    Ok(groups)
}

/// The block of one of relata's own features.
fn block(feature: &str) -> Option<&'static str> {
    if feature == CLOSENESS {
        return Some("closeness");
    }
    let blocks = [
        ("scales", &features::CENTRED[..]),
        ("vignettes", &features::VIGNETTE[..]),
        ("allocation", &features::ALLOCATION[..]),
    ];
    blocks.iter().find(|(_, names)| names.contains(&feature)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn shown(groups: &[FeatureGroup]) -> Vec<String> {
        groups.iter().map(|group| format!("{}={}", group.name, group.columns.join("+"))).collect()
    }

    #[test]
    fn every_feature_is_in_one_group() {
        let features = names("centred_cs centred_mp closeness vignette_ar price_a price_b age");
        let blocks = together(&features, &[], Rest::Blocks).unwrap();
        assert_eq!(
            shown(&blocks),
            [
                "scales=centred_cs+centred_mp",
                "closeness=closeness",
                "vignettes=vignette_ar",
                "price_a=price_a",
                "price_b=price_b",
                "age=age"
            ]
        );
        let named = [("mine".to_owned(), names("age price_a"))];
        let prefix = together(&features, &named, Rest::Prefix).unwrap();
        assert_eq!(
            shown(&prefix),
            [
                "mine=age+price_a",
                "centred=centred_cs+centred_mp",
                "closeness=closeness",
                "vignette=vignette_ar",
                "price=price_b"
            ]
        );
    }

    #[test]
    fn unknown_and_doubled_columns_are_refused() {
        let features = names("a b");
        let named = |columns: &str| together(&features, &[("x".into(), names(columns))], Rest::Blocks);
        assert_eq!(named("c"), Err(ExplainError::NoFeature("c".into())));
        assert_eq!(named("a a"), Err(ExplainError::Twice("a".into())));
    }
}
