"""What the models of all answers have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class AnswerModel(BaseModel):
    """An object of an answer, which has these fields and no others."""

    model_config = ConfigDict(extra="forbid", strict=False)
