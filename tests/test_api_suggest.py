"""`/api/v1/suggest` by the contract, over a real index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from index.completion.suggestion import SuggestionKind
from index.engines.whoosh_engine import WhooshEngine
from index.searching import Question, search
from search_service.schemas.suggestions import SuggestResponse
from search_service.settings import Settings
from tests.analysis import PLAIN
from tests.builders import document, section
from tests.corpora import WORDS, histories
from tests.served_minutes import serving_minutes
from tests.web_client import Client, collection, index, serving, serving_collection

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_minutes(SAMPLES, tmp_path_factory.mktemp("samples")) as serving_client:
        yield serving_client


def suggested(client: Client, typed: str) -> list[tuple[str, str, int]]:
    """Return text, kind and count of what is suggested."""
    answer = client.get(f"/api/v1/suggest?q={quote(typed)}")
    assert answer.status == 200, answer.text
    SuggestResponse.model_validate_json(answer.body, strict=True)
    return [(one["text"], one["kind"], one["count"]) for one in answer.json["suggestions"]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("skolskj", ("skolskjuts", "word", 30)),
        ("Skolskjuts i gles", ("Skolskjuts i glesbygd", "title", 30)),
        ("östra", ("Östra nämnden", "committee", 24)),
        ("ostra", ("Östra nämnden", "committee", 24)),
        ("KS 2017/0001", ("KS 2017/0001", "dnr", 1)),
        ("ks2017/1", ("KS 2017/0001", "dnr", 1)),
    ],
)
def test_words_titles_committees_and_dnr_are_completed(
    client: Client, typed: str, expected: tuple[str, str, int]
) -> None:
    assert expected in suggested(client, typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("nämn", "Östra nämnden"), ("atg", "Åtgärdsnämnden"), ("fritid", "Barn- och fritidsnämnden")],
)
def test_a_committee_comes_with_the_filter_that_finds_its_sections(
    client: Client, typed: str, name: str
) -> None:
    suggestions = client.get(f"/api/v1/suggest?q={quote(typed)}").json["suggestions"]

    committee = next(one for one in suggestions if one["kind"] == "committee")
    assert committee["text"] == name
    assert client.search(urlencode(committee["filter"]))["total"] == committee["count"]


def test_what_is_searched_by_its_text_has_no_filter(client: Client) -> None:
    suggestions = client.get("/api/v1/suggest?q=skolskj").json["suggestions"]

    assert {one["kind"] for one in suggestions} == {"word", "title"}
    assert {one["filter"] for one in suggestions} == {None}


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=%F0%9F%99%82", "?q=§", '?q="', "?q=(", "?q=zzzz", "?q=%00"]
)
def test_what_has_no_completion_gets_an_empty_list(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/suggest{query}")

    assert (answer.status, answer.json) == (200, {"suggestions": []})


@given(st.text(max_size=8))
def test_there_are_at_most_ten_suggestions_those_in_most_sections_first(client: Client, typed: str) -> None:
    found = suggested(client, typed)

    counts = [count for _, _, count in found]
    words = [count for _, kind, count in found if kind == "word"]
    names = [count for _, kind, count in found if kind != "word"]
    assert len(counts) <= 10
    assert counts in (sorted(counts, reverse=True), names + words)
    assert words == sorted(words, reverse=True)
    assert names == sorted(names, reverse=True)
    assert all(1 <= count <= 120 for count in counts)


def test_an_answer_has_the_headers_of_the_others(client: Client) -> None:
    address = "/api/v1/suggest?q=skol"

    answer, head = client.get(address), client.get(address, method="HEAD")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]
    assert head.headers["content-length"] == str(len(answer.body))


def test_an_answer_that_is_known_already_is_not_sent_again(client: Client) -> None:
    tags = {typed: client.get(f"/api/v1/suggest?q={typed}").headers["etag"] for typed in ("skol", "skola")}

    again = client.get("/api/v1/suggest?q=skol", headers={"If-None-Match": tags["skol"]})
    other = client.get("/api/v1/suggest?q=skol", headers={"If-None-Match": tags["skola"]})

    assert (again.status, again.body) == (304, b"")
    assert other.status == 200


@pytest.mark.parametrize(
    ("query", "problem", "parameter"),
    [
        ("q=skol&limit=3", "unknown-parameter", "limit"),
        ("q=skol&municipality=granvika", "unknown-parameter", "municipality"),
        ("q=skol&q=bygg", "invalid-value", "q"),
    ],
)
def test_a_wrong_parameter_is_named(client: Client, query: str, problem: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/suggest?{query}")

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["type"].endswith(f"#{problem}")
    assert [error["parameter"] for error in answer.json["errors"]] == [parameter]


def test_a_text_that_is_too_long_is_refused(client: Client) -> None:
    fits, too_long = (client.get(f"/api/v1/suggest?q={'a' * length}") for length in (512, 513))

    assert fits.status == 200
    assert (too_long.status, too_long.json["type"].rpartition("#")[2]) == (400, "query-too-long")


def word_counts(client: Client, typed: str) -> dict[str, int]:
    return {text: count for text, kind, count in suggested(client, typed) if kind == "word"}


@pytest.mark.parametrize(
    "head", ["skolskjuts ", "skolskjuts OR ", "-skolskjuts ", '"om ', "titel:", "(", '"', "organ:"]
)
@pytest.mark.parametrize("last", ["s", "b", "ö", "g"])
def test_a_word_behind_something_counts_what_a_search_for_both_finds(
    client: Client, head: str, last: str
) -> None:
    counts = word_counts(client, head + last)

    assert counts == {text: client.search(urlencode({"q": text}))["total"] for text in counts}
    assert 0 not in counts.values()


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["skola", "kommunstyrelsens", "avgift för", "titel:", '"att', "-skola", "ej_här"]),
    st.text("abdefgiklmnoprstuväö", min_size=1, max_size=3),
)
def test_a_word_behind_others_counts_in_the_samples_what_a_search_finds(
    samples: Client, head: str, last: str
) -> None:
    counts = word_counts(samples, head + ("" if head.endswith(":") else " ") + last)

    assert counts == {text: samples.search(urlencode({"q": text}))["total"] for text in counts}


def test_words_that_stand_with_the_one_before_come_first(tmp_path: Path) -> None:
    texts = ["grön bil", "grön bil", "grön linje", *["ledamot"] * 9]
    index(tmp_path, [document("a.txt", *(section(str(at), text=text) for at, text in enumerate(texts)))])

    with serving(Settings(index_dir=tmp_path)) as client:
        assert word_counts(client, "l") == {"ledamot": 9, "linje": 1}
        assert word_counts(client, "grön l") == {"grön linje": 1}
        assert word_counts(client, "titel:l") == {}
        assert word_counts(client, "ledamot " * 40 + "l") == {}, "which is too long for a query"


def test_openapi_describes_the_endpoint_with_an_example(client: Client) -> None:
    described = client.get("/openapi.json").json

    operation = described["paths"]["/api/v1/suggest"]["get"]
    assert [one["name"] for one in operation["parameters"] if one["in"] == "query"] == ["q"]
    assert operation["parameters"][0]["example"]
    assert described["components"]["schemas"]["Suggestion"]["examples"]
    assert "§§" in described["components"]["schemas"]["Suggestion"]["description"]


def test_what_is_suggested_is_found(tmp_path: Path) -> None:
    index(tmp_path, collection()[1:])
    engine = WhooshEngine(tmp_path)
    completions = engine.completions()
    beginnings = sorted(
        {form[:2] for form in engine.vocabulary()} | {f"ks {year}/" for year in range(2016, 2022)}
    )

    suggestions = {one for typed in beginnings for one in completions.complete(typed)}

    assert set(SuggestionKind) == {one.kind for one in suggestions}
    for one in suggestions:
        query = f'organ:"{one.text}"' if one.kind is SuggestionKind.COMMITTEE else one.text
        assert search(engine, Question(query, strict=True)).total >= one.count, one
    engine.close()


@settings(max_examples=30)
@given(histories)
def test_a_word_counts_the_sections_that_have_it_in_any_form(history: list[list[Document | str]]) -> None:
    documents: dict[str, Document] = {}
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        for run in history:
            with engine.update() as writer:
                for change in run:
                    if isinstance(change, str):
                        writer.remove(change)
                        documents.pop(change, None)
                    else:
                        writer.put(change)
                        documents[change.source] = change
        sections = [
            {token.stems[-1] for text in (one.title, one.text) for token in PLAIN.analyze(text)}
            for document in documents.values()
            for one in document.sections
        ]
        found = {one for word in WORDS for one in engine.completions().complete(word.casefold(), 100)}
        engine.close()

    for one in found:
        if one.kind is SuggestionKind.WORD and one.text.isalpha():
            stem = PLAIN.analyze(one.text)[0].stems[-1]
            assert one.count == sum(stem in stems for stems in sections), one


def test_without_an_index_suggestions_are_answered_with_503(tmp_path: Path) -> None:
    with serving(Settings(index_dir=tmp_path / "none")) as client:
        answer = client.get("/api/v1/suggest?q=skol")

    assert (answer.status, answer.json["type"].rpartition("#")[2]) == (503, "index-unavailable")


def test_a_new_generation_is_suggested_from_without_a_restart(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", text="Om sandlådor."))])

    with serving(Settings(index_dir=tmp_path)) as client:
        before = suggested(client, "sand"), suggested(client, "gung")
        tag = client.get("/api/v1/suggest?q=sand").headers["etag"]
        index(tmp_path, [document("a.txt", section("1", text="Om gungor."))])
        after = suggested(client, "sand"), suggested(client, "gung")

        assert before == ([("sandlådor", "word", 1)], [])
        assert after == ([], [("gungor", "word", 1)])
        assert client.get("/api/v1/suggest?q=sand", headers={"If-None-Match": tag}).status == 200


def test_what_a_file_holds_cannot_command_a_client(tmp_path: Path) -> None:
    title = "Om\x1b[2J \x9bbygg\u202elov <b>å</b>"
    index(tmp_path, [document("a.txt", section("1", title=title, text="Bygg\u00adlov \u202eomkastat"))])

    with serving(Settings(index_dir=tmp_path)) as client:
        texts = [text for typed in ("om", "bygg", "b", "lov", "å") for text, _, _ in suggested(client, typed)]

    assert texts
    assert all(text.isprintable() for text in texts)
