"""Reads how far a decision goes: decided, proposed to another body, or put off."""

from __future__ import annotations

import re

from corpus.document import DecisionKind

_HIGHER = (
    r"(?:[\wåäöé-]*(?:styrelsen?|fullmäktige|nämnd(?:en|erna)?|utskottet|rådet|direktionen|stämman)|KS|KF)"
)
# The verb of the one and what the other is to do may stand lines apart, but in one sentence.
_PROPOSES = re.compile(
    rf"\b(?:föreslår|hemställer|rekommenderar|tillstyrker)\b[^.!?]{{0,160}}?"
    rf"(?:\b{_HIGHER}\b[^.!?]{{0,80}}?\b(?:besluta[rs]?|beslut|anta|godkänna|fastställa)\b|\bbesluta\b)"
    rf"|\bföreslås\b[^.!?]{{0,100}}\bbesluta\b"
    rf"|\b(?:förslag|yttrande) till beslut (?:i|till|för)\b"
    rf"|\bförslag till {_HIGHER}\b|\bföreslå {_HIGHER}\b[^.!?]{{0,60}}\b(?:besluta|att)\b"
    rf"|\b{_HIGHER} föreslås\b|\bföreslår (?:att )?{_HIGHER}\s+att\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:hänskjut(?:s|er|a|as|it)|hänsköts?|bordlägg(?:s|er|a|as|ning)|bordlades|återremitter(?:as|ar|a|ades|at)"
    r"|återremiss|återförvisas|skjuts? upp|uppskjuts|ärendet utgår"
    r"|(?:remitter(?:as|ar|a|ades)|överlämna(?:s|r|des)?)\b[^.!?]{0,120}\bför beredning)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:avslå|avslår|avslås|avslogs|avslag)\b[^.!?]{0,80}\b(?:återremiss|bordlägg)"
    r"|\b(?:återremiss|bordlägg)\w*[^.!?]{0,60}\b(?:avslå|avslås|avslogs|avslag|bifalls inte)\b"
    r"|\b(?:ärendet|frågan) (?:ska|skall|avgörs|att)\b[^.!?]{0,40}\b(?:i ?dag|vid dagens)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_DECIDES = re.compile(
    r"\b(?:antas|antar|godkänn(?:s|er)|fastställ(?:s|er)|avslås|avslår|bifall(?:s|er|es)|antecknas|utses|beviljas|upphävs"
    r"|förklaras|överlämnas|översänds|ges i uppdrag|får i uppdrag|besvarad|lägger|läggs till)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:beslutade|beslöt|hade|blev|har)\b")
_HISTORY = re.compile(r"\b(?:19|20)\d\d\b|tidigare|§ ?\d")
_MOST = 4_000


def kind_of_decision(text: str, *, heading: str = "") -> DecisionKind:
    """Return how far the decision goes.

    Args:
        text: the decision's own words.
        heading: the line above it, which alone may say that it is a proposal.
    """
    head = text[:_MOST]
    if (
        _PROPOSES.search(heading)
        or _PROPOSES.search(head.replace("\n", " "))
        or _is_proposal_heading(heading)
    ):
        return DecisionKind.PROPOSAL
    if _is_put_off(head):
        return DecisionKind.REFERRED
    return DecisionKind.FINAL


def _is_proposal_heading(heading: str) -> bool:
    folded = heading.casefold()
    return "förslag" in folded or "föreslå" in folded


def _is_put_off(text: str) -> bool:
    """Tell whether the matter itself is put off: of several points the first that says anything decides."""
    for sentence in _SENTENCE.findall(text):
        if _PUT_OFF.search(sentence) and not _REFUSED.search(sentence):
            return not _is_told(sentence)
        if _DECIDES.search(sentence):
            return False
    return False


def _is_told(sentence: str) -> bool:
    """Tell whether the sentence tells of an earlier meeting."""
    return bool(_PAST.search(sentence)) and bool(_HISTORY.search(sentence))
