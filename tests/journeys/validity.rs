//! The evidence of validity on the command line and in the report of a study.

use std::fs;

use super::support::Place;

#[test]
fn what_a_study_can_say_for_its_measures() {
    let place = Place::new();
    assert!(place.run(&["validity"]).refused().contains("no study"), "nothing was asked yet");
    place.run(&["simulate", "account-self-assessment", "--n", "110", "--seed", "3"]).ok();
    let json = place.run(&["validity", "--format", "json"]).json();
    let structures = json["structures"].as_array().unwrap();
    assert_eq!(structures.len(), 2, "both perspectives");
    for structure in structures {
        let fit = &structure["fit"]["Ok"];
        assert_eq!((fit["n"].as_u64(), fit["df"].as_u64()), (Some(110), Some(164)));
        let cfi = |fit: &serde_json::Value| fit["corrected"]["indices"]["cfi"].as_f64().unwrap();
        assert!(cfi(fit) > cfi(&structure["single"]) + 0.2);
    }
    let ran = place.run(&["validity", "--lang", "en"]).ok();
    for sentence in [
        "Simulated",
        "a factor for each, by maximum likelihood over 110 complete cases",
        "estimate of the other side",
        "All complete cases are in one language (English: 110)",
        "Nobody answered twice about the same organisation",
        "Nothing is missing",
    ] {
        assert!(ran.contains(sentence), "{sentence}\n{ran}");
    }
    assert!(!ran.contains("put the other way round"), "no statement of the short form is");
    place.run(&["validity", "--lang", "nl", "--format", "html", "--out", "page.html"]).ok();
    let page = fs::read_to_string(place.path("page.html")).unwrap();
    assert!(page.contains("Aanwijzingen voor validiteit") && page.contains("SRMR"));
    assert!(place.run(&["validity", "--out", "page.html"]).refused().contains("page.html"));
    // The report of the study has a short version, and omits it where there is too little data.
    let report = place.run(&["report", "--lang", "en"]).ok();
    assert!(report.contains("Methods: evidence of validity") && report.contains("over 110 complete cases"));
}

/// People of the reference world say yes more or less readily, and four of the twenty statements of the long interview are put the other way round.
#[test]
fn yes_saying_stands_beside_the_norms_of_the_long_interview() {
    let place = Place::new();
    place.run(&["simulate", "customer-interview", "--n", "200", "--seed", "3", "--lang", "en"]).ok();
    let json = place.run(&["validity", "--format", "json"]).json();
    let structure = &json["structures"][0];
    let (fit, without) = (&structure["fit"]["Ok"], &structure["yes_saying"]["Found"]);
    let chi = |fit: &serde_json::Value| fit["chi_squared"].as_f64().unwrap();
    assert!(chi(without) > chi(fit) + 20.0, "{} {}", chi(without), chi(fit));
    assert_eq!((fit["df"].as_u64(), without["df"].as_u64()), (Some(163), Some(164)));
    let ran = place.run(&["validity", "--lang", "en"]).ok();
    let more = format!("Without it χ² is {:.2} larger on one degree of freedom", chi(without) - chi(fit));
    let columns = "measure | a factor each | without yes-saying | one factor";
    for said in ["Of the 20 statements 4 are put the other way round, by which", &more, columns] {
        assert!(ran.contains(said), "{said}\n{ran}");
    }
    // It is far more than twice its error.
    assert!(!ran.contains("it may be chance"), "{ran}");
    let squares = format!("χ² | {:.2} | {:.2} |", chi(fit), chi(without));
    assert!(ran.contains(&squares), "{squares}\n{ran}");
    let dutch = place.run(&["validity", "--lang", "nl"]).ok();
    assert!(
        dutch.contains("Van de 20 stellingen zijn er 4 andersom gesteld. Daardoor is ja zeggen"),
        "{dutch}"
    );
}

#[test]
fn what_there_is_too_little_for() {
    let place = Place::new();
    place.run(&["simulate", "building-blocks", "--n", "30", "--seed", "3", "--lang", "nl"]).ok();
    let ran = place.run(&["validity", "--lang", "nl"]).ok();
    assert!(ran.contains("geen normen die elk met meer stellingen worden gemeten"), "{ran}");
    assert!(!place.run(&["report", "--lang", "nl"]).ok().contains("aanwijzingen voor validiteit"));
    place.run(&["simulate", "client-view", "--n", "1", "--seed", "5"]).ok();
    let ran = place.run(&["validity", "--instrument", "client-view", "--lang", "en"]).ok();
    assert!(ran.contains("There is one complete case."), "{ran}");
    place.run(&["simulate", "client-view", "--n", "39", "--seed", "4"]).ok();
    let ran = place.run(&["validity", "--instrument", "client-view", "--lang", "en"]).ok();
    assert!(
        ran.contains("There are 40 complete cases. A model of the structure is fitted from 100 on"),
        "{ran}"
    );
    assert!(place.run(&["validity", "--instrument", "nothing"]).refused().contains("nothing"));
}
