"""Expressions and effects in words, for people who do not program.

relation[actor, CHN] < 0 and not in_force(toll)
Relations between the acting government and China is below 0 and “Toll” is not in force
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from apps.scenarios.checking.expressions import base_of, parsed
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema.effect import Change, Effect, Impose, Lift, SetFact
from apps.scenarios.schema.part import Expression

_COMPARE = {
    ast.Gt: "is above",
    ast.GtE: "is at least",
    ast.Lt: "is below",
    ast.LtE: "is at most",
    ast.Eq: "is",
    ast.NotEq: "is not",
    ast.In: "is one of",
    ast.NotIn: "is none of",
}
_OPERATE = {ast.Add: ("+", 1), ast.Sub: ("−", 1), ast.Mult: ("×", 2), ast.Div: ("÷", 2)}
_PLAIN = {
    "true": "always",
    "false": "never",
    "turn": "the turn",
    "turns": "the number of turns",
    "actor": "the acting government",
    "a": "either side",
    "b": "the other side",
    "draft": "the draft",
    "member": "the member",
}
_CALLS = {
    "ordered": ("{0} is ordered", "{1} orders {0}"),
    "ever": ("{0} was ever ordered", "{1} ever ordered {0}"),
    "since": ("the turns since {0}", "the turns since {1} ordered {0}"),
    "in_force": ("{0} is in force", "{0} is in force for {1}"),
    "turns_in_force": ("the turns of {0} in force", "the turns of {0} in force for {1}"),
    "agreed": ("{0} is in force", "{0} is in force with {1}"),
    "broken": ("{0} was broken", "{1} broke {0}"),
    "adopted": ("{0} has been adopted", ""),
    "phased_in": ("the part of {0} that is phased in", ""),
    "severity_of": ("the severity of {0}", ""),
    "previous": ("{0} of the turn before", ""),
    "sum_of": ("the sum of {0}", ""),
    "mean_of": ("the mean of {0}", ""),
    "min_of": ("the lowest {0}", ""),
    "max_of": ("the highest {0}", ""),
    "sponsor": ("{0} sponsors the draft", ""),
    "contains": ("the draft contains {0}", ""),
    "phase_in": ("the phase-in of {0}", ""),
    "voted_yes": ("{0} voted in favor", ""),
    "voted_no": ("{0} voted against", ""),
    "abstained": ("{0} abstained", ""),
    "clamp": ("{0}, held between {1} and {2}", ""),
    "abs": ("the size of {0}", ""),
    "round": ("{0}, rounded", ""),
}
_WORDY = frozenset({"clamp", "min", "max", "round"})
"""Functions whose words hold an and or a comma, and so need brackets within arithmetic."""
_DENIED = (
    (" is ordered", " is not ordered"),
    (" is in force", " is not in force"),
    (" has been adopted", " has not been adopted"),
    (" was broken", " was not broken"),
    (" was ever ordered", " was never ordered"),
    (" ever ordered ", " never ordered "),
    (" orders ", " does not order "),
    (" sponsors the draft", " does not sponsor the draft"),
    ("the draft contains ", "the draft does not contain "),
    (" is so", " is not so"),
)


class Words:
    """Turns the document's expressions and effects into English."""

    def __init__(self, document: ScenarioDocument) -> None:
        self.document = document
        self.titles: dict[str, str] = {}
        for section in ("moves", "measures", "agreements", "clauses", "facts", "tracks"):
            for item_id, item in getattr(document, section).items():
                quoted = section in ("moves", "measures", "agreements", "clauses")
                self.titles[item_id] = f"“{item.title}”" if quoted else item.title
        for fact in document.facts.values():
            if isinstance(fact.choices, dict):
                for word, title in fact.choices.items():
                    self.titles.setdefault(word, f"“{title}”")
        for government_id, government in document.governments.items():
            self.titles[government_id] = government.short
        for body in document.bodies.values():
            for member_id, member in body.members.items():
                self.titles.setdefault(member_id, member.name)

    def expression(self, text: Expression, bindings: Mapping[str, str] | None = None) -> str:
        """An expression in words; what cannot be read stays as it is written."""
        if isinstance(text, bool):
            return "always" if text else "never"
        if isinstance(text, int | float):
            return f"{text:g}"
        tree = parsed(text)
        return text if tree is None else _Sentence(self, dict(bindings or {})).of(tree)

    def effect(self, effect: Effect, bindings: Mapping[str, str] | None = None) -> str:
        """An effect as a sentence without its stop."""
        known = dict(bindings or {})
        if isinstance(effect, Change):
            return self._change(effect, known)
        if isinstance(effect, SetFact):
            value = self.expression(effect.to, known)
            fact = self.document.facts.get(base_of(effect.set))
            if fact is not None and fact.type == "flag":
                value = {"always": "yes", "never": "no"}.get(value, value)
            return f"{self.expression(effect.set, known)} becomes {value}"
        if isinstance(effect, Impose | Lift):
            measure = effect.impose if isinstance(effect, Impose) else effect.lift
            words = self.titles.get(measure, measure)
            words += " comes into force" if isinstance(effect, Impose) else " ends"
            if effect.by:
                words += f" for {self.expression(effect.by, known)}"
            if isinstance(effect, Impose) and effect.for_ is not None:
                words += f", for {self.expression(effect.for_, known)} turns"
            return words
        return "A dispatch reports it"

    def _change(self, effect: Change, bindings: Mapping[str, str]) -> str:
        target = self.expression(effect.change, bindings)
        amount = effect.by
        if isinstance(amount, str):
            try:
                amount = float(amount)
            except ValueError:
                return f"{target}: {self.expression(amount, bindings)}"
        sign = "+" if amount >= 0 else "−"
        return f"{target}\u00a0{sign}{abs(amount):g}{self._unit(effect.change)}"

    def _unit(self, target: str) -> str:
        track = self.document.tracks.get(base_of(target))
        if track is None or not track.unit or track.unit == "points":
            return ""
        return track.unit if track.unit == "%" else f" {track.unit}"


class _Sentence:
    """One expression in words; `bindings` are titles of the names that it binds."""

    def __init__(self, words: Words, bindings: dict[str, str]) -> None:
        self.words, self.bindings = words, bindings

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=value):
                return f"{value:g}" if isinstance(value, int | float) else str(value)
            case ast.Name(id=name):
                return self._name(name)
            case ast.Subscript():
                return self._about(node)
            case ast.Attribute(value=ast.Name(id=owner), attr=attribute):
                return self._attribute(owner, attribute)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._denied(self._truth(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"−{self._operand(operand, 3)}"
            case ast.BoolOp(op=op, values=values):
                joiner = " and " if isinstance(op, ast.And) else " or "
                return joiner.join(self._part(value) for value in values)
            case ast.BinOp(left=left, op=op, right=right):
                sign, rank = _OPERATE.get(type(op), ("?", 1))
                # a − (b + c) and a ÷ (b × c) keep their brackets; sums and products need none.
                tighter = isinstance(op, ast.Sub | ast.Div)
                return f"{self._operand(left, rank)} {sign} {self._operand(right, rank + tighter)}"
            case ast.Compare():
                return self._comparison(node)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return ", ".join(self.of(item) for item in items)
            case ast.IfExp(test=test, body=body, orelse=other):
                return f"{self.of(body)} if {self._truth(test)}, else {self.of(other)}"
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, arguments)
        return ast.unparse(node)

    def _name(self, name: str) -> str:
        if name in self.bindings:
            return self.bindings[name]
        return self.words.titles.get(name) or _PLAIN.get(name, name.replace("_", " "))

    def _about(self, node: ast.Subscript) -> str:
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if [getattr(one, "id", "") for one in inside] in (["a", "b"], ["b", "a"]):
            return f"{self.of(node.value)} between the two"
        about = [self.of(one) for one in inside]
        joined = f"between {' and '.join(about)}" if len(about) > 1 else f"of {about[0]}"
        return f"{self.of(node.value)} {joined}"

    def _attribute(self, owner: str, attribute: str) -> str:
        for body in self.words.document.bodies.values():
            if owner == "draft" and attribute in body.draft_attributes:
                title = body.draft_attributes[attribute].title or attribute
                return f"the draft’s {title.lower()}"
            if owner == "member" and attribute in body.weights:
                return f"the member’s “{body.weights[attribute].title}”"
        return f"the {owner}’s {attribute.replace('_', ' ')}"

    def _truth(self, node: ast.expr) -> str:
        """A condition; a bare flag reads as a sentence."""
        if isinstance(node, ast.Name | ast.Subscript):
            base = node.id if isinstance(node, ast.Name) else getattr(node.value, "id", "")
            if base in self.words.document.facts or base in self.bindings:
                words = self.of(node)
                return f"{words} is so" if words.startswith("“") else f"“{words}” is so"
        return self.of(node)

    def _denied(self, sentence: str) -> str:
        for yes, no in _DENIED:
            if yes in sentence and " and " not in sentence and " or " not in sentence:
                return sentence.replace(yes, no, 1)
        return f"it is not so that {sentence}"

    def _part(self, node: ast.expr) -> str:
        words = self._truth(node)
        return f"({words})" if isinstance(node, ast.BoolOp) else words

    def _operand(self, node: ast.expr, rank: int) -> str:
        """A part of arithmetic, in brackets where it would be misread without them."""
        words = self.of(node)
        if isinstance(node, ast.BinOp):
            return words if _OPERATE.get(type(node.op), ("?", 0))[1] >= rank else f"({words})"
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "") in _WORDY
        return f"({words})" if called or isinstance(node, ast.IfExp | ast.Compare) else words

    def _comparison(self, node: ast.Compare) -> str:
        words = self.of(node.left)
        for op, right in zip(node.ops, node.comparators, strict=True):
            words += f" {_COMPARE.get(type(op), '?')} {self.of(right)}"
        return words

    def _call(self, name: str, arguments: list[ast.expr]) -> str:
        words = [
            f"({self.of(one)})" if isinstance(one, ast.BinOp) else self.of(one) for one in arguments
        ]
        if name in ("min", "max"):
            which = "smaller" if name == "min" else "larger"
            return f"the {which} of {' and '.join(words)}"
        forms = _CALLS.get(name)
        if forms is None or not words:
            return f"{name}({', '.join(words)})"
        form = forms[1] if len(words) > 1 and forms[1] else forms[0]
        try:
            return form.format(*words)
        except IndexError:
            return f"{name}({', '.join(words)})"
