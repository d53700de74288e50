"""Breaks a paragraph into lines, with a hyphen inside a word here and there."""

from __future__ import annotations

import re
from collections.abc import Callable

from samples.blocks import HYPHENATION_MARK, without_marks

# Compound tails before which a word may be broken, beside the marks of the content.
_TAILS = (
    "anläggning|avdelning|avgift|bedömning|bidrag|bolag|ersättning|förening|förslag|förvaltning|fullmäktige|"
    "handläggare|hantering|kontor|kostnad|ledamöter|nämnd|område|ordförande|plats|program|reglemente|rapport|"
    "samhet|skjuts|skydd|styrelse|uppdrag|utredning|utskott|verksamhet|yrkande"
)
_BEFORE_TAIL = re.compile(rf"(?<=[a-zåäö]{{4}})(?={_TAILS})")


def break_lines(
    text: str, width: float, *, measure: Callable[[str], float] = len, hyphenate: bool = False
) -> list[str]:
    """The lines of a paragraph, none wider than `width` unless a single word is.

    Args:
        text: a paragraph; may hold hyphenation marks.
        width: the room of a line, in whatever `measure` counts.
        measure: how wide a string is.
        hyphenate: whether a word may be broken at its marks and at its own hyphens.
    """
    lines = [""]
    for word in text.split(" "):
        _place(lines, word, lambda line: measure(line) <= width, hyphenate=hyphenate)
    return lines


def _place(lines: list[str], word: str, fits: Callable[[str], bool], *, hyphenate: bool) -> None:
    lead = f"{lines[-1]} " if lines[-1] else ""
    if fits(lead + without_marks(word)):
        lines[-1] = lead + without_marks(word)
        return
    for head, tail in _breaks(word) if hyphenate else []:
        if fits(lead + head):
            lines[-1] = lead + head
            lines.append(without_marks(tail))
            return
    if lines[-1]:
        lines.append("")
    lines[-1] = without_marks(word)


def _breaks(word: str) -> list[tuple[str, str]]:
    """Where the word may be broken, the longest head first; an own hyphen is not doubled."""
    word = _BEFORE_TAIL.sub(HYPHENATION_MARK, word)
    places = [place for place, sign in enumerate(word) if sign in (HYPHENATION_MARK, "-")]
    heads = [(without_marks(word[:place]) + "-", word[place + 1 :]) for place in reversed(places)]
    return [(head, tail) for head, tail in heads if len(head) > 3 and len(tail) > 2]
