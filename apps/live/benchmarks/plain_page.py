"""A plain Django page: session, user, three queries, one small template. Nothing is cached."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from apps.games.models import Game, Membership, Turn

PAGE = Template(
    "<!doctype html><title>{{ game.title }}</title><h1>{{ game.title }}</h1>"
    "<p>{{ member.government }}</p>"
    "<ul>{% for turn in turns %}<li>{{ turn.number }}</li>{% endfor %}</ul>"
)


def page(request: HttpRequest, game_id: uuid.UUID) -> HttpResponse:
    """Read a game, the reader's part in it and its turns, and show them."""
    game = Game.objects.get(pk=game_id)
    member = Membership.objects.get(game=game, person=request.user.pk)
    turns = list(Turn.objects.filter(game=game).only("number"))
    context = Context({"game": game, "member": member, "turns": turns})
    return HttpResponse(PAGE.render(context))


urlpatterns = [path("games/<uuid:game_id>/", page)]
