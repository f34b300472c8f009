"""The body of a moment's page, rendered once: a closed turn does not change.

Kept by chapter, viewer and language. A chapter that is replaced by a reopening is marked in its
key; nothing personal stands in the body (notes, forms and links of the person are around it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from apps.replay.models import Chapter
from apps.replay.moment import Moment, moment_of
from apps.replay.sources import Source
from wargame.kept import Kept

KEPT = 128
_kept: Kept[tuple[Any, ...], Shown] = Kept(KEPT)


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment and the HTML of its body."""

    moment: Moment
    body: SafeString


def shown_of(
    source: Source, chapters: Sequence[Chapter], chapter: Chapter, viewer: str, base: str
) -> Shown:
    """The moment of a chapter as `viewer` knew it, drawn.

    `base` is the address under which its traces ("why/") and steps ("steps/") are fetched.
    """
    key = (
        source.stream,
        chapter.pk,
        chapter.last_sequence,
        chapter.superseded,
        viewer,
        base,
        get_language(),
    )
    known = _kept.get(key)
    if known is not None:
        return known
    moment = moment_of(source, chapters, chapter, viewer, pictures=True)
    body = render_to_string(
        "replay/_moment_body.html",
        {
            "moment": moment,
            "viewer": viewer,
            "why_url": f"{base}why/",
            "steps_url": f"{base}steps/",
        },
    )
    shown = Shown(moment, mark_safe(body))  # noqa: S308 - rendered by a template just now
    return _kept.keep(key, shown)
