"""Dictionary forms where a word list has none: irregular plurals, and the forms that only begin compounds."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from importlib import resources
from typing import Final

_TABLE: Final = "irregular_forms.tsv"

# What a word ends with where it begins a compound, and what with in the dictionary; the first that makes a
# word of the list holds. `medborgar|e`, `hälso` hälsa, `arbets` arbete, `gymnasie` gymnasium, `skol|a`.
_PART_ENDINGS: Final = (
    ("ar", "are"),
    ("o", "a"),
    ("u", "a"),
    ("ie", "ium"),
    ("e", "a"),
    ("s", ""),
    ("s", "e"),
    ("s", "a"),
    ("es", "a"),
    ("o", "e"),
    ("a", ""),
    ("a", "er"),
    ("e", ""),
    ("el", "la"),
    ("er", "ra"),
    ("m", "mme"),
    ("m", "mma"),
    ("n", "nna"),
    ("", ""),
    ("", "a"),
    ("", "e"),
    ("", "um"),
)


def lemma_of_part(part: str, words: Container[str]) -> str:
    """Return the dictionary form of what only begins compounds, itself when none is known.

    Args:
        part: a form of the list that is no word (`skol`, `kvinno`).
        words: the words of the list.
    """
    for ending, instead in _PART_ENDINGS:
        lemma = part.removesuffix(ending) + instead
        if part.endswith(ending) and len(lemma) > 2 and lemma in words:
            return lemma
    return part


def irregular_forms(stems: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield `(form, stem)` for forms that no rule of the list makes; a compound inflects as its last part."""
    table = _read_table()
    lengths = {len(ending) for ending in table if ending[0] != "^"}
    for stem in stems:
        yield from ((form, stem) for form in table.get("^" + stem, ()))
        for length in lengths:
            for form in table.get(stem[-length:], ()):
                yield stem[:-length] + form, stem


def table_bytes() -> bytes:
    """Return the table of irregular forms as it is written, on which every compiled lexicon depends."""
    return resources.files(__package__).joinpath(_TABLE).read_bytes()


def _read_table() -> dict[str, tuple[str, ...]]:
    lines = table_bytes().decode().splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {row[0]: tuple(row[1:]) for row in rows}
