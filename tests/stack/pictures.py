"""The pictures of the documentation, taken from the running product: `script/pictures`.

It starts `script/server` on a data folder of its own, has doctrines play some turns beside a
person, and photographs what the guides describe.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.stack.chromium import MISSING, chromium_flags, chromium_path
from tests.stack.processes import ROOT, Process, bare_environment, running
from wargame.embedded.ports import free_port

IMAGES = ROOT / "docs" / "images"
TITLE = "Seminar on the Korean knot"
TURNS_PLAYED = 5
WIDE = {"width": 1280, "height": 860}


def prepared_game(data: Path) -> dict[str, Any]:
    """A session in which a person will lead the United States and doctrines lead the others."""
    from apps.accounts.models import Person
    from apps.games import services
    from apps.scenarios.library import load_scenario

    document = load_scenario("korean_knot").document
    seats = {name: "doctrine" for name in document["governments"] if name != "US"}
    game = services.create_game(
        by=Person.objects.get(username="demo"),
        scenario=document,
        title=TITLE,
        turns=12,
        seats={name: {"mode": mode} for name, mode in seats.items()},
        seed="pictures",
    )
    return {"id": game.pk, "code": game.join_code}


def play_turns(game: Any, count: int) -> None:
    """Close `count` turns as the worker would."""
    from apps.games import services

    for turn in range(1, count + 1):
        services.close_turn(game_id=game, turn=turn, reason="facilitator")


def signed_in(browser: Browser, address: str, data: Path) -> Page:
    """The facilitator's window."""
    page = browser.new_page(base_url=address, viewport=WIDE)
    page.goto("/sign-in/")
    page.get_by_label("Username").fill("demo")
    page.get_by_label("Password").fill((data / "demo-password").read_text())
    page.get_by_label("Password").press("Enter")
    page.wait_for_url("**/control/**")
    return page


def photograph(page: Page, name: str) -> None:
    """Keep what the window shows."""
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")


def take(address: str, data: Path) -> None:
    """All pictures."""
    path = chromium_path()
    if path is None:
        raise SystemExit(f"pictures: {MISSING}")
    game = prepared_game(data)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium_flags())
        facilitator = signed_in(browser, address, data)
        team = browser.new_page(base_url=address, viewport=WIDE)
        team.goto(f"/join/{game['code']}/")
        team.get_by_label("Your name").fill("Anna")
        team.locator("input[name=place][value^='US:']").first.check()
        team.get_by_role("button", name="Take this seat").click()
        expect(team.locator("game-connection")).to_contain_text("Live", timeout=30_000)
        facilitator.goto(f"/control/{game['id']}/")
        facilitator.get_by_role("button", name="Start the game").click()
        expect(team.locator("#room-turn")).to_contain_text("Turn 1 of", timeout=30_000)
        play_turns(game["id"], TURNS_PLAYED)
        team.goto(f"/games/{game['id']}/")
        expect(team.locator("#room-turn")).to_contain_text(f"Turn {TURNS_PLAYED + 1} of")
        expect(team.locator("game-connection")).to_contain_text("Live", timeout=30_000)
        photograph(team, "team-room")
        facilitator.goto(f"/control/{game['id']}/")
        expect(facilitator.get_by_text("Live", exact=True).first).to_be_visible(timeout=30_000)
        photograph(facilitator, "control-room")
        facilitator.goto(f"/replay/{game['id']}/?turn=3")
        photograph(facilitator, "replay")
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "data", free_port()
        command = ["script/server", "--port", str(port), "--data", str(data)]
        with running("server", command, Path(folder), env=bare_environment()) as server:
            server.wait_until(lambda: "is ready" in server.output(), seconds=180)
            _use(data, server)
            take(f"http://127.0.0.1:{port}", data)
    print(json.dumps(sorted(path.name for path in IMAGES.glob("*.png"))))  # noqa: T201


def _use(data: Path, server: Process) -> None:
    """Have this process work on the server's database, and send to nobody's Redis."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="wargame.settings",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright's loop runs in this thread
        WARGAME_SECRET_KEY=(data / "secret-key").read_text(),
        WARGAME_DATABASE_URL=f"sqlite:///{data / 'korean-knot.sqlite3'}",
        WARGAME_REDIS_URL="redis://127.0.0.1:1/0",
        WARGAME_HTTPS="false",
    )
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
