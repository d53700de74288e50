"""One parameter: what the parser, the OpenAPI document and the documentation know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BOOLEANS: Final = ("true", "false")
"""The values of a parameter that is yes or no, yes first."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what it means and what it can be.

    Attributes:
        form: what a value looks like, for people.
        forms: the same as a list for programs, where neither `choices` nor a range says it.
        many: whether it may be repeated or hold several values with commas between.
        choices: every value there is, where that can be listed.
        minimum: the least whole number, when it is one.
        maximum: the largest.
        default: as it would be written in the address; `None` for no value.
        example: a value, as it would be written in the address.
        pattern: a regular expression that every value matches, as JSON Schema writes them.
        notation: the name of a way of writing that no pattern tells (JSON Schema's `format`).
        limit: the setting that has the largest number, or the most characters.
    """

    name: str
    description: str
    form: str = "text"
    many: bool = False
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: str | None = None
    example: str | None = None
    forms: tuple[str, ...] = ()
    pattern: str | None = None
    notation: str | None = None
    limit: str | None = None

    @property
    def allowed(self) -> tuple[str, ...]:
        """What a value can be: every one, or the range, or the forms that there are."""
        if self.minimum is not None:
            return (f"{self.minimum}..{'' if self.maximum is None else self.maximum}",)
        return self.choices or self.forms or (self.form,)
