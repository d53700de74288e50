"""One key for every way of writing one case."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from corpus.dnr.codes import key_of_written_code
from corpus.dnr.reading import UNPREFIXED, Place, make_key, read
from corpus.dnr.written import DIGITS, JOINT, LABEL, LETTER, PLAN_CODE, TAIL, plain_dashes
from corpus.registries import can_be_registry

_KEY: Final = re.compile(
    rf"(?P<prefix>{LETTER}{{1,10}}(?:\d{{2,3}})?)-(?P<year>\d{{4}}|0)-0*(?P<number>[1-9]\d{{0,5}})"
)
_WHOLE: Final = re.compile(
    rf"""(?:(?P<label>{LABEL})[\s.:]{{0,6}})?(?:(?P<prefix>{LETTER}{{1,10}}){JOINT})?
         (?:{DIGITS}|(?P<spaced_year>(?:19|20)\d\d)[ ](?P<spaced_number>\d{{2,6}})){TAIL}
         (?:{JOINT}(?P<suffix>{LETTER}{{1,10}}))?(?:{PLAN_CODE})?[\s.,;]*""",
    re.VERBOSE | re.IGNORECASE,
)


def key(written: str) -> str | None:
    """Gives the canonical key of one written dnr, `None` when it is none.

    `KS 2019/0835`, `KS2019/835` and `dnr ks 2019-0835` give `KS-2019-835`; a number without letters gives
    `DNR-2022-123`. A key is itself a spelling of its case: `key(key(x)) == key(x)`. Dates, ranges of years,
    statutes and numbers of the state give `None`.
    """
    text = " ".join(plain_dashes(unicodedata.normalize("NFC", written[:200])).split())
    if own := _KEY.fullmatch(text):
        prefix = "" if own["prefix"].upper() == UNPREFIXED else own["prefix"]
        return make_key(prefix, int(own["year"]), int(own["number"])) if can_be_registry(prefix) else None
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        return key_of_written_code(text)
    letters = whole["prefix"] or whole["suffix"] or ""
    if whole["spaced_year"]:
        known = letters and can_be_registry(letters)
        return make_key(letters, int(whole["spaced_year"]), int(whole["spaced_number"])) if known else None
    place = Place.LABELLED if whole["label"] or letters else Place.HEADING
    return read(whole, letters, place)
