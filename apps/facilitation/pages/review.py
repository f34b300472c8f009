"""The review: each held effect with its rule, claims and values; amend, strike, add, release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission
from apps.engine import Ruleset
from apps.facilitation import questions
from apps.facilitation.access import in_session
from apps.facilitation.asking import Ask
from apps.facilitation.pages.acting import Act, page, whole
from apps.facilitation.pages.looking import audience_of, looking_as
from apps.facilitation.previewing import room_after_release
from apps.facilitation.reviewing import (
    facts_to_add,
    held_effects,
    measures_to_add,
    split_name,
)
from apps.games import services
from apps.games.models import Game
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for, ruleset_for
from apps.games.selectors import view_for
from apps.games.sessions import session_for
from apps.games.views.room import context_on_paper


@require_http_methods(["GET", "POST"])
@in_session(Permission.REVIEW)
def review(request: HttpRequest, game: Game) -> HttpResponse:
    """What the rules say, what you amend and why; then release."""
    return page(request, game, "facilitation/review.html", _context, ACTS, ASKS)


@require_GET
@in_session(Permission.REVIEW)
def preview(request: HttpRequest, game: Game, viewer: str) -> HttpResponse:
    """The room of a team or the public as it will be after the release, as amended now."""
    room = room_after_release(game, audience_of(game, viewer))
    if room is None:
        raise Refusal("no_review", _("No results are held back now."))
    shown = {**context_on_paper(room), **looking_as(game, request.user, viewer)}
    return render(request, "facilitation/preview.html", shown)


def _context(request: HttpRequest, game: Game) -> dict[str, Any]:
    session = session_for(game)
    view = view_for(game, "facilitator") or {"tracks": [], "facts": []}
    ruleset = ruleset_for(game)
    return {
        "on": session.review,
        "held": session.held is not None,
        "groups": held_effects(game),
        "amendments": [_told(ruleset, one) for one in session.amendments],
        "tracks": view["tracks"],
        "facts": facts_to_add(ruleset, view["facts"]),
        "measures": measures_to_add(ruleset),
        "governments": document_for(game)["governments"],
        "ticked": request.POST.getlist("to"),
        "amending": _index_typed(request, "amend"),
        "striking": _index_typed(request, "strike"),
    }


def _index_typed(request: HttpRequest, act: str) -> int | None:
    """The effect that a refused form of this act was about: its words are shown again."""
    index = request.POST.get("index", "")
    return int(index) if request.POST.get("act") == act and index.isdecimal() else None


def _told(ruleset: Ruleset, amendment: Mapping[str, Any]) -> dict[str, Any]:
    """An amendment with what it is about in words."""
    effect = amendment.get("effect") or {}
    title, words = "", ""
    if "headline" in effect:
        title = f"“{effect['headline']}”"
    elif "track" in effect:
        title = ruleset.tracks[effect["track"]].title
        words = f"{effect['by']:+g}"
    elif "fact" in effect:
        title = ruleset.facts[effect["fact"]].title
        words = str(effect["value"])
    elif "measure" in effect:
        title = ruleset.measures[effect["measure"]].title
        words = _("lifted") if effect.get("lift") else _("imposed")
        title += f" ({effect['by']})" if effect.get("by") else ""
    about = ", ".join(effect.get("about") or ())
    return {**amendment, "title": f"{title} ({about})" if about else title, "words": words}


def _number(text: str | None) -> float:
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        raise Refusal("not_a_number", _("Write the value as a number.")) from None


def _amend(request: HttpRequest, game: Game) -> str:
    post = request.POST
    changes: dict[str, Any]
    if "value" in post:
        typed: Any = {"true": True, "false": False}.get(post["value"], post["value"])
        if post.get("of") == "number":
            typed = _number(post["value"])
        changes = {"after": typed}
    elif "headline" in post:
        changes = {"headline": post["headline"], "body": post.get("body", "")}
    else:
        changes = {"after": _number(post.get("after"))}
    services.amend_effect(
        by=request.user,
        game_id=game.pk,
        index=whole(post.get("index"), _("the effect")),
        changes=changes,
        reason=post.get("reason", ""),
    )
    return str(_("Amended. What the rules said is kept beside it."))


def _strike(request: HttpRequest, game: Game) -> str:
    services.strike_effect(
        by=request.user,
        game_id=game.pk,
        index=whole(request.POST.get("index"), _("the effect")),
        reason=request.POST.get("reason", ""),
    )
    return str(_("Struck. What the rules said is kept."))


def _restore(request: HttpRequest, game: Game) -> str:
    services.withdraw_amendment(
        by=request.user,
        game_id=game.pk,
        number=whole(request.POST.get("number"), _("the amendment")),
        reason=request.POST.get("reason", ""),
    )
    return str(_("Taken back. That it was made stays in the record."))


def _add(request: HttpRequest, game: Game) -> str:
    post = request.POST
    kind = post.get("kind", "")
    made = ADDITIONS.get(kind)
    if made is None:
        raise Refusal("no_such_effect", _("Choose what to add."))
    services.add_effect(
        by=request.user, game_id=game.pk, effect=made(post), reason=post.get("reason", "")
    )
    return str(_("Added."))


def _track(post: QueryDict) -> dict[str, Any]:
    track, about = split_name(post.get("name", ""))
    return {"track": track, "about": about, "by": _number(post.get("by"))}


def _fact(post: QueryDict) -> dict[str, Any]:
    """A fact and its value, which stand in one field: the fact's label, "=", the value."""
    label, _sep, value = post.get("fact", "").partition("=")
    fact, about = split_name(label)
    typed: Any = {"true": True, "false": False}.get(value, value)
    if value == "number":
        typed = _number(post.get("value"))
    return {"fact": fact, "about": about, "value": typed}


def _measure(post: QueryDict) -> dict[str, Any]:
    measure, _sep, by = post.get("measure", "").partition(":")
    effect: dict[str, Any] = {"measure": measure, "by": by or None}
    if post.get("do") == "lift":
        return effect | {"lift": True}
    turns = post.get("turns", "").strip()
    return effect | {"for": whole(turns, _("the turns")) if turns else None}


def _dispatch(post: QueryDict) -> dict[str, Any]:
    to = None if post.get("everybody") else post.getlist("to")
    return {"headline": post.get("headline", ""), "body": post.get("body", ""), "to": to}


def _release(request: HttpRequest, game: Game) -> str:
    services.release_results(by=request.user, game_id=game.pk)
    return str(_("The results are out."))


def _set(request: HttpRequest, game: Game) -> str:
    services.set_review(by=request.user, game_id=game.pk, review=request.POST.get("review") == "on")
    return str(_("Saved. It holds for the turns that close from now on."))


ADDITIONS: dict[str, Callable[[QueryDict], dict[str, Any]]] = {
    "track": _track,
    "fact": _fact,
    "measure": _measure,
    "dispatch": _dispatch,
}
ACTS: dict[str, Act] = {
    "amend": _amend,
    "strike": _strike,
    "restore": _restore,
    "add": _add,
    "release": _release,
    "set": _set,
}
ASKS: dict[str, Ask] = {"release": questions.release}
"""An amendment can be taken back until the release, so that only the release is asked about."""
