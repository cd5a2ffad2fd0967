# Every sentence about cards, PINs and readers, in English.
# $code is pin1, pin2 or puk, and of what was typed also activation-pin; $tries, $min and $max are numbers.

## Names

code = { $code ->
    [pin1] basic PIN (PIN1)
    [pin2] signature PIN (PIN2)
   *[puk] PUK/Activation code
}
# The same, inside a sentence, and in the forms in which the languages need it.
code-subject = { $code ->
    [pin1] the basic PIN (PIN1)
    [pin2] the signature PIN (PIN2)
    [activation-pin] the activation PIN
   *[puk] the PUK
}
code-start = { $code ->
    [pin1] The basic PIN (PIN1)
    [pin2] The signature PIN (PIN2)
    [activation-pin] The activation PIN
   *[puk] The PUK
}
code-object = { $code ->
    [pin1] the basic PIN (PIN1)
    [pin2] the signature PIN (PIN2)
    [activation-pin] the activation PIN
   *[puk] the PUK
}
code-owner = { $code ->
    [pin1] the basic PIN (PIN1)
    [pin2] the signature PIN (PIN2)
    [activation-pin] the activation PIN
   *[puk] the PUK
}
kind-citizen = Identity card
kind-organisation = Organisation card
kind-healthcare = Social welfare and health care card
kind-unknown = Certificate card

## States of a code

state-tries = { $tries ->
    [one] { $tries } try left
   *[other] { $tries } tries left
}
state-tries-of = { $tries } of { $max } tries left
state-locked = Locked
state-locked-for-good = Locked permanently
state-not-activated = Not activated
state-not-activated-tries = Not activated, { state-tries-of }
state-tries-unknown = Tries left not known
state-unknown = Not known

## Rules and slips, before anything is sent

rules-range = { $min }–{ $max } digits
rules-exact = { $min } digits
entry-not-digits = { code-start } has digits only, 0 to 9.
entry-too-short = { code-start } has at least { $min } digits.
entry-too-long = { code-start } has at most { $max } digits.
entry-mismatch = The two new PINs are not the same.
entry-same-as-current = The new PIN is the same as the current PIN.
entry-same-as-puk = The new PIN must not be the PUK or activation code.

## What came of an operation

check-done = PIN verification successful
check-failed = PIN verification failed
pin-locked = PIN is locked!
puk-failed = PUK verification failed
puk-locked = PUK is locked permanently!
change-done = PIN changed
unlock-done = PIN unlocked
not-usable = The code cannot be used
card-refused = The card refused
unexpected = Unexpected answer from the card
answer-lost = The result is not known
not-sent = Nothing was sent to the card

check-done-detail = { code-start } is right.
change-done-detail = { code-start } has been changed. The old one no longer works.
unlock-done-detail = The new { $code ->
    [pin2] signature PIN (PIN2)
   *[pin1] basic PIN (PIN1)
} is set and works.
wrong-detail = { code-start } was wrong.
was-last-try = That was the last try.
locked-detail = { code-start } is locked. What was typed was not looked at.
locked-bare-detail = { code-start } is locked.
not-usable-detail = The card says that { code-subject } cannot be used: it is not activated yet, or it is used up.
card-refused-detail = The card refused the command (status { $status }).
unexpected-detail = The card gave an answer that no specification explains here (status { $status }).
pin-not-set = The PIN is still not set.
pin-not-changed = The PIN is what it was.

try-not-used = No try was used.
try-used = One try was used.
try-unknown = Whether a try was used is not known.
left-now = { code-start } has { state-tries }.
left-now-locked = { code-start } is locked.
left-now-unknown = How many tries are left is not known.
may-stay-verified = The card may still hold the PIN as verified. Take the card out of the reader.
counts-on = The card counts wrong tries even when it is taken out in between.

## The way out

next-forgotten = If you do not remember it, stop here and set a new PIN with the PUK or activation code. The PIN need not be locked for that.
next-forgotten-for-good = If you do not remember it, stop here: the PUK is locked, so it cannot give you a new PIN. A PIN that is locked now can never be opened again. { new-card }
next-last-try = One more wrong entry locks { code-object }. If you are not sure, stop here and set a new PIN with the PUK or activation code.
next-last-try-activation-pin = One more wrong entry locks { code-object }. Compare with the letter that came with the card before you type again. Only the PUK opens a locked PIN, and a letter with an activation PIN does not hold it: it is ordered separately.
next-puk-check = Compare with the letter that holds the PUK or activation code. After { $tries ->
    [one] one more wrong entry
   *[other] { $tries } more wrong entries
} the PUK is locked permanently.
next-puk-activation-pin = The activation PIN of 7 digits in the letter is not the PUK: do not type it here. Set your own PIN with it instead (Change PIN). After { $tries ->
    [one] one more wrong entry
   *[other] { $tries } more wrong entries
} the PUK is locked permanently.
next-activation-pin-check = Compare with the letter that came with the card. The activation PIN has 7 digits; an activation code of 8 digits is the PUK, which does not belong here.
activation-pin-is-not-puk = This PIN is not activated yet. The letter of a new card may hold an activation PIN of 7 digits: that is not the PUK, and typed as the PUK it costs one of its tries. Set your own PIN with it instead (Change PIN): the activation PIN is the current PIN there.
next-unlock = Unlock it with the PUK or activation code. { new-puk }
next-unlock-activation-pin = Only the PUK opens it. A letter with an activation PIN does not hold the PUK: it is ordered separately.
next-never = The PUK is locked as well, so this PIN can never be opened again. { new-card }
puk-spent = PINs that work go on working, but a locked PIN can never be opened again. { new-card }
new-card = The card stays valid as an identity document. For electronic services a new card is needed.
new-puk = { $kind ->
    [citizen] If the code is lost, the police give a new one.
    [organisation] If the code is lost, the registration point gives a new one.
   *[unknown] If the code is lost, a new one comes from the police (identity card) or the registration point (organisation card, health care card).
}
next-activate = If the card is new, set the PIN with the activation code from its letter (Unlock PIN). If the letter holds an activation PIN of 7 digits instead, change that one to your own (Change PIN).
next-again = You may try again. If it happens again, ask your helpdesk and tell the status.
next-look-at-counters = Look at the tries left when the card can be read again, before you type anything.
next-new-then-old = When the card can be read again, look at the tries left. Then try the new PIN first, then the old one.
next-look-whether-set = When the card can be read again, look in the list: it shows whether the PIN is set. If it is not, go on with Activate.
next-look-whether-locked = When the card can be read again, look in the list: it shows whether the PIN is still locked. If it is not, the new PIN is set. Nothing needs trying out.
next-look-at-both = When the card can be read again, look in the list at both PINs before you type anything.
next-insert = Insert the card again and look at the tries left.

## Why nothing was sent

refused-another-card = The card in the reader is not the one that was shown before.
refused-another-card-next = Check whose card it is, and start again.
refused-consent = What a wrong entry would bring about now was not accepted.
refused-already-set = { code-start } has been set meanwhile.
refused-already-set-next = If you know the PIN that was set, check it (Check PIN). If you do not, set a new one with the PUK (Unlock PIN).
refused-not-possible = This cannot be done with { code-object }.

## Risks that a person accepts

risk-none = { code-start }: { state-tries }
risk-last-try = Last try!
risk-last-try-detail = If this entry is wrong, { code-subject } is locked and only the PUK or activation code opens it.
risk-last-try-next = If you are not sure, stop here and set a new PIN with the PUK or activation code instead.
risk-activation-pin-detail = If this entry is wrong, { code-subject } is locked and only the PUK opens it. A letter with an activation PIN does not hold the PUK: it is ordered separately.
risk-activation-pin-next = Compare with the letter that came with the card before you go on.
risk-for-good-detail = If this entry is wrong, { code-subject } is locked for good: the PUK is locked already and cannot open it. { new-card }
risk-puk-low = Two PUK tries left
risk-puk-low-detail = If this entry is wrong, a single try of the PUK is left. After that the PUK is locked permanently.
risk-puk-low-next = Compare with the letter that holds the PUK or activation code before you go on.
risk-puk-last = Last PUK try!
risk-puk-last-detail = If this entry is wrong, the PUK is locked permanently. { puk-spent }
risk-puk-last-next = To go on, type the word { typed-word }.
risk-unknown = Tries left not known
risk-unknown-detail = The card does not tell how many tries { code-subject } has. This may be the last one.
typed-word = LAST

## New PINs that are easy to guess

weak-repeated = The new { code } is easy to guess: the same digits come again and again.
weak-run = The new { code } is easy to guess: its digits go up or down in even steps.
weak-birth-date = The new { code } is easy to guess: it is a date of birth.
weak-serial = The new { code } is easy to guess: its digits are part of a number of the card or its holder.
weak-same-as-other = { $code ->
    [pin2] The new signature PIN (PIN2) is the same as the basic PIN (PIN1)
   *[pin1] The new basic PIN (PIN1) is the same as the signature PIN (PIN2)
}: whoever learns one of them has both.

## Digits that were typed before

caught-refused-before = This card has already refused the same digits for { code-object }. Nothing was sent this time and no try was used. When the card is taken out and put in again, Siru forgets what was refused.
caught-belongs-to = What was typed is { $owner ->
    [pin1] the basic PIN (PIN1)
    [pin2] the signature PIN (PIN2)
   *[puk] the PUK or activation code
} of this card, and what is asked for is { code-object }. Nothing was sent and no try was used.

## Activation of a new card

activation-headline = This card is not activated yet
activation-half-headline = This card is activated only in part
activation-locked-headline = Both PINs are locked
activation-left-both = The basic PIN (PIN1) and the signature PIN (PIN2) are still to be set.
activation-left = { code-start } is still to be set.
activation-set = { code-start } is set already and stays as it is.
activation-locked = { code-start } is locked. The activation PIN does not open it; the PUK does (Unlock PIN).
activation-locked-for-good = { code-start } is locked, and the PUK is locked as well: it can never be opened again. { new-card }
activation-code = Take the letter that came with the card: it holds the activation code of 8 digits. The same code is the PUK, and sets a forgotten or locked PIN anew later, so keep the letter.
activation-pin = Take the letter that came with the card: it holds the activation PIN of 7 digits. It works for activation only, and it is not the PUK.
activation-unclear = The card does not tell which code its letter holds, and the wrong one would cost a try. Look into the letter.
letter-code = An activation code has 8 digits and is also called the PUK.
letter-activation-pin = An activation PIN has 7 digits.
activation-pin-name = Activation PIN
new-letter = { $kind ->
    [citizen] If the letter is lost, the police give a new code.
    [organisation] If the letter is lost, the registration point gives a new code.
   *[unknown] If the letter is lost, a new code comes from the police (identity card) or the registration point (organisation card, health care card).
}
pair-done = Both PINs are set
pair-done-detail = The new basic PIN (PIN1) and the new signature PIN (PIN2) are set and work.
pair-only-first = Only { code-subject } is set
pair-second-failed = { code-start } is not set: { $headline }.
pair-first = { code-start } is set
pair-second-unknown = Whether { code-subject } is set is not known.
pair-both-unknown = Whether the basic PIN (PIN1) and the signature PIN (PIN2) are set is not known.
pair-second-not-sent = For the signature PIN (PIN2) nothing was sent.
pair-goes-on = Activation goes on with { code-object }; what is set stays set.

## Cards that are only looked at

read-only = Siru only shows this card and sends it no PIN.
read-only-unknown-generation = The card is of a generation that Siru does not know.
read-only-unproven-generation = How the PINs of this card generation work has not been proven yet.
read-only-directory = The card describes its PINs otherwise than cards of its generation do.
read-only-probe = The card does not answer for its PINs as cards of its generation do (status { $status }).
read-only-no-serial = The serial number of the card cannot be read, so a change of cards would go unnoticed.

## Cards and readers that cannot be used

open-foreign = Not a supported card
open-foreign-detail = The card in the reader is not a Finnish certificate card.
open-foreign-next = Insert an identity card, an organisation card or a health care card.
open-legacy = An old card
open-legacy-detail = The card is of an old generation ({ $profile }); its certificates are no longer valid. Its PINs are not used any more.
open-legacy-next = The card stays valid as an identity document as long as its date says. For electronic services a new card is needed.
open-contactless = The card lies on a contactless reader
open-contactless-detail = PINs can be used over the chip's contacts only.
open-contactless-next = Insert the card into a reader, chip first.
unreachable = The card cannot be reached
read-another-card = Another card is in the reader
read-another-card-detail = The card was changed while it was read.
read-again = Start again.
unreadable = The card cannot be read
unreadable-detail = A file of the card is missing or not understood.
unreadable-next = Other cards in the same reader tell whether it is the card. If the card stays unreadable, ask its issuer.

reader-no-service = The smart card service is not running
reader-no-service-detail = Siru reaches readers through a service of the system.
reader-no-service-next = { $system ->
    [windows] Start the service “Smart Card” (SCardSvr) and let it start by itself.
   *[linux] Start it with: sudo systemctl enable --now pcscd.socket
}
reader-denied = No access to the smart card service
reader-denied-detail = The service runs, but it does not let you in. That is usual in a remote session.
reader-denied-next = Sign in at the computer itself, or ask whoever looks after it for access to the smart card service.
reader-gone = The reader is gone
reader-gone-next = Plug the reader in again.
reader-no-card = There is no card in the reader
reader-no-card-next = Insert the card, chip first.
reader-mute = The card does not answer
reader-mute-next = Take the card out, look whether it is the right way round and clean, and insert it again.
reader-busy = Another program is using the card
reader-busy-detail = Another program holds the card for itself.
reader-busy-next = Close the other program, or wait until it is done, and try again.
reader-cancelled = The wait was ended
reader-driver = The reader reported an error
reader-driver-detail = The reader or its driver reported an error that Siru does not know.
reader-driver-next = Unplug the reader and plug it in again. If that does not help, ask your helpdesk.

## What went wrong on the way to the card

channel-card-removed = The card was removed.
channel-card-reset = Another program reset the card.
channel-reader-gone = The reader was unplugged.
channel-service-stopped = The smart card service stopped.
channel-short-answer = The card broke off in the middle of its answer.
channel-long-answer = The card answered more than it may.
channel-driver = The reader reported an error.
exchange-budget = The card did not come to an end.
exchange-not-sendable = The command cannot be sent in this way.

## The log-in test

date = { $year }-{ $month }-{ $day }
login-title = Log-in test
login-holder = Holder
login-subject = Subject
login-issuer = Issuer
login-serial = Certificate number
login-key = Key
login-until = Valid until
login-chain = Chain
login-protocols = Signed with
login-done = The log-in works
login-done-detail = The card's key signed, and its certificate leads up to a trusted root.
login-pin-each-time = The card wanted PIN1 again after its first signature: it wants PIN1 for each log-in.
login-unregistered = Card and module work; no browser is set up
login-without = Not set up to load Siru's module: { $names }.
login-register = Register the module with the browsers: siru browser register. Then close all their windows and open them again.
login-again = Take the card out, insert it again and repeat the test. If it happens again, ask your helpdesk and tell this message.
login-helpdesk = Ask your helpdesk and tell this message.
login-install = Install Siru again.

login-no-module = The module is missing
login-no-module-detail = The PKCS #11 module, through which browsers reach the card, is not where it belongs.
login-module-unusable = The module cannot be loaded
login-module-unusable-detail = The file is damaged, or it is no PKCS #11 module for this system.
login-module-refused = The module does not work
login-module-refused-detail = The module answered { $answer }.
login-no-server = The test server cannot be started
login-no-server-detail = The test needs a port on this computer (127.0.0.1), and there is none for it.
login-no-browser = No browser could be opened
login-no-browser-next = Open the address of the test in your browser yourself.

login-no-reader = The module sees no reader
login-no-reader-next = Connect a card reader.
login-several-cards = The module sees more than one card
login-several-cards-next = Leave only the card that is to be tested in its reader.
login-another-card-detail = The module does not see the card that was shown before.
login-look-only = The card is only looked at
login-no-certificate = No certificate for log-in
login-no-certificate-detail = The module shows no authentication certificate with a key on this card.
login-card-removed = The card was taken out
login-pin-dropped = The card forgot the PIN
login-pin-dropped-detail = Another program used the card before it had signed.
login-pin-dropped-next = Close other programs that use the card, and repeat the test.
login-last-try = One try left
login-last-try-detail = A wrong PIN would be locked now, so nothing was sent to the card.
login-last-try-next = If you are sure of the PIN, check it first (Check PIN): a right one brings all tries back. If not, set a new one with the PUK or activation code.
login-no-signature = The key cannot sign the log-in
login-no-signature-detail = The key is of a kind that { $protocol } does not take.
login-handshake = The connection broke off
login-handshake-detail = The connection with { $protocol } broke off before the certificate was proven.

login-wrong-certificate = The wrong certificate was chosen
login-wrong-certificate-detail = The certificate is for signatures, not for log-in.
login-wrong-certificate-next = Close all windows of the browser, repeat the test and choose the certificate for authentication.
login-not-yet = The certificate is not valid yet
login-not-yet-detail = It is valid from { $date }.
login-clock = Check whether the date of this computer is right.
login-expired = The certificate has expired
login-expired-detail = It was valid until { $date }.
login-expired-next = If the date of this computer is right, a new card is needed for electronic services.
login-unreadable = The certificate cannot be read
login-root = The key works, but Siru does not know the root
login-root-detail = The chain ends at { $name }. The state has roots of such names, but anybody can give one such a name, and Siru cannot tell whether it is the state's.
login-root-next = Log in to the service itself: only that shows whether it lets the card in. Whoever has the root certificate from dvv.fi can have the test trust it: siru login-test --trust FILE.
login-untrusted = The chain is not trusted
login-untrusted-missing = The certificate of the issuer is missing: { $name }
login-untrusted-root = The chain ends at a root that is not trusted: { $name }
login-untrusted-unfit = This authority is not valid or may not issue certificates: { $name }
login-untrusted-forged = The signature on this certificate is not its issuer's: { $name }
login-untrusted-next = Services trust the state's own roots only. A test card is trusted by test services.
login-unfit-next = Check whether the date of this computer is right. If it is, ask the issuer of the card.
login-forged-next = Do not use this card. Ask its issuer, and tell this message.

login-browser = The log-in test opens in your browser
login-browser-detail = The browser will warn that it does not trust the page: it comes from this computer alone and has no certificate of an authority. For this one test that is as it should be.
login-browser-next = Go on to localhost all the same, choose your certificate and type PIN1 when the browser asks for it.
login-nothing = The browser presented no certificate
login-nothing-registered = The card was not in its reader, or the choice of the certificate or the PIN was cancelled.
login-nothing-unknown = The browser does not know the module, the card was not in its reader, or the choice of the certificate or the PIN was cancelled.
login-nothing-next = Insert the card, close all windows of the browser and repeat the test.
login-nobody = No browser came
login-nobody-detail = The test was ended before a browser had opened its page.
login-nobody-next = Repeat the test, and go on to localhost when the browser warns.

## Programs that load the card module

place-p11-kit-system = p11-kit, for everyone
place-p11-kit-user = p11-kit, for you
place-firefox-policy = Firefox, for everyone
place-firefox-user = Firefox, for you
place-firefox-profile = Firefox, profile { $name }
place-chromium = Chromium and its relatives
registration-registered = Registered
registration-outdated = Registered with another copy of the module
registration-outdated-detail = It loads { $path }. Registering again puts this right.
registration-twice = Registered twice
registration-twice-detail = The program would show the card twice and could ask for the PIN twice. Registering again puts this right.
registration-for-everyone = Registered for everyone
registration-by-policy = Registered by the policy of the computer
registration-through-p11-kit = Registered through p11-kit
registration-limited = Limited by the settings of p11-kit
registration-limited-detail = A siru.module file keeps the module from some or all programs, with enable-in, disable-in or a blank module line. Registering leaves that as it is.
registration-none = Not registered
registration-no-profile = No profile yet
registration-no-profile-detail = Start Firefox once, and register again.
registration-ignored = Not in use
registration-ignored-detail = p11-kit ignores root's own files. Register for everyone instead.
registration-unreachable = Comes from { $sandbox } and cannot use the card
registration-unreachable-detail = A browser from Snap or Flatpak is shut off from the card module of the computer.
registration-unreachable-firefox = Install Firefox as a deb package instead: firefox-esr from Debian, or firefox from packages.mozilla.org.
registration-unreachable-chromium = Install the browser as a deb package instead: chromium from Debian, or the package of the browser's own maker.
registration-unreadable = Not readable
registration-unreadable-detail = The file was left alone. The system says: { $reason }
registration-not-text = The file is not text, and was left alone.
registration-not-json = The file has a mistake in its JSON, so that Firefox ignores all of it. It was left alone; the administrator has to repair it.
registration-not-policies = The file does not hold policies as Firefox reads them. It was left alone; the administrator has to repair it.
registration-not-installed = Not installed
registration-neighbour = This other module is for the same cards, and may ask for the PIN a second time: { $path }

## Certificates

certificate-authentication = Log-in certificate
certificate-signature = Signature certificate
certificate-authority = Certificate authority
certificate-root = Root authority
certificate-authentication-use = For logging in to services. Its key opens with { code-object }.
certificate-signature-use = For electronic signatures. Its key opens with { code-object }.
certificate-authority-use = Vouches for the certificates it has issued.
key-rsa = RSA, { $bits } bits
key-unknown = not known
day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
years = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
months = { $months ->
    [one] { $months } month
   *[other] { $months } months
}
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
validity-years = valid, { years } left
validity-months = valid, { months } left
validity-years-months = valid, { years } { months } left
validity-days = expires in { days }
validity-ends-today = expires today
validity-ended-today = expired today
validity-ended = expired on { $date } ({ days } ago)
validity-not-yet = valid from { $date }, not yet
expiry-certificate = The { $code ->
    [pin2] signature certificate
   *[pin1] log-in certificate
}
expiry-soon = { expiry-certificate } expires in { days }
expiry-today = { expiry-certificate } expires today
expiry-past = { expiry-certificate } has expired
expiry-not-yet = { expiry-certificate } is not valid yet
expired-pins = Even after a certificate has expired, PIN1 and PIN2 can be checked, changed, and unlocked with the PUK; only logging in and signing need a new card.
new-card-from = { $kind ->
    [citizen] Apply to the police for a new card.
    [organisation] Ask the registration point for a new card.
   *[unknown] A new card comes from the police (identity card) or the registration point (organisation card, health care card).
}
file-authentication = log-in-certificate
file-signature = signature-certificate
file-chain = { $name }-chain
calendar-summary = { expiry-certificate } expires: { $holder }
calendar-description = { new-card-from } Order it well before this day: a new card takes weeks. { expired-pins }

## Programs that ask Windows for certificates

registration-through-windows = Through Windows
registration-through-windows-detail = These browsers take certificates from Windows, which reads them from the card with Siru's minidriver. There is nothing to register.
registration-no-minidriver = No minidriver
registration-no-minidriver-detail = These browsers take certificates from Windows, which reads them from the card only with Siru's minidriver. The administrator installs it with Siru's installer.
