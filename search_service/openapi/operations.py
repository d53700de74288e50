"""What an address answers, as its route declares it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from search_service.parameter import Parameter

_CONVERTER: Final = re.compile(r":\w+(?=\})")


@dataclass(frozen=True, slots=True)
class Tag:
    """A group of operations; code generators name modules by it."""

    name: str
    description: str


SEARCHING: Final = Tag("search", "Söka, räkna och hämta träffar.")
RECORDS: Final = Tag("records", "Hämta en paragraf, en handling, ett ärende eller vad som är indexerat.")
PAGES: Final = Tag("pages", "Sidor för människor, som HTML.")
DESCRIPTIONS: Final = Tag("descriptions", "Gränssnittet beskrivet för människor, program och webbläsare.")
MONITORING: Final = Tag("monitoring", "Om tjänsten lever och hur den mår.")

TAGS: Final = (SEARCHING, RECORDS, PAGES, DESCRIPTIONS, MONITORING)
"""All groups, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What GET of an address takes and gives.

    Attributes:
        name: the `operationId`, by which generated code calls it; it never changes.
        path: as FastAPI writes it.
        summary: what it is, in Swedish.
        tag: the group that it belongs to.
        answers: the media types of the answer with the model of each, `None` for what is no JSON. The model
            of JSON Lines is that of one line.
        parameters: those of the query string.
        path_parameters: those in braces in `path`.
        problems: the statuses that errors may have besides those of every address.
        has_etag: whether the answer can be asked for again with `If-None-Match`.
        has_link: whether the answer has the addresses of related ones in its header `Link`.
    """

    name: str
    path: str
    summary: str
    tag: Tag
    answers: Mapping[str, type[BaseModel] | None]
    parameters: tuple[Parameter, ...] = ()
    path_parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    has_etag: bool = True
    has_link: bool = False

    @property
    def address(self) -> str:
        """The path as OpenAPI writes it."""
        return _CONVERTER.sub("", self.path)
