"""A stage as simulations run it: one function that fires all rules and keeps no record.

Figures that are known beforehand have a list of amounts of their own; all are changed in place,
once every rule of the stage has read them. What else the rules do is handed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..expressions.emit import build, prologue
from ..layout import Layout
from ..ruleset import Figure, Inject, Rule
from .changing import held_code, mixed_tracks
from .gates import Codes, Gate, gate_head, gate_names, gate_of, inject_gate
from .settling import settled

UNROLLED = 20
"""Up to so many governments or pairs, a rule about each is written out for each."""


def quick_stage(layout: Layout, rules: Iterable[Rule], drawing: Figure | None = None) -> Figure:
    """`quick(board)`: changes left over by place, sets, spans, lifts and dispatches.

    A board that has a `tally` counts there how often each rule fired.
    """
    rules = list(rules)
    gates = [gate for rule in rules for gate in _written_out(layout, gate_of(rule))]
    body: list[str] = []
    for gate in gates:
        body += gate.lines([f"n[{gate.rule.index}] += 1", *_effect_lines(gate)])
    head = [" n = x.tally or UNCOUNTED"]
    most = max((rule.index for rule in rules), default=0) + 1
    return _function(layout, gates, head, body, "", (), drawing, UNCOUNTED=[0] * most)


def quick_injects(layout: Layout, injects: Iterable[Inject]) -> Figure:
    """`quick(board, called)`: the ids of injects that happen now, then what a stage gives."""
    held = [(inject.id, inject_gate(inject)) for inject in injects]
    body: list[str] = []
    for name, gate in held:
        body += gate.lines([f"due.append({name!r})", *_effect_lines(gate)])
    head = [" happened = x.happened", " due = []"]
    return _function(layout, [gate for _, gate in held], head, body, "due, ", ("called",), None)


def _function(
    layout: Layout,
    gates: list[Gate],
    head: list[str],
    body: list[str],
    first: str,
    before: tuple[str, ...],
    drawing: Figure | None,
    **more: Any,
) -> Figure:
    effects = [effect for gate in gates for effect in gate.effects]
    kinds = {kind for kind, *_ in effects}
    named = {"set": "st", "impose": "sp", "lift": "lf", "dispatch": "di"}
    lists = [name for kind, name in named.items() if kind in kinds]
    given = ", ".join(name if name in lists else "()" for name in named.values())
    foot = list(_foot(layout, effects))
    changed = sorted(_static(effects))
    opened = [f" {name} = []" for name in [*lists, *(f"c{place}" for place in changed)]]
    return build(
        layout,
        "quick",
        (),
        [
            *prologue([*body, *foot]),
            *gate_head(drawing),
            " ch = {}",
            *head,
            *opened,
            *body,
            *foot,
            f" return {first}ch, {given}",
        ],
        before,
        DRAWN=drawing,
        **gate_names(layout),
        **more,
    )


def _static(effects: Iterable[Codes]) -> set[int]:
    """The places that are changed and known beforehand."""
    return {int(to) for kind, _, to, _ in effects if kind == "change" and to.isdigit()}


def _effect_lines(gate: Gate) -> Iterator[str]:
    """Source that gathers the effects of a firing."""
    for kind, subject, target, amount in gate.effects:
        if kind == "change" and target.isdigit():
            yield f"c{target}.append({amount})"
        elif kind == "change":
            yield from (f"t = {target}", "if t in ch:", f" ch[t].append({amount})")
            yield from ("else:", f" ch[t] = [{amount}]")
        elif kind == "dispatch":
            yield f"di.append(({subject!r}, {gate.rule.id + '|'!r} + {gate.about}))"
        elif kind == "lift":
            yield f"lf.append({target})"
        else:
            yield f"{'st' if kind == 'set' else 'sp'}.append(({target}, {amount}))"


def _foot(layout: Layout, effects: list[Codes]) -> Iterator[str]:
    """Source that adds the amounts of each figure to it and holds it in its range.

    Figures that are also set in the stage are left to the caller.
    """
    changed = _static(effects)
    moving = {track for kind, track, to, _ in effects if kind == "change" and not to.isdigit()}
    open_to = {place for track in moving for place in layout.places(track)}
    mixed = mixed_tracks(effects)
    if moving:
        yield " if ch:"
        for place in sorted(changed & open_to):
            yield f"  if {place} in ch:"
            yield f"   c{place} += ch.pop({place})"
        for track in sorted(moving - mixed):
            span = layout.places(track)
            low, high = layout.lows[span[0]], layout.highs[span[0]]
            nobody = next((place for place in span if not layout.names[place]), -1)
            others = sorted({*span} - changed)
            yield f"  for t in ({''.join(f'{place}, ' for place in others)}):"
            yield "   if t in ch:"
            yield "    r = v[t] + fsum(ch.pop(t))"
            yield f"    if t != {nobody}:"
            yield f"     v[t] = {held_code(low, high)}"
    for place in sorted(changed):
        yield f" if c{place}:"
        if layout.tracks[place] in mixed:
            yield f"  ch[{place}] = c{place}"
        else:
            yield f"  r = v[{place}] + fsum(c{place})"
            yield f"  v[{place}] = {held_code(layout.lows[place], layout.highs[place])}"


def _written_out(layout: Layout, gate: Gate) -> list[Gate]:
    """The gate, once for each government or pair that it is about, where these are known."""
    rule, names = gate.rule, layout.governments
    if rule.trigger == "order" and len(rule.actors) == 1:
        return [_bound(layout, gate, gate.head, gate.depth, {"actor": rule.actors[0]})]
    if rule.trigger == "government" and len(names) <= UNROLLED:
        return [
            _bound(layout, gate, [], 1, {"actor": place}, names[place])
            for place in range(len(names))
        ]
    if rule.trigger == "pair" and len(layout.pairs) <= UNROLLED:
        return [
            _bound(layout, gate, [], 1, {"a": a, "b": b}, f"{names[a]}-{names[b]}")
            for a, b in layout.pairs
        ]
    return [gate]


def _bound(
    layout: Layout, gate: Gate, head: list[str], depth: int, values: dict[str, int], about: str = ""
) -> Gate:
    """The gate with governments written in place of bindings."""

    def known(code: str) -> str:
        return settled(layout, code, values)

    told = repr(about) if about else gate.about
    return replace(
        gate,
        about=told,
        head=head,
        depth=depth,
        condition=known(gate.condition),
        chance=known(gate.chance),
        drawing=f"drawn({gate.rule.id!r}, {told})" if gate.drawing else "",
        effects=[(kind, track, known(to), known(by)) for kind, track, to, by in gate.effects],
    )
