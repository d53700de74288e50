"""Synthetic minutes: as many sections as wanted, the same ones for the same seed.

What decides how fast an engine is, is as in real minutes: how long sections are, how often which word stands
in them (Zipf's law, function words first), that words of one subject come together, that sentences and names
recur, that there are compounds nobody has seen before, and how many words are numbers, dates, § and parties.
What they say is nonsense.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.document import Committee, Document, DocumentType, Municipality, Section
from corpus.slugs import slug
from scripts.benchmarks.section_text import SectionText, TextGenerator
from scripts.benchmarks.vocabulary import make_vocabulary
from scripts.benchmarks.wording import COMMITTEES, MUNICIPALITIES

_FEWEST_SECTIONS: Final = 20
_MOST_SECTIONS: Final = 35
_FIRST_DAY: Final = datetime.date(2010, 1, 1)
_DAYS: Final = (datetime.date(2026, 1, 1) - _FIRST_DAY).days
_WITH_DNR: Final = 0.8
_OF_LAST_YEAR: Final = 0.2
_SECTIONS_OF_A_CASE: Final = 1.7
_MEETINGS_AT_A_TIME: Final = 64
"""How many documents get their text together."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A document before it has text. `day` counts from the first there is."""

    municipality: int
    committee: int
    day: int
    sections: int

    @property
    def date(self) -> datetime.date:
        """The day of the meeting."""
        return _FIRST_DAY + datetime.timedelta(days=self.day)


def documents(sections: int, *, seed: int) -> Iterator[Document]:
    """Yield minutes with `sections` sections in all, ordered by municipality, body and day, as files are.

    Corpora of different sizes are different corpora of one kind, not parts of each other.
    """
    chance = np.random.default_rng([seed, sections])
    meetings = _meetings(sections, chance)
    generator = TextGenerator(make_vocabulary(seed), seed)
    cases = _Cases(meetings)
    numbers = _Numbers()
    for batch in _batches(meetings):
        committees = np.repeat([each.committee for each in batch], [each.sections for each in batch])
        texts = generator.sections(committees, chance)
        for meeting in batch:
            yield _document(meeting, texts, first=numbers.take(meeting), dnr=cases.draw(meeting, chance))


def _meetings(sections: int, chance: np.random.Generator) -> list[_Meeting]:
    """Return meetings that have `sections` sections together, no two of one body on one day."""
    sizes = chance.integers(_FEWEST_SECTIONS, _MOST_SECTIONS + 1, sections // _FEWEST_SECTIONS + 1)
    count = int(np.searchsorted(np.cumsum(sizes), sections)) + 1
    municipalities = _drawn(1 / np.arange(2, len(MUNICIPALITIES) + 2) ** 0.7, count, chance)
    committees = _drawn(np.array([weight for _, _, weight in COMMITTEES]), count, chance)
    days = chance.integers(0, _DAYS, count)
    found: dict[tuple[int, int, int], int] = {}
    left = sections
    for municipality, committee, day, size in zip(
        municipalities.tolist(), committees.tolist(), days.tolist(), sizes[:count].tolist(), strict=True
    ):
        free = day
        while (municipality, committee, free) in found:
            free = (free + 1) % _DAYS
        found[municipality, committee, free] = min(left, size)
        left -= size
    return [_Meeting(*key, size) for key, size in sorted(found.items())]


def _drawn(weights: NDArray[Any], count: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """Return numbers below `len(weights)`, as often as the weights say."""
    return chance.choice(len(weights), count, p=weights / weights.sum())


def _batches(meetings: list[_Meeting]) -> Iterator[list[_Meeting]]:
    for start in range(0, len(meetings), _MEETINGS_AT_A_TIME):
        yield meetings[start : start + _MEETINGS_AT_A_TIME]


class _Numbers:
    """Counts the § of each body, from 1 each year."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int, int], int] = {}

    def take(self, meeting: _Meeting) -> int:
        """Return the first number of the meeting's §."""
        series = (meeting.municipality, meeting.committee, meeting.date.year)
        first = self._taken.get(series, 0) + 1
        self._taken[series] = first + meeting.sections - 1
        return first


class _Cases:
    """Gives sections their cases, which come back in other bodies of the municipality and the year after."""

    def __init__(self, meetings: list[_Meeting]) -> None:
        self._sections: Counter[tuple[int, int]] = Counter()
        for meeting in meetings:
            self._sections[meeting.municipality, meeting.date.year] += meeting.sections

    def draw(self, meeting: _Meeting, chance: np.random.Generator) -> list[str | None]:
        """Return the diarienummer of each section, `None` for one without."""
        kinds = chance.random(meeting.sections).tolist()
        numbers = chance.random(meeting.sections).tolist()
        return [
            self._dnr(meeting, number, last_year=kind < _OF_LAST_YEAR) if kind < _WITH_DNR else None
            for kind, number in zip(kinds, numbers, strict=True)
        ]

    def _dnr(self, meeting: _Meeting, number: float, *, last_year: bool) -> str:
        year = meeting.date.year - last_year
        cases = self._sections[meeting.municipality, year] / _SECTIONS_OF_A_CASE
        case = 1 + int(number * max(cases, 1))
        # The body where a case began: the same for all sections of the case.
        return f"{COMMITTEES[case * 7 % len(COMMITTEES)][1]} {year}/{case:04}"


def _document(
    meeting: _Meeting, texts: Iterator[SectionText], *, first: int, dnr: Sequence[str | None]
) -> Document:
    municipality = MUNICIPALITIES[meeting.municipality]
    committee = COMMITTEES[meeting.committee][0]
    place = f"{slug(municipality)}/{slug(committee)}"
    identity = f"{slug(place)}-{meeting.date}"
    return Document(
        id=identity,
        source=f"{place}/{meeting.date}.txt",
        fingerprint=identity,
        type=DocumentType.MINUTES,
        title=f"{committee} {meeting.date}",
        municipality=Municipality(slug(municipality), municipality),
        committee=Committee(slug(committee), committee),
        date=meeting.date,
        sections=tuple(
            _section(identity, first + place, written, next(texts)) for place, written in enumerate(dnr)
        ),
    )


def _section(document_id: str, number: int, dnr: str | None, text: SectionText) -> Section:
    return Section(
        id=f"{document_id}-{number}",
        number=str(number),
        title=text.title,
        dnr=(dnr,) if dnr else (),
        text=text.text,
        parts=text.parts,
        decision=text.decision,
    )
