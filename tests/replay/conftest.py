"""The fixed cast of the replay tests: a facilitator, three delegations, a game of three turns."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game, Membership
from apps.replay.sources import Source, source_for
from apps.scenarios.library import load_scenario

SECRET = "canary-of-the-secret-talk"
INTENT = "canary-of-the-intent"


@dataclass
class Played:
    """A session and those who played it."""

    game: Game
    facilitator: Person
    players: dict[str, Membership] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """The session as replay sees it now."""
        source = source_for(self.game.pk)
        assert source is not None
        return source

    def order(self, government: str, move: str, **parameters: object) -> None:
        """Draft one order for the open turn."""
        services.save_draft(
            membership=self.players[government],
            move=move,
            parameters=parameters,
            intent=INTENT,
            expects="nothing",
        )

    def close(self) -> None:
        """Close the open turn."""
        self.game.refresh_from_db()
        services.close_turn(
            game_id=self.game.pk,
            turn=self.game.turn,
            reason="facilitator",
            by=self.facilitator,
        )


@pytest.fixture
def facilitator(db) -> Person:
    return Person.objects.create_user(username="faye", password="pw", display_name="Faye")


@pytest.fixture
def played(facilitator) -> Played:
    """Three turns of six: a protest and a secret patrol, a draft tabled, a vote on it."""
    document = load_scenario("strait_of_veld").document
    game = services.create_game(
        by=facilitator, scenario=document, title="Seminar A", turns=6, seed="s"
    )
    cast = Played(game, facilitator)
    for government in document["governments"]:
        member = services.join_game(code=game.join_code, display_name=f"Player {government}")
        services.take_seat(membership=member, government=government)
        member.refresh_from_db()
        cast.players[government] = member
    services.start_game(by=facilitator, game_id=game.pk)
    services.send_message(membership=cast.players["COR"], to=["MAR"], text=SECRET)
    cast.order("COR", "send_protest", to="OST")
    cast.order("MAR", "start_patrol")
    cast.close()
    services.publish_statement(membership=cast.players["OST"], text="We seek calm.")
    cast.order("OST", "table_draft", clauses=["lighthouse"], partner="MAR")
    cast.close()
    cast.close()
    return cast
