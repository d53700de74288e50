"""Minutes with something private, and what is done to an index of them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from corpus.takedowns import Takedown
from index.engines.whoosh_engine import WhooshEngine
from index.entry import SectionEntry
from index.indexing import Report, reindex
from index.request import SearchRequest
from search_service.cli import main

PRIVATE = """Dimmelunda kommun
Sociala nämnden
Sammanträdesprotokoll 2021-03-04

§ 7 Bistånd till Ada Provsson

Dnr SN 2021/0815

Ada Provsson på Påhittsgatan 4 har sökt hemtjänst efter en kvaddfraktur i vänster zebraben.

Beslut

Sociala nämnden beslutar att bevilja Ada Provsson hemtjänst.

§ 8 Rapporter

Förvaltningen rapporterar om läget på särskilda boenden och om nya medarbetare.

Beslut

Sociala nämnden beslutar att lägga rapporterna till handlingarna.
"""


def run_reindex(minutes: Path, index: Path, *, rebuild: bool = False) -> Report:
    engine = WhooshEngine(index)
    try:
        return reindex(minutes, engine, rebuild=rebuild)
    finally:
        engine.close()


def run(index: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["takedown", "--index", str(index), *arguments])


def entries(index: Path) -> list[SectionEntry]:
    engine = WhooshEngine(index)
    try:
        return [hit.entry for hit in engine.scan(SearchRequest())]
    finally:
        engine.close()


def the_secret(index: Path) -> SectionEntry:
    [found] = [entry for entry in entries(index) if "zebraben" in entry.text]
    return found


def saved(index: Path) -> list[Takedown]:
    engine = WhooshEngine(index)
    try:
        return list(engine.takedowns())
    finally:
        engine.close()
