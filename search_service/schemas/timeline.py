"""Matches per year."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from search_service.schemas.model import AnswerModel
from search_service.schemas.searches import IndexState, QueryEcho


class TimelineLinks(AnswerModel):
    """The timeline, as CSV, and the search that it counts."""

    self: str
    csv: str
    search: str
    html: str


class Year(AnswerModel):
    """The §§ of one year's meetings; `year` is null for those whose date could not be read.

    `count` is how many match. `sections` is how many are indexed and pass the filters municipality,
    committee, type, year, date_from and date_to, whether they match or not, and `per_1000` is what `count`
    is of 1,000 of these. With `by` the two are given by value as well, else these fields are left out.
    """

    year: int | None
    count: int
    sections: int
    per_1000: float
    by: dict[str, int] | None = None
    by_sections: dict[str, int] | None = None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "year": 2019,
                    "count": 12,
                    "sections": 410,
                    "per_1000": 29.3,
                    "by": {"granvika": 7, "unknown": 5},
                    "by_sections": {"granvika": 300, "unknown": 110},
                }
            ]
        },
    )


class TimelineResponse(AnswerModel):
    """Matches per year, oldest first: every year that has indexed §§ within the filters.

    The sum of `count` is `total`. `labels` has the name of each value of `by`.
    """

    query: QueryEcho
    total: int
    by: Literal["municipality", "committee"] | None
    labels: dict[str, str]
    values: list[Year]
    links: TimelineLinks
    index: IndexState
    took_ms: float
