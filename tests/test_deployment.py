"""What runs the service elsewhere: it names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from search_service.settings import settings_rows

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "scripts" / "deploy"
OF_LIBRARIES = {"NUMBA_CACHE_DIR", "NUMBA_CPU_NAME", "PATH"}


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE))


def test_what_is_deployed_is_what_is_tested() -> None:
    everything = pinned(ROOT / "requirements.lock")

    deployed = pinned(DEPLOY / "requirements.lock")

    assert deployed.items() <= everything.items()
    assert {"whoosh-reloaded", "numba", "uvicorn", "prometheus-client"} <= deployed.keys()
    assert not {"pytest", "ruff", "hypothesis", "tantivy"} & deployed.keys()


def test_the_image_copies_what_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)

    assert all((ROOT / name).exists() for names in copied for name in names.split())


def test_the_variables_that_are_set_are_settings() -> None:
    known = {row.variable for row in settings_rows()}
    set_in = {
        path.name: set(re.findall(r"^(?:ENV |    )?([A-Z_]{4,})=", path.read_text(), re.MULTILINE))
        for path in (DEPLOY / "Dockerfile", DEPLOY / "minutes-search.env")
    }

    for name, found in set_in.items():
        assert len(found) > 3, name
        assert found <= known | OF_LIBRARIES, name
