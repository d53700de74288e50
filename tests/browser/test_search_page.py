"""Searching, filtering, turning pages and opening a §: the same with and without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visiting


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, visit: Visiting) -> Page:
    """The front page."""
    return visit(java_script_enabled=request.param).go("/")


def search(page: Page, words: str) -> None:
    page.get_by_label("Sök i kommunala protokoll").fill(words)
    page.get_by_role("button", name="Sök", exact=True).click()


def hits(page: Page) -> list[str]:
    """Return the addresses of the hits of a page."""
    return [str(link.get_attribute("href")) for link in page.locator(".hits h2 a").all()]


def total(page: Page) -> int:
    """Return the number of hits that the heading tells."""
    heading = re.match(r"(\d+) träff", page.get_by_role("heading", level=1).inner_text())
    assert heading
    return int(heading[1])


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_search_tells_its_number_of_hits_in_heading_title_and_status(page: Page) -> None:
    search(page, "avgift")

    heading = page.get_by_role("heading", level=1).inner_text()
    assert total(page) > 20
    assert heading == f"{total(page)} träffar på ”avgift”"
    assert page.title().startswith(heading)
    expect(page.get_by_role("main").get_by_role("status").first).to_contain_text(
        f"Visar 1–20 av {total(page)}"
    )
    expect(page.get_by_label("Sök i kommunala protokoll")).to_have_value("avgift")
    assert len(hits(page)) == 20


def test_filters_leave_what_they_promise_and_can_be_taken_away_again(page: Page) -> None:
    search(page, "avgift")
    before = total(page)
    label = page.locator("label", has=page.get_by_role("checkbox", name="Granvika"))
    promised = int(label.locator("span").inner_text())

    page.get_by_role("checkbox", name="Granvika").check()
    page.get_by_role("button", name="Visa träffar").click()

    assert total(page) == promised < before
    assert query(page)["municipality"] == ["granvika"]
    assert query(page)["q"] == ["avgift"]
    expect(page.get_by_role("checkbox", name="Granvika")).to_be_checked()

    page.get_by_role("link", name="Ta bort filtret Kommun: Granvika").click()

    assert total(page) == before
    expect(page.get_by_role("checkbox", name="Granvika")).not_to_be_checked()


def test_filters_of_several_kinds_hold_together_and_stay_with_the_next_search(page: Page) -> None:
    page.get_by_role("checkbox", name="Granvika").check()
    page.get_by_role("checkbox", name="2019").check()
    page.get_by_role("checkbox", name="Kommunstyrelsen", exact=False).first.check()
    page.get_by_label("Ordning").select_option("date")
    search(page, "motion")

    assert {name: query(page)[name] for name in ("municipality", "year", "committee", "sort")} == {
        "municipality": ["granvika"],
        "year": ["2019"],
        "committee": ["kommunstyrelsen"],
        "sort": ["date"],
    }
    assert 0 < total(page) < 10
    for facts in page.locator(".hits .facts").all():
        place, committee, date = facts.locator("span").all_inner_texts()[:3]
        assert (place, committee, date[-4:]) == ("Granvika", "Kommunstyrelsen", "2019")


def test_all_pages_together_are_all_hits_once(page: Page) -> None:
    search(page, "avgift")
    expected = total(page)

    seen = hits(page)
    while (following := page.locator("nav.pages a[rel=next]")).count():
        following.click()
        seen += hits(page)

    assert len(seen) == len(set(seen)) == expected
    assert page.locator(".hits").get_attribute("start") == str(len(seen) - len(hits(page)) + 1)
    assert page.get_by_role("navigation", name="Sidor").locator("[aria-current=page]").count() == 1


def test_a_hit_opens_as_a_page_of_its_own_and_the_way_back_keeps_the_search(page: Page) -> None:
    search(page, "medborgardialog")
    address, title = page.url, page.locator(".hits h2 a").first.inner_text()

    page.get_by_role("link", name=title).first.click()

    assert title in page.get_by_role("heading", level=1).inner_text()
    assert page.locator("mark").first.inner_text().casefold() == "medborgardialog"
    expect(page.get_by_label("Sök i kommunala protokoll")).to_have_value("medborgardialog")

    page.go_back()

    assert page.url == address
    expect(page.get_by_label("Sök i kommunala protokoll")).to_have_value("medborgardialog")


def test_a_case_is_followed_from_a_hit_through_its_dates(page: Page) -> None:
    search(page, "SLK 2023/829 riktlinjer")

    page.locator(".hits .facts a").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Exempelsta")
    dates = [str(one.get_attribute("datetime")) for one in page.locator(".timeline time").all()]
    assert len(dates) == 5
    assert dates == sorted(dates)

    page.locator(".timeline h2 a").last.click()

    expect(page.get_by_role("heading", name="Samma ärende")).to_be_visible()


def test_a_search_without_hits_says_so_and_leads_on(page: Page) -> None:
    search(page, "avgift år:1999")

    expect(page.get_by_role("main").get_by_role("status").first).to_have_text("Inga träffar.")
    assert page.title().startswith(page.get_by_role("heading", level=1).inner_text())
    assert hits(page) == []

    page.get_by_role("link", name="Bläddra bland alla paragrafer").click()

    assert len(hits(page)) == 20


def test_hits_per_year_unfold_and_lead_to_the_hits_of_a_year(page: Page) -> None:
    search(page, "avgift")

    page.get_by_text("Träffar per år").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2019"))
    count = int(row.get_by_role("cell").all_inner_texts()[-2])
    row.get_by_role("link", name="2019").click()

    assert total(page) == count


def test_a_wrong_address_is_explained_on_a_page_with_the_way_to_the_search(
    visit: Visiting, page: Page
) -> None:
    visitor = visit()
    refused = visitor.go("/?kommune=lund", status=400)

    assert "municipality" in refused.get_by_role("main").inner_text()

    refused.get_by_role("link", name="Till sökningen").click()

    assert refused.url == page.url
