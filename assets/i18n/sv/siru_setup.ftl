# Meningarna i installationsprogrammet för Windows, på svenska. Windows Installer fyller inte i något här: bara enkla rader.

## Licensen

title = Siru
licence = Licens
accept = Jag &godkänner licensvillkoren
install = &Installera
cancel = Avbryt

## Siru är redan installerat

installed = Siru är installerat
installed-text = Reparera återställer filer och inställningar som saknas i installationen. Ta bort avlägsnar Siru från datorn; det du har valt i Sirus egna inställningar finns kvar.
repair = &Reparera
remove = &Ta bort

## Under arbetet

working = Vänta ett ögonblick
working-text = Windows gör ändringarna. Det tar mindre än en minut.
really-cancel = Vill du avbryta? Det som redan har gjorts ångras.
in-use = Program används
in-use-text = De här programmen använder filer som hör till Siru. Windows stänger dem när du fortsätter och startar dem igen efteråt om det går.
in-use-close-text = De här programmen använder filer som hör till Siru. Stäng dem och fortsätt sedan.
continue = &Fortsätt

## Slutet

finished = Klart
finished-text = Allt är gjort.
cancelled = Avbrutet
cancelled-text = Inget på datorn har ändrats.
failed = Det lyckades inte
failed-text = Inget på datorn har ändrats. Orsaken finns i installationsloggen: starta installationen med msiexec /i och flaggan /l*v.
close = &Stäng

## Avslag

newer-installed = En nyare version av Siru är installerad. Ta först bort den om du vill gå tillbaka till den här.
windows-too-old = Siru kräver Windows 10 eller 11 med 64 bitar.
unknown-value = Egenskapen kan inte ha det angivna värdet; de tillåtna värdena finns i handboken:

## Svar på fel

abort = A&vbryt åtgärden
retry = &Försök igen
ignore = &Ignorera
yes = &Ja
no = &Nej
ok = OK
