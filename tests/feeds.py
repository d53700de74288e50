"""Reads Atom feeds as a feed reader does."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.web_client import Answer

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def read(answer: Answer) -> ElementTree.Element:
    """Return the feed that was answered; fail for an answer that is none."""
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(answer.body)  # noqa: S314 -- our own


def texts(feed: ElementTree.Element, path: str) -> list[str]:
    """Return what stands in the elements at `path`."""
    return [element.text or "" for element in feed.iterfind(path)]


def links(element: ElementTree.Element, relation: str) -> list[str]:
    """Return the addresses of the links of a feed or an entry that have a relation."""
    return [link.attrib["href"] for link in element.findall(f"{ATOM}link") if link.attrib["rel"] == relation]


def permalinks(feed: ElementTree.Element) -> list[str]:
    """Return the addresses of the §§ of a feed, as pages."""
    return [links(entry, "alternate")[0] for entry in feed.findall(f"{ATOM}entry")]
