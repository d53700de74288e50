"""The grammar of the names of bodies that meet: `Barn- och utbildningsnämndens arbetsutskott`.

A name is read from its head word (`…nämnden`, `…styrelsen`, `fullmäktige`, `…utskottet`, `…beredningen`,
`…rådet`) to the left over linked parts and to the right over what the body is for, and given in one spelling.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.committee_words import (
    ADJECTIVES,
    AREA,
    DEFINITE_ADJECTIVES,
    LINKS,
    OWNED_NOUNS,
    TAKES_S,
    Head,
    Word,
    head_of,
    is_noun,
    words_of,
)

_MOST_PARTS: Final = 9
_BROKEN_LINK: Final = re.compile(r"\s?-\s{0,3}(?=(?:och|samt|&)\b)", re.IGNORECASE)
_LOST_SPACE: Final = re.compile(r"(?<=-)(?=och|samt)|(?<=- och)(?=[a-zåäö]{3,}n[äa]mnd)", re.IGNORECASE)
_LOST_HYPHEN: Final = re.compile(
    r"\b(?P<part>[a-zåäö]{3,40})och(?P<head>\s[a-zåäö]{0,40}(?:n[äa]mnd|utskott|beredning))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The name of a body in a text: its one spelling and where it stands.

    Attributes:
        genitive: whether it is written `…nämndens`, followed by what is its own (`beslut`).
        abbreviated: whether only the local short form stands there (`arbetsutskottet`, `nämnden`).
    """

    name: str
    start: int
    end: int
    genitive: bool
    abbreviated: bool


@dataclass(frozen=True, slots=True)
class _Extent:
    """The words of a name: from `left` to `right` around `head`, and up to `owned` for a body of the body."""

    left: int
    head: int
    right: int
    owned: int | None

    @property
    def last(self) -> int:
        return self.right if self.owned is None else self.owned


def repaired(text: str) -> str:
    """Mends what converters do to the names: `barnoch utbildningsnämnden`, `Kultur - och fritidsnämnden`."""
    text = _BROKEN_LINK.sub("- ", text)
    text = _LOST_HYPHEN.sub(r"\g<part>- och\g<head>", text)
    return _LOST_SPACE.sub(" ", text)


def find_names(text: str) -> Iterator[NameMatch]:
    """Finds the names of bodies in a text, in order; `text` is best repaired first."""
    words = words_of(text)
    done = 0
    for index, word in enumerate(words):
        head = head_of(word) if index >= done else None
        if head is None:
            continue
        extent = _extent(words, index, head, done)
        done = extent.last + 1
        final = head_of(words[extent.last])
        yield NameMatch(
            name=_spelled(words, extent),
            start=words[extent.left].start,
            end=words[extent.last].end,
            genitive=final is not None and final.genitive,
            abbreviated=extent.left == extent.last and head.is_local,
        )


def _extent(words: Sequence[Word], index: int, head: Head, stop: int) -> _Extent:
    right = _right(words, index, head)
    owned = _owned(words, right + 1) if head.genitive and right == index else None
    return _Extent(_left(words, index, head, stop), index, right, owned)


def _left(words: Sequence[Word], head: int, found: Head, stop: int) -> int:
    """Goes from the head over linked parts, over the adjective of a bare head and the areas of a city."""
    start = head
    while start > stop and head - start < _MOST_PARTS:
        before = words[start - 1]
        if before.folded in LINKS and start - 2 >= stop and _is_part(words[start - 2]):
            start -= 2
        elif _is_listed(before, last=start == head) or (start == head and _qualifies(before, found)):
            start -= 1
        else:
            break
    return start


def _is_part(word: Word) -> bool:
    return word.text.endswith(("-", "-,")) or (is_noun(word) and not word.text.endswith(","))


def _is_listed(word: Word, *, last: bool) -> bool:
    return word.text.endswith(("-", "-,")) or (not last and word.text.endswith(",") and is_noun(word))


def _qualifies(word: Word, head: Head) -> bool:
    """Whether a word before the head belongs to it: `Tekniska nämnden`, `Rinkeby-Kista stadsdelsnämnd`."""
    if word.folded in ADJECTIVES:
        return not word.text.endswith(",")
    return head.stem == "stadsdels" and word.text[0].isupper() and not word.text.isupper()


def _right(words: Sequence[Word], head: int, found: Head) -> int:
    """Goes from the head over the part of a city that a board is for, or over `för …` of a bare head."""
    end = head
    while found.noun == "nämnden" and end + 1 < len(words) and end - head < 3:
        if not _is_area(words[end + 1].text, city=found.stem == "stadsdels"):
            break
        end += 1
    bare = not found.stem and (found.noun == "nämnden" or found.noun in OWNED_NOUNS)
    follows = words[end + 1] if end + 1 < len(words) else None
    if not bare or end > head or follows is None:
        return end
    if follows.folded == "för":
        return _purpose(words, end + 2, end)
    return _field(words, end + 1, end) if found.noun == "nämnden" and not found.genitive else end


def _field(words: Sequence[Word], index: int, default: int) -> int:
    """Goes over the fields that a board is called after, without `för`: `Nämnden Kultur & Fritid`."""
    end = index + 2
    if end >= len(words) or words[index + 1].text not in LINKS:
        return default
    fields = (words[index].text, words[end].text)
    return end if all(text.isalpha() and text.istitle() for text in fields) else default


def _is_area(word: str, *, city: bool) -> bool:
    if not word[0].isupper():
        return False
    return bool(AREA.fullmatch(word)) or (city and not word.isupper() and word.replace("-", "").isalpha())


def _purpose(words: Sequence[Word], index: int, default: int) -> int:
    """Goes over what a body is for: one noun, with its adjective, and the nouns that are linked to it."""
    end = default
    while index < len(words) and index - default <= _MOST_PARTS:
        word = words[index]
        if not word.text.rstrip(",-").isalpha() or word.folded in LINKS:
            break
        end = index
        listed = word.text.endswith((",", "-")) or word.folded in ADJECTIVES or word.folded == "intern"
        linked = index + 1 < len(words) and words[index + 1].folded in LINKS
        if not (listed or linked):
            break
        index += 2 if linked else 1
    return end


def _owned(words: Sequence[Word], index: int) -> int | None:
    """Finds the sub-committee that a genitive owns: `Kommunstyrelsens arbetsutskott`."""
    for own in range(index, min(index + _MOST_PARTS, len(words))):
        head = head_of(words[own])
        if head is not None and head.noun in OWNED_NOUNS:
            return own if head.stem else _right(words, own, head)
        if not (_is_link_of_parts(words, own) or words[own].folded in ADJECTIVES):
            return None
    return None


def _is_link_of_parts(words: Sequence[Word], index: int) -> bool:
    """Whether a word is a part with its hyphen, or what links such a part to the next."""
    word = words[index]
    return word.text.endswith(("-", "-,")) or (word.folded in LINKS and words[index - 1].text.endswith("-"))


def _spelled(words: Sequence[Word], extent: _Extent) -> str:
    before = words[extent.left : extent.head]
    head = words[extent.head]
    spelled = [*_parts(before), _head(head, before), *map(_tail, words[extent.head + 1 : extent.right + 1])]
    name = " ".join(spelled)
    if extent.owned is not None:
        owned = words[extent.right + 1 : extent.owned + 1]
        parts = list(itertools.takewhile(lambda word: head_of(word) is None, owned))
        own = " ".join([*_parts(parts), *map(_own, owned[len(parts) :])])
        name = f"{name}s {own}"
    return name[:1].upper() + name[1:]


def _head(word: Word, before: Sequence[Word]) -> str:
    head = head_of(word)
    # Stockholm's boards are called after their district, without the article.
    if head is None or (head.stem == "stadsdels" and before):
        return word.folded.removesuffix("s")
    return "kommunfullmäktige" if head.stem + head.noun == "stadsfullmäktige" else head.stem + head.noun


def _own(word: Word) -> str:
    head = head_of(word)
    return word.folded if head is None else head.stem + OWNED_NOUNS.get(head.noun, head.noun)


def _parts(words: Sequence[Word]) -> Iterator[str]:
    """Spells what stands before the head: hyphens where a part is linked, the s of the joint, adjectives."""
    for position, word in enumerate(words):
        stem = word.folded.rstrip("-")
        following = words[position + 1].folded if position + 1 < len(words) else ""
        if stem in LINKS:
            yield "och" if stem == "&" else stem
        elif stem in ADJECTIVES and not word.text.endswith(("-", "-,")) and not following:
            yield DEFINITE_ADJECTIVES.get(stem, stem)
        elif word.text[0].isupper() and not word.text.endswith(("-", "-,")) and not following:
            yield word.text
        elif following == "samt" and not word.text.endswith("-"):
            yield stem
        else:
            yield f"{stem}{'s' if TAKES_S.search(stem) else ''}-{',' if word.text.endswith(',') else ''}"


def _tail(word: Word) -> str:
    is_name = AREA.fullmatch(word.text) or (word.text[0].isupper() and not word.text.isupper())
    return word.text.title() if is_name else word.text.casefold()
