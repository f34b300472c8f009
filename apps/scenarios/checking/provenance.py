"""Every rule says why it is there, and shows by examples what it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.scenarios.checking.concern import Concern
from apps.scenarios.problem import Problem
from apps.scenarios.schema.document import SECTIONS_BY_GOVERNMENT
from apps.scenarios.schema.rule import Rule


def problems_of_provenance(concern: Concern) -> Iterator[Problem]:
    """Rules and terms without a claim or reason; rules without examples; claims nobody encodes."""
    for rule_id, rule in concern.document.rules.items():
        yield from _rule(concern, rule_id, rule)
    for body_id, body in concern.document.bodies.items():
        for name, term in body.support.items():
            if not term.claims and not term.reason:
                yield concern.error(
                    "no-claim",
                    ("bodies", body_id, "support", name),
                    f"the term {name} of {body_id} names no claim",
                    "add claims: [..], or reason: why it is there",
                )
    for inject_id, inject in concern.document.injects.items():
        if not inject.claims and not inject.reason:
            yield concern.warning(
                "no-claim",
                ("injects", inject_id),
                f"the inject {inject_id} names no claim",
                "add claims: [..], or reason: why it is there",
            )
    yield from _claims(concern)


def _rule(concern: Concern, rule_id: str, rule: Rule) -> Iterator[Problem]:
    path = ("rules", rule_id)
    if not rule.claims and not rule.reason:
        yield concern.error(
            "no-claim",
            path,
            f"the rule {rule_id} names no claim",
            "add claims: [..], or reason: why it is there",
        )
    if not any(example.then.fires for example in rule.examples):
        yield concern.error(
            "no-example",
            path,
            f"the rule {rule_id} has no example in which it fires",
            "add one under examples: with then: {fires: true, ..}",
        )
    always = rule.each is not None and rule.if_ is None and rule.chance is None
    sometimes = not always and (rule.on or rule.each or rule.if_ or rule.chance or rule.adopted)
    if sometimes and all(example.then.fires for example in rule.examples):
        yield concern.warning(
            "no-counterexample",
            path,
            f"the rule {rule_id} has no example in which it does not fire",
            "add one with then: {fires: false}",
        )


def _claims(concern: Concern) -> Iterator[Problem]:
    document = concern.document
    encoding: list[Any] = [
        *document.rules.values(),
        *document.injects.values(),
        *document.endings.values(),
    ]
    encoding += [term for body in document.bodies.values() for term in body.support.values()]
    encoded = {claim for item in encoding for claim in item.claims}
    others: list[Any] = [*document.moves.values(), *document.clauses.values()]
    others += document.agreements.values()
    for section in SECTIONS_BY_GOVERNMENT:
        others += [item for items in getattr(document, section).values() for item in items.values()]
    named = {claim for item in others for claim in item.claims}
    for claim_id, claim in document.claims.items():
        path = ("claims", claim_id)
        if claim_id not in encoded | named:
            yield concern.error(
                "unused-claim", path, f"nothing encodes the claim {claim_id}", "name it in a rule"
            )
        elif claim_id not in encoded:
            yield concern.warning(
                "claim-without-rule",
                path,
                f"the claim {claim_id} is named, but no rule, vote term, inject or ending has it",
            )
        source = document.sources.get(claim.source)
        for index, paragraph in enumerate(claim.paragraphs):
            if paragraph < 1 or (source and source.paragraphs and paragraph > source.paragraphs):
                yield concern.error(
                    "no-paragraph",
                    (*path, "paragraphs", index),
                    f"{claim.source} has no paragraph {paragraph}",
                    f"it has 1 to {source.paragraphs}" if source else "",
                )
    cited = {claim.source for claim in document.claims.values()}
    for source_id in document.sources.keys() - cited:
        path = ("sources", source_id)
        yield concern.warning("unused-source", path, f"no claim cites the source {source_id}")
