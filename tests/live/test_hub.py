"""The hub: one subscription a game, one rendering an audience, nothing lost, nothing twice."""

from __future__ import annotations

import asyncio

import pytest

from apps.live.codes import Close
from tests.live.builders import Table


@pytest.fixture
async def table():
    table = Table()
    yield table
    await table.clear()


async def test_a_move_reaches_every_socket_of_the_audience_with_the_same_bytes(table):
    anna, ben = await table.sit("anna", "seat:US"), await table.sit("ben", "seat:US")
    await table.move(US=1)
    for socket in (anna, ben):
        await socket.until(lambda s=socket: len(s.frames) == 2)
    assert anna.sent[-1] is not ben.sent[-1]
    assert anna.sent[-1]["text"] == ben.sent[-1]["text"]
    assert anna.frames[-1]["fragments"] == {"value": "<p id=value>1</p>"}


async def test_fifty_sockets_of_an_audience_cost_one_rendering_a_move(table):
    sockets = await asyncio.gather(*(table.sit("anna", "seat:US") for _ in range(50)))
    before = len(table.game.renderings)
    await table.move(US=1)
    for socket in sockets:
        await socket.until(lambda s=socket: s.shown["value"] == "<p id=value>1</p>")
    assert len(table.game.renderings) - before == 1


async def test_a_move_that_an_audience_cannot_see_costs_it_no_rendering(table):
    await table.sit("anna", "seat:US")
    dmitri = await table.sit("dmitri", "seat:RUS")
    before = list(table.game.renderings)
    await table.move(RUS=1)
    await dmitri.until(lambda: dmitri.shown["value"] == "<p id=value>1</p>")
    assert table.game.renderings[len(before) :] == ["seat:RUS"]


async def test_a_new_turn_is_announced_before_its_page_is_rendered(table):
    anna = await table.sit("anna", "seat:US")
    gate = table.game.gates["seat:US"] = asyncio.Event()
    table.game.turn = 2
    await table.move(US=1)
    await anna.until(lambda: anna.frames[-1]["turn"] == 2)
    assert anna.frames[-1]["fragments"] == {"still": "<p id=still>turn 2</p>"}
    assert anna.frames[-1]["cursor"] == 0, "an announcement does not hold everything up to now"
    gate.set()
    await anna.until(lambda: anna.frames[-1]["cursor"] == 1)
    assert anna.frames[-1]["fragments"] == {"value": "<p id=value>1</p>"}


async def test_pages_of_a_turn_that_is_closing_wait_for_its_end(table, monkeypatch):
    anna = await table.sit("anna", "seat:US")
    table.game.closing = True
    await table.move(US=1)  # the last press of ready
    table.game.closing, table.game.turn = False, 2
    await table.move(US=2)
    await anna.until(lambda: anna.frames[-1]["cursor"] == 2)
    assert "<p id=value>1</p>" not in str(anna.frames)


async def test_a_turn_that_is_closing_and_does_not_end_is_shown_all_the_same(table, monkeypatch):
    monkeypatch.setattr("apps.live.hub.CLOSING_SECONDS", 0.01)
    anna = await table.sit("anna", "seat:US")
    table.game.closing = True
    await table.move(US=1)  # and no worker comes
    await anna.until(lambda: anna.shown["value"] == "<p id=value>1</p>")


async def test_a_fleeting_change_is_rendered_although_the_cursor_stands(table):
    anna, dmitri = await table.sit("anna", "seat:US"), await table.sit("dmitri", "seat:RUS")
    table.game.padding = " anna edits a draft"
    await table.point(fleeting="seat:US")
    await anna.until(lambda: "anna edits" in anna.shown["value"])
    assert len(dmitri.frames) == 1


async def test_somebody_who_comes_to_a_quiet_game_costs_no_rendering(table):
    await table.sit("anna", "seat:US")
    before = len(table.game.renderings)
    ben = await table.sit("ben", "seat:US")
    await ben.until(lambda: bool(ben.frames))
    assert len(table.game.renderings) == before


async def test_a_game_has_one_subscription_however_many_sockets(table):
    for person, audience in [("anna", "seat:US"), ("ben", "seat:US"), ("dmitri", "seat:RUS")]:
        await table.sit(person, audience)
    assert len(table.layer.channels) + len(table.layer.groups) <= 2
    assert [len(channels) for channels in table.layer.groups.values()] == [1]


async def test_a_change_that_an_audience_may_not_see_sends_it_nothing(table):
    anna, dmitri = await table.sit("anna", "seat:US"), await table.sit("dmitri", "seat:RUS")
    await table.move(RUS=1)
    await dmitri.until(lambda: len(dmitri.frames) == 2)
    await table.move(US=1)
    await anna.until(lambda: len(anna.frames) == 2)
    # The hidden move came first and has been rendered for her: it left no frame behind.
    assert anna.frames[-1]["fragments"] == {"value": "<p id=value>1</p>"}


async def test_a_client_that_is_current_is_sent_nothing_on_resume(table):
    first = await table.sit("anna", "seat:US")
    again = await table.sit("anna", "seat:US", stamp=first.frames[-1]["stamp"])
    assert again.frames == []


async def test_a_client_that_was_away_gets_only_what_changed(table):
    first = await table.sit("anna", "seat:US")
    stamp = first.frames[-1]["stamp"]
    for value in (1, 2, 3):
        await table.move(US=value)
        await first.until(lambda v=value: first.shown["value"] == f"<p id=value>{v}</p>")
    again = await table.sit("anna", "seat:US", stamp=stamp)
    await again.until(lambda: bool(again.frames))
    assert [f["fragments"] for f in again.frames] == [{"value": "<p id=value>3</p>"}]


async def test_an_unknown_stamp_gets_everything(table):
    socket = await table.sit("anna", "seat:US", stamp="0123456789abcdef")
    await socket.until(lambda: bool(socket.frames))
    assert set(socket.frames[0]["fragments"]) == {"value", "still"}


async def test_a_burst_of_300_moves_ends_with_the_last_state_everywhere(table):
    sockets = [await table.sit("anna", "seat:US") for _ in range(20)]
    for value in range(1, 301):
        await table.move(US=value)
    for socket in sockets:
        await socket.until(lambda s=socket: s.shown["value"] == "<p id=value>300</p>")
        stamps = [frame["stamp"] for frame in socket.frames]
        assert len(stamps) == len(set(stamps)), "a frame came twice"


async def test_a_socket_that_reads_nothing_is_closed_alone_and_resumes(table):
    stalled = await table.sit("ben", "seat:US", limit=4)
    reader = await table.sit("anna", "seat:US", limit=4)
    await stalled.until(lambda: len(stalled.frames) == 1)
    stalled.open.clear()
    for value in range(1, 9):
        await table.move(US=value)
        await reader.until(lambda v=value: reader.shown["value"] == f"<p id=value>{v}</p>")
    stalled.open.set()
    await stalled.until(lambda: stalled.closed_with is not None)
    assert stalled.closed_with == Close.TOO_SLOW
    assert reader.closed_with is None
    again = await table.sit("ben", "seat:US", stamp=stalled.frames[-1]["stamp"])
    await again.until(lambda: again.shown.get("value") == "<p id=value>8</p>")


async def test_a_slow_rendering_of_one_audience_delays_no_other(table):
    anna, dmitri = await table.sit("anna", "seat:US"), await table.sit("dmitri", "seat:RUS")
    gate = table.game.gates["seat:RUS"] = asyncio.Event()
    await table.move(US=1, RUS=1)
    await anna.until(lambda: anna.shown["value"] == "<p id=value>1</p>")
    assert dmitri.shown["value"] == "<p id=value>0</p>"
    gate.set()
    await dmitri.until(lambda: dmitri.shown["value"] == "<p id=value>1</p>")


async def test_a_move_during_a_rendering_is_rendered_again(table):
    anna = await table.sit("anna", "seat:US")
    gate = table.game.gates["seat:US"] = asyncio.Event()
    before = len(table.game.renderings)
    await table.move(US=1)
    await table.game.until_rendering(before + 1)
    await table.move(US=2)  # the rendering under way has read 1 already
    gate.set()
    await anna.until(lambda: anna.shown["value"] == "<p id=value>2</p>")


async def test_a_resuming_client_is_never_shown_less_than_its_page(table):
    """The page shows 2; a rendering that began at 1 must not reach the page first."""
    await table.sit("ben", "seat:US")
    gate = table.game.gates["seat:US"] = asyncio.Event()
    before = len(table.game.renderings)
    await table.move(US=1)
    await table.game.until_rendering(before + 1)
    table.game.values["seat:US"] = 2
    sitting = asyncio.create_task(table.sit("anna", "seat:US", stamp="stampofpagewith2"))
    await asyncio.sleep(0)
    gate.set()
    anna = await sitting
    await anna.until(lambda: bool(anna.frames))
    assert [f["fragments"]["value"] for f in anna.frames] == ["<p id=value>2</p>"]


async def test_a_removed_member_is_closed_before_the_next_frame(table):
    anna, ben = await table.sit("anna", "seat:US"), await table.sit("ben", "seat:US")
    table.game.people["seat:US"].remove("ben")
    await table.move(US=1)
    await ben.until(lambda: ben.closed_with is not None)
    assert ben.closed_with == Close.NOT_A_MEMBER
    assert ben.shown["value"] == "<p id=value>0</p>"
    await anna.until(lambda: anna.shown["value"] == "<p id=value>1</p>")


async def test_a_member_whose_seat_changed_is_told_to_load_the_page_again(table):
    ben = await table.sit("ben", "seat:US")
    table.game.people["seat:US"].remove("ben")
    table.game.people["seat:RUS"].add("ben")
    await table.move(US=1)
    await ben.until(lambda: ben.closed_with is not None)
    assert ben.closed_with == Close.SUPERSEDED
    assert ben.shown["value"] == "<p id=value>0</p>"


async def test_the_last_socket_to_leave_ends_the_subscription(table):
    await table.sit("anna", "seat:US")
    await table.clear()
    assert table.hub.games == {}
    assert all(not channels for channels in table.layer.groups.values())


@pytest.fixture
async def watched():
    table = Table(poll_seconds=0.05)
    yield table
    await table.clear()


async def test_a_lost_pointer_heals_with_the_next_look(watched):
    anna = await watched.sit("anna", "seat:US")
    watched.game.values["seat:US"] = 7  # no pointer is sent
    await anna.until(lambda: anna.shown["value"] == "<p id=value>7</p>")


async def test_a_failed_rendering_is_tried_again(watched):
    anna = await watched.sit("anna", "seat:US")
    watched.game.error = RuntimeError("database away")
    before = len(watched.game.renderings)
    await watched.move(US=1)
    await watched.game.until_rendering(before + 1)
    watched.game.error = None
    await anna.until(lambda: anna.shown["value"] == "<p id=value>1</p>")


async def test_those_whose_page_is_open_are_marked_present(watched, monkeypatch):
    monkeypatch.setattr("apps.live.hub.PRESENCE_SECONDS", 0)
    await watched.sit("anna", "seat:US")
    await asyncio.wait_for(watched.game.marked.wait(), 5)
    assert watched.game.seen == {"anna"}


async def test_an_ended_session_closes_its_sockets(watched):
    anna, ben = await watched.sit("anna", "seat:US"), await watched.sit("ben", "seat:US")
    watched.game.sessions.remove("s-anna")
    await anna.until(lambda: anna.closed_with is not None)
    assert anna.closed_with == Close.SIGN_IN
    assert ben.closed_with is None
