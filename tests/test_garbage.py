"""The garbage collector while an index is written."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from index.garbage import collected_seldom, frozen


@pytest.fixture(autouse=True)
def usual_threshold() -> Iterator[None]:
    """Threads of other tests that wrote at one time may have left another one."""
    earlier = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*earlier)


def test_the_garbage_collector_is_as_it_was_after_an_index_is_written_also_after_an_error() -> None:
    earlier = gc.get_threshold()

    with pytest.raises(ValueError, match="broken"), collected_seldom():
        during = gc.get_threshold()
        raise ValueError("broken")

    assert during[0] > earlier[0]
    assert gc.get_threshold() == earlier


def test_a_process_that_collects_still_less_often_keeps_to_that() -> None:
    earlier = gc.get_threshold()
    gc.set_threshold(1_000_000, *earlier[1:])

    with collected_seldom():
        during = gc.get_threshold()[0]
    gc.set_threshold(*earlier)

    assert during == 1_000_000


def test_a_process_that_never_collects_goes_on_so() -> None:
    earlier = gc.get_threshold()
    gc.set_threshold(0)

    with collected_seldom():
        during = gc.get_threshold()[0]
    gc.set_threshold(*earlier)

    assert during == 0


def test_what_is_frozen_is_let_go_again_also_after_an_error() -> None:
    earlier, before = gc.get_threshold(), gc.get_freeze_count()

    with pytest.raises(ValueError, match="broken"), frozen():
        during = gc.get_freeze_count()
        raise ValueError("broken")

    assert during > before
    assert (gc.get_threshold(), gc.get_freeze_count()) == (earlier, 0)
