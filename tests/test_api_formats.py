"""CSV, JSON Lines, content negotiation, conditional requests and headers, over a real index."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engines.whoosh_engine import WhooshEngine
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import Answer, Client, index, serving, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def test_suffix_parameter_and_accept_choose_the_format_in_that_order(client: Client) -> None:
    types = {
        "/api/v1/search": "application/json",
        "/api/v1/search.csv": "text/csv; charset=utf-8",
        "/api/v1/search?format=jsonl": "application/x-ndjson",
        "/api/v1/search.csv?format=csv": "text/csv; charset=utf-8",
        "/?format=csv": "text/csv; charset=utf-8",
    }

    for address, media_type in types.items():
        for accept in ("*/*", "application/json", "text/html"):
            if address == "/api/v1/search" and accept == "text/html":
                continue
            answer = client.get(address, headers={"Accept": accept})
            assert answer.status == 200
            assert answer.headers["content-type"] == media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/jsonl", "application/x-ndjson"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0, */*", "text/csv; charset=utf-8"),
        ("", "application/json"),
        ("nonsense", "application/json"),
        ("*/*;q=x", "application/json"),
        (",;=,/;q=nan", "application/json"),
    ],
)
def test_accept_is_weighed(client: Client, accept: str, media_type: str) -> None:
    answer = client.get("/api/v1/search", headers={"Accept": accept})

    assert (answer.status, answer.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize("accept", ["image/png", "text/html", "*/*;q=0"])
def test_what_cannot_be_given_is_406_with_the_formats_there_are(client: Client, accept: str) -> None:
    answer = client.get("/api/v1/search", headers={"Accept": accept})

    assert answer.status == 406
    assert "application/json" in answer.text


def test_a_format_that_does_not_exist_is_refused_with_the_list(client: Client) -> None:
    answer = client.get("/api/v1/search?format=xml")

    assert answer.status == 400
    assert answer.json["errors"][0]["allowed"] == ["json", "csv", "jsonl", "atom"]


@pytest.mark.parametrize(
    "address", ["/api/v1/search.csv?format=json", "/api/v1/search?excel=true", "/?excel=true"]
)
def test_what_contradicts_the_format_conflicts(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status == 400
    assert answer.json["type"].endswith("#conflicting-parameters")


def test_json_lines_are_the_results_one_a_line(client: Client) -> None:
    query = "q=taxa&per_page=50"

    lines = client.get(f"/api/v1/search.jsonl?{query}").lines

    assert lines == client.search(query)["results"]


def test_csv_has_a_row_a_result_and_the_same_columns_always(client: Client) -> None:
    rows = client.get("/api/v1/search.csv?q=taxa&per_page=50").rows()
    empty = client.get("/api/v1/search.csv?q=ordsomintefinns")

    assert [row["id"] for row in rows] == [
        result["id"] for result in client.search("q=taxa&per_page=50")["results"]
    ]
    assert empty.text == ",".join(rows[0]) + "\r\n"


def test_csv_for_excel_has_a_byte_order_mark_and_semicolons(client: Client) -> None:
    body = client.get("/api/v1/search.csv?excel=true").body

    assert body.startswith(b"\xef\xbb\xbfid;permalink;")


def test_no_cell_is_taken_for_a_formula(tmp_path: Path) -> None:
    titles = ("=cmd()", "+1", "-1", "@x", "\tx", "\rx", 'a "quoted", b')
    index(tmp_path, [document("a.txt", *(section(str(n), title=title) for n, title in enumerate(titles)))])

    with serving(Settings(index_dir=tmp_path)) as client:
        rows = client.get("/api/v1/search.csv").rows()

    assert [row["title"] for row in rows] == ["'=cmd()", "'+1", "'-1", "'@x", "'\tx", "'\rx", 'a "quoted", b']


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search?q=taxa",
        "/api/v1/search.csv",
        "/",
        "/?q=taxa",
        "/api/v1/sources",
        "/docs",
        "/openapi.json",
    ],
)
def test_an_unchanged_answer_is_304_for_who_has_it(client: Client, address: str) -> None:
    tag = client.get(address).headers["etag"]

    for condition in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = client.get(address, headers={"If-None-Match": condition})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "address",
    ["/api/v1/search?q=taxa", "/api/v1/search.csv", "/", "/docs", "/static/style.css", "/api/v1/sources"],
)
def test_whatever_version_one_has_is_new_enough_for_a_star(client: Client, method: str, address: str) -> None:
    answer = client.get(address, method=method, headers={"If-None-Match": "*"})

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == client.get(address).headers["etag"]


@pytest.mark.parametrize("address", ["/api/v1/sections/x", "/p/x", "/x", "/static/x"])
def test_a_star_does_not_make_up_what_is_not_there(client: Client, address: str) -> None:
    assert client.get(address, headers={"If-None-Match": "*"}).status == 404


def linked(answer: Answer) -> dict[str, str]:
    """Return the addresses of a `Link` header by their relation."""
    return {
        relation: address
        for address, relation in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["link"])
    }


@pytest.mark.parametrize(
    ("address", "accept", "read"),
    [
        ("/api/v1/search.csv?per_page=7&q=taxa", "*/*", "csv"),
        ("/api/v1/search?per_page=7&q=taxa&format=csv&excel=true", "*/*", "csv"),
        ("/api/v1/search?per_page=7&q=taxa", "text/csv", "csv"),
        ("/?per_page=7&q=taxa&format=csv", "text/html", "csv"),
        ("/api/v1/search.jsonl?per_page=7&q=taxa", "*/*", "jsonl"),
        ("/api/v1/search?per_page=7&q=taxa&format=jsonl", "*/*", "jsonl"),
    ],
)
def test_the_link_header_leads_on_in_the_same_format(
    client: Client, address: str, accept: str, read: str
) -> None:
    first = answer = client.get(address, headers={"Accept": accept})
    bodies = [answer.body]

    while following := linked(answer).get("next"):
        answer = client.get(following)
        bodies.append(answer.body)

    whole = client.search("q=taxa&per_page=100")["total"]
    lines = [body.removeprefix(b"\xef\xbb\xbf").decode().splitlines() for body in bodies]
    assert answer.headers["content-type"] == first.headers["content-type"]
    assert bodies[0].startswith(b"\xef\xbb\xbf") is bodies[-1].startswith(b"\xef\xbb\xbf")
    if read == "jsonl":
        assert sum(map(len, lines)) == whole
    else:
        assert len({page[0] for page in lines}) == 1
        assert len(bodies) == -(-whole // 7)


def test_the_tag_belongs_to_the_canonical_query_the_format_and_the_generation(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", text="taxa"))])

    with serving(Settings(index_dir=tmp_path)) as client:

        def tag(address: str) -> str:
            return client.get(address).headers["etag"]

        first = tag("/api/v1/search?q=taxa&page=1")
        assert first == tag("/api/v1/search?per_page=20&q=taxa")
        assert first == tag("/api/v1/search.json?q=taxa")
        assert (
            len({first, tag("/api/v1/search.csv?q=taxa"), tag("/api/v1/search?q=skola"), tag("/?q=taxa")})
            == 4
        )
        index(tmp_path, [document("b.txt", section("1", text="taxa"), date=datetime.date(2020, 1, 1))])
        answer = client.get("/api/v1/search?q=taxa", headers={"If-None-Match": first})
        assert (answer.status, answer.json["total"]) == (200, 2)


@pytest.mark.parametrize(
    "address",
    ["/api/v1/search?q=taxa", "/", "/docs", "/healthz", "/x", "/api/v1/search?foo=1", "/static/style.css"],
)
def test_head_is_get_without_the_body(client: Client, address: str) -> None:
    got = client.get(address)

    headed = client.get(address, method="HEAD")

    assert (headed.status, headed.body) == (got.status, b"")
    assert headed.headers["content-type"] == got.headers["content-type"]
    assert headed.headers.get("etag") == got.headers.get("etag")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("address", ["/api/v1/search", "/", "/static/style.css", "/x"])
def test_nothing_but_get_and_head_is_answered(client: Client, method: str, address: str) -> None:
    answer = client.get(address, method=method)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.json["type"].endswith("#method-not-allowed")


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search",
        "/",
        "/p/x",
        "/api/v1/sections/x",
        "/healthz",
        "/docs",
        "/static/style.css",
        "/robots.txt",
    ],
)
def test_every_answer_has_the_headers_that_keep_it_safe(client: Client, address: str) -> None:
    headers = client.get(address).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in headers
    assert len(headers["x-request-id"]) == 8


def test_results_are_not_for_search_engines(client: Client) -> None:
    for address in ("/api/v1/search", "/?q=taxa", "/api/v1/sources", "/x"):
        assert client.get(address).headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in client.get("/").headers


@pytest.mark.parametrize(
    "host", ["evil.test/<script>", 'x"y', "a b", "a" * 300, "[::1", "user@host", "host:port", ""]
)
def test_a_malformed_host_is_never_used_in_a_link(client: Client, host: str) -> None:
    answer = client.raw(b"/api/v1/search", b"", [(b"host", host.encode())])

    assert answer.status == 200
    assert answer.json["links"]["self"] == "http://127.0.0.1:8000/api/v1/search"


@pytest.mark.parametrize("host", ["sok.example.se", "localhost:8000", "[::1]:8000", "192.0.2.1"])
def test_a_well_formed_host_is_what_links_begin_with(client: Client, host: str) -> None:
    answer = client.raw(b"/api/v1/search", b"", [(b"host", host.encode())])

    assert answer.json["links"]["self"] == f"http://{host}/api/v1/search"


@pytest.mark.parametrize("given_host", [[], [(b"host", b"another.test")]])
@pytest.mark.parametrize("scheme", [b"http", b"HTTPS"])
def test_a_whole_address_in_the_request_line_is_read_and_its_host_is_the_one_used(
    client: Client, given_host: list[tuple[bytes, bytes]], scheme: bytes
) -> None:
    answer = client.raw(scheme + b"://sok.example.se/api/v1/search", b"q=taxa", given_host)

    assert answer.status == 200
    assert answer.json["links"]["self"] == "http://sok.example.se/api/v1/search?q=taxa"


def test_a_whole_address_without_a_path_is_the_search_page(client: Client) -> None:
    answer = client.raw(b"http://sok.example.se", b"q=taxa", [(b"host", b"sok.example.se")])
    wrong = client.raw(b"http://sok.example.se/api/v1/search", b"page=0", [(b"host", b"sok.example.se")])

    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert wrong.json["instance"] == "/api/v1/search?page=0"


def test_the_public_address_is_used_before_the_host(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", title="Taxa", text="taxa"))])

    with serving(Settings(index_dir=tmp_path, public_url="https://kommun.test/protokoll")) as client:
        answer = client.search("q=taxa")
        page = client.get("/?q=taxa").text
        problem = client.get("/x").json

    assert answer["links"]["self"] == "https://kommun.test/protokoll/api/v1/search?q=taxa"
    assert answer["results"][0]["permalink"].startswith("https://kommun.test/protokoll/p/")
    assert 'action="/protokoll/"' in page
    assert 'href="/protokoll/static/style.css' in page
    assert problem["type"] == "https://kommun.test/protokoll/docs/problems#not-found"


def test_an_index_made_anew_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    engine = WhooshEngine(folder)
    with engine.update() as writer:
        writer.put(document("a.txt", section("1", text="skola")))
    with serving(Settings(index_dir=folder)) as client:
        before = client.get("/api/v1/search?q=skola")

        shutil.rmtree(folder)
        with engine.update() as writer:
            writer.put(document("b.txt", section("1", text="skola")))
        after = client.get("/api/v1/search?q=skola", headers={"If-None-Match": before.headers["etag"]})

    assert before.json["index"]["generation"] == after.json["index"]["generation"]
    assert after.status == 200
    assert after.json["results"][0]["source"] == "b.txt"
    engine.close()
