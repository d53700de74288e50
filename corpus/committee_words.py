"""The words that the names of bodies are made of: heads (`…nämnden`), links, adjectives, areas of a city."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LINKS: Final = frozenset({"och", "samt", "&"})
ADJECTIVES: Final = frozenset(
    {"tekniska", "teknisk", "sociala", "social", "gemensamma", "gemensam", "kommunala", "kommunalt", "lokala"}
    | {"lokalt", "regionala", "allmänna", "särskilda", "centrala", "tillfälliga", "strategiska"}
)
DEFINITE_ADJECTIVES: Final = {
    "kommunalt": "kommunala",
    "lokalt": "lokala",
    "gemensam": "gemensamma",
    "teknisk": "tekniska",
    "social": "sociala",
}
# A body of a body keeps the bare form after its owner: `Kommunstyrelsens arbetsutskott`.
OWNED_NOUNS: Final = {
    "utskottet": "utskott",
    "presidiet": "presidium",
    "beredningen": "beredning",
    "rådet": "råd",
}
AREA: Final = re.compile(
    r"centrum|city|mitt|(?:nord|syd|sydöst|sydväst|nordöst|nordväst|nordost|sydost|öst|väst)(?:er|ra)?|norr|söder"
    r"|norra|södra|hisingen",
    re.IGNORECASE,
)
TAKES_S: Final = re.compile(r"(?:ing|nad|het|skap|tion|idrott|fritid|liv|bygd|marknad|omsorg)\Z")

_TOKEN: Final = re.compile(
    r"[A-Za-zÅÄÖÉÜåäöéü]+(?:-(?=[A-ZÅÄÖ])[A-ZÅÄÖ][A-Za-zÅÄÖåäö]*)*-?,?|&|[^\sA-Za-zÅÄÖÉÜåäöéü]+"
)
_HEAD: Final = re.compile(
    r"(?P<stem>[a-zåäöéü]*)(?P<noun>n[äa]mnd(?:en)?|fullm[äa]ktige|styrelsen?|utskott(?:et)?|beredning(?:en)?"
    r"|r[åa]d(?:et)?|delegation(?:en)?|kommitt[ée]n?|presidi(?:um|et)|direktion(?:en)?|revision(?:en)?)(?P<s>s)?"
)
_DEFINITE_NOUNS: Final = {
    "nämnd": "nämnden",
    "styrelse": "styrelsen",
    "utskott": "utskottet",
    "beredning": "beredningen",
    "råd": "rådet",
    "delegation": "delegationen",
    "kommitté": "kommittén",
    "kommitte": "kommittén",
    "kommitten": "kommittén",
    "presidium": "presidiet",
    "direktion": "direktionen",
    "revision": "revisionen",
}
# Heads that name a body only with these stems: a company has a styrelse, and a leader a delegation, too.
_STEMS: Final = {
    "fullmäktige": frozenset({"kommun", "region", "stads", "ungdoms"}),
    "styrelsen": frozenset({"kommun", "region", "stads"}),
    "direktionen": frozenset({"", "förbunds"}),
    "revisionen": frozenset({"kommun", "stads"}),
    "delegationen": frozenset(
        {"förhandlings", "personal", "löne", "arbetsgivar", "integrations", "pensions"}
    ),
}
_NO_COUNCIL: Final = re.compile(r"by|om|före|stads|stats|kom|för|sam|till|an|av|ut|in|bi|väl|hus")
# What every municipality has several of: only its owner's name makes it one.
_LOCAL: Final = frozenset({("utskottet", "arbets"), ("utskottet", "personal"), ("utskottet", "presidie")})
# A federation of municipalities has one board only, and calls it so.
_OF_ITS_OWN: Final = frozenset({"direktionen"})
# A form of its own before `och` makes a sentence, not a name: `förvaltningen och nämnden`.
_SENTENCE_WORD: Final = re.compile(r"(?:en|et|na|ns|ar|er|or|as|ts|ska|att|för|som|i|av|till|från)\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its hyphen and comma, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word in lower case, without a comma."""
        return self.text.casefold().rstrip(",")


@dataclass(frozen=True, slots=True)
class Head:
    """The word that makes a name one of a body: `utbildningsnämndens` is utbildnings + nämnden, genitive."""

    stem: str
    noun: str
    genitive: bool

    @property
    def is_local(self) -> bool:
        """Whether the word alone says not which body it is (`nämnden`, `arbetsutskottet`)."""
        return (not self.stem and self.noun not in _OF_ITS_OWN) or (self.noun, self.stem) in _LOCAL


def words_of(text: str) -> list[Word]:
    """Splits a text into words, single signs and runs of other characters."""
    return [Word(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def head_of(word: Word) -> Head | None:
    """Reads a word as the head of a name, also where OCR lost its dots, `None` when it is none."""
    match = _HEAD.fullmatch(word.folded)
    if match is None:
        return None
    noun = match["noun"].replace("namnd", "nämnd").replace("maktige", "mäktige")
    noun = noun.replace("rad", "råd") if noun.startswith("rad") else noun
    noun = _DEFINITE_NOUNS.get(noun, noun)
    allowed = _STEMS.get(noun)
    if (allowed is not None and match["stem"] not in allowed) or (
        noun == "rådet" and _NO_COUNCIL.fullmatch(match["stem"])
    ):
        return None
    return Head(match["stem"], noun, bool(match["s"]))


def is_noun(word: Word) -> bool:
    """Whether a word can be a part of a name without a hyphen (`Miljö och klimatnämnden`)."""
    folded = word.folded
    return (
        folded.isalpha() and len(folded) >= 3 and not _SENTENCE_WORD.search(folded) and head_of(word) is None
    )
