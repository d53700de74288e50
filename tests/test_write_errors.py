"""A disk that takes no more leaves nothing behind but the index as it was."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.engines.whoosh_engine import WhooshEngine
from tests.builders import document, section

_UPDATE = """
import gc, resource, signal, sys
from pathlib import Path
from index.engines.whoosh_engine import WhooshEngine
from tests.builders import document, section

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

def update():
    with WhooshEngine(folder).update() as writer:
        writer.put(document("b.txt", section("1", text="Sandlådan på torget. " * 50)))

try:
    update()
except OSError as error:
    print(error.strerror, Path(error.filename).is_relative_to(folder))
print(*[path.name for path in (folder / "generations").iterdir() if path.suffix])
gc.collect()
print(sum(".tmp" in line for line in Path("/proc/self/maps").read_text().splitlines()))
"""


@pytest.mark.parametrize("limit", [100, 1_000, 3_000, 8_000])
def test_a_write_that_fails_leaves_the_index_as_it_was_and_nothing_else(limit: int, tmp_path: Path) -> None:
    with closing(WhooshEngine(tmp_path)) as engine:
        with engine.update() as writer:
            writer.put(document("a.txt", section("1", text="Skolan.")))

        done = subprocess.run(
            [sys.executable, "-c", _UPDATE, tmp_path, str(limit)], capture_output=True, text=True, check=True
        )

        assert done.stdout.splitlines() == ["File too large True", "", "0"]
        assert list(engine.manifest().documents) == ["a.txt"]
