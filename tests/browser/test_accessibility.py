"""axe-core finds nothing against WCAG 2.1 AA on any page, with everything on it unfolded."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import CONTRAST, WCAG_21_AA, assert_accessible
from tests.browser.conftest import Visiting
from tests.browser.pages import each_page
from tests.browser.visits import PHONE


@each_page
def test_a_page_is_accessible_light_and_dark_wide_and_narrow(
    visit: Visiting, addresses: dict[str, str], name: str, status: int
) -> None:
    visitor = visit()
    page = visitor.go(addresses[name], status=status)
    visitor.unfold()

    assert_accessible(page, WCAG_21_AA)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, CONTRAST)
    page.set_viewport_size(PHONE)
    assert_accessible(page, WCAG_21_AA)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["filtered results", "section", "case"])
def test_a_page_can_be_read_in_forced_colours(
    visit: Visiting, addresses: dict[str, str], name: str, scheme: str
) -> None:
    visitor = visit(forced_colors="active", color_scheme=scheme)
    page = visitor.go(addresses[name])
    visitor.unfold()
    # axe-core reads -webkit-text-fill-color, of which Chromium computes what it would be if no colours were
    # forced; what is painted is `color`.
    page.evaluate(
        """for (const one of document.body.querySelectorAll("*"))
             one.style.webkitTextFillColor = getComputedStyle(one).color;"""
    )

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert_accessible(page, CONTRAST)


def test_the_colours_of_dark_are_dark(visit: Visiting) -> None:
    page = visit(color_scheme="dark").go("/")

    background, text = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )

    assert max(_channels(background)) < 60
    assert min(_channels(text)) > 200


def test_in_forced_colours_kinds_of_decisions_and_the_current_page_are_told_apart_without_colour(
    visit: Visiting,
) -> None:
    page = visit(forced_colors="active").go("/?q=avgift")

    borders = page.evaluate(
        """Object.fromEntries([...document.querySelectorAll(".badge")].map(
             badge => [badge.textContent, getComputedStyle(badge).borderTopStyle]))"""
    )
    current, other = (
        page.locator(f".pages a{which}").first.evaluate("one => getComputedStyle(one).fontWeight")
        for which in ("[aria-current]", ":not([aria-current])")
    )

    assert len(set(borders.values())) == len(borders) >= 2
    assert int(current) > int(other)


def _channels(colour: str) -> list[int]:
    return [int(number) for number in colour.removeprefix("rgb(").removesuffix(")").split(",")]
