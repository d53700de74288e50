"""Suggestions for what is being typed: words, titles, committees and dnr, best first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from index.analysis.characters import normalize
from index.collation import collation_key
from index.completion.cases import CaseCompletion
from index.completion.suggestion import Match, Suggestion, SuggestionKind, order
from index.completion.titles import TitleCompletion, title_key
from index.completion.words import NO_WORDS, WordCompletion, Words
from index.query_syntax import FIELDS
from index.texts import NOTHING, Counted

_LONGEST: Final = 512
_COUNTED: Final = 15
"""Words that are counted with what stands before them: each takes .3 ms, the first time some 4."""
# What stands behind `dnr:` is a dnr, which is completed whole.
_OF_WORDS: Final = "|".join(name for name in FIELDS if name != "dnr")
_FIELD: Final = re.compile(rf"(?<!\w)(?:{_OF_WORDS}):\s*\Z", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-'&][^\W_]+)*")


class Completions:
    """What can be completed in one generation of an index. Never changes; for any number of threads.

    Args:
        words: with their inflected forms as groups.
        titles: of sections.
        committees: by name.
        cases: dnr as written.
    """

    def __init__(
        self,
        *,
        words: Words = NO_WORDS,
        titles: Counted = NOTHING,
        committees: Counted = NOTHING,
        cases: Counted = NOTHING,
    ) -> None:
        self._words = WordCompletion(words)
        self._titles = TitleCompletion(titles)
        self._committees = TitleCompletion(committees)
        self._cases = CaseCompletion(cases)

    def complete(
        self, typed: str, limit: int = 10, *, count: Callable[[str], int] | None = None
    ) -> tuple[Suggestion, ...]:
        """Return what may become of a text, what is in most sections first.

        Behind other words, titles, committees and dnr that have all of them come before words, which anything
        may follow.

        The last word is completed. In a suggested word what stands before it is kept (`bygglov skolskj`
        becomes *bygglov skolskjuts*), and an open quotation mark is closed; in a title all that are typed
        begin some word; a dnr is the whole text. In an open quotation and behind a field only words are
        suggested. Upper and lower case are the same, and so are letters with and without accent, but å, ä
        and ö are letters of their own unless nothing is found otherwise.

        Of what is in as many sections that comes first which begins as typed, then what is shorter, then the
        alphabet decides.

        Args:
            typed: what is typed.
            limit: how many at most.
            count: how many sections a search for a text finds. By it a word is counted that has anything
                before it, of the commonest ones, and titles, committees and dnr have up to half the places;
                without it, a word counts as if it stood alone.
        """
        text = normalize(typed[:_LONGEST]).text
        tokens = list(_TOKEN.finditer(text))
        if not tokens or limit < 1:
            return ()
        head, last = text[: tokens[-1].start()], tokens[-1][0]
        before = (" ".join(head.split()) + (" " if head[-1:].isspace() else "")).lstrip()
        asked = count if before else None
        may_be_name = len(tokens) == 1 or not (_is_open(before) or _FIELD.search(before))
        for unaccented in (False, True):
            named = sorted(self._texts(text, limit, unaccented=unaccented), key=order) if may_be_name else []
            places = limit - min(len(named), limit // 2) if asked else limit
            words = self._words_after(before, last, asked, places, unaccented=unaccented)
            if named or words:
                break
        if len(tokens) == 1:
            best = sorted((*named, *words), key=order)
        else:
            best = named[: limit - len(words) if asked else limit] + words
        return tuple(match.suggestion for match in best[:limit])

    def _words_after(
        self, before: str, last: str, count: Callable[[str], int] | None, places: int, *, unaccented: bool
    ) -> list[Match]:
        most = _COUNTED if count else places
        words = self._words.complete(collation_key(last), most, unaccented=unaccented)
        closing = '"' if _is_open(before) else ""
        texts = [(f"{before}{form}{closing}", sections) for form, sections in words]
        if count:
            texts = [(text, count(text)) for text, _ in texts]
        matches = [
            Match(Suggestion(text, SuggestionKind.WORD, sections)) for text, sections in texts if sections
        ]
        return sorted(matches, key=order)[:places]

    def _texts(self, text: str, limit: int, *, unaccented: bool) -> list[Match]:
        key = title_key(text)
        matches = []
        for table, kind in (
            (self._titles, SuggestionKind.TITLE),
            (self._committees, SuggestionKind.COMMITTEE),
        ):
            titles = table.complete(key, limit, unaccented=unaccented)
            matches += [Match(Suggestion(title, kind, count), begins) for title, count, begins in titles]
        cases = self._cases.complete(text, limit)
        return matches + [Match(Suggestion(case, SuggestionKind.DNR, count)) for case, count in cases]


def _is_open(before: str) -> bool:
    """Tell whether a quotation that began is not at its end."""
    return before.count('"') % 2 == 1
