"""Who may replay what, and from which perspectives. Asked by every view of this room."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import GRANTS, Permission, Role, site_allows
from apps.games.models import Game
from apps.games.permissions import standing_membership
from apps.replay.models import Opening
from apps.replay.sources import Source, source_for

# What somebody may do with a game that is theirs, or that is there for everybody.
_OWNER = frozenset(
    {Permission.REPLAY, Permission.BRANCH, Permission.SHARE, Permission.EXPORT}
    | {Permission.PIN_NOTES, Permission.SEE_EVERYTHING, Permission.SEE_PUBLIC}
)
_LIBRARY = frozenset(
    {Permission.REPLAY, Permission.BRANCH, Permission.EXPORT, Permission.SEE_EVERYTHING}
)
_SITE = (
    Permission.SEE_EVERYTHING,
    Permission.REPLAY,
    Permission.BRANCH,
    Permission.SHARE,
    Permission.EXPORT,
    Permission.PIN_NOTES,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person may do with one source: the permissions, and the perspectives in order."""

    permissions: frozenset[Permission]
    viewers: tuple[str, ...]

    def allows(self, permission: Permission) -> bool:
        """Whether this entry grants `permission`."""
        return permission in self.permissions


def entry_for(person: Person, source: Source) -> Entry:
    """The person's entry; one without viewers means that the game is not there for them.

    Whoever played alone sees every side of it once it is over: there is nobody else's secret in it.
    """
    site = {permission for permission in _SITE if site_allows(person, permission)}
    if source.origin != "session":
        granted = frozenset(site | _granted_by_saved(person, source))
        return Entry(granted, _viewers(source) if Permission.SEE_EVERYTHING in granted else ())
    membership = standing_membership(person, Game(pk=source.stream))
    granted = frozenset(site)
    if membership is not None:
        granted |= GRANTS[Role(membership.role)]
        if source.solo and not source.running:
            granted |= _LIBRARY
    if Permission.SEE_EVERYTHING in granted:
        return Entry(granted, _viewers(source))
    if membership is None:
        return Entry(granted, ())
    return Entry(granted, _viewers_of_member(source, membership.audience))


def _granted_by_saved(person: Person, source: Source) -> frozenset[Permission]:
    """A saved game is its owner's; a public one is every facilitator's and player's to look at."""
    if source.owner is not None and source.owner == person.pk:
        return _OWNER
    if not source.public or not person.is_authenticated:
        return frozenset()
    if site_allows(person, Permission.CREATE_GAME):
        return _LIBRARY
    return frozenset({Permission.REPLAY, Permission.SEE_EVERYTHING})


def _viewers(source: Source) -> tuple[str, ...]:
    seats = tuple(f"seat:{government}" for government in source.document["governments"])
    return ("public", *seats, "facilitator")


def _viewers_of_member(source: Source, audience: str) -> tuple[str, ...]:
    """A player of a running game sees their own seat; after the end also the public's view.

    Once a facilitator has opened the debrief, they see every government's.
    """
    if source.running:
        return (audience,)
    if Opening.objects.filter(pk=source.stream).exists():
        return _viewers(source)
    return tuple(dict.fromkeys(("public", audience)))


View = Callable[..., HttpResponse]


def of_recording(permission: Permission | None = None) -> Callable[[View], View]:
    """A view of one game. It gets (request, source, entry) in place of the stream's id.

    A game that the person may not see from any perspective is not found.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, stream: uuid.UUID, **kwargs: Any) -> HttpResponse:
            source = source_for(stream)
            entry = entry_for(cast(Person, request.user), source) if source else None
            if source is None or entry is None or not entry.viewers:
                raise Http404(_("There is no such recording."))
            if permission is not None and not entry.allows(permission):
                raise PermissionDenied(_("Your role does not allow this for this game."))
            return view(request, source, entry, **kwargs)

        return inner

    return decorate


def viewer_in(request: HttpRequest, entry: Entry) -> str:
    """The perspective that was asked for with ?as=, if the entry has it; else a 404.

    Without ?as= it is the widest that is usual: the facilitator's for who sees everything.
    """
    asked = request.GET.get("as", "")
    if not asked:
        return entry.viewers[-1]
    if asked not in entry.viewers:
        raise Http404(_("That perspective is not open to you."))
    return asked
