"""What the installer should put on a computer, written down apart from how it is made."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDER = "Program Files/Siru"
CARDS = r"HKLM\SOFTWARE\Microsoft\Cryptography\Calais\SmartCards"
MEMORY = r"HKLM\SOFTWARE\Siru\Setup"
RUN = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run"
FIREFOX = r"HKLM\SOFTWARE\Policies\Mozilla\Firefox\SecurityDevices\Add"
UNINSTALL = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
ENVIRONMENT = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
SETTINGS = r"HKLM\SOFTWARE\Siru"

PROGRAMS = ["Siru.exe", "siru-tray.exe", "bin/siru.exe"]
LICENCES = ["licences/Siru.txt", "licences/Inter.txt", "licences/third-party.txt"]
MODULE, MINIDRIVER = "siru_pkcs11.dll", "siru_minidriver.dll"
DOCUMENTS = ["manual/README.administrators.txt", "manual/README.installer.txt", "manual/SECURITY.txt"]
FEATURES = {"Program", "StartMenu", "Module", "FirefoxPolicy", "Minidriver", "Autostart", "Language", "Path",
            "Templates"}
DEFAULT_FEATURES = {"Program", "StartMenu", "Module", "FirefoxPolicy", "Minidriver"}


def templates():
    """The administrative templates below their folder."""
    folder = REPOSITORY / "packaging" / "policy"
    return [str(path.relative_to(folder)) for path in [*folder.glob("*.admx"), *folder.glob("*/*.adml")]]


def schemas():
    """The schemas of the JSON output, as they are installed."""
    return [f"manual/schema/{path.name}" for path in (REPOSITORY / "packaging" / "schema").glob("*.json")]


def manual():
    """The pages of the manual: one for each program and format, in each language that has it."""
    folder = REPOSITORY / "packaging" / "man"
    pages = []
    for page in [*folder.glob("*.[0-9]"), *folder.glob("??/*.[0-9]")]:
        if page.stem != "siru-sim":
            language = "en" if page.parent == folder else page.parent.name
            pages.append(f"manual/{language}/{page.stem}.html")
    return pages


def files(features):
    """The files below drive C: of a default folder, for these features."""
    inside = PROGRAMS + LICENCES + DOCUMENTS + schemas() + manual() + [f"PolicyDefinitions/{name}" for name in templates()]
    if "Module" in features:
        inside.append(MODULE)
    if "Minidriver" in features:
        inside.append(MINIDRIVER)
    return [f"{FOLDER}/{name}" for name in inside]


def cards():
    """The keys of the card families as lines of the registry, from the table that people edit."""
    lines = []
    for line in (REPOSITORY / "packaging" / "msi" / "atrs.txt").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, answer, mask = [part.strip() for part in line.split("|")]
        key = f"Software\\Microsoft\\Cryptography\\Calais\\SmartCards\\{name}"
        lines += [
            f"{key} | ATR | REG_BINARY | {answer}",
            f"{key} | ATRMask | REG_BINARY | {mask}",
            f"{key} | Crypto Provider | REG_SZ | Microsoft Base Smart Card Crypto Provider",
            f"{key} | Smart Card Key Storage Provider | REG_SZ | Microsoft Smart Card Key Storage Provider",
            f"{key} | 80000001 | REG_SZ | C:\\Program Files\\Siru\\{MINIDRIVER}",
        ]
    return lines


def memory(features, version, language=None, folder="C:\\Program Files\\Siru\\"):
    """What the installer remembers."""
    key = r"Software\Siru\Setup"
    lines = [f"{key} | Version | REG_SZ | {version}", f"{key} | InstallDir | REG_SZ | {folder}"]
    if language:
        lines.append(f"{key} | Language | REG_SZ | {language}")
    return lines + [f"{key} | {feature} | REG_SZ | 1" for feature in features - {"Program"}]
