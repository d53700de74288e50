"""A client of the real application over a real index, without a socket; and what it serves."""

from __future__ import annotations

import asyncio
import csv
import datetime
import io
import json
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import Headers

from corpus.document import DecisionKind, Document, DocumentType, Part, PartKind, ReadFailure
from index.engines.whoosh_engine import WhooshEngine
from search_service.app import create_app
from search_service.http_protocol import PlainAddressProtocol
from search_service.settings import Settings
from tests.builders import document, section

BASE = "http://sok.test"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def lines(self) -> list[Any]:
        """The objects of JSON Lines."""
        return [json.loads(line) for line in self.body.splitlines()]

    def rows(self, *, delimiter: str = ",") -> list[dict[str, str]]:
        """Return the rows of CSV, by column."""
        text = self.body.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


class Client:
    """Sends requests to an application, one after another."""

    def __init__(self, runner: asyncio.Runner, app: FastAPI) -> None:
        self._runner = runner
        self.app = app

    def get(self, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request for a path or a whole address."""
        path, _, query = address.removeprefix(BASE).encode().partition(b"?")
        given = {name.lower(): value for name, value in (headers or {}).items()}
        sent = {"host": urlsplit(BASE).netloc, "accept": "*/*", **given}
        return self.raw(
            path,
            query,
            [(name.encode(), value.encode()) for name, value in sent.items()],
            method=method,
        )

    def search(self, query: str = "") -> Any:
        """Return the JSON answer of a search that succeeds."""
        answer = self.get(f"/api/v1/search?{query}")
        assert answer.status == 200, answer.text
        return answer.json

    def raw(
        self,
        path: bytes,
        query: bytes = b"",
        headers: Iterable[tuple[bytes, bytes]] = (),
        *,
        method: str = "GET",
    ) -> Answer:
        """Send bytes as a server hands them on, also such as no well-behaved client would send."""
        return self._runner.run(self._send(path, query, list(headers), method))

    @contextmanager
    def opened(self, address: str, *, host: str = "127.0.0.1") -> Iterator[OpenAnswer]:
        """Send a request of which the answer is read piece by piece; `host` is where it comes from."""
        path, _, query = address.encode().partition(b"?")
        scope = _scope(path, query, [(b"host", urlsplit(BASE).netloc.encode())], host=host)
        answer = OpenAnswer(self._runner, self.app, scope)
        try:
            yield answer
        finally:
            answer.leave()

    async def _send(
        self, path: bytes, query: bytes, headers: list[tuple[bytes, bytes]], method: str
    ) -> Answer:
        messages: list[MutableMapping[str, Any]] = []
        request_body = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, Any]:
            # After the body there is nothing to receive: this client never hangs up.
            return next(request_body, None) or await asyncio.Future()

        async def send(message: MutableMapping[str, Any]) -> None:
            messages.append(message)

        await self.app(_scope(path, query, headers, method=method), receive, send)
        start, *bodies = messages
        body = b"".join(message.get("body", b"") for message in bodies)
        return Answer(start["status"], Headers(raw=start["headers"]), body)


class OpenAnswer:
    """An answer that is made no faster than it is read, as over a connection whose buffers are full."""

    def __init__(self, runner: asyncio.Runner, app: FastAPI, scope: MutableMapping[str, Any]) -> None:
        self._runner = runner
        self._messages: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue(1)
        self._left = asyncio.Event()
        self._request_body = iter([{"type": "http.request", "body": b"", "more_body": False}])
        self._task = runner.get_loop().create_task(app(scope, self._receive, self._send))
        self.status: int = self._next()["status"]

    def read(self) -> bytes:
        """Return the next piece of the body, nothing at its end."""
        message = self._next()
        return bytes(message["body"]) if message["more_body"] else b""

    def leave(self) -> None:
        """Hang up; return when the application has noticed."""
        self._left.set()
        self._runner.run(self._ended())

    def _next(self) -> MutableMapping[str, Any]:
        return self._runner.run(self._messages.get())

    async def _ended(self) -> None:
        await self._task

    async def _receive(self) -> dict[str, Any]:
        following = next(self._request_body, None)
        if following is None:
            await self._left.wait()
        return following or {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        taken = asyncio.ensure_future(self._messages.put(message))
        left = asyncio.ensure_future(self._left.wait())
        await asyncio.wait([taken, left], return_when=asyncio.FIRST_COMPLETED)
        taken.cancel()
        left.cancel()


def _scope(
    path: bytes,
    query: bytes,
    headers: list[tuple[bytes, bytes]],
    *,
    method: str = "GET",
    host: str = "127.0.0.1",
) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("utf-8", "replace")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "server": ("127.0.0.1", 8000),
        "client": (host, 1),
    }


@contextmanager
def serving(settings: Settings) -> Iterator[Client]:
    """Serve an index folder for as long as the context lasts."""
    app = create_app(settings)
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        try:
            yield Client(runner, app)
        finally:
            runner.run(lifespan.__aexit__(None, None, None))


@contextmanager
def serving_collection(folder: Path) -> Iterator[Client]:
    """Serve the invented collection."""
    index(folder, collection(), (ReadFailure("mapp/trasig.pdf", "filen är krypterad"),))
    with serving(Settings(index_dir=folder)) as client:
        yield client


def index(folder: Path, documents: Iterable[Document], failures: tuple[ReadFailure, ...] = ()) -> None:
    """Put documents into an index folder, as a run of `reindex` does."""
    engine = WhooshEngine(folder, now=lambda: datetime.datetime(2026, 3, 2, 9, 10, 11, tzinfo=datetime.UTC))
    with engine.update() as writer:
        for one in documents:
            writer.put(one)
        writer.report(failures)
    engine.close()


@contextmanager
def listening(app: FastAPI) -> Iterator[int]:
    """Serve an application over a socket, as `serve` does; gives the port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, http=PlainAddressProtocol, log_config=None))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


_PLACES = ("Granvika", "Björkåsa", "Älvrike", None)
_BODIES = ("Kommunstyrelsen", "Östra nämnden", "Åtgärdsnämnden", "Barn- och fritidsnämnden", None)
_SUBJECTS = ("Bygglov för bastu", "Skolskjuts i glesbygd", "Taxa för avfall", "Partnerskap om idrott")
_KINDS = (DecisionKind.FINAL, DecisionKind.PROPOSAL, DecisionKind.REFERRED)


def collection() -> list[Document]:
    """Return invented minutes: forty documents of four places, some of them without place, body or date."""
    return [_document(number) for number in range(40)]


def _document(number: int) -> Document:
    year = 2016 + number % 6
    made = document(
        f"mapp/protokoll-{number:02}.txt",
        *(
            section(
                str(100 + number * 3 + place),
                title=_SUBJECTS[(number + place) % 4],
                dnr=(f"KS {year}/{number:04}",) if place == 0 else (),
                text=(
                    f"Bakgrund nummer {number}. Förvaltningen i den påhittade orten har utrett avgift "
                    f"och bygglov <b>& taxa</b>. Utredningen pågick under {number} veckor. "
                    * (1 + number % 3)
                ),
                decision=f"Organet beslutar att godkänna taxa och avgift {place}." if place != 1 else None,
                kind=_KINDS[number % 3],
            )
            for place in range(3)
        ),
        municipality=_PLACES[number % 4],
        committee=_BODIES[number % 5],
        date=datetime.date(year, 1 + number % 12, 1 + number % 28) if number % 7 else None,
        type=DocumentType.REPORT if number % 9 == 0 else DocumentType.MINUTES,
    )
    parts = (
        Part(PartKind.BACKGROUND, "Bakgrunden."),
        Part(PartKind.MOTION, "Avslag.", by="Påhittad Person (X)"),
    )
    first = replace(made.sections[0], parts=parts)
    return replace(made, sections=(first, *made.sections[1:]), attendance=("Påhittad Person (X)",))
