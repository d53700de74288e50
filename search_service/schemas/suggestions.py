"""What the text that is being typed may become."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from search_service.schemas.model import AnswerModel


class SuggestionFilter(AnswerModel):
    """Parameters of a search."""

    committee: str


class Suggestion(AnswerModel):
    """What the text that is being typed may become; `count` is the number of §§ that it is in.

    A word is counted in all its forms, a title and a dnr in all their spellings. A committee is counted by
    the §§ of its meetings; its `filter` are the parameters of a search that finds them. The others have
    none: their text is what to search for.
    """

    text: str
    kind: Literal["word", "title", "committee", "dnr"]
    count: int
    filter: SuggestionFilter | None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "skolskjuts", "kind": "word", "count": 12, "filter": None}],
        },
    )


class SuggestResponse(AnswerModel):
    """At most ten suggestions, those that are in most §§ first; behind other words, words come last."""

    suggestions: list[Suggestion]
