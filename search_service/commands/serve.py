"""`serve`: answers searches over HTTP."""

from __future__ import annotations

import logging
import os
import signal
import sys
from types import FrameType
from typing import Any, Final

import click
import uvicorn
from fastapi import FastAPI

from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexBusy, IndexMissing, IndexOutdated, OperatorError, TooManyUnreadable
from index.memory import keep_little
from search_service.app import create_app
from search_service.commands.options import setting_options
from search_service.commands.reindex import run_reindex, summary
from search_service.http_protocol import PlainAddressProtocol
from search_service.logging_config import configure_logging
from search_service.metrics import shared_by_processes
from search_service.settings import Settings, from_environ, to_environ, trusted_networks

_LOGGER: Final = logging.getLogger(__name__)

_APPLICATION: Final = "search_service.commands.serve:application"

_LOOP: Final = "search_service.event_loop:SharingEventLoop"

SECONDS_TO_DRAIN: Final = 10
"""How long requests under way may take after SIGTERM."""

_SECONDS_OF_A_THREAD: Final = 0.001
"""How long a thread with a long search keeps the event loop waiting for the interpreter: Python's own 5 ms
come several times in each short answer."""


@click.command(
    "serve",
    epilog="""\b
Examples:
  minutes-search serve --index var/index
  minutes-search serve --index var/index --minutes minutes --host 0.0.0.0 --port 8080 --workers 2
""",
)
@setting_options()
def serve_command(**given: Any) -> None:
    """Answer searches over HTTP.

    With --minutes, and no index yet, the index is built first. A reindex while this runs is
    seen within two seconds, without a restart.
    """
    settings = Settings(**given)
    configure_logging(settings.log_level)
    _ensure_index(settings)
    # uvicorn hands the signal on when it has stopped; to have been stopped is no failure.
    signal.signal(signal.SIGTERM, _stop)
    # The processes that uvicorn starts read their settings from here.
    os.environ.update(to_environ(settings))
    try:
        with shared_by_processes(settings.workers):
            uvicorn.run(
                _APPLICATION,
                factory=True,
                http=PlainAddressProtocol,
                loop=_LOOP,
                host=settings.host,
                port=settings.port,
                workers=settings.workers,
                log_config=None,
                access_log=False,
                server_header=False,
                forwarded_allow_ips=[str(network) for network in trusted_networks(settings)],
                timeout_graceful_shutdown=SECONDS_TO_DRAIN,
            )
    except SystemExit as stopped:
        # uvicorn has statuses of its own for a port that is taken and the like; it has logged which.
        raise SystemExit(2 if stopped.code else 0) from None


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def application() -> FastAPI:
    """Make the application from the environment: what uvicorn calls in each of its processes."""
    keep_little()
    sys.setswitchinterval(_SECONDS_OF_A_THREAD)
    settings = from_environ(os.environ)
    configure_logging(settings.log_level)
    return create_app(settings)


def _ensure_index(settings: Settings) -> None:
    """Build the index when there is none that can answer and it is known of what to build it."""
    problem = _problem_with_index(settings)
    if problem is None:
        return
    if settings.minutes_dir is None or not isinstance(problem, IndexMissing | IndexOutdated):
        _LOGGER.warning("Searches are answered with 503 until this is mended: %s", problem)
        return
    try:
        _LOGGER.info("%s", summary(run_reindex(settings)))
    except IndexBusy as busy:
        _LOGGER.warning("Searches are answered with 503 until the other run is done: %s", busy)
    except TooManyUnreadable as error:
        _LOGGER.warning("Searches are answered with 503 until reindex was run: %s", error)


def _problem_with_index(settings: Settings) -> OperatorError | None:
    engine = WhooshEngine(settings.index_dir)
    try:
        engine.manifest()
    except OperatorError as error:
        return error
    finally:
        engine.close()
    return None
