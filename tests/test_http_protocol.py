"""Addresses with letters that were not escaped, through a real server."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_service.app import create_app
from search_service.http_protocol import LONGEST_HEAD, LONGEST_LINE, plain_line
from search_service.middleware import LONGEST_ADDRESS
from search_service.schemas.problems import Problem
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import index, listening


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder: Path = tmp_path_factory.mktemp("index")
    index(folder, [document("a.txt", section("1", title="Förskola"))])
    with listening(create_app(Settings(index_dir=folder))) as number:
        yield number


def exchanged(port: int, sent: bytes) -> bytes:
    """Return all that the server answers to some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return received


@pytest.mark.parametrize("q", ["förskola", "f%C3%B6rskola"])
def test_a_letter_that_was_not_escaped_is_read_as_if_it_were(port: int, q: str) -> None:
    request = f"GET /api/v1/search?q={q} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()

    head, _, body = exchanged(port, request).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 ")
    assert json.loads(body)["query"]["q"] == "förskola"
    assert json.loads(body)["total"] == 1


def test_several_requests_over_one_connection_are_each_read_so(port: int) -> None:
    first = "GET /api/v1/search?q=förskola HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    last = "GET /api/v1/search?q=åäö HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()

    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(first)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        connection.sendall(last)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk

    assert b"HTTP/1.1 200 " in received


def problem(received: bytes) -> tuple[int, dict[str, str], Any]:
    """Return status, headers and document of one answer that says what is wrong."""
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    assert headers["content-type"] == "application/problem+json"
    assert int(headers["content-length"]) == len(body)
    Problem.model_validate_json(body, strict=True)
    return int(status.split()[1]), headers, json.loads(body)


@pytest.mark.parametrize("letter", ["a", "%C3%B6", "ö"])
@pytest.mark.parametrize("length", [66_000, 140_000, 200_000, 1_000_000, 3_000_000])
def test_an_address_however_long_is_answered_with_414(port: int, letter: str, length: int) -> None:
    address = letter * (length // len(letter.encode()))
    request = f"GET /api/v1/search?q={address} HTTP/1.1\r\nHost: sok.test\r\nConnection: close\r\n\r\n"

    status, _, document = problem(exchanged(port, request.encode()))

    assert (status, document["status"]) == (414, 414)
    assert document["type"] == "http://sok.test/docs/problems#uri-too-long"


def test_after_an_address_that_is_too_long_the_connection_answers_on(port: int) -> None:
    too_long = f"GET /{'a' * 300_000} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(too_long)
        received = connection.recv(65536)
        connection.sendall(last)
        while chunk := connection.recv(65536):
            received += chunk

    assert received.startswith(b"HTTP/1.1 414 ")
    assert b"HTTP/1.1 200 " in received


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b" / HTTP/1.1\r\n\r\n",
        b"hej\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 400_000 + b"\r\n\r\n",
        b"a" * 400_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/2.0\r\nHost: x\r\n\r\n",
        b"GET /\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * (LONGEST_HEAD // 6),
    ],
)
def test_a_malformed_request_is_answered_with_a_problem_and_the_connection_closed(
    port: int, request_bytes: bytes
) -> None:
    status, headers, document = problem(exchanged(port, request_bytes))

    assert (status, headers["connection"], headers["cache-control"]) == (400, "close", "no-store")
    assert document["type"].startswith("http://127.0.0.1:")
    assert document["type"].endswith("/docs/problems#malformed-request")
    assert document["request_id"] == headers["x-request-id"]


def test_a_malformed_body_is_no_error_of_ours(port: int, caplog: pytest.LogCaptureFixture) -> None:
    head = b"GET /api/v1/search?q=a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    received = exchanged(port, head + b"nonsense\r\n")

    assert received.startswith(b"HTTP/1.1 ")
    assert not [record for record in caplog.records if record.exc_info]


def test_a_first_line_in_pieces_is_read_as_one(port: int) -> None:
    request = "GET /api/v1/search?q=förskola HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()

    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for byte in request:
            connection.send(bytes([byte]))
            time.sleep(0.0005)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk

    assert received.startswith(b"HTTP/1.1 200 ")
    assert json.loads(received.partition(b"\r\n\r\n")[2])["query"]["q"] == "förskola"


def test_blank_lines_before_a_request_are_skipped(port: int) -> None:
    request = b"\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    assert exchanged(port, request).startswith(b"HTTP/1.1 200 ")


def test_a_whole_address_in_the_request_line_is_read(port: int) -> None:
    request = b"GET http://x/api/v1/search?q=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    head, _, body = exchanged(port, request).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 ")
    assert json.loads(body)["links"]["self"] == "http://x/api/v1/search?q=a"


def test_a_head_without_end_is_refused_when_it_is_too_long_not_when_it_is_over(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
        for _ in range(LONGEST_HEAD // 4096 + 1):
            connection.sendall(b"a" * 4096)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk

    assert problem(received)[0] == 400


def test_a_body_however_long_is_no_head(port: int) -> None:
    length = 4 * LONGEST_HEAD
    first = f"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    received = exchanged(port, first + b"a" * length + last)

    assert received.count(b"HTTP/1.1 200 ") == 2


def test_requests_sent_in_one_go_are_answered_in_their_order(port: int) -> None:
    first, last = (
        f"GET /api/v1/search?q={word} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()
        for word, more in (("a", ""), ("b", "Connection: close\r\n"))
    )

    received = exchanged(port, first + last)

    assert re.findall(rb'"query":\{"q":"(.)"', received) == [b"a", b"b"]


def test_a_wish_for_another_protocol_is_answered_in_this_one(port: int) -> None:
    request = (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
        b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
    )

    received = exchanged(port, request)

    assert received.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in received.lower()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=30))
def test_every_address_arrives_as_it_was_sent(port: int, text: str) -> None:
    address = f"/x{text}"
    request = f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    status, _, document = problem(exchanged(port, request.encode()))

    assert (status, document["instance"]) == (
        404,
        address.removesuffix("?") if address.count("?") == 1 else address,
    )


@given(st.binary(max_size=100))
def test_a_line_changes_only_where_it_is_not_ascii(line: bytes) -> None:
    plain = plain_line(line)

    assert plain.isascii()
    assert line.isascii() <= (plain == line)
    assert re.sub(rb"%([8-9A-F][0-9A-F])", lambda byte: bytes.fromhex(byte[1].decode()), plain) == re.sub(
        rb"%([8-9A-F][0-9A-F])", lambda byte: bytes.fromhex(byte[1].decode()), line
    )


@settings(max_examples=15, deadline=None)
@given(st.binary(min_size=1, max_size=10), st.integers(1, 3))
def test_a_line_that_is_too_long_is_cut_to_one_that_is_refused(piece: bytes, times: int) -> None:
    line = b"GET /" + piece * (times * LONGEST_LINE // len(piece) + 1) + b" HTTP/1.1"

    plain = plain_line(line)

    assert LONGEST_ADDRESS < len(plain) <= LONGEST_LINE
    assert plain.endswith(b" HTTP/1.1\r")
