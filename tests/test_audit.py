"""What is said of the packages that were looked at, and above all of those that were not."""

from __future__ import annotations

from scripts.audit import report

SOUND = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "not found"}
VULNERABLE = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}


def test_packages_that_nobody_knows_of_are_not_said_to_be_sound() -> None:
    assert report([SOUND, SKIPPED]) == (
        "pip-audit: NOT AUDITED: 1 of 2 packages; no advisories were to be had."
    )
    assert "NOT AUDITED" in report([])


def test_a_known_vulnerability_is_named_with_what_mends_it() -> None:
    assert report([VULNERABLE]) == ("pip-audit: c 2: PYSEC-1, mended in 3\npip-audit: 1 packages audited.")
