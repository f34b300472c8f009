"""Every page of the teams, in many states, for everybody: axe, narrow and wide, both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.looking import PANELS, grave_findings, overflows, show
from tests.browser.sessions import PlayedSession, played_session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def played(transactional_db: None) -> PlayedSession:
    return played_session()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave(
    browser: Browser, live_stack: str, played: PlayedSession, theme: str
) -> None:
    findings: list[str] = []
    visitor = browser.new_context(base_url=live_stack, color_scheme=theme)
    page = visitor.new_page()
    for path in ("/", "/join/", f"/join/{played.game.join_code}/", "/sign-in/", "/nothing/"):
        page.goto(path)
        findings += grave_findings(page)
    page.goto("/join/")
    page.get_by_label("Join code").fill("WRONG")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("No open session has this code")).to_be_visible()
    findings += grave_findings(page)
    visitor.close()

    context = played.window_of("US", browser, live_stack, color_scheme=theme)
    page = context.new_page()
    page.goto(f"/games/{played.game.pk}/")
    for panel in PANELS:
        show(page, panel)
        findings += grave_findings(page)
    show(page, "talks-panel")
    page.locator("[data-thread='CHN-US'] a").click()
    expect(page.get_by_text("我们可以谈谈。")).to_be_visible()
    findings += grave_findings(page)
    page.goto(f"/games/{played.game.pk}/device/")
    findings += grave_findings(page)
    context.close()
    assert findings == []


def test_nothing_runs_out_of_the_page(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    """640 pixels is also what a window of 1280 shows at 200 % zoom."""
    too_wide = []
    visitor = browser.new_context(base_url=live_stack).new_page()
    for path in ("/", "/join/", f"/join/{played.game.join_code}/", "/sign-in/", "/nothing/"):
        visitor.goto(path)
        too_wide += [(path, *found) for found in overflows(visitor)]
    visitor.context.close()
    context = played.window_of("US", browser, live_stack)
    page = context.new_page()
    page.goto(f"/games/{played.game.pk}/device/")
    too_wide += [("device", *found) for found in overflows(page)]
    page.goto(f"/games/{played.game.pk}/")
    for panel in PANELS:
        show(page, panel)
        too_wide += [(panel, *found) for found in overflows(page)]
    show(page, "talks-panel")
    page.locator("[data-thread='CHN-RUS-US'] a").click()
    expect(page.get_by_text("Поговорим втроём.")).to_be_visible()
    too_wide += [("thread", *found) for found in overflows(page)]
    context.close()
    assert too_wide == []


def test_reduced_motion_is_respected(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    context = played.window_of("US", browser, live_stack, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"/games/{played.game.pk}/")
    show(page, "situation")
    longest = page.evaluate(
        """() => Math.max(0, ...document.getAnimations().map(
            (animation) => animation.effect.getComputedTiming().duration))"""
    )
    context.close()
    assert longest <= 1


def test_a_vote_is_cast_by_keyboard_alone(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    """From the skip link to a vote: everything by Tab, Space and Enter."""
    context = played.window_of("US", browser, live_stack)
    page = context.new_page()
    page.goto(f"/games/{played.game.pk}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to(page, page.get_by_role("navigation", name="Room").get_by_role("link", name="Council"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Council", exact=True)).to_be_focused()
    tab_to(page, page.get_by_role("radio", name="Yes"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Instruct our ambassador"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Instructed; it can be changed")).to_be_visible()
    context.close()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; a person would give up after a hundred."""
    for _ in range(100):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the target cannot be reached by Tab")
