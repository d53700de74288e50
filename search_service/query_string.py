"""Reads a query string against a table of parameters, and gathers all that is wrong with it."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import parse_qsl

from corpus.personal_numbers import asks_for_number
from search_service.errors import ParameterError, RequestError
from search_service.other_names import OTHER_NAMES
from search_service.parameter import BOOLEANS, Parameter

MOST_PAIRS: Final = 500
"""Parameters in one address; a form with every filter ticked stays well below."""

MOST_VALUES: Final = 500
"""Values of one parameter."""

MOST_ERRORS: Final = 20
"""Wrong values, or unknown parameters, that are told of at once."""

_WHOLE_NUMBER: Final = re.compile(r"[0-9]+\Z")
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_TEXTS: Final = frozenset({"q", "prefix"})
"""Parameters in which a comma is a comma."""

_LARGEST_DIGITS: Final = 9
_LONGEST_COMPOSED: Final = 4_096


def decoded_pairs(query_string: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a query string, in order.

    Bytes that are no UTF-8 become U+FFFD; control characters become spaces. Unescaped UTF-8, as
    `curl` sends it, is read as UTF-8.

    Raises:
        RequestError: when there are more than `MOST_PAIRS`.
    """
    try:
        pairs = parse_qsl(
            query_string.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_PAIRS
        )
    except ValueError:
        message = f"Adressen har fler än {MOST_PAIRS} parametrar."
        raise RequestError("invalid-value", message) from None
    return [(_cleaned(name), _cleaned(value)) for name, value in pairs]


def _cleaned(text: str) -> str:
    # Composing takes quadratic time over long runs of marks; what is this long will be refused.
    normal = unicodedata.normalize("NFC", text) if len(text) <= _LONGEST_COMPOSED else text
    if normal.isprintable():
        return normal
    return "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in normal
    )


def closest(word: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that `word` most likely is a slip for, or `None`."""
    found = difflib.get_close_matches(word[:100].casefold(), list(names), n=1, cutoff=0.6)
    return found[0] if found else None


def is_private(name: str, value: str) -> bool:
    """Tell whether a parameter asks for a personal number, which is neither searched for nor repeated."""
    values = (value,) if name in _TEXTS else (value, *value.split(","))
    return asks_for_number(name) or any(map(asks_for_number, values))


def _personal_number(name: str) -> RequestError:
    message = (
        "Sökningen innehåller ett personnummer eller samordningsnummer. Sådana är maskerade i protokollen "
        "och går inte att söka efter. Sök på något annat, till exempel ett diarienummer."
    )
    shown = "" if asks_for_number(name) else name
    wrong = ParameterError(shown, None, "personal-number", None, message)
    return RequestError("invalid-value", message, errors=(wrong,))


class QueryStringReader:
    """Takes values out of a query string; errors are kept until `check`.

    An empty value counts as absent, because forms send empty fields.

    Raises:
        RequestError: a value has a personal number. It is not sent back with what else is wrong.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], parameters: Collection[Parameter]) -> None:
        pairs = tuple(pairs)
        private = next((name for name, value in pairs if is_private(name, value)), None)
        if private is not None:
            raise _personal_number(private)
        self._parameters = {parameter.name: parameter for parameter in parameters}
        self._values: dict[str, list[str]] = {}
        self._unknown: list[ParameterError] = []
        self._invalid: list[ParameterError] = []
        for name, value in pairs:
            if name not in self._parameters:
                if len(self._unknown) < MOST_ERRORS:
                    self._unknown.append(self._unknown_parameter(name, value))
            elif value.strip():
                self._values.setdefault(name, []).append(value.strip())

    def __contains__(self, name: str) -> bool:
        """Tell whether a parameter has a value."""
        return name in self._values

    def __getitem__(self, name: str) -> Parameter:
        """Return the parameter of that name as this address takes it."""
        return self._parameters[name]

    def check(self) -> None:
        """Raise what was wrong with the parameters read so far.

        Raises:
            RequestError: naming every parameter at fault.
        """
        errors = (*self._unknown, *self._invalid)
        if errors:
            problem = "unknown-parameter" if self._unknown else "invalid-value"
            raise RequestError(problem, " ".join(error.message for error in errors[:5]), errors=errors)

    def reject(
        self,
        parameter: Parameter,
        value: str,
        expected: str,
        *,
        reason: str = "invalid",
        allowed: tuple[str, ...] | None = None,
        guess: str | None = None,
    ) -> None:
        """Note that `value` cannot be a value of `parameter`.

        Args:
            parameter: the one that has it.
            value: as it was sent.
            expected: says what can stand there, in Swedish.
            reason: a word for machines.
            allowed: lists what can; else the parameter does.
            guess: what was most likely meant.
        """
        if len(self._invalid) >= MOST_ERRORS:
            return
        message = f"Parametern '{parameter.name}' kan inte vara '{_shown(value)}': {expected}."
        message += _did_you_mean(guess)
        self._invalid.append(
            ParameterError(parameter.name, value, reason, allowed or parameter.allowed, message)
        )

    def text(self, parameter: Parameter) -> str:
        """Return the one value of `parameter`, or the empty string."""
        values = self._values.get(parameter.name)
        if values is None:
            return ""
        if len(values) > 1:
            self.reject(
                parameter, values[1], "den tar bara ett värde och angavs flera gånger", reason="repeated"
            )
        return values[0]

    def whole_number(self, parameter: Parameter) -> int:
        """Return the number that `parameter` is, its default when absent."""
        default = int(parameter.default or 0)
        text = self.text(parameter)
        if not text:
            return default
        if not _WHOLE_NUMBER.match(text):
            self.reject(parameter, text, f"det ska vara ett heltal, {parameter.form}")
            return default
        number = int(text) if len(text) <= _LARGEST_DIGITS else 10**_LARGEST_DIGITS
        least, most = parameter.minimum or 0, parameter.maximum
        if number < least or (most is not None and number > most):
            self.reject(parameter, text, f"det ska vara {parameter.form}", reason="out-of-range")
            return default
        return number

    def choice(self, parameter: Parameter) -> str:
        """Return the one of its choices that `parameter` is, its default when absent, or nothing."""
        text = self.text(parameter)
        if text and text not in parameter.choices:
            self._reject_choice(parameter, text)
            text = ""
        return text or parameter.default or ""

    def boolean(self, parameter: Parameter) -> bool:
        """Return whether `parameter` is `true`."""
        return self.choice(parameter) == BOOLEANS[0]

    def many(self, parameter: Parameter) -> tuple[str, ...]:
        """Return the values of `parameter`, repeated or with commas between, each once."""
        if parameter.name not in self._values:
            return ()
        pieces = [piece.strip() for value in self._values[parameter.name] for piece in value.split(",")]
        values = tuple(dict.fromkeys(piece for piece in pieces if piece))
        if len(values) > MOST_VALUES:
            self.reject(parameter, values[MOST_VALUES], f"högst {MOST_VALUES} värden", reason="too-many")
        return values[:MOST_VALUES]

    def choices(self, parameter: Parameter) -> tuple[str, ...]:
        """Return those of its choices that `parameter` is, its default when absent."""
        values = self.many(parameter)
        for value in values:
            if value not in parameter.choices:
                self._reject_choice(parameter, value)
        if not values and parameter.default is not None:
            return tuple(parameter.default.split(","))
        return values

    def date(self, parameter: Parameter, *, last: bool = False) -> datetime.date | None:
        """Return the day that `parameter` is: of a month or a year its first, or its last."""
        text = self.text(parameter)
        if not text:
            return None
        day = _day(text, last=last)
        if day is None:
            self.reject(parameter, text, f"det ska vara ett datum som finns, {parameter.form}")
        return day

    def _reject_choice(self, parameter: Parameter, value: str) -> None:
        expected = f"tillåtet är {', '.join(parameter.choices)}"
        guess = closest(value, parameter.choices)
        self.reject(parameter, value, expected, reason="unknown", guess=guess)

    def _unknown_parameter(self, name: str, value: str) -> ParameterError:
        names = tuple(self._parameters)
        others = {other: known for other, known in OTHER_NAMES.items() if known in self._parameters}
        guess = closest(name, [*others, *names])
        hint = _did_you_mean(others.get(guess, guess) if guess else None)
        message = f"Parametern '{_shown(name)}' finns inte.{hint}"
        return ParameterError(name, value, "unknown", names, message)


def _did_you_mean(guess: str | None) -> str:
    return f" Menade du '{guess}'?" if guess else ""


def _shown(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"


def _day(text: str, *, last: bool) -> datetime.date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    if year < 1 or not 1 <= month <= 12:  # months
        return None
    days = monthrange(year, month)[1]
    day = int(match[3] or (days if last else 1))
    return datetime.date(year, month, day) if 1 <= day <= days else None
