"""Adds endpoints to a router: each answers GET and HEAD, and takes only the parameters it names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from search_service.openapi.operations import Operation

Endpoint = Callable[[Request], Awaitable[Response]]


class EndpointRouter(APIRouter):
    """A router that remembers what its endpoints are.

    Attributes:
        operations: what each of them answers, in the order in which they were added.
    """

    def __init__(self) -> None:
        super().__init__()
        self.operations: list[Operation] = []

    def add_endpoint(self, operation: Operation, endpoint: Endpoint) -> None:
        """Let `endpoint` answer GET and HEAD of the operation's path.

        FastAPI validates nothing here: the endpoint reads its own parameters, so that an error is always
        a problem of ours.
        """
        self.operations.append(operation)
        self.add_api_route(
            operation.path, endpoint, methods=["GET", "HEAD"], include_in_schema=False, response_model=None
        )
