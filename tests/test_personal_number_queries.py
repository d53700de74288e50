"""A personal number that is typed is refused, and neither repeated nor logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest

from search_service.logging_config import JsonFormatter
from tests.web_client import Client, serving_collection

# The example that tax forms and test suites use: no one's.
DATE, SERIAL = "811218", "9876"
FORMS = ("{d}-{s}", "19{d}-{s}", "{d}+{s}", "{d}–{s}", "{d} {s}", "{d}{s}", "19{d}{s}", "19{d} {s}")
ADDRESSES = (
    "/?q={}",
    "/api/v1/search?q={}",
    "/api/v1/search.csv?q={}",
    "/api/v1/search.atom?q={}",
    "/api/v1/export?q={}",
    "/api/v1/timeline?q={}",
    "/api/v1/facets/year?q={}",
    "/api/v1/facets/year?prefix={}",
    "/api/v1/suggest?q={}",
    "/api/v1/search?dnr={}",
    "/p/x?q={}",
    "/api/v1/search?kommune={}",
    "/api/v1/search?q=taxa&q={}&page=0",
)
BROWSER = {"accept": "text/html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("personal")) as made:
        yield made


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        *product(FORMS, ["{}", ' "{}"', "pnr {}"]),
        *product([form for form in FORMS if form != "{d}{s}"], ['person:"{}"', "person:{}", "Bo {}"]),
    ],
)
def test_a_query_with_a_number_is_refused_in_every_form(client: Client, form: str, typed: str) -> None:
    query = typed.format(form.format(d=DATE, s=SERIAL))

    answer = client.get(f"/api/v1/search?q={quote(query)}")

    [wrong] = answer.json["errors"]
    assert (answer.status, answer.json["type"].rpartition("#")[2]) == (400, "invalid-value")
    assert (wrong["parameter"], wrong["value"], wrong["reason"]) == ("q", None, "personal-number")
    assert "personnummer" in answer.json["detail"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_repeats_or_logs_it(
    client: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    for headers in ({}, BROWSER):
        answer = client.get(address.format(f"{DATE}-{SERIAL}"), headers=headers)

        assert answer.status == 400
        assert SERIAL not in answer.text
        assert SERIAL not in str(answer.headers)
    assert SERIAL not in "".join(JsonFormatter().format(record) for record in caplog.records)


@pytest.mark.parametrize("address", [f"/x?q={DATE}-{SERIAL}", f"/c/granvika/{DATE}-{SERIAL}"])
def test_other_errors_do_not_repeat_or_log_it_either(
    client: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    answer = client.get(address, headers=BROWSER)

    as_json = client.get(address)

    assert (answer.status, as_json.status) == (404, 404)
    assert SERIAL not in answer.text + as_json.text
    assert SERIAL not in "".join(JsonFormatter().format(record) for record in caplog.records)


@pytest.mark.parametrize(
    "address", ["/api/v1/search?municipality=x,{}", "/api/v1/search?{}=1", "/api/v1/facets/year?prefix={}"]
)
def test_ten_digits_are_refused_as_one_of_many_values_and_as_a_name(client: Client, address: str) -> None:
    answer = client.get(address.format(DATE + SERIAL))

    assert answer.json["errors"][0]["reason"] == "personal-number"
    assert SERIAL not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "2019-11-25",
        "811218-9877",
        "556011-7482",
        "KS 2019/0835",
        "8112189",
        "0701234567",
        f"ring {DATE}{SERIAL}",
        f"{DATE}{SERIAL} växel",
    ],
)
def test_what_is_no_number_is_searched_for(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/search?q={quote(query)}").status == 200
