"""Refusals: what the game does not allow, by name, with a sentence that says what to do."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A named refusal. `code` is for programs, `sentence` for people, `details` for the page.

    A service raises it inside its transaction, so that nothing of the refused act stays.
    """

    def __init__(self, code: str, sentence: str, **details: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.details = details

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
