"""The packages that the tests install, made by packaging/msi/build."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from expected import REPOSITORY

BUILD = REPOSITORY / "packaging" / "msi" / "build"


@dataclass(frozen=True)
class Packages:
    """This version and the next one."""

    this: Path
    version: str
    next: Path
    next_version: str
    # What the programs say of themselves; they are not built anew.
    program_version: str
    # The programs of the next version: the same with something behind their end.
    next_dist: Path


def build(out, dist, version, **environment):
    """Builds one package."""
    subprocess.run([BUILD, "--out", out, "--version", version, dist], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, **environment})
    return Path(out, f"Siru-{version}-x64.msi")


def build_both(out, dist):
    """The packages that the scenarios need."""
    text = (REPOSITORY / "Cargo.toml").read_text()
    version = re.search(r'^\[workspace\.package\]\nversion = "(.*)"$', text, re.MULTILINE)[1]
    major, minor, patch = version.split(".")
    following = f"{major}.{minor}.{int(patch) + 1}"
    next_dist = out.with_name("next")
    shutil.copytree(dist, next_dist)
    for program in [*next_dist.glob("**/*.exe"), *next_dist.glob("*.dll")]:
        program.write_bytes(program.read_bytes() + b"of the next version")
    return Packages(build(out, dist, version), version, build(out, next_dist, following), following, version, next_dist)
