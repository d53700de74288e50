"""The analysis of many texts at once: the tokens of `Analyzer.analyze` as arrays of numbers.

Each distinct run of characters between spaces is analysed once; what is done for each run of a text is array
arithmetic. Special tokens and elliptic words, which go beyond a run, are looked for in windows of text around
the runs that can have a part in one (`index.analysis.run_traits`), and each distinct window is read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import Analyzer
from index.analysis.characters import normalize
from index.analysis.form_lists import Indexes, Ints
from index.analysis.form_table import FormTable
from index.analysis.run_table import RunTable
from index.analysis.run_traits import Trait
from index.analysis.runs import RunFinder, Runs
from index.analysis.text_windows import elliptic_windows, special_windows
from index.analysis.window_readers import WindowReader
from index.analysis.window_table import WindowTable
from index.compiled import INT32, INT64, NONE, compiled, reads, writes

_TEXT_SHIFT: Final = 32
_POSITION: Final = (1 << _TEXT_SHIFT) - 1
_MOST_RUNS: Final = 500_000
"""Some 110 MB. Runs of known words are cheap to read again."""
_MOST_WINDOWS: Final = 250_000
"""Some 80 MB. Most have a number in them that comes only once."""

_NO_KEYS: Final = np.empty(0, np.int64)
_NO_FORMS: Final = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where forms stand in a batch of texts: three arrays of one length, one entry an occurrence.

    Ordered by text and then by position; no form is there twice at one position.

    Attributes:
        texts: int32, the number of the text in the batch, ascending.
        positions: int32, as `Token.position`.
        forms: int32, numbers of the form table.
        lengths: int32, shape (texts,): tokens of each text, as many as `Analyzer.analyze` returns.
    """

    texts: NDArray[np.int32]
    positions: NDArray[np.int32]
    forms: NDArray[np.int32]
    lengths: NDArray[np.int32]


class BulkAnalyzer:
    """Makes occurrences of texts. For one thread.

    The form table grows with what is distinct in the texts; all else that is remembered is bounded.

    Args:
        analyzer: gives the tokens of what was not seen before.
        runs: how many distinct runs are remembered at most.
        windows: how many windows.

    Attributes:
        forms: grows with each batch; numbers that were given stay.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        runs: int = _MOST_RUNS,
        windows: int = _MOST_WINDOWS,
    ) -> None:
        self.forms = FormTable()
        self._analyzer = analyzer
        self._table = RunTable(analyzer, self.forms)
        self._runs = RunFinder(self._table, runs)
        reader = WindowReader(analyzer, self.forms)
        self._special = WindowTable(reader.specials, windows)
        self._elliptic = WindowTable(reader.elliptic, windows)

    def analyze(self, texts: Sequence[str]) -> Occurrences:
        """Return the tokens of a batch of texts. A few hundred at a time are quickest."""
        for table in (self._runs, self._special, self._elliptic):
            table.forget_when_full()
        runs = self._sound_runs(texts)
        lengths = np.zeros(len(texts), np.int32)
        keys, forms = [_NO_KEYS], [_NO_FORMS]
        for table, windows in (
            (self._special, special_windows(runs)),
            (self._elliptic, elliptic_windows(runs)),
        ):
            if not len(windows.firsts):
                continue
            numbers = table.numbers(runs, windows)
            found = table.found.expand(numbers)
            # Text and position in one number.
            firsts = (runs.texts[windows.contexts] << _TEXT_SHIFT) + runs.positions[windows.contexts]
            keys.append(firsts.take(found.owners) + found.places)
            forms.append(found.forms)
            if table is self._special:
                tokens = table.tokens.take(numbers)
                lengths += np.bincount(runs.texts[windows.firsts], tokens, len(texts)).astype(np.int32)
        other_keys = np.concatenate(keys)
        order = np.argsort(other_keys, kind="stable")
        return self._merged(runs, other_keys.take(order), np.concatenate(forms).take(order), lengths)

    def _merged(self, runs: Runs, other_keys: Indexes, other_forms: Ints, lengths: Ints) -> Occurrences:
        """Return the words of runs with other tokens between them, and count the words."""
        starts, counts, forms, places = self._table.words.columns()
        size = _count(runs.numbers, counts) + len(other_keys)
        texts, positions, found = np.empty((3, size), np.int32)
        lists = starts, counts, forms, places
        _merge(
            runs.numbers,
            runs.texts,
            runs.positions,
            *lists,
            other_keys,
            other_forms,
            texts,
            positions,
            found,
            lengths,
        )
        return Occurrences(texts, positions, found, lengths)

    def _sound_runs(self, texts: Sequence[str]) -> Runs:
        """Return the runs of texts, those that normalisation changes the runs of after it."""
        runs = self._runs.runs(texts)
        damaged = runs.texts[(runs.traits & int(Trait.DAMAGED)) != 0]
        if not len(damaged):
            return runs
        sound = list(texts)
        for number in np.unique(damaged).tolist():
            sound[number] = normalize(sound[number]).text
        return self._runs.runs(sound)


@compiled(INT64(reads(INT64), reads(INT32)))
def _count(numbers: Indexes, counts: Ints) -> int:
    """Return how many words runs have."""
    total = 0
    for number in numbers:
        total += counts[number]
    return total


@compiled(
    NONE(
        reads(INT64),
        reads(INT64),
        reads(INT64),
        reads(INT32),
        reads(INT32),
        reads(INT32),
        reads(INT32),
        reads(INT64),
        reads(INT32),
        writes(INT32),
        writes(INT32),
        writes(INT32),
        writes(INT32),
    )
)
def _merge(
    numbers: Indexes,
    owners: Indexes,
    first_positions: Indexes,
    list_starts: Ints,
    list_counts: Ints,
    list_forms: Ints,
    list_places: Ints,
    other_keys: Indexes,
    other_forms: Ints,
    texts: Ints,
    positions: Ints,
    forms: Ints,
    lengths: Ints,
) -> None:
    """Merge the words of runs with other tokens, which go behind words at their position; count the words."""
    count = other = 0
    for run in range(len(numbers)):
        number, text, first = numbers[run], owners[run], first_positions[run]
        start, words = list_starts[number], list_counts[number]
        lengths[text] += words
        for entry in range(start, start + words):
            position = first + list_places[entry]
            while other < len(other_keys) and other_keys[other] < (text << _TEXT_SHIFT) + position:
                texts[count] = other_keys[other] >> _TEXT_SHIFT
                positions[count] = other_keys[other] & _POSITION
                forms[count] = other_forms[other]
                other += 1
                count += 1
            texts[count] = text
            positions[count] = position
            forms[count] = list_forms[entry]
            count += 1
    while other < len(other_keys):
        texts[count] = other_keys[other] >> _TEXT_SHIFT
        positions[count] = other_keys[other] & _POSITION
        forms[count] = other_forms[other]
        other += 1
        count += 1
