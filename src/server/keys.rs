//! Identity: secrets derived from the room's secret and a session, so that nothing has to be stored and participants can continue
//! after a restart.
//!
//! Never identifies people by their address, because a whole room may share one.

use crate::instrument::content_hash_of;
use crate::study::SessionId;

/// Letters that form no words and are not mistaken for one another.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Characters of a room's code, none of which looks like another.
const SIGNS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Hexadecimal digits of the mark in a cookie, four bits each.
const MARK: usize = 40;

/// The secret of a room.
#[derive(Clone)]
pub(super) struct Keys {
    secret: String,
}

impl Keys {
    pub fn new(secret: &str) -> Self {
        Self { secret: secret.to_owned() }
    }

    /// A keyed hash: 64 hexadecimal digits. The key is as long as a hash and wraps another keyed hash, which prevents length
    /// extension.
    fn mark(&self, purpose: &str, text: &str) -> String {
        let inner = content_hash_of(&[&self.secret, purpose, "\n", text]);
        content_hash_of(&[&self.secret, &inner])
    }

    /// The value of a cookie.
    pub fn token(&self, session: &SessionId) -> String {
        let id = session.to_string();
        let mark = self.mark("seat", &id);
        format!("{id}.{}", &mark[..MARK])
    }

    /// The session of a cookie; `None` if the cookie is not one of this room.
    pub fn session(&self, token: &str) -> Option<SessionId> {
        let (id, _) = token.split_once('.')?;
        let session: SessionId = id.parse().ok()?;
        same(&self.token(&session), token).then_some(session)
    }

    /// The word with which a participant continues on another device.
    pub fn word(&self, session: &SessionId) -> String {
        self.spelt("word", &session.to_string(), LETTERS)
    }

    /// The code of the room.
    pub fn code(&self) -> String {
        self.spelt("code", "", SIGNS)
    }

    /// The secret part of the projector's URL.
    pub fn projector(&self) -> String {
        self.mark("projector", "")[..MARK].to_owned()
    }

    /// The secret part of a single-use link; `whom` names the respondent, if it is for one only.
    pub fn link(&self, number: usize, whom: &str) -> String {
        format!("{number}-{}", &self.mark("link", &format!("{number}{whom}"))[..MARK])
    }

    fn spelt(&self, purpose: &str, text: &str, signs: &[u8]) -> String {
        let mark = self.mark(purpose, text);
        let sign = |at: usize| {
            let bits = u32::from_str_radix(mark.get(8 * at..8 * at + 8).unwrap_or("0"), 16).unwrap_or(0);
            char::from(signs[bits as usize % signs.len()])
        };
        (0..4).map(sign).collect()
    }
}

/// Compares two texts in constant time, so that the time does not reveal where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_of_one_session_in_one_room() {
        let (keys, others) = (Keys::new(&"a".repeat(64)), Keys::new(&"b".repeat(64)));
        let session = SessionId::new(1_760_000_000_000, [7; 10]);
        let token = keys.token(&session);
        assert_eq!(keys.session(&token), Some(session));
        assert_eq!(others.session(&token), None);
        for forged in [
            String::new(),
            session.to_string(),
            format!("{session}."),
            format!("{session}.{}", "0".repeat(MARK)),
            token[..token.len() - 1].to_owned(),
            format!("{token}0"),
            token.replacen('7', "8", 1),
        ] {
            assert_eq!(keys.session(&forged), None, "{forged}");
        }
        assert_eq!(keys.link(3, "ab"), keys.link(3, "ab"));
        for other in [keys.link(4, "ab"), keys.link(3, "cd"), others.link(3, "ab")] {
            assert_ne!(other[2..], keys.link(3, "ab")[2..]);
        }
        assert_ne!(keys.word(&session), others.word(&session));
        assert!(keys.word(&session).bytes().all(|letter| LETTERS.contains(&letter)));
        assert_eq!((keys.code().len(), keys.projector().len()), (4, MARK));
    }
}
