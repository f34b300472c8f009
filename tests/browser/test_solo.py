"""One visitor, without an account, plays alone from the front page to the replay."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from apps.games.models import Game
from tests.browser.people import PATIENCE_MS, Delegate, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]


def test_a_visitor_plays_three_turns_alone_and_watches_every_side(
    browser: Browser, live_stack: str
) -> None:
    page, errors = window(browser, live_stack)
    page.goto("/")
    page.get_by_role("link", name="Play alone").click()
    page.get_by_role("radio", name="Russia", exact=True).check()
    page.get_by_role("radio", name="3 turns").check()
    page.get_by_text("Choose a doctrine for each").click()
    page.get_by_label("United States (optional)").select_option("engagement")
    page.get_by_role("button", name="Begin the game").click()
    visitor = Delegate(page, errors, "RUS")
    visitor.is_live()
    visitor.sees_turn(1)
    expect(page.locator("#room-desk").get_by_text("doctrine", exact=True)).to_have_count(5)

    # Turn 1: an order with its intent; ready closes the turn, which is pushed and not reloaded.
    visitor.draft("Put rouble settlement to work", "Keep the channel", "Washington protests")
    visitor.be_ready(last=True)
    visitor.sees_turn(2)

    # They leave, and come back by the front page of the same browser.
    page.goto("/")
    page.get_by_role("link", name="Enter").click()
    visitor.is_live()
    visitor.sees_turn(2)
    visitor.be_ready(last=True)
    visitor.sees_turn(3)
    visitor.be_ready(last=True)
    expect(page.locator("#room-turn")).to_contain_text("the game is over", timeout=PATIENCE_MS)

    # The end leads to the replay, open from every side, and to another game.
    visitor.open("Results")
    expect(page.get_by_role("link", name="Play again")).to_be_visible()
    page.get_by_role("link", name="Watch the replay from every side").click()
    game = Game.objects.get()
    for viewer in ("seat:US", "seat:RUS", "facilitator"):
        page.goto(f"/replay/{game.pk}/?turn=1&as={viewer}")
        expect(page.locator("#moment")).to_have_attribute("data-moment-turn", "1")
    assert errors == []
