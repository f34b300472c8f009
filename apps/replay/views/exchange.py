"""Export and import in the browser."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, site_allows
from apps.journal import store
from apps.replay.access import Entry, of_recording
from apps.replay.exporting import as_csv, as_json, as_json_lines
from apps.replay.forms import ImportForm
from apps.replay.importing import import_game
from apps.replay.savefile import SaveFileError
from apps.replay.sources import Source

TYPES = {"json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv"}


@require_GET
@of_recording(Permission.EXPORT)
def export(request: HttpRequest, source: Source, entry: Entry, form: str) -> HttpResponseBase:
    """The whole game as a file. It holds secrets: only for who may see everything."""
    if form not in TYPES or not entry.allows(Permission.SEE_EVERYTHING):
        raise Http404(_("There is no such export."))
    records = store.read(source.stream)
    name = f"{slugify(source.title) or 'game'}-{str(source.stream)[:8]}.{form}"
    if form == "json":
        response: HttpResponseBase = HttpResponse(
            as_json(source, records), content_type=TYPES[form]
        )
    else:
        lines = as_json_lines(source, records) if form == "jsonl" else as_csv(records)
        response = StreamingHttpResponse(lines, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """Upload a saved game; every check has to pass before anything is kept."""
    if not site_allows(request.user, Permission.CREATE_GAME):
        raise PermissionDenied(_("Importing is for facilitators and instructors who sign in."))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = import_game(data=form.cleaned_data["file"].read(), owner=request.user)
        except SaveFileError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Imported: the chain is whole, and every turn agrees."))
            return redirect("replay:recording", stream=saved.pk)
    status = 422 if form.errors else 200
    return render(request, "replay/import.html", {"form": form}, status=status)
