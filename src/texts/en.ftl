### What relata says, in English: the file that translations are made from.
###
### A key is the room, the file in it and what the message means. What stands in braces is filled in and keeps its name; a number may choose
### among forms (`[one]`, `*[other]`). `$address` is `formal` or `informal`, for languages that have two ways to address people.
### `tests/texts.rs` says what a file lacks.

## The language

language-own-name = English
number-thousands-sign = ,
number-decimal-sign = .
language-formal = {""}
language-informal = {""}

## classify/pooling/basis

classify-codes-too-few = The codes are not used: profiles rest on the reference model until the codes of { $needed } respondents can be held out and compared with it; { $people ->
        [one] 1 is coded.
       *[other] { $people } are coded.
    }
classify-codes-no-better = The codes are not used, and profiles rest on the reference model: on held-out codes (log loss, ten folds) what they teach comes to { $codes }, the reference model to { $reference } and the shares of the codes alone to { $base }. They teach where both differences are clearly above chance (95 %).
classify-basis-reference = reference model, simulated
classify-basis-pooled = pooled with the reference model, simulated: { $sessions }
classify-basis-own = the study's own: { $sessions }
classify-basis-coded-sessions =
    { $coded ->
        [one] 1 coded session
       *[other] { $coded } coded sessions
    }
classify-basis-coded-sessions-simulated =
    { $coded ->
        [one] 1 coded session of a simulated respondent
       *[other] { $coded } coded sessions of simulated respondents
    }

## study/paper

study-paper-no-number = `{ $text }` is not the number of a sheet
study-paper-no-number-help = it stands on every page, such as NL-7KQ4-012-M; of the next sheets of a batch the end is enough, such as 13K
study-paper-no-sheet = `{ $text }` is no sheet of { $questionnaire }
study-paper-no-sheet-help = a character is wrong, or the sheet was printed from another version: compare what stands at the foot of the page with `relata instruments show`, or enter it with the file that it was printed from
study-paper-other = the sheet was printed from another text, { $hash }…
study-paper-other-help = enter it with the file that it was printed from
study-paper-end = `{ $text }` is the end of a number only
study-paper-end-help = type the first number of a batch whole, such as NL-7KQ4-012-M

## study/tables/about

study-left-out-rehearsals =
    { $tests ->
        [one] rehearsal
       *[other] rehearsals
    }
study-about-stopped-respondent = stopped by the respondent
study-consent-refused = consent refused
study-about-of-people = of people
study-about-of-programs = simulated
study-about-sessions-left-out = sessions left out:{" "}
study-about-exported-relata-version-study =
    Exported by relata { $version } on { $at } from study { $study }: { $n } { $n ->
        [one] session
       *[other] sessions
    }.
study-about-coded-narrative = Coders were shown what was told in words alone when this was exported; the variables code_seen and seen say from what each code was made.
study-about-coded-whole = Coders were shown every answer when this was exported; the variables code_seen and seen say from what each code was made.
study-about-probabilities-four-models-rest = Probabilities of the four models rest on a simulated reference sample, not on coded interviews.
study-about-times-utc-seconds-item = Times are UTC. Seconds of an item run from the event before it to its answers; pauses are left out.
study-about-simulated-nobody-gave-answers =
    SIMULATED: nobody gave the answers of { $simulated } { $simulated ->
        [one] session
       *[other] sessions
    }; a program did.
study-about-rows-without-consent = 
    { $bare ->
        [one] { $bare } session has no consent and a row without answers.
       *[other] { $bare } sessions have no consent and rows without answers.
    }
study-about-tests-rehearsals-variable-test =
    With { $tests } { $tests ->
        [one] rehearsal
       *[other] rehearsals
    }; the variable `test` says which.
study-about-free-texts-answers-words = Free texts (answers, words, notes) were left out; the fields of the start form are there.
study-about-free-texts-stand-typed = Free texts stand in it as they were typed; they may hold personal data (leave them out with --without-text).

## store/error: the rest of a sentence that begins with the name of the file

store-gone = is not there any more: it was deleted or moved while relata had it open; put it back, or save elsewhere
store-replaced = is not the file any more that relata opened ({ $why }), as after a restore or a synchronisation; nothing is written into it: save elsewhere
store-replaced-aside = ; what was last written into the former one is kept beside it, as `{ $log }`
store-replaced-renamed = another file has taken its name
store-replaced-over = another file, or an earlier state of this one, was written over it; what other programs entered there since your last answer (another code of the respondent, a coder’s code, an erasing) cannot be read any more and is missing from what you save
store-replaced-log-deleted = its log, the file .{ $name }, was deleted
store-replaced-log = its log, the file .{ $name }, was replaced
store-replaced-cut = somebody cut it short or wrote into it: { $why }; what other programs entered there since your last answer (another code of the respondent, a coder’s code, an erasing) cannot be read any more and is missing from what you save
store-replaced-foreign = somebody put the { $what } into it
store-locked = is held by another program; close that program, or wait until it is done, and try again
store-read-only = cannot be written, because the file or its folder is read-only; allow writing or copy it elsewhere
store-no-access = cannot be opened; check that you may read the file and write in its folder
store-full = could not be written, because the disk is full; what was kept before is safe: free some space and try again
store-disk = could not be read or written ({ $why }); check the disk and try again
store-overtaken = has other events of session `{ $session }` ({ $kept }) than were expected ({ $expected }), because it was continued elsewhere; leave it here and resume it to go on from there
store-over =
    takes nothing more into session `{ $session }`, because it is { $state ->
        [finished] finished
        [withdrawn] withdrawn
       *[open] open
    }; begin a new session instead
store-erased-there = has erased session `{ $session }` (on { $on }) and takes nothing of it back, because the next merge would take it away again; nothing is lost: name another file
store-erased-meanwhile = has session `{ $session }` no more: it was erased on { $on }, by another program, while it was open here; nothing of it is kept, here or in another file
store-same-place = is the file that was lost; name another one
store-folder = is a folder; name a file in it, such as `study.relata`
store-no-place = cannot be created, because its folder cannot be made ({ $why }); choose another place
store-not-a-study = is not a relata study, or its first bytes are damaged; it was left as it is: choose another file
store-no-passphrase = is locked with a passphrase, or is no study at all, and no passphrase was given; it was left as it is: try again in a terminal, which asks for it, or give it with --passphrase-file
store-no-cipher = is locked with a passphrase, or is no study at all; this relata was built without encryption and cannot open it: `cargo build --release --features encryption` builds one that can
store-wrong-passphrase = does not open with this passphrase: it is not the right one, or the file is no study, or its first bytes are damaged; it was left as it is: try again, or take a backup
store-plain-place = is not locked, and what is to be written into it is: name another file, or lock this one first with `relata study lock`
store-cut = has { $there } events of session `{ $session }` where relata kept { $kept }: they were taken away or put in outside relata; what is there is not to be trusted: take the session from a backup or a copy, or erase it

## report/dates

report-date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }

## plain/command

plain-command-back = back
plain-command-forward = forward
plain-command-declined = declined
plain-command-dontknow = dontknow
plain-command-note = note TEXT
plain-command-lang = lang TAG
plain-command-sections = sections
plain-command-jump = jump NAME
plain-command-pause = pause
plain-command-withdraw = withdraw
plain-command-clear = clear
plain-command-quit = quit
plain-command-help = help
plain-command-question-before = to the question before
plain-command-without-changing-answer = on without changing the answer
plain-command-would-rather-not-say = would rather not say
plain-command-dont-know = don't know
plain-command-note-question = a note with this question
plain-command-another-language-such-lang = another language, such as :lang nl
plain-command-sections-their-names = the sections with their names
plain-command-section-interviewer = to a section (interviewer)
plain-command-stop-clock = stop the clock
plain-command-withdraw-interview = withdraw from the interview
plain-command-drop-text-begun = drop a text that was begun
plain-command-leave-everything-kept = leave; everything is kept
plain-command-this-list = this list

## Shared by several rooms

shared-for-the-interviewer = for the interviewer
shared-declined = declined
shared-dont-know = don't know
shared-blank = left blank
shared-illegible = illegible
shared-two-ticked = more than one ticked
shared-scale = scale
shared-name = name
shared-says-warm-associates-cold = says warm, associates cold
shared-says-cold-associates-warm = says cold, associates warm
shared-interviewer = interviewer
shared-note = note
shared-item = item
shared-answered = answered
shared-questionnaire = questionnaire
shared-if = if
shared-session = session

## analysis/clusters

analysis-clusters-said = what is said, −1 to +1
analysis-clusters-associated = what is associated, −1 to +1
analysis-clusters-norm = norm: { $model }
analysis-clusters-minutes = minutes

## analysis/experience

analysis-experience-as-feeling = { $label } (feeling)

## analysis/metadata

analysis-metadata-title = title
analysis-metadata-authors = authors
analysis-metadata-sampling = how respondents were found
analysis-metadata-universe = whom they stand for
analysis-metadata-ethics = approved under
analysis-metadata-funding = funding
analysis-metadata-controller = responsible for the data
analysis-metadata-contact = contact
analysis-metadata-purpose = what the data are for
analysis-metadata-retention = how long they are kept
analysis-metadata-publication = what is published

## analysis/recovery/study

analysis-figure-share = share of “{ $model }”, estimated
analysis-figure-probability = mean probability of “{ $model }”
analysis-figure-strength = how strongly the norm “{ $model }” is held
analysis-figure-same = one model on both sides
analysis-figure-satisfied-leaving = satisfied but leaning toward leaving
analysis-figure-feeling = feeling: { $name }
analysis-figure-of = { $what }: “{ $model }”
analysis-figure-difference = { $what }: “as one of us” less “business-like”
analysis-figure-correlation = said × associated, correlation
analysis-figure-alpha = Cronbach α: { $scale }
analysis-figure-kappa = Cohen κ of two coders

## analysis/reliability

analysis-reliability-one-question-no-reliability = one question has no reliability of its own
analysis-reliability-too-few-answers-no = too few answers, or no differences

## analysis/words

analysis-words-to = to
analysis-words-imported = Of these sessions, so many were not asked here but imported from files of other programs: { $files }.
analysis-words-sessions-of-people =
    These { $n } sessions are those of { $people ->
        [one] one person
       *[other] { $people } people
    }: shares and means are of sessions, and a code with several (about several organisations, or of several people) counts as often.
analysis-words-earlier =
    { $n ->
        [one] 1 earlier session of somebody who told of the same organisation again is
       *[other] { $n } earlier sessions of people who told of the same organisation again are
    } left out here: everybody counts once, with the last answers.
analysis-words-no-complete-interviews-here = There are no complete interviews here yet, so there is nothing to report.
analysis-words-n-complete-interviews-too =
    With { $n } complete { $n ->
        [one] interview
       *[other] interviews
    } there are too few to say anything about people in general. The other pages show what is there.
analysis-words-answers-these-n-sessions = Of { $n } sessions, the answers of { $nothing } do not tell the four ways of relating apart, or contradict each other as random ones would. No shares can be told.
analysis-words-many-tell-nothing = The answers of many do not tell the four ways of relating apart, or contradict each other as random ones would. No shares can be told.
analysis-words-some-tell-nothing = Of { $n } sessions, the answers of { $nothing } do not tell the four ways of relating apart, or contradict each other as random ones would. They are counted for none.
analysis-words-paradox-left-out = Left out because the answers of a side do not tell its first way from the next: { $untold }.
analysis-words-parted =
    { $sessions ->
        [one] In one session
       *[other] In { $sessions } sessions
    } the statements or the choices put another way of relating clearly above the one that all answers together speak for.
analysis-words-unrated =
    { $sessions ->
        [one] In one session
       *[other] In { $sessions } sessions
    } the ratings count in no profile, because a norm has too few of them ({ $norms }): these profiles rest on situations, sets and points alone.
analysis-words-open-first-two-not = ; in { $open } the first two are not told apart
analysis-words-ease =
    { $learnt ->
        [yes] where how easy the statements are to agree with is learnt from this study’s own answers
       *[no] if people agree with the statements of all models equally easily
    }
analysis-words-taken-one-one-answers = Taken one by one, the answers of { $business } of { $n } { $counted ->
        [sessions] sessions
       *[people] respondents
    } speak for “business-like” and those of { $personal } for “as one of us”, { $ease }{ $apart }.
analysis-words-taken-one-none = Taken one by one, the answers of none of { $n } { $counted ->
        [sessions] sessions
       *[people] respondents
    } speak for “business-like” or for “as one of us”, { $ease }{ $apart }.
analysis-words-taken-one-only = Taken one by one, the answers of { $share } of { $n } { $counted ->
        [sessions] sessions
       *[people] respondents
    } speak for “{ $model }”, { $ease }{ $apart }.
analysis-words-n-respondents-business-relate =
    { $who ->
        [managers] Of { $n } who speak for the organisation, { $business } relate to their client “business-like” and { $personal } “as one of us”. The published study asked customers: nearly 70 % and about 16 %.
       *[customers] Of { $n } respondents, { $business } relate to the organisation “business-like” and { $personal } “as one of us”. The published study found nearly 70 % and about 16 %.
    }
analysis-words-n-sessions-business-relate =
    { $who ->
        [managers] Of { $n } sessions with those who speak for the organisation, { $business } are of people who relate to their client “business-like” and { $personal } of people who do so “as one of us”. The published study asked customers: nearly 70 % and about 16 %.
       *[customers] Of { $n } sessions, { $business } are of people who relate to the organisation “business-like” and { $personal } of people who do so “as one of us”. The published study found nearly 70 % and about 16 %.
    }
analysis-words-shares-one-by-one = The intervals of these shares assume that interviews about one organisation, or by one interviewer, are no more alike than others; where they are, the shares are known less surely.
analysis-words-how-strongly-each-norm = How strongly each norm is held on average, { $low } to { $high }: { $held }.
analysis-words-strongest-feelings-first-second = The strongest feelings are { $first }, { $second } and { $third }. In the published study they were contentment, peacefulness and optimism.
analysis-words-feelings-may-be-chance = The means of { $first }, { $second } and { $third } are highest, but that { $fourth } comes behind them may be chance. In the published study the strongest feelings were contentment, peacefulness and optimism.
analysis-words-difference-size-more-than = The difference of { $size } is more than chance gives.
analysis-words-difference-size-may-chance = The difference of { $size } may be chance.
analysis-words-satisfaction-personal-among-those = Estimated, and adjusted for the classifier's errors, satisfaction is { $personal } among those who relate “as one of us” and { $business } among those who relate “business-like”. { $end }
analysis-words-satisfaction-cannot-be-told = Whether those who relate “as one of us” are more satisfied than those who relate “business-like” cannot be told from these interviews.
analysis-words-n-respondents-both-measures = Of { $n } { $counted ->
        [sessions] sessions
       *[people] respondents
    } with both measures, { $found ->
        [one] 1 clearly says warm and associates cold
       *[other] { $found } clearly say warm and associate cold
    }, and { $other } the other way round; on average, measurement error alone would give at most { $error } in all.
analysis-words-satisfied-but-leaving-count = Satisfied, and leaning toward leaving: { $count } of { $counted ->
        [sessions] the sessions with an 8 or more and answers about staying, { $share } of these
       *[people] those who give an 8 or more and answered about staying, { $share } of them
    }. Their answers about staying lie below the middle of the scale on average; that anybody will go is not said by that.
analysis-models-ease-assumed = All this rests on an assumption: that people agree with the statements of all four models equally easily.
analysis-models-ease-learnt = How easy each model's statements are to agree with is learnt from this study's own answers.
analysis-models-few = From { $fewest } sessions on a share is estimated from all answers together, which then tell by themselves how easy the statements of each model are to agree with.
analysis-models-no-estimate = No share is estimated from all answers together: they lie too near each other, or too few sessions have all kinds of questions. Go by the counts.
analysis-models-partial = No share is estimated from all answers together: more than one session in twenty lacks a kind of question that most have, and whoever left it out may relate otherwise. Go by the counts.
analysis-words-paradox-meant-customers-think =
    { $counted ->
        [sessions] { $meant } of the sessions are of customers who say that the organisation sees them as someone to care about before anything else; { $used } are of people who relate to it “business-like” and { $same_way } of people who do so “as one of us”.
       *[people] { $meant } of the customers say that the organisation sees them as someone to care about before anything else; { $used } relate to it “business-like” and { $same_way } “as one of us”.
    }
analysis-words-paradox-meant-those-who =
    { $counted ->
        [sessions] { $meant } of the sessions are of people who speak for the organisation and mean the relation to be “as one of us”; { $used } are of people who think that the client uses it “business-like” and { $same_way } of people who think “as one of us”.
       *[people] { $meant } of those who speak for the organisation mean the relation to be “as one of us”; in their estimate { $used } of the clients use it “business-like” and { $same_way } “as one of us”.
    }
analysis-words-paradox-meant-those-who-speak =
    { $counted ->
        [sessions] { $meant } of the sessions with those who speak for the organisation are of people who mean the relation to be “as one of us”; in { $used } of the sessions with clients these use it “business-like” and in { $same_way } “as one of us”.
       *[people] { $meant } of those who speak for the organisation mean the relation to be “as one of us”; { $used } of the clients use it “business-like” and { $same_way } “as one of us”.
    }
analysis-words-paradox-found = The paradox: { $said }
analysis-words-paradox-open = { $said } That the { $meant } and the { $same_way } are apart cannot be told from this.
analysis-words-paradox-reverse = { $said } The { $meant } are fewer than the { $same_way }, by more than chance.
analysis-words-classifier-behind-these-tables = The classifier behind these tables was never told what anybody feels: it saw norms, situations and reasons only. A difference in feeling between models therefore does not come from it; it may still come from a general way of answering.
analysis-words-two-same-rates-alone = Going by the model that leads in each session, the two are the same in { $same }; how often each model occurs on the two sides would alone give { $rates }. { $end }
analysis-words-two-go-together = So the two go together.
analysis-words-no-more-than-rates = That may be no more than the rates give: nothing shows that the two go together.
analysis-words-outcome-satisfaction = Satisfaction, 1–10
analysis-words-outcome-satisfied = Satisfied (8, 9 or 10)
analysis-words-outcome-leaving = Leans toward leaving
analysis-words-untold-no-profiles = no profiles
analysis-words-untold-not-told-apart = the answers do not tell the models apart
analysis-words-untold-few = too few
analysis-words-untold-too-few = too few: worth { $worth } people
analysis-words-by-model-estimated = By model: estimated, not counted. Nobody's model is certain, so each session counts for and against the four models as its probabilities and the classifier's own errors say; these errors were measured with simulated people whose model is known. The n of a model is what it is worth: how many people of a known model would tell as much. It assumes that among people of one model what they answer here has nothing to do with how they are misclassified, and that simulated people are like these. Sessions whose answers to the statements of one norm contradict each other as much as random ones do are left out here, in questionnaires with three statements a norm or more.
analysis-words-customers-how-think-organisation = Customers: how, they think, the organisation sees them, against how they relate to it themselves
analysis-words-account-managers-how-mean = Account managers: how they mean the relation, against how they think their client uses it
analysis-words-both-sides-how-account = Both sides: how account managers mean the relation, against how customers themselves use it
analysis-words-held-back = held back

## cli/code

cli-code-your-code-coder = Your code as coder:
cli-code-words-alone = You read what was told in words alone: ratings, choices and points are not shown in this study.
cli-code-transcript-held-back = { $transcripts ->
    [one] A transcript is not shown: ratings may be said aloud in it, and coders of this study see none.
   *[other] { $transcripts } transcripts are not shown: ratings may be said aloud in them, and coders of this study see none.
}
cli-code-not-saved-code-yet =
    not saved as a code yet; what you entered is kept; go on with:
    {"  "}{ $command }

## cli/demo

cli-demo-simulated-study-lies-shown = The simulated study lies in { $shown }. `relata demo` opens it again.

## cli/enter

cli-enter-kept = everything up to that line is kept; entering goes on there
cli-enter-sessions =
    { $sheets ->
        [one] 1 sheet became a session
       *[other] { $sheets } sheets became sessions
    }
cli-enter-once =
    { $sheets ->
        [one] 1 sheet was entered once
       *[other] { $sheets } sheets were entered once
    }
cli-enter-waiting =
    { $sheets ->
        [one] 1 sheet is
       *[other] { $sheets } sheets are
    } not counted yet; `{ $command }` lists them

## cli/interview

cli-interview-code-before = { $customer } stands under { $code } already, and this goes on there. Another client of that name takes another code: --respondent { $free }.
cli-interview-needed-begin = This is needed to begin.
cli-interview-every-answer-kept = Every answer is kept.
shared-unkept = What was entered last, at the question that was open, is not kept. { $why } Every answer before it is kept.
cli-interview-kept-in = What was answered is in { $place }, because the file of the study could not keep them.
cli-relations-code = code
cli-relations-customer = client
cli-relations-ours = our side
cli-relations-theirs = their side
cli-relations-last = last
cli-relations-due = next due
cli-relations-we-relate = we relate
cli-relations-they-relate = they relate
cli-relations-our-picture = our picture
cli-relations-gap = gap
cli-relations-gap-of = gap of
cli-relations-staying = staying
cli-relations-staying-of = by
cli-relations-simulated = simulated
cli-relations-change = change
cli-relations-nameless = (no name)
cli-relations-changed = more than error
cli-relations-unchanged = none beyond error
cli-relation-none = no finished session stands under `{ $code }`
cli-relation-none-of = no finished session under `{ $code }` is about “{ $customer }”
cli-relation-none-help = `relata relations` lists the codes
cli-relation-page-in = the page is in { $place }
cli-interview-on-needs-rehearsal = On another day (--on) only a rehearsal can be held: a real answer has the date on which it is given.
cli-advice-not-kept = what was advised here could not be kept, so that later pages will not know of it: { $why }
cli-resume-none = no session of this study is open
cli-resume-none-help = begin one with `relata interview`
cli-resume-several = nothing was answered in any of the { $n } open sessions
cli-resume-several-help = name the one to go on with: { $ids }
cli-interview-go-command =
    Go on with:
    {"  "}{ $command }
cli-interview-nothing-answered-so-nothing = Nothing was answered, so nothing was kept.
cli-interview-stopped-all-answers-erased = Stopped. All answers are erased.
cli-interview-stopped-answers-given-so = Stopped. The answers given so far stay in the study and count nowhere.

## cli/passphrase

cli-passphrase-of = { $file } is locked. Its passphrase, which is not shown while it is typed:
cli-passphrase-wrong = That is not its passphrase.
cli-passphrase-new = A new passphrase, which is not shown while it is typed:
cli-passphrase-again = The same again:
cli-passphrase-differ = The two are not the same; nothing was changed.
cli-passphrase-empty = Nothing was typed. Type the passphrase, or leave with Ctrl+C.
cli-passphrase-unfit = A passphrase has at least one character and no control characters, and is not written as x'…', which the cipher takes for a key.
cli-passphrase-none-to-lock = No passphrase was given, so nothing was locked; try again in a terminal, which asks for it, or give it in a file.

## cli/result

cli-result-all-answers-kept-result =
    All answers are kept. The result again:
    {"  "}{ $command }
    As a page, for paper:
    {"  "}{ $page }
cli-result-say-where-page-kept = Say where the page is to be kept.
cli-result-shown-already-give-another = { $shown } is there already. Give another name.
cli-result-no-folder-folder = There is no folder { $folder }.

## export

export-hint = hint
export-answered-by = answered by
export-asked = asked
export-allowed = allowed
export-counts-for = counts for
export-worked-out = worked out from
export-newest-version-questionnaire-older = as in the newest version of the questionnaire; an older one differs
export-what-row-about = What the row is about
export-answers = Answers
export-scores-profile-gap = Scores, profile and gap
export-codes-coders = Codes of coders
export-how-went = How it went
export-not-asked = not asked
export-not-answered-not-reached = not answered or not reached
export-not-timed = not timed
export-no-consent = no consent
export-no-score = no score, or none with an error

## export/citation

export-citation-message = If you use these data, please cite them as below.

## export/codebook

export-codebook-nominal = nominal
export-codebook-ordinal = ordinal
export-codebook-instant-utc = instant (UTC)
export-codebook-free-text = free text
export-codebook-text = text
export-codebook-date = date
export-codebook-options-stand-data-their = Options stand in the data by their names, which are in brackets here.
export-codebook-text-missing-empty-variable = A text that is missing is empty; the variable of its name with `_missing` says why.
export-codebook-rows = rows
export-codebook-what-stands-missing-value = What stands for a missing value:
export-codebook-label = label
export-codebook-level = level
export-codebook-values = values
export-codebook-valid = valid
export-codebook-missing = missing
export-codebook-how-came-about = how it came about
export-codebook-in-the-questionnaire = in the questionnaire

## export/reasons

export-reasons-why-no-text = Why there is no text:{" "}
export-reasons-there-is-one = there is one

## export/xlsx

export-xlsx-data = Data
export-xlsx-words = Words
export-xlsx-codebook = Codebook
export-xlsx-variable = Variable
export-xlsx-label = Label
export-xlsx-level = Level
export-xlsx-values = Values
export-xlsx-valid = Valid
export-xlsx-missing = Missing
export-xlsx-how-came-about = How it came about

## gap/words

gap-words-what-said-clearly-positive = What is said is clearly positive, what is associated is clearly negative.
gap-words-what-said-clearly-negative = What is said is clearly negative, what is associated is clearly positive.
gap-words-no-gap-warm-both = no gap: warm on both sides
gap-words-what-said-what-associated = What is said and what is associated are both clearly positive.
gap-words-no-gap-cold-both = no gap: cold on both sides
gap-words-what-said-what-associated-both = What is said and what is associated are both clearly negative.
gap-words-open-answers-do-not = open: the answers do not settle it
gap-words-no-verdict = no verdict
gap-words-leans-masked = leaning, not settled: says warm, associates cold
gap-words-leans-latent = leaning, not settled: says cold, associates warm
gap-words-leans-why = The two are clear of neutral on opposite sides, but only with neutral just where it is by convention. Ask before anything rests on it.
gap-words-timed-sorting = timed sorting
gap-words-free-association = free association
gap-words-too-few-answers-about = Too few answers about satisfaction, trust and emotions: { $valid }, and it takes { $needed }.
gap-words-too-few-rated-associations = Too few rated associations: { $valid }, and it takes { $needed }.
gap-words-questionnaire-no-indirect-measure = This questionnaire has no indirect measure.
gap-words-timed-sorting-left-out = Timed sorting was left out: it could not be timed.
gap-words-timed-sorting-not-done = Timed sorting was not done: { $blocks } of { $needed } blocks.
gap-words-nothing-estimate-measurement-error = There is nothing to estimate the measurement error from.
gap-words-what-said-may-positive = What is said may be positive or negative: its 95 % interval holds zero.
gap-words-what-associated-may-positive = What is associated may be positive or negative: its 95 % interval holds zero.
gap-words-both-may-positive-negative = Both may be positive or negative: both 95 % intervals hold zero.

## instrument/phrases

instrument-phrases-yes = Yes
instrument-phrases-no = No
instrument-phrases-very-unpleasant = very unpleasant
instrument-phrases-none-of-them = none of them
instrument-phrases-very-pleasant = very pleasant
instrument-phrases-how-pleasant-unpleasant-each = How pleasant or unpleasant is each of these to you?
instrument-phrases-these-least-like = And which of these is least like it?
instrument-phrases-chosen = Chosen
instrument-phrases-most = most
instrument-phrases-least = least
instrument-phrases-good = Good
instrument-phrases-bad = Bad
instrument-phrases-practice-same-once-more = That was practice. The same once more, and now it counts: as fast as you can, with few mistakes.
instrument-phrases-halfway-look-closely-sides = Halfway. Look closely: the sides are different now. First some practice again.
instrument-phrases-done = done
instrument-phrases-left-out-cannot-timed = left out: it cannot be timed here

## instrument/words

instrument-words-communal-sharing = communal sharing
instrument-words-authority-ranking = authority ranking
instrument-words-equality-matching = equality matching
instrument-words-market-pricing = market pricing
instrument-words-one-us = as one of us
instrument-words-by-rank = by rank
instrument-words-in-balance = in balance
instrument-words-business-like = business-like
instrument-words-communal-sharing-we-care = communal sharing: we, care, help without a bill, loyalty
instrument-words-authority-ranking-decide-permission = authority ranking: they decide, permission, rules, protection
instrument-words-equality-matching-favour-favour = equality matching: favour for favour, turns, equal treatment
instrument-words-market-pricing-price-value = market pricing: price, value for money, contract, switching
instrument-words-respondent = respondent
instrument-words-your-own-answers = your own answers
instrument-words-your-estimate-other = your estimate of the other side
instrument-words-reversed-ends-minus-value = reversed: { $ends } − value
instrument-words-between-min-max = between { $min } and { $max }
instrument-words-min-more = { $min } or more
instrument-words-max-less = { $max } or less
instrument-words-does-not-answer-question = This does not answer the question.
instrument-words-no-name-choose = There is no `{ $name }` to choose.
instrument-words-name-twice = `{ $name }` is there twice.
instrument-words-choose-least-least = { $least ->
    [1] Choose an answer.
   *[other] Choose at least { $least }.
}
instrument-words-places-left = { $places ->
    [1] Choose the first one.
   *[other] Choose { $places } in their order.
}
instrument-words-not-rated = Not answered yet: { $rows }.
instrument-words-choose-most-most = Choose at most { $most }.
instrument-words-give-number = Give a number.
instrument-words-give-number-range = Give a number { $range }.
instrument-words-not-point-scale = This is not a point of the scale.
instrument-words-give-whole-number = Give a whole number.
instrument-words-text-can-read-two = `{ $text }` can be read in two ways. Type { $grouped } without a point or comma, or another whole number.
instrument-words-text-can-read-two-ways = `{ $text }` can be read in two ways. Type { $grouped } or { $parts }.
instrument-words-many-digits = `{ $text }` has more digits than a number keeps here: it would become { $becomes }. Write it shorter if not every digit matters; a long identifier belongs in a question that takes text.
instrument-words-type-something-first = Type something first.
instrument-words-most-most-characters-fit = At most { $most } characters fit.
instrument-words-round-not-complete-begins = This round was not complete; it begins again.
instrument-words-give-day-such-2026 = Give a day such as 2026-01-31.
instrument-words-give-day-min-max = Give a day from { $min } to { $max }.
instrument-words-day-not-come-yet = That day has not come yet; it is no later than { $today } now.
instrument-words-points-add-up-sum = The points add up to { $sum }; they should add up to { $total }.

## interview/live

interview-saved-elsewhere = The whole interview is saved in { $place } and goes on there.
interview-saved-others =
    { $taken ->
        [one] The other session of the study is in it, too.
       *[other] The { $taken } other sessions of the study are in it, too.
    }
interview-saved-without =
    { $left ->
        [one] 1 other session of the study could not be taken along; take it from a backup of the old file.
       *[other] { $left } other sessions of the study could not be taken along; take them from a backup of the old file.
    }

## interview/notice

interview-notice-controller = Responsible for your data: { $said }
interview-notice-contact = Questions, or taking your consent back: { $said }
interview-notice-purpose = What your answers are for: { $said }
interview-notice-retention = How long they are kept: { $said }
interview-notice-publication = What is published: { $said }

## interview/phrases

interview-phrases-thank-you-all-answers = Thank you. All answers are kept.
interview-phrases-no-consent-given-so = No consent was given, so nothing more was asked and there is no result.
interview-phrases-consent-refused = consent refused
interview-phrases-finished = finished
interview-phrases-not-finished = not finished
interview-phrases-no-consent-given-so-nothing = No consent was given, so nothing more is asked. Enter ends the interview; the answer can still be opened.
interview-phrases-show-result = Show the result
interview-phrases-finish = Finish
interview-phrases-further-question = A further question, which followed from an earlier answer
interview-phrases-takes-yes-no-not = This takes a yes or a no; not wanting to say is a no.
interview-phrases-word-number-last-one = word { $number }, the last one
interview-phrases-word-number-most-most = word { $number } of at most { $most }
interview-phrases-word-place-already-give = That is word { $place } already. Give another one, or none.
interview-phrases-answer-not-possible-here = This answer is not possible here.
interview-phrases-not-being-asked-now = This is not being asked now.
interview-phrases-question-needs-answer-declining = This question needs an answer; declining and “don’t know” count as answers.
interview-phrases-some-questions-still-open = Some questions are still open; they are marked.
interview-phrases-first-question = This is the first question.
interview-phrases-this-is-the-end = This is the end.
interview-phrases-name-cannot-reached-here = `{ $name }` cannot be reached from here.
interview-phrases-only-interviewer-can-do = Only the interviewer can do this.
interview-phrases-keyboard-change-hands-first = The keyboard has to change hands first.
interview-phrases-interview-paused = The interview is paused.
interview-phrases-interview-over = The interview is over.

## measures/timed/words

measures-words-too-many-mistakes-timed = Too many mistakes in timed sorting: { $errors } of { $of } in one block, and at most { $most_percent } % are accepted.
measures-words-too-many-mistakes-timed-sorting = Too many mistakes in timed sorting: { $correct } right answers in one block, and it takes { $needed }.
measures-words-too-few-usable-answers = Too few usable answers in timed sorting: { $retained } of { $of } in one block ({ $unanswered } without a key, { $fast } under { $below_ms } ms); it takes half of them.
measures-words-timed-sorting-done-way = Timed sorting was done in a way that cannot be scored.

## plain

plain-one-line-one-answer = One line is one answer. :help lists the commands, such as :back, :declined and :quit.
plain-line-not-utf-8 = This line is not UTF-8 text; type it again.
plain-line-full = A terminal hands over at most { $limit } bytes in one line, so if you typed more, it did not arrive. What came is kept, up to “{ $end }”: type on from there, on a new line of the same text, or press Enter. A long text is best ended with \ now and then, which keeps it and goes on.
plain-paused-enter-goes = Paused. Enter goes on.
plain-no-command-here = No command but :help and :quit works here; a text that starts with a colon is typed with two.
plain-note-empty = Type the note on the same line, after :note.
plain-no-command-word-help = There is no command :{ $word }. :help lists them; a text that starts with a colon is typed with two.
plain-withdraw-type-stop-stop = Withdraw: type STOP to stop and keep the answers, ERASE to stop and erase them all; anything else goes on.
plain-line-not-kept-at = Line { $line } of the input was read at question `{ $question }` and is not kept.
plain-line-not-kept = Line { $line } of the input was read where no question is and is not kept.
plain-line-nothing-more-read = The lines that follow would answer the wrong questions, so nothing more is read.
plain-line-asked-again = Once resumed, the interview asks that again: what follows has to begin with this line.
plain-nothing-answered-here-so = Nothing is answered here, so “{ $line }” is not kept. An empty line goes on.

## plain/coding

plain-coding-after-each-answer-model = After each answer: a model and a strength from 0 to 3, such as `MP 3` or `CS 2 MP 1`; an empty line goes on, `MP -` takes a mark away. A model and words of the answer, such as `MP "compared prices"`, mark a passage; the same once more takes it away. `:back` goes back, `:code` goes to the code, `:quit` leaves and keeps what you entered.
plain-coding-find = { $places ->
    [0] “{ $word }” stands nowhere.
    [one] “{ $word }” stands in 1 place:
   *[other] “{ $word }” stands in { $places } places:
}
plain-coding-transcript = What follows is the transcript, turn by turn. `/word` shows every place of a word and goes to the next one; `:code` goes to the code.
plain-coding-passage-times = { $times ->
    [0] These words are not in the answer or the note; copy them as they stand there.
   *[other] These words stand there { $times } times; write which one you mean, such as `MP "{ $quote }" 2`, or copy more of them.
}
plain-coding-withheld = (not shown to coders)
plain-coding-write-model-strength-such = Write a model and a strength, such as `MP 3`.
plain-coding-no-answer = (no answer)
plain-coding-note = Note
plain-coding-the-code = The code
plain-coding-dominant-model-cs-ar = Dominant model (CS, AR, EM, MP):
plain-coding-second-model-none = Second model (`-` for none):
plain-coding-second-model-another-one = The second model is another one than the first.
plain-coding-how-sure-you-1 = How sure are you, 1 (a guess) to 5 (certain; `-` for no answer):
plain-coding-why-your-words-may = Why, in your words (may stay empty):
plain-coding-write-cs-ar-em = Write CS, AR, EM or MP.

## plain/keep

plain-keep-begun-before-go-behind = begun before; go on behind it, Enter alone ends it, :clear drops it
plain-keep-everything-you-entered = everything you entered
plain-keep-whole-interview = the whole interview
plain-keep-nothing-lost-what-still = Nothing is lost: { $what } is still here. Enter tries again; the name of another file, such as { $place }, saves all of it there; :quit does so, too, if it can, and stops.
plain-keep-nothing-lost-enter-saves = Nothing is lost: { $what } is still here. Enter saves all of it in { $place }; another file is named by its whole path or with .relata at its end; :quit saves it and stops.
plain-keep-no-file-name = “{ $line }” is neither an answer here nor the name of a file, so it is not kept: a file is named by its whole path or with .relata at its end.
plain-keep-everything-you-entered-saved = Everything you entered is saved in { $place }, with the interview; coding goes on there.

## plain/show

plain-show-so-far = so far
plain-show-answered-before-enter-keeps = answered before, Enter keeps it
plain-show-may-left-empty = may be left empty
plain-show-enter-takes = Enter takes what stands here
plain-show-enter-goes = Enter goes on
plain-show-choose-min-max-such = choose { $min } to { $max }, such as: 1 { $last }
plain-show-choose-none-or-up-to = choose up to { $max }, such as: 1 { $last }; 0: none of these
plain-show-yyyy-mm-dd = YYYY-MM-DD
plain-show-end-line-goes-next = a \ at the end of a line goes on in the next
plain-show-empty-line-no-more = an empty line: no more words
plain-show-places-numbers-most-important = { $places } numbers, the most important first, such as: 2 1 3
plain-show-total-points-all = { $total } points in all
plain-show-line-line-nothing-can = line by line nothing can be timed, so this task is left out; Enter goes on
plain-show-number-without-sign-above = a number from { $from } to { $to }; without a sign it is above zero
plain-show-number-sign = a number from { $from } to { $to }, with its sign
plain-show-left-left = { $left } left
plain-show-left-too-many = { $left } too many
plain-show-hand-keyboard-respondent-enter = Hand the keyboard to the respondent. Enter when it is there.
plain-show-hand-keyboard-back-interviewer = Hand the keyboard back to the interviewer, who types: interviewer
plain-show-review-all-answers = Review of all answers
plain-show-open = OPEN
plain-show-enter-goes-first-open = Enter goes to the first open question; a number opens that one.
plain-show-enter-end-number-opens = Enter: { $end }; a number opens that question.

## report

report-associated = associated
report-said = said
report-in-short = In short
report-emotions = Emotions
report-mean = mean
report-way-relating = way of relating
report-share = share
report-ways-relating = Ways of relating
report-basis = Basis
report-sessions = sessions
report-dont-know = don’t know
report-passed-over = passed over
report-yes = yes
report-no = no
report-measure = measure
report-most-frequent-model = most frequent model
report-highest-scale = highest scale
report-accuracy = accuracy
report-formula = formula
report-reference = reference
report-answers = answers

## report/build

report-build-clients-own-way = The client’s own way
report-build-your-own-way = Your own way
report-build-way-relating = The way of relating
report-build-your-estimate-client = Your estimate of the client
report-build-your-estimate-other = Your estimate of the other side
report-build-estimate-us = The client’s estimate of us
report-build-too-few-answers-profile = too few answers for a profile.
report-build-too-few-answers-about = There are too few answers about norms, situations or reasons for a profile.
report-build-models-not-asked = This questionnaire does not ask about the ways of relating, so it gives no profile of them.
report-build-too-few-valid-answers = too few valid answers: { $valid } of at least { $needed }
report-build-rehearsal-these-answers-given = REHEARSAL: these answers were given to try things out; they count nowhere.
report-build-simulated-nobody-gave-these = SIMULATED: nobody gave these answers; a program did.
report-build-probabilities-rest-reference-model = Probabilities rest on the reference model, simulated: a population that relata made up from published rates, not on coded interviews.
report-build-probabilities-rest-coded-sessions = Probabilities rest on coded sessions of this study ({ $coded }, each counted as { $weight }) pooled with the reference model, simulated. A session's own code never counts in its own result.
report-build-probabilities-rest-coded-coded = Probabilities rest on { $coded } coded sessions of this study. A session's own code never counts in its own result.
report-build-measurement-errors-comparisons-come = Measurement errors and comparisons come from { $n } sessions of this study.
report-profile-learnt = How easily people agree with the statements of each way is learnt from the answers of the first { $n } sessions of this study (later ones are taken in by tens, beyond 300 by hundreds), and counted in: a norm that everybody here agrees with easily speaks less for one person.
report-build-measurement-errors-comparisons-come-simulated = Measurement errors and comparisons come from the simulated reference sample, until the study has 30 sessions in which what is compared can be scored.
report-build-no-decision-about-person = No decision about a person may rest on this.

## report/document/markdown

report-markdown-simulated-nobody-gave-these = Simulated: nobody gave these answers; a program did.

## report/evidence

report-evidence-agreement-all-statements-together = agreement with all statements together: { $signed } on −1…+1 (closeness)
report-evidence-statements-plainly-fit-well = statements “{ $plainly }” fit as well as the average statement
report-evidence-statements-plainly-fit-better = statements “{ $plainly }” fit better than the average statement ({ $signed } from the average, where a statement runs from −1 to +1)
report-evidence-statements-plainly-fit-less = statements “{ $plainly }” fit less well than the average statement ({ $signed } from the average, where a statement runs from −1 to +1)
report-evidence-reaction-never-plainly = the reaction was never “{ $plainly }”
report-evidence-percent-percent-situations-reaction = in { $percent } % of the situations the reaction was “{ $plainly }”
report-evidence-chosen-most-less-how = “{ $plainly }” chosen as most minus as least like it: { $signed } (−1 always least, +1 always most)
report-evidence-percent-percent-points-went = { $percent } % of the points went to the reason “{ $plainly }”

## report/findings

report-findings-report-study = Report of a study
report-findings-study-without-sessions = A study without sessions
report-findings-study-n-finished-sessions = The study has { $n } finished { $n ->
        [one] session
       *[other] sessions
    }. Findings are shown from { $counted ->
        [sessions] { $least } people
       *[people] { $least }
    } on, so that nobody can be recognised. To whoever keeps the file, “relata study” shows what there is.
report-findings-measurement-error-alone-would = ; on average, measurement error alone would give at most { $n }
report-findings-found-n-say-warm =
    { $counted ->
        [sessions] Of { $n } sessions with both measures, { $found ->
            [one] 1 says warm things and associates cold ones
           *[other] { $found } say warm things and associate cold ones
        }
       *[people] { $found } of { $n } { $found ->
            [one] says warm things and associates cold ones
           *[other] say warm things and associate cold ones
        }
    }: { $share }{ $by_error }.
report-findings-about-group-no-decision = This is about the group: no decision about a person may rest on it.
report-findings-finished-sessions = Finished sessions
report-findings-respondents = Respondents
report-findings-period = Period
report-findings-questionnaire = Questionnaire
report-findings-held-back = Held back
report-findings-held-back-what = figures of groups below { $least } people; counts of one or two by what they answered
report-findings-from = from
report-findings-until = until
report-findings-way = answered
report-findings-selection = Selection

## report/findings/feelings

report-feelings-emotions-strongest-first = Emotions, the strongest first
report-feelings-emotion = emotion
report-feelings-kind = kind
report-feelings-pleasant = pleasant
report-feelings-unpleasant = unpleasant
report-feelings-among-three-strongest-study = * Among the three strongest of the study of 2012: contentment, peacefulness and optimism.
report-feelings-recommendation-satisfaction = Recommendation and satisfaction
report-feelings-everybody = everybody
report-feelings-recommendation-nps = Recommendation (NPS)
report-feelings-satisfaction-1-10 = Satisfaction (1–10)
report-feelings-recommendation-nps-way-relating = Recommendation (NPS) by way of relating
report-feelings-satisfaction-1-10-way = Satisfaction (1–10) by way of relating
report-feelings-personal-businesslike = Personal and businesslike
report-feelings-many-differences = { $differences } differences, each with an interval of its own: of twenty such intervals one leaves out 0 by chance on average, where nothing differs.
report-feelings-answer = answer
report-feelings-difference = difference
report-feelings-satisfied-but-leaving = Satisfied, and leaning toward leaving
report-feelings-satisfaction = Satisfaction
report-feelings-satisfaction-2 = satisfaction
report-feelings-staying = toward staying
report-feelings-undecided = in the middle
report-feelings-leaving = toward leaving
report-feelings-satisfied-8-10 = Satisfied (8–10)
report-feelings-between-6-7 = In between (6–7)
report-feelings-dissatisfied-1-5 = Dissatisfied (1–5)
report-feelings-all-who-satisfied-share = { $counted ->
    [sessions] Of the sessions with an 8 or more and answers about staying, { $share } lean toward leaving (n = { $n }).
   *[people] Of those who are satisfied and answered about staying, { $share } lean toward leaving (n = { $n }).
}

## report/findings/gaps

report-gaps-n-sessions-both-sides =
    { $n ->
        [one] One session has
       *[other] { $n } sessions have
    } both sides: what was said, and what was associated.
report-gaps-too-few = Fewer than { $least } people have both sides, what was said and what was associated. Of so few nothing is shown, so that nobody can be told from the others.
report-gaps-error-alone-most-if = Counted are conflicts that stay when neutral is moved by a tenth of the range. By error alone: how many it would give on average at most, if nobody associated anything. If unrelated: how many there would be on average if what people say had nothing to do with what they associate. Held up: what stays when on average at most 5 % of them may be false (Benjamini and Hochberg 1995).
report-gaps-said-associated-correlate-r = Said and associated correlate by r = { $r }; studies of this kind find { $published } on average (Hofmann and others 2005).
report-gaps-associated-comes = “Associated” comes from
report-gaps-sessions-without-verdict = Sessions without a verdict
report-gaps-reason = reason
report-gaps-indirect-measure-shows-how = An indirect measure shows how strong associations are; it is no truer than what is said, and its zero is a convention.
report-gaps-signs-alone-warm-both = By the signs alone: warm on both sides { $both_warm }, says warm and associates cold { $says_warm }, says cold and associates warm { $associates_warm }, cold on both sides { $both_cold }.
report-gaps-each-circle-square-plane = Each circle is a square of the plane with three sessions or more, its area their number; rarer places are left out.
report-gaps-each-dot-session = Each dot is a session.
report-gaps-said-against-associated-all = Said against associated, all sessions
report-gaps-verdicts-intervals-count = Verdicts, in which intervals count
report-gaps-verdict = verdict
report-gaps-conflicts-direction-what-chance = Conflicts by direction, and what chance would give
report-gaps-direction = direction
report-gaps-found = found
report-gaps-held-up = held up
report-gaps-error-alone = by error alone
report-gaps-if-unrelated = if unrelated

## report/findings/models

report-models-leading-way-relating-n =
    { $n ->
        [one] 1 session has
       *[other] { $n } sessions have
    } answers enough for a profile{ $without ->
        [0] {""}
        [one] ; 1 has too few
       *[other] ; { $without } have too few
    }.
report-models-shares-four-ways-relating = Shares of the four ways of relating
report-models-estimated-share = estimated share
report-models-mean-probability-rates = mean probability, with rates
report-models-answers-speak-most-n = answers speak for it (n)
report-models-these-not-told-apart = in front, not told from the next (n)
report-models-in-theory = The four ways, with their names in theory: { $names }.
report-published-rates = Published rates: a study of 2012 found that nearly 70 % of customers relate business-like and about 16 % as one of us; “with rates” counts that in, the answers alone do not.
report-models-estimated-share-shares-under = Estimated share: the shares under which the answers of all sessions together are likeliest. No shares are assumed, and how easy each model’s statements are to agree with is learnt from the same answers, because choices between the models (situations, best–worst sets) do not hang on it; it takes thirty sessions. The dashed mark is what the study of 2012 found among 275 customers of six Dutch service providers. Mean probability is that of single sessions with the published rates; the counts go by what the answers of a session alone speak for; where they do not tell the first from the next (less than 3 to 1), the session is counted beside them.
report-models-estimate-does-not-hold = The estimate does not hold: it moves by up to { $points } points of a hundred when one model’s statements are taken to be half a point easier than they seem. Go by the counts, and by their assumption that people agree with the statements of all four models equally easily.
report-models-answers-uncertain-sessions-do =
    In { $uncertain } { $uncertain ->
        [one] session
       *[other] sessions
    } the answers tell something apart, but not the first way from the next (less than 3 to 1).
report-models-low-engagement =
    In { $low } { $low ->
        [one] session
       *[other] sessions
    } no norm reaches the middle of the scale: { $who ->
        [managers] “just a client”
       *[customers] “just a supplier”
    }.
report-models-led-by-rates =
    In { $by_rate } { $by_rate ->
        [one] session
       *[other] sessions
    } the answers speak for one way and the published rates put another in front.
report-models-how-relation-meant-how = How the relation is meant, and how it is used
report-models-counted-shares = The shares on both sides are counted among sessions whose answers speak for one way on each side, because one side has too little for an estimate. They are not the estimated shares of the first table.
report-models-compare-shares-estimated-share = Compare the shares. An estimated share counts every session, also those whose answers tell nothing apart, as in the first table; the counts go by what the answers of each session alone speak for.
report-models-how-customers-relate-against = How customers relate, against how they think the organisation sees them.
report-models-how-account-managers-relate = How account managers relate, against how they think their client does.
report-models-how-account-managers-relate-against = How account managers relate, against how customers do: two different groups.
report-models-leads-in = answers speak for it in
report-models-said-by = { $counted ->
    [sessions] said in
   *[people] said by
}
report-models-meant = meant
report-models-used = used
report-models-meant-used = Meant and used
report-models-meant-used-2 = meant ↓ used →
report-models-session-session = Session by session

## report/findings/quality

report-quality-what-comes-mind = What comes to mind
report-quality-free-associations-most-pleasant = Free associations, the most pleasant first
report-quality-word = word
report-quality-respondents = respondents
report-quality-valence = valence
report-quality-mean-rank = mean rank
report-quality-words-together = Taken together, the words of { $n } people are { $mean } on average (95 %: { $low } … { $high }; −3 is very unpleasant, +3 very pleasant).
report-quality-words-pleasant = Taken together, the words are pleasant rather than unpleasant, by more than chance.
report-quality-words-unpleasant = Taken together, the words are unpleasant rather than pleasant, by more than chance.
report-quality-words-open = Whether the words, taken together, are rather pleasant or unpleasant cannot be told from so few people.
report-quality-words-respondents-own-spelling = Words in the respondents’ own spelling. A word that fewer than three people used is left out. Read the list before you pass it on: a word can point at somebody.
report-quality-reliability-scales = Reliability of the scales
report-quality-every-scale = Every scale
report-quality-items = items
report-quality-remark = remark
report-quality-reliability = reliability
report-quality-estimate-other-side = estimate of the other side
report-quality-alpha-cronbach-over-complete = α: Cronbach, over complete cases. ω: ω total of a one-factor solution. An indirect measure has its reliability from its own standard errors. The scales are the authors’ own: their reliability belongs in every study.
report-quality-quality-data = Quality of the data
report-quality-how-sessions-went = How the sessions went
report-quality-what = what
report-quality-of = of
report-quality-planned = planned
report-quality-minutes = minutes: median (quartiles)
report-quality-same-answer-whole-page = same answer to a whole page of { $from } ratings or more
report-quality-random = ratings that contradict each other as random ones do
report-quality-more-than-half-ratings = more than half of the ratings within { $seconds } seconds
report-quality-questions-asked = questions asked
report-quality-timed-sorting-scored = timed sorting: scored
report-quality-timed-sorting-not-done = timed sorting: not done
report-quality-timed-sorting-could-not = timed sorting: could not be timed
report-quality-timed-over-network-another = timed over a network or another program
report-quality-no-session-finished-yet = No session is finished yet.

## report/findings/quality, groups

report-clusters-respondents = These { $n } sessions are those of { $people } people, and what one person says may be more alike than chance. So intervals of means, shares, NPS, correlations and the reliability of scales are no narrower than { $people } people allow.
report-clusters-few-respondents =
    These { $n } sessions are those of { $people ->
        [one] one person
       *[other] { $people } people
    }, and what one person says may be more alike than chance. That is too few for intervals that lean on people ({ $least } are the fewest): the intervals take sessions one by one and may be too narrow.
report-clusters-organisations = Interviews about one organisation may be more alike than chance. So intervals of means, counted shares, NPS and correlations are no narrower than { $organisations } organisations allow: as if these were drawn from more of their kind.
report-clusters-few-organisations = Interviews about one organisation may be more alike than chance. { $organisations } organisations are too few for intervals that lean on them ({ $least } are the fewest): the intervals take interviews one by one, and speak of these organisations and no others.
report-clusters-interviewers = Interviews by one interviewer may be more alike than chance. So intervals of means, counted shares, NPS and correlations are no narrower than { $interviewers } interviewers allow.
report-clusters-few-interviewers = Interviews by one interviewer may be more alike than chance. { $interviewers } interviewers are too few for intervals that lean on them ({ $least } are the fewest): the intervals take interviews one by one and may be too narrow.
report-clusters-not-so = Not so: { $others }.
report-clusters-shares = the estimated shares of the models
report-clusters-meant = how the relation is meant and used
report-clusters-meant-counted = how the relation is meant and used where it is counted
report-clusters-lenses = lenses
report-clusters-reliability = the reliability of scales
report-clusters-both-sides = both sides of a relation
report-clusters-how-alike = How alike interviews of one group are (intraclass correlation)
report-clusters-between-interviewers = between interviewers
report-clusters-between-organisations = between organisations
report-clusters-what-it-says = The share of all differences that lies between interviewers, or between organisations; about zero where it makes no difference who asks, and below zero by chance alone. Unless interviewers took turns, they may have asked different people.

## report/html/charts

report-charts-said = said →
report-charts-associated = associated →

## report/html/document

report-document-contents = Contents
report-document-left-more-less-weight =
    { $weights ->
        [yes] { $left } more, of less weight. Weights are log odds.
       *[no] { $left } more, of less weight.
    }

## report/html/page

report-page-about-report = About this report
report-page-simulated = Simulated
report-page-nobody-gave-these-answers = nobody gave these answers; a program did
report-page-no-decision-about-person = No decision about a person may rest on this report.
report-page-simulated-program-gave-these = Simulated: a program gave these answers

## report/indirect

report-indirect-associated-comes-name = “Associated” comes from: { $name }.
report-indirect-text-valence = “{ $text }” ({ $valence })
report-indirect-text = “{ $text }”
report-indirect-what-came-mind-list = What came to mind: { $list }.
report-indirect-beside-name-what = Beside it, { $name }: { $what }
report-indirect-associated-means-free-associations = Associated means: free associations, valued by the respondent; spontaneous rather than unconscious. It is no truer than what is said.
report-indirect-associated-means-how-much = Associated means: how much faster the organisation was sorted together with pleasant words than with unpleasant ones (single-category IAT, D/2). It measures the strength of associations, not truth; a second test would agree with the first by about .5.
report-indirect-paper-d-scores-2003 = The paper on D scores (2003) announced a patent on commercial use: check before selling a service on it.
report-indirect-both-axes-run-minus1 = Both axes run from −1 to +1; zero is the midpoint of the scales, a convention.
report-indirect-frame-took-flush-ms = a frame took { $flush } ms, a key was stamped within { $wake } ms
report-indirect-neither-frames-nor-keys = neither frames nor keys were measured
report-indirect-figures-terminal-answered-within = { $figures }, the terminal answered within { $reply } ms
report-indirect-terminal-ran-inside-another = ; the terminal ran inside another program, which adds milliseconds that vary
report-indirect-keys-came-over-network = ; the keys came over a network, which adds milliseconds that vary
report-indirect-browser-good = ; done in a browser whose clock and frames were as good as a browser’s can be, and compared with browsers alone
report-indirect-browser-coarse = ; done in a browser with a coarse clock, which adds chance to every time, and compared with browsers alone
report-indirect-browser-dropped = ; done in a browser that dropped frames, so that words may have been seen later than was measured, and compared with browsers alone
report-indirect-timing-figures-what-keyboard = Timing: { $figures }; what keyboard and screen add (often 10 to 50 ms) cannot be measured here, and what of it stays the same cancels in a difference{ $place }.

## report/methods

report-methods-methods-about = Methods: { $about }
report-methods-sample = sample
report-methods-first-complete-session-began = The first complete session began on { $first }, the last on { $last } (UTC).
report-methods-sessions-what-became = Sessions, and what became of them
report-methods-in-the-tables = in the tables
report-methods-real-respondents = of real respondents
report-methods-simulated-respondents = of simulated respondents
report-methods-complete-simulated = complete (simulated)
report-methods-complete = complete
report-methods-earlier = earlier ones of people who told of the same organisation again
report-methods-still-open = still open
report-methods-withdrawn-respondent = withdrawn by the respondent
report-methods-consent-refused = consent refused
report-methods-rehearsals-test-flag = rehearsals (test flag)
report-methods-other-questionnaires = of other questionnaires
report-methods-left-out-selection = left out by the selection
report-methods-group = Group
report-methods-interviewer = Interviewer
report-methods-version-questionnaire = Version of the questionnaire
report-methods-no-figures-groups-below = Means, shares, scores and other figures of groups below { $least } people are held back. Counts by what people answered stand from three on: “<3” is one or two, and “·” is held back so that neither can be worked out by subtraction.
report-methods-group-2 = group
report-methods-open = open
report-methods-procedure = procedure
report-methods-no-session-complete-yet = No session is complete yet.
report-methods-ways-never-pooled = Sessions that were answered in different ways (in a terminal, in a browser, on paper, imported) are never measured against one another: each way has norms of its own.
report-methods-way = { $mode ->
    [screen] on the screen of a terminal
    [plain] line by line in a terminal
    [simulated] simulated
    [browser] in a browser
    [paper] on paper
    [imported] with another program
   *[other] { $mode }
}
report-methods-tongue = { $tag ->
    [en] English
    [nl] Dutch
    [de] German
    [fr] French
    [es] Spanish
   *[other] { $tag }
}
report-methods-mode-modes-languages-languages = Mode: { $modes }. Languages: { $languages }.
report-methods-imported = { $here ->
    [none] All sessions were asked by another program: in which order questions and options came there, and whether they could be declined, is not known here.
   *[some] What follows is true of the sessions that were asked here. Of imported ones it is not known in which order questions and options came, and whether they could be declined.
}
report-methods-on-paper = On paper nothing is drawn: everything stands in the order of the questionnaire.
report-methods-sections-come-order-questionnaire = Sections come in the order of the questionnaire below.
report-methods-so-do-their-questions = So do their questions.
report-methods-order-questions-drawn-anew = The order of the questions is drawn anew for every session, from its seed, in { $random }; elsewhere it is fixed.
report-methods-order-effects = What comes first may colour what comes after it. The order of the sections is the same for everybody, so that nothing here tells how much.
report-methods-every-question-could-declined = Every question could be declined or answered with “don’t know”; both are kept as such. Respondents have codes, no names.
report-methods-within-question-everything-stands = Within a question everything stands in a fixed order.
report-methods-options-ranked = options to be ranked
report-methods-parts-get-points = parts that get points
report-methods-reactions-situations = reactions to situations
report-methods-statements-one-most-one = statements of which one is most and one least like it
report-methods-rows-one-card = rows on one card
report-methods-two-stages-timed-sorting = the two stages of timed sorting, the sides of its keys and its words
report-methods-within-question-these-orders = Within a question these orders come from the same seed: { $each }. Exports hold the order that each session saw. All other options come in the order of the questionnaire below.
report-methods-missing-data = missing data
report-methods-no-complete-session-lacks = No complete session lacks an answer.
report-methods-complete-sessions-what-became = Complete sessions by what became of the question
report-methods-declined = declined
report-methods-did-not-apply = did not apply
report-methods-items-everybody-answered-left = Items that everybody answered are left out. Sessions of other versions of the questionnaire are not counted here.
report-methods-software-seeds = software and seeds
report-methods-sessions-held-relata-versions = Sessions were held here with relata { $versions }.
report-methods-report-written = This report was written by relata { $this }.
report-methods-every-session-seed-own = Every session in a terminal, in a browser or simulated has a seed of its own ({ $seeds } different ones in { $sessions } sessions), from which all its random orders follow; the study file and the exports hold it.
report-methods-reference-seed = The reference sample and the reference norms have the fixed seed 2012.

## report/methods/coded

report-coded-coded-interviews = Coded interviews
report-coded-coders-coded-fewer-than = Coders have coded { $counted ->
        [sessions] sessions of fewer than { $least } people
       *[people] fewer than { $least } sessions
    }, too few for figures.
report-coded-one-coder-coded-n =
    One coder coded { $n } { $n ->
        [one] session
       *[other] sessions
    }, so that nothing is known of agreement.
report-coded-coders-coders-coded-n =
    { $coders } coders coded { $n } { $n ->
        [one] session
       *[other] sessions
    }, too few of them by two coders or more for figures of agreement.
report-coded-coders-coders-coded-n-sessions = { $coders } coders coded { $n } sessions, { $both } of them by two coders or more. The first code of each coder is compared; the latest one trains.
report-coded-shown-narrative = { $n } of { $of } first codes were made from what was told in words alone: open answers, associations and notes, without ratings, choices, points, ranks or timed tasks, texts that repeat one, or questions that were asked only because of one.
report-coded-shown-whole = { $n } of { $of } first codes were made from every answer, with ratings and choices: these codes and the classifier rest partly on the same answers, and may agree for that reason too.
report-coded-shown-unknown = Of { $n } of { $of } first codes it is not known what their coders read: they came from a file that does not say it, or were given before relata kept it.
report-coded-blind-all = All of them were given before their coders were shown what others or the classifier say of the session.
report-coded-blind-unknown = Of { $n } of { $of } first codes it is not known whether their coders had seen what others or the classifier say of the session.
report-coded-none-teaches-yet-coders = None of them teaches yet: { $coders ->
        [one] they lack answers that the classifier reads.
       *[other] coders disagree and nothing is settled, or the answers that the classifier reads are missing.
    }
report-coded-agreement-coders = Agreement of the coders
report-coded-coefficient = coefficient
report-coded-value = value
report-coded-raw-agreement = raw agreement
report-coded-agreement-chance = agreement by chance
report-coded-fewer-than-least-teach = { $counted ->
        [sessions] Too few of them teach to be sure of { $least } people
       *[people] Fewer than { $least } of them teach
    }: { $coders ->
        [one] the others lack answers.
       *[other] the others are disputed or lack answers.
    }
report-coded-n-teach-classifier-consensus = { $n } of them teach the classifier, by consensus or by a majority of their coders: { $each }. A session’s own code never counts in its own profile.
report-coded-n-teach-classifier = { $n } of them teach the classifier: { $each }. A session’s own code never counts in its own profile.
report-coded-n-could-teach = { $n } of them could teach the classifier: { $each }.
report-coded-pooled-simulated-reference-sample = They are pooled with the simulated reference sample, each counted as { $code_counts } of its sessions, because the codes alone do not predict held-out codes better (log loss, ten folds, as “relata evaluate” computes it); so the study’s own evaluation is not part of this report.
report-coded-whole-training-no-simulated = They are the whole training: no simulated reference sample is pooled in, because without it the log loss of held-out codes was lower.
report-coded-too-few-some-model = There are too few of some model for an evaluation.
report-coded-how-good-studys-own = How good the study’s own model is
report-coded-out-fold-against-coders = Out of fold against the coders’ labels: { $folds } folds, stratified by label, the sessions of one respondent together; strength and temperature chosen anew in each. Predictions here assume the shares of these labels, not the prior above. Intervals: { $resamples } bootstrap samples of respondents, seed { $seed }.
report-coded-confusion-matrix-held-back = The confusion matrix is held back: it has cells of one or two people that would follow from the figures above. “relata evaluate” shows it to the researcher.
report-coded-reliability-dot-share-calls = Reliability: the dot is the share of calls that are right, the line across is the mean confidence; a model that knows how sure it may be has the two in one place. Bins of few people are left out.
report-coded-out-fold-beside-what = Out of fold, beside what it must beat
report-coded-studys-own-model = study’s own model
report-coded-balanced-accuracy = balanced accuracy
report-coded-calibration-error = calibration error
report-coded-coded-as = coded as
report-coded-called-name = called { $name }
report-coded-confusion-matrix = Confusion matrix
report-coded-reliability-diagram = Reliability diagram
report-coded-confidence = confidence
report-coded-mean-confidence = mean confidence
report-coded-share-right = share right

## report/methods/intervals

report-intervals-intervals-all-95-percent = Intervals, all of 95 % (z = 1.96)
report-intervals-interval-of = interval of
report-intervals-share-sessions = a share of sessions
report-intervals-any-these-groups = any of the above, with { $least } { $counted ->
        [sessions] respondents (of whom some came more than once), organisations
       *[people] organisations
    } or interviewers and more
report-intervals-widest-with-groups = the widest of it and, for each of { $counted ->
        [sessions] the three
       *[people] the two
    }, all μ with (m − μ)² ≤ t²·ψ·μ(1 − μ), m and μ brought to 0…1, ψ = Σ(v/e)(Σw(y − m))²/(Σw)²/(m(1 − m)) over groups, with v = Σw² of a group, h its share of all w and e = v(1 − 2h) + h²Σv (CR2); t with the degrees of freedom of that sum (groups less one where all are of one size, fewer otherwise). NPS: y = −100, 0 or 100. A correlation of x and v, both standardised: y = xv/w with w = (x² + v²)/2, on −1…1. A difference: y = d + n·(w₁(v − m₁)/Σw₁ − w₂(v − m₂)/Σw₂), with n sessions of weight 1
report-intervals-likeness-within-groups = share of differences between groups (intraclass correlation)
report-intervals-mean-scale-b-probabilities = a mean on a scale from a to b (of probabilities: from 0 to 1), also with weights w
report-intervals-m-brought-0-1 = m and μ brought to 0…1: every μ with (m − μ)² ≤ t²·φ·μ(1 − μ)/n, φ = (k·V/(m(1 − m)) + 2)/(k + 1), at most 1, V = Σw²(v − m)²/Σw², n = (Σw)²/Σw², k = (Σw²)²/Σw⁴, t with k + 1 degrees of freedom; without weights k = n
report-intervals-how-strongly-norm-held = how strongly a norm is held, on average
report-intervals-mean-but-no-end = as a mean, but no end nearer than m ± √Σ(distance of each session’s strength to its own end)²/n
report-intervals-mean-share-nps-model = a mean, share or NPS of those who use a model
report-intervals-mean-scale-above-w = a mean on a scale (above) with w = a·D⁻¹: a the session's probabilities, D their means among 20,000 simulated people who use each model, whose own error is added; told where n > t², t with n + 1 degrees of freedom, and D's condition is at most 20{ $counted ->
        [sessions] {" "}(n of the sums of w of each respondent)
       *[people] {""}
    }
report-intervals-difference-two-means-same = the difference of two means of the same sessions under two weights
report-intervals-d-plus-minus-f = d ± √(f² + g² − 2rfg), f and g the distances of the two means from the ends of their intervals, r the correlation of w₁(v − m₁) and w₂(v − m₂)
report-intervals-estimated-share-model = the estimated share π of a model
report-intervals-percentiles-2-5-97 = percentiles 2.5 and 97.5 of the shares under parameters drawn about the optimum of a composite marginal likelihood, with its sandwich covariance over respondents; no narrower than that of a counted share. It leans on no groups of organisations or interviewers
report-intervals-100-times-score-interval = 100 times the score interval of p − d, the shares of promoters and detractors: every δ with |p − d − δ| ≤ z·√((p̃ + d̃ − δ²)/n), p̃ and d̃ likeliest under δ
report-intervals-percentiles-2-5-97-5 = percentiles 2.5 and 97.5 of { $fewest_resamples } to { $most_resamples } resamples of respondents, seed { $seed }
report-intervals-a-correlation = a correlation
report-intervals-what-one-session-says = what one session says and associates
report-intervals-score-plus-minus-z = score ± z·SE, SE as in the formulas above; of what is said SE = SD·√(1 − α) of the norm group
report-intervals-raw-agreement-coders = raw agreement of coders
report-intervals-share-coded-sessions = as a share, of coded sessions
report-intervals-kappa-plus-minus-z = κ ± z·SE, ended at ±1
report-intervals-value-plus-minus-t = value ± t·SE, SE linearised over sessions, t with n − 1 degrees of freedom
report-intervals-percentiles-2-5-97-5-resampled = percentiles 2.5 and 97.5 of resampled sessions
report-intervals-resampled-respondents = percentiles 2.5 and 97.5 of resampled respondents
report-intervals-accuracy-precision-recall-classification = accuracy, precision and recall of a classification
report-intervals-share-respondents-several-sessions = as a share; of respondents with several sessions the wider of that and percentiles of resampled respondents
report-intervals-balanced-accuracy-macro-f1 = balanced accuracy and macro-F1
report-intervals-m-plus-minus-distance = m ± √Σ(distance of each part to its own end)²/k over the k classes
report-intervals-log-loss-brier-score = log loss, Brier score, calibration error

## report/methods/questions

report-questions-languages = languages
report-questions-names-braces-stand-what = Names in braces stand for what the start form or an earlier answer fills in.
report-questions-random-order = random order
report-questions-for-the-interviewer = For the interviewer
report-questions-question = question
report-questions-feeds = feeds
report-questions-as-above = as above
report-questions-probes = Probes
report-questions-one-others = one of the others
report-questions-order-drawn = order drawn
report-questions-must-hold = must hold:
report-questions-calculations = Calculations: { $calculations }
report-questions-most-max = {" "}(at most { $max })
report-questions-min-max = {" "}({ $min } to { $max })
report-questions-not-after-day-answer = , not after the day of the answer
report-questions-in-words = in words
report-questions-first-places = first { $places }
report-questions-total-points = { $total } points
report-questions-organisation-organisation-pleasant-good = organisation: { $organisation }; pleasant: { $good }; unpleasant: { $bad }

## report/methods/study

report-study-the-study = the study
report-study-what-said = What the study says of itself
report-study-field = field
report-study-text = text
report-study-decided-beforehand = what was decided beforehand
report-study-nothing-frozen = Nothing was frozen beforehand. Read every finding as exploratory: which of them somebody looked for, and which were found while looking, cannot be told.
report-study-kept-to = The plan in force against what was done
report-study-part = part
report-study-kept = kept to
report-study-found = found
report-study-counted-in-selection = Sessions are counted within the selection that each plan froze; others play no part in it.
report-study-what-is-not-checked = Hypotheses and exclusions in words are printed as they were frozen; relata does not judge them. Plans are kept for good, each with the hash of all that it says; whoever keeps the file sets its clock. What is not in the plan is exploratory.
report-study-frozen-on = Frozen on { $on } (plan { $id }), { $before ->
    [0] before any finished session had begun.
    [one] when { $before } session that is finished now had begun.
   *[other] when { $before } sessions that are finished now had begun.
}
report-study-changed = It changed what was frozen before: { $parts }.
report-study-for-questionnaire = For the questionnaire { $name } { $version }, whose text has the hash { $hash }….
report-study-hypothesis = Hypothesis { $number }: { $hypothesis }
report-study-exclusion = Left out: { $exclusion }
report-study-rests-on = This rests on the scales { $measures }.
report-study-part-beforehand = decided before the first session
report-study-part-questionnaire = questionnaire
report-study-part-relata = version of relata
report-study-part-hypotheses = hypotheses
report-study-part-scales = scales
report-study-part-exclusions = exclusions
report-study-part-sessions = number of sessions
report-study-part-selection = selection
report-study-begun-before = { $before ->
    [0] none of { $all } finished sessions had begun
   *[other] { $before } of { $all } finished sessions had begun
}
report-study-other-text = { $other ->
    [0] all { $all } finished sessions used this text
   *[other] { $other } of { $all } finished sessions used another text
}
report-study-relata-then-now = { $planned } then, { $now } now
report-study-planned-found = { $planned } planned, { $found } finished
report-study-selection-same = this report is about the selection that was planned
report-study-selection-other = this report is about another selection than the one that was planned; planned: { $planned }; here: { $found }
report-study-selection-all = all sessions
report-study-selection-planned = Only these sessions were to be looked at: { $selection }.
report-study-all-scored = all were scored.
report-study-not-scored = without a score: { $scales }.
report-study-beyond = Not in the plan, and so exploratory: { $scales }.

## report/methods/scoring

report-scoring-scoring = scoring
report-scoring-scales = Scales
report-scoring-construct = construct
report-scoring-method = method
report-scoring-fewest-answers = fewest answers
report-scoring-middle = the middle
report-scoring-neutral = neutral at
report-scoring-composite-what-said = in the composite of what is said
report-scoring-formulas = Formulas
report-scoring-what-measures = what it measures
report-scoring-cautions = cautions
report-scoring-measurement-errors-gap = Measurement errors and the gap
report-scoring-measurement-errors-z-scores = Measurement errors and z scores come from { $n } sessions of this study.
report-scoring-measurement-errors-z-scores-come = Measurement errors and z scores come from 400 simulated respondents of this questionnaire, until the study has 30 finished sessions that can be scored.
report-scoring-conflict-counted-where-95 = A conflict is counted where the 95 % interval of what is said lies wholly on one side of zero and that of what is associated wholly on the other, and still does when either zero is moved by a tenth of the range; one that does not is called leaning. Its p is the larger of the two one-sided ones. What is said is the mean of its components: each scale of ratings around its neutral point, and pleasant less unpleasant feelings.
report-scoring-timed-sorting-exclusions-limits = Timed sorting: exclusions and limits of timing
report-scoring-answers-under-fast-ms = Answers under { $fast } ms and trials without a key are dropped. A session is excluded with more than { $percent } % errors in a block, or with fewer than half of a block’s trials retained (the latter is our own rule).
report-scoring-none = none
report-scoring-sessions-timed-task-scored =
    Of { $of } { $of ->
        [one] session
       *[other] sessions
    } with a timed task: scored { $scored }, not done { $not_done }, could not be timed { $not_timed }. Excluded: { $excluded }.
report-scoring-calibrated-blocks-test-blocks = { $calibrated } of { $blocks } test blocks carry figures of a calibration; { $remote } { $remote ->
        [one] session was
       *[other] sessions were
    } timed over a network or another program. What keyboard and screen add (often 10 to 50 ms) cannot be measured in a terminal; what of it stays the same cancels in a difference.
report-scoring-classifier = classifier
report-scoring-multinomial-logistic-regression-l2 = Multinomial logistic regression with an L2 penalty. Features: the four scale means centred within the person, shares of reactions to situations, best–worst scores, shares of allocated points, and closeness; only blocks that a session has. Neither satisfaction nor emotion nor association is among them.
report-scoring-published-base-rates-ar = published base rates; AR and EM share what is left, our assumption
report-scoring-chosen-report = chosen for this report
report-scoring-prior-cs-cs-ar = Prior: CS { $cs }, AR { $ar }, EM { $em }, MP { $mp } ({ $from }). A profile is uncertain where the answers alone do not tell its first two models apart: below { $ratio } to 1.
report-scoring-basis-profiles-number-sessions = Basis of the profiles, with the number of sessions: { $basis }.
report-scoring-reference-model-fitted-reference = The reference model is fitted on { $reference_rows } simulated sessions. In them the model in use is the norm that is held strongest; the four norms are independent, with means under which the published shares come out; statements of the four models are equally easy to agree with; { $careless } % answer carelessly, and coders err in { $errors } %, where two norms lie close together. All this is assumed. What the answers say alone comes from the same simulation with four equal shares.
report-scoring-no-human-coder-checked = No human coder has checked it.
report-scoring-recovery-not-validity-study = Recovery, not validity: { $study } simulated sessions with this questionnaire’s questions, seed { $seed }, against the simulated truth. On 70/16/7/7, always calling the most frequent model gives an accuracy of .70 and a balanced accuracy of .25.
report-scoring-how-well-reference-model = How well the reference model recovers what was simulated
report-scoring-predictor = predictor
report-scoring-balanced-accuracy = balanced accuracy
report-scoring-reference-model = reference model
report-scoring-same-ease-spread-answers = the same, with ease and spread from the answers
report-scoring-answers-alone = the answers alone
report-scoring-ceiling-generator-itself = ceiling: the generator itself

## report/plan

report-plan-how-many-interviews = How many interviews
report-plan-what-widths-are = How wide the 95 % intervals of a report are, at how many interviews: the median over { $studies } simulated studies of each size. Half of it is what people mean by “give or take”.
report-plan-simulated-not-valid = Simulated people answered this very questionnaire, and their studies went the way of every study (seed { $seed }, world “{ $world }”). Real people may differ more than these, which makes intervals wider.
report-plan-alone = Everybody stands alone here. Customers of one organisation who are more alike than others make intervals wider.
report-plan-in-organisations = The people of each study come from { $organisations } organisations; of all differences in what they say and associate, a share of { $alike } lies between these.
report-plan-kind-share = Shares
report-plan-kind-mean = Means
report-plan-kind-difference = Differences between ways of relating
report-plan-kind-agreement = Agreement of coders
report-plan-kind-gap = Said against associated
report-plan-kind-reliability = Reliability
report-plan-widths = Widths of intervals
report-plan-figure = figure
report-plan-interviews = interviews
report-plan-width = width
report-plan-nine-in-ten = nine in ten narrower than
report-plan-cannot-tell = cannot be told
report-plan-curves-fall = The more interviews, the narrower the intervals; the table below holds every point.

## report/said

report-said-answers-speak-ratio-first = The answers speak { $ratio } for { $first } over { $second }.
report-said-answers-do-not-tell = The answers do not tell the four ways of relating apart.
report-said-most-ratio = at most { $ratio }
report-said-answers-do-not-tell-names = The answers do not tell { $names } apart ({ $ratio }).
report-said-why-thesepause-not-those = why { $these }{ $pause } and not { $those }?
report-said-once-published-rates-counted = Once the published rates are counted in, { $model } leads ({ $percent } %).
report-said-rates-lead-untold = Once the published rates are counted in, { $model } is in front ({ $percent } %), and not by enough to tell.
report-said-only-because-more-common = Only because it is the more common one does { $model } lead once the published rates are counted in ({ $percent } %).
report-said-hardly-relation-none-four = Hardly a relation: none of the four reaches the middle of the scale. What is strongest says how it is, not how much it matters.
report-said-hardly-relation-unclear = Whether it is much of a relation cannot be told: the interval of the norm that is held strongest reaches across the middle of the scale.
report-said-name-valid-answered-needed = on { $name } { $valid } of { $of } answered, { $needed } needed
report-said-random = The ratings of statements about one and the same way contradict each other as much as random ones would: this profile may say little.
report-said-point-apart = The answers point apart: together they speak for { $first }, while the statements put { $model } ({ $held }) clearly above it. No advice rests on either.
report-said-point-apart-passed-over = The answers point apart: together they speak for { $first }, while the choices between the four put others above it. No advice rests on either.
report-said-point-apart-chosen = The answers point apart: together they speak for { $first }, while the choices between the four put { $model } clearly above it. No advice rests on either.
report-said-statements-left-out-each = The statements are left out: { $each }.
report-said-situations-left-out-valid = The situations are left out: answered { $valid } of { $of }, needed { $needed }.
report-said-points-left-out-valid = The points are left out: divided in { $valid } of { $of }, needed { $needed }.
report-said-sets-most-least-left = The sets of most and least are left out: { $valid } of { $of } complete, { $needed } needed.
report-said-one-set-left-out = One set is left out: of most and least only one was chosen.
report-said-sets-sets-left-out = { $sets } sets are left out: of most and least only one was chosen.
report-said-gap-between-conscious-unconscious = The gap between what is said and what is associated
report-said-uncorrelated-too-few = Fewer than four sessions have both, too few for a correlation of what is said and what is associated.
report-said-uncorrelated-said = What is said is the same for everybody here, so that its correlation with what is associated is undefined, which is not zero.
report-said-uncorrelated-associated = What is associated is the same for everybody here, so that its correlation with what is said is undefined, which is not zero.
report-said-uncorrelated-both = What is said and what is associated are each the same for everybody here, so that their correlation is undefined, which is not zero.
report-said-uncorrelated-line = What is said and what is associated lie on one line here, where a correlation has no interval.
report-undefined-coefficient = —: a score is the same for everybody here, so that the coefficient is undefined, which is not zero.
report-said-warm-both-sides = warm on both sides
report-said-cold-both-sides = cold on both sides
report-said-to-1 = to 1
report-said-more-than-huge = more than { $huge } { $to }
report-said-0 = .0
report-said-and = and
report-said-or = or
report-said-name = “{ $name }”

## report/session

report-session-notes = Notes
report-session-for-the-customer = for the customer who answered
report-session-note = { $question }: { $note }
report-session-report-one-session = Report of one session
report-session-respondent = Respondent
report-session-begun = Begun
report-session-imported-from = Imported from
report-session-sheet = Sheet of paper
report-session-imported-row = { $file }, row { $row }
report-session-took = Took
report-session-what-do = What to do with it
report-session-what-rests = What this rests on

## report/session/gap

report-gap-not-measured = not measured
report-gap-said-against-associated = Said against associated
report-gap-plane-two-axes-minus1 = A plane with two axes from −1 to +1. Said: { $said }. Associated: { $associated }. { $verdict }.
report-gap-zero-holds = It stays so when neutral is moved by a tenth of the range, for what is said or for what is associated.
report-gap-zero-turns = Moved by a tenth of the range, neutral would leave one of the two unclear.
report-gap-p-conflict-larger-two = p of a conflict (the larger of two one-sided p): { $p }.
report-gap-gap-z-against-others = Gap in z, against others: { $z }. More than measurement error: { $error }; rare: { $rare }. This is about the distance between the two; the verdict is about whether they lie on opposite sides of neutral, and does not rest on this.

## report/session/profile

report-profile-no-profile = No profile
report-profile-two-ways-relating-side = Two ways of relating, side by side
report-profile-how-strongly-each-norm = How strongly each norm is held, { $low } to { $high }, with its 95 % interval
report-profile-strongest-norm-answers-alone = The strongest norm: from the answers alone, and with the published rates
report-profile-with-rates = with rates
report-profile-for = for
report-profile-against = against

## report/session/scales

report-scales-all-scores = All scores
report-scales-estimate-other = Estimate of the other side
report-scales-sentiment-other = Sentiment and other
report-scales-score = score
report-scales-range = range

## study

study-not-finished = not finished
study-at-least = at least

## study/coding

study-coding-nothing-told = nothing was told in words in this session, and coders of this study are shown words alone
study-coding-other-case = coder `{ $coder }` differs from `{ $known }`, who has coded in this study, by upper and lower case alone; take `{ $known }`, or another code

## study/retention

study-retention-day-changed = The day until which this study may be kept was changed outside relata, so that nobody knows what was promised. Set it again with `relata study retention`.
study-retention-study-kept-until-until = This study was to be kept until { $until }; that day is past. Erase it, or set another day with `relata study retention`.
study-retention-study-may-kept-until = This study may be kept until today.
study-retention-study-may-kept-until-until =
    This study may be kept until { $until }: { $days } { $days ->
        [one] day
       *[other] days
    } from today.

## study/transcripts

study-transcripts-transcript = Transcript
study-transcripts-transcript-of-several = Transcript { $number }
study-transcripts-interviewer = Interviewer
study-transcripts-respondent = Respondent
study-transcripts-marked-before = Marked before; not shown any more
study-transcripts-somebody = Somebody

## study/projects

study-projects-answers = answers
study-projects-models = Relational models
study-projects-dominants = Dominant model
study-projects-seconds = Second model
study-projects-confidences = Confidence
study-projects-settled-models = Settled model
study-projects-mark = evidence { $model } { $strength }
study-projects-dominant = dominant: { $model }
study-projects-second = second: { $model }
study-projects-confidence = confidence { $sure }
study-projects-settled = settled: { $model }
study-projects-settled-second = settled second: { $model }
study-projects-about-mark = A whole answer or turn speaks for the model: 0 not at all, 3 very.
study-projects-about-whole = Of the whole session: code the text with it, once for each coder.
study-projects-about-confidence = How sure the coder is of the dominant model: 1 a guess, 5 certain. Code the text with it.
study-projects-about-settled = What the coders agreed on together.

## study/tables

study-tables-one-row-session = one row a session
study-tables-one-row-timed-trial = One row a timed trial
study-tables-one-row-event = One row an event
study-tables-one-row-code-coder = One row a code of a coder

## study/tables/answers

study-answers-everyone = everyone
study-answers-to = to
study-answers-at-most = at most
study-answers-in = in
study-answers-most-longest-characters = at most { $longest } characters
study-answers-must-satisfy = must satisfy
study-answers-offered-if = “{ $label }” only if { $condition }
study-answers-default = { $shown } stands there at first

## study/tables/codes

study-codes-model-coders-give = model that the coders give
study-codes-second-model-code = second model of that code
study-codes-what-code-rests = what that code rests on
study-codes-settled-coders-together = settled by the coders together
study-codes-more-than-half-coders = more than half of the coders
study-codes-no-code-coders-differ = no code: the coders differ
study-codes-number-coders = number of coders
study-codes-code-coder = code of the coder
study-codes-when-saved-utc = when it was saved (UTC)
study-codes-whether-settles-session-all = whether it settles the session for all
study-codes-model-respondent-uses-most = the model that the respondent uses most
study-codes-second-model = the second model
study-codes-confidence-1-guess-5 = confidence, 1 (a guess) to 5 (certain)
study-codes-marks-evidence-item-model = marks of evidence: item, model, strength
study-codes-seen = what the code was made from
study-codes-seen-narrative = what was told in words alone
study-codes-seen-whole = every answer
study-codes-seen-mixed = codes made from different things
study-codes-first = whether it is the coder’s first, independent code, which agreement compares
study-codes-latest = whether no later code replaces it; training takes the latest
study-codes-blind = whether it was given before the coder saw what others or the classifier say
study-codes-passages = passages as evidence: item, first character and the one after the last (from 0), model
study-codes-passage-words = words of these passages
study-codes-note-coder = note of the coder
study-codes-simulated-model-respondent = simulated: the model of the respondent
study-codes-simulated-model-other-side = simulated: the model of the other side
study-codes-simulated-what-fallible-coder = simulated: what a fallible coder would say

## study/tables/derived

study-derived-classifier-fitted-exactly-blocks = the classifier fitted on exactly the blocks that the session has, from its answers of this perspective and the shares of the four models that are assumed
study-derived-model-highest-four-probabilities = the model with the highest of the four probabilities
study-derived-model-second-highest-four = the model with the second highest of the four probabilities
study-derived-highest-four-probabilities-less = the highest of the four probabilities less the second highest
study-derived-yes-where-answers-themselves = yes where the answers by themselves do not tell the first two models apart, less than 3 to 1
study-derived-same-classifier-fitted-even = the same classifier fitted with even shares of the four models: what the answers say by themselves
study-derived-model-highest-four-probabilities-under = the model with the highest of the four probabilities under even shares
study-derived-highest-probability-under-even = the highest probability under even shares divided by the next, at most a million
study-derived-mean-statements-norm-answered = the mean of the statements of this norm that were answered, on the answer scale, with no prior in it
study-derived-half-width-95-percent = half of the width of the 95 % score interval of that strength, in units of a normal error
study-derived-low-where-none-four = low where the 95 % intervals of all four scale means of this perspective lie below the middle of the answer scale, normal where one lies above it, unclear otherwise
study-derived-mean-four-scale-means = mean of the four scale means of this perspective, each brought to −1…+1
study-derived-scales-explicit-sentiment-brought = the scales of explicit sentiment, brought to −1…+1
study-derived-standard-error-gap-explicit = the standard error of `gap_explicit`
study-derived-indirect-measure-leads-gap = the indirect measure that leads (`gap_measure`), brought to −1…+1
study-derived-standard-error-gap-indirect = the standard error of `gap_indirect`
study-derived-larger-two-one-sided = the larger of the two one-sided p values, of `gap_explicit` and `gap_indirect` against zero with their standard errors
study-derived-z-score-gap-explicit = the z score of `gap_explicit` less that of `gap_indirect`, within the study or the reference sample
study-derived-timed-measure-where-valid = the timed measure where it is valid, else free association
study-derived-yes-where-95-percent = yes where the 95 % intervals of `gap_explicit` and `gap_indirect` lie wholly on opposite sides of zero
study-derived-whether-gap-z-more = whether `gap_z` is more than the measurement error of both measures
study-derived-whether-so-large-gap = whether so large a `gap_z` is rare among those that it is compared with
study-derived-direction-gap-z-where = the direction of `gap_z` where it is reliable and rare and there is no conflict of signs
study-derived-signs-gap-explicit-gap = the signs of `gap_explicit` and `gap_indirect`, each open where its 95 % interval holds zero
study-derived-two-measures-missing-interval = which of the two measures is missing, or which interval holds zero

## study/tables/journal

study-journal-left = left
study-journal-right = right
study-journal-block-1 = block, from 1
study-journal-whether-block-counts-practice = whether the block counts; practice does not
study-journal-what-shares-key-organisation = what shares a key with the organisation
study-journal-trial-1 = trial, from 1
study-journal-what-shown = what was shown
study-journal-organisation = organisation
study-journal-what-belongs = what it belongs to
study-journal-right-key = the right key
study-journal-first-key = the first key
study-journal-whether-first-key-right = whether the first key was right
study-journal-milliseconds-stimulus-first-key = milliseconds from the stimulus to the first key
study-journal-number-session-0 = number in the session, from 0
study-journal-when-utc = when (UTC)
study-journal-what-happened = what happened
study-journal-item-section-field-about = item, section or field that it is about
study-journal-prompt-item-0 = prompt of the item, from 0
study-journal-what-entered-json = what was entered, as JSON
study-journal-went-back = went back
study-journal-went-without-new-answer = went on without a new answer
study-journal-jumped-section = jumped to a section
study-journal-opened-item-review = opened an item from the review
study-journal-made-note = made a note
study-journal-corrected-field = corrected a field
study-journal-changed-language = changed the language
study-journal-paused = paused
study-journal-went-on = went on
study-journal-handed-keyboard-over = handed the keyboard over
study-journal-imported = came from a file of another program
study-journal-sheet = was entered from a sheet of paper
study-journal-ended = ended

## study/tables/paradata

study-paradata-code-respondent = code of the respondent
study-paradata-answers-program-not-person = answers of a program, not of a person
study-paradata-rehearsal-must-not-count = rehearsal that must not count
study-paradata-code-interviewer = code of the interviewer
study-paradata-formerly = what this client was called before, where that was said
study-paradata-begin-utc = begin (UTC)
study-paradata-last-event-utc = last event (UTC)
study-paradata-minutes-pauses-left-out = minutes, pauses left out
study-paradata-finished = finished
study-paradata-stopped-respondent-answers-kept = stopped by the respondent, answers kept
study-paradata-where-session-stands = where the session stands
study-paradata-on-screens = on screens
study-paradata-line-line = line by line
study-paradata-simulated = simulated
study-paradata-in-browser = in a browser
study-paradata-on-paper = on paper
study-paradata-imported = from another program
study-paradata-imported-from = File that the answers were imported from
study-paradata-sheet = Number of the sheet of paper
study-paradata-imported-row = Row in that file
study-paradata-how-answers-came = how answers came in
study-paradata-language-end = language at the end
study-paradata-version-consent-text-agreed = version of the consent text that was agreed to or refused
study-paradata-version-questionnaire = version of the questionnaire
study-paradata-sha-256-questionnaire = SHA-256 of the questionnaire
study-paradata-version-relata = version of relata
study-paradata-seed-every-random-order = seed of every random order
study-paradata-events = events
study-paradata-seconds = seconds
study-paradata-changed-answers = changed answers
study-paradata-place-section = place in its section
study-paradata-order-shown = order shown

## study/tables/results

study-results-standard-error = standard error
study-results-probability-of = probability of{" "}
study-results-most-probable-model = most probable model
study-results-second-model = second model
study-results-lead-first-model-over = lead of the first model over the second
study-results-answers-do-not-tell = answers do not tell the first two apart
study-results-probability-being-strongest-answers = probability of being the strongest, from the answers alone:{" "}
study-results-model-answers-alone-speak = model that the answers alone speak for
study-results-times-likelier-than-next = times likelier than the next
study-results-strength-norm = strength of the norm:{" "}
study-results-low = low
study-results-unclear = unclear
study-results-normal = normal
study-results-engagement = engagement
study-results-mean-four-model-scales = mean of the four model scales, −1…+1
study-results-said-minus1-1 = said, −1…+1
study-results-associated-minus1-1 = associated, −1…+1
study-results-p-conflict-signs = p of a conflict of signs
study-results-difference-z-scores = difference of the z scores
study-results-indirect-measure-leads = the indirect measure that leads
study-results-both-intervals-opposite-sides = both intervals on opposite sides of zero
study-results-more-than-measurement-error = more than measurement error
study-results-rare-among-others = rare among others
study-results-says-warmer-than-others = says it warmer than others who associate alike
study-results-says-colder-than-others = says it colder than others who associate alike
study-results-reliable-rare-difference-without = reliable and rare difference without a conflict
study-results-verdict-gap = verdict on the gap
study-results-why-no-verdict-open = why there is no verdict, or an open one

## study/tables/words

study-words-version-consent-text = version of the consent text
study-words-word-digits = word { $digits }
study-words-valence-word-digits-minus3 = valence of word { $digits }, −3 to +3
study-words-milliseconds-first-key-word = milliseconds to the first key of word { $digits }
study-words-milliseconds-enter-after-word = milliseconds to Enter after word { $digits }
study-words-paired-pleasant-words-what = paired with pleasant words, { $what }
study-words-paired-unpleasant-words-what = paired with unpleasant words, { $what }
study-words-pairing-came-first = the pairing that came first
study-words-key-pleasant-words = the key of pleasant words
study-words-what-lay-between-program = what lay between program and keyboard
study-words-microseconds-draw-frame-median = microseconds to draw a frame, median
study-words-microseconds-waiting-thread-wakes = microseconds by which a waiting thread wakes late, 99th percentile
study-words-microseconds-terminal-answered-question = microseconds in which the terminal answered a question, both ways
study-words-trials-key = trials with a key
study-words-share-wrong-answers = share of wrong answers
study-words-trials-without-key = trials without a key
study-words-mean-latency-right-answers = mean latency of right answers, milliseconds
study-words-keys-came-too-early = keys that came too early
study-words-keys-repeated-keyboard = keys repeated by the keyboard

## tui

tui-nothing = {""}

tui-space-bar = Space
tui-key-go = next
tui-key-done = done
tui-key-digits = answer
tui-key-choose = choose
tui-key-move = move
tui-key-negative = below zero
tui-key-earlier = earlier word
tui-key-stop = stop for now
tui-key-stay = back to the question
tui-key-save-page = save as a page
tui-key-again = assess again
tui-key-toggle = mark
tui-key-models = model
tui-key-strength = strength
tui-key-passage = passage
tui-key-word = word
tui-key-search = find a word
tui-key-find = find
tui-key-grow = several words
tui-key-other-words = note
tui-key-sure = how sure
tui-key-save-code = save the code
tui-key-settle = settle
tui-key-recode = code again
tui-key-code = code
tui-key-rest = the rest here
tui-key-take-back = take back
tui-key-declined = rather not say
tui-key-dont-know = don't know
tui-key-back = back
tui-key-forward = go on
tui-key-finish = finish
tui-key-note = note
tui-key-sections = sections
tui-key-pause = pause
tui-key-language = Nederlands
tui-key-keyboard = take the keyboard
tui-key-elsewhere = save elsewhere
tui-key-withdraw = stop taking part
tui-key-rehearsal = rehearsal
tui-key-field = field
tui-key-tab = page
tui-key-expand = all answers
tui-key-open = open
tui-key-study = findings of the study
tui-key-filter = filter
tui-key-clear = clear
tui-key-show = show
tui-key-change = change
tui-key-close = close
tui-key-scroll = scroll
tui-key-leap = more
tui-key-help = keys
tui-key-leave = save and leave
tui-key-stop-with-code = stop, with the code
tui-key-quit = quit

tui-help-go = Take this answer and go on to the next question.
tui-help-done = Finish the text where Enter only starts a new line.
tui-help-digits = Answer by number. Longer scales take several digits and then Enter.
tui-help-choose = Move through answers, rows or a list.
tui-help-move = Move the marker of a scale one point; give or take five points when dividing.
tui-help-negative = The next digit is a point below zero; without a sign it lies above.
tui-help-slide = Move the marker of a scale one point; + and − do the same.
tui-help-earlier = To the word before, to mend it. The words after it stay.
tui-help-stay = Back to the question; nothing has happened.
tui-help-save-page = Save the result as a page for a browser and for paper, beside the study or where you say.
tui-help-again = Begin the next assessment of this relation, with everything filled in that is known of it.
tui-help-toggle = Mark an answer, or take the mark away.
tui-help-models = Communal sharing (c), authority ranking (a), equality matching (e) or market pricing (m): on an answer, mark it as evidence for that model, and press again for more; on the page of the code, choose it.
tui-help-strength = How strongly this answer speaks for the model: 0 not at all, 3 very.
tui-help-passage = Marks a passage of this answer, or of the note beside it, as evidence: ← → choose words, the space bar takes several, and c a e m marks them for a model. Esc leaves.
tui-help-word = The next or the previous word; with Shift, one word more or less. ↑ ↓ go on by a line.
tui-help-search = Finds every place of a word in the answers and the transcript, with what stands around it: ↑ ↓ choose a place, Enter goes there and chooses the word, so that c a e m can mark it.
tui-help-find = Finds lines of this screen by a code, a name, a questionnaire or a day; all questionnaires are among them.
tui-help-grow = From this word on, ← → take several; again, one word alone.
tui-help-other-words = From the answer to the note beside it, and back.
tui-help-sure = How sure you are of the code: 1 a guess, 5 certain.
tui-help-save-code = Save the code. After that you see what other coders say; what the classifier says, when all of your list is coded.
tui-help-settle = Enter the code that all coders settled on together.
tui-help-recode = Code this interview again. The earlier code stays in the file; the latest counts.
tui-help-code = Code a finished interview: which relational model does the respondent use?
tui-help-rest = Give all points that are left to this line.
tui-help-take-back = Take back the last digit, the last place given or the mark.
tui-help-declined = Rather not say. That is an answer too; with several rows it counts for this row.
tui-help-dont-know = Don't know. That is an answer too; with several rows it counts for this row.
tui-help-all-declined = Rather not say, for all rows at once.
tui-help-all-dont-know = Don't know, for all rows at once.
tui-help-back = Back to the question before. Nothing is lost.
tui-help-forward = On to the next question, with the answer that stands here.
tui-help-finish = End the interview, when every question has an answer.
tui-help-note = Write a note with this question.
tui-help-sections = Go to another section; answers stay.
tui-help-pause = Pause: the clock stops and the question is hidden.
tui-help-language = Change the language, at any moment.
tui-help-keyboard = The interviewer takes the keyboard back from the respondent.
tui-help-save-elsewhere = Save the whole interview in another file and go on there.
tui-help-withdraw = The respondent does not want to take part any longer. You are asked to confirm.
tui-help-rehearsal = Make it a rehearsal, which is kept and counts nowhere; or a real one again.
tui-help-field = To the next or the previous field.
tui-help-tab = To the next or the previous page of the result.
tui-help-expand = Show all reasons with all answers behind them, or fewer again.
tui-help-open = Open what is marked.
tui-help-study = What the whole study found.
tui-help-filter = Choose which interviews the findings are about.
tui-help-clear = Take every choice of the filter away.
tui-help-show = Show the findings under this filter.
tui-help-change = To the next or the previous choice on this line.
tui-help-close = Close this and go back.
tui-help-scroll = Scroll line by line.
tui-help-leap = Scroll where there is more than fits.
tui-help-help = This list.
tui-help-leave = Stop for now. Everything is kept and can be continued later.
tui-help-quit = Leave relata.
tui-help-suspend = Put relata aside; `fg` brings it back.
tui-help-title = Keys
tui-help-now = What works now
tui-help-elsewhere = What works elsewhere
tui-help-words = While you type text every letter is text; then use the function and Ctrl keys. Ctrl+U clears the line, and Ctrl+Y brings it back.

tui-too-small = Please make this window larger.
tui-too-small-size = It is { $width } columns by { $height } rows; { $least_width } by { $least_height } is enough.

tui-section-of = section { $here } of { $of }
tui-minutes-of = { $spent } of about { $planned } min
tui-about-minutes =
    about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }
tui-for-interviewer = For you as interviewer
tui-ask-on = Follow-up questions
tui-your-note = Note
tui-elsewhere-title = Save in another file
tui-elsewhere-words = Nothing is lost: the whole interview is still here. Enter saves it in this file, with the other sessions of the study where the old file can still be read, and it goes on there.
tui-elsewhere-hint = { $why } F12 saves everything in another file.
tui-coding-elsewhere-words = Nothing is lost: what you entered is still here. Enter saves it in this file, with the interview and its codes, and you go on there. Merge the files later.
tui-coding-elsewhere-hint = { $why } What you enter stays here meanwhile. F12 saves it in another file.
tui-coding-saved-in = What you entered is saved in { $place }, with the interview and its codes, and you go on there.
tui-coding-leave-anyway = { $why } What you entered is not kept yet: F12 saves it in another file; Esc again leaves without it.
tui-elsewhere-cancel = Esc goes back, to try again in the old place.
tui-note-title = Note with this question
tui-note-words = Only for the interviewer. It is kept while you type.
tui-note-words-alone = For you, and for whoever works on the study. It is kept while you type.
tui-optional = This one may be left open.
tui-row-left = This row has no answer yet.
tui-choose-one = Choose an answer first.
tui-choose-none = Nothing is chosen. Enter again if none of these is meant, else choose first.
tui-your-answer = Your answer
tui-between-points = a number from { $from } to { $to }
tui-number-here = Type a number.
tui-whole-number = a whole number
tui-whole-between = a whole number from { $from } to { $to }
tui-at-least = { $least } or more
tui-at-most = { $most } or less
tui-date-form = year-month-day, such as 2026-01-31
tui-date-from = from { $day }
tui-date-to = up to { $day }
tui-pick-between = Choose { $least } to { $most }.
tui-pick-exactly = Choose { $count }.
tui-pick-at-most = Choose at most { $most }.
tui-pick-any = Choose as many as you like.
tui-rank-all = Put all { $places } in order, the first one first: { $left } to go.
tui-rank-places = Put { $places } of them in order, the first one first: { $left } to go.
tui-rank-full = All places are filled. Press Enter to confirm the order.
tui-points-left =
    { $left } { $left ->
        [one] point
       *[other] points
    } left of { $of }
tui-points-over =
    { $over } { $over ->
        [one] point
       *[other] points
    } too many; there are { $of }
tui-points-done = All { $all } points are divided. Enter takes this.
tui-no-more = No more? Press Enter on the empty line.

tui-note-item = Read this, then press Enter.

tui-over-title = Please hand over the keyboard
tui-consent-more = There is more to read before this can be agreed to. Here it goes on.
tui-over-words = The next part is for the respondent alone: { $section }.
tui-over-words-plain = The next part is for the respondent alone.
tui-over-more = Your notes, probes and earlier answers cannot be seen until you take the keyboard back.
tui-over-key = Respondent: press Enter when you are ready.
tui-back-title = Please give the keyboard back
tui-back-words = Thank you. This part is done; the interviewer goes on from here.
tui-back-key = Interviewer: press F8 (or Ctrl+T) to take the keyboard.
tui-back-enter = Only the interviewer goes on from here, with F8.
tui-paused-title = Paused
tui-paused-words = The clock stands still and the question is hidden. Everything is kept.
tui-paused-key = Press Enter to go on.

tui-sections-title = Go to a section
tui-here = you are here

tui-withdraw-title = Stop taking part?
tui-withdraw-words = The interview ends here and cannot be continued. Type one of these words and press Enter:
tui-withdraw-stop = stop
tui-withdraw-erase = erase
tui-withdraw-stop-words = stop, and keep what has been answered so far
tui-withdraw-erase-words = stop, and erase everything of this interview for good
tui-withdraw-cancel = Esc goes back to the question.
tui-withdraw-which = Type `{ $stop }` or `{ $erase }`, or press Esc to go on.
tui-withdrawn-title = The interview has been stopped
tui-withdrawn-words = The answers so far have been kept.
tui-erased-words = Everything of this interview has been erased.
tui-any-enter = Enter closes this.

tui-leave-title = Stop for now?
tui-kiosk-code = This machine goes from hand to hand: everybody gets the card for the next person, and nobody sees sessions or results. This code ends it (Ctrl+Q on that card):
tui-kiosk-code-once = Note it now; it is not shown again.
tui-kiosk-hand-over = Enter shows the card for the first person.
tui-kiosk-begin = Enter begins.
tui-kiosk-asked = The code of whoever looks after this machine:
tui-kiosk-wrong = That is not the code.
tui-kiosk-next = Please hand the machine to the next person.
tui-kiosk-elsewhere = Please call whoever looks after this machine, and leave it as it is: your answers are still here. For them:
tui-kiosk-leave = Everything is kept up to this question. Whoever looks after this machine can let you go on later.
tui-leave-words = Everything is kept up to this question. Continue later from the start screen or with `relata resume`; the full command is shown when you leave.
tui-leave-untouched = Nothing has been answered yet, so nothing will be kept.
tui-leave-unkept = What was answered before this question is kept; what you entered here is not. Esc goes back to it, and F12 saves the whole interview in another file. If you stop now, what you entered here is lost.
tui-leave-key = Enter leaves, Esc goes back to the question.

tui-review-title = All answers
tui-review-open = open
tui-review-left =
    { $open ->
        [one] One question still needs an answer.
       *[other] { $open } questions still need an answer.
    }
tui-review-ready = Everything has an answer. Enter goes on; ↑ and ↓ lead to an answer that you want to change.
tui-review-passed = left open

tui-thanks-title = Thank you
tui-thanks-words = That was the last question. Your answers have been kept.
tui-refused-title = No interview
tui-moment-title = One moment
tui-moment-study = The interviews are being read.
tui-moment-words = The result is being worked out.
tui-trouble-title = That did not work

tui-home-lead = Interviews about how people deal with an organisation
tui-home-study = Study
tui-home-first = There is nothing in this study yet. Choose an interview to begin the first one; eight minutes are enough to see a result.
tui-home-continue = Continue
tui-home-new = New interview
tui-home-done = Finished
tui-home-relations = Relations
relation-level = not told apart
relation-parted = point apart
relation-low = hardly a relation
relation-random = contradict themselves
relation-declined = declined, { $at }
relation-staying = rather yes
relation-undecided = undecided
relation-leaving = rather not
relation-due-again = assess again
relation-due-theirs = ask their view
relation-due-ours = assess it ourselves
relation-formerly = before: { $names }
tui-rehearsal = rehearsal
tui-rehearsal-mark = REHEARSAL
tui-form-rehearsal = Rehearsal: kept, marked, and left out of every result.
tui-home-simulated = simulated
tui-home-no-consent = no consent
tui-home-of = { $done } of { $of }
tui-home-no-instruments = There are no instruments to choose from.
tui-home-more = More: building blocks, success factors, relevance, three dimensions
tui-home-find = A code, a name, a questionnaire or a day:
tui-home-not-found = Nothing here has that in it.
tui-state-finished = finished
tui-state-refused = no consent
tui-state-withdrawn = stopped

tui-form-respondent = Code of the respondent
tui-form-respondent-own = Your code
tui-form-respondent-client = Code of the client
tui-form-respondent-hint = A code, never a name. Keep the list of who is who elsewhere.
tui-form-respondent-account = A code for this client, never a name: the client answers under it, too. A client who has one already gets it again by name.
tui-form-respondent-again = This client’s code from before. Another client of that name takes another one, such as { $code }.
tui-form-renamed = New name of { $before }, whose relation goes on under it. Another client takes another code as well.
tui-form-interviewer = Your code as interviewer
tui-form-interviewer-hint = May stay empty.
tui-form-assessor = Your own code
tui-form-assessor-hint = Filled in: the code of whoever assessed this client last. If that was not you, enter your own; only answers of one person are compared over time.
tui-form-language = Language
tui-form-language-hint = Space or ← → changes it; it can be changed at any moment.
tui-form-begin = Begin
tui-form-instrument = Questionnaire
tui-form-instrument-hint = ← → for another one. What is filled in stays.
tui-form-needed = Please fill this in.
tui-form-code-only = Without spaces: letters, digits, `-`, `_`, `.`; a letter or digit first.
tui-form-optional = may stay empty

tui-sort-left = { $key }  left
tui-sort-right = right  { $key }
tui-sort-or = {" "}or{" "}
tui-sort-how = Words appear one by one. Put a finger of each hand on E and I, and press the key of the side where the word belongs, as fast as you can. A mistake now and then is fine. Esc stops the round; it then begins again.
tui-sort-round = Round { $round } of { $of }: { $words } words.
tui-sort-again = ! This round was broken off, so it begins again.
tui-sort-begin = Enter begins.
tui-sort-done = ✓ This round is done.
tui-sort-right-answer = ○ correct
tui-sort-wrong-answer = ✗ wrong
tui-sort-faster = » faster!

tui-coding-title = Code an interview
tui-coding-who = Your code as coder
tui-coding-who-hint = A code, never a name; the same one for every interview you code.
tui-coding-blind = You read answers, notes and associations. What others coded is shown when your own code is saved, what the classifier says when all of your list is coded. Scores are not shown. Everything you enter is kept at once.
tui-coding-coder = coder { $coder }
tui-coding-interview = Interview
tui-coding-code = Code
tui-coding-consensus = Consensus
tui-coding-marked = your marks:
tui-coding-no-mark = not marked: c a e m marks it for a model
tui-coding-transcript = Transcript
tui-coding-search-title = A word in context
tui-coding-search = Which word?
tui-coding-places = { $places ->
    [0] It stands nowhere.
    [one] It stands in 1 place.
   *[other] It stands in { $places } places.
}
tui-coding-held-back = { $transcripts ->
    [one] A transcript is not shown: ratings may be said aloud in it, and coders of this study see none.
   *[other] { $transcripts } transcripts are not shown: ratings may be said aloud in them, and coders of this study see none.
}
tui-coding-more-turns = { $turns ->
    [one] … 1 more turn
   *[other] … { $turns } more turns
}
tui-coding-no-words = Nothing was told here in words, so there is no passage to mark.
tui-coding-words-alone = words alone
tui-coding-withheld = (not shown to coders)
tui-coding-blind-narrative = You read what was told in words: open answers, associations and notes. Ratings, choices and points are not shown in this study. What others coded is shown when your own code is saved, what the classifier says when all of your list is coded. Everything you enter is kept at once.
tui-coding-call-waits = not before all of your list is coded ({ $coded } of { $of })
tui-coding-which = First a model (c, a, e or m), then a strength from 0 to 3.
tui-coding-empty = There are no answers to read.
tui-coding-lead = Which model does the respondent use toward the organisation? Judge the whole interview; your marks are a help, not a sum.
tui-coding-settle-lead = What did you settle on together? This code stands for all coders.
tui-coding-dominant = Dominant model
tui-coding-second = Second model
tui-coding-sure = How sure (1–5)
tui-coding-sure-of = sure { $sure } of { $of }
tui-coding-why = Why (Enter writes)
tui-coding-no-dominant = Choose the dominant model first, with c, a, e or m.
tui-coding-twice = { $model } is the dominant model already; choose another one, or none.
tui-coding-compare = What was said of this interview
tui-coding-you = you
tui-coding-settled-by = consensus (by { $coder })
tui-coding-classifier = classifier
tui-coding-uncertain = , uncertain
tui-coding-is-settled = ✓ Settled: { $model }. Training takes this label.
tui-coding-alone = Nobody else has coded this interview yet.
tui-coding-agreed = ✓ All coders agree.
tui-coding-differ = ! Coders differ. Talk about it, then settle it with s. A change of your own code would count as agreement that was not there.
tui-coding-evidence = Evidence, answer by answer

tui-no-profile = No profile
tui-tab-profile = Profile
tui-tab-gap = Said × associated
tui-tab-advice = What to do
tui-tab-scales = Scales
tui-tab-about = Basis
tui-evidence-more = e shows all reasons and answers.
tui-gap-cross = ◆ the values, ─ │ their 95 % intervals
tui-save-title = Save the result as a page
tui-save-words = A page for a browser and for paper: open it there and print it. Where is it to be kept?
tui-save-done = ✓ The page is in { $place }
tui-not-shown = The respondent was shown no result here, so this screen shows none either. Whoever keeps the study sees it with this command:

## tui/study

tui-study-tab-short = Short
tui-study-tab-who = Who
tui-study-tab-models = Models
tui-study-tab-feelings = Feelings
tui-study-tab-loyalty = Loyalty
tui-study-tab-gap = Gap
tui-study-tab-paradox = Meant
tui-study-tab-quality = Quality

tui-study-simulated = SIMULATED: nobody gave these answers
tui-study-all-of =
    { $n ->
        [one] the one complete interview
       *[other] all { $n } complete interviews
    }
tui-study-none-of = no complete interview yet
tui-study-some-of =
    filter: { $filter } · { $n } of { $of } complete { $of ->
        [one] interview
       *[other] interviews
    }
tui-study-from-day = from { $day }
tui-study-to-day = to { $day }

tui-study-empty = There is no complete interview here yet. Findings appear as soon as the first one is finished; intervals become useful from about thirty on.
tui-study-empty-filter = No complete interview passes this filter. f changes it.
tui-study-empty-open = { $open } still open; they count once they are finished.
tui-study-few =
    With { $n } complete { $n ->
        [one] interview
       *[other] interviews
    } every number here can still turn around.
tui-study-short-title = What this study found
tui-study-researcher-only = For whoever keeps the study: small groups are marked ! and nothing is hidden. For a room, use the report.

tui-study-who-title = Who was asked
tui-study-who-complete = complete
tui-study-who-open = open
tui-study-who-withdrawn = withdrawn
tui-study-who-refused = consent refused
tui-study-who-tests = rehearsals
tui-study-who-simulated = simulated, left out
tui-study-who-real = real, left out: simulated ones are shown
tui-study-who-others = other questionnaires
tui-study-who-filtered = not in the filter
tui-study-who-earlier = earlier, of people who came again
tui-study-who-interviewers = Interviewer
tui-study-who-versions = Version of the questionnaire
tui-study-who-days = From { $first } to { $last }
tui-study-who-nobody = not filled in
tui-study-small = ! fewer than ten

tui-study-models-title = Which model people use toward the other side
tui-study-models-legend = █ share of people   ├─┤ 95 % interval   ▲ published study
tui-study-models-published = published { $share }
tui-study-models-weighted = probability with rates
tui-study-models-leads = answers speak for it
tui-study-models-how = The bars show the shares under which the answers of all sessions together are likeliest. No shares are assumed, and how easy each model's statements are to agree with is learnt from the same answers. Beside them, one by one: the mean probability with the published rates, and for how many people the answers speak for each model.
tui-study-models-bars = The bars count for whom the answers speak for each model.
tui-study-models-shaky = An estimate without that assumption can be worked out, but moves by up to { $points } points of a hundred if one model's statements are half a point easier than they seem: choices between the models (situations, best–worst sets) would steady it.
tui-study-models-uncertain = { $uncertain } of { $of }, taken one by one, do not tell their first two models apart: less than 3 to 1.
tui-study-models-low = { $low } have hardly a relation at all: no norm reaches the middle of the scale.
tui-study-models-without = { $n } have no profile: too few answers.
tui-study-models-basis = Probabilities rest on: { $basis }.

tui-study-feelings-title = How strongly people feel it
tui-study-feelings-legend = + pleasant  − unpleasant  * strongest three of the published study
tui-study-feelings-none = No emotions were asked.
tui-study-mean = mean
tui-study-interval = 95 %

tui-study-loyalty-title = Recommendation and satisfaction, by model
tui-study-loyalty-nps = NPS
tui-study-loyalty-mark = satisfied 1–10
tui-study-loyalty-satisfied = 8, 9 or 10
tui-study-loyalty-how = By model: estimated, adjusted for the classifier's errors. n is what an estimate is worth: how many people of a known model would tell as much.
tui-study-untold = cannot tell
tui-study-loyalty-all = everybody
tui-study-loyalty-none = Neither recommendation nor satisfaction was asked.

tui-study-gap-density = · one   ░ 2–3   ▒ 4–9   ▓ ten or more   ◆ a conflict beyond error
tui-study-gap-none = Nobody has both measures, so there is nothing to compare.
tui-study-gap-n = { $n } with both measures
tui-study-gap-conflicts = Conflicts
tui-study-gap-error = error alone: at most { $n }
tui-study-gap-unrelated = if unrelated: { $n }
tui-study-gap-discoveries =
    { $n } { $n ->
        [one] stays
       *[other] stay
    } at 5 % false
tui-study-gap-open = open: an interval holds zero
tui-study-gap-correlation = said and associated: r = { $r }
tui-study-gap-published = (studies of this kind: { $r })
tui-study-gap-missing = No verdict
tui-study-gap-measures = Associated is: { $measures }.
tui-study-gap-caution = Association strength, not truth; zero is a convention. No decision about a person may rest on it.

tui-study-paradox-title = How the relation is meant, and how it is used
tui-study-paradox-none = This study cannot say how the organisation means the relation and how it is used. It takes customers who were asked how they are seen (as in the customer interview) or account managers, and answers that tell the four ways apart.
tui-study-paradox-meant = meant
tui-study-paradox-used = used
tui-study-paradox-rows = Bars: everybody, also whose answers tell nothing apart. Table: rows how it is meant, columns the model that the own answers speak for.
tui-study-paradox-leading = Rows: how it is meant. Columns and bars of use: the model that the own answers speak for.
tui-study-paradox-sum = all

tui-study-scales-title = Reliability of every scale
tui-study-scales-items = items
tui-study-scales-alpha = α
tui-study-scales-omega = ω
tui-study-scales-other = Estimate of the other side
tui-study-scales-indirect = For indirect measures: the share of the differences that is not error.

tui-study-filter-title = Which interviews
tui-study-filter-source = Answers from
tui-study-filter-real = people
tui-study-filter-simulated = a program (simulated)
tui-study-filter-instrument = Questionnaire
tui-study-filter-interviewer = Interviewer
tui-study-filter-from = From (UTC)
tui-study-filter-to = To (UTC)
tui-study-filter-any = all
tui-study-filter-passes =
    { $n ->
        [one] One complete interview passes.
       *[other] { $n } complete interviews pass.
    }
tui-study-filter-how = ← → changes a line; days move by a week. Enter shows the findings, c clears everything, Esc leaves it as it was.

report-relation-lenses = Through other lenses
report-relation-lenses-how =
    { $shared ->
        [yes] Every scale runs from { $low } to { $high }, with the 95 % interval where one is known.
       *[no] Every scale lies on the same line: 0 is the lowest answer throughout, 1 the highest, with the 95 % interval where one is known.
    } The two sides answer questions of their own wording, so a small difference between them says nothing.
report-relation-weakest = { $side }: { $sentence }
report-relation-lowest = Lowest through each lens
report-relation-lowest-of = { $side } { $names } ({ $value } of { $high })
report-relation-lowest-open = None of them is told from all the others: a hint, and no more.
report-relation-all-level = all level
report-relation-gap-ours = What we say and what comes to mind
report-relation-gap-theirs = What they say and what comes to mind
report-relation-answer = “{ $question }” { $answer }
report-relation-told = In their own words
report-relation-told-led = Told to an interviewer
report-relation-told-by = { $side }, { $at }:
report-relation-note = Note at “{ $question }”: { $note }
report-relation-norm-told = { $whose }: { $value } of { $top }
report-relation-rests-on-both = Rests on the statements about “{ $name }”: our side, { $ours }, { $our_day }; their side, { $theirs }, { $their_day }.
report-relation-less-than-we-think = To them “{ $name }” counts for less than we think
report-relation-more-than-we-think = To them “{ $name }” counts for more than we think
report-relation-less-than-they-think = They think that “{ $name }” counts for more with us than we say
report-relation-more-than-they-think = They think that “{ $name }” counts for less with us than we say
report-relation-do-less =
    { $which ->
        [CS] They ask for less closeness than we think. Keep the next meeting to what was agreed, and let them be the first to speak of anything personal.
        [AR] They look less to who leads than we think. Bring the next decision as an open question, and let those who do the work speak first.
        [EM] They keep count less than we think. Do what helps this week, and do not mention whose turn it was.
       *[MP] They look less at the price than we think. Leave offers and figures out of the first ten minutes, and ask how it is going for the people who work with it.
    }
report-relation-do-more =
    { $which ->
        [CS] They want to be one of us more than we think. Call once without an occasion, and ask what keeps them busy before you speak of the work.
        [AR] They look to who leads more than we think. Settle who decides what, on both sides, and put it into one line of your next message.
        [EM] They keep count more than we think. Look back over half a year: who gave way, who waited? Say it aloud, and do something back.
       *[MP] They look at price and result more than we think. Put on one page what they paid and what it brought, and send it before they ask.
    }
report-relation-show-less =
    { $which ->
        [CS] They think that we take them for one of us more than we say. Say what they can count on, and what not.
        [AR] They think that we go by rank more than we say. At the next meeting let the person who does the work speak first, and decide together.
        [EM] They think that we keep count more than we say. Do one thing this week without mentioning it, and accept one without paying it back at once.
       *[MP] They think that we look at the money more than we say. Do one thing this week that is on no bill, and do not point at it.
    }
report-relation-show-more =
    { $which ->
        [CS] They do not see how much we take them for one of us. Ask when they last noticed that they matter to us, and do that again.
        [AR] They do not see how much it matters to us who decides. Say who decides and by when, and keep to it.
        [EM] They do not see how much give and take matters to us. Say once what we took over for them this year, and ask what we still owe them.
       *[MP] They do not see how much agreements and results matter to us. Show on one page what was agreed and what was delivered.
    }
report-relation-rests-on = Rests on { $side }: { $questionnaire }, { $at }.
report-relation-advised-before = Advised before:
report-relation-advised-nothing = Nothing is kept of what was advised on earlier answers: nobody was shown it, or a version of relata that did not keep it yet.
report-relation-advised =
    { $reader ->
        [account] { $at }, on this page: “{ $title }”.
        [interviewer] { $at }, in the result of a session: “{ $title }”.
        [respondent] { $at }, to whoever answered for { $side }: “{ $title }”.
       *[other] { $at }, to whoever keeps the study: “{ $title }”.
    }
report-relation-advised-again = It is advised again today.
report-relation-since-not-asked = What it rests on has not been asked again since.
report-relation-since-unknown = The questions were answered again, and it is not known whether by the same person, so nothing can be said of a change.
report-relation-since-others = The questions were answered again by somebody else, so nothing can be said of a change.
report-relation-since-one-day = The questions were answered again on the same day, so nothing can be said of a change.
report-relation-since-means = The questions were answered again by another means, so nothing can be said of a change.
report-relation-since-differently = The questionnaire has changed since and asks it differently, so nothing can be said of a change.
report-relation-since-not-followed = It rested on answers that no scale follows over time.
report-relation-since-same = Asked again on { $at } ({ $side }): of what it rested on, nothing that is followed over time has changed by more than measurement error.
report-relation-since-changed = Asked again on { $at } ({ $side }), and changed by more than measurement error: { $what }.
report-relation-either-side = both sides
report-relation-kicker = One relation
report-relation-answered = Answered
report-relation-sessions = on our side { $ours }, on theirs { $theirs }
report-relation-last = Last time
report-relation-names-before = Called before
report-relation-glance = In short
report-relation-sides = Both sides
report-relation-to-do = What to do
report-relation-time = Over time
report-relation-we-relate = How we relate to them
report-relation-they-relate = How they relate to us
report-relation-our-picture = Our picture of them
report-relation-their-picture = Their picture of us
report-relation-meant = How we mean it, how they use it
report-relation-our-near = We see them as they see themselves in { $norms }.
report-relation-our-higher = We take { $norms } to matter more to them than they say.
report-relation-our-lower = We take { $norms } to matter less to them than they say.
report-relation-their-near = They see us as we see ourselves in { $norms }.
report-relation-their-higher = They take { $norms } to matter more to us than we say.
report-relation-their-lower = They take { $norms } to matter less to us than we say.
report-relation-meant-near = { $norms }: as strong on their side as on ours.
report-relation-meant-higher = { $norms }: stronger on our side than on theirs.
report-relation-meant-lower = { $norms }: weaker on our side than on theirs.
report-relation-standing = { $side }: satisfaction and staying
report-relation-standing-by = { $side }: satisfaction and staying ({ $who }, { $at })
report-relation-without-code = without a code
report-relation-rehearsals =
    REHEARSAL: { $n ->
        [one] one session here was held to try things out, and its date may be set
       *[other] { $n } sessions here were held to try things out, and their dates may be set
    }. Nothing of this is about the relation as it is.
report-relation-standing-leaving =
    { $party ->
        [organisation] Rather not going on with them ({ $wish }).
       *[customer] Rather not staying ({ $wish }).
    }
report-relation-standing-dissatisfied-leaving =
    { $party ->
        [organisation] Dissatisfied ({ $mark }), and rather not going on with them ({ $wish }).
       *[customer] Dissatisfied ({ $mark }), and rather not staying ({ $wish }).
    }
report-relation-standing-before = It was so on { $at }, too.
report-relation-others = Other clients stand under { $code } as well: { $names }. Each has a page of its own (--customer); spell a name alike to have them as one.
report-relation-others-renamed = Where one is the new name of another, the next assessment says so (--set formerly=NAME).
report-relation-disputed = Several clients under { $code } are said to have been called { $name } before, so nobody can tell whose name that was: what was answered under it stands by itself.
report-relation-disputed-mend = Where two of these clients are one after all, the next assessment of the one gives the name of the other (--set formerly=NAME).
report-relation-nameless = This relation has no name yet and stands under its code, { $code }. The client is named in our own assessment, or on their form (--set client=NAME).
report-relation-our-close = As far as a few questions tell, we see them as they see themselves in { $norms }: at most a point apart.
report-relation-their-close = As far as a few questions tell, they see us as we see ourselves in { $norms }: at most a point apart.
report-relation-meant-close = { $norms }: at most a point apart on both sides, as far as a few questions tell.
report-relation-by-others = Over time, { $side }: not all answers are by the same person, and what one says is not held against what another said.
report-relation-by-means = Over time, { $side }: answers came { $means }, and what came in one way is not held against what came in another.
report-relation-means = how
report-relation-at-terminal = at a terminal
report-relation-on-one-day = Over time, { $side }: these are answers of one day. No time lies between them, so they show no change.
report-relation-by-whom = Over time, { $side }: it is not known whether the same person answered, so nothing is held against what was said before.
report-relation-by-whom-some = Over time, { $side }: of some answers it is not known whether the same person gave them; these are held against nothing.
report-relation-by-person = { $title } ({ $person })
report-relation-open = { $norms }: the answers do not tell.
report-relation-quoted = “{ $name }”
report-relation-several = On { $side } { $n } people answered, who need not agree. How they relate is what one of them says ({ $who }, { $at }), the latest person whose answers tell it.
report-relation-codeless = On { $side } { $codeless } sessions have no person’s code and may be of several people, who need not agree: how they relate is what the latest answers say that tell it ({ $at }).
report-relation-several-codeless =
    On { $side } { $n ->
        [one] one person
       *[other] { $n } people
    } answered under a code of their own; { $codeless ->
        [one] one session has no person’s code and may be somebody else’s
       *[other] { $codeless } sessions have no person’s code and may be somebody else’s
    }. They need not agree: how they relate is what the latest answers say that tell it ({ $who }, { $at }).
report-relation-random = The ratings of statements about one and the same way contradict each other as much as random ones would: nothing that was answered beside them is told here either, nor held against anything. Ask again.
report-relation-random-since = The latest answers of { $side } ({ $at }) contradict each other as much as random ones would: the ones before are told here.
report-relation-only-ours = So far only our side has said what matters in dealing with each other. What they say themselves can stand beside it: let them fill in the client view under the same code, { $code }.
report-relation-only-theirs = So far only their side has said what matters in dealing with each other. Ours can stand beside it: assess the relation under the same code, { $code }.
report-relation-declined = On { $at } somebody of their side declined to answer ({ $who }). They are not asked again here.
report-relation-declined-colleague = On { $at } somebody of their side declined to answer ({ $who }) and is not asked again here. A colleague who answered before can be.
report-relation-customer-norms = What matters to them in dealing with us
report-relation-our-norms = What matters to us in dealing with them
report-relation-norms = { $caption }, { $low } to { $high }
report-relation-as-we-see-it = as we see it
report-relation-as-they-see-it = as they see it
report-relation-as-we-say = as we say
report-relation-as-they-say = as they say
report-relation-our-side = our side
report-relation-their-side = their side
report-relation-norm-ours = “{ $name }” for us
report-relation-norm-theirs = “{ $name }” for them
report-relation-norm-ours-guessed = “{ $name }” for us (their guess)
report-relation-norm-theirs-guessed = “{ $name }” for them (our guess)
report-relation-over-time = Over time, { $side }: { $what }.
report-relation-time-same =
    { $n ->
        [2] “{ $questionnaire }”, { $from } to { $to }: no change that is more than measurement error
       *[other] “{ $questionnaire }”, { $n } times from { $from } to { $to }: no change that is more than measurement error
    }
report-relation-time-changed =
    { $n ->
        [2] “{ $questionnaire }”, { $from } to { $to }, changed by more than measurement error: { $what }
       *[other] “{ $questionnaire }”, { $n } times from { $from } to { $to }, changed by more than measurement error: { $what }
    }
report-relation-time-other = “{ $questionnaire }”, { $from } to { $to }: nothing was asked the same way both times
report-relation-asked-otherwise = the questionnaire has changed since, and what it now asks differently is not compared with earlier answers: { $what }
report-relation-rose = { $what } up by { $size }
report-relation-fell = { $what } down by { $size }
report-relation-turned = { $moved } ({ $before } before, { $now } now)
report-relation-what-is-said = “what is said”
report-relation-what-is-associated = “what is associated”
report-relation-wish-ours = wish to go on
report-relation-wish-theirs = wish to stay
report-relation-between = { $n ->
    [2] { $side }, two measurements: { $from } and { $to }.
   *[other] { $side }, { $n } measurements from { $from } to { $to }; what is compared are the ends of a straight line through all of them.
}
report-relation-changes = What changed
report-relation-what = what
report-relation-least = least that counts alone
report-relation-before = before
report-relation-now = now
report-relation-difference = difference
report-relation-more-than-error = more than error
report-relation-slope = a year
report-relation-change-is = A difference counts where it is more than the errors of both measurements together, corrected for everything that is followed, because of many differences some are large by chance. “Least that counts alone” is the size before that correction. From three measurements on, a straight line through all of them counts, each weighted by its error. These errors cover which questions were asked and not the weeks between, so less of it is real than it seems. What was very high or very low comes nearer to the middle the next time by itself.
report-relation-sessions-of = The sessions
report-relation-who = who
report-relation-questionnaire = questionnaire
report-relation-agreement = For researchers: the four norms together
report-relation-held-against = held against each other
report-relation-elevation = elevation
report-relation-scatter = scatter
report-relation-shape = shape
report-relation-icc-same = ICC if the same, 95 %
report-relation-p-same = p, the same
report-relation-distance = JS distance
report-relation-distance-same = 95 % below, if the same
report-relation-formulas = D² is the sum of the squared differences and has three parts: one profile is higher throughout, is more pronounced, or has its peaks elsewhere (Cronbach and Gleser 1953). ICC: intraclass correlation of the two profiles, each pair of values entered both ways round (McCrae 2008); beside it where it lies for people who hold the very same, because of the errors of all eight means. Norm by norm a difference counts after correction for all four (Holm 1979); two norms are near where the whole 95 % interval lies within one point of seven.

## report/findings/room

report-room-kicker = The room together
report-room-day = Shown on
report-room-too-few = { $n } of at least { $least } people have finished. Of fewer nothing is shown, so that nobody can be told from the others.
report-room-so-many = { $n } people answered. Everything below is about all of them together.
report-room-again = Beside what was shown before, words and counts that would point at one or two of those who came since are left out.
report-room-models = What we expect of each other
report-room-strengths = How strongly each norm is held ({ $ends }), with its 95 % interval
report-room-first = For how many each of them comes first
report-room-models-note = Where two intervals overlap, the room does not put one above the other.
report-room-cloud = From pleasant to unpleasant; the larger, the more people named it. Slanted is unpleasant; upright is pleasant or neither. Only words that at least three people named.
report-room-differing = Where we differ most
report-room-differing-table = Norms by how far answers lie apart
report-room-norm = Norm
report-room-spread = Spread (SD)
report-room-two-thirds = where about two thirds lie
report-room-differing-note = Spread is the standard deviation in points of the answer scale.
report-room-discussion = To talk about

## server

server-no-connection = No connection. The answer is sent as soon as it can be…
server-room-closed = The room was closed meanwhile. Everything that was answered before is kept.
server-plain-http = This page goes over the network without encryption.
server-join-how-long =
    It takes about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }. Every answer is kept at once; after a pause it goes on where it stopped.
server-join-begin = Begin
server-join-person = A code for yourself
server-join-person-what = Such as P1, and the same one each time: only under one code do two answers show a change. Never a name.
server-join-person-no-code = Please give a code and no name: without spaces, such as P1; letters, digits, `-`, `_`, `.`, with a letter or digit first. It may stay empty.
server-join-was-here = Go on from another device
server-join-word = Your word of four letters
server-join-go-on = Go on
server-shut-locked = Nobody else can come in any more. Ask whoever leads the session.
server-shut-ended = This session is over.
server-shut-full = Too many came in just now, from this network or in all. Try again in a minute.
server-shut-no-link = This takes a link of one’s own. Ask whoever leads the session for one.
server-shut-failed = It could not begin just now. Whoever leads the session can see why; try again in a moment.
server-went-wrong = That did not work just now. Whoever leads the session can see why; try again in a moment.
server-leader-sees = Whoever leads the session can see why.
server-code-title = Come in
server-code-label = The code that is on the screen
server-code-wrong = That is not the code of this room. Look at the screen once more.
server-word-wrong = Nobody here has that word. After some wrong ones it takes a minute.
server-word-too-many = Too many wrong words have been tried. Wait a minute; if that does not help, ask whoever leads the session.
server-removed = This place is gone
server-removed-what = Everything that was answered from it has been erased: because that was asked for on one of its devices, or because whoever leads the session took it out. Ask them if you want to come in again.
server-missing-what = The file of the study that is open now does not have it; it may be an older copy. Tell whoever leads the session before you come in again.
server-link-wanted = Open your link
server-link-wanted-what = Here everybody comes in by a link of their own. Open the one that you were given once more, or ask for one.
server-link-used = This link has been used
server-link-not-now = This link is not open now
server-link-not-now-what = It stays valid, and nobody else can use it. Ask whoever sent it to open it again.
server-link-used-what = It lets one person in, once. Go on at the device on which it was opened; where that cannot be, ask for a new link.
server-link-again = This link was opened before, and nothing has been answered by it yet. Whoever begins here goes on here; where it was opened before, that is then no longer possible.
server-replaced = This link was opened again
server-replaced-what = Nothing had been answered here yet, so it goes on where the link was opened last. If that was on another device or in another window of your own, go on there. If it was somebody else, ask for a link of your own.
server-nowhere = There is nothing here
server-nowhere-what = Look at the address or the code once more.
server-old-page = That page was older than the answers that are kept, so it was not taken. This is where it goes on.
server-not-kept = The answer could not be kept. Send it again.
server-ended-what = What was answered before is kept.
server-ask-progress = { $done } of { $total } done
server-ask-word = To go on from another device, your word is
server-ask-stop = Stop
server-ask-go-on = Go on
server-ask-next = Next
server-ask-no-more = No more words
server-ask-skip = Skip
server-ask-back = Back
server-ask-said-before = Answered before: { $what }
server-ask-so-far = So far: { $words }
server-pick-between = Choose { $min } to { $max }.
server-rank-place = Place { $place }
server-allocate-total = Divide { $total } points.
server-allocate-left = Left:
server-sort-done = This part has been done and is not done again.
server-sort-faster = Faster!
server-sort-again = That was interrupted, so this part begins again.
server-sort-sending = One moment…
server-sort-block = Part { $number } of { $of }
server-sort-what-to-do = Words appear one by one. Sort each to its side as fast as you can: with the keys E and I, or by touching the left or right half below.
server-sort-no-script = This part is timed, and that takes JavaScript. It can be left out.
server-sort-begin = Begin
server-sort-without = Leave it out
server-review-title = All answers
server-review-open = Some questions still need an answer.
server-review-look = Look them over, and change what you want. Then finish.
server-review-finish = Finish
server-review-missing = still open
server-review-change = Change: { $question }
server-review-change-short = Change
server-card-hand-over = Somebody else goes on here
server-card-paused = Paused
server-end-title = Done
server-end-waits = What the room said together is shown when it is time. This page then changes by itself.
server-end-look-again = Look again
server-end-room = What the room said
server-end-own = Your own result
server-end-next = Please hand the device to the next person. Nobody can open your answers here.
server-end-next-person = Next person
server-stop-title = Stop
server-stop-what = You may stop at any time. What you answered can stay, or all of it can be erased for good.
server-stop-no = Go on answering
server-stop-keep = Stop, and keep what was answered
server-stop-erase = Stop, and erase everything
server-stopped-kept = It was stopped. What was answered is kept, as it was at that time.
server-stopped-erased = It was stopped, and everything that was answered has been erased.
server-wall-joined = here
server-wall-waiting = not begun
server-wall-answering = answering
server-wall-finished = done
server-wall-qr = Code for { $url }
server-wall-scan = Scan the code with a phone, or open
server-wall-progress = { $share } % answered
server-wall-hidden = Answers stay hidden until the room is shown. It takes { $least } people who are done.
server-wall-lost = What was shown is not shown any more, because somebody who was in it has been erased. It takes { $least } other people who are done to show the room anew.
server-wall-show = Show the room
server-wall-show-again = Show anew
server-wall-working = Being worked out…
server-wall-lock = Let nobody else in
server-wall-unlock = Let others in
server-wall-keys = Keys: s shows, l locks, arrows turn pages, f fills the screen
server-wall-already = It is shown already, and nobody has finished since.
server-wall-wanting-first =
    { $wanting } more { $wanting ->
        [one] person has
       *[other] people have
    } to finish first: of fewer than { $least } nothing is shown, so that nobody can be told from the others.
server-wall-wanting =
    { $wanting } more { $wanting ->
        [one] person has
       *[other] people have
    } to finish first: with fewer, what changes would tell of single people.
server-ask-no-button = That was sent by none of the buttons of this page, so it was not taken. Press one of them.
server-ask-rather-not = I would rather not say
server-ask-dont-know = I don’t know

## tui/room

tui-room-locked = Nobody else can come in.
tui-room-way = { $name }, address { $number } of { $of }
tui-room-reached = ✓ phones reach this machine
tui-room-not-reached = no phone has come yet: if none does, try another address with ← →, or another network
tui-room-not-reached-again = no phone has come since it was opened again: if none does, try another address with ← →, or another network
tui-room-progress = { $share } % answered
tui-room-working = The room is being worked out…
tui-room-shown = ✓ shown: { $people } people
tui-room-hidden = Nothing has been shown yet.
tui-room-wall = For the projector alone; whoever has it can show the room:
tui-room-no-wall = There is no page for a projector here.
tui-room-which = Whose answers are to be erased? Their word: { $word }
tui-room-removed = { $word } was taken out, and what they answered is erased.
tui-room-nobody = Nobody here has the word { $word }.
tui-room-sure = End the room for good? Nobody can go on answering after that.
tui-room-moved = The study was lost; what is answered is saved in { $place } from here on. A file ending in -wal where it was may hold what is erased since.
tui-room-adrift = The study is lost, and nothing that is answered can be saved: { $why }. The next answer tries again, and so does q.
tui-room-not-left = The study is lost, and what was answered could not be saved elsewhere: { $why }. Make a place for it and press q once more; Ctrl+C leaves in any case, and it is lost.
tui-room-missing = { $n ->
    [one] A device has a place
   *[other] { $n } devices have a place
} that this study does not have, and that nobody erased: it may be an older copy of the study. Leave, and open the newer file.
tui-room-guessed = So many wrong words were tried that none lets anybody go on from another device. Press l once, or twice to leave the door open, and words count again.
tui-room-page = The page of the room: { $place }
tui-room-keys = ← → address · s show · l lock · x take somebody out · p projector · e end · F5 language · q leave, to go on later
tui-room-keys-word = Enter erases · Esc does not
tui-room-keys-end = e ends it · Esc does not

## report/findings/room, what is held back

report-room-strength-held = “—” is not shown: too few answered, or their mean would tell how single people did.
report-room-few = “<3” is one or two people.
report-room-held = “·” is held back, because another number could be worked out from it.
report-room-all-held = For how many each of them comes first is not shown: in a room of this size it would point at single people.
report-room-verdicts-held = How many people each verdict holds for is not shown: in a room of this size it would point at single people.

## report/lens

report-lens-building-blocks = Building blocks
report-lens-success-factors = Success factors
report-lens-relevance = Relational relevance
report-lens-dimensions = Three dimensions
report-lens-trust = trust
report-lens-reciprocity = reciprocity
report-lens-intensity = intensity
report-lens-time = time
report-lens-customers = among customers
report-lens-togetherness = togetherness
report-lens-respect = mutual respect
report-lens-conflict = handling conflict
report-lens-self-image = self-image
report-lens-attraction = attraction
report-lens-identification = identification
report-lens-experience = experience
report-lens-participation = taking part
report-lens-appreciation = appreciation
report-lens-sensation = moments that stay
report-lens-emotional = emotional
report-lens-instrumental = use
report-lens-contact-relevant = contact: relevant
report-lens-contact-effortless = contact: easy
report-lens-contact-proactive = contact: first move
report-lens-scores = The scales, { $low } to { $high }, each with its 95 % interval
report-lens-scores-own-range = The scales, each on its own answer range, with its 95 % interval where one is known
report-lens-weakest-link = Weakest link
report-lens-weakest = { $name } ({ $value }): lower than every other scale by more than measurement error.
report-lens-lowest = { $name } ({ $value }) is lowest, but the answers do not tell it from all others: a hint, and no more.
report-lens-all-level = None is the weakest: all that are compared lie level at { $value }.
report-lens-lowest-shared = { $names } ({ $value }) share the lowest place, but the answers do not tell them from all others: a hint, and no more.
report-lens-strongest = Strongest: { $name } ({ $value }), above every other by more than measurement error.
report-lens-highest = Highest: { $name } ({ $value }), not told from all others.
report-lens-balance = Balance
report-lens-even = The four building blocks are in balance: they lie at most { $within } points apart.
report-lens-uneven = The four building blocks are out of balance by more than measurement error: { $high } { $above ->
        [one] is
       *[other] are
    } ahead, { $low } { $below ->
        [one] lags
       *[other] lag
    }, { $apart } points apart.
report-lens-open = Whether the four are in balance the answers do not tell: { $apart } points lie between the highest and the lowest, and measurement error alone can make that.
report-lens-worn = Time is ahead of intensity by more than measurement error: more of the same contact may lower intensity rather than raise it.
report-lens-direction = Direction
report-lens-to-emotional = Work on the attraction: of the three dimensions it lies lowest.
report-lens-to-instrumental = Get more out of what is there: of the three dimensions the use lies lowest.
report-lens-to-relational = Work on the contact: of the three dimensions it lies lowest.
report-lens-lags-emotional = the attraction
report-lens-lags-instrumental = the use
report-lens-lags-relational = the contact
report-lens-no-direction = No direction stands out: lowest is { $lowest }, but the answers do not tell it from both others.
report-lens-how-sure = The questions come from a framework of practice and are new: a number is a reason to ask. Scales may differ in how easy they are to agree with, which nobody has measured yet.
report-standing = Satisfied and staying
report-standing-of = { $value } of { $high }
report-standing-satisfied-leaving =
    { $party ->
        [organisation] Satisfied ({ $mark }), and rather not going on with them ({ $wish }).
       *[customer] Satisfied ({ $mark }), and rather not staying ({ $wish }): a satisfaction survey would overlook this.
    }
report-standing-dissatisfied-staying =
    { $party ->
        [organisation] Dissatisfied ({ $mark }), and going on with them all the same ({ $wish }).
       *[customer] Dissatisfied ({ $mark }), and staying all the same ({ $wish }): loyalty, habit or no other way.
    }

## report/findings/lenses

report-lenses-lowest = Lowest on average over { $n } sessions: { $name } ({ $value }), below each of the other scales by more than chance.
report-lenses-lowest-open = Lowest on average over { $n } sessions: { $name } ({ $value }), but not below all the others by more than chance.
report-lenses-scales = The scales with their reliability
report-lenses-organisations = Organisations, the highest first
report-lenses-organisation = organisation
report-lenses-ranked-by = Mean of all scales of this framework, 0 the lowest and 100 the highest answer throughout. Two places whose intervals overlap are not told apart.
report-lenses-small = few sessions
report-lenses-held = { $n ->
    [one] One organisation is left out: nothing is shown of groups below { $least }, nor what they could be worked out from.
   *[other] { $n } organisations are left out: nothing is shown of groups below { $least }, nor what they could be worked out from.
 }
report-lenses-related = What goes with it
report-lenses-with = with
report-lenses-all = all together
report-lenses-recommendation = recommendation
report-lenses-satisfaction = satisfaction
report-lenses-staying = wish to stay
report-lenses-norm = norm “{ $name }”
report-lenses-related-how = Correlations over relations, each with its latest session; norms are those of the same side of the same relation, whichever questionnaire asked for them. What goes together need not be a cause; of twenty such intervals one misses by chance on average.

## report/findings/pairs

report-pairs = Both sides
report-pairs-n = { $n ->
    [one] In one relation both sides have answered.
   *[other] In { $n } relations both sides have answered.
 }
report-pairs-beyond = On average more is known of this one than of the other side in general: a true pair agrees better than { $percent } of the pairs that were put together at random, where one half would be chance.
report-pairs-no-more = What agreement there is shows no knowledge of this one beyond the other side in general: a true pair agrees better than { $percent } of the pairs that were put together at random, where one half would be chance.
report-pairs-meant-beyond = The two sides of a relation are more alike than two sides put together at random: more alike than { $percent } of these, where one half would be chance.
report-pairs-meant-no-more = Whether the two sides of a relation are more alike than two sides put together at random cannot be told: they are more alike than { $percent } of these, where one half would be chance.
report-pairs-truth-and-own = Judgements of “{ $name }” follow what the other side says, and the judge’s own position as well.
report-pairs-truth = Judgements of “{ $name }” follow what the other side says.
report-pairs-own = Judgements of “{ $name }” follow the judge’s own position, as they would if the other were taken to be like oneself; that they follow what the other side says cannot be told.
report-pairs-neither = Whether judgements of “{ $name }” follow what the other side says, or the judge’s own position, cannot be told.
report-pairs-off = { $follows } On average they are off by { $points } points.
report-pairs-agreement = Agreement over relations
report-pairs-measure = measure
report-pairs-by-chance = at random
report-pairs-if-same = { $value } if the same
report-pairs-icc = intraclass correlation
report-pairs-distance = distance of the shares
report-pairs-stereotyped = stereotyped agreement
report-pairs-distinctive = distinctive agreement
report-pairs-percentile = place among pairs at random
report-pairs-truth-and-bias = What judgements follow
report-pairs-bias = bias
report-pairs-force = truth
report-pairs-own-position = own position
report-pairs-few = From { $baseline } relations on, pairs that are put together at random stand beside these.
report-pairs-fewer = From { $fewest } relations on it is estimated what judgements follow.
report-pairs-how = Latest session of each side. Intraclass correlation of the two profiles (McCrae 2008); Jensen–Shannon distance of the shares of the four norms, root of bits, beside its mean for people who hold the very same and answer with error; stereotyped: correlation with the average of the other side; distinctive: correlation of what is left when both averages are taken out (Furr 2008); truth and bias: regression of judgements on what the other side says and on the judge’s own position, both less the mean of the truth (West and Kenny 2011). Pairs share judges where one manager has several clients, so these intervals are on the narrow side.

## instrument/expression/spoken

spoken-quoted = “{ $text }”
spoken-and = { $before } and { $after }
spoken-or = { $before } or { $after }
spoken-ticked = { $option } is ticked at { $place }
spoken-other = something other than { $option } is ticked at { $place }
spoken-not-ticked = { $option } is not ticked at { $place }
spoken-none-ticked = none of { $options } is ticked at { $place }
spoken-without = something is ticked at { $place }, and { $option } is not
spoken-answered = something is filled in at { $place }
spoken-empty = nothing is filled in at { $place }
spoken-the-answer = the answer to { $place }
spoken-one-of = at least one of the answers to { $places }
spoken-each-of = each of the answers to { $places }
spoken-the-ticks = the number of ticks at { $place }
spoken-equal = { $what } is { $than }
spoken-not-equal = { $what } is not { $than }
spoken-less = { $what } is lower than { $than }
spoken-at-most = { $what } is { $than } or lower
spoken-more = { $what } is higher than { $than }
spoken-at-least = { $what } is { $than } or higher
spoken-before = { $what } is before { $than }
spoken-until = { $what } is on or before { $than }
spoken-after = { $what } is after { $than }
spoken-from = { $what } is on or after { $than }
spoken-today = the day of today

## paper

paper-see = [see { $code }]
paper-place = { $code } (“{ $text }”)
paper-only-if = Only if { $condition }.
paper-part-only-if = Fill in this part only if { $condition }. Otherwise, skip it.
paper-valid-if = Valid only if { $condition }.
paper-option-only-if = { $option } (only if { $condition })
paper-code = Code of the respondent
paper-code-hint = never a name; empty = the number of this sheet
paper-day = Filled in on (YYYY-MM-DD)
paper-interviewer = Code of the interviewer

## report/html/sheet

report-sheet-number = Sheet { $number }
report-sheet-printed-from = { $name } · { $hash }
report-sheet-how-to-tick = Put a cross in the box of your choice: ☒. If that was a mistake, fill the box in completely (■) and put a cross in the right one.
report-sheet-how-to-leave-open = Any question may stay open. Write “?” beside a question if you do not know the answer.
report-sheet-hand-over = Interviewer: hand the sheet over. From here on the respondent fills it in alone.
report-sheet-hand-back = Please give the sheet back to the interviewer.
report-sheet-rule-for = { $first } – { $last }: { $rule }
report-sheet-several = Several answers are possible.
report-sheet-at-most =
    { $max ->
        [one] One answer.
       *[other] At most { $max } answers.
    }
report-sheet-from-to = from { $min } to { $max }
report-sheet-from = { $min } or more
report-sheet-up-to = { $max } at most
report-sheet-steps = in steps of { $step }
report-sheet-day = year-month-day, such as 2026-03-31
report-sheet-day-from = from { $min } on
report-sheet-day-up-to = up to { $max }
report-sheet-rank =
    { $places ->
        [one] Write a 1 in the box of what comes first.
       *[other] Write a 1 in the box of what comes first, a 2 in the box of what comes next, and so on up to { $places }.
    }
report-sheet-share = Divide { $total } points: write a number in every box. Together they make { $total }.
report-sheet-most-and = One cross in the first column. Then, in the second: { $least }
report-sheet-thanks = Thank you! This is the end of the questionnaire.
report-sheet-one-order = On paper everything stands in one fixed order, which is the same on every sheet.
report-sheet-timed = The sorting task is not on paper, because it has to be timed.

## plain/entering

plain-entering-begin = One line for each place on the sheet: the number of the box, a figure, words. - blank, ? don’t know, ~ illegible, + two ticked; :help for the rest.
plain-entering-sheet = Sheet (Enter ends):
plain-entering-pass = { $sheet }, entry { $pass }
plain-entering-go-on = { $sheet }, entry { $pass }, goes on
plain-entering-differs = { $sheet }: what differs. a or b takes what was entered, or type what stands on the sheet
plain-entering-end = The whole sheet: { $blank } blank, { $unknown } not known, { $illegible } illegible, { $twice } ticked twice. Enter closes it, or change a place (B3=5)
plain-entering-letter-empty = That entry has nothing at this place. Take the other one, or type what stands there.
plain-entering-end-takes = Here a place is changed by its code, such as B3=5; Enter closes the sheet.
plain-entering-once = Sheet { $sheet } was entered once and counts nowhere yet: it is entered once more, without a look at this.
plain-entering-places =
    { $places ->
        [one] The entries differ at 1 place.
       *[other] The entries differ at { $places } places.
    }
plain-entering-session = Session { $session } of { $respondent }: nothing is left to decide.
plain-entering-refused = No consent on the sheet of { $respondent }: nothing else of it is kept.
plain-entering-not-asked = Left out, because it was not to be answered: { $places }.
plain-entering-done-before = That sheet is session { $session } already.
plain-entering-erased = That sheet was erased on { $day }, and is not entered again.
plain-entering-no-such-code = There is no { $code } on this sheet.
plain-entering-or-illegible = If that is what stands there, enter ~ and write it down with :note.
plain-entering-needed = This has to be filled in.
plain-entering-no-code = That is no code: letters, digits, hyphens, underscores and dots, never a name.
plain-entering-no-command = There is no command :{ $word }; :help lists them.
plain-entering-empty = Nothing was typed. - says that nothing stands there.
plain-entering-not-reached = not entered
plain-entering-word-blank = blank
plain-entering-word-illegible = illegible
plain-entering-word-two = two
plain-entering-several = one or several of 1–{ $last }
plain-entering-several-or-none = one or several of 1–{ $last }, 0 for none of them
plain-entering-places-of = the place in each of { $options } boxes
plain-entering-places-of-some = the places 1–{ $places } in { $options } boxes, - for an empty one
plain-entering-points-of = the points in each of { $parts } boxes
plain-entering-day = YYYY-MM-DD
plain-entering-help =
      - or :blank      nothing stands there
      ~ or :illegible  nobody can read it, or it is no answer
      + or :two        more than one box is ticked
      5 4 - 2          this row of a table and those below it
      ? or :dontknow   a question mark stands beside it
      :declined        it says so beside the question
      B3=5             what stands at another place
      :note TEXT       a note at this place
      :sections        what was entered so far
      :back            to the place before
      :forward         leave this sheet as it is, and take another one
      :quit            leave; everything entered is kept

## report/validity

report-validity-evidence = Evidence of validity
report-validity-what-it-is = What this study can say for its own measures. None of it makes a measure valid: it says what speaks against it, where something does. Whoever answered more than once counts once, with the last answers; retest reliability is of the first two about one organisation, and missing answers are those behind the report.
report-validity-cases = Independent cases
report-validity-structure = Structure of the norms
report-validity-norms = Norms
report-validity-no-norms-by-points = The questionnaire has no norms that are rated by several statements each, so that their structure cannot be looked at.
report-validity-too-few-cases =
    { $found ->
        [one] There is one complete case
       *[other] There are { $found } complete cases
    }. A model of the structure is fitted from { $needed } on, because with fewer the fit looks worse than it is.
report-validity-too-few-items = A norm has fewer than two statements, which is too few for a factor of its own.
report-validity-no-variance = One of the statements got the same answer from everybody, so that nothing can go with it.
report-validity-singular = One of the statements follows from the others, or statements are too many for so few cases: their covariances cannot be inverted.
report-validity-not-settled = The search for the estimates did not settle: these answers do not fit a model of this kind.
report-validity-no-complete-cases = Nobody answered every statement.
report-validity-complete-cases = { $n } answered every statement; { $out } did not and are left out here.
report-validity-a-factor-each = { $whose }: a factor for each, by maximum likelihood over { $n } complete cases. χ²({ $df }) = { $chi }, p { $p }, corrected p (Satorra and Bentler 1994; Swain 1975) { $corrected }; CFI { $cfi }, TLI { $tli }, RMSEA { $rmsea } (90 %: { $ends }), SRMR { $srmr }.
report-validity-reversed = Of the { $items } statements { $reversed ->
        [one] one is
       *[other] { $reversed } are
    } put the other way round, and too few of them among others of their own norm for yes-saying to be told from it. How readily somebody says yes moves them against the others and belongs to no norm, so that the fit may be lower than the norms alone would make it.
report-validity-yes-saying = Of the { $items } statements { $reversed } are put the other way round, by which saying yes to whatever is asked can be told from the norms. It stands beside them and moves every answer by as many points (a random intercept; Maydeu-Olivares and Coffman 2006): on average it makes { $share } of the variance of a statement (standard error { $se }).
report-validity-yes-saying-chance = That is less than twice its error: it may be chance.
report-validity-without-it = Without it χ² is { $more } larger on one degree of freedom.
report-validity-no-yes-saying = Of the { $items } statements { $reversed } are put the other way round, by which saying yes to whatever is asked can be told from the norms (a random intercept; Maydeu-Olivares and Coffman 2006). None was found: its variance comes out at zero or below, and the fit is without it.
report-validity-without-yes-saying = without yes-saying
report-validity-one-factor = With a single factor for all statements χ² is { $more } larger on { $df } degrees of freedom, and CFI is { $cfi }.
report-validity-heywood = These estimates cannot be (a Heywood case): what the factor leaves of { $items } comes out at zero or below. Too few cases or a wrong structure do that; the fit is not to be relied on.
report-validity-impossible-correlations = These estimates cannot be: some factors go together more than any variables can. The norms are not told apart here; the fit is not to be relied on.
report-validity-measure = measure
report-validity-factor-each = a factor each
report-validity-factor-one = one factor
report-validity-fit = How well the factors fit
report-validity-df = degrees of freedom
report-validity-p-corrected = p, corrected
report-validity-close-fit = p of close fit (RMSEA up to .05)
report-validity-what-is-usual = What is usual: a fit is mostly called good from CFI and TLI of .95 on, with RMSEA up to .06 and SRMR up to .08 (Hu and Bentler 1999). These lines were drawn for other numbers of cases, statements and loadings, and none of them shows that a structure is the true one. Points of a scale count as if they were continuous: where they are not normal, or cases are few, χ² is too large. The corrected p, CFI, TLI and RMSEA take both back (Satorra and Bentler 1994; Swain 1975; Brosseau-Liard, Savalei and Li 2012).
report-validity-loadings = Standardised loadings
report-validity-item = statement
report-validity-norm = norm
report-validity-loading = loading
report-validity-correlations = Correlations of the factors
report-validity-norms-two = norms
report-validity-languages = The norms in two languages
report-validity-one-language = All complete cases are in one language ({ $listed }): there is nothing to compare.
report-validity-languages-too-few = Complete cases by language: { $listed }. Two languages are compared once each has { $needed }.
report-validity-languages-compared = Complete cases by language: { $listed }.
report-validity-languages-yes-saying = Yes-saying is part of these fits, with a variance and a mean of its own in each language.
report-validity-languages-no-yes-saying = Yes-saying is left out of these fits: there is a language in which none was found.
report-validity-invariance = What is held equal over languages
report-validity-equal = equal
report-validity-configural = which statement belongs where
report-validity-metric = and loadings
report-validity-scalar = and intercepts
report-validity-scalar-usual = Neither step takes more from the fit than is usual for norms that are measured alike (CFI no more than .010 lower, RMSEA no more than .015 higher): relations and means of norms may be compared over languages.
report-validity-metric-usual = Equal loadings take no more from the fit than is usual for norms that are measured alike; equal intercepts take more (CFI more than .010 lower, or RMSEA more than .015 higher), or could not be fitted. Relations of norms may be compared over languages, their means should not be.
report-validity-neither-usual = Equal loadings take more from the fit than is usual for norms that are measured alike (CFI more than .010 lower, or RMSEA more than .015 higher): neither relations nor means of norms should be compared over languages without looking at the statements.
report-validity-what-steps-are = Each row holds more equal than the one before; Δ is what that changes. Equal loadings: the same difference in a norm gives the same difference in answers. Equal intercepts: the same norm gives the same answers. The limits are usual ones (Cheung and Rensvold 2002; Chen 2007), and Δχ² finds small differences where cases are many.
report-validity-retest = Answering again
report-validity-came-twice =
    { $people } { $people ->
        [one] person
       *[other] people
    } answered twice about the same organisation, { $median } days apart at the median (quartiles { $lower } and { $upper }).
report-validity-agreement-of = ICC(A,1), agreement of the two occasions: { $all }.
report-validity-retest-too-few =
    { $found ->
        [0] Nobody answered twice about the same organisation.
        [one] 1 person answered twice about the same organisation.
       *[other] { $found } people answered twice about the same organisation.
    } Retest reliability is told from { $needed } on.
report-validity-retest-by-scale = The two occasions, by scale
report-validity-first-second = means
report-validity-what-retest-tells = ICC(A,1) asks for the same value on both occasions, ICC(C,1) for the same order of people (Shrout and Fleiss 1979; McGraw and Wong 1996). A relation that changed in between lowers both as an unreliable measure does, and who remembers the first answers raises them.
report-validity-common = Common method
report-validity-common-untold = Relations without a general factor are told from { $needed } people on whose scores are known, with six other ratings or more; there { $found ->
        [one] is
       *[other] are
    } { $found }.
report-validity-common-what = How what is said goes with the norms, before and after what all other ratings have in common is taken out.
report-validity-common-relations = Correlations with 95 % intervals
report-validity-relation = relation
report-validity-before = as it is
report-validity-after = without the general factor
report-validity-common-can-tell = A score on the first factor of all ratings but those of the two scales stands for what they have in common; what is left is the partial correlation. A relation that stays is not made by a general way of answering alone. One that goes may have been: but a general liking of the organisation is taken out with it, so that it may be real as well. Nothing here can tell of one way of answering that only these two scales share.
report-validity-missing = Missing answers
report-validity-nothing-missing = Nothing is missing: every rating that was asked ({ $asked } in all) has an answer.
report-validity-so-many-missing =
    { $gone } of { $asked } ratings that were asked have no answer ({ $share } %), in { $with_gaps } { $with_gaps ->
        [one] session
       *[other] sessions
    }. What was not asked is not missing.
report-validity-too-few-to-impute =
    Answers are imputed from { $needed } sessions on; there { $n ->
        [one] is
       *[other] are
    } { $n }.
report-validity-most-moved = Imputing them moves no figure by more than { $errors } of its standard errors ({ $figure }).
report-validity-nothing-moves = No figure can be worked out both ways.
report-validity-with-and-without = Figures with and without imputed answers, 95 % intervals
report-validity-figure = figure
report-validity-as-answered = as answered
report-validity-imputed = imputed
report-validity-missing-information = information missing
report-validity-said-associated = Said with associated, r
report-validity-how-imputed = { $imputations } imputations by chained equations with predictive mean matching (van Buuren 2018), seed { $seed }, put together by Rubin's rules with the degrees of freedom of Barnard and Rubin (1999). “As answered” counts sessions with enough answers, as the report does. Intervals are plain ones by t, without groups. It is assumed that what is missing hangs on nothing but what was answered; where people were silent because of the very answer, no method tells.
report-methods-validity = evidence of validity
report-methods-validity-more = With “relata validity” a study also says what is left of relations without a general factor, and whether missing answers change the figures. What is usual in such indices is no proof of a structure.
