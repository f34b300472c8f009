"""The balance report: the findings as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps.simulation.findings import Findings


def report(findings: Findings, command: str) -> str:
    """The page, with the command that made it."""
    return "\n".join(_lines(findings, command)) + "\n"


def _lines(findings: Findings, command: str) -> Iterator[str]:
    document = findings.document
    outline = document["scenario"]
    breaches = list(findings.breaches())
    yield f"# Balance of {outline['title']} {outline['version']}"
    yield ""
    yield f"{len(findings.games)} games by doctrine, made by `{command}`."
    yield "Do not edit this page: run the command again with --write."
    yield ""
    yield "Each game gives every government one of its doctrines by lot and plays it to its end."
    yield "A government has reached its objectives when those it reached weigh"
    yield f"{findings.threshold:g} of 100 or more. Doctrines may give irreversible orders here,"
    yield "which stand-ins in a session never do."
    yield ""
    yield "**Within all bounds.**" if not breaches else "**Outside the bounds:**"
    yield from (f"- {breach}" for breach in breaches)
    yield ""
    yield "## Endings (no more than 60 %)"
    yield ""
    yield from _table(("Ending", "Share of games"), _endings(findings, document))
    yield "## Governments (10 to 70 %)"
    yield ""
    yield from _table(
        ("Government", "Reaches its objectives", "By doctrine"), _governments(findings)
    )
    everybody = findings.all_satisfied()
    yield f"All six at once: {everybody:.1%} of games. What serves one costs another (claim C04)."
    yield ""
    yield "## Objectives"
    yield ""
    yield from _table(("Government", "Objective", "Reached in"), _aims(findings, document))
    yield "## Moves (each ordered sometimes, none more than 15 % of orders)"
    yield ""
    yield from _table(("Move", "Games in which it is ordered", "Share of orders"), _moves(findings))
    yield "## Surest moves (none with success in more than 90 % of its games)"
    yield ""
    yield "That a move and success go together does not show that one brings the other."
    yield ""
    yield from _table(("Government", "Move", "Games", "Success with it"), _surest(findings))
    drafts = findings.resolutions()
    yield (
        "Drafts a game: " + ", ".join(f"{share:.2f} {name}" for name, share in drafts.items()) + "."
    )


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _endings(findings: Findings, document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    shares = findings.endings()
    for name, ending in document["endings"].items():
        yield ending["title"], f"{shares.get(name, 0):.1%}"


def _governments(findings: Findings) -> Iterator[tuple[str, ...]]:
    doctrines = findings.doctrines()
    for seat, share in findings.success().items():
        by = "; ".join(
            f"{name} {won:.0%} of {games}" for name, (games, won) in doctrines.get(seat, {}).items()
        )
        yield seat, f"{share:.0%}", by


def _aims(findings: Findings, document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for seat, aims in findings.aims().items():
        for name, share in aims.items():
            yield seat, document["objectives"][seat][name]["title"], f"{share:.0%}"


def _moves(findings: Findings) -> Iterator[tuple[str, ...]]:
    for move, (games, orders) in findings.orders().items():
        yield f"`{move}`", f"{games:.1%}", f"{orders:.1%}"


def _surest(findings: Findings) -> Iterator[tuple[str, ...]]:
    for use in findings.uses()[:10]:
        yield use.seat, f"`{use.move}`", f"{use.games:.0%}", f"{use.success:.0%}"
