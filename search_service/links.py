"""Makes the addresses that answers carry: absolute, from `PUBLIC_URL` or from the request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from corpus.dnr import key as dnr_key
from search_service.canonical_query import escaped

_HOST: Final = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?\Z")


def base_of(request: Request, public_url: str | None) -> str:
    """Return what absolute addresses begin with, without a slash at the end.

    The Host header is anyone's to write, so only a well-formed one is used.
    """
    if public_url:
        return public_url.rstrip("/")
    host = request.headers.get("host", "")
    if not _HOST.match(host):
        name, port = request.scope.get("server") or ("localhost", None)
        host = f"{name}:{port}" if port else str(name)
    # A mounted application has its own path in root_path; `request.url` fails on bytes that are no UTF-8.
    root = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    return f"{request.scope['scheme']}://{host}{root}"


@lru_cache(maxsize=10_000)
def web_address(source_url: str | None) -> str | None:
    """Return an address that may become a link: it comes from a file, so it may be anything."""
    try:
        scheme = urlsplit(source_url or "").scheme
    except ValueError:
        return None
    return source_url if scheme in ("http", "https") else None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of one service.

    Attributes:
        base: scheme, host and path prefix, without a slash at the end.
    """

    base: str

    @property
    def prefix(self) -> str:
        """The path that every path of this service begins with, empty or like `/protokoll`."""
        return urlsplit(self.base).path

    def address(self, path: str, query: str = "") -> str:
        """Return the absolute address of `path`, which begins with a slash."""
        return f"{self.base}{path}?{query}" if query else f"{self.base}{path}"

    def search(self, query: str, suffix: str = "") -> str:
        """Return the address of a search, `suffix` like `.csv`."""
        return self.address(f"/api/v1/search{suffix}", query)

    def export(self, query: str) -> str:
        """Return the address of every result of a search."""
        return self.address("/api/v1/export", query)

    def page(self, query: str) -> str:
        """Return the address of the search page."""
        return self.address("/", query)

    def facet(self, name: str, query: str) -> str:
        """Return the address of all values of a facet."""
        return self.address(f"/api/v1/facets/{name}", query)

    def timeline(self, query: str) -> str:
        """Return the address of the matches per year."""
        return self.address("/api/v1/timeline", query)

    def permalink(self, section_id: str, query: str = "") -> str:
        """Return the address of a § as a page."""
        address = f"{self.base}/p/{escaped(section_id)}"
        return f"{address}?{query}" if query else address

    def section(self, section_id: str) -> str:
        """Return the address of a § in the interface."""
        return f"{self.base}/api/v1/sections/{escaped(section_id)}"

    def of_section(self, section_id: str) -> tuple[str, str]:
        """Return both addresses of a §: `permalink`, `section`."""
        name = escaped(section_id)
        return f"{self.base}/p/{name}", f"{self.base}/api/v1/sections/{name}"

    def document(self, document_id: str) -> str:
        """Return the address of a document in the interface."""
        return self.address(f"/api/v1/documents/{escaped(document_id)}")

    def case(self, municipality: str, dnr: str) -> str | None:
        """Return the address of a case in the interface: one, however its dnr is written.

        `None` for what is no dnr: metadata may have anything in its place, and no case is found by that.
        """
        name = _case_name(municipality, dnr)
        return f"{self.base}/api/v1/cases/{name}" if name else None

    def case_page(self, municipality: str, dnr: str) -> str | None:
        """Return the address of a case as a page, `None` for what is no dnr."""
        name = _case_name(municipality, dnr)
        return f"{self.base}/c/{name}" if name else None


@lru_cache(maxsize=10_000)
def _case_name(municipality: str, dnr: str) -> str | None:
    # Finding the key takes longer than all else that is made of a hit, and cases recur.
    key = dnr_key(dnr)
    return f"{escaped(municipality)}/{escaped(key)}" if key else None


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The neighbours of a page; `None` where there is none."""

    first: str
    prev: str | None
    next: str | None
    last: str

    def header(self) -> str:
        """Return the value of the `Link` header (RFC 8288)."""
        relations = (("first", self.first), ("prev", self.prev), ("next", self.next), ("last", self.last))
        return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in relations if address)


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """Which pages there are around a page.

    Attributes:
        pages: how many there are, 0 without hits.
        last: the last that can be asked for: of the hits, and within the result window; at least 1.
    """

    page: int
    pages: int
    last: int

    @classmethod
    def of(cls, total: int, *, page: int, per_page: int, window: int) -> PageNumbers:
        """Return the numbers for `total` hits."""
        pages = -(-total // per_page)
        return cls(page, pages, max(1, min(pages, window // per_page)))

    @property
    def prev(self) -> int | None:
        """The page before, the last with hits for a page past the end."""
        return min(self.page - 1, self.last) if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.page + 1 if self.page < self.last else None
