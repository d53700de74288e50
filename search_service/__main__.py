"""Runs the command line: `python -m search_service`."""

from __future__ import annotations

from search_service.cli import main

if __name__ == "__main__":
    main()
