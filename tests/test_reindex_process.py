"""Runs the command line in processes of its own, as cron, a terminal and an operator do."""

from __future__ import annotations

import json
import os
import pty
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from tests.minutes_folder import write_minutes, write_unreadable
from tests.word_list import write_word_list

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "search_service"]
REPORT_KEYS = {
    "documents",
    "sections",
    "added",
    "updated",
    "removed",
    "unchanged",
    "unreadable",
    "masked_personal_numbers",
    "generation",
    "seconds",
}
SECONDS_TO_START = 60


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    write_minutes(folder, "a.txt", word="sandlåda")
    write_minutes(folder, "b.txt", word="gungställning")
    return folder


def environment(**more: str | Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINUTES_")}
    # A test that wants a lexicon brings its own word list.
    return {**kept, "MINUTES_WORD_LIST": "none", **{name: str(value) for name, value in more.items()}}


def run(
    *arguments: str | Path, command: list[str] = COMMAND, **more: str | Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_a_run_ends_with_0_and_a_report_of_the_promised_form(minutes: Path, tmp_path: Path) -> None:
    report_file = tmp_path / "report.json"

    done = run("reindex", "--minutes", minutes, "--index", tmp_path / "index", "--report", report_file)

    report = json.loads(report_file.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert report.keys() >= REPORT_KEYS
    assert (report["documents"], report["added"], report["unreadable"]) == (2, 2, [])
    assert isinstance(report["generation"], str)


def test_a_report_that_cannot_be_written_is_said_not_to_be_when_the_index_is_published(
    minutes: Path, tmp_path: Path
) -> None:
    done = run("reindex", "--minutes", minutes, "--index", tmp_path / "index", "--report", "/dev/full")
    again = run("reindex", "--minutes", minutes, "--index", tmp_path / "index")

    assert (done.returncode, again.returncode) == (1, 0)
    assert "in generation 1, but the report was not written" in done.stderr
    assert "0 added" in again.stdout


def test_a_dash_prints_the_report_and_nothing_else(minutes: Path, tmp_path: Path) -> None:
    done = run("reindex", "--minutes", minutes, "--index", tmp_path / "index", "--report", "-")

    assert json.loads(done.stdout).keys() >= REPORT_KEYS


def test_off_a_terminal_progress_is_plain_lines_on_stderr(minutes: Path, tmp_path: Path) -> None:
    done = run("reindex", "--minutes", minutes, "--index", tmp_path / "index")

    assert "Reading 2 files\n" in done.stderr
    assert "Read 2 of 2 files (" in done.stderr
    assert "\r" not in done.stderr
    assert "2 documents" in done.stdout
    assert "Read" not in done.stdout


def test_on_a_terminal_progress_is_a_bar(minutes: Path, tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    termios.tcsetwinsize(end, (24, 80))
    with subprocess.Popen(
        [*COMMAND, "reindex", "--minutes", str(minutes), "--index", str(tmp_path / "index")],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=end,
    ) as process:
        os.close(end)
        shown = b"".join(iter(lambda: read_terminal(terminal), b""))
        process.communicate(timeout=60)
    os.close(terminal)

    assert process.returncode == 0
    assert b"\r" in shown
    assert b"2/2" in shown


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        # Linux says that the other end is closed by EIO.
        return b""


def test_the_lexicon_is_compiled_once_and_changes_of_it_are_told(minutes: Path, tmp_path: Path) -> None:
    folders = ("--minutes", minutes, "--index", tmp_path / "index", "--lexicon-dir", tmp_path / "lexicon")
    words = write_word_list(tmp_path / "words").words

    without = run("reindex", *folders, "--report", "-")
    compiled = run("reindex", *folders, "--word-list", words, "--report", "-")
    again = run("reindex", *folders, "--word-list", words, "--rebuild", "--report", "-")

    lexicons = [json.loads(done.stdout)["analysis"]["lexicon"] for done in (without, compiled, again)]
    assert lexicons[0] is None
    assert lexicons[1] == lexicons[2] is not None
    assert f"The lexicon changed from none to {lexicons[1]}: the index is rebuilt" in compiled.stderr
    assert "compiling the Swedish lexicon … 100 %" in compiled.stderr
    assert "compiling" not in without.stderr + again.stderr


def test_none_for_a_word_list_takes_the_lexicon_from_an_index_that_has_one(
    minutes: Path, tmp_path: Path
) -> None:
    folders = ("--minutes", minutes, "--index", tmp_path / "index", "--lexicon-dir", tmp_path / "lexicon")
    words = write_word_list(tmp_path / "words").words
    run("reindex", *folders, "--word-list", words)

    without = run("reindex", *folders, "--word-list", "none", "--report", "-")
    again = run("reindex", *folders, "--word-list", "none", "--rebuild", "--report", "-")
    unchanged = run("reindex", *folders, "--word-list", "none", "--report", "-")

    reports = [json.loads(done.stdout) for done in (without, again, unchanged)]
    assert [report["analysis"]["lexicon"] for report in reports] == [None, None, None]
    assert "to none: the index is rebuilt" in without.stderr
    assert "with the stemmer alone" in without.stderr
    assert reports[2]["unchanged"] == reports[2]["documents"] > 0


@pytest.mark.parametrize(("strict", "status"), [([], 0), (["--strict"], 1)])
def test_an_unreadable_file_counts_only_under_strict(
    minutes: Path, tmp_path: Path, strict: list[str], status: int
) -> None:
    write_unreadable(minutes, "c.pdf")

    done = run(
        "reindex", "--minutes", minutes, "--index", tmp_path / "index", "--report", tmp_path / "r", *strict
    )

    report = json.loads((tmp_path / "r").read_text(encoding="utf-8"))
    assert done.returncode == status
    assert report["documents"] == 2
    assert [failure["source"] for failure in report["unreadable"]] == ["c.pdf"]
    assert [failure.keys() for failure in report["unreadable"]] == [{"source", "reason"}]


@pytest.mark.parametrize(
    "arguments",
    [
        ["reindex", "--index", "index"],
        ["reindex", "--minutes", "missing", "--index", "index"],
        ["reindex", "--minutes", "a.txt", "--index", "index"],
        ["reindex", "--minutes", ".", "--index", "index", "--report", "missing/report.json"],
        ["reindex", "--minutes", ".", "--index", "a.txt"],
        ["reindex", "--minutes", ".", "--index", "index", "--nonsense"],
    ],
)
def test_wrong_use_ends_with_2_and_makes_no_index(minutes: Path, arguments: list[str]) -> None:
    placed = [
        str(minutes / text) if text in {"missing", "a.txt", ".", "missing/report.json"} else text
        for text in arguments
    ]
    placed = [str(minutes.parent / "index") if text == "index" else text for text in placed]

    done = run(*placed)

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not (minutes.parent / "index").exists()


def test_variables_stand_for_options(minutes: Path, tmp_path: Path) -> None:
    done = run(
        "reindex",
        MINUTES_DIR=minutes,
        MINUTES_INDEX=tmp_path / "index",
        MINUTES_REINDEX_REPORT=tmp_path / "report.json",
    )

    assert done.returncode == 0
    assert (tmp_path / "report.json").is_file()


def test_the_script_for_cron_takes_the_same_arguments(minutes: Path, tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "reindex.py")]

    done = run("--minutes", minutes, "--index", tmp_path / "index", "--rebuild", "--strict", command=script)

    assert done.returncode == 0
    assert "2 documents" in done.stdout


def test_a_second_writer_is_refused_with_the_pid_of_the_first(minutes: Path, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    reindex(minutes, engine)
    write_minutes(minutes, "c.txt", word="klätterborg")

    with engine.update():
        refused = run("reindex", "--minutes", minutes, "--index", tmp_path / "index")
    after = run("reindex", "--minutes", minutes, "--index", tmp_path / "index")

    assert refused.returncode == 75
    assert str(os.getpid()) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert after.returncode == 0
    engine.close()


def test_a_damaged_index_is_reported_and_rebuilt_on_request(minutes: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("reindex", "--minutes", minutes, "--index", index)
    for file in index.rglob("*"):
        if file.is_file() and file.name != "LOCK":
            file.unlink()
            file.write_bytes(b"\0")

    refused = run("reindex", "--minutes", minutes, "--index", index)
    rebuilt = run("reindex", "--minutes", minutes, "--index", index, "--rebuild")
    found = run("search", "sandlåda", "--index", index)

    assert refused.returncode == 70
    assert "--rebuild" in refused.stderr
    assert rebuilt.returncode == 0
    assert "a.txt" in found.stdout


def test_the_index_keeps_its_promises_over_kills_and_changed_files() -> None:
    done = run(
        *("--only", "kills,flips", "--times", "5", "--seed", "7"),
        command=[sys.executable, str(ROOT / "scripts" / "torture.py")],
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("all promises kept") == 2


@contextmanager
def server(*arguments: str | Path) -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port), *map(str, arguments)], cwd=ROOT, env=environment()
        ) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client,
    ):
        try:
            wait_until_ready(client, process)
            yield client
        finally:
            process.terminate()
            process.wait(30)


def wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail("the server was not ready in time")


def total(client: httpx.Client, word: str) -> int:
    answer = client.get("/api/v1/search", params={"q": word, "strict": "true"})
    assert answer.status_code == httpx.codes.OK
    found: int = answer.json()["total"]
    return found


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_builds_the_index_and_shows_each_reindex_without_a_failed_request(
    minutes: Path, tmp_path: Path, workers: str
) -> None:
    index = tmp_path / "index"

    with server("--minutes", minutes, "--index", index, "--workers", workers) as client:
        assert total(client, "sandlåda") > 0
        assert total(client, "klätterborg") == 0
        write_minutes(minutes, "c.txt", word="klätterborg")
        (minutes / "b.txt").unlink()
        with subprocess.Popen(
            [*COMMAND, "reindex", "--minutes", str(minutes), "--index", str(index)],
            cwd=ROOT,
            env=environment(),
        ) as process:
            while process.poll() is None:
                assert total(client, "sandlåda") > 0
                time.sleep(0.02)

        assert process.returncode == 0
        assert total(client, "klätterborg") > 0
        assert total(client, "gungställning") == 0


def test_a_server_without_an_index_starts_and_finds_the_first_one(minutes: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    engine = WhooshEngine(index)
    deadline = time.monotonic() + SECONDS_TO_START

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port), "--index", str(index)], cwd=ROOT, env=environment()
        ) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client,
    ):
        try:
            while not answers(client) and time.monotonic() < deadline:
                time.sleep(0.1)
            before = client.get("/api/v1/search").status_code
            reindex(minutes, engine)
            found = total(client, "sandlåda")
        finally:
            process.terminate()
            process.wait(30)
    engine.close()

    assert before == httpx.codes.SERVICE_UNAVAILABLE
    assert found > 0


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def test_a_port_that_is_taken_ends_the_server_with_2(minutes: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run("serve", "--index", tmp_path / "index", "--minutes", minutes, "--port", str(port))

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
