"""An answer that is made piece by piece, beside the event loop, while it is sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from index.errors import OperatorError

PATIENCE: Final = 60.0
"""Seconds that a client may take nothing of what is sent, before it is taken for gone."""

_LOGGER: Final = logging.getLogger(__name__)


class StreamedResponse(Response):
    """Sends one chunk after another, each made when the client has taken the one before.

    It ends early when the client goes away. When a chunk cannot be made it stops without the mark by which
    a client knows that it has all.

    Args:
        chunks: of the body.
        thread: where chunks are made; one thread, so that nothing is closed while it is read.
        close: closes what the chunks are made of; called in `thread`, once, however the answer ends.
        done: called in the event loop when the answer has ended.
        headers: of the answer.
        media_type: of the body.
        patience: seconds that the client may take for one chunk.
    """

    def __init__(
        self,
        chunks: Iterator[bytes],
        *,
        thread: Executor,
        close: Callable[[], None],
        done: Callable[[], None],
        headers: Mapping[str, str],
        media_type: str,
        patience: float = PATIENCE,
    ) -> None:
        # Starlette's own would say that the body has no bytes.
        self.status_code = 200
        self.media_type = media_type
        self.background = None
        self.init_headers(headers)
        self._chunks = chunks
        self._thread = thread
        self._close = close
        self._done = done
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        left = asyncio.ensure_future(_left(receive))
        try:
            start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            await send(start)
            if scope["method"] != "HEAD":
                await self._send_chunks(send, left)
            if not left.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            _LOGGER.warning("gave up a client that took nothing for %s seconds", self._patience)
        except asyncio.CancelledError:
            # Only the server does that, and would log where it was, as of a fault.
            _LOGGER.warning("broke off an answer: the service stops")
        except OperatorError as error:
            # Where it was raised says nothing more.
            _LOGGER.error("broke off an answer: %s: %s", type(error).__name__, error)  # noqa: TRY400 -- see above
        finally:
            left.cancel()
            self._done()
            self._close_in_thread()

    async def _send_chunks(self, send: Send, left: asyncio.Future[None]) -> None:
        loop = asyncio.get_running_loop()
        while not left.done():
            chunk = await loop.run_in_executor(self._thread, next, self._chunks, None)
            if chunk is None:
                return
            async with asyncio.timeout(self._patience):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})

    def _close_in_thread(self) -> None:
        try:
            self._thread.submit(self._close)
        except RuntimeError:
            # The service stops, and its thread has ended.
            self._close()


async def _left(receive: Receive) -> None:
    """Return when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
