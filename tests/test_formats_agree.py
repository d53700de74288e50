"""JSON, CSV, JSON Lines, Atom, the export and the page have the same hits, over samples and real minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from index.request import Group, Sort
from search_service.parameters import MATCHING
from tests import feeds
from tests.html_pages import Page
from tests.real_minutes import real_minutes
from tests.served_minutes import serving_minutes
from tests.web_client import BASE, Answer, Client

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
A_PAGE = "per_page=100&snippets=0&facets=none"
NOTHING = (
    "q=ordsomintefinnsalls",
    'q="kommunstyrelsen ordsomintefinnsalls"',
    "q=titel:ordsomintefinnsalls&group=document",
    "year=1901&group=case",
    "dnr=KS 1955/0001",
    "q=taxa&date_to=1950",
    "q=taxa&municipality=lund&committee=socialnamnden&year=2011",
)
"""What is found nowhere, yet is no error."""
SOMETHING = (
    "",
    "group=document",
    "group=case",
    "sort=date",
    "sort=-added",
    "sort=relevance",
    "q=bygglov",
    "q=bygglov&group=document",
    "q=bygglov&group=case&sort=date",
    "q=skolskjuts",
    "q=skolskjuts&group=case",
    "q=skola&sort=-date",
    "q=skola&sort=date&group=document",
    "q=skola&sort=-added&group=case",
    "q=taxa avgift",
    "q=taxa OR avgift&group=document",
    "q=taxa ELLER avgift&sort=relevance",
    "q=taxa -avgift",
    "q=taxa NOT avgift&group=case",
    "q=(taxa OR avgift) INTE beslut",
    'q="att godkänna"',
    'q="kommunstyrelsen beslutar"&group=document',
    'q="i enlighet med"&year=2024',
    'q="taxa avgift"~5',
    'q="budget kommunfullmäktige"~8&sort=date',
    "q=skol*",
    "q=kommun* miljö*&group=case",
    "q=titel:taxa",
    "q=beslut:avslår",
    "q=budget&in=title",
    "q=godkänna&in=decision&group=document",
    "q=kommun:goteborg detaljplan",
    "q=organ:kommunfullmäktige år:2023",
    "q=typ:protokoll paragraf:12",
    "q=datum:2024-01..2024-03 budget",
    "q=parti:S yrkande",
    "q=KS 2019/0835",
    "q=§ 125",
    "q=2019-11-25",
    "q=Vad kostar skolskjuts?",
    "q=bygglåv",
    "q=taxa avgift renhållning bastu ordsomintefinnsalls",
    "q=14:30",
    "q=a:b taxa",
    'q=taxa "',
    "q=taxa ) (",
    "q=taxa%00☃",
    "municipality=lund",
    "municipality=lund,alingsas&group=document",
    "municipality=goteborg&municipality=unknown&q=budget",
    "committee=kommunstyrelsen&q=budget",
    "committee=unknown",
    "year=2019",
    "year=2011..2019&group=case",
    "year=unknown",
    "year=2023,2025&q=motion&sort=date",
    "type=report,attachment",
    "type=attachment&q=avtal&sort=relevance",
    "date_from=2023-06&date_to=2023&q=granskning",
    "date_to=2018&sort=date",
    "dnr=ks2019-835",
    "municipality=lund&dnr=KS 2019/0835&q=partnerskap",
    "q=taxa&strict=true",
)
"""What is found somewhere in the real minutes."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_minutes(SAMPLES, tmp_path_factory.mktemp("samples")) as client:
        yield client


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_minutes(real_minutes(), tmp_path_factory.mktemp("real")) as client:
        yield client


def pages(client: Client, address: str) -> Iterator[Answer]:
    """Yield a page of hits and all behind it, each as the one before leads to it."""
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status == 200, answer.text
        yield answer
        following = next_page(answer)


def next_page(answer: Answer) -> str | None:
    if "link" in answer.headers:
        linked = re.search('<([^>]+)>; rel="next"', answer.headers["link"])
        return linked[1] if linked else None
    return next((link["href"] for link in Page(answer.text).all("link") if link["rel"] == "next"), None)


def ids_on_page(answer: Answer) -> list[str]:
    """Return the ids of the §§ that a page of hits leads to."""
    addresses = [link["href"] or "" for link in Page(answer.text).all("a")]
    return [unquote(one.removeprefix("/p/").partition("?")[0]) for one in addresses if one.startswith("/p/")]


def totals_on_page(answer: Answer) -> list[int]:
    """Return how many hits its title and its heading say there are."""
    said = re.findall("<(?:title|h1)>([0-9\u00a0]+) ", answer.text)
    return [int(total.replace("\u00a0", "")) for total in said]


def all_hits(client: Client, asked: str) -> list[dict[str, Any]]:
    """Return the hits of a search that succeeds, and fail unless every format has the same ones.

    Args:
        client: of the service.
        asked: the query string.
    """
    page = f"{asked}&{A_PAGE}"
    in_json = [answer.json for answer in pages(client, f"/api/v1/search?{page}")]
    hits: list[dict[str, Any]] = [hit for answer in in_json for hit in answer["results"]]
    ids = [hit["id"] for hit in hits]
    rows = [row for answer in pages(client, f"/api/v1/search.csv?{page}") for row in answer.rows()]
    lines = [line for answer in pages(client, f"/api/v1/search.jsonl?{page}") for line in answer.lines]
    shown = list(pages(client, f"/?{page}"))

    assert {answer["total"] for answer in in_json} == {len(set(ids))} == {len(ids)}
    assert [line["id"] for line in lines] == [row["id"] for row in rows] == ids
    assert [one for answer in shown for one in ids_on_page(answer)] == ids
    assert [totals_on_page(answer) for answer in shown] == [[len(ids)] * 2] * len(shown)
    left_out = {"snippets"} if dict(parse_qsl(asked)).get("q", "").strip() else {"snippets", "score"}
    exported = [{name: value for name, value in hit.items() if name not in left_out} for hit in hits]
    assert client.get(f"/api/v1/export?{asked}").lines == exported
    assert client.get(f"/api/v1/export?{asked}&format=csv").rows() == [{**row, "snippet": ""} for row in rows]
    assert_the_feed_agrees(client, asked, ids)
    return hits


def assert_the_feed_agrees(client: Client, asked: str, ids: list[str]) -> None:
    """Fail unless the Atom feed has the hits of a search, in the order of a feed where they have another."""
    given = parse_qsl(asked, keep_blank_values=True)
    unordered = urlencode([(name, value) for name, value in given if name != "sort"])
    added = pages(client, f"/api/v1/search?{unordered}&sort=-added&{A_PAGE}")
    expected = [hit["permalink"] for answer in added for hit in answer.json["results"]]

    feed = [
        address
        for answer in pages(client, f"/api/v1/search.atom?{unordered}&{A_PAGE}")
        for address in feeds.permalinks(feeds.read(answer))
    ]

    assert feed == expected
    assert len(feed) == len(ids)
    # Of a group another § may be the first in another order.
    if "group" not in dict(given):
        assert {address.removeprefix(f"{BASE}/p/") for address in feed} == set(ids)


@pytest.mark.parametrize("asked", SOMETHING)
def test_every_format_has_the_same_hits_of_real_minutes(real: Client, asked: str) -> None:
    assert all_hits(real, quote(asked, safe="=&%"))


@pytest.mark.parametrize("asked", NOTHING)
def test_every_format_has_nothing_where_there_is_nothing(real: Client, asked: str) -> None:
    assert all_hits(real, quote(asked, safe="=&%")) == []


def test_the_queries_use_every_filter_order_and_group() -> None:
    used = {pair for asked in SOMETHING for pair in parse_qsl(asked)}

    assert {name for name, _ in used} == {*(one.name for one in MATCHING), "sort", "group", "strict"}
    assert {value for name, value in used if name == "sort"} == set(map(str, Sort))
    assert {value for name, value in used if name == "group"} | {"section"} == set(map(str, Group))
    assert len(set(SOMETHING)) >= 50


WORDS = [
    *(
        "bygglov",
        "skolskjuts",
        "taxa",
        "avgift",
        "budget",
        "kommunstyrelsen",
        "beslut",
        "bygglåv",
        "förskola",
    ),
    *("skol*", '"att godkänna"', "-taxa", "OR", "NOT", "(", ")", '"', "KS", "2019", "§ 12", "titel:taxa"),
]
queries = st.fixed_dictionaries(
    {},
    optional={
        "q": st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        "year": st.sampled_from(["2016..2021", "..2018", "unknown"]),
        "type": st.sampled_from(["minutes", "report,attachment"]),
        "in": st.sampled_from(["title", "decision"]),
        "sort": st.sampled_from(list(Sort)).map(str),
        "group": st.sampled_from(list(Group)).map(str),
    },
)


@examples(max_examples=40)
@given(given=queries)
def test_every_format_has_the_same_hits_of_the_samples(samples: Client, given: dict[str, str]) -> None:
    all_hits(samples, urlencode(given))


@pytest.mark.parametrize("path", ["/", "/api/v1/search", "/api/v1/search.csv", "/api/v1/export"])
@pytest.mark.parametrize("asked", ["q=bygglåv", "q=taxa+%22", "q=taxa+)", "q=ordsomintefinns+taxa"])
def test_what_one_format_refuses_when_strict_every_format_refuses(
    samples: Client, path: str, asked: str
) -> None:
    expected = samples.get(f"/api/v1/search.jsonl?{asked}&strict=true")

    answer = samples.get(f"{path}?{asked}&strict=true")

    assert answer.status == expected.status
    if expected.status != 200:
        assert (answer.status, answer.json["type"]) == (400, expected.json["type"])
