"""A § as its page shows it: under the headings of the minutes, and every line of the text."""

from __future__ import annotations

import datetime
import html
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.document import Document, Part, PartKind
from corpus.parts import split
from corpus.reader import read_folder
from index.entry import SectionEntry, entries_of, outlined
from index.highlighting import Highlighter
from search_service.rendering.html import visible
from search_service.rendering.numbered_marks import MarkNumbers
from search_service.rendering.part_headings import PART_HEADINGS, PartView, part_views
from tests.analysis import PLAIN
from tests.segments import plain_entry

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
TEXT = """Handlingar

Tjänsteskrivelse om badet.

Tidigare behandling

Badet var uppe i maj.

Beslutsgång

Ordföranden finner bifall.

Jäv

Ada Exempelsson (X) deltar inte.

BESLUT:

Badet öppnas.

Bo Provholm (Y) reserverar sig mot beslutet.

Protokollsutdrag skickas till"""
BLOCKS = st.lists(
    st.sampled_from(
        [
            *TEXT.split("\n\n"),
            "Beslut: Badet öppnas.",
            "Yrkanden",
            "Ada Exempelsson (X) yrkar bifall.\n\nBo Provholm (Y) yrkar avslag.",
            "• sand\n \n• grus",
            "<b>Badet</b>",
        ]
    ),
    max_size=12,
)


@cache
def samples() -> tuple[SectionEntry, ...]:
    now = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    documents = [one for one in read_folder(SAMPLES) if isinstance(one, Document)]
    return tuple(entry for one in documents for entry in entries_of(one, now))


def entry_of(text: str, parts: tuple[Part, ...] | None = None) -> SectionEntry:
    entry = plain_entry(1, text or " ")
    return replace(entry, outline=outlined(text, split(text) if parts is None else parts))


def views_of(entry: SectionEntry) -> list[PartView]:
    return part_views(entry, Highlighter((), PLAIN), MarkNumbers())


def words(text: str) -> list[str]:
    """Return the words, without what a heading loses."""
    return [word for part in text.split() if (word := part.strip("*_#:"))]


def assert_whole(entry: SectionEntry) -> None:
    shown: list[str] = []
    usual = 0
    for view in views_of(entry):
        shown += words(" ".join((*view.headings, *view.paragraphs)))
        usual += len(words(" ".join(set(view.headings) & set(PART_HEADINGS.values()))))
    expected = words(html.escape(visible(entry.text)))
    rest = iter(shown)
    assert all(word in rest for word in expected)
    assert len(shown) <= len(expected) + usual


def test_headings_stand_as_they_are_written_and_once() -> None:
    views = views_of(entry_of(TEXT))

    assert [view.headings for view in views] == [
        ("Handlingar",),
        ("Tidigare behandling",),
        ("Beslutsgång",),
        ("Jäv",),
        ("BESLUT",),
        ("Reservation",),
        ("Protokollsutdrag skickas till",),
    ]


def test_where_the_minutes_have_no_heading_the_usual_one_stands_where_another_kind_begins() -> None:
    text = (
        "Badet är slitet.\n\nYrkanden\n\nAda Exempelsson (X) yrkar bifall.\n\nBo Provholm (Y) yrkar avslag."
    )
    decided = "Badet är slitet.\n\nNämnden beslutar att badet öppnas."

    assert [(view.kind, view.headings) for view in views_of(entry_of(text))] == [
        ("background", ("Bakgrund",)),
        ("motion", ("Yrkanden",)),
        ("motion", ()),
    ]
    assert [view.headings for view in views_of(entry_of(decided))][-1] == ("Beslut",)


def test_parts_that_are_not_of_the_text_hide_nothing_of_it() -> None:
    views = views_of(entry_of("Badet öppnas.", (Part(PartKind.DECISION, "Något annat."),)))

    assert [view.paragraphs for view in views] == [("Badet öppnas.",)]


@given(BLOCKS)
def test_every_line_of_a_text_is_shown_in_its_place(blocks: list[str]) -> None:
    assert_whole(entry_of("\n\n".join(blocks)))


def test_every_line_of_the_samples_is_shown_in_its_place() -> None:
    assert len(samples()) > 300
    for entry in samples():
        assert_whole(entry)
