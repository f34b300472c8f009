"""Every page for every kind of person: no error, no leak, no inline code, safe headers."""

from __future__ import annotations

import re

import pytest

from apps.games import services
from tests.games.cast import draft, lobby
from tests.security.addresses import patterns
from tests.security.conftest import House
from tests.security.corpus import MARKUP

pytestmark = pytest.mark.django_db

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I)
HANDLER = re.compile(r"<[a-z][^>]*\s(?:on[a-z]+)\s*=", re.I)
INLINE_STYLE = re.compile(r"<style|<[a-z][^>]*\sstyle\s*=", re.I)
GAME = re.compile(r"game_id|stream")
LIVE = ("<script>alert(1)", "<svg/onload", "<img src=x", "<iframe srcdoc", "<math>")


def pages(house: House, who: str) -> dict[str, object]:
    client = house.client(who)
    return {pattern: client.get(path) for pattern, path in house.addresses().items()}


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("who", ["nobody", "outsider", "observer", "facilitator", "COR"])
def test_no_page_breaks_and_each_is_safe_for_the_browser(house, who):
    for pattern, answer in pages(house, who).items():
        assert answer.status_code < 500 or pattern == "readyz", (pattern, answer.status_code)
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy, pattern
        assert "style-src 'self'" in policy, pattern
        assert "unsafe" not in policy, pattern
        assert "frame-ancestors 'none'" in policy, pattern
        assert answer.headers["X-Frame-Options"] == "DENY", pattern
        assert answer.headers["X-Content-Type-Options"] == "nosniff", pattern
        assert answer.headers["Referrer-Policy"] == "same-origin", pattern
        html = body(answer)
        for forbidden in (INLINE_SCRIPT, HANDLER, INLINE_STYLE):
            assert not forbidden.search(html), (pattern, forbidden.search(html))
        assert "Traceback" not in html, pattern


@pytest.mark.parametrize("who", ["nobody", "outsider"])
def test_a_game_shows_itself_to_nobody_without_a_part_in_it(house, who):
    for pattern, answer in pages(house, who).items():
        if GAME.search(pattern) and not pattern.startswith("join/"):
            assert answer.status_code in {302, 401, 403, 404, 405}, (pattern, answer.status_code)


@pytest.mark.parametrize("who", ["nobody", "outsider", "observer", "COR", "MAR", "OST"])
def test_no_page_of_anybody_holds_another_seats_secrets(house, who):
    own = house.canaries.get(who, [])
    others = [c for words in house.canaries.values() for c in words if c not in own]
    told = ""
    for pattern, answer in pages(house, who).items():
        text = body(answer)
        assert not [canary for canary in others if canary in text], (pattern, who)
        told += text
    if own:
        assert any(canary in told for canary in own), "the canary does not reach its own nest"


def test_a_players_post_never_comes_without_a_token(house):
    for who in ("COR", "facilitator"):
        client = house.client(who, enforce_csrf_checks=True)
        before = house.state()
        for pattern, path in house.addresses().items():
            if pattern.startswith(("api/", "healthz", "readyz", "metrics")):
                continue
            answer = client.post(path, {"text": "forged", "move": "levy_toll", "ready": "1"})
            assert answer.status_code in {302, 403, 404, 405}, (pattern, answer.status_code)
        assert house.state() == before


def test_text_of_people_is_shown_as_text_everywhere():
    sitting = lobby(turns=3)
    sitting.game.title = "plain"
    services.start_game(by=sitting.dana, game_id=sitting.game.pk)
    for text in MARKUP:
        services.send_message(membership=sitting.anna, to=["MAR"], text=text)
        services.publish_statement(membership=sitting.anna, text=text)
        services.broadcast(by=sitting.dana, game_id=sitting.game.pk, text=text)
    for text in MARKUP[:8]:
        draft(sitting.anna, "levy_toll", intent=text[:200], expects=text[:200])
    services.pin_note(by=sitting.dana, game_id=sitting.game.pk, text=MARKUP[0])
    house = House(
        sitting,
        {
            "COR": sitting.anna.person,
            "MAR": sitting.ben.person,
            "facilitator": sitting.dana,
        },
    )
    shown = 0
    for who in house.people:
        for pattern, answer in pages(house, who).items():
            if "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            html = body(answer)
            shown += html.count("&lt;script&gt;alert(1)")
            for live in (
                "<script>alert(1)",
                "<svg/onload",
                "<img src=x",
                "<iframe srcdoc",
                "<math>",
            ):
                assert live not in html, (pattern, who, live)
            assert "<style>body" not in html, (pattern, who)
    assert shown > 10, "the corpus was not shown at all"


def test_the_walk_finds_the_products_addresses():
    found = set(patterns())
    assert len(found) > 50
    assert any("orders" in pattern for pattern in found)
