### Wat relata zegt, in het Nederlands. `$address` is `formal` (u) of `informal` (je); de sleutels en wat tussen accolades staat zijn die van
### `en.ftl`, en `tests/texts.rs` zegt wat er ontbreekt.

## The language

language-own-name = Nederlands
number-thousands-sign = .
number-decimal-sign = ,
language-formal = u uw uzelf
language-informal = je jij jou jouw jezelf

## classify/pooling/basis

classify-codes-too-few = De codes worden niet gebruikt: profielen berusten op het referentiemodel totdat codes van { $needed } respondenten kunnen worden achtergehouden en ermee vergeleken; { $people ->
        [one] er is er 1 gecodeerd.
       *[other] er zijn er { $people } gecodeerd.
    }
classify-codes-no-better = De codes worden niet gebruikt, en profielen berusten op het referentiemodel: op achtergehouden codes (log loss, tien delen) komt wat zij leren op { $codes }, het referentiemodel op { $reference } en de aandelen van de codes alleen op { $base }. Ze tellen pas mee als beide verschillen duidelijk boven toeval liggen (95 %).
classify-basis-reference = referentiemodel, gesimuleerd
classify-basis-pooled = { $sessions }, samen met het referentiemodel, gesimuleerd
classify-basis-own = { $sessions } van dit onderzoek
classify-basis-coded-sessions =
    { $coded ->
        [one] 1 gecodeerde sessie
       *[other] { $coded } gecodeerde sessies
    }
classify-basis-coded-sessions-simulated =
    { $coded ->
        [one] 1 gecodeerde sessie van een gesimuleerde respondent
       *[other] { $coded } gecodeerde sessies van gesimuleerde respondenten
    }

## study/paper

study-paper-no-number = `{ $text }` is geen formuliernummer
study-paper-no-number-help = het staat op elke bladzijde, zoals NL-7KQ4-012-M; van de volgende formulieren van een reeks is het einde genoeg, zoals 13K
study-paper-no-sheet = `{ $text }` is geen formulier van { $questionnaire }
study-paper-no-sheet-help = er is een teken verkeerd, of het formulier is gedrukt vanuit een andere versie: leg wat onder aan de bladzijde staat naast `relata instruments show`, of voer het in met het bestand waaruit het is gedrukt
study-paper-other = het formulier is gedrukt vanuit een andere tekst, { $hash }…
study-paper-other-help = voer het in met het bestand waaruit het is gedrukt
study-paper-end = `{ $text }` is alleen het einde van een nummer
study-paper-end-help = typ het eerste nummer van een reeks helemaal, zoals NL-7KQ4-012-M

## study/tables/about

study-left-out-rehearsals =
    { $tests ->
        [one] proefsessie
       *[other] proefsessies
    }
study-about-stopped-respondent = door de respondent gestopt
study-consent-refused = geen toestemming gegeven
study-about-of-people = van mensen
study-about-of-programs = gesimuleerd
study-about-sessions-left-out = weggelaten sessies:{" "}
study-about-exported-relata-version-study =
    Geëxporteerd door relata { $version } op { $at } uit onderzoek { $study }: { $n } { $n ->
        [one] sessie
       *[other] sessies
    }.
study-about-coded-narrative = Codeurs kregen ten tijde van deze export alleen te zien wat in woorden is verteld; de variabelen code_seen en seen zeggen waarop elke code berust.
study-about-coded-whole = Codeurs kregen ten tijde van deze export alle antwoorden te zien; de variabelen code_seen en seen zeggen waarop elke code berust.
study-about-probabilities-four-models-rest = De kansen op de vier modellen berusten op een gesimuleerde referentiegroep, niet op gecodeerde interviews.
study-about-times-utc-seconds-item = Tijden zijn UTC. De seconden van een vraag lopen van de gebeurtenis ervoor tot de antwoorden; pauzes tellen niet mee.
study-about-simulated-nobody-gave-answers =
    GESIMULEERD: de antwoorden van { $simulated } { $simulated ->
        [one] sessie
       *[other] sessies
    } komen van een programma, niet van een mens.
study-about-rows-without-consent = 
    { $bare ->
        [one] Voor { $bare } sessie is geen toestemming gegeven; die rij heeft geen antwoorden.
       *[other] Voor { $bare } sessies is geen toestemming gegeven; die rijen hebben geen antwoorden.
    }
study-about-tests-rehearsals-variable-test =
    Met { $tests } { $tests ->
        [one] proefsessie
       *[other] proefsessies
    }; de variabele `test` zegt welke.
study-about-free-texts-answers-words = Vrije teksten (antwoorden, woorden, notities) zijn weggelaten; de velden van het startformulier staan erin.
study-about-free-texts-stand-typed = Vrije teksten staan erin zoals ze zijn getypt; ze kunnen persoonsgegevens bevatten (weglaten met --without-text).

## store/error: het vervolg van een zin die met de naam van het bestand begint

store-gone = is er niet meer: het is verwijderd of verplaatst terwijl relata het open had; zet het terug, of bewaar ergens anders
store-replaced = is niet meer het bestand dat relata opende ({ $why }), zoals na terugzetten of synchroniseren; er wordt niets in geschreven: bewaar ergens anders
store-replaced-aside = ; wat er het laatst in het vorige geschreven is, ligt ernaast als `{ $log }`
store-replaced-renamed = een ander bestand heeft die naam gekregen
store-replaced-over = een ander bestand, of een eerdere versie van dit bestand, is eroverheen geschreven; wat andere programma’s er sinds het laatste antwoord invoerden (een andere code van de respondent, een code van een codeur, een wissing) is niet meer te lezen en ontbreekt in wat wordt bewaard
store-replaced-log-deleted = het logboek ervan, het bestand .{ $name }, is verwijderd
store-replaced-log = het logboek ervan, het bestand .{ $name }, is vervangen
store-replaced-cut = iemand heeft het ingekort of erin geschreven: { $why }; wat andere programma’s er sinds het laatste antwoord invoerden (een andere code van de respondent, een code van een codeur, een wissing) is niet meer te lezen en ontbreekt in wat wordt bewaard
store-replaced-foreign = iemand heeft er iets in gezet: { $what }
store-locked = is in gebruik door een ander programma; sluit dat programma of wacht tot het klaar is, en probeer het nog eens
store-read-only = kan niet worden beschreven, omdat het bestand of de map alleen te lezen is; sta schrijven toe of kopieer het naar een andere plek
store-no-access = kan niet worden geopend; ga na of het bestand gelezen en in de map geschreven mag worden
store-full = kon niet worden beschreven, omdat de schijf vol is; wat eerder bewaard is, is veilig: maak ruimte vrij en probeer het nog eens
store-disk = kon niet worden gelezen of beschreven ({ $why }); controleer de schijf en probeer het nog eens
store-overtaken = bevat andere gebeurtenissen van sessie `{ $session }` ({ $kept }) dan verwacht ({ $expected }), omdat er elders mee verder is gegaan; stop hier en hervat de sessie om daar verder te gaan
store-over =
    neemt niets meer op in sessie `{ $session }`, omdat die { $state ->
        [finished] afgerond is
        [withdrawn] ingetrokken is
       *[open] open is
    }; begin een nieuwe sessie
store-erased-there = heeft sessie `{ $session }` gewist (op { $on }) en neemt er niets van terug, omdat de volgende samenvoeging het weer zou weghalen; er is niets verloren: noem een ander bestand
store-erased-meanwhile = heeft sessie `{ $session }` niet meer: die is op { $on } gewist, door een ander programma, terwijl ze hier open was; er wordt niets van bewaard, hier noch in een ander bestand
store-same-place = is het bestand dat kwijt is; noem een ander
store-folder = is een map; noem een bestand erin, zoals `study.relata`
store-no-place = kan niet worden gemaakt, omdat de map niet gemaakt kan worden ({ $why }); kies een andere plek
store-not-a-study = is geen studie van relata, of de eerste bytes zijn beschadigd; het is gelaten zoals het is: kies een ander bestand
store-no-passphrase = is vergrendeld met een wachtwoordzin, of is helemaal geen studie, en er is geen wachtwoordzin gegeven; het is gelaten zoals het is: probeer het nog eens in een terminal, die ernaar vraagt, of geef de zin met --passphrase-file
store-no-cipher = is vergrendeld met een wachtwoordzin, of is helemaal geen studie; deze relata is zonder versleuteling gebouwd en kan het niet openen: `cargo build --release --features encryption` bouwt er een die dat wel kan
store-wrong-passphrase = gaat niet open met deze wachtwoordzin: die is niet de juiste, of het bestand is geen studie, of de eerste bytes zijn beschadigd; het is gelaten zoals het is: probeer het nog eens, of neem een back-up
store-plain-place = is niet vergrendeld, en wat erin geschreven zou worden wel: noem een ander bestand, of vergrendel dit eerst met `relata study lock`
store-cut = heeft { $there } gebeurtenissen van sessie `{ $session }` waar relata er { $kept } bewaarde: ze zijn buiten relata om weggehaald of toegevoegd; wat er staat is niet te vertrouwen: haal de sessie uit een back-up of een kopie, of wis haar

## report/dates

report-date =
    { $day } { $month ->
        [1] januari
        [2] februari
        [3] maart
        [4] april
        [5] mei
        [6] juni
        [7] juli
        [8] augustus
        [9] september
        [10] oktober
        [11] november
       *[12] december
    } { $year }

## plain/command

plain-command-back = terug
plain-command-forward = verder
plain-command-declined = geen
plain-command-dontknow = weetniet
plain-command-note = notitie TEKST
plain-command-lang = taal TAG
plain-command-sections = delen
plain-command-jump = naar NAAM
plain-command-pause = pauze
plain-command-withdraw = terugtrekken
plain-command-clear = leeg
plain-command-quit = stop
plain-command-help = help
plain-command-question-before = naar de vorige vraag
plain-command-without-changing-answer = verder zonder het antwoord te veranderen
plain-command-would-rather-not-say = wil ik liever niet zeggen
plain-command-dont-know = weet ik niet
plain-command-note-question = een notitie bij deze vraag
plain-command-another-language-such-lang = een andere taal, zoals :taal en
plain-command-sections-their-names = de delen met hun namen
plain-command-section-interviewer = naar een deel (interviewer)
plain-command-stop-clock = de klok stilzetten
plain-command-withdraw-interview = terugtrekken uit het interview
plain-command-drop-text-begun = een begonnen tekst weggooien
plain-command-leave-everything-kept = weggaan; alles is bewaard
plain-command-this-list = deze lijst

## Shared by several rooms

shared-for-the-interviewer = voor de interviewer
shared-declined = liever niet gezegd
shared-dont-know = weet niet
shared-blank = leeg gelaten
shared-illegible = onleesbaar
shared-two-ticked = meer dan één aangekruist
shared-scale = schaal
shared-name = naam
shared-says-warm-associates-cold = zegt warm, associeert koud
shared-says-cold-associates-warm = zegt koud, associeert warm
shared-interviewer = interviewer
shared-note = notitie
shared-item = vraag
shared-answered = beantwoord
shared-questionnaire = vragenlijst
shared-if = als
shared-session = sessie

## analysis/clusters

analysis-clusters-said = wat wordt gezegd, −1 tot +1
analysis-clusters-associated = wat wordt geassocieerd, −1 tot +1
analysis-clusters-norm = norm: { $model }
analysis-clusters-minutes = minuten

## analysis/experience

analysis-experience-as-feeling = { $label } (gevoel)

## analysis/metadata

analysis-metadata-title = titel
analysis-metadata-authors = auteurs
analysis-metadata-sampling = hoe respondenten zijn gevonden
analysis-metadata-universe = wie zij vertegenwoordigen
analysis-metadata-ethics = goedgekeurd onder nummer
analysis-metadata-funding = financiering
analysis-metadata-controller = verantwoordelijk voor de gegevens
analysis-metadata-contact = contact
analysis-metadata-purpose = waarvoor de gegevens dienen
analysis-metadata-retention = hoe lang ze worden bewaard
analysis-metadata-publication = wat er wordt gepubliceerd

## analysis/recovery/study

analysis-figure-share = aandeel van ‘{ $model }’, geschat
analysis-figure-probability = gemiddelde kans op ‘{ $model }’
analysis-figure-strength = hoe sterk de norm ‘{ $model }’ leeft
analysis-figure-same = één model aan beide kanten
analysis-figure-satisfied-leaving = tevreden maar geneigd weg te gaan
analysis-figure-feeling = gevoel: { $name }
analysis-figure-of = { $what }: ‘{ $model }’
analysis-figure-difference = { $what }: ‘als een van ons’ min ‘zakelijk’
analysis-figure-correlation = gezegd × geassocieerd, correlatie
analysis-figure-alpha = Cronbach α: { $scale }
analysis-figure-kappa = Cohen κ van twee codeurs

## analysis/reliability

analysis-reliability-one-question-no-reliability = één vraag heeft geen eigen betrouwbaarheid
analysis-reliability-too-few-answers-no = te weinig antwoorden, of geen verschillen

## analysis/words

analysis-words-to = tot
analysis-words-imported = Van deze sessies zijn er zo veel niet hier afgenomen maar overgenomen uit bestanden van andere programma’s: { $files }.
analysis-words-sessions-of-people =
    Deze { $n } sessies zijn van { $people ->
        [one] één persoon
       *[other] { $people } mensen
    }: aandelen en gemiddelden gaan over sessies, en een code met meer sessies (over meer organisaties, of van meer mensen) telt even vaak mee.
analysis-words-earlier =
    { $n ->
        [one] 1 eerdere sessie van iemand die nog eens over dezelfde organisatie vertelde, telt
       *[other] { $n } eerdere sessies van mensen die nog eens over dezelfde organisatie vertelden, tellen
    } hier niet mee: iedereen telt één keer, met de laatste antwoorden.
analysis-words-no-complete-interviews-here = Er zijn hier nog geen afgeronde interviews, dus er valt nog niets te melden.
analysis-words-n-complete-interviews-too =
    Met { $n } { $n ->
        [one] afgerond interview
       *[other] afgeronde interviews
    } zijn het er te weinig om iets over mensen in het algemeen te zeggen. De andere pagina's tonen wat er is.
analysis-words-answers-these-n-sessions = Van { $n } sessies houden de antwoorden van { $nothing } de vier manieren van omgaan niet uit elkaar, of spreken ze elkaar tegen zoals willekeurige antwoorden zouden doen. Over aandelen is niets te zeggen.
analysis-words-many-tell-nothing = De antwoorden van velen houden de vier manieren van omgaan niet uit elkaar, of spreken elkaar tegen zoals willekeurige antwoorden zouden doen. Over aandelen is niets te zeggen.
analysis-words-some-tell-nothing = Van { $n } sessies houden de antwoorden van { $nothing } de vier manieren van omgaan niet uit elkaar, of spreken ze elkaar tegen zoals willekeurige antwoorden zouden doen. Ze tellen voor geen ervan mee.
analysis-words-paradox-left-out = Buiten beschouwing omdat de antwoorden van een kant de eerste manier niet van de volgende onderscheiden: { $untold }.
analysis-words-parted =
    { $sessions ->
        [one] In één sessie
       *[other] In { $sessions } sessies
    } zetten de uitspraken of de keuzes een andere manier van omgaan duidelijk boven die waarvoor alle antwoorden samen pleiten.
analysis-words-unrated =
    { $sessions ->
        [one] In één sessie
       *[other] In { $sessions } sessies
    } tellen de beoordelingen in geen profiel mee, omdat een norm er te weinig heeft ({ $norms }): die profielen berusten alleen op situaties, sets en punten.
analysis-words-open-first-two-not = ; bij { $open } zijn de eerste twee niet uit elkaar te houden
analysis-words-ease =
    { $learnt ->
        [yes] waarbij uit de antwoorden van dit onderzoek zelf is geleerd hoe makkelijk men het met de uitspraken eens is
       *[no] als men het met de uitspraken van alle modellen even makkelijk eens is
    }
analysis-words-taken-one-one-answers = Een voor een bekeken pleiten de antwoorden van { $business } van { $n } { $counted ->
        [sessions] sessies
       *[people] respondenten
    } voor ‘zakelijk’ en die van { $personal } voor ‘als een van ons’, { $ease }{ $apart }.
analysis-words-taken-one-none = Een voor een bekeken pleiten de antwoorden van geen van de { $n } { $counted ->
        [sessions] sessies
       *[people] respondenten
    } voor ‘zakelijk’ of ‘als een van ons’, { $ease }{ $apart }.
analysis-words-taken-one-only = Een voor een bekeken pleiten de antwoorden van { $share } van { $n } { $counted ->
        [sessions] sessies
       *[people] respondenten
    } voor ‘{ $model }’, { $ease }{ $apart }.
analysis-words-n-respondents-business-relate =
    { $who ->
        [managers] Van { $n } mensen die namens de organisatie spreken, gaat { $business } ‘zakelijk’ met de klant om en { $personal } ‘als een van ons’. Het gepubliceerde onderzoek ging over klanten: bijna 70 % en ongeveer 16 %.
       *[customers] Van { $n } respondenten gaat { $business } ‘zakelijk’ met de organisatie om en { $personal } ‘als een van ons’. Het gepubliceerde onderzoek vond bijna 70 % en ongeveer 16 %.
    }
analysis-words-n-sessions-business-relate =
    { $who ->
        [managers] Van { $n } sessies met mensen die namens de organisatie spreken, is { $business } van mensen die ‘zakelijk’ met de klant omgaan en { $personal } van mensen die dat ‘als een van ons’ doen. Het gepubliceerde onderzoek ging over klanten: bijna 70 % en ongeveer 16 %.
       *[customers] Van { $n } sessies is { $business } van mensen die ‘zakelijk’ met de organisatie omgaan en { $personal } van mensen die dat ‘als een van ons’ doen. Het gepubliceerde onderzoek vond bijna 70 % en ongeveer 16 %.
    }
analysis-words-shares-one-by-one = De intervallen van deze aandelen nemen aan dat interviews over één organisatie, of van één interviewer, niet meer op elkaar lijken dan andere; waar dat wel zo is, zijn de aandelen minder zeker.
analysis-words-how-strongly-each-norm = Hoe sterk elke norm gemiddeld leeft, van { $low } tot { $high }: { $held }.
analysis-words-strongest-feelings-first-second = De sterkste gevoelens zijn { $first }, { $second } en { $third }. In het gepubliceerde onderzoek waren dat tevredenheid, rust en optimisme.
analysis-words-feelings-may-be-chance = De gemiddelden van { $first }, { $second } en { $third } zijn het hoogst, maar dat { $fourth } daarachter komt, kan toeval zijn. In het gepubliceerde onderzoek waren de sterkste gevoelens tevredenheid, rust en optimisme.
analysis-words-difference-size-more-than = Het verschil van { $size } is meer dan door toeval te verwachten is.
analysis-words-difference-size-may-chance = Het verschil van { $size } kan toeval zijn.
analysis-words-satisfaction-personal-among-those = Geschat en gecorrigeerd voor de fouten van de classificatie is de tevredenheid { $personal } bij wie ‘als een van ons’ omgaat en { $business } bij wie ‘zakelijk’ omgaat. { $end }
analysis-words-satisfaction-cannot-be-told = Of wie ‘als een van ons’ omgaat tevredener is dan wie ‘zakelijk’ omgaat, is uit deze interviews niet te zeggen.
analysis-words-n-respondents-both-measures = Van { $n } { $counted ->
        [sessions] sessies
       *[people] respondenten
    } met beide maten { $found ->
        [one] zegt er { $found } duidelijk warm en associeert koud
       *[other] zeggen er { $found } duidelijk warm en associëren koud
    }, en { $other } andersom; meetfout alleen zou er gemiddeld in totaal hoogstens { $error } geven.
analysis-words-satisfied-but-leaving-count = Tevreden, en geneigd te vertrekken: { $count } van { $counted ->
        [sessions] de sessies met een 8 of meer en antwoorden over blijven, { $share } daarvan
       *[people] wie een 8 of meer geeft en ook de vragen over blijven beantwoordde, { $share } van hen
    }. De antwoorden over blijven liggen daar gemiddeld onder het midden van de schaal; dat er iemand gaat vertrekken, is daarmee niet gezegd.
analysis-models-ease-assumed = Dit alles berust op een aanname: dat men het met de uitspraken van alle vier de modellen even makkelijk eens is.
analysis-models-ease-learnt = Hoe makkelijk men het met de uitspraken van elk model eens is, is uit de antwoorden van dit onderzoek zelf geleerd.
analysis-models-few = Vanaf { $fewest } sessies wordt een aandeel uit alle antwoorden samen geschat; die laten dan zelf zien hoe makkelijk men het met de uitspraken van elk model eens is.
analysis-models-no-estimate = Er is geen aandeel geschat uit alle antwoorden samen: ze liggen te dicht bij elkaar, of te weinig sessies hebben alle soorten vragen. Ga af op de aantallen.
analysis-models-partial = Er is geen aandeel geschat uit alle antwoorden samen: meer dan een op de twintig sessies mist een soort vraag die de meeste hebben, en wie die oversloeg kan anders omgaan. Ga af op de aantallen.
analysis-words-paradox-meant-customers-think =
    { $counted ->
        [sessions] { $meant } van de sessies is van klanten die zeggen dat de organisatie in hen vóór alles iemand ziet om wie ze geeft; { $used } is van mensen die er zelf ‘zakelijk’ mee omgaan en { $same_way } van mensen die dat ‘als een van ons’ doen.
       *[people] { $meant } van de klanten zegt dat de organisatie in hen vóór alles iemand ziet om wie ze geeft; { $used } gaat er zelf ‘zakelijk’ mee om en { $same_way } ‘als een van ons’.
    }
analysis-words-paradox-meant-those-who =
    { $counted ->
        [sessions] { $meant } van de sessies is van mensen die namens de organisatie spreken en de relatie ‘als een van ons’ bedoelen; { $used } is van mensen die denken dat de klant haar ‘zakelijk’ gebruikt en { $same_way } van mensen die denken: ‘als een van ons’.
       *[people] { $meant } van wie namens de organisatie spreekt, bedoelt de relatie ‘als een van ons’; naar hun schatting gebruikt { $used } van de klanten haar ‘zakelijk’ en { $same_way } ‘als een van ons’.
    }
analysis-words-paradox-meant-those-who-speak =
    { $counted ->
        [sessions] { $meant } van de sessies met wie namens de organisatie spreekt, is van mensen die de relatie ‘als een van ons’ bedoelen; in { $used } van de sessies met klanten gebruiken die haar ‘zakelijk’ en in { $same_way } ‘als een van ons’.
       *[people] { $meant } van wie namens de organisatie spreekt, bedoelt de relatie ‘als een van ons’; { $used } van de klanten gebruikt haar ‘zakelijk’ en { $same_way } ‘als een van ons’.
    }
analysis-words-paradox-found = De paradox: { $said }
analysis-words-paradox-open = { $said } Dat die { $meant } en die { $same_way } uiteenlopen, is hieruit niet te zeggen.
analysis-words-paradox-reverse = { $said } Die { $meant } is minder dan die { $same_way }, en dat is meer dan toeval.
analysis-words-classifier-behind-these-tables = De classificatie achter deze tabellen heeft nooit geweten wat iemand voelt: ze zag alleen normen, situaties en redenen. Een verschil in gevoel tussen de modellen komt dus niet daarvandaan; het kan wel uit een algemene manier van antwoorden komen.
analysis-words-two-same-rates-alone = Afgaand op het model dat in elke sessie voorstaat, zijn de twee gelijk in { $same }; hoe vaak elk model aan beide kanten voorkomt, zou op zichzelf al { $rates } geven. { $end }
analysis-words-two-go-together = De twee gaan dus samen.
analysis-words-no-more-than-rates = Misschien is dat niet meer dan de aandelen geven: niets laat zien dat de twee samengaan.
analysis-words-outcome-satisfaction = Tevredenheid, 1–10
analysis-words-outcome-satisfied = Tevreden (8, 9 of 10)
analysis-words-outcome-leaving = Neigt naar vertrekken
analysis-words-untold-no-profiles = geen profielen
analysis-words-untold-not-told-apart = de antwoorden houden de modellen niet uit elkaar
analysis-words-untold-few = te weinig
analysis-words-untold-too-few = te weinig: { $worth } mensen waard
analysis-words-by-model-estimated = Per model: geschat, niet geteld. Niemands model staat vast, dus elke sessie telt voor en tegen de vier modellen zoals haar kansen en de eigen fouten van de classificatie dat zeggen; die fouten zijn gemeten bij gesimuleerde mensen van wie het model bekend is. De n van een model is wat het waard is: hoeveel mensen van wie het model bekend is, evenveel zouden zeggen. De aannames: bij mensen van één model heeft wat zij hier antwoorden niets te maken met hoe zij verkeerd worden ingedeeld, en gesimuleerde mensen lijken op deze. Sessies waarin de antwoorden op de uitspraken van één norm elkaar zo tegenspreken als willekeurige antwoorden, tellen hier niet mee, in vragenlijsten met drie of meer uitspraken per norm.
analysis-words-customers-how-think-organisation = Klanten: hoe de organisatie hen volgens henzelf ziet, tegenover hoe zij er zelf mee omgaan
analysis-words-account-managers-how-mean = Accountmanagers: hoe zij de relatie bedoelen, tegenover hoe hun klant haar volgens hen gebruikt
analysis-words-both-sides-how-account = Beide kanten: hoe accountmanagers de relatie bedoelen, tegenover hoe klanten haar zelf gebruiken
analysis-words-held-back = niet getoond

## cli/code

cli-code-your-code-coder = Uw code als codeur:
cli-code-words-alone = U leest alleen wat in woorden is verteld: oordelen, keuzes en punten zijn in dit onderzoek niet te zien.
cli-code-transcript-held-back = { $transcripts ->
    [one] Eén transcript is niet te zien: er kunnen oordelen in worden uitgesproken, en die krijgen codeurs van dit onderzoek niet te zien.
   *[other] { $transcripts } transcripten zijn niet te zien: er kunnen oordelen in worden uitgesproken, en die krijgen codeurs van dit onderzoek niet te zien.
}
cli-code-not-saved-code-yet =
    nog niet als code bewaard; wat u invoerde is bewaard; ga verder met:
    {"  "}{ $command }

## cli/demo

cli-demo-simulated-study-lies-shown = Het gesimuleerde onderzoek staat in { $shown }. Met `relata demo` opent u het weer.

## cli/enter

cli-enter-kept = alles tot aan die regel is bewaard; het invoeren gaat daar verder
cli-enter-sessions =
    { $sheets ->
        [one] 1 formulier is een sessie geworden
       *[other] { $sheets } formulieren zijn sessies geworden
    }
cli-enter-once =
    { $sheets ->
        [one] 1 formulier is één keer ingevoerd
       *[other] { $sheets } formulieren zijn één keer ingevoerd
    }
cli-enter-waiting =
    { $sheets ->
        [one] 1 formulier telt
       *[other] { $sheets } formulieren tellen
    } nog nergens mee; `{ $command }` geeft het overzicht

## cli/interview

cli-interview-code-before = { $customer } staat al onder { $code }, en dit hoort erbij. Een andere klant met die naam krijgt een andere code: --respondent { $free }.
cli-interview-needed-begin = Dit is nodig om te beginnen.
cli-interview-every-answer-kept = Elk antwoord is bewaard.
shared-unkept = Wat als laatste is ingevuld, bij de vraag die openstond, is niet bewaard. { $why } Elk antwoord daarvoor is bewaard.
cli-interview-kept-in = Wat er geantwoord is, staat in { $place }, omdat het bestand van de studie ze niet kon bewaren.
cli-relations-code = code
cli-relations-customer = klant
cli-relations-ours = onze kant
cli-relations-theirs = hun kant
cli-relations-last = laatst
cli-relations-due = aan de beurt
cli-relations-we-relate = wij gaan om
cli-relations-they-relate = zij gaan om
cli-relations-our-picture = ons beeld
cli-relations-gap = kloof
cli-relations-gap-of = kloof van
cli-relations-staying = blijven
cli-relations-staying-of = volgens
cli-relations-simulated = gesimuleerd
cli-relations-change = verandering
cli-relations-nameless = (geen naam)
cli-relations-changed = meer dan meetfout
cli-relations-unchanged = niets buiten de meetfout
cli-relation-none = onder `{ $code }` staat geen afgerond gesprek
cli-relation-none-of = geen afgerond gesprek onder `{ $code }` gaat over ‘{ $customer }’
cli-relation-none-help = `relata relations` laat de codes zien
cli-relation-page-in = de pagina staat in { $place }
cli-interview-on-needs-rehearsal = Op een andere dag (--on) kan alleen een proef worden gehouden: een echt antwoord heeft de datum waarop het is gegeven.
cli-advice-not-kept = wat hier is geadviseerd, kon niet worden bewaard; latere pagina’s weten er dus niet van: { $why }
cli-resume-none = in dit onderzoek staat geen gesprek open
cli-resume-none-help = begin er een met `relata interview`
cli-resume-several = in geen van de { $n } open gesprekken is iets beantwoord
cli-resume-several-help = noem het gesprek dat verder moet gaan: { $ids }
cli-interview-go-command =
    Ga verder met:
    {"  "}{ $command }
cli-interview-nothing-answered-so-nothing = Er is niets geantwoord; er is dus niets bewaard.
cli-interview-stopped-all-answers-erased = Gestopt. Alle antwoorden zijn gewist.
cli-interview-stopped-answers-given-so = Gestopt. De antwoorden tot nu toe blijven in het onderzoek en tellen nergens mee.

## cli/passphrase

cli-passphrase-of = { $file } is vergrendeld. De wachtwoordzin, die tijdens het typen niet te zien is:
cli-passphrase-wrong = Dat is niet de wachtwoordzin ervan.
cli-passphrase-new = Een nieuwe wachtwoordzin, die tijdens het typen niet te zien is:
cli-passphrase-again = Nog een keer dezelfde:
cli-passphrase-differ = De twee zijn niet gelijk; er is niets veranderd.
cli-passphrase-empty = Er is niets getypt. Typ de wachtwoordzin, of ga eruit met Ctrl+C.
cli-passphrase-unfit = Een wachtwoordzin heeft minstens één teken en geen stuurtekens, en is niet geschreven als x'…', wat voor een sleutel wordt gehouden.
cli-passphrase-none-to-lock = Er is geen wachtwoordzin gegeven, dus er is niets vergrendeld; probeer het nog eens in een terminal, die ernaar vraagt, of geef de zin in een bestand.

## cli/result

cli-result-all-answers-kept-result =
    Alle antwoorden zijn bewaard. Nog eens de uitkomst:
    {"  "}{ $command }
    Als pagina, voor papier:
    {"  "}{ $page }
cli-result-say-where-page-kept = Zeg waar de pagina moet komen.
cli-result-shown-already-give-another = { $shown } bestaat al. Geef een andere naam.
cli-result-no-folder-folder = De map { $folder } bestaat niet.

## export

export-hint = toelichting
export-answered-by = beantwoord door
export-asked = gevraagd
export-allowed = toegestaan
export-counts-for = telt voor
export-worked-out = berekend uit
export-newest-version-questionnaire-older = als in de nieuwste versie van de vragenlijst; een oudere wijkt af
export-what-row-about = Waar de rij over gaat
export-answers = Antwoorden
export-scores-profile-gap = Scores, profiel en kloof
export-codes-coders = Codes van codeurs
export-how-went = Het verloop
export-not-asked = niet gevraagd
export-not-answered-not-reached = niet beantwoord of niet bereikt
export-not-timed = geen tijd gemeten
export-no-consent = geen toestemming
export-no-score = geen score, of geen met een fout

## export/citation

export-citation-message = Wie deze gegevens gebruikt, wordt verzocht ze als volgt te citeren.

## export/codebook

export-codebook-nominal = nominaal
export-codebook-ordinal = ordinaal
export-codebook-instant-utc = tijdstip (UTC)
export-codebook-free-text = vrije tekst
export-codebook-text = tekst
export-codebook-date = datum
export-codebook-options-stand-data-their = Keuzes staan in de gegevens met hun naam, die hier tussen haakjes staat.
export-codebook-text-missing-empty-variable = Een tekst die ontbreekt is leeg; de variabele met zijn naam en `_missing` zegt waarom.
export-codebook-rows = rijen
export-codebook-what-stands-missing-value = Wat voor een ontbrekende waarde staat:
export-codebook-label = label
export-codebook-level = meetniveau
export-codebook-values = waarden
export-codebook-valid = geldig
export-codebook-missing = ontbrekend
export-codebook-how-came-about = hoe het tot stand kwam
export-codebook-in-the-questionnaire = in de vragenlijst

## export/reasons

export-reasons-why-no-text = Waarom er geen tekst is:{" "}
export-reasons-there-is-one = die is er

## export/xlsx

export-xlsx-data = Gegevens
export-xlsx-words = Woorden
export-xlsx-codebook = Codeboek
export-xlsx-variable = Variabele
export-xlsx-label = Label
export-xlsx-level = Meetniveau
export-xlsx-values = Waarden
export-xlsx-valid = Geldig
export-xlsx-missing = Ontbrekend
export-xlsx-how-came-about = Hoe het tot stand kwam

## gap/words

gap-words-what-said-clearly-positive = Wat gezegd wordt is duidelijk positief, wat geassocieerd wordt is duidelijk negatief.
gap-words-what-said-clearly-negative = Wat gezegd wordt is duidelijk negatief, wat geassocieerd wordt is duidelijk positief.
gap-words-no-gap-warm-both = geen kloof: warm aan beide kanten
gap-words-what-said-what-associated = Wat gezegd wordt en wat geassocieerd wordt zijn beide duidelijk positief.
gap-words-no-gap-cold-both = geen kloof: koud aan beide kanten
gap-words-what-said-what-associated-both = Wat gezegd wordt en wat geassocieerd wordt zijn beide duidelijk negatief.
gap-words-open-answers-do-not = open: de antwoorden geven geen uitsluitsel
gap-words-no-verdict = geen oordeel
gap-words-leans-masked = neigt ernaar, niet zeker: zegt warm, associeert koud
gap-words-leans-latent = neigt ernaar, niet zeker: zegt koud, associeert warm
gap-words-leans-why = De twee liggen duidelijk aan weerszijden van neutraal, maar alleen als neutraal precies ligt waar het volgens afspraak ligt. Vraag na voordat er iets op rust.
gap-words-timed-sorting = sorteren tegen de klok
gap-words-free-association = vrije associatie
gap-words-too-few-answers-about = Te weinig antwoorden over tevredenheid, vertrouwen en emoties: { $valid }, en er zijn er { $needed } nodig.
gap-words-too-few-rated-associations = Te weinig associaties met een waardering: { $valid }, en er zijn er { $needed } nodig.
gap-words-questionnaire-no-indirect-measure = Deze vragenlijst heeft geen indirecte maat.
gap-words-timed-sorting-left-out = Het sorteren tegen de klok is overgeslagen: er viel geen tijd te meten.
gap-words-timed-sorting-not-done = Het sorteren tegen de klok is niet gedaan: { $blocks } van { $needed } blokken.
gap-words-nothing-estimate-measurement-error = De meetfout is nergens uit te schatten.
gap-words-what-said-may-positive = Wat gezegd wordt kan positief of negatief zijn: het 95 %-interval bevat nul.
gap-words-what-associated-may-positive = Wat geassocieerd wordt kan positief of negatief zijn: het 95 %-interval bevat nul.
gap-words-both-may-positive-negative = Beide kunnen positief of negatief zijn: beide 95 %-intervallen bevatten nul.

## instrument/phrases

instrument-phrases-yes = Ja
instrument-phrases-no = Nee
instrument-phrases-very-unpleasant = heel onprettig
instrument-phrases-none-of-them = geen daarvan
instrument-phrases-very-pleasant = heel prettig
instrument-phrases-how-pleasant-unpleasant-each = Hoe prettig of onprettig is elk hiervan?
instrument-phrases-these-least-like = En welke hiervan past het minst?
instrument-phrases-chosen = Gekozen
instrument-phrases-most = meest
instrument-phrases-least = minst
instrument-phrases-good = Goed
instrument-phrases-bad = Slecht
instrument-phrases-practice-same-once-more = Dat was oefenen. Nog een keer hetzelfde, en nu telt het: zo snel mogelijk, met weinig fouten.
instrument-phrases-halfway-look-closely-sides = Op de helft. Kijk goed: de kanten zijn nu anders. Eerst weer even oefenen.
instrument-phrases-done = gedaan
instrument-phrases-left-out-cannot-timed = overgeslagen: hier valt geen tijd te meten

## instrument/words

instrument-words-communal-sharing = gemeenschappelijk delen
instrument-words-authority-ranking = rangorde
instrument-words-equality-matching = gelijk oversteken
instrument-words-market-pricing = markt en prijs
instrument-words-one-us = als een van ons
instrument-words-by-rank = naar rang
instrument-words-in-balance = in balans
instrument-words-business-like = zakelijk
instrument-words-communal-sharing-we-care = gemeenschappelijk delen: wij, zorg, hulp zonder rekening, trouw
instrument-words-authority-ranking-decide-permission = rangorde: zij beslissen, toestemming, regels, bescherming
instrument-words-equality-matching-favour-favour = gelijk oversteken: wederdienst, om de beurt, gelijke behandeling
instrument-words-market-pricing-price-value = markt en prijs: prijs, waar voor het geld, contract, overstappen
instrument-words-respondent = respondent
instrument-words-your-own-answers = de eigen antwoorden
instrument-words-your-estimate-other = de eigen inschatting van de ander
instrument-words-reversed-ends-minus-value = omgekeerd: { $ends } − waarde
instrument-words-between-min-max = tussen { $min } en { $max }
instrument-words-min-more = { $min } of meer
instrument-words-max-less = { $max } of minder
instrument-words-does-not-answer-question = Dit is geen antwoord op de vraag.
instrument-words-no-name-choose = `{ $name }` staat er niet bij.
instrument-words-name-twice = `{ $name }` staat er twee keer.
instrument-words-choose-least-least = { $least ->
    [1] Kies een antwoord.
   *[other] Kies er minstens { $least }.
}
instrument-words-places-left = { $places ->
    [1] Kies wat het eerst komt.
   *[other] Kies er { $places } op volgorde.
}
instrument-words-not-rated = Nog niet beantwoord: { $rows }.
instrument-words-choose-most-most = Kies er hoogstens { $most }.
instrument-words-give-number = Geef een getal.
instrument-words-give-number-range = Geef een getal { $range }.
instrument-words-not-point-scale = Dit is geen punt van de schaal.
instrument-words-give-whole-number = Geef een heel getal.
instrument-words-text-can-read-two = `{ $text }` is op twee manieren te lezen. Typ { $grouped } zonder punt of komma, of een ander heel getal.
instrument-words-text-can-read-two-ways = `{ $text }` is op twee manieren te lezen. Typ { $grouped } of { $parts }.
instrument-words-many-digits = `{ $text }` heeft meer cijfers dan een getal hier bewaart: het zou { $becomes } worden. Schrijf het korter als niet elk cijfer telt; een lang kenmerk hoort in een vraag die tekst aanneemt.
instrument-words-type-something-first = Typ eerst iets.
instrument-words-most-most-characters-fit = Er passen hoogstens { $most } tekens.
instrument-words-round-not-complete-begins = Deze ronde was niet volledig en begint opnieuw.
instrument-words-give-day-such-2026 = Geef een dag in de vorm 2026-01-31 (jaar-maand-dag).
instrument-words-give-day-min-max = Geef een dag van { $min } tot en met { $max }.
instrument-words-day-not-come-yet = Die dag moet nog komen; het is nu niet later dan { $today }.
instrument-words-points-add-up-sum = De punten zijn samen { $sum }; het moeten er { $total } zijn.

## interview/live

interview-saved-elsewhere = Het hele interview is bewaard in { $place } en gaat daar verder.
interview-saved-others =
    { $taken ->
        [one] De andere sessie van het onderzoek staat er ook in.
       *[other] De { $taken } andere sessies van het onderzoek staan er ook in.
    }
interview-saved-without =
    { $left ->
        [one] 1 andere sessie van het onderzoek kon niet mee; haal die uit een reservekopie van het oude bestand.
       *[other] { $left } andere sessies van het onderzoek konden niet mee; haal ze uit een reservekopie van het oude bestand.
    }

## interview/notice

interview-notice-controller = Verantwoordelijk voor de gegevens: { $said }
interview-notice-contact = Voor vragen, of om toestemming in te trekken: { $said }
interview-notice-purpose = Waar de antwoorden voor zijn: { $said }
interview-notice-retention = Hoe lang ze worden bewaard: { $said }
interview-notice-publication = Wat er wordt gepubliceerd: { $said }

## interview/phrases

interview-phrases-thank-you-all-answers =
    { $address ->
        [informal] Dank je wel. Alle antwoorden zijn bewaard.
       *[formal] Dank u wel. Alle antwoorden zijn bewaard.
    }
interview-phrases-no-consent-given-so = Er is geen toestemming gegeven; daarom is er niets meer gevraagd en is er geen uitkomst.
interview-phrases-consent-refused = geen toestemming
interview-phrases-finished = afgerond
interview-phrases-not-finished = niet afgerond
interview-phrases-no-consent-given-so-nothing = Er is geen toestemming gegeven; er wordt niets meer gevraagd. Enter sluit af; het antwoord is nog te openen.
interview-phrases-show-result = De uitkomst tonen
interview-phrases-finish = Afronden
interview-phrases-further-question = Een vervolgvraag, die uit een eerder antwoord voortkwam
interview-phrases-takes-yes-no-not = Hier is een ja of een nee nodig; liever niet zeggen geldt als nee.
interview-phrases-word-number-last-one = woord { $number }, het laatste
interview-phrases-word-number-most-most = woord { $number } van hoogstens { $most }
interview-phrases-word-place-already-give = Dat is woord { $place } al. Geef een ander, of geen meer.
interview-phrases-answer-not-possible-here = Dit antwoord is hier niet mogelijk.
interview-phrases-not-being-asked-now = Dit wordt nu niet gevraagd.
interview-phrases-question-needs-answer-declining = Op deze vraag is een antwoord nodig; ‘liever niet’ en ‘weet niet’ tellen ook.
interview-phrases-some-questions-still-open = Er zijn nog open vragen; ze zijn gemarkeerd.
interview-phrases-first-question = Dit is de eerste vraag.
interview-phrases-this-is-the-end = Dit is het einde.
interview-phrases-name-cannot-reached-here = `{ $name }` is vanaf hier niet te bereiken.
interview-phrases-only-interviewer-can-do = Alleen de interviewer kan dit doen.
interview-phrases-keyboard-change-hands-first = Eerst moet het toetsenbord van hand wisselen.
interview-phrases-interview-paused = Het interview staat op pauze.
interview-phrases-interview-over = Het interview is afgelopen.

## measures/timed/words

measures-words-too-many-mistakes-timed = Te veel fouten bij het sorteren tegen de klok: { $errors } van { $of } in één blok, en hoogstens { $most_percent } % mag.
measures-words-too-many-mistakes-timed-sorting = Te veel fouten bij het sorteren tegen de klok: { $correct } goede antwoorden in één blok, en er zijn er { $needed } nodig.
measures-words-too-few-usable-answers = Te weinig bruikbare antwoorden bij het sorteren tegen de klok: { $retained } van { $of } in één blok ({ $unanswered } zonder toets, { $fast } onder { $below_ms } ms); de helft is nodig.
measures-words-timed-sorting-done-way = Het sorteren tegen de klok is zo gedaan dat er geen score uit komt.

## plain

plain-one-line-one-answer = Eén regel is één antwoord. :help noemt de opdrachten, zoals :terug, :geen en :stop.
plain-line-not-utf-8 = Deze regel is geen UTF-8-tekst; typ hem opnieuw.
plain-line-full = Een terminal geeft per regel hoogstens { $limit } bytes door, dus wat daarachter nog is getypt, is niet aangekomen. Wat er kwam is bewaard, tot en met ‘{ $end }’: typ daarna verder, op een nieuwe regel van dezelfde tekst, of druk op Enter. Sluit een lange tekst af en toe af met \: dan is hij bewaard en gaat hij verder.
plain-paused-enter-goes = Gepauzeerd. Enter gaat verder.
plain-no-command-here = Alleen :help en :stop werken hier; een tekst die met een dubbele punt begint, wordt met twee getypt.
plain-note-empty = Typ de notitie op dezelfde regel, achter :notitie.
plain-no-command-word-help = De opdracht :{ $word } bestaat niet. :help noemt ze; een tekst die met een dubbele punt begint, wordt met twee getypt.
plain-withdraw-type-stop-stop = Terugtrekken: typ STOP om te stoppen en de antwoorden te bewaren, WISSEN om te stoppen en alles te wissen; iets anders gaat verder.
plain-line-not-kept-at = Regel { $line } van de invoer stond bij vraag `{ $question }` en is niet bewaard.
plain-line-not-kept = Regel { $line } van de invoer stond op een plek zonder vraag en is niet bewaard.
plain-line-nothing-more-read = De regels hierna zouden de verkeerde vragen beantwoorden, dus er wordt niet verder gelezen.
plain-line-asked-again = Na hervatten vraagt het interview dat opnieuw: wat volgt moet met deze regel beginnen.
plain-nothing-answered-here-so = Hier valt niets te antwoorden, dus ‘{ $line }’ is niet bewaard. Een lege regel gaat verder.

## plain/coding

plain-coding-after-each-answer-model = Na elk antwoord: een model en een sterkte van 0 tot en met 3, zoals `MP 3` of `CS 2 MP 1`; een lege regel gaat door, `MP -` haalt een markering weg. Een model en woorden uit het antwoord, zoals `MP "prijzen vergeleken"`, markeren een passage; nog eens hetzelfde haalt die weg. `:terug` gaat terug, `:code` gaat naar de code, `:stop` stopt en bewaart wat u invoerde.
plain-coding-find = { $places ->
    [0] ‘{ $word }’ staat nergens.
    [one] ‘{ $word }’ staat op 1 plaats:
   *[other] ‘{ $word }’ staat op { $places } plaatsen:
}
plain-coding-transcript = Hierna volgt het transcript, beurt voor beurt. `/woord` toont elke plaats van een woord en gaat naar de volgende; `:code` gaat naar de code.
plain-coding-passage-times = { $times ->
    [0] Deze woorden staan niet in het antwoord of de notitie; neem ze over zoals ze er staan.
   *[other] Deze woorden staan er { $times } keer; zet erachter de hoeveelste u bedoelt, zoals `MP "{ $quote }" 2`, of neem er meer over.
}
plain-coding-withheld = (krijgen codeurs niet te zien)
plain-coding-write-model-strength-such = Schrijf een model en een sterkte, zoals `MP 3`.
plain-coding-no-answer = (geen antwoord)
plain-coding-note = Notitie
plain-coding-the-code = De code
plain-coding-dominant-model-cs-ar = Dominant model (CS, AR, EM, MP):
plain-coding-second-model-none = Tweede model (`-` voor geen):
plain-coding-second-model-another-one = Het tweede model is een ander dan het eerste.
plain-coding-how-sure-you-1 = Hoe zeker bent u, 1 (een gok) tot 5 (zeker; `-` voor geen antwoord):
plain-coding-why-your-words-may = Waarom, in uw woorden (mag leeg blijven):
plain-coding-write-cs-ar-em = Schrijf CS, AR, EM of MP.

## plain/keep

plain-keep-begun-before-go-behind = eerder begonnen; ga erachter verder, alleen Enter sluit af, :leeg gooit het weg
plain-keep-everything-you-entered = alles wat u invoerde
plain-keep-whole-interview = het hele interview
plain-keep-nothing-lost-what-still = Er is niets verloren: { $what } is er nog. Enter probeert het opnieuw; de naam van een ander bestand, zoals { $place }, bewaart alles daarin; :stop doet dat ook, als het kan, en houdt op.
plain-keep-nothing-lost-enter-saves = Er is niets verloren: { $what } is er nog. Enter bewaart alles in { $place }; een ander bestand wordt genoemd met zijn hele pad of met .relata aan het eind; :stop bewaart het en houdt op.
plain-keep-no-file-name = ‘{ $line }’ is hier geen antwoord en ook geen bestandsnaam, dus het is niet bewaard: een bestand wordt genoemd met zijn hele pad of met .relata aan het eind.
plain-keep-everything-you-entered-saved = Alles wat u invoerde is bewaard in { $place }, met het interview; het coderen gaat daar verder.

## plain/show

plain-show-so-far = tot nu toe
plain-show-answered-before-enter-keeps = eerder geantwoord, Enter houdt het zo
plain-show-may-left-empty = mag leeg blijven
plain-show-enter-takes = Enter neemt wat hier staat
plain-show-enter-goes = Enter gaat verder
plain-show-choose-min-max-such = kies er { $min } tot { $max }, bijvoorbeeld: 1 { $last }
plain-show-choose-none-or-up-to = kies er ten hoogste { $max }, bijvoorbeeld: 1 { $last }; 0: geen ervan
plain-show-yyyy-mm-dd = JJJJ-MM-DD
plain-show-end-line-goes-next = een \ aan het eind van een regel gaat op de volgende verder
plain-show-empty-line-no-more = een lege regel: geen woorden meer
plain-show-places-numbers-most-important = { $places } nummers, het belangrijkste eerst, bijvoorbeeld: 2 1 3
plain-show-total-points-all = { $total } punten in totaal
plain-show-line-line-nothing-can = regel voor regel valt er geen tijd te meten, dus deze taak vervalt; Enter gaat verder
plain-show-number-without-sign-above = een getal van { $from } tot en met { $to }; zonder teken ligt het boven nul
plain-show-number-sign = een getal van { $from } tot en met { $to }, met het teken
plain-show-left-left = nog { $left }
plain-show-left-too-many = { $left } te veel
plain-show-hand-keyboard-respondent-enter = Geef het toetsenbord aan de respondent. Enter als het zover is.
plain-show-hand-keyboard-back-interviewer = Geef het toetsenbord terug aan de interviewer, die typt: interviewer
plain-show-review-all-answers = Overzicht van alle antwoorden
plain-show-open = OPEN
plain-show-enter-goes-first-open = Enter gaat naar de eerste open vraag; een nummer opent die vraag.
plain-show-enter-end-number-opens = Enter: { $end }; een nummer opent die vraag.

## report

report-associated = geassocieerd
report-said = gezegd
report-in-short = In het kort
report-emotions = Emoties
report-mean = gemiddelde
report-way-relating = manier van omgaan
report-share = aandeel
report-ways-relating = Manieren van omgaan
report-basis = Basis
report-sessions = sessies
report-dont-know = weet niet
report-passed-over = overgeslagen
report-yes = ja
report-no = nee
report-measure = maat
report-most-frequent-model = vaakste model
report-highest-scale = hoogste schaal
report-accuracy = nauwkeurigheid
report-formula = formule
report-reference = bron
report-answers = antwoorden

## report/build

report-build-clients-own-way = De eigen manier van de klant
report-build-your-own-way =
    { $address ->
        [informal] Je eigen manier
       *[formal] Uw eigen manier
    }
report-build-way-relating = De manier van omgaan
report-build-your-estimate-client =
    { $address ->
        [informal] Je inschatting van de klant
       *[formal] Uw inschatting van de klant
    }
report-build-your-estimate-other =
    { $address ->
        [informal] Je inschatting van de ander
       *[formal] Uw inschatting van de ander
    }
report-build-estimate-us = Hoe de klant ons inschat
report-build-too-few-answers-profile = te weinig antwoorden voor een profiel.
report-build-too-few-answers-about = Er zijn te weinig antwoorden over normen, situaties of redenen voor een profiel.
report-build-models-not-asked = Deze vragenlijst vraagt niet naar de manieren van omgaan en geeft er dus geen profiel van.
report-build-too-few-valid-answers = te weinig geldige antwoorden: { $valid } van ten minste { $needed }
report-build-rehearsal-these-answers-given = PROEFSESSIE: deze antwoorden zijn gegeven om iets uit te proberen; ze tellen nergens mee.
report-build-simulated-nobody-gave-these = GESIMULEERD: deze antwoorden komen van een programma, niet van een mens.
report-build-probabilities-rest-reference-model = De kansen berusten op het referentiemodel, gesimuleerd: een populatie die relata maakte uit gepubliceerde cijfers, niet op gecodeerde interviews.
report-build-probabilities-rest-coded-sessions = De kansen berusten op gecodeerde sessies van dit onderzoek ({ $coded }, elk geteld als { $weight }) samen met het referentiemodel, gesimuleerd. De code van een sessie telt nooit mee in haar eigen uitkomst.
report-build-probabilities-rest-coded-coded = De kansen berusten op { $coded } gecodeerde sessies van dit onderzoek. De code van een sessie telt nooit mee in haar eigen uitkomst.
report-build-measurement-errors-comparisons-come = Meetfouten en vergelijkingen komen uit { $n } sessies van dit onderzoek.
report-profile-learnt = Hoe makkelijk mensen het eens zijn met de uitspraken van elke manier volgt uit de antwoorden van de eerste { $n } sessies van dit onderzoek (latere tellen per tien mee, boven de 300 per honderd), en is meegeteld: een norm waar iedereen het hier makkelijk mee eens is, zegt minder over één persoon.
report-build-measurement-errors-comparisons-come-simulated = Meetfouten en vergelijkingen komen uit de gesimuleerde referentiesteekproef, tot het onderzoek 30 sessies heeft waarin te scoren is wat vergeleken wordt.
report-build-no-decision-about-person = Op dit resultaat mag geen beslissing over een persoon berusten.

## report/document/markdown

report-markdown-simulated-nobody-gave-these = Gesimuleerd: deze antwoorden komen van een programma, niet van een mens.

## report/evidence

report-evidence-agreement-all-statements-together = instemming met alle uitspraken samen: { $signed } op −1…+1 (nabijheid)
report-evidence-statements-plainly-fit-well = uitspraken ‘{ $plainly }’ passen even goed als de gemiddelde uitspraak
report-evidence-statements-plainly-fit-better = uitspraken ‘{ $plainly }’ passen beter dan de gemiddelde uitspraak ({ $signed } ten opzichte van het gemiddelde; een uitspraak loopt van −1 tot +1)
report-evidence-statements-plainly-fit-less = uitspraken ‘{ $plainly }’ passen minder dan de gemiddelde uitspraak ({ $signed } ten opzichte van het gemiddelde; een uitspraak loopt van −1 tot +1)
report-evidence-reaction-never-plainly = de reactie was nooit ‘{ $plainly }’
report-evidence-percent-percent-situations-reaction = in { $percent } % van de situaties was de reactie ‘{ $plainly }’
report-evidence-chosen-most-less-how = ‘{ $plainly }’ als best min als minst passend gekozen: { $signed } (−1 altijd minst, +1 altijd best)
report-evidence-percent-percent-points-went = { $percent } % van de punten ging naar de reden ‘{ $plainly }’

## report/findings

report-findings-report-study = Rapport van een onderzoek
report-findings-study-without-sessions = Een onderzoek zonder sessies
report-findings-study-n-finished-sessions = Het onderzoek heeft { $n } afgeronde { $n ->
        [one] sessie
       *[other] sessies
    }. Bevindingen verschijnen vanaf { $counted ->
        [sessions] { $least } mensen
       *[people] { $least }
    }, zodat niemand te herkennen is. Wie het bestand beheert, ziet met ‘relata study’ wat er is.
report-findings-measurement-error-alone-would = ; meetfout alleen zou er gemiddeld hoogstens { $n } geven
report-findings-found-n-say-warm =
    { $counted ->
        [sessions] Van { $n } sessies met beide maten { $found ->
            [one] zegt er 1 iets warms en associeert iets kouds
           *[other] zeggen er { $found } iets warms en associëren iets kouds
        }
       *[people] { $found } van { $n } { $found ->
            [one] zegt iets warms en associeert iets kouds
           *[other] zeggen iets warms en associëren iets kouds
        }
    }: { $share }{ $by_error }.
report-findings-about-group-no-decision = Dit gaat over de groep: er mag geen beslissing over een persoon op berusten.
report-findings-finished-sessions = Afgeronde sessies
report-findings-respondents = Respondenten
report-findings-period = Periode
report-findings-questionnaire = Vragenlijst
report-findings-held-back = Niet getoond
report-findings-held-back-what = cijfers van groepen onder { $least } mensen; aantallen van een of twee naar wat ze antwoordden
report-findings-from = vanaf
report-findings-until = tot en met
report-findings-way = beantwoord
report-findings-selection = Selectie

## report/findings/feelings

report-feelings-emotions-strongest-first = Emoties, de sterkste eerst
report-feelings-emotion = emotie
report-feelings-kind = soort
report-feelings-pleasant = prettig
report-feelings-unpleasant = onprettig
report-feelings-among-three-strongest-study = * Bij de drie sterkste in het onderzoek van 2012: tevredenheid, rust en optimisme.
report-feelings-recommendation-satisfaction = Aanbeveling en tevredenheid
report-feelings-everybody = iedereen
report-feelings-recommendation-nps = Aanbeveling (NPS)
report-feelings-satisfaction-1-10 = Tevredenheid (1–10)
report-feelings-recommendation-nps-way-relating = Aanbeveling (NPS) naar manier van omgaan
report-feelings-satisfaction-1-10-way = Tevredenheid (1–10) naar manier van omgaan
report-feelings-personal-businesslike = Persoonlijk en zakelijk
report-feelings-many-differences = { $differences } verschillen, elk met een eigen interval: van twintig zulke intervallen sluit er gemiddeld één de 0 door toeval uit, ook waar niets verschilt.
report-feelings-answer = antwoord
report-feelings-difference = verschil
report-feelings-satisfied-but-leaving = Tevreden, en geneigd te vertrekken
report-feelings-satisfaction = Tevredenheid
report-feelings-satisfaction-2 = tevredenheid
report-feelings-staying = naar blijven
report-feelings-undecided = in het midden
report-feelings-leaving = naar vertrekken
report-feelings-satisfied-8-10 = Tevreden (8–10)
report-feelings-between-6-7 = Ertussenin (6–7)
report-feelings-dissatisfied-1-5 = Ontevreden (1–5)
report-feelings-all-who-satisfied-share = { $counted ->
    [sessions] Van de sessies met een 8 of meer en antwoorden over blijven neigt { $share } naar vertrekken (n = { $n }).
   *[people] Van wie tevreden is en ook de vragen over blijven beantwoordde, neigt { $share } naar vertrekken (n = { $n }).
}

## report/findings/gaps

report-gaps-n-sessions-both-sides =
    { $n ->
        [one] Eén sessie heeft
       *[other] { $n } sessies hebben
    } beide kanten: wat gezegd en wat geassocieerd is.
report-gaps-too-few = Minder dan { $least } mensen hebben beide kanten: wat gezegd en wat geassocieerd is. Van zo weinig mensen wordt niets getoond, zodat niemand te herkennen is.
report-gaps-error-alone-most-if = Geteld zijn conflicten die blijven als neutraal een tiende van het bereik verschuift. Door meetfout alleen: hoeveel die er gemiddeld hoogstens zou geven, als niemand iets associeerde. Zonder verband: hoeveel het er gemiddeld zouden zijn als wat mensen zeggen niets te maken had met wat zij associëren. Houdt stand: wat overblijft als daarvan gemiddeld hoogstens 5 % vals alarm mag zijn (Benjamini en Hochberg 1995).
report-gaps-said-associated-correlate-r = Gezegd en geassocieerd hangen samen met r = { $r }; zulk onderzoek vindt gemiddeld { $published } (Hofmann e.a. 2005).
report-gaps-associated-comes = ‘Geassocieerd’ komt uit
report-gaps-sessions-without-verdict = Sessies zonder oordeel
report-gaps-reason = reden
report-gaps-indirect-measure-shows-how = Een indirecte maat laat zien hoe sterk associaties zijn; ze staat niet dichter bij de waarheid dan wat gezegd wordt, en haar nulpunt is een afspraak.
report-gaps-signs-alone-warm-both = Alleen naar het teken: warm aan beide kanten { $both_warm }, zegt warm en associeert koud { $says_warm }, zegt koud en associeert warm { $associates_warm }, koud aan beide kanten { $both_cold }.
report-gaps-each-circle-square-plane = Elke cirkel is een vak met drie of meer sessies, de oppervlakte hun aantal; zeldzamere plekken blijven weg.
report-gaps-each-dot-session = Elke stip is een sessie.
report-gaps-said-against-associated-all = Gezegd tegenover geassocieerd, alle sessies
report-gaps-verdicts-intervals-count = Oordelen, waarin intervallen meetellen
report-gaps-verdict = oordeel
report-gaps-conflicts-direction-what-chance = Conflicten naar richting, en wat het toeval zou geven
report-gaps-direction = richting
report-gaps-found = gevonden
report-gaps-held-up = houdt stand
report-gaps-error-alone = door meetfout alleen
report-gaps-if-unrelated = zonder verband

## report/findings/models

report-models-leading-way-relating-n =
    { $n ->
        [one] 1 sessie heeft
       *[other] { $n } sessies hebben
    } genoeg antwoorden voor een profiel{ $without ->
        [0] {""}
        [one] ; 1 heeft er te weinig
       *[other] ; { $without } hebben er te weinig
    }.
report-models-shares-four-ways-relating = Aandelen van de vier manieren van omgaan
report-models-estimated-share = geschat aandeel
report-models-mean-probability-rates = gemiddelde kans, met 2012 erbij
report-models-answers-speak-most-n = antwoorden pleiten ervoor (n)
report-models-these-not-told-apart = staat voorop, niet van de volgende te onderscheiden (n)
report-models-in-theory = De vier manieren, met hun naam in de theorie: { $names }.
report-published-rates = Gepubliceerde cijfers: een onderzoek uit 2012 vond dat bijna 70 % van de klanten zakelijk omgaat en ongeveer 16 % als een van ons; ‘met 2012 erbij’ telt dat mee, de antwoorden alleen niet.
report-models-estimated-share-shares-under = Geschat aandeel: de aandelen waarbij de antwoorden van alle sessies samen het waarschijnlijkst zijn. Er worden geen aandelen aangenomen, en hoe makkelijk men het met de uitspraken van elk model eens is, is uit dezelfde antwoorden geleerd, want keuzes tussen de modellen (situaties, meest-minst-sets) hangen daar niet van af; het vraagt dertig sessies. Het streepje is wat het onderzoek van 2012 vond onder 275 klanten van zes Nederlandse dienstverleners. Gemiddelde kans is die van losse sessies met de gepubliceerde cijfers; de tellingen gaan af op waar de antwoorden van een sessie alleen voor pleiten; waar ze de eerste niet van de volgende onderscheiden (minder dan 3 tegen 1), staat de sessie ernaast.
report-models-estimate-does-not-hold = De schatting houdt geen stand: ze schuift tot { $points } procentpunten als de uitspraken van één model een half punt makkelijker zijn dan ze lijken. Ga af op de tellingen, en op de aanname daarachter dat men het met de uitspraken van alle vier de modellen even makkelijk eens is.
report-models-answers-uncertain-sessions-do =
    In { $uncertain } { $uncertain ->
        [one] sessie
       *[other] sessies
    } onderscheiden de antwoorden wel iets, maar niet de eerste manier van de volgende (minder dan 3 tegen 1).
report-models-low-engagement =
    In { $low } { $low ->
        [one] sessie
       *[other] sessies
    } haalt geen norm het midden van de schaal: { $who ->
        [managers] ‘gewoon een klant’
       *[customers] ‘gewoon een leverancier’
    }.
report-models-led-by-rates =
    In { $by_rate } { $by_rate ->
        [one] sessie
       *[other] sessies
    } pleiten de antwoorden voor de ene manier en zetten de gepubliceerde cijfers een andere voorop.
report-models-how-relation-meant-how = Hoe de relatie bedoeld is, en hoe ze gebruikt wordt
report-models-counted-shares = De aandelen aan beide kanten zijn geteld onder sessies waarvan de antwoorden aan elke kant voor één manier pleiten, omdat één kant te weinig heeft voor een schatting. Het zijn niet de geschatte aandelen uit de eerste tabel.
report-models-compare-shares-estimated-share = Vergelijk de aandelen. Een geschat aandeel telt elke sessie mee, ook die waarin de antwoorden niets uit elkaar houden, net als in de eerste tabel; de aantallen gaan af op waar de antwoorden van elke sessie op zichzelf voor pleiten.
report-models-how-customers-relate-against = Hoe klanten omgaan met de organisatie, tegenover hoe zij denken dat de organisatie hen ziet.
report-models-how-account-managers-relate = Hoe accountmanagers omgaan met hun klant, tegenover hoe zij denken dat de klant dat doet.
report-models-how-account-managers-relate-against = Hoe accountmanagers omgaan met klanten, tegenover hoe klanten dat doen: twee verschillende groepen.
report-models-leads-in = antwoorden pleiten ervoor in
report-models-said-by = { $counted ->
    [sessions] gezegd in
   *[people] gezegd door
}
report-models-meant = bedoeld
report-models-used = gebruikt
report-models-meant-used = Bedoeld en gebruikt
report-models-meant-used-2 = bedoeld ↓ gebruikt →
report-models-session-session = Sessie voor sessie

## report/findings/quality

report-quality-what-comes-mind = Wat er opkomt
report-quality-free-associations-most-pleasant = Vrije associaties, de prettigste eerst
report-quality-word = woord
report-quality-respondents = respondenten
report-quality-valence = waardering
report-quality-mean-rank = gemiddelde rang
report-quality-words-together = Alles bij elkaar scoren de woorden van { $n } mensen gemiddeld { $mean } (95 %: { $low } … { $high }; −3 is heel onprettig, +3 heel prettig).
report-quality-words-pleasant = Alles bij elkaar zijn de woorden eerder prettig dan onprettig, en dat is meer dan toeval.
report-quality-words-unpleasant = Alles bij elkaar zijn de woorden eerder onprettig dan prettig, en dat is meer dan toeval.
report-quality-words-open = Of de woorden bij elkaar eerder prettig of onprettig zijn, is met zo weinig mensen niet te zeggen.
report-quality-words-respondents-own-spelling = Woorden zoals respondenten ze schreven. Een woord dat minder dan drie mensen gebruikten, blijft weg. Lees de lijst voordat u haar doorgeeft: een woord kan naar iemand wijzen.
report-quality-reliability-scales = Betrouwbaarheid van de schalen
report-quality-every-scale = Elke schaal
report-quality-items = items
report-quality-remark = opmerking
report-quality-reliability = betrouwbaarheid
report-quality-estimate-other-side = inschatting van de ander
report-quality-alpha-cronbach-over-complete = α: Cronbach, over complete gevallen. ω: ω-totaal van een eenfactoroplossing. De betrouwbaarheid van een indirecte maat volgt uit haar eigen standaardfouten. De schalen zijn door de auteurs gemaakt: hun betrouwbaarheid hoort in elk onderzoek.
report-quality-quality-data = Kwaliteit van de gegevens
report-quality-how-sessions-went = Hoe de sessies verliepen
report-quality-what = wat
report-quality-of = van
report-quality-planned = gepland
report-quality-minutes = minuten: mediaan (kwartielen)
report-quality-same-answer-whole-page = één antwoord op een hele pagina van { $from } of meer oordelen
report-quality-random = beoordelingen die elkaar tegenspreken als willekeurige
report-quality-more-than-half-ratings = meer dan de helft van de oordelen binnen { $seconds } seconden
report-quality-questions-asked = gestelde vragen
report-quality-timed-sorting-scored = sorteren tegen de klok: gescoord
report-quality-timed-sorting-not-done = sorteren tegen de klok: niet gedaan
report-quality-timed-sorting-could-not = sorteren tegen de klok: niet te meten
report-quality-timed-over-network-another = getimed over een netwerk of ander programma
report-quality-no-session-finished-yet = Er is nog geen sessie afgerond.

## report/findings/quality, groups

report-clusters-respondents = Deze { $n } sessies zijn van { $people } mensen, en wat één persoon zegt, kan meer op elkaar lijken dan door toeval te verwachten is. Daarom zijn intervallen van gemiddelden, aandelen, NPS, correlaties en de betrouwbaarheid van schalen niet smaller dan { $people } mensen toelaten.
report-clusters-few-respondents =
    Deze { $n } sessies zijn van { $people ->
        [one] één persoon
       *[other] { $people } mensen
    }, en wat één persoon zegt, kan meer op elkaar lijken dan door toeval te verwachten is. Dat zijn er te weinig voor intervallen die op mensen rusten ({ $least } is het minste): de intervallen tellen sessies één voor één en kunnen te smal zijn.
report-clusters-organisations = Interviews over één organisatie kunnen meer op elkaar lijken dan door toeval te verwachten is. Daarom zijn intervallen van gemiddelden, getelde aandelen, NPS en correlaties niet smaller dan { $organisations } organisaties toelaten: alsof zij uit meer van hun soort waren getrokken.
report-clusters-few-organisations = Interviews over één organisatie kunnen meer op elkaar lijken dan door toeval te verwachten is. { $organisations } organisaties zijn te weinig voor intervallen die daarop rusten ({ $least } is het minste): de intervallen tellen interviews één voor één, en gaan over deze organisaties en geen andere.
report-clusters-interviewers = Interviews van één interviewer kunnen meer op elkaar lijken dan door toeval te verwachten is. Daarom zijn intervallen van gemiddelden, getelde aandelen, NPS en correlaties niet smaller dan { $interviewers } interviewers toelaten.
report-clusters-few-interviewers = Interviews van één interviewer kunnen meer op elkaar lijken dan door toeval te verwachten is. { $interviewers } interviewers zijn te weinig voor intervallen die daarop rusten ({ $least } is het minste): de intervallen tellen interviews één voor één en kunnen te smal zijn.
report-clusters-not-so = Dat geldt niet voor { $others }.
report-clusters-shares = de geschatte aandelen van de modellen
report-clusters-meant = hoe de relatie bedoeld is en gebruikt wordt
report-clusters-meant-counted = hoe de relatie bedoeld is en gebruikt wordt waar dat geteld is
report-clusters-lenses = lenzen
report-clusters-reliability = de betrouwbaarheid van schalen
report-clusters-both-sides = de twee kanten van een relatie
report-clusters-how-alike = Hoezeer interviews van één groep op elkaar lijken (intraklassecorrelatie)
report-clusters-between-interviewers = tussen interviewers
report-clusters-between-organisations = tussen organisaties
report-clusters-what-it-says = Het deel van alle verschillen dat tussen interviewers ligt, of tussen organisaties; rond nul waar het niet uitmaakt wie vraagt, en door louter toeval ook daaronder. Als interviewers elkaar niet afwisselden, hebben zij misschien andere mensen gesproken.

## report/html/charts

report-charts-said = gezegd →
report-charts-associated = geassocieerd →

## report/html/document

report-document-contents = Inhoud
report-document-left-more-less-weight =
    { $weights ->
        [yes] Nog { $left }, met minder gewicht. Gewichten zijn log-odds.
       *[no] Nog { $left }, met minder gewicht.
    }

## report/html/page

report-page-about-report = Over dit rapport
report-page-simulated = Gesimuleerd
report-page-nobody-gave-these-answers = deze antwoorden komen van een programma, niet van een mens
report-page-no-decision-about-person = Op dit rapport mag geen beslissing over een persoon berusten.
report-page-simulated-program-gave-these = Gesimuleerd: een programma gaf deze antwoorden

## report/indirect

report-indirect-associated-comes-name = ‘Geassocieerd’ komt uit: { $name }.
report-indirect-text-valence = ‘{ $text }’ ({ $valence })
report-indirect-text = ‘{ $text }’
report-indirect-what-came-mind-list = Wat er opkwam: { $list }.
report-indirect-beside-name-what = Daarnaast, { $name }: { $what }
report-indirect-associated-means-free-associations = Geassocieerd betekent: vrije associaties, waarvan de respondent zelf zegt hoe prettig ze zijn; spontaan, eerder dan onbewust. Het staat niet dichter bij de waarheid dan wat gezegd wordt.
report-indirect-associated-means-how-much = Geassocieerd betekent: hoeveel sneller de organisatie samen met prettige woorden werd gesorteerd dan met onprettige (single-category IAT, D/2). Het meet hoe sterk associaties zijn, niet wat waar is; een tweede test zou met ongeveer 0,5 met de eerste samenhangen.
report-indirect-paper-d-scores-2003 = Het artikel over D-scores (2003) kondigde een octrooi op commercieel gebruik aan: ga dat na voordat er een dienst op verkocht wordt.
report-indirect-both-axes-run-minus1 = Beide assen lopen van −1 tot +1; nul is het midden van de schalen, een afspraak.
report-indirect-frame-took-flush-ms = een beeld kostte { $flush } ms, een toets werd binnen { $wake } ms gestempeld
report-indirect-neither-frames-nor-keys = beelden en toetsen zijn niet gemeten
report-indirect-figures-terminal-answered-within = { $figures }, de terminal antwoordde binnen { $reply } ms
report-indirect-terminal-ran-inside-another = ; de terminal draaide in een ander programma, dat wisselende milliseconden toevoegt
report-indirect-keys-came-over-network = ; de toetsen kwamen over een netwerk, dat wisselende milliseconden toevoegt
report-indirect-browser-good = ; gedaan in een browser waarvan klok en beeld zo goed waren als bij een browser kan, en alleen met browsers vergeleken
report-indirect-browser-coarse = ; gedaan in een browser met een grove klok, wat aan elke tijd toeval toevoegt, en alleen met browsers vergeleken
report-indirect-browser-dropped = ; gedaan in een browser die beelden oversloeg, zodat woorden later te zien kunnen zijn geweest dan is gemeten, en alleen met browsers vergeleken
report-indirect-timing-figures-what-keyboard = Tijdmeting: { $figures }; wat toetsenbord en scherm toevoegen (vaak 10 tot 50 ms) is hier niet te meten, en wat daarvan gelijk blijft, valt in een verschil weg{ $place }.

## report/methods

report-methods-methods-about = Verantwoording: { $about }
report-methods-sample = steekproef
report-methods-first-complete-session-began = De eerste complete sessie begon op { $first }, de laatste op { $last } (UTC).
report-methods-sessions-what-became = Sessies, en wat ervan werd
report-methods-in-the-tables = in de tabellen
report-methods-real-respondents = van echte respondenten
report-methods-simulated-respondents = van gesimuleerde respondenten
report-methods-complete-simulated = compleet (gesimuleerd)
report-methods-complete = compleet
report-methods-earlier = eerdere van mensen die nog eens over dezelfde organisatie vertelden
report-methods-still-open = nog open
report-methods-withdrawn-respondent = ingetrokken door de respondent
report-methods-consent-refused = geen toestemming gegeven
report-methods-rehearsals-test-flag = proefsessies (testvlag)
report-methods-other-questionnaires = van andere vragenlijsten
report-methods-left-out-selection = buiten de selectie
report-methods-group = Groep
report-methods-interviewer = Interviewer
report-methods-version-questionnaire = Versie van de vragenlijst
report-methods-no-figures-groups-below = Gemiddelden, aandelen, scores en andere cijfers van groepen onder { $least } mensen worden niet getoond. Aantallen naar wat mensen antwoordden, staan er vanaf drie: ‘<3’ is een of twee, en ‘·’ is weggelaten, zodat niets daarvan door aftrekken te achterhalen is.
report-methods-group-2 = groep
report-methods-open = open
report-methods-procedure = afname
report-methods-no-session-complete-yet = Er is nog geen afgeronde sessie.
report-methods-ways-never-pooled = Sessies die op verschillende manieren zijn beantwoord (in een terminal, in een browser, op papier, overgenomen) worden nooit aan elkaar gemeten: elke manier heeft haar eigen normen.
report-methods-way = { $mode ->
    [screen] op het scherm van een terminal
    [plain] regel voor regel in een terminal
    [simulated] gesimuleerd
    [browser] in een browser
    [paper] op papier
    [imported] met een ander programma
   *[other] { $mode }
}
report-methods-tongue = { $tag ->
    [en] Engels
    [nl] Nederlands
    [de] Duits
    [fr] Frans
    [es] Spaans
   *[other] { $tag }
}
report-methods-mode-modes-languages-languages = Wijze van afname: { $modes }. Talen: { $languages }.
report-methods-imported = { $here ->
    [none] Alle sessies zijn door een ander programma afgenomen: in welke volgorde vragen en opties daar kwamen, en of men een antwoord kon weigeren, is hier niet bekend.
   *[some] Wat volgt, geldt voor de sessies die hier zijn afgenomen. Van overgenomen sessies is niet bekend in welke volgorde vragen en opties kwamen en of men een antwoord kon weigeren.
}
report-methods-on-paper = Op papier wordt niets geloot: alles staat in de volgorde van de vragenlijst.
report-methods-sections-come-order-questionnaire = De onderdelen komen in de volgorde van de vragenlijst hieronder.
report-methods-so-do-their-questions = Hun vragen ook.
report-methods-order-questions-drawn-anew = In { $random } wordt de volgorde van de vragen per sessie geloot, uit de seed van die sessie; elders ligt ze vast.
report-methods-order-effects = Wat eerst komt, kan kleuren wat erna komt. De volgorde van de onderdelen is voor iedereen gelijk, dus hoeveel dat scheelt, blijkt hier nergens uit.
report-methods-every-question-could-declined = Op elke vraag kon men ‘liever niet’ of ‘weet niet’ antwoorden; beide zijn als zodanig bewaard. Respondenten hebben codes, geen namen.
report-methods-within-question-everything-stands = Binnen een vraag staat alles in een vaste volgorde.
report-methods-options-ranked = te rangschikken opties
report-methods-parts-get-points = onderdelen die punten krijgen
report-methods-reactions-situations = reacties op situaties
report-methods-statements-one-most-one = uitspraken waarvan er een het meest en een het minst past
report-methods-rows-one-card = rijen op één kaart
report-methods-two-stages-timed-sorting = de twee delen van het sorteren tegen de klok, de kant van de toetsen en de woorden
report-methods-within-question-these-orders = Binnen een vraag komen deze volgordes uit dezelfde seed: { $each }. Exports bevatten de volgorde die elke sessie zag. Alle andere opties staan in de volgorde van de vragenlijst hieronder.
report-methods-missing-data = ontbrekende gegevens
report-methods-no-complete-session-lacks = In geen complete sessie ontbreekt een antwoord.
report-methods-complete-sessions-what-became = Complete sessies naar wat er van de vraag werd
report-methods-declined = liever niet
report-methods-did-not-apply = niet van toepassing
report-methods-items-everybody-answered-left = Vragen die iedereen beantwoordde, staan er niet bij. Sessies met een andere versie van de vragenlijst tellen hier niet mee.
report-methods-software-seeds = programma en seeds
report-methods-sessions-held-relata-versions = De sessies hier zijn gehouden met relata { $versions }.
report-methods-report-written = Dit rapport is geschreven door relata { $this }.
report-methods-every-session-seed-own = Elke sessie in een terminal, in een browser of gesimuleerd heeft een eigen seed ({ $seeds } verschillende in { $sessions } sessies), waaruit al haar toevallige volgordes volgen; het onderzoeksbestand en de exports bewaren hem.
report-methods-reference-seed = De referentiesteekproef en de referentienormen hebben de vaste seed 2012.

## report/methods/coded

report-coded-coded-interviews = Gecodeerde interviews
report-coded-coders-coded-fewer-than = Codeurs hebben { $counted ->
        [sessions] sessies van minder dan { $least } mensen
       *[people] minder dan { $least } sessies
    } gecodeerd, te weinig voor cijfers.
report-coded-one-coder-coded-n =
    Eén codeur heeft { $n } { $n ->
        [one] sessie
       *[other] sessies
    } gecodeerd; over overeenstemming is dus niets bekend.
report-coded-coders-coders-coded-n =
    { $coders } codeurs hebben { $n } { $n ->
        [one] sessie
       *[other] sessies
    } gecodeerd, te weinig daarvan door minstens twee voor cijfers van overeenstemming.
report-coded-coders-coders-coded-n-sessions = { $coders } codeurs hebben { $n } sessies gecodeerd, waarvan { $both } door minstens twee. Vergeleken is de eerste code van elke codeur; de laatste traint.
report-coded-shown-narrative = { $n } van de { $of } eerste codes { $n ->
        [one] berust
       *[other] berusten
    } op alleen wat in woorden is verteld: open antwoorden, associaties en notities, zonder oordelen, keuzes, punten, rangordes of taken op tijd, teksten die er een herhalen, of vragen die alleen om zo’n antwoord werden gesteld.
report-coded-shown-whole = { $n } van de { $of } eerste codes { $n ->
        [one] berust
       *[other] berusten
    } op alle antwoorden, ook oordelen en keuzes: deze codes en het model berusten deels op dezelfde antwoorden, en stemmen misschien ook daardoor overeen.
report-coded-shown-unknown = Van { $n } van de { $of } eerste codes is niet bekend wat de codeur heeft gelezen: ze komen uit een bestand dat het niet zegt, of van voordat relata het bewaarde.
report-coded-blind-all = Ze zijn alle gegeven voordat de codeur te zien kreeg wat anderen of het model van relata over de sessie zeggen.
report-coded-blind-unknown = Van { $n } van de { $of } eerste codes is niet bekend of de codeur al had gezien wat anderen of het model van relata over de sessie zeggen.
report-coded-none-teaches-yet-coders = Geen ervan telt al mee: { $coders ->
        [one] er ontbreken antwoorden die de classificatie leest.
       *[other] codeurs zijn het oneens en er is niets beslist, of er ontbreken antwoorden die de classificatie leest.
    }
report-coded-agreement-coders = Overeenstemming van de codeurs
report-coded-coefficient = maat
report-coded-value = waarde
report-coded-raw-agreement = ruwe overeenstemming
report-coded-agreement-chance = overeenstemming door toeval
report-coded-fewer-than-least-teach = { $counted ->
        [sessions] Er tellen er te weinig mee om zeker te zijn van { $least } mensen
       *[people] Minder dan { $least } ervan tellen mee
    }: { $coders ->
        [one] bij de andere ontbreken antwoorden.
       *[other] over de andere is men het oneens, of er ontbreken antwoorden.
    }
report-coded-n-teach-classifier-consensus = { $n } ervan tellen mee voor de classificatie, bij consensus of bij een meerderheid van hun codeurs: { $each }. De eigen code van een sessie telt nooit mee in haar eigen profiel.
report-coded-n-teach-classifier = { $n } ervan tellen mee voor de classificatie: { $each }. De eigen code van een sessie telt nooit mee in haar eigen profiel.
report-coded-n-could-teach = { $n } ervan zouden kunnen meetellen voor de classificatie: { $each }.
report-coded-pooled-simulated-reference-sample = Ze zijn samengevoegd met de gesimuleerde referentiesteekproef, elk voor { $code_counts } sessies daarvan, omdat de codes alleen achtergehouden codes niet beter voorspellen (log loss, tien delen, zoals ‘relata evaluate’ die berekent); daarom staat een eigen evaluatie van het onderzoek niet in dit rapport.
report-coded-whole-training-no-simulated = Ze zijn de hele training: er is geen gesimuleerde referentiesteekproef bij, omdat de log loss van achtergehouden codes zonder die steekproef lager was.
report-coded-too-few-some-model = Van een model zijn er te weinig voor een evaluatie.
report-coded-how-good-studys-own = Hoe goed het eigen model van het onderzoek is
report-coded-out-fold-against-coders = Buiten de training getoetst aan de labels van de codeurs: { $folds } delen, gestratificeerd naar label, sessies van één respondent bijeen; sterkte en temperatuur in elk deel opnieuw gekozen. Vooraf zijn hier de aandelen van deze labels aangenomen, niet de kansen hierboven. Intervallen: { $resamples } bootstrapsteekproeven van respondenten, seed { $seed }.
report-coded-confusion-matrix-held-back = De verwarringsmatrix is weggelaten: ze heeft cellen van een of twee mensen die uit de cijfers hierboven zouden volgen. ‘relata evaluate’ toont haar aan de onderzoeker.
report-coded-reliability-dot-share-calls = Betrouwbaarheid: de stip is het aandeel juiste uitkomsten, het dwarsstreepje de gemiddelde zekerheid; bij een model dat weet hoe zeker het mag zijn vallen die samen. Klassen van weinig mensen staan er niet bij.
report-coded-out-fold-beside-what = Buiten de training, naast wat het moet verslaan
report-coded-studys-own-model = eigen model
report-coded-balanced-accuracy = gebalanceerde nauwkeurigheid
report-coded-calibration-error = kalibratiefout
report-coded-coded-as = gecodeerd als
report-coded-called-name = genoemd { $name }
report-coded-confusion-matrix = Verwarringsmatrix
report-coded-reliability-diagram = Betrouwbaarheidsdiagram
report-coded-confidence = zekerheid
report-coded-mean-confidence = gemiddelde zekerheid
report-coded-share-right = aandeel juist

## report/methods/intervals

report-intervals-intervals-all-95-percent = Intervallen, alle van 95 % (z = 1,96)
report-intervals-interval-of = interval van
report-intervals-share-sessions = een aandeel van sessies
report-intervals-any-these-groups = elk van het bovenstaande, vanaf { $least } { $counted ->
        [sessions] respondenten (van wie sommigen vaker kwamen), organisaties
       *[people] organisaties
    } of interviewers
report-intervals-widest-with-groups = het breedste hiervan en, voor elk van de { $counted ->
        [sessions] drie
       *[people] twee
    }, alle μ met (m − μ)² ≤ t²·ψ·μ(1 − μ), m en μ teruggebracht tot 0…1, ψ = Σ(v/e)(Σw(y − m))²/(Σw)²/(m(1 − m)) over groepen, met v = Σw² van een groep, h haar deel van alle w en e = v(1 − 2h) + h²Σv (CR2); t met de vrijheidsgraden van die som (het aantal groepen min één als alle even groot zijn, anders minder). NPS: y = −100, 0 of 100. Een correlatie van x en v, beide gestandaardiseerd: y = xv/w met w = (x² + v²)/2, op −1…1. Een verschil: y = d + n·(w₁(v − m₁)/Σw₁ − w₂(v − m₂)/Σw₂), met n sessies van gewicht 1
report-intervals-likeness-within-groups = deel van de verschillen tussen groepen (intraklassecorrelatie)
report-intervals-mean-scale-b-probabilities = een gemiddelde op een schaal van a tot b (van kansen: van 0 tot 1), ook met gewichten w
report-intervals-m-brought-0-1 = m en μ teruggebracht tot 0…1: elke μ met (m − μ)² ≤ t²·φ·μ(1 − μ)/n, φ = (k·V/(m(1 − m)) + 2)/(k + 1), hoogstens 1, V = Σw²(v − m)²/Σw², n = (Σw)²/Σw², k = (Σw²)²/Σw⁴, t met k + 1 vrijheidsgraden; zonder gewichten is k = n
report-intervals-how-strongly-norm-held = hoe sterk een norm gemiddeld leeft
report-intervals-mean-but-no-end = als een gemiddelde, maar geen grens dichterbij dan m ± √Σ(afstand van de sterkte van elke sessie tot haar eigen grens)²/n
report-intervals-mean-share-nps-model = een gemiddelde, aandeel of NPS van wie een model gebruikt
report-intervals-mean-scale-above-w = een gemiddelde op een schaal (hierboven) met w = a·D⁻¹: a de kansen van de sessie, D hun gemiddelden bij 20.000 gesimuleerde mensen die elk model gebruiken, met de fout daarvan erbij; gegeven waar n > t², t met n + 1 vrijheidsgraden, en de conditie van D hoogstens 20 is{ $counted ->
        [sessions] {" "}(n van de sommen van w van elke respondent)
       *[people] {""}
    }
report-intervals-difference-two-means-same = het verschil van twee gemiddelden van dezelfde sessies met twee gewichten
report-intervals-d-plus-minus-f = d ± √(f² + g² − 2rfg), f en g de afstanden van de twee gemiddelden tot de grenzen van hun intervallen, r de correlatie van w₁(v − m₁) en w₂(v − m₂)
report-intervals-estimated-share-model = het geschatte aandeel π van een model
report-intervals-percentiles-2-5-97 = percentielen 2,5 en 97,5 van de aandelen onder parameters, getrokken rond het optimum van een samengestelde marginale aannemelijkheid, met haar sandwichcovariantie over respondenten; niet smaller dan dat van een geteld aandeel. Het rust op geen groepen van organisaties of interviewers
report-intervals-100-times-score-interval = 100 maal het score-interval van p − d, de aandelen promotors en criticasters: elke δ met |p − d − δ| ≤ z·√((p̃ + d̃ − δ²)/n), p̃ en d̃ het waarschijnlijkst onder δ
report-intervals-percentiles-2-5-97-5 = percentielen 2,5 en 97,5 van { $fewest_resamples } tot { $most_resamples } trekkingen van respondenten met teruglegging, seed { $seed }
report-intervals-a-correlation = een correlatie
report-intervals-what-one-session-says = wat één sessie zegt en associeert
report-intervals-score-plus-minus-z = score ± z·SE, SE als in de formules hierboven; van wat gezegd is SE = SD·√(1 − α) van de normgroep
report-intervals-raw-agreement-coders = ruwe overeenstemming van codeurs
report-intervals-share-coded-sessions = als een aandeel, van gecodeerde sessies
report-intervals-kappa-plus-minus-z = κ ± z·SE, begrensd op ±1
report-intervals-value-plus-minus-t = waarde ± t·SE, SE gelineariseerd over sessies, t met n − 1 vrijheidsgraden
report-intervals-percentiles-2-5-97-5-resampled = percentielen 2,5 en 97,5 van sessies, getrokken met teruglegging
report-intervals-resampled-respondents = percentielen 2,5 en 97,5 van respondenten, getrokken met teruglegging
report-intervals-accuracy-precision-recall-classification = nauwkeurigheid, precisie en recall van een classificatie
report-intervals-share-respondents-several-sessions = als een aandeel; van respondenten met meer sessies de ruimste van dat en percentielen van respondenten, getrokken met teruglegging
report-intervals-balanced-accuracy-macro-f1 = gebalanceerde nauwkeurigheid en macro-F1
report-intervals-m-plus-minus-distance = m ± √Σ(afstand van elk deel tot zijn eigen grens)²/k over de k klassen
report-intervals-log-loss-brier-score = log loss, Brier-score, kalibratiefout

## report/methods/questions

report-questions-languages = talen
report-questions-names-braces-stand-what = Namen tussen accolades staan voor wat het startformulier of een eerder antwoord invult.
report-questions-random-order = volgorde geloot
report-questions-for-the-interviewer = Voor de interviewer
report-questions-question = vraag
report-questions-feeds = telt voor
report-questions-as-above = als hierboven
report-questions-probes = Doorvragen
report-questions-one-others = een van de overige
report-questions-order-drawn = volgorde geloot
report-questions-must-hold = moet gelden:
report-questions-calculations = Berekeningen: { $calculations }
report-questions-most-max = {" "}(hoogstens { $max })
report-questions-min-max = {" "}({ $min } tot { $max })
report-questions-not-after-day-answer = , niet na de dag van het antwoord
report-questions-in-words = in woorden
report-questions-first-places = eerste { $places }
report-questions-total-points = { $total } punten
report-questions-organisation-organisation-pleasant-good = organisatie: { $organisation }; prettig: { $good }; onprettig: { $bad }

## report/methods/study

report-study-the-study = het onderzoek
report-study-what-said = Wat het onderzoek over zichzelf zegt
report-study-field = veld
report-study-text = tekst
report-study-decided-beforehand = wat vooraf is vastgelegd
report-study-nothing-frozen = Vooraf is niets vastgelegd. Lees elke bevinding als verkennend: waarnaar iemand zocht en wat al zoekend is gevonden, valt niet te zeggen.
report-study-kept-to = Het geldende plan tegenover wat er is gedaan
report-study-part = onderdeel
report-study-kept = nagekomen
report-study-found = gevonden
report-study-counted-in-selection = Sessies zijn geteld binnen de selectie die elk plan vastlegde; andere spelen daarin geen rol.
report-study-what-is-not-checked = Hypothesen en uitsluitingen in woorden staan hier zoals ze zijn vastgelegd; relata beoordeelt ze niet. Plannen blijven voorgoed bewaard, elk met de hash van alles wat erin staat; wie het bestand beheert, bepaalt de klok. Wat niet in het plan staat, is verkennend.
report-study-frozen-on = Vastgelegd op { $on } (plan { $id }), { $before ->
    [0] voordat er een afgeronde sessie was begonnen.
    [one] toen { $before } sessie die nu is afgerond al was begonnen.
   *[other] toen { $before } sessies die nu zijn afgerond al waren begonnen.
}
report-study-changed = Dit veranderde wat eerder was vastgelegd: { $parts }.
report-study-for-questionnaire = Voor de vragenlijst { $name } { $version }, waarvan de tekst de hash { $hash }… heeft.
report-study-hypothesis = Hypothese { $number }: { $hypothesis }
report-study-exclusion = Buiten beschouwing: { $exclusion }
report-study-rests-on = Dit rust op de schalen { $measures }.
report-study-part-beforehand = vastgelegd vóór de eerste sessie
report-study-part-questionnaire = vragenlijst
report-study-part-relata = versie van relata
report-study-part-hypotheses = hypothesen
report-study-part-scales = schalen
report-study-part-exclusions = uitsluitingen
report-study-part-sessions = aantal sessies
report-study-part-selection = selectie
report-study-begun-before = { $before ->
    [0] geen van de { $all } afgeronde sessies was begonnen
   *[other] { $before } van de { $all } afgeronde sessies waren begonnen
}
report-study-other-text = { $other ->
    [0] alle { $all } afgeronde sessies gebruikten deze tekst
   *[other] { $other } van de { $all } afgeronde sessies gebruikten een andere tekst
}
report-study-relata-then-now = { $planned } toen, { $now } nu
report-study-planned-found = { $planned } gepland, { $found } afgerond
report-study-selection-same = dit rapport gaat over de selectie die was gepland
report-study-selection-other = dit rapport gaat over een andere selectie dan de geplande; gepland: { $planned }; hier: { $found }
report-study-selection-all = alle sessies
report-study-selection-planned = Alleen deze sessies zouden worden bekeken: { $selection }.
report-study-all-scored = alle zijn gescoord.
report-study-not-scored = zonder score: { $scales }.
report-study-beyond = Niet in het plan, en dus verkennend: { $scales }.

## report/methods/scoring

report-scoring-scoring = scores
report-scoring-scales = Schalen
report-scoring-construct = construct
report-scoring-method = methode
report-scoring-fewest-answers = minste antwoorden
report-scoring-middle = het midden
report-scoring-neutral = neutraal bij
report-scoring-composite-what-said = in de samenstelling van wat gezegd is
report-scoring-formulas = Formules (in het Engels)
report-scoring-what-measures = wat ze meet
report-scoring-cautions = let op
report-scoring-measurement-errors-gap = Meetfouten en de kloof
report-scoring-measurement-errors-z-scores = Meetfouten en z-scores komen uit { $n } sessies van dit onderzoek.
report-scoring-measurement-errors-z-scores-come = Meetfouten en z-scores komen uit 400 gesimuleerde respondenten van deze vragenlijst, tot het onderzoek 30 afgeronde sessies heeft die te scoren zijn.
report-scoring-conflict-counted-where-95 = Een conflict telt waar het 95 %-interval van wat gezegd wordt geheel aan de ene kant van nul ligt en dat van wat geassocieerd wordt geheel aan de andere, ook als een van beide nulpunten een tiende van het bereik verschuift; anders heet het neigend. De p ervan is de grootste van de twee eenzijdige. Wat gezegd wordt is het gemiddelde van de onderdelen: elke schaal met cijfers rond haar neutrale punt, en prettige min onprettige gevoelens.
report-scoring-timed-sorting-exclusions-limits = Sorteren tegen de klok: uitsluiting en grenzen van de tijdmeting
report-scoring-answers-under-fast-ms = Antwoorden onder { $fast } ms en beurten zonder toets vervallen. Een sessie valt af bij meer dan { $percent } % fouten in een blok, of als minder dan de helft van een blok overblijft (dat laatste is een eigen regel).
report-scoring-none = geen
report-scoring-sessions-timed-task-scored =
    Van { $of } { $of ->
        [one] sessie
       *[other] sessies
    } met een taak tegen de klok: gescoord { $scored }, niet gedaan { $not_done }, niet te meten { $not_timed }. Uitgesloten: { $excluded }.
report-scoring-calibrated-blocks-test-blocks = Bij { $calibrated } van { $blocks } testblokken zijn ijkgegevens bewaard; { $remote } { $remote ->
        [one] sessie is
       *[other] sessies zijn
    } getimed over een netwerk of een ander programma. Wat toetsenbord en scherm toevoegen (vaak 10 tot 50 ms) is in een terminal niet te meten; wat daarvan gelijk blijft, valt in een verschil weg.
report-scoring-classifier = classificatie
report-scoring-multinomial-logistic-regression-l2 = Multinomiale logistische regressie met een L2-straf. Kenmerken: de vier schaalgemiddelden gecentreerd binnen de persoon, aandelen van reacties op situaties, meest-minst-scores, aandelen van verdeelde punten, en nabijheid; alleen blokken die een sessie heeft. Tevredenheid, emotie en associatie horen er niet bij.
report-scoring-published-base-rates-ar = gepubliceerde cijfers; AR en EM delen de rest, onze aanname
report-scoring-chosen-report = gekozen voor dit rapport
report-scoring-prior-cs-cs-ar = A priori: CS { $cs }, AR { $ar }, EM { $em }, MP { $mp } ({ $from }). Een profiel heet onzeker als de antwoorden alleen de eerste twee modellen niet uit elkaar houden: onder { $ratio } tegen 1.
report-scoring-basis-profiles-number-sessions = Basis van de profielen, met het aantal sessies: { $basis }.
report-scoring-reference-model-fitted-reference = Het referentiemodel is berekend op { $reference_rows } gesimuleerde sessies. Daarin is het gebruikte model de norm die het sterkst leeft; de vier normen zijn onafhankelijk, met gemiddelden waaruit de gepubliceerde aandelen volgen; met de uitspraken van de vier modellen is men het even snel eens; { $careless } % antwoordt achteloos, en codeurs vergissen zich in { $errors } %, daar waar twee normen dicht bij elkaar liggen. Dit alles is aangenomen. Wat de antwoorden alleen zeggen, komt uit dezelfde simulatie met vier gelijke aandelen.
report-scoring-no-human-coder-checked = Geen menselijke codeur heeft het getoetst.
report-scoring-recovery-not-validity-study = Terugvinden, geen validiteit: { $study } gesimuleerde sessies met de vragen van deze vragenlijst, seed { $seed }, tegenover de gesimuleerde werkelijkheid. Bij 70/16/7/7 haalt wie altijd het vaakste model noemt een nauwkeurigheid van 0,70 en een gebalanceerde nauwkeurigheid van 0,25.
report-scoring-how-well-reference-model = Hoe goed het referentiemodel terugvindt wat gesimuleerd werd
report-scoring-predictor = voorspeller
report-scoring-balanced-accuracy = gebalanceerd
report-scoring-reference-model = referentiemodel
report-scoring-same-ease-spread-answers = hetzelfde, met gemak en spreiding uit de antwoorden
report-scoring-answers-alone = de antwoorden alleen
report-scoring-ceiling-generator-itself = plafond: de generator zelf

## report/plan

report-plan-how-many-interviews = Hoeveel interviews
report-plan-what-widths-are = Hoe breed de 95 %-intervallen van een rapport zijn, bij hoeveel interviews: de mediaan over { $studies } gesimuleerde onderzoeken van elke omvang. De helft ervan is wat mensen met ‘plus of min’ bedoelen.
report-plan-simulated-not-valid = Gesimuleerde mensen beantwoordden precies deze vragenlijst, en hun onderzoeken zijn verwerkt zoals elk onderzoek (seed { $seed }, wereld ‘{ $world }’). Echte mensen kunnen meer verschillen dan deze, wat intervallen breder maakt.
report-plan-alone = Iedereen staat hier op zichzelf. Klanten van één organisatie die meer op elkaar lijken dan op anderen, maken intervallen breder.
report-plan-in-organisations = De mensen van elk onderzoek komen uit { $organisations } organisaties; van alle verschillen in wat zij zeggen en associëren ligt een deel van { $alike } daartussen.
report-plan-kind-share = Aandelen
report-plan-kind-mean = Gemiddelden
report-plan-kind-difference = Verschillen tussen manieren van omgaan
report-plan-kind-agreement = Overeenstemming van codeurs
report-plan-kind-gap = Gezegd tegenover geassocieerd
report-plan-kind-reliability = Betrouwbaarheid
report-plan-widths = Breedten van intervallen
report-plan-figure = getal
report-plan-interviews = interviews
report-plan-width = breedte
report-plan-nine-in-ten = negen van de tien smaller dan
report-plan-cannot-tell = niet te zeggen
report-plan-curves-fall = Hoe meer interviews, hoe smaller de intervallen; de tabel hieronder bevat elk punt.

## report/said

report-said-answers-speak-ratio-first = De antwoorden pleiten { $ratio } voor { $first } tegenover { $second }.
report-said-answers-do-not-tell = De antwoorden houden de vier manieren van omgaan niet uit elkaar.
report-said-most-ratio = hoogstens { $ratio }
report-said-answers-do-not-tell-names = De antwoorden houden { $names } niet uit elkaar ({ $ratio }).
report-said-why-thesepause-not-those = waarom { $these }{ $pause } en niet { $those }?
report-said-once-published-rates-counted = Met de gepubliceerde cijfers erbij staat { $model } voorop ({ $percent } %).
report-said-rates-lead-untold = Met de gepubliceerde cijfers erbij ligt { $model } voor ({ $percent } %), maar niet ver genoeg om iets te zeggen.
report-said-only-because-more-common = Alleen doordat het vaker voorkomt, staat { $model } voorop als de gepubliceerde cijfers meetellen ({ $percent } %).
report-said-hardly-relation-none-four = Nauwelijks een relatie: geen van de vier haalt het midden van de schaal. Wat het sterkst is, zegt hoe de relatie is, niet hoeveel ze ertoe doet.
report-said-hardly-relation-unclear = Of er echt sprake is van een relatie, blijft onzeker: het interval van de sterkste norm loopt over het midden van de schaal heen.
report-said-name-valid-answered-needed = over { $name } { $valid } van { $of } beantwoord, { $needed } nodig
report-said-random = De antwoorden op uitspraken over een en dezelfde manier spreken elkaar zo sterk tegen als willekeurige antwoorden zouden doen: dit profiel zegt misschien weinig.
report-said-point-apart = De antwoorden lopen uiteen: samen pleiten ze voor { $first }, maar de uitspraken zetten { $model } ({ $held }) er duidelijk boven. Geen advies steunt op een van beide.
report-said-point-apart-passed-over = De antwoorden lopen uiteen: samen pleiten ze voor { $first }, maar de keuzes tussen de vier zetten er andere boven. Geen advies steunt op een van beide.
report-said-point-apart-chosen = De antwoorden lopen uiteen: samen pleiten ze voor { $first }, maar de keuzes tussen de vier zetten { $model } er duidelijk boven. Geen advies steunt op een van beide.
report-said-statements-left-out-each = De uitspraken blijven buiten beschouwing: { $each }.
report-said-situations-left-out-valid = De situaties blijven buiten beschouwing: { $valid } van { $of } beantwoord, { $needed } nodig.
report-said-points-left-out-valid = De punten blijven buiten beschouwing: verdeeld bij { $valid } van de { $of }, nodig { $needed }.
report-said-sets-most-least-left = De sets van meest en minst blijven buiten beschouwing: { $valid } van { $of } volledig, { $needed } nodig.
report-said-one-set-left-out = Eén set blijft buiten beschouwing: van meest en minst is er maar één gekozen.
report-said-sets-sets-left-out = { $sets } sets blijven buiten beschouwing: van meest en minst is er maar één gekozen.
report-said-gap-between-conscious-unconscious = De kloof tussen wat gezegd en wat geassocieerd wordt
report-said-uncorrelated-too-few = Minder dan vier sessies hebben beide, te weinig voor een correlatie tussen wat gezegd en wat geassocieerd wordt.
report-said-uncorrelated-said = Wat gezegd wordt, is hier voor iedereen hetzelfde; de correlatie met wat geassocieerd wordt is dan niet bepaald, en dat is iets anders dan nul.
report-said-uncorrelated-associated = Wat geassocieerd wordt, is hier voor iedereen hetzelfde; de correlatie met wat gezegd wordt is dan niet bepaald, en dat is iets anders dan nul.
report-said-uncorrelated-both = Wat gezegd en wat geassocieerd wordt, is hier allebei voor iedereen hetzelfde; hun correlatie is dan niet bepaald, en dat is iets anders dan nul.
report-said-uncorrelated-line = Wat gezegd en wat geassocieerd wordt, ligt hier op één lijn, waar een correlatie geen interval heeft.
report-undefined-coefficient = —: een score is hier voor iedereen hetzelfde; de coëfficiënt is dan niet bepaald, en dat is iets anders dan nul.
report-said-warm-both-sides = warm aan beide kanten
report-said-cold-both-sides = koud aan beide kanten
report-said-to-1 = tegen 1
report-said-more-than-huge = meer dan { $huge } { $to }
report-said-0 = ,0
report-said-and = en
report-said-or = of
report-said-name = ‘{ $name }’

## report/session

report-session-notes = Aantekeningen
report-session-for-the-customer = voor de klant die antwoordde
report-session-note = { $question }: { $note }
report-session-report-one-session = Rapport van één sessie
report-session-respondent = Respondent
report-session-begun = Begonnen
report-session-imported-from = Overgenomen uit
report-session-sheet = Papieren formulier
report-session-imported-row = { $file }, rij { $row }
report-session-took = Duurde
report-session-what-do = Wat hiermee te doen is
report-session-what-rests = Waar dit op berust

## report/session/gap

report-gap-not-measured = niet gemeten
report-gap-said-against-associated = Gezegd tegenover geassocieerd
report-gap-plane-two-axes-minus1 = Een vlak met twee assen van −1 tot +1. Gezegd: { $said }. Geassocieerd: { $associated }. { $verdict }.
report-gap-zero-holds = Dat blijft zo als neutraal een tiende van het bereik wordt verschoven, bij wat gezegd of bij wat geassocieerd wordt.
report-gap-zero-turns = Ligt neutraal een tiende van het bereik verderop, dan is een van de twee niet meer duidelijk.
report-gap-p-conflict-larger-two = p van een conflict (de grootste van twee eenzijdige p): { $p }.
report-gap-gap-z-against-others = Kloof in z, tegenover anderen: { $z }. Meer dan meetfout: { $error }; zeldzaam: { $rare }. Dit gaat over de afstand tussen de twee; het oordeel gaat over de vraag of ze aan weerszijden van neutraal liggen, en rust hier niet op.

## report/session/profile

report-profile-no-profile = Geen profiel
report-profile-two-ways-relating-side = Twee manieren van omgaan, naast elkaar
report-profile-how-strongly-each-norm = Hoe sterk elke norm leeft, van { $low } tot { $high }, met het 95 %-interval
report-profile-strongest-norm-answers-alone = De sterkste norm: uit de antwoorden alleen, en met gepubliceerde cijfers
report-profile-with-rates = met 2012 erbij
report-profile-for = voor
report-profile-against = tegen

## report/session/scales

report-scales-all-scores = Alle scores
report-scales-estimate-other = Inschatting van de ander
report-scales-sentiment-other = Gevoel en overig
report-scales-score = score
report-scales-range = bereik

## study

study-not-finished = niet af
study-at-least = minstens

## study/coding

study-coding-nothing-told = in deze sessie is niets in woorden verteld, en codeurs van dit onderzoek krijgen alleen woorden te zien
study-coding-other-case = codeur `{ $coder }` verschilt alleen in hoofdletters van `{ $known }`, die al in dit onderzoek heeft gecodeerd; neem `{ $known }`, of een andere code

## study/retention

study-retention-day-changed = De dag tot en met wanneer dit onderzoek bewaard mag worden is buiten relata om gewijzigd, zodat niet meer bekend is wat er beloofd is. Stel hem opnieuw in met `relata study retention`.
study-retention-study-kept-until-until = Dit onderzoek mocht tot en met { $until } bewaard worden; die dag is voorbij. Wis het, of stel een andere dag in met `relata study retention`.
study-retention-study-may-kept-until = Dit onderzoek mag tot en met vandaag bewaard worden.
study-retention-study-may-kept-until-until =
    Dit onderzoek mag tot en met { $until } bewaard worden: nog { $days } { $days ->
        [one] dag
       *[other] dagen
    }.

## study/transcripts

study-transcripts-transcript = Transcript
study-transcripts-transcript-of-several = Transcript { $number }
study-transcripts-interviewer = Interviewer
study-transcripts-respondent = Respondent
study-transcripts-marked-before = Eerder gemarkeerd; niet meer te zien
study-transcripts-somebody = Iemand

## study/projects

study-projects-answers = antwoorden
study-projects-models = Relationele modellen
study-projects-dominants = Dominant model
study-projects-seconds = Tweede model
study-projects-confidences = Zekerheid
study-projects-settled-models = Vastgesteld model
study-projects-mark = aanwijzing { $model } { $strength }
study-projects-dominant = dominant: { $model }
study-projects-second = tweede: { $model }
study-projects-confidence = zekerheid { $sure }
study-projects-settled = vastgesteld: { $model }
study-projects-settled-second = vastgesteld als tweede: { $model }
study-projects-about-mark = Een heel antwoord of een hele beurt wijst op het model: 0 helemaal niet, 3 sterk.
study-projects-about-whole = Van de hele sessie: codeer de tekst hiermee, één keer per codeur.
study-projects-about-confidence = Hoe zeker de codeur is van het dominante model: 1 een gok, 5 zeker. Codeer de tekst hiermee.
study-projects-about-settled = Wat de codeurs samen hebben vastgesteld.

## study/tables

study-tables-one-row-session = één rij per sessie
study-tables-one-row-timed-trial = Eén rij per beurt van het sorteren tegen de klok
study-tables-one-row-event = Eén rij per gebeurtenis
study-tables-one-row-code-coder = Eén rij per code van een codeur

## study/tables/answers

study-answers-everyone = iedereen
study-answers-to = tot en met
study-answers-at-most = hoogstens
study-answers-in = in
study-answers-most-longest-characters = hoogstens { $longest } tekens
study-answers-must-satisfy = moet voldoen aan
study-answers-offered-if = ‘{ $label }’ alleen als { $condition }
study-answers-default = { $shown } staat er vooraf

## study/tables/codes

study-codes-model-coders-give = model dat de codeurs geven
study-codes-second-model-code = tweede model van die code
study-codes-what-code-rests = waar die code op berust
study-codes-settled-coders-together = door de codeurs samen vastgesteld
study-codes-more-than-half-coders = meer dan de helft van de codeurs
study-codes-no-code-coders-differ = geen code: de codeurs verschillen
study-codes-number-coders = aantal codeurs
study-codes-code-coder = code van de codeur
study-codes-when-saved-utc = wanneer bewaard (UTC)
study-codes-whether-settles-session-all = of het de sessie voor allen vaststelt
study-codes-model-respondent-uses-most = het model dat de respondent het meest gebruikt
study-codes-second-model = het tweede model
study-codes-confidence-1-guess-5 = zekerheid, 1 (een gok) tot 5 (zeker)
study-codes-marks-evidence-item-model = bewijs: vraag, model, sterkte
study-codes-seen = waarop de code berust
study-codes-seen-narrative = alleen wat in woorden is verteld
study-codes-seen-whole = alle antwoorden
study-codes-seen-mixed = codes die op verschillende dingen berusten
study-codes-first = of het de eerste, onafhankelijke code van de codeur is, waarmee overeenstemming wordt berekend
study-codes-latest = of geen latere code haar vervangt; de training neemt de laatste
study-codes-blind = of zij is gegeven voordat de codeur zag wat anderen of het model zeggen
study-codes-passages = passages als bewijs: vraag, eerste teken en het teken na het laatste (vanaf 0), model
study-codes-passage-words = woorden van die passages
study-codes-note-coder = notitie van de codeur
study-codes-simulated-model-respondent = gesimuleerd: het model van de respondent
study-codes-simulated-model-other-side = gesimuleerd: het model van de andere kant
study-codes-simulated-what-fallible-coder = gesimuleerd: wat een feilbare codeur zou zeggen

## study/tables/derived

study-derived-classifier-fitted-exactly-blocks = de classificator, gefit op precies de blokken die de sessie heeft, uit de antwoorden van dit perspectief en de veronderstelde aandelen van de vier modellen
study-derived-model-highest-four-probabilities = het model met de hoogste van de vier kansen
study-derived-model-second-highest-four = het model met de op een na hoogste van de vier kansen
study-derived-highest-four-probabilities-less = de hoogste van de vier kansen min de op een na hoogste
study-derived-yes-where-answers-themselves = ja waar de antwoorden op zichzelf de eerste twee modellen niet uit elkaar houden, minder dan 3 tegen 1
study-derived-same-classifier-fitted-even = dezelfde classificator, gefit met gelijke aandelen van de vier modellen: wat de antwoorden op zichzelf zeggen
study-derived-model-highest-four-probabilities-under = het model met de hoogste van de vier kansen bij gelijke aandelen
study-derived-highest-probability-under-even = de hoogste kans bij gelijke aandelen gedeeld door de volgende, hoogstens een miljoen
study-derived-mean-statements-norm-answered = het gemiddelde van de beantwoorde uitspraken over deze norm, op de antwoordschaal, zonder a-prioriverdeling
study-derived-half-width-95-percent = de halve breedte van het 95 %-scorebetrouwbaarheidsinterval van die sterkte, in eenheden van een normale fout
study-derived-low-where-none-four = laag waar de 95 %-intervallen van alle vier schaalgemiddelden van dit perspectief onder het midden van de antwoordschaal liggen, gewoon waar er een boven ligt, anders niet te zeggen
study-derived-mean-four-scale-means = gemiddelde van de vier schaalgemiddelden van dit perspectief, elk op −1…+1 gebracht
study-derived-scales-explicit-sentiment-brought = de schalen van expliciet sentiment, op −1…+1 gebracht
study-derived-standard-error-gap-explicit = de standaardfout van `gap_explicit`
study-derived-indirect-measure-leads-gap = de indirecte maat die leidt (`gap_measure`), op −1…+1 gebracht
study-derived-standard-error-gap-indirect = de standaardfout van `gap_indirect`
study-derived-larger-two-one-sided = de grootste van de twee eenzijdige p-waarden, van `gap_explicit` en `gap_indirect` tegen nul met hun standaardfouten
study-derived-z-score-gap-explicit = de z-score van `gap_explicit` min die van `gap_indirect`, binnen het onderzoek of de referentiegroep
study-derived-timed-measure-where-valid = het sorteren tegen de klok waar dat geldig is, anders vrije associatie
study-derived-yes-where-95-percent = ja waar de 95 %-intervallen van `gap_explicit` en `gap_indirect` geheel aan weerszijden van nul liggen
study-derived-whether-gap-z-more = of `gap_z` meer is dan de meetfout van beide maten
study-derived-whether-so-large-gap = of zo'n grote `gap_z` zeldzaam is onder degenen met wie vergeleken wordt
study-derived-direction-gap-z-where = de richting van `gap_z` waar die betrouwbaar en zeldzaam is en de tekens niet tegengesteld zijn
study-derived-signs-gap-explicit-gap = de tekens van `gap_explicit` en `gap_indirect`, elk open waar het 95 %-interval nul bevat
study-derived-two-measures-missing-interval = welke van de twee maten ontbreekt, of welk interval nul bevat

## study/tables/journal

study-journal-left = links
study-journal-right = rechts
study-journal-block-1 = blok, vanaf 1
study-journal-whether-block-counts-practice = of het blok telt; oefenen telt niet
study-journal-what-shares-key-organisation = wat een toets deelt met de organisatie
study-journal-trial-1 = beurt, vanaf 1
study-journal-what-shown = wat er stond
study-journal-organisation = organisatie
study-journal-what-belongs = waar het bij hoort
study-journal-right-key = de goede toets
study-journal-first-key = de eerste toets
study-journal-whether-first-key-right = of de eerste toets goed was
study-journal-milliseconds-stimulus-first-key = milliseconden van het woord tot de eerste toets
study-journal-number-session-0 = nummer in de sessie, vanaf 0
study-journal-when-utc = wanneer (UTC)
study-journal-what-happened = wat er gebeurde
study-journal-item-section-field-about = vraag, onderdeel of veld waar het over gaat
study-journal-prompt-item-0 = deelvraag, vanaf 0
study-journal-what-entered-json = wat er is ingevoerd, als JSON
study-journal-went-back = ging terug
study-journal-went-without-new-answer = ging verder zonder nieuw antwoord
study-journal-jumped-section = sprong naar een onderdeel
study-journal-opened-item-review = opende een vraag vanuit het overzicht
study-journal-made-note = maakte een notitie
study-journal-corrected-field = verbeterde een veld
study-journal-changed-language = wisselde van taal
study-journal-paused = pauzeerde
study-journal-went-on = ging door
study-journal-handed-keyboard-over = gaf het toetsenbord door
study-journal-imported = kwam uit een bestand van een ander programma
study-journal-sheet = werd overgenomen van een papieren formulier
study-journal-ended = eindigde

## study/tables/paradata

study-paradata-code-respondent = code van de respondent
study-paradata-answers-program-not-person = antwoorden van een programma, niet van een mens
study-paradata-rehearsal-must-not-count = proefsessie die niet mag meetellen
study-paradata-code-interviewer = code van de interviewer
study-paradata-formerly = hoe deze klant eerder heette, als dat is gemeld
study-paradata-begin-utc = begin (UTC)
study-paradata-last-event-utc = laatste gebeurtenis (UTC)
study-paradata-minutes-pauses-left-out = minuten, zonder pauzes
study-paradata-finished = af
study-paradata-stopped-respondent-answers-kept = door de respondent gestopt, antwoorden bewaard
study-paradata-where-session-stands = hoe het met de sessie staat
study-paradata-on-screens = op schermen
study-paradata-line-line = regel voor regel
study-paradata-simulated = gesimuleerd
study-paradata-in-browser = in een browser
study-paradata-on-paper = op papier
study-paradata-imported = uit een ander programma
study-paradata-imported-from = Bestand waaruit de antwoorden zijn overgenomen
study-paradata-sheet = Nummer van het papieren formulier
study-paradata-imported-row = Rij in dat bestand
study-paradata-how-answers-came = hoe antwoorden binnenkwamen
study-paradata-language-end = taal aan het einde
study-paradata-version-consent-text-agreed = versie van de toestemmingstekst waarop ja of nee is gezegd
study-paradata-version-questionnaire = versie van de vragenlijst
study-paradata-sha-256-questionnaire = SHA-256 van de vragenlijst
study-paradata-version-relata = versie van relata
study-paradata-seed-every-random-order = beginwaarde van elke willekeurige volgorde
study-paradata-events = gebeurtenissen
study-paradata-seconds = seconden
study-paradata-changed-answers = gewijzigde antwoorden
study-paradata-place-section = plaats in het onderdeel
study-paradata-order-shown = getoonde volgorde

## study/tables/results

study-results-standard-error = standaardfout
study-results-probability-of = kans op{" "}
study-results-most-probable-model = waarschijnlijkste model
study-results-second-model = tweede model
study-results-lead-first-model-over = voorsprong van het eerste op het tweede model
study-results-answers-do-not-tell = antwoorden houden de eerste twee niet uit elkaar
study-results-probability-being-strongest-answers = kans de sterkste te zijn, uit de antwoorden alleen:{" "}
study-results-model-answers-alone-speak = model waarvoor de antwoorden alleen pleiten
study-results-times-likelier-than-next = maal zo waarschijnlijk als het volgende
study-results-strength-norm = sterkte van de norm:{" "}
study-results-low = laag
study-results-unclear = niet te zeggen
study-results-normal = gewoon
study-results-engagement = betrokkenheid
study-results-mean-four-model-scales = gemiddelde van de vier modelschalen, −1…+1
study-results-said-minus1-1 = gezegd, −1…+1
study-results-associated-minus1-1 = geassocieerd, −1…+1
study-results-p-conflict-signs = p van tegengestelde tekens
study-results-difference-z-scores = verschil van de z-scores
study-results-indirect-measure-leads = de indirecte maat die leidt
study-results-both-intervals-opposite-sides = beide intervallen aan weerszijden van nul
study-results-more-than-measurement-error = meer dan meetfout
study-results-rare-among-others = zeldzaam onder anderen
study-results-says-warmer-than-others = zegt het warmer dan anderen die zo associëren
study-results-says-colder-than-others = zegt het kouder dan anderen die zo associëren
study-results-reliable-rare-difference-without = betrouwbaar en zeldzaam verschil zonder tegengestelde tekens
study-results-verdict-gap = oordeel over de kloof
study-results-why-no-verdict-open = waarom er geen oordeel is, of een open

## study/tables/words

study-words-version-consent-text = versie van de toestemmingstekst
study-words-word-digits = woord { $digits }
study-words-valence-word-digits-minus3 = waardering van woord { $digits }, −3 tot +3
study-words-milliseconds-first-key-word = milliseconden tot de eerste toets van woord { $digits }
study-words-milliseconds-enter-after-word = milliseconden tot Enter na woord { $digits }
study-words-paired-pleasant-words-what = samen met prettige woorden, { $what }
study-words-paired-unpleasant-words-what = samen met onprettige woorden, { $what }
study-words-pairing-came-first = de koppeling die eerst kwam
study-words-key-pleasant-words = de toets van prettige woorden
study-words-what-lay-between-program = wat er tussen programma en toetsenbord lag
study-words-microseconds-draw-frame-median = microseconden om een beeld te tekenen, mediaan
study-words-microseconds-waiting-thread-wakes = microseconden waarmee een wachtende draad te laat wakker wordt, 99e percentiel
study-words-microseconds-terminal-answered-question = microseconden waarin de terminal een vraag beantwoordde, heen en terug
study-words-trials-key = beurten met een toets
study-words-share-wrong-answers = aandeel foute antwoorden
study-words-trials-without-key = beurten zonder toets
study-words-mean-latency-right-answers = gemiddelde reactietijd van goede antwoorden, milliseconden
study-words-keys-came-too-early = toetsen die te vroeg kwamen
study-words-keys-repeated-keyboard = toetsen die het toetsenbord herhaalde

## tui

tui-nothing = {""}

tui-space-bar = spatie
tui-key-go = verder
tui-key-done = klaar
tui-key-digits = antwoord
tui-key-choose = kiezen
tui-key-move = schuiven
tui-key-negative = onder nul
tui-key-earlier = eerder woord
tui-key-stop = voor nu stoppen
tui-key-stay = terug naar de vraag
tui-key-save-page = bewaren als pagina
tui-key-again = opnieuw beoordelen
tui-key-toggle = aankruisen
tui-key-models = model
tui-key-strength = sterkte
tui-key-passage = passage
tui-key-word = woord
tui-key-search = woord zoeken
tui-key-find = zoeken
tui-key-grow = meer woorden
tui-key-other-words = notitie
tui-key-sure = hoe zeker
tui-key-save-code = code bewaren
tui-key-settle = vaststellen
tui-key-recode = opnieuw coderen
tui-key-code = coderen
tui-key-rest = de rest hier
tui-key-take-back = terugnemen
tui-key-declined = liever niet zeggen
tui-key-dont-know = weet niet
tui-key-back = terug
tui-key-forward = verder
tui-key-finish = afronden
tui-key-note = notitie
tui-key-sections = onderdelen
tui-key-pause = pauze
tui-key-language = English
tui-key-keyboard = toetsenbord terug
tui-key-elsewhere = elders bewaren
tui-key-withdraw = niet meer meedoen
tui-key-rehearsal = proef
tui-key-field = veld
tui-key-tab = pagina
tui-key-expand = alle antwoorden
tui-key-open = openen
tui-key-study = bevindingen van het onderzoek
tui-key-filter = filter
tui-key-clear = wissen
tui-key-show = tonen
tui-key-change = wijzigen
tui-key-close = sluiten
tui-key-scroll = bladeren
tui-key-leap = meer
tui-key-help = toetsen
tui-key-leave = bewaren en stoppen
tui-key-stop-with-code = stoppen, met de code
tui-key-quit = stoppen

tui-help-go = Dit antwoord vastleggen en naar de volgende vraag.
tui-help-done = De tekst afronden waar Enter een nieuwe regel begint.
tui-help-digits = Antwoorden met een cijfer. Bij langere schalen: meer cijfers en dan Enter.
tui-help-choose = Door antwoorden, rijen of een lijst lopen.
tui-help-move = De markering op een schaal één punt schuiven; bij verdelen vijf punten erbij of eraf.
tui-help-negative = Het volgende cijfer is een punt onder nul; zonder teken ligt het erboven.
tui-help-slide = De markering op een schaal één punt schuiven; + en − doen hetzelfde.
tui-help-earlier = Naar het vorige woord, om het te verbeteren. De woorden erna blijven staan.
tui-help-stay = Terug naar de vraag; er is niets gebeurd.
tui-help-save-page = De uitkomst bewaren als pagina voor een browser en voor papier, naast het onderzoek of op een andere plek.
tui-help-again = De volgende beoordeling van deze relatie beginnen, met alles ingevuld wat ervan bekend is.
tui-help-toggle = Een antwoord aankruisen, of het kruisje weghalen.
tui-help-models = Gemeenschappelijk delen (c), rangorde (a), gelijk oversteken (e) of markt en prijs (m): bij een antwoord, dat als aanwijzing voor dat model markeren, en nog eens voor sterker; op de pagina van de code, het kiezen.
tui-help-strength = Hoe sterk dit antwoord voor het model spreekt: 0 helemaal niet, 3 heel sterk.
tui-help-passage = Markeert een passage van dit antwoord, of van de notitie erbij, als aanwijzing: ← → kiezen woorden, met de spatiebalk worden het er meer, en c a e m markeert ze voor een model. Esc stopt ermee.
tui-help-word = Het volgende of het vorige woord; met Shift een woord meer of minder. ↑ ↓ gaan een regel verder.
tui-help-search = Zoekt elke plaats van een woord in de antwoorden en het transcript, met wat eromheen staat: ↑ ↓ kiezen een plaats, Enter gaat erheen en kiest het woord, zodat c a e m het kan markeren.
tui-help-find = Zoekt regels van dit scherm op code, naam, vragenlijst of dag; alle vragenlijsten horen erbij.
tui-help-grow = Vanaf dit woord nemen ← → er meer; nog eens: alleen dit woord.
tui-help-other-words = Van het antwoord naar de notitie erbij, en terug.
tui-help-sure = Hoe zeker u van de code bent: 1 een gok, 5 zeker.
tui-help-save-code = De code bewaren. Daarna ziet u wat andere codeurs zeggen; wat het model van relata zegt, als uw hele lijst is gecodeerd.
tui-help-settle = De code invoeren die alle codeurs samen hebben vastgesteld.
tui-help-recode = Dit interview opnieuw coderen. De eerdere code blijft in het bestand; de laatste telt.
tui-help-code = Een afgerond interview coderen: welk relatiemodel gebruikt de respondent?
tui-help-rest = Alle punten die over zijn aan deze regel geven.
tui-help-take-back = Het laatste cijfer, de laatst gegeven plaats of de markering terugnemen.
tui-help-declined = Liever niet zeggen. Dat is ook een antwoord; bij meer rijen geldt het voor deze rij.
tui-help-dont-know = Weet niet. Dat is ook een antwoord; bij meer rijen geldt het voor deze rij.
tui-help-all-declined = Liever niet zeggen, voor alle rijen tegelijk.
tui-help-all-dont-know = Weet niet, voor alle rijen tegelijk.
tui-help-back = Terug naar de vorige vraag. Er gaat niets verloren.
tui-help-forward = Naar de volgende vraag, met het antwoord dat er staat.
tui-help-finish = Het interview afronden, als elke vraag een antwoord heeft.
tui-help-note = Een notitie bij deze vraag schrijven.
tui-help-sections = Naar een ander onderdeel; antwoorden blijven staan.
tui-help-pause = Pauze: de klok staat stil en de vraag is verborgen.
tui-help-language = Van taal wisselen, op elk moment.
tui-help-keyboard = De interviewer neemt het toetsenbord terug van de respondent.
tui-help-save-elsewhere = Het hele interview in een ander bestand bewaren en daar verdergaan.
tui-help-withdraw = De respondent wil niet langer meedoen. Er wordt om bevestiging gevraagd.
tui-help-rehearsal = Er een proefsessie van maken, die bewaard blijft en nergens meetelt; of weer een echte.
tui-help-field = Naar het volgende of vorige veld.
tui-help-tab = Naar de volgende of vorige pagina van de uitkomst.
tui-help-expand = Alle redenen met alle antwoorden erachter tonen, of weer minder.
tui-help-open = Openen wat gemarkeerd is.
tui-help-study = Wat het hele onderzoek vond.
tui-help-filter = Kiezen over welke interviews de bevindingen gaan.
tui-help-clear = Alle keuzes van het filter wissen.
tui-help-show = De bevindingen met dit filter tonen.
tui-help-change = Naar de volgende of vorige keuze op deze regel.
tui-help-close = Dit sluiten en terug.
tui-help-scroll = Regel voor regel door de tekst.
tui-help-leap = Bladeren als niet alles past.
tui-help-help = Deze lijst.
tui-help-leave = Voor nu stoppen. Alles is bewaard en kan later verder.
tui-help-quit = relata verlaten.
tui-help-suspend = relata even opzij; met `fg` komt het terug.
tui-help-title = Toetsen
tui-help-now = Wat nu werkt
tui-help-elsewhere = Wat elders werkt
tui-help-words = Tijdens het typen van tekst is elke letter tekst; gebruik dan de functie- en Ctrl-toetsen. Ctrl+U wist de regel en Ctrl+Y zet hem terug.

tui-too-small = Maak dit venster groter.
tui-too-small-size = Het is { $width } kolommen bij { $height } rijen; { $least_width } bij { $least_height } is genoeg.

tui-section-of = onderdeel { $here } van { $of }
tui-minutes-of = { $spent } van ongeveer { $planned } min
tui-about-minutes =
    ongeveer { $minutes } { $minutes ->
        [one] minuut
       *[other] minuten
    }
tui-for-interviewer =
    { $address ->
        [informal] Voor jou als interviewer
       *[formal] Voor u als interviewer
    }
tui-ask-on = Doorvragen
tui-your-note = Notitie
tui-elsewhere-title = In een ander bestand bewaren
tui-elsewhere-words = Er is niets verloren: het hele interview is er nog. Enter bewaart het in dit bestand, samen met de andere sessies van het onderzoek als het oude bestand nog te lezen is, en het gaat daar verder.
tui-elsewhere-hint = { $why } F12 bewaart alles in een ander bestand.
tui-coding-elsewhere-words = Er is niets verloren: wat u invoerde is er nog. Enter bewaart het in dit bestand, met het interview en zijn codes, en u gaat daar verder. Voeg de bestanden later samen.
tui-coding-elsewhere-hint = { $why } Wat u invoert blijft zolang hier. F12 bewaart het in een ander bestand.
tui-coding-saved-in = Wat u invoerde is bewaard in { $place }, met het interview en zijn codes, en u gaat daar verder.
tui-coding-leave-anyway = { $why } Wat u invoerde is nog niet bewaard: F12 bewaart het in een ander bestand; nog eens Esc vertrekt zonder.
tui-elsewhere-cancel = Esc gaat terug, om het op de oude plek nog eens te proberen.
tui-note-title = Notitie bij deze vraag
tui-note-words = Alleen voor de interviewer. De notitie wordt tijdens het typen bewaard.
tui-note-words-alone =
    { $address ->
        [informal] Voor jezelf, en voor wie het onderzoek uitwerkt. De notitie wordt tijdens het typen bewaard.
       *[formal] Voor uzelf, en voor wie het onderzoek uitwerkt. De notitie wordt tijdens het typen bewaard.
    }
tui-optional = Deze vraag mag open blijven.
tui-row-left = Deze rij heeft nog geen antwoord.
tui-choose-one = Kies eerst een antwoord.
tui-choose-none = Er is niets gekozen. Nog eens Enter als geen ervan geldt, kies anders eerst.
tui-your-answer = Antwoord
tui-between-points = een getal van { $from } tot en met { $to }
tui-number-here = Typ een getal.
tui-whole-number = een heel getal
tui-whole-between = een heel getal van { $from } tot en met { $to }
tui-at-least = { $least } of meer
tui-at-most = { $most } of minder
tui-date-form = jaar-maand-dag, bijvoorbeeld 2026-01-31
tui-date-from = vanaf { $day }
tui-date-to = tot en met { $day }
tui-pick-between = Kies er { $least } tot { $most }.
tui-pick-exactly = Kies er { $count }.
tui-pick-at-most = Kies er hoogstens { $most }.
tui-pick-any =
    { $address ->
        [informal] Kies er zoveel als je wilt.
       *[formal] Kies er zoveel als u wilt.
    }
tui-rank-all = Zet alle { $places } op volgorde, de eerste voorop: nog { $left } te gaan.
tui-rank-places = Zet er { $places } op volgorde, de eerste voorop: nog { $left } te gaan.
tui-rank-full = Alle plaatsen zijn gevuld. Druk op Enter om de volgorde te bevestigen.
tui-points-left = nog { $left } van { $of } punten
tui-points-over =
    { $over } { $over ->
        [one] punt
       *[other] punten
    } te veel; er zijn er { $of } te verdelen
tui-points-done = Alle { $all } punten zijn verdeeld. Enter legt dit vast.
tui-no-more = Niets meer? Druk op Enter op de lege regel.

tui-note-item = Lees dit en druk dan op Enter.

tui-over-title = Geef het toetsenbord aan de respondent
tui-consent-more = Er is nog meer te lezen voordat hiermee kan worden ingestemd. Hier gaat het verder.
tui-over-words = Het volgende deel is voor de respondent zelf: { $section }.
tui-over-words-plain = Het volgende deel is voor de respondent zelf.
tui-over-more =
    { $address ->
        [informal] Je notities, hulpvragen en eerdere antwoorden zijn niet te zien tot je het toetsenbord terugneemt.
       *[formal] Uw notities, hulpvragen en eerdere antwoorden zijn niet te zien tot u het toetsenbord terugneemt.
    }
tui-over-key =
    { $address ->
        [informal] Respondent: druk op Enter als je zover bent.
       *[formal] Respondent: druk op Enter als u zover bent.
    }
tui-back-title = Geef het toetsenbord terug
tui-back-words =
    { $address ->
        [informal] Dank je wel. Dit deel is klaar; de interviewer gaat hier verder.
       *[formal] Dank u wel. Dit deel is klaar; de interviewer gaat hier verder.
    }
tui-back-key = Interviewer: druk op F8 (of Ctrl+T) om het toetsenbord over te nemen.
tui-back-enter = Hier gaat alleen de interviewer verder, met F8.
tui-paused-title = Pauze
tui-paused-words = De klok staat stil en de vraag is verborgen. Alles is bewaard.
tui-paused-key = Druk op Enter om verder te gaan.

tui-sections-title = Naar een onderdeel
tui-here =
    { $address ->
        [informal] je bent hier
       *[formal] u bent hier
    }

tui-withdraw-title = Niet meer meedoen?
tui-withdraw-words = Het interview eindigt hier en kan niet verder. Typ een van deze woorden en druk op Enter:
tui-withdraw-stop = stop
tui-withdraw-erase = wissen
tui-withdraw-stop-words = stoppen, en bewaren wat tot nu toe is geantwoord
tui-withdraw-erase-words = stoppen, en alles van dit interview voorgoed wissen
tui-withdraw-cancel =
    { $address ->
        [informal] Met Esc ga je terug naar de vraag.
       *[formal] Met Esc gaat u terug naar de vraag.
    }
tui-withdraw-which = Typ `{ $stop }` of `{ $erase }`, of druk op Esc om door te gaan.
tui-withdrawn-title = Het interview is gestopt
tui-withdrawn-words = De antwoorden tot nu toe zijn bewaard.
tui-erased-words = Alles van dit interview is gewist.
tui-any-enter = Enter sluit dit.

tui-leave-title = Voor nu stoppen?
tui-kiosk-code = Dit apparaat gaat van hand tot hand: iedereen krijgt de kaart voor de volgende, en niemand ziet sessies of resultaten. Met deze code stopt dat (Ctrl+Q op die kaart):
tui-kiosk-code-once = Noteer de code nu; ze wordt niet nog eens getoond.
tui-kiosk-hand-over = Enter toont de kaart voor de eerste persoon.
tui-kiosk-begin = Enter begint.
tui-kiosk-asked = De code van wie dit apparaat beheert:
tui-kiosk-wrong = Dat is de code niet.
tui-kiosk-next = Het apparaat mag naar de volgende.
tui-kiosk-elsewhere = Roep degene die dit apparaat beheert en laat het zo staan: alle antwoorden zijn er nog. Voor die persoon:
tui-kiosk-leave = Alles tot en met deze vraag is bewaard. Wie dit apparaat beheert, kan het interview later weer openen.
tui-leave-words =
    { $address ->
        [informal] Alles is bewaard tot en met deze vraag. Ga later verder vanaf het beginscherm of met `relata resume`; de hele opdracht zie je als je stopt.
       *[formal] Alles is bewaard tot en met deze vraag. Ga later verder vanaf het beginscherm of met `relata resume`; de hele opdracht ziet u als u stopt.
    }
tui-leave-untouched = Er is nog niets geantwoord; er wordt dus niets bewaard.
tui-leave-unkept =
    { $address ->
        [informal] Wat vóór deze vraag is geantwoord, is bewaard; wat je hier hebt ingevuld niet. Met Esc ga je ernaar terug, en met F12 bewaar je het hele interview in een ander bestand. Stop je nu, dan gaat verloren wat je hier hebt ingevuld.
       *[formal] Wat vóór deze vraag is geantwoord, is bewaard; wat u hier hebt ingevuld niet. Met Esc gaat u ernaar terug, en met F12 bewaart u het hele interview in een ander bestand. Stopt u nu, dan gaat verloren wat u hier hebt ingevuld.
    }
tui-leave-key =
    { $address ->
        [informal] Met Enter stop je, met Esc ga je terug naar de vraag.
       *[formal] Met Enter stopt u, met Esc gaat u terug naar de vraag.
    }

tui-review-title = Alle antwoorden
tui-review-open = open
tui-review-left =
    { $open ->
        [one] Eén vraag heeft nog een antwoord nodig.
       *[other] { $open } vragen hebben nog een antwoord nodig.
    }
tui-review-ready =
    { $address ->
        [informal] Alles heeft een antwoord. Met Enter ga je verder; met ↑ en ↓ kom je bij een antwoord dat je wilt veranderen.
       *[formal] Alles heeft een antwoord. Met Enter gaat u verder; met ↑ en ↓ komt u bij een antwoord dat u wilt veranderen.
    }
tui-review-passed = opengelaten

tui-thanks-title =
    { $address ->
        [informal] Dank je wel
       *[formal] Dank u wel
    }
tui-thanks-words =
    { $address ->
        [informal] Dat was de laatste vraag. Je antwoorden zijn bewaard.
       *[formal] Dat was de laatste vraag. Uw antwoorden zijn bewaard.
    }
tui-refused-title = Geen interview
tui-moment-title = Een ogenblik
tui-moment-study = De interviews worden gelezen.
tui-moment-words = De uitkomst wordt berekend.
tui-trouble-title = Dat is niet gelukt

tui-home-lead = Interviews over hoe mensen met een organisatie omgaan
tui-home-study = Onderzoek
tui-home-first = Er staat nog niets in dit onderzoek. Kies een interview om met het eerste te beginnen; na acht minuten ziet u al een uitkomst.
tui-home-continue = Verdergaan
tui-home-new = Nieuw interview
tui-home-done = Afgerond
tui-home-relations = Relaties
relation-level = niet te onderscheiden
relation-parted = lopen uiteen
relation-low = nauwelijks een relatie
relation-random = spreken elkaar tegen
relation-declined = wilde niet antwoorden, { $at }
relation-staying = liever wel
relation-undecided = onbeslist
relation-leaving = liever niet
relation-due-again = opnieuw beoordelen
relation-due-theirs = vraag naar hun kijk
relation-due-ours = zelf beoordelen
relation-formerly = eerder: { $names }
tui-rehearsal = proef
tui-rehearsal-mark = PROEF
tui-form-rehearsal = Proef: wordt bewaard, gemarkeerd en telt nergens mee.
tui-home-simulated = gesimuleerd
tui-home-no-consent = geen akkoord
tui-home-of = { $done } van { $of }
tui-home-no-instruments = Er zijn geen vragenlijsten om uit te kiezen.
tui-home-more = Meer: bouwstenen, succesfactoren, relationele relevantie, drie dimensies
tui-home-find = Een code, een naam, een vragenlijst of een dag:
tui-home-not-found = Hier staat niets waar dat in voorkomt.
tui-state-finished = afgerond
tui-state-refused = zonder ja
tui-state-withdrawn = gestopt

tui-form-respondent = Code van de respondent
tui-form-respondent-own = Eigen code
tui-form-respondent-client = Code van de klant
tui-form-respondent-hint = Een code, nooit een naam. Bewaar ergens anders wie wie is.
tui-form-respondent-account = Een code voor deze klant, nooit een naam: ook de klant antwoordt onder deze code. Wie er al een heeft, krijgt die op naam terug.
tui-form-respondent-again = De code van deze klant van eerder. Een andere klant met die naam krijgt een andere, bijvoorbeeld { $code }.
tui-form-renamed = Nieuwe naam van { $before }: de relatie loopt onder deze naam door. Een andere klant krijgt ook een andere code.
tui-form-interviewer = Code van de interviewer
tui-form-interviewer-hint = Mag leeg blijven.
tui-form-assessor =
    { $address ->
        [informal] Je eigen code
       *[formal] Uw eigen code
    }
tui-form-assessor-hint =
    { $address ->
        [informal] Ingevuld is de code van wie deze klant het laatst beoordeelde. Was jij dat niet, vul dan je eigen code in: alleen antwoorden van één persoon worden in de tijd vergeleken.
       *[formal] Ingevuld is de code van wie deze klant het laatst beoordeelde. Was u dat niet, vul dan uw eigen code in: alleen antwoorden van één persoon worden in de tijd vergeleken.
    }
tui-form-language = Taal
tui-form-language-hint = Wissel met spatie of ← →; dat kan later ook nog.
tui-form-begin = Beginnen
tui-form-instrument = Vragenlijst
tui-form-instrument-hint = ← → kiest een andere. Wat is ingevuld, blijft staan.
tui-form-needed = Vul dit in.
tui-form-code-only = Zonder spaties: letters, cijfers, `-`, `_`, `.`; eerst een letter of cijfer.
tui-form-optional = mag leeg blijven

tui-sort-left = { $key }  links
tui-sort-right = rechts  { $key }
tui-sort-or = {" "}of{" "}
tui-sort-how =
    { $address ->
        [informal] Er verschijnen woorden, één voor één. Leg van elke hand een vinger op E en I en druk op de toets van de kant waar het woord hoort, zo snel je kunt. Een fout nu en dan is niet erg. Esc stopt de ronde; die begint dan opnieuw.
       *[formal] Er verschijnen woorden, één voor één. Leg van elke hand een vinger op E en I en druk op de toets van de kant waar het woord hoort, zo snel u kunt. Een fout nu en dan is niet erg. Esc stopt de ronde; die begint dan opnieuw.
    }
tui-sort-round = Ronde { $round } van { $of }: { $words } woorden.
tui-sort-again = ! Deze ronde is afgebroken en begint dus opnieuw.
tui-sort-begin = Enter begint.
tui-sort-done = ✓ Deze ronde is gedaan.
tui-sort-right-answer = ○ juist
tui-sort-wrong-answer = ✗ onjuist
tui-sort-faster = » sneller!

tui-coding-title = Een interview coderen
tui-coding-who = Uw code als codeur
tui-coding-who-hint = Een code, nooit een naam; dezelfde voor elk interview dat u codeert.
tui-coding-blind = U leest antwoorden, notities en associaties. Wat anderen codeerden, ziet u als uw eigen code is bewaard; wat het model van relata zegt, als uw hele lijst is gecodeerd. Scores zijn niet te zien. Alles wat u invoert wordt meteen bewaard.
tui-coding-coder = codeur { $coder }
tui-coding-interview = Interview
tui-coding-code = Code
tui-coding-consensus = Consensus
tui-coding-marked = uw markeringen:
tui-coding-no-mark = niet gemarkeerd: c a e m markeert het voor een model
tui-coding-transcript = Transcript
tui-coding-search-title = Een woord in zijn context
tui-coding-search = Welk woord?
tui-coding-places = { $places ->
    [0] Het staat nergens.
    [one] Het staat op 1 plaats.
   *[other] Het staat op { $places } plaatsen.
}
tui-coding-held-back = { $transcripts ->
    [one] Eén transcript is niet te zien: er kunnen oordelen in worden uitgesproken, en die krijgen codeurs van dit onderzoek niet te zien.
   *[other] { $transcripts } transcripten zijn niet te zien: er kunnen oordelen in worden uitgesproken, en die krijgen codeurs van dit onderzoek niet te zien.
}
tui-coding-more-turns = { $turns ->
    [one] … nog 1 beurt
   *[other] … nog { $turns } beurten
}
tui-coding-no-words = Hier is niets in woorden verteld, dus er is geen passage te markeren.
tui-coding-words-alone = alleen woorden
tui-coding-withheld = (krijgen codeurs niet te zien)
tui-coding-blind-narrative = U leest wat in woorden is verteld: open antwoorden, associaties en notities. Oordelen, keuzes en punten zijn in dit onderzoek niet te zien. Wat anderen codeerden, ziet u als uw eigen code is bewaard; wat het model van relata zegt, als uw hele lijst is gecodeerd. Alles wat u invoert wordt meteen bewaard.
tui-coding-call-waits = pas als uw hele lijst is gecodeerd ({ $coded } van { $of })
tui-coding-which = Eerst een model (c, a, e of m), dan een sterkte van 0 tot en met 3.
tui-coding-empty = Er zijn geen antwoorden om te lezen.
tui-coding-lead = Welk model gebruikt de respondent tegenover de organisatie? Beoordeel het hele interview; uw markeringen zijn een hulp, geen optelsom.
tui-coding-settle-lead = Wat hebt u samen vastgesteld? Deze code geldt voor alle codeurs.
tui-coding-dominant = Dominant model
tui-coding-second = Tweede model
tui-coding-sure = Hoe zeker (1–5)
tui-coding-sure-of = zeker { $sure } van { $of }
tui-coding-why = Waarom (Enter)
tui-coding-no-dominant = Kies eerst het dominante model, met c, a, e of m.
tui-coding-twice = { $model } is al het dominante model; kies een ander, of geen.
tui-coding-compare = Wat er van dit interview is gezegd
tui-coding-you = u
tui-coding-settled-by = consensus (door { $coder })
tui-coding-classifier = model van relata
tui-coding-uncertain = , onzeker
tui-coding-is-settled = ✓ Vastgesteld: { $model }. Bij het trainen geldt dit label.
tui-coding-alone = Niemand anders heeft dit interview al gecodeerd.
tui-coding-agreed = ✓ Alle codeurs zijn het eens.
tui-coding-differ = ! De codeurs verschillen. Bespreek het en stel het vast met s. Uw eigen code wijzigen zou tellen als overeenstemming die er niet was.
tui-coding-evidence = Aanwijzingen, antwoord voor antwoord

tui-no-profile = Geen profiel
tui-tab-profile = Profiel
tui-tab-gap = Gezegd × geassocieerd
tui-tab-advice = Wat te doen
tui-tab-scales = Schalen
tui-tab-about = Basis
tui-evidence-more = e toont alle redenen en antwoorden.
tui-gap-cross = ◆ de waarden, ─ │ hun 95 %-intervallen
tui-save-title = De uitkomst als pagina bewaren
tui-save-words = Een pagina voor een browser en voor papier: open de pagina daar en druk die af. Waar moet die worden bewaard?
tui-save-done = ✓ De pagina staat in { $place }
tui-not-shown = De respondent kreeg hier geen uitkomst te zien; dit scherm toont die daarom ook niet. Wie het onderzoek beheert, ziet die met deze opdracht:

## tui/study

tui-study-tab-short = Kort
tui-study-tab-who = Wie
tui-study-tab-models = Modellen
tui-study-tab-feelings = Gevoel
tui-study-tab-loyalty = Trouw
tui-study-tab-gap = Kloof
tui-study-tab-paradox = Bedoeld
tui-study-tab-quality = Kwaliteit

tui-study-simulated = GESIMULEERD: niemand gaf deze antwoorden
tui-study-all-of =
    { $n ->
        [one] het ene afgeronde interview
       *[other] alle { $n } afgeronde interviews
    }
tui-study-none-of = nog geen afgerond interview
tui-study-some-of =
    filter: { $filter } · { $n } van { $of } { $of ->
        [one] afgerond interview
       *[other] afgeronde interviews
    }
tui-study-from-day = vanaf { $day }
tui-study-to-day = t/m { $day }

tui-study-empty = Er is hier nog geen afgerond interview. Bevindingen verschijnen zodra het eerste klaar is; intervallen worden bruikbaar vanaf ongeveer dertig.
tui-study-empty-filter = Geen enkel afgerond interview past bij dit filter. Met f wijzigt u het.
tui-study-empty-open = { $open } nog open; die tellen mee zodra ze klaar zijn.
tui-study-few =
    Met { $n } { $n ->
        [one] afgerond interview
       *[other] afgeronde interviews
    } kan elk getal hier nog omslaan.
tui-study-short-title = Wat dit onderzoek vond
tui-study-researcher-only = Voor wie het onderzoek beheert: kleine groepen zijn gemarkeerd met ! en niets is verborgen. Gebruik voor een zaal het rapport.

tui-study-who-title = Wie er gevraagd zijn
tui-study-who-complete = afgerond
tui-study-who-open = open
tui-study-who-withdrawn = ingetrokken
tui-study-who-refused = geen toestemming
tui-study-who-tests = proefsessies
tui-study-who-simulated = gesimuleerd, niet meegeteld
tui-study-who-real = echt, niet meegeteld: u ziet gesimuleerde
tui-study-who-others = andere vragenlijsten
tui-study-who-filtered = buiten het filter
tui-study-who-earlier = eerder, van mensen die nog eens kwamen
tui-study-who-interviewers = Interviewer
tui-study-who-versions = Versie van de vragenlijst
tui-study-who-days = Van { $first } tot en met { $last }
tui-study-who-nobody = niet ingevuld
tui-study-small = ! minder dan tien

tui-study-models-title = Welk model mensen gebruiken tegenover de ander
tui-study-models-legend = █ aandeel van de mensen   ├─┤ 95 %-interval   ▲ gepubliceerd onderzoek
tui-study-models-published = gepubliceerd { $share }
tui-study-models-weighted = kans, cijfers 2012
tui-study-models-leads = antwoorden ervoor
tui-study-models-how = De balken tonen bij welke aandelen de antwoorden van alle sessies samen het waarschijnlijkst zijn. Er worden geen aandelen aangenomen, en hoe makkelijk men het met de uitspraken van elk model eens is, is uit dezelfde antwoorden geleerd. Daarnaast, een voor een: de gemiddelde kans met de gepubliceerde cijfers, en bij hoeveel mensen de antwoorden voor elk model pleiten.
tui-study-models-bars = De balken tellen bij wie de antwoorden voor elk model pleiten.
tui-study-models-shaky = Een schatting zonder die aanname is er wel, maar schuift tot { $points } procentpunten als de uitspraken van één model een half punt makkelijker zijn dan ze lijken: keuzes tussen de modellen (situaties, meest-minst-sets) zouden haar vastzetten.
tui-study-models-uncertain = { $uncertain } van { $of } houden, elk voor zich, hun eerste twee modellen niet uit elkaar: minder dan 3 tegen 1.
tui-study-models-low = { $low } hebben nauwelijks een relatie: geen norm haalt het midden van de schaal.
tui-study-models-without = { $n } hebben geen profiel: te weinig antwoorden.
tui-study-models-basis = De kansen berusten op: { $basis }.

tui-study-feelings-title = Hoe sterk mensen het voelen
tui-study-feelings-legend = + prettig  − onprettig  * sterkste drie van het gepubliceerde onderzoek
tui-study-feelings-none = Er is niet naar emoties gevraagd.
tui-study-mean = gem.
tui-study-interval = 95 %

tui-study-loyalty-title = Aanbeveling en tevredenheid, per model
tui-study-loyalty-nps = NPS
tui-study-loyalty-mark = tevreden 1–10
tui-study-loyalty-satisfied = 8, 9 of 10
tui-study-loyalty-how = Per model: geschat, gecorrigeerd voor de fouten van de classificatie. n is wat een schatting waard is: hoeveel mensen van wie het model bekend is, evenveel zouden zeggen.
tui-study-untold = niet te zeggen
tui-study-loyalty-all = iedereen
tui-study-loyalty-none = Er is niet naar aanbeveling of tevredenheid gevraagd.

tui-study-gap-density = · één   ░ 2–3   ▒ 4–9   ▓ tien of meer   ◆ een conflict voorbij de meetfout
tui-study-gap-none = Niemand heeft beide maten, dus er valt niets te vergelijken.
tui-study-gap-n = { $n } met beide maten
tui-study-gap-conflicts = Conflicten
tui-study-gap-error = alleen meetfout: hoogstens { $n }
tui-study-gap-unrelated = als er geen verband was: { $n }
tui-study-gap-discoveries = { $n } blijven bij 5 % valse
tui-study-gap-open = open: een interval bevat nul
tui-study-gap-correlation = gezegd en geassocieerd: r = { $r }
tui-study-gap-published = (vergelijkbaar onderzoek: { $r })
tui-study-gap-missing = Geen oordeel
tui-study-gap-measures = Geassocieerd is: { $measures }.
tui-study-gap-caution = Sterkte van associaties, niet de waarheid; nul is een afspraak. Er mag geen besluit over een persoon op rusten.

tui-study-paradox-title = Hoe de relatie bedoeld is, en hoe ze gebruikt wordt
tui-study-paradox-none = Dit onderzoek kan niet zeggen hoe de organisatie de relatie bedoelt en hoe ze wordt gebruikt. Daar zijn klanten voor nodig aan wie is gevraagd hoe ze gezien worden (zoals in het klantinterview) of accountmanagers, en antwoorden die de vier manieren uit elkaar houden.
tui-study-paradox-meant = bedoeld
tui-study-paradox-used = gebruikt
tui-study-paradox-rows = Balken: iedereen, ook wie niets uit elkaar houdt. Tabel: rijen hoe het bedoeld is, kolommen het model waar de eigen antwoorden voor pleiten.
tui-study-paradox-leading = Rijen: hoe het bedoeld is. Kolommen en balken van gebruik: het model waar de eigen antwoorden voor pleiten.
tui-study-paradox-sum = samen

tui-study-scales-title = Betrouwbaarheid van elke schaal
tui-study-scales-items = vragen
tui-study-scales-alpha = α
tui-study-scales-omega = ω
tui-study-scales-other = Inschatting van de andere kant
tui-study-scales-indirect = Bij indirecte maten: het deel van de verschillen dat geen meetfout is.

tui-study-filter-title = Welke interviews
tui-study-filter-source = Antwoorden van
tui-study-filter-real = mensen
tui-study-filter-simulated = een programma (gesimuleerd)
tui-study-filter-instrument = Vragenlijst
tui-study-filter-interviewer = Interviewer
tui-study-filter-from = Vanaf (UTC)
tui-study-filter-to = Tot en met (UTC)
tui-study-filter-any = alle
tui-study-filter-passes =
    { $n ->
        [one] Eén afgerond interview past.
       *[other] { $n } afgeronde interviews passen.
    }
tui-study-filter-how = ← → wijzigt een regel; dagen gaan per week. Enter toont de bevindingen, c wist alles, Esc laat het zoals het was.

report-relation-lenses = Door andere lenzen
report-relation-lenses-how =
    { $shared ->
        [yes] Elke schaal loopt van { $low } tot { $high }, met het 95 %-interval waar dat bekend is.
       *[no] Elke schaal ligt op dezelfde lijn: 0 is overal het laagste antwoord, 1 het hoogste, met het 95 %-interval waar dat bekend is.
    } De twee kanten beantwoorden vragen in eigen bewoordingen, dus een klein verschil ertussen zegt niets.
report-relation-weakest = { $side }: { $sentence }
report-relation-lowest = Het laagst door elke lens
report-relation-lowest-of = { $side } { $names } ({ $value } van { $high })
report-relation-lowest-open = Geen ervan is van alle andere te onderscheiden: een aanwijzing, meer niet.
report-relation-all-level = alle gelijk
report-relation-gap-ours = Wat wij zeggen en wat bij ons opkomt
report-relation-gap-theirs = Wat zij zeggen en wat bij hen opkomt
report-relation-answer = ‘{ $question }’ { $answer }
report-relation-told = In eigen woorden
report-relation-told-led = Aan een interviewer verteld
report-relation-told-by = { $side }, { $at }:
report-relation-note = Notitie bij ‘{ $question }’: { $note }
report-relation-norm-told = { $whose }: { $value } van { $top }
report-relation-rests-on-both = Berust op de uitspraken over ‘{ $name }’: onze kant, { $ours }, { $our_day }; hun kant, { $theirs }, { $their_day }.
report-relation-less-than-we-think = Voor hen telt ‘{ $name }’ minder dan wij denken
report-relation-more-than-we-think = Voor hen telt ‘{ $name }’ meer dan wij denken
report-relation-less-than-they-think = Ze denken dat ‘{ $name }’ voor ons meer telt dan wij zeggen
report-relation-more-than-they-think = Ze denken dat ‘{ $name }’ voor ons minder telt dan wij zeggen
report-relation-do-less =
    { $which ->
        [CS] Ze vragen minder nabijheid dan wij denken. Houd het volgende gesprek bij wat is afgesproken, en laat hen als eersten over iets persoonlijks beginnen.
        [AR] Ze kijken minder naar wie de leiding heeft dan wij denken. Breng het volgende besluit als een open vraag, en laat wie het werk doet als eerste iets zeggen.
        [EM] Ze houden minder bij wie er aan de beurt is dan wij denken. Doe deze week wat helpt, en zeg er niet bij wiens beurt het was.
       *[MP] Ze kijken minder naar de prijs dan wij denken. Laat offertes en cijfers de eerste tien minuten weg, en vraag hoe het gaat met de mensen die ermee werken.
    }
report-relation-do-more =
    { $which ->
        [CS] Ze willen meer een van ons zijn dan wij denken. Bel eens zonder aanleiding, en vraag wat hen bezighoudt voordat het over het werk gaat.
        [AR] Ze kijken meer naar wie de leiding heeft dan wij denken. Spreek af wie aan beide kanten wat beslist, en zet dat in één regel van het volgende bericht.
        [EM] Ze houden meer bij wie er aan de beurt is dan wij denken. Kijk een half jaar terug: wie gaf toe, wie wachtte? Zeg het hardop, en doe iets terug.
       *[MP] Ze kijken meer naar prijs en resultaat dan wij denken. Zet op één A4 wat ze betaalden en wat het opleverde, en stuur dat voordat ze erom vragen.
    }
report-relation-show-less =
    { $which ->
        [CS] Ze denken dat wij hen meer als een van ons zien dan wij zeggen. Zeg waar ze op kunnen rekenen, en waarop niet.
        [AR] Ze denken dat rang bij ons zwaarder telt dan wij zeggen. Laat in het volgende gesprek wie het werk doet als eerste iets zeggen, en beslis samen.
        [EM] Ze denken dat wij meer bijhouden wie er aan de beurt is dan wij zeggen. Doe deze week één ding zonder het te noemen, en neem er één aan zonder meteen iets terug te doen.
       *[MP] Ze denken dat wij meer naar het geld kijken dan wij zeggen. Doe deze week één ding dat op geen rekening komt, en wijs er niet op.
    }
report-relation-show-more =
    { $which ->
        [CS] Ze zien niet hoezeer wij hen als een van ons zien. Vraag wanneer ze voor het laatst merkten dat ze voor ons tellen, en doe dat nog eens.
        [AR] Ze zien niet hoezeer het voor ons uitmaakt wie er beslist. Zeg wie er beslist en wanneer, en houd dat vast.
        [EM] Ze zien niet hoezeer geven en nemen voor ons telt. Zeg één keer wat we dit jaar van hen overnamen, en vraag wat we hun nog schuldig zijn.
       *[MP] Ze zien niet hoezeer afspraken en resultaat voor ons tellen. Laat op één A4 zien wat er is afgesproken en wat er is geleverd.
    }
report-relation-rests-on = Berust op { $side }: { $questionnaire }, { $at }.
report-relation-advised-before = Eerder geadviseerd:
report-relation-advised-nothing = Wat er bij eerdere antwoorden is geadviseerd, is niet bewaard: niemand heeft het te zien gekregen, of een versie van relata liet het zien die het nog niet bewaarde.
report-relation-advised =
    { $reader ->
        [account] { $at }, op deze pagina: ‘{ $title }’.
        [interviewer] { $at }, in het resultaat van een sessie: ‘{ $title }’.
        [respondent] { $at }, aan wie namens { $side } antwoordde: ‘{ $title }’.
       *[other] { $at }, aan wie het onderzoek beheert: ‘{ $title }’.
    }
report-relation-advised-again = Het wordt vandaag opnieuw geadviseerd.
report-relation-since-not-asked = Waar het op berust, is sindsdien niet opnieuw gevraagd.
report-relation-since-unknown = De vragen zijn opnieuw beantwoord, maar of dezelfde persoon dat deed, is niet bekend. Over een verandering valt dus niets te zeggen.
report-relation-since-others = De vragen zijn opnieuw beantwoord door iemand anders. Over een verandering valt dus niets te zeggen.
report-relation-since-one-day = De vragen zijn op dezelfde dag opnieuw beantwoord. Over een verandering valt dus niets te zeggen.
report-relation-since-means = De vragen zijn opnieuw beantwoord op een andere manier. Over een verandering valt dus niets te zeggen.
report-relation-since-differently = De vragenlijst is sindsdien veranderd en vraagt het anders. Over een verandering valt dus niets te zeggen.
report-relation-since-not-followed = Het berustte op antwoorden die geen schaal in de tijd volgt.
report-relation-since-same = Opnieuw gevraagd op { $at } ({ $side }): van waar het op berustte, is niets wat in de tijd wordt gevolgd meer veranderd dan de meetfout.
report-relation-since-changed = Opnieuw gevraagd op { $at } ({ $side }), en meer veranderd dan de meetfout: { $what }.
report-relation-either-side = beide kanten
report-relation-kicker = Eén relatie
report-relation-answered = Ingevuld
report-relation-sessions = aan onze kant { $ours }, aan hun kant { $theirs }
report-relation-last = Laatste keer
report-relation-names-before = Heette eerder
report-relation-glance = In het kort
report-relation-sides = Beide kanten
report-relation-to-do = Wat te doen
report-relation-time = Verloop
report-relation-we-relate = Hoe wij met hen omgaan
report-relation-they-relate = Hoe zij met ons omgaan
report-relation-our-picture = Ons beeld van hen
report-relation-their-picture = Hun beeld van ons
report-relation-meant = Hoe wij het bedoelen, hoe zij het gebruiken
report-relation-our-near = Wij zien hen zoals zij zichzelf zien in { $norms }.
report-relation-our-higher = Wij denken dat zij meer gewicht hechten aan { $norms } dan zij zeggen.
report-relation-our-lower = Wij denken dat zij minder gewicht hechten aan { $norms } dan zij zeggen.
report-relation-their-near = Zij zien ons zoals wij onszelf zien in { $norms }.
report-relation-their-higher = Zij denken dat wij meer gewicht hechten aan { $norms } dan wij zeggen.
report-relation-their-lower = Zij denken dat wij minder gewicht hechten aan { $norms } dan wij zeggen.
report-relation-meant-near = { $norms }: aan hun kant even sterk als aan die van ons.
report-relation-meant-higher = { $norms }: bij ons sterker dan bij hen.
report-relation-meant-lower = { $norms }: bij ons minder sterk dan bij hen.
report-relation-standing = { $side }: tevredenheid en blijven
report-relation-standing-by = { $side }: tevredenheid en blijven ({ $who }, { $at })
report-relation-without-code = zonder code
report-relation-rehearsals =
    PROEF: { $n ->
        [one] één sessie hier is gehouden om iets uit te proberen, en de datum kan gekozen zijn
       *[other] { $n } sessies hier zijn gehouden om iets uit te proberen, en hun datums kunnen gekozen zijn
    }. Dit zegt niets over de relatie zoals die is.
report-relation-standing-leaving =
    { $party ->
        [organisation] Liever niet met hen doorgaan ({ $wish }).
       *[customer] Liever niet blijven ({ $wish }).
    }
report-relation-standing-dissatisfied-leaving =
    { $party ->
        [organisation] Ontevreden ({ $mark }), en liever niet met hen doorgaan ({ $wish }).
       *[customer] Ontevreden ({ $mark }), en liever niet blijven ({ $wish }).
    }
report-relation-standing-before = Zo was het ook op { $at }.
report-relation-others = Onder { $code } staan ook andere klanten: { $names }. Elk heeft een eigen pagina (--customer); spel de naam overal gelijk, dan worden ze er één.
report-relation-others-renamed = Is de ene de nieuwe naam van de andere, meld dat dan bij de volgende zelfbeoordeling (--set formerly=NAAM).
report-relation-disputed = Van meerdere klanten onder { $code } is gemeld dat ze eerder { $name } heetten. Van wie die naam was, is dus niet te zeggen: wat eronder is geantwoord, staat op zichzelf.
report-relation-disputed-mend = Zijn twee van deze klanten toch één klant, geef dan bij de volgende zelfbeoordeling van de ene de naam van de andere op (--set formerly=NAAM).
report-relation-nameless = Deze relatie heeft nog geen naam en staat onder de code { $code }. De klant krijgt een naam in onze eigen zelfbeoordeling, of op het formulier van de klant (--set client=NAAM).
report-relation-our-close = Voor zover een paar vragen het zeggen, zien wij hen in { $norms } zoals zij zichzelf zien: hoogstens een punt verschil.
report-relation-their-close = Voor zover een paar vragen het zeggen, zien zij ons in { $norms } zoals wij onszelf zien: hoogstens een punt verschil.
report-relation-meant-close = { $norms }: aan beide kanten hoogstens een punt verschil, voor zover een paar vragen het zeggen.
report-relation-by-others = Verloop aan { $side }: niet alle antwoorden zijn van dezelfde persoon, en wat de een zegt wordt niet vergeleken met wat een ander zei.
report-relation-by-means = Verloop aan { $side }: de antwoorden kwamen { $means } binnen, en wat op de ene manier kwam, wordt niet vergeleken met wat op een andere kwam.
report-relation-means = hoe
report-relation-at-terminal = aan een terminal
report-relation-on-one-day = Verloop aan { $side }: de antwoorden zijn van één dag. Daar zit geen tijd tussen, dus ze laten geen verandering zien.
report-relation-by-whom = Verloop aan { $side }: of dezelfde persoon antwoordde, is niet bekend. Daarom wordt er niets vergeleken met wat er eerder is gezegd.
report-relation-by-whom-some = Verloop aan { $side }: van sommige antwoorden is niet bekend of dezelfde persoon ze gaf. Die worden met niets vergeleken.
report-relation-by-person = { $title } ({ $person })
report-relation-open = { $norms }: de antwoorden geven geen uitsluitsel.
report-relation-quoted = ‘{ $name }’
report-relation-several = Aan { $side } hebben { $n } mensen geantwoord, die het niet eens hoeven te zijn. Hoe de omgang is, zegt één van hen ({ $who }, { $at }), de laatste wiens antwoorden het laten zien.
report-relation-codeless = Aan { $side } hebben { $codeless } sessies geen persoonscode. Ze kunnen van verschillende mensen zijn, die het niet eens hoeven te zijn: hoe de omgang is, zeggen de laatste antwoorden die het laten zien ({ $at }).
report-relation-several-codeless =
    Aan { $side } { $n ->
        [one] heeft één persoon
       *[other] hebben { $n } mensen
    } onder een eigen code geantwoord; { $codeless ->
        [one] één sessie heeft geen persoonscode en kan van iemand anders zijn
       *[other] { $codeless } sessies hebben geen persoonscode en kunnen van iemand anders zijn
    }. Ze hoeven het niet eens te zijn: hoe de omgang is, zeggen de laatste antwoorden die het laten zien ({ $who }, { $at }).
report-relation-random = De antwoorden op uitspraken over een en dezelfde manier spreken elkaar zo sterk tegen als willekeurige antwoorden zouden doen: ook wat daarnaast is geantwoord staat hier niet, en wordt met niets vergeleken. Vraag het opnieuw.
report-relation-random-since = De laatste antwoorden van { $side } ({ $at }) spreken elkaar zo sterk tegen als willekeurige antwoorden zouden doen: hier staan die van daarvoor.
report-relation-only-ours = Wat in de omgang telt, heeft tot nu toe alleen onze kant gezegd. Wat zij zelf zeggen kan ernaast komen te staan: laat hen de klantversie invullen onder dezelfde code, { $code }.
report-relation-only-theirs = Wat in de omgang telt, heeft tot nu toe alleen hun kant gezegd. De onze kan ernaast komen te staan: beoordeel de relatie onder dezelfde code, { $code }.
report-relation-declined = Op { $at } wilde iemand van hun kant niet antwoorden ({ $who }). Dat wordt hier niet opnieuw gevraagd.
report-relation-declined-colleague = Op { $at } wilde iemand van hun kant niet antwoorden ({ $who }); die wordt hier niet opnieuw gevraagd. Een collega die eerder heeft geantwoord, kan wel worden gevraagd.
report-relation-customer-norms = Wat voor hen telt in de omgang met ons
report-relation-our-norms = Wat voor ons telt in de omgang met hen
report-relation-norms = { $caption }, { $low } tot { $high }
report-relation-as-we-see-it = zoals wij het zien
report-relation-as-they-see-it = zoals zij het zien
report-relation-as-we-say = zoals wij zeggen
report-relation-as-they-say = zoals zij zeggen
report-relation-our-side = onze kant
report-relation-their-side = hun kant
report-relation-norm-ours = ‘{ $name }’ voor ons
report-relation-norm-theirs = ‘{ $name }’ voor hen
report-relation-norm-ours-guessed = ‘{ $name }’ voor ons (hun schatting)
report-relation-norm-theirs-guessed = ‘{ $name }’ voor hen (onze schatting)
report-relation-over-time = Verloop aan { $side }: { $what }.
report-relation-time-same =
    { $n ->
        [2] ‘{ $questionnaire }’, van { $from } tot { $to }: geen verandering die meer is dan meetfout
       *[other] ‘{ $questionnaire }’, { $n } keer van { $from } tot { $to }: geen verandering die meer is dan meetfout
    }
report-relation-time-changed =
    { $n ->
        [2] ‘{ $questionnaire }’, van { $from } tot { $to }, meer veranderd dan de meetfout: { $what }
       *[other] ‘{ $questionnaire }’, { $n } keer van { $from } tot { $to }, meer veranderd dan de meetfout: { $what }
    }
report-relation-time-other = ‘{ $questionnaire }’, van { $from } tot { $to }: niets is beide keren hetzelfde gevraagd
report-relation-asked-otherwise = de vragenlijst is sindsdien veranderd, en wat daarin anders wordt gevraagd, wordt niet vergeleken met wat eerder is geantwoord: { $what }
report-relation-rose = { $what } gestegen met { $size }
report-relation-fell = { $what } gedaald met { $size }
report-relation-turned = { $moved } (eerst { $before }, nu { $now })
report-relation-what-is-said = ‘wat gezegd wordt’
report-relation-what-is-associated = ‘wat geassocieerd wordt’
report-relation-wish-ours = wens om door te gaan
report-relation-wish-theirs = wens om te blijven
report-relation-between = { $n ->
    [2] { $side }, twee metingen: { $from } en { $to }.
   *[other] { $side }, { $n } metingen van { $from } tot { $to }; vergeleken worden de uiteinden van een rechte lijn door al die metingen.
}
report-relation-changes = Wat er veranderde
report-relation-what = wat
report-relation-least = kleinste verschil dat op zichzelf telt
report-relation-before = eerst
report-relation-now = nu
report-relation-difference = verschil
report-relation-more-than-error = meer dan meetfout
report-relation-slope = per jaar
report-relation-change-is = Een verschil telt als het groter is dan de fouten van beide metingen samen, gecorrigeerd voor alles wat gevolgd wordt, want van veel verschillen zijn er door toeval een paar groot. ‘Kleinste verschil dat op zichzelf telt’ is de maat vóór die correctie. Vanaf drie metingen telt een rechte lijn door alle metingen, elk gewogen met haar fout. Die fouten gaan over welke vragen gesteld zijn en niet over de weken ertussen; er is dus minder echt veranderd dan het lijkt. Wat heel hoog of heel laag was, ligt een volgende keer vanzelf dichter bij het midden.
report-relation-sessions-of = De sessies
report-relation-who = wie
report-relation-questionnaire = vragenlijst
report-relation-agreement = Voor onderzoekers: de vier normen samen
report-relation-held-against = naast elkaar gelegd
report-relation-elevation = niveau
report-relation-scatter = spreiding
report-relation-shape = vorm
report-relation-icc-same = ICC indien gelijk, 95 %
report-relation-p-same = p, gelijk
report-relation-distance = JS-afstand
report-relation-distance-same = 95 % lager, als gelijk
report-relation-formulas = D² is de som van de gekwadrateerde verschillen en heeft drie delen: het ene profiel ligt overal hoger, is uitgesprokener, of heeft zijn pieken elders (Cronbach en Gleser 1953). ICC: intraklassecorrelatie van de twee profielen, elk paar waarden in beide richtingen ingevoerd (McCrae 2008); ernaast waar die ligt bij mensen die precies hetzelfde vinden, door de fouten van alle acht gemiddelden. Norm voor norm telt een verschil na correctie voor alle vier (Holm 1979); twee normen liggen dicht bij elkaar als het hele 95 %-interval binnen één punt van zeven ligt.

## report/findings/room

report-room-kicker = De zaal bij elkaar
report-room-day = Getoond op
report-room-too-few = { $n } van minstens { $least } mensen zijn klaar. Van minder wordt niets getoond, zodat niemand te herkennen is.
report-room-so-many = { $n } mensen hebben geantwoord. Alles hieronder gaat over hen samen.
report-room-again = Naast wat eerder is getoond, zijn woorden en aantallen weggelaten die naar een of twee van de later gekomen mensen zouden wijzen.
report-room-models = Wat we van elkaar verwachten
report-room-strengths = Hoe sterk elke norm leeft ({ $ends }), met het 95 %-interval
report-room-first = Bij hoeveel mensen elk ervan vooropstaat
report-room-models-note = Waar twee intervallen elkaar overlappen, is niet te zeggen dat het een bij de zaal zwaarder weegt dan het ander.
report-room-cloud = Van prettig naar onprettig; hoe groter, hoe meer mensen het noemden. Schuin is onprettig; rechtop is prettig of geen van beide. Alleen woorden die minstens drie mensen noemden.
report-room-differing = Waar we het meest verschillen
report-room-differing-table = Normen naar hoever de antwoorden uiteenlopen
report-room-norm = Norm
report-room-spread = Spreiding (SD)
report-room-two-thirds = waar ongeveer twee derde ligt
report-room-differing-note = Spreiding is de standaardafwijking in punten van de antwoordschaal.
report-room-discussion = Om over te praten

## server

server-no-connection = Geen verbinding. Het antwoord wordt verstuurd zodra het kan…
server-room-closed = De zaal is intussen gesloten. Alles wat eerder is beantwoord, is bewaard.
server-plain-http = Deze pagina gaat onversleuteld over het netwerk.
server-join-how-long =
    Het duurt ongeveer { $minutes } { $minutes ->
        [one] minuut
       *[other] minuten
    }. Elk antwoord wordt meteen bewaard; na een pauze { $address ->
        [informal] ga je
       *[formal] gaat u
    } verder waar het ophield.
server-join-begin = Beginnen
server-join-person =
    { $address ->
        [informal] Een code voor jezelf
       *[formal] Een code voor uzelf
    }
server-join-person-what = Zoals P1, elke keer dezelfde: alleen onder één code laten twee antwoorden een verandering zien. Nooit een naam.
server-join-person-no-code = Graag een code en geen naam: zonder spaties, zoals P1; letters, cijfers, `-`, `_`, `.`, met een letter of cijfer vooraan. Leeg laten mag.
server-join-was-here = Verder vanaf een ander toestel
server-join-word =
    { $address ->
        [informal] Je woord
       *[formal] Uw woord
    } van vier letters
server-join-go-on = Verder
server-shut-locked = Er kan niemand meer bij. Vraag het aan wie de sessie leidt.
server-shut-ended = Deze sessie is voorbij.
server-shut-full = Er kwamen er zojuist te veel binnen, vanaf dit netwerk of in totaal. Probeer het over een minuut nog eens.
server-shut-no-link = Hiervoor is een eigen link nodig. Vraag er een aan wie de sessie leidt.
server-shut-failed = Het kon zojuist niet beginnen. Wie de sessie leidt, kan zien waarom; probeer het zo nog eens.
server-went-wrong = Dat lukte zojuist niet. Wie de sessie leidt, kan zien waarom; probeer het zo nog eens.
server-leader-sees = Wie de sessie leidt, kan zien waarom.
server-code-title = Binnenkomen
server-code-label = De code die op het scherm staat
server-code-wrong = Dat is niet de code van deze zaal. Kijk nog eens op het scherm.
server-word-wrong = Niemand hier heeft dat woord. Na een paar foute duurt het een minuut.
server-word-too-many = Er zijn te veel foute woorden geprobeerd. Wacht een minuut; helpt dat niet, vraag het dan aan wie de sessie leidt.
server-removed = Deze plek is er niet meer
server-removed-what = Alles wat van daaruit was geantwoord is gewist: omdat daar op een van de toestellen om is gevraagd, of omdat wie de sessie leidt de plek heeft weggehaald. Vraag het aan wie de sessie leidt om weer binnen te komen.
server-missing-what = Het bestand van de studie dat nu open is, heeft deze plek niet; misschien is het een oudere kopie. Zeg dat tegen wie de sessie leidt, en kom dan pas opnieuw binnen.
server-link-wanted = Open de eigen link
server-link-wanted-what = Hier komt iedereen binnen met een eigen link. Open de link die is gestuurd nog eens, of vraag er een.
server-link-used = Deze link is al gebruikt
server-link-not-now = Deze link is nu niet open
server-link-not-now-what = De link blijft geldig, en niemand anders kan hem gebruiken. Vraag wie hem stuurde om hem weer te openen.
server-link-used-what = De link laat één persoon één keer binnen. Ga verder op het toestel waarop hij is geopend; lukt dat niet, vraag dan een nieuwe link.
server-link-again = Deze link is al eerder geopend, en via deze link is nog niets beantwoord. Wie hier begint, gaat hier verder; waar de link eerder is geopend, kan dat dan niet meer.
server-replaced = Deze link is opnieuw geopend
server-replaced-what = Hier was nog niets geantwoord, dus het gaat verder waar de link het laatst is geopend. Was dat op een toestel of in een venster van dezelfde persoon, ga dan daar verder. Was het iemand anders, vraag dan een eigen link.
server-nowhere = Hier is niets
server-nowhere-what = Kijk nog eens naar het adres of de code.
server-old-page = Die pagina was ouder dan de antwoorden die zijn bewaard, dus is ze niet overgenomen. Hier gaat het verder.
server-not-kept = Het antwoord kon niet worden bewaard. Stuur het nog eens.
server-ended-what = Wat eerder is beantwoord, is bewaard.
server-ask-progress = { $done } van { $total } klaar
server-ask-word =
    Verder op een ander toestel? { $address ->
        [informal] Je woord is
       *[formal] Uw woord is
    }
server-ask-stop = Stoppen
server-ask-go-on = Verder
server-ask-next = Volgende
server-ask-no-more = Geen woorden meer
server-ask-skip = Overslaan
server-ask-back = Terug
server-ask-said-before = Eerder geantwoord: { $what }
server-ask-so-far = Tot nu toe: { $words }
server-pick-between = Kies er { $min } tot { $max }.
server-rank-place = Plaats { $place }
server-allocate-total = Verdeel { $total } punten.
server-allocate-left = Over:
server-sort-done = Dit deel is gedaan en wordt niet overgedaan.
server-sort-faster = Sneller!
server-sort-again = Dat werd onderbroken, dus dit deel begint opnieuw.
server-sort-sending = Een ogenblik…
server-sort-block = Deel { $number } van { $of }
server-sort-what-to-do =
    Er verschijnen woorden, één voor één. { $address ->
        [informal] Sorteer elk woord zo snel als je kunt
       *[formal] Sorteer elk woord zo snel als u kunt
    } naar zijn kant: met de toetsen E en I, of door links of rechts onderaan te tikken.
server-sort-no-script = Dit deel wordt getimed, en dat kan alleen met JavaScript. Het kan worden overgeslagen.
server-sort-begin = Beginnen
server-sort-without = Overslaan
server-review-title = Alle antwoorden
server-review-open = Enkele vragen hebben nog een antwoord nodig.
server-review-look =
    { $address ->
        [informal] Kijk ze na en verander wat je wilt
       *[formal] Kijk ze na en verander wat u wilt
    }. Rond daarna af.
server-review-finish = Afronden
server-review-missing = nog open
server-review-change = Wijzigen: { $question }
server-review-change-short = Wijzigen
server-card-hand-over = Hier gaat iemand anders verder
server-card-paused = Pauze
server-end-title = Klaar
server-end-waits = Wat de zaal samen heeft gezegd, wordt getoond als het zover is. Deze pagina verandert dan vanzelf.
server-end-look-again = Nog eens kijken
server-end-room = Wat de zaal zei
server-end-own =
    { $address ->
        [informal] Je eigen resultaat
       *[formal] Uw eigen resultaat
    }
server-end-next =
    { $address ->
        [informal] Geef het toestel door aan de volgende. Niemand kan je antwoorden hier openen.
       *[formal] Geef het toestel door aan de volgende. Niemand kan uw antwoorden hier openen.
    }
server-end-next-person = Volgende persoon
server-stop-title = Stoppen
server-stop-what =
    { $address ->
        [informal] Je mag op elk moment stoppen. Wat je hebt geantwoord kan blijven staan, of alles kan voorgoed worden gewist.
       *[formal] U mag op elk moment stoppen. Wat u hebt geantwoord kan blijven staan, of alles kan voorgoed worden gewist.
    }
server-stop-no = Verder met antwoorden
server-stop-keep = Stoppen en bewaren wat is geantwoord
server-stop-erase = Stoppen en alles wissen
server-stopped-kept = Het is gestopt. Wat was geantwoord, is bewaard.
server-stopped-erased = Het is gestopt, en alles wat was geantwoord is gewist.
server-wall-joined = hier
server-wall-waiting = nog niet begonnen
server-wall-answering = bezig
server-wall-finished = klaar
server-wall-qr = Code voor { $url }
server-wall-scan = Scan de code met een telefoon, of open
server-wall-progress = { $share } % beantwoord
server-wall-hidden = Antwoorden blijven verborgen tot de zaal wordt getoond. Daarvoor moeten er { $least } mensen klaar zijn.
server-wall-lost = Wat was getoond is niet meer te zien, omdat iemand die erbij hoorde is gewist. Er zijn { $least } anderen nodig die klaar zijn om de zaal opnieuw te tonen.
server-wall-show = Toon de zaal
server-wall-show-again = Opnieuw tonen
server-wall-working = Wordt uitgerekend…
server-wall-lock = Niemand meer binnenlaten
server-wall-unlock = Anderen binnenlaten
server-wall-keys = Toetsen: s toont, l sluit, pijlen bladeren, f vult het scherm
server-wall-already = De zaal wordt al getoond, en sindsdien is er niemand bij gekomen die klaar is.
server-wall-wanting-first =
    Eerst { $wanting ->
        [one] moet nog 1 persoon
       *[other] moeten nog { $wanting } mensen
    } klaar zijn: van minder dan { $least } wordt niets getoond, zodat niemand te herkennen is.
server-wall-wanting =
    Eerst { $wanting ->
        [one] moet nog 1 persoon
       *[other] moeten nog { $wanting } mensen
    } klaar zijn: met minder zou de verandering iets over een enkeling verraden.
server-ask-no-button = Dat kwam van geen van de knoppen op deze pagina en is dus niet meegenomen. Druk op een van de knoppen.
server-ask-rather-not = Zeg ik liever niet
server-ask-dont-know = Weet ik niet

## tui/room

tui-room-locked = Er kan niemand meer bij.
tui-room-way = { $name }, adres { $number } van { $of }
tui-room-reached = ✓ telefoons bereiken deze computer
tui-room-not-reached = nog geen telefoon gezien: lukt het niet, kies dan met ← → een ander adres, of een ander netwerk
tui-room-not-reached-again = nog geen telefoon gezien sinds de zaal weer open is: blijft dat zo, kies dan met ← → een ander adres, of een ander netwerk
tui-room-progress = { $share } % beantwoord
tui-room-working = De zaal wordt uitgerekend…
tui-room-shown = ✓ getoond: { $people } mensen
tui-room-hidden = Er is nog niets getoond.
tui-room-wall = Alleen voor de beamer; wie het heeft, kan de zaal tonen:
tui-room-no-wall = Hier is geen pagina voor een beamer.
tui-room-which = Wiens antwoorden moeten worden gewist? Hun woord: { $word }
tui-room-removed = { $word } is eruit gehaald, en wat is geantwoord is gewist.
tui-room-nobody = Niemand hier heeft het woord { $word }.
tui-room-sure = De zaal voorgoed sluiten? Daarna kan niemand verder antwoorden.
tui-room-moved = Het onderzoek was verdwenen; vanaf nu worden antwoorden bewaard in { $place }. Een bestand op -wal waar het stond, kan bevatten wat sindsdien gewist is.
tui-room-adrift = Het onderzoek is verdwenen, en niets van wat wordt beantwoord kan worden bewaard: { $why }. Bij het volgende antwoord wordt het opnieuw geprobeerd, en met q ook.
tui-room-not-left = Het onderzoek is verdwenen, en wat is beantwoord kon nergens anders worden bewaard: { $why }. Maak er plaats voor en druk nog eens op q; met Ctrl+C stopt het hoe dan ook, en is het verloren.
tui-room-missing = { $n ->
    [one] Een toestel heeft een plek
   *[other] { $n } toestellen hebben een plek
} die deze studie niet heeft en die niemand heeft gewist: misschien is dit een oudere kopie van de studie. Stop, en open het nieuwere bestand.
tui-room-guessed = Er zijn zo veel foute woorden geprobeerd dat niemand nog met een woord op een ander toestel verder kan. Druk één keer op l, of twee keer om de deur open te laten, dan tellen woorden weer.
tui-room-page = De pagina van de zaal: { $place }
tui-room-keys = ← → adres · s tonen · l sluiten · x iemand eruit · p beamer · e einde · F5 taal · q verlaten, later verder
tui-room-keys-word = Enter wist · Esc niet
tui-room-keys-end = e sluit · Esc niet

## report/findings/room, what is held back

report-room-strength-held = ‘—’ wordt niet getoond: te weinig mensen antwoordden, of hun gemiddelde zou verraden hoe enkelen dat deden.
report-room-few = ‘<3’ is een of twee mensen.
report-room-held = ‘·’ wordt niet getoond, omdat er een ander getal uit af te leiden is.
report-room-all-held = Bij hoeveel mensen elk ervan vooropstaat, wordt niet getoond: in een zaal van deze grootte zou het naar enkelingen wijzen.
report-room-verdicts-held = Voor hoeveel mensen elk oordeel geldt, wordt niet getoond: in een zaal van deze grootte zou het naar enkelingen wijzen.

## report/lens

report-lens-building-blocks = Bouwstenen
report-lens-success-factors = Succesfactoren
report-lens-relevance = Relationele relevantie
report-lens-dimensions = Drie dimensies
report-lens-trust = vertrouwen
report-lens-reciprocity = wederkerigheid
report-lens-intensity = intensiteit
report-lens-time = tijd
report-lens-customers = klanten onderling
report-lens-togetherness = saamhorigheid
report-lens-respect = wederzijds respect
report-lens-conflict = omgaan met conflict
report-lens-self-image = zelfbeeld
report-lens-attraction = aantrekkingskracht
report-lens-identification = identificatie
report-lens-experience = ervaring
report-lens-participation = meedoen
report-lens-appreciation = waardering
report-lens-sensation = blijvende momenten
report-lens-emotional = emotioneel
report-lens-instrumental = gebruik
report-lens-contact-relevant = contact: relevant
report-lens-contact-effortless = contact: makkelijk
report-lens-contact-proactive = contact: 1e stap
report-lens-scores = De schalen, { $low } tot { $high }, elk met het 95 %-interval
report-lens-scores-own-range = De schalen, elk op het eigen antwoordbereik, met het 95 %-interval waar dat bekend is
report-lens-weakest-link = Zwakste schakel
report-lens-weakest = { $name } ({ $value }): lager dan elke andere schaal, en meer dan de meetfout.
report-lens-lowest = { $name } ({ $value }) ligt het laagst, maar is in de antwoorden niet van alle andere te onderscheiden: een aanwijzing, meer niet.
report-lens-all-level = Geen ervan is de zwakste: alle die vergeleken worden liggen gelijk op { $value }.
report-lens-lowest-shared = { $names } ({ $value }) delen de laagste plaats, maar zijn in de antwoorden niet van alle andere te onderscheiden: een aanwijzing, meer niet.
report-lens-strongest = Het sterkst: { $name } ({ $value }), hoger dan elke andere en meer dan de meetfout.
report-lens-highest = Het hoogst: { $name } ({ $value }), niet van alle andere te onderscheiden.
report-lens-balance = Balans
report-lens-even = De vier bouwstenen zijn in balans: ze liggen hoogstens { $within } punten uit elkaar.
report-lens-uneven = De vier bouwstenen zijn uit balans, meer dan de meetfout verklaart: { $high } { $above ->
        [one] loopt
       *[other] lopen
    } voor, { $low } { $below ->
        [one] blijft
       *[other] blijven
    } achter, met { $apart } punten ertussen.
report-lens-open = Of de vier in balans zijn, blijkt niet uit de antwoorden: tussen de hoogste en de laagste liggen { $apart } punten, en dat kan ook alleen de meetfout zijn.
report-lens-worn = Tijd loopt voor op intensiteit, meer dan de meetfout verklaart: meer van hetzelfde contact kan de intensiteit eerder verlagen dan verhogen.
report-lens-direction = Richting
report-lens-to-emotional = Werk aan de aantrekkingskracht: van de drie dimensies ligt die het laagst.
report-lens-to-instrumental = Haal meer uit wat er al is: van de drie dimensies ligt het gebruik het laagst.
report-lens-to-relational = Werk aan het contact: van de drie dimensies ligt dat het laagst.
report-lens-lags-emotional = de aantrekkingskracht
report-lens-lags-instrumental = het gebruik
report-lens-lags-relational = het contact
report-lens-no-direction = Geen richting springt eruit: { $lowest } ligt het laagst, maar is in de antwoorden niet van beide andere te onderscheiden.
report-lens-how-sure = De vragen komen uit een praktijkmodel en zijn nieuw: een getal is een reden om iets te vragen. Met de ene schaal is misschien makkelijker in te stemmen dan met de andere; dat heeft nog niemand gemeten.
report-standing = Tevreden en blijven
report-standing-of = { $value } van { $high }
report-standing-satisfied-leaving =
    { $party ->
        [organisation] Tevreden ({ $mark }), en toch liever niet met hen doorgaan ({ $wish }).
       *[customer] Tevreden ({ $mark }), en toch liever niet blijven ({ $wish }): een tevredenheidsonderzoek ziet dit over het hoofd.
    }
report-standing-dissatisfied-staying =
    { $party ->
        [organisation] Ontevreden ({ $mark }), en toch met hen doorgaan ({ $wish }).
       *[customer] Ontevreden ({ $mark }), en toch blijven ({ $wish }): trouw, gewoonte of geen andere mogelijkheid.
    }

## report/findings/lenses

report-lenses-lowest = Gemiddeld het laagst over { $n } sessies: { $name } ({ $value }), lager dan elke andere schaal en meer dan toeval.
report-lenses-lowest-open = Gemiddeld het laagst over { $n } sessies: { $name } ({ $value }), maar niet meer dan toeval onder alle andere.
report-lenses-scales = De schalen met hun betrouwbaarheid
report-lenses-organisations = Organisaties, de hoogste eerst
report-lenses-organisation = organisatie
report-lenses-ranked-by = Gemiddelde van alle schalen van dit model, 0 is overal het laagste en 100 overal het hoogste antwoord. Twee plaatsen waarvan de intervallen overlappen, zijn niet te onderscheiden.
report-lenses-small = weinig sessies
report-lenses-held = { $n ->
    [one] Eén organisatie is weggelaten: van groepen onder de { $least } wordt niets getoond, en ook niet waaruit die af te leiden zijn.
   *[other] { $n } organisaties zijn weggelaten: van groepen onder de { $least } wordt niets getoond, en ook niet waaruit die af te leiden zijn.
 }
report-lenses-related = Wat ermee samengaat
report-lenses-with = met
report-lenses-all = alles samen
report-lenses-recommendation = aanbeveling
report-lenses-satisfaction = tevredenheid
report-lenses-staying = wens om te blijven
report-lenses-norm = norm ‘{ $name }’
report-lenses-related-how = Correlaties over relaties, elk met de laatste sessie; normen zijn die van dezelfde kant van dezelfde relatie, welke vragenlijst er ook naar vroeg. Wat samengaat, hoeft geen oorzaak te zijn; van twintig zulke intervallen is er gemiddeld toevallig één mis.

## report/findings/pairs

report-pairs = Beide kanten
report-pairs-n = { $n ->
    [one] In één relatie hebben beide kanten geantwoord.
   *[other] In { $n } relaties hebben beide kanten geantwoord.
 }
report-pairs-beyond = Gemiddeld weet men meer van juist deze ander dan van de andere kant in het algemeen: een echt paar stemt beter overeen dan { $percent } van de willekeurig gevormde paren, waar de helft toeval zou zijn.
report-pairs-no-more = Voor zover er overeenstemming is, blijkt er geen kennis van juist deze ander uit, alleen van de andere kant in het algemeen: een echt paar stemt beter overeen dan { $percent } van de willekeurig gevormde paren, waar de helft toeval zou zijn.
report-pairs-meant-beyond = De twee kanten van een relatie lijken meer op elkaar dan twee willekeurige kanten: meer dan { $percent } daarvan, waar de helft toeval zou zijn.
report-pairs-meant-no-more = Of de twee kanten van een relatie meer op elkaar lijken dan twee willekeurige kanten, is niet te zeggen: zij lijken meer op elkaar dan { $percent } daarvan, waar de helft toeval zou zijn.
report-pairs-truth-and-own = Schattingen van ‘{ $name }’ volgen wat de andere kant zegt, en ook de eigen positie van wie schat.
report-pairs-truth = Schattingen van ‘{ $name }’ volgen wat de andere kant zegt.
report-pairs-own = Schattingen van ‘{ $name }’ volgen de eigen positie van wie schat, zoals wanneer men de ander voor een evenbeeld houdt; of zij volgen wat de andere kant zegt, is niet te zeggen.
report-pairs-neither = Of schattingen van ‘{ $name }’ volgen wat de andere kant zegt, of de eigen positie van wie schat, is niet te zeggen.
report-pairs-off = { $follows } Gemiddeld zitten ze er { $points } punten naast.
report-pairs-agreement = Overeenstemming over relaties
report-pairs-measure = maat
report-pairs-by-chance = willekeurig
report-pairs-if-same = { $value } als gelijk
report-pairs-icc = intraklassecorrelatie
report-pairs-distance = afstand van de aandelen
report-pairs-stereotyped = stereotiepe overeenstemming
report-pairs-distinctive = onderscheidende overeenstemming
report-pairs-percentile = plaats tussen willekeurige paren
report-pairs-truth-and-bias = Wat schattingen volgen
report-pairs-bias = vertekening
report-pairs-force = waarheid
report-pairs-own-position = eigen positie
report-pairs-few = Vanaf { $baseline } relaties staan er willekeurig gevormde paren naast.
report-pairs-fewer = Vanaf { $fewest } relaties wordt geschat wat schattingen volgen.
report-pairs-how = Laatste sessie van elke kant. Intraklassecorrelatie van de twee profielen (McCrae 2008); Jensen-Shannon-afstand van de aandelen van de vier normen, wortel van bits, naast het gemiddelde ervan voor mensen die precies hetzelfde vinden en met meetfout antwoorden; stereotiep: correlatie met het gemiddelde van de andere kant; onderscheidend: correlatie van wat overblijft als beide gemiddelden eruit zijn (Furr 2008); waarheid en vertekening: regressie van schattingen op wat de andere kant zegt en op de eigen positie van wie schat, beide min het gemiddelde van de waarheid (West en Kenny 2011). Paren delen een beoordelaar waar één manager meer klanten heeft, dus deze intervallen zijn aan de smalle kant.

## instrument/expression/spoken

spoken-quoted = ‘{ $text }’
spoken-and = { $before } en { $after }
spoken-or = { $before } of { $after }
spoken-ticked = bij { $place } { $option } is aangekruist
spoken-other = bij { $place } iets anders dan { $option } is aangekruist
spoken-not-ticked = bij { $place } { $option } niet is aangekruist
spoken-none-ticked = bij { $place } geen van { $options } is aangekruist
spoken-without = bij { $place } iets is aangekruist, maar { $option } niet
spoken-answered = bij { $place } iets is ingevuld
spoken-empty = bij { $place } niets is ingevuld
spoken-the-answer = het antwoord bij { $place }
spoken-one-of = minstens een van de antwoorden bij { $places }
spoken-each-of = elk van de antwoorden bij { $places }
spoken-the-ticks = het aantal kruisjes bij { $place }
spoken-equal = { $what } { $than } is
spoken-not-equal = { $what } niet { $than } is
spoken-less = { $what } lager is dan { $than }
spoken-at-most = { $what } { $than } of lager is
spoken-more = { $what } hoger is dan { $than }
spoken-at-least = { $what } { $than } of hoger is
spoken-before = { $what } vóór { $than } ligt
spoken-until = { $what } op of vóór { $than } ligt
spoken-after = { $what } na { $than } ligt
spoken-from = { $what } op of na { $than } ligt
spoken-today = vandaag

## paper

paper-see = [zie { $code }]
paper-place = { $code } (‘{ $text }’)
paper-only-if = Alleen als { $condition }.
paper-part-only-if = Vul dit onderdeel alleen in als { $condition }. Sla het anders over.
paper-valid-if = Alleen geldig als { $condition }.
paper-option-only-if = { $option } (alleen als { $condition })
paper-code = Code van de respondent
paper-code-hint = nooit een naam; leeg = het nummer van dit formulier
paper-day = Ingevuld op (JJJJ-MM-DD)
paper-interviewer = Code van de interviewer

## report/html/sheet

report-sheet-number = Formulier { $number }
report-sheet-printed-from = { $name } · { $hash }
report-sheet-how-to-tick = Zet een kruis in het gekozen vakje: ☒. Vergist? Maak het vakje helemaal zwart (■) en zet een kruis in het goede vakje.
report-sheet-how-to-leave-open = Elke vraag mag open blijven. Zet een ‘?’ naast een vraag als het antwoord niet bekend is.
report-sheet-hand-over = Interviewer: geef het formulier aan de respondent, die het vanaf hier zelf invult.
report-sheet-hand-back = Geef het formulier nu terug aan de interviewer.
report-sheet-rule-for = { $first } – { $last }: { $rule }
report-sheet-several = Meer dan één antwoord is mogelijk.
report-sheet-at-most =
    { $max ->
        [one] Eén antwoord.
       *[other] Hoogstens { $max } antwoorden.
    }
report-sheet-from-to = van { $min } tot en met { $max }
report-sheet-from = { $min } of meer
report-sheet-up-to = hoogstens { $max }
report-sheet-steps = in stappen van { $step }
report-sheet-day = jaar-maand-dag, zoals 2026-03-31
report-sheet-day-from = vanaf { $min }
report-sheet-day-up-to = tot en met { $max }
report-sheet-rank =
    { $places ->
        [one] Zet een 1 in het vakje van wat op de eerste plaats komt.
       *[other] Zet een 1 in het vakje van wat op de eerste plaats komt, een 2 bij wat daarna komt, en zo verder tot en met { $places }.
    }
report-sheet-share = Verdeel { $total } punten: zet in elk vakje een getal. Samen zijn ze { $total }.
report-sheet-most-and = Eén kruis in de eerste kolom. Daarna, in de tweede: { $least }
report-sheet-thanks = Hartelijk dank! Dit is het einde van de vragenlijst.
report-sheet-one-order = Op papier staat alles in één vaste volgorde, die op elk formulier dezelfde is.
report-sheet-timed = De sorteertaak staat niet op papier, omdat daarbij tijd gemeten moet worden.

## plain/entering

plain-entering-begin = Eén regel voor elke plaats op het formulier: het nummer van het vakje, een getal, woorden. - leeg, ? weet niet, ~ onleesbaar, + twee aangekruist; :help voor de rest.
plain-entering-sheet = Formulier (Enter om te stoppen):
plain-entering-pass = { $sheet }, invoer { $pass }
plain-entering-go-on = { $sheet }, invoer { $pass }, vervolg
plain-entering-differs = { $sheet }: wat verschilt. a of b neemt over wat is ingevoerd, of typ wat er op het formulier staat
plain-entering-end = Het hele formulier: { $blank } leeg, { $unknown } weet niet, { $illegible } onleesbaar, { $twice } dubbel aangekruist. Enter sluit het af, of verander een plaats (B3=5)
plain-entering-letter-empty = Die invoer heeft op deze plaats niets. Neem de andere, of typ wat er staat.
plain-entering-end-takes = Hier kan een plaats veranderd worden met haar code, zoals B3=5; Enter sluit het formulier af.
plain-entering-once = Formulier { $sheet } is één keer ingevoerd en telt nog nergens mee: het wordt nog een keer ingevoerd, zonder hiernaar te kijken.
plain-entering-places =
    { $places ->
        [one] De invoer verschilt op 1 plaats.
       *[other] De invoer verschilt op { $places } plaatsen.
    }
plain-entering-session = Sessie { $session } van { $respondent }: er valt niets meer te beslissen.
plain-entering-refused = Geen toestemming op het formulier van { $respondent }: verder wordt er niets van bewaard.
plain-entering-not-asked = Weggelaten, omdat het niet ingevuld hoefde te worden: { $places }.
plain-entering-done-before = Dat formulier is al sessie { $session }.
plain-entering-erased = Dat formulier is gewist op { $day } en wordt niet opnieuw ingevoerd.
plain-entering-no-such-code = Op dit formulier staat geen { $code }.
plain-entering-or-illegible = Staat dat er echt, voer dan ~ in en schrijf het op met :notitie.
plain-entering-needed = Dit moet ingevuld zijn.
plain-entering-no-code = Dat is geen code: letters, cijfers, streepjes en punten, nooit een naam.
plain-entering-no-command = Er is geen opdracht :{ $word }; :help geeft de lijst.
plain-entering-empty = Er is niets getypt. - zegt dat er niets staat.
plain-entering-not-reached = niet ingevoerd
plain-entering-word-blank = blanco
plain-entering-word-illegible = onleesbaar
plain-entering-word-two = twee
plain-entering-several = een of meer van 1–{ $last }
plain-entering-several-or-none = een of meer van 1–{ $last }, 0 voor geen van alle
plain-entering-places-of = de plaats in elk van { $options } vakjes
plain-entering-places-of-some = de plaatsen 1–{ $places } in { $options } vakjes, - voor een leeg vakje
plain-entering-points-of = de punten in elk van { $parts } vakjes
plain-entering-day = JJJJ-MM-DD
plain-entering-help =
      - of :blanco       er staat niets
      ~ of :onleesbaar   niemand kan het lezen, of het is geen antwoord
      + of :twee         er is meer dan één vakje aangekruist
      5 4 - 2            deze rij van een tabel en die eronder
      ? of :weetniet     er staat een vraagteken naast
      :geen              zo staat het naast de vraag
      B3=5               wat er op een andere plaats staat
      :notitie TEKST     een notitie bij deze plaats
      :delen             wat tot nu toe is ingevoerd
      :terug             naar de plaats hiervoor
      :verder            laat dit formulier zoals het is en neem een ander
      :stop              stoppen; alles wat is ingevoerd blijft bewaard

## report/validity

report-validity-evidence = Aanwijzingen voor validiteit
report-validity-what-it-is = Wat dit onderzoek over zijn eigen maten kan zeggen. Niets ervan maakt een maat valide: het laat zien wat ertegen pleit, als er iets tegen pleit. Wie vaker antwoordde, telt één keer mee, met de laatste antwoorden; de herhaling gaat over de eerste twee keer over één organisatie, en ontbrekende antwoorden zijn die achter het rapport.
report-validity-cases = Onafhankelijke gevallen
report-validity-structure = Structuur van de normen
report-validity-norms = Normen
report-validity-no-norms-by-points = De vragenlijst heeft geen normen die elk met meer stellingen worden gemeten; hun structuur is dus niet te onderzoeken.
report-validity-too-few-cases =
    { $found ->
        [one] Er is één deelnemer
       *[other] Er zijn { $found } deelnemers
    } met alle antwoorden. Een model van de structuur wordt pas vanaf { $needed } geschat, omdat het met minder slechter lijkt te passen dan het doet.
report-validity-too-few-items = Een norm heeft minder dan twee stellingen; dat is te weinig voor een eigen factor.
report-validity-no-variance = Op een van de stellingen gaf iedereen hetzelfde antwoord; daar kan niets mee samenhangen.
report-validity-singular = Een van de stellingen volgt uit de andere, of er zijn te veel stellingen voor zo weinig deelnemers: hun covarianties zijn niet te inverteren.
report-validity-not-settled = De schattingen kwamen niet tot rust: deze antwoorden passen niet bij zo’n model.
report-validity-no-complete-cases = Niemand beantwoordde alle stellingen.
report-validity-complete-cases = { $n } beantwoordden alle stellingen; { $out } niet, en die tellen hier niet mee.
report-validity-a-factor-each = { $whose }: een factor voor elk, met maximale aannemelijkheid over { $n } deelnemers met alle antwoorden. χ²({ $df }) = { $chi }, p { $p }, bijgestelde p (Satorra en Bentler 1994; Swain 1975) { $corrected }; CFI { $cfi }, TLI { $tli }, RMSEA { $rmsea } (90 %: { $ends }), SRMR { $srmr }.
report-validity-reversed = Van de { $items } stellingen { $reversed ->
        [one] is er een
       *[other] zijn er { $reversed }
    } andersom gesteld, en te weinig daarvan naast andere van dezelfde norm om ja zeggen ervan te onderscheiden. Hoe gemakkelijk iemand ja zegt, verschuift die ten opzichte van de andere en hoort bij geen norm. Daardoor kunnen de factoren minder goed passen dan de normen alleen zouden geven.
report-validity-yes-saying = Van de { $items } stellingen zijn er { $reversed } andersom gesteld. Daardoor is ja zeggen op wat er ook gevraagd wordt van de normen te onderscheiden. Het staat ernaast en verschuift elk antwoord evenveel punten (een random intercept; Maydeu-Olivares en Coffman 2006): gemiddeld bepaalt het { $share } van de variantie van een stelling (standaardfout { $se }).
report-validity-yes-saying-chance = Dat is minder dan tweemaal die fout: het kan toeval zijn.
report-validity-without-it = Zonder is χ² { $more } groter bij één vrijheidsgraad.
report-validity-no-yes-saying = Van de { $items } stellingen zijn er { $reversed } andersom gesteld. Daardoor is ja zeggen op wat er ook gevraagd wordt van de normen te onderscheiden (een random intercept; Maydeu-Olivares en Coffman 2006). Het is niet gevonden: de variantie ervan komt op nul of lager uit, en de factoren zijn zonder geschat.
report-validity-without-yes-saying = zonder ja-zeggen
report-validity-one-factor = Met één factor voor alle stellingen is χ² { $more } groter bij { $df } vrijheidsgraden, en is CFI { $cfi }.
report-validity-heywood = Deze schattingen kunnen niet bestaan (een Heywoodgeval): wat de factor overlaat van { $items } komt op nul of lager uit. Dat komt door te weinig deelnemers of een verkeerde structuur; op de passing valt niet te bouwen.
report-validity-impossible-correlations = Deze schattingen kunnen niet bestaan: sommige factoren hangen sterker samen dan variabelen kunnen. De normen zijn hier niet van elkaar te onderscheiden; op de passing valt niet te bouwen.
report-validity-measure = maat
report-validity-factor-each = elk een factor
report-validity-factor-one = één factor
report-validity-fit = Hoe goed de factoren passen
report-validity-df = vrijheidsgraden
report-validity-p-corrected = p, bijgesteld
report-validity-close-fit = p van nauwe passing (RMSEA tot ,05)
report-validity-what-is-usual = Wat gebruikelijk is: een passing heet meestal goed vanaf een CFI en TLI van ,95, met een RMSEA tot ,06 en een SRMR tot ,08 (Hu en Bentler 1999). Die grenzen zijn getrokken voor andere aantallen deelnemers, stellingen en ladingen, en geen ervan toont dat een structuur de ware is. Punten van een schaal tellen alsof ze continu zijn: waar ze niet normaal verdeeld zijn, of bij weinig deelnemers, is χ² te groot. De bijgestelde p, CFI, TLI en RMSEA nemen beide terug (Satorra en Bentler 1994; Swain 1975; Brosseau-Liard, Savalei en Li 2012).
report-validity-loadings = Gestandaardiseerde ladingen
report-validity-item = stelling
report-validity-norm = norm
report-validity-loading = lading
report-validity-correlations = Correlaties van de factoren
report-validity-norms-two = normen
report-validity-languages = De normen in twee talen
report-validity-one-language = Alle deelnemers met alle antwoorden gebruikten één taal ({ $listed }): er valt niets te vergelijken.
report-validity-languages-too-few = Deelnemers met alle antwoorden, per taal: { $listed }. Twee talen worden vergeleken zodra elk er { $needed } heeft.
report-validity-languages-compared = Deelnemers met alle antwoorden, per taal: { $listed }.
report-validity-languages-yes-saying = Ja-zeggen maakt deel uit van deze modellen, met in elke taal een eigen variantie en gemiddelde.
report-validity-languages-no-yes-saying = Ja-zeggen is uit deze modellen gelaten: er is een taal waarin het niet werd gevonden.
report-validity-invariance = Wat over talen gelijk wordt gehouden
report-validity-equal = gelijk
report-validity-configural = welke stelling waar hoort
report-validity-metric = en ladingen
report-validity-scalar = en intercepten
report-validity-scalar-usual = Geen van beide stappen kost meer passing dan gebruikelijk is bij normen die gelijk worden gemeten (CFI hoogstens ,010 lager, RMSEA hoogstens ,015 hoger): verbanden en gemiddelden van normen zijn over talen te vergelijken.
report-validity-metric-usual = Gelijke ladingen kosten niet meer passing dan gebruikelijk is bij normen die gelijk worden gemeten; gelijke intercepten kosten meer (CFI meer dan ,010 lager of RMSEA meer dan ,015 hoger) of waren niet te schatten. Verbanden van normen zijn over talen te vergelijken, hun gemiddelden beter niet.
report-validity-neither-usual = Gelijke ladingen kosten meer passing dan gebruikelijk is bij normen die gelijk worden gemeten (CFI meer dan ,010 lager of RMSEA meer dan ,015 hoger): verbanden noch gemiddelden van normen kunnen over talen worden vergeleken zonder naar de stellingen te kijken.
report-validity-what-steps-are = Elke rij houdt meer gelijk dan die ervoor; Δ is wat dat verandert. Gelijke ladingen: hetzelfde verschil in een norm geeft hetzelfde verschil in antwoorden. Gelijke intercepten: dezelfde norm geeft dezelfde antwoorden. De grenzen zijn gebruikelijke (Cheung en Rensvold 2002; Chen 2007), en Δχ² vindt ook kleine verschillen als er veel deelnemers zijn.
report-validity-retest = Nog eens antwoorden
report-validity-came-twice =
    { $people } { $people ->
        [one] persoon
       *[other] mensen
    } antwoordden twee keer over dezelfde organisatie, met een mediaan van { $median } dagen ertussen (kwartielen { $lower } en { $upper }).
report-validity-agreement-of = ICC(A,1), de overeenstemming van beide keren: { $all }.
report-validity-retest-too-few =
    { $found ->
        [0] Niemand antwoordde twee keer over dezelfde organisatie.
        [one] 1 persoon antwoordde twee keer over dezelfde organisatie.
       *[other] { $found } mensen antwoordden twee keer over dezelfde organisatie.
    } Hertestbetrouwbaarheid staat er vanaf { $needed }.
report-validity-retest-by-scale = Beide keren, per schaal
report-validity-first-second = gemiddelden
report-validity-what-retest-tells = ICC(A,1) vraagt om dezelfde waarde bij beide keren, ICC(C,1) om dezelfde volgorde van mensen (Shrout en Fleiss 1979; McGraw en Wong 1996). Een relatie die intussen veranderde, verlaagt beide net zoals een onbetrouwbare maat dat doet; wie zich de eerste antwoorden herinnert, verhoogt ze.
report-validity-common = Gemeenschappelijke methode
report-validity-common-untold = Verbanden zonder een algemene factor staan er vanaf { $needed } mensen van wie de scores bekend zijn, met zes andere beoordelingen of meer; het { $found ->
        [one] is er
       *[other] zijn er
    } { $found }.
report-validity-common-what = Hoe wat gezegd wordt met de normen samenhangt, voor en nadat eruit is gehaald wat alle andere beoordelingen gemeen hebben.
report-validity-common-relations = Correlaties met 95 %-intervallen
report-validity-relation = verband
report-validity-before = zoals het is
report-validity-after = zonder de algemene factor
report-validity-common-can-tell = Een score op de eerste factor van alle beoordelingen behalve die van beide schalen staat voor wat ze gemeen hebben; wat overblijft is de partiële correlatie. Een verband dat blijft, komt niet alleen door een algemene manier van antwoorden. Een verband dat verdwijnt misschien wel: maar een algemene waardering van de organisatie gaat er ook mee uit, zodat het ook echt kan zijn. Niets hier zegt iets over een manier van antwoorden die alleen deze twee schalen delen.
report-validity-missing = Ontbrekende antwoorden
report-validity-nothing-missing = Er ontbreekt niets: elke beoordeling die gevraagd is ({ $asked } in totaal) heeft een antwoord.
report-validity-so-many-missing =
    { $gone } van { $asked } gevraagde beoordelingen hebben geen antwoord ({ $share } %), in { $with_gaps } { $with_gaps ->
        [one] sessie
       *[other] sessies
    }. Wat niet gevraagd is, ontbreekt niet.
report-validity-too-few-to-impute =
    Antwoorden worden vanaf { $needed } sessies geïmputeerd; het { $n ->
        [one] is er
       *[other] zijn er
    } { $n }.
report-validity-most-moved = Imputeren verschuift geen getal met meer dan { $errors } van zijn standaardfouten ({ $figure }).
report-validity-nothing-moves = Geen getal is op beide manieren te berekenen.
report-validity-with-and-without = Getallen met en zonder geïmputeerde antwoorden, 95 %-intervallen
report-validity-figure = getal
report-validity-as-answered = zoals geantwoord
report-validity-imputed = geïmputeerd
report-validity-missing-information = ontbrekende informatie
report-validity-said-associated = Gezegd met geassocieerd, r
report-validity-how-imputed = { $imputations } imputaties met geketende vergelijkingen en predictive mean matching (van Buuren 2018), seed { $seed }, samengenomen met de regels van Rubin en de vrijheidsgraden van Barnard en Rubin (1999). ‘Zoals geantwoord’ telt sessies met genoeg antwoorden, net als het rapport. De intervallen zijn gewone, met t en zonder groepen. Aangenomen is dat wat ontbreekt alleen afhangt van wat wel geantwoord is; als mensen juist om hun antwoord zwegen, helpt geen methode.
report-methods-validity = aanwijzingen voor validiteit
report-methods-validity-more = Met ‘relata validity’ zegt een onderzoek ook wat er van verbanden overblijft zonder een algemene factor, en of ontbrekende antwoorden de getallen veranderen. Wat bij zulke maten gebruikelijk is, bewijst geen structuur.
