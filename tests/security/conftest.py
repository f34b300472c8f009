"""A game with secrets in it, and the people who ask for its pages."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.test import Client

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.games import selectors, services
from apps.games.models import Message, OrderDraft
from apps.journal import store
from tests.games.cast import Table, draft, facilitator, new_game, table
from tests.security.addresses import addresses


@dataclass
class House:
    """One game after a turn, somebody for every part in it, and the canaries of each seat."""

    table: Table
    people: dict[str, Person | None]
    canaries: dict[str, list[str]] = field(default_factory=dict)

    def client(self, who: str, **options: object) -> Client:
        """A browser of this person; errors are pages, as they are for people."""
        client = Client(raise_request_exception=False, **options)
        person = self.people[who]
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def addresses(self) -> dict[str, str]:
        """Every address, filled in for this game."""
        game = self.table.game
        found = OrderDraft.objects.filter(game=game).first()
        known: dict[str, object] = {
            "game_id": game.pk,
            "stream": game.pk,
            "code": game.join_code,
            "membership_id": self.table.cora.pk,
            "viewer": "seat:COR",
            "scenario": "strait_of_veld",
            "figure": "tension",
            "slug": "MAR",
            "turn": 1,
            "form": "json",
        }
        return addresses(known | ({"draft": found.pk} if found else {}))

    def state(self) -> tuple[object, ...]:
        """Everything that a refused act may not change."""
        game = self.table.again()
        drafts = OrderDraft.objects.filter(game=game).order_by("pk")
        people = game.memberships.order_by("pk")
        return (
            store.head(game.pk),
            list(drafts.values_list("pk", "move", "intent", "version")),
            list(people.values_list("pk", "government", "seat_role", "removed_at")),
            Message.objects.filter(game=game).count(),
            game.phase,
            game.archived_at,
        )


@pytest.fixture
def house(db: None) -> House:
    sitting = table(turns=4)
    canaries: dict[str, list[str]] = {}
    for seat, member in sitting.players.items():
        words = [f"canary-{seat}-{kind}" for kind in ("intent", "expects", "note")]
        move = next(m.move for m in selectors.moves_for(sitting.again(), seat) if m.open)
        draft(member, move, intent=words[0], expects=words[1])
        services.send_message(membership=member, to=[], text=words[2])
        canaries[seat] = words
    assert sitting.close()
    for seat, member in sitting.players.items():
        draft_words = f"canary-{seat}-second"
        move = next(m.move for m in selectors.moves_for(sitting.again(), seat) if m.open)
        draft(member, move, intent=draft_words)
        canaries[seat].append(draft_words)
    watcher, outsider = facilitator("olga"), facilitator("paul")
    new_game(outsider)
    services.add_member(
        by=sitting.dana, game_id=sitting.game.pk, person=watcher, role=Role.OBSERVER
    )
    people: dict[str, Person | None] = {
        "nobody": None,
        "outsider": outsider,
        "observer": watcher,
        "facilitator": sitting.dana,
        "COR": sitting.anna.person,
        "MAR": sitting.ben.person,
        "OST": sitting.carla.person,
    }
    return House(sitting, people, canaries)
