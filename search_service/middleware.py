"""The envelope of every answer: request id, security headers, access log, and the last resort for errors."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Final, Protocol
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.personal_numbers import MASK, has_number
from search_service.errors import RequestError
from search_service.problems import PROBLEM_TYPES

LONGEST_ADDRESS: Final = 65_536
"""Bytes of path and query together; 10,000 escaped letters of a query fit, to be refused by name."""

ALLOWED_METHODS: Final = ("GET", "HEAD")

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Allow, Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"
    ),
}
_COMMON: Final = tuple((name.lower().encode(), value.encode()) for name, value in _HEADERS.items())
_WHOLE_ADDRESS: Final = re.compile(rb"https?://(?P<host>[^/]*)", re.IGNORECASE)
_OTHER: Final = "other"
_NO_ANSWER: Final = 499
"""The status of a request whose client has gone before it was answered, as nginx has it."""
_LOGGER: Final = logging.getLogger(__name__)

Refusal = Callable[[Scope], RequestError | None]
ProblemResponse = Callable[[Request, RequestError], Response]


class Answered(Protocol):
    """Counts an answer, as `Metrics.answered`."""

    def __call__(self, route: str, *, method: str, status: int, seconds: float) -> None:
        """Count one."""


class Envelope:
    """ASGI middleware around the application.

    Args:
        app: answers.
        refusal: says of a request why it is not answered, `None` for one that is.
        problem_response: makes the answer of an error.
        answered: is told of each answer.
    """

    def __init__(
        self, app: ASGIApp, *, refusal: Refusal, problem_response: ProblemResponse, answered: Answered
    ) -> None:
        self._app = app
        self._refusal = refusal
        self._problem_response = problem_response
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = _in_origin_form(scope)
        started = time.perf_counter()
        request_id = secrets.token_hex(4)
        scope.setdefault("state", {})["request_id"] = request_id
        sender = _Sender(send, request_id=request_id, without_body=scope["method"] == "HEAD")
        try:
            await self._answer(scope, receive, sender)
        finally:
            seconds = time.perf_counter() - started
            _log(scope, request_id, sender.status, seconds)
            method = scope["method"] if scope["method"] in ALLOWED_METHODS else _OTHER
            self._answered(_route(scope), method=method, status=sender.status or _NO_ANSWER, seconds=seconds)

    async def _answer(self, scope: Scope, receive: Receive, sender: _Sender) -> None:
        refused = _refusal(scope) or self._refusal(scope)
        if refused is not None:
            if refused.problem == "unknown-host":
                # Nor is it put into the addresses of the answer.
                scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"host"]}
            await self._problem_response(Request(scope), refused)(scope, receive, sender)
            return
        try:
            await self._app(scope, receive, sender)
        except Exception:
            _LOGGER.exception("unexpected error", extra={"request_id": scope["state"]["request_id"]})
            if sender.status is not None:
                raise
            error = RequestError("internal", PROBLEM_TYPES["internal"].explanation)
            await self._problem_response(Request(scope), error)(scope, receive, sender)


class _Sender:
    """Adds the headers to an answer, and leaves out its body where only headers are asked for."""

    def __init__(self, send: Send, *, request_id: str, without_body: bool) -> None:
        self._send = send
        self._request_id = request_id
        self._without_body = without_body
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = message["headers"]
            named = {name for name, _ in own}
            common = [header for header in _COMMON if header[0] not in named]
            message["headers"] = [*own, *common, (b"x-request-id", self._request_id.encode())]
        elif message["type"] == "http.response.body" and self._without_body:
            message = {**message, "body": b""}
        await self._send(message)


def _in_origin_form(scope: Scope) -> Scope:
    """Return the scope of a request with a whole address in its first line as that of one with a path.

    The host of the address then counts, not that of the header (RFC 9112, 3.2.2).
    """
    raw_path = scope.get("raw_path") or b""
    address = _WHOLE_ADDRESS.match(raw_path)
    if address is None:
        return scope
    raw_path = raw_path[address.end() :] or b"/"
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {
        **scope,
        "raw_path": raw_path,
        "path": unquote(raw_path.decode("ascii", "replace")),
        "headers": [(b"host", address["host"]), *others],
    }


def _refusal(scope: Scope) -> RequestError | None:
    length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    if length > LONGEST_ADDRESS:
        return RequestError("uri-too-long", f"Adressen är längre än {LONGEST_ADDRESS} tecken.")
    if scope["method"] not in ALLOWED_METHODS:
        return RequestError(
            "method-not-allowed",
            f"{scope['method'][:20]} stöds inte; bara GET och HEAD besvaras.",
            headers={"Allow": ", ".join(ALLOWED_METHODS)},
        )
    return None


def _route(scope: Scope) -> str:
    """Return the pattern of the address; one word for all that have none, since anyone can make them up."""
    route: str = scope["state"].get("route") or getattr(scope.get("route"), "path", _OTHER)
    return route


def _log(scope: Scope, request_id: str, status: int | None, seconds: float) -> None:
    if not _LOGGER.isEnabledFor(logging.INFO):
        return
    fields = {
        "request_id": request_id,
        "method": scope["method"],
        "path": MASK if has_number(scope["path"]) else scope["path"],
        "status": status,
        "milliseconds": round(seconds * 1000, 2),
    }
    _LOGGER.info("request", extra=fields)
