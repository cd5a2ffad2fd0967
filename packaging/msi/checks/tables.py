"""Checks of the package's tables: what Microsoft's validation would look at, which needs Windows, and more."""

import re
import subprocess

import choices
import expected
import packages
import texts
from database import Database
from dialogs import REACHABLE
from identity import product_code

# Actions that Windows Installer knows by itself, as far as this package uses them.
STANDARD = set("""AppSearch CostFinalize CostInitialize CreateShortcuts ExecuteAction FileCost FindRelatedProducts
  InstallFiles InstallFinalize InstallInitialize InstallValidate LaunchConditions ProcessComponents PublishFeatures
  PublishProduct RegisterProduct RegisterUser RemoveEnvironmentStrings RemoveExistingProducts RemoveFiles
  RemoveRegistryValues RemoveShortcuts UnpublishFeatures ValidateProductID WriteEnvironmentStrings
  WriteRegistryValues""".split())

# How the resource with a program's version begins.
RESOURCE = "VS_VERSION_INFO".encode("utf-16-le")


def all_of_them(report, both, dist, out):
    """Every check of the package of this version."""
    database = Database(both.this)
    tables = {name: database.table(name).rows for name in database.names() if not name.startswith("_")}
    identity(report, database, tables, both)
    components(report, tables, both, dist)
    sequences(report, tables)
    dialogs(report, tables)
    registry(report, tables)
    documentation(report)
    again = packages.build(out, dist, both.version)
    report.check("built again, the package is the same to the byte", again.read_bytes() == both.this.read_bytes())


def identity(report, database, tables, both):
    """Who it is: its codes, its version, its platform."""
    properties = {row["Property"]: row["Value"] for row in tables["Property"]}
    for name, value in {"ProductName": "Siru", "Manufacturer": "Siru", "ProductVersion": both.version,
                        "ProductCode": f"{{{product_code(both.version)}}}", "ALLUSERS": "1",
                        "UpgradeCode": "{6DC94D0F-5D10-476A-94BB-2B71A282AB58}"}.items():
        report.check(f"the property {name}", properties.get(name) == value, properties.get(name))
    following = {row["Property"]: row["Value"] for row in Database(both.next).table("Property").rows}
    report.check("another version is another product", following["ProductCode"] != properties["ProductCode"])
    report.check("and supersedes this one", following["UpgradeCode"] == properties["UpgradeCode"])
    report.equal("the properties handed on to the service", properties["SecureCustomProperties"].split(";"),
                 choices.public())
    upgrades = {row["ActionProperty"]: row for row in tables["Upgrade"]}
    older, newer = upgrades["OLDERFOUND"], upgrades["NEWERFOUND"]
    report.check("older versions are removed, this one not", (older["VersionMin"], older["VersionMax"],
                 older["Attributes"]) == ("0.0.0", both.version, "256"), older)
    report.check("newer versions are only looked for", (newer["VersionMin"], newer["VersionMax"],
                 newer["Attributes"]) == (both.version, "", "2"), newer)
    done = subprocess.run(["msiinfo", "suminfo", both.this], check=True, capture_output=True, text=True)
    report.check("64-bit only", "Template: x64;1033\n" in done.stdout, done.stdout)
    content = both.this.read_bytes()
    report.check("the texts are in the code page of the three languages", "inställningar".encode("cp1252") in content)


def components(report, tables, both, dist):
    """Every component has an identity, a key, a feature, and lies in the 64-bit part of the computer."""
    keys = {row["File"] for row in tables["File"]} | {row["Registry"] for row in tables["Registry"]}
    featured = {row["Component_"] for row in tables["FeatureComponents"]}
    codes = [row["ComponentId"] for row in tables["Component"]]
    report.check("no two components have one code", len(set(codes)) == len(codes))
    wrong = [row["Component"] for row in tables["Component"]
             if not re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", row["ComponentId"])
             or row["KeyPath"] not in keys or not int(row["Attributes"]) & 256 or row["Component"] not in featured]
    report.check("every component has a code, a key, a feature and 64 bits", not wrong, wrong)
    report.equal("the features", [row["Feature"] for row in tables["Feature"]], expected.FEATURES)
    hashed = {row["File_"] for row in tables["MsiFileHash"]}
    wrong = [row["File"] for row in tables["File"] if bool(row["Version"]) == (row["File"] in hashed)]
    report.check("every file has either a version or a hash", not wrong, wrong)
    programs = {row["FileName"]: row["Version"] for row in tables["File"]
                if row["FileName"].endswith((".exe", ".dll"))}
    told = {path.name: f"{both.program_version}.0" if RESOURCE in path.read_bytes() else ""
            for path in dist.rglob("*") if path.suffix in {".exe", ".dll"} and path.name in programs}
    report.check("programs and libraries have the versions that they tell", programs == told, programs)


def sequences(report, tables):
    """Every action is known, comes at a moment of its own, and its condition is no longer than allowed."""
    own = {row["Action"] for row in tables["CustomAction"]} | {row["Dialog"] for row in tables["Dialog"]}
    for name in ["InstallUISequence", "InstallExecuteSequence"]:
        rows = tables[name]
        unknown = [row["Action"] for row in rows if row["Action"] not in STANDARD | own]
        report.check(f"{name}: every action is known", not unknown, unknown)
        moments = [row["Sequence"] for row in rows]
        twice = {moment for moment in moments if moments.count(moment) > 1}
        report.check(f"{name}: one action at a time", not twice, twice)
        order = [row["Action"] for row in sorted(rows, key=lambda row: int(row["Sequence"]))]
        late = [action for action in order if action.startswith(("Remember_", "Say"))
                if not order.index("AppSearch") < order.index(action) < order.index("LaunchConditions")]
        report.check(f"{name}: values are settled between search and judgement", not late, late)
    kinds = {row["Type"] for row in tables["CustomAction"]}
    report.check("no action runs a program or a script", kinds == {"51"}, kinds)
    long = [condition for rows in tables.values() for row in rows
            if len(condition := row.get("Condition", "")) > 255]
    report.check("no condition is too long", not long, long)


def dialogs(report, tables):
    """Every dialog can be reached, left and used with the keyboard, in every language."""
    controls = {(row["Dialog_"], row["Control"]): row for row in tables["Control"]}
    wrong = []
    for dialog in tables["Dialog"]:
        name = dialog["Dialog"]
        reach = [control for (owner, control), row in controls.items()
                 if owner == name and row["Type"] in REACHABLE]
        seen, at = [], reach[0]
        while at not in seen:
            seen.append(at)
            at = controls[name, at]["Control_Next"]
        if sorted(seen) != sorted(reach) or at != reach[0]:
            wrong.append(f"{name}: the Tab key does not visit all controls")
        wrong += [f"{name}: no control {dialog[column]}"
                  for column in ["Control_First", "Control_Default", "Control_Cancel"]
                  if dialog[column] and (name, dialog[column]) not in controls]
        for (owner, control), row in controls.items():
            if owner == name and int(row["X"]) + int(row["Width"]) > int(dialog["Width"]):
                wrong.append(f"{name}: {control} reaches out of it")
    acting = {(row["Dialog_"], row["Control_"]) for row in tables["ControlEvent"]}
    wrong += [f"{owner}: {control} does nothing" for (owner, control), row in controls.items()
              if row["Type"] == "PushButton" and (owner, control) not in acting]
    report.check("every dialog is whole", not wrong, "\n".join(wrong))
    said = set()
    for rows in tables.values():
        for row in rows:
            for value in row.values():
                said |= set(re.findall(r"\[(Say[A-Za-z]+)\]", value))
    known = {texts.property_of(name) for name in texts.read("en")}
    report.equal("every sentence is said, and every said one is there", said, known)
    licence = controls["LicenceDlg", "Licence"]["Text"]
    plain = re.sub(r"\\par |\s", "", licence)
    whole = re.sub(r"\s", "", (expected.REPOSITORY / "LICENSE").read_text())
    report.check("the licence is there from the first word to the last", whole in plain)


def registry(report, tables):
    """Only the machine's keys, and only these."""
    report.check("all values are the machine's", {row["Root"] for row in tables["Registry"]} == {"2"})
    allowed = [key.partition("\\")[2].lower() for key in
               [expected.MEMORY, expected.RUN, expected.FIREFOX, expected.SETTINGS,
                expected.SETTINGS + r"\tray"]]
    cards = expected.CARDS.partition("\\")[2].lower()
    wrong = [row["Key"] for row in tables["Registry"]
             if row["Key"].lower() not in allowed and row["Key"].lower().rpartition("\\")[0] != cards]
    report.check("no value anywhere else", not wrong, wrong)


def documentation(report):
    """The manual of the installer names each property and feature."""
    manual = (expected.REPOSITORY / "packaging" / "msi" / "README.md").read_text()
    names = [switch.property for switch in choices.SWITCHES] + [name for name, _, _ in choices.VALUES]
    missing = [name for name in [*names, *expected.FEATURES] if f"`{name}`" not in manual]
    report.check("README.md explains every property and feature", not missing, missing)
