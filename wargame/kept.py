"""What a process remembers: by key, up to a bound, safe between threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _one(value: object) -> int:
    return 1


class Kept(Generic[Key, Value]):
    """Values that were costly to make; the least recently used goes first.

    Two threads that lack the same value both make it, and the later one is kept: nobody waits for
    the making. A value is never None, which is what `get` answers for an unknown key.

    Args:
        most: how much is kept in all, in the unit of `size_of`.
        size_of: what one value counts for; without it each counts for 1.
    """

    def __init__(self, most: int, size_of: Callable[[Value], int] = _one) -> None:
        self.size = 0
        self._most = most
        self._size_of = size_of
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """The value of `key`, which is now the latest used; None for an unknown key."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: Key, value: Value) -> Value:
        """Remember `value` and answer it; what is too much then goes, `value` itself included."""
        with self._lock:
            if key in self._values:
                self.size -= self._size_of(self._values.pop(key))
            self._values[key] = value
            self.size += self._size_of(value)
            while self.size > self._most:
                _, dropped = self._values.popitem(last=False)
                self.size -= self._size_of(dropped)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.size = 0
