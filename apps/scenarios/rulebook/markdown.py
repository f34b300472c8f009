"""The rule book as Markdown, for the command and for print."""

from __future__ import annotations

from collections.abc import Iterator

from apps.scenarios.rulebook.book import RuleBook
from apps.scenarios.rulebook.entries import MoveEntry, RuleEntry


def markdown(book: RuleBook) -> Iterator[str]:
    """The lines of the rule book."""
    yield f"# {book.title}: rule book"
    yield f"\n{book.summary}\n"
    yield "## Claims\n"
    for claim in book.claims:
        rules = "; ".join(rule.title for rule in book.encoding(claim.id))
        yield f"- **{claim.id}** ({claim.paragraphs}) {claim.text}" + (
            f" *{rules}.*" if rules else ""
        )
    yield "\n## Moves"
    for theme, moves in book.themes().items():
        yield f"\n### {theme.capitalize()}\n"
        for move in moves:
            yield from _move(move)
    yield "\n## Rules"
    for stage, rules_of_stage in book.by_stage().items():
        yield f"\n### {stage.replace('_', ' ').capitalize()}\n"
        for rule in rules_of_stage:
            yield from _rule(rule)
    for body in book.bodies:
        yield f"\n## {body.title}\n"
        yield f"{body.text}\n\n- Adoption: {body.adoption}\n- Members: {', '.join(body.members)}"
        for _, title, amount, claims in body.terms:
            yield f"- {title}: {amount}{_cited(claims)}"
        yield f"- A member votes {body.vote}."
    if book.agreements:
        yield "\n## Agreements\n"
    for agreement in book.agreements:
        owed = "; ".join(agreement.obligations)
        yield f"- **{agreement.title}** ({' – '.join(agreement.sides)}): {agreement.text} {owed}"


def _move(move: MoveEntry) -> Iterator[str]:
    yield f"- **{move.title}** ({', '.join(move.by)}; cost {move.cost}; severity {move.severity})"
    yield f"  {move.text}{_cited(move.claims)}"
    details = [*move.parameters, *move.limits, *([move.secrecy] if move.secrecy else [])]
    for detail in details:
        yield f"  - {detail}"
    for condition, reason in move.conditions:
        yield f"  - open while {condition} (else: {reason})"


def _rule(rule: RuleEntry) -> Iterator[str]:
    gate = f" in which {rule.condition}" if rule.condition else ""
    chance = f", with a chance of {rule.chance}" if rule.chance else ""
    yield f"- **{rule.title}**{_cited(rule.claims)}: {rule.when}{gate}{chance}"
    for effect in rule.effects:
        yield f"  - {effect}"
    if rule.reason:
        yield f"  - Reason: {rule.reason}"


def _cited(claims: tuple[str, ...]) -> str:
    return f" [{', '.join(claims)}]" if claims else ""
