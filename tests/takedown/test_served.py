"""What is taken down is in no answer of a running server, fifty times."""

from __future__ import annotations

import json
import random
from pathlib import Path
from urllib.parse import quote

from index.engines.whoosh_engine import WhooshEngine
from index.entry import SectionEntry
from search_service.rendering.atom import entry_id
from search_service.settings import Settings
from tests.takedown.private_minutes import entries, run, run_reindex, the_secret
from tests.traces import bytes_below, has_any
from tests.web_client import Client, serving

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
ROUNDS = 50
WINDOW = 24


def test_a_running_server_says_at_the_next_request_that_it_was_removed(index: Path, client: Client) -> None:
    secret = the_secret(index)
    addresses = [
        f"/p/{secret.id}",
        f"/api/v1/sections/{secret.id}",
        "/api/v1/cases/dimmelunda/sn%202021-815",
        "/c/dimmelunda/SN%202021/0815",
    ]
    before = [client.get(address).status for address in addresses]
    client.get("/api/v1/suggest?q=bist")

    run(index, secret.id)

    after = [client.get(address) for address in addresses]
    assert before == [200] * 4
    assert [answer.status for answer in after] == [410] * 4
    assert all("Provsson" not in answer.text for answer in after)
    assert after[1].json["type"].endswith("#removed")
    assert client.get(f"/api/v1/documents/{secret.document_id}").status == 200
    assert client.search("q=zebraben")["total"] == 0
    assert client.get("/api/v1/suggest?q=bist").json == {"suggestions": []}
    assert "Provsson" not in client.get("/api/v1/export?fields=text").text
    assert "Provsson" not in client.get("/api/v1/search.atom").text.replace(entry_id(secret.id), "")
    assert entry_id(secret.id) in client.get("/api/v1/search.atom").text


def test_a_document_goes_with_all_its_sections_and_is_not_read_again(
    minutes: Path, index: Path, client: Client
) -> None:
    secret = the_secret(index)
    all_of_it = [entry.id for entry in entries(index) if entry.source == "c.txt"]

    said = run(index, secret.document_id)
    report = run_reindex(minutes, index)

    assert said.exit_code == 0
    assert len(all_of_it) == 2
    assert {entry.source for entry in entries(index)} == {"a.txt", "b.txt"}
    assert client.get(f"/api/v1/documents/{secret.document_id}").status == 410
    assert [client.get(f"/p/{one}").status for one in all_of_it] == [410] * 2
    assert (report.added, report.taken_down, report.generation) == (0, 1, "3")


def test_fifty_takedowns_leave_nothing_anywhere(tmp_path: Path) -> None:
    index, chance = tmp_path / "index", random.Random(50)  # noqa: S311 # no secret
    run_reindex(SAMPLES, index)
    everything = {entry.id: entry for entry in entries(index)}
    left = dict(everything)

    with serving(Settings(index_dir=index)) as client:
        for number in range(ROUNDS):
            chosen = left[chance.choice(sorted(left))]
            wanted = chosen.document_id if number % 10 == 9 else chosen.id
            said = run(index, wanted)
            after = {entry.id: entry for entry in entries(index)}
            gone = [entry for one, entry in left.items() if one not in after]
            left = after

            assert said.exit_code == 0, said.output
            assert chosen in gone
            assert len(gone) == 1 or wanted == chosen.document_id or len({entry.text for entry in gone}) == 1
            assert_no_trace(index, gone, left)
            assert_not_answered(client, gone, left)

    run_reindex(SAMPLES, index)
    assert {entry.id: entry for entry in entries(index)} == left
    run_reindex(SAMPLES, index, rebuild=True)
    assert {entry.id: entry for entry in entries(index)} == left
    assert_no_trace(index, [one for name, one in everything.items() if name not in left], left)


def assert_no_trace(index: Path, gone: list[SectionEntry], left: dict[str, SectionEntry]) -> None:
    content = bytes_below(index)
    others = "\n".join(
        text for one in left.values() for text in (one.title, one.text, one.document_title, *one.attendance)
    )
    for entry in gone:
        for text in (entry.title, entry.text):
            for start in range(0, len(text) - WINDOW + 1, WINDOW):
                stretch = text[start : start + WINDOW]
                assert stretch in others or not has_any(content, stretch), (entry.id, start)
    engine = WhooshEngine(index)
    words = {word for entry in gone for word in f"{entry.title} {entry.text}".casefold().split()}
    known = others.casefold()
    assert [w for w in words if w.isalpha() and w not in known and engine.vocabulary().count(w)] == []
    engine.close()


def assert_not_answered(client: Client, gone: list[SectionEntry], left: dict[str, SectionEntry]) -> None:
    titles = {one.title for one in left.values()}
    documents = {one.document_id for one in left.values()}
    found = client.search("facets=municipality&per_page=1")
    counted = found["facets"]["municipality"]
    years = client.get("/api/v1/timeline").json["values"]
    exported = client.get("/api/v1/export").body.splitlines()
    feed = client.get("/api/v1/search.atom?per_page=100").text
    assert sum(value["count"] for value in counted["values"]) + counted["unknown"] == len(left)
    assert sum(year["count"] for year in years) == found["total"] == len(left)
    assert {json.loads(line)["id"] for line in exported} == left.keys()
    for entry in gone:
        assert client.get(f"/p/{entry.id}").status == 410
        assert client.get(f"/api/v1/sections/{entry.id}").status == 410
        assert client.get(f"/api/v1/documents/{entry.document_id}").status == (
            200 if entry.document_id in documents else 410
        )
        assert f'ref="{entry_id(entry.id)}"' in feed
        if entry.title not in titles:
            suggested = client.get(f"/api/v1/suggest?q={quote(entry.title[:40])}").json["suggestions"]
            assert entry.title not in [one["text"] for one in suggested if one["kind"] == "title"]
