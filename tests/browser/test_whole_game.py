"""A whole game of six governments with a facilitator, all through the interface."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from apps.games.models import Game
from tests.browser.people import PATIENCE_MS, Delegate, Facilitator, all_ready

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PEOPLE = {
    "US": "Anna",
    "RUS": "Борис",
    "CHN": "王小明",
    "DPRK": "김철수",
    "ROK": "남궁민수",
    "JPN": "まさこ",
}


def test_six_governments_play_a_game_to_its_end(browser: Browser, live_stack: str) -> None:
    dana = Facilitator.at(browser, live_stack)
    code = dana.make_session("Whole game", turns=2)
    room = {
        government: Delegate.joins(browser, live_stack, code, name, government)
        for government, name in PEOPLE.items()
    }
    dana.start()
    for delegate in room.values():
        delegate.sees_turn(1)

    # Turn 1: a referral by clauses, a test, an offer that is accepted, and everybody ready.
    us, dprk = room["US"], room["DPRK"]
    us.draft(
        "Refer the test to the Security Council",
        "Answer the test",
        "Moscow prefers a soft draft",
        clauses=("Condemn the test", "Call for talks"),
    )
    dprk.draft("Conduct a nuclear test", "Strengthen the deterrent", "The Council meets")
    dprk.offer("Freeze for freeze", "We stop when you stop.")
    us.open("Talks")
    offer = us.page.locator("#room-offers article").filter(has_text="We stop when you stop.")
    offer.get_by_role("button", name="Accept").click()
    expect(us.page.locator("#room-offers")).to_contain_text("1 closed offer", timeout=PATIENCE_MS)
    all_ready(room.values())
    for delegate in room.values():
        delegate.sees_turn(2)

    # The agreement stands in the promise ledger of both, and the draft on everybody's docket.
    for delegate in (us, dprk):
        delegate.open("Situation")
        expect(delegate.page.locator("#room-ledger")).to_contain_text("Freeze for freeze")
    for government in ("US", "RUS", "CHN", "JPN"):
        room[government].vote("Yes", f"{government} explains its vote.")
    room["ROK"].open("Council")
    expect(room["ROK"].page.locator("#room-docket")).to_contain_text("has no vote here")
    all_ready(room.values())

    # The end: the roll call with explanations, the ending, and nothing left to do.
    for delegate in room.values():
        expect(delegate.page.locator("#room-turn")).to_contain_text(
            "the game is over", timeout=PATIENCE_MS
        )
    us.open("Council")
    rolls = us.page.locator("#room-rolls")
    expect(rolls).to_contain_text("RUS explains its vote.")
    us.open("Results")
    game = Game.objects.get(title="Whole game")
    assert game.phase == Game.Phase.FINISHED
    expect(us.page.locator("#room-results .notice").first).to_be_visible()
    for person in (*room.values(), dana):
        assert person.errors == []
