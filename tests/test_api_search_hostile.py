"""Odd, too long and broken requests: answered or refused, and never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_service import parameters as table
from search_service.schemas.problems import Problem
from tests.web_client import Client, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving:
        yield serving


ODD = [
    *(
        "14:30",
        "kosten/baten",
        "KS 2019/0835",
        '"',
        "(",
        ":::",
        "a:b",
        "\\",
        "ord\\",
        "*",
        "§",
        "😀",
        "(((((((((((",
        "~5",
    ),
    *(
        '"a b"~',
        '"a b"~99999999999',
        "OR",
        "NOT",
        "AND OR NOT",
        "-",
        "--a",
        "titel:",
        "datum:2019..",
        "år:x",
        "a*b*",
        "[a TO ö]",
    ),
    *(
        "?*",
        "a^2",
        "{!func}",
        "\x00",
        "\ufffd",
        "\u202e",
        "a\u0300" * 50,
        "' OR 1=1 --",
        "<script>",
        "%",
        "%00",
        "&&",
        "()",
    ),
]


@pytest.mark.parametrize("q", ODD)
@pytest.mark.parametrize("path", ["/api/v1/search", "/", "/api/v1/facets/year"])
def test_odd_text_is_interpreted_and_never_fails(client: Client, path: str, q: str) -> None:
    answer = client.get(f"{path}?q={quote(q)}")

    assert answer.status == 200, answer.text


def test_strict_makes_a_warning_an_error(client: Client) -> None:
    answer = client.get("/api/v1/search?q=%22a&strict=true")

    assert answer.status == 400
    assert answer.json["type"].endswith("#query-syntax")
    assert answer.json["errors"][0]["parameter"] == "q"


@pytest.mark.parametrize(
    ("q", "problem"),
    [
        ("a" * 513, "query-too-long"),
        ("å" * 10_000, "query-too-long"),
        (" ".join(f"ord{number}" for number in range(33)), "query-too-complex"),
        ("(" * 9 + "a" + ")" * 9, "query-too-complex"),
    ],
)
def test_a_query_too_large_is_refused_by_name(client: Client, q: str, problem: str) -> None:
    for path in ("/api/v1/search", "/", "/api/v1/facets/year", "/p/x"):
        answer = client.get(f"{path}?q={quote(q)}")

        assert answer.status == 400
        assert answer.json["type"].endswith(f"#{problem}")
        assert len(answer.body) < 2_000


NAMES = [parameter.name for parameter in table.SEARCH] + ["foo", "kommun", "", "prefix"]
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1", "0", "-1", "true", "none", "2019", "2016..2019", "unknown", "granvika", "KS 2018/2"]
    ),
    st.text('"()-*:~ ANDORTNIE§/\\', max_size=30),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4), st.sampled_from(["/api/v1/search", "/"])
)
def test_no_query_string_is_ever_an_error_of_ours(
    client: Client, pairs: list[tuple[str, str]], path: str
) -> None:
    query = "&".join(f"{quote(name)}={quote(value, errors='replace')}" for name, value in pairs)

    answer = client.get(f"{path}?{query}")

    assert answer.status in (200, 400)
    if answer.status == 400:
        Problem.model_validate_json(answer.body, strict=True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"q=", b"year=", b"dnr=", b"page=", b"prefix=", b"q=x&facets="]),
)
def test_no_bytes_are_ever_an_error_of_ours(client: Client, noise: bytes, start: bytes) -> None:
    for path in (b"/api/v1/search", b"/", b"/api/v1/facets/year"):
        answer = client.raw(path, start + noise)

        assert answer.status in (200, 400)
