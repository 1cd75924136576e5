//! What the screens need from outside, wired to the study, the clock and the system's random numbers.

mod shown;

use std::sync::Arc;

use super::input;
use super::interview::{FormArgs, prefilled};
use super::report::of_session;
use super::retention::today;
use super::{Failure, StudyArg, code, remark, result};
use crate::analysis::relation::{CUSTOMER, Due};
use crate::analysis::{Filter, Measured, StudyReport};
use crate::coding::{Coding, Draft, Seen};
use crate::instrument::{Audience, FORMERLY, Instrument, Language, shipped};
use crate::interview::{Instant, Interview, Live, NotKept, SavedElsewhere};
use crate::report::document::{Reader, Shown};
use crate::report::html::to_html;
use crate::report::{self, Report};
use crate::store::{Held, Mode, SessionHeader, SessionId, Study};
use crate::study::blind::Blinding;
use crate::study::coding::{self, CodeComparison, CodingMaterial};
use crate::study::interviews::{self, Running, StartForm};
use crate::study::measuring::measured;
use crate::study::retention;
use crate::study::{Preparation, StudyError, UnusablePart, advised, digests, relations};
use crate::text;
use crate::tui::{self, Backend, RelationLine, SessionLine};
use shown::{relation_line, screen_form, session_line};

/// What our side fills in about a customer.
const OURS: &str = "account-self-assessment";

/// The backend of one run: an open study and what the flags said.
pub(super) struct StudyBackend<'a> {
    pub(super) study: Study,
    args: &'a FormArgs,
    /// The study as the command line names it.
    arg: &'a StudyArg,
    /// Who coded last in this run; empty before.
    coder: String,
    /// The relations among the sessions that were listed last.
    relations: Vec<RelationLine>,
    /// The study as it was measured last.
    measured: Option<Measured>,
    /// Peers of the running interview.
    preparation: Option<Preparation>,
    /// The interview that is being coded, in case its study goes away.
    held: Option<Held>,
    /// Sessions that were begun here: no other process has left them, so that they may be taken away again.
    begun: Vec<SessionId>,
    /// The study that took the place of the one that the flags name, because that one was lost.
    pub(super) moved: Option<SavedElsewhere>,
}

impl Backend for StudyBackend<'_> {
    fn now(&self) -> Instant {
        input::now()
    }

    fn language(&self) -> Language {
        Language::or_fallback(self.args.lang.clone().or_else(input::language).as_deref())
    }

    fn study(&self) -> tui::StudyLine {
        let path = self.study.path();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let language = self.language();
        let reminder = retention::reminder(&self.study, today()).map(|reminder| reminder.in_words(&language));
        tui::StudyLine { name, place: path.display().to_string(), reminder }
    }

    fn instruments(&self) -> Vec<Arc<Instrument>> {
        shipped::AT_HOME.iter().filter_map(|name| input::instrument(name).ok()).collect()
    }

    fn further_instruments(&self) -> Vec<Arc<Instrument>> {
        let further = shipped::NAMES.iter().filter(|name| !shipped::AT_HOME.contains(name));
        further.filter_map(|name| input::instrument(name).ok()).collect()
    }

    fn sessions(&mut self) -> Result<Vec<SessionLine>, String> {
        let (headers, unreadable) = self.study.all_sessions().map_err(|error| error.to_string())?;
        unreadable.into_iter().for_each(|bad| input::hear(&UnusablePart::Session(bad)));
        let mut loader = input::loader(&self.study);
        let unanswered = digests::unanswered(&self.study, &headers).map_err(|error| error.to_string())?;
        // Reading all sessions a second time would take as long again.
        let listed = relations::listed(&mut loader, &headers, &unanswered, input::now(), Due::DAYS);
        let lines: Result<Vec<_>, _> = headers
            .iter()
            .rev()
            .map(|header| session_line(&mut loader, header, unanswered.refused.contains(&header.id), &listed))
            .collect();
        let lines = lines.map_err(|failure| failure.sentence())?.into_iter().flatten().collect();
        self.relations = listed.into_iter().map(relation_line).collect();
        Ok(lines)
    }

    fn relations(&mut self) -> Vec<RelationLine> {
        self.relations.clone()
    }

    fn relation(&mut self, relation: &RelationLine, language: &Language) -> Result<Shown, String> {
        self.page_of(relation, language).map_err(|failure| failure.sentence())
    }

    fn relation_place(&self, relation: &RelationLine) -> String {
        result::free_place(&self.study, &relation.code).display().to_string()
    }

    fn save_relation(
        &mut self,
        relation: &RelationLine,
        language: &Language,
        place: &str,
    ) -> Result<String, String> {
        let saved = result::asked_place(place, &relation.code, language).and_then(|path| {
            let document = self.page_of(relation, language)?;
            result::keep(&path, &to_html(&document))
        });
        saved.map_err(|failure| failure.sentence())
    }

    fn next_assessment(
        &mut self,
        relation: &RelationLine,
    ) -> Result<(Vec<Arc<Instrument>>, tui::FormEntries), String> {
        let mut loader = input::loader(&self.study);
        let is_called = |name: &str| relation.is_called(name);
        let before = relations::before(&mut loader, &self.study, &relation.code, is_called)
            .map_err(|why| why.to_string())?;
        let (header, instrument) = before.ok_or_else(|| {
            text!(
                &Language::or_fallback(input::language().as_deref()),
                "cli-relation-none",
                code = &relation.code
            )
        })?;
        // The current text of the questionnaire; one that is not shipped goes on in the text that was used. A customer's form is not filled
        // in for them, so that our side begins with its own.
        let is_ours = instrument.is_of_an_account();
        let first = match is_ours {
            true => input::instrument(&instrument.name).unwrap_or(instrument),
            false => input::instrument(OURS).map_err(|failure| failure.sentence())?,
        };
        let others = shipped::NAMES.iter().filter(|name| **name != first.name);
        let others = others.filter_map(|name| input::instrument(name).ok());
        let others: Vec<_> = others.filter(|other| other.is_of_an_account()).collect();
        let mut form = tui::FormEntries {
            respondent: header.respondent,
            customer: Some(relation.name.clone()).filter(|name| !name.is_empty()),
            ..tui::FormEntries::default()
        };
        if is_ours {
            form.interviewer = header.interviewer.unwrap_or_default();
            form.fields = header.start.fields;
            form.fields.remove(FORMERLY);
        }
        form.fields.extend(form.customer.clone().map(|name| (CUSTOMER.to_owned(), name)));
        Ok(([vec![first], others].concat(), form))
    }

    fn prefilled(&mut self, _: &Instrument) -> tui::FormEntries {
        // Without a list of sessions there is no free code to suggest; the person types one.
        let mut form = prefilled(self.args, &self.study).map(screen_form).unwrap_or_default();
        form.free = self.args.respondent.is_none().then(|| form.respondent.clone());
        form
    }

    fn code_of(&mut self, instrument: &Instrument, customer: &str) -> Option<String> {
        // Where the lookup fails, the form stays empty; the error is shown when the interview begins.
        interviews::code_of(&self.study, &input::hear, instrument, customer).ok().flatten()
    }

    fn begin(
        &mut self,
        instrument: &Arc<Instrument>,
        form: &tui::FormEntries,
    ) -> Result<(String, Live), String> {
        if input::is_on_another_day() && !form.test {
            return Err(text!(
                &Language::or_fallback(input::language().as_deref()),
                "cli-interview-on-needs-rehearsal"
            ));
        }
        let form = StartForm {
            respondent: form.respondent.clone(),
            interviewer: Some(form.interviewer.clone()),
            language: form.language.as_ref().map(|language| language.as_str().to_owned()),
            fields: form.fields.clone(),
            seed: self.args.seed,
            test: form.test,
        };
        let moment = input::moment().map_err(|failure| failure.sentence())?;
        let begun = interviews::begin(&mut self.study, &input::hear, instrument, &form, Mode::Screen, moment);
        self.begun.extend(begun.as_ref().ok().map(|running| running.id));
        self.goes_on(begun)
    }

    fn resume(&mut self, session: &str) -> Result<(String, Live), String> {
        let header = self.header(session)?;
        let resumed = interviews::resume(&mut self.study, &input::hear, &header, input::now());
        self.goes_on(resumed)
    }

    fn review(&self, interview: &Interview) {
        self.preparation.iter().for_each(|preparation| preparation.review(interview));
    }

    fn forget(&mut self, session: &str) -> Result<(), String> {
        let header = self.header(session)?;
        if !self.begun.contains(&header.id) {
            return Err(format!("session {} was not begun here", header.id.short()));
        }
        match self.study.forget_untouched(&header.id) {
            Ok(true) => Ok(()),
            Ok(false) => Err(format!("session {} is not empty", header.id.short())),
            Err(error) => Err(error.to_string()),
        }
    }

    fn page_place(&self, session: &str) -> String {
        let header = self.study.session(session);
        header.map(|header| result::place(&self.study, &header).display().to_string()).unwrap_or_default()
    }

    fn save_page(
        &mut self,
        session: &str,
        language: &Language,
        reader: Audience,
        place: &str,
    ) -> Result<String, String> {
        let header = self.header(session)?;
        result::save(&self.study, &header.id, language, reader, place).map_err(|failure| failure.sentence())
    }

    fn report_command(&self, session: &str) -> String {
        self.study.session(session).map(|header| result::command(&header, self.arg)).unwrap_or_default()
    }

    fn is_rehearsal(&self, session: &str) -> bool {
        self.study.session(session).is_ok_and(|header| header.test)
    }

    fn follow(&mut self, saved: &SavedElsewhere) -> Result<(), String> {
        let language = self.language();
        let study = Study::open_again(std::path::Path::new(&saved.place))
            .map_err(|error| error.in_words(&language))?;
        (self.study, self.measured) = (study, None);
        self.moved = Some(saved.clone().after(self.moved.as_ref()));
        Ok(())
    }

    fn report(&mut self, session: &str, language: &Language) -> Result<Report, String> {
        let header = self.header(session)?;
        of_session(&self.study, &header, Some(language.as_str())).map_err(|failure| failure.sentence())
    }

    fn was_shown(&mut self, report: &Report, reader: Option<Audience>) {
        if let Ok(header) = self.study.session(&report.session) {
            let reader = reader.map_or(Reader::Researcher, Reader::from);
            let shown = advised::of_result(&header, report, reader, input::now());
            result::keep_advice(&self.study, shown, &self.language());
        }
    }

    fn findings(&mut self, filter: &Filter, language: &Language, anew: bool) -> Result<StudyReport, String> {
        if anew || self.measured.is_none() {
            let (measured, fresh) = measured(&self.study, &input::hear).map_err(|why| why.to_string())?;
            digests::keep(&mut self.study, &fresh);
            self.measured = Some(measured);
        }
        let measured = self.measured.as_ref().ok_or_else(|| "the study has not been read".to_owned())?;
        Ok(StudyReport::build(measured, filter, language))
    }

    fn erase(&mut self, session: &str) -> Result<(), String> {
        let header = self.header(session)?;
        digests::forget_fitted();
        self.study.erase_session(&header.id, input::now()).map(|_| ()).map_err(|error| error.to_string())
    }

    fn coder(&self) -> String {
        self.coder.clone()
    }

    fn shown_to_coders(&self) -> Seen {
        // What cannot be read is said when the interview is; until then the less.
        Blinding::of(&self.study).map_or(Seen::Narrative, |blinding| blinding.seen)
    }

    fn reading(
        &mut self,
        session: &str,
        whose: (&str, bool),
        language: &Language,
    ) -> Result<CodingMaterial, String> {
        let header = coding::to_code(&mut input::loader(&self.study), session);
        let reading = header
            .and_then(|header| coding::reading(&mut self.study, &input::hear, &header, whose, language));
        let reading = reading.map_err(|why| Failure::from(why).sentence())?;
        self.coder = whose.0.to_owned();
        self.held = None;
        self.hold_anew(session);
        Ok(reading)
    }

    fn keep_draft(&mut self, session: &str, whose: (&str, bool), draft: &Draft) -> Result<(), NotKept> {
        let id = session.parse::<SessionId>()?;
        coding::keep_draft(&mut self.study, &id, whose, draft, input::now())?;
        self.hold_anew(session);
        Ok(())
    }

    fn rescue_place(&self, session: &str) -> String {
        let end: String = session.chars().skip(28).collect();
        self.study.free_place(&end).display().to_string()
    }

    fn rescue(&mut self, session: &str, place: &str) -> Result<String, String> {
        let language = self.language();
        let held = self.held.as_ref().ok_or_else(|| format!("session {session} is not in memory"))?;
        let place = std::path::Path::new(place);
        let study = self.study.save_elsewhere(place, held).map_err(|error| error.in_words(&language))?;
        (self.study, self.measured) = (study, None);
        let place = self.study.path().display().to_string();
        let saved = SavedElsewhere { place: place.clone(), ..SavedElsewhere::default() };
        self.moved = Some(saved.after(self.moved.as_ref()));
        Ok(place)
    }

    fn keep_code(&mut self, session: &str, whose: (&str, bool), coding: &Coding) -> Result<(), NotKept> {
        let id = session.parse::<SessionId>()?;
        let moment = input::code_moment().map_err(|failure| failure.sentence())?;
        coding::keep_code(&mut self.study, &id, whose, coding.clone(), moment)?;
        self.hold_anew(session);
        Ok(())
    }

    fn compared(
        &mut self,
        session: &str,
        coder: &str,
        language: &Language,
    ) -> Result<CodeComparison, String> {
        coding::compared(&self.study, &input::hear, session, coder, language)
            .map_err(|why| Failure::from(why).sentence())
    }
}

impl<'a> StudyBackend<'a> {
    pub(super) fn new(study: Study, args: &'a FormArgs, arg: &'a StudyArg) -> Self {
        Self {
            study,
            args,
            arg,
            coder: String::new(),
            relations: Vec::new(),
            measured: None,
            preparation: None,
            held: None,
            begun: Vec::new(),
            moved: None,
        }
    }

    /// Copies the coded interview into memory again; keeps the earlier copy where that fails.
    fn hold_anew(&mut self, session: &str) {
        if let Some(held) = session.parse().ok().and_then(|id| self.study.hold(&id).ok()) {
            self.held = Some(held);
        }
    }

    /// The page of a relation.
    fn page_of(&mut self, relation: &RelationLine, language: &Language) -> Result<Shown, Failure> {
        let customer = Some(relation.name.as_str()).filter(|name| !name.is_empty());
        let key = (relation.code.as_str(), customer);
        let (known, sessions) =
            relations::known(&self.study, &input::hear, key, language, |header| !header.test)?;
        digests::keep(&mut self.study, &sessions.fresh);
        let known = known
            .ok_or_else(|| Failure::refused(text!(language, "cli-relation-none", code = &relation.code)))?;
        let known = known.told_to(Reader::Account);
        let shown = advised::of_relation(&known.things(language), Reader::Account, language, input::now());
        result::keep_advice(&self.study, shown, language);
        Ok(report::relation::shown(known, Reader::Account, language))
    }

    fn header(&self, session: &str) -> Result<SessionHeader, String> {
        self.study.session(session).map_err(|error| error.to_string())
    }

    /// Takes over an interview that was begun or picked up.
    fn goes_on(&mut self, running: Result<Running, StudyError>) -> Result<(String, Live), String> {
        let Running { id, live, preparation } = running.map_err(|why| Failure::from(why).sentence())?;
        self.preparation = Some(preparation);
        Ok((id.to_string(), live))
    }

    /// Where the study lies now, as commands name it.
    pub(super) fn whereabouts(&self) -> StudyArg {
        if self.moved.is_some() { StudyArg::at(self.study.path()) } else { self.arg.clone() }
    }

    /// Says how to go on with a code that was begun and not saved.
    pub(super) fn say_what_is_unsaved(&self, session: Option<&str>, arg: &StudyArg) -> Result<(), Failure> {
        let Some(session) = session.filter(|_| !self.coder.is_empty()) else { return Ok(()) };
        let header = self.study.session(session)?;
        if self.study.draft(&header.id, &self.coder, false)?.is_some() {
            remark(&code::kept_as_draft(&header.id, &self.coder, arg, &self.language()));
        }
        Ok(())
    }
}
