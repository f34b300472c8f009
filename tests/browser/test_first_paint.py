"""What a first visit to the room costs: bytes of script and style, and when it is first painted.

The time is measured and printed (`pytest tests/browser/test_first_paint.py -s`), never asserted: it
is the machine's as much as ours. The bytes are ours alone.
"""

from __future__ import annotations

import gzip
import statistics

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.sessions import played_session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]
MOST_BYTES = 200_000
BLOCKING = """() => performance.getEntriesByType("resource")
    .filter((entry) => entry.renderBlockingStatus === "blocking")
    .map((entry) => new URL(entry.name).pathname)"""
VISITS = 5
PAINTED = """() => new Promise((resolve) => new PerformanceObserver((list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) resolve(paint.startTime);
}).observe({ type: "paint", buffered: true }))"""


def test_a_first_visit_loads_under_200_kilobytes_of_script_and_style(
    browser: Browser, live_stack: str, transactional_db: None
) -> None:
    played = played_session()
    paints: list[float] = []
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type in ("script", "stylesheet"):
            sizes[response.url] = len(gzip.compress(response.body(), 6))

    for visit in range(VISITS):
        context = played.window_of("US", browser, live_stack)  # a new context: a cold cache
        page = context.new_page()
        if visit == 0:
            page.on("response", weigh)
        page.goto(f"/games/{played.game.pk}/", wait_until="networkidle")
        paints.append(page.evaluate(PAINTED))
        blocking = page.evaluate(BLOCKING)
        context.close()
    total = sum(sizes.values())
    print(  # noqa: T201  (the figure is the point of the measurement)
        f"\nscript and style, compressed: {total / 1000:.0f} kB in {len(sizes)} files; "
        f"first contentful paint: {statistics.median(paints):.0f} ms (median of {VISITS})"
    )
    # Two sheets and the script that chooses light or dark: nothing else stands before the paint.
    assert len(blocking) == 3, blocking
    assert any("/games/room." in url for url in sizes)
    assert total < MOST_BYTES
