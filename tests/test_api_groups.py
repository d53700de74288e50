"""`group=document` and `group=case`: one result for every document or case, over a real index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.document import Document
from search_service.schemas.searches import SearchResponse
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import Client, index, serving


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("index")
    index(folder, (_minutes(number) for number in range(24)))
    with serving(Settings(index_dir=folder)) as serving_client:
        yield serving_client


def _minutes(number: int) -> Document:
    """Return minutes of which some §§ share a case, some have one of their own, and some have none."""
    return document(
        f"protokoll-{number:02}.txt",
        *(
            section(
                str(place + 1),
                title="Taxa för bastu" if (number + place) % 3 else "Skolskjuts",
                dnr=(f"KS 2019/{(number * place) % 5 + 1}",) if place % 3 else (),
                text="Avgiften för bastu höjs. " * (1 + (number + place) % 4),
            )
            for place in range(5)
        ),
        municipality=("Granvika", "Björkåsa")[number % 2],
        committee=("Kommunstyrelsen", "Östra nämnden", None)[number % 3],
        date=datetime.date(2016 + number % 4, 1 + number % 12, 5) if number % 7 else None,
    )


KEYS = {"document": "document_id", "case": "case_url"}
QUERIES = (
    "",
    "q=bastu",
    "q=taxa&municipality=granvika",
    "q=taxa+OR+skolskjuts&year=2017..2019&committee=kommunstyrelsen,unknown",
    "q=taxa&in=title&sort=date",
    "committee=unknown&sort=-added",
    "q=bast*&year=unknown",
    "q=ordsomintefinns&strict=true",
)
EACH = [(group, query) for group in KEYS for query in QUERIES]


def results_of(client: Client, query: str, per_page: int = 100) -> list[dict[str, Any]]:
    """Return the results of all pages."""
    address: str | None = f"/api/v1/search?{query}&facets=none&per_page={per_page}"
    results = []
    while address:
        answer = client.get(address).json
        results += answer["results"]
        address = answer["links"]["next"]
    return results


def group_of(result: dict[str, Any], group: str) -> str:
    """Return what a result stands for; a § without a case stands for itself."""
    return str(result[KEYS[group]] or result["id"])


@pytest.mark.parametrize(("group", "query"), EACH)
def test_the_pages_hold_each_group_once_and_the_total_counts_them(
    client: Client, group: str, query: str
) -> None:
    groups = {group_of(result, group) for result in results_of(client, query)}

    shown = [group_of(result, group) for result in results_of(client, f"{query}&group={group}", 7)]

    answer = client.search(f"{query}&group={group}&per_page=7")
    assert sorted(shown) == sorted(groups)
    assert (answer["total"], answer["pages"]) == (len(groups), -(-len(groups) // 7))


@pytest.mark.parametrize(("group", "query"), EACH)
def test_the_first_section_of_each_group_stands_for_it(client: Client, group: str, query: str) -> None:
    first: dict[str, str] = {}
    for result in results_of(client, query):
        first.setdefault(group_of(result, group), result["id"])

    shown = [result["id"] for result in results_of(client, f"{query}&group={group}")]

    assert shown == list(first.values())


@pytest.mark.parametrize(("group", "query"), EACH)
def test_the_count_of_a_value_is_the_number_of_groups_after_selecting_it(
    client: Client, group: str, query: str
) -> None:
    facets = client.search(f"{query}&group={group}&facets=municipality,year,committee,type")["facets"]

    for name, facet in facets.items():
        for value in facet["values"]:
            if not value["selected"]:
                assert client.get(value["url"]).json["total"] == value["count"], (name, value)


@pytest.mark.parametrize(("group", "query"), EACH)
def test_how_many_documents_and_cases_there_are_does_not_depend_on_the_group(
    client: Client, group: str, query: str
) -> None:
    sections, groups = client.search(query), client.search(f"{query}&group={group}")

    for number in ("total_documents", "total_cases"):
        assert groups[number] == sections[number]


@pytest.mark.parametrize("group", KEYS)
def test_an_answer_of_groups_is_what_openapi_says(client: Client, group: str) -> None:
    answer = client.get(f"/api/v1/search?q=bastu&group={group}")

    SearchResponse.model_validate_json(answer.body, strict=True)
    assert answer.json["query"]["group"] == group
    assert answer.json["links"]["self"].endswith(f"?q=bastu&group={group}")


def test_the_page_says_what_is_counted(client: Client) -> None:
    documents = client.search("q=bastu&group=document")["total"]
    cases = client.search("q=bastu&group=case")["total"]

    pages = [client.get(f"/?q=bastu&group={group}").text for group in KEYS]

    assert f"<h1>{documents} handlingar med träff på ”bastu”</h1>" in pages[0]
    assert f"<h1>{cases} ärenden och paragrafer utan diarienummer med träff på ”bastu”</h1>" in pages[1]
