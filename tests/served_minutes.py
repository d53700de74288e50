"""Serves a folder of minutes as `reindex` and `serve` would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.analysis.lexicon.store import find_word_list
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from search_service.settings import Settings
from tests.lexicons import lexicon_folder
from tests.web_client import Client, serving


@contextmanager
def serving_minutes(minutes: Path, folder: Path) -> Iterator[Client]:
    """Index a folder of minutes with the lexicon, and serve it."""
    with LexiconSupply(lexicon_folder(), find_word_list()) as lexicons:
        engine = WhooshEngine(folder, lexicons=lexicons)
        reindex(minutes, engine)
        engine.close()
    with serving(Settings(index_dir=folder)) as client:
        yield client
