# Ord för ikonen i meddelandefältet, på svenska. Meningarna om kort och läsare finns i siru_text.ftl.

## Läsarens läge

title = Siru: { $state }
in-reader = { $reader }: { $state }
no-reader = Ingen kortläsare
reader-empty = Inget kort i läsaren
reader-unreachable = Läsaren svarar inte
looking = Läser kortet…
ready = Kortet är klart att användas
not-activated = Kortet är inte aktiverat ännu
locked = { $code ->
    [pin1] Baskoden (PIN1) är låst
   *[pin2] Signaturkoden (PIN2) är låst
}
no-certificate = Kortet har inget certifikat för inloggning
expires = { $days ->
    [0] Kortets certifikat upphör att gälla i dag
    [one] Kortets certifikat upphör att gälla i morgon, { $date }
   *[other] Kortets certifikat upphör att gälla om { $days } dagar, { $date }
}
expired = Kortets certifikat upphörde att gälla { $date }
date = { $day }.{ $month }.{ $year }

## Menyn

show-devices = Visa enheter
log-in-test = Inloggningstest
quit = Avsluta

## Start

no-bus = Ikonen behöver en skrivbordssession: det finns ingen sessionsbuss.
no-tray = Ikonen kan inte visas i meddelandefältet.
