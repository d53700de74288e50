"""What a decision is called where it is shown; to put off is three things to a clerk."""

from __future__ import annotations

import re
from typing import Final

from corpus.document import Decision, DecisionKind

_LABELS: Final = {DecisionKind.FINAL: "Beslut", DecisionKind.PROPOSAL: "Förslag"}
_PUT_OFF: Final = re.compile(
    r"\b(?:(?P<tabled>bordl[aä]g)|(?P<back>återremi|återförvis)|(?P<on>hänsk[jö]))", re.IGNORECASE
)
_PUT_OFF_LABELS: Final = {"tabled": "Bordlagt", "back": "Återremitterat", "on": "Hänskjutet"}


def decision_label(decision: Decision | None) -> str:
    """Return what is written beside a title, empty where nothing was decided.

    Of a matter that was put off, the first word that says how decides.
    """
    if decision is None or decision.kind is None:
        return ""
    if decision.kind is not DecisionKind.REFERRED:
        return _LABELS[decision.kind]
    found = _PUT_OFF.search(decision.text)
    return _PUT_OFF_LABELS[(found and found.lastgroup) or "on"]
