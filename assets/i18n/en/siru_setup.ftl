# The sentences of the installer for Windows, in English. Windows Installer fills in nothing here: plain lines only.

## The licence

title = Siru
licence = Licence
accept = I &accept the terms of the licence
install = &Install
cancel = Cancel

## Siru is installed already

installed = Siru is installed
installed-text = Repair puts back missing files and settings of the installation. Remove takes Siru off this computer; what you chose in Siru's own settings stays.
repair = &Repair
remove = Re&move

## While it works

working = Please wait
working-text = Windows makes the changes. This takes less than a minute.
really-cancel = Cancel? What was done so far is undone.
in-use = Programs in use
in-use-text = These programs use files of Siru. Windows closes them when you continue, and starts them again afterwards if it can.
in-use-close-text = These programs use files of Siru. Please close them, then continue.
continue = C&ontinue

## The end

finished = Finished
finished-text = Everything was done.
cancelled = Cancelled
cancelled-text = Nothing on this computer was changed.
failed = It did not work
failed-text = Nothing on this computer was changed. The log of the installation says why: start it with msiexec /i and the option /l*v.
close = &Close

## Refusals

newer-installed = A newer version of Siru is installed. To go back to this one, remove the newer one first.
windows-too-old = Siru needs Windows 10 or 11 with 64 bits.
unknown-value = This property takes another value; the manual lists them:

## Answers to errors

abort = &Abort
retry = &Retry
ignore = &Ignore
yes = &Yes
no = &No
ok = OK
