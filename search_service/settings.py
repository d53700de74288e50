"""The settings: one table from which the command line, the environment and the README are made."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit


class SettingsError(Exception):
    """A setting has a value that cannot be used; names the variable, the value and what is expected."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value, and how it is read from text.

    Attributes:
        expected: what a value must be, as a noun phrase for messages and tables.
        parse: raises `ValueError` for anything else.
    """

    expected: str
    parse: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Attributes:
        field: the name of the attribute of `Settings`.
        variable: the environment variable.
        option: the name on the command line, with its dashes.
    """

    field: str
    variable: str
    option: str
    kind: Kind
    default: Any
    help: str

    def read(self, text: str) -> Any:
        """Return the value that `text` stands for.

        Raises:
            SettingsError: when it stands for none.
        """
        try:
            return self.kind.parse(text.strip())
        except ValueError:
            raise SettingsError(f"{self.variable}={text!r}: expected {self.kind.expected}") from None


def _whole_number(smallest: int, largest: int) -> Kind:
    def parse(text: str) -> int:
        # `int` alone would also take `1_000` and other scripts' digits.
        if not (text.isascii() and text.isdecimal() and len(text) < 16 and smallest <= int(text) <= largest):
            raise ValueError(text)
        return int(text)

    return Kind(f"a whole number from {smallest} to {largest}", parse)


def _parse_seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise ValueError(text)
    return seconds


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
        for name in _listed(text):
            ipaddress.ip_network(name)
    return text


def _parse_host_names(text: str) -> str:
    if not all(_HOST_NAME.match(name) for name in _listed(text)):
        raise ValueError(text)
    return text.lower()


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _parse_log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(text)
    return text.upper()


NO_SYNONYMS: Final = "none"
"""The value of `synonyms` that stands for doing without."""

NO_WORD_LIST: Final = "none"
"""The value of `word_list` that stands for doing without."""

NONE: Final = "none"
"""The value of `trusted_proxies` that stands for no proxy."""

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")

_HOST_NAME: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_-])?|\[[0-9A-Fa-f:.]{2,45}\])\Z"
)

_FOLDER: Final = Kind("a folder", _parse_folder)
_WORD_LIST: Final = Kind(f"a folder, one of the list's two files, or {NO_WORD_LIST}", _parse_path_or_none)
_SYNONYMS: Final = Kind(f"a file, or {NO_SYNONYMS}", _parse_path_or_none)
_HOST: Final = Kind("an address or a host name", _parse_host)
_URL: Final = Kind("an address like https://sok.example.se without query", _parse_public_url)
_SECONDS: Final = Kind("a number of seconds above 0, at most 3600", _parse_seconds)
_NETWORKS: Final = Kind(f"addresses or networks with commas between, or {NONE}", _parse_networks)
_HOST_NAMES: Final = Kind("host names without port, with commas between", _parse_host_names)
_LOG_LEVEL: Final = Kind(f"one of {', '.join(LOG_LEVELS)}", _parse_log_level)


def _row(variable: str, kind: Kind, help_text: str, *, option: str | None = None) -> dict[str, Any]:
    return {"variable": variable, "kind": kind, "help": help_text, "option": option}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set. What each means stands beside it."""

    minutes_dir: Path | None = field(
        default=None,
        metadata=_row("MINUTES_DIR", _FOLDER, "Folder with the minutes to index.", option="--minutes"),
    )
    index_dir: Path = field(
        default=Path("var/index"),
        metadata=_row("MINUTES_INDEX", _FOLDER, "Folder of the index.", option="--index"),
    )
    lexicon_dir: Path = field(
        default=Path("var/lexicon"),
        metadata=_row("LEXICON_DIR", _FOLDER, "Folder where the compiled Swedish lexicon is kept."),
    )
    word_list: str | None = field(
        default=None,
        metadata=_row(
            "MINUTES_WORD_LIST",
            _WORD_LIST,
            "hunspell word list that the lexicon is compiled from, else the one that comes with the program.",
        ),
    )
    synonyms: str | None = field(
        default=None,
        metadata=_row(
            "MINUTES_SYNONYMS",
            _SYNONYMS,
            "Words and abbreviations that mean the same, else the list that comes with the program.",
        ),
    )
    host: str = field(default="127.0.0.1", metadata=_row("MINUTES_HOST", _HOST, "Address to listen on."))
    port: int = field(
        default=8000,
        metadata=_row("MINUTES_PORT", _whole_number(0, 65535), "Port to listen on; 0 takes a free one."),
    )
    workers: int = field(
        default=1,
        metadata=_row("MINUTES_WORKERS", _whole_number(1, 64), "Number of processes that answer requests."),
    )
    public_url: str | None = field(
        default=None,
        metadata=_row("PUBLIC_URL", _URL, "Address that absolute links begin with, else the request's."),
    )
    trusted_hosts: str | None = field(
        default=None,
        metadata=_row(
            "MINUTES_TRUSTED_HOSTS",
            _HOST_NAMES,
            "Names that the service is asked by, others get 400; else any that is well-formed.",
        ),
    )
    trusted_proxies: str = field(
        default="127.0.0.1,::1",
        metadata=_row(
            "MINUTES_TRUSTED_PROXIES",
            _NETWORKS,
            "Proxies that are believed when they say whom they ask for (X-Forwarded-For, -Proto).",
        ),
    )
    requests_per_minute: int = field(
        default=3000,
        metadata=_row(
            "MINUTES_REQUESTS_PER_MINUTE",
            _whole_number(0, 1_000_000),
            "Requests that one address may make, a third of them at once, in each process; "
            "an export counts as 50. 0 sets no limit.",
        ),
    )
    max_query_characters: int = field(
        default=512,
        metadata=_row(
            "MINUTES_MAX_QUERY_CHARACTERS", _whole_number(1, 10_000), "Longest query, in characters."
        ),
    )
    max_query_terms: int = field(
        default=32,
        metadata=_row("MINUTES_MAX_QUERY_TERMS", _whole_number(1, 1_000), "Most words in a query."),
    )
    max_query_nesting: int = field(
        default=8,
        metadata=_row("MINUTES_MAX_QUERY_NESTING", _whole_number(1, 100), "Deepest parentheses in a query."),
    )
    min_prefix: int = field(
        default=3, metadata=_row("MINUTES_MIN_PREFIX", _whole_number(1, 20), "Fewest letters before a *.")
    )
    max_expansions: int = field(
        default=1000,
        metadata=_row("MINUTES_MAX_EXPANSIONS", _whole_number(1, 100_000), "Most words that a * stands for."),
    )
    result_window: int = field(
        default=10_000,
        metadata=_row(
            "MINUTES_RESULT_WINDOW",
            _whole_number(1, 10_000_000),
            "Last hit that pages reach; the export has no limit.",
        ),
    )
    exports_per_client: int = field(
        default=1,
        metadata=_row(
            "MINUTES_EXPORTS_PER_CLIENT",
            _whole_number(1, 1_000),
            "Exports that one address may have under way at a time, in each process.",
        ),
    )
    time_budget: float = field(
        default=2.0,
        metadata=_row(
            "MINUTES_TIME_BUDGET", _SECONDS, "Seconds that a search may take before it is given up."
        ),
    )
    log_level: str = field(
        default="INFO", metadata=_row("MINUTES_LOG_LEVEL", _LOG_LEVEL, "Least severity that is logged.")
    )


def trusted_networks(
    settings: Settings,
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the networks that the proxies are in."""
    names = () if settings.trusted_proxies == NONE else _listed(settings.trusted_proxies)
    return tuple(ipaddress.ip_network(name) for name in names)


def trusted_hosts(settings: Settings) -> frozenset[str]:
    """Return the names that the service may be asked by, in small letters; none for any."""
    return frozenset(_listed(settings.trusted_hosts or "")) - {""}


def settings_rows() -> tuple[Setting, ...]:
    """Return the table of settings, in the order in which they are shown."""
    return tuple(_from_field(declared) for declared in fields(Settings))


def _from_field(declared: Field[Any]) -> Setting:
    data = declared.metadata
    option = data["option"] or "--" + declared.name.replace("_", "-")
    return Setting(declared.name, data["variable"], option, data["kind"], declared.default, data["help"])


def from_environ(environ: Mapping[str, str]) -> Settings:
    """Return the settings that environment variables give; an empty variable is as none.

    Raises:
        SettingsError: on the first value that cannot be used.
    """
    given = {
        row.field: row.read(environ[row.variable]) for row in settings_rows() if environ.get(row.variable)
    }
    return Settings(**given)


def to_environ(settings: Settings) -> dict[str, str]:
    """Return the environment variables that give `settings`, empty where there is no value."""
    return {row.variable: _shown(getattr(settings, row.field)) for row in settings_rows()}


def settings_table() -> str:
    """Return the table of settings in Markdown, as it stands in the README."""
    lines = ["| variable | option | default | expected | meaning |", "|---|---|---|---|---|"]
    for row in settings_rows():
        default = f"`{_shown(row.default)}`" if row.default is not None else "–"
        lines.append(f"| `{row.variable}` | `{row.option}` | {default} | {row.kind.expected} | {row.help} |")
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
