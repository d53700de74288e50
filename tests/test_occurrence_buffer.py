"""Occurrences that were collected, against a sorted list of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fields import ZONES
from index.segments.occurrence_buffer import OccurrenceBuffer
from index.segments.packed_places import DOCUMENT_SHIFT, ZONE_SHIFT

_FORMS = 4

Place = tuple[int, int, int]
"""Document, zone, position."""

# Few positions of a text are above those that a text of usual length has.
positions = st.integers(0, 3) | st.integers(65_534, 65_537) | st.just((1 << ZONE_SHIFT) - 1)
words = st.tuples(st.integers(0, len(ZONES) - 1), positions, st.integers(0, _FORMS - 1))
sections = st.lists(words, max_size=4, unique=True)
batches = st.lists(st.lists(st.tuples(st.integers(1, 3) | st.just(9_000), sections), max_size=3), max_size=4)
"""Sections, each with how many empty ones are before it."""


@given(batches=batches, stretch=st.integers(1, 12), order=st.permutations(range(_FORMS)), data=st.data())
@settings(max_examples=200)
def test_the_places_of_a_form_come_in_order_whatever_was_sorted_together(
    batches: list[list[tuple[int, list[tuple[int, int, int]]]]],
    stretch: int,
    order: list[int],
    data: st.DataObject,
) -> None:
    expected: dict[int, list[Place]] = {}
    with TemporaryDirectory() as folder, closing(OccurrenceBuffer(Path(folder), stretch=stretch)) as buffer:
        document = 0
        for batch in batches:
            found: list[tuple[int, Place]] = []
            for gap, section in batch:
                document += gap
                found += [(form, (document, zone, position)) for zone, position, form in sorted(section)]
            forms = np.array([form for form, _ in found], np.int32)
            buffer.add(forms, np.array([encoded(place) for _, place in found], np.int64))
            for form, place in found:
                expected.setdefault(form, []).append(place)

        assert buffer.forms() == sorted(expected)
        used = [form for form in order if form in expected]
        numbers = np.zeros(_FORMS, np.int32)
        numbers[used] = np.arange(len(used))
        ordered = buffer.ordered(numbers)
        asked = data.draw(st.lists(st.sampled_from(range(len(used))), unique=True)) if used else []
        terms = [7 * place for place in range(len(asked))]
        places = ordered.of_forms(np.array(asked, np.int64), np.array(terms, np.int64)).tolist()

        assert ordered.totals.tolist() == [len(expected[form]) for form in used]
        shift = ordered.position_bits
        decoded = [
            (place >> shift + ordered.cell_bits, cell >> 3, cell & 7, place & (1 << shift) - 1)
            for place in places
            for cell in [(place >> shift) & (1 << ordered.cell_bits) - 1]
        ]
        assert decoded == [
            (term, *place)
            for term, number in zip(terms, asked, strict=True)
            for place in sorted(expected[used[number]])
        ]


def encoded(place: Place) -> int:
    """Return a place as the execution has it."""
    document, zone, position = place
    return document << DOCUMENT_SHIFT | zone << ZONE_SHIFT | position
