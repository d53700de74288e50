"""The Chromium of the distribution: where it is, and how it is started. Nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Browser, BrowserType

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_INSTALL: Final = (
    "Chromium is not installed: run `apt-get install chromium` (Debian; on Ubuntu install Google Chrome's "
    "package), or set CHROMIUM to the path of a Chromium or Chrome."
)
_OPTIONS: Final = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No other host exists, whatever a page or the browser itself may ask for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find_chromium(environ: Mapping[str, str]) -> str | None:
    """Return the path of Chromium: the one that `CHROMIUM` names, else the first on `PATH`."""
    names = (environ["CHROMIUM"],) if environ.get("CHROMIUM") else NAMES
    found = (shutil.which(name, path=environ.get("PATH", "")) for name in names)
    return next(filter(None, found), None)


def launch(chromium: BrowserType, executable: str) -> Browser:
    """Start the browser without a window."""
    # Its sandbox refuses to run as root, which is what a container often is.
    of_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return chromium.launch(executable_path=executable, args=[*_OPTIONS, *of_root])
