"""The rule book, the guide and the lab in a real browser: axe, narrow and wide, search, a study."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, BrowserContext, expect

from apps.accounts.models import Person
from apps.simulation.models import Study
from tests.browser.looking import grave_findings, overflows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.stack,
    pytest.mark.django_db(transaction=True),
]
BOOKS = ("/rules/", "/rules/korean_knot/", "/rules/strait_of_veld/", "/rules/korean_knot/guide/")
PASSWORD = "a long password of Ines"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_books_are_for_everybody(browser: Browser, live_stack: str, theme: str) -> None:
    context = browser.new_context(base_url=live_stack, color_scheme=theme)
    page = context.new_page()
    findings: list[str] = []
    for path in BOOKS:
        page.goto(path)
        findings += grave_findings(page)
        findings += [f"{path} at {width}: {over} too wide" for width, over in overflows(page)]
    context.close()
    assert findings == []


def test_search_narrows_the_book_and_a_link_opens_it_again(
    browser: Browser, live_stack: str
) -> None:
    page = browser.new_context(base_url=live_stack).new_page()
    page.goto("/rules/strait_of_veld/")
    search = page.get_by_label("Search moves, rules and claims")
    search.fill("grounded")
    expect(page.locator("#rule-towns_blame_shores")).to_be_visible()
    expect(page.locator("#move-levy_toll")).to_be_hidden()
    search.fill("no such word at all")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    search.fill("V6")
    page.locator("#claim-V6").get_by_role("link", name="Send a note of protest").click()
    expect(page.locator("#move-send_protest")).to_be_in_viewport()
    search.fill("collier")
    search.press("Escape")
    expect(page.locator("#move-levy_toll")).to_be_visible()
    page.context.close()


def signed_in(browser: Browser, address: str) -> BrowserContext:
    # Tests hash quickly; the server knows the product's own way of hashing alone.
    hasher = PBKDF2PasswordHasher()
    hashed = hasher.encode(PASSWORD, hasher.salt())
    Person.objects.create(username="ines", display_name="Ines", password=hashed)
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in/?next=/lab/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Lab")).to_be_visible()
    return context


def test_a_study_is_asked_played_and_read(browser: Browser, live_stack: str) -> None:
    context = signed_in(browser, live_stack)
    page = context.pages[0]
    expect(page.get_by_text("No studies yet")).to_be_visible()
    findings = grave_findings(page)
    page.get_by_role("main").get_by_role("link", name="New study").click()
    page.get_by_label("Scenario").select_option(label="The Strait of Veld")
    page.get_by_role("button", name="Take this scenario").click()
    expect(page.get_by_label("Kingdom of Corvania")).to_be_visible()
    expect(page.get_by_label("Outcome", exact=False).first).to_be_hidden()
    page.get_by_label("Question", exact=True).select_option(label="Which numbers matter")
    expect(page.get_by_label("Outcome", exact=False).first).to_be_visible()
    findings += grave_findings(page)
    page.get_by_label("Outcome", exact=False).first.select_option(
        label="Tension in the strait at the end"
    )
    page.get_by_label("Games", exact=True).fill("4")
    page.get_by_role("button", name="Play").click()
    # The page asks for the progress and loads itself anew once the workers are done.
    expect(page.get_by_role("heading", name="Which numbers matter", exact=True)).to_be_visible(
        timeout=60_000
    )
    expect(page.get_by_role("rowheader", name="Start of Tension in the strait")).to_be_visible()
    findings += grave_findings(page)
    findings += [f"at {width}: {over} too wide" for width, over in overflows(page)]
    with page.expect_download() as download:
        page.get_by_role("link", name="Games as CSV").click()
    assert download.value.path().read_text().startswith("arm,seed,track:tension")
    assert Study.objects.get().status == Study.Status.DONE
    context.close()
    assert findings == []
