"""Atom feeds over a real index: what a reader subscribes to."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engines.whoosh_engine import WhooshEngine
from search_service.settings import Settings
from tests.builders import document, section
from tests.feeds import ATOM, TOMBSTONE, links, permalinks, read, texts
from tests.web_client import Client, serving, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        ("/api/v1/search.atom?q=taxa", "*/*"),
        ("/api/v1/search?q=taxa&format=atom", "*/*"),
        ("/api/v1/search?q=taxa", "application/atom+xml"),
        ("/?q=taxa&format=atom", "text/html"),
    ],
)
def test_a_feed_has_what_the_search_finds_the_last_added_first(
    client: Client, address: str, accept: str
) -> None:
    found = client.search("q=taxa&sort=-added")

    feed = read(client.get(address, headers={"Accept": accept}))

    assert found["total"] > 1
    assert permalinks(feed) == [hit["permalink"] for hit in found["results"]]
    assert texts(feed, f"{ATOM}entry/{ATOM}updated") == [hit["indexed_at"] for hit in found["results"]]
    assert texts(feed, f"{ATOM}entry/{ATOM}published") == [
        f"{hit['date']}T00:00:00Z" for hit in found["results"] if hit["date"]
    ]


def test_a_feed_without_hits_can_be_subscribed_to(client: Client) -> None:
    feed = read(client.get("/api/v1/search.atom?q=%22finns+inte+%C3%A4n%22"))

    assert feed.findall(f"{ATOM}entry") == []
    assert len(texts(feed, f"{ATOM}id")) == len(texts(feed, f"{ATOM}updated")) == 1
    assert texts(feed, f"{ATOM}title") == ['Protokollsök – "finns inte än"']


@pytest.mark.parametrize("sort", ["relevance", "date", "-date"])
def test_another_order_is_refused(client: Client, sort: str) -> None:
    answer = client.get(f"/api/v1/search.atom?sort={sort}")

    assert answer.status == 400
    assert answer.json["errors"][0] == {
        "parameter": "sort",
        "value": sort,
        "reason": "conflict",
        "allowed": ["-added"],
    }


def test_pages_of_a_feed_have_every_hit_once(client: Client) -> None:
    address: str | None = "/api/v1/search.atom?per_page=3"
    found: list[str] = []
    while address:
        feed = read(client.get(address))
        found += permalinks(feed)
        address = next(iter(links(feed, "next")), None)

    assert len(found) == len(set(found)) == client.search()["total"]


def test_the_page_and_the_json_link_to_the_feed(client: Client) -> None:
    address = client.search("q=taxa&sort=date&municipality=lund")["links"]["atom"]
    page = client.get("/?q=taxa&sort=date&municipality=lund").text

    feed = read(client.get(address))

    assert address.replace("&", "&amp;") in page
    assert links(feed, "self") != []
    assert urlsplit(links(feed, "alternate")[0]).path == "/"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(q=st.text(max_size=40))
def test_whatever_is_searched_the_feed_is_well_formed(client: Client, q: str) -> None:
    feed = read(client.get(f"/api/v1/search.atom?q={quote(q.encode('utf-8', 'replace'))}"))

    assert uuid.UUID(texts(feed, f"{ATOM}id")[0])


def ids_at(folder: Path, public_url: str) -> tuple[list[str], list[str]]:
    with serving(Settings(index_dir=folder, public_url=public_url)) as at:
        feed = read(at.get("/api/v1/search.atom"))
    return texts(feed, f"{ATOM}entry/{ATOM}id"), [each.attrib["ref"] for each in feed.iter(TOMBSTONE)]


def test_ids_stay_when_the_service_moves_and_the_index_is_made_anew(tmp_path: Path) -> None:
    made = document("a.txt", section("1"), section("2"))
    found = []
    for number, name in enumerate(("here", "there")):
        engine = WhooshEngine(tmp_path / name)
        with engine.rebuild() as writer:
            writer.put(made)
        engine.close()
        found.append(ids_at(tmp_path / name, f"https://host{number}.test"))

    assert len(found[0][0]) == 2
    assert found[0] == found[1]


def test_what_is_removed_becomes_a_tombstone_under_the_id_that_it_had(tmp_path: Path) -> None:
    moments = (datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC) + datetime.timedelta(n) for n in count())
    engine = WhooshEngine(tmp_path, now=lambda: next(moments))
    with engine.update() as writer:
        writer.put(document("a.txt", section("1")))
        writer.put(document("b.txt", section("1")))
    before, none_yet = ids_at(tmp_path, "https://host.test")

    with engine.update() as writer:
        writer.remove("a.txt")
    after, removed = ids_at(tmp_path, "https://host.test")
    engine.close()

    assert none_yet == []
    assert set(before) == {*after, *removed}
    assert len(after) == len(removed) == 1


@pytest.mark.parametrize("title", ["a\x00b\x0b<&>\"' \ud7ff\ufffe", "]]><x/>", "\u202eförslag"])
def test_what_xml_cannot_hold_is_left_out(tmp_path: Path, title: str) -> None:
    engine = WhooshEngine(tmp_path)
    with engine.update() as writer:
        writer.put(document("a.txt", section("1", title=title, text=title)))
    engine.close()

    with serving(Settings(index_dir=tmp_path)) as at:
        feed = read(at.get("/api/v1/search.atom"))

    assert len(feed.findall(f"{ATOM}entry")) == 1
