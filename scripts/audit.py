#!/usr/bin/env python3
"""Asks whether the locked packages have known vulnerabilities, and says plainly when nobody could answer.

pip-audit ends well when the registry knows nothing of a package, as mirrors do: that is no audit. Then this
says how many packages were not looked at, and ends with 1 where `CI_AUDIT=1` says that the answer is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
PATIENCE = 300
"""Seconds."""


def main(environ: Mapping[str, str]) -> int:
    """Ask and say what was found; return the exit status."""
    is_needed = environ.get("CI_AUDIT") == "1"
    try:
        dependencies = _audited()
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        print(f"pip-audit: NOTHING WAS AUDITED: {type(error).__name__}: {error}", file=sys.stderr)
        return int(is_needed)
    print(report(dependencies), file=sys.stderr)
    if any(each.get("vulns") for each in dependencies):
        return 1
    is_whole = bool(dependencies) and not any("skip_reason" in each for each in dependencies)
    return int(is_needed and not is_whole)


def report(dependencies: list[dict[str, Any]]) -> str:
    """Return in words what pip-audit found of each package."""
    skipped = [each for each in dependencies if "skip_reason" in each]
    lines = [
        f"{each['name']} {each['version']}: {vulnerability['id']}, mended in "
        f"{', '.join(vulnerability.get('fix_versions', ())) or 'no version'}"
        for each in dependencies
        for vulnerability in each.get("vulns", ())
    ]
    if skipped or not dependencies:
        lines.append(
            f"NOT AUDITED: {len(skipped)} of {len(dependencies)} packages; no advisories were to be had."
        )
    else:
        lines.append(f"{len(dependencies)} packages audited.")
    return "\n".join(f"pip-audit: {line}" for line in lines)


def _audited() -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    if not ended.stdout:
        raise OSError(ended.stderr.strip().rpartition("\n")[2])
    found: list[dict[str, Any]] = json.loads(ended.stdout)["dependencies"]
    return found


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    raise SystemExit(main(os.environ))
