"""The dialogs as a person meets them: in three languages, on a display of the test's own."""

import os
import subprocess
from contextlib import contextmanager

import expected
import installing
import texts
from wine import CANCELLED, REFUSED, TIMEOUT, windows_path

AGREEING = {"en": [], "fi": ["LANGUAGE=fi"], "sv": ["LANGUAGE=sv"]}


def all_of_them(wine, report, both, helper):
    """Every way through the dialogs."""
    with display() as name:
        wine.show_on(name)
        try:
            for language, properties in AGREEING.items():
                Person(wine, report, helper, language).installs(both.this, properties)
                wine.remove(both.this)
            person = Person(wine, report, helper, "en")
            person.disagrees(both.this)
            person.comes_back(both.this)
            refused_aloud(wine, report, both, helper)
        finally:
            wine.show_on(None)


class Person:
    """Somebody before the dialogs, who reads a language."""

    def __init__(self, wine, report, helper, language):
        """The sentences of `language` are read without the marks of keys, as they are shown."""
        self.wine = wine
        self.report = report
        self.helper = helper
        self.language = language
        self.says = {name: text.replace("&", "") for name, text in texts.read(language).items()}

    def check(self, name, fine, detail=""):
        """A check that names the language."""
        self.report.check(f"dialogs, {self.language}: {name}", fine, detail)

    def on(self, page, button, act="press"):
        """Does something with a button of the page with a sentence."""
        code, _ = self.wine.run(self.helper, act, self.says[page], self.says[button])
        return code == 0

    def installs(self, package, properties):
        """Agrees to the licence, and has Siru."""
        process = self.wine.start("msiexec", "/i", windows_path(package), *properties)
        shown = self.wine.run(self.helper, "dialog", self.says["licence"])[1]
        wanted = [self.says[name] for name in ["licence", "accept", "install", "cancel"]]
        self.check("the licence page", all(text in shown.splitlines() for text in wanted), shown)
        self.check("the licence is in it", "SOFTWARE IS PROVIDED" in shown or "Apache-2.0 OR MIT" in shown, shown[:400])
        self.check("nothing before agreeing", self.on("licence", "install", "refuses"))
        self.check("agreeing", self.on("licence", "accept"))
        self.check("installing", self.on("licence", "install"))
        self.check("the end is told", self.on("finished", "close"))
        code = process.wait(TIMEOUT)
        self.check("ends with 0", code == 0, code)
        self.check("Siru is there", (self.wine.drive / expected.FOLDER / "Siru.exe").is_file())
        language = self.wine.value(expected.SETTINGS, "language")
        self.check("and speaks it", language == (properties or None) or f"LANGUAGE={language}" in properties, language)

    def disagrees(self, package):
        """Turns back at the licence."""
        process = self.wine.start("msiexec", "/i", windows_path(package))
        self.check("turning back", self.on("licence", "cancel"))
        self.check("is told to change nothing", self.on("cancelled", "close"))
        code = process.wait(TIMEOUT)
        self.check("ends with 1602", code == CANCELLED, code)
        self.check("and changes nothing", not self.wine.files(expected.FOLDER))

    def comes_back(self, package):
        """Opens the package of an installed Siru: to repair it, and to remove it."""
        self.wine.install(package)
        page = self.wine.drive / expected.FOLDER / "manual" / "en" / "siru.html"
        page.unlink()
        process = self.wine.start("msiexec", "/i", windows_path(package))
        self.check("repairing", self.on("installed", "repair") and self.on("finished", "close"))
        code = process.wait(TIMEOUT)
        self.check("repairing ends with 0", code == 0, code)
        self.check("what was missing is there", page.is_file())
        process = self.wine.start("msiexec", "/i", windows_path(package))
        self.check("removing", self.on("installed", "remove") and self.on("finished", "close"))
        code = process.wait(TIMEOUT)
        self.check("removing ends with 0", code == 0, code)
        self.check("Siru is gone", not self.wine.files(expected.FOLDER), self.wine.files(expected.FOLDER))
        # Removed by a dialog, Wine 8 leaves features whose key is a value, which it takes for a file on a source;
        # that all goes is shown by the silent removals.
        left = self.wine.registry(expected.CARDS) + installing.installed(self.wine)
        self.check("and so are its cards and its entry", not left, left)


def refused_aloud(wine, report, both, helper):
    """An older version says why it does not install, in the language that the newer one was given."""
    wine.install(both.next, "LANGUAGE=fi")
    finn = Person(wine, report, helper, "fi")
    process = wine.start("msiexec", "/i", windows_path(both.this))
    shown = wine.run(helper, "dialog", finn.says["newer-installed"])[1]
    finn.check("an older version says why not", finn.says["newer-installed"] in shown, shown)
    wine.run(helper, "press", finn.says["newer-installed"], "OK")
    finn.check("and that it did not work", finn.on("failed", "close"))
    code = process.wait(TIMEOUT)
    finn.check("and ends with 1603", code == REFUSED, code)
    report.equal("the newer version stays", installing.installed(wine), [f"Siru {both.next_version}"])
    wine.remove(both.next)


@contextmanager
def display():
    """A display that is free, for as long as it is needed."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{int(number.readline())}"
    finally:
        server.terminate()
        server.wait()
