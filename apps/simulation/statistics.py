"""What many games came to: shares with their uncertainty, courses of tracks, rarities."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.simulation.whole_game import WholeGame

BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of a track's course: the median, the middle half, and nine games of ten."""
Z95 = 1.959964


def share_of(count: int, total: int) -> dict[str, float]:
    """A share with its 95 % interval by Wilson's formula, which holds for few games too."""
    if total == 0:
        return {"count": 0, "share": 0.0, "low": 0.0, "high": 1.0}
    share = count / total
    spread = Z95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return {
        "count": count,
        "share": share,
        "low": max(0.0, middle - half),
        "high": min(1.0, middle + half),
    }


def quantiles(values: Sequence[float], wanted: Sequence[float] = BANDS) -> list[float]:
    """The quantiles of some values, interpolated linearly; empty for no values."""
    if not values:
        return []
    ordered = sorted(values)
    found = []
    for part in wanted:
        place = part * (len(ordered) - 1)
        low = math.floor(place)
        high = min(low + 1, len(ordered) - 1)
        found.append(round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 4))
    return found


def mean_with_interval(values: Sequence[float]) -> dict[str, float]:
    """The mean with its 95 % interval by the normal approximation."""
    count = len(values)
    if count == 0:
        return {"mean": 0.0, "low": 0.0, "high": 0.0}
    mean = math.fsum(values) / count
    variance = math.fsum((value - mean) ** 2 for value in values) / max(count - 1, 1)
    half = Z95 * math.sqrt(variance / count)
    return {"mean": mean, "low": mean - half, "high": mean + half}


def summary_of(
    games: Sequence[WholeGame], fired: Mapping[str, int], document: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything that the lab shows of one set of games."""
    return {
        "games": len(games),
        "turns": mean_with_interval([game.turns for game in games])["mean"],
        "endings": endings_of(games, document),
        "tracks": tracks_of(games),
        "seats": seats_of(games, document),
        "moves": moves_of(games, document),
        "rules": rules_of(fired, document, len(games)),
        "resolutions": dict(sum((Counter(game.resolutions) for game in games), Counter())),
    }


def endings_of(games: Sequence[WholeGame], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How often each ending came, the most frequent first; endings that never came are there."""
    counted = Counter(game.ending for game in games)
    rows = [
        {"id": name, "title": ending["title"], **share_of(counted[name], len(games))}
        for name, ending in document["endings"].items()
    ]
    return sorted(rows, key=lambda row: -row["count"])


def tracks_of(games: Sequence[WholeGame]) -> dict[str, list[list[float]]]:
    """By track: for the opening and each turn the quantiles over the games still being played."""
    found: dict[str, list[list[float]]] = {}
    for name in games[0].tracks if games else ():
        longest = max(len(game.tracks[name]) for game in games)
        found[name] = [
            quantiles([g.tracks[name][turn] for g in games if turn < len(g.tracks[name])])
            for turn in range(longest)
        ]
    return found


def seats_of(games: Sequence[WholeGame], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """By government: its score, and how far and how often it reached each objective."""
    rows = []
    for seat, government in document["governments"].items():
        objectives = document.get("objectives", {}).get(seat, {})
        weights = {name: float(one["weight"]) for name, one in objectives.items()}
        rows.append(
            {
                "id": seat,
                "name": government["name"],
                "color": government["color"],
                "score": mean_with_interval([game.score(seat, weights) for game in games]),
                "doctrines": _by_doctrine(games, seat, weights, document),
                "objectives": [
                    {
                        "id": name,
                        "title": one["title"],
                        "value": mean_with_interval([game.values[seat][name] for game in games]),
                        "reached": share_of(
                            sum(name in game.reached[seat] for game in games), len(games)
                        ),
                    }
                    for name, one in objectives.items()
                ],
            }
        )
    return rows


def _by_doctrine(
    games: Sequence[WholeGame],
    seat: str,
    weights: Mapping[str, float],
    document: Mapping[str, Any],
) -> list[dict[str, Any]]:
    titles = document.get("doctrines", {}).get(seat, {})
    scores: dict[str, list[float]] = {}
    for game in games:
        scores.setdefault(game.doctrines[seat], []).append(game.score(seat, weights))
    return [
        {
            "id": name,
            "title": titles[name]["title"] if name in titles else name.capitalize(),
            "games": len(values),
            "score": mean_with_interval(values),
        }
        for name, values in sorted(scores.items())
    ]


def moves_of(games: Sequence[WholeGame], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """By move: in which share of games it was ordered, and how often a game; never counts too."""
    in_games: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    for game in games:
        in_games.update(game.moves.keys())
        orders.update(game.moves)
    rows = [
        {
            "id": name,
            "title": move["title"],
            "games": share_of(in_games[name], len(games)),
            "a_game": orders[name] / max(len(games), 1),
        }
        for name, move in document["moves"].items()
    ]
    return sorted(rows, key=lambda row: -row["a_game"])


def rules_of(
    fired: Mapping[str, int], document: Mapping[str, Any], games: int
) -> list[dict[str, Any]]:
    """By rule: how often a game it fired, the rarest first, so that what never fired leads."""
    rows = [
        {
            "id": name,
            "title": rule["title"],
            "fired": fired.get(name, 0),
            "a_game": fired.get(name, 0) / max(games, 1),
        }
        for name, rule in document["rules"].items()
    ]
    return sorted(rows, key=lambda row: row["fired"])


def outcome_of(game: WholeGame, outcome: str, document: Mapping[str, Any]) -> float:
    """One number of a game: "ending:ID" (1 or 0), "track:NAME" (at the end), "score:SEAT".

    Raises KeyError for an outcome that the scenario does not have.
    """
    kind, _, name = outcome.partition(":")
    if kind == "ending":
        return 1.0 if game.ending == name else 0.0
    if kind == "track":
        return game.tracks[name][-1]
    if kind == "score":
        objectives = document["objectives"][name]
        return game.score(name, {key: float(one["weight"]) for key, one in objectives.items()})
    raise KeyError(outcome)


def outcomes_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The outcomes that can be looked at, with their titles."""
    found = {f"ending:{k}": f"Ending: {v['title']}" for k, v in document["endings"].items()}
    for name, track in document["tracks"].items():
        if track["scope"] == "global":
            found[f"track:{name}"] = f"{track['title']} at the end"
    for seat in document.get("objectives", {}):
        found[f"score:{seat}"] = f"Score of {document['governments'][seat]['name']}"
    return found


def values_of(
    games: Iterable[WholeGame], outcome: str, document: Mapping[str, Any]
) -> dict[str, float]:
    """By seed: an outcome of the games."""
    return {game.seed: outcome_of(game, outcome, document) for game in games}


def paired(base: Mapping[str, float], other: Mapping[str, float]) -> dict[str, Any]:
    """The difference of an outcome between two sets of games, seed by seed.

    Games of one seed share their dice, so the interval is far narrower than that of two
    independent sets.
    """
    seeds = sorted(base.keys() & other.keys())
    change = mean_with_interval([other[seed] - base[seed] for seed in seeds])
    return {
        "games": len(seeds),
        "base": mean_with_interval([base[seed] for seed in seeds])["mean"],
        "other": mean_with_interval([other[seed] for seed in seeds])["mean"],
        "difference": change,
        "clear": bool(seeds) and (change["low"] > 0 or change["high"] < 0),
    }
