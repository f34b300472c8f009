"""Real games over the real stack: what is pushed is what the page shows, and nothing else."""

from __future__ import annotations

import httpx
import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.games import selectors, services
from apps.live.codes import Close
from tests.games.cast import draft, facilitator, lobby, table
from tests.live.browsers import (
    all_fresh,
    browsers,
    open_all,
    shows_a_fresh_page,
    sign_in,
    until,
)

pytestmark = [pytest.mark.stack, pytest.mark.slow]


@pytest.fixture
def web(live_stack):
    with browsers(live_stack) as made:
        yield made


def test_after_every_act_each_client_shows_a_fresh_page(web):
    sitting = lobby(turns=3)
    clients = open_all(web, sitting)
    all_fresh(clients, sitting)
    acts = [
        lambda: services.start_game(by=sitting.dana, game_id=sitting.game.pk),
        lambda: draft(sitting.anna, "levy_toll"),
        lambda: services.send_message(membership=sitting.ben, to=["OST"], text="Shall we?"),
        lambda: services.publish_statement(membership=sitting.carla, text="We stay calm."),
        lambda: services.set_ready(membership=sitting.anna, ready=True),
        lambda: services.set_ready(membership=sitting.anna, ready=False),
        lambda: services.broadcast(by=sitting.dana, game_id=sitting.game.pk, text="Ten minutes."),
        lambda: services.extend_deadline(by=sitting.dana, game_id=sitting.game.pk, seconds=600),
        lambda: services.pause_clock(by=sitting.dana, game_id=sitting.game.pk),
        lambda: services.resume_clock(by=sitting.dana, game_id=sitting.game.pk),
    ]
    for act in acts:
        act()
        all_fresh(clients, sitting)
    services.close_now(by=sitting.dana, game_id=sitting.game.pk)
    until(lambda: sitting.again().turn == 2, what="the second turn")
    all_fresh(clients, sitting)
    assert all(client.problems == [] and client.opened == 1 for client in clients.values())


def test_all_ready_closes_the_turn_and_reaches_every_browser(web):
    sitting = table()
    clients = open_all(web, sitting)
    for client in clients.values():
        until(lambda c=client: bool(c.shown))
    sitting.all_ready()
    for client in clients.values():
        until(lambda c=client: '"turn":2,' in c.texts[-1], what="turn 2")
    all_fresh(clients, sitting)


def test_a_turn_published_between_page_load_and_subscription_is_not_missed(web, live_stack):
    sitting = table()
    cookie = sign_in(sitting.ben.person)
    page = httpx.get(f"{live_stack}/games/{sitting.game.pk}/", headers={"Cookie": cookie})
    assert page.status_code == 200
    assert sitting.close()  # after the page, before the socket
    client = web.open(sitting.game.pk, cookie)
    until(lambda: shows_a_fresh_page(client, sitting, "seat:MAR"), what="convergence")


def test_secrets_of_a_seat_never_reach_the_frames_of_another(web):
    """A canary in every secret of each seat, searched in every byte that others were sent."""
    sitting = table()
    clients = open_all(web, sitting)
    for client in clients.values():
        until(lambda c=client: bool(c.shown))
    secrets: dict[str, list[str]] = {}
    for seat, member in sitting.players.items():
        words = {kind: f"canary-{seat}-{kind}" for kind in ("intent", "expects", "note", "talk")}
        move = next(m.move for m in selectors.moves_for(sitting.again(), seat) if m.open)
        draft(member, move, intent=words["intent"], expects=words["expects"])
        services.send_message(membership=member, to=[], text=words["note"])
        secrets[seat] = [words["intent"], words["expects"], words["note"]]
    services.send_message(membership=sitting.anna, to=["MAR"], text="canary-COR-MAR-talk")
    all_fresh(clients, sitting)
    assert sitting.close()
    all_fresh(clients, sitting)
    sent = {audience: "".join(client.texts) for audience, client in clients.items()}
    for seat, canaries in secrets.items():
        assert canaries[0] in sent[f"seat:{seat}"], "the canary does not even reach its own nest"
        for audience, text in sent.items():
            if audience != f"seat:{seat}":
                assert not [canary for canary in canaries if canary in text], audience
    assert "canary-COR-MAR-talk" not in sent["seat:OST"]
    assert "canary-COR-MAR-talk" not in sent["public"]


def test_anothers_secret_acts_send_no_frame_at_all(web):
    sitting = table()
    clients = open_all(web, sitting)
    all_fresh(clients, sitting)
    before = {audience: len(client.stamps) for audience, client in clients.items()}
    for number in range(5):
        services.send_message(membership=sitting.anna, to=[], text=f"between us {number}")
    all_fresh(clients, sitting)
    after = {audience: len(client.stamps) for audience, client in clients.items()}
    assert after["seat:COR"] > before["seat:COR"]
    assert {a: n for a, n in after.items() if a != "seat:COR"} == {
        a: n for a, n in before.items() if a != "seat:COR"
    }


def test_a_removed_player_s_socket_is_closed_and_does_not_come_back(web):
    sitting = table()
    client = web.open(sitting.game.pk, sign_in(sitting.cora.person))
    until(lambda: bool(client.shown))
    services.remove_person(
        by=sitting.dana, game_id=sitting.game.pk, membership_id=sitting.cora.pk, reason="left"
    )
    until(lambda: client.closed_with is not None)
    assert client.closed_with in {Close.NOT_A_MEMBER, Close.SIGN_IN}
    assert client.opened == 1


def test_a_player_who_was_moved_is_told_to_load_the_page_again(web):
    sitting = table()
    client = web.open(sitting.game.pk, sign_in(sitting.cora.person))
    until(lambda: bool(client.shown))
    services.move_person(
        by=sitting.dana, game_id=sitting.game.pk, membership_id=sitting.cora.pk, government="OST"
    )
    until(lambda: client.closed_with is not None)
    assert client.closed_with == Close.SUPERSEDED


@pytest.mark.parametrize("ending", ["deleted", "expired"])
def test_a_session_that_ended_closes_its_open_socket(web, ending):
    sitting = table()
    cookie = sign_in(sitting.anna.person)
    client = web.open(sitting.game.pk, cookie)
    until(lambda: bool(client.shown))
    session = Session.objects.filter(session_key=cookie.partition("=")[2])
    if ending == "deleted":
        session.delete()
    else:
        session.update(expire_date=timezone.now() - timezone.timedelta(seconds=1))
    until(lambda: client.closed_with is not None)
    assert client.closed_with == Close.SIGN_IN


def test_strangers_and_outsiders_are_not_let_in(web):
    sitting = table()
    outsider = facilitator("paul")
    stranger = web.open(sitting.game.pk, "session=nothing")
    other = web.open(sitting.game.pk, sign_in(outsider))
    for client, code in ((stranger, Close.SIGN_IN), (other, Close.NOT_A_MEMBER)):
        until(lambda c=client: c.closed_with is not None)
        assert client.closed_with == code
        assert client.texts == []
