"""Denies this process the system calls that open a network or start another process (Linux only).

The filter is a program of the kernel's packet filter, run on every call (Linux documentation,
userspace-api/seccomp_filter). A network namespace would do for the network, but many containers forbid them;
a filter needs no privileges once new ones are given up.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# From linux/prctl.h, linux/filter.h and linux/seccomp.h.
_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2
_LOAD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050000 | errno.EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers of one architecture.

    Attributes:
        audit: how the kernel names it (linux/audit.h).
        denied: socket, ptrace, execve, execveat, clone, clone3, io_uring_setup, and fork and vfork where
            there are such.
        end: numbers from here on are calls in a form of their own.
    """

    audit: int
    denied: tuple[int, ...]
    end: int


_MACHINES: Final = {
    "x86_64": _Machine(0xC000003E, (41, 101, 59, 322, 56, 435, 425, 57, 58), 0x40000000),
    "aarch64": _Machine(0xC00000B7, (198, 117, 221, 281, 220, 435, 425), 0x40000000),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def install() -> None:
    """Deny the calls for the rest of this process; they fail with EPERM.

    Raises:
        OSError: the kernel knows no filters or does not grant one, or the architecture is none of ours.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    instructions = _instructions(machine)
    code = ctypes.create_string_buffer(b"".join(instructions))
    program = _Program(len(instructions), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.byref(program)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _instructions(machine: _Machine) -> Sequence[bytes]:
    """Return the program: it compares and goes on, or jumps to its last line, which denies."""
    tests = [(_JUMP_IF_AT_LEAST, machine.end), *((_JUMP_IF_EQUAL, number) for number in machine.denied)]
    to_the_end = len(tests)
    return [
        _instruction(_LOAD, _ARCHITECTURE_AT),
        # The calls of another architecture have other numbers.
        _instruction(_JUMP_IF_EQUAL, machine.audit, otherwise=to_the_end + 2),
        _instruction(_LOAD, _NUMBER_AT),
        *(_instruction(code, value, then=to_the_end - at) for at, (code, value) in enumerate(tests)),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _DENY),
    ]


def _instruction(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
