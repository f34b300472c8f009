"""The game socket: admits a person, then passes bytes between the client and the hub."""

from __future__ import annotations

import asyncio
import json
import logging
from uuid import UUID

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.utils import await_many_dispatch

from apps.live import room
from apps.live.codes import Close
from apps.live.feeds import Member
from apps.live.frames import now
from apps.live.hub import hub
from apps.live.outbox import Outbox
from apps.live.pace import Pace

log = logging.getLogger(__name__)

MESSAGE_LIMIT = 2048  # bytes; a resume or a ping has less than 200
STAMP_LIMIT = 64


class GameConsumer(AsyncWebsocketConsumer):
    """One socket of one person in one game.

    It has no channel of its own: the hub holds one subscription for each game. Nothing that a
    client sends changes a game; orders, votes and messages are posted as forms.
    """

    async def __call__(self, scope, receive, send):
        self.scope, self.base_send, self.channel_layer = scope, send, None
        self.outbox: Outbox | None = None
        self.member: Member | None = None
        self.pace = Pace()
        self._writer_known = asyncio.Event()
        try:
            await await_many_dispatch([receive, self._writer_ended], self.dispatch)
        except StopConsumer:
            pass
        finally:
            await self._leave()

    async def dispatch(self, message):
        """Call the handler at once; the stock method first waits for a thread."""
        handlers = {
            "websocket.connect": self.websocket_connect,
            "websocket.receive": self.websocket_receive,
            "websocket.disconnect": self.websocket_disconnect,
            "writer.ended": self.writer_ended,
        }
        await handlers[message["type"]](message)

    async def connect(self):
        """Accept, then admit or close with a code that the client understands."""
        self.game_id: UUID = self.scope["url_route"]["kwargs"]["game_id"]
        await self.accept()
        try:
            admission = await room.admit(self.game_id, self.scope)
        except room.RefusedError as refused:
            await self.close(code=refused.code)
            return
        except Exception:
            log.exception("admission failed")
            await self.close(code=Close.ERROR)
            return
        self.audience = admission.audience
        self.outbox = Outbox(self.base_send)
        self.member = Member(
            admission.person, admission.session_key, self.outbox, admission.language
        )
        self._writer_known.set()
        self.game = await hub().join(self.game_id, self.audience, self.member)

    async def receive(self, text_data=None, bytes_data=None):
        """Answer a resume or a ping; close on anything else, without a reply to parse."""
        if self.member is None or self.outbox is None:
            return
        if not self.pace.allows():
            self.outbox.close(Close.TOO_MANY)
            return
        if text_data is None or len(text_data) > MESSAGE_LIMIT:
            self.outbox.close(Close.TOO_BIG)
            return
        match parse(text_data):
            case {"type": "ping"}:
                self.outbox.put(json.dumps({"type": "pong", "now": now()}))
            case {"type": "resume", "stamp": str(stamp)} if len(stamp) <= STAMP_LIMIT:
                await self._resume(stamp)
            case {"type": "resume"}:
                await self._resume(None)
            case _:
                self.outbox.close(Close.BAD_MESSAGE)

    async def _resume(self, stamp: str | None) -> None:
        """Send what the client lacks, from a rendering that begins now."""
        member = self.member
        if member is None:
            return
        try:
            await self.game.resume(self.audience, member, stamp)
        except room.GameGoneError:
            member.outbox.close(Close.NOT_A_MEMBER)
        except Exception:
            log.exception("rendering failed on resume")
            member.outbox.close(Close.ERROR)

    async def _writer_ended(self):
        await self._writer_known.wait()
        assert self.outbox is not None
        await self.outbox.ended()
        return {"type": "writer.ended"}

    async def writer_ended(self, message):
        """The writer closed the socket, or gave up on a peer that reads nothing."""
        raise StopConsumer

    async def _leave(self) -> None:
        if self.member is not None:
            await hub().leave(self.game_id, self.audience, self.member)
        if self.outbox is not None:
            await self.outbox.done()


def parse(text: str) -> object:
    """The message as JSON, or None where it is none (too deep a nesting included)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
