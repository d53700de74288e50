"""What stands in generated text at random: words, and names, numbers, dates and references as wholes."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scripts.benchmarks.vocabulary import Strings, Vocabulary, zipf
from scripts.benchmarks.wording import (
    COMMITTEES,
    FIRST_NAMES,
    FORMULAE,
    MONTHS,
    OPENINGS,
    PARTIES,
    SURNAMES,
)

_SUBJECTS: Final = 400
_WORDS_OF_A_SUBJECT: Final = 60
_FIRST_OF_SUBJECTS: Final = 100
_LAST_OF_SUBJECTS: Final = 20_000
"""Between which ranks the words are that belong to a subject."""

_Maker = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class Pool:
    """A stretch of units of one kind, from `start` to `stop`."""

    start: int
    stop: int

    def draw(self, chance: np.random.Generator, count: int) -> NDArray[np.int64]:
        """Return `count` units of the pool, evenly."""
        return chance.integers(self.start, self.stop, count)


class Units:
    """Numbered strings that text is put together from.

    Attributes:
        strings: by number; the words of the vocabulary come first, by rank.
        vocabulary: how many words it has.
        words: how many words each has, uint8.
        subjects: numbers of the words of each subject, int64, of shape (subjects, words).
        specials: pools with their shares of all that stands in a text.
        openings: how sentences begin.
        formulae: whole sentences.
    """

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - nothing is secret here
        strings: list[str] = vocabulary.words.tolist()
        self.vocabulary = len(strings)
        self.specials = [
            (_append([make(chance) for _ in range(size)], strings), share) for make, size, share in _SPECIALS
        ]
        self.openings, self.formulae = _append(OPENINGS, strings), _append(FORMULAE, strings)
        # The last, -1, stands for a compound that is made when it is needed.
        strings.append("-")
        self.strings: Strings = np.array(strings, dtype=object)
        self.words = np.array([string.count(" ") + 1 for string in strings], dtype=np.uint8)
        self.subjects = _subjects(self.vocabulary, np.random.default_rng(seed))

    def of_subjects(self, subjects: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.int64]:
        """Return a word of each of `subjects`, of the same shape."""
        found: NDArray[np.int64] = self.subjects[subjects, zipf(chance, len(subjects), _WORDS_OF_A_SUBJECT)]
        return found


def _append(more: Iterable[str], strings: list[str]) -> Pool:
    start = len(strings)
    strings.extend(more)
    return Pool(start, len(strings))


def _subjects(vocabulary: int, chance: np.random.Generator) -> NDArray[np.int64]:
    shape = (_SUBJECTS, _WORDS_OF_A_SUBJECT)
    last = min(_LAST_OF_SUBJECTS, vocabulary - 1)
    drawn = _FIRST_OF_SUBJECTS * (last / _FIRST_OF_SUBJECTS) ** chance.random(shape)
    return drawn.astype(np.int64)


def _number(chance: random.Random) -> str:
    return str(1 + int(999 * chance.random() ** 3))


def _year(chance: random.Random) -> str:
    return str(chance.randint(2005, 2027))


def _day(chance: random.Random) -> datetime.date:
    return datetime.date(2008, 1, 1) + datetime.timedelta(days=chance.randrange(18 * 365))


def _date(chance: random.Random) -> str:
    return _day(chance).isoformat()


def _long_date(chance: random.Random) -> str:
    day = _day(chance)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _section(chance: random.Random) -> str:
    return f"§ {1 + int(299 * chance.random() ** 2)}"


def _dnr(chance: random.Random) -> str:
    return f"{chance.choice(COMMITTEES)[1]} {chance.randint(2010, 2025)}/{chance.randint(1, 1500):04}"


def _amount(chance: random.Random) -> str:
    kind = chance.randrange(3)
    if kind == 0:
        return f"{chance.randint(1, 999)} {chance.choice((0, 250, 500)):03} kronor"
    if kind == 1:
        return f"{chance.randint(1, 90)},{chance.randint(1, 9)} mkr"
    return f"{chance.randint(1, 99)} procent"


def _person(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)} ({chance.choice(PARTIES)})"


def _party(chance: random.Random) -> str:
    return f"({chance.choice(PARTIES)})"


_SPECIALS: Final[tuple[tuple[_Maker, int, float], ...]] = (
    (_number, 2_000, 0.025),
    (_year, 200, 0.004),
    (_date, 6_000, 0.003),
    (_long_date, 6_000, 0.006),
    (_section, 1_000, 0.008),
    (_dnr, 20_000, 0.004),
    (_amount, 4_000, 0.004),
    (_person, 6_000, 0.012),
    (_party, 50, 0.004),
)
"""What makes them, how many there are, and their share. Of a thousand words of minutes 78 begin with a digit;
they have 8 § and 15 parties in brackets."""
