#!/usr/bin/env python3
"""complete.py MSI STAGE: puts into an installer database what wixl 0.101 cannot say.

Whole tables are written: msitools' SQL knows no way to write an apostrophe, and its queries leave no trace
in a review.
"""

import os
import sys
from pathlib import Path

import choices
import executable
import families
import pages
import summary
import texts
from database import Database, Table

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
# Between the search in the registry (50) and the conditions of the launch, which are moved up.
FIRST_ASSIGNMENT, LAUNCH_CONDITIONS = 51, 400
SEQUENCES = ["InstallUISequence", "InstallExecuteSequence"]


def complete(database, stage):
    """Writes all the tables."""
    database.set_codepage()
    properties = database.table("Property")
    actions = database.table("CustomAction")
    sequences = [database.table(name) for name in SEQUENCES]
    searches, locator = database.table("AppSearch"), database.table("RegLocator")
    choices.add_searches(searches, locator)
    number = choices.add_assignments(actions, sequences, FIRST_ASSIGNMENT)
    number = texts.add_sentences(properties, actions, sequences, number)
    if number > LAUNCH_CONDITIONS:
        raise ValueError("more assignments than there is room before the conditions of the launch")
    arrange(sequences)
    pages.show(properties, sequences[0])
    remember_folder(actions, sequences[1])
    properties.row(Property="SecureCustomProperties")["Value"] = ";".join(choices.public())
    registry = database.table("Registry")
    families.add_families(registry, families.read(HERE.parent / "atrs.txt"))
    database.put(properties, actions, *sequences, searches, locator, registry,
                 launch_conditions(database), feature_levels(),
                 *files(database, stage), search_path(sequences[1]),
                 *pages.all_pages((REPOSITORY / "LICENSE").read_text()))


def arrange(sequences):
    """Judges the properties after the older version's were found, and lets the searches do what Windows'
    own taking over of features would do: that one overrides properties that were asked for."""
    for sequence in sequences:
        sequence.row(Action="LaunchConditions")["Sequence"] = str(LAUNCH_CONDITIONS)
        sequence.rows = [row for row in sequence.rows if row["Action"] != "MigrateFeatureStates"]


def remember_folder(actions, sequence):
    """Tells the list of installed programs where Siru is; the folder is known from CostFinalize (1000) on."""
    actions.add("TellFolder", choices.SET_PROPERTY, "ARPINSTALLLOCATION", "[INSTALLDIR]")
    sequence.add("TellFolder", "", 1010)


def launch_conditions(database):
    """wixl's conditions and the refusals of values."""
    table = database.table("LaunchCondition")
    for condition, name in choices.refusals():
        table.add(condition, f"[SayUnknownValue] {name}=[{name}]")
    return table


def feature_levels():
    """What the properties decide over features."""
    table = Table("Condition", [("Feature_", "s38"), ("Level", "i2"), ("Condition", "S255")], ["Feature_", "Level"])
    for feature, level, condition in choices.levels():
        table.add(feature, level, condition)
    return table


def files(database, stage):
    """The versions of programs and libraries, which wixl does not read.

    Without them Windows would think an installed program newer than this one, keep it, and remove it with
    the older version. What has a version must have no hash."""
    table, hashes = database.table("File"), database.table("MsiFileHash")
    # "Siru.exe" and "siru.exe" are two files here; only Windows takes their names for one.
    named = {path.name: path for path in stage.rglob("*") if path.suffix in {".exe", ".dll"}}
    for row in table.rows:
        path = named.get(row["FileName"].rpartition("|")[2])
        version = executable.version(path.read_bytes()) if path else None
        if version:
            row["Version"], row["Language"] = version, "0"
            hashes.rows = [other for other in hashes.rows if other["File_"] != row["File"]]
    return table, hashes


def search_path(sequence):
    """The command's folder on the PATH of the machine, at its end."""
    table = Table(
        "Environment",
        [("Environment", "s72"), ("Name", "l255"), ("Value", "L255"), ("Component_", "s72")],
        ["Environment"],
    )
    # "=" sets it, "-" removes it with the component, "*" means the machine's; [~] is what is there.
    table.add("SearchPath", "=-*PATH", "[~];[BINDIR]", "SearchPath")
    sequence.add("RemoveEnvironmentStrings", "", 3300)
    sequence.add("WriteEnvironmentStrings", "", 5200)
    return table


if __name__ == "__main__":
    target = Path(sys.argv[1])
    complete(Database(target), Path(sys.argv[2]))
    summary.settle(target, int(os.environ["SOURCE_DATE_EPOCH"]))
