# Mitä komentorivi sanoo itse, suomeksi. Korteista kertovat lauseet ovat tiedostossa siru_text.ftl.

## Ohje

help-about = Katso suomalaisia varmennekortteja sekä tarkista, vaihda ja avaa niiden tunnuslukuja
help-usage = Käyttö:
help-commands = Komennot
help-options = Valitsimet
help-arguments = Argumentit
help-list = Näytä lukijat, kortit, tunnusluvut ja jäljellä olevat yritykset. Ei lähetä tunnuslukuja
help-check = Tarkista tunnusluku
help-change = Vaihda tunnusluku uuteen
help-unlock = Aseta uusi tunnusluku PUK- tai aktivointitunnusluvulla, oli entinen lukittu tai unohtunut
help-activate = Aseta uuden kortin molemmat tunnusluvut kirjeen tunnusluvulla, tai se joka puuttuu
help-certificate = Näytä ja tallenna kortin varmenteita. Ei tarvitse tunnuslukua
help-certificate-list = Luettele kortin varmenteet
help-certificate-show = Näytä niiden kaikki tiedot
help-certificate-export = Kirjoita varmenne tiedostoon tai vakiotulosteeseen
help-login-test = Kirjaudu tämän tietokoneen omaan palvelimeen ja kerro, mikä kohta ei toimi
help-test-browser = Anna selaimesi kirjautua; PIN1 näppäillään siellä
help-test-module = Testattava PKCS #11 -moduuli (oletus: tähän ohjelmaan kuuluva)
help-trust = PEM-tiedosto juurivarmenteista, joihin luotetaan valtion omien lisäksi; voi antaa useita
help-browser = Näytä ja muuta, mitkä ohjelmat lataavat korttimoduulin. Ei tarvitse korttia
help-browser-status = Näytä p11-kit, Firefox ja Chromium sekä lataako kukin moduulin
help-browser-register = Rekisteröi moduuli tämän käyttäjän ohjelmiin; myös päivityksen jälkeen
help-browser-unregister = Poista rekisteröinti
help-if-allowed = Vain jos tietokoneen asetukset määräävät niin (browser.register), ja mitään tulostamatta; istunnon alkuun
help-config = Näytä, mitä tälle tietokoneelle on määrätty ja kuka sen on määrännyt. Ei tarvitse korttia
help-config-show = Näytä jokainen asetus, sen arvo ja mistä se tulee
help-config-check = Kerro, mitä vikaa on tietokoneen asetustiedostossa
help-config-file = Tiedosto
help-system = Sen sijaan tietokoneen kaikille käyttäjille: p11-kit ja Firefoxin käytäntö. Vaatii ylläpitäjän oikeudet
help-module = Rekisteröitävä moduuli (oletus: Sirun mukana asennettu)
help-record = Suorita toinen komento ja kirjoita korttiliikenne tiedostoon ilman tunnuslukuja
help-json = JSON-muodossa ohjelmille
help-pin = Kumpi tunnusluku: 1 on perustunnusluku, 2 on allekirjoitustunnusluku
help-reader = Lukija: sen numero tai nimi komennossa ”siru list”, tai nimen osa
help-serial = Kortti: sen sarjanumero tai siitä vähintään 4 viimeistä merkkiä
help-pin-file = Lue tunnusluvut tiedostosta, yksi rivillä kysymysjärjestyksessä, uudet kerran; - on vakiosyöte
help-last-try = Jatka, vaikka väärä yritys lukitsisi tunnusluvun tai kuluttaisi toisen PUK-tunnusluvun kahdesta viimeisestä yrityksestä
help-letter = Mitä kortin kirjeessä on, ellei kortti kerro sitä: code (8 numeroa, sanotaan myös PUK-tunnusluvuksi) tai activation-pin (7 numeroa)
help-purpose = Mikä varmenne: authentication, signature tai ca (show: kaikki, ellei annettu; export: authentication)
help-format = pem tai der (oletus: pem)
help-out = Tiedosto, johon kirjoitetaan (oletus: vakiotuloste)
help-chain = Myös kortilla olevat varmentajien varmenteet, kortin oma ensin (vain PEM)
help-record-out = Tiedosto, johon tallenne kirjoitetaan
help-record-command = Suoritettava komento valitsimineen
help-demo = Käytä virtuaalikortteja lukijoiden sijaan; mihinkään oikeaan ei kosketa. IMAGE on yksi tai useampi näistä: { $images }; tuetut myös päätteellä { $states }
help-lang = Kieli: fi, sv tai en (oletus: asetusten kieli tai järjestelmän kieli)
help-verbose = Kerro enemmän virhetulosteeseen; kahdesti: kaikki komennot kortille ilman tunnuslukuja
help-help = Näytä tämä ohje
help-version = Näytä versio
help-secrets = Tunnusluvut näppäillään päätteessä, eivätkä ne näy. Ne eivät koskaan kuulu komentoriville.
help-exit-codes = Paluuarvot
exit-0 = valmis
exit-1 = odottamaton virhe; viesti kertoo, lähetettiinkö mitään
exit-2 = komentorivi on virheellinen tai ei kerro, mikä kortti
exit-3 = älykorttipalvelua ei ole
exit-4 = lukijaa ei ole
exit-5 = korttia ei ole, tai sitä ei tueta
exit-6 = väärä tunnusluku tai PUK; yksi yritys kului
exit-7 = tunnusluku on lukittu
exit-8 = PUK-tunnusluku on lukittu, pysyvästi
exit-9 = kieltäydytty ennen lähettämistä; yrityksiä ei kulunut
exit-10 = tulos ei ole tiedossa

## Mikä komentorivissä on vikana

usage-wrong = Komentoriviä ei ymmärretä
usage-unknown-option = Valitsinta { $option } ei tässä ole.
usage-did-you-mean = Tarkoititko { $option }?
usage-unknown-argument = Yksi sana on liikaa. Sitä ei toisteta tässä, koska se voi olla tunnusluku: tunnusluvut eivät koskaan kuulu komentoriville.
usage-unknown-command = Sellaista komentoa ei ole.
usage-missing = Jotakin puuttuu: { $options }
usage-missing-command = Komento puuttuu.
usage-value = Valitsimen { $option } arvo ei ole mikään niistä, jotka se hyväksyy.
usage-conflict = { $option } ei sovi yhteen toisen annetun valitsimen kanssa.
usage-no-nested-record = Komentoa ”record” ei voi tallentaa.
usage-nothing-to-record = Komentoja ”browser”, ”config” ja ”login-test” ei voi tallentaa.
usage-serial-short = Sarjanumerosta tarvitaan vähintään 4 viimeistä merkkiä.
usage-der-chain = Varmenneketjun voi kirjoittaa vain PEM-muodossa.
usage-unknown-image = Sellaista esittelykorttia ei ole. Nämä ovat: { $images }; tuetut myös päätteellä { $states }.
usage-see-help = Katso: siru --help

## Luettelo

list-no-readers = Ei lukijaa
list-no-readers-next = Kytke kortinlukija.
list-empty = Ei korttia
list-unreachable = Lukijaan ei saada yhteyttä
list-name-unknown = Nimi ei ole tiedossa
label-holder = Haltija
label-card = Kortti
label-serial = Sarjanumero
label-certificate = Varmenne
label-note = Huomautus
serial-unknown = ei luettavissa
validity-until = voimassa { $date } asti
validity-expired = vanhentunut { $date }
validity-from = voimassa { $date } alkaen
validity-unknown = ei luettavissa
date = { $day }.{ $month }.{ $year }
test-card = Testikortti
demo = Esittely: nämä ovat virtuaalikortteja; mihinkään oikeaan ei kosketa.
outcome-card = Kortti: { $holder }, sarjanumero { $serial }

## Mikä kortti

choose-several = Kortteja on useampi kuin yksi
choose-several-detail = Komento koskee vain yhtä korttia, eikä Siru valitse sitä.
choose-several-next = Nimeä kortti valitsimella --serial tai lukija valitsimella --reader.
choose-unclear = Ei ole selvää, mitä korttia tarkoitetaan
choose-unclear-detail = Tässä lukijassa on kortti, jota ei juuri nyt voi lukea: { $reader }
choose-card = { $number }: { $holder }, { $serial } ({ $reader })
choose-no-reader = Sellaista lukijaa ei ole
choose-readers-are = Lukijat: { $readers }
choose-reader-several = Useamman kuin yhden lukijan nimi sisältää annetun tekstin
choose-no-card = Missään lukijassa ei ole korttia
choose-no-supported = Missään lukijassa ei ole Sirun tukemaa korttia
choose-no-serial = Missään lukijassa ei ole korttia, jolla olisi tämä sarjanumero
choose-serial-several = Useamman kuin yhden kortin sarjanumero päättyy näin

## Kysymykset

ask-current = { $name } ({ $rules }):
ask-new = Uusi { $name } ({ $rules }):
ask-again = Sama uudelleen:
ask-go-on = Jatketaanko? [k/e]
unlock-activate-instead = Lopeta tähän (Ctrl-C) ja suorita: siru activate
ask-word = Kirjoita sana, tai lopeta painamalla Enter:
answer-yes = k
answer-yes-word = kyllä
not-sent = Mitään ei lähetetty, yrityksiä ei kulunut.
prompt-no-terminal = Tunnuslukua ei voi kysyä, koska päätettä ei ole
prompt-no-terminal-next = Suorita komento päätteessä, tai anna tunnusluvut valitsimella --pin-file.
prompt-shown = Vakiosyöte on pääte, joka näyttää, mitä näppäillään
prompt-shown-next = Jätä --pin-file pois: silloin Siru kysyy tunnusluvun näyttämättä sitä.
prompt-cancelled = Peruttu
prompt-ended = Tunnusluku puuttuu
prompt-ended-detail = Syöte loppui ennen kuin kaikki tunnusluvut oli annettu.
prompt-failed = Päätettä ei voi lukea
prompt-three-slips = Numerot olivat kolmesti väärät
last-try-next = Jatka siitä huolimatta valitsimella --last-try.
not-confirmed = Ei vahvistettu

## Aktivointi

activate-nothing = Kortilla ei ole mitään aktivoitavaa
activate-next = Jos kortti on uusi, aseta sen tunnusluvut kirjeen aktivointitunnusluvulla tai aktivointi-PINillä: siru activate
activate-locked-next = Aseta lukitut tunnusluvut uudelleen komennolla siru unlock. Jos kortti on uusi eikä sitä ole koskaan käytetty: siru activate --letter code
activate-unlock-next = Aseta lukittu tunnusluku uudelleen komennolla siru unlock.
activate-changed = Kortti on muuttunut sen jälkeen kun se näytettiin
activate-changed-next = Katso komennolla siru list, mitkä tunnusluvut on asetettu, ja aloita alusta.
ask-letter = Montako numeroa kirjeesi tunnusluvussa on? Kirjoita vain tuo määrä, 7 tai 8:
letter-unclear = Kortti ei kerro, mikä tunnusluku sen kirjeessä on
letter-unclear-next = Katso kirjeestä, ja anna --letter code tai --letter activation-pin.
letter-other = Tämän kortin kirjeessä on toinen tunnusluku
weak-next = Tämän tietokoneen säännöt vaativat vaikeammin arvattavan tunnusluvun.

## Tiedostot

pin-file-unreadable = Tunnuslukutiedostoa ei voi lukea
pin-file-open-to-others = Muut voivat lukea tunnuslukutiedoston
pin-file-open-to-others-next = Salli lukeminen vain itsellesi: chmod 600
write-failed = Tulostetta ei voi kirjoittaa
write-failed-detail = Järjestelmä sanoo: { $reason }
wrote-file = Kirjoitettu: { $file }

## Varmenteet

purpose-authentication = Todentaminen
purpose-signature = Allekirjoitus
purpose-ca = Varmentaja
certificate-missing = Kortilla ei ole sellaista varmennetta
field-subject = Haltija
field-issuer = Myöntäjä
field-serial = Sarjanumero
field-valid-from = Voimassa alkaen
field-valid-until = Voimassa asti
field-key = Avain

## Kirjautumistesti

login-roots = Juurivarmenteiden tiedostoa ei voi käyttää
login-roots-detail = Sitä ei voi lukea, tai siinä ei ole varmennetta: { $file }
login-demo = Moduuli ei näe virtuaalikortteja
login-demo-next = Käytä oikeaa korttia tai virtuaalikorttia PC/SC-lukijassa (siru-sim).
login-enter = Lopeta testi painamalla Enter.

## Selaimet

browser-module = Moduuli: { $path }
browser-added = nyt
browser-moved = muutettu nyt
browser-removed = poistettu nyt
browser-failed = ei muutettu
browser-restart = Muutos tulee voimaan, kun selain on suljettu ja käynnistetty uudelleen.
browser-register-user = Rekisteröi komennolla: siru browser register
browser-register-system = Ylläpitäjä rekisteröi kaikille käyttäjille komennolla: siru browser register --system
browser-not-allowed = Sinulla ei ole oikeutta kirjoittaa tätä tiedostoa. Ylläpitäjällä on.
browser-would-hide = Tämä käytäntötiedosto tuli Firefoxin mukana. Uusi tiedosto hakemistossa /etc/firefox kumoaisi sen, joten mitään ei kirjoitettu; kukin käyttäjä voi suorittaa komennon: siru browser register
browser-shipped = Tämä käytäntötiedosto tuli Firefoxin mukana, ja Firefoxin seuraava päivitys toisi merkinnän takaisin, joten tiedostoa ei muutettu.
browser-not-ours = Tässä tiedostossa ei ole Sirun moduulia, joten siihen ei koskettu. Siirrä se pois, jos haluat rekisteröidä.
module-missing = Korttimoduulia ei ole asennettu
module-missing-next = Asenna se, tai nimeä se valitsimella --module.
module-path-wrong = Moduulin polkua ei voi rekisteröidä: siinä on muutakin kuin tulostuvaa tekstiä

## Asetukset

config-nothing = järjestelmä päättää
config-none = ei mitään
config-default = oletus
config-machine = tietokoneen asetukset
config-user = omat asetuksesi
config-user-policy = sinua koskeva ryhmäkäytäntö
config-machine-policy = tätä tietokonetta koskeva ryhmäkäytäntö
config-locked = lukittu
config-problems = Näitä ei voi käyttää, ja niiden tilalla on voimassa oletus:
config-good = Tiedostossa { $file } ei ole vikaa.
