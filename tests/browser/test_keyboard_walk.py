"""The walk: who never saw the page finds a § decided by a committee in a year, and cites it, by keyboard.

A person presses a key in 0.28 s (the keystroke-level model of Card, Moran and Newell, its average typist) and
thinks 1.35 s before each thing that is done, of which there are about ten here. 60 presses are 17 s and ten
thoughts 14 s, which leaves half a minute to read three pages. So the bound is 60 presses; no clock is asked.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting
from tests.browser.keyboard import Keyboard
from tests.browser.visits import PHONE, WIDE

PRESSES_OF_A_MINUTE = 60
CITATION = "Granvika kommun, Kommunstyrelsen, protokoll 2019-03-06, § 36, dnr KS 2018/0733"


def cite(page: Page, keyboard: Keyboard, *, title: str) -> str:
    """Open the hit of this title and copy its citation; return what arrives where it is pasted."""
    keyboard.tab_to(page.get_by_role("link", name="Hoppa till innehållet"))
    keyboard.press("Enter")
    keyboard.tab_to(page.get_by_role("link", name=title))
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    keyboard.tab_to(page.get_by_role("link", name="Hoppa till innehållet"))
    keyboard.press("Enter")
    keyboard.tab_to(page.get_by_role("button", name="Kopiera hänvisningen"))
    keyboard.press("Enter")
    expect(page.get_by_text("Kopierat")).to_be_visible()
    # The walk is over; what was copied is looked at in the one field that there is.
    page.keyboard.press("/")
    page.keyboard.press("Control+V")
    return page.get_by_label("Sök i kommunala protokoll").input_value()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "at 400 %"])
def test_a_section_of_a_committee_and_a_year_is_found_by_a_word_and_cited(
    visit: Visiting, viewport: dict[str, int]
) -> None:
    page = visit(viewport=viewport).go("/")
    keyboard = Keyboard(page)

    keyboard.tab_to(page.get_by_label("Sök i kommunala protokoll"))
    keyboard.type("medborgardialog")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("på ”medborgardialog”")
    if viewport == PHONE:
        keyboard.tab_to(page.get_by_text("Begränsa sökningen", exact=True))
        keyboard.press("Enter")
    keyboard.tab_to(page.get_by_role("checkbox", name=re.compile(r"^2019 \d+$")))
    keyboard.press("Space")
    keyboard.tab_to(page.get_by_role("checkbox", name=re.compile(r"^Kommunstyrelsen \d+$")))
    keyboard.press("Space")
    keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ta bort filtret År: 2019")).to_be_visible()
    cited = cite(page, keyboard, title="Riktlinjer för medborgardialog")

    assert cited == CITATION
    assert keyboard.presses <= PRESSES_OF_A_MINUTE


def test_a_section_of_a_committee_and_a_year_is_found_by_filters_alone_and_cited(visit: Visiting) -> None:
    page = visit().go("/")
    keyboard = Keyboard(page)

    keyboard.tab_to(page.get_by_role("checkbox", name=re.compile(r"^2019 \d+$")))
    keyboard.press("Space")
    keyboard.tab_to(page.get_by_role("checkbox", name=re.compile(r"^Kommunstyrelsen \d+$")))
    keyboard.press("Space")
    keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ta bort filtret Organ: Kommunstyrelsen")).to_be_visible()
    cited = cite(page, keyboard, title="Riktlinjer för medborgardialog")

    assert cited == CITATION
    assert keyboard.presses <= PRESSES_OF_A_MINUTE
