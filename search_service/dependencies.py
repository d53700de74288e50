"""What a request needs and the application holds: settings, engine, templates, addresses."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import jinja2
from starlette.requests import Request

from index.engine import SearchEngine
from index.synonyms import SHIPPED, SynonymFile
from search_service.client_slots import ClientSlots
from search_service.clients import Clients
from search_service.completions import FreshCompletions
from search_service.links import Links, base_of
from search_service.metrics import Metrics
from search_service.search_threads import SearchThreads
from search_service.setting_kinds import NONE
from search_service.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of one running service.

    Attributes:
        build: changes when templates or static files do; part of their addresses and of ETags.
        clients: tells whose requests are counted.
        threads: where searches are run.
        export_slots: the exports under way.
        export_thread: where all of them are written.
    """

    settings: Settings
    engine: SearchEngine
    completions: FreshCompletions
    synonyms: SynonymFile
    templates: jinja2.Environment
    build: str
    clients: Clients
    threads: SearchThreads
    export_slots: ClientSlots
    export_thread: Executor
    metrics: Metrics


def synonym_file(settings: Settings) -> SynonymFile:
    """Return the synonyms that queries are made with."""
    if settings.synonyms is None:
        return SynonymFile(SHIPPED)
    return SynonymFile(None if settings.synonyms == NONE else Path(settings.synonyms))


def service_of(request: Request) -> Service:
    """Return the service that answers `request`."""
    service: Service = request.app.state.service
    return service


def links_of(request: Request) -> Links:
    """Return the addresses as this request, or `PUBLIC_URL`, calls them."""
    settings: Settings = request.app.state.settings
    return Links(base_of(request, settings.public_url))


def request_id_of(request: Request) -> str:
    """Return the name by which this request is found in the log."""
    identity: str = request.scope.get("state", {}).get("request_id", "")
    return identity
