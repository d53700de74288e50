"""What Linux says of a process in `/proc`: its children, its CPU time, its memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_GONE: Final = (FileNotFoundError, ProcessLookupError)


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it, as far as they live."""
    yield pid
    with suppress(*_GONE):
        for thread in (_PROC / str(pid) / "task").iterdir():
            with suppress(*_GONE):
                for child in (thread / "children").read_text("ascii").split():
                    yield from family(int(child))


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a living family has taken, and its dead and waited-for children."""
    return sum(_cpu_seconds(each) for each in family(pid))


def _cpu_seconds(pid: int) -> float:
    with suppress(*_GONE):
        # The second field, the name, may have spaces and parentheses in it.
        fields = (_PROC / str(pid) / "stat").read_text("utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0.0


def resident_bytes(pid: int) -> int:
    """Return the memory that a living family has, mapped files included."""
    return sum(_status(each, "VmRSS") for each in family(pid))


def peak_bytes(pid: int) -> int:
    """Return the most memory that one process has had, mapped files included."""
    return _status(pid, "VmHWM")


def anonymous_bytes(pid: int) -> int:
    """Return the memory of one process beyond the files that it maps."""
    with suppress(*_GONE, PermissionError):
        return _value((_PROC / str(pid) / "smaps_rollup").read_text("ascii"), "Anonymous")
    return 0


def _status(pid: int, name: str) -> int:
    with suppress(*_GONE):
        return _value((_PROC / str(pid) / "status").read_text("utf-8"), name)
    return 0


def _value(text: str, name: str) -> int:
    """Return a number of kB in bytes, 0 when there is none, as for a process that is a zombie."""
    for line in text.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0
