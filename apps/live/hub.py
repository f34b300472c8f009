"""Every game socket of this process: a subscription a game, a rendering an audience and language.

The channel layer brings pointers only ("this game moved"). For each pointer the hub looks once how
far the game is for every audience that is connected here and who still belongs to it; it renders
once for each audience for which something moved, in each language that its sockets read, and gives
all of those sockets the same bytes.
Looking and rendering run in threads of their own, so that a slow query delays the audience that
needs it and nobody else.

Delivery by the layer is at most once. So each game is also looked at every `POLL_SECONDS`,
and whatever a lost pointer would have brought arrives then.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

from apps.live import room
from apps.live.coalescing import Coalesced
from apps.live.codes import Close
from apps.live.feeds import AudienceFeed, Behind, Member

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0
PRESENCE_SECONDS = 20.0
STALE_SECONDS = 30.0  # what depends on the clock alone, such as who is here, is this old at most
SUBSCRIBE_SECONDS = 2.0
CLOSING_SECONDS = 0.4  # a turn that is being closed gets this long before its pages are rendered


class GameFeed:
    """One game in this process: its subscription to the layer and its audiences."""

    def __init__(self, game_id: UUID, hub: Hub) -> None:
        self.game_id = game_id
        self.feeds: dict[tuple[str, str], AudienceFeed] = {}
        self.subscribed = asyncio.Event()
        self.look = Coalesced(self._look)
        self._hub = hub
        self._cursors: dict[str, int] = {}
        self._turn = (-1, "")  # none is known
        self._marked_at = self._rendered_at = asyncio.get_running_loop().time()
        self._work: set[asyncio.Task[None]] = set()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._poll())]

    def feed(self, audience: str, language: str = "") -> AudienceFeed:
        """The feed of an audience in a language, made at need."""
        key = (audience, language)
        if key not in self.feeds:
            self.feeds[key] = AudienceFeed(self.game_id, audience, self._hub.behind, language)
        return self.feeds[key]

    def members(self) -> list[Member]:
        """Every socket of this game in this process."""
        return [member for feed in self.feeds.values() for member in feed.members]

    async def resume(self, audience: str, member: Member, stamp: str | None) -> None:
        """Send a member what it lacks, as of a look that begins after this call."""
        feed = self.feed(audience, member.language)
        member.resume(stamp)
        feed.wait_for_next(member)
        await self.look()
        if member.resumed:
            return
        if feed.is_current(self._cursors.get(audience, -1)):
            feed.take_in(member)
        else:
            await feed.arrival(member)

    async def _look(self) -> None:
        """Refresh the audiences for which the game has moved; close who belongs no more."""
        before = {key: feed.history.latest for key, feed in self.feeds.items()}
        seen = await self._hub.behind.look(self.game_id, list(before), self._turn)
        self._cursors = dict(seen.cursors)
        moved = []
        for (audience, _), feed in list(self.feeds.items()):
            if audience in seen.people:
                feed.keep_only(seen.people[audience])
                if feed.members and feed.wants(seen.cursors[audience]):
                    moved.append(feed)
        if seen.turn == self._turn and seen.closing:
            self._begin(self._refresh_unless_closed(moved))
            return
        self._turn = seen.turn
        for feed in moved:  # first everybody hears of a new turn, then their pages are rendered
            head = seen.heads.get(feed.language)
            if head and feed.history.latest is before.get((feed.audience, feed.language)):
                feed.announce(head)
        for feed in moved:
            self._begin(feed.refresh())

    async def _refresh_unless_closed(self, feeds: list[AudienceFeed]) -> None:
        """Show the last press of a turn, unless its end comes first and shows it all."""
        turn = self._turn
        await asyncio.sleep(CLOSING_SECONDS)
        if self._turn == turn:
            await asyncio.gather(*(feed.refresh() for feed in feeds))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background; what it could not do is done by the next look."""
        task = asyncio.create_task(self._guarded(work))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except room.GameGoneError:
            for member in self.members():
                member.outbox.close(Close.NOT_A_MEMBER)
        except Exception:
            log.exception("looking or rendering failed; the next look tries again")

    async def _listen(self) -> None:
        """Hold the one subscription; come back after any failure of the layer."""
        layer, pause = self._hub.layer(), 0.2
        group = room.group_for(self.game_id)
        while True:
            channel = None
            try:
                channel = await layer.new_channel()
                await layer.group_add(group, channel)
                self.subscribed.set()
                pause = 0.2
                self._begin(self.look())
                while True:
                    pointer = await layer.receive(channel)
                    self._told(pointer.get("fleeting", ""))
            except asyncio.CancelledError:
                if channel is not None:
                    with suppress(Exception):
                        await layer.group_discard(group, channel)
                raise
            except Exception:
                log.warning("subscription lost, trying again", exc_info=True)
                self.subscribed.clear()
                await asyncio.sleep(pause * random.uniform(0.5, 1))
                pause = min(pause * 2, 5.0)

    def _told(self, fleeting: str) -> None:
        """Take in a pointer; `fleeting` is the only audience for which anything changed."""
        feeds = [feed for (audience, _), feed in self.feeds.items() if audience == fleeting]
        for feed in feeds:
            self._begin(feed.refresh())
        if not feeds:
            self._begin(self.look())

    async def _poll(self) -> None:
        """Heal lost pointers, retry what failed, close sockets whose session ended."""
        while True:
            await asyncio.sleep(self._hub.poll_seconds * random.uniform(0.8, 1.2))
            try:
                await self._end_sessions()
                await self._mark_present()
            except Exception:
                log.warning("sessions and presence were not looked at", exc_info=True)
            at = asyncio.get_running_loop().time()
            if at - self._rendered_at > STALE_SECONDS:
                self._rendered_at = at
                for feed in self.feeds.values():
                    self._begin(feed.refresh())
            self._begin(self.look())

    async def _end_sessions(self) -> None:
        members = self.members()
        alive = await self._hub.behind.alive({member.session_key for member in members})
        for member in members:
            if member.session_key not in alive:
                member.outbox.close(Close.SIGN_IN)

    async def _mark_present(self) -> None:
        at = asyncio.get_running_loop().time()
        if at - self._marked_at > PRESENCE_SECONDS:
            self._marked_at = at
            people = {member.person for member in self.members()}
            await self._hub.behind.present(self.game_id, people)

    async def stop(self) -> None:
        """Leave the group and stop every task of this game."""
        for task in [*self._tasks, *self._work]:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._work, return_exceptions=True)


class Hub:
    """The games of one event loop; made by `hub()`, or in a test with parts of its own."""

    def __init__(
        self,
        *,
        behind: Behind = room,  # type: ignore[assignment]
        layer: Callable = get_channel_layer,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self.games: dict[UUID, GameFeed] = {}
        self.behind = behind
        self.layer = layer
        self.poll_seconds = poll_seconds

    async def join(self, game_id: UUID, audience: str, member: Member) -> GameFeed:
        """Add a socket, subscribed before it is rendered for, so that no turn falls between."""
        game = self.games.get(game_id)
        if game is None:
            game = self.games[game_id] = GameFeed(game_id, self)
        game.feed(audience, member.language).members.add(member)
        with suppress(TimeoutError):
            # Without the layer the socket still gets its frame now and the rest by polling.
            await asyncio.wait_for(game.subscribed.wait(), SUBSCRIBE_SECONDS)
        return game

    async def leave(self, game_id: UUID, audience: str, member: Member) -> None:
        """Remove a socket; the last one of a game ends its subscription."""
        game = self.games.get(game_id)
        if game is None:
            return
        feed = game.feed(audience, member.language)
        feed.members.discard(member)
        if not feed.members:
            del game.feeds[audience, member.language]
        if not game.feeds:
            del self.games[game_id]
            await game.stop()


SWITCH_SECONDS = 0.001
"""How long a rendering thread may keep the interpreter while the event loop waits for it.

Python's default of 5 ms, times every thread that renders, would be added to each push.
"""

_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        sys.setswitchinterval(SWITCH_SECONDS)
        _hubs[loop] = Hub()
    return _hubs[loop]
