#!/usr/bin/env python3
"""Lets clients ask the heaviest and the refused of a real server while good searches go on.

It says which share of the good searches was answered, their p95 alone and under attack, and what `/healthz`
took. It ends with 1 when a promise was broken: 100 % answered, p95 at most 5 times what it was alone,
`/healthz` within 200 ms.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

MOST_TIMES_SLOWER = 5
HEALTHY_MILLISECONDS = 200
PAUSE = 0.05
"""Seconds between two good searches."""

SECONDS_TO_START = 180
PEOPLE = 20
"""Each of them searches once a second."""

SHARES = {"p50": 0.5, "p95": 0.95, "slowest": 1.0}
LETTERS = "abdefghijklmnoprstuv"


@dataclass
class Asked:
    """What was answered of some requests, and in which time."""

    milliseconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def answered(self) -> float:
        """The share, in percent."""
        return 100 * len(self.milliseconds) / max(len(self.milliseconds) + len(self.failed), 1)

    def __str__(self) -> str:
        """Say it in figures."""
        times = ", ".join(f"{name} {self.at(share):.1f} ms" for name, share in SHARES.items())
        failed = f", failed: {dict(Counter(self.failed))}" if self.failed else ""
        return f"{len(self.milliseconds)}, {self.answered:.1f} % answered, {times}{failed}"

    def at(self, share: float) -> float:
        """Return the time within which that share of the answers came."""
        times = sorted(self.milliseconds)
        return times[min(int(share * len(times)), len(times) - 1)] if times else float("inf")


@contextmanager
def served(index: Path, workers: int) -> Iterator[int]:
    """Serve an index; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "search_service", "serve", "--index", str(index.resolve())]
    command += ["--port", str(port), "--workers", str(workers), "--log-level", "ERROR"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MINUTES_DIR": ""})  # noqa: S603 -- our own
    try:
        until = time.monotonic() + SECONDS_TO_START
        # Suggestions are made when the service has begun, in each process.
        while ask(port, ["/api/v1/suggest?q=a"] * workers * 4, seconds=30).failed:
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit("the server does not start")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def ask(port: int, targets: Sequence[str], *, seconds: float, pause: float = 0.0) -> Asked:
    """Ask for `targets` once each, or in turn until `seconds` are over with a pause in between."""
    asked = Asked()
    until = time.monotonic() + seconds
    count = 0
    while time.monotonic() < until and (pause or count < len(targets)):
        # A connection each: it may come to either of the processes.
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            started = time.perf_counter()
            try:
                headers = {"X-Forwarded-For": f"192.0.2.{1 + count % PEOPLE}"} if pause else {}
                connection.request("GET", targets[count % len(targets)], headers=headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                asked.failed.append(type(error).__name__)
            else:
                if answer.status == http.client.OK:
                    asked.milliseconds.append(1000 * (time.perf_counter() - started))
                else:
                    asked.failed.append(str(answer.status))
        count += 1
        time.sleep(pause)
    return asked


def common_words(port: int) -> list[str]:
    """Return words that many sections have."""
    found: dict[str, int] = {}
    for letter in LETTERS:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", f"/api/v1/suggest?q={letter}")
            suggestions = json.loads(connection.getresponse().read())["suggestions"]
        found |= {each["text"]: each["count"] for each in suggestions if each["kind"] == "word"}
    return sorted(found, key=lambda word: -found[word])


def good_targets(words: Sequence[str], chance: random.Random) -> list[str]:
    """Return what people ask: one or two words, a phrase, a beginning, as JSON and as the page."""
    queries = [
        *words[:20],
        *(" ".join(chance.sample(words, 2)) for _ in range(20)),
        *(f"{word[:5]}*" for word in words[20:30]),
        *(f'"{word}"' for word in words[30:40]),
    ]
    chance.shuffle(queries)
    paths = ("/api/v1/search", "/", "/api/v1/search")
    return [f"{paths[number % len(paths)]}?q={quote(query)}" for number, query in enumerate(queries)]


def main() -> int:
    """Run it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="folder of the index")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the attack lasts")
    parser.add_argument("--attackers", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 -- no secret
    with served(given.index, given.workers) as port, ThreadPoolExecutor(2) as threads:
        words = common_words(port)
        targets = good_targets(words, chance)
        ask(port, targets * given.workers * 2, seconds=given.seconds)
        alone = ask(port, targets, seconds=given.seconds / 3, pause=PAUSE)
        task = {
            "port": port,
            "words": words[:100],
            "attackers": given.attackers,
            "seconds": given.seconds + 2,
            "seed": given.seed,
        }
        command = [sys.executable, "-m", "scripts.torturing.attackers"]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as attack:  # noqa: S603
            assert attack.stdin is not None  # noqa: S101 -- for the type
            attack.stdin.write(json.dumps(task).encode())
            attack.stdin.close()
            attack.stdin = None
            time.sleep(1)
            health = threads.submit(ask, port, ["/healthz"], seconds=given.seconds, pause=PAUSE)
            attacked = threads.submit(ask, port, targets, seconds=given.seconds, pause=PAUSE).result()
            statuses = json.loads(attack.communicate()[0])
    slower = attacked.at(0.95) / alone.at(0.95)
    print(f"good searches alone: {alone}")
    print(f"under {given.attackers} attackers, {given.seconds:.0f} s: {attacked}, {slower:.1f} times")
    print(f"/healthz: {health.result()}")
    print(f"attackers were answered: {dict(sorted(statuses.items()))}")
    kept = (
        not alone.failed
        and not attacked.failed
        and slower <= MOST_TIMES_SLOWER
        and not health.result().failed
        and health.result().at(1) <= HEALTHY_MILLISECONDS
    )
    print("kept" if kept else "BROKEN: 100 % answered, p95 at most 5 times alone, /healthz within 200 ms")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
