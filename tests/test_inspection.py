"""A generation in which not everything is found is not published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import generations
from index.engines.inspection import inspect
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged
from index.manifest import Manifest
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

    inspect(folder, manifest)

    assert manifest.sections == 4


@pytest.mark.parametrize("change", [more_sections, fewer_sections, longer_document])
def test_what_is_not_found_as_it_was_meant_is_not_published(
    published: tuple[Path, Manifest], change: Callable[[Manifest], Manifest]
) -> None:
    folder, manifest = published

    with pytest.raises(IndexDamaged, match="publicerades inte"):
        inspect(folder, change(manifest))


def test_an_empty_index_is_as_it_was_meant(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")

    with engine.update():
        pass

    assert engine.manifest().sections == 0
    engine.close()
