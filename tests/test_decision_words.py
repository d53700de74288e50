import pytest

from corpus.document import Decision, DecisionKind
from corpus.parts import decision_of
from search_service.rendering.decision_words import decision_label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Taxan antas.", "Beslut"),
        ("Nämnden föreslår att kommunfullmäktige beslutar att anta taxan.", "Förslag"),
        ("Ärendet bordläggs.", "Bordlagt"),
        ("Ärendet återremitteras. Frågan bordläggs till dess.", "Återremitterat"),
        ("Motionen hänskjuts till kommunstyrelsen.", "Hänskjutet"),
        ("Ärendet remitteras till tekniska nämnden.", "Hänskjutet"),
        ("Ingen ledamot anmälde jäv.", ""),
    ],
)
def test_a_decision_is_called_what_a_clerk_calls_it(words: str, label: str) -> None:
    assert decision_label(decision_of(f"Beslut\n\n{words}")) == label


def test_every_kind_has_a_name() -> None:
    assert all(decision_label(Decision(kind, "Ja.")) for kind in DecisionKind)
    assert decision_label(None) == ""
