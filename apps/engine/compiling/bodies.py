"""Bodies and clauses: members, the support terms of their voting doctrine, what clauses do."""

from __future__ import annotations

from typing import Any

from ..calendar import DAYS
from ..errors import nearest
from ..expressions.emit import build, prologue
from ..expressions.hoisting import Hoisting
from ..expressions.types import number
from ..expressions.vocabulary import BodyWords, Scope, Vocabulary
from ..ruleset import Body, Clause, Figure, Measure, Member, Term
from .section import Section

COMBINE = ("sum", "max", "min")


def read_bodies(document: Section, words: Vocabulary) -> dict[str, Body]:
    """Every body of the document."""
    return {
        name: _body(name, section, words, words.bodies[name])
        for name, section in document.entries("bodies")
    }


def _body(name: str, section: Section, words: Vocabulary, known: BodyWords) -> Body:
    adoption = section.section("adoption")
    weights = {key: body.number("default", 0.0) for key, body in section.entries("weights")}
    attributes = dict(section.entries("draft_attributes"))
    members = tuple(
        _member(member, index, body, words, weights)
        for index, (member, body) in enumerate(section.entries("members"))
    )
    if not members:
        section.problem("members", "a body has one member or more")
    terms = tuple(_terms(section, words, known))
    vote = section.section("vote")
    yes, no = vote.number("yes", 50), vote.number("no", 20)
    if yes < no:
        vote.problem("no", "the limit for no lies above the limit for yes", "swap them")
    return Body(
        id=name,
        title=section.text("title", name),
        guests=section.words("guests", words.layout.index, "government"),
        affirmative=adoption.whole("affirmative", len(members) // 2 + 1, 1, max(len(members), 1)),
        veto=adoption.flag("veto"),
        vote_after=section.whole("vote_after", 1, 0, 100),
        attributes=tuple(attributes),
        attribute_titles={key: body.text("title", key) for key, body in attributes.items()},
        combine=tuple(body.one_of("combine", COMBINE, "sum") for body in attributes.values()),
        weights=tuple(weights),
        members=members,
        terms=terms,
        supports=_supports(words, terms),
        cards=_cards(words, terms),
        yes=yes,
        no=no,
    )


def _supports(words: Vocabulary, terms: tuple[Term, ...]) -> Figure:
    """A function of a draft and members that gives each member's terms.

    What is the same for all members is reckoned once.
    """
    same = Hoisting("member")
    codes = [
        code.replace("b_member.weights", "w") for code in same.codes(t.formula.node for t in terms)
    ]
    lines = [
        *same.lines,
        " out = []",
        " for b_member in members:",
        "  w = b_member.weights",
        f"  out.append(({''.join(f'{code}, ' for code in codes)}))",
        " return out",
    ]
    return build(words.layout, "supports", ["draft"], [*prologue(lines), *lines], ["members"])


def _cards(words: Vocabulary, terms: tuple[Term, ...]) -> Figure:
    """A function of the terms' values that gives them as events hold them."""
    lines = [" v = x"]
    space: dict[str, Any] = {}
    for place, term in enumerate(terms):
        card = {"id": term.id, "title": term.title, "value": None, "claims": term.cited}
        space[f"T{place}"] = card.copy
        lines += [f" t{place} = T{place}()", f" t{place}['value'] = v[{place}] + 0.0"]
    given = ", ".join(f"t{place}" for place in range(len(terms)))
    return build(words.layout, "cards", (), [*lines, f" return [{given}]"], (), **space)


def _member(
    name: str, index: int, section: Section, words: Vocabulary, weights: dict[str, float]
) -> Member:
    seat = section.text("government")
    if seat and seat not in words.layout.index:
        section.problem(
            "government", f"there is no government “{seat}”", nearest(seat, words.layout.index)
        )
        seat = ""
    given = section.section("weights")
    for key in given.data:
        if key not in weights:
            given.problem(str(key), f"there is no weight “{key}”", nearest(str(key), weights))
    return Member(
        id=name,
        index=index,
        name=section.text("name", name),
        seat=seat,
        government=words.layout.index.get(seat, len(words.layout.governments)),
        veto=section.flag("veto"),
        since=section.text("from"),
        until=section.text("until"),
        weights=tuple(given.number(key, default, -1e6, 1e6) for key, default in weights.items()),
    )


def _terms(section: Section, words: Vocabulary, known: BodyWords) -> list[Term]:
    found = []
    scope = Scope(body=known, member=True)
    for name, body in section.entries("support"):
        formula = body.formula("amount", number(), words, scope)
        if formula is None:
            if not body.has("amount"):
                body.problem("", "a term of support needs an amount")
            continue
        weights = {read.subject for read in formula.node.reads() if read.family == "member"}
        found.append(
            Term(
                id=name,
                title=body.text("title", name),
                formula=formula,
                claims=body.words("claims"),
                cited=list(body.words("claims")),
                weights=tuple(sorted(weights)),
            )
        )
    return found


def read_clauses(
    document: Section, words: Vocabulary, measures: dict[str, Measure]
) -> dict[str, Clause]:
    """Every clause of the document."""
    found = {}
    for name, section in document.entries("clauses"):
        body = section.text("body")
        if body not in words.bodies:
            section.problem("body", f"there is no body “{body}”", nearest(body, words.bodies))
            continue
        attributes = section.section("attributes")
        known = words.bodies[body].attributes
        for key in attributes.data:
            if key not in known:
                attributes.problem(
                    str(key), f"drafts of {body} have no “{key}”", nearest(str(key), known)
                )
        imposes = section.text("imposes")
        if imposes and imposes not in measures:
            section.problem(
                "imposes", f"there is no measure “{imposes}”", nearest(imposes, measures)
            )
            imposes = ""
        phase = section.section("phase_in")
        found[name] = Clause(
            id=name,
            index=words.clauses[name],
            body=body,
            title=section.text("title", name),
            text=section.text("text"),
            group=section.text("group"),
            attributes=tuple(attributes.number(key, 0.0, -1e4, 1e4) for key in known),
            imposes=imposes,
            phase_max=phase.number("max", 0.0, 0, 1000) if section.has("phase_in") else 0.0,
            phase_unit=phase.one_of("unit", DAYS, "turns"),
            repeats=section.flag("repeats"),
            excludes=section.words("excludes", words.clauses, "clause"),
        )
    return found
