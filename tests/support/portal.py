#!/usr/bin/python3
"""A desktop portal that knows how programs are to look, and nothing else (XDG Desktop Portal,
org.freedesktop.portal.Settings).

Reads lines such as "color-scheme 1" or "contrast 1" from standard input, tells the session bus, and
writes "ok" after each, and once when it is there."""

import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
NAMESPACE = "org.freedesktop.appearance"
INTERFACE = f"""
<node><interface name="{SETTINGS}">
  <method name="Read">
    <arg name="namespace" type="s" direction="in"/>
    <arg name="key" type="s" direction="in"/>
    <arg name="value" type="v" direction="out"/>
  </method>
  <signal name="SettingChanged">
    <arg name="namespace" type="s"/><arg name="key" type="s"/><arg name="value" type="v"/>
  </signal>
</interface></node>"""

wishes = {"color-scheme": 0, "contrast": 0}


def wish(key):
    """A wish as a variant."""
    return GLib.Variant("v", GLib.Variant("u", wishes[key]))


def read(_bus, _sender, _path, _interface, _method, arguments, invocation):
    """Answers a program that asks."""
    namespace, key = arguments.unpack()
    if namespace == NAMESPACE and key in wishes:
        # Read wraps the value once more than the signal does.
        invocation.return_value(GLib.Variant.new_tuple(GLib.Variant("v", wish(key))))
    else:
        invocation.return_dbus_error("org.freedesktop.portal.Error.NotFound", "no such setting")


def change(_channel, _condition, bus):
    """Takes one line in and tells all programs."""
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    key, value = line.split()
    wishes[key] = int(value)
    changed = GLib.Variant.new_tuple(
        GLib.Variant("s", NAMESPACE), GLib.Variant("s", key), wish(key))
    bus.emit_signal(None, PATH, SETTINGS, "SettingChanged", changed)
    bus.flush_sync(None)
    print("ok", flush=True)
    return True


def there(bus, _name):
    """The name is ours: programs find the portal from now on."""
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, change, bus)
    print("ok", flush=True)


def begin(bus, _name):
    """The session bus is there."""
    node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
    bus.register_object(PATH, node.interfaces[0], read, None, None)


loop = GLib.MainLoop()
Gio.bus_own_name(
    Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, begin, there, lambda *_: loop.quit())
loop.run()
