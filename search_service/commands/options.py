"""Command line options made from the table of settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from search_service.settings import Setting, settings_rows

Command = TypeVar("Command", bound=Callable[..., Any])

_ROWS: Final = {row.field: row for row in settings_rows()}


class SettingType(click.ParamType[Any]):
    """Reads an option's text as the setting of the same name reads its variable's."""

    def __init__(self, row: Setting) -> None:
        self.name = row.option.lstrip("-").replace("-", "_")
        self._kind = row.kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value that the text stands for."""
        if not isinstance(value, str):
            return value
        try:
            return self._kind.parse(value.strip())
        except ValueError:
            self.fail(f"{value!r}: expected {self._kind.expected}.", param, ctx)


def setting_options(*fields: str, required: tuple[str, ...] = ()) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the options of some settings, all when none is named."""
    rows = [_ROWS[field] for field in fields or _ROWS]

    def decorate(command: Command) -> Command:
        for row in reversed(rows):
            command = _option(row, required=row.field in required)(command)
        return command

    return decorate


def _option(row: Setting, *, required: bool) -> Callable[[Command], Command]:
    # To click a default of None is a value, so that an option which is required would never be missed.
    default = {} if required else {"default": row.default}
    return click.option(
        row.option,
        row.field,
        envvar=row.variable,
        show_envvar=True,
        type=SettingType(row),
        show_default=row.default is not None,
        required=required,
        metavar=row.option.lstrip("-").replace("-", "_").upper(),
        help=row.help,
        **default,
    )
