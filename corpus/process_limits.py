"""Takes from a process what reading a file does not need, before it reads one.

Every limit is asked for by itself: what a system does not know or does not grant (macOS has no limit on
address space, a container may forbid filters) is left out, and said in the log at level DEBUG.
"""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import sys
from typing import Final

from corpus import system_call_filter

_OPEN_FILES: Final = 64

# From linux/prctl.h.
_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_DUMPABLE: Final = 4
_SET_NO_NEW_PRIVILEGES: Final = 38

_logger = logging.getLogger(__name__)


def confine(*, memory: int) -> None:
    """Limit this process for good: memory, open files, nothing written, no network, no other processes.

    It leaves no core dump, cannot be traced, gains no privileges, and dies with the thread that started it.

    Args:
        memory: bytes of address space that it may have.
    """
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    if sys.platform == "linux":
        _control(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        _control(_SET_DUMPABLE, 0)
        # Without it only root may set a filter.
        _control(_SET_NO_NEW_PRIVILEGES, 1)
        _filter_system_calls()


def allow_seconds(*, wall_clock: int, processor: int) -> None:
    """Let this process end by SIGALRM or SIGXCPU after so many more seconds of either time."""
    signal.alarm(wall_clock)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + processor + 1
    _set(resource.RLIMIT_CPU, soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    _set(kind, limit, limit)


def _set(kind: int, soft: int, hard: int) -> None:
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError) as error:
        _logger.debug("limit %d is not to be had: %s", kind, error)


def _control(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    nothing = ctypes.c_ulong(0)
    if libc.prctl(option, ctypes.c_ulong(value), nothing, nothing, nothing) != 0:
        _logger.debug("prctl %d is not to be had: %s", option, os.strerror(ctypes.get_errno()))


def _filter_system_calls() -> None:
    try:
        system_call_filter.install()
    except OSError as error:
        _logger.debug("a filter of system calls is not to be had: %s", error)
