"""Many WebSocket clients that cost next to nothing, so that a benchmark measures the server.

A client here does no more than count the messages that arrive and note when the last one did.
It speaks just enough of RFC 6455 for a server on the same machine that sends unmasked,
uncompressed text.
"""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import Callable
from urllib.parse import urlsplit

PING = 0x9
TEXT = 0x1


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """One client frame of less than 126 bytes, masked with zeros (which leaves it as it is)."""
    if len(payload) > 125:
        raise ValueError("a benchmark's client sends less than 126 bytes at once")
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + b"\0\0\0\0" + payload


class CountingSocket(asyncio.Protocol):
    """One client: counts whole text messages; `on_text` hears of each with its bytes."""

    def __init__(self, on_text: Callable[[bytes], None], first: bytes | None = None) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._on_text = on_text
        self._first = first
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport) -> None:
        """Keep the transport."""
        self._transport = transport

    def handshake(self, url: str, cookie: str) -> None:
        """Ask for the upgrade."""
        parts = urlsplit(url)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {parts.path} HTTP/1.1",
            f"Host: {parts.netloc}",
            f"Origin: http://{parts.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            *([f"Cookie: {cookie}"] if cookie else []),
        ]
        self._write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        """Cut the stream into the handshake's answer and frames."""
        self._buffer += data
        if not self.opened.done():
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            status = bytes(self._buffer[: self._buffer.find(b"\r\n")])
            del self._buffer[: end + 4]
            if b" 101 " not in status:
                self.opened.set_exception(ConnectionError(f"no upgrade: {status.decode()}"))
                return
            self.opened.set_result(None)
            if self._first:
                self._write(masked(self._first))
        while (frame := self._frame()) is not None:
            opcode, payload = frame
            if opcode == TEXT:
                self._on_text(payload)
            elif opcode == PING:
                self._write(masked(payload, 0xA))

    def connection_lost(self, error: Exception | None) -> None:
        """Fail the opening if it is still under way."""
        if not self.opened.done():
            self.opened.set_exception(error or ConnectionError("closed while opening"))

    def close(self) -> None:
        """Drop the connection."""
        if self._transport is not None:
            self._transport.abort()

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1] & 0x7F, 2
        if length >= 126:
            start = 4 if length == 126 else 10
            if len(buffer) < start:
                return None
            length = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + length:
            return None
        opcode, payload = buffer[0] & 0x0F, bytes(buffer[start : start + length])
        del buffer[: start + length]
        return opcode, payload


class Crowd:
    """N sockets at one address, and the moment at which the last of them had each message."""

    def __init__(self) -> None:
        self.sockets: list[CountingSocket] = []
        self.received = 0
        self._target = 0
        self._reached: asyncio.Event = asyncio.Event()
        self.reached_at = 0.0

    def counter(self) -> Callable[[bytes], None]:
        """What one socket does with a message: here, count each that is not an answer to a ping."""

        def count(payload: bytes) -> None:
            if b'"pong"' not in payload[:20]:
                self.note()

        return count

    def note(self) -> None:
        """Count one message; note the time if it was the last one expected."""
        self.received += 1
        if self.received == self._target:
            self.reached_at = time.perf_counter()
            self._reached.set()

    async def open(
        self, url: str, number: int, *, cookies: list[str], first: bytes | None, at_once: int = 50
    ) -> None:
        """Open `number` sockets, `at_once` at a time; cookies are dealt out in turn."""
        parts = urlsplit(url)
        host, port = str(parts.hostname), parts.port or 80
        gate = asyncio.Semaphore(at_once)

        async def one(index: int) -> None:
            async with gate:
                _, socket = await asyncio.get_running_loop().create_connection(
                    lambda: CountingSocket(self.counter(), first), host, port
                )
                socket.handshake(url, cookies[index % len(cookies)] if cookies else "")
                await socket.opened
                self.sockets.append(socket)

        await asyncio.gather(*(one(index) for index in range(number)))

    def expect(self, messages: int) -> None:
        """Wait for this many messages more than were received so far, all sockets together."""
        self._target = self.received + messages
        self._reached.clear()

    async def arrived(self, seconds: float = 30) -> float:
        """When the last expected message came, on `time.perf_counter`'s clock."""
        async with asyncio.timeout(seconds):
            await self._reached.wait()
        return self.reached_at

    def close(self) -> None:
        """Drop every socket."""
        for socket in self.sockets:
            socket.close()
