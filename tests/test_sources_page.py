"""The page of sources: the same sums as its JSON, said in words, escaped, usable for a whole country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from corpus.document import ReadFailure
from search_service.rendering.html import counted
from search_service.settings import Settings
from tests.builders import document, section
from tests.html_pages import Page, assert_sound, page, targets
from tests.web_client import Answer, Client, collection, index, serving, serving_collection

HOSTILE = '"><script>alert(1)</script>\u202e\x00'

ROW = re.compile(r'<tr><th scope="row"><a href="/\?([^"]+)">([^<]+)</a></th>((?:<td>[^<]*</td>)+)</tr>')


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def rows(answer: Answer) -> list[tuple[str, str, list[str]]]:
    """Return of each committee the query of its search, its name and its figures."""
    return [
        (unescape(query), unescape(name), re.findall("<td>([^<]*)</td>", figures))
        for query, name, figures in ROW.findall(answer.text)
    ]


def figures(source: dict[str, Any]) -> list[str]:
    """Return what a row shows of an object of the JSON."""
    return [
        str(source["documents"]),
        str(source["sections"]),
        source["first_date"] or "–",
        source["last_date"] or "–",
        source["last_indexed"][:10],
    ]


def test_the_rows_are_the_sources_of_the_interface_in_their_order(client: Client) -> None:
    sources = client.get("/api/v1/sources").json["sources"]

    shown = rows(client.get("/sources"))

    assert [(name, numbers) for _, name, numbers in shown] == [
        (source["committee"]["name"] if source["committee"] else "Okänt organ", figures(source))
        for source in sources
    ]


def test_the_search_of_a_row_finds_as_many_sections_as_it_says(client: Client) -> None:
    shown = rows(client.get("/sources"))

    found = [client.search(query)["total"] for query, _, _ in shown]

    assert found == [int(numbers[1]) for _, _, numbers in shown]


def test_the_sums_of_a_municipality_and_of_all_are_those_of_the_sources(client: Client) -> None:
    answer = client.get("/api/v1/sources").json
    sums: dict[str, list[int]] = {}
    for source in answer["sources"]:
        name = source["municipality"]["name"] if source["municipality"] else "Okänd kommun"
        documents, sections = sums.setdefault(name, [0, 0])
        sums[name] = [documents + source["documents"], sections + source["sections"]]

    shown = client.get("/sources").text

    amount = r"(\d+) handling(?:ar)?, (\d+) paragraf(?:er)?"
    summaries = re.findall(rf"<summary><b>([^<]+)</b> <small>{amount}", shown)
    assert {name: [int(one), int(other)] for name, one, other in summaries} == sums
    total = re.search(rf"<p>{amount}", shown)
    assert total is not None
    assert [int(one) for one in total.groups()] == [
        sum(column) for column in zip(*sums.values(), strict=True)
    ]


def test_the_page_is_sound_and_all_its_links_are_there(client: Client) -> None:
    shown = page(client, "/sources")

    statuses = {target: client.get(target).status for target in targets(shown)}

    assert_sound(shown)
    assert set(statuses.values()) == {200}


def test_what_is_missing_is_said_with_the_file_that_it_is_missing_from(tmp_path: Path) -> None:
    made = document("mapp/a.txt", section("35"), section("37"))
    index(
        tmp_path,
        [replace(made, declared_sections=("35", "36", "37", "38")), document("b.txt", section("1"))],
        (ReadFailure("z.pdf", "filen är krypterad"),),
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        shown = page(client, "/sources")
        (link,) = (target for target in targets(shown) if "/documents/" in target)
        source = client.get(link).json["source"]

    assert "§ 36, 38 i mapp/a.txt (JSON) , Kommunstyrelsen" in shown.text
    assert "2 paragrafer saknas" in shown.text
    assert source == "mapp/a.txt"


def test_files_that_could_not_be_read_are_named_with_the_reason(client: Client) -> None:
    shown = page(client, "/sources").text

    assert "1 fil som inte gick att läsa" in shown
    assert "mapp/trasig.pdf: filen är krypterad" in shown


def test_the_page_says_from_when_it_is(client: Client) -> None:
    assert "Generation 1, uppdaterad" in page(client, "/sources").text


@pytest.mark.parametrize("failures", [(), (ReadFailure("z.pdf", "filen är krypterad"),)])
def test_an_empty_index_says_so(tmp_path: Path, failures: tuple[ReadFailure, ...]) -> None:
    index(tmp_path, [], failures)

    with serving(Settings(index_dir=tmp_path)) as client:
        shown = page(client, "/sources")

    assert_sound(shown)
    assert "Indexet är tomt: ingen handling har lästs in." in shown.text
    assert shown.all("table") == []
    assert ("z.pdf: filen är krypterad" in shown.text) == bool(failures)


def test_what_comes_from_a_file_is_escaped_on_the_page(tmp_path: Path) -> None:
    hostile = document(
        f"{HOSTILE}.txt",
        section("1"),
        municipality=f"Ort {HOSTILE}",
        committee=f"Nämnd {HOSTILE}",
    )
    index(
        tmp_path,
        [replace(hostile, declared_sections=("1", f"2{HOSTILE}"))],
        (ReadFailure(f"{HOSTILE}.pdf", HOSTILE),),
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        source = client.get("/sources").text
        statuses = {target: client.get(target).status for target in targets(Page(source))}

    assert_sound(Page(source))
    assert "<script>" not in source
    assert "\u202e" not in source
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize(("places", "unfolded"), [(5, 5), (6, 0)])
def test_many_municipalities_are_folded_and_few_are_not(tmp_path: Path, places: int, unfolded: int) -> None:
    index(
        tmp_path,
        [document(f"{number}.txt", section("1"), municipality=f"Ort {number}") for number in range(places)],
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        folds = page(client, "/sources").all("details")

    assert len(folds) == places
    assert sum("open" in one for one in folds) == unfolded


def test_the_page_takes_no_parameters_and_is_kept_until_the_index_changes(tmp_path: Path) -> None:
    first, *others = collection()
    index(tmp_path, [first])

    with serving(Settings(index_dir=tmp_path)) as client:
        whole, head = client.get("/sources"), client.get("/sources", method="HEAD")
        tag = {"If-None-Match": whole.headers["etag"]}
        again, refused = client.get("/sources", headers=tag), client.get("/sources?q=taxa")
        index(tmp_path, others)
        changed = client.get("/sources", headers=tag)

    assert (head.status, head.body, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert refused.status == 400
    assert changed.status == 200
    assert "40 handlingar" in changed.text


@pytest.mark.parametrize("address", ["/", "/?q=taxa"])
def test_the_footer_leads_to_the_page(client: Client, address: str) -> None:
    assert "/sources" in targets(page(client, address))


def test_things_are_counted_in_one_and_in_several() -> None:
    shown = [counted(number, "fil", "filer") for number in (0, 1, 2, 1234)]

    assert shown == ["0 filer", "1 fil", "2 filer", "1\u00a0234 filer"]
