#!/usr/bin/env python3
"""references.py FOLDER: makes links of what the manual pages in FOLDER say of each other.

mandoc writes a reference as a name in bold and the section in brackets. Pages that are not there, those of Linux
alone, stay words: no link leads nowhere.
"""

import re
import sys
from pathlib import Path

REFERENCE = re.compile(r"<b>([a-z0-9-]+)</b>\(([1-8])\)")


def linked(text, pages):
    """The page `text` with links to those `pages`, which are known by their names."""

    def link(match):
        name, section = match.groups()
        return f'<a class="Xr" href="{name}.html">{name}({section})</a>' if name in pages else match[0]

    return REFERENCE.sub(link, text)


if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).glob("*.html"))
    for file in files:
        names = {other.stem for other in files if other != file}
        file.write_text(linked(file.read_text(encoding="utf-8"), names), encoding="utf-8")
