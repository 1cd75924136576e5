//! The action that an advice recommends, so that a short list of advice from several questionnaires neither repeats an action
//! nor contradicts itself.

/// An action that an advice recommends, by the account side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Put right what is wrong now.
    Mend,
    /// Find out what would keep them.
    Stay,
    /// Ask an open question before anything else.
    Ask,
    /// Come closer, as to somebody who belongs.
    Nearness,
    /// Leave room: less closeness, less contact.
    Room,
    /// Get in touch first, or more often.
    Contact,
    /// Settle who decides.
    Lead,
    /// Let them decide along.
    Share,
    /// Give back what is owed.
    Balance,
    /// Show what it costs and what it yields.
    Yield,
    /// Leave price and turns out of it.
    Gift,
    /// Protect what is strong.
    Keep,
}

impl Act {
    /// Each with its word in files.
    pub const ALL: &[(&str, Self)] = &[
        ("mend", Self::Mend),
        ("stay", Self::Stay),
        ("ask", Self::Ask),
        ("nearness", Self::Nearness),
        ("room", Self::Room),
        ("contact", Self::Contact),
        ("lead", Self::Lead),
        ("share", Self::Share),
        ("balance", Self::Balance),
        ("yield", Self::Yield),
        ("gift", Self::Gift),
        ("keep", Self::Keep),
    ];

    /// Whether the two actions exclude each other.
    pub fn contradicts(self, other: Self) -> bool {
        use Act::{Balance, Contact, Gift, Lead, Mend, Nearness, Room, Share, Yield};
        const CONTRARY: [(Act, Act); 7] = [
            (Nearness, Room),
            (Contact, Room),
            // Leaving room rules out a call about what went wrong.
            (Mend, Room),
            (Lead, Share),
            (Nearness, Yield),
            (Gift, Yield),
            (Gift, Balance),
        ];
        CONTRARY
            .iter()
            .any(|(one, another)| (self, other) == (*one, *another) || (other, self) == (*one, *another))
    }
}
