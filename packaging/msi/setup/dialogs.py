"""The dialogs: the licence, what to do with an installed Siru, the progress, the end, and programs in use.

wixl cannot say them; these are rows of the tables that Windows Installer draws dialogs from. Sizes are in
its units, twelfths of the height of the system font.
"""

from database import Table

VISIBLE, ENABLED, SUNKEN = 1, 2, 4
MODAL, MODELESS_STAYS, ERROR = 2, 16, 65536
NO_PREFIX, PROGRESS_SMOOTH = 131072, 65536
WIDTH, HEIGHT, MARGIN = 370, 270, 15
BUTTON_WIDTH, BUTTON_HEIGHT = 72, 17
NORMAL, HEADING = "Tahoma8", "Tahoma12"
# What the tables call a control that can have the keyboard.
REACHABLE = {"PushButton", "CheckBox", "ScrollableText", "ListBox"}


class Dialogs:
    """The tables of dialogs, as far as they are filled."""

    def __init__(self):
        """Empty tables with the columns that Windows Installer documents."""
        self.dialog = Table(
            "Dialog",
            [("Dialog", "s72"), ("HCentering", "i2"), ("VCentering", "i2"), ("Width", "i2"), ("Height", "i2"),
             ("Attributes", "I4"), ("Title", "L128"), ("Control_First", "s50"), ("Control_Default", "S50"),
             ("Control_Cancel", "S50")],
            ["Dialog"],
        )
        self.control = Table(
            "Control",
            [("Dialog_", "s72"), ("Control", "s50"), ("Type", "s20"), ("X", "i2"), ("Y", "i2"), ("Width", "i2"),
             ("Height", "i2"), ("Attributes", "I4"), ("Property", "S50"), ("Text", "L0"), ("Control_Next", "S50"),
             ("Help", "L50")],
            ["Dialog_", "Control"],
        )
        self.event = Table(
            "ControlEvent",
            [("Dialog_", "s72"), ("Control_", "s50"), ("Event", "s50"), ("Argument", "s255"), ("Condition", "S255"),
             ("Ordering", "I2")],
            ["Dialog_", "Control_", "Event", "Argument", "Condition"],
        )
        self.condition = Table(
            "ControlCondition",
            [("Dialog_", "s72"), ("Control_", "s50"), ("Action", "s50"), ("Condition", "s255")],
            ["Dialog_", "Control_", "Action", "Condition"],
        )
        self.mapping = Table(
            "EventMapping",
            [("Dialog_", "s72"), ("Control_", "s50"), ("Event", "s50"), ("Attribute", "s50")],
            ["Dialog_", "Control_", "Event"],
        )
        self.check_box = Table("CheckBox", [("Property", "s72"), ("Value", "S64")], ["Property"])
        self.list_box = Table(
            "ListBox", [("Property", "s72"), ("Order", "i2"), ("Value", "s64"), ("Text", "L64")], ["Property", "Order"]
        )
        self.style = Table(
            "TextStyle",
            [("TextStyle", "s72"), ("FaceName", "s32"), ("Size", "i2"), ("Color", "I4"), ("StyleBits", "I2")],
            ["TextStyle"],
        )
        self.style.add(NORMAL, "Tahoma", 8)
        self.style.add(HEADING, "Tahoma", 12, "", 1)

    def tables(self):
        """All of them, to be written."""
        return [self.dialog, self.control, self.event, self.condition, self.mapping, self.check_box,
                self.list_box, self.style]

    def open(self, name, attributes, height=HEIGHT):
        """Begins a dialog; its controls follow."""
        self.dialog.add(name, 50, 50, WIDTH, height, VISIBLE | attributes, "[SayTitle]")
        return Dialog(self, name, height)


class Dialog:
    """One dialog, while its controls are added from top to bottom."""

    def __init__(self, dialogs, name, height):
        """The dialog `name`, without controls."""
        self.dialogs = dialogs
        self.name = name
        self.height = height
        self.buttons = 0

    def add(self, control, kind, place, attributes, text="", property_=""):
        """Adds a control; `place` is left, top, width and height."""
        self.dialogs.control.add(self.name, control, kind, *place, VISIBLE | attributes, property_, text)

    def heading(self, sentence):
        """The line at the top."""
        self.add("Heading", "Text", (MARGIN, 10, 340, 20), ENABLED | NO_PREFIX, f"{{\\{HEADING}}}[{sentence}]")

    def text(self, sentence, top=40, height=60):
        """A paragraph."""
        self.add("Text", "Text", (MARGIN, top, 340, height), ENABLED | NO_PREFIX, f"[{sentence}]")

    def button(self, control, sentence, *events, condition="1"):
        """A button at the bottom, right of the ones before it, and what it does."""
        left = WIDTH - MARGIN - 3 * (BUTTON_WIDTH + 8) + self.buttons * (BUTTON_WIDTH + 8) + 8
        self.buttons += 1
        place = (left, self.height - 27, BUTTON_WIDTH, BUTTON_HEIGHT)
        self.add(control, "PushButton", place, ENABLED, f"[{sentence}]")
        for order, (event, argument) in enumerate(events, 1):
            self.dialogs.event.add(self.name, control, event, argument, condition, order)

    def close(self, first, default="", cancel=""):
        """Ends the dialog: the control that has the keyboard, and those of the Enter and Escape keys."""
        row = self.dialogs.dialog.row(Dialog=self.name)
        row.update(Control_First=first, Control_Default=default, Control_Cancel=cancel)
        own = [row for row in self.dialogs.control.rows if row["Dialog_"] == self.name]
        circle = [row for row in own if row["Type"] in REACHABLE]
        for row, following in zip(circle, circle[1:] + circle[:1]):
            row["Control_Next"] = following["Control"]
