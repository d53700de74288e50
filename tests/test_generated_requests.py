"""Requests that schemathesis makes from the OpenAPI document, right and wrong, to a service over a socket."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from search_service.app import create_app
from search_service.settings import Settings
from tests.web_client import listening

ROOT: Final = Path(__file__).parents[1]
FEWEST: Final = 2_000


def test_no_generated_request_finds_the_document_and_the_service_at_odds(tmp_path: Path) -> None:
    """All checks there are; the seed makes it the same requests each time.

    By hand, with other seeds and more examples:
    `SCHEMATHESIS_HOOKS=tests.schemathesis_hooks st run URL/openapi.json --checks all --seed 2 -n 200`.
    """
    engine = WhooshEngine(tmp_path / "index")
    reindex(ROOT / "corpus" / "samples", engine)
    engine.close()
    # A busy machine is no fault of the service.
    settings = Settings(index_dir=tmp_path / "index", time_budget=600)

    with listening(create_app(settings)) as port:
        run = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"),
                "run",
                f"http://127.0.0.1:{port}/openapi.json",
                *("--checks", "all", "--seed", "1", "--max-examples", "10"),
                *("--continue-on-failure", "--generation-database", "none", "--no-color"),
                # One of the checks is a time, which no test asserts.
                *("--max-response-time", "600", "--request-timeout", "600"),
            ],
            cwd=tmp_path,
            env={
                **os.environ,
                "SCHEMATHESIS_HOOKS": "tests.schemathesis_hooks",
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 0, run.stdout[-10_000:] + run.stderr[-2_000:]
    passed = re.search(r"(\d+) generated, (\d+) passed", run.stdout)
    assert passed, run.stdout
    assert passed[1] == passed[2]
    assert int(passed[1]) >= FEWEST
    assert re.search(r"Selected: (\d+)/\1\s+Tested: \1\s", run.stdout)
