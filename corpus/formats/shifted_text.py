"""Recognises and repairs text whose font came without a character table.

Such a font leaves glyph numbers in place of letters. In TrueType fonts the glyphs commonly stand in the
standard Macintosh order (Apple, TrueType Reference Manual, the 'post' table), so that ASCII appears moved by
29 (``Efter`` as ``(IWHU``) and what follows it is Mac Roman moved by 30. Some converters move Latin-1 by 29.
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter

_ASCII_SHIFT = 29
_MAC_ROMAN_SHIFT = 30
_LATIN_1 = "åäöÅÄÖé§"

_TABLE: dict[int, str] = {
    **{code - _ASCII_SHIFT: chr(code) for code in range(0x20, 0x7F)},
    **{code - _MAC_ROMAN_SHIFT: bytes([code]).decode("mac_roman") for code in range(0x80, 0x100)},
    **{ord(letter) - _ASCII_SHIFT: letter for letter in _LATIN_1},
    # What the page layout puts in is no glyph.
    **{ord(white): white for white in "\t\n\r "},
}

_FUNCTION_WORDS = frozenset({
    "och", "att", "det", "som", "för", "av", "den", "till", "en", "är", "på", "med", "har", "de",
    "inte", "ett", "om", "vid", "från", "kan", "ska", "enligt", "eller",
})  # fmt: skip
_LATIN_WORD = re.compile("[a-zà-öø-ÿ]+")
_TOKEN = re.compile(r"\S+")
_LOST = re.compile("[\ufffd\x00-\x08\x0e-\x1b\ue000-\uf8ff]")
_EDGES = ".,:;()-!?\"'”»"

# Running Swedish has some 20 % of these words; a list of names or a table may have one in a hundred.
_PROOF = 0.05
_FEWEST_WORDS_OF_PROOF = 5
_TOO_FEW = 0.005
_FEWEST_LETTERS_TO_JUDGE = 200
_HIGHEST_SHARE_OF_LOST = 0.3
_LETTERS = bytes(code for code in range(256) if chr(code).isalpha())
_LOWER = bytes(code for code in range(256) if chr(code).islower())
# Letters of Swedish text in thousandths. Swedish pages come to .95 and more by the measure below, English to
# .95, names to .97; text moved by one to thirty letters to .68 at most.
_FREQUENCIES = {
    "a": 94, "b": 15, "c": 13, "d": 47, "e": 101, "f": 20, "g": 29, "h": 21, "i": 58, "j": 6, "k": 31,
    "l": 53, "m": 35, "n": 85, "o": 45, "p": 18, "r": 84, "s": 66, "t": 77, "u": 19, "v": 24,
    "w": 1, "x": 2, "y": 7, "z": 1, "å": 13, "ä": 18, "ö": 13,
}  # fmt: skip
_LEAST_LIKENESS = 0.8


def unshift(text: str) -> str:
    """Return the text with the letters that the glyph numbers stand for; lines that are in order stay."""
    return "\n".join(line if _is_in_order(line) else line.translate(_TABLE) for line in text.split("\n"))


def is_shifted(text: str) -> bool:
    """Tell whether the text has the frequent words of Swedish after the shift and not before it."""
    latin = text.encode("latin-1", "replace")
    if 2 * _count(latin, _LOWER) > _count(latin, _LETTERS):
        return False
    words = [word.strip(_EDGES).casefold() for word in _TOKEN.findall(text.translate(_TABLE))]
    proofs = sum(word in _FUNCTION_WORDS for word in words)
    return proofs >= _FEWEST_WORDS_OF_PROOF and proofs >= _PROOF * len(words)


def is_unreadable(text: str) -> bool:
    """Tell whether this is no language: letters lost, or Latin letters as no language mixes them.

    Texts of few different words, such as forms and tables, are never judged for their words.
    """
    lost = len(text) - len(_LOST.sub("", text))
    if lost > _HIGHEST_SHARE_OF_LOST * (len(text) - sum(map(text.count, string.whitespace))):
        return True
    words = text.lower().split()
    if sum(map(_FUNCTION_WORDS.__contains__, words)) >= _TOO_FEW * len(words):
        return False
    letters = Counter("".join(set(_LATIN_WORD.findall(text.lower()))))
    return letters.total() >= _FEWEST_LETTERS_TO_JUDGE and _likeness(letters) < _LEAST_LIKENESS


def _likeness(letters: Counter[str]) -> float:
    """Return the cosine of the angle between the letters of a text and those of Swedish."""
    product = sum(letters[letter] * frequency for letter, frequency in _FREQUENCIES.items())
    return product / (math.hypot(*letters.values()) * math.hypot(*_FREQUENCIES.values()))


def _is_in_order(line: str) -> bool:
    return sum(map(str.islower, line)) > sum(map(str.isupper, line))


def _count(text: bytes, characters: bytes) -> int:
    return len(text) - len(text.translate(None, characters))
