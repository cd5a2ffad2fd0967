# The words of the icon in the notification area, in English. Sentences about cards and readers are in siru_text.ftl.

## The state of a reader

title = Siru: { $state }
in-reader = { $reader }: { $state }
no-reader = No card reader
reader-empty = No card in the reader
reader-unreachable = The reader does not answer
looking = Reading the card…
ready = The card is ready
not-activated = The card is not activated yet
locked = { $code ->
    [pin1] The basic PIN (PIN1) is locked
   *[pin2] The signature PIN (PIN2) is locked
}
no-certificate = The card has no certificate for logging in
expires = { $days ->
    [0] The certificate of the card expires today
    [one] The certificate of the card expires tomorrow, { $date }
   *[other] The certificate of the card expires in { $days } days, { $date }
}
expired = The certificate of the card expired on { $date }
date = { $year }-{ $month }-{ $day }

## The menu

show-devices = Show devices
log-in-test = Log-in test
quit = Quit

## Starting

no-bus = The icon needs a desktop session: there is no session bus.
no-tray = The icon cannot be shown in the notification area.
