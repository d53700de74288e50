"""Takes sections and documents down: out of every answer, out of every file, and for good.

::

    the list is written       no later run brings them back
    a generation without      they are in no answer; addresses of theirs say that they were removed
    the index is purged       no file has a word of them
    what is left is searched  for stretches of the text that stood nowhere else

A run that is stopped on the way is finished by the next, of `take_down` or of `index.indexing.reindex`.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.takedowns import Rules, Takedown, TakedownKind, case_digest, content_hash
from index.engine import SearchEngine
from index.entry import SectionEntry, document_of, read_dnr
from index.request import Filters, SearchRequest
from index.sections import documents_with, sections_of
from index.traces import Unshared, places_of, stretches

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken down.

    Attributes:
        state: of the index that it was made of.
        unknown: what is neither in the index nor was taken down before.
        takedowns: what will be remembered.
        sections: what will go, also other sections that say the same, by source and place.
    """

    state: str
    unknown: tuple[str, ...]
    takedowns: tuple[Takedown, ...]
    sections: tuple[SectionEntry, ...]


def plan(
    engine: SearchEngine, ids: Iterable[str], *, now: datetime.datetime, reason: str | None = None
) -> Plan:
    """Return what taking down sections and documents means; nothing is changed.

    Args:
        engine: has them.
        ids: of sections or documents; those that were taken down before are passed over.
        now: the time, UTC.
        reason: a note for the list.

    Raises:
        OperatorError: the index cannot be read.
    """
    with engine.reading():
        known = engine.manifest().taken_down
        asked = {identity: sections_of(engine, identity) for identity in dict.fromkeys(ids)}
        unknown = (one for one, found in asked.items() if not found and one not in known)
        return _planned(engine, asked, now=now, reason=reason, unknown=unknown)


def take_down(engine: SearchEngine, wanted: Plan) -> tuple[str, ...]:
    """Do what a plan says, and finish what earlier runs began.

    Returns:
        Where a stretch of the text is found all the same; nothing, unless there is a bug.

    Raises:
        OperatorError: another writer is at work, or the index cannot be changed or purged. Run it again.
    """
    if all(one.is_complete for one in engine.takedowns()) and not wanted.takedowns:
        return ()
    with engine.update() as writer:
        wanted = _renewed(engine, wanted)
        for takedown in wanted.takedowns:
            writer.take_down(takedown)
        begun = [one for one in engine.takedowns() if not one.is_complete]
        records = {record.id: record for record in engine.manifest().documents.values()}
        rules = Rules(begun)
        for document_id in sorted(documents_with(engine, begun)):
            entries = engine.document(document_id)
            record = records.get(document_id)
            if record is None:
                continue
            left = rules.allowed(
                document_of(
                    entries,
                    fingerprint=record.fingerprint,
                    declared_sections=record.missing_sections,
                )
            )
            if left.sections:
                writer.put(left)
            else:
                writer.remove(record.source)
    _LOGGER.info("It is in no answer any more. The index is written anew without it …")
    engine.purge()
    _LOGGER.info("Every file is searched for what might be left …")
    return tuple(places_of(_unshared(engine, wanted.sections), engine.on_disk()))


def _renewed(engine: SearchEngine, wanted: Plan) -> Plan:
    """Return what a plan means now that no other run changes the index: one may have moved the text since."""
    if not wanted.takedowns or engine.manifest().state == wanted.state:
        return wanted
    first = wanted.takedowns[0]
    asked = {
        one.id: (
            *sections_of(engine, one.id),
            *(entry for entry in wanted.sections if _content(entry) in one.contents),
        )
        for one in wanted.takedowns
    }
    return _planned(engine, asked, now=first.at, reason=first.reason)


def _planned(
    engine: SearchEngine,
    asked: Mapping[str, Sequence[SectionEntry]],
    *,
    now: datetime.datetime,
    reason: str | None,
    unknown: Iterable[str] = (),
) -> Plan:
    """Return what taking down is, given what each id that was asked for stands for."""
    manifest = engine.manifest()
    going = _like(engine, {entry for found in asked.values() for entry in found})
    sizes = {record.id: record.sections for record in manifest.documents.values()} if going else {}
    at = now.replace(microsecond=0)
    return Plan(
        state=manifest.state,
        unknown=tuple(unknown),
        takedowns=tuple(
            _takedown(identity, found, going, sizes, at=at, reason=reason)
            for identity, found in asked.items()
            if found
        ),
        sections=tuple(sorted(going, key=lambda entry: (entry.source, entry.ordinal))),
    )


def _like(engine: SearchEngine, named: Collection[SectionEntry]) -> list[SectionEntry]:
    """Return all sections of the index that say the same as one of `named` does, those too."""
    if not named:
        return []
    ids = {entry.id for entry in named}
    contents = {_content(entry) for entry in named}
    # The day is part of the content.
    dates = [entry.date for entry in named if entry.date]
    filters = Filters(date_from=min(dates), date_to=max(dates)) if len(dates) == len(named) else Filters()
    return [
        hit.entry
        for hit in engine.scan(SearchRequest(filters=filters))
        if hit.entry.id in ids or _content(hit.entry) in contents
    ]


def _unshared(engine: SearchEngine, gone: Iterable[SectionEntry]) -> Unshared:
    """Return the pieces of what is gone that stand nowhere in the index as it is now."""
    unshared = Unshared(
        piece for entry in gone for text in (entry.title, entry.text) for piece in stretches(text)
    )
    for hit in engine.scan(SearchRequest()):
        for told in filter(None, _told_by(hit.entry)):
            unshared.leave_out(told)
    for failure in engine.manifest().failures:
        unshared.leave_out(failure.source)
        unshared.leave_out(failure.reason)
    return unshared


def _told_by(entry: SectionEntry) -> Iterator[str]:
    """Yield all that an index has on disk of a section."""
    yield from (entry.title, entry.text, entry.document_title, entry.source, entry.source_url or "")
    yield from entry.attendance
    yield from entry.dnr
    yield from (body.name for body in (entry.municipality, entry.committee) if body)
    for _, stretch, by in entry.outline:
        # Most are stored as places in the text.
        yield from (by or "", stretch if isinstance(stretch, str) else "")
    if entry.decision:
        yield entry.decision.text


def _takedown(
    identity: str,
    found: Sequence[SectionEntry],
    going: Sequence[SectionEntry],
    sizes: dict[str, int],
    *,
    at: datetime.datetime,
    reason: str | None,
) -> Takedown:
    contents = {_content(entry) for entry in found}
    own = {entry.id for entry in found}
    sections = [entry for entry in going if entry.id in own or _content(entry) in contents]
    counts: dict[str, int] = {}
    for entry in going:
        counts[entry.document_id] = counts.get(entry.document_id, 0) + 1
    emptied = {one.document_id for one in sections if counts[one.document_id] == sizes[one.document_id]}
    return Takedown(
        id=identity,
        kind=TakedownKind.SECTION if identity in own else TakedownKind.DOCUMENT,
        at=at,
        gone=tuple(sorted({entry.id for entry in sections} | own | emptied)),
        cases=tuple(sorted({digest for entry in sections for digest in _cases(entry)})),
        contents=tuple(sorted(contents)),
        reason=reason,
    )


def _cases(entry: SectionEntry) -> Iterator[str]:
    if entry.municipality:
        known = read_dnr(entry.dnr)
        for key in {*known.cases, *known.keys}:
            yield case_digest(entry.municipality.slug, key)


def _content(entry: SectionEntry) -> str:
    return content_hash(entry.title, entry.text, entry.date)
