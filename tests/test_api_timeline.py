"""`/api/v1/timeline` by the contract, over a real index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_service import parameters as table
from search_service.rendering.timelines import per_1000
from search_service.schemas.timeline import TimelineResponse
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import BASE, Client, collection, index, serving, serving_collection

PATH = "/api/v1/timeline"
QUERIES = (
    "",
    "q=taxa",
    "q=taxa&by=municipality",
    "q=bastu&by=committee&municipality=granvika,unknown",
    "q=skolskjuts&year=2017..2018,unknown&by=committee",
    "q=ordsomintefinns&by=municipality",
    "dnr=KS+2018/2&type=minutes",
    "q=beslutar&in=decision&date_from=2017-06&date_to=2019",
    "committee=ostra-namnden",
    "year=1999",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def timeline(client: Client, query: str) -> Any:
    answer = client.get(f"{PATH}?{query}")
    assert answer.status == 200, answer.text
    return answer.json


def table_of(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{PATH}?{query}&format=csv")
    assert answer.status == 200, answer.text
    return answer.rows()


@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_is_what_openapi_says(client: Client, query: str) -> None:
    answer = client.get(f"{PATH}?{query}")

    TimelineResponse.model_validate_json(answer.body, strict=True)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("query", QUERIES)
def test_the_years_add_up_to_the_total_of_the_search(client: Client, query: str) -> None:
    answer = timeline(client, query)

    total = client.search("&".join(part for part in query.split("&") if not part.startswith("by=")))["total"]
    assert sum(year["count"] for year in answer["values"]) == answer["total"] == total


def test_the_collection_is_counted_by_year(client: Client) -> None:
    dates = [one.date for one in collection() for _ in one.sections]

    values = timeline(client, "")["values"]

    years = sorted({date.year for date in dates if date})
    assert [year["year"] for year in values] == [*years, None]
    for year in values:
        expected = sum((date.year if date else None) == year["year"] for date in dates)
        assert year == {"year": year["year"], "count": expected, "sections": expected, "per_1000": 1000.0}


def test_an_answer_has_the_keys_of_the_contract(client: Client) -> None:
    answer = timeline(client, "q=taxa")
    divided = timeline(client, "q=taxa&by=municipality")

    assert list(answer) == ["query", "total", "by", "labels", "values", "links", "index", "took_ms"]
    assert list(answer["values"][0]) == ["year", "count", "sections", "per_1000"]
    assert (answer["by"], answer["labels"]) == (None, {})
    assert list(divided["values"][0])[4:] == ["by", "by_sections"]
    assert divided["by"] == "municipality"
    assert divided["labels"]["bjorkasa"] == "Björkåsa"
    assert divided["labels"]["unknown"] == "Okänt"


def test_a_rate_has_one_decimal_or_three_digits() -> None:
    rates = {
        (12, 410): 29.3,
        (0, 5): 0.0,
        (5, 5): 1000.0,
        (1, 3): 333.3,
        (3, 100_000): 0.03,
        (7, 3_000): 2.33,
    }

    assert {counted: per_1000(*counted) for counted in rates} == rates


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_a_rate_is_never_rounded_to_nothing(count: int, others: int) -> None:
    rate = per_1000(count, count + others)

    assert rate == pytest.approx(1000 * count / (count + others), rel=0.005)
    assert 0 < rate <= 1000


@pytest.mark.parametrize("query", QUERIES)
def test_csv_has_the_numbers_of_json(client: Client, query: str) -> None:
    answer, rows = timeline(client, query), table_of(client, query)

    by = answer["by"]
    if by is None:
        expected = [
            {name: "" if year[name] is None else str(year[name]) for name in year}
            for year in answer["values"]
        ]
    else:
        expected = [
            {
                "year": str(year["year"] or ""),
                by: answer["labels"][value],
                f"{by}_slug": value,
                "count": str(count),
                "sections": str(year["by_sections"][value]),
                "per_1000": str(per_1000(count, year["by_sections"][value])),
            }
            for year in answer["values"]
            for value, count in year["by"].items()
        ]
    assert rows == expected


def test_csv_has_its_columns_also_without_rows_and_suits_excel(client: Client) -> None:
    empty = client.get(f"{PATH}?year=1999&format=csv")
    excel = client.get(f"{PATH}?year=1999&by=committee&format=csv&excel=true")

    assert empty.text == "year,count,sections,per_1000\r\n"
    assert empty.headers["content-disposition"] == 'attachment; filename="traffar-per-ar.csv"'
    assert excel.text == "\ufeffyear;committee;committee_slug;count;sections;per_1000\r\n"


def test_no_cell_is_taken_for_a_formula(tmp_path: Path) -> None:
    names = ("=nämnden", "+nämnden två", "-nämnden tre", "@nämnden fyra")
    index(tmp_path, [document(f"{name}.txt", section("1"), committee=name) for name in names])

    with serving(Settings(index_dir=tmp_path)) as client:
        rows = table_of(client, "by=committee")

    assert {row["committee"] for row in rows} == {f"'{name}" for name in names}


def test_the_year_is_a_filter_here(client: Client) -> None:
    whole, some = timeline(client, "q=taxa"), timeline(client, "q=taxa&year=2017,unknown")

    assert some["values"] == [year for year in whole["values"] if year["year"] in (2017, None)]
    assert some["query"]["filters"] == {"year": [2017, "unknown"]}


def test_how_the_query_was_understood_is_said_as_in_a_search(client: Client) -> None:
    query = "q=taxxa+ordsomintefinns"

    echo = timeline(client, query)["query"]

    assert echo == client.search(query)["query"]
    assert echo["warnings"]


def test_an_answer_has_the_headers_of_the_others(client: Client) -> None:
    address = f"{PATH}?q=taxa&by=municipality"
    table_address = f"{BASE}{PATH}?q=taxa&format=csv&by=municipality"

    answer, head = client.get(address), client.get(address, method="HEAD")
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    other = client.get(f"{address}&format=csv", headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["link"] == f'<{table_address}>; rel="alternate"; type="text/csv"'
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert other.status == 200


def test_links_lead_to_the_same_numbers(client: Client) -> None:
    answer = timeline(client, "q=taxa&municipality=granvika&by=committee&strict=true")

    links = answer["links"]
    same = client.get(links["self"]).json
    assert {**same, "took_ms": 0} == {**answer, "took_ms": 0}
    assert client.get(links["search"]).json["total"] == answer["total"]
    assert client.get(links["html"]).status == 200
    assert client.get(links["csv"]).headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        ("text/csv", 200, "text/csv; charset=utf-8"),
        ("*/*", 200, "application/json"),
        ("application/x-ndjson", 406, "application/problem+json"),
    ],
)
def test_accept_chooses_the_format(client: Client, accept: str, status: int, media_type: str) -> None:
    answer = client.get(PATH, headers={"Accept": accept})

    assert (answer.status, answer.headers["content-type"]) == (status, media_type)


@pytest.mark.parametrize(
    ("query", "problem", "parameter", "allowed"),
    [
        ("by=type", "invalid-value", "by", ["municipality", "committee"]),
        ("by=municipality&by=committee", "invalid-value", "by", ["municipality", "committee"]),
        ("by=%F0%9F%99%82", "invalid-value", "by", None),
        ("format=jsonl", "invalid-value", "format", ["json", "csv"]),
        ("group=case", "unknown-parameter", "group", None),
        ("page=2", "unknown-parameter", "page", None),
        ("year=19", "invalid-value", "year", None),
        ("kommun=lund", "unknown-parameter", "kommun", None),
        ("excel=true", "conflicting-parameters", "excel", None),
        ("date_from=2020&date_to=2019", "conflicting-parameters", "date_from", None),
    ],
)
def test_a_wrong_parameter_is_named(
    client: Client, query: str, problem: str, parameter: str, allowed: list[str] | None
) -> None:
    answer = client.get(f"{PATH}?{query}")

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["type"].endswith(f"#{problem}")
    assert answer.json["errors"][0]["parameter"] == parameter
    assert allowed is None or answer.json["errors"][0]["allowed"] == allowed


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from([one.name for one in table.TIMELINE]), st.text(max_size=12), max_size=4)
)
def test_whatever_is_sent_is_answered_or_refused_by_name(client: Client, sent: dict[str, str]) -> None:
    query = urlencode(sent, quote_via=quote, errors="replace")

    answer = client.get(f"{PATH}?{query}")

    assert answer.status in (200, 400)
    if answer.status == 400:
        assert answer.json["errors"] == [] or {error["parameter"] for error in answer.json["errors"]} <= set(
            sent
        )


def test_by_is_not_a_parameter_of_the_search(client: Client) -> None:
    assert client.get("/api/v1/search?by=municipality").status == 400


def test_an_index_without_minutes_has_no_years_and_none_at_all_is_503(tmp_path: Path) -> None:
    index(tmp_path / "empty", [])

    with serving(Settings(index_dir=tmp_path / "empty")) as client:
        empty = timeline(client, "q=taxa&by=municipality")
        rows = table_of(client, "by=municipality")
    with serving(Settings(index_dir=tmp_path / "missing")) as client:
        missing = client.get(PATH)

    assert (empty["total"], empty["values"], rows) == (0, [], [])
    assert (missing.status, missing.headers["content-type"]) == (503, "application/problem+json")


def test_a_new_generation_is_counted_at_once(tmp_path: Path) -> None:
    date = datetime.date(2021, 5, 4)
    index(tmp_path, [document("a.txt", section("1", text="taxa"), date=date)])

    with serving(Settings(index_dir=tmp_path)) as client:
        before = client.get(f"{PATH}?q=taxa")
        index(tmp_path, [document("b.txt", section("1", text="taxa"), date=date)])
        after = client.get(f"{PATH}?q=taxa", headers={"If-None-Match": before.headers["etag"]})

    assert [before.json["total"], after.json["total"]] == [1, 2]


def test_openapi_describes_the_endpoint_with_an_example(client: Client) -> None:
    described = client.get("/openapi.json").json

    operation = described["paths"][PATH]["get"]
    taken = [one["name"] for one in operation["parameters"] if one["in"] == "query"]
    assert taken == [one.name for one in table.TIMELINE]
    assert set(operation["responses"]["200"]["content"]) == {"application/json", "text/csv"}
    schema = described["components"]["schemas"]
    assert schema["Year"]["examples"][0]["per_1000"] == per_1000(12, 410)
    assert "municipality" in schema["Year"]["description"]


def test_the_documentation_says_what_a_rate_is_of(client: Client) -> None:
    docs = client.get("/docs").text

    described = docs.partition('id="timeline"')[2]
    assert all(f"<code>{name}</code>" in described for name in ("by", "by_sections", "per_1000", "excel"))
