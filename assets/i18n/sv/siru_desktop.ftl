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
none-needs-attention = Inget kort kräver uppmärksamhet. Ta bort bocken ovan för att se alla.
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
puk-short = PUK
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
not-activated-hint = Koden är inte aktiverad ännu. Välj en egen kod med hjälp av aktiveringskoden i brevet.
not-activated-block = Koden är inte aktiverad ännu. Gå till Lås upp PIN och välj en egen kod med hjälp av aktiveringskoden i brevet.
activation-pin-hint = Koden är inte aktiverad ännu. Skriv brevets aktiverings-PIN med 7 siffror i fältet Nuvarande PIN och välj en egen kod. Aktiverings-PIN är inte PUK-koden. Om brevet i stället innehåller en 8-siffrig aktiveringskod, välj Lås upp PIN.
activation-pin-check-hint = Koden är fortfarande brevets aktiverings-PIN med 7 siffror. Gå till Byt PIN och välj en egen kod.
activation-pin-is-no-puk = Koden är inte aktiverad ännu. Brevets aktiverings-PIN med 7 siffror är inte PUK-koden: skriv den inte här. Välj Byt PIN och skriv den i fältet Nuvarande PIN. En 8-siffrig aktiveringskod hör hemma här.
pin-locked-hint = Koden är låst. Gå till Lås upp PIN och välj en ny kod med hjälp av PUK-koden eller aktiveringskoden.
puk-locked-hint = PUK-koden är låst för gott, så en låst kod kan inte låsas upp och en glömd kod kan inte ersättas.
accept = Jag har läst detta och vill fortsätta.
accept-word = Skriv { $word } för att fortsätta
running = Ta inte ut kortet
running-detail = Kortet arbetar.
card-gone = Kortet är inte längre tillgängligt
card-gone-detail = Det som skrevs in har raderats och ingenting skickades till kortet. Sätt in kortet igen för att fortsätta.
card-gone-running = Ett kommando hade skickats till kortet. Resultatet är inte känt ännu och visas här.
card-gone-next = Sätt in kortet igen för att fortsätta.
nothing-sent = Ingenting skickades till kortet. Inget försök gick åt.
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
letter-shows-pin = Brevet som följde med kortet: här står aktiverings-PIN
where-is-the-code = Var finns koden?
insist = Samma siffror är rätt här också
new-pin1 = Ny PIN1
new-pin1-again = Ny PIN1 igen
new-pin2 = Ny PIN2
new-pin2-again = Ny PIN2 igen
set-pin1-too = Välj också en ny baskod (PIN1) med samma PUK-kod
set-pin2-too = Välj också en ny signaturkod (PIN2) med samma PUK-kod
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
setting-tray = Kortikonen i meddelandefältet
setting-browser-register = Registrera kortmodulen i webbläsare
setting-signature-slot = Signaturidentiteten (PIN2) i kortmodulen
setting-last-try-in-login = En inloggning får använda kodens sista försök
setting-log-level = Logg
setting-value = { $name }: { $value }
settings-machine-only = Bestämt för den här datorn
language-system = Samma som systemet ({ $language })
appearance-system = Samma som systemet
appearance-light = Ljust
appearance-dark = Mörkt
appearance-high-contrast = Hög kontrast
percent = { $number } %
size-keys = Ctrl + och Ctrl − ändrar storleken överallt, Ctrl 0 återställer den.
weak-pins-warn = Påpeka dem
weak-pins-forbid = Tillåt dem inte
left-out-always = Lämnas alltid utanför: { $patterns }
left-out-add = Lämna { $reader } och andra av samma modell utanför
left-out-not = Visa { $reader } igen
tray-autostart = Visa ikonen när jag loggar in
tray-detail = Ikonen blir gul när ett kort är klart. Ett klick öppnar det här fönstret, ett högerklick menyn. Allt fungerar också utan den.
unsaved = Inställningen ändrades inte
unsaved-no-folder = Det finns ingen mapp för dina inställningar.
unsaved-unusable = Filen med dina inställningar kan inte användas: { $what }
unsaved-io = Filen med dina inställningar kan inte skrivas.
unsaved-no-tray = Programmet siru-tray är inte installerat.
unsaved-other-system = Det här systemet startar program på ett annat sätt.
settings-problem = Några inställningar kan inte användas
settings-problem-detail = I deras ställe gäller standardvärdet.

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

## En tidpunkt

moment = { $day } kl. { $hour }.{ $minute }.{ $second } UTC

## Hjälp

help-intro = Välj ett ämne för att läsa om det. Inget här behöver något nätverk.
help-codes = Kortets koder
help-codes-pin1 = Baskoden (PIN1) är för inloggning i tjänster. Den har 4–8 siffror, som du väljer själv.
help-codes-pin2 = Signaturkoden (PIN2) är för elektroniska underskrifter. Den har 6–8 siffror, på kort för social- och hälsovården 4–8, som du väljer själv.
help-codes-puk = Med PUK-koden väljer du en ny kod i stället för en som är låst eller glömd. Den har vanligen 8 siffror.
help-codes-activation-code = Aktiveringskoden följer med ett nytt kort och har 8 siffror. Den är också kortets PUK-kod, så spara brevet.
help-codes-activation-pin = Aktiverings-PIN följer med nyare identitetskort och har 7 siffror. Den är inte PUK-koden. Den används en gång, när du väljer dina egna koder.
help-codes-tries = En kod har i regel 5 försök; listan visar hur många som är kvar. Kortet räknar felaktiga försök även om det tas ut däremellan. Rätt kod ger tillbaka alla sina försök.
help-letter = Var finns koden?
help-letter-where = Aktiveringskoden, aktiverings-PIN eller PUK-koden står i brevet som hör till kortet.
help-letter-not = Inget nummer som är tryckt på kortet är någon av de här koderna.
help-letter-label = Brevet: aktiveringskoden, aktiverings-PIN eller PUK-koden står här
help-new-card = Ett nytt kort
help-new-card-what = Innan ett nytt kort används väljer du dess PIN1 och PIN2. Markera en av dem i listan; Siru berättar vilken kod i brevet som behövs.
help-new-card-code = Om brevet innehåller en aktiveringskod med 8 siffror, välj båda koderna med hjälp av den. Sådana brev hör till identitetskort från före den 13 januari 2026, organisationskort och kort för social- och hälsovården. Spara brevet: koden är också PUK-koden.
help-new-card-pin = Om brevet innehåller en aktiverings-PIN med 7 siffror, byt den till en egen PIN1 och PIN2. Sådana brev hör till identitetskort från och med den 13 januari 2026. Aktiverings-PIN är inte PUK-koden, som beställs separat.
help-new-card-half = Om bara den ena koden är inställd fungerar den; ställ in den andra senare på samma sätt.
help-forgotten = En glömd kod
help-forgotten-what = Gissa inte. Markera koden i listan, gå till { unlock-pin } och välj en ny kod med hjälp av PUK-koden eller aktiveringskoden. Koden behöver inte vara låst för det.
help-forgotten-no-puk = Om du inte har PUK-koden, skaffa först en ny och spara de försök som är kvar.
help-locked = En låst kod
help-locked-what = För många felaktiga försök låser en kod. Markera den i listan, gå till { unlock-pin } och välj en ny kod med hjälp av PUK-koden eller aktiveringskoden.
help-locked-other = Den andra koden påverkas inte och fungerar som förut.
help-puk-locked = En låst PUK-kod
help-puk-locked-what = En låst PUK-kod kan aldrig låsas upp igen. Koder som fungerar fortsätter att fungera och kan bytas, men en låst kod förblir låst.
help-puk-locked-next = Ett identitetskort gäller fortfarande som identitetshandling. För elektroniska tjänster behövs ett nytt kort.
help-new-codes = Vem ger nya koder?
help-new-codes-police = För ett identitetskort polisen.
help-new-codes-point = För ett organisationskort och ett kort för social- och hälsovården registreringsstället.
help-new-codes-puk = Siru kan inte skapa koder. Nya koder väljer du med den PUK-kod eller aktiveringskod som du har.
help-log-in = Inloggning i tjänster
help-log-in-how = Låt kortet sitta i läsaren, öppna tjänsten i webbläsaren och välj inloggning med certifikatkort. Webbläsaren frågar vilket certifikat som ska användas och sedan efter PIN1.
help-log-in-test = Om en tjänst inte släpper in dig, välj { login-test } under kortet i listan. Testet loggar in på en server på den här datorn och berättar vad som inte fungerar.
help-log-in-browser = En webbläsare hittar kortet genom Sirus kortmodul. Registrera modulen med kommandot: siru browser register. Stäng sedan alla webbläsarens fönster och öppna den igen.
help-not-seen = Läsaren eller kortet syns inte
help-not-seen-card = Sätt in kortet i läsaren med chippet först, ända in.
help-not-seen-reader = Koppla ur läsaren och anslut den igen. Siru märker det av sig självt.
help-not-seen-service = Om systemets smartkorttjänst inte är i gång säger Siru det och berättar hur den startas.
help-not-seen-other = Om ett annat program använder kortet, stäng det programmet eller vänta tills det är klart. F5 läser korten igen.
help-not-seen-contactless = Ett kort som ligger på en kontaktlös läsare kan inte användas. Sätt in det i en läsare som rör vid chippet.
help-certificates = När certifikaten upphör att gälla
help-certificates-what = Ett kort har ett certifikat för inloggning och ett för underskrifter. Fliken { tab-certificates } visar dem, vem som går i god för dem och hur länge de gäller. Ingen kod behövs för det.
help-certificates-end = Siru varnar 90, 30 och 7 dagar innan de upphör att gälla. { save-calendar } sparar en påminnelse som kalenderprogram öppnar.
help-certificates-files = Ett certifikat kan sparas som en fil och ges till andra; det innehåller inga hemligheter, men det innehåller ditt namn.
help-keyboard = Tangentbord
help-never = Vad Siru aldrig gör
help-never-twice = Det skickar aldrig en kod på nytt av sig självt: en bekräftelse är ett försök. Bara en PUK-kod, aktiveringskod eller aktiverings-PIN som ställer in båda PIN-koderna skickas en gång för var och en, och andra gången först när kortet har godkänt den första gången.
help-never-keeps = Det sparar ingen PIN-kod och ingen PUK-kod. Det du skriver raderas så snart det har använts eller formuläret stängs.
help-never-network = Det skickar ingenting över internet och berättar ingenting om dig eller dina kort för någon.
help-never-background = Det skickar ingen kod som du inte just har bekräftat.
help-about = Om Siru
help-about-version = Version { $version }
help-about-licence = Licens: { $licence }
help-about-or = { " eller " }
help-about-settings = Dina inställningar finns i den här filen: { $file }
key-escape = Esc
key-tabs = Ctrl Page Up, Ctrl Page Down
key-tab = Tabb, Skift Tabb
key-arrows = Pil upp, pil ned
key-enter = Enter
key-pages = Page Up, Page Down, Home, End
keys-help = Visar den här hjälpen.
keys-read-again = Läser alla kort igen.
keys-close = Stänger det som är öppet.
keys-tabs = Går till fliken till vänster eller höger.
keys-next = Går till nästa eller föregående fält eller knapp.
keys-rows = Går från rad till rad i listan.
keys-confirm = Trycker på knappen, öppnar raden eller bekräftar formuläret.
keys-scroll = Rullar hjälpen och certifikaten.
keys-zoom = Gör allt större eller mindre.
keys-zoom-back = Ger allt den vanliga storleken.
