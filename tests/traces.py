"""All bytes below a folder, unpacked without the code that packed them: to look for what should be gone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from zstandard import ZstdCompressionDict, ZstdDecompressor, ZstdError

from index.segments.array_file import ArrayFile

MAGIC = bytes.fromhex("28b52ffd")
"""What every zstd frame begins with."""


def bytes_below(folder: Path) -> bytes:
    """Return all files below a folder, their names, and whatever is compressed in them."""
    pieces = []
    for path in sorted(folder.rglob("*")):
        pieces.append(path.name.encode())
        if path.is_file():
            content = path.read_bytes()
            pieces += [content, *unpacked(content, dictionary_of(path))]
    return b"\0".join(pieces)


def dictionary_of(path: Path) -> bytes:
    """Return what the frames of a segment are compressed with."""
    if not path.name.startswith("MAIN_") or path.suffix != ".arrays":
        return b""
    return ArrayFile.open(path).whole("stored.dictionary").tobytes()


def unpacked(content: bytes, dictionary: bytes) -> list[bytes]:
    """Return what the frames say that are anywhere in some bytes."""
    reader = ZstdDecompressor(dict_data=ZstdCompressionDict(dictionary) if dictionary else None)
    found = []
    place = content.find(MAGIC)
    while place >= 0:
        # Four bytes may only look like a beginning.
        with suppress(ZstdError):
            found.append(reader.decompressobj().decompress(content[place:]))
        place = content.find(MAGIC, place + 1)
    return found


def has_any(content: bytes, stretch: str) -> bool:
    """Tell whether a stretch of text is in some bytes, in an encoding that someone might have used."""
    encoded = {stretch.encode("utf-8"), stretch.encode("latin-1", "replace"), stretch.encode("utf-16-le")}
    return any(one in content for one in encoded)
