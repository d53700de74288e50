"""What is taken down is in no file and in no later run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index import generations, taking_down
from index.engines.whoosh_engine import WhooshEngine
from tests.factories import write
from tests.minutes_folder import write_minutes
from tests.takedown.private_minutes import PRIVATE, entries, run, run_reindex, the_secret
from tests.takedown.unfinished import NOW
from tests.traces import bytes_below, has_any

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"


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


@pytest.mark.parametrize("name", ["c.txt", "d.txt"])
def test_a_plan_is_for_the_index_as_it_is_when_it_is_done(minutes: Path, index: Path, name: str) -> None:
    with closing(WhooshEngine(index)) as engine:
        secret = the_secret(index)
        wanted = taking_down.plan(engine, [secret.id], now=NOW)
        (minutes / "c.txt").rename(minutes / name)
        if name == "d.txt":
            write_minutes(minutes, "c.txt", word="rutschkana")
        write_minutes(minutes, "e.txt", word="klätterborg")
        run_reindex(minutes, index)

        traces = taking_down.take_down(engine, wanted)
        known = engine.manifest().taken_down

    assert traces == ()
    assert secret.id in known
    assert not has_any(bytes_below(index), "zebraben")
    assert not any("zebraben" in entry.text for entry in entries(index))


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
