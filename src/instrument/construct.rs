//! What a scale may claim to measure: a closed list with a few open families.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of Fiske's four relational models (Fiske 1991, 1992). Everywhere in relata the order is CS, AR, EM, MP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RelationalModel {
    /// Communal sharing: what is needed, no bookkeeping, one of us.
    #[serde(rename = "CS")]
    CommunalSharing,
    /// Authority ranking: rank decides; obey and be protected.
    #[serde(rename = "AR")]
    AuthorityRanking,
    /// Equality matching: balance, turns, favour for favour.
    #[serde(rename = "EM")]
    EqualityMatching,
    /// Market pricing: proportion; cost against yield.
    #[serde(rename = "MP")]
    MarketPricing,
}

impl RelationalModel {
    /// All four, in the order that every vector of four follows.
    pub const ALL: [Self; 4] =
        [Self::CommunalSharing, Self::AuthorityRanking, Self::EqualityMatching, Self::MarketPricing];

    /// Position in vectors of four.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The two-letter abbreviation of the literature.
    pub fn abbreviation(self) -> &'static str {
        ["CS", "AR", "EM", "MP"][self.index()]
    }

    /// The full name as it stands in instrument files.
    pub fn name(self) -> &'static str {
        ["communal_sharing", "authority_ranking", "equality_matching", "market_pricing"][self.index()]
    }
}

impl RelationalModel {
    /// The model that somebody typed: CS, AR, EM, MP or a full name, in any case and with spaces or hyphens.
    pub fn typed(text: &str) -> Option<Self> {
        text.trim().to_lowercase().replace([' ', '-'], "_").parse().ok()
    }
}

impl fmt::Display for RelationalModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.abbreviation())
    }
}

impl FromStr for RelationalModel {
    type Err = ();

    /// Accepts the abbreviation in either case and the full name.
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|model| model.abbreviation().eq_ignore_ascii_case(text) || model.name() == text)
            .ok_or(())
    }
}

/// Fewest indicators for the composite of what respondents say.
pub const FEWEST_INDICATORS: usize = 4;

/// What a scale claims to measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Construct {
    /// All four models at once, from choices or shares.
    Models,
    /// One relational model.
    Model(RelationalModel),
    /// Said sentiment toward the organisation.
    ExplicitSentiment,
    /// Associated sentiment toward the organisation.
    IndirectSentiment,
    /// Intention to stay: kept out of the explicit composite.
    Intention,
    /// A member of an open family, such as `emotion.joy`.
    Family(Family, String),
}

/// The open families of constructs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Single consumption emotions (Richins 1997).
    Emotion,
    /// Trust, reciprocity, intensity, time (Wu).
    BuildingBlock,
    /// Togetherness, respect, conflict, self-image, attraction (Dijkstra and Barelds).
    SuccessFactor,
    /// Identification, experience, significance (Verduin).
    Relevance,
    /// Emotional, instrumental, relational.
    Dimension,
}

impl Family {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Emotion, "emotion"),
        (Self::BuildingBlock, "building_block"),
        (Self::SuccessFactor, "success_factor"),
        (Self::Relevance, "relevance"),
        (Self::Dimension, "dimension"),
    ];

    /// The family with this prefix.
    pub fn of_prefix(prefix: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == prefix).map(|(family, _)| *family)
    }

    /// The family that a name begins with, and what follows it: a member, or nothing.
    pub fn of_name(name: &str) -> Option<(Self, Option<&str>)> {
        Self::ALL.iter().find_map(|(family, prefix)| match name.strip_prefix(prefix)? {
            "" => Some((*family, None)),
            member => Some((*family, Some(member.strip_prefix('_')?))),
        })
    }

    /// Whether a member is compared with the others of its framework: emotions never are, of the building blocks only the four
    /// whose balance is a finding (not what customers are to each other), and all members of the others.
    pub fn compares(self, member: &str) -> bool {
        match self {
            Self::BuildingBlock => ["trust", "reciprocity", "intensity", "time"].contains(&member),
            Self::Emotion => false,
            Self::SuccessFactor | Self::Relevance | Self::Dimension => true,
        }
    }

    /// The prefix in instrument files.
    pub fn prefix(self) -> &'static str {
        Self::ALL.iter().find(|(family, _)| *family == self).map_or("", |(_, prefix)| prefix)
    }
}

impl Construct {
    /// Every spelling that an instrument may use, families with `*`; for messages and help.
    pub fn spellings() -> Vec<String> {
        let fixed = ["relational_model", "explicit_sentiment", "indirect_sentiment", "intention"];
        let models = RelationalModel::ALL.map(|model| format!("relational_model.{}", model.name()));
        let families = Family::ALL.map(|(_, prefix)| format!("{prefix}.*"));
        fixed.into_iter().map(str::to_owned).chain(models).chain(families).collect()
    }
}

impl fmt::Display for Construct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Models => f.write_str("relational_model"),
            Self::Model(model) => write!(f, "relational_model.{}", model.name()),
            Self::ExplicitSentiment => f.write_str("explicit_sentiment"),
            Self::IndirectSentiment => f.write_str("indirect_sentiment"),
            Self::Intention => f.write_str("intention"),
            Self::Family(family, member) => write!(f, "{}.{member}", family.prefix()),
        }
    }
}

impl FromStr for Construct {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is no construct that relata knows");
        match text {
            "relational_model" => return Ok(Self::Models),
            "explicit_sentiment" => return Ok(Self::ExplicitSentiment),
            "indirect_sentiment" => return Ok(Self::IndirectSentiment),
            "intention" => return Ok(Self::Intention),
            _ => {}
        }
        let (prefix, member) = text.split_once('.').ok_or_else(unknown)?;
        if prefix == "relational_model" {
            let model = RelationalModel::ALL.into_iter().find(|model| model.name() == member);
            return model.map(Self::Model).ok_or_else(unknown);
        }
        let family = Family::ALL.iter().find(|(_, known)| *known == prefix).ok_or_else(unknown)?.0;
        if member.is_empty() {
            return Err(unknown());
        }
        Ok(Self::Family(family, member.to_owned()))
    }
}

impl From<Construct> for String {
    fn from(construct: Construct) -> Self {
        construct.to_string()
    }
}

impl TryFrom<String> for Construct {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Whose norms a scale records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    /// The respondent's own.
    #[default]
    Own,
    /// The respondent's estimate of the other side.
    Other,
}

impl Perspective {
    /// Both, own first.
    pub const ALL: [Self; 2] = [Self::Own, Self::Other];

    /// The word in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_construct_reads_back_from_its_own_spelling() {
        for spelling in Construct::spellings() {
            let text = spelling.replace('*', "joy");
            assert_eq!(text.parse::<Construct>().map(|c| c.to_string()), Ok(text));
        }
        assert!("emotion.".parse::<Construct>().is_err());
        assert!("relational_model.friendship".parse::<Construct>().is_err());
    }

    #[test]
    fn models_in_any_case_and_spelling() {
        for text in ["MP", "mp", "market_pricing", "Market Pricing", " market-pricing "] {
            assert_eq!(RelationalModel::typed(text), Some(RelationalModel::MarketPricing), "{text}");
        }
        assert_eq!(RelationalModel::typed("Communal Sharing"), Some(RelationalModel::CommunalSharing));
        assert_eq!(RelationalModel::typed("MPP"), None);
    }
}
