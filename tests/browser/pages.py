"""The kinds of pages."""

from __future__ import annotations

import pytest

STATUS_OF_PAGES = {
    **dict.fromkeys(("front page", "results", "filtered results", "no hits", "cases"), 200),
    **dict.fromkeys(("section", "case", "sources", "docs", "problems"), 200),
    "refused": 400,
    "missing": 404,
}
"""What a page is called in the fixture `addresses`, and the status that it comes with."""

each_page = pytest.mark.parametrize(("name", "status"), STATUS_OF_PAGES.items(), ids=list(STATUS_OF_PAGES))
