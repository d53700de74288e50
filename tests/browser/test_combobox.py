"""The search field as a combobox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api

from search_service.app import create_app
from search_service.settings import Settings
from tests.browser.visits import visiting
from tests.web_client import collection, index, listening

Open = Callable[..., sync_api.Page]


@pytest.fixture(scope="module")
def small_site(browser: sync_api.Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with few minutes, of which every suggestion is known."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("index")
    index(folder, collection())
    with listening(create_app(Settings(index_dir=folder))) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def opened(browser: sync_api.Browser, small_site: str) -> Iterator[Open]:
    """Opens an address in a visit of its own, in which one more status than that of a success may come."""
    with ExitStack() as stack:

        def open_page(address: str = "/", *, status: int = 200, **options: object) -> sync_api.Page:
            visit = stack.enter_context(visiting(browser, small_site, **options))
            visit.expect(status)
            return visit.go(address)

        yield open_page


def field_of(page: sync_api.Page) -> sync_api.Locator:
    return page.locator("#q")


def options_of(page: sync_api.Page) -> sync_api.Locator:
    return page.get_by_role("listbox", name="Förslag").get_by_role("option")


def type_in(page: sync_api.Page, text: str) -> sync_api.Locator:
    """Type into the search field and wait for the suggestions for all of it; return the field."""
    field = field_of(page)
    field.press_sequentially(text)
    sync_api.expect(page.get_by_role("listbox", name="Förslag")).to_be_visible()
    sync_api.expect(options_of(page).first.locator("span span")).to_have_text(text, ignore_case=True)
    return field


def active_option(page: sync_api.Page) -> str | None:
    """Return the text of the option that the field points at."""
    pointed = field_of(page).get_attribute("aria-activedescendant")
    selected = page.locator("[role=option][aria-selected=true]")
    assert selected.count() == (pointed is not None)
    return page.locator(f"#{pointed}").inner_text() if pointed else None


def parameters(page: sync_api.Page) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(page.url).query, keep_blank_values=True)


def test_the_field_is_a_combobox_that_is_closed_until_something_is_typed(opened: Open) -> None:
    page = opened("/?q=taxa")

    combobox = page.get_by_role("combobox", name="Sök i kommunala protokoll")

    sync_api.expect(combobox).to_have_attribute("aria-expanded", "false")
    sync_api.expect(combobox).to_have_attribute("aria-controls", "suggestions")
    sync_api.expect(combobox).to_have_value("taxa")
    sync_api.expect(page.locator("#suggestions")).to_be_hidden()
    assert options_of(page).count() == 0


def test_what_is_typed_is_completed_announced_and_told_apart_by_weight(opened: Open) -> None:
    page = opened()

    field = type_in(page, "skolskj")

    word = options_of(page).filter(has_text="ord").first
    typed, rest = word.locator("span span"), word.locator("b")
    assert (typed.inner_text(), rest.inner_text()) == ("skolskj", "uts")
    weights = [part.evaluate("element => getComputedStyle(element).fontWeight") for part in (typed, rest)]
    assert int(weights[0]) < int(weights[1])
    sync_api.expect(field).to_have_attribute("aria-expanded", "true")
    count = options_of(page).count()
    sync_api.expect(page.locator(".field [role=status]")).to_have_text(
        f"{count} förslag, gå till dem med pil ned"
    )


def test_down_and_up_go_round_the_options_and_the_field(opened: Open) -> None:
    page = opened()
    field = type_in(page, "skolskj")
    texts = options_of(page).all_inner_texts()

    walked = []
    for key in ("ArrowDown",) * (len(texts) + 1) + ("ArrowUp",) * (len(texts) + 1):
        field.press(key)
        walked.append(active_option(page))

    assert walked == [*texts, None, *reversed(texts), None]
    sync_api.expect(field).to_have_value("skolskj")
    sync_api.expect(field).to_be_focused()


def test_an_answer_that_comes_late_leaves_the_option_that_is_pointed_at(opened: Open) -> None:
    page = opened()
    field = type_in(page, "skolsk")

    with page.expect_response(lambda response: response.url.endswith("q=skolskj")):
        field.press("j")
        field.press("ArrowDown")
    typed = options_of(page).first.locator("span span")
    sync_api.expect(typed).to_have_text("skolskj", ignore_case=True)

    assert active_option(page) == options_of(page).first.inner_text()


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight"])
def test_keys_of_the_text_leave_the_options_for_the_text(opened: Open, key: str) -> None:
    page = opened()
    field = type_in(page, "skolskj")
    field.press("ArrowDown")

    field.press(key)

    assert active_option(page) is None
    sync_api.expect(options_of(page).first).to_be_visible()
    assert field.evaluate("field => field.selectionStart") == {"Home": 0, "ArrowLeft": 6}.get(key, 7)


def test_escape_closes_the_list_and_keeps_what_was_typed(opened: Open) -> None:
    page = opened()
    field = type_in(page, "skolskj")
    field.press("ArrowDown")

    field.press("Escape")

    sync_api.expect(page.locator("#suggestions")).to_be_hidden()
    sync_api.expect(field).to_have_value("skolskj")
    sync_api.expect(field).to_have_attribute("aria-expanded", "false")
    assert active_option(page) is None

    field.press("ArrowDown")

    sync_api.expect(options_of(page).first).to_be_visible()


def test_tab_goes_on_without_choosing(opened: Open) -> None:
    page = opened()
    field = type_in(page, "skolskj")
    field.press("ArrowDown")

    field.press("Tab")

    sync_api.expect(page.locator("#suggestions")).to_be_hidden()
    sync_api.expect(field).to_have_value("skolskj")
    sync_api.expect(page.get_by_role("button", name="Sök", exact=True)).to_be_focused()


def test_enter_searches_what_was_typed_unless_an_option_was_gone_to(opened: Open) -> None:
    page = opened()

    type_in(page, "skolskj").press("Enter")

    page.wait_for_url("**/?q=skolskj*")
    assert ("q", "skolskj") in parameters(page)


def test_a_word_that_is_chosen_is_searched_beside_the_other_filters(opened: Open) -> None:
    page = opened("/?municipality=granvika&sort=date")
    field = type_in(page, "skolskj")
    places = [text.split()[-1] for text in options_of(page).all_inner_texts()]

    for _ in range(places.index("ord") + 1):
        field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url("**q=skolskjuts*")
    assert {("q", "skolskjuts"), ("municipality", "granvika"), ("sort", "date")} <= set(parameters(page))


@pytest.mark.parametrize("way", ["click", "keys"])
def test_a_committee_that_is_chosen_becomes_a_filter_and_no_word(opened: Open, way: str) -> None:
    page = opened("/?q=&municipality=granvika&year=2016&committee=kommunstyrelsen")
    field = type_in(page, "åtgärdsn")

    if way == "click":
        options_of(page).filter(has_text="filtrera på organ").click()
    else:
        field.press("ArrowUp")
        while "filtrera på organ" not in (active_option(page) or ""):
            field.press("ArrowUp")
        field.press("Enter")

    page.wait_for_url("**committee=atgardsnamnden*")
    assert sorted(pair for pair in parameters(page) if pair != ("in", "all")) == [
        ("committee", "atgardsnamnden"),
        ("municipality", "granvika"),
        ("year", "2016"),
    ]


def test_a_committee_can_be_chosen_on_a_page_that_has_no_filters(opened: Open) -> None:
    page = opened("/docs")

    type_in(page, "östra")
    options_of(page).filter(has_text="filtrera på organ").click()

    page.wait_for_url("**/?committee=ostra-namnden")


def test_a_failure_is_quiet_and_the_search_goes_on(opened: Open) -> None:
    page = opened(status=503)
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=503, body="trasigt"))

    with page.expect_response("**/api/v1/suggest*"):
        field_of(page).press_sequentially("skolskj")

    sync_api.expect(page.locator("#suggestions")).to_be_hidden()

    field_of(page).press("Enter")

    page.wait_for_url("**/?q=skolskj*")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(opened: Open) -> None:
    page = opened()
    held = []
    page.route("**/api/v1/suggest?q=bygg", lambda route: held.append(route))  # noqa: PLW0108 - it sets an attribute on what it is given
    field = field_of(page)
    with page.expect_request("**/api/v1/suggest?q=bygg"):
        field.press_sequentially("bygg")

    field.fill("")
    type_in(page, "östra")
    for route in held:
        route.abort()

    sync_api.expect(options_of(page).first).to_contain_text("Östra")


def test_without_script_the_field_is_a_field(opened: Open) -> None:
    page = opened("/", java_script_enabled=False)

    field = page.get_by_role("searchbox", name="Sök i kommunala protokoll")
    field.fill("skolskjuts")
    field.press("Enter")

    page.wait_for_url("**q=skolskjuts*")
    assert page.locator("#suggestions").count() == 0


def test_an_open_list_has_no_fault_that_axe_knows(opened: Open) -> None:
    page = opened("/", color_scheme="dark")
    type_in(page, "skol").press("ArrowDown")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
