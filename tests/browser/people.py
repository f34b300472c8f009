"""People at their screens: every act goes through the interface, as a person would do it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, Locator, Page, expect

from apps.accounts.models import Person
from tests.stack.chromium import PATIENCE_MS

PASSWORD = "a long passphrase"
READY = re.compile("^(Submit .*: ready|Ready without orders)$")
"""The button of a delegation that is not ready."""
UNSAVED = re.compile("waiting|sending|failed")
"""How a draft's form says that not all of it is saved."""


def window(browser: Browser, base: str, **options: object) -> tuple[Page, list[str]]:
    """A page in a context of its own, and the errors that its console reports."""
    context = browser.new_context(base_url=base, locale="en-US", **options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    return page, errors


@dataclass
class Facilitator:
    """Dana, who runs the session from the control room."""

    page: Page
    errors: list[str]
    game: str = ""

    @classmethod
    def at(cls, browser: Browser, base: str) -> Facilitator:
        # Tests hash quickly; the server knows the product's own way of hashing alone.
        hasher = PBKDF2PasswordHasher()
        hashed = hasher.encode(PASSWORD, hasher.salt())
        Person.objects.create(username="dana", display_name="Dana", password=hashed)
        dana = cls(*window(browser, base))
        dana.page.goto("/sign-in/?next=/control/new/")
        dana.page.get_by_label("Username").fill("dana")
        dana.page.get_by_label("Password").fill(PASSWORD)
        dana.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(dana.page.get_by_role("heading", name="New session")).to_be_visible()
        return dana

    def make_session(self, title: str, *, turns: int, nobody: tuple[str, ...] = ()) -> str:
        """Make a session of Korean Knot without a clock and return its join code."""
        page = self.page
        page.get_by_label("Scenario").select_option(label="Korean Knot")
        page.get_by_label("Title").fill(title)
        page.get_by_label("Length in turns").fill(str(turns))
        page.locator("[name=seconds_per_turn]").select_option("0")
        for government in nobody:
            page.locator(f"input[name=seat_{government}][value=nobody]").check()
        page.get_by_role("button", name="Make the session").click()
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        self.game = next(part for part in page.url.split("/") if len(part) == 36)
        page.goto(f"/control/{self.game}/project/")
        code = page.locator(".join__code").inner_text()
        page.goto(f"/control/{self.game}/")
        return "".join(sign for sign in code if sign.isalnum())

    def start(self) -> None:
        self.page.reload()
        self.page.get_by_role("button", name="Start the game").click()
        expect(self.page.locator(".figure").filter(has_text="Turn 1 of")).to_be_visible(
            timeout=PATIENCE_MS
        )

    def close_turn(self) -> None:
        self.page.get_by_role("link", name="Close the turn now").click()
        self.page.get_by_role("button", name="Close the turn").click()


@dataclass
class Delegate:
    """Somebody in a delegation, in the team room."""

    page: Page
    errors: list[str]
    government: str

    @classmethod
    def joins(
        cls, browser: Browser, base: str, code: str, name: str, government: str, **options: object
    ) -> Delegate:
        """Join by code on the front page and take the first free role of a government."""
        page, errors = window(browser, base, **options)
        page.goto("/")
        page.get_by_label("Join code").fill(code.lower())
        page.get_by_role("button", name="Join").click()
        page.get_by_label("Your name").fill(name)
        page.locator(f"input[name=place][value^='{government}:']:not([disabled])").first.check()
        page.get_by_role("button", name="Take this seat").click()
        delegate = cls(page, errors, government)
        delegate.is_live()
        return delegate

    def is_live(self) -> None:
        expect(self.page.locator("game-connection")).to_contain_text("Live", timeout=PATIENCE_MS)

    def open(self, panel: str) -> None:
        link = self.page.get_by_role("navigation", name="Room").get_by_role("link", name=panel)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")

    def sees_turn(self, number: int) -> None:
        """The head of the room shows this turn; nothing was reloaded for it."""
        expect(self.page.locator("#room-turn")).to_contain_text(
            f"Turn {number} of", timeout=PATIENCE_MS
        )

    def move(self, title: str) -> Locator:
        return self.page.locator("#room-catalogue li.move").filter(has_text=title)

    def draft(
        self, title: str, intent: str, expects: str, *, clauses: tuple[str, ...] = ()
    ) -> Locator:
        """Draft a move with its two lines of words, saved as they are typed."""
        self.open("Orders")
        self.move(title).get_by_role("button", name="Draft").click()
        card = self.page.locator("article.draft").filter(has_text=title)
        for clause in clauses:
            self.choose_clause(card, clause)
        card.get_by_label("Intent").fill(intent)
        card.get_by_label("What reaction").fill(expects)
        card.get_by_label("What reaction").press("Tab")
        self.is_saved(card)
        expect(card.locator("[id$=-state]")).to_contain_text(
            "Can be submitted", timeout=PATIENCE_MS
        )
        return card

    def choose_clause(self, card: Locator, title: str) -> None:
        """Tick a clause of a draft resolution; the draft saves itself."""
        card.get_by_role("checkbox", name=title).check()
        self.is_saved(card)

    def is_saved(self, card: Locator) -> None:
        """Nothing of the card waits to be saved; a push may have made it anew since."""
        expect(card.locator("form")).not_to_have_attribute(
            "data-save", UNSAVED, timeout=PATIENCE_MS
        )

    def offer(self, agreement: str, words: str) -> None:
        """Offer an agreement with the parties that the form proposes."""
        self.open("Talks")
        self.page.get_by_text("Make an offer").click()
        form = self.page.locator("#make-offer details").filter(has_text=agreement).first
        form.locator("summary").click()
        form.get_by_label("In our words").fill(words)
        form.get_by_role("button", name="Send the offer").click()
        expect(self.page.locator("#room-offers")).to_contain_text(words, timeout=PATIENCE_MS)

    def vote(self, choice: str, explanation: str) -> None:
        """Instruct our member's vote on the draft that is due."""
        self.open("Council")
        form = self.page.locator("#room-docket form.vote").first
        form.get_by_role("radio", name=choice).check()
        form.get_by_label("Explanation of vote").fill(explanation)
        form.get_by_role("button", name="Instruct our ambassador").click()
        expect(self.page.get_by_text("Instructed; it can be changed")).to_be_visible(
            timeout=PATIENCE_MS
        )

    def be_ready(self, *, last: bool = False) -> None:
        """Press ready; the `last` to do so may see the next turn before the word of their own.

        The desk of a new turn comes after its heading: until then the button takes ready back.
        """
        self.page.locator("#room-desk").get_by_role("button", name=READY).click()
        if not last:
            expect(self.page.locator("#room-desk")).to_contain_text(
                "We are ready", timeout=PATIENCE_MS
            )

    def close(self) -> None:
        """Leave; a console that reported an error fails the test."""
        assert self.errors == []
        self.page.context.close()


def all_ready(delegates: Iterable[Delegate]) -> None:
    """Everybody presses ready, which closes the turn; the caller waits for what follows."""
    *others, last = delegates
    for delegate in others:
        delegate.be_ready()
    last.be_ready(last=True)
