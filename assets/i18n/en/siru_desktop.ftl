# The words of the window itself, in English. Sentences about cards and PINs are in siru_text.ftl.

window-title = Siru
tab-identification = Identification
tab-certificates = Certificates
tab-settings = Settings
tab-help = Help
objects = Identification objects
language = Language

## The demonstration

demo-mark = Demo: virtual cards
demo-pins = PIN1 { $pin1 } · PIN2 { $pin2 } · PUK { $puk } · activation PIN { $activation }
card-out = Take out the card
card-in = Put in the card
card-out-of = Take out the card from { $reader }
card-in-to = Put in the card to { $reader }

## Readers and cards

starting = Looking for card readers…
no-reader = No card reader
no-reader-detail = Connect a card reader to the computer. It appears here by itself.
insert-card = Insert a card
insert-card-detail = Put the card into the reader, chip first. It appears here by itself.
reader-empty = No card in the reader
reader-unreachable = The reader does not answer
reader-unreachable-next = Unplug the reader and plug it in again.
looking = Reading the card…
still-waiting = Still waiting for the card to answer.
read-again = Read again
holder-reading = Reading the name…
holder-unknown = Name not known
card-serial = Card ending in { $digits }
look-only = Read only
card-line = { $kind } · { $profile }

## The selected identification object

nothing-selected = Select an identification object
nothing-selected-detail = Choose a PIN in the list to check it, to change it, or to unlock it with the PUK or activation code.
check-pin = Check PIN
change-pin = Change PIN
unlock-pin = Unlock PIN
pin1 = PIN1
pin2 = PIN2
current-pin = Current PIN
new-pin = New PIN
new-pin-again = New PIN again
puk = PUK/Activation code
button-check = Check
button-change = Change
button-unlock = Unlock
close = Close
dismiss = Close the notice
leaving = The card is still working
leaving-detail = Siru stays open until the card has answered, so that the result is not lost.
leaving-next = To leave without the result, close the window once more.
unlock-hint = For a locked PIN, and for one you have forgotten. It need not be locked first.
not-activated-hint = This PIN is not activated yet. Set it with the activation code from your letter.
not-activated-block = This PIN is not activated yet. Choose Unlock PIN and set it with the activation code from your letter.
activation-pin-hint = This PIN is not activated yet. Type the 7-digit activation PIN from your letter into Current PIN, and choose a PIN of your own. The activation PIN is not the PUK. If your letter holds an activation code of 8 digits instead, choose Unlock PIN.
activation-pin-check-hint = This PIN is still the 7-digit activation PIN from your letter. Choose Change PIN to set one of your own.
activation-pin-is-no-puk = This PIN is not activated yet. The 7-digit activation PIN from your letter is not the PUK: do not type it here. Choose Change PIN and type it into Current PIN. An activation code of 8 digits belongs here.
pin-locked-hint = This PIN is locked. Choose Unlock PIN and set a new one with the PUK or activation code.
puk-locked-hint = The PUK is locked permanently, so no PIN of this card can be set anew.
accept = I have read this and want to go on.
accept-word = Type { $word } to go on
running = Do not remove the card
running-detail = The card is working.
card-gone = The card is not available any more
card-gone-detail = What was typed has been wiped, and nothing was sent to the card. Insert the card again to go on.
card-gone-running = A command was on its way to the card. What came of it is not known yet and is shown here.
card-gone-next = Insert the card again to go on.
nothing-sent = Nothing was sent to the card. No try was used.
tries-change = Tries left, { $code }: { $before } → { $after }

## Starting

no-window = Siru cannot open a window: { $reason }
no-window-next = The command “siru” does the same without a window.
no-demo = The virtual cards of the demonstration cannot be made: { $reason }
no-roots = The file with root certificates cannot be used: { $file }

## The log-in test

login-test = Log-in test
login-test-of = Log-in test: { $holder }
login-intro = A server on this computer asks for the card's certificate, as services do. Nothing reaches the internet.
login-button = Test
login-button-browser = Test in the browser
login-end = End the test
login-demo = The log-in test needs a real card
login-demo-detail = Browsers reach cards through the module, and it does not see the virtual cards of the demonstration.

## Certificates and their files

certificates-reading = Reading the certificates…
certificate-missing = The card has no such certificate.
certificate-not-on-card = The certificate of { $issuer } is not on the card.
certificate-details = Details
field-subject = Subject
field-issuer = Issuer
field-serial = Serial number
field-valid-from = Valid from
field-valid-until = Valid until
field-key = Key
field-policies = Policies
field-fingerprint = SHA-256 fingerprint
field-note = Note
test-card = Test card
save-pem = Save as PEM
save-der = Save as DER
save-chain = Save the chain as PEM
save-calendar = Add to calendar
save-folder = Folder
save-name = File name
save-hint = No file is replaced: if there is one of this name, the new one gets a number.
save-button = Save
save-cancel = Cancel
save-writing = Writing the file…
save-slow = The folder does not answer. It may lie on a network or a stick that is gone.
save-done = Saved
save-renamed = There was a file of that name already. It is unchanged.
save-failed = The file was not saved
save-wrong-name = A file cannot have this name. Leave out / \ : * ? " < > | and a full stop at the beginning or end.
save-no-folder = There is no such folder. Write its whole path.
save-not-allowed = You may not write to this folder.
save-full = There is no room on the disk.
save-too-many = There are too many files of this name. Choose another one.
save-system = The system says: { $reason }
