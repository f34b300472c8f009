"""A stage as games run it: one function that fires all rules and writes down why.

Records are most of the work of a turn, so that they are written out in the source: each rule has
its payload as one expression, each figure its own event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..events import event_of
from ..expressions.emit import build, prologue
from ..layout import Layout
from ..ruleset import Figure, Inject, Rule
from ..viewers import FACILITATOR, PUBLIC
from .changing import held_code, mixed_tracks
from .gates import Codes, Gate, gate_head, gate_names, gate_of, inject_gate, is_listed
from .naming import is_fixed_label, label_code, naming_names


def recorded_stage(
    layout: Layout, name: str, rules: Iterable[Rule], drawing: Figure | None = None
) -> Figure:
    """`recorded(board, note)`: parts of sets, imposed and lifted by place, and dispatches.

    Calls `note` with an event for each firing, and for each figure that changed.
    """
    gates = [gate_of(rule) for rule in rules]
    body: list[str] = []
    for number, gate in enumerate(gates):
        drawn = ("q", "d") if gate.chance else ("None", "None")
        shut = list(_shut(gate, number, ("None", "None"))) if is_listed(gate.rule) else []
        unlucky = list(_shut(gate, number, drawn)) if gate.chance else []
        body += gate.lines(_fired(layout, gate, number, drawn), unlucky, shut)
    return _function(layout, name, gates, [], body, (), drawing)


def recorded_injects(layout: Layout, name: str, injects: Iterable[Inject]) -> Figure:
    """`recorded(board, note, called, due)`: as a stage; the ids of what happens go to `due`."""
    gates: list[Gate] = []
    body: list[str] = []
    for number, inject in enumerate(injects):
        gate = inject_gate(inject)
        gates.append(gate)
        fired = _fired(layout, gate, number, ("g[0]", "g[1]"))
        body += gate.lines([f"due({inject.id!r})", *fired])
    head = [" happened = x.happened"]
    return _function(layout, name, gates, head, body, ("called", "due"), None)


def _function(
    layout: Layout,
    name: str,
    gates: list[Gate],
    head: list[str],
    body: list[str],
    before: tuple[str, ...],
    drawing: Figure | None,
) -> Figure:
    effects = [effect for gate in gates for effect in gate.effects]
    places = _places(layout, effects)
    foot = list(_foot(layout, name, effects, places))
    lists = [f" c{place} = []" for place in places]
    moving = {track for kind, track, to, _ in effects if kind == "change" and not to.isdigit()}
    if moving:
        spans = [place for track in sorted(moving) for place in layout.places(track)]
        items = [f"{p}: {f'c{p}' if layout.names[p] else '[]'}" for p in spans]
        lists.append(f" ch = {{{', '.join(items)}}}")
    space: dict[str, Any] = {f"X{place}": _changed(layout, name, place) for place in places}
    for number, gate in enumerate(gates):
        space |= dict(_templates(gate, number))
    space |= gate_names(layout) | naming_names(layout)
    space["SEEN_BY"] = tuple(f"seat:{seat}" for seat in layout.governments)
    return build(
        layout,
        "recorded",
        (),
        [
            *prologue([*body, *foot]),
            *gate_head(drawing),
            " st = {}",
            " im = {}",
            " lf = {}",
            " di = []",
            *head,
            *lists,
            *body,
            *foot,
            " return st, im, lf, di",
        ],
        ("note", *before),
        DRAWN=drawing,
        ev=event_of,
        len=len,
        round=round,
        **space,
    )


def _places(layout: Layout, effects: list[Codes]) -> list[int]:
    """The places that may change in a stage, in the order in which events tell of them."""
    found: set[int] = set()
    for kind, track, target, _ in effects:
        if kind == "change":
            found |= {int(target)} if target.isdigit() else {*layout.places(track)}
    return sorted((p for p in found if layout.names[p]), key=layout.names.__getitem__)


def _audience(rule: Rule) -> str:
    """Source of who may know that a rule fired: a secret order is known to its seat alone."""
    if not rule.secrets:
        return repr(PUBLIC)
    if rule.trigger == "order" and rule.secrets == (rule.of,):
        return "SEEN_BY[b_actor]"
    return repr(FACILITATOR)


def _fired(layout: Layout, gate: Gate, number: int, drawn: tuple[str, str]) -> Iterator[str]:
    """Source that notes a firing and gathers its effects."""
    yield from _places_and_amounts(gate)
    effects = []
    for place, (effect, codes) in enumerate(zip(gate.rule.effects, gate.effects, strict=True)):
        kind, _, target, _ = codes
        if kind in ("change", "set"):
            on = repr(layout.names[int(target)]) if target.isdigit() else f"L[t{place}]"
            effects.append(f"{{'kind': {kind!r}, 'on': {on}, 'amount': a{place}}}")
        else:
            amount = f"round(a{place}) or None" if kind == "impose" else "None"
            effects.append(f"{{'kind': {kind!r}, 'on': {effect.subject!r}, 'amount': {amount}}}")
    yield f"told = F{number}()"
    yield from _told(gate, drawn)
    yield f"told['effects'] = [{', '.join(effects)}]"
    nobody = " or ".join(
        f"not L[t{place}]"
        for place, (kind, _, to, _) in enumerate(gate.effects)
        if kind == "change" and not to.isdigit()
    )
    if nobody:
        yield f"if {nobody}:"
        yield " told['effects'] = [e for e in told['effects'] if e['on']]"
    yield f"note(ev(('RuleFired', told, {_audience(gate.rule)})))"
    yield from _gathered(gate, number)


def _told(gate: Gate, drawn: tuple[str, str]) -> Iterator[str]:
    """Source that completes the record of a gate: whom it is about, what the rule saw."""
    if gate.about != "''":
        yield f"told['about'] = {gate.about}"
    saw = ", ".join(f"{label_code(read)}: {read.emit()}" for read in gate.rule.reads)
    yield f"told['bindings'] = {gate.rule.naming}"
    yield f"told['saw'] = {{{saw}}}"
    if any(r.family in ("track", "fact") and not is_fixed_label(r) for r in gate.rule.reads):
        yield "told['saw'].pop('', None)"
    if drawn[0] != "None":
        yield f"told['chance'] = {drawn[0]}"
        yield f"told['draw'] = {drawn[1]}"


def _places_and_amounts(gate: Gate) -> Iterator[str]:
    """Source that reckons the targets and amounts of a firing, each once."""
    for place, (kind, _, target, amount) in enumerate(gate.effects):
        if kind == "change":
            yield f"a{place} = {amount} + 0.0"
        elif kind in ("set", "impose"):
            yield f"a{place} = {amount}"
        if kind != "dispatch" and not target.isdigit():
            yield f"t{place} = {target}"


def _gathered(gate: Gate, number: int) -> Iterator[str]:
    """Source that adds the effects of a firing to those of the stage."""
    audience = _audience(gate.rule)
    for place, (kind, subject, target, _) in enumerate(gate.effects):
        if kind != "dispatch":
            yield f"part = P{number}()"
            if gate.about != "''":
                yield f"part['about'] = {gate.about}"
            if audience == "SEEN_BY[b_actor]":
                yield f"part['audience'] = {audience}"
            if kind != "lift":
                yield f"part['amount'] = a{place}"
        if kind == "change" and target.isdigit():
            yield f"c{target}.append(part)"
        elif kind == "change":
            yield f"ch[t{place}].append(part)"
        elif kind == "dispatch":
            about = f"{gate.rule.id + '|'!r} + {gate.about}"
            yield f"di.append(({subject!r}, {about}, told['bindings']))"
        elif kind == "set":
            to = target if target.isdigit() else f"t{place}"
            yield f"if L[{to}]:"
            yield f" if {to} not in st:"
            yield f"  st[{to}] = []"
            yield f" st[{to}].append(part)"
        else:
            held = "im" if kind == "impose" else "lf"
            yield f"for t in t{place}:"
            yield f" if t not in {held}:"
            yield f"  {held}[t] = []"
            yield f" {held}[t].append(part)"


def _shut(gate: Gate, number: int, drawn: tuple[str, str]) -> Iterator[str]:
    """Source that notes a gate that was reached and did not open."""
    yield f"told = F{number}()"
    yield from _told(gate, drawn)
    yield "told['fired'] = False"
    yield "told['effects'] = []"
    yield f"note(ev(('RuleFired', told, {_audience(gate.rule)})))"


def _templates(gate: Gate, number: int) -> Iterator[tuple[str, Figure]]:
    """What each record of a rule starts from: a copy is quicker than a mapping built anew."""
    rule = gate.rule
    payload: dict[str, Any] = {
        "rule": rule.id,
        "title": rule.title,
        "stage": rule.stage,
        "about": "",
        "claims": rule.cited,
        "reason": rule.reason,
        "bindings": None,
        "saw": None,
        "chance": None,
        "draw": None,
        "fired": True,
        "effects": None,
    }
    yield f"F{number}", payload.copy
    audience = FACILITATOR if rule.secrets else PUBLIC
    part = {
        "rule": rule.id,
        "about": "",
        "amount": None,
        "claims": rule.cited,
        "audience": audience,
    }
    yield f"P{number}", part.copy


def _foot(layout: Layout, stage: str, effects: list[Codes], places: list[int]) -> Iterator[str]:
    """Source that adds the amounts of each figure to it, and notes each part."""
    mixed = mixed_tracks(effects)
    for place in places:
        track, low, high = layout.tracks[place], layout.lows[place], layout.highs[place]
        unset = f" and {place} not in st" if track in mixed else ""
        kind = "FactSet" if track in layout.facts else "TrackChanged"
        yield f" if c{place}{unset}:"
        yield f"  told = X{place}()"
        yield f"  told['before'] = s = v[{place}]"
        yield f"  if len(c{place}) == 1:"
        yield f"   r = s + c{place}[0]['amount']"
        yield "  else:"
        yield f"   r = s + fsum([part['amount'] for part in c{place}])"
        yield "  told['raw'] = r"
        yield f"  v[{place}] = told['after'] = {held_code(low, high)}"
        yield f"  if not {low!r} <= r <= {high!r}:"
        yield "   told['clamped'] = True"
        yield f"  told['parts'] = c{place}"
        yield f"  note(ev(({kind!r}, told, {layout.audiences[place]!r})))"


def _changed(layout: Layout, stage: str, place: int) -> Figure:
    """What each record of a changed figure starts from."""
    payload: dict[str, Any] = {
        "name": layout.names[place],
        "track": layout.tracks[place],
        "about": layout.whose[place],
        "stage": stage,
        "before": None,
        "raw": None,
        "after": None,
        "clamped": False,
        "parts": None,
    }
    return payload.copy
