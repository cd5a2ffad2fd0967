"""Which dialogs there are, and when they are shown."""

from dialogs import (ENABLED, ERROR, MARGIN, MODAL, MODELESS_STAYS, NO_PREFIX, NORMAL, PROGRESS_SMOOTH, SUNKEN,
                     Dialogs)

END_RETURN, END_EXIT = ("EndDialog", "Return"), ("EndDialog", "Exit")
# What becomes of an error: the buttons' names are the installer's own.
ERROR_BUTTONS = [("A", "SayAbort", "ErrorAbort"), ("R", "SayRetry", "ErrorRetry"), ("I", "SayIgnore", "ErrorIgnore"),
                 ("Y", "SayYes", "ErrorYes"), ("N", "SayNo", "ErrorNo"), ("O", "SayOk", "ErrorOk"),
                 ("C", "SayCancel", "ErrorCancel")]


def rich_text(text):
    """A plain text as the rich text that a scrolling control shows, on one line."""
    letters = {"\n": "\\par ", "\\": "\\\\", "{": "\\{", "}": "\\}"}
    body = "".join(letters.get(letter) or (letter if letter.isascii() else f"\\u{ord(letter)}?") for letter in text)
    return rf"{{\rtf1\ansi\deff0{{\fonttbl{{\f0\fnil Tahoma;}}}}\fs16 {body}}}"


def all_pages(licence):
    """Every dialog, with `licence` as the text to agree to."""
    dialogs = Dialogs()
    licence_page(dialogs, licence)
    maintenance_page(dialogs)
    progress_page(dialogs)
    for name, heading, text in [("FinishedDlg", "SayFinished", "SayFinishedText"),
                                ("CancelledDlg", "SayCancelled", "SayCancelledText"),
                                ("FailedDlg", "SayFailed", "SayFailedText")]:
        page = dialogs.open(name, MODAL)
        page.heading(heading)
        page.text(text)
        page.buttons = 2
        page.button("Close", "SayClose", END_RETURN)
        page.close("Close", "Close", "Close")
    question(dialogs)
    in_use(dialogs)
    error(dialogs)
    return dialogs.tables()


def licence_page(dialogs, licence):
    """Nothing is installed before somebody agreed."""
    page = dialogs.open("LicenceDlg", MODAL)
    page.heading("SayLicence")
    page.add("Licence", "ScrollableText", (MARGIN, 36, 340, 166), ENABLED | SUNKEN, rich_text(licence))
    page.add("Accept", "CheckBox", (MARGIN, 210, 340, 18), ENABLED, "[SayAccept]", "LICENCEACCEPTED")
    dialogs.check_box.add("LICENCEACCEPTED", "1")
    page.buttons = 1
    page.button("Install", "SayInstall", END_RETURN, condition='LICENCEACCEPTED = "1"')
    page.button("Cancel", "SayCancel", END_EXIT)
    dialogs.condition.add("LicenceDlg", "Install", "Disable", 'LICENCEACCEPTED <> "1"')
    dialogs.condition.add("LicenceDlg", "Install", "Enable", 'LICENCEACCEPTED = "1"')
    page.close("Accept", "Install", "Cancel")


def maintenance_page(dialogs):
    """The same file opened again."""
    page = dialogs.open("MaintenanceDlg", MODAL)
    page.heading("SayInstalled")
    page.text("SayInstalledText")
    page.button("Repair", "SayRepair", ("ReinstallMode", "omus"), ("Reinstall", "ALL"), END_RETURN)
    page.button("Remove", "SayRemove", ("Remove", "ALL"), END_RETURN)
    page.button("Cancel", "SayCancel", END_EXIT)
    page.close("Cancel", "Cancel", "Cancel")


def progress_page(dialogs):
    """Stays open while the installer works."""
    page = dialogs.open("ProgressDlg", 0)
    page.heading("SayWorking")
    page.text("SayWorkingText", height=30)
    page.add("Bar", "ProgressBar", (MARGIN, 100, 340, 12), PROGRESS_SMOOTH, "[SayWorking]")
    dialogs.mapping.add("ProgressDlg", "Bar", "SetProgress", "Progress")
    page.buttons = 2
    page.button("Cancel", "SayCancel", ("SpawnDialog", "CancelDlg"))
    page.close("Cancel", "", "Cancel")


def question(dialogs):
    """Whether the work is really to be broken off."""
    page = dialogs.open("CancelDlg", MODAL | MODELESS_STAYS, height=90)
    page.text("SayReallyCancel", top=15, height=30)
    page.buttons = 1
    page.button("Yes", "SayYes", END_EXIT)
    page.button("No", "SayNo", END_RETURN)
    page.close("No", "No", "No")


def in_use(dialogs):
    """Programs that hold files: the first name is asked for where Windows can close them, which it offers."""
    for name, after in [("MsiRMFilesInUse", [("RMShutdownAndRestart", "0"), END_RETURN]),
                        ("FilesInUse", [("EndDialog", "Retry")])]:
        page = dialogs.open(name, MODAL | MODELESS_STAYS)
        page.heading("SayInUse")
        page.text("SayInUseText" if name == "MsiRMFilesInUse" else "SayInUseCloseText", height=40)
        page.add("List", "ListBox", (MARGIN, 85, 340, 120), ENABLED | SUNKEN, property_="FileInUseProcess")
        page.buttons = 1
        page.button("Continue", "SayContinue", *after)
        page.button("Cancel", "SayCancel", END_EXIT)
        page.close("Continue", "Continue", "Cancel")


def error(dialogs):
    """Shows an error; the installer shows those buttons that fit, each in the same place by itself."""
    page = dialogs.open("ErrorDlg", ERROR | MODAL, height=105)
    page.add("ErrorText", "Text", (MARGIN, 12, 340, 60), ENABLED | NO_PREFIX)
    for place, (control, sentence, event) in enumerate(ERROR_BUTTONS):
        page.add(control, "PushButton", (6 + place * 52, 80, 48, 17), ENABLED, f"[{sentence}]")
        dialogs.event.add("ErrorDlg", control, "EndDialog", event, "1", 1)
    page.close("ErrorText", "", "")


def show(properties, sequence):
    """Adds the dialogs to the table of properties and to the sequence with an interface."""
    properties.add("DefaultUIFont", NORMAL)
    properties.add("ErrorDialog", "ErrorDlg")
    sequence.add("LicenceDlg", "NOT Installed", 1230)
    sequence.add("MaintenanceDlg", "Installed AND NOT RESUME AND NOT Preselected", 1235)
    sequence.add("ProgressDlg", "", 1240)
    # After the work, by how it ended: well, broken off by the person, badly.
    sequence.add("FinishedDlg", "", -1)
    sequence.add("CancelledDlg", "", -2)
    sequence.add("FailedDlg", "", -3)
