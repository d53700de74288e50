"""The words that head the parts of a §: which line is a heading, and of what part."""

from __future__ import annotations

import re

from corpus.document import PartKind

_LONGEST = 110
_WHITE_SPACE = re.compile(r"\s+")
_BODY = (
    r"(?:[\wåäöé,-]+ (?:och |samt |för |i |& )?){0,6}?[\wåäöé-]*"
    r"(?:nämnd(?:en)?s?|styrelsens?|fullmäktiges?|utskottets?|utskotts?|rådets?|beredningens?|direktionens?"
    r"|kontorets?|förvaltningens?|kommitténs?|presidiets?|ordförandens?)"
    r"(?: (?:för )?[\wåäöé-]+(?: (?:&|och|samt) [\wåäöé-]+)?)?"
)
_HIGHER_BODY = (
    r"(?:[\wåäöé,-]+ (?:och |samt )?){0,5}?[\wåäöé-]*"
    r"(?:nämnd(?:en)?|styrelsen?|fullmäktige|utskottet|rådet)\b"
)
_IS_SENT = (
    r"(?:skickas|expedieras|sänds|översänds|delges|lämnas|meddelas|tillställs|distribueras|skickat|sändes)"
)
_WHAT_IS_SENT = (
    r"(?:protokolls?utdrag(?:et)?|utdrag(?:et)?|beslut(?:et)?|kopia|paragraf(?:en)?|avskrift"
    r"|protokoll(?:et)?)"
)
# What may follow the word: `Omröstning - huvudvotering`, `Reservation från M`; not a sentence.
_MORE = (
    r"(?: ?[-–:(] ?[^.]{1,60}| (?:från|av|i|på|mot|under|vid|enligt|till|och|om|gällande"
    r"|avseende) [^.,\d]{1,40}"
    r"(?<! att)(?<! om)(?<! i)(?<! och)(?<! för)(?<! av)(?<! med)| nr \d{1,3}| \d{1,3})?"
)
_LATER = r"(?: [^.]{0,40})?"

_RECIPIENTS = (
    r"(?:för )?(?:expedier(?:as|ing|at)|skickas|delges|delgivning|sändlista|utdrag|kopia|mottagare"
    r"|beslutsexpediering|beslutsmottagare)(?: av beslut(?:et)?)?(?: till)?(?: för kännedom)?"
    rf"|{_WHAT_IS_SENT}(?: (?:och|samt) [\w ]{{2,30}})?(?: ska(?:ll)?)? {_IS_SENT}(?: till)?{_LATER}"
    rf"|{_WHAT_IS_SENT} till{_LATER}|för kännedom(?: till)?"
    r"|protokolls?utdr\.?"
)
_MOTION = (
    rf"(?:\w+ ){{0,2}}(?:tilläggs|ändrings|ajournerings|avslags|bifalls|återremiss)?yrkanden?{_MORE}"
    r"|(?:framställda|inlämnade) yrkanden|förslag till beslut (?:på|under|vid) sammanträdet"
    r"|förslag (?:på|under|vid) sammanträdet|(?:framlagda|framförda) förslag|yrkanden? och förslag"
)
_PROCEDURE = (
    rf"beslutsgång(?:en)?{_MORE}|propositionsordning(?:en)?{_MORE}"
    rf"|(?:\w+ )?omröstning(?:en|ar)?{_MORE}|\w{{0,12}}votering(?:en)?{_MORE}|voteringsproposition"
    r"|propositioner?|röstförklaringar?|omröstningsresultat(?:et)?|beslutsordning(?:en)?|ajournering(?:ar)?"
    r"|proposition på yrkanden(?:a)?|handläggning vid sammanträdet|[\w-]+ behandling av ärendet"
)
_RESERVATION = (
    rf"reservation(?:er)?{_MORE}|blank reservation|särskil[td]a? yttranden?{_MORE}"
    r"|skriftlig(?:a)? reservation(?:er)?"
)
_OTHER = (
    rf"(?:protokolls)?anteckning(?:ar)?{_MORE}|anförande(?:n)?|jäv{_MORE}|ej deltagande"
    r"|(?:deltar|deltog) (?:ej|inte)(?: i [^.]{2,40})?|debatt(?:en)?|inlägg|interpellationsdebatt|paus"
    r"|paragrafen (?:är|förklaras) (?:omedelbart )?justerad|omedelbar justering|bilag(?:a|or)(?: \d{1,3})?"
    r"|hur man överklagar[^.]{0,60}|besvärshänvisning|överklagande(?:hänvisning)?|upplysning(?:ar)?"
    r"|delegationsbeslut|fråga \d{1,3}|replik(?:er)?|mötets? avslutning"
    r"|[\w, -]{3,60}(?:nämnd(?:en)?s|styrelsens|utskottets|fullmäktiges) behandling"
)
_PREPARATION = (
    r"beredning(?:en)?|ärendets beredning|beredning av ärendet|beslutsunderlag(?:et)?"
    r"|underlag(?: för beslut(?:et)?)?|handling(?:ar)?(?: i ärendet)?|bilagda handlingar"
    r"|tidigare (?:behandling|beslut|handläggning)|(?:ärendets )?(?:tidigare )?handläggning|utredning"
    r"|yttranden?|remiss(?:svar|instanser|yttranden)?"
    r"|(?:[\w-]+ ){0,4}?(?:yttrande|bedömning(?:ar)?|kommentar(?:er)?|synpunkter|ställningstagande"
    r"|överväganden)"
    r"|(?:ekonomisk|juridisk|laglig)a? (?:konsekvenser|bedömning|överväganden|aspekter|grund)|ekonomi"
    r"|konsekvens(?:er|analys|beskrivning)(?: [^.]{2,50})?"
    r"|barn(?:ets|s|konsekvensanalys|perspektiv)(?: [^.]{2,40})?"
    r"|mbl(?:-\w+)?(?: [^.]{2,40})?|samverkan|facklig (?:samverkan|förhandling)|[\w-]+ har behandlat ärendet"
)
_PROPOSAL = (
    r"(?!(?:enligt|på|med|av|i|om) )(?:(?:reviderat |nytt |ändrat )?förslag till beslut"
    r"(?: (?:i|till|för|av|från|om)\b[^.]{2,80})?"
    rf"|{_BODY} (?:förslag till (?:beslut|{_HIGHER_BODY})(?: [^.]{{2,80}})?|förslag|beslutsförslag)"
    rf"|förslag till {_HIGHER_BODY}(?: beslut)?|beslutsförslag|förslag(?:et)?"
    r"|(?:[^.]{3,70} )?föreslås(?: [^.]{2,60})? (?:besluta|beslut)(?: (?:att|följande))*"
    r"|[^.]{3,70} föreslår(?: [^.]{2,60})?(?: besluta[r]?(?: (?:att|följande))*)"
    r"|[\w -]{3,60} förslag till beslut)"
)
_DECISION = (
    r"beslut|beslut i ärendet|beslut och motivering|beslut för egen del|delbeslut|beslut(?: punkt)? \d{1,2}"
    rf"|{_BODY} (?:beslut|beslut för egen del|ställningstagande)"
    rf"|(?:{_BODY} )?(?:beslutar|beslutade|har beslutat|beslöt|har beslutit)"
    r"(?:,? (?:således|därmed|följande|enligt följande|för egen del|enhälligt|dels|att))*"
)
_BACKGROUND = (
    r"ärende(?:beskrivning|t|information|redogörelse)?(?:en)?|beskrivning(?: av ärendet)?"
    r"|redovisning(?: av ärendet)?|sammanfattning(?:en)?(?: av ärendet)?"
    r"|bakgrund(?:en)?(?: (?:och|till) [^.]{2,50})?|ärendets (?:bakgrund|beskrivning)"
    r"|information(?: (?:i|om) ärendet)?|redogörelse(?: för ärendet)?|inledning|orientering|syfte|motivering"
    r"|(?:skäl|motivering)(?:en)? (?:till|för) beslut(?:et)?|beslutsmotivering|ärendegenomgång|föredragning"
)
# In order: the first that matches the whole line, in lower case and without a colon, decides.
_HEADINGS: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (PartKind.RECIPIENTS, re.compile(_RECIPIENTS)),
    (PartKind.MOTION, re.compile(_MOTION)),
    (PartKind.PROCEDURE, re.compile(_PROCEDURE)),
    (PartKind.RESERVATION, re.compile(_RESERVATION)),
    (PartKind.OTHER, re.compile(_OTHER)),
    (PartKind.PREPARATION, re.compile(_PREPARATION)),
    (PartKind.PROPOSAL, re.compile(_PROPOSAL)),
    (PartKind.DECISION, re.compile(_DECISION)),
    (PartKind.BACKGROUND, re.compile(_BACKGROUND)),
)
# A quick look before the slow ones: every pattern above holds one of these.
_MAY_HEAD = re.compile(
    r"beslut|besl[öu]t|förslag|föresl|yrkand|anteckning|anförand|reservation|yttrand|omröst|voter|proposition"
    r"|skickas|expedier|delg|utdr|kopia|mottagare|sändlista|kännedom|tillställs|lämnas|sänds|handling"
    r"|handlägg|beredning|behandl|underlag|bedömning|kommentar|synpunkt|ställning|övervägand|konsekvens"
    r"|ekonom"
    r"|juridisk|laglig|barn|mbl|samverkan|facklig|utredning|remiss|ärende|sammanfatt|bakgrund|beskriv|inform"
    r"|redo|inledning|orienter|syfte|motiv|skäl|föredragning|jäv|delt|debatt|inlägg|paus|paragraf|justering"
    r"|bilag|överklag|besvär|upplysning|fråga|replik|avslutning|ajourner|röstförkl|interpell"
)
# What a line of a sentence says that happens to end in the words of a heading:
# `Förvaltningsrätten upphäver nämndens beslut`, `Medlen fördelas enligt nämndens förslag`.
_MAY_TELL = frozenset({PartKind.PROPOSAL, PartKind.DECISION, PartKind.PREPARATION})
_TELLS = re.compile(
    r"\b(?:upphäv|ställ|finn|bifall|godkänn|fastställ|avstyrk|tillstyrk|följ|stödj|gäll|bekräft|biträd|hänvis"
    r"|bevilj|fördel|dela|noter|prövar?|yrk|avse)(?:er|ar|as|s|r|de|des|te|tes|lde|ldes)\b"
    r"|\b(?:avslår|avslås|avslog|avslogs|antar|antas|antog|antogs|vann|vinner|fann|ligger|står|blir|blev"
    r"|innebär|kan|får|fick|vill)\b"
    r"|.\b(?:enligt|i enlighet med|mot|trots) [^.]*\bförslag\b"
)


def normalised(line: str) -> str:
    """Return the line as the headings are compared: lower case, single spaces, no closing colon."""
    return _WHITE_SPACE.sub(" ", line).strip(" *_#:\t").casefold()


def kind_of(line: str) -> PartKind | None:
    """Return the kind of part that the line heads, `None` when it is no heading."""
    if not line or len(line) > _LONGEST or line.rstrip().endswith((".", ",", ";")):
        return None
    text = normalised(line)
    if not _MAY_HEAD.search(text) or not _begins_like_a_heading(line, text):
        return None
    kind = next((kind for kind, pattern in _HEADINGS if pattern.fullmatch(text)), None)
    return None if kind in _MAY_TELL and _is_sentence(text) else kind


def _is_sentence(text: str) -> bool:
    """Tell whether a line that ends like a heading tells something; who proposes heads what is proposed."""
    return "föreslå" not in text and _TELLS.search(text) is not None


def _begins_like_a_heading(line: str, text: str) -> bool:
    """Tell whether the line begins with a capital, and not by naming whose proposal a decision follows.

    The second half of a broken line begins with a small letter.
    """
    if text.startswith(("enligt ", "i enlighet med ")):
        return False
    first = line.strip(" *_#\t")[:1]
    return first.isupper() or text.startswith(("beslutar", "beslut:"))
