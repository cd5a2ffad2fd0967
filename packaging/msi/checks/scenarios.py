"""Installations from the first to the removal, with properties, features, upgrades and refusals."""

import shutil

import expected
import installing
from wine import REFUSED

EVERY_SWITCH = [
    ("START_MENU=0", "StartMenu"), ("MODULE=0", "Module"), ("FIREFOXPOLICY=0", "FirefoxPolicy"),
    ("MINIDRIVER=0", "Minidriver"), ("AUTOSTART=1", "Autostart"), ("ADD_TO_PATH=1", "Path"),
    ("POLICY_TEMPLATES=1", "Templates"),
]


def all_of_them(wine, report, packages, helper):
    """Every scenario, each beginning and ending without Siru."""
    before = wine.state()
    silent(wine, report, packages, helper)
    installing.nothing(wine, report, "removed: nothing is left", before)
    for properties, features in subsets():
        one_choice(wine, report, packages, properties, features)
    installing.nothing(wine, report, "every choice removed: nothing is left", before)
    upgrade_keeps(wine, report, packages)
    upgrade_changes(wine, report, packages)
    features_by_name(wine, report, packages)
    folder(wine, report, packages)
    people(wine, report, packages)
    installing.nothing(wine, report, "upgrades removed: nothing is left", before)
    refusals(wine, report, packages)
    installing.nothing(wine, report, "refused: nothing was changed", before)


def silent(wine, report, packages, helper):
    """An installation without a property, its repair and its removal."""
    code = wine.install(packages.this)
    report.check("silent installation ends with 0", code == 0, code)
    installing.has(wine, report, "installed", expected.DEFAULT_FEATURES, packages.version)
    installing.list_entry(wine, report, packages.version)
    installing.programs(wine, report, helper, packages.program_version)
    installing.manuals(wine, report)
    installing.repair(wine, report, packages.this, packages.version)
    code = wine.remove(packages.this)
    report.check("removal ends with 0", code == 0, code)


def subsets():
    """Properties, each against the default and all at once, and what is there with them."""
    for setting, feature in EVERY_SWITCH:
        features = expected.DEFAULT_FEATURES ^ {feature}
        if feature == "Module":
            features -= {"FirefoxPolicy"}
        yield [setting], features
    yield [setting for setting, _ in EVERY_SWITCH], {"Program", "Autostart", "Path", "Templates"}


def one_choice(wine, report, packages, properties, features):
    """An installation with properties."""
    name = " ".join(properties)
    code = wine.install(packages.this, *properties)
    report.check(f"{name} ends with 0", code == 0, code)
    installing.has(wine, report, name, features, packages.version)
    report.check(f"{name}: removal ends with 0", wine.remove(packages.this) == 0)


def upgrade_keeps(wine, report, packages):
    """What was chosen once holds in the next version, and the next version stays."""
    settings = [setting for setting, _ in EVERY_SWITCH]
    features = {"Program", "Autostart", "Path", "Templates"}
    wine.install(packages.this, *settings, "LANGUAGE=sv")
    code = wine.install(packages.next)
    report.check("upgrade ends with 0", code == 0, code)
    installing.has(wine, report, "upgraded, all chosen otherwise", features, packages.next_version, "sv")
    code = wine.install(packages.this)
    report.check("downgrade is refused with 1603", code == REFUSED, code)
    installing.has(wine, report, "after the refused downgrade", features, packages.next_version, "sv")
    installing.contents(wine, report, "after the refused downgrade", packages.next_dist, features)
    report.check("removal after an upgrade ends with 0", wine.remove(packages.next) == 0)


def upgrade_changes(wine, report, packages):
    """What is asked for at an upgrade comes before what was."""
    wine.install(packages.this, "AUTOSTART=1", "MINIDRIVER=0")
    code = wine.install(packages.next, "AUTOSTART=0", "MINIDRIVER=1", "LANGUAGE=fi")
    report.check("upgrade with properties ends with 0", code == 0, code)
    installing.has(wine, report, "upgraded with properties", expected.DEFAULT_FEATURES, packages.next_version, "fi")
    installing.contents(wine, report, "upgraded with properties", packages.next_dist, expected.DEFAULT_FEATURES)
    report.check("its removal ends with 0", wine.remove(packages.next) == 0)
    found = wine.value(expected.SETTINGS, "language")
    report.check("the language goes with Siru", found is None, found)


def features_by_name(wine, report, packages):
    """ADDLOCAL and REMOVE, as every package of Windows takes them, and an upgrade that keeps them."""
    code = wine.install(packages.this, "ADDLOCAL=Program,Minidriver")
    report.check("ADDLOCAL ends with 0", code == 0, code)
    installing.has(wine, report, "ADDLOCAL", {"Program", "Minidriver"}, packages.version)
    code = wine.install(packages.this, "REMOVE=Minidriver")
    report.check("REMOVE of a feature ends with 0", code == 0, code)
    installing.has(wine, report, "REMOVE of a feature", {"Program"}, packages.version)
    code = wine.install(packages.this, "ADDLOCAL=Autostart")
    report.check("a feature added later ends with 0", code == 0, code)
    installing.has(wine, report, "a feature added later", {"Program", "Autostart"}, packages.version)
    wine.install(packages.next)
    installing.has(wine, report, "upgraded from features by name", {"Program", "Autostart"}, packages.next_version)
    report.check("removal of features by name ends with 0", wine.remove(packages.next) == 0)


def folder(wine, report, packages):
    """Another folder, which the next version and the removal remember."""
    code = wine.install(packages.this, "INSTALLDIR=C:\\Kortti työpöydällä")
    report.check("INSTALLDIR ends with 0", code == 0, code)
    files = installing.below(expected.files(expected.DEFAULT_FEATURES))
    report.equal("INSTALLDIR: the files", wine.files("Kortti työpöydällä"), files)
    wine.install(packages.next)
    report.equal("INSTALLDIR: the files of the next version", wine.files("Kortti työpöydällä"), files)
    report.equal("INSTALLDIR: none in the usual folder", wine.files(expected.FOLDER), [])
    found = wine.value(f"{expected.CARDS}\\Siru FINEID v4", "80000001")
    path = f"C:\\Kortti työpöydällä\\{expected.MINIDRIVER}"
    report.check("INSTALLDIR: the minidriver's path", found == path, found)
    report.check("INSTALLDIR: removal ends with 0", wine.remove(packages.next) == 0)
    report.equal("INSTALLDIR: no file is left", wine.files("Kortti työpöydällä"), [])


def people(wine, report, packages):
    """The settings of people and of policies are not the installer's: no upgrade and no removal touches them."""
    data = next((wine.drive / "users").glob("*/AppData"))
    own = data / "Roaming" / "siru" / "Siru" / "config" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('language = "fi"\n')
    log = data / "Local" / "siru" / "Siru" / "data" / "siru.log"
    log.parent.mkdir(parents=True)
    log.write_text("a line\n")
    # As an administrator may write it, in a spelling that the property does not take.
    wine.run("reg", "add", expected.SETTINGS, "/v", "language", "/d", "fi-FI", "/f")
    policy = r"HKLM\SOFTWARE\Policies\Siru"
    device = "C:\\Other\\module.dll"
    wine.run("reg", "add", policy, "/v", "language", "/d", "sv", "/f")
    wine.run("reg", "add", expected.FIREFOX, "/v", "Other", "/d", device, "/f")
    report.check("installed beside settings of others, it ends with 0", wine.install(packages.this) == 0)
    shown = installing.settings(wine)
    report.check("the program takes the policy, the person's file and the administrator's default",
                 shown.get("language", {}).get("value") == "sv" and shown["language"]["locked"], shown.get("language"))
    report.check("upgraded beside them, too", wine.install(packages.next) == 0)
    report.check("and removed", wine.remove(packages.next) == 0)
    found = wine.value(expected.SETTINGS, "language")
    report.check("the administrator's default stays", found == "fi-FI", found)
    report.check("the person's log stays", log.is_file())
    report.check("the person's settings stay", own.is_file() and own.read_text() == 'language = "fi"\n')
    report.check("the policies of Siru stay", wine.value(policy, "language") == "sv")
    report.check("Firefox's other devices stay", wine.value(expected.FIREFOX, "Other") == device)
    shutil.rmtree(data / "Roaming" / "siru")
    shutil.rmtree(data / "Local" / "siru")
    wine.run("reg", "delete", expected.SETTINGS, "/f")
    wine.run("reg", "delete", policy, "/f")
    wine.run("reg", "delete", r"HKLM\SOFTWARE\Policies\Mozilla", "/f")


def refusals(wine, report, packages):
    """A slip in a property and an older Windows end the installation before it changes anything."""
    for setting in ["AUTOSTART=yes", "MINIDRIVER=2", "LANGUAGE=de"]:
        code = wine.install(packages.this, setting)
        report.check(f"{setting} is refused with 1603", code == REFUSED, code)
    wine.pretend("win81")
    code = wine.install(packages.this)
    report.check("Windows 8.1 is refused with 1603", code == REFUSED, code)
    wine.pretend("win10")
