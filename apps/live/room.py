"""The one seam between sockets and games: what an audience is shown, and who may see it.

Nothing else in `live` imports `games`, but the stamp that pages and pushes share. The `_now`
functions are synchronous and run in the hub's own threads; the others are what the hub and the
consumer await. The threads that admit people are not those that render, so that a storm of connects
and a slow page do not meet; and those that look at a game and tell of a new turn wait for neither.

Rendering is work for the processor, and threads share one interpreter: more renderers make
nothing faster, and every one of them makes the event loop wait longer for its turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import translation

from apps.accounts.models import Person
from apps.games.stamps import iso
from apps.live import sessions
from apps.live.codes import Close
from apps.live.frames import Frame
from apps.live.languages import language_of

if TYPE_CHECKING:
    from apps.games.models import Game

_renderers = ThreadPoolExecutor(max_workers=3, thread_name_prefix="render")
_lookers = ThreadPoolExecutor(max_workers=3, thread_name_prefix="look")
_admitters = ThreadPoolExecutor(max_workers=4, thread_name_prefix="admit")


@dataclass(frozen=True)
class Rendering:
    """One audience's frame, and the people who belonged to that audience after it was made."""

    frame: Frame
    admitted: frozenset[str]


@dataclass(frozen=True)
class Head:
    """What tells everybody of a new turn before anybody's page is rendered."""

    turn: int
    phase: str
    deadline: str | None
    fragments: dict[str, str]


@dataclass(frozen=True)
class Look:
    """How far a game is for each audience (its cursor), who belongs to each, and the turn.

    `closing` says that the open turn is about to be closed: the next one will be there at once.
    Where the turn is another than the hub knew, `heads` tell of it, by language.
    """

    cursors: Mapping[str, int]
    people: Mapping[str, frozenset[str]]
    turn: tuple[int, str] = (0, "")
    closing: bool = False
    heads: Mapping[str, Head] = field(default_factory=dict)


@dataclass(frozen=True)
class Admission:
    """Who opened a socket, by which session, what it may be shown, and in which language."""

    person: str
    session_key: str
    audience: str
    language: str = ""


class GameGoneError(Exception):
    """The game does not exist, or is not open to sockets any more."""


class RefusedError(Exception):
    """A socket that is not admitted; `code` tells the client why."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code


def group_for(game_id: UUID) -> str:
    """The group of the channel layer to which a game's pointers go."""
    from apps.games.groups import game_group

    return game_group(game_id)


def render_now(game_id: UUID, audience: str, language: str = "") -> Rendering:
    """Render one audience in one language; who belongs to it is read last.

    So a removal is never late. No language is that of the site.
    """
    from apps.games import fragments, selectors

    game = _game(game_id)
    cursor = selectors.cursor_for(game, audience)
    # The control room fetches its own board when it hears that something moved.
    with translation.override(language or settings.LANGUAGE_CODE):
        shown = {} if audience == "facilitator" else fragments.fragments_for(game, audience)
    frame = Frame(cursor, game.turn, game.phase, iso(game.deadline), shown)
    return Rendering(frame, selectors.people_in(game, audience))


def look_now(game_id: UUID, feeds: Collection[tuple[str, str]], known: tuple[int, str]) -> Look:
    """Cursors and people of the audiences of `feeds`, which are audiences and languages.

    A few queries, however much the game holds. Where the turn is another than `known`, whatever
    tells of it is rendered at once, in each of the languages.
    """
    from apps.games import selectors

    game = _game(game_id)
    audiences = {audience for audience, _ in feeds}
    cursors = {audience: selectors.cursor_for(game, audience) for audience in audiences}
    people = selectors.people_by_audience(game, audiences)
    turn = (game.turn, game.phase)
    if turn == known:
        return Look(cursors, people, turn, selectors.is_closing(game))
    heads = {language: head_of(game, language) for language in {language for _, language in feeds}}
    return Look(cursors, people, turn, heads=heads)


def head_of(game: Game, language: str) -> Head:
    """What tells every audience of a new turn, in one language."""
    from apps.games import fragments

    with translation.override(language or settings.LANGUAGE_CODE):
        shown = fragments.heading_for(game)
    return Head(game.turn, game.phase, iso(game.deadline), shown)


def alive_now(session_keys: set[str]) -> frozenset[str]:
    """Those of the sessions that have not ended."""
    return sessions.alive(session_keys)


def admit_now(game_id: UUID, scope: Mapping[str, Any]) -> Admission:
    """Find the person of a handshake and the audience they belong to, or raise RefusedError."""
    from apps.games import selectors

    session = sessions.session_of(scope)
    person = sessions.person_of(session)
    if person is None:
        raise RefusedError(Close.SIGN_IN)
    try:
        audience = selectors.audience_for(_game(game_id), person)
    except GameGoneError:
        audience = None
    if audience is None:
        raise RefusedError(Close.NOT_A_MEMBER)
    present_now(game_id, {str(person.pk)})
    language = language_of(scope)
    return Admission(str(person.pk), str(session.session_key), audience, language)


def present_now(game_id: UUID, people: set[str]) -> None:
    """Note that these people still have the game open."""
    from apps.games import services

    services.mark_all_seen(game_id=game_id, person_ids=[UUID(person) for person in people])


def belongs_now(game_id: UUID, person: str) -> bool:
    """Whether a person still has a part in the game, be it another than before."""
    from apps.games import selectors

    found = Person.objects.filter(pk=person, is_active=True).first()
    return found is not None and selectors.audience_for(_game(game_id), found) is not None


def _game(game_id: UUID):
    from apps.games import selectors

    game = selectors.game_for(game_id)
    if game is None:
        raise GameGoneError(game_id)
    return game


async def render(game_id: UUID, audience: str, language: str) -> Rendering:
    """`render_now` in a thread of the renderers."""
    return await _render(render_now, game_id, audience, language)


async def look(game_id: UUID, feeds: Collection[tuple[str, str]], known: tuple[int, str]) -> Look:
    """`look_now` in a thread of those that look."""
    return await _look(look_now, game_id, feeds, known)


async def alive(session_keys: set[str]) -> frozenset[str]:
    """`alive_now` in a thread of those that admit."""
    return await _admit(alive_now, session_keys)


async def admit(game_id: UUID, scope: Mapping[str, Any]) -> Admission:
    """`admit_now` in a thread of those that admit."""
    return await _admit(admit_now, game_id, scope)


async def present(game_id: UUID, people: set[str]) -> None:
    """`present_now` in a thread of those that admit."""
    await _admit(present_now, game_id, people)


async def belongs(game_id: UUID, person: str) -> bool:
    """`belongs_now` in a thread of those that admit."""
    return await _admit(belongs_now, game_id, person)


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


_render = database_sync_to_async(_call, thread_sensitive=False, executor=_renderers)
_look = database_sync_to_async(_call, thread_sensitive=False, executor=_lookers)
_admit = database_sync_to_async(_call, thread_sensitive=False, executor=_admitters)
