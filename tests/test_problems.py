"""Errors as the contract has them: problem+json for programs, the same words as a page for browsers."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from index import generations, publishing
from index import manifest as manifests
from search_service import parameters as table
from search_service.problems import PROBLEM_TYPES
from search_service.schemas.problems import Problem
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import BASE, Client, index, serving, serving_collection

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def test_a_problem_says_all_that_the_contract_lists(client: Client) -> None:
    answer = client.get("/api/v1/search?kommune=lund")

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json
    assert problem == {
        "type": f"{BASE}/docs/problems#unknown-parameter",
        "title": "Okänd parameter",
        "status": 400,
        "detail": "Parametern 'kommune' finns inte. Menade du 'municipality'?",
        "instance": "/api/v1/search?kommune=lund",
        "errors": [
            {
                "parameter": "kommune",
                "value": "lund",
                "reason": "unknown",
                "allowed": problem["errors"][0]["allowed"],
            }
        ],
        "request_id": answer.headers["x-request-id"],
    }
    assert problem["errors"][0]["allowed"][:2] == ["q", "municipality"]


@pytest.mark.parametrize(
    ("address", "status", "problem"),
    [
        ("/x", 404, "not-found"),
        ("/api/v1/", 404, "not-found"),
        ("/api/v1/search/", 404, "not-found"),
        ("/api/v2/search", 404, "not-found"),
        ("/p/", 404, "not-found"),
        ("/p/ingen", 404, "not-found"),
        ("/p/%00", 404, "not-found"),
        ("/p/..%2f..%2fetc%2fpasswd", 404, "not-found"),
        ("/api/v1/sections/%FF", 404, "not-found"),
        ("/api/v1/documents/ingen", 404, "not-found"),
        ("/api/v1/cases/granvika/KS%201900/1", 404, "not-found"),
        ("/api/v1/cases/granvika/inget", 404, "not-found"),
        ("/static/", 404, "not-found"),
        ("/static/../app.py", 404, "not-found"),
        ("/static/..%2fapp.py", 404, "not-found"),
        ("/api/v1/search?page=501", 400, "result-window"),
        ("/api/v1/search?municipality=granvik", 400, "invalid-value"),
        ("/api/v1/sections/x?q=taxa", 400, "unknown-parameter"),
        ("/api/v1/sources?q=taxa", 400, "unknown-parameter"),
        ("/p/x?page=2", 400, "unknown-parameter"),
        ("/docs?x", 400, "unknown-parameter"),
        ("/healthz?x", 400, "unknown-parameter"),
        ("/readyz?q=taxa", 400, "unknown-parameter"),
        ("/robots.txt?x=1", 400, "unknown-parameter"),
        ("/" + "a" * 70_000, 414, "uri-too-long"),
    ],
)
def test_each_error_has_its_status_and_type_in_json_and_as_a_page(
    client: Client, address: str, status: int, problem: str
) -> None:
    answer = client.get(address)
    page = client.get(address, headers=BROWSER)

    Problem.model_validate_json(answer.body, strict=True)
    assert (answer.status, answer.json["status"], page.status) == (status, status, status)
    assert answer.json["type"] == f"{BASE}/docs/problems#{problem}"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{answer.json['title']}</h1>" in page.text
    assert page.headers["x-request-id"] in page.text


@pytest.mark.parametrize("parameter", table.SEARCH, ids=lambda parameter: parameter.name)
@pytest.mark.parametrize("query", ["{name}=%01!", "{name}=a&{name}=b"])
def test_an_invalid_value_always_comes_with_what_is_allowed(
    client: Client, parameter: table.Parameter, query: str
) -> None:
    answer = client.get(f"/api/v1/search?{query.format(name=parameter.name)}")

    for error in answer.json["errors"] if answer.status == 400 else ():
        assert error["parameter"] == parameter.name
        assert error["allowed"]
        assert all(isinstance(value, str) for value in error["allowed"])


@pytest.mark.parametrize("written", ["Granvika", "GRANVIKA", "granvikå", "Granvika kommun", "granvik"])
def test_a_name_that_is_no_slug_is_answered_with_the_slug(client: Client, written: str) -> None:
    answer = client.get(f"/api/v1/search?municipality={quote(written)}")

    assert answer.status == 400
    assert answer.json["detail"].endswith("Menade du 'granvika'?")
    assert answer.json["errors"][0]["allowed"] == ["alvrike", "bjorkasa", "granvika", "unknown"]


def test_a_wrong_name_does_not_hide_another_error(client: Client) -> None:
    answer = client.get("/api/v1/search?municipality=Granvika&page=0&committee=Kommunstyrelsen")

    assert [error["parameter"] for error in answer.json["errors"]] == ["municipality", "committee", "page"]


def test_an_answer_to_many_wrong_values_stays_small(client: Client) -> None:
    wrong = ",".join(f"plats{number}" for number in range(400))

    answer = client.get(f"/api/v1/search?municipality={wrong}")

    assert answer.status == 400
    assert len(answer.json["errors"]) == 20


@pytest.mark.parametrize(
    "address",
    [
        "/?q=taxa&foo=1",
        "/?q=taxa&page=0",
        "/p/x?q=taxa",
        "/x?q=taxa",
        "/?q=taxa&q=x",
        "/?q=taxa&q=&foo=1",
        "/api/v1/search?q=taxa&page=501",
    ],
)
def test_the_page_of_an_error_keeps_what_was_searched_for(client: Client, address: str) -> None:
    page = client.get(address, headers=BROWSER)

    assert page.status >= 400
    assert re.search(r'name="q" value="(taxa|x)"', page.text)


def test_the_page_of_a_wrong_value_leads_to_the_search_without_it(client: Client) -> None:
    address = "/?q=taxa&municipality=granvika&date_from=x&date_to=y"

    page = client.get(address, headers=BROWSER)

    assert page.status == 400
    assert page.text.count("date_from") == page.text.count("date_to") == 1
    (link,) = re.findall('<a href="([^"]+)">Sök utan det</a>', page.text)
    assert html.unescape(link) == "/?q=taxa&municipality=granvika"
    assert client.get(html.unescape(link)).status == 200


def test_every_problem_is_documented_under_its_anchor(client: Client) -> None:
    page = client.get("/docs/problems").text

    for name, kind in PROBLEM_TYPES.items():
        assert f'id="{name}"' in page
        assert kind.title in page


@pytest.mark.parametrize("address", ["/api/v1/search?q=taxa", "/", "/p/x", "/api/v1/sources", "/readyz"])
def test_without_an_index_the_answer_is_503_and_the_process_lives(tmp_path: Path, address: str) -> None:
    with serving(Settings(index_dir=tmp_path / "saknas")) as client:
        answer = client.get(address)
        alive = client.get("/healthz")

    assert answer.status == 503
    assert answer.json["type"].endswith("#index-unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert str(tmp_path) not in answer.text
    assert (alive.status, alive.json) == (200, {"status": "ok"})


def test_an_index_of_another_version_is_503_and_names_the_command_to_run(tmp_path: Path) -> None:
    index(tmp_path / "index", [document("a.txt", section("1", text="taxa"))])
    with publishing.lock(tmp_path / "index"):
        current = generations.current(tmp_path / "index")
        unfinished = publishing.prepare(tmp_path / "index", current)
        manifests.save(replace(manifests.load(current), schema=1), unfinished)
        publishing.publish(tmp_path / "index", unfinished)

    with serving(Settings(index_dir=tmp_path / "index")) as client:
        answer = client.get("/api/v1/search?q=taxa")

    assert answer.status == 503
    assert answer.json["type"].endswith("#index-unavailable")
    assert "minutes-search reindex --minutes … --index …" in answer.json["detail"]
    assert str(tmp_path) not in answer.text


def test_an_index_that_comes_later_is_served_without_a_restart(tmp_path: Path) -> None:
    with serving(Settings(index_dir=tmp_path / "index")) as client:
        before = client.get("/readyz").status
        index(tmp_path / "index", [document("a.txt", section("1", text="taxa"))])
        after = client.get("/readyz")

    assert (before, after.status) == (503, 200)
    assert after.json == {"status": "ready", "generation": "1"}


def test_a_search_that_takes_too_long_is_503_with_its_own_name(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", text="taxa"))])

    with serving(Settings(index_dir=tmp_path, time_budget=1e-9)) as client:
        answer = client.get("/api/v1/search?q=taxa")

    assert answer.status == 503
    assert answer.json["type"].endswith("#timeout")
    assert answer.headers["retry-after"]


def test_an_unexpected_error_is_500_with_nothing_but_the_request_id(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index(tmp_path, [document("a.txt", section("1", text="taxa"))])

    with serving(Settings(index_dir=tmp_path)) as client:
        client.app.state.service = None  # nothing that the application foresees
        answer = client.get("/api/v1/search?q=hemligt")

    assert answer.status == 500
    assert answer.json["type"].endswith("#internal")
    assert "NoneType" not in answer.text
    assert any(getattr(record, "request_id", "") == answer.json["request_id"] for record in caplog.records)


def test_the_log_has_the_path_but_never_the_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/api/v1/search?q=hemligt")
        client.get("/?q=hemligt&foo=1")

    assert {getattr(record, "path", None) for record in caplog.records} >= {"/api/v1/search", "/"}
    assert "hemligt" not in caplog.text
    assert not any("hemligt" in str(vars(record)) for record in caplog.records)


def test_a_search_that_ran_out_of_its_time_is_one_line_of_warning_without_the_query(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index(tmp_path, [document("a.txt", section("1", text="taxa"))])

    with serving(Settings(index_dir=tmp_path, time_budget=1e-9)) as client, caplog.at_level(logging.WARNING):
        caplog.clear()
        answers = [
            client.get(f"{address}?q=hemligt") for address in ("/", "/api/v1/search", "/api/v1/export")
        ]

    assert [answer.status for answer in answers] == [503] * 3
    assert [(record.levelno, record.exc_info) for record in caplog.records] == [(logging.WARNING, None)] * 3
    assert "hemligt" not in caplog.text


def test_a_long_wrong_value_is_not_sent_back_whole(client: Client) -> None:
    answer = client.get(f"/api/v1/search?{'x' * 5000}={'y' * 5000}")

    assert answer.status == 400
    assert len(answer.body) < 4_000
