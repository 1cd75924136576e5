//! Taking a session away again that nobody has answered anything in. Owns that one exception to the rule that a session is
//! either kept or erased; refuses as soon as there is anything to lose.

use super::erase::drop_unused_instruments;
use super::error::StoreError;
use super::{SessionId, Study};

impl Study {
    /// Takes a session away in which nothing was answered, begun, noted or corrected, without a tombstone: nobody was in it. Says
    /// whether it did.
    pub fn forget_untouched(&mut self, id: &SessionId) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let taken = transaction.execute(
                "DELETE FROM sessions WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM answer_drafts WHERE session = ?1) AND NOT EXISTS (
                     SELECT 1 FROM events WHERE session = ?1
                     AND (event LIKE '{\"answered\"%' OR event LIKE '{\"noted\"%' OR event LIKE '{\"field\"%'
                          OR event IN ('\"finished\"', '\"withdrawn\"')))",
                [id.to_string()],
            )?;
            if taken > 0 {
                drop_unused_instruments(transaction)?;
            }
            Ok(taken > 0)
        })
    }
}
