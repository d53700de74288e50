"""The state of the service."""

from __future__ import annotations

from typing import Literal

from search_service.schemas.model import AnswerModel


class Health(AnswerModel):
    """The state of the service.

    `degraded`: the newest index is damaged, and all searches are answered from the last sound one.
    """

    status: Literal["ok", "ready", "degraded"]
    generation: str | None = None
