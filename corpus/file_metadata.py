"""Reads what an operator says about a file of minutes, in `meta.json` files.

`<file name>.meta.json` beside the file is asked first, then the `meta.json` of its folder, then those of the
folders above it up to the folder of minutes; the first that answers wins, key by key.
"""

from __future__ import annotations

import datetime
import json
import re
import stat
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from corpus.clean_text import clean_line
from corpus.document import DocumentType
from corpus.errors import ExtractionError
from corpus.regular_files import read_regular
from corpus.slugs import slug

FOLDER_METADATA_NAME = "meta.json"
FILE_METADATA_SUFFIX = ".meta.json"

_MAX_BYTES = 1_000_000
_MAX_CHARACTERS = 500
_MAX_DNR = 100
# They are repeated for every file below the folder.
_MOST_COMPLAINTS = 10
_REPEATED = object()
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What the `meta.json` files say about one file; `None` where they say nothing.

    Attributes:
        warnings: unknown keys and wrong values, each with the name of its file.
    """

    municipality: str | None = None
    committee: str | None = None
    date: datetime.date | None = None
    type: DocumentType | None = None
    title: str | None = None
    dnr: tuple[str, ...] | None = None
    source_url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = field(default=(), compare=False)


def metadata_paths(path: Path, folder: Path) -> tuple[Path, ...]:
    """Return the `meta.json` files that apply to `path`, nearest first; none outside `folder`."""
    candidates = [path.with_name(path.name + FILE_METADATA_SUFFIX)]
    for parent in path.parents:
        candidates.append(parent / FOLDER_METADATA_NAME)
        if parent == folder:
            break
    return tuple(candidate for candidate in candidates if _is_regular(candidate))


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:  # none there, or its name would be longer than names can be
        return False


def read_file_metadata(paths: Sequence[Path], folder: Path) -> FileMetadata:
    """Merge the metadata files, nearest first, into one answer.

    Args:
        paths: as `metadata_paths` gives them.
        folder: the folder of minutes, below which the warnings name the files.
    """
    merged: dict[str, object] = {}
    warnings: list[str] = []
    for path in paths:
        name = clean_line(path.relative_to(folder).as_posix())
        values, complaints = _read(path, folder)
        merged = {**values, **merged}
        if len(complaints) > _MOST_COMPLAINTS:
            more = len(complaints) - _MOST_COMPLAINTS
            complaints = [*complaints[:_MOST_COMPLAINTS], f"och {more} fel till"]
        warnings += [f"{name}: {complaint}" for complaint in complaints]
    # Each value was made by the parser of its key, so it has the type of the field.
    return FileMetadata(**merged, warnings=tuple(warnings))  # type: ignore[arg-type] # see above


def _read(path: Path, folder: Path) -> tuple[dict[str, object], list[str]]:
    try:
        content = read_regular(path, folder, most=_MAX_BYTES)
        loaded = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except ExtractionError as error:
        return {}, [str(error)]
    except OSError as error:
        return {}, [f"kan inte läsas ({error.strerror})"]
    except (ValueError, RecursionError):
        return {}, ["är inte giltig JSON"]
    if not isinstance(loaded, dict):
        return {}, ["är inte ett JSON-objekt"]
    return _checked(loaded)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # The last of a repeated key would win, unseen.
    counts = Counter(key for key, _ in pairs)
    return {key: value if counts[key] == 1 else _REPEATED for key, value in pairs}


def _checked(loaded: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
    values: dict[str, object] = {}
    complaints: list[str] = []
    for key, value in loaded.items():
        parse = _PARSERS.get(key)
        if value is _REPEATED:
            complaints.append(f"nyckeln ”{clean_line(key)[:_MAX_CHARACTERS]}” står flera gånger")
        elif parse is None:
            complaints.append(f"okänd nyckel ”{clean_line(key)[:_MAX_CHARACTERS]}”")
        elif value is not None:
            try:
                values[key] = parse(value)
            except _WrongValue as error:
                complaints.append(f"fel värde för ”{key}”: {error}")
    return values, complaints


class _WrongValue(Exception):
    """A value is not what its key asks for; the message says what that is."""


def _text(value: object) -> str:
    text = clean_line(value) if isinstance(value, str) else ""
    if not text or len(text) > _MAX_CHARACTERS:
        raise _WrongValue(f"ska vara en text på 1–{_MAX_CHARACTERS} tecken")
    return text


def _name(value: object) -> str:
    text = _text(value)
    if not slug(text):
        raise _WrongValue("ska vara ett namn")
    return text


def _date(value: object) -> datetime.date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value.strip()):
            return datetime.date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise _WrongValue("ska vara ett datum som 2019-11-25")


def _type(value: object) -> DocumentType:
    if isinstance(value, str) and value.strip() in set(DocumentType):
        return DocumentType(value.strip())
    raise _WrongValue(f"ska vara något av {', '.join(DocumentType)}")


def _dnr(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if len(values) > _MAX_DNR or not all(isinstance(one, str) for one in values):
        raise _WrongValue("ska vara en lista av diarienummer")
    return tuple(dict.fromkeys(_text(one) for one in values))


def _source_url(value: object) -> str:
    text = _text(value)
    try:
        address = urlsplit(text)
        usable = address.scheme in {"http", "https"} and bool(address.hostname) and " " not in text
    except ValueError:
        usable = False
    if not usable:
        raise _WrongValue("ska vara en adress som börjar med http:// eller https://")
    return text


def _language(value: object) -> str:
    text = _text(value)
    if not _LANGUAGE.fullmatch(text):
        raise _WrongValue("ska vara en språkkod som sv")
    return text


_PARSERS: dict[str, Callable[[object], object]] = {
    "municipality": _name,
    "committee": _name,
    "date": _date,
    "type": _type,
    "title": _text,
    "dnr": _dnr,
    "source_url": _source_url,
    "language": _language,
}
