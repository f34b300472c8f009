"""The roll call in the chamber: it waits to be seen, is read out once, and can be skipped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.games import services
from tests.browser.people import PATIENCE_MS
from tests.browser.sessions import PlayedSession, played_session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def played(transactional_db: None) -> PlayedSession:
    """A session whose fourth turn decides on a draft that Russia will veto."""
    played = played_session()
    draft = "unsc-3-US"
    services.cast_vote(
        membership=played.people["RUS"], draft=draft, choice="no", explanation="Talks first."
    )
    return played


def enter(page: Page, played: PlayedSession) -> None:
    page.goto(f"/games/{played.game.pk}/#council")
    expect(page.locator("game-connection")).to_contain_text("Live", timeout=PATIENCE_MS)


def close(played: PlayedSession) -> None:
    services.close_turn(game_id=played.game.pk, turn=4, reason="facilitator")


def test_it_is_read_out_when_the_turn_closes_and_stands_whole_afterwards(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    context = played.window_of("US", browser, live_stack)
    page = context.new_page()
    enter(page, played)
    expect(page.locator("roll-call[data-latest]")).to_have_count(0)
    close(played)
    call = page.locator("roll-call[data-latest]")
    expect(call).to_be_attached(timeout=PATIENCE_MS)
    expect(call).to_have_attribute("data-state", "calling")
    # Nothing of it goes by while somebody looks elsewhere.
    expect(call.locator("[data-tally=yes]")).to_have_text("0")
    page.get_by_role("link", name="Hear the roll call").click()
    expect(call.locator(".is-called")).to_contain_text("Russian Federation", timeout=PATIENCE_MS)
    expect(call.locator(".roll-call__now")).to_contain_text("Talks first.")
    expect(call.get_by_text("Vetoed")).not_to_be_visible()
    expect(call).not_to_have_attribute("data-state", "calling", timeout=PATIENCE_MS)
    expect(call.get_by_text("Vetoed")).to_be_visible()
    expect(page.locator("#room-say")).to_contain_text("Vetoed", timeout=PATIENCE_MS)
    page.reload()
    expect(call).to_be_visible()
    expect(call).not_to_have_attribute("data-state", "calling")
    call.get_by_role("button", name="Call the roll again").click()
    expect(call).to_have_attribute("data-state", "calling")
    call.get_by_role("button", name="Show the result").click()
    expect(call).not_to_have_attribute("data-state", "calling")
    expect(call.get_by_role("button", name="Call the roll again")).to_be_focused()
    context.close()


def test_who_wants_less_motion_sees_it_whole_at_once(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    close(played)
    context = played.window_of("US", browser, live_stack, reduced_motion="reduce")
    page = context.new_page()
    enter(page, played)
    call = page.locator("roll-call[data-latest]")
    expect(call.get_by_text("Vetoed")).to_be_visible()
    expect(call).not_to_have_attribute("data-state", "calling")
    call.scroll_into_view_if_needed()
    expect(page.locator("#room-say")).to_contain_text("Vetoed", timeout=PATIENCE_MS)
    context.close()
