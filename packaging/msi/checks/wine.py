"""A Windows of its own for the test: a fresh prefix of Wine."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Wine keeps the low byte of what a program ends with: 1602, 1603, 1638.
CANCELLED, REFUSED = 1602 & 255, 1603 & 255
TIMEOUT = 180


class Wine:
    """One prefix, and what is done in it."""

    def __init__(self, folder):
        """A new prefix in `folder`, without a display."""
        self.prefix = Path(folder, "prefix")
        self.environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        self.environment |= {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No offers to fetch .NET or a browser engine.
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }
        self.prefix.mkdir()
        self.serve()
        self.run("wineboot", "--init")
        # Debian's Wine begins as Windows 7.
        self.pretend("win10")
        self.drive = self.prefix / "drive_c"
        self._supply_random_numbers()
        # On a real Windows these keys are never empty, and so never go with the last value below them.
        for key in [r"SOFTWARE\Policies\Microsoft\Windows", r"SOFTWARE\Microsoft\Windows\CurrentVersion\Run"]:
            self.run("reg", "add", f"HKLM\\{key}", "/v", "Other", "/d", "1", "/f")

    def _supply_random_numbers(self):
        # Rust's programs take them from bcryptprimitives.dll, which every Windows has and Wine 8 has not.
        library = self.drive / "windows" / "system32" / "bcryptprimitives.dll"
        if library.exists():
            return
        subprocess.run(
            ["x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-s", "-o", library,
             HERE / "bcryptprimitives.c", "-ladvapi32"],
            check=True,
        )

    def pretend(self, version):
        """Makes it another version of Windows."""
        self.run("winecfg", "-v", version)
        if version != "win10":
            # Wine keeps this value, which came with Windows 10.
            self.run("reg", "delete", r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "/v",
                     "CurrentMajorVersionNumber", "/f")
        self.settle()

    def run(self, *command):
        """Runs a program of Wine's or a path of Windows; what it ended with, and what it wrote."""
        # Not a pipe: services that Wine starts beside the program would hold it open.
        with tempfile.TemporaryFile() as written:
            done = subprocess.run(["wine", *map(str, command)], env=self.environment, stdin=subprocess.DEVNULL,
                                  stdout=written, stderr=subprocess.DEVNULL, timeout=TIMEOUT, check=False)
            written.seek(0)
            return done.returncode, text_of(written.read()).replace("\r", "")

    def start(self, *command):
        """Starts a program and goes on."""
        return subprocess.Popen(
            ["wine", *map(str, command)], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def msiexec(self, *arguments):
        """Runs Windows Installer without a question; what it ended with."""
        return self.run("msiexec", *arguments, "/qn")[0]

    def install(self, package, *properties):
        """Installs a package silently."""
        return self.msiexec("/i", windows_path(package), *properties)

    def remove(self, package):
        """Removes what a package installed."""
        return self.msiexec("/x", windows_path(package))

    def show_on(self, display):
        """Has windows on a display from now on, or on none; Wine decides that when its server begins."""
        self.environment.pop("DISPLAY", None)
        if display:
            self.environment["DISPLAY"] = display
        self.settle()

    def serve(self):
        """Starts Wine's server, so that it does not begin anew with each program."""
        subprocess.run(["wineserver", "--persistent"], env=self.environment, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True, timeout=TIMEOUT)

    def settle(self):
        """Ends the server, which writes the registry into its files, and starts it again."""
        self._stop()
        self.serve()

    def _stop(self):
        # Only what runs in this prefix.
        subprocess.run(["wineserver", "--kill"], env=self.environment, check=False, timeout=TIMEOUT)
        subprocess.run(["wineserver", "--wait"], env=self.environment, check=False, timeout=TIMEOUT)

    def close(self):
        """Ends what still runs in this prefix, and only there."""
        self._stop()
        shutil.rmtree(self.prefix, ignore_errors=True)

    def registry(self, key):
        """All values below a key as lines `key | name | type | data`, keys without their root."""
        code, text = self.run("reg", "query", key, "/s")
        lines, current = [], ""
        for line in text.splitlines() if code == 0 else []:
            if line.startswith("HKEY"):
                current = line.partition("\\")[2]
            elif line.startswith("    "):
                name, kind, data = re.split(r" {4}(REG_[A-Z_]+) {4}|$", line[4:], maxsplit=1)[:3]
                lines.append(f"{current} | {name} | {kind} | {data}")
        return lines

    def value(self, key, name):
        """The data of one value, or `None`."""
        wanted = f" | {name} | ".lower()
        for line in self.registry(key):
            path, found, _, data = line.split(" | ", 3)
            if f" | {found} | ".lower() == wanted and path.lower().endswith(key.partition("\\")[2].lower()):
                return data
        return None

    def files(self, folder=""):
        """The files below a folder of drive C:, without it, with slashes."""
        root = self.drive / folder
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    def state(self):
        """Every file and every value there is, to be compared with a later state.

        Without what installing anything leaves in Windows too: the empty keys of the installer itself, and what
        Wine writes anew at each start."""
        self.settle()
        own = re.compile(r"windows/(temp|Installer)/|users/[^/]+/(AppData/Local/)?Temp/", re.IGNORECASE)
        keys = re.compile(r"\[Software\\\\(Classes|Microsoft\\\\Windows\\\\CurrentVersion)\\\\Installer(\\\\"
                          r"(Features|Products|UpgradeCodes|UserData(\\\\S-1-5-18(\\\\(Components|Products))?)?))?\]")
        files = [name for name in self.files() if not own.match(name)]
        folders = [str(p.relative_to(self.drive)) + "/" for p in self.drive.rglob("*") if p.is_dir()]
        files += [name for name in folders if not own.match(name)]
        key = ""
        for line in (self.prefix / "system.reg").read_text("utf-8", "replace").splitlines():
            if line.startswith("["):
                key = line.rpartition("]")[0] + "]"
                if not keys.fullmatch(key):
                    files.append(key)
            elif line and not line.startswith(("#", '"DriverDateData"=')):
                # Wine leaves the separators of what it takes off the PATH.
                files.append(f"{key} " + re.sub(r';+"$', '"', line))
        return files


def text_of(written):
    """What a program wrote: our own write UTF-8, Wine's the code page of DOS."""
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp437")


def windows_path(path):
    """The path of a file of Linux as Windows' programs see it."""
    return "Z:" + str(Path(path).resolve()).replace("/", "\\")
