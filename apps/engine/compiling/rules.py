"""Rules and injects as the document has them: triggers, conditions, effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..errors import nearest
from ..expressions.check import check
from ..expressions.grammar import ExpressionError
from ..expressions.nodes import Node, Read
from ..expressions.types import GOVERNMENT, NUMBER, Type, number
from ..expressions.vocabulary import Scope, Vocabulary
from ..ruleset import Dispatch, Effect, Measure, Move, Rule
from .moves import binding_types
from .naming import DRAFTED, naming_items
from .section import Section

OUTCOMES = ("adopted", "failed", "vetoed")
Codes = tuple[str, str]
EFFECTS = ("change", "set", "impose", "lift", "dispatch")


class RuleReader:
    """Reads rules against the declared scenario."""

    def __init__(
        self,
        words: Vocabulary,
        moves: Mapping[str, Move],
        measures: Mapping[str, Measure],
        dispatches: Mapping[str, Dispatch],
    ) -> None:
        self.words, self.moves = words, moves
        self.measures, self.dispatches = measures, dispatches
        self.used_dispatches: set[str] = set()

    def read(self, name: str, index: int, section: Section, stage: str) -> Rule:
        """One rule of the document."""
        trigger, of, scope = self._trigger(section)
        return self.build(name, index, section, stage, trigger, of, scope)

    def build(
        self,
        name: str,
        index: int,
        section: Section,
        stage: str,
        trigger: str,
        of: str,
        scope: Scope,
    ) -> Rule:
        """A rule of a known trigger; injects are built through this too."""
        words = self.words
        condition = section.condition("if", words, scope)
        chance = section.formula("chance", number(), words, scope)
        if chance is not None and chance.node.type.hi <= 0:
            section.problem("chance", "this is never above 0", "a chance is a number from 0 to 1")
        if (
            condition is not None
            and condition.node.type.hi == 0
            and not any(condition.node.reads())
        ):
            section.problem("if", "this rule can never fire", "leave the rule out")
        effects, codes, nodes = self._effects(section, scope)
        cited = list(section.words("claims"))
        title, reason = section.text("title", name), section.text("reason")
        names = ["draft"] if trigger in OUTCOMES else list(scope.bindings)
        gates = [part.node for part in (condition, chance) if part is not None]
        reads = list(_distinct([*gates, *nodes]))
        move = self.moves.get(of) if trigger == "order" else None
        secrets = {of} if move and move.secret else set()
        secrets |= {
            read.subject
            for read in reads
            if read.family in ("ordered", "ever", "since") and self.moves[read.subject].secret
        }
        return Rule(
            id=name,
            index=index,
            title=title,
            stage=stage,
            trigger=trigger,
            of=of,
            of_index=move.index if move else 0,
            actors=tuple(words.layout.index[seat] for seat in move.by) if move else (),
            bindings=tuple(names),
            condition=condition,
            chance=chance,
            effects=tuple(effects),
            codes=tuple(codes),
            naming=DRAFTED if trigger in OUTCOMES else naming_items(scope.bindings),
            reads=tuple(reads),
            claims=tuple(cited),
            cited=cited,
            reason=reason,
            secrets=tuple(sorted(secrets)),
        )

    def _trigger(self, section: Section) -> tuple[str, str, Scope]:
        given = [key for key in ("on", "each", *OUTCOMES) if section.has(key)]
        if len(given) > 1:
            section.problem(
                given[1], "a rule has one trigger", "on, each, adopted, failed or vetoed"
            )
        if not given:
            return "once", "", Scope()
        key = given[0]
        value = section.text(key)
        if key == "on":
            if value not in self.moves:
                section.problem("on", f"there is no move “{value}”", nearest(value, self.moves))
                return "once", "", Scope()
            return "order", value, Scope(binding_types(self.moves[value]))
        if key == "each":
            value = section.one_of("each", ("government", "pair"), "government")
            names = ("actor",) if value == "government" else ("a", "b")
            return value, "", Scope({name: Type(GOVERNMENT) for name in names})
        if value not in self.words.bodies:
            section.problem(key, f"there is no body “{value}”", nearest(value, self.words.bodies))
            return "once", "", Scope()
        return key, value, Scope(body=self.words.bodies[value], outcome=True)

    def _effects(
        self, section: Section, scope: Scope
    ) -> tuple[list[Effect], list[Codes], list[Node]]:
        effects: list[Effect] = []
        codes: list[Codes] = []
        nodes: list[Node] = []
        for part in section.items("effects"):
            given = [key for key in EFFECTS if part.has(key)]
            if len(given) != 1:
                part.problem("", "an effect does one thing", ", ".join(EFFECTS))
                continue
            made = getattr(self, f"_{given[0]}")(part, scope, nodes)
            if made is not None:
                effects.append(made[0])
                codes.append(made[1])
        return effects, codes, nodes

    def _target(self, part: Section, key: str, scope: Scope) -> Read | None:
        """The track or fact named at `key`, with the expression that finds its place."""
        source = part.text(key)
        name = source.partition("[")[0].strip()
        if name not in self.words.types:
            part.problem(
                key, f"there is no track or fact “{name}”", nearest(name, self.words.types)
            )
            return None
        try:
            node = check(source, self.words.types[name], self.words, scope)
        except ExpressionError as error:
            part.problem(key, error.message, error.suggestion, error.offset)
            return None
        if not isinstance(node, Read) or node.family not in ("track", "fact"):
            part.problem(key, "a track or a fact is wanted here")
            return None
        return node

    def _change(
        self, part: Section, scope: Scope, nodes: list[Node]
    ) -> tuple[Effect, Codes] | None:
        target = self._target(part, "change", scope)
        if target is not None and target.type.kind != NUMBER:
            part.problem("change", "only numbers can be changed by an amount", "use set ... to")
            return None
        amount = part.formula("by", number(), self.words, scope)
        if amount is None:
            if not part.has("by"):
                part.problem("", "a change needs “by”")
            return None
        if target is None:
            return None
        nodes.append(amount.node)
        effect = Effect("change", target.text(), amount.source, amount.node)
        return effect, (target.code[2:-1], amount.node.emit())

    def _set(self, part: Section, scope: Scope, nodes: list[Node]) -> tuple[Effect, Codes] | None:
        target = self._target(part, "set", scope)
        if target is None:
            return None
        if target.family == "track":
            part.problem("set", "a track changes by amounts", "use change ... by, or a fact")
            return None
        value = part.formula("to", target.type, self.words, scope)
        if value is None:
            if not part.has("to"):
                part.problem("", "a set needs “to”")
            return None
        if any(part not in target.type.options for part in value.node.type.options):
            part.problem("to", "this can be a choice that the fact does not have")
        nodes.append(value.node)
        effect = Effect("set", target.text(), value.source, value.node)
        return effect, (target.code[2:-1], value.node.emit())

    def _impose(
        self, part: Section, scope: Scope, nodes: list[Node]
    ) -> tuple[Effect, Codes] | None:
        places = self._places(part, "impose", scope)
        turns = part.formula("for", number(), self.words, scope, 0)
        if places is None or turns is None:
            return None
        nodes.append(turns.node)
        effect = Effect("impose", part.text("impose"), turns.source, turns.node)
        return effect, (places, turns.node.emit())

    def _lift(self, part: Section, scope: Scope, nodes: list[Node]) -> tuple[Effect, Codes] | None:
        places = self._places(part, "lift", scope)
        return None if places is None else (Effect("lift", part.text("lift"), ""), (places, "0"))

    def _places(self, part: Section, key: str, scope: Scope) -> str | None:
        name = part.text(key)
        measure = self.measures.get(name)
        if measure is None:
            part.problem(key, f"there is no measure “{name}”", nearest(name, self.measures))
            return None
        if not measure.holders:
            if part.has("by"):
                part.problem("by", f"“{name}” is in force for all", "leave “by” out")
            return f"({measure.first},)"
        if not part.has("by"):
            if key == "impose" and len(measure.holders) > 1:
                part.problem(key, f"say by whom “{name}” is imposed", "by: actor")
                return None
            index = self.words.layout.index
            return "(" + "".join(f"{measure.first + index[g]}, " for g in measure.holders) + ")"
        whose = part.formula("by", Type(GOVERNMENT), self.words, scope)
        if whose is None:
            return None
        return f"({measure.first} + {whose.node.emit()},)"

    def _dispatch(
        self, part: Section, scope: Scope, nodes: list[Node]
    ) -> tuple[Effect, Codes] | None:
        name = part.text("dispatch")
        dispatch = self.dispatches.get(name)
        if dispatch is None:
            part.problem(
                "dispatch", f"there is no dispatch “{name}”", nearest(name, self.dispatches)
            )
            return None
        self.used_dispatches.add(name)
        known = {*scope.bindings, "turn", "date", *(("draft",) if scope.body else ())}
        for words in dispatch.variants:
            for placeholder in placeholders(words[0] + words[1]):
                if placeholder not in known:
                    part.problem(
                        "dispatch",
                        f"the dispatch speaks of {{{placeholder}}}, which this rule does not bind",
                        nearest(placeholder, known),
                    )
        return Effect("dispatch", name, ""), ("0", "0")


def placeholders(text: str) -> Iterator[str]:
    """The names in braces of a dispatch text."""
    for part in text.split("{")[1:]:
        name, brace, _ = part.partition("}")
        if brace:
            yield name


def _distinct(nodes: list[Node]) -> Iterator[Read]:
    seen: set[str] = set()
    for node in nodes:
        for read in node.reads():
            if read.text() not in seen:
                seen.add(read.text())
                yield read
