"""The distinct forms of words of a bulk analysis, numbered, and what each is found under."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from index.analysis.tokens import Token


class FormTable:
    """The distinct forms of words that were seen, by number, and what each is found under.

    A form determines its keys, so they are kept once a form and not once a word. What an elliptic word adds
    to the word that is written in its place is a hidden form: its name begins with `e:`, no query can ask for
    it, it has no exact key, and no text's length counts it.

    Attributes:
        exact: the name of each form: as `Token.exact`, or hidden.
        stems: the keys of each in order of trust, as `Token.stems`.
        parts: the distinct keys of all parts of each.
    """

    def __init__(self) -> None:
        self.exact: list[str] = []
        self.stems: list[tuple[str, ...]] = []
        self.parts: list[tuple[str, ...]] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.exact)

    def of_token(self, token: Token) -> int:
        """Return the number of a token's form."""
        number = self._numbers.get(token.exact)
        return self._add(token.exact, token.stems, _keys(token)) if number is None else number

    def number_of(self, word: str) -> int:
        """Return the number of a word that is there."""
        return self._numbers[word]

    def add_words(
        self, words: Iterable[str], keys: Callable[[list[str]], list[tuple[tuple[str, ...], tuple[str, ...]]]]
    ) -> None:
        """Add words; `keys` gives stems and keys of parts of those that are not there yet."""
        new = [word for word in words if word not in self._numbers]
        for word, (stems, parts) in zip(new, keys(new), strict=True):
            self._add(word, stems, parts)

    def of_elliptic(self, token: Token) -> int:
        """Return the number of the hidden form of an elliptic word.

        Which of its parts are written, even in part, is a matter of the text, so they are in its name.
        """
        parts = _keys(token)
        name = ":".join(("e", token.exact, *parts))
        number = self._numbers.get(name)
        return self._add(name, token.stems, parts) if number is None else number

    def of_key(self, key: str) -> int:
        """Return the number of what is found under itself alone: digits, or a special key (`p:125`).

        A special key need not stand in any text.
        """
        number = self._numbers.get(key)
        return self._add(key, (key,), ()) if number is None else number

    def _add(self, name: str, stems: tuple[str, ...], parts: tuple[str, ...]) -> int:
        number = self._numbers[name] = len(self.exact)
        self.exact.append(name)
        self.stems.append(stems)
        self.parts.append(parts)
        return number


def is_hidden(form: str) -> bool:
    """Tell whether the name of a form is that of an elliptic word, which no text has as a whole."""
    return form.startswith("e:")


def _keys(token: Token) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for part in token.parts for key in part.keys))
