"""The state of the service."""

from __future__ import annotations

from typing import Literal

from search_service.schemas.model import AnswerModel


class Health(AnswerModel):
    """The state of the service."""

    status: Literal["ok", "ready"]
    generation: str | None = None
