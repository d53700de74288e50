"""Suggestions for what is being typed: words, titles, committees and dnr, best first."""

from __future__ import annotations

import re
from typing import Final

from index.analysis.characters import normalize
from index.collation import collation_key
from index.completion.cases import CaseCompletion
from index.completion.suggestion import Match, Suggestion, SuggestionKind, order
from index.completion.titles import TitleCompletion, title_key
from index.completion.words import NO_WORDS, WordCompletion, Words
from index.texts import NOTHING, Counted

_LONGEST: Final = 512
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

    def complete(self, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return what may become of a text, what is in most sections first.

        The last word is completed. In a suggested word those before it are kept (`bygglov skolskj` → *bygglov
        skolskjuts*); in a title all that are typed begin some word; a dnr is the whole text. Upper and lower
        case are the same, and so are letters with and without accent, but å, ä and ö are letters of their own
        unless nothing is found otherwise.

        Of what is in as many sections that comes first which begins as typed, then what is shorter, then the
        alphabet decides.
        """
        text = normalize(typed[:_LONGEST]).text
        tokens = list(_TOKEN.finditer(text))
        if not tokens or limit < 1:
            return ()
        head, last = text[: tokens[-1].start()], tokens[-1][0]
        found = self._matches(text, head, last, limit) or self._matches(
            text, head, last, limit, unaccented=True
        )
        return tuple(match.suggestion for match in sorted(found, key=order)[:limit])

    def _matches(
        self, text: str, head: str, last: str, limit: int, *, unaccented: bool = False
    ) -> list[Match]:
        before = " ".join(head.split()) + (" " if head[-1:].isspace() else "")
        words = self._words.complete(collation_key(last), limit, unaccented=unaccented)
        matches = [
            Match(Suggestion(before.lstrip() + form, SuggestionKind.WORD, count)) for form, count in words
        ]
        key = title_key(text)
        for table, kind in (
            (self._titles, SuggestionKind.TITLE),
            (self._committees, SuggestionKind.COMMITTEE),
        ):
            titles = table.complete(key, limit, unaccented=unaccented)
            matches += [Match(Suggestion(title, kind, count), begins) for title, count, begins in titles]
        cases = self._cases.complete(text, limit)
        return matches + [Match(Suggestion(case, SuggestionKind.DNR, count)) for case, count in cases]
