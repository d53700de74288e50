"""On paper there is what was found or decided, where it stands, and nothing that can only be clicked."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visiting
from tests.browser.pages import each_page

OF_THE_SCREEN = 'nav, form, button, input, select, .skip, [role="search"]'


@each_page
def test_what_can_only_be_used_on_a_screen_is_not_printed(
    visit: Visiting, addresses: dict[str, str], name: str, status: int
) -> None:
    visitor = visit()
    page = visitor.go(addresses[name], status=status)

    page.emulate_media(media="print")

    shown = [one for one in page.locator(OF_THE_SCREEN).all() if one.is_visible()]
    assert [one.evaluate("one => one.outerHTML.slice(0, 80)") for one in shown] == []
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_printed_section_says_how_it_is_cited_and_where_it_is(
    visit: Visiting, addresses: dict[str, str]
) -> None:
    page = visit(color_scheme="dark").go(addresses["section"])

    page.emulate_media(media="print")

    assert page.locator(".citation").is_visible()
    assert "/p/" in page.locator(".take .link").inner_text()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("name", ["results", "cases"])
def test_printed_results_are_all_hits_with_their_facts(
    visit: Visiting, addresses: dict[str, str], name: str
) -> None:
    page = visit().go(addresses[name])

    page.emulate_media(media="print")

    assert page.locator(".hits > li").count() == 5
    assert all(one.is_visible() for one in page.locator(".hits h2, .hits .facts, .hits .snippet").all())


def test_the_printed_sources_are_unfolded(visit: Visiting) -> None:
    page = visit().go("/sources")
    figures = page.locator(".sources details table").first
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")

    assert not figures.is_visible()

    page.emulate_media(media="print")

    assert figures.is_visible()
