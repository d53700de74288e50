"""Facets over a real index: what they count is what a click will show."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from search_service.schemas.searches import FacetResponse
from tests.search_queries import QUERIES
from tests.web_client import Client, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving:
        yield serving


@pytest.mark.parametrize("query", QUERIES)
def test_the_count_of_an_unselected_value_is_the_total_after_selecting_it(client: Client, query: str) -> None:
    facets = client.search(f"{query}&facets=municipality,year,committee,type&facet_size=500")["facets"]

    for name, facet in facets.items():
        for value in facet["values"]:
            if not value["selected"]:
                assert client.get(value["url"]).json["total"] == value["count"], (name, value)


@pytest.mark.parametrize("query", QUERIES)
def test_the_counts_and_unknown_of_an_unselected_facet_add_up_to_the_total(
    client: Client, query: str
) -> None:
    answer = client.search(f"{query}&facets=municipality,year,committee,type")

    for facet in answer["facets"].values():
        if not any(value["selected"] for value in facet["values"]):
            assert sum(value["count"] for value in facet["values"]) + facet["unknown"] == answer["total"]


@pytest.mark.parametrize("name", ["municipality", "committee", "year"])
def test_unknown_selects_what_could_not_be_read(client: Client, name: str) -> None:
    unknown = client.search()["facets"][name]["unknown"]

    answer = client.search(f"{name}=unknown")

    field = "date" if name == "year" else name
    assert answer["total"] == unknown > 0
    assert all(result[field] is None for result in answer["results"])
    assert {"value": "unknown", "count": unknown, "selected": True}.items() <= (
        answer["facets"][name]["values"][-1].items()
    )


def test_a_selected_value_is_listed_even_at_zero(client: Client) -> None:
    facets = client.search("q=taxa&year=1999&municipality=kiruna&facet_size=1")["facets"]

    assert {"value": 1999, "label": "1999", "count": 0, "selected": True}.items() <= (
        facets["year"]["values"][-1].items()
    )
    assert any(
        value["value"] == "kiruna" and value["count"] == 0 for value in facets["municipality"]["values"]
    )


def test_facet_values_are_ordered_by_count_then_in_swedish_and_years_newest_first(client: Client) -> None:
    facets = client.search()["facets"]

    assert [value["label"] for value in facets["municipality"]["values"]] == [
        "Björkåsa",
        "Granvika",
        "Älvrike",
    ]
    assert [value["label"] for value in facets["committee"]["values"]] == [
        *("Barn- och fritidsnämnden", "Kommunstyrelsen", "Åtgärdsnämnden", "Östra nämnden"),
    ]
    assert [value["value"] for value in facets["year"]["values"]] == [2021, 2020, 2019, 2018, 2017, 2016]


def test_a_facet_cut_short_says_so(client: Client) -> None:
    facet = client.search("facet_size=2")["facets"]["year"]

    assert len(facet["values"]) == 2
    assert facet["distinct"] == 6
    assert facet["truncated"] is True


def test_dropping_a_selected_value_leaves_the_others(client: Client) -> None:
    values = client.search("year=2017,2018")["facets"]["year"]["values"]

    url = next(value["url"] for value in values if value["value"] == 2017)

    assert client.get(url).json["query"]["filters"] == {"year": [2018]}


def test_all_values_of_a_facet_can_be_had_and_narrowed(client: Client) -> None:
    answer = client.get("/api/v1/facets/committee?q=taxa&size=2")

    FacetResponse.model_validate_json(answer.body, strict=True)
    assert len(answer.json["values"]) == 2
    assert answer.json["distinct"] == 4
    assert answer.json["truncated"] is True
    for prefix in ("öst", "Ö", "ostra-n"):
        narrowed = client.get(f"/api/v1/facets/committee?prefix={quote(prefix)}").json
        assert [value["label"] for value in narrowed["values"]] == ["Östra nämnden"]


def test_a_chosen_value_is_listed_whatever_the_prefix(client: Client) -> None:
    answer = client.get("/api/v1/facets/committee?prefix=kommun&committee=ostra-namnden").json

    listed = {value["value"]: value["selected"] for value in answer["values"]}
    assert listed == {"kommunstyrelsen": False, "ostra-namnden": True}


def test_the_values_of_a_facet_are_those_of_the_search(client: Client) -> None:
    query = "q=taxa&municipality=granvika&year=2018"

    for name in ("municipality", "year", "committee", "type"):
        alone = client.get(f"/api/v1/facets/{name}?{query}&size=500").json
        beside = client.search(f"{query}&facets={name}&facet_size=500")["facets"][name]
        assert [(value["value"], value["count"], value["url"]) for value in alone["values"]] == [
            (value["value"], value["count"], value["url"].replace(f"&facets={name}&facet_size=500", ""))
            for value in beside["values"]
        ]


def test_a_facet_that_does_not_exist_is_not_found_and_the_others_are_named(client: Client) -> None:
    answer = client.get("/api/v1/facets/party")

    assert answer.status == 404
    assert answer.json["errors"][0]["allowed"] == ["municipality", "year", "committee", "type"]
