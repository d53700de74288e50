"""Clients that ask the heaviest that is allowed, and what is refused, without a pause.

python -m scripts.torturing.attackers < task
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

REFUSED: Final = (
    "/api/v1/search?q=" + "a" * 600,
    "/api/v1/search?q=" + "(" * 200,
    "/api/v1/search?q=" + "a" * 65_000,
    "/api/v1/search?page=999999999",
    "/api/v1/search?kommune=x",
    "/api/v1/search?q=%22a&strict=true",
    "/api/v1/sections/..%2f..%2fetc%2fpasswd",
    "/p/" + "%C3%A5" * 1_000,
)
"""What costs least, but keeps the service busy with saying no."""

_SECONDS_OF_PATIENCE: Final = 30.0
_ANSWER_END: Final = b"0\r\n\r\n"


def heavy_targets(words: Sequence[str], chance: random.Random) -> list[str]:
    """Return addresses that make a search as long as its limits allow.

    Args:
        words: that many sections have, at least thirty.
        chance: which of them.
    """

    def some(count: int) -> list[str]:
        return chance.sample(words, count)

    queries = [
        " OR ".join(some(24)),
        " ".join(some(30)),
        " OR ".join(f"{word[:3]}*" for word in some(30)),
        " ".join(f"{word[:3]}*" for word in some(8)),
        '"' + " ".join(some(2)) + '"~500',
        " ".join(f"{word}{chance.choice(some(2))}" for word in some(20)),
        " ".join(f"{word[:2]}x{word[2:]}" for word in some(20)),
        f"{some(1)[0]} -" + " -".join(some(20)),
    ]
    asked = [quote(query[:500]) for query in queries]
    return [
        *(f"/api/v1/search?q={q}&per_page=100&snippets=5&snippet_length=600&facet_size=500" for q in asked),
        *(f"/?q={q}&per_page=100&group=case" for q in asked),
        *(f"/api/v1/timeline?q={q}&by=municipality" for q in asked),
        f"/api/v1/search?q={asked[0]}&page=100&per_page=100&snippets=5",
        f"/api/v1/export?q={asked[0]}&fields=text",
    ]


def attack(port: int, words: Sequence[str], *, attackers: int, seconds: float, seed: int) -> dict[str, int]:
    """Ask until the seconds are over; return how many answers had which status."""
    statuses: Counter[str] = Counter()

    async def all_of_them() -> None:
        until = time.monotonic() + seconds
        chances = [random.Random(seed + number) for number in range(attackers)]  # noqa: S311 -- no secret
        await asyncio.gather(
            *(_one(port, words, number, chance, until, statuses) for number, chance in enumerate(chances))
        )

    asyncio.run(all_of_them())
    return dict(statuses)


async def _one(
    port: int, words: Sequence[str], number: int, chance: random.Random, until: float, statuses: Counter[str]
) -> None:
    """Be one attacker, with an address of its own, as its proxy says."""
    address = f"X-Forwarded-For: 198.51.100.{number}"
    while time.monotonic() < until:
        targets = [*heavy_targets(words, chance), *chance.sample(REFUSED, 3)]
        chance.shuffle(targets)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                for target in targets:
                    if time.monotonic() > until:
                        break
                    head = f"GET {target} HTTP/1.1\r\nHost: sok.test\r\n{address}\r\n\r\n"
                    writer.write(head.encode())
                    async with asyncio.timeout(_SECONDS_OF_PATIENCE):
                        statuses[await _answered(reader)] += 1
            finally:
                writer.close()
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            statuses[type(error).__name__] += 1


async def _answered(reader: asyncio.StreamReader) -> str:
    """Read one answer to its end; return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, is_sized, rest = head.partition(b"content-length: ")
    if is_sized:
        await reader.readexactly(int(rest.split(b"\r\n")[0]))
    else:
        last = b""
        while not last.endswith(_ANSWER_END):
            piece = await reader.read(1 << 18)
            if not piece:
                raise asyncio.IncompleteReadError(last, None)
            last = (last + piece)[-len(_ANSWER_END) :]
    return head.split()[1].decode()


def _main() -> None:
    task: dict[str, Any] = json.load(sys.stdin)
    json.dump(attack(task.pop("port"), task.pop("words"), **task), sys.stdout)


if __name__ == "__main__":
    _main()
