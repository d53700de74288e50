"""Reads how far a decision goes: decided, proposed to another body, or put off."""

from __future__ import annotations

import re

from corpus.document import DecisionKind

_HIGHER = (
    r"(?!länsstyrelse)(?:[\wåäöé-]*(?:styrelsen?|fullmäktige|nämnd(?:en|erna)?|utskottet|rådet|direktionen"
    r"|stämman)|KS|KF)"
)
_ASKS = r"(?:föreslår|hemställer|rekommenderar|förordar|tillstyrker)"
_SETTLES = (
    r"(?:besluta[rs]?|beslut|antar?|godkänn(?:er|a)|fastställ(?:er|a)|beviljar?|avslår?|bifall(?:er|a))"
)
_MATTER = r"[\wåäöé-]*(?:motion(?:en|erna)?|medborgarförslag(?:et|en)?)"
_PASSES_ON = r"(?:överlämna|översänd|lämna|hänskjut|vidarebefordra)\w*"
# The verb of the one and what the other is to do may stand lines apart, but in one sentence.
_PROPOSES = re.compile(
    rf"\b{_ASKS}\b[^.!?]{{0,160}}?(?:\b{_HIGHER}\b[^.!?]{{0,80}}?\b{_SETTLES}\b|\bbesluta\b)"
    rf"|\bföreslås\b[^.!?]{{0,100}}\bbesluta\b"
    rf"|\b(?:förslag|yttrande) till beslut (?:i|till|för)\b"
    rf"|\bförslag till {_HIGHER}\b"
    rf"|\b(?:föreslå|rekommendera) {_HIGHER}\b[^.!?]{{0,60}}\b(?:besluta|att)\b"
    rf"|\b{_HIGHER} föreslås\b|\bföreslår (?:att )?{_HIGHER}\s+att\b"
    rf"|\b(?:hemställ|begär|äska|anhåll)\w*\b[^.!?]{{0,60}}\bhos {_HIGHER}\b"
    rf"|\b{_PASSES_ON}\b[^.!?]{{0,120}}\bmed (?:följande )?förslag\b",
    re.IGNORECASE,
)
# Who endorses a motion or sends on what is to be adopted leaves it to another body to settle.
_ENDORSES = re.compile(
    rf"\b(?:till|av)styrk(?:er|s|a|as)\b[^.!?]{{0,40}}\b{_MATTER}\b"
    rf"|\b{_MATTER}\b[^.!?]{{0,80}}\b(?:till|av)styrk(?:s|as)\b"
    rf"|\bföreslår (?:att )?{_MATTER}\b"
    rf"|\b{_PASSES_ON}\b[^.!?]{{0,100}}\btill {_HIGHER}\b[^.!?]{{0,20}}"
    r"\bför (?:\w+ )?(?:antagande|fastställande|godkännande)\b"
    rf"|\b(?:godkän|ant|fastställ|ställer sig bakom)\w*[^.!?]{{0,160}}\b{_PASSES_ON}\b[^.!?]{{0,60}}"
    rf"\btill {_HIGHER}\b[^.!?]{{0,20}}\bför (?:\w+ )?beslut\b",
    re.IGNORECASE,
)
# A commission ends with its sentence, its point, or where the body proposes something itself.
_OWN_PROPOSAL = r"(?:\b(?:och|samt|dels)|,)\s+(?:att )?(?:[\w-]+ )?föreslå"
_NEXT_POINT = r"\n(?:\n|att\b|\d|-|•)"
# Words in which a proposal is named that this decision follows, or that somebody is told to write.
_NAMED_PROPOSAL = re.compile(
    r"\b(?:enligt|i enlighet med|bifall(?:a|er)) (?:(?!\bföreslår\b)[^.!?:\n]){0,80}?"
    rf"\bförslag(?: till (?:beslut|{_HIGHER}))?"
    rf"|\bi uppdrag\b(?:(?!{_OWN_PROPOSAL}|{_NEXT_POINT})[^.!?])*",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:hänskjut(?:s|er|a|as|it)|hänsköts?|bordlägg(?:s|er|a|as|ning)|bordlades|återremitter(?:as|ar|a|ades|at)"
    r"|återremiss|återförvisas|skjuts? upp|uppskjuts|ärendet (?:utgår|återtas|dras tillbaka)"
    r"|remitter(?:as|ar|a|ades))\b"
    r"|\b(?:skicka|sänd)\w*\b[^.!?]{0,80}\bpå remiss\b",
    re.IGNORECASE,
)
# A matter that comes back another day, or that somebody else takes over before it is settled.
_SUBJECT = (
    r"(?:[\w-]*ärende(?:t|na)|frågan|beslut(?:et|en)?|punkt(?:en|erna)?|[\w-]*motion(?:en|erna)"
    r"|interpellation(?:en|erna))"
)
_COMES_BACK = re.compile(
    rf"\b{_SUBJECT}\b[^.!?]{{0,80}}?\b(?:tas (?:upp på nytt|bort från)\b"
    r"|(?:tas|behandlas|listas|flyttas|vilar|besvaras)\b[^.!?]{0,60}?\b(?:nästa|kommande|nästkommande|senare)\b)",
    re.IGNORECASE,
)
_HANDED_OVER = re.compile(
    rf"\b{_PASSES_ON}\b[^.!?]{{0,120}}(?:\bför (?:vidare |fortsatt |ytterligare )?"
    r"(?:beredning|beredande|handläggning|utredning|yttrande|beslut)"
    r"|\butan (?:eget )?(?:förslag|ställningstagande))\b",
    re.IGNORECASE,
)
_WHOLE_MATTER = re.compile(
    r"\W*ärendet (?:\w+ ){0,3}?(?:bordläggs|återremitteras|hänskjuts)\b", re.IGNORECASE
)
_REFUSED = re.compile(
    r"\b(?:avslå|avslår|avslås|avslogs|avslag)\b[^.!?]{0,80}\b(?:återremiss|bordlägg)"
    r"|\b(?:återremiss|bordlägg)\w*[^.!?]{0,60}\b(?:avslå|avslås|avslogs|avslag|bifalls inte)\b"
    r"|\b(?:ärendet|frågan) (?:ska|skall|avgörs|att)\b[^.!?]{0,40}\b(?:i ?dag|vid dagens)",
    re.IGNORECASE,
)
_BROKEN_LINE = re.compile(r"(?<=\S)\n(?!att\b)(?=[a-zåäö(])")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_DECIDES = re.compile(
    r"\b(?:antas|antar|godkänn(?:s|er)|fastställ(?:s|er)|avslås|avslår|bifall(?:s|er|es)|antecknas|utses|beviljas|upphävs"
    r"|förklaras|överlämnas|översänds|ges i uppdrag|får i uppdrag|besvarad|lägger|läggs till)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:beslutade|beslöt|hade|blev|har)\b")
_HISTORY = re.compile(r"\b(?:19|20)\d\d\b|tidigare|§ ?\d")
_CAME_UP = re.compile(
    r"\W*Ing(?:en|a|et|enting)\b[^.!?]{0,120}\b(?:förekom(?:mer)?|fanns|finns|anmäl(?:de|des|s|er)|inkom|lämnades"
    r"|framställdes|ställdes|väcktes|rapporterades|ansåg|anser|att (?:rapportera|anmäla))\b",
    re.IGNORECASE,
)
# The matters that are named may fill lines of their own; none of them is decided here.
_DISQUALIFIED = re.compile(r"[^.!?]{0,160}\banmäl(?:er|de) jäv\b", re.IGNORECASE)
# A higher authority's decision that is filed with the minutes is none of the body's own.
_HIGHER_AUTHORITY = re.compile(
    r"\W*(?:länsstyrelsen|regeringen|[\w-]*inspektionen|[\wåäö -]{0,30}(?:domstolen|rätten))"
    r"(?: i [\wåäö ]{3,30})? (?:upphäver|undanröjer|avslår|avvisar|avskriver|bifaller|beslutar|ändrar"
    r"|fastställer|förordnar)\b",
    re.IGNORECASE,
)
_MOST = 4_000


def kind_of_decision(text: str, *, heading: str = "") -> DecisionKind | None:
    """Return how far the body's decision goes.

    `None` when nothing came up to decide, only who takes no part is said, or somebody above decided.

    Args:
        text: the decision's own words.
        heading: the line above it, which alone may say that it is a proposal.
    """
    head = text[:_MOST]
    own = _NAMED_PROPOSAL.sub(" ", head)
    if _is_proposal_heading(heading) or any(_proposes(words) for words in (heading, own)):
        return DecisionKind.PROPOSAL
    sentences = [found for found in _SENTENCE.findall(_BROKEN_LINE.sub(" ", own)) if found.strip()]
    if _is_put_off(sentences):
        return DecisionKind.REFERRED
    if sentences and all(map(_CAME_UP.match, sentences)):
        return None
    if _DISQUALIFIED.match(own) and not any(map(_DECIDES.search, sentences)):
        return None
    if _HIGHER_AUTHORITY.match(own) and not any(map(_DECIDES.search, sentences[1:])):
        return None
    return DecisionKind.FINAL


def _proposes(words: str) -> bool:
    one_line = words.replace("\n", " ")
    return bool(_PROPOSES.search(one_line) or _ENDORSES.search(one_line))


def _is_proposal_heading(heading: str) -> bool:
    folded = heading.casefold()
    return "förslag" in folded or "föreslå" in folded


def _is_put_off(sentences: list[str]) -> bool:
    """Tell whether the matter itself is put off.

    Of several points the first that says anything decides, unless a later one puts off the whole matter.
    """
    for at, sentence in enumerate(sentences):
        if _puts_off(sentence) and not _REFUSED.search(sentence):
            return not _is_told(sentence)
        if _DECIDES.search(sentence):
            return any(_WHOLE_MATTER.match(later) for later in sentences[at + 1 :])
    return False


def _puts_off(sentence: str) -> bool:
    if _PUT_OFF.search(sentence) or _COMES_BACK.search(sentence):
        return True
    found = _HANDED_OVER.search(sentence)
    return found is not None and not _DECIDES.search(sentence, 0, found.start())


def _is_told(sentence: str) -> bool:
    """Tell whether the sentence tells of an earlier meeting."""
    return bool(_PAST.search(sentence)) and bool(_HISTORY.search(sentence))
