"""Looking at a page as it stands: axe in both themes, widths, and everything on it opened."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PANELS = ("situation", "orders", "council", "talks-panel", "results", "brief")
WIDTHS = (360, 640, 1440, 2560)
"""Pixels of a window; 640 is also what a window of 1280 shows at 200 % zoom."""
OPEN_ALL = """() => document.querySelectorAll("details").forEach(
    (details) => details.checkVisibility() && (details.open = true))"""
GRAVE = ("serious", "critical")


def grave_findings(page: Page, **options: object) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    found = Axe().run(page, options=options or None).response["violations"]
    return [
        f"{page.url} {finding['id']}: {finding['nodes'][0]['html'][:160]}"
        for finding in found
        if finding["impact"] in GRAVE
    ]


def findings_in_both_themes(page: Page) -> list[str]:
    """What axe finds grave in the light, and what the dark colors add to it."""
    page.emulate_media(color_scheme="light")
    findings = grave_findings(page)
    page.emulate_media(color_scheme="dark")
    findings += [f"dark: {words}" for words in grave_findings(page, runOnly=["color-contrast"])]
    return findings


def overflows(page: Page) -> list[tuple[int, int]]:
    """The widths at which the page is wider than its window, and by how many pixels."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append((width, over))
    return found


def everything(page: Page) -> list[str]:
    """What is wrong with the page as it stands: to axe in both themes, and in width."""
    page.set_viewport_size({"width": 1440, "height": 900})
    findings = findings_in_both_themes(page)
    findings += [f"{page.url} at {width}: {over} too wide" for width, over in overflows(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return findings


def show(page: Page, panel: str) -> None:
    """Open a panel of the room with everything in it that opens, and let it load."""
    page.evaluate("(panel) => { location.hash = panel; }", panel)
    expect(page.locator(f"#{panel}")).to_be_visible()
    page.evaluate(OPEN_ALL)
    expect(page.locator(f"#{panel} .skeleton").filter(visible=True)).to_have_count(
        0, timeout=20_000
    )
