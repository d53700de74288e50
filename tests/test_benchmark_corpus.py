from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from corpus import dnr
from corpus.document import Document, PartKind
from scripts.benchmarks.corpus import documents
from scripts.benchmarks.section_text import FEWEST_WORDS, MOST_WORDS

SECTIONS = 1_500


@pytest.fixture(scope="module")
def generated() -> list[Document]:
    return list(documents(SECTIONS, seed=3))


def test_the_same_seed_gives_the_same_minutes(generated: list[Document]) -> None:
    again = list(documents(SECTIONS, seed=3))

    assert again == generated


def test_another_seed_gives_other_minutes(generated: list[Document]) -> None:
    other = list(documents(SECTIONS, seed=4))

    assert {section.text for document in other for section in document.sections}.isdisjoint(
        section.text for document in generated for section in document.sections
    )


@pytest.mark.parametrize("sections", [1, 19, 20, 137, SECTIONS])
def test_there_are_as_many_sections_as_wanted(sections: int) -> None:
    made = [len(document.sections) for document in documents(sections, seed=3)]

    assert sum(made) == sections
    assert all(1 <= size <= 35 for size in made)
    assert sum(size < 20 for size in made) <= 1


def test_a_section_has_80_to_800_words_some_254_in_the_mean(generated: list[Document]) -> None:
    lengths = [len(section.text.split()) for document in generated for section in document.sections]

    assert min(lengths) >= FEWEST_WORDS
    assert max(lengths) <= MOST_WORDS
    assert 240 <= sum(lengths) / len(lengths) <= 268


def test_titles_have_three_to_eight_words(generated: list[Document]) -> None:
    lengths = {len(section.title.split()) for document in generated for section in document.sections}

    assert lengths == set(range(3, 9))


def test_parts_stand_in_the_text_in_order_and_the_decision_is_the_last(generated: list[Document]) -> None:
    sections = [section for document in generated for section in document.sections]

    for section in sections:
        places = [section.text.index(part.text) for part in section.parts]
        assert places == sorted(places)
        assert section.parts[0].kind is PartKind.BACKGROUND
        assert (section.parts[-1].kind is PartKind.DECISION) == (section.decision is not None)
        if section.decision:
            assert section.parts[-1].text == section.decision.text
    assert 0.8 < sum(section.decision is not None for section in sections) / len(sections) < 0.9


def test_words_are_as_unevenly_common_as_in_swedish(generated: list[Document]) -> None:
    words = Counter(
        word
        for document in generated
        for section in document.sections
        for word in section.text.lower().split()
    )
    share = [count / words.total() for _, count in words.most_common(100)]

    assert 0.02 < share[0] < 0.05
    assert 0.005 < share[9] < 0.015
    assert share[99] < 0.002
    assert sum(count == 1 for count in words.values()) > len(words) / 4


def test_every_document_and_section_has_an_id_of_its_own(generated: list[Document]) -> None:
    identities = [document.id for document in generated]
    sections = [section.id for document in generated for section in document.sections]

    assert len(set(identities)) == len({document.source for document in generated}) == len(identities)
    assert len(set(sections)) == len(sections) == SECTIONS


def test_sources_come_in_order_and_numbers_go_on_through_the_year(generated: list[Document]) -> None:
    numbers = defaultdict(list)
    for document in generated:
        year = document.date.year if document.date else 0
        numbers[document.source.rpartition("/")[0], year] += [section.number for section in document.sections]

    assert all(left.date < right.date for left, right in _of_one_body(generated) if left.date and right.date)
    assert all(found == [str(number) for number in range(1, len(found) + 1)] for found in numbers.values())


def test_cases_have_a_dnr_that_can_be_read_and_come_back_in_other_bodies(generated: list[Document]) -> None:
    bodies = defaultdict(set)
    written = 0
    for document in generated:
        for section in document.sections:
            for number in section.dnr:
                written += 1
                assert document.municipality is not None
                bodies[document.municipality.slug, dnr.key(number)].add(document.committee)

    assert all(key is not None for _, key in bodies)
    assert 0.7 < written / SECTIONS < 0.9
    assert any(len(found) > 1 for found in bodies.values())


def _of_one_body(generated: list[Document]) -> list[tuple[Document, Document]]:
    return [
        (left, right)
        for left, right in pairwise(generated)
        if (left.municipality, left.committee) == (right.municipality, right.committee)
    ]
