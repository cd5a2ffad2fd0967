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
card-in-to = Put the card into { $reader }

## Readers and cards

starting = Looking for card readers…
no-reader = No card reader
no-reader-detail = Connect a card reader to the computer. It appears here by itself.
insert-card = Insert a card
insert-card-detail = Put the card into the reader, chip first. It appears here by itself.
reader-numbered = Card reader { $number }: { $name }
reader-empty = No card in the reader
reader-unreachable = The reader does not answer
reader-unreachable-next = Unplug the reader and plug it in again.
looking = Reading the card…
still-waiting = Still waiting for the card to answer.
cards-summary = { $cards } cards · { $concerning ->
    [0] none needs attention
    [one] { $concerning } needs attention
   *[other] { $concerning } need attention
}
only-attention = Show only those that need attention
none-needs-attention = No card needs attention. To see all of them, take the tick away above.
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
puk-short = PUK
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

## A new card

activate-card = Activate the card
activate-card-of = Activate the card of { $holder }
activate = Activate
button-activate = Activate
activation-pin = Activation PIN
which-letter = What does the letter that came with the card hold?
letter-with-code = An activation code of 8 digits, which is the PUK as well
letter-with-pin = An activation PIN of 7 digits
letter-shows-code = The letter that came with the card: the PUK/activation code is here
letter-shows-pin = The letter that came with the card: the activation PIN is here
where-is-the-code = Where is the code?
insist = These digits are right here as well
new-pin1 = New PIN1
new-pin1-again = New PIN1 again
new-pin2 = New PIN2
new-pin2-again = New PIN2 again
set-pin1-too = Set a new basic PIN (PIN1) as well, with the same PUK
set-pin2-too = Set a new signature PIN (PIN2) as well, with the same PUK
not-activated-card = This card is not activated yet
weak-forbidden = Your organisation does not allow such PINs.
safer-way = Use the PUK instead
no-try-used = No try was used.
contact = Help: { $line }

## Settings

setting-locked = Set by your organisation
setting-appearance = Appearance
setting-size = Size
setting-left-out = Card readers left out
setting-weak-pins = New PINs that are easy to guess
setting-contact = Help
setting-tray = Card icon in the notification area
setting-browser-register = Register the card module with browsers
setting-signature-slot = Signature identity (PIN2) in the card module
setting-last-try-in-login = A log-in may spend the last try of a PIN
setting-log-level = Log
setting-value = { $name }: { $value }
settings-machine-only = Decided for this computer
language-system = Follow the system ({ $language })
appearance-system = Follow the system
appearance-light = Light
appearance-dark = Dark
appearance-high-contrast = High contrast
percent = { $number } %
size-keys = Ctrl + and Ctrl − change the size everywhere, Ctrl 0 takes it back.
weak-pins-warn = Point them out
weak-pins-forbid = Do not allow them
left-out-always = Always left out: { $patterns }
left-out-add = Leave out { $reader } and others of its model
left-out-not = Show { $reader } again
tray-autostart = Show the icon when I sign in
tray-detail = The icon turns yellow when a card is ready. A click opens this window, a right click the menu. Everything works without it as well.
unsaved = The setting was not changed
unsaved-no-folder = There is no folder for your settings.
unsaved-unusable = The file with your settings cannot be used: { $what }
unsaved-io = The file with your settings cannot be written.
unsaved-no-tray = The program siru-tray is not installed.
unsaved-other-system = This system starts programs in another way.
settings-problem = Some settings cannot be used
settings-problem-detail = What was meant there counts as not set.

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

## A moment

moment = { $day }, { $hour }:{ $minute }:{ $second } UTC

## Help

help-intro = Choose a subject to read about it. Nothing here needs a network.
help-codes = The codes of a card
help-codes-pin1 = The basic PIN (PIN1) is for logging in to services. It has 4 to 8 digits, and you choose them yourself.
help-codes-pin2 = The signature PIN (PIN2) is for electronic signatures. It has 6 to 8 digits, on social welfare and health care cards 4 to 8, and you choose them yourself.
help-codes-puk = The PUK sets a new PIN when one is locked or forgotten. It usually has 8 digits.
help-codes-activation-code = The activation code comes with a new card and has 8 digits. It is also the PUK of the card, so keep its letter.
help-codes-activation-pin = The activation PIN comes with newer identity cards and has 7 digits. It is not the PUK. It is used once, when you set your own PINs.
help-codes-tries = A code has 5 tries as a rule; the list shows how many are left. The card counts wrong tries even when it is taken out in between. The right PIN brings all its tries back.
help-letter = Where is the code?
help-letter-where = The activation code, the activation PIN or the PUK is in the letter that belongs to the card.
help-letter-not = No number printed on the card is one of these codes.
help-letter-label = The letter: the activation code, the activation PIN or the PUK is here
help-new-card = A new card
help-new-card-what = Before a new card is used, you set its PIN1 and PIN2. Select one of them in the list; Siru says which code of the letter it wants.
help-new-card-code = If the letter holds an activation code of 8 digits, set both PINs with it. Such letters come with identity cards of before 13 January 2026, organisation cards, and social welfare and health care cards. Keep the letter: the code is also the PUK.
help-new-card-pin = If the letter holds an activation PIN of 7 digits, change it to a PIN1 and a PIN2 of your own. Such letters come with identity cards from 13 January 2026 on. The activation PIN is not the PUK, which is ordered separately.
help-new-card-half = If only one of the two PINs is set, it works; set the other one later in the same way.
help-forgotten = A forgotten PIN
help-forgotten-what = Do not guess. Select the PIN in the list, choose { unlock-pin } and set a new one with the PUK or activation code. The PIN need not be locked for that.
help-forgotten-no-puk = If you do not have the PUK, ask for a new one first, and keep the tries that are left.
help-locked = A locked PIN
help-locked-what = Too many wrong tries lock a PIN. Select it in the list, choose { unlock-pin } and set a new one with the PUK or activation code.
help-locked-other = The other PIN is not affected and works as before.
help-puk-locked = A locked PUK
help-puk-locked-what = A locked PUK can never be opened again. PINs that work go on working and can be changed, but a PIN that is locked stays locked.
help-puk-locked-next = An identity card stays valid as an identity document. For electronic services a new card is needed.
help-new-codes = Who gives new codes?
help-new-codes-police = For an identity card, the police.
help-new-codes-point = For an organisation card and a social welfare and health care card, the registration point.
help-new-codes-puk = Siru cannot make codes. It sets new PINs with the PUK or activation code that you have.
help-log-in = Logging in to services
help-log-in-how = Leave the card in the reader, open the service in your browser and choose to log in with a certificate card. The browser asks which certificate to use, and then for PIN1.
help-log-in-test = If a service does not let you in, choose { login-test } below the card in the list. It logs in to a server on this computer and names the link that is broken.
help-log-in-browser = A browser finds the card through Siru's card module. Register the module with this command: siru browser register. Then close all windows of the browser and open it again.
help-not-seen = The reader or the card is not seen
help-not-seen-card = Put the card into the reader with the chip first, and push it in all the way.
help-not-seen-reader = Unplug the reader and plug it in again. Siru notices it by itself.
help-not-seen-service = If the smart card service of the system is not running, Siru says so and says how to start it.
help-not-seen-other = If another program is using the card, close that program, or wait until it is done. F5 reads the cards again.
help-not-seen-contactless = A card that lies on a contactless reader cannot be used. Put it into a reader that touches the chip.
help-certificates = When certificates expire
help-certificates-what = A card has a certificate for logging in and one for signing. The tab { tab-certificates } shows them, who vouches for them and until when they are valid. No PIN is needed for that.
help-certificates-end = Siru warns 90, 30 and 7 days before they expire. { save-calendar } saves a reminder that calendar programs open.
help-certificates-files = A certificate can be saved as a file and given to others; it holds no secret, but it holds your name.
help-keyboard = Keyboard
help-never = What Siru never does
help-never-twice = It never repeats a code by itself: one confirmation is one try. Only a PUK, activation code or activation PIN that sets both PINs is sent once for each, and the second time only after the card accepted it the first time.
help-never-keeps = It keeps no PIN and no PUK. What you type is wiped as soon as it has been used or the form is closed.
help-never-network = It sends nothing over the internet, and it reports nothing about you or your cards to anyone.
help-never-background = It sends no code that you have not just confirmed.
help-about = About Siru
help-about-version = Version { $version }
help-about-licence = Licence: { $licence }
help-about-or = { " or " }
help-about-settings = Your settings are in this file: { $file }
key-escape = Esc
key-tabs = Ctrl Page Up, Ctrl Page Down
key-tab = Tab, Shift Tab
key-arrows = Arrow up, arrow down
key-enter = Enter
key-pages = Page Up, Page Down, Home, End
keys-help = Shows this help.
keys-read-again = Reads all cards again.
keys-close = Closes what is open.
keys-tabs = Goes to the tab to the left or right.
keys-next = Goes to the next or the previous field or button.
keys-rows = Goes from row to row in the list.
keys-confirm = Presses the button, opens the row or confirms the form.
keys-scroll = Moves the page of the help and of the certificates.
keys-zoom = Makes everything larger or smaller.
keys-zoom-back = Makes everything the usual size.
