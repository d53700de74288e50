"""The cache of leaves: bounded by bytes, the least recently used goes first."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.execution.leaf_cache import LeafCache, capacity

CAPACITY = 10_000


def zeros(size: int) -> NDArray[np.uint8]:
    return np.zeros(size, np.uint8)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12_000))))
def test_it_never_holds_more_than_its_capacity(asked: list[tuple[int, int]]) -> None:
    cache = LeafCache(CAPACITY)

    for key, size in asked:
        cache.get((key, size), lambda size=size: zeros(size))

        assert cache.nbytes <= CAPACITY


@given(st.lists(st.integers(0, 9)))
def test_it_gives_what_was_made_for_the_key(asked: list[int]) -> None:
    cache = LeafCache(CAPACITY)

    for key in asked:
        found = cache.get(key, lambda key=key: np.full(3_000, key))

        assert set(found.tolist()) == {key}


def test_what_is_held_is_not_made_again() -> None:
    cache = LeafCache(CAPACITY)

    assert cache.get("key", lambda: zeros(10)) is cache.get("key", lambda: zeros(10))


def test_what_was_used_last_stays() -> None:
    cache = LeafCache(CAPACITY)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: zeros(4_000))

    assert ("a" in cache, "b" in cache, "c" in cache) == (True, False, True)


def test_what_is_too_large_is_made_but_not_held() -> None:
    cache = LeafCache(CAPACITY)
    cache.get("small", lambda: zeros(10))

    found = cache.get("large", lambda: zeros(CAPACITY))

    assert len(found) == CAPACITY
    assert ("small" in cache, "large" in cache) == (True, False)


def test_what_could_not_be_made_is_not_held() -> None:
    cache = LeafCache(CAPACITY)

    def fail() -> NDArray[np.uint8]:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        cache.get("key", fail)

    assert "key" not in cache
    assert cache.nbytes == 0


def test_threads_may_share_it() -> None:
    cache = LeafCache(CAPACITY)
    wrong: list[int] = []

    def ask(seed: int) -> None:
        for key in np.random.default_rng(seed).integers(0, 20, 2_000).tolist():
            found = cache.get(key, lambda key=key: np.full(1_500, key, np.uint8))
            if found[0] != key:
                wrong.append(key)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert cache.nbytes <= CAPACITY


@given(st.integers(0, 2**30), st.integers(0, 10**9), st.integers(0, 10**9))
def test_it_gets_less_memory_in_a_larger_index_but_some(most: int, sections: int, more: int) -> None:
    sizes = [capacity(most, size) for size in (0, sections, sections + more)]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == most
    assert sizes[-1] >= most // 6
