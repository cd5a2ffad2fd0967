#!/usr/bin/python3
"""Drives a window as a person with a screen reader does: finds things by role and name on the
accessibility bus, presses them, types on the keyboard and reads what is said.

Starts the program given as arguments, then reads commands from standard input, one JSON object a
line, and answers each with one JSON object: {"ok": ...} or {"error": "..."}."""

import json
import os
import re
import struct
import subprocess
import sys
import time
import zlib

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PATIENCE = 20.0


class Failure(Exception):
    """What was expected did not come."""


def children(node):
    """The children of a node that may vanish while it is looked at."""
    try:
        return [node.get_child_at_index(index) for index in range(node.get_child_count())]
    except Exception:
        return []


def walk(node):
    """A node and all below it."""
    if node is None:
        return
    yield node
    for child in children(node):
        yield from walk(child)


def describe(node):
    """What a screen reader could say about a node."""
    try:
        states = node.get_state_set()
        text = ""
        interface = node.get_text_iface()
        if interface is not None:
            text = Atspi.Text.get_text(interface, 0, -1)
        return {
            "role": node.get_role_name(),
            "name": node.get_name() or "",
            "text": text,
            "enabled": states.contains(Atspi.StateType.ENABLED),
            "focused": states.contains(Atspi.StateType.FOCUSED),
        }
    except Exception:
        return None


class Window:
    """The program under test."""

    def __init__(self, command):
        self.process = subprocess.Popen(command)

    def root(self):
        """The program on the accessibility bus, once it is there."""
        desktop = Atspi.get_desktop(0)
        for application in children(desktop):
            try:
                if application and application.get_process_id() == self.process.pid:
                    return application
            except Exception:
                continue
        return None

    def nodes(self):
        """Everything in the window now."""
        root = self.root()
        if root is None:
            return
        root.clear_cache()
        for node in walk(root):
            described = describe(node)
            if described is not None:
                yield node, described

    def matching(self, role, name):
        """Nodes whose role is one of role's words and whose whole name fits the expression."""
        roles = role.split("|") if role else None
        for node, described in self.nodes():
            if roles and described["role"] not in roles:
                continue
            if re.fullmatch(name, described["name"], re.DOTALL):
                yield node, described

    def wait(self, what, condition):
        """Waits until a condition gives something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Failure(f"the program ended with {self.process.returncode}")
            found = condition()
            if found:
                return found
            time.sleep(0.03)
        raise Failure(f"waited in vain for {what}; there is: {self.tree()}")

    def find(self, role, name):
        """The first node that fits, when it is there."""
        return self.wait(f"{role} {name!r}", lambda: next(self.matching(role, name), None))

    def tree(self):
        """Role and name of everything that has a name."""
        return [f"{d['role']}: {d['name']}" for _, d in self.nodes() if d["name"]]

    def press(self, role, name):
        """Presses a control through its accessibility action."""
        node, described = self.find(role, name)
        if not described["enabled"]:
            raise Failure(f"{name!r} is disabled")
        action = node.get_action_iface()
        if action is None or not Atspi.Action.do_action(action, 0):
            raise Failure(f"{name!r} cannot be pressed")
        return described

    def wait_enabled(self, role, name, enabled):
        """Waits until a control is enabled, or is not."""
        return self.wait(
            f"{name!r} to be {'enabled' if enabled else 'disabled'}",
            lambda: next((d for _, d in self.matching(role, name) if d["enabled"] == enabled), None),
        )

    def wait_focused(self, role, name):
        """Waits until a control has the keyboard."""
        return self.wait(
            f"{name!r} to have the focus",
            lambda: next((d for _, d in self.matching(role, name) if d["focused"]), None),
        )

    def absent(self, role, name):
        """Waits until nothing fits any more."""
        return self.wait(
            f"no {name!r}", lambda: True if next(self.matching(role, name), None) is None else None
        )

    def answer(self, command):
        """Carries out one command."""
        do = command["do"]
        role, name = command.get("role", ""), command.get("name", ".*")
        if do == "find":
            return self.find(role, name)[1]
        if do == "press":
            return self.press(role, name)
        if do == "enabled":
            return self.wait_enabled(role, name, command["enabled"])
        if do == "focused":
            return self.wait_focused(role, name)
        if do == "absent":
            return self.absent(role, name)
        if do == "type":
            return xdotool("type", "--delay", "25", command["text"])
        if do == "key":
            return xdotool("key", *command["keys"])
        if do == "tree":
            return self.tree()
        if do == "all":
            return [described for _, described in self.nodes()]
        if do == "shot":
            shot(command["file"])
            return True
        if do == "pid":
            return self.process.pid
        raise Failure(f"unknown command {do!r}")


def xdotool(*arguments):
    """The keyboard."""
    subprocess.run(["xdotool", *arguments], check=True)
    return True


def shot(file):
    """A picture of the screen, as PNG."""
    picture = subprocess.run(["xwd", "-silent", "-root"], capture_output=True, check=True).stdout
    header = struct.unpack(">25I", picture[:100])
    width, height, step, line = header[4], header[5], header[11] // 8, header[12]
    pixels = picture[header[0] + header[19] * 12:]
    rows = bytearray()
    for row in range(height):
        bgr = pixels[row * line:row * line + width * step]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = bgr[2::step], bgr[1::step], bgr[0::step]
        rows += b"\0" + rgb

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    with open(file, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        out.write(chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)))
        out.write(chunk(b"IDAT", zlib.compress(bytes(rows))))
        out.write(chunk(b"IEND", b""))


def main():
    window = Window(sys.argv[1:])
    try:
        for line in sys.stdin:
            try:
                answer = {"ok": window.answer(json.loads(line))}
            except Failure as failure:
                answer = {"error": str(failure)}
                if os.environ.get("SIRU_SHOTS"):
                    shot(os.path.join(os.environ["SIRU_SHOTS"], "failed.png"))
            print(json.dumps(answer), flush=True)
    finally:
        window.process.terminate()
        window.process.wait()


if __name__ == "__main__":
    main()
