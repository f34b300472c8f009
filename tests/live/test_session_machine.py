"""Property: random interleavings over the real services; what was pushed equals a fresh fetch.

People write, talk, offer, vote, press ready and come late; the facilitator pauses, extends, closes;
browsers connect, drop, stall and come back; pointers get lost. After every close and at the end
each browser shows exactly the fragments of a fresh page of its audience, and no frame came twice.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from channels.layers import InMemoryChannelLayer
from django.db import connections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apps.games import selectors, services
from apps.games.fragments import fragments_for
from apps.games.refusals import Refusal
from apps.live import room
from apps.live.feeds import Member
from apps.live.hub import Hub
from apps.live.outbox import Outbox
from tests.games.cast import Table, draft, table
from tests.live.builders import FakeSocket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SEATS = ("COR", "MAR", "OST")
AUDIENCES = ("seat:COR", "seat:COR", "seat:MAR", "seat:OST", "public")


_database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="session-machine")


async def there(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call what uses the database, in the one thread that does."""
    return await asyncio.get_running_loop().run_in_executor(_database, function, *arguments)


class RealRoom:
    """The functions of `apps.live.room`; a browser's person is its audience."""

    async def look(self, game_id: UUID, feeds: list, known: tuple[int, str]) -> room.Look:
        seen = await there(room.look_now, game_id, feeds, known)
        people = {audience: frozenset({audience}) for audience in seen.people}
        return room.Look(seen.cursors, people, seen.turn, heads=seen.heads)

    async def render(self, game_id: UUID, audience: str, language: str) -> room.Rendering:
        made = await there(room.render_now, game_id, audience, language)
        return room.Rendering(made.frame, frozenset({audience}))

    async def alive(self, session_keys: set[str]) -> frozenset[str]:
        return frozenset(session_keys)

    async def present(self, game_id: UUID, people: set[str]) -> None:
        """Presence is no part of this property."""

    async def belongs(self, game_id: UUID, person: str) -> bool:
        return True


class Browser:
    """One page with its socket; keeps what it shows while it is away."""

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self.shown: dict[str, str] = {}
        self.stamp: str | None = None
        self.socket: FakeSocket | None = None
        self.member: Member | None = None

    def read(self) -> None:
        """Apply what has arrived."""
        if self.socket is not None:
            self.stamp = self.socket.read_into(self.shown, self.stamp)


class Play:
    """A game, its hub, and five browsers."""

    def __init__(self, sitting: Table) -> None:
        self.sitting = sitting
        self.layer = InMemoryChannelLayer()
        self.hub = Hub(behind=RealRoom(), layer=lambda: self.layer, poll_seconds=3600)
        self.browsers = [Browser(audience) for audience in AUDIENCES]

    async def act(self, verb: str, who: int, flag: bool) -> None:
        """Do one thing; a refusal is an answer like any other."""
        with suppress(Refusal):
            await there(getattr(self, verb), who, flag)
        if flag or verb in {"draft", "close"}:
            await self.point()
        for _ in range(who):
            await asyncio.sleep(0)

    async def point(self) -> None:
        group = room.group_for(self.sitting.game.pk)
        await self.layer.group_send(group, {"type": "game.moved", "fleeting": ""})

    def draft(self, who: int, flag: bool) -> None:
        seat = SEATS[who % 3]
        options = [m.move for m in selectors.moves_for(self.sitting.again(), seat) if m.open]
        draft(self.sitting.players[seat], options[who % len(options)])

    def message(self, who: int, flag: bool) -> None:
        to = [SEATS[(who + 1) % 3]] if flag else []
        services.send_message(
            membership=self.sitting.players[SEATS[who % 3]], to=to, text=f"word {who}"
        )

    def statement(self, who: int, flag: bool) -> None:
        member = self.sitting.players[SEATS[who % 3]]
        services.publish_statement(membership=member, text=f"We say {who}.")

    def offer(self, who: int, flag: bool) -> None:
        """Corvania or Marenne offers the accord, answers what it was offered, or takes it back."""
        seat = ("COR", "MAR")[who % 2]
        member = self.sitting.players[seat]
        known = selectors.offers_for(self.sitting.again(), f"seat:{seat}")
        asked = [UUID(offer["id"]) for offer in known if offer["can_answer"]]
        own = [UUID(offer["id"]) for offer in known if offer["can_withdraw"]]
        if asked:
            answer = services.accept_offer if flag else services.decline_offer
            answer(membership=member, offer_id=asked[0])
        elif own and not flag:
            services.withdraw_offer(membership=member, offer_id=own[0])
        else:
            parties = {"north": "COR", "south": "MAR"}
            services.make_offer(membership=member, agreement="lanterns_accord", parties=parties)

    def council(self, who: int, flag: bool) -> None:
        """A delegation tables a resolution, or instructs its vote on one that is on the docket."""
        member = self.sitting.players[SEATS[who % 3]]
        view = selectors.view_for(self.sitting.again(), "public")
        docket = view["docket"] if view else []
        if docket and flag:
            choice = ("yes", "no", "abstain")[who % 3]
            services.cast_vote(membership=member, draft=docket[0]["draft"], choice=choice)
        else:
            draft(member, "table_draft", parameters={"clauses": ["lighthouse"]})

    def ready(self, who: int, flag: bool) -> None:
        services.set_ready(membership=self.sitting.players[SEATS[who % 3]], ready=flag)

    def clock(self, who: int, flag: bool) -> None:
        game, by = self.sitting.game.pk, self.sitting.dana
        if who % 3 == 0:
            services.extend_deadline(by=by, game_id=game, seconds=60)
        elif flag:
            services.pause_clock(by=by, game_id=game)
        else:
            services.resume_clock(by=by, game_id=game)

    def arrive(self, who: int, flag: bool) -> None:
        services.join_game(code=self.sitting.game.join_code, display_name=f"Late {who}")

    def close(self, who: int, flag: bool) -> None:
        self.sitting.close()

    async def connect(self, number: int, _: bool) -> None:
        browser = self.browsers[number % len(self.browsers)]
        if browser.socket is not None:
            return
        browser.socket = FakeSocket()
        browser.member = Member(browser.audience, "session", Outbox(browser.socket.send))
        game = await self.hub.join(self.sitting.game.pk, browser.audience, browser.member)
        await game.resume(browser.audience, browser.member, browser.stamp)

    async def drop(self, number: int, _: bool) -> None:
        browser = self.browsers[number % len(self.browsers)]
        if browser.socket is None or browser.member is None:
            return
        browser.read()
        await self.hub.leave(self.sitting.game.pk, browser.audience, browser.member)
        await browser.member.outbox.done()
        browser.socket = browser.member = None

    async def stall(self, number: int, stalled: bool) -> None:
        socket = self.browsers[number % len(self.browsers)].socket
        if socket is not None:
            (socket.open.clear if stalled else socket.open.set)()

    async def settle(self) -> None:
        """Let everything arrive, then compare each browser with a fresh page."""
        for number, browser in enumerate(self.browsers):
            if browser.socket is not None:
                browser.socket.open.set()
                if browser.socket.closed_with is not None:
                    await self.drop(number, True)
            await self.connect(number, True)
        await self.point()
        for browser in self.browsers:
            fresh = await there(self.fresh, browser.audience)

            def current(browser=browser, fresh=fresh) -> bool:
                browser.read()
                return browser.shown == fresh

            await browser.socket.until(current)

    def fresh(self, audience: str) -> dict[str, str]:
        return fragments_for(self.sitting.again(), audience)

    async def stop(self) -> None:
        for number in range(len(self.browsers)):
            await self.drop(number, True)


ACTS = ("draft", "message", "statement", "offer", "council", "ready", "clock", "arrive", "close")
TREATY = [
    ("connect", 0, True),
    ("offer", 0, True),
    ("offer", 1, True),
    ("council", 1, False),
    ("close", 0, True),
    ("council", 2, True),
    ("drop", 0, True),
    ("close", 0, False),
]
"""An accord made and a vote instructed, which chance alone seldom reaches."""
WIRES = ("connect", "drop", "stall")
steps = st.lists(
    st.tuples(st.sampled_from(ACTS + WIRES), st.integers(0, 8), st.booleans()), max_size=25
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=steps)
@example(script=TREATY)
def test_what_was_pushed_equals_a_fresh_fetch_whatever_happened(script, monkeypatch, run_number):
    # The pointers of this test are its own: some are lost.
    monkeypatch.setattr("apps.games.notify.send_pointer", lambda *_, **__: None)
    asyncio.run(play(script, next(run_number)))


@pytest.fixture
def run_number(transactional_db):
    yield iter(range(10_000))
    _database.submit(connections.close_all).result()


async def play(script, number: int) -> None:
    made = functools.partial(table, name=f"dana-{number}", turns=4, seconds_per_turn=600)
    session = Play(await there(made))
    try:
        for verb, who, flag in script:
            if verb in WIRES:
                await getattr(session, verb)(who, flag)
            else:
                await session.act(verb, who, flag)
            if verb == "close":
                await session.settle()
        await session.settle()
    finally:
        await session.stop()
