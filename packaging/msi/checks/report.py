"""The count of checks: each one has a name, and says what was there instead when it fails."""

import difflib


class Report:
    """What passed and what failed."""

    def __init__(self):
        """Nothing yet."""
        self.passed = 0
        self.failed = 0

    def check(self, name, fine, detail=""):
        """One check."""
        if fine:
            self.passed += 1
            print(f"ok   {name}", flush=True)
            return
        self.failed += 1
        print(f"FAIL {name}", flush=True)
        for line in str(detail).splitlines():
            print(f"       {line}", flush=True)

    def equal(self, name, found, expected):
        """Whether two collections of lines are the same, whatever their order."""
        found, expected = sorted(found), sorted(expected)
        difference = difflib.unified_diff(expected, found, "expected", "found", lineterm="", n=0)
        self.check(name, found == expected, "\n".join(difference))

    def end(self):
        """The last line, and what the test ends with."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0
