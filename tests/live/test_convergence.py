"""Property: whatever happens in whatever order, what was pushed equals a fresh page.

Random interleavings of changes (with and without their pointer), joins, disconnects, resumes,
stalls and reads over a fake game; at the end every client that reads shows what its audience's
page holds, nothing came twice, and no frame of one audience holds a value of another.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.live.builders import FakeSocket, Table

SEATS = ("US", "RUS")
PEOPLE = {"US": "anna", "RUS": "dmitri"}


@dataclass
class Browser:
    """A page that connects, disconnects and comes back with what it last showed."""

    seat: str
    shown: dict[str, str] = field(default_factory=dict)
    stamp: str | None = None
    socket: FakeSocket | None = None
    stamps: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Apply what has arrived."""
        if self.socket is not None:
            self.stamp = self.socket.read_into(self.shown, self.stamp)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.sampled_from(SEATS), st.booleans()),
        st.tuples(st.just("open"), st.integers(0, 3), st.just(None)),
        st.tuples(st.just("drop"), st.integers(0, 3), st.just(None)),
        st.tuples(st.just("stall"), st.integers(0, 3), st.booleans()),
        st.tuples(st.just("breathe"), st.integers(0, 20), st.just(None)),
    ),
    max_size=40,
)


class Session:
    """A table with four browsers, two for each seat."""

    def __init__(self) -> None:
        self.table = Table()
        self.browsers = [Browser(SEATS[n % 2]) for n in range(4)]
        self.values = {seat: index * 100_000 for index, seat in enumerate(SEATS)}
        self.opening: set[asyncio.Task] = set()

    async def change(self, seat: str, pointed: bool) -> None:
        self.values[seat] += 1
        self.table.game.values[f"seat:{seat}"] = self.values[seat]
        if pointed:
            await self.table.point()

    async def open(self, number: int, _: None) -> None:
        browser = self.browsers[number]
        if browser.socket is None:
            browser.socket = FakeSocket()
            seat = browser.seat
            await self.table.sit(
                PEOPLE[seat], f"seat:{seat}", stamp=browser.stamp, socket=browser.socket
            )

    async def drop(self, number: int, _: None) -> None:
        browser = self.browsers[number]
        if browser.socket is not None:
            browser.read()
            await self.table.stand(browser.socket)
            browser.socket = None

    async def stall(self, number: int, stalled: bool) -> None:
        socket = self.browsers[number].socket
        if socket is not None:
            (socket.open.clear if stalled else socket.open.set)()

    async def breathe(self, number: int, _: None) -> None:
        for _turn in range(number):
            await asyncio.sleep(0)

    async def settle(self) -> None:
        """Let everything arrive: wake the stalled, reconnect the dropped, one last pointer."""
        for number, browser in enumerate(self.browsers):
            if browser.socket is not None:
                browser.socket.open.set()
                if browser.socket.closed_with is not None:
                    await self.drop(number, None)
            await self.open(number, None)
        await self.table.point()
        for browser in self.browsers:
            wanted = f"<p id=value>{self.values[browser.seat]}</p>"
            await browser.socket.until(
                lambda b=browser, w=wanted: b.read() or b.shown.get("value") == w
            )


@settings(max_examples=150, deadline=None)
@given(steps)
def test_what_was_pushed_equals_a_fresh_page(script):
    asyncio.run(play(script))


async def play(script) -> None:
    session = Session()
    session.table.game.values |= {f"seat:{seat}": session.values[seat] for seat in SEATS}
    for verb, first, second in script:
        await getattr(session, verb)(first, second)
        for browser in session.browsers:
            browser.read()
    await session.settle()
    for browser in session.browsers:
        fresh = await session.table.game.render(session.table.game.id, f"seat:{browser.seat}")
        assert browser.shown == fresh.frame.fragments
        assert browser.stamp == fresh.frame.stamp
    await session.table.clear()


@settings(max_examples=60, deadline=None)
@given(steps, steps)
def test_another_seats_changes_alter_no_byte_that_a_client_receives(mine, theirs):
    """Russia's moves, however many, leave the American client's messages as they were."""

    async def received(script) -> list[dict]:
        session = Session()
        session.table.game.values |= {f"seat:{seat}": session.values[seat] for seat in SEATS}
        await session.open(0, None)
        texts: list[dict] = []
        for verb, first, _ in script:
            if verb == "change":
                await session.change(first, True)
                await session.breathe(30, None)
        for message in session.browsers[0].socket.frames:
            texts.append({k: v for k, v in message.items() if k != "now"})
        await session.table.clear()
        return texts

    def only(script, seat):
        return [step for step in script if step[0] == "change" and step[1] == seat]

    alone = only(mine, "US")
    mixed = [step for pair in zip(alone, only(theirs, "RUS"), strict=False) for step in pair]
    mixed += alone[len(mixed) // 2 :]
    assert asyncio.run(received(alone)) == asyncio.run(received(mixed))


pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
