"""Writes hits as an Atom feed (RFC 4287), with pages (RFC 5005) and tombstones (RFC 6721).

The ids of a feed and of its entries say nothing of the host, so they stay when the service moves. What was
removed from the index is in every feed, whatever is searched, as nothing is known of it but its id.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from index.manifest import Removal
from search_service.links import PageLinks
from search_service.rendering.html import visible
from search_service.rendering.result_objects import ResultObject

_ATOM: Final = "http://www.w3.org/2005/Atom"
_TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"
_PAGES: Final = {"first": "first", "prev": "previous", "next": "next", "last": "last"}
"""The field of `PageLinks` to the relation of RFC 5005."""

_NAMESPACE: Final = uuid.UUID("6f0c9a0e-8a5e-5a62-9d53-0d3c4c1f7b11")
"""What the ids of feeds and entries are made in (RFC 9562, 5.5); it must not change."""

_NO_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot be in XML 1.0, not even escaped."""

_AUTHOR: Final = "Protokollsök"
_LANGUAGE: Final = "sv"


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed.

    Attributes:
        query: the canonical query string: what the feed is of.
        title: what a reader shows.
        updated: when something changed last.
        own: the address of this page.
        html: that of the same search as a page.
        pages: its neighbours.
        entries: the §§ that were added last.
        removed: the §§ that are gone.
    """

    query: str
    title: str
    updated: datetime.datetime
    own: str
    html: str
    pages: PageLinks
    entries: Iterable[ResultObject]
    removed: Iterable[Removal]


def atom_bytes(feed: Feed) -> bytes:
    """Return a page of a feed as XML in UTF-8."""
    root = ElementTree.Element(
        "feed",
        {"xmlns": _ATOM, "xmlns:at": _TOMBSTONES, "xml:lang": _LANGUAGE},
    )
    _text(root, "id", _urn(f"feed?{feed.query}"))
    _text(root, "title", feed.title)
    _text(root, "updated", _time(feed.updated))
    _text(ElementTree.SubElement(root, "author"), "name", _AUTHOR)
    _link(root, "self", feed.own, "application/atom+xml")
    _link(root, "alternate", feed.html, "text/html")
    for field, relation in _PAGES.items():
        address = getattr(feed.pages, field)
        if address:
            _link(root, relation, address, "application/atom+xml")
    for entry in feed.entries:
        _entry(root, entry)
    for removal in feed.removed:
        gone = {"ref": entry_id(removal.id), "when": _time(removal.at)}
        ElementTree.SubElement(root, "at:deleted-entry", gone)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def entry_id(section_id: str) -> str:
    """Return the id of the entry of a §: the same in every feed, at every host, after every rebuild."""
    return _urn(f"section/{section_id}")


def _entry(feed: ElementTree.Element, hit: ResultObject) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _text(entry, "id", entry_id(hit.id))
    _text(entry, "title", _title(hit))
    _text(entry, "updated", _time(hit.indexed_at))
    if hit.date:
        _text(entry, "published", _time(datetime.datetime.combine(hit.date, datetime.time())))
    _link(entry, "alternate", hit.permalink, "text/html")
    _link(entry, "alternate", hit.api_url, "application/json")
    if hit.source_url:
        _link(entry, "via", hit.source_url)
    body = hit.committee or hit.municipality
    if body:
        _text(ElementTree.SubElement(entry, "author"), "name", body.name)
    for category in (hit.municipality, hit.committee):
        if category:
            label = {"term": category.slug, "label": _clean(category.name)}
            ElementTree.SubElement(entry, "category", label)
    _text(entry, "summary", " … ".join(snippet.text for snippet in hit.snippets or ()))


def _title(hit: ResultObject) -> str:
    """Return the title of a §, and whose it is: a reader shows entries of many feeds in one list."""
    number = f"§ {hit.section} " if hit.section else ""
    bodies = [body.name for body in (hit.committee, hit.municipality) if body]
    return f"{number}{hit.title}{' – ' if bodies else ''}{', '.join(bodies)}"


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _clean(text)


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str | None = None) -> None:
    given = {"rel": relation, "href": _clean(address)}
    ElementTree.SubElement(parent, "link", given | ({"type": media_type} if media_type else {}))


def _clean(text: str) -> str:
    return _NO_XML.sub("", visible(text))


def _time(moment: datetime.datetime) -> str:
    """Return a moment of UTC as RFC 3339 has it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _urn(name: str) -> str:
    return uuid.uuid5(_NAMESPACE, name).urn
