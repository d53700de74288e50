"""The text of generated sections, many at a time: drawn as arrays, then joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.document import Decision, DecisionKind, Part, PartKind
from scripts.benchmarks.units import Units
from scripts.benchmarks.vocabulary import Strings, Vocabulary, zipf
from scripts.benchmarks.wording import (
    BACKGROUND_HEADINGS,
    COMMITTEES,
    DECISION_HEADINGS,
    DECISIONS,
    PROPOSAL_HEADINGS,
    STANDING_TITLES,
    TITLES,
)

FEWEST_WORDS: Final = 80
MOST_WORDS: Final = 800
_TYPICAL_WORDS: Final = 205
_SPREAD: Final = 0.6
_OVERHEAD: Final = 28
"""Words that headings, how decisions begin and a last unit of several words may add to those drawn."""

_OF_SUBJECT: Final = 0.15
_NEW_COMPOUNDS: Final = 0.001
_SENTENCE_ENDS: Final = 1 / 14
_COMMAS: Final = 0.035
_OPENINGS: Final = 0.25
_FORMULAE: Final = 0.06
_WITH_DECISION: Final = 0.85
_WITH_PROPOSAL: Final = 0.6
_STANDING: Final = 0.12


@dataclass(frozen=True, slots=True)
class SectionText:
    """The words of a section."""

    title: str
    text: str
    parts: tuple[Part, ...]
    decision: Decision | None


class TextGenerator:
    """Makes the text of sections."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        self._vocabulary = vocabulary
        self._units = Units(vocabulary, seed)

    def sections(self, committees: NDArray[np.int64], chance: np.random.Generator) -> Iterator[SectionText]:
        """Yield a section for each of `committees`, the bodies that decide in it."""
        words = _lengths(chance, len(committees))
        starts = np.concatenate(([0], np.cumsum(words)[:-1]))
        subjects = chance.integers(0, len(self._units.subjects), len(committees))
        units = self._draw(np.repeat(subjects, words), chance)
        begins, ends = self._sentences(units, starts, chance)
        stops = _stops(self._units.words[units], starts, words)
        bounds = _bounds(starts, stops, chance)
        _bound(begins, ends, bounds)
        strings = self._strings(units, begins, ends, chance)
        titles = self._titles(subjects, chance)
        choices = chance.random((len(committees), 4))
        for title, (start, *inner), committee, choice in zip(
            titles, bounds.tolist(), committees.tolist(), choices.tolist(), strict=True
        ):
            parts = [" ".join(strings[begin:end]) for begin, end in zip([start, *inner], inner, strict=False)]
            yield _section(title, parts, COMMITTEES[committee][0], choice)

    def _draw(self, subjects: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.int64]:
        """Return units for places in texts whose subjects are given; -1 where a new compound goes."""
        units = zipf(chance, len(subjects), self._units.vocabulary)
        kinds = chance.random(len(subjects))
        at = np.flatnonzero(kinds < _OF_SUBJECT)
        units[at] = self._units.of_subjects(subjects[at], chance)
        stop = _OF_SUBJECT + _NEW_COMPOUNDS
        units[(kinds >= _OF_SUBJECT) & (kinds < stop)] = -1
        for pool, share in self._units.specials:
            at = np.flatnonzero((kinds >= stop) & (kinds < stop + share))
            units[at] = pool.draw(chance, len(at))
            stop += share
        return units

    def _sentences(
        self, units: NDArray[np.int64], starts: NDArray[np.int64], chance: np.random.Generator
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return where sentences begin and end, and put in `units` those that recur."""
        ends = chance.random(len(units)) < _SENTENCE_ENDS
        kinds = chance.random(len(units))
        formulae = np.flatnonzero(_after(ends, starts) & (kinds < _FORMULAE))
        units[formulae] = self._units.formulae.draw(chance, len(formulae))
        ends[formulae] = True
        begins = _after(ends, starts)
        begun = np.flatnonzero(begins & ~ends & (kinds >= _FORMULAE) & (kinds < _FORMULAE + _OPENINGS))
        units[begun] = self._units.openings.draw(chance, len(begun))
        return begins, ends

    def _strings(
        self,
        units: NDArray[np.int64],
        begins: NDArray[np.bool_],
        ends: NDArray[np.bool_],
        chance: np.random.Generator,
    ) -> list[str]:
        """Return the units as they stand in the text, with capitals and punctuation."""
        strings: Strings = self._units.strings[units]
        at = np.flatnonzero(units < 0)
        beginnings, last = self._vocabulary.beginnings, self._vocabulary.ends
        strings[at] = beginnings[_early(chance, at, beginnings)] + last[_early(chance, at, last)]
        at = np.flatnonzero(begins)
        strings[at] = [string[0].upper() + string[1:] for string in strings[at].tolist()]
        strings[(chance.random(len(units)) < _COMMAS) & ~ends] += ","
        strings[ends] += "."
        found: list[str] = strings.tolist()
        return found

    def _titles(self, subjects: NDArray[np.int64], chance: np.random.Generator) -> list[str]:
        """Return titles of three to eight words, some of them those that all minutes have."""
        chosen = chance.random((len(subjects), 3)).tolist()
        words = self._units.strings[self._units.of_subjects(np.repeat(subjects, 4), chance)].tolist()
        return [_title(words[4 * number : 4 * number + 4], *choice) for number, choice in enumerate(chosen)]


def _lengths(chance: np.random.Generator, count: int) -> NDArray[np.int64]:
    drawn = chance.lognormal(np.log(_TYPICAL_WORDS), _SPREAD, count)
    return np.clip(drawn, FEWEST_WORDS, MOST_WORDS - _OVERHEAD).astype(np.int64)


def _after(ends: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where sentences begin when they end at `ends` and texts begin at `starts`."""
    begins = np.concatenate(([True], ends[:-1]))
    begins[starts] = True
    return begins


def _stops(
    words: NDArray[np.uint8], starts: NDArray[np.int64], wanted: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where the texts that begin at `starts` have the words that are wanted of each."""
    counts = np.concatenate(([0], np.cumsum(words, dtype=np.int64)))
    found: NDArray[np.int64] = np.searchsorted(counts, counts[starts] + wanted)
    return found


def _bounds(
    starts: NDArray[np.int64], stops: NDArray[np.int64], chance: np.random.Generator
) -> NDArray[np.int64]:
    """Return where the three parts of each section begin and the last ends, int64 of shape (sections, 4)."""
    share = chance.random((4, len(starts)))
    size = stops - starts
    decision = np.where(share[0] < _WITH_DECISION, size * (0.08 + 0.14 * share[1]), 0).astype(np.int64)
    proposal = np.where(share[2] < _WITH_PROPOSAL, size * (0.12 + 0.18 * share[3]), 0).astype(np.int64)
    return np.stack((starts, stops - decision - proposal, stops - decision, stops), axis=1)


def _bound(begins: NDArray[np.bool_], ends: NDArray[np.bool_], bounds: NDArray[np.int64]) -> None:
    """Let sentences begin and end where the parts do; that a decision begins with is put before it."""
    begins[bounds[:, 2] % len(begins)] = False
    begins[bounds[:, :2] % len(begins)] = True
    ends[bounds[:, 1:] - 1] = True


def _early(chance: np.random.Generator, like: NDArray[np.int64], words: Strings) -> NDArray[np.int64]:
    """Return the numbers of some of `words`, early ones more often."""
    drawn: NDArray[np.int64] = (len(words) * chance.random(len(like)) ** 2).astype(np.int64)
    return drawn


def _title(words: list[str], standing: float, opening: float, length: float) -> str:
    if standing < _STANDING:
        return _choice(STANDING_TITLES, standing / _STANDING)
    begun = _choice(TITLES, opening)
    fewest, most = max(1, 3 - len(begun.split())), min(4, 8 - len(begun.split()))
    title = f"{begun} {' '.join(words[: fewest + int(length * (most - fewest + 1))])}"
    return title[0].upper() + title[1:]


def _section(title: str, words: list[str], committee: str, choice: list[float]) -> SectionText:
    background, proposal, decision = words
    parts = [(PartKind.BACKGROUND, _choice(BACKGROUND_HEADINGS, choice[0]), background)]
    if proposal:
        parts.append((PartKind.PROPOSAL, _choice(PROPOSAL_HEADINGS, choice[1]), proposal))
    if decision:
        decision = f"{committee} {_choice(DECISIONS, choice[3])} {decision}"
        parts.append((PartKind.DECISION, _choice(DECISION_HEADINGS, choice[2]), decision))
    return SectionText(
        title,
        "\n\n".join(f"{heading}\n{text}" for _, heading, text in parts),
        tuple(Part(kind, text) for kind, _, text in parts),
        Decision(DecisionKind.FINAL, decision) if decision else None,
    )


def _choice(among: tuple[str, ...], share: float) -> str:
    return among[int(share * len(among))]
