"""A page of results is light, as the browser receives it and before it is compressed."""

from __future__ import annotations

from playwright.sync_api import Response

from tests.browser.conftest import Visiting

MOST_BYTES = 60_000


def test_twenty_hits_with_style_and_script_are_less_than_60_kilobytes(visit: Visiting) -> None:
    visitor = visit()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    visitor.page.on("response", note)

    visitor.go("/?q=avgift").wait_for_load_state("networkidle")

    counted = [answer for answer in answers if not answer.url.partition("?")[0].endswith("icon.svg")]
    kinds = [answer.headers["content-type"].partition(";")[0] for answer in counted]
    assert {"text/html", "text/css", "text/javascript"} <= set(kinds)
    assert visitor.page.locator(".hits > li").count() == 20
    assert sum(len(answer.body()) for answer in counted) < MOST_BYTES


def test_the_second_page_loads_neither_style_nor_script_again(visit: Visiting) -> None:
    visitor = visit()
    visitor.go("/?q=avgift")
    loaded: list[str] = []
    visitor.page.on("request", lambda request: loaded.append(request.resource_type))

    visitor.page.locator("nav.pages a[rel=next]").click()

    fresh = visitor.page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.transferSize > 0).map(one => one.name)"
    )
    assert fresh == []
    assert "document" in loaded
