"""A summary of games as Markdown, for a terminal and for documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

RARELY = 0.01
"""A move ordered in a smaller part of the games than this is listed as rare."""


def report_of(summary: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """The summary as Markdown."""
    return "\n".join(_lines(summary, document))


def _lines(summary: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {document['scenario']['title']}: {summary['games']} games"
    yield f"\n{summary['turns']:.1f} turns a game. Intervals are 95 %.\n"
    yield "| ending | games | share | interval |\n|---|---|---|---|"
    for row in summary["endings"]:
        yield (
            f"| {row['title']} | {row['count']} | {row['share']:.1%} "
            f"| {row['low']:.1%} to {row['high']:.1%} |"
        )
    yield "\n| government | score | interval | by doctrine |\n|---|---|---|---|"
    for seat in summary["seats"]:
        by = "; ".join(f"{one['id']} {one['score']['mean']:.0f}" for one in seat["doctrines"])
        score = seat["score"]
        interval = f"{score['low']:.1f} to {score['high']:.1f}"
        yield f"| {seat['name']} | {score['mean']:.1f} | {interval} | {by} |"
    yield "\n| objective | of | value | reached |\n|---|---|---|---|"
    for seat in summary["seats"]:
        for one in seat["objectives"]:
            yield (
                f"| {one['title']} | {seat['id']} | {one['value']['mean']:.2f} "
                f"| {one['reached']['share']:.0%} |"
            )
    yield from _moves(summary)
    yield from _never(summary)


def _moves(summary: Mapping[str, Any]) -> Iterator[str]:
    yield "\n| move | games with it | orders a game |\n|---|---|---|"
    for row in summary["moves"]:
        if row["games"]["share"] >= RARELY:
            yield f"| {row['title']} | {row['games']['share']:.0%} | {row['a_game']:.2f} |"
    rare = [row["id"] for row in summary["moves"] if row["games"]["share"] < RARELY]
    yield f"\nMoves in fewer than {RARELY:.0%} of the games: {', '.join(rare) or 'none'}."


def _never(summary: Mapping[str, Any]) -> Iterator[str]:
    never = [row["id"] for row in summary["rules"] if row["fired"] == 0]
    yield f"\nRules that never fired: {', '.join(never) or 'none'}."
