"""Shows runs and their differences as tables of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scripts.evaluation.bootstrap import Difference
from scripts.evaluation.measures import NAMES, mean
from scripts.evaluation.runs import EMPTY, Answered, Run

TOTAL = "all"
_NONE = "–"


def headings(k: int) -> dict[str, str]:
    """Return how each figure is called."""
    return {
        "recall": f"recall@{k}",
        "mrr": f"MRR@{k}",
        "ndcg": f"nDCG@{k}",
        "p": f"P@{k}",
        "precision": "precision",
        EMPTY: "traps empty",
    }


def run_lines(run: Run) -> Iterator[str]:
    """Yield the figures of a run, in total and by kind."""
    names = headings(run.k)
    rows = [["kind", "queries", *names.values()]]
    rows += [_run_row(run, kind) for kind in run.kinds]
    rows.append(_run_row(run, None))
    yield from table(rows)


def _run_row(run: Run, kind: str | None) -> list[str]:
    figures, traps = run.figures(kind), run.traps(kind)
    average = mean(figures)
    cells = [_NONE if average is None else f"{getattr(average, name):.3f}" for name in NAMES]
    empty = sum(not trap.results for trap in traps)
    share = f"{empty} of {len(traps)}" if traps else _NONE
    return [kind or TOTAL, str(len(figures) + len(traps)), *cells, share]


def difference_lines(rows: Mapping[str, Mapping[str, Difference | None]], k: int) -> Iterator[str]:
    """Yield differences, a row each, every figure with its interval; `*` marks those that are certain."""
    names = headings(k)
    shown = [["", *names.values()]]
    shown += [[label, *(_difference(found[name]) for name in names)] for label, found in rows.items()]
    yield from table(shown)


def _difference(found: Difference | None) -> str:
    if found is None:
        return _NONE
    mark = "*" if found.is_certain else " "
    return f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]{mark}"


def miss_lines(run: Run) -> Iterator[str]:
    """Yield each query that is not answered as it should be, and what is wrong."""
    for answer in run.answers:
        if answer.is_trap and answer.results:
            found = ", ".join(answer.results[:3])
            yield f"{answer.kind}: {answer.query!r} finds {len(answer.results)}: {found}"
        elif answer.figures is not None and (answer.missed or answer.figures.mrr < 1):
            yield f"{answer.kind}: {answer.query!r} {'; '.join(_faults(answer))}"


def _faults(answer: Answered) -> Iterator[str]:
    if answer.figures is not None and answer.figures.mrr < 1:
        first = round(1 / answer.figures.mrr) if answer.figures.mrr else None
        yield f"first hit at {first}" if first else f"no hit among {len(answer.results)}"
    if answer.missed:
        yield f"misses {', '.join(answer.missed)}"
    yield from answer.warnings


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns, the first to the left and the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()
