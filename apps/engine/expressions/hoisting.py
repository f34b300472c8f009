"""Parts of expressions that are alike for every turn of a loop are reckoned once, before it."""

from __future__ import annotations

from collections.abc import Iterable

from .nodes import Bound, Literal, Node, Read, Through


class Hoisting:
    """Collects what does not depend on one binding; `locals` is source to place by local name."""

    def __init__(self, binding: str) -> None:
        self._binding = f"b_{binding}"
        self._names: dict[str, str] = {}

    def codes(self, nodes: Iterable[Node]) -> list[str]:
        """Source of each node, with local names in place of what was taken out."""
        return [self._rest(node).emit() for node in nodes]

    @property
    def lines(self) -> list[str]:
        """Source that gives the local names their values."""
        return [f" {name} = {code}" for code, name in self._names.items()]

    def _rest(self, node: Node) -> Node:
        code = node.emit()
        if self._binding not in code:
            if isinstance(node, Literal):
                return node
            return Literal(node.type, None, self._names.setdefault(code, f"h{len(self._names)}"))
        if isinstance(node, Read | Bound | Through):
            return node
        return node.of_parts(tuple(self._rest(part) for part in node.parts()))
