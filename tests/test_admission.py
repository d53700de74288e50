"""Which requests are refused before anything is looked for: too many of one client, or for another's host."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.admission import EXPORT_TOKENS, Admission
from search_service.clients import Clients
from search_service.errors import RequestError
from search_service.rate_limit import SECONDS_OF_BURST, RateLimit
from search_service.setting_kinds import NONE
from search_service.settings import Settings, trusted_networks
from tests.builders import document, section
from tests.web_client import Client, index, serving

ADDRESSES = st.ip_addresses().map(str)


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def admission_of(settings: Settings, clock: Callable[[], float] = time.monotonic) -> Admission:
    return Admission(settings, Clients(trusted_networks(settings)), clock=clock)


def refusal(
    admission: Admission, *, client: str | None = "192.0.2.1", path: str = "/", host: str = "sok.test"
) -> RequestError | None:
    return admission.refusal(
        {
            "type": "http",
            "path": path,
            "client": (client, 1) if client is not None else None,
            "headers": [(b"host", host.encode())],
        }
    )


# --- the bucket ---------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.floats(0, 100), st.integers(1, 60)), max_size=60),
    st.sampled_from([1 / 60, 0.5, 1.0, 50.0]),
)
def test_in_no_time_does_a_client_get_more_than_a_full_bucket_and_what_flows_in(
    asked: list[tuple[float, int]], per_second: float
) -> None:
    clock = Clock()
    rate = RateLimit(per_second, clock=clock)
    holds = per_second * rate.seconds
    given_at: list[tuple[float, float]] = []

    for pause, tokens in asked:
        clock.now += pause
        if not rate.take("a", tokens):
            given_at.append((clock.now, min(tokens, holds)))

    for first in range(len(given_at)):
        for last in range(first, len(given_at)):
            span = given_at[last][0] - given_at[first][0]
            given = sum(tokens for _, tokens in given_at[first : last + 1])
            assert given <= holds + per_second * span + 1e-3


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(1, 60))
def test_who_waits_as_long_as_is_said_is_served(before: list[int], tokens: int) -> None:
    clock = Clock()
    rate = RateLimit(1.0, clock=clock)
    for each in before:
        rate.take("a", each)

    wait = rate.take("a", tokens)
    clock.now += wait + 1e-3

    assert wait == 0.0 or rate.take("a", tokens) == 0.0


def test_one_client_does_not_use_up_what_is_anothers() -> None:
    rate = RateLimit(1.0, clock=Clock())

    while not rate.take("a", 1):
        pass

    assert rate.take("b", 1) == 0.0


def test_a_refusal_takes_nothing() -> None:
    rate = RateLimit(1.0, clock=Clock())
    while not rate.take("a", 1):
        pass

    waits = {rate.take("a", 1) for _ in range(100)}

    assert waits == {1.0}


@given(st.lists(st.integers(0, 500), max_size=600))
def test_however_many_clients_come_few_are_remembered(clients: list[int]) -> None:
    rate = RateLimit(1.0, clock=Clock(), most_clients=100)

    for client in clients:
        rate.take(str(client), 1)

    assert len(rate) <= 100
    assert len(rate) >= min(len(set(clients)), 90)


def test_of_too_many_clients_those_are_forgotten_that_have_been_silent_longest() -> None:
    rate = RateLimit(1.0, clock=Clock(), most_clients=10)
    while not rate.take("greedy", 1):
        pass

    for number in range(1_000):
        rate.take(str(number), 1)
        assert rate.take("greedy", 1) > 0


# --- clients ------------------------------------------------------------------------------------------


def client_name(address: str) -> str | None:
    return Clients(()).name({"client": (address, 1)})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8::1", "2001:db8:0:0:ffff::9"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("unknown", "x" * 10_000),
        ("", "1.2.3"),
    ],
)
def test_addresses_that_one_customer_picks_from_are_one_client(one: str, other: str) -> None:
    assert client_name(one) == client_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8::1", "2001:db8:0:1::1"), ("192.0.2.1", "192.0.2.2"), ("192.0.2.1", "unknown")],
)
def test_addresses_of_two_customers_are_two_clients(one: str, other: str) -> None:
    assert client_name(one) != client_name(other)


@given(st.text())
def test_whatever_is_said_to_be_an_address_has_a_short_name_or_none(address: str) -> None:
    assert len(client_name(address) or "") < 50


# --- the rate of requests -----------------------------------------------------------------------------


def admitted(admission: Admission, *, path: str = "/") -> int:
    """Return how many requests one client gets through at once."""
    count = 0
    while refusal(admission, path=path) is None:
        count += 1
    return count


def test_a_client_gets_twenty_seconds_worth_at_once_and_is_then_told_when_to_come_back() -> None:
    clock = Clock()
    admission = admission_of(Settings(requests_per_minute=60), clock=clock)

    at_once = admitted(admission)
    refused = refusal(admission)

    assert at_once == SECONDS_OF_BURST
    assert refused is not None
    assert refused.problem == "rate-limited"
    assert refused.headers["Retry-After"] == "1"
    assert refused.headers["RateLimit-Policy"] == '"requests";q=20;w=20'
    clock.now += int(refused.headers["Retry-After"])
    assert refusal(admission) is None


def test_an_export_counts_as_many_requests() -> None:
    admission = admission_of(Settings(), clock=Clock())

    assert admitted(admission, path="/api/v1/export") == 1000 // EXPORT_TOKENS


def test_with_few_requests_an_export_is_dear_but_not_impossible() -> None:
    admission = admission_of(Settings(requests_per_minute=1), clock=Clock())

    assert admitted(admission, path="/api/v1/export") == 1


def test_a_probe_is_always_answered() -> None:
    admission = admission_of(Settings(requests_per_minute=1, trusted_hosts="sok.test"), clock=Clock())

    refused = [
        refusal(admission, path=path, host="10.0.0.1:8000")
        for path in ("/healthz", "/readyz", "/metrics") * 100
    ]

    assert refused == [None] * 300


@pytest.mark.parametrize("settings", [Settings(requests_per_minute=0), Settings()])
def test_without_a_limit_and_from_a_proxys_own_address_nothing_is_counted(settings: Settings) -> None:
    admission = admission_of(settings, clock=Clock())
    client = "127.0.0.1" if settings.requests_per_minute else "192.0.2.1"

    assert [refusal(admission, client=client) for _ in range(2_000)] == [None] * 2_000


def test_what_has_no_address_is_not_counted_since_it_could_be_anybody() -> None:
    admission = admission_of(Settings(requests_per_minute=3, trusted_proxies=NONE), clock=Clock())

    answers = [refusal(admission, client=client) for client in (None, "unknown") * 20]

    assert answers == [None] * 40


# --- hosts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["sok.test", "SOK.test:8000", "sok.test.", "[::1]:8000", "[::1]"])
def test_a_trusted_host_is_known_however_it_is_written(host: str) -> None:
    admission = admission_of(Settings(trusted_hosts="sok.test,[::1]"))

    assert refusal(admission, host=host) is None


@pytest.mark.parametrize("host", ["", "evil.test", "sok.test.evil.test", "evil.test:sok.test", "[::1", "ö"])
def test_another_host_is_refused(host: str) -> None:
    admission = admission_of(Settings(trusted_hosts="sok.test,[::1]"))

    refused = refusal(admission, host=host)

    assert refused is not None
    assert refused.problem == "unknown-host"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    index(tmp_path, [document("a.txt", section("1", title="Förskola"))])
    settings = Settings(
        index_dir=tmp_path, requests_per_minute=60, trusted_proxies=NONE, trusted_hosts="sok.test"
    )
    with serving(settings) as made:
        yield made


def test_a_client_that_asks_too_much_is_answered_with_a_problem(client: Client) -> None:
    answers = [client.get("/api/v1/search") for _ in range(100)]

    refused = answers[-1]
    assert answers[0].status == 200
    assert refused.status == 429
    assert refused.json["type"].endswith("/docs/problems#rate-limited")
    assert int(refused.headers["retry-after"]) > 0
    assert client.get("/healthz").status == 200


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_a_host_that_is_refused_is_nowhere_in_the_answer(client: Client, accept: str) -> None:
    answer = client.get("/api/v1/search", headers={"Host": "evil.test", "Accept": accept})

    assert answer.status == 400
    assert b"evil.test" not in answer.body
    assert b"unknown-host" in answer.body or "Fel värd" in answer.text
    assert not any("evil.test" in value for value in answer.headers.values())
