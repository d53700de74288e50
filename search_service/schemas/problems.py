"""An error as RFC 9457 describes it."""

from __future__ import annotations

from search_service.schemas.model import AnswerModel


class ParameterProblem(AnswerModel):
    """What is wrong with one parameter."""

    parameter: str
    value: str | None
    reason: str
    allowed: list[str] | None


class Problem(AnswerModel):
    """An error as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ParameterProblem]
    request_id: str
