"""What the command line asks the search engine, read by the code that reads an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from index.manifest import Manifest
from search_service import parameters as table
from search_service.commands.options import setting_options
from search_service.links import Links
from search_service.parameter import Parameter
from search_service.search_params import SearchParams
from search_service.search_parsing import parse_search
from search_service.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_FILTERS: Final = (
    (table.MUNICIPALITY, "SLUG", "Only this municipality."),
    (table.COMMITTEE, "SLUG", "Only this committee."),
    (table.YEAR, "YEAR", "Only meetings of this year; 2016..2019 for several."),
    (table.TYPE, None, "Only this kind of document."),
    (table.DATE_FROM, "DATE", "Only meetings from this day, month or year on."),
    (table.DATE_TO, "DATE", "Only meetings until this day, month or year."),
    (table.DNR, "DNR", "Only this diarienummer, in any written form."),
    (table.IN, None, "Where the words must stand."),
    (table.SORT, None, "Order of the hits; else relevance, or -date without a query."),
)
"""The parameters of the interface that are options too, with their form and help in English."""

_SETTINGS: Final = (
    "index_dir",
    "synonyms",
    "public_url",
    "max_query_characters",
    "max_query_terms",
    "max_query_nesting",
    "min_prefix",
    "max_expansions",
    "result_window",
    "time_budget",
    "log_level",
)


def query_command(command: Command) -> Command:
    """Give a command a query, the options that restrict and order a search, and its limits."""
    command = setting_options(*_SETTINGS)(command)
    for parameter, form, help_text in reversed(_FILTERS):
        command = _option(parameter, form, help_text)(command)
    return click.argument("query", default="")(command)


def _option(parameter: Parameter, form: str | None, help_text: str) -> Callable[[Command], Command]:
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        parameter.name,
        multiple=parameter.many,
        metavar=form or f"[{'|'.join(parameter.choices)}]",
        show_envvar=True,
        help=f"{help_text} May be repeated." if parameter.many else help_text,
    )


def settings_of(given: Mapping[str, Any]) -> Settings:
    """Return the settings among the options that a query command was given."""
    return Settings(**{name: given[name] for name in _SETTINGS})


def params_of(
    query: str, given: Mapping[str, Any], *, manifest: Manifest, window: int, **numbers: int | str
) -> SearchParams:
    """Return the search that the options of a query command ask for; without facets.

    Args:
        query: what is searched for.
        given: the options of `query_command`, by name.
        manifest: of the index that is asked.
        window: the last hit that pages reach.
        numbers: further parameters of the interface, by name.

    Raises:
        RequestError: naming every parameter with a wrong value.
    """
    pairs = [("q", query), (table.FACETS_WANTED.name, table.NO_FACETS)]
    pairs += [(name, str(value)) for name, value in numbers.items()]
    for parameter, _, _ in _FILTERS:
        value = given[parameter.name]
        texts = value if parameter.many else [value or ""]
        pairs += [(parameter.name, text) for text in texts]
    return parse_search(pairs, known=manifest.labels, result_window=window)


def links_of(settings: Settings) -> Links:
    """Return the addresses of the service, from `PUBLIC_URL` or from where it would listen."""
    return Links(settings.public_url or f"http://{settings.host}:{settings.port}")
