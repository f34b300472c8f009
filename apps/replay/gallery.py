"""The gallery: every game that a person may replay, searched, filtered and paged."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from celery import current_app
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, site_allows
from apps.games.models import Game
from apps.replay.access import entry_for
from apps.replay.drawing import path_points
from apps.replay.models import Chapter, SavedGame
from apps.replay.names import Names
from apps.replay.sources import ORIGINS, Source, source_of_saved, source_of_session

log = structlog.get_logger(__name__)
A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One game of the gallery. `path` is the headline track's course, in points of an SVG."""

    source: Source
    ending: str
    turns_played: int
    path: str
    path_words: str
    points: int


def gallery_for(person: Person, filters: dict[str, Any], page: int | str) -> Page[Card]:
    """One page of cards, newest first. `filters` are the cleaned values of GalleryForm."""
    games = list(_filtered(_sessions(person), filters))
    saved = list(_filtered(_saved(person), filters))
    sources = [source_of_session(game) for game in games] if _origin(filters, "session") else []
    sources += [source_of_saved(one) for one in saved if _origin(filters, one.origin)]
    endings = {one.pk: one.ending for one in (*games, *saved)}
    sources.sort(key=lambda source: source.created_at, reverse=True)
    paginator = Paginator(sources, A_PAGE)
    shown: Page[Any] = paginator.get_page(page)
    shown.object_list = _cards(person, shown.object_list, endings)
    _draw_later([card.source for card in shown.object_list if not card.path])
    return shown


def _draw_later(sources: list[Source]) -> None:
    """Have a worker build what is missing for the thumbnails; without one the next opening does."""
    try:
        for source in sources:
            current_app.send_task("apps.replay.tasks.build_chapters", args=[str(source.stream)])
    except Exception as error:  # kombu raises its own and redis' errors alike
        log.warning("thumbnails not sent", error=type(error).__name__)


def _origin(filters: dict[str, Any], origin: str) -> bool:
    return filters.get("origin") in (None, "", origin)


def _sessions(person: Person) -> QuerySet[Game]:
    games = (
        Game.objects.select_related("resolved")
        .defer("resolved__content")
        .filter(started_at__isnull=False)
    )
    if site_allows(person, Permission.SEE_EVERYTHING):
        # Strangers' games alone would hide the sessions; their addresses open all the same.
        return games.filter(Q(solo=False) | Q(created_by=person))
    return games.filter(memberships__person=person, memberships__removed_at__isnull=True).distinct()


def _saved(person: Person) -> QuerySet[SavedGame]:
    saved = SavedGame.objects.select_related("resolved").defer("resolved__content")
    if site_allows(person, Permission.SEE_EVERYTHING):
        return saved
    return saved.filter(Q(owner=person) | Q(public=True))


def _filtered(games: QuerySet[Any], filters: dict[str, Any]) -> QuerySet[Any]:
    if words := filters.get("q"):
        games = games.filter(Q(title__icontains=words) | Q(resolved__title__icontains=words))
    if scenario := filters.get("scenario"):
        games = games.filter(resolved__scenario=scenario)
    if ending := filters.get("ending"):
        games = games.filter(ending=ending)
    if since := filters.get("since"):
        games = games.filter(created_at__date__gte=since)
    if until := filters.get("until"):
        games = games.filter(created_at__date__lte=until)
    return games


def _cards(person: Person, sources: Iterable[Source], endings: dict[uuid.UUID, str]) -> list[Card]:
    sources = list(sources)
    chapters: dict[uuid.UUID, list[Chapter]] = {}
    rows = Chapter.objects.filter(stream__in=[s.stream for s in sources], superseded=False)
    for chapter in rows.defer("session"):
        chapters.setdefault(chapter.stream, []).append(chapter)
    return [
        _card(person, source, endings.get(source.stream, ""), chapters.get(source.stream, []))
        for source in sources
    ]


def _card(person: Person, source: Source, ending: str, chapters: list[Chapter]) -> Card:
    viewers = entry_for(person, source).viewers
    viewer = "public" if "public" in viewers else (viewers[-1] if viewers else "public")
    summaries = [chapter.summary.get(viewer, {}) for chapter in chapters]
    values = [one["headline"] for one in summaries if one.get("headline") is not None]
    headline = source.headline
    low, high = headline["range"] if headline else (0, 100)
    words = ""
    if headline and values:
        words = _("%(title)s: %(first)s at the start, %(last)s at the end") % {
            "title": headline["title"],
            "first": f"{values[0]:g}",
            "last": f"{values[-1]:g}",
        }
    return Card(
        source=source,
        ending=Names(source.document).ending(ending) if ending else "",
        turns_played=max((chapter.turn for chapter in chapters), default=0),
        path=path_points(values, low, high, height=40),
        path_words=words,
        points=sum(len(one.get("points", [])) for one in summaries),
    )


def choices_for(person: Person) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in the filters: only what this person's games hold."""
    games: list[Any] = [*_sessions(person), *_saved(person)]
    scenarios = {game.resolved.scenario: game.resolved.title for game in games}
    endings = {game.ending for game in games if game.ending}
    return {
        "scenario": sorted(scenarios.items()),
        "ending": sorted((one, one.replace("_", " ")) for one in endings),
        "origin": list(ORIGINS.items()),
    }
