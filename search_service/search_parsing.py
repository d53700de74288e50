"""Reads the parameters of a search from a query string, and checks them against each other and the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from corpus import municipalities
from corpus.dnr import key as dnr_key
from corpus.slugs import slug
from index.query import Scope
from index.request import FACETS, UNKNOWN, Group, Sort
from search_service import parameters as table
from search_service.errors import ParameterError, RequestError
from search_service.parameter import Parameter
from search_service.parameters import FIRST_YEAR, LAST_YEAR
from search_service.query_string import QueryStringReader, closest
from search_service.search_params import SearchParams

_LONGEST_ALLOWED_LIST: Final = 300
_LONGEST_NAME: Final = 100
_LARGEST_WINDOW_SHOWN: Final = 10**9

_SCOPES: Final = {scope.value: scope for scope in Scope}
_GROUPS: Final = {group.value: group for group in Group}
_ORDERS: Final = {sort.value: sort for sort in Sort}

_Known = Mapping[str, Mapping[str, str]]
"""Facet to slug to label, of the index."""


def parse_search(
    pairs: Iterable[tuple[str, str]],
    *,
    known: _Known,
    parameters: Collection[Parameter] = table.SEARCH,
    result_window: int | None = 10_000,
) -> SearchParams:
    """Read the parameters of a search.

    Args:
        pairs: names and values, see `query_string.decoded_pairs`.
        known: facet to slug to label, of the index.
        parameters: those that this address takes; any other is an error.
        result_window: the last hit that pages reach; `None` where there are no pages.

    Raises:
        RequestError: naming every parameter at fault.
    """
    reader = QueryStringReader(pairs, parameters)
    # Most requests have two or three parameters of more than twenty.
    given: dict[str, Any] = {
        field: read(reader, known) for name, (field, read) in _FIELDS.items() if name in reader
    }
    wanted = given.get("facets", ())
    given |= {"facets": tuple(facet for facet in FACETS if facet in wanted)} if wanted else {}
    params = SearchParams(**given)
    reader.check()
    _check_conflicts(params, wanted)
    if result_window is not None:
        _check_window(params, result_window)
    return params


def _bodies(reader: QueryStringReader, parameter: Parameter, labels: _Known) -> tuple[str, ...]:
    """Return the slugs of municipalities or committees that are asked for.

    A municipality of Sweden without minutes in the index has no hits, which is no error.
    """
    known = labels.get(parameter.name, {})
    values = reader.many(parameter)
    is_municipality = parameter is table.MUNICIPALITY
    for value in values:
        if value == UNKNOWN or value in known or (is_municipality and _is_in_sweden(value)):
            continue
        guess = _meant(value[:_LONGEST_NAME], known, is_municipality=is_municipality)
        shown = sorted(known)[:_LONGEST_ALLOWED_LIST]
        allowed = tuple(shown if guess is None or guess in shown else sorted([*shown, guess]))
        reader.reject(
            parameter,
            value,
            "indexet har inget med det kortnamnet",
            reason="unknown",
            allowed=(*allowed, UNKNOWN),
            guess=guess,
        )
    return values


def _is_in_sweden(text: str) -> bool:
    named = municipalities.by_slug(text) or municipalities.known(text)
    return named is not None and named.slug == text


def _meant(written: str, known: Mapping[str, str], *, is_municipality: bool) -> str | None:
    """Return the slug that a name written in another way, or with a slip, most likely means."""
    folded = slug(written)
    if is_municipality:
        named = municipalities.known(written) or municipalities.by_slug(folded)
        named = named or municipalities.by_name(written.replace("-", " "))
        if named is not None and (named.slug in known or _is_in_sweden(named.slug)):
            return named.slug
    return folded if folded in known else closest(folded, known)


def _years(reader: QueryStringReader) -> tuple[str, ...]:
    years: set[str] = set()
    for value in reader.many(table.YEAR):
        span = _span(value)
        if value == UNKNOWN:
            years.add(UNKNOWN)
        elif span:
            years.update(map(str, span))
        else:
            expected = f"det ska vara år från {FIRST_YEAR} till {LAST_YEAR}, som {table.YEAR.form}"
            reader.reject(table.YEAR, value, expected)
    return tuple(sorted(years))


def _span(text: str) -> range:
    """Return the years of `2019`, `2016..2019`, `2016..` or `..2019`; none when it is none of these."""
    first, dots, last = text.partition("..")
    if not (first or last):
        return range(0)
    ends = (first or str(FIRST_YEAR), last or (str(LAST_YEAR) if dots else first))
    return range(int(ends[0]), int(ends[1]) + 1) if all(map(_is_year, ends)) else range(0)


def _is_year(text: str) -> bool:
    return (
        len(text) == len("2019")
        and text.isascii()
        and text.isdecimal()
        and FIRST_YEAR <= int(text) <= LAST_YEAR
    )


def _dnr(reader: QueryStringReader) -> tuple[str, ...]:
    values = reader.many(table.DNR)
    for value in values:
        if dnr_key(value) is None:
            reader.reject(table.DNR, value, "det ska vara ett diarienummer, som KS 2019/0835")
    return values


def _check_conflicts(params: SearchParams, wanted: Collection[str]) -> None:
    if params.date_from and params.date_to and params.date_from > params.date_to:
        first, last = params.date_from.isoformat(), params.date_to.isoformat()
        raise _conflict(f"date_from ({first}) är senare än date_to ({last}).", date_from=first, date_to=last)
    if table.NO_FACETS in wanted and len(wanted) > 1:
        raise _conflict("facets kan inte vara både none och något annat.", facets=",".join(wanted))


def check_format(params: SearchParams, answered: str, suffix: str | None) -> None:
    """Check that what is said of the format goes together.

    Args:
        params: of the search.
        answered: the format that the answer will have.
        suffix: the one at the end of the path.

    Raises:
        RequestError: `conflicting-parameters`.
    """
    if suffix and params.format and suffix != params.format:
        raise _conflict(f"Adressen slutar på .{suffix} men format är {params.format}.", format=params.format)
    if params.excel and answered != "csv":
        raise _conflict("excel=true gäller bara format=csv.", excel="true", format=params.format)
    if answered == "atom" and params.sort not in (None, Sort.ADDED):
        message = f"Ett flöde är ordnat efter när paragrafer lades till; sort={params.sort} går inte med det."
        wrong = ParameterError("sort", str(params.sort), "conflict", (Sort.ADDED.value,), message)
        raise RequestError("conflicting-parameters", message, errors=(wrong,))


def _conflict(message: str, **at_fault: str | None) -> RequestError:
    errors = tuple(ParameterError(name, value, "conflict", None, message) for name, value in at_fault.items())
    return RequestError("conflicting-parameters", message, errors=errors)


def _check_window(params: SearchParams, window: int) -> None:
    if params.page * params.per_page <= window:
        return
    last = str(window // params.per_page)
    message = (
        f"Sidorna når de första {window} träffarna; page är högst {last} när per_page är {params.per_page}. "
        "Alla träffar på en gång: /api/v1/export med samma parametrar."
    )
    shown = str(min(params.page, _LARGEST_WINDOW_SHOWN))
    wrong = ParameterError("page", shown, "out-of-range", (f"1..{last}",), message)
    raise RequestError("result-window", message, errors=(wrong,))


_FIELDS: Final[Mapping[str, tuple[str, Callable[[QueryStringReader, _Known], Any]]]] = {
    "facets": ("facets", lambda reader, _: reader.choices(table.FACETS_WANTED)),
    "sort": ("sort", lambda reader, _: _ORDERS.get(reader.choice(table.SORT))),
    "q": ("q", lambda reader, _: reader.text(table.Q)),
    "municipality": ("municipality", lambda reader, known: _bodies(reader, table.MUNICIPALITY, known)),
    "committee": ("committee", lambda reader, known: _bodies(reader, table.COMMITTEE, known)),
    "year": ("year", lambda reader, _: _years(reader)),
    "type": ("type", lambda reader, _: reader.choices(table.TYPE)),
    "date_from": ("date_from", lambda reader, _: reader.date(table.DATE_FROM)),
    "date_to": ("date_to", lambda reader, _: reader.date(table.DATE_TO, last=True)),
    "dnr": ("dnr", lambda reader, _: _dnr(reader)),
    "in": ("scope", lambda reader, _: _SCOPES[reader.choice(table.IN)]),
    "page": ("page", lambda reader, _: reader.whole_number(table.PAGE)),
    "per_page": ("per_page", lambda reader, _: reader.whole_number(table.PER_PAGE)),
    "group": ("group", lambda reader, _: _GROUPS[reader.choice(table.GROUP)]),
    "facet_size": ("facet_size", lambda reader, _: reader.whole_number(table.FACET_SIZE)),
    "snippets": ("snippets", lambda reader, _: reader.whole_number(table.SNIPPETS)),
    "snippet_length": ("snippet_length", lambda reader, _: reader.whole_number(table.SNIPPET_LENGTH)),
    "format": ("format", lambda reader, _: reader.choice(reader["format"]) or None),
    "excel": ("excel", lambda reader, _: reader.boolean(table.EXCEL)),
    "fields": ("fields", lambda reader, _: reader.choices(table.FIELDS)),
    "strict": ("strict", lambda reader, _: reader.boolean(table.STRICT)),
    "prefix": ("prefix", lambda reader, _: reader.text(table.PREFIX)),
    "size": ("size", lambda reader, _: reader.whole_number(table.SIZE)),
    "by": ("by", lambda reader, _: reader.choice(table.BY) or None),
}
"""Parameter to the field that it is read into, and how, in the order in which mistakes are told of."""
