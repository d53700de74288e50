"""Errors of reading minutes.

::

    CorpusError
    ├── MinutesFolderError    the operator's: the folder of minutes is missing or unreadable
    └── ExtractionError       one file cannot be read; the reader turns it into a `ReadFailure` value
"""

from __future__ import annotations


class CorpusError(Exception):
    """The root of what `corpus` raises."""


class MinutesFolderError(CorpusError):
    """The folder of minutes does not exist, is no folder or cannot be listed."""


class ExtractionError(CorpusError):
    """A file gives no text; the message is a short reason that an operator understands."""
