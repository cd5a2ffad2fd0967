#!/usr/bin/python3
"""Measures a window from outside: from its start to first content, and what it costs idle.

usage: measure.py ROUNDS IDLE_SECONDS PROGRAM [ARGUMENT...]     (on a display)

"Content" is the moment the mapped window shows at least eight colours, that is: text, not a blank
sheet. Idle is measured after the window has shown its cards and nothing happens."""

import os
import statistics
import struct
import subprocess
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")


def output(*command):
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def colours(window):
    """How many colours a window shows."""
    picture = subprocess.run(
        ["xwd", "-silent", "-id", window], capture_output=True, check=False).stdout
    if len(picture) < 100:
        return 0
    header = struct.unpack(">25I", picture[:100])
    pixels = picture[header[0] + header[19] * 12:]
    step = header[11] // 8
    return len({pixels[at:at + step] for at in range(0, len(pixels), step)})


def until_content(process, start):
    """Seconds until the window shows something."""
    while time.monotonic() - start < 30:
        if process.poll() is not None:
            sys.exit(f"the program ended with {process.returncode}")
        windows = output("xdotool", "search", "--onlyvisible", "--pid", str(process.pid)).split()
        if windows and colours(windows[-1]) >= 8:
            return time.monotonic() - start
    sys.exit("no content within 30 s")


def cpu_seconds(pid):
    """User and system time of a process so far."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid):
    """Resident memory in MiB."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main():
    rounds, idle, command = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    starts = []
    for number in range(rounds):
        start = time.monotonic()
        process = subprocess.Popen(command)
        starts.append(until_content(process, start))
        if number + 1 < rounds:
            process.terminate()
            process.wait()
    print(f"start to first content: median {statistics.median(starts) * 1000:.0f} ms of "
          f"{[round(seconds * 1000) for seconds in starts]}")
    time.sleep(3)
    before = cpu_seconds(process.pid)
    time.sleep(idle)
    used = cpu_seconds(process.pid) - before
    print(f"idle for {idle:.0f} s: {used / idle * 100:.3f} % CPU, "
          f"{resident(process.pid):.0f} MiB resident")
    process.terminate()
    process.wait()


if __name__ == "__main__":
    main()
