//! What the screens say of themselves: phrases that stand for themselves, as fields with a name that the compiler knows.
//! Phrases with something in them are asked for with [`text!`](crate::text), like those of every other room.
//!
//! Frames are drawn often, so these are read from the catalogue once, for every language and way to address people.

use crate::instrument::{Address, Language};
use crate::texts::{self, Argument};

macro_rules! words {
    ($room:literal: $($name:ident,)*) => {
        /// Every phrase, in one language.
        #[derive(Debug)]
        pub(crate) struct Words { $(pub $name: &'static str,)* }

        /// Read from the catalogue; the first is the one that stands in for other languages.
        static WORDS: std::sync::LazyLock<Vec<(Language, Address, Words)>> = std::sync::LazyLock::new(|| {
            let read = |language: &Language, address| {
                Words { $($name: phrase($room, stringify!($name), language, address),)* }
            };
            let both = [Address::Formal, Address::Informal];
            let all = Language::all().flat_map(|language| both.map(|address| (language.clone(), address)));
            all.map(|(language, address)| (language.clone(), address, read(&language, address))).collect()
        });

        impl Words {
            /// The phrases in `language` for somebody who is addressed so.
            pub fn to(language: &Language, address: Address) -> &'static Self {
                let is = |(other, way, _): &&(Language, Address, Words)| other == language && *way == address;
                &WORDS.iter().find(is).unwrap_or(&WORDS[0]).2
            }

            /// The phrases in `language` where no instrument says how people are addressed.
            pub fn of(language: &Language) -> &'static Self {
                Self::to(language, Address::default())
            }
        }
    };
}

/// The phrase of a field: its key is the room and the name. What it returns is kept for good, like the catalogue itself.
fn phrase(room: &str, name: &str, language: &Language, address: Address) -> &'static str {
    let key = format!("{room}-{}", name.replace('_', "-"));
    texts::say(language, &key, &[("address", address.said())]).leak()
}

pub(crate) mod study;

words! {
    "tui":
    nothing,
    space_bar,
    key_go,
    key_done,
    key_digits,
    key_choose,
    key_move,
    key_negative,
    key_earlier,
    key_stop,
    key_stay,
    key_save_page,
    key_again,
    key_toggle,
    key_models,
    key_strength,
    key_passage,
    key_search,
    key_word,
    key_grow,
    key_other_words,
    key_sure,
    key_save_code,
    key_settle,
    key_recode,
    key_code,
    key_rest,
    key_take_back,
    key_declined,
    key_dont_know,
    key_back,
    key_forward,
    key_finish,
    key_note,
    key_sections,
    key_pause,
    key_language,
    key_keyboard,
    key_elsewhere,
    key_withdraw,
    key_rehearsal,
    key_field,
    key_tab,
    key_expand,
    key_open,
    key_study,
    key_filter,
    key_clear,
    key_show,
    key_change,
    key_close,
    key_scroll,
    key_leap,
    key_help,
    key_leave,
    key_quit,
    help_go,
    help_done,
    help_digits,
    help_choose,
    help_move,
    help_slide,
    help_negative,
    help_earlier,
    help_stay,
    help_save_page,
    help_again,
    help_toggle,
    help_models,
    help_strength,
    help_passage,
    help_search,
    help_word,
    help_grow,
    help_other_words,
    help_sure,
    help_save_code,
    help_settle,
    help_recode,
    help_code,
    help_rest,
    help_take_back,
    help_declined,
    help_dont_know,
    help_all_declined,
    help_all_dont_know,
    help_back,
    help_forward,
    help_finish,
    help_note,
    help_sections,
    help_pause,
    help_language,
    help_keyboard,
    help_save_elsewhere,
    help_withdraw,
    help_rehearsal,
    help_field,
    help_tab,
    help_expand,
    help_open,
    help_study,
    help_filter,
    help_clear,
    help_show,
    help_change,
    help_close,
    help_scroll,
    help_leap,
    help_help,
    help_leave,
    help_quit,
    help_suspend,
    help_title,
    help_now,
    help_elsewhere,
    help_words,
    too_small,
    for_interviewer,
    ask_on,
    your_note,
    elsewhere_title,
    elsewhere_words,
    coding_elsewhere_words,
    elsewhere_cancel,
    note_title,
    note_words,
    note_words_alone,
    optional,
    row_left,
    choose_one,
    your_answer,
    number_here,
    whole_number,
    date_form,
    pick_any,
    rank_full,
    no_more,
    note_item,
    over_title,
    over_words_plain,
    over_more,
    over_key,
    back_title,
    back_words,
    back_key,
    back_enter,
    paused_title,
    paused_words,
    paused_key,
    sections_title,
    here,
    withdraw_title,
    withdraw_words,
    withdraw_stop,
    withdraw_erase,
    withdraw_stop_words,
    withdraw_erase_words,
    withdraw_cancel,
    withdrawn_title,
    withdrawn_words,
    erased_words,
    any_enter,
    leave_title,
    leave_words,
    leave_untouched,
    leave_key,
    review_title,
    review_open,
    review_ready,
    review_passed,
    thanks_title,
    thanks_words,
    refused_title,
    moment_title,
    moment_study,
    moment_words,
    trouble_title,
    home_lead,
    home_study,
    home_first,
    home_continue,
    home_new,
    home_done,
    home_relations,
    rehearsal,
    rehearsal_mark,
    form_rehearsal,
    home_simulated,
    home_no_instruments,
    state_finished,
    state_refused,
    state_withdrawn,
    form_respondent,
    form_respondent_own,
    form_respondent_client,
    form_respondent_hint,
    form_respondent_account,
    form_interviewer,
    form_interviewer_hint,
    form_language,
    form_language_hint,
    form_begin,
    form_needed,
    form_code_only,
    form_optional,
    sort_or,
    sort_how,
    sort_again,
    sort_begin,
    sort_done,
    sort_right_answer,
    sort_wrong_answer,
    sort_faster,
    coding_title,
    coding_who,
    coding_who_hint,
    coding_blind,
    coding_blind_narrative,
    coding_interview,
    coding_transcript,
    coding_search,
    coding_search_title,
    coding_code,
    coding_consensus,
    coding_marked,
    coding_no_mark,
    coding_no_words,
    coding_words_alone,
    coding_withheld,
    coding_which,
    coding_empty,
    coding_lead,
    coding_settle_lead,
    coding_dominant,
    coding_second,
    coding_sure,
    coding_why,
    coding_no_dominant,
    coding_compare,
    coding_you,
    coding_classifier,
    coding_uncertain,
    coding_alone,
    coding_agreed,
    coding_differ,
    coding_evidence,
    no_profile,
    tab_profile,
    tab_gap,
    tab_advice,
    tab_scales,
    tab_about,
    evidence_more,
    gap_cross,
    save_title,
    save_words,
    not_shown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_read_for_every_language_and_address() {
        let dutch = Language::new("nl");
        assert_eq!(Words::of(&dutch).here, "u bent hier");
        assert_eq!(Words::to(&dutch, Address::Informal).here, "je bent hier");
        assert_eq!(Words::of(&Language::new("cy")).here, "you are here");
        assert_eq!(study::Words::of(&dutch).tab_who, "Wie");
    }
}
