# Vad kommandoraden själv säger, på svenska. Det som sägs om kort finns i siru_text.ftl.

## Hjälp

help-about = Titta på finländska certifikatkort och kontrollera, byt och lås upp deras koder
help-usage = Användning:
help-commands = Kommandon
help-options = Flaggor
help-arguments = Argument
help-list = Visa läsare, kort, koder och antalet försök kvar. Skickar ingen kod
help-check = Verifiera en kod
help-change = Byt en kod till en ny
help-unlock = Ange en ny kod med PUK-koden eller aktiveringskoden, vare sig koden är låst eller glömd
help-activate = Ange båda koderna för ett nytt kort med koden i brevet, eller den som återstår
help-certificate = Visa och exportera kortets certifikat. Ingen kod behövs
help-certificate-list = Räkna upp kortets certifikat
help-certificate-show = Visa allt om dem
help-certificate-export = Skriv ett certifikat till en fil eller standardutmatningen
help-login-test = Logga in på en server på den här datorn och säg vilken länk som är bruten
help-test-browser = Låt din webbläsare logga in; PIN1 skrivs där
help-test-module = PKCS #11-modulen som ska testas (standard: den som hör till programmet)
help-trust = En PEM-fil med rotcertifikat att lita på utöver statens; kan anges flera gånger
help-browser = Visa och ändra vilka program som läser in kortmodulen. Inget kort behövs
help-browser-status = Visa p11-kit, Firefox och Chromium, och om vart och ett läser in modulen
help-browser-register = Registrera modulen i den här användarens program; även efter en uppgradering
help-browser-unregister = Ta bort registreringen
help-if-allowed = Bara där datorns inställningar vill det (browser.register), och utan ett ord; för sessionens början
help-config = Visa vad som har bestämts för den här datorn, och av vem. Inget kort behövs
help-config-show = Visa varje inställning, dess värde och varifrån det kommer
help-config-check = Säg vad som är fel i en fil med datorns inställningar
help-config-file = Filen
help-system = I stället för alla vid den här datorn: p11-kit och Firefox policy. Kräver administratör
help-module = Modulen som ska registreras (förval: den som installerats med Siru)
help-record = Kör ett annat kommando och skriv trafiken med kortet till en fil, utan koder
help-json = Som JSON för program
help-pin = Vilken kod: 1 är baskoden, 2 är signaturkoden
help-reader = Läsaren: dess nummer eller namn i ”siru list”, eller en del av namnet
help-serial = Kortet: dess serienummer eller minst dess 4 sista tecken
help-pin-file = Läs koderna från en fil, en per rad i den ordning de efterfrågas, nya en gång; - är standardinmatningen
help-last-try = Fortsätt även om ett fel skulle låsa koden eller använda ett av PUK-kodens två sista försök
help-letter = Vad brevet till kortet innehåller, om kortet inte berättar det: code (8 siffror, kallas också PUK-kod) eller activation-pin (7 siffror)
help-purpose = Vilket certifikat: authentication, signature eller ca (show: alla om inget anges; export: authentication)
help-format = pem eller der (förval: pem)
help-out = Filen att skriva till (förval: standardutmatningen)
help-chain = Med utfärdarnas certifikat som finns på kortet, kortets eget först (bara PEM)
help-record-out = Filen att skriva protokollet till
help-record-command = Kommandot att köra, med dess flaggor
help-demo = Använd virtuella kort i stället för läsare; inget verkligt berörs. IMAGE är ett eller flera av { $images }; de som stöds också med { $states }
help-lang = Språk: fi, sv eller en (förval: inställningarnas, annars systemets)
help-verbose = Berätta mer i felutmatningen; två gånger: alla kommandon till kortet, utan koder
help-help = Visa den här hjälpen
help-version = Visa versionen
help-secrets = Koder skrivs in i terminalen och visas inte. De hör aldrig till en kommandorad.
help-exit-codes = Slutkoder
exit-0 = klart
exit-1 = oväntat fel; meddelandet säger om något skickades
exit-2 = kommandoraden är fel eller säger inte vilket kort
exit-3 = ingen smartkorttjänst
exit-4 = ingen läsare
exit-5 = inget kort, eller inget som stöds
exit-6 = fel PIN- eller PUK-kod; ett försök gick åt
exit-7 = PIN-koden är låst
exit-8 = PUK-koden är låst, för gott
exit-9 = avvisat innan något skickades; inget försök gick åt
exit-10 = resultatet är inte känt

## Vad som är fel med en kommandorad

usage-wrong = Kommandoraden går inte att förstå
usage-unknown-option = Flaggan { $option } finns inte här.
usage-did-you-mean = Menade du { $option }?
usage-unknown-argument = Det finns ett ord för mycket. Det upprepas inte här, om det är en kod: koder hör aldrig till en kommandorad.
usage-unknown-command = Ett sådant kommando finns inte här.
usage-missing = Något saknas: { $options }
usage-missing-command = Ett kommando saknas.
usage-value = Värdet på { $option } är inget av dem som godtas.
usage-conflict = { $option } går inte ihop med en annan flagga som gavs.
usage-no-nested-record = ”record” kan inte spelas in.
usage-nothing-to-record = ”browser”, ”config” och ”login-test” kan inte spelas in.
usage-serial-short = Av ett serienummer behövs minst de 4 sista tecknen.
usage-der-chain = En kedja kan bara skrivas som PEM.
usage-unknown-image = Ett sådant demonstrationskort finns inte. Det finns { $images }; de som stöds också med { $states }.
usage-see-help = Se: siru --help

## Förteckningen

list-no-readers = Ingen läsare
list-no-readers-next = Anslut en kortläsare.
list-empty = Inget kort
list-unreachable = Läsaren kan inte nås
list-name-unknown = Namnet är inte känt
label-holder = Innehavare
label-card = Kort
label-serial = Serienummer
label-certificate = Certifikat
label-note = Anmärkning
serial-unknown = kan inte läsas
validity-until = gäller till { $date }
validity-expired = gick ut { $date }
validity-from = gäller från { $date }
validity-unknown = kan inte läsas
date = { $day }.{ $month }.{ $year }
test-card = Testkort
demo = Demonstration: det här är virtuella kort; inget verkligt berörs.
outcome-card = Kort: { $holder }, serienummer { $serial }

## Vilket kort

choose-several = Det finns mer än ett kort
choose-several-detail = Ett kommando gäller bara ett kort, och Siru väljer det inte.
choose-several-next = Ange kortet med --serial eller läsaren med --reader.
choose-unclear = Det är inte klart vilket kort som avses
choose-unclear-detail = Den här läsaren har ett kort som inte kan läsas just nu: { $reader }
choose-card = { $number }: { $holder }, { $serial } ({ $reader })
choose-no-reader = En sådan läsare finns inte
choose-readers-are = Läsare: { $readers }
choose-reader-several = Mer än en läsare har det i sitt namn
choose-no-card = Det finns inget kort i någon läsare
choose-no-supported = Ingen läsare har ett kort som Siru stöder
choose-no-serial = Inget kort med det serienumret finns i en läsare
choose-serial-several = Mer än ett kort har ett serienummer som slutar så

## Frågor

ask-current = { $name } ({ $rules }):
ask-new = Ny { $name } ({ $rules }):
ask-again = Samma igen:
ask-go-on = Fortsätta? [j/n]
unlock-activate-instead = Sluta här med Ctrl-C och kör: siru activate
ask-word = Skriv ordet, eller tryck Enter för att sluta:
answer-yes = j
answer-yes-word = ja
not-sent = Ingenting skickades, inget försök gick åt.
prompt-no-terminal = Det finns ingen terminal att fråga efter koden i
prompt-no-terminal-next = Kör kommandot i en terminal, eller ge koderna med --pin-file.
prompt-shown = Standardinmatningen är en terminal, som visar det som skrivs
prompt-shown-next = Utelämna --pin-file: då frågar Siru efter koden utan att visa den.
prompt-cancelled = Avbrutet
prompt-ended = En kod saknas
prompt-ended-detail = Inmatningen tog slut innan alla koder hade getts.
prompt-failed = Terminalen kan inte läsas
prompt-three-slips = Siffrorna var fel tre gånger
last-try-next = Ge --last-try för att fortsätta ändå.
not-confirmed = Inte bekräftat

## Aktivering

activate-nothing = Det finns inget att aktivera på kortet
activate-next = Om kortet är nytt, ange dess koder med aktiveringskoden eller aktiverings-PIN i brevet: siru activate
activate-locked-next = Ange de låsta koderna på nytt med siru unlock. Om kortet är nytt och aldrig har använts: siru activate --letter code
activate-unlock-next = Ange den låsta koden på nytt med siru unlock.
activate-changed = Kortet har ändrats sedan det visades
activate-changed-next = Se med siru list vilka koder som är angivna och börja om.
ask-letter = Hur många siffror har koden i ditt brev? Skriv bara det talet, 7 eller 8:
letter-unclear = Kortet berättar inte vilken kod brevet innehåller
letter-unclear-next = Se efter i brevet och ge --letter code eller --letter activation-pin.
letter-other = Brevet till det här kortet innehåller en annan kod
weak-next = Reglerna för den här datorn kräver en kod som är svårare att gissa.

## Filer

pin-file-unreadable = Filen med koderna kan inte läsas
pin-file-open-to-others = Filen med koderna kan läsas av andra
pin-file-open-to-others-next = Gör den läsbar bara för dig: chmod 600
write-failed = Utmatningen kan inte skrivas
write-failed-detail = Systemet säger: { $reason }
wrote-file = Skrivet: { $file }

## Certifikat

purpose-authentication = Autentisering
purpose-signature = Signatur
purpose-ca = Certifikatutfärdare
certificate-missing = Kortet har inget sådant certifikat
field-subject = Innehavare
field-issuer = Utfärdare
field-serial = Serienummer
field-valid-from = Gäller från
field-valid-until = Gäller till
field-key = Nyckel

## Inloggningstestet

login-roots = Filen med rotcertifikat kan inte användas
login-roots-detail = Den kan inte läsas eller innehåller inget certifikat: { $file }
login-demo = Modulen ser inga virtuella kort
login-demo-next = Använd ett riktigt kort, eller ett virtuellt i en PC/SC-läsare (siru-sim).
login-enter = Tryck Enter för att avsluta testet.

## Webbläsare

browser-module = Modul: { $path }
browser-added = nu
browser-moved = ändrad nu
browser-removed = borttagen nu
browser-failed = inte ändrad
browser-restart = Ändringen börjar gälla när webbläsaren har stängts och startats igen.
browser-register-user = Registrera den med: siru browser register
browser-register-system = En administratör registrerar den för alla med: siru browser register --system
browser-not-allowed = Du får inte skriva den här filen. En administratör får det.
browser-would-hide = Den här policyfilen kom med Firefox. En ny i /etc/firefox skulle sätta den ur kraft, så inget skrevs; låt var och en köra: siru browser register
browser-shipped = Den här policyfilen kom med Firefox, vars nästa uppdatering skulle ta tillbaka posten, så den ändrades inte.
browser-not-ours = Den här filen gäller inte modulen i Siru och lämnades därför orörd. Flytta undan den för att registrera.
module-missing = Kortmodulen är inte installerad
module-missing-next = Installera den, eller ange den med --module.
module-path-wrong = Modulens sökväg går inte att registrera: den innehåller annat än utskrivbar text

## Inställningar

config-nothing = systemet bestämmer
config-none = ingen
config-default = standardvärde
config-machine = datorns inställningar
config-user = dina inställningar
config-user-policy = grupprincip för dig
config-machine-policy = grupprincip för den här datorn
config-locked = låst
config-problems = Detta kan inte användas; i dess ställe gäller standardvärdet:
config-good = Inget är fel i { $file }.
