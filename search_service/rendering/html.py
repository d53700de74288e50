"""Makes the environment that the templates are rendered in, with what Swedish pages need."""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path
from typing import Any, Final

import jinja2

from index.facets import TYPE_LABELS
from search_service.rendering.decision_words import decision_label

PACKAGE: Final = Path(__file__).parent.parent
STATIC: Final = PACKAGE / "static"
_TEMPLATES: Final = PACKAGE / "templates"

_MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_NO_BREAK_SPACE: Final = "\u00a0"


def environment() -> jinja2.Environment:
    """Return the environment of the templates: everything escaped, nothing undefined."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_shown,
    )
    made.filters["thousands"] = thousands
    made.filters["counted"] = counted
    made.filters["decimal"] = decimal
    made.filters["date"] = swedish_date
    made.filters["decision_label"] = decision_label
    made.filters["type_label"] = lambda value: TYPE_LABELS[value]
    return made


def build_name() -> str:
    """Return a name that changes when a template or a static file does."""
    digest = hashlib.sha256()
    for path in sorted((*_TEMPLATES.rglob("*"), *STATIC.rglob("*"))):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def thousands(number: int) -> str:
    """Return `1 234` for 1234, with a space that does not break."""
    return f"{number:,}".replace(",", _NO_BREAK_SPACE)


def counted(number: int, one: str, several: str) -> str:
    """Return `1 paragraf` or `1 234 paragrafer`."""
    return f"{thousands(number)} {one if number == 1 else several}"


def decimal(number: float) -> str:
    """Return `29,3` for 29.3, and `0` for 0.0."""
    return f"{number:g}".replace(".", ",")


def swedish_date(date: datetime.date) -> str:
    """Return `25 november 2019`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def visible(text: str) -> str:
    """Return `text` without control and direction characters, which could make it read as another."""
    return _UNSEEN.sub("", text)


def _shown(value: Any) -> Any:
    return visible(value) if type(value) is str else value
