#!/usr/bin/env python3
"""harvest.py STAGE OUT: writes a wixl fragment with the files that come and go with manuals and policies.

One component for each file, its GUID by its place: what wixl's big sibling calls harvesting.
"""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path

from identity import identifier

# The folder in the stage, the folder it lies in when installed, the group that a feature names.
PLACES = [
    ("licences", "INSTALLDIR", "Documents"),
    ("manual", "INSTALLDIR", "Documents"),
    ("PolicyDefinitions", "INSTALLDIR", "Documents"),
    ("PolicyDefinitions", "CENTRALTEMPLATES", "Templates"),
]


def name_of(kind, *parts):
    """An identifier as the tables want it: letters, digits, dots and underscores, at most 72."""
    place = "/".join(parts)
    return f"{kind}_{identifier(kind, place).replace('-', '')}"


def harvest(stage):
    """The fragment for all places in the folder `stage`."""
    wix = xml.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    fragment = xml.SubElement(wix, "Fragment")
    groups = {group: [] for _, _, group in PLACES}
    for folder, root, group in PLACES:
        parent = xml.SubElement(fragment, "DirectoryRef", Id=root)
        if root == "INSTALLDIR":
            parent = xml.SubElement(parent, "Directory", Id=name_of("Folder", root, folder), Name=folder)
        files = add_folder(parent, stage / folder, [root, folder])
        if not files:
            raise SystemExit(f"harvest: {stage / folder} holds no file")
        groups[group] += files
    for group, components in groups.items():
        element = xml.SubElement(fragment, "ComponentGroup", Id=group)
        for component in components:
            xml.SubElement(element, "ComponentRef", Id=component)
    return wix


def add_folder(parent, folder, place):
    """Adds what lies in `folder` to the directory `parent`; gives the names of the components."""
    components = []
    for entry in sorted(folder.iterdir()):
        inner = [*place, entry.name]
        if entry.is_dir():
            directory = xml.SubElement(parent, "Directory", Id=name_of("Folder", *inner), Name=entry.name)
            components += add_folder(directory, entry, inner)
        else:
            component = xml.SubElement(
                parent,
                "Component",
                Id=name_of("Component", *inner),
                Guid=identifier("component", "/".join(inner)),
                Win64="yes",
            )
            source = "/".join(inner[1:])
            xml.SubElement(
                component, "File", Id=name_of("File", *inner), Source=source, Name=entry.name, KeyPath="yes"
            )
            components.append(component.get("Id"))
    return components


if __name__ == "__main__":
    tree = xml.ElementTree(harvest(Path(sys.argv[1])))
    xml.indent(tree)
    tree.write(sys.argv[2], encoding="utf-8", xml_declaration=True)
