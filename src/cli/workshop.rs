//! `relata workshop` and `relata serve`: browsers answer, over the network of the room or through a proxy of yours.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;

mod lines;
pub(super) mod pages;
mod screen;

use super::choice::group;
use super::interview::{field, without_loss};
use super::output::screens_possible;
use super::train::write_whole;
use super::{Failure, StudyArg, input, remark};
use crate::analysis::Privacy;
use crate::instrument::Language;
use crate::interview::Instant;
use crate::server::{self, LocalAddress, RoomHost, Server, Settings, public_host};
use crate::study::interviews::StartMoment;
use lines::headless;
use screen::Lead;

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

/// The port where none is given.
const PORT: u16 = 7878;

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

    /// The port; 0 takes any that is free; 7878 if not given, and for links one of the next where another program has it
    #[arg(long)]
    port: Option<u16>,

    /// The address under which others see it, where a proxy of yours stands in between: https://…
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// One device goes from hand to hand: after the last answer comes the card for the next person
    #[arg(long)]
    kiosk: bool,

    /// Sessions that may begin in a minute
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u32).range(1..))]
    joins: u32,

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
    #[arg(long, value_name = "N", default_value = "10", value_parser = group)]
    smallest_group: Privacy,

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
    #[arg(long, value_name = "CODE", value_parser = super::interview::new_code, conflicts_with_all = ["links", "kiosk"])]
    respondent: Option<String>,

    #[command(flatten)]
    server: ServerArgs,
}

pub(super) fn workshop(study: &StudyArg, args: WorkshopArgs) -> Result<ExitCode, Failure> {
    let settings = settings(&args.instrument, &args.server)?;
    run(study, Settings { privacy: args.smallest_group, together: true, ..settings }, &args.server)
}

pub(super) fn serve(study: &StudyArg, args: ServeArgs) -> Result<ExitCode, Failure> {
    let settings = settings(&args.instrument, &args.server)?;
    let links = if args.respondent.is_some() { 1 } else { args.links as usize };
    // People of a room, and a proxy, come back to the port that they know; a link says its own.
    let next_port = links > 0 && args.server.port.is_none() && args.server.url.is_none();
    run(study, Settings { links, next_port, respondent: args.respondent, ..settings }, &args.server)
}

fn settings(name: &str, args: &ServerArgs) -> Result<Settings, Failure> {
    let instrument = input::instrument(name)?;
    super::interview::check_fields(&args.fields, &instrument)?;
    args.on.map_or(Ok(()), input::take_place_on)?;
    crate::study::check_language(&instrument, args.lang.as_deref())?;
    let defaults =
        instrument.fields.iter().filter_map(|field| Some((field.name.clone(), field.default.clone()?)));
    let fields = defaults.chain(args.fields.iter().cloned()).collect();
    if args.url.as_ref().is_some_and(|url| public_host(url).is_none()) {
        return Err(Failure::refused("--url is an address with a name and no path behind it")
            .help("such as https://ask.example.org or https://ask.example.org:8443"));
    }
    Ok(Settings {
        language: instrument.language(args.lang.clone().or_else(input::language).as_deref()),
        instrument,
        fields,
        listen: SocketAddr::new(
            args.address.unwrap_or(Ipv4Addr::UNSPECIFIED.into()),
            args.port.unwrap_or(PORT),
        ),
        next_port: false,
        public: args.url.clone(),
        privacy: Privacy::default(),
        kiosk: args.kiosk,
        together: false,
        links: 0,
        respondent: None,
        test: args.test,
        anew: args.anew,
        a_minute: args.joins as usize,
        refuge: input::data_folder().ok(),
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
    let is_known = match &respondent {
        Some(code) => opened.sessions()?.iter().any(|header| header.respondent == *code),
        None => true,
    };
    let server = server::open(opened, settings, Box::new(Here)).map_err(Failure::refused)?;
    server.seen_at(ip);
    let port = server.address().port();
    if args.port.is_none() && port != PORT {
        remark(&format!(
            "Another program has port {PORT}, so the address has {port}; for the same address later, run this with --port {port}."
        ));
    }
    if let Some(code) = respondent.as_deref().filter(|_| !is_known) {
        remark(&format!(
            "nobody in this study has the code {code} yet, so what is answered by this link begins a new relation; if it belongs to one that \
             is there, use the code that `relata relations` shows, with --new"
        ));
    }
    if args.headless || links > 0 || !screens_possible() {
        headless(&server, ip, (together, args.headless), respondent.as_deref(), &place)?;
        return left(&server, &language);
    }
    let places = match args.address {
        Some(ip) if !ip.is_unspecified() => vec![LocalAddress { name: "--address".into(), ip }],
        _ => server::places(),
    };
    Lead {
        server: Arc::new(server),
        places,
        at: 0,
        title,
        language,
        study: place,
        together,
        rehearsal: args.test,
        told: Arc::default(),
        pages: Vec::new(),
    }
    .run()
}

/// Leaves a room: what was answered is in a file, or the program fails.
fn left(server: &Server, language: &Language) -> Result<ExitCode, Failure> {
    server.leave().map_err(|why| Failure::refused(why.to_string()))?;
    without_loss(server.counts().moved.as_ref(), language)?;
    Ok(ExitCode::SUCCESS)
}

/// Ends the room, and saves its page beside the study in every language that it has; returns where.
fn end(server: &Server, study: &Path) -> Result<Vec<String>, Failure> {
    let pages = server.end().map_err(Failure::refused)?;
    // Where the study was lost, its folder may be gone as well.
    let moved = server.counts().moved.map(|saved| PathBuf::from(saved.place));
    let study = moved.as_deref().unwrap_or(study);
    let write = |(language, page): (Language, String)| {
        let place = pages::free(study, &language);
        write_whole(&place, page.as_bytes(), false)?;
        Ok(place.display().to_string())
    };
    pages.into_iter().map(write).collect()
}
