# Fönstrets egna ord på svenska. Meningar om kort och PIN-koder finns i siru_text.ftl.

window-title = Siru
tab-identification = Identifiering
tab-certificates = Certifikat
tab-settings = Inställningar
tab-help = Hjälp
objects = Identifieringsobjekt
language = Språk

## Demonstrationen

demo-mark = Demo: virtuella kort
demo-pins = PIN1 { $pin1 } · PIN2 { $pin2 } · PUK { $puk } · aktiverings-PIN { $activation }
card-out = Ta ut kortet
card-in = Sätt in kortet
card-out-of = Ta ut kortet ur { $reader }
card-in-to = Sätt in kortet i { $reader }

## Läsare och kort

starting = Söker kortläsare…
no-reader = Ingen kortläsare
no-reader-detail = Anslut en kortläsare till datorn. Den visas här av sig själv.
insert-card = Sätt in ett kort
insert-card-detail = Sätt in kortet i läsaren med chippet först. Det visas här av sig självt.
reader-empty = Inget kort i läsaren
reader-unreachable = Läsaren svarar inte
reader-unreachable-next = Koppla ur läsaren och anslut den igen.
looking = Läser kortet…
still-waiting = Väntar fortfarande på kortets svar.
read-again = Läs igen
holder-reading = Läser namnet…
holder-unknown = Namnet är inte känt
card-serial = Kortets nummer slutar på { $digits }
look-only = Endast läsning
card-line = { $kind } · { $profile }

## Det valda identifieringsobjektet

nothing-selected = Välj ett identifieringsobjekt
nothing-selected-detail = Välj en kod i listan för att kontrollera den, byta den eller låsa upp den med PUK-koden eller aktiveringskoden.
check-pin = Kontrollera PIN
change-pin = Byt PIN
unlock-pin = Lås upp PIN
pin1 = PIN1
pin2 = PIN2
current-pin = Nuvarande PIN
new-pin = Ny PIN
new-pin-again = Ny PIN igen
puk = PUK-kod/aktiveringskod
button-check = Kontrollera
button-change = Byt
button-unlock = Lås upp
close = Stäng
dismiss = Stäng meddelandet
leaving = Kortet arbetar fortfarande
leaving-detail = Siru hålls öppet tills kortet har svarat, så att resultatet inte går förlorat.
leaving-next = Stäng fönstret en gång till om du vill avsluta utan resultatet.
unlock-hint = För en låst eller glömd kod. Den behöver inte vara låst.
not-activated-hint = Koden är inte aktiverad än. Ange en ny med aktiveringskoden i brevet.
not-activated-block = Koden är inte aktiverad än. Välj Lås upp PIN och ange en ny med aktiveringskoden i brevet.
activation-pin-hint = Koden är inte aktiverad än. Skriv den 7-siffriga aktiverings-PIN-koden i brevet i fältet Nuvarande PIN och välj en egen kod. Aktiverings-PIN-koden är inte PUK-koden. Om brevet i stället innehåller en 8-siffrig aktiveringskod, välj Lås upp PIN.
activation-pin-check-hint = Koden är fortfarande den 7-siffriga aktiverings-PIN-koden i brevet. Välj Byt PIN och ange en egen kod.
activation-pin-is-no-puk = Koden är inte aktiverad än. Den 7-siffriga aktiverings-PIN-koden i brevet är inte PUK-koden: skriv den inte här. Välj Byt PIN och skriv den i fältet Nuvarande PIN. En 8-siffrig aktiveringskod hör hemma här.
pin-locked-hint = Koden är låst. Välj Lås upp PIN och ange en ny med PUK-koden eller aktiveringskoden.
puk-locked-hint = PUK-koden är låst för gott, så inga koder på kortet kan anges på nytt.
accept = Jag har läst detta och vill fortsätta.
accept-word = Skriv { $word } för att fortsätta
running = Ta inte ut kortet
running-detail = Kortet arbetar.
card-gone = Kortet är inte längre tillgängligt
card-gone-detail = Det som skrevs in har raderats och ingenting sändes till kortet. Sätt in kortet igen för att fortsätta.
card-gone-running = Ett kommando hade sänts till kortet. Resultatet är inte känt än och visas här.
card-gone-next = Sätt in kortet igen för att fortsätta.
nothing-sent = Ingenting sändes till kortet. Inget försök gick åt.
tries-change = Försök kvar, { $code }: { $before } → { $after }

## Start

no-window = Siru kan inte öppna ett fönster: { $reason }
no-window-next = Kommandot ”siru” gör samma sak utan fönster.
no-demo = Demonstrationens virtuella kort kan inte skapas: { $reason }
no-roots = Filen med rotcertifikat kan inte användas: { $file }

## Inloggningstestet

login-test = Inloggningstest
login-test-of = Inloggningstest: { $holder }
login-intro = En server på den här datorn frågar efter kortets certifikat, så som tjänster gör. Inget når internet.
login-button = Testa
login-button-browser = Testa i webbläsaren
login-end = Avsluta testet
login-demo = Inloggningstestet behöver ett riktigt kort
login-demo-detail = Webbläsare når kort genom modulen, och den ser inte demonstrationens virtuella kort.

## Certifikat och deras filer

certificates-reading = Läser certifikaten…
certificate-missing = Kortet har inget sådant certifikat.
certificate-not-on-card = Certifikatet för { $issuer } finns inte på kortet.
certificate-details = Detaljer
field-subject = Innehavare
field-issuer = Utfärdare
field-serial = Serienummer
field-valid-from = Gäller från
field-valid-until = Gäller till
field-key = Nyckel
field-policies = Certifikatpolicyer
field-fingerprint = SHA-256-fingeravtryck
field-note = Anmärkning
test-card = Testkort
save-pem = Spara som PEM
save-der = Spara som DER
save-chain = Spara kedjan som PEM
save-calendar = Lägg till i kalendern
save-folder = Mapp
save-name = Filnamn
save-hint = Ingen fil ersätts: om det redan finns en med samma namn får den nya ett nummer.
save-button = Spara
save-cancel = Avbryt
save-writing = Sparar filen…
save-slow = Mappen svarar inte. Den kan ligga i ett nätverk eller på ett minne som är borta.
save-done = Sparad
save-renamed = Det fanns redan en fil med det namnet. Den är oförändrad.
save-failed = Filen sparades inte
save-wrong-name = En fil kan inte ha det här namnet. Utelämna / \ : * ? " < > | och en punkt i början eller slutet.
save-no-folder = Mappen finns inte. Skriv hela sökvägen.
save-not-allowed = Du får inte skriva i den här mappen.
save-full = Det finns inget utrymme på disken.
save-too-many = Det finns för många filer med det namnet. Välj ett annat.
save-system = Systemet säger: { $reason }
