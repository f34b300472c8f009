"""One moment of a game: everything that a viewer could know of one turn, ready for the page.

Built from the chapter's state and the turn's records; nothing is adjudicated. The engine's
visibility decides what of it the viewer sees. The same content stands as sentences in `text`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps import engine
from apps.engine import Event
from apps.engine.viewers import includes
from apps.games.room.news import news_in
from apps.games.room.opened import Room
from apps.journal.kinds import ENGINE
from apps.journal.store import Record
from apps.replay.amendments import Amendment, amendments_of
from apps.replay.calendar_words import day_words
from apps.replay.chapters import records_of, session_of
from apps.replay.council import Ballot, ballots_of
from apps.replay.decisions import Decision, decisions_of
from apps.replay.doctrine_trace import Lead, leads_of
from apps.replay.indicators import Group, Row, groups, narrowed
from apps.replay.models import Chapter
from apps.replay.names import Names
from apps.replay.pictures import chambers_of, map_of, room_of
from apps.replay.promises import Promise, ledger_of
from apps.replay.sources import Source
from apps.replay.standings import Standings, movers_of, standings_of
from apps.replay.talks import Talk, talks_of
from apps.replay.tracing import almost_happened
from apps.replay.turning import in_words


@dataclass(frozen=True, slots=True)
class Moment:
    """What the page shows of one turn from one perspective."""

    turn: int
    title: str
    date: str
    summary: str
    points: list[Mapping[str, str]]
    replaced: list[str]
    orders: list[Decision]
    leads: list[Lead]
    votes: list[Ballot]
    indicators: list[Group]
    others: list[Group]
    standings: Standings
    movers: list[Row]
    picture: str
    dispatches: list[Mapping[str, Any]]
    promises: list[Promise]
    measures: list[Mapping[str, str]]
    amendments: list[Amendment]
    pinned: list[str]
    almost: int
    talks: list[Talk]
    text: list[str]
    view: Mapping[str, Any]


def moment_of(
    source: Source,
    chapters: Sequence[Chapter],
    chapter: Chapter,
    viewer: str,
    *,
    pictures: bool = False,
) -> Moment:
    """The moment after `chapter`'s turn, as `viewer` knew it; `pictures` draws map and chamber."""
    session = session_of(source, chapter)
    state = session.state
    assert state is not None  # a chapter begins with the game's start
    records = records_of(source, chapter)
    view = engine.observe(source.ruleset, state, viewer)
    events = visible(source, records, viewer)
    document, names = source.document, Names(source.document)
    orders, votes = decisions_of(events, document), ballots_of(events, document)
    leads = leads_of(source, records, session, viewer)
    titles = {lead.seat: lead.title for lead in leads}
    orders = [replace(order, led_by=titles.get(order.seat, "")) for order in orders]
    dispatches = news_in(events)
    course = course_of(chapters, chapter, viewer)
    indicators = groups(document, view, events, course)
    room = room_of(
        source, turn=chapter.turn, viewer=viewer, view=view, events=events, course=course
    )
    summary = chapter.summary.get(viewer, {})
    title = (
        _("Turn %(turn)s of %(turns)s") % {"turn": chapter.turn, "turns": source.turns}
        if chapter.turn
        else _("The opening")
    )
    return Moment(
        turn=chapter.turn,
        title=title,
        date=day_words(str(summary.get("date", ""))),
        summary=_summary(chapter, orders, votes, dispatches, view),
        points=in_words(summary.get("points", ())),
        replaced=_replaced(chapters, chapter, records),
        orders=orders,
        leads=leads,
        votes=_with_chambers(votes, room) if pictures else votes,
        indicators=narrowed(indicators, of_the_world=True),
        others=narrowed(indicators, of_the_world=False),
        standings=standings_of(view, names),
        movers=movers_of(indicators, view),
        picture=map_of(room) if pictures else "",
        dispatches=dispatches,
        promises=ledger_of(view, document),
        measures=_measures(view, names),
        amendments=amendments_of(records, names, viewer),
        pinned=_pinned(records, viewer),
        almost=almost_happened(events),
        talks=talks_of(records, document, viewer),
        text=_text(title, orders, votes, dispatches, indicators),
        view=view,
    )


def visible(source: Source, records: Sequence[Record], viewer: str) -> list[dict[str, Any]]:
    """The engine's events among the records, as the viewer may know them."""
    told = [
        Event(record.kind, record.payload, record.audience)
        for record in records
        if record.kind in ENGINE
    ]
    return engine.visible_events(source.ruleset, told, viewer)


def course_of(chapters: Sequence[Chapter], chapter: Chapter, viewer: str) -> dict[str, list[float]]:
    """Each visible track's values from the opening to this chapter."""
    course: dict[str, list[float]] = {}
    for one in chapters:
        if one.superseded or one.turn > chapter.turn:
            continue
        for key, value in one.summary.get(viewer, {}).get("tracks", {}).items():
            course.setdefault(key, []).append(value)
    return course


def _with_chambers(votes: Sequence[Ballot], room: Room) -> list[Ballot]:
    drawn = chambers_of(room) if votes else {}
    return [replace(vote, chamber=drawn.get(vote.draft, "")) for vote in votes]


def _measures(view: Mapping[str, Any], names: Names) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    for measure in view["measures"]:
        detail = [names.short(str(measure["by"]))] if measure.get("by") else []
        detail.append(_("since turn %(since)s") % {"since": measure["since"]})
        if measure.get("until"):
            detail.append(_("until turn %(until)s") % {"until": measure["until"]})
        found.append({"title": str(measure["title"]), "detail": ", ".join(detail)})
    return found


def _pinned(records: Sequence[Record], viewer: str) -> list[str]:
    """Notes that observers and assessors pinned while the turn was played."""
    return [
        str(record.payload.get("text", ""))
        for record in records
        if record.kind == "NotePinned" and includes(record.audience, viewer)
    ]


def _replaced(
    chapters: Sequence[Chapter], chapter: Chapter, records: Sequence[Record]
) -> list[str]:
    found = [
        _("This turn was reopened: %(reason)s") % {"reason": record.payload.get("reason", "")}
        for record in records
        if record.kind == "TurnReopened"
    ]
    if chapter.superseded:
        found.append(_("This take was replaced when the turn was reopened."))
    return found


def _summary(
    chapter: Chapter,
    orders: Sequence[Decision],
    votes: Sequence[Ballot],
    dispatches: Sequence[Mapping[str, Any]],
    view: Mapping[str, Any],
) -> str:
    """The turn in a few sentences: the gravest order, the votes, the leading dispatch, the end."""
    if chapter.turn == 0:
        return _("The situation before anybody has moved.")
    sentences = []
    accepted = sorted((one for one in orders if one.accepted), key=lambda one: -one.severity)
    if accepted:
        more = len(accepted) - 1
        sentences.append(accepted[0].sentence)
        if more:
            besides = ngettext("%(n)s other order besides.", "%(n)s other orders besides.", more)
            sentences.append(besides % {"n": more})
    sentences += [ballot.sentence for ballot in votes]
    if not sentences and dispatches:
        sentences.append(f"{dispatches[0]['headline']}.")
    if view.get("ended"):
        sentences.append(_("The game ends: %(title)s.") % {"title": view["ended"]["title"]})
    return " ".join(sentences) or _("A quiet turn: nothing that this perspective could see.")


def _text(
    title: str,
    orders: Sequence[Decision],
    votes: Sequence[Ballot],
    dispatches: Sequence[Mapping[str, Any]],
    indicators: Sequence[Group],
) -> list[str]:
    lines = [f"{title}."]
    lines += [order.sentence for order in orders]
    lines += [ballot.sentence for ballot in votes]
    lines += [_("Dispatch: %(headline)s.") % {"headline": one["headline"]} for one in dispatches]
    for group in indicators:
        for row in group.rows:
            if row.change:
                lines.append(
                    _("%(title)s: %(change)s, now %(value)s.")
                    % {"title": row.title, "change": row.change, "value": row.value}
                )
    return lines
