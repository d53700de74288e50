"""The kinds of values that settings have, and how each is read from text."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value, and how it is read from text.

    Attributes:
        expected: what a value must be, as a noun phrase for messages and tables.
        parse: raises `ValueError` for anything else.
    """

    expected: str
    parse: Callable[[str], Any]


def whole_number(smallest: int, largest: int) -> Kind:
    """Return the kind of a number that is at least `smallest` and at most `largest`."""

    def parse(text: str) -> int:
        # `int` alone would also take `1_000` and other scripts' digits.
        if not (text.isascii() and text.isdecimal() and len(text) < 16 and smallest <= int(text) <= largest):
            raise ValueError(text)
        return int(text)

    return Kind(f"a whole number from {smallest} to {largest}", parse)


def _number_above_zero(largest: int, noun: str) -> Kind:
    def parse(text: str) -> float:
        number = float(text)
        if not 0 < number <= largest:
            raise ValueError(text)
        return number

    return Kind(f"{noun} above 0, at most {largest}", parse)


def _parse_folder(text: str) -> Path:
    if not text or "\0" in text:
        raise ValueError(text)
    return Path(text)


def _parse_path_or_none(text: str) -> str:
    if not text or "\0" in text:
        raise ValueError(text)
    return text


def _parse_host(text: str) -> str:
    if not text or any(character.isspace() for character in text):
        raise ValueError(text)
    return text


def _parse_public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(text)
    parts.port  # noqa: B018 -- raises ValueError for a port that is none
    if any(character.isspace() or character in "<>\"'" for character in text):
        raise ValueError(text)
    return text.rstrip("/")


def _parse_networks(text: str) -> str:
    if text != NONE:
        for name in listed(text):
            ipaddress.ip_network(name)
    return text


def _parse_host_names(text: str) -> str:
    if not all(_HOST_NAME.match(name) for name in listed(text)):
        raise ValueError(text)
    return text.lower()


def listed(text: str) -> list[str]:
    """Return the names that have commas between them."""
    return [name.strip() for name in text.split(",")]


def _parse_log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(text)
    return text.upper()


NONE: Final = "none"
"""The value that stands for doing without, where no value stands for something else."""

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")

_HOST_NAME: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_-])?|\[[0-9A-Fa-f:.]{2,45}\])\Z"
)

FOLDER: Final = Kind("a folder", _parse_folder)
WORD_LIST: Final = Kind(f"a folder, one of the list's two files, or {NONE}", _parse_path_or_none)
SYNONYMS: Final = Kind(f"a file, or {NONE}", _parse_path_or_none)
HOST: Final = Kind("an address or a host name", _parse_host)
URL: Final = Kind("an address like https://sok.example.se without query", _parse_public_url)
SECONDS: Final = _number_above_zero(3600, "a number of seconds")
SHARE: Final = _number_above_zero(1, "a number")
NETWORKS: Final = Kind(f"addresses or networks with commas between, or {NONE}", _parse_networks)
HOST_NAMES: Final = Kind("host names without port, with commas between", _parse_host_names)
LOG_LEVEL: Final = Kind(f"one of {', '.join(LOG_LEVELS)}", _parse_log_level)
