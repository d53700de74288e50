"""A small hunspell word list, and lexicons compiled from it, for tests."""

from __future__ import annotations

from pathlib import Path

from index.analysis.lexicon.store import WordList

AFFIXES = """SET UTF-8
COMPOUNDBEGIN X
COMPOUNDMIDDLE U
COMPOUNDEND Y
ONLYINCOMPOUND i

SFX A Y 4
SFX A a an a
SFX A a or a
SFX A 0 en [^ae]
SFX A e et e

SFX S Y 1
SFX S 0 s/XUi [^s]
"""
WORDS = ("skola/AY", "skol/XUi", "skjuts/AXUY", "reglemente/AY", "avgift/ASY", "bygglov/SXUY", "lekplats/AXY")


def write_word_list(folder: Path, *more: str) -> WordList:
    """Write the list, with further entries, into a folder; each list of other words has another version."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = (*WORDS, *more)
    found = WordList(folder / "sv_SE.aff", folder / "sv_SE.dic")
    found.affixes.write_text(AFFIXES, encoding="utf-8")
    found.words.write_text("\n".join([str(len(entries)), *entries, ""]), encoding="utf-8")
    return found
