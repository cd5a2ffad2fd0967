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
reader-numbered = Kortläsare { $number }: { $name }
reader-empty = Inget kort i läsaren
reader-unreachable = Läsaren svarar inte
reader-unreachable-next = Koppla ur läsaren och anslut den igen.
looking = Läser kortet…
still-waiting = Väntar fortfarande på kortets svar.
cards-summary = { $cards } kort · { $concerning ->
    [0] inget kräver uppmärksamhet
    [one] { $concerning } kräver uppmärksamhet
   *[other] { $concerning } kräver uppmärksamhet
}
only-attention = Visa bara de som kräver uppmärksamhet
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

## Ett nytt kort

activate-card = Aktivera kortet
activate-card-of = Aktivera kortet: { $holder }
activate = Aktivering
button-activate = Aktivera
activation-pin = Aktiverings-PIN
which-letter = Vad innehåller brevet som följde med kortet?
letter-with-code = En aktiveringskod med 8 siffror, som också är PUK-koden
letter-with-pin = En aktiverings-PIN med 7 siffror
letter-shows-code = Brevet som följde med kortet: här står PUK-koden eller aktiveringskoden
letter-shows-pin = Brevet som följde med kortet: här står aktiverings-PIN-koden
where-is-the-code = Var finns koden?
new-pin1 = Ny PIN1
new-pin1-again = Ny PIN1 igen
new-pin2 = Ny PIN2
new-pin2-again = Ny PIN2 igen
set-pin1-too = Ange också en ny baskod (PIN1) med samma PUK-kod
set-pin2-too = Ange också en ny signaturkod (PIN2) med samma PUK-kod
not-activated-card = Det här kortet är inte aktiverat ännu
weak-forbidden = Din organisation tillåter inte sådana koder.
safer-way = Använd PUK-koden i stället
no-try-used = Inget försök gick åt.
contact = Hjälp: { $line }

## Inställningar

setting-locked = Din organisation har bestämt detta
setting-appearance = Utseende
setting-size = Storlek
setting-left-out = Kortläsare som lämnas utanför
setting-weak-pins = Nya koder som är lätta att gissa
setting-contact = Hjälp
setting-tray = Kortsymbolen i meddelandefältet
language-system = Som systemet ({ $language })
appearance-system = Som systemet
appearance-light = Ljust
appearance-dark = Mörkt
appearance-high-contrast = Hög kontrast
percent = { $number } %
size-keys = Ctrl + och Ctrl − ändrar storleken överallt, Ctrl 0 återställer den.
weak-pins-warn = Påpeka dem
weak-pins-forbid = Tillåt dem inte
left-out-always = Lämnas alltid utanför: { $patterns }
left-out-add = Lämna { $reader } utanför
left-out-not = Visa { $reader } igen
tray-autostart = Visa symbolen när jag loggar in
tray-detail = Symbolen blir gul när ett kort är klart. Ett klick öppnar det här fönstret, ett högerklick menyn. Allt fungerar också utan den.
unsaved = Inställningen ändrades inte
unsaved-no-folder = Det finns ingen mapp för dina inställningar.
unsaved-unusable = Filen med dina inställningar kan inte användas: { $what }
unsaved-io = Filen med dina inställningar kan inte skrivas.
unsaved-no-tray = Programmet siru-tray är inte installerat.
unsaved-other-system = Det här systemet startar program på ett annat sätt.
settings-problem = Några inställningar kan inte användas
settings-problem-detail = I deras ställe gäller standardvärdet.
settings-unreadable = filen kan inte läsas
settings-too-long = filen är för lång
settings-malformed = filen är inte TOML
settings-unknown-value = det finns inget sådant värde
settings-unknown-lock = det finns ingen sådan inställning
settings-machine-only = bara datorns inställningar får säga detta

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
