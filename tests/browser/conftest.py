"""The sample minutes behind a real server, and one browser for all tests of the pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.browser.chromium import launch
from scripts.browser.serving import serving_samples
from tests.browser.chromium import chromium_or_skip
from tests.browser.visits import Visit, visiting
from tests.lexicons import lexicon_folder

Visiting = Callable[..., Visit]


@pytest.fixture(scope="package")
def chromium() -> str:
    """The path of Chromium, without which nothing is started."""
    return chromium_or_skip(os.environ)


# Of the package, not of the session: while Playwright runs, no other test in this thread can run asyncio.
@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser; what a test does in it stays in a context of its own."""
    with sync_playwright() as playwright:
        yield launch(playwright.chromium, chromium)


@pytest.fixture(scope="package")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    assert browser.is_connected()
    with serving_samples(tmp_path_factory.mktemp("site") / "index", lexicon=lexicon_folder()) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visiting]:
    """Begins a visit; its arguments are options of a context. In the end no visit may have had a fault."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(visiting(browser, site, **options))


@pytest.fixture(scope="package")
def addresses(site: str) -> dict[str, str]:
    """An address of every kind of page, by what is to be seen there."""
    answer = httpx.get(f"{site}/api/v1/search?q=medborgardialog&committee=kommunstyrelsen&year=2019")
    found = answer.json()["results"][0]
    municipality, dnr = found["municipality"]["slug"], found["dnr"][0]
    return {
        "front page": "/",
        "results": "/?q=avgift&per_page=5&page=2",
        "filtered results": "/?q=avgift+skola&year=2019..2023&municipality=granvika&per_page=5",
        "no hits": "/?q=ordsomintefinns&year=2019&municipality=granvika",
        "cases": "/?q=avgift&group=case&per_page=5",
        "section": f"/p/{found['id']}?q=medborgardialog",
        "case": f"/c/{municipality}/{quote(dnr, safe='')}",
        "sources": "/sources",
        "docs": "/docs",
        "problems": "/docs/problems",
        "refused": "/?kommune=lund",
        "missing": "/p/ingen",
    }
