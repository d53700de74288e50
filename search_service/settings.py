"""The settings: one table from which the command line, the environment and the README are made."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from search_service.setting_kinds import (
    FOLDER,
    HOST,
    HOST_NAMES,
    LOG_LEVEL,
    NETWORKS,
    NONE,
    SECONDS,
    SHARE,
    SYNONYMS,
    URL,
    WORD_LIST,
    Kind,
    listed,
    whole_number,
)


class SettingsError(Exception):
    """A setting has a value that cannot be used; names the variable, the value and what is expected."""


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


def _row(variable: str, kind: Kind, help_text: str, *, option: str | None = None) -> dict[str, Any]:
    return {"variable": variable, "kind": kind, "help": help_text, "option": option}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set. What each means stands beside it."""

    minutes_dir: Path | None = field(
        default=None,
        metadata=_row("MINUTES_DIR", FOLDER, "Folder with the minutes to index.", option="--minutes"),
    )
    index_dir: Path = field(
        default=Path("var/index"),
        metadata=_row("MINUTES_INDEX", FOLDER, "Folder of the index.", option="--index"),
    )
    lexicon_dir: Path = field(
        default=Path("var/lexicon"),
        metadata=_row("LEXICON_DIR", FOLDER, "Folder where the compiled Swedish lexicon is kept."),
    )
    word_list: str | None = field(
        default=None,
        metadata=_row(
            "MINUTES_WORD_LIST",
            WORD_LIST,
            "hunspell word list that the lexicon is compiled from, else the one that comes with the program.",
        ),
    )
    synonyms: str | None = field(
        default=None,
        metadata=_row(
            "MINUTES_SYNONYMS",
            SYNONYMS,
            "Words and abbreviations that mean the same, else the list that comes with the program.",
        ),
    )
    host: str = field(default="127.0.0.1", metadata=_row("MINUTES_HOST", HOST, "Address to listen on."))
    port: int = field(
        default=8000,
        metadata=_row("MINUTES_PORT", whole_number(0, 65535), "Port to listen on; 0 takes a free one."),
    )
    workers: int = field(
        default=1,
        metadata=_row("MINUTES_WORKERS", whole_number(1, 64), "Number of processes that answer requests."),
    )
    public_url: str | None = field(
        default=None,
        metadata=_row("PUBLIC_URL", URL, "Address that absolute links begin with, else the request's."),
    )
    trusted_hosts: str | None = field(
        default=None,
        metadata=_row(
            "MINUTES_TRUSTED_HOSTS",
            HOST_NAMES,
            "Names that the service is asked by, others get 400; else any that is well-formed.",
        ),
    )
    trusted_proxies: str = field(
        default="127.0.0.1,::1",
        metadata=_row(
            "MINUTES_TRUSTED_PROXIES",
            NETWORKS,
            "Proxies that are believed when they say whom they ask for (X-Forwarded-For, -Proto).",
        ),
    )
    requests_per_minute: int = field(
        default=3000,
        metadata=_row(
            "MINUTES_REQUESTS_PER_MINUTE",
            whole_number(0, 1_000_000),
            "Requests that one address may make, a third of them at once, in each process; "
            "an export counts as 50. 0 sets no limit.",
        ),
    )
    max_query_characters: int = field(
        default=512,
        metadata=_row(
            "MINUTES_MAX_QUERY_CHARACTERS", whole_number(1, 10_000), "Longest query, in characters."
        ),
    )
    max_query_terms: int = field(
        default=32,
        metadata=_row("MINUTES_MAX_QUERY_TERMS", whole_number(1, 1_000), "Most words in a query."),
    )
    max_query_nesting: int = field(
        default=8,
        metadata=_row("MINUTES_MAX_QUERY_NESTING", whole_number(1, 100), "Deepest parentheses in a query."),
    )
    min_prefix: int = field(
        default=3, metadata=_row("MINUTES_MIN_PREFIX", whole_number(1, 20), "Fewest letters before a *.")
    )
    max_expansions: int = field(
        default=1000,
        metadata=_row("MINUTES_MAX_EXPANSIONS", whole_number(1, 100_000), "Most words that a * stands for."),
    )
    result_window: int = field(
        default=10_000,
        metadata=_row(
            "MINUTES_RESULT_WINDOW",
            whole_number(1, 10_000_000),
            "Last hit that pages reach; the export has no limit.",
        ),
    )
    exports_per_client: int = field(
        default=1,
        metadata=_row(
            "MINUTES_EXPORTS_PER_CLIENT",
            whole_number(1, 1_000),
            "Exports that one address may have under way at a time, in each process.",
        ),
    )
    time_budget: float = field(
        default=2.0,
        metadata=_row(
            "MINUTES_TIME_BUDGET", SECONDS, "Seconds that a search may take before it is given up."
        ),
    )
    searches_waiting: int = field(
        default=24,
        metadata=_row(
            "MINUTES_SEARCHES_WAITING",
            whole_number(1, 1_000),
            "Long searches that may run or wait at a time, and as many of the addresses that take more than "
            "their share, in each process; the next is answered with 503.",
        ),
    )
    computing_share: float = field(
        default=0.02,
        metadata=_row(
            "MINUTES_COMPUTING_SHARE",
            SHARE,
            "Share of a process's time that may be computed for one address, before its searches wait for "
            "each other.",
        ),
    )
    log_level: str = field(
        default="INFO", metadata=_row("MINUTES_LOG_LEVEL", LOG_LEVEL, "Least severity that is logged.")
    )


def trusted_networks(
    settings: Settings,
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the networks that the proxies are in."""
    names = () if settings.trusted_proxies == NONE else listed(settings.trusted_proxies)
    return tuple(ipaddress.ip_network(name) for name in names)


def trusted_hosts(settings: Settings) -> frozenset[str]:
    """Return the names that the service may be asked by, in small letters; none for any."""
    return frozenset(listed(settings.trusted_hosts or "")) - {""}


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
