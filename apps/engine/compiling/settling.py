"""Emitted source with bindings that are known beforehand: places are reckoned while compiling."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..layout import Layout

_QUOTED = re.compile(r"('[^']*')")
_PAIR = re.compile(r"(\d+) \+ PAIR\[(\d+) \* (\d+) \+ (\d+)\]")
_SUM = re.compile(r"(?:(?<=\[)|(?<=\()|^)(\d+) \+ (\d+)(?=\]|,|$)")


def settled(layout: Layout, code: str, values: Mapping[str, int]) -> str:
    """The code with the governments `values` in place of the bindings of these names.

    What stands in quotes, such as ids, is left alone.
    """
    parts = _QUOTED.split(code)
    for place in range(0, len(parts), 2):
        part = parts[place]
        for name, value in values.items():
            part = re.sub(rf"\bb_{name}\b", str(value), part)
        part = _PAIR.sub(lambda found: _pair(layout, found), part)
        parts[place] = _SUM.sub(lambda found: str(int(found[1]) + int(found[2])), part)
    return "".join(parts)


def _pair(layout: Layout, found: re.Match[str]) -> str:
    base, first, stride, second = map(int, found.groups())
    return str(base + layout.pair_of[first * stride + second])
