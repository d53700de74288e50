"""What is compiled is kept with its module: it must not take in what may change in another one."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import index
from index.compiled import INT64, UINT8, compiled, reads

AVAILABLE = {"np", "compiled"}
"""Imported names that compiled code may use, and the decorator."""


@compiled(INT64(reads(UINT8), INT64))
def element(array: np.ndarray, place: int) -> int:
    return int(array[place])


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(index.__path__, "index."):
        yield importlib.import_module(found.name)


def is_compiled(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "compiled"
        for each in node.decorator_list
    )


def imported(tree: ast.Module) -> set[str]:
    nodes = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def test_compiled_code_uses_nothing_of_other_modules() -> None:
    taken = []
    for module in modules():
        tree = ast.parse(inspect.getsource(module))
        foreign = imported(tree) - AVAILABLE
        for function in filter(is_compiled, tree.body):
            names = {
                node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)
            }
            taken += [f"{module.__name__}.{function.name}: {name}" for name in names & foreign]
    assert taken == []


def test_an_index_outside_of_an_array_is_an_error() -> None:
    array = np.arange(3, dtype=np.uint8)
    assert element(array, 2) == 2
    with pytest.raises(IndexError):
        element(array, 3)


TWICE = (
    "from index.compiled import INT64, compiled\n\n"
    "@compiled(INT64(INT64))\ndef twice(number):\n    return 2 * number\n\nprint(twice(21))\n"
)


def run(code: str, kept: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process that keeps what it compiles in a folder of its own."""
    environ = os.environ | {"NUMBA_CACHE_DIR": str(kept)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ
    )


def test_compiled_code_runs_where_nothing_can_be_kept_and_says_what_to_do(tmp_path: Path) -> None:
    """As in a container with a read-only file system: slower at each start, but it starts."""
    module = tmp_path / "loops.py"
    module.write_text(TWICE)
    nowhere = "import numba.core.caching as caching\ncaching.CacheImpl._locator_classes = []\n"

    ran = run(f"import runpy\n{nowhere}runpy.run_path({str(module)!r})", tmp_path)

    assert ran.stdout == "42\n"
    assert "NUMBA_CACHE_DIR" in ran.stderr


@pytest.mark.parametrize("suffix", ["nbi", "nbc"])
@pytest.mark.parametrize("size", [0, 20])
def test_compiled_code_that_was_cut_short_is_made_anew(tmp_path: Path, suffix: str, size: int) -> None:
    module, kept = tmp_path / "loops.py", tmp_path / "kept"
    module.write_text(TWICE)
    code = f"import runpy\nrunpy.run_path({str(module)!r})"
    assert run(code, kept).stdout == "42\n"
    [file] = kept.rglob(f"loops*.{suffix}")
    file.write_bytes(file.read_bytes()[:size])

    ran = run(code, kept)

    assert ran.stdout == "42\n"
