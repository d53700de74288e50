"""Forms that only a label before them tells from other codes: `22SN118`, and `SLK:16342`, without a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.dnr.reading import century, make_key
from corpus.dnr.written import LABEL_ALONE
from corpus.registries import can_be_registry, is_statute

_CODE: Final = (
    r"(?:(?P<code_year>\d\d)(?P<code_letters>[A-ZÅÄÖ]{2,4})(?P<code_number>\d{2,6})"
    r"|(?P<yearless>[A-ZÅÄÖ]{2,5}):(?!(?:19|20)\d\d(?!\d))(?P<serial>\d{4,6}))"
)
_CODE_ALONE: Final = re.compile(_CODE)
_LABELLED_CODE: Final = re.compile(rf"{LABEL_ALONE}[\s.:]{{0,6}}(?P<code>(?i:{_CODE}))(?![\w]|[/:.-]\d)")


def labelled_codes(text: str) -> Iterator[re.Match[str]]:
    """Yields the codes of a text with the label before them, the code itself in the group `code`."""
    return _LABELLED_CODE.finditer(text)


def key_of_written_code(text: str) -> str | None:
    """Gives the key of a text that is a code, with or without its label."""
    code = _CODE_ALONE.fullmatch(text) or _LABELLED_CODE.fullmatch(text)
    return key_of_code(code) if code else None


def key_of_code(code: re.Match[str]) -> str | None:
    """Gives the key of a code that was found, `None` when it is another thing's number."""
    if code["yearless"]:
        known = can_be_registry(code["yearless"]) and not is_statute(code["yearless"])
        return make_key(code["yearless"], 0, int(code["serial"])) if known else None
    if not can_be_registry(code["code_letters"]):
        return None
    return make_key(code["code_letters"], century(code["code_year"]), int(code["code_number"]))
