"""What is taken down is in no answer, no file and no later run."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from corpus.document import Part, PartKind
from corpus.takedowns import Takedown
from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.entry import SectionEntry
from index.errors import IndexDamaged, TakedownsLost
from index.indexing import Report, reindex
from index.request import SearchRequest
from search_service.cli import main
from search_service.rendering.atom import entry_id
from search_service.settings import Settings
from tests.builders import document, section
from tests.factories import write
from tests.minutes_folder import write_minutes
from tests.takedowns import stop_taking_down
from tests.traces import bytes_below, has_any
from tests.web_client import Client, serving
from tests.web_client import index as index_documents

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
ROUNDS = 50
WINDOW = 24

PRIVATE = """Dimmelunda kommun
Sociala nämnden
Sammanträdesprotokoll 2021-03-04

§ 7 Bistånd till Ada Provsson

Dnr SN 2021/0815

Ada Provsson på Påhittsgatan 4 har sökt hemtjänst efter en kvaddfraktur i vänster zebraben.

Beslut

Sociala nämnden beslutar att bevilja Ada Provsson hemtjänst.

§ 8 Rapporter

Förvaltningen rapporterar om läget på särskilda boenden och om nya medarbetare.

Beslut

Sociala nämnden beslutar att lägga rapporterna till handlingarna.
"""


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    write_minutes(folder, "a.txt", word="sandlåda")
    write_minutes(folder, "b.txt", word="gungställning", number=2)
    (folder / "c.txt").write_text(PRIVATE, encoding="utf-8")
    return folder


@pytest.fixture
def index(minutes: Path, tmp_path: Path) -> Path:
    run_reindex(minutes, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def client(index: Path) -> Iterator[Client]:
    with serving(Settings(index_dir=index)) as made:
        yield made


def run_reindex(minutes: Path, index: Path, *, rebuild: bool = False) -> Report:
    engine = WhooshEngine(index)
    try:
        return reindex(minutes, engine, rebuild=rebuild)
    finally:
        engine.close()


def run(index: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["takedown", "--index", str(index), *arguments])


def entries(index: Path) -> list[SectionEntry]:
    engine = WhooshEngine(index)
    try:
        return [hit.entry for hit in engine.scan(SearchRequest())]
    finally:
        engine.close()


def the_secret(index: Path) -> SectionEntry:
    [found] = [entry for entry in entries(index) if "zebraben" in entry.text]
    return found


def saved(index: Path) -> list[Takedown]:
    engine = WhooshEngine(index)
    try:
        return list(engine.takedowns())
    finally:
        engine.close()


def test_a_dry_run_says_what_would_go_and_changes_nothing(index: Path) -> None:
    secret = the_secret(index)
    before = bytes_below(index)

    said = run(index, secret.id, "--dry-run")

    assert said.exit_code == 0
    assert said.stdout == f"would go: {secret.id}  c.txt  § 7\n1 sections of 1 documents would go\n"
    assert bytes_below(index) == before


def test_what_is_said_has_no_word_of_the_text(index: Path) -> None:
    said = run(index, the_secret(index).id)

    assert said.exit_code == 0
    assert "Provsson" not in said.output


def test_an_unknown_id_changes_nothing_of_the_others(index: Path) -> None:
    secret = the_secret(index)
    before = bytes_below(index)

    said = run(index, secret.id, "ingen-1")

    assert said.exit_code == 2
    assert "ingen-1" in said.stderr
    assert bytes_below(index) == before


def test_a_section_is_gone_from_every_file_and_the_list_has_only_ids_and_hashes(index: Path) -> None:
    secret = the_secret(index)

    said = run(index, secret.id, "--reason", "ärende 17")

    content = bytes_below(index)
    listed = index / "takedowns.json"
    assert said.exit_code == 0
    assert not any(has_any(content, word) for word in ("Provsson", "zebraben", "kvaddfraktur", "2021/0815"))
    assert [path.name for path in (index / "generations").iterdir()] == [generations.current(index).name]
    assert listed.stat().st_mode & 0o777 == 0o640
    assert json.loads(listed.read_bytes())[0]["reason"] == "ärende 17"


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


@pytest.mark.parametrize("rebuild", [False, True])
def test_no_later_run_brings_it_back(minutes: Path, index: Path, *, rebuild: bool) -> None:
    secret = the_secret(index)
    run(index, secret.id)
    left = entries(index)

    report = run_reindex(minutes, index, rebuild=rebuild)

    assert entries(index) == left
    assert report.taken_down == rebuild
    assert not has_any(bytes_below(index), "zebraben")


def test_a_file_that_changed_elsewhere_comes_without_it(minutes: Path, index: Path) -> None:
    run(index, the_secret(index).id)
    (minutes / "c.txt").write_text(PRIVATE.replace("nya medarbetare", "en ny rutschkana"), encoding="utf-8")

    run_reindex(minutes, index)

    assert any("rutschkana" in entry.text for entry in entries(index))
    assert not has_any(bytes_below(index), "zebraben")


def test_the_same_text_from_another_file_stays_out(minutes: Path, index: Path) -> None:
    run(index, the_secret(index).id)
    again = PRIVATE.replace("\n\n", "\n \n").replace("har sökt hemtjänst", "har  sökt\nhemtjänst")
    (minutes / "hämtad igen.txt").write_text(again, encoding="utf-8")

    report = run_reindex(minutes, index)

    found = [entry.number for entry in entries(index) if entry.source == "hämtad igen.txt"]
    assert (report.added, report.taken_down) == (1, 1)
    assert found == ["8"]
    assert not has_any(bytes_below(index), "zebraben")


def test_copies_go_with_it_and_are_told_of_before(minutes: Path, index: Path) -> None:
    (minutes / "kopia.txt").write_text(PRIVATE + "\n", encoding="utf-8")
    run_reindex(minutes, index)
    first, second = (entry for entry in entries(index) if "zebraben" in entry.text)

    would = run(index, first.id, "--dry-run")
    said = run(index, first.id)

    assert f"would go: {second.id}" in would.stdout
    assert said.exit_code == 0
    assert not has_any(bytes_below(index), "zebraben")


def test_the_same_few_words_of_another_day_stay(tmp_path: Path) -> None:
    minutes, index = tmp_path / "minutes", tmp_path / "index"
    for name, date in (("a.txt", "2021-03-04"), ("b.txt", "2021-04-05")):
        head = f"Dimmelunda kommun\nSociala nämnden\nSammanträdesprotokoll {date}\n\n"
        write(minutes, name, f"{head}§ 1 Rapporter\n\nTill handlingarna.\n")
    run_reindex(minutes, index)
    first = next(entry for entry in entries(index) if entry.number == "1")

    run(index, first.id)

    assert [entry.source for entry in entries(index) if entry.number == "1"] != [first.source]
    assert len([entry for entry in entries(index) if entry.number == "1"]) == 1


def test_who_was_present_goes_with_the_cover(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "granvika", tmp_path / "minutes")
    run_reindex(tmp_path / "minutes", tmp_path / "index")
    cover = next(entry for entry in entries(tmp_path / "index") if entry.attendance)

    run(tmp_path / "index", cover.id)
    after = entries(tmp_path / "index")
    run_reindex(tmp_path / "minutes", tmp_path / "index", rebuild=True)

    of_the_same = [entry for entry in after if entry.document_id == cover.document_id]
    assert of_the_same
    assert not any(entry.attendance for entry in of_the_same)
    assert entries(tmp_path / "index") == after


def test_once_more_does_nothing(index: Path) -> None:
    secret = the_secret(index)
    run(index, secret.id)
    before = bytes_below(index)

    said = run(index, secret.id)

    assert (said.exit_code, said.stdout) == (0, "0 sections of 0 documents gone\n")
    assert bytes_below(index) == before


def test_what_was_deleted_earlier_is_no_more_on_disk_either(minutes: Path, index: Path) -> None:
    (minutes / "c.txt").write_text(PRIVATE.replace("zebraben", "fjäderben"), encoding="utf-8")
    run_reindex(minutes, index)
    [secret] = [entry for entry in entries(index) if "fjäderben" in entry.text]

    run(index, secret.id)

    assert not any(has_any(bytes_below(index), word) for word in ("zebraben", "fjäderben"))


def test_a_reader_elsewhere_keeps_what_it_has_open_and_then_sees_the_new(index: Path) -> None:
    secret = the_secret(index)
    reader = WhooshEngine(index)

    with reader.reading():
        reader.manifest()
        said = run(index, secret.id)
        inside = reader.section(secret.id)
    outside = reader.section(secret.id)
    reader.close()

    assert said.exit_code == 0
    assert inside == secret
    assert outside is None


@pytest.mark.parametrize("stage", ["remembered", "hidden"])
@pytest.mark.parametrize("next_run", ["reindex", "rebuild", "takedown", "takedown of another"])
def test_a_run_that_was_killed_is_finished_by_the_next(
    minutes: Path, index: Path, stage: str, next_run: str
) -> None:
    secret = the_secret(index)
    other = next(entry for entry in entries(index) if entry.source == "a.txt" and entry.number)
    with closing(WhooshEngine(index)) as engine:
        stop_taking_down(engine, secret.id, is_hidden=stage == "hidden")

    if "takedown" in next_run:
        said = run(index, other.id if next_run == "takedown of another" else secret.id)
        assert said.exit_code == 0
    else:
        run_reindex(minutes, index, rebuild=next_run == "rebuild")

    assert all(one.is_complete for one in saved(index))
    assert not has_any(bytes_below(index), "zebraben")
    assert secret.id not in {entry.id for entry in entries(index)}


def test_what_cannot_be_purged_is_said_and_hidden_and_purged_by_the_next_run(
    minutes: Path, index: Path
) -> None:
    secret = the_secret(index)
    (index / "generations" / "stray").write_text("not a generation", encoding="ascii")

    said = run(index, secret.id)
    hidden = secret.id not in {entry.id for entry in entries(index)}
    unfinished = [one.is_complete for one in saved(index)]
    (index / "generations" / "stray").unlink()
    run_reindex(minutes, index)

    assert said.exit_code == 76
    assert "kan stå kvar" in said.stderr
    assert "orört" not in said.stderr
    assert (hidden, unfinished) == (True, [False])
    assert [one.is_complete for one in saved(index)] == [True]
    assert not has_any(bytes_below(index), "zebraben")


@pytest.mark.parametrize("harm", ["cut", "gone"])
@pytest.mark.parametrize("rebuild", [False, True])
def test_without_the_list_nothing_is_written(minutes: Path, index: Path, harm: str, *, rebuild: bool) -> None:
    run(index, the_secret(index).id)
    listed = index / "takedowns.json"
    if harm == "cut":
        listed.write_bytes(listed.read_bytes()[:-20])
    else:
        listed.unlink()
    before = bytes_below(index)

    with pytest.raises(TakedownsLost, match=r"takedowns\.json"):
        run_reindex(minutes, index, rebuild=rebuild)

    assert bytes_below(index) == before


def test_a_rebuild_of_a_damaged_index_obeys_the_list(minutes: Path, index: Path) -> None:
    run(index, the_secret(index).id)
    (generations.current(index) / "manifest.json").unlink()
    with pytest.raises(IndexDamaged):
        run_reindex(minutes, index)

    run_reindex(minutes, index, rebuild=True)

    assert not has_any(bytes_below(index), "zebraben")


def test_the_dictionary_of_compression_is_made_anew(tmp_path: Path) -> None:
    minutes = tmp_path / "minutes"
    for number in range(520):
        write_minutes(minutes, f"{number}.txt", word=f"gungställning{number}", number=number + 1)
    marked = "Rörmokaren Bo Påhittsson i Låtsasby har en kvaddfraktur på sitt zebraben och vill ha bidrag. "
    write_minutes(minutes, "000.txt", word=marked * 20)
    run_reindex(minutes, tmp_path / "index")
    secret = the_secret(tmp_path / "index")
    was_there = bytes_below(tmp_path / "index").count("Påhittsson".encode("latin-1"))

    said = run(tmp_path / "index", secret.id)

    assert was_there > 20
    assert said.exit_code == 0
    assert not has_any(bytes_below(tmp_path / "index"), "Påhittsson")


SHORT = section("5", title='Svar till "Bo Ek"', text="Bo Ek får\nett nej.")
LONG = section("6", title="Yttrande", text='Hon kallar det för\n"en ren påhittad historia" i sin\nskrivelse.')


@pytest.mark.parametrize(
    "kept",
    [
        *('Svar till "Bo Ek"', 'Svar till \\"Bo Ek\\"', "Bo Ek får\nett nej.", "Bo Ek får ett nej."),
        *(json.dumps(SHORT.text, ensure_ascii=False), json.dumps(LONG.text, ensure_ascii=False)),
        *(LONG.text, " ".join(LONG.text.split())),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_whatever_is_left_is_found_as_it_may_be_written_also_when_it_is_short(
    tmp_path: Path, kept: str, encoding: str
) -> None:
    built = document("a.txt", SHORT, LONG, section("7", title="Rapporter", text="Till handlingarna."))
    index_documents(tmp_path, [built])
    (tmp_path / "kopia").write_bytes(f"x{kept}x".encode(encoding))

    said = run(tmp_path, *(f"{built.id}-{number}" for number in "56"))

    assert said.exit_code == 70
    assert "some of the text is still in kopia" in said.stdout
    assert "Bo Ek" not in said.output


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kommunstyrelsen", "ledamotsförteckning"),
        ("Ada Provsson (S)", "ADA PROVSSON"),
        ("till Ada Provsson", "Svar  till\nAda Provsson"),
        ("Protokoll 2019-11-25", "2019 Svar till Ada"),
        ("KS 2019/0835", "Granvika kommun"),
        ("Låneförteckning", "låneförteckning"),
        ("Lånet", "lånen"),
    ],
)
def test_what_others_say_too_is_no_trace(tmp_path: Path, title: str, text: str) -> None:
    going = document("går.txt", section("1", title=title, text=text))
    part = Part(PartKind.MOTION, "Ada Provsson föreslår avslag.", "Ada Provsson (S)")
    said_too = "Svar\ntill ada  provsson. Granvika kommun har lånen och en låneförteckning."
    other = section(
        "1", title="Ledamotsförteckningen", text=f"{said_too}\n{part.text}", dnr=("KS 2019/0835",)
    )
    staying = document("2019 Svar till Ada.txt", replace(other, parts=(part,)))
    index_documents(tmp_path, [going, staying])

    said = run(tmp_path, f"{going.id}-1")

    assert (said.exit_code, "1 sections" in said.stdout) == (0, True)


def test_a_takedown_in_a_process_of_its_own_ends_with_0(index: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "search_service",
        "takedown",
        the_secret(index).id,
        "--index",
        str(index),
    ]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, "gone" in done.stdout) == (0, True)


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
