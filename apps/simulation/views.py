"""Pages of the lab. Each view parses, asks one service or selector, and answers."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, site_allows
from apps.scenarios.library import load_scenario, scenario_ids
from apps.scenarios.problem import ScenarioError
from apps.simulation import services
from apps.simulation.forms import StudyForm
from apps.simulation.models import Arm, Study
from apps.simulation.results import outcomes_in, played_of
from apps.simulation.selectors import findings_of, progress_of, studies_for
from apps.simulation.statistics import values_of
from apps.simulation.tables import columns_of, csv_lines, rows_of

STUDIES_A_PAGE = 20


@require_GET
@login_required
def lab(request: HttpRequest) -> HttpResponse:
    """The studies that this person sees, the newest first."""
    _require_access(request)
    pages = Paginator(studies_for(_person(request)), STUDIES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = [{"study": study, "progress": progress_of(study)} for study in page]
    return render(request, "simulation/lab.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Ask a question: which scenario, how many games, who follows which doctrine."""
    _require_access(request)
    scenarios = _scenarios()
    if not scenarios:
        return render(request, "simulation/new.html", {"scenarios": {}}, status=503)
    chosen = request.POST.get("scenario") or request.GET.get("scenario") or ""
    scenario = chosen if chosen in scenarios else next(iter(scenarios))
    form = StudyForm(
        request.POST or None,
        request.FILES or None,
        document=scenarios[scenario],
        use_required_attribute=False,
    )
    if request.method == "POST" and form.is_valid():
        study = services.create_study(by=_person(request), question=form.question(scenario))
        return redirect("simulation:study", study_id=study.pk)
    context = {"form": form, "scenarios": scenarios, "scenario": scenario}
    return render(request, "simulation/new.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def study(request: HttpRequest, study_id: uuid.UUID) -> HttpResponse:
    """A study: how far it is, and what it found."""
    found = _study(request, study_id)
    context = {"study": found, "progress": progress_of(found), "findings": findings_of(found)}
    return render(request, "simulation/study.html", context)


@require_GET
@login_required
def progress(request: HttpRequest, study_id: uuid.UUID) -> HttpResponse:
    """The progress alone, asked for every two seconds; once all is done the page is loaded anew."""
    found = _study(request, study_id)
    context = {"study": found, "progress": progress_of(found)}
    answer = render(request, "simulation/_progress.html", context)
    if found.status != Study.Status.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@login_required
def cancel(request: HttpRequest, study_id: uuid.UUID) -> HttpResponse:
    """Stop a study; what was played is kept."""
    if services.cancel_study(study_id=_study(request, study_id).pk):
        messages.success(request, _("Cancelled. What was played is kept; you can resume it."))
    return redirect("simulation:study", study_id=study_id)


@require_POST
@login_required
def resume(request: HttpRequest, study_id: uuid.UUID) -> HttpResponse:
    """Send what is not counted yet to the workers again."""
    services.resume_study(study_id=_study(request, study_id).pk)
    return redirect("simulation:study", study_id=study_id)


@require_POST
@login_required
def delete(request: HttpRequest, study_id: uuid.UUID) -> HttpResponse:
    """Delete a study."""
    found = _study(request, study_id)
    services.delete_study(study_id=found.pk)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
    return redirect("simulation:lab")


@require_GET
@login_required
def games(request: HttpRequest, study_id: uuid.UUID) -> HttpResponse:
    """Every game that is counted, one row each, as CSV."""
    found = _study(request, study_id)
    answer = StreamingHttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="study-{found.pk}.csv"'
    return answer  # type: ignore[return-value]


def _csv(found: Study) -> Iterator[str]:
    """The rows of every arm; of a tornado's variants each game's outcome alone."""
    document = found.document()
    arms = list(found.arms.all())
    if found.kind == Study.Kind.TORNADO:
        yield from csv_lines(["arm", "seed", found.outcome], _outcomes(found, arms, document))
        return
    first = next((game for arm in arms for game in played_of(arm).games[:1]), None)
    if first is None:
        yield "arm,number\r\n"
        return
    rows = (row for arm in arms for row in rows_of(document, arm.label, played_of(arm).games))
    yield from csv_lines(columns_of(document, first), rows)


def _outcomes(found: Study, arms: list[Arm], document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    base = values_of(played_of(arms[0]).games, found.outcome, document)
    for arm in arms:
        values = outcomes_in(arm) if arm.number else base
        for seed, value in values.items():
            yield {"arm": arm.label, "seed": seed, found.outcome: value}


def _scenarios() -> dict[str, dict[str, Any]]:
    found = {}
    for scenario_id in scenario_ids():
        try:
            found[scenario_id] = load_scenario(scenario_id).document
        except ScenarioError:
            continue
    return found


def _person(request: HttpRequest) -> Person:
    """Who asks; the views behind it require a sign-in."""
    assert isinstance(request.user, Person)
    return request.user


def _require_access(request: HttpRequest) -> None:
    if not site_allows(_person(request), Permission.CREATE_GAME):
        raise PermissionDenied(_("The lab is for those who run sessions."))


def _study(request: HttpRequest, study_id: uuid.UUID) -> Study:
    """A study that this person sees; to others its address tells nothing."""
    _require_access(request)
    found = studies_for(_person(request)).filter(pk=study_id).first()
    if found is None:
        raise Http404(_("There is no such study."))
    return found
