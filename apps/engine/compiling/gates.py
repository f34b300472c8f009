"""When a rule fires: the source that asks its trigger, its condition and its chance.

What is done then is written by whoever asks: `quick.py` for simulations, `recorded.py` for games.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..layout import Layout
from ..ruleset import Figure, Inject, Rule

Codes = tuple[str, str, str, str]


@dataclass(slots=True)
class Gate:
    """The source around a rule's firing.

    `head` are the lines that bind what the rule is about; condition and chance follow `depth`
    steps deep. `effects` give kind, track or other subject, source of the target, of the amount.
    """

    rule: Rule
    effects: list[Codes]
    about: str = "''"
    head: list[str] = field(default_factory=list)
    depth: int = 1
    condition: str = ""
    chance: str = ""
    drawing: str = ""

    def lines(
        self, fired: Iterable[str], unlucky: Iterable[str] = (), closed: Iterable[str] = ()
    ) -> Iterator[str]:
        """Source of the gate: what follows if it opens, if the draw fails, if it stays shut."""
        yield from self.head
        pad = inner = " " * self.depth
        if self.condition:
            yield f"{pad}if {self.condition}:"
            inner = pad + " "
        if self.chance:
            yield f"{inner}q = {self.chance}"
            yield f"{inner}d = {self.drawing}"
            yield f"{inner}if d < q:"
            yield from (f"{inner} {line}" for line in fired)
            yield from _otherwise(inner, unlucky)
        else:
            yield from (f"{inner}{line}" for line in fired)
        if self.condition:
            yield from _otherwise(pad, closed)


def _otherwise(pad: str, lines: Iterable[str]) -> Iterator[str]:
    written = [f"{pad} {line}" for line in lines]
    if written:
        yield f"{pad}else:"
        yield from written


def gate_of(rule: Rule) -> Gate:
    """The gate of a rule of a stage; it is asked for each thing that the rule is about."""
    gate = _around(rule)
    if rule.condition is not None:
        gate.condition = rule.condition.node.emit()
    if rule.chance is not None:
        gate.chance = rule.chance.node.emit()
        gate.drawing = f"drawn({rule.id!r}, {gate.about})"
    return gate


def effect_codes(rule: Rule) -> list[Codes]:
    """The effects of a rule: kind, track or other subject, source of target and of amount."""
    return [
        (effect.kind, effect.subject.partition("[")[0], target, amount)
        for effect, (target, amount) in zip(rule.effects, rule.codes, strict=True)
    ]


def _around(rule: Rule) -> Gate:
    """The loops around a rule's condition."""
    codes = effect_codes(rule)
    if rule.trigger == "once":
        return Gate(rule, codes)
    if rule.trigger == "order":
        bound = "".join(f"b_{name}, " for name in rule.bindings)
        head = [f" for b, k in placed[{rule.of_index}]:", f"  {bound}= b"]
        return Gate(rule, codes, "k", head, 2)
    if rule.trigger == "government":
        return Gate(rule, codes, "NAMES[b_actor]", [" for b_actor in SEATS:"], 2)
    if rule.trigger == "pair":
        about = "NAMES[b_a] + '-' + NAMES[b_b]"
        return Gate(rule, codes, about, [" for b_a, b_b in PAIRS:"], 2)
    head = [f" for b_draft in x.voted[{(rule.of, rule.trigger)!r}]:"]
    return Gate(rule, codes, "b_draft.id", head, 2)


def inject_gate(inject: Inject) -> Gate:
    """The gate of an inject: called for, or due by its turn, condition and chance.

    `g` is its chance and draw, as far as it has them; None while it does not happen.
    """
    rule = inject.rule
    due: list[str] = [f"g = ANYWAY if {inject.id!r} in called else None"]
    asked = []
    if inject.at is not None:
        asked.append(f"turn == {inject.at}")
    if rule.condition is not None:
        asked.append(rule.condition.node.emit())
    if asked or rule.chance is not None:
        due.append(f"if g is None{''.join(f' and {part}' for part in asked)}:")
        if rule.chance is None:
            due.append(" g = ANYWAY")
        else:
            due += [
                f" q = float({rule.chance.node.emit()})",
                f" d = drawn({f'inject {inject.id}'!r}, '')",
                " g = (q, d) if d < q else None",
            ]
    gate = Gate(rule, effect_codes(rule), condition="g is not None")
    if inject.once:
        gate.head = [" g = None", f" if not happened[{inject.index}]:"]
        gate.head += [f"  {line}" for line in due]
    else:
        gate.head = [f" {line}" for line in due]
    return gate


def is_listed(rule: Rule) -> bool:
    """Whether a gate that stayed shut is worth a record: somebody acted, and it came to nothing."""
    return rule.trigger not in ("once", "government", "pair")


def gate_names(layout: Layout) -> dict[str, Any]:
    """What the source of gates may use."""
    return {
        "NAMES": layout.governments,
        "SEATS": tuple(range(len(layout.governments))),
        "PAIRS": layout.pairs,
        "ANYWAY": (None, None),
        "float": float,
    }


def gate_head(drawing: Figure | None) -> list[str]:
    """Lines that take from the board `x` what gates need."""
    return [
        " placed = x.placed",
        " turn = x.turn",
        " drawn = DRAWN" if drawing else " drawn = x.dice",
    ]
