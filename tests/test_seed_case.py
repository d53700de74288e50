"""One case of real minutes, written and asked for in several ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.html_pages import page
from tests.real_minutes import real_minutes
from tests.served_minutes import serving_minutes
from tests.web_client import BASE, Client

SPELLINGS = [
    *("KS 2019/0835", "KS2019/835", "dnr ks 2019-0835", "2019.835 KS", "KS-2019-835"),
    *("ks 2019/0835", "Dnr: KS 2019:0835", "835/2019 KS", "KS–2019–0835", "KS\u00a02019/0835"),
]
SOURCES = ["003_3c43c025079ecea3.txt", "002_9af80637572d3fef.txt"]
"""A report and the § on it, by their dates."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve the five texts of `seeds`, of which nothing is known but what stands in them."""
    with serving_minutes(real_minutes() / "seeds", tmp_path_factory.mktemp("index")) as client:
        yield client


@pytest.fixture(scope="module")
def both(seeds: Client) -> list[str]:
    """Return the ids of the §§ of the case, found without its dnr, by date."""
    results = seeds.search("municipality=lund&sort=date&per_page=100")["results"]
    return [one["id"] for one in results if one["title"] == "Kommunalt partnerskap"]


def ids(results: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in results]


@pytest.mark.parametrize("safe", ["/", ""], ids=["slash", "escaped"])
@pytest.mark.parametrize("written", SPELLINGS)
def test_a_case_in_every_spelling_shows_both_of_its_documents(
    seeds: Client, both: list[str], written: str, safe: str
) -> None:
    case = seeds.get(f"/api/v1/cases/lund/{quote(written, safe=safe)}").json
    shown = page(seeds, f"/c/lund/{quote(written, safe=safe)}")

    assert [one["source"] for one in case["sections"]] == SOURCES
    assert ids(case["sections"]) == both
    assert (case["dnr"], case["municipality"]["slug"]) == ("KS 2019/0835", "lund")
    hits = [link["href"] for link in shown.all("a") if (link["href"] or "").startswith("/p/")]
    assert hits == [f"/p/{one}" for one in both]
    (canonical,) = (link["href"] for link in shown.all("link") if link["rel"] == "canonical")
    assert canonical == f"{BASE}/c/lund/KS-2019-835"


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_search_for_every_spelling_finds_both_documents(
    seeds: Client, both: list[str], written: str
) -> None:
    by_words = seeds.search(f"q={quote(written)}")
    by_filter = seeds.search(f"dnr={quote(written)}")
    by_field = seeds.search(f"q=dnr:%22{quote(written)}%22")

    for answer in (by_words, by_filter, by_field):
        assert sorted(ids(answer["results"])) == sorted(both)
        assert (answer["total"], answer["total_documents"], answer["total_cases"]) == (2, 2, 1)
        assert answer["query"]["warnings"] == []


@pytest.mark.parametrize("path", ["/api/v1/cases", "/c"])
@pytest.mark.parametrize("case", ["lund/KS 2019/0836", "alingsas/KS 2019/0835", "lund/KUN 2019/0835"])
def test_another_number_place_or_registry_is_another_case(seeds: Client, path: str, case: str) -> None:
    assert seeds.get(f"{path}/{quote(case)}").status == 404
