"""The windows of texts that special tokens and elliptic words are looked for in (see `run_traits`)."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.form_lists import Indexes
from index.analysis.run_table import Runs
from index.analysis.run_traits import Trait

_NAME_RUNS: Final = 3
"""Runs before the brackets of a party that its name may take."""
_PARTY_RUNS: Final = 6
"""Runs behind the first one in the brackets that other parties, and what parts them, may take."""
_AUTHORITY_CHARACTERS: Final = 48
"""Characters before the number of a case in which its finder looks for an authority."""


class Windows(NamedTuple):
    """Stretches of runs of one text each; three arrays of one length.

    Attributes:
        contexts: the run where what must be read with it begins, at most `firsts`.
        firsts: its first run.
        lasts: its last run.
    """

    contexts: Indexes
    firsts: Indexes
    lasts: Indexes

    def at(self, places: list[int]) -> Windows:
        """Return some of them."""
        return Windows(self.contexts[places], self.firsts[places], self.lasts[places])

    def texts(self, runs: Runs) -> list[str]:
        """Return the text of each, with its context."""
        text = runs.text
        starts, ends = runs.starts[self.contexts].tolist(), runs.ends[self.lasts].tolist()
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def special_windows(runs: Runs) -> Windows:
    """Return the windows that have all special tokens in them."""
    signs = _having(runs, Trait.SIGN)
    if not len(signs):
        return _NONE
    near = _has(runs, Trait.NEAR)
    labels = _having(runs, Trait.LABEL)
    if len(labels):
        words = _having(runs, Trait.WORD)
        behind = np.searchsorted(words, labels, side="right")
        near[words[behind[behind < len(words)]]] = True
    parties = _having(runs, Trait.PARTY)
    if len(parties):
        near[_around(parties, -_NAME_RUNS, 0, len(near))] = True
        near[_around(_having(runs, Trait.OPEN), 1, _PARTY_RUNS + 1, len(near))] = True
    firsts, lasts = _stretches(runs, near, signs)
    return Windows(_contexts(runs, firsts, lasts, labels), firsts, lasts)


def _contexts(runs: Runs, firsts: Indexes, lasts: Indexes, labels: Indexes) -> Indexes:
    """Return where the context of windows begins: that of those with a label, where an authority is near."""
    authorities = _having(runs, Trait.AUTHORITY)
    if not len(labels) or not len(authorities):
        return firsts
    labelled = np.flatnonzero(_has_any(labels, firsts, lasts + 1))
    begins = firsts[labelled]
    reach = np.searchsorted(runs.starts, runs.starts[begins] - _AUTHORITY_CHARACTERS, side="right") - 1
    reach = np.maximum(reach, runs.firsts[runs.texts[begins]])
    is_near = _has_any(authorities, reach, begins)
    contexts = firsts.copy()
    contexts[labelled[is_near]] = reach[is_near]
    return contexts


def _has_any(places: Indexes, begins: Indexes, ends: Indexes) -> NDArray[np.bool_]:
    """Tell of stretches from `begins` up to `ends` whether one of the ascending `places` is in each."""
    found: NDArray[np.bool_] = np.searchsorted(places, begins) < np.searchsorted(places, ends)
    return found


def elliptic_windows(runs: Runs) -> Windows:
    """Return the windows that have all elliptic words in them, and the words that complete these."""
    hyphens = _having(runs, Trait.HYPHEN)
    if not len(hyphens):
        return _NONE
    firsts, lasts = _stretches(runs, _has(runs, Trait.COORDINATION), hyphens)
    words = _having(runs, Trait.WORD)
    texts = runs.texts[firsts]
    before = np.searchsorted(words, firsts) - 1
    behind = np.searchsorted(words, lasts, side="right")
    firsts = np.where(before >= 0, words[before], firsts)
    lasts = np.where(behind < len(words), words[np.minimum(behind, len(words) - 1)], lasts)
    firsts = np.maximum(firsts, runs.firsts[texts])
    return Windows(firsts, firsts, np.minimum(lasts, runs.firsts[texts + 1] - 1))


_NOTHING: Final = np.empty(0, dtype=np.intp)
_NONE: Final = Windows(_NOTHING, _NOTHING, _NOTHING)


def _has(runs: Runs, trait: Trait) -> NDArray[np.bool_]:
    # Of a plain number, and with a boolean result, both ten times as fast.
    found: NDArray[np.bool_] = (runs.traits & int(trait)) != 0
    return found


def _having(runs: Runs, trait: Trait) -> Indexes:
    return np.flatnonzero(_has(runs, trait))


def _around(places: Indexes, begin: int, end: int, size: int) -> Indexes:
    """Return the runs from `begin` to `end` behind each of some."""
    around: Indexes = (places[:, None] + np.arange(begin, end)).ravel()
    return np.clip(around, 0, size - 1)


def _stretches(runs: Runs, near: NDArray[np.bool_], within: Indexes) -> tuple[Indexes, Indexes]:
    """Return the first and last runs of the longest stretches that are `near` and have one of `within`."""
    walls = np.flatnonzero(~near)
    texts = runs.texts[within]
    behind = np.searchsorted(walls, within)
    walls = np.concatenate((walls, [len(near)]))
    firsts = np.maximum(np.where(behind > 0, walls[behind - 1] + 1, 0), runs.firsts[texts])
    lasts = np.minimum(walls[behind], runs.firsts[texts + 1]) - 1
    is_new = np.diff(firsts, prepend=-1) > 0
    return firsts[is_new], lasts[is_new]
