"""The debrief pack: one game on paper, as sections of plain blocks for the page and the PDF."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.journal import store
from apps.replay.citing import citations
from apps.replay.indicators import number
from apps.replay.names import Names
from apps.replay.paper import Bullets, Grid, Section, Text
from apps.replay.participation import participation
from apps.replay.promises import STATUS_WORDS, tally
from apps.replay.questions import questions_for
from apps.replay.recording import turns_of
from apps.replay.story import Story

RULES = 12
"""How many rules the pack cites: those that moved most."""


def pack_of(story: Story) -> list[Section]:
    """Every section of the pack; one without content says so, so that its absence is no riddle."""
    return [
        _summary(story),
        _turning(story),
        _decisions(story),
        _votes(story),
        _rules(story),
        _objectives(story),
        _promises(story),
        _participation(story),
        Section(_("Questions for discussion"), [Bullets(questions_for(story), numbered=True)]),
    ]


def subtitle_of(story: Story) -> str:
    """Scenario, length, and the perspective from which the pack is written."""
    names = Names(story.source.document)
    turns = story.last.turn
    return ngettext(
        "%(scenario)s, %(turns)s turn, as seen by: %(viewer)s",
        "%(scenario)s, %(turns)s turns, as seen by: %(viewer)s",
        turns,
    ) % {
        "scenario": story.source.scenario_title,
        "turns": turns,
        "viewer": names.viewer(story.viewer),
    }


def _summary(story: Story) -> Section:
    blocks: list[Text] = []
    ending = story.ending
    if ending:
        blocks.append(Text(f"{ending['title']}. {ending.get('text', '')}".strip()))
    else:
        blocks.append(
            Text(
                _("The game stands after turn %(turn)s; it has not ended.")
                % {"turn": story.last.turn}
            )
        )
    first, last = story.moments[0], story.last
    opening = {row.id: row for group in first.indicators for row in group.rows}
    rows = [
        [row.title, opening[row.id].value, row.value]
        for group in last.indicators
        for row in group.rows
        if row.id in opening and "-" not in row.id
    ]
    grid = Grid([_("Indicator"), _("At the start"), _("At the end")], rows, [3, 1, 1])
    return Section(_("Summary"), [*blocks, grid])


def _turning(story: Story) -> Section:
    rows = [[str(moment.turn), moment.date, text] for moment, text in story.turning]
    if not rows:
        return Section(
            _("Turning points"), [Text(_("No vote, agreement, broken promise or grave move."))]
        )
    return Section(
        _("Turning points"), [Grid([_("Turn"), _("Date"), _("What happened")], rows, [1, 2, 8])]
    )


def _decisions(story: Story) -> Section:
    rows = [
        [
            str(moment.turn),
            order.government,
            order.title
            if order.accepted
            else _("%(title)s (refused: %(reason)s)")
            % {"title": order.title, "reason": order.reason},
            order.intent or _("not said"),
            "; ".join(order.outcome) or _("no effect of its own"),
        ]
        for moment, order in story.decisions
    ]
    if not rows:
        return Section(
            _("Intent against outcome"), [Text(_("No orders that this perspective could see."))]
        )
    head = [_("Turn"), _("By"), _("Order"), _("Intent"), _("Outcome")]
    return Section(_("Intent against outcome"), [Grid(head, rows, [1, 2, 4, 4, 4])])


def _votes(story: Story) -> Section:
    if not story.ballots:
        return Section(_("Votes"), [Text(_("No draft resolution came to a vote."))])
    rows = [
        [str(moment.turn), f"{ballot.body}: {ballot.title}", ballot.outcome, ballot.tally]
        for moment, ballot in story.ballots
    ]
    return Section(
        _("Votes"), [Grid([_("Turn"), _("Draft"), _("Outcome"), _("Votes")], rows, [1, 5, 3, 5])]
    )


def _rules(story: Story) -> Section:
    document = story.source.document
    rows = []
    for use in story.rules[:RULES]:
        cites = citations(document, use.claims)
        said = " ".join(f"{cite.short}: {cite.text}" for cite in cites)
        reason = document["rules"].get(use.rule, {}).get("reason", "")
        turns = ", ".join(str(turn) for turn in use.turns)
        rows.append(
            [use.title, turns, said or _("Modelling reason: %(reason)s") % {"reason": reason}]
        )
    if not rows:
        return Section(
            _("Rules at work"), [Text(_("No rule fired that this perspective could see."))]
        )
    return Section(
        _("Rules at work"), [Grid([_("Rule"), _("Turns"), _("What it encodes")], rows, [4, 2, 7])]
    )


def _objectives(story: Story) -> Section:
    names = Names(story.source.document)
    rows = [
        [
            names.short(seat),
            one["title"],
            _("%(value)s of %(target)s")
            % {"value": number(100 * one["value"]), "target": number(100 * one["target"])},
            _("reached") if one["reached"] else _("not reached"),
            number(one["weight"]),
        ]
        for seat, objectives in story.objectives.items()
        for one in objectives
    ]
    if not rows:
        return Section(_("Objectives"), [Text(_("This perspective does not see the objectives."))])
    head = [_("By"), _("Objective"), _("Value"), "", _("Weight")]
    return Section(_("Objectives"), [Grid(head, rows, [2, 6, 2, 2, 1])])


def _promises(story: Story) -> Section:
    counts = tally(story.promises)
    if not story.promises:
        return Section(
            _("Promises"), [Text(_("Nobody promised anything that became an agreement."))]
        )
    rows = [[one.words, one.by, one.text, one.agreement] for one in story.promises]
    words = ", ".join(
        f"{STATUS_WORDS[status]}: {count}" for status, count in counts.items() if count
    )
    grid = Grid([_("Status"), _("By"), _("Promise"), _("Agreement")], rows, [1, 1, 5, 3])
    return Section(_("Promises"), [Text(words.capitalize() + "."), grid])


def _participation(story: Story) -> Section:
    shares = participation(turns_of(store.read(story.source.stream)))
    if not shares or story.viewer != "facilitator":
        return Section(
            _("Participation"), [Text(_("No people are recorded for this perspective."))]
        )
    names = Names(story.source.document)
    rows = [
        [
            share.name,
            names.short(share.government) if share.government else _("no seat"),
            *(str(n) for n in (len(share.turns), share.orders, share.votes, share.messages)),
            str(share.offers),
        ]
        for share in shares
    ]
    head = [_("Who"), _("For"), _("Turns"), _("Orders"), _("Votes"), _("Messages"), _("Offers")]
    return Section(_("Participation"), [Grid(head, rows, [4, 3, 1, 1, 1, 2, 1])])
