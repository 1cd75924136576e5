//! What the study screen says of itself. Sentences about findings are the report's own.

use crate::instrument::{Address, Language};

words! {
    tab_short: "Short", "Kort";
    tab_who: "Who", "Wie";
    tab_models: "Models", "Modellen";
    tab_feelings: "Feelings", "Gevoel";
    tab_loyalty: "Loyalty", "Trouw";
    tab_gap: "Gap", "Kloof";
    tab_paradox: "Paradox", "Paradox";
    tab_quality: "Quality", "Kwaliteit";

    simulated: "SIMULATED: nobody gave these answers", "GESIMULEERD: niemand gaf deze antwoorden";
    all_of: "all {} complete interviews", "alle {} afgeronde interviews";
    none_of: "no complete interview yet", "nog geen afgerond interview";
    one_of: "the one complete interview", "het ene afgeronde interview";
    some_of: "filter: {} · {} of {} complete interviews", "filter: {} · {} van {} afgeronde interviews";
    from_day: "from {}", "vanaf {}";
    to_day: "to {}", "t/m {}";

    empty: "There is no complete interview here yet. Findings appear as soon as the first one is finished; intervals become useful from about thirty on.", "Er is hier nog geen afgerond interview. Bevindingen verschijnen zodra het eerste klaar is; intervallen worden bruikbaar vanaf ongeveer dertig.";
    empty_filter: "No complete interview passes this filter. f changes it.", "Geen enkel afgerond interview past bij dit filter. Met f wijzigt u het.";
    empty_open: "{} still open; they count once they are finished.", "{} nog open; die tellen mee zodra ze klaar zijn.";
    few: "With {} complete interviews every number here can still turn around.", "Met {} afgeronde interviews kan elk getal hier nog omslaan.";
    short_title: "What this study found", "Wat dit onderzoek vond";
    desk_only: "For whoever keeps the study: small groups are marked ! and nothing is hidden. For a room, use the report.", "Voor wie het onderzoek beheert: kleine groepen zijn gemarkeerd met ! en niets is verborgen. Gebruik voor een zaal het rapport.";

    who_title: "Who was asked", "Wie er gevraagd zijn";
    who_complete: "complete", "afgerond";
    who_open: "open", "open";
    who_withdrawn: "withdrawn", "ingetrokken";
    who_refused: "consent refused", "geen toestemming";
    who_tests: "rehearsals", "proefsessies";
    who_simulated: "simulated, left out", "gesimuleerd, niet meegeteld";
    who_real: "real, left out: simulated ones are shown", "echt, niet meegeteld: u ziet gesimuleerde";
    who_others: "other questionnaires", "andere vragenlijsten";
    who_filtered: "not in the filter", "buiten het filter";
    who_interviewers: "Interviewer", "Interviewer";
    who_versions: "Version of the questionnaire", "Versie van de vragenlijst";
    who_days: "From {} to {}", "Van {} tot en met {}";
    who_nobody: "not filled in", "niet ingevuld";
    small: "! fewer than ten", "! minder dan tien";

    models_title: "Which model people use toward the organisation", "Welk model mensen gebruiken tegenover de organisatie";
    models_legend: "█ share of people   ├─┤ 95 % interval   ▲ published study", "█ aandeel van de mensen   ├─┤ 95 %-interval   ▲ gepubliceerd onderzoek";
    models_published: "published {}", "gepubliceerd {}";
    models_weighted: "mean probability", "gemiddelde kans";
    models_leads: "answers speak for it", "antwoorden ervoor";
    models_how: "The bars show the shares under which the answers of all sessions together are likeliest. No shares are assumed, and how easy each model's statements are to agree with is learnt from the same answers. Beside them, one by one: the mean probability with the published rates, and for how many people the answers speak most for each model.", "De balken tonen bij welke aandelen de antwoorden van alle sessies samen het waarschijnlijkst zijn. Er worden geen aandelen aangenomen, en hoe makkelijk men het met de uitspraken van elk model eens is, is uit dezelfde antwoorden geleerd. Daarnaast, een voor een: de gemiddelde kans met de gepubliceerde cijfers, en bij hoeveel mensen de antwoorden het meest voor elk model pleiten.";
    models_leading: "The bars count for whom the answers speak most for each model. This rests on an assumption: that people agree with the statements of all four models equally easily.", "De balken tellen bij wie de antwoorden het meest voor elk model pleiten. Dat berust op een aanname: dat men het met de uitspraken van alle vier de modellen even makkelijk eens is.";
    models_shaky: "An estimate without that assumption can be worked out, but moves by up to {} points of a hundred if one model's statements are half a point easier than they seem: choices between the models (situations, best–worst sets) would steady it.", "Een schatting zonder die aanname is er wel, maar schuift tot {} procentpunten als de uitspraken van één model een half punt makkelijker zijn dan ze lijken: keuzes tussen de modellen (situaties, best-slechtst-sets) zouden haar vastzetten.";
    models_early: "From thirty interviews on the answers themselves can tell whether it holds.", "Vanaf dertig interviews kunnen de antwoorden zelf laten zien of die klopt.";
    models_uncertain: "{} of {}, taken one by one, do not tell their first two models apart: less than 3 to 1.", "{} van {} houden, elk voor zich, hun eerste twee modellen niet uit elkaar: minder dan 3 tegen 1.";
    models_low: "{} have hardly a relation at all: no norm reaches the middle of the scale.", "{} hebben nauwelijks een relatie: geen norm haalt het midden van de schaal.";
    models_without: "{} have no profile: too few answers.", "{} hebben geen profiel: te weinig antwoorden.";
    models_basis: "Probabilities rest on: {}.", "De kansen berusten op: {}.";

    feelings_title: "How strongly people feel it", "Hoe sterk mensen het voelen";
    feelings_legend: "+ pleasant  − unpleasant  * strongest three of the published study", "+ prettig  − onprettig  * sterkste drie van het gepubliceerde onderzoek";
    feelings_none: "No emotions were asked.", "Er is niet naar emoties gevraagd.";
    mean: "mean", "gem.";
    interval: "95 %", "95 %";

    loyalty_title: "Recommendation and satisfaction, by model", "Aanbeveling en tevredenheid, per model";
    loyalty_nps: "NPS", "NPS";
    loyalty_mark: "satisfied 1–10", "tevreden 1–10";
    loyalty_satisfied: "8, 9 or 10", "8, 9 of 10";
    untold: "cannot tell", "niet te zeggen";
    loyalty_all: "everybody", "iedereen";
    loyalty_none: "Neither recommendation nor satisfaction was asked.", "Er is niet naar aanbeveling of tevredenheid gevraagd.";

    gap_density: "· one   ░ 2–3   ▒ 4–9   ▓ ten or more   ◆ a conflict beyond error", "· één   ░ 2–3   ▒ 4–9   ▓ tien of meer   ◆ een conflict voorbij de meetfout";
    gap_none: "Nobody has both measures, so there is nothing to compare.", "Niemand heeft beide maten, dus er valt niets te vergelijken.";
    gap_n: "{} with both measures", "{} met beide maten";
    gap_conflicts: "Conflicts", "Conflicten";
    gap_error: "error alone: at most {}", "alleen meetfout: hoogstens {}";
    gap_unrelated: "if unrelated: {}", "als er geen verband was: {}";
    gap_discoveries: "{} stay at 5 % false", "{} blijven bij 5 % valse";
    gap_open: "open: an interval holds zero", "open: een interval bevat nul";
    gap_correlation: "said and associated: r = {}", "gezegd en geassocieerd: r = {}";
    gap_published: "(studies of this kind: {})", "(vergelijkbaar onderzoek: {})";
    gap_missing: "No verdict", "Geen oordeel";
    gap_measures: "Associated is: {}.", "Geassocieerd is: {}.";
    gap_caution: "Association strength, not truth; zero is a convention. No decision about a person may rest on it.", "Sterkte van associaties, niet de waarheid; nul is een afspraak. Er mag geen besluit over een persoon op rusten.";

    paradox_title: "How the relation is meant, and how it is used", "Hoe de relatie bedoeld is, en hoe ze gebruikt wordt";
    paradox_none: "This study cannot say how the organisation means the relation. It can once customers are asked how they are seen (as the customer interview does), or once account managers take part.", "Dit onderzoek kan niet zeggen hoe de organisatie de relatie bedoelt. Dat kan wel als klanten gevraagd wordt hoe ze gezien worden (zoals het klantinterview doet), of als accountmanagers meedoen.";
    paradox_meant: "meant", "bedoeld";
    paradox_used: "used", "gebruikt";
    paradox_rows: "Rows: how it is meant. Columns: the model that leads in the own answers, with the published rates.", "Rijen: hoe het bedoeld is. Kolommen: het voorste model in de eigen antwoorden, met de gepubliceerde cijfers.";
    paradox_leading: "Rows: how it is meant. Columns and bars of use: the model that leads in the own answers, with the published rates.", "Rijen: hoe het bedoeld is. Kolommen en balken van gebruik: het voorste model in de eigen antwoorden, met de gepubliceerde cijfers.";
    paradox_sum: "all", "samen";

    scales_title: "Reliability of every scale", "Betrouwbaarheid van elke schaal";
    scales_items: "items", "vragen";
    scales_alpha: "α", "α";
    scales_omega: "ω", "ω";
    scales_other: "Estimate of the other side", "Inschatting van de andere kant";
    scales_indirect: "For indirect measures: the share of the differences that is not error.", "Bij indirecte maten: het deel van de verschillen dat geen meetfout is.";

    filter_title: "Which interviews", "Welke interviews";
    filter_source: "Answers from", "Antwoorden van";
    filter_real: "people", "mensen";
    filter_simulated: "a program (simulated)", "een programma (gesimuleerd)";
    filter_instrument: "Questionnaire", "Vragenlijst";
    filter_interviewer: "Interviewer", "Interviewer";
    filter_from: "From (UTC)", "Vanaf (UTC)";
    filter_to: "To (UTC)", "Tot en met (UTC)";
    filter_any: "all", "alle";
    filter_passes: "{} complete interviews pass.", "{} afgeronde interviews passen.";
    filter_passes_one: "One complete interview passes.", "Eén afgerond interview past.";
    filter_how: "← → changes a line; days move by a week. Enter shows the findings, c clears everything, Esc leaves it as it was.", "← → wijzigt een regel; dagen gaan per week. Enter toont de bevindingen, c wist alles, Esc laat het zoals het was.";
}
