"""A session's first two turns, by a facilitator and three governments in their own browsers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from apps.games.models import Game
from tests.browser.people import PATIENCE_MS, Delegate, Facilitator, all_ready

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]


def test_two_turns_are_played_live_and_then_replayed(browser: Browser, live_stack: str) -> None:
    dana = Facilitator.at(browser, live_stack)
    code = dana.make_session("Seminar 3", turns=4, nobody=("CHN", "ROK", "JPN"))
    anna = Delegate.joins(browser, live_stack, code, "Anna", "US")
    boris = Delegate.joins(browser, live_stack, code, "Борис", "RUS")
    chol = Delegate.joins(browser, live_stack, code, "김철수", "DPRK")
    everybody = (anna, boris, chol)
    seated = anna.page.get_by_text("You have your seat.")
    expect(seated).to_be_visible()

    # The start reaches every room without a reload.
    dana.start()
    for delegate in everybody:
        delegate.sees_turn(1)
    expect(seated).to_have_count(0)
    begun = dana.page.get_by_text("The game has begun.")
    expect(begun).to_be_visible()

    # Turn 1: orders with their intent, a talk of two, and everybody ready.
    anna.open("Talks")
    anna.page.locator("[data-thread='RUS-US'] a").click()
    anna.page.get_by_label("To Russia").fill("Shall we table it together?")
    anna.page.get_by_role("button", name="Send").click()
    boris.open("Talks")
    expect(boris.page.locator("[data-thread='RUS-US'] [data-unread]")).to_contain_text(
        "1", timeout=PATIENCE_MS
    )
    boris.page.locator("[data-thread='RUS-US'] a").click()
    expect(boris.page.get_by_text("Shall we table it together?")).to_be_visible()
    expect(chol.page.get_by_text("Shall we table it together?")).to_have_count(0)

    anna.draft("Impose new unilateral sanctions", "Show resolve", "Beijing grumbles")
    boris.draft("Put rouble settlement to work", "Keep the channel", "Washington protests")
    all_ready(everybody)
    for delegate in everybody:
        delegate.sees_turn(2)
    # The control room says so too without a reload, and nothing old beside it.
    expect(dana.page.get_by_text("Turn 2 of 4")).to_be_visible(timeout=PATIENCE_MS)
    expect(dana.page.get_by_text("turn 1 of 4")).to_have_count(0)
    expect(begun).to_have_count(0, timeout=PATIENCE_MS)

    # The results say what came of the intent, and a figure explains itself.
    anna.open("Results")
    ours = anna.page.locator("#room-results")
    expect(ours).to_contain_text("Show resolve")
    expect(ours).to_contain_text("carried out")
    assert "Keep the channel" not in anna.page.content()

    # Turn 2: the facilitator closes it with a draft unsubmitted, which counts as it stands.
    chol.draft("Conduct a nuclear test", "Strengthen the deterrent", "The Council meets")
    dana.page.reload()
    dana.close_turn()
    for delegate in everybody:
        delegate.sees_turn(3)
    chol.open("Results")
    expect(chol.page.locator("#room-results")).to_contain_text("Strengthen the deterrent")

    # The instructor's replay of the same game steps through both turns.
    game = Game.objects.get(title="Seminar 3")
    assert game.turn == 3
    dana.page.goto(f"/replay/{game.pk}/?turn=1")
    expect(dana.page.locator("#moment")).to_contain_text("roubles")
    dana.page.keyboard.press("ArrowRight")
    expect(dana.page.locator("#moment")).to_have_attribute("data-moment-turn", "2")
    expect(dana.page.locator("#moment")).to_contain_text("nuclear")
    for person in (*everybody, dana):
        assert person.errors == []
