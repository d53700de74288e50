"""Opens files of a folder that others may write to: regular files only, and none through a symbolic link.

What a name stands for is asked of what was opened, not of the name, which may stand for something else by
then.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO, Final

from corpus.errors import ExtractionError

MAX_FILE_BYTES: Final = 200 * 1024 * 1024
"""A larger file is refused unread. The largest of the real ones has a hundredth."""

_KINDS: Final = {
    stat.S_IFDIR: "en mapp, för långt ned",
    stat.S_IFIFO: "en FIFO",
    stat.S_IFSOCK: "en sockel",
    stat.S_IFCHR: "en enhet",
    stat.S_IFBLK: "en enhet",
}
# Opening a FIFO would wait for its writer, and some devices act when they are opened or become a terminal.
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def open_regular(path: Path, folder: Path) -> IO[bytes]:
    """Open the file at `path`, which lies below `folder`, for reading.

    Raises:
        ExtractionError: it is no regular file, or a link stands anywhere between the folder and it.
        OSError: it cannot be opened.
    """
    *parents, name = path.relative_to(folder).parts
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for parent in parents:
            above, at = at, _open(parent, os.O_DIRECTORY | _FLAGS, within=at)
            os.close(above)
        found = _open(name, _FLAGS, within=at)
    finally:
        os.close(at)
    kind = stat.S_IFMT(os.fstat(found).st_mode)
    if kind != stat.S_IFREG:
        os.close(found)
        raise ExtractionError(f"ingen vanlig fil ({_KINDS.get(kind, 'okänd sort')})")
    return os.fdopen(found, "rb")


def read_regular(path: Path, folder: Path, *, most: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of the file at `path`, which lies below `folder`.

    Raises:
        ExtractionError: it has more than `most` bytes, or is no regular file; nothing of it was read.
        OSError: it cannot be read.
    """
    with open_regular(path, folder) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > most:
            raise ExtractionError(f"för stor fil ({size:_} byte, högst {most:_})".replace("_", " "))
        return stream.read(most)


def _open(name: str, flags: int, *, within: int) -> int:
    try:
        return os.open(name, flags, dir_fd=within)
    except OSError as error:
        # A folder asked for behind a link is "not a folder".
        if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}:
            raise ExtractionError("symbolisk länk, följs inte") from error
        if error.errno == errno.ENXIO:  # a socket cannot be opened
            raise ExtractionError(f"ingen vanlig fil ({_KINDS[stat.S_IFSOCK]})") from error
        raise
