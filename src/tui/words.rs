//! What the screens say of themselves, in English and Dutch. Phrases that the plain mode says too live in
//! [`crate::wording`]; the instrument's own texts live in its file.
//!
//! One list with both languages side by side, so that neither can lack a phrase. A third text is the Dutch one for
//! questionnaires that address people with `je`; where there is none, the phrase addresses nobody.

use crate::instrument::{Address, Language};

macro_rules! words {
    (@last $nl:literal) => { $nl };
    (@last $nl:literal, $je:literal) => { $je };
    ($($name:ident: $en:literal, $nl:literal $(, $je:literal)?;)*) => {
        /// Every phrase, in one language.
        #[derive(Debug)]
        pub(crate) struct Words { $(pub $name: &'static str,)* }
        static EN: Words = Words { $($name: $en,)* };
        static NL: Words = Words { $($name: $nl,)* };
        static NL_INFORMAL: Words = Words { $($name: words!(@last $nl $(, $je)?),)* };
        impl Words {
            /// The phrases in `language` for somebody who is addressed so; English where the language is not spoken.
            pub fn to(language: &Language, address: Address) -> &'static Self {
                match (language.as_str(), address) {
                    ("nl", Address::Formal) => &NL,
                    ("nl", Address::Informal) => &NL_INFORMAL,
                    _ => &EN,
                }
            }

            /// The phrases in `language` where no instrument says how people are addressed.
            pub fn of(language: &Language) -> &'static Self {
                Self::to(language, Address::default())
            }
        }
        #[cfg(test)]
        pub(super) const PAIRS: &[(&str, &str, &str, &str)] =
            &[$((stringify!($name), $en, $nl, words!(@last $nl $(, $je)?)),)*];
    };
}

pub(crate) mod study;

/// `text` with `{}` replaced by the values, in order.
pub(crate) fn fill(text: &str, values: &[&str]) -> String {
    let mut pieces = text.split("{}");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (index, piece) in pieces.enumerate() {
        filled.push_str(values.get(index).copied().unwrap_or_default());
        filled.push_str(piece);
    }
    filled
}

words! {
    nothing: "", "";

    key_go: "next", "verder";
    key_done: "done", "klaar";
    key_digits: "answer", "antwoord";
    key_choose: "choose", "kiezen";
    key_move: "move", "schuiven";
    key_earlier: "earlier word", "eerder woord";
    key_stop: "stop for now", "voor nu stoppen";
    key_stay: "back to the question", "terug naar de vraag";
    key_save_page: "save as a page", "bewaren als pagina";
    key_toggle: "mark", "aankruisen";
    key_models: "model", "model";
    key_strength: "strength", "sterkte";
    key_sure: "how sure", "hoe zeker";
    key_save_code: "save the code", "code bewaren";
    key_settle: "settle", "vaststellen";
    key_recode: "code again", "opnieuw coderen";
    key_code: "code", "coderen";
    key_rest: "the rest here", "de rest hier";
    key_take_back: "take back", "terugnemen";
    key_declined: "rather not say", "liever niet zeggen";
    key_dont_know: "don't know", "weet niet";
    key_back: "back", "terug";
    key_forward: "go on", "verder";
    key_finish: "finish", "afronden";
    key_note: "note", "notitie";
    key_sections: "sections", "onderdelen";
    key_pause: "pause", "pauze";
    key_language: "Nederlands", "English";
    key_keyboard: "take the keyboard", "toetsenbord terug";
    key_elsewhere: "save elsewhere", "elders bewaren";
    key_withdraw: "stop taking part", "niet meer meedoen";
    key_rehearsal: "rehearsal", "proef";
    key_field: "field", "veld";
    key_tab: "page", "pagina";
    key_expand: "all answers", "alle antwoorden";
    key_open: "open", "openen";
    key_study: "findings of the study", "bevindingen van het onderzoek";
    key_filter: "filter", "filter";
    key_clear: "clear", "wissen";
    key_show: "show", "tonen";
    key_change: "change", "wijzigen";
    key_close: "close", "sluiten";
    key_scroll: "scroll", "bladeren";
    key_leap: "more", "meer";
    key_help: "keys", "toetsen";
    key_leave: "save and leave", "bewaren en stoppen";
    key_quit: "quit", "stoppen";

    help_go: "Take this answer and go on to the next question.", "Dit antwoord vastleggen en naar de volgende vraag.";
    help_done: "Finish the text where Enter only starts a new line.", "De tekst afronden waar Enter een nieuwe regel begint.";
    help_digits: "Answer by number. Longer scales take several digits and then Enter.", "Antwoorden met een cijfer. Bij langere schalen: meer cijfers en dan Enter.";
    help_choose: "Move through answers, rows or a list.", "Door antwoorden, rijen of een lijst lopen.";
    help_move: "Move the marker of a scale one point; give or take five points when dividing.", "De markering op een schaal één punt schuiven; bij verdelen vijf punten erbij of eraf.";
    help_slide: "Move the marker of a scale one point; + and − do the same.", "De markering op een schaal één punt schuiven; + en − doen hetzelfde.";
    help_earlier: "To the word before, to mend it. The words after it stay.", "Naar het vorige woord, om het te verbeteren. De woorden erna blijven staan.";
    help_stay: "Back to the question; nothing has happened.", "Terug naar de vraag; er is niets gebeurd.";
    help_save_page: "Save the result as a page for a browser and for paper, beside the study or where you say.", "De uitkomst bewaren als pagina voor een browser en voor papier, naast het onderzoek of op een andere plek.";
    help_toggle: "Mark an answer, or take the mark away.", "Een antwoord aankruisen, of het kruisje weghalen.";
    help_models: "Communal sharing (c), authority ranking (a), equality matching (e) or market pricing (m): on an answer, mark it as evidence for that model, and press again for more; on the page of the code, choose it.", "Gemeenschappelijk delen (c), rangorde (a), gelijk oversteken (e) of markt en prijs (m): bij een antwoord, dat als aanwijzing voor dat model markeren, en nog eens voor sterker; op de pagina van de code, het kiezen.";
    help_strength: "How strongly this answer speaks for the model: 0 not at all, 3 very.", "Hoe sterk dit antwoord voor het model spreekt: 0 helemaal niet, 3 heel sterk.";
    help_sure: "How sure you are of the code: 1 a guess, 5 certain.", "Hoe zeker u van de code bent: 1 een gok, 5 zeker.";
    help_save_code: "Save the code. After that you see what other coders and the classifier say.", "De code bewaren. Daarna ziet u wat andere codeurs en het model zeggen.";
    help_settle: "Enter the code that all coders settled on together.", "De code invoeren die alle codeurs samen hebben vastgesteld.";
    help_recode: "Code this interview again. The earlier code stays in the file; the latest counts.", "Dit interview opnieuw coderen. De eerdere code blijft in het bestand; de laatste telt.";
    help_code: "Code a finished interview: which relational model does the respondent use?", "Een afgerond interview coderen: welk relatiemodel gebruikt de respondent?";
    help_rest: "Give all points that are left to this line.", "Alle punten die over zijn aan deze regel geven.";
    help_take_back: "Take back the last digit or the last place given.", "Het laatste cijfer of de laatst gegeven plaats terugnemen.";
    help_declined: "Rather not say. That is an answer too; with several rows it counts for this row.", "Liever niet zeggen. Dat is ook een antwoord; bij meer rijen geldt het voor deze rij.";
    help_dont_know: "Don't know. That is an answer too; with several rows it counts for this row.", "Weet niet. Dat is ook een antwoord; bij meer rijen geldt het voor deze rij.";
    help_all_declined: "Rather not say, for all rows at once.", "Liever niet zeggen, voor alle rijen tegelijk.";
    help_all_dont_know: "Don't know, for all rows at once.", "Weet niet, voor alle rijen tegelijk.";
    help_back: "Back to the question before. Nothing is lost.", "Terug naar de vorige vraag. Er gaat niets verloren.";
    help_forward: "On to the next question, with the answer that stands here.", "Naar de volgende vraag, met het antwoord dat er staat.";
    help_finish: "End the interview, when every question has an answer.", "Het interview afronden, als elke vraag een antwoord heeft.";
    help_note: "Write a note with this question.", "Een notitie bij deze vraag schrijven.";
    help_sections: "Go to another section; answers stay.", "Naar een ander onderdeel; antwoorden blijven staan.";
    help_pause: "Pause: the clock stops and the question is hidden.", "Pauze: de klok staat stil en de vraag is verborgen.";
    help_language: "Change the language, at any moment.", "Van taal wisselen, op elk moment.";
    help_keyboard: "The interviewer takes the keyboard back from the respondent.", "De interviewer neemt het toetsenbord terug van de respondent.";
    help_save_elsewhere: "Save the whole interview in another file and go on there.", "Het hele interview in een ander bestand bewaren en daar verdergaan.";
    help_withdraw: "The respondent does not want to take part any longer. You are asked to confirm.", "De respondent wil niet langer meedoen. Er wordt om bevestiging gevraagd.";
    help_rehearsal: "Make it a rehearsal, which is kept and counts nowhere; or a real one again.", "Er een proefsessie van maken, die bewaard blijft en nergens meetelt; of weer een echte.";
    help_field: "To the next or the previous field.", "Naar het volgende of vorige veld.";
    help_tab: "To the next or the previous page of the result.", "Naar de volgende of vorige pagina van de uitkomst.";
    help_expand: "Show all reasons with all answers behind them, or fewer again.", "Alle redenen met alle antwoorden erachter tonen, of weer minder.";
    help_open: "Open what is marked.", "Openen wat gemarkeerd is.";
    help_study: "What the whole study found.", "Wat het hele onderzoek vond.";
    help_filter: "Choose which interviews the findings are about.", "Kiezen over welke interviews de bevindingen gaan.";
    help_clear: "Take every choice of the filter away.", "Alle keuzes van het filter wissen.";
    help_show: "Show the findings under this filter.", "De bevindingen met dit filter tonen.";
    help_change: "To the next or the previous choice on this line.", "Naar de volgende of vorige keuze op deze regel.";
    help_close: "Close this and go back.", "Dit sluiten en terug.";
    help_scroll: "Scroll line by line.", "Regel voor regel door de tekst.";
    help_leap: "Scroll where there is more than fits.", "Bladeren als niet alles past.";
    help_help: "This list.", "Deze lijst.";
    help_leave: "Stop for now. Everything is kept and can be continued later.", "Voor nu stoppen. Alles is bewaard en kan later verder.";
    help_quit: "Leave relata.", "relata verlaten.";
    help_suspend: "Put relata aside; `fg` brings it back.", "relata even opzij; met `fg` komt het terug.";
    help_title: "Keys", "Toetsen";
    help_now: "What works now", "Wat nu werkt";
    help_elsewhere: "What works elsewhere", "Wat elders werkt";
    help_words: "While you type text every letter is text; then use the function and Ctrl keys. Ctrl+U clears the line, and Ctrl+Y brings it back.", "Tijdens het typen van tekst is elke letter tekst; gebruik dan de functie- en Ctrl-toetsen. Ctrl+U wist de regel en Ctrl+Y zet hem terug.";

    too_small: "Please make this window larger.", "Maak dit venster groter.";
    too_small_size: "It is {} columns by {} rows; {} by {} is enough.", "Het is {} kolommen bij {} rijen; {} bij {} is genoeg.";

    section_of: "section {} of {}", "onderdeel {} van {}";
    minutes_of: "{} of about {} min", "{} van ongeveer {} min";
    about_minutes: "about {} minutes", "ongeveer {} minuten";
    for_interviewer: "For you as interviewer", "Voor u als interviewer", "Voor jou als interviewer";
    ask_on: "Follow-up questions", "Doorvragen";
    your_note: "Note", "Notitie";
    elsewhere_title: "Save in another file", "In een ander bestand bewaren";
    elsewhere_words: "Nothing is lost: the whole interview is still here. Enter saves all of it in this file, and it goes on there.", "Er is niets verloren: het hele interview is er nog. Enter bewaart alles in dit bestand, en het gaat daar verder.";
    elsewhere_hint: "{} F12 saves everything in another file.", "{} F12 bewaart alles in een ander bestand.";
    coding_elsewhere_words: "Nothing is lost: what you entered is still here. Enter saves it in this file, with the interview and its codes, and you go on there. Merge the files later.", "Er is niets verloren: wat u invoerde is er nog. Enter bewaart het in dit bestand, met het interview en zijn codes, en u gaat daar verder. Voeg de bestanden later samen.";
    coding_elsewhere_hint: "{} What you enter stays here meanwhile. F12 saves it in another file.", "{} Wat u invoert blijft zolang hier. F12 bewaart het in een ander bestand.";
    coding_saved_in: "Everything is saved in {}, and you go on there.", "Alles is bewaard in {}, en u gaat daar verder.";
    coding_leave_anyway: "{} What you entered is not kept yet: F12 saves it in another file; Esc again leaves without it.", "{} Wat u invoerde is nog niet bewaard: F12 bewaart het in een ander bestand; nog eens Esc vertrekt zonder.";
    elsewhere_cancel: "Esc goes back, to try again in the old place.", "Esc gaat terug, om het op de oude plek nog eens te proberen.";
    elsewhere_done: "Everything is saved in {}, and the interview goes on there.", "Alles is bewaard in {}, en het interview gaat daar verder.";
    note_title: "Note with this question", "Notitie bij deze vraag";
    note_words: "Only for the interviewer. It is kept while you type.", "Alleen voor de interviewer. De notitie wordt tijdens het typen bewaard.";
    note_words_alone: "For you, and for whoever works on the study. It is kept while you type.", "Voor uzelf, en voor wie het onderzoek uitwerkt. De notitie wordt tijdens het typen bewaard.", "Voor jezelf, en voor wie het onderzoek uitwerkt. De notitie wordt tijdens het typen bewaard.";
    optional: "This one may be left open.", "Deze vraag mag open blijven.";
    row_left: "This row has no answer yet.", "Deze rij heeft nog geen antwoord.";
    choose_one: "Choose an answer first.", "Kies eerst een antwoord.";
    your_answer: "Your answer", "Antwoord";
    between_points: "a number from {} to {}", "een getal van {} tot en met {}";
    number_here: "Type a number.", "Typ een getal.";
    whole_number: "a whole number", "een heel getal";
    whole_between: "a whole number from {} to {}", "een heel getal van {} tot en met {}";
    at_least: "{} or more", "{} of meer";
    at_most: "{} or less", "{} of minder";
    date_form: "year-month-day, such as 2026-01-31", "jaar-maand-dag, bijvoorbeeld 2026-01-31";
    date_from: "from {}", "vanaf {}";
    date_to: "up to {}", "tot en met {}";
    pick_between: "Choose {} to {}.", "Kies er {} tot {}.";
    pick_exactly: "Choose {}.", "Kies er {}.";
    pick_at_most: "Choose at most {}.", "Kies er hoogstens {}.";
    pick_any: "Choose as many as you like.", "Kies er zoveel als u wilt.", "Kies er zoveel als je wilt.";
    rank_places: "Put {} of them in order, the first one first: {} to go.", "Zet er {} op volgorde, de eerste voorop: nog {} te gaan.";
    rank_full: "All places are filled. Press Enter to confirm the order.", "Alle plaatsen zijn gevuld. Druk op Enter om de volgorde te bevestigen.";
    points_left: "{} points left of {}", "nog {} van {} punten";
    points_over: "{} points too many; there are {}", "{} punten te veel; er zijn er {} te verdelen";
    points_done: "All {} points are divided. Enter takes this.", "Alle {} punten zijn verdeeld. Enter legt dit vast.";
    no_more: "No more? Press Enter on the empty line.", "Niets meer? Druk op Enter op de lege regel.";

    note_item: "Read this, then press Enter.", "Lees dit en druk dan op Enter.";

    over_title: "Please hand over the keyboard", "Geef het toetsenbord aan de respondent";
    over_words: "The next part is for the respondent alone: {}.", "Het volgende deel is voor de respondent zelf: {}.";
    over_words_plain: "The next part is for the respondent alone.", "Het volgende deel is voor de respondent zelf.";
    over_more: "Your notes, probes and earlier answers cannot be seen until you take the keyboard back.", "Uw notities, hulpvragen en eerdere antwoorden zijn niet te zien tot u het toetsenbord terugneemt.", "Je notities, hulpvragen en eerdere antwoorden zijn niet te zien tot je het toetsenbord terugneemt.";
    over_key: "Respondent: press Enter when you are ready.", "Respondent: druk op Enter als u zover bent.", "Respondent: druk op Enter als je zover bent.";
    back_title: "Please give the keyboard back", "Geef het toetsenbord terug";
    back_words: "Thank you. This part is done; the interviewer goes on from here.", "Dank u wel. Dit deel is klaar; de interviewer gaat hier verder.", "Dank je wel. Dit deel is klaar; de interviewer gaat hier verder.";
    back_key: "Interviewer: press F8 (or Ctrl+T) to take the keyboard.", "Interviewer: druk op F8 (of Ctrl+T) om het toetsenbord over te nemen.";
    back_enter: "Only the interviewer goes on from here, with F8.", "Hier gaat alleen de interviewer verder, met F8.";
    paused_title: "Paused", "Pauze";
    paused_words: "The clock stands still and the question is hidden. Everything is kept.", "De klok staat stil en de vraag is verborgen. Alles is bewaard.";
    paused_key: "Press Enter to go on.", "Druk op Enter om verder te gaan.";

    sections_title: "Go to a section", "Naar een onderdeel";
    here: "you are here", "u bent hier", "je bent hier";

    withdraw_title: "Stop taking part?", "Niet meer meedoen?";
    withdraw_words: "The interview ends here and cannot be continued. Type one of these words and press Enter:", "Het interview eindigt hier en kan niet verder. Typ een van deze woorden en druk op Enter:";
    withdraw_stop: "stop", "stop";
    withdraw_erase: "erase", "wissen";
    withdraw_stop_words: "stop, and keep what has been answered so far", "stoppen, en bewaren wat tot nu toe is geantwoord";
    withdraw_erase_words: "stop, and erase everything of this interview for good", "stoppen, en alles van dit interview voorgoed wissen";
    withdraw_cancel: "Esc goes back to the question.", "Met Esc gaat u terug naar de vraag.", "Met Esc ga je terug naar de vraag.";
    withdraw_which: "Type `{}` or `{}`, or press Esc to go on.", "Typ `{}` of `{}`, of druk op Esc om door te gaan.";
    withdrawn_title: "The interview has been stopped", "Het interview is gestopt";
    withdrawn_words: "The answers so far have been kept.", "De antwoorden tot nu toe zijn bewaard.";
    erased_words: "Everything of this interview has been erased.", "Alles van dit interview is gewist.";
    any_enter: "Enter closes this.", "Enter sluit dit.";

    leave_title: "Stop for now?", "Voor nu stoppen?";
    leave_words: "Everything is kept up to this question. Continue later from the start screen or with `relata resume`; the full command is shown when you leave.", "Alles is bewaard tot en met deze vraag. Ga later verder vanaf het beginscherm of met `relata resume`; de hele opdracht ziet u als u stopt.", "Alles is bewaard tot en met deze vraag. Ga later verder vanaf het beginscherm of met `relata resume`; de hele opdracht zie je als je stopt.";
    leave_untouched: "Nothing has been answered yet, so nothing will be kept.", "Er is nog niets geantwoord; er wordt dus niets bewaard.";
    leave_key: "Enter leaves, Esc goes back to the question.", "Met Enter stopt u, met Esc gaat u terug naar de vraag.", "Met Enter stop je, met Esc ga je terug naar de vraag.";

    review_title: "All answers", "Alle antwoorden";
    review_open: "open", "open";
    review_left: "{} questions still need an answer.", "{} vragen hebben nog een antwoord nodig.";
    review_left_one: "One question still needs an answer.", "Eén vraag heeft nog een antwoord nodig.";
    review_ready: "Everything has an answer. Enter goes on; ↑ and ↓ lead to an answer that you want to change.", "Alles heeft een antwoord. Met Enter gaat u verder; met ↑ en ↓ komt u bij een antwoord dat u wilt veranderen.", "Alles heeft een antwoord. Met Enter ga je verder; met ↑ en ↓ kom je bij een antwoord dat je wilt veranderen.";
    review_passed: "left open", "opengelaten";

    thanks_title: "Thank you", "Dank u wel", "Dank je wel";
    thanks_words: "That was the last question. Your answers have been kept.", "Dat was de laatste vraag. Uw antwoorden zijn bewaard.";
    refused_title: "No interview", "Geen interview";
    moment_title: "One moment", "Een ogenblik";
    moment_study: "The interviews are being read.", "De interviews worden gelezen.";
    moment_words: "The result is being worked out.", "De uitkomst wordt berekend.";
    trouble_title: "That did not work", "Dat is niet gelukt";

    home_lead: "Interviews about how people deal with an organisation", "Interviews over hoe mensen met een organisatie omgaan";
    home_study: "Study", "Onderzoek";
    home_first: "There is nothing in this study yet. Choose an interview to begin the first one; eight minutes are enough to see a result.", "Er staat nog niets in dit onderzoek. Kies een interview om met het eerste te beginnen; na acht minuten ziet u al een uitkomst.";
    home_continue: "Continue", "Verdergaan";
    home_new: "New interview", "Nieuw interview";
    home_done: "Finished", "Afgerond";
    rehearsal: "rehearsal", "proef";
    rehearsal_mark: "REHEARSAL", "PROEF";
    form_rehearsal: "Rehearsal: kept, marked, and left out of every result.", "Proef: wordt bewaard, gemarkeerd en telt nergens mee.";
    home_simulated: "simulated", "gesimuleerd";
    home_of: "{} of {}", "{} van {}";
    home_no_instruments: "There are no instruments to choose from.", "Er zijn geen vragenlijsten om uit te kiezen.";
    state_finished: "finished", "afgerond";
    state_refused: "no consent", "zonder ja";
    state_withdrawn: "stopped", "gestopt";

    form_respondent: "Code of the respondent", "Code van de respondent";
    form_respondent_own: "Your code", "Eigen code";
    form_respondent_hint: "A code, never a name. Keep the list of who is who elsewhere.", "Een code, nooit een naam. Bewaar ergens anders wie wie is.";
    form_respondent_again: "Your code from before. Somebody else takes another one, such as {}.", "De eigen code van eerder. Iemand anders neemt een andere, bijvoorbeeld {}.";
    form_interviewer: "Your code as interviewer", "Code van de interviewer";
    form_interviewer_hint: "May stay empty.", "Mag leeg blijven.";
    form_language: "Language", "Taal";
    form_language_hint: "Space or ← → changes it; it can be changed at any moment.", "Wissel met spatie of ← →; dat kan later ook nog.";
    form_begin: "Begin", "Beginnen";
    form_needed: "Please fill this in.", "Vul dit in.";
    form_code_only: "Use letters, digits, `-`, `_` and `.`, without spaces.", "Gebruik letters, cijfers, `-`, `_` en `.`, zonder spaties.";
    form_optional: "may stay empty", "mag leeg blijven";

    sort_left: "{}  left", "{}  links";
    sort_right: "right  {}", "rechts  {}";
    sort_or: " or ", " of ";
    sort_how: "Words appear one by one. Put a finger of each hand on E and I, and press the key of the side where the word belongs, as fast as you can. A mistake now and then is fine. Esc stops the round; it then begins again.", "Er verschijnen woorden, één voor één. Leg van elke hand een vinger op E en I en druk op de toets van de kant waar het woord hoort, zo snel u kunt. Een fout nu en dan is niet erg. Esc stopt de ronde; die begint dan opnieuw.", "Er verschijnen woorden, één voor één. Leg van elke hand een vinger op E en I en druk op de toets van de kant waar het woord hoort, zo snel je kunt. Een fout nu en dan is niet erg. Esc stopt de ronde; die begint dan opnieuw.";
    sort_round: "Round {} of {}: {} words.", "Ronde {} van {}: {} woorden.";
    sort_again: "! This round was broken off, so it begins again.", "! Deze ronde is afgebroken en begint dus opnieuw.";
    sort_begin: "Enter begins.", "Enter begint.";
    sort_done: "✓ This round is done.", "✓ Deze ronde is gedaan.";
    sort_right_answer: "○ correct", "○ juist";
    sort_wrong_answer: "✗ wrong", "✗ onjuist";
    sort_faster: "» faster!", "» sneller!";

    coding_title: "Code an interview", "Een interview coderen";
    coding_who: "Your code as coder", "Uw code als codeur";
    coding_who_hint: "A code, never a name; the same one for every interview you code.", "Een code, nooit een naam; dezelfde voor elk interview dat u codeert.";
    coding_blind: "You read answers, notes and associations. Scores, the classifier and the codes of others are shown when your own code is saved. Everything you enter is kept at once.", "U leest antwoorden, notities en associaties. Scores, het model en de codes van anderen ziet u als uw eigen code is bewaard. Alles wat u invoert wordt meteen bewaard.";
    coding_coder: "coder {}", "codeur {}";
    coding_interview: "Interview", "Interview";
    coding_code: "Code", "Code";
    coding_consensus: "Consensus", "Consensus";
    coding_marked: "your marks:", "uw markeringen:";
    coding_no_mark: "not marked: c a e m marks it for a model", "niet gemarkeerd: c a e m markeert het voor een model";
    coding_which: "First a model (c, a, e or m), then a strength from 0 to 3.", "Eerst een model (c, a, e of m), dan een sterkte van 0 tot en met 3.";
    coding_empty: "There are no answers to read.", "Er zijn geen antwoorden om te lezen.";
    coding_lead: "Which model does the respondent use toward the organisation? Judge the whole interview; your marks are a help, not a sum.", "Welk model gebruikt de respondent tegenover de organisatie? Beoordeel het hele interview; uw markeringen zijn een hulp, geen optelsom.";
    coding_settle_lead: "What did you settle on together? This code stands for all coders.", "Wat hebt u samen vastgesteld? Deze code geldt voor alle codeurs.";
    coding_dominant: "Dominant model", "Dominant model";
    coding_second: "Second model", "Tweede model";
    coding_sure: "How sure (1–5)", "Hoe zeker (1–5)";
    coding_sure_of: "sure {} of {}", "zeker {} van {}";
    coding_why: "Why (Enter writes)", "Waarom (Enter)";
    coding_no_dominant: "Choose the dominant model first, with c, a, e or m.", "Kies eerst het dominante model, met c, a, e of m.";
    coding_twice: "{} is the dominant model already; choose another one, or none.", "{} is al het dominante model; kies een ander, of geen.";
    coding_compare: "What was said of this interview", "Wat er van dit interview is gezegd";
    coding_you: "you", "u";
    coding_settled_by: "consensus (by {})", "consensus (door {})";
    coding_classifier: "classifier", "model van relata";
    coding_uncertain: ", uncertain", ", onzeker";
    coding_is_settled: "✓ Settled: {}. Training takes this label.", "✓ Vastgesteld: {}. Bij het trainen geldt dit label.";
    coding_alone: "Nobody else has coded this interview yet.", "Niemand anders heeft dit interview al gecodeerd.";
    coding_agreed: "✓ All coders agree.", "✓ Alle codeurs zijn het eens.";
    coding_differ: "! Coders differ. Talk about it, then settle it with s. A change of your own code would count as agreement that was not there.", "! De codeurs verschillen. Bespreek het en stel het vast met s. Uw eigen code wijzigen zou tellen als overeenstemming die er niet was.";
    coding_evidence: "Evidence, answer by answer", "Aanwijzingen, antwoord voor antwoord";

    no_profile: "No profile", "Geen profiel";
    tab_profile: "Profile", "Profiel";
    tab_gap: "Said × associated", "Gezegd × geassocieerd";
    tab_advice: "What to do", "Wat te doen";
    tab_scales: "Scales", "Schalen";
    tab_about: "Basis", "Basis";
    evidence_more: "e shows all reasons and answers.", "e toont alle redenen en antwoorden.";
    gap_cross: "◆ the values, ─ │ their 95 % intervals", "◆ de waarden, ─ │ hun 95 %-intervallen";
    save_title: "Save the result as a page", "De uitkomst als pagina bewaren";
    save_words: "A page for a browser and for paper: open it there and print it. Where is it to be kept?", "Een pagina voor een browser en voor papier: open de pagina daar en druk haar af. Waar wordt ze bewaard?";
    save_done: "✓ The page is in {}", "✓ De pagina staat in {}";
    not_shown: "The respondent was shown no result here, so this screen shows none either. Whoever keeps the study sees it with this command:", "De respondent kreeg hier geen uitkomst te zien; dit scherm toont haar daarom ook niet. Wie het onderzoek beheert, ziet haar met deze opdracht:";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_phrase_with_the_same_blanks() {
        for (name, en, nl, je) in PAIRS.iter().chain(study::PAIRS) {
            assert_eq!(en.is_empty(), nl.is_empty(), "{name}");
            for dutch in [nl, je] {
                assert_eq!(en.matches("{}").count(), dutch.matches("{}").count(), "{name}");
            }
        }
    }

    #[test]
    fn filling_takes_the_values_in_order() {
        assert_eq!(fill("{} of {}", &["3", "9"]), "3 of 9");
        assert_eq!(fill("{} of {}", &["3"]), "3 of ");
    }
}
