"""What one audience is shown at one moment, and what changed since another moment.

A frame is compared by its *stamp*, a digest of everything in it. Two clients with the same
stamp show the same bytes, whichever process rendered them, and the stamp alone decides what is
sent. The cursor, which counts what the audience could have seen, is part of it: a page that
fetches some parts by itself hears that something moved. An event that an audience may not see
moves neither bytes nor cursor, and sends it nothing at all.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import InitVar, dataclass, field
from datetime import UTC, datetime

import orjson

from apps.games.stamps import digest, stamp_of

REMEMBERED_FRAMES = 64


@dataclass(frozen=True)
class Frame:
    """Everything that an audience is shown: element ids with their HTML, and the turn's state.

    `deadline` is an ISO 8601 time in UTC or None. `digests` and `stamp` follow from the rest.
    """

    cursor: int
    turn: int
    phase: str
    deadline: str | None
    fragments: dict[str, str]
    like: InitVar[Frame | None] = None
    """A frame that shows much the same: what is the same text there is not digested anew."""
    digests: dict[str, str] = field(init=False)
    stamp: str = field(init=False)

    def __post_init__(self, like: Frame | None) -> None:
        before = like.fragments if like else {}
        digests = {
            name: like.digests[name] if like and before.get(name) is html else digest(html)
            for name, html in self.fragments.items()
        }
        object.__setattr__(self, "digests", digests)
        stamp = stamp_of(
            self.digests,
            cursor=self.cursor,
            turn=self.turn,
            phase=self.phase,
            deadline=self.deadline,
        )
        object.__setattr__(self, "stamp", stamp)

    def message(self, known: dict[str, str] | None) -> str:
        """The frame as the text of one socket message, for a client that holds `known`.

        `known` maps the fragments that the client shows to their digests; None sends all.
        A fragment that the client shows and the frame lacks is sent empty.
        """
        known = known or {}
        changed = {k: v for k, v in self.fragments.items() if known.get(k) != self.digests[k]}
        changed |= {k: "" for k in known if k not in self.fragments}
        return orjson.dumps(
            {
                "type": "frame",
                "cursor": self.cursor,
                "stamp": self.stamp,
                "turn": self.turn,
                "phase": self.phase,
                "deadline": self.deadline,
                "now": now(),
                "fragments": changed,
            }
        ).decode()


def now() -> str:
    """The server's clock as ISO 8601 in UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class FrameHistory:
    """The latest frame of one audience and the digests of those before it.

    Messages are made once for each pair (what the client has, what it needs) and kept until
    the next frame, so that many sockets in the same position share the same bytes.
    """

    def __init__(self) -> None:
        self.latest: Frame | None = None
        self._digests: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._messages: dict[str | None, str] = {}

    def add(self, frame: Frame) -> bool:
        """Make `frame` the latest; False if it shows the same bytes as the one before."""
        if self.latest is not None and self.latest.stamp == frame.stamp:
            return False
        self.latest = frame
        self._messages.clear()
        self._digests[frame.stamp] = frame.digests
        self._digests.move_to_end(frame.stamp)
        while len(self._digests) > REMEMBERED_FRAMES:
            self._digests.popitem(last=False)
        return True

    def message_since(self, stamp: str | None) -> str | None:
        """What a client that shows `stamp` needs to be current; None if it is current.

        A stamp that is unknown (too old, or of a client that never had one) gets everything.
        """
        if self.latest is None or stamp == self.latest.stamp:
            return None
        known = self._digests.get(stamp) if stamp else None
        key = stamp if known is not None else None
        if key not in self._messages:
            self._messages[key] = self.latest.message(known)
        return self._messages[key]
