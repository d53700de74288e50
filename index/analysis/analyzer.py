"""The front door of the analysis: a text becomes tokens, the same for index, query and highlighting."""

from __future__ import annotations

import functools
import hashlib
import re
import threading
from bisect import bisect_left
from functools import partial
from itertools import accumulate, count
from operator import attrgetter
from typing import Final

from index.analysis.characters import Characters, normalize
from index.analysis.spans import Special
from index.analysis.special import specials
from index.analysis.stemming import Stemmer, stemmer_version
from index.analysis.stop_words import STOP_WORDS
from index.analysis.tokens import Token
from index.analysis.words import CHUNK, Piece, pieces

RULES_VERSION: Final = "1"
"""To be raised by every change after which a text gives other tokens."""

_MAX_TYPES: Final = 400_000
_MAX_RUNS: Final = 65_536
_LONGEST_KEPT: Final = 64

_start = attrgetter("start")

_Keys = tuple[str, tuple[str, ...]]
_UNKNOWN: Final[_Keys] = ("", ())

_CHUNKS: Final = re.compile(f"({CHUNK.pattern})")
# The class's own constructor is written in Python and takes twice the time.
_new_token = partial(tuple.__new__, Token)


class Analyzer:
    """Makes tokens of text. May be used by several threads.

    Each distinct word is analysed once: text has few of them (600,000 words, 20,000 distinct), and the
    stemmer is slow. The memory of them is shared by the threads; that two of them may analyse the same
    word at the same time does no harm.
    """

    def __init__(self) -> None:
        self._simple: dict[str, _Keys] = {}
        self._compound: dict[str, tuple[Piece, ...]] = {}
        self._runs: dict[str, tuple[Token, ...]] = {}
        self._of_thread = threading.local()

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of a text, by position; offsets refer to `text` as given."""
        return self._tokens(text, with_specials=True)

    def words_of_run(self, run: str) -> tuple[Token, ...]:
        """Return the words of a stretch of text without white space in it."""
        found = self._runs.get(run)
        if found is None:
            found = tuple(self._tokens(run, with_specials=False))
            if len(run) <= _LONGEST_KEPT:
                if len(self._runs) >= _MAX_RUNS:
                    self._runs.clear()
                self._runs[run] = found
        return found

    def _tokens(self, text: str, *, with_specials: bool) -> list[Token]:
        characters = normalize(text)
        tokens = self._words(characters.text)
        found = specials(characters.text) if with_specials else []
        if found:
            tokens = _with_specials(tokens, found)
        return tokens if characters.starts is None else _moved_back(tokens, characters)

    def _words(self, text: str) -> list[Token]:
        """Return the words of a normalised text.

        Works on whole lists, in C: a loop over the words in Python took most of the time of indexing.
        """
        parts = _CHUNKS.split(text)
        chunks = parts[1::2]
        offsets = list(accumulate(map(len, parts)))
        starts, ends = offsets[0::2], offsets[1::2]
        known = self._simple.get
        keys = [known(chunk, _UNKNOWN) for chunk in chunks]
        tokens: list[Token] = []
        done = position = 0
        for place in [place for place, key in enumerate(keys) if key is _UNKNOWN]:
            tokens += _simple_tokens(keys[done:place], position, starts[done:place], ends[done:place])
            position += place - done
            done = place + 1
            start = starts[place]
            for exact, stems, offset, piece_start, piece_end in self._pieces(chunks[place]):
                tokens.append(Token(exact, stems, position + offset, start + piece_start, start + piece_end))
            position = tokens[-1].position + 1
        tokens += _simple_tokens(keys[done:], position, starts[done:], ends[done:])
        return tokens

    def _pieces(self, chunk: str) -> tuple[Piece, ...]:
        found = self._compound.get(chunk)
        if found is None:
            found = pieces(chunk, self._stemmer())
            self._remember(chunk, found)
        return found

    def _remember(self, chunk: str, found: tuple[Piece, ...]) -> None:
        if len(chunk) > _LONGEST_KEPT:
            return
        if len(self._simple) + len(self._compound) >= _MAX_TYPES:
            self._simple.clear()
            self._compound.clear()
        if len(found) == 1 and found[0].end == len(chunk):
            self._simple[chunk] = (found[0].exact, found[0].stems)
        else:
            self._compound[chunk] = found

    def _stemmer(self) -> Stemmer:
        stemmer: Stemmer | None = getattr(self._of_thread, "stemmer", None)
        if stemmer is None:
            stemmer = self._of_thread.stemmer = Stemmer()
        return stemmer


@functools.cache
def _analyzer() -> Analyzer:
    """Return the process's analyzer: what it remembers does not depend on who asks."""
    return Analyzer()


def analyze(text: str) -> list[Token]:
    """Return the tokens of a text, by position; offsets refer to `text` as given.

    Words stand at consecutive positions. A hyphenated word is, before its pieces, also there as a whole,
    and special tokens share the position of the first word that they are written with. No stop words are
    removed. May be called from several threads.
    """
    return _analyzer().analyze(text)


def words_of_run(run: str) -> tuple[Token, ...]:
    """Return the tokens of a stretch of text without white space, but no special ones, from memory.

    Quick for those who look for words only: no word goes across white space, except where a soft hyphen
    parts it at the end of a line.
    """
    return _analyzer().words_of_run(run)


def fingerprint() -> str:
    """Return what identifies the analysis: with another one, an index must be made anew."""
    parts = (RULES_VERSION, stemmer_version(), " ".join(sorted(STOP_WORDS)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _simple_tokens(keys: list[_Keys], position: int, starts: list[int], ends: list[int]) -> list[Token]:
    """Return the tokens of chunks that are one known word each, at consecutive positions."""
    if not keys:
        return []
    exact, stems = zip(*keys, strict=True)
    return list(map(_new_token, zip(exact, stems, count(position), starts, ends, strict=False)))


def _with_specials(words: list[Token], found: list[Special]) -> list[Token]:
    """Put each special token behind the others at the position of the first word in its span."""
    merged: list[Token] = []
    done = 0
    for special in found:
        first = bisect_left(words, special.start, lo=done, key=_start)
        if first > done and words[first - 1].end > special.start:
            first -= 1
        if first == len(words):
            break
        position = words[first].position
        after = first
        while after < len(words) and words[after].position == position:
            after += 1
        merged += words[done:after]
        done = max(done, after)
        merged += [Token(key, (key,), position, special.start, special.end) for key in special.keys]
    return merged + words[done:]


def _moved_back(tokens: list[Token], characters: Characters) -> list[Token]:
    """Return the tokens with offsets in the original text."""
    starts, ends = characters.starts or [], characters.ends or []
    return [
        Token(exact, stems, position, starts[start], ends[end - 1])
        for exact, stems, position, start, end in tokens
    ]
