"""The private brief: who we are, what we want and how it is measured, what we fear."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

from apps.games.room.doorway import Doorway
from apps.games.room.opened import Room

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])


def brief(room: Doorway) -> dict[str, Any]:
    """Our government's brief; it does not change during a game."""
    body = room.document["governments"][room.seat]
    return {
        "text": as_html(body.get("brief", "")),
        "article_view": body.get("article_view", ""),
        "red_lines": body.get("red_lines") or [],
        "roles": [
            {"id": key, "title": role["title"], "hint": role.get("hint", "")}
            for key, role in (body.get("roles") or {}).items()
        ],
    }


@lru_cache(maxsize=256)
def as_html(text: str) -> str:
    """A scenario's text with its emphasis and lists as HTML. HTML in it is shown as text."""
    return _markdown.render(text)


def objectives(room: Room) -> dict[str, Any]:
    """Our objectives with how far they are reached; before the game, without figures."""
    own = room.view.get("own") or {}
    known = (room.document.get("objectives") or {}).get(room.seat) or {}
    measured = {o["id"]: o for o in own.get("objectives") or []}
    return {
        "objectives": [
            {
                "title": body["title"],
                "text": body.get("text", ""),
                "weight": f"{body.get('weight', 0):g}",
                "percent": round(100 * measured[key]["value"]) if key in measured else None,
                "target": round(100 * body.get("target", 1)),
                "reached": measured.get(key, {}).get("reached", False),
            }
            for key, body in known.items()
        ]
    }
