# Ilmoitusalueen kuvakkeen sanat suomeksi. Korteista ja lukijoista kertovat lauseet ovat tiedostossa siru_text.ftl.

## Lukijan tila

title = Siru: { $state }
in-reader = { $reader }: { $state }
no-reader = Ei kortinlukijaa
reader-empty = Lukijassa ei ole korttia
reader-unreachable = Lukija ei vastaa
looking = Luetaan korttia…
ready = Kortti on käyttövalmis
not-activated = Korttia ei ole vielä aktivoitu
locked = { $code ->
    [pin1] Perustunnusluku (PIN1) on lukittu
   *[pin2] Allekirjoitustunnusluku (PIN2) on lukittu
}
no-certificate = Kortilla ei ole kirjautumiseen tarvittavaa varmennetta
expires = { $days ->
    [0] Kortin varmenne vanhenee tänään
    [one] Kortin varmenne vanhenee huomenna, { $date }
   *[other] Kortin varmenne vanhenee { $days } päivän kuluttua, { $date }
}
expired = Kortin varmenne vanheni { $date }
date = { $day }.{ $month }.{ $year }

## Valikko

show-devices = Näytä laitteet
log-in-test = Kirjautumistesti
quit = Lopeta

## Käynnistys

no-bus = Kuvake tarvitsee työpöytäistunnon: istuntoväylää ei ole.
no-tray = Kuvaketta ei voi näyttää ilmoitusalueella.
