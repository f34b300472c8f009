"""What the lab's pages show: who sees which study, how far it is, what it found."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from apps.accounts.models import Person
from apps.accounts.permissions import site_roles
from apps.simulation.charts import courses_of, tornado_bars
from apps.simulation.models import Batch, Study
from apps.simulation.results import results_of


def studies_for(person: Person) -> QuerySet[Study]:
    """The studies that a person sees: their own; instructors and administrators see all."""
    studies = Study.objects.select_related("created_by")
    return studies if site_roles(person) else studies.filter(created_by=person)


def progress_of(study: Study) -> dict[str, Any]:
    """How many games are counted, of how many, and in which state the study is."""
    figures = Batch.objects.filter(arm__study=study).aggregate(
        games=Sum("count"),
        done=Sum("count", filter=~Q(finished_at=None)),
        arms=Count("arm", distinct=True),
    )
    games, done = figures["games"] or 0, figures["done"] or 0
    return {
        "games": games,
        "done": done,
        "arms": figures["arms"],
        "percent": int(100 * done / games) if games else 0,
        "running": study.status == Study.Status.RUNNING,
        "resumable": study.status in (Study.Status.CANCELLED, Study.Status.FAILED) and done < games,
    }


def findings_of(study: Study) -> dict[str, Any] | None:
    """What a study found, ready to be drawn; of a cancelled one what was counted; else None."""
    if study.results:
        results = json.loads(study.results)
    elif study.status in (Study.Status.CANCELLED, Study.Status.FAILED):
        results = results_of(study)
    else:
        return None
    arms = []
    for number, summary in enumerate(results["arms"]):
        if not summary["games"]:
            continue
        document = study.document(number)
        never = [row for row in summary["rules"] if not row["fired"]]
        unused = [row for row in summary["moves"] if not row["games"]["count"]]
        arms.append(
            {
                **summary,
                "label": study.arms.all()[number].label,
                "version": document["scenario"]["version"],
                "courses": courses_of(summary["tracks"], document),
                "never": never,
                "unused": unused,
            }
        )
    if not arms:
        return None
    found = {"arms": arms, "differences": results.get("differences", [])}
    if results.get("tornado"):
        bars = results["tornado"]["bars"]
        found["tornado"] = {**results["tornado"], "drawn": tornado_bars(bars), "count": len(bars)}
    return found
