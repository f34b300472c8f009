"""Replay in a real browser: scrubber, keyboard, traces, presenter, a what-if by a real worker."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Page, expect

from tests.replay.conftest import Played

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def signed_in(live_stack: str, played: Played, page: Page) -> Page:
    """A facilitator's browser, and nothing in its console that should not be there."""
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "console",
        lambda message: trouble.append(message.text) if message.type == "error" else None,
    )
    # Tests hash quickly; the server knows the product's own way of hashing alone.
    hasher = PBKDF2PasswordHasher()
    played.facilitator.password = hasher.encode("pw", hasher.salt())
    played.facilitator.save()
    page.set_default_timeout(20_000)
    page.goto(f"{live_stack}/sign-in/")
    page.get_by_label("Username").fill("faye")
    page.get_by_label("Password").fill("pw")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Control room")).to_be_visible()
    page.goto(f"{live_stack}/replay/{played.game.pk}/?turn=1")
    yield page
    assert trouble == []


def turn_is(page: Page, turn: int) -> None:
    expect(page.locator("#moment")).to_have_attribute("data-moment-turn", str(turn))
    expect(page).to_have_url(re.compile(rf"turn={turn}\b"))
    expect(page.locator("a[data-turn][aria-current]")).to_have_attribute("data-turn", str(turn))


def test_the_keyboard_steps_jumps_and_the_address_follows(signed_in: Page) -> None:
    page = signed_in
    turn_is(page, 1)
    page.keyboard.press("ArrowRight")
    turn_is(page, 2)
    page.keyboard.press("End")
    turn_is(page, 3)
    page.keyboard.press("ArrowRight")
    turn_is(page, 3)
    page.keyboard.press("Home")
    turn_is(page, 0)
    page.keyboard.press("]")
    turn_is(page, 3)
    page.go_back()
    expect(page.locator("#moment")).to_have_attribute("data-moment-turn", "0")


def test_play_goes_on_by_itself_and_stops_at_the_end(signed_in: Page) -> None:
    page = signed_in
    page.get_by_label("Speed").select_option("fast")
    page.get_by_role("button", name="Play").click()
    turn_is(page, 3)
    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


def test_a_figure_opens_to_its_rule_its_claim_and_what_would_have_changed_it(
    signed_in: Page,
) -> None:
    page = signed_in
    figure = page.locator("details.reading-why").first
    figure.locator("summary").click()
    expect(figure.locator(".trace__more")).to_contain_text("¶")


def test_a_deep_link_to_a_step_marks_it(signed_in: Page) -> None:
    page = signed_in
    page.goto(f"{page.url}&step=2")
    expect(page.locator("#step-2")).to_have_attribute("aria-current", "step")
    page.keyboard.press(".")
    expect(page.locator("#step-3")).to_have_attribute("aria-current", "step")
    expect(page).to_have_url(re.compile("step=3"))


def test_a_what_if_is_run_by_the_worker_and_shown_without_a_reload(
    signed_in: Page, played: Played
) -> None:
    page = signed_in
    page.get_by_role("link", name="What if").click()
    page.get_by_label("Send a patrol into the narrows").uncheck()
    page.get_by_label("Run it under").select_option("1")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("heading", name="Where they part")).to_be_visible(timeout=30_000)
    expect(page.locator("#runs")).not_to_have_attribute("hx-trigger", re.compile("."))
    page.get_by_role("link", name="Replay the branch").click()
    expect(page.locator("#moment")).to_be_visible()


def test_the_presenter_follows_the_arrow_keys(signed_in: Page, live_stack: str, played) -> None:
    page = signed_in
    page.goto(f"{live_stack}/replay/{played.game.pk}/present/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The opening")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The opening")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("The opening")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_replay_have_no_accessibility_fault(
    signed_in: Page, live_stack: str, played: Played, scheme: str
) -> None:
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    base = f"{live_stack}/replay/{played.game.pk}/"
    faults = {}
    for path in ("?turn=3", "fog/?turn=1", "overview/", "pack/", "present/", "what-if/", "share/"):
        page.goto(base + path)
        found = Axe().run(page, options=AXE).response["violations"]
        if found:
            faults[path] = [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
    page.goto(f"{live_stack}/replay/")
    found = Axe().run(page, options=AXE).response["violations"]
    assert [one["id"] for one in found] == []
    assert faults == {}
