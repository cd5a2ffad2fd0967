# What the command line says by itself, in English. What it says about cards is in siru_text.ftl.

## Help

help-about = Look at Finnish certificate cards, and check, change and unlock their PINs
help-usage = Usage:
help-commands = Commands
help-options = Options
help-arguments = Arguments
help-list = Show readers, cards, their PINs and the tries left. Sends no PIN
help-check = Check a PIN
help-change = Change a PIN to a new one
help-unlock = Set a new PIN with the PUK or activation code, whether the PIN is locked or forgotten
help-activate = Set both PINs of a new card with the code of its letter, or the one that is left
help-certificate = Show and export the card's certificates. Needs no PIN
help-certificate-list = List the certificates of a card
help-certificate-show = Show everything about them
help-certificate-export = Write one to a file or to standard output
help-login-test = Log in to a server on this computer, and name the link that is broken
help-test-browser = Let your browser log in; PIN1 is typed there
help-test-module = The PKCS #11 module to test (default: the one that belongs to this program)
help-trust = A PEM file with root certificates to trust besides those of the state; may be given more than once
help-browser = Show and change which programs load the card module. Needs no card
help-browser-status = Show p11-kit, Firefox and Chromium, and whether each loads the module
help-browser-register = Register the module with the programs of this user; again after an upgrade
help-browser-unregister = Take the registration away
help-if-allowed = Only where the settings of the computer want it (browser.register), and without a word; for the beginning of a session
help-config = Show what was decided for this computer, and by whom. Needs no card
help-config-show = Show every setting, its value and where it comes from
help-config-check = Say what is wrong in a file of settings for the computer
help-config-file = The file
help-system = For everyone at this computer instead: p11-kit and the policy of Firefox. Needs an administrator
help-module = The module to register (default: the one that is installed with Siru)
help-record = Run another command and write what went to and from the card to a file, without PINs
help-json = As JSON for programs
help-pin = Which PIN: 1 is the basic PIN, 2 is the signature PIN
help-reader = The reader: its number or name in “siru list”, or a part of the name
help-serial = The card: its serial number, or at least the last 4 characters of it
help-pin-file = Read the codes from a file, one per line in the order they are asked, new ones once; - is standard input
help-last-try = Go on even if a wrong entry would lock the PIN, or use up one of the last two PUK tries
help-letter = What the letter of the card holds, where the card does not tell: code (8 digits, also called PUK) or activation-pin (7 digits)
help-purpose = Which certificate: authentication, signature or ca (for show: all if not given; for export: authentication)
help-format = pem or der (default: pem)
help-out = The file to write (default: standard output)
help-chain = With the certificates of the authorities that the card holds, leaf first (PEM only)
help-record-out = The file to write the transcript to
help-record-command = The command to run, with its options
help-demo = Use virtual cards instead of readers; nothing real is touched. IMAGE is one or more of { $images }; those that are supported also with { $states }
help-lang = Language: fi, sv or en (default: that of the settings, else the system's)
help-verbose = Tell more on standard error; twice: every command to the card, without PINs
help-help = Show this help
help-version = Show the version
help-secrets = PINs are typed at the terminal and are not shown. They are never part of a command line.
help-exit-codes = Exit codes
exit-0 = done
exit-1 = unexpected failure; the message says whether anything was sent
exit-2 = the command line is not right, or it does not say which card
exit-3 = no smart card service
exit-4 = no reader
exit-5 = no card, or no supported one
exit-6 = wrong PIN or PUK; one try was used
exit-7 = the PIN is locked
exit-8 = the PUK is locked, permanently
exit-9 = refused before anything was sent; no try was used
exit-10 = the result is not known

## What is wrong with a command line

usage-wrong = The command line is not understood
usage-unknown-option = There is no option { $option } here.
usage-did-you-mean = Did you mean { $option }?
usage-unknown-argument = There is one word too many. It is not repeated here, in case it is a PIN: PINs are never part of a command line.
usage-unknown-command = There is no such command here.
usage-missing = Something is missing: { $options }
usage-missing-command = A command is missing.
usage-value = The value of { $option } is not one of those it takes.
usage-conflict = { $option } does not go together with another option that was given.
usage-no-nested-record = “record” cannot be recorded.
usage-nothing-to-record = “browser”, “config” and “login-test” cannot be recorded.
usage-serial-short = A serial number needs its last 4 characters at least.
usage-der-chain = A chain can only be written as PEM.
usage-unknown-image = There is no such demonstration card. There are { $images }; those that are supported also with { $states }.
usage-see-help = See: siru --help

## The list

list-no-readers = No reader
list-no-readers-next = Connect a card reader.
list-empty = No card
list-unreachable = The reader cannot be reached
list-name-unknown = Name not known
label-holder = Holder
label-card = Card
label-serial = Serial number
label-certificate = Certificate
label-note = Note
serial-unknown = not readable
validity-until = valid until { $date }
validity-expired = expired on { $date }
validity-from = valid from { $date }
validity-unknown = not readable
date = { $year }-{ $month }-{ $day }
test-card = Test card
demo = Demonstration: these are virtual cards; nothing real is touched.
outcome-card = Card: { $holder }, serial number { $serial }

## Which card

choose-several = There is more than one card
choose-several-detail = A command works on one card only, and Siru does not choose it.
choose-several-next = Name the card with --serial or the reader with --reader.
choose-unclear = It is not clear which card is meant
choose-unclear-detail = This reader holds a card that cannot be read at the moment: { $reader }
choose-card = { $number }: { $holder }, { $serial } ({ $reader })
choose-no-reader = There is no such reader
choose-readers-are = Readers: { $readers }
choose-reader-several = More than one reader has that in its name
choose-no-card = There is no card in any reader
choose-no-supported = No reader holds a card that Siru supports
choose-no-serial = No card with that serial number is in a reader
choose-serial-several = More than one card has a serial number that ends so

## Prompts

ask-current = { $name } ({ $rules }):
ask-new = New { $name } ({ $rules }):
ask-again = The same again:
ask-go-on = Go on? [y/n]
unlock-activate-instead = Stop here with Ctrl-C, and run: siru activate
ask-word = Type the word, or press Enter to stop:
answer-yes = y
answer-yes-word = yes
not-sent = Nothing was sent, no try was used.
prompt-no-terminal = There is no terminal to ask for the PIN
prompt-no-terminal-next = Run the command in a terminal, or give the codes with --pin-file.
prompt-shown = Standard input is a terminal, which shows what is typed
prompt-shown-next = Leave --pin-file out: Siru then asks for the PIN without showing it.
prompt-cancelled = Cancelled
prompt-ended = A code is missing
prompt-ended-detail = The input ended before every code was given.
prompt-failed = The terminal cannot be read
prompt-three-slips = Three times the digits were not right
last-try-next = Give --last-try to go on all the same.
not-confirmed = Not confirmed

## Activation

activate-nothing = Nothing to activate on this card
activate-next = If the card is new, set its PINs with the activation code or the activation PIN of its letter: siru activate
activate-locked-next = Set each locked PIN anew with siru unlock. If the card is new and was never used: siru activate --letter code
activate-unlock-next = Set the locked PIN anew with siru unlock.
activate-changed = The card has changed since it was shown
activate-changed-next = Run siru list to see which PINs are set, and start again.
ask-letter = How many digits has the code of your letter? Type only that number, 7 or 8:
letter-unclear = The card does not tell which code its letter holds
letter-unclear-next = Look into the letter, and give --letter code or --letter activation-pin.
letter-other = The letter of this card holds another code
weak-next = The rules of this computer want a PIN that is harder to guess.

## Files

pin-file-unreadable = The file with the codes cannot be read
pin-file-open-to-others = The file with the codes can be read by others
pin-file-open-to-others-next = Make it readable by you alone: chmod 600
write-failed = The output cannot be written
write-failed-detail = The system says: { $reason }
wrote-file = Written: { $file }

## Certificates

purpose-authentication = Authentication
purpose-signature = Signature
purpose-ca = Certificate authority
certificate-missing = The card has no such certificate
field-subject = Subject
field-issuer = Issuer
field-serial = Serial
field-valid-from = Valid from
field-valid-until = Valid until
field-key = Key

## The log-in test

login-roots = The file with root certificates cannot be used
login-roots-detail = It cannot be read, or holds no certificate: { $file }
login-demo = The module sees no virtual cards
login-demo-next = Take a real card, or a virtual one in a PC/SC reader (siru-sim).
login-enter = Press Enter to end the test.

## Browsers

browser-module = Module: { $path }
browser-added = now
browser-moved = changed now
browser-removed = removed now
browser-failed = not changed
browser-restart = It takes effect when the browser has been closed and started again.
browser-register-user = Register it with: siru browser register
browser-register-system = An administrator registers it for everyone with: siru browser register --system
browser-not-allowed = You may not write this file. An administrator can.
browser-would-hide = This policy file came with Firefox. A new one in /etc/firefox would put it out of force, so nothing was written; let everyone run: siru browser register
browser-shipped = This policy file came with Firefox, whose next update would bring the entry back, so it was not changed.
browser-not-ours = This file does not name the module of Siru, so it was left alone. Move it away to register.
module-missing = The card module is not installed
module-missing-next = Install it, or name it with --module.
module-path-wrong = The path of the module cannot be registered: it holds something else than printable text

## Settings

config-nothing = the system decides
config-none = none
config-default = default
config-machine = the computer's settings
config-user = your settings
config-user-policy = group policy for you
config-machine-policy = group policy for this computer
config-locked = locked
config-problems = This cannot be used and counts as not set:
config-good = Nothing is wrong in { $file }.
