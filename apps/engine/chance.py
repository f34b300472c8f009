"""Keyed chance: a draw is a hash of what it is about, never the next number of a stream.

Changing one order therefore leaves every unrelated draw alone.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from hashlib import blake2b

Dice = Callable[[str, str], float]
_SCALE = 1.0 / (1 << 53)


def draw(seed: str, turn: int, rule: str, about: str) -> float:
    """A number in [0, 1), the same on every machine for the same four words."""
    return dice(seed, turn)(rule, about)


def dice(seed: str, turn: int) -> Dice:
    """The draws of one turn: a function of the rule and of what it is about."""
    start = blake2b(_bytes(f"{seed}\x1f{turn}\x1f"), digest_size=8).copy

    def drawn(rule: str, about: str) -> float:
        key = start()
        try:
            key.update(f"{rule}\x1f{about}".encode())
        except UnicodeEncodeError:
            key.update(_bytes(f"{rule}\x1f{about}"))
        return (int.from_bytes(key.digest(), "big") >> 11) * _SCALE

    return drawn


def _bytes(text: str) -> bytes:
    """The text as UTF-8; even half of a character that an outside program sent has a key."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


LOTS = 32
_SHORTS = struct.Struct("<32H").unpack


def lots(seed: str, turn: int, rule: str, about: str) -> tuple[int, ...]:
    """`LOTS` numbers from 0 to 65,535 at once, for choices that matter little each."""
    key = _bytes(f"{seed}\x1f{turn}\x1f{rule}\x1f{about}")
    return _SHORTS(blake2b(key, digest_size=64).digest())
