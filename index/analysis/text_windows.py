"""The windows of texts that special tokens and elliptic words are looked for in (see `run_traits`)."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.form_lists import Indexes, Ints
from index.analysis.run_traits import Trait
from index.analysis.runs import Runs
from index.compiled import BOOL, INT32, INT64, NONE, compiled, reads, writes

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

    def at(self, places: Indexes) -> Windows:
        """Return some of them."""
        return Windows(self.contexts[places], self.firsts[places], self.lasts[places])

    def texts(self, runs: Runs) -> list[str]:
        """Return the text of each, with its context."""
        text = runs.text
        starts, ends = runs.starts[self.contexts].tolist(), runs.ends[self.lasts].tolist()
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def special_windows(runs: Runs) -> Windows:
    """Return the windows that have all special tokens in them."""
    near = np.empty(len(runs.traits), np.bool_)
    _mark_near(runs.traits, Trait.NEAR, Trait.LABEL, Trait.WORD, Trait.PARTY, Trait.OPEN, near)
    firsts, lasts = _stretches(runs, near, Trait.SIGN, Trait.HALF)
    return Windows(_contexts(runs, firsts, lasts), firsts, lasts)


@compiled(NONE(reads(INT32), INT64, INT64, INT64, INT64, INT64, writes(BOOL)))
def _mark_near(
    traits: Ints, near_bit: int, label: int, word: int, party: int, open_: int, near: NDArray[np.bool_]
) -> None:
    """Mark what may have a part in a special token."""
    is_labelled = has_party = False
    for run in range(len(traits)):
        has_party |= traits[run] & party != 0
        near[run] = traits[run] & near_bit != 0 or (is_labelled and traits[run] & word != 0)
        is_labelled = traits[run] & label != 0 or (is_labelled and traits[run] & word == 0)
    if not has_party:
        return
    for run in range(len(traits)):
        if traits[run] & party:
            near[max(run - _NAME_RUNS, 0) : run] = True
        if traits[run] & open_:
            near[run + 1 : run + 1 + _PARTY_RUNS] = True


def _contexts(runs: Runs, firsts: Indexes, lasts: Indexes) -> Indexes:
    """Return where the context of windows begins: that of those with a label, where an authority is near."""
    labels = _having(runs, Trait.LABEL)
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
    firsts, lasts = _stretches(runs, _has(runs, Trait.COORDINATION), Trait.HYPHEN)
    if not len(firsts):
        return Windows(firsts, firsts, lasts)
    words = _having(runs, Trait.WORD)
    texts = runs.texts[firsts]
    before = np.searchsorted(words, firsts) - 1
    behind = np.searchsorted(words, lasts, side="right")
    firsts = np.where(before >= 0, words[before], firsts)
    lasts = np.where(behind < len(words), words[np.minimum(behind, len(words) - 1)], lasts)
    firsts = np.maximum(firsts, runs.firsts[texts])
    return Windows(firsts, firsts, np.minimum(lasts, runs.firsts[texts + 1] - 1))


def _has(runs: Runs, trait: Trait) -> NDArray[np.bool_]:
    # Of a plain number, and with a boolean result, both ten times as fast.
    found: NDArray[np.bool_] = (runs.traits & int(trait)) != 0
    return found


def _having(runs: Runs, trait: Trait) -> Indexes:
    return np.flatnonzero(_has(runs, trait))


def _stretches(
    runs: Runs, near: NDArray[np.bool_], within: Trait, half: Trait | None = None
) -> tuple[Indexes, Indexes]:
    """Return the first and last runs of the longest stretches of a text that are `near`.

    Args:
        runs: of the text.
        near: shape (runs,).
        within: a stretch must have this, ...
        half: ... or twice this.
    """
    firsts, lasts = np.empty((2, len(near)), np.int64)
    count = _find_stretches(near, runs.texts, runs.traits, within, half or 0, firsts, lasts)
    return firsts[:count], lasts[:count]


@compiled(INT64(reads(BOOL), reads(INT64), reads(INT32), INT64, INT64, writes(INT64), writes(INT64)))
def _find_stretches(
    near: NDArray[np.bool_],
    texts: Indexes,
    traits: Ints,
    within: int,
    half: int,
    firsts: Indexes,
    lasts: Indexes,
) -> int:
    count = begin = halves = 0
    for run in range(len(near) + 1):
        if run == len(near) or not near[run] or (run > begin and texts[run] != texts[run - 1]):
            if halves > 1:
                firsts[count] = begin
                lasts[count] = run - 1
                count += 1
            halves = 0
            begin = run if run < len(near) and near[run] else run + 1
        if run < len(near) and near[run]:
            halves += 2 if traits[run] & within else 1 if traits[run] & half else 0
    return count
