"""Errors of the service: what a request did wrong, before or beside the search itself.

::

    ServiceError
    ├── RequestError         the user's: becomes the problem that `problem` names
    └── ReportNotWritten     the operator's: the index is published, what was done could not be told
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParameterError:
    """What is wrong with one parameter.

    Attributes:
        value: as it was sent; `None` when the parameter is missing.
        reason: a word for machines: `unknown`, `invalid`, `repeated`, `out-of-range`, ….
        allowed: what can stand there instead, or its forms; `None` when neither is known.
        message: the same as a sentence in Swedish.
    """

    parameter: str
    value: str | None
    reason: str
    allowed: tuple[str, ...] | None
    message: str


class ServiceError(Exception):
    """The root of what `search_service` raises on purpose."""


class RequestError(ServiceError):
    """The request cannot be answered as it stands.

    Attributes:
        problem: a key of `problems.PROBLEM_TYPES`.
        errors: the parameters at fault, in the order they were sent.
        headers: what the answer carries besides.
    """

    def __init__(
        self,
        problem: str,
        detail: str,
        *,
        errors: tuple[ParameterError, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


class ReportNotWritten(ServiceError):
    """A run is done and what it made is published, but what it did could not be printed or written."""

    def __init__(self, generation: str, error: OSError) -> None:
        super().__init__(
            f"The index is up to date, in generation {generation}, but the report was not written: {error}"
        )
