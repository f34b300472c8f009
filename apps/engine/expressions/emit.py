"""From emitted source to functions. The only place of the engine that compiles source.

The source consists of pieces that the engine itself wrote: numbers, places in lists, quoted
ids and names with a prefix. No text of a scenario reaches it unquoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import fsum
from typing import Any

from ..layout import Layout
from .arithmetic import quotient, rounded
from .nodes import Node

SIGHTS = {
    "v": "values",
    "p": "previous",
    "om": "ordered",
    "ms": "measures",
    "lo": "last",
    "am": "agreed",
    "bm": "breaches",
    "cs": "clauses",
    "cf": "complete",
    "turn": "turn",
    "turns": "turns",
}


def elapsed(turn: int, last: int) -> int:
    """Turns since turn `last`; 99 if that never was (0)."""
    return turn - last if last else 99


def standing(turn: int, since: int) -> int:
    """Turns since something came into force; 0 if it is not in force."""
    return turn - since if since else 0


def share(turn: int, adopted: int, complete: int) -> float:
    """The part of a clause in force, 0 to 1, growing evenly from adoption to completion."""
    if not adopted:
        return 0.0
    if turn >= complete:
        return 1.0
    return (turn - adopted) / (complete - adopted)


def names_for(layout: Layout) -> dict[str, Any]:
    """Everything that emitted source may call, and nothing else (no builtins)."""
    return {
        "__builtins__": {},
        "PAIR": layout.pair_of,
        "abs": abs,
        "elapsed": elapsed,
        "fsum": fsum,
        "max": max,
        "min": min,
        "quotient": quotient,
        "rounded": rounded,
        "share": share,
        "standing": standing,
    }


def prologue(codes: Iterable[str]) -> list[str]:
    """Lines that take from the board `x` what the codes read."""
    text = " ".join(codes)
    words = set(_words(text))
    return [f" {short} = x.{name}" for short, name in SIGHTS.items() if short in words]


def _words(text: str) -> Iterable[str]:
    word = ""
    for character in text:
        if character.isalnum() or character == "_":
            word += character
        elif word:
            yield word
            word = ""
    if word:
        yield word


def function(
    layout: Layout, bindings: Iterable[str], nodes: Iterable[Node], *, single: bool = False
) -> Callable[..., Any]:
    """A function of a board and bindings, giving the values of several parts at once.

    With `single`, it gives the value of the only part.
    """
    codes = [node.emit() for node in nodes]
    result = codes[0] if single else "(" + "".join(f"{code}, " for code in codes) + ")"
    return build(layout, "figure", bindings, [*prologue(codes), f" return {result}"])


def build(
    layout: Layout,
    name: str,
    bindings: Iterable[str],
    lines: Iterable[str],
    before: Iterable[str] = (),
    **more: Any,
) -> Callable[..., Any]:
    """Compile the lines of one function of a board `x`, of what comes before, and bindings."""
    arguments = ", ".join(["x", *before, *(f"b_{binding}" for binding in bindings)])
    source = "\n".join([f"def {name}({arguments}):", *lines])
    space = {**names_for(layout), **more}
    exec(compile(source, f"<{name}>", "exec"), space)  # noqa: S102
    made: Callable[..., Any] = space[name]
    return made


def made_late(make: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """A function that is compiled when it is first called: a server never simulates."""
    made: list[Callable[..., Any]] = []

    def run(*arguments: Any) -> Any:
        if not made:
            made.append(make())
        return made[0](*arguments)

    return run
