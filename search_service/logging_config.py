"""Sets up logging, once, from an entry point: one JSON object a line, on stderr."""

from __future__ import annotations

import datetime
import json
import logging
import logging.config
from typing import Any, Final

FIELDS: Final = ("request_id", "method", "path", "status", "milliseconds")
"""What a record may carry besides its message. A query text is never among them."""


_ENCODED: Final = json.JSONEncoder(ensure_ascii=False).encode


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's time, level, logger and message, its fields and its traceback."""
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _ENCODED(line)


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Return the settings for `logging.config`, which uvicorn takes as well.

    uvicorn's own access log is off: its lines hold query texts.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
        },
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": {
            "uvicorn": {"level": level, "handlers": [], "propagate": True},
            "uvicorn.error": {"level": level, "handlers": [], "propagate": True},
            "uvicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }


def configure_logging(level: str = "INFO") -> None:
    """Send the log of this process to stderr.

    Args:
        level: the least severity that is logged.
    """
    logging.config.dictConfig(logging_settings(level))
