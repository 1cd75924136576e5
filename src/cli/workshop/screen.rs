//! The facilitator's screen of a room: what it asks of the server, and what is printed when it closes.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use super::{end, left};
use crate::cli::output::{hold_remarks, make_remarks};
use crate::cli::screens::theme;
use crate::cli::{Failure, remark};
use crate::instrument::Language;
use crate::server::{LocalAddress, NotLeft, Server, Showing};
use crate::text;
use crate::tui::{self, RoomBackend, RoomMoment};

/// What came of showing the room, and how many had finished by then.
type Told = (Result<Showing, String>, usize);

/// What the facilitator's screen asks of the server.
pub(super) struct Lead {
    pub server: Arc<Server>,
    pub places: Vec<LocalAddress>,
    pub at: usize,
    pub title: String,
    pub language: Language,
    pub study: PathBuf,
    pub together: bool,
    pub rehearsal: bool,
    pub told: Arc<Mutex<Option<Told>>>,
    /// Printed when the screen has closed.
    pub pages: Vec<String>,
}

impl Lead {
    /// Shows the screen, and says when it is gone where the pages of the room are.
    pub fn run(mut self) -> Result<ExitCode, Failure> {
        hold_remarks();
        let shown = theme().map(|theme| tui::run_room(&mut self, theme));
        let left = left(&self.server, &self.language);
        make_remarks();
        self.pages.iter().for_each(|page| remark(page));
        shown?.map_err(|why| Failure::refused(why.to_string()))?;
        left
    }

    /// What came of showing the room, now that `finished` people have finished.
    fn told_by_now(&self, told: &Told, finished: usize) -> Option<String> {
        let (showing, then) = told;
        let since = finished.saturating_sub(*then);
        match showing {
            Err(why) => Some(why.clone()),
            Ok(showing) => showing.after(since)?.in_words(&self.language),
        }
    }

    fn ip(&self) -> IpAddr {
        self.places.get(self.at).map_or(Ipv4Addr::LOCALHOST.into(), |place| place.ip)
    }
}

impl RoomBackend for Lead {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn next_language(&mut self) {
        self.language = self.language.next();
    }

    fn moment(&mut self) -> RoomMoment {
        let (counts, ip) = (self.server.counts(), self.ip());
        let told = self.told.lock().ok();
        let told = told.and_then(|told| self.told_by_now(told.as_ref()?, counts.finished));
        let moved = counts.moved.as_ref().map(|saved| {
            let others = saved.others_in_words(&self.language);
            let lost = text!(&self.language, "tui-room-moved", place = &saved.place);
            [lost, others].join(" ").trim_end().to_owned()
        });
        let adrift = counts.adrift.as_ref().map(|why| text!(&self.language, "tui-room-adrift", why));
        let guessed = counts.guessed.then(|| text!(&self.language, "tui-room-guessed"));
        let n = counts.missing;
        let missing = (n > 0).then(|| text!(&self.language, "tui-room-missing", n));
        RoomMoment {
            title: self.title.clone(),
            url: self.server.join_url(ip),
            code: self.server.qr(ip).map(|code| code.rows).unwrap_or_default(),
            way: (
                self.places.get(self.at).map(|place| place.name.clone()).unwrap_or_default(),
                self.at + 1,
                self.places.len(),
            ),
            wall: self.together.then(|| self.server.projector_url(ip)),
            people: (counts.joined, counts.waiting(), counts.answering, counts.finished),
            rehearsal: self.rehearsal,
            progress: counts.progress,
            locked: counts.locked,
            shown: counts.shown,
            working: counts.working,
            reached: counts.reached,
            troubles: [adrift, told, counts.trouble, moved, guessed, missing].into_iter().flatten().collect(),
        }
    }

    fn address(&mut self, back: bool) {
        let all = self.places.len().max(1);
        self.at = if back { (self.at + all - 1) % all } else { (self.at + 1) % all };
        self.server.seen_at(self.ip());
    }

    fn lock(&mut self) -> Result<(), String> {
        self.server.lock(!self.server.counts().locked)
    }

    fn show(&mut self) {
        if !self.together {
            return;
        }
        let (server, told) = (self.server.clone(), self.told.clone());
        // It may take seconds, in which the counter must go on.
        std::thread::spawn(move || {
            // Counted first, so that a session that finishes meanwhile counts as wanting and never the other way round.
            let finished = server.counts().finished;
            let showing = server.reveal();
            if let Ok(mut told) = told.lock() {
                *told = Some((showing, finished));
            }
        });
    }

    fn remove(&mut self, word: &str) -> Result<bool, String> {
        self.server.remove(word)
    }

    fn leave(&mut self) -> Result<(), String> {
        self.server.leave().map_err(|why| match why {
            NotLeft::Adrift(why) => text!(&self.language, "tui-room-not-left", why),
            NotLeft::Closed(why) => why,
        })
    }

    fn end(&mut self) -> Result<(), String> {
        let places = end(&self.server, &self.study).map_err(|why| why.sentence())?;
        let page = |place: String| text!(&self.language, "tui-room-page", place);
        self.pages = places.into_iter().map(page).collect();
        Ok(())
    }
}
