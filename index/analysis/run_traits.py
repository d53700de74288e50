"""What the bulk analysis asks of a run of characters between spaces: may it have a part in more than words?

Special tokens and elliptic words may span several runs, and what stands around them tells how they are read.
Most runs can neither be in one nor tell: these are walls, behind which nothing changes a reading. So between
two walls a window of text is read like the whole.

A special token has a run with a sign in it (`SIGN`), or several of which one alone makes none (`HALF`): a
short number needs a `§`, a unit or another number. What its finders look at beside that is `NEAR`: numbers
and marks; conjunctions and single letters in lists of §§; names of months; units; `kap.` before a §;
registries, which have capital letters; and labels such as `dnr`, with the one word behind them. Two of them
look at any words: for a party at the name before it and what follows (`PARTY`, `OPEN`), and for a case with
a label at an authority before that (`LABEL`, `AUTHORITY`).

An elliptic word has a run with a hyphen at its edge (`HYPHEN`). Its finder looks at such runs and at
conjunctions (`COORDINATION`), and at the one word at each end of them.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from corpus.registries import AUTHORITY
from index.analysis.amounts import SCALES
from index.analysis.characters import normalize
from index.analysis.dates import MONTH_NAMES
from index.analysis.parties import PARLIAMENT, WORDS_BEFORE, is_of_parliament


class Trait(IntEnum):
    """What a run may have a part in, each a bit."""

    WORD = 1
    """It has a letter or a digit."""
    SIGN = 2
    """No special token is without one of these, or two that are `HALF`."""
    NEAR = 4
    """It may be in a special token, or tell how one is read."""
    LABEL = 8
    """It may be, or end, the label of a case: the next word is `NEAR`, and an authority may stand before."""
    PARTY = 16
    """It may be, or begin, the letters of a party that is one only after a name or certain words."""
    OPEN = 32
    """The brackets of such a party are not closed in it, or it has none: what follows tells."""
    HYPHEN = 64
    """No elliptic word is without one of these."""
    COORDINATION = 128
    """It may stand between the words of which one is elliptic."""
    AUTHORITY = 256
    """It may name an authority, the cases of which are no cases of a municipality."""
    HALF = 512
    """A short number, a year, a `§` or a unit: two of these may be a special token. A quarter of all windows
    of text would have one number and nothing to find."""
    DAMAGED = 1024
    """Normalisation changes the number of its characters, or joins it with the next one."""


NUMBERS: Final = re.compile(r"[0-9]{1,9}(?:[-/][0-9]{1,9}){1,3}[.,;:)]{0,3}")
"""Most numbers of cases, and days."""

_EVERYTHING: Final = Trait.DAMAGED - 1

# A word as most are, in lower case; but `w.` may be in an address.
_PLAIN: Final = re.compile(r"([a-zåäöé]{2,})(?:[,;:]?|(?<!w)\.)")
_NUMBER: Final = re.compile(r"(?:[0-9]{1,3}|(?:19|20)[0-9]{2})[.,;:)]{0,3}")
_PARAGRAPH: Final = "aragraf"  # As `section_references` looks for it: its first letter may be a capital.
_PIECE: Final = re.compile(r"[^\W_]+")
_SIGN: Final = re.compile(r"[\d@]|://|[wW]\.")
_PARTY: Final = re.compile(
    r"\((?P<letters>[^\W\d_]{1,4}(?:[,/+]{1,3}[^\W\d_]{1,4}){0,3})(?P<end>\)|[,/+]{0,3}\Z)"
)
_BETWEEN_PARTIES: Final = re.compile(r"[,/+]+")
_LABEL: Final = re.compile(r"(?:\A|iarie-?|rende-?)(?:nummer|nr|id)|d\.?nr|rendebeteckning", re.IGNORECASE)
_NEAR: Final = re.compile(
    rf"§|(?:(?:diarie|ärende)-?|paragraf(?:en|er(?:na)?)?)\Z|{WORDS_BEFORE.pattern}", re.IGNORECASE
)
_NEAR_WORDS: Final = frozenset(("och", "samt", "till", "kap", *filter(str.isalpha, (*SCALES, *MONTH_NAMES))))
_NEAR_PIECE: Final = re.compile(rf"[^\W\d_]|{'|'.join(sorted(_NEAR_WORDS))}", re.IGNORECASE)
# In a word in lower case; to ignore case takes four times as long.
_RARE: Final = re.compile(f"{_LABEL.pattern}|{_NEAR.pattern}|{AUTHORITY.pattern.lower()}")
_SHORT_REGISTRY: Final = 4
_HYPHEN: Final = re.compile(r"[^\W\d_]-(?:\Z|[,&/])|(?:\A|[,&/])-[^\W\d_]")
_CONJUNCTIONS: Final = frozenset(("och", "eller", "samt", "respektive", "resp", "till", "kontra"))
_CONJUNCTION: Final = re.compile("|".join(sorted(_CONJUNCTIONS)), re.IGNORECASE)


def traits(run: str) -> int:
    """Return the traits of a stretch of text without spaces and ends of lines.

    Whatever other white space it has is not looked behind: such a run may be part of everything.
    """
    plain = _PLAIN.fullmatch(run)
    if plain is not None:
        return traits_of_word(plain[1])
    if NUMBERS.fullmatch(run):
        return Trait.WORD | Trait.SIGN | Trait.NEAR
    characters = normalize(run)
    if characters.starts is not None:
        return Trait.DAMAGED
    text = characters.text.strip()
    if text and text.split() != [text]:
        return _EVERYTHING
    pieces = _PIECE.findall(text)
    found = _of_special(text, pieces) | _of_elliptic(text, pieces) | (Trait.WORD if pieces else 0)
    return found | Trait.AUTHORITY if AUTHORITY.search(text) else found


def traits_of_word(word: str) -> int:
    """Return the same for two or more Swedish letters in lower case, only quicker."""
    found = int(Trait.WORD)
    if word in _NEAR_WORDS:
        found |= Trait.NEAR | Trait.HALF if word in SCALES else Trait.NEAR
    if word in _CONJUNCTIONS:
        found |= Trait.COORDINATION
    if _RARE.search(word) is None:
        return found
    if _LABEL.search(word):
        found |= Trait.LABEL | Trait.NEAR
    elif _NEAR.search(word):
        found |= Trait.NEAR | Trait.HALF if _PARAGRAPH in word else Trait.NEAR
    return found | Trait.AUTHORITY if AUTHORITY.search(word) else found


def _of_special(text: str, pieces: list[str]) -> int:
    found = 0
    if _NUMBER.fullmatch(text):
        found |= Trait.HALF
    elif _SIGN.search(text):
        found |= Trait.SIGN
    if "§" in text or _PARAGRAPH in text or any(piece.lower() in SCALES for piece in pieces):
        found |= Trait.HALF
    if "(" in text:
        found |= _of_party(text)
    else:
        for piece in pieces:
            found |= traits_of_letters(piece)
    if _LABEL.search(text):
        found |= Trait.LABEL
    if found or not pieces or _NEAR.search(text) or any(map(_is_near, pieces)):
        found |= Trait.NEAR
    return found


def _of_party(text: str) -> int:
    found = 0
    for match in _PARTY.finditer(text):
        letters = _BETWEEN_PARTIES.split(match["letters"])
        found |= Trait.SIGN
        if match["end"] != ")":
            found |= Trait.PARTY | Trait.OPEN
        elif not all(each.isupper() and each.casefold() in PARLIAMENT for each in letters):
            found |= Trait.PARTY
    return found


def traits_of_letters(letters: str) -> int:
    """Return what letters without brackets may be, as they are written: a party, a registry."""
    if is_of_parliament(letters):
        return Trait.SIGN | Trait.NEAR | Trait.PARTY | Trait.OPEN
    return Trait.NEAR if _is_near(letters) else 0


def _is_near(piece: str) -> bool:
    """Tell whether letters may be a registry, or are one of the words of special tokens."""
    if piece[0].isupper() and (len(piece) <= _SHORT_REGISTRY or piece[-1].isupper()):
        return True
    return _NEAR_PIECE.fullmatch(piece) is not None


def _of_elliptic(text: str, pieces: list[str]) -> int:
    if _HYPHEN.search(text):
        return Trait.HYPHEN | Trait.COORDINATION
    return Trait.COORDINATION if all(map(_CONJUNCTION.fullmatch, pieces)) else 0
