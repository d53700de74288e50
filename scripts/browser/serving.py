"""A server of its own over the sample minutes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from search_service.settings import settings_rows

ROOT: Final = Path(__file__).resolve().parents[2]
SAMPLES: Final = ROOT / "corpus" / "samples"
_SECONDS_TO_START: Final = 300
"""Long, since a first start compiles the lexicon and the loops."""
_SECONDS_TO_STOP: Final = 15
_SECONDS_BETWEEN_TRIES: Final = 0.1


@contextmanager
def serving_samples(index: Path, *, lexicon: Path | None = None) -> Iterator[str]:
    """Index the samples and serve them as `minutes-search serve` does; gives the address.

    Args:
        index: folder of the index.
        lexicon: folder of compiled lexicons, else the one of the checkout.

    Raises:
        RuntimeError: the server has ended, or does not answer in time.
    """
    port = _free_port()
    options = [f"--minutes={SAMPLES}", f"--index={index}", f"--port={port}", "--log-level=ERROR"]
    if lexicon:
        options.append(f"--lexicon-dir={lexicon}")
    # Whatever settings the environment has are somebody's else.
    settings = {row.variable for row in settings_rows()}
    environ = {name: value for name, value in os.environ.items() if name not in settings}
    process = subprocess.Popen(  # noqa: S603 - our own server
        [sys.executable, "-m", "search_service", "serve", *options], cwd=ROOT, env=environ
    )
    try:
        _wait_for(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        if _is_ready(port):
            return
        time.sleep(_SECONDS_BETWEEN_TRIES)
    raise RuntimeError(f"the server did not start; status {process.returncode}")


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS_TO_STOP)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
