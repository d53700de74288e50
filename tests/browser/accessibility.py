"""Asks axe-core what is wrong with a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG_21_AA = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
_AXE = Axe()


def assert_accessible(page: Page, rules: dict[str, object]) -> None:
    """Fail with the report of axe-core for a page that breaks one of the rules."""
    found = _AXE.run(page, options={"runOnly": rules, "resultTypes": ["violations"]})

    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert found.response["passes"], "axe-core looked at nothing"
