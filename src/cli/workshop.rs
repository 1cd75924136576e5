//! `relata workshop` and `relata serve`: browsers answer, over the network of the room or through somebody's own proxy.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::Args;
use jiff::civil::Date;

use super::interview::field;
use super::output::screens_possible;
use super::train::write_whole;
use super::{Failure, StudyArg, input, print, remark};
use crate::analysis::{Privacy, SMALL};
use crate::instrument::Language;
use crate::interview::{Instant, is_new_code};
use crate::server::{self, LinkUse, LocalAddress, RoomCounts, RoomHost, Server, Settings};
use crate::study::interviews::StartMoment;
use crate::text;
use crate::tui::{self, RoomBackend, RoomMoment};

/// How often it is looked whether somebody has begun or finished.
const LOOK: Duration = Duration::from_millis(400);

const WORKSHOP: &str = "Examples:
  relata workshop --study room.relata --set organisation=Acme
  relata workshop workshop-pulse --study room.relata --set organisation=Acme --kiosk
  relata workshop --study room.relata --set organisation=Acme --address 127.0.0.1 --port 0 --headless

While it runs without a screen, lines on its standard input lead it: status, people, lock, unlock, reveal, remove WORD,
leave (also the end of the input; the room can be opened again) and end.";

const SERVE: &str = "Examples:
  relata serve workshop-pulse --study clients.relata --set organisation=Acme --kiosk
  relata serve workshop-pulse --study clients.relata --set organisation=Acme --links 20 --url https://ask.example.org
  relata serve client-view --respondent R001 --set organisation='Our own Ltd' --set client=Acme   # one link, for a client";

/// Arguments of both.
#[derive(Debug, Args)]
struct ServerArgs {
    /// A field of the start form, the same for everybody, such as organisation="Acme Ltd"
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field)]
    fields: Vec<(String, String)>,

    /// Language of the first page, where a browser asks for none that the questionnaire has
    #[arg(long)]
    lang: Option<String>,

    /// The address to listen at; every address of this machine if not given
    #[arg(long, value_name = "IP")]
    address: Option<IpAddr>,

    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 7878)]
    port: u16,

    /// The address under which others see it, where a proxy of yours stands in between: https://…
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// One device goes from hand to hand: after the last answer comes the card for the next person
    #[arg(long)]
    kiosk: bool,

    /// Sessions that may begin in a minute
    #[arg(long, value_name = "N", default_value_t = 240)]
    joins: usize,

    /// A rehearsal: kept, and left out of every comparison
    #[arg(long)]
    test: bool,

    /// The day on which a rehearsal takes place, such as 2026-01-31; a real answer has the date on which it is given
    #[arg(long, value_name = "DAY", requires = "test", value_parser = super::interview::a_day)]
    on: Option<Date>,

    /// Put aside what was left going on in this study, and begin anew
    #[arg(long = "new")]
    anew: bool,

    /// Without a screen: print the addresses, and run until the input ends
    #[arg(long)]
    headless: bool,
}

/// Arguments of `workshop`.
#[derive(Debug, Args)]
#[command(after_help = WORKSHOP)]
pub(super) struct WorkshopArgs {
    /// A questionnaire that comes with relata, or a file
    #[arg(default_value = "workshop-pulse")]
    instrument: String,

    /// Groups smaller than this show nothing that could point at a person; 5 is the least
    #[arg(long, value_name = "N", default_value_t = SMALL)]
    smallest_group: usize,

    #[command(flatten)]
    server: ServerArgs,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = SERVE)]
pub(super) struct ServeArgs {
    /// A questionnaire that comes with relata, or a file
    instrument: String,

    /// So many links that let one person in each; without it, whoever knows the code may come in
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=1000))]
    links: u32,

    /// The code under which the one who is asked answers, such as that of a relation: there is one link then
    #[arg(long, value_name = "CODE", value_parser = new_code, conflicts_with_all = ["links", "kiosk"])]
    respondent: Option<String>,

    #[command(flatten)]
    server: ServerArgs,
}

fn new_code(text: &str) -> Result<String, String> {
    match is_new_code(text) {
        true => Ok(text.to_owned()),
        false => {
            Err("a code has letters, digits, `-`, `_` and `.`, and begins with a letter or digit".into())
        }
    }
}

pub(super) fn workshop(study: &StudyArg, args: WorkshopArgs) -> Result<ExitCode, Failure> {
    let settings = settings(&args.instrument, &args.server)?;
    let privacy = Privacy::at_least(args.smallest_group);
    run(study, Settings { privacy, together: true, ..settings }, &args.server)
}

pub(super) fn serve(study: &StudyArg, args: ServeArgs) -> Result<ExitCode, Failure> {
    let settings = settings(&args.instrument, &args.server)?;
    let links = if args.respondent.is_some() { 1 } else { args.links as usize };
    run(study, Settings { links, respondent: args.respondent, ..settings }, &args.server)
}

fn settings(name: &str, args: &ServerArgs) -> Result<Settings, Failure> {
    let instrument = input::instrument(name)?;
    super::interview::check_fields(&args.fields, &instrument)?;
    args.on.map_or(Ok(()), input::take_place_on)?;
    crate::study::check_language(&instrument, args.lang.as_deref())?;
    let defaults =
        instrument.fields.iter().filter_map(|field| Some((field.name.clone(), field.default.clone()?)));
    let fields = defaults.chain(args.fields.iter().cloned()).collect();
    if args.url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(Failure::refused("--url is a whole address").help("such as https://ask.example.org"));
    }
    Ok(Settings {
        language: instrument.language(args.lang.clone().or_else(input::language).as_deref()),
        instrument,
        fields,
        listen: SocketAddr::new(args.address.unwrap_or(Ipv4Addr::UNSPECIFIED.into()), args.port),
        public: args.url.clone(),
        privacy: Privacy::default(),
        kiosk: args.kiosk,
        together: false,
        links: 0,
        respondent: None,
        test: args.test,
        anew: args.anew,
        a_minute: args.joins,
    })
}

/// The clock, the random numbers and the ear of this process.
struct Here;

impl RoomHost for Here {
    fn now(&self) -> Instant {
        input::now()
    }

    fn moment(&self) -> Result<StartMoment, String> {
        input::moment().map_err(|why| why.sentence())
    }

    fn random(&self) -> Result<[u8; 32], String> {
        input::random().map_err(|why| why.sentence())
    }

    fn hear(&self, sentence: &str) {
        remark(sentence);
    }
}

fn run(study: &StudyArg, settings: Settings, args: &ServerArgs) -> Result<ExitCode, Failure> {
    let opened = study.open()?;
    let place = opened.path().to_owned();
    let (together, links, respondent) = (settings.together, settings.links, settings.respondent.clone());
    let (language, title) = (settings.language.clone(), settings.instrument.label.raw(&settings.language));
    let ip = match args.address {
        Some(ip) if !ip.is_unspecified() => ip,
        _ => server::places().first().map_or(Ipv4Addr::LOCALHOST.into(), |place| place.ip),
    };
    let server = server::open(opened, settings, Box::new(Here)).map_err(Failure::refused)?;
    server.seen_at(ip);
    if args.headless || links > 0 || !screens_possible() {
        return headless(&server, ip, (together, args.headless), respondent.as_deref(), &place);
    }
    let mut backend = Lead {
        server: Arc::new(server),
        places: match args.address {
            Some(ip) if !ip.is_unspecified() => vec![LocalAddress { name: "--address".into(), ip }],
            _ => server::places(),
        },
        at: 0,
        title,
        language,
        study: place,
        together,
        told: Arc::default(),
        pages: Vec::new(),
    };
    super::output::hold_remarks();
    let shown = tui::run_room(&mut backend, super::backend::theme()?);
    super::output::make_remarks();
    backend.pages.iter().for_each(|page| remark(page));
    shown.map(|()| ExitCode::SUCCESS).map_err(|why| Failure::refused(why.to_string()))
}

/// What the screen of whoever leads the room asks for.
struct Lead {
    server: Arc<Server>,
    places: Vec<LocalAddress>,
    at: usize,
    title: String,
    language: Language,
    study: PathBuf,
    together: bool,
    /// What came of showing the room.
    told: Arc<Mutex<Option<Showing>>>,
    /// What is said when the screen is gone.
    pages: Vec<String>,
}

/// What came of showing the room.
enum Showing {
    /// So many were wanting when so many had finished.
    Wanting {
        people: usize,
        finished: usize,
    },
    Failed(String),
}

impl Showing {
    /// What is still to be said of it when so many have finished.
    fn sentence(&self, finished: usize, language: &Language) -> Option<String> {
        match self {
            Self::Failed(why) => Some(why.clone()),
            Self::Wanting { people, finished: then } => {
                let wanting = people.saturating_sub(finished.saturating_sub(*then));
                (wanting > 0).then(|| text!(language, "server-wall-wanting", wanting))
            }
        }
    }
}

impl Lead {
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
        let told = told.and_then(|told| told.as_ref()?.sentence(counts.finished, &self.language));
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
            people: (counts.joined, counts.answering, counts.finished),
            progress: counts.progress,
            locked: counts.locked,
            shown: counts.shown,
            working: counts.working,
            reached: counts.reached,
            trouble: counts.moved.map(|place| text!(&self.language, "tui-room-moved", place)).or(told),
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
            // Counted before: whoever finishes meanwhile is taken for wanting a moment longer, and never the other way round.
            let finished = server.counts().finished;
            let said = match server.reveal() {
                Ok(0) => None,
                Ok(people) => Some(Showing::Wanting { people, finished }),
                Err(why) => Some(Showing::Failed(why)),
            };
            if let Ok(mut told) = told.lock() {
                *told = said;
            }
        });
    }

    fn remove(&mut self, word: &str) -> Result<bool, String> {
        self.server.remove(word)
    }

    fn end(&mut self) -> Result<(), String> {
        for (language, page) in self.server.end()? {
            let place = room_page(&self.study, &language);
            write_whole(&place, page.as_bytes(), false).map_err(|why| why.sentence())?;
            self.pages.push(text!(&self.language, "tui-room-page", place = place.display().to_string()));
        }
        Ok(())
    }
}

/// Says where it is, and is led by its lines; to a script it says nothing else.
fn headless(
    server: &Server,
    ip: IpAddr,
    (together, scripted): (bool, bool),
    respondent: Option<&str>,
    study: &Path,
) -> Result<ExitCode, Failure> {
    let links = server.links(ip);
    let mut said = match links.is_empty() {
        true => format!("join: {}\n", server.join_url(ip)),
        false => links.iter().map(|(link, _)| format!("link: {link}\n")).collect(),
    };
    if together {
        said.push_str(&format!("projector: {}\n", server.projector_url(ip)));
    }
    print(&said)?;
    about_links(server, &links, respondent);
    if scripted {
        return led(server, together, study);
    }
    remark(
        "It waits until you end it with Ctrl+C; the same command goes on later. Answers are kept as they come.",
    );
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| tell_of_people(server, &over));
        let done = led(server, together, study);
        over.store(true, Ordering::Relaxed);
        done
    })
}

/// What had become of the links before.
fn about_links(server: &Server, links: &[(String, LinkUse)], respondent: Option<&str>) {
    let with = |used: LinkUse| links.iter().filter(|(_, found)| *found == used).count();
    let (begun, over) = (with(LinkUse::Begun), with(LinkUse::Over));
    if let Some(code) = respondent {
        if server.is_another_link() {
            remark(&format!("This is another link than the one before, which lets {code} in no more."));
        }
        if begun > 0 {
            remark(
                "This link has been opened and not answered to the end: whoever did so goes on by it, on the same device. For another \
                 device, or another time, --new hands out a new one.",
            );
        }
    } else if begun + over > 0 {
        remark(&format!(
            "{} of these {} links have been used already, and let nobody else in; --new hands out others, and puts all of these aside.",
            begun + over,
            links.len()
        ));
    }
}

/// Says that somebody has begun, or come to an end, and nothing of what they say.
fn tell_of_people(server: &Server, over: &AtomicBool) {
    let people = || -> BTreeMap<String, server::Phase> { server.people().into_iter().collect() };
    let mut before = people();
    while !over.load(Ordering::Relaxed) {
        std::thread::sleep(LOOK);
        let now = people();
        for (word, phase) in &now {
            match (before.get(word), phase) {
                (Some(known), phase) if known == phase => {}
                (_, server::Phase::Finished) => remark("Somebody has answered to the end."),
                (_, server::Phase::Stopped) => remark("Somebody has stopped."),
                (None, _) => remark("Somebody has begun."),
                _ => {}
            }
        }
        before = now;
    }
}

/// Does what its lines ask for until they end.
fn led(server: &Server, together: bool, study: &Path) -> Result<ExitCode, Failure> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        match word {
            "" => {}
            "status" => print(&status(&server.counts()))?,
            "people" => {
                let people = server.people().into_iter();
                let line = |(word, phase): (String, server::Phase)| {
                    format!("{word} {}\n", format!("{phase:?}").to_lowercase())
                };
                print(&people.map(line).collect::<String>())?;
            }
            "lock" | "unlock" => {
                server.lock(word == "lock").map_err(Failure::refused)?;
                print(&format!("{word}ed\n"))?;
            }
            "reveal" if together => match server.reveal().map_err(Failure::refused)? {
                0 => print("revealed\n")?,
                wanting => print(&format!("wanting: {wanting}\n"))?,
            },
            "remove" => match server.remove(rest).map_err(Failure::refused)? {
                true => print("removed\n")?,
                false => print("nobody has that word\n")?,
            },
            "leave" => break,
            "end" => {
                end(server, study)?;
                break;
            }
            _ => remark("lines are status, people, lock, unlock, reveal, remove WORD, leave and end"),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn status(counts: &RoomCounts) -> String {
    let RoomCounts { joined, answering, finished, locked, shown, .. } = counts;
    let shown = shown.map_or_else(|| "no".to_owned(), |people| people.to_string());
    format!("joined {joined} answering {answering} finished {finished} locked {locked} shown {shown}\n")
}

/// Ends the room, and keeps its page beside the study in every language in which there is one.
fn end(server: &Server, study: &Path) -> Result<(), Failure> {
    for (language, page) in server.end().map_err(Failure::refused)? {
        let place = room_page(study, &language);
        write_whole(&place, page.as_bytes(), false)?;
        print(&format!("page: {}\n", place.display()))?;
    }
    print("ended\n")
}

/// Beside the study, under a name that is free.
fn room_page(study: &Path, language: &Language) -> PathBuf {
    let stem = study.file_stem().unwrap_or_default().to_string_lossy();
    let name = |number: usize| match number {
        1 => study.with_file_name(format!("{stem}-room-{language}.html")),
        number => study.with_file_name(format!("{stem}-room-{language}-{number}.html")),
    };
    (1..).map(name).find(|place| !place.exists()).unwrap_or_else(|| name(1))
}
