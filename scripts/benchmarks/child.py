"""Running a part of the benchmark in a process of its own, so that memory and start are its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]


def start_module(module: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start `python -m scripts.benchmarks.MODULE` with pipes for its input and output."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", f"scripts.benchmarks.{module}", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        **options,
    )


def ask_module(module: str, *arguments: str, sent: bytes = b"") -> bytes:
    """Run a module to its end, and return what it printed.

    Raises:
        CalledProcessError: it failed; what it said is on stderr.
    """
    process = start_module(module, *arguments)
    printed, _ = process.communicate(sent)
    return result_of(process, printed)


def result_of(process: subprocess.Popen[bytes], printed: bytes) -> bytes:
    """Return what a process that has ended printed.

    Raises:
        CalledProcessError: it failed.
    """
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return printed


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Return the input and the output of a process started by `start_module`."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    return process.stdin, process.stdout
