"""The feed of one audience of one game: its sockets, and the frames that they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import Protocol
from uuid import UUID

from apps.live import room
from apps.live.coalescing import Coalesced
from apps.live.codes import Close
from apps.live.frames import Frame, FrameHistory
from apps.live.outbox import Outbox


class Behind(Protocol):
    """What stands behind the hub: the functions of `room`, or a test's own."""

    async def look(
        self, game_id: UUID, feeds: Collection[tuple[str, str]], known: tuple[int, str]
    ) -> room.Look:
        """Say how far each audience's game is, who belongs to it, and what tells of a new turn."""

    async def render(self, game_id: UUID, audience: str, language: str) -> room.Rendering:
        """Render one audience in one language and read who belongs to it."""

    async def alive(self, session_keys: set[str]) -> frozenset[str]:
        """Say which sessions have not ended."""

    async def present(self, game_id: UUID, people: set[str]) -> None:
        """Note that these people have the game open."""

    async def belongs(self, game_id: UUID, person: str) -> bool:
        """Say whether a person still has any part in the game."""


class Member:
    """One socket in the hub: who it belongs to, what it shows, and its outbox.

    `language` is that of its page; an empty text stands for the site's own. `stamp` names the frame
    that the client shows; None means that it shows nothing yet.
    """

    def __init__(self, person: str, session_key: str, outbox: Outbox, language: str = "") -> None:
        self.language = language
        self.person = person
        self.session_key = session_key
        self.outbox = outbox
        self.stamp: str | None = None
        self.resumed = False

    def resume(self, stamp: str | None) -> None:
        """Note what the client says it shows; it is sent nothing until a rendering begins."""
        self.stamp, self.resumed = stamp, False


class AudienceFeed:
    """The sockets of one audience of one game in one language, and the frames they are sent.

    `failed` says that the last rendering did not succeed, so that the next look tries again.
    """

    def __init__(self, game_id: UUID, audience: str, behind: Behind, language: str = "") -> None:
        self.audience = audience
        self.language = language
        self.members: set[Member] = set()
        self.history = FrameHistory()
        self.failed = False
        self.refresh = Coalesced(self._render)
        self._game_id = game_id
        self._behind = behind
        self._resuming: set[Member] = set()
        self._begun_for: int | None = None
        self._closing: set[asyncio.Task[None]] = set()

    def is_current(self, cursor: int) -> bool:
        """Whether the latest frame holds everything up to `cursor`."""
        latest = self.history.latest
        return latest is not None and not self.failed and latest.cursor == cursor

    def wants(self, cursor: int) -> bool:
        """Whether a rendering has to begin for `cursor`: none has it, and none was begun for it."""
        if self.is_current(cursor) or (self._begun_for == cursor and not self.failed):
            return False
        self._begun_for = cursor
        return True

    def wait_for_next(self, member: Member) -> None:
        """Let a resuming member wait for a rendering that is still to begin.

        An older one could show it a moment before the page that it has just loaded.
        """
        self._resuming.add(member)

    async def arrival(self, member: Member) -> None:
        """Wait for the rendering that takes this member in; begin one if none has counted it."""
        if member in self._resuming:
            await self.refresh()
        else:
            await self.refresh.under_way()

    def take_in(self, member: Member) -> None:
        """Bring a resuming member up to the latest frame at once."""
        self._resuming.discard(member)
        member.resumed = True
        self._catch_up(member)

    def announce(self, head: room.Head) -> None:
        """Tell every member of a new turn; the rest of its page follows with the next frame.

        The frame keeps the cursor of the one before: it does not hold everything up to now. An
        audience that does not show what the head holds is only told of the turn.
        """
        latest = self.history.latest
        if latest is None or not self.members:
            return
        told = {name: html for name, html in head.fragments.items() if name in latest.fragments}
        shown = latest.fragments | told
        self.history.add(Frame(latest.cursor, head.turn, head.phase, head.deadline, shown, latest))
        self._tell_all()

    async def _render(self) -> None:
        resuming, self._resuming = self._resuming, set()
        try:
            rendering = await self._behind.render(self._game_id, self.audience, self.language)
        except BaseException:
            self.failed = True
            raise
        self.failed = False
        self.history.add(rendering.frame)
        for member in resuming:
            member.resumed = True
        self.keep_only(rendering.admitted)
        self._tell_all()

    def keep_only(self, admitted: frozenset[str]) -> None:
        """Close the sockets of those who do not belong here any more."""
        for member in [m for m in self.members if m.person not in admitted]:
            self.members.discard(member)
            task = asyncio.create_task(self._dismiss(member))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def _dismiss(self, member: Member) -> None:
        elsewhere = False
        with suppress(Exception):
            elsewhere = await self._behind.belongs(self._game_id, member.person)
        member.outbox.close(Close.SUPERSEDED if elsewhere else Close.NOT_A_MEMBER)

    def _tell_all(self) -> None:
        """Queue for every member what it lacks of the latest frame; most lack the same."""
        latest = self.history.latest
        if latest is None:
            return
        stamp = latest.stamp
        messages: dict[str | None, str | None] = {stamp: None}
        for member in list(self.members):
            shown = member.stamp
            if shown == stamp or not member.resumed:
                continue
            if shown not in messages:
                messages[shown] = self.history.message_since(shown)
            message = messages[shown]
            if message is not None and member.outbox.put(message):
                member.stamp = stamp

    def _catch_up(self, member: Member) -> None:
        """Queue for one member what it lacks of the latest frame, if anything."""
        latest = self.history.latest
        if latest is None or not member.resumed or member.stamp == latest.stamp:
            return
        message = self.history.message_since(member.stamp)
        if message is not None and member.outbox.put(message):
            member.stamp = latest.stamp
