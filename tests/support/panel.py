#!/usr/bin/python3
"""A panel on the session bus: knows the icons that programs register (StatusNotifierWatcher), reads
what they show, clicks them and chooses from their menus.

Reads commands from standard input, one JSON object a line, and answers each with one JSON object:
{"ok": ...} or {"error": "..."}."""

import json
import os
import re
import subprocess
import sys
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATIENCE = 20.0
NAME = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
APPLICATION = "org.freedesktop.Application"
DESCRIPTION = f"""<node><interface name="{NAME}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
</interface></node>"""


class Failure(Exception):
    """What was expected did not come."""


class Panel:
    """The panel, and the tray program that is started beside it."""

    def __init__(self, program):
        self.program = program
        self.process = None
        self.item = None
        self.owner = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(DESCRIPTION).interfaces[0]
        self.bus.register_object("/StatusNotifierWatcher", interface, self.called, self.asked, None)

    def called(self, _bus, sender, _path, _interface, method, arguments, invocation):
        """A program registers its icon, by its name on the bus or by a path on its connection."""
        if method == "RegisterStatusNotifierItem":
            given = arguments.unpack()[0]
            self.item = (sender, given) if given.startswith("/") else (given, "/StatusNotifierItem")
        invocation.return_value(None)

    def asked(self, _bus, _sender, _path, _interface, name):
        """A property of the panel."""
        return {
            "RegisteredStatusNotifierItems": GLib.Variant("as", [self.item[0]] if self.item else []),
            "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
            "ProtocolVersion": GLib.Variant("i", 0),
        }[name]

    def call(self, name, path, interface, method, arguments=None):
        """Calls a method of a program and waits for its answer."""
        answer = self.bus.call_sync(
            name, path, interface, method, arguments, None, Gio.DBusCallFlags.NO_AUTO_START, 5000, None
        )
        return answer.unpack()

    def wait(self, what, condition):
        """Waits until a condition gives something."""
        end = time.monotonic() + PATIENCE
        found = None
        while time.monotonic() < end:
            while GLib.MainContext.default().iteration(False):
                pass
            found = condition()
            if found is not None and found is not False:
                return found
            time.sleep(0.01)
        raise Failure(f"waited in vain for {what}; there is {self.shown()}")

    def shown(self):
        """What the icon shows; nothing while there is none."""
        if self.item is None:
            return None
        name, path = self.item
        try:
            properties = self.call(
                name, path, "org.freedesktop.DBus.Properties", "GetAll", GLib.Variant("(s)", (ITEM,))
            )[0]
        except GLib.Error:
            return None
        pictures = properties["IconPixmap"]
        side, _, pixels = pictures[-1]
        yellow = sum(
            1
            for at in range(0, len(pixels), 4)
            if pixels[at] == 255 and pixels[at + 1] > 240 and pixels[at + 2] > 180 and pixels[at + 3] < 100
        )
        red = sum(
            1
            for at in range(0, len(pixels), 4)
            if pixels[at] == 255 and pixels[at + 1] > 180 and pixels[at + 2] < 60 and pixels[at + 3] < 60
        )
        return {
            "title": properties["Title"],
            "tool_tip": properties["ToolTip"][3],
            "sides": [picture[0] for picture in pictures],
            "side": side,
            "yellow": yellow > 100,
            "warning": red > 50,
        }

    def titled(self, title):
        """What is shown, once its title fits the expression."""
        shown = self.shown()
        return shown if shown and re.fullmatch(title, shown["title"]) else None

    def menu(self):
        """Numbers and labels of the menu, which is about to be shown."""
        name, path = self.item[0], "/MenuBar"
        self.call(name, path, MENU, "AboutToShow", GLib.Variant("(i)", (0,)))
        arguments = GLib.Variant("(iias)", (0, -1, []))
        _, (_, _, entries) = self.call(name, path, MENU, "GetLayout", arguments)
        return [(entry[0], entry[1].get("label", "")) for entry in entries]

    def choose(self, label):
        """Chooses an entry of the menu."""
        for number, one in self.menu():
            if one == label:
                event = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0))
                # As panels do, without waiting: a program that quits has no time to answer.
                self.bus.call(
                    self.item[0], "/MenuBar", MENU, "Event", event, None, Gio.DBusCallFlags.NONE, -1, None, None
                )
                return self.bus.flush_sync()
        raise Failure(f"no {label!r} in {self.menu()}")

    def own(self, on):
        """Is the panel of the session from now on, or is none."""
        if on:
            self.owner = Gio.bus_own_name_on_connection(self.bus, NAME, 0, None, None)
            self.wait("the name", lambda: self.owned(NAME))
        else:
            Gio.bus_unown_name(self.owner)
            self.item = None
            self.wait("no name", lambda: not self.owned(NAME))

    def owned(self, name):
        """Whether a program has this name on the bus."""
        return self.call(
            "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (name,))
        )[0]

    def answer(self, command):
        """Carries out one command."""
        do = command["do"]
        if do == "own":
            return self.own(command["on"])
        if do == "start":
            self.process = subprocess.Popen([self.program, *command["options"]])
            return self.process.pid
        if do == "ended":
            return self.wait("its end", lambda: (self.process.poll(),) if self.process.poll() is not None else None)[0]
        if do == "titled":
            return self.wait(f"the title {command['title']!r}", lambda: self.titled(command["title"]))
        if do == "owned":
            self.wait(f"{command['name']} to be there", lambda: self.owned(command["name"]))
            return True
        if do == "click":
            return self.call(*self.item, ITEM, "Activate", GLib.Variant("(ii)", (0, 0)))
        if do == "menu":
            return [label for _, label in self.menu()]
        if do == "menu_with":
            return self.wait(
                f"{command['label']!r} in the menu",
                lambda: command["label"] in [label for _, label in self.menu()],
            )
        if do == "choose":
            return self.choose(command["label"])
        if do == "changed":
            arguments = GLib.Variant("(sava{sv})", ("changed", [], {}))
            return self.call("fi.siru.Tray", "/fi/siru/Tray", APPLICATION, "ActivateAction", arguments)
        if do == "settings":
            folder = os.path.join(os.environ["HOME"], ".config", "siru")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "config.toml"), "w", encoding="utf-8") as file:
                file.write(command["text"])
            return True
        if do == "windows":
            class_ = r"^fi\.siru\.Siru$"
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--class", class_], capture_output=True, check=False
            )
            return found.stdout.decode().split()
        if do == "key":
            subprocess.run(["xdotool", "key", command["key"]], check=True)
            return True
        raise Failure(f"unknown command {do!r}")


def main():
    panel = Panel(sys.argv[1])
    # What is asked over the bus is answered while the next command is waited for.
    commands = Gio.UnixInputStream.new(0, False)
    stream = Gio.DataInputStream.new(commands)
    loop = GLib.MainLoop()

    def carry_out(source, result):
        line, _length = source.read_line_finish_utf8(result)
        if line is None:
            loop.quit()
            return
        try:
            answer = {"ok": panel.answer(json.loads(line))}
        except (Failure, GLib.Error) as failure:
            answer = {"error": str(failure)}
        print(json.dumps(answer), flush=True)
        stream.read_line_async(GLib.PRIORITY_DEFAULT, None, carry_out)

    stream.read_line_async(GLib.PRIORITY_DEFAULT, None, carry_out)
    try:
        loop.run()
    finally:
        if panel.process is not None and panel.process.poll() is None:
            panel.process.terminate()
            panel.process.wait()


if __name__ == "__main__":
    main()
