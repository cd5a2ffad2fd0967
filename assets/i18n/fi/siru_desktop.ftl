# Ikkunan omat sanat suomeksi. Korteista ja tunnusluvuista kertovat lauseet ovat tiedostossa siru_text.ftl.

window-title = Siru
tab-identification = Tunnistautuminen
tab-certificates = Varmenteet
tab-settings = Asetukset
tab-help = Ohje
objects = Tunnistusobjektit
language = Kieli

## Esittely

demo-mark = Esittely: virtuaalikortit
demo-pins = PIN1 { $pin1 } · PIN2 { $pin2 } · PUK { $puk } · aktivointi-PIN { $activation }
card-out = Ota kortti pois
card-in = Aseta kortti
card-out-of = Ota kortti pois lukijasta { $reader }
card-in-to = Aseta kortti lukijaan { $reader }

## Lukijat ja kortit

starting = Etsitään kortinlukijoita…
no-reader = Ei kortinlukijaa
no-reader-detail = Liitä kortinlukija tietokoneeseen. Se ilmestyy tähän itsestään.
insert-card = Aseta kortti lukijaan
insert-card-detail = Työnnä kortti lukijaan siru edellä. Se ilmestyy tähän itsestään.
reader-numbered = Kortinlukija { $number }: { $name }
reader-empty = Lukijassa ei ole korttia
reader-unreachable = Lukija ei vastaa
reader-unreachable-next = Irrota lukija ja liitä se uudelleen.
looking = Luetaan korttia…
still-waiting = Odotetaan yhä kortin vastausta.
cards-summary = { $cards } korttia · { $concerning ->
    [0] mikään ei vaadi huomiota
    [one] { $concerning } vaatii huomiota
   *[other] { $concerning } vaatii huomiota
}
only-attention = Näytä vain huomiota vaativat
read-again = Lue uudelleen
holder-reading = Luetaan nimeä…
holder-unknown = Nimi ei ole tiedossa
card-serial = Kortin numeron loppu { $digits }
look-only = Vain luku
card-line = { $kind } · { $profile }

## Valittu tunnistusobjekti

nothing-selected = Valitse tunnistusobjekti
nothing-selected-detail = Valitse luettelosta tunnusluku, jonka haluat tarkistaa, vaihtaa tai avata PUK- tai aktivointitunnusluvulla.
check-pin = Tarkista tunnusluku
change-pin = Vaihda tunnusluku
unlock-pin = Avaa tunnusluku
pin1 = PIN1
pin2 = PIN2
current-pin = Nykyinen tunnusluku
new-pin = Uusi tunnusluku
new-pin-again = Uusi tunnusluku uudelleen
puk = PUK-tunnusluku/aktivointitunnusluku
button-check = Tarkista
button-change = Vaihda
button-unlock = Avaa
close = Sulje
dismiss = Sulje ilmoitus
leaving = Kortti on vielä toiminnassa
leaving-detail = Siru pysyy auki, kunnes kortti on vastannut, jotta tulos ei katoa.
leaving-next = Jos haluat poistua ilman tulosta, sulje ikkuna uudelleen.
unlock-hint = Lukitulle ja unohtuneelle tunnusluvulle. Sen ei tarvitse olla lukittu.
not-activated-hint = Tätä tunnuslukua ei ole vielä aktivoitu. Aseta se kirjeessä olevalla aktivointitunnusluvulla.
not-activated-block = Tätä tunnuslukua ei ole vielä aktivoitu. Valitse Avaa tunnusluku ja aseta se kirjeessä olevalla aktivointitunnusluvulla.
activation-pin-hint = Tätä tunnuslukua ei ole vielä aktivoitu. Näppäile kirjeessä oleva 7-numeroinen aktivointi-PIN kohtaan Nykyinen tunnusluku ja valitse oma tunnuslukusi. Aktivointi-PIN ei ole PUK-tunnusluku. Jos kirjeessä on sen sijaan 8-numeroinen aktivointitunnusluku, valitse Avaa tunnusluku.
activation-pin-check-hint = Tämä tunnusluku on vielä kirjeessä oleva 7-numeroinen aktivointi-PIN. Aseta oma tunnuslukusi valitsemalla Vaihda tunnusluku.
activation-pin-is-no-puk = Tätä tunnuslukua ei ole vielä aktivoitu. Kirjeessä oleva 7-numeroinen aktivointi-PIN ei ole PUK-tunnusluku: älä näppäile sitä tähän. Valitse Vaihda tunnusluku ja näppäile se kohtaan Nykyinen tunnusluku. 8-numeroinen aktivointitunnusluku näppäillään tähän.
pin-locked-hint = Tämä tunnusluku on lukittu. Valitse Avaa tunnusluku ja aseta uusi PUK- tai aktivointitunnusluvulla.
puk-locked-hint = PUK-tunnusluku on lukittu pysyvästi, joten kortin tunnuslukuja ei voi enää asettaa uudelleen.
accept = Olen lukenut tämän ja haluan jatkaa.
accept-word = Jatka kirjoittamalla { $word }
running = Älä poista korttia
running-detail = Kortti on toiminnassa.
card-gone = Kortti ei ole enää käytettävissä
card-gone-detail = Näppäilty on pyyhitty, eikä kortille lähetetty mitään. Jatka asettamalla kortti takaisin lukijaan.
card-gone-running = Kortille oli lähetetty komento. Sen tulos ei ole vielä tiedossa, ja se näytetään tässä.
card-gone-next = Jatka asettamalla kortti takaisin lukijaan.
nothing-sent = Kortille ei lähetetty mitään. Yrityksiä ei kulunut.
tries-change = Yrityksiä jäljellä, { $code }: { $before } → { $after }

## Uusi kortti

activate-card = Aktivoi kortti
activate-card-of = Aktivoi kortti: { $holder }
activate = Aktivointi
button-activate = Aktivoi
activation-pin = Aktivointi-PIN
which-letter = Mitä kortin mukana tulleessa kirjeessä on?
letter-with-code = 8-numeroinen aktivointitunnusluku, joka on samalla PUK-tunnusluku
letter-with-pin = 7-numeroinen aktivointi-PIN
letter-shows-code = Kortin mukana tullut kirje: tässä on PUK- eli aktivointitunnusluku
letter-shows-pin = Kortin mukana tullut kirje: tässä on aktivointi-PIN
where-is-the-code = Mistä koodi löytyy?
new-pin1 = Uusi PIN1
new-pin1-again = Uusi PIN1 uudelleen
new-pin2 = Uusi PIN2
new-pin2-again = Uusi PIN2 uudelleen
set-pin1-too = Aseta samalla PUK-tunnusluvulla myös uusi perustunnusluku (PIN1)
set-pin2-too = Aseta samalla PUK-tunnusluvulla myös uusi allekirjoitustunnusluku (PIN2)
not-activated-card = Tätä korttia ei ole vielä aktivoitu
weak-forbidden = Organisaatiosi ei salli tällaisia tunnuslukuja.
safer-way = Käytä sen sijaan PUK-tunnuslukua
no-try-used = Yrityksiä ei kulunut.
contact = Apua: { $line }

## Asetukset

setting-locked = Organisaatiosi on määrännyt tämän
setting-appearance = Ulkoasu
setting-size = Koko
setting-left-out = Huomiotta jätettävät kortinlukijat
setting-weak-pins = Helposti arvattavat uudet tunnusluvut
setting-contact = Apua
setting-tray = Korttikuvake ilmoitusalueella
language-system = Järjestelmän mukaan ({ $language })
appearance-system = Järjestelmän mukaan
appearance-light = Vaalea
appearance-dark = Tumma
appearance-high-contrast = Suuri kontrasti
percent = { $number } %
size-keys = Ctrl + ja Ctrl − muuttavat kokoa kaikkialla, Ctrl 0 palauttaa sen.
weak-pins-warn = Huomauta niistä
weak-pins-forbid = Älä salli niitä
left-out-always = Aina huomiotta: { $patterns }
left-out-add = Jätä huomiotta { $reader }
left-out-not = Näytä taas { $reader }
tray-autostart = Näytä kuvake, kun kirjaudun sisään
tray-detail = Kuvake muuttuu keltaiseksi, kun kortti on valmis. Napsautus avaa tämän ikkunan, hiiren oikea painike valikon. Kaikki toimii myös ilman sitä.
unsaved = Asetus ei muuttunut
unsaved-no-folder = Asetuksillesi ei ole kansiota.
unsaved-unusable = Asetustiedostoasi ei voi käyttää: { $what }
unsaved-io = Asetustiedostoasi ei voi kirjoittaa.
unsaved-no-tray = Ohjelmaa siru-tray ei ole asennettu.
unsaved-other-system = Tämä järjestelmä käynnistää ohjelmia toisella tavalla.
settings-problem = Joitakin asetuksia ei voi käyttää
settings-problem-detail = Niiden tilalla on voimassa oletus.
settings-unreadable = tiedostoa ei voi lukea
settings-too-long = tiedosto on liian pitkä
settings-malformed = tiedosto ei ole TOML-muotoa
settings-unknown-value = sellaista arvoa ei ole
settings-unknown-lock = sellaista asetusta ei ole
settings-machine-only = vain tietokoneen asetuksissa voi olla tämä

## Käynnistys

no-window = Siru ei voi avata ikkunaa: { $reason }
no-window-next = Komento ”siru” tekee saman ilman ikkunaa.
no-demo = Esittelyn virtuaalikortteja ei voi luoda: { $reason }
no-roots = Juurivarmenteiden tiedostoa ei voi käyttää: { $file }

## Kirjautumistesti

login-test = Kirjautumistesti
login-test-of = Kirjautumistesti: { $holder }
login-intro = Tämän tietokoneen oma palvelin pyytää kortin varmennetta, niin kuin palvelut tekevät. Mitään ei lähde verkkoon.
login-button = Testaa
login-button-browser = Testaa selaimessa
login-end = Lopeta testi
login-demo = Kirjautumistesti tarvitsee oikean kortin
login-demo-detail = Selaimet käyttävät kortteja moduulin kautta, eikä se näe esittelyn virtuaalikortteja.

## Varmenteet ja niiden tiedostot

certificates-reading = Luetaan varmenteita…
certificate-missing = Kortilla ei ole sellaista varmennetta.
certificate-not-on-card = Myöntäjän { $issuer } varmenne ei ole kortilla.
certificate-details = Tiedot
field-subject = Haltija
field-issuer = Myöntäjä
field-serial = Sarjanumero
field-valid-from = Voimassa alkaen
field-valid-until = Voimassa asti
field-key = Avain
field-policies = Varmennepolitiikat
field-fingerprint = SHA-256-tiiviste
field-note = Huomautus
test-card = Testikortti
save-pem = Tallenna PEM-muodossa
save-der = Tallenna DER-muodossa
save-chain = Tallenna ketju PEM-muodossa
save-calendar = Lisää kalenteriin
save-folder = Kansio
save-name = Tiedoston nimi
save-hint = Tiedostoja ei korvata: jos samanniminen on jo olemassa, uusi saa numeron.
save-button = Tallenna
save-cancel = Peruuta
save-writing = Tallennetaan tiedostoa…
save-slow = Kansio ei vastaa. Se voi olla verkossa tai muistitikulla, johon ei saada yhteyttä.
save-done = Tallennettu
save-renamed = Samanniminen tiedosto oli jo olemassa. Se on ennallaan.
save-failed = Tiedostoa ei tallennettu
save-wrong-name = Tiedostolla ei voi olla tätä nimeä. Jätä pois merkit / \ : * ? " < > | sekä piste alusta ja lopusta.
save-no-folder = Kansiota ei ole. Kirjoita sen koko polku.
save-not-allowed = Sinulla ei ole oikeutta kirjoittaa tähän kansioon.
save-full = Levyllä ei ole tilaa.
save-too-many = Samannimisiä tiedostoja on liikaa. Valitse toinen nimi.
save-system = Järjestelmä sanoo: { $reason }
