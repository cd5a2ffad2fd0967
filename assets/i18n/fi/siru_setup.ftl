# Windows-asennusohjelman lauseet suomeksi. Windows Installer ei täydennä näitä: vain pelkkiä rivejä.

## Käyttöoikeussopimus

title = Siru
licence = Käyttöoikeussopimus
accept = &Hyväksyn käyttöoikeussopimuksen ehdot
install = &Asenna
cancel = Peruuta

## Siru on jo asennettu

installed = Siru on asennettu
installed-text = Korjaus palauttaa asennuksen puuttuvat tiedostot ja asetukset. Poistossa Siru poistetaan tästä tietokoneesta; Sirun omissa asetuksissa tekemäsi valinnat säilyvät.
repair = &Korjaa
remove = &Poista

## Työn aikana

working = Odota hetki
working-text = Windows tekee muutokset. Tähän kuluu alle minuutti.
really-cancel = Perutaanko toiminto? Jo tehdyt muutokset kumotaan.
in-use = Ohjelmia on käytössä
in-use-text = Nämä ohjelmat käyttävät Sirun tiedostoja. Jos jatkat, Windows sulkee ne ja käynnistää ne lopuksi uudelleen, jos voi.
in-use-close-text = Nämä ohjelmat käyttävät Sirun tiedostoja. Sulje ne ja jatka sitten.
continue = &Jatka

## Lopuksi

finished = Valmis
finished-text = Kaikki on tehty.
cancelled = Peruutettu
cancelled-text = Tietokoneeseen ei tehty muutoksia.
failed = Asennus ei onnistunut
failed-text = Tietokoneeseen ei tehty muutoksia. Syy on asennuslokissa, joka syntyy, kun asennus käynnistetään komennolla msiexec /i ja valitsimella /l*v.
close = &Sulje

## Kieltäytymiset

newer-installed = Sirusta on asennettu uudempi versio. Jos haluat palata tähän versioon, poista uudempi ensin.
windows-too-old = Siru tarvitsee 64-bittisen Windows 10:n tai 11:n.
unknown-value = Tämä ominaisuus ei voi saada annettua arvoa; sallitut arvot ovat käyttöohjeessa:

## Vastaukset virheisiin

abort = &Keskeytä
retry = &Uudelleen
ignore = &Ohita
yes = &Kyllä
no = &Ei
ok = OK
