#!/usr/bin/env python3
"""Takes the pictures of the README: serves the sample minutes and opens them in Chromium.

.venv/bin/python scripts/screenshots.py [--out DIR]
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - runs without the project being installed; comes with fpdf2
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from scripts.browser.chromium import HOW_TO_INSTALL, find_chromium, launch  # noqa: E402
from scripts.browser.serving import serving_samples  # noqa: E402

DEFAULT_FOLDER: Final = Path(__file__).parent / "screenshots"
COLOURS: Final = 256
"""A page has few colours, and a palette of them makes a picture a third as large."""

_SCREEN: Final = {"width": 1100, "height": 800}
_PHONE: Final = {"width": 390, "height": 800}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes:
        name: of the file, without its ending.
        address: of the page.
        opens: selector of a link that is followed from there.
        options: those of the browser's context.
    """

    name: str
    address: str
    opens: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


PICTURES: Final = (
    Picture("results", "/?q=skolskjuts"),
    Picture("section", "/?q=medborgardialog&year=2019", opens=".hits h2 a"),
    Picture("case", "/c/exempelsta/SLK-2023-829"),
    Picture("phone", "/?q=skolskjuts", options={"viewport": _PHONE, "color_scheme": "dark"}),
)


def main() -> int:
    """Take all pictures; return the exit status."""
    parser = argparse.ArgumentParser(description="Take the pictures of the README, of the sample minutes.")
    parser.add_argument(
        "--out", type=Path, default=DEFAULT_FOLDER, help="folder to write to (default: %(default)s)"
    )
    folder: Path = parser.parse_args().out
    executable = find_chromium(os.environ)
    if executable is None:
        print(HOW_TO_INSTALL, file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="screenshots-") as index,
        serving_samples(Path(index) / "index") as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright.chromium, executable)
        for picture in PICTURES:
            path = folder / f"{picture.name}.png"
            _take(browser, site, picture, path)
            print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


def _take(browser: Browser, site: str, picture: Picture, path: Path) -> None:
    with browser.new_context(**{"viewport": _SCREEN, "locale": "sv-SE", **picture.options}) as context:
        page = context.new_page()
        page.goto(site + picture.address)
        if picture.opens:
            page.locator(picture.opens).first.click()
        with Image.open(io.BytesIO(page.screenshot())) as image:
            palette = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        palette.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
