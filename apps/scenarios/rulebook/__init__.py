"""The rule book: a scenario's moves and rules in words, by claim and by stage.

Built from the document alone; the command, the page and the player's guide are three readers of
it. It leaves out what the players of a game must not know: briefs, objectives, doctrines, injects.
"""

from __future__ import annotations

from apps.scenarios.rulebook.book import RuleBook, rule_book_for

__all__ = ["RuleBook", "rule_book_for"]
