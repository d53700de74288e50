"""What a word finds, from a folder of minutes to the hits, with the whole lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis.lexicon.store import find_word_list
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from index.questions import Question
from index.searching import search
from tests.lexicons import lexicon_folder
from tests.minutes_folder import write_minutes

WRITTEN = {
    "reglementet.txt": "Skolskjutsreglementet",
    "reglemente.txt": "Reglemente för skolskjuts",
    "stadga.txt": "stadga för stiftelsen",
    "stad.txt": "en stad vid havet",
    "namnd.txt": "remiss till kultur- och utbildningsnämnden",
    "arkiv.txt": "arkivet i arkadhuset",
    "kristina.txt": "Kristinagården",
    "dialog.txt": "medborgardialogen",
    "lov.txt": "bygglovet som inte beviljades",
    "vattnet.txt": "låga vattennivåer",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    folder = tmp_path_factory.mktemp("swedish")
    for name, word in WRITTEN.items():
        write_minutes(folder / "minutes", name, word=word)
    with LexiconSupply(lexicon_folder(), find_word_list()) as lexicons:
        opened = WhooshEngine(folder / "index", lexicons=lexicons)
        reindex(folder / "minutes", opened)
    yield opened
    opened.close()


def found(engine: WhooshEngine, q: str) -> set[str]:
    """Return the files that a query finds."""
    return {Path(result.entry.source).name for result in search(engine, Question(q)).results}


@pytest.mark.parametrize(
    ("q", "files"),
    [
        ("skolskjuts", {"reglementet.txt", "reglemente.txt"}),
        ("skolskjutsreglementet", {"reglementet.txt", "reglemente.txt"}),
        ("skol skjuts", {"reglementet.txt", "reglemente.txt"}),
        ("skjutsar", {"reglementet.txt", "reglemente.txt"}),
        ("kulturnämnden", {"namnd.txt"}),
        ("utbildningsnämnd", {"namnd.txt"}),
        ("stad", {"stad.txt"}),
        ("stadga", {"stadga.txt"}),
        ("arkiv", {"arkiv.txt"}),
        ("dialog", {"dialog.txt"}),
        ("bygglov", {"lov.txt"}),
        ('"bygglovet som inte beviljades"', {"lov.txt"}),
        ('"bygglov som inte beviljades"', set()),
        ("ark", set()),
        ("kris", set()),
        ("lag", set()),
    ],
)
def test_a_word_finds_its_forms_and_its_compounds_and_nothing_that_only_looks_alike(
    engine: WhooshEngine, q: str, files: set[str]
) -> None:
    assert found(engine, q) == files


def test_a_hit_through_a_part_marks_the_part(engine: WhooshEngine) -> None:
    results = search(engine, Question("dialog")).results

    marked = [snippet.text[slice(*span)] for snippet in results[0].snippets for span in snippet.ranges]
    assert set(marked) == {"dialogen"}
