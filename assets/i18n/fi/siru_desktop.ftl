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
none-needs-attention = Mikään kortti ei vaadi huomiota. Kaikki näkyvät, kun poistat valinnan yltä.
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
puk-short = PUK
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
card-gone-detail = Näppäilemäsi numerot on pyyhitty, eikä kortille lähetetty mitään. Jatka asettamalla kortti takaisin lukijaan.
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
where-is-the-code = Mistä tunnusluku löytyy?
insist = Samat numerot ovat oikein myös tässä
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
setting-browser-register = Rekisteröi korttimoduuli selaimiin
setting-signature-slot = Allekirjoitustunnus (PIN2) korttimoduulissa
setting-last-try-in-login = Kirjautuminen saa käyttää tunnusluvun viimeisen yrityksen
setting-log-level = Loki
setting-value = { $name }: { $value }
settings-machine-only = Tälle tietokoneelle määrätty
language-system = Sama kuin järjestelmässä ({ $language })
appearance-system = Sama kuin järjestelmässä
appearance-light = Vaalea
appearance-dark = Tumma
appearance-high-contrast = Suuri kontrasti
percent = { $number } %
size-keys = Ctrl + ja Ctrl − muuttavat kokoa kaikkialla, Ctrl 0 palauttaa sen.
weak-pins-warn = Huomauta niistä
weak-pins-forbid = Älä salli niitä
left-out-always = Aina huomiotta: { $patterns }
left-out-add = Jätä huomiotta { $reader } ja muut samanmalliset
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

## Ajankohta

moment = { $day } klo { $hour }.{ $minute }.{ $second } UTC

## Ohje

help-intro = Valitse aihe, josta haluat lukea. Mikään tässä ei tarvitse verkkoa.
help-codes = Kortin tunnusluvut
help-codes-pin1 = Perustunnusluvulla (PIN1) kirjaudutaan palveluihin. Siinä on 4–8 numeroa, ja valitset ne itse.
help-codes-pin2 = Allekirjoitustunnusluvulla (PIN2) tehdään sähköisiä allekirjoituksia. Siinä on 6–8 numeroa, sosiaali- ja terveydenhuollon korteissa 4–8, ja valitset ne itse.
help-codes-puk = PUK-tunnusluvulla asetetaan uusi tunnusluku lukitun tai unohtuneen tilalle. Siinä on tavallisesti 8 numeroa.
help-codes-activation-code = Aktivointitunnusluku tulee uuden kortin mukana, ja siinä on 8 numeroa. Se on samalla kortin PUK-tunnusluku, joten säilytä kirje.
help-codes-activation-pin = Aktivointi-PIN tulee uudempien henkilökorttien mukana, ja siinä on 7 numeroa. Se ei ole PUK-tunnusluku. Sitä käytetään kerran, kun asetat omat tunnuslukusi.
help-codes-tries = Tunnusluvulla on yleensä 5 yritystä; luettelo näyttää, montako on jäljellä. Kortti laskee väärät yritykset, vaikka sen ottaisi välillä pois lukijasta. Oikea tunnusluku palauttaa kaikki yrityksensä.
help-letter = Mistä tunnusluku löytyy?
help-letter-where = Aktivointitunnusluku, aktivointi-PIN tai PUK-tunnusluku on korttiin kuuluvassa kirjeessä.
help-letter-not = Mikään korttiin painettu numero ei ole jokin näistä tunnusluvuista.
help-letter-label = Kirje: aktivointitunnusluku, aktivointi-PIN tai PUK-tunnusluku on tässä
help-new-card = Uusi kortti
help-new-card-what = Ennen uuden kortin käyttöä asetat sen PIN1:n ja PIN2:n. Valitse luettelosta jompikumpi; Siru kertoo, minkä kirjeessä olevan tunnusluvun se tarvitsee.
help-new-card-code = Jos kirjeessä on 8-numeroinen aktivointitunnusluku, aseta sillä molemmat tunnusluvut. Tällainen kirje kuuluu ennen 13.1.2026 myönnettyihin henkilökortteihin, organisaatiokortteihin sekä sosiaali- ja terveydenhuollon kortteihin. Säilytä kirje: tunnusluku on samalla PUK-tunnusluku.
help-new-card-pin = Jos kirjeessä on 7-numeroinen aktivointi-PIN, vaihda se omaksi PIN1:ksi ja PIN2:ksi. Tällainen kirje kuuluu 13.1.2026 alkaen myönnettyihin henkilökortteihin. Aktivointi-PIN ei ole PUK-tunnusluku, joka tilataan erikseen.
help-new-card-half = Jos tunnusluvuista on asetettu vain toinen, se toimii; aseta toinen myöhemmin samalla tavalla.
help-forgotten = Unohtunut tunnusluku
help-forgotten-what = Älä arvaile. Valitse tunnusluku luettelosta, valitse { unlock-pin } ja aseta uusi PUK- tai aktivointitunnusluvulla. Tunnusluvun ei tarvitse olla lukittu.
help-forgotten-no-puk = Jos sinulla ei ole PUK-tunnuslukua, hanki ensin uusi ja säästä jäljellä olevat yritykset.
help-locked = Lukittu tunnusluku
help-locked-what = Liian monta väärää yritystä lukitsee tunnusluvun. Valitse se luettelosta, valitse { unlock-pin } ja aseta uusi PUK- tai aktivointitunnusluvulla.
help-locked-other = Lukitus ei koske toista tunnuslukua, joka toimii kuten ennenkin.
help-puk-locked = Lukittu PUK-tunnusluku
help-puk-locked-what = Lukittua PUK-tunnuslukua ei voi enää koskaan avata. Toimivat tunnusluvut toimivat edelleen ja ne voi vaihtaa, mutta lukittu tunnusluku pysyy lukittuna.
help-puk-locked-next = Henkilökortti kelpaa edelleen henkilöllisyyden osoittamiseen. Sähköiseen asiointiin tarvitaan uusi kortti.
help-new-codes = Kuka antaa uudet tunnusluvut?
help-new-codes-police = Henkilökorttiin poliisi.
help-new-codes-point = Organisaatiokorttiin sekä sosiaali- ja terveydenhuollon korttiin rekisteröintipiste.
help-new-codes-puk = Siru ei voi luoda tunnuslukuja. Se asettaa uudet tunnusluvut PUK- tai aktivointitunnusluvulla, joka sinulla on.
help-log-in = Palveluihin kirjautuminen
help-log-in-how = Jätä kortti lukijaan, avaa palvelu selaimessa ja valitse kirjautuminen varmennekortilla. Selain kysyy, mitä varmennetta käytetään, ja sitten PIN1:n.
help-log-in-test = Jos palveluun ei pääse, valitse luettelosta kortin alta { login-test }. Se kirjautuu tämän tietokoneen omaan palvelimeen ja kertoo, mikä kohta ei toimi.
help-log-in-browser = Selain löytää kortin Sirun korttimoduulin kautta. Rekisteröi moduuli komennolla: siru browser register. Sulje sitten kaikki selaimen ikkunat ja avaa se uudelleen.
help-not-seen = Lukija tai kortti ei näy
help-not-seen-card = Työnnä kortti lukijaan siru edellä, aivan perille asti.
help-not-seen-reader = Irrota lukija ja liitä se uudelleen. Siru huomaa sen itse.
help-not-seen-service = Jos järjestelmän älykorttipalvelu ei ole käynnissä, Siru kertoo sen ja neuvoo, miten se käynnistetään.
help-not-seen-other = Jos toinen ohjelma käyttää korttia, sulje se ohjelma tai odota, kunnes se on valmis. F5 lukee kortit uudelleen.
help-not-seen-contactless = Etälukijan päällä olevaa korttia ei voi käyttää. Aseta se lukijaan, joka koskettaa sirua.
help-certificates = Kun varmenteet vanhenevat
help-certificates-what = Kortilla on varmenne kirjautumista ja toinen allekirjoittamista varten. Välilehti { tab-certificates } näyttää ne, niiden takaajat ja voimassaolon. Tunnuslukua ei tarvita.
help-certificates-end = Siru varoittaa 90, 30 ja 7 päivää ennen vanhenemista. { save-calendar } tallentaa muistutuksen, jonka kalenteriohjelmat avaavat.
help-certificates-files = Varmenteen voi tallentaa tiedostoksi ja antaa muille; siinä ei ole salaisuuksia, mutta siinä on nimesi.
help-keyboard = Näppäimistö
help-never = Mitä Siru ei koskaan tee
help-never-twice = Se ei koskaan lähetä tunnuslukua itsestään uudelleen: yksi vahvistus on yksi yritys. Vain PUK-tunnusluku, aktivointitunnusluku tai aktivointi-PIN, jolla asetetaan molemmat tunnusluvut, lähetetään kerran kumpaakin varten, ja toisen kerran vasta, kun kortti on hyväksynyt sen ensimmäisellä kerralla.
help-never-keeps = Se ei säilytä tunnuslukuja eikä PUK-tunnuslukua. Näppäilemäsi numerot pyyhitään heti, kun ne on käytetty tai lomake suljetaan.
help-never-network = Se ei lähetä mitään internetiin eikä kerro sinusta tai korteistasi kenellekään.
help-never-background = Se ei lähetä tunnuslukua, jota et ole juuri vahvistanut.
help-about = Tietoja Sirusta
help-about-version = Versio { $version }
help-about-licence = Lisenssi: { $licence }
help-about-or = { " tai " }
help-about-settings = Asetuksesi ovat tässä tiedostossa: { $file }
key-escape = Esc
key-tabs = Ctrl Page Up, Ctrl Page Down
key-tab = Sarkain, Vaihto Sarkain
key-arrows = Nuoli ylös, nuoli alas
key-enter = Enter
key-pages = Page Up, Page Down, Home, End
keys-help = Näyttää tämän ohjeen.
keys-read-again = Lukee kaikki kortit uudelleen.
keys-close = Sulkee sen, mikä on auki.
keys-tabs = Siirtyy vasemmalla tai oikealla olevalle välilehdelle.
keys-next = Siirtyy seuraavaan tai edelliseen kenttään tai painikkeeseen.
keys-rows = Siirtyy luettelossa riviltä toiselle.
keys-confirm = Painaa painiketta, avaa rivin tai vahvistaa lomakkeen.
keys-scroll = Vierittää ohjetta ja varmenteita.
keys-zoom = Suurentaa tai pienentää kaikkea.
keys-zoom-back = Palauttaa tavallisen koon.
