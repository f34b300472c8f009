"""What a study found, from the results of its batches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from apps.simulation.batches import Played
from apps.simulation.models import Arm, Study
from apps.simulation.statistics import outcomes_of, paired, summary_of, values_of
from apps.simulation.whole_game import WholeGame


def played_of(arm: Arm) -> Played:
    """The games of an arm that are counted so far, in the order of their numbers."""
    games: list[WholeGame] = []
    fired: Counter[str] = Counter()
    finished = arm.batches.exclude(finished_at=None).order_by("first")
    for result in finished.values_list("result", flat=True):
        batch = Played.from_json(json.loads(result))
        games += batch.games
        fired.update(batch.fired)
    return Played(games, dict(fired))


def outcomes_in(arm: Arm) -> dict[str, float]:
    """By seed the outcome of a variant's games that are counted; all that is kept of them."""
    values: dict[str, float] = {}
    finished = arm.batches.exclude(finished_at=None)
    for result in finished.values_list("result", flat=True):
        values |= json.loads(result)["outcomes"]
    return values


def kept_of(arm: Arm, played: Played) -> dict[str, Any]:
    """What is stored of a batch: the games, but of a tornado's variants their outcomes alone.

    A tornado plays hundreds of variants; their games whole would not fit into memory together.
    """
    study = arm.study
    if study.kind != Study.Kind.TORNADO or arm.number == 0:
        return played.to_json()
    return {"outcomes": values_of(played.games, study.outcome, study.document())}


def results_of(study: Study) -> dict[str, Any]:
    """The study's results: for its first arm, and what its kind asks beyond that."""
    document = study.document()
    arms = list(study.arms.all())
    base = played_of(arms[0])
    found: dict[str, Any] = {"arms": [summary_of(base.games, base.fired, document)]}
    if study.kind == Study.Kind.COMPARE:
        other = played_of(arms[1])
        compared = study.document(1)
        found["arms"].append(summary_of(other.games, other.fired, compared))
        found["differences"] = list(_differences(base, other, document, compared))
    elif study.kind == Study.Kind.TORNADO:
        found["tornado"] = tornado_of(study, arms, base, document)
    return found


def _differences(
    base: Played, other: Played, document: dict[str, Any], compared: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """The outcomes that both versions know, each with its difference."""
    known = outcomes_of(compared)
    for outcome, title in outcomes_of(document).items():
        if outcome in known:
            one = values_of(base.games, outcome, document)
            two = values_of(other.games, outcome, compared)
            yield {"outcome": outcome, "title": title, **paired(one, two)}


def tornado_of(
    study: Study, arms: list[Arm], base: Played, document: dict[str, Any]
) -> dict[str, Any]:
    """By knob: how the outcome moves when it is turned down and up, the widest first."""
    values = values_of(base.games, study.outcome, document)
    bars: dict[tuple[str, str], dict[str, Any]] = {}
    for arm in arms[1:]:
        change = arm.change
        bar = bars.setdefault(
            (change["kind"], change["id"]),
            {"kind": change["kind"], "id": change["id"], "title": change["title"]},
        )
        side = "less" if change["direction"] < 0 else "more"
        bar[side] = paired(values, outcomes_in(arm))
    rows = [bar for bar in bars.values() if "less" in bar and "more" in bar]
    rows.sort(key=_width, reverse=True)
    return {
        "outcome": study.outcome,
        "title": outcomes_of(document)[study.outcome],
        "base": sum(values.values()) / len(values) if values else 0.0,
        "bars": rows,
    }


def _width(bar: dict[str, Any]) -> float:
    sides = [bar[side]["difference"]["mean"] for side in ("less", "more")]
    return max(abs(sides[0]), abs(sides[1]), abs(sides[1] - sides[0]))
