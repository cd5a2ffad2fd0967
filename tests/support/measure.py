#!/usr/bin/python3
"""Measures windows from outside, each beside the others: start, memory, what they cost idle.

usage: measure.py ROUNDS IDLE_SECONDS FILE.json NAME COMMAND... [-- NAME COMMAND...]...  (on a display)

Every program is started once in each round, so that whatever else the machine does meets all of them.
"Window" is the moment the window is mapped, "content" the one at which it shows at least eight
colours, that is: text, not a blank sheet. Memory and idle time are those of the program and all it has
started, after it has settled. Prints a table and writes every single value to FILE.json."""

import json
import os
import platform
import statistics
import struct
import subprocess
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")
SETTLE = 4
PATIENCE = 60


def output(*command):
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def fail(what):
    """Ends everything, and says why where the table would be."""
    print(f"measure: {what}")
    sys.exit(1)


def family(pid):
    """A process and all it has started."""
    children = output("pgrep", "--parent", str(pid)).split()
    return [pid] + [one for child in children for one in family(int(child))]


def is_drawn(window):
    """Whether a window shows eight colours."""
    picture = subprocess.run(
        ["xwd", "-silent", "-id", window], capture_output=True, check=False).stdout
    if len(picture) < 100:
        return False
    header = struct.unpack(">25I", picture[:100])
    if header[11] != 32:
        fail("this needs a screen with four bytes for a pixel")
    pixels = memoryview(picture)[header[0] + header[19] * 12:].cast("I")
    colours = set()
    for start in range(0, len(pixels), 1 << 14):
        colours.update(pixels[start:start + (1 << 14)])
        if len(colours) >= 8:
            return True
    return False


def started(process, begin):
    """Seconds until the window is mapped, and until it shows something."""
    mapped = None
    while time.monotonic() - begin < PATIENCE:
        if process.poll() is not None:
            fail(f"{process.args} ended with {process.returncode}")
        pid = str(process.pid)
        windows = output("xdotool", "search", "--onlyvisible", "--pid", pid).split()
        now = time.monotonic() - begin
        if windows and mapped is None:
            mapped = now
        if windows and is_drawn(windows[-1]):
            return mapped, time.monotonic() - begin
    return fail(f"{process.args}: no content within {PATIENCE} s")


def cpu_seconds(pids):
    """User and system time of processes so far."""
    used = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            used += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return used / TICKS


def memory(pids):
    """Resident and private memory of processes in MiB."""
    resident = private = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as rollup:
            for line in rollup:
                name, size = line.split()[:2]
                if name == "Rss:":
                    resident += int(size)
                elif name in ("Private_Clean:", "Private_Dirty:"):
                    private += int(size)
    return resident / 1024, private / 1024


def run(command, idle):
    """Starts a program, measures it and ends it."""
    begin = time.monotonic()
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
    except OSError as error:
        fail(error)
    try:
        mapped, content = started(process, begin)
        time.sleep(SETTLE)
        pids = family(process.pid)
        before = cpu_seconds(pids)
        time.sleep(idle)
        used = cpu_seconds(pids) - before
        resident, private = memory(pids)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return {
        "window_ms": mapped * 1000,
        "content_ms": content * 1000,
        "resident_mib": resident,
        "private_mib": private,
        "idle_percent": used / idle * 100,
    }


COLUMNS = [
    ("start to window", "window_ms", "{:.0f} ms"),
    ("start to content", "content_ms", "{:.0f} ms"),
    ("resident", "resident_mib", "{:.0f} MiB"),
    ("private", "private_mib", "{:.0f} MiB"),
    ("idle", "idle_percent", "{:.3f} % CPU"),
]


def table(measured):
    """The medians as a table, with the smallest and the greatest value."""
    yield "| program | " + " | ".join(title for title, _, _ in COLUMNS) + " |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for name, runs in measured.items():
        cells = []
        for _, key, form in COLUMNS:
            values = sorted(one[key] for one in runs)
            number = form.split("}")[0] + "}"
            ends = f"{number.format(values[0])}-{number.format(values[-1])}"
            cells.append(f"{form.format(statistics.median(values))} ({ends})")
        yield f"| {name} | " + " | ".join(cells) + " |"


def main():
    rounds, idle, file = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    programs, words = {}, []
    for word in [*sys.argv[4:], "--"]:
        if word == "--":
            programs[words[0]] = words[1:]
            words = []
        else:
            words.append(word)
    measured = {name: [] for name in programs}
    for _ in range(rounds):
        for name, command in programs.items():
            measured[name].append(run(command, idle))
    with open(file, "w", encoding="utf-8") as out:
        machine = {"system": platform.platform(), "processors": os.cpu_count()}
        json.dump({"machine": machine, "rounds": rounds, "idle_seconds": idle,
                   "programs": measured}, out, indent=2)
        out.write("\n")
    print("\n".join(table(measured)))


if __name__ == "__main__":
    main()
