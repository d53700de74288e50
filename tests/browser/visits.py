"""A visit: one context of the browser, in which everything that goes wrong is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

WIDE = {"width": 1100, "height": 800}
PHONE = {"width": 320, "height": 640}
"""1,280 pixels at 400 %, or a small telephone (WCAG 1.4.10)."""


class Visit:
    """A visitor with a browser that has never been here.

    Attributes:
        page: the only tab.
        faults: what the browser has complained about, and requests that should not have been.
    """

    def __init__(self, context: BrowserContext, site: str) -> None:
        self._site = site
        self._awaited: set[int] = set()
        self.faults: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda failure: self.faults.append(f"error in a script: {failure.error}"))
        context.on("request", self._requested)
        context.on("response", self._answered)
        self.page: Page = context.new_page()

    def expect(self, status: int) -> None:
        """Take an answer with `status` for no fault."""
        self._awaited.add(status)

    def go(self, address: str, *, status: int = 200) -> Page:
        """Open an address of the site, which has to be answered with `status`."""
        self.expect(status)
        answer = self.page.goto(self._site + address)
        assert answer is not None
        assert answer.status == status
        return self.page

    def unfold(self) -> None:
        """Open everything that is folded, so that it is looked at too."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    def _heard(self, message: ConsoleMessage) -> None:
        # What is refused by the policy, or is wrong in a style, comes as a warning or an error. A status that
        # is no success comes too, and is looked at where the answer is.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith(f"{self._site}/"):
            self.faults.append(f"request to elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._awaited:
            self.faults.append(f"status {response.status}: {response.url}")


@contextmanager
def visiting(browser: Browser, site: str, **options: Any) -> Iterator[Visit]:
    """Give a visit in a context with these options of Playwright; afterwards there must be no faults."""
    context = browser.new_context(**{"viewport": WIDE, "locale": "sv-SE", **options})
    try:
        visit = Visit(context, site)
        yield visit
        # What the browser has said so far arrives before the answer to this.
        visit.page.evaluate("0")
        assert not visit.faults, "\n".join(visit.faults)
    finally:
        context.close()
