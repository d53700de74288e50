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
from index.analysis.form_table import FormTable
from index.analysis.run_table import Runs, RunTable
from index.analysis.run_traits import Trait
from index.analysis.text_windows import elliptic_windows, special_windows
from index.analysis.window_readers import WindowReader
from index.analysis.window_table import WindowTable

_TEXT_SHIFT: Final = 32
_MOST_RUNS: Final = 500_000
"""Some 110 MB. Runs of known words are cheap to read again."""
_MOST_WINDOWS: Final = 250_000
"""Some 80 MB. Most have a number in them that comes only once."""


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
        self._runs = RunTable(analyzer, self.forms, runs)
        reader = WindowReader(analyzer, self.forms)
        self._special = WindowTable(reader.specials, windows)
        self._elliptic = WindowTable(reader.elliptic, windows)

    def analyze(self, texts: Sequence[str]) -> Occurrences:
        """Return the tokens of a batch of texts. A few hundred at a time are quickest."""
        for table in (self._runs, self._special, self._elliptic):
            table.forget_when_full()
        runs = self._sound_runs(texts)
        words = self._runs.words.expand(runs.numbers)
        lengths = np.bincount(runs.texts.take(words.owners), minlength=len(texts))
        # Text and position in one number, of the first word of each run.
        firsts = (runs.texts << _TEXT_SHIFT) + runs.positions
        keys, forms = [firsts.take(words.owners) + words.places], [words.forms]
        for table, windows in (
            (self._special, special_windows(runs)),
            (self._elliptic, elliptic_windows(runs)),
        ):
            if not len(windows.firsts):
                continue
            numbers = table.numbers(runs, windows)
            found = table.found.expand(numbers)
            keys.append(firsts.take(windows.contexts).take(found.owners) + found.places)
            forms.append(found.forms)
            if table is self._special:
                tokens = table.tokens.take(numbers)
                lengths += np.bincount(runs.texts.take(windows.firsts), tokens, len(texts)).astype(np.int64)
        return _in_order(keys, forms, lengths)

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


def _in_order(
    keys: list[NDArray[np.int64]], forms: list[NDArray[np.int32]], lengths: NDArray[np.int64]
) -> Occurrences:
    ordered, form = keys[0], forms[0]
    if len(keys) > 1:
        all_keys = np.concatenate(keys)
        # Stable: of two sorted arrays that is one merge.
        order = np.argsort(all_keys, kind="stable")
        ordered, form = all_keys.take(order), np.concatenate(forms).take(order)
    return Occurrences(
        (ordered >> _TEXT_SHIFT).astype(np.int32),
        (ordered & ((1 << _TEXT_SHIFT) - 1)).astype(np.int32),
        form,
        lengths.astype(np.int32),
    )
