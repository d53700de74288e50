"""The log: one JSON object a line on stderr, with fields and tracebacks."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

from search_service.logging_config import JsonFormatter

PROGRAM = """
import logging
from search_service.logging_config import configure_logging
configure_logging("INFO")
logging.getLogger("x").info("två\\nrader", extra={"path": "/a", "status": 200})
logging.getLogger("x").debug("tyst")
logging.getLogger("uvicorn.access").error("GET /?q=hemligt")
print("data")
"""


def test_the_log_goes_to_stderr_and_data_to_stdout() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.stdout == "data\n"
    assert [(line["message"], line["path"], line["status"], line["level"]) for line in lines] == [
        ("två\nrader", "/a", 200, "info")
    ]


def test_a_traceback_is_part_of_the_line() -> None:
    try:
        int("oj")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "fel", (), sys.exc_info())

    line = json.loads(JsonFormatter().format(record))

    assert line["traceback"].endswith("'oj'")
