"""The public properties: what each decides, how it is remembered, and what happens to a slip of the pen.

What is installed is what was asked for, or else what an older version had, or else the default. An older
version's features are seen from the values that each of them keeps in the registry, because those are true
whether a property, ADDLOCAL or REMOVE chose them.
"""

from dataclasses import dataclass

MEMORY = r"SOFTWARE\Siru\Setup"
LOCAL_MACHINE = "2"
# RegLocator: a value as it is, from the 64-bit registry.
RAW_VALUE_64 = str(2 + 16)
SET_PROPERTY = "51"
ON, OFF = "1", "200"


@dataclass(frozen=True)
class Switch:
    """A property of 1 or 0 that decides over a feature, which bears the name of the value it keeps."""

    property: str
    feature: str
    default: bool
    # The switch without which this one is nothing.
    parent: str = ""

    @property
    def remembered(self):
        """The property that holds what the installed version has."""
        return f"HAD_{self.property}"


SWITCHES = [
    Switch("START_MENU", "StartMenu", True),
    Switch("MODULE", "Module", True),
    Switch("FIREFOXPOLICY", "FirefoxPolicy", True, parent="MODULE"),
    Switch("MINIDRIVER", "Minidriver", True),
    Switch("AUTOSTART", "Autostart", False),
    Switch("ADD_TO_PATH", "Path", False),
    Switch("POLICY_TEMPLATES", "Templates", False),
]

# Property, key and value of what is remembered as it was given.
VALUES = [
    ("INSTALLDIR", MEMORY, "InstallDir"),
    ("LANGUAGE", MEMORY, "Language"),
]

LANGUAGES = ["en", "fi", "sv"]


def searches():
    """Property, key and value of everything that is looked up before the installation."""
    found = [("HAD_VERSION", MEMORY, "Version")]
    found += [(switch.remembered, MEMORY, switch.feature) for switch in SWITCHES]
    found += [(f"HAD_{name}", key, value) for name, key, value in VALUES]
    return found


def assignments():
    """Property, value and condition of each assignment that follows the searches."""
    for name, _, _ in VALUES:
        yield name, f"[HAD_{name}]", f"HAD_{name} AND NOT {name}"
    for switch in SWITCHES:
        yield switch.property, "1", f"{switch.remembered} AND NOT {switch.property}"
        yield switch.property, "0", f"HAD_VERSION AND NOT {switch.remembered} AND NOT {switch.property}"


def levels():
    """Feature, level and condition where a property turns the level of siru.wxs."""
    yield "Language", ON, "LANGUAGE"
    for switch in SWITCHES:
        if not switch.default:
            yield switch.feature, ON, f'{switch.property} = "1"'
            continue
        off = f'{switch.property} = "0"'
        if switch.parent:
            off += f' OR {switch.parent} = "0"'
        yield switch.feature, OFF, off


def refusals():
    """Condition and sentence of each value that is refused. Removing always works."""
    for switch in SWITCHES:
        name = switch.property
        yield f'Installed OR NOT {name} OR {name} = "0" OR {name} = "1"', name
    allowed = " OR ".join(f'LANGUAGE = "{language}"' for language in LANGUAGES)
    yield f"Installed OR NOT LANGUAGE OR {allowed}", "LANGUAGE"


def public():
    """The properties that are handed on to the installer service."""
    own = [name for name, _, _ in VALUES] + [switch.property for switch in SWITCHES]
    found = [name for name, _, _ in searches()]
    return own + found + ["WINDOWSMAJOR", "OLDERFOUND", "NEWERFOUND"]


def add_searches(app_search, locator):
    """Fills the tables AppSearch and RegLocator."""
    for name, key, value in searches():
        signature = f"Find_{name}"
        app_search.add(Property=name, Signature_=signature)
        locator.add(Signature_=signature, Root=LOCAL_MACHINE, Key=key, Name=value, Type=RAW_VALUE_64)


def add_assignments(actions, sequences, first):
    """Adds the assignments as actions from the number `first` on; gives the next free number."""
    number = first
    for name, value, condition in assignments():
        action = f"Remember_{name}_{value.strip('[]')}"
        actions.add(Action=action, Type=SET_PROPERTY, Source=name, Target=value)
        for sequence in sequences:
            sequence.add(Action=action, Condition=condition, Sequence=number)
        number += 1
    return number
