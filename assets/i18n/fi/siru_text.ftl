# Kaikki korteista, tunnusluvuista ja lukijoista kertovat lauseet suomeksi.
# $code on pin1, pin2 tai puk, ja näppäillystä myös activation-pin; $tries, $min ja $max ovat lukuja.

## Nimet

code = { $code ->
    [pin1] perustunnusluku (PIN1)
    [pin2] allekirjoitustunnusluku (PIN2)
   *[puk] PUK-tunnusluku/aktivointitunnusluku
}
# Samat lauseen sisällä, kielten tarvitsemissa muodoissa.
code-subject = { $code ->
    [pin1] perustunnusluku (PIN1)
    [pin2] allekirjoitustunnusluku (PIN2)
    [activation-pin] aktivointi-PIN
   *[puk] PUK-tunnusluku
}
code-start = { $code ->
    [pin1] Perustunnusluku (PIN1)
    [pin2] Allekirjoitustunnusluku (PIN2)
    [activation-pin] Aktivointi-PIN
   *[puk] PUK-tunnusluku
}
code-object = { $code ->
    [pin1] perustunnusluvun (PIN1)
    [pin2] allekirjoitustunnusluvun (PIN2)
    [activation-pin] aktivointi-PINin
   *[puk] PUK-tunnusluvun
}
code-owner = { $code ->
    [pin1] Perustunnusluvussa (PIN1)
    [pin2] Allekirjoitustunnusluvussa (PIN2)
    [activation-pin] Aktivointi-PINissä
   *[puk] PUK-tunnusluvussa
}
kind-citizen = Henkilökortti
kind-organisation = Organisaatiokortti
kind-healthcare = Sosiaali- ja terveydenhuollon kortti
kind-unknown = Varmennekortti

## Tunnusluvun tila

state-tries = { $tries ->
    [one] { $tries } yritys jäljellä
   *[other] { $tries } yritystä jäljellä
}
state-tries-of = { $tries }/{ $max } yritystä jäljellä
state-locked = Lukittu
state-locked-for-good = Lukittu pysyvästi
state-not-activated = Aktivoimatta
state-not-activated-tries = Aktivoimatta, { state-tries-of }
state-tries-unknown = Yritysten määrä ei ole tiedossa
state-unknown = Ei tiedossa

## Säännöt ja lipsahdukset ennen lähettämistä

rules-range = { $min }–{ $max } numeroa
rules-exact = { $min } numeroa
entry-not-digits = { code-owner } on vain numeroita 0–9.
entry-too-short = { code-owner } on vähintään { $min } numeroa.
entry-too-long = { code-owner } on enintään { $max } numeroa.
entry-mismatch = Uudet tunnusluvut eivät ole samat.
entry-same-as-current = Uusi tunnusluku on sama kuin nykyinen.
entry-same-as-puk = Uusi tunnusluku ei saa olla PUK- tai aktivointitunnusluku.

## Mitä tapahtui

check-done = Tunnusluvun tarkistus onnistui
check-failed = Tunnusluvun tarkistus epäonnistui
pin-locked = Tunnusluku on lukittu!
puk-failed = PUK-tunnusluvun tarkistus epäonnistui
puk-locked = PUK-tunnusluku on lukittu pysyvästi!
change-done = Tunnusluku vaihdettu
unlock-done = Tunnusluku avattu
not-usable = Tunnuslukua ei voi käyttää
card-refused = Kortti kieltäytyi
unexpected = Kortti vastasi odottamattomasti
answer-lost = Tulos ei ole tiedossa
not-sent = Kortille ei lähetetty mitään

check-done-detail = { code-start } on oikein.
change-done-detail = { code-start } on vaihdettu. Vanha ei enää kelpaa.
unlock-done-detail = Uusi { $code ->
    [pin2] allekirjoitustunnusluku (PIN2)
   *[pin1] perustunnusluku (PIN1)
} on asetettu ja käytettävissä.
wrong-detail = { code-start } oli väärin.
was-last-try = Se oli viimeinen yritys.
locked-detail = { code-start } on lukittu. Kortti ei tutkinut näppäiltyä tunnuslukua.
locked-bare-detail = { code-start } on lukittu.
not-usable-detail = Kortin mukaan { code-subject } ei ole käytettävissä: sitä ei ole vielä aktivoitu tai se on käytetty loppuun.
card-refused-detail = Kortti kieltäytyi suorittamasta komentoa (tila { $status }).
unexpected-detail = Kortti antoi vastauksen, jota mikään määrittely ei tässä selitä (tila { $status }).
pin-not-set = Tunnuslukua ei ole vielä asetettu.
pin-not-changed = Tunnusluku on ennallaan.

try-not-used = Yrityksiä ei kulunut.
try-used = Yksi yritys kului.
try-unknown = Ei ole tiedossa, kuluiko yritys.
left-now = { code-start }: { state-tries }.
left-now-locked = { code-start } on lukittu.
left-now-unknown = Jäljellä olevien yritysten määrä ei ole tiedossa.
may-stay-verified = Tunnusluku voi yhä olla kortilla vahvistettuna. Ota kortti pois lukijasta.
counts-on = Kortti laskee väärät yritykset, vaikka sen ottaisi välillä pois lukijasta.

## Mitä voi tehdä

next-forgotten = Jos et muista tunnuslukua, lopeta tähän ja aseta uusi PUK- tai aktivointitunnusluvulla. Tunnusluvun ei tarvitse olla lukittu.
next-forgotten-for-good = Jos et muista sitä, lopeta tähän: PUK-tunnusluku on lukittu, joten sillä ei voi asettaa uutta tunnuslukua. Nyt lukittuvaa tunnuslukua ei voi enää koskaan avata. { new-card }
next-last-try = Vielä yksi väärä yritys lukitsee { code-object }. Jos olet epävarma, lopeta tähän ja aseta uusi tunnusluku PUK- tai aktivointitunnusluvulla.
next-last-try-activation-pin = Vielä yksi väärä yritys lukitsee { code-object }. Vertaa kirjeeseen, joka tuli kortin mukana, ennen kuin näppäilet uudelleen. Lukitun tunnusluvun avaa vain PUK-tunnusluku, eikä sitä ole kirjeessä, jossa on aktivointi-PIN: se tilataan erikseen.
next-puk-check = Vertaa kirjeeseen, jossa PUK- tai aktivointitunnusluku on. PUK-tunnusluku lukittuu pysyvästi, jos näppäilet väärin vielä { $tries ->
    [one] kerran
   *[other] { $tries } kertaa
}.
next-puk-activation-pin = Kirjeen 7-numeroinen aktivointi-PIN ei ole PUK-tunnusluku: älä näppäile sitä tähän. Vaihda se omaksi tunnusluvuksesi (Vaihda tunnusluku). PUK-tunnusluku lukittuu pysyvästi, jos näppäilet väärin vielä { $tries ->
    [one] kerran
   *[other] { $tries } kertaa
}.
next-activation-pin-check = Vertaa kirjeeseen, joka tuli kortin mukana. Aktivointi-PINissä on 7 numeroa; 8-numeroinen aktivointitunnusluku on PUK-tunnusluku eikä kuulu tähän.
activation-pin-is-not-puk = Tunnuslukua ei ole vielä aktivoitu. Uuden kortin kirjeessä voi olla 7-numeroinen aktivointi-PIN: se ei ole PUK-tunnusluku, ja PUK-tunnuslukuna näppäiltynä se kuluttaa yhden yrityksen. Vaihda se omaksi tunnusluvuksesi (Vaihda tunnusluku): aktivointi-PIN on silloin nykyinen tunnusluku.
next-unlock = Avaa se PUK- tai aktivointitunnusluvulla. { new-puk }
next-unlock-activation-pin = Sen avaa vain PUK-tunnusluku. Sitä ei ole kirjeessä, jossa on aktivointi-PIN: se tilataan erikseen.
next-never = Myös PUK-tunnusluku on lukittu, joten tätä tunnuslukua ei voi enää koskaan avata. { new-card }
puk-spent = Toimivat tunnusluvut toimivat edelleen, mutta lukittua tunnuslukua ei voi enää koskaan avata. { new-card }
new-card = Kortti kelpaa edelleen henkilöllisyyden osoittamiseen. Sähköiseen asiointiin tarvitaan uusi kortti.
new-puk = { $kind ->
    [citizen] Jos tunnusluku on kadonnut, uuden saa poliisilta.
    [organisation] Jos tunnusluku on kadonnut, uuden saa rekisteröintipisteestä.
   *[unknown] Jos tunnusluku on kadonnut, uuden saa poliisilta (henkilökortti) tai rekisteröintipisteestä (organisaatiokortti, sosiaali- ja terveydenhuollon kortti).
}
next-activate = Jos kortti on uusi, aseta tunnusluku kirjeessä olevalla aktivointitunnusluvulla (Avaa tunnusluku). Jos kirjeessä on 7-numeroinen aktivointi-PIN, vaihda se omaksi tunnusluvuksesi (Vaihda tunnusluku).
next-again = Voit yrittää uudelleen. Jos sama toistuu, kysy käyttötuesta ja kerro tila.
next-look-at-counters = Kun kortin voi taas lukea, katso jäljellä olevat yritykset ennen kuin näppäilet mitään.
next-new-then-old = Kun kortin voi taas lukea, katso jäljellä olevat yritykset. Kokeile sitten ensin uutta tunnuslukua ja vasta sen jälkeen vanhaa.
next-look-whether-set = Kun kortin voi taas lukea, katso luettelosta: siitä näkee, onko tunnusluku asetettu. Jos ei ole, jatka kohdasta Aktivointi.
next-look-whether-locked = Kun kortin voi taas lukea, katso luettelosta: siitä näkee, onko tunnusluku yhä lukittu. Jos ei ole, uusi tunnusluku on asetettu. Mitään ei tarvitse kokeilla.
next-look-at-both = Kun kortin voi taas lukea, katso luettelosta molempien tunnuslukujen tila ennen kuin näppäilet mitään.
next-insert = Aseta kortti uudelleen lukijaan ja katso jäljellä olevat yritykset.

## Miksi mitään ei lähetetty

refused-another-card = Lukijassa ei ole se kortti, joka näytettiin aiemmin.
refused-another-card-next = Tarkista, kenen kortti se on, ja aloita alusta.
refused-consent = Väärän yrityksen seurausta ei hyväksytty.
refused-already-set = { code-start } on sillä välin asetettu.
refused-already-set-next = Jos tiedät asetetun tunnusluvun, tarkista se (Tarkista tunnusluku). Jos et tiedä, aseta uusi PUK-tunnusluvulla (Avaa tunnusluku).
refused-not-possible = Tämä ei ole mahdollista: { code-subject }.

## Riskit, jotka käyttäjä hyväksyy

risk-none = { code-start }: { state-tries }
risk-last-try = Viimeinen yritys!
risk-last-try-detail = Jos tunnusluku on väärin, { code-subject } lukittuu, ja sen voi avata vain PUK- tai aktivointitunnusluvulla.
risk-last-try-next = Jos olet epävarma, lopeta tähän ja aseta uusi tunnusluku PUK- tai aktivointitunnusluvulla.
risk-activation-pin-detail = Jos tunnusluku on väärin, { code-subject } lukittuu, ja sen voi avata vain PUK-tunnusluvulla. Sitä ei ole kirjeessä, jossa on aktivointi-PIN: se tilataan erikseen.
risk-activation-pin-next = Vertaa kirjeeseen, joka tuli kortin mukana, ennen kuin jatkat.
risk-for-good-detail = Jos tunnusluku on väärin, { code-subject } lukittuu pysyvästi: PUK-tunnusluku on jo lukittu eikä voi avata sitä. { new-card }
risk-puk-low = PUK-tunnusluvulla on kaksi yritystä jäljellä
risk-puk-low-detail = Jos tunnusluku on väärin, jäljellä on enää yksi yritys. Sen jälkeen PUK-tunnusluku lukittuu pysyvästi.
risk-puk-low-next = Vertaa kirjeeseen, jossa PUK- tai aktivointitunnusluku on, ennen kuin jatkat.
risk-puk-last = PUK-tunnusluvun viimeinen yritys!
risk-puk-last-detail = Jos tunnusluku on väärin, PUK-tunnusluku lukittuu pysyvästi. { puk-spent }
risk-puk-last-next = Jos haluat jatkaa, kirjoita sana { typed-word }.
risk-unknown = Yritysten määrä ei ole tiedossa
risk-unknown-detail = Kortti ei kerro, montako yritystä on jäljellä ({ code-subject }). Tämä voi olla viimeinen.
typed-word = VIIMEINEN

## Helposti arvattavat uudet tunnusluvut

weak-repeated = Uusi { code } on helppo arvata: samat numerot toistuvat.
weak-run = Uusi { code } on helppo arvata: numerot kasvavat tai pienenevät tasaisesti.
weak-birth-date = Uusi { code } on helppo arvata: se on syntymäaika.
weak-serial = Uusi { code } on helppo arvata: sen numerot ovat osa kortin tai sen haltijan numeroa.
weak-same-as-other = { $code ->
    [pin2] Uusi allekirjoitustunnusluku (PIN2) on sama kuin perustunnusluku (PIN1)
   *[pin1] Uusi perustunnusluku (PIN1) on sama kuin allekirjoitustunnusluku (PIN2)
}: joka saa tietää toisen, tietää molemmat.

## Aiemmin näppäillyt numerot

caught-refused-before = Kortti on jo kerran hylännyt samat numerot { code-object } kohdalla. Tällä kertaa mitään ei lähetetty eikä yrityksiä kulunut. Kun kortti otetaan pois lukijasta ja asetetaan uudelleen, Siru unohtaa hylätyt numerot.
caught-belongs-to = Näppäilty luku on tämän kortin { $owner ->
    [pin1] perustunnusluku (PIN1)
    [pin2] allekirjoitustunnusluku (PIN2)
   *[puk] PUK- tai aktivointitunnusluku
}, mutta tässä kysytään toista: { code-subject }. Mitään ei lähetetty eikä yrityksiä kulunut.

## Uuden kortin aktivointi

activation-headline = Korttia ei ole vielä aktivoitu
activation-half-headline = Kortti on aktivoitu vain osittain
activation-locked-headline = Molemmat tunnusluvut on lukittu
activation-left-both = Perustunnusluku (PIN1) ja allekirjoitustunnusluku (PIN2) on vielä asetettava.
activation-left = { code-start } on vielä asetettava.
activation-set = { code-start } on jo asetettu ja pysyy ennallaan.
activation-locked = { code-start } on lukittu. Aktivointi-PIN ei avaa sitä, mutta PUK-tunnusluku avaa (Avaa tunnusluku).
activation-locked-for-good = { code-start } on lukittu, ja myös PUK-tunnusluku on lukittu: sitä ei voi enää avata. { new-card }
activation-code = Ota esiin kirje, joka tuli kortin mukana: siinä on 8-numeroinen aktivointitunnusluku. Se on samalla PUK-tunnusluku, jolla unohtuneen tai lukitun tunnusluvun voi myöhemmin asettaa uudelleen, joten säilytä kirje.
activation-pin = Ota esiin kirje, joka tuli kortin mukana: siinä on 7-numeroinen aktivointi-PIN. Se kelpaa vain aktivointiin eikä ole PUK-tunnusluku.
activation-unclear = Kortti ei kerro, kumpi luku sen kirjeessä on, ja väärä kuluttaisi yrityksen. Katso kirjeestä.
letter-code = Aktivointitunnusluvussa on 8 numeroa, ja sitä sanotaan myös PUK-tunnusluvuksi.
letter-activation-pin = Aktivointi-PINissä on 7 numeroa.
activation-pin-name = Aktivointi-PIN
new-letter = { $kind ->
    [citizen] Jos kirje on kadonnut, uuden tunnusluvun saa poliisilta.
    [organisation] Jos kirje on kadonnut, uuden tunnusluvun saa rekisteröintipisteestä.
   *[unknown] Jos kirje on kadonnut, uuden tunnusluvun saa poliisilta (henkilökortti) tai rekisteröintipisteestä (organisaatiokortti, sosiaali- ja terveydenhuollon kortti).
}
pair-done = Molemmat tunnusluvut on asetettu
pair-done-detail = Uusi perustunnusluku (PIN1) ja uusi allekirjoitustunnusluku (PIN2) on asetettu ja käytettävissä.
pair-only-first = Vain { code-subject } on asetettu
pair-second-failed = { code-start } jäi asettamatta: { $headline }.
pair-first = { code-start } on asetettu
pair-second-unknown = Ei ole tiedossa, onko { code-subject } asetettu.
pair-both-unknown = Ei ole tiedossa, onko perustunnusluku (PIN1) ja allekirjoitustunnusluku (PIN2) asetettu.
pair-second-not-sent = Allekirjoitustunnuslukua (PIN2) varten ei lähetetty mitään.
pair-goes-on = Aktivointi jatkuu tästä: { code-subject }. Jo asetettua ei tarvitse asettaa uudelleen.

## Kortit, joita vain katsotaan

read-only = Siru vain näyttää tämän kortin eikä lähetä sille tunnuslukuja.
read-only-unknown-generation = Siru ei tunne tämän kortin sukupolvea.
read-only-unproven-generation = Tämän korttisukupolven tunnuslukujen toimintaa ei ole vielä varmistettu.
read-only-directory = Kortti kuvaa tunnuslukunsa toisin kuin sukupolvensa muut kortit.
read-only-probe = Kortti ei vastaa tunnuslukujensa puolesta niin kuin sukupolvensa muut kortit (tila { $status }).
read-only-no-serial = Kortin sarjanumeroa ei voi lukea, joten kortin vaihtumista ei huomattaisi.

## Kortit ja lukijat, joita ei voi käyttää

open-foreign = Korttia ei tueta
open-foreign-detail = Lukijassa oleva kortti ei ole suomalainen varmennekortti.
open-foreign-next = Aseta lukijaan henkilökortti, organisaatiokortti tai sosiaali- ja terveydenhuollon kortti.
open-legacy = Vanha kortti
open-legacy-detail = Kortti on vanhaa sukupolvea ({ $profile }), eivätkä sen varmenteet ole enää voimassa. Sen tunnuslukuja ei enää käytetä.
open-legacy-next = Kortti kelpaa henkilöllisyyden osoittamiseen siihen merkittyyn päivään asti. Sähköiseen asiointiin tarvitaan uusi kortti.
open-contactless = Kortti on etälukijan päällä
open-contactless-detail = Tunnuslukuja voi käyttää vain sirun kosketuspintojen kautta.
open-contactless-next = Aseta kortti lukijaan siru edellä.
unreachable = Korttiin ei saada yhteyttä
read-another-card = Lukijassa on toinen kortti
read-another-card-detail = Kortti vaihtui lukemisen aikana.
read-again = Aloita alusta.
unreadable = Korttia ei voi lukea
unreadable-detail = Jokin kortin tiedosto puuttuu tai sitä ei ymmärretä.
unreadable-next = Kokeile samaa lukijaa toisella kortilla: siitä näkee, onko vika kortissa. Jos korttia ei vieläkään voi lukea, kysy kortin myöntäjältä.

reader-no-service = Älykorttipalvelu ei ole käynnissä
reader-no-service-detail = Siru käyttää lukijoita järjestelmän palvelun kautta.
reader-no-service-next = { $system ->
    [windows] Käynnistä palvelu ”Älykortti” (SCardSvr) ja aseta se käynnistymään itsestään.
   *[linux] Käynnistä se komennolla: sudo systemctl enable --now pcscd.socket
}
reader-denied = Älykorttipalveluun ei ole pääsyä
reader-denied-detail = Palvelu on käynnissä, mutta se ei päästä sinua sisään. Näin käy usein etäistunnossa.
reader-denied-next = Kirjaudu suoraan tietokoneelle, tai pyydä sen ylläpitäjältä pääsyä älykorttipalveluun.
reader-gone = Lukija on irrotettu
reader-gone-next = Kytke lukija uudelleen.
reader-no-card = Lukijassa ei ole korttia
reader-no-card-next = Aseta kortti lukijaan siru edellä.
reader-mute = Kortti ei vastaa
reader-mute-next = Ota kortti pois, tarkista että se on oikein päin ja puhdas, ja aseta se uudelleen.
reader-busy = Toinen ohjelma käyttää korttia
reader-busy-detail = Toinen ohjelma on varannut kortin itselleen.
reader-busy-next = Sulje toinen ohjelma tai odota, että se on valmis, ja yritä uudelleen.
reader-cancelled = Odotus lopetettiin
reader-driver = Lukija ilmoitti virheestä
reader-driver-detail = Lukija tai sen ajuri ilmoitti virheestä, jota Siru ei tunne.
reader-driver-next = Irrota lukija ja kytke se uudelleen. Jos se ei auta, kysy käyttötuesta.

## Mikä meni vikaan matkalla kortille

channel-card-removed = Kortti otettiin pois.
channel-card-reset = Toinen ohjelma alusti kortin.
channel-reader-gone = Lukija irrotettiin.
channel-service-stopped = Älykorttipalvelu pysähtyi.
channel-short-answer = Kortin vastaus katkesi kesken.
channel-long-answer = Kortti vastasi enemmän kuin saa.
channel-driver = Lukija ilmoitti virheestä.
exchange-budget = Kortin vastaus ei pääty.
exchange-not-sendable = Komentoa ei voi lähettää tällä tavalla.

## Kirjautumistesti

date = { $day }.{ $month }.{ $year }
login-title = Kirjautumistesti
login-holder = Haltija
login-subject = Varmenteen haltija
login-issuer = Myöntäjä
login-serial = Varmenteen numero
login-key = Avain
login-until = Voimassa asti
login-chain = Varmenneketju
login-protocols = Allekirjoitettu yhteyksissä
login-done = Kirjautuminen toimii
login-done-detail = Kortin avain allekirjoitti, ja sen varmenne johtaa luotettuun juurivarmenteeseen.
login-pin-each-time = Kortti pyysi perustunnuslukua (PIN1) uudelleen heti ensimmäisen allekirjoituksen jälkeen: se pyytää sitä jokaisella kirjautumisella.
login-unregistered = Kortti ja moduuli toimivat; mitään selainta ei ole asetettu käyttämään niitä
login-without = Ei asetettu lataamaan Sirun moduulia: { $names }.
login-register = Rekisteröi moduuli selaimiin: siru browser register. Sulje sitten niiden kaikki ikkunat ja avaa ne uudelleen.
login-again = Ota kortti pois, aseta se uudelleen lukijaan ja toista testi. Jos sama toistuu, kysy käyttötuesta ja kerro tämä viesti.
login-helpdesk = Kysy käyttötuesta ja kerro tämä viesti.
login-install = Asenna Siru uudelleen.

login-no-module = Moduuli puuttuu
login-no-module-detail = PKCS #11 -moduuli, jonka kautta selaimet käyttävät korttia, ei ole paikallaan.
login-module-unusable = Moduulia ei voi ladata
login-module-unusable-detail = Tiedosto on vioittunut, tai se ei ole tämän järjestelmän PKCS #11 -moduuli.
login-module-refused = Moduuli ei toimi
login-module-refused-detail = Moduuli vastasi { $answer }.
login-no-server = Testipalvelinta ei voi käynnistää
login-no-server-detail = Testi tarvitsee portin tältä tietokoneelta (127.0.0.1), eikä sille ole porttia.
login-no-browser = Selainta ei voitu avata
login-no-browser-next = Avaa testin osoite itse selaimessasi.

login-no-reader = Moduuli ei näe lukijaa
login-no-reader-next = Liitä kortinlukija.
login-several-cards = Moduuli näkee useamman kortin
login-several-cards-next = Jätä lukijaan vain testattava kortti.
login-another-card-detail = Moduuli ei näe sitä korttia, joka näytettiin aiemmin.
login-look-only = Korttia voi vain lukea
login-no-certificate = Kirjautumisvarmennetta ei ole
login-no-certificate-detail = Moduuli ei näytä tältä kortilta todentamisvarmennetta ja sen avainta.
login-card-removed = Kortti otettiin pois
login-pin-dropped = Kortti unohti tunnusluvun
login-pin-dropped-detail = Toinen ohjelma käytti korttia ennen kuin se oli allekirjoittanut.
login-pin-dropped-next = Sulje muut korttia käyttävät ohjelmat ja toista testi.
login-last-try = Yksi yritys jäljellä
login-last-try-detail = Väärä tunnusluku lukittuisi nyt, joten kortille ei lähetetty mitään.
login-last-try-next = Jos olet varma tunnusluvusta, tarkista se ensin (Tarkista tunnusluku): oikea palauttaa kaikki yritykset. Jos et ole, aseta uusi PUK- tai aktivointitunnusluvulla.
login-no-signature = Avain ei voi allekirjoittaa kirjautumista
login-no-signature-detail = { $protocol } ei hyväksy tällaista avainta.
login-handshake = Yhteys katkesi
login-handshake-detail = { $protocol } -yhteys katkesi ennen kuin varmenne oli todennettu.

login-wrong-certificate = Valittiin väärä varmenne
login-wrong-certificate-detail = Varmenne on allekirjoittamista, ei kirjautumista varten.
login-wrong-certificate-next = Sulje selaimen kaikki ikkunat, toista testi ja valitse todentamisvarmenne.
login-not-yet = Varmenne ei ole vielä voimassa
login-not-yet-detail = Se on voimassa { $date } alkaen.
login-clock = Tarkista, onko tämän tietokoneen päiväys oikein.
login-expired = Varmenne on vanhentunut
login-expired-detail = Se oli voimassa { $date } asti.
login-expired-next = Jos tämän tietokoneen päiväys on oikein, sähköiseen asiointiin tarvitaan uusi kortti.
login-unreadable = Varmennetta ei voi lukea
login-root = Avain toimii, mutta Siru ei tunne juurivarmennetta
login-root-detail = Ketju päättyy juurivarmenteeseen { $name }. Valtiolla on tämännimisiä juurivarmenteita, mutta kuka tahansa voi antaa sellaisen nimen, eikä Siru voi tietää, onko tämä valtion.
login-root-next = Kirjaudu itse palveluun: vain siitä näkee, kelpaako kortti sille. Jos sinulla on juurivarmenne sivustolta dvv.fi, testin voi saada luottamaan siihen: siru login-test --trust TIEDOSTO.
login-untrusted = Varmenneketjuun ei luoteta
login-untrusted-missing = Myöntäjän varmenne puuttuu: { $name }
login-untrusted-root = Ketju päättyy juurivarmenteeseen, johon ei luoteta: { $name }
login-untrusted-unfit = Tämä varmentaja ei ole voimassa tai ei saa myöntää varmenteita: { $name }
login-untrusted-forged = Tämän varmenteen allekirjoitus ei ole sen myöntäjän: { $name }
login-untrusted-next = Palvelut luottavat vain valtion omiin juurivarmenteisiin. Testikorttiin luottavat testipalvelut.
login-unfit-next = Tarkista, onko tämän tietokoneen päiväys oikein. Jos on, kysy kortin myöntäjältä.
login-forged-next = Älä käytä tätä korttia. Kysy sen myöntäjältä ja kerro tämä viesti.

login-browser = Kirjautumistesti avautuu selaimeesi
login-browser-detail = Selain varoittaa, ettei se luota sivuun: sivu tulee vain tältä tietokoneelta, eikä sillä ole varmentajan varmennetta. Tässä testissä niin kuuluukin olla.
login-browser-next = Jatka silti osoitteeseen localhost, valitse varmenteesi ja näppäile perustunnusluku (PIN1), kun selain sitä kysyy.
login-nothing = Selain ei esittänyt varmennetta
login-nothing-registered = Kortti ei ollut lukijassa, tai varmenteen valinta tai tunnusluvun kysely peruttiin.
login-nothing-unknown = Selain ei tunne moduulia, kortti ei ollut lukijassa, tai varmenteen valinta tai tunnusluvun kysely peruttiin.
login-nothing-next = Aseta kortti lukijaan, sulje selaimen kaikki ikkunat ja toista testi.
login-nobody = Selain ei ottanut yhteyttä
login-nobody-detail = Testi päättyi ennen kuin selain oli avannut sen sivun.
login-nobody-next = Toista testi, ja jatka osoitteeseen localhost, kun selain varoittaa.

## Ohjelmat, jotka lataavat korttimoduulin

place-p11-kit-system = p11-kit, kaikille käyttäjille
place-p11-kit-user = p11-kit, sinulle
place-firefox-policy = Firefox, kaikille käyttäjille
place-firefox-user = Firefox, sinulle
place-firefox-profile = Firefox, profiili { $name }
place-chromium = Chromium ja sen sukuiset selaimet
registration-registered = Rekisteröity
registration-outdated = Rekisteröity toinen kopio moduulista
registration-outdated-detail = Ladattava tiedosto on { $path }. Uusi rekisteröinti korjaa tämän.
registration-twice = Rekisteröity kahdesti
registration-twice-detail = Ohjelma näyttäisi kortin kahdesti ja voisi kysyä tunnuslukua kahdesti. Uusi rekisteröinti korjaa tämän.
registration-for-everyone = Rekisteröity kaikille käyttäjille
registration-by-policy = Rekisteröity tietokoneen käytännöllä
registration-through-p11-kit = Rekisteröity p11-kitin kautta
registration-limited = Rajattu p11-kitin asetuksilla
registration-limited-detail = Tiedosto siru.module pitää moduulin poissa joistakin tai kaikista ohjelmista: siinä on enable-in, disable-in tai tyhjä module-rivi. Rekisteröinti ei muuta sitä.
registration-none = Ei rekisteröity
registration-no-profile = Ei vielä profiilia
registration-no-profile-detail = Käynnistä Firefox kerran ja rekisteröi uudelleen.
registration-ignored = Ei käytössä
registration-ignored-detail = p11-kit ohittaa pääkäyttäjän omat tiedostot. Rekisteröi sen sijaan kaikille käyttäjille.
registration-unreachable = Asennettu { $sandbox }-pakettina, eikä voi käyttää korttia
registration-unreachable-detail = Snap- tai Flatpak-pakettina asennettu selain ei pääse käsiksi tietokoneen korttimoduuliin.
registration-unreachable-firefox = Asenna Firefox sen sijaan deb-pakettina: Debianin firefox-esr tai firefox osoitteesta packages.mozilla.org.
registration-unreachable-chromium = Asenna selain sen sijaan deb-pakettina: Debianin chromium tai selaimen valmistajan oma paketti.
registration-unreadable = Ei luettavissa
registration-unreadable-detail = Tiedostoon ei koskettu. Järjestelmä sanoo: { $reason }
registration-not-text = Tiedosto ei ole tekstiä, eikä siihen koskettu.
registration-not-json = Tiedoston JSONissa on virhe, joten Firefox ohittaa sen kokonaan. Siihen ei koskettu; ylläpitäjän on korjattava se.
registration-not-policies = Tiedostossa ei ole käytäntöjä Firefoxin ymmärtämässä muodossa. Siihen ei koskettu; ylläpitäjän on korjattava se.
registration-not-installed = Ei asennettu
registration-neighbour = Tämä toinen moduuli on samoja kortteja varten ja voi kysyä tunnuslukua toiseen kertaan: { $path }

## Varmenteet

certificate-authentication = Kirjautumisvarmenne
certificate-signature = Allekirjoitusvarmenne
certificate-authority = Varmentaja
certificate-root = Juurivarmentaja
certificate-authentication-use = Palveluihin kirjautumista varten. Varmenteen avaimen käyttöön tarvitaan { code-subject }.
certificate-signature-use = Sähköisiä allekirjoituksia varten. Varmenteen avaimen käyttöön tarvitaan { code-subject }.
certificate-authority-use = Takaa myöntämänsä varmenteet.
key-rsa = RSA, { $bits } bittiä
key-unknown = ei tiedossa
day = { $day }.{ $month }.{ $year }
years = { $years ->
    [one] { $years } vuosi
   *[other] { $years } vuotta
}
months = { $months ->
    [one] { $months } kuukausi
   *[other] { $months } kuukautta
}
days = { $days ->
    [one] { $days } päivä
   *[other] { $days } päivää
}
validity-years = voimassa, { years } jäljellä
validity-months = voimassa, { months } jäljellä
validity-years-months = voimassa, { years } { months } jäljellä
validity-days = vanhenee { $days } päivän kuluttua
validity-ends-today = vanhenee tänään
validity-ended-today = vanheni tänään
validity-ended = vanhentunut { $date } ({ days } sitten)
validity-not-yet = voimassa { $date } alkaen, ei vielä
expiry-certificate = { $code ->
    [pin2] Allekirjoitusvarmenne
   *[pin1] Kirjautumisvarmenne
}
expiry-soon = { expiry-certificate } vanhenee { $days } päivän kuluttua
expiry-today = { expiry-certificate } vanhenee tänään
expiry-past = { expiry-certificate } on vanhentunut
expiry-not-yet = { expiry-certificate } ei ole vielä voimassa
expired-pins = Varmenteen vanhennuttuakin PIN1:n ja PIN2:n voi tarkistaa, vaihtaa ja avata PUK-tunnusluvulla; uusi kortti tarvitaan vain kirjautumiseen ja allekirjoittamiseen.
new-card-from = { $kind ->
    [citizen] Hae uutta korttia poliisilta.
    [organisation] Pyydä uusi kortti rekisteröintipisteestä.
   *[unknown] Uuden kortin saa poliisilta (henkilökortti) tai rekisteröintipisteestä (organisaatiokortti, sosiaali- ja terveydenhuollon kortti).
}
file-authentication = kirjautumisvarmenne
file-signature = allekirjoitusvarmenne
file-chain = { $name }-ketju
calendar-summary = { expiry-certificate } vanhenee: { $holder }
calendar-description = { new-card-from } Tilaa se hyvissä ajoin ennen tätä päivää: uuden kortin saaminen kestää viikkoja. { expired-pins }

## Ohjelmat, jotka pyytävät varmenteet Windowsilta

registration-through-windows = Windowsin kautta
registration-through-windows-detail = Nämä selaimet ottavat varmenteet Windowsilta, joka lukee ne kortilta Sirun minidriverilla. Mitään ei tarvitse rekisteröidä.
registration-no-minidriver = Minidriver puuttuu
registration-no-minidriver-detail = Nämä selaimet ottavat varmenteet Windowsilta, joka lukee ne kortilta vain Sirun minidriverilla. Ylläpitäjä asentaa sen Sirun asennusohjelmalla.
