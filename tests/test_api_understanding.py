"""What an answer says of how a query was understood: words replaced or given up, synonyms, suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from search_service.cli import main
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import Client, index, serving, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as opened:
        yield opened


def test_a_replaced_word_is_said_in_the_interpretation_and_in_a_warning(client: Client) -> None:
    answer = client.search(f"q={quote('bygglåv taxa')}&facets=municipality")
    meant = client.search("q=bygglov taxa&facets=municipality")

    assert answer["query"]["interpreted"] == "bygglov OCH taxa"
    assert answer["query"]["warnings"] == ["Inget träffar ”bygglåv”. Sökte i stället på ”bygglov”."]
    assert answer["query"]["suggestion"] is None
    assert answer["query"]["q"] == "bygglåv taxa"
    assert [result["id"] for result in answer["results"]] == [result["id"] for result in meant["results"]]
    assert meant["query"]["warnings"] == []


def test_strict_replaces_nothing_and_suggests(client: Client) -> None:
    answer = client.search(f"q={quote('bygglåv taxa')}&strict=true")

    assert answer["total"] == 0
    assert answer["query"]["warnings"] == []
    assert answer["query"]["suggestion"] == "bygglov taxa"


def test_a_word_that_is_nowhere_is_named(client: Client) -> None:
    answer = client.search("q=bygglov taxa xyzzy")

    assert answer["total"] > 0
    assert answer["query"]["warnings"] == ["”xyzzy” finns inte i samlingen och räknas inte."]


def test_a_misspelt_phrase_is_not_changed_but_another_one_is_suggested(client: Client) -> None:
    q = quote('"avgift och bygglåv"')

    answer, page = client.search(f"q={q}"), client.get(f"/?q={q}&municipality=granvika").text

    assert (answer["total"], answer["query"]["suggestion"]) == (0, '"avgift och bygglov"')
    link = "/?q=%22avgift%20och%20bygglov%22&amp;municipality=granvika"
    assert f'<p class="suggestion">Menade du <a href="{link}">&#34;avgift och bygglov&#34;</a>?</p>' in page


@pytest.mark.parametrize("q", ["bygglov", "xyzzy", "", "bygglov taxa", "ark", "stadga", "kris"])
def test_without_anything_to_suggest_nothing_is(client: Client, q: str) -> None:
    assert client.search(f"q={q}")["query"]["suggestion"] is None
    assert "Menade du" not in client.get(f"/?q={q}").text


def test_every_endpoint_of_a_search_understands_it_alike(client: Client) -> None:
    q = quote("bygglåv taxa xyzzy")

    found, facet = client.search(f"q={q}"), client.get(f"/api/v1/facets/municipality?q={q}").json
    page = client.get(f"/?q={q}").text

    assert facet["query"]["interpreted"] == found["query"]["interpreted"] == "bygglov OCH taxa"
    assert facet["query"]["warnings"] == found["query"]["warnings"]
    assert all(warning in page for warning in found["query"]["warnings"])
    assert "<h1>0 träffar" not in page


def test_a_section_marks_the_word_that_was_searched_instead(client: Client) -> None:
    q = quote("bygglåv")
    found = client.search(f"q={q}")["results"][0]["id"]

    page = client.get(f"/p/{found}?q={q}").text

    assert "<mark " in page
    assert "Inget träffar ”bygglåv”" in page


def test_synonyms_are_read_when_the_file_changes_and_no_old_answer_is_kept(tmp_path: Path) -> None:
    synonyms, folder = tmp_path / "synonymer.txt", tmp_path / "index"
    synonyms.write_text("badhus => simhall", encoding="utf-8")
    index(folder, [document("a.txt", section("1", text="simhall"))])

    with serving(Settings(index_dir=folder, synonyms=str(synonyms))) as client:
        before = client.get("/api/v1/search?q=badhus")
        synonyms.write_text("# inga synonymer", encoding="utf-8")
        tag = {"if-none-match": before.headers["etag"]}
        after = client.get("/api/v1/search?q=badhus", headers=tag)

    assert (before.json["total"], before.json["query"]["interpreted"]) == (1, "badhus (även simhall)")
    assert (after.status, after.json["total"], after.json["query"]["interpreted"]) == (200, 0, "badhus")


@pytest.mark.parametrize(
    ("setting", "interpreted"), [(None, "IVO (även Inspektionen för vård och omsorg)"), ("none", "IVO")]
)
def test_the_synonyms_that_are_shipped_count_unless_none_are_wanted(
    tmp_path: Path, setting: str | None, interpreted: str
) -> None:
    index(tmp_path, [document("a.txt", section("1", text="Inspektionen för vård och omsorg har granskat"))])

    with serving(Settings(index_dir=tmp_path, synonyms=setting)) as client:
        answer = client.search("q=IVO")

    assert answer["query"]["interpreted"] == interpreted
    assert answer["total"] == (0 if setting else 1)


def test_the_command_line_says_what_may_have_been_meant(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", text="avgift och bygglov"))])

    shown = CliRunner().invoke(main, ["search", '"avgift och bygglåv"', "--index", str(tmp_path)])

    assert shown.exit_code == 0
    assert 'Menade du: "avgift och bygglov"' in shown.stdout
