#!/usr/bin/env python3
"""notices.py OUT: writes the licence files of all crates that are linked into the programs for Windows.

Their terms ask that the notices come with the programs. A crate without a licence file is named with its terms
and authors.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
TARGET = "x86_64-pc-windows-gnu"
SHIPPED = {"siru-cli", "siru-desktop", "siru-tray", "siru-pkcs11", "siru-minidriver"}
LICENCE_FILE = re.compile(r"(licen[sc]e|copying|unlicense|notice|copyright)[^/]*(?<!\.rs)", re.IGNORECASE)


def linked():
    """The crates of others behind the shipped ones, but for those that only run while it is built."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET]
    metadata = json.loads(subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    waiting = [identity for identity, package in packages.items() if package["name"] in SHIPPED]
    seen = set()
    while waiting:
        identity = waiting.pop()
        if identity in seen or any("proc-macro" in target["kind"] for target in packages[identity]["targets"]):
            continue
        seen.add(identity)
        waiting += [dependency["pkg"] for dependency in nodes[identity]["deps"]
                    if any(kind["kind"] is None for kind in dependency["dep_kinds"])]
    found = [packages[identity] for identity in seen if packages[identity]["source"]]
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def notices(packages):
    """Every text once, under the names of the crates that have it."""
    texts = {}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["license"] and not package["license_file"]:
            raise SystemExit(f"notices: {name} names no licence")
        folder = Path(package["manifest_path"]).parent
        files = [path for path in sorted(folder.iterdir()) if path.is_file() and LICENCE_FILE.fullmatch(path.name)]
        for path in files:
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip("\n")
            texts.setdefault(text, []).append(name)
        if not files:
            authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
            text = f"{package['license']}, by {authors}. The crate comes without a licence file."
            texts.setdefault(text, []).append(name)
    rule = "=" * 100
    parts = ["The licences of everything that is linked into Siru, as their authors wrote them. Rust's standard\n"
             "library is under Apache-2.0 or MIT, by the Rust project's developers.\n"]
    for text, names in texts.items():
        parts.append("\n".join([rule, *dict.fromkeys(names), rule, "", text, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(notices(linked()), encoding="utf-8")
