"""What is held of whoever asks: to read, to take along, to have erased."""

from __future__ import annotations

import json
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.models import Person
from apps.games.personal import personal_data_of
from apps.games.refusals import Refusal
from apps.games.services.erasing import erase


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def your_data(request: HttpRequest) -> HttpResponse:
    """What is held of this person; with the word typed, everything that tells who they are goes."""
    person = cast(Person, request.user)
    refusal = ""
    if request.method == "POST":
        if request.POST.get("word", "").strip().casefold() != _("erase"):
            refusal = _("Nothing was erased. Type the word to confirm.")
        else:
            try:
                erase(person=person)
            except Refusal as refused:
                refusal = refused.sentence
            else:
                logout(request)
                messages.success(request, _("Erased. Nothing here tells any more who you are."))
                return redirect("games:front")
    shown = {"held": personal_data_of(person), "refusal": refusal}
    return render(request, "games/your_data.html", shown, status=422 if refusal else 200)


@never_cache
@require_GET
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """The same as a JSON file."""
    held = personal_data_of(cast(Person, request.user))
    text = json.dumps(held, indent=2, default=str, ensure_ascii=False)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="your-data.json"'
    return answer
