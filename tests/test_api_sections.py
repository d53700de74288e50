"""Sections, documents, cases, coverage and health by the contract, over a real index."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from corpus.document import Municipality, ReadFailure
from search_service.schemas.coverage import SourcesResponse
from search_service.schemas.sections import CaseResponse, DocumentResponse, SectionResponse
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import BASE, Client, index, serving, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def test_a_section_is_its_result_with_text_parts_and_neighbours(client: Client) -> None:
    for result in client.search("per_page=100")["results"]:
        answer = client.get(result["api_url"])

        SectionResponse.model_validate_json(answer.body, strict=True)
        whole = answer.json
        left_out = ("score", "snippets")
        assert {name: value for name, value in whole.items() if name in result and name not in left_out} == {
            name: value for name, value in result.items() if name not in left_out
        }
        for neighbour, back in (("previous", "next"), ("next", "previous")):
            if whole[neighbour]:
                assert client.get(whole[neighbour]["api_url"]).json[back]["id"] == result["id"]


def test_parts_say_their_kind_and_who_moved_them(client: Client) -> None:
    first = next(result for result in client.search()["results"] if result["dnr"])

    parts = client.get(first["api_url"]).json["parts"]

    assert parts == [
        {"kind": "background", "text": "Bakgrunden.", "by": None},
        {"kind": "motion", "text": "Avslag.", "by": "Påhittad Person (X)"},
    ]


def test_a_document_has_its_sections_in_order_and_who_was_there(client: Client) -> None:
    result = client.search("q=bastu")["results"][0]

    answer = client.get(f"/api/v1/documents/{result['document_id']}")

    DocumentResponse.model_validate_json(answer.body, strict=True)
    numbers = [int(one["section"]) for one in answer.json["sections"]]
    assert numbers == sorted(numbers)
    assert result["id"] in [one["id"] for one in answer.json["sections"]]
    assert answer.json["attendance"] == ["Påhittad Person (X)"]
    assert (answer.json["source"], answer.json["date"]) == (result["source"], result["date"])


def test_a_case_is_every_section_with_the_dnr_by_date_in_any_written_form(tmp_path: Path) -> None:
    days = (datetime.date(2020, 5, 1), datetime.date(2019, 1, 1), None)
    forms = ("KS 2019/0835", "KS2019/835", "2019.835 KS")
    index(
        tmp_path,
        [
            document(f"{number}.txt", section(str(number), dnr=(form,)), date=day)
            for number, (day, form) in enumerate(zip(days, forms, strict=True))
        ],
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        answers = [
            client.get(f"/api/v1/cases/granvika/{quote(form, safe=safe)}")
            for form in (*forms, "dnr ks 2019-0835")
            for safe in ("/", "")
        ]
        result = client.search("year=2019")["results"][0]
        linked = client.get(result["case_url"])

    for answer in (*answers, linked):
        CaseResponse.model_validate_json(answer.body, strict=True)
        assert [one["section"] for one in answer.json["sections"]] == ["1", "0", "2"]
        assert answer.json["municipality"] == {"slug": "granvika", "name": "Granvika"}


@pytest.mark.parametrize(
    ("slug", "name", "typed"),
    [
        ("granvika", "Granvika", "Granvika"),
        ("granvika", "Granvika", "GRANVIKA"),
        ("granvika", "Granvika", "Granvika kommun"),
        ("granvika", "Granvika", "granvikas kommun"),
        ("ostra-asby", "Östra Åsby", "Östra Åsby"),
        ("ostra-asby", "Östra Åsby", "O\u0308stra A\u030asby"),
        ("upplands-vasby", "Upplands Väsby", "upplandsvasby"),
        ("goteborg", "Göteborg", "Göteborg"),
        ("goteborg", "Göteborg", "Göteborgs stad"),
        ("habo-uppsala", "Håbo", "Håbo"),
    ],
)
def test_the_municipality_of_a_case_may_be_written_in_any_form(
    tmp_path: Path, slug: str, name: str, typed: str
) -> None:
    one = document("a.txt", section("1", dnr=("KS 2019/0835",)))
    index(tmp_path, [replace(one, municipality=Municipality(slug, name))])

    with serving(Settings(index_dir=tmp_path)) as client:
        answers = [
            (client.get(f"/{kind}/{slug}/KS-2019-835"), client.get(f"/{kind}/{quote(typed)}/KS%202019-835"))
            for kind in ("api/v1/cases", "c")
        ]

    for by_slug, by_name in answers:
        assert (by_name.status, by_name.body) == (by_slug.status, by_slug.body)
        assert by_slug.status == 200


@pytest.mark.parametrize("typed", ["Ingenstans", "Göteborg", "habo", "!!!", "a,b", "unknown", "\x00", " "])
def test_the_case_of_a_municipality_without_any_is_not_found(client: Client, typed: str) -> None:
    answer = client.get(f"/api/v1/cases/{quote(typed)}/KS%202017-0001")

    assert (answer.status, answer.json["type"].rpartition("#")[2]) == (404, "not-found")


def test_every_section_of_a_case_leads_to_the_same_address_whatever_its_spelling(tmp_path: Path) -> None:
    forms = ("KS 2019/0835", "KS2019/835", "2019.835 KS")
    index(tmp_path, [document(f"{n}.txt", section(str(n), dnr=(form,))) for n, form in enumerate(forms)])

    with serving(Settings(index_dir=tmp_path)) as client:
        results = client.search()["results"]
        pages = [client.get(result["permalink"]).text for result in results]
        answer = client.get(results[0]["case_url"])

    (address,) = {result["case_url"] for result in results}
    assert all(address in page for page in pages)
    assert {result["dnr"][0] for result in results} == set(forms)
    assert len(answer.json["sections"]) == len(forms)


@pytest.mark.parametrize("written", ["inget", "KS 2019/1, KS 2019/2", '"><b>2019/1'])
def test_what_is_no_dnr_leads_to_no_case(tmp_path: Path, written: str) -> None:
    index(tmp_path, [document("a.txt", section("1", dnr=(written,)))])

    with serving(Settings(index_dir=tmp_path)) as client:
        result = client.search()["results"][0]
        page = client.get(result["permalink"])

    assert (result["dnr"], result["case_url"]) == ([written], None)
    assert page.status == 200


def test_a_citation_says_what_is_known_and_no_more(tmp_path: Path) -> None:
    known = document(
        "a.txt",
        section("354", dnr=("KS 2019/0835",)),
        municipality="Lund",
        committee="Kommunstyrelsens arbetsutskott",
        date=datetime.date(2019, 11, 25),
    )
    unknown = document("b.txt", section(None), municipality=None, committee=None, date=None)
    index(tmp_path, [known, unknown])

    with serving(Settings(index_dir=tmp_path)) as client:
        citations = {result["source"]: result["citation"] for result in client.search()["results"]}

    body = "Lunds kommun, Kommunstyrelsens arbetsutskott"
    assert citations == {
        "a.txt": f"{body}, protokoll 2019-11-25, § 354, dnr KS 2019/0835",
        "b.txt": "protokoll",
    }


def test_what_is_not_known_is_null_and_lists_are_lists(tmp_path: Path) -> None:
    index(tmp_path, [document("b.txt", section(None), municipality=None, committee=None, date=None)])

    with serving(Settings(index_dir=tmp_path)) as client:
        result = client.search()["results"][0]

    for name in ("municipality", "committee", "date", "year", "section", "case_url", "source_url"):
        assert result[name] is None
    assert result["dnr"] == []
    assert result["decision"] == {"kind": None, "text": None}


def test_sources_say_what_is_covered_what_is_missing_and_what_was_unreadable(tmp_path: Path) -> None:
    declared = replace(document("a.txt", section("35"), section("37")), declared_sections=("35", "36", "37"))
    index(
        tmp_path,
        [
            declared,
            document("b.txt", section("1"), date=datetime.date(2020, 1, 1)),
            document("c.txt", section("1"), municipality="Älvrike"),
            document("d.txt", section("1"), municipality=None, committee=None, date=None),
        ],
        (ReadFailure("z.pdf", "filen är krypterad"), ReadFailure("e.pdf", "inget textlager")),
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        answer = client.get("/api/v1/sources")

    SourcesResponse.model_validate_json(answer.body, strict=True)
    sources = answer.json["sources"]
    assert [source["municipality"] and source["municipality"]["name"] for source in sources] == [
        *("Granvika", "Älvrike", None),
    ]
    assert {name: sources[0][name] for name in ("documents", "sections", "first_date", "last_date")} == {
        "documents": 2,
        "sections": 3,
        "first_date": "2019-11-25",
        "last_date": "2020-01-01",
    }
    assert sources[0]["last_indexed"] == "2026-03-02T09:10:11Z"
    assert sources[0]["missing_sections"] == [
        {"document_id": declared.id, "source": "a.txt", "numbers": ["36"]}
    ]
    assert [one["source"] for one in answer.json["unreadable"]] == ["e.pdf", "z.pdf"]
    assert answer.json["generation"] == "1"


def test_the_counts_of_sources_add_up_to_the_index(client: Client) -> None:
    sources = client.get("/api/v1/sources").json["sources"]

    found = client.search()["index"]

    assert sum(source["documents"] for source in sources) == found["documents"]
    assert sum(source["sections"] for source in sources) == found["sections"]


def test_the_browser_is_told_how_to_search(client: Client) -> None:
    answer = client.get("/opensearch.xml")

    description = ET.fromstring(answer.body)  # noqa: S314 # our own words
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    for url in description.findall(f"{name}Url"):
        address = re.sub(r"\{[^}]*\?\}", "", url.attrib["template"]).replace("{searchTerms}", "taxa")
        assert address.startswith(BASE)
        assert client.get(address).status == 200


def test_robots_are_kept_from_searches_but_not_from_sections(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /api/" in answer.text
    assert "Disallow: /*?" in answer.text
    assert "/p/" not in answer.text
