"""Parts with which a test builds a hub without games, a network or a database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from uuid import UUID, uuid4

from channels.layers import InMemoryChannelLayer

from apps.live.feeds import Member
from apps.live.frames import Frame
from apps.live.hub import Hub
from apps.live.outbox import Outbox
from apps.live.room import Head, Look, Rendering


class FakeGame:
    """A game that shows one number to each audience; counts how often it was rendered."""

    def __init__(self) -> None:
        self.id: UUID = uuid4()
        self.values = {"seat:US": 0, "seat:RUS": 0, "facilitator": 0}
        self.people = {"seat:US": {"anna", "ben"}, "seat:RUS": {"dmitri"}, "facilitator": {"fay"}}
        self.sessions = {"s-anna", "s-ben", "s-dmitri", "s-fay"}
        self.renderings: list[str] = []
        self.languages: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.padding = ""
        self.seen: set[str] = set()
        self.marked = asyncio.Event()
        self.looks = 0
        self.turn = 1
        self.closing = False
        self.error: Exception | None = None
        self.began = asyncio.Condition()

    async def until_rendering(self, number: int) -> None:
        """Wait until rendering `number` of the game (counted from 1) has begun."""
        async with asyncio.timeout(5), self.began:
            await self.began.wait_for(lambda: len(self.renderings) >= number)

    async def render(self, game_id: UUID, audience: str, language: str = "") -> Rendering:
        value, error = self.values[audience], self.error
        async with self.began:
            self.renderings.append(audience)
            self.languages.append(language)
            self.began.notify_all()
        if audience in self.gates:
            await self.gates[audience].wait()
        else:
            await asyncio.sleep(0)
        if error:
            raise error
        shown = {
            "value": f"<p id=value>{value}{self.padding}</p>",
            "still": f"<p id=still>turn {self.turn}</p>",
            **({"words": f"<p id=words>{language}</p>"} if language else {}),
        }
        frame = Frame(value, self.turn, "orders", None, shown)
        return Rendering(frame, frozenset(self.people[audience]))

    async def look(
        self, game_id: UUID, feeds: list[tuple[str, str]], known: tuple[int, str]
    ) -> Look:
        self.looks += 1
        audiences = {audience for audience, _ in feeds}
        people = {a: frozenset(self.people[a]) for a in audiences}
        turn = (self.turn, "orders")
        cursors = {a: self.values[a] for a in audiences}
        if turn == known:
            return Look(cursors, people, turn, self.closing)
        head = Head(self.turn, "orders", None, {"still": f"<p id=still>turn {self.turn}</p>"})
        return Look(cursors, people, turn, heads={language: head for _, language in feeds})

    async def alive(self, session_keys: set[str]) -> frozenset[str]:
        return frozenset(self.sessions & session_keys)

    async def present(self, game_id: UUID, people: set[str]) -> None:
        self.seen |= people
        self.marked.set()

    async def belongs(self, game_id: UUID, person: str) -> bool:
        return any(person in people for people in self.people.values())


class FakeSocket:
    """The network side of one socket: what was sent, and a tap that can be shut."""

    def __init__(self) -> None:
        self.sent: list[dict] = []
        self.open = asyncio.Event()
        self.open.set()
        self.changed = asyncio.Condition()

    async def send(self, message: dict) -> None:
        await self.open.wait()
        async with self.changed:
            self.sent.append(message)
            self.changed.notify_all()

    async def until(self, condition: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until `condition` holds; it is looked at whenever something was sent."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(condition)

    @property
    def frames(self) -> list[dict]:
        return [json.loads(m["text"]) for m in self.sent if m["type"] == "websocket.send"]

    @property
    def closed_with(self) -> int | None:
        return next((m["code"] for m in self.sent if m["type"] == "websocket.close"), None)

    @property
    def shown(self) -> dict[str, str]:
        """What a client shows that applied every frame in turn."""
        fragments: dict[str, str] = {}
        for frame in self.frames:
            fragments |= frame["fragments"]
        return fragments

    def read_into(self, shown: dict[str, str], stamp: str | None) -> str | None:
        """Apply the frames that wait to what a page shows; the stamp that it has then."""
        for frame in self.frames:
            assert frame["stamp"] != stamp, "a frame came twice"
            stamp = frame["stamp"]
            shown |= frame["fragments"]
        self.sent[:] = [m for m in self.sent if m["type"] != "websocket.send"]
        return stamp


class Table:
    """A fake game with a hub of its own and an in-memory channel layer."""

    def __init__(self, *, poll_seconds: float = 3600) -> None:
        self.game = FakeGame()
        self.layer = InMemoryChannelLayer()
        self.hub = Hub(
            behind=self.game,
            layer=lambda: self.layer,
            poll_seconds=poll_seconds,
        )
        self._members: list[tuple[str, Member, FakeSocket]] = []

    async def sit(
        self,
        person: str,
        audience: str,
        *,
        stamp: str | None = None,
        limit: int = 32,
        language: str = "",
        socket: FakeSocket | None = None,
    ) -> FakeSocket:
        """Connect a person and resume from `stamp`."""
        socket = socket or FakeSocket()
        member = Member(person, f"s-{person}", Outbox(socket.send, limit=limit), language)
        self._members.append((audience, member, socket))
        game = await self.hub.join(self.game.id, audience, member)
        await game.resume(audience, member, stamp)
        return socket

    async def stand(self, socket: FakeSocket) -> None:
        """Disconnect one socket."""
        for entry in [entry for entry in self._members if entry[2] is socket]:
            audience, member, _ = entry
            self._members.remove(entry)
            await self.hub.leave(self.game.id, audience, member)
            await member.outbox.done()

    async def move(self, **values: int) -> None:
        """Change what audiences are shown (US=1) and send the pointer."""
        for seat, value in values.items():
            self.game.values[f"seat:{seat}" if seat.isupper() else seat] = value
        await self.point()

    async def point(self, fleeting: str = "") -> None:
        from apps.live.room import group_for

        await self.layer.group_send(
            group_for(self.game.id), {"type": "game.moved", "fleeting": fleeting}
        )

    async def clear(self) -> None:
        for audience, member, _ in self._members:
            await self.hub.leave(self.game.id, audience, member)
            await member.outbox.done()
