"""Invented minutes that change from run to run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

FIRST_FILES = 15
MARKER = "zyx"


@dataclass
class Minutes:
    """A folder of invented minutes that changes, and what is in it: file name to its marker word."""

    path: Path
    chance: random.Random
    words: dict[str, str] = field(default_factory=dict)
    _made: int = 0

    def change(self, additions: int) -> None:
        """Add some files, rewrite some and now and then remove one."""
        for name in self.chance.sample(sorted(self.words), min(2, len(self.words))):
            self._write(name)
        for _ in range(additions):
            self._write(f"protokoll-{self._made:05d}.txt")
        while len(self.words) > 2 * FIRST_FILES or (
            len(self.words) > FIRST_FILES and self.chance.random() < 0.5
        ):
            gone = self.chance.choice(sorted(self.words))
            del self.words[gone]
            (self.path / gone).unlink()

    def _write(self, name: str) -> None:
        self._made += 1
        word = _marker(self._made)
        year, month, day = 2000 + self._made % 20, 1 + self._made % 12, 1 + self._made % 28
        sections = "\n\n".join(
            f"§ {number} Ärende {number} om {word}\n\nFörvaltningen har berett {word} i punkt {number}.\n\n"
            f"Beslut\nNämnden beslutar att godkänna {word}."
            for number in range(1, 2 + self.chance.randrange(20))
        )
        text = f"Dimmelunda kommun\nTekniska nämnden\nProtokoll {year}-{month:02d}-{day:02d}\n\n{sections}\n"
        (self.path / name).write_text(text, encoding="utf-8")
        self.words[name] = word


def _marker(number: int) -> str:
    """Return a word that no other number has and no stemmer shortens to another's."""
    letters = ""
    while number:
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[digit] + "o"
    return f"{MARKER}{letters}qvist"
