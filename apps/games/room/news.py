"""The news of a turn: what happened from outside, then the dispatches of what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def news_in(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Items with headline, body and source (empty for a dispatch), from events that a reader sees.

    Injects come first: nobody ordered them, so that no other panel tells of them in words.
    """
    told = list(events)
    outside: list[Mapping[str, Any]] = [
        {
            "headline": str(event["payload"].get("title", "")),
            "body": str(event["payload"].get("text", "")),
            "source": str(event["payload"].get("from", "")),
        }
        for event in told
        if event["kind"] == "InjectHappened"
    ]
    done: list[Mapping[str, Any]] = [
        {
            "headline": str(event["payload"].get("headline", "")),
            "body": str(event["payload"].get("body", "")),
            "source": "",
        }
        for event in told
        if event["kind"] == "DispatchPublished"
    ]
    return outside + done
