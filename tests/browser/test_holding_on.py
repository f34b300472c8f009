"""What a person typed and the clock they see, when the network or their device fails them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from apps.games import services
from apps.games.models import Message, Turn
from tests.browser.people import PATIENCE_MS
from tests.browser.sessions import PlayedSession, played_session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def played(transactional_db: None) -> PlayedSession:
    return played_session()


def enter(page: Page, played: PlayedSession) -> None:
    page.goto(f"/games/{played.game.pk}/")
    expect(page.locator("game-connection")).to_contain_text("Live", timeout=PATIENCE_MS)


def test_a_message_sent_without_a_network_is_kept_and_sent_when_it_is_back(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    context = played.window_of("US", browser, live_stack)
    page = context.new_page()
    enter(page, played)
    page.evaluate("location.hash = 'talks-panel'")
    page.locator("[data-thread='CHN-US'] a").click()
    page.get_by_label("To China").fill("Said in a tunnel.")
    context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").filter(has_text="Not sent")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_label("To China")).to_have_value("Said in a tunnel.")
    context.set_offline(False)
    expect(page.locator(".messages")).to_contain_text("Said in a tunnel.", timeout=PATIENCE_MS)
    assert Message.objects.filter(text="Said in a tunnel.").count() == 1
    context.close()


def test_a_message_half_written_survives_a_reload(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    context = played.window_of("US", browser, live_stack)
    page = context.new_page()
    enter(page, played)
    page.evaluate("location.hash = 'talks-panel'")
    page.locator("[data-thread='CHN-US'] a").click()
    page.get_by_label("To China").fill("Half a thou")
    page.reload()
    page.locator("[data-thread='CHN-US'] a").click()
    expect(page.get_by_label("To China")).to_have_value("Half a thou")
    context.close()


def test_what_somebody_types_is_not_replaced_by_a_push(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    """A teammate's second window adds a draft while the first one types in another."""
    contexts = [played.window_of("US", browser, live_stack) for _ in range(2)]
    first, second = (context.new_page() for context in contexts)
    for page in (first, second):
        enter(page, played)
        page.evaluate("location.hash = 'orders'")
    intent = first.get_by_label("Intent").first
    intent.click()
    intent.press("End")
    intent.press_sequentially(" And more")
    second.locator("#room-catalogue li.move").filter(has_text="Open the US-Russia").get_by_role(
        "button", name="Draft"
    ).click()
    expect(second.locator("article.draft")).to_have_count(2, timeout=PATIENCE_MS)
    expect(first.locator("#count-orders")).to_contain_text("2", timeout=PATIENCE_MS)
    expect(intent).to_be_focused()
    intent.press_sequentially(" words.")
    assert intent.input_value().endswith(" And more words.")
    first.get_by_role("heading", name="What we can do").click()
    expect(first.locator("article.draft")).to_have_count(2, timeout=PATIENCE_MS)
    expect(second.get_by_label("Intent").first).to_have_value(
        "To show that we mean it. 우리의 뜻을 보인다. And more words.", timeout=PATIENCE_MS
    )
    for context in contexts:
        context.close()


@pytest.mark.parametrize("wrong_by_seconds", [-90, 0, 4000])
def test_the_clock_agrees_with_the_servers_to_a_second_on_a_device_whose_own_is_wrong(
    browser: Browser, live_stack: str, played: PlayedSession, wrong_by_seconds: int
) -> None:
    context = played.window_of("US", browser, live_stack)
    context.add_init_script(
        "{ const now = Date.now.bind(Date); "
        f"Date.now = () => now() + {wrong_by_seconds * 1000}; }}"
    )
    page = context.new_page()
    enter(page, played)
    due = Turn.objects.get(game=played.game, status=Turn.Status.OPEN).due_at
    figure = page.locator("game-clock [data-figure]")
    # Read just after the figure has changed, so that the second it shows has just begun.
    before = figure.inner_text()
    expect(figure).not_to_have_text(before)
    shown, read_at = figure.inner_text(), datetime.now(UTC)
    minutes, seconds = (int(part) for part in shown.split(":"))
    left = (due - read_at).total_seconds()
    assert abs(minutes * 60 + seconds - left) < 1.5
    context.close()


def test_the_clock_is_right_after_sleep_and_a_change_of_the_devices_own(
    browser: Browser, live_stack: str, played: PlayedSession
) -> None:
    """While the page sleeps the deadline moves, and the device wakes with another time."""
    context = played.window_of("US", browser, live_stack)
    context.add_init_script(
        "{ const now = Date.now.bind(Date); window.shift = 0; "
        "Date.now = () => now() + window.shift; }"
    )
    page = context.new_page()
    enter(page, played)
    session = context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    services.extend_deadline(by=played.dana, game_id=played.game.pk, seconds=600)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    page.evaluate("window.shift = 3_600_000")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    due = Turn.objects.get(game=played.game, status=Turn.Status.OPEN).due_at
    for _ in range(PATIENCE_MS // 500):
        if abs(seconds_shown(page) - (due - datetime.now(UTC)).total_seconds()) < 1.5:
            break
        page.wait_for_timeout(500)
    else:
        raise AssertionError(f"{seconds_shown(page)} s are shown, due at {due}")
    context.close()


def seconds_shown(page: Page) -> float:
    """What the clock shows; a clock that is over shows words, which is no number of seconds."""
    shown = page.locator("game-clock [data-figure]").inner_text()
    if ":" not in shown:
        return float("inf")
    parts = [int(part) for part in shown.split(":")]
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))
