"""What a document uses of what it declares: the words of its expressions and of its effects."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from apps.scenarios.checking.expressions import base_of, expressions_in, words_of
from apps.scenarios.problem import Path
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema.effect import Change, Effect, Impose, Lift, Publish, SetFact

READERS = (
    "rules",
    "moves",
    "bodies",
    "agreements",
    "objectives",
    "endings",
    "injects",
    "doctrines",
)


@dataclass(frozen=True)
class Usage:
    """Looks up once what is read, changed, set, imposed and published."""

    document: ScenarioDocument

    @functools.cached_property
    def effects(self) -> tuple[tuple[Path, Effect], ...]:
        """Every effect with its path."""
        return tuple(_effects(self.document))

    @functools.cached_property
    def read(self) -> frozenset[str]:
        """Every word that an expression reads; the targets of effects do not count."""
        words: set[str] = set()
        for section in READERS:
            for written in expressions_in(getattr(self.document, section), (section,)):
                target = written.path[-1] in ("change", "set")
                found = words_of(written.tree)
                words |= found - {base_of(written.text)} if target else found
        return frozenset(words)

    @functools.cached_property
    def changed(self) -> frozenset[str]:
        """The tracks that some effect changes."""
        return frozenset(base_of(e.change) for _, e in self.effects if isinstance(e, Change))

    @functools.cached_property
    def set(self) -> frozenset[str]:
        """The facts that some effect sets."""
        return frozenset(base_of(e.set) for _, e in self.effects if isinstance(e, SetFact))

    @functools.cached_property
    def imposed(self) -> frozenset[str]:
        """The measures that some effect or clause imposes."""
        by_rules = {e.impose for _, e in self.effects if isinstance(e, Impose)}
        by_clauses = {c.imposes for c in self.document.clauses.values() if c.imposes}
        return frozenset(by_rules | by_clauses)

    @functools.cached_property
    def lifted(self) -> frozenset[str]:
        """The measures that some effect lifts."""
        return frozenset(e.lift for _, e in self.effects if isinstance(e, Lift))

    @functools.cached_property
    def published(self) -> frozenset[str]:
        """The dispatches that some effect publishes."""
        return frozenset(e.dispatch for _, e in self.effects if isinstance(e, Publish))


def _effects(document: ScenarioDocument) -> Iterator[tuple[Path, Effect]]:
    for section in ("rules", "injects"):
        for item_id, item in getattr(document, section).items():
            for index, effect in enumerate(item.effects):
                yield (section, item_id, "effects", index), effect
