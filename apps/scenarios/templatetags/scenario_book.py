"""Filters of the rule book's templates."""

from __future__ import annotations

from django import template

from apps.scenarios.rulebook.book import RuleBook
from apps.scenarios.rulebook.entries import MoveEntry, RuleEntry

register = template.Library()


@register.filter
def words(name: str) -> str:
    """An id as words: `nuclear_test` as "nuclear test"."""
    return name.replace("_", " ")


@register.filter
def encoding(book: RuleBook, claim: str) -> list[RuleEntry]:
    """The rules that encode a claim."""
    return book.encoding(claim)


@register.filter
def moves_of(book: RuleBook, claim: str) -> list[MoveEntry]:
    """The moves that stand for a claim."""
    return book.moves_for(claim)


@register.filter
def rule_title(book: RuleBook, rule_id: str) -> str:
    """The title of a rule."""
    return next((rule.title for rule in book.rules if rule.id == rule_id), rule_id)
