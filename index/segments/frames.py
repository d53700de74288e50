"""Compression of what is stored: zstandard, one frame a section, with a dictionary."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import zstandard
from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor

SAMPLES: Final = 500
"""How many sections a dictionary is made of."""

# Measured on sections of 1,900 bytes: with a dictionary of 64 KiB level 3 takes as long as level 1 and gives
# 683 bytes for 807; higher levels take longer and give more, and one of 112 KiB gives 2 % less.
_LEVEL: Final = 3
_DICTIONARY_SIZE: Final = 1 << 16
# Given, they need not be searched for, which takes ten times as long and gains 1 %.
_SEGMENT_SIZE: Final = 200
_DMER_SIZE: Final = 8


def trained(samples: Sequence[bytes]) -> bytes:
    """Return a dictionary made of samples, of which there are many; empty when they do not give one."""
    try:
        made = zstandard.train_dictionary(
            _DICTIONARY_SIZE, list(samples), k=_SEGMENT_SIZE, d=_DMER_SIZE, f=18, split_point=1.0, accel=1
        )
    except zstandard.ZstdError:
        return b""
    return made.as_bytes()


class Compressor:
    """Makes frames. For one thread.

    Args:
        dictionary: as `trained` returned it; may be empty.
    """

    def __init__(self, dictionary: bytes) -> None:
        self.dictionary = dictionary
        known = ZstdCompressionDict(dictionary) if dictionary else None
        if known is not None:
            known.precompute_compress(level=_LEVEL)
        made = ZstdCompressor(level=_LEVEL, dict_data=known, write_dict_id=False)
        self.compress = made.compress


class Decompressor:
    """Reads frames. Threads may share it.

    Args:
        dictionary: what they were compressed with.
    """

    def __init__(self, dictionary: bytes) -> None:
        self._lock = threading.Lock()
        self._made = ZstdDecompressor(dict_data=ZstdCompressionDict(dictionary) if dictionary else None)

    def decompress(self, frame: bytes | memoryview) -> bytes:
        """Return what was compressed."""
        # The library's object keeps the state of one frame.
        with self._lock:
            return self._made.decompress(frame)
