"""Drafts save themselves: whatever a person did last, however slow the network, is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Membership, OrderDraft
from apps.scenarios.library import load_scenario
from tests.browser.people import PATIENCE_MS, UNSAVED
from tests.browser.sessions import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]
Desk = Callable[..., Page]


@pytest.fixture
def anna(transactional_db: None) -> Membership:
    """A delegate of the United States in the first turn of a session.

    Russia has one too, who is never ready: what the United States does closes no turn.
    """
    dana = Person.objects.create_user(username="dana", display_name="Dana", password="long one")
    game = services.create_game(
        by=dana,
        scenario=load_scenario("korean_knot").document,
        title="Drafting",
        turns=4,
        seconds_per_turn=None,
        seed="a fixed seed",
        seats={seat: {"mode": "nobody"} for seat in ("CHN", "DPRK", "ROK", "JPN")},
    )
    anna = services.join_game(code=game.join_code, display_name="Anna")
    services.take_seat(membership=anna, government="US")
    boris = services.join_game(code=game.join_code, display_name="Boris")
    services.take_seat(membership=boris, government="RUS")
    services.start_game(by=dana, game_id=game.pk)
    anna.refresh_from_db()
    return anna


@pytest.fixture
def desk(browser: Browser, live_stack: str) -> Iterator[Desk]:
    """Opens the orders of a member's room in a window of its own."""
    contexts: list[BrowserContext] = []

    def opened(member: Membership) -> Page:
        context = signed_in(member.person, browser, live_stack)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/games/{member.game_id}/#orders")
        expect(page.locator("game-connection")).to_contain_text("Live", timeout=PATIENCE_MS)
        return page

    yield opened
    for context in contexts:
        context.close()


def begin(page: Page, move: str) -> Locator:
    page.locator("#room-catalogue li.move").filter(has_text=move).get_by_role(
        "button", name="Draft"
    ).click()
    card = page.locator("article.draft").filter(has_text=move)
    expect(card).to_be_visible()
    return card


def is_saved(card: Locator) -> None:
    expect(card.locator("form")).not_to_have_attribute("data-save", UNSAVED, timeout=PATIENCE_MS)


def stored(member: Membership) -> OrderDraft:
    return OrderDraft.objects.get(game=member.game_id, government="US")


def test_clauses_are_saved_before_a_word_is_written(desk: Desk, anna: Membership) -> None:
    card = begin(desk(anna), "Refer the test to the Security Council")
    card.get_by_role("checkbox", name="Condemn the test").check()
    is_saved(card)
    assert stored(anna).parameters["clauses"] == ["condemnation"]
    expect(card.get_by_text("1 chosen")).to_be_visible()


def test_what_is_ticked_while_a_save_is_under_way_is_saved_too(
    desk: Desk, anna: Membership
) -> None:
    page = desk(anna)
    card = begin(page, "Refer the test to the Security Council")
    saves = HeldSaves(page)
    card.get_by_role("checkbox", name="Condemn the test").check()
    until(page, lambda: len(saves.waiting) == 1)
    card.get_by_role("checkbox", name="Call for talks").check()
    card.get_by_label("Intent").press_sequentially("Answer")
    saves.let_through()
    is_saved(card)
    draft = stored(anna)
    assert sorted(draft.parameters["clauses"]) == ["condemnation", "talks_call"]
    assert draft.intent == "Answer"
    expect(card.locator("[data-refusal]")).to_be_hidden()


class HeldSaves:
    """No save of a draft reaches the server until it is let through."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.open = False
        page.route("**/orders/*-*-*-*-*/", self._take)

    def _take(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_through(self) -> None:
        self.open = True
        for route in self.waiting:
            route.continue_()


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait, with the browser's events going on, until something holds."""
    for _ in range(PATIENCE_MS // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it does not come true")


def test_ready_submits_the_words_typed_just_before(desk: Desk, anna: Membership) -> None:
    page = desk(anna)
    card = begin(page, "Suspend large exercises")
    card.get_by_label("Intent").fill("Find out")
    card.get_by_label("What reaction").press_sequentially("They will not notice")
    page.locator("#room-desk").get_by_role("button", name="eady").click()
    expect(page.locator("#room-desk")).to_contain_text("Not ready: change", timeout=PATIENCE_MS)
    assert stored(anna).expects == "They will not notice"


def test_leaving_the_page_saves_what_was_typed(desk: Desk, anna: Membership) -> None:
    page = desk(anna)
    card = begin(page, "Refer the test to the Security Council")
    card.get_by_label("Intent").press_sequentially("Answer the test")
    page.goto("/rules/")
    until(page, lambda: stored(anna).intent == "Answer the test")


def test_a_press_lands_although_a_push_waits_for_the_focus_to_leave(
    desk: Desk, anna: Membership
) -> None:
    """The focus leaves a field because something else is pressed: that must not vanish then."""
    page = desk(anna)
    card = begin(page, "Refer the test to the Security Council")
    card.get_by_role("checkbox", name="Condemn the test").check()
    is_saved(card)
    expect(page.locator("#room-drafts[data-held]")).to_be_attached(timeout=PATIENCE_MS)
    # Not check(), which would press again if the press was lost.
    box = card.get_by_role("checkbox", name="Call for talks").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.up()
    is_saved(card)
    until(page, lambda: len(stored(anna).parameters["clauses"]) == 2)


def test_a_press_on_a_button_lands_although_a_push_comes_meanwhile(
    desk: Desk, anna: Membership
) -> None:
    """Between pressing and letting go a teammate's draft arrives, with a new catalogue."""
    page = desk(anna)
    begin(page, "Refer the test to the Security Council")
    page.locator("#drafts-title").click()
    remove = page.locator("article.draft").get_by_role("button", name="Remove")
    page.on("dialog", lambda dialog: dialog.accept())
    remove.hover()
    page.mouse.down()
    services.save_draft(membership=anna, move="suspend_exercises", parameters={})
    expect(page.locator("#count-orders")).to_contain_text("2", timeout=PATIENCE_MS)
    page.mouse.up()
    until(page, lambda: not OrderDraft.objects.filter(move="refer_test").exists())
    expect(page.locator("article.draft")).to_have_count(1, timeout=PATIENCE_MS)


def test_two_who_write_in_one_field_both_keep_their_words_and_choose(
    desk: Desk, anna: Membership
) -> None:
    ben = services.join_game(code=anna.game.join_code, display_name="Ben")
    services.take_seat(membership=ben, government="US")
    first, second = desk(anna), desk(ben)
    card = begin(first, "Refer the test to the Security Council")
    theirs = second.locator("article.draft")
    saves = HeldSaves(second)
    theirs.get_by_label("Intent").press_sequentially("Win time")
    until(second, lambda: len(saves.waiting) > 0)
    card.get_by_label("Intent").press_sequentially("Answer the test")
    card.get_by_label("What reaction").press_sequentially("Moscow hesitates")
    is_saved(card)
    saves.let_through()
    refusal = theirs.get_by_role("alert")
    expect(refusal).to_contain_text("Answer the test", timeout=PATIENCE_MS)
    expect(theirs.get_by_label("Intent")).to_have_value("Win time")
    assert stored(anna).intent == "Answer the test"
    refusal.get_by_role("button", name="Keep our words").click()
    until(second, lambda: stored(anna).intent == "Win time")
    assert stored(anna).expects == "Moscow hesitates"
    expect(refusal).to_be_hidden()


def test_a_teammates_new_draft_appears_beside_the_one_that_is_being_typed(
    desk: Desk, anna: Membership
) -> None:
    page = desk(anna)
    card = begin(page, "Refer the test to the Security Council")
    card.get_by_label("Intent").press_sequentially("Answer")
    services.save_draft(membership=anna, move="suspend_exercises", parameters={})
    services.set_standing_orders(membership=anna)
    expect(page.locator("article.draft")).to_have_count(2, timeout=PATIENCE_MS)
    expect(card.get_by_label("Intent")).to_be_focused()
    card.get_by_label("Intent").press_sequentially(" the test")
    expect(card.get_by_label("Intent")).to_have_value("Answer the test")
    is_saved(card)
    assert OrderDraft.objects.get(move="refer_test").intent == "Answer the test"


def test_words_that_come_after_the_turn_has_closed_stay_until_they_are_put_away(
    desk: Desk, anna: Membership
) -> None:
    page = desk(anna)
    card = begin(page, "Refer the test to the Security Council")
    saves = HeldSaves(page)
    card.get_by_label("Intent").press_sequentially("Too late")
    until(page, lambda: len(saves.waiting) > 0)
    services.close_turn(game_id=anna.game_id, turn=1, reason="facilitator")
    expect(page.locator("#room-turn")).to_contain_text("Turn 2 of", timeout=PATIENCE_MS)
    saves.let_through()
    expect(card.get_by_role("alert")).to_contain_text("closed", timeout=PATIENCE_MS)
    expect(card.get_by_label("Intent")).to_have_value("Too late")
    card.get_by_role("button", name="Put my words away").click()
    expect(page.get_by_text("No orders yet")).to_be_visible(timeout=PATIENCE_MS)
