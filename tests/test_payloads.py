"""Whatever stands in a file, its name, its metadata or an address is text in every answer, once parsed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from corpus.document import Part, PartKind, ReadFailure
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import Answer, Client, index, serving

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></style><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% raw %}",
    "]]><x/><!--",
    '=HYPERLINK("http://evil.test")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "\u202e\u2066\u200f\x00\x1b[31m",
)
ALL = " ".join(PAYLOADS)
SHOWN = "taxa"
HANDLER = re.compile(r"on[a-z]+\Z")
LINKS = {"href", "src", "action", "formaction", "poster", "data", "xlink:href"}
ELEMENTS = {"script", "iframe", "object", "embed", "base", "svg", "math", "img"}
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("index")
    documents = []
    for number, payload in enumerate((*PAYLOADS, ALL)):
        one = section(
            "1",
            title=f"{payload} {SHOWN}",
            text=f"{payload} {SHOWN} {payload}",
            dnr=(f"KS 2019/{number + 1}", payload),
            decision=payload,
        )
        made = document(
            f"{payload.replace('/', '_').replace(chr(0), '')}/{number}.txt",
            one,
            municipality=f"{payload} ort",
            committee=f"{payload} nämnd",
        )
        part = Part(PartKind.MOTION, payload, by=payload)
        documents.append(
            replace(
                made,
                title=payload,
                source_url=payload if number % 2 else "javascript:alert(1)",
                attendance=(payload,),
                declared_sections=("1", payload),
                sections=tuple(replace(each, parts=(part,)) for each in made.sections),
            )
        )
    index(folder, documents, (ReadFailure(f"{ALL}.pdf", ALL),))
    with serving(Settings(index_dir=folder)) as made_client:
        yield made_client


def assert_harmless_page(answer: Answer) -> None:
    """Fail for a page that would run, load or send anything that is not its own."""
    root = lxml_html.fromstring(answer.body)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not HANDLER.match(name), (element.tag, name)
            assert name != "style"
            if name in LINKS:
                assert re.match(r"(https?://|/|#|\?)", value), (element.tag, name, value)
        if element.tag == "script":
            assert element.get("src", "").startswith(("/static/", "http://sok.test/static/"))
            assert not (element.text or "").strip()
        else:
            assert element.tag not in ELEMENTS, element.tag
    assert not UNSEEN.search(root.findtext(".//title") or "")
    assert not any(UNSEEN.search(heading.text_content()) for heading in root.iter("h1", "h2", "h3"))


def assert_harmless_headers(answer: Answer) -> None:
    """Fail for headers that were written by somebody else."""
    assert "set-cookie" not in answer.headers
    for name, value in answer.headers.raw:
        assert not re.search(rb"[\x00-\x1f\x7f]", name + value), (name, value)


def everything(client: Client) -> Iterator[str]:
    """Give the addresses of every page and answer in which a payload of the files may stand."""
    for result in client.search("per_page=100")["results"]:
        yield from (result["permalink"], f"{result['permalink']}?q={SHOWN}", result["api_url"])
        yield f"/api/v1/documents/{quote(result['document_id'], safe='')}"
        if result["case_url"]:
            yield from (result["case_url"], result["case_url"].replace("/api/v1/cases/", "/c/"))
    yield from (
        "/",
        "/sources",
        "/api/v1/sources",
        "/docs",
        "/docs/problems",
        "/openapi.json",
        "/opensearch.xml",
    )
    for suffix in ("", ".csv", ".jsonl", ".atom"):
        yield f"/api/v1/search{suffix}?q={SHOWN}&per_page=100"
    yield from ("/api/v1/export?fields=text", "/api/v1/export?format=csv", "/api/v1/timeline?by=municipality")
    yield from ("/api/v1/facets/municipality", "/api/v1/suggest?q=ta", "/api/v1/suggest?q=al")
    yield from (f"/?group=case&q={SHOWN}", f"/?q={SHOWN}&per_page=100")


def test_what_stands_in_files_does_nothing_in_any_answer(client: Client) -> None:
    seen = set()
    for address in everything(client):
        answer = client.get(address)
        kind = answer.headers["content-type"].partition(";")[0]
        seen.add(kind)

        assert answer.status == 200, address
        assert_harmless_headers(answer)
        assert answer.headers["x-content-type-options"] == "nosniff"
        if kind == "text/html":
            assert_harmless_page(answer)
        elif kind == "application/json":
            json.loads(answer.body)
        elif kind.endswith("xml"):
            etree.fromstring(answer.body, etree.XMLParser(resolve_entities=False))

    assert {"text/html", "application/json", "text/csv", "application/atom+xml"} <= seen


@pytest.mark.parametrize("excel", ["false", "true"])
@pytest.mark.parametrize("address", ["/api/v1/search.csv?per_page=100", "/api/v1/export?format=csv"])
def test_no_cell_is_a_formula(client: Client, address: str, excel: str) -> None:
    text = client.get(f"{address}&excel={excel}").body.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if excel == "true" else ","))

    assert len(rows) == len(PAYLOADS) + 2
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows[1:] for cell in row if re.match(r"[=+@\t\r-]", cell)]


def test_links_in_a_feed_lead_to_this_service(client: Client) -> None:
    feed = etree.fromstring(client.get("/api/v1/search.atom").body)

    links = [element.get("href") for element in feed.iter("{http://www.w3.org/2005/Atom}link")]

    assert len(links) > len(PAYLOADS)
    assert all(link.startswith("http") for link in links)


def test_what_is_said_to_be_the_source_is_an_address_of_the_web_or_nothing(client: Client) -> None:
    results = client.search("per_page=100")["results"]
    documents = [
        client.get(f"/api/v1/documents/{quote(result['document_id'], safe='')}").json for result in results
    ]

    assert {one["source_url"] for one in (*results, *documents)} == {None}


ADDRESSES = (
    "/?q={}",
    "/?{}=1",
    "/?municipality={}",
    "/p/{}",
    "/p/x?q={}",
    "/c/{}/{}",
    "/{}",
    "/api/v1/search?q={}",
    "/api/v1/search.csv?q={}",
    "/api/v1/search.atom?q={}",
    "/api/v1/search?{}",
    "/api/v1/export?q={}&format=csv",
    "/api/v1/facets/{}",
    "/api/v1/facets/year?prefix={}",
    "/api/v1/suggest?q={}",
)


def assert_harmless_answer(client: Client, address: str, accept: str) -> None:
    answer = client.get(address, headers={"Accept": accept})

    assert_harmless_headers(answer)
    if answer.headers["content-type"].startswith("text/html"):
        assert_harmless_page(answer)
    elif "json" in answer.headers["content-type"] and answer.body and "jsonl" not in address:
        json.loads(answer.body.splitlines()[0] if "export" in address else answer.body)


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_stands_in_an_address_does_nothing_either(client: Client, address: str, accept: str) -> None:
    for payload in (*PAYLOADS, ALL[:200]):
        assert_harmless_answer(client, address.replace("{}", quote(payload, safe="")), accept)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from((*PAYLOADS, "<", ">", '"', "'", "&", "taxa", "=", "\n")), max_size=8),
    st.sampled_from(ADDRESSES),
)
def test_nor_do_pieces_of_it_together(client: Client, pieces: list[str], address: str) -> None:
    assert_harmless_answer(client, address.replace("{}", quote("".join(pieces), safe="")), "text/html")
