"""A filter for what the collection has nothing of is told from a search in vain."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.web_client import Client, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as opened:
        yield opened


def warnings(client: Client, **params: str) -> list[str]:
    found: list[str] = client.search(urlencode(params))["query"]["warnings"]
    return found


@pytest.mark.parametrize(
    ("q", "warning"),
    [
        ("kommun:bogus", "Ingen kommun heter ”bogus” i samlingen."),
        ("kommun:granviks", "Ingen kommun heter ”granviks” i samlingen. Menade du ”Granvika”?"),
        ("kommun:malmö", "Samlingen har inga handlingar från Malmö."),
        ('kommun:"Malmö stad" taxa', "Samlingen har inga handlingar från Malmö."),
        ("kommun:granvika,lund", "Samlingen har inga handlingar från Lund."),
        ("-kommun:malmö taxa", "Samlingen har inga handlingar från Malmö."),
        ("taxa OR (kommun:malmö avgift)", "Samlingen har inga handlingar från Malmö."),
        ("organ:bogus", "Inget organ heter ”bogus” i samlingen."),
        ("organ:östranämnde", "Inget organ heter ”östranämnde” i samlingen. Menade du ”Östra nämnden”?"),
        ("kommun:Håbo", "Samlingen har inga handlingar från Håbo."),
        ("år:1990", "Samlingen har inga handlingar från 1990."),
        ("år:1990..1995", "Samlingen har inga handlingar från 1990–1995."),
        ("år:1990,2017", "Samlingen har inga handlingar från 1990."),
        ("år:..1995", "Samlingen har inga handlingar från 1995 eller tidigare."),
        ("år:2030..", "Samlingen har inga handlingar från 2030 eller senare."),
    ],
)
def test_what_a_field_names_and_nothing_is_from_is_said(client: Client, q: str, warning: str) -> None:
    assert warnings(client, q=q) == [warning]


@pytest.mark.parametrize(
    ("params", "warning"),
    [
        ({"municipality": "stockholm"}, "Samlingen har inga handlingar från Stockholm."),
        ({"municipality": "granvika,lund"}, "Samlingen har inga handlingar från Lund."),
        (
            {"municipality": "upplands-vasby", "q": "taxa"},
            "Samlingen har inga handlingar från Upplands Väsby.",
        ),
        ({"year": "1990"}, "Samlingen har inga handlingar från 1990."),
        ({"year": "1990,1992,2018"}, "Samlingen har inga handlingar från 1990."),
    ],
)
def test_what_a_filter_names_and_nothing_is_from_is_said(
    client: Client, params: dict[str, str], warning: str
) -> None:
    assert warning in warnings(client, **params)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": "kommun:granvika"},
        {"q": "kommun:Granvika,Björkåsa"},
        {"q": "kommun:okänd organ:okänt år:okänt"},
        {"q": "organ:Barn-och-fritidsnämnden"},
        {"q": 'organ:"Barn- och fritidsnämnden"'},
        {"q": "organ:KS"},
        {"q": "år:2000..2030"},
        {"q": "år:2017.."},
        {"q": "datum:1990"},
        {"municipality": "unknown,granvika", "year": "unknown"},
        {"year": "2000..2030", "committee": "ostra-namnden"},
        {"q": "kommun:granvika år:2017", "date_from": "2018"},
    ],
)
def test_what_there_is_is_not_called_absent(client: Client, params: dict[str, str]) -> None:
    assert warnings(client, **params) == []


@pytest.mark.parametrize("q", ["kommun:malmö", "kommun:bogus", "organ:bogus", "år:1990"])
def test_strict_refuses_no_query_for_what_the_collection_lacks(client: Client, q: str) -> None:
    assert warnings(client, q=q, strict="true") == warnings(client, q=q) != []


def test_every_endpoint_of_a_search_says_it(client: Client) -> None:
    said = "Samlingen har inga handlingar från Malmö."
    query = urlencode({"q": "kommun:malmö"})

    facet = client.get(f"/api/v1/facets/year?{query}").json
    page = client.get(f"/?{query}", headers={"accept": "text/html"}).text

    assert facet["query"]["warnings"] == [said]
    assert said in page
