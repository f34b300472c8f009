"""Asking first: a step that takes something away says what it does, and is done on a second press.

No script is needed: the question is a page that carries the form's own fields along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from apps.accounts.models import Person
from apps.facilitation.board import heading_for
from apps.games.models import Game
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for

BACK = "preview-back"
"""The act of going back with everything that was filled in."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is about to be done: the question, its consequences in sentences, the button's words.

    `better` is another way to do it, which is proposed first: what its button sends as `sure` in
    place of "yes", and its words.
    """

    title: str
    button: str
    consequences: list[str] = field(default_factory=list)
    better: tuple[str, str] | None = None


Ask = Callable[[HttpRequest, Game], Question | None]
"""The question before an act; None where, as things stand, nothing is taken away."""


def is_sure(request: HttpRequest) -> bool:
    """Whether the question was answered with yes, in one way or the other."""
    return bool(request.POST.get("sure"))


def ask(request: HttpRequest, question: Question, **shown: Any) -> HttpResponse:
    """The page of a question, with the fields of the form that led to it."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "sure")
    ]
    shown = {"question": question, "fields": fields, "target": request.path, **shown}
    return render(request, "facilitation/sure.html", shown)


def asked_first(about: Ask) -> Callable[[Any], Any]:
    """A view of one session that does something at a POST, behind its question."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def inner(request: HttpRequest, game: Game, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not is_sure(request):
                question = about(request, game, **kwargs)
                if question is not None:
                    back = reverse("facilitation:board", args=[game.pk])
                    board = heading_for(game, cast(Person, request.user))
                    return ask(request, question, board=board, back=back)
            answer: HttpResponse = view(request, game, **kwargs)
            return answer

        inner.asks_first = about  # type: ignore[attr-defined]
        return inner

    return decorate


def named(game: Game, government: str) -> str:
    """The name of a government in a question; a refusal for one that is not there."""
    known = document_for(game)["governments"]
    if government not in known:
        raise Refusal("no_such_government", f"This game has no government {government}.")
    return str(known[government]["name"])
