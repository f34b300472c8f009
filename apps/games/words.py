"""Words that people type: cleaned once, refused with a reason, never cut silently."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from apps.games.refusals import Refusal

NAME, TITLE, LINE, MESSAGE, REASON = 40, 120, 300, 4000, 500
"""Longest allowed display name, title, one-line intent, message and reason, in characters."""


def clean_words(text: object, *, what: str, limit: int, required: bool = True) -> str:
    """`text` without control characters and outer spaces; one line where `limit` is a line's.

    Raises Refusal("words_missing") for nothing where something is required, and
    Refusal("words_too_long") past `limit`, naming `what` is meant ("an intent").
    """
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", str(text or "")).replace("\r\n", "\n")
        if sign == "\n" or unicodedata.category(sign)[0] != "C" or sign in "\u200c\u200d"
    ).strip()
    if limit <= LINE:
        kept = " ".join(kept.split())
    if required and not kept:
        raise Refusal("words_missing", _("Write %(what)s first.") % {"what": what})
    if len(kept) > limit:
        raise Refusal(
            "words_too_long",
            _("This is %(n)s characters long, and %(what)s may have %(limit)s. Shorten it.")
            % {"n": len(kept), "what": what, "limit": limit},
            text=kept,
        )
    return kept
