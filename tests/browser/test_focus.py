"""Whatever can be used is reached with Tab, in the order in which it stands, and shows its focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visiting
from tests.browser.keyboard import Keyboard, has_focus
from tests.browser.pages import each_page
from tests.browser.visits import PHONE, WIDE

USABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter(one => one.checkVisibility() && one.type !== "hidden")"""
FOCUS = """all => { const one = document.activeElement, style = getComputedStyle(one);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [all.indexOf(one), outlined || one.outerHTML.slice(0, 100)] }"""


@each_page
def test_tab_reaches_everything_in_its_order_and_shows_where_it_is(
    visit: Visiting, addresses: dict[str, str], name: str, status: int
) -> None:
    visitor = visit()
    page = visitor.go(addresses[name], status=status)
    visitor.unfold()
    usable = page.evaluate_handle(USABLE)
    number = usable.evaluate("all => all.length")

    reached, outlined = [], []
    for _ in range(number):
        page.keyboard.press("Tab")
        place, look = usable.evaluate(FOCUS)
        reached.append(place)
        outlined.append(look)

    assert number > 4
    assert reached == list(range(number))
    assert outlined == [True] * number


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "narrow"])
def test_what_is_folded_is_not_in_the_way_of_tab(visit: Visiting, viewport: dict[str, int]) -> None:
    page = visit(viewport=viewport).go("/?q=avgift")

    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.checkVisibility({contentVisibilityAuto: true})")


@pytest.mark.parametrize("name", ["results", "section", "case", "sources", "docs"])
def test_the_skip_link_is_first_is_seen_with_the_focus_and_leads_past_the_head(
    visit: Visiting, addresses: dict[str, str], name: str
) -> None:
    page = visit().go(addresses[name])
    keyboard = Keyboard(page)
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    assert not _is_on_screen(page)

    keyboard.press("Tab")

    assert has_focus(skip)
    assert _is_on_screen(page)

    keyboard.press("Enter")
    keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mark_of_the_focus_stands_out_from_the_page(visit: Visiting, scheme: str) -> None:
    page = visit(color_scheme=scheme).go("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    outline = page.evaluate("getComputedStyle(document.activeElement).outlineColor")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert contrast(outline, paper) >= 3


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2.1 of two colours like `rgb(1, 2, 3)`."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    linear = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _is_on_screen(page: Page) -> bool:
    box = page.get_by_role("link", name="Hoppa till innehållet").bounding_box()
    return box is not None and box["y"] >= 0
