"""An analysis that knows the parts of a few compounds, for tests that need some and no lexicon."""

from index.analysis.analyzer import Analyzer
from index.analysis.characters import normalize
from index.analysis.tokens import Part, Token
from index.query import Word
from tests.analysis import PLAIN


class Compounds(Analyzer):
    """The analysis without a lexicon, but for a few compounds, of which it knows the parts."""

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens, some with parts."""
        return [_with_parts(token, text) for token in super().analyze(text)]

    def words_of_run(self, run: str) -> tuple[Token, ...]:
        """Return the words, some with parts."""
        return tuple(_with_parts(token, run) for token in super().words_of_run(run))


def _with_parts(token: Token, text: str) -> Token:
    characters = normalize(text[token.start : token.end])
    ends = characters.ends or range(1, len(characters.text) + 1)
    starts = characters.starts or range(len(characters.text))
    parts = [
        Part(word, PLAIN.analyze(word)[0].stems, starts[start], ends[start + len(written) - 1])
        for written, word in PARTS.items()
        if (start := token.exact.find(written)) >= 0 and written != token.exact
    ]
    return token._replace(parts=tuple(parts))


PARTS = {
    "skol": "skola",
    "skolskjuts": "skolskjuts",
    "skjuts": "skjuts",
    "skjutsreglemente": "skjutsreglemente",
    "reglemente": "reglemente",
    "föräldra": "förälder",
    "möte": "möte",
}
COMPOUNDS = Compounds()


def compound_word(written: str) -> Word:
    """Return the leaf for a word, looked up among parts too and by its own parts."""
    token = COMPOUNDS.analyze(written)[0]
    smallest = [
        part for part in token.parts if part.word in ("skola", "skjuts", "reglemente", "förälder", "möte")
    ]
    return Word(
        written, token.stems, (token.exact,), parts=token.stems, near=tuple(part.keys for part in smallest)
    )
