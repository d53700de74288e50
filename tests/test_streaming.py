"""What becomes of a streamed answer that cannot be sent, or not be made, to its end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest

from index.errors import IndexDamaged
from search_service.client_slots import ClientSlots
from search_service.errors import RequestError
from search_service.streaming import StreamedResponse

CHUNKS = [b"a", b"b", b"c"]


@dataclass
class Course:
    """How an answer went."""

    messages: list[MutableMapping[str, Any]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)

    @property
    def is_whole(self) -> bool:
        return self.messages[-1].get("more_body") is False


def course_of(
    chunks: Iterator[bytes],
    *,
    method: str = "GET",
    taken: int | None = None,
    leaves_after: int | None = None,
    thread: ThreadPoolExecutor | None = None,
    course: Course | None = None,
) -> Course:
    """Send an answer to a client that takes so many messages, or leaves after so many."""
    course = course or Course()
    executor = thread or ThreadPoolExecutor(1, "streamed")

    def close() -> None:
        course.ended.append("closed")
        course.threads.add(threading.current_thread().name)

    async def served() -> None:
        left = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            if taken is not None and len(course.messages) >= taken:
                await asyncio.Future()
            course.messages.append(message)
            if len(course.messages) == leaves_after:
                left.set()

        response = StreamedResponse(
            chunks,
            thread=executor,
            close=close,
            done=lambda: course.ended.append("done"),
            headers={},
            media_type="text/plain",
            patience=0.01,
        )
        await response({"type": "http", "method": method}, receive, send)

    try:
        asyncio.run(served())
    finally:
        executor.shutdown()
    return course


def failing(error: Exception) -> Iterator[bytes]:
    yield b"a"
    raise error


def test_chunks_are_sent_in_order_and_then_the_end() -> None:
    course = course_of(iter(CHUNKS))

    assert (course.body, course.is_whole) == (b"abc", True)
    assert course.ended == ["done", "closed"]
    assert all(name.startswith("streamed") for name in course.threads)


@pytest.mark.parametrize(
    "run",
    [
        lambda: course_of(iter(CHUNKS), taken=2),
        lambda: course_of(iter(CHUNKS), leaves_after=2),
        lambda: course_of(failing(IndexDamaged("byte"))),
    ],
    ids=["a client that takes no more", "a client that leaves", "an index that is damaged"],
)
def test_an_answer_that_is_broken_off_never_looks_whole_and_lets_go(run: Callable[[], Course]) -> None:
    course = run()

    assert course.body in (b"a", b"ab")
    assert not course.is_whole
    assert sorted(course.ended) == ["closed", "done"]


def test_a_bug_is_raised_and_lets_go() -> None:
    course = Course()

    with pytest.raises(ZeroDivisionError):
        course_of(failing(ZeroDivisionError()), course=course)

    assert not course.is_whole
    assert course.ended == ["done", "closed"]


def test_a_head_makes_no_chunk() -> None:
    chunks = iter(CHUNKS)

    course = course_of(chunks, method="HEAD")

    assert (course.body, course.is_whole) == (b"", True)
    assert list(chunks) == CHUNKS
    assert course.ended == ["done", "closed"]


def test_a_thread_that_has_ended_does_not_keep_it_open() -> None:
    stopped = ThreadPoolExecutor(1)
    stopped.shutdown()

    course = course_of(iter(CHUNKS), method="HEAD", thread=stopped)

    assert course.ended == ["done", "closed"]


def test_a_client_has_as_many_slots_as_are_allowed_and_gets_each_back_once() -> None:
    slots = ClientSlots(2)

    first, second = slots.take("a"), slots.take("a")
    other = slots.take("b")
    with pytest.raises(RequestError) as refused:
        slots.take("a")
    first.release()
    first.release()
    third = slots.take("a")
    with pytest.raises(RequestError):
        slots.take("a")

    assert refused.value.problem == "rate-limited"
    for slot in (second, other, third):
        slot.release()
    assert not slots._taken  # that nothing is kept of clients that are gone has no other sign
