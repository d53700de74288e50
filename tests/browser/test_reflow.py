"""Nothing is lost or has to be scrolled sideways at 320 pixels, which is 400 % on an ordinary screen."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visiting
from tests.browser.pages import each_page
from tests.browser.visits import PHONE, WIDE

BEYOND_THE_EDGE = """() => [...document.body.querySelectorAll("a, button, input, select, h1, h2, p, li")]
  .filter(one => one.checkVisibility() && !one.closest(".wide, .hidden, .skip"))
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 80))"""


@each_page
def test_nothing_is_scrolled_sideways_at_320_pixels(
    visit: Visiting, addresses: dict[str, str], name: str, status: int
) -> None:
    visitor = visit(viewport=PHONE)
    page = visitor.go(addresses[name], status=status)
    visitor.unfold()

    assert_fits(page)

    # WCAG 1.4.12, the spacing that a reader may choose.
    page.evaluate(
        """() => {
          const chosen = new CSSStyleSheet();
          chosen.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
          document.adoptedStyleSheets.push(chosen);
        }"""
    )

    assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
    assert_fits(page)


def assert_fits(page: Page) -> None:
    """Fail when the page is wider than the window, or something on it is cut off at the edge."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate(BEYOND_THE_EDGE) == []


def test_the_filters_are_folded_only_where_they_would_push_the_hits_away(visit: Visiting) -> None:
    page = visit(viewport=PHONE).go("/?q=avgift")
    heading = page.get_by_text("Begränsa sökningen", exact=True)
    filters = page.get_by_role("checkbox", name="Granvika")

    assert heading.is_visible()
    assert not filters.is_visible()

    page.set_viewport_size(WIDE)

    assert not heading.is_visible()
    assert filters.is_visible()


def test_folded_filters_open_and_work_at_320_pixels(visit: Visiting) -> None:
    page = visit(viewport=PHONE).go("/?q=avgift")

    page.get_by_text("Begränsa sökningen").click()
    page.get_by_role("checkbox", name="Granvika").check()
    page.get_by_role("button", name="Visa träffar").click()

    assert page.get_by_text("Begränsa sökningen (1)").is_visible()
    assert page.get_by_role("link", name="Ta bort filtret Kommun: Granvika").is_visible()
