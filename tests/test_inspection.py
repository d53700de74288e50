"""A generation in which not everything is found is not published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import generations
from index.analysis.analyzer import Analyzer
from index.analysis.tokens import Token
from index.engines.inspection import inspect
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged
from index.manifest import Manifest
from tests.analysis import PLAIN
from tests.builders import document, section


@pytest.fixture
def published(tmp_path: Path) -> tuple[Path, Manifest]:
    engine = WhooshEngine(tmp_path / "index")
    for source in ("a.txt", "b.txt", "c.txt"):
        with engine.update() as writer:
            writer.put(document(source, section("1", text=f"skola {source}"), section("2", text="väg")))
    with engine.update() as writer:
        writer.remove("b.txt")
    manifest = engine.manifest()
    engine.close()
    return generations.current(tmp_path / "index"), manifest


def more_sections(manifest: Manifest) -> Manifest:
    return replace(manifest, sections=manifest.sections + 1)


def fewer_sections(manifest: Manifest) -> Manifest:
    return replace(manifest, sections=manifest.sections - 1)


def longer_document(manifest: Manifest) -> Manifest:
    records = dict(manifest.documents)
    return replace(manifest, documents=records | {"a.txt": replace(records["a.txt"], sections=3)})


def test_what_was_written_is_found(published: tuple[Path, Manifest]) -> None:
    folder, manifest = published

    inspect(folder, manifest, PLAIN)

    assert manifest.sections == 4


@pytest.mark.parametrize("change", [more_sections, fewer_sections, longer_document])
def test_what_is_not_found_as_it_was_meant_is_not_published(
    published: tuple[Path, Manifest], change: Callable[[Manifest], Manifest]
) -> None:
    folder, manifest = published

    with pytest.raises(IndexDamaged, match="publicerades inte"):
        inspect(folder, change(manifest), PLAIN)


class OtherWords(Analyzer):
    """Reads other words than the index was made of."""

    def analyze(self, text: str) -> list[Token]:
        return [token._replace(exact=token.exact[::-1]) for token in super().analyze(text)]


def test_a_section_that_is_not_found_by_its_own_words_is_not_published(
    published: tuple[Path, Manifest],
) -> None:
    folder, manifest = published

    with pytest.raises(IndexDamaged, match="sina första ord"):
        inspect(folder, manifest, OtherWords())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "–",
        "Skola",
        "§ 12 Dnr KS 2019/0835, 14 november 2019",
        "kultur- och utbildningsnämnden i e-post",
        "Skol\u00ad\nskjuts och av\u0301gift",
        "word " * 1000,
    ],
)
def test_a_section_is_found_by_its_first_words_whatever_they_are(tmp_path: Path, text: str) -> None:
    engine = WhooshEngine(tmp_path / "index")

    with engine.update() as writer:
        writer.put(document("a.txt", section("1", text=text, decision="")))

    assert engine.manifest().sections > 0
    engine.close()


def test_an_empty_index_is_as_it_was_meant(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")

    with engine.update():
        pass

    assert engine.manifest().sections == 0
    engine.close()
