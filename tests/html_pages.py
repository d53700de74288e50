"""Reads pages as a browser would, and says what is wrong with them."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.web_client import BASE, Client

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """A page as a list of elements and text; complains when they are not nested."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(client: Client, address: str) -> Page:
    answer = client.get(address)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def assert_sound(shown: Page) -> None:
    """Fail for a page that has not one heading, not one main part, or loads what is not its own."""
    assert shown.all("html") == [{"lang": "sv"}]
    assert len(shown.all("h1")) == len(shown.all("main")) == len(shown.all("title")) == 1
    ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    loaded = [
        a.get("src") or a.get("href") or "" for tag, a in shown.elements if tag in {"script", "link", "img"}
    ]
    assert all(one.startswith(("/", BASE)) for one in loaded)
    assert not any("style" in a or any(name.startswith("on") for name in a) for _, a in shown.elements)
    assert all("src" in script for script in shown.all("script"))
    assert shown.all("a")[0] == {"class": "skip", "href": "#innehall"}


def targets(shown: Page) -> list[str]:
    """Return the addresses of all links and files of a page."""
    found = [
        a.get("href") or a.get("src") or "" for tag, a in shown.elements if tag in {"a", "link", "script"}
    ]
    return [one for one in dict.fromkeys(found) if one and not one.startswith("#")]
