"""A person who has a keyboard and nothing else."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Keyboard:
    """Presses keys and counts them.

    Attributes:
        presses: how many keys have been pressed, each letter of what was typed among them.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.presses = 0

    def press(self, key: str) -> None:
        """Press a key; `Control+V` is one."""
        self.presses += 1
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        self.presses += len(text)
        self._page.keyboard.type(text)

    def tab_to(self, wanted: Locator, *, within: int = 60) -> None:
        """Press Tab until what is wanted has the focus, and can be seen.

        Args:
            wanted: the one thing that is looked for.
            within: how many presses a person would have the patience for.
        """
        for _ in range(within):
            self.press("Tab")
            if has_focus(wanted):
                assert wanted.is_visible()
                return
        raise AssertionError(f"{wanted} is not reached by {within} presses of Tab")


def has_focus(one: Locator) -> bool:
    """Return whether this is the element that keys go to."""
    return bool(one.evaluate("one => one === document.activeElement"))
