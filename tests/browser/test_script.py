"""What JavaScript adds to the pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.keyboard import has_focus


def test_a_slash_goes_to_the_search_field_and_is_a_slash_there(visit: Visiting) -> None:
    page = visit().go("/?q=avgift")
    field = page.get_by_label("Sök i kommunala protokoll")

    page.keyboard.press("/")

    assert has_focus(field)

    page.keyboard.type("2019/0835")

    assert field.input_value() == "2019/0835"


def test_empty_fields_stay_out_of_the_address(visit: Visiting) -> None:
    page = visit().go("/")

    page.get_by_label("Sök i kommunala protokoll").fill("taxa")
    page.get_by_label("Från").fill("2019")
    page.get_by_role("button", name="Sök", exact=True).click()

    names = [pair.partition("=")[0] for pair in urlsplit(page.url).query.split("&")]
    assert {"q", "date_from"} <= set(names)
    assert not {"date_to", "dnr"} & set(names)


def test_fields_can_be_filled_again_after_going_back(visit: Visiting) -> None:
    page = visit().go("/")
    page.get_by_label("Sök i kommunala protokoll").fill("taxa")
    page.get_by_role("button", name="Sök", exact=True).click()

    page.go_back()

    expect(page.get_by_label("Diarienummer")).to_be_enabled()


@pytest.mark.parametrize(
    ("name", "button", "where"),
    [
        ("section", "Kopiera hänvisningen", ".citation"),
        ("results", "Kopiera kommandot", ".take pre"),
    ],
)
def test_a_button_copies_what_stands_above_it_and_says_so(
    visit: Visiting, addresses: dict[str, str], name: str, button: str, where: str
) -> None:
    visitor = visit(permissions=["clipboard-read"])
    page = visitor.go(addresses[name])
    visitor.unfold()

    page.get_by_role("button", name=button).click()

    expect(page.get_by_role("status").filter(has_text="Kopierat")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(where).inner_text()


def test_without_script_there_is_no_button_that_does_nothing(
    visit: Visiting, addresses: dict[str, str]
) -> None:
    page = visit(java_script_enabled=False).go(addresses["section"])

    assert page.get_by_role("button").all_inner_texts() == ["Sök"]
    assert page.locator(".citation").is_visible()
