"""Share links: making and withdrawing them, and the page that they open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.permissions import Permission
from apps.replay.access import Entry, of_recording
from apps.replay.forms import ShareForm
from apps.replay.models import ShareLink
from apps.replay.names import Names
from apps.replay.sharing import entry_of_link, make_link, revoke_link
from apps.replay.sources import Source
from apps.replay.views.reading import recording_context


@require_http_methods(["GET", "POST"])
@of_recording(Permission.SHARE)
def share(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """The links of one game, and a new one. Its address is shown once, on the page that made it."""
    names = Names(source.document)
    viewers = [(viewer, names.viewer(viewer)) for viewer in entry.viewers]
    form = ShareForm(request.POST or None, viewers=viewers)
    new_url = ""
    if request.method == "POST" and form.is_valid():
        _link, token = make_link(stream=source.stream, by=request.user, **form.cleaned_data)
        new_url = request.build_absolute_uri(reverse("replay:shared", args=[token]))
    now = timezone.now()
    links = [
        {"row": row, "perspective": names.viewer(row.viewer), "expired": row.expires_at <= now}
        for row in ShareLink.objects.filter(stream=source.stream)
    ]
    context = {"source": source, "form": form, "links": links, "new_url": new_url}
    response = render(request, "replay/share.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@of_recording(Permission.SHARE)
def revoke(request: HttpRequest, source: Source, entry: Entry, link: int) -> HttpResponse:
    """Withdraw a link."""
    revoke_link(link=get_object_or_404(ShareLink, pk=link, stream=source.stream))
    return redirect("replay:share", stream=source.stream)


@require_GET
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The replay that a link opens, from its one perspective; for anybody who has the link."""
    source, entry = entry_of_link(token, count=not request.htmx)
    context = recording_context(request, source, entry, shared=token)
    name = (
        "replay/_moment.html" if request.htmx and context["chapters"] else "replay/recording.html"
    )
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    response["X-Robots-Tag"] = "noindex"
    return response
