//! Leading a room without a screen: its remarks, and the commands on standard input.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::net::IpAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::end;
use crate::cli::{Failure, print, remark};
use crate::server::{self, LinkUse, RoomCounts, Server, Showing};

/// How often the room is polled for sessions that began or finished.
const LOOK: Duration = Duration::from_millis(400);

/// Says where it is, and is led by its lines; to a script it says nothing else.
pub(super) fn headless(
    server: &Server,
    ip: IpAddr,
    (together, scripted): (bool, bool),
    respondent: Option<&str>,
    study: &Path,
) -> Result<(), Failure> {
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

/// Remarks on sessions that begin and end, never on answers.
fn tell_of_people(server: &Server, over: &AtomicBool) {
    let people = || -> BTreeMap<String, server::Phase> { server.people().into_iter().collect() };
    let (mut before, mut missing) = (people(), 0);
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
        let found = server.counts().missing;
        if found > missing {
            remark(
                "A device has a place here that this study does not have: it may be an older copy of the study.",
            );
        }
        missing = found;
    }
}

/// Carries out the commands on standard input until it ends. What fails is said, and the room goes on. Where the input ends
/// after an end that failed, the program has failed; who leaves instead has chosen to go on later.
fn led(server: &Server, together: bool, study: &Path) -> Result<(), Failure> {
    let mut unended = Ok(());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let said = match word {
            "" => continue,
            "status" => Ok(status(&server.counts())),
            "people" => {
                let people = server.people().into_iter();
                let line = |(word, phase): (String, server::Phase)| {
                    format!("{word} {}\n", format!("{phase:?}").to_lowercase())
                };
                Ok(people.map(line).collect())
            }
            "lock" | "unlock" => server.lock(word == "lock").map(|()| format!("{word}ed\n")),
            "reveal" if together => server.reveal().map(|showing| match showing {
                Showing::Shown | Showing::Already => "revealed\n".to_owned(),
                Showing::Wanting { people, .. } => format!("wanting: {people}\n"),
            }),
            "remove" => server.remove(rest).map(|found| match found {
                true => "removed\n".to_owned(),
                false => "nobody has that word\n".to_owned(),
            }),
            "leave" => match server.leave() {
                Ok(()) => return Ok(()),
                Err(why) => Err(why.to_string()),
            },
            "end" => match end(server, study) {
                Ok(pages) => {
                    let pages: String = pages.iter().map(|page| format!("page: {page}\n")).collect();
                    return print(&(pages + "ended\n"));
                }
                Err(why) => {
                    let sentence = why.sentence();
                    unended = Err(why);
                    Err(sentence)
                }
            },
            _ => {
                remark("lines are status, people, lock, unlock, reveal, remove WORD, leave and end");
                continue;
            }
        };
        print(&said.unwrap_or_else(|why| format!("failed: {why}\n")))?;
    }
    unended
}

fn status(counts: &RoomCounts) -> String {
    let RoomCounts { joined, answering, finished, locked, shown, .. } = counts;
    let shown = shown.map_or_else(|| "no".to_owned(), |people| people.to_string());
    format!("joined {joined} answering {answering} finished {finished} locked {locked} shown {shown}\n")
}
