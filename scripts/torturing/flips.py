"""Changes single bits of an index, and cuts its files, and checks that no answer is made of that.

Every file of the current generation and the pointer have their turn. What is asked afterwards is answered
as before, or with an error that names the file; `verify` finds every change, asked about or not.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from index import checksums, generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged
from index.guards import Guards
from index.indexing import reindex
from index.request import FACETS, SearchRequest
from index.searching import Question, search
from scripts.torturing.limit import Limit
from scripts.torturing.minutes import FIRST_FILES, Minutes
from scripts.torturing.promises import PromiseBroken

SEARCHED = 5


def change_files(work: Path, chance: random.Random, limit: Limit) -> Counter[str]:
    """Change one place after another of an index below `work`; return what was found how often.

    Raises:
        PromiseBroken: a wrong answer, a change that was not found, or an error that is none of ours.
    """
    whole, words = _index(work, chance)
    expected = _answers(whole, words)
    files = [Path("CURRENT"), *(_relative(whole, file) for file in generations.current(whole).iterdir())]
    seen: Counter[str] = Counter()
    done = 0
    while not limit.reached(done):
        name = sorted(files)[done % len(files)]
        copy = shutil.copytree(whole, work / "copy")
        what = _change(copy / name, chance)
        seen[_outcome(copy, words, expected, changed=name, what=what)] += 1
        seen[what.partition(" ")[0]] += 1
        shutil.rmtree(copy)
        done += 1
    return seen


def _index(work: Path, chance: random.Random) -> tuple[Path, list[str]]:
    """Make an index with something deleted in it; return it and the words to search for."""
    (work / "minutes").mkdir()
    minutes = Minutes(work / "minutes", chance)
    with closing(WhooshEngine(work / "index")) as engine:
        for additions in (FIRST_FILES, 1):
            minutes.change(additions)
            reindex(minutes.path, engine, guards=Guards(allow_shrink=True))
    return work / "index", sorted(minutes.words.values())[:SEARCHED]


def _relative(index: Path, file: Path) -> Path:
    return file.relative_to(index)


def _answers(index: Path, words: list[str]) -> list[Any]:
    with closing(WhooshEngine(index)) as engine:
        found = [search(engine, Question(word)).results for word in [*words, "förvaltning", "förvaltnign"]]
        counted = engine.search(SearchRequest(facets=FACETS))
        manifest = engine.manifest()
        return [
            *([(result.entry, result.score, result.snippets) for result in results] for results in found),
            (counted.hits, counted.total, counted.facets),
            list(engine.scan(SearchRequest())),
            engine.completions().complete("för", 10),
            dict(manifest.documents),
            manifest.removed,
        ]


def _change(file: Path, chance: random.Random) -> str:
    """Change a bit of a file, or cut it; return what was done, with a word for its kind first."""
    content = bytearray(file.read_bytes())
    # Never written over: it is read-only.
    file.unlink()
    if chance.random() < 0.25:
        kept = chance.randrange(len(content))
        file.write_bytes(content[:kept])
        return f"cut to {kept} of {len(content)} bytes"
    place, bit = chance.randrange(len(content)), chance.randrange(8)
    content[place] ^= 1 << bit
    file.write_bytes(content)
    return f"flipped bit {bit} of byte {place}"


def _outcome(index: Path, words: list[str], expected: list[Any], *, changed: Path, what: str) -> str:
    where = f"{changed} ({what})"
    try:
        outcome = "answered rightly" if _answers(index, words) == expected else None
    except IndexDamaged as error:
        # Of the pointer it may be the generation or the checksum that is not there.
        if changed.name not in str(error) and changed.name != "CURRENT":
            raise PromiseBroken(f"{where}: the error names another file: {error}") from error
        outcome = "refused with the name of the file"
    except Exception as error:
        raise PromiseBroken(f"{where}: {type(error).__name__}: {error}") from error
    if outcome is None:
        raise PromiseBroken(f"{where}: a wrong answer")
    try:
        is_found = any(checksums.damaged_files(generations.current(index)))
    except IndexDamaged:
        is_found = True
    # What stands behind the checksum in the pointer means nothing.
    if not is_found and changed.name != "CURRENT":
        raise PromiseBroken(f"{where}: not found by reading all")
    return outcome
