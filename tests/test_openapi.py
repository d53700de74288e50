"""The OpenAPI document says what the service does: every parameter, problem and answer, by asking for it."""

from __future__ import annotations

import calendar
import json
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from starlette.routing import Mount

from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from search_service import parameters as table
from search_service.app import create_app
from search_service.errors import RequestError
from search_service.middleware import LONGEST_ADDRESS
from search_service.openapi.document import openapi_document
from search_service.problems import PROBLEM_TYPES
from search_service.search_parsing import parse_search
from search_service.setting_kinds import NONE
from search_service.settings import Settings
from tests.builders import document as minutes
from tests.builders import section
from tests.web_client import BASE, Answer, Client, index, listening, serving

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
APP = create_app(Settings())
DOCUMENT = openapi_document(APP.state.operations, Settings(), BASE)
"""As a service with the usual settings has it; some tests are made from what is in it."""

OPERATIONS = {path: item["get"] for path, item in DOCUMENT["paths"].items()}
PARAMETERS = [(path, one) for path, operation in OPERATIONS.items() for one in operation["parameters"]]
PROBLEMS = {
    name: example["value"]
    for response in DOCUMENT["components"]["responses"].values()
    for name, example in response.get("content", {})
    .get("application/problem+json", {"examples": {}})["examples"]
    .items()
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve the sample minutes, which the examples are taken from."""
    folder = tmp_path_factory.mktemp("index")
    engine = WhooshEngine(folder)
    reindex(SAMPLES, engine)
    engine.close()
    with serving(Settings(index_dir=folder)) as serving_client:
        yield serving_client


def validator(schema: Mapping[str, Any]) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        {**schema, "components": DOCUMENT["components"]}, validate_formats=True
    )


def with_path_examples(path: str) -> str:
    for parameter in OPERATIONS[path]["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(parameter["example"]))
    return path


def written(value: Any) -> str:
    return (
        ",".join(value)
        if isinstance(value, list)
        else str(value).lower()
        if value in (True, False)
        else str(value)
    )


def test_the_document_is_valid_openapi_3_1(client: Client) -> None:
    served = client.get("/openapi.json").json

    assert served == DOCUMENT
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(served)] == []


def test_the_document_says_whose_address_which_licence_and_which_version_it_is(client: Client) -> None:
    served = client.get("/openapi.json", headers={"Host": "sok.example.se"}).json

    assert served["servers"] == [{"url": "http://sok.example.se"}]
    assert served["info"]["license"]["identifier"] == "MIT"
    assert served["info"]["version"] == "1"


def test_public_url_is_the_address_in_the_document(tmp_path: Path) -> None:
    settings = Settings(index_dir=tmp_path, public_url="https://kommun.test/protokoll")

    with serving(settings) as client:
        served = client.get("/openapi.json").json

    assert served["servers"] == [{"url": "https://kommun.test/protokoll"}]
    problem = served["components"]["responses"]["NotFound"]["content"]["application/problem+json"]
    assert problem["examples"]["not-found"]["value"]["type"].startswith("https://kommun.test/protokoll/docs/")


def test_every_address_that_is_answered_is_documented_and_no_other() -> None:
    routers = [route.original_router for route in APP.router.routes if hasattr(route, "original_router")]

    answered = {route.path_format for router in routers for route in router.routes}

    # What is mounted beside them are the files that pages are made of.
    assert [route.path for route in APP.router.routes if isinstance(route, Mount)] == ["/static"]
    assert answered == set(OPERATIONS)


def test_operations_have_names_that_stay_as_they_are() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert names == [
        "search",
        "searchAsJson",
        "searchAsCsv",
        "searchAsJsonl",
        "searchAsAtom",
        "listFacetValues",
        "exportResults",
        "countByYear",
        "suggest",
        "getSection",
        "getDocument",
        "getCase",
        "getSources",
        "sourcesPage",
        "documentationPage",
        "problemsPage",
        "getOpenapi",
        "getOpensearch",
        "getHealth",
        "getReadiness",
        "getMetrics",
        "getRobots",
        "searchPage",
        "sectionPage",
        "casePage",
    ]


def test_every_operation_belongs_to_a_described_group() -> None:
    described = {tag["name"] for tag in DOCUMENT["tags"] if tag["description"]}

    assert {tag for operation in OPERATIONS.values() for tag in operation["tags"]} == described


@pytest.mark.parametrize(
    ("path", "parameter"), PARAMETERS, ids=[f"{path} {one['name']}" for path, one in PARAMETERS]
)
def test_a_parameter_is_described_with_an_example_that_is_answered(
    client: Client, path: str, parameter: dict[str, Any]
) -> None:
    address, headers = with_path_examples(path), {}
    if parameter["in"] == "query":
        address += "?" + urlencode({parameter["name"]: written(parameter["example"])})
    elif parameter["in"] == "header":
        headers = {parameter["name"]: parameter["example"]}

    answer = client.get(address, headers=headers)

    assert len(parameter["description"]) > len("Sidans")
    assert validator(parameter["schema"]).is_valid(parameter["example"])
    assert answer.status == 200, answer.text


@pytest.mark.parametrize("path", [path for path in OPERATIONS if OPERATIONS[path]["parameters"]])
def test_several_values_may_be_repeated_or_have_commas_between(client: Client, path: str) -> None:
    for parameter in OPERATIONS[path]["parameters"]:
        if parameter["schema"]["type"] == "array":
            (name, example), address = (parameter["name"], parameter["example"]), with_path_examples(path)
            repeated = client.get(f"{address}?{urlencode([(name, example[0]), (name, example[-1])])}")
            joined = client.get(f"{address}?{name}={quote(f'{example[0]},{example[-1]}')}")

            assert (parameter["style"], parameter["explode"]) == ("form", True)
            assert repeated.headers["etag"] == joined.headers["etag"]


def test_limits_are_those_of_the_settings() -> None:
    settings = Settings(max_query_characters=40, result_window=200)

    described = openapi_document(APP.state.operations, settings, BASE)

    parameters = {one["name"]: one for one in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert parameters["q"]["schema"]["maxLength"] == 40
    assert parameters["page"]["schema"]["maximum"] == 200
    examples = described["components"]["responses"]["BadRequest"]["content"]["application/problem+json"]
    assert "page är högst 10 " in examples["examples"]["result-window"]["value"]["detail"]


def is_read(**given: str) -> bool:
    try:
        parse_search(given.items(), known={})
    except RequestError:
        return False
    return True


def test_a_year_is_read_when_its_pattern_says_so() -> None:
    pattern = re.compile(table.YEAR.pattern or "")

    assert all(
        bool(pattern.match(form)) == is_read(year=form)
        for year in [*range(1790, 2210), 0, 99, 9999]
        for form in (f"{year:04}", f"{year:04}..", f"..{year:04}", f"{year:04}..2200")
    )


@given(st.from_regex(r"\A([0-9]{4}|20[0-9]{2})(-[0-3][0-9](-[0-3][0-9])?)?\Z"))
def test_a_date_is_read_when_its_pattern_says_so(text: str) -> None:
    is_leap_day = text.endswith("-02-29") and not calendar.isleap(int(text[:4]))

    matches = bool(re.match(table.DATE_FROM.pattern or "", text))

    assert is_read(date_from=text) == (matches and not is_leap_day)


def test_every_problem_has_an_example() -> None:
    assert set(PROBLEMS) == set(PROBLEM_TYPES)


def the_same_but(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in ("request_id", *names)}


@pytest.mark.parametrize(
    ("problem", "asked"),
    [
        *((PROBLEMS[name], {}) for name in sorted(PROBLEM_TYPES) if "?" in PROBLEMS[name]["instance"]),
        (PROBLEMS["not-found"], {}),
        (PROBLEMS["not-acceptable"], {"headers": {"Accept": "image/png"}}),
        (PROBLEMS["method-not-allowed"], {"method": "POST"}),
    ],
    ids=lambda value: value.get("type", "").partition("#")[2],
)
def test_an_example_of_a_problem_is_what_its_request_is_answered_with(
    client: Client, problem: dict[str, Any], asked: dict[str, Any]
) -> None:
    answer = client.get(problem["instance"], **asked)

    assert answer.status == problem["status"]
    assert the_same_but(answer.json) == the_same_but(problem)


def test_the_example_of_a_long_address_is_what_one_is_answered_with(client: Client) -> None:
    answer = client.get(f"/api/v1/search?q={'a' * LONGEST_ADDRESS}")

    assert the_same_but(answer.json, "instance") == the_same_but(PROBLEMS["uri-too-long"], "instance")


def test_the_example_of_too_many_exports_is_what_one_is_answered_with(tmp_path: Path) -> None:
    index(tmp_path, [minutes("a.txt", section("1", text="taxa"))])

    with serving(Settings(index_dir=tmp_path)) as client, client.opened("/api/v1/export"):
        answer = client.get("/api/v1/export")

    assert_alike(answer, PROBLEMS["rate-limited"])


def test_who_asks_too_often_is_told_in_headers_that_are_described_and_that_scripts_of_others_may_read(
    tmp_path: Path,
) -> None:
    described = DOCUMENT["components"]["responses"]["TooManyRequests"]["headers"]
    headers = DOCUMENT["components"]["headers"]

    with serving(Settings(index_dir=tmp_path, requests_per_minute=1, trusted_proxies=NONE)) as client:
        answer = [client.get("/docs") for _ in range(2)][-1]

    exposed = set(answer.headers["access-control-expose-headers"].split(", "))
    assert answer.status == 429
    assert {"Retry-After", "RateLimit", "RateLimit-Policy"} <= described.keys()
    assert all(name in answer.headers for name in described)
    assert all(
        validator(headers[name]["schema"]).is_valid(
            int(answer.headers[name])
            if headers[name]["schema"]["type"] == "integer"
            else answer.headers[name]
        )
        for name in described
    )
    assert exposed == headers.keys()


def without_service(client: Client) -> None:
    client.app.state.service = None  # nothing that the application foresees


@pytest.mark.parametrize(
    ("name", "settings", "prepare"),
    [
        ("index-unavailable", {"index_dir": "saknas"}, None),
        ("timeout", {"time_budget": 1e-9}, None),
        ("internal", {}, without_service),
    ],
)
def test_the_example_of_a_failure_is_what_it_is_answered_with(
    tmp_path: Path, name: str, settings: dict[str, Any], prepare: Callable[[Client], None] | None
) -> None:
    index(tmp_path, [minutes("a.txt", section("1", text="taxa"))])
    settings = {**settings, "index_dir": tmp_path / settings.get("index_dir", "")}

    with serving(Settings(**settings)) as client:
        if prepare:
            prepare(client)
        answer = client.get("/api/v1/search")

    assert_alike(answer, PROBLEMS[name])


def test_the_example_of_what_is_no_request_is_what_it_is_answered_with(tmp_path: Path) -> None:
    with (
        listening(create_app(Settings(index_dir=tmp_path))) as port,
        socket.create_connection(("127.0.0.1", port)) as connection,
    ):
        connection.sendall(b"\x16\x03\x01\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))

    problem = PROBLEMS["malformed-request"]
    sent = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert the_same_but(sent, "type") == the_same_but(problem, "type")
    assert sent["type"].partition("/docs")[2] == problem["type"].partition("/docs")[2]


def assert_alike(answer: Answer, problem: dict[str, Any]) -> None:
    assert answer.status == problem["status"]
    assert the_same_but(answer.json, "detail") == the_same_but(problem, "detail")
    assert list(answer.json) == list(problem)


def described_examples(node: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield every schema that stands beside examples, with each of these."""
    if isinstance(node, dict):
        if "schema" in node:
            values = [example["value"] for example in node.get("examples", {}).values()]
            yield from (
                (node["schema"], value)
                for value in [*values, *([node["example"]] if "example" in node else [])]
            )
        elif isinstance(node.get("examples"), list):
            yield from ((node, value) for value in node["examples"])
        node = node.values()
    if isinstance(node, Iterable) and not isinstance(node, str):
        for inner in node:
            yield from described_examples(inner)


def test_every_example_is_as_its_schema_says() -> None:
    examples = list(described_examples(DOCUMENT))

    assert len(examples) > len(PARAMETERS) + len(PROBLEMS)
    for schema, example in examples:
        validator(schema).validate(example)


@pytest.mark.parametrize("path", list(OPERATIONS))
def test_an_answer_has_the_media_type_headers_and_body_that_are_described(client: Client, path: str) -> None:
    described = OPERATIONS[path]["responses"]["200"]

    answer = client.get(with_path_examples(path))

    media_type = answer.headers["content-type"].partition(";")[0]
    schema = described["content"][media_type]["schema"]
    if media_type == "application/json":
        validator(schema).validate(answer.json)
    elif media_type == "application/x-ndjson":
        validator(schema).validate([json.loads(line) for line in answer.body.splitlines()])
    for name in described["headers"]:
        header = DOCUMENT["components"]["headers"][name]
        assert name in answer.headers or not header.get("required")
        assert name not in answer.headers or validator(header["schema"]).is_valid(answer.headers[name])
    assert client.get(with_path_examples(path), method="HEAD").status == 200


@pytest.mark.parametrize("path", [path for path in OPERATIONS if "304" in OPERATIONS[path]["responses"]])
def test_an_answer_with_a_tag_is_told_to_be_unchanged(client: Client, path: str) -> None:
    tag = client.get(with_path_examples(path)).headers["etag"]

    answer = client.get(with_path_examples(path), headers={"If-None-Match": tag})

    assert (answer.status, answer.headers["etag"]) == (304, tag)
