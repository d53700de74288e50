"""Whatever is done to an index, it says what a plain dictionary says, and no takedown comes back."""

from __future__ import annotations

import datetime
import errno
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from index import checksums, generations, publishing, taking_down
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexBusy, IndexDamaged, NoEarlierGeneration, OperatorError
from index.guards import Guards
from index.indexing import reindex
from index.request import SearchRequest
from tests.analysis import parse
from tests.builders import document, section
from tests.index_model import Known, Published, Sections, TakenDown, sections_in, write_words
from tests.traces import bytes_below, has_any

NAMES = ("a.txt", "b.txt", "nämnd/c.txt")
WORDS = ("sandlåda", "gungställning", "klätterborg", "rutschkana")


class Stopped(BaseException):
    """Ends a run as a signal would."""


class Clock:
    """A clock that goes by a minute each time, jumps, and stops a run that asks it too often."""

    def __init__(self) -> None:
        self.time = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
        self.error: BaseException | None = None
        self.calls_left = 0

    def __call__(self) -> datetime.datetime:
        """Return the time."""
        if self.error and not self.calls_left:
            raise self.error
        self.calls_left -= 1
        self.time += datetime.timedelta(minutes=1)
        return self.time


ERRORS = st.sampled_from([None, Stopped(), OSError(errno.ENOSPC, "No space left on device"), MemoryError()])
MOMENTS = st.integers(0, 4)


class IndexMachine(RuleBasedStateMachine):
    """Does to an index what operators, crashes and disks do.

    `published` is what the newest generation should say, `before` what the one before does, when it is kept;
    `expected` what is to be there after the next run that ends well.
    """

    def __init__(self) -> None:
        super().__init__()
        self._work = tempfile.TemporaryDirectory()
        self.minutes, self.index = (Path(self._work.name) / name for name in ("minutes", "index"))
        self.minutes.mkdir()
        self.clock = Clock()
        self.engine = self._open()
        self.reader = WhooshEngine(self.index, falls_back=True)
        self.taken_down = TakenDown()
        self.takedowns = 0
        self.begun = False
        self.number = self.number_before = self.rolled_back_to = 0
        self.published = Published({})
        self.before: Published | None = None
        self.held = self.held_at_last_run = 0
        self.has_leftovers = False

    def teardown(self) -> None:
        """Let go of the folder."""
        self.engine.close()
        self.reader.close()
        self._work.cleanup()

    @initialize()
    def first_run(self) -> None:
        """Make an index, so that there is something to lose."""
        for name in NAMES[:2]:
            write_words(self.minutes, name, WORDS[:2])
        self.index_the_folder(is_rebuild=False, error=None, moment=0)

    @rule(name=st.sampled_from(NAMES), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
    def write_file(self, name: str, words: list[str]) -> None:
        """Add or change a file; it often says what another one says, or what was taken down."""
        write_words(self.minutes, name, words)

    @rule(name=st.sampled_from(NAMES))
    def remove_file(self, name: str) -> None:
        """Let a file vanish."""
        (self.minutes / name).unlink(missing_ok=True)

    @rule(is_rebuild=st.booleans(), error=ERRORS, moment=MOMENTS)
    def index_the_folder(self, *, is_rebuild: bool, error: BaseException | None, moment: int) -> None:
        """Bring the index up to date, in a run that may be stopped on the way."""
        guards = Guards(allow_shrink=True)
        expected = self.taken_down.left_of(sections_in(self.minutes))
        if not self.published.is_sound and not is_rebuild:
            with pytest.raises(IndexDamaged):
                reindex(self.minutes, self.engine, guards=guards)
        elif self._run(
            lambda: reindex(self.minutes, self.engine, rebuild=is_rebuild, guards=guards),
            expected,
            error=error,
            moment=moment,
        ):
            assert self.published.sections == expected
            self._finish_takedowns()

    @rule(data=st.data(), error=ERRORS, moment=MOMENTS)
    @precondition(lambda self: self.published.is_sound)
    def take_down(self, data: st.DataObject, error: BaseException | None, moment: int) -> None:
        """Take down a section or a document, in a run that may be stopped once it is remembered."""
        names = {*self.published.sections, *(one.document_id for one in self.published.sections.values())}
        if not names:
            return
        identity = data.draw(st.sampled_from(sorted(names)))
        wanted = taking_down.plan(self.engine, [identity], now=self.clock.time)
        self.taken_down.add(identity, self.published.sections)
        self.takedowns += 1
        self.begun = True
        left: list[str] = []
        expected = self.taken_down.left_of(self.published.sections)
        if self._run(
            lambda: left.extend(taking_down.take_down(self.engine, wanted)),
            expected,
            error=error,
            moment=moment,
        ):
            assert not left
            assert self.published.sections == expected
            self._finish_takedowns()

    @rule(data=st.data())
    def take_down_what_is_gone(self, data: st.DataObject) -> None:
        """Ask once more for what was taken down."""
        if self.taken_down.ids and not self.begun and self.published.is_sound:
            identity = data.draw(st.sampled_from(sorted(self.taken_down.ids)))
            wanted = taking_down.plan(self.engine, [identity], now=self.clock.time)
            assert (wanted.unknown, wanted.takedowns, wanted.sections) == ((), (), ())
            assert taking_down.take_down(self.engine, wanted) == ()

    @rule()
    def roll_back(self) -> None:
        """Go back, but never behind a takedown or to what is damaged."""
        before = self.before
        if before is None or (before.is_sound and before.takedowns < self.takedowns):
            with pytest.raises(NoEarlierGeneration):
                self.engine.roll_back()
        elif not before.is_sound:
            with pytest.raises(IndexDamaged):
                self.engine.roll_back()
        else:
            # It is read until after the new one is published, so the next run removes it.
            self.rolled_back_to = self.number_before
            assert self._run(self.engine.roll_back, before.sections, error=None, moment=0)
            assert self.published.sections == before.sections

    @rule(error=st.sampled_from([Stopped(), ValueError("wrong")]))
    @precondition(lambda self: self.published.is_sound)
    def write_and_fail(self, error: BaseException) -> None:
        """Change something and leave the writer with an error."""
        with suppress(type(error)), self.engine.update() as writer:
            writer.put(document("ny.txt", section("1", text=WORDS[0])))
            writer.remove(NAMES[0])
            raise error

    @rule()
    def be_killed(self) -> None:
        """Leave behind what a killed run does."""
        with publishing.lock(self.index):
            publishing.prepare(self.index, generations.current(self.index))
            (self.index / "CURRENT.tmp").write_text("00000001 ", encoding="ascii")
        self.has_leftovers = True

    @rule()
    @precondition(lambda self: self.published.is_sound)
    def write_during_another_run(self) -> None:
        """Be refused while somebody else writes."""
        with suppress(Stopped), self.engine.update():
            other = self._open()
            with pytest.raises(IndexBusy):
                reindex(self.minutes, other, rebuild=True)
            other.close()
            raise Stopped

    @rule()
    @precondition(lambda self: self.published.is_sound)
    def damage(self) -> None:
        """Change a byte of the newest generation, which is seen when it is opened."""
        file = generations.current(self.index) / "manifest.json"
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.unlink()
        file.write_bytes(content)
        self.published = Published(self.published.sections, self.published.takedowns, is_sound=False)
        self.reopen()

    @rule()
    def reopen(self) -> None:
        """Let another process write from now on."""
        self.engine.close()
        self.engine = self._open()

    @rule(days=st.integers(-4000, 4000))
    def set_the_clock(self, days: int) -> None:
        """Let the clock jump."""
        self.clock.time += datetime.timedelta(days)

    @rule()
    def ask_the_server(self) -> None:
        """Ask a server that was started at the very beginning, and now and then missed a generation."""
        allowed = [self.published.sections]
        if not self.published.is_sound and self.before and self.before.takedowns == self.takedowns:
            allowed.append(self.before.sections)
        try:
            number, found = int(self.reader.manifest().generation), found_by(self.reader)
        except OperatorError:
            assert not self.published.is_sound
        else:
            assert found in allowed
            assert number == self.number or not self.published.is_sound
            self.held = number

    @invariant()
    def the_index_says_what_the_dictionary_says(self) -> None:
        """Look at everything there is, through an engine of the moment."""
        if not self.published.is_sound:
            with pytest.raises(IndexDamaged):
                self.engine.manifest()
            return
        sections = self.published.sections
        assert int(self.engine.manifest().generation) == self.number
        assert found_by(self.engine) == sections
        assert self.engine.manifest().sections == len(sections)
        for word in WORDS:
            total = self.engine.search(SearchRequest(parse(f'"{word}"').tree)).total
            assert total == sum(word in one.content[1] for one in sections.values())
        assert list(checksums.damaged_files(generations.current(self.index))) == []

    @invariant()
    def nothing_is_left_behind(self) -> None:
        """Look into the folder; after a kill, not before the next run."""
        if not self.has_leftovers:
            assert {one.name for one in self.index.iterdir()} <= {
                "CURRENT",
                "LOCK",
                "generations",
                "takedowns.json",
            }
            numbers = {int(one.name) for one in (self.index / "generations").iterdir()}
            # What the server let go of since the last run is removed by the next.
            held = {self.held, self.held_at_last_run, self.rolled_back_to}
            assert numbers - held <= {self.number, self.number_before}

    def _open(self) -> WhooshEngine:
        return WhooshEngine(self.index, now=self.clock)

    def _run(
        self, action: Callable[[], object], expected: Sections, *, error: BaseException | None, moment: int
    ) -> bool:
        """Run what may be stopped by the clock; return whether it ended well."""
        self.clock.error, self.clock.calls_left = error, moment
        try:
            action()
        except (Stopped, MemoryError, OperatorError):
            assert error is not None
            ended_well = False
        else:
            ended_well = True
        finally:
            self.clock.error = None
        self._note(expected)
        return ended_well

    def _note(self, expected: Sections) -> None:
        """Note whether something was published, which then has to be what was expected."""
        number = int(generations.current(self.index).name)
        assert number >= self.number
        if number > self.number:
            if self.number:
                self.before, self.number_before = self.published, self.number
            self.published, self.number = Published(expected, self.takedowns), number
            self.has_leftovers = False
            self.held_at_last_run = self.held

    def _finish_takedowns(self) -> None:
        """Note that a run that ended well has purged the index when a takedown was begun."""
        if self.begun:
            self.begun, self.before = False, None
            content = bytes_below(self.index)
            said = " ".join(one.content[1] for one in self.published.sections.values())
            assert [word for word in WORDS if word not in said and has_any(content, word)] == []
            assert [int(one.name) for one in (self.index / "generations").iterdir()] == [self.number]


def found_by(engine: WhooshEngine) -> Sections:
    """Return what an engine has."""
    entries = [hit.entry for hit in engine.scan(SearchRequest())]
    assert len({entry.id for entry in entries}) == len(entries)
    return {entry.id: Known(entry.document_id, (entry.title, entry.text)) for entry in entries}


IndexMachine.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    # Twenty steps can be read as they are; to look for fewer takes minutes.
    phases=[phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestIndexStates = IndexMachine.TestCase
