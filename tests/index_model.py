"""What an index should say, kept in plain dictionaries: an oracle for whatever is done to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.discovery import discover
from corpus.document import Document
from corpus.reader import read

Content = tuple[str, str]
"""Title and text of a section."""

HEAD = "Dimmelunda kommun\nTekniska nämnden\nSammanträdesprotokoll 2021-03-04\n"
PARAGRAPH = """
§ {number} Ärende om {word}

Förvaltningen har berett frågan om {word} tillsammans med berörda.

Beslut

Tekniska nämnden beslutar att godkänna {word}.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A section as it should be found."""

    document_id: str
    content: Content


Sections = Mapping[str, Known]
"""Sections by id."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a generation should say.

    Attributes:
        takedowns: how many of them it was published after.
    """

    sections: Sections
    takedowns: int = 0
    is_sound: bool = True


@dataclass(slots=True)
class TakenDown:
    """What must not come back: by id, by document, by what it says."""

    ids: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    contents: set[Content] = field(default_factory=set)

    def add(self, identity: str, sections: Sections) -> None:
        """Take down a section or a document, with all that says the same."""
        named = {one for one, known in sections.items() if identity in (one, known.document_id)}
        if identity not in sections:
            self.documents.add(identity)
        contents = {sections[one].content for one in named}
        self.contents |= contents
        self.ids |= named | {one for one, known in sections.items() if known.content in contents}

    def left_of(self, sections: Sections) -> Sections:
        """Return what may stay."""
        return {
            one: known
            for one, known in sections.items()
            if one not in self.ids
            and known.document_id not in self.documents
            and known.content not in self.contents
        }


def write_words(folder: Path, name: str, words: Iterable[str]) -> None:
    """Write a file of minutes with a § about each word, and the same §§ in whatever file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    told = (PARAGRAPH.format(number=number, word=word) for number, word in enumerate(words, start=1))
    path.write_text(HEAD + "".join(told), encoding="utf-8")


def sections_in(folder: Path) -> Sections:
    """Return the sections of a folder of minutes."""
    documents = [document for document in map(read, discover(folder)) if isinstance(document, Document)]
    return {
        section.id: Known(document.id, (section.title, section.text))
        for document in documents
        for section in document.sections
    }
