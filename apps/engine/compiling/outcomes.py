"""Agreements, dispatches, injects, objectives and endings."""

from __future__ import annotations

from ..definitions.outcomes import Template
from ..errors import nearest
from ..expressions.types import number
from ..expressions.vocabulary import Scope, Vocabulary
from ..ruleset import Agreement, Dispatch, Ending, Inject, Objective, Obligation
from ..viewers import FACILITATOR, PUBLIC, audience_for
from .rules import RuleReader, placeholders
from .section import Section, constant


def read_audience(section: Section, words: Vocabulary) -> str:
    """`audience`: public, facilitator, or a list of governments."""
    value = section.data.get("audience", PUBLIC)
    if value in (PUBLIC, FACILITATOR):
        return str(value)
    return audience_for(section.words("audience", words.layout.index, "government"))


def read_agreements(document: Section, words: Vocabulary) -> dict[str, Agreement]:
    """Every kind of agreement."""
    found = {}
    governments = words.layout.index
    for name, section in document.entries("agreements"):
        roles = section.section("parties")
        parties = {
            str(role): roles.words(str(role), governments, "government") for role in roles.data
        }
        if len(parties) < 2 or not all(parties.values()):
            section.problem("parties", "an agreement has two parties or more, each of somebody")
        found[name] = Agreement(
            id=name,
            index=words.agreements[name],
            title=section.text("title", name),
            text=section.text("text"),
            parties=parties,
            expires=section.whole("expires", 0, 0, 1000),
            obligations=tuple(_obligations(section, words, parties)),
        )
    return found


def _obligations(
    section: Section, words: Vocabulary, parties: dict[str, tuple[str, ...]]
) -> list[Obligation]:
    found = []
    for name, body in section.entries("obligations"):
        by = body.text("by")
        if by not in parties and by not in words.layout.index:
            known = [*parties, *words.layout.index]
            body.problem("by", f"there is no party “{by}”", nearest(by, known))
            continue
        formula = body.condition("kept_if", words, Scope())
        if formula is None:
            if not body.has("kept_if"):
                body.problem("", "an obligation needs “kept_if”")
            continue
        found.append(Obligation(name, (by,), body.text("text"), formula))
    return found


def read_dispatches(document: Section, words: Vocabulary) -> dict[str, Dispatch]:
    """Every dispatch, each with one variant or more."""
    found = {}
    for index, (name, section) in enumerate(document.entries("dispatches")):
        variants = tuple(
            (part.text("headline"), part.text("body")) for part in section.items("variants")
        )
        if not variants:
            section.problem("variants", "a dispatch needs one variant or more")
        for position, variant in enumerate(variants):
            for placeholder in placeholders(" ".join(variant)):
                if not placeholder.isidentifier():
                    section.problem(
                        "variants",
                        f"variant {position + 1} holds {{{placeholder}}}, which is not a name",
                        "only names of bindings, never expressions",
                    )
        found[name] = Dispatch(
            id=name,
            index=index,
            key=f"dispatch {name}",
            audience=read_audience(section, words),
            variants=variants,
            texts=tuple((_template(headline), _template(body)) for headline, body in variants),
        )
    return found


def _template(text: str) -> Template:
    """A text with `%s` where names go, and the names in their order; as it is without names."""
    names = [name for name in placeholders(text) if name.isidentifier()]
    if not names:
        return text, ()
    text = text.replace("%", "%%")
    for name in names:
        text = text.replace("{" + name + "}", "%s")
    return text, tuple(names)


def read_injects(document: Section, words: Vocabulary, rules: RuleReader) -> tuple[Inject, ...]:
    """Every inject; its effects are read as those of a rule without trigger."""
    found = []
    for index, (name, section) in enumerate(document.entries("injects")):
        at = section.whole("at", 1, 1, 1000) if section.has("at") else None
        found.append(
            Inject(
                id=name,
                index=index,
                title=section.text("title", name),
                text=section.text("text"),
                sender=section.text("from"),
                audience=read_audience(section, words),
                at=at,
                once=section.flag("once", True),
                rule=rules.build(name, index, section, "injects", "once", "", Scope()),
            )
        )
    return tuple(found)


def read_objectives(document: Section, words: Vocabulary) -> tuple[Objective, ...]:
    """The objectives of every government."""
    found: list[Objective] = []
    inner = document.section("objectives")
    for seat in inner.data:
        if seat not in words.layout.index:
            inner.problem(
                str(seat),
                f"there is no government “{seat}”",
                nearest(str(seat), words.layout.index),
            )
            continue
        for name, section in inner.entries(seat):
            value = section.formula("value", number(), words, Scope())
            if value is None:
                if not section.has("value"):
                    section.problem("", "an objective needs a value")
                continue
            found.append(
                Objective(
                    id=name,
                    index=len(found),
                    seat=seat,
                    title=section.text("title", name),
                    text=section.text("text"),
                    weight=section.number("weight", 1.0, 0),
                    value=value,
                    target=section.number("target", 1.0, 0, 1),
                )
            )
    return tuple(found)


def read_endings(document: Section, words: Vocabulary) -> tuple[Ending, ...]:
    """The endings, smallest priority first. The last one must always be able to happen."""
    found = []
    for name, section in document.entries("endings"):
        condition = section.condition("if", words, Scope())
        if condition is None:
            if section.has("if"):
                continue
            condition = constant(True, words, Scope())
        when = section.one_of("when", ("each_turn", "last_turn"), "last_turn")
        found.append(
            Ending(
                name,
                section.text("title", name),
                section.text("text"),
                condition,
                when == "last_turn",
                section.number("priority", 100.0),
            )
        )
    if not any(ending.condition.node.type.lo == 1 for ending in found):
        document.problem("endings", "one ending must always be possible", 'if: "true", last_turn')
    return tuple(sorted(found, key=lambda ending: (ending.priority, ending.id)))
