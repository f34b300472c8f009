"""Dates of the scenario's calendar in words."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format


def day_words(iso: str) -> str:
    """An ISO date as "12 September 2016" in the active language; what is no date stays."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return date_format(day, "DATE_FORMAT")
