"""The lexicon of the Swedish word list, compiled once in a run of the tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.lexicon.store import LexiconStore, find_word_list


@cache
def lexicon_folder() -> Path:
    """Return a folder with the compiled lexicon, which is there until the tests are over."""
    folder = Path(tempfile.mkdtemp(prefix="lexicon-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    LexiconStore(folder, find_word_list()).obtain()
    return folder


@cache
def real_lexicon() -> Lexicon:
    """Return the lexicon."""
    return Lexicon.open(LexiconStore(lexicon_folder(), find_word_list()).obtain())
