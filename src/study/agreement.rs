//! Selects the codes of a study that are compared, and counts what was left out.
//!
//! Consent, rehearsals and what coders could have seen decide it, for the command and the report alike. The coefficients are in
//! [`crate::coding::agreement`].

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{CodeCounts, SessionCodes, independent, standings, without_refused};
use super::{Hear, StudyError};
use crate::coding::Seen;
use crate::coding::agreement::CodeTable;
use crate::instrument::RelationalModel;
use crate::store::{Code, SessionHeader, SessionId, Study};

/// Which codes are asked for.
#[derive(Debug, Clone, Default)]
pub struct AgreementScope {
    /// The latest code of every coder instead of the first.
    pub latest: bool,
    /// Only codes whose coders had seen this, or (`Some(None)`) for which that is unknown; none for all.
    pub seen: Option<Option<Seen>>,
    /// Only these coders; empty for all.
    pub coders: Vec<String>,
    /// Only sessions of simulated respondents, or of real ones; none for all.
    pub simulated: Option<bool>,
    /// Rehearsals too.
    pub with_tests: bool,
}

/// The codes that are compared.
#[derive(Debug)]
pub struct ComparedCodes {
    /// Sessions with these codes, the earliest first.
    pub sessions: Vec<(SessionHeader, SessionCodes)>,
    /// Coded sessions that are left out because consent was refused in them.
    pub refused: usize,
    /// Rehearsals among the coded sessions.
    pub rehearsals: usize,
    /// How often a coder changed the model of one of these sessions after the first code.
    pub changed: usize,
    /// Codes of these sessions that are not compared.
    pub not_compared: usize,
}

impl ComparedCodes {
    /// Of a study.
    ///
    /// # Errors
    /// A study that cannot be read, and a coder without a code.
    pub fn of(study: &Study, hear: Hear, scope: &AgreementScope) -> Result<Self, StudyError> {
        let mut standings = if scope.latest { standings(study)? } else { independent(study)? };
        let asked = |code: &Code| scope.seen.is_none_or(|seen| code.coding.seen == seen);
        let all = standings.values().flat_map(|standing| &standing.coders);
        let known: BTreeSet<&String> = all.filter(|code| asked(code)).map(|code| &code.coder).collect();
        if let Some(unknown) = scope.coders.iter().find(|coder| !known.contains(coder)) {
            return Err(StudyError::new(format!("no code of `{unknown}` is in the study"))
                .help("`relata code list` shows who coded what"));
        }
        let wanted =
            |code: &Code| asked(code) && (scope.coders.is_empty() || scope.coders.contains(&code.coder));
        standings.values_mut().for_each(|standing| standing.coders.retain(&wanted));
        let headers = super::sessions(study, hear)?;
        let refused = without_refused(study, &headers, &mut standings)?;
        let mut sessions: Vec<(SessionHeader, SessionCodes)> = headers
            .into_iter()
            .filter(|header| scope.simulated.is_none_or(|simulated| header.simulated() == simulated))
            .filter_map(|header| standings.remove(&header.id).map(|standing| (header, standing)))
            .filter(|(_, standing)| !standing.coders.is_empty())
            .collect();
        let rehearsals = sessions.iter().filter(|(header, _)| header.test).count();
        sessions.retain(|(header, _)| scope.with_tests || !header.test);
        let compared: BTreeSet<SessionId> = sessions.iter().map(|(header, _)| header.id).collect();
        let mut all = study.all_codes()?;
        all.retain(|code| compared.contains(&code.session));
        let taken: usize = sessions.iter().map(|(_, standing)| standing.coders.len()).sum();
        let not_compared = all.len().saturating_sub(taken);
        Ok(Self { sessions, refused, rehearsals, changed: changed(all), not_compared })
    }

    /// How they were made.
    pub fn made(&self) -> CodeCounts {
        CodeCounts::of(self.sessions.iter().flat_map(|(_, standing)| &standing.coders))
    }

    /// Them as a table.
    pub fn table(&self) -> CodeTable {
        code_table(self.sessions.iter().map(|(_, standing)| standing))
    }
}

/// How often a coder changed the model of a session after the first code.
fn changed(codes: Vec<Code>) -> usize {
    let mut models: BTreeMap<(SessionId, String), Vec<RelationalModel>> = BTreeMap::new();
    for code in codes.into_iter().filter(|code| !code.consensus) {
        models.entry((code.session, code.coder)).or_default().push(code.coding.dominant);
    }
    models.values().filter(|given| given.first() != given.last()).count()
}

/// Codes of sessions as a table: a row each, a column for every coder.
pub fn code_table<'a>(standings: impl Iterator<Item = &'a SessionCodes> + Clone) -> CodeTable {
    let coders: BTreeSet<&String> =
        standings.clone().flat_map(|standing| standing.coders.iter().map(|code| &code.coder)).collect();
    let row = |standing: &SessionCodes| {
        let of = |coder: &&String| {
            let code = standing.coders.iter().find(|code| code.coder == **coder);
            code.map(|code| code.coding.dominant)
        };
        coders.iter().map(of).collect()
    };
    CodeTable { rows: standings.map(row).collect(), coders: coders.into_iter().cloned().collect() }
}
