"""The roll call: secret until the turn closes, then the journal's own order with its count."""

from __future__ import annotations

import pytest

from apps.games import services
from apps.games.fragments import fragments_for
from apps.games.models import Membership
from apps.games.room.opening import open_room
from apps.games.room.roll_call import rolls
from apps.journal import store
from tests.browser.sessions import PlayedSession, played_session

pytestmark = pytest.mark.django_db
AUDIENCES = ("seat:US", "seat:RUS", "seat:CHN", "public")


@pytest.fixture
def played() -> PlayedSession:
    """A session whose fourth turn decides on a draft."""
    return played_session()


def instruct(played: PlayedSession, government: str, choice: str, words: str = "") -> str:
    member = Membership.objects.get(pk=played.people[government].pk)
    room = open_room(again(played), f"seat:{government}")
    draft = next(d["draft"] for d in room.view["docket"] if d["votes_on"] == room.turn)
    services.cast_vote(membership=member, draft=draft, choice=choice, explanation=words)
    return draft


def again(played: PlayedSession):
    played.game.refresh_from_db()
    return played.game


def close(played: PlayedSession) -> None:
    game = again(played)
    services.close_turn(game_id=game.pk, turn=game.turn, reason="facilitator")


def test_an_instruction_changes_nothing_that_others_see(played):
    before = {name: fragments_for(again(played), name) for name in AUDIENCES}
    instruct(played, "US", "no", "Our secret reason.")
    after = {name: fragments_for(again(played), name) for name in AUDIENCES}
    assert before["seat:US"] != after["seat:US"]
    assert "Our secret reason." in after["seat:US"]["room-docket"]
    for name in AUDIENCES[1:]:
        assert before[name] == after[name], name


def test_our_own_team_sees_who_gave_the_instruction(played):
    instruct(played, "CHN", "abstain")
    docket = fragments_for(again(played), "seat:CHN")["room-docket"]
    assert "Given by 王小明." in docket


def test_the_roll_is_called_in_the_journals_order_with_the_count_after_each_vote(played):
    draft = instruct(played, "RUS", "no", "Talks first.")
    close(played)
    cast = [
        (record.payload["member"], record.payload["choice"])
        for record in store.read(played.game.pk, kinds=["VoteCast"])
        if record.payload["draft"] == draft
    ]
    roll = rolls(open_room(again(played), "public"))["rolls"][0]
    assert roll["id"] == draft
    assert roll["latest"]
    assert [(member["id"], member["choice"]) for member in roll["call"]] == cast
    counts = [sum(member["tally"].values()) for member in roll["call"]]
    assert counts == list(range(1, len(cast) + 1))
    assert roll["call"][-1]["tally"] == roll["tally"]
    assert roll["outcome"] == "vetoed"
    assert "Russia" in roll["why"]
    assert "Talks first." in {member["explanation"] for member in roll["call"]}


def test_the_strip_holds_a_cell_for_each_vote_and_the_mark_of_the_majority(played):
    instruct(played, "RUS", "no")
    close(played)
    roll = rolls(open_room(again(played), "public"))["rolls"][0]
    choices = [cell["choice"] for cell in roll["cells"]["cells"]]
    assert {choice: choices.count(choice) for choice in roll["tally"]} == roll["tally"]
    mark = roll["cells"]["mark"]
    assert sum(1 for cell in roll["cells"]["cells"] if cell["x"] < mark) == roll["needed"] == 9


def test_the_desk_leads_to_the_roll_call_for_one_turn(played):
    instruct(played, "RUS", "no")
    close(played)
    shown = fragments_for(again(played), "seat:JPN")
    link = f"call-{rolls(open_room(again(played), 'public'))['rolls'][0]['id']}-4"
    assert f'href="#{link}"' in shown["room-desk"]
    assert f'id="{link}"' in shown["room-rolls"]
    close(played)
    assert link not in fragments_for(again(played), "seat:JPN")["room-desk"]
