"""Source that names what a rule bound and what it read, in the scenario's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..expressions.nodes import Literal, Read, label_of
from ..expressions.types import CLAUSES, GOVERNMENT, Type
from ..layout import Layout

DRAFTED = "{'draft': b_draft.id}"


def naming_names(layout: Layout) -> dict[str, Any]:
    """What the source of this module may use."""
    return {"L": layout.names, "G": (*layout.governments, None), "listed": listed, "str": str}


def naming_items(bindings: Mapping[str, Type]) -> str:
    """Source of a mapping of bindings in the scenario's own names."""
    items = [f"{name!r}: {_named(name, kind)}" for name, kind in bindings.items()]
    return f"{{{', '.join(items)}}}"


def _named(name: str, kind: Type) -> str:
    if kind.kind == GOVERNMENT:
        return f"G[b_{name}]"
    return f"listed(b_{name})" if kind.kind == CLAUSES else f"b_{name}"


def listed(clauses: Mapping[str, float]) -> list[dict[str, Any]]:
    """Clauses with their phase-in, as events hold them."""
    return [{"clause": clause, "phase_in": phase} for clause, phase in clauses.items()]


def is_fixed_label(read: Read) -> bool:
    """Whether a read is of the same thing whatever was bound."""
    return all(isinstance(part, Literal) for part in read.arguments)


def label_code(read: Read) -> str:
    """Source of the label of a read. What is read of nobody gets an empty one."""
    if is_fixed_label(read):
        return repr(read.text())
    if read.family in ("track", "fact"):
        return f"L[{read.code[2:-1]}]"
    if read.family == "previous":
        return f"'previous(' + L[{read.code[2:-1]}] + ')'"
    words = [part.text() for part in read.arguments]
    before, _, after = label_of(read.family, read.subject, [*words[:-1], "\x00"]).partition("\x00")
    return f"{before!r} + str(G[{read.arguments[-1].emit()}]) + {after!r}"
