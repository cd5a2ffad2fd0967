"""Checks of one installation: files, registry, programs, repair, and that nothing stays after it."""

import json
import re

import expected
from wine import windows_path

PRODUCTS = r"HKLM\SOFTWARE\Classes\Installer\Products"
# In a page of a program, and in a document for administrators.
LINK = re.compile(r'href="([^"#][^"]*)"|\]\(([^)#\s]+)\)')


def has(wine, report, name, features, version, language=None):
    """Whether exactly these features are there."""
    report.equal(f"{name}: the files", wine.files(expected.FOLDER), below(expected.files(features)))
    report.equal(f"{name}: what is remembered", lower(wine.registry(expected.MEMORY)),
                 lower(expected.memory(features, version, language)))
    report.equal(f"{name}: the cards of Windows", lower(wine.registry(expected.CARDS)),
                 lower(expected.cards() if "Minidriver" in features else []))
    module = f"C:\\Program Files\\Siru\\{expected.MODULE}" if "FirefoxPolicy" in features else None
    found = wine.value(expected.FIREFOX, "Siru")
    report.check(f"{name}: Firefox's policy", found == module, found)
    tray = '"C:\\Program Files\\Siru\\siru-tray.exe" --autostart'
    found = wine.value(expected.RUN, "Siru")
    report.check(f"{name}: the start with Windows", found == tray, found)
    found = wine.value(f"{expected.SETTINGS}\\tray", "autostart")
    report.check(f"{name}: whether the icon is wanted", found == ("0x1" if "Autostart" in features else None), found)
    found = wine.value(expected.ENVIRONMENT, "PATH") or ""
    report.check(f"{name}: the PATH", ("C:\\Program Files\\Siru\\bin" in found) == ("Path" in features), found)
    report.check(f"{name}: the Start menu", bool(shortcuts(wine)) == ("StartMenu" in features), shortcuts(wine))
    central = [f"windows/PolicyDefinitions/{template}" for template in expected.templates()]
    there = [f"windows/PolicyDefinitions/{name}" for name in wine.files("windows/PolicyDefinitions")]
    report.equal(f"{name}: the templates of Windows", there, central if "Templates" in features else [])
    found = wine.value(expected.SETTINGS, "language")
    report.check(f"{name}: the language", found == language, found)
    products = installed(wine)
    report.equal(f"{name}: the list of programs", products, [f"Siru {version}"])


def contents(wine, report, name, dist, features):
    """Whether the programs are those of `dist`, byte for byte."""
    names = [*expected.PROGRAMS, *([expected.MODULE] if "Module" in features else []),
             *([expected.MINIDRIVER] if "Minidriver" in features else [])]
    others = [file for file in names
              if (wine.drive / expected.FOLDER / file).read_bytes() != (dist / file).read_bytes()]
    report.check(f"{name}: the programs of that version", not others, others)


def settings(wine):
    """The settings by their names, as the installed command shows them."""
    code, text = wine.run(wine.drive / expected.FOLDER / "bin" / "siru.exe", "--lang", "en", "config", "show", "--json")
    return {one["name"]: one for one in json.loads(text)["settings"]} if code == 0 else {}


def nothing(wine, report, name, before):
    """Whether the computer is as it was."""
    report.equal(name, wine.state(), before)


def installed(wine):
    """Name and version of what is in the list of installed programs."""
    products = {}
    for line in wine.registry(expected.UNINSTALL):
        key, name, _, data = line.split(" | ", 3)
        products.setdefault(key, {})[name] = data
    return [f"{product.get('DisplayName')} {product.get('DisplayVersion')}"
            for key, product in products.items() if key.endswith("}")]


def shortcuts(wine):
    """The shortcuts to Siru."""
    return [name for name in wine.files() if name.endswith("/Siru.lnk")]


def list_entry(wine, report, version):
    """What people and inventories see in the list of programs."""
    found = {line.split(" | ")[1]: line.split(" | ", 3)[3] for line in wine.registry(expected.UNINSTALL)}
    for name, value in {"Publisher": "Siru", "DisplayVersion": version, "NoModify": "0x1",
                        "InstallLocation": "C:\\Program Files\\Siru\\"}.items():
        report.check(f"list of programs: {name}", found.get(name) == value, found.get(name))
    # Windows names it in the list itself, Wine only among the installer's own notes.
    icons = [line.split(" | ", 3)[3] for line in wine.registry(PRODUCTS) if " | ProductIcon | " in line]
    pictures = [wine.drive / icon.replace("C:\\", "").replace("\\", "/") for icon in icons]
    fine = len(pictures) == 1 and pictures[0].is_file() and pictures[0].read_bytes()[:4] == b"\0\0\1\0"
    report.check("list of programs: the icon", fine, icons)


def programs(wine, report, helper, version):
    """Whether what was installed runs and loads, from the folder it was installed into."""
    folder = wine.drive / expected.FOLDER
    code, text = wine.run(folder / "bin" / "siru.exe", "--version")
    report.check("siru --version", code == 0 and text.strip() == f"siru {version}", text)
    code, text = wine.run(folder / "bin" / "siru.exe", "--lang", "en", "--demo", "list")
    report.check("siru --demo list shows a card", code == 0 and "PIN1" in text, text)
    code, text = wine.run(folder / "bin" / "siru.exe", "--lang", "en", "config", "show", "--json")
    problems = json.loads(text).get("problems") if code == 0 else text
    report.check("siru config show takes nothing of the installer's for a setting", problems == [], problems)
    module, minidriver = folder / expected.MODULE, folder / expected.MINIDRIVER
    for path, names in [(module, ["C_GetFunctionList", "C_GetInterface"]), (minidriver, ["CardAcquireContext"])]:
        code, _ = wine.run(helper, "load", windows_path(path), *names)
        report.check(f"{path.name} loads and has {names[0]}", code == 0, code)


def manuals(wine, report):
    """Whether every link in what there is to read leads to a file, and the pages name each other."""
    folder = wine.drive / expected.FOLDER / "manual"
    lost, found = [], 0
    for page in [*folder.rglob("*.html"), *folder.glob("*.txt")]:
        for link in LINK.finditer(page.read_text(encoding="utf-8")):
            target = link[1] or link[2]
            found += 1
            if "://" not in target and not (page.parent / target).exists():
                lost.append(f"{page.name}: {target}")
    report.check("every link in the manuals leads to a file", found > 30 and not lost, f"{found}: {lost}")


def repair(wine, report, package, version):
    """Whether a file and a value that went missing come back."""
    page = wine.drive / expected.FOLDER / "manual" / "en" / "siru.html"
    page.unlink()
    program = wine.drive / expected.FOLDER / "siru-tray.exe"
    program.unlink()
    wine.run("reg", "delete", expected.FIREFOX, "/v", "Siru", "/f")
    # What msiexec /fomus means; Wine 8 knows the properties, and not the option with a package.
    code = wine.install(package, "REINSTALL=ALL", "REINSTALLMODE=omus")
    report.check("repair ends with 0", code == 0, code)
    has(wine, report, "repaired", expected.DEFAULT_FEATURES, version)


def below(names):
    """The names without the folder of the installation."""
    return [name.removeprefix(f"{expected.FOLDER}/") for name in names]


def lower(lines):
    """Lines of the registry with the key's name in lower case: Windows' registry does not tell cases apart."""
    return [line.partition(" | ")[0].lower() + " | " + line.partition(" | ")[2] for line in lines]
