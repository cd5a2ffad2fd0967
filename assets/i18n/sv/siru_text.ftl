# Alla meningar om kort, koder och läsare, på svenska.
# $code är pin1, pin2 eller puk, och om det som skrevs också activation-pin; $tries, $min och $max är tal.

## Namn

code = { $code ->
    [pin1] baskod (PIN1)
    [pin2] signaturkod (PIN2)
   *[puk] PUK-kod/aktiveringskod
}
# Samma inne i en mening, i de former som språken behöver.
code-subject = { $code ->
    [pin1] baskoden (PIN1)
    [pin2] signaturkoden (PIN2)
    [activation-pin] aktiverings-PIN
   *[puk] PUK-koden
}
code-start = { $code ->
    [pin1] Baskoden (PIN1)
    [pin2] Signaturkoden (PIN2)
    [activation-pin] Aktiverings-PIN
   *[puk] PUK-koden
}
code-object = { $code ->
    [pin1] baskoden (PIN1)
    [pin2] signaturkoden (PIN2)
    [activation-pin] aktiverings-PIN
   *[puk] PUK-koden
}
code-owner = { $code ->
    [pin1] Baskoden (PIN1)
    [pin2] Signaturkoden (PIN2)
    [activation-pin] Aktiverings-PIN
   *[puk] PUK-koden
}
kind-citizen = Identitetskort
kind-organisation = Organisationskort
kind-healthcare = Kort för social- och hälsovården
kind-unknown = Certifikatkort

## Kodens läge

state-tries = { $tries ->
    [one] { $tries } försök kvar
   *[other] { $tries } försök kvar
}
state-tries-of = { $tries } av { $max } försök kvar
state-locked = Låst
state-locked-for-good = Låst för gott
state-not-activated = Inte aktiverad
state-not-activated-tries = Inte aktiverad, { state-tries-of }
state-tries-unknown = Antalet försök är inte känt
state-unknown = Inte känt

## Regler och misstag innan något skickas

rules-range = { $min }–{ $max } siffror
rules-exact = { $min } siffror
entry-not-digits = { code-owner } består bara av siffrorna 0–9.
entry-too-short = { code-owner } har minst { $min } siffror.
entry-too-long = { code-owner } har högst { $max } siffror.
entry-mismatch = De två nya koderna är inte lika.
entry-same-as-current = Den nya koden är samma som den nuvarande.
entry-same-as-puk = Den nya koden får inte vara PUK-koden eller aktiveringskoden.

## Vad som hände

check-done = PIN-koden är verifierad
check-failed = Verifieringen av PIN-koden misslyckades
pin-locked = PIN-koden är låst!
puk-failed = Verifieringen av PUK-koden misslyckades
puk-locked = PUK-koden är låst för gott!
change-done = PIN-koden är bytt
unlock-done = PIN-koden är upplåst
not-usable = Koden kan inte användas
card-refused = Kortet vägrade
unexpected = Oväntat svar från kortet
answer-lost = Resultatet är inte känt
not-sent = Ingenting skickades till kortet

check-done-detail = { code-start } är rätt.
change-done-detail = { code-start } är bytt. Den gamla gäller inte längre.
unlock-done-detail = Den nya { $code ->
    [pin2] signaturkoden (PIN2)
   *[pin1] baskoden (PIN1)
} är angiven och kan användas.
wrong-detail = { code-start } var fel.
was-last-try = Det var det sista försöket.
locked-detail = { code-start } är låst. Kortet prövade inte det som skrevs in.
locked-bare-detail = { code-start } är låst.
not-usable-detail = Enligt kortet kan { code-subject } inte användas: den är inte aktiverad ännu, eller så är den förbrukad.
card-refused-detail = Kortet vägrade utföra kommandot (status { $status }).
unexpected-detail = Kortet gav ett svar som ingen specifikation förklarar här (status { $status }).
pin-not-set = Koden är ännu inte angiven.
pin-not-changed = Koden är oförändrad.

try-not-used = Inget försök gick åt.
try-used = Ett försök gick åt.
try-unknown = Om ett försök gick åt är inte känt.
left-now = { code-start } har { state-tries }.
left-now-locked = { code-start } är låst.
left-now-unknown = Hur många försök som är kvar är inte känt.
may-stay-verified = Koden kan fortfarande vara verifierad på kortet. Ta ut kortet ur läsaren.
counts-on = Kortet räknar felaktiga försök även om det tas ut däremellan.

## Vägen vidare

next-forgotten = Om du inte minns koden, sluta här och ange en ny med PUK-koden eller aktiveringskoden. Koden behöver inte vara låst för det.
next-forgotten-for-good = Om du inte minns den, sluta här: PUK-koden är låst, så den kan inte ge dig en ny kod. En kod som låses nu kan aldrig låsas upp igen. { new-card }
next-last-try = Ett fel till låser { code-object }. Om du är osäker, sluta här och ange en ny kod med PUK-koden eller aktiveringskoden.
next-last-try-activation-pin = Ett fel till låser { code-object }. Jämför med brevet som hör till kortet innan du skriver in något igen. Bara PUK-koden öppnar en låst kod, och den finns inte i ett brev med aktiverings-PIN: den beställs separat.
next-puk-check = Jämför med brevet som innehåller PUK-koden eller aktiveringskoden. Efter { $tries ->
    [one] ett fel till
   *[other] { $tries } fel till
} är PUK-koden låst för gott.
next-puk-activation-pin = Aktiverings-PIN med 7 siffror i brevet är inte PUK-koden: skriv den inte här. Byt den i stället till din egen kod (Byt PIN). Efter { $tries ->
    [one] ett fel till
   *[other] { $tries } fel till
} är PUK-koden låst för gott.
next-activation-pin-check = Jämför med brevet som hör till kortet. Aktiverings-PIN har 7 siffror; en aktiveringskod med 8 siffror är PUK-koden och hör inte hemma här.
activation-pin-is-not-puk = Koden är inte aktiverad ännu. Brevet till ett nytt kort kan innehålla en aktiverings-PIN med 7 siffror: den är inte PUK-koden, och skriven som PUK-kod kostar den ett av dess försök. Byt den i stället till din egen kod (Byt PIN): aktiverings-PIN är då den nuvarande koden.
next-unlock = Lås upp den med PUK-koden eller aktiveringskoden. { new-puk }
next-unlock-activation-pin = Bara PUK-koden öppnar den. PUK-koden finns inte i ett brev med aktiverings-PIN: den beställs separat.
next-never = Också PUK-koden är låst, så den här koden kan aldrig låsas upp igen. { new-card }
puk-spent = Koder som fungerar fortsätter att fungera, men en låst kod kan aldrig låsas upp igen. { new-card }
new-card = Kortet gäller fortfarande som identitetshandling. För elektroniska tjänster behövs ett nytt kort.
new-puk = { $kind ->
    [citizen] Om koden har försvunnit får du en ny av polisen.
    [organisation] Om koden har försvunnit får du en ny vid registreringsstället.
   *[unknown] Om koden har försvunnit får du en ny av polisen (identitetskort) eller vid registreringsstället (organisationskort, kort för social- och hälsovården).
}
next-activate = Om kortet är nytt, ange koden med aktiveringskoden i brevet (Lås upp PIN). Om brevet i stället innehåller en aktiverings-PIN med 7 siffror, byt den till din egen kod (Byt PIN).
next-again = Du kan försöka igen. Om det händer på nytt, kontakta supporten och uppge statusen.
next-look-at-counters = När kortet kan läsas igen, se efter hur många försök som är kvar innan du skriver in något.
next-new-then-old = När kortet kan läsas igen, se efter hur många försök som är kvar. Pröva sedan först den nya koden och därefter den gamla.
next-look-whether-set = När kortet kan läsas igen, se efter i listan: den visar om koden är angiven. Om den inte är det, fortsätt med Aktivering.
next-look-whether-locked = När kortet kan läsas igen, se efter i listan: den visar om koden fortfarande är låst. Om den inte är det, är den nya koden angiven. Ingenting behöver prövas.
next-look-at-both = När kortet kan läsas igen, se efter i listan hur det är med båda koderna innan du skriver in något.
next-insert = Sätt in kortet igen och se efter hur många försök som är kvar.

## Varför ingenting skickades

refused-another-card = Kortet i läsaren är inte det som visades tidigare.
refused-another-card-next = Kontrollera vems kort det är och börja om.
refused-consent = Följden av ett felaktigt försök hade inte godkänts.
refused-already-set = { code-start } har angetts under tiden.
refused-already-set-next = Om du känner till koden som har angetts, kontrollera den (Kontrollera PIN). Ange annars en ny med PUK-koden (Lås upp PIN).
refused-not-possible = Det här går inte att göra med { code-object }.

## Risker som användaren godkänner

risk-none = { code-start }: { state-tries }
risk-last-try = Sista försöket!
risk-last-try-detail = Om koden är fel låses { code-subject }, och bara PUK-koden eller aktiveringskoden öppnar den.
risk-last-try-next = Om du är osäker, sluta här och ange i stället en ny kod med PUK-koden eller aktiveringskoden.
risk-activation-pin-detail = Om koden är fel låses { code-subject }, och bara PUK-koden öppnar den. PUK-koden finns inte i ett brev med aktiverings-PIN: den beställs separat.
risk-activation-pin-next = Jämför med brevet som hör till kortet innan du fortsätter.
risk-for-good-detail = Om koden är fel låses { code-subject } för gott: PUK-koden är redan låst och kan inte öppna den. { new-card }
risk-puk-low = Två försök kvar för PUK-koden
risk-puk-low-detail = Om koden är fel är bara ett försök kvar. Efter det låses PUK-koden för gott.
risk-puk-low-next = Jämför med brevet som innehåller PUK-koden eller aktiveringskoden innan du fortsätter.
risk-puk-last = Sista försöket för PUK-koden!
risk-puk-last-detail = Om koden är fel låses PUK-koden för gott. { puk-spent }
risk-puk-last-next = Skriv ordet { typed-word } för att fortsätta.
risk-unknown = Antalet försök är inte känt
risk-unknown-detail = Kortet berättar inte hur många försök { code-subject } har kvar. Det här kan vara det sista.
typed-word = SISTA

## Nya koder som är lätta att gissa

weak-repeated = Den nya { code-subject } är lätt att gissa: samma siffror upprepas.
weak-run = Den nya { code-subject } är lätt att gissa: siffrorna stiger eller sjunker i jämna steg.
weak-birth-date = Den nya { code-subject } är lätt att gissa: den är ett födelsedatum.
weak-serial = Den nya { code-subject } är lätt att gissa: siffrorna är en del av ett nummer som hör till kortet eller dess innehavare.
weak-same-as-other = { $code ->
    [pin2] Den nya signaturkoden (PIN2) är samma som baskoden (PIN1)
   *[pin1] Den nya baskoden (PIN1) är samma som signaturkoden (PIN2)
}: den som får veta den ena har båda.

## Siffror som har skrivits förut

caught-refused-before = Kortet har redan underkänt samma siffror för { code-object }. Den här gången skickades ingenting och inget försök gick åt. När kortet tas ut och sätts in igen glömmer Siru vad som har underkänts.
caught-belongs-to = Det som skrevs är { $owner ->
    [pin1] baskoden (PIN1)
    [pin2] signaturkoden (PIN2)
   *[puk] PUK-koden eller aktiveringskoden
} till det här kortet, men här frågas efter { code-object }. Ingenting skickades och inget försök gick åt.

## Aktivering av ett nytt kort

activation-headline = Kortet är inte aktiverat ännu
activation-half-headline = Kortet är bara delvis aktiverat
activation-locked-headline = Båda PIN-koderna är låsta
activation-left-both = Baskoden (PIN1) och signaturkoden (PIN2) ska ännu anges.
activation-left = { code-start } ska ännu anges.
activation-set = { code-start } är redan angiven och förblir som den är.
activation-locked = { code-start } är låst. Aktiverings-PIN öppnar den inte, men det gör PUK-koden (Lås upp PIN).
activation-locked-for-good = { code-start } är låst, och PUK-koden är också låst: den kan aldrig mer låsas upp. { new-card }
activation-code = Ta fram brevet som hör till kortet: det innehåller aktiveringskoden med 8 siffror. Den är samtidigt PUK-koden, med vilken en glömd eller låst kod senare kan anges på nytt, så spara brevet.
activation-pin = Ta fram brevet som hör till kortet: det innehåller aktiverings-PIN med 7 siffror. Den gäller bara för aktiveringen och är inte PUK-koden.
activation-unclear = Kortet berättar inte vilken kod brevet innehåller, och fel kod skulle kosta ett försök. Se efter i brevet.
letter-code = En aktiveringskod har 8 siffror och kallas också PUK-kod.
letter-activation-pin = En aktiverings-PIN har 7 siffror.
activation-pin-name = Aktiverings-PIN
new-letter = { $kind ->
    [citizen] Om brevet har försvunnit får du en ny kod av polisen.
    [organisation] Om brevet har försvunnit får du en ny kod vid registreringsstället.
   *[unknown] Om brevet har försvunnit får du en ny kod av polisen (identitetskort) eller vid registreringsstället (organisationskort, kort för social- och hälsovården).
}
pair-done = Båda PIN-koderna är angivna
pair-done-detail = Den nya baskoden (PIN1) och den nya signaturkoden (PIN2) är angivna och kan användas.
pair-only-first = Bara { code-subject } är angiven
pair-second-failed = { code-start } är inte angiven: { $headline }.
pair-first = { code-start } är angiven
pair-second-unknown = Om { code-subject } är angiven är inte känt.
pair-both-unknown = Om baskoden (PIN1) och signaturkoden (PIN2) är angivna är inte känt.
pair-second-not-sent = För signaturkoden (PIN2) skickades ingenting.
pair-goes-on = Aktiveringen fortsätter med { code-object }; det som är angivet behöver inte anges på nytt.

## Kort som bara visas

read-only = Siru visar bara det här kortet och skickar ingen kod till det.
read-only-unknown-generation = Siru känner inte till kortets generation.
read-only-unproven-generation = Hur koderna fungerar på den här kortgenerationen är ännu inte bekräftat.
read-only-directory = Kortet beskriver sina koder på ett annat sätt än andra kort av samma generation.
read-only-probe = Kortet svarar inte för sina koder som andra kort av samma generation (status { $status }).
read-only-no-serial = Kortets serienummer kan inte läsas, så ett kortbyte skulle inte märkas.

## Kort och läsare som inte kan användas

open-foreign = Kortet stöds inte
open-foreign-detail = Kortet i läsaren är inte ett finländskt certifikatkort.
open-foreign-next = Sätt in ett identitetskort, ett organisationskort eller ett kort för social- och hälsovården.
open-legacy = Ett gammalt kort
open-legacy-detail = Kortet hör till en gammal generation ({ $profile }); dess certifikat gäller inte längre. Dess koder används inte mer.
open-legacy-next = Kortet gäller som identitetshandling till den dag som står på det. För elektroniska tjänster behövs ett nytt kort.
open-contactless = Kortet ligger på en kontaktlös läsare
open-contactless-detail = Koderna kan bara användas via chippets kontakter.
open-contactless-next = Sätt in kortet i en läsare med chippet först.
unreachable = Kortet kan inte nås
read-another-card = Ett annat kort är i läsaren
read-another-card-detail = Kortet byttes medan det lästes.
read-again = Börja om.
unreadable = Kortet kan inte läsas
unreadable-detail = En fil på kortet saknas eller går inte att förstå.
unreadable-next = Pröva ett annat kort i samma läsare för att se om felet ligger i kortet. Om kortet fortfarande inte kan läsas, kontakta dess utfärdare.

reader-no-service = Smartkorttjänsten är inte i gång
reader-no-service-detail = Siru når läsarna genom en tjänst i systemet.
reader-no-service-next = { $system ->
    [windows] Starta tjänsten ”Smartkort” (SCardSvr) och låt den starta av sig själv.
   *[linux] Starta den med: sudo systemctl enable --now pcscd.socket
}
reader-denied = Ingen åtkomst till smartkorttjänsten
reader-denied-detail = Tjänsten är i gång men släpper inte in dig. Det är vanligt i en fjärrsession.
reader-denied-next = Logga in vid själva datorn, eller be den som sköter den om åtkomst till smartkorttjänsten.
reader-gone = Läsaren är borta
reader-gone-next = Anslut läsaren igen.
reader-no-card = Det finns inget kort i läsaren
reader-no-card-next = Sätt in kortet med chippet först.
reader-mute = Kortet svarar inte
reader-mute-next = Ta ut kortet, kontrollera att det är rätt vänt och rent, och sätt in det igen.
reader-busy = Ett annat program använder kortet
reader-busy-detail = Ett annat program har reserverat kortet för sig självt.
reader-busy-next = Stäng det andra programmet eller vänta tills det är klart, och försök igen.
reader-cancelled = Väntan avbröts
reader-driver = Läsaren rapporterade ett fel
reader-driver-detail = Läsaren eller dess drivrutin rapporterade ett fel som Siru inte känner till.
reader-driver-next = Koppla ur läsaren och anslut den igen. Om det inte hjälper, kontakta supporten.

## Vad som gick fel på vägen till kortet

channel-card-removed = Kortet togs ut.
channel-card-reset = Ett annat program återställde kortet.
channel-reader-gone = Läsaren kopplades ur.
channel-service-stopped = Smartkorttjänsten stannade.
channel-short-answer = Kortets svar bröts mitt i.
channel-long-answer = Kortet svarade mer än det får.
channel-driver = Läsaren rapporterade ett fel.
exchange-budget = Kortets svar tog aldrig slut.
exchange-not-sendable = Kommandot kan inte skickas på det här sättet.

## Inloggningstestet

date = { $day }.{ $month }.{ $year }
login-title = Inloggningstest
login-holder = Innehavare
login-subject = Certifikatets innehavare
login-issuer = Utfärdare
login-serial = Certifikatets nummer
login-key = Nyckel
login-until = Gäller till
login-chain = Certifikatkedja
login-protocols = Undertecknade i
login-done = Inloggningen fungerar
login-done-detail = Kortets nyckel undertecknade, och dess certifikat leder upp till en betrodd rot.
login-pin-each-time = Kortet ville ha baskoden (PIN1) på nytt efter den första underskriften: det vill ha den vid varje inloggning.
login-unregistered = Kort och modul fungerar; ingen webbläsare är inställd på dem
login-without = Inte inställda på att läsa in Sirus modul: { $names }.
login-register = Registrera modulen i webbläsarna: siru browser register. Stäng sedan alla deras fönster och öppna dem igen.
login-again = Ta ut kortet, sätt in det igen och upprepa testet. Om det händer på nytt, kontakta supporten och uppge det här meddelandet.
login-helpdesk = Kontakta supporten och uppge det här meddelandet.
login-install = Installera Siru på nytt.

login-no-module = Modulen saknas
login-no-module-detail = PKCS #11-modulen, som webbläsarna når kortet genom, finns inte på sin plats.
login-module-unusable = Modulen kan inte läsas in
login-module-unusable-detail = Filen är skadad, eller så är den inte en PKCS #11-modul för det här systemet.
login-module-refused = Modulen fungerar inte
login-module-refused-detail = Modulen svarade { $answer }.
login-no-server = Testservern kan inte startas
login-no-server-detail = Testet behöver en port på den här datorn (127.0.0.1), och det finns ingen för det.
login-no-browser = Ingen webbläsare kunde öppnas
login-no-browser-next = Öppna själv testets adress i din webbläsare.

login-no-reader = Modulen ser ingen läsare
login-no-reader-next = Anslut en kortläsare.
login-several-cards = Modulen ser fler än ett kort
login-several-cards-next = Lämna bara det kort som ska testas i läsaren.
login-another-card-detail = Modulen ser inte det kort som visades tidigare.
login-look-only = Kortet visas bara
login-no-certificate = Inget certifikat för inloggning
login-no-certificate-detail = Modulen visar inget autentiseringscertifikat med nyckel på det här kortet.
login-card-removed = Kortet togs ut
login-pin-dropped = Kortet glömde koden
login-pin-dropped-detail = Ett annat program använde kortet innan det hade undertecknat.
login-pin-dropped-next = Stäng andra program som använder kortet och upprepa testet.
login-last-try = Ett försök kvar
login-last-try-detail = En fel kod skulle nu låsas, så inget skickades till kortet.
login-last-try-next = Om du är säker på koden, kontrollera den först (Kontrollera PIN): den rätta ger alla försök tillbaka. Annars, ange en ny kod med PUK-koden eller aktiveringskoden.
login-no-signature = Nyckeln kan inte underteckna inloggningen
login-no-signature-detail = Nyckeln är av ett slag som { $protocol } inte godtar.
login-handshake = Anslutningen bröts
login-handshake-detail = Anslutningen med { $protocol } bröts innan nyckeln hade bekräftats.

login-wrong-certificate = Fel certifikat valdes
login-wrong-certificate-detail = Certifikatet är för signaturer, inte för inloggning.
login-wrong-certificate-next = Stäng alla webbläsarens fönster, upprepa testet och välj certifikatet för autentisering.
login-not-yet = Certifikatet gäller inte ännu
login-not-yet-detail = Det gäller från { $date }.
login-clock = Kontrollera om datorns datum är rätt.
login-expired = Certifikatet har upphört att gälla
login-expired-detail = Det gällde till { $date }.
login-expired-next = Om datorns datum är rätt behövs ett nytt kort för elektroniska tjänster.
login-unreadable = Certifikatet kan inte läsas
login-root = Nyckeln fungerar, men Siru känner inte till roten
login-root-detail = Kedjan slutar i { $name }. Staten har rötter med sådana namn, men vem som helst kan ge en rot ett sådant namn, och Siru kan inte veta om den är statens.
login-root-next = Logga in på själva tjänsten: bara den visar om den godtar kortet. Den som har rotcertifikatet från dvv.fi kan låta testet lita på det: siru login-test --trust FIL.
login-untrusted = Certifikatkedjan är inte betrodd
login-untrusted-missing = Utfärdarens certifikat saknas: { $name }
login-untrusted-root = Kedjan slutar i en rot som inte är betrodd: { $name }
login-untrusted-unfit = Den här utfärdaren gäller inte eller får inte utfärda certifikat: { $name }
login-untrusted-forged = Underskriften på det här certifikatet är inte utfärdarens: { $name }
login-untrusted-next = Tjänster litar bara på statens egna rötter. Testtjänster litar på testkort.
login-unfit-next = Kontrollera om datorns datum är rätt. Om det är det, kontakta kortets utfärdare.
login-forged-next = Använd inte kortet. Kontakta dess utfärdare och uppge det här meddelandet.

login-browser = Inloggningstestet öppnas i din webbläsare
login-browser-detail = Webbläsaren varnar för att den inte litar på sidan: den kommer bara från den här datorn och har inget certifikat från en utfärdare. För det här testet är det som det ska.
login-browser-next = Fortsätt ändå till localhost, välj ditt certifikat och skriv baskoden (PIN1) när webbläsaren frågar efter den.
login-nothing = Webbläsaren visade inget certifikat
login-nothing-registered = Kortet var inte i läsaren, eller så avbröts valet av certifikat eller frågan efter koden.
login-nothing-unknown = Webbläsaren känner inte till modulen, kortet var inte i läsaren, eller så avbröts valet av certifikat eller frågan efter koden.
login-nothing-next = Sätt in kortet, stäng alla webbläsarens fönster och upprepa testet.
login-nobody = Ingen webbläsare kom
login-nobody-detail = Testet avslutades innan en webbläsare hade öppnat dess sida.
login-nobody-next = Upprepa testet, och fortsätt till localhost när webbläsaren varnar.

## Program som läser in kortmodulen

place-p11-kit-system = p11-kit, för alla
place-p11-kit-user = p11-kit, för dig
place-firefox-policy = Firefox, för alla
place-firefox-user = Firefox, för dig
place-firefox-profile = Firefox, profilen { $name }
place-chromium = Chromium och dess släktingar
registration-registered = Registrerad
registration-outdated = Registrerad med ett annat exemplar av modulen
registration-outdated-detail = Den fil som läses in är { $path }. En ny registrering rättar till det.
registration-twice = Registrerad två gånger
registration-twice-detail = Programmet skulle visa kortet två gånger och kunna fråga efter koden två gånger. En ny registrering rättar till det.
registration-for-everyone = Registrerad för alla
registration-by-policy = Registrerad genom datorns policy
registration-through-p11-kit = Registrerad via p11-kit
registration-limited = Begränsad av inställningarna för p11-kit
registration-limited-detail = En fil siru.module håller modulen borta från vissa eller alla program, med enable-in, disable-in eller en tom module-rad. Registreringen lämnar det som det är.
registration-none = Inte registrerad
registration-no-profile = Ingen profil ännu
registration-no-profile-detail = Starta Firefox en gång och registrera igen.
registration-ignored = Används inte
registration-ignored-detail = p11-kit bortser från roots egna filer. Registrera i stället för alla.
registration-unreachable = Kommer från { $sandbox } och kan inte använda kortet
registration-unreachable-detail = En webbläsare från Snap eller Flatpak kommer inte åt datorns kortmodul.
registration-unreachable-firefox = Installera i stället Firefox som deb-paket: firefox-esr från Debian eller firefox från packages.mozilla.org.
registration-unreachable-chromium = Installera i stället webbläsaren som deb-paket: chromium från Debian eller tillverkarens eget paket.
registration-unreadable = Inte läsbar
registration-unreadable-detail = Filen lämnades orörd. Systemet säger: { $reason }
registration-not-text = Filen är inte text och lämnades orörd.
registration-not-json = Filens JSON innehåller ett fel, så att Firefox bortser från hela filen. Den lämnades orörd; administratören måste rätta den.
registration-not-policies = Filen innehåller inte policyer så som Firefox läser dem. Den lämnades orörd; administratören måste rätta den.
registration-not-installed = Inte installerad
registration-neighbour = Den här andra modulen är för samma kort och kan fråga efter koden en andra gång: { $path }

## Certifikat

certificate-authentication = Inloggningscertifikat
certificate-signature = Signaturcertifikat
certificate-authority = Certifikatutfärdare
certificate-root = Rotutfärdare
certificate-authentication-use = För inloggning i tjänster. Certifikatets nyckel öppnas med { code-object }.
certificate-signature-use = För elektroniska underskrifter. Certifikatets nyckel öppnas med { code-object }.
certificate-authority-use = Går i god för de certifikat som den har utfärdat.
key-rsa = RSA, { $bits } bitar
key-unknown = inte känd
day = { $day }.{ $month }.{ $year }
years = { $years ->
    [one] { $years } år
   *[other] { $years } år
}
months = { $months ->
    [one] { $months } månad
   *[other] { $months } månader
}
days = { $days ->
    [one] { $days } dag
   *[other] { $days } dagar
}
validity-years = gäller, { years } kvar
validity-months = gäller, { months } kvar
validity-years-months = gäller, { years } { months } kvar
validity-days = upphör att gälla om { days }
validity-ends-today = upphör att gälla i dag
validity-ended-today = upphörde att gälla i dag
validity-ended = upphörde att gälla { $date } (för { days } sedan)
validity-not-yet = gäller från { $date }, inte ännu
expiry-certificate = { $code ->
    [pin2] Signaturcertifikatet
   *[pin1] Inloggningscertifikatet
}
expiry-soon = { expiry-certificate } upphör att gälla om { days }
expiry-today = { expiry-certificate } upphör att gälla i dag
expiry-past = { expiry-certificate } har upphört att gälla
expiry-not-yet = { expiry-certificate } gäller inte ännu
expired-pins = Också efter att ett certifikat har upphört att gälla kan PIN1 och PIN2 kontrolleras, bytas och låsas upp med PUK-koden; bara för inloggning och underskrift behövs ett nytt kort.
new-card-from = { $kind ->
    [citizen] Ansök om ett nytt kort hos polisen.
    [organisation] Be registreringsstället om ett nytt kort.
   *[unknown] Ett nytt kort får du av polisen (identitetskort) eller vid registreringsstället (organisationskort, kort för social- och hälsovården).
}
file-authentication = inloggningscertifikat
file-signature = signaturcertifikat
file-chain = { $name }-kedja
calendar-summary = { expiry-certificate } upphör att gälla: { $holder }
calendar-description = { new-card-from } Beställ det i god tid före den här dagen: det tar veckor att få ett nytt kort. { expired-pins }

## Program som ber Windows om certifikat

registration-through-windows = Genom Windows
registration-through-windows-detail = De här webbläsarna hämtar certifikaten från Windows, som läser dem från kortet med Sirus minidriver. Inget behöver registreras.
registration-no-minidriver = Minidriver saknas
registration-no-minidriver-detail = De här webbläsarna hämtar certifikaten från Windows, som läser dem från kortet bara med Sirus minidriver. Administratören installerar den med Sirus installationsprogram.
