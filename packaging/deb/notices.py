#!/usr/bin/env python3
"""notices.py COPYRIGHT LICENCES PACKAGE...

Writes whose work is linked into the programs of these crates, and under which terms: COPYRIGHT in
Debian's machine-readable form (DEP-5), LICENCES with every licence file that came with a crate.

What it cannot tell ends it: a crate without terms, or terms whose text nobody wrote down.
"""

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = "x86_64-unknown-linux-gnu"

# Where a crate offers a choice, what comes first here is taken. SPDX's name, Debian's name, and words
# by which a text of it is known; without such words, Debian ships the text itself.
TERMS = [
    ("Apache-2.0", "Apache-2.0", None),
    ("MIT", "Expat", "Permission is hereby granted, free of charge, to any person obtaining"),
    ("ISC", "ISC", "Permission to use, copy, modify, and/or distribute this software for any"),
    ("BSD-3-Clause", "BSD-3-Clause", "Neither the name of"),
    ("Zlib", "Zlib", "This software is provided 'as-is', without any express or implied"),
    ("Unicode-3.0", "Unicode-3.0", "UNICODE LICENSE V3"),
    ("Unlicense", "Unlicense", "This is free and unencumbered software released into the public"),
    ("MPL-2.0", "MPL-2.0", None),
    ("OFL-1.1", "OFL-1.1", "SIL OPEN FONT LICENSE Version 1.1"),
]
RANK = {spdx: rank for rank, (spdx, _, _) in enumerate(TERMS)}
DEBIAN = {spdx: debian for spdx, debian, _ in TERMS}

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class Crate:
    """A linked crate of somebody else, its terms and the files in which it states them."""

    def __init__(self, package):
        self.name = f"{package['name']}-{package['version']}"
        self.terms = chosen(package["license"], self.name)
        folder = Path(package["manifest_path"]).parent
        names = re.compile(r"(licen[sc]e|copying|unlicense|notice|copyright)", re.IGNORECASE)
        files = (path for path in sorted(folder.iterdir()) if names.match(path.name))
        self.files = {
            path.name: path.read_text(encoding="utf-8", errors="replace").strip("\n")
            for path in files
            if path.is_file() and path.suffix not in (".rs", ".html")
        }
        people = [re.sub(r"\s*<.*", "", author) for author in package["authors"]]
        self.holders = holders(self.files.values()) or [", ".join(people) or f"the authors of {package['name']}"]


def chosen(expression, name):
    """The terms taken: of the alternatives of an SPDX expression the best known one."""
    if not expression:
        sys.exit(f"{name} names no licence")
    tokens = re.findall(r"\(|\)|\bOR\b|\bAND\b|/|(?:(?!\b(?:OR|AND)\b)[^()/])+", expression)
    tokens = [token.strip() for token in tokens if token.strip()]
    best = [terms for terms in alternatives(tokens) if all(term in RANK for term in terms)]
    if tokens or not best:
        sys.exit(f"{name}: no known terms in {expression}")
    return sorted(min(best, key=lambda terms: max(RANK[term] for term in terms)))


def alternatives(tokens):
    """Each way to satisfy the expression that the tokens begin with; takes them."""
    ways = both(tokens)
    while tokens and tokens[0] in ("OR", "/"):
        tokens.pop(0)
        ways = ways + both(tokens)
    return ways


def both(tokens):
    ways = one(tokens)
    while tokens and tokens[0] == "AND":
        tokens.pop(0)
        ways = [left | right for right in one(tokens) for left in ways]
    return ways


def one(tokens):
    token = tokens.pop(0)
    if token != "(":
        return [{token}]
    ways = alternatives(tokens)
    tokens.pop(0)
    return ways


def holders(texts):
    """The copyright lines of licence texts; not those that are examples in a licence."""
    found = []
    for line in (line for text in texts for line in text.splitlines()):
        line = re.match(r"[\s#/*\"]*(?:copyright\s*)?(?:\(c\)|©|copyright)\s+(.*\d{4}.*)", line, re.IGNORECASE)
        held = line and re.sub(r"^(?:\(c\)|©)\s*|\s*all rights reserved\.?$", "", line[1].strip(" .*"), flags=re.IGNORECASE)
        if held and held not in found and not re.search(r"\[yyyy|\{yyyy|<year", held):
            found.append(held)
    return found


def linked(packages):
    """The crates of others that end up in the programs, by name and version."""
    command = ["cargo", "tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none",
               "--format", "{p}", "--target", TARGET]
    for package in packages:
        command += ["--package", package]
    listed = subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout
    wanted = {tuple(line.split()[:2]) for line in listed.splitlines()}
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET]
    metadata = subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout
    return sorted(
        (Crate(package) for package in json.loads(metadata)["packages"]
         if package["source"] and (package["name"], f"v{package['version']}") in wanted),
        key=lambda crate: crate.name,
    )


def text_of(term, words, texts):
    """A paragraph of DEP-5 with the text of a licence, or with the place where Debian has it."""
    if words is None:
        return f"On Debian systems, the text stands in /usr/share/common-licenses/{DEBIAN[term]}."
    if term == "MIT":
        return MIT
    plain = [text for text in texts if words in " ".join(text.split())]
    if not plain:
        sys.exit(f"nobody wrote down the text of {term}")
    # The shortest is the text alone, without those of further licences.
    return min(plain, key=len)


def paragraph(text):
    lines = text.strip("\n").splitlines()
    return "\n".join(f" {line.rstrip()}" if line.strip() else " ." for line in lines)


def stanza(files, owners, terms):
    owners = textwrap.indent("\n".join(owners), " " * 11).strip()
    return f"Files: {files}\nCopyright: {owners}\nLicense: {terms}\n"


def main(copyright_file, licences_file, *packages):
    crates = linked(packages)
    fonts = (ROOT / "assets/fonts/OFL.txt").read_text(encoding="utf-8")
    texts = [text for crate in crates for text in crate.files.values()] + [fonts]
    parts = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Siru\n"
        "Comment: Siru links the crates below crates/ as crates.io has them, and Rust's standard\n"
        " library. Where a crate offers a choice of licences, the one that was taken is named. All their\n"
        " licence files, word for word, are in third-party-licences.txt.gz beside this file.\n",
        stanza("*", ["2026 The Siru authors"], "Apache-2.0 or Expat"),
        stanza("assets/fonts/*", holders([fonts]), "OFL-1.1"),
        stanza("rust/library/*", ["The Rust Project Developers"], "Apache-2.0 or Expat"),
    ]
    for crate in crates:
        terms = " and ".join(DEBIAN[term] for term in crate.terms)
        parts.append(stanza(f"crates/{crate.name}/*", crate.holders, terms))
    used = {"Apache-2.0", "MIT", "OFL-1.1"}.union(*(crate.terms for crate in crates))
    for term, debian, words in TERMS:
        if term in used:
            parts.append(f"License: {debian}\n{paragraph(text_of(term, words, texts))}\n")
    Path(copyright_file).write_text("\n".join(parts), encoding="utf-8")

    rule = "=" * 100
    sharing = {}
    for crate in crates:
        files = crate.files
        if not files:
            owned = "".join(f"Copyright (c) {holder}\n" for holder in crate.holders)
            own = MIT if crate.terms == ["MIT"] else text_of(crate.terms[0], None, texts)
            files = {f"no file of its own; {' AND '.join(crate.terms)}": f"{owned}\n{own}"}
        for name, text in files.items():
            sharing.setdefault(text.strip("\n"), []).append(f"{crate.name}: {name}")
    sharing[fonts.strip("\n")] = ["Inter, the typeface: OFL.txt"]
    parts = ["The licence files of everything that is linked into Siru's programs, as their authors wrote them.\n"]
    for text, names in sharing.items():
        parts.append("\n".join([rule, *names, rule, "", text, ""]))
    Path(licences_file).write_text("\n".join(parts), encoding="utf-8")


main(*sys.argv[1:])
