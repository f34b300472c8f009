"""A delegate who has a keyboard and nothing else: from the join code to a vote in the Council."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game, Membership
from apps.scenarios.library import load_scenario
from tests.browser.people import PATIENCE_MS, UNSAVED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]
OTHERS = ("RUS", "CHN", "DPRK", "ROK", "JPN")


@pytest.fixture
def game(transactional_db: None) -> Game:
    """A session of which only the seat of the United States is for people."""
    dana = Person.objects.create_user(username="dana", display_name="Dana", password="long one")
    return services.create_game(
        by=dana,
        scenario=load_scenario("korean_knot").document,
        title="By keyboard",
        turns=4,
        seed="a fixed seed",
        seats={seat: {"mode": "nobody"} for seat in OTHERS},
    )


def go_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus; a person gives up after sixty."""
    for _ in range(60):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} cannot be reached by sixty presses of {key}")


def skip_to_desk(page: Page) -> None:
    """From the top of the page over the second skip link to the desk."""
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Control+Home")
    go_to(page, page.get_by_role("link", name="Skip to our desk"))
    page.keyboard.press("Enter")
    expect(page.locator("#desk")).to_be_focused()


def test_join_order_ready_and_vote_by_keyboard_alone(
    browser: Browser, live_stack: str, game: Game
) -> None:
    page = browser.new_context(base_url=live_stack, locale="en-US").new_page()
    page.set_default_timeout(PATIENCE_MS)
    press, write = page.keyboard.press, page.keyboard.type

    # Join, and take a role of the United States.
    page.goto("/")
    go_to(page, page.get_by_label("Join code"))
    write(game.join_code)
    press("Enter")
    page.wait_for_url("**/join/**")
    go_to(page, page.get_by_label("Your name"))
    write("Anna")
    place = page.locator("input[name=place]")
    press("Tab")
    expect(page.locator("input[name=place]:focus")).to_be_attached()
    press("Space")
    while not page.locator("input[name=place]:checked").get_attribute("value").startswith("US:"):
        press("ArrowDown")
    assert place.count() > 1
    press("Enter")
    expect(page.locator("game-connection")).to_contain_text("Live", timeout=PATIENCE_MS)
    anna = Membership.objects.get(game=game, government="US")
    services.start_game(by=game.created_by, game_id=game.pk)
    expect(page.locator("#room-turn")).to_contain_text("Turn 1 of", timeout=PATIENCE_MS)

    # Draft a resolution: search for the move, choose clauses, write the two lines.
    tabs = page.get_by_role("navigation", name="Room")
    go_to(page, tabs.get_by_role("link", name="Orders"))
    press("Enter")
    expect(page.get_by_role("heading", name="Orders", exact=True)).to_be_focused()
    go_to(page, page.get_by_label("Search"))
    write("refer the test")
    move = page.locator("#room-catalogue li.move").filter(
        has_text="Refer the test to the Security Council"
    )
    go_to(page, move.get_by_role("button", name="Draft"))
    press("Enter")
    card = page.locator("article.draft")
    expect(card.locator(":focus")).to_be_visible(timeout=PATIENCE_MS)
    go_to(page, card.get_by_role("checkbox", name="Condemn the test"))
    press("Space")
    go_to(page, card.get_by_label("Intent"))
    write("Answer the test")
    press("Tab")
    write("Moscow prefers a soft draft")
    expect(card.locator("form")).not_to_have_attribute("data-save", UNSAVED, timeout=PATIENCE_MS)
    expect(card).to_contain_text("Can be submitted", timeout=PATIENCE_MS)

    # Ready at the desk, which closes the turn: nobody else is asked.
    skip_to_desk(page)
    go_to(page, page.get_by_role("button", name="Submit 1 order: ready"))
    press("Enter")
    expect(page.locator("#room-turn")).to_contain_text("Turn 2 of", timeout=PATIENCE_MS)

    # The desk leads to the draft that is voted on.
    skip_to_desk(page)
    go_to(page, page.locator("#desk").get_by_role("link", name="Instruct our vote"))
    press("Enter")
    go_to(page, page.get_by_role("radio", name="Yes"))
    press("Space")
    press("Tab")
    write("The Council must speak.")
    press("Tab")
    press("Enter")
    expect(page.get_by_text("Instructed; it can be changed")).to_be_visible(timeout=PATIENCE_MS)
    assert anna.person.display_name == "Anna"
    page.context.close()
