"""Tables of an installer database, read and written through msitools' text form (.idt)."""

import subprocess
import tempfile
from pathlib import Path

# Windows-1252 has every letter of the three languages; the older installer services know no UTF-8.
CODEPAGE = 1252


class Table:
    """The rows of one table, each a dictionary by column; all values are text, as in an .idt file."""

    def __init__(self, name, columns, keys, rows=()):
        """`columns` maps each name to its type: s72, S255 (may be empty), L0 (translatable), i2, I4."""
        self.name = name
        self.columns = dict(columns)
        self.keys = list(keys)
        self.rows = [dict(row) for row in rows]

    def add(self, *values, **named):
        """Adds a row of values in the order of the columns, or of named ones, the others empty."""
        row = dict.fromkeys(self.columns, "")
        row.update(zip(self.columns, map(str, values)))
        for column, value in named.items():
            if column not in self.columns:
                raise KeyError(f"{self.name} has no column {column}")
            row[column] = str(value)
        key = [row[column] for column in self.keys]
        if any([other[column] for column in self.keys] == key for other in self.rows):
            raise ValueError(f"{self.name} has {key} already")
        self.rows.append(row)

    def row(self, **wanted):
        """The one row with these values."""
        found = [row for row in self.rows if wanted.items() <= row.items()]
        if len(found) != 1:
            raise LookupError(f"{self.name} has {len(found)} rows with {wanted}")
        return found[0]

    def to_idt(self):
        """The table as the bytes of an .idt file.

        It does not name its encoding, which msibuild refuses; UTF-8 is what msibuild takes it for."""
        lines = [
            "\t".join(self.columns),
            "\t".join(self.columns.values()),
            "\t".join([self.name, *self.keys]),
        ]
        for row in self.rows:
            for value in row.values():
                if any(letter in value for letter in "\t\r\n"):
                    raise ValueError(f"{self.name}: a tab or a line's end in {value!r}")
            lines.append("\t".join(row.values()))
        return "".join(line + "\r\n" for line in lines).encode()

    @classmethod
    def from_idt(cls, text):
        """The table of an .idt file's text."""
        names, types, keys, *rows = [line.split("\t") for line in text.rstrip("\r\n").split("\n")]
        keys = [key.rstrip("\r") for key in keys]
        if keys[0].isdigit():
            keys = keys[1:]
        names = [name.rstrip("\r") for name in names]
        columns = dict(zip(names, (kind.rstrip("\r") for kind in types)))
        return cls(keys[0], columns, keys[1:], (dict(zip(names, (v.rstrip("\r") for v in row))) for row in rows))


class Database:
    """An installer database in a file."""

    def __init__(self, path):
        """The database in the file `path`, which is there."""
        self.path = Path(path)

    def names(self):
        """The names of its tables."""
        return sorted(self._msiinfo("tables").split())

    def table(self, name):
        """A table that is there."""
        return Table.from_idt(self._msiinfo("export", name))

    def put(self, *tables):
        """Writes whole tables, over the ones of the same names."""
        with tempfile.TemporaryDirectory() as folder:
            imports = []
            for table in tables:
                file = Path(folder, f"{table.name}.idt")
                file.write_bytes(table.to_idt())
                imports += ["-i", str(file)]
            self._msibuild(*imports)

    def set_codepage(self):
        """Says in which encoding the texts are, which wixl leaves open."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "_ForceCodepage.idt")
            file.write_bytes(f"\r\n\r\n{CODEPAGE}\t_ForceCodepage\r\n".encode())
            self._msibuild("-i", str(file))

    def _msiinfo(self, command, *arguments):
        # A table with pictures in it is written with a file for each, into the folder it runs in.
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["msiinfo", command, self.path.absolute(), *arguments], cwd=folder, check=True,
                                  capture_output=True)
        if done.stderr:
            raise RuntimeError(f"msiinfo {command}: {done.stderr.decode()}")
        return done.stdout.decode()

    def _msibuild(self, *arguments):
        done = subprocess.run(["msibuild", self.path, *arguments], capture_output=True)
        if done.returncode or done.stdout or done.stderr:
            raise RuntimeError(f"msibuild: {(done.stdout + done.stderr).decode()}")
