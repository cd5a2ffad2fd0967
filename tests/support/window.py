#!/usr/bin/python3
"""Drives a window as a person with a screen reader does: finds things by role and name on the
accessibility bus, presses them, types on the keyboard and reads what is said.

Starts the program given as arguments, then reads commands from standard input, one JSON object a
line, and answers each with one JSON object: {"ok": ...} or {"error": "..."}. What the program itself
prints is kept, for the command "printed". With WINDOW_PORTAL in the environment there is a desktop
portal from the start, which says what the command "portal" tells it to."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

from picture import captured, save  # noqa: E402

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
            "path": node.path,
            "role": node.get_role_name(),
            "name": node.get_name() or "",
            "text": text,
            "states": sorted(state.value_nick for state in states.get_states()),
            "enabled": states.contains(Atspi.StateType.ENABLED),
            "focused": states.contains(Atspi.StateType.FOCUSED),
        }
    except Exception:
        return None


class Portal:
    """A desktop portal on the session bus, which tells programs how they are to look."""

    def __init__(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "portal.py")
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", script],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.heard()

    def heard(self):
        """Waits until the portal has done what it was told to."""
        if self.process.stdout.readline() != "ok\n":
            raise Failure("the portal has ended")
        return True

    def say(self, key, value):
        """Has one wish of the desktop changed."""
        self.process.stdin.write(f"{key} {value}\n")
        self.process.stdin.flush()
        return self.heard()


class Window:
    """The program under test."""

    def __init__(self, command):
        self.printed = tempfile.TemporaryFile()
        self.helpers = []
        self.portal = Portal() if os.environ.get("WINDOW_PORTAL") else None
        if self.portal:
            self.helpers.append(self.portal.process)
        self.process = subprocess.Popen(command, stdout=self.printed, stderr=self.printed)

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
            try:
                found = condition()
            except GLib.Error:
                # What is looked at may vanish, and a program that is at work may be late to answer.
                found = None
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
        """Presses a control through its accessibility action, as soon as it is enabled."""
        def enabled():
            return next((found for found in self.matching(role, name) if found[1]["enabled"]), None)

        node, described = self.wait(f"{name!r} to be there and enabled", enabled)
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

    def step(self, key):
        """Presses a key that moves the keyboard, and says which control has it then."""
        before = self.focused()
        xdotool("key", key)

        def moved():
            now = self.focused()
            return now if now and (before is None or now["path"] != before["path"]) else None

        return self.wait(f"{key} to move the focus from {before}", moved)

    def tab(self, times, path):
        """Presses Tab so often, and gives the program time to come to the control it should reach.
        Two in one drawing count as one, so it may stop before."""
        xdotool("key", "--delay", "40", *["Tab"] * times)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            focused = self.focused()
            if focused and focused["path"] == path:
                return True
            time.sleep(0.03)
        return False

    def focused(self):
        """The control that has the keyboard. Between two of them it is for a moment the frame."""
        focused = (d for _, d in self.nodes() if d["focused"] and d["role"] != "frame")
        return next(focused, None)

    def listen(self, file):
        """Writes every message on the accessibility bus to a file from now on."""
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        answer = session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None)
        with open(file, "wb") as out:
            self.helpers.append(subprocess.Popen(
                ["dbus-monitor", "--address", answer.unpack()[0]], stdout=out))
        return self.wait("the monitor", lambda: os.path.getsize(file) > 0)

    def place(self, role, name):
        """Where a thing is on the screen, and how large."""
        def extents():
            node, _ = next(self.matching(role, name), (None, None))
            component = node and node.get_component_iface()
            return component and component.get_extents(Atspi.CoordType.SCREEN)

        place = self.wait(f"the place of {name!r}", extents)
        return [place.x, place.y, place.width, place.height]

    def ground(self):
        """The colour of the window in the middle of its left edge, where nothing stands."""
        left, top, _, height = self.place("frame", ".*")
        _, _, rows = captured()
        at = 3 * (left + 4)
        return list(rows[top + height // 2][at:at + 3])

    def click(self, role, name, times):
        """Presses the mouse on a control, and Enter after it, all in one burst."""
        left, top, width, height = self.place(role, name)
        middle = [str(left + width // 2), str(top + height // 2)]
        return xdotool("mousemove", *middle, "click", "--repeat", str(times), "--delay", "0", "1",
                       "key", "--delay", "0", "Return")

    def visible(self):
        """The windows of the program that can be seen, as X numbers them."""
        return output("xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)).split()

    def minimise(self):
        """Minimises the window, until the window manager has."""
        xdotool("windowminimize", self.wait("the window", self.visible)[-1])
        return self.wait("the window to go", lambda: not self.visible())

    def picture(self, file):
        """Takes a picture of the window alone, once it is drawn: without a caret, because the
        keyboard is elsewhere, and with nothing lit up under the mouse."""
        window = self.wait("the window", self.visible)[-1]
        xdotool("mousemove", "0", "0")
        # The window manager gives the keyboard to a new window, and back when it gets none.
        self.helpers.append(subprocess.Popen(["xlogo", "-geometry", "9x9+0+0"]))
        self.wait("the other window", lambda: window not in output("xdotool", "getwindowfocus"))

        def still():
            before = captured(window)
            time.sleep(0.2)
            return before if len(set(before[2])) > 8 and captured(window) == before else None

        save(file, self.wait("the window to be drawn", still))
        return True

    def ended(self):
        """Waits until the program has ended by itself; its exit code."""
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired as late:
            raise Failure("the program goes on") from late

    def output(self):
        """What the program has printed so far."""
        return os.pread(self.printed.fileno(), 1 << 20, 0).decode(errors="replace")

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
        if do == "step":
            return self.step(command["key"])
        if do == "tab":
            return self.tab(command["times"], command["path"])
        if do == "listen":
            return self.listen(command["file"])
        if do == "click":
            return self.click(role, name, command["times"])
        if do == "place":
            return self.place(role, name)
        if do == "ground":
            return self.ground()
        if do == "portal":
            return self.portal.say(command["key"], command["value"])
        if do == "burst":
            return xdotool("key", "--delay", "0", *command["keys"])
        if do == "copied":
            return [selected(selection) for selection in ("primary", "clipboard")]
        if do == "copy":
            return [select(selection, command["text"]) for selection in ("primary", "clipboard")]
        if do == "minimise":
            return self.minimise()
        if do == "server":
            return int(os.environ["SIRU_X_SERVER"])
        if do == "printed":
            return self.output()
        if do == "folders":
            return [os.environ["HOME"], os.environ["XDG_RUNTIME_DIR"]]
        if do == "ended":
            return self.ended()
        if do == "picture":
            return self.picture(command["file"])
        if do == "pid":
            return self.process.pid
        raise Failure(f"unknown command {do!r}")


def xdotool(*arguments):
    """The keyboard."""
    subprocess.run(["xdotool", *arguments], check=True)
    return True


def output(*command):
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def selected(selection):
    """What a program would paste from a selection of X."""
    return output("xclip", "-o", "-selection", selection)


def select(selection, text):
    """Copies a text to a selection of X."""
    # The one that offers it stays behind and must not hold the pipe open.
    subprocess.run(["xclip", "-i", "-selection", selection], input=text, text=True, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return True


def main():
    window = Window(sys.argv[1:])
    try:
        for line in sys.stdin:
            try:
                answer = {"ok": window.answer(json.loads(line))}
            except Failure as failure:
                answer = {"error": str(failure)}
                if os.environ.get("SIRU_SHOTS"):
                    save(os.path.join(os.environ["SIRU_SHOTS"], "failed.png"), captured())
            print(json.dumps(answer), flush=True)
    finally:
        for process in [window.process, *window.helpers]:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
