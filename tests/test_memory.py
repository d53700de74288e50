"""What is asked of the C library's allocator does no harm, wherever it is asked."""

from __future__ import annotations

import threading

import numpy as np

from index.memory import give_back, keep_little


def test_threads_go_on_with_one_heap_that_was_given_back() -> None:
    sums: list[float] = []

    def work() -> None:
        sums.append(sum(float(np.ones(100_000).sum()) for _ in range(20)))

    keep_little()
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    give_back()
    for thread in threads:
        thread.join()

    assert sums == [2_000_000.0] * 4
