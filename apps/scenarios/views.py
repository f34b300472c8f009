"""Pages about scenarios: the library, the rule book, the player's guide. Public and cacheable."""

from __future__ import annotations

import functools

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.scenarios.library import load_scenario, scenario_ids
from apps.scenarios.problem import ScenarioError
from apps.scenarios.rulebook import RuleBook, rule_book_for


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The scenarios of the library; one that does not load is shown as such, not left out."""
    return _library(request, status=200)


@require_safe
def rulebook(request: HttpRequest, scenario: str) -> HttpResponse:
    """All moves and rules of a scenario, with the claims that they encode."""
    return _page(request, "scenarios/rulebook.html", scenario)


@require_safe
def guide(request: HttpRequest, scenario: str) -> HttpResponse:
    """Two pages for a player: how a turn goes, and what can be ordered."""
    return _page(request, "scenarios/guide.html", scenario)


def _page(request: HttpRequest, template: str, scenario_id: str) -> HttpResponse:
    """A page of a scenario's book; for one that does not load, the library that says so."""
    if scenario_id not in scenario_ids():
        raise Http404(f"the library has no scenario {scenario_id}")
    try:
        return render(request, template, {"book": _book(scenario_id)})
    except ScenarioError:
        return _library(request, status=503)


def _library(request: HttpRequest, *, status: int) -> HttpResponse:
    entries = []
    for scenario_id in scenario_ids():
        try:
            entries.append({"id": scenario_id, "scenario": load_scenario(scenario_id).parts})
        except ScenarioError:
            entries.append({"id": scenario_id, "scenario": None})
    return render(request, "scenarios/library.html", {"entries": entries}, status=status)


@functools.cache
def _book(scenario_id: str) -> RuleBook:
    return rule_book_for(load_scenario(scenario_id).parts)
