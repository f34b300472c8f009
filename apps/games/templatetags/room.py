"""Tags of the room: a fragment, the very string that a push sends; and a remembered piece."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from apps.games.room.remembering import rendered

register = template.Library()


@register.simple_tag
def fragment(fragments: Mapping[str, str], name: str) -> SafeString:
    """The fragment of this name; empty for one that the audience does not have."""
    # Fragments are rendered by Django's templates, which have escaped what they show.
    return mark_safe(fragments.get(name, ""))  # noqa: S308


@register.simple_tag
def remembered(name: str, **context: Any) -> SafeString:
    """Include the template of this name with this context alone, rendered once for its content."""
    return mark_safe(rendered(name, None, context))  # noqa: S308
