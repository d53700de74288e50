"""Reads windows of texts: which forms stand where in them, beside those of the runs."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from index.analysis.analyzer import Analyzer
from index.analysis.characters import normalize
from index.analysis.form_table import FormTable
from index.analysis.merging import tokens_of_specials
from index.analysis.runs import Runs
from index.analysis.spans import Special
from index.analysis.special import WALL, specials
from index.analysis.steps import Step
from index.analysis.text_windows import Windows


class WindowReader:
    """Reads windows of sound runs, of which normalisation does not change the length.

    Args:
        analyzer: gives the tokens of runs, and the elliptic words of a text.
        forms: numbers what is found.
    """

    def __init__(self, analyzer: Analyzer, forms: FormTable) -> None:
        self._analyzer = analyzer
        self._forms = forms

    def specials(self, runs: Runs, windows: Windows) -> list[list[tuple[int, int]]]:
        """Return the forms of the special tokens of each window, but not of its context.

        Returns:
            Each with its position, counted from the first word of the window's context.
        """
        texts = windows.texts(runs)
        # Most are a number: to read them one by one takes twice as long in all.
        is_left_out = Step.SPECIALS in self._analyzer.without
        found = [] if is_left_out else specials(normalize(WALL.join(texts)).text)
        begins = np.fromiter(accumulate((len(text) + len(WALL) for text in texts), initial=0), np.int64)
        starts = np.fromiter((special.start for special in found), np.int64, len(found))
        owners = begins.searchsorted(starts, "right") - 1
        # In the text of the runs.
        contexts = windows.contexts[owners]
        starts += runs.starts[contexts] - begins[owners]
        at = runs.starts.searchsorted(starts, "right") - 1
        positions = runs.positions[at] - runs.positions[contexts]
        is_wanted = at >= windows.firsts[owners]
        columns = (owners, at, positions, starts - runs.starts[at], is_wanted)
        rows = zip(found, *(column.tolist() for column in columns), strict=True)
        tokens: list[list[tuple[int, int]]] = [[] for _ in texts]
        for (start, end, keys), owner, run, position, before, is_of_window in rows:
            if is_of_window:
                place = position
                if before:
                    written = runs.text[runs.starts[run] : runs.ends[run]]
                    place += self._place_in(written, Special(before, before + end - start, keys))
                tokens[owner] += [(self._forms.of_key(key), place) for key in keys]
        return tokens

    def elliptic(self, runs: Runs, windows: Windows) -> list[list[tuple[int, int]]]:
        """Return the hidden forms of the elliptic words of each window, with their positions."""
        return [
            [
                (self._forms.of_elliptic(token), token.position)
                for token in self._analyzer.elliptic_at_words(text)
            ]
            for text in windows.texts(runs)
        ]

    def _place_in(self, run: str, special: Special) -> int:
        """Return the place of the first word of a special token that begins within a run."""
        words = self._analyzer.words_of_run(run)
        for _, tokens in tokens_of_specials(words, [special]):
            return tokens[0].position
        return words[-1].position + 1 if words else 0
