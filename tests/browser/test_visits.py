"""A visit notices what a person would only see in the browser's console."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import visiting

SCRIPTS = {
    "console: nej": "console.error('nej')",
    "error in a script: nej": "setTimeout(() => { throw new Error('nej') })",
    "Content Security Policy": "document.head.append(document.createElement('style'))"
    "; document.querySelector('style').textContent = 'p {}'",
    "request to elsewhere: http://127.0.0.2": "new Image().src = 'http://127.0.0.2/a.png'",
    "status 404": "new Image().src = '/ingen.png'",
}


@pytest.mark.parametrize(("fault", "script"), SCRIPTS.items(), ids=list(SCRIPTS))
def test_what_goes_wrong_on_a_page_fails_its_test(
    browser: Browser, site: str, fault: str, script: str
) -> None:
    with pytest.raises(AssertionError, match=fault), visiting(browser, site) as visit:
        visit.go("/docs/problems").evaluate(f"() => {{ {script} }}")
        while not visit.faults:
            visit.page.wait_for_timeout(50)
