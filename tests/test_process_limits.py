"""What a process that reads files may not do; each is tried in a process that was confined."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.process_limits import allow_seconds, confine
from corpus.reader_pool import ReaderPool
from tests.indexing.test_failures import source_file
from tests.minutes_folder import write_minutes

_CONFINED = (
    f"from {confine.__module__} import {confine.__name__}, {allow_seconds.__name__}\n"
    "import os, resource, socket\n"
    "confine(memory=10**9)\n"
)
_ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


def run_confined(code: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", _CONFINED + code], capture_output=True, check=False)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        pytest.param("socket.socket()", "PermissionError", marks=_ON_LINUX),
        pytest.param("socket.socket(socket.AF_UNIX)", "PermissionError", marks=_ON_LINUX),
        pytest.param("os.fork()", "Error", marks=_ON_LINUX),
        pytest.param("os.execv('/bin/true', ['true'])", "PermissionError", marks=_ON_LINUX),
        pytest.param("bytes(2 * 10**9)", "MemoryError", marks=_ON_LINUX),
        ("[os.open('/', os.O_RDONLY) for _ in range(100)]", "Too many open files"),
        ("os.write(os.open('written', os.O_CREAT | os.O_WRONLY), b'x')", "File too large"),
    ],
)
def test_a_confined_process_is_refused(
    code: str, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    monkeypatch.chdir(tmp_path)

    ended = run_confined(code)

    assert ended.returncode == 1
    assert error in ended.stderr.decode()


def test_a_process_that_computes_for_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))

    ended = run_confined("allow_seconds(wall_clock=600, processor=1)\nwhile True: pass")

    assert ended.returncode == -signal.SIGXCPU


def test_a_process_that_sleeps_for_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))

    ended = run_confined("allow_seconds(wall_clock=1, processor=600)\nimport time\ntime.sleep(600)")

    assert ended.returncode == -signal.SIGALRM


@_ON_LINUX
def test_a_reader_knows_nothing_of_our_environment_but_how_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "hemligt")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")

    with ReaderPool(1) as pool:
        list(pool.read_all([source_file(write_minutes(tmp_path, "a.txt", word="sandlåda"))]))
        (reader,) = pool._readers
        try:
            environment = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
        except PermissionError:
            pytest.skip("only root may look into a process that cannot be traced")

    assert b"PATH=/usr/bin:/bin" in environment
    assert b"hemligt" not in environment
