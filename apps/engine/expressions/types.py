"""The kinds of value that an expression can have, with their ranges and choices."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER = "number"
FLAG = "flag"
CHOICE = "choice"
GOVERNMENT = "government"
MEMBER = "member"
DRAFT = "draft"
CLAUSES = "clauses"
AGREEMENT = "agreement"
TEXT = "text"

KIND_NAMES = {
    NUMBER: "a number",
    FLAG: "true or false",
    CHOICE: "a choice",
    GOVERNMENT: "a government",
    MEMBER: "a member",
    DRAFT: "a draft",
    CLAUSES: "a list of clauses",
    AGREEMENT: "an agreement",
    TEXT: "a text",
}


@dataclass(frozen=True, slots=True)
class Type:
    """A kind; for numbers and flags its range `lo` to `hi`, for choices its `options`."""

    kind: str
    options: tuple[str, ...] = ()
    lo: float = 0.0
    hi: float = 1.0

    def __str__(self) -> str:
        name = KIND_NAMES[self.kind]
        return f"{name} of {', '.join(self.options)}" if self.options else name


def number(lo: float = -1e9, hi: float = 1e9) -> Type:
    """The type of a number between `lo` and `hi`."""
    return Type(NUMBER, (), lo, hi)


FLAG_TYPE = Type(FLAG)
