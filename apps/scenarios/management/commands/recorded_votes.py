"""recorded_votes: tries a body's voting doctrine on votes that were recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from apps.scenarios.examples.situation import ImpossibleExample
from apps.scenarios.loading import load_path
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.naming import path_named
from apps.scenarios.plays.recorded_vote import (
    RecordedVote,
    TriedVote,
    read_recorded_votes,
    shown,
    vote_on,
)
from apps.scenarios.problem import Problem, ScenarioError, did_you_mean

SMALLEST_TERM = 0.5
"""Terms of less than this many points are left out of the text, and kept in the JSON."""


class Command(ScenarioCommand):
    """Lets the members of a date vote on a draft in given circumstances, and says why."""

    help = (
        "Try a scenario's voting doctrine on recorded votes: a file gives for each its date, "
        "circumstances, clauses and sponsors. Prints the vote, each member's support and the "
        "terms behind it, and where it differs from the record. Ends with 1 if any differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("scenario", help="an id of the library, or a path")
        parser.add_argument("file", help="a file of recorded votes (docs/vote-model.md)")
        parser.add_argument("--vote", metavar="ID", help="only this one, with every member's terms")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = load_path(path_named(options["scenario"])).document
            chosen = self._chosen(options)
            tried = {name: self._try(document, name, vote) for name, vote in chosen.items()}
        except ScenarioError as error:
            self.refuse(error, as_json=options["json"])
        differing = {name: tried[name].differences(chosen[name]) for name in chosen}
        if options["json"]:
            self.print_json({name: self._plain(tried[name], differing[name]) for name in chosen})
        else:
            for name, vote in chosen.items():
                self._tell(name, vote, tried[name], full=bool(options["vote"]))
        if any(differing.values()):
            raise SystemExit(1)

    def _chosen(self, options: dict[str, Any]) -> dict[str, RecordedVote]:
        votes = dict(read_recorded_votes(Path(options["file"])).votes)
        wanted = options["vote"]
        if not wanted:
            return votes
        if wanted not in votes:
            advice = did_you_mean(wanted, votes) or f"known: {', '.join(votes)}"
            raise ScenarioError(
                [Problem("no-vote", f"the file has no vote {wanted}", suggestion=advice)]
            )
        return {wanted: votes[wanted]}

    def _try(self, document: dict[str, Any], name: str, vote: RecordedVote) -> TriedVote:
        try:
            return vote_on(document, vote)
        except ImpossibleExample as error:
            raise ScenarioError([Problem("impossible", f"{name}: {error}")]) from error

    def _tell(self, name: str, vote: RecordedVote, tried: TriedVote, *, full: bool) -> None:
        self.stdout.write(f"{name}  {vote.title}, {vote.date}")
        self.stdout.write(f"  {tried.outcome} {shown(tried.tally)}")
        casts = sorted(tried.casts, key=lambda cast: (cast["support"], cast["member"]))
        for cast in casts if full else casts[:2]:
            self.stdout.write(f"  {cast['name']}: {cast['choice']}, support {cast['support']:.1f}")
            if full:
                for term in cast["terms"]:
                    if abs(term["value"]) >= SMALLEST_TERM:
                        claims = f"  ({', '.join(term['claims'])})" if term["claims"] else ""
                        self.stdout.write(f"    {term['value']:+6.1f}  {term['title']}{claims}")
        for sentence in tried.differences(vote):
            self.stdout.write(f"  not as recorded: {sentence}")

    def _plain(self, tried: TriedVote, differences: list[str]) -> dict[str, Any]:
        return {
            "outcome": tried.outcome,
            "tally": tried.tally,
            "votes": tried.casts,
            "differences": differences,
        }
