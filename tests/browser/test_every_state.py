"""The room in every state of a game, and every page around it: axe, both themes, all widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.games import services
from apps.games.models import Game, Membership
from apps.scenarios.library import load_scenario
from tests.browser.looking import OPEN_ALL, PANELS, everything, show
from tests.browser.people import PATIENCE_MS
from tests.browser.sessions import LONG, NAMES, PlayedSession, played_session, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def session(**options: object) -> PlayedSession:
    """A session in its lobby, with names as long as people have them."""
    dana = Person.objects.create_user(username="dana", display_name="Dana", password="long one")
    game = services.create_game(
        by=dana,
        scenario=load_scenario("korean_knot").document,
        title=f"Session {LONG[:100]}",
        seed="a fixed seed",
        **{"turns": 2, "seconds_per_turn": 3600, **options},
    )
    people = {}
    for government, name in NAMES.items():
        people[government] = services.join_game(code=game.join_code, display_name=name)
        services.take_seat(membership=people[government], government=government)
    return PlayedSession(game, dana, people)


def started(**options: object) -> PlayedSession:
    played = session(**options)
    services.start_game(by=played.dana, game_id=played.game.pk)
    return played


def close(played: PlayedSession) -> None:
    played.game.refresh_from_db()
    services.close_turn(game_id=played.game.pk, turn=played.game.turn, reason="facilitator")


def in_the_lobby() -> PlayedSession:
    return session()


def reading() -> PlayedSession:
    return started(timetable={"reading": 600, "talks": 600})


def ready() -> PlayedSession:
    played = started()
    services.save_draft(
        membership=played.people["US"],
        move="suspend_exercises",
        parameters={},
        intent=LONG,
        expects=LONG,
    )
    services.set_ready(membership=played.people["US"], ready=True)
    return played


def paused() -> PlayedSession:
    played = started()
    services.pause_clock(by=played.dana, game_id=played.game.pk)
    return played


def held_in_review() -> PlayedSession:
    played = started(review=True)
    close(played)
    return played


def handed_over() -> PlayedSession:
    played = started()
    services.hand_seat(
        by=played.dana, game_id=played.game.pk, government="US", mode="doctrine", doctrine="passive"
    )
    return played


def finished() -> PlayedSession:
    played = started()
    close(played)
    close(played)
    return played


STATES: dict[Callable[[], PlayedSession], str] = {
    in_the_lobby: "lobby",
    reading: "reading",
    ready: "orders",
    paused: "orders",
    held_in_review: "review",
    handed_over: "orders",
    finished: "finished",
}


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_the_room_in_every_state(
    browser: Browser, live_stack: str, make: Callable[[], PlayedSession]
) -> None:
    played = make()
    assert Game.objects.get(pk=played.game.pk).phase == STATES[make]
    context = played.window_of("US", browser, live_stack)
    findings = room_findings(context, played, PANELS)
    context.close()
    assert findings == []


def room_findings(
    context: BrowserContext, played: PlayedSession, panels: tuple[str, ...]
) -> list[str]:
    page = context.new_page()
    page.goto(f"/games/{played.game.pk}/")
    findings = []
    for panel in panels:
        show(page, panel)
        findings += [f"{panel}: {words}" for words in everything(page)]
    return findings


def test_the_room_of_an_observer_and_of_a_roll_call(browser: Browser, live_stack: str) -> None:
    played = played_session()
    orla = Person.objects.create_user(username="orla", display_name=NAMES["US"])
    services.add_member(by=played.dana, game_id=played.game.pk, person=orla, role=Role.OBSERVER)
    close(played)
    context = signed_in(orla, browser, live_stack)
    findings = room_findings(context, played, ("situation", "council", "talks-panel", "results"))
    page = context.pages[0]
    page.evaluate("() => localStorage.clear()")
    page.reload()
    show(page, "council")
    call = page.locator("roll-call[data-latest]")
    call.scroll_into_view_if_needed()
    expect(call.locator(".is-called")).to_be_visible(timeout=PATIENCE_MS)
    findings += everything(page)
    context.close()
    assert findings == []


CONTROL = ("", "people/", "roster/", "news/", "review/", "turns/", "record/", "close/", "project/")


@pytest.mark.parametrize(
    "make", [in_the_lobby, held_in_review, finished], ids=lambda make: make.__name__
)
def test_the_control_room(
    browser: Browser, live_stack: str, make: Callable[[], PlayedSession]
) -> None:
    played = make()
    context = signed_in(played.dana, browser, live_stack)
    paths = ["/control/", "/control/new/", f"/control/{played.game.pk}/as/seat:US/"]
    paths += [f"/control/{played.game.pk}/{name}" for name in CONTROL]
    findings = findings_of(context.new_page(), paths)
    context.close()
    assert findings == []


def test_the_recording_and_what_is_made_of_it(browser: Browser, live_stack: str) -> None:
    played = finished()
    context = signed_in(played.dana, browser, live_stack)
    replay = f"/replay/{played.game.pk}/"
    paths = ["/replay/", "/replay/import/", f"/replay/compare/?game={played.game.pk}", replay]
    paths += [f"{replay}?turn=1&as=seat:US", f"{replay}overview/", f"{replay}pack/"]
    paths += [f"{replay}present/", f"{replay}share/", f"{replay}what-if/", f"{replay}fog/"]
    findings = findings_of(context.new_page(), [*paths, "/lab/", "/lab/new/"])
    context.close()
    assert findings == []


def findings_of(page: Page, paths: list[str]) -> list[str]:
    findings = []
    for path in paths:
        answer = page.goto(path)
        assert answer
        assert answer.ok or answer.status in (403, 404), path
        page.evaluate(OPEN_ALL)
        findings += everything(page)
    return findings


def test_the_doors_for_visitors(browser: Browser, live_stack: str) -> None:
    played = session()
    context = browser.new_context(base_url=live_stack)
    page = context.new_page()
    paths = ["/", "/join/", f"/join/{played.game.join_code}/", "/sign-in/", "/solo/", "/nothing/"]
    findings = findings_of(page, paths)
    page.goto("/join/")
    page.get_by_label("Join code").fill("WRONG")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("No open session has this code")).to_be_visible()
    findings += everything(page)
    context.close()
    newcomer: Membership = services.join_game(code=played.game.join_code, display_name=LONG[:40])
    context = signed_in(newcomer.person, browser, live_stack)
    findings += findings_of(
        context.new_page(),
        [f"/games/{played.game.pk}/", f"/games/{played.game.pk}/device/"],
    )
    context.close()
    assert findings == []
