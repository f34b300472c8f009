"""Runs a game file: adjudicates its turns one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from apps.engine import (
    Accord,
    Adjudication,
    Order,
    Ruleset,
    RulesetError,
    State,
    Vote,
    adjudicate,
    initial_state,
)
from apps.scenarios.loading import load_path, ruleset_for
from apps.scenarios.naming import path_named
from apps.scenarios.plays.game_file import GameFile, PlayedTurn
from apps.scenarios.problem import Problem, ScenarioError

FOLDER = "playthroughs"


@dataclass(frozen=True, slots=True)
class Played:
    """One turn that was adjudicated."""

    turn: int
    given: PlayedTurn
    before: State
    result: Adjudication


def scenario_of(game: GameFile, path: FilePath) -> tuple[Ruleset, dict[str, Any]]:
    """The rules and document of a game file; `path` is the game's own file.

    A file in a scenario's `playthroughs` is of that scenario, if it does not say otherwise.

    Raises ScenarioError when the scenario is not named, not there, or cannot be played.
    """
    if isinstance(game.scenario, dict):
        try:
            return ruleset_for(game.scenario), game.scenario
        except RulesetError as error:
            problems = [
                Problem(
                    "rules",
                    issue.message,
                    path=("scenario", *issue.path),
                    suggestion=issue.suggestion,
                )
                for issue in error.issues
            ]
            raise ScenarioError(problems) from error
    if game.scenario is None and path.resolve().parent.name == FOLDER:
        loaded = load_path(path.resolve().parent.parent)
        return loaded.ruleset, loaded.document
    if game.scenario is None:
        problem = Problem(
            "no-scenario",
            f"{path} does not say which scenario is played",
            suggestion="add scenario: and an id of the library",
        )
        raise ScenarioError([problem])
    loaded = load_path(path_named(game.scenario))
    return loaded.ruleset, loaded.document


def play(ruleset: Ruleset, game: GameFile) -> Iterator[Played]:
    """Adjudicates the turns of a game, until its play or the game ends."""
    state = initial_state(ruleset, turns=game.turns)
    for given in game.play:
        if state.ended is not None:
            return
        result = adjudicate(
            ruleset,
            state,
            orders_of(given, state.turn),
            votes_of(ruleset, state, given),
            game.seed,
            accords=[Accord(one.agreement, dict(one.parties)) for one in given.accords],
            injects=list(given.injects),
        )
        yield Played(state.turn, given, state, result)
        state = result.state


def orders_of(given: PlayedTurn, turn: int) -> list[Order]:
    """The turn's orders as the engine takes them."""
    return [
        Order(
            order.by,
            order.move,
            dict(order.parameters),
            order.intent,
            order.expects,
            f"{turn}.{place}",
        )
        for place, order in enumerate(given.orders, start=1)
    ]


def votes_of(ruleset: Ruleset, state: State, given: PlayedTurn) -> list[Vote]:
    """The turn's votes as the engine takes them; a vote without a draft is on all that are due."""
    votes = []
    for vote in given.votes:
        for draft in state.docket:
            members = {member.id for member in ruleset.bodies[draft.body].members}
            meant = vote.draft == draft.id or (vote.draft is None and draft.votes_on <= state.turn)
            if meant and vote.member in members:
                votes.append(Vote(draft.body, draft.id, vote.member, vote.choice, vote.explanation))
    return votes
