"""HTTP/1.1 as people and careless clients speak it, answered in the words of this service.

`curl '…?q=förskola'` sends UTF-8 without escapes, which h11 would refuse; an address of any length is to be
answered with 414, and what is no HTTP at all with a problem document, as every other error is.
"""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from search_service.errors import RequestError
from search_service.problems import MEDIA_TYPE, PROBLEM_TYPES, problem_document
from search_service.rendering.json_answer import json_bytes

LONGEST_LINE: Final = 72 * 1024
"""Bytes of a request line; what it can hold besides the longest address that is answered is some hundreds."""

LONGEST_HEAD: Final = 2 * LONGEST_LINE
"""Bytes of a request line and headers: the setting `h11_max_incomplete_event_size` of uvicorn."""

_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_BLANK: Final = b"\r\n"
_NEVER_FIRST: Final = frozenset(bytes([byte]) for byte in range(ord("!")))
"""Bytes that no request begins with, but TLS does: no use to wait for the end of that line."""
_VERSION_AND_MORE: Final = 32
_SECONDS_TO_LINGER: Final = 2.0
_BAD_REQUEST: Final = HTTPStatus.BAD_REQUEST


class PlainAddressProtocol(H11Protocol):
    """Mends request lines before h11 reads them, and answers what it cannot read."""

    _line = b""
    """What has come of a request line that is not whole yet, hardly more than `LONGEST_LINE`."""

    _is_done = False
    """Whether the last answer has been given, so that what still comes is dropped."""

    def data_received(self, data: bytes) -> None:
        """Take bytes from the connection; the first line of a request is held until it is whole."""
        if self._is_done:
            return
        if not self._begins():
            super().data_received(data)
            return
        self._unset_keepalive_if_required()
        line, end, rest = data.lstrip(_BLANK if not self._line else b"").partition(b"\n")
        # One byte more than is allowed shows that the line is too long; the others need not be kept.
        self._line = (self._line + line)[: LONGEST_LINE + 1]
        if end or self._line[:1] in _NEVER_FIRST:
            whole, self._line = self._line, b""
            super().data_received(plain_line(whole) + end + rest)

    def _begins(self) -> bool:
        return self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 -- uvicorn's signature
        """Answer what is no HTTP/1.1 with a problem document, and close the connection."""
        if self.cycle is not None and not self.cycle.response_complete:
            # What answers the request that this came with must not speak any more.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._send_problem(
                RequestError("malformed-request", PROBLEM_TYPES["malformed-request"].explanation)
            )
        self._is_done = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        # Closed at once, with bytes still coming, the connection would be reset and the answer lost.
        self.loop.call_later(_SECONDS_TO_LINGER, self.transport.close)

    def _send_problem(self, error: RequestError) -> None:
        host, port = self.server or ("localhost", None)
        base = f"{self.scheme}://{host}:{port}" if port else f"{self.scheme}://{host}"
        request_id = secrets.token_hex(4)
        body = json_bytes(problem_document(error, base=base, instance="", request_id=request_id))
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Request-ID": request_id,
            "Connection": "close",
        }
        start = h11.Response(
            status_code=_BAD_REQUEST, headers=list(headers.items()), reason=_BAD_REQUEST.phrase.encode()
        )
        for event in (start, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")


def plain_line(line: bytes) -> bytes:
    """Return a request line as h11 reads it.

    Every byte that is not ASCII is written as `%C3`. A line that is longer than `LONGEST_LINE` is cut to
    one that the application will refuse for its length.
    """
    escaped = line if line.isascii() else _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line)
    if len(escaped) <= LONGEST_LINE:
        return escaped
    return escaped[: LONGEST_LINE - _VERSION_AND_MORE] + b" HTTP/1.1"
