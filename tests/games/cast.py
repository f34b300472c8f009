"""One fixed cast in a small invented scenario: who plays whom, in every test of games.

Dana facilitates. Anna leads Corvania, Ben Marenne and Carla the Ostra Isles; Cora is in Anna's
delegation. The scenario is the Strait of Veld.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game, Membership
from apps.scenarios.library import load_scenario

SCENARIO = "strait_of_veld"
INTENT = {"intent": "We fill the treasury.", "expects": "Marenne protests."}


@dataclass
class Table:
    """A game with its people."""

    game: Game
    dana: Person
    anna: Membership
    ben: Membership
    carla: Membership
    cora: Membership

    def again(self) -> Game:
        """The game's row as it stands now."""
        return Game.objects.select_related("resolved").get(pk=self.game.pk)

    @property
    def players(self) -> dict[str, Membership]:
        return {"COR": self.anna, "MAR": self.ben, "OST": self.carla}

    def close(self, turn: int | None = None) -> bool:
        """Close the open turn as the facilitator's task would."""
        number = self.again().turn if turn is None else turn
        return services.close_turn(game_id=self.game.pk, turn=number, reason="facilitator")

    def all_ready(self) -> None:
        for member in self.players.values():
            services.set_ready(membership=member, ready=True)


def facilitator(name: str = "dana") -> Person:
    return Person.objects.create_user(username=name, password="a long passphrase")


def new_game(by: Person, **options: Any) -> Game:
    options.setdefault("seed", "a fixed seed")
    return services.create_game(
        by=by, scenario=load_scenario(SCENARIO).document, title="Seminar 3", **options
    )


def lobby(name: str = "dana", **options: Any) -> Table:
    """Everybody has a seat; the game has not begun."""
    dana = facilitator(name)
    game = new_game(dana, **options)
    people = {}
    for name, government in (("Anna", "COR"), ("Ben", "MAR"), ("Carla", "OST"), ("Cora", "COR")):
        member = services.join_game(code=game.join_code, display_name=name)
        services.take_seat(membership=member, government=government)
        people[name.lower()] = member
        member.refresh_from_db()
    return Table(game=game, dana=dana, **people)


def table(**options: Any) -> Table:
    """The first turn is open."""
    made = lobby(**options)
    services.start_game(by=made.dana, game_id=made.game.pk)
    return made


def draft(member: Membership, move: str, **words: Any) -> Any:
    parameters = words.pop("parameters", {})
    return services.save_draft(
        membership=member, move=move, parameters=parameters, **{**INTENT, **words}
    )
