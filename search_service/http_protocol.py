"""HTTP/1.1 as people and careless clients speak it, answered in the words of this service.

`curl '…?q=förskola'` sends UTF-8 without escapes, which the parser would refuse; an address of any length is
to be answered with 414, and what is no HTTP at all with a problem document, as every other error is. The
parser is httptools, in C; h11, in Python, took 0.1 ms and more longer for a request.
"""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from search_service.errors import RequestError
from search_service.problems import MEDIA_TYPE, PROBLEM_TYPES, problem_document
from search_service.rendering.json_answer import json_bytes

LONGEST_LINE: Final = 72 * 1024
"""Bytes of a request line; what it can hold besides the longest address that is answered is some hundreds."""

LONGEST_HEAD: Final = 2 * LONGEST_LINE
"""Bytes of a request line and headers."""

_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_BLANK: Final = b"\r\n"
_NEVER_FIRST: Final = frozenset(bytes([byte]) for byte in range(ord("!")))
"""Bytes that no request begins with, but TLS does: no use to wait for the end of that line."""
_VERSIONS: Final = frozenset({"1.0", "1.1"})
_VERSION_AND_MORE: Final = 32
_SECONDS_TO_LINGER: Final = 2.0
_SECONDS_TO_LEAVE: Final = 0.5
"""What is on its way when the service stops is still answered: longer than a request takes to come."""
_BAD_REQUEST: Final = HTTPStatus.BAD_REQUEST


class PlainAddressProtocol(HttpToolsProtocol):
    """Mends request lines before they are parsed, and answers what cannot be parsed."""

    _line = b""
    """What has come of a request line that is not whole yet, hardly more than `LONGEST_LINE`."""

    _is_between = True
    """Whether the next byte begins a request."""

    _head = 0
    """Bytes that have come of a head that is not whole yet."""

    _is_in_head = False

    _is_leaving = False
    """Whether the service stops, so that the next answer is the last."""

    _is_done = False
    """Whether the last answer has been given, so that what still comes is dropped."""

    def data_received(self, data: bytes) -> None:
        """Take bytes from the connection; the first line of a request is held until it is whole."""
        if self._is_done:
            return
        if self._is_between:
            self._unset_keepalive_if_required()
            line, end, rest = data.lstrip(_BLANK if not self._line else b"").partition(b"\n")
            # One byte more than is allowed shows that the line is too long; the others need not be kept.
            self._line = (self._line + line)[: LONGEST_LINE + 1]
            if not end and self._line[:1] not in _NEVER_FIRST:
                return
            data, self._line = plain_line(self._line) + end + rest, b""
        super().data_received(data)
        self._head = self._head + len(data) if self._is_in_head else 0
        if self._head > LONGEST_HEAD and not self._is_done:
            self.send_400_response("")

    def on_message_begin(self) -> None:
        """Take note that a request begins."""
        self._is_between, self._is_in_head = False, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Begin to answer a request whose head is whole.

        Raises:
            ValueError: it is not a head of HTTP/1, which the parser lets pass. It makes that a 400.
        """
        self._is_in_head = False
        version = self.parser.get_http_version()
        hosts = sum(1 for name, _ in self.headers if name == b"host")
        if version not in _VERSIONS or hosts > 1 or (version == "1.1" and not hosts):
            raise ValueError(version)
        # The address is taken apart below: uvicorn's function goes wrong above 65,535 bytes.
        address, self.url = self.url, b"/"
        super().on_headers_complete()
        path, _, query = address.partition(b"?")
        self.scope["path"] = unquote(path.decode("ascii"))
        self.scope["raw_path"] = path
        self.scope["query_string"] = query
        if self._is_leaving:
            self.cycle.keep_alive = False
        if self.parser.should_upgrade():
            # There is nothing to upgrade to, and the parser reads no further.
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Take note that the next byte begins a request."""
        self._is_between = True
        super().on_message_complete()

    def shutdown(self) -> None:
        """Let the answer under way be the last, as the service stops.

        It says so in its head. Where the head has gone already, or nothing is under way, the client may have
        sent its next request before it can know: that is answered too. uvicorn would close the connection.
        """
        self._is_leaving = True
        if self._is_answering() and not self.cycle.response_started:
            self.cycle.keep_alive = False
        else:
            self.loop.call_later(_SECONDS_TO_LEAVE, self._leave)

    def _leave(self) -> None:
        if not self._is_answering():
            self.transport.close()
        else:
            self.cycle.keep_alive = False

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 -- uvicorn's signature
        """Answer what is no HTTP/1.1 with a problem document, and close the connection."""
        is_answering = self._is_answering()
        if is_answering:
            # What answers the request that this came with must not speak any more.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self.pipeline.clear()
        if not (is_answering and self.cycle.response_started):
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
        lines = [f"HTTP/1.1 {_BAD_REQUEST.value} {_BAD_REQUEST.phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def plain_line(line: bytes) -> bytes:
    """Return a request line as the parser reads it.

    Every byte that is not ASCII is written as `%C3`. A line that is longer than `LONGEST_LINE` is cut to
    one that the application will refuse for its length.
    """
    escaped = line if line.isascii() else _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line)
    if len(escaped) <= LONGEST_LINE:
        return escaped
    return escaped[: LONGEST_LINE - _VERSION_AND_MORE] + b" HTTP/1.1\r"
