import msgspec
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Decision
from index.entry import SectionEntry
from index.segments.stored import decode_section, encode_section, file_record
from tests.segments import sections

texts = st.text(st.characters(max_codepoint=0xFF)) | st.text(st.characters(exclude_categories=["Cs"]))


@given(sections("a", 0, "1"), texts, texts)
def test_any_text_is_stored_as_it_is(section: SectionEntry, text: str, decision: str) -> None:
    entry = msgspec.structs.replace(section, text=text + decision, decision=Decision(None, decision))

    stored = encode_section(entry)

    assert decode_section(stored, file_record(entry)) == entry
