"""Secrecy: every page of replay, walked as everybody, searched for what the others kept secret."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.games import services
from apps.replay.models import Opening
from apps.replay.sharing import make_link
from apps.replay.urls import urlpatterns

pytestmark = pytest.mark.django_db

PAGES = (
    "recording",
    "overview",
    "present",
    "fog",
    "pack",
    "share",
    "what_if",
    "compare",
    "gallery",
)
PARTS = ("why", "steps", "move_fields")
ACTS = (
    "delete",
    "play_again",
    "add_note",
    "remove_note",
    "revoke",
    "open_debrief",
    "import",
    "runs",
    "cancel_runs",
)
OTHERS = ("export", "shared", "shared_why", "shared_steps")
CANARIES = {seat: f"canary-of-{seat.lower()}" for seat in ("COR", "MAR", "OST")}


@pytest.fixture
def secretive(played):
    """A fourth turn in which each delegation says and means something of its own."""
    for seat in CANARIES:
        services.send_message(
            membership=played.players[seat], to=[], text=f"{CANARIES[seat]} among ourselves"
        )
        services.save_draft(
            membership=played.players[seat],
            move="send_protest",
            parameters={"to": "COR" if seat != "COR" else "MAR"},
            intent=f"{CANARIES[seat]} as intent",
            expects=f"{CANARIES[seat]} as hope",
        )
    played.close()
    return played


def everything(client, played) -> str:
    """All that this client can get of the game: pages and parts, turns and perspectives."""
    viewers = ["", "public", "facilitator", *(f"seat:{seat}" for seat in CANARIES)]
    found = []
    for name in (*PAGES, *PARTS):
        arguments = [] if name in ("compare", "gallery") else [played.game.pk]
        for viewer in viewers:
            for turn in (1, 4):
                query = {"turn": turn, "as": viewer, "what": "near", "game": [played.game.pk]}
                answer = client.get(reverse(f"replay:{name}", args=arguments), query)
                if answer.status_code == 200:
                    found.append(answer.content.decode())
    for form in ("json", "jsonl", "csv"):
        answer = client.get(reverse("replay:export", args=[played.game.pk, form]))
        if answer.status_code == 200:
            found.append(answer.getvalue().decode())
    return "\n".join(found)


def seen(text: str) -> set[str]:
    return {seat for seat, canary in CANARIES.items() if canary in text}


def test_the_walk_knows_every_address_of_the_room():
    assert {one.name for one in urlpatterns} == {*PAGES, *PARTS, *ACTS, *OTHERS}


def test_a_player_finds_their_own_secrets_and_no_others(client, secretive):
    for seat, member in secretive.players.items():
        client.force_login(member.person)
        assert seen(everything(client, secretive)) == {seat}


def test_after_the_end_as_well_until_the_debrief_is_opened(client, secretive):
    services.archive_game(by=secretive.facilitator, game_id=secretive.game.pk)
    client.force_login(secretive.players["MAR"].person)
    assert seen(everything(client, secretive)) == {"MAR"}
    Opening.objects.create(stream=secretive.game.pk, by=secretive.facilitator)
    assert seen(everything(client, secretive)) == set(CANARIES)


def test_an_observer_and_a_stranger_find_none_and_an_instructor_all(client, secretive):
    observer = Person.objects.create_user(username="olga", password="pw")
    services.add_member(
        by=secretive.facilitator, game_id=secretive.game.pk, person=observer, role=Role.OBSERVER
    )
    instructor = Person.objects.create_user(username="ida", password="pw", kind="instructor")
    stranger = Person.objects.create_user(username="sam", password="pw")
    found = {}
    for person in (observer, stranger, instructor, secretive.facilitator):
        client.force_login(person)
        found[person.username] = seen(everything(client, secretive))
    assert found == {
        "olga": set(),
        "sam": set(),
        "ida": set(CANARIES),
        "faye": set(CANARIES),
    }


@pytest.mark.parametrize(
    ("viewer", "secrets"), [("public", set()), ("seat:COR", {"COR"}), ("facilitator", {*CANARIES})]
)
def test_a_share_link_shows_its_perspective_alone(client, secretive, viewer, secrets):
    _link, token = make_link(
        stream=secretive.game.pk, viewer=viewer, days=1, by=secretive.facilitator
    )
    found = []
    for name in ("shared", "shared_why", "shared_steps"):
        for asked in ("", "public", "facilitator", "seat:COR", "seat:MAR"):
            for what in ("near", "figure:tension"):
                query = {"turn": 4, "as": asked, "what": what}
                answer = client.get(reverse(f"replay:{name}", args=[token]), query)
                if answer.status_code == 200:
                    found.append(answer.content.decode())
    assert len(found) >= 3
    assert seen("\n".join(found)) == secrets
