"""What holds of sections whatever the text is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import DecisionKind, DocumentType, Extraction
from corpus.segmentation import flattened
from corpus.segmentation.segmenter import segment
from tests.meeting_texts import MEETING_COVER, TITLES
from tests.section_layouts import numbered, segmented

WORDS = st.sampled_from(["bad", "skog", "väg", "park", "sand", "torg", "bro", "skola", "lekplats", "taxa"])
SENTENCES = st.lists(WORDS, min_size=3, max_size=25).map(lambda words: " ".join(words).capitalize() + ".")
BODIES = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=2, max_size=7)


def _minutes(bodies):
    return "\n".join(
        f"§ {number} 2031.{number:03} KS\n\nÄrende nummer {number}\n\nÄrendebeskrivning\n"
        + "\n\n".join(body)
        + "\n\nBeslut\nDet antas.\n"
        for number, body in enumerate(bodies, 7)
    )


@given(BODIES)
@settings(max_examples=40, deadline=None)
def test_each_body_line_is_in_exactly_one_section(bodies):
    sections = segmented(_minutes(bodies)).sections

    assert [section.number for section in sections] == [str(number) for number, _ in enumerate(bodies, 7)]
    for body, section in zip(bodies, sections, strict=True):
        expected = ["Ärendebeskrivning", *body, "Beslut", "Det antas."]
        assert section.text.split("\n\n") == expected


@given(BODIES, st.integers(0, 6), SENTENCES)
@settings(max_examples=40, deadline=None)
def test_a_change_in_one_section_leaves_the_ids_of_the_others(bodies, which, sentence):
    changed = [list(body) for body in bodies]
    changed[which % len(bodies)].append(sentence)

    before = segmented(_minutes(bodies)).sections
    after = segmented(_minutes(changed)).sections

    assert [section.id for section in before] == [section.id for section in after]


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "§ 1",
                "§ 2 2031.001 KS",
                "§ 1 forts.",
                "Beslut",
                "",
                "Plats och tid",
                "1. Punkt",
                "Bilaga 1",
                "\f",
            ]
        ),
        st.integers(0, 3000).map("§ {}".format),
        st.integers(0, 3000).map("{}. Punkt".format),
    ),
    max_size=40,
)


@given(LINES, st.sampled_from([None, *DocumentType]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_gives_unique_ids_titles_and_the_same_result_again(lines, kind, paged):
    extraction = Extraction(("\n".join(lines[:20]), "\n".join(lines[20:])), paged=paged)

    first = segment(extraction, document_id="d", type=kind, title=None)
    second = segment(extraction, document_id="d", type=kind, title=None)

    assert first == second
    ids = [section.id for section in first.sections]
    assert len(ids) == len(set(ids))
    assert all(section.title.strip() for section in first.sections)
    assert all(section.id.startswith("d-") for section in first.sections)


ADVERSARIAL = [
    "§ 1\n",
    "§ ",
    "§ 1 " * 8 + "\n",
    "1. A\n2. B\n",
    "a-\n",
    "Förslag till beslut i " * 4 + "\n",
    "Plats och tid\nOrdförande\n",
    "____\n",
    "A B (C), ",
    "Beslut***",
    "**_*_**",
    "nämnden " * 9 + "\n",
    "2031-01-01\n",
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_a_hostile_text_is_taken_apart_too(piece):
    text = piece * (120_000 // len(piece))

    segmentation = segment(Extraction((text,), paged=False), document_id="d", type=None, title=None)

    assert len({section.id for section in segmentation.sections}) == len(segmentation.sections)


@pytest.mark.parametrize(
    "head",
    [
        *("Ks {n} Dnr 2031-KS0{d} {t}", "§ {n} Dnr KS 2031/{d} {t}", "Ks § {n} {t}", "§ {n} {t}"),
        *("{n} Dnr KS 2031/{d} {t}", "KSAU § {n} KS 2031/{d} {t}"),
    ],
)
def test_pages_that_are_one_line_each_come_apart(head):
    text = " ".join(MEETING_COVER.split()) + " Anslag" * 120
    told = "Lekplatsen i Fiktivby ska rustas upp. " * 20
    for page, (number, title) in enumerate(TITLES.items(), 2):
        text += (
            f"\n\n{page} HITTEPÅ KOMMUN Kommunstyrelsen SAMMANTRÄDESPROTOKOLL 2031-04-03 {page} "
            f"{head.format(n=number, t=title, d=number)} Bakgrund {told}Se den 2 maj 2030, § 13, om detta. "
            f"Kommunstyrelsens beslut Kommunstyrelsen beslutar att köpa gungor. Justerandes sign"
        )

    sections = numbered(segmented(text))

    assert {number: section.title for number, section in sections.items()} == TITLES
    for section in sections.values():
        assert section.decision is not None
        assert section.decision.kind is DecisionKind.FINAL
        assert "HITTEPÅ" not in section.text
        assert "§ 13, om detta" in section.text


@settings(deadline=None)
@given(st.lists(st.text("ab §1.\nÅ", max_size=40), max_size=30), st.integers(1, 40))
def test_long_lines_come_apart_without_losing_words(pieces, times):
    page = " ".join(pieces).replace("\n", " ") * times

    (parted,) = flattened.parted((page,))

    assert parted.split() == page.split()
