//! An in-memory backend with a journal whose file can disappear.

use super::*;

/// Everything that a session kept.
pub(super) type Kept = Rc<RefCell<Vec<Stamped>>>;

/// Unfinished entries.
pub(super) type KeptBeginnings = Rc<RefCell<crate::interview::Beginnings>>;

/// An in-memory journal whose file can disappear.
pub(super) struct Collector {
    pub kept: Kept,
    pub begun: KeptBeginnings,
    pub gone: Rc<RefCell<bool>>,
    pub full: Rc<RefCell<bool>>,
    pub busy: Rc<RefCell<bool>>,
    pub wiped: Rc<RefCell<bool>>,
}

impl Collector {
    /// Fails if the journal cannot be written at the moment.
    fn room(&self) -> Result<(), NotKept> {
        self.place()?;
        if *self.busy.borrow() {
            return Err("Another program holds the file.".to_owned().into());
        }
        self.disk()
    }

    fn disk(&self) -> Result<(), NotKept> {
        if *self.full.borrow() { Err("The disk is full.".to_owned().into()) } else { Ok(()) }
    }

    fn place(&self) -> Result<(), NotKept> {
        if *self.wiped.borrow() {
            let sentence = "It was erased by another program.".to_owned();
            let mut why = NotKept::from(sentence);
            why.erased = true;
            return Err(why);
        }
        match *self.gone.borrow() {
            true => Err(NotKept::new(true, |_| "The file is not there any more.".into())),
            false => Ok(()),
        }
    }
}

impl Journal for Collector {
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), NotKept> {
        self.room()?;
        self.kept.borrow_mut().push(Stamped { at, event: event.clone() });
        self.begun.borrow_mut().retain(|(item, step), _| !event.settles(item, *step));
        Ok(())
    }

    fn keep_begun(&mut self, _: Instant, item: &str, step: usize, begun: &Begun) -> Result<(), NotKept> {
        self.room()?;
        self.begun.borrow_mut().insert((item.to_owned(), step), begun.clone());
        Ok(())
    }

    fn check(&mut self) -> Result<(), NotKept> {
        self.place()
    }

    fn suggested_place(&self) -> String {
        "study-s1.relata".into()
    }

    fn save_elsewhere(&mut self, place: &str) -> Result<SavedElsewhere, NotKept> {
        if place.contains("nowhere") {
            return Err("There is no such folder.".to_owned().into());
        }
        self.disk()?;
        (*self.gone.borrow_mut(), *self.busy.borrow_mut()) = (false, false);
        Ok(SavedElsewhere { place: place.to_owned(), taken: 0, left: 2 })
    }
}

/// An in-memory backend with a clock that stands still.
pub(super) struct FakeBackend {
    pub now: Instant,
    pub language: Language,
    pub instruments: Vec<Arc<Instrument>>,
    pub sessions: Vec<SessionLine>,
    pub relations: Vec<RelationLine>,
    pub kept: Kept,
    pub beginnings: KeptBeginnings,
    /// Whether the file has disappeared.
    pub gone: Rc<RefCell<bool>>,
    /// Whether the disk is full.
    pub full: Rc<RefCell<bool>>,
    /// Whether another program holds the file.
    pub busy: Rc<RefCell<bool>>,
    /// Whether the interview has been erased from elsewhere.
    pub wiped: Rc<RefCell<bool>>,
    pub followed: Vec<String>,
    pub begun: Option<(Arc<Instrument>, Start)>,
    pub form: FormEntries,
    pub report: Option<Report>,
    pub refusal: Option<String>,
    pub erased: Vec<String>,
    pub pages: Vec<String>,
    /// Sessions whose results were shown, and to whom.
    pub shown: Vec<(String, Option<Audience>)>,
    pub rehearsal: bool,
    pub reminder: Option<String>,
    pub reading: Option<CodingMaterial>,
    pub drafts: Vec<(bool, Draft)>,
    pub codes: Vec<GivenCode>,
    pub consensus: Option<GivenCode>,
    pub profile: Option<Profile>,
    /// Progress of the coder's list, if it is not complete.
    pub list: Option<(usize, usize)>,
    pub measured: Option<crate::analysis::Measured>,
}

impl FakeBackend {
    pub fn new() -> Self {
        Self {
            now: 1_000_000,
            language: Language::new("en"),
            instruments: shipped::AT_HOME.iter().map(|name| shipped_instrument(name)).collect(),
            sessions: Vec::new(),
            relations: Vec::new(),
            kept: Kept::default(),
            beginnings: KeptBeginnings::default(),
            gone: Rc::default(),
            full: Rc::default(),
            busy: Rc::default(),
            wiped: Rc::default(),
            followed: Vec::new(),
            begun: None,
            form: FormEntries { respondent: "R-001".into(), ..FormEntries::default() },
            report: None,
            refusal: None,
            erased: Vec::new(),
            pages: Vec::new(),
            shown: Vec::new(),
            rehearsal: false,
            reminder: None,
            reading: None,
            drafts: Vec::new(),
            codes: Vec::new(),
            consensus: None,
            profile: None,
            list: None,
            measured: None,
        }
    }

    pub fn journal(&self) -> Collector {
        let (kept, begun, gone) = (self.kept.clone(), self.beginnings.clone(), self.gone.clone());
        Collector {
            kept,
            begun,
            gone,
            full: self.full.clone(),
            busy: self.busy.clone(),
            wiped: self.wiped.clone(),
        }
    }

    pub fn events(&self) -> Vec<Event> {
        self.kept.borrow().iter().map(|stamped| stamped.event.clone()).collect()
    }
}

pub(super) fn shipped_instrument(name: &str) -> Arc<Instrument> {
    Arc::new(shipped::read(name).unwrap().instrument.unwrap())
}

impl Backend for FakeBackend {
    fn now(&self) -> Instant {
        self.now
    }

    fn language(&self) -> Language {
        self.language.clone()
    }

    fn study(&self) -> StudyLine {
        let place = "~/.local/share/relata/default.relata".into();
        StudyLine { name: "default".into(), place, reminder: self.reminder.clone() }
    }

    fn instruments(&self) -> Vec<Arc<Instrument>> {
        self.instruments.clone()
    }

    fn further_instruments(&self) -> Vec<Arc<Instrument>> {
        ["building-blocks", "building-blocks-account"].map(shipped_instrument).into()
    }

    fn sessions(&mut self) -> Result<Vec<SessionLine>, String> {
        self.refusal.clone().map_or_else(|| Ok(self.sessions.clone()), Err)
    }

    fn relations(&mut self) -> Vec<RelationLine> {
        self.relations.clone()
    }

    fn relation(&mut self, relation: &RelationLine, language: &Language) -> Result<Shown, String> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone());
        }
        let visits = vec![relations::visit(crate::instrument::Party::Organisation)];
        let (code, name) = (relation.code.clone(), Some(relation.name.clone()));
        let relation = crate::analysis::relation::Relation::new(code, name, false, visits);
        let known = crate::report::relation::Known {
            relation,
            counsel: Vec::new(),
            before: Vec::new(),
            nothing_kept: false,
            others: Vec::new(),
            told: Vec::new(),
        };
        Ok(crate::report::relation::shown(known, crate::report::document::Reader::Account, language))
    }

    fn relation_place(&self, relation: &RelationLine) -> String {
        format!("{}.html", relation.code)
    }

    fn save_relation(
        &mut self,
        relation: &RelationLine,
        language: &Language,
        place: &str,
    ) -> Result<String, String> {
        self.pages.push(format!("{place} {language} {}", relation.code));
        Ok(place.to_owned())
    }

    fn next_assessment(
        &mut self,
        relation: &RelationLine,
    ) -> Result<(Vec<Arc<Instrument>>, FormEntries), String> {
        let fields = [("organisation".to_owned(), relation.name.clone())].into();
        let interviewer = self.form.interviewer.clone();
        let form = FormEntries {
            respondent: relation.code.clone(),
            interviewer,
            fields,
            customer: Some(relation.name.clone()),
            ..FormEntries::default()
        };
        let ours = ["account-self-assessment", "building-blocks-account"];
        Ok((ours.map(shipped_instrument).into(), form))
    }

    fn prefilled(&mut self, _: &Instrument) -> FormEntries {
        self.form.clone()
    }

    fn begin(&mut self, instrument: &Arc<Instrument>, form: &FormEntries) -> Result<(String, Live), String> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone());
        }
        let language = form.language.clone().unwrap_or_else(|| self.language.clone());
        let start = Start { seed: 7, language, fields: form.fields.clone(), at: self.now, offset: None };
        self.begun = Some((instrument.clone(), start.clone()));
        self.rehearsal = form.test;
        let interview = Interview::new(instrument.clone(), start);
        Ok(("s-1".into(), Live::new(interview, Box::new(self.journal()))))
    }

    fn resume(&mut self, session: &str) -> Result<(String, Live), String> {
        let Some((instrument, start)) = self.begun.clone() else {
            return Err(format!("There is no session `{session}`."));
        };
        let events = self.kept.borrow().clone();
        let interview =
            Interview::replay(instrument, start, events).map_err(|refusal| refusal.to_string())?;
        let mut live = Live::new(interview, Box::new(self.journal()));
        live = live.with_begun(self.beginnings.borrow().clone());
        live.apply(self.now, Event::Resumed).map_err(|why| format!("{why:?}"))?;
        Ok((session.to_owned(), live))
    }

    fn forget(&mut self, session: &str) -> Result<(), String> {
        self.erased.push(session.to_owned());
        Ok(())
    }

    fn page_place(&self, session: &str) -> String {
        format!("/tmp/{session}.html")
    }

    fn save_page(
        &mut self,
        _: &str,
        language: &Language,
        reader: crate::instrument::Audience,
        place: &str,
    ) -> Result<String, String> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone());
        }
        self.pages.push(format!("{place} {language} {reader:?}"));
        Ok(place.to_owned())
    }

    fn report_command(&self, session: &str) -> String {
        format!("relata report --session {session}")
    }

    fn is_rehearsal(&self, _: &str) -> bool {
        self.rehearsal
    }

    fn follow(&mut self, saved: &SavedElsewhere) -> Result<(), String> {
        self.followed.push(saved.place.clone());
        Ok(())
    }

    fn report(&mut self, session: &str, _: &Language) -> Result<Report, String> {
        self.report.clone().ok_or_else(|| format!("There is nothing to report about `{session}`."))
    }

    fn code_of(&mut self, _: &Instrument, customer: &str) -> Option<String> {
        (customer == "Globex").then(|| "K-7".to_owned())
    }

    fn was_shown(&mut self, report: &Report, reader: Option<Audience>) {
        self.shown.push((report.session.clone(), reader));
    }

    fn findings(&mut self, filter: &Filter, language: &Language, _: bool) -> Result<StudyReport, String> {
        let measured = self.measured.as_ref().ok_or_else(|| "There is no study to look at.".to_owned())?;
        Ok(StudyReport::build(measured, filter, language))
    }

    fn erase(&mut self, session: &str) -> Result<(), String> {
        self.erased.push(session.to_owned());
        Ok(())
    }

    fn coder(&self) -> String {
        String::new()
    }

    fn shown_to_coders(&self) -> Seen {
        self.reading.as_ref().map_or(Seen::Whole, |reading| reading.seen)
    }

    fn reading(
        &mut self,
        session: &str,
        (coder, consensus): (&str, bool),
        _: &Language,
    ) -> Result<CodingMaterial, String> {
        let reading =
            self.reading.clone().ok_or_else(|| format!("There is nothing to read of `{session}`."))?;
        let last = self.drafts.iter().rev().find(|(kind, _)| *kind == consensus);
        let saved = self.codes.iter().find(|code| code.coder == coder).map(|code| code.coding.clone());
        Ok(CodingMaterial { draft: last.map(|(_, draft)| draft.clone()), saved, ..reading })
    }

    fn keep_draft(&mut self, _: &str, (_, consensus): (&str, bool), draft: &Draft) -> Result<(), NotKept> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone().into());
        }
        self.drafts.push((consensus, draft.clone()));
        Ok(())
    }

    fn rescue_place(&self, _: &str) -> String {
        "study-c.relata".into()
    }

    fn rescue(&mut self, _: &str, place: &str) -> Result<String, String> {
        if place.contains("nowhere") {
            return Err("There is no such folder.".into());
        }
        self.refusal = None;
        self.followed.push(place.to_owned());
        Ok(place.to_owned())
    }

    fn keep_code(&mut self, _: &str, (coder, consensus): (&str, bool), code: &Coding) -> Result<(), NotKept> {
        let given = GivenCode { coder: coder.to_owned(), coding: code.clone() };
        self.drafts.retain(|(kind, _)| *kind != consensus);
        if consensus {
            self.consensus = Some(given);
        } else {
            self.codes.retain(|code| code.coder != coder);
            self.codes.push(given);
        }
        Ok(())
    }

    fn compared(&mut self, _: &str, coder: &str, _: &Language) -> Result<CodeComparison, String> {
        if self.codes.iter().all(|code| code.coder != coder) {
            return Err("Not before your own code is saved.".into());
        }
        let reading = self.reading.clone().ok_or_else(|| "nothing".to_owned())?;
        Ok(CodeComparison {
            respondent: reading.respondent,
            about: reading.about,
            simulated: reading.simulated,
            codes: self.codes.clone(),
            consensus: self.consensus.clone(),
            call: match self.list {
                Some((coded, of)) => ShownCall::Waits { coded, of },
                None => ShownCall::Made(self.profile.clone().map(Box::new)),
            },
            questions: reading.answers.into_iter().map(|line| (line.item, line.question)).collect(),
        })
    }
}
