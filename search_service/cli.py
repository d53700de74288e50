"""The command line: `minutes-search`, also `python -m search_service`."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from search_service.exit_status import EXPECTED, NOTHING_DONE, ExitStatus, status_of, statuses_line

_LOGGER: Final = logging.getLogger(__name__)

_NAMES: Final = (
    "reindex",
    "serve",
    "search",
    "explain",
    "suggest",
    "verify",
    "rollback",
    "takedown",
    "sources",
)


class _Commands(click.Group):
    """Imports a subcommand when it is used; turns errors into a message on stderr and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names of the subcommands, in the order in which they are shown."""
        return list(_NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- as above
        """Return the subcommand of that name.

        Imported here, since `reindex`, which cron runs often, needs neither FastAPI nor uvicorn: they
        would take half of the time of a run that finds nothing new.
        """
        if cmd_name not in _NAMES:
            return None
        command: click.Command = getattr(
            import_module(f"search_service.commands.{cmd_name}"), f"{cmd_name}_command"
        )
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except EXPECTED as error:
            _fail(_sentence(error), status_of(error))
        except KeyboardInterrupt:
            _fail("Interrupted.", NOTHING_DONE)
        # Python's own exit status for a bug, 1, would mean "done with something left out".
        except Exception as error:
            _LOGGER.exception("This is a bug")
            _fail(f"{type(error).__name__}: {error}", NOTHING_DONE)


def _fail(message: str, status: ExitStatus) -> NoReturn:
    """End the program with a message on stderr."""
    click.ClickException(message).show()
    raise click.exceptions.Exit(status.code)


def _sentence(error: Exception) -> str:
    """Return what went wrong; of an error of the system, with which file and what to do."""
    if not isinstance(error, OSError) or not error.strerror or error.filename is None:
        return str(error)
    hint = " Give this user the right to it." if isinstance(error, PermissionError) else ""
    return f"{error.strerror}: {error.filename}.{hint}"


@click.group(
    cls=_Commands,
    context_settings={
        "auto_envvar_prefix": "MINUTES",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
    epilog=f"""\b
Examples:
  minutes-search reindex --minutes minutes --index var/index
  minutes-search serve --index var/index --port 8000
  minutes-search search --index var/index "skolskjuts" --municipality lund --year 2019

Exit status: {statuses_line()}.

Data goes to stdout, log and progress to stderr.
""",
)
@click.version_option(package_name="minutes-search", prog_name="minutes-search", allow_from_autoenv=False)
def main() -> None:
    """Search the minutes of Swedish municipalities.

    Every option can also be given as the environment variable that stands beside it.
    """
